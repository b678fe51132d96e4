/* grown: the subject file of a large import, made from its facts while they are in hand.
 *
 * What an import opens is kept as columns in unnamed files while it is written. Where it is much against what was there
 * before, the file is made when the import is committed: the facts before it are read from the ledger, its own need not
 * be. A smaller import leaves the file behind, which tells then of an earlier state (current.h). It is an accelerator:
 * whatever fails here fails silently, and the file is made by whoever needs it. Within the ledger floor only.
 * Ownership: grown_free. Facts may be added by another thread than the one that begins and ends it.
 */
#ifndef HONGZHU_LEDGER_GROWN_H
#define HONGZHU_LEDGER_GROWN_H

#include "ledger/store.h"

typedef struct grown grown;

/* For an import of this number, whose first fact gets the number after `last_fact`. */
grown *grown_begin(ledger *l, int64_t import_id, int64_t last_fact);
void grown_add(grown *g, const fact *f, const fact_words *words); /* NULL is allowed; words may be */
/* After the commit: makes the file where that is worth it. */
void grown_end(grown *g);
void grown_free(grown *g); /* NULL is allowed */

#endif
