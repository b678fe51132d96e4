/* decode: bytes of a file -> UTF-8 in blocks, and which encoding a file is in.
 *
 * UTF-8 is handed on where it stands, UTF-16 is converted here, the others by iconv. Whatever the encoding, bytes that
 * it does not allow end the work: nothing is replaced or left out. A block is borrowed until the next call.
 *
 * glibc loads a converter's tables from a file when it is opened, which no worker may do once it reads: the converters
 * are opened when the library is loaded and kept.
 */
#ifndef CSV_DECODE_H
#define CSV_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum decode_encoding {
  DECODE_UTF_8,
  DECODE_UTF_16LE,
  DECODE_UTF_16BE,
  DECODE_GBK,
  DECODE_GB18030,
  DECODE_BIG5,
  DECODE_BIG5_HKSCS,
  DECODE_LATIN1,
  DECODE_ENCODINGS
} decode_encoding;

const char *decode_name(decode_encoding e); /* as the option `encoding` says it */
bool decode_named(const char *name, size_t length, decode_encoding *out);

typedef enum decode_certainty {
  DECODE_MARKED, /* by a byte order mark */
  DECODE_FITS,   /* by its bytes */
  /* From here on it cannot be told: `offset` is the first byte that leaves it open. */
  DECODE_EITHER,  /* too few characters, which UTF-8 and GB18030 both allow */
  DECODE_UNCLEAR, /* bytes allow it, but it reads like none of the encodings that are found by themselves */
  DECODE_NONE     /* no encoding fits */
} decode_certainty;

typedef struct decode_finding {
  decode_encoding encoding;
  decode_certainty certainty;
  size_t mark; /* bytes of the byte order mark */
  size_t offset;
} decode_finding;

/* Reads a byte order mark, else judges all bytes. A file in one encoding with few wrong bytes is found to be in it: the
 * decoder then says where they are. */
decode_finding decode_find(const uint8_t *bytes, size_t length);
/* Only the mark: false if there is none. */
bool decode_mark(const uint8_t *bytes, size_t length, decode_encoding *encoding, size_t *mark);

typedef enum decode_result { DECODE_BLOCK, DECODE_END, DECODE_WRONG, DECODE_CUT, DECODE_MISSING } decode_result;

#define DECODE_BLOCK_MOST ((size_t)64 << 10)

typedef struct decoder {
  const uint8_t *begin, *at,
      *end; /* at: what is to be decoded next; the wrong bytes after DECODE_WRONG and DECODE_CUT */
  decode_encoding encoding;
  char *block;
} decoder;

bool decode_open(decoder *d, decode_encoding encoding, const uint8_t *bytes, size_t length); /* false: out of memory */
void decode_close(decoder *d);
/* DECODE_BLOCK with a text; at the end DECODE_END. DECODE_WRONG: bytes at d->at that the encoding does not allow;
 * DECODE_CUT: the file ends inside a character; DECODE_MISSING: this machine has no converter for the encoding. */
decode_result decode_next(decoder *d, const char **text, size_t *length);

#endif
