/* private_folder: the private folder of a worker, made for it and removed whatever it left there. Who made it holds a
 * lock on it, which no process outlives: a folder without one is what a process that was ended left, and goes with the
 * next that is made. */
#ifndef HONGZHU_HOST_PRIVATE_FOLDER_H
#define HONGZHU_HOST_PRIVATE_FOLDER_H

#include "base/arena.h"

#include <stdbool.h>

typedef struct private_folder {
  char *path; /* NULL: none */
  int lock;   /* a descriptor of it; -1: none */
} private_folder;

/* A new folder under TMPDIR or /tmp that nobody else may enter; path NULL with errno. */
private_folder private_folder_make(arena *a);
/* With all that is in it, however deep and whoever may enter it; the worker must be dead. False if something is left.
 */
bool private_folder_remove(private_folder *folder);

#endif
