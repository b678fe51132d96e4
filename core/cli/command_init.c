/* init: a new ledger. */
#include "cli/print.h"
#include "ledger/ledger.h"

static int init(call *c) {
  if (!ledger_create(c->ledger, c->problems)) return call_exit(c);
  print_line(c, "made the ledger \"%s\"", "已新建台账“%s”", c->ledger);
  print_line(c,
             "  imported files are kept in \"%s.files\", the key of ID numbers in \"%s.key\": keep it apart from "
             "copies of the ledger",
             "  导入的文件存放在“%s.files”，身份证号的密钥在“%s.key”：请勿与台账副本放在一起", c->ledger, c->ledger);
  print_line(c, "  next: hongzhu pack use FOLDER", "  下一步：hongzhu pack use 文件夹");
  json_t *value = json_object();
  json_object_set_new(value, "ledger", json_string(c->ledger));
  print_json(c, value);
  json_decref(value);
  return EXIT_DONE;
}

const command command_init = {
    .name = "init",
    .usage = "",
    .help = {{"新建台账", "make a new ledger"}},
    .examples = {{"hongzhu init # 在当前文件夹新建 hongzhu.db\nhongzhu init --ledger /srv/jxjy/2025.db",
                  "hongzhu init # makes hongzhu.db in this folder\nhongzhu init --ledger /srv/training/2025.db"}},
    .run = init,
};
