/* fuzz: what the targets share. A target gets bytes and does with them what the program does with bytes that it does
 * not trust; it may refuse them and may not crash, hang, leak, or break a promise (fuzz_promise). */
#ifndef HONGZHU_TESTS_FUZZ_H
#define HONGZHU_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned int seed);

#define fuzz_promise(kept)                                                                                             \
  do {                                                                                                                 \
    if (!(kept)) {                                                                                                     \
      fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #kept);                                               \
      abort();                                                                                                         \
    }                                                                                                                  \
  } while (0)

typedef struct fuzz_bytes { /* what is left of an input; once it is empty everything taken is zero */
  const uint8_t *at;
  size_t left;
} fuzz_bytes;

static inline uint8_t fuzz_byte(fuzz_bytes *b) {
  if (b->left == 0) return 0;
  b->left--;
  return *b->at++;
}

/* A copy with nothing behind it, so that the sanitizer sees a read beyond the end; to be freed. */
static inline uint8_t *fuzz_copy(fuzz_bytes *b, size_t size) {
  if (size > b->left) size = b->left;
  uint8_t *copy = malloc(size ? size : 1);
  if (!copy) abort();
  if (size) memcpy(copy, b->at, size);
  b->at += size;
  b->left -= size;
  return copy;
}

/* A NUL-terminated copy; to be freed. */
static inline char *fuzz_text(const uint8_t *bytes, size_t size) {
  char *copy = malloc(size + 1);
  if (!copy) abort();
  if (size) memcpy(copy, bytes, size);
  copy[size] = '\0';
  return copy;
}

#endif
