/* access: NAME.access, where each reading of unmasked data is written down: who, when, by which command, whose.
 *
 * One JSON object a line, appended and synced before anything is shown; it holds codes and scopes, no personal data.
 * The file is made with mode 0600. What stands in its way (a symbolic or hard link, a folder, a pipe, a file of another
 * owner or one that others may write) is refused, and so is a ledger beside which nothing can be written: then nothing
 * unmasked is shown. It is no part of the ledger's hashes: whoever may write the ledger could change it too.
 */
#ifndef HONGZHU_LEDGER_ACCESS_H
#define HONGZHU_LEDGER_ACCESS_H

#include "ledger/ledger.h"

typedef struct access_entry {
  const char *at, *who;
  const char *command; /* "person show" */
  const char *of;      /* whose, or of what: "person T05", "cohort HZZG-2"; never a name */
} access_entry;

bool ledger_access_note(const ledger *l, const access_entry *entry, faults *problems);
/* All entries in order; none where the file is not there. A line that is none of this program's is passed over, counted
 * in *foreign. */
size_t ledger_access_read(const ledger *l, arena *a, access_entry **out, size_t *foreign, faults *problems);

#endif
