#include "base/digest.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert(DIGEST_SIZE == crypto_generichash_BYTES, "the digest is libsodium's BLAKE2b of usual size");

/* Short streams, such as the keys of facts, are hashed in one go when they end. */
#define PENDING 256

struct digest_stream {
  crypto_generichash_state
      state; /* aligned to 64 by libsodium; the arena aligns to 16, hence digest_begin's rounding */
  size_t pending;
  bool begun; /* the state holds something */
  unsigned char bytes[PENDING];
};

/* libsodium fails only on wrong sizes, which are constants here. */

void digest_prepare(void) {
  const int unready = sodium_init(); /* whoever needs more of it than digests asks again */
  (void)unready;
}

digest digest_of(const void *bytes, size_t size) {
  digest d;
  crypto_generichash(d.bytes, sizeof d.bytes, bytes, size, NULL, 0);
  return d;
}

digest digest_keyed(const digest *key, const void *bytes, size_t size) {
  digest d;
  crypto_generichash(d.bytes, sizeof d.bytes, bytes, size, key->bytes, sizeof key->bytes);
  return d;
}

_Static_assert(DIGEST_SIZE >= crypto_shorthash_KEYBYTES, "a digest holds the key of a short hash");

uint64_t digest_short(const digest *key, const void *bytes, size_t size) {
  unsigned char out[crypto_shorthash_BYTES];
  uint64_t hash;
  crypto_shorthash(out, bytes, size, key->bytes);
  memcpy(&hash, out, sizeof hash);
  return hash;
}

bool digest_of_file(int descriptor, digest *out) {
  enum { SIZE = 1 << 16 };
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, DIGEST_SIZE);
  unsigned char *bytes = memory_resize(NULL, SIZE);
  ssize_t got;
  for (off_t at = 0; (got = pread(descriptor, bytes, SIZE, at)) != 0;) {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) break;
    crypto_generichash_update(&state, bytes, (unsigned long long)got);
    at += got;
  }
  const int reason = errno;
  free(bytes);
  errno = reason;
  crypto_generichash_final(&state, out->bytes, DIGEST_SIZE);
  return got == 0;
}

digest_stream *digest_begin(arena *a) {
  enum { ALIGN = _Alignof(digest_stream) };
  unsigned char *taken = arena_room(a, sizeof(digest_stream) + ALIGN);
  size_t off = (uintptr_t)taken % ALIGN;
  digest_stream *s = (void *)(taken + (off ? ALIGN - off : 0));
  s->pending = 0;
  s->begun = false;
  return s;
}

static void digest_flush(digest_stream *s) {
  if (!s->begun) crypto_generichash_init(&s->state, NULL, 0, DIGEST_SIZE);
  s->begun = true;
  if (s->pending) crypto_generichash_update(&s->state, s->bytes, s->pending);
  s->pending = 0;
}

void digest_add(digest_stream *s, const void *bytes, size_t size) {
  if (size > PENDING - s->pending) {
    digest_flush(s);
    if (size > PENDING) crypto_generichash_update(&s->state, bytes, size);
    if (size > PENDING) return;
  }
  if (size) memcpy(s->bytes + s->pending, bytes, size);
  s->pending += size;
}

void digest_add_text(digest_stream *s, const char *text) {
  if (!text) {
    digest_add_integer(s, -1);
    return;
  }
  size_t length = strlen(text);
  digest_add_integer(s, (int64_t)length);
  digest_add(s, text, length);
}

void digest_add_integer(digest_stream *s, int64_t value) {
  unsigned char bytes[8];
  uint64_t rest = (uint64_t)value;
  for (int i = 0; i < 8; i++, rest >>= 8) bytes[i] = (unsigned char)(rest & 0xff);
  digest_add(s, bytes, sizeof bytes);
}

digest digest_end(digest_stream *s) {
  digest d;
  if (!s->begun) return digest_of(s->bytes, s->pending);
  digest_flush(s);
  crypto_generichash_final(&s->state, d.bytes, DIGEST_SIZE);
  return d;
}

void digest_text(digest d, char out[DIGEST_TEXT]) {
  static const char digits[] = "0123456789abcdef";
  for (int i = 0; i < DIGEST_SIZE; i++) {
    out[2 * i] = digits[d.bytes[i] >> 4];
    out[2 * i + 1] = digits[d.bytes[i] & 15];
  }
  out[2 * DIGEST_SIZE] = '\0';
}

static int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool digest_from_text(const char *text, digest *out) {
  digest d;
  if (!text) return false;
  for (int i = 0; i < DIGEST_SIZE; i++) {
    int high = digit_value(text[2 * i]);
    if (high < 0) return false;
    int low = digit_value(text[2 * i + 1]);
    if (low < 0) return false;
    d.bytes[i] = (uint8_t)(high * 16 + low);
  }
  if (text[2 * DIGEST_SIZE] != '\0') return false;
  *out = d;
  return true;
}

bool digest_same(digest a, digest b) {
  return sodium_memcmp(a.bytes, b.bytes, DIGEST_SIZE) == 0;
}

int64_t digest_key(digest d) {
  uint64_t key = 0;
  for (int i = 0; i < 8; i++) key = key << 8 | d.bytes[i];
  return (int64_t)(key & INT64_MAX);
}
