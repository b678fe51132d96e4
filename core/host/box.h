/* box: a Lua state built by hand, for code that may do nothing but compute.
 *
 * What is in it: the language, string and table functions that are safe, math without random, utf8, a pcall that cannot
 * swallow a kill, pairs in sorted order, print that goes nowhere, and what the caller adds. Text chunks only. Not in it:
 * clock, random, files, coroutine, metatables, load, debug, collectgarbage, addresses in strings. An unknown global is an
 * error with the nearest known name. A Lua float is read by its shortest decimal.
 * Limits: bytes of memory (on after the libraries are open) and seconds, by a timer whose hook cannot be outlived.
 * A state that failed is not used again. Used inside workers only.
 */
#ifndef HONGZHU_HOST_BOX_H
#define HONGZHU_HOST_BOX_H

#include "base/fault.h"
#include "base/json.h"

#include <lua.h>

typedef struct box box;

typedef struct box_limits {
  uint64_t memory;  /* bytes; 0: 256 MiB */
  uint32_t seconds; /* of computing between two calls of box_progress; 0: 10 */
} box_limits;

box *box_new(arena *a, box_limits limits);
void box_free(box *b);
lua_State *box_state(box *b);
void box_progress(box *b); /* the clock of the time limit starts anew */

/* Runs a chunk of text in the box's environment; its results stay on the stack (count in *results). An error becomes a
 * fault with file and line of the script. `chunk` is the name shown: "rules/cycle.lua". */
bool box_run(box *b, const char *chunk, const char *text, size_t length, int *results, faults *problems);
/* Calls the function below its arguments on the stack, as lua_call does, under the limits. */
bool box_call(box *b, int arguments, int results, const char *doing, faults *problems);
void box_global(box *b, const char *name); /* takes the value on top of the stack */

/* The value at an index as JSON, as core/pack/image.h describes; false with a fault for what is no data. */
json_t *box_json(box *b, int index, faults *problems);
void box_push_json(box *b, const json_t *value); /* arrays and objects become tables */

#endif
