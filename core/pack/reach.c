#include "pack/reach.h"

static bool is_alone(const rule *r) {
  return (r->of == FACT_PERSON || r->of == FACT_ENROLLMENT) && r->way == RULE_NEEDS;
}

/* The rules that use each other are in no circle, so none is met more than `left` uses deep. */
static bool reaches_nobody_else(const pack *p, size_t rule_at, size_t left) {
  const rule *r = &p->rules[rule_at];
  if (!is_alone(r) || left == 0) return false;
  for (size_t k = 0; r->uses && k < p->rules_count; k++)
    if (r->uses[k] && !reaches_nobody_else(p, k, left - 1)) return false;
  return true;
}

bool reach_is_person(const pack *p, int32_t rule_at) {
  return rule_at >= 0 && reaches_nobody_else(p, (size_t)rule_at, p->rules_count + 1);
}

bool reach_all_persons(const pack *p) {
  for (size_t k = 0; k < p->rules_count; k++) {
    fact_type of = p->rules[k].of;
    if ((of == FACT_PERSON || of == FACT_ENROLLMENT) && !reach_is_person(p, (int32_t)k)) return false;
  }
  return true;
}
