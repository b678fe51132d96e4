/* One rule as needs and as a Lua function, over random people with uncertain records: the same decisions, the same
 * needs, the same records counted and left out for the same reasons. The seed is fixed: what fails once fails again. */
#include "packs/people.h"

static int open_world(void **state) {
  return open_pack(state, "twice");
}

static void both_ways_decide_alike(void **state) {
  world *w = *state;
  int32_t declared = pack_rule(w->pack, "declared"), written = pack_rule(w->pack, "written");
  size_t seen[OUTCOMES] = {0};
  for (uint32_t person = 0; person < PEOPLE; person++) {
    arena *a = arena_new();
    decision x, y;
    bool good = evaluation_decide(w->evaluation, declared, person, a, &x) &&
                evaluation_decide(w->evaluation, written, person, a, &y);
    if (!good) print_problems(w);
    assert_true(good);
    assert_int_equal(x.outcome, y.outcome);
    assert_int_equal(x.valid_until, y.valid_until);
    assert_int_equal(x.needs_count, y.needs_count);
    for (size_t i = 0; i < x.needs_count; i++) same_need(&x.needs[i], &y.needs[i]);
    seen[x.outcome]++;
    arena_free(a);
  }
  /* the people are such that every outcome occurs: else this would prove little */
  print_message("met %zu, unmet %zu, unknown %zu\n", seen[OUTCOME_MET], seen[OUTCOME_UNMET], seen[OUTCOME_UNKNOWN]);
  assert_true(seen[OUTCOME_MET] > 0 && seen[OUTCOME_UNMET] > 0 && seen[OUTCOME_UNKNOWN] > 0);
}

static void both_ways_explain_alike(void **state) {
  world *w = *state;
  int32_t declared = pack_rule(w->pack, "declared"), written = pack_rule(w->pack, "written");
  for (uint32_t person = 0; person < PEOPLE; person++) {
    arena *a = arena_new();
    explanation x, y;
    assert_true(evaluation_explain(w->evaluation, declared, person, a, &x));
    assert_true(evaluation_explain(w->evaluation, written, person, a, &y));
    same_explanation(&x, &y, written);
    assert_int_equal(x.unrecognised_count, y.unrecognised_count);
    for (size_t i = 0; i < x.unrecognised_count; i++) assert_int_equal(x.unrecognised[i].row, y.unrecognised[i].row);
    arena_free(a);
  }
}

/* A word that only a function names is known for the second person too. */
static void words_of_functions(void **state) {
  world *w = *state;
  int32_t first = pack_rule(w->pack, "first"), unit = pack_rule(w->pack, "unit");
  size_t seen[OUTCOMES] = {0};
  for (uint32_t person = 0; person < PEOPLE; person++) {
    arena *a = arena_new();
    decision x, y;
    assert_true(evaluation_decide(w->evaluation, first, person, a, &x));
    assert_true(evaluation_decide(w->evaluation, unit, person, a, &y));
    assert_int_equal(x.outcome, y.outcome);
    same_need(&x.needs[0], &y.needs[0]);
    seen[x.outcome]++;
    arena_free(a);
  }
  assert_true(seen[OUTCOME_MET] > 0 && seen[OUTCOME_UNMET] > 0);
}

int main(int argc, char **argv) {
  json_prepare();
  if (argc > 1 && !strcmp(argv[1], "--worker")) return worker_child_main(pack_roles, argc, argv);
  const struct CMUnitTest tests[] = {cmocka_unit_test(both_ways_decide_alike),
                                     cmocka_unit_test(both_ways_explain_alike), cmocka_unit_test(words_of_functions)};
  return cmocka_run_group_tests_name("pack_twice", tests, open_world, close_world);
}
