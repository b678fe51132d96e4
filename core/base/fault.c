#include "base/fault.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FAULTS_KEPT = 1000 };

faults *faults_new(arena *memory) {
  faults *list = arena_take(memory, sizeof *list);
  list->memory = memory;
  return list;
}

static void add(faults *list, place where, bool warning, const char *en, const char *zh, va_list arguments) {
  if (!warning) list->errors++;
  if (list->count >= FAULTS_KEPT) {
    list->dropped++;
    return;
  }
  arena *a = list->memory;
  fault *f = ARENA_PUSH(a, list->items, list->count, list->capacity);
  *f = (fault){.where = where, .warning = warning};
  f->where.file = arena_text(a, where.file);
  f->where.sheet = arena_text(a, where.sheet);
  f->where.column = arena_text(a, where.column);
  f->what = said_format_list(a, en, zh, arguments);
}

bool fault_add(faults *list, place where, const char *en, const char *zh, ...) {
  va_list arguments;
  va_start(arguments, zh);
  add(list, where, false, en, zh, arguments);
  va_end(arguments);
  return false;
}

bool fault_warn(faults *list, place where, const char *en, const char *zh, ...) {
  va_list arguments;
  va_start(arguments, zh);
  add(list, where, true, en, zh, arguments);
  va_end(arguments);
  return false;
}

bool fault_next(faults *list, const char *en, const char *zh, ...) {
  /* The fault this belongs to may have been dropped. */
  if (list->count == 0 || list->dropped > 0) return false;
  va_list arguments;
  va_start(arguments, zh);
  list->items[list->count - 1].next = said_format_list(list->memory, en, zh, arguments);
  va_end(arguments);
  return false;
}

static said said_copy(arena *a, said words) {
  for (int i = 0; i < LANGUAGES; i++) words.in[i] = arena_text(a, words.in[i]);
  return words;
}

void faults_take(faults *list, faults *other) {
  arena *a = list->memory;
  for (size_t i = 0; i < other->count; i++) {
    const fault *f = &other->items[i];
    if (list->count >= FAULTS_KEPT) {
      list->dropped++;
      continue;
    }
    fault *copy = ARENA_PUSH(a, list->items, list->count, list->capacity);
    *copy = *f;
    copy->where.file = arena_text(a, f->where.file);
    copy->where.sheet = arena_text(a, f->where.sheet);
    copy->where.column = arena_text(a, f->where.column);
    copy->what = said_copy(a, f->what);
    copy->next = said_copy(a, f->next);
  }
  list->errors += other->errors;
  list->dropped += other->dropped;
  other->count = other->errors = other->dropped = 0;
}

static void part(buffer *b, const char *separator) {
  if (b->length > 0) buffer_text(b, separator);
}

char *place_text(arena *a, place where, language in) {
  const char *separator = in == LANGUAGE_ZH ? "，" : ", ";
  buffer b = {0};
  buffer_text(&b, "");
  if (where.file) buffer_text(&b, where.file);
  if (where.line > 0) {
    if (where.file)
      buffer_format(&b, ":%d", where.line);
    else
      buffer_format(&b, in == LANGUAGE_ZH ? "第 %d 行" : "line %d", where.line);
  }
  if (where.sheet) {
    part(&b, separator);
    buffer_format(&b, in == LANGUAGE_ZH ? "工作表“%s”" : "sheet \"%s\"", where.sheet);
  }
  if (where.row > 0) {
    part(&b, separator);
    buffer_format(&b, in == LANGUAGE_ZH ? "第 %" PRId64 " 行" : "row %" PRId64, where.row);
  }
  if (where.column) {
    part(&b, separator);
    buffer_format(&b, in == LANGUAGE_ZH ? "“%s”列" : "column \"%s\"", where.column);
  }
  char *text = arena_text_of(a, b.at, b.length);
  buffer_free(&b);
  return text;
}

enum { SHOWN_MOST = 2000, SHOWN_FIRST = 1000, SHOWN_LAST = 300 }; /* bytes */

/* A cell of a file may be as long as the file: of what quotes it, beginning and end are shown. */
static const char *shown(arena *a, const char *text) {
  size_t length = strlen(text);
  if (length > SHOWN_MOST) {
    size_t first = SHOWN_FIRST, last = length - SHOWN_LAST;
    while (((unsigned char)text[first] & 0xC0) == 0x80) first--;
    while (((unsigned char)text[last] & 0xC0) == 0x80) last++;
    text = arena_format(a, "%.*s…%s", (int)first, text, text + last);
  }
  return text_for_terminal(a, text);
}

char *fault_text(arena *a, const fault *f, language in) {
  static const char *const heads[2][LANGUAGES] = {{"错误：", "error: "}, {"警告：", "warning: "}};
  const char *at = place_text(a, f->where, in);
  const char *after = *at == '\0' ? "" : in == LANGUAGE_ZH ? "：" : ": ";
  const char *what = f->what.in[in] ? f->what.in[in] : "";
  char *line = arena_format(a, "%s%s%s%s", heads[f->warning][in], shown(a, at), after, shown(a, what));
  if (!f->next.in[in] || !*f->next.in[in]) return line;
  return arena_format(a, "%s\n  %s", line, shown(a, f->next.in[in]));
}
