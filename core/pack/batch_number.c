/* Numbers and conditions of a batch: a node for all subjects at hand at once. */
#include "pack/batch_inside.h"

#include <string.h>

__extension__ typedef __int128 wide;

void batch_note(batch_turn *t, int32_t node, uint32_t at, day until) {
  node_lanes *l = &t->p->lanes[node];
  if (until <= t->b->e->on) return;
  if (!l->has_until)
    for (uint32_t i = 0; i < BATCH_PEOPLE; i++) l->until[i] = DAY_EVER;
  l->has_until = true;
  if (until < l->until[at]) l->until[at] = until;
}

fraction batch_lane(const batch_turn *t, const node_lanes *l, uint32_t at) {
  if (l->same) return l->one_number;
  if (!l->whole) return l->each[at];
  int64_t parts = l->scaled[at];
  kept_fraction *k = &t->p->fractions[(uint64_t)parts * UINT64_C(0x9E3779B97F4A7C15) >> 56];
  if (k->parts == parts && k->scale == t->p->scale) return k->lowest;
  *k = (kept_fraction){parts, t->p->scale, FRACTION_ZERO};
  (void)fraction_make(parts, t->p->scale, &k->lowest); /* both are far from the end */
  return k->lowest;
}

int batch_compare(const batch_turn *t, const node_lanes *a, const node_lanes *b, uint32_t at) {
  if (a->whole && b->whole) return (a->scaled[at] > b->scaled[at]) - (a->scaled[at] < b->scaled[at]);
  if (a->whole || b->whole) {
    const node_lanes *parts = a->whole ? a : b, *other = a->whole ? b : a;
    fraction f = other->same ? other->one_number : other->each[at];
    wide x = (wide)parts->scaled[at] * f.below, y = (wide)f.above * t->p->scale;
    int order = (x > y) - (x < y);
    return a->whole ? order : -order;
  }
  return fraction_compare(batch_lane(t, a, at), batch_lane(t, b, at));
}

/* ---- asking the run ---- */

void batch_ask(batch_turn *t, uint32_t at) {
  run *r = &t->run;
  batch *b = t->b;
  r->subject = b->rows->subjects[at];
  r->person = r->of == FACT_PERSON ? (int32_t)r->subject : row_to(b->e->view, r->of, r->subject, FACT_PERSON);
  r->failed = r->saw_truth = r->frame.uncertain = r->frame.doubtful = r->frame.overflow = false;
  r->truths = r->frame.uncertain_count = 0;
  r->frame.rescale = 1;
  r->frame.until = b->e->until = DAY_EVER;
  r->frame.type = FACT_RECORD;
}

void batch_asked(batch_turn *t, int32_t node, uint32_t at) {
  const run *r = &t->run;
  if (r->frame.rescale > 1 && !r->frame.overflow) t->again = r->frame.rescale;
  if (r->failed || r->saw_truth || r->truths || r->frame.uncertain || r->frame.overflow || r->frame.rescale > 1)
    t->odd[at] = true;
  if (r->frame.until != DAY_EVER) batch_note(t, node, at, r->frame.until);
  if (t->b->e->until != DAY_EVER) batch_note(t, node, at, t->b->e->until);
}

/* What the run may have kept of the subject before. */
static void forget(batch_turn *t, int32_t node) {
  const expr_node *n = &t->p->rule->program.nodes[node];
  if (n->of >= 0 || n->args_count)
    memset(t->run.values, 0, t->p->rule->program.count * sizeof *t->run.values);
  else
    t->run.values[node].done = false;
}

static bool certain(number n) {
  return n.known && !is_infinite(n.least) && !is_infinite(n.most) && !fraction_compare(n.least, n.most);
}

static void ask_number(batch_turn *t, int32_t node, node_lanes *l, uint32_t people) {
  for (uint32_t who = 0; who < people; who++) {
    l->each[who] = FRACTION_ZERO;
    if (t->odd[who]) continue;
    batch_ask(t, who);
    forget(t, node);
    number n = run_number(&t->run, node);
    batch_asked(t, node, who);
    if (certain(n))
      l->each[who] = n.least;
    else
      t->odd[who] = true;
  }
}

static void ask_truth(batch_turn *t, int32_t node, node_lanes *l) {
  for (uint32_t who = 0; who < t->b->rows->people; who++) {
    l->yes[who] = 0;
    if (t->odd[who]) continue;
    batch_ask(t, who);
    forget(t, node);
    l->yes[who] = run_truth(&t->run, node) == TRUTH_YES;
    batch_asked(t, node, who);
  }
}

/* What is the same for all is asked of the first; what is odd about it is so for all. */
static void ask_constant(batch_turn *t, int32_t node, node_lanes *l) {
  bool before = t->odd[0];
  t->odd[0] = false;
  ask_number(t, node, l, 1);
  l->same = true;
  l->one_number = l->each[0];
  if (l->has_until)
    for (uint32_t who = 1; who < BATCH_PEOPLE; who++) l->until[who] = l->until[0];
  if (t->odd[0]) memset(t->odd, 1, sizeof t->odd);
  t->odd[0] = t->odd[0] || before;
}

/* ---- numbers ---- */

static void sum(batch_turn *t, const expr_node *n, node_lanes *l) {
  l->whole = true;
  memset(l->scaled, 0, BATCH_PEOPLE * sizeof *l->scaled);
  batch_sum(t, &t->p->lanes[n->of], false, l->scaled);
}

static void how_many(batch_turn *t, int32_t node, int64_t *out) {
  const node_lanes *of = batch_list(t, node);
  memset(out, 0, BATCH_PEOPLE * sizeof *out);
  for (uint32_t k = 0; k < of->count; k++) out[t->b->rows->who[of->at[k]]]++;
}

static void count(batch_turn *t, const expr_node *n, node_lanes *l) {
  how_many(t, n->of, l->scaled);
  for (uint32_t who = 0; who < t->b->rows->people; who++) l->each[who] = (fraction){l->scaled[who], 1};
}

/* Days, and different values: counted by the steps that the run has. */
static void count_others(batch_turn *t, int32_t node, const expr_node *n, node_lanes *l) {
  for (uint32_t who = 0; who < t->b->rows->people; who++) {
    l->each[who] = FRACTION_ZERO;
    if (t->odd[who]) continue;
    int64_t least = 0, most = 0;
    batch_ask(t, who);
    selection s = batch_items(t, n->of, who);
    if (n->op == OP_DAYS)
      selection_days(&t->run.frame, s, &least, &most);
    else
      selection_distinct(&t->run.frame, s, &n->path, &least, &most);
    batch_asked(t, node, who);
    if (least != most) t->odd[who] = true;
    l->each[who] = (fraction){least, 1};
  }
}

static bool combine(expr_op op, fraction a, fraction b, fraction *out) {
  switch (op) {
  case OP_SUBTRACT:
    return fraction_subtract(a, b, out);
  case OP_MULTIPLY:
    return fraction_multiply(a, b, out);
  case OP_DIVIDE:
    return b.above != 0 && fraction_divide(a, b, out);
  case OP_HIGHEST_OF:
    *out = fraction_compare(a, b) >= 0 ? a : b;
    return true;
  case OP_LOWEST_OF:
    *out = fraction_compare(a, b) <= 0 ? a : b;
    return true;
  default: /* ADD SUM_OF */
    return fraction_add(a, b, out);
  }
}

static void arithmetic(batch_turn *t, const expr_node *n, node_lanes *l) {
  for (uint32_t who = 0; who < t->b->rows->people; who++) {
    fraction all = batch_lane(t, &t->p->lanes[n->args[0]], who);
    for (size_t i = 1; i < n->args_count; i++)
      if (!combine(n->op, all, batch_lane(t, &t->p->lanes[n->args[i]], who), &all)) t->odd[who] = true;
    l->each[who] = all;
  }
}

static void choose(batch_turn *t, const expr_node *n, node_lanes *l) {
  for (uint32_t who = 0; who < t->b->rows->people; who++) {
    size_t i = 0;
    while (i + 1 < n->args_count && !t->p->lanes[n->args[i]].yes[who]) i += 2;
    int32_t taken = n->args[i + 1 < n->args_count ? i + 1 : i];
    l->each[who] = batch_lane(t, &t->p->lanes[taken], who);
  }
}

void batch_number(batch_turn *t, int32_t node) {
  const expr_node *n = &t->p->rule->program.nodes[node];
  node_lanes *l = &t->p->lanes[node];
  l->same = l->whole = false;
  if (t->p->ways[node] == NODE_CONSTANT)
    ask_constant(t, node, l);
  else if (t->p->ways[node] == NODE_ASK)
    ask_number(t, node, l, t->b->rows->people);
  else if (n->op == OP_SUM)
    sum(t, n, l);
  else if (n->op == OP_COUNT)
    count(t, n, l);
  else if (n->op == OP_DAYS || n->op == OP_DISTINCT)
    count_others(t, node, n, l);
  else if (n->op == OP_CHOOSE)
    choose(t, n, l);
  else
    arithmetic(t, n, l);
}

/* ---- conditions ---- */

void batch_truth(batch_turn *t, int32_t node) {
  const expr_node *n = &t->p->rule->program.nodes[node];
  node_lanes *l = &t->p->lanes[node];
  const batch_rows *rows = t->b->rows;
  if (t->p->ways[node] == NODE_ASK) {
    ask_truth(t, node, l);
    return;
  }
  if (n->op == OP_EXISTS) how_many(t, n->of, l->scaled);
  for (uint32_t who = 0; who < rows->people; who++) {
    bool yes = n->op == OP_ALL;
    if (n->op == OP_EXISTS)
      yes = l->scaled[who] > 0;
    else if (n->op == OP_COMPARE)
      yes = comparison_holds(n->compare, batch_compare(t, &t->p->lanes[n->args[0]], &t->p->lanes[n->args[1]], who));
    else
      for (size_t i = 0; i < n->args_count; i++) {
        bool one = t->p->lanes[n->args[i]].yes[who];
        yes = n->op == OP_ALL ? yes && one : yes || one;
      }
    l->yes[who] = n->op == OP_NOT ? !yes : yes;
  }
}
