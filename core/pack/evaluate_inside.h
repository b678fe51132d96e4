/* evaluate_inside: the parts of an evaluation. Inside core/pack only. */
#ifndef HONGZHU_PACK_EVALUATE_INSIDE_H
#define HONGZHU_PACK_EVALUATE_INSIDE_H

#include "pack/doors.h"
#include "pack/group.h"
#include "pack/recognise.h"
#include "pack/run.h"

typedef struct kept_outcome {
  uint8_t known; /* 0: not asked yet; else outcome + 1 */
  day until;
} kept_outcome;

typedef struct kept_group { /* a selection or coverage, computed once for all its members */
  bool good;
  day until;
  group_result result;
  uint32_t *member; /* of each subject: position + 1 in result.members, 0 for none */
} kept_group;

enum { TABLES_KEPT = 256 };

typedef struct kept_match { /* of a foreign rule: compiled once */
  const char *text;
  const json_t *table; /* one of those kept below, which come again; NULL */
  const match *match;
} kept_match;

struct evaluation {
  arena *memory;  /* as long as the evaluation */
  arena *scratch; /* as long as one decision that nothing encloses */
  const pack *pack;
  const subjects *subjects;
  view *view;
  day on;
  day until; /* what the view says of the decision at hand */
  faults *problems;
  kept_outcome **outcomes; /* by rule, then subject */
  kept_group **groups;     /* by group; NULL: not asked yet */
  int depth;
  int64_t scale; /* a common denominator of the pack's rates, times a million */
  kept_match *matches;
  size_t matches_count, matches_capacity;
  const json_t *tables[TABLES_KEPT]; /* what tagged values in Lua say, read once */
  size_t tables_count;
  decide_elsewhere *ask;
  void *ask_context;
  doors_case *doors; /* in a worker: foreign rules run here */
  void *doors_context;
};

typedef struct corner { /* what one run says */
  truth applies, exempt;
  outcome *needs; /* one per need and declared value */
  number *had, *needed;
  fraction *gives;
  said said; /* why a foreign rule says that it does not apply */
} corner;

typedef struct plan { /* the needs of a rule for one subject, each repeated for its declared values */
  need_result *needs;
  size_t count;
} plan;

/* ---- one run in one extreme (evaluate_corner.c) ---- */

/* A run without its rows and without room for what nodes are worth: for what is asked of a subject alone. */
void evaluate_frame(evaluation *e, const rule *r, uint32_t subject, day on, const window *w, int64_t scale,
                    arena *scratch, extreme x, bool truth_high, run *out);
bool evaluate_need_stands(run *r, const need *n); /* neither suspended nor out of force */
selection evaluate_each_part(run *r, const need_result *result, selection s);
void evaluate_run_corner(evaluation *e, run *r, plan *p, corner *out, arena *kept);
plan evaluate_plan(evaluation *e, const rule *r, const window *w, arena *a);
bool evaluate_corner(evaluation *e, const rule *r, decision *d, plan *p, extreme x, bool high, arena *scratch,
                     run *done, corner *out, trail *t, explanation *explain, arena *kept);
/* Where a period starts for a subject; DAY_NONE where the fact that says so is missing or not known to the day. */
day evaluate_period_start(evaluation *e, const period *p, fact_type of, uint32_t subject);
bool evaluate_stands(evaluation *e, const rule *r, decision *d);

/* ---- groups as rules (evaluate_group.c) ---- */

bool evaluate_group(evaluation *e, const rule *r, uint32_t subject, arena *a, decision *d);

/* ---- putting runs together (evaluate_join.c) ---- */

void evaluate_missing(need_result *n); /* from its outcome and its numbers */
void evaluate_join(decision *d, const corner *corners, size_t count);

/* ---- whether the extremes bracket what lies between (evaluate_monotone.c) ---- */

bool evaluate_needs_bound(const rule *r, const program *p, arena *a);

/* ---- what counted and what did not (evaluate_explain.c) ---- */

void evaluate_explain_needs(run *r, const decision *d, trail *t, arena *a, explanation *x);

#endif
