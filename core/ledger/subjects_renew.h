/* subjects_renew: a subject file made from an earlier one and what changed since. Within the ledger floor only.
 *
 * It has the bytes that it would have if it were made from the facts (subjects_build.h). Rows of which nothing changed
 * are copied in runs, column by column, at the speed of memory; of what changed the facts are read. Where that is much,
 * or where it cannot be told in what order rows are to stand, it says so, and the file is made from the facts.
 */
#ifndef HONGZHU_LEDGER_SUBJECTS_RENEW_H
#define HONGZHU_LEDGER_SUBJECTS_RENEW_H

#include "ledger/store.h"
#include "ledger/subjects_inside.h"

/* `old`: checked whole, keys too, and of an earlier state of this ledger. False where the file has to be made from the
 * facts; what is in the descriptor then is nothing. */
bool subjects_renew(ledger *l, const mapped *old, int64_t known_after, int descriptor);

#endif
