#include "pack/load.h"

#include "pack/std_lua.h"
#include "pack/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#define API_VERSION 1
#define SECONDS     5 /* of computing for one file, row, case or report: a thousand times what any of them needs */

static const std_lua_text *std_named(const char *name) {
  for (size_t i = 0; i < std_lua_count; i++) {
    if (strcmp(std_lua[i].name, name) == 0) return &std_lua[i];
  }
  return NULL;
}

/* ---- the order of files ---- */

static int rank_of(const char *path) { /* within its pack */
  static const char *const first[] = {"pack.lua", "parameters", "kinds", "scales", "recognition"};
  const int count = (int)(sizeof first / sizeof *first);
  if (strcmp(path, first[0]) == 0) return 0;
  for (int i = 1; i < count; i++) {
    if (strncmp(path, first[i], strlen(first[i])) == 0) return i;
  }
  return count;
}

static const char *inner_path(const char *name) { /* "county/rules/cycle.lua": "rules/cycle.lua" */
  const char *slash = strchr(name, '/');
  return slash ? slash + 1 : name;
}

static int compare_names(const void *left, const void *right) {
  const char *a = inner_path(*(const char *const *)left), *b = inner_path(*(const char *const *)right);
  int rank_a = rank_of(a), rank_b = rank_of(b);
  return rank_a != rank_b ? rank_a - rank_b : strcmp(a, b);
}

/* The files of `files` in the order of image.h. A new array of strings. */
static json_t *load_order(const json_t *files, const json_t *order) {
  json_t *result = json_array();
  size_t total = json_object_size(files);
  const char **names = memory_take((total + 1) * sizeof *names);
  for (size_t i = 0; i < json_array_size(order); i++) {
    const char *id = json_string_value(json_array_get(order, i));
    size_t count = 0, length = id ? strlen(id) : 0;
    const char *name;
    json_t *text;
    json_object_foreach((json_t *)(uintptr_t)files, name, text) {
      if (length && strncmp(name, id, length) == 0 && name[length] == '/') names[count++] = name;
    }
    qsort(names, count, sizeof *names, compare_names);
    for (size_t j = 0; j < count; j++) json_array_append_new(result, json_string(names[j]));
  }
  free(names);
  return result;
}

/* ---- running ---- */

static json_t *words_as_json(void) {
  static const char *const forms[] = {"declaration", "function", "method"};
  json_t *words = json_array();
  for (size_t i = 0; i < vocabulary_count; i++) {
    json_array_append_new(words,
                          json_pack("{s:s, s:s}", "name", vocabulary[i].name, "form", forms[vocabulary[i].form]));
  }
  return words;
}

/* The table of the prelude's functions stays at the bottom of the stack. */
static bool open_box(arena *a, loaded *out, faults *problems) {
  out->box = box_new(a, (box_limits){.seconds = SECONDS});
  const std_lua_text *prelude = std_named("prelude");
  json_t *words = words_as_json();
  bool good = box_prelude(out->box, "std/prelude.lua", prelude->text, prelude->length, words, problems);
  json_decref(words);
  return good;
}

/* Pushes a function of the prelude: its name is a key already, so nothing is allocated. */
static void push_prelude(loaded *l, const char *name) {
  lua_getfield(box_state(l->box), 1, name);
}

static bool run_file(loaded *l, const char *name, const char *text, faults *problems) {
  lua_State *lua = box_state(l->box);
  int base = lua_gettop(lua), results = 0;
  box_progress(l->box);
  push_prelude(l, "begin");
  if (!box_call(l->box, 0, 0, name, problems)) return false;
  if (!box_run(l->box, name, text, strlen(text), &results, problems)) return false;
  if (!lua_checkstack(lua, 8)) return false;
  push_prelude(l, "collect");
  lua_insert(lua, base + 1);
  json_t *named = json_string(name);
  box_push_json(l->box, named);
  json_decref(named);
  lua_insert(lua, base + 2);
  return box_call(l->box, results + 1, 0, name, problems);
}

bool load_text(arena *a, json_t *files, json_t *order, loaded *out, faults *problems) {
  *out = (loaded){.files = files, .order = order};
  if (!open_box(a, out, problems)) return false;
  json_t *names = load_order(files, order);
  bool good = true;
  for (size_t i = 0; i < json_array_size(names); i++) {
    const char *name = json_string_value(json_array_get(names, i));
    const char *text = json_member_text(files, name);
    if (!text || run_file(out, name, text, problems)) continue;
    good = false;
    /* Without the recognitions every use of their names would be another error. */
    if (box_lost(out->box) || strncmp(inner_path(name), "recognition", strlen("recognition")) == 0) break;
  }
  json_decref(names);
  return good;
}

void load_free(loaded *l) {
  box_free(l->box);
  l->box = NULL;
}

/* ---- the image ---- */

static place declared_at(arena *a, const json_t *declaration) {
  const char *at = json_member_text(declaration, "at");
  return at ? box_place(a, at) : NOWHERE;
}

/* The `pack { … }` of every pack must be there, in its pack.lua, with the id under which its files are known. */
static const json_t *find_heads(const json_t *declarations, const json_t *order, faults *problems) {
  const json_t *last = NULL;
  size_t found = 0;
  for (size_t i = 0; i < json_array_size(declarations); i++) {
    const json_t *declaration = json_array_get(declarations, i);
    const char *word = json_member_text(declaration, "@");
    if (!word || strcmp(word, "pack") != 0) continue;
    place where = declared_at(problems->memory, declaration);
    const char *id = json_member_text(declaration, "id");
    const char *expected = json_string_value(json_array_get(order, found));
    if (!expected) {
      fault_add(problems, where, "a pack declares itself once; this is one `pack` too many",
                "规则包只声明一次，这里多了一个 pack");
      return NULL;
    }
    if (!id || strcmp(id, expected) != 0) {
      fault_add(problems, where, "the pack's id must be written as the text \"%s\"", "规则包的 id 应写作文本“%s”",
                expected);
      return NULL;
    }
    int64_t api = json_member_integer(declaration, "api", 0);
    if (api != API_VERSION) {
      fault_add(problems, where, "pack \"%s\" is written for api %lld, this program knows api %d",
                "规则包“%s”适用于 api %lld，本程序支持 api %d", id, (long long)api, API_VERSION);
      fault_next(problems, "write api = %d, or use a program of the pack's time",
                 "请写 api = %d，或使用与该规则包相应的程序", API_VERSION);
      return NULL;
    }
    if (!json_member_text(declaration, "version")) {
      fault_add(problems, where, "pack \"%s\" does not say its version as a text", "规则包“%s”没有用文本写明版本", id);
      fault_next(problems, "write version = \"1\"", "请写 version = \"1\"");
      return NULL;
    }
    found++;
    last = declaration;
  }
  if (found == json_array_size(order)) return last;
  fault_add(problems, NOWHERE, "pack \"%s\" does not declare itself", "规则包“%s”没有声明自己",
            json_string_value(json_array_get(order, found)));
  fault_next(problems, "write return pack { id = …, title = …, version = …, api = %d } in pack.lua",
             "请在 pack.lua 中写 return pack { id = …, title = …, version = …, api = %d }", API_VERSION);
  return NULL;
}

static json_t *image_of(const json_t *head, json_t *declarations, const json_t *order) {
  json_t *image = json_object();
  static const char *const copied[] = {"api", "id", "version", "title", "organization"};
  for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
    json_t *value = json_object_get(head, copied[i]);
    if (value) json_object_set(image, copied[i], value);
  }
  json_t *extends = json_array();
  for (size_t i = 0; i + 1 < json_array_size(order); i++) json_array_append(extends, json_array_get(order, i));
  json_object_set_new(image, "extends", extends);
  json_object_set(image, "declarations", declarations);
  return image;
}

json_t *load_image(loaded *l, faults *problems) {
  lua_State *lua = box_state(l->box);
  push_prelude(l, "list");
  json_t *declarations = json_array();
  bool good = true;
  lua_Integer count = (lua_Integer)lua_rawlen(lua, -1);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(lua, -1, i);
    json_t *declaration = box_json(l->box, -1, problems);
    lua_pop(lua, 1);
    if (declaration) {
      json_array_append_new(declarations, declaration);
    } else {
      good = false;
    }
  }
  lua_pop(lua, 1);
  const json_t *head = good ? find_heads(declarations, l->order, problems) : NULL;
  json_t *image = head ? image_of(head, declarations, l->order) : NULL;
  json_decref(declarations);
  return image;
}

/* ---- functions ---- */

bool load_function(loaded *l, const char *word, const char *id, const char *key, faults *problems) {
  lua_State *lua = box_state(l->box);
  push_prelude(l, "find");
  const char *const texts[] = {word, id, key};
  for (size_t i = 0; i < 3; i++) {
    json_t *text = json_string(texts[i]);
    box_push_json(l->box, text);
    json_decref(text);
  }
  if (!box_call(l->box, 3, 1, id, problems)) return false;
  if (lua_isfunction(lua, -1) && !lua_iscfunction(lua, -1)) return true;
  lua_pop(lua, 1);
  return fault_add(problems, NOWHERE, "%s \"%s\" has no function \"%s\"", "%s“%s”没有函数“%s”", word, id, key);
}
