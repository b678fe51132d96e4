/* pack test: whether a pack decides as its cases say, what the cases reach, and what they would not notice. */
#include "cli/pack_take.h"
#include "cli/print.h"
#include "pack/cover.h"
#include "pack/mutate.h"
#include "task/explain_group.h"

#include <string.h>

typedef struct testing {
  call *c;
  pack *pack;
  arena *memory; /* of one case */
  cover cover;
  bool covers;
  size_t run, good;
  json_t *results;
} testing;

/* ---- one case ---- */

static json_t *lines_json(const case_result *r) {
  json_t *list = json_array();
  for (size_t i = 0; i < r->lines_count; i++) {
    said line = {{r->lines[LANGUAGE_ZH][i], r->lines[LANGUAGE_EN][i]}};
    json_array_append_new(list, json_words(line));
  }
  return list;
}

static void print_indented(const call *c, const char *text) {
  for (const char *line = text; line && *line;) {
    size_t length = strcspn(line, "\n");
    if (length)
      print_line(c, "        | %.*s", "        | %.*s", (int)length, line);
    else
      print_line(c, "        |", "        |");
    line += length + (line[length] == '\n');
  }
}

/* The whole reasoning of a case that failed. */
static json_t *tell_reasoning(testing *t, const case_result *r) {
  if (!r->evaluation || (r->rule >= 0 && !r->decided)) return NULL;
  evaluating e = {.memory = t->memory,
                  .pack = (pack *)r->pack,
                  .subjects = r->subjects,
                  .evaluation = r->evaluation,
                  .on = evaluation_view(r->evaluation)->on};
  buffer text = {0};
  json_t *json = NULL;
  explain_order order = {.rule = r->rule, .subject = r->subject, .all = true, .detail = DETAIL_FULL, .in = t->c->in};
  bool good = r->rule >= 0 ? task_explain(&e, order, &text, &json, t->c->problems)
                           : task_explain_group(&e, r->group, DETAIL_FULL, t->c->in, &text, &json, t->c->problems);
  if (good) print_indented(t->c, text.at);
  buffer_free(&text);
  return json;
}

static void tell_case(testing *t, const case_result *r) {
  call *c = t->c;
  const char *where = place_text(c->memory, r->where, c->in);
  const char *state = r->broken ? "broken" : r->passed ? "passed" : "failed";
  json_t *one = json_pack("{s:s, s:s, s:s, s:o}", "case", r->title, "where",
                          place_text(c->memory, r->where, LANGUAGE_EN), "result", state, "differs", lines_json(r));
  json_array_append_new(t->results, one);
  if (r->passed && !r->broken) {
    if (call_has(c, "--verbose")) print_line(c, "passed  %s", "通过    %s", r->title);
    return;
  }
  if (r->broken)
    print_line(c, "broken  %s (%s)", "有误    %s（%s）", r->title, where);
  else
    print_line(c, "FAILED  %s (%s)", "未通过  %s（%s）", r->title, where);
  for (size_t i = 0; i < r->lines_count; i++) print_line(c, "        %s", "        %s", r->lines[c->in][i]);
  json_t *reasoning = r->broken ? NULL : tell_reasoning(t, r);
  if (reasoning) json_object_set_new(one, "reasoning", reasoning);
}

static void run_cases(testing *t, const char *only) {
  const pack *p = t->pack;
  for (size_t i = 0; i < p->cases_count; i++) {
    const char *title = json_member_text(p->cases[i], "title");
    if (only && !(title && strstr(title, only))) continue;
    print_progress(t->c, "cases", "案例", i, p->cases_count);
    arena_reset(t->memory);
    case_result result;
    case_run(p, p->cases[i], t->memory, &result, t->c->problems);
    print_progress_end(t->c);
    tell_case(t, &result);
    if (t->covers) cover_case(&t->cover, &result, t->memory);
    t->run++;
    t->good += result.passed && !result.broken;
    case_done(&result);
  }
}

/* ---- coverage ---- */

static json_t *tell_coverage(testing *t) {
  call *c = t->c;
  static const table_column columns[] = {
      {{{"案例覆盖", "reached by cases"}}, false}, {{{"已覆盖", "reached"}}, true}, {{{"共", "of"}}, true}};
  table *rows = table_new(c, columns, 3);
  json_t *missed = json_array();
  for (int form = 0; form < COVER_FORMS; form++) {
    size_t of, reached = cover_reached(&t->cover, (cover_form)form, &of);
    if (!of) continue;
    const char *const cells[] = {cover_said((cover_form)form).in[c->in], arena_format(c->memory, "%zu", reached),
                                 arena_format(c->memory, "%zu", of)};
    table_row(c, rows, cells);
  }
  print_table(c, rows);
  bool titled = false;
  for (size_t i = 0; i < t->cover.count; i++) {
    const cover_item *one = &t->cover.items[i];
    if (one->reached) continue;
    if (!titled) print_line(c, "not reached:", "未覆盖：");
    titled = true;
    print_line(c, "  %s: %s (%s)", "  %s：%s（%s）", cover_said(one->form).in[c->in], one->name,
               place_text(c->memory, one->where, c->in));
    json_array_append_new(missed, json_pack("{s:o, s:s, s:s}", "what", json_words(cover_said(one->form)), "name",
                                            one->name, "where", place_text(c->memory, one->where, LANGUAGE_EN)));
  }
  int percent = cover_percent(&t->cover);
  print_line(c, "reached in all: %d%%", "总覆盖率：%d%%", percent);
  return json_pack("{s:i, s:o}", "percent", percent, "missed", missed);
}

/* ---- mutants ---- */

static void told(void *context, size_t done, size_t of) {
  print_progress(context, "changes tried", "已试改动", done, of);
}

/* One line for both steps of a number where there is nothing different to say of them. */
static bool told_together(const mutant *a, const mutant *b) {
  return a->name == b->name && a->where.line == b->where.line && a->fate == b->fate && !strcmp(a->was, b->was) &&
         text_same(a->hint.in[LANGUAGE_EN], b->hint.in[LANGUAGE_EN]);
}

static void tell_mutant(const call *c, const mutant *m, const char *is) {
  const char *fate_word = m->fate == FATE_OPEN ? (c->in == LANGUAGE_ZH ? "已说明" : "open    ")
                                               : (c->in == LANGUAGE_ZH ? "未发现" : "SURVIVES");
  print_line(c, "%s  %s: %s -> %s (%s)", "%s  %s：%s → %s（%s）", fate_word, m->name, m->was, is,
             place_text(c->memory, m->where, c->in));
  print_line(c, "          %s", "        %s", m->fate == FATE_OPEN ? m->why.in[c->in] : m->hint.in[c->in]);
}

static json_t *tell_mutation(testing *t, bool *good) {
  call *c = t->c;
  mutation all;
  if (!pack_mutate(t->pack, c->memory, &all, told, c, c->problems)) *good = false;
  print_progress_end(c);
  json_t *list = json_array();
  for (size_t i = 0; i < all.count; i++) {
    const mutant *m = &all.mutants[i];
    if (m->fate != FATE_SURVIVES && m->fate != FATE_OPEN) continue;
    const mutant *next = i + 1 < all.count ? &all.mutants[i + 1] : NULL;
    bool joined = i > 0 && told_together(&all.mutants[i - 1], m);
    if (!joined)
      tell_mutant(c, m,
                  next && told_together(m, next)
                      ? arena_format(c->memory, c->in == LANGUAGE_ZH ? "%s、%s" : "%s, %s", m->is, next->is)
                      : m->is);
    json_t *one = json_pack("{s:s, s:s, s:s, s:s, s:b}", "name", m->name, "was", m->was, "is", m->is, "where",
                            place_text(c->memory, m->where, LANGUAGE_EN), "open", m->fate == FATE_OPEN);
    json_object_set_new(one, m->fate == FATE_OPEN ? "because" : "would_notice",
                        json_words(m->fate == FATE_OPEN ? m->why : m->hint));
    json_array_append_new(list, one);
  }
  if (all.fates[FATE_SURVIVES]) *good = false;
  size_t tried = all.count - all.fates[FATE_REFUSED] - all.fates[FATE_NO_CHANGE];
  print_line(c, "changes tried %zu: noticed %zu, left open with a reason %zu, not noticed %zu",
             "试改 %zu 处：被案例发现 %zu，已说明理由 %zu，未被发现 %zu", tried, all.fates[FATE_CAUGHT],
             all.fates[FATE_OPEN], all.fates[FATE_SURVIVES]);
  return json_pack("{s:I, s:I, s:I, s:I, s:o}", "tried", (json_int_t)tried, "noticed",
                   (json_int_t)all.fates[FATE_CAUGHT], "open", (json_int_t)all.fates[FATE_OPEN], "survive",
                   (json_int_t)all.fates[FATE_SURVIVES], "list", list);
}

/* ---- the whole ---- */

static void tell_none(testing *t, const char *only) {
  faults *problems = t->c->problems;
  if (only) {
    fault_add(problems, NOWHERE, "no case of pack \"%s\" has \"%s\" in its sentence", "规则包“%s”没有标题含“%s”的案例",
              t->pack->id, only);
    return;
  }
  fault_add(problems, NOWHERE, "pack \"%s\" has no cases", "规则包“%s”没有案例", t->pack->id);
  fault_next(problems, "write some in tests/: case \"what it shows\" { given = { … }, on = \"…\", expect = { … } }",
             "请在 tests/ 中编写：case \"说明\" { given = { … }, on = \"…\", expect = { … } }");
}

static int test(call *c) {
  testing t = {.c = c};
  int64_t least;
  if (!call_whole(c, "--min", 0, 100, 0, &least)) return EXIT_USAGE;
  int code = pack_take(c, &t.pack);
  if (!t.pack) return code;
  const char *only = call_value(c, "--case");
  bool mutates = call_has(c, "--mutate");
  t.covers = call_has(c, "--coverage") || call_has(c, "--min");
  if (only && (t.covers || mutates)) {
    fault_add(c->problems, NOWHERE, "\"--case\" cannot be combined with --coverage, --min or --mutate",
              "“--case”不能与 --coverage、--min 或 --mutate 同用");
    fault_next(c->problems, "they speak of all cases together", "后者针对全部案例");
    return EXIT_USAGE;
  }
  t.results = json_array();
  t.memory = arena_new();
  cover_begin(&t.cover, c->memory, t.pack);
  run_cases(&t, only);
  arena_free(t.memory);
  bool good = t.run > 0 && t.good == t.run;
  if (t.run == 0)
    tell_none(&t, only);
  else
    print_line(c, "cases run %zu, passed %zu", "运行案例 %zu 个，通过 %zu 个", t.run, t.good);
  json_t *answer = json_pack("{s:s, s:I, s:I, s:o}", "pack", t.pack->id, "cases", (json_int_t)t.run, "passed",
                             (json_int_t)t.good, "results", t.results);
  if (t.covers) {
    json_object_set_new(answer, "coverage", tell_coverage(&t));
    if (cover_percent(&t.cover) < least) {
      fault_add(c->problems, NOWHERE, "the cases reach %d%%, at least %d%% is asked for",
                "案例覆盖率为 %d%%，要求至少 %d%%", cover_percent(&t.cover), (int)least);
      good = false;
    }
  }
  if (mutates && good) json_object_set_new(answer, "mutants", tell_mutation(&t, &good));
  print_json(c, answer);
  json_decref(answer);
  return good ? EXIT_DONE : EXIT_NO;
}

static const option_row test_options[] = {
    {"--case", "TEXT", {{"只运行标题含此文字的案例", "only cases whose sentence has this text"}}, false},
    {"--verbose", NULL, {{"也列出通过的案例", "list the cases that passed too"}}, false},
    {"--coverage", NULL, {{"列出案例没有覆盖的规则、要求、认定和取值", "what the cases do not reach"}}, false},
    {"--min", "PERCENT", {{"覆盖率低于此百分比时视为未通过", "fail where the cases reach less than this"}}, false},
    {"--mutate",
     NULL,
     {{"把每个门槛、比例、上限和日期移动一步，列出没有案例能发现的",
       "move every threshold, rate, cap and date by a step; list what no case notices"}},
     false},
};

const command command_pack_test = {
    .name = "pack test",
    .usage = "FOLDER|ID [--case TEXT] [--coverage] [--min PERCENT] [--mutate]",
    .help = {{"运行规则包的案例", "run the cases of a pack"}},
    .examples = {{"hongzhu pack test mydistrict\nhongzhu pack test mydistrict --case 封顶 --verbose\n"
                  "hongzhu pack test mydistrict --min 90 --mutate # 案例是否足够",
                  "hongzhu pack test mydistrict\nhongzhu pack test mydistrict --case capped --verbose\n"
                  "hongzhu pack test mydistrict --min 90 --mutate # whether the cases suffice"}},
    OPTIONS(test_options),
    .least = 1,
    .most = 1,
    .run = test,
};
