/* Decisions as bytes: what comes back is what went in; bytes damaged anywhere, or cut anywhere, never harm. */
#include "pack_tried.h"

static const char *const text =
    "local a = { zh = 'x', en = 'x' }\n"
    "return {\n"
    "kinds { training = { unit = '学时', decimals = 2, level = true } },\n"
    "scales { level = { 'school', 'county' } },\n"
    "parameters { rate = { unit = '学分/学时', by = 'level', { from = '2000-01-01', assumed = a, value = { school = "
    "'0.2', county = '1/3' } } },\n"
    "  most = { unit = '学分', { from = '2000-01-01', assumed = a, value = 3 } } },\n"
    "period { id = 'cycle', starts = '2020-01-01', lasts = { years = 2 } },\n"
    "recognition { id = 'credits', unit = '学分', from = '学时', { as = 'all', when = { level = any }, rate = "
    "P.rate:by 'level' } },\n"
    "rule { id = 'r', of = 'person', per = 'cycle', title = a, needs = {\n"
    "  { 'sum', credits:cap(P.most, 'year'):at_least(P.most) }, { 'year', credits:each 'year':at_least(1) },\n"
    "  { 'over', credits:over(2):at_most(0) }, { 'is', records { level = 'school' }:exists() } } } }";

static void make_records(trial *t) {
  int64_t person = trial_person(t, "T1");
  static const char *const days[] = {"2020-03-01", "2020-04", "2021-05-01", "2021-06-01", "2023-01-01"};
  static const char *const amounts[] = {"4.5", "6", "9+", "?", "1"};
  for (int i = 0; i < 5; i++) {
    fact *f = trial_record(t, person, "training", days[i], NULL, "学时", amounts[i]);
    f->level = i == 3 ? NULL : i % 2 ? "county" : "school";
  }
}

static void needs_come_back(void **state) {
  (void)state;
  trial t;
  trial_compiles(&t, text);
  make_records(&t);
  trial_on(&t, trial_day("2021-12-31"));
  arena *a = arena_new();
  decision d = trial_decide(&t, "r", 0, a), back = {.rule = d.rule};
  buffer bytes = {0};
  decision_needs_pack(&d, &bytes);
  assert_true(decision_needs_unpack(t.pack, bytes.at, bytes.length, a, &back));
  assert_int_equal(back.needs_count, d.needs_count);
  for (size_t i = 0; i < d.needs_count; i++) {
    const need_result *x = &d.needs[i], *y = &back.needs[i];
    assert_string_equal(x->need->id, y->need->id);
    assert_true(text_same(x->each, y->each));
    assert_int_equal(x->outcome, y->outcome);
    assert_int_equal(x->numbers, y->numbers);
    if (!x->numbers) continue;
    assert_int_equal(fraction_compare(x->had, y->had), 0);
    assert_int_equal(fraction_compare(x->missing, y->missing), 0);
  }
  size_t refused = 0;
  for (size_t at = 0; at < bytes.length; at++)
    for (int bit = 0; bit < 8; bit++) {
      arena *inner = arena_new();
      char *damaged = arena_copy(inner, bytes.at, bytes.length);
      damaged[at] = (char)(damaged[at] ^ (1 << bit));
      decision other = {.rule = d.rule};
      bool good = decision_needs_unpack(t.pack, damaged, bytes.length, inner, &other);
      refused += !good;
      for (size_t i = 0; good && i < other.needs_count; i++) {
        assert_non_null(other.needs[i].need);
        assert_true(other.needs[i].outcome < OUTCOMES);
        if (other.needs[i].numbers) assert_true(other.needs[i].had.below > 0 && other.needs[i].missing.below > 0);
      }
      arena_free(inner);
    }
  for (size_t length = 0; length < bytes.length; length++) {
    arena *inner = arena_new();
    decision other = {.rule = d.rule};
    assert_false(decision_needs_unpack(t.pack, arena_copy(inner, bytes.at, length), length, inner, &other));
    arena_free(inner);
  }
  assert_true(refused > bytes.length);
  buffer_bytes(&bytes, "x", 1); /* nor is anything behind the end passed over */
  assert_false(decision_needs_unpack(t.pack, bytes.at, bytes.length, a, &back));
  buffer_free(&bytes);
  arena_free(a);
  trial_close(&t);
}

static void old_number(buffer *b, int64_t written) {
  for (int i = 0; i < 8; i++) {
    unsigned char one = (unsigned char)((uint64_t)written >> (8 * i));
    buffer_bytes(b, &one, 1);
  }
}

static void old_text(buffer *b, const char *word) {
  old_number(b, word ? (int64_t)strlen(word) : -1);
  if (word) buffer_text(b, word);
}

/* What ledgers hold that were written before: 4.5 of 3 had, in 2020. */
static void the_first_format_is_read(void **state) {
  (void)state;
  trial t;
  trial_compiles(&t, text);
  decision d = {.rule = 0};
  buffer b = {0};
  buffer_bytes(&b, "\1", 1);
  old_number(&b, 2);
  old_text(&b, "year");
  old_text(&b, "2020");
  buffer_bytes(&b, "\1\1", 2);
  static const int64_t numbers[] = {9, 2, 9, 2, 3, 1, 0, 1};
  for (size_t i = 0; i < 8; i++) old_number(&b, numbers[i]);
  old_text(&b, "is");
  old_text(&b, NULL);
  buffer_bytes(&b, "\0\0", 2);
  assert_true(decision_needs_unpack(t.pack, b.at, b.length, t.memory, &d));
  assert_int_equal(d.needs_count, 2);
  assert_string_equal(d.needs[0].need->id, "year");
  assert_string_equal(d.needs[0].each, "2020");
  assert_int_equal(d.needs[0].outcome, OUTCOME_MET);
  trial_is(t.memory, d.needs[0].had, "4.5");
  trial_is(t.memory, d.needs[0].needed, "3");
  assert_string_equal(d.needs[1].need->id, "is");
  assert_null(d.needs[1].each);
  assert_false(d.needs[1].numbers);
  assert_false(decision_needs_unpack(t.pack, b.at, b.length - 1, t.memory, &d));
  buffer_free(&b);
  trial_close(&t);
}

static bool sound(const trial *t, const explanation *x) {
  const decision *d = &x->decision;
  bool good = d->outcome < OUTCOMES;
  for (size_t i = 0; i < d->needs_count; i++) {
    const need_reasons *n = &x->needs[i];
    good = good && d->needs[i].need != NULL;
    for (size_t k = 0; k < n->counted_count; k++)
      good = good && n->counted[k].row < t->subjects->of[n->counted[k].type].count && n->counted[k].amount.below > 0;
    for (size_t k = 0; k < n->left_count; k++) {
      const left *l = &n->left[k];
      good = good && l->row < t->subjects->of[l->type].count && l->amount.below > 0;
      if (l->node < 0) continue;
      const expr_node *node = &n->nodes[l->node];
      good =
          good && node->period < (int32_t)t->pack->periods_count && node->op <= OP_COMPARE && node->span <= SPAN_EVER;
    }
  }
  for (size_t i = 0; i < x->unrecognised_count; i++)
    good = good && x->unrecognised[i].node >= 0 && (size_t)x->unrecognised[i].node < t->pack->recognitions_count;
  return good;
}

static void explanations_come_back(void **state) {
  (void)state;
  trial t;
  trial_compiles(&t, text);
  make_records(&t);
  trial_on(&t, trial_day("2021-12-31"));
  arena *a = arena_new();
  explanation x, back = {.decision = {.rule = 0}};
  assert_true(evaluation_explain(t.evaluation, 0, 0, a, &x));
  assert_true(x.needs[0].counted_count > 0 && x.needs[0].left_count > 0 && x.unrecognised_count > 0);
  assert_true(x.parameters_count > 0);
  buffer bytes = {0};
  explanation_pack(&x, t.pack, &bytes);
  assert_true(explanation_unpack(t.pack, t.subjects, bytes.at, bytes.length, a, &back));
  assert_true(sound(&t, &back));
  assert_int_equal(back.decision.outcome, x.decision.outcome);
  assert_int_equal(back.decision.valid_until, x.decision.valid_until);
  assert_int_equal(back.parameters_count, x.parameters_count);
  assert_int_equal(back.unrecognised_count, x.unrecognised_count);
  for (size_t i = 0; i < x.decision.needs_count; i++) {
    assert_int_equal(back.needs[i].counted_count, x.needs[i].counted_count);
    assert_int_equal(back.needs[i].left_count, x.needs[i].left_count);
    for (size_t k = 0; k < x.needs[i].left_count; k++)
      assert_int_equal(back.needs[i].left[k].reason, x.needs[i].left[k].reason);
  }
  for (size_t at = 0; at < bytes.length; at++)
    for (int change = 0; change < 3; change++) {
      arena *inner = arena_new();
      char *damaged = arena_copy(inner, bytes.at, bytes.length);
      damaged[at] = change == 0 ? (char)0xff : change == 1 ? (char)0x7f : (char)(damaged[at] ^ 1);
      explanation other = {.decision = {.rule = 0}};
      if (explanation_unpack(t.pack, t.subjects, damaged, bytes.length, inner, &other)) assert_true(sound(&t, &other));
      arena_free(inner);
    }
  for (size_t length = 0; length < bytes.length; length++) {
    arena *inner = arena_new();
    explanation other = {.decision = {.rule = 0}};
    assert_false(explanation_unpack(t.pack, t.subjects, arena_copy(inner, bytes.at, length), length, inner, &other));
    arena_free(inner);
  }
  buffer_free(&bytes);
  arena_free(a);
  trial_close(&t);
}

int main(int argc, char **argv) {
  int code;
  if (trial_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(needs_come_back), cmocka_unit_test(the_first_format_is_read),
                                     cmocka_unit_test(explanations_come_back)};
  return cmocka_run_group_tests_name("pack_decision", tests, NULL, NULL);
}
