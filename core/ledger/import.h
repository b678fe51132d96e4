/* import: how imports are sealed, for those who make, undo and verify them. Within the ledger floor only. */
#ifndef HONGZHU_LEDGER_IMPORT_H
#define HONGZHU_LEDGER_IMPORT_H

#include "ledger/store.h"

/* `inner`: within a transaction of the caller, who commits or rolls back. */
importing *import_begin(ledger *l, const import *head, bool inner, faults *problems);
/* Notes that an opened fact is a copy of an earlier one, which an undo opened again; `origin` is never a copy itself.
 */
bool import_copy(importing *i, int64_t fact, int64_t origin, faults *problems);

typedef struct import_parts {
  digest of[FACT_TYPES]; /* all zero where there is none */
  digest closings, copies, sheets;
} import_parts;

void closing_bytes(buffer *b, int64_t closed);              /* in the order of facts */
void copy_bytes(buffer *b, int64_t opened, int64_t origin); /* in the order of facts */
void sheet_bytes(buffer *b, int64_t number, const char *name);
digest import_content(const import_parts *parts);
digest import_chain(const import *i, int64_t last_fact, int64_t last_entity, const digest *before);

/* What is stored about an import beside its public part. */
typedef struct import_row {
import head;
  int64_t last_fact, last_entity;
  int64_t undone_by; /* the newest undo of it that is itself in effect; 0 */
} import_row;

size_t import_rows(ledger *l, arena *a, import_row **out, faults *problems); /* rows[k] has id k + 1 */

#endif
