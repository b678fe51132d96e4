/* entries: what a pack declares as organizations, programmes, cohorts and relations, brought into a ledger.
 *
 * Each file that declares some is one import of kind "entry": the file as it stands in the pack is kept, and a fact's
 * row is the line of its entry. Bringing the same in again changes nothing; a changed entry replaces what it said
 * before. An entry that is gone from the pack stays in the ledger, because facts may rest on it; a relation that is
 * gone is withdrawn.
 */
#ifndef HONGZHU_TASK_ENTRIES_H
#define HONGZHU_TASK_ENTRIES_H

#include "pack/pack.h"

typedef struct entries_outcome {
  int64_t opened, changed, withdrawn, same;
  size_t imports; /* made: files that changed something */
} entries_outcome;

/* The image of the pack has to be in the ledger. Everything is checked before anything is stored. */
bool entries_bring(ledger *l, const pack *p, arena *a, const char *who, const char *at, bool keep_nothing,
                   entries_outcome *out, faults *problems);

#endif
