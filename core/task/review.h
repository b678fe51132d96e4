/* review: people, organizations and groups that a file names and the ledger does not know for sure, in a table that a
 * person fills in and sends again.
 *
 * Each line asks about one way of naming something, however many rows use it. The last column is the decision: the code
 * of what is meant (the name, for an organization), "new" (新增) or "skip" (跳过). Decisions that were made stay in the
 * table; what is still open is added below them.
 * Ownership: a review lives in the arena it was made in.
 */
#ifndef HONGZHU_TASK_REVIEW_H
#define HONGZHU_TASK_REVIEW_H

#include "host/foreign.h"
#include "ledger/fact.h"

typedef struct review review;

typedef struct review_ask {
  fact_type type;
  const char *code, *name, *school, *tail; /* as the file writes them; NULL where it does not */
  const char *candidates;                  /* who it might be, for the reader */
} review_ask;

typedef enum review_decision { REVIEW_OPEN, REVIEW_MEANS, REVIEW_NEW, REVIEW_SKIP } review_decision;

review *review_new(arena *a);
/* Reads a filled-in table through the reader for text tables. A file that is not there is an empty one. */
bool review_read(review *r, const offers *all, const char *path, faults *problems);
/* What was decided about it; *means is the code or name given. */
review_decision review_of(const review *r, const review_ask *ask, const char **means);
void review_add(review *r, const review_ask *ask, int64_t row); /* asked already: only the row is noted */
size_t review_open(const review *r);                            /* how many are undecided */
bool review_write(const review *r, const char *path, language in, faults *problems);

#endif
