/* evaluate_touched: whom what came since an import is about, as far as decisions go. */
#ifndef HONGZHU_TASK_EVALUATE_TOUCHED_H
#define HONGZHU_TASK_EVALUATE_TOUCHED_H

#include "ledger/subjects.h"

typedef struct entity_list { /* ascending, each once, after entity_list_sort */
  int64_t *items;
  size_t count, capacity;
} entity_list;

typedef struct touched {
  arena *memory;
  bool any;  /* something was opened or closed */
  bool wide; /* it describes what many rest on: an organization, programme, cohort or activity that was there before */
  entity_list persons, enrollments;
} touched;

void entity_list_add(arena *a, entity_list *l, int64_t entity);
void entity_list_sort(entity_list *l);
bool entity_list_has(const entity_list *l, int64_t entity);

/* Since an import; `last_entity` is that import's. */
bool touched_since(ledger *l, int64_t since, int64_t last_entity, arena *a, touched *out, faults *problems);
/* Adds the persons at the other ends of their relations: what one does may count for the other. True if some came to.
 */
bool touched_related(touched *t, const subjects *s);

#endif
