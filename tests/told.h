/* All faults of a list as a user reads them, a line each. */
#ifndef HONGZHU_TESTS_TOLD_H
#define HONGZHU_TESTS_TOLD_H

#include "base/fault.h"

static inline char *told(arena *a, const faults *list, language in) {
  buffer all = {0};
  buffer_text(&all, "");
  for (size_t i = 0; i < list->count; i++) buffer_format(&all, "%s\n", fault_text(a, &list->items[i], in));
  char *text = arena_text(a, all.at);
  buffer_free(&all);
  return text;
}

#endif
