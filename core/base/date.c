#include "base/date.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_LEAST = 1000, YEAR_MOST = 9999 };

static bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/* Years are counted from March so that the day that comes and goes stands last; 719468 is 1970-01-01 from 0000-03-01.
 */
day day_of(int year, int month, int month_day) {
  if (year < YEAR_LEAST || year > YEAR_MOST || month < 1 || month > 12) return DAY_NONE;
  if (month_day < 1 || month_day > month_length(year, month)) return DAY_NONE;
  int from_march = month > 2 ? month - 3 : month + 9;
  int march_year = month > 2 ? year : year - 1;
  int day_of_year = (153 * from_march + 2) / 5 + month_day - 1;
  return march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 + day_of_year - 719468;
}

void day_parts(day d, int *year, int *month, int *month_day) {
  int64_t count = (int64_t)d + 719468;
  int64_t era = (count >= 0 ? count : count - 146096) / 146097;
  int64_t day_of_era = count - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t from_march = (5 * day_of_year + 2) / 153;
  *month_day = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
  *month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
  *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

static bool day_is_real(day d) {
  return d >= day_of(YEAR_LEAST, 1, 1) && d <= day_of(YEAR_MOST, 12, 31);
}

day day_add(day d, int years, int months, int days) {
  if (d == DAY_NONE || d == DAY_EVER) return d;
  if (!day_is_real(d)) return DAY_NONE;
  int year, month, month_day;
  day_parts(d, &year, &month, &month_day);
  int64_t month_count = ((int64_t)year + years) * 12 + month - 1 + months;
  if (month_count < YEAR_LEAST * 12 || month_count > YEAR_MOST * 12 + 11) return DAY_NONE;
  year = (int)(month_count / 12);
  month = (int)(month_count % 12) + 1;
  int last = month_length(year, month);
  int64_t sum = (int64_t)day_of(year, month, month_day < last ? month_day : last) + days;
  if (sum < day_of(YEAR_LEAST, 1, 1) || sum > day_of(YEAR_MOST, 12, 31)) return DAY_NONE;
  return (day)sum;
}

static bool all_digits(const char *text, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (text[i] < '0' || text[i] > '9') return false;
  return true;
}

static int number_of(const char *digits, int count) {
  int value = 0;
  for (int i = 0; i < count; i++) value = value * 10 + (digits[i] - '0');
  return value;
}

bool day_read(const char *iso, day *out) {
  if (strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-') return false;
  if (!all_digits(iso, 4) || !all_digits(iso + 5, 2) || !all_digits(iso + 8, 2)) return false;
  day d = day_of(number_of(iso, 4), number_of(iso + 5, 2), number_of(iso + 8, 2));
  if (d == DAY_NONE) return false;
  *out = d;
  return true;
}

void day_write(day d, char out[11]) {
  if (!day_is_real(d)) {
    out[0] = '\0';
    return;
  }
  int year, month, month_day;
  day_parts(d, &year, &month, &month_day);
  char text[40];
  snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, month_day);
  memcpy(out, text, 11);
}

static date packed(day first, precision p) {
  return first * 4 + (date)p;
}

date date_of_day(day d) {
  return day_is_real(d) ? packed(d, PRECISION_DAY) : DATE_NONE;
}

date date_of(int year, int month, int month_day) {
  if (month == 0 && month_day != 0) return DATE_NONE;
  day first = day_of(year, month ? month : 1, month_day ? month_day : 1);
  if (first == DAY_NONE) return DATE_NONE;
  return packed(first, month == 0 ? PRECISION_YEAR : month_day == 0 ? PRECISION_MONTH : PRECISION_DAY);
}

precision date_precision(date d) {
  return (precision)((uint32_t)d & 3u);
}

day date_first(date d) {
  return d == DATE_NONE ? DAY_NONE : (d - (date)date_precision(d)) / 4;
}

day date_last(date d) {
  if (d == DATE_NONE) return DAY_NONE;
  day first = date_first(d);
  if (date_precision(d) == PRECISION_DAY) return first;
  int year, month, month_day;
  day_parts(first, &year, &month, &month_day);
  return date_precision(d) == PRECISION_YEAR ? day_of(year, 12, 31) : day_of(year, month, month_length(year, month));
}

/* --- what the field writes --- */

static int digits_at(const char *text) {
  int count = 0;
  while (text[count] >= '0' && text[count] <= '9') count++;
  return count;
}

static bool skip_text(const char **at, const char *expected) {
  size_t length = strlen(expected);
  if (strncmp(*at, expected, length) != 0) return false;
  *at += length;
  return true;
}

static bool skip_two_digits(const char **at, int most) {
  int count = digits_at(*at);
  if (count < 1 || count > 2 || number_of(*at, count) > most) return false;
  *at += count;
  return true;
}

static void skip_blanks(const char **at) {
  while (**at == ' ' || **at == '\t') (*at)++;
}

/* What may follow a day: nothing, or a time such as " 08:30", "T00:00:00.000+08:00", " 8:30:00 PM".
 * `parted`: the day ended in a character that parts it from a time already. */
static bool rest_is_time(const char *at, bool parted) {
  const char *start = at;
  skip_blanks(&at);
  if (*at == '\0') return true;
  if (!skip_text(&at, "T") && at == start && !parted) return false;
  if (skip_text(&at, "上午") || skip_text(&at, "下午")) skip_blanks(&at);
  if (!skip_two_digits(&at, 24) || !skip_text(&at, ":") || !skip_two_digits(&at, 59)) return false;
  if (skip_text(&at, ":") && !skip_two_digits(&at, 60)) return false;
  if (skip_text(&at, ".")) at += digits_at(at);
  skip_blanks(&at);
  if (skip_text(&at, "AM") || skip_text(&at, "PM") || skip_text(&at, "am") || skip_text(&at, "pm")) return *at == '\0';
  if (skip_text(&at, "Z")) return *at == '\0';
  if (*at == '+' || *at == '-') {
    at++;
    int count = digits_at(at);
    if (count == 4) return at[4] == '\0';
    if (!skip_two_digits(&at, 14)) return false;
    if (skip_text(&at, ":") && !skip_two_digits(&at, 59)) return false;
  }
  return *at == '\0';
}

static bool accept(int year, int month, int month_day, date *out) {
  date d = date_of(year, month, month_day);
  if (d == DATE_NONE) return false;
  *out = d;
  return true;
}

/* 2025年, 2025年8月, 2025年8月15日: `at` stands behind 年. */
static bool read_chinese(const char *at, int year, date *out) {
  skip_blanks(&at);
  if (*at == '\0') return accept(year, 0, 0, out);
  int count = digits_at(at);
  if (count < 1 || count > 2) return false;
  int month = number_of(at, count);
  at += count;
  skip_blanks(&at);
  if (month == 0 || !(skip_text(&at, "月份") || skip_text(&at, "月"))) return false;
  skip_blanks(&at);
  if (*at == '\0') return accept(year, month, 0, out);
  count = digits_at(at);
  if (count < 1 || count > 2) return false;
  int month_day = number_of(at, count);
  at += count;
  skip_blanks(&at);
  if (month_day == 0 || !(skip_text(&at, "日") || skip_text(&at, "号"))) return false;
  return rest_is_time(at, true) && accept(year, month, month_day, out);
}

/* 2025-8-15 and 2025-08 with one of - . / between: `at` stands on it. */
static bool read_separated(const char *at, int year, date *out) {
  char separator = *at++;
  int count = digits_at(at);
  if (count < 1 || count > 2) return false;
  int month = number_of(at, count);
  if (month == 0) return false;
  at += count;
  if (*at == '\0') {
    /* "2025.1" is what a spreadsheet makes of 2025.10: nobody can tell January from October. */
    if (separator == '.' && count == 1 && month == 1) return false;
    return accept(year, month, 0, out);
  }
  if (*at++ != separator) return false;
  count = digits_at(at);
  if (count < 1 || count > 2) return false;
  int month_day = number_of(at, count);
  at += count;
  return month_day != 0 && rest_is_time(at, false) && accept(year, month, month_day, out);
}

static bool read_plain(const char *text, date *out) {
  int count = digits_at(text);
  const char *rest = text + count;
  if (count == 8) {
    int month = number_of(text + 4, 2), month_day = number_of(text + 6, 2);
    return month != 0 && month_day != 0 && rest_is_time(rest, false) &&
           accept(number_of(text, 4), month, month_day, out);
  }
  if (count == 6) {
    int month = number_of(text + 4, 2);
    return month != 0 && *rest == '\0' && accept(number_of(text, 4), month, 0, out);
  }
  if (count != 4) return false;
  int year = number_of(text, 4);
  if (*rest == '\0') return accept(year, 0, 0, out);
  if (*rest == '-' || *rest == '.' || *rest == '/') return read_separated(rest, year, out);
  skip_blanks(&rest);
  return skip_text(&rest, "年") && read_chinese(rest, year, out);
}

bool date_read(const char *text, date *out) {
  if (text_is_plain(text)) return read_plain(text, out);
  arena *a = arena_new();
  bool good = read_plain(text_plain(a, text), out);
  arena_free(a);
  return good;
}

void date_write(date d, char out[11]) {
  day_write(date_first(d), out);
  if (d == DATE_NONE || out[0] == '\0') return;
  if (date_precision(d) == PRECISION_MONTH) out[7] = '\0';
  if (date_precision(d) == PRECISION_YEAR) out[4] = '\0';
}

char *date_text(arena *a, date d, language in) {
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (!day_is_real(date_first(d))) return arena_text(a, "");
  int year, month, month_day;
  day_parts(date_first(d), &year, &month, &month_day);
  switch (date_precision(d)) {
  case PRECISION_YEAR:
    return arena_format(a, in == LANGUAGE_ZH ? "%d年" : "%d", year);
  case PRECISION_MONTH:
    if (in == LANGUAGE_ZH) return arena_format(a, "%d年%d月", year, month);
    return arena_format(a, "%s %d", months[month - 1], year);
  case PRECISION_DAY:
  default:
    if (in == LANGUAGE_ZH) return arena_format(a, "%d年%d月%d日", year, month, month_day);
    return arena_format(a, "%d %s %d", month_day, months[month - 1], year);
  }
}
