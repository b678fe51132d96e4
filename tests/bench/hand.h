/* hand: the reference rule of tests/bench/pack written by hand, fed record by record in order of day.
 *
 * bare.c feeds it the columns of the subject file, scan.c the rows of a table in SQLite: the same C in both.
 */
#ifndef HONGZHU_BENCH_HAND_H
#define HONGZHU_BENCH_HAND_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define CYCLE_FIRST 2021
#define CYCLE_YEARS 5
#define HOURS(n)    ((n)*INT64_C(1000000)) /* millionths, as everywhere */

typedef enum hand_kind { HAND_OTHER, HAND_AWARD, HAND_SCHOOL_BASED, HAND_PLACEMENT, HAND_WORKSHOP } hand_kind;
typedef enum hand_mode { HAND_NO_MODE, HAND_OFFLINE, HAND_ONLINE } hand_mode;

typedef struct hand { /* a person: what is had, and what is counted so far of what has a limit */
  bool novice;        /* needs less in all, and nothing else */
  int64_t total, practice, year[CYCLE_YEARS];
  int64_t school_cycle, online_cycle, school[CYCLE_YEARS];
  int awards[CYCLE_YEARS];
} hand;

static inline int64_t hand_smaller(int64_t a, int64_t b) {
  return a < b ? a : b;
}

/* What a record counts for: the first line that fits, then its limits. */
static inline int64_t hand_counted(hand *h, hand_kind kind, hand_mode mode, int year, int64_t hours) {
  if (kind == HAND_AWARD) return h->awards[year]++ < 2 ? HOURS(5) : 0;
  if (kind == HAND_SCHOOL_BASED) {
    int64_t in_year = hand_smaller(hours, HOURS(24) - h->school[year]);
    h->school[year] += in_year;
    int64_t in_cycle = hand_smaller(in_year, HOURS(100) - h->school_cycle);
    h->school_cycle += in_cycle;
    return in_cycle;
  }
  if (mode == HAND_ONLINE) {
    int64_t taken = hand_smaller(hours, HOURS(144) - h->online_cycle);
    h->online_cycle += taken;
    return taken;
  }
  return mode == HAND_OFFLINE ? hours : 0;
}

/* A record of the year, 0 to CYCLE_YEARS - 1. */
static inline void hand_record(hand *h, hand_kind kind, hand_mode mode, int year, int64_t hours) {
  int64_t taken = hand_counted(h, kind, mode, year, hours);
  h->total += taken;
  h->year[year] += taken;
  bool practical = kind == HAND_PLACEMENT || (kind == HAND_WORKSHOP && mode == HAND_OFFLINE);
  if (practical && hours > h->practice) h->practice = hours;
}

/* Met, where `required` hours are needed in all. */
static inline bool hand_met(const hand *h, int64_t required) {
  if (h->novice) return h->total >= HOURS(120);
  bool met = h->total >= required && h->practice >= HOURS(24);
  for (int year = 0; year < CYCLE_YEARS; year++) met = met && h->year[year] >= HOURS(48);
  return met;
}

#endif
