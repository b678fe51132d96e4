/* Whether a text that a plugin gave is UTF-8: by the definition, and by nobody's code but this. */
#ifndef HONGZHU_TESTS_UTF8_H
#define HONGZHU_TESTS_UTF8_H

#include <hongzhu/plugin.h>

#include <stdbool.h>

static inline bool is_utf8(hongzhu_text t) {
  const unsigned char *at = (const unsigned char *)t.at, *end = at + t.length;
  while (at < end) {
    int more = *at < 0x80                  ? 0
               : *at >= 0xC2 && *at < 0xE0 ? 1
               : *at >= 0xE0 && *at < 0xF0 ? 2
               : *at >= 0xF0 && *at < 0xF5 ? 3
                                           : -1;
    if (more < 0 || end - at <= more) return false;
    if (more > 1 && ((*at == 0xE0 && at[1] < 0xA0) || (*at == 0xED && at[1] > 0x9F) || (*at == 0xF0 && at[1] < 0x90) ||
                     (*at == 0xF4 && at[1] > 0x8F)))
      return false;
    for (int i = 1; i <= more; i++)
      if ((at[i] & 0xC0) != 0x80) return false;
    at += more + 1;
  }
  return true;
}

#endif
