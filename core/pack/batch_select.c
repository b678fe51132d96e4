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

static void row_is_odd(batch_turn *t, uint32_t row_at) {
  t->odd[t->b->rows.who[row_at]] = true;
}

/* ---- where rows stand in time ---- */

/* Of each row whether the rule's window, up to the day of the decision, holds it; rows of which that is not simply so,
 * or will be otherwise, are listed. */
void batch_people(batch_turn *t) {
  batch_plan *p = t->p;
  const batch_rows *rows = &t->b->rows;
  const run *r = &t->run;
  day on = r->frame.on, first = r->has_window ? r->frame.window.first : DAY_NONE;
  day last = r->has_window && r->frame.window.last < on ? r->frame.window.last : on;
  p->days = batch_rows_days(t->b, r->frame.period && r->frame.period->spanning == SPANNING_STARTS);
  const day *earliest = p->days->earliest, *latest = p->days->latest;
  p->odd_count = 0;
  p->years = 0;
  p->own_made = false;
  for (uint32_t i = 0; i < rows->count; i++)
    p->inside[i] = (uint8_t)((earliest[i] >= first) & (latest[i] <= last) & (earliest[i] != DAY_NONE));
  for (uint32_t i = 0; i < rows->count; i++) {
    bool left_out = latest[i] < first || (earliest[i] > last && last < on);
    p->odd[p->odd_count] = (uint16_t)i;
    p->odd_count += !p->inside[i] && !left_out;
  }
}

/* Up to the day of the decision, whatever the period. */
static bool inside_ever(const batch_turn *t, uint32_t i) {
  return t->p->days->earliest[i] != DAY_NONE && t->p->days->latest[i] <= t->run.frame.on;
}

bool batch_years(batch_turn *t) {
  batch_plan *p = t->p;
  const batch_rows *rows = &t->b->rows;
  const period *of = t->run.frame.period;
  if (p->years) return true;
  day least = DAY_EVER, most = DAY_NONE;
  for (uint32_t i = 0; i < rows->count; i++) {
    if (!p->inside[i] && !(p->ever && inside_ever(t, i))) continue;
    if (p->days->earliest[i] < least) least = p->days->earliest[i];
    if (p->days->latest[i] > most) most = p->days->latest[i];
  }
  int32_t first = 0, years = 1;
  if (least <= most) {
    first = period_year(of, least);
    years = period_year(of, most) - first + 1;
  }
  if (years > BATCH_YEARS) return false;
  p->year_first = first;
  p->years = (uint32_t)years;
  memset(p->year, 0, rows->count);
  for (int32_t y = 1; y < years; y++) {
    day starts = period_year_first(of, first + y);
    for (uint32_t i = 0; i < rows->count; i++) p->year[i] = (uint8_t)(p->year[i] + (p->days->earliest[i] >= starts));
  }
  for (uint32_t i = 0; i < rows->count; i++) /* what lies outside is in no selection: any year will do */
    if (p->year[i] >= years) p->year[i] = (uint8_t)(years - 1);
  return true;
}

void batch_across_years(batch_turn *t, const uint8_t *in) {
  const batch_days *d = t->p->days;
  const period *of = t->run.frame.period;
  for (uint32_t i = 0; d->vague && i < t->b->rows.count; i++)
    if (in[i] && d->earliest[i] != d->latest[i] && period_year(of, d->earliest[i]) != period_year(of, d->latest[i]))
      row_is_odd(t, i);
}

/* ---- leaves ---- */

static void own_amounts(batch_turn *t) {
  batch_plan *p = t->p;
  const batch_rows *rows = &t->b->rows;
  int64_t parts = p->scale / AMOUNT_ONE, most = BATCH_PARTS_MOST / parts;
  p->own_made = true;
  for (uint32_t i = 0; i < rows->count; i++) {
    bool there = rows->bound[i] == BOUND_EXACT && rows->amount[i] >= 0 && rows->amount[i] <= most;
    p->own[i] = there ? rows->amount[i] * parts : 0;
    p->own_odd[i] = !there && (rows->bound[i] != BOUND_NONE || batch_amount_missing(t->b, &t->run, rows->row[i]));
  }
}

/* What is outside the window for now, or not simply in or out. */
static void leaf_odd(batch_turn *t, int32_t node, uint32_t at) {
  const batch_days *d = t->p->days;
  if (d->earliest[at] != DAY_NONE && d->earliest[at] > t->run.frame.on)
    batch_note(t, node, t->b->rows.who[at], d->earliest[at]);
  else
    row_is_odd(t, at);
}

static void leaf_records(batch_turn *t, int32_t node, const expr_node *n) {
  batch_plan *p = t->p;
  batch *b = t->b;
  node_lanes *l = &p->lanes[node];
  if (!p->own_made) own_amounts(t);
  for (uint32_t i = 0; i < b->rows.count; i++) {
    l->in[i] = 0;
    l->parts[i] = 0;
    if (b->rows.theirs[i] != n->from_person) continue;
    day until = DAY_EVER;
    truth is = batch_matches(b, &p->matches[node], i, t->run.parameters_on, &until);
    if (until != DAY_EVER) batch_note(t, node, b->rows.who[i], until);
    if (is == TRUTH_NO) continue;
    if (is == TRUTH_UNKNOWN || p->own_odd[i]) row_is_odd(t, i);
    l->in[i] = 1;
    l->parts[i] = p->own[i];
  }
}

static void leaf_recognised(batch_turn *t, const expr_node *n, node_lanes *l) {
  const batch_recognition *own = batch_recognised(t, n->index);
  const batch_rows *rows = &t->b->rows;
  int64_t factor = t->p->factor;
  for (uint32_t i = 0; i < rows->people; i++) t->odd[i] = t->odd[i] || own->odd[i];
  for (uint32_t i = 0; i < rows->count; i++) {
    bool of_class = n->as < 0 ? own->class[i] >= 0 : own->class[i] == n->as;
    l->in[i] = of_class;
    l->parts[i] = of_class ? own->parts[i] : 0;
  }
  if (factor > 1)
    for (uint32_t i = 0; i < rows->count; i++) l->parts[i] *= factor;
}

static void leaf(batch_turn *t, int32_t node, const expr_node *n) {
  batch_plan *p = t->p;
  node_lanes *l = &p->lanes[node];
  if (n->op == OP_RECOGNISED)
    leaf_recognised(t, n, l);
  else
    leaf_records(t, node, n);
  if (n->ever) {
    for (uint32_t i = 0; i < t->b->rows.count; i++) {
      if (l->in[i] && !inside_ever(t, i)) leaf_odd(t, node, i);
      l->in[i] = l->in[i] && inside_ever(t, i);
      l->parts[i] = l->in[i] ? l->parts[i] : 0;
    }
    return;
  }
  for (uint32_t k = 0; k < p->odd_count; k++)
    if (l->in[p->odd[k]]) leaf_odd(t, node, p->odd[k]);
  for (uint32_t i = 0; i < t->b->rows.count; i++) {
    l->in[i] &= p->inside[i];
    l->parts[i] = l->in[i] ? l->parts[i] : 0;
  }
}

/* ---- steps ---- */

static void where(batch_turn *t, int32_t node, const node_lanes *below, node_lanes *l) {
  batch *b = t->b;
  for (uint32_t i = 0; i < b->rows.count; i++) {
    l->in[i] = 0;
    l->parts[i] = 0;
    if (!below->in[i]) continue;
    day until = DAY_EVER;
    truth is = batch_matches(b, &t->p->matches[node], i, t->run.parameters_on, &until);
    if (until != DAY_EVER) batch_note(t, node, b->rows.who[i], until);
    if (is == TRUTH_UNKNOWN) row_is_odd(t, i);
    if (is != TRUTH_YES) continue;
    l->in[i] = 1;
    l->parts[i] = below->parts[i];
  }
}

static void during(batch_turn *t, const expr_node *n, const node_lanes *below, node_lanes *l) {
  const window *w = &t->run.frame.window;
  const batch_days *d = t->p->days;
  day first = n->span == SPAN_PERIOD ? w->first : n->limit.day, last = n->span == SPAN_PERIOD ? w->last : n->other.day;
  if (n->span != SPAN_PERIOD && (n->years || n->months || n->days)) {
    last = w->last;
    first = day_add(last + 1, -n->years, -n->months, -n->days);
  }
  for (uint32_t i = 0; i < t->b->rows.count; i++) {
    bool inside = d->earliest[i] >= first && d->latest[i] <= last;
    bool outside = d->latest[i] < first || d->earliest[i] > last;
    if (below->in[i] && !inside && !outside) row_is_odd(t, i);
    l->in[i] = below->in[i] && inside;
    l->parts[i] = l->in[i] ? below->parts[i] : 0;
  }
}

/* Limits in parts, of each subject; a subject without one is odd. */
static void limits_of(batch_turn *t, int32_t node, int64_t *out) {
  const node_lanes *l = &t->p->lanes[node];
  bool refused = false;
  for (uint32_t i = 0; i < t->b->rows.people; i++) {
    if (l->same && i) {
      out[i] = out[0];
      t->odd[i] = t->odd[i] || refused;
    } else if (l->whole) {
      out[i] = l->scaled[i];
    } else {
      t->run.frame.rescale = 1;
      t->run.frame.overflow = false;
      out[i] = 0;
      if (scale_fraction(&t->run.frame, batch_lane(t, l, i), &out[i])) continue;
      if (t->run.frame.rescale > 1 && !t->run.frame.overflow) t->again = t->run.frame.rescale;
      t->odd[i] = refused = true;
      t->run.frame.rescale = 1;
      t->run.frame.overflow = false;
    }
  }
}

/* Which of the rows a step is about: those in the selection that match its table. */
static bool concerned(batch_turn *t, int32_t node, const node_lanes *below, uint32_t i) {
  batch *b = t->b;
  if (!below->in[i]) return false;
  if (!t->p->matches[node].what) return true;
  day until = DAY_EVER;
  truth is = batch_matches(b, &t->p->matches[node], i, t->run.parameters_on, &until);
  if (until != DAY_EVER) batch_note(t, node, b->rows.who[i], until);
  if (is == TRUTH_UNKNOWN) row_is_odd(t, i);
  return is != TRUTH_NO;
}

static uint32_t spans_of(batch_turn *t, const expr_node *n, const node_lanes *below) {
  if (n->span != SPAN_YEAR) return 1;
  if (!batch_years(t)) return 0;
  batch_across_years(t, below->in);
  return t->p->years;
}

static void cap(batch_turn *t, int32_t node, const expr_node *n, const node_lanes *below, node_lanes *l) {
  const batch_rows *rows = &t->b->rows;
  int64_t most[BATCH_PEOPLE], used[BATCH_YEARS];
  uint32_t spans = spans_of(t, n, below);
  limits_of(t, n->args[0], most);
  if (!spans) {
    memset(t->odd, 1, sizeof t->odd);
    return;
  }
  bool by_year = n->span == SPAN_YEAR, by_item = n->span == SPAN_ITEM, over = n->op == OP_OVER;
  for (uint32_t who = 0; who < rows->people; who++) {
    int64_t ceiling = most[who];
    memset(used, 0, spans * sizeof *used);
    for (uint32_t i = rows->first[who]; i < rows->first[who + 1]; i++) {
      int64_t own = below->parts[i];
      if (!concerned(t, node, below, i)) {
        l->in[i] = over ? 0 : below->in[i];
        l->parts[i] = over ? 0 : own;
        continue;
      }
      int64_t *spent = &used[by_year ? t->p->year[i] : 0], before = by_item ? 0 : *spent;
      int64_t room = before >= ceiling ? 0 : ceiling - before, keeps = own < room ? own : room;
      *spent = before + own;
      l->in[i] = over ? own > keeps : keeps > 0 || !own;
      l->parts[i] = over ? own - keeps : keeps;
    }
  }
}

static void first_ones(batch_turn *t, const expr_node *n, const node_lanes *below, node_lanes *l) {
  const batch_rows *rows = &t->b->rows;
  const node_lanes *many = &t->p->lanes[n->args[0]];
  uint32_t spans = spans_of(t, n, below);
  if (!spans) {
    memset(t->odd, 1, sizeof t->odd);
    return;
  }
  bool by_year = n->span == SPAN_YEAR, by_item = n->span == SPAN_ITEM;
  int64_t used[BATCH_YEARS];
  for (uint32_t who = 0; who < rows->people; who++) {
    fraction most = batch_lane(t, many, who);
    int64_t count = most.above / most.below;
    memset(used, 0, spans * sizeof *used);
    for (uint32_t i = rows->first[who]; i < rows->first[who + 1]; i++) {
      int64_t *spent = &used[by_year ? t->p->year[i] : 0], before = by_item ? 0 : *spent;
      *spent += below->in[i];
      l->in[i] = below->in[i] & (before < count);
      l->parts[i] = l->in[i] ? below->parts[i] : 0;
    }
  }
}

static void greatest(batch_turn *t, const node_lanes *below, node_lanes *l) {
  const batch_rows *rows = &t->b->rows;
  memset(l->in, 0, rows->count * sizeof *l->in);
  memset(l->parts, 0, rows->count * sizeof *l->parts);
  for (uint32_t who = 0; who < rows->people; who++) {
    int64_t best = -1;
    uint32_t at = 0;
    for (uint32_t i = rows->first[who]; i < rows->first[who + 1]; i++) {
      bool better = below->in[i] && below->parts[i] > best;
      best = better ? below->parts[i] : best;
      at = better ? i : at;
    }
    if (best < 0) continue;
    l->in[at] = 1;
    l->parts[at] = best;
  }
}

static void both(batch_turn *t, const node_lanes *one, const node_lanes *other, node_lanes *l) {
  for (uint32_t i = 0; i < t->b->rows.count; i++) {
    l->in[i] = one->in[i] | other->in[i];
    l->parts[i] = one->parts[i] + other->parts[i];
  }
}

/* ---- steps that the run takes ---- */

selection batch_items(batch_turn *t, int32_t node, uint32_t at) {
  const batch_rows *rows = &t->b->rows;
  const node_lanes *l = &t->p->lanes[node];
  uint32_t first = rows->first[at], last = rows->first[at + 1];
  selection s = {arena_array(t->b->scratch, last - first + 1, sizeof(item)), 0};
  for (uint32_t i = first; i < last; i++) {
    if (!l->in[i]) continue;
    item one = run_item(&t->run, FACT_RECORD, rows->row[i], i - first);
    one.least = one.most = l->parts[i];
    s.items[s.count++] = one;
  }
  return s;
}

/* The run finds what a step takes beside the selection, its limit, as if it had computed it itself. */
static void hand_limits(batch_turn *t, const expr_node *n, uint32_t at) {
  for (size_t i = 0; i < n->args_count; i++) {
    fraction f = batch_lane(t, &t->p->lanes[n->args[i]], at);
    t->run.values[n->args[i]] = (node_value){.done = true, .number = {true, f, f}};
  }
}

static void step(batch_turn *t, int32_t node, const expr_node *n, node_lanes *l) {
  const batch_rows *rows = &t->b->rows;
  memset(l->in, 0, rows->count * sizeof *l->in);
  memset(l->parts, 0, rows->count * sizeof *l->parts);
  for (uint32_t who = 0; who < rows->people; who++) {
    if (t->odd[who]) continue;
    batch_ask(t, who);
    hand_limits(t, n, who);
    t->run.frame.node = node;
    selection s = run_step(&t->run, n, batch_items(t, n->of, who));
    batch_asked(t, node, who);
    for (uint32_t k = 0; k < s.count && !t->odd[who]; k++) {
      const item *i = &s.items[k];
      uint32_t at = rows->first[who] + i->position;
      if (!i->sure || i->least != i->most || l->in[at]) t->odd[who] = true;
      l->in[at] = 1;
      l->parts[at] = i->least;
    }
  }
}

void batch_selection(batch_turn *t, int32_t node) {
  const expr_node *n = &t->p->rule->program.nodes[node];
  node_lanes *l = &t->p->lanes[node];
  const node_lanes *below = n->of >= 0 ? &t->p->lanes[n->of] : NULL;
  if (t->p->ways[node] == NODE_STEP) {
    step(t, node, n, l);
    return;
  }
  switch (n->op) {
  case OP_WHERE:
    where(t, node, below, l);
    break;
  case OP_DURING:
    during(t, n, below, l);
    break;
  case OP_CAP:
  case OP_OVER:
    cap(t, node, n, below, l);
    break;
  case OP_FIRST:
    first_ones(t, n, below, l);
    break;
  case OP_GREATEST:
    greatest(t, below, l);
    break;
  case OP_UNION:
    both(t, &t->p->lanes[n->args[0]], &t->p->lanes[n->args[1]], l);
    break;
  default:
    leaf(t, node, n);
  }
}

/* ---- sums ---- */

void batch_sum_years(batch_turn *t, int32_t node, int32_t year, bool count, int64_t *out) {
  const batch_rows *rows = &t->b->rows;
  const node_lanes *l = &t->p->lanes[node];
  int32_t at = year - t->p->year_first;
  for (uint32_t who = 0; who < rows->people; who++) {
    int64_t sum = 0;
    for (uint32_t i = rows->first[who]; i < rows->first[who + 1]; i++)
      sum += t->p->year[i] == at ? count ? l->in[i] : l->parts[i] : 0;
    out[who] = sum;
  }
}

fraction batch_lane(const batch_turn *t, const node_lanes *l, uint32_t at) {
  if (l->same) return l->one;
  if (!l->whole) return l->each[at];
  fraction out = FRACTION_ZERO;
  (void)fraction_make(l->scaled[at], t->p->scale, &out); /* both are far from the end */
  return out;
}

int batch_compare(const batch_turn *t, const node_lanes *a, const node_lanes *b, uint32_t at) {
  if (a->whole && b->whole) return (a->scaled[at] > b->scaled[at]) - (a->scaled[at] < b->scaled[at]);
  if (a->whole || b->whole) {
    const node_lanes *parts = a->whole ? a : b, *other = a->whole ? b : a;
    fraction f = other->same ? other->one : other->each[at];
    wide x = (wide)parts->scaled[at] * f.below, y = (wide)f.above * t->p->scale;
    int order = (x > y) - (x < y);
    return a->whole ? order : -order;
  }
  return fraction_compare(batch_lane(t, a, at), batch_lane(t, b, at));
}
