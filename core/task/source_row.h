/* source_row: the text of rows from which facts were read, found again in the kept files.
 *
 * A file is read again by the reader and with the options of the adapter that read it, once for all the rows wanted of
 * it; of a pack's own entries the row is a line. Where people are masked, the columns that the adapter takes names and
 * ID numbers from are masked, the name of the person the fact is about anywhere in the row, and what looks like an ID
 * or telephone number. Nothing but the kept bytes decides the text.
 */
#ifndef HONGZHU_TASK_SOURCE_ROW_H
#define HONGZHU_TASK_SOURCE_ROW_H

#include "task/shown.h"

typedef struct row_wanted {
  uint32_t source; /* position in the subjects' sources */
  int32_t sheet;
  int64_t row;
  int32_t person; /* position of the person it is about; -1 */
  size_t given;   /* for the caller: which of the rows it is */
} row_wanted;

typedef struct row_found {
  const char *sheet;        /* its name; NULL where the file has none */
  const char *text;         /* the cells in one line; NULL where they are not to be shown */
  const char *const *cells; /* NULL: absent; borrowed until the visit returns */
  uint32_t count;
} row_found;

/* False: stop. */
typedef bool row_visit(void *context, const row_wanted *wanted, const row_found *found);

/* The fact of a row of a table: where it stands. */
row_wanted row_of_fact(const view *v, fact_type type, uint32_t row, size_t given);
/* The order in which files are read: by name, digest, sheet, row, then as given. Nothing in it depends on imports. */
int row_wanted_order(const subjects *s, const row_wanted *a, const row_wanted *b);
void row_wanted_sort(const subjects *s, row_wanted *rows, size_t count);

/* Visits rows in that order (`rows` is sorted by it), several facts of one row one after the other. A row that is not
 * in its file any more is a fault. */
bool source_rows(ledger *l, const showing *how, row_wanted *rows, size_t count, row_visit *visit, void *context,
                 faults *problems);

#endif
