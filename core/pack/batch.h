/* batch: one rule decided about many subjects at once, by loops over columns instead of one walk for each subject.
 *
 * It says the same as `evaluation_decide`, to the byte, of every subject that it decides; and leaves to that one every
 * subject about which anything is uncertain or unusual: a date known to the month that lies across a limit, an amount
 * that is a bound or missing, a condition that cannot be known, a number near the end of what can be counted. So what
 * an expression means is written once, in run.c and select*.c; what stands here is quicker, and knows no more.
 *
 * A batch belongs to an evaluation and to its thread. What is said of subjects holds until the next batch_decide, also
 * of another batch on the same ground.
 */
#ifndef HONGZHU_PACK_BATCH_H
#define HONGZHU_PACK_BATCH_H

#include "pack/evaluate.h"

typedef struct batch batch;

typedef struct batch_verdict {
  bool decided; /* false: to be asked of evaluation_decide */
  outcome outcome;
  day valid_until;
  uint32_t needs_count; /* 0 where the rule does not apply */
} batch_verdict;

/* What batches share that are asked about the same subjects one after the other: rows are read once, and what two rules
 * compute alike, of one pack or of two, is computed by the first alone. Freed after its batches. */
typedef struct batch_ground batch_ground;

batch_ground *batch_ground_new(evaluation *const *all, size_t count); /* over the same subjects */
void batch_ground_free(batch_ground *g);                              /* NULL is allowed */

batch *batch_new(batch_ground *g, evaluation *e); /* one of those that the ground was made of */
void batch_free(batch *b);                        /* NULL is allowed */

/* Looks at the first few of the subjects, at least one, and returns at how many. */
uint32_t batch_decide(batch *b, int32_t rule, const uint32_t *asked, uint32_t count, batch_verdict *out);

/* Of the subjects looked at last: what its needs are and how they turned out, by their position. */
const need_result *batch_needs(const batch *b); /* ids and declared values alone mean something */
outcome batch_need_outcome(const batch *b, uint32_t at, uint32_t need);
size_t batch_pack(batch *b, uint32_t at, const batch_verdict *verdict, buffer *out); /* as decision_needs_pack */

#endif
