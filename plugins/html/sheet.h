/* sheet: the page as it grows: a body that is kept until its table of contents is known, texts escaped on their way in.
 *
 * Errors: out of memory is said to the host once and kept in `result`; everything after it is passed over.
 */
#ifndef HTML_SHEET_H
#define HTML_SHEET_H

#include "hongzhu/plugin.h"

#include <stdbool.h>

typedef struct bytes {
  char *at;
  size_t length, capacity;
} bytes;

typedef struct sheet {
  const hongzhu_write *io;
  bytes masthead, body, contents;
  bytes sources; /* the register of figures at the end */
  bytes *to;     /* where the next text goes */
  bytes ids;     /* anchors given so far, each ended by a line break */
  unsigned headings, tables, charts;
  bool chinese, opens; /* opens: there is a figure that opens */
  int result;
} sheet;

void sheet_raw(sheet *s, const char *text);
void sheet_bytes(sheet *s, const char *at, size_t length);
void sheet_text(sheet *s, hongzhu_text text); /* escaped, for content and quoted attributes */
void sheet_number(sheet *s, uint64_t number);
const char *sheet_say(const sheet *s, const char *zh, const char *en);
/* Remembers an anchor; false if the page has it already or it is no good as one. */
bool sheet_new_id(sheet *s, hongzhu_text id);
void sheet_day(sheet *s, hongzhu_text day); /* 2025年8月31日, 31 August 2025; anything else as it stands */
void sheet_put(sheet *s, const bytes *what);
void sheet_free_bytes(bytes *b);
void sheet_free(sheet *s);

hongzhu_text sheet_literal(const char *text);
bool sheet_same(hongzhu_text a, hongzhu_text b);

#endif
