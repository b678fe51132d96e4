#include "base/amount.h"

#include <inttypes.h>
#include <string.h>

/* --- reading --- */

static bool starts(const char *text, const char *with) {
  return strncmp(text, with, strlen(with)) == 0;
}

static bool skip_word(const char **at, const char *word) {
  const char *from = *at;
  while (*from == ' ') from++;
  if (!starts(from, word)) return false;
  *at = from + strlen(word);
  return true;
}

static bool skip_one_of(const char **at, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (skip_word(at, words[i])) return true;
  return false;
}

#define SKIP_ONE_OF(at, words) skip_one_of((at), (words), sizeof(words) / sizeof *(words))

/* The longest come first where one begins another. */
static const char *const before_at_least[] = {">=",   "≥",    ">",         "不少于", "不低于",
                                              "至少", "超过", "at least ", "over ",  "more than "};
static const char *const before_at_most[] = {"<=",   "≤",      "<",        "近",      "不足",    "不到",
                                             "至多", "不超过", "at most ", "nearly ", "almost ", "under "};
static const char *const after_at_least[] = {"余", "多", "以上", "+"};
static const char *const after_at_most[] = {"以内", "以下"};
static const char *const unknown_words[] = {"多",   "若干",    "一些", "许多", "大量",     "众多",   "不详",
                                            "未知", "several", "many", "some", "numerous", "unknown"};
/* People are counted with any of these, whatever the unit is called. */
static const char *const classifiers[] = {"名", "人", "位"};

static void skip_unit(const char **at, const char *unit) {
  if (unit && *unit && skip_word(at, unit)) return;
  bool counts_people = !unit || !*unit;
  for (size_t i = 0; i < sizeof classifiers / sizeof *classifiers; i++)
    if (unit && strcmp(unit, classifiers[i]) == 0) counts_people = true;
  if (counts_people) (void)SKIP_ONE_OF(at, classifiers);
}

static bool at_end(const char *at) {
  while (*at == ' ') at++;
  return *at == '\0';
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Digits, perhaps in groups of three, perhaps with decimals: mantissa / 10^places, without zeros at the end. */
static amount_problem read_number(const char **text, int64_t *mantissa, int *places) {
  const char *at = *text;
  int64_t value = 0;
  int group = 0; /* digits since the last comma */
  bool grouped = false, any = false;
  for (;; at++) {
    if (is_digit(*at)) {
      if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *at - '0', &value))
        return AMOUNT_TOO_LARGE;
      any = true;
      group++;
    } else if (*at == ',' && is_digit(at[1]) && any && (grouped ? group == 3 : group <= 3)) {
      grouped = true;
      group = 0;
    } else {
      break;
    }
  }
  if (!any || (grouped && group != 3)) return AMOUNT_NOT_A_NUMBER;
  int shown = 0;
  if (*at == '.') {
    const char *first = ++at;
    while (is_digit(*at)) at++;
    if (at == first) return AMOUNT_NOT_A_NUMBER;
    const char *last = at;
    while (last > first && last[-1] == '0') last--;
    for (const char *digit = first; digit < last; digit++, shown++) {
      /* Past 18 places or 64 bits there are more decimals than any unit can declare, 万亿 and all. */
      if (shown == 18 || __builtin_mul_overflow(value, 10, &value) ||
          __builtin_add_overflow(value, *digit - '0', &value))
        return AMOUNT_TOO_PRECISE;
    }
  }
  *text = at;
  *mantissa = value;
  *places = shown;
  return AMOUNT_GOOD;
}

static amount_problem scaled(int64_t mantissa, int places, int64_t scale, int decimals, int64_t *millionths) {
  fraction value;
  int64_t below = 1;
  for (int i = 0; i < places; i++) below *= 10;
  if (!fraction_make(mantissa, below, &value)) return AMOUNT_TOO_PRECISE;
  if (!fraction_multiply(value, (fraction){scale, 1}, &value)) return AMOUNT_TOO_LARGE;
  int64_t grain = 1;
  for (int i = 0; i < decimals; i++) grain *= 10;
  if (grain % value.below != 0) return AMOUNT_TOO_PRECISE;
  if (!fraction_multiply(value, (fraction){AMOUNT_ONE, 1}, &value)) return AMOUNT_TOO_LARGE;
  *millionths = value.above;
  return AMOUNT_GOOD;
}

static int64_t read_scale(const char **at) {
  static const struct {
    const char *word;
    int64_t scale;
  } scales[] = {{"万亿", INT64_C(1000000000000)}, {"亿", 100000000}, {"万", 10000}, {"千", 1000}, {"百", 100}};
  for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
    if (skip_word(at, scales[i].word)) return scales[i].scale;
  return 1;
}

static amount_problem unknown_or_not(const char *at, const char *unit, amount *out) {
  if (!SKIP_ONE_OF(&at, unknown_words)) return AMOUNT_NOT_A_NUMBER;
  skip_unit(&at, unit);
  if (!at_end(at)) return AMOUNT_NOT_A_NUMBER;
  *out = (amount){0, BOUND_UNKNOWN};
  return AMOUNT_GOOD;
}

static amount_problem read_plain(const char *at, int decimals, const char *unit, amount *out) {
  if (*at == '\0') {
    *out = (amount){0, BOUND_NONE};
    return AMOUNT_GOOD;
  }
  bound known = BOUND_EXACT;
  if (SKIP_ONE_OF(&at, before_at_least))
    known = BOUND_AT_LEAST;
  else if (SKIP_ONE_OF(&at, before_at_most))
    known = BOUND_AT_MOST;
  while (*at == ' ') at++;
  if (!is_digit(*at)) return known == BOUND_EXACT ? unknown_or_not(at, unit, out) : AMOUNT_NOT_A_NUMBER;
  int64_t mantissa, millionths;
  int places;
  amount_problem problem = read_number(&at, &mantissa, &places);
  if (problem != AMOUNT_GOOD) return problem;
  int64_t scale = read_scale(&at);
  const char *marked = at;
  if (known == BOUND_EXACT) {
    /* 10余万 says 10万余; both stand before the unit, 以上 and 以内 behind it. */
    if (SKIP_ONE_OF(&at, after_at_least))
      known = BOUND_AT_LEAST;
    else if (SKIP_ONE_OF(&at, after_at_most))
      known = BOUND_AT_MOST;
    if (at != marked && scale == 1) scale = read_scale(&at);
  }
  skip_unit(&at, unit);
  if (known == BOUND_EXACT) {
    if (SKIP_ONE_OF(&at, after_at_least))
      known = BOUND_AT_LEAST;
    else if (SKIP_ONE_OF(&at, after_at_most))
      known = BOUND_AT_MOST;
  }
  if (!at_end(at)) return AMOUNT_NOT_A_NUMBER;
  problem = scaled(mantissa, places, scale, decimals, &millionths);
  if (problem == AMOUNT_GOOD) *out = (amount){millionths, known};
  return problem;
}

amount_problem amount_read(const char *text, int decimals, const char *unit, amount *out) {
  if (text_is_plain(text) && (!unit || text_is_plain(unit))) return read_plain(text, decimals, unit, out);
  arena *a = arena_new();
  amount_problem problem = read_plain(text_plain(a, text), decimals, unit ? text_plain(a, unit) : NULL, out);
  arena_free(a);
  return problem;
}

/* --- printing --- */

static char *number_text(arena *a, int64_t millionths) {
  fraction value;
  /* A million divides into every denominator here, so this cannot fail except for the one value without an opposite. */
  if (!fraction_make(millionths, AMOUNT_ONE, &value)) return arena_format(a, "%" PRId64 "/1000000", millionths);
  return fraction_text(a, value);
}

static char *marked_text(arena *a, const char *number, bound known, const char *word, language in) {
  switch (known) {
  case BOUND_AT_LEAST:
    if (!strcmp(word, "至少")) return arena_format(a, in == LANGUAGE_ZH ? "至少%s" : "at least %s", number);
    return arena_format(a, "%s%s", number, in == LANGUAGE_ZH ? word : "+");
  case BOUND_AT_MOST:
    return arena_format(a, in == LANGUAGE_ZH ? "近%s" : "nearly %s", number);
  case BOUND_UNKNOWN:
    return arena_text(a, in == LANGUAGE_ZH ? "多" : "unknown");
  case BOUND_NONE:
    return arena_text(a, "");
  case BOUND_EXACT:
  default:
    return arena_text(a, number);
  }
}

char *amount_text(arena *a, amount value, language in) {
  return marked_text(a, number_text(a, value.millionths), value.bound, "余", in);
}

static int64_t grain_of(int64_t whole, published style) {
  int64_t grain = 10;
  if (style.grain > 0)
    grain = style.grain;
  else
    while (whole / grain >= 100) grain *= 10;
  return grain < style.scale ? style.scale : grain;
}

/* English has no word for ten thousand: it prints the number itself. */
static char *scaled_text(arena *a, int64_t whole, published style, language in) {
  if (style.scale > 1 && in == LANGUAGE_ZH) return arena_format(a, "%" PRId64 "万", whole / style.scale);
  return arena_format(a, "%" PRId64, whole);
}

static char *exact_text(arena *a, amount value, published style, language in) {
  const char *number = number_text(a, value.millionths);
  fraction scaled_down;
  if (style.scale > 1 && in == LANGUAGE_ZH && value.millionths >= style.scale * AMOUNT_ONE &&
      fraction_make(value.millionths / AMOUNT_ONE, style.scale, &scaled_down) && value.millionths % AMOUNT_ONE == 0)
    number = arena_format(a, "%s万", fraction_text(a, scaled_down));
  return marked_text(a, number, value.bound, style.word && strcmp(style.word, "近") != 0 ? style.word : "余", in);
}

char *amount_published(arena *a, amount value, published style, language in) {
  if (style.scale < 1) style.scale = 1;
  if (style.exact || value.bound == BOUND_NONE || value.bound == BOUND_UNKNOWN || value.millionths < 0)
    return exact_text(a, value, style, in);
  bool near =
      (style.word && strcmp(style.word, "近") == 0 && value.bound != BOUND_AT_LEAST) || value.bound == BOUND_AT_MOST;
  const char *word = style.word && strcmp(style.word, "近") != 0 ? style.word : "余";
  int64_t whole = value.millionths / AMOUNT_ONE;
  int64_t grain = grain_of(whole, style);
  int64_t below = whole / grain * grain;
  bool rest = whole != below || value.millionths % AMOUNT_ONE != 0;
  if (near) {
    if (!rest) return marked_text(a, scaled_text(a, below, style, in), value.bound, word, in);
    return marked_text(a, scaled_text(a, below + grain, style, in), BOUND_AT_MOST, word, in);
  }
  /* "0余" says nothing: what is smaller than the grain is printed as it is. */
  if (below == 0) {
    style.scale = 1;
    return exact_text(a, value, style, in);
  }
  return marked_text(a, scaled_text(a, below, style, in), rest ? BOUND_AT_LEAST : value.bound, word, in);
}
