/* shown: values as a person reads them: a word by the title that the pack gives it, a person by their code.
 *
 * Titles come from the pack: of kinds, of the scale named like the column or attribute and of ladders. Without
 * one a word stands as it is. People are masked unless all detail is asked for: their code, or, without one, the first
 * character of their name.
 */
#ifndef HONGZHU_TASK_SHOWN_H
#define HONGZHU_TASK_SHOWN_H

#include "pack/pack.h"

typedef enum detail { DETAIL_NONE, DETAIL_MASKED, DETAIL_FULL, DETAILS } detail;
extern const char *const detail_names[DETAILS]; /* "none", "masked", "full" */

typedef struct showing {
  arena *memory;
  const pack *pack;
  const view *view;
  language in;
  detail detail;
} showing;

/* A value that a path gave; `unknown` words for one that is absent. */
const char *shown_value(const showing *s, const path *p, fact_type type, value x);
/* All values of a path for a row, joined. Where there is none: 未知 of what the row leads to, — of its own. */
const char *shown_cell(const showing *s, const path *p, fact_type type, uint32_t row);
const char *shown_row(const showing *s, fact_type type, uint32_t row);
const char *shown_unknown(language in); /* 未知, unknown */
/* What a column of such values is called: 省份, province. */
const char *shown_title(const pack *p, const path *of, language in);
/* Puts the values of a path into the order in which they are shown: as the pack declares its words, then as found;
 * those without a value last. */
void shown_order(const showing *s, const path *p, value *groups, size_t count);
/* What `--group` takes to mean this value. */
const char *shown_written(const showing *s, value x);
/* Does a text written by an author or user mean this value? Word, title, code, name, number or date. */
bool shown_means(const showing *s, const path *p, fact_type type, value x, const char *written);

/* The first character, then two asterisks. */
char *mask_name(arena *a, const char *name);

#endif
