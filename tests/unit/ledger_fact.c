/* What a fact says and is hashed by, and which members its type has. */
#include "unit/ledger_support.h"

#include "ledger/columns.h"

static void types_have_names(void **state) {
  (void)state;
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++)
    assert_int_equal(fact_type_named(fact_type_name(type)), type);
  assert_int_equal(fact_type_named("teacher"), FACT_NONE);
  assert_string_equal(fact_type_name(FACT_NONE), "none");
  assert_true(fact_is_entity(FACT_ENROLLMENT));
  assert_false(fact_is_entity(FACT_RECORD));
  assert_false(fact_is_entity(FACT_POST));
}

static void content_is_what_is_said_not_where(void **state) {
  (void)state;
  arena *a = arena_new();
  fact f = record_of(1, 2, "lecture", day_of(2025, 3, 1), 2);
  f.attributes = "{}";
  digest content = fact_content(a, &f);
  fact same = f;
  same.id = 9;
  same.import = 8;
  same.source = 7;
  same.sheet = 6;
  same.row = 5;
  same.part = 4;
  assert_true(digest_same(content, fact_content(a, &same)));
  /* Each of these is something else. */
  fact other[16];
  size_t n = 0;
  for (size_t k = 0; k < 16; k++) other[k] = f;
  other[n++].key = 1;
  other[n++].cover = 1;
  other[n++].subject = 2;
  other[n++].subject_type = FACT_ORGANIZATION;
  other[n++].place = 1;
  other[n++].kind = "award";
  other[n++].level = "lecture";
  other[n++].mode = "lecture";
  other[n++].status = "";
  other[n++].since = date_of(2025, 3, 0);
  other[n++].until = DATE_NONE;
  other[n++].amount.millionths++;
  other[n++].amount.bound = BOUND_AT_LEAST;
  other[n++].unit = NULL;
  other[n++].attributes = NULL;
  for (size_t k = 0; k < n; k++) {
    for (size_t m = 0; m < k; m++) assert_false(digest_same(fact_content(a, &other[k]), fact_content(a, &other[m])));
    assert_false(digest_same(content, fact_content(a, &other[k])));
  }
  /* A number that means nothing says nothing. */
  fact without = f;
  without.amount = (amount){0, BOUND_NONE};
  fact noise = without;
  noise.amount.millionths = 5;
  assert_true(digest_same(fact_content(a, &without), fact_content(a, &noise)));
  arena_free(a);
}

static void texts_and_numbers_cannot_be_mistaken_for_each_other(void **state) {
  (void)state;
  arena *a = arena_new();
  fact f = organization_of(1, 1, "ab", "c"), g = organization_of(1, 1, "a", "bc");
  assert_false(digest_same(fact_content(a, &f), fact_content(a, &g)));
  f.name = "";
  g = f;
  g.name = NULL;
  assert_false(digest_same(fact_content(a, &f), fact_content(a, &g)));
  fact person = person_of(1, 1, "T01");
  fact identified = person;
  identified.has_id = true;
  assert_false(digest_same(fact_content(a, &person), fact_content(a, &identified)));
  arena_free(a);
}

static void misfits_are_named(void **state) {
  (void)state;
  fact f = record_of(1, 2, "lecture", day_of(2025, 3, 1), 2);
  assert_null(fact_misfit(&f));
  f.name = "x";
  assert_string_equal(fact_misfit(&f), "name");
  fact merge = fact_of(FACT_MERGE, 1);
  merge.attributes = "{}";
  assert_string_equal(fact_misfit(&merge), "attributes");
  fact person = person_of(1, 1, "T");
  person.since = date_of(2025, 0, 0);
  assert_string_equal(fact_misfit(&person), "since");
}

static void checksums_notice_every_bit(void **state) {
  (void)state;
  unsigned char bytes[300];
  for (size_t k = 0; k < sizeof bytes; k++) bytes[k] = (unsigned char)(k * 7);
  for (size_t size = 0; size <= sizeof bytes; size += 13) {
    uint64_t sum = checksum_of(bytes, size);
    assert_true(size == 0 || checksum_of(bytes, size - 1) != sum);
    for (size_t bit = 0; bit < 8 * size; bit++) {
      bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
      assert_true((uint32_t)checksum_of(bytes, size) != (uint32_t)sum);
      bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
  }
}

static void two_checksums_are_those_of_each(void **state) {
  (void)state;
  unsigned char bytes[512];
  for (size_t k = 0; k < sizeof bytes; k++) bytes[k] = (unsigned char)(k * k + 3);
  for (size_t size = 0; size <= sizeof bytes / 2; size += 32) {
    uint64_t sums[2];
    checksums_of_two(bytes, size, sums);
    assert_true(sums[0] == checksum_of(bytes, size) && sums[1] == checksum_of(bytes + size, size));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(types_have_names),
      cmocka_unit_test(content_is_what_is_said_not_where),
      cmocka_unit_test(texts_and_numbers_cannot_be_mistaken_for_each_other),
      cmocka_unit_test(misfits_are_named),
      cmocka_unit_test(checksums_notice_every_bit),
      cmocka_unit_test(two_checksums_are_those_of_each),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
