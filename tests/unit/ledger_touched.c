/* What changed after an import, and whom it is about. */
#include "unit/ledger_support.h"

static bool note_change(void *context, const fact *f, bool opened) {
  buffer_format(context, "%s%s %lld", ((buffer *)context)->length > 0 ? ", " : "", opened ? "opened" : "closed",
                (long long)f->id);
  return true;
}

static bool note_touched(void *context, fact_type type, int64_t entity) {
  buffer_format(context, "%s%s %lld", ((buffer *)context)->length > 0 ? ", " : "", fact_type_name(type),
                (long long)entity);
  return true;
}

static const char *changes(bench *b, int64_t since) {
  buffer out = {0};
  buffer_text(&out, "");
  assert_true(ledger_changes(b->ledger, since, note_change, &out, b->problems));
  char *text = arena_text(b->memory, out.at);
  buffer_free(&out);
  return text;
}

static const char *touched(bench *b, int64_t since) {
  buffer out = {0};
  buffer_text(&out, "");
  assert_true(ledger_touched(b->ledger, since, note_touched, &out, b->problems));
  char *text = arena_text(b->memory, out.at);
  buffer_free(&out);
  return text;
}

static fact entity_of(fact_type type, int64_t entity, const char *code, fact_type above, int64_t subject) {
  fact f = fact_of(type, entity);
  f.entity = entity;
  f.code = code;
  f.subject_type = above;
  f.subject = subject;
  return f;
}

enum { SCHOOL = 1, PROGRAMME, COHORT, ACTIVITY, ANNA, BERT, CARL, ENROLLED };

/* Facts 1 to 8 have the numbers of their entities. */
static bench a_world(void) {
  bench b = bench_new();
  importing *i = bench_begin(&b, "world.csv");
  for (int k = SCHOOL; k <= ENROLLED; k++) assert_int_equal(ledger_new_entity(i), k);
  bench_put(&b, i, organization_of(SCHOOL, 1, "school", "S"));
  bench_put(&b, i, entity_of(FACT_PROGRAMME, PROGRAMME, "P", FACT_NONE, 0));
  bench_put(&b, i, entity_of(FACT_COHORT, COHORT, "P-1", FACT_PROGRAMME, PROGRAMME));
  bench_put(&b, i, entity_of(FACT_ACTIVITY, ACTIVITY, "A", FACT_COHORT, COHORT));
  for (int k = ANNA; k <= CARL; k++) bench_put(&b, i, person_of(k, k, arena_format(b.memory, "T%02d", k)));
  fact enrolled = entity_of(FACT_ENROLLMENT, ENROLLED, NULL, FACT_PERSON, BERT);
  enrolled.object = COHORT;
  bench_put(&b, i, enrolled);
  bench_commit(&b, i);
  return b;
}

static void nothing_is_touched_after_the_newest_import(void **state) {
  (void)state;
  bench b = a_world();
  assert_string_equal(changes(&b, 1), "");
  assert_string_equal(touched(&b, 1), "");
  assert_string_equal(touched(&b, 0), "person 5, person 6, person 7, organization 1, programme 2, cohort 3, activity 4,"
                                      " enrollment 8");
  bench_end(&b);
}

static void a_record_touches_those_it_is_listed_under(void **state) {
  (void)state;
  bench b = a_world();
  importing *i = bench_begin(&b, "a.csv");
  bench_put(&b, i, record_of(ANNA, 1, "training", day_of(2025, 1, 1), 1));
  bench_commit(&b, i);
  assert_string_equal(changes(&b, 1), "opened 9");
  assert_string_equal(touched(&b, 1), "person 5");

  i = bench_begin(&b, "b.csv");
  fact of_enrollment = record_of(0, 1, "attendance", day_of(2025, 1, 1), 1);
  of_enrollment.subject_type = FACT_ENROLLMENT;
  of_enrollment.subject = ENROLLED;
  bench_put(&b, i, of_enrollment);
  bench_commit(&b, i);
  assert_string_equal(touched(&b, 2), "person 6, programme 2, cohort 3, enrollment 8");
  assert_string_equal(touched(&b, 1), "person 5, person 6, programme 2, cohort 3, enrollment 8");

  i = bench_begin(&b, "c.csv");
  fact of_activity = record_of(CARL, 1, "lecture", day_of(2025, 1, 1), 1);
  of_activity.object_type = FACT_ACTIVITY;
  of_activity.object = ACTIVITY;
  bench_put(&b, i, of_activity);
  bench_commit(&b, i);
  assert_string_equal(touched(&b, 3), "person 7, programme 2, cohort 3, activity 4");
  bench_end(&b);
}

static void what_is_closed_touches_and_what_came_and_went_does_not(void **state) {
  (void)state;
  bench b = a_world();
  importing *i = bench_begin(&b, "a.csv");
  int64_t record = bench_put(&b, i, record_of(ANNA, 1, "training", day_of(2025, 1, 1), 1));
  bench_commit(&b, i);
  i = bench_begin(&b, "b.csv");
  assert_true(ledger_close_fact(i, record, b.problems));
  int64_t other = bench_put(&b, i, record_of(BERT, 1, "training", day_of(2025, 1, 1), 1));
  bench_commit(&b, i);
  assert_string_equal(changes(&b, 2), "closed 9, opened 10");
  assert_string_equal(touched(&b, 2), "person 5, person 6");
  assert_string_equal(changes(&b, 1), "opened 10");
  i = bench_begin(&b, "c.csv");
  assert_true(ledger_close_fact(i, other, b.problems));
  bench_commit(&b, i);
  assert_string_equal(touched(&b, 1), "");
  assert_string_equal(touched(&b, 3), "person 6");
  bench_end(&b);
}

static void what_is_said_of_a_merged_person_touches_whom_they_became(void **state) {
  (void)state;
  bench b = a_world();
  importing *i = bench_begin(&b, "merge");
  fact merge = fact_of(FACT_MERGE, 1);
  merge.subject = CARL;
  merge.object = BERT;
  bench_put(&b, i, merge);
  merge.subject = BERT;
  merge.object = ANNA;
  bench_put(&b, i, merge);
  bench_commit(&b, i);
  i = bench_begin(&b, "a.csv");
  bench_put(&b, i, record_of(CARL, 1, "training", day_of(2025, 1, 1), 1));
  bench_commit(&b, i);
  assert_string_equal(touched(&b, 2), "person 5, person 6, person 7");
  bench_end(&b);
}

static bool stop_at_once(void *context, const fact *f, bool opened) {
  (void)f;
  (void)opened;
  (*(int *)context)++;
  return false;
}

static void who_has_seen_enough_stops(void **state) {
  (void)state;
  bench b = a_world();
  int seen = 0;
  assert_true(ledger_changes(b.ledger, 0, stop_at_once, &seen, b.problems));
  assert_int_equal(seen, 1);
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_is_touched_after_the_newest_import),
      cmocka_unit_test(a_record_touches_those_it_is_listed_under),
      cmocka_unit_test(what_is_closed_touches_and_what_came_and_went_does_not),
      cmocka_unit_test(what_is_said_of_a_merged_person_touches_whom_they_became),
      cmocka_unit_test(who_has_seen_enough_stops),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
