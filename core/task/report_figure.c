/* A figure of a document: its text, what kind of number it is, how it is computed, and the rows behind it. */
#include "task/figure_said.h"
#include "task/report_inside.h"

#include <string.h>

/* ---- rows ---- */

static void collect_rows(const view *v, const figure_value *f, arena *a, row_wanted **rows, size_t *count,
                         size_t *capacity) {
  for (size_t i = 0; i < f->rows_count; i++)
    *ARENA_PUSH(a, *rows, *count, *capacity) = row_of_fact(v, f->rows_type, f->rows[i], 0);
  for (size_t i = 0; i < f->parts_count; i++) collect_rows(v, &f->parts[i], a, rows, count, capacity);
}

static void add_origins(reporting *r, made_figure *f) {
  const view *v = r->showing.view;
  row_wanted *rows = NULL;
  size_t count = 0, capacity = 0, kept = 0;
  collect_rows(v, &f->value, r->memory, &rows, &count, &capacity);
  if (!count) return;
  row_wanted_sort(v->s, rows, count);
  for (size_t i = 0; i < count; i++) /* several facts of one row are one row */
    if (!i || row_wanted_order(v->s, &rows[kept - 1], &rows[i]) != 0) rows[kept++] = rows[i];
  size_t shown = kept < ORIGINS_SHOWN ? kept : ORIGINS_SHOWN;
  hongzhu_origin *origins = arena_array(r->memory, shown, sizeof *origins);
  for (size_t i = 0; i < shown; i++) {
    const source_row *from = &v->s->sources[rows[i].source];
    origins[i] =
        (hongzhu_origin){.size = sizeof *origins, .file = plain_text(from->file_name), .row = (uint64_t)rows[i].row};
    waiting_origin *one = ARENA_PUSH(r->memory, r->waiting, r->waiting_count, r->waiting_capacity);
    *one = (waiting_origin){rows[i], &origins[i]};
    one->row.given = r->waiting_count - 1;
  }
  f->made.origins = origins;
  f->made.origins_count = (uint32_t)shown;
  f->made.origins_total = kept;
}

static bool take_row(void *context, const row_wanted *wanted, const row_found *found) {
  reporting *r = context;
  hongzhu_origin *origin = r->waiting[wanted->given].origin;
  origin->sheet = plain_text(arena_text(r->memory, found->sheet));
  origin->row_text = plain_text(arena_text(r->memory, found->text));
  return true;
}

bool report_origins(reporting *r) {
  if (!r->ledger || !r->waiting_count) return true;
  row_wanted *rows = arena_array(r->memory, r->waiting_count, sizeof *rows);
  for (size_t i = 0; i < r->waiting_count; i++) rows[i] = r->waiting[i].row;
  row_wanted_sort(r->showing.view->s, rows, r->waiting_count);
  return source_rows(r->ledger, &r->showing, rows, r->waiting_count, take_row, r, r->problems);
}

/* ---- words ---- */

static bool without_unit(const figure *f, const figure_value *v) {
  return v->bound == BOUND_NONE || (v->bound == BOUND_UNKNOWN && f->measure != MEASURE_VALUE && !f->several);
}

static const char *definition_of(reporting *r, const made_figure *f, const char *exact) {
  const figure *of = &r->pack->figures[f->figure];
  language in = r->showing.in;
  const char *words = of->definition.in[in] ? of->definition.in[in] : figure_said(r->memory, r->pack, f->figure, in);
  if (of->measure == MEASURE_VALUE && of->definition.in[in])
    words =
        arena_format(r->memory, "%s%s%s", words, say(r, "；", "; "), figure_said(r->memory, r->pack, f->figure, in));
  if (strcmp(exact, f->made.value.at) != 0)
    words = arena_format(r->memory, "%s%s%s%s", words, say(r, "；", "; "), say(r, "精确数为", "exactly "), exact);
  return words;
}

static const char *trace_of(reporting *r, const made_figure *f, const path *by) {
  const figure *of = &r->pack->figures[f->figure];
  char on[11];
  day_write(r->request->on, on);
  char *command = arena_format(r->memory, "hongzhu trace %s%s", of->id,
                               scope_option(r->memory, r->showing.view->s, r->scope, r->showing.detail));
  if (by)
    command = arena_format(r->memory, "%s --by %s --group %s", command, by->text,
                           shell_word(r->memory, shown_written(&r->showing, f->group)));
  return arena_format(r->memory, "%s --on %s", command, on);
}

static void note_rules(reporting *r, const figure_value *v) {
  const figure *f = &r->pack->figures[v->figure];
  if (f->from == FROM_DECISIONS && f->rule >= 0) r->rules[f->rule] = true;
  for (size_t i = 0; i < v->parts_count; i++) note_rules(r, &v->parts[i]);
}

/* What another program reads: the exact number, whatever is printed. */
static void note_number(reporting *r, const made_figure *f, const path *by) {
  static const char *const bounds[] = {[BOUND_NONE] = "none",
                                       [BOUND_EXACT] = "exact",
                                       [BOUND_AT_LEAST] = "at_least",
                                       [BOUND_AT_MOST] = "at_most",
                                       [BOUND_UNKNOWN] = "unknown"};
  const figure *of = &r->pack->figures[f->figure];
  document_number one = {.id = f->made.id, .figure = of->id, .bound = bounds[f->value.bound], .unit = of->unit};
  if (by) {
    one.by = by->text;
    one.group = shown_written(&r->showing, f->group);
  }
  if (f->value.bound != BOUND_NONE && f->value.bound != BOUND_UNKNOWN)
    one.number = fraction_text(r->memory, f->value.number);
  *ARENA_PUSH(r->memory, r->document->numbers, r->document->numbers_count, r->document->numbers_capacity) = one;
}

/* ---- the figure ---- */

static bool same_group(const reporting *r, const made_figure *f, const path *by, value group) {
  if (!by || !f->by) return !by && !f->by;
  return !strcmp(by->text, f->by) && value_compare(r->showing.view, f->group, group) == 0;
}

/* Parts are exact whatever the style: rounded ones would not add up to what is printed of the whole. */
const made_figure *report_figure(reporting *r, int32_t figure_at, const path *by, value group, size_t position) {
  for (size_t i = 0; i < r->figures_count; i++)
    if (r->figures[i]->figure == figure_at && same_group(r, r->figures[i], by, group)) return r->figures[i];
  const figure *of = &r->pack->figures[figure_at];
  language in = r->showing.in;
  made_figure *f = arena_take(r->memory, sizeof *f);
  *f = (made_figure){.figure = figure_at, .by = by ? by->text : NULL, .group = group};
  size_t errors = r->problems->errors;
  bool good =
      figure_compute(r->evaluation, figure_at, r->scope, (figure_group){by, group}, r->memory, &f->value, r->problems);
  if (!good || r->problems->errors > errors) return NULL;
  const char *printed = figure_text(r->memory, r->pack, &f->value, false, in);
  const char *exact = figure_text(r->memory, r->unscaled, &f->value, true, in);
  f->exact = plain_text(exact);
  f->published = plain_text(r->exact ? exact : printed);
  if (r->exact || by) printed = exact;
  said marker = figure_marker(&f->value, r->pack);
  bool rounded = strcmp(printed, exact) != 0;
  r->rounded = r->rounded || rounded;
  f->made = (hongzhu_figure){.size = sizeof f->made,
                             .id = plain_text(of->id),
                             .title = plain_text(of->title.in[in] ? of->title.in[in] : of->id),
                             .value = plain_text(printed)};
  if (by) {
    f->made.id = plain_text(arena_format(r->memory, "%s-%s-%zu", of->id, by->text, position));
    f->made.title = plain_text(arena_format(r->memory, "%s%s%s", f->made.title.at, say(r, "：", ": "),
                                            shown_value(&r->showing, by, FACT_NONE, group)));
  }
  if (!without_unit(of, &f->value))
    f->made.unit = plain_text(
        pack_unit_of(r->pack, of->unit, f->value.bound == BOUND_EXACT ? f->value.number : FRACTION_ZERO, in));
  if (marker.in[in])
    f->made.marker = plain_text(marker.in[in]);
  else if (rounded)
    f->made.marker = plain_text(say(r, "按公布口径取整", "rounded as published"));
  f->made.definition = plain_text(definition_of(r, f, exact));
  f->made.trace = plain_text(trace_of(r, f, by));
  note_number(r, f, by);
  note_rules(r, &f->value);
  add_origins(r, f);
  *ARENA_PUSH(r->memory, r->figures, r->figures_count, r->figures_capacity) = f;
  return f;
}

static bool is_ascii(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text >= 0x80) return false;
  return true;
}

/* An English sentence names in its own words what a Chinese unit counts. */
const char *report_figure_text(reporting *r, const made_figure *f, bool value_only) {
  const char *unit = f->made.unit.at;
  if (value_only || !unit || !*unit) return f->made.value.at;
  if (r->showing.in == LANGUAGE_ZH) return arena_format(r->memory, "%s%s", f->made.value.at, unit);
  return is_ascii(unit) ? arena_format(r->memory, "%s %s", f->made.value.at, unit) : f->made.value.at;
}
