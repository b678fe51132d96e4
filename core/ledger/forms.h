/* forms: whether what is stored has the form in which this program stores it.
 *
 * Hashes are made of what the program reads, so they are blind to what it passes over: what stands behind a NUL in a
 * text, an integer too large for its use, a zero where nothing belongs. Within the ledger floor only.
 */
#ifndef HONGZHU_LEDGER_FORMS_H
#define HONGZHU_LEDGER_FORMS_H

#include "ledger/store.h"

/* A row as fact_columns_sql reads it. */
bool forms_fact(sqlite3_stmt *s, fact_type type);
/* All other tables; one fault for each row. False if a table cannot be read. */
bool forms_verify(ledger *l, faults *problems);

#endif
