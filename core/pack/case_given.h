/* case_given: the facts that a case makes up. Inside core/pack only. */
#ifndef HONGZHU_PACK_CASE_GIVEN_H
#define HONGZHU_PACK_CASE_GIVEN_H

#include "pack/pack.h"

typedef struct case_facts {
  fact *items;
  size_t count, capacity;
} case_facts;

/* Reads `given`; people get their codes, the one person of a simple case is "P". False where something is wrong. */
bool case_given_read(const pack *p, const spot *given, fact_type of, case_facts *out);

#endif
