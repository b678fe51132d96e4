/* strings: a workbook's texts: a growing text, and the table of shared ones.
 *
 * A shared text is its runs joined; how it is to be read aloud (phonetic runs) is left out. As office programs do,
 * blanks around a run that does not ask to keep them are dropped, and _x000D_ stands for the character of that number.
 */
#ifndef XLSX_STRINGS_H
#define XLSX_STRINGS_H

#include "xml.h"

#define STRINGS_MOST       (UINT32_C(1) << 23) /* shared texts */
#define STRINGS_BYTES_MOST (UINT32_C(256) << 20)

typedef struct buffer { /* a text that grows */
  char *at;
  size_t length, room;
} buffer;

bool buffer_add(buffer *b, const char *text, size_t length); /* false: out of memory */
void buffer_free(buffer *b);

/* What the <t> elements of one text (<si> or <is>) say. */
typedef struct runs {
  buffer *to;
  size_t start;      /* where the present run begins in `to` */
  bool in_run, keep; /* keep: its blanks */
  unsigned phonetic; /* how deep inside <rPh> */
} runs;

void runs_begin(runs *r, const char *name, const char **attributes);
bool runs_text(runs *r, const char *text, size_t length); /* false: out of memory */
void runs_end(runs *r, const char *name);
void strings_unescape(buffer *b, size_t start); /* _x000D_ from start to the end of the text */

typedef struct strings {
  buffer text;
  uint32_t *ends; /* of each text in `text` */
  uint32_t count, room;
} strings;

bool strings_read(strings *s, package *k, const char *part, problem *p);
hongzhu_text strings_at(const strings *s, uint32_t index); /* absent beyond the end */
void strings_free(strings *s);

#endif
