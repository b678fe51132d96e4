/* case: a pack's own tests: what is given, on which day, and what is to come of it. */
#ifndef HONGZHU_PACK_CASE_H
#define HONGZHU_PACK_CASE_H

#include "pack/evaluate.h"

typedef struct case_result {
  const pack *pack; /* the one tried: as it is, or with the parameters that the case gives */
  const char *title;
  place where;
  bool passed;
  bool broken;                   /* the case itself is wrong: said in the faults */
  const char **lines[LANGUAGES]; /* what differs: "need \"school\": short 10 expected, 4 found" */
  size_t lines_count, lines_capacity;
  subjects *subjects; /* of the given, for an explanation; closed by case_done */
  evaluation *evaluation;
  struct decide_worker *worker; /* for rules that C does not compute; started when one is asked */
  faults *problems;
  int32_t rule; /* -1: a selection */
  uint32_t subject;
  int32_t group; /* -1: a rule */
  bool decided;  /* `decision` is there */
  decision decision;
} case_result;

/* Runs one case; the pack must be whole. given = { parameters = { NAME = VALUE } } tries it with values of another
 * district, in force since ever. Faults are for cases that cannot be run. */
bool case_run(const pack *p, const json_t *declaration, arena *a, case_result *out, faults *problems);
void case_done(case_result *r);

#endif
