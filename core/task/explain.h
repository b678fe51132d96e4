/* explain: one decision as a clerk reads it: each need, what counted, what did not and why, which parameters, which
 * line.
 *
 * The same is given as text in either language and as JSON. Records name the file, sheet and row they came from.
 */
#ifndef HONGZHU_TASK_EXPLAIN_H
#define HONGZHU_TASK_EXPLAIN_H

#include "task/evaluating.h"
#include "task/shown.h"

typedef struct explain_order {
  int32_t rule;
  uint32_t subject;
  bool all;      /* every record; else at most ten a need, and their number */
  detail detail; /* how people are shown */
  language in;
} explain_order;

/* Appends the explanation to `text`; *json gets a new reference. False with faults. */
bool task_explain(evaluating *e, explain_order order, buffer *text, json_t **json, faults *problems);

/* "T05 · home school → host school": what a decision is about. */
char *explain_subject(arena *a, const evaluating *e, fact_type type, uint32_t row, detail detail_of, language in);

#endif
