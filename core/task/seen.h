/* seen: the keys that a file has had so far, each with a sum of what was said under it.
 *
 * Sixteen bytes for each key in the order in which they came, and eight to sixteen in an index to them, both outside
 * this process's private memory but for an index of up to a few million keys. Ownership: seen_free.
 */
#ifndef HONGZHU_TASK_SEEN_H
#define HONGZHU_TASK_SEEN_H

#include "base/scratch.h"

#include <stdbool.h>

typedef struct seen_key {
  int64_t key, sum;
} seen_key;

typedef struct seen { /* zero-initialise but for the folder, which is borrowed */
  const char *folder;
  scratch list_room, index_room;
  seen_key *list;
  size_t count;
  uint64_t *index; /* open addressing: half of the key and the number of its entry, counted from 1; 0 is free */
  size_t size;     /* of the index, a power of two */
} seen;

/* That a key will be asked for soon: where it may stand is brought nearer meanwhile. */
void seen_soon(const seen *s, int64_t key);
const seen_key *seen_find(const seen *s, int64_t key); /* NULL: not yet; borrowed until the next seen_set */
void seen_set(seen *s, int64_t key, int64_t sum);
/* That so many keys in all may come: one index is made for them, as far as it is private, in place of several. */
void seen_expect(seen *s, size_t count);
void seen_free(seen *s);

#endif
