/* Facts that are written in batches, of a file by a thread: they are all there, in their order, under the same hash. */
#include "unit/ledger_dump.h"

enum { PEOPLE = 1500 };

static importing *begin_as(bench *b, import_kind kind) {
import head = {.kind = kind, .file_name = "a.csv", .adapter = "roster", .who = "clerk", .at = "2025-09-01T08:00:00Z" };
  importing *i = ledger_begin(b->ledger, &head, b->problems);
  assert_non_null(i);
  return i;
}

/* Of several types, with words that come up between others; every so often one is read back at once. */
static void put_many(bench *b, importing *i, int people) {
  for (int k = 0; k < people; k++) {
    int64_t entity = ledger_new_entity(i);
    int64_t person = bench_put(b, i, person_of(entity, k + 1, arena_format(b->memory, "T%05d", k)));
    fact training = record_of(entity, k + 1, k % 97 == 0 ? arena_format(b->memory, "kind %d", k) : "training",
                              day_of(2025, 1 + k % 12, 1), k % 50);
    training.attributes = k % 3 == 0 ? arena_format(b->memory, "{\"place\":\"%d\"}", k) : NULL;
    int64_t record = bench_put(b, i, training);
    if (k % 211 != 0) continue;
    fact found;
    assert_true(ledger_fact(b->ledger, FACT_PERSON, person, b->memory, &found, b->problems));
    assert_int_equal(found.entity, entity);
    assert_true(ledger_fact(b->ledger, FACT_RECORD, record, b->memory, &found, b->problems));
    assert_string_equal(found.kind, training.kind);
    assert_int_equal(found.row, k + 1);
  }
}

static void a_thread_writes_what_one_alone_would(void **state) {
  (void)state;
  digest content[2];
  for (int alone = 0; alone < 2; alone++) {
    bench b = bench_new();
    importing *i = begin_as(&b, alone ? IMPORT_ENTRY : IMPORT_FILE);
    put_many(&b, i, PEOPLE);
import done = bench_commit(& b, i);
    assert_int_equal(done.opened, 2 * PEOPLE);
    content[alone] = done.content;
    assert_true(ledger_verify(b.ledger, NULL, NULL, b.problems));
    bench_end(&b);
  }
  assert_true(digest_same(content[0], content[1]));
}

/* Columns that all rows have alike, of which one after the other begins to differ, and is alike again. */
static void what_was_alike_may_differ_later(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = begin_as(&b, IMPORT_FILE);
  int64_t person = ledger_new_entity(i), first = bench_put(&b, i, person_of(person, 1, "T1"));
  for (int k = 0; k < 4000; k++) {
    fact one = record_of(person, 2 + k, "training", day_of(2025, 1, 1), 3);
    const int part = k / 400;
    if (part == 1) one.amount = (amount){.bound = BOUND_NONE};
    if (part == 1) one.unit = NULL;
    if (part == 2) one.attributes = k % 3 == 0 ? "{\"place\":\"东\"}" : NULL;
    if (part == 3) one.level = k % 2 == 0 ? "county" : "city";
    if (part >= 4) one.amount.millionths = k % 7 == 0 ? -1500000 : 1500000;
    if (part == 5) one.until = DATE_NONE;
    if (part == 6) one.cover = k;
    if (part == 7) one.sheet = 2;
    if (k % 1000 == 999) bench_put(&b, i, person_of(ledger_new_entity(i), 10000 + k, arena_format(b.memory, "N%d", k)));
    assert_int_equal(bench_put(&b, i, one), first + 1 + k + (k + 1) / 1000);
  }
  assert_int_equal(bench_commit(&b, i).opened, 4005);
  fact found;
  assert_true(ledger_fact(b.ledger, FACT_RECORD, first + 1 + 402, b.memory, &found, b.problems));
  assert_int_equal(found.amount.bound, BOUND_NONE);
  assert_int_equal(found.row, 404);
  assert_true(ledger_verify(b.ledger, NULL, NULL, b.problems));
  bench_end(&b);
}

static void what_is_given_up_leaves_nothing(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = begin_as(&b, IMPORT_FILE);
  put_many(&b, i, 10);
  bench_commit(&b, i);
  const char *before = dump_now(&b);
  i = begin_as(&b, IMPORT_FILE);
  put_many(&b, i, PEOPLE);
  ledger_abandon(i);
  assert_string_equal(dump_now(&b), before);
  i = begin_as(&b, IMPORT_FILE);
  put_many(&b, i, 600);
  assert_int_equal(bench_commit(&b, i).opened, 1200);
  assert_true(ledger_verify(b.ledger, NULL, NULL, b.problems));
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_thread_writes_what_one_alone_would),
      cmocka_unit_test(what_was_alike_may_differ_later),
      cmocka_unit_test(what_is_given_up_leaves_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
