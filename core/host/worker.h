/* worker: foreign code in a child process that owns nothing.
 *
 * A worker is this program run again (posix_spawn of /proc/self/exe with "--worker ROLE"), with a pair of pipes, a
 * status page and the descriptors it is given; everything else is close-on-exec. It has limits on data, CPU time, files
 * and processes, Landlock and seccomp (host/confine.h), and no ledger. A worker has succeeded when its end frame came
 * and it exited with 0. What is read from it, the status page included, is distrusted.
 *
 * Threads: a worker belongs to the thread that started it, and dies with that thread.
 *
 * Frames: 4 bytes type, 4 bytes length (little endian), then the bytes; at most FRAME_MOST bytes; never empty of type.
 * Roles are registered by the floor that knows them; the table is given to worker_child_main by cli/main.c.
 */
#ifndef HONGZHU_HOST_WORKER_H
#define HONGZHU_HOST_WORKER_H

#include "base/fault.h"

#define FRAME_MOST (UINT32_C(16) << 20)

typedef struct frame {
  uint32_t type;
  uint32_t length;
  const uint8_t *bytes; /* borrowed until the next call for the same worker */
} frame;

enum { FRAME_END = 1, FRAME_FAULT = 2, FRAME_FIRST_OF_ROLE = 16 };

/* ---- in the parent ---- */

typedef struct worker worker;

typedef struct worker_order {
  const char *role;             /* "read", "write", "pack" … */
  said doing;                   /* what the user is told it was doing if it dies: reader "xlsx" on "roster.xlsx" */
  const char *const *arguments; /* NULL-terminated; may be NULL */
  const int *descriptors;       /* given to the child as WORKER_FIRST_DESCRIPTOR, +1 … */
  size_t descriptors_count;
  const char *const *libraries; /* plugin files it may open, NULL-terminated; may be NULL */
  uint64_t memory;              /* bytes of private data; 0: 512 MiB */
  uint32_t seconds;             /* without progress; 0: 30 */
  uint32_t seconds_in_all;      /* of waiting for it, and of its computing; 0: twenty times those without progress */
  bool folder;                  /* gets one private folder for temporary files, removed afterwards */
  bool fonts;                   /* may read the system's fonts */
} worker_order;

worker *worker_start(const worker_order *order, faults *problems);
/* Sends a frame; false with a fault if the worker is gone. A worker that writes while it is being fed does not block
 * the parent: frames that come in meanwhile are kept. */
bool worker_send(worker *w, uint32_t type, const void *bytes, size_t length, faults *problems);
bool worker_send_end(worker *w, faults *problems); /* no more frames will follow */
/* The next frame that is neither end nor fault. False at the end (*good says whether it ended well) or on a fault. */
bool worker_receive(worker *w, frame *out, bool *good, faults *problems);
/* The same, but only frames that are here already: never waits, never reports. */
bool worker_receive_kept(worker *w, frame *out);
/* From now on it does something else, which is what is said if it dies; the time it may take in all begins anew. */
void worker_turn(worker *w, said doing);
/* What it says that it has used of what it works on, which may be any number. */
uint64_t worker_used(const worker *w);
/* Waits for it, kills it if it does not end, reports how it died (signal, limit, time, refused system call, with the
 * words of its status page). True if end frame and exit status are good. */
bool worker_finish(worker *w, faults *problems);
void worker_stop(worker *w); /* instead of worker_finish: ends it at once and says nothing; NULL is allowed */

/* ---- in the child ---- */

#define WORKER_FIRST_DESCRIPTOR 6

typedef struct worker_child worker_child;
/* argv[0] is the first of the order's arguments. Returns the exit status. */
typedef int worker_role(worker_child *c, int argc, char **argv);

typedef struct worker_role_row {
  const char *name;
  worker_role *run;
} worker_role_row;

/* Called by main when argv[1] is "--worker": sets limits, runs the role. */
int worker_child_main(const worker_role_row *roles, int argc, char **argv);

bool worker_child_receive(worker_child *c, frame *out); /* false at the end of the parent's frames */
void worker_child_send(worker_child *c, uint32_t type, const void *bytes, size_t length); /* buffered */
void worker_child_flush(worker_child *c);
void worker_child_fault(worker_child *c, const fault *f); /* sent as FRAME_FAULT: one of the user's errors */
void worker_child_end(worker_child *c);                   /* sends the end frame */
/* Onto the status page; cheap, and counts as progress. With a number, "row" and "sheet 2" are worded by the parent
 * ("sheet 2, row 8412"); other words are shown as they are, the number, unless it is 0, behind them. */
void worker_child_status(worker_child *c, const char *what, int64_t number);
/* How much of what it works on it has used; onto the status page too. */
void worker_child_used(worker_child *c, uint64_t bytes);
int worker_child_descriptor(worker_child *c, size_t which); /* a descriptor of the order; -1 if there is none */
const char *worker_child_folder(worker_child *c);           /* the private folder or NULL */
/* The second, tighter layer: after this no file can be opened and no library loaded. */
bool worker_child_seal(worker_child *c);

#endif
