/* layout: text cleaned for a terminal, measured in its columns, broken into lines, and put out in blocks.
 *
 * A strip is a growing string of clean text: what entered it through strip_add can neither move the cursor nor turn the
 * direction of writing. Errors: none are returned; out of memory and a host that wants no more are kept in the page,
 * whose `result` is what the writer returns.
 */
#ifndef TEXT_LAYOUT_H
#define TEXT_LAYOUT_H

#include "hongzhu/plugin.h"

#include <stdbool.h>

typedef struct strip {
  char *at;
  size_t length, capacity;
} strip;

typedef struct page {
  const hongzhu_write *io;
  strip out;    /* what has not been put yet */
  size_t width; /* columns of the terminal */
  bool chinese;
  int result; /* HONGZHU_OK until something went wrong */
} page;

/* A piece of a strip, by place, because the strip may move. */
typedef struct piece {
  size_t from, length, width;
} piece;

void page_text(page *p, const char *text);
void page_bytes(page *p, const char *bytes, size_t length);
void page_repeat(page *p, const char *text, size_t times);
/* `text` in a field of `width` columns: 0 left, 1 right, 2 centre; blanks at the end of a line are the caller's choice.
 */
void page_field(page *p, const char *text, size_t length, size_t width, uint32_t align, bool last);
/* Lines of at most the page's width, the first indented by `first`, the others by `rest`. */
void page_wrapped(page *p, const char *text, size_t length, size_t first, size_t rest);
void page_flush(page *p);

void strip_clear(strip *s);
void strip_free(strip *s);
/* Adds cleaned text: line breaks and tabs become blanks; other control and direction characters visible escapes. */
void strip_add(page *p, strip *s, hongzhu_text text);
piece strip_piece(page *p, strip *s, hongzhu_text text); /* the same, and where it stands */

size_t layout_width(const char *text, size_t length);
size_t layout_least(const char *text, size_t length); /* the columns it needs so that no word of it is broken */
/* How many bytes of the text go into a line of `width` columns, at least one character; *next is where the next line
 * starts. */
size_t layout_break(const char *text, size_t length, size_t width, size_t *next);
hongzhu_text layout_text(const char *literal);
/* What a span prints: its text, or the value of its figure. */
hongzhu_text layout_span(const hongzhu_span *span);

#endif
