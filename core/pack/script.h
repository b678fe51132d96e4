/* script: the ways out. A worker runs a pack's text again to find a function in it (`each`, `body`, `decide`), and
 * calls it.
 *
 * In the parent a session is started with the text and the declaration whose function is wanted; in the child
 * script_run takes them. `each` and `body` are whole here; a role of another kind (`decide`) starts with script_start
 * and script_run and talks in frames of its own, from SCRIPT_FRAME_OWN on. Ownership: rows handed to a callback are
 * borrowed until it returns.
 */
#ifndef HONGZHU_PACK_SCRIPT_H
#define HONGZHU_PACK_SCRIPT_H

#include "host/worker.h"
#include "pack/image.h"
#include "pack/load.h"

enum {
  SCRIPT_FRAME_PACK = FRAME_FIRST_OF_ROLE, /* a pack's id, the extended first */
  SCRIPT_FRAME_FILE,                       /* a file's name, a NUL, its text */
  SCRIPT_FRAME_OPEN,                       /* JSON: {"word": …, "id": …, "key": …}, or {} for no function */
  SCRIPT_FRAME_JSON,                       /* a piece of a JSON text */
  SCRIPT_FRAME_ROWS,                       /* rows, each way (script_rows.c) */
  SCRIPT_FRAME_DONE,                       /* all rows given so far have been answered */
  SCRIPT_FRAME_OWN                         /* for other roles */
};

/* ---- in the parent ---- */

typedef struct script_order {
  const char *role;            /* of pack_roles */
  said doing;                  /* as worker_order.doing */
  const char *word, *id, *key; /* "rule", "cycle", "decide"; all NULL: no function */
  uint32_t seconds;            /* without progress; 0: 120 */
  const int *descriptors;      /* as worker_order.descriptors */
  size_t descriptors_count;
} script_order;

/* Starts the worker and sends it text and order. NULL with a fault. */
worker *script_start(const pack_text *text, const script_order *order, faults *problems);

/* `each` of an adapter: rows in as named texts, rows out as named texts, in order. */
typedef struct script_row {
  int32_t sheet;
  int64_t row; /* sheet and row of the file from which `put` made this */
  size_t count;
  const char *const *names; /* sorted */
  const char *const *texts; /* none is NULL */
} script_row;

typedef struct script_taking {
  void *context;
  bool (*row)(void *context, const script_row *row, faults *problems); /* false: stop, with a fault */
} script_taking;

typedef struct script_each script_each;
/* `columns` are the names under which cells are given. */
script_each *script_each_start(arena *a, const pack_text *text, const char *adapter, const char *const *columns,
                               size_t count, script_taking to, faults *problems);
/* One row of the file: a cell for each column, NULL where absent. Rows come back later, at the latest by the finish. */
bool script_each_row(script_each *s, int32_t sheet, int64_t row, const char *const *cells, faults *problems);
/* Ends the session, which is gone afterwards; to be called after a failure too. */
bool script_each_finish(script_each *s, faults *problems);

/* `body` of a report: what the function is given, as an object; the blocks it returns as an array of declarations (a
 * new reference), as image.h describes. NULL with faults. */
json_t *script_body(arena *a, const pack_text *text, const char *report, const json_t *given, faults *problems);

/* ---- in the child ---- */

/* A role from beginning to end: takes text and order, seals the worker, runs the text and, where that went well, lets
 * `work` do what the role is for: the function wanted is on top of box_state(l->box)'s stack. Then sends the faults and
 * the end frame. Returns the exit status. */
typedef void script_work(worker_child *c, loaded *l, arena *a, faults *problems);
int script_run(worker_child *c, script_work *work);

#endif
