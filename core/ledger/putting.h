/* putting: facts on their way into their tables and into the hash of their import. Within the ledger floor only.
 *
 * Facts are gathered in batches. A batch is written as a whole, many rows with one statement; those of a large file by
 * a thread beside the one that makes the facts. The connection belongs to that thread from the moment a batch is handed
 * over until store_settle, which store_prepare, store_step and whatever else goes to SQLite call first: then all facts
 * that were put are in their tables and the thread rests until the next batch is handed over.
 * Errors: what fails while a batch is written is said once, by the next call that has faults to say it in.
 */
#ifndef HONGZHU_LEDGER_PUTTING_H
#define HONGZHU_LEDGER_PUTTING_H

#include "ledger/grown.h"

/* `beside`: a thread may write. Not for whoever puts facts while rows of a statement of his are still to come. */
putting *putting_begin(ledger *l, bool beside);
/* From now on what is written is added there too, by whoever writes; NULL is allowed. */
void putting_show(putting *p, grown *to);
void putting_free(putting *p); /* what was not written yet is dropped; NULL is allowed */

/* A fact, which gets its normal form, an id, the import that opens it and, where it says none, that as its source.
 * Texts are copied. */
bool putting_add(putting *p, const fact *f, int64_t id, int64_t import_id, faults *problems);
bool putting_settle(putting *p, faults *problems); /* problems may be NULL: it is said later */
/* All is in the tables; the hash of each type's facts, all zero where there are none. */
bool putting_end(putting *p, digest of[FACT_TYPES], faults *problems);

#endif
