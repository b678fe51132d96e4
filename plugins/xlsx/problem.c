#include "problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Texts from a file are cut in the middle by the buffer's end; half a character may not reach the host. */
static size_t whole_characters(const char *text, size_t length, bool cut) {
  if (!cut) return length;
  while (length > 0 && ((unsigned char)text[length - 1] & 0xC0) == 0x80) length--;
  return length > 0 && (unsigned char)text[length - 1] >= 0xC0 ? length - 1 : length;
}

bool problem_say(problem *p, const char *zh, const char *en, ...) {
  if (p->result != HONGZHU_OK) return false;
  char texts[2][1024];
  size_t lengths[2];
  const char *formats[2] = {zh, en};
  for (int i = 0; i < 2; i++) {
    va_list values;
    va_start(values, en);
    int needed = vsnprintf(texts[i], sizeof texts[i], formats[i], values);
    va_end(values);
    lengths[i] = whole_characters(texts[i], strlen(texts[i]), needed >= (int)sizeof texts[i]);
  }
  p->io->fail(p->io->host, p->sheet, p->row, (hongzhu_text){texts[0], lengths[0]},
              (hongzhu_text){texts[1], lengths[1]});
  p->result = HONGZHU_FAILED;
  return false;
}

bool problem_say_texts(problem *p, const char *zh, const char *en) {
  if (p->result != HONGZHU_OK) return false;
  p->io->fail(p->io->host, p->sheet, p->row, (hongzhu_text){zh, strlen(zh)}, (hongzhu_text){en, strlen(en)});
  p->result = HONGZHU_FAILED;
  return false;
}

bool problem_memory(problem *p) {
  return problem_say_texts(p, "内存不够", "out of memory");
}

bool problem_keep(problem *p, int result) {
  if (p->result == HONGZHU_OK) p->result = result;
  return result == HONGZHU_OK;
}
