/* rests: what undoing one import means in the present state, and which later imports rest on it.
 *
 * A fact opened again by an undo is a copy; its origin is the fact as first opened. What is open follows from which
 * imports other than undos are in effect: a fact is open if the import that opened it is, and none that closed it. An
 * import is in effect unless an undo of it is; so undoing an undo brings its import back, and undos themselves never
 * rest on anything. Within the ledger floor only.
 *
 * A later import that is in effect rests on import N if
 *   - it closed a fact that N opened (a correction);
 *   - a fact of it that is open refers to something that only facts which would be closed describe;
 *   - a fact that would be opened again refers to something whose description it closed;
 *   - a fact of it that is open has the key of one that would be opened again, or describes as another entity what has
 *     the same code, ID number or (unless it is a person) name;
 *   - it is a file of the same adapter and found rows the same as facts there, or came when N had withdrawn or replaced
 *     some: which rows it was compared with is not stored.
 *
 * What would be opened again may itself rest on an import that is undone: it corrected a fact of that import, refers to
 * what only that one describes, or takes the place of what that one had closed. Then that one has to come back first.
 */
#ifndef HONGZHU_LEDGER_RESTS_H
#define HONGZHU_LEDGER_RESTS_H

#include "ledger/import.h"

typedef struct fact_pair {
  int64_t fact, other;
} fact_pair;

typedef struct undoing {
  ledger *of;
  arena *memory;
  int64_t target, base; /* base: the import that is taken out of effect, or brought back where the target is an undo */
  import_row *imports;
  size_t import_count;
  bool *after;            /* of each import: in effect after the undo */
  fact_pair *copies;      /* fact, origin; by fact */
  fact_pair *open_copies; /* origin, fact; by origin */
  fact_pair *closings;    /* fact, import; by fact: all of them */
  fact_pair *closed;      /* origin, import that is no undo; by origin */
  size_t copy_count, open_copy_count, closing_count, closed_count;
  int64_t *to_close; /* facts, ascending */
  size_t to_close_count;
  fact *to_open; /* origins, by id */
  size_t to_open_count;
} undoing;

bool undoing_read(ledger *l, int64_t target, arena *a, undoing *out, faults *problems);
typedef struct rest_marks { /* by id - 1 */
  bool *rests;              /* rests on the target */
  bool *missing;            /* is undone, and what would be opened again rests on it */
  bool *rivals;             /* came before and says what would be opened again */
} rest_marks;

bool undoing_rests(const undoing *u, rest_marks *out, faults *problems);

#endif
