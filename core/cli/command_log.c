/* log: what was imported, undone, merged and entered, in order. */
#include "cli/print.h"
#include "ledger/ledger.h"

static const said kind_words[] = {[IMPORT_FILE] = {{"导入", "import"}},
                                  [IMPORT_UNDO] = {{"撤销", "undo"}},
                                  [IMPORT_MERGE] = {{"合并", "merge"}},
                                  [IMPORT_ENTRY] = {{"声明", "entry"}}};
static const char *const kind_names[] = {"import", "undo", "merge", "entry"};

static const option_row options[] = {
    {"--last", "N", {{"只列最后 N 次", "only the last N"}}, false},
};

static json_t *import_json(const import *i) {
  char digits[DIGEST_TEXT];
  json_t *value = json_object();
  json_object_set_new(value, "import", json_integer(i->id));
  json_object_set_new(value, "kind", json_string(kind_names[i->kind]));
  if (i->file_name != NULL) json_object_set_new(value, "file", json_string(i->file_name));
  digest_text(i->file, digits);
  if (i->file_name != NULL) json_object_set_new(value, "digest", json_string(digits));
  if (i->adapter != NULL) json_object_set_new(value, "adapter", json_string(i->adapter));
  if (i->undoes != 0) json_object_set_new(value, "undoes", json_integer(i->undoes));
  if (i->who != NULL) json_object_set_new(value, "who", json_string(i->who));
  if (i->at != NULL) json_object_set_new(value, "at", json_string(i->at));
  if (i->note != NULL) json_object_set_new(value, "note", json_string(i->note));
  json_object_set_new(value, "opened", json_integer(i->opened));
  json_object_set_new(value, "closed", json_integer(i->closed));
  json_object_set_new(value, "same", json_integer(i->same));
  json_object_set_new(value, "rejected", json_integer(i->rejected));
  digest_text(i->chain, digits);
  json_object_set_new(value, "chain", json_string(digits));
  return value;
}

static const char *subject_of(const call *c, const import *i) {
  if (i->undoes != 0)
    return arena_format(c->memory, c->in == LANGUAGE_ZH ? "第 %lld 次" : "import %lld", (long long)i->undoes);
  return i->file_name;
}

static int show_log(call *c) {
  int64_t last;
  if (!call_whole(c, "--last", 1, INT64_MAX, INT64_MAX, &last)) return EXIT_USAGE;
  ledger *l = ledger_open(c->ledger, LEDGER_READ, c->problems);
  if (l == NULL) return EXIT_LEDGER;
  import *rows = NULL;
  size_t count = ledger_imports(l, c->memory, &rows, c->problems);
  ledger_close(l);
  static const table_column columns[] = {{{{"序号", "no."}}, true},        {{{"时间（UTC）", "when (UTC)"}}, false},
                                         {{{"操作", "what"}}, false},      {{{"对象", "of"}}, false},
                                         {{{"适配器", "adapter"}}, false}, {{{"操作人", "who"}}, false},
                                         {{{"新增", "opened"}}, true},     {{{"关闭", "closed"}}, true},
                                         {{{"不变", "same"}}, true},       {{{"退回", "rejected"}}, true},
                                         {{{"说明", "note"}}, false}};
  table *t = table_new(c, columns, sizeof columns / sizeof *columns);
  json_t *list = json_array();
  size_t first = (uint64_t)last < count ? count - (size_t)last : 0;
  for (size_t k = first; k < count; k++) {
    const import *i = &rows[k];
    json_array_append_new(list, import_json(i));
    const char *const cells[] = {print_count(c->memory, i->id),
                                 i->at,
                                 kind_words[i->kind].in[c->in],
                                 subject_of(c, i),
                                 i->adapter,
                                 i->who,
                                 print_count(c->memory, i->opened),
                                 print_count(c->memory, i->closed),
                                 print_count(c->memory, i->same),
                                 print_count(c->memory, i->rejected),
                                 i->note};
    table_row(c, t, cells);
  }
  print_table(c, t);
  if (count == 0) print_line(c, "nothing was imported yet", "还没有任何导入");
  json_t *value = json_object();
  json_object_set_new(value, "imports", list);
  print_json(c, value);
  json_decref(value);
  return call_exit(c);
}

const command command_log = {
    .name = "log",
    .usage = "",
    .help = {{"列出导入、撤销、合并和声明", "list imports, undos, merges and entries"}},
    .examples = {{"hongzhu log\nhongzhu log --last 5", "hongzhu log\nhongzhu log --last 5"}},
    OPTIONS(options),
    .run = show_log,
};
