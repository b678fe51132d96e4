/* Tables and charts of a report: figures by group, and rows one by one. */
#include "task/report_inside.h"

#include <stdlib.h>
#include <string.h>

/* ---- groups ---- */

size_t report_groups(reporting *r, const block *b, value **out) {
  size_t count =
      figure_groups(r->evaluation, b->figures, b->figures_count, &b->by, r->scope, r->memory, out, r->problems);
  shown_order(&r->showing, &b->by, *out, count);
  return count;
}

/* ---- cells ---- */

static hongzhu_column column_of(const char *title, bool right) {
  return (hongzhu_column){sizeof(hongzhu_column), plain_text(title), right ? 1 : 0};
}

static hongzhu_span text_cell(const char *text) {
  return (hongzhu_span){sizeof(hongzhu_span), plain_text(text), NULL};
}

static bool figure_cell(const made_figure *f, bool published_style, hongzhu_span *out) {
  if (!f) return false;
  *out = (hongzhu_span){sizeof(hongzhu_span), published_style ? f->published : f->exact, &f->made};
  return true;
}

static const char *figure_column(reporting *r, int32_t figure_at) {
  const figure *f = &r->pack->figures[figure_at];
  const char *title = f->title.in[r->showing.in] ? f->title.in[r->showing.in] : f->id;
  if (!f->unit || !*f->unit) return title;
  return arena_format(r->memory, say(r, "%s（%s）", "%s (%s)"), title, pack_unit(r->pack, f->unit, r->showing.in));
}

/* Columns and cells of figures by group: a table, or what a chart shows. */
static bool fill_groups(reporting *r, const block *b, bool total, hongzhu_event *event, const value *groups,
                        size_t groups_count) {
  size_t width = b->figures_count + 1, rows = groups_count + (total ? 1 : 0);
  hongzhu_column *columns = arena_array(r->memory, width, sizeof *columns);
  hongzhu_span *cells = arena_array(r->memory, width * rows + 1, sizeof *cells);
  const char *groups_title = b->by_title.in[r->showing.in];
  columns[0] = column_of(groups_title ? groups_title : shown_title(r->pack, &b->by, r->showing.in), false);
  for (size_t i = 0; i < b->figures_count; i++) columns[i + 1] = column_of(figure_column(r, b->figures[i]), true);
  for (size_t g = 0; g < rows; g++) {
    bool whole = g == groups_count;
    cells[g * width] =
        text_cell(whole ? say(r, "合计", "total") : shown_value(&r->showing, &b->by, FACT_NONE, groups[g]));
    for (size_t i = 0; i < b->figures_count; i++) {
      const made_figure *f = whole ? report_figure(r, b->figures[i], NULL, (value){0}, 0)
                                   : report_figure(r, b->figures[i], &b->by, groups[g], g + 1);
      if (!figure_cell(f, b->published, &cells[g * width + i + 1])) return false;
    }
  }
  event->columns = columns;
  event->columns_count = (uint32_t)width;
  event->cells = cells;
  event->rows_count = (uint32_t)rows;
  return true;
}

static const char *caption_of(reporting *r, const block *b) {
  if (b->title.in[r->showing.in]) return b->title.in[r->showing.in];
  return shown_title(r->pack, b->form == BLOCK_ROWS ? &b->columns[0].what : &b->by, r->showing.in);
}

/* ---- a table of figures ---- */

bool report_table(reporting *r, const block *b) {
  value *groups;
  size_t count = report_groups(r, b, &groups);
  hongzhu_event *event = report_event(r, HONGZHU_EVENT_TABLE);
  size_t at = r->document->count - 1; /* events move when more are added */
  event->text = plain_text(caption_of(r, b));
  hongzhu_event filled = *event;
  if (!fill_groups(r, b, b->total, &filled, groups, count)) return false;
  r->document->events[at] = filled;
  return true;
}

/* ---- a chart ---- */

/* In per cent for a share. */
static chart_value chart_value_of(reporting *r, const block *b, const made_figure *f) {
  __extension__ typedef __int128 wide;
  bool known = f->value.bound != BOUND_NONE && f->value.bound != BOUND_UNKNOWN;
  wide scale = r->pack->figures[f->figure].measure == MEASURE_SHARE ? 100 : 1;
  wide number = (wide)f->value.number.above * AMOUNT_ONE * scale / f->value.number.below;
  if (number > INT64_MAX || number < INT64_MIN) known = false;
  return (chart_value){known, known ? (int64_t)number : 0, (b->published ? f->published : f->exact).at};
}

bool report_chart(reporting *r, const block *b) {
  static const char *const words[] = {
      [CHART_BAR] = "bar", [CHART_COLUMN] = "column", [CHART_LINE] = "line", [CHART_SHARE] = "share"};
  value *groups;
  size_t count = report_groups(r, b, &groups);
  hongzhu_event *event = report_event(r, HONGZHU_EVENT_CHART);
  size_t at = r->document->count - 1;
  event->text = plain_text(caption_of(r, b));
  event->chart = plain_text(words[b->chart]);
  hongzhu_event filled = *event;
  if (!fill_groups(r, b, false, &filled, groups, count)) return false;
  const char **categories = arena_array(r->memory, count + 1, sizeof *categories);
  const char **series = arena_array(r->memory, b->figures_count + 1, sizeof *series);
  chart_value *values = arena_array(r->memory, count * b->figures_count + 1, sizeof *values);
  for (size_t i = 0; i < b->figures_count; i++) {
    const figure *f = &r->pack->figures[b->figures[i]];
    series[i] = f->title.in[r->showing.in] ? f->title.in[r->showing.in] : f->id;
  }
  for (size_t g = 0; g < count; g++) {
    categories[g] = filled.cells[g * filled.columns_count].text.at;
    for (size_t i = 0; i < b->figures_count; i++)
      values[g * b->figures_count + i] =
          chart_value_of(r, b, report_figure(r, b->figures[i], &b->by, groups[g], g + 1));
  }
  const figure *first = b->figures_count ? &r->pack->figures[b->figures[0]] : NULL;
  const chart drawn = {.kind = b->chart,
                       .in = r->showing.in,
                       .title = filled.text.at,
                       .unit = first ? pack_unit(r->pack, first->unit, r->showing.in) : NULL,
                       .categories = categories,
                       .categories_count = count,
                       .series = series,
                       .series_count = b->figures_count,
                       .values = values};
  filled.svg = plain_text(chart_svg(r->memory, &drawn));
  r->document->events[at] = filled;
  return true;
}

/* ---- a table of rows ---- */

typedef struct placed_row {
  const view *view;
  const block *block;
  uint32_t row;
} placed_row;

static int by_keys(const void *a, const void *b) {
  const placed_row *x = a, *y = b;
  const block *of = x->block;
  for (size_t i = 0; i < of->order_count; i++) {
    const order_key *key = &of->order[i];
    value one = path_value(x->view, &key->what, of->rows, x->row),
          other = path_value(x->view, &key->what, of->rows, y->row);
    int order = value_compare(x->view, one, other);
    if (one.form != VALUE_NONE && other.form != VALUE_NONE && key->descending) order = -order;
    if (order) return order;
  }
  return x->row < y->row ? -1 : x->row > y->row;
}

static size_t rows_of(reporting *r, const block *b, placed_row **out) {
  const view *v = r->showing.view;
  uint32_t *rows;
  size_t count = rows_matching(v, b->rows, &b->where, r->scope, r->memory, &rows), kept = 0;
  *out = arena_array(r->memory, count + 1, sizeof **out);
  for (size_t i = 0; i < count; i++) {
    if (b->decisions && b->outcome >= 0 && (int32_t)evaluation_outcome(r->evaluation, b->rule, rows[i]) != b->outcome)
      continue;
    (*out)[kept++] = (placed_row){v, b, rows[i]};
  }
  qsort(*out, kept, sizeof **out, by_keys);
  return kept;
}

bool report_rows(reporting *r, const block *b) {
  placed_row *rows;
  size_t count = rows_of(r, b, &rows), width = b->columns_count;
  language in = r->showing.in;
  if (b->decisions) r->rules[b->rule] = true;
  hongzhu_column *columns = arena_array(r->memory, width + 1, sizeof *columns);
  hongzhu_span *cells = arena_array(r->memory, width * (count + 1), sizeof *cells);
  for (size_t i = 0; i < width; i++) {
    columns[i] = column_of(b->columns[i].title.in[in], b->columns[i].right);
    cells[i] = text_cell(i ? "" : say(r, "（无）", "(none)")); /* where there are no rows, the table says so */
  }
  for (size_t k = 0; k < count; k++)
    for (size_t i = 0; i < width; i++) {
      const char *text = b->columns[i].missing ? report_missing(r, b->rule, rows[k].row)
                         : b->columns[i].outcome
                             ? outcome_said(evaluation_outcome(r->evaluation, b->rule, rows[k].row)).in[in]
                             : shown_cell(&r->showing, &b->columns[i].what, b->rows, rows[k].row);
      if (!text) return false;
      cells[k * width + i] = text_cell(text);
    }
  hongzhu_event *event = report_event(r, HONGZHU_EVENT_TABLE);
  event->text = plain_text(caption_of(r, b));
  event->columns = columns;
  event->columns_count = (uint32_t)width;
  event->cells = cells;
  event->rows_count = (uint32_t)(count ? count : 1);
  return true;
}
