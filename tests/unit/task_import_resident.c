/* ID numbers: what is read, what is refused and why, what a message shows of one. The numbers belong to nobody. */
#include "check.h"

#include "task/resident.h"

#include <string.h>

static resident_problem read(const char *text, char out[RESIDENT_SIZE]) {
  arena *a = arena_new();
  resident_problem problem = resident_read(a, text, out);
  arena_free(a);
  return problem;
}

static void good_ones(void **state) {
  (void)state;
  char number[RESIDENT_SIZE];
  assert_int_equal(read("990101199203040013", number), RESIDENT_GOOD);
  assert_string_equal(number, "990101199203040013");
  assert_int_equal(read("99010119920304003x", number), RESIDENT_GOOD);
  assert_string_equal(number, "99010119920304003X");
  assert_int_equal(read(" ９９０１０１ 19920304 ００１３ ", number), RESIDENT_GOOD);
  assert_string_equal(number, "990101199203040013");
  assert_int_equal(read("'990101199203040021", number), RESIDENT_GOOD);
}

static void every_other_digit_is_found(void **state) {
  (void)state;
  const char *good = "990101199203040013";
  char number[RESIDENT_SIZE], changed[RESIDENT_SIZE];
  for (size_t at = 0; at < 18; at++)
    for (char digit = '0'; digit <= '9'; digit++) {
      memcpy(changed, good, RESIDENT_SIZE);
      changed[at] = digit;
      assert_int_equal(read(changed, number) == RESIDENT_GOOD, digit == good[at]);
    }
}

static void refused(void **state) {
  (void)state;
  char number[RESIDENT_SIZE];
  assert_int_equal(read("9.90101E+17", number), RESIDENT_SCIENTIFIC);
  assert_int_equal(read("9.90101199203040e17", number), RESIDENT_SCIENTIFIC);
  assert_int_equal(read("990101199203040000", number), RESIDENT_TAIL_LOST);
  assert_int_equal(read("990101920304001", number), RESIDENT_OLD);
  assert_int_equal(read("99010119920304001", number), RESIDENT_LENGTH);
  assert_int_equal(read("9901011992030400130", number), RESIDENT_LENGTH);
  assert_int_equal(read("99010119920304001?", number), RESIDENT_CHARACTERS);
  assert_int_equal(read("不详", number), RESIDENT_CHARACTERS);
  assert_int_equal(read("99010119921304001X", number), RESIDENT_BIRTH);
  assert_int_equal(read("990101199203040014", number), RESIDENT_CHECK);
  for (resident_problem problem = RESIDENT_SCIENTIFIC; problem <= RESIDENT_CHECK; problem++) {
    said words = resident_words(problem);
    assert_true(strlen(words.in[LANGUAGE_ZH]) > 0 && strlen(words.in[LANGUAGE_EN]) > 0);
    assert_string_not_equal(words.in[LANGUAGE_EN], resident_words(RESIDENT_GOOD).in[LANGUAGE_EN]);
  }
}

static void hashes_need_the_key(void **state) {
  (void)state;
  digest one = digest_of("one", 3), two = digest_of("two", 3);
  digest a = resident_hash(&one, "990101199203040013"), b = resident_hash(&two, "990101199203040013");
  assert_false(digest_same(a, b));
  assert_true(digest_same(a, resident_hash(&one, "990101199203040013")));
  assert_false(digest_same(a, resident_hash(&one, "990101199203040021")));
}

static void shown_masked(void **state) {
  (void)state;
  arena *a = arena_new();
  assert_string_equal(resident_masked(a, "990101199203040014"), "**************0014");
  assert_string_equal(resident_masked(a, "99010119920304001?"), "**************001?");
  assert_string_equal(resident_masked(a, "9.90101E+17"), "9.90101E+17");
  assert_string_equal(resident_masked(a, "不详"), "不详");
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(good_ones), cmocka_unit_test(every_other_digit_is_found),
                                     cmocka_unit_test(refused), cmocka_unit_test(hashes_need_the_key),
                                     cmocka_unit_test(shown_masked)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
