/* text: UTF-8 as NUL-terminated strings, checked where it enters the program and trusted afterwards.
 *
 * Ownership: functions that make text take an arena. Width is the number of terminal columns, two for a
 * Chinese character, none for a combining one. Everything a user reads exists in Chinese and English: see `said`.
 */
#ifndef HONGZHU_BASE_TEXT_H
#define HONGZHU_BASE_TEXT_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>

typedef enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGES } language;

/* The same words in both languages, by enum language; a title without one language has the other in both places. */
typedef struct said {
  const char *in[LANGUAGES];
} said;

/* Both languages from the same values: the formats take the same arguments in the same order; a NULL one says what the
 * other says. */
said said_format(arena *a, const char *en, const char *zh, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
said said_format_list(arena *a, const char *en, const char *zh, va_list arguments)
    __attribute__((format(printf, 2, 0), format(printf, 3, 0)));

/* A growing byte string; `at` always ends in a NUL that `length` does not count. Zero-initialise it. */
typedef struct buffer {
  char *at;
  size_t length;
  size_t capacity;
} buffer;

void buffer_bytes(buffer *b, const void *bytes, size_t size);
void buffer_text(buffer *b, const char *text);
void buffer_format(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_free(buffer *b);

bool text_is_utf8(const char *bytes, size_t size); /* shortest forms only, no surrogates, no NUL */
size_t text_width(const char *text);
size_t text_points(const char *text);         /* code points */
bool text_same(const char *a, const char *b); /* NULL equals only NULL */

/* The form in which keys are compared: full-width forms folded (NFKC), letters folded to lower case, all white
 * space removed, the dots of names (· • ‧ ・ .) made one, hyphens made one. */
char *text_key(arena *a, const char *text);
/* As it is where it is no wider than that on a terminal; else cut between characters, with "…" as its last column. */
char *text_shortened(arena *a, const char *text, size_t width);
char *text_trim(arena *a, const char *text); /* white space of any script cut off both ends */
/* The same without a copy where nothing stands behind it: lives as long as `text` and the arena. */
const char *text_trimmed(arena *a, const char *text);
char *text_plain(arena *a, const char *text); /* full-width digits, letters, punctuation to ASCII; trimmed */

/* True only if text_plain would change nothing; it may say false of such a text. For what is read by the million. */
bool text_is_plain(const char *text);

/* The candidate nearest to `name` by edit distance over code points, or NULL if none is near
 * (distance at most a third of the length, at least 1, at most 3). */
const char *text_nearest(const char *name, const char *const *candidates, size_t count);

/* Safe for a terminal: control characters, bidirectional overrides and line breaks become visible escapes. */
char *text_for_terminal(arena *a, const char *text);
/* Safe for a cell that a spreadsheet opens: what begins with = + - @, in full width too, be it behind blanks or quotes,
 * or with a tab or a line's end, gets an apostrophe, unless it is a number. */
char *text_for_cell(arena *a, const char *text);
/* & < > " ' escaped; a sign stands for what text_for_terminal makes visible, tabs and line breaks aside. */
char *text_for_html(arena *a, const char *text);
/* JSON as it is printed: the same value, with what text_for_terminal makes visible as escapes of JSON. */
char *text_for_json(arena *a, const char *json);

language language_from_environment(void); /* LC_ALL, LC_MESSAGES, LANG: zh* is Chinese, all else English */

#endif
