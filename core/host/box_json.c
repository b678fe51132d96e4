/* Values of the box as JSON, in the forms that core/pack/image.h describes, and JSON as values. */
#include "host/box_inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MOST  64
#define VALUES_MOST 500000 /* an expression takes a few hundred bytes as JSON */
#define TEXT_MOST   ((size_t)1 << 20)

typedef struct converting {
  box *box;
  lua_State *lua;
  faults *problems;
  const char *at; /* of the nearest tagged value */
  size_t values;
} converting;

/* ---- floats ---- */

bool box_shortest(double value, char out[32]) {
  if (!isfinite(value) || fabs(value) >= 1e15) return false;
  char scientific[40];
  int precision = 0;
  do {
    snprintf(scientific, sizeof scientific, "%.*e", precision, value);
  } while (strtod(scientific, NULL) != value && ++precision < 17);
  char digits[24];
  int count = 0;
  const char *at = scientific;
  bool negative = *at == '-';
  if (negative) at++;
  for (; *at != 'e'; at++) {
    if (*at != '.') digits[count++] = *at;
  }
  int point = (int)strtol(at + 1, NULL, 10) + 1; /* digits before the decimal point */
  while (count > 1 && digits[count - 1] == '0') count--;
  if (count - point > 6) return false;
  char *to = out;
  if (negative && !(count == 1 && digits[0] == '0')) *to++ = '-';
  if (point <= 0) *to++ = '0';
  for (int i = 0; i < point; i++) *to++ = i < count ? digits[i] : '0';
  if (count > point && !(count == 1 && digits[0] == '0')) {
    *to++ = '.';
    for (int i = point; i < 0; i++) *to++ = '0';
    for (int i = point > 0 ? point : 0; i < count; i++) *to++ = digits[i];
  }
  *to = '\0';
  return true;
}

/* ---- faults ---- */

static place converting_place(const converting *c) {
  return c->at ? box_place(c->problems->memory, c->at) : NOWHERE;
}

static bool good_text(const char *bytes, size_t length) {
  return length <= TEXT_MOST && text_is_utf8(bytes, length);
}

static json_t *convert(converting *c, int index, int depth);

/* ---- tables ---- */

typedef struct member {
  bool position;
  lua_Integer number;
  const char *name; /* held by the table */
  json_t *value;
} member;

typedef struct members {
  member *items;
  size_t count, capacity, positions;
} members;

static int compare_members(const void *left, const void *right) {
  const member *a = left, *b = right;
  if (a->position != b->position) return a->position ? -1 : 1;
  if (a->position) return (a->number > b->number) - (a->number < b->number);
  return strcmp(a->name, b->name);
}

/* The key at -2 and value at -1 as a member; false with a fault. */
static bool read_member(converting *c, int depth, bool reserved, member *out) {
  lua_State *lua = c->lua;
  *out = (member){0};
  if (lua_type(lua, -2) == LUA_TNUMBER && lua_isinteger(lua, -2) && lua_tointeger(lua, -2) >= 1) {
    out->position = true;
    out->number = lua_tointeger(lua, -2);
  } else if (lua_type(lua, -2) == LUA_TSTRING) {
    size_t length;
    out->name = lua_tolstring(lua, -2, &length);
    if (strcmp(out->name, "till") == 0) out->name = "until"; /* a word of Lua, which no table can name bare */
    if (!good_text(out->name, length)) {
      return fault_add(c->problems, converting_place(c), "a key of a table is not valid UTF-8 text",
                       "表中有一个键不是有效的 UTF-8 文本");
    }
    if (reserved && (strcmp(out->name, "@") == 0 || strcmp(out->name, "at") == 0)) {
      return fault_add(c->problems, converting_place(c),
                       "the key \"%s\" is kept for the program and cannot be declared", "键“%s”由程序保留，不能声明",
                       out->name);
    }
  } else {
    return fault_add(c->problems, converting_place(c), "a key of a table is a %s; only names and positions can be keys",
                     "表中有一个键是 %s；只有名称和位置可以作键", lua_typename(lua, lua_type(lua, -2)));
  }
  out->value = convert(c, lua_gettop(lua), depth + 1);
  return out->value != NULL;
}

/* The table's members in order. `reserved`: of a declaration, where "@" and "at" are the program's. */
static bool read_members(converting *c, int index, int depth, bool reserved, members *all) {
  lua_State *lua = c->lua;
  for (lua_pushnil(lua); lua_next(lua, index) != 0; lua_pop(lua, 1)) {
    member m;
    if (!read_member(c, depth, reserved, &m)) {
      lua_pop(lua, 2);
      return false;
    }
    if (all->count == all->capacity) {
      all->capacity = all->capacity ? 2 * all->capacity : 16;
      all->items = memory_resize(all->items, all->capacity * sizeof m);
    }
    all->items[all->count++] = m;
    if (m.position) all->positions++;
  }
  if (all->count) qsort(all->items, all->count, sizeof *all->items, compare_members);
  return true;
}

static void free_members(members *all) {
  for (size_t i = 0; i < all->count; i++) json_decref(all->items[i].value);
  free(all->items);
}

/* Members into an object, positions as "1", "2" …; the values are shared. */
static bool put_members(converting *c, const members *all, json_t *object) {
  for (size_t i = 0; i < all->count; i++) {
    const member *m = &all->items[i];
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)m->number);
    const char *name = m->position ? number : m->name;
    if (json_object_get(object, name)) {
      return fault_add(c->problems, converting_place(c),
                       "the key \"%s\" stands there twice, as a position and as a text",
                       "键“%s”出现了两次，一次是位置，一次是文本", name);
    }
    json_object_set(object, name, m->value);
  }
  return true;
}

static json_t *convert_table(converting *c, int index, int depth) {
  members all = {0};
  json_t *result = NULL;
  if (read_members(c, index, depth, false, &all)) {
    bool sequence =
        all.positions == all.count && (all.count == 0 || all.items[all.count - 1].number == (lua_Integer)all.count);
    if (sequence) {
      result = json_array();
      for (size_t i = 0; i < all.count; i++) json_array_append(result, all.items[i].value);
    } else {
      result = json_object();
      if (!put_members(c, &all, result)) {
        json_decref(result);
        result = NULL;
      }
    }
  }
  free_members(&all);
  return result;
}

/* ---- tagged values ---- */

static const char *tag_text(lua_State *lua, int index, int which) { /* the userdata holds it */
  lua_getiuservalue(lua, index, which);
  const char *text = lua_type(lua, -1) == LUA_TSTRING ? lua_tostring(lua, -1) : NULL;
  lua_pop(lua, 1);
  return text;
}

/* Member `key` of a node from one of its values; false with a fault. */
static bool put_part(converting *c, json_t *object, const char *key, int depth) {
  json_t *value = convert(c, lua_gettop(c->lua), depth + 1);
  if (!value) return false;
  json_object_set_new(object, key, value);
  return true;
}

static bool put_arguments(converting *c, json_t *object, int depth) { /* the table of arguments is on top */
  lua_State *lua = c->lua;
  int arguments = lua_gettop(lua);
  lua_Unsigned count = 0;
  for (lua_pushnil(lua); lua_next(lua, arguments) != 0; lua_pop(lua, 1)) {
    if (lua_type(lua, -2) == LUA_TSTRING) count = (lua_Unsigned)lua_tointeger(lua, -1); /* "n" */
  }
  json_t *array = json_array();
  json_object_set_new(object, "args", array);
  for (lua_Unsigned i = 1; i <= count; i++) {
    lua_rawgeti(lua, arguments, (lua_Integer)i);
    json_t *value = lua_isnil(lua, -1) ? json_null() : convert(c, lua_gettop(lua), depth + 1);
    lua_pop(lua, 1);
    if (!value) return false;
    json_array_append_new(array, value);
  }
  return true;
}

static json_t *convert_tagged(converting *c, int index, int depth, const tag *found) {
  lua_State *lua = c->lua;
  const char *op = tag_text(lua, index, TAG_OP), *outer = c->at;
  const char *at = tag_text(lua, index, TAG_AT);
  if (at) c->at = at;
  if (found->kind == TAG_NAMESPACE) {
    fault_add(c->problems, converting_place(c), "\"%s\" stands alone; a name must follow it, as in %s.name",
              "“%s”后面缺少名称，应写作 %s.名称", op, op);
    return NULL;
  }
  json_t *object = json_object();
  json_object_set_new(object, "@", json_string(op));
  if (at) json_object_set_new(object, "at", json_string(at));
  bool good = true;
  if (found->kind == TAG_NODE) {
    lua_getiuservalue(lua, index, TAG_OF);
    if (!lua_isnil(lua, -1)) good = put_part(c, object, "of", depth);
    lua_pop(lua, 1);
    lua_getiuservalue(lua, index, TAG_PARTS);
    good = good && put_arguments(c, object, depth);
    lua_pop(lua, 1);
  } else {
    lua_getiuservalue(lua, index, TAG_PARTS);
    members all = {0};
    good = read_members(c, lua_gettop(lua), depth, true, &all) && put_members(c, &all, object);
    free_members(&all);
    lua_pop(lua, 1);
  }
  c->at = outer;
  if (good) return object;
  json_decref(object);
  return NULL;
}

/* ---- one value ---- */

static json_t *convert_number(converting *c, int index) {
  if (lua_isinteger(c->lua, index)) return json_integer(lua_tointeger(c->lua, index));
  double value = lua_tonumber(c->lua, index);
  char decimal[32];
  if (!isfinite(value)) {
    fault_add(c->problems, converting_place(c), "the result of a computation is no number", "计算结果不是数");
    fault_next(c->problems, "look for a division by zero", "请检查是否除以零");
    return NULL;
  }
  if (!box_shortest(value, decimal)) {
    fault_add(c->problems, converting_place(c), "the number %.17g has more than six decimal places or is too large",
              "数 %.17g 的小数超过六位或数值过大", value);
    fault_next(c->problems, "write it as a text such as \"1/3\", or with fewer decimals",
               "请写成文本，例如 \"1/3\"，或减少小数位数");
    return NULL;
  }
  return json_pack("{s:s, s:s}", "@", "decimal", "value", decimal);
}

static json_t *convert_function(converting *c, int index) {
  lua_State *lua = c->lua;
  if (lua_iscfunction(lua, index)) {
    fault_add(c->problems, converting_place(c), "a built-in function stands where data is expected; it was not called",
              "应为数据处出现了内置函数；该函数没有被调用");
    return NULL;
  }
  lua_Debug record;
  lua_pushvalue(lua, index);
  lua_getinfo(lua, ">S", &record);
  if (record.source[0] != '@' || strncmp(record.source, "@std/", 5) == 0) {
    fault_add(c->problems, converting_place(c),
              "a word of the language stands alone where data is expected; it was not called",
              "应为数据处出现了未调用的语言词");
    fault_next(c->problems, "write its arguments after it, as in `records { … }`",
               "请在其后写出参数，例如 records { … }");
    return NULL;
  }
  char *at = arena_format(c->problems->memory, "%s:%d", record.source + 1, record.linedefined);
  return json_pack("{s:s, s:s}", "@", "function", "at", at);
}

static json_t *convert(converting *c, int index, int depth) {
  lua_State *lua = c->lua;
  if (++c->values > VALUES_MOST) {
    fault_add(c->problems, converting_place(c), "more than %d values are declared", "声明的值超过 %d 个", VALUES_MOST);
    fault_next(c->problems, "look for an expression that repeats itself", "请检查是否有不断重复自身的表达式");
    return NULL;
  }
  if (depth > DEPTH_MOST || !lua_checkstack(lua, 12)) {
    fault_add(c->problems, converting_place(c), "tables or expressions stand more than %d deep in each other",
              "表或表达式嵌套超过 %d 层", DEPTH_MOST);
    return NULL;
  }
  switch (lua_type(lua, index)) {
  case LUA_TBOOLEAN:
    return json_boolean(lua_toboolean(lua, index));
  case LUA_TNUMBER:
    return convert_number(c, index);
  case LUA_TSTRING: {
    size_t length;
    const char *bytes = lua_tolstring(lua, index, &length);
    if (good_text(bytes, length)) return json_stringn(bytes, length);
    fault_add(c->problems, converting_place(c), "a text is not valid UTF-8 or longer than %zu bytes",
              "有一段文本不是有效的 UTF-8，或长度超过 %zu 字节", TEXT_MOST);
    return NULL;
  }
  case LUA_TTABLE:
    return convert_table(c, index, depth);
  case LUA_TFUNCTION:
    return convert_function(c, index);
  case LUA_TNIL:
    return json_null();
  default:
    break;
  }
  const tag *found = tag_at(lua, index);
  if (found) return convert_tagged(c, index, depth, found);
  fault_add(c->problems, converting_place(c), "a value of type %s is no data", "类型为 %s 的值不是数据",
            luaL_typename(lua, index));
  return NULL;
}

json_t *box_json(box *b, int index, faults *problems) {
  converting c = {.box = b, .lua = b->lua, .problems = problems};
  int top = lua_gettop(b->lua);
  json_t *value = convert(&c, lua_absindex(b->lua, index), 0);
  lua_settop(b->lua, top);
  return value;
}

/* ---- from JSON ---- */

typedef struct pushing {
  const json_t *value;
  const char *what_en, *what_zh; /* NULL: open */
} pushing;

static int no_such_member(lua_State *lua) { /* upvalues: the known names, what in English, in Chinese */
  size_t length = 0;
  const char *name = lua_type(lua, 2) == LUA_TSTRING ? lua_tolstring(lua, 2, &length) : NULL;
  if (!name || length > 200 || !text_is_utf8(name, length)) return 0;
  lua_pushvalue(lua, 2);
  if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL) return 0; /* known, and nothing is there */
  size_t count = 0;
  for (lua_pushnil(lua); lua_next(lua, lua_upvalueindex(1)) != 0; lua_pop(lua, 1)) count++;
  const char **names = lua_newuserdatauv(lua, (count + 1) * sizeof *names, 0);
  count = 0;
  for (lua_pushnil(lua); lua_next(lua, lua_upvalueindex(1)) != 0; lua_pop(lua, 1))
    names[count++] = lua_tostring(lua, -2);
  arena *a = box_of(lua)->memory;
  const char *near = text_nearest(name, names, count);
  const char *en = arena_format(a, "unknown name \"%s\" of %s", name, lua_tostring(lua, lua_upvalueindex(2)));
  const char *zh = arena_format(a, "%s没有名称“%s”", lua_tostring(lua, lua_upvalueindex(3)), name);
  if (!near) return box_raise(lua, en, zh, NULL, NULL);
  return box_raise(lua, en, zh, arena_format(a, "did you mean \"%s\"?", near), arena_format(a, "是否想写“%s”？", near));
}

static void push_value(lua_State *lua, const pushing *p, const json_t *value);

static void close_table(lua_State *lua, const pushing *p, const json_t *object) { /* the table is on top */
  lua_createtable(lua, 0, 1);
  lua_createtable(lua, 0, (int)json_object_size(object));
  const char *name;
  json_t *inner;
  json_object_foreach((json_t *)(uintptr_t)object, name, inner) {
    lua_pushboolean(lua, 1);
    lua_setfield(lua, -2, name);
  }
  lua_pushstring(lua, p->what_en);
  lua_pushstring(lua, p->what_zh);
  lua_pushcclosure(lua, no_such_member, 3);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
}

static void push_object(lua_State *lua, const pushing *p, const json_t *object) {
  const json_t *tagged = json_object_get(object, "@");
  if (json_is_string(tagged) && strcmp(json_string_value(tagged), "decimal") == 0) {
    lua_pushnumber(lua, strtod(json_member_text(object, "value") ? json_member_text(object, "value") : "0", NULL));
    return;
  }
  lua_createtable(lua, 0, (int)json_object_size(object));
  const char *name;
  json_t *inner;
  json_object_foreach((json_t *)(uintptr_t)object, name, inner) {
    push_value(lua, p, inner);
    lua_setfield(lua, -2, name);
  }
  if (p->what_en) close_table(lua, p, object);
}

static void push_value(lua_State *lua, const pushing *p, const json_t *value) {
  luaL_checkstack(lua, 12, NULL);
  switch (value ? json_typeof(value) : JSON_NULL) {
  case JSON_TRUE:
  case JSON_FALSE:
    lua_pushboolean(lua, json_is_true(value));
    break;
  case JSON_INTEGER:
    lua_pushinteger(lua, json_integer_value(value));
    break;
  case JSON_REAL:
    lua_pushnumber(lua, json_real_value(value));
    break;
  case JSON_STRING:
    lua_pushlstring(lua, json_string_value(value), json_string_length(value));
    break;
  case JSON_ARRAY:
    lua_createtable(lua, (int)json_array_size(value), 0);
    for (size_t i = 0; i < json_array_size(value); i++) {
      push_value(lua, p, json_array_get(value, i));
      lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    break;
  case JSON_OBJECT:
    push_object(lua, p, value);
    break;
  default:
    lua_pushnil(lua);
    break;
  }
}

static int push_below_call(lua_State *lua) {
  const pushing *p = lua_touserdata(lua, 1);
  push_value(lua, p, p->value);
  return 1;
}

static void push_protected(box *b, const pushing *p) {
  if (!lua_checkstack(b->lua, 8)) memory_exhausted();
  lua_pushcfunction(b->lua, push_below_call);
  lua_pushlightuserdata(b->lua, (void *)(uintptr_t)p);
  if (lua_pcall(b->lua, 1, 1, 0) == LUA_OK) return;
  b->exhausted = true; /* the next call says so */
  lua_pop(b->lua, 1);
  lua_pushnil(b->lua);
}

void box_push_json(box *b, const json_t *value) {
  push_protected(b, &(pushing){.value = value});
}

void box_push_closed(box *b, const json_t *value, const char *what_en, const char *what_zh) {
  push_protected(b, &(pushing){.value = value, .what_en = what_en, .what_zh = what_zh});
}
