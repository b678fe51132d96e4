#include "base/compact.h"

int compact_byte(compact_source *s) {
  if (!s->left || !s->good) {
    s->good = false;
    return 0;
  }
  s->left--;
  return *s->at++;
}

uint64_t compact_take(compact_source *s) {
  uint64_t number = 0;
  for (int shift = 0; shift < 64 && s->left && s->good; shift += 7) {
    int byte = *s->at++;
    s->left--;
    number |= (uint64_t)(byte & 127) << shift;
    if (byte >= 128) continue;
    if ((shift == 63 && byte > 1) || (shift && !byte)) break; /* too large, or not the shortest form */
    return number;
  }
  s->good = false;
  return 0;
}

int64_t compact_further(compact_source *s, int64_t from) {
  return (int64_t)((uint64_t)from + (uint64_t)compact_signed(compact_take(s)));
}

const unsigned char *compact_bytes(compact_source *s, uint64_t size) {
  if (!s->good || size > s->left) {
    s->good = false;
    return NULL;
  }
  const unsigned char *at = s->at;
  s->at += size;
  s->left -= (size_t)size;
  return at;
}
