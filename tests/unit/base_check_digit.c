/* The check characters of ISO/IEC 7064: published examples, and that every slip of the pen is found. */
#include "base/check_digit.h"
#include "check.h"

#include <string.h>

static void published_examples(void **state) {
  (void)state;
  assert_int_equal(check_digit(CHECK_MOD_11_2, "0794"), '0');
  assert_int_equal(check_digit(CHECK_MOD_11_2, "11010519491231002"), 'X'); /* the example of GB 11643 */
  assert_int_equal(check_digit(CHECK_MOD_37_2, "G123489654321"), 'Y');
}

static void separators_count_for_nothing(void **state) {
  (void)state;
  assert_int_equal(check_digit(CHECK_MOD_11_2, "07-9 4/"), '0');
  assert_true(check_digit_fits(CHECK_MOD_11_2, "2025-0001"));
  assert_false(check_digit_fits(CHECK_MOD_11_2, "A-2025"));
  assert_true(check_digit_fits(CHECK_MOD_37_2, "A-2025"));
  assert_false(check_digit_fits(CHECK_MOD_37_2, "a-2025"));
  assert_false(check_digit_fits(CHECK_MOD_37_2, "海西-2025"));
  assert_false(check_digit_fits(CHECK_MOD_11_2, "--"));
}

static void every_wrong_or_exchanged_character_is_found(void **state) {
  (void)state;
  static const char *const numbers[] = {"632800202500417", "HX2025GP0040"};
  static const char *const letters[] = {"0123456789", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"};
  for (int s = 0; s < CHECK_SYSTEMS; s++) {
    char right = check_digit((check_system)s, numbers[s]), text[32];
    for (size_t i = 0; i < strlen(numbers[s]); i++) {
      for (const char *other = letters[s]; *other != '\0'; other++) {
        strcpy(text, numbers[s]);
        if (text[i] == *other) continue;
        text[i] = *other;
        assert_int_not_equal(check_digit((check_system)s, text), right);
      }
      strcpy(text, numbers[s]);
      if (text[i + 1] == '\0' || text[i] == text[i + 1]) continue;
      text[i] = numbers[s][i + 1];
      text[i + 1] = numbers[s][i];
      assert_int_not_equal(check_digit((check_system)s, text), right);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(published_examples),
                                     cmocka_unit_test(separators_count_for_nothing),
                                     cmocka_unit_test(every_wrong_or_exchanged_character_is_found)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
