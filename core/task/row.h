/* row: one row of a file to facts: made, checked as a whole, then put. A row with any fault puts nothing. */
#ifndef HONGZHU_TASK_ROW_H
#define HONGZHU_TASK_ROW_H

#include "task/matching.h"

typedef enum row_fate { ROW_GOOD, ROW_FAULTY, ROW_SKIPPED } row_fate;

/* Makes and checks the facts of a row; what is wrong goes to r->problems. Nothing is put. *first gets the parts of the
 * first turn, for row_put. */
row_fate row_check(matching *m, row_reading *r, made_part **first);
/* Puts the facts of a row that row_check found good; some only soon (staging_put_soon), so that what the row is made of
 * stays until the staging has settled. False with a fault only where the ledger fails. */
bool row_put(matching *m, row_reading *r, made_part *first, staging *s, int64_t introduced[FACT_TYPES]);

#endif
