/* explain: why a decision is as it is. */
#include "cli/open.h"
#include "cli/print.h"
#include "cli/unmasked.h"
#include "task/evaluate.h"
#include "task/explain_group.h"
#include "task/find.h"

#include <string.h>

static const option_row options[] = {
    {"--rule", "RULE", {{"只解释这一条规则", "explain this rule only"}}, false},
    {"--pack",
     "PACK",
     {{"有多个规则包生效时，指明按哪一个", "whose rules are meant where several packs are in force"}},
     false},
    {"--on", "DAY", {{"判定日，默认今天", "the day of the decision; today by default"}}, false},
    {"--known-after", "IMPORT", {{"只用到这次导入为止的事实", "only the facts known after this import"}}, false},
    {"--all", NULL, {{"列出全部记录", "list every record"}}, false},
    {"--detail", "masked|full", {{"姓名打码（默认）或完整", "names masked (default) or in full"}}, false},
};

typedef struct wanted {
  fact_type type;
  uint32_t row;
} wanted;

/* The subject that a code or name means: a person, else a cohort, programme or organization. */
static found_one find(const subjects *s, const char *text, wanted *out, faults *problems) {
  static const fact_type types[] = {FACT_PERSON, FACT_COHORT, FACT_PROGRAMME, FACT_ORGANIZATION};
  for (size_t t = 0; t < 4; t++) {
    out->type = types[t];
    found_one found = find_row(s, types[t], text, &out->row, problems);
    if (found != FOUND_NONE) return found;
  }
  return FOUND_NONE;
}

static void explain_one(call *c, evaluating *e, explain_order order, json_t *list) {
  buffer text = {0};
  json_t *one = NULL;
  if (task_explain(e, order, &text, &one, c->problems)) {
    if (json_array_size(list)) print_text(c, "\n");
    print_text(c, text.at);
    json_array_append_new(list, one);
  }
  buffer_free(&text);
}

/* All rules about the subject: its own, and of a person those about their placements. */
static bool explain_all(call *c, evaluating *e, wanted w, const char *only, explain_order order, json_t *list) {
  bool known = false;
  for (size_t i = 0; i < e->pack->rules_count; i++) {
    const rule *r = &e->pack->rules[i];
    if (only && strcmp(only, r->id)) continue;
    known = true;
    order.rule = (int32_t)i;
    if (r->of == w.type) {
      order.subject = w.row;
      explain_one(c, e, order, list);
    } else if (r->of == FACT_ENROLLMENT && w.type == FACT_PERSON) {
      uint32_t *rows;
      size_t count = rows_under(evaluation_view(e->evaluation), w.type, w.row, FACT_ENROLLMENT, c->memory, &rows);
      for (size_t k = 0; k < count; k++) {
        order.subject = rows[k];
        explain_one(c, e, order, list);
      }
    }
  }
  if (!known && only) return evaluate_no_rule(e->pack, only, c->problems);
  if (!json_array_size(list) && !c->problems->errors)
    print_line(c, "no rule of pack \"%s\" is about \"%s\"", "规则包“%s”中没有针对“%s”的规则", e->pack->id,
               c->arguments[0]);
  return true;
}

static void explain_group(call *c, evaluating *e, int32_t group, detail detail_of, json_t *list) {
  buffer text = {0};
  json_t *one = NULL;
  if (task_explain_group(e, group, detail_of, c->in, &text, &one, c->problems)) {
    print_text(c, text.at);
    json_array_append_new(list, one);
  }
  buffer_free(&text);
}

/* An enrollment without a host is explained by what others of its kind have. */
static bool lacks_host(const subjects *s) {
  const fact_columns *t = &s->of[FACT_ENROLLMENT];
  for (uint32_t i = 0; i < t->count; i++)
    if (t->place[i] < 0) return true;
  return false;
}

/* Activities that say how much they give may be what would make it pass: they belong to nobody. */
static bool has_offers(const pack *p) {
  for (size_t i = 0; i < p->kinds.count; i++)
    if (p->kinds.items[i].type == FACT_ACTIVITY && p->kinds.items[i].unit) return true;
  return false;
}

/* With the facts of the one person asked about, where that is enough. */
static bool open_asked(call *c, ledger *l, evaluating_state state, evaluating *e) {
  if (!evaluating_open_coded(c->memory, l, state, c->arguments[0], e, c->problems)) return false;
  wanted w;
  faults *unsaid = faults_new(c->memory);
  if (!e->alone) return true;
  if (!has_offers(e->pack) && !lacks_host(e->subjects) && explain_group_named(e->pack, c->arguments[0]) < 0 &&
      find(e->subjects, c->arguments[0], &w, unsaid) == FOUND_ONE)
    return true;
  return evaluating_close(e, c->problems) && evaluating_open(c->memory, l, state, e, c->problems);
}

static int explain(call *c) {
  static const char *const details[] = {"masked", "full"};
  day on;
  int64_t known_after;
  size_t detail_at;
  if (!call_day(c, "--on", &on) || !call_whole(c, "--known-after", 0, INT64_MAX, -1, &known_after) ||
      !call_word(c, "--detail", details, 2, 0, &detail_at))
    return EXIT_USAGE;
  ledger *l = open_ledger(c, LEDGER_READ);
  if (!l) return EXIT_LEDGER;
  evaluating e;
  wanted w;
  json_t *list = json_array();
  if (open_asked(c, l, (evaluating_state){on, known_after, NULL, call_value(c, "--pack"), c->arguments[0]}, &e)) {
    explain_order order = {.all = call_has(c, "--all"), .detail = detail_at ? DETAIL_FULL : DETAIL_MASKED, .in = c->in};
    int32_t group = explain_group_named(e.pack, c->arguments[0]);
    if (group >= 0) {
      if (order.detail != DETAIL_FULL || unmasked_noted(c, l, e.pack->groups[group].id, "everyone"))
        explain_group(c, &e, group, order.detail, list);
    } else {
      found_one found = find(e.subjects, c->arguments[0], &w, c->problems);
      bool noted = found != FOUND_ONE || order.detail != DETAIL_FULL ||
                   unmasked_noted(c, l, "", unmasked_subject(c->memory, e.subjects, w.type, w.row));
      if (found == FOUND_ONE && noted) explain_all(c, &e, w, call_value(c, "--rule"), order, list);
      if (found == FOUND_NONE) find_nothing(e.subjects, c->arguments[0], c->problems);
    }
  }
  evaluating_close(&e, c->problems);
  ledger_close(l);
  print_json(c, list);
  json_decref(list);
  return call_exit(c);
}

const command command_explain = {
    .name = "explain",
    .usage = "CODE|GROUP [--rule RULE] [--on DAY] [--all]",
    .help = {{"逐条说明判定的理由：需要、已有、还差，哪些记录计入、哪些没有、为什么",
              "why: what is needed, had and missing, what counted, what did not, and the reason"}},
    .examples = {{"hongzhu explain T01                           # 此人的全部判定\n"
                  "hongzhu explain T01 --rule placement --all    # 一条规则，列出全部记录\n"
                  "hongzhu explain T01 --on 2025-04-20           # 较早一天的判定\n"
                  "hongzhu explain places                        # 规则包声明的遴选、覆盖或系列",
                  "hongzhu explain T01                           # all decisions about this person\n"
                  "hongzhu explain T01 --rule placement --all    # one rule, with every record\n"
                  "hongzhu explain T01 --on 2025-04-20           # as of an earlier day\n"
                  "hongzhu explain places                        # a selection, coverage or series of the pack"}},
    OPTIONS(options),
    .least = 1,
    .most = 1,
    .run = explain,
};
