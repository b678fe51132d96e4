/* One row of each entity, references as positions, rows in an order that only depends on what the facts say. */
#include "ledger/subjects_build.h"

#include <stdlib.h>
#include <string.h>

/* ---- words and sources get their ranks ---- */

static void rank_words(subject_builder *b) {
  words_order(&b->words, &b->by_rank, &b->rank);
  const uint32_t *rank = b->rank;
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    build_table *t = &b->of[type];
    for (build_row *r = t->rows, *end = t->rows + t->count; r < end; r++) {
      r->kind = rank[r->kind];
      r->code = rank[r->code];
      r->name = rank[r->name];
      r->level = rank[r->level];
      r->mode = rank[r->mode];
      r->status = rank[r->status];
      r->unit = rank[r->unit];
    }
  }
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

/* Imports of the same bytes under the same name by the same adapter are one source: which of them told a fact first
 * is not to be seen. */
static int source_compare(const build_source *a, const build_source *b) {
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
  int order = source_compare(left->source, right->source);
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
    if (i == 0 || source_compare(items[i - 1].source, items[i].source) != 0)
      b->source_order[b->sources_used++] = items[i].number;
    b->sources[items[i].number].rank = b->sources_used - 1;
  }
  free(items);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    build_table *t = &b->of[type];
    for (uint32_t i = 0; i < t->count; i++) t->rows[i].source = b->sources[t->rows[i].source].rank;
  }
}

/* ---- order ---- */

#define COMPARE(member)                                                                                                \
  if (left->member != right->member) return left->member < right->member ? -1 : 1

static int compare_attributes(const subject_builder *b, uint32_t left, uint32_t right) {
  if (left == right) return 0;
  const build_list *l = &b->list[left], *r = &b->list[right];
  for (uint32_t i = 0; i < l->count && i < r->count; i++) {
    const build_attribute *x = &b->attributes[l->first + i], *y = &b->attributes[r->first + i];
    if (x->name != y->name) return x->name < y->name ? -1 : 1;
    if (x->type != y->type) return x->type < y->type ? -1 : 1;
    if (x->bound != y->bound) return x->bound < y->bound ? -1 : 1;
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
  }
  return (l->count > r->count) - (l->count < r->count);
}

/* Everything a fact says and where it stands, with its id last: two facts that differ in nothing else are
 * interchangeable. */
static int compare_rows(const subject_builder *b, const build_row *left, const build_row *right) {
  COMPARE(source);
  COMPARE(sheet);
  COMPARE(row);
  COMPARE(part);
  COMPARE(kind);
  COMPARE(code);
  COMPARE(name);
  COMPARE(since);
  COMPARE(until);
  COMPARE(level);
  COMPARE(mode);
  COMPARE(status);
  COMPARE(unit);
  COMPARE(millionths);
  COMPARE(bound);
  COMPARE(subject_type);
  COMPARE(object_type);
  COMPARE(subject);
  COMPARE(object);
  COMPARE(place);
  COMPARE(key);
  COMPARE(cover);
  int order = compare_attributes(b, left->attributes, right->attributes);
  if (order != 0) return order;
  COMPARE(fact);
  return 0;
}

typedef struct comparing {
  const subject_builder *of;
  const build_row *rows;
} comparing;

static int by_content(const void *a, const void *b, void *context) {
  const comparing *c = context;
  return compare_rows(c->of, &c->rows[*(const uint32_t *)a], &c->rows[*(const uint32_t *)b]);
}

static uint64_t up_to(int64_t value, unsigned bits) {
  int64_t most = (INT64_C(1) << bits) - 1;
  return value < 0 ? 0 : value > most ? (uint64_t)most : (uint64_t)value;
}

static uint64_t first_day(const build_row *r) {
  return r->since == DATE_NONE ? 0 : (uint64_t)((int64_t)date_first(r->since) - INT32_MIN);
}

typedef enum sort_key { KEY_PLACE, KEY_SOURCE, KEY_NAME, KEY_KIND, KEY_DAY, KEY_SUBJECT } sort_key;

static uint64_t key_of(const build_row *r, sort_key key) {
  switch (key) {
  case KEY_PLACE:
    return up_to(r->row, 40) << 24 | up_to(r->part, 24);
  case KEY_SOURCE:
    return (uint64_t)r->source << 32 | up_to(r->sheet, 31);
  case KEY_NAME:
    return r->name;
  case KEY_KIND:
    return (uint64_t)r->kind << 32 | r->code;
  case KEY_DAY:
    return first_day(r) << 32 | r->kind;
  case KEY_SUBJECT:
    return (uint64_t)r->subject_type << 32 | (uint64_t)(r->subject + 1);
  }
  return 0;
}

/* Room for sorting one table; `keys` by row, filled in the order in which rows lie in memory. */
typedef struct sorting {
  const build_row *rows;
  uint32_t row_count, count;
  uint32_t *order;
  uint64_t *keys;
  sort_item *items;
} sorting;

static void sort_by(sorting *s, sort_key key) {
  for (uint32_t i = 0; i < s->row_count; i++) s->keys[i] = key_of(&s->rows[i], key);
  for (uint32_t i = 0; i < s->count; i++) s->items[i] = (sort_item){s->keys[s->order[i]], s->order[i]};
  sort_items(s->items, s->items + s->count, s->count);
  for (uint32_t i = 0; i < s->count; i++) s->order[i] = s->items[i].row;
}

static bool same_place(const build_row *left, const build_row *right) {
  return key_of(left, KEY_PLACE) == key_of(right, KEY_PLACE) && key_of(left, KEY_SOURCE) == key_of(right, KEY_SOURCE);
}

/* Facts of one row and part of one file, or of none, are put in order by what they say. */
static void order_ties(const subject_builder *b, const sorting *s, const sort_key *keys, size_t key_count) {
  comparing c = {b, s->rows};
  for (uint32_t first = 0; first < s->count;) {
    const build_row *row = &s->rows[s->order[first]];
    uint32_t end = first + 1;
    for (; end < s->count && same_place(row, &s->rows[s->order[end]]); end++) {
      size_t k = 0;
      while (k < key_count && key_of(row, keys[k]) == key_of(&s->rows[s->order[end]], keys[k])) k++;
      if (k < key_count) break;
    }
    if (end - first > 1) qsort_r(s->order + first, end - first, sizeof *s->order, by_content, &c);
    first = end;
  }
}

/* By the keys given, the last weighing most, then by place in the files. */
static void order_rows(const subject_builder *b, sorting *s, const sort_key *keys, size_t key_count) {
  sort_by(s, KEY_PLACE);
  sort_by(s, KEY_SOURCE);
  bool ties = false;
  for (uint32_t i = 1; i < s->count && !ties; i++) ties = same_place(&s->rows[s->order[i - 1]], &s->rows[s->order[i]]);
  for (size_t k = 0; k < key_count; k++) sort_by(s, keys[k]);
  if (ties) order_ties(b, s, keys, key_count);
}

/* ---- entities ---- */

static entity_slot *entity_slot_of(const subject_builder *b, int64_t entity) {
  size_t at = (size_t)(((uint64_t)entity * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (b->entity_slots - 1);
  while (b->entities[at].entity != 0 && b->entities[at].entity != entity) at = (at + 1) & (b->entity_slots - 1);
  return &b->entities[at];
}

/* Where merges lead: chains are followed; of two merges of one person the one into the row with the smaller content
 * counts, and none of a circle. */
typedef struct merging {
  int64_t from, into;
} merging;

static int by_from(const void *key, const void *element) {
  int64_t wanted = *(const int64_t *)key, here = ((const merging *)element)->from;
  return (wanted > here) - (wanted < here);
}

static int merging_order(const void *a, const void *b) {
  const merging *left = a, *right = b;
  COMPARE(from);
  return 0;
}

static int64_t merged_into(const subject_builder *b, const merging *merges, size_t count, int64_t person) {
  int64_t at = person;
  for (size_t step = 0; step <= count; step++) {
    const merging *found = count == 0 ? NULL : bsearch(&at, merges, count, sizeof *merges, by_from);
    if (found == NULL) {
      const entity_slot *slot = entity_slot_of(b, at);
      return slot->entity == at && slot->type == FACT_PERSON ? at : person;
    }
    at = found->into;
  }
  return person;
}

static size_t merges_read(const subject_builder *b, merging **out) {
  const build_table *t = &b->of[FACT_MERGE];
  uint32_t *order = memory_take(((size_t)t->count + 1) * sizeof *order);
  for (uint32_t i = 0; i < t->count; i++) order[i] = i;
  comparing c = {b, t->rows};
  qsort_r(order, t->count, sizeof *order, by_content, &c);
  merging *merges = memory_take(((size_t)t->count + 1) * sizeof *merges);
  size_t count = 0;
  for (uint32_t i = 0; i < t->count; i++) {
    const build_row *r = &t->rows[order[i]];
    bool twice = false;
    for (size_t k = 0; k < count && !twice; k++) twice = merges[k].from == r->subject;
    if (!twice && r->subject != r->object) merges[count++] = (merging){r->subject, r->object};
  }
  free(order);
  qsort(merges, count, sizeof *merges, merging_order);
  *out = merges;
  return count;
}

static void fill_word(uint32_t *into, uint32_t from) {
  if (*into == 0) *into = from;
}

/* What the telling row does not say is taken from the others. */
static void fold(subject_builder *b, build_row *into, const build_row *from) {
  fill_word(&into->kind, from->kind);
  fill_word(&into->code, from->code);
  fill_word(&into->name, from->name);
  fill_word(&into->level, from->level);
  fill_word(&into->mode, from->mode);
  fill_word(&into->status, from->status);
  if (into->since == DATE_NONE) into->since = from->since;
  if (into->until == DATE_NONE) into->until = from->until;
  if (into->bound == BOUND_NONE) {
    into->bound = from->bound;
    into->millionths = from->millionths;
    into->unit = from->unit;
  }
  if (into->subject == 0) {
    into->subject = from->subject;
    into->subject_type = from->subject_type;
  }
  if (into->object == 0) into->object = from->object;
  if (into->place == 0) into->place = from->place;
  if (from->attributes == 0 || from->attributes == into->attributes) return;
  if (into->attributes == 0) {
    into->attributes = from->attributes;
    return;
  }
  const build_list left = b->list[into->attributes], right = b->list[from->attributes];
  uint32_t first = (uint32_t)b->attribute_count, i = 0, k = 0;
  while (i < left.count || k < right.count) {
    const build_attribute *x = i < left.count ? &b->attributes[left.first + i] : NULL;
    const build_attribute *y = k < right.count ? &b->attributes[right.first + k] : NULL;
    bool known = false;
    for (uint32_t n = 0; y != NULL && n < left.count && !known; n++)
      known = b->attributes[left.first + n].name == y->name;
    if (known) {
      k++;
      continue;
    }
    bool take_left = y == NULL || (x != NULL && x->name < y->name);
    build_attribute taken = take_left ? *x : *y;
    *ARENA_PUSH(b->memory, b->attributes, b->attribute_count, b->attribute_capacity) = taken;
    i += take_left;
    k += !take_left;
  }
  into->attributes = (uint32_t)b->list_count;
  *ARENA_PUSH(b->memory, b->list, b->list_count, b->list_capacity) =
      (build_list){first, (uint32_t)b->attribute_count - first};
}

typedef struct telling {
  int64_t entity; /* the one that is left after merges */
  bool merged;
  uint32_t row;
} telling;

static int by_telling(const void *a, const void *b, void *context) {
  const telling *left = a, *right = b;
  const comparing *c = context;
  COMPARE(entity);
  COMPARE(merged);
  return compare_rows(c->of, &c->rows[left->row], &c->rows[right->row]);
}

/* Of several facts about one entity the first in order tells of it; of merged persons that of the one they became. */
static void one_row_each(subject_builder *b, fact_type type, const merging *merges, size_t merge_count) {
  build_table *t = &b->of[type];
  telling *all = large_take(b->folder, ((size_t)t->count + 1) * sizeof *all);
  for (uint32_t i = 0; i < t->count; i++) {
    int64_t entity = t->rows[i].entity;
    int64_t left = type == FACT_PERSON ? merged_into(b, merges, merge_count, entity) : entity;
    all[i] = (telling){left, left != entity, i};
  }
  comparing c = {b, t->rows};
  qsort_r(all, t->count, sizeof *all, by_telling, &c);
  for (uint32_t i = 1; i < t->count; i++) {
    if (all[i].entity != all[i - 1].entity) continue;
    uint32_t into = t->rows[all[i - 1].row].into;
    t->rows[all[i].row].into = into;
    fold(b, &t->rows[into], &t->rows[all[i].row]);
  }
  large_free(all);
}

/* Finds every entity's row; returns whether some type has several facts about one. */
static void index_entities(subject_builder *b, bool several[FACT_TYPES]) {
  size_t count = b->of[FACT_MERGE].count;
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) count += fact_is_entity(type) ? b->of[type].count : 0;
  for (b->entity_slots = 256; b->entity_slots < 2 * count + 2; b->entity_slots *= 2) continue;
  b->entities = large_take(b->folder, b->entity_slots * sizeof *b->entities);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (!fact_is_entity(type)) continue;
    for (uint32_t i = 0; i < b->of[type].count; i++) {
      entity_slot *slot = entity_slot_of(b, b->of[type].rows[i].entity);
      if (slot->entity != 0) several[type] = true;
      if (slot->entity == 0) *slot = (entity_slot){b->of[type].rows[i].entity, i, (uint8_t)type};
    }
  }
}

/* Merged persons who have no fact of their own any more still lead on. */
static void index_merges(subject_builder *b, const merging *merges, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const entity_slot *into = entity_slot_of(b, merged_into(b, merges, count, merges[i].from));
    entity_slot *from = entity_slot_of(b, merges[i].from);
    if (from->entity == 0 && into->entity != 0 && into->type == FACT_PERSON)
      *from = (entity_slot){merges[i].from, into->row, FACT_PERSON};
  }
}

/* ---- names ---- */

static void name_push(subject_builder *b, fact_type type, uint32_t row, int64_t hash) {
  if (b->name_count == b->name_capacity) {
    b->name_capacity = b->name_capacity == 0 ? 256 : 2 * b->name_capacity;
    b->names = b->names == NULL ? large_take(b->folder, b->name_capacity * sizeof *b->names)
                                : large_resize(b->names, b->name_capacity * sizeof *b->names);
  }
  b->names[b->name_count++] = (build_name){hash, row, type};
}

/* The hashes of names that were met before, by word: many bear the same. */
static int64_t named(const subject_builder *b, arena *a, int64_t *met, subjects_naming how, fact_type type,
                     uint32_t word) {
  if (met != NULL && met[word] != 0) return met[word];
  const char *key = text_key(a, words_text(&b->words, b->by_rank[word]));
  int64_t hash = subjects_name(&b->secret, how, type, key, strlen(key));
  arena_reset(a);
  if (met != NULL) met[word] = hash;
  return hash;
}

static void list_names_of(subject_builder *b, fact_type type, uint32_t aliases) {
  arena *a = arena_new();
  int64_t *met = large_take(b->folder, ((size_t)b->words.count + 1) * sizeof *met);
  for (uint32_t i = 0; i < b->of[type].count; i++) {
    const build_row *r = &b->of[type].rows[i];
    if (r->code != 0) name_push(b, type, i, named(b, a, NULL, NAMED_CODE, type, r->code));
    if (r->name != 0) name_push(b, type, i, named(b, a, met, NAMED_NAME, type, r->name));
    if (r->id != 0) name_push(b, type, i, subjects_name(&b->secret, NAMED_ID, type, &r->id, sizeof r->id));
    const build_list *list = &b->list[aliases != 0 ? r->attributes : 0];
    for (uint32_t k = 0; k < list->count; k++) {
      const build_attribute *one = &b->attributes[list->first + k];
      if (one->name == aliases && one->type == ATTRIBUTE_TEXT)
        name_push(b, type, i, named(b, a, met, NAMED_NAME, type, (uint32_t)one->value));
    }
  }
  large_free(met);
  arena_free(a);
}

static void list_names(subject_builder *b) {
  uint32_t aliases = words_find(&b->words, "aliases");
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (fact_is_entity(type)) list_names_of(b, type, type == FACT_ORGANIZATION && aliases != 0 ? b->rank[aliases] : 0);
  }
}

/* ---- references ---- */

static int64_t position_of(const subject_builder *b, uint8_t type, int64_t entity) {
  if (entity <= 0) return -1;
  const entity_slot *slot = entity_slot_of(b, entity);
  if (slot->entity != entity || slot->type != type || b->of[type].position == NULL) return -1;
  return b->of[type].position[slot->row];
}

static void resolve(subject_builder *b, fact_type type, bool parents) {
  build_table *t = &b->of[type];
  for (uint32_t i = 0; i < t->count; i++) {
    build_row *r = &t->rows[i];
    if (r->into != i) continue;
    if (!parents) r->subject = position_of(b, r->subject_type, r->subject);
    if (!parents && type != FACT_ORGANIZATION) r->object = position_of(b, r->object_type, r->object);
    if (!parents) r->place = position_of(b, FACT_ORGANIZATION, r->place);
    if (parents) r->object = position_of(b, FACT_ORGANIZATION, r->object);
  }
}

static void place_rows(subject_builder *b, fact_type type) {
  static const sort_key entity_keys[] = {KEY_NAME, KEY_KIND};
  static const sort_key time_keys[] = {KEY_DAY};
  build_table *t = &b->of[type];
  size_t count = (size_t)t->count + 1;
  t->order = large_take(b->folder, count * sizeof *t->order);
  t->position = large_take(b->folder, count * sizeof *t->position);
  for (uint32_t i = 0; i < t->count; i++) {
    if (t->rows[i].into == i) t->order[t->ordered++] = i;
  }
  sorting s = {.rows = t->rows,
               .row_count = t->count,
               .count = t->ordered,
               .order = t->order,
               .keys = large_take(b->folder, count * sizeof(uint64_t)),
               .items = large_take(b->folder, count * 2 * sizeof(sort_item))};
  if (fact_is_entity(type)) {
    order_rows(b, &s, entity_keys, 2);
  } else {
    order_rows(b, &s, time_keys, 1);
    if (type == FACT_RECORD) {
      b->by_time = large_take(b->folder, count * sizeof *b->by_time);
      memcpy(b->by_time, t->order, t->ordered * sizeof *b->by_time);
    }
    sort_by(&s, KEY_SUBJECT);
  }
  large_free(s.keys);
  large_free(s.items);
  for (uint32_t k = 0; k < t->ordered; k++) t->position[t->order[k]] = (int32_t)k;
  for (uint32_t i = 0; i < t->count; i++) t->position[i] = t->position[t->rows[i].into];
}

void builder_order(subject_builder *b) {
  bool several[FACT_TYPES] = {false};
  rank_words(b);
  rank_sources(b);
  list_names(b);
  index_entities(b, several);
  merging *merges;
  size_t merge_count = merges_read(b, &merges);
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    if (several[type] || (type == FACT_PERSON && merge_count > 0)) one_row_each(b, type, merges, merge_count);
  }
  index_merges(b, merges, merge_count);
  free(merges);
  /* A type only refers to types before it, and organizations to each other. */
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    resolve(b, type, false);
    place_rows(b, type);
    if (type == FACT_ORGANIZATION) resolve(b, type, true);
  }
}
