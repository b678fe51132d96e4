/* source_lines: where in a Lua text the key of a declaration stands, found by reading the text's tokens.
 *
 * A declaration is written as a table constructor; from the line of its call the constructor is looked for, in it the
 * key, in its value, where that holds a constructor, the next key, and so on. What is computed instead of written is
 * not found.
 */
#ifndef HONGZHU_PACK_SOURCE_LINES_H
#define HONGZHU_PACK_SOURCE_LINES_H

#include "base/arena.h"

/* The line (1-based) of the last of `keys` that is found below the constructor called at `line`; `line` itself where
 * none is. Keys are names, texts in brackets, or positions "1", "2" …. */
int source_line(const char *text, int line, const char *const *keys, size_t count);

/* The same for many elements of one long list: where each position of the first constructor at `line` stands, read
 * once. source_index_line gives 0 where the first key is no position of it. The text must outlive the index. */
typedef struct source_index source_index;
source_index *source_index_new(arena *a, const char *text, int line);
int source_index_line(const source_index *index, const char *const *keys, size_t count);

/* The texts that stand literally under `key` of the first `word { … }` of a text: one text or a list of texts. NULL
 * where there is none. The lines are those of the texts. */
size_t source_literals(arena *a, const char *text, const char *word, const char *key, const char ***out, int *line);

#endif
