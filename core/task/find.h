/* find: the row that a user means: by code, name, or, of a person, the last four characters of the ID number ("…003X").
 */
#ifndef HONGZHU_TASK_FIND_H
#define HONGZHU_TASK_FIND_H

#include "ledger/subjects.h"

typedef enum found_one { FOUND_NONE, FOUND_ONE, FOUND_SEVERAL } found_one;

/* Texts are compared by text_key; a code goes before a name, a name before the end of an ID number. Of several a fault
 * names them and says how to tell them apart. */
found_one find_row(const subjects *s, fact_type type, const char *text, uint32_t *row, faults *problems);
/* The fault of a code that nothing in the ledger has, with the nearest one of a person; returns false. */
bool find_nothing(const subjects *s, const char *code, faults *problems);

#endif
