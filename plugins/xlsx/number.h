/* number: the numbers of a spreadsheet as texts.
 *
 * A number is the shortest decimal of the 15 digits that a spreadsheet keeps and shows: for what was typed that is what
 * reads back the same, and for what was computed the noise of binary arithmetic (0.1 + 0.2 = 0.30000000000000004) is
 * left out. From 10^15 on it is written with an exponent (3.62E+17), so that an identity number that was taken for a
 * number shows as what it has become. A date is a count of days: 1 is 1900-01-01, and 60 the 29th of February 1900 that
 * never was; or, in workbooks of the 1904 system, 0 is 1904-01-01. Parts of a day are taken to the millisecond and
 * shown in whole seconds. */
#ifndef XLSX_NUMBER_H
#define XLSX_NUMBER_H

#include "styles.h"

#define NUMBER_ROOM 64

/* Reads a number as XML writes it; false if it is none. The C locale must be in use. */
bool number_read(const char *text, double *out);
/* Whether a text is written as number_show_as would write it again; it may say false of such a text. */
bool number_is_shown(const char *text);
/* What a cell with such a format holds; a number where it is no day that exists. */
void number_show_as(double value, style_kind kind, bool system_1904, char out[NUMBER_ROOM]);
/* A date as ISO 8601 writes it ("2021-01-01T10:10:10") as the host wants it; false if it is none. */
bool number_show_iso(const char *text, style_kind kind, char out[NUMBER_ROOM]);

#endif
