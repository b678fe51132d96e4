/* evaluate: decides, and stores what is new. */
#include "cli/open.h"
#include "cli/print.h"
#include "task/evaluate.h"
#include "task/ruling.h"

#include <stdio.h>

enum { WORKERS_MOST = 64 };

static const option_row options[] = {
    {"--pack",
     "PACK",
     {{"有多个规则包生效时，指明按哪一个", "whose rules are meant where several packs are in force"}},
     false},
    {"--on", "DAY", {{"判定日，默认今天", "the day of the decisions; today by default"}}, false},
    {"--rule", "RULE", {{"只判定这一条规则", "decide this rule only"}}, false},
    {"--dry-run", NULL, {{"只计算，不保存", "compute and store nothing"}}, false},
    {"--workers",
     "N",
     {{"用几个线程计算，默认与处理器同数；结果不因此改变",
       "threads to compute with, by default one for each processor; results are the same"}},
     false},
};

static void step(void *context, uint64_t done, uint64_t all) {
  print_progress(context, "deciding", "判定", done, all);
}

static json_t *rule_json(const evaluate_counts *n) {
  json_t *row = json_object(), *outcomes = json_object();
  json_object_set_new(row, "rule", json_string(n->rule->id));
  json_object_set_new(row, "title", json_words(n->rule->title));
  json_object_set_new(row, "subjects", json_integer((json_int_t)n->subjects));
  json_object_set_new(row, "kept", json_integer((json_int_t)n->kept));
  json_object_set_new(row, "decided", json_integer((json_int_t)n->decided)); /* again, whether it changed or not */
  json_object_set_new(row, "changed", json_integer((json_int_t)n->changed));
  for (int o = 0; o < OUTCOMES; o++)
    json_object_set_new(outcomes, outcome_name((outcome)o), json_integer((json_int_t)n->outcomes[o]));
  json_object_set_new(row, "outcomes", outcomes);
  return row;
}

/* A rule that is about nobody here needs no row of its own, unless it is the only one. */
static bool applies_to_nobody(const evaluate_counts *n, size_t count) {
  return count > 1 && n->outcomes[OUTCOME_NOT_APPLICABLE] == n->subjects;
}

static json_t *show(const call *c, const evaluating *e, const evaluate_counts *counts, size_t count, bool stored) {
  static const table_column columns[] = {{{{"规则", "rule"}}, false},       {{{"对象", "subjects"}}, true},
                                         {{{"达到", "met"}}, true},         {{{"未达到", "unmet"}}, true},
                                         {{{"无法判定", "unknown"}}, true}, {{{"不适用", "not applicable"}}, true},
                                         {{{"新判定", "new"}}, true}};
  char on[11];
  day_write(e->on, on);
  print_line(c, "decisions on %s under pack \"%s\", version %s", "%s 的判定，规则包“%s”，版本 %s", on, e->pack->id,
             e->pack->version ? e->pack->version : "?");
  table *t = table_new(c, columns, 7);
  json_t *rows = json_array();
  size_t changed = 0, aside = 0;
  buffer nobody = {0};
  static const outcome order[] = {OUTCOME_MET, OUTCOME_UNMET, OUTCOME_UNKNOWN, OUTCOME_NOT_APPLICABLE};
  for (size_t i = 0; i < count; i++) {
    const evaluate_counts *n = &counts[i];
    const char *cells[7] = {arena_format(c->memory, "%s (%s)", n->rule->title.in[c->in], n->rule->id),
                            print_count(c->memory, (int64_t)n->subjects)};
    for (int o = 0; o < 4; o++) cells[2 + o] = print_count(c->memory, (int64_t)n->outcomes[order[o]]);
    cells[6] = print_count(c->memory, (int64_t)n->changed);
    json_array_append_new(rows, rule_json(n));
    changed += n->changed;
    if (applies_to_nobody(n, count)) {
      print_listed(c, &nobody, n->rule->title.in[c->in]);
      aside += n->subjects;
    } else {
      table_row(c, t, cells);
    }
  }
  print_table(c, t);
  if (nobody.length)
    print_line(c, "not applicable to anyone here: %s (%s decisions)", "对这里的任何对象都不适用：%s（%s 项判定）",
               nobody.at, print_count(c->memory, (int64_t)aside));
  buffer_free(&nobody);
  if (!changed)
    print_line(c, "nothing has changed since the last evaluation", "与上次判定相比没有变化");
  else if (stored)
    print_line(c, "%s decisions stored", "已保存 %s 项判定", print_count(c->memory, (int64_t)changed));
  else
    print_line(c, "%s decisions would be stored", "将保存 %s 项判定（本次未保存）",
               print_count(c->memory, (int64_t)changed));
  json_t *whole = json_object();
  json_object_set_new(whole, "on", json_string(on));
  json_object_set_new(whole, "pack", json_string(e->pack->id));
  json_object_set_new(whole, "rules", rows);
  json_object_set_new(whole, "stored", json_boolean(stored && changed));
  return whole;
}

static bool read_workers(const call *c, int *out) {
  const char *text = call_value(c, "--workers");
  if (!text) return true;
  int used = 0;
  if (sscanf(text, "%3d%n", out, &used) == 1 && !text[used] && *out >= 1 && *out <= WORKERS_MOST) return true;
  fault_add(c->problems, NOWHERE, "--workers \"%s\" is no number of threads", "--workers “%s”不是线程数", text);
  return fault_next(c->problems, "write a number from 1 to %d", "请写 1 到 %d 之间的数", WORKERS_MOST);
}

/* One pack's decisions; `whole` gets them as JSON. */
static bool evaluate_under(call *c, ledger *l, day on, const ruling *of, evaluate_order order, json_t *whole) {
  evaluating e;
  evaluate_counts *counts;
  size_t count;
  bool good = evaluating_open_pack(c->memory, l, (evaluating_state){on, -1, &of->image, NULL, NULL}, &e, c->problems);
  bool other = good && order.rule && of->organization && order.organization && pack_rule(e.pack, order.rule) < 0;
  if (good && !other && task_evaluate(&e, order, &counts, &count, c->problems)) {
    print_progress_end(c);
    json_array_append_new(whole, show(c, &e, counts, count, order.store));
  }
  evaluating_close(&e, c->problems);
  return c->problems->errors == 0;
}

/* Where several districts stand in one ledger each pack decides about its own people. */
static int evaluate(call *c) {
  day on;
  if (!call_day(c, "--on", &on)) return EXIT_USAGE;
  evaluate_order order = {.rule = call_value(c, "--rule"), .store = !call_has(c, "--dry-run"), .progress = {c, step}};
  if (!read_workers(c, &order.workers)) return EXIT_USAGE;
  ledger *l = open_ledger(c, order.store ? LEDGER_WRITE : LEDGER_READ);
  if (!l) return EXIT_LEDGER;
  ruling *all;
  size_t count = rulings_on(l, on, c->memory, &all, c->problems), with = 0;
  for (size_t i = 0; i < count; i++) with += all[i].organization != NULL;
  bool several = rulings_several(l, c->memory, c->problems);
  const char *named = call_value(c, "--pack");
  const ruling *one = named || with <= 1 ? ruling_meant(all, count, l, named, NULL, c->problems) : NULL;
  json_t *whole = json_array();
  for (size_t i = 0; i < count && !c->problems->errors; i++) {
    if (one && one != &all[i]) continue;
    order.organization = several ? all[i].organization : NULL;
    if (json_array_size(whole)) print_line(c, "%s", "%s", "");
    evaluate_under(c, l, on, &all[i], order, whole);
  }
  if (one || count == 0)
    print_json(c, json_array_size(whole) ? json_array_get(whole, 0) : whole);
  else
    print_json(c, whole);
  json_decref(whole);
  ledger_close(l);
  return call_exit(c);
}

const command command_evaluate = {
    .name = "evaluate",
    .usage = "[--on DAY] [--rule RULE] [--pack PACK] [--dry-run] [--workers N]",
    .help = {{"按规则逐一判定，并保存新的判定", "decide every rule about everyone and store what is new"}},
    .examples = {{"hongzhu evaluate                    # 今天的判定\n"
                  "hongzhu evaluate --on 2025-12-31    # 指定判定日\n"
                  "hongzhu evaluate --rule placement --dry-run",
                  "hongzhu evaluate                    # as of today\n"
                  "hongzhu evaluate --on 2025-12-31    # as of a day\n"
                  "hongzhu evaluate --rule placement --dry-run"}},
    OPTIONS(options),
    .least = 0,
    .most = 0,
    .run = evaluate,
};
