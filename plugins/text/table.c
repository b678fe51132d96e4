#include "table.h"

#include <stdlib.h>
#include <string.h>

enum { GAP = 2, NARROWEST = 8, NARROWEST_FIRST = 16, MOST_LEAST = 24, WIDEST_BAR = 40 };

/* A grid of clean texts; row 0 is the head. */
typedef struct grid {
  strip texts;
  piece *pieces;
  size_t *widths; /* of the columns, as printed */
  size_t *least;  /* of the columns: what they cannot go below without breaking words */
  size_t *done;   /* of each column, how much of the row's text is printed */
  uint32_t *align;
  size_t rows, columns;
} grid;

/* Columns that stand side by side: the first of the table, then `from` up to `to`. */
typedef struct band {
  size_t from, to;
} band;

static void grid_close(grid *g) {
  strip_free(&g->texts);
  free(g->pieces);
  free(g->widths);
  free(g->least);
  free(g->done);
  free(g->align);
}

static bool grid_open(page *p, grid *g, size_t rows, size_t columns) {
  *g = (grid){.rows = rows, .columns = columns};
  g->pieces = calloc(rows * columns + 1, sizeof *g->pieces);
  g->widths = calloc(columns + 1, sizeof *g->widths);
  g->least = calloc(columns + 1, sizeof *g->least);
  g->done = calloc(columns + 1, sizeof *g->done);
  g->align = calloc(columns + 1, sizeof *g->align);
  if (g->pieces != NULL && g->widths != NULL && g->least != NULL && g->done != NULL && g->align != NULL) return true;
  grid_close(g);
  p->io->fail(p->io->host, layout_text("没有足够的内存排版这份报告"),
              layout_text("there is not enough memory to lay out this report"));
  p->result = HONGZHU_FAILED;
  return false;
}

static void grid_set(page *p, grid *g, size_t row, size_t column, hongzhu_text text) {
  piece made = strip_piece(p, &g->texts, text);
  g->pieces[row * g->columns + column] = made;
  if (made.width > g->widths[column]) g->widths[column] = made.width;
  if (made.length == 0 || p->result != HONGZHU_OK) return;
  size_t least = layout_least(g->texts.at + made.from, made.length);
  size_t floor = column == 0 ? NARROWEST_FIRST : NARROWEST;
  if (least < floor) least = made.width < floor ? made.width : floor;
  if (least > MOST_LEAST) least = MOST_LEAST;
  if (least > g->least[column]) g->least[column] = least;
}

static bool is_in(band b, size_t column) {
  return column == 0 || (column >= b.from && column < b.to);
}

/* The widest columns of a band give way until all fit, none below its least. */
static void grid_fit(grid *g, band b, size_t width) {
  size_t sum = 0, widest = 0;
  for (size_t i = 0; i < g->columns; i++)
    if (is_in(b, i)) sum += g->widths[i] + (i > 0 ? GAP : 0);
  for (; sum > width && widest < g->columns; sum--) {
    widest = g->columns;
    for (size_t i = 0; i < g->columns; i++)
      if (is_in(b, i) && g->widths[i] > g->least[i] && (widest == g->columns || g->widths[i] > g->widths[widest]))
        widest = i;
    if (widest < g->columns) g->widths[widest]--;
  }
}

static size_t line_of(const grid *g, size_t row, size_t column, size_t *next) {
  const piece *cell = &g->pieces[row * g->columns + column];
  size_t left = cell->length - g->done[column];
  *next = 0;
  return left == 0 ? 0 : layout_break(g->texts.at + cell->from + g->done[column], left, g->widths[column], next);
}

static void grid_row(page *p, grid *g, band b, size_t row) {
  bool more = true;
  memset(g->done, 0, g->columns * sizeof *g->done);
  while (more && p->result == HONGZHU_OK) {
    size_t last = 0, next = 0;
    more = false;
    for (size_t i = 0; i < g->columns; i++)
      if (is_in(b, i) && line_of(g, row, i, &next) > 0) last = i;
    for (size_t i = 0; i <= last; i++) {
      const piece *cell = &g->pieces[row * g->columns + i];
      if (!is_in(b, i)) continue;
      size_t size = line_of(g, row, i, &next);
      const char *text = cell->length == 0 ? "" : g->texts.at + cell->from + g->done[i];
      if (i > 0) page_repeat(p, " ", GAP);
      page_field(p, text, size, g->widths[i], g->align[i], i == last);
      g->done[i] += next;
      if (g->done[i] < cell->length) more = true;
    }
    page_text(p, "\n");
  }
}

/* A table wider than the page is printed in bands, the first column in each of them. */
static band next_band(const grid *g, size_t from, size_t width) {
  size_t sum = g->least[0], to = from;
  while (to < g->columns && (to == from || sum + GAP + g->least[to] <= width)) sum += GAP + g->least[to++];
  return (band){from, to};
}

static void grid_bands(page *p, grid *g) {
  size_t from = 1;
  do {
    band b = next_band(g, from, p->width);
    if (from > 1) page_text(p, "\n");
    grid_fit(g, b, p->width);
    grid_row(p, g, b, 0);
    for (size_t i = 0; i < g->columns; i++) {
      if (!is_in(b, i)) continue;
      page_repeat(p, " ", i > 0 ? GAP : 0);
      page_repeat(p, "─", g->widths[i]);
    }
    page_text(p, "\n");
    for (size_t row = 1; row < g->rows; row++) grid_row(p, g, b, row);
    from = b.to;
  } while (from < g->columns && p->result == HONGZHU_OK);
}

void table_rows(page *p, const hongzhu_event *event) {
  grid g;
  size_t columns = event->columns_count, rows = event->rows_count;
  if (columns == 0 || !grid_open(p, &g, rows + 1, columns)) return;
  for (size_t i = 0; i < columns; i++) {
    g.align[i] = HONGZHU_AT(event->columns, i)->align;
    grid_set(p, &g, 0, i, HONGZHU_AT(event->columns, i)->title);
  }
  for (size_t row = 0; row < rows; row++)
    for (size_t i = 0; i < columns; i++)
      grid_set(p, &g, row + 1, i, layout_span(HONGZHU_AT(event->cells, row * columns + i)));
  if (p->result == HONGZHU_OK) grid_bands(p, &g);
  grid_close(&g);
}

/* ---- key figures ---- */

void table_figures(page *p, const hongzhu_event *event, bool trace) {
  grid g;
  if (event->figures_count == 0 || !grid_open(p, &g, event->figures_count, 4)) return;
  for (size_t row = 0; row < event->figures_count; row++) {
    const hongzhu_figure *figure = HONGZHU_AT(event->figures, row);
    grid_set(p, &g, row, 0, figure->title);
    grid_set(p, &g, row, 1, figure->value);
    grid_set(p, &g, row, 2, figure->unit);
    grid_set(p, &g, row, 3, figure->marker);
  }
  for (size_t row = 0; row < g.rows && p->result == HONGZHU_OK; row++) {
    const piece *cells = &g.pieces[row * 4];
    const char *at = g.texts.at == NULL ? "" : g.texts.at;
    bool marked = cells[3].length > 0;
    page_text(p, "  ");
    page_field(p, at + cells[0].from, cells[0].length, g.widths[0], 0, false);
    page_text(p, "  ");
    page_field(p, at + cells[1].from, cells[1].length, g.widths[1], 1, false);
    if (cells[2].length > 0 || marked) page_text(p, " ");
    page_field(p, at + cells[2].from, cells[2].length, g.widths[2], 0, !marked);
    if (marked) {
      page_text(p, p->chinese ? "  〔" : "  [");
      page_bytes(p, at + cells[3].from, cells[3].length);
      page_text(p, p->chinese ? "〕" : "]");
    }
    page_text(p, "\n");
    const hongzhu_figure *figure = HONGZHU_AT(event->figures, row);
    if (trace && figure->trace.length > 0) {
      piece command = strip_piece(p, &g.texts, figure->trace);
      if (p->result != HONGZHU_OK) break;
      page_text(p, "    ");
      page_bytes(p, g.texts.at + command.from, command.length);
      page_text(p, "\n");
    }
  }
  grid_close(&g);
}

/* ---- charts ---- */

/* The number that a printed value begins with, in thousandths: "200余", "1,234.5", "10万余"; -1 if there is none. */
static int64_t leading_number(hongzhu_text text) {
  const int64_t most = INT64_MAX / 1000000000;
  int64_t value = 0, digits = 0, decimals = -1;
  size_t i = 0;
  for (; i < text.length; i++) {
    char c = text.at[i];
    if (c >= '0' && c <= '9') {
      if (decimals >= 3) continue;
      if (value > most) return -1;
      value = value * 10 + (c - '0');
      digits++;
      if (decimals >= 0) decimals++;
    } else if (c == '.' && decimals < 0 && digits > 0) {
      decimals = 0;
    } else if (c != ',' || digits == 0) {
      break;
    }
  }
  if (digits == 0) return -1;
  for (int64_t d = decimals < 0 ? 0 : decimals; d < 3; d++) value *= 10;
  const char *ten_thousand = "万", *hundred_million = "亿";
  size_t left = text.length - i;
  if (left >= 3 && memcmp(text.at + i, ten_thousand, 3) == 0) return value <= most * 1000 ? value * 10000 : -1;
  if (left >= 3 && memcmp(text.at + i, hundred_million, 3) == 0) return value <= most ? value * 100000000 : -1;
  return value;
}

static void bar(page *p, int64_t value, int64_t greatest, size_t room) {
  static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (value <= 0 || greatest <= 0) return;
  for (; greatest > INT64_MAX / (WIDEST_BAR * 8); greatest /= 2) value /= 2;
  int64_t parts = value * (int64_t)room * 8 / greatest;
  if (parts == 0) parts = 1;
  page_repeat(p, "█", (size_t)(parts / 8));
  page_text(p, eighths[parts % 8]);
}

static int64_t number_at(const hongzhu_event *event, size_t row) {
  const hongzhu_span *cell = HONGZHU_AT(event->cells, row * 2 + 1);
  return leading_number(layout_span(cell));
}

void table_chart(page *p, const hongzhu_event *event) {
  grid g;
  int64_t greatest = 0;
  if (event->columns_count != 2) {
    table_rows(p, event);
    return;
  }
  if (!grid_open(p, &g, event->rows_count, 2)) return;
  for (size_t row = 0; row < g.rows; row++) {
    for (size_t i = 0; i < 2; i++) grid_set(p, &g, row, i, layout_span(HONGZHU_AT(event->cells, row * 2 + i)));
    if (number_at(event, row) > greatest) greatest = number_at(event, row);
  }
  grid_fit(&g, (band){1, 2}, p->width > 24 ? p->width - 12 : p->width);
  size_t before = 2 + g.widths[0] + GAP + g.widths[1] + 1;
  size_t room = p->width > before + 4 ? p->width - before : 4;
  if (room > WIDEST_BAR) room = WIDEST_BAR;
  for (size_t row = 0; row < g.rows && p->result == HONGZHU_OK; row++) {
    const piece *cells = &g.pieces[row * 2];
    const char *at = g.texts.at == NULL ? "" : g.texts.at;
    size_t next = 0, done = 0;
    size_t size = cells[0].length == 0 ? 0 : layout_break(at + cells[0].from, cells[0].length, g.widths[0], &next);
    page_text(p, "  ");
    page_field(p, at + cells[0].from, size, g.widths[0], 0, false);
    page_repeat(p, " ", GAP);
    page_field(p, at + cells[1].from, cells[1].length, g.widths[1], 1, number_at(event, row) <= 0);
    if (number_at(event, row) > 0) {
      page_text(p, " ");
      bar(p, number_at(event, row), greatest, room);
    }
    page_text(p, "\n");
    for (done = next; done < cells[0].length; done += next) {
      size = layout_break(at + cells[0].from + done, cells[0].length - done, g.widths[0], &next);
      page_text(p, "  ");
      page_bytes(p, at + cells[0].from + done, size);
      page_text(p, "\n");
    }
  }
  grid_close(&g);
}
