/* trace: a figure taken back to the rows of the files it was computed from.
 *
 * A trace is the figure's value with its parts; each part without parts of its own has facts behind it, which are
 * visited in the order of files, each with what it contributed, so that a reader can count, compare and add again.
 * Ownership: a trace lives in the arena given and until trace_close.
 */
#ifndef HONGZHU_TASK_TRACE_H
#define HONGZHU_TASK_TRACE_H

#include "task/evaluating.h"
#include "task/report.h"
#include "task/source_row.h"

typedef struct trace_request {
  report_request scope; /* report is not used */
  const char *figure;
  const char *by, *group; /* both or neither; by alone: see trace_groups */
  int64_t known_after;    /* -1: everything */
} trace_request;

typedef struct trace {
  arena *memory;
  evaluating base;
  const pack *pack; /* of the evaluation below: it knows the words of `by` too */
  evaluation *evaluation;
  decide_worker *worker;
  showing showing;
  figure_scope scope;
  const trace_request *request;
  const path *by;
  value group;
  int32_t figure;
  figure_value value;
} trace;

bool trace_open(arena *a, ledger *l, const trace_request *request, trace *out, faults *problems);
bool trace_close(trace *t, faults *problems); /* in either case */

typedef struct trace_group {
  value is;
  figure_value value;
} trace_group;
/* The groups of the figure by the path of the request, those without a value last. */
size_t trace_groups(trace *t, trace_group **out, faults *problems);

typedef struct trace_fact { /* one fact behind a figure */
  const char *file;         /* its name */
  digest bytes;             /* of the file */
  const char *sheet;        /* NULL where it has none */
  int32_t sheet_number;
  int64_t row;
  const char *text;         /* of the row; NULL where it is not to be shown */
  const char *const *cells; /* NULL: absent */
  uint32_t cells_count;
  const char *subject;     /* whom or what it is about */
  const char *contributes; /* the value counted or added; NULL: there is none, and it does not count */
  bool decided;            /* a decision: `outcome` and `explain` hold */
  outcome outcome;
  const char *explain; /* the command that explains it */
} trace_fact;

/* False: stop. The fact is borrowed until the visit returns. */
typedef bool trace_visit(void *context, const trace_fact *fact);
/* The facts behind one part (the trace's value or one of its parts, which has no parts itself). */
bool trace_facts(trace *t, const figure_value *of, trace_visit *visit, void *context, faults *problems);

typedef struct trace_counts { /* what a reader would count in the list */
  size_t facts, rows, files;  /* several facts may stand in one row */
  size_t without;             /* facts that have no value for the measure and do not count */
  size_t widest;              /* columns that the widest contribution takes, at most 40 */
} trace_counts;
trace_counts trace_count(trace *t, const figure_value *of);

/* The value as it is and as it is published: "53" and "50余"; the same where nothing is rounded. */
const char *trace_exact(const trace *t, const figure_value *of);
const char *trace_published(const trace *t, const figure_value *of);

#endif
