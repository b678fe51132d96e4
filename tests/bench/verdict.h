/* verdict: what is compared person by person, of whoever decided: the outcome, what was had, what was needed. */
#ifndef HONGZHU_BENCH_VERDICT_H
#define HONGZHU_BENCH_VERDICT_H

#include "pack/evaluate.h"

#define CYCLE_FIRST 2021
#define CYCLE_YEARS 5

typedef struct verdict {
  outcome outcome;
  bool novice;           /* needs `total` alone */
  int64_t total, needed; /* millionths */
  int64_t year[CYCLE_YEARS];
  int64_t practice;
} verdict;

/* The reference rule by hand, as fast as C over the columns gives it without cleverness; into verdicts[person]. */
void bare_decide(const subjects *s, verdict *verdicts);

#endif
