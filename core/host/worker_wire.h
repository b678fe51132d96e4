/* worker_wire: what parent and child of a worker agree on, besides frames. */
#ifndef HONGZHU_HOST_WORKER_WIRE_H
#define HONGZHU_HOST_WORKER_WIRE_H

#include "base/json.h"
#include "host/worker.h"

#include <sys/types.h>

enum { WORKER_IN = 3, WORKER_OUT = 4, WORKER_PAGE = 5 }; /* descriptors of the child */

/* Exit statuses of the child that mean something; any other comes from foreign code. */
enum { WORKER_OUT_OF_MEMORY = 70, WORKER_REFUSED = 91, WORKER_UNCONFINED = 92, WORKER_NO_ROLE = 93 };

/* argv of the child: program, "--worker", role, settings, folder ("" for none), libraries…, the role's arguments.
 * Settings: memory:seconds:descriptors:parent:libraries:fonts, as numbers. */
enum { WORKER_ARGUMENTS_FIXED = 5 };

#define WORKER_SAYS_MOST 256

/* What an end frame holds: all that the worker sent before it, and a number that the parent made up for this worker.
 * Foreign code that writes to the report itself has neither: its frames are too many, its end is no end. (A reader may
 * still give false rows through its doors; no check of ours can know that.) */
typedef struct worker_ending {
  uint64_t nonce, frames, bytes;
} worker_ending;

/* Shared memory that survives any death of the child. The parent copies it before it looks: it may be forged. */
typedef struct worker_page {
  uint64_t progress; /* counts up */
  int64_t number;
  int32_t refused; /* a system call, where the exit status is WORKER_REFUSED */
  int32_t reason;  /* errno, where it is WORKER_UNCONFINED */
  uint64_t nonce;  /* taken away by the child before foreign code runs */
  char says[WORKER_SAYS_MOST];
  uint64_t used; /* bytes, see worker_child_used */
} worker_page;

/* Why the parent itself ended a worker. */
typedef enum worker_end {
  WORKER_ENDED_ITSELF,
  WORKER_ENDED_SILENT, /* no progress in time */
  WORKER_ENDED_SLOW,   /* progress, but no end in the whole time */
  WORKER_ENDED_GARBAGE,
  WORKER_ENDED_FORGED, /* an end that does not fit what came before it */
  WORKER_ENDED_FLOOD   /* more than is kept while it is being fed */
} worker_end;

typedef struct worker_death {
  said doing;
  worker_end end;
  int status; /* of waitpid */
  bool end_frame;
  uint64_t memory, resident; /* bytes allowed; bytes it had at most */
  uint32_t seconds, seconds_in_all;
  uint32_t type, length; /* of the frame that was none, for WORKER_ENDED_GARBAGE */
  worker_page page;      /* a copy */
} worker_death;

/* One fault that says how it died and, in the words of its page, where. */
void worker_report(const worker_death *death, faults *problems);

/* A fault as the bytes of FRAME_FAULT and back; reading distrusts: false if it is no fault. */
char *worker_fault_text(arena *a, const fault *f);
bool worker_fault_read(const frame *f, faults *problems, bool *warning);

#endif
