/* cells: what the cells of one row mean: words, dates, amounts, durations, attributes, each with its fault.
 *
 * A fault names file, sheet, row, column, the text found, what was expected and what to do. What cannot be read is
 * never guessed. Everything lives in the arena of the row.
 */
#ifndef HONGZHU_TASK_CELLS_H
#define HONGZHU_TASK_CELLS_H

#include "task/sheet.h"

typedef struct row_reading {
  arena *memory; /* of the row */
  const kinds *kinds;
  const sheet *sheet;
  const cell_row *row;
  size_t turn; /* which of the values of a split */
  const char *file;
  const adapter_part *coded; /* the person whose code was asked for beforehand (known_code_hash); NULL: none */
  uint64_t code_hash;
  faults *problems; /* of the row */
} row_reading;

place cell_place(const row_reading *r, const char *column);

/* A fault whose words were made already. Returns false. */
bool cell_fault(const row_reading *r, place where, said words);

/* NULL where there is nothing. `column` may be NULL. */
const char *cell_text(const row_reading *r, const source *from, const char **column);
bool cell_date(const row_reading *r, const source *from, date *out); /* DATE_NONE where empty; false with a fault */
bool cell_amount(const row_reading *r, const source *from, int decimals, const char *unit, amount *out);
/* A word of a level, mode or status that the kind allows, by value map, title or alias. NULL where empty. */
bool cell_word(const row_reading *r, const source *from, const declared_kind *kind, kind_word which, const char **out);
/* The kind of a part on this row, by value map, name or title; NULL where it has none. */
bool cell_kind(const row_reading *r, const adapter_part *part, const declared_kind **out);
/* Canonical JSON; NULL where all are empty. `aliases` joins organizations' aliases. */
bool cell_attributes(const row_reading *r, const adapter_part *part, const declared_kind *kind, const char **out);
/* since and until of a part; false with a fault, also where the last day is before the first. */
bool cell_dates(const row_reading *r, const adapter_part *part, date *since, date *until);

/* How often the row has to be read: the number of values of the splits among `parts`' own sources. */
size_t cell_turns(const row_reading *r, const adapter *of, bool *good);

#endif
