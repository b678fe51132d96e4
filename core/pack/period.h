/* period: the stretches of time over which rules count: a cycle, a year that starts on any day. */
#ifndef HONGZHU_PACK_PERIOD_H
#define HONGZHU_PACK_PERIOD_H

#include "pack/match.h"

typedef enum spanning { SPANNING_ENDS, SPANNING_STARTS, SPANNING_SPLIT } spanning;

typedef struct period {
  const char *id;
  said title;
  day starts; /* of the first period; DAY_NONE where a dated fact of the person says it */
  const char *starts_fact;
  uint32_t starts_word;    /* the same in the wordbook */
  int years, months, days; /* how long one lasts */
  bool repeats;
  int year_month, year_day; /* on which a year starts */
  spanning spanning;        /* where an item that spans two belongs */
  place where;
} period;

typedef struct window {
  day first, last;
  int32_t number; /* 0 for the first period */
} window;

bool period_compile(making *m, const spot *declaration, period *out);
/* The period that a day lies in, given the day on which the first one starts; false if the day lies in none. */
bool period_on(const period *p, day starts, day on, window *out);
window period_number(const period *p, day starts, int32_t number);
/* The year a day belongs to, named by the calendar year in which it starts; p may be NULL: calendar years. */
int32_t period_year(const period *p, day d);
day period_year_first(const period *p, int32_t year);

#endif
