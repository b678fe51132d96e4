/* import_soon: whom the rows that come next name, asked for together, so that what is known of each is at hand when its
 * row is taken. Used by import.c.
 */
#ifndef HONGZHU_TASK_IMPORT_SOON_H
#define HONGZHU_TASK_IMPORT_SOON_H

#include "task/cells.h"
#include "task/known.h"

enum { SOON_MOST = 128 };

typedef struct soon_row {
  const char *const *cells; /* of which row */
  uint64_t code_hash;       /* 0: none */
} soon_row;

typedef struct import_soon {
  const adapter_part *coded; /* the first person, if its code is a cell as it stands; NULL: nobody is asked for */
  soon_row rows[SOON_MOST];
  size_t count, at;
} import_soon;

void import_soon_begin(import_soon *soon, const adapter *of);
/* Forgets the rows before; `s` is NULL where rows are no data. Texts are made in the arena. */
void import_soon_ask(import_soon *soon, arena *a, sheet *s, const known *entities, const cell_row *rows, size_t count);
/* What was asked for the row that is taken now. */
void import_soon_take(import_soon *soon, row_reading *r);

#endif
