#include "number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool number_read(const char *text, double *out) {
  size_t length = strspn(text, "0123456789+-.eE");
  if (length == 0 || text[length] != '\0') return false;
  char *end;
  *out = strtod(text, &end);
  return *end == '\0' && isfinite(*out);
}

/* Significant digits that a spreadsheet keeps of what is typed, and shows at most. */
#define SPREADSHEET_DIGITS 15

bool number_is_shown(const char *text) {
  const char *at = text + (*text == '-');
  size_t whole = strspn(at, "0123456789"), fraction = 0;
  if (whole == 0 || (at[0] == '0' && (whole > 1 || at != text))) return false;
  if (at[whole] == '.') {
    fraction = strspn(at + whole + 1, "0123456789");
    if (fraction == 0 || at[whole + fraction] == '0') return false;
    fraction++;
  }
  return at[whole + fraction] == '\0' && whole + fraction <= SPREADSHEET_DIGITS - 4;
}

static void number_show(double value, char out[NUMBER_ROOM]) {
  if (value == 0) {
    snprintf(out, NUMBER_ROOM, "0");
    return;
  }
  char shown[NUMBER_ROOM];
  snprintf(shown, sizeof shown, "%.*e", SPREADSHEET_DIGITS - 1, value);
  /* shown is [-]d.ddde[+-]xx: its digits without the zeros at the end, and the exponent of the first one. */
  char *e = strchr(shown, 'e');
  int exponent = (int)strtol(e + 1, NULL, 10);
  char digits[24] = "0";
  int count = 0;
  for (const char *at = shown; at < e; at++)
    if (*at >= '0' && *at <= '9') digits[count++] = *at;
  while (count > 1 && digits[count - 1] == '0') count--;
  char *to = out;
  if (value < 0) *to++ = '-';
  if (exponent >= SPREADSHEET_DIGITS || exponent < -10) {
    *to++ = digits[0];
    if (count > 1) *to++ = '.';
    for (int i = 1; i < count; i++) *to++ = digits[i];
    snprintf(to, 8, "E%+03d", exponent);
    return;
  }
  if (exponent < 0) {
    *to++ = '0';
    *to++ = '.';
    for (int i = exponent + 1; i < 0; i++) *to++ = '0';
  }
  for (int i = 0; i < count || i <= exponent; i++) {
    if (i == exponent + 1 && exponent >= 0) *to++ = '.';
    *to++ = i < count ? digits[i] : '0';
  }
  *to = '\0';
}

/* ---- days and times ---- */

#define DAY_MILLISECONDS INT64_C(86400000)
#define LAST_DAY_1900    2958465 /* 9999-12-31 */
#define BETWEEN_SYSTEMS  1462    /* 1904-01-01 in the system of 1900 */

/* The day a count of the 1900 system stands for. */
static void show_day(int64_t count, char out[NUMBER_ROOM]) {
  if (count == 0 || count == 60) { /* days that a spreadsheet shows and no calendar has */
    snprintf(out, NUMBER_ROOM, count ? "1900-02-29" : "1900-01-00");
    return;
  }
  /* Days since 0000-03-01 of the proleptic calendar: then a year ends with its leap day. */
  int64_t day = count + (count < 60 ? 693900 : 693899);
  int64_t era = day / 146097, of_era = day % 146097;
  int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month = (5 * of_year + 2) / 153;
  int64_t year = era * 400 + year_of_era + (month >= 10);
  snprintf(out, NUMBER_ROOM, "%04d-%02d-%02d", (int)year, (int)(month < 10 ? month + 3 : month - 9),
           (int)(of_year - (153 * month + 2) / 5 + 1));
}

static void show_clock(int64_t milliseconds, char *out, size_t room, const char *format) {
  int64_t seconds = milliseconds / 1000;
  snprintf(out, room, format, (long long)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

void number_show_as(double value, style_kind kind, bool system_1904, char out[NUMBER_ROOM]) {
  bool duration = kind == STYLE_DURATION;
  bool shown = kind != STYLE_NUMBER && (value >= 0 || duration) && fabs(value) < LAST_DAY_1900 + 1.0;
  double whole = floor(fabs(value));
  int64_t days = shown ? (int64_t)whole : 0;
  int64_t milliseconds = shown ? llround((fabs(value) - whole) * (double)DAY_MILLISECONDS) : 0;
  if (milliseconds == DAY_MILLISECONDS) {
    days++;
    milliseconds = 0;
  }
  if (duration && shown) {
    if (value < 0) *out++ = '-';
    show_clock(days * DAY_MILLISECONDS + milliseconds, out, NUMBER_ROOM - 1, "%lld:%02d:%02d");
    return;
  }
  bool clock_only = kind == STYLE_TIME && days == 0;
  if (system_1904) days += BETWEEN_SYSTEMS;
  if (!shown || days > LAST_DAY_1900) {
    number_show(value, out);
    return;
  }
  if (clock_only) {
    show_clock(milliseconds, out, NUMBER_ROOM, "%02lld:%02d:%02d");
    return;
  }
  show_day(days, out);
  size_t length = strlen(out);
  bool has_clock = milliseconds >= 1000 || kind == STYLE_DATE_TIME || kind == STYLE_TIME;
  if (has_clock)
    show_clock(milliseconds, out + length, NUMBER_ROOM - length, " %02lld:%02d:%02d");
  else if (kind == STYLE_MONTH && strcmp(out + 8, "01") == 0)
    out[7] = '\0';
}

/* Whether text has the shape of a pattern in which 0 stands for a digit; *rest is what follows. */
static bool shaped(const char *text, const char *pattern, const char **rest) {
  for (; *pattern; pattern++, text++)
    if (*pattern == '0' ? *text < '0' || *text > '9' : *text != *pattern) return false;
  *rest = text;
  return true;
}

bool number_show_iso(const char *text, style_kind kind, char out[NUMBER_ROOM]) {
  const char *rest = text;
  bool day = shaped(text, "0000-00-00", &rest);
  const char *clock = day && (*rest == 'T' || *rest == ' ') ? rest + 1 : day ? NULL : text;
  if (day && !clock && *rest && strcmp(rest, "Z") != 0) return false;
  if (clock && !shaped(clock, "00:00:00", &rest)) return false;
  if (clock && *rest == '.') rest += 1 + strspn(rest + 1, "0123456789");
  if (*rest && strcmp(rest, "Z") != 0) return false;
  if (day && clock && strncmp(clock, "00:00:00", 8) == 0 && (kind == STYLE_DATE || kind == STYLE_MONTH)) clock = NULL;
  if (day && !clock && kind == STYLE_MONTH && memcmp(text + 8, "01", 2) == 0) {
    snprintf(out, NUMBER_ROOM, "%.7s", text);
    return true;
  }
  snprintf(out, NUMBER_ROOM, "%.*s%s%.*s", day ? 10 : 0, text, day && clock ? " " : "", clock ? 8 : 0,
           clock ? clock : "");
  return true;
}
