#include "pack/figure.h"

#include <stdlib.h>
#include <string.h>

/* ---- which rows ---- */

static bool organization_below(const view *v, int32_t organization, uint32_t top) {
  const fact_columns *t = &v->s->of[FACT_ORGANIZATION];
  for (uint32_t climbed = 0; organization >= 0 && climbed <= t->count; climbed++) {
    if ((uint32_t)organization == top) return true;
    organization = t->object[organization];
  }
  return false;
}

bool row_in_scope(const view *v, fact_type type, uint32_t row, figure_scope scope) {
  if (scope.type == FACT_NONE) return true;
  if (type == FACT_PERSON && (scope.type == FACT_COHORT || scope.type == FACT_PROGRAMME)) {
    const subject_index *index = &v->s->enrollments[FACT_PERSON];
    for (uint32_t i = index->offset ? index->offset[row] : 0; index->offset && i < index->offset[row + 1]; i++)
      if (row_to(v, FACT_ENROLLMENT, index->rows[i], scope.type) == (int32_t)scope.row) return true;
    return false;
  }
  if (scope.type == FACT_ORGANIZATION) {
    int32_t person = row_to(v, type, row, FACT_PERSON);
    if (person >= 0 && organization_below(v, row_school(v, (uint32_t)person), scope.row)) return true;
    return organization_below(v, row_to(v, type, row, FACT_ORGANIZATION), scope.row);
  }
  return row_to(v, type, row, scope.type) == (int32_t)scope.row;
}

/* *unsure: rows of which it cannot be known whether they match, because a date or an amount is not known well enough.
 */
static size_t sure_rows(const view *v, fact_type type, const match *where, figure_scope scope, arena *a, uint32_t **out,
                        size_t *unsure) {
  const fact_columns *t = &v->s->of[type];
  uint32_t *rows = NULL;
  size_t count = 0, capacity = 0;
  *unsure = 0;
  for (uint32_t row = 0; row < t->count; row++) {
    if (type == FACT_RECORD && t->since[row] != DATE_NONE && date_first(t->since[row]) > v->on) continue;
    if (type == FACT_RECORD && t->subject_type[row] != FACT_NONE && t->subject[row] < 0) continue; /* suspended */
    truth matches = match_row(v, where, type, row, v->on);
    if (matches == TRUTH_NO || !row_in_scope(v, type, row, scope)) continue;
    if (matches == TRUTH_UNKNOWN)
      *unsure += 1;
    else
      *ARENA_PUSH(a, rows, count, capacity) = row;
  }
  *out = rows;
  return count;
}

size_t rows_matching(const view *v, fact_type type, const match *where, figure_scope scope, arena *a, uint32_t **out) {
  size_t unsure;
  return sure_rows(v, type, where, scope, a, out, &unsure);
}

static bool in_group(const view *v, fact_type type, uint32_t row, figure_group group) {
  if (!group.by) return true;
  value found[16];
  size_t count = path_values(v, group.by, type, row, found, 16);
  if (!count) return group.is.form == VALUE_NONE;
  for (size_t i = 0; i < count; i++)
    if (group.is.form != VALUE_NONE && !value_compare(v, found[i], group.is)) return true;
  return false;
}

/* A group by outcome is of the decision, not of the subject. */
static bool by_outcome(const figure_group *group) {
  return group->by && group->by->count == 1 && group->by->steps[0].form == STEP_COLUMN &&
         group->by->steps[0].column == COLUMN_OUTCOME;
}

/* Whether what the rule gives for a subject lies in the figure's band. */
static bool in_band(evaluation *e, const figure *f, uint32_t subject, faults *problems) {
  const view *v = evaluation_view(e);
  arena *a = arena_new();
  decision d;
  bool inside = evaluation_decide(e, f->rule, subject, a, &d) && d.gives && d.outcome != OUTCOME_NOT_APPLICABLE;
  for (size_t i = 0; i < f->ends_count && inside; i++) {
    const limit *l = &f->ends[i].limit;
    day next;
    const parameter_entry *p = l->parameter ? parameter_on(l->parameter, v->on, &next) : NULL;
    if (l->parameter && !p) {
      inside = fault_add(problems, f->where_declared, "parameter \"%s\" has no value yet on that day",
                         "参数“%s”在该日尚无取值", l->parameter->id);
      break;
    }
    inside = comparison_holds(f->ends[i].compare, fraction_compare(d.gives[f->output], p ? p->number : l->number));
  }
  arena_free(a);
  return inside;
}

static size_t figure_rows(evaluation *e, const figure *f, figure_scope scope, figure_group group, arena *a,
                          uint32_t **out, size_t *unsure, faults *problems) {
  const view *v = evaluation_view(e);
  const pack *p = evaluation_pack(e);
  *out = NULL;
  *unsure = 0;
  if (f->from == FROM_NOTHING || (f->from == FROM_DECISIONS && f->rule < 0)) return 0;
  fact_type type = f->from == FROM_DECISIONS ? p->rules[f->rule].of : f->rows;
  uint32_t *rows;
  size_t count = sure_rows(v, type, &f->where, scope, a, &rows, unsure), kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (f->measure == MEASURE_BAND && !in_band(e, f, rows[i], problems)) continue;
    if (f->from == FROM_DECISIONS && (f->outcome >= 0 || by_outcome(&group))) {
      outcome o = evaluation_outcome(e, f->rule, rows[i]);
      if (f->outcome >= 0 && (int32_t)o != f->outcome) continue;
      if (by_outcome(&group) && (group.is.form != VALUE_TEXT || strcmp(group.is.text, outcome_name(o)))) continue;
    }
    if (!by_outcome(&group) && !in_group(v, type, rows[i], group)) continue;
    rows[kept++] = rows[i];
  }
  *out = rows;
  return kept;
}

/* ---- measures ---- */

typedef struct tuple {
  const view *view;
  const value *values;
  size_t count;
} tuple;

static int tuple_compare(const void *a, const void *b) {
  const tuple *x = a, *y = b;
  for (size_t i = 0; i < x->count; i++) {
    int order = value_compare(x->view, x->values[i], y->values[i]);
    if (order) return order;
  }
  return 0;
}

static int64_t distinct_tuples(const view *v, const figure *f, fact_type type, const uint32_t *rows, size_t count,
                               arena *a) {
  tuple *tuples = arena_array(a, count + 1, sizeof *tuples);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    value *values = arena_array(a, f->paths_count, sizeof *values);
    bool whole = true;
    for (size_t k = 0; k < f->paths_count; k++) {
      values[k] = path_value(v, &f->paths[k], type, rows[i]);
      whole = whole && values[k].form != VALUE_NONE;
    }
    if (whole) tuples[kept++] = (tuple){v, values, f->paths_count};
  }
  qsort(tuples, kept, sizeof *tuples, tuple_compare);
  int64_t distinct = 0;
  for (size_t i = 0; i < kept; i++) distinct += !i || tuple_compare(&tuples[i - 1], &tuples[i]) != 0;
  return distinct;
}

static bound add_bounds(bound a, bound b) {
  if (a == BOUND_EXACT) return b;
  if (b == BOUND_EXACT || a == b) return a;
  return BOUND_UNKNOWN;
}

static bool too_large(const figure *f, faults *problems) {
  return fault_add(problems, f->where_declared, "figure \"%s\": a number became too large to be exact",
                   "指标“%s”：数值过大，无法精确计算", f->id);
}

/* sum, min, max, mean over the amounts of rows; a row without its amount leaves a sum "at least the known part". */
static bool measure_amounts(const view *v, const figure *f, fact_type type, figure_value *out, faults *problems) {
  fraction total = FRACTION_ZERO, least = FRACTION_ZERO, most = FRACTION_ZERO;
  int64_t known = 0;
  out->bound = BOUND_EXACT;
  for (size_t i = 0; i < out->rows_count; i++) {
    value x = f->paths_count ? path_value(v, &f->paths[0], type, out->rows[i]) : (value){0};
    fraction one = FRACTION_ZERO;
    if (x.form != VALUE_AMOUNT || x.bound == BOUND_UNKNOWN) {
      out->bound = f->several ? BOUND_UNKNOWN : add_bounds(out->bound, BOUND_AT_LEAST);
      continue;
    }
    if (!fraction_make(x.number, AMOUNT_ONE, &one) || !fraction_add(total, one, &total)) return too_large(f, problems);
    if (!known || fraction_compare(one, least) < 0) least = one;
    if (!known || fraction_compare(one, most) > 0) most = one;
    known++;
    out->bound = add_bounds(out->bound, x.bound);
  }
  if (f->measure == MEASURE_SUM) {
    out->number = total;
    return true;
  }
  if (!known) {
    out->bound = out->rows_count ? BOUND_UNKNOWN : BOUND_NONE;
    return true;
  }
  if (f->measure == MEASURE_MIN) {
    out->number = least;
    if (out->bound != BOUND_EXACT) out->bound = BOUND_UNKNOWN;
  } else if (f->measure == MEASURE_MAX) {
    out->number = most;
    if (out->bound != BOUND_EXACT) out->bound = out->bound == BOUND_AT_LEAST ? BOUND_AT_LEAST : BOUND_UNKNOWN;
  } else {
    if (out->bound != BOUND_EXACT) out->bound = BOUND_UNKNOWN;
    if (!fraction_divide(total, (fraction){known, 1}, &out->number) ||
        !fraction_round(out->number, f->way, f->step, &out->number))
      return too_large(f, problems);
  }
  return true;
}

static bool compute(evaluation *e, int32_t figure_at, figure_scope scope, figure_group group, arena *a,
                    figure_value *out, int depth, faults *problems);

static bool measure_parts(evaluation *e, const figure *f, figure_scope scope, figure_group group, arena *a,
                          figure_value *out, int depth, faults *problems) {
  if (f->measure == MEASURE_SHARE) {
    out->parts = arena_array(a, 2, sizeof *out->parts);
    out->parts_count = 2;
    if (!compute(e, f->part, scope, group, a, &out->parts[0], depth + 1, problems) ||
        !compute(e, f->whole, scope, group, a, &out->parts[1], depth + 1, problems))
      return false;
    const figure_value *part = &out->parts[0], *whole = &out->parts[1];
    out->bound = part->bound == BOUND_EXACT && whole->bound == BOUND_EXACT ? BOUND_EXACT : BOUND_UNKNOWN;
    if (whole->number.above == 0) {
      out->bound = BOUND_NONE; /* a share of nothing is not zero */
      return true;
    }
    return (fraction_divide(part->number, whole->number, &out->number) &&
            fraction_round(out->number, f->way, f->step, &out->number)) ||
           too_large(f, problems);
  }
  out->parts = arena_array(a, f->plus_count + 1, sizeof *out->parts);
  out->bound = BOUND_EXACT;
  for (size_t i = 0; i < f->plus_count; i++) {
    figure_value *one = &out->parts[out->parts_count++];
    if (!compute(e, f->plus[i], scope, group, a, one, depth + 1, problems)) return false;
    if (one->bound == BOUND_NONE) continue;
    out->bound = add_bounds(out->bound, one->bound);
    if (!fraction_add(out->number, one->number, &out->number)) return too_large(f, problems);
  }
  return true;
}

/* Some rows may belong to the figure or not: what was found is the least there is, or says little. */
static void leave_open(const figure *f, figure_value *out) {
  switch (f->measure) {
  case MEASURE_MIN:
    out->bound = out->bound == BOUND_EXACT ? BOUND_AT_MOST : BOUND_UNKNOWN;
    break;
  case MEASURE_MEAN:
    out->bound = BOUND_UNKNOWN;
    break;
  default:
    out->bound = add_bounds(out->bound == BOUND_NONE ? BOUND_UNKNOWN : out->bound, BOUND_AT_LEAST);
  }
}

static bool compute(evaluation *e, int32_t figure_at, figure_scope scope, figure_group group, arena *a,
                    figure_value *out, int depth, faults *problems) {
  const pack *p = evaluation_pack(e);
  const view *v = evaluation_view(e);
  const figure *f = &p->figures[figure_at];
  *out = (figure_value){.figure = figure_at, .number = FRACTION_ZERO, .bound = BOUND_EXACT};
  if (f->measure == MEASURE_SHARE || f->measure == MEASURE_PLUS)
    return measure_parts(e, f, scope, group, a, out, depth, problems);
  if (f->measure == MEASURE_VALUE) {
    out->bound = f->value.bound;
    return fraction_make(f->value.millionths, AMOUNT_ONE, &out->number);
  }
  out->from_subjects = f->from == FROM_DECISIONS;
  out->rows_type = out->from_subjects && f->rule >= 0 ? p->rules[f->rule].of : f->rows;
  size_t unsure;
  out->rows_count = figure_rows(e, f, scope, group, a, &out->rows, &unsure, problems);
  if (f->measure == MEASURE_COUNT || f->measure == MEASURE_BAND)
    out->number = (fraction){(int64_t)out->rows_count, 1};
  else if (f->measure == MEASURE_DISTINCT)
    out->number = (fraction){distinct_tuples(v, f, out->rows_type, out->rows, out->rows_count, a), 1};
  else if (!measure_amounts(v, f, out->rows_type, out, problems))
    return false;
  if (unsure) leave_open(f, out);
  return true;
}

bool figure_compute(evaluation *e, int32_t figure_at, figure_scope scope, figure_group group, arena *a,
                    figure_value *out, faults *problems) {
  return compute(e, figure_at, scope, group, a, out, 0, problems);
}

/* ---- groups ---- */

static int by_value(const void *a, const void *b) {
  const tuple *x = a, *y = b;
  return value_compare(x->view, x->values[0], y->values[0]);
}

size_t figure_groups(evaluation *e, const int32_t *figures, size_t count, const path *by, figure_scope scope, arena *a,
                     value **out, faults *problems) {
  const view *v = evaluation_view(e);
  tuple *found = NULL;
  size_t found_count = 0, capacity = 0;
  figure_group probe = {by, {0}};
  if (by_outcome(&probe)) {
    *out = arena_array(a, OUTCOMES, sizeof **out);
    for (int o = 0; o < OUTCOMES; o++) (*out)[o] = (value){.form = VALUE_TEXT, .text = outcome_name((outcome)o)};
    return OUTCOMES;
  }
  for (size_t i = 0; i < count; i++) {
    figure_value whole;
    if (!figure_compute(e, figures[i], scope, (figure_group){0}, a, &whole, problems)) continue;
    const figure_value *sources = whole.parts_count ? whole.parts : &whole;
    for (size_t s = 0; s < (whole.parts_count ? whole.parts_count : 1); s++)
      for (size_t r = 0; r < sources[s].rows_count; r++) {
        value values[16];
        size_t many = path_values(v, by, sources[s].rows_type, sources[s].rows[r], values, 16);
        if (!many) values[many++] = (value){0};
        for (size_t k = 0; k < many; k++)
          *ARENA_PUSH(a, found, found_count, capacity) = (tuple){v, arena_copy(a, &values[k], sizeof values[k]), 1};
      }
  }
  if (found_count) qsort(found, found_count, sizeof *found, by_value);
  value *kept = arena_array(a, found_count + 1, sizeof *kept);
  size_t kept_count = 0;
  for (size_t i = 0; i < found_count; i++)
    if (!i || by_value(&found[i - 1], &found[i])) kept[kept_count++] = found[i].values[0];
  *out = kept;
  return kept_count;
}

/* ---- printing ---- */

static amount as_amount(fraction f, bound b) {
  __extension__ typedef __int128 wide;
  wide millionths = (wide)f.above * AMOUNT_ONE / f.below;
  if (millionths > INT64_MAX) millionths = INT64_MAX;
  return (amount){(int64_t)millionths, b};
}

char *figure_text(arena *a, const pack *p, const figure_value *v, bool exact, language in) {
  const figure *f = &p->figures[v->figure];
  if (v->bound == BOUND_NONE) return arena_text(a, in == LANGUAGE_ZH ? "无" : "none");
  if ((f->measure == MEASURE_VALUE || f->several) && v->bound == BOUND_UNKNOWN)
    return amount_text(a, (amount){0, BOUND_UNKNOWN}, in);
  bool nothing = v->bound == BOUND_AT_LEAST && f->measure == MEASURE_SUM && v->number.above == 0; /* "at least 0" */
  if (v->bound == BOUND_UNKNOWN || nothing) return arena_text(a, in == LANGUAGE_ZH ? "不详" : "not known");
  if (f->measure == MEASURE_SHARE) {
    fraction hundred;
    if (!fraction_multiply(v->number, (fraction){100, 1}, &hundred)) hundred = v->number;
    return arena_format(a, "%s%%", fraction_text(a, hundred));
  }
  published style = f->style;
  style.exact = exact || style.exact;
  return amount_published(a, as_amount(v->number, v->bound), style, in);
}

said figure_marker(const figure_value *v, const pack *p) {
  const figure *f = &p->figures[v->figure];
  if (f->measure == MEASURE_VALUE) return (said){{"直接引自公开文件", "stated, from a published source"}};
  switch (v->bound) {
  case BOUND_AT_LEAST:
    return (said){{"下限：实际不少于此数", "a lower bound: the true number is at least this"}};
  case BOUND_AT_MOST:
    return (said){{"上限：实际不多于此数", "an upper bound: the true number is at most this"}};
  case BOUND_UNKNOWN:
    return (said){{"不详", "not known"}};
  case BOUND_NONE:
    return (said){{"没有可以计算的对象", "there is nothing to count"}};
  default:
    return (said){{NULL, NULL}};
  }
}
