/* alike: whether what two packs declare means the same, however it is named or numbered in each.
 *
 * Parameters are compared by their values, words by their texts, references by what they lead to: so that an expression
 * of one rule can stand for an expression of another, of the same pack or of one with another value somewhere. Titles,
 * sources and places mean nothing here. What is not sure to mean the same is not alike.
 */
#ifndef HONGZHU_PACK_ALIKE_H
#define HONGZHU_PACK_ALIKE_H

#include "pack/pack.h"

/* What evaluation asks of kinds while it reads records: whether an amount should be there. */
bool kinds_alike(const kinds *a, const kinds *b);
bool periods_alike(const period *a, const period *b); /* NULL is like NULL only */
bool matches_alike(const wordbook *in_a, const match *a, const wordbook *in_b, const match *b);
/* Of one name, so that not every two of them are compared to the end. */
bool recognitions_alike(const pack *in_a, const recognition *a, const pack *in_b, const recognition *b);

/* Of each node of b (of a rule or a recognition whose period is `period_b`; -1) the node of a that means the same, or
 * -1. Outcomes of other rules and what an earlier period left are like nothing: they hang on more than the node. */
void programs_alike(const pack *in_a, const program *a, int32_t period_a, const pack *in_b, const program *b,
                    int32_t period_b, int32_t *out);

/* The same comparison about the same nodes: `nodes` is what programs_alike says of b's program. The whole need, or
 * (`had_alone`) only how what is had is counted. */
bool needs_alike(const pack *in_a, const need *a, const pack *in_b, const need *b, const int32_t *nodes,
                 bool had_alone);

#endif
