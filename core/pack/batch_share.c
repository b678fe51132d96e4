/* What another plan on the same ground has computed for the same rows is not computed again. */
#include "pack/alike.h"
#include "pack/batch_inside.h"

#include <string.h>

/* ---- what may be borrowed, found out once ---- */

static const period *period_of(const batch_plan *p) {
  return p->rule->period >= 0 ? &p->of->pack->periods[p->rule->period] : NULL;
}

/* Both see the same rows in the same way. */
static bool plans_alike(const batch_plan *a, const batch_plan *b) {
  return a->rule->of == b->rule->of && a->of->on == b->of->on && a->of->subjects == b->of->subjects &&
         periods_alike(period_of(a), period_of(b)) && kinds_alike(&a->of->pack->kinds, &b->of->pack->kinds);
}

static void borrow_needs(batch_plan *p, batch_plan *from, const int32_t *nodes) {
  const rule *lender = from->rule, *r = p->rule;
  for (size_t i = 0; i < r->needs_count; i++)
    for (size_t k = 0; k < lender->needs_count && !p->need_loans[i].from; k++) {
      const need *a = &lender->needs[k], *b = &r->needs[i];
      if (!needs_alike(from->of->pack, a, p->of->pack, b, nodes, true)) continue;
      bool whole = needs_alike(from->of->pack, a, p->of->pack, b, nodes, false);
      p->need_loans[i] = (batch_loan){from, (int32_t)k, whole};
    }
}

/* A need for each word asks about a selection once more, and notes there when that reads otherwise. */
static bool asked_again(const rule *r, int32_t node) {
  for (size_t i = 0; i < r->needs_count; i++) {
    const need_form *f = &r->needs[i].form;
    if (f->had == node && f->each != SPAN_NONE && f->each != SPAN_YEAR) return true;
  }
  return false;
}

static void borrow_from(batch *b, batch_plan *p, batch_plan *from) {
  const program *lent = &from->rule->program, *own = &p->rule->program;
  int32_t *nodes = arena_array(b->scratch, own->count + 1, sizeof *nodes);
  programs_alike(from->of->pack, lent, from->rule->period, p->of->pack, own, p->rule->period, nodes);
  for (size_t i = 0; i < own->count; i++) { /* a node that is computed in another way, or not at all, is none */
    int32_t at = nodes[i];
    if (at >= 0 && (from->ways[at] == NODE_UNUSED || from->ways[at] != p->ways[i] || asked_again(from->rule, at) ||
                    asked_again(p->rule, (int32_t)i)))
      nodes[i] = -1;
    if (nodes[i] >= 0 && !p->node_loans[i].from) p->node_loans[i] = (batch_loan){from, at, true};
  }
  borrow_needs(p, from, nodes);
}

void batch_loans_make(batch *b, batch_plan *p) {
  batch_ground *g = b->ground;
  p->node_loans = arena_array(b->memory, p->rule->program.count + 1, sizeof *p->node_loans);
  p->need_loans = arena_array(b->memory, p->rule->needs_count + 1, sizeof *p->need_loans);
  for (size_t i = 0; i < g->plans_count; i++)
    if (plans_alike(g->plans[i], p)) borrow_from(b, p, g->plans[i]);
  *ARENA_PUSH(g->memory, g->plans, g->plans_count, g->plans_capacity) = p;
}

/* ---- what is borrowed, for the rows at hand ---- */

static bool lends(const batch_turn *t, const batch_loan *l) {
  const batch_plan *p = t->p, *from = l->from;
  return from && from->supported && from->ran == t->b->rows->serial && from->scale == p->scale &&
         !memcmp(&from->window, &p->window, sizeof p->window);
}

static void borrow_odd(batch_turn *t, const batch_loan *loans, size_t count) {
  const batch_plan *before = NULL;
  for (size_t i = 0; i < count; i++) {
    if (loans[i].from == before || !lends(t, &loans[i])) continue;
    before = loans[i].from;
    for (uint32_t who = 0; who < t->b->rows->people; who++) t->odd[who] = t->odd[who] || before->odd_ran[who];
  }
}

/* Whom a lender could not decide, the borrower cannot: neither by its nodes nor by its needs. */
void batch_borrow_all(batch_turn *t) {
  const batch_plan *p = t->p;
  borrow_odd(t, p->node_loans, p->rule->program.count);
  borrow_odd(t, p->need_loans, p->rule->needs_count);
}

bool batch_borrow(batch_turn *t, int32_t node) {
  batch_plan *p = t->p;
  const batch_loan *l = &p->node_loans[node];
  bool lent = lends(t, l);
  p->lanes[node] = lent ? l->from->lanes[l->at] : p->own_lanes[node];
  return lent;
}

/* The need of the plan that another one's stands for: the same year or word. -1: it is not computed there. */
static int32_t need_of(const batch_plan *p, uint32_t at, const batch_loan *l) {
  const need *own = p->needs.needs[at].need;
  uint32_t first = at;
  while (first > 0 && p->needs.needs[first - 1].need == own) first--;
  const batch_plan *from = l->from;
  for (uint32_t k = 0; k < from->needs.count; k++) {
    if (from->needs.needs[k].need != &from->rule->needs[l->at]) continue;
    k += at - first;
    return k < from->needs.count && from->needs_stand[k] ? (int32_t)k : -1;
  }
  return -1;
}

bool batch_borrow_had(batch_turn *t, uint32_t at) {
  batch_plan *p = t->p;
  const batch_loan *l = &p->need_loans[p->needs.needs[at].need - p->rule->needs];
  int32_t lent = lends(t, l) ? need_of(p, at, l) : -1;
  p->had[at].scaled = lent >= 0 ? l->from->had[lent].scaled : p->own_had[at];
  p->had[at].whole = true;
  p->had[at].same = false;
  return lent >= 0;
}

bool batch_borrow_outcomes(batch_turn *t, uint32_t at) {
  batch_plan *p = t->p;
  const batch_loan *l = &p->need_loans[p->needs.needs[at].need - p->rule->needs];
  int32_t lent = l->whole && lends(t, l) ? need_of(p, at, l) : -1;
  if (lent >= 0) memcpy(p->outcomes[at], l->from->outcomes[lent], BATCH_PEOPLE);
  return lent >= 0;
}
