/* mutate_hint: the case that would notice what none of them notices. Inside core/pack only.
 *
 * Best is a case that computes something else and does not say what it expects there: then the one word that it lacks
 * is named, and it is certain to help. Else what such a case would look like is said from where the number stands.
 */
#ifndef HONGZHU_PACK_MUTATE_HINT_H
#define HONGZHU_PACK_MUTATE_HINT_H

#include "pack/case.h"
#include "pack/mutate_places.h"

typedef struct case_seen { /* what a case computes as the pack is */
  const char *title;
  place where;
  bool decided;
  decision decision;
  const rule_output *gives; /* what the rule gives, beside decision.gives */
  size_t gives_count;
  const char *differs; /* set by mutate_compare: "needed = { face = 30 }"; NULL */
} case_seen;

void mutate_see(arena *a, arena *brief, const pack *p, const json_t *declaration, case_seen *out);
/* Of a case that passes in a changed pack too: what it computes otherwise. */
void mutate_compare(arena *a, case_seen *seen, const case_result *changed);
said mutate_hint(arena *a, const pack *p, const movable *m, const char *is, const case_seen *seen);

#endif
