/* digest: BLAKE2b-256 through libsodium; 32 bytes, written as 64 lower-case hexadecimal digits. */
#ifndef HONGZHU_BASE_DIGEST_H
#define HONGZHU_BASE_DIGEST_H

#include "base/text.h"

#define DIGEST_SIZE 32
#define DIGEST_TEXT 65

typedef struct digest {
  uint8_t bytes[DIGEST_SIZE];
} digest;

void digest_prepare(void); /* called once at start: it is quicker then */

typedef struct digest_stream digest_stream; /* what is hashed piece by piece; lives in the arena given */

digest digest_of(const void *bytes, size_t size);
digest digest_keyed(const digest *key, const void *bytes, size_t size);
/* SipHash: 64 bits for tables in memory, which nobody who does not know the key can make collide. Never stored. */
uint64_t digest_short(const digest *key, const void *bytes, size_t size);
bool digest_of_file(int descriptor, digest *out); /* from the file's start; false on a read error (errno) */

digest_stream *digest_begin(arena *a);
void digest_add(digest_stream *s, const void *bytes, size_t size);
void digest_add_text(digest_stream *s,
                     const char *text); /* length first, NULL distinct from "": no two lists of texts collide */
void digest_add_integer(digest_stream *s, int64_t value); /* eight bytes, little endian */
digest digest_end(digest_stream *s);

void digest_text(digest d, char out[DIGEST_TEXT]);
bool digest_from_text(const char *text, digest *out);
bool digest_same(digest a, digest b);
/* The first eight bytes as a non-negative integer: keys of facts. */
int64_t digest_key(digest d);

#endif
