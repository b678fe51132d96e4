/* plugin check: is a plugin sound. */
#include "cli/print.h"
#include "host/foreign.h"

static const said kind_words[] = {{{"读取器", "reader"}}, {{"输出器", "writer"}}, {{"规则", "rule"}}};
static const char *const kind_names[] = {"reader", "writer", "rule"};
static const said checked[] = {
    {{"判断并读取了五个不属于它的文件", "asked about and given five files that are not its own"}},
    {{"两次输出样例文档，结果一致", "wrote a sample document twice, with the same bytes"}},
    {{"只检查了声明；由规则包的用例来运行", "its table only; the cases of a pack run it"}},
};

static int check(call *c) {
  offers all = {NULL, 0, 0};
  bool good = offers_check(c->memory, c->arguments[0], &all, c->problems);
  if (c->json) {
    json_t *list = json_array();
    for (size_t i = 0; i < all.count; i++) {
      json_t *value = json_object();
      json_object_set_new(value, "kind", json_string(kind_names[all.items[i].kind]));
      json_object_set_new(value, "name", json_string(all.items[i].name));
      json_array_append_new(list, value);
    }
    json_t *value = json_object();
    json_object_set_new(value, "good", json_boolean(good));
    json_object_set_new(value, "offers", list);
    print_json(c, value);
    json_decref(value);
  }
  if (!good) return EXIT_NO;
  print_line(c, "plugin \"%s\" %s is sound", "插件“%s” %s 没有发现问题", all.items[0].plugin,
             all.items[0].plugin_version);
  static const table_column columns[] = {{{{"", ""}}, false}, {{{"", ""}}, false}, {{{"", ""}}, false}};
  table *rows = table_new(c, columns, 3);
  for (size_t i = 0; i < all.count; i++) {
    const offer *o = &all.items[i];
    const char *const cells[] = {kind_words[o->kind].in[c->in], o->name, checked[o->kind].in[c->in]};
    table_row(c, rows, cells);
  }
  print_table_indented(c, rows, 2, false);
  return EXIT_DONE;
}

const command command_plugin_check = {
    .name = "plugin check",
    .usage = "FILE.so",
    .help = {{"加载一个插件，检查其声明并试用", "load a plugin, check its table and exercise it"}},
    .examples = {{"hongzhu plugin check ./mine.so", "hongzhu plugin check ./mine.so"}},
    .least = 1,
    .most = 1,
    .run = check,
};
