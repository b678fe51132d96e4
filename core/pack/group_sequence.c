/* Sequences: matters that go through steps in order, each with who took it and when. */
#include "pack/group.h"

#include <stdlib.h>
#include <string.h>

typedef struct taken_step {
  const view *view;
  value is;
  day on;
  int32_t step;
  uint32_t row;
} taken_step;

static int by_case(const void *a, const void *b) {
  const taken_step *x = a, *y = b;
  int order = value_compare(x->view, x->is, y->is);
  if (order) return order;
  if (x->on != y->on) return x->on < y->on ? -1 : 1;
  if (x->step != y->step) return x->step < y->step ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static bool says(const view *v, const path *p, uint32_t row, const char *word) {
  value x = path_value(v, p, FACT_RECORD, row);
  const char *text = x.form == VALUE_WORD ? v->s->words[x.number] : x.form == VALUE_TEXT ? x.text : NULL;
  return text && !strcmp(text, word);
}

static int32_t step_of(const view *v, const declared_group *g, uint32_t row) {
  for (size_t i = 0; i < g->steps_count; i++)
    if (says(v, &g->step, row, g->steps[i].word)) return (int32_t)i;
  return -1;
}

/* What of it does not fit; only a step that does carries the matter on. */
static void follow(const view *v, const declared_group *g, const taken_step *t, arena *a, group_result *out,
                   size_t *capacity) {
  group_case *c = &out->cases[out->cases_count - 1];
  group_slip slip = {.of = out->cases_count - 1, .row = t->row, .before = c->step, .step = t->step};
  const char *actor = t->step < 0 ? NULL : g->steps[t->step].actor;
  bool fits = false;
  if (t->step < 0)
    slip.form = SLIP_WORD;
  else if (t->step <= c->step)
    slip.form = SLIP_BACK;
  else if (t->step > c->step + 1)
    slip.form = SLIP_SKIPPED;
  else if (actor && !says(v, &g->actor, t->row, actor))
    slip.form = SLIP_ACTOR;
  else
    fits = true;
  if (fits) {
    c->step = t->step;
    c->row = t->row;
  } else {
    *ARENA_PUSH(a, out->slips, out->slips_count, *capacity) = slip;
  }
}

void group_sequence(evaluation *e, const declared_group *g, figure_scope within, arena *a, group_result *out) {
  const view *v = evaluation_view(e);
  const fact_columns *t = &v->s->of[FACT_RECORD];
  size_t case_capacity = 0, slip_capacity = 0;
  out->rows_count = rows_matching(v, FACT_RECORD, &g->where, within, a, &out->rows);
  taken_step *taken = arena_array(a, out->rows_count + 1, sizeof *taken);
  for (size_t i = 0; i < out->rows_count; i++) {
    uint32_t row = out->rows[i];
    taken[i] = (taken_step){v, path_value(v, &g->each, FACT_RECORD, row),
                            t->since[row] == DATE_NONE ? DAY_NONE : date_first(t->since[row]), step_of(v, g, row), row};
  }
  if (out->rows_count) qsort(taken, out->rows_count, sizeof *taken, by_case);
  for (size_t i = 0; i < out->rows_count; i++) {
    if (!i || value_compare(v, taken[i - 1].is, taken[i].is))
      *ARENA_PUSH(a, out->cases, out->cases_count, case_capacity) = (group_case){taken[i].is, -1, taken[i].row};
    follow(v, g, &taken[i], a, out, &slip_capacity);
  }
}
