/* match_words: conditions on records in words, for those who read rules and do not write them. */
#ifndef HONGZHU_TASK_MATCH_WORDS_H
#define HONGZHU_TASK_MATCH_WORDS_H

#include "task/shown.h"

/* "方式为脱产集中，级别不低于县级，天数不少于 2"; "" where nothing is asked. Conditions on the column named `without`
 * are passed over (NULL: none). Parameters are read on the day. */
char *words_of_match(arena *a, const pack *p, const match *m, const char *without, day on, language in);
/* The word's title in the scale of that name (or as an attribute has it), else itself. */
const char *words_of_word(const pack *p, const char *scale, const char *word, language in);

#endif
