/* Figures and groups: each measure, what is not known of it, and the rows behind it. */
#include "pack_tried.h"

static const char *const text =
    "local a = { zh = 'x', en = 'x' }\n"
    "local function figure(more) more.title = a return more end\n"
    "return {\n"
    "kinds { talk = { unit = '学时', decimals = 2, attributes = { theme = { type = 'text' } } }, class = { type = "
    "'programme' }, pupil = { type = 'enrollment' } },\n"
    "parameters { many = { unit = '学时', { from = '2000-01-01', value = 10, assumed = a } } },\n"
    "period { id = 'cycle', starts = '2020-01-01', lasts = { years = 2 } },\n"
    "rule { id = 'r', of = 'person', per = 'cycle', needs = { { 'n', records { kind = 'talk' }:at_least(P.many) } }, "
    "gives = { hours = records { kind = 'talk' }:sum() } },\n"
    "figures {\n"
    "  talks = figure { from = 'record', where = { kind = 'talk' }, measure = 'count' },\n"
    "  themes = figure { from = 'record', where = { kind = 'talk' }, measure = { distinct = 'theme' } },\n"
    "  hours = figure { unit = '学时', from = 'record', where = { kind = 'talk' }, measure = 'sum' },\n"
    "  least = figure { unit = '学时', from = 'record', where = { kind = 'talk' }, measure = 'min' },\n"
    "  most = figure { unit = '学时', from = 'record', where = { kind = 'talk' }, measure = 'max' },\n"
    "  mean = figure { unit = '学时', from = 'record', where = { theme = 'T' }, measure = { mean = 'amount', round = { "
    "way = 'half', step = '0.1' } } },\n"
    "  people = figure { unit = '人', from = 'person', measure = 'count' },\n"
    "  met = figure { unit = '人', from = 'decision', where = { rule = 'r', outcome = 'met' }, measure = 'count' },\n"
    "  open = figure { unit = '人', from = 'decision', where = { rule = 'r', outcome = 'unknown' }, measure = 'count' "
    "},\n"
    "  share = figure { measure = { share = 'met', of = 'people' } },\n"
    "  nothing = figure { measure = { share = 'met', of = 'none' } },\n"
    "  none = figure { from = 'record', where = { theme = 'Z' }, measure = 'count' },\n"
    "  low = figure { unit = '人', from = 'decision', where = { rule = 'r' }, measure = { band = 'hours', more_than = "
    "0, less_than = P.many } },\n"
    "  high = figure { unit = '人', from = 'decision', where = { rule = 'r' }, measure = { band = 'hours', at_least = "
    "10, at_most = 12 } },\n"
    "  long = figure { from = 'record', where = { kind = 'talk', amount = at_least(10) }, measure = 'count' },\n"
    "  longest = figure { unit = '学时', from = 'record', where = { kind = 'talk', amount = at_least(10) }, measure = "
    "'min' },\n"
    "  both = figure { unit = '人', measure = { plus = { 'low', 'high' } } },\n"
    "  stated = figure { unit = '人', measure = { value = 7, source = 's', bound = 'at_least' } },\n"
    "},\n"
    "selection { id = 's', of = 'programme', among = met 'r', order = { 'since' }, limits = { { 'places', at_most = 1 "
    "} } },\n"
    "}";

static void make(trial *t) {
  trial_compiles(t, text);
  static const char *const amounts[][3] = {{"4", "6.25"}, {"3"}, {"?", "9"}, {NULL}, {"12", "0.5-"}};
  for (int i = 0; i < 5; i++) {
    char code[16];
    snprintf(code, sizeof code, "T%d", i);
    int64_t person = trial_person(t, code);
    for (int k = 0; k < 3 && amounts[i][k]; k++) {
      fact *f = trial_record(t, person, "talk", "2020-05-01", NULL, "学时", amounts[i][k]);
      f->attributes = k ? "{\"theme\":\"T\"}" : i ? "{\"theme\":\"U\"}" : "{\"theme\":[\"T\",\"V\"]}";
    }
  }
}

static figure_value value_of(trial *t, const char *id) {
  figure_value v;
  int32_t at = pack_figure(t->pack, id);
  assert_true(at >= 0);
  assert_true(figure_compute(t->evaluation, at, (figure_scope){0}, (figure_group){0}, t->memory, &v, t->problems));
  return v;
}

static void shows(trial *t, const char *id, const char *zh, bound b, size_t rows) {
  figure_value v = value_of(t, id);
  assert_string_equal(figure_text(t->memory, t->pack, &v, true, LANGUAGE_ZH), zh);
  assert_int_equal(v.bound, b);
  assert_int_equal(v.rows_count, rows);
}

static void measures(void **state) {
  (void)state;
  trial t;
  make(&t);
  trial_on(&t, trial_day("2021-12-31"));
  shows(&t, "talks", "7", BOUND_EXACT, 7);
  shows(&t, "people", "5", BOUND_EXACT, 5);
  shows(&t, "met", "2", BOUND_EXACT, 2); /* 10.25 and 12; 9 and an amount that is not known is open */
  shows(&t, "open", "1", BOUND_EXACT, 1);
  shows(&t, "share", "40%", BOUND_EXACT, 0);
  shows(&t, "nothing", "无", BOUND_NONE, 0);
  shows(&t, "least", "不详", BOUND_UNKNOWN, 7);
  shows(&t, "low", "2", BOUND_EXACT, 2);  /* 3, and at least 9 */
  shows(&t, "high", "2", BOUND_EXACT, 2); /* 10.25, 12 */
  shows(&t, "both", "4", BOUND_EXACT, 0);
  shows(&t, "long", "1余", BOUND_AT_LEAST, 1); /* 12; the amount that is not known may be another */
  shows(&t, "longest", "近12", BOUND_AT_MOST, 1);
  assert_int_equal(value_of(&t, "stated").bound, BOUND_AT_LEAST);
  assert_string_equal(figure_marker(&(figure_value){.figure = pack_figure(t.pack, "stated")}, t.pack).in[LANGUAGE_ZH],
                      "直接引自公开文件");
  figure_value mean = value_of(&t, "mean"); /* one of its amounts is a bound */
  assert_int_equal(mean.bound, BOUND_UNKNOWN);
  figure_value hours = value_of(&t, "hours"); /* 4 + 6.25 + 3 + 9 + 12 and at most 0.5 more, and what is not known */
  assert_int_equal(hours.bound, BOUND_UNKNOWN);
  trial_close(&t);
}

static void a_tie_is_no_luck(void **state) {
  (void)state;
  trial t;
  make(&t);
  fact *programme = trial_fact(&t, FACT_PROGRAMME);
  programme->code = programme->name = "C", programme->kind = "class";
  int64_t class_of = programme->entity;
  fact *cohort = trial_fact(&t, FACT_COHORT);
  cohort->code = cohort->name = "C-1", cohort->subject_type = FACT_PROGRAMME, cohort->subject = class_of;
  int64_t cohort_of = cohort->entity;
  static const char *const days[] = {"2021-03-02", "2021-03-01", "2021-03-01", "2021-03-01", "2021-03-02"};
  for (int i = 0; i < 5; i++) {
    fact *f = trial_fact(&t, FACT_ENROLLMENT);
    f->kind = "pupil", f->subject_type = FACT_PERSON, f->subject = i + 1;
    f->object_type = FACT_COHORT, f->object = cohort_of;
    f->since = trial_date(days[i]);
  }
  trial_on(&t, trial_day("2021-12-31"));
  group_result g;
  assert_false(group_evaluate(t.evaluation, 0, (figure_scope){0}, t.memory, &g, t.problems));
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN),
                      "error: p/all.lua:28: selection \"s\" does not settle who comes first, \"T0\" or \"T4\"\n"
                      "  add a column to order that differs, such as a number given in order of application");
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_ZH),
                      "错误：p/all.lua:28：遴选“s”未能区分“T0”与“T4”的先后\n"
                      "  请在 order 中增加能够区分的列，例如按报名先后编排的序号");
  /* those who are not eligible need no order, and take no place */
  evaluation_free(t.evaluation);
  subjects_close(t.subjects);
  t.evaluation = NULL, t.subjects = NULL;
  t.facts[t.count - 1].since = trial_date("2021-03-01");
  trial_on(&t, trial_day("2021-12-31"));
  assert_true(group_evaluate(t.evaluation, 0, (figure_scope){0}, t.memory, &g, t.problems));
  assert_int_equal(g.members_count, 5);
  assert_int_equal(g.members[0].outcome, OUTCOME_MET);
  assert_int_equal(g.members[0].rank, 1);
  assert_int_equal(row_to(evaluation_view(t.evaluation), FACT_ENROLLMENT, g.members[0].row, FACT_PERSON), 4);
  assert_int_equal(g.members[1].outcome, OUTCOME_UNMET);
  assert_int_equal(g.members[1].needs[0].had, 1);
  for (int i = 2; i < 5; i++) assert_int_equal(g.members[i].outcome, OUTCOME_NOT_APPLICABLE);
  trial_close(&t);
}

static const char *const dated =
    "local a = { zh = 'x', en = 'x' }\n"
    "local function sum(style, kinds) return { title = a, unit = '名', from = 'record', where = { kind = kinds }, "
    "measure = "
    "'sum', style = style } end\n"
    "return {\n"
    "kinds { pair = { type = 'relation' }, sent = { unit = '名' }, lent = { unit = '名' } },\n"
    "figures {\n"
    "  pairs = { title = a, from = 'relation', where = { kind = 'pair', in_force = true }, measure = 'count' },\n"
    "  lapsed = { title = a, from = 'relation', where = { kind = 'pair', in_force = false }, measure = 'count' },\n"
    "  sent = sum({ exact = true }, 'sent'), several = sum({ several = true }, 'sent'), lent = sum({ exact = true }, "
    "'lent'),\n"
    "  mixed = sum({ several = true }, { 'sent', 'lent' }), least = sum({ exact = true }, { 'sent', 'lent' }),\n"
    "  both = { title = a, unit = '名', measure = { plus = { 'lent', 'several' } }, style = { several = true } },\n"
    "} }";

static void pair(trial *t, const char *since, const char *until) {
  fact *f = trial_fact(t, FACT_RELATION);
  f->kind = "pair", f->subject_type = f->object_type = FACT_PERSON, f->subject = 1, f->object = 2;
  f->since = since ? trial_date(since) : DATE_NONE;
  f->until = until ? trial_date(until) : DATE_NONE;
}

static void what_is_in_force_on_the_day(void **state) {
  static const struct {
    const char *on, *pairs, *lapsed;
    bound bound;
  } days[] = {{"2018-12-19", "1", "4", BOUND_EXACT},        {"2018-12-20", "3", "2", BOUND_EXACT},
              {"2020-12-31", "4", "1", BOUND_EXACT},        {"2021-01-01", "3", "2", BOUND_EXACT},
              {"2021-02-10", "3余", "1余", BOUND_AT_LEAST}, {"2021-03-01", "4", "1", BOUND_EXACT}};
  (void)state;
  for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
    trial t;
    trial_compiles(&t, dated);
    trial_person(&t, "A");
    trial_person(&t, "B");
    pair(&t, NULL, NULL);
    pair(&t, "2018-12-20", "2020-12-31");
    pair(&t, "2018-12-20", NULL);
    pair(&t, "2019", NULL);
    pair(&t, "2021-02", NULL);
    trial_on(&t, trial_day(days[i].on));
    figure_value v = value_of(&t, "pairs");
    assert_string_equal(figure_text(t.memory, t.pack, &v, true, LANGUAGE_ZH), days[i].pairs);
    assert_int_equal(v.bound, days[i].bound);
    v = value_of(&t, "lapsed");
    assert_string_equal(figure_text(t.memory, t.pack, &v, true, LANGUAGE_ZH), days[i].lapsed);
    trial_close(&t);
  }
}

static void several_stay_several(void **state) {
  trial t;
  (void)state;
  trial_compiles(&t, dated);
  int64_t person = trial_person(&t, "A");
  trial_record(&t, person, "sent", "2020-05-01", NULL, "名", "?");
  trial_record(&t, person, "lent", "2020-05-01", NULL, "名", "3");
  trial_on(&t, trial_day("2020-12-31"));
  shows(&t, "sent", "不详", BOUND_AT_LEAST, 1); /* at least 0 says nothing; added to 3 it is at least 3 */
  shows(&t, "several", "多", BOUND_UNKNOWN, 1);
  shows(&t, "lent", "3", BOUND_EXACT, 1);
  shows(&t, "mixed", "多", BOUND_UNKNOWN, 2);
  shows(&t, "least", "3余", BOUND_AT_LEAST, 2);
  shows(&t, "both", "多", BOUND_UNKNOWN, 0);
  trial_close(&t);
}

int main(int argc, char **argv) {
  int code;
  if (trial_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(measures), cmocka_unit_test(a_tie_is_no_luck),
                                     cmocka_unit_test(what_is_in_force_on_the_day),
                                     cmocka_unit_test(several_stay_several)};
  return cmocka_run_group_tests_name("pack_figure", tests, NULL, NULL);
}
