#include "layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { PUT_AT_ONCE = 1 << 16 };

hongzhu_text layout_text(const char *literal) {
  return (hongzhu_text){literal, literal == NULL ? 0 : strlen(literal)};
}

hongzhu_text layout_span(const hongzhu_span *span) {
  return span->text.at == NULL && span->figure != NULL ? span->figure->value : span->text;
}

/* The character at `at`; a byte that is none (the host lets none through) stands for itself. */
static size_t character(const char *at, size_t length, int32_t *point) {
  utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)at, (utf8proc_ssize_t)length, point);
  if (size > 0) return (size_t)size;
  *point = 0xfffd;
  return 1;
}

static size_t point_width(int32_t point) {
  int width = utf8proc_charwidth(point);
  return width > 0 ? (size_t)width : 0;
}

size_t layout_width(const char *text, size_t length) {
  size_t width = 0;
  int32_t point;
  for (size_t i = 0; i < length;) {
    i += character(text + i, length - i, &point);
    width += point_width(point);
  }
  return width;
}

/* ---- lines ---- */

static bool is_wide(int32_t point) {
  return point_width(point) == 2;
}

/* Marks that may not open a line, and those that may not close one. */
static bool is_one_of(int32_t point, const char *marks) {
  int32_t mark;
  for (size_t i = 0, end = strlen(marks); i < end;) {
    i += character(marks + i, end - i, &mark);
    if (mark == point) return true;
  }
  return false;
}

static bool may_break(int32_t before, int32_t after) {
  if (is_one_of(after, "，。、；：？！）》】〕」』”’…,.;:?!)]}%％")) return false;
  if (is_one_of(before, "（《【〔「『“‘([{")) return false;
  return is_wide(before) || is_wide(after) || before == '-' || before == '/';
}

size_t layout_least(const char *text, size_t length) {
  size_t widest = 0, run = 0;
  int32_t before = 0, point;
  for (size_t at = 0; at < length;) {
    at += character(text + at, length - at, &point);
    if (point == ' ' || (before != 0 && may_break(before, point))) run = 0;
    if (point != ' ') run += point_width(point);
    if (run > widest) widest = run;
    before = point;
  }
  return widest;
}

size_t layout_break(const char *text, size_t length, size_t width, size_t *next) {
  size_t used = 0, at = 0, good = 0, good_next = 0, forced = 0;
  int32_t before = 0, point;
  while (at < length) {
    size_t size = character(text + at, length - at, &point);
    if (point == ' ') {
      good = at;
      good_next = at + 1;
    } else if (at > 0 && before != ' ' && may_break(before, point)) {
      good = good_next = at;
    }
    if (used + point_width(point) > width && at > 0 && point != ' ') {
      if (good == 0) good = good_next = forced;
      *next = good_next;
      while (*next < length && text[*next] == ' ') (*next)++;
      while (good > 0 && text[good - 1] == ' ') good--;
      return good;
    }
    used += point_width(point);
    at += size;
    forced = at;
    before = point;
  }
  *next = length;
  while (length > 0 && text[length - 1] == ' ') length--;
  return length;
}

/* ---- strips ---- */

static void out_of_memory(page *p) {
  if (p->result != HONGZHU_OK) return;
  p->io->fail(p->io->host, layout_text("没有足够的内存排版这份报告"),
              layout_text("there is not enough memory to lay out this report"));
  p->result = HONGZHU_FAILED;
}

static void strip_bytes(page *p, strip *s, const char *bytes, size_t length) {
  if (p->result != HONGZHU_OK || length == 0) return;
  if (s->capacity - s->length < length) {
    size_t capacity = (s->length + length) * 2 + 256;
    char *larger = realloc(s->at, capacity);
    if (larger == NULL) {
      out_of_memory(p);
      return;
    }
    s->at = larger;
    s->capacity = capacity;
  }
  memcpy(s->at + s->length, bytes, length);
  s->length += length;
}

void strip_clear(strip *s) {
  s->length = 0;
}

void strip_free(strip *s) {
  free(s->at);
  *s = (strip){0};
}

static bool is_hidden(int32_t point) {
  return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x61c || (point >= 0x200b && point <= 0x200f) ||
         (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x2069) || point == 0xfeff;
}

void strip_add(page *p, strip *s, hongzhu_text text) {
  int32_t point;
  for (size_t i = 0; text.at != NULL && i < text.length;) {
    size_t size = character(text.at + i, text.length - i, &point);
    if (point == '\n' || point == '\t') {
      strip_bytes(p, s, " ", 1);
    } else if (point == '\r') {
      /* part of a line break */
    } else if (is_hidden(point)) {
      char escape[16];
      strip_bytes(p, s, escape,
                  (size_t)snprintf(escape, sizeof escape, point < 0x80 ? "\\x%02x" : "\\u{%04x}", (unsigned)point));
    } else {
      strip_bytes(p, s, text.at + i, size);
    }
    i += size;
  }
}

piece strip_piece(page *p, strip *s, hongzhu_text text) {
  piece out = {s->length, 0, 0};
  strip_add(p, s, text);
  out.length = s->length - out.from;
  if (out.length > 0) out.width = layout_width(s->at + out.from, out.length);
  return out;
}

/* ---- the page ---- */

void page_flush(page *p) {
  if (p->result == HONGZHU_OK && p->out.length > 0) p->result = p->io->put(p->io->host, p->out.at, p->out.length);
  p->out.length = 0;
}

void page_bytes(page *p, const char *bytes, size_t length) {
  strip_bytes(p, &p->out, bytes, length);
  if (p->out.length >= PUT_AT_ONCE) page_flush(p);
}

void page_text(page *p, const char *text) {
  page_bytes(p, text, strlen(text));
}

void page_repeat(page *p, const char *text, size_t times) {
  while (times-- > 0) page_text(p, text);
}

void page_field(page *p, const char *text, size_t length, size_t width, uint32_t align, bool last) {
  size_t used = layout_width(text, length), room = width > used ? width - used : 0;
  size_t before = align == 1 ? room : align == 2 ? room / 2 : 0;
  page_repeat(p, " ", length == 0 && last ? 0 : before);
  page_bytes(p, text, length);
  if (!last) page_repeat(p, " ", room - before);
}

void page_wrapped(page *p, const char *text, size_t length, size_t first, size_t rest) {
  size_t at = 0;
  do {
    size_t indent = at == 0 ? first : rest, next = 0;
    size_t width = p->width > indent + 8 ? p->width - indent : 8;
    size_t size = layout_break(text + at, length - at, width, &next);
    page_repeat(p, " ", size == 0 ? 0 : indent);
    page_bytes(p, text + at, size);
    page_text(p, "\n");
    at += next;
  } while (at < length);
}
