#include "json_change.h"

#include "pack/vocabulary.h"

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most); /* of libFuzzer */

enum { NODES_MOST = 4096 };

typedef struct node {
  json_t *up; /* the array or object it is in; borrowed */
  const char *key;
  size_t index;
  json_t *value;
} node;

typedef struct change {
  uint32_t state;
  node nodes[NODES_MOST];
  size_t count;
} change;

static uint32_t next(change *c, uint32_t below) {
  c->state = c->state * 1664525U + 1013904223U;
  return below ? (c->state >> 8) % below : 0;
}

static void gather(change *c, json_t *value) {
  const char *key;
  json_t *one;
  size_t i;
  json_object_foreach(value, key, one) {
    if (c->count < NODES_MOST) c->nodes[c->count++] = (node){value, key, 0, one};
    gather(c, one);
  }
  json_array_foreach(value, i, one) {
    if (c->count < NODES_MOST) c->nodes[c->count++] = (node){value, NULL, i, one};
    gather(c, one);
  }
}

static json_t *new_text(change *c) {
  static const char *const words[] = {"",
                                      "2020-01-01",
                                      "1/3",
                                      "-1",
                                      "9223372036854775807",
                                      "0.000001",
                                      "学时",
                                      "school",
                                      "county",
                                      "theme",
                                      "year",
                                      "cycle",
                                      "person",
                                      "decimal",
                                      "period_end",
                                      "enrollment",
                                      "talk",
                                      "trip",
                                      "hired",
                                      "level",
                                      "\xE2\x80\xAE",
                                      "a.b.c",
                                      "amount",
                                      "host.name"};
  size_t all = sizeof words / sizeof *words;
  uint32_t at = next(c, (uint32_t)(all + vocabulary_count + 4));
  if (at < all) return json_string(words[at]);
  if (at < all + vocabulary_count) return json_string(vocabulary[at - all].name);
  const node *n = &c->nodes[next(c, (uint32_t)c->count)];
  return n->key && at % 2 ? json_string(n->key) : json_is_string(n->value) ? json_incref(n->value) : json_string("x");
}

static json_t *new_value(change *c) {
  static const int64_t numbers[] = {0, 1, -1, 2, 10, 365, INT32_MAX, INT64_MAX, INT64_MIN, 1000000};
  switch (next(c, 8)) {
  case 0:
    return json_integer(numbers[next(c, 10)]);
  case 1:
    return json_boolean(next(c, 2));
  case 2:
    return next(c, 2) ? json_array() : json_object();
  case 3:
    return json_pack("{s:s, s:o}", "@", "decimal", "value", new_text(c));
  case 4:
    return new_text(c);
  default:
    return json_deep_copy(c->nodes[next(c, (uint32_t)c->count)].value);
  }
}

static void put(const node *n, json_t *value) {
  if (n->key)
    json_object_set_new(n->up, n->key, value);
  else
    json_array_set_new(n->up, n->index, value);
}

static void change_once(change *c, json_t *root) {
  c->count = 0;
  gather(c, root);
  if (c->count == 0) return;
  node n = c->nodes[next(c, (uint32_t)c->count)];
  switch (next(c, 6)) {
  case 0: /* left out */
    if (n.key)
      json_object_del(n.up, n.key);
    else
      json_array_remove(n.up, n.index);
    return;
  case 1: /* doubled, or under another name */
    if (n.key) {
      json_t *name = new_text(c);
      json_object_set_new(n.up, json_string_value(name), json_deep_copy(n.value));
      json_decref(name);
    } else {
      json_array_insert_new(n.up, n.index, json_deep_copy(n.value));
    }
    return;
  case 2: { /* around itself */
    json_t *inner = json_deep_copy(n.value);
    put(&n, json_pack("{s:s, s:s, s:o, s:[]}", "@", vocabulary[next(c, (uint32_t)vocabulary_count)].name, "at",
                      "p/pack.lua:1", "of", inner, "args"));
    return;
  }
  default:
    put(&n, new_value(c));
  }
}

size_t json_change(uint8_t *bytes, size_t size, size_t most, unsigned int seed) {
  json_t *root = json_loadb((const char *)bytes, size, 0, NULL);
  if (!root || seed % 50 == 0) {
    json_decref(root);
    return LLVMFuzzerMutate(bytes, size, most);
  }
  static change c; /* too large for a stack */
  c.state = seed;
  for (uint32_t times = 1 + next(&c, 3); times > 0; times--) change_once(&c, root);
  char *text = json_dumps(root, JSON_COMPACT);
  json_decref(root);
  size_t length = text ? strlen(text) : 0;
  if (length > 0 && length <= most) {
    memcpy(bytes, text, length);
    size = length;
  }
  free(text);
  return size;
}
