/* problem: what is wrong with a workbook, said once, in both languages from the same values.
 *
 * Every function that can fail takes a problem and returns false after the first thing that was said. A stop that the
 * host asks for is kept here too: the work unwinds the same way, and the reader returns what the host returned. */
#ifndef XLSX_PROBLEM_H
#define XLSX_PROBLEM_H

#include <hongzhu/plugin.h>

#include <stdbool.h>

typedef struct problem {
  const hongzhu_read *io;
  uint32_t sheet; /* where the work is; 0: nowhere in particular */
  uint64_t row;
  int result; /* HONGZHU_OK until something happened */
} problem;

/* The values after `en` stand in the order in which both formats take them. Always false. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) bool problem_say(problem *p, const char *zh, const char *en,
                                                                             ...);
/* For texts that differ by more than their wording. Always false. */
bool problem_say_texts(problem *p, const char *zh, const char *en);
bool problem_memory(problem *p);
/* Keeps what a callback of the host returned; true if it was HONGZHU_OK. */
bool problem_keep(problem *p, int result);

#endif
