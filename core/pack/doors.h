/* doors: what a Lua `decide` or a native rule may ask and say about the case at hand.
 *
 * A door does at once what an expression would do later: it adds a node to the case's own program and computes it with
 * the same steps, so that explanations of foreign rules read like those of declared ones. A case is run more than once
 * where records are uncertain; what it says must depend on the doors alone. Nodes are positions, valid for one run.
 * A door that fails returns -1 or false after the fault; the case has then been given up.
 */
#ifndef HONGZHU_PACK_DOORS_H
#define HONGZHU_PACK_DOORS_H

#include "pack/run.h"

typedef struct doors {
  arena *memory;
  faults *problems;
  run *run;
  program program; /* grows with each door */
  size_t values_capacity;
  making *making;     /* to compile matches and paths while the case runs */
  need_result *needs; /* what was said, in order */
  outcome *outcomes;
  number *had, *needed;
  size_t needs_count, needs_capacity;
  bool not_applicable;
  said said;
} doors;

int32_t doors_records(doors *d, const json_t *where); /* NULL: all */
int32_t doors_recognised(doors *d, const char *id, const char *as);
int32_t doors_where(doors *d, int32_t of, const json_t *where);
int32_t doors_during(doors *d, int32_t of, day first, day last);
int32_t doors_cap(doors *d, int32_t of, fraction most, const char *span, bool over);
int32_t doors_first(doors *d, int32_t of, int64_t count, const char *span);
int32_t doors_greatest(doors *d, int32_t of);
int32_t doors_year(doors *d, int32_t of, int32_t year);
int32_t doors_union(doors *d, int32_t a, int32_t b);
bool doors_sum(doors *d, int32_t of, fraction *out);
bool doors_count(doors *d, int32_t of, int64_t *out);
selection doors_selection(doors *d, int32_t of);
bool doors_parameter(doors *d, const char *name, const char *word, fraction *out);
/* A dated fact of the person; DATE_NONE where there is none. */
bool doors_fact(doors *d, const char *kind, date *out);
bool doors_need(doors *d, const char *id, const char *each, int32_t had, comparison compare, fraction needed);
bool doors_need_number(doors *d, const char *id, const char *each, fraction had, comparison compare, fraction needed);
void doors_not_applicable(doors *d, said why);

/* How a foreign rule is run in this process: set by the worker's role (decide_lua.c, decide_native.c). */
typedef bool doors_case(void *context, const rule *r, doors *d);
void evaluation_doors(evaluation *e, doors_case *run, void *context);

#endif
