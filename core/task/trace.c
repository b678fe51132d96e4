#include "task/trace.h"

#include "task/report_block.h"

#include <string.h>

/* ---- opening ---- */

static bool find_figure(trace *t, plan_making *m, faults *problems) {
  const spot nowhere = {.to = &m->to};
  const trace_request *r = t->request;
  t->figure = plan_figure(&nowhere, m->pack, r->scope.code ? r->scope.of : FACT_NONE, r->figure);
  if (t->figure < 0) return false;
  fact_type of = m->pack->figures[t->figure].scope;
  return report_scope(t->base.subjects, of, r->scope.code, &t->scope, problems);
}

static bool compile_by(trace *t, plan_making *m) {
  if (!t->request->by) return true;
  const spot nowhere = {.to = &m->to};
  path *by = arena_take(t->memory, sizeof *by);
  t->by = by;
  return path_compile(&nowhere, t->request->by, m->making.attributes, m->making.attributes_count, m->making.book, by);
}

static bool find_group(trace *t, faults *problems) {
  const char *written = t->request->group;
  if (!written) return true;
  value *groups;
  size_t count = figure_groups(t->evaluation, &t->figure, 1, t->by, t->scope, t->memory, &groups, problems);
  char *known = arena_text(t->memory, "");
  for (size_t i = 0; i < count; i++) {
    if (shown_means(&t->showing, t->by, FACT_NONE, groups[i], written)) {
      t->group = groups[i];
      return true;
    }
    if (i < 20)
      known = arena_format(t->memory, "%s%s%s", known, i ? ", " : "",
                           shown_value(&t->showing, t->by, FACT_NONE, groups[i]));
  }
  fault_add(problems, NOWHERE, "figure \"%s\" by %s has no group \"%s\"", "指标“%s”按 %s 分组时没有“%s”这一组",
            t->request->figure, t->by->text, written);
  return fault_next(problems, "its groups are: %s", "已有的组：%s", known);
}

bool trace_open(arena *a, ledger *l, const trace_request *request, trace *out, faults *problems) {
  size_t errors = problems->errors;
  *out = (trace){.memory = a, .request = request};
  if (!evaluating_open(
          a, l,
          (evaluating_state){request->scope.on, request->known_after, NULL, request->scope.pack, request->scope.code},
          &out->base, problems))
    return false;
  plan_making *m = arena_take(a, sizeof *m);
  plan_making_new(a, out->base.pack, problems, m);
  out->pack = m->pack;
  if (!find_figure(out, m, problems) || !compile_by(out, m)) return false;
  out->evaluation = evaluation_new(out->pack, out->base.subjects, request->scope.on, problems);
  out->worker = decide_worker_new(a, out->pack, out->base.subjects, request->scope.on, out->base.offers);
  evaluation_elsewhere(out->evaluation, decide_worker_ask, out->worker);
  out->showing = (showing){a, out->pack, evaluation_view(out->evaluation), request->scope.in, request->scope.detail};
  if (!find_group(out, problems)) return false;
  const path *by = request->group ? out->by : NULL;
  return figure_compute(out->evaluation, out->figure, out->scope, (figure_group){by, out->group}, a, &out->value,
                        problems) &&
         problems->errors == errors;
}

bool trace_close(trace *t, faults *problems) {
  bool good = !t->worker || decide_worker_free(t->worker, problems);
  evaluation_free(t->evaluation);
  return evaluating_close(&t->base, problems) && good;
}

size_t trace_groups(trace *t, trace_group **out, faults *problems) {
  value *groups;
  size_t count = figure_groups(t->evaluation, &t->figure, 1, t->by, t->scope, t->memory, &groups, problems);
  shown_order(&t->showing, t->by, groups, count);
  *out = arena_array(t->memory, count + 1, sizeof **out);
  for (size_t i = 0; i < count; i++) {
    (*out)[i].is = groups[i];
    if (!figure_compute(t->evaluation, t->figure, t->scope, (figure_group){t->by, groups[i]}, t->memory,
                        &(*out)[i].value, problems))
      return i;
  }
  return count;
}

/* ---- what a fact contributes ---- */

static bool has_value(const trace *t, const figure *f, fact_type type, uint32_t row) {
  if (f->measure == MEASURE_COUNT) return true;
  for (size_t i = 0; i < f->paths_count; i++) {
    value x = path_value(t->showing.view, &f->paths[i], type, row);
    if (x.form == VALUE_NONE ||
        (f->measure != MEASURE_DISTINCT && (x.form != VALUE_AMOUNT || x.bound == BOUND_UNKNOWN)))
      return false;
  }
  return true;
}

static const char *contribution(const showing *s, const figure *f, fact_type type, uint32_t row) {
  char *out = arena_text(s->memory, "");
  if (f->measure == MEASURE_COUNT) return "1";
  for (size_t i = 0; i < f->paths_count; i++) {
    const char *one = shown_cell(s, &f->paths[i], type, row);
    out = arena_format(s->memory, "%s%s%s", out, i ? " + " : "", one);
  }
  if (f->measure != MEASURE_DISTINCT && f->unit)
    out = arena_format(s->memory, "%s %s", out,
                       pack_unit_of(s->pack, f->unit, (fraction){text_same(out, "1"), 1}, s->in));
  return out;
}

/* Whom a fact is about: a person by code, an activity, an organization. */
static const char *subject_of(const showing *s, fact_type type, uint32_t row) {
  static const fact_type order[] = {FACT_PERSON, FACT_ACTIVITY, FACT_ORGANIZATION, FACT_COHORT, FACT_PROGRAMME};
  if (type != FACT_RECORD && type != FACT_POST && type != FACT_RELATION) return shown_row(s, type, row);
  for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
    int32_t to = row_to(s->view, type, row, order[i]);
    if (to >= 0) return shown_row(s, order[i], (uint32_t)to);
  }
  return "";
}

static const char *explain_command(const trace *t, const showing *s, const rule *of, uint32_t row) {
  char on[11];
  day_write(t->request->scope.on, on);
  const char *subject = shown_written(s, (value){.form = VALUE_ROW, .type = of->of, .number = row});
  return arena_format(s->memory, "hongzhu explain %s --rule %s --on %s", shell_word(s->memory, subject), of->id, on);
}

/* ---- visiting ---- */

typedef struct visiting {
  trace *trace;
  const figure_value *of;
  trace_visit *visit;
  void *context;
  showing showing; /* its memory lasts for one fact */
} visiting;

static bool visit_row(void *context, const row_wanted *wanted, const row_found *found) {
  visiting *v = context;
  trace *t = v->trace;
  const figure *f = &t->pack->figures[v->of->figure];
  const source_row *from = &t->showing.view->s->sources[wanted->source];
  uint32_t row = v->of->rows[wanted->given];
  fact_type type = v->of->rows_type;
  trace_fact one = {.file = from->file_name ? from->file_name : "",
                    .bytes = from->file,
                    .sheet = found->sheet,
                    .sheet_number = wanted->sheet,
                    .row = wanted->row,
                    .text = found->text,
                    .cells = found->cells,
                    .cells_count = found->count};
  one.subject = subject_of(&v->showing, type, row);
  if (has_value(t, f, type, row)) one.contributes = contribution(&v->showing, f, type, row);
  if (v->of->from_subjects && f->rule >= 0) {
    one.decided = true;
    one.outcome = evaluation_outcome(t->evaluation, f->rule, row);
    one.explain = explain_command(t, &v->showing, &t->pack->rules[f->rule], row);
  }
  bool more = v->visit(v->context, &one);
  arena_reset(v->showing.memory);
  return more;
}

bool trace_facts(trace *t, const figure_value *of, trace_visit *visit, void *context, faults *problems) {
  arena *scratch = arena_new();
  row_wanted *rows = arena_array(t->memory, of->rows_count + 1, sizeof *rows);
  for (size_t i = 0; i < of->rows_count; i++) rows[i] = row_of_fact(t->showing.view, of->rows_type, of->rows[i], i);
  row_wanted_sort(t->showing.view->s, rows, of->rows_count);
  visiting v = {t, of, visit, context, t->showing};
  v.showing.memory = scratch;
  bool good = source_rows(t->base.ledger, &t->showing, rows, of->rows_count, visit_row, &v, problems);
  arena_free(scratch);
  return good;
}

trace_counts trace_count(trace *t, const figure_value *of) {
  const view *v = t->showing.view;
  const figure *f = &t->pack->figures[of->figure];
  trace_counts out = {.facts = of->rows_count};
  showing brief = t->showing;
  brief.memory = arena_new();
  row_wanted *rows = arena_array(t->memory, of->rows_count + 1, sizeof *rows);
  for (size_t i = 0; i < of->rows_count; i++) {
    rows[i] = row_of_fact(v, of->rows_type, of->rows[i], 0);
    out.without += has_value(t, f, of->rows_type, of->rows[i]) ? 0 : 1;
    size_t width = text_width(contribution(&brief, f, of->rows_type, of->rows[i]));
    out.widest = width > 40 ? 40 : width > out.widest ? width : out.widest;
    arena_reset(brief.memory);
  }
  arena_free(brief.memory);
  row_wanted_sort(v->s, rows, of->rows_count);
  for (size_t i = 0; i < of->rows_count; i++) {
    if (i && row_wanted_order(v->s, &rows[i - 1], &rows[i]) == 0) continue;
    out.rows++;
    out.files +=
        i == 0 || !digest_same(v->s->sources[rows[i - 1].source].file, v->s->sources[rows[i].source].file) ? 1 : 0;
  }
  return out;
}

/* ---- numbers ---- */

const char *trace_published(const trace *t, const figure_value *of) {
  return figure_text(t->memory, t->pack, of, t->request->scope.exact, t->showing.in);
}

const char *trace_exact(const trace *t, const figure_value *of) {
  pack plain = *t->pack;
  figure *figures = arena_copy(t->memory, plain.figures, plain.figures_count * sizeof *figures);
  for (size_t i = 0; i < plain.figures_count; i++) figures[i].style.scale = 1;
  plain.figures = figures;
  return figure_text(t->memory, &plain, of, true, t->showing.in);
}
