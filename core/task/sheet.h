/* sheet: one sheet of a file as an adapter sees it: where its columns are, and what a row says in them.
 *
 * The header is the first row that has all required columns, or the row that the adapter names. The rows above it are
 * kept: titles, and facts that `above` reads. A cell of nothing but dashes or slashes is empty; an apostrophe that a
 * spreadsheet needed before = + - @ or before a long number is no part of the text.
 * Ownership: a sheet lives in the arena it was made in, what a row gives in the arena of the row.
 */
#ifndef HONGZHU_TASK_SHEET_H
#define HONGZHU_TASK_SHEET_H

#include "host/foreign.h"
#include "pack/adapter.h"

#define SHEET_ABOVE 200 /* a header that is not in the first so many rows is not found */

typedef struct kept_row {
  int64_t row;
  const char **cells; /* NULL: absent */
  uint32_t count;
} kept_row;

/* What a cell of a source was found to mean for a kind: columns of words say the same few again and again. */
typedef struct cell_memo {
  const source *from; /* NULL: empty */
  const void *kind;
  const void *means; /* a word or kind; NULL: the text itself */
  amount amount;     /* of a source of amounts, read with so many decimals */
  int decimals;
  char text[32];
} cell_memo;

#define SHEET_MEMOS 2048

typedef struct sheet {
  arena *memory;
  const adapter *adapter;
  int32_t number;
  const char *name; /* NULL where the file has no sheets */
  kept_row *above;
  size_t above_count, above_capacity;
  int64_t header;      /* its row; 0 while it is not found */
  const char **titles; /* of the file's columns, from the header; NULL where empty */
  uint32_t titles_count;
  uint32_t *at;              /* by column of the adapter: position in the file's row, or SHEET_ABSENT */
  uint32_t *too;             /* another position under the same title, or SHEET_ABSENT */
  cell_memo *memos;          /* SHEET_MEMOS of them, by hash */
  bool splits;               /* does any source split its cells */
  const char *const *sorted; /* the cells of the row that sheet_sort saw last, and what sheet_cell says of them; NULL */
  const char **clean;
  uint32_t clean_capacity;
  bool special[256]; /* by first byte of the adapter's labels of totals and ends */
  bool rejected;     /* it came from a file of rejected rows: incomplete by nature */
} sheet;

#define SHEET_ABSENT UINT32_MAX

/* The title of the column with reasons in a file of rejected rows, in each language. */
extern const said sheet_reason_title;

sheet *sheet_new(arena *a, const adapter *of, int32_t number, const char *name);
/* Takes a row before the header was found. True if it is the header. */
bool sheet_try_header(sheet *s, const cell_row *row);
void sheet_keep_above(sheet *s, const cell_row *row);

/* How many required columns a row has, and the names of the first missing one; for choosing and for faults. */
size_t sheet_required(const adapter *of);
size_t sheet_match(arena *a, const adapter *of, const cell_row *row, const named_column **missing);

typedef enum row_sort { ROW_DATA, ROW_EMPTY, ROW_TOTALS, ROW_END, ROW_HEADER_AGAIN } row_sort;
/* The row is at hand from now on, until the next one or sheet_let_go: its cells are looked at once. */
row_sort sheet_sort(arena *a, sheet *s, const cell_row *row);
void sheet_let_go(sheet *s); /* NULL is allowed */

/* A text of a row: trimmed, cut as declared; NULL where there is nothing. `turn` chooses among the values of a split.
 * *column gets the title of the column read (NULL for a constant). */
const char *sheet_text(arena *a, const sheet *s, const cell_row *row, const source *from, size_t turn,
                       const char **column);
/* The same of the source itself, without those that stand in for it. */
const char *sheet_text_alone(arena *a, const sheet *s, const cell_row *row, const source *from, size_t turn,
                             const char **column);
/* All values of a source, for those that are split; the count. */
size_t sheet_texts(arena *a, const sheet *s, const cell_row *row, const source *from, const char ***out);
/* The cell without any cut, trimmed; NULL where the column is absent or the cell empty. */
const char *sheet_cell(arena *a, const sheet *s, const cell_row *row, size_t column);
/* The title of a column that the header names twice and of which the two cells of the row differ; NULL where none does.
 * The cells that a merged title covers are such columns too, mostly with one of them empty. */
const char *sheet_differs(arena *a, const sheet *s, const cell_row *row);

#endif
