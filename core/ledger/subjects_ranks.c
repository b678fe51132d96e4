/* Words and sources by their ranks. */
#include "ledger/subjects_build.h"

#include <stdlib.h>
#include <string.h>

/* ---- words and sources get their ranks ---- */

static void rank_words(subject_builder *b) {
  words_order(&b->words, &b->by_rank, &b->rank);
  b->ranked = b->words.count;
  const uint32_t *rank = b->rank;
  for (size_t i = 0; i < b->attribute_count; i++) {
    build_attribute *at = &b->attributes[i];
    at->name = rank[at->name];
    if (at->type == ATTRIBUTE_TEXT) at->value = rank[at->value];
  }
  /* Stable and short: the texts of one array stay in their order. */
  for (size_t l = 1; l < b->list_count; l++) {
    build_attribute *first = b->attributes + b->list[l].first;
    for (uint32_t i = 1; i < b->list[l].count; i++) {
      build_attribute moved = first[i];
      uint32_t to = i;
      for (; to > 0 && first[to - 1].name > moved.name; to--) first[to] = first[to - 1];
      first[to] = moved;
    }
  }
}

int build_source_compare(const build_source *a, const build_source *b) {
  int order = memcmp(a->file.bytes, b->file.bytes, DIGEST_SIZE);
  if (order == 0) order = strcmp(a->name, b->name);
  if (order == 0) order = strcmp(a->adapter, b->adapter);
  return order;
}

typedef struct source_item {
  const build_source *source;
  uint32_t number;
} source_item;

static int by_source(const void *a, const void *b) {
  const source_item *left = a, *right = b;
  int order = build_source_compare(left->source, right->source);
  return order != 0 ? order : (left->number > right->number) - (left->number < right->number);
}

static void rank_sources(subject_builder *b) {
  source_item *items = memory_take((b->source_count + 1) * sizeof *items);
  size_t count = 0;
  for (uint32_t i = 0; i < b->source_count; i++) {
    if (b->sources[i].used) items[count++] = (source_item){&b->sources[i], i};
  }
  qsort(items, count, sizeof *items, by_source);
  b->source_order = memory_take((count + 1) * sizeof *b->source_order);
  for (size_t i = 0; i < count; i++) {
    if (i == 0 || build_source_compare(items[i - 1].source, items[i].source) != 0)
      b->source_order[b->sources_used++] = items[i].number;
    b->sources[items[i].number].rank = b->sources_used - 1;
  }
  free(items);
}

void builder_rank(subject_builder *b) {
  rank_words(b);
  rank_sources(b);
}

/* ---- words that nobody says any more ---- */

static void mark_list(const subject_builder *b, uint32_t list, uint8_t *spoken) {
  for (uint32_t i = 0; i < b->list[list].count; i++) {
    const build_attribute *one = &b->attributes[b->list[list].first + i];
    spoken[one->name] = 1;
    if (one->type == ATTRIBUTE_TEXT) spoken[one->value] = 1;
  }
}

static void mark_table(const subject_builder *b, const build_table *t, uint8_t *spoken, uint8_t *listed) {
  for (unsigned column = SECTION_KIND; column <= SECTION_UNIT; column++) {
    for (uint32_t k = 0; k < t->ordered; k++) spoken[b->rank[build_value(t, column, t->order[k])]] = 1;
  }
  for (uint32_t k = 0; k < t->ordered; k++) {
    uint32_t list = (uint32_t)build_value(t, BUILD_LIST, t->order[k]);
    if (!listed[list]) mark_list(b, list, spoken);
    listed[list] = 1;
  }
}

void builder_drop_words(subject_builder *b) {
  bool told = false;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) told = told || b->of[type].ordered < b->of[type].count;
  if (!told) return;
  uint8_t *spoken = large_take(b->folder, (size_t)b->ranked + 1), *listed = large_take(b->folder, b->list_count + 1);
  uint32_t *left = large_take(b->folder, ((size_t)b->ranked + 1) * sizeof *left), count = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) mark_table(b, &b->of[type], spoken, listed);
  for (uint32_t rank = 1; rank <= b->ranked; rank++) {
    if (!spoken[rank]) continue;
    left[rank] = ++count;
    b->by_rank[count] = b->by_rank[rank];
  }
  b->ranked = count;
  for (uint32_t word = 1; word <= b->words.count; word++) b->rank[word] = left[b->rank[word]];
  for (size_t i = 0; i < b->attribute_count; i++) {
    build_attribute *one = &b->attributes[i];
    one->name = left[one->name];
    if (one->type == ATTRIBUTE_TEXT) one->value = left[one->value];
  }
  large_free(spoken);
  large_free(listed);
  large_free(left);
}
