/* box: a Lua state built by hand, for code that may do nothing but compute.
 *
 * What is in it: the language, string and table functions that are safe, math without random, utf8, a pcall that cannot
 * swallow a kill, pairs in sorted order, print that goes nowhere, and what the caller adds. Text chunks only. Not in
 * it: clock, random, files, coroutine, metatables, load, debug, collectgarbage, addresses in strings. An unknown global
 * is an error with the nearest known name. A Lua float is read by its shortest decimal. Limits: bytes of memory (on
 * after the libraries are open) and seconds, by a timer whose hook cannot be outlived: a script that is still computing
 * a second after it was told to stop ends the process with BOX_EXIT_TIME. A state that failed is not used again. Used
 * inside workers only.
 */
#ifndef HONGZHU_HOST_BOX_H
#define HONGZHU_HOST_BOX_H

#include "base/fault.h"
#include "base/json.h"

#include <lua.h>

#define BOX_EXIT_TIME 75 /* exit status of a process whose script could not be stopped */

typedef struct box box;

typedef struct box_limits {
  uint64_t memory;  /* bytes; 0: 256 MiB */
  uint32_t seconds; /* of computing between two calls of box_progress; 0: 10 */
} box_limits;

box *box_new(arena *a, box_limits limits);
void box_free(box *b);
lua_State *box_state(box *b);
void box_progress(box *b);   /* the clock of the time limit starts anew */
bool box_lost(const box *b); /* time or memory ran out: nothing more can be run in it */

/* Runs a chunk of text in the box's environment; its results stay on the stack (count in *results). An error becomes a
 * fault with file and line of the script. `chunk` is the name shown: "rules/cycle.lua". */
bool box_run(box *b, const char *chunk, const char *text, size_t length, int *results, faults *problems);
/* Calls the function below its arguments on the stack, as lua_call does, under the limits. */
bool box_call(box *b, int arguments, int results, const char *doing, faults *problems);
void box_global(box *b, const char *name); /* takes the value on top of the stack */

/* Runs a chunk of our own, with what scripts never see as its two arguments: the table of makers (box_tag.c: node,
 * declaration, namespace, events, missing, raise, nearest, name …) and `given` as tables. One result stays on the
 * stack. */
bool box_prelude(box *b, const char *chunk, const char *text, size_t length, const json_t *given, faults *problems);

/* "rules/cycle.lua:7", as tagged values carry it, as a place. */
place box_place(arena *a, const char *at);

/* The value at an index as JSON, as core/pack/image.h describes; false with a fault for what is no data. */
json_t *box_json(box *b, int index, faults *problems);
void box_push_json(box *b, const json_t *value); /* arrays and objects become tables */
/* The same, closed: reading a name that an object does not have is an error with the nearest one it has. */
void box_push_closed(box *b, const json_t *value, const char *what_en, const char *what_zh);

/* While it is so, P.name is made once for each name instead of each time. */
void box_computing(box *b, bool computing);
/* Of a tagged value like P.name, op "parameter": its only argument, a text that lives as long as the value; NULL where
 * the value is anything else. */
const char *box_node_text(lua_State *lua, int index, const char *op);

/* For functions that a caller adds (lua_CFunction): the box of a state, and an error in both languages with the line of
 * the script. `next` may be NULL. Does not return. */
box *box_of_state(lua_State *lua);
int box_error(lua_State *lua, said what, said next);

#endif
