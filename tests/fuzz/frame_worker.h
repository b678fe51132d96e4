/* frame_worker: a worker that sends what the input says, in the place of host/worker.c. */
#ifndef HONGZHU_TESTS_FUZZ_FRAME_WORKER_H
#define HONGZHU_TESTS_FUZZ_FRAME_WORKER_H

#include "fuzz.h"

/* Frames of all workers started from now on: type above FRAME_FIRST_OF_ROLE (255: a fault) and length in two bytes,
 * little endian, then bytes. */
void frames_from(fuzz_bytes input);

#endif
