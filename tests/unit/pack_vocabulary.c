/* The table of words: complete in both languages, unambiguous, and the same as the stubs for editors. */
#include "check.h"

#include "pack/stubs.h"
#include "pack/vocabulary.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void every_word_is_explained(void **state) {
  (void)state;
  for (size_t i = 0; i < vocabulary_count; i++) {
    const word_row *word = &vocabulary[i];
    assert_true(word->help.in[LANGUAGE_ZH][0] != '\0' && word->help.in[LANGUAGE_EN][0] != '\0');
    assert_string_not_equal(word->help.in[LANGUAGE_ZH], word->help.in[LANGUAGE_EN]);
    assert_true(text_is_utf8(word->help.in[LANGUAGE_ZH], strlen(word->help.in[LANGUAGE_ZH])));
    assert_true(strspn(word->name, "abcdefghijklmnopqrstuvwxyz_") == strlen(word->name));
    for (size_t j = 0; j < i; j++) {
      bool both_methods = (word->form == WORD_METHOD) == (vocabulary[j].form == WORD_METHOD);
      if (both_methods) assert_string_not_equal(word->name, vocabulary[j].name);
    }
  }
}

/* Everything of the table is in the stubs; the file in the tree is what the table makes. */
static void the_stubs_are_up_to_date(void **state) {
  (void)state;
  const char *source = getenv("HONGZHU_SOURCE");
  if (!source) skip();
  arena *a = arena_new();
  char *path = arena_format(a, "%s/scripts/types/hongzhu.lua", source), *made = stubs_text(a);
  if (getenv("HONGZHU_ACCEPT")) {
    FILE *written = fopen(path, "w");
    assert_non_null(written);
    fputs(made, written);
    fclose(written);
  }
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  char *found = arena_take(a, strlen(made) + 2);
  size_t length = fread(found, 1, strlen(made) + 1, file);
  fclose(file);
  found[length] = '\0';
  assert_string_equal(found, made);
  for (size_t i = 0; i < vocabulary_count; i++) {
    bool library = strcmp(vocabulary[i].name, "table") == 0; /* shares its name with Lua's */
    if (!library && !strstr(made, vocabulary[i].help.in[LANGUAGE_ZH])) fail_msg("no stub of %s", vocabulary[i].name);
  }
  lua_State *lua = luaL_newstate();
  if (luaL_loadstring(lua, made) != LUA_OK) fail_msg("%s", lua_tostring(lua, -1));
  lua_close(lua);
  assert_non_null(strstr(made,
                         "\n---@param limit number|string|expression\n---@param span? string\n---@param where? table\n"
                         "---@return expression\nfunction expression:cap(limit, span, where) end\n"));
  assert_non_null(
      strstr(made, "\n---@param title string\n---@return fun(t: table): expression\nfunction case(title) end\n"));
  assert_non_null(strstr(made, "\n---@type expression\nnone = {}\n"));
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_word_is_explained),
      cmocka_unit_test(the_stubs_are_up_to_date),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
