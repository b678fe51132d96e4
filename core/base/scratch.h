/* scratch: room for large arrays whose pages belong to an unnamed file, not to this process.
 *
 * What grows with the population (tables of an import, rows that are put in order) lies here, so that the system may
 * write pages out and take them back where memory is short. The file has no name: nothing is left of it when the
 * process ends, however it ends. Where the folder takes no such file, its pages are the system's memory.
 * A table that is looked into at random is much quicker in private memory, in few large pages; `private_most` says up
 * to which size that is worth it. Ownership: scratch_free. Errors: none are returned; a program that can get no room
 * ends as arena.h says.
 */
#ifndef HONGZHU_BASE_SCRATCH_H
#define HONGZHU_BASE_SCRATCH_H

#include "base/arena.h"

typedef struct scratch { /* zero-initialise but for the folder */
  const char *folder;    /* borrowed; NULL: memory of the system */
  size_t private_most;   /* up to so many bytes it is memory of this process */
  void *at;              /* moves when it grows */
  size_t size;
  int descriptor; /* while size > 0; -1: memory of this process */
} scratch;

/* At least so many bytes; new ones are zero. Returns where they are. */
void *scratch_grow(scratch *s, size_t size);
void scratch_free(scratch *s);

/* The same as memory that is taken, resized and given back: what is small stays in memory. New bytes are zero. The
 * folder is borrowed until the memory is given back. */
void *large_take(const char *folder, size_t size);
void *large_resize(void *at, size_t size); /* it moves; never smaller */
void large_free(void *at);                 /* NULL is allowed */

#endif
