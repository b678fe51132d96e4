/* compact: whole numbers in few bytes, for what is stored once for everyone: groups of seven bits, the lowest first.
 *
 * A number has one form only, the shortest; another one is refused. Signed numbers have their sign in the lowest bit.
 * What is read may be anything: the source is bad from the first thing on that is none, and yields zeros then.
 */
#ifndef HONGZHU_BASE_COMPACT_H
#define HONGZHU_BASE_COMPACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COMPACT_MOST = 10 }; /* bytes of a number */

/* Returns where the next one goes. */
static inline unsigned char *compact_put(unsigned char *to, uint64_t number) {
  for (; number >= 128; number >>= 7) *to++ = (unsigned char)(number | 128);
  *to++ = (unsigned char)number;
  return to;
}

static inline uint64_t compact_sign(int64_t number) {
  return ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0);
}

static inline int64_t compact_signed(uint64_t number) {
  return (int64_t)((number >> 1) ^ (number & 1 ? UINT64_MAX : 0));
}

/* How far it is from one number to another, as a signed number: of any two. */
static inline uint64_t compact_step(int64_t from, int64_t to) {
  return compact_sign((int64_t)((uint64_t)to - (uint64_t)from));
}

typedef struct compact_source {
  const unsigned char *at;
  size_t left;
  bool good;
} compact_source;

int compact_byte(compact_source *s);
uint64_t compact_take(compact_source *s);
int64_t compact_further(compact_source *s, int64_t from); /* where a step leads */
/* So many bytes, which are passed over; NULL, and the source is bad, where there are fewer. */
const unsigned char *compact_bytes(compact_source *s, uint64_t size);

#endif
