/* A case in Lua. `decide = function(case) … end` may ask and say:
 *
 *   case:records { kind = … }           a selection        case:recognised("credits", "online")
 *   case:parameter("name" [, word])     an exact number    case:fact("hired")      a date as text, or nil
 *   case:on(), case:first_day(), case:last_day()           days as text            case:years()  of the period
 *   case:need(id, had, ">=", needed [, each])              had: a selection or a number
 *   case:not_applicable { zh = …, en = … }
 *   s:where { … }  s:during(first, last)  s:cap(limit, span)  s:over(limit, span)  s:first(n, span)  s:greatest()
 *   s:in_year(year)  s + t  s:sum()  s:count()  s:rows()
 *   exact "1/3"                         numbers that are no integers: + - * / < <= == between them and integers
 *
 * A case and its selections are valid until decide returns. Limits may also be written P.name.
 */
#include "pack/decide_role.h"

#include "host/box.h"
#include "pack/evaluate_inside.h"
#include "pack/load.h"

#include <lauxlib.h>
#include <string.h>

#define CASE      "case"
#define SELECTION "selection of a case"
#define EXACT     "exact number"

typedef struct lua_case {
  doors *doors; /* NULL once decide has returned */
} lua_case;

typedef struct lua_selection {
  doors *doors;
  const void *turn; /* which case it belongs to */
  int32_t node;
} lua_selection;

static const char open_key; /* registry: the case at hand */

static int given_up(lua_State *lua) {
  return box_error(lua, (said){{"无法继续判断", "the case was given up"}}, (said){{NULL, NULL}});
}

static int wrong(lua_State *lua, const char *zh, const char *en) {
  return box_error(lua, (said){{zh, en}}, (said){{NULL, NULL}});
}

static doors *case_at(lua_State *lua) {
  lua_case *c = luaL_checkudata(lua, 1, CASE);
  if (!c->doors) wrong(lua, "该对象的判断已经结束", "this case has been decided already");
  return c->doors;
}

static doors *doors_now(lua_State *lua) {
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &open_key);
  doors *d = lua_touserdata(lua, -1);
  lua_pop(lua, 1);
  if (!d) wrong(lua, "此处不在判断之中", "no case is being decided");
  return d;
}

static lua_selection *selection_at(lua_State *lua, int index) {
  lua_selection *s = luaL_checkudata(lua, index, SELECTION);
  doors *d = doors_now(lua);
  if (s->doors != d || s->turn != (const void *)d->run)
    wrong(lua, "这一选取结果属于别的对象", "this selection belongs to another case");
  return s;
}

static int push_selection(lua_State *lua, doors *d, int32_t node) {
  if (node < 0) return given_up(lua);
  lua_selection *s = lua_newuserdatauv(lua, sizeof *s, 0);
  *s = (lua_selection){d, d->run, node};
  luaL_setmetatable(lua, SELECTION);
  return 1;
}

/* ---- exact numbers ---- */

static void push_number(lua_State *lua, fraction f) {
  if (f.below == 1) {
    lua_pushinteger(lua, f.above);
    return;
  }
  fraction *own = lua_newuserdatauv(lua, sizeof *own, 0);
  *own = f;
  luaL_setmetatable(lua, EXACT);
}

static bool number_here(lua_State *lua, int index, fraction *out) {
  if (lua_isinteger(lua, index)) return fraction_make(lua_tointeger(lua, index), 1, out);
  if (lua_type(lua, index) == LUA_TSTRING) return fraction_read(lua_tostring(lua, index), out);
  const fraction *own = luaL_testudata(lua, index, EXACT);
  if (own) *out = *own;
  return own != NULL;
}

static fraction number_at(lua_State *lua, int index) {
  fraction f = FRACTION_ZERO;
  if (number_here(lua, index, &f)) return f;
  if (lua_type(lua, index) == LUA_TNUMBER || lua_type(lua, index) == LUA_TUSERDATA) {
    /* a float by its shortest decimal, or P.name */
    doors *d = doors_now(lua);
    const char *parameter_name = box_node_text(lua, index, "parameter");
    if (parameter_name && doors_parameter(d, parameter_name, NULL, &f)) return f;
    json_t *value_of = box_json(box_of_state(lua), index, d->problems);
    const char *tag = json_member_text(value_of, "@"), *text = json_member_text(value_of, "value");
    bool found = false;
    if (text_same(tag, "decimal") && text) found = fraction_read(text, &f);
    if (text_same(tag, "parameter")) {
      const char *name = json_string_value(json_array_get(json_object_get(value_of, "args"), 0));
      found = name && doors_parameter(d, name, NULL, &f);
    }
    json_decref(value_of);
    if (found) return f;
  }
  wrong(lua, "此处应为整数、exact \"1/3\" 或 P.参数名", "an integer, exact \"1/3\" or P.name is expected");
  return f;
}

static int exact_new(lua_State *lua) {
  push_number(lua, number_at(lua, 1));
  return 1;
}

static int arithmetic(lua_State *lua, bool (*compute)(fraction, fraction, fraction *)) {
  fraction out;
  if (!compute(number_at(lua, 1), number_at(lua, 2), &out))
    return wrong(lua, "数值过大或除以零", "a number became too large, or was divided by zero");
  push_number(lua, out);
  return 1;
}

static int exact_add(lua_State *lua) {
  return arithmetic(lua, fraction_add);
}
static int exact_subtract(lua_State *lua) {
  return arithmetic(lua, fraction_subtract);
}
static int exact_multiply(lua_State *lua) {
  return arithmetic(lua, fraction_multiply);
}
static int exact_divide(lua_State *lua) {
  return arithmetic(lua, fraction_divide);
}

static int compared(lua_State *lua, bool orequal) {
  int order = fraction_compare(number_at(lua, 1), number_at(lua, 2));
  lua_pushboolean(lua, orequal ? order <= 0 : order < 0);
  return 1;
}

static int exact_less(lua_State *lua) {
  return compared(lua, false);
}
static int exact_less_equal(lua_State *lua) {
  return compared(lua, true);
}

static int exact_equal(lua_State *lua) {
  lua_pushboolean(lua, fraction_compare(number_at(lua, 1), number_at(lua, 2)) == 0);
  return 1;
}

static int exact_text(lua_State *lua) {
  arena *a = arena_new();
  lua_pushstring(lua, fraction_text(a, number_at(lua, 1)));
  arena_free(a);
  return 1;
}

/* ---- a case ---- */

static const char tables_key; /* registry: tagged value -> what it says */

/* any_of { … } and the like, made once and used in every case, cannot change: what they say is read once. */
static json_t *tagged_at(lua_State *lua, int index, doors *d) {
  json_t *found = NULL;
  if (lua_rawgetp(lua, LUA_REGISTRYINDEX, &tables_key) == LUA_TNIL) {
    lua_pop(lua, 1);
    lua_newtable(lua);
    lua_pushvalue(lua, -1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &tables_key);
  }
  lua_pushvalue(lua, index);
  if (lua_rawget(lua, -2) == LUA_TLIGHTUSERDATA) found = lua_touserdata(lua, -1);
  lua_pop(lua, 1);
  evaluation *e = d->run->evaluation;
  if (!found && e->tables_count < TABLES_KEPT) {
    found = box_json(box_of_state(lua), index, d->problems);
    if (!found) given_up(lua);
    e->tables[e->tables_count++] = json_kept(e->memory, found);
    lua_pushvalue(lua, index); /* held from here on: its address is nobody else's */
    lua_pushlightuserdata(lua, found);
    lua_rawset(lua, -3);
  }
  lua_pop(lua, 1);
  return found;
}

static json_t *table_at(lua_State *lua, int index, doors *d) {
  if (lua_isnoneornil(lua, index)) return NULL;
  json_t *known = lua_type(lua, index) == LUA_TUSERDATA ? tagged_at(lua, index, d) : NULL;
  if (known) return known;
  json_t *table = box_json(box_of_state(lua), index, d->problems);
  if (!table) given_up(lua);
  return json_kept(d->memory, table);
}

static int case_records(lua_State *lua) {
  doors *d = case_at(lua);
  return push_selection(lua, d, doors_records(d, table_at(lua, 2, d)));
}

static int case_recognised(lua_State *lua) {
  doors *d = case_at(lua);
  return push_selection(lua, d, doors_recognised(d, luaL_checkstring(lua, 2), luaL_optstring(lua, 3, NULL)));
}

static int case_parameter(lua_State *lua) {
  doors *d = case_at(lua);
  fraction f;
  if (!doors_parameter(d, luaL_checkstring(lua, 2), luaL_optstring(lua, 3, NULL), &f)) return given_up(lua);
  push_number(lua, f);
  return 1;
}

static int push_day(lua_State *lua, day d) {
  char text[11];
  if (d == DAY_NONE || d == DAY_EVER) return 0;
  day_write(d, text);
  lua_pushstring(lua, text);
  return 1;
}

static int case_fact(lua_State *lua) {
  doors *d = case_at(lua);
  date found;
  char text[11];
  if (!doors_fact(d, luaL_checkstring(lua, 2), &found)) return given_up(lua);
  if (found == DATE_NONE) return 0;
  date_write(found, text);
  lua_pushstring(lua, text);
  return 1;
}

static int case_on(lua_State *lua) {
  return push_day(lua, case_at(lua)->run->frame.on);
}

static int case_first_day(lua_State *lua) {
  const run *r = case_at(lua)->run;
  return r->has_window ? push_day(lua, r->frame.window.first) : 0;
}

static int case_last_day(lua_State *lua) {
  const run *r = case_at(lua)->run;
  return r->has_window ? push_day(lua, r->frame.window.last) : 0;
}

static int case_years(lua_State *lua) {
  const run *r = case_at(lua)->run;
  lua_newtable(lua);
  if (!r->has_window) return 1;
  int32_t first = period_year(r->frame.period, r->frame.window.first),
          last = period_year(r->frame.period, r->frame.window.last);
  for (int32_t y = first; y <= last; y++) {
    lua_pushinteger(lua, y);
    lua_rawseti(lua, -2, y - first + 1);
  }
  return 1;
}

static int case_need(lua_State *lua) {
  static const char *const texts[] = {">=", ">", "<=", "<", "=", NULL};
  doors *d = case_at(lua);
  const char *id = luaL_checkstring(lua, 2);
  comparison compare = (comparison)luaL_checkoption(lua, 4, ">=", texts);
  fraction needed = number_at(lua, 5);
  const char *each = lua_isnoneornil(lua, 6) ? NULL : luaL_tolstring(lua, 6, NULL);
  lua_selection *s = luaL_testudata(lua, 3, SELECTION);
  bool good = s ? doors_need(d, id, each, selection_at(lua, 3)->node, compare, needed)
                : doors_need_number(d, id, each, number_at(lua, 3), compare, needed);
  return good ? 0 : given_up(lua);
}

static int case_not_applicable(lua_State *lua) {
  doors *d = case_at(lua);
  json_t *words = table_at(lua, 2, d);
  const char *zh = json_member_text(words, "zh"), *en = json_member_text(words, "en");
  if (!zh && !en) return wrong(lua, "请写明理由 { zh = …, en = … }", "say why: { zh = …, en = … }");
  doors_not_applicable(d, (said){{zh ? zh : en, en ? en : zh}});
  return 0;
}

/* ---- selections ---- */

static int selection_where(lua_State *lua) {
  lua_selection *s = selection_at(lua, 1);
  return push_selection(lua, s->doors, doors_where(s->doors, s->node, table_at(lua, 2, s->doors)));
}

static int selection_during(lua_State *lua) {
  lua_selection *s = selection_at(lua, 1);
  day first, last;
  if (!day_read(luaL_checkstring(lua, 2), &first) || !day_read(luaL_checkstring(lua, 3), &last))
    return wrong(lua, "日期应写作“2025-03-01”", "days are written as \"2025-03-01\"");
  return push_selection(lua, s->doors, doors_during(s->doors, s->node, first, last));
}

static int selection_cap(lua_State *lua) {
  lua_selection *s = selection_at(lua, 1);
  return push_selection(lua, s->doors,
                        doors_cap(s->doors, s->node, number_at(lua, 2), luaL_optstring(lua, 3, NULL), false));
}

static int selection_over(lua_State *lua) {
  lua_selection *s = selection_at(lua, 1);
  return push_selection(lua, s->doors,
                        doors_cap(s->doors, s->node, number_at(lua, 2), luaL_optstring(lua, 3, NULL), true));
}

static int selection_first(lua_State *lua) {
  lua_selection *s = selection_at(lua, 1);
  return push_selection(lua, s->doors,
                        doors_first(s->doors, s->node, luaL_checkinteger(lua, 2), luaL_optstring(lua, 3, NULL)));
}

static int selection_greatest_of(lua_State *lua) {
  lua_selection *s = selection_at(lua, 1);
  return push_selection(lua, s->doors, doors_greatest(s->doors, s->node));
}

static int selection_in_year(lua_State *lua) {
  lua_selection *s = selection_at(lua, 1);
  return push_selection(lua, s->doors, doors_year(s->doors, s->node, (int32_t)luaL_checkinteger(lua, 2)));
}

static int selection_plus(lua_State *lua) {
  lua_selection *a = selection_at(lua, 1), *b = selection_at(lua, 2);
  return push_selection(lua, a->doors, doors_union(a->doors, a->node, b->node));
}

static int selection_total(lua_State *lua) {
  lua_selection *s = selection_at(lua, 1);
  fraction f;
  if (!doors_sum(s->doors, s->node, &f)) return given_up(lua);
  push_number(lua, f);
  return 1;
}

static int selection_number_of(lua_State *lua) {
  lua_selection *s = selection_at(lua, 1);
  int64_t count;
  if (!doors_count(s->doors, s->node, &count)) return given_up(lua);
  lua_pushinteger(lua, count);
  return 1;
}

static void set_word(lua_State *lua, const subjects *s, const char *name, uint32_t word) {
  if (!word) return;
  lua_pushstring(lua, s->words[word]);
  lua_setfield(lua, -2, name);
}

static void set_date(lua_State *lua, const char *name, date d) {
  char text[11];
  if (d == DATE_NONE) return;
  date_write(d, text);
  lua_pushstring(lua, text);
  lua_setfield(lua, -2, name);
}

static int selection_rows(lua_State *lua) {
  lua_selection *own = selection_at(lua, 1);
  selection s = doors_selection(own->doors, own->node);
  const subjects *of = own->doors->run->frame.view->s;
  const fact_columns *t = &of->of[FACT_RECORD];
  lua_newtable(lua);
  for (uint32_t i = 0; i < s.count; i++) {
    uint32_t row = s.items[i].row;
    lua_newtable(lua);
    set_word(lua, of, "kind", t->kind[row]);
    set_word(lua, of, "level", t->level[row]);
    set_word(lua, of, "mode", t->mode[row]);
    set_word(lua, of, "status", t->status[row]);
    set_date(lua, "since", t->since[row]);
    set_date(lua, "till", t->until[row]);
    push_number(lua, scaled_number(&own->doors->run->frame, s.items[i].least));
    lua_setfield(lua, -2, "amount");
    lua_rawseti(lua, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* ---- opening ---- */

/* A door that there is not: an error with the nearest one there is. Upvalues: the methods, what it is. */
static int find_door(lua_State *lua) {
  lua_pushvalue(lua, 2);
  if (lua_type(lua, 2) == LUA_TSTRING && lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  const char *name = lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "?", *names[32];
  size_t count = 0;
  lua_pushnil(lua);
  while (lua_next(lua, lua_upvalueindex(1)) && count < 32) {
    names[count++] = lua_tostring(lua, -2); /* methods keep their names alive */
    lua_pop(lua, 1);
  }
  const char *near = text_nearest(name, names, count);
  said what, next = {{NULL, NULL}};
  what.in[LANGUAGE_EN] = lua_pushfstring(lua, "%s has no \"%s\"", lua_tostring(lua, lua_upvalueindex(2)), name);
  what.in[LANGUAGE_ZH] = lua_pushfstring(lua, "%s没有“%s”", lua_tostring(lua, lua_upvalueindex(3)), name);
  if (near) {
    next.in[LANGUAGE_EN] = lua_pushfstring(lua, "did you mean \"%s\"?", near);
    next.in[LANGUAGE_ZH] = lua_pushfstring(lua, "是否应为“%s”？", near);
  }
  return box_error(lua, what, next);
}

static void open_type(lua_State *lua, const char *name, said what, const luaL_Reg *methods, const luaL_Reg *events) {
  if (luaL_newmetatable(lua, name)) {
    if (events) luaL_setfuncs(lua, events, 0);
    if (methods) {
      lua_newtable(lua);
      luaL_setfuncs(lua, methods, 0);
      lua_pushstring(lua, what.in[LANGUAGE_EN]);
      lua_pushstring(lua, what.in[LANGUAGE_ZH]);
      lua_pushcclosure(lua, find_door, 3);
      lua_setfield(lua, -2, "__index");
    }
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable"); /* scripts see no metatables */
  }
  lua_pop(lua, 1);
}

static void open_types(lua_State *lua) {
  static const luaL_Reg case_methods[] = {{"records", case_records},
                                          {"recognised", case_recognised},
                                          {"parameter", case_parameter},
                                          {"fact", case_fact},
                                          {"on", case_on},
                                          {"first_day", case_first_day},
                                          {"last_day", case_last_day},
                                          {"years", case_years},
                                          {"need", case_need},
                                          {"not_applicable", case_not_applicable},
                                          {NULL, NULL}};
  static const luaL_Reg selection_methods[] = {{"where", selection_where},
                                               {"during", selection_during},
                                               {"cap", selection_cap},
                                               {"over", selection_over},
                                               {"first", selection_first},
                                               {"greatest", selection_greatest_of},
                                               {"in_year", selection_in_year},
                                               {"sum", selection_total},
                                               {"count", selection_number_of},
                                               {"rows", selection_rows},
                                               {NULL, NULL}};
  static const luaL_Reg selection_events[] = {{"__add", selection_plus}, {NULL, NULL}};
  static const luaL_Reg exact_events[] = {
      {"__add", exact_add},    {"__sub", exact_subtract},  {"__mul", exact_multiply},
      {"__div", exact_divide}, {"__lt", exact_less},       {"__le", exact_less_equal},
      {"__eq", exact_equal},   {"__tostring", exact_text}, {NULL, NULL}};
  open_type(lua, CASE, (said){{"判断对象（case）", "a case"}}, case_methods, NULL);
  open_type(lua, SELECTION, (said){{"选取结果", "a selection"}}, selection_methods, selection_events);
  open_type(lua, EXACT, (said){{"精确数", "an exact number"}}, NULL, exact_events);
}

static const char functions_key; /* registry: rule id -> function */

/* Leaves the function of a rule on the stack, found once. */
static bool push_function(loaded *l, lua_State *lua, const char *id, faults *problems) {
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &functions_key);
  if (lua_isnil(lua, -1)) {
    lua_pop(lua, 1);
    lua_newtable(lua);
    lua_pushvalue(lua, -1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &functions_key);
    open_types(lua);
    lua_pushcfunction(lua, exact_new);
    box_global(l->box, "exact");
  }
  lua_getfield(lua, -1, id);
  if (lua_isnil(lua, -1)) {
    lua_pop(lua, 1);
    if (!load_function(l, "rule", id, "decide", problems)) return false;
    lua_pushvalue(lua, -1);
    lua_setfield(lua, -3, id);
  }
  lua_remove(lua, -2);
  return true;
}

bool decide_lua_case(void *context, const rule *r, doors *d) {
  loaded *l = context;
  lua_State *lua = box_state(l->box);
  int top = lua_gettop(lua);
  if (!push_function(l, lua, r->id, d->problems)) return false;
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &open_key); /* a case may ask the outcome of another rule: cases nest */
  doors *outer = lua_touserdata(lua, -1);
  lua_pop(lua, 1);
  lua_pushlightuserdata(lua, d);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &open_key);
  lua_case *c = lua_newuserdatauv(lua, sizeof *c, 0);
  c->doors = d;
  luaL_setmetatable(lua, CASE);
  lua_pushvalue(lua, -1); /* one stays below the call, so that it can be closed afterwards */
  lua_insert(lua, top + 1);
  arena *a = arena_new();
  faults *own = faults_new(a);
  size_t said_before = d->problems->errors;
  box_progress(l->box);
  box_computing(l->box, true);
  bool good = box_call(l->box, 1, 0, "decide", own);
  c->doors = NULL;
  if (!outer) box_computing(l->box, false);
  lua_settop(lua, top);
  if (outer)
    lua_pushlightuserdata(lua, outer);
  else
    lua_pushnil(lua);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &open_key);
  /* what a door said comes first; a run that is to begin again with a finer scale says nothing */
  bool again = d->run->failed && d->problems->errors == said_before;
  for (size_t i = 0; !good && !again && d->problems->errors == said_before && i < own->count; i++) {
    const fault *f = &own->items[i];
    fault_add(d->problems, f->where, "%s%.0s", "%.0s%s", f->what.in[LANGUAGE_EN], f->what.in[LANGUAGE_ZH]);
    if (f->next.in[LANGUAGE_EN])
      fault_next(d->problems, "%s%.0s", "%.0s%s", f->next.in[LANGUAGE_EN], f->next.in[LANGUAGE_ZH]);
  }
  arena_free(a);
  return good && !d->run->failed;
}
