/* sealed: the small append-only tables (images, bindings, issued reports), each row sealed with the one before it.
 * Within the ledger floor only. */
#ifndef HONGZHU_LEDGER_SEALED_H
#define HONGZHU_LEDGER_SEALED_H

#include "ledger/store.h"

typedef enum sealed_table { SEALED_IMAGE, SEALED_BINDING, SEALED_ISSUE } sealed_table;

/* The seal of a row that is about to be appended. */
bool sealed_next(ledger *l, sealed_table table, const buffer *row, digest *seal, faults *problems);

/* Verification: rows are handed over in the order of their numbers; each that does not fit is a fault naming it. */
typedef struct sealed_check {
  ledger *of;
  sealed_table table;
  faults *problems;
  sqlite3_stmt *seals;
  digest before;
  int64_t rows; /* handed over, which are numbered from 1 */
} sealed_check;

sealed_check sealed_begin(ledger *l, sealed_table table, faults *problems);
void sealed_row(sealed_check *check, const buffer *row);
void sealed_end(sealed_check *check);

int64_t store_image_number(ledger *l, digest id); /* 0 where it is not stored */

/* One fault for each damaged row; false if the table cannot be read. */
bool image_verify(ledger *l, faults *problems);
bool binding_verify(ledger *l, faults *problems);
bool issue_verify(ledger *l, faults *problems);
bool decision_verify(ledger *l, faults *problems);
/* Within a transaction: from decision_before, which has a row for each, as ledgers of version 2 have them. */
bool decision_forward(ledger *l, faults *problems);

#endif
