#include "ledger/subjects_build.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

/* Entities are wider than the positions that they become. */
static uint8_t width_of(unsigned column) {
  if (column == SECTION_SUBJECT || column == SECTION_OBJECT || column == SECTION_PLACE) return 8;
  if (column < SECTION_FACT_COLUMNS) return (uint8_t)fact_column_rows[column].width;
  return column == BUILD_TOLD_BY ? 4 : 8;
}

subject_builder *builder_new(digest secret, const char *folder) {
  arena *memory = arena_new();
  subject_builder *b = arena_take(memory, sizeof *b);
  b->memory = memory;
  b->secret = secret;
  b->folder = b->words.folder = b->lists.folder = folder;
  *ARENA_PUSH(memory, b->list, b->list_count, b->list_capacity) = (build_list){0, 0};
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++)
    for (unsigned column = 0; column < BUILD_COLUMNS; column++) b->of[type].columns[column].width = width_of(column);
  return b;
}

void builder_free(subject_builder *b) {
  if (b == NULL) return;
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++) {
    for (unsigned column = 0; column < BUILD_COLUMNS; column++) large_free(b->of[type].columns[column].at);
    large_free(b->of[type].order);
    large_free(b->of[type].position);
  }
  words_free(&b->words);
  words_free(&b->lists);
  large_free(b->rank);
  large_free(b->by_rank);
  free(b->known);
  free(b->source_order);
  large_free(b->entities);
  large_free(b->by_time);
  large_free(b->names.items);
  large_free(b->loose.items);
  arena_free(b->memory);
}

void builder_source(subject_builder *b, int64_t import_id, digest file, const char *name, const char *adapter) {
  *ARENA_PUSH(b->memory, b->sources, b->source_count, b->source_capacity) =
      (build_source){.import = import_id,
                     .file = file,
                     .name = arena_text(b->memory, name == NULL ? "" : name),
                     .adapter = arena_text(b->memory, adapter == NULL ? "" : adapter)};
}

/* ---- attributes ---- */

static build_attribute *attribute_push(subject_builder *b, const char *name) {
  build_attribute *at = ARENA_PUSH(b->memory, b->attributes, b->attribute_count, b->attribute_capacity);
  *at = (build_attribute){.name = words_add(&b->words, name, NULL)};
  return at;
}

static void amount_value(const json_t *value, build_attribute *out) {
  static const struct {
    const char *name;
    bound bound;
  } bounds[] = {{"at_least", BOUND_AT_LEAST}, {"at_most", BOUND_AT_MOST}, {"unknown", BOUND_UNKNOWN}};
  const char *number = json_member_text(value, "amount"), *how = json_member_text(value, "bound");
  amount read = {0, BOUND_UNKNOWN};
  if (number != NULL && amount_read(number, 6, NULL, &read) != AMOUNT_GOOD) read = (amount){0, BOUND_UNKNOWN};
  for (size_t i = 0; how != NULL && i < sizeof bounds / sizeof *bounds; i++) {
    if (strcmp(how, bounds[i].name) == 0) read.bound = bounds[i].bound;
  }
  out->type = ATTRIBUTE_AMOUNT;
  out->bound = (uint8_t)read.bound;
  out->value = read.bound == BOUND_UNKNOWN ? 0 : read.millionths;
}

static void attribute_add(subject_builder *b, const char *name, const json_t *value) {
  if (json_is_array(value)) {
    size_t index;
    const json_t *element;
    json_array_foreach(value, index, element) {
      if (!json_is_array(element)) attribute_add(b, name, element);
    }
    return;
  }
  if (json_is_string(value)) {
    uint32_t word = words_add(&b->words, json_string_value(value), NULL);
    build_attribute *at = attribute_push(b, name);
    at->type = ATTRIBUTE_TEXT;
    at->value = word;
  } else if (json_is_boolean(value)) {
    build_attribute *at = attribute_push(b, name);
    at->type = ATTRIBUTE_TRUTH;
    at->value = json_is_true(value);
  } else if (json_is_object(value)) {
    const char *text = json_member_text(value, "date");
    date read = DATE_NONE;
    build_attribute *at = attribute_push(b, name);
    if (text != NULL && date_read(text, &read)) {
      at->type = ATTRIBUTE_DATE;
      at->value = read;
    } else {
      amount_value(value, at);
    }
  }
}

/* The same text is read once: facts that have it share its list. */
static uint32_t attributes_list(subject_builder *b, const char *text) {
  bool added;
  uint32_t number = words_add(&b->lists, text, &added);
  if (!added) return number;
  uint32_t first = (uint32_t)b->attribute_count;
  json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
  void *at;
  for (at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at))
    attribute_add(b, json_object_iter_key(at), json_object_iter_value(at));
  json_decref(object);
  *ARENA_PUSH(b->memory, b->list, b->list_count, b->list_capacity) =
      (build_list){first, (uint32_t)b->attribute_count - first};
  return number;
}

/* ---- facts ---- */

static uint32_t shared_word(subject_builder *b, const char *text, uint32_t number) {
  if (number == 0) return words_add(&b->words, text, NULL);
  if (number >= b->known_count) {
    size_t count = b->known_count == 0 ? 1024 : b->known_count;
    while (count <= number) count *= 2;
    b->known = memory_resize(b->known, count * sizeof *b->known);
    memset(b->known + b->known_count, 0, (count - b->known_count) * sizeof *b->known);
    b->known_count = count;
  }
  if (b->known[number] == 0) b->known[number] = words_add(&b->words, text, NULL);
  return b->known[number];
}

static int by_import(const void *key, const void *element) {
  int64_t wanted = *(const int64_t *)key, here = ((const build_source *)element)->import;
  return (wanted > here) - (wanted < here);
}

/* Sources are given in the order of imports, so that they can be searched. */
static uint32_t source_of(subject_builder *b, int64_t import_id) {
  if (import_id >= 1 && (size_t)import_id <= b->source_count && b->sources[import_id - 1].import == import_id) {
    b->sources[import_id - 1].used = true;
    return (uint32_t)(import_id - 1);
  }
  build_source *found =
      b->source_count == 0 ? NULL : bsearch(&import_id, b->sources, b->source_count, sizeof *found, by_import);
  if (found == NULL) return NO_ROW;
  found->used = true;
  return (uint32_t)(found - b->sources);
}

static void store(const build_column *c, uint32_t row, int64_t value) {
  if (c->width == 4)
    ((int32_t *)c->at)[row] = (int32_t)value;
  else if (c->width == 8)
    ((int64_t *)c->at)[row] = value;
  else
    ((uint8_t *)c->at)[row] = (uint8_t)value;
}

/* From now on rows may differ. */
static void vary(const subject_builder *b, const build_table *t, build_column *c) {
  c->at = large_take(b->folder, t->capacity * c->width);
  if (c->same == 0) return;
  for (uint32_t row = 0; row < t->count; row++) store(c, row, c->same);
}

void build_put(const subject_builder *b, build_table *t, unsigned column, uint32_t row, int64_t value) {
  build_column *c = &t->columns[column];
  if (c->at == NULL && c->same == value) return;
  if (c->at == NULL) vary(b, t, c);
  store(c, row, value);
}

/* What the next row says, which is not counted yet. */
static inline void put_next(const subject_builder *b, build_table *t, unsigned column, int64_t value) {
  build_column *c = &t->columns[column];
  if (c->at == NULL) {
    if (t->count == 0) c->same = value;
    if (c->same == value) return;
    vary(b, t, c);
  }
  store(c, t->count, value);
}

static void table_room(build_table *t, size_t count) {
  if (count <= t->capacity) return;
  if (t->capacity == 0) t->capacity = 256;
  while (t->capacity < count) t->capacity *= 2;
  for (unsigned column = 0; column < BUILD_COLUMNS; column++) {
    build_column *c = &t->columns[column];
    if (c->at != NULL) c->at = large_resize(c->at, t->capacity * c->width);
  }
}

bool builder_add(subject_builder *b, const fact *given, const fact_words *words) {
  fact normal = fact_normal(given);
  return builder_add_normal(b, &normal, words);
}

bool builder_add_normal(subject_builder *b, const fact *f, const fact_words *words) {
  static const fact_words none;
  const fact_words *numbers = words == NULL ? &none : words;
  build_table *to = &b->of[f->type];
  if (to->count >= INT32_MAX || b->attribute_count >= INT32_MAX) return false;
  uint32_t source = source_of(b, f->source == 0 ? f->import : f->source);
  if (source == NO_ROW) return true; /* a damaged fact: verification names it, nothing can be said of it */
  table_room(to, (size_t)to->count + 1);
  const struct {
    unsigned column;
    int64_t value;
  } says[] = {{SECTION_FACT, f->id},
              {SECTION_ENTITY, f->entity},
              {SECTION_SOURCE, source},
              {SECTION_SHEET, f->sheet},
              {SECTION_ROW, f->row},
              {SECTION_PART, f->part},
              {SECTION_KIND, shared_word(b, f->kind, numbers->kind)},
              {SECTION_CODE, words_add(&b->words, f->code, NULL)},
              {SECTION_NAME, words_add(&b->words, f->name, NULL)},
              {SECTION_LEVEL, shared_word(b, f->level, numbers->level)},
              {SECTION_MODE, shared_word(b, f->mode, numbers->mode)},
              {SECTION_STATUS, f->type == FACT_PERSON ? words_add(&b->words, f->id_tail, NULL)
                                                      : shared_word(b, f->status, numbers->status)},
              {SECTION_UNIT, shared_word(b, f->unit, numbers->unit)},
              {SECTION_SUBJECT_TYPE, f->subject_type},
              {SECTION_OBJECT_TYPE, f->object_type},
              {SECTION_SUBJECT, f->subject},
              {SECTION_OBJECT, f->object},
              {SECTION_PLACE, f->place},
              {SECTION_SINCE, f->since},
              {SECTION_UNTIL, f->until},
              {SECTION_AMOUNT, f->amount.millionths},
              {SECTION_BOUND, f->amount.bound},
              {BUILD_LIST, f->attributes == NULL ? 0 : attributes_list(b, f->attributes)},
              {BUILD_KEY, f->key},
              {BUILD_COVER, f->cover},
              {BUILD_ID, f->has_id ? digest_key(f->id_hash) : 0}};
  for (size_t i = 0; i < sizeof says / sizeof *says; i++) put_next(b, to, says[i].column, says[i].value);
  to->count++;
  return true;
}

/* ---- what was taken in by two hands ---- */

static uint32_t *numbers_here(word_pool *to, const word_pool *from) {
  uint32_t *here = memory_take(((size_t)from->count + 1) * sizeof *here);
  for (uint32_t word = 1; word <= from->count; word++) here[word] = words_add(to, words_text(from, word), NULL);
  return here;
}

static uint32_t *lists_here(subject_builder *b, const subject_builder *other) {
  uint32_t *here = memory_take(((size_t)other->lists.count + 1) * sizeof *here);
  for (uint32_t list = 1; list <= other->lists.count; list++)
    here[list] = attributes_list(b, words_text(&other->lists, list));
  return here;
}

static bool is_word(unsigned column) {
  return column >= SECTION_KIND && column <= SECTION_UNIT;
}

static void join_column(const subject_builder *b, build_table *t, const build_table *from, unsigned column,
                        const uint32_t *here) {
  build_column *c = &t->columns[column];
  const build_column *other = &from->columns[column];
  int64_t same = here != NULL ? here[other->same] : other->same;
  if (t->count == 0 && c->at == NULL && other->at == NULL) c->same = same;
  if (c->at == NULL && other->at == NULL && c->same == same) return;
  if (c->at == NULL) vary(b, t, c);
  if (other->at != NULL && here == NULL) {
    memcpy((char *)c->at + (size_t)t->count * c->width, other->at, (size_t)from->count * c->width);
    return;
  }
  for (uint32_t row = 0; row < from->count; row++) {
    int64_t value = build_value(from, column, row);
    store(c, t->count + row, here != NULL ? here[value] : value);
  }
}

bool builder_join(subject_builder *b, const subject_builder *other) {
  uint32_t *words = numbers_here(&b->words, &other->words), *lists = lists_here(b, other);
  bool good = true;
  for (size_t i = 0; i < b->source_count && i < other->source_count; i++) b->sources[i].used |= other->sources[i].used;
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    build_table *t = &b->of[type];
    const build_table *from = &other->of[type];
    good = good && (uint64_t)t->count + from->count <= INT32_MAX;
    if (from->count == 0 || !good) continue;
    table_room(t, (size_t)t->count + from->count);
    for (unsigned column = 0; column < BUILD_COLUMNS; column++)
      join_column(b, t, from, column, is_word(column) ? words : column == BUILD_LIST ? lists : NULL);
    t->count += from->count;
  }
  free(words);
  free(lists);
  return good;
}
