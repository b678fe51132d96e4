/* What the tests of kinds and adapters share: a pack of one file, run and compiled, and its faults word for word. */
#ifndef HONGZHU_TESTS_PACK_DECLARED_H
#define HONGZHU_TESTS_PACK_DECLARED_H

#include "check.h"

#include "pack/adapter.h"
#include "pack/roles.h"

#include <stdlib.h>
#include <string.h>

typedef struct declared_pack {
  arena *memory;
  faults *problems;
  pack_text text;
  json_t *image;
  kinds kinds;
  adapter *adapters;
  size_t adapters_count;
  bool good;
} declared_pack;

/* `text` is the file p/all.lua, which returns a list of declarations. */
static inline declared_pack pack_declared(const char *text) {
  declared_pack p = {.memory = arena_new()};
  p.problems = faults_new(p.memory);
  p.text.order = json_pack("[s]", "p");
  p.text.files = json_pack("{s:s, s:s}", "p/pack.lua",
                           "return pack { id = 'p', title = { en = 'p' }, version = '1', api = 1 }", "p/all.lua", text);
  p.image = image_make(p.memory, &p.text, p.problems);
  if (p.image == NULL) fail_msg("%s", fault_text(p.memory, &p.problems->items[0], LANGUAGE_EN));
  declaring *to = arena_take(p.memory, sizeof *to);
  *to = (declaring){.memory = p.memory, .problems = p.problems, .text = arena_copy(p.memory, &p.text, sizeof p.text)};
  const json_t *all = json_object_get(p.image, "declarations");
  p.good = kinds_compile(to, all, &p.kinds);
  p.good = adapters_compile(to, all, &p.kinds, &p.adapters, &p.adapters_count) && p.good;
  return p;
}

static inline void pack_done(declared_pack *p) {
  json_decref(p->image);
  json_decref(p->text.files);
  json_decref(p->text.order);
  arena_free(p->memory);
}

/* The whole fault, place and advice included, in both languages. */
static inline void pack_fails(const char *text, const char *en, const char *zh) {
  declared_pack p = pack_declared(text);
  assert_false(p.good);
  assert_string_equal(fault_text(p.memory, &p.problems->items[0], LANGUAGE_EN), en);
  assert_string_equal(fault_text(p.memory, &p.problems->items[0], LANGUAGE_ZH), zh);
  if (p.problems->count != 1) fail_msg("a second fault: %s", fault_text(p.memory, &p.problems->items[1], LANGUAGE_EN));
  pack_done(&p);
}

static inline void pack_compiles(const declared_pack *p) {
  if (!p->good) fail_msg("%s", fault_text(p->memory, &p->problems->items[0], LANGUAGE_EN));
}

/* The worker that runs a pack's text is this test again. */
static inline bool pack_worker(int argc, char **argv, int *code) {
  json_prepare();
  if (argc < 2 || strcmp(argv[1], "--worker") != 0) return false;
  *code = worker_child_main(pack_roles, argc, argv);
  return true;
}

#endif
