#include "decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#define NO_CONVERTER ((iconv_t)-1)

typedef struct encoding_row {
  const char *name;
  const char *converter; /* iconv's name; NULL: converted here */
} encoding_row;

static const encoding_row encodings[DECODE_ENCODINGS] = {
    [DECODE_UTF_8] = {"utf-8", NULL},
    [DECODE_UTF_16LE] = {"utf-16le", NULL},
    [DECODE_UTF_16BE] = {"utf-16be", NULL},
    [DECODE_GBK] = {"gbk", "GBK"},
    [DECODE_GB18030] = {"gb18030", "GB18030"},
    [DECODE_BIG5] = {"big5", "BIG5"},
    [DECODE_BIG5_HKSCS] = {"big5-hkscs", "BIG5-HKSCS"},
    [DECODE_LATIN1] = {"latin1", "ISO-8859-1"},
};

/* The only mutable state of the plugin: written once, while the library is loaded, before anything is called. */
static iconv_t converters[DECODE_ENCODINGS];

__attribute__((constructor)) static void open_converters(void) {
  for (int e = 0; e < DECODE_ENCODINGS; e++)
    converters[e] = encodings[e].converter ? iconv_open("UTF-8", encodings[e].converter) : NO_CONVERTER;
}

const char *decode_name(decode_encoding e) {
  return encodings[e].name;
}

bool decode_named(const char *name, size_t length, decode_encoding *out) {
  for (int e = 0; e < DECODE_ENCODINGS; e++)
    if (strlen(encodings[e].name) == length && memcmp(encodings[e].name, name, length) == 0) {
      *out = (decode_encoding)e;
      return true;
    }
  return false;
}

/* ---- UTF-8 ---- */

/* Bytes of the character at `at`; 0 if it is not well-formed UTF-8. */
static size_t utf8_character(const uint8_t *at, const uint8_t *end) {
  uint8_t a = at[0];
  size_t left = (size_t)(end - at);
  if (a < 0x80) return 1;
  if (a < 0xC2 || a > 0xF4) return 0;
  if (left < 2 || (at[1] & 0xC0) != 0x80) return 0;
  if (a < 0xE0) return 2;
  if (left < 3 || (at[2] & 0xC0) != 0x80) return 0;
  if (a < 0xF0) return (a == 0xE0 && at[1] < 0xA0) || (a == 0xED && at[1] > 0x9F) ? 0 : 3;
  if (left < 4 || (at[3] & 0xC0) != 0x80) return 0;
  return (a == 0xF0 && at[1] < 0x90) || (a == 0xF4 && at[1] > 0x8F) ? 0 : 4;
}

/* The first byte that is not ASCII. */
static const uint8_t *skip_ascii(const uint8_t *at, const uint8_t *end) {
  while (end - at >= 8) {
    uint64_t eight;
    memcpy(&eight, at, 8);
    if (eight & UINT64_C(0x8080808080808080)) break;
    at += 8;
  }
  while (at < end && *at < 0x80) at++;
  return at;
}

typedef struct utf8_count {
  uint64_t good, bad; /* characters beyond ASCII, and stretches of bytes that are none */
  uint64_t western;   /* of the good ones: letters with accents */
  uint64_t long_ones; /* of the good ones: of three bytes and more, as Chinese is */
  bool in_words;      /* one of them stands beside an ASCII letter, as an accented letter does */
  size_t first, first_bad;
} utf8_count;

static bool is_letter(uint8_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static utf8_count count_utf8(const uint8_t *bytes, size_t length) {
  utf8_count count = {.first = length, .first_bad = length};
  const uint8_t *end = bytes + length, *bad_until = NULL;
  for (const uint8_t *at = skip_ascii(bytes, end); at < end; at = skip_ascii(at, end)) {
    size_t size = utf8_character(at, end);
    if (count.first == length) count.first = (size_t)(at - bytes);
    if (size == 0) {
      if (count.bad == 0) count.first_bad = (size_t)(at - bytes);
      count.bad += at != bad_until;
      bad_until = at + 1;
      size = 1;
    } else {
      count.good++;
      count.western += *at == 0xC2 || *at == 0xC3;
      count.long_ones += size > 2;
      count.in_words |= (at > bytes && is_letter(at[-1])) || (at + size < end && is_letter(at[size]));
    }
    at += size;
  }
  return count;
}

/* ---- GBK and GB18030 ---- */

typedef struct gb_count {
  uint64_t common;     /* characters of GB 2312, of which Chinese texts consist */
  uint64_t other, bad; /* bad: stretches of bytes that are none */
  uint64_t kana;       /* of the common ones: Japanese letters, in EUC-JP at the same place */
} gb_count;

static gb_count count_gb(const uint8_t *bytes, size_t length) {
  gb_count count = {0};
  const uint8_t *end = bytes + length, *bad_until = NULL;
  for (const uint8_t *at = skip_ascii(bytes, end); at < end; at = skip_ascii(at, end)) {
    size_t left = (size_t)(end - at), size = 1;
    uint8_t a = at[0], b = left > 1 ? at[1] : 0;
    if (left > 1 && a > 0x80 && a < 0xFF && b >= 0x40 && b != 0x7F && b != 0xFF) {
      size = 2;
      bool common = b >= 0xA1 && ((a >= 0xA1 && a <= 0xA9) || (a >= 0xB0 && a <= 0xF7));
      count.common += common;
      count.other += !common;
      count.kana += a == 0xA4 || a == 0xA5;
    } else if (left > 3 && a > 0x80 && a < 0xFF && b >= 0x30 && b <= 0x39 && at[2] > 0x80 && at[2] < 0xFF &&
               at[3] >= 0x30 && at[3] <= 0x39) {
      size = 4;
      count.other++;
    } else {
      count.bad += at != bad_until;
      bad_until = at + 1;
    }
    at += size;
  }
  return count;
}

/* ---- UTF-16 without a mark ---- */

static uint32_t unit_at(const uint8_t *at, bool big) {
  return big ? (uint32_t)at[0] << 8 | at[1] : (uint32_t)at[1] << 8 | at[0];
}

/* A thousandth share of units that a table of Chinese or English text has; 0 if too few are ASCII. */
static uint32_t utf16_share(const uint8_t *bytes, size_t length, bool big) {
  size_t units = length / 2, usual = 0, ascii = 0;
  for (size_t i = 0; i < units; i++) {
    uint32_t u = unit_at(bytes + 2 * i, big);
    bool printed = (u >= 0x20 && u < 0x7F) || u == '\n' || u == '\r' || u == '\t';
    ascii += printed;
    usual += printed || (u >= 0xA0 && u < 0x250) || (u >= 0x2000 && u < 0x2670) || (u >= 0x3000 && u < 0x3130) ||
             (u >= 0x4E00 && u < 0xA000) || (u >= 0xFF00 && u < 0xFFF0) || (u >= 0xD800 && u < 0xE000);
  }
  /* Separators and line ends are ASCII in any table; ASCII text with a NUL here and there has almost no such unit. */
  if (units == 0 || ascii * 50 < units) return 0;
  return (uint32_t)(usual * 1000 / units);
}

/* ---- finding ---- */

bool decode_mark(const uint8_t *bytes, size_t length, decode_encoding *encoding, size_t *mark) {
  static const struct {
    uint8_t bytes[4];
    size_t length;
    decode_encoding encoding;
  } marks[] = {{{0xEF, 0xBB, 0xBF, 0}, 3, DECODE_UTF_8},
               {{0xFF, 0xFE, 0, 0}, 2, DECODE_UTF_16LE},
               {{0xFE, 0xFF, 0, 0}, 2, DECODE_UTF_16BE},
               {{0x84, 0x31, 0x95, 0x33}, 4, DECODE_GB18030}};
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (length >= marks[i].length && memcmp(bytes, marks[i].bytes, marks[i].length) == 0) {
      *encoding = marks[i].encoding;
      *mark = marks[i].length;
      return true;
    }
  return false;
}

#define SAMPLE_MOST ((size_t)64 << 10)

/* So many wrong bytes are damage to a text of an encoding, more mean that it is another. */
static bool damaged_only(uint64_t good, uint64_t bad) {
  return good >= 4 && good >= bad * 8;
}

decode_finding decode_find(const uint8_t *bytes, size_t length) {
  decode_finding found = {.encoding = DECODE_UTF_8, .certainty = DECODE_MARKED};
  if (decode_mark(bytes, length, &found.encoding, &found.mark)) return found;
  found.certainty = DECODE_FITS;
  size_t sample = length < SAMPLE_MOST ? length : SAMPLE_MOST;
  if (sample > 0 && memchr(bytes, 0, sample)) {
    uint32_t little = utf16_share(bytes, sample, false), big = utf16_share(bytes, sample, true);
    uint32_t share = little > big ? little : big;
    if (share >= 900 && little != big) {
      found.encoding = little > big ? DECODE_UTF_16LE : DECODE_UTF_16BE;
      return found;
    }
  }
  utf8_count utf8 = count_utf8(bytes, length);
  if (utf8.bad == 0 && utf8.long_ones == 0 && utf8.good > utf8.western && !utf8.in_words) {
    /* A column of 女 in GBK is one of Ů in UTF-8; but Ů stands in words. */
    gb_count gb = count_gb(bytes, length);
    found.offset = utf8.first;
    if (gb.bad == 0 && gb.other == 0) found.certainty = DECODE_EITHER;
    return found;
  }
  if (utf8.bad == 0 || damaged_only(utf8.good, utf8.bad)) return found;
  found.offset = utf8.first_bad;
  found.encoding = DECODE_GB18030;
  gb_count gb = count_gb(bytes, length);
  if (gb.bad > 0 && !damaged_only(gb.common, gb.bad))
    found.certainty = DECODE_NONE;
  else if (gb.common * 10 < (gb.common + gb.other) * 7 || gb.kana * 10 > gb.common)
    found.certainty = DECODE_UNCLEAR;
  return found;
}

/* ---- decoding ---- */

bool decode_open(decoder *d, decode_encoding encoding, const uint8_t *bytes, size_t length) {
  *d = (decoder){.begin = bytes, .at = bytes, .end = bytes + length, .encoding = encoding};
  if (encoding == DECODE_UTF_8) return true;
  if (encodings[encoding].converter && converters[encoding] != NO_CONVERTER)
    iconv(converters[encoding], NULL, NULL, NULL, NULL);
  d->block = malloc(DECODE_BLOCK_MOST);
  return d->block != NULL;
}

void decode_close(decoder *d) {
  free(d->block);
  d->block = NULL;
}

/* Nothing but the beginning of a character is left. */
static bool cut_off(const uint8_t *at, const uint8_t *end) {
  size_t left = (size_t)(end - at), needed = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : 2;
  if (*at < 0xC2 || *at > 0xF4 || left >= needed) return false;
  for (size_t i = 1; i < left; i++)
    if ((at[i] & 0xC0) != 0x80) return false;
  return true;
}

static decode_result next_utf8(decoder *d, const char **text, size_t *length) {
  const uint8_t *begin = d->at;
  const uint8_t *stop = (size_t)(d->end - begin) > DECODE_BLOCK_MOST ? begin + DECODE_BLOCK_MOST : d->end;
  const uint8_t *at = skip_ascii(begin, stop);
  size_t size = 1;
  while (at < stop && (size = utf8_character(at, d->end)) > 0)
    at = skip_ascii(at + size, stop < at + size ? at + size : stop);
  d->at = at;
  if (at == begin) return cut_off(at, d->end) ? DECODE_CUT : DECODE_WRONG;
  *text = (const char *)begin;
  *length = (size_t)(at - begin);
  return DECODE_BLOCK;
}

static size_t put_utf8(char *to, uint32_t c) {
  if (c < 0x80) {
    to[0] = (char)c;
    return 1;
  }
  size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = size - 1; i > 0; i--, c >>= 6) to[i] = (char)(0x80 | (c & 0x3F));
  to[0] = (char)(lead[size] | c);
  return size;
}

static decode_result next_utf16(decoder *d, const char **text, size_t *length) {
  bool big = d->encoding == DECODE_UTF_16BE;
  size_t out = 0;
  decode_result wrong = DECODE_CUT;
  while (out + 4 <= DECODE_BLOCK_MOST && d->end - d->at >= 2) {
    uint32_t c = unit_at(d->at, big);
    size_t size = 2;
    if (c >= 0xD800 && c < 0xE000) {
      if (c < 0xDC00 && d->end - d->at < 4) break;
      uint32_t low = c < 0xDC00 ? unit_at(d->at + 2, big) : 0;
      wrong = DECODE_WRONG;
      if (low < 0xDC00 || low > 0xDFFF) break;
      wrong = DECODE_CUT;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      size = 4;
    }
    out += put_utf8(d->block + out, c);
    d->at += size;
  }
  if (out == 0) return wrong;
  *text = d->block;
  *length = out;
  return DECODE_BLOCK;
}

static decode_result next_converted(decoder *d, const char **text, size_t *length) {
  iconv_t converter = converters[d->encoding];
  if (converter == NO_CONVERTER) return DECODE_MISSING;
  /* iconv takes its input as char *, but does not write to it. */
  char *in = (char *)(uintptr_t)d->at, *out = d->block;
  size_t in_left = (size_t)(d->end - d->at), held = 16, out_left = DECODE_BLOCK_MOST - held;
  size_t done = iconv(converter, &in, &in_left, &out, &out_left);
  int why = done == (size_t)-1 ? errno : 0;
  out_left += held;
  if (why == 0) iconv(converter, NULL, NULL, &out, &out_left); /* what a converter held back for a combining mark */
  d->at = d->end - in_left;
  *text = d->block;
  *length = DECODE_BLOCK_MOST - out_left;
  if (*length > 0) return DECODE_BLOCK;
  if (why == 0) return DECODE_END;
  return why == EINVAL ? DECODE_CUT : DECODE_WRONG;
}

decode_result decode_next(decoder *d, const char **text, size_t *length) {
  if (d->at == d->end) return DECODE_END;
  if (d->encoding == DECODE_UTF_8) return next_utf8(d, text, length);
  if (d->encoding == DECODE_UTF_16LE || d->encoding == DECODE_UTF_16BE) return next_utf16(d, text, length);
  return next_converted(d, text, length);
}
