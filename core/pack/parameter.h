/* parameter: a value of a rule set, dated and with its source.
 *
 * Read on a day, it is the newest entry whose `from` has come. A value is a number, a day, or a number by a word of a
 * scale. An entry without a source does not load, unless it says why it is assumed.
 */
#ifndef HONGZHU_PACK_PARAMETER_H
#define HONGZHU_PACK_PARAMETER_H

#include "pack/kinds.h"

typedef enum parameter_form { PARAMETER_NUMBER, PARAMETER_DAY, PARAMETER_BY_WORD } parameter_form;

typedef struct parameter_word {
  const char *word;
  fraction value;
} parameter_word;

typedef struct parameter_entry {
  day from;
  fraction number;
  day day;
  const parameter_word *words;
  size_t words_count;
  const char *source; /* NULL where assumed */
  said assumed;       /* why nothing published is followed; NULL texts where there is a source */
  place where;
} parameter_entry;

typedef struct parameter {
  const char *id;
  said title;
  const char *unit; /* NULL: a pure number or a day */
  const char *by;   /* the scale of the words, or NULL */
  parameter_form form;
  const parameter_entry *entries; /* rising by `from` */
  size_t entries_count;
  place where;
} parameter;

typedef struct parameters {
  parameter *items;
  size_t count, capacity;
} parameters;

/* Adds what a `parameters { … }` declares; a parameter declared again (by a pack that extends) replaces the earlier
 * one. */
void parameters_add(parameters *all, const spot *declaration);
/* Once all packs have been read: that values by word name words of their scale (or of an attribute). */
void parameters_check(const parameters *all, const kinds *k, declaring *to);
const parameter *parameters_find(const parameters *all, const char *id);
const char *parameters_nearest(const parameters *all, arena *a, const char *id);
/* The entry in force on a day; NULL where none has come. *next is the day from which another one is (DAY_EVER: none).
 */
const parameter_entry *parameter_on(const parameter *p, day on, day *next);
bool parameter_value(const parameter_entry *e, const char *word, fraction *out); /* word NULL: the number */

#endif
