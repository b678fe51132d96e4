/* The order of records that are all about people, and nothing else: dealt out by person first, so that the few of each
 * are put in order where they stand together. */
#include "ledger/subjects_build.h"

#include <stdlib.h>

enum { FEW = 64 }; /* that are put in order by moving each to its place */

typedef struct dated_row {
  uint64_t when; /* first day, then kind */
  uint32_t row;
} dated_row;

typedef struct comparing_dated {
  const subject_builder *of;
  const build_table *table;
  build_comparison *compare;
} comparing_dated;

static int by_date(const void *a, const void *b, void *context) {
  const comparing_dated *c = context;
  const dated_row *left = a, *right = b;
  if (left->when != right->when) return left->when < right->when ? -1 : 1;
  return c->compare(c->of, c->table, left->row, right->row);
}

static void order_few(dated_row *rows, size_t count, comparing_dated *c) {
  for (size_t i = 1; i < count; i++) {
    dated_row moved = rows[i];
    size_t to = i;
    for (; to > 0 && by_date(&moved, &rows[to - 1], c) < 0; to--) rows[to] = rows[to - 1];
    rows[to] = moved;
  }
}

bool records_of_people(const build_table *t) {
  const build_column *subject = &t->columns[SECTION_SUBJECT_TYPE], *object = &t->columns[SECTION_OBJECT_TYPE];
  return subject->at == NULL && subject->same == FACT_PERSON && object->at == NULL && object->same != FACT_ACTIVITY;
}

static uint64_t when_of(const subject_builder *b, const build_table *t, uint32_t row) {
  return build_first_day((date)build_value(t, SECTION_SINCE, row)) << 32 | b->rank[build_value(t, SECTION_KIND, row)];
}

void records_order(const subject_builder *b, build_table *t, build_comparison *compare) {
  const size_t people = b->of[FACT_PERSON].ordered;
  comparing_dated c = {b, t, compare};
  dated_row *rows = large_take(b->folder, ((size_t)t->ordered + 1) * sizeof *rows);
  uint32_t *ends = large_take(b->folder, (people + 2) * sizeof *ends); /* those about nobody stand first */
  for (uint32_t i = 0; i < t->ordered; i++) ends[build_value(t, SECTION_SUBJECT, t->order[i]) + 1]++;
  for (size_t p = 0, before = 0; p <= people; p++) {
    size_t here = ends[p];
    ends[p] = (uint32_t)before;
    before += here;
  }
  for (uint32_t i = 0; i < t->ordered; i++) {
    uint32_t row = t->order[i];
    rows[ends[build_value(t, SECTION_SUBJECT, row) + 1]++] = (dated_row){when_of(b, t, row), row};
  }
  for (size_t p = 0, first = 0; p <= people; first = ends[p++]) {
    if (ends[p] - first > FEW)
      qsort_r(rows + first, ends[p] - first, sizeof *rows, by_date, &c);
    else
      order_few(rows + first, ends[p] - first, &c);
  }
  for (uint32_t i = 0; i < t->ordered; i++) t->order[i] = rows[i].row;
  large_free(rows);
  large_free(ends);
}
