/* What the system says of an error, in both languages. */
#include "base/system.h"
#include "check.h"

#include <errno.h>

static void usual_errors_have_chinese_words(void **state) {
  (void)state;
  assert_string_equal(system_words(ENOENT).in[LANGUAGE_EN], "No such file or directory");
  assert_string_equal(system_words(ENOENT).in[LANGUAGE_ZH], "没有这个文件或文件夹");
  assert_string_equal(system_words(ENOSPC).in[LANGUAGE_ZH], "磁盘已满");
}

static void other_errors_keep_the_systems_own(void **state) {
  (void)state;
  assert_string_equal(system_words(EL2HLT).in[LANGUAGE_EN], system_words(EL2HLT).in[LANGUAGE_ZH]);
}

static void an_error_that_is_none_is_called_unknown(void **state) {
  (void)state;
  assert_string_equal(system_words(99999).in[LANGUAGE_EN], "unknown error");
  assert_string_equal(system_words(-1).in[LANGUAGE_ZH], "原因不明");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(usual_errors_have_chinese_words),
      cmocka_unit_test(other_errors_keep_the_systems_own),
      cmocka_unit_test(an_error_that_is_none_is_called_unknown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
