#include "check.h"

#include "base/arena.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void what_is_taken_is_zeroed_and_aligned(void **state) {
  (void)state;
  arena *a = arena_new();
  for (size_t size = 0; size < 200; size++) {
    unsigned char *taken = arena_take(a, size);
    assert_int_equal((uintptr_t)taken % _Alignof(max_align_t), 0);
    for (size_t i = 0; i < size; i++) assert_int_equal(taken[i], 0);
    memset(taken, 0xff, size);
  }
  arena_free(a);
  arena_free(NULL);
}

static void neighbours_do_not_overlap(void **state) {
  (void)state;
  arena *a = arena_new();
  enum { COUNT = 3000 };
  unsigned char *taken[COUNT];
  size_t sizes[COUNT];
  for (size_t i = 0; i < COUNT; i++) {
    sizes[i] = i % 7 == 0 ? (i * 977) % 70000 : i % 40;
    taken[i] = arena_take(a, sizes[i]);
    memset(taken[i], (int)(i % 251), sizes[i]);
  }
  for (size_t i = 0; i < COUNT; i++)
    for (size_t j = 0; j < sizes[i]; j++) assert_int_equal(taken[i][j], i % 251);
  arena_free(a);
}

static void after_a_reset_memory_is_zeroed_again(void **state) {
  (void)state;
  arena *a = arena_new();
  memset(arena_take(a, 100000), 0xee, 100000);
  memset(arena_take(a, 10), 0xee, 10);
  arena_reset(a);
  const unsigned char *again = arena_take(a, 100000);
  for (size_t i = 0; i < 100000; i++) assert_int_equal(again[i], 0);
  arena_free(a);
}

static void texts_are_copied(void **state) {
  (void)state;
  arena *a = arena_new();
  char text[] = "红烛 abc";
  char *copy = arena_text(a, text);
  char *part = arena_text_of(a, text, 3);
  char *made = arena_format(a, "%s-%d-%5000s", text, 7, "x");
  text[0] = '!';
  assert_string_equal(copy, "红烛 abc");
  assert_string_equal(part, "红");
  assert_int_equal(strlen(made), strlen("红烛 abc-7-") + 5000);
  assert_null(arena_text(a, NULL));
  assert_string_equal(arena_text_of(a, NULL, 0), "");
  arena_free(a);
}

static void a_growing_array_keeps_its_items(void **state) {
  (void)state;
  arena *a = arena_new();
  int *items = NULL;
  size_t count = 0, capacity = 0;
  for (int i = 0; i < 1000; i++) *ARENA_PUSH(a, items, count, capacity) = i;
  assert_int_equal(count, 1000);
  for (int i = 0; i < 1000; i++) assert_int_equal(items[i], i);
  arena_free(a);
}

static char order[8];

static void note(void *what) {
  strncat(order, what, 1);
}

static void what_is_deferred_is_done_last_one_first(void **state) {
  (void)state;
  order[0] = '\0';
  arena *a = arena_new();
  arena_defer(a, note, arena_text(a, "1")); /* what it points to may live in the arena itself */
  arena_defer(a, note, arena_text(a, "2"));
  arena_reset(a);
  assert_string_equal(order, "21");
  arena_defer(a, note, arena_text(a, "3"));
  arena_free(a);
  assert_string_equal(order, "213");
}

static int exit_code_of(void (*body)(void)) {
  pid_t child = fork();
  if (child == 0) {
    close(STDERR_FILENO);
    body();
    _exit(0);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void take_an_overflowing_array(void) {
  arena_array(arena_new(), SIZE_MAX / 2, 4);
}
static void take_the_largest_size(void) {
  arena_take(arena_new(), SIZE_MAX);
}

static void what_cannot_be_had_ends_the_program_with_70(void **state) {
  (void)state;
  assert_int_equal(exit_code_of(take_an_overflowing_array), 70);
  assert_int_equal(exit_code_of(take_the_largest_size), 70);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_taken_is_zeroed_and_aligned),
      cmocka_unit_test(neighbours_do_not_overlap),
      cmocka_unit_test(after_a_reset_memory_is_zeroed_again),
      cmocka_unit_test(texts_are_copied),
      cmocka_unit_test(a_growing_array_keeps_its_items),
      cmocka_unit_test(what_is_deferred_is_done_last_one_first),
      cmocka_unit_test(what_cannot_be_had_ends_the_program_with_70),
  };
  return cmocka_run_group_tests_name("base_arena", tests, NULL, NULL);
}
