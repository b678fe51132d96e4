/* What counted for a need, what did not, and why. */
#include "pack/evaluate_inside.h"

/* ---- explanation ---- */

static void take_counted(run *r, const need_result *n, arena *a, need_reasons *out) {
  const need_form *form = &n->need->form;
  int32_t node = form->had;
  if (r->rule->way != RULE_NEEDS && node < 0) return; /* a number that the rule made itself */
  if (node < 0 && form->condition >= 0) node = r->program->nodes[form->condition].of;
  if (node < 0) return;
  while (node >= 0 && r->program->nodes[node].type != EXPR_SELECTION) node = r->program->nodes[node].of;
  if (node < 0) return;
  selection s = run_selection(r, node);
  if (form->each != SPAN_NONE) s = evaluate_each_part(r, n, s);
  for (uint32_t i = 0; i < s.count; i++) {
    const item *whole = &s.items[i];
    for (uint32_t k = 0; k < (whole->parts_count ? whole->parts_count : 1); k++) {
      const item *one = whole->parts_count ? &whole->parts[k] : whole;
      counted *c = ARENA_PUSH(a, out->counted, out->counted_count, out->counted_capacity);
      *c = (counted){.type = r->program->nodes[node].rows, .row = one->row, .sure = one->sure, .carried = one->carried};
      c->amount = scaled_number(&r->frame, one->least);
      c->amount_most = scaled_number(&r->frame, one->most);
    }
  }
}

static bool node_below(const program *p, int32_t top, int32_t sought) {
  if (top < 0) return false;
  if (top == sought) return true;
  const expr_node *n = &p->nodes[top];
  if (node_below(p, n->of, sought)) return true;
  for (size_t i = 0; i < n->args_count; i++)
    if (node_below(p, n->args[i], sought)) return true;
  return false;
}

/* What was left out on the way to this need. A record left out by one step may count elsewhere in the same need (what a
 * cap leaves, `over` takes): then it is not listed as left out. */
static void take_left(run *r, const need_result *n, const trail *t, arena *a, need_reasons *out) {
  if (r->rule->way != RULE_NEEDS && n->need->form.had < 0) return;
  int32_t top = n->need->form.had >= 0 ? n->need->form.had : n->need->form.condition;
  size_t capacity = 0;
  for (size_t i = 0; i < t->count; i++) {
    const left *l = &t->items[i];
    if (!node_below(r->program, top, l->node)) continue;
    bool twice = l->reason == LEFT_UNDER_CAP;
    for (size_t k = 0; k < out->left_count && !twice; k++)
      twice = out->left[k].row == l->row && out->left[k].node == l->node && out->left[k].reason == l->reason;
    for (size_t k = 0; k < out->counted_count && !twice && !l->amount_known; k++) twice = out->counted[k].row == l->row;
    if (!twice) *ARENA_PUSH(a, out->left, out->left_count, capacity) = *l;
  }
  out->nodes = r->program->nodes;
}

static void take_kept(run *r, int32_t node, arena *a, need_reasons *out) {
  const expr_node *n = node >= 0 ? &r->program->nodes[node] : NULL;
  if (!n) return;
  if (n->op == OP_CAP || n->op == OP_OVER) {
    selection s = run_selection(r, n->op == OP_CAP ? node : n->of);
    for (uint32_t i = 0; i < s.count; i++)
      *ARENA_PUSH(a, out->kept, out->kept_count, out->kept_capacity) =
          (step_kept){node, s.items[i].row, scaled_number(&r->frame, s.items[i].least)};
  }
  take_kept(r, n->of, a, out);
  if (n->op == OP_UNION)
    for (size_t i = 0; i < n->args_count; i++) take_kept(r, n->args[i], a, out);
}

void evaluate_explain_needs(run *r, const decision *d, trail *t, arena *a, explanation *x) {
  x->needs = arena_array(a, d->needs_count + 1, sizeof *x->needs);
  for (size_t i = 0; i < d->needs_count; i++) {
    if (d->needs[i].outcome == OUTCOME_NOT_APPLICABLE) continue;
    take_counted(r, &d->needs[i], a, &x->needs[i]);
    take_left(r, &d->needs[i], t, a, &x->needs[i]);
    if (d->needs[i].outcome == OUTCOME_UNMET && d->needs[i].numbers)
      take_kept(r, d->needs[i].need->form.had, a, &x->needs[i]);
  }
}
