/* A native rule through the doors of the SDK decides and explains as the same rule declared; one that crashes costs one
 * message. */
#include "natives.h"

static offers natives;

static int open_native(void **state) {
  int bad = open_pack(state, "native");
  if (bad) return bad;
  world *w = *state;
  offers_check(w->memory, ABI_PLUGINS "/rules/credits.so", &natives, w->problems);
  print_problems(w);
  decide_with(w, &natives);
  return natives.count == 2 ? 0 : -1;
}

static void decides_and_explains_alike(void **state) {
  world *w = *state;
  int32_t declared = pack_rule(w->pack, "declared"), written = pack_rule(w->pack, "written");
  size_t seen[OUTCOMES] = {0};
  for (uint32_t person = 0; person < PEOPLE; person++) {
    arena *a = arena_new();
    explanation x, y;
    assert_true(evaluation_explain(w->evaluation, declared, person, a, &x));
    if (!evaluation_explain(w->evaluation, written, person, a, &y)) {
      print_problems(w);
      fail_msg("person %u", person);
    }
    assert_int_equal(x.decision.outcome, y.decision.outcome);
    same_explanation(&x, &y, written);
    seen[x.decision.outcome]++;
    arena_free(a);
  }
  assert_true(seen[OUTCOME_MET] > 0 && seen[OUTCOME_UNMET] > 0 && seen[OUTCOME_UNKNOWN] > 0);
}

static void a_crash_costs_one_message(void **state) {
  world *w = *state;
  arena *a = arena_new();
  decision d;
  size_t before = w->problems->errors;
  assert_false(evaluation_decide(w->evaluation, pack_rule(w->pack, "crashes"), 0, a, &d));
  assert_int_equal(w->problems->errors, before + 1);
  char *text = fault_text(a, &w->problems->items[w->problems->count - 1], LANGUAGE_EN);
  print_message("%s\n", text);
  assert_non_null(strstr(text, "credits_crash"));
  /* the others go on */
  assert_true(evaluation_decide(w->evaluation, pack_rule(w->pack, "written"), 0, a, &d));
  arena_free(a);
}

int main(int argc, char **argv) {
  json_prepare();
  if (is_worker(argc, argv)) return worker_main(argc, argv);
  const struct CMUnitTest tests[] = {cmocka_unit_test(decides_and_explains_alike),
                                     cmocka_unit_test(a_crash_costs_one_message)};
  return cmocka_run_group_tests_name("abi_native", tests, open_native, close_world);
}
