/* say: what is wrong, in both languages from the same values. */
#ifndef CSV_SAY_H
#define CSV_SAY_H

#include <hongzhu/plugin.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The values after `en` stand in the order in which both formats take them. Returns HONGZHU_FAILED. */
__attribute__((format(printf, 4, 5), unused)) static int say(const hongzhu_read *io, uint64_t row, const char *zh,
                                                             const char *en, ...) {
  char texts[2][1024];
  const char *formats[2] = {zh, en};
  for (int i = 0; i < 2; i++) {
    va_list values;
    va_start(values, en);
    vsnprintf(texts[i], sizeof texts[i], formats[i], values);
    va_end(values);
  }
  io->fail(io->host, 0, row, (hongzhu_text){texts[0], strlen(texts[0])}, (hongzhu_text){texts[1], strlen(texts[1])});
  return HONGZHU_FAILED;
}

#endif
