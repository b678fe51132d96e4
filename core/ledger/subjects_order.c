/* One row of each entity, references as positions, rows in an order that only depends on what the facts say. */
#include "ledger/subjects_build.h"

#include <stdlib.h>
#include <string.h>

/* ---- order ---- */

#define COMPARE(member)                                                                                                \
  if (left->member != right->member) return left->member < right->member ? -1 : 1

/* A value as it is put in order: words and sources by their ranks. */
static int64_t ranked(const subject_builder *b, const build_table *t, unsigned column, uint32_t row) {
  int64_t value = build_value(t, column, row);
  if (column >= SECTION_KIND && column <= SECTION_UNIT) return b->rank[value];
  return column == SECTION_SOURCE ? b->sources[value].rank : value;
}

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
static int compare_rows(const subject_builder *b, const build_table *t, uint32_t left, uint32_t right) {
  static const unsigned columns[] = {
      SECTION_SOURCE, SECTION_SHEET,  SECTION_ROW,   SECTION_PART,         SECTION_KIND,        SECTION_CODE,
      SECTION_NAME,   SECTION_SINCE,  SECTION_UNTIL, SECTION_LEVEL,        SECTION_MODE,        SECTION_STATUS,
      SECTION_UNIT,   SECTION_AMOUNT, SECTION_BOUND, SECTION_SUBJECT_TYPE, SECTION_OBJECT_TYPE, SECTION_SUBJECT,
      SECTION_OBJECT, SECTION_PLACE,  BUILD_KEY,     BUILD_COVER};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    int64_t one = ranked(b, t, columns[i], left), other = ranked(b, t, columns[i], right);
    if (one != other) return one < other ? -1 : 1;
  }
  int order =
      compare_attributes(b, (uint32_t)build_value(t, BUILD_LIST, left), (uint32_t)build_value(t, BUILD_LIST, right));
  if (order != 0) return order;
  int64_t one = build_value(t, SECTION_FACT, left), other = build_value(t, SECTION_FACT, right);
  return (one > other) - (one < other);
}

typedef struct comparing {
  const subject_builder *of;
  const build_table *table;
} comparing;

static int by_content(const void *a, const void *b, void *context) {
  const comparing *c = context;
  return compare_rows(c->of, c->table, *(const uint32_t *)a, *(const uint32_t *)b);
}

uint64_t build_up_to(int64_t value, unsigned bits) {
  int64_t most = (INT64_C(1) << bits) - 1;
  return value < 0 ? 0 : value > most ? (uint64_t)most : (uint64_t)value;
}

uint64_t build_first_day(date since) {
  return since == DATE_NONE ? 0 : (uint64_t)((int64_t)date_first(since) - INT32_MIN);
}

typedef enum sort_by_what { SORT_PLACE, SORT_SOURCE, SORT_NAME, SORT_KIND, SORT_DAY, SORT_SUBJECT } sort_by_what;

/* Both below 2^41; the first weighs more. */
typedef struct sort_key {
  uint64_t first, second;
} sort_key;

/* Room for sorting one table. */
typedef struct sorting {
  const subject_builder *of;
  const build_table *table;
  uint32_t count;
  uint32_t *order;
  sort_key *keys;
  sort_item *items;
} sorting;

static sort_key key_of(const sorting *s, sort_by_what what, uint32_t row) {
  const build_table *t = s->table;
  switch (what) {
  case SORT_PLACE:
    return (sort_key){build_up_to(build_value(t, SECTION_ROW, row), 40),
                      build_up_to(build_value(t, SECTION_PART, row), 24)};
  case SORT_SOURCE:
    return (sort_key){(uint64_t)ranked(s->of, t, SECTION_SOURCE, row),
                      build_up_to(build_value(t, SECTION_SHEET, row), 31)};
  case SORT_NAME:
    return (sort_key){(uint64_t)ranked(s->of, t, SECTION_NAME, row), 0};
  case SORT_KIND:
    return (sort_key){(uint64_t)ranked(s->of, t, SECTION_KIND, row), (uint64_t)ranked(s->of, t, SECTION_CODE, row)};
  case SORT_DAY:
    return (sort_key){build_first_day((date)build_value(t, SECTION_SINCE, row)),
                      (uint64_t)ranked(s->of, t, SECTION_KIND, row)};
  case SORT_SUBJECT:
    return (sort_key){(uint64_t)build_value(t, SECTION_SUBJECT_TYPE, row),
                      (uint64_t)(build_value(t, SECTION_SUBJECT, row) + 1)};
  }
  return (sort_key){0, 0};
}

static bool same_key(sort_key a, sort_key b) {
  return a.first == b.first && a.second == b.second;
}

/* Only how far keys lie apart is sorted by: few digits. */
static void sort_by(sorting *s, sort_by_what what) {
  sort_key least = {UINT64_MAX, UINT64_MAX}, most = {0, 0};
  bool sorted = true;
  for (uint32_t i = 0; i < s->count; i++) {
    sort_key key = s->keys[i] = key_of(s, what, s->order[i]);
    if (key.first < least.first) least.first = key.first;
    if (key.second < least.second) least.second = key.second;
    if (key.first > most.first) most.first = key.first;
    if (key.second > most.second) most.second = key.second;
    if (i > 0 && sorted)
      sorted = s->keys[i - 1].first < key.first ||
               (s->keys[i - 1].first == key.first && s->keys[i - 1].second <= key.second);
  }
  if (sorted) return;
  uint64_t width = most.second - least.second + 1;
  bool together = (most.first - least.first) <= UINT64_MAX / width - 1;
  for (int half = together ? 1 : 0; half < 2; half++) {
    for (uint32_t i = 0; i < s->count; i++) {
      const sort_key *key = &s->keys[i];
      uint64_t first = key->first - least.first, second = key->second - least.second;
      s->items[i] = (sort_item){together ? first * width + second : half == 0 ? second : first, s->order[i]};
    }
    sort_items(s->items, s->items + s->count, s->count);
    for (uint32_t i = 0; i < s->count; i++) s->order[i] = s->items[i].row;
    if (half == 0) /* the keys follow their rows */
      for (uint32_t i = 0; i < s->count; i++) s->keys[i] = key_of(s, what, s->order[i]);
  }
}

static bool same_place(const sorting *s, uint32_t left, uint32_t right) {
  return same_key(key_of(s, SORT_PLACE, left), key_of(s, SORT_PLACE, right)) &&
         same_key(key_of(s, SORT_SOURCE, left), key_of(s, SORT_SOURCE, right));
}

/* Facts of one row and part of one file, or of none, are put in order by what they say. */
static void order_ties(sorting *s, const sort_by_what *keys, size_t key_count) {
  comparing c = {s->of, s->table};
  for (uint32_t first = 0; first < s->count;) {
    uint32_t row = s->order[first], end = first + 1;
    for (; end < s->count && same_place(s, row, s->order[end]); end++) {
      size_t k = 0;
      while (k < key_count && same_key(key_of(s, keys[k], row), key_of(s, keys[k], s->order[end]))) k++;
      if (k < key_count) break;
    }
    if (end - first > 1) qsort_r(s->order + first, end - first, sizeof *s->order, by_content, &c);
    first = end;
  }
}

/* By the keys given, the last weighing most, then by place in the files. */
static void order_rows(sorting *s, const sort_by_what *keys, size_t key_count) {
  sort_by(s, SORT_PLACE);
  sort_by(s, SORT_SOURCE);
  bool ties = false;
  for (uint32_t i = 1; i < s->count && !ties; i++) ties = same_place(s, s->order[i - 1], s->order[i]);
  for (size_t k = 0; k < key_count; k++) sort_by(s, keys[k]);
  if (ties) order_ties(s, keys, key_count);
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
  comparing c = {b, t};
  qsort_r(order, t->count, sizeof *order, by_content, &c);
  merging *merges = memory_take(((size_t)t->count + 1) * sizeof *merges);
  size_t count = 0;
  for (uint32_t i = 0; i < t->count; i++) {
    int64_t from = build_value(t, SECTION_SUBJECT, order[i]), into = build_value(t, SECTION_OBJECT, order[i]);
    bool twice = false;
    for (size_t k = 0; k < count && !twice; k++) twice = merges[k].from == from;
    if (!twice && from != into) merges[count++] = (merging){from, into};
  }
  free(order);
  qsort(merges, count, sizeof *merges, merging_order);
  *out = merges;
  return count;
}

/* Names that the telling row does not have. */
static void fold_attributes(subject_builder *b, build_table *t, uint32_t into, uint32_t from) {
  uint32_t mine = (uint32_t)build_value(t, BUILD_LIST, into), other = (uint32_t)build_value(t, BUILD_LIST, from);
  if (other == 0 || other == mine) return;
  if (mine == 0) {
    build_put(b, t, BUILD_LIST, into, other);
    return;
  }
  const build_list left = b->list[mine], right = b->list[other];
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
  build_put(b, t, BUILD_LIST, into, (int64_t)b->list_count);
  *ARENA_PUSH(b->memory, b->list, b->list_count, b->list_capacity) =
      (build_list){first, (uint32_t)b->attribute_count - first};
}

/* What the telling row does not say is taken from the others. */
static void fold(subject_builder *b, build_table *t, uint32_t into, uint32_t from) {
  static const struct {
    unsigned column;
    int64_t none;
  } filled[] = {{SECTION_KIND, 0},   {SECTION_CODE, 0},   {SECTION_NAME, 0},          {SECTION_LEVEL, 0},
                {SECTION_MODE, 0},   {SECTION_STATUS, 0}, {SECTION_SINCE, DATE_NONE}, {SECTION_UNTIL, DATE_NONE},
                {SECTION_OBJECT, 0}, {SECTION_PLACE, 0}};
  for (size_t i = 0; i < sizeof filled / sizeof *filled; i++)
    if (build_value(t, filled[i].column, into) == filled[i].none)
      build_put(b, t, filled[i].column, into, build_value(t, filled[i].column, from));
  static const unsigned amounts[] = {SECTION_BOUND, SECTION_AMOUNT, SECTION_UNIT};
  bool no_amount = build_value(t, SECTION_BOUND, into) == BOUND_NONE;
  for (size_t i = 0; no_amount && i < sizeof amounts / sizeof *amounts; i++)
    build_put(b, t, amounts[i], into, build_value(t, amounts[i], from));
  if (build_value(t, SECTION_SUBJECT, into) == 0) {
    build_put(b, t, SECTION_SUBJECT, into, build_value(t, SECTION_SUBJECT, from));
    build_put(b, t, SECTION_SUBJECT_TYPE, into, build_value(t, SECTION_SUBJECT_TYPE, from));
  }
  fold_attributes(b, t, into, from);
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
  return compare_rows(c->of, c->table, left->row, right->row);
}

/* Of several facts about one entity the first in order tells of it; of merged persons that of the one they became. */
static void one_row_each(subject_builder *b, fact_type type, const merging *merges, size_t merge_count) {
  build_table *t = &b->of[type];
  telling *all = large_take(b->folder, ((size_t)t->count + 1) * sizeof *all);
  for (uint32_t i = 0; i < t->count; i++) {
    int64_t entity = build_value(t, SECTION_ENTITY, i);
    int64_t left = type == FACT_PERSON ? merged_into(b, merges, merge_count, entity) : entity;
    all[i] = (telling){left, left != entity, i};
  }
  comparing c = {b, t};
  qsort_r(all, t->count, sizeof *all, by_telling, &c);
  for (uint32_t i = 1; i < t->count; i++) {
    if (all[i].entity != all[i - 1].entity) continue;
    int64_t before = build_value(t, BUILD_TOLD_BY, all[i - 1].row);
    uint32_t into = before == 0 ? all[i - 1].row : (uint32_t)before - 1;
    build_put(b, t, BUILD_TOLD_BY, all[i].row, (int64_t)into + 1);
    fold(b, t, into, all[i].row);
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
      int64_t entity = build_value(&b->of[type], SECTION_ENTITY, i);
      entity_slot *slot = entity_slot_of(b, entity);
      if (slot->entity != 0) several[type] = true;
      if (slot->entity == 0) *slot = (entity_slot){entity, i, (uint8_t)type};
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

static void name_push(const subject_builder *b, build_names *to, fact_type type, uint32_t row, int64_t hash) {
  if (to->count == to->capacity) {
    to->capacity = to->capacity == 0 ? 256 : 2 * to->capacity;
    to->items = to->items == NULL ? large_take(b->folder, to->capacity * sizeof *to->items)
                                  : large_resize(to->items, to->capacity * sizeof *to->items);
  }
  to->items[to->count++] = (build_name){hash, row, type};
}

/* The hashes of names that were met before, by word: many bear the same. */
static int64_t named(const subject_builder *b, arena *a, int64_t *met, subjects_naming how, fact_type type,
                     uint32_t word) {
  if (met != NULL && met[word] != 0) return met[word];
  const char *key = text_key(a, words_text(&b->words, word));
  int64_t hash = subjects_name(&b->secret, how, type, key, strlen(key));
  arena_reset(a);
  if (met != NULL) met[word] = hash;
  return hash;
}

static void list_names_of(subject_builder *b, fact_type type, uint32_t aliases) {
  arena *a = arena_new();
  int64_t *met = large_take(b->folder, ((size_t)b->words.count + 1) * sizeof *met);
  for (uint32_t i = 0; i < b->of[type].count; i++) {
    const build_table *t = &b->of[type];
    uint32_t code = (uint32_t)build_value(t, SECTION_CODE, i), name = (uint32_t)build_value(t, SECTION_NAME, i);
    int64_t id = build_value(t, BUILD_ID, i);
    if (code != 0) name_push(b, &b->names, type, i, named(b, a, NULL, NAMED_CODE, type, code));
    if (name != 0) name_push(b, &b->names, type, i, named(b, a, met, NAMED_NAME, type, name));
    if (id != 0) name_push(b, &b->names, type, i, subjects_name(&b->secret, NAMED_ID, type, &id, sizeof id));
    const build_list *list = &b->list[aliases != 0 ? build_value(t, BUILD_LIST, i) : 0];
    for (uint32_t k = 0; k < list->count; k++) {
      const build_attribute *one = &b->attributes[list->first + k];
      if (one->name == aliases && one->type == ATTRIBUTE_TEXT)
        name_push(b, &b->names, type, i, named(b, a, met, NAMED_NAME, type, b->by_rank[one->value]));
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

static int64_t position_of(const subject_builder *b, fact_type type, int64_t entity) {
  if (entity <= 0) return -1;
  const entity_slot *slot = entity_slot_of(b, entity);
  if (slot->entity != entity || slot->type != type || b->of[type].position == NULL) return -1;
  return b->of[type].position[slot->row];
}

static void leads_nowhere(subject_builder *b, fact_type table, uint32_t row, int64_t entity) {
  if (build_value(&b->of[table], BUILD_TOLD_BY, row) == 0) name_push(b, &b->loose, table, row, entity);
}

/* Entities become positions, in the same place: those are narrower. `types`: the column that says of which type each
 * is; all are organizations where it is none of this table. */
static void resolve(subject_builder *b, fact_type table, unsigned column, unsigned types) {
  build_table *t = &b->of[table];
  build_column *c = &t->columns[column];
  const build_column *of = types == SECTION_PLACE ? NULL : &t->columns[types];
  if (c->at == NULL && (c->same <= 0 || of == NULL || of->at == NULL)) {
    int64_t all = c->same;
    c->same = position_of(b, of == NULL ? FACT_ORGANIZATION : (fact_type)of->same, all);
    c->width = 4;
    for (uint32_t row = 0; all > 0 && c->same < 0 && row < t->count; row++) leads_nowhere(b, table, row, all);
    return;
  }
  const bool one = c->at == NULL;
  int64_t entity = c->same, before = 0, found = -1; /* neighbours often refer to the same */
  fact_type type_before = FACT_NONE;
  if (one) c->at = large_take(b->folder, t->capacity * c->width);
  for (uint32_t row = 0; row < t->count; row++) {
    fact_type type = of == NULL ? FACT_ORGANIZATION : (fact_type)build_value(t, types, row);
    if (!one) memcpy(&entity, (const char *)c->at + (size_t)row * sizeof entity, sizeof entity);
    if (entity != before || type != type_before) found = position_of(b, type, entity);
    if (found < 0 && entity > 0) leads_nowhere(b, table, row, entity);
    before = entity;
    type_before = type;
    const int32_t position = (int32_t)found;
    memcpy((char *)c->at + (size_t)row * sizeof position, &position, sizeof position);
  }
  c->width = 4;
}

static void note_positions(build_table *t) {
  for (uint32_t k = 0; k < t->ordered; k++) t->position[t->order[k]] = (int32_t)k;
  for (uint32_t i = 0; i < t->count; i++) {
    int64_t told_by = build_value(t, BUILD_TOLD_BY, i);
    if (told_by != 0) t->position[i] = t->position[told_by - 1];
  }
}

static void place_rows(subject_builder *b, fact_type type) {
  static const sort_by_what entity_keys[] = {SORT_NAME, SORT_KIND};
  static const sort_by_what time_keys[] = {SORT_DAY};
  build_table *t = &b->of[type];
  size_t count = (size_t)t->count + 1;
  t->order = large_take(b->folder, count * sizeof *t->order);
  t->position = large_take(b->folder, count * sizeof *t->position);
  for (uint32_t i = 0; i < t->count; i++) {
    if (build_value(t, BUILD_TOLD_BY, i) == 0) t->order[t->ordered++] = i;
  }
  if (type == FACT_RECORD && records_of_people(t)) {
    records_order(b, t, compare_rows);
    note_positions(t);
    return;
  }
  sorting s = {.of = b,
               .table = t,
               .count = t->ordered,
               .order = t->order,
               .keys = large_take(b->folder, count * sizeof(sort_key)),
               .items = large_take(b->folder, count * 2 * sizeof(sort_item))};
  if (fact_is_entity(type)) {
    order_rows(&s, entity_keys, 2);
  } else {
    order_rows(&s, time_keys, 1);
    if (type == FACT_RECORD) {
      b->by_time = large_take(b->folder, count * sizeof *b->by_time);
      memcpy(b->by_time, t->order, t->ordered * sizeof *b->by_time);
    }
    sort_by(&s, SORT_SUBJECT);
  }
  large_free(s.keys);
  large_free(s.items);
  note_positions(t);
}

/* ---- all of it ---- */

void builder_fold(subject_builder *b) {
  bool several[FACT_TYPES] = {false};
  builder_rank(b);
  list_names(b);
  index_entities(b, several);
  merging *merges;
  size_t merge_count = merges_read(b, &merges);
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    if (several[type] || (type == FACT_PERSON && merge_count > 0)) one_row_each(b, type, merges, merge_count);
  }
  index_merges(b, merges, merge_count);
  free(merges);
}

uint32_t builder_row_of(const subject_builder *b, fact_type type, int64_t entity) {
  const entity_slot *slot = entity_slot_of(b, entity);
  if (entity <= 0 || slot->entity != entity || slot->type != type) return NO_ROW;
  int64_t told_by = build_value(&b->of[type], BUILD_TOLD_BY, slot->row);
  return told_by == 0 ? slot->row : (uint32_t)told_by - 1;
}

void builder_order(subject_builder *b) {
  builder_fold(b);
  /* A type only refers to types before it, and organizations to each other. */
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    resolve(b, type, SECTION_SUBJECT, SECTION_SUBJECT_TYPE);
    if (type != FACT_ORGANIZATION) resolve(b, type, SECTION_OBJECT, SECTION_OBJECT_TYPE);
    resolve(b, type, SECTION_PLACE, SECTION_PLACE);
    place_rows(b, type);
    if (type == FACT_ORGANIZATION) resolve(b, type, SECTION_OBJECT, SECTION_PLACE);
  }
  builder_drop_words(b);
}
