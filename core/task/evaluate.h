/* evaluate: decisions of all rules about all subjects, stored where they are new.
 *
 * Decided again is only who was touched by facts since the last time, whose day has come, or all where the rule itself,
 * what it reads or what many rest on is another (ledger/standing.h, pack/basis.h). What is stored is what deciding
 * everyone from nothing would give. The facts of `evaluating` need not be open: those needed are opened. */
#ifndef HONGZHU_TASK_EVALUATE_H
#define HONGZHU_TASK_EVALUATE_H

#include "task/evaluating.h"

typedef struct evaluate_counts {
  const rule *rule;
  size_t subjects, kept, changed; /* kept: a decision that holds was there; changed: a new one was stored */
  size_t decided;                 /* again: those whom something has happened to, or whose day has come */
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
