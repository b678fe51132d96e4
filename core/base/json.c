#include "base/json.h"

#include <stdlib.h>

static void give_back(void *memory) {
  free(memory);
}

void json_prepare(void) {
  json_set_alloc_funcs(memory_take, give_back);
}

static char *dumped(arena *a, const json_t *value, size_t flags) {
  size_t size = json_dumpb(value, NULL, 0, flags);
  char *text = arena_take(a, size + 1);
  json_dumpb(value, text, size, flags);
  return text;
}

char *json_canonical(arena *a, const json_t *value) {
  return dumped(a, value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
}

char *json_pretty(arena *a, const json_t *value) {
  return dumped(a, value, JSON_INDENT(2) | JSON_ENCODE_ANY);
}

json_t *json_words(said words) {
  json_t *object = json_object();
  const char *zh = words.in[LANGUAGE_ZH] ? words.in[LANGUAGE_ZH] : words.in[LANGUAGE_EN];
  const char *en = words.in[LANGUAGE_EN] ? words.in[LANGUAGE_EN] : words.in[LANGUAGE_ZH];
  json_object_set_new(object, "zh", json_string(zh ? zh : ""));
  json_object_set_new(object, "en", json_string(en ? en : ""));
  return object;
}

const char *json_member_text(const json_t *object, const char *key) {
  return json_string_value(json_object_get(object, key));
}

int64_t json_member_integer(const json_t *object, const char *key, int64_t otherwise) {
  const json_t *value = json_object_get(object, key);
  return json_is_integer(value) ? (int64_t)json_integer_value(value) : otherwise;
}

static void drop(void *value) {
  json_decref(value);
}

json_t *json_kept(arena *a, json_t *value) {
  if (value) arena_defer(a, drop, value);
  return value;
}
