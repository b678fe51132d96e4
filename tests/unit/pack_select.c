/* Steps of a selection under doubt, exact numbers and what is too large for them: pinned values. */
#include "pack_tried.h"

static const char *const text =
    "local a = { zh = 'x', en = 'x' }\n"
    "local talks = records { kind = 'talk' }\n"
    "local function see(id, per, need) return rule { id = id, of = 'person', per = per, needs = { need } } end\n"
    "return {\n"
    "kinds { talk = { unit = '学时', decimals = 6, level = true, attributes = { work = 'text', size = { type = "
    "'amount' } } }, hired = {} },\n"
    "scales { level = { 'school', 'county', 'city' } },\n"
    "parameters { third = { { from = '2000-01-01', assumed = a, value = '1/3' } }, later = { unit = '学时', { from = "
    "'2030-01-01', assumed = a, value = 1 } } },\n"
    "period { id = 'cycle', starts = '2020-01-01', lasts = { years = 2 }, year_starts = '02-01' },\n"
    "period { id = 'hired', starts = fact 'hired', lasts = { years = 1 } },\n"
    "see('sum', 'cycle', { 'n', talks:at_least(10) }),\n"
    "see('open', nil, { 'n', talks:at_least(10) }),\n"
    "see('year', 'cycle', { 'n', talks:cap(5, 'year'):at_least(10) }),\n"
    "see('own', 'cycle', { 'n', talks:cap(5, 'hired'):at_least(10) }),\n"
    "see('first', 'cycle', { 'n', talks:first(1, 'year'):at_least(10) }),\n"
    "see('once', 'cycle', { 'n', talks:once { by = 'work', keep = highest 'level' }:at_least(10) }),\n"
    "see('block', 'cycle', { 'n', talks:blocks { gap_days = 1 }:greatest():at_least(10) }),\n"
    "see('days', 'cycle', { 'n', talks:days():at_least(3) }),\n"
    "see('later', 'cycle', { 'n', talks:at_least(P.later) }),\n"
    "see('share', 'cycle', { 'n', (talks * P.third):at_least('1/3') }),\n"
    "see('large', 'cycle', { 'n', (talks * 1000000 * 1000000 * 1000000):at_least(1) }),\n"
    "see('sized', 'cycle', { 'n', talks:where { size = at_least(3) }:at_least(10) }),\n"
    "see('signs', 'cycle', { 'n', ((talks - 20) * (talks - 30)):at_least(100) }),\n"
    "}";

typedef struct line {
  const char *since, *until, *amount, *level, *work, *size;
} line;

static void check(const char *rule_id, const char *on, const line *lines, size_t count, outcome o, const char *had,
                  const char *most) {
  trial t;
  trial_compiles(&t, text);
  int64_t person = trial_person(&t, "T1");
  for (size_t i = 0; i < count; i++) {
    fact *f = trial_record(&t, person, lines[i].amount ? "talk" : "hired", lines[i].since, lines[i].until,
                           lines[i].amount ? "学时" : NULL, lines[i].amount);
    f->level = lines[i].level;
    if (lines[i].work) f->attributes = arena_format(t.memory, "{\"work\":\"%s\"}", lines[i].work);
    if (lines[i].size) f->attributes = arena_format(t.memory, "{\"size\":{\"amount\":\"%s\"}}", lines[i].size);
  }
  trial_on(&t, trial_day(on));
  arena *a = arena_new();
  decision d = trial_decide(&t, rule_id, 0, a);
  assert_int_equal(d.outcome, o);
  const need_result *n = trial_need(&d, "n", NULL);
  trial_is(a, n->had, had);
  trial_is(a, n->had_most, most);
  arena_free(a);
  trial_close(&t);
}
#define R(since, until, amount)                                                                                        \
  { since, until, amount, NULL, NULL, NULL }
#define W(since, until, amount, level, work)                                                                           \
  { since, until, amount, level, work, NULL }
#define CHECK(rule_id, on, o, had, most, ...)                                                                          \
  do {                                                                                                                 \
    const line lines[] = {__VA_ARGS__};                                                                                \
    check(rule_id, on, lines, sizeof lines / sizeof *lines, o, had, most);                                             \
  } while (0)

static void bounds_of_amounts(void **state) {
  (void)state;
  CHECK("sum", "2021-12-31", OUTCOME_MET, "12", "12", R("2020-03-01", NULL, "12"));
  CHECK("sum", "2021-12-31", OUTCOME_MET, "12", "inf", R("2020-03-01", NULL, "12+"));
  CHECK("sum", "2021-12-31", OUTCOME_UNKNOWN, "9", "inf", R("2020-03-01", NULL, "9+"));
  CHECK("sum", "2021-12-31", OUTCOME_UNKNOWN, "4", "13", R("2020-03-01", NULL, "9-"), R("2020-03-02", NULL, "4"));
  CHECK("sum", "2021-12-31", OUTCOME_UNMET, "4", "9", R("2020-03-01", NULL, "5-"), R("2020-03-02", NULL, "4"));
  CHECK("sum", "2021-12-31", OUTCOME_UNKNOWN, "4", "inf", R("2020-03-01", NULL, "?"), R("2020-03-02", NULL, "4"));
}

static void dates_known_in_part(void **state) {
  (void)state;
  /* the year the cycle begins lies in it; the year of the day of the decision is not over */
  CHECK("sum", "2021-12-31", OUTCOME_MET, "10", "10", R("2020", NULL, "10"));
  CHECK("sum", "2021-12-30", OUTCOME_UNKNOWN, "0", "10", R("2021", NULL, "10"));
  CHECK("sum", "2021-12-31", OUTCOME_UNMET, "0", "0", R("2019", NULL, "10"));
  CHECK("open", "2021-06-15", OUTCOME_UNKNOWN, "0", "10", R("2021-06", NULL, "10"));
  CHECK("open", "2021-06-30", OUTCOME_MET, "10", "10", R("2021-06", NULL, "10"));
  /* a year that starts in February: in which of two the record lies is not known */
  CHECK("year", "2021-12-31", OUTCOME_UNKNOWN, "5", "10", R("2020", NULL, "5"), R("2020-03-01", NULL, "5"));
  CHECK("year", "2021-12-31", OUTCOME_MET, "10", "15", R("2020", NULL, "5"), R("2020-03-01", NULL, "5"),
        R("2021-03-01", NULL, "5"));
  CHECK("first", "2021-12-31", OUTCOME_UNKNOWN, "0", "11", R("2020", NULL, "1"), R("2020-02-01", NULL, "10"));
  CHECK("days", "2021-12-31", OUTCOME_UNKNOWN, "1", "30", R("2020-04", NULL, "1"));
  CHECK("days", "2021-12-31", OUTCOME_MET, "3", "3", R("2020-04-01", "2020-04-02", "1"),
        R("2020-04-02", "2020-04-03", "1"));
}

static void one_earlier_record_takes_the_place(void **state) {
  (void)state;
  /* without the two that may still come 10, with both of them 11, with the later one only 10: met in all three */
  CHECK("first", "2021-12-15", OUTCOME_MET, "10", "11", R("2020-12-30", NULL, "10"), R("2021-12", NULL, "1"));
  /* the one that may still come would stand before the others of its year, and be counted in their place */
  CHECK("first", "2021-12-15", OUTCOME_UNKNOWN, "1", "10", R("2021-12", NULL, "1"), R("2021-12-02", NULL, "10"));
  CHECK("once", "2021-12-31", OUTCOME_MET, "11", "11", W("2020-02-03", NULL, "3", "city", "W"),
        W("2020-02-04", NULL, "20", "county", "W"), W("2020-02-05", NULL, "8", "city", "V"));
  CHECK("once", "2021-12-15", OUTCOME_UNKNOWN, "3", "20", W("2020-02-04", NULL, "20", "county", "W"),
        W("2021-12", NULL, "3", "city", "W"));
}

static void joined_ranges(void **state) {
  (void)state;
  CHECK("block", "2021-12-31", OUTCOME_MET, "10", "10", R("2020-03-01", "2020-03-03", "4"),
        R("2020-03-05", "2020-03-06", "6"));
  CHECK("block", "2021-12-31", OUTCOME_UNMET, "6", "6", R("2020-03-01", "2020-03-03", "4"),
        R("2020-03-06", "2020-03-06", "6"));
  CHECK("block", "2021-12-31", OUTCOME_MET, "11", "11", R("2020-03-01", "2020-03-30", "4"),
        R("2020-03-06", "2020-03-06", "6"), R("2020-03-31", NULL, "1"));
  CHECK("block", "2021-12-31", OUTCOME_UNKNOWN, "6", "10", R("2020-03-01", "2020-03-03", "4"), R("2020-03", NULL, "6"));
}

static void spans_of_a_fact(void **state) {
  (void)state;
  /* years of service from 15 June: 5 in each */
  CHECK("own", "2021-12-31", OUTCOME_MET, "10", "10", R("2019-06-15", NULL, NULL), R("2020-06-14", NULL, "6"),
        R("2020-06-15", NULL, "3"), R("2021-06-14", NULL, "3"));
}

static void exact(void **state) {
  (void)state;
  CHECK("share", "2021-12-31", OUTCOME_MET, "1/3", "1/3", R("2020-03-01", NULL, "0.999999"),
        R("2020-03-02", NULL, "0.000001"));
  CHECK("share", "2021-12-31", OUTCOME_UNMET, "0.333333", "0.333333", R("2020-03-01", NULL, "0.999999"));
  CHECK("signs", "2021-12-31", OUTCOME_MET, "200", "200", R("2020-03-01", NULL, "10"));
  CHECK("later", "2021-12-31", OUTCOME_UNKNOWN, "0", "0", R("2020-03-01", NULL, "1"));
}

static void too_large(void **state) {
  (void)state;
  trial t;
  trial_compiles(&t, text);
  trial_record(&t, trial_person(&t, "T1"), "talk", "2020-03-01", NULL, "学时", "1000000");
  trial_on(&t, trial_day("2021-12-31"));
  decision d;
  assert_false(evaluation_decide(t.evaluation, pack_rule(t.pack, "large"), 0, t.memory, &d));
  assert_int_equal(t.problems->count, 1);
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN),
                      "error: p/all.lua:20: rule \"large\": a number became too large to be exact\n"
                      "  check the amounts of this subject's records and the rates of the pack");
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_ZH),
                      "错误：p/all.lua:20：规则“large”：数值过大，无法精确计算\n"
                      "  请检查该对象各记录的数量以及规则包中的折算比例");
  trial_close(&t);
}

int main(int argc, char **argv) {
  int code;
  if (trial_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(bounds_of_amounts),
                                     cmocka_unit_test(dates_known_in_part),
                                     cmocka_unit_test(one_earlier_record_takes_the_place),
                                     cmocka_unit_test(joined_ranges),
                                     cmocka_unit_test(spans_of_a_fact),
                                     cmocka_unit_test(exact),
                                     cmocka_unit_test(too_large)};
  return cmocka_run_group_tests_name("pack_select", tests, NULL, NULL);
}
