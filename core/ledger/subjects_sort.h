/* subjects_sort: stable sorting of row numbers by 64-bit keys. Within the ledger floor only. */
#ifndef HONGZHU_LEDGER_SUBJECTS_SORT_H
#define HONGZHU_LEDGER_SUBJECTS_SORT_H

#include <stddef.h>
#include <stdint.h>

typedef struct sort_item {
  uint64_t key;
  uint32_t row;
} sort_item;

/* Stable; `spare` has room for as many. Digits that do not differ cost nothing, sorted items one pass. */
void sort_items(sort_item *items, sort_item *spare, size_t count);

#endif
