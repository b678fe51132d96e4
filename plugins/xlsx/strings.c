#include "strings.h"

#include <stdlib.h>
#include <string.h>

bool buffer_add(buffer *b, const char *text, size_t length) {
  if (b->length + length + 1 > b->room) {
    size_t room = b->room ? b->room : 4096;
    while (room < b->length + length + 1) room *= 2;
    char *grown = realloc(b->at, room);
    if (!grown) return false;
    b->at = grown;
    b->room = room;
  }
  if (length > 0) memcpy(b->at + b->length, text, length);
  b->length += length;
  b->at[b->length] = '\0';
  return true;
}

void buffer_free(buffer *b) {
  free(b->at);
  *b = (buffer){0};
}

/* ---- runs ---- */

void runs_begin(runs *r, const char *name, const char **attributes) {
  if (strcmp(name, "rPh") == 0) r->phonetic++;
  if (strcmp(name, "t") != 0 || r->phonetic) return;
  r->in_run = true;
  r->keep = xml_keeps_space(attributes);
  r->start = r->to->length;
}

bool runs_text(runs *r, const char *text, size_t length) {
  return !r->in_run || buffer_add(r->to, text, length);
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void runs_end(runs *r, const char *name) {
  if (strcmp(name, "rPh") == 0 && r->phonetic) r->phonetic--;
  if (!r->in_run || strcmp(name, "t") != 0) return;
  r->in_run = false;
  buffer *b = r->to;
  if (b->length == r->start) return;
  if (!r->keep) {
    size_t from = r->start;
    while (b->length > from && is_blank(b->at[b->length - 1])) b->length--;
    while (from < b->length && is_blank(b->at[from])) from++;
    memmove(b->at + r->start, b->at + from, b->length - from);
    b->length -= from - r->start;
  }
  strings_unescape(b, r->start);
}

/* The character of "_xHHHH_" at `at`; 0 if none stands there that a text can hold. */
static uint32_t escaped(const char *at, size_t left) {
  if (left < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_') return 0;
  uint32_t c = 0;
  for (int i = 2; i < 6; i++) {
    char d = at[i];
    uint32_t value = d >= '0' && d <= '9'   ? (uint32_t)(d - '0')
                     : d >= 'A' && d <= 'F' ? (uint32_t)(d - 'A' + 10)
                     : d >= 'a' && d <= 'f' ? (uint32_t)(d - 'a' + 10)
                                            : 16;
    if (value == 16) return 0;
    c = c << 4 | value;
  }
  return c >= 0xD800 && c < 0xE000 ? 0 : c;
}

void strings_unescape(buffer *b, size_t start) {
  size_t to = start;
  for (size_t at = start; at < b->length;) {
    uint32_t c = escaped(b->at + at, b->length - at);
    if (c == 0) {
      b->at[to++] = b->at[at++];
      continue;
    }
    at += 7; /* longer than any character, so what is read is never written over */
    if (c < 0x80) {
      b->at[to++] = (char)c;
    } else if (c < 0x800) {
      b->at[to++] = (char)(0xC0 | c >> 6);
      b->at[to++] = (char)(0x80 | (c & 0x3F));
    } else {
      b->at[to++] = (char)(0xE0 | c >> 12);
      b->at[to++] = (char)(0x80 | (c >> 6 & 0x3F));
      b->at[to++] = (char)(0x80 | (c & 0x3F));
    }
  }
  b->length = to;
}

/* ---- the table ---- */

typedef struct table_reading {
  strings *s;
  runs runs;
  problem *p;
  const char *part;
} table_reading;

static bool begin(void *context, const char *name, const char **attributes) {
  table_reading *r = context;
  runs_begin(&r->runs, name, attributes);
  return true;
}

static bool text(void *context, const char *at, size_t length) {
  table_reading *r = context;
  if (!r->runs.in_run) return true;
  if (length > STRINGS_BYTES_MOST - r->s->text.length)
    return problem_say(r->p, "部件“%.200s”里的文字超过 %u MB：工作簿太大，请拆成几个文件",
                       "the part \"%.200s\" holds more than %u MB of text: the workbook is too large, split it",
                       r->part, STRINGS_BYTES_MOST >> 20);
  return runs_text(&r->runs, at, length) || problem_memory(r->p);
}

static bool end(void *context, const char *name) {
  table_reading *r = context;
  strings *s = r->s;
  runs_end(&r->runs, name);
  if (strcmp(name, "si") != 0) return true;
  if (s->count == s->room) {
    if (s->room == STRINGS_MOST)
      return problem_say(r->p, "部件“%.200s”里的文字超过 %u 条：工作簿太大，请拆成几个文件",
                         "the part \"%.200s\" holds more than %u texts: the workbook is too large, split it", r->part,
                         STRINGS_MOST);
    uint32_t room = s->room ? s->room * 2 : 1024;
    uint32_t *grown = realloc(s->ends, room * sizeof *grown);
    if (!grown) return problem_memory(r->p);
    s->ends = grown;
    s->room = room;
  }
  s->ends[s->count++] = (uint32_t)s->text.length;
  return true;
}

bool strings_read(strings *s, package *k, const char *part, problem *p) {
  *s = (strings){0};
  table_reading r = {.s = s, .runs = {.to = &s->text}, .p = p, .part = part};
  return xml_read(k, part, &(xml_taker){&r, begin, end, text, true}, p);
}

hongzhu_text strings_at(const strings *s, uint32_t index) {
  if (index >= s->count) return (hongzhu_text){NULL, 0};
  uint32_t start = index > 0 ? s->ends[index - 1] : 0;
  return (hongzhu_text){s->text.at ? s->text.at + start : "", s->ends[index] - start};
}

void strings_free(strings *s) {
  buffer_free(&s->text);
  free(s->ends);
  s->ends = NULL;
}
