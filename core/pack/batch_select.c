/* Selections of a batch: which rows are there, for all subjects at once. */
#include "pack/batch_inside.h"

#include <string.h>

static void row_is_odd(batch_turn *t, uint32_t row_at) {
  t->odd[t->b->rows->who[row_at]] = true;
}

/* ---- where rows stand in time ---- */

/* Of each row whether the rule's window, up to the day of the decision, holds it; rows of which that is not simply so,
 * or will be otherwise, are listed. */
void batch_people(batch_turn *t) {
  batch_plan *p = t->p;
  if (p->rows_placed) return;
  p->rows_placed = true;
  const batch_rows *rows = t->b->rows;
  const run *r = &t->run;
  day on = r->frame.on, first = r->has_window ? r->frame.window.first : DAY_NONE;
  day last = r->has_window && r->frame.window.last < on ? r->frame.window.last : on;
  p->days = batch_rows_days(t->b, r->frame.period && r->frame.period->spanning == SPANNING_STARTS);
  const day *earliest = p->days->earliest, *latest = p->days->latest;
  p->odd_count = 0;
  p->own_made = false;
  memset(p->split_made, 0, t->b->e->pack->recognitions_count * sizeof *p->split_made);
  if (first == DAY_NONE) first++; /* what has no day lies nowhere */
  bool ends = last < on;
  uint32_t count = rows->count, odd = 0;
  uint8_t *inside = p->inside;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t held = (earliest[i] >= first) & (latest[i] <= last);
    uint32_t left_out = (latest[i] < first) | ((earliest[i] > last) & ends);
    inside[i] = (uint8_t)held;
    odd |= held ^ left_out ^ 1; /* never both */
  }
  for (uint32_t i = 0; odd && i < count; i++) {
    bool left_out = (latest[i] < first) | ((earliest[i] > last) & ends);
    p->odd[p->odd_count] = (uint16_t)i;
    p->odd_count += !(inside[i] | left_out);
  }
}

/* Up to the day of the decision, whatever the period. */
static bool inside_ever(const batch_turn *t, uint32_t i) {
  return t->p->days->earliest[i] != DAY_NONE && t->p->days->latest[i] <= t->run.frame.on;
}

static void years_of_window(const batch_turn *t, int32_t *first, int32_t *last) {
  const batch_plan *p = t->p;
  const period *of = t->run.frame.period;
  day least = t->run.frame.window.first, most = t->run.frame.window.last;
  if (!t->run.has_window || p->ever) {
    least = DAY_EVER, most = DAY_NONE;
    for (uint32_t i = 0; i < t->b->rows->count; i++) {
      if (!inside_ever(t, i)) continue;
      if (p->days->earliest[i] < least) least = p->days->earliest[i];
      if (p->days->latest[i] > most) most = p->days->latest[i];
    }
  }
  *first = *last = 0;
  if (least > most) return;
  *first = period_year(of, least);
  *last = period_year(of, most);
}

bool batch_years(batch_turn *t) {
  batch_plan *p = t->p;
  const batch_rows *rows = t->b->rows;
  if (p->years) return true;
  batch_people(t);
  int32_t first, last;
  years_of_window(t, &first, &last);
  if (last - first >= BATCH_YEARS) return false;
  uint32_t years = (uint32_t)(last - first + 1);
  day starts[BATCH_YEARS + 1];
  for (uint32_t y = 0; y <= years; y++) starts[y] = period_year_first(t->run.frame.period, first + (int32_t)y);
  const day *earliest = p->days->earliest;
  uint32_t count = rows->count;
  for (uint32_t i = 0; i < count; i++) {
    /* a year has 365 or 366 days: the one that is sought or the one before; outside the window any will do */
    uint32_t y = ((uint32_t)earliest[i] - (uint32_t)starts[0]) / 366;
    y = y < years ? y : years - 1;
    y += (earliest[i] >= starts[y + 1]) & (y + 1 < years);
    p->year[i] = (uint16_t)(rows->who[i] * years + y);
  }
  p->year_first = first;
  p->years = years;
  return true;
}

void batch_across_years(batch_turn *t, int32_t node) {
  batch_people(t);
  const batch_days *d = t->p->days;
  const period *of = t->run.frame.period;
  if (!d->vague) return;
  const node_lanes *l = batch_list(t, node);
  for (uint32_t k = 0; k < l->count; k++)
    if (period_year(of, d->earliest[l->at[k]]) != period_year(of, d->latest[l->at[k]])) row_is_odd(t, l->at[k]);
}

/* ---- leaves ---- */

static void own_amounts(batch_turn *t) {
  batch_plan *p = t->p;
  const batch_rows *rows = t->b->rows;
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
    batch_note(t, node, t->b->rows->who[at], d->earliest[at]);
  else
    row_is_odd(t, at);
}

/* Keeps a row of a leaf where the window holds it. */
static void leaf_take(batch_turn *t, int32_t node, const expr_node *n, node_lanes *l, uint32_t at) {
  bool inside = n->ever ? inside_ever(t, at) : t->p->inside[at];
  l->at[l->count] = (uint16_t)at;
  l->count += inside;
  if (n->ever && !inside) leaf_odd(t, node, at);
}

static void leaf_records(batch_turn *t, int32_t node, const expr_node *n, node_lanes *l) {
  batch_plan *p = t->p;
  batch *b = t->b;
  uint32_t odd = 0;
  if (!p->own_made) own_amounts(t);
  l->parts = p->own;
  for (uint32_t i = 0; i < b->rows->count; i++) {
    bool odd_day = odd < p->odd_count && p->odd[odd] == i;
    odd += odd_day;
    if (b->rows->theirs[i] != n->from_person) continue;
    day until = DAY_EVER;
    truth is = batch_matches(b, &p->matches[node], i, t->run.parameters_on, &until);
    if (until != DAY_EVER) batch_note(t, node, b->rows->who[i], until);
    if (is == TRUTH_NO) continue;
    if (is == TRUTH_UNKNOWN || p->own_odd[i]) row_is_odd(t, i);
    if (odd_day && !n->ever) leaf_odd(t, node, i);
    leaf_take(t, node, n, l, i);
  }
}

/* Rows that the window holds by their class, in one go for all leaves; those that count as nothing are put where the
 * next one overwrites them. */
static void split(batch_turn *t, const batch_recognition *own, int32_t index) {
  batch_plan *p = t->p;
  size_t classes = t->b->e->pack->recognitions[index].classes_count;
  uint32_t *counts = p->split_count[index], all_count = 0;
  uint16_t *lists = p->split[index], *all = lists + classes * BATCH_ROWS;
  memset(counts, 0, (classes + 1) * sizeof *counts);
  uint32_t count = t->b->rows->count;
  for (uint32_t i = 0; i < count; i++) {
    bool taken = (own->class[i] >= 0) & p->inside[i];
    size_t class = own->class[i] >= 0 ? (size_t)own->class[i] : 0;
    lists[class * BATCH_ROWS + counts[class]] = all[all_count] = (uint16_t)i;
    counts[class] += taken;
    all_count += taken;
  }
  counts[classes] = all_count;
  p->split_made[index] = true;
}

static void leaf_recognised(batch_turn *t, int32_t node, const expr_node *n, node_lanes *l) {
  batch_plan *p = t->p;
  const batch_recognition *own = batch_recognised(t, n->index);
  const batch_rows *rows = t->b->rows;
  size_t classes = t->b->e->pack->recognitions[n->index].classes_count;
  size_t class = n->as < 0 ? classes : (size_t)n->as;
  for (uint32_t i = 0; i < rows->people; i++) t->odd[i] = t->odd[i] || own->odd[i];
  if (n->ever) {
    for (uint32_t i = 0; i < rows->count; i++)
      if (own->class[i] >= 0 && (n->as < 0 || own->class[i] == n->as)) leaf_take(t, node, n, l, i);
  } else {
    if (!p->split_made[n->index]) split(t, own, n->index);
    l->count = p->split_count[n->index][class];
    l->at = p->split[n->index] + class * BATCH_ROWS; /* nobody writes there */
    for (uint32_t k = 0; k < p->odd_count; k++) {
      uint32_t i = p->odd[k];
      if (own->class[i] >= 0 && (n->as < 0 || own->class[i] == n->as)) leaf_odd(t, node, i);
    }
  }
  l->parts = own->parts;
  if (p->factor == 1) return;
  for (uint32_t k = 0; k < l->count; k++) l->own_parts[l->at[k]] = own->parts[l->at[k]] * p->factor;
  l->parts = l->own_parts;
}

/* ---- steps ---- */

/* Which of the rows a step is about: those that match its table. */
static bool concerned(batch_turn *t, int32_t node, uint32_t i, truth *is) {
  batch *b = t->b;
  day until = DAY_EVER;
  *is = batch_matches(b, &t->p->matches[node], i, t->run.parameters_on, &until);
  if (until != DAY_EVER) batch_note(t, node, b->rows->who[i], until);
  if (*is == TRUTH_UNKNOWN) row_is_odd(t, i);
  return *is != TRUTH_NO;
}

static void where(batch_turn *t, int32_t node, const node_lanes *below, node_lanes *l) {
  const batch_match *m = &t->p->matches[node];
  const uint32_t *tag = t->b->rows->tag;
  const uint8_t *truths = m->truths;
  uint32_t others = m->always, count = 0;
  l->parts = below->parts;
  for (uint32_t k = 0; k < below->count && !m->always; k++) { /* as if words told all */
    uint8_t told = truths[tag[below->at[k]]];
    l->at[count] = below->at[k];
    count += told == TAG_YES;
    others |= told != TAG_YES && told != TAG_NO;
  }
  if (!others) l->count = count;
  for (uint32_t k = 0; k < below->count && others; k++) {
    uint16_t i = below->at[k];
    uint8_t told = m->always ? TAG_ASK : m->truths[tag[i]];
    truth is;
    l->at[l->count] = i;
    l->count += told == TAG_YES || (told != TAG_NO && concerned(t, node, i, &is));
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
  l->parts = below->parts;
  for (uint32_t k = 0; k < below->count; k++) {
    uint16_t i = below->at[k];
    bool inside = d->earliest[i] >= first && d->latest[i] <= last;
    bool outside = d->latest[i] < first || d->earliest[i] > last;
    if (!inside && !outside) row_is_odd(t, i);
    l->at[l->count] = i;
    l->count += inside;
  }
}

/* Limits in parts, of each subject; a subject without one is odd. */
static void limits_of(batch_turn *t, int32_t node, int64_t *out) {
  const node_lanes *l = &t->p->lanes[node];
  frame_of_rows *f = &t->run.frame;
  bool refused = false;
  for (uint32_t i = 0; i < t->b->rows->people; i++) {
    if (l->same && i) {
      out[i] = out[0];
      t->odd[i] = t->odd[i] || refused;
    } else if (l->whole) {
      out[i] = l->scaled[i];
    } else {
      f->rescale = 1;
      f->overflow = false;
      out[i] = 0;
      if (scale_fraction(f, batch_lane(t, l, i), &out[i])) continue;
      if (f->rescale > 1 && !f->overflow) t->again = f->rescale;
      t->odd[i] = refused = true;
      f->rescale = 1;
      f->overflow = false;
    }
  }
}

/* Of each row the place in the table of what is used up: one for each subject, or for each of its years. */
static bool spans_of(batch_turn *t, int32_t node, const expr_node *n, uint32_t *years) {
  *years = 0;
  size_t places = BATCH_PEOPLE;
  if (n->span == SPAN_YEAR) {
    if (!batch_years(t)) {
      memset(t->odd, 1, sizeof t->odd);
      return false;
    }
    batch_across_years(t, t->p->rule->program.nodes[node].of);
    *years = t->p->years;
    places = (size_t)t->b->rows->people * t->p->years;
  }
  memset(t->p->used, 0, places * sizeof *t->p->used);
  return true;
}

static void cap(batch_turn *t, int32_t node, const expr_node *n, const node_lanes *below, node_lanes *l) {
  const batch_rows *rows = t->b->rows;
  int64_t most[BATCH_PEOPLE];
  uint32_t years;
  limits_of(t, n->args[0], most);
  if (!spans_of(t, node, n, &years)) return;
  bool by_item = n->span == SPAN_ITEM, over = n->op == OP_OVER, some = t->p->matches[node].what != NULL;
  l->parts = l->own_parts;
  for (uint32_t k = 0; k < below->count; k++) {
    uint16_t i = below->at[k];
    int64_t own = below->parts[i];
    truth is = TRUTH_YES;
    l->at[l->count] = i;
    if (some && !concerned(t, node, i, &is)) {
      l->own_parts[i] = own;
      l->count += !over;
      continue;
    }
    int64_t *spent = &t->p->used[years ? t->p->year[i] : rows->who[i]], ceiling = most[rows->who[i]];
    int64_t room = ceiling - (by_item ? 0 : *spent);
    room = room < 0 ? 0 : room;
    int64_t keeps = own < room ? own : room;
    *spent += own;
    l->own_parts[i] = over ? own - keeps : keeps;
    l->count += over ? own > keeps : keeps > 0 || !own;
  }
}

static void first_ones(batch_turn *t, int32_t node, const expr_node *n, const node_lanes *below, node_lanes *l) {
  const batch_rows *rows = t->b->rows;
  const node_lanes *many = &t->p->lanes[n->args[0]];
  int64_t most[BATCH_PEOPLE];
  uint32_t years;
  if (!spans_of(t, node, n, &years)) return;
  for (uint32_t who = 0; who < rows->people; who++) {
    fraction f = batch_lane(t, many, who);
    most[who] = f.above / f.below;
  }
  bool by_item = n->span == SPAN_ITEM;
  l->parts = below->parts;
  for (uint32_t k = 0; k < below->count; k++) {
    uint16_t i = below->at[k];
    int64_t *spent = &t->p->used[years ? t->p->year[i] : rows->who[i]], before = by_item ? 0 : *spent;
    *spent += 1;
    l->at[l->count] = i;
    l->count += before < most[rows->who[i]];
  }
}

static void greatest(const batch_turn *t, const node_lanes *below, node_lanes *l) {
  const uint8_t *who = t->b->rows->who;
  l->parts = below->parts;
  for (uint32_t k = 0; k < below->count; k++) {
    uint16_t i = below->at[k];
    bool other = !l->count || who[l->at[l->count - 1]] != who[i]; /* rows of one subject stand beside each other */
    if (other)
      l->at[l->count++] = i;
    else if (below->parts[i] > below->parts[l->at[l->count - 1]])
      l->at[l->count - 1] = i;
  }
}

/* ---- unions ---- */

static void merge(node_lanes *l) {
  const node_lanes *a = l->one, *b = l->other;
  uint32_t i = 0, k = 0;
  while (i < a->count || k < b->count) {
    uint16_t x = i < a->count ? a->at[i] : UINT16_MAX, y = k < b->count ? b->at[k] : UINT16_MAX;
    uint16_t at = x < y ? x : y;
    l->at[l->count++] = at;
    l->own_parts[at] = (x == at ? a->parts[x] : 0) + (y == at ? b->parts[y] : 0);
    i += x == at;
    k += y == at;
  }
  l->parts = l->own_parts;
  l->one = l->other = NULL;
}

/* Of whichever plan it is: a union that is borrowed leads to the lists of the one that lent it. */
static void list_rows(node_lanes *l) {
  if (!l->one) return;
  list_rows(l->one);
  list_rows(l->other);
  merge(l);
}

const node_lanes *batch_list(batch_turn *t, int32_t node) {
  list_rows(&t->p->lanes[node]);
  return &t->p->lanes[node];
}

void batch_sum(const batch_turn *t, const node_lanes *l, bool by_year, int64_t *out) {
  if (l->one) {
    batch_sum(t, l->one, by_year, out);
    batch_sum(t, l->other, by_year, out);
    return;
  }
  const uint8_t *who = t->b->rows->who;
  const uint16_t *year = t->p->year;
  if (by_year)
    for (uint32_t k = 0; k < l->count; k++) out[year[l->at[k]]] += l->parts[l->at[k]];
  else
    for (uint32_t k = 0; k < l->count; k++) out[who[l->at[k]]] += l->parts[l->at[k]];
}

/* ---- steps that the run takes ---- */

static uint32_t first_of(const node_lanes *l, uint32_t row_at) {
  uint32_t low = 0, high = l->count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (l->at[middle] < row_at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

selection batch_items(batch_turn *t, int32_t node, uint32_t at) {
  const batch_rows *rows = t->b->rows;
  const node_lanes *l = batch_list(t, node);
  uint32_t first = rows->first[at], last = rows->first[at + 1];
  selection s = {arena_array(t->b->scratch, last - first + 1, sizeof(item)), 0};
  for (uint32_t k = first_of(l, first); k < l->count && l->at[k] < last; k++) {
    item one = run_item(&t->run, FACT_RECORD, rows->row[l->at[k]], l->at[k] - first);
    one.least = one.most = l->parts[l->at[k]];
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
  const batch_rows *rows = t->b->rows;
  l->parts = l->own_parts;
  for (uint32_t who = 0; who < rows->people; who++) {
    uint32_t before = l->count;
    if (t->odd[who]) continue;
    batch_ask(t, who);
    hand_limits(t, n, who);
    t->run.frame.node = node;
    selection s = run_step(&t->run, n, batch_items(t, n->of, who));
    batch_asked(t, node, who);
    for (uint32_t k = 0; k < s.count && !t->odd[who]; k++) {
      const item *i = &s.items[k];
      uint32_t at = rows->first[who] + i->position;
      bool behind = l->count == before || l->at[l->count - 1] < at;
      if (!i->sure || i->least != i->most || !behind) t->odd[who] = true;
      l->at[l->count++] = (uint16_t)at;
      l->own_parts[at] = i->least;
    }
    if (t->odd[who]) l->count = before;
  }
}

void batch_selection(batch_turn *t, int32_t node) {
  const expr_node *n = &t->p->rule->program.nodes[node];
  node_lanes *l = &t->p->lanes[node];
  const node_lanes *below = n->of >= 0 ? batch_list(t, n->of) : NULL;
  batch_people(t);
  l->count = 0;
  l->one = l->other = NULL;
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
    first_ones(t, node, n, below, l);
    break;
  case OP_GREATEST:
    greatest(t, below, l);
    break;
  case OP_UNION:
    l->one = &t->p->lanes[n->args[0]];
    l->other = &t->p->lanes[n->args[1]];
    break;
  case OP_RECOGNISED:
    leaf_recognised(t, node, n, l);
    break;
  default:
    leaf_records(t, node, n, l);
  }
}
