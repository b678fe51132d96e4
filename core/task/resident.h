/* resident: numbers of Chinese resident identity cards (GB 11643): 17 digits and a check character, 0 to 9 or X.
 *
 * Spreadsheets keep fifteen digits of a number: the rest becomes 000 or the whole turns into 3.62E+17. Such a number is
 * refused and never guessed. What is stored is a keyed hash and the last four characters; nothing else leaves this
 * module.
 */
#ifndef HONGZHU_TASK_RESIDENT_H
#define HONGZHU_TASK_RESIDENT_H

#include "base/digest.h"

typedef enum resident_problem {
  RESIDENT_GOOD,
  RESIDENT_SCIENTIFIC, /* 3.62E+17 */
  RESIDENT_TAIL_LOST,  /* ends in 000 and the check fails: a spreadsheet rounded it */
  RESIDENT_OLD,        /* fifteen digits, as issued before 1999 */
  RESIDENT_LENGTH,
  RESIDENT_CHARACTERS,
  RESIDENT_BIRTH, /* digits 7 to 14 are no day */
  RESIDENT_CHECK
} resident_problem;

#define RESIDENT_SIZE 19

/* Full-width characters and spaces are forgiven, a small x too. */
resident_problem resident_read(arena *a, const char *text, char out[RESIDENT_SIZE]);
said resident_words(resident_problem problem); /* what is wrong, to stand after "the ID number …" */
said resident_next(resident_problem problem);
digest resident_hash(const digest *key, const char number[RESIDENT_SIZE]);
/* "**************1234": what a message may show of a number; a text with few digits is shown as it is. */
char *resident_masked(arena *a, const char *text);

#endif
