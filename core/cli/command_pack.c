/* pack list, pack show: which packs there are and rule, and what one says. */
#include "cli/open.h"
#include "cli/print.h"
#include "pack/pack.h"
#include "task/rulebook.h"

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

static int show(call *c) {
  pack *p = NULL;
  day on;
  size_t form;
  if (!call_day(c, "--on", &on) || !call_word(c, "--as", page_form_names, PAGE_FORMS, PAGE_TEXT, &form))
    return EXIT_USAGE;
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
  print_text(c, rulebook_write(c->memory, p, (page_form)form, on, c->in));
  return call_exit(c);
}

static const option_row show_options[] = {
    {"--as",
     "text|html|markdown",
     {{"输出为文本（默认）、HTML 或 Markdown", "as text (default), HTML or Markdown"}},
     false},
    {"--on", "DAY", {{"哪一天生效的规则包（默认今天）", "the pack that rules on this day (default today)"}}, false},
};

const command command_pack_show = {
    .name = "pack show",
    .usage = "[FOLDER|ID] [--on DAY] [--as html|markdown]",
    .help = {{"把规则包写成给人读的文本：规则、认定、参数沿革及出处、案例",
              "a rule set for its readers: rules, recognition, parameters over time with sources, examples"}},
    .examples = {{"hongzhu pack show # 台账中今天生效的规则包\nhongzhu pack show national\nhongzhu pack show "
                  "./mydistrict --json # 映像",
                  "hongzhu pack show # the one that rules today\nhongzhu pack show national\n"
                  "hongzhu pack show ./mydistrict --json # its image"}},
    OPTIONS(show_options),
    .most = 1,
    .run = show,
};
