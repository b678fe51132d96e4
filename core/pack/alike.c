#include "pack/alike.h"

#include <string.h>

static bool numbers_alike(fraction a, fraction b) {
  return a.above == b.above && a.below == b.below;
}

/* ---- parameters, periods, kinds ---- */

static bool entries_alike(const parameter_entry *a, const parameter_entry *b) {
  if (a->from != b->from || a->day != b->day || !numbers_alike(a->number, b->number) ||
      a->words_count != b->words_count)
    return false;
  for (size_t i = 0; i < a->words_count; i++)
    if (!text_same(a->words[i].word, b->words[i].word) || !numbers_alike(a->words[i].value, b->words[i].value))
      return false;
  return true;
}

static bool parameters_alike(const parameter *a, const parameter *b) {
  if (a == b) return true;
  if (!a || !b || a->form != b->form || !text_same(a->unit, b->unit) || !text_same(a->by, b->by) ||
      a->entries_count != b->entries_count)
    return false;
  for (size_t i = 0; i < a->entries_count; i++)
    if (!entries_alike(&a->entries[i], &b->entries[i])) return false;
  return true;
}

static bool limits_alike(const limit *a, const limit *b) {
  return numbers_alike(a->number, b->number) && a->day == b->day && parameters_alike(a->parameter, b->parameter);
}

bool periods_alike(const period *a, const period *b) {
  if (a == b) return true;
  return a && b && a->starts == b->starts && text_same(a->starts_fact, b->starts_fact) && a->years == b->years &&
         a->months == b->months && a->days == b->days && a->repeats == b->repeats && a->year_month == b->year_month &&
         a->year_day == b->year_day && a->spanning == b->spanning;
}

bool kinds_alike(const kinds *a, const kinds *b) {
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++) {
    const declared_kind *x = &a->items[i], *y = &b->items[i];
    if (!text_same(x->name, y->name) || x->type != y->type || !text_same(x->unit, y->unit) || x->amount != y->amount)
      return false;
  }
  return true;
}

/* ---- paths and matches ---- */

static bool words_alike(const wordbook *in_a, const uint32_t *a, const wordbook *in_b, const uint32_t *b,
                        size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(in_a->items[a[i]], in_b->items[b[i]]) != 0) return false;
  return true;
}

static bool paths_alike(const wordbook *in_a, const path *a, const wordbook *in_b, const path *b) {
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++) {
    const path_step *x = &a->steps[i], *y = &b->steps[i];
    if (x->form != y->form || x->column != y->column || x->type != y->type) return false;
    bool named = x->form == STEP_ATTRIBUTE || x->form == STEP_WITHIN || x->form == STEP_FACT;
    if (named && !words_alike(in_a, &x->word, in_b, &y->word, 1)) return false;
  }
  return true;
}

static bool conditions_alike(const wordbook *in_a, const condition *a, const wordbook *in_b, const condition *b) {
  return a->form == b->form && a->words_count == b->words_count && a->compare == b->compare && a->two == b->two &&
         a->truth == b->truth && paths_alike(in_a, &a->what, in_b, &b->what) &&
         words_alike(in_a, a->words, in_b, b->words, a->words_count) && limits_alike(&a->limit, &b->limit) &&
         limits_alike(&a->other, &b->other);
}

bool matches_alike(const wordbook *in_a, const match *a, const wordbook *in_b, const match *b) {
  if (!a || !b) return a == b;
  if (a->conditions_count != b->conditions_count || a->any_count != b->any_count) return false;
  for (size_t i = 0; i < a->conditions_count; i++)
    if (!conditions_alike(in_a, &a->conditions[i], in_b, &b->conditions[i])) return false;
  for (size_t i = 0; i < a->any_count; i++)
    if (!matches_alike(in_a, &a->any[i], in_b, &b->any[i])) return false;
  return true;
}

/* ---- expressions ---- */

/* The same node of the other program; both may be absent. */
static bool leads_alike(int32_t a, int32_t b, const int32_t *nodes) {
  return b < 0 ? a < 0 : a >= 0 && nodes[b] == a;
}

typedef struct beside { /* two programs and where they stand */
  const pack *in_a, *in_b;
  const program *a, *b;
  int32_t period_a, period_b;
  const int32_t *nodes;
} beside;

static bool spans_alike(const beside *t, const expr_node *a, const expr_node *b) {
  if (a->span != b->span || (a->period < 0) != (b->period < 0)) return false;
  if (a->period < 0) return true;
  return (a->period == t->period_a) == (b->period == t->period_b) &&
         periods_alike(&t->in_a->periods[a->period], &t->in_b->periods[b->period]);
}

/* What its place in a list stands for. */
static bool references_alike(const beside *t, const expr_node *a, const expr_node *b) {
  switch (a->op) {
  case OP_PREVIOUS:
  case OP_PREVIOUS_NUMBER:
  case OP_OUTCOME:
  case OP_OUTCOMES:
  case OP_MEMBERS:
    return false;
  case OP_RECOGNISED:
    return a->as == b->as &&
           recognitions_alike(t->in_a, &t->in_a->recognitions[a->index], t->in_b, &t->in_b->recognitions[b->index]);
  case OP_FACT_DATE:
  case OP_YEARS_SINCE:
  case OP_PORTION:
    return text_same(a->name, b->name);
  default:
    return a->index == b->index && a->as == b->as && text_same(a->name, b->name);
  }
}

static bool nodes_alike(const beside *t, const expr_node *a, const expr_node *b) {
  if (a->op != b->op || a->type != b->type || a->rows != b->rows || a->args_count != b->args_count ||
      a->keep_words_count != b->keep_words_count || a->outcome != b->outcome || a->compare != b->compare ||
      a->years != b->years || a->months != b->months || a->days != b->days || a->reading != b->reading ||
      a->way != b->way || a->ever != b->ever || a->from_person != b->from_person || !text_same(a->unit, b->unit) ||
      !leads_alike(a->of, b->of, t->nodes))
    return false;
  for (size_t i = 0; i < a->args_count; i++)
    if (!leads_alike(a->args[i], b->args[i], t->nodes)) return false;
  const wordbook *in_a = &t->in_a->book, *in_b = &t->in_b->book;
  return limits_alike(&a->limit, &b->limit) && limits_alike(&a->other, &b->other) && spans_alike(t, a, b) &&
         paths_alike(in_a, &a->path, in_b, &b->path) && paths_alike(in_a, &a->keep, in_b, &b->keep) &&
         words_alike(in_a, a->keep_words, in_b, b->keep_words, a->keep_words_count) &&
         matches_alike(in_a, a->match, in_b, b->match) && references_alike(t, a, b);
}

void programs_alike(const pack *in_a, const program *a, int32_t period_a, const pack *in_b, const program *b,
                    int32_t period_b, int32_t *out) {
  const beside t = {in_a, in_b, a, b, period_a, period_b, out};
  for (size_t i = 0; i < b->count; i++) { /* what a node works on stands before it */
    out[i] = -1;
    for (size_t k = 0; k < a->count && out[i] < 0; k++)
      if (nodes_alike(&t, &a->nodes[k], &b->nodes[i])) out[i] = (int32_t)k;
  }
}

/* ---- recognitions and needs ---- */

static bool texts_alike(const char *const *a, size_t a_count, const char *const *b, size_t b_count) {
  if (a_count != b_count) return false;
  for (size_t i = 0; i < a_count; i++)
    if (strcmp(a[i], b[i]) != 0) return false;
  return true;
}

static bool lines_alike(const pack *in_a, const recognition_line *a, const pack *in_b, const recognition_line *b,
                        const int32_t *nodes) {
  return a->class == b->class && a->others_only == b->others_only && text_same(a->credited, b->credited) &&
         leads_alike(a->provided, b->provided, nodes) && leads_alike(a->rate, b->rate, nodes) &&
         leads_alike(a->amount, b->amount, nodes) && matches_alike(&in_a->book, &a->when, &in_b->book, &b->when);
}

bool recognitions_alike(const pack *in_a, const recognition *a, const pack *in_b, const recognition *b) {
  if (a == b) return true;
  if (!text_same(a->id, b->id) || !text_same(a->unit, b->unit) || a->lines_count != b->lines_count ||
      !texts_alike(a->from, a->from_count, b->from, b->from_count) ||
      !texts_alike(a->classes, a->classes_count, b->classes, b->classes_count))
    return false;
  arena *scratch = arena_new();
  int32_t *nodes = arena_array(scratch, b->program.count + 1, sizeof *nodes);
  programs_alike(in_a, &a->program, -1, in_b, &b->program, -1, nodes);
  bool good = true;
  for (size_t i = 0; i < a->lines_count && good; i++) good = lines_alike(in_a, &a->lines[i], in_b, &b->lines[i], nodes);
  arena_free(scratch);
  return good;
}

static bool windows_alike(const dated_window *a, const dated_window *b) {
  return a->there == b->there &&
         (!a->there || (a->from == b->from && a->until == b->until && a->by_period_start == b->by_period_start));
}

bool needs_alike(const pack *in_a, const need *a, const pack *in_b, const need *b, const int32_t *nodes,
                 bool had_alone) {
  const need_form *x = &a->form, *y = &b->form;
  if (x->each != y->each || x->count != y->count || x->each_count != y->each_count ||
      !paths_alike(&in_a->book, &x->each_path, &in_b->book, &y->each_path) || !leads_alike(x->had, y->had, nodes))
    return false;
  for (size_t i = 0; i < x->each_count; i++)
    if (!text_same(x->each_words[i], y->each_words[i])) return false;
  return had_alone || (x->compare == y->compare && leads_alike(x->needed, y->needed, nodes) &&
                       leads_alike(x->condition, y->condition, nodes) && leads_alike(a->when, b->when, nodes) &&
                       leads_alike(a->unless, b->unless, nodes) && windows_alike(&a->suspended, &b->suspended) &&
                       windows_alike(&a->in_force, &b->in_force));
}
