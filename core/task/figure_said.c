#include "task/figure_said.h"

#include "task/shown.h"

#include <stdlib.h>
#include <string.h>

/* ---- conditions ---- */

static const char *word_said(const pack *p, const condition *c, const char *word, language in) {
  const path_step *last = &c->what.steps[c->what.count - 1];
  if (last->form != STEP_COLUMN || last->column != COLUMN_KIND) return word;
  const declared_kind *kind = kinds_named(&p->kinds, word);
  return kind && kind->title.in[in] ? kind->title.in[in] : word;
}

static char *limit_said(arena *a, const limit *l, language in) {
  if (l->parameter) return arena_text(a, l->parameter->title.in[in] ? l->parameter->title.in[in] : l->parameter->id);
  if (l->day != DAY_NONE) return date_text(a, date_of_day(l->day), in);
  return fraction_text(a, l->number);
}

static char *condition_said(arena *a, const pack *p, const condition *c, language in) {
  const char *what = shown_title(p, &c->what, in);
  switch (c->form) {
  case TEST_WORDS: {
    char *words = arena_text(a, "");
    for (size_t i = 0; i < c->words_count; i++)
      words = arena_format(a, "%s%s%s", words,
                           i == 0              ? ""
                           : in == LANGUAGE_ZH ? "或"
                                               : " or ",
                           word_said(p, c, p->book.items[c->words[i]], in));
    return arena_format(a, in == LANGUAGE_ZH ? "%s为%s" : "%s is %s", what, words);
  }
  case TEST_NUMBER:
  case TEST_DATE:
    if (c->two)
      return arena_format(a, in == LANGUAGE_ZH ? "%s在%s与%s之间" : "%s from %s to %s", what,
                          limit_said(a, &c->limit, in), limit_said(a, &c->other, in));
    return arena_format(a, "%s %s %s", what, comparison_text(c->compare), limit_said(a, &c->limit, in));
  case TEST_TRUTH:
    return arena_format(a, in == LANGUAGE_ZH ? "%s为%s" : "%s is %s", what,
                        in == LANGUAGE_ZH ? (c->truth ? "是" : "否") : (c->truth ? "true" : "false"));
  case TEST_NONE:
    return arena_format(a, in == LANGUAGE_ZH ? "%s不详" : "%s is not known", what);
  case TEST_ANY:
    return arena_format(a, in == LANGUAGE_ZH ? "%s已知" : "%s is known", what);
  }
  return arena_text(a, what);
}

/* The conditions of a match, joined; "" for none. */
static char *match_said(arena *a, const pack *p, const match *what, language in) {
  char *out = arena_text(a, "");
  for (size_t i = 0; i < what->conditions_count; i++)
    out = arena_format(a, "%s%s%s", out,
                       i == 0              ? ""
                       : in == LANGUAGE_ZH ? "，"
                                           : ", ",
                       condition_said(a, p, &what->conditions[i], in));
  for (size_t i = 0; i < what->any_count; i++)
    out = arena_format(a, "%s%s%s", out,
                       i > 0  ? (in == LANGUAGE_ZH ? "，或" : ", or ")
                       : *out ? (in == LANGUAGE_ZH ? "，且 " : ", and ")
                              : "",
                       match_said(a, p, &what->any[i], in));
  return out;
}

/* ---- figures ---- */

static const char *rows_said(const pack *p, const figure *f, language in) {
  static const said tables[FACT_TYPES] = {
      [FACT_PERSON] = {{"人员", "people"}},          [FACT_ORGANIZATION] = {{"机构", "organizations"}},
      [FACT_PROGRAMME] = {{"项目", "programmes"}},   [FACT_COHORT] = {{"批次", "cohorts"}},
      [FACT_ACTIVITY] = {{"活动", "activities"}},    [FACT_POST] = {{"任职", "posts"}},
      [FACT_ENROLLMENT] = {{"参训", "enrollments"}}, [FACT_RECORD] = {{"记录", "records"}},
      [FACT_RELATION] = {{"关系", "relations"}}};
  (void)p;
  return tables[f->rows].in[in] ? tables[f->rows].in[in] : "";
}

static char *basis_said(arena *a, const pack *p, const figure *f, language in) {
  char *where = match_said(a, p, &f->where, in);
  const char *rows = rows_said(p, f, in);
  if (f->from == FROM_DECISIONS && f->rule >= 0) {
    const rule *by = &p->rules[f->rule];
    const char *title = by->title.in[in] ? by->title.in[in] : by->id;
    char *which = f->outcome < 0 ? arena_text(a, "")
                                 : arena_format(a, in == LANGUAGE_ZH ? "结果为“%s”的" : " with the outcome \"%s\"",
                                                outcome_said((outcome)f->outcome).in[in]);
    if (in == LANGUAGE_ZH)
      return arena_format(a, "规则“%s”%s%s%s%s%s", title, which, rows, *where ? "（" : "", where, *where ? "）" : "");
    return arena_format(a, "%s%s under the rule \"%s\"%s%s%s", rows, which, title, *where ? " (" : "", where,
                        *where ? ")" : "");
  }
  if (in == LANGUAGE_ZH) return arena_format(a, "%s%s%s%s", rows, *where ? "（" : "", where, *where ? "）" : "");
  return arena_format(a, "%s%s%s%s", rows, *where ? " (" : "", where, *where ? ")" : "");
}

static char *paths_said(arena *a, const pack *p, const figure *f, language in) {
  char *out = arena_text(a, "");
  for (size_t i = 0; i < f->paths_count; i++)
    out = arena_format(a, "%s%s%s", out,
                       i == 0              ? ""
                       : in == LANGUAGE_ZH ? "与"
                                           : " and ",
                       shown_title(p, &f->paths[i], in));
  return out;
}

static const char *title_of(const pack *p, int32_t figure_at, language in) {
  const figure *f = &p->figures[figure_at];
  return f->title.in[in] ? f->title.in[in] : f->id;
}

char *figure_said(arena *a, const pack *p, int32_t figure_at, language in) {
  const figure *f = &p->figures[figure_at];
  bool zh = in == LANGUAGE_ZH;
  char *basis, *what = paths_said(a, p, f, in);
  switch (f->measure) {
  case MEASURE_SHARE:
    return arena_format(a, "%s ÷ %s", title_of(p, f->part, in), title_of(p, f->whole, in));
  case MEASURE_PLUS: {
    char *sum = arena_text(a, "");
    for (size_t i = 0; i < f->plus_count; i++)
      sum = arena_format(a, "%s%s%s", sum, i == 0 ? "" : " + ", title_of(p, f->plus[i], in));
    return sum;
  }
  case MEASURE_VALUE:
    return arena_format(a, zh ? "直接引用，出处：%s" : "stated; source: %s", f->source ? f->source : "-");
  default:
    basis = basis_said(a, p, f, in);
    break;
  }
  switch (f->measure) {
  case MEASURE_COUNT:
    return arena_format(a, zh ? "%s的条数" : "number of %s", basis);
  case MEASURE_BAND: {
    char *ends = arena_text(a, "");
    for (size_t i = 0; i < f->ends_count; i++) {
      const limit *l = &f->ends[i].limit;
      ends = arena_format(a, "%s%s %s", ends, comparison_text(f->ends[i].compare),
                          l->parameter ? l->parameter->title.in[in] : fraction_text(a, l->number));
      if (i + 1 < f->ends_count) ends = arena_format(a, "%s, ", ends);
    }
    const char *name = p->rules[f->rule].gives[f->output].name;
    return arena_format(a, zh ? "%s，%s %s 的个数" : "number of %s with %s %s", basis, name, ends);
  }
  case MEASURE_DISTINCT:
    if (f->paths_count > 1)
      return arena_format(a, zh ? "%s中不同的（%s）组合数" : "%s: number of different pairs of %s", basis, what);
    return arena_format(a, zh ? "%s中不同的%s数" : "%s: number of different values of %s", basis, what);
  case MEASURE_SUM:
    return arena_format(a, zh ? "%s的%s之和" : "%s: sum of %s", basis, what);
  case MEASURE_MIN:
    return arena_format(a, zh ? "%s的%s之最小值" : "%s: least %s", basis, what);
  case MEASURE_MAX:
    return arena_format(a, zh ? "%s的%s之最大值" : "%s: greatest %s", basis, what);
  default:
    return arena_format(a, zh ? "%s的%s之平均值" : "%s: mean of %s", basis, what);
  }
}

/* ---- parameters ---- */

char *parameter_said(arena *a, const pack *p, const parameter *of, const parameter_entry *entry, language in) {
  const char *unit = of->unit ? pack_unit(p, of->unit, in) : "";
  const char *between = *unit && in != LANGUAGE_ZH ? " " : "";
  if (of->form == PARAMETER_DAY) return date_text(a, date_of_day(entry->day), in);
  if (of->form == PARAMETER_NUMBER)
    return arena_format(a, "%s%s%s", fraction_text(a, entry->number), between,
                        of->unit ? pack_unit_of(p, of->unit, entry->number, in) : "");
  char *out = arena_text(a, "");
  const declared_scale *scale = of->by ? kinds_scale(&p->kinds, of->by) : NULL;
  for (size_t i = 0; i < entry->words_count; i++) {
    int at = scale ? scale_position(scale, entry->words[i].word) : -1;
    const char *word = at >= 0 ? scale->words[at].title.in[in] : entry->words[i].word;
    out = arena_format(a, "%s%s%s %s%s%s", out,
                       i == 0              ? ""
                       : in == LANGUAGE_ZH ? "、"
                                           : ", ",
                       word, fraction_text(a, entry->words[i].value), between, unit);
  }
  return out;
}

static void note_parameter(const pack *p, const parameter *read, bool *seen) {
  if (read && read >= p->parameters.items && read < p->parameters.items + p->parameters.count)
    seen[read - p->parameters.items] = true;
}

static void note_match(const pack *p, const match *what, bool *seen) {
  for (size_t i = 0; what && i < what->conditions_count; i++) {
    note_parameter(p, what->conditions[i].limit.parameter, seen);
    note_parameter(p, what->conditions[i].other.parameter, seen);
  }
  for (size_t i = 0; what && i < what->any_count; i++) note_match(p, &what->any[i], seen);
}

static void note_program(const pack *p, const program *of, bool *seen, bool *recognitions) {
  for (size_t i = 0; i < of->count; i++) {
    const expr_node *n = &of->nodes[i];
    note_parameter(p, n->limit.parameter, seen);
    note_parameter(p, n->other.parameter, seen);
    note_match(p, n->match, seen);
    if (n->op == OP_RECOGNISED && n->index >= 0 && recognitions) recognitions[n->index] = true;
  }
}

static void spread(const pack *p, size_t from, bool *reached) {
  if (reached[from]) return;
  reached[from] = true;
  for (size_t i = 0; i < p->rules_count; i++)
    if (p->rules[from].uses[i]) spread(p, i, reached);
}

static int by_line(const void *a, const void *b) {
  const parameter *x = *(const parameter *const *)a, *y = *(const parameter *const *)b;
  int order = strcmp(x->where.file ? x->where.file : "", y->where.file ? y->where.file : "");
  if (!order) order = (x->where.line > y->where.line) - (x->where.line < y->where.line);
  return order ? order : strcmp(x->id, y->id);
}

size_t assumed_parameters(arena *a, const pack *p, const bool *rules, day on, const parameter ***out) {
  bool *reached = arena_array(a, p->rules_count + 1, sizeof *reached);
  bool *recognitions = arena_array(a, p->recognitions_count + 1, sizeof *recognitions);
  bool *seen = arena_array(a, p->parameters.count + 1, sizeof *seen);
  for (size_t i = 0; i < p->rules_count; i++)
    if (rules[i]) spread(p, i, reached);
  for (size_t i = 0; i < p->rules_count; i++)
    if (reached[i]) note_program(p, &p->rules[i].program, seen, recognitions);
  for (size_t i = 0; i < p->recognitions_count; i++) {
    if (!recognitions[i]) continue;
    note_program(p, &p->recognitions[i].program, seen, NULL);
    for (size_t k = 0; k < p->recognitions[i].lines_count; k++) note_match(p, &p->recognitions[i].lines[k].when, seen);
  }
  *out = arena_array(a, p->parameters.count + 1, sizeof **out);
  size_t count = 0;
  for (size_t i = 0; i < p->parameters.count; i++) {
    day next;
    const parameter_entry *entry = seen[i] ? parameter_on(&p->parameters.items[i], on, &next) : NULL;
    if (entry && !entry->source) (*out)[count++] = &p->parameters.items[i];
  }
  if (count) qsort(*out, count, sizeof **out, by_line);
  return count;
}
