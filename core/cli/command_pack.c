/* pack list, pack show: which packs there are and rule, and what one says. */
#include "cli/open.h"
#include "cli/print.h"
#include "pack/pack.h"

#include <string.h>
#include <unistd.h>

/* ---- pack list ---- */

/* What rules: every binding of the ledger, the newest last. */
static void list_bindings(call *c, ledger *l, json_t *json) {
  static const table_column columns[] = {{{{"生效日期", "from"}}, false}, {{{"规则包", "pack"}}, false},
                                         {{{"版本", "version"}}, false},  {{{"适用机构", "organization"}}, false},
                                         {{{"映像", "image"}}, false},    {{{"启用人", "by"}}, false}};
  table *rows = table_new(c, columns, 6);
  binding *all;
  size_t count = ledger_bindings(l, c->memory, &all, c->problems);
  for (size_t i = 0; i < count; i++) {
    image_row image;
    if (!ledger_image(l, all[i].image, c->memory, &image, c->problems)) continue;
    char from[11], digits[DIGEST_TEXT];
    day_write(all[i].from, from);
    digest_text(all[i].image, digits);
    json_array_append_new(json, json_pack("{s:s, s:s, s:s, s:s*, s:s, s:s}", "from", from, "pack", image.pack,
                                          "version", image.version, "organization", all[i].organization, "image",
                                          digits, "by", all[i].who));
    digits[12] = '\0';
    const char *const cells[] = {from, image.pack, image.version, all[i].organization, digits, all[i].who};
    table_row(c, rows, cells);
  }
  if (count == 0) {
    print_line(c, "no pack rules in \"%s\" yet", "“%s”中尚未启用规则包", c->ledger);
  } else {
    print_line(c, "packs that rule in \"%s\":", "“%s”中启用的规则包：", c->ledger);
  }
  print_table(c, rows);
}

static void list_folders(call *c, json_t *json) {
  static const table_column columns[] = {{{{"规则包", "pack"}}, false}, {{{"文件夹", "folder"}}, false}};
  const char **ids, **folders;
  size_t count = pack_folders(c->memory, &ids, &folders);
  table *rows = table_new(c, columns, 2);
  for (size_t i = 0; i < count; i++) {
    const char *const cells[] = {ids[i], folders[i]};
    table_row(c, rows, cells);
    json_array_append_new(json, json_pack("{s:s, s:s}", "pack", ids[i], "folder", folders[i]));
  }
  if (count == 0) {
    print_line(c, "no packs were found in folders", "没有在文件夹中找到规则包");
  } else {
    print_line(c, "packs that can be used:", "可以启用的规则包：");
  }
  print_table(c, rows);
}

static int list(call *c) {
  ledger *l = NULL;
  if (access(c->ledger, F_OK) == 0 || call_has(c, "--ledger")) {
    l = open_ledger(c, LEDGER_READ);
    if (!l) return EXIT_LEDGER;
  }
  json_t *ruling = json_array(), *available = json_array();
  if (l) {
    list_bindings(c, l, ruling);
    print_line(c, "%s", "%s", "");
    ledger_close(l);
  }
  list_folders(c, available);
  json_t *answer = json_pack("{s:o, s:o}", "ruling", ruling, "available", available);
  print_json(c, answer);
  json_decref(answer);
  return call_exit(c);
}

const command command_pack_list = {
    .name = "pack list",
    .usage = "",
    .help = {{"列出台账中启用的规则包和可以启用的规则包",
              "list the packs that rule in the ledger and those that can be used"}},
    .examples = {{"hongzhu pack list\nHONGZHU_PACKS=~/packs hongzhu pack list # 另一个文件夹中的规则包",
                  "hongzhu pack list\nHONGZHU_PACKS=~/packs hongzhu pack list # those of another folder"}},
    .run = list,
};

/* ---- pack show ---- */

static void show_title(const call *c, const char *en, const char *zh) {
  print_line(c, "%s", "%s", "");
  print_line(c, "%s%.0s", "%.0s%s", en, zh);
}

static char *entry_value(arena *a, const parameter *p, const parameter_entry *e) {
  if (p->form == PARAMETER_DAY) {
    char *text = arena_take(a, 11);
    day_write(e->day, text);
    return text;
  }
  if (p->form == PARAMETER_NUMBER) return fraction_text(a, e->number);
  buffer list = {0};
  for (size_t i = 0; i < e->words_count; i++) {
    buffer_format(&list, "%s%s %s", i ? ", " : "", e->words[i].word, fraction_text(a, e->words[i].value));
  }
  char *text = arena_text(a, list.at ? list.at : "");
  buffer_free(&list);
  return text;
}

static void show_parameters(const call *c, const pack *p) {
  static const table_column columns[] = {{{{"参数", "parameter"}}, false}, {{{"名称", "title"}}, false},
                                         {{{"起始日期", "from"}}, false},  {{{"取值", "value"}}, false},
                                         {{{"单位", "unit"}}, false},      {{{"出处", "source"}}, false}};
  table *rows = table_new(c, columns, 6);
  for (size_t i = 0; i < p->parameters.count; i++) {
    const parameter *one = &p->parameters.items[i];
    for (size_t j = 0; j < one->entries_count; j++) {
      const parameter_entry *e = &one->entries[j];
      char from[11];
      day_write(e->from, from);
      const char *origin = e->source;
      if (!origin && c->in == LANGUAGE_ZH) origin = arena_format(c->memory, "假定：%s", e->assumed.in[LANGUAGE_ZH]);
      if (!origin) origin = arena_format(c->memory, "assumed: %s", e->assumed.in[LANGUAGE_EN]);
      const char *const cells[] = {j ? NULL : one->id,
                                   j ? NULL : one->title.in[c->in],
                                   from,
                                   entry_value(c->memory, one, e),
                                   pack_unit(p, one->unit, c->in),
                                   origin};
      table_row(c, rows, cells);
    }
  }
  if (p->parameters.count) show_title(c, "parameters", "参数");
  print_table(c, rows);
}

static void show_rules(const call *c, const pack *p) {
  static const table_column columns[] = {{{{"规则", "rule"}}, false},
                                         {{{"对象", "of"}}, false},
                                         {{{"要求", "need"}}, false},
                                         {{{"名称", "title"}}, false},
                                         {{{"位置", "where"}}, false}};
  table *rows = table_new(c, columns, 5);
  for (size_t i = 0; i < p->rules_count; i++) {
    const rule *r = &p->rules[i];
    const char *const head[] = {r->id, fact_type_name(r->of), NULL, r->title.in[c->in],
                                place_text(c->memory, r->where, c->in)};
    table_row(c, rows, head);
    for (size_t j = 0; j < r->needs_count; j++) {
      const char *const cells[] = {NULL, NULL, r->needs[j].id, r->needs[j].title.in[c->in], NULL};
      table_row(c, rows, cells);
    }
  }
  if (p->rules_count) show_title(c, "rules", "规则");
  print_table(c, rows);
}

static void show_figures(const call *c, const pack *p) {
  static const table_column columns[] = {{{{"数字", "figure"}}, false},
                                         {{{"范围", "of"}}, false},
                                         {{{"名称", "title"}}, false},
                                         {{{"单位", "unit"}}, false},
                                         {{{"含义", "meaning"}}, false}};
  table *rows = table_new(c, columns, 5);
  for (size_t i = 0; i < p->figures_count; i++) {
    const figure *f = &p->figures[i];
    const char *const cells[] = {f->id, fact_type_name(f->scope), f->title.in[c->in], pack_unit(p, f->unit, c->in),
                                 f->definition.in[c->in]};
    table_row(c, rows, cells);
  }
  if (p->figures_count) show_title(c, "figures", "数字");
  print_table(c, rows);
}

/* What has an id and a title only. */
static void show_others(const call *c, const pack *p) {
  static const said words[] = {
      {{"认定", "recognition"}}, {{"报告", "report"}}, {{"导入方式", "adapter"}}, {{"遴选、覆盖、系列", "group"}}};
  static const table_column columns[] = {
      {{{"种类", "what"}}, false}, {{{"名称", "id"}}, false}, {{{"标题", "title"}}, false}};
  table *rows = table_new(c, columns, 3);
  for (size_t i = 0; i < p->recognitions_count; i++) {
    const char *const cells[] = {words[0].in[c->in], p->recognitions[i].id, p->recognitions[i].title.in[c->in]};
    table_row(c, rows, cells);
  }
  for (size_t i = 0; i < p->reports_count; i++) {
    const char *const cells[] = {words[1].in[c->in], p->reports[i].id, p->reports[i].title.in[c->in]};
    table_row(c, rows, cells);
  }
  for (size_t i = 0; i < p->adapters_count; i++) {
    const char *const cells[] = {words[2].in[c->in], p->adapters[i].id, p->adapters[i].title.in[c->in]};
    table_row(c, rows, cells);
  }
  for (size_t i = 0; i < p->groups_count; i++) {
    const char *const cells[] = {words[3].in[c->in], p->groups[i].id, p->groups[i].title.in[c->in]};
    table_row(c, rows, cells);
  }
  if (p->recognitions_count + p->reports_count + p->adapters_count + p->groups_count) {
    show_title(c, "recognitions, reports, adapters, groups", "认定、报告、导入方式、遴选");
  }
  print_table(c, rows);
}

static int show(call *c) {
  pack *p = NULL;
  day on;
  if (!call_day(c, "--on", &on)) return EXIT_USAGE;
  if (c->arguments_count == 1) {
    const char *folder = pack_folder_find(c->memory, c->arguments[0], c->problems);
    if (!folder) return call_exit(c);
    p = pack_from_folder(c->memory, folder, c->problems);
  } else {
    ledger *l = open_ledger(c, LEDGER_READ);
    if (!l) return EXIT_LEDGER;
    p = pack_ruling(c->memory, l, on, c->problems);
    ledger_close(l);
  }
  if (!p) return call_exit(c);
  print_json(c, p->data);
  print_line(c, "pack \"%s\" %s: %s", "规则包“%s” %s：%s", p->id, p->version, p->title.in[c->in]);
  show_parameters(c, p);
  show_rules(c, p);
  show_figures(c, p);
  show_others(c, p);
  return call_exit(c);
}

static const option_row show_options[] = {
    {"--on", "DAY", {{"哪一天生效的规则包（默认今天）", "the pack that rules on this day (default today)"}}, false},
};

const command command_pack_show = {
    .name = "pack show",
    .usage = "[FOLDER|ID] [--on DAY]",
    .help = {{"显示规则包的参数及出处、规则、数字和报告",
              "show a pack's parameters with their sources, its rules, figures and reports"}},
    .examples = {{"hongzhu pack show # 台账中今天生效的规则包\nhongzhu pack show national\nhongzhu pack show "
                  "./mydistrict --json # 映像",
                  "hongzhu pack show # the one that rules today\nhongzhu pack show national\n"
                  "hongzhu pack show ./mydistrict --json # its image"}},
    OPTIONS(show_options),
    .most = 1,
    .run = show,
};
