/* plain_page: headings, paragraphs, lists and tables as text, Markdown or HTML, for what the program says about itself.
 *
 * Reports go through writers in a worker; this is for pages made of the program's own words and a pack's, without
 * figures or charts. Everything is escaped for where it goes; the HTML carries a content-security policy and no script.
 */
#ifndef HONGZHU_TASK_PLAIN_PAGE_H
#define HONGZHU_TASK_PLAIN_PAGE_H

#include "base/text.h"

typedef enum page_form { PAGE_TEXT, PAGE_HTML, PAGE_MARKDOWN, PAGE_FORMS } page_form;
extern const char *const page_form_names[PAGE_FORMS]; /* "text", "html", "markdown" */

typedef struct plain_page {
  arena *memory;
  page_form form;
  language in;
  buffer out;
  const char **cells; /* of the table at hand */
  size_t columns, cells_count, cells_capacity;
} plain_page;

void page_begin(plain_page *p, arena *a, page_form form, language in, const char *title);
void page_heading(plain_page *p, int level, const char *text); /* 2 or 3 */
void page_paragraph(plain_page *p, const char *text);
void page_item(plain_page *p, const char *text); /* of a list; a paragraph or heading ends it */
void page_table(plain_page *p, const char *const *titles, size_t columns);
void page_row(plain_page *p, const char *const *cells); /* as many as columns; NULL is an empty cell */
void page_table_end(plain_page *p);
char *page_end(plain_page *p); /* the whole, in the arena */

#endif
