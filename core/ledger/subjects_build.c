#include "ledger/subjects_build.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

subject_builder *builder_new(digest secret, const char *folder) {
  arena *memory = arena_new();
  subject_builder *b = arena_take(memory, sizeof *b);
  b->memory = memory;
  b->secret = secret;
  b->folder = b->words.folder = b->lists.folder = folder;
  *ARENA_PUSH(memory, b->list, b->list_count, b->list_capacity) = (build_list){0, 0};
  return b;
}

void builder_free(subject_builder *b) {
  if (b == NULL) return;
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++) {
    large_free(b->of[type].rows);
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
  large_free(b->names);
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

bool builder_add(subject_builder *b, const fact *given, const fact_words *words) {
  static const fact_words none;
  const fact_words *numbers = words == NULL ? &none : words;
  fact f = fact_normal(given);
  build_table *to = &b->of[f.type];
  if (to->count >= INT32_MAX || b->attribute_count >= INT32_MAX) return false;
  if (to->count == to->capacity) {
    to->capacity = to->capacity == 0 ? 256 : 2 * to->capacity;
    to->rows = to->rows == NULL ? large_take(b->folder, to->capacity * sizeof *to->rows)
                                : large_resize(to->rows, to->capacity * sizeof *to->rows);
  }
  uint32_t source = source_of(b, f.source == 0 ? f.import : f.source);
  if (source == NO_ROW) return true; /* a damaged fact: verification names it, nothing can be said of it */
  build_row *row = &to->rows[to->count];
  *row = (build_row){.fact = f.id,
                     .entity = f.entity,
                     .key = f.key,
                     .cover = f.cover,
                     .row = f.row,
                     .subject = f.subject,
                     .object = f.object,
                     .place = f.place,
                     .millionths = f.amount.millionths,
                     .id = f.has_id ? digest_key(f.id_hash) : 0,
                     .kind = shared_word(b, f.kind, numbers->kind),
                     .code = words_add(&b->words, f.code, NULL),
                     .name = words_add(&b->words, f.name, NULL),
                     .level = shared_word(b, f.level, numbers->level),
                     .mode = shared_word(b, f.mode, numbers->mode),
                     .status = f.type == FACT_PERSON ? words_add(&b->words, f.id_tail, NULL)
                                                     : shared_word(b, f.status, numbers->status),
                     .unit = shared_word(b, f.unit, numbers->unit),
                     .source = source,
                     .sheet = f.sheet,
                     .part = f.part,
                     .since = f.since,
                     .until = f.until,
                     .attributes = f.attributes == NULL ? 0 : attributes_list(b, f.attributes),
                     .into = to->count,
                     .subject_type = (uint8_t)f.subject_type,
                     .object_type = (uint8_t)f.object_type,
                     .bound = (uint8_t)f.amount.bound};
  to->count++;
  return true;
}
