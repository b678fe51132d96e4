#include "pack/run.h"

#include "pack/evaluate_inside.h"
#include "pack/select_inside.h"

#include <string.h>

/* ---- items ---- */

item run_item(run *r, fact_type type, uint32_t row, uint32_t position) {
  item i = {.row = row, .position = position, .sure = true};
  fact_type before = r->frame.type;
  r->frame.type = type;
  row_days(&r->frame, row, &i.earliest, &i.latest);
  r->frame.type = before;
  return i;
}

static bool own_amount(run *r, item *i) {
  const fact_columns *t = &r->frame.view->s->of[FACT_RECORD];
  fraction whole;
  int64_t known = 0;
  if (!fraction_make(t->amount[i->row], AMOUNT_ONE, &whole) || !scale_fraction(&r->frame, whole, &known)) {
    r->failed = true;
    return false;
  }
  i->least = i->most = known;
  switch ((bound)t->bound[i->row]) {
  case BOUND_NONE:
    i->least = i->most = 0;
    return true;
  case BOUND_EXACT:
    return true;
  case BOUND_AT_LEAST:
    i->most = SCALED_INFINITE;
    break;
  case BOUND_AT_MOST:
    i->least = 0;
    break;
  case BOUND_UNKNOWN:
    i->least = 0, i->most = SCALED_INFINITE;
    break;
  }
  r->frame.uncertain = true;
  r->frame.uncertain_count++;
  if (r->frame.extreme == EXTREME_OUT) i->most = i->least;
  if (r->frame.extreme == EXTREME_IN) i->least = i->most;
  return true;
}

/* A record whose amount should be there and is not: the sum is at least the known part. */
bool run_amount_missing(const run *r, uint32_t row) {
  const fact_columns *t = &r->frame.view->s->of[FACT_RECORD];
  if (t->bound[row] != BOUND_NONE) return false;
  const char *name = r->frame.view->s->words[t->kind[row]];
  const declared_kind *kind = kinds_named(&r->pack->kinds, name);
  return kind && kind->unit && kind->amount != AMOUNT_NONE;
}

/* Where a piece of an item that begins on a day ends: with the year, and with the period. */
static day piece_end(const run *r, const period *p, day from, day last) {
  day next = period_year_first(p, period_year(p, from) + 1);
  if (r->has_window && from < r->frame.window.first && r->frame.window.first < next) next = r->frame.window.first;
  if (r->has_window && from <= r->frame.window.last && r->frame.window.last < next) next = r->frame.window.last + 1;
  return next - 1 < last ? next - 1 : last;
}

/* Where the region says so, an item that spans two years counts in each by its days. One whose days are not known stays
 * whole: in which it lies is uncertain. */
static selection split_items(run *r, selection s) {
  const period *p = r->frame.period;
  if (!p || p->spanning != SPANNING_SPLIT) return s;
  const fact_columns *t = &r->frame.view->s->of[FACT_RECORD];
  item *items = NULL;
  size_t count = 0, capacity = 0;
  for (uint32_t k = 0; k < s.count; k++) {
    item i = s.items[k];
    date since = t->since[i.row], until = t->until[i.row];
    day first = since == DATE_NONE ? DAY_NONE : date_first(since), last = until == DATE_NONE ? first : date_last(until);
    bool vague = first != DAY_NONE && (date_precision(since) != PRECISION_DAY ||
                                       (until != DATE_NONE && date_precision(until) != PRECISION_DAY));
    if (vague) i.earliest = first, i.latest = last;
    if (vague || first == DAY_NONE || last <= first) {
      *ARENA_PUSH(r->frame.scratch, items, count, capacity) = i;
      continue;
    }
    int64_t all = (int64_t)last - first + 1;
    for (day from = first; from <= last;) {
      day to = piece_end(r, p, from, last);
      item part = i;
      int64_t days = (int64_t)to - from + 1;
      int64_t *ends[] = {&part.least, &part.most};
      for (int e = 0; e < 2; e++) {
        fraction share, whole = scaled_number(&r->frame, *ends[e]), of;
        if (is_infinite(whole)) continue;
        if (!fraction_make(days, all, &share) || !fraction_multiply(whole, share, &of) ||
            !scale_fraction(&r->frame, of, ends[e]))
          r->failed = true;
      }
      part.earliest = part.latest = to;
      *ARENA_PUSH(r->frame.scratch, items, count, capacity) = part;
      from = to + 1;
    }
  }
  return (selection){items, (uint32_t)count};
}

/* ---- leaves ---- */

static day window_last(const run *r) {
  return r->has_window && r->frame.window.last < r->frame.on ? r->frame.window.last : r->frame.on;
}

static selection leaf(run *r, const expr_node *n) {
  const view *v = r->frame.view;
  selection s = {0};
  run_note_match(r, n->match);
  if (n->op == OP_RECOGNISED) {
    const recognised_list *list = run_recognised(r, n->index);
    s.items = arena_array(r->frame.scratch, list->count + 1, sizeof(item));
    for (size_t i = 0; i < list->count; i++)
      if (n->as < 0 || list->items[i].class == n->as) s.items[s.count++] = list->items[i].item;
  } else if (n->rows == FACT_RECORD) {
    s.items = arena_array(r->frame.scratch, r->rows.count + 1, sizeof(item));
    for (uint32_t i = 0; i < r->rows.count && !r->failed; i++) {
      if (r->rows.from_person[i] != n->from_person || (r->rows.credited_by && r->rows.credited_by[i])) continue;
      truth t = match_row(v, n->match, FACT_RECORD, r->rows.rows[i], r->parameters_on);
      if (t == TRUTH_NO) continue;
      item one = run_item(r, FACT_RECORD, r->rows.rows[i], i);
      if (!own_amount(r, &one)) break;
      if (run_amount_missing(r, one.row)) {
        r->frame.uncertain = true;
        r->frame.uncertain_count++;
        if (r->frame.extreme != EXTREME_OUT) one.most = SCALED_INFINITE;
        if (r->frame.extreme == EXTREME_IN) one.least = SCALED_INFINITE;
      }
      if (t == TRUTH_UNKNOWN && !select_uncertain(&r->frame, &one)) continue;
      s.items[s.count++] = one;
    }
  } else {
    uint32_t *rows;
    size_t count = rows_under(v, r->of, r->subject, n->rows, r->frame.scratch, &rows);
    s.items = arena_array(r->frame.scratch, count + 1, sizeof(item));
    for (size_t i = 0; i < count; i++) {
      truth t = match_row(v, n->match, n->rows, rows[i], r->parameters_on);
      item one = run_item(r, n->rows, rows[i], (uint32_t)i);
      if (t == TRUTH_YES || (t == TRUTH_UNKNOWN && select_uncertain(&r->frame, &one))) s.items[s.count++] = one;
    }
    return s;
  }
  if (r->failed) return (selection){0};
  s = split_items(r, s);
  day first = r->has_window && !n->ever ? r->frame.window.first : DAY_NONE;
  return select_window(&r->frame, s, first, n->ever ? r->frame.on : window_last(r), LEFT_WINDOW);
}

static day dated_limit(run *r, const limit *l) {
  day next;
  if (!l->parameter) return l->day;
  const parameter_entry *e = parameter_on(l->parameter, r->parameters_on, &next);
  if (r->parameters_on == r->frame.on) frame_until(&r->frame, next);
  return e ? e->day : DAY_NONE;
}

/* A window that moves with the day of the decision: when items slide out of it. */
static void slides_out(run *r, const expr_node *n, selection s) {
  for (uint32_t i = 0; i < s.count; i++) {
    const day days[] = {s.items[i].earliest, s.items[i].latest};
    for (int k = 0; k < 2; k++) {
      if (days[k] == DAY_NONE || days[k] == DAY_EVER) continue;
      /* the last day of February makes a year a day shorter: sought among the days around */
      day on = day_add(days[k], n->years, n->months, n->days - 4);
      if (on <= r->frame.on) on = r->frame.on + 1;
      while (day_add(on + 1, -n->years, -n->months, -n->days) <= days[k]) on++;
      frame_until(&r->frame, on);
    }
  }
}

static selection during(run *r, const expr_node *n, selection s) {
  day last = r->has_window ? r->frame.window.last : r->frame.on, first = DAY_NONE;
  if (n->span == SPAN_PERIOD) {
    const period *p = &r->pack->periods[n->period];
    window w = r->frame.window;
    if (p != r->frame.period) {
      day starts = evaluate_period_start(r->evaluation, p, r->of, r->subject);
      if (starts != DAY_NONE) frame_until(&r->frame, starts);
      if (starts == DAY_NONE || !period_on(p, starts, r->frame.on, &w)) return (selection){0};
      frame_until(&r->frame, w.last + 1);
    }
    first = w.first;
    last = w.last;
  } else if (n->years || n->months || n->days) {
    first = day_add(last + 1, -n->years, -n->months, -n->days);
    if (!r->has_window) slides_out(r, n, s);
  } else {
    first = dated_limit(r, &n->limit);
    last = dated_limit(r, &n->other);
  }
  return select_window(&r->frame, s, first, last, LEFT_WINDOW);
}

static bool scaled_limit(run *r, int32_t node, scaled *out) {
  number n = run_number(r, node);
  if (!n.known) {
    r->saw_truth = true; /* without its limit the step can only be unknown: nothing counts, or everything */
    out->least = out->most = r->truth_high ? SCALED_INFINITE : 0;
    return true;
  }
  if (scale_fraction(&r->frame, n.least, &out->least) && scale_fraction(&r->frame, n.most, &out->most)) return true;
  r->failed = true;
  return false;
}

selection run_step(run *r, const expr_node *n, selection s) {
  const period *p = n->period >= 0 ? &r->pack->periods[n->period] : NULL;
  scaled most = {0, 0};
  if (r->failed) return s;
  run_note_match(r, n->match);
  if (n->span == SPAN_PERIOD && p && p != r->frame.period)
    r->frame.span_starts = evaluate_period_start(r->evaluation, p, r->of, r->subject);
  r->frame.type = n->rows;
  r->frame.node = (int32_t)(n - r->program->nodes);
  switch (n->op) {
  case OP_WHERE:
    return select_where(&r->frame, s, n->match, r->parameters_on);
  case OP_DURING:
    return during(r, n, s);
  case OP_CAP:
  case OP_OVER:
    if (!scaled_limit(r, n->args[0], &most)) return s;
    r->frame.node = (int32_t)(n - r->program->nodes);
    return select_cap(&r->frame, s, most, n->span, p, n->match, r->parameters_on, n->op == OP_OVER);
  case OP_FIRST: {
    number many = run_number(r, n->args[0]);
    r->frame.node = (int32_t)(n - r->program->nodes);
    int64_t count = many.known ? many.least.above / many.least.below : r->truth_high ? INT32_MAX : 0;
    r->saw_truth = r->saw_truth || !many.known;
    return select_first(&r->frame, s, count, n->span, p);
  }
  case OP_ONCE:
    return select_once(&r->frame, s, &n->path, &n->keep, n->keep_words, n->keep_words_count);
  case OP_BLOCKS:
    return select_blocks(&r->frame, s, n->days);
  case OP_GREATEST:
    return select_greatest(&r->frame, s);
  case OP_FROM_MINIMUM:
    if (!scaled_limit(r, n->args[0], &most)) return s;
    r->frame.node = (int32_t)(n - r->program->nodes);
    return select_from_minimum(&r->frame, s, most, &n->path);
  case OP_ROUND:
    if (!scaled_limit(r, n->args[0], &most)) return s;
    r->frame.node = (int32_t)(n - r->program->nodes);
    return select_round(&r->frame, s, n->way, most, n->span, p);
  default:
    return s;
  }
}

static selection compute_selection(run *r, const expr_node *n) {
  if (n->op == OP_RECORDS || n->op == OP_RECOGNISED) return leaf(r, n);
  if (n->op == OP_PREVIOUS) return r->given ? r->given[n->index] : (selection){0};
  if (n->op == OP_UNION) {
    selection a = run_selection(r, n->args[0]), b = run_selection(r, n->args[1]);
    return select_union(&r->frame, a, b);
  }
  return run_step(r, n, run_selection(r, n->of));
}

selection run_selection(run *r, int32_t node) {
  node_value *v = &r->values[node];
  if (v->done || r->failed) return v->selection;
  const expr_node *n = &r->program->nodes[node];
  int32_t outer = r->frame.node;
  fact_type outer_type = r->frame.type;
  r->frame.node = node;
  r->frame.type = n->rows;
  selection s = compute_selection(r, n);
  r->frame.node = outer;
  r->frame.type = outer_type;
  if (r->frame.overflow || r->frame.rescale > 1) r->failed = true;
  v->selection = s;
  v->done = true;
  return s;
}

/* ---- a recognition's expressions, about one record ---- */

static void record_run(run *r, const program *p, uint32_t record, day on, run *inner) {
  *inner = *r;
  inner->program = p;
  inner->values = arena_array(r->frame.scratch, p->count + 1, sizeof(node_value));
  inner->record = (int32_t)record;
  inner->person = row_to(r->frame.view, FACT_RECORD, record, FACT_PERSON);
  inner->parameters_on = on;
}

static void record_run_done(run *r, const run *inner) {
  r->failed = inner->failed;
  r->saw_truth = inner->saw_truth;
  r->frame.overflow = inner->frame.overflow;
  r->frame.rescale = inner->frame.rescale;
  r->frame.until = inner->frame.until;
  r->frame.uncertain = inner->frame.uncertain;
  r->frame.uncertain_count = inner->frame.uncertain_count;
  r->frame.doubtful = inner->frame.doubtful;
  r->truths = inner->truths;
}

number run_record_number(run *r, const program *p, int32_t node, uint32_t record, day on) {
  run inner;
  record_run(r, p, record, on, &inner);
  number out = run_number(&inner, node);
  record_run_done(r, &inner);
  return out;
}

truth run_record_truth(run *r, const program *p, int32_t node, uint32_t record, day on) {
  run inner;
  record_run(r, p, record, on, &inner);
  truth out = run_truth(&inner, node);
  record_run_done(r, &inner);
  return out;
}
