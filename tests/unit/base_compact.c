/* Whole numbers in few bytes: they come back, in one form only; whatever else stands there is refused. */
#include "base/compact.h"
#include "check.h"

#include <string.h>

static void numbers_come_back(void **state) {
  (void)state;
  static const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384, UINT64_C(1) << 62, UINT64_MAX};
  static const size_t sizes[] = {1, 1, 1, 2, 2, 3, 9, 10};
  unsigned char bytes[COMPACT_MOST];
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    size_t size = (size_t)(compact_put(bytes, numbers[i]) - bytes);
    assert_int_equal(size, sizes[i]);
    compact_source s = {bytes, size, true};
    assert_true(compact_take(&s) == numbers[i]);
    assert_true(s.good && !s.left);
    s = (compact_source){bytes, size - 1, true}; /* cut */
    assert_int_equal(compact_take(&s), 0);
    assert_false(s.good);
  }
  static const int64_t signs[] = {0, 1, -1, 63, -64, 64, INT64_MAX, INT64_MIN};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    assert_true(compact_signed(compact_sign(signs[i])) == signs[i]);
  assert_int_equal(compact_sign(-64), 127);
}

static void other_forms_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t size;
  } bad[] = {{"\x80\x00", 2},
             {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10},
             {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    compact_source s = {(const unsigned char *)bad[i].bytes, bad[i].size, true};
    assert_int_equal(compact_take(&s), 0);
    assert_false(s.good);
    assert_int_equal(compact_byte(&s), 0); /* nothing after it is believed */
    assert_null(compact_bytes(&s, 0));
  }
  compact_source s = {(const unsigned char *)"abc", 3, true};
  assert_int_equal(compact_byte(&s), 'a');
  assert_memory_equal(compact_bytes(&s, 2), "bc", 2);
  assert_null(compact_bytes(&s, 1));
  assert_false(s.good);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_come_back), cmocka_unit_test(other_forms_are_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
