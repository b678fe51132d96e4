/* The deeds of plugins/outlaw.c while a native rule decides: each costs one message, the rules beside it go on. */
#include "left.h"
#include "natives.h"

static offers natives;
static left_state before;

static int open_outlaw(void **state) {
  before = left_before();
  int bad = open_pack(state, "outlaw");
  if (bad) return bad;
  world *w = *state;
  setenv("HONGZHU_PLUGINS", ABI_PLUGINS "/outlaw", 1);
  if (!offers_find(w->memory, &natives, w->problems)) return -1;
  decide_with(w, &natives);
  return 0;
}

#define NEXT "\n  nothing was changed; tell whoever made it"

/* `told` is what stands between the rule and where it was last seen. */
static const struct {
  const char *deed, *told;
} deeds[] = {
    {"crash", "crashed (segmentation fault)"},
    {"exit", "ended before it had finished"},
    {"exit_at_once", "ended before it had finished (exit status 3)"},
    {"abort", "gave itself up (abort)"},
    {"stack", "crashed (segmentation fault)"},
    {"divide", "crashed (arithmetic error)"},
    {"forged_end", "sent an end that does not fit what it sent before, and was stopped"},
    {"garbage", "sent what is no answer (type 4022250974, 4294967295 bytes) and was stopped"},
    {"huge_frame", "sent what is no answer (type 19, 2147483647 bytes) and was stopped"},
    {"socket", "tried what foreign code may not do (system call \"socket\") and was stopped"},
    {"fork", "tried what foreign code may not do (system call \"clone\") and was stopped"},
    {"kill", "tried what foreign code may not do (system call \"kill\") and was stopped"},
    {"create", "tried what foreign code may not do (system call \"openat\") and was stopped"},
#if !defined(__SANITIZE_ADDRESS__) /* half a minute, once */
    {"hang", "made no progress for 30 seconds and was stopped"},
#endif
};

static void each_deed_costs_one_message(void **state) {
  world *w = *state;
  size_t count = sizeof deeds / sizeof *deeds;
  for (size_t i = 0; i < count; i++) {
    arena *a = arena_new();
    decision d;
    size_t at = w->problems->count;
    assert_false(evaluation_decide(w->evaluation, pack_rule(w->pack, deeds[i].deed), 0, a, &d));
    assert_int_equal(w->problems->count, at + 1);
    assert_string_equal(fault_text(a, &w->problems->items[at], LANGUAGE_EN),
                        arena_format(a, "error: native rule \"outlaw_%s\" %s, last seen at \"%s\"" NEXT, deeds[i].deed,
                                     deeds[i].told, deeds[i].deed));
    assert_true(evaluation_decide(w->evaluation, pack_rule(w->pack, "honest"), 0, a, &d));
    arena_free(a);
  }
  count_attacks("abi_rules", "deeds while deciding", count, count);
}

/* A world changed by one rule is whole again for the next, and the outcome is that of the doors. */
static void a_changed_world_changes_nothing(void **state) {
  world *w = *state;
  arena *a = arena_new();
  decision d;
  size_t at = w->problems->count;
  for (int i = 0; i < 2; i++) {
    assert_true(evaluation_decide(w->evaluation, pack_rule(w->pack, "world"), 0, a, &d));
    assert_int_equal(d.outcome, OUTCOME_MET);
    assert_true(evaluation_decide(w->evaluation, pack_rule(w->pack, "decimal"), 0, a, &d));
    assert_int_equal(d.outcome, OUTCOME_MET);
    assert_int_equal(d.needs[0].needed.above, 7);
    assert_int_equal(d.needs[0].needed.below, 10);
  }
  assert_int_equal(w->problems->count, at);
  arena_free(a);
}

static int close_outlaw(void **state) {
  int bad = close_world(state);
  left_nothing(&before, "rules");
  left_after(&before);
  return bad;
}

int main(int argc, char **argv) {
  json_prepare();
  if (is_worker(argc, argv)) return worker_main(argc, argv);
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_deed_costs_one_message),
                                     cmocka_unit_test(a_changed_world_changes_nothing)};
  return cmocka_run_group_tests_name("abi_rules", tests, open_outlaw, close_outlaw);
}
