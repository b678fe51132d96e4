/* load: running a pack's text in a box: what image_make, cases and the ways out share. Inside a worker only.
 *
 * The box stays open, so that a function of a declaration can be found and called afterwards. Files that fail do not
 * keep the others from running, so that an author sees all mistakes at once; the names of recognitions are the
 * exception.
 */
#ifndef HONGZHU_PACK_LOAD_H
#define HONGZHU_PACK_LOAD_H

#include "host/box.h"

typedef struct loaded {
  box *box;              /* owned */
  json_t *files, *order; /* borrowed */
} loaded;

/* Runs them. False with faults; the box is to be freed with load_free in any case. */
bool load_text(arena *a, json_t *files, json_t *order, loaded *out, faults *problems);
void load_free(loaded *l);

/* The image of what was loaded: a new reference; NULL with faults. */
json_t *load_image(loaded *l, faults *problems);

/* Leaves the function under `key` of the declaration `word` with this id on the Lua stack; false with a fault. */
bool load_function(loaded *l, const char *word, const char *id, const char *key, faults *problems);

#endif
