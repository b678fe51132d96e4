/* certify: numbers of a pack's registers given to those who met the rule: issued, listed, looked up, revoked.
 *
 * An issue is an import of kind "register": a table of what was given to whom is made, kept like any file, and each
 * number is a record about an enrollment whose row is its line. A number is unique and never given again, whatever is
 * undone. What is revoked stays, with its day and reason. While the enrollment is not known, because its roster was
 * undone, the number is suspended: it counts nowhere, and is found again when the roster comes back.
 */
#ifndef HONGZHU_TASK_CERTIFY_H
#define HONGZHU_TASK_CERTIFY_H

#include "task/evaluating.h"

typedef enum number_state { NUMBER_IN_FORCE, NUMBER_SUSPENDED, NUMBER_REVOKED, NUMBER_STATES } number_state;

extern const char *const number_state_names[NUMBER_STATES]; /* "in_force" … */
said number_state_said(number_state s);

typedef struct numbered { /* a number that was given out */
  const char *register_id, *number, *person, *cohort, *programme, *reason;
  day on, revoked; /* revoked: DAY_NONE */
  number_state state;
  fact fact; /* the open record */
} numbered;

typedef struct passed_over {
  const char *person;
  outcome outcome;
  const char *number; /* one this person had in this cohort: in force, or revoked; NULL */
  bool revoked;
} passed_over;

typedef struct certify_request {
  const char *register_id, *cohort; /* ids and codes as given; cohort by code or name */
  bool again;                       /* to those whose number was revoked too */
  bool dry_run;
  const char *note;
} certify_request;

typedef struct certify_outcome {
import done; /* id 0: nothing was stored */
  const declared_register *of;
  const char *cohort;
  numbered *given; /* by person */
  size_t given_count;
  passed_over *others; /* not given one now, and why */
  size_t others_count;
} certify_outcome;

/* All numbers, by register and day of issue. */
size_t certify_numbers(ledger *l, const subjects *s, arena *a, numbered **out, faults *problems);
bool certify_issue(evaluating *e, certify_request request, certify_outcome *out, faults *problems);
/* False with a fault where no such number is in force. `reason` is required. */
bool certify_revoke(ledger *l, const subjects *s, const char *wanted, const char *reason, day on, bool dry_run,
                    arena *a, import *done, numbered *out, faults *problems);

#endif
