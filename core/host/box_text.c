/* The text functions of the box. The pattern matcher follows the manual of Lua 5.4, section 6.4.1, and looks up from
 * its work now and then: no hook stops C code, and a pattern such as ".-.-.-.-b$" tries for as long as it is let. */
#include "host/box_inside.h"

#include <string.h>

#define CAPTURES_MOST 32
#define DEPTH_MOST    200
#define LOOK_UP_EVERY 4096u

#define CAPTURE_OPEN     ((ptrdiff_t)-1)
#define CAPTURE_POSITION ((ptrdiff_t)-2)

typedef struct match {
  lua_State *lua;
  box *box;
  const char *text, *text_end, *pattern_end;
  int depth;
  unsigned steps;
  int count; /* of captures, finished or not */
  struct {
    const char *at;
    ptrdiff_t length;
  } captures[CAPTURES_MOST];
} match;

static const char *match_here(match *m, const char *s, const char *p);

static int pattern_error(match *m, const char *what) {
  return luaL_error(m->lua, "malformed pattern (%s)", what);
}

/* Past one item of the pattern: a character, an escape or a set. */
static const char *item_end(match *m, const char *p) {
  char first = *p++;
  if (first == '%') {
    if (p == m->pattern_end) pattern_error(m, "ends with '%'");
    return p + 1;
  }
  if (first != '[') return p;
  if (p < m->pattern_end && *p == '^') p++;
  do {
    if (p == m->pattern_end) pattern_error(m, "missing ']'");
    if (*p++ == '%') {
      if (p == m->pattern_end) pattern_error(m, "missing ']'");
      p++;
    }
  } while (p == m->pattern_end || *p != ']');
  return p + 1;
}

/* ASCII only, whatever the locale: a class means the same on every machine. */
static bool in_class(unsigned char c, unsigned char class) {
  bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
  bool found;
  switch (class | 0x20) {
  case 'a':
    found = lower || upper;
    break;
  case 'c':
    found = c < 0x20 || c == 0x7F;
    break;
  case 'd':
    found = digit;
    break;
  case 'g':
    found = c > 0x20 && c < 0x7F;
    break;
  case 'l':
    found = lower;
    break;
  case 'p':
    found = c > 0x20 && c < 0x7F && !lower && !upper && !digit;
    break;
  case 's':
    found = c == ' ' || (c >= '\t' && c <= '\r');
    break;
  case 'u':
    found = upper;
    break;
  case 'w':
    found = lower || upper || digit;
    break;
  case 'x':
    found = digit || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
    break;
  case 'z': /* not in the manual any more, but Lua 5.4 knows it */
    found = c == 0;
    break;
  default:
    return class == c;
  }
  return (class & 0x20) ? found : !found;
}

static bool in_set(unsigned char c, const char *p, const char *last) { /* p at '[', last at ']' */
  bool wanted = true;
  if (p[1] == '^') {
    wanted = false;
    p++;
  }
  while (++p < last) {
    if (*p == '%') {
      p++;
      if (in_class(c, (unsigned char)*p)) return wanted;
    } else if (p[1] == '-' && p + 2 < last) {
      if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2]) return wanted;
      p += 2;
    } else if ((unsigned char)*p == c) {
      return wanted;
    }
  }
  return !wanted;
}

static bool one_matches(match *m, const char *s, const char *p, const char *end) {
  if (s >= m->text_end) return false;
  unsigned char c = (unsigned char)*s;
  switch (*p) {
  case '.':
    return true;
  case '%':
    return in_class(c, (unsigned char)p[1]);
  case '[':
    return in_set(c, p, end - 1);
  default:
    return (unsigned char)*p == c;
  }
}

static const char *match_balance(match *m, const char *s, const char *p) {
  if (p >= m->pattern_end - 1) pattern_error(m, "missing arguments to '%b'");
  if (s >= m->text_end || *s != *p) return NULL;
  char opens = p[0], closes = p[1];
  int depth = 1;
  while (++s < m->text_end) {
    if (*s == closes) {
      if (--depth == 0) return s + 1;
    } else if (*s == opens) {
      depth++;
    }
  }
  return NULL;
}

static const char *most_first(match *m, const char *s, const char *p, const char *end) {
  ptrdiff_t count = 0;
  while (one_matches(m, s + count, p, end)) count++;
  for (; count >= 0; count--) {
    const char *found = match_here(m, s + count, end + 1);
    if (found) return found;
  }
  return NULL;
}

static const char *least_first(match *m, const char *s, const char *p, const char *end) {
  for (;;) {
    const char *found = match_here(m, s, end + 1);
    if (found) return found;
    if (!one_matches(m, s, p, end)) return NULL;
    s++;
  }
}

static const char *start_capture(match *m, const char *s, const char *p, ptrdiff_t what) {
  if (m->count >= CAPTURES_MOST) luaL_error(m->lua, "too many captures");
  m->captures[m->count].at = s;
  m->captures[m->count].length = what;
  m->count++;
  const char *found = match_here(m, s, p);
  if (!found) m->count--;
  return found;
}

static const char *end_capture(match *m, const char *s, const char *p) {
  int which = m->count - 1;
  while (which >= 0 && m->captures[which].length != CAPTURE_OPEN) which--;
  if (which < 0) luaL_error(m->lua, "invalid pattern capture");
  m->captures[which].length = s - m->captures[which].at;
  const char *found = match_here(m, s, p);
  if (!found) m->captures[which].length = CAPTURE_OPEN;
  return found;
}

static const char *match_capture(match *m, const char *s, int digit) {
  int which = digit - '1';
  if (which < 0 || which >= m->count || m->captures[which].length == CAPTURE_OPEN) {
    luaL_error(m->lua, "invalid capture index %%%d", which + 1);
  }
  ptrdiff_t length = m->captures[which].length;
  if (length < 0) length = 0;
  if (m->text_end - s < length || memcmp(m->captures[which].at, s, (size_t)length) != 0) return NULL;
  return s + length;
}

static const char *match_frontier(match *m, const char *s, const char *p, const char **after) {
  if (p >= m->pattern_end || *p != '[') luaL_error(m->lua, "missing '[' after '%%f' in pattern");
  const char *end = item_end(m, p);
  unsigned char before = s == m->text ? 0 : (unsigned char)s[-1];
  unsigned char here = s == m->text_end ? 0 : (unsigned char)*s;
  *after = end;
  return !in_set(before, p, end - 1) && in_set(here, p, end - 1) ? s : NULL;
}

/* The end of what the pattern from p matches at s, or NULL. */
static const char *match_steps(match *m, const char *s, const char *p) {
  while (p < m->pattern_end) {
    if (++m->steps % LOOK_UP_EVERY == 0 && m->box->killed) luaL_error(m->lua, "stopped");
    if (*p == '(') {
      return p + 1 < m->pattern_end && p[1] == ')' ? start_capture(m, s, p + 2, CAPTURE_POSITION)
                                                   : start_capture(m, s, p + 1, CAPTURE_OPEN);
    }
    if (*p == ')') return end_capture(m, s, p + 1);
    if (*p == '$' && p + 1 == m->pattern_end) return s == m->text_end ? s : NULL;
    if (*p == '%' && p + 1 < m->pattern_end) {
      char escaped = p[1];
      if (escaped == 'b') {
        s = match_balance(m, s, p + 2);
        if (!s) return NULL;
        p += 4;
        continue;
      }
      if (escaped == 'f') {
        s = match_frontier(m, s, p + 2, &p);
        if (!s) return NULL;
        continue;
      }
      if (escaped >= '0' && escaped <= '9') {
        s = match_capture(m, s, escaped);
        if (!s) return NULL;
        p += 2;
        continue;
      }
    }
    const char *end = item_end(m, p);
    char suffix = end < m->pattern_end ? *end : '\0';
    if (suffix == '*') return most_first(m, s, p, end);
    if (suffix == '-') return least_first(m, s, p, end);
    bool here = one_matches(m, s, p, end);
    if (suffix == '+') return here ? most_first(m, s + 1, p, end) : NULL;
    if (suffix == '?') {
      if (here) {
        const char *found = match_here(m, s + 1, end + 1);
        if (found) return found;
      }
      p = end + 1;
      continue;
    }
    if (!here) return NULL;
    s++;
    p = end;
  }
  return s;
}

static const char *match_here(match *m, const char *s, const char *p) {
  if (++m->depth > DEPTH_MOST) luaL_error(m->lua, "pattern too complex");
  const char *found = match_steps(m, s, p);
  m->depth--;
  return found;
}

static void match_prepare(match *m, lua_State *lua, const char *text, size_t length, const char *pattern, size_t size) {
  memset(m, 0, sizeof *m);
  m->lua = lua;
  m->box = box_of(lua);
  m->text = text;
  m->text_end = text + length;
  m->pattern_end = pattern + size;
}

static const char *match_at(match *m, const char *s, const char *p) {
  m->count = 0;
  m->depth = 0;
  return match_here(m, s, p);
}

/* Pushes capture `which`; the whole match where the pattern has none. */
static void push_capture(match *m, int which, const char *start, const char *end) {
  if (which >= m->count) {
    if (which != 0) luaL_error(m->lua, "invalid capture index %%%d", which + 1);
    lua_pushlstring(m->lua, start, (size_t)(end - start));
    return;
  }
  ptrdiff_t length = m->captures[which].length;
  if (length == CAPTURE_OPEN) luaL_error(m->lua, "unfinished capture");
  if (length == CAPTURE_POSITION) {
    lua_pushinteger(m->lua, m->captures[which].at - m->text + 1);
  } else {
    lua_pushlstring(m->lua, m->captures[which].at, (size_t)length);
  }
}

static int push_captures(match *m, const char *start, const char *end) {
  int count = m->count == 0 && start ? 1 : m->count;
  luaL_checkstack(m->lua, count, "too many captures");
  for (int i = 0; i < count; i++) push_capture(m, i, start, end);
  return count;
}

/* ---- find, match, gmatch, gsub ---- */

static size_t start_of(lua_Integer at, size_t length) { /* 0-based; may be past the end */
  if (at > 0) return (size_t)at - 1;
  if (at == 0 || (size_t)-at > length) return 0;
  return length - (size_t)-at;
}

static int search(lua_State *lua, bool find) {
  size_t length, size;
  const char *text = luaL_checklstring(lua, 1, &length);
  const char *pattern = luaL_checklstring(lua, 2, &size);
  size_t start = start_of(luaL_optinteger(lua, 3, 1), length);
  if (start > length) {
    lua_pushnil(lua);
    return 1;
  }
  if (find && lua_toboolean(lua, 4)) {
    const char *found = memmem(text + start, length - start, pattern, size);
    if (!found) {
      lua_pushnil(lua);
      return 1;
    }
    lua_pushinteger(lua, found - text + 1);
    lua_pushinteger(lua, found - text + (ptrdiff_t)size);
    return 2;
  }
  bool anchored = size > 0 && pattern[0] == '^';
  match m;
  match_prepare(&m, lua, text, length, pattern, size);
  const char *s = text + start;
  do {
    const char *end = match_at(&m, s, pattern + (anchored ? 1 : 0));
    if (end) {
      if (!find) return push_captures(&m, s, end);
      lua_pushinteger(lua, s - text + 1);
      lua_pushinteger(lua, end - text);
      return 2 + push_captures(&m, NULL, NULL);
    }
  } while (s++ < m.text_end && !anchored);
  lua_pushnil(lua);
  return 1;
}

static int find_text(lua_State *lua) {
  return search(lua, true);
}

static int match_text(lua_State *lua) {
  return search(lua, false);
}

static int next_match(lua_State *lua) { /* upvalues: text, pattern, where to go on, where the last one ended */
  size_t length, size;
  const char *text = lua_tolstring(lua, lua_upvalueindex(1), &length);
  const char *pattern = lua_tolstring(lua, lua_upvalueindex(2), &size);
  lua_Integer from = lua_tointeger(lua, lua_upvalueindex(3)), last = lua_tointeger(lua, lua_upvalueindex(4));
  match m;
  match_prepare(&m, lua, text, length, pattern, size);
  for (const char *s = text + from; s <= m.text_end; s++) {
    const char *end = match_at(&m, s, pattern);
    if (end && end - text != last) {
      lua_pushinteger(lua, end - text);
      lua_pushvalue(lua, -1);
      lua_replace(lua, lua_upvalueindex(3));
      lua_replace(lua, lua_upvalueindex(4));
      return push_captures(&m, s, end);
    }
  }
  return 0;
}

static int match_all(lua_State *lua) {
  size_t length;
  luaL_checklstring(lua, 1, &length);
  luaL_checkstring(lua, 2);
  size_t start = start_of(luaL_optinteger(lua, 3, 1), length);
  if (start > length) start = length + 1;
  lua_settop(lua, 2);
  lua_pushinteger(lua, (lua_Integer)start);
  lua_pushinteger(lua, -1);
  lua_pushcclosure(lua, next_match, 4);
  return 1;
}

/* Adds the replacement text at index 3 with its %0 to %9. */
static void add_text(match *m, luaL_Buffer *out, const char *start, const char *end) {
  size_t length;
  const char *text = lua_tolstring(m->lua, 3, &length);
  for (size_t i = 0; i < length; i++) {
    if (text[i] != '%') {
      luaL_addchar(out, text[i]);
      continue;
    }
    i++;
    if (i < length && text[i] == '%') {
      luaL_addchar(out, '%');
    } else if (i < length && text[i] >= '0' && text[i] <= '9') {
      if (text[i] == '0') {
        luaL_addlstring(out, start, (size_t)(end - start));
      } else {
        push_capture(m, text[i] - '1', start, end);
        lua_tolstring(m->lua, -1, NULL);
        luaL_addvalue(out);
      }
    } else {
      luaL_error(m->lua, "invalid use of '%%' in replacement string");
    }
  }
}

static bool add_replacement(match *m, luaL_Buffer *out, const char *start, const char *end, int type) {
  lua_State *lua = m->lua;
  if (type == LUA_TSTRING || type == LUA_TNUMBER) {
    add_text(m, out, start, end);
    return true;
  }
  if (type == LUA_TFUNCTION) {
    lua_pushvalue(lua, 3);
    int count = push_captures(m, start, end);
    lua_call(lua, count, 1);
  } else {
    push_capture(m, 0, start, end);
    lua_gettable(lua, 3);
  }
  if (!lua_toboolean(lua, -1)) {
    lua_pop(lua, 1);
    luaL_addlstring(out, start, (size_t)(end - start));
    return false;
  }
  if (!lua_isstring(lua, -1)) luaL_error(lua, "invalid replacement value (a %s)", luaL_typename(lua, -1));
  luaL_addvalue(out);
  return true;
}

static int substitute(lua_State *lua) {
  size_t length, size;
  const char *s = luaL_checklstring(lua, 1, &length);
  const char *pattern = luaL_checklstring(lua, 2, &size);
  int type = lua_type(lua, 3);
  luaL_argexpected(lua, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                   "string/function/table");
  lua_Integer most = luaL_optinteger(lua, 4, (lua_Integer)length + 1), done = 0;
  bool anchored = size > 0 && pattern[0] == '^';
  match m;
  match_prepare(&m, lua, s, length, pattern, size);
  const char *last = NULL;
  luaL_Buffer out;
  luaL_buffinit(lua, &out);
  while (done < most) {
    const char *end = match_at(&m, s, pattern + (anchored ? 1 : 0));
    if (end && end != last) {
      done++;
      add_replacement(&m, &out, s, end, type);
      s = last = end;
    } else if (s < m.text_end) {
      luaL_addchar(&out, *s++);
    } else {
      break;
    }
    if (anchored) break;
  }
  luaL_addlstring(&out, s, (size_t)(m.text_end - s));
  luaL_pushresult(&out);
  lua_pushinteger(lua, done);
  return 2;
}

/* ---- rep, format ---- */

static int repeat(lua_State *lua) {
  size_t length, between;
  const char *text = luaL_checklstring(lua, 1, &length);
  lua_Integer count = luaL_checkinteger(lua, 2);
  const char *separator = luaL_optlstring(lua, 3, "", &between);
  if (count <= 0 || length + between == 0) {
    lua_pushliteral(lua, "");
    return 1;
  }
  if (length + between > BOX_REPEAT_MOST || (size_t)count > BOX_REPEAT_MOST / (length + between)) {
    return luaL_error(lua, "resulting string too large");
  }
  luaL_Buffer out;
  luaL_buffinitsize(lua, &out, (size_t)count * (length + between));
  for (lua_Integer i = 0; i < count; i++) {
    luaL_addlstring(&out, text, length);
    if (i + 1 < count) luaL_addlstring(&out, separator, between);
  }
  luaL_pushresult(&out);
  return 1;
}

/* Lua's own format (the upvalue), kept from printing addresses: by %p or as the text of a table. */
static int format_text(lua_State *lua) {
  size_t length;
  const char *format = luaL_checklstring(lua, 1, &length);
  for (size_t i = 0; i + 1 < length; i++) {
    if (format[i] != '%') continue;
    i++;
    while (i < length && strchr("-+ #0123456789.", format[i]) && format[i] != '\0') i++;
    if (i < length && format[i] == 'p') return luaL_error(lua, "invalid conversion '%%p' to 'format'");
  }
  int count = lua_gettop(lua);
  for (int i = 2; i <= count; i++) {
    int type = lua_type(lua, i);
    if (type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TBOOLEAN || type == LUA_TNIL) continue;
    box_push_text(lua, i);
    lua_replace(lua, i);
  }
  lua_pushvalue(lua, lua_upvalueindex(1));
  lua_insert(lua, 1);
  lua_call(lua, count, 1);
  return 1;
}

void box_text_open(lua_State *lua) {
  static const luaL_Reg own[] = {{"find", find_text},  {"match", match_text}, {"gmatch", match_all},
                                 {"gsub", substitute}, {"rep", repeat},       {NULL, NULL}};
  static const char *const picked[] = {"byte", "char", "len", "lower", "reverse", "sub", "upper", NULL};
  lua_newtable(lua);
  luaL_requiref(lua, LUA_STRLIBNAME, luaopen_string, 0);
  for (const char *const *name = picked; *name; name++) {
    lua_getfield(lua, -1, *name);
    lua_setfield(lua, -3, *name);
  }
  lua_getfield(lua, -1, "format");
  lua_pushcclosure(lua, format_text, 1);
  lua_setfield(lua, -3, "format");
  lua_pop(lua, 1);
  luaL_setfuncs(lua, own, 0);
  /* The metatable of texts, made anew: Lua's own would let every text reach string.dump and be added to numbers. */
  lua_pushliteral(lua, "");
  lua_newtable(lua);
  lua_pushvalue(lua, -3);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  lua_pop(lua, 1);
}
