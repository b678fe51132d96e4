/* The table functions of the box. Lua's own loop over as many places as a table claims to have, which a table with few
 * members can make astronomically many, and its sort breaks ties differently from run to run. */
#include "host/box_inside.h"

#define LENGTH_MOST ((lua_Integer)100000000)

static lua_Integer length_of(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_Integer length = luaL_len(lua, 1);
  if (length > LENGTH_MOST) return luaL_error(lua, "the table has gaps");
  return length;
}

static int insert(lua_State *lua) {
  lua_Integer length = length_of(lua), at = length + 1;
  int arguments = lua_gettop(lua);
  if (arguments == 3) {
    at = luaL_checkinteger(lua, 2);
    luaL_argcheck(lua, at >= 1 && at <= length + 1, 2, "position out of bounds");
    for (lua_Integer i = length + 1; i > at; i--) {
      lua_geti(lua, 1, i - 1);
      lua_seti(lua, 1, i);
    }
  } else if (arguments != 2) {
    return luaL_error(lua, "wrong number of arguments to 'insert'");
  }
  lua_seti(lua, 1, at);
  return 0;
}

static int remove_one(lua_State *lua) {
  const lua_Integer length = length_of(lua);
  lua_Integer at = luaL_optinteger(lua, 2, length);
  /* Just behind the last is a place too; an empty table has that of its length besides, which is 0. */
  luaL_argcheck(lua, at == length || (at >= 1 && at - 1 <= length), 2, "position out of bounds");
  lua_geti(lua, 1, at);
  for (; at < length; at++) {
    lua_geti(lua, 1, at + 1);
    lua_seti(lua, 1, at);
  }
  lua_pushnil(lua);
  lua_seti(lua, 1, at);
  return 1;
}

/* Whether the value at `a` goes before that at `b`, by the function at 2 or by <. */
static bool goes_before(lua_State *lua, int a, int b) {
  a = lua_absindex(lua, a);
  b = lua_absindex(lua, b);
  if (lua_isnil(lua, 2)) return lua_compare(lua, a, b, LUA_OPLT);
  lua_pushvalue(lua, 2);
  lua_pushvalue(lua, a);
  lua_pushvalue(lua, b);
  lua_call(lua, 2, 1);
  bool before = lua_toboolean(lua, -1);
  lua_pop(lua, 1);
  return before;
}

/* Merges two neighbouring runs of the table at `from` into the same places of the table at `to`. */
static void merge(lua_State *lua, int from, int to, lua_Integer start, lua_Integer middle, lua_Integer end) {
  lua_Integer left = start, right = middle;
  for (lua_Integer at = start; at < end; at++) {
    bool take_right = left >= middle;
    if (!take_right && right < end) {
      lua_rawgeti(lua, from, left);
      lua_rawgeti(lua, from, right);
      take_right = goes_before(lua, -1, -2);
      lua_pop(lua, 2);
    }
    lua_rawgeti(lua, from, take_right ? right++ : left++);
    lua_rawseti(lua, to, at);
  }
}

/* Stable: what the order does not settle stays as it was. */
static int sort(lua_State *lua) {
  lua_Integer length = length_of(lua);
  if (!lua_isnoneornil(lua, 2)) luaL_checktype(lua, 2, LUA_TFUNCTION);
  lua_settop(lua, 2);
  lua_createtable(lua, (int)length, 0);
  lua_createtable(lua, (int)length, 0);
  for (lua_Integer i = 1; i <= length; i++) {
    if (lua_geti(lua, 1, i) == LUA_TNIL) return luaL_error(lua, "the table has gaps");
    lua_rawseti(lua, 3, i);
  }
  int from = 3, to = 4;
  for (lua_Integer width = 1; width < length; width *= 2) {
    for (lua_Integer start = 1; start <= length; start += 2 * width) {
      lua_Integer middle = start + width, end = start + 2 * width;
      if (middle > length + 1) middle = length + 1;
      if (end > length + 1) end = length + 1;
      merge(lua, from, to, start, middle, end);
    }
    int other = from;
    from = to;
    to = other;
  }
  for (lua_Integer i = 1; i <= length; i++) {
    lua_rawgeti(lua, from, i);
    lua_seti(lua, 1, i);
  }
  return 0;
}

void box_table_open(lua_State *lua) {
  static const luaL_Reg own[] = {{"insert", insert}, {"remove", remove_one}, {"sort", sort}, {NULL, NULL}};
  lua_newtable(lua);
  luaL_requiref(lua, LUA_TABLIBNAME, luaopen_table, 0);
  static const char *const picked[] = {"concat", "pack", "unpack", NULL};
  for (const char *const *name = picked; *name; name++) {
    lua_getfield(lua, -1, *name);
    lua_setfield(lua, -3, *name);
  }
  lua_pop(lua, 1);
  luaL_setfuncs(lua, own, 0);
}
