/* stubs: the vocabulary as a Lua file for editors (scripts/types/hongzhu.lua): completion, parameters and the meaning
 * of each word, in both languages. tests/unit/pack_vocabulary.c compares the file with this and, with HONGZHU_ACCEPT=1,
 * writes it anew. */
#ifndef HONGZHU_PACK_STUBS_H
#define HONGZHU_PACK_STUBS_H

#include "base/arena.h"

char *stubs_text(arena *a);

#endif
