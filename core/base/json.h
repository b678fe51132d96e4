/* json: the little that is needed on top of jansson (which reads, writes and escapes).
 *
 * Ownership is jansson's: functions named json_take_* steal, all others borrow. Allocation failure ends the program
 * as in arena.h (json_prepare, called once at start, sees to it).
 */
#ifndef HONGZHU_BASE_JSON_H
#define HONGZHU_BASE_JSON_H

#include "base/text.h"

#include <jansson.h>

void json_prepare(void);
/* Gives a reference to an arena: it is dropped when the arena is freed. Returns the value; NULL stays NULL. */
json_t *json_kept(arena *a, json_t *value);
/* The canonical text: keys sorted, no white space, UTF-8 unescaped. The same value gives the same bytes. */
char *json_canonical(arena *a, const json_t *value);
char *json_pretty(arena *a, const json_t *value); /* two spaces, in the order of insertion, for people */
json_t *json_words(said words);                   /* {"zh": …, "en": …}, a new reference */
const char *json_member_text(const json_t *object, const char *key); /* NULL if missing or no text */
int64_t json_member_integer(const json_t *object, const char *key, int64_t otherwise);

#endif
