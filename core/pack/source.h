/* source: where an adapter takes a value from: a constant, or a column of the file's row and what is done to its text.
 *
 *   "T01"  15                       a constant
 *   column "姓名"                   the text of a column; column { "姓名", "教师姓名" } the first of them that the file
 * has day "日期"                      read as a date      day(column "时间":before " ") amount("学时", "学时") read as
 * an amount, its unit may stand behind the number duration "累计参会时长"         0:30:00 or 30分钟, in minutes
 *   above "会议号"                  what stands beside a label in the rows above the header
 *   SOURCE:before "("  :after ")"   the part before or after a text; the whole where it is not there (after: nothing)
 *   SOURCE:split { "&", "＆" }      several values
 *   SOURCE:or_else(SOURCE)          the other one where this one is empty
 *   optional(SOURCE)                its columns may be missing from the file; optional "备注" is optional(column
 * "备注")
 *
 * Ownership: in the arena of the declaring. Columns are collected in a sheaf, each once, for the search of the header.
 */
#ifndef HONGZHU_PACK_SOURCE_H
#define HONGZHU_PACK_SOURCE_H

#include "pack/declare.h"

typedef struct named_column { /* one column of the file, under any of its names */
  const char **names;
  const char **keys; /* the names as text_key */
  size_t count;
  bool required;
  place where;
} named_column;

typedef struct sheaf {
  named_column *items;
  size_t count, capacity;
} sheaf;

typedef enum source_form { SOURCE_NONE, SOURCE_CONSTANT, SOURCE_COLUMN, SOURCE_ABOVE } source_form;

/* What the text is to be read as. */
typedef enum source_reading { READ_TEXT, READ_DAY, READ_AMOUNT, READ_DURATION, READ_TRUTH, READ_WHOLE } source_reading;

typedef enum cut_form { CUT_BEFORE, CUT_AFTER, CUT_SPLIT } cut_form;

typedef struct cut {
  cut_form form;
  const char **texts;
  size_t count;
} cut;

typedef struct source {
  source_form form;
  source_reading reading;
  const char *constant; /* SOURCE_ABOVE: the label as text_key */

  const char *label; /* SOURCE_ABOVE: as declared */
  size_t column;     /* in the sheaf */
  const char *unit;  /* amounts: what the text may end in; NULL: the unit of the kind or attribute */
  cut *cuts;         /* in order */
  size_t cuts_count;
  bool split;                     /* one of the cuts is a split */
  const struct source *otherwise; /* NULL: none */
  place where;
} source;

/* Reads a source that has to give `wanted`; a plain column does for any reading. An absent value is SOURCE_NONE and no
 * fault. False if there was a fault. */
bool source_read(const spot *of, source_reading wanted, sheaf *columns, source *out);

/* The required column of that name, as if column "NAME" stood there. */
void source_column(const spot *at, const char *name, sheaf *columns, source *out);

/* Is this value a source, and not a table of members? */
bool source_is(const spot *of);

#endif
