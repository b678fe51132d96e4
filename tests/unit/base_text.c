#include "check.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static int begin(void **state) {
  *state = arena_new();
  return 0;
}

static int end(void **state) {
  arena_free(*state);
  return 0;
}

static void utf8_is_checked(void **state) {
  (void)state;
  assert_true(text_is_utf8("", 0));
  assert_true(text_is_utf8("红烛 a\xf0\x9f\x95\xaf", 3 + 3 + 2 + 4));
  static const char *const wrong[] = {
      "\x80",             /* a continuation alone */
      "\xc0\xaf",         /* "/" in two bytes */
      "\xe0\x80\xaf",     /* and in three */
      "\xed\xa0\x80",     /* a surrogate */
      "\xf4\x90\x80\x80", /* past the last code point */
      "\xf8\x88\x80\x80\x80",
      "\xe7\xba",     /* cut off */
      "\xba\xec\xd6", /* GBK */
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(text_is_utf8(wrong[i], strlen(wrong[i])));
  assert_false(text_is_utf8("a\0b", 3));
  /* Nothing behind the size is read. */
  char *exact = malloc(1);
  *exact = '\xe7';
  assert_false(text_is_utf8(exact, 1));
  free(exact);
}

static void width_counts_columns(void **state) {
  (void)state;
  assert_int_equal(text_width(""), 0);
  assert_int_equal(text_width("abc"), 3);
  assert_int_equal(text_width("红烛"), 4);
  assert_int_equal(text_width("ＡＢ"), 4);
  assert_int_equal(text_width("e\xcc\x81"), 1); /* a combining accent */
  assert_int_equal(text_points("红烛a"), 3);
}

static void keys_of_what_people_take_for_the_same_are_equal(void **state) {
  arena *a = *state;
  static const char *const same[][2] = {
      {"张　三", "张三"},
      {" 张 三\t", "张三"},
      {"阿卜杜拉·买买提", "阿卜杜拉•买买提"},
      {"阿卜杜拉‧买买提", "阿卜杜拉・买买提"},
      {"阿卜杜拉.买买提", "阿卜杜拉·买买提"},
      {"Ｔ－００４１２", "t-00412"},
      {"T—1", "T-1"},
      {"T–1", "T-1"},
      {"（一）", "(一)"},
      {"ﾃｽﾄ", "テスト"},
      {"e\xcc\x81", "é"},
      {"\xef\xbb\xbf编号", "编号"},
      {"张\xe2\x80\x8b三", "张三"},
      {"STRASSE", "straße"},
  };
  for (size_t i = 0; i < sizeof same / sizeof *same; i++)
    assert_string_equal(text_key(a, same[i][0]), text_key(a, same[i][1]));
  assert_string_not_equal(text_key(a, "张三"), text_key(a, "张叁"));
  assert_string_not_equal(text_key(a, "一中"), text_key(a, "二中"));
  assert_string_equal(text_key(a, ""), "");
  assert_string_equal(text_key(a, " 　"), "");
}

static void plain_makes_full_width_forms_ascii(void **state) {
  arena *a = *state;
  assert_string_equal(text_plain(a, "　２０２５－０８－１５　"), "2025-08-15");
  assert_string_equal(text_plain(a, "Ａｂ：（１）"), "Ab:(1)");
  assert_string_equal(text_plain(a, "张 三"), "张 三");
  assert_string_equal(text_plain(a, "张\xc2\xa0三"), "张 三");
  assert_string_equal(text_trim(a, " \t　红 烛\r\n　"), "红 烛");
  assert_string_equal(text_trim(a, " 　"), "");
  assert_string_equal(text_trim(a, ""), "");
  assert_string_equal(text_trim(a, "红烛"), "红烛");
  assert_string_equal(text_trim(a, "\xe7\xba"), "\xe7\xba"); /* half a character is no white space */
  assert_string_equal(text_trim(a, "a\x80\x80\x80\x80 "), "a\x80\x80\x80\x80");
  const char *whole = "  红烛", *ending = "红烛　 ";
  assert_ptr_equal(text_trimmed(a, whole), whole + 2);
  assert_string_equal(text_trimmed(a, ending), "红烛");
  assert_string_equal(text_trimmed(a, " \t　"), "");
}

static void what_is_called_plain_is_changed_by_nothing(void **state) {
  arena *a = *state;
  static const char *const plain[] = {"", "2025-08-15", "12.5", "张三", "2025年8月", "a b", "〇"};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    assert_true(text_is_plain(plain[i]));
    assert_string_equal(text_plain(a, plain[i]), plain[i]);
  }
  /* Every code point that text_plain changes, alone and between others, is not plain. */
  for (uint32_t point = 1; point < 0x30000; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    char text[8] = {0};
    size_t length = 0;
    if (point < 0x80) {
      text[length++] = (char)point;
    } else {
      int follow = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
      static const unsigned lead[] = {0, 0xc0, 0xe0, 0xf0};
      text[length++] = (char)(unsigned char)(lead[follow] | point >> (6 * follow));
      while (follow-- > 0) text[length++] = (char)(unsigned char)(0x80 | (point >> (6 * follow) & 0x3f));
    }
    const char *inside = arena_format(a, "x%sy", text);
    if (text_is_plain(text)) assert_string_equal(text_plain(a, text), text);
    if (text_is_plain(inside)) assert_string_equal(text_plain(a, inside), inside);
    if (point % 256 == 0) arena_reset(a);
  }
}

static void the_nearest_name_is_found(void **state) {
  (void)state;
  const char *const names[] = {"observation", "placement", "题目", "face", "fact", NULL};
  assert_string_equal(text_nearest("placment", names, 5), "placement");
  assert_string_equal(text_nearest("obzervatoin", names, 5), "observation");
  assert_string_equal(text_nearest("faces", names, 5), "face");
  assert_string_equal(text_nearest("facx", names, 5), "face"); /* of two equally near the first */
  assert_string_equal(text_nearest("题日", names, 5), "题目");
  assert_null(text_nearest("training", names, 6));
  assert_null(text_nearest("x", names, 5));
  assert_null(text_nearest("", names, 5));
  assert_null(text_nearest("placement", NULL, 0));
}

static void nothing_moves_a_terminal(void **state) {
  arena *a = *state;
  assert_string_equal(text_for_terminal(a, "红烛 a\"b"), "红烛 a\"b");
  assert_string_equal(text_for_terminal(a, "a\x1b[31m\x07"), "a\\x1b[31m\\x07");
  assert_string_equal(text_for_terminal(a, "a\r\n\tb"), "a\\r\\n\\tb");
  assert_string_equal(text_for_terminal(a, "x\xe2\x80\xaey"), "x\\u{202e}y");
  assert_string_equal(text_for_terminal(a, "\xc2\x9b"), "\\u{009b}"); /* a control sequence in eight bits */
  assert_string_equal(text_for_terminal(a, "\xff"
                                           "a"),
                      "\\xffa");
}

static void cells_hold_no_formulas(void **state) {
  arena *a = *state;
  static const char *const kept[] = {"", "abc", "12", "-12.5", "+3", "-5%", "1=2", "红烛"};
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) assert_string_equal(text_for_cell(a, kept[i]), kept[i]);
  static const char *const guarded[] = {"=1+1",  "@x",  "+cmd",  "-2+3",   "-",         "\tx",  "\rx",
                                        "＝1+1", "-1e", " =1+1", "\"=1+1", "\u3000＝1", "\n=1", "\xef\xbb\xbf@x"};
  for (size_t i = 0; i < sizeof guarded / sizeof *guarded; i++) {
    const char *cell = text_for_cell(a, guarded[i]);
    assert_int_equal(cell[0], '\'');
    assert_string_equal(cell + 1, guarded[i]);
  }
}

static void html_is_escaped(void **state) {
  assert_string_equal(text_for_html(*state, "<a href=\"x\">'&红</a>"),
                      "&lt;a href=&quot;x&quot;&gt;&#39;&amp;红&lt;/a&gt;");
}

static void what_moves_a_terminal_is_in_no_output(void **state) {
  assert_string_equal(text_for_html(*state, "a\x1b[31m\u202e"
                                            "b\n"),
                      "a\xef\xbf\xbd[31m\xef\xbf\xbd"
                      "b\n");
  assert_string_equal(text_for_json(*state, "{\"红\u202e\": \"\x7f\xc2\x9b\xf3\xa0\x81\x81\"\n}"),
                      "{\"红\\u202e\": \"\\u007f\\u009b\\udb40\\udc41\"\n}");
}

static void the_language_comes_from_the_locale(void **state) {
  (void)state;
  unsetenv("LC_ALL");
  unsetenv("LC_MESSAGES");
  unsetenv("LANG");
  assert_int_equal(language_from_environment(), LANGUAGE_EN);
  setenv("LANG", "zh_CN.UTF-8", 1);
  assert_int_equal(language_from_environment(), LANGUAGE_ZH);
  setenv("LC_MESSAGES", "de_DE.UTF-8", 1);
  assert_int_equal(language_from_environment(), LANGUAGE_EN);
  setenv("LC_ALL", "zh", 1);
  assert_int_equal(language_from_environment(), LANGUAGE_ZH);
  setenv("LC_ALL", "", 1);
  assert_int_equal(language_from_environment(), LANGUAGE_EN);
}

static void a_buffer_grows(void **state) {
  (void)state;
  buffer b = {0};
  for (int i = 0; i < 1000; i++) buffer_format(&b, "%d,", i);
  buffer_bytes(&b, "a\0b", 3);
  assert_int_equal(b.length, 10 * 2 + 90 * 3 + 900 * 4 + 3);
  assert_int_equal(b.at[b.length], '\0');
  assert_memory_equal(b.at, "0,1,2,", 6);
  buffer_free(&b);
  assert_null(b.at);
  assert_true(text_same(NULL, NULL));
  assert_false(text_same(NULL, ""));
  assert_true(text_same("红", "红"));
}

static void what_is_too_wide_is_cut_between_characters(void **state) {
  (void)state;
  arena *a = arena_new();
  assert_string_equal(text_shortened(a, "", 3), "");
  assert_string_equal(text_shortened(a, "abc", 3), "abc");
  assert_string_equal(text_shortened(a, "abcd", 3), "ab…");
  assert_string_equal(text_shortened(a, "课堂", 4), "课堂");
  assert_string_equal(text_shortened(a, "课堂观察", 6), "课堂…");
  assert_string_equal(text_shortened(a, "课堂观察", 5), "课堂…");
  assert_string_equal(text_shortened(a, "课堂观察", 4), "课…");
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(utf8_is_checked),
      cmocka_unit_test(width_counts_columns),
      cmocka_unit_test_setup_teardown(keys_of_what_people_take_for_the_same_are_equal, begin, end),
      cmocka_unit_test_setup_teardown(plain_makes_full_width_forms_ascii, begin, end),
      cmocka_unit_test_setup_teardown(what_is_called_plain_is_changed_by_nothing, begin, end),
      cmocka_unit_test(what_is_too_wide_is_cut_between_characters),
      cmocka_unit_test(the_nearest_name_is_found),
      cmocka_unit_test_setup_teardown(nothing_moves_a_terminal, begin, end),
      cmocka_unit_test_setup_teardown(cells_hold_no_formulas, begin, end),
      cmocka_unit_test_setup_teardown(html_is_escaped, begin, end),
      cmocka_unit_test_setup_teardown(what_moves_a_terminal_is_in_no_output, begin, end),
      cmocka_unit_test(the_language_comes_from_the_locale),
      cmocka_unit_test(a_buffer_grows),
  };
  return cmocka_run_group_tests_name("base_text", tests, NULL, NULL);
}
