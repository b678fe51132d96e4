/* fault: an error with a place, as a value. Faults are collected and shown together.
 *
 * A fault says what failed with its subject in quotes, why, where, and what to do next, in both languages:
 * lower case, no full stop. The order of a list is the order in which they were found.
 * Ownership: a list owns everything in it through its arena; texts handed in are copied.
 */
#ifndef HONGZHU_BASE_FAULT_H
#define HONGZHU_BASE_FAULT_H

#include "base/text.h"

typedef struct place {
  const char *file;   /* as the user named it; NULL where there is none */
  const char *sheet;  /* NULL where the file has none */
  int64_t row;        /* 1-based as a person sees it; 0 for none */
  const char *column; /* its name, or "C" style letters where it has no name */
  int line;           /* of a script, 1-based; 0 for none */
} place;

/* Whose fault it is: decides the exit code of a command. */
typedef enum fault_kind {
  FAULT_INPUT, /* the default: a file, a pack, a plugin */
  FAULT_LEDGER,
  FAULT_FOREIGN /* foreign code died or was stopped */
} fault_kind;

typedef struct fault {
  place where;
  said what; /* what failed and why */
  said next; /* what to do; both NULL where nothing can be advised */
  bool warning;
  fault_kind kind;
} fault;

typedef struct faults {
  arena *memory; /* given by the caller, who frees it */
  fault *items;
  size_t count, capacity;
  size_t errors;  /* those that are not warnings */
  size_t dropped; /* found after the limit of 1,000 and only counted */
} faults;

faults *faults_new(arena *memory);

/* Adds an error (fault_add) or a warning (fault_warn). English and Chinese formats take the same arguments in the
 * same order. Returns false so that `return fault_add(…)` reads well. */
bool fault_add(faults *list, place where, const char *en, const char *zh, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));
bool fault_warn(faults *list, place where, const char *en, const char *zh, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));
/* What to do next about the fault added last. Returns false. */
bool fault_next(faults *list, const char *en, const char *zh, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* Adds copies of another list's faults to a list, in their order, and empties the other. */
void faults_take(faults *list, faults *other);

/* Says of the fault added last what kind it is. Returns false. */
static inline bool fault_mark(faults *list, fault_kind kind) {
  if (list->count > 0 && list->dropped == 0) list->items[list->count - 1].kind = kind;
  return false;
}

/* "roster.xlsx, sheet \"名单\", row 12, column \"编号\"" or "rules/cycle.lua:7"; "" for no place. */
char *place_text(arena *a, place where, language in);
/* One fault as the lines a user reads: "error: PLACE: WHAT" and, below, "  NEXT". Safe for a terminal. */
char *fault_text(arena *a, const fault *f, language in);

#define NOWHERE ((place){0})

#endif
