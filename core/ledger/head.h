/* head: what the newest links of a ledger's chains are, in a line that can be kept elsewhere.
 *
 * Nothing in a ledger can tell that its newest imports, bindings or issued reports were cut off: what is left is whole.
 * A head noted before can: it says how many there were, and a digest of the last link of each chain. It holds for ever,
 * whatever is added later.
 */
#ifndef HONGZHU_LEDGER_HEAD_H
#define HONGZHU_LEDGER_HEAD_H

#include "ledger/ledger.h"

/* IMPORTS.IMAGES.BINDINGS.ISSUED-DIGEST, for example 13.1.1.2-5f0c… (64 hexadecimal digits). */
char *ledger_head(ledger *l, arena *a, faults *problems);
/* Whether the ledger still has all that it had when this head was noted; says what is missing. */
bool ledger_head_holds(ledger *l, const char *head, faults *problems);

#endif
