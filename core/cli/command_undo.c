/* undo: an import taken back, as an import of its own. */
#include "cli/open.h"
#include "cli/print.h"
#include "ledger/ledger.h"
#include "task/who.h"

#include <errno.h>
#include <stdlib.h>

static const option_row options[] = {
    {"--with-later",
     NULL,
     {{"连同以它为依据的后续导入一起撤销", "undo the later imports that rest on it as well"}},
     false},
    {"--dry-run", NULL, {{"照常检查，但不存入", "do everything and store nothing"}}, false},
};

static int undo(call *c) {
  char *end;
  errno = 0;
  long long target = strtoll(c->arguments[0], &end, 10);
  if (errno != 0 || end == c->arguments[0] || *end != '\0' || target < 1) {
    fault_add(c->problems, NOWHERE, "\"%s\" is no number of an import", "“%s”不是导入的序号", c->arguments[0]);
    fault_next(c->problems, "hongzhu log lists them", "hongzhu log 可列出所有导入");
    return EXIT_USAGE;
  }
  ledger *l = open_ledger(c, LEDGER_WRITE);
  if (l == NULL) return EXIT_LEDGER;
  int64_t *undone = NULL;
  size_t count = 0;
  bool there = target <= ledger_last(l), dry = call_has(c, "--dry-run");
  bool good = ledger_undo(l, target, call_has(c, "--with-later"), who_user(c->memory), who_now(c->memory), dry,
                          c->memory, &undone, &count, c->problems);
  ledger_close(l);
  json_t *list = json_array();
  for (size_t i = 0; good && i < count; i++) {
    json_array_append_new(list, json_integer(undone[i]));
    if (dry)
      print_line(c, "import %lld would be undone; nothing was stored", "第 %lld 次导入可以撤销；本次未存入任何内容",
                 (long long)undone[i]);
    else
      print_line(c, "import %lld is undone", "已撤销第 %lld 次导入", (long long)undone[i]);
  }
  json_t *value = json_object();
  json_object_set_new(value, "undone", list);
  json_object_set_new(value, "stored", json_boolean(good && !dry));
  print_json(c, value);
  json_decref(value);
  int code = call_exit(c);
  return code == EXIT_INPUT && there ? EXIT_NO : code; /* refused: it rests on something, or is undone already */
}

const command command_undo = {
    .name = "undo",
    .usage = "IMPORT",
    .help = {{"撤销一次导入，撤销本身也记入日志", "take an import back; the undo is an import too"}},
    .examples = {{"hongzhu undo 3\nhongzhu undo 3 --with-later # 以它为依据的导入也一起撤销\nhongzhu undo 5 # 第 5 "
                  "次若是撤销，则恢复",
                  "hongzhu undo 3\nhongzhu undo 3 --with-later # and those that rest on it\nhongzhu undo 5 # if 5 was "
                  "an undo, this brings it back"}},
    OPTIONS(options),
    .least = 1,
    .most = 1,
    .run = undo,
};
