/* private_folder: the private folder of a worker, made for it and removed whatever it left there. */
#ifndef HONGZHU_HOST_PRIVATE_FOLDER_H
#define HONGZHU_HOST_PRIVATE_FOLDER_H

#include "base/arena.h"

#include <stdbool.h>

/* A new folder under TMPDIR or /tmp that nobody else may enter; NULL with errno. */
char *private_folder_make(arena *a);
/* With all that is in it, however deep and whoever may enter it; the worker must be dead. False if something is left.
 */
bool private_folder_remove(const char *folder);

#endif
