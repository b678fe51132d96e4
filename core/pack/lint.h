/* lint: what is odd about a pack that compiles: what is never read, never matched, never met, met anyway, or without a
 * value. Only what the pack itself declares is looked at, not what it takes from those that it extends.
 *
 * A finding is a warning among the faults, with a code of its own for machines. Bounds are proven, never guessed: a
 * need is said to be out of reach only where no records at all could meet it.
 */
#ifndef HONGZHU_PACK_LINT_H
#define HONGZHU_PACK_LINT_H

#include "pack/pack.h"

typedef enum lint_code {
  LINT_UNREAD,    /* a parameter that nothing reads */
  LINT_NO_VALUE,  /* read on a day before its first value */
  LINT_WORD_GONE, /* a word that an earlier value has and a later one has not */
  LINT_UNMATCHED, /* records that no recognition takes, and nothing says why not */
  LINT_BEHIND,    /* a line of a recognition that another one leaves nothing */
  LINT_OUT_OF_REACH,
  LINT_IMPLIED,     /* met whenever others are */
  LINT_NOT_IMPLIED, /* implied = true, which cannot be proven */
  LINT_CODES
} lint_code;

extern const char *const lint_names[LINT_CODES]; /* "unread-parameter" … */
extern const said lint_words[LINT_CODES];        /* what it means, in a few words */

typedef struct lint {
  lint_code *codes; /* of the faults added, in their order */
  size_t count, capacity;
} lint;

void pack_lint(const pack *p, arena *a, lint *out, faults *problems);

#endif
