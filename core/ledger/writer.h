/* writer: who may write: one process at a time. Within the ledger floor only.
 *
 * The lock is a flock on the folder NAME.files, which no process outlives. Beside it, NAME.files/writer says who holds
 * it (a line of JSON), for whoever waits, and names each kept file before it is put there: where a process was ended
 * before the import or report that goes with it was stored, the next writer removes it. The note lies about only after
 * such an end. It is believed in nothing: it says nothing that the lock does not, and only files that nothing refers to
 * are removed. */
#ifndef HONGZHU_LEDGER_WRITER_H
#define HONGZHU_LEDGER_WRITER_H

#include "ledger/store.h"

bool writer_lock(ledger *l, const ledger_user *by, faults *problems);
/* With the lock, and the ledger known to be one: clears up after a writer that was ended, and says who writes now. */
void writer_begin(ledger *l, const ledger_user *by);
void writer_keeps(ledger *l, digest file); /* to be put into NAME.files by what is under way, once it is noted */
void writer_noted(ledger *l);              /* that is on the disk now */
void writer_end(ledger *l);                /* before the database is closed */

#endif
