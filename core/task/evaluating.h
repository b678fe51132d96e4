/* evaluating: what every task on decisions opens: a state of the ledger, the pack that rules it, a day. */
#ifndef HONGZHU_TASK_EVALUATING_H
#define HONGZHU_TASK_EVALUATING_H

#include "pack/decide_role.h"

typedef struct evaluating {
  arena *memory;
  ledger *ledger; /* borrowed */
  pack *pack;
  subjects *subjects;
  evaluation *evaluation;
  decide_worker *worker;
  offers *offers;
  day on;
  int64_t known_after;
  bool beside; /* the subjects belong to another */
  bool alone;  /* the subjects are those of a few persons */
} evaluating;

typedef struct evaluating_state {
  day on;
  int64_t known_after; /* -1: everything */
  const digest *image; /* NULL: the one that rules on the day */
  const char *pack;    /* of several that do, the one named; NULL */
  const char *about;   /* else the one that rules what this code or name means; NULL */
} evaluating_state;

/* False with faults; evaluating_close is to be called in either case. */
bool evaluating_open(arena *a, ledger *l, evaluating_state state, evaluating *out, faults *problems);
/* The same where only the person of a code is asked about: with that person's facts alone (`alone`) where the pack's
 * rules read no others and the code is one person's, else with all. */
bool evaluating_open_coded(arena *a, ledger *l, evaluating_state state, const char *code, evaluating *out,
                           faults *problems);
/* The pack alone; facts follow where they are needed: all of them, or those of a few persons (subjects_open_of), in
 * place of what was open before. */
bool evaluating_open_pack(arena *a, ledger *l, evaluating_state state, evaluating *out, faults *problems);
bool evaluating_everyone(evaluating *e, faults *problems); /* nothing where they are open already */
bool evaluating_of(evaluating *e, const int64_t *persons, size_t count, faults *problems);
/* The same facts under another pack or on another day, beside one that is open and outlives it; likewise to be closed.
 */
bool evaluating_beside(const evaluating *of, pack *p, day on, evaluating *out, faults *problems);
/* False where a worker of foreign rules did not end well. */
bool evaluating_close(evaluating *e, faults *problems);

#endif
