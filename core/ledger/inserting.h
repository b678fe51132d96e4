/* inserting: facts of one type into their table, many rows with one statement. Within the ledger floor only.
 *
 * Most columns say the same of row after row. What all rows of a statement have in common stands in the statement
 * itself, as far as it was so from its first rows on; whatever differs later is a parameter from then on. Numbers of
 * facts that follow one another behind all others of the table are given by SQLite, which needs not look for their
 * places then. What is stored is the same in every case.
 */
#ifndef HONGZHU_LEDGER_INSERTING_H
#define HONGZHU_LEDGER_INSERTING_H

#include "ledger/store.h"

typedef struct put_item {
  fact fact;
  fact_words words;
  uint32_t checksum;
} put_item;

typedef struct inserting inserting;

inserting *inserting_new(ledger *l, fact_type type);
void inserting_free(inserting *i); /* NULL is allowed */
/* In the order of their ids, which are above all that were given before. False: see what SQLite said last. */
bool inserting_rows(inserting *i, const put_item *const *rows, size_t count);

#endif
