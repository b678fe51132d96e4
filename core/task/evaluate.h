/* evaluate: decisions of all rules about all subjects, stored where they are new. */
#ifndef HONGZHU_TASK_EVALUATE_H
#define HONGZHU_TASK_EVALUATE_H

#include "task/evaluating.h"

typedef struct evaluate_counts {
  const rule *rule;
  size_t subjects, kept, changed; /* kept: a decision still valid was there; changed: a new one was stored */
  size_t outcomes[OUTCOMES];
} evaluate_counts;

typedef struct evaluate_progress {
  void *context;
  void (*step)(void *context, uint64_t done, uint64_t all);
} evaluate_progress;

typedef struct evaluate_order {
  const char *rule;         /* the id of one rule; NULL: all */
  const char *organization; /* by code or name: only about those under it; NULL: about everyone */
  bool store;               /* false: nothing is written */
  int workers;              /* threads; 0: as many as there are processors. It changes nothing that is stored */
  evaluate_progress progress;
} evaluate_order;

/* `counts` gets a row per rule. What is decided is written while the rest is still being decided, in one transaction.
 */
bool task_evaluate(evaluating *e, evaluate_order order, evaluate_counts **counts, size_t *count, faults *problems);

/* The fault of a rule that the pack does not have, with the nearest one; returns false. */
bool evaluate_no_rule(const pack *p, const char *id, faults *problems);

#endif
