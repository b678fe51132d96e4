/* figure: numbers of a report, computed from the subject file and decisions, each with the rows behind it. */
#ifndef HONGZHU_PACK_FIGURE_H
#define HONGZHU_PACK_FIGURE_H

#include "pack/evaluate.h"

typedef struct figure_scope {
  fact_type type; /* FACT_NONE: everything */
  uint32_t row;
} figure_scope;

typedef struct figure_group { /* a part of a figure: the rows whose path has this value */
  const path *by;             /* NULL: no group */
  value is;                   /* VALUE_NONE: those without a value */
} figure_group;

typedef struct figure_value {
  int32_t figure;
  fraction number;
  bound bound; /* AT_LEAST, AT_MOST, UNKNOWN where what it counts is so; NONE: there is no such number (0 of 0) */
  bool from_subjects; /* rows are the subjects of decisions */
  fact_type rows_type;
  uint32_t *rows; /* what stands behind it, in table order */
  size_t rows_count;
  struct figure_value *parts; /* share: part and whole; plus: its summands */
  size_t parts_count;
} figure_value;

bool figure_compute(evaluation *e, int32_t figure, figure_scope scope, figure_group group, arena *a, figure_value *out,
                    faults *problems);
/* The values of a path over the rows of some figures, each once, in order, those without a value last. */
size_t figure_groups(evaluation *e, const int32_t *figures, size_t count, const path *by, figure_scope scope, arena *a,
                     value **out, faults *problems);
/* As printed, without its unit: in the published style or exactly, shares in per cent; "不详" / "unknown". */
char *figure_text(arena *a, const pack *p, const figure_value *v, bool exact, language in);
said figure_marker(const figure_value *v, const pack *p); /* both NULL: computed exactly from rows */
/* Whether a row belongs to a scope: a record to the cohort of its placement or activity, a person to the cohorts they
 * are in. */
bool row_in_scope(const view *v, fact_type type, uint32_t row, figure_scope scope);
/* All rows of a table in a scope that match; records that begin after the day are not there yet. */
size_t rows_matching(const view *v, fact_type type, const match *where, figure_scope scope, arena *a, uint32_t **out);

#endif
