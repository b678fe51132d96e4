/* import_said: what is wrong in thousands of rows alike is said a few times, and then counted. Used by import.c.
 */
#ifndef HONGZHU_TASK_IMPORT_SAID_H
#define HONGZHU_TASK_IMPORT_SAID_H

#include "base/fault.h"

typedef struct said_fault { /* one thing that is wrong in a column, and in how many rows */
  const char *column;
  said what;
  int64_t times;
} said_fault;

typedef struct import_said { /* zero-initialise but for the memory, which is borrowed */
  arena *memory;
  said_fault *items;
  size_t count, capacity;
  int64_t unsaid; /* faults of more kinds than are kept apart */
} import_said;

/* Notes a fault; whether it is to be said. */
bool import_said_now(import_said *s, const fault *f);
/* Says what was noted and not said, with its number. */
void import_said_times(const import_said *s, const char *file, faults *problems);

#endif
