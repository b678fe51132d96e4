/* std_lua: the Lua that every pack may use, compiled into the program as text.
 *
 * Made from scripts/std/NAME.lua by cmake/embed_lua.cmake, in the order of their names; a change there builds again.
 */
#ifndef HONGZHU_PACK_STD_LUA_H
#define HONGZHU_PACK_STD_LUA_H

#include <stddef.h>

typedef struct std_lua_text {
  const char *name; /* without ".lua" */
  const char *text; /* ends in a NUL that length does not count */
  size_t length;
} std_lua_text;

extern const std_lua_text std_lua[]; /* ends in a row of zeros */
extern const size_t std_lua_count;

#endif
