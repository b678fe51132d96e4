/* run: one pass over a rule's program for one subject, in one extreme. Inside core/pack only. */
#ifndef HONGZHU_PACK_RUN_H
#define HONGZHU_PACK_RUN_H

#include "pack/evaluate.h"

typedef struct number {
  bool known; /* false: a parameter without a value, an overflow: what uses it is unknown */
  fraction least, most;
} number;

typedef struct node_value {
  bool done;
  selection selection;
  number number;
  truth truth;
} node_value;

struct recognised_list;

typedef struct subject_rows { /* what the leaves select from, in the fixed order */
  uint32_t *rows;
  bool *from_person;     /* the person's own, in a rule of enrollments */
  uint32_t *credited_by; /* NULL, or of another person, who credits this one: the relation (word code); else 0 */
  uint32_t count;
} subject_rows;

typedef struct run {
  evaluation *evaluation;
  const pack *pack;
  const rule *rule; /* NULL: only a recognition is wanted */
  const program *program;
  fact_type of;
  uint32_t subject;
  int32_t person; /* of the subject; -1 */
  frame_of_rows frame;
  bool has_window;
  bool truth_high; /* conditions that cannot be known are taken as yes */
  bool saw_truth;
  int truths;   /* how many conditions could not be known */
  bool refused; /* a fault has been said: nothing to try again */
  bool failed;  /* rescale or overflow: what was computed is worth nothing */
  node_value *values;
  subject_rows rows;
  struct recognised_list *recognised; /* by recognition */
  struct run *before;                 /* the run of the period before, for `previous` */
  selection *given;                   /* outputs, by position in rule->gives: of the period before */
  number *given_numbers;
  explanation *explain; /* NULL */
  day parameters_on;
  int32_t record; /* the row that a recognition's expressions are about; -1 */
} run;

/* Whether a comparison holds, whatever the numbers are between their ends. */
truth number_compare(comparison compare, number a, number b);
selection run_selection(run *r, int32_t node);
selection run_step(run *r, const expr_node *n, selection s); /* one step on what stands before it */
number run_number(run *r, int32_t node);
truth run_truth(run *r, int32_t node);
/* The same over a recognition's program, for one record; parameters are read on that day. */
number run_record_number(run *r, const program *p, int32_t node, uint32_t record, day on);
truth run_record_truth(run *r, const program *p, int32_t node, uint32_t record, day on);

void run_rows(run *r);                               /* fills rows (run_rows.c) */
bool run_amount_missing(const run *r, uint32_t row); /* an amount that should be there and is not */
item run_item(run *r, fact_type type, uint32_t row, uint32_t position);
/* What a table of conditions compares with, among the parameters that were read; nothing without an explanation. */
void run_note_match(run *r, const match *m);
fraction parameter_number(run *r, const limit *l, const path *by, reading_day reading, bool *known);
outcome evaluation_outcome_until(evaluation *e, int32_t rule, uint32_t subject, day *until);

#endif
