/* merges: the merged ranges of a sheet, filled while its rows go by.
 *
 * They stand behind the rows in a sheet's part, so they are read in a pass of their own, and only if the part mentions
 * any. What a person sees is the value of the upper left cell: it is given in each cell of the range, in place of what
 * a covered cell may still hold. Rows that have no value but those of ranges begun above are empty, and left out. */
#ifndef XLSX_MERGES_H
#define XLSX_MERGES_H

#include "strings.h"

#define SHEET_ROWS_MOST    UINT32_C(1048576)
#define SHEET_COLUMNS_MOST UINT32_C(16384)
#define MERGES_MOST        UINT32_C(1000000)

typedef struct place { /* both 1 first; row 0: the reference has none */
  uint32_t row, column;
} place;

/* Reads "BC12" and what follows it; also "BC" alone. False if it is no place of a sheet. */
bool place_read(const char *text, place *out, const char **rest);
/* "BC12" for messages. */
const char *place_show(place at, char out[24]);

typedef struct merge {
  place first, last;
  char *value; /* of the upper left cell, once its row went by; NULL: absent */
  size_t length;
} merge;

typedef struct merges {
  merge *items; /* by first row */
  uint32_t count, room;
  uint32_t next;    /* the first that does not begin before the present row */
  uint32_t *active; /* those that reach into the present row */
  uint32_t active_count;
  uint32_t *column_of; /* for each column the merge last seen in it, +1 */
} merges;

typedef struct cell { /* of the row being read */
  const char *fixed;  /* a text that stays; NULL: it stands in the row's buffer at `start` */
  size_t start, length;
  bool present;
} cell;

bool merges_read(merges *m, package *k, const char *part, problem *p);
void merges_free(merges *m);

/* Fills the cells of a row, `count` of them present or not, and says in *own whether one that no range from above
 * covers has a value. `count` grows to the last column filled; cells has SHEET_COLUMNS_MOST places. */
bool merges_fill(merges *m, uint32_t row, cell *cells, uint32_t *count, const buffer *text, bool *own, problem *p);

#endif
