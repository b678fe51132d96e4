/* standing_entries: who stands, by subject, in few bytes. Within the ledger floor only.
 *
 * Entries lie in groups of a hundred, with the first subject and the first day due of each group before them, so that
 * a few are found without reading the others. Numbers are as base/compact.h has them:
 *   how many groups; of each: how many entries, its first subject and its first day due (each less that of the group
 *   before), how many bytes
 *   the groups; of each entry a byte that says what follows, then that
 *
 * Ownership: bytes are borrowed. What is read is borrowed until the next is; once many were looked for it is kept, in
 * an unnamed file of the folder (base/scratch.h). A group that is none, though it was stored so, has no entries.
 */
#ifndef HONGZHU_LEDGER_STANDING_ENTRIES_H
#define HONGZHU_LEDGER_STANDING_ENTRIES_H

#include "ledger/standing.h"

typedef struct standing_group {
  const unsigned char *bytes;
  size_t size;
  size_t first, count; /* where its entries stand among all */
  int64_t subject;     /* of the first one */
  day first_due;
  bool read, bad;
} standing_group;

struct standing_entries {
  standing_group *groups;
  size_t group_count;
  size_t count;
  size_t largest;        /* group */
  standing_entry *near;  /* those of one group; NULL: none was read */
  size_t near_group;     /* which, counted from 1 */
  size_t found;          /* how often one was looked for */
  standing_entry *items; /* by subject; those of groups that are kept are there. NULL: none is */
  const char *folder;
  arena *memory;
};

void standing_entries_pack(const standing_entry *items, size_t count, buffer *out);
/* False where the bytes are none. */
bool standing_entries_open(standing_entries *e, const void *bytes, size_t size, const char *folder, arena *a);
/* Of one group; borrowed until another is asked for. */
const standing_entry *standing_entries_group(standing_entries *e, size_t group, size_t *count);
/* Borrowed until another is looked for; NULL. */
const standing_entry *standing_entries_find(standing_entries *e, int64_t subject);

#endif
