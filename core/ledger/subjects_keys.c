/* The lists by which facts are found in places of the subject file: by key, cover, name, entity. */
#include "ledger/subjects_build.h"

#include <string.h>

/* A list under way: in any order. */
typedef struct key_list {
  subject_key *items;
  size_t count, capacity;
} key_list;

static void key_add(key_list *to, int64_t hash, fact_type type, int32_t row, int64_t id) {
  if (to->count == to->capacity) {
    to->capacity = 2 * to->capacity;
    to->items = large_resize(to->items, to->capacity * sizeof *to->items);
  }
  to->items[to->count++] = (subject_key){.hash = hash, .type = (uint8_t)type, .row = row, .fact = id};
}

static int64_t fact_of(const build_table *t, uint32_t row) {
  return build_value(t, SECTION_FACT, row);
}

static void list_entities(const subject_builder *b, key_list *to) {
  for (size_t i = 0; i < b->entity_slots; i++) {
    const entity_slot *slot = &b->entities[i];
    if (slot->entity == 0) continue;
    const build_table *t = &b->of[slot->type];
    int32_t position = t->position[slot->row];
    key_add(to, slot->entity, (fact_type)slot->type, position, fact_of(t, t->order[position]));
  }
}

static void list_names(const subject_builder *b, const build_names *names, key_list *to) {
  for (size_t i = 0; i < names->count; i++) {
    const build_name *n = &names->items[i];
    const build_table *t = &b->of[n->type];
    key_add(to, n->hash, n->type, t->position[n->row], fact_of(t, n->row));
  }
}

static void list_rows(const subject_builder *b, section_column column, fact_type type, key_list *to) {
  const build_table *t = &b->of[type];
  const unsigned by = column == SECTION_KEYS ? BUILD_KEY : column == SECTION_COVERS ? BUILD_COVER : BUILD_TOLD_BY;
  if (t->columns[by].at == NULL && t->columns[by].same == 0) return;
  for (uint32_t i = 0; i < t->count; i++) {
    int64_t value = build_value(t, by, i);
    int32_t position = t->position == NULL ? -1 : t->position[i];
    if (value == 0 || (by == BUILD_TOLD_BY && position < 0)) continue;
    key_add(to, by == BUILD_TOLD_BY ? subjects_row_hash(type, position) : value, type, position, fact_of(t, i));
  }
}

/* ---- order ---- */

#define HEAP     11 /* bits by which a long list is dealt out first, and each heap of it then */
#define HEAPS    ((size_t)1 << HEAP)
#define LONG     ((size_t)1 << 16)
#define HEAP_BIG ((size_t)1 << 14)

static bool before(const subject_key *a, const subject_key *b) {
  return a->hash != b->hash ? a->hash < b->hash : a->fact < b->fact;
}

/* Digests lie evenly: their first bits deal them out into heaps of about one size. */
static size_t heap_of(int64_t hash, unsigned shift) {
  return (size_t)((uint64_t)hash >> shift) & (HEAPS - 1);
}

/* There are fewer than 2^32 keys. */
static void deal(const subject_key *from, subject_key *to, size_t count, unsigned shift, uint32_t ends[HEAPS]) {
  memset(ends, 0, HEAPS * sizeof *ends);
  for (size_t i = 0; i < count; i++) ends[heap_of(from[i].hash, shift)]++;
  uint32_t sum = 0;
  for (size_t h = 0; h < HEAPS; h++) {
    const uint32_t here = ends[h];
    ends[h] = sum;
    sum += here;
  }
  for (size_t i = 0; i < count; i++) to[ends[heap_of(from[i].hash, shift)]++] = from[i];
}

/* Two deals and few steps; false where some heap is too big for that, the list being as it was. `spare`: as long. */
static bool order_even(subject_key *keys, subject_key *spare, size_t count) {
  uint32_t first[HEAPS], second[HEAPS];
  const unsigned shift = 63 - HEAP; /* digest_key gives no negative number */
  memset(first, 0, sizeof first);
  for (size_t i = 0; i < count; i++) {
    if (keys[i].hash < 0 || ++first[heap_of(keys[i].hash, shift)] > HEAP_BIG) return false;
  }
  deal(keys, spare, count, shift, first);
  for (size_t h = 0, from = 0; h < HEAPS; from = first[h++]) {
    deal(spare + from, keys + from, first[h] - from, shift - HEAP, second);
    for (size_t i = from + 1; i < first[h]; i++) {
      subject_key moved = keys[i];
      size_t to = i;
      for (; to > from && before(&moved, &keys[to - 1]); to--) keys[to] = keys[to - 1];
      keys[to] = moved;
    }
  }
  return true;
}

/* By hash, then fact; covers by hash, then table and row, then fact. */
static subject_key *order_any(const subject_builder *b, subject_key *keys, size_t count, bool by_row) {
  sort_item *items = large_take(b->folder, (count + 1) * 2 * sizeof *items);
  for (size_t i = 0; i < count; i++) items[i] = (sort_item){(uint64_t)keys[i].fact, (uint32_t)i};
  sort_items(items, items + count, count);
  for (size_t i = 0; by_row && i < count; i++) {
    const subject_key *key = &keys[items[i].row];
    items[i].key = (uint64_t)key->type << 32 | (uint32_t)(key->row + 1);
  }
  if (by_row) sort_items(items, items + count, count);
  for (size_t i = 0; i < count; i++) items[i].key = (uint64_t)keys[items[i].row].hash ^ UINT64_C(1) << 63;
  sort_items(items, items + count, count);
  subject_key *sorted = large_take(b->folder, (count + 1) * sizeof *sorted);
  for (size_t i = 0; i < count; i++) sorted[i] = keys[items[i].row];
  large_free(items);
  large_free(keys);
  return sorted;
}

subject_key *builder_keys(const subject_builder *b, section_column column, size_t *count) {
  key_list list = {.capacity = 256};
  list.items = large_take(b->folder, list.capacity * sizeof *list.items);
  if (column == SECTION_ENTITIES) list_entities(b, &list);
  if (column == SECTION_NAMES) list_names(b, &b->names, &list);
  if (column == SECTION_LOOSE) list_names(b, &b->loose, &list);
  bool by_rows = column == SECTION_KEYS || column == SECTION_COVERS || column == SECTION_FOLDED;
  for (fact_type type = FACT_PERSON; by_rows && type < FACT_TYPES; type++) list_rows(b, column, type, &list);
  *count = list.count;
  if (column == SECTION_KEYS && list.count >= LONG) {
    subject_key *spare = large_take(b->folder, list.count * sizeof *spare);
    bool ordered = order_even(list.items, spare, list.count);
    large_free(spare);
    if (ordered) return list.items;
  }
  return order_any(b, list.items, list.count, column == SECTION_COVERS);
}
