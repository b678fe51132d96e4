/* What holds for every text: tried on texts put together at random from what is hard, the same ones in every run. */
#include "check.h"

#include "base/amount.h"
#include "base/date.h"
#include "base/json.h"

#include <string.h>

enum { TRIES = 20000 };

static uint32_t next(uint64_t *seed) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*seed >> 33);
}

static const char *random_text(arena *a, uint64_t *seed) {
  static const char *const pieces[] = {"0",
                                       "1",
                                       "12",
                                       "2025",
                                       "08",
                                       "-",
                                       ".",
                                       "/",
                                       "年",
                                       "月",
                                       "日",
                                       "余",
                                       "近",
                                       "万",
                                       "多",
                                       ",",
                                       " ",
                                       "　",
                                       "１",
                                       "：",
                                       "人",
                                       "名",
                                       "T",
                                       ":",
                                       "+",
                                       "=",
                                       "\xf0\x9f\x95\xaf",
                                       "e\xcc\x81",
                                       "ﾃ",
                                       "ß",
                                       "İ",
                                       "\t",
                                       "\n",
                                       "\r",
                                       "·",
                                       "\x1b",
                                       "“",
                                       "\"",
                                       "\\",
                                       "<",
                                       "&",
                                       ">=",
                                       "%",
                                       "\xe2\x80\xae",
                                       "\xe2\x80\x8b",
                                       "\xef\xbb\xbf",
                                       "a",
                                       "B",
                                       "é",
                                       "中",
                                       "_",
                                       "亿",
                                       "以上",
                                       "24:00",
                                       "号",
                                       "上午"};
  char *text = arena_text(a, "");
  for (uint32_t count = next(seed) % 8; count > 0; count--)
    text = arena_format(a, "%s%s", text, pieces[next(seed) % (sizeof pieces / sizeof *pieces)]);
  return text;
}

static void forms_of_texts_are_texts_and_stay_as_they_are(void **state) {
  (void)state;
  arena *a = arena_new();
  uint64_t seed = 1;
  for (int i = 0; i < TRIES; i++, arena_reset(a)) {
    const char *text = random_text(a, &seed);
    const char *const forms[] = {text_key(a, text),      text_trim(a, text),         text_plain(a, text),
                                 text_for_cell(a, text), text_for_terminal(a, text), text_for_html(a, text)};
    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++)
      if (!text_is_utf8(forms[form], strlen(forms[form]))) fail_msg("form %zu of \"%s\"", form, text);
    assert_string_equal(text_key(a, forms[0]), forms[0]);
    assert_string_equal(text_trim(a, forms[1]), forms[1]);
    assert_string_equal(text_plain(a, forms[2]), forms[2]);
    assert_string_equal(text_for_terminal(a, forms[4]), forms[4]);
    assert_string_equal(text_key(a, forms[2]), forms[0]); /* plain texts have the same key */
    assert_null(strpbrk(forms[4], "\x1b\r\n\t"));
    assert_null(strpbrk(forms[5], "<>\"'"));
    assert_true(text_points(text) <= strlen(text));
  }
  arena_free(a);
}

static void what_is_read_is_written_and_read_the_same(void **state) {
  (void)state;
  arena *a = arena_new();
  uint64_t seed = 2;
  int dates = 0, amounts = 0;
  for (int i = 0; i < TRIES * 10; i++, arena_reset(a)) {
    const char *text = random_text(a, &seed);
    date d = DATE_NONE, again = DATE_NONE;
    if (date_read(text, &d)) {
      char written[11];
      date_write(d, written);
      assert_true(date_read(written, &again));
      assert_int_equal(again, d);
      assert_true(date_first(d) <= date_last(d));
      dates++;
    }
    amount value = {0}, back = {0};
    if (amount_read(text, 6, "人", &value) == AMOUNT_GOOD && value.bound != BOUND_NONE) {
      assert_int_equal(amount_read(amount_text(a, value, LANGUAGE_ZH), 6, "人", &back), AMOUNT_GOOD);
      assert_int_equal(back.millionths, value.millionths);
      assert_int_equal(back.bound, value.bound);
      assert_int_equal(amount_read(amount_text(a, value, LANGUAGE_EN), 6, "人", &back), AMOUNT_GOOD);
      assert_int_equal(back.millionths, value.millionths);
      assert_true(value.millionths >= 0);
      amounts++;
    }
  }
  /* Otherwise nothing was tried. */
  assert_true(dates > 100);
  assert_true(amounts > 1000);
  arena_free(a);
}

static void fractions_agree_with_each_other(void **state) {
  (void)state;
  uint64_t seed = 3;
  arena *a = arena_new();
  for (int i = 0; i < TRIES; i++, arena_reset(a)) {
    fraction x, y, sum, back, down, up;
    assert_true(fraction_make((int64_t)(next(&seed) % 2000001) - 1000000, 1 + next(&seed) % 1000, &x));
    assert_true(fraction_make((int64_t)(next(&seed) % 2000001) - 1000000, 1 + next(&seed) % 1000, &y));
    assert_true(fraction_add(x, y, &sum));
    assert_true(fraction_subtract(sum, y, &back));
    assert_int_equal(fraction_compare(back, x), 0);
    if (y.above != 0) {
      assert_true(fraction_multiply(x, y, &sum));
      assert_true(fraction_divide(sum, y, &back));
      assert_int_equal(fraction_compare(back, x), 0);
    }
    assert_int_equal(fraction_compare(x, y), -fraction_compare(y, x));
    if (y.above <= 0) continue;
    assert_true(fraction_round(x, ROUND_DOWN, y, &down));
    assert_true(fraction_round(x, ROUND_UP, y, &up));
    assert_true(fraction_compare(down, x) <= 0 && fraction_compare(x, up) <= 0);
    assert_true(fraction_subtract(up, down, &sum));
    assert_true(sum.above == 0 || fraction_compare(sum, y) == 0);
    if (fraction_read(fraction_text(a, x), &back))
      assert_int_equal(fraction_compare(back, x), 0);
    else
      fail_msg("\"%s\" is not read back", fraction_text(a, x));
  }
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(forms_of_texts_are_texts_and_stay_as_they_are),
      cmocka_unit_test(what_is_read_is_written_and_read_the_same),
      cmocka_unit_test(fractions_agree_with_each_other),
  };
  return cmocka_run_group_tests_name("base_random", tests, NULL, NULL);
}
