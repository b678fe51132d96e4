/* unmasked: what a command does before it shows people's data unmasked: it is written down in NAME.access. */
#ifndef HONGZHU_CLI_UNMASKED_H
#define HONGZHU_CLI_UNMASKED_H

#include "cli/cli.h"
#include "ledger/subjects.h"

/* Writes down who does what, `what` behind the command's name ("" for nothing more), and whose data. False with a
 * fault: show nothing. */
bool unmasked_noted(call *c, const ledger *l, const char *what, const char *of);
/* "person T05", "cohort HZZG-2"; one without a code by its number in the ledger, never by name; "everyone" for
 * FACT_NONE. */
const char *unmasked_subject(arena *a, const subjects *s, fact_type type, uint32_t row);

#endif
