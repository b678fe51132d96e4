#include "say.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the character at `at`; 0 if it is cut or none. What the formats hold is sound; what comes from a file may be
 * cut by a precision or the buffer's end, and may be anything. */
static size_t character(const unsigned char *at) {
  size_t size = *at < 0x80 ? 1 : *at < 0xC2 ? 0 : *at < 0xE0 ? 2 : *at < 0xF0 ? 3 : *at < 0xF5 ? 4 : 0;
  for (size_t i = 1; i < size; i++)
    if ((at[i] & 0xC0) != 0x80) return 0; /* the end is a NUL, which is none either */
  bool too_short = (*at == 0xE0 && at[1] < 0xA0) || (*at == 0xF0 && at[1] < 0x90);
  bool beyond = (*at == 0xED && at[1] > 0x9F) || (*at == 0xF4 && at[1] > 0x8F);
  return too_short || beyond ? 0 : size;
}

/* Leaves out half characters and shows control characters as question marks: an error is one line of good UTF-8. */
static hongzhu_text clean(char *text) {
  size_t to = 0;
  for (size_t at = 0; text[at];) {
    size_t size = character((const unsigned char *)text + at);
    if (size == 0) {
      at++;
      continue;
    }
    if ((unsigned char)text[at] < 0x20 || text[at] == 0x7F) text[at] = '?';
    memmove(text + to, text + at, size);
    to += size;
    at += size;
  }
  return (hongzhu_text){text, to};
}

int say(const hongzhu_read *io, uint64_t row, const char *zh, const char *en, ...) {
  char texts[2][1024];
  hongzhu_text said[2];
  const char *formats[2] = {zh, en};
  for (int i = 0; i < 2; i++) {
    va_list values;
    va_start(values, en);
    vsnprintf(texts[i], sizeof texts[i], formats[i], values);
    va_end(values);
    said[i] = clean(texts[i]);
  }
  io->fail(io->host, 0, row, said[0], said[1]);
  return HONGZHU_FAILED;
}

int say_texts(const hongzhu_read *io, uint64_t row, const char *zh, const char *en) {
  io->fail(io->host, 0, row, (hongzhu_text){zh, strlen(zh)}, (hongzhu_text){en, strlen(en)});
  return HONGZHU_FAILED;
}
