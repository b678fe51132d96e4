/* rests: what undoing one import means in the present state, and which later imports rest on it.
 *
 * A fact opened again by an undo is a copy; its origin is the fact as first opened. What an import opened and closed is
 * told in origins, so that it can be undone, redone and undone again. Within the ledger floor only.
 *
 * A later import that is in effect rests on import N if
 *   - it closed a fact that N opened (a correction);
 *   - a fact of it that is open refers to something that only facts of N describe;
 *   - a fact that would be opened again refers to something whose description it closed;
 *   - a fact of it that is open has the key of one that would be opened again, or describes as another entity what has
 *     the same code, ID number or (unless it is a person) name;
 *   - it is a file of the same adapter and found rows the same as facts there, or came when N had withdrawn or replaced
 *     some: which rows it was compared with is not stored.
 */
#ifndef HONGZHU_LEDGER_RESTS_H
#define HONGZHU_LEDGER_RESTS_H

#include "ledger/import.h"

typedef struct fact_pair {
  int64_t fact, other; /* closings: the import that closed it; copies: its origin */
} fact_pair;

typedef struct undoing {
  ledger *of;
  arena *memory;
  int64_t target;
  import_row *imports;
  size_t import_count;
  fact_pair *closings, *copies; /* by fact */
  size_t closing_count, copy_count;
  int64_t first, last; /* facts of the target */
  int64_t *origins;    /* of copies that the target opened, ascending */
  size_t origin_count;
  int64_t *to_close; /* facts */
  size_t to_close_count;
  fact *to_open; /* the origins, in order of id */
  size_t to_open_count;
} undoing;

bool undoing_read(ledger *l, int64_t target, arena *a, undoing *out, faults *problems);
/* rests[id - 1] for every import that rests on the target; returns how many. */
bool undoing_rests(const undoing *u, bool *rests, size_t *count, faults *problems);

#endif
