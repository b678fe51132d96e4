/* date: a day number, and a date known to the day, the month or the year.
 *
 * A `day` counts from 1970-01-01 (negative before) in the proleptic Gregorian calendar. A `date` is an interval
 * of days: first day and precision packed in one integer (first * 4 + precision), so that dates sort by first day.
 * Valid years are 1000 to 9999.
 */
#ifndef HONGZHU_BASE_DATE_H
#define HONGZHU_BASE_DATE_H

#include "base/text.h"

typedef int32_t day;
typedef int32_t date;

#define DAY_NONE  INT32_MIN
#define DAY_EVER  INT32_MAX /* later than every day: no end */
#define DATE_NONE INT32_MIN

typedef enum precision { PRECISION_DAY, PRECISION_MONTH, PRECISION_YEAR } precision;

day day_of(int year, int month, int month_day); /* DAY_NONE where there is no such day */
void day_parts(day d, int *year, int *month, int *month_day);
day day_add(day d, int years, int months, int days); /* 29 February plus a year is 28 February */
bool day_read(const char *iso, day *out);            /* YYYY-MM-DD only */
void day_write(day d, char out[11]);

date date_of_day(day d);
date date_of(int year, int month, int month_day); /* month_day 0: a month; month 0: a year; DATE_NONE if invalid */
day date_first(date d);
day date_last(date d);
precision date_precision(date d);

/* What the field writes: 2025-08-15, 2025.8.15, 2025/8/15, 20250815, 2025年8月15日, 2025年8月, 2025-08, 202508, 2025,
 * each also with full-width digits and followed by a time of day, which is dropped. False if it is none of these. */
bool date_read(const char *text, date *out);
void date_write(date d, char out[11]);          /* 2025-08-15, 2025-08 or 2025: what date_read takes back */
char *date_text(arena *a, date d, language in); /* 2025年8月15日; 15 Aug 2025 */

#endif
