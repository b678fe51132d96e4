/* vocabulary: every word that a pack may use, in one table: bindings, editor stubs and error messages come from it. */
#ifndef HONGZHU_PACK_VOCABULARY_H
#define HONGZHU_PACK_VOCABULARY_H

#include "base/text.h"

typedef enum word_form {
  WORD_DECLARATION, /* rule { … } */
  WORD_FUNCTION,    /* records { … }, last(2, "year") */
  WORD_METHOD       /* :cap(limit, "year") */
} word_form;

typedef struct word_row {
  const char *name;
  word_form form;
  const char *signature; /* "(limit: number, span: string, where?: table): selection" */
  said help;             /* one sentence */
} word_row;

extern const word_row vocabulary[];
extern const size_t vocabulary_count;

#endif
