/* doctor: everything an administrator can be told about an installation and a ledger, and what to do about each.
 *
 * Nothing is changed. A finding is fine, worth knowing (the program works, with less), or a problem. It works without a
 * ledger, without root, in a container: what cannot be asked is itself a finding. Findings live in the arena given, in
 * an order that does not change.
 */
#ifndef HONGZHU_TASK_DOCTOR_H
#define HONGZHU_TASK_DOCTOR_H

#include "ledger/ledger.h"

typedef enum finding_state { FINDING_FINE, FINDING_NOTICE, FINDING_PROBLEM, FINDING_STATES } finding_state;

typedef struct finding {
  finding_state state;
  const char *id; /* "key": for programs that read it */
  said what;      /* what was looked at */
  said found;
  said next; /* what to do; NULLs where nothing is */
} finding;

typedef struct findings {
  arena *memory;
  finding *items;
  size_t count, capacity;
  size_t problems;
} findings;

typedef struct doctor_request {
  const char *ledger;
  bool deep; /* verify the ledger, which reads all of it */
  void (*progress)(void *context, int64_t done, int64_t all);
  void *context;
} doctor_request;

void doctor_examine(const doctor_request *request, findings *out);

/* ---- for the parts of it ---- */

/* Formats take the same arguments in the same order. */
finding *finding_add(findings *to, finding_state state, const char *id, said what, const char *en, const char *zh, ...)
    __attribute__((format(printf, 5, 7), format(printf, 6, 7)));
void finding_next(findings *to, finding *of, const char *en, const char *zh, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));
/* A finding for each fault; `state` for those that are errors, a notice for warnings. How many there were. */
size_t finding_faults(findings *to, const char *id, said what, finding_state state, const faults *found);

void doctor_ledger(const doctor_request *request, findings *out);

#endif
