#include "unit/ledger_support.h"

static void a_file_becomes_facts_and_subjects(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "名册.xlsx");
  assert_true(ledger_sheet(i, 1, "名单", b.problems));
  int64_t school = ledger_new_entity(i), second = ledger_new_entity(i), first = ledger_new_entity(i);
  bench_put(&b, i, organization_of(school, 1, "school", "大成学校"));
  bench_put(&b, i, person_of(second, 3, "T02"));
  bench_put(&b, i, person_of(first, 2, "T01"));
  fact post = fact_of(FACT_POST, 2);
  post.subject = first;
  post.object = school;
  bench_put(&b, i, post);
  bench_put(&b, i, record_of(first, 2, "training", day_of(2025, 3, 2), 8));
  bench_put(&b, i, record_of(first, 4, "training", day_of(2025, 3, 1), 6));
  fact with = record_of(second, 3, "lecture", day_of(2025, 3, 1), 2);
  with.attributes = "{\"award\":true,\"on\":{\"date\":\"2025-08\"},\"tags\":[\"b\",\"a\"],\"words\":{\"amount\":\"1."
                    "5\",\"bound\":\"at_least\"}}";
  bench_put(&b, i, with);
import done = bench_commit(& b, i);
  assert_int_equal(done.id, 1);
  assert_int_equal(done.opened, 7);
  assert_int_equal(ledger_last(b.ledger), 1);
  assert_true(digest_same(ledger_chain(b.ledger, 1), done.chain));
  assert_string_equal(ledger_sheet_name(b.ledger, 1, 1, b.memory), "名单");

  subjects *s = subjects_open(b.ledger, b.problems);
  if (s == NULL) bench_show(&b);
  assert_non_null(s);
  assert_int_equal(s->of[FACT_PERSON].count, 2);
  assert_string_equal(s->words[s->of[FACT_PERSON].code[0]], "T01");
  assert_string_equal(s->words[s->of[FACT_PERSON].code[1]], "T02");
  assert_int_equal(s->of[FACT_RECORD].count, 3);
  assert_int_equal(s->of[FACT_RECORD].row[0], 4);
  assert_int_equal(s->of[FACT_RECORD].row[1], 2);
  assert_int_equal(s->of[FACT_RECORD].subject[2], 1);
  assert_int_equal(s->of[FACT_RECORD].place[2], -1);
  assert_int_equal(s->of[FACT_RECORD].amount[0], 6 * AMOUNT_ONE);
  assert_int_equal(s->posts.offset[1], 1);
  assert_int_equal(s->staff.offset[1], 1);
  assert_int_equal(s->record_of[FACT_PERSON][2], 1);
  assert_int_equal(s->record_of[FACT_COHORT][2], -1);
  assert_string_equal(s->sources[s->of[FACT_RECORD].source[0]].file_name, "名册.xlsx");
  uint32_t from = s->of[FACT_RECORD].attribute[2], to = s->of[FACT_RECORD].attribute[3];
  assert_int_equal(to - from, 5);
  assert_string_equal(s->words[s->attributes.name[from]], "award");
  assert_int_equal(s->attributes.type[from], ATTRIBUTE_TRUTH);
  assert_int_equal(s->attributes.value[from + 1], date_of(2025, 8, 0));
  assert_string_equal(s->words[s->attributes.value[from + 2]], "b");
  assert_string_equal(s->words[s->attributes.value[from + 3]], "a");
  assert_int_equal(s->attributes.value[from + 4], 1500000);
  assert_int_equal(s->attributes.bound[from + 4], BOUND_AT_LEAST);
  assert_int_equal(subjects_word(s, "没有"), 0);
  const subject_key *keys;
  assert_int_equal(subjects_by_key(s, digest_key(digest_named("T02")), &keys), 1);
  assert_int_equal(keys->row, 1);
  assert_int_equal(keys->type, FACT_PERSON);
  subjects_close(s);
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_becomes_facts_and_subjects),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
