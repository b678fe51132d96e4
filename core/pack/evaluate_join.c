/* A decision from the runs at the extremes: what they agree on is certain. */
#include "pack/evaluate_inside.h"

/* ---- putting the corners together ---- */

static fraction lesser(fraction a, fraction b) {
  return fraction_compare(a, b) <= 0 ? a : b;
}
static fraction greater(fraction a, fraction b) {
  return fraction_compare(a, b) >= 0 ? a : b;
}

void evaluate_missing(need_result *n) {
  comparison compare = n->need->form.compare;
  n->missing = FRACTION_ZERO;
  if (n->outcome == OUTCOME_MET || n->outcome == OUTCOME_NOT_APPLICABLE || !n->numbers) return;
  fraction gap = FRACTION_ZERO;
  bool least = compare == AT_LEAST || compare == MORE_THAN;
  if (least && !is_infinite(n->had) && !is_infinite(n->needed_most))
    (void)fraction_subtract(n->needed_most, n->had, &gap);
  if (!least && !is_infinite(n->had_most) && !is_infinite(n->needed))
    (void)fraction_subtract(n->had_most, n->needed, &gap);
  if (fraction_compare(gap, FRACTION_ZERO) > 0) n->missing = gap;
}

static void join_need(need_result *n, const corner *corners, size_t count, size_t i) {
  n->outcome = corners[0].needs[i];
  n->numbers = false;
  n->had = n->had_most = n->needed = n->needed_most = FRACTION_ZERO;
  for (size_t c = 0; c < count; c++) {
    const number *had = &corners[c].had[i], *needed = &corners[c].needed[i];
    if (corners[c].needs[i] != n->outcome) n->outcome = OUTCOME_UNKNOWN;
    if (!had->known || !needed->known) continue;
    if (!n->numbers) {
      n->had = had->least, n->had_most = had->most;
      n->needed = needed->least, n->needed_most = needed->most;
    }
    n->had = lesser(n->had, had->least);
    n->had_most = greater(n->had_most, had->most);
    n->needed = lesser(n->needed, needed->least);
    n->needed_most = greater(n->needed_most, needed->most);
    n->numbers = true;
  }
  if (n->need->form.had == -1) n->numbers = false;
  evaluate_missing(n);
}

static outcome outcome_of_needs(const need_result *needs, size_t count) {
  bool any = false, open = false;
  for (size_t i = 0; i < count; i++) {
    if (needs[i].outcome == OUTCOME_UNMET) return OUTCOME_UNMET;
    open = open || needs[i].outcome == OUTCOME_UNKNOWN;
    any = any || needs[i].outcome != OUTCOME_NOT_APPLICABLE;
  }
  return !any ? OUTCOME_NOT_APPLICABLE : open ? OUTCOME_UNKNOWN : OUTCOME_MET;
}

void evaluate_join(decision *d, const corner *corners, size_t count) {
  bool applies = true, stands_aside = true, exempt = false, maybe_exempt = false;
  for (size_t c = 0; c < count; c++) {
    applies = applies && corners[c].applies == TRUTH_YES;
    stands_aside = stands_aside && corners[c].applies == TRUTH_NO;
    maybe_exempt = maybe_exempt || corners[c].exempt != TRUTH_NO;
  }
  exempt = maybe_exempt;
  for (size_t c = 0; c < count; c++) exempt = exempt && corners[c].exempt == TRUTH_YES;
  for (size_t i = 0; i < d->needs_count; i++) join_need(&d->needs[i], corners, count, i);
  d->why = WHY_NEEDS;
  if (stands_aside || exempt) {
    d->outcome = OUTCOME_NOT_APPLICABLE;
    d->why = stands_aside ? WHY_APPLIES : WHY_EXEMPT;
    d->needs_count = 0;
  } else if (!applies || maybe_exempt) {
    d->outcome = OUTCOME_UNKNOWN;
    d->why = WHY_APPLIES_UNKNOWN;
  } else {
    d->outcome = outcome_of_needs(d->needs, d->needs_count);
  }
}
