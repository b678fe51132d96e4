/* guess_kind: what a file that is no text table really seems to be. */
#ifndef CSV_GUESS_KIND_H
#define CSV_GUESS_KIND_H

#include <stddef.h>
#include <stdint.h>

typedef struct guess_kind {
  const char *zh, *en; /* to follow 似乎是 and "seems to be" */
} guess_kind;

/* NULL if its first bytes are those of no kind known here. */
const guess_kind *guess_kind_of(const uint8_t *bytes, size_t length);

#endif
