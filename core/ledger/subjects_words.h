/* subjects_words: texts numbered while a subject file is built, then put in the order of their bytes.
 * Within the ledger floor only. Zero-initialise; give back with words_free. */
#ifndef HONGZHU_LEDGER_SUBJECTS_WORDS_H
#define HONGZHU_LEDGER_SUBJECTS_WORDS_H

#include "base/text.h"

typedef struct word_pool {
  const char *folder; /* for what is large; NULL: in memory */
  char *bytes;        /* every text with its NUL */
  size_t length, room;
  size_t *at;     /* where text n begins, n from 1 */
  uint32_t count; /* texts are 1 … count */
  size_t capacity;
  uint32_t *slots;
  size_t slot_count;
} word_pool;

uint32_t words_add(word_pool *p, const char *text, bool *added); /* 0 for NULL; `added` may be NULL */
uint32_t words_find(const word_pool *p, const char *text);       /* 0 where it is not */
const char *words_text(const word_pool *p, uint32_t word);
/* order[k] is the number of the text that comes k-th (from 1); rank is the reverse; both of count + 1, for large_free.
 */
void words_order(const word_pool *p, uint32_t **order, uint32_t **rank);
void words_free(word_pool *p);

#endif
