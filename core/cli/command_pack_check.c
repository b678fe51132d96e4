/* pack check, pack test: whether a pack is sound, and whether it decides as its cases say. */
#include "cli/print.h"
#include "pack/case.h"
#include "pack/entry.h"
#include "task/report.h"

#include <string.h>

/* ---- pack check ---- */

static size_t count_assumed(const pack *p) {
  size_t count = 0;
  for (size_t i = 0; i < p->parameters.count; i++) {
    bool assumed = false;
    for (size_t j = 0; j < p->parameters.items[i].entries_count; j++) {
      assumed = assumed || !p->parameters.items[i].entries[j].source;
    }
    count += assumed;
  }
  return count;
}

/* What only an import of its entries, or a report, would meet. */
static bool whole(call *c, const pack *p) {
  declaring to = {.memory = c->memory, .problems = c->problems, .text = &p->text};
  entry *entries;
  size_t count;
  bool good = entries_compile(&to, json_object_get(p->data, "declarations"), &p->kinds, &entries, &count);
  return report_check(p, c->problems) && good;
}

/* The pack of a folder. EXIT_DONE; EXIT_NO where something is wrong with it; else what call_exit says. */
static int take_pack(call *c, pack **out) {
  *out = NULL;
  const char *folder = pack_folder_find(c->memory, c->arguments[0], c->problems);
  if (!folder) return EXIT_USAGE;
  *out = pack_from_folder(c->memory, folder, c->problems);
  if (*out && whole(c, *out)) return EXIT_DONE;
  *out = NULL;
  int code = call_exit(c);
  return code == EXIT_INPUT ? EXIT_NO : code;
}

static int check(call *c) {
  pack *p;
  int code = take_pack(c, &p);
  if (!p) {
    if (code == EXIT_NO && c->json) {
      json_t *answer = json_pack("{s:b, s:I}", "good", 0, "errors", (json_int_t)c->problems->errors);
      print_json(c, answer);
      json_decref(answer);
    }
    return code;
  }
  size_t assumed = count_assumed(p);
  print_line(c, "pack \"%s\" %s is sound", "规则包“%s” %s 没有问题", p->id, p->version);
  print_line(c, "  parameters %zu (assumed %zu), rules %zu, figures %zu, reports %zu, adapters %zu, cases %zu",
             "  参数 %zu 个（其中假定 %zu 个），规则 %zu 条，数字 %zu 个，报告 %zu 份，导入方式 %zu 种，案例 %zu 个",
             p->parameters.count, assumed, p->rules_count, p->figures_count, p->reports_count, p->adapters_count,
             p->cases_count);
  json_t *answer = json_pack("{s:b, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "good", 1, "pack", p->id, "version",
                             p->version, "parameters", (json_int_t)p->parameters.count, "assumed", (json_int_t)assumed,
                             "rules", (json_int_t)p->rules_count, "figures", (json_int_t)p->figures_count, "reports",
                             (json_int_t)p->reports_count, "adapters", (json_int_t)p->adapters_count, "cases",
                             (json_int_t)p->cases_count);
  print_json(c, answer);
  json_decref(answer);
  return EXIT_DONE;
}

const command command_pack_check = {
    .name = "pack check",
    .usage = "FOLDER|ID",
    .help = {{"检查规则包：名称、类型、单位、日期、出处", "check a pack: names, types, units, dates, sources"}},
    .examples = {{"hongzhu pack check mydistrict", "hongzhu pack check mydistrict"}},
    .least = 1,
    .most = 1,
    .run = check,
};

/* ---- pack test ---- */

static json_t *lines_json(const case_result *r) {
  json_t *list = json_array();
  for (size_t i = 0; i < r->lines_count; i++) {
    said line = {{r->lines[LANGUAGE_ZH][i], r->lines[LANGUAGE_EN][i]}};
    json_array_append_new(list, json_words(line));
  }
  return list;
}

static void tell_case(call *c, const case_result *r, json_t *list) {
  const char *where = place_text(c->memory, r->where, c->in);
  const char *state = r->broken ? "broken" : r->passed ? "passed" : "failed";
  json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:o}", "case", r->title, "where",
                                        place_text(c->memory, r->where, LANGUAGE_EN), "result", state, "differs",
                                        lines_json(r)));
  if (r->passed && !r->broken) {
    if (call_has(c, "--verbose")) print_line(c, "passed  %s", "通过    %s", r->title);
    return;
  }
  if (r->broken) {
    print_line(c, "broken  %s (%s)", "有误    %s（%s）", r->title, where);
  } else {
    print_line(c, "FAILED  %s (%s)", "未通过  %s（%s）", r->title, where);
  }
  for (size_t i = 0; i < r->lines_count; i++) print_line(c, "        %s", "        %s", r->lines[c->in][i]);
}

static int test(call *c) {
  pack *p;
  int code = take_pack(c, &p);
  if (!p) return code;
  const char *only = call_value(c, "--case");
  size_t run = 0, good = 0;
  json_t *list = json_array();
  arena *a = arena_new(); /* of one case */
  for (size_t i = 0; i < p->cases_count; i++) {
    const char *title = json_member_text(p->cases[i], "title");
    if (only && !(title && strstr(title, only))) continue;
    print_progress(c, "cases", "案例", i, p->cases_count);
    arena_reset(a);
    case_result result;
    case_run(p, p->cases[i], a, &result, c->problems);
    print_progress_end(c);
    tell_case(c, &result, list);
    run++;
    good += result.passed && !result.broken;
    case_done(&result);
  }
  arena_free(a);
  if (run == 0 && only) {
    fault_add(c->problems, NOWHERE, "no case of pack \"%s\" has \"%s\" in its sentence",
              "规则包“%s”没有标题含“%s”的案例", p->id, only);
  } else if (run == 0) {
    fault_add(c->problems, NOWHERE, "pack \"%s\" has no cases", "规则包“%s”没有案例", p->id);
    fault_next(c->problems,
               "write some in tests/: case \"what it shows\" { given = { … }, on = \"…\", expect = { … } }",
               "请在 tests/ 中编写：case \"说明\" { given = { … }, on = \"…\", expect = { … } }");
  } else {
    print_line(c, "cases run %zu, passed %zu", "运行案例 %zu 个，通过 %zu 个", run, good);
  }
  json_t *answer = json_pack("{s:s, s:I, s:I, s:o}", "pack", p->id, "cases", (json_int_t)run, "passed",
                             (json_int_t)good, "results", list);
  print_json(c, answer);
  json_decref(answer);
  return run > 0 && good == run ? EXIT_DONE : EXIT_NO;
}

static const option_row test_options[] = {
    {"--case", "TEXT", {{"只运行标题含此文字的案例", "only cases whose sentence has this text"}}, false},
    {"--verbose", NULL, {{"也列出通过的案例", "list the cases that passed too"}}, false},
};

const command command_pack_test = {
    .name = "pack test",
    .usage = "FOLDER|ID [--case TEXT] [--verbose]",
    .help = {{"运行规则包的案例", "run the cases of a pack"}},
    .examples = {{"hongzhu pack test mydistrict\nhongzhu pack test mydistrict --case 封顶 --verbose",
                  "hongzhu pack test mydistrict\nhongzhu pack test mydistrict --case capped --verbose"}},
    OPTIONS(test_options),
    .least = 1,
    .most = 1,
    .run = test,
};
