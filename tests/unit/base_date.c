#include "check.h"

#include "base/date.h"

#include <string.h>

static void days_count_from_1970(void **state) {
  (void)state;
  assert_int_equal(day_of(1970, 1, 1), 0);
  assert_int_equal(day_of(1970, 1, 2), 1);
  assert_int_equal(day_of(1969, 12, 31), -1);
  assert_int_equal(day_of(2000, 3, 1), 11017);
  assert_int_equal(day_of(2025, 8, 15), 20315);
  assert_int_equal(day_of(2025, 2, 29), DAY_NONE);
  assert_int_equal(day_of(1900, 2, 29), DAY_NONE);
  assert_int_not_equal(day_of(2000, 2, 29), DAY_NONE);
  assert_int_equal(day_of(2025, 4, 31), DAY_NONE);
  assert_int_equal(day_of(2025, 13, 1), DAY_NONE);
  assert_int_equal(day_of(2025, 1, 0), DAY_NONE);
  assert_int_equal(day_of(999, 12, 31), DAY_NONE);
  assert_int_equal(day_of(10000, 1, 1), DAY_NONE);
}

static void every_day_has_its_parts(void **state) {
  (void)state;
  day expected = day_of(1000, 1, 1);
  for (int year = 1000; year <= 9999; year++)
    for (int month = 1; month <= 12; month++)
      for (int month_day = 1; month_day <= 31; month_day++) {
        day d = day_of(year, month, month_day);
        if (d == DAY_NONE) continue;
        int y, m, md;
        day_parts(d, &y, &m, &md);
        if (d != expected || y != year || m != month || md != month_day) fail_msg("%d-%d-%d", year, month, month_day);
        expected++;
      }
  assert_int_equal(expected, day_of(9999, 12, 31) + 1);
}

static void months_are_clamped_when_added(void **state) {
  (void)state;
  assert_int_equal(day_add(day_of(2024, 2, 29), 1, 0, 0), day_of(2025, 2, 28));
  assert_int_equal(day_add(day_of(2024, 2, 29), 4, 0, 0), day_of(2028, 2, 29));
  assert_int_equal(day_add(day_of(2025, 1, 31), 0, 1, 0), day_of(2025, 2, 28));
  assert_int_equal(day_add(day_of(2025, 1, 31), 0, -2, 1), day_of(2024, 12, 1));
  assert_int_equal(day_add(day_of(2025, 8, 15), 5, 0, -1), day_of(2030, 8, 14));
  assert_int_equal(day_add(day_of(9999, 12, 31), 0, 0, 1), DAY_NONE);
  assert_int_equal(day_add(day_of(1000, 1, 1), 0, -1, 0), DAY_NONE);
  assert_int_equal(day_add(DAY_EVER, 1, 0, 0), DAY_EVER);
  assert_int_equal(day_add(DAY_NONE, 1, 0, 0), DAY_NONE);
  assert_int_equal(day_add(day_of(2025, 1, 1), INT32_MAX, INT32_MAX, INT32_MAX), DAY_NONE);
}

static void a_day_is_read_and_written_in_one_form(void **state) {
  (void)state;
  day d = 7;
  assert_true(day_read("2025-08-15", &d));
  assert_int_equal(d, day_of(2025, 8, 15));
  static const char *const wrong[] = {"", "2025-8-15", "2025-08-32", "2025-08-15 ", "2025/08/15", "20250815", "x"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(day_read(wrong[i], &d));
  assert_int_equal(d, day_of(2025, 8, 15)); /* left alone */
  char out[11];
  day_write(d, out);
  assert_string_equal(out, "2025-08-15");
  day_write(DAY_NONE, out);
  assert_string_equal(out, "");
}

static void what_the_field_writes_is_read(void **state) {
  (void)state;
  static const char *const good[][2] = {
      {"2025-08-15", "2025-08-15"},
      {"2025-8-5", "2025-08-05"},
      {"2025.8.15", "2025-08-15"},
      {"2025/8/15", "2025-08-15"},
      {"20250815", "2025-08-15"},
      {"2025年8月15日", "2025-08-15"},
      {"2025年8月15号", "2025-08-15"},
      {"2025 年 8 月 15 日", "2025-08-15"},
      {"2025年8月", "2025-08"},
      {"2025年08月份", "2025-08"},
      {"2025-08", "2025-08"},
      {"2025/8", "2025-08"},
      {"2025.08", "2025-08"},
      {"2025.10", "2025-10"},
      {"202508", "2025-08"},
      {"2025", "2025"},
      {"2025年", "2025"},
      {"２０２５．８．１５", "2025-08-15"},
      {"２０２５年８月", "2025-08"},
      {"　2025-08-15　", "2025-08-15"},
      {"2025-08-15 00:00:00", "2025-08-15"},
      {"2025-08-15T23:59:59.999Z", "2025-08-15"},
      {"2025-08-15T08:30:00+08:00", "2025-08-15"},
      {"2025/8/15 8:30", "2025-08-15"},
      {"2025/8/15 8:30:00 PM", "2025-08-15"},
      {"2025/8/15 下午 8:30", "2025-08-15"},
      {"2025年8月15日08:30", "2025-08-15"},
      {"20250815 083000", NULL},
      {"2025.1", NULL}, /* January, or October after a spreadsheet */
      {"2025.0", NULL},
      {"2025-13", NULL},
      {"202513", NULL},
      {"20250230", NULL},
      {"2025-02-29", NULL},
      {"2025-8/15", NULL},
      {"2025-08-15x", NULL},
      {"2025-08-15 25:00", NULL},
      {"2025年8", NULL},
      {"2025年8月15", NULL},
      {"2025年0月", NULL},
      {"25-08-15", NULL},
      {"15/8/2025", NULL},
      {"45884", NULL}, /* a spreadsheet's serial number is its reader's to turn into a date */
      {"0999", NULL},
      {"", NULL},
      {"待定", NULL},
  };
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    date d = DATE_NONE;
    bool read = date_read(good[i][0], &d);
    if (read != (good[i][1] != NULL)) fail_msg("\"%s\" %s", good[i][0], read ? "was read" : "was not read");
    if (!read) {
      assert_int_equal(d, DATE_NONE);
      continue;
    }
    char out[11];
    date_write(d, out);
    assert_string_equal(out, good[i][1]);
    date again = DATE_NONE;
    assert_true(date_read(out, &again));
    assert_int_equal(again, d);
  }
}

static void a_date_is_an_interval(void **state) {
  (void)state;
  date year = date_of(2024, 0, 0), month = date_of(2024, 2, 0), one = date_of(2024, 2, 29);
  assert_int_equal(date_first(year), day_of(2024, 1, 1));
  assert_int_equal(date_last(year), day_of(2024, 12, 31));
  assert_int_equal(date_first(month), day_of(2024, 2, 1));
  assert_int_equal(date_last(month), day_of(2024, 2, 29));
  assert_int_equal(date_first(one), date_last(one));
  assert_int_equal(date_precision(year), PRECISION_YEAR);
  assert_int_equal(date_precision(month), PRECISION_MONTH);
  assert_int_equal(date_precision(one), PRECISION_DAY);
  assert_true(year < month && month < one); /* sorted by first day */
  date old = date_of(1949, 10, 0);          /* before 1970 the first day is negative */
  assert_int_equal(date_first(old), day_of(1949, 10, 1));
  assert_int_equal(date_last(old), day_of(1949, 10, 31));
  assert_int_equal(date_precision(old), PRECISION_MONTH);
  assert_int_equal(date_of(2024, 0, 3), DATE_NONE);
  assert_int_equal(date_first(DATE_NONE), DAY_NONE);
  assert_int_equal(date_last(DATE_NONE), DAY_NONE);
  assert_int_equal(date_of_day(DAY_EVER), DATE_NONE);
  assert_int_equal(date_of_day(day_of(2024, 2, 29)), one);
}

static void dates_are_worded_in_both_languages(void **state) {
  (void)state;
  arena *a = arena_new();
  assert_string_equal(date_text(a, date_of(2025, 8, 15), LANGUAGE_ZH), "2025年8月15日");
  assert_string_equal(date_text(a, date_of(2025, 8, 15), LANGUAGE_EN), "15 Aug 2025");
  assert_string_equal(date_text(a, date_of(2025, 8, 0), LANGUAGE_ZH), "2025年8月");
  assert_string_equal(date_text(a, date_of(2025, 8, 0), LANGUAGE_EN), "Aug 2025");
  assert_string_equal(date_text(a, date_of(2025, 0, 0), LANGUAGE_ZH), "2025年");
  assert_string_equal(date_text(a, date_of(2025, 0, 0), LANGUAGE_EN), "2025");
  assert_string_equal(date_text(a, DATE_NONE, LANGUAGE_ZH), "");
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(days_count_from_1970),
      cmocka_unit_test(every_day_has_its_parts),
      cmocka_unit_test(months_are_clamped_when_added),
      cmocka_unit_test(a_day_is_read_and_written_in_one_form),
      cmocka_unit_test(what_the_field_writes_is_read),
      cmocka_unit_test(a_date_is_an_interval),
      cmocka_unit_test(dates_are_worded_in_both_languages),
  };
  return cmocka_run_group_tests_name("base_date", tests, NULL, NULL);
}
