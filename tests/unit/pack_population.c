/* Everyone at once, by any number of threads: what is handed over is what `evaluation_decide` says of one after the
 * other, in the order of the subjects, byte for byte; and a fault is the same whoever meets it first. */
#include "packs/people.h"

#include "pack/decision.h"
#include "pack/population.h"

static int open_world(void **state) {
  return open_pack(state, "twice");
}

typedef struct taking {
  buffer bytes; /* all that was handed over, one behind the other */
  uint32_t next, step, stop_at;
} taking;

static void take_number(buffer *b, int64_t taken) {
  buffer_bytes(b, &taken, sizeof taken);
}

static bool take(void *context, const population_range *range, faults *problems) {
  taking *t = context;
  for (uint32_t i = 0; i < range->count; i++) {
    assert_int_equal(range->subjects[i], t->next);
    t->next += t->step;
    if (range->subjects[i] == t->stop_at) return fault_add(problems, NOWHERE, "enough", "够了");
    for (size_t q = 0; q < 2; q++) {
      const population_answer *a = &range->answers[q][i];
      take_number(&t->bytes, a->outcome);
      take_number(&t->bytes, a->valid_until);
      for (uint32_t k = 0; k < a->needs_count; k++) {
        assert_non_null(a->needs[k].need);
        buffer_text(&t->bytes, a->needs[k].need->id);
        buffer_text(&t->bytes, a->needs[k].each ? a->needs[k].each : "-");
        take_number(&t->bytes, a->needs[k].outcome);
      }
      buffer_bytes(&t->bytes, a->packed, a->packed_size);
    }
  }
  return true;
}

static void expected(const world *w, const population_question *questions, uint32_t step, buffer *out) {
  for (uint32_t person = 0; person < PEOPLE; person += step)
    for (size_t q = 0; q < 2; q++) {
      arena *a = arena_new();
      decision d;
      assert_true(evaluation_decide(w->evaluation, questions[q].rule, person, a, &d));
      take_number(out, d.outcome);
      take_number(out, d.valid_until);
      for (size_t k = 0; k < d.needs_count; k++) {
        buffer_text(out, d.needs[k].need->id);
        buffer_text(out, d.needs[k].each ? d.needs[k].each : "-");
        take_number(out, d.needs[k].outcome);
      }
      decision_needs_pack(&d, out);
      arena_free(a);
    }
}

static population_request request_of(const world *w, population_question *questions, taking *t) {
  questions[0] = (population_question){w->pack, pack_rule(w->pack, "declared"), evaluation_view(w->evaluation)->on};
  questions[1] = (population_question){w->pack, pack_rule(w->pack, "written"), evaluation_view(w->evaluation)->on};
  return (population_request){.subjects = w->subjects,
                              .questions = questions,
                              .questions_count = 2,
                              .packed = true,
                              .take = take,
                              .context = t};
}

static void any_number_of_threads(void **state) {
  const world *w = *state;
  static const int workers[] = {1, 2, 8, 0};
  for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
    taking t = {.step = 1, .stop_at = UINT32_MAX};
    population_question questions[2];
    population_request request = request_of(w, questions, &t);
    request.workers = workers[i];
    assert_true(population_decide(&request, w->problems));
    assert_int_equal(t.next, PEOPLE);
    buffer same = {0};
    expected(w, questions, 1, &same);
    assert_int_equal(t.bytes.length, same.length);
    assert_memory_equal(t.bytes.at, same.at, same.length);
    buffer_free(&same);
    buffer_free(&t.bytes);
  }
}

static void some_of_them(void **state) {
  const world *w = *state;
  uint32_t only[(PEOPLE + 2) / 3];
  for (uint32_t i = 0; i < (PEOPLE + 2) / 3; i++) only[i] = 3 * i;
  taking t = {.step = 3, .stop_at = UINT32_MAX};
  population_question questions[2];
  population_request request = request_of(w, questions, &t);
  request.only = only;
  request.only_count = (PEOPLE + 2) / 3;
  assert_true(population_decide(&request, w->problems));
  buffer same = {0};
  expected(w, questions, 3, &same);
  assert_int_equal(t.bytes.length, same.length);
  assert_memory_equal(t.bytes.at, same.at, same.length);
  buffer_free(&same);
  buffer_free(&t.bytes);
  request.only_count = 0;
  assert_true(population_decide(&request, w->problems));
}

static void who_takes_may_end_it(void **state) {
  const world *w = *state;
  taking t = {.step = 1, .stop_at = 500};
  population_question questions[2];
  population_request request = request_of(w, questions, &t);
  arena *a = arena_new();
  faults *problems = faults_new(a);
  assert_false(population_decide(&request, problems));
  assert_int_equal(problems->count, 1);
  assert_string_equal(problems->items[0].what.in[LANGUAGE_EN], "enough");
  arena_free(a);
  buffer_free(&t.bytes);
}

int main(int argc, char **argv) {
  json_prepare();
  if (argc > 1 && !strcmp(argv[1], "--worker")) return worker_child_main(pack_roles, argc, argv);
  const struct CMUnitTest tests[] = {cmocka_unit_test(any_number_of_threads), cmocka_unit_test(some_of_them),
                                     cmocka_unit_test(who_takes_may_end_it)};
  return cmocka_run_group_tests_name("pack_population", tests, open_world, close_world);
}
