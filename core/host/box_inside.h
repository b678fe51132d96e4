/* box_inside: what the modules of the box share; nobody else includes it.
 *
 * Everything that may allocate in Lua runs below lua_pcall: outside of one, a failed allocation would end the process.
 */
#ifndef HONGZHU_HOST_BOX_INSIDE_H
#define HONGZHU_HOST_BOX_INSIDE_H

#include "host/box.h"

#include <lauxlib.h>
#include <lualib.h>
#include <signal.h>
#include <time.h>

#define BOX_REPEAT_MOST ((size_t)16 << 20) /* bytes of a text made by string.rep */

struct box {
  lua_State *lua;
  arena *memory;
  box_limits limits;
  uint64_t used;     /* bytes held by Lua */
  bool limited;      /* the memory limit is on */
  bool computing;    /* a function of the pack runs about a case: box_computing */
  bool exhausted;    /* it was reached: the state is lost */
  int running;       /* depth of box_run and box_call: only then the clock counts */
  const char *chunk; /* what is being run, for messages about limits */
  timer_t timer;
  bool timer_made;
  volatile sig_atomic_t ticks; /* of computing since the last progress */
  volatile sig_atomic_t killed;
  place problem_place; /* found while the stack of the error still stood */
};

/* The box that a state belongs to. */
static inline box *box_of(lua_State *lua) {
  return *(box **)lua_getextraspace(lua);
}

/* A tagged value: one userdata with four values, closed to scripts. */
typedef enum tag_kind {
  TAG_NODE,        /* op, of, args */
  TAG_DECLARATION, /* op, fields */
  TAG_NAMESPACE    /* P: no data by itself */
} tag_kind;

typedef struct tag {
  tag_kind kind;
} tag;

enum { TAG_OP = 1, TAG_AT, TAG_OF, TAG_PARTS, TAG_VALUES = TAG_PARTS };

const tag *tag_at(lua_State *lua, int index); /* NULL where the value is not tagged */

void box_library_open(lua_State *lua); /* leaves the table of names on the stack */
void box_text_open(lua_State *lua); /* leaves the table of string functions on the stack and makes it the metatable's */
void box_table_open(lua_State *lua); /* leaves the table of table functions on the stack */
void box_tag_open(lua_State *lua);   /* leaves the table of makers for the prelude on the stack */

/* The text of any value without addresses, pushed. */
void box_push_text(lua_State *lua, int index);
/* Raises an error in both languages; the texts are copied. NULL for no advice. */
int box_raise(lua_State *lua, const char *en, const char *zh, const char *next_en, const char *next_zh);
/* Pushes "file:line" of the innermost line of a script outside of std; false, pushing nothing, where there is none. */
bool box_push_where(lua_State *lua);
bool box_is_problem(lua_State *lua, int index);
bool box_shortest(double value, char out[32]); /* plain decimal with at most six places; false where it takes more */
/* Pushes the place of the error object on top, calls nothing: the handler of every protected call. */
int box_handler(lua_State *lua);

#endif
