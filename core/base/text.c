#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* --- both languages --- */

said said_format_list(arena *a, const char *en, const char *zh, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  said words;
  words.in[LANGUAGE_EN] = arena_format_list(a, en ? en : zh, arguments);
  words.in[LANGUAGE_ZH] = arena_format_list(a, zh ? zh : en, again);
  va_end(again);
  return words;
}

said said_format(arena *a, const char *en, const char *zh, ...) {
  va_list arguments;
  va_start(arguments, zh);
  said words = said_format_list(a, en, zh, arguments);
  va_end(arguments);
  return words;
}

/* --- buffers --- */

static void buffer_room(buffer *b, size_t more) {
  if (more > SIZE_MAX / 2 - b->length) memory_exhausted();
  size_t needed = b->length + more + 1;
  if (needed <= b->capacity) return;
  size_t larger = b->capacity ? b->capacity : 64;
  while (larger < needed) larger *= 2;
  b->at = memory_resize(b->at, larger);
  b->capacity = larger;
}

void buffer_bytes(buffer *b, const void *bytes, size_t size) {
  buffer_room(b, size);
  if (size) memcpy(b->at + b->length, bytes, size);
  b->length += size;
  b->at[b->length] = '\0';
}

void buffer_text(buffer *b, const char *text) {
  buffer_bytes(b, text, strlen(text));
}

void buffer_format(buffer *b, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (length < 0) memory_exhausted();
  buffer_room(b, (size_t)length);
  vsnprintf(b->at + b->length, (size_t)length + 1, format, again);
  va_end(again);
  b->length += (size_t)length;
}

void buffer_free(buffer *b) {
  free(b->at);
  *b = (buffer){0};
}

static char *buffer_to_arena(arena *a, buffer *b) {
  char *text = arena_text_of(a, b->at, b->length);
  buffer_free(b);
  return text;
}

/* --- code points --- */

/* The code point at bytes and how many bytes it takes; 0 bytes where there is none in shortest form. */
static size_t point_at(const unsigned char *bytes, size_t size, uint32_t *point) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (size == 0) return 0;
  unsigned char first = bytes[0];
  if (first < 0x80) {
    *point = first;
    return 1;
  }
  size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || length > size) return 0;
  uint32_t value = first & (0xffu >> (length + 1));
  for (size_t i = 1; i < length; i++) {
    if ((bytes[i] & 0xc0) != 0x80) return 0;
    value = value << 6 | (bytes[i] & 0x3fu);
  }
  if (value < least[length] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return 0;
  *point = value;
  return length;
}

/* Walks a text that was checked before; a byte that is wrong all the same stands for itself. */
static uint32_t next_point(const char **at) {
  uint32_t point = (unsigned char)**at;
  if (point < 0x80) {
    ++*at;
    return point;
  }
  /* strnlen, so that nothing is read behind the NUL. */
  size_t length = point_at((const unsigned char *)*at, strnlen(*at, 4), &point);
  if (length == 0) {
    point = 0xfffd;
    length = 1;
  }
  *at += length;
  return point;
}

static void put_point(buffer *b, uint32_t point) {
  unsigned char bytes[4];
  utf8proc_ssize_t length = utf8proc_encode_char((utf8proc_int32_t)point, bytes);
  buffer_bytes(b, bytes, (size_t)length);
}

bool text_is_utf8(const char *bytes, size_t size) {
  const unsigned char *at = (const unsigned char *)bytes;
  for (uint64_t eight; size >= sizeof eight; at += sizeof eight, size -= sizeof eight) { /* most of most texts */
    memcpy(&eight, at, sizeof eight);
    const uint64_t high = UINT64_C(0x8080808080808080), one = UINT64_C(0x0101010101010101);
    if (((eight | (eight - one)) & high) != 0) break; /* a byte past ASCII, or a NUL */
  }
  while (size > 0) {
    uint32_t point;
    if (*at < 0x80) {
      if (*at == 0) return false;
      at++;
      size--;
      continue;
    }
    size_t length = point_at(at, size, &point);
    if (length == 0 || point == 0) return false;
    at += length;
    size -= length;
  }
  return true;
}

size_t text_width(const char *text) {
  size_t width = 0;
  while (*text) {
    int columns = utf8proc_charwidth((utf8proc_int32_t)next_point(&text));
    if (columns > 0) width += (size_t)columns;
  }
  return width;
}

size_t text_points(const char *text) {
  size_t count = 0;
  for (; *text; count++) next_point(&text);
  return count;
}

bool text_same(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_space(uint32_t point) {
  return point == ' ' || (point >= 0x09 && point <= 0x0d) || point == 0x85 || point == 0xa0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200b) || point == 0x2028 || point == 0x2029 || point == 0x202f ||
         point == 0x205f || point == 0x3000 || point == 0xfeff;
}

static bool is_name_dot(uint32_t point) {
  switch (point) {
  case '.':
  case 0x00b7: /* · */
  case 0x0387:
  case 0x2022: /* • */
  case 0x2024:
  case 0x2027: /* ‧ */
  case 0x2219:
  case 0x22c5:
  case 0x30fb: /* ・ */
  case 0xff65:
    return true;
  default:
    return false;
  }
}

static bool is_hyphen(uint32_t point) {
  return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212 || point == 0xfe58 || point == 0xfe63;
}

/* --- forms --- */

/* The key of printable ASCII, in which nothing is composed or folded but capitals; NULL of any other text. Most cells
 * of a table are such, and every one of them is asked for its key. */
static char *key_of_ascii(arena *a, const char *text) {
  size_t length = 0;
  for (; text[length]; length++)
    if (text[length] < ' ' || text[length] > '~') return NULL;
  char *key = arena_room(a, 2 * length + 1), *end = key; /* a dot takes two bytes */
  for (; *text; text++) {
    if (*text == ' ') continue;
    if (*text == '.') *end++ = '\xc2';
    *end++ = *text == '.' ? '\xb7' : *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
  }
  *end = '\0';
  return key;
}

char *text_key(arena *a, const char *text) {
  char *plain = key_of_ascii(a, text);
  if (plain) return plain;
  utf8proc_uint8_t *folded = NULL;
  utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded,
                                         UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                             UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  if (length == UTF8PROC_ERROR_NOMEM) memory_exhausted();
  buffer b = {0};
  buffer_text(&b, "");
  for (const char *at = length < 0 ? text : (const char *)folded; *at;) {
    uint32_t point = next_point(&at);
    if (is_space(point)) continue;
    put_point(&b, is_name_dot(point) ? 0x00b7u : is_hyphen(point) ? (uint32_t)'-' : point);
  }
  free(folded);
  return buffer_to_arena(a, &b);
}

/* Where the last character before `end` begins. */
static const char *last_point(const char *start, const char *end) {
  const char *at = end - 1;
  while (at > start && end - at < 4 && ((unsigned char)*at & 0xc0) == 0x80) at--;
  const char *behind = at;
  next_point(&behind);
  return behind == end ? at : end - 1;
}

static void trimmed(const char *text, const char **start, const char **end) {
  *start = text;
  for (const char *at = text; *at && is_space(next_point(&at));) *start = at;
  *end = *start + strlen(*start);
  while (*end > *start) {
    const char *at = last_point(*start, *end), *last = at;
    if (!is_space(next_point(&at))) break;
    *end = last;
  }
}

char *text_trim(arena *a, const char *text) {
  const char *start, *end;
  trimmed(text, &start, &end);
  return arena_text_of(a, start, (size_t)(end - start));
}

/* ASCII that is seen: no white space, and no part of a longer character. */
static bool is_seen(char c) {
  return c > ' ' && c < 0x7f;
}

const char *text_trimmed(arena *a, const char *text) {
  const char *start, *end;
  if (is_seen(*text) && is_seen(text[strlen(text) - 1])) return text; /* most cells of most tables */
  trimmed(text, &start, &end);
  return *end == '\0' ? start : arena_text_of(a, start, (size_t)(end - start));
}

char *text_shortened(arena *a, const char *text, size_t width) {
  const char *at = text, *fits = text;
  for (size_t taken = 0; *at && taken <= width;) {
    int columns = utf8proc_charwidth((utf8proc_int32_t)next_point(&at));
    if (columns > 0) taken += (size_t)columns;
    if (taken < width) fits = at;
    if (!*at && taken <= width) return arena_text(a, text);
  }
  return *text ? arena_format(a, "%.*s…", (int)(fits - text), text) : arena_text(a, text);
}

char *text_plain(arena *a, const char *text) {
  if (text_is_plain(text)) return arena_text(a, text);
  const char *at = text_trimmed(a, text);
  buffer b = {0};
  buffer_text(&b, "");
  while (*at) {
    uint32_t point = next_point(&at);
    /* Full-width forms stand in the order of ASCII. */
    if (point >= 0xff01 && point <= 0xff5e)
      point = point - 0xff01 + '!';
    else if (point == 0x200b || point == 0xfeff)
      continue;
    else if (point != '\n' && point != '\r' && is_space(point))
      point = ' ';
    put_point(&b, point);
  }
  return buffer_to_arena(a, &b);
}

bool text_is_plain(const char *text) {
  const unsigned char *at = (const unsigned char *)text;
  if (*at == ' ') return false;
  for (; *at; at++) {
    if (*at < ' ' || (*at == ' ' && at[1] == '\0')) return false;
    /* The first bytes of every white space past ASCII (U+3000 by all three of its own) and of every full-width form. */
    if (*at == 0xc2 || *at == 0xe1 || *at == 0xe2 || *at == 0xef) return false;
    if (*at == 0xe3 && at[1] == 0x80 && at[2] == 0x80) return false;
  }
  return true;
}

/* --- nearest --- */

static uint32_t *points_of(arena *a, const char *text, size_t *count) {
  *count = text_points(text);
  uint32_t *points = arena_array(a, *count, sizeof *points);
  for (size_t i = 0; i < *count; i++) points[i] = next_point(&text);
  return points;
}

static size_t edit_distance(arena *a, const uint32_t *one, size_t one_count, const char *other) {
  size_t count;
  const uint32_t *two = points_of(a, other, &count);
  size_t *row = arena_array(a, count + 1, sizeof *row);
  for (size_t j = 0; j <= count; j++) row[j] = j;
  for (size_t i = 1; i <= one_count; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= count; j++) {
      size_t best = diagonal + (one[i - 1] != two[j - 1]);
      if (row[j] + 1 < best) best = row[j] + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      diagonal = row[j];
      row[j] = best;
    }
  }
  return row[count];
}

const char *text_nearest(const char *name, const char *const *candidates, size_t count) {
  arena *a = arena_new();
  size_t length;
  const uint32_t *points = points_of(a, name, &length);
  size_t limit = length / 3 < 1 ? 1 : length / 3 > 3 ? 3 : length / 3;
  const char *nearest = NULL;
  /* Of two equally near the first one given wins. A single letter is near nothing: everything would be. */
  size_t best = length > 1 ? limit + 1 : 0;
  for (size_t i = 0; i < count; i++) {
    if (!candidates[i]) continue;
    size_t distance = edit_distance(a, points, length, candidates[i]);
    if (distance < best) {
      best = distance;
      nearest = candidates[i];
    }
  }
  arena_free(a);
  return nearest;
}

/* --- safe for where it goes --- */

static bool is_hostile(uint32_t point) {
  return point < 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0x061c || point == 0x200e || point == 0x200f ||
         (point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069) || point == 0xfeff ||
         (point >= 0xfff9 && point <= 0xfffb) || (point >= 0xe0000 && point <= 0xe007f);
}

char *text_for_terminal(arena *a, const char *text) {
  buffer b = {0};
  buffer_text(&b, "");
  while (*text) {
    const char *from = text;
    uint32_t point = next_point(&text);
    if (point == 0xfffd && text - from == 1)
      buffer_format(&b, "\\x%02x", (unsigned)(unsigned char)*from);
    else if (point == '\n')
      buffer_text(&b, "\\n");
    else if (point == '\r')
      buffer_text(&b, "\\r");
    else if (point == '\t')
      buffer_text(&b, "\\t");
    else if (!is_hostile(point))
      buffer_bytes(&b, from, (size_t)(text - from));
    else if (point < 0x80)
      buffer_format(&b, "\\x%02x", (unsigned)point);
    else
      buffer_format(&b, "\\u{%04x}", (unsigned)point);
  }
  return buffer_to_arena(a, &b);
}

static bool is_number(const char *text) {
  const char *at = text;
  if (*at == '+' || *at == '-') at++;
  size_t digits = strspn(at, "0123456789");
  if (digits == 0) return false;
  at += digits;
  if (*at == '.') {
    digits = strspn(++at, "0123456789");
    if (digits == 0) return false;
    at += digits;
  }
  if (*at == '%') at++;
  return *at == '\0';
}

/* What spreadsheets pass over, or take for a quote, before they look whether a cell is a formula. */
static bool is_before_formula(uint32_t point) {
  return point == '"' || point == 0x200b || is_space(point) || is_hostile(point);
}

char *text_for_cell(arena *a, const char *text) {
  const char *bare = text, *at = text;
  uint32_t first = *at ? next_point(&at) : 0;
  while (first && is_before_formula(first)) {
    bare = at;
    first = *at ? next_point(&at) : 0;
  }
  /* Spreadsheets of East Asian settings take the full-width signs for formulas too. */
  bool formula = first == '=' || first == '+' || first == '-' || first == '@' || first == 0xff1d || first == 0xff0b ||
                 first == 0xff0d || first == 0xff20;
  if (*text != '\t' && *text != '\r' && *text != '\n' && (!formula || is_number(bare))) return arena_text(a, text);
  return arena_format(a, "'%s", text);
}

char *text_for_html(arena *a, const char *text) {
  buffer b = {0};
  buffer_text(&b, "");
  while (*text) {
    const char *from = text;
    uint32_t point = next_point(&text);
    if (point == '&')
      buffer_text(&b, "&amp;");
    else if (point == '<')
      buffer_text(&b, "&lt;");
    else if (point == '>')
      buffer_text(&b, "&gt;");
    else if (point == '"')
      buffer_text(&b, "&quot;");
    else if (point == '\'')
      buffer_text(&b, "&#39;");
    else if (is_hostile(point) && point != '\t' && point != '\n')
      buffer_text(&b, "\xef\xbf\xbd");
    else
      buffer_bytes(&b, from, (size_t)(text - from));
  }
  return buffer_to_arena(a, &b);
}

char *text_for_json(arena *a, const char *json) {
  buffer b = {0};
  buffer_text(&b, "");
  while (*json) {
    const char *from = json;
    uint32_t point = next_point(&json);
    if (!is_hostile(point) || point == '\n')
      buffer_bytes(&b, from, (size_t)(json - from));
    else if (point < 0x10000)
      buffer_format(&b, "\\u%04x", (unsigned)point);
    else
      buffer_format(&b, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((point - 0x10000) >> 10)),
                    (unsigned)(0xdc00 + ((point - 0x10000) & 0x3ff)));
  }
  return buffer_to_arena(a, &b);
}

language language_from_environment(void) {
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value && *value) return strncmp(value, "zh", 2) == 0 ? LANGUAGE_ZH : LANGUAGE_EN;
  }
  return LANGUAGE_EN;
}
