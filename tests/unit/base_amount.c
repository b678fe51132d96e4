#include "check.h"

#include "base/amount.h"

static void assert_reads(const char *text, int decimals, const char *unit, int64_t millionths, bound known) {
  amount value = {-1, BOUND_NONE};
  amount_problem problem = amount_read(text, decimals, unit, &value);
  if (problem != AMOUNT_GOOD) fail_msg("\"%s\" was not read: %d", text, problem);
  if (value.millionths != millionths || value.bound != known)
    fail_msg("\"%s\" is %ld, bound %d", text, (long)value.millionths, value.bound);
}

static void assert_refused(const char *text, int decimals, const char *unit, amount_problem why) {
  amount value = {-1, BOUND_NONE};
  amount_problem problem = amount_read(text, decimals, unit, &value);
  if (problem != why) fail_msg("\"%s\": %d", text, problem);
  assert_int_equal(value.millionths, -1);
}

static void numbers_are_read(void **state) {
  (void)state;
  assert_reads("12", 0, NULL, 12 * AMOUNT_ONE, BOUND_EXACT);
  assert_reads("12.5", 1, "学时", 12500000, BOUND_EXACT);
  assert_reads("12.50学时", 1, "学时", 12500000, BOUND_EXACT);
  assert_reads("12.000000000", 0, NULL, 12 * AMOUNT_ONE, BOUND_EXACT);
  assert_reads("0.000001", 6, NULL, 1, BOUND_EXACT);
  assert_reads("1,234", 0, "人", 1234 * AMOUNT_ONE, BOUND_EXACT);
  assert_reads("１２．５", 1, NULL, 12500000, BOUND_EXACT);
  assert_reads("　８ 节 ", 0, "节", 8 * AMOUNT_ONE, BOUND_EXACT);
  assert_reads("0", 0, NULL, 0, BOUND_EXACT);
  assert_reads("10万", 0, "字", 100000 * AMOUNT_ONE, BOUND_EXACT);
  assert_reads("1.25万字", 0, "字", 12500 * AMOUNT_ONE, BOUND_EXACT);
  assert_reads("", 0, NULL, 0, BOUND_NONE);
  assert_reads(" 　", 0, "人", 0, BOUND_NONE);
}

static void bounds_are_read(void **state) {
  (void)state;
  static const char *const least[] = {"200余",   "200余人", "200多名",  "200 余",      "200+",     ">=200",    "≥200",
                                      "200以上", "至少200", "over 200", "不少于200人", "２００余", "200人以上"};
  for (size_t i = 0; i < sizeof least / sizeof *least; i++)
    assert_reads(least[i], 0, "人", 200 * AMOUNT_ONE, BOUND_AT_LEAST);
  static const char *const most[] = {"近70", "近70人", "nearly 70", "<=70", "不足70", "70以内", "至多70"};
  for (size_t i = 0; i < sizeof most / sizeof *most; i++)
    assert_reads(most[i], 0, "人", 70 * AMOUNT_ONE, BOUND_AT_MOST);
  assert_reads("10万余", 0, "字", 100000 * AMOUNT_ONE, BOUND_AT_LEAST);
  assert_reads("10万余字", 0, "字", 100000 * AMOUNT_ONE, BOUND_AT_LEAST);
  assert_reads("10余万字", 0, "字", 100000 * AMOUNT_ONE, BOUND_AT_LEAST);
  static const char *const unknown[] = {"多", "多名", "若干", "若干人", "several", "不详"};
  for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) assert_reads(unknown[i], 0, "人", 0, BOUND_UNKNOWN);
}

static void what_is_no_amount_is_refused(void **state) {
  (void)state;
  static const char *const wrong[] = {"abc",      "-5",     "1,23", "12,3456", "1,,234", ",123",   "12.",
                                      "3.62E+17", "1/3",    "约70", "近",      "余",     "5-6",    "12 13",
                                      "200余余",  "近70余", "缺考", "多云",    "--",     "200余只"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_refused(wrong[i], 0, "人", AMOUNT_NOT_A_NUMBER);
  assert_refused("12节", 0, "人", AMOUNT_NOT_A_NUMBER);
  assert_refused("12名", 0, "学时", AMOUNT_NOT_A_NUMBER);
}

static void decimals_and_size_are_limited(void **state) {
  (void)state;
  assert_refused("12.5", 0, NULL, AMOUNT_TOO_PRECISE);
  assert_refused("12.55", 1, NULL, AMOUNT_TOO_PRECISE);
  assert_refused("0.0000001", 6, NULL, AMOUNT_TOO_PRECISE);
  assert_refused("0.00000000000000000000000000001", 6, NULL, AMOUNT_TOO_PRECISE);
  assert_refused("0.12345万", 0, NULL, AMOUNT_TOO_PRECISE);
  assert_reads("9223372036854", 0, NULL, INT64_C(9223372036854) * AMOUNT_ONE, BOUND_EXACT);
  assert_refused("9223372036855", 0, NULL, AMOUNT_TOO_LARGE);
  assert_refused("99999999999999999999", 0, NULL, AMOUNT_TOO_LARGE);
  assert_refused("9223372036万亿", 0, NULL, AMOUNT_TOO_LARGE);
}

static void amounts_are_worded(void **state) {
  (void)state;
  arena *a = arena_new();
  static const struct {
    amount value;
    const char *zh, *en;
  } rows[] = {
      {{12500000, BOUND_EXACT}, "12.5", "12.5"},
      {{200 * AMOUNT_ONE, BOUND_AT_LEAST}, "200余", "200+"},
      {{70 * AMOUNT_ONE, BOUND_AT_MOST}, "近70", "nearly 70"},
      {{0, BOUND_UNKNOWN}, "多", "unknown"},
      {{0, BOUND_NONE}, "", ""},
      {{0, BOUND_EXACT}, "0", "0"},
      {{-1500000, BOUND_EXACT}, "-1.5", "-1.5"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_string_equal(amount_text(a, rows[i].value, LANGUAGE_ZH), rows[i].zh);
    assert_string_equal(amount_text(a, rows[i].value, LANGUAGE_EN), rows[i].en);
  }
  arena_free(a);
}

static void figures_are_printed_as_bureaux_do(void **state) {
  (void)state;
  arena *a = arena_new();
  static const struct {
    int64_t value;
    bound known;
    published style;
    const char *zh, *en;
  } rows[] = {
      {207, BOUND_EXACT, {0}, "200余", "200+"},
      {53, BOUND_EXACT, {0}, "50余", "50+"},
      {73, BOUND_EXACT, {0}, "70余", "70+"},
      {113, BOUND_EXACT, {0}, "110余", "110+"},
      {183, BOUND_EXACT, {0}, "180余", "180+"},
      {306, BOUND_EXACT, {0}, "300余", "300+"},
      {506, BOUND_EXACT, {.word = "多"}, "500多", "500+"},
      {4623, BOUND_EXACT, {0}, "4600余", "4600+"},
      {103412, BOUND_EXACT, {.scale = 10000}, "10万余", "100000+"},
      {183412, BOUND_EXACT, {.scale = 10000}, "18万余", "180000+"},
      {1234567, BOUND_EXACT, {.scale = 10000}, "120万余", "1200000+"},
      {200, BOUND_EXACT, {0}, "200", "200"},
      {100000, BOUND_EXACT, {.scale = 10000}, "10万", "100000"},
      {200, BOUND_AT_LEAST, {0}, "200余", "200+"},
      {207, BOUND_AT_LEAST, {.word = "近"}, "200余", "200+"},
      {67, BOUND_EXACT, {.word = "近"}, "近70", "nearly 70"},
      {70, BOUND_EXACT, {.word = "近"}, "70", "70"},
      {70, BOUND_AT_MOST, {0}, "近70", "nearly 70"},
      {67, BOUND_AT_MOST, {0}, "近70", "nearly 70"},
      {4623, BOUND_EXACT, {.grain = 1000}, "4000余", "4000+"},
      {4623, BOUND_EXACT, {.exact = true}, "4623", "4623"},
      {7, BOUND_EXACT, {0}, "7", "7"}, /* "0余" would say nothing */
      {3412, BOUND_EXACT, {.scale = 10000}, "3412", "3412"},
      {0, BOUND_EXACT, {0}, "0", "0"},
      {0, BOUND_UNKNOWN, {0}, "多", "unknown"},
      {0, BOUND_NONE, {0}, "", ""},
      {103412, BOUND_EXACT, {.scale = 10000, .exact = true}, "10.3412万", "103412"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    amount value = {rows[i].value * AMOUNT_ONE, rows[i].known};
    assert_string_equal(amount_published(a, value, rows[i].style, LANGUAGE_ZH), rows[i].zh);
    assert_string_equal(amount_published(a, value, rows[i].style, LANGUAGE_EN), rows[i].en);
  }
  /* Less than a whole unit left over is something left over. */
  assert_string_equal(amount_published(a, (amount){200500000, BOUND_EXACT}, (published){0}, LANGUAGE_ZH), "200余");
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_read),
      cmocka_unit_test(bounds_are_read),
      cmocka_unit_test(what_is_no_amount_is_refused),
      cmocka_unit_test(decimals_and_size_are_limited),
      cmocka_unit_test(amounts_are_worded),
      cmocka_unit_test(figures_are_printed_as_bureaux_do),
  };
  return cmocka_run_group_tests_name("base_amount", tests, NULL, NULL);
}
