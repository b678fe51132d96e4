/* basis: what a rule's decisions rest on besides facts and the day, as one digest: the rule's own declaration, the
 * rules, recognitions, periods and parameters that it names, by whatever way, and the kinds and scales of the pack.
 *
 * Two packs in which it is the same decide the same by that rule: a remark, a report, an adapter, a parameter that the
 * rule does not read may differ. What a function or a plugin decides and what is decided about groups rests on the
 * whole image, and on the plugins' bytes.
 */
#ifndef HONGZHU_PACK_BASIS_H
#define HONGZHU_PACK_BASIS_H

#include "host/foreign.h"
#include "pack/pack.h"

/* `natives`: the offers found, NULL where there are none. */
digest basis_of_rule(const pack *p, int32_t rule, const offers *natives);

#endif
