/* chart: charts as SVG, drawn in one place for every writer.
 *
 * What is drawn depends only on the chart: all coordinates are decimals with at most two places made from integers.
 * The picture can be read without its colours: every value is printed beside its mark, shares carry their names, the
 * lines of a chart differ in dash and in the shape of their points. It has no script, no style sheet and no ids, so
 * that several fit into one page under a strict content-security policy, and no title inside the picture: the writer
 * prints the caption, the picture carries it for screen readers.
 *
 * A value that is not known is drawn as a gap with its label ("unknown" in the language of the chart if it has none).
 * Negative values are drawn to the other side of the axis, except in shares, which print them and draw nothing.
 */
#ifndef HONGZHU_TASK_CHART_H
#define HONGZHU_TASK_CHART_H

#include "base/text.h"

typedef enum chart_kind {
  CHART_BAR,    /* horizontal bars, a group for each category */
  CHART_COLUMN, /* upright bars */
  CHART_LINE,   /* one line a series over the categories */
  CHART_SHARE   /* one divided bar a series: what part of the whole each category is */
} chart_kind;

typedef struct chart_value {
  bool known;
  int64_t millionths;
  const char *label; /* as the report prints it ("200余"); NULL: the number itself */
} chart_value;

typedef struct chart {
  chart_kind kind;
  language in;
  const char *title; /* may be NULL */
  const char *unit;  /* may be NULL */
  const char *const *categories;
  size_t categories_count;
  const char *const *series; /* names; shown when there are two or more */
  size_t series_count;
  const chart_value *values; /* values[category * series_count + series] */
} chart;

bool chart_kind_named(const char *name, chart_kind *out); /* "bar", "column", "line", "share" */
/* The whole <svg> element, without XML declaration, every text in it escaped. */
char *chart_svg(arena *a, const chart *c);

#endif
