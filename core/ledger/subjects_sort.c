#include "ledger/subjects_sort.h"

#include <string.h>

#define DIGIT 11
#define RANGE (1 << DIGIT)

#define FEW 48 /* so many are put in their places one by one */

static void sort_few(sort_item *items, size_t count) {
  for (size_t i = 1; i < count; i++) {
    sort_item moved = items[i];
    size_t to = i;
    for (; to > 0 && items[to - 1].key > moved.key; to--) items[to] = items[to - 1];
    items[to] = moved;
  }
}

void sort_items(sort_item *items, sort_item *spare, size_t count) {
  uint64_t differing = 0;
  size_t sorted = 1;
  for (size_t i = 1; i < count; i++) {
    differing |= items[i].key ^ items[0].key;
    sorted += items[i - 1].key <= items[i].key;
  }
  if (sorted >= count) return;
  if (count <= FEW) {
    sort_few(items, count);
    return;
  }
  sort_item *from = items, *to = spare;
  for (unsigned shift = 0; shift < 64; shift += DIGIT) {
    if (((differing >> shift) & (RANGE - 1)) == 0) continue;
    size_t at[RANGE] = {0};
    for (size_t i = 0; i < count; i++) at[(from[i].key >> shift) & (RANGE - 1)]++;
    size_t sum = 0;
    for (size_t d = 0; d < RANGE; d++) {
      size_t here = at[d];
      at[d] = sum;
      sum += here;
    }
    for (size_t i = 0; i < count; i++) to[at[(from[i].key >> shift) & (RANGE - 1)]++] = from[i];
    sort_item *swap = from;
    from = to;
    to = swap;
  }
  if (from != items) memcpy(items, from, count * sizeof *items);
}
