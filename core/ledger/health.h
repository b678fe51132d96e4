/* health: what can be told of a ledger without reading all of it, for `doctor` and `backup`. */
#ifndef HONGZHU_LEDGER_HEALTH_H
#define HONGZHU_LEDGER_HEALTH_H

#include "ledger/ledger.h"

const char *health_sqlite(void);                      /* the version of SQLite in use */
int health_format(void);                              /* the format of ledgers that this program writes */
int64_t health_format_of(ledger *l);                  /* the format of this one */
bool health_quick_check(ledger *l, faults *problems); /* PRAGMA quick_check: one fault for each thing found */

/* Tables, views and whatever else is there must be what this program makes: one fault for each that is missing, changed
 * or foreign. False where it cannot be read. */
bool health_schema(ledger *l, faults *problems);

typedef enum subjects_state { SUBJECTS_NONE, SUBJECTS_FIT, SUBJECTS_STALE, SUBJECTS_DAMAGED } subjects_state;
subjects_state health_subjects(ledger *l); /* of NAME.subjects, which is left as it is */

bool health_being_written(ledger *l); /* does a command hold the writer's lock now? */

/* Kept files that the ledger names and that are not in NAME.files; *named: how many it names. */
size_t health_kept_missing(ledger *l, size_t *named, faults *problems);

#endif
