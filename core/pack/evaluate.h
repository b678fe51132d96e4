/* evaluate: decisions, computed from the subject file, a pack and a day; and the same again with the reasoning kept.
 *
 * A decision depends on nothing else: not on the order in which subjects are asked, not on what was asked before.
 * Uncertain records are counted out and in, conditions that cannot be known are taken as no and as yes; where the
 * outcomes differ it is unknown. One evaluation belongs to one thread; any number of them may share pack and subjects.
 */
#ifndef HONGZHU_PACK_EVALUATE_H
#define HONGZHU_PACK_EVALUATE_H

#include "pack/select.h"

typedef struct need_result {
  const need *need;
  const char *each; /* the year or word of a need per declared value; NULL */
  int32_t each_year;
  outcome outcome;
  bool numbers;           /* had, needed and missing mean something (a condition has none) */
  fraction had, had_most; /* equal unless uncertain; above INT64_MAX with below 1: no upper bound is known */
  fraction needed, needed_most;
  fraction missing; /* 0 where met */
} need_result;

typedef enum decision_why {
  WHY_NEEDS,
  WHY_APPLIES,
  WHY_EXEMPT,
  WHY_SUSPENDED,
  WHY_NOT_IN_FORCE,
  WHY_NO_PERIOD,
  WHY_NO_START,
  WHY_APPLIES_UNKNOWN,
  WHY_SAID
} decision_why;

typedef struct decision {
  int32_t rule;
  uint32_t subject;
  outcome outcome;
  decision_why why;
  said said; /* WHY_SAID: what a decide function or native rule said */
  need_result *needs;
  size_t needs_count;
  fraction *gives; /* the rule's outputs as numbers, by position; NULL where they could not be computed */
  bool has_window;
  window window;
  day on, valid_until; /* DAY_EVER: it changes by records or rules only */
} decision;

typedef struct counted {
  fact_type type;
  uint32_t row;
  fraction amount, amount_most;
  bool sure, carried;
} counted;

typedef struct parameter_read {
  const parameter *parameter;
  const parameter_entry *entry; /* NULL: none in force */
  day on;
} parameter_read;

typedef struct step_kept { /* what a cap lets pass, or what stands before an over: how much room there still is */
  int32_t node;
  uint32_t row;
  fraction amount;
} step_kept;

typedef struct need_reasons {
  counted *counted;
  size_t counted_count, counted_capacity;
  left *left;
  size_t left_count;
  const expr_node *nodes; /* of the rule's program, for left.node */
  step_kept *kept;
  size_t kept_count, kept_capacity;
} need_reasons;

typedef struct branch { /* of a recognition: the line that took a record; -1: `otherwise` did */
  int32_t recognition, line;
} branch;

typedef struct explanation {
  decision decision;
  need_reasons *needs;        /* beside decision.needs */
  parameter_read *parameters; /* each once, in the order read */
  size_t parameters_count, parameters_capacity;
  left *unrecognised; /* records that a recognition used by the rule took for nothing; detail says why */
  size_t unrecognised_count, unrecognised_capacity;
  branch *branches; /* each once: for the coverage of cases */
  size_t branches_count, branches_capacity;
} explanation;

typedef struct evaluation evaluation;

evaluation *evaluation_new(const pack *p, const subjects *s, day on, faults *problems);
void evaluation_free(evaluation *e);
const view *evaluation_view(const evaluation *e);
const pack *evaluation_pack(const evaluation *e);

/* False with a fault on overflow or a broken rule. What is pointed to lives in the arena given. */
bool evaluation_decide(evaluation *e, int32_t rule, uint32_t subject, arena *a, decision *out);
/* Whether there is anything to decide: the subject is in a period and the rule in force. */
bool evaluation_stands(evaluation *e, int32_t rule, uint32_t subject);
bool evaluation_explain(evaluation *e, int32_t rule, uint32_t subject, arena *a, explanation *out);
outcome evaluation_outcome(evaluation *e, int32_t rule, uint32_t subject); /* kept */

/* The subjects of one kind that lie under another: enrollments of a person or cohort, people of an organization. */
size_t rows_under(const view *v, fact_type type, uint32_t row, fact_type wanted, arena *a, uint32_t **out);

/* Rules that C does not compute: `decide` in Lua and native ones give their needs here; task/evaluate.c sets it to ask
 * a worker. Returns false with a fault. */
typedef bool decide_elsewhere(void *context, int32_t rule, uint32_t subject, bool explain, arena *a, explanation *out,
                              faults *problems);
void evaluation_elsewhere(evaluation *e, decide_elsewhere *ask, void *context);

fraction number_infinite(void);
bool is_infinite(fraction f);

#endif
