/* decision: decisions as bytes: the needs packed in one column of the ledger, and whole explanations between worker and
 * parent. Integers are little endian; what is read back is checked against the pack and distrusted.
 */
#ifndef HONGZHU_PACK_DECISION_H
#define HONGZHU_PACK_DECISION_H

#include "pack/evaluate.h"

/* Appends the bytes; returns how many of them, the first ones, many decisions of the rule have alike. */
size_t decision_needs_pack(const decision *d, buffer *out);
/* Into d->needs; the rule must be set. False where the bytes are none of this rule's. */
bool decision_needs_unpack(const pack *p, const void *bytes, size_t size, arena *a, decision *d);

void explanation_pack(const explanation *x, const pack *p, buffer *out);
bool explanation_unpack(const pack *p, const subjects *s, const void *bytes, size_t size, arena *a, explanation *x);

#endif
