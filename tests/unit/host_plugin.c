#include "check.h"

#include "host/plugin.h"

#include <string.h>

static void names_are_plain(void **state) {
  (void)state;
  static const char *const good[] = {"a", "csv", "x_1", "word2vec"};
  static const char *const bad[] = {"", "A", "1a", "_a", "a-b", "a b", "名", "a\n"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(plugin_name_good(good[i]));
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(plugin_name_good(bad[i]));
  assert_false(plugin_name_good(NULL));
  char name[PLUGIN_NAME_MOST + 2];
  memset(name, 'a', sizeof name);
  name[PLUGIN_NAME_MOST] = '\0';
  assert_true(plugin_name_good(name));
  name[PLUGIN_NAME_MOST] = 'a';
  name[PLUGIN_NAME_MOST + 1] = '\0';
  assert_false(plugin_name_good(name));
}

static void texts_are_utf8_without_control_characters(void **state) {
  (void)state;
  assert_true(plugin_text_good("一行 text"));
  static const char *const bad[] = {"", "a\nb", "\x1b[1m", "\x7F", "\xC3\x28", "\xED\xA0\x80"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(plugin_text_good(bad[i]));
  assert_false(plugin_text_good(NULL));
}

static void extensions_are_words(void **state) {
  (void)state;
  assert_true(plugin_extensions_good("xlsx xlsm", true));
  assert_true(plugin_extensions_good("csv", false));
  assert_false(plugin_extensions_good("xlsx xlsm", false));
  static const char *const bad[] = {"", " a", "a ", "a  b", ".csv", "CSV", "../x"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(plugin_extensions_good(bad[i], true));
}

static void types_of_options_and_their_values(void **state) {
  (void)state;
  static const char *const types[] = {"text", "whole", "truth", "a|b", "tab|;|comma", "中|文"};
  static const char *const none[] = {"", "number", "a|", "|a", "a||b", "a b|c"};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) assert_true(plugin_option_type_good(types[i]));
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) assert_false(plugin_option_type_good(none[i]));
  static const struct {
    const char *type, *value;
    bool good;
  } rows[] = {
      {"text", "", true},       {"text", "任何", true},
      {"text", "\xFF", false},  {"truth", "true", true},
      {"truth", "false", true}, {"truth", "yes", false},
      {"truth", "", false},     {"whole", "0", true},
      {"whole", "-17", true},   {"whole", "", false},
      {"whole", "-", false},    {"whole", "1.5", false},
      {"whole", "1x", false},   {"whole", "9999999999999999999", false},
      {"ab|b|c", "b", true},    {"ab|b|c", "ab", true},
      {"ab|b|c", "a", false},   {"ab|b|c", "", false},
      {"ab|b|c", "b|c", false}, {"ab|b|c", "c", true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(plugin_option_value_good(rows[i].type, rows[i].value), rows[i].good);
}

static void pieces_have_a_length(void **state) {
  (void)state;
  assert_true(plugin_piece_good((hongzhu_text){NULL, 99}, 5));
  assert_true(plugin_piece_good((hongzhu_text){"abcdef", 5}, 5));
  assert_false(plugin_piece_good((hongzhu_text){"abcdef", 6}, 5));
  assert_false(plugin_piece_good((hongzhu_text){"a\0b", 3}, 5));
  assert_false(plugin_piece_good((hongzhu_text){"汉", 2}, 5));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_are_plain),      cmocka_unit_test(texts_are_utf8_without_control_characters),
      cmocka_unit_test(extensions_are_words), cmocka_unit_test(types_of_options_and_their_values),
      cmocka_unit_test(pieces_have_a_length),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
