/* compare: who would change outcome under other rules, or on another day. */
#include "cli/print.h"
#include "cli/unmasked.h"
#include "task/compare.h"
#include "task/find.h"

#include <stdlib.h>
#include <string.h>

enum { GROUPS_SHOWN = 20, GROUP_COLUMNS = 6 };

static const option_row options[] = {
    {"--set",
     "PARAMETER=VALUE",
     {{"试一个参数的另一个取值；参数.词=取值 用于分项参数，参数@日期=取值 自该日起；可多次给出",
       "try another value of a parameter; PARAMETER.WORD=VALUE of one by words, PARAMETER@DAY=VALUE from a day on"}},
     true},
    {"--pack", "PACK", {{"试另一个规则包（文件夹或名称）", "try another pack: its folder or id"}}, false},
    {"--of",
     "PACK",
     {{"台账中有几个区县时：比较按此规则包的人员",
       "where several districts stand in one ledger: those whom this pack rules"}},
     false},
    {"--on",
     "DAY",
     {{"判定日，默认今天；给出两次则比较两天；只给出一次且没有其他变动时，与今天比较",
       "the day of the decisions, today by default; given twice, two days; once and nothing else, against today"}},
     true},
    {"--stored",
     "IMAGE",
     {{"变动前用按此映像保存的判定（映像摘要的开头）",
       "before: the decisions stored under this image (how its digest begins)"}},
     false},
    {"--rule", "RULE", {{"只比较这一条规则", "this rule only"}}, false},
    {"--people", "FILE", {{"把结果有变动的人员写入此表（CSV）", "write those who change to this table (CSV)"}}, false},
    {"--explain", "CODE", {{"并排说明一个对象的两种判定", "explain one person or organization side by side"}}, false},
    {"--all", NULL, {{"说明时列出全部记录", "explain: list every record"}}, false},
    {"--detail", "masked|full", {{"姓名打码（默认）或完整", "names masked (default) or in full"}}, false},
};

static void step(void *context, uint64_t done, uint64_t all) {
  print_progress(context, "comparing", "比较", done, all);
}

/* ---- what is held against what ---- */

static const char *pack_words(call *c, const pack *p) {
  return c->in == LANGUAGE_ZH ? arena_format(c->memory, "规则包“%s”，版本 %s", p->id, p->version)
                              : arena_format(c->memory, "pack \"%s\", version %s", p->id, p->version);
}

/* Where another pack is tried under the same name and version, its folder tells the two apart. */
static const char *tried_words(call *c, const comparing *k) {
  const pack *p = k->after.pack, *q = k->before.pack;
  const char *words = pack_words(c, p);
  if (!k->order.pack || strcmp(p->id, q->id) != 0 || strcmp(p->version, q->version) != 0) return words;
  return arena_format(c->memory, c->in == LANGUAGE_ZH ? "%s（%s）" : "%s (%s)", words, k->order.pack);
}

static json_t *show_sides(call *c, const comparing *k) {
  const compare_order *o = &k->order;
  char before[11], after[11], digits[DIGEST_TEXT];
  day_write(o->before, before);
  day_write(o->after, after);
  digest_text(k->image, digits);
  buffer sets = {0};
  json_t *answer = json_object(), *left_side = json_object(), *right_side = json_object(), *list = json_array();
  for (size_t i = 0; i < o->set_count; i++) {
    buffer_format(&sets, "%s%s", i ? ", " : "", o->set[i]);
    json_array_append_new(list, json_string(o->set[i]));
  }
  if (o->stored && call_has(c, "--explain"))
    print_line(c, "before: image %.12s, %s, of the facts as they are now, on %s",
               "变动前：映像 %.12s（%s）按现有事实判定，判定日 %s", digits, pack_words(c, k->before.pack), before);
  else if (o->stored)
    print_line(c, "before: decisions stored under image %.12s, %s", "变动前：按映像 %.12s 保存的判定，%s", digits,
               pack_words(c, k->before.pack));
  else
    print_line(c, "before: %s, on %s", "变动前：%s，判定日 %s", pack_words(c, k->before.pack), before);
  if (o->set_count)
    print_line(c, "after:  %s, on %s, with %s", "变动后：%s，判定日 %s，其中 %s", tried_words(c, k), after, sets.at);
  else
    print_line(c, "after:  %s, on %s", "变动后：%s，判定日 %s", tried_words(c, k), after);
  buffer_free(&sets);
  json_object_set_new(left_side, "pack", json_string(k->before.pack->id));
  json_object_set_new(left_side, "version", json_string(k->before.pack->version));
  json_object_set_new(left_side, "on", json_string(before));
  if (o->stored) json_object_set_new(left_side, "stored", json_string(digits));
  json_object_set_new(right_side, "pack", json_string(k->after.pack->id));
  json_object_set_new(right_side, "version", json_string(k->after.pack->version));
  json_object_set_new(right_side, "on", json_string(after));
  json_object_set_new(right_side, "set", list);
  json_object_set_new(answer, "before", left_side);
  json_object_set_new(answer, "after", right_side);
  return answer;
}

/* ---- tables ---- */

static const outcome order_of_outcomes[] = {OUTCOME_MET, OUTCOME_UNMET, OUTCOME_UNKNOWN, OUTCOME_NOT_APPLICABLE};

typedef struct directions { /* of those who change */
  size_t to_met, from_met, otherwise;
} directions;

static directions directions_of(const compare_moves m) {
  directions d = {0};
  for (int from = 0; from < OUTCOMES; from++)
    for (int to = 0; to < OUTCOMES; to++) {
      if (from == to) continue;
      if (to == OUTCOME_MET)
        d.to_met += m[from][to];
      else if (from == OUTCOME_MET)
        d.from_met += m[from][to];
      else
        d.otherwise += m[from][to];
    }
  return d;
}

static json_t *moves_json(const compare_moves m) {
  json_t *list = json_array();
  for (int f = 0; f < OUTCOMES; f++)
    for (int t = 0; t < OUTCOMES; t++) {
      outcome from = order_of_outcomes[f], to = order_of_outcomes[t];
      if (from == to || !m[from][to]) continue;
      json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "before", outcome_name(from), "after", outcome_name(to),
                                            "count", (json_int_t)m[from][to]));
    }
  return list;
}

static const char *count_cell(call *c, size_t count) {
  return count ? print_count(c->memory, (int64_t)count) : "-";
}

static const char *title_of(call *c, const rule *r) {
  return arena_format(c->memory, "%s (%s)", r->title.in[c->in], r->id);
}

/* With --stored: nobody was decided by this rule under that image. */
static bool is_not_stored(const compare_rule *r) {
  return r->subjects == 0 && r->missing > 0;
}

static void show_aside(const call *c, const char *en, const char *zh, buffer *names) {
  if (names->length) print_line(c, en, zh, names->at);
  buffer_free(names);
}

static void show_rules(call *c, const compare_rule *rules, size_t count) {
  static const table_column columns[] = {{{{"规则", "rule"}}, false},
                                         {{{"对象", "subjects"}}, true},
                                         {{{"原达到", "met before"}}, true},
                                         {{{"现达到", "met after"}}, true},
                                         {{{"结果变动", "change"}}, true}};
  table *t = table_new(c, columns, 5);
  buffer nobody = {0}, unstored = {0};
  for (size_t i = 0; i < count; i++) {
    const compare_rule *r = &rules[i];
    size_t was = 0, is = 0;
    if (!r->before || !r->after) continue;
    if (count > 1 && is_not_stored(r)) {
      print_listed(c, &unstored, r->after->title.in[c->in]);
      continue;
    }
    if (count > 1 && !r->missing && r->moves[OUTCOME_NOT_APPLICABLE][OUTCOME_NOT_APPLICABLE] == r->subjects) {
      print_listed(c, &nobody, r->after->title.in[c->in]);
      continue;
    }
    for (int o = 0; o < OUTCOMES; o++) {
      was += r->moves[OUTCOME_MET][o];
      is += r->moves[o][OUTCOME_MET];
    }
    const char *cells[] = {title_of(c, r->after), print_count(c->memory, (int64_t)r->subjects),
                           print_count(c->memory, (int64_t)was), print_count(c->memory, (int64_t)is),
                           print_count(c->memory, (int64_t)r->changed_count)};
    table_row(c, t, cells);
  }
  print_line(c, "%s", "%s", "");
  print_table(c, t);
  show_aside(c, "not applicable to anyone here, before and after: %s", "变动前后对这里的任何对象都不适用：%s", &nobody);
  show_aside(c, "without any decision under that image: %s", "没有按该映像保存任何判定：%s", &unstored);
}

static void show_moves(call *c, const compare_rule *r) {
  static const table_column columns[] = {{{{"", ""}}, false}, {{{"", ""}}, true}};
  table *t = table_new(c, columns, 2);
  for (int f = 0; f < OUTCOMES; f++)
    for (int to = 0; to < OUTCOMES; to++) {
      outcome before = order_of_outcomes[f], after = order_of_outcomes[to];
      if (before == after || !r->moves[before][after]) continue;
      const char *cells[] = {
          arena_format(c->memory, "%s → %s", outcome_said(before).in[c->in], outcome_said(after).in[c->in]),
          print_count(c->memory, (int64_t)r->moves[before][after])};
      table_row(c, t, cells);
    }
  print_table_indented(c, t, 2, false);
}

static int by_changed(const void *a, const void *b) {
  const compare_group *x = *(const compare_group *const *)a, *y = *(const compare_group *const *)b;
  if (x->changed != y->changed) return x->changed > y->changed ? -1 : 1;
  return x < y ? -1 : x > y;
}

static const char *group_title(call *c, const comparing *k, const compare_by *by, const compare_group *g) {
  if (g->at < 0) return shown_unknown(c->in);
  if (by->ladder) return by->ladder->words[g->at].title.in[c->in];
  showing how = {.memory = c->memory,
                 .pack = k->after.pack,
                 .view = evaluation_view(k->after.evaluation),
                 .in = c->in,
                 .detail = DETAIL_MASKED};
  return shown_row(&how, FACT_ORGANIZATION, (uint32_t)g->at);
}

static said by_title(const compare_by *by) {
  if (!by->ladder) return (said){{"单位", "organization"}};
  return by->ladder->title.in[LANGUAGE_ZH] ? by->ladder->title : (said){{by->ladder->name, by->ladder->name}};
}

static json_t *group_json(call *c, const comparing *k, const compare_by *by, const compare_group *g) {
  json_t *one = json_object();
  const fact_columns *t = &k->after.subjects->of[FACT_ORGANIZATION];
  if (by->ladder) {
    json_object_set_new(one, by->ladder->name, g->at < 0 ? json_null() : json_string(by->ladder->words[g->at].word));
  } else {
    const char *code = g->at < 0 ? "" : k->after.subjects->words[t->code[g->at]];
    json_object_set_new(one, "organization", g->at < 0 ? json_null() : json_string(group_title(c, k, by, g)));
    if (code[0]) json_object_set_new(one, "code", json_string(code));
  }
  json_object_set_new(one, "subjects", json_integer((json_int_t)g->subjects));
  json_object_set_new(one, "changed", json_integer((json_int_t)g->changed));
  json_object_set_new(one, "moves", moves_json(g->moves));
  return one;
}

static json_t *show_by(call *c, const comparing *k, const compare_by *by) {
  const table_column columns[GROUP_COLUMNS] = {{by_title(by), false},
                                               {{{"对象", "subjects"}}, true},
                                               {{{"结果变动", "change"}}, true},
                                               {{{"变为达到", "now met"}}, true},
                                               {{{"不再达到", "no longer met"}}, true},
                                               {{{"其他", "otherwise"}}, true}};
  const compare_group **sorted = arena_array(c->memory, by->count + 1, sizeof *sorted);
  json_t *list = json_array();
  size_t changed = 0, shown = 0;
  for (size_t i = 0; i < by->count; i++) sorted[i] = &by->groups[i];
  if (!by->ladder) qsort(sorted, by->count, sizeof *sorted, by_changed);
  table *t = table_new(c, columns, GROUP_COLUMNS);
  for (size_t i = 0; i < by->count; i++) {
    const compare_group *g = sorted[i];
    if (!g->changed) continue;
    json_array_append_new(list, group_json(c, k, by, g));
    if (changed++ >= GROUPS_SHOWN) continue;
    directions d = directions_of(g->moves);
    const char *cells[GROUP_COLUMNS] = {group_title(c, k, by, g),
                                        print_count(c->memory, (int64_t)g->subjects),
                                        print_count(c->memory, (int64_t)g->changed),
                                        count_cell(c, d.to_met),
                                        count_cell(c, d.from_met),
                                        count_cell(c, d.otherwise)};
    table_row(c, t, cells);
    shown++;
  }
  if (!changed || (by->ladder && changed == 1 && sorted[0]->at < 0 && by->count == 1)) return list;
  print_line(c, "%s", "%s", "");
  print_table_indented(c, t, 2, true);
  if (shown < changed)
    print_line(c, "  … and %zu more; --json lists them all", "  …… 另有 %zu 个，--json 全部列出", changed - shown);
  return list;
}

/* "met 5, unmet 1"; "-" where there is none. */
static const char *outcomes_words(call *c, const size_t counts[OUTCOMES]) {
  buffer text = {0};
  for (int i = 0; i < OUTCOMES; i++) {
    outcome o = order_of_outcomes[i];
    if (!counts[o]) continue;
    if (text.length) buffer_text(&text, c->in == LANGUAGE_ZH ? "，" : ", ");
    buffer_format(&text, "%s %s", outcome_said(o).in[c->in], print_count(c->memory, (int64_t)counts[o]));
  }
  const char *out = arena_text(c->memory, text.at ? text.at : "-");
  buffer_free(&text);
  return out;
}

static json_t *outcomes_json(const size_t counts[OUTCOMES]) {
  json_t *out = json_object();
  for (int i = 0; i < OUTCOMES; i++)
    json_object_set_new(out, outcome_name(order_of_outcomes[i]),
                        json_integer((json_int_t)counts[order_of_outcomes[i]]));
  return out;
}

/* Needs that one side alone has, below the table: "city training (city) is new: met 1, unmet 4" */
static void show_needs_alone(call *c, const compare_rule *r, bool apart) {
  for (size_t i = 0; i < r->needs_count; i++) {
    const compare_need *n = &r->needs[i];
    if (n->before && n->after) continue;
    const need *named = n->after ? n->after : n->before;
    if (apart) print_line(c, "%s", "%s", "");
    apart = false;
    if (n->after)
      print_line(c, "  %s (%s) is new: %s", "  %s (%s) 为新增要求：%s", named->title.in[c->in], named->id,
                 outcomes_words(c, n->alone));
    else
      print_line(c, "  %s (%s) is dropped; it was: %s", "  %s (%s) 不再要求，原为：%s", named->title.in[c->in],
                 named->id, outcomes_words(c, n->alone));
  }
}

static json_t *show_needs(call *c, const compare_rule *r) {
  static const table_column columns[] = {{{{"要求", "need"}}, false},
                                         {{{"结果变动", "change"}}, true},
                                         {{{"变为达到", "now met"}}, true},
                                         {{{"不再达到", "no longer met"}}, true},
                                         {{{"其他", "otherwise"}}, true}};
  json_t *list = json_array();
  table *t = table_new(c, columns, 5);
  for (size_t i = 0; i < r->needs_count; i++) {
    const compare_need *n = &r->needs[i];
    const need *named = n->after ? n->after : n->before;
    json_t *one = json_object();
    json_object_set_new(one, "need", json_string(named->id));
    json_object_set_new(one, "title", json_words(named->title));
    if (!n->before || !n->after) {
      json_object_set_new(one, "only", json_string(n->after ? "after" : "before"));
      json_object_set_new(one, "outcomes", outcomes_json(n->alone));
      json_array_append_new(list, one);
      continue;
    }
    json_object_set_new(one, "changed", json_integer((json_int_t)n->changed));
    json_object_set_new(one, "moves", moves_json(n->moves));
    json_array_append_new(list, one);
    directions d = directions_of(n->moves);
    const char *cells[] = {arena_format(c->memory, "%s (%s)", named->title.in[c->in], named->id),
                           count_cell(c, n->changed), count_cell(c, d.to_met), count_cell(c, d.from_met),
                           count_cell(c, d.otherwise)};
    if (n->changed) table_row(c, t, cells);
  }
  if (t->cells_count) print_line(c, "%s", "%s", "");
  print_table_indented(c, t, 2, true);
  show_needs_alone(c, r, !t->cells_count);
  return list;
}

static json_t *show_whys(call *c, const compare_rule *r) {
  static const said words[COMPARE_WHYS] = {{{"因事实有变", "because the facts changed"}},
                                           {{"因日期推移", "because the day is another"}},
                                           {{"因规则有变", "because the rules changed"}}};
  static const char *const names[COMPARE_WHYS] = {"facts", "day", "rules"};
  json_t *out = json_object();
  for (int i = 0; i < COMPARE_WHYS; i++) {
    json_object_set_new(out, names[i], json_integer((json_int_t)r->whys[i]));
    if (r->whys[i])
      print_line(c, "  %s: %s", "  %s：%s", words[i].in[c->in], print_count(c->memory, (int64_t)r->whys[i]));
  }
  return out;
}

/* `named`: show_rules has named it already, where nothing is stored of it. */
static json_t *show_rule(call *c, const comparing *k, const compare_rule *r, bool named) {
  json_t *answer = json_object(), *by = json_object();
  json_object_set_new(answer, "rule", json_string(r->after->id));
  json_object_set_new(answer, "title", json_words(r->after->title));
  json_object_set_new(answer, "subjects", json_integer((json_int_t)r->subjects));
  json_object_set_new(answer, "changed", json_integer((json_int_t)r->changed_count));
  json_object_set_new(answer, "moves", moves_json(r->moves));
  if (k->order.stored) json_object_set_new(answer, "not_stored", json_integer((json_int_t)r->missing));
  size_t needs_change = 0;
  for (size_t i = 0; i < r->needs_count; i++)
    needs_change += r->needs[i].changed + !r->needs[i].before + !r->needs[i].after;
  bool said_at_all = r->changed_count || needs_change || (k->order.stored && r->missing && !named);
  if (said_at_all) {
    print_line(c, "%s", "%s", "");
    print_line(c, "%s: %s of %s change", "%s：%s / %s 结果变动", title_of(c, r->after),
               print_count(c->memory, (int64_t)r->changed_count), print_count(c->memory, (int64_t)r->subjects));
    if (k->order.stored && r->missing)
      print_line(c, "  without a decision under that image: %s", "  没有按该映像保存判定的：%s",
                 print_count(c->memory, (int64_t)r->missing));
  }
  show_moves(c, r);
  if (k->order.stored) json_object_set_new(answer, "because", show_whys(c, r));
  for (size_t i = 0; i < r->by_count; i++)
    json_object_set_new(by, r->by[i].ladder ? r->by[i].ladder->name : "organization", show_by(c, k, &r->by[i]));
  json_object_set_new(answer, "by", by);
  json_object_set_new(answer, "needs", show_needs(c, r));
  return answer;
}

static json_t *show_alone(call *c, const compare_rule *r) {
  const rule *named = r->after ? r->after : r->before;
  json_t *answer = json_object();
  const char *text = outcomes_words(c, r->alone);
  print_line(c, "%s", "%s", "");
  if (r->after)
    print_line(c, "%s is new: %s", "%s 为新增规则：%s", title_of(c, named), text);
  else
    print_line(c, "%s is dropped; it said: %s", "%s 不再有此规则，原为：%s", title_of(c, named), text);
  json_object_set_new(answer, "rule", json_string(named->id));
  json_object_set_new(answer, "title", json_words(named->title));
  json_object_set_new(answer, "only", json_string(r->after ? "after" : "before"));
  json_object_set_new(answer, "outcomes", outcomes_json(r->alone));
  return answer;
}

/* ---- the command ---- */

static void over_everyone(call *c, comparing *k, detail how) {
  compare_rule *rules;
  size_t count, changed = 0, written = 0;
  bool good = task_compare(k, (evaluate_progress){c, step}, &rules, &count, c->problems);
  print_progress_end(c);
  if (!good) return;
  json_t *answer = show_sides(c, k), *list = json_array();
  show_rules(c, rules, count);
  for (size_t i = 0; i < count; i++) {
    bool both = rules[i].before && rules[i].after;
    json_array_append_new(list, both ? show_rule(c, k, &rules[i], count > 1 && is_not_stored(&rules[i]))
                                     : show_alone(c, &rules[i]));
    changed += both ? rules[i].changed_count : 1;
  }
  json_object_set_new(answer, "rules", list);
  print_line(c, "%s", "%s", "");
  const char *people = call_value(c, "--people");
  if (people && how == DETAIL_FULL && !unmasked_noted(c, k->after.ledger, "", "everyone")) people = NULL;
  if (people && compare_people(k, rules, count, people, how, c->in, &written, c->problems)) {
    print_line(c, "%s changes written to \"%s\"", "%s 项变动已写入“%s”", print_count(c->memory, (int64_t)written),
               people);
    json_object_set_new(answer, "people", json_string(people));
    json_object_set_new(answer, "written", json_integer((json_int_t)written));
  }
  if (!changed) print_line(c, "nobody's outcome changes", "没有人的结果有变动");
  print_line(c, "nothing was stored", "没有保存任何内容");
  print_json(c, answer);
  json_decref(answer);
}

static bool says_nothing(const json_t *side) {
  const char *name = json_string_value(json_object_get(side, "outcome"));
  return name && !strcmp(name, outcome_name(OUTCOME_NOT_APPLICABLE));
}

/* The rules about a subject: its own, and of a person those about their placements. Those that are not about it on
 * either side are named at the end, unless all is asked for. */
static void explain_subjects(call *c, comparing *k, fact_type type, uint32_t row, compare_subject order) {
  json_t *answer = show_sides(c, k), *list = json_array();
  const evaluating *both[] = {&k->after, &k->before};
  const bool whole = order.all || k->order.rule;
  buffer aside = {0};
  for (int i = 0; i < 2; i++) {
    const pack *p = both[i]->pack;
    for (size_t at = 0; at < p->rules_count; at++) {
      const rule *r = &p->rules[at];
      if ((k->order.rule && strcmp(k->order.rule, r->id) != 0) || (i && pack_rule(k->after.pack, r->id) >= 0)) continue;
      uint32_t *rows = &row;
      size_t count = r->of == type;
      if (type == FACT_PERSON && r->of == FACT_ENROLLMENT)
        count = rows_under(evaluation_view(both[i]->evaluation), type, row, r->of, c->memory, &rows);
      for (size_t n = 0; n < count; n++) {
        buffer text = {0};
        json_t *one = NULL;
        order.rule = r->id;
        order.subject = rows[n];
        if (task_compare_explain(k, order, &text, &one, c->problems)) {
          if (!whole && says_nothing(json_object_get(one, "before")) && says_nothing(json_object_get(one, "after"))) {
            print_listed(c, &aside, r->title.in[c->in]);
          } else {
            print_line(c, "%s", "%s", "");
            print_text(c, text.at);
          }
          json_array_append_new(list, one);
        }
        buffer_free(&text);
      }
    }
  }
  if (aside.length) {
    print_line(c, "%s", "%s", "");
    print_line(c, "not applicable before and after (--all shows why): %s", "变动前后都不适用（--all 说明原因）：%s",
               aside.at);
  }
  buffer_free(&aside);
  json_object_set_new(answer, "explained", list);
  print_json(c, answer);
  json_decref(answer);
}

static void explain(call *c, comparing *k, const char *code, detail how) {
  static const fact_type types[] = {FACT_PERSON, FACT_COHORT, FACT_PROGRAMME, FACT_ORGANIZATION};
  compare_subject order = {.all = call_has(c, "--all"), .detail = how, .in = c->in};
  for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
    uint32_t row;
    found_one found = find_row(k->after.subjects, types[t], code, &row, c->problems);
    if (found == FOUND_ONE && how == DETAIL_FULL &&
        !unmasked_noted(c, k->after.ledger, "", unmasked_subject(c->memory, k->after.subjects, types[t], row)))
      return;
    if (found == FOUND_ONE) explain_subjects(c, k, types[t], row, order);
    if (found != FOUND_NONE) return;
  }
  find_nothing(k->after.subjects, code, c->problems);
}

/* One day for both sides, two days, or, where a day is all that is given, today against it. */
static bool read_days(call *c, compare_order *o) {
  size_t count;
  const char *const *days = call_values(c, "--on", &count);
  if (count > 2) {
    fault_add(c->problems, NOWHERE, "option \"--on\" is given %zu times", "选项“--on”给出了 %zu 次", count);
    return fault_next(c->problems, "two days can be compared at once", "一次最多比较两天");
  }
  if (count == 2 && o->stored) {
    fault_add(c->problems, NOWHERE, "\"--stored\" compares with one day only: decisions stored have days of their own",
              "“--stored”只与一天相比：所保存的判定各有自己的判定日");
    return fault_next(c->problems, "give --on once", "请只给出一次 --on");
  }
  if (!call_day(c, "--on", &o->before)) return false; /* today, or the last one given */
  o->after = o->before;
  if (count == 2 && !day_read(days[0], &o->before)) {
    fault_add(c->problems, NOWHERE, "option \"%s\": \"%s\" is no day", "选项“%s”：“%s”不是日期", "--on", days[0]);
    return fault_next(c->problems, "write it as YYYY-MM-DD", "请写成 YYYY-MM-DD");
  }
  if (count == 2 || o->set_count || o->pack || o->stored) return true;
  if (count == 1) {
    call without = *c;
    without.options_count = 0;
    return call_day(&without, "--on", &o->before);
  }
  fault_add(c->problems, NOWHERE, "nothing is given that would differ", "没有给出任何变动");
  return fault_next(c->problems, "give --set, --pack, --stored, or --on twice",
                    "请给出 --set、--pack、--stored，或两次 --on");
}

static bool explains_or_lists(call *c) {
  if (!call_has(c, "--explain") || !call_has(c, "--people")) return true;
  fault_add(c->problems, NOWHERE, "\"--explain\" and \"--people\" cannot be given together",
            "“--explain”与“--people”不能同时给出");
  return fault_next(c->problems, "explain one of them, or list all who change",
                    "请只说明一个对象，或只列出有变动的人员");
}

static int compare(call *c) {
  static const char *const details[] = {"masked", "full"};
  compare_order o = {.pack = call_value(c, "--pack"),
                     .stored = call_value(c, "--stored"),
                     .rule = call_value(c, "--rule"),
                     .of = call_value(c, "--of"),
                     .about = call_value(c, "--explain")};
  size_t detail_at;
  o.set = call_values(c, "--set", &o.set_count);
  if (!explains_or_lists(c) || !read_days(c, &o) || !call_word(c, "--detail", details, 2, 0, &detail_at))
    return EXIT_USAGE;
  ledger *l = ledger_open(c->ledger, LEDGER_READ, c->problems);
  if (!l) return EXIT_LEDGER;
  comparing k = {0};
  detail how = detail_at ? DETAIL_FULL : DETAIL_MASKED;
  const char *people = call_value(c, "--people");
  if ((!people || ledger_spares(l, people, c->problems)) && compare_open(c->memory, l, &o, &k, c->problems)) {
    const char *code = call_value(c, "--explain");
    if (code)
      explain(c, &k, code, how);
    else
      over_everyone(c, &k, how);
  }
  compare_close(&k, c->problems);
  ledger_close(l);
  return call_exit(c);
}

const command command_compare = {
    .name = "compare",
    .usage = "[--set PARAMETER=VALUE]… [--pack PACK] [--on DAY [--on DAY]] [--stored IMAGE] [--of PACK]",
    .help = {{"试算：换一组规则或换一天，谁的结果会变；不保存任何内容",
              "try other rules or another day on everyone: whose outcome changes; nothing is stored"}},
    .examples = {{"hongzhu compare --set cycle_credits=400                # 试另一个取值\n"
                  "hongzhu compare --set cycle_credits@2026-01-01=400     # 自某日起\n"
                  "hongzhu compare --pack 新规则包 --people 变动.csv       # 试另一个规则包，列出变动人员\n"
                  "hongzhu compare --on 2025-12-31 --on 2026-12-31        # 两天\n"
                  "hongzhu compare --set cycle_credits=400 --explain T01  # 一个人，并排说明\n"
                  "hongzhu compare --stored 3f2a9c                        # 与按较早映像保存的判定相比",
                  "hongzhu compare --set cycle_credits=400                # another value of a parameter\n"
                  "hongzhu compare --set cycle_credits@2026-01-01=400     # from a day on\n"
                  "hongzhu compare --pack new-pack --people changes.csv   # another pack; who changes\n"
                  "hongzhu compare --on 2025-12-31 --on 2026-12-31        # two days\n"
                  "hongzhu compare --set cycle_credits=400 --explain T01  # one person, side by side\n"
                  "hongzhu compare --stored 3f2a9c                        # against decisions stored under an image"}},
    OPTIONS(options),
    .least = 0,
    .most = 0,
    .run = compare,
};
