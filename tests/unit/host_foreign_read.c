#include "check.h"

#include "host/foreign_wire.h"

/* A million people with fifty records each, twice over: a row of a line, its cells with a length and a NUL each. */
static void a_province_is_not_endless(void **state) {
  (void)state;
  const uint64_t rows = 100000000, row_bytes = 51, cells = 6;
  reading_limits most = foreign_reading_limits(rows * row_bytes);
  assert_true((uint64_t)most.rows >= rows);
  assert_true(most.bytes >= rows * (sizeof(row_head) + cells * sizeof(uint32_t) + row_bytes));
  assert_true(most.seconds > 3600);
}

/* The shortest rows of a text, and the shortest cells. */
static void short_rows_are_not_endless(void **state) {
  (void)state;
  const uint64_t size = UINT64_C(1) << 32;
  reading_limits most = foreign_reading_limits(size);
  assert_true((uint64_t)most.rows >= size / 2);
  assert_true(most.bytes >= size / 2 * (sizeof(row_head) + sizeof(uint32_t) + 2));
  assert_true(most.bytes >= size * (sizeof(uint32_t) + 1));
}

static void what_a_small_file_gives_has_an_end(void **state) {
  (void)state;
  reading_limits none = foreign_reading_limits(0), small = foreign_reading_limits(1 << 20);
  assert_int_equal(none.rows, 20000000);
  assert_int_equal(none.bytes, UINT64_C(4) << 30);
  assert_int_equal(none.seconds, 600);
  assert_int_equal(small.rows, none.rows);
  assert_int_equal(small.bytes, none.bytes);
}

static void no_size_overflows(void **state) {
  (void)state;
  uint64_t before = 0;
  for (int bit = 0; bit < 64; bit++) {
    reading_limits most = foreign_reading_limits(UINT64_C(1) << bit);
    assert_true(most.rows >= 20000000 && most.bytes >= before && most.seconds >= 600 && most.seconds < 1000000000);
    before = most.bytes;
  }
  assert_int_equal(foreign_reading_limits(UINT64_MAX).bytes, before);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_province_is_not_endless),
      cmocka_unit_test(short_rows_are_not_endless),
      cmocka_unit_test(what_a_small_file_gives_has_an_end),
      cmocka_unit_test(no_size_overflows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
