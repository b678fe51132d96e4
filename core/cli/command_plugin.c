/* plugin list, plugin show: what the plugins found offer. */
#include "cli/print.h"
#include "host/foreign.h"

#include <string.h>

static const said kind_words[] = {{{"读取器", "reader"}}, {{"输出器", "writer"}}, {{"规则", "rule"}}};
static const char *const kind_names[] = {"reader", "writer", "rule"};

/* ---- as JSON ---- */

static json_t *options_json(const offer *o) {
  json_t *list = json_array();
  for (size_t i = 0; i < o->options_count; i++) {
    const offer_option *row = &o->options[i];
    json_t *value = json_object();
    json_object_set_new(value, "name", json_string(row->name));
    json_object_set_new(value, "type", json_string(row->type));
    if (row->otherwise) json_object_set_new(value, "default", json_string(row->otherwise));
    json_object_set_new(value, "help", json_words(row->help));
    json_array_append_new(list, value);
  }
  return list;
}

static json_t *offer_json(const offer *o) {
  json_t *value = json_object();
  json_object_set_new(value, "kind", json_string(kind_names[o->kind]));
  json_object_set_new(value, "name", json_string(o->name));
  json_object_set_new(value, "title", json_words(o->title));
  if (o->extensions) json_object_set_new(value, "extensions", json_string(o->extensions));
  if (o->mime) json_object_set_new(value, "mime", json_string(o->mime));
  if (o->kind != OFFER_RULE) json_object_set_new(value, "options", options_json(o));
  json_object_set_new(value, "plugin", json_string(o->plugin));
  json_object_set_new(value, "plugin_title", json_words(o->plugin_title));
  json_object_set_new(value, "version", json_string(o->plugin_version));
  json_object_set_new(value, "license", json_string(o->license));
  if (o->contact) json_object_set_new(value, "contact", json_string(o->contact));
  json_object_set_new(value, "file", json_string(o->file));
  return value;
}

static void offers_json(const call *c, const offers *all, const char *name) {
  json_t *list = json_array();
  for (size_t i = 0; i < all->count; i++) {
    const offer *o = &all->items[i];
    if (!name || text_same(name, o->plugin) || text_same(name, o->name)) json_array_append_new(list, offer_json(o));
  }
  json_t *value = json_object();
  json_object_set_new(value, "offers", list);
  print_json(c, value);
  json_decref(value);
}

/* ---- plugin list ---- */

static int list(call *c) {
  offers all;
  offers_ask(c->memory, &all, c->problems);
  offers_json(c, &all, NULL);
  static const table_column columns[] = {{{{"种类", "kind"}}, false},       {{{"名称", "name"}}, false},
                                         {{{"说明", "what it is"}}, false}, {{{"扩展名", "extensions"}}, false},
                                         {{{"插件", "plugin"}}, false},     {{{"版本", "version"}}, false}};
  table *rows = table_new(c, columns, 6);
  for (size_t i = 0; i < all.count; i++) {
    const offer *o = &all.items[i];
    const char *const cells[] = {
        kind_words[o->kind].in[c->in], o->name, o->title.in[c->in], o->extensions, o->plugin, o->plugin_version};
    table_row(c, rows, cells);
  }
  print_table(c, rows);
  if (all.count == 0) print_line(c, "no plugins were found", "没有找到插件");
  return call_exit(c);
}

const command command_plugin_list = {
    .name = "plugin list",
    .usage = "",
    .help = {{"列出读取器、输出器和规则，以及提供它们的插件",
              "list readers, writers and rules, and the plugins they come from"}},
    .examples =
        {{"hongzhu plugin list\nHONGZHU_PLUGINS=/opt/plugins: hongzhu plugin list # 加上另一个文件夹中的插件",
          "hongzhu plugin list\nHONGZHU_PLUGINS=/opt/plugins: hongzhu plugin list # and those of another folder"}},
    .run = list,
};

/* ---- plugin show ---- */

static void show_offer(const call *c, const offer *o) {
  print_line(c, "%s", "%s", "");
  print_line(c, "%s \"%s\": %s", "%s“%s”：%s", kind_words[o->kind].in[c->in], o->name, o->title.in[c->in]);
  if (o->extensions) print_line(c, "  extensions: %s", "  扩展名：%s", o->extensions);
  if (o->mime) print_line(c, "  type: %s", "  类型：%s", o->mime);
  if (o->options_count == 0) return;
  static const table_column columns[] = {{{{"选项", "option"}}, false},
                                         {{{"取值", "value"}}, false},
                                         {{{"默认", "default"}}, false},
                                         {{{"说明", "meaning"}}, false}};
  table *rows = table_new(c, columns, 4);
  for (size_t i = 0; i < o->options_count; i++) {
    const offer_option *row = &o->options[i];
    const char *const cells[] = {row->name, row->type, row->otherwise, row->help.in[c->in]};
    table_row(c, rows, cells);
  }
  print_table_indented(c, rows, 2, true);
}

static int show(call *c) {
  const char *name = c->arguments[0];
  offers all;
  offers_ask(c->memory, &all, c->problems);
  const char **names = arena_array(c->memory, 2 * all.count, sizeof *names);
  const offer *shown = NULL;
  size_t found = 0;
  for (size_t i = 0; i < all.count; i++) {
    const offer *o = &all.items[i];
    names[2 * i] = o->plugin;
    names[2 * i + 1] = o->name;
    if (!text_same(name, o->plugin) && !text_same(name, o->name)) continue;
    if (!shown || !text_same(shown->file, o->file)) {
      if (shown) print_line(c, "%s", "%s", "");
      print_line(c, "plugin \"%s\" %s: %s", "插件“%s” %s：%s", o->plugin, o->plugin_version, o->plugin_title.in[c->in]);
      print_line(c, "  license: %s", "  许可：%s", o->license);
      if (o->contact) print_line(c, "  contact: %s", "  联系：%s", o->contact);
      print_line(c, "  file: %s", "  文件：%s", o->file);
    }
    shown = o;
    found++;
    show_offer(c, o);
  }
  if (found > 0) {
    offers_json(c, &all, name);
    return call_exit(c);
  }
  fault_add(c->problems, NOWHERE, "there is no plugin \"%s\", nor a reader, writer or rule of that name",
            "没有名为“%s”的插件、读取器、输出器或规则", name);
  const char *near = text_nearest(name, names, 2 * all.count);
  if (near)
    fault_next(c->problems, "did you mean \"%s\"?", "是不是“%s”？", near);
  else
    fault_next(c->problems, "see what there is with: hongzhu plugin list", "查看已有的插件：hongzhu plugin list");
  return call_exit(c);
}

const command command_plugin_show = {
    .name = "plugin show",
    .usage = "NAME",
    .help = {{"显示一个插件（或读取器、输出器、规则）及其选项",
              "show a plugin, or a reader, writer or rule, with its options"}},
    .examples = {{"hongzhu plugin show csv # 读取器和输出器的选项",
                  "hongzhu plugin show csv # the options of readers and writers"}},
    .least = 1,
    .most = 1,
    .run = show,
};

/* ---- plugin note ---- */

static int note(call *c) {
  offers all;
  const char *folder;
  size_t files = 0;
  if (!offers_write(c->memory, c->arguments[0], &all, &folder, c->problems)) return call_exit(c);
  offers_json(c, &all, NULL);
  for (size_t i = 0; i < all.count; i++) {
    bool before = false;
    for (size_t k = 0; k < i; k++) before = before || text_same(all.items[k].file, all.items[i].file);
    files += !before;
  }
  print_line(c, "written down in \"%s/offers.json\": plugins %zu", "已记入“%s/offers.json”：插件 %zu 个", folder,
             files);
  return call_exit(c);
}

const command command_plugin_note = {
    .name = "plugin note",
    .usage = "[FOLDER]",
    .help = {{"记下一个文件夹（默认为程序自带的）中各插件提供的内容，此后文件未变的插件不必逐次启动询问",
              "write down what the plugins of a folder (by default the program's own) offer, so that those whose file "
              "is the same need not be started and asked each time"}},
    .examples = {{"hongzhu plugin note /opt/plugins # 安装或更换插件之后",
                  "hongzhu plugin note /opt/plugins # after a plugin was put there or exchanged"}},
    .most = 1,
    .run = note,
};
