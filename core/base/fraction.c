#include "base/fraction.h"

#include <inttypes.h>
#include <string.h>

/* Products of two 64-bit numbers fit in 128 bits, and so does their sum of two unless both are extreme. */
__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 wide_positive;

static wide_positive magnitude(wide value) {
  return value < 0 ? -(wide_positive)value : (wide_positive)value;
}

static wide_positive common_divisor(wide_positive a, wide_positive b) {
  while (b > UINT64_MAX || a > UINT64_MAX) {
    if (b == 0) return a;
    wide_positive rest = a % b;
    a = b;
    b = rest;
  }
  /* Division of 64 bits is several times faster, and nearly all numbers are small. */
  uint64_t large = (uint64_t)a, small = (uint64_t)b;
  while (small) {
    uint64_t rest = large % small;
    large = small;
    small = rest;
  }
  return large;
}

static bool lowest_terms(wide above, wide below, fraction *out) {
  if (below == 0) return false;
  bool negative = (above < 0) != (below < 0);
  wide_positive top = magnitude(above), bottom = magnitude(below);
  wide_positive divisor = common_divisor(top, bottom);
  if (divisor != 1) {
    top /= divisor;
    bottom /= divisor;
  }
  /* INT64_MIN is left out on purpose: every value has its opposite. */
  if (top > INT64_MAX || bottom > INT64_MAX) return false;
  out->above = negative ? -(int64_t)top : (int64_t)top;
  out->below = (int64_t)bottom;
  return true;
}

bool fraction_make(int64_t above, int64_t below, fraction *out) {
  return lowest_terms(above, below, out);
}

/* Whole numbers, which nearly all are, need no common divisor. INT64_MIN is left to the long way, which refuses it. */
static bool both_whole(fraction a, fraction b) {
  return a.below == 1 && b.below == 1;
}

bool fraction_add(fraction a, fraction b, fraction *out) {
  int64_t sum;
  if (both_whole(a, b) && !__builtin_add_overflow(a.above, b.above, &sum) && sum != INT64_MIN) {
    *out = (fraction){sum, 1};
    return true;
  }
  /* |above| <= 2^63 and below < 2^63: each product < 2^126, their sum < 2^127. */
  return lowest_terms((wide)a.above * b.below + (wide)b.above * a.below, (wide)a.below * b.below, out);
}

bool fraction_subtract(fraction a, fraction b, fraction *out) {
  int64_t rest;
  if (both_whole(a, b) && !__builtin_sub_overflow(a.above, b.above, &rest) && rest != INT64_MIN) {
    *out = (fraction){rest, 1};
    return true;
  }
  return lowest_terms((wide)a.above * b.below - (wide)b.above * a.below, (wide)a.below * b.below, out);
}

bool fraction_multiply(fraction a, fraction b, fraction *out) {
  return lowest_terms((wide)a.above * b.above, (wide)a.below * b.below, out);
}

bool fraction_divide(fraction a, fraction b, fraction *out) {
  return lowest_terms((wide)a.above * b.below, (wide)a.below * b.above, out);
}

int fraction_compare(fraction a, fraction b) {
  wide left = (wide)a.above * b.below, right = (wide)b.above * a.below;
  return (left > right) - (left < right);
}

bool fraction_round(fraction a, rounding way, fraction step, fraction *out) {
  if (step.above <= 0) return false;
  /* a / step as top / bottom with bottom > 0; only its whole part must fit. */
  wide top = (wide)a.above * step.below, bottom = (wide)a.below * step.above;
  wide whole = top / bottom, rest = top % bottom;
  if (rest < 0) {
    whole--;
    rest += bottom;
  }
  if (rest != 0) {
    if (way == ROUND_UP) whole++;
    if (way == ROUND_HALF) {
      wide other = bottom - rest;
      if (rest > other || (rest == other && a.above > 0)) whole++;
    }
  }
  wide_positive size = magnitude(whole);
  if (size > INT64_MAX) return false;
  return fraction_multiply((fraction){(int64_t)whole, 1}, step, out);
}

/* Digits at *text as a number; false if there is none or it is too large. */
static bool read_digits(const char **text, int64_t *out) {
  const char *at = *text;
  int64_t value = 0;
  if (*at < '0' || *at > '9') return false;
  for (; *at >= '0' && *at <= '9'; at++)
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *at - '0', &value)) return false;
  *text = at;
  *out = value;
  return true;
}

bool fraction_read(const char *text, fraction *out) {
  bool negative = *text == '-';
  const char *at = text + negative;
  int64_t above = 0, below = 1;
  if (!read_digits(&at, &above)) return false;
  if (*at == '/') {
    at++;
    if (!read_digits(&at, &below)) return false;
  } else if (*at == '.') {
    at++;
    int places = 0;
    for (; *at >= '0' && *at <= '9'; at++, places++) {
      if (places == 6) return false;
      below *= 10;
      if (__builtin_mul_overflow(above, 10, &above) || __builtin_add_overflow(above, *at - '0', &above)) return false;
    }
    if (places == 0) return false;
  }
  if (*at != '\0') return false;
  return fraction_make(negative ? -above : above, below, out);
}

char *fraction_text(arena *a, fraction f) {
  /* Six places suffice exactly where the denominator divides a million. */
  if (f.below <= 0 || 1000000 % f.below != 0) return arena_format(a, "%" PRId64 "/%" PRId64, f.above, f.below);
  bool negative = f.above < 0;
  uint64_t top = negative ? (uint64_t)0 - (uint64_t)f.above : (uint64_t)f.above;
  uint64_t bottom = (uint64_t)f.below;
  char *text =
      arena_format(a, "%s%" PRIu64 ".%06" PRIu64, negative ? "-" : "", top / bottom, top % bottom * (1000000 / bottom));
  size_t length = strlen(text);
  while (text[length - 1] == '0') length--;
  if (text[length - 1] == '.') length--;
  text[length] = '\0';
  return text;
}
