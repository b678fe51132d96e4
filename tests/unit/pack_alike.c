/* Which expressions of two packs mean the same: a pack against itself with one thing changed. What hangs on the change
 * is like nothing, all else is. */
#include "pack_tried.h"

#include "pack/alike.h"

static const char text_of_pack[] =
    "local assumed = { zh = '试', en = 'tried' }\n"
    "local function hours(x) return { unit = '学时', { from = '2015-01-01', value = x, assumed = assumed } } end\n"
    "local all = {\n"
    "  kinds { hired = { of = { 'person' }, title = { zh = '参加工作', en = 'hired' } },\n"
    "    course = { of = { 'person' }, unit = '学时', decimals = 1 },\n"
    "    seminar = { of = { 'person' }, unit = '学时', decimals = 1 } },\n"
    "  scales { mode = { { 'offline', zh = '线下', en = 'offline' }, { 'online', zh = '线上', en = 'online' } } },\n"
    "  period { id = 'cycle', starts = '2021-01-01', lasts = { years = 5 }, title = { zh = '周期', en = 'cycle' } },\n"
    "  parameters { required = hours(360), seminar = hours(24), practice = hours(8), weight = {\n"
    "    { from = '2015-01-01', value = 1, assumed = assumed },\n"
    "    { from = '2020-01-01', value = '0.5', assumed = assumed } } },\n"
    "  recognition { id = 'counted', unit = '学时', from = '学时', {\n"
    "    { as = 'seminar', when = { kind = 'seminar' }, rate = P.weight },\n"
    "    { as = 'course', when = { kind = 'course' } },\n"
    "  }, otherwise = ignore { zh = '不计', en = 'not counted' } },\n"
    "}\n"
    "local c = counted 'course' + counted 'seminar':cap(P.seminar, 'year')\n"
    "local practice = counted:where { mode = 'offline' }:greatest()\n"
    "all[#all + 1] = rule { id = 'cycle', of = 'person', per = 'cycle', title = { zh = '周期', en = 'cycle' }, needs = "
    "{\n"
    "    { 'total', c:at_least(P.required), zh = '总', en = 'total' },\n"
    "    { 'year', c:each 'year':at_least(P.practice), unless = fact 'hired':after '2024-12-31', zh = '年', en = 'a' "
    "},\n"
    "    { 'practice', practice:at_least(P.practice), zh = '实践', en = 'practice' },\n"
    "  } }\n"
    "return all\n";

typedef struct pair {
  trial one, other;
  const rule *a, *b;
  int32_t nodes[64];
  size_t apart; /* nodes of the other rule that are like none */
} pair;

/* The same text with `is` instead of `was`. */
static void open_pair(pair *p, const char *was, const char *is) {
  trial_compiles(&p->one, text_of_pack);
  arena *a = arena_new();
  const char *at = strstr(text_of_pack, was);
  assert_non_null(at);
  trial_compiles(&p->other, arena_format(a, "%.*s%s%s", (int)(at - text_of_pack), text_of_pack, is, at + strlen(was)));
  arena_free(a);
  p->a = &p->one.pack->rules[0];
  p->b = &p->other.pack->rules[0];
  assert_true(p->b->program.count <= 64);
  programs_alike(p->one.pack, &p->a->program, p->a->period, p->other.pack, &p->b->program, p->b->period, p->nodes);
  p->apart = 0;
  for (size_t i = 0; i < p->b->program.count; i++) p->apart += p->nodes[i] < 0;
}

static void close_pair(pair *p) {
  trial_close(&p->one);
  trial_close(&p->other);
}

static bool need_alike(const pair *p, size_t at, bool had_alone) {
  return needs_alike(p->one.pack, &p->a->needs[at], p->other.pack, &p->b->needs[at], p->nodes, had_alone);
}

static bool op_apart(const pair *p, expr_op op) {
  for (size_t i = 0; i < p->b->program.count; i++)
    if (p->b->program.nodes[i].op == op && p->nodes[i] >= 0) return false;
  return true;
}

static void nothing_of_meaning(void **state) {
  (void)state;
  static const char *const changes[][2] = {{"en = 'tried'", "en = 'tried again'"},
                                           {"en = 'practice'", "en = 'in practice'"},
                                           {"title = { zh = '参加工作', en = 'hired' }", "title = { en = 'begun' }"}};
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    pair p;
    open_pair(&p, changes[i][0], changes[i][1]);
    assert_int_equal(p.apart, 0);
    for (size_t n = 0; n < 3; n++) assert_true(need_alike(&p, n, false));
    assert_true(kinds_alike(&p.one.pack->kinds, &p.other.pack->kinds));
    assert_true(periods_alike(&p.one.pack->periods[p.a->period], &p.other.pack->periods[p.b->period]));
    close_pair(&p);
  }
}

static void what_is_needed(void **state) {
  (void)state;
  pair p;
  open_pair(&p, "required = hours(360)", "required = hours(400)");
  assert_int_equal(p.apart, 1); /* the parameter alone */
  assert_false(need_alike(&p, 0, false));
  assert_true(need_alike(&p, 0, true));
  assert_true(need_alike(&p, 1, false) && need_alike(&p, 2, false));
  close_pair(&p);
}

static void a_limit(void **state) {
  (void)state;
  pair p;
  open_pair(&p, "seminar = hours(24)", "seminar = hours(30)");
  assert_true(op_apart(&p, OP_CAP) && op_apart(&p, OP_UNION));
  assert_false(need_alike(&p, 0, true) || need_alike(&p, 1, true));
  assert_true(need_alike(&p, 2, false));
  close_pair(&p);
}

static void recognition_and_its_rate(void **state) {
  (void)state;
  static const char *const changes[][2] = {
      {"value = '0.5'", "value = '0.4'"},
      {"from = '2020-01-01'", "from = '2021-01-01'"},
      {"when = { kind = 'course' }", "when = { kind = 'course', mode = 'online' }"},
      {"as = 'course', when = { kind = 'course' }",
       "as = 'course', when = any_of { { kind = 'course' }, { mode = 'online' } }"}};
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    pair p;
    open_pair(&p, changes[i][0], changes[i][1]);
    assert_true(op_apart(&p, OP_RECOGNISED) && op_apart(&p, OP_CAP) && op_apart(&p, OP_WHERE));
    assert_false(need_alike(&p, 0, true) || need_alike(&p, 2, true));
    assert_false(op_apart(&p, OP_FACT_DATE));
    close_pair(&p);
  }
}

static void words_and_days(void **state) {
  (void)state;
  pair p;
  open_pair(&p, "where { mode = 'offline' }", "where { mode = 'online' }");
  assert_true(op_apart(&p, OP_WHERE));
  assert_true(need_alike(&p, 0, false));
  assert_false(need_alike(&p, 2, true));
  close_pair(&p);
  open_pair(&p, ":after '2024-12-31'", ":after '2023-12-31'");
  assert_true(op_apart(&p, OP_FACT_DATE));
  assert_true(need_alike(&p, 1, true));
  assert_false(need_alike(&p, 1, false)); /* what is had is the same, for whom it is asked is not */
  close_pair(&p);
}

static void period_and_kinds(void **state) {
  (void)state;
  pair p;
  open_pair(&p, "lasts = { years = 5 }", "lasts = { years = 4 }");
  assert_false(periods_alike(&p.one.pack->periods[p.a->period], &p.other.pack->periods[p.b->period]));
  close_pair(&p);
  open_pair(&p, "seminar = { of = { 'person' }, unit = '学时',",
            "seminar = { of = { 'person' }, unit = '学时', amount = 'required',");
  assert_false(kinds_alike(&p.one.pack->kinds, &p.other.pack->kinds));
  close_pair(&p);
}

int main(int argc, char **argv) {
  int code;
  if (trial_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_of_meaning),       cmocka_unit_test(what_is_needed), cmocka_unit_test(a_limit),
      cmocka_unit_test(recognition_and_its_rate), cmocka_unit_test(words_and_days), cmocka_unit_test(period_and_kinds)};
  return cmocka_run_group_tests_name("pack_alike", tests, NULL, NULL);
}
