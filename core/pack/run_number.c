/* Numbers and conditions of one run. */
#include "pack/run.h"

#include <string.h>

fraction number_infinite(void) {
  return (fraction){SCALED_INFINITE, 1};
}
bool is_infinite(fraction f) {
  return f.above == SCALED_INFINITE && f.below == 1;
}

/* ---- numbers ---- */

static void note_parameter(run *r, const parameter *p, const parameter_entry *e, day on) {
  explanation *x = r->explain;
  if (!x) return;
  for (size_t i = 0; i < x->parameters_count; i++)
    if (x->parameters[i].parameter == p && x->parameters[i].entry == e) return;
  *ARENA_PUSH(r->frame.trail->memory, x->parameters, x->parameters_count, x->parameters_capacity) =
      (parameter_read){p, e, on};
}

static void note_limit(run *r, const limit *l) {
  day next;
  if (!l->parameter) return;
  note_parameter(r, l->parameter, parameter_on(l->parameter, r->parameters_on, &next), r->parameters_on);
}

void run_note_match(run *r, const match *m) {
  if (!r->explain || !m) return;
  for (size_t i = 0; i < m->conditions_count; i++) {
    note_limit(r, &m->conditions[i].limit);
    note_limit(r, &m->conditions[i].other);
  }
  for (size_t i = 0; i < m->any_count; i++) run_note_match(r, &m->any[i]);
}

fraction parameter_number(run *r, const limit *l, const path *by, reading_day reading, bool *known) {
  const view *v = r->frame.view;
  *known = true;
  if (!l->parameter) return l->number;
  day on = r->parameters_on, next;
  if (reading == READ_DECISION) on = r->frame.on;
  if (reading == READ_PERIOD_START && r->has_window) on = r->frame.window.first;
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

static number exactly(fraction f) {
  return (number){true, f, f};
}
static number not_known(void) {
  return (number){false, FRACTION_ZERO, FRACTION_ZERO};
}

static bool add_ends(fraction a, fraction b, fraction *out) {
  if (is_infinite(a) || is_infinite(b)) {
    *out = number_infinite();
    return true;
  }
  return fraction_add(a, b, out);
}

static bool negative(number x) {
  return x.least.above < 0;
}

static bool multiply_ends(fraction a, fraction b, fraction *out) {
  if (is_infinite(a) || is_infinite(b)) {
    *out = a.above == 0 || b.above == 0 ? FRACTION_ZERO : number_infinite();
    return true;
  }
  return fraction_multiply(a, b, out);
}

/* The ends of what a product or quotient of two ranges may be, where signs may turn them round. */
static bool ends_of_four(bool (*make)(fraction, fraction, fraction *), number a, number b, number *out) {
  const fraction one[] = {a.least, a.least, a.most, a.most}, other[] = {b.least, b.most, b.least, b.most};
  for (int i = 0; i < 4; i++) {
    fraction f;
    if (!make(one[i], other[i], &f)) return false;
    if (!i || fraction_compare(f, out->least) < 0) out->least = f;
    if (!i || fraction_compare(f, out->most) > 0) out->most = f;
  }
  return true;
}

static number arithmetic(run *r, const expr_node *n, number a, number b) {
  if (!a.known || !b.known) return not_known();
  number out = {true, FRACTION_ZERO, FRACTION_ZERO};
  bool good = true;
  switch (n->op) {
  case OP_ADD:
    good = add_ends(a.least, b.least, &out.least) && add_ends(a.most, b.most, &out.most);
    break;
  case OP_SUBTRACT:
    if (is_infinite(b.most)) return not_known();
    good = fraction_subtract(a.least, b.most, &out.least);
    if (is_infinite(a.most))
      out.most = number_infinite();
    else
      good = good && fraction_subtract(a.most, b.least, &out.most);
    break;
  case OP_MULTIPLY:
    if (negative(a) || negative(b)) {
      if (is_infinite(a.most) || is_infinite(b.most)) return not_known();
      good = ends_of_four(fraction_multiply, a, b, &out);
    } else {
      good = multiply_ends(a.least, b.least, &out.least) && multiply_ends(a.most, b.most, &out.most);
    }
    break;
  default:
    if ((b.least.above <= 0 && b.most.above >= 0) || is_infinite(b.most)) return not_known();
    if (negative(a) || negative(b)) {
      if (is_infinite(a.most)) return not_known();
      good = ends_of_four(fraction_divide, a, b, &out);
      break;
    }
    good = fraction_divide(a.least, b.most, &out.least);
    if (is_infinite(a.most))
      out.most = number_infinite();
    else
      good = good && fraction_divide(a.most, b.least, &out.most);
  }
  if (!good) r->frame.overflow = r->failed = true;
  return out;
}

static number extreme_of(run *r, const expr_node *n, bool highest) {
  number out = not_known();
  for (size_t i = 0; i < n->args_count; i++) {
    number x = run_number(r, n->args[i]);
    if (!x.known) return not_known();
    if (!i)
      out = x;
    else {
      int least = fraction_compare(x.least, out.least), most = fraction_compare(x.most, out.most);
      if (highest ? least > 0 : least < 0) out.least = x.least;
      if (highest ? most > 0 : most < 0) out.most = x.most;
    }
  }
  return out;
}

static truth unknown_as(run *r, truth t) {
  if (t != TRUTH_UNKNOWN) return t;
  r->truths++;
  if (r->frame.extreme == EXTREME_BOUND) return t;
  r->saw_truth = true;
  return r->truth_high ? TRUTH_YES : TRUTH_NO;
}

static number choose(run *r, const expr_node *n) {
  number hull = not_known();
  bool any = false;
  for (size_t i = 0; i < n->args_count; i += 2) {
    bool last = i + 1 == n->args_count;
    truth t = last ? TRUTH_YES : run_truth(r, n->args[i]);
    if (t == TRUTH_NO) continue;
    number x = run_number(r, n->args[last ? i : i + 1]);
    if (!x.known) return x;
    if (!any || fraction_compare(x.least, hull.least) < 0) hull.least = x.least;
    if (!any || fraction_compare(x.most, hull.most) > 0) hull.most = x.most;
    any = hull.known = true;
    if (t == TRUTH_YES) break; /* else, in the bound: this branch or a later one */
  }
  return hull;
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
  fraction ends[2];
  for (int wide = 0; wide < 2; wide++) { /* a date known to the month: from its last day on, from its first day on */
    day reach = first - 1;
    int64_t covered = 0;
    for (uint32_t k = 0; k < count; k++) { /* in order of first day */
      uint32_t row = index->rows[index->offset[r->person] + k];
      date since = t->since[row], until = t->until[row] == DATE_NONE && !posts ? since : t->until[row];
      if (!posts && (t->kind[row] == 0 || t->kind[row] != v->codes[n->word])) continue;
      day from = since == DATE_NONE ? first : wide ? date_first(since) : date_last(since);
      day to = until == DATE_NONE ? last : wide ? date_last(until) : date_first(until);
      if (from <= reach) from = reach + 1;
      if (from < first) from = first;
      if (to > last) to = last;
      if (to < from) continue;
      covered += (int64_t)to - from + 1;
      reach = to;
    }
    if (!fraction_make(covered, (int64_t)last - first + 1, &ends[wide])) return not_known();
  }
  number out = {true, ends[0], ends[1]};
  if (fraction_compare(ends[0], ends[1])) {
    r->saw_truth = true;
    r->truths++;
    if (r->frame.extreme != EXTREME_BOUND) out.least = out.most = ends[r->truth_high];
  }
  return out;
}

static int64_t whole_years(day from, day to) {
  int year_a, month_a, day_a, year_b, month_b, day_b;
  day_parts(from, &year_a, &month_a, &day_a);
  day_parts(to, &year_b, &month_b, &day_b);
  return year_b - year_a - (day_add(from, year_b - year_a, 0, 0) > to); /* 29 February has its day on the 28th */
}

static number years_since(run *r, const expr_node *n) {
  const view *v = r->frame.view;
  int32_t record = r->person < 0 ? -1 : row_fact(v, (uint32_t)r->person, v->codes[n->word]);
  date since = record < 0 ? DATE_NONE : v->s->of[FACT_RECORD].since[record];
  day on = r->frame.on;
  if (n->reading == READ_PERIOD_START && r->has_window) on = r->frame.window.first;
  if (n->reading == READ_PERIOD_END && r->has_window) on = r->frame.window.last;
  if (n->reading == READ_SUBJECT_START) {
    date start = v->s->of[r->of].since[r->subject];
    if (start == DATE_NONE) return not_known();
    on = date_first(start);
  }
  if (since == DATE_NONE) return not_known();
  if (date_first(since) > on) return exactly(FRACTION_ZERO); /* it came later than the day that is asked about */
  int64_t least = whole_years(date_last(since) > on ? on : date_last(since), on),
          most = whole_years(date_first(since), on);
  if (on == r->frame.on) {
    frame_until(&r->frame, day_add(date_last(since), (int)least + 1, 0, 0));
    frame_until(&r->frame, day_add(date_first(since), (int)most + 1, 0, 0));
  }
  if (least != most) {
    r->saw_truth = true;
    r->truths++;
    if (r->frame.extreme != EXTREME_BOUND) least = most = r->truth_high ? most : least;
  }
  return (number){true, {least, 1}, {most, 1}};
}

static number value_number(run *r, const expr_node *n) {
  value x = r->record >= 0 ? path_value(r->frame.view, &n->path, FACT_RECORD, (uint32_t)r->record)
                           : path_value(r->frame.view, &n->path, r->of, r->subject);
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
    r->truths++;
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
    if ((int32_t)o == n->outcome)
      sure++;
    else if (o == OUTCOME_UNKNOWN)
      open++;
  }
  if (open) {
    r->saw_truth = true;
    r->truths++;
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
  case OP_DAYS:
    selection_days(&r->frame, s, &least, &most);
    out = (number){true, {least, 1}, {most, 1}};
    break;
  default:
    selection_distinct(&r->frame, s, &n->path, &least, &most);
    out = (number){true, {least, 1}, {most, 1}};
    break;
  }
  r->frame.type = outer;
  if (r->frame.overflow) r->failed = true;
  return out;
}

static number compute_number(run *r, const expr_node *n) {
  bool known;
  fraction f;
  switch (n->op) {
  case OP_CONSTANT:
    return exactly(n->limit.number);
  case OP_PARAMETER:
    f = parameter_number(r, &n->limit, &n->path, n->reading, &known);
    return known ? exactly(f) : not_known();
  case OP_ADD:
  case OP_SUBTRACT:
  case OP_MULTIPLY:
  case OP_DIVIDE:
    return arithmetic(r, n, run_number(r, n->args[0]), run_number(r, n->args[1]));
  case OP_HIGHEST_OF:
    return extreme_of(r, n, true);
  case OP_LOWEST_OF:
    return extreme_of(r, n, false);
  case OP_SUM_OF: {
    number all = exactly(FRACTION_ZERO);
    expr_node add = {.op = OP_ADD};
    for (size_t i = 0; i < n->args_count; i++) all = arithmetic(r, &add, all, run_number(r, n->args[i]));
    return all;
  }
  case OP_CHOOSE:
    return choose(r, n);
  case OP_PORTION:
    return portion(r, n);
  case OP_YEARS_SINCE:
    return years_since(r, n);
  case OP_PREVIOUS_NUMBER:
    return r->given_numbers ? r->given_numbers[n->index] : not_known();
  case OP_VALUE:
    return value_number(r, n);
  case OP_OUTCOMES:
  case OP_MEMBERS:
    return outcomes_of(r, n);
  default:
    return of_selection(r, n);
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
    if (r->parameters_on == r->frame.on) frame_until(&r->frame, next);
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
  int32_t one =
      r->record >= 0 ? row_to(v, FACT_RECORD, (uint32_t)r->record, other->of) : row_to(v, r->of, r->subject, other->of);
  uint32_t single = (uint32_t)one;
  if (one < 0 && r->record >= 0) return TRUTH_NO; /* the record belongs to none that the rule could be about */
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

truth number_compare(comparison compare, number a, number b) {
  if (!a.known || !b.known) return TRUTH_UNKNOWN;
  if (compare == EQUAL) {
    if (fraction_compare(a.most, b.least) < 0 || fraction_compare(a.least, b.most) > 0) return TRUTH_NO;
    return fraction_compare(a.least, a.most) || fraction_compare(b.least, b.most) ? TRUTH_UNKNOWN : TRUTH_YES;
  }
  bool first = comparison_holds(compare, fraction_compare(a.least, b.most));
  bool last = comparison_holds(compare, fraction_compare(a.most, b.least));
  return first == last ? (first ? TRUTH_YES : TRUTH_NO) : TRUTH_UNKNOWN;
}

static truth compare(run *r, const expr_node *n) {
  return number_compare(n->compare, run_number(r, n->args[0]), run_number(r, n->args[1]));
}

/* The row that an expression is about: the subject, or in a recognition the record. */
static fact_type about(const run *r, uint32_t *row) {
  *row = r->record >= 0 ? (uint32_t)r->record : r->subject;
  return r->record >= 0 ? FACT_RECORD : r->of;
}

static truth subject_matches(run *r, const expr_node *n) {
  uint32_t row;
  fact_type type = about(r, &row);
  run_note_match(r, n->match);
  return match_row(r->frame.view, n->match, type, row, r->parameters_on);
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
    uint32_t row;
    fact_type type = about(r, &row);
    value x = path_value(r->frame.view, &n->path, type, row);
    return x.form == VALUE_NONE || (x.form == VALUE_AMOUNT && x.bound == BOUND_UNKNOWN) ? TRUTH_UNKNOWN : TRUTH_YES;
  }
  case OP_FACT_DATE:
    return fact_date(r, n);
  case OP_OUTCOME:
    return outcome_is(r, n);
  case OP_SUBJECT:
    return subject_matches(r, n);
  case OP_ALL:
    t = TRUTH_YES;
    for (size_t i = 0; i < n->args_count; i++) t = truth_and(t, run_truth(r, n->args[i]));
    return t;
  case OP_ANY:
  case OP_NOT:
    for (size_t i = 0; i < n->args_count; i++) t = truth_or(t, run_truth(r, n->args[i]));
    return n->op == OP_NOT ? truth_not(t) : t;
  default:
    return compare(r, n);
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
