/* path: how a declaration names a value of a row: "level", "host.parent.name", "school", "host.within.province".
 *
 * A path starts at a row of some table. Steps that lead to another row:
 *   person enrollment cohort programme activity organization    of the row, itself included where it is one
 *   host      the organization of an enrollment's placement (of a record: of its enrollment)
 *   school    the organization of the person's post on the day asked
 *   parent    the organization above; within.KIND the nearest one of that kind, itself included
 *   subject object a b    the two ends of a post, record, enrollment or relation
 *   fact.KIND the person's newest record of that kind that had begun on the day asked
 * Steps that end it: kind code name level mode status unit since until amount days, in_force (whether since and until
 * take in the day asked), the name of an attribute, or of the decision at hand: rule outcome. A path that ends at a row
 * means that row.
 * Words are compared as codes: a wordbook numbers those that declarations use, a view translates them for one
 * subject file.
 */
#ifndef HONGZHU_PACK_PATH_H
#define HONGZHU_PACK_PATH_H

#include "ledger/subjects.h"
#include "pack/declare.h"

typedef struct wordbook {
  arena *memory;
  const char **items;
  size_t count, capacity;
} wordbook;

uint32_t wordbook_add(wordbook *book, const char *word); /* its number, from 0 */

typedef struct view {
  const subjects *s;
  const uint32_t *codes; /* of the wordbook's words in s; 0 where no fact has the word */
  size_t codes_count;
  day on;
  day *until; /* NULL, or the first day after `on` on which something that was read would read otherwise */
} view;

void view_until(const view *v, day d); /* something that was read would read otherwise on that day */

view *view_new(arena *a, const wordbook *book, const subjects *s, day on);

typedef enum path_column {
  COLUMN_KIND,
  COLUMN_CODE,
  COLUMN_NAME,
  COLUMN_LEVEL,
  COLUMN_MODE,
  COLUMN_STATUS,
  COLUMN_UNIT,
  COLUMN_SINCE,
  COLUMN_UNTIL,
  COLUMN_AMOUNT,
  COLUMN_DAYS,
  COLUMN_IN_FORCE,
  COLUMN_RULE,
  COLUMN_OUTCOME
} path_column;

typedef enum path_step_form {
  STEP_COLUMN,
  STEP_ATTRIBUTE,
  STEP_ROW,
  STEP_HOST,
  STEP_SCHOOL,
  STEP_PARENT,
  STEP_WITHIN,
  STEP_SUBJECT,
  STEP_OBJECT,
  STEP_FACT
} path_step_form;

typedef struct path_step {
  path_step_form form;
  path_column column;
  fact_type type; /* STEP_ROW */
  uint32_t word;  /* in the wordbook: attribute, kind */
} path_step;

typedef struct path {
  const char *text; /* as declared */
  const path_step *steps;
  size_t count;
} path;

typedef enum value_form {
  VALUE_NONE,
  VALUE_WORD,
  VALUE_AMOUNT,
  VALUE_DATE,
  VALUE_TRUTH,
  VALUE_ROW,
  VALUE_TEXT
} value_form;

typedef struct value {
  value_form form;
  bound bound;      /* VALUE_AMOUNT; VALUE_TRUTH: UNKNOWN where neither is known */
  fact_type type;   /* VALUE_ROW */
  int64_t number;   /* word code, millionths, date, 0 or 1, row */
  const char *text; /* VALUE_TEXT: a word that is in no fact: rule, outcome */
} value;

/* Reads a path; `attributes` are the names that kinds declare (NULL: any name passes). */
bool path_compile(const spot *where, const char *text, const char *const *attributes, size_t attributes_count,
                  wordbook *book, path *out);
value path_value(const view *v, const path *p, fact_type type, uint32_t row);
/* All values of an attribute that holds several (others: one or none), at most `most`; returns how many. */
size_t path_values(const view *v, const path *p, fact_type type, uint32_t row, value *out, size_t most);
/* As shown: the name (else the code) of a row, the word, the number, the date; NULL for VALUE_NONE. */
char *value_text(arena *a, const view *v, value x, language in);
/* A total order over values of one form, absent last; words and names by their bytes. */
int value_compare(const view *v, value x, value y);

int32_t row_to(const view *v, fact_type type, uint32_t row, fact_type wanted); /* -1: there is none */
int32_t row_school(const view *v, uint32_t person);
/* The person's newest record of a kind (word code) begun by v->on; -1 if there is none. */
int32_t row_fact(const view *v, uint32_t person, uint32_t kind);
bool row_attribute(const view *v, fact_type type, uint32_t row, uint32_t name, value *out);

#endif
