/* The parsers of base: dates, amounts, fractions, keys; and what makes a text safe to be shown. */
#include "fuzz.h"

#include "base/amount.h"
#include "base/date.h"
#include "base/json.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  json_prepare();
  return 0;
}

static void dates(arena *a, const char *text) {
  date d;
  if (date_read(text, &d)) {
    char written[11];
    date again;
    date_write(d, written);
    fuzz_promise(date_read(written, &again) && again == d);
    fuzz_promise(date_first(d) <= date_last(d));
    for (int in = 0; in < LANGUAGES; in++) fuzz_promise(date_text(a, d, (language)in)[0] != '\0');
  }
  day one;
  if (day_read(text, &one)) {
    char written[11];
    day_write(one, written);
    fuzz_promise(strcmp(written, text) == 0);
    day_add(one, 1, -1, 1);
  }
}

static void numbers(arena *a, const char *text) {
  static const char *const units[] = {NULL, "学时", "人", ""};
  for (int decimals = 0; decimals <= 6; decimals += 3) {
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
      amount value;
      if (amount_read(text, decimals, units[i], &value) != AMOUNT_GOOD || value.bound == BOUND_NONE) continue;
      fuzz_promise(value.bound <= BOUND_UNKNOWN);
      for (int in = 0; in < LANGUAGES; in++) {
        char *written = amount_text(a, value, (language)in);
        fuzz_promise(written[0] != '\0');
        amount_published(a, value, (published){.scale = 1}, (language)in);
        amount_published(a, value, (published){.scale = 10000, .grain = 100, .word = "近"}, (language)in);
      }
      amount again;
      if (value.bound == BOUND_EXACT) {
        fuzz_promise(amount_read(amount_text(a, value, LANGUAGE_ZH), 6, NULL, &again) == AMOUNT_GOOD);
        fuzz_promise(again.millionths == value.millionths);
      }
    }
  }
  fraction f, sum;
  if (!fraction_read(text, &f)) return;
  fuzz_promise(f.below > 0);
  char *written = fraction_text(a, f);
  fraction again;
  if (fraction_read(written, &again)) fuzz_promise(fraction_compare(f, again) == 0);
  if (fraction_add(f, (fraction){1, 3}, &sum)) fuzz_promise(fraction_compare(f, sum) < 0);
  if (fraction_multiply(f, f, &sum)) fuzz_promise(sum.above >= 0);
  if (fraction_divide(f, f, &sum)) fuzz_promise(sum.above == 1 && sum.below == 1);
  for (int way = ROUND_DOWN; way <= ROUND_HALF; way++) fraction_round(f, (rounding)way, (fraction){1, 2}, &sum);
}

static bool has_control(const char *text) {
  for (const unsigned char *at = (const unsigned char *)text; *at; at++)
    if (*at < 0x20 || *at == 0x7F || (*at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0)) return true;
  return strstr(text, "\xE2\x80\xAE") || strstr(text, "\xE2\x80\xA8") || strstr(text, "\xE2\x81\xA6");
}

static void texts(arena *a, const char *text, size_t size) {
  char *key = text_key(a, text);
  fuzz_promise(text_is_utf8(key, strlen(key)) && !strpbrk(key, " \t\r\n"));
  char *plain = text_plain(a, text);
  fuzz_promise(strcmp(text_plain(a, plain), plain) == 0);
  if (text_is_plain(text)) fuzz_promise(strcmp(plain, text) == 0);
  char *trimmed = text_trim(a, text);
  fuzz_promise(strcmp(text_trim(a, trimmed), trimmed) == 0);
  char *shown = text_for_terminal(a, text);
  fuzz_promise(!has_control(shown));
  fuzz_promise(text_width(text_shortened(a, shown, 7)) <= 7);
  char *html = text_for_html(a, text);
  fuzz_promise(!strpbrk(html, "<>\"'"));
  char *cell = text_for_cell(a, text);
  if (strpbrk(text, "+=@-\t\r") == text && strspn(text, "+-.0123456789%") < size) fuzz_promise(cell[0] == '\'');
  static const char *const names[] = {"placement", "研修学员", "lesson_observation", "=1+1"};
  text_nearest(text, names, sizeof names / sizeof *names);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  char *text = fuzz_text(bytes, size);
  if (text_is_utf8(text, size) && size < 4096) {
    arena *a = arena_new();
    dates(a, text);
    numbers(a, text);
    texts(a, text, size);
    arena_free(a);
  }
  free(text);
  return 0;
}
