#include "ledger/subjects_words.h"

#include "base/scratch.h"
#include "ledger/columns.h"

#include <stdlib.h>
#include <string.h>

const char *words_text(const word_pool *p, uint32_t word) {
  return word == 0 ? "" : p->bytes + p->at[word];
}

static size_t slot_of(const word_pool *p, const char *text, size_t size) {
  size_t at = (size_t)checksum_of(text, size) & (p->slot_count - 1);
  while (p->slots[at] != 0 && strcmp(words_text(p, p->slots[at]), text) != 0) at = (at + 1) & (p->slot_count - 1);
  return at;
}

static void slots_grow(word_pool *p) {
  p->slot_count = p->slot_count == 0 ? 1024 : 2 * p->slot_count;
  large_free(p->slots);
  p->slots = large_take(p->folder, p->slot_count * sizeof *p->slots);
  for (uint32_t word = 1; word <= p->count; word++) {
    const char *text = words_text(p, word);
    p->slots[slot_of(p, text, strlen(text))] = word;
  }
}

uint32_t words_find(const word_pool *p, const char *text) {
  return text == NULL || p->slot_count == 0 ? 0 : p->slots[slot_of(p, text, strlen(text))];
}

static void *room(const word_pool *p, void *at, size_t size) {
  return at == NULL ? large_take(p->folder, size) : large_resize(at, size);
}

uint32_t words_add(word_pool *p, const char *text, bool *added) {
  if (added != NULL) *added = false;
  if (text == NULL) return 0;
  if (2 * ((size_t)p->count + 1) > p->slot_count) slots_grow(p);
  size_t size = strlen(text);
  size_t slot = slot_of(p, text, size);
  if (p->slots[slot] != 0) return p->slots[slot];
  if (added != NULL) *added = true;
  if ((size_t)p->count + 2 > p->capacity) {
    p->capacity = p->capacity == 0 ? 1024 : 2 * p->capacity;
    p->at = room(p, p->at, p->capacity * sizeof *p->at);
  }
  if (p->room - p->length < size + 1) {
    p->room = 2 * (p->room + size) + 1024;
    p->bytes = room(p, p->bytes, p->room);
  }
  p->at[++p->count] = p->length;
  memcpy(p->bytes + p->length, text, size + 1);
  p->length += size + 1;
  return p->slots[slot] = p->count;
}

/* The first eight bytes in front, so that most comparisons need not look at the texts. */
typedef struct sortable {
  uint64_t head;
  uint32_t word;
  const char *text;
} sortable;

static int by_bytes(const void *a, const void *b) {
  const sortable *left = a, *right = b;
  if (left->head != right->head) return left->head < right->head ? -1 : 1;
  return strcmp(left->text, right->text);
}

void words_order(const word_pool *p, uint32_t **order, uint32_t **rank) {
  sortable *all = large_take(p->folder, ((size_t)p->count + 1) * sizeof *all);
  for (uint32_t word = 1; word <= p->count; word++) {
    const char *text = words_text(p, word);
    uint64_t head = 0;
    for (size_t i = 0, ended = 0; i < 8; i++) {
      if (!ended && text[i] == '\0') ended = 1;
      head = head << 8 | (ended ? 0 : (unsigned char)text[i]);
    }
    all[word - 1] = (sortable){head, word, text};
  }
  qsort(all, p->count, sizeof *all, by_bytes);
  *order = large_take(p->folder, ((size_t)p->count + 1) * sizeof **order);
  *rank = large_take(p->folder, ((size_t)p->count + 1) * sizeof **rank);
  for (uint32_t k = 1; k <= p->count; k++) {
    (*order)[k] = all[k - 1].word;
    (*rank)[all[k - 1].word] = k;
  }
  large_free(all);
}

void words_free(word_pool *p) {
  large_free(p->bytes);
  large_free(p->at);
  large_free(p->slots);
  *p = (word_pool){0};
}
