#include "check.h"

#include "base/fraction.h"

static fraction of(int64_t above, int64_t below) {
  fraction f;
  assert_true(fraction_make(above, below, &f));
  return f;
}

static void assert_is(fraction f, int64_t above, int64_t below) {
  assert_int_equal(f.above, above);
  assert_int_equal(f.below, below);
}

static void fractions_are_in_lowest_terms(void **state) {
  (void)state;
  assert_is(of(6, 4), 3, 2);
  assert_is(of(6, -4), -3, 2);
  assert_is(of(-6, -4), 3, 2);
  assert_is(of(0, -7), 0, 1);
  fraction f = {7, 7};
  assert_false(fraction_make(1, 0, &f));
  assert_false(fraction_make(INT64_MIN, 1, &f));
  assert_is(f, 7, 7);
  assert_is(of(INT64_MIN, 2), INT64_MIN / 2, 1);
}

static void arithmetic_is_exact(void **state) {
  (void)state;
  fraction f;
  assert_true(fraction_add(of(1, 3), of(1, 6), &f));
  assert_is(f, 1, 2);
  assert_true(fraction_subtract(of(1, 3), of(1, 2), &f));
  assert_is(f, -1, 6);
  assert_true(fraction_multiply(of(-2, 3), of(9, 4), &f));
  assert_is(f, -3, 2);
  assert_true(fraction_divide(of(2, 3), of(-4, 9), &f));
  assert_is(f, -3, 2);
  fraction sum = FRACTION_ZERO;
  for (int i = 0; i < 10; i++) assert_true(fraction_add(sum, of(1, 10), &sum));
  assert_is(sum, 1, 1);
}

static void overflow_is_told_and_changes_nothing(void **state) {
  (void)state;
  fraction f = {1, 2};
  assert_false(fraction_add(of(INT64_MAX, 1), of(1, 1), &f));
  assert_false(fraction_multiply(of(INT64_MAX, 1), of(2, 1), &f));
  assert_false(fraction_add(of(1, INT64_MAX), of(1, INT64_MAX - 1), &f));
  assert_false(fraction_divide(of(1, 1), FRACTION_ZERO, &f));
  assert_false(fraction_round(of(INT64_MAX, 1), ROUND_UP, of(INT64_MAX - 1, 1), &f));
  assert_false(fraction_round(of(1, 2), ROUND_UP, FRACTION_ZERO, &f));
  assert_false(fraction_round(of(1, 2), ROUND_UP, of(-1, 1), &f));
  assert_is(f, 1, 2);
  /* Large in between, small at the end. */
  assert_true(fraction_multiply(of(INT64_MAX, 2), of(2, INT64_MAX), &f));
  assert_is(f, 1, 1);
}

static void comparison_never_overflows(void **state) {
  (void)state;
  assert_int_equal(fraction_compare(of(INT64_MAX, INT64_MAX - 1), of(INT64_MAX - 1, INT64_MAX - 2)), -1);
  assert_int_equal(fraction_compare(of(-INT64_MAX, 1), of(INT64_MAX, 1)), -1);
  assert_int_equal(fraction_compare(of(1, 3), of(333333, 1000000)), 1);
  assert_int_equal(fraction_compare(of(2, 4), of(1, 2)), 0);
}

static void rounding_is_to_the_step(void **state) {
  (void)state;
  static const struct {
    int64_t above, below;
    rounding way;
    int64_t step_above, step_below, is_above, is_below;
  } rows[] = {
      {7, 2, ROUND_DOWN, 1, 1, 3, 1},  {-7, 2, ROUND_DOWN, 1, 1, -4, 1},  {7, 2, ROUND_UP, 1, 1, 4, 1},
      {-7, 2, ROUND_UP, 1, 1, -3, 1},  {7, 2, ROUND_HALF, 1, 1, 4, 1},    {-7, 2, ROUND_HALF, 1, 1, -4, 1},
      {10, 3, ROUND_HALF, 1, 1, 3, 1}, {11, 3, ROUND_HALF, 1, 1, 4, 1},   {-11, 3, ROUND_HALF, 1, 1, -4, 1},
      {5, 4, ROUND_HALF, 1, 2, 3, 2},  {26, 1, ROUND_DOWN, 10, 1, 20, 1}, {1, 3, ROUND_HALF, 1, 10, 3, 10},
      {3, 1, ROUND_UP, 1, 1, 3, 1},    {0, 1, ROUND_UP, 1, 1, 0, 1},      {1, 2, ROUND_DOWN, 1, 3, 1, 3},
      {-1, 3, ROUND_HALF, 1, 1, 0, 1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    fraction f;
    assert_true(
        fraction_round(of(rows[i].above, rows[i].below), rows[i].way, of(rows[i].step_above, rows[i].step_below), &f));
    assert_is(f, rows[i].is_above, rows[i].is_below);
  }
}

static void texts_go_both_ways(void **state) {
  (void)state;
  arena *a = arena_new();
  static const char *const same[] = {"0",   "12",  "-0.25", "1/3",      "-2/3",
                                     "0.5", "0.3", "1/7",   "0.000001", "9223372036854775807"};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
    fraction f;
    assert_true(fraction_read(same[i], &f));
    assert_string_equal(fraction_text(a, f), same[i]);
  }
  fraction f = {5, 1};
  assert_true(fraction_read("2/4", &f));
  assert_string_equal(fraction_text(a, f), "0.5");
  assert_true(fraction_read("1.500000", &f));
  assert_string_equal(fraction_text(a, f), "1.5");
  static const char *const wrong[] = {"",    "-",    ".5", "5.",    "1/0",   "1/-2",      "+1",
                                      "1e3", "1 ",   " 1", "０.５", "1,000", "0.0000001", "9223372036854775808",
                                      "--1", "1/2/3"};
  f = of(5, 1);
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    if (fraction_read(wrong[i], &f)) fail_msg("\"%s\" was read", wrong[i]);
  assert_is(f, 5, 1);
  assert_string_equal(fraction_text(a, of(-3, 1)), "-3");
  assert_string_equal(fraction_text(a, of(1, 64)), "0.015625");
  assert_string_equal(fraction_text(a, of(1, 128)), "1/128");
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fractions_are_in_lowest_terms),
      cmocka_unit_test(arithmetic_is_exact),
      cmocka_unit_test(overflow_is_told_and_changes_nothing),
      cmocka_unit_test(comparison_never_overflows),
      cmocka_unit_test(rounding_is_to_the_step),
      cmocka_unit_test(texts_go_both_ways),
  };
  return cmocka_run_group_tests_name("base_fraction", tests, NULL, NULL);
}
