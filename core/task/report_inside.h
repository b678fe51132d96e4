/* report_inside: what the modules of report.c share while one document is made. */
#ifndef HONGZHU_TASK_REPORT_INSIDE_H
#define HONGZHU_TASK_REPORT_INSIDE_H

#include "task/report.h"
#include "task/report_block.h"
#include "task/source_row.h"

#define ORIGINS_SHOWN 200

typedef struct made_figure { /* each figure of each group once in a document */
  int32_t figure;
  const char *by; /* the path's text; NULL: no group */
  value group;
  hongzhu_figure made;
  figure_value value;
  hongzhu_text exact, published; /* in each style, whichever the figure's own value is in */
} made_figure;

typedef struct waiting_origin { /* whose row is still to be read */
  row_wanted row;
  hongzhu_origin *origin;
} waiting_origin;

typedef struct reporting {
  arena *memory;
  ledger *ledger;
  const pack *pack;
  const pack *unscaled; /* the same, whose figures print 10560 and not 1.056万 where they are exact */
  const report_plan *plan;
  const report_request *request;
  evaluation *evaluation;
  showing showing;
  figure_scope scope;
  bool exact;
  bool rounded; /* a figure was printed in the published style and is not what it is exactly */
  document *document;
  made_figure **figures;
  size_t figures_count, figures_capacity;
  waiting_origin *waiting;
  size_t waiting_count, waiting_capacity;
  bool *rules; /* those that decided something in it */
  faults *problems;
} reporting;

static inline hongzhu_text plain_text(const char *text) {
  return (hongzhu_text){text, text ? __builtin_strlen(text) : 0};
}

static inline const char *say(const reporting *r, const char *zh, const char *en) {
  return r->showing.in == LANGUAGE_ZH ? zh : en;
}

hongzhu_event *report_event(reporting *r, hongzhu_event_kind kind);

/* A figure, or the part of it whose `by` has this value; NULL with a fault. `position` numbers groups from 1. */
const made_figure *report_figure(reporting *r, int32_t figure, const path *by, value group, size_t position);
/* As it stands in a sentence: value and unit. */
const char *report_figure_text(reporting *r, const made_figure *f, bool value_only);
/* Reads the rows that figures wait for. */
bool report_origins(reporting *r);

/* The groups of figures in the order in which they are shown. */
size_t report_groups(reporting *r, const block *b, value **out);
bool report_table(reporting *r, const block *b);
bool report_rows(reporting *r, const block *b);
bool report_chart(reporting *r, const block *b);
bool report_checks(reporting *r, const block *b);
bool report_decisions(reporting *r, const block *b);
/* What one decision lacks, in a cell: its reason, else each need that is not met with what is missing. NULL with
 * faults. */
const char *report_missing(reporting *r, int32_t rule, uint32_t subject);

#endif
