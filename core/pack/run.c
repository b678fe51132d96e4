#include "pack/run.h"

#include "pack/recognise.h"

#include <string.h>

fraction number_infinite(void) { return (fraction){SCALED_INFINITE, 1}; }
bool is_infinite(fraction f) { return f.above == SCALED_INFINITE && f.below == 1; }

/* ---- the rows of a subject ---- */

void run_rows(run *r) {
  const subjects *s = r->frame.view->s;
  const subject_index *own = &s->records[r->of], *theirs = &s->records[FACT_PERSON];
  uint32_t own_count = own->offset ? own->offset[r->subject + 1] - own->offset[r->subject] : 0;
  uint32_t their_count = 0;
  if (r->of == FACT_ENROLLMENT && r->person >= 0 && theirs->offset)
    their_count = theirs->offset[r->person + 1] - theirs->offset[r->person];
  r->rows.rows = arena_array(r->frame.scratch, own_count + their_count + 1, sizeof *r->rows.rows);
  r->rows.from_person = arena_array(r->frame.scratch, own_count + their_count + 1, sizeof *r->rows.from_person);
  for (uint32_t i = 0; i < own_count; i++) r->rows.rows[r->rows.count++] = own->rows[own->offset[r->subject] + i];
  /* behind the placement's own: those of the person that belong to no placement */
  for (uint32_t i = 0; i < their_count; i++) {
    uint32_t row = theirs->rows[theirs->offset[r->person] + i];
    if (s->record_of[FACT_ENROLLMENT][row] >= 0) continue;
    r->rows.from_person[r->rows.count] = true;
    r->rows.rows[r->rows.count++] = row;
  }
}

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
  case BOUND_NONE: i->least = i->most = 0; return true;
  case BOUND_EXACT: return true;
  case BOUND_AT_LEAST: i->most = SCALED_INFINITE; break;
  case BOUND_AT_MOST: i->least = 0; break;
  case BOUND_UNKNOWN: i->least = 0, i->most = SCALED_INFINITE; break;
  }
  r->frame.uncertain = true;
  r->frame.uncertain_count++;
  if (r->frame.extreme == EXTREME_OUT) i->most = i->least;
  if (r->frame.extreme == EXTREME_IN) i->least = i->most;
  return true;
}

/* A record whose amount should be there and is not: the sum is at least the known part. */
static bool amount_missing(const run *r, uint32_t row) {
  const fact_columns *t = &r->frame.view->s->of[FACT_RECORD];
  if (t->bound[row] != BOUND_NONE) return false;
  const char *name = r->frame.view->s->words[t->kind[row]];
  const declared_kind *kind = kinds_named(&r->pack->kinds, name);
  return kind && kind->unit && kind->amount != AMOUNT_NONE;
}

/* Where the region says so, an item that spans two years counts in each by its days. */
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
    if (first == DAY_NONE || last <= first) {
      *ARENA_PUSH(r->frame.scratch, items, count, capacity) = i;
      continue;
    }
    int64_t all = (int64_t)last - first + 1;
    for (day from = first; from <= last;) {
      day next = period_year_first(p, period_year(p, from) + 1);
      if (r->has_window && from <= r->frame.window.last && r->frame.window.last < next) next = r->frame.window.last + 1;
      day to = next - 1 < last ? next - 1 : last;
      item part = i;
      int64_t days = (int64_t)to - from + 1;
      int64_t *ends[] = {&part.least, &part.most};
      for (int e = 0; e < 2; e++) {
        fraction share, whole = scaled_number(&r->frame, *ends[e]), of;
        if (is_infinite(whole)) continue;
        if (!fraction_make(days, all, &share) || !fraction_multiply(whole, share, &of) || !scale_fraction(&r->frame, of, ends[e]))
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
  if (n->op == OP_RECOGNISED) {
    const recognised_list *list = run_recognised(r, n->index);
    s.items = arena_array(r->frame.scratch, list->count + 1, sizeof(item));
    for (size_t i = 0; i < list->count; i++)
      if (n->as < 0 || list->items[i].class == n->as) s.items[s.count++] = list->items[i].item;
  } else if (n->rows == FACT_RECORD) {
    s.items = arena_array(r->frame.scratch, r->rows.count + 1, sizeof(item));
    for (uint32_t i = 0; i < r->rows.count && !r->failed; i++) {
      if (r->rows.from_person[i] != n->from_person) continue;
      truth t = match_row(v, n->match, FACT_RECORD, r->rows.rows[i], r->parameters_on);
      if (t == TRUTH_NO) continue;
      item one = run_item(r, FACT_RECORD, r->rows.rows[i], i);
      if (!own_amount(r, &one)) break;
      if (amount_missing(r, one.row)) {
        r->frame.uncertain = true;
        r->frame.uncertain_count++;
        if (r->frame.extreme != EXTREME_OUT) one.most = SCALED_INFINITE;
        if (r->frame.extreme == EXTREME_IN) one.least = SCALED_INFINITE;
      }
      if (t == TRUTH_UNKNOWN) {
        r->frame.uncertain = true;
        r->frame.uncertain_count++;
        if (r->frame.extreme == EXTREME_OUT) {
          leave(&r->frame, &one, LEFT_UNCERTAIN, one.most);
          continue;
        }
        if (r->frame.extreme == EXTREME_BOUND) one.sure = false, one.least = 0;
      }
      s.items[s.count++] = one;
    }
  } else {
    uint32_t *rows;
    size_t count = rows_under(v, r->of, r->subject, n->rows, r->frame.scratch, &rows);
    s.items = arena_array(r->frame.scratch, count + 1, sizeof(item));
    for (size_t i = 0; i < count; i++)
      if (match_row(v, n->match, n->rows, rows[i], r->parameters_on) == TRUTH_YES)
        s.items[s.count++] = run_item(r, n->rows, rows[i], (uint32_t)i);
    return s;
  }
  if (r->failed) return (selection){0};
  s = split_items(r, s);
  day first = r->has_window ? r->frame.window.first : DAY_NONE;
  return select_window(&r->frame, s, first, window_last(r), LEFT_WINDOW);
}

static selection during(run *r, const expr_node *n, selection s) {
  day last = r->has_window ? r->frame.window.last : r->frame.on, first = DAY_NONE;
  if (n->span == SPAN_PERIOD) {
    const period *p = &r->pack->periods[n->period];
    window w;
    if (p->starts == DAY_NONE || !period_on(p, p->starts, r->frame.on, &w)) return (selection){0};
    first = w.first;
    last = w.last;
  } else if (n->years || n->months || n->days) {
    first = day_add(last + 1, -n->years, -n->months, -n->days);
  } else {
    day next;
    const parameter_entry *e = n->limit.parameter ? parameter_on(n->limit.parameter, r->parameters_on, &next) : NULL;
    first = e ? e->day : n->limit.day;
    e = n->other.parameter ? parameter_on(n->other.parameter, r->parameters_on, &next) : NULL;
    last = e ? e->day : n->other.day;
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

static selection compute_selection(run *r, const expr_node *n) {
  if (n->op == OP_RECORDS || n->op == OP_RECOGNISED) return leaf(r, n);
  if (n->op == OP_PREVIOUS) return r->given ? r->given[n->index] : (selection){0};
  if (n->op == OP_UNION) {
    selection a = run_selection(r, n->args[0]), b = run_selection(r, n->args[1]);
    return select_union(&r->frame, a, b);
  }
  selection s = run_selection(r, n->of);
  const period *p = n->period >= 0 ? &r->pack->periods[n->period] : NULL;
  scaled most = {0, 0};
  if (r->failed) return s;
  r->frame.type = n->rows;
  r->frame.node = (int32_t)(n - r->program->nodes);
  switch (n->op) {
  case OP_WHERE: return select_where(&r->frame, s, n->match, r->parameters_on);
  case OP_DURING: return during(r, n, s);
  case OP_CAP:
  case OP_OVER:
    if (!scaled_limit(r, n->args[0], &most)) return s;
    r->frame.node = (int32_t)(n - r->program->nodes);
    return select_cap(&r->frame, s, most, n->span, p, n->match, r->parameters_on, n->op == OP_OVER);
  case OP_FIRST: {
    number many = run_number(r, n->args[0]);
    r->frame.node = (int32_t)(n - r->program->nodes);
    int64_t count = many.known && many.least.below ? many.least.above / many.least.below : 0;
    return select_first(&r->frame, s, count, n->span, p);
  }
  case OP_ONCE: return select_once(&r->frame, s, &n->path, &n->keep, n->keep_words, n->keep_words_count);
  case OP_BLOCKS: return select_blocks(&r->frame, s, n->days);
  case OP_GREATEST: return select_greatest(&r->frame, s);
  case OP_FROM_MINIMUM:
    if (!scaled_limit(r, n->args[0], &most)) return s;
    r->frame.node = (int32_t)(n - r->program->nodes);
    return select_from_minimum(&r->frame, s, most, &n->path);
  case OP_ROUND:
    if (!scaled_limit(r, n->args[0], &most)) return s;
    r->frame.node = (int32_t)(n - r->program->nodes);
    return select_round(&r->frame, s, n->way, most, n->span, p);
  default: return s;
  }
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

/* ---- numbers ---- */

static void note_parameter(run *r, const parameter *p, const parameter_entry *e, day on) {
  explanation *x = r->explain;
  if (!x) return;
  for (size_t i = 0; i < x->parameters_count; i++)
    if (x->parameters[i].parameter == p && x->parameters[i].entry == e) return;
  *ARENA_PUSH(r->frame.trail->memory, x->parameters, x->parameters_count, x->parameters_capacity) = (parameter_read){p, e, on};
}

fraction parameter_number(run *r, const limit *l, const path *by, reading_day reading, bool *known) {
  const view *v = r->frame.view;
  *known = true;
  if (!l->parameter) return l->number;
  day on = r->parameters_on, next;
  if (reading == READ_DECISION) on = r->frame.on;
  if (reading == READ_PERIOD_END && r->has_window) on = r->frame.window.last;
  const parameter_entry *e = parameter_on(l->parameter, on, &next);
  note_parameter(r, l->parameter, e, on);
  if (on == r->frame.on) frame_until(&r->frame, next);
  *known = e != NULL;
  if (!e) return FRACTION_ZERO;
  if (!by || !by->count) return e->number;
  fraction found = FRACTION_ZERO;
  value x = r->record >= 0 ? path_value(v, by, FACT_RECORD, (uint32_t)r->record) : path_value(v, by, r->of, r->subject);
  if (x.form == VALUE_ROW && x.type == FACT_RECORD) { /* a dated fact: its value */
    value inner;
    if (row_attribute(v, FACT_RECORD, (uint32_t)x.number, subjects_word(v->s, "value"), &inner)) x = inner;
  }
  *known = x.form == VALUE_WORD && parameter_value(e, v->s->words[x.number], &found);
  return found;
}

static number exactly(fraction f) { return (number){true, f, f}; }
static number not_known(void) { return (number){false, FRACTION_ZERO, FRACTION_ZERO}; }

static bool add_ends(fraction a, fraction b, fraction *out) {
  if (is_infinite(a) || is_infinite(b)) {
    *out = number_infinite();
    return true;
  }
  return fraction_add(a, b, out);
}

static bool multiply_ends(fraction a, fraction b, fraction *out) {
  if (is_infinite(a) || is_infinite(b)) {
    *out = a.above == 0 || b.above == 0 ? FRACTION_ZERO : number_infinite();
    return true;
  }
  return fraction_multiply(a, b, out);
}

static number arithmetic(run *r, const expr_node *n, number a, number b) {
  if (!a.known || !b.known) return not_known();
  number out = {true, FRACTION_ZERO, FRACTION_ZERO};
  bool good = true;
  switch (n->op) {
  case OP_ADD: good = add_ends(a.least, b.least, &out.least) && add_ends(a.most, b.most, &out.most); break;
  case OP_SUBTRACT:
    if (is_infinite(b.most)) return not_known();
    good = fraction_subtract(a.least, b.most, &out.least);
    if (is_infinite(a.most)) out.most = number_infinite();
    else good = good && fraction_subtract(a.most, b.least, &out.most);
    break;
  case OP_MULTIPLY: good = multiply_ends(a.least, b.least, &out.least) && multiply_ends(a.most, b.most, &out.most); break;
  default:
    if (b.least.above == 0 || is_infinite(b.most)) return not_known();
    good = fraction_divide(a.least, b.most, &out.least);
    if (is_infinite(a.most)) out.most = number_infinite();
    else good = good && fraction_divide(a.most, b.least, &out.most);
  }
  if (!good) r->frame.overflow = r->failed = true;
  return out;
}

static number extreme_of(run *r, const expr_node *n, bool highest) {
  number out = not_known();
  for (size_t i = 0; i < n->args_count; i++) {
    number x = run_number(r, n->args[i]);
    if (!x.known) return not_known();
    if (!i) out = x;
    else {
      int least = fraction_compare(x.least, out.least), most = fraction_compare(x.most, out.most);
      if (highest ? least > 0 : least < 0) out.least = x.least;
      if (highest ? most > 0 : most < 0) out.most = x.most;
    }
  }
  return out;
}

static truth unknown_as(run *r, truth t) {
  if (t != TRUTH_UNKNOWN || r->frame.extreme == EXTREME_BOUND) return t;
  r->saw_truth = true;
  return r->truth_high ? TRUTH_YES : TRUTH_NO;
}

static number choose(run *r, const expr_node *n) {
  for (size_t i = 0; i + 1 < n->args_count; i += 2) {
    truth t = run_truth(r, n->args[i]);
    if (t == TRUTH_UNKNOWN) { /* only in the bound: either branch */
      r->saw_truth = true;
      t = r->truth_high ? TRUTH_YES : TRUTH_NO;
    }
    if (t == TRUTH_YES) return run_number(r, n->args[i + 1]);
  }
  return run_number(r, n->args[n->args_count - 1]);
}

/* The part of the window that a person's posts, or records of a kind, cover. */
static number portion(run *r, const expr_node *n) {
  const view *v = r->frame.view;
  if (!r->has_window || r->person < 0) return not_known();
  bool posts = !strcmp(n->name, "post");
  const fact_columns *t = &v->s->of[posts ? FACT_POST : FACT_RECORD];
  const subject_index *index = posts ? &v->s->posts : &v->s->records[FACT_PERSON];
  day first = r->frame.window.first, last = r->frame.window.last;
  uint32_t count = index->offset ? index->offset[r->person + 1] - index->offset[r->person] : 0;
  day reach = first - 1;
  int64_t covered = 0;
  for (uint32_t k = 0; k < count; k++) { /* in order of first day */
    uint32_t row = index->rows[index->offset[r->person] + k];
    if (!posts && (t->kind[row] == 0 || t->kind[row] != v->codes[n->word])) continue;
    day from = t->since[row] == DATE_NONE ? first : date_first(t->since[row]);
    day to = t->until[row] == DATE_NONE ? (posts ? last : from) : date_last(t->until[row]);
    if (from <= reach) from = reach + 1;
    if (from < first) from = first;
    if (to > last) to = last;
    if (to < from) continue;
    covered += (int64_t)to - from + 1;
    reach = to;
  }
  fraction part;
  return fraction_make(covered, (int64_t)last - first + 1, &part) ? exactly(part) : not_known();
}

static int64_t whole_years(day from, day to) {
  int year_a, month_a, day_a, year_b, month_b, day_b;
  day_parts(from, &year_a, &month_a, &day_a);
  day_parts(to, &year_b, &month_b, &day_b);
  return year_b - year_a - (month_b < month_a || (month_b == month_a && day_b < day_a));
}

static number years_since(run *r, const expr_node *n) {
  const view *v = r->frame.view;
  int32_t record = r->person < 0 ? -1 : row_fact(v, (uint32_t)r->person, v->codes[n->word]);
  date since = record < 0 ? DATE_NONE : v->s->of[FACT_RECORD].since[record];
  day on = r->frame.on;
  if ((int)n->reading == 1 && r->has_window) on = r->frame.window.first;
  if ((int)n->reading == 2 && r->has_window) on = r->frame.window.last;
  if ((int)n->reading == 3) {
    date start = v->s->of[r->of].since[r->subject];
    if (start == DATE_NONE) return not_known();
    on = date_first(start);
  }
  if (since == DATE_NONE || date_first(since) > on) return not_known();
  int64_t least = whole_years(date_last(since) > on ? on : date_last(since), on), most = whole_years(date_first(since), on);
  if (on == r->frame.on) {
    frame_until(&r->frame, day_add(date_last(since), (int)least + 1, 0, 0));
    frame_until(&r->frame, day_add(date_first(since), (int)most + 1, 0, 0));
  }
  if (least != most) {
    r->saw_truth = true;
    if (r->frame.extreme != EXTREME_BOUND) least = most = r->truth_high ? most : least;
  }
  return (number){true, {least, 1}, {most, 1}};
}

static number value_number(run *r, const expr_node *n) {
  value x = path_value(r->frame.view, &n->path, r->of, r->subject);
  if (x.form == VALUE_ROW && x.type == FACT_RECORD &&
      !row_attribute(r->frame.view, FACT_RECORD, (uint32_t)x.number, subjects_word(r->frame.view->s, "value"), &x))
    return not_known();
  fraction f;
  if (x.form != VALUE_AMOUNT || !fraction_make(x.number, AMOUNT_ONE, &f)) return not_known();
  number out = exactly(f);
  if (x.bound == BOUND_AT_LEAST || x.bound == BOUND_UNKNOWN) out.most = number_infinite();
  if (x.bound == BOUND_AT_MOST || x.bound == BOUND_UNKNOWN) out.least = FRACTION_ZERO;
  if (x.bound != BOUND_EXACT) {
    r->saw_truth = true;
    if (r->frame.extreme != EXTREME_BOUND) out.least = out.most = r->truth_high ? out.most : out.least;
  }
  return out;
}

static number outcomes_of(run *r, const expr_node *n) {
  uint32_t *rows;
  const rule *other = &r->pack->rules[n->index];
  size_t count = rows_under(r->frame.view, r->of, r->subject, other->of, r->frame.scratch, &rows);
  if (n->op == OP_MEMBERS) return exactly((fraction){(int64_t)count, 1});
  int64_t sure = 0, open = 0;
  for (size_t i = 0; i < count; i++) {
    day until;
    outcome o = evaluation_outcome_until(r->evaluation, n->index, rows[i], &until);
    frame_until(&r->frame, until);
    if ((int32_t)o == n->outcome) sure++;
    else if (o == OUTCOME_UNKNOWN) open++;
  }
  if (open) {
    r->saw_truth = true;
    if (r->frame.extreme != EXTREME_BOUND) sure += r->truth_high ? open : 0, open = 0;
  }
  return (number){true, {sure, 1}, {sure + open, 1}};
}

static number of_selection(run *r, const expr_node *n) {
  selection s = run_selection(r, n->of);
  if (r->failed) return not_known();
  fact_type outer = r->frame.type;
  r->frame.type = r->program->nodes[n->of].rows;
  int64_t least = 0, most = 0;
  number out;
  switch (n->op) {
  case OP_SUM:
    selection_sum(&r->frame, s, &least, &most);
    out = (number){true, scaled_number(&r->frame, least), scaled_number(&r->frame, most)};
    break;
  case OP_COUNT:
    selection_count(s, &least, &most);
    out = (number){true, {least, 1}, {most, 1}};
    break;
  case OP_DAYS: out = exactly((fraction){selection_days(&r->frame, s), 1}); break;
  default: out = exactly((fraction){selection_distinct(&r->frame, s, &n->path), 1}); break;
  }
  r->frame.type = outer;
  if (r->frame.overflow) r->failed = true;
  return out;
}

static number compute_number(run *r, const expr_node *n) {
  bool known;
  fraction f;
  switch (n->op) {
  case OP_CONSTANT: return exactly(n->limit.number);
  case OP_PARAMETER:
    f = parameter_number(r, &n->limit, &n->path, n->reading, &known);
    return known ? exactly(f) : not_known();
  case OP_ADD:
  case OP_SUBTRACT:
  case OP_MULTIPLY:
  case OP_DIVIDE: return arithmetic(r, n, run_number(r, n->args[0]), run_number(r, n->args[1]));
  case OP_HIGHEST_OF: return extreme_of(r, n, true);
  case OP_LOWEST_OF: return extreme_of(r, n, false);
  case OP_SUM_OF: {
    number all = exactly(FRACTION_ZERO);
    expr_node add = {.op = OP_ADD};
    for (size_t i = 0; i < n->args_count; i++) all = arithmetic(r, &add, all, run_number(r, n->args[i]));
    return all;
  }
  case OP_CHOOSE: return choose(r, n);
  case OP_PORTION: return portion(r, n);
  case OP_YEARS_SINCE: return years_since(r, n);
  case OP_PREVIOUS_NUMBER: return r->given_numbers ? r->given_numbers[n->index] : not_known();
  case OP_VALUE: return value_number(r, n);
  case OP_OUTCOMES:
  case OP_MEMBERS: return outcomes_of(r, n);
  default: return of_selection(r, n);
  }
}

number run_number(run *r, int32_t node) {
  node_value *v = &r->values[node];
  if (v->done || r->failed) return v->number;
  v->number = compute_number(r, &r->program->nodes[node]);
  v->done = true;
  return v->number;
}

/* ---- conditions ---- */

static truth fact_date(run *r, const expr_node *n) {
  const view *v = r->frame.view;
  int32_t record = r->person < 0 ? -1 : row_fact(v, (uint32_t)r->person, v->codes[n->word]);
  if (!n->limit.parameter && n->limit.day == DAY_NONE) return record >= 0 ? TRUTH_YES : TRUTH_NO; /* exists */
  if (record < 0 || v->s->of[FACT_RECORD].since[record] == DATE_NONE) return TRUTH_UNKNOWN;
  date d = v->s->of[FACT_RECORD].since[record];
  day with = n->limit.day, next;
  if (n->limit.parameter) {
    const parameter_entry *e = parameter_on(n->limit.parameter, r->parameters_on, &next);
    note_parameter(r, n->limit.parameter, e, r->parameters_on);
    if (!e) return TRUTH_UNKNOWN;
    with = e->day;
  }
  bool first = comparison_holds(n->compare, (date_first(d) > with) - (date_first(d) < with));
  bool last = comparison_holds(n->compare, (date_last(d) > with) - (date_last(d) < with));
  return first == last ? (first ? TRUTH_YES : TRUTH_NO) : TRUTH_UNKNOWN;
}

static truth outcome_is(run *r, const expr_node *n) {
  const rule *other = &r->pack->rules[n->index];
  const view *v = r->frame.view;
  uint32_t *rows;
  size_t count;
  int32_t one = r->record >= 0 ? row_to(v, FACT_RECORD, (uint32_t)r->record, other->of) : row_to(v, r->of, r->subject, other->of);
  uint32_t single = (uint32_t)one;
  if (one >= 0) {
    rows = &single;
    count = 1;
  } else {
    count = rows_under(v, r->of, r->subject, other->of, r->frame.scratch, &rows);
  }
  truth any = TRUTH_NO; /* of several below, one is enough */
  for (size_t i = 0; i < count; i++) {
    day until;
    outcome o = evaluation_outcome_until(r->evaluation, n->index, rows[i], &until);
    frame_until(&r->frame, until);
    any = truth_or(any, (int32_t)o == n->outcome ? TRUTH_YES : o == OUTCOME_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_NO);
  }
  return any;
}

static truth compare(run *r, const expr_node *n) {
  number a = run_number(r, n->args[0]), b = run_number(r, n->args[1]);
  if (!a.known || !b.known) return TRUTH_UNKNOWN;
  bool first = comparison_holds(n->compare, fraction_compare(a.least, b.most));
  bool last = comparison_holds(n->compare, fraction_compare(a.most, b.least));
  return first == last ? (first ? TRUTH_YES : TRUTH_NO) : TRUTH_UNKNOWN;
}

static truth compute_truth(run *r, const expr_node *n) {
  truth t = TRUTH_NO;
  switch (n->op) {
  case OP_EXISTS: {
    selection s = run_selection(r, n->of);
    int64_t least, most;
    selection_count(s, &least, &most);
    return least > 0 ? TRUTH_YES : most > 0 ? TRUTH_UNKNOWN : TRUTH_NO;
  }
  case OP_KNOWN: {
    value x = path_value(r->frame.view, &n->path, r->of, r->subject);
    return x.form == VALUE_NONE || (x.form == VALUE_AMOUNT && x.bound == BOUND_UNKNOWN) ? TRUTH_UNKNOWN : TRUTH_YES;
  }
  case OP_FACT_DATE: return fact_date(r, n);
  case OP_OUTCOME: return outcome_is(r, n);
  case OP_SUBJECT: return match_row(r->frame.view, n->match, r->of, r->subject, r->parameters_on);
  case OP_ALL:
    t = TRUTH_YES;
    for (size_t i = 0; i < n->args_count; i++) t = truth_and(t, run_truth(r, n->args[i]));
    return t;
  case OP_ANY:
  case OP_NOT:
    for (size_t i = 0; i < n->args_count; i++) t = truth_or(t, run_truth(r, n->args[i]));
    return n->op == OP_NOT ? truth_not(t) : t;
  default: return compare(r, n);
  }
}

truth run_truth(run *r, int32_t node) {
  node_value *v = &r->values[node];
  if (v->done || r->failed) return v->truth;
  const expr_node *n = &r->program->nodes[node];
  v->truth = compute_truth(r, n);
  /* atoms are settled one way; what is made of them follows */
  bool made = n->op == OP_ALL || n->op == OP_ANY || n->op == OP_NOT;
  if (!made) v->truth = unknown_as(r, v->truth);
  v->done = true;
  return v->truth;
}

/* ---- a recognition's expressions, about one record ---- */

static void record_run(run *r, const program *p, uint32_t record, run *inner) {
  const fact_columns *t = &r->frame.view->s->of[FACT_RECORD];
  date last = t->until[record] != DATE_NONE ? t->until[record] : t->since[record];
  *inner = *r;
  inner->program = p;
  inner->values = arena_array(r->frame.scratch, p->count + 1, sizeof(node_value));
  inner->record = (int32_t)record;
  inner->parameters_on = last == DATE_NONE ? r->frame.on : date_last(last);
}

static void record_run_done(run *r, const run *inner) {
  r->failed = inner->failed;
  r->saw_truth = inner->saw_truth;
  r->frame.overflow = inner->frame.overflow;
  r->frame.rescale = inner->frame.rescale;
  r->frame.until = inner->frame.until;
}

number run_record_number(run *r, const program *p, int32_t node, uint32_t record) {
  run inner;
  record_run(r, p, record, &inner);
  number out = run_number(&inner, node);
  record_run_done(r, &inner);
  return out;
}

truth run_record_truth(run *r, const program *p, int32_t node, uint32_t record) {
  run inner;
  record_run(r, p, record, &inner);
  truth out = run_truth(&inner, node);
  record_run_done(r, &inner);
  return out;
}
