/* The functions of the language that a script sees: picked from Lua's where those are safe, written anew where not. */
#include "host/box_inside.h"

#include <stdlib.h>
#include <string.h>

void box_push_text(lua_State *lua, int index) {
  index = lua_absindex(lua, index);
  switch (lua_type(lua, index)) {
  case LUA_TSTRING:
    lua_pushvalue(lua, index);
    break;
  case LUA_TNUMBER:
    lua_pushvalue(lua, index);
    lua_tolstring(lua, -1, NULL);
    break;
  case LUA_TBOOLEAN:
    lua_pushstring(lua, lua_toboolean(lua, index) ? "true" : "false");
    break;
  case LUA_TUSERDATA:
    if (tag_at(lua, index)) {
      lua_getiuservalue(lua, index, TAG_OP);
      lua_pushfstring(lua, "expression \"%s\"", lua_tostring(lua, -1));
      lua_remove(lua, -2);
      break;
    }
    lua_pushstring(lua, "userdata");
    break;
  default:
    if (box_is_problem(lua, index)) {
      lua_rawgeti(lua, index, 1);
      break;
    }
    lua_pushstring(lua, luaL_typename(lua, index));
  }
}

static int to_text(lua_State *lua) {
  luaL_checkany(lua, 1);
  box_push_text(lua, 1);
  return 1;
}

static int type_of(lua_State *lua) {
  luaL_checkany(lua, 1);
  lua_pushstring(lua, tag_at(lua, 1) ? "expression" : luaL_typename(lua, 1));
  return 1;
}

static int print_nowhere(lua_State *lua) {
  (void)lua;
  return 0;
}

/* Errors may be caught, being stopped may not. */
static int protected(lua_State *lua) {
  box *b = box_of(lua);
  luaL_checkany(lua, 1);
  lua_pushboolean(lua, 1);
  lua_insert(lua, 1);
  int status = lua_pcall(lua, lua_gettop(lua) - 2, LUA_MULTRET, 0);
  if (status == LUA_ERRMEM) b->exhausted = true;
  if (box_lost(b)) return luaL_error(lua, "stopped");
  if (status == LUA_OK) return lua_gettop(lua);
  lua_pushboolean(lua, 0);
  lua_insert(lua, -2);
  return 2;
}

/* ---- pairs in sorted order ---- */

typedef struct table_key {
  int rank; /* numbers, texts, truths */
  bool whole;
  lua_Integer integer;
  lua_Number number;
  const char *text; /* held by the table */
  size_t length;
} table_key;

static int compare_keys(const void *left, const void *right) {
  const table_key *a = left, *b = right;
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  if (a->rank == 0) {
    if (a->whole && b->whole) return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return a->whole - b->whole;
  }
  if (a->rank == 1) {
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->text, b->text, shorter);
    if (order != 0) return order;
  }
  return (a->length > b->length) - (a->length < b->length);
}

static int next_sorted(lua_State *lua) {
  lua_Integer at = lua_tointeger(lua, lua_upvalueindex(2));
  for (;;) {
    at++;
    if (lua_rawgeti(lua, lua_upvalueindex(1), at) == LUA_TNIL) return 1;
    lua_pushvalue(lua, -1);
    if (lua_rawget(lua, 1) != LUA_TNIL) break; /* a key that was removed meanwhile is passed over */
    lua_pop(lua, 2);
  }
  lua_pushinteger(lua, at);
  lua_replace(lua, lua_upvalueindex(2));
  return 2;
}

static int pairs_sorted(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_settop(lua, 1);
  size_t count = 0;
  for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) count++;
  table_key *keys = lua_newuserdatauv(lua, (count ? count : 1) * sizeof *keys, 0);
  size_t filled = 0;
  for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) {
    table_key *key = &keys[filled++];
    *key = (table_key){0};
    switch (lua_type(lua, -2)) {
    case LUA_TNUMBER:
      key->whole = lua_isinteger(lua, -2);
      key->integer = key->whole ? lua_tointeger(lua, -2) : 0;
      key->number = lua_tonumber(lua, -2);
      break;
    case LUA_TSTRING:
      key->rank = 1;
      key->text = lua_tolstring(lua, -2, &key->length);
      break;
    case LUA_TBOOLEAN:
      key->rank = 2;
      key->length = lua_toboolean(lua, -2) ? 1 : 0;
      break;
    default:
      return box_raise(lua, "pairs cannot order a table whose keys are tables or functions",
                       "pairs 无法为以表或函数作键的表排序", "use texts or numbers as keys", "请用文本或数字作键");
    }
  }
  qsort(keys, count, sizeof *keys, compare_keys);
  lua_createtable(lua, (int)(count < 1000000 ? count : 1000000), 0);
  for (size_t i = 0; i < count; i++) {
    if (keys[i].rank == 1) {
      lua_pushlstring(lua, keys[i].text, keys[i].length);
    } else if (keys[i].rank == 2) {
      lua_pushboolean(lua, (int)keys[i].length);
    } else if (keys[i].whole) {
      lua_pushinteger(lua, keys[i].integer);
    } else {
      lua_pushnumber(lua, keys[i].number);
    }
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  lua_pushinteger(lua, 0);
  lua_pushcclosure(lua, next_sorted, 2);
  lua_pushvalue(lua, 1);
  lua_pushnil(lua);
  return 3;
}

/* ---- opening ---- */

/* Copies the named members of the table on top into the table below it and drops the former. */
static void pick(lua_State *lua, const char *const *names) {
  for (; *names; names++) {
    lua_getfield(lua, -1, *names);
    lua_setfield(lua, -3, *names);
  }
  lua_pop(lua, 1);
}

static void open_picked(lua_State *lua, const char *name, lua_CFunction open, const char *const *names) {
  lua_newtable(lua);
  luaL_requiref(lua, name, open, 0);
  pick(lua, names);
  lua_setfield(lua, -2, name);
}

void box_library_open(lua_State *lua) {
  static const char *const basics[] = {"assert", "error", "ipairs", "select", "tonumber", NULL};
  static const char *const numbers[] = {"abs",        "ceil",       "floor", "fmod",      "huge", "max",
                                        "maxinteger", "mininteger", "min",   "tointeger", "type", NULL};
  static const char *const points[] = {"char", "charpattern", "codepoint", "codes", "len", "offset", NULL};
  static const luaL_Reg own[] = {{"pairs", pairs_sorted}, {"pcall", protected},     {"tostring", to_text},
                                 {"type", type_of},       {"print", print_nowhere}, {NULL, NULL}};
  lua_newtable(lua);
  luaL_requiref(lua, LUA_GNAME, luaopen_base, 0);
  pick(lua, basics);
  luaL_setfuncs(lua, own, 0);
  open_picked(lua, LUA_MATHLIBNAME, luaopen_math, numbers);
  open_picked(lua, LUA_UTF8LIBNAME, luaopen_utf8, points);
}
