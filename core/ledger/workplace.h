/* workplace: a private folder in which something is made whole before it gets its name. Within the ledger floor only.
 *
 * It stands in the folder where the result will be, so that the result can be renamed into place, and is locked while
 * its process lives: what a killed process left is swept away by the next that makes one there.
 */
#ifndef HONGZHU_LEDGER_WORKPLACE_H
#define HONGZHU_LEDGER_WORKPLACE_H

#include "base/fault.h"

typedef struct workplace {
  const char *path;   /* lives in the arena given */
  const char *folder; /* in which it stands */
  int lock;
} workplace;

/* ".KIND-XXXXXX" beside `path`; mode 0700. */
bool workplace_make(workplace *out, arena *a, const char *path, const char *kind, faults *problems);
void workplace_remove(workplace *w); /* with all that is in it */
/* Renames without replacing what is there; errno EEXIST where something is. The folder is synced. */
bool workplace_place(const workplace *w, const char *from, const char *to);

#endif
