/* verdict: what is compared person by person, of whoever decided: the outcome, what was had, what was needed. */
#ifndef HONGZHU_BENCH_VERDICT_H
#define HONGZHU_BENCH_VERDICT_H

#include "hand.h"
#include "pack/evaluate.h"

typedef struct verdict {
  outcome outcome;
  bool novice;           /* needs `total` alone */
  int64_t total, needed; /* millionths */
  int64_t year[CYCLE_YEARS];
  int64_t practice;
} verdict;

/* The reference rule by hand, as fast as C over the columns gives it without cleverness; into verdicts[person].
 * `required`: the hours needed in all, in millionths. */
void bare_decide(const subjects *s, int64_t required, verdict *verdicts);
/* Outcomes alone, into met[person]: 1 or 0. */
void bare_outcomes(const subjects *s, int64_t required, uint8_t *met);

#endif
