/* styles: what kind of value a number in a cell is, by its number format.
 *
 * A format that shows a day is a date; one that shows hours but no day a time; one that counts hours, minutes or
 * seconds on beyond the day ([h]:mm) a duration; one that shows year and month only a month. All others are numbers. */
#ifndef XLSX_STYLES_H
#define XLSX_STYLES_H

#include "xml.h"

#define STYLES_MOST 65536

typedef enum style_kind {
  STYLE_NUMBER,
  STYLE_DATE,
  STYLE_DATE_TIME,
  STYLE_MONTH,
  STYLE_TIME,
  STYLE_DURATION
} style_kind;

typedef struct styles {
  uint8_t *kinds; /* style_kind of each cell style */
  uint32_t count, room;
} styles;

bool styles_read(styles *s, package *k, const char *part, problem *p);
style_kind styles_at(const styles *s, uint32_t index); /* a number beyond the end */
void styles_free(styles *s);

#endif
