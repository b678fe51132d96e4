#include "check.h"

#include "task/seen.h"

static int64_t key_of(uint64_t number) {
  uint64_t mixed = (number + 1) * UINT64_C(0x9E3779B97F4A7C15);
  return (int64_t)((mixed ^ mixed >> 31) & INT64_MAX);
}

static void every_key_is_found_and_no_other(void **state) {
  (void)state;
  enum { KEYS = 200000 };
  seen s = {.folder = "/tmp"};
  assert_null(seen_find(&s, key_of(0)));
  for (uint64_t i = 0; i < KEYS; i++) {
    seen_soon(&s, key_of(i));
    assert_null(seen_find(&s, key_of(i)));
    seen_set(&s, key_of(i), (int64_t)i);
  }
  for (uint64_t i = 0; i < KEYS; i++) {
    const seen_key *found = seen_find(&s, key_of(i));
    assert_non_null(found);
    assert_int_equal(found->key, key_of(i));
    assert_int_equal(found->sum, i);
    assert_null(seen_find(&s, key_of(i + KEYS)));
  }
  seen_set(&s, key_of(7), -1);
  assert_int_equal(seen_find(&s, key_of(7))->sum, -1);
  assert_int_equal(s.count, KEYS);
  seen_free(&s);
  assert_null(seen_find(&s, key_of(7)));
}

/* Of one slot, and of one half that the index keeps. */
static void keys_that_are_alike_are_told_apart(void **state) {
  (void)state;
  seen s = {.folder = NULL};
  for (int64_t i = 1; i <= 400; i++) seen_set(&s, i << 40 | 5, i);
  for (int64_t i = 1; i <= 400; i++) assert_int_equal(seen_find(&s, i << 40 | 5)->sum, i);
  assert_null(seen_find(&s, INT64_C(401) << 40 | 5));
  assert_null(seen_find(&s, 5));
  seen_free(&s);
}

/* Whatever is expected, with keys there already or not, more or fewer than come. */
static void what_is_expected_changes_nothing(void **state) {
  (void)state;
  static const size_t expected[] = {0, 1, 50000, 3, SIZE_MAX / 8};
  seen s = {.folder = "/tmp"};
  for (uint64_t i = 0; i < 100000; i++) {
    if (i % 20000 == 0) seen_expect(&s, expected[i / 20000]);
    seen_set(&s, key_of(i), (int64_t)i);
    if (i == 40000) assert_int_equal(s.size, 1 << 17);
  }
  assert_true(s.size >= 1 << 20); /* as far as it is private */
  assert_true(s.size <= 1 << 22);
  for (uint64_t i = 0; i < 100000; i++) {
    assert_int_equal(seen_find(&s, key_of(i))->sum, i);
    assert_null(seen_find(&s, key_of(i + 100000)));
  }
  seen_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_key_is_found_and_no_other),
      cmocka_unit_test(what_is_expected_changes_nothing),
      cmocka_unit_test(keys_that_are_alike_are_told_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
