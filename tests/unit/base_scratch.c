#include "check.h"

#include "base/scratch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void grows_and_keeps_what_it_has(scratch *s) {
  size_t count = 0;
  for (size_t size = 100; size < 4000000; size = size * 3 + 1) {
    size_t more = size / sizeof(uint32_t);
    uint32_t *numbers = scratch_grow(s, size);
    for (size_t i = 0; i < count; i++) assert_int_equal(numbers[i], i * 7 + 1);
    for (size_t i = count; i < more; i++) assert_int_equal(numbers[i], 0);
    for (size_t i = count; i < more; i++) numbers[i] = (uint32_t)i * 7 + 1;
    count = more;
    assert_ptr_equal(scratch_grow(s, 1), numbers);
  }
  scratch_free(s);
  scratch_free(s);
}

static void room_lies_in_a_folder_and_leaves_nothing(void **state) {
  (void)state;
  char folder[] = "/tmp/hongzhu-scratch-XXXXXX";
  assert_non_null(mkdtemp(folder));
  scratch s = {.folder = folder};
  grows_and_keeps_what_it_has(&s);
  assert_int_equal(rmdir(folder), 0);
}

static void without_a_folder_there_is_room_all_the_same(void **state) {
  (void)state;
  scratch s = {0};
  grows_and_keeps_what_it_has(&s);
  scratch other = {.folder = "/nowhere/at/all"};
  grows_and_keeps_what_it_has(&other);
}

static void memory_becomes_a_file_when_it_is_large(void **state) {
  (void)state;
  char folder[] = "/tmp/hongzhu-scratch-XXXXXX";
  assert_non_null(mkdtemp(folder));
  size_t count = 10;
  uint32_t *numbers = large_take(folder, count * sizeof *numbers);
  for (size_t i = 0; i < count; i++) assert_int_equal(numbers[i], 0);
  for (size_t more = 100; more < 2000000; more *= 5) {
    for (size_t i = 0; i < count; i++) numbers[i] = (uint32_t)i * 3 + 2;
    numbers = large_resize(numbers, more * sizeof *numbers);
    for (size_t i = 0; i < count; i++) assert_int_equal(numbers[i], i * 3 + 2);
    for (size_t i = count; i < more; i++) assert_int_equal(numbers[i], 0);
    assert_ptr_equal(large_resize(numbers, 8), numbers);
    count = more;
  }
  uint32_t *other = large_take(NULL, 5000000);
  assert_int_equal(other[1000000], 0);
  assert_int_equal((uintptr_t)other % 16, 0);
  large_free(other);
  large_free(numbers);
  large_free(NULL);
  assert_int_equal(rmdir(folder), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(room_lies_in_a_folder_and_leaves_nothing),
      cmocka_unit_test(memory_becomes_a_file_when_it_is_large),
      cmocka_unit_test(without_a_folder_there_is_room_all_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
