/* grown: the subject file of a large import, made from its facts while they are in hand.
 *
 * What an import opens is kept as columns in unnamed files while it is written. Where it is much against what was there
 * before, a thread makes the file while the import is committed: the facts before it are read from the ledger, by
 * another thread with a connection of its own while those of the import still come, its own need not be; it gets its
 * name when the import is there. A smaller import leaves the file behind, which tells then of an earlier state
 * (current.h). It is an accelerator: whatever fails here fails silently, and the file is made by whoever needs it.
 * Within the ledger floor only. Ownership: grown_free. Facts may be added by another thread than the one that begins
 * and ends it.
 */
#ifndef HONGZHU_LEDGER_GROWN_H
#define HONGZHU_LEDGER_GROWN_H

#include "ledger/store.h"

typedef struct grown grown;

/* For an import of this number, whose first fact gets the number after `last_fact`. */
grown *grown_begin(ledger *l, int64_t import_id, int64_t last_fact);
void grown_add(grown *g, const fact *f,
               const fact_words *words); /* in its normal form; NULL is allowed; words may be */
/* All facts were added and are in their tables, and `head` is what will be stored of their import: begins to make the
 * file where that is worth it. From here to grown_rest the connection belongs to whoever makes it. */
void grown_make(grown *g, const import *head);
void grown_rest(grown *g); /* waits for the connection; NULL is allowed */
/* Waits for the file; it stands from now on if its import was committed, else it goes. NULL is allowed. */
void grown_end(grown *g, bool committed);
void grown_free(grown *g); /* NULL is allowed; what is under way ends first */

#endif
