#include "task/seen.h"

enum { FIRST = 1024 };

/* Larger ones belong to a file: each look into it may then cost the wait for a page. */
#define INDEX_PRIVATE ((size_t)32 << 20)
#define LIST_PRIVATE  ((size_t)1 << 20)

/* Keys are digests: any of their bits are spread evenly. */
static size_t slot_of(const seen *s, int64_t key) {
  return (size_t)((uint64_t)key >> 20) & (s->size - 1);
}

static uint64_t entry_of(int64_t key, size_t number) {
  return (uint64_t)key << 32 | number;
}

static void note(seen *s, int64_t key, size_t number) {
  size_t at = slot_of(s, key);
  while (s->index[at] != 0) at = (at + 1) & (s->size - 1);
  s->index[at] = entry_of(key, number);
}

/* The index is made anew from the list, so that never two of them are there. */
static void grow(seen *s, size_t size) {
  scratch_free(&s->index_room);
  s->size = size;
  s->index_room = (scratch){.folder = s->folder, .private_most = INDEX_PRIVATE};
  s->index = scratch_grow(&s->index_room, s->size * sizeof *s->index);
  for (size_t i = 0; i < s->count; i++) note(s, s->list[i].key, i + 1);
}

static seen_key *find(const seen *s, int64_t key) {
  if (s->size == 0) return NULL;
  for (size_t at = slot_of(s, key); s->index[at] != 0; at = (at + 1) & (s->size - 1)) {
    if (s->index[at] >> 32 != ((uint64_t)key & UINT32_MAX)) continue;
    seen_key *one = &s->list[(s->index[at] & UINT32_MAX) - 1];
    if (one->key == key) return one;
  }
  return NULL;
}

void seen_soon(const seen *s, int64_t key) {
  if (s->size > 0) __builtin_prefetch(&s->index[slot_of(s, key)], 1);
}

const seen_key *seen_find(const seen *s, int64_t key) {
  return find(s, key);
}

void seen_set(seen *s, int64_t key, int64_t sum) {
  seen_key *there = find(s, key);
  if (there != NULL) {
    there->sum = sum;
    return;
  }
  if (s->count == UINT32_MAX) memory_exhausted();
  if ((s->count + 1) * 4 > s->size * 3) grow(s, s->size == 0 ? FIRST : 2 * s->size);
  if (s->list_room.size == 0) s->list_room = (scratch){.folder = s->folder, .private_most = LIST_PRIVATE};
  s->list = scratch_grow(&s->list_room, (s->count + 1) * sizeof *s->list);
  s->list[s->count++] = (seen_key){key, sum};
  note(s, key, s->count);
}

void seen_expect(seen *s, size_t count) {
  size_t size = s->size == 0 ? FIRST : s->size;
  while (size < INDEX_PRIVATE / sizeof *s->index && size * 3 < count * 4) size *= 2;
  if (size > s->size) grow(s, size);
}

void seen_free(seen *s) {
  scratch_free(&s->list_room);
  scratch_free(&s->index_room);
  *s = (seen){.folder = s->folder};
}
