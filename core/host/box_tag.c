/* Tagged values: what a pack's words make. A script can pass them on, call their methods and combine them; it cannot
 * look inside. Which methods and operators there are, and what happens at them, the prelude decides (box_prelude). */
#include "host/box_inside.h"

#include <stdlib.h>
#include <string.h>

#define TAG_METATABLE     "tagged value"
#define PROBLEM_METATABLE "problem"

const tag *tag_at(lua_State *lua, int index) {
  return luaL_testudata(lua, index, TAG_METATABLE);
}

bool box_push_where(lua_State *lua) {
  lua_Debug record;
  for (int level = 0; lua_getstack(lua, level, &record); level++) {
    lua_getinfo(lua, "Sl", &record);
    if (record.currentline > 0 && record.source[0] == '@' && strncmp(record.source, "@std/", 5) != 0) {
      lua_pushfstring(lua, "%s:%d", record.source + 1, record.currentline);
      return true;
    }
  }
  return false;
}

/* ---- errors in both languages ---- */

bool box_is_problem(lua_State *lua, int index) {
  if (lua_type(lua, index) != LUA_TTABLE || !lua_getmetatable(lua, index)) return false;
  luaL_getmetatable(lua, PROBLEM_METATABLE);
  bool same = lua_rawequal(lua, -1, -2);
  lua_pop(lua, 2);
  return same;
}

static int raise_texts(lua_State *lua, const char *const texts[4], const char *at) {
  luaL_checkstack(lua, 6, NULL);
  lua_createtable(lua, 5, 0);
  for (int i = 0; i < 4; i++) {
    if (!texts[i]) continue;
    lua_pushstring(lua, texts[i]);
    lua_rawseti(lua, -2, i + 1);
  }
  if (at || box_push_where(lua)) {
    if (at) lua_pushstring(lua, at);
    lua_rawseti(lua, -2, 5);
  }
  luaL_setmetatable(lua, PROBLEM_METATABLE);
  return lua_error(lua);
}

int box_raise(lua_State *lua, const char *en, const char *zh, const char *next_en, const char *next_zh) {
  const char *const texts[4] = {en, zh, next_en, next_zh};
  return raise_texts(lua, texts, NULL);
}

/* raise(en, zh, next_en?, next_zh?, at?) */
static int make_raise(lua_State *lua) {
  const char *texts[4];
  for (int i = 0; i < 4; i++) texts[i] = luaL_optstring(lua, i + 1, NULL);
  return raise_texts(lua, texts, luaL_optstring(lua, 5, NULL));
}

/* ---- making ---- */

/* Makes an empty tagged value with op and place. */
static void push_tag(lua_State *lua, tag_kind kind, int op_index) {
  op_index = lua_absindex(lua, op_index);
  tag *made = lua_newuserdatauv(lua, sizeof *made, TAG_VALUES);
  made->kind = kind;
  luaL_setmetatable(lua, TAG_METATABLE);
  lua_pushvalue(lua, op_index);
  lua_setiuservalue(lua, -2, TAG_OP);
  if (box_push_where(lua)) lua_setiuservalue(lua, -2, TAG_AT);
}

/* node(op, of, …): of may be nil; the arguments keep their places, nil included. */
static int make_node(lua_State *lua) {
  luaL_checkstring(lua, 1);
  int count = lua_gettop(lua) - 2;
  if (count < 0) count = 0;
  push_tag(lua, TAG_NODE, 1);
  lua_pushvalue(lua, 2);
  lua_setiuservalue(lua, -2, TAG_OF);
  lua_createtable(lua, count, 1);
  for (int i = 1; i <= count; i++) {
    lua_pushvalue(lua, 2 + i);
    lua_rawseti(lua, -2, i);
  }
  lua_pushinteger(lua, count);
  lua_setfield(lua, -2, "n");
  lua_setiuservalue(lua, -2, TAG_PARTS);
  return 1;
}

static int make_declaration(lua_State *lua) { /* declaration(op, fields) */
  luaL_checkstring(lua, 1);
  luaL_checktype(lua, 2, LUA_TTABLE);
  push_tag(lua, TAG_DECLARATION, 1);
  lua_pushvalue(lua, 2);
  lua_setiuservalue(lua, -2, TAG_PARTS);
  return 1;
}

static int make_namespace(lua_State *lua) {
  luaL_checkstring(lua, 1);
  push_tag(lua, TAG_NAMESPACE, 1);
  return 1;
}

/* about(value): op, kind ("node", "declaration", "namespace"), at, parts; nothing where it is not tagged. */
static int make_about(lua_State *lua) {
  static const char *const kinds[] = {"node", "declaration", "namespace"};
  const tag *found = tag_at(lua, 1);
  if (!found) return 0;
  lua_getiuservalue(lua, 1, TAG_OP);
  lua_pushstring(lua, kinds[found->kind]);
  lua_getiuservalue(lua, 1, TAG_AT);
  lua_getiuservalue(lua, 1, TAG_PARTS);
  return 4;
}

/* P.name while a function of the pack computes: the same value each time, made once. Upvalues: what happens at an
 * index, the values made. */
static int index_tagged(lua_State *lua) {
  const tag *t = tag_at(lua, 1);
  bool keep = t && t->kind == TAG_NAMESPACE && box_of(lua)->computing && lua_type(lua, 2) == LUA_TSTRING;
  if (keep) {
    lua_pushvalue(lua, 2);
    if (lua_rawget(lua, lua_upvalueindex(2)) != LUA_TNIL) return 1;
    lua_pop(lua, 1);
  }
  lua_pushvalue(lua, lua_upvalueindex(1));
  lua_pushvalue(lua, 1);
  lua_pushvalue(lua, 2);
  lua_call(lua, 2, 1);
  if (!keep) return 1;
  lua_pushvalue(lua, 2);
  lua_pushvalue(lua, -2);
  lua_rawset(lua, lua_upvalueindex(2));
  return 1;
}

/* events { index = …, call = …, add = … }: what happens at the operators of tagged values. */
static int make_events(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  luaL_getmetatable(lua, TAG_METATABLE);
  for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) {
    const char *event = lua_pushfstring(lua, "__%s", luaL_checkstring(lua, -2));
    lua_pushvalue(lua, -2);
    if (!strcmp(event, "__index")) {
      lua_newtable(lua);
      lua_pushcclosure(lua, index_tagged, 2);
    }
    lua_rawset(lua, 2);
  }
  return 0;
}

void box_computing(box *b, bool computing) {
  b->computing = computing;
}

const char *box_node_text(lua_State *lua, int index, const char *op) {
  const tag *t = tag_at(lua, index);
  const char *found = NULL;
  int top = lua_gettop(lua);
  if (!t || t->kind != TAG_NODE) return NULL;
  index = lua_absindex(lua, index);
  lua_getiuservalue(lua, index, TAG_OP);
  lua_getiuservalue(lua, index, TAG_OF);
  bool named = lua_type(lua, -2) == LUA_TSTRING && !strcmp(lua_tostring(lua, -2), op) && lua_isnil(lua, -1);
  if (named && lua_getiuservalue(lua, index, TAG_PARTS) == LUA_TTABLE && lua_rawlen(lua, -1) == 1 &&
      lua_rawgeti(lua, -1, 1) == LUA_TSTRING)
    found = lua_tostring(lua, -1); /* held by the node */
  lua_settop(lua, top);
  return found;
}

static int make_missing(lua_State *lua) { /* missing(f): f(table, name) is asked for names that do not exist */
  luaL_checktype(lua, 1, LUA_TFUNCTION);
  lua_getfield(lua, LUA_REGISTRYINDEX, "names");
  lua_createtable(lua, 0, 1);
  lua_pushvalue(lua, 1);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  return 0;
}

static int make_name(lua_State *lua) { /* name(text, value) */
  luaL_checkstring(lua, 1);
  lua_getfield(lua, LUA_REGISTRYINDEX, "names");
  lua_insert(lua, 1);
  lua_settop(lua, 3);
  lua_rawset(lua, 1);
  return 0;
}

/* names(): all names of the environment, sorted, with those of `also` */
static int make_names(lua_State *lua) {
  lua_newtable(lua);
  lua_getfield(lua, LUA_REGISTRYINDEX, "names");
  lua_Integer count = 0;
  for (lua_pushnil(lua); lua_next(lua, -2) != 0; lua_pop(lua, 1)) {
    lua_pushvalue(lua, -2);
    lua_rawseti(lua, -5, ++count);
  }
  lua_pop(lua, 1);
  return 1;
}

static int compare_texts(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int
make_nearest(lua_State *lua) { /* nearest(name, {names}): one of them or nil; the order makes no difference */
  const char *name = luaL_checkstring(lua, 1);
  luaL_checktype(lua, 2, LUA_TTABLE);
  lua_Unsigned count = lua_rawlen(lua, 2);
  const char **names = lua_newuserdatauv(lua, (count + 1) * sizeof *names, 0);
  size_t filled = 0;
  for (lua_Unsigned i = 1; i <= count; i++) {
    if (lua_rawgeti(lua, 2, (lua_Integer)i) == LUA_TSTRING)
      names[filled++] = lua_tostring(lua, -1); /* held by table 2 */
    lua_pop(lua, 1);
  }
  qsort(names, filled, sizeof *names, compare_texts);
  size_t length = strlen(name);
  const char *found = length < 200 && text_is_utf8(name, length) ? text_nearest(name, names, filled) : NULL;
  lua_pushstring(lua, found);
  return 1;
}

static int make_callable(lua_State *lua) { /* callable(table, f): the table can be called, f gets it first */
  luaL_checktype(lua, 1, LUA_TTABLE);
  luaL_checktype(lua, 2, LUA_TFUNCTION);
  lua_createtable(lua, 0, 1);
  lua_pushvalue(lua, 2);
  lua_setfield(lua, -2, "__call");
  lua_setmetatable(lua, 1);
  return 0;
}

static int make_where(lua_State *lua) {
  return box_push_where(lua) ? 1 : 0;
}

void box_tag_open(lua_State *lua) {
  static const luaL_Reg makers[] = {{"node", make_node},
                                    {"declaration", make_declaration},
                                    {"namespace", make_namespace},
                                    {"about", make_about},
                                    {"events", make_events},
                                    {"missing", make_missing},
                                    {"name", make_name},
                                    {"names", make_names},
                                    {"nearest", make_nearest},
                                    {"callable", make_callable},
                                    {"where", make_where},
                                    {"raise", make_raise},
                                    {NULL, NULL}};
  luaL_newmetatable(lua, PROBLEM_METATABLE);
  lua_pop(lua, 1);
  luaL_newmetatable(lua, TAG_METATABLE);
  lua_pushliteral(lua, "expression");
  lua_setfield(lua, -2, "__name");
  lua_pop(lua, 1);
  luaL_newlib(lua, makers);
}
