#include "pack/group.h"

#include "pack/run.h"

#include <stdlib.h>
#include <string.h>

/* ---- selection ---- */

typedef struct candidate {
  const view *view;
  const declared_group *group;
  uint32_t row;
  int32_t year;
  uint32_t scope;
  bool eligible;
} candidate;

static int by_order_keys(const candidate *x, const candidate *y) {
  for (size_t i = 0; i < x->group->order_count; i++) {
    const order_key *key = &x->group->order[i];
    value a = path_value(x->view, &key->what, FACT_ENROLLMENT, x->row),
          b = path_value(y->view, &key->what, FACT_ENROLLMENT, y->row);
    int order = value_compare(x->view, a, b);
    if (a.form != VALUE_NONE && b.form != VALUE_NONE && key->descending) order = -order;
    if (order) return order;
  }
  return 0;
}

static int by_rank(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  if (x->scope != y->scope) return x->scope < y->scope ? -1 : 1;
  if (x->year != y->year) return x->year < y->year ? -1 : 1;
  if (x->eligible != y->eligible) return x->eligible ? -1 : 1;
  int order = by_order_keys(x, y);
  return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

static bool overlap(const view *v, uint32_t a, uint32_t b) {
  const fact_columns *t = &v->s->of[FACT_ENROLLMENT];
  day a_first = t->since[a] == DATE_NONE ? DAY_NONE : date_first(t->since[a]),
      b_first = t->since[b] == DATE_NONE ? DAY_NONE : date_first(t->since[b]);
  day a_last = t->until[a] == DATE_NONE ? DAY_EVER : date_last(t->until[a]),
      b_last = t->until[b] == DATE_NONE ? DAY_EVER : date_last(t->until[b]);
  return a_first <= b_last && b_first <= a_last;
}

/* The other end of the person's relation of a kind that is in force when the enrollment begins. */
static value related_end(const view *v, uint32_t enrollment, uint32_t kind) {
  const fact_columns *t = &v->s->of[FACT_ENROLLMENT], *relations = &v->s->of[FACT_RELATION];
  int32_t person = t->subject[enrollment];
  const subject_index *index = &v->s->relations[FACT_PERSON];
  if (person < 0 || !index->offset || !kind) return (value){0};
  for (uint32_t i = index->offset[person]; i < index->offset[person + 1]; i++) {
    uint32_t r = index->rows[i];
    if (relations->kind[r] != kind || relations->subject_type[r] != FACT_PERSON || relations->subject[r] != person)
      continue;
    day on = t->since[enrollment] == DATE_NONE ? v->on : date_first(t->since[enrollment]);
    if (relations->since[r] != DATE_NONE && date_first(relations->since[r]) > on) continue;
    if (relations->until[r] != DATE_NONE && date_last(relations->until[r]) < on) continue;
    return (value){.form = VALUE_ROW, .type = (fact_type)relations->object_type[r], .number = relations->object[r]};
  }
  return (value){0};
}

static value limit_value(const view *v, const group_limit *l, uint32_t enrollment) {
  if (l->related) return related_end(v, enrollment, v->codes[l->related_word]);
  return l->per.count ? path_value(v, &l->per, FACT_ENROLLMENT, enrollment) : (value){0};
}

/* A selection of a year reads its parameters on the first day of the year, or on the first day in it on which they have
 * a value. */
static bool limit_most(const view *v, const group_limit *l, int32_t year, fraction *out, faults *problems,
                       const declared_group *g) {
  *out = l->at_most.number;
  if (!l->at_most.parameter) return true;
  day next, first = g->yearly && year ? day_of(year, 1, 1) : v->on;
  const parameter_entry *e = parameter_on(l->at_most.parameter, first, &next);
  if (first == v->on) view_until(v, next);
  if (!e && g->yearly && year && next <= day_of(year, 12, 31)) e = parameter_on(l->at_most.parameter, next, &next);
  if (!e)
    return fault_add(problems, g->where_declared, "parameter \"%s\" has no value yet on that day",
                     "参数“%s”在该日尚无取值", l->at_most.parameter->id);
  *out = e->number;
  return true;
}

static bool settle_member(const view *v, const declared_group *g, const candidate *c, const group_member *taken,
                          size_t taken_count, arena *a, group_member *m, faults *problems) {
  bool room = true;
  m->needs = arena_array(a, g->limits_count + 1, sizeof *m->needs);
  m->needs_count = g->limits_count;
  for (size_t i = 0; i < g->limits_count; i++) {
    const group_limit *l = &g->limits[i];
    group_need *n = &m->needs[i];
    *n = (group_need){.limit = l};
    if (!limit_most(v, l, c->year, &n->needed, problems, g)) return false;
    value own = limit_value(v, l, c->row);
    bool grouped = l->related || l->per.count;
    for (size_t k = 0; k < taken_count; k++) {
      const group_member *other = &taken[k];
      if (other->outcome != OUTCOME_MET || other->scope != m->scope ||
          (g->yearly && !l->overlapping && other->year != m->year))
        continue;
      if (grouped && (own.form == VALUE_NONE || value_compare(v, own, limit_value(v, l, other->row)))) continue;
      if (l->overlapping && !overlap(v, c->row, other->row)) continue;
      n->had++;
    }
    bool fits = (grouped && own.form == VALUE_NONE) || fraction_compare((fraction){n->had + 1, 1}, n->needed) <= 0;
    n->outcome = fits ? OUTCOME_MET : OUTCOME_UNMET;
    room = room && fits;
  }
  m->outcome = room ? OUTCOME_MET : OUTCOME_UNMET;
  return true;
}

static bool tie(const view *v, const declared_group *g, uint32_t a, uint32_t b, faults *problems) {
  const fact_columns *t = &v->s->of[FACT_ENROLLMENT];
  const char *names[2];
  const uint32_t rows[2] = {a, b};
  for (int i = 0; i < 2; i++) {
    int32_t person = t->subject[rows[i]];
    names[i] = person < 0 ? "?" : v->s->words[v->s->of[FACT_PERSON].code[person]];
  }
  fault_add(problems, g->where_declared, "selection \"%s\" does not settle who comes first, \"%s\" or \"%s\"",
            "遴选“%s”未能区分“%s”与“%s”的先后", g->id, names[0], names[1]);
  return fault_next(problems, "add a column to order that differs, such as a number given in order of application",
                    "请在 order 中增加能够区分的列，例如按报名先后编排的序号");
}

static bool is_eligible(evaluation *e, const declared_group *g, uint32_t enrollment) {
  if (g->among < 0) return true;
  const view *v = evaluation_view(e);
  int32_t subject = row_to(v, FACT_ENROLLMENT, enrollment, evaluation_pack(e)->rules[g->among].of);
  day until;
  outcome o = evaluation_outcome_until(e, g->among, subject < 0 ? enrollment : (uint32_t)subject, &until);
  view_until(v, until);
  return o == OUTCOME_MET;
}

static bool select_members(evaluation *e, const declared_group *g, figure_scope within, arena *a, group_result *out,
                           faults *problems) {
  const view *v = evaluation_view(e);
  const fact_columns *t = &v->s->of[FACT_ENROLLMENT];
  candidate *candidates = arena_array(a, t->count + 1, sizeof *candidates);
  size_t count = 0;
  for (uint32_t row = 0; row < t->count; row++) {
    int32_t of = row_to(v, FACT_ENROLLMENT, row, g->of);
    if (of < 0 || !row_in_scope(v, FACT_ENROLLMENT, row, within)) continue;
    if (match_row(v, &g->where, FACT_ENROLLMENT, row, v->on) != TRUTH_YES) continue;
    int year = 0, month, month_day;
    if (g->yearly && t->since[row] != DATE_NONE) day_parts(date_first(t->since[row]), &year, &month, &month_day);
    candidates[count++] = (candidate){v, g, row, year, (uint32_t)of, is_eligible(e, g, row)};
  }
  qsort(candidates, count, sizeof *candidates, by_rank);
  out->members = arena_array(a, count + 1, sizeof *out->members);
  int32_t rank = 0;
  for (size_t i = 0; i < count; i++) {
    const candidate *c = &candidates[i];
    bool fresh = !i || candidates[i - 1].scope != c->scope || candidates[i - 1].year != c->year;
    if (fresh) rank = 0;
    group_member *m = &out->members[out->members_count];
    *m = (group_member){
        .type = FACT_ENROLLMENT, .row = c->row, .scope = c->scope, .year = c->year, .outcome = OUTCOME_NOT_APPLICABLE};
    if (c->eligible) {
      if (!fresh && candidates[i - 1].eligible && !by_order_keys(&candidates[i - 1], c))
        return tie(v, g, candidates[i - 1].row, c->row, problems);
      m->rank = ++rank;
      if (!settle_member(v, g, c, out->members, out->members_count, a, m, problems)) return false;
    }
    out->members_count++;
  }
  return true;
}

/* ---- coverage ---- */

static bool related_on(const view *v, fact_type type, uint32_t row, uint32_t kind) {
  const fact_columns *t = &v->s->of[FACT_RELATION];
  const subject_index *index = &v->s->relations[type];
  bool found = false;
  for (uint32_t i = index->offset ? index->offset[row] : 0; index->offset && kind && i < index->offset[row + 1]; i++) {
    uint32_t r = index->rows[i];
    if (t->kind[r] != kind) continue;
    if (t->since[r] != DATE_NONE && date_last(t->since[r]) > v->on) {
      view_until(v, date_last(t->since[r]));
      continue;
    }
    if (t->until[r] != DATE_NONE && date_first(t->until[r]) < v->on) continue;
    if (t->until[r] != DATE_NONE) view_until(v, date_first(t->until[r]) + 1);
    found = true;
  }
  return found;
}

/* Which rows of the covered table some record that matches is about: itself, or the school of its person. */
static bool *mark_by_records(const view *v, const declared_group *g, arena *a) {
  uint32_t *records;
  bool *marks = arena_array(a, v->s->of[g->of].count + (size_t)1, sizeof *marks);
  size_t count = rows_matching(v, FACT_RECORD, &g->by, (figure_scope){0}, a, &records);
  for (size_t i = 0; i < count; i++) {
    int32_t row = row_to(v, FACT_RECORD, records[i], g->of);
    int32_t person = g->of == FACT_ORGANIZATION ? row_to(v, FACT_RECORD, records[i], FACT_PERSON) : -1;
    int32_t school = person < 0 ? -1 : row_school(v, (uint32_t)person);
    if (row >= 0) marks[row] = true;
    if (school >= 0) marks[school] = true;
  }
  return marks;
}

static void cover_members(evaluation *e, const declared_group *g, figure_scope within, arena *a, group_result *out) {
  const view *v = evaluation_view(e);
  uint32_t *rows;
  size_t count = rows_matching(v, g->of, &g->where, within, a, &rows);
  out->members = arena_array(a, count + 1, sizeof *out->members);
  const bool *marks = g->by_records ? mark_by_records(v, g, a) : NULL;
  for (size_t i = 0; i < count; i++) {
    bool covered = marks ? marks[rows[i]] : related_on(v, g->of, rows[i], v->codes[g->relation_word]);
    out->members[out->members_count++] =
        (group_member){.type = g->of, .row = rows[i], .outcome = covered ? OUTCOME_MET : OUTCOME_UNMET};
  }
}

/* ---- series ---- */

static int by_number(const void *a, const void *b) {
  const day *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

static void series_gaps(evaluation *e, const declared_group *g, figure_scope within, arena *a, group_result *out) {
  const view *v = evaluation_view(e);
  const fact_columns *t = &v->s->of[FACT_RECORD];
  out->rows_count = rows_matching(v, FACT_RECORD, &g->where, within, a, &out->rows);
  day *days = arena_array(a, out->rows_count + 1, sizeof *days);
  size_t count = 0;
  for (size_t i = 0; i < out->rows_count; i++)
    if (t->since[out->rows[i]] != DATE_NONE) days[count++] = date_first(t->since[out->rows[i]]);
  qsort(days, count, sizeof *days, by_number);
  day from = g->from != DAY_NONE ? g->from : count ? days[0] : DAY_NONE;
  day until = g->until != DAY_NONE && g->until < v->on ? g->until : v->on;
  size_t at = 0, capacity = 0;
  for (int turn = 0; from != DAY_NONE; turn++) {
    day first = day_add(from, 0, g->months * turn, (g->days + 7 * g->weeks) * turn);
    day last = day_add(from, 0, g->months * (turn + 1), (g->days + 7 * g->weeks) * (turn + 1)) - 1;
    if (last > until) { /* an interval that has not ended can still be filled */
      if (g->until == DAY_NONE || last <= g->until) view_until(v, last + 1);
      break;
    }
    while (at < count && days[at] < first) at++;
    if (at < count && days[at] <= last) continue;
    *ARENA_PUSH(a, out->gaps, out->gaps_count, capacity) = (group_gap){first, last};
  }
}

bool group_evaluate(evaluation *e, int32_t group_at, figure_scope within, arena *a, group_result *out,
                    faults *problems) {
  const declared_group *g = &evaluation_pack(e)->groups[group_at];
  *out = (group_result){.group = group_at};
  switch (g->form) {
  case GROUP_SELECTION:
    return select_members(e, g, within, a, out, problems);
  case GROUP_COVERAGE:
    cover_members(e, g, within, a, out);
    return true;
  case GROUP_SERIES:
    series_gaps(e, g, within, a, out);
    return true;
  case GROUP_SEQUENCE:
    group_sequence(e, g, within, a, out);
    return true;
  }
  return false;
}
