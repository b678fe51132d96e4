#include "host/box_inside.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK_MILLISECONDS 20
#define TICKS_A_SECOND    (1000 / TICK_MILLISECONDS)
#define MESSAGE_MOST      600 /* bytes of an error message of a script that are shown */

/* ---- memory ---- */

static void *box_allocate(void *context, void *block, size_t old_size, size_t new_size) {
  box *b = context;
  uint64_t held = block ? old_size : 0; /* for a new block Lua passes its type here */
  if (new_size == 0) {
    free(block);
    b->used -= held;
    return NULL;
  }
  if (new_size > held && b->limited && b->used - held + new_size > b->limits.memory) { return NULL; }
  void *grown = realloc(block, new_size);
  if (grown) b->used = b->used - held + new_size;
  return grown;
}

/* ---- time ---- */

static void stop_hook(lua_State *lua, lua_Debug *record) {
  (void)record;
  luaL_error(lua, "stopped"); /* raised again at every step: whoever catches it meets it again at once */
}

static void on_tick(int signal_number, siginfo_t *information, void *machine) {
  (void)signal_number;
  (void)machine;
  box *b = information->si_value.sival_ptr;
  if (!b || b->running == 0) return;
  b->ticks++;
  sig_atomic_t limit = (sig_atomic_t)(b->limits.seconds * TICKS_A_SECOND);
  if (b->ticks <= limit) return;
  b->killed = 1;
  if (b->ticks > limit + TICKS_A_SECOND) _exit(BOX_EXIT_TIME);
  lua_sethook(b->lua, stop_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

/* The clock is the thread's computing time, so that waiting for the parent does not count. */
static void start_timer(box *b) {
  struct sigaction action = {.sa_flags = SA_SIGINFO | SA_RESTART};
  action.sa_sigaction = on_tick;
  sigemptyset(&action.sa_mask);
  sigaction(SIGPROF, &action, NULL);
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGPROF};
  event.sigev_value.sival_ptr = b;
  if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &b->timer) != 0) return; /* the worker's own deadline remains */
  b->timer_made = true;
  struct itimerspec every = {.it_interval = {0, TICK_MILLISECONDS * 1000000L},
                             .it_value = {0, TICK_MILLISECONDS * 1000000L}};
  timer_settime(b->timer, 0, &every, NULL);
}

void box_progress(box *b) {
  if (!b->killed) b->ticks = 0;
}

bool box_lost(const box *b) {
  return b->killed || b->exhausted;
}

/* ---- making ---- */

static int never(lua_State *lua) {
  const char *name = lua_isstring(lua, 2) ? lua_tostring(lua, 2) : "?";
  char *en = arena_format(box_of(lua)->memory, "the name \"%s\" is not declared as local", name);
  char *zh = arena_format(box_of(lua)->memory, "名称“%s”没有声明为 local", name);
  return box_raise(lua, en, zh, "write `local` before its first use", "请在第一次使用时写上 local");
}

/* The environment of scripts is empty; behind it stand the names, which scripts can therefore not change. */
static int set_up(lua_State *lua) {
  luaL_checkstack(lua, 40, NULL);
  box_library_open(lua);
  box_text_open(lua);
  lua_setfield(lua, -2, "string");
  box_table_open(lua);
  lua_setfield(lua, -2, "table");
  lua_pushvalue(lua, -1);
  lua_setfield(lua, LUA_REGISTRYINDEX, "names");
  lua_newtable(lua); /* the environment */
  lua_newtable(lua);
  lua_pushvalue(lua, -3);
  lua_setfield(lua, -2, "__index");
  lua_pushcfunction(lua, never);
  lua_setfield(lua, -2, "__newindex");
  lua_setmetatable(lua, -2);
  lua_setfield(lua, LUA_REGISTRYINDEX, "environment");
  box_tag_open(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, "makers");
  /* What the standard libraries left behind is dropped. */
  lua_newtable(lua);
  lua_rawseti(lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  lua_pushnil(lua);
  lua_setfield(lua, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_settop(lua, 0);
  return 0;
}

box *box_new(arena *a, box_limits limits) {
  box *b = memory_take(sizeof *b);
  b->memory = a;
  b->limits = limits;
  if (b->limits.memory == 0) b->limits.memory = UINT64_C(256) << 20;
  if (b->limits.seconds == 0) b->limits.seconds = 10;
  b->lua = lua_newstate(box_allocate, b);
  if (!b->lua) memory_exhausted();
  *(box **)lua_getextraspace(b->lua) = b;
  lua_pushcfunction(b->lua, set_up);
  if (lua_pcall(b->lua, 0, 0, 0) != LUA_OK) memory_exhausted();
  b->limited = true;
  start_timer(b);
  return b;
}

void box_free(box *b) {
  if (!b) return;
  if (b->timer_made) timer_delete(b->timer);
  b->limited = false;
  lua_close(b->lua);
  free(b);
}

lua_State *box_state(box *b) {
  return b->lua;
}

box *box_of_state(lua_State *lua) {
  return box_of(lua);
}

int box_error(lua_State *lua, said what, said next) {
  return box_raise(lua, what.in[LANGUAGE_EN], what.in[LANGUAGE_ZH], next.in[LANGUAGE_EN], next.in[LANGUAGE_ZH]);
}

/* ---- errors ---- */

int box_handler(lua_State *lua) {
  box *b = box_of(lua);
  lua_Debug record;
  for (int level = 0; lua_getstack(lua, level, &record); level++) {
    lua_getinfo(lua, "Sl", &record);
    if (record.currentline > 0 && record.source[0] == '@') {
      b->problem_place = (place){.file = arena_text(b->memory, record.source + 1), .line = record.currentline};
      return 1;
    }
  }
  return 1;
}

/* A copy of a script's message that is valid UTF-8 and not too long. */
static char *plain_message(arena *a, const char *bytes, size_t length) {
  size_t kept = length;
  if (kept > MESSAGE_MOST) {
    kept = MESSAGE_MOST;
    while (kept > 0 && ((unsigned char)bytes[kept] & 0xC0) == 0x80) kept--;
  }
  char *copy = arena_text_of(a, bytes, kept);
  if (!text_is_utf8(copy, kept)) {
    for (size_t i = 0; i < kept; i++) {
      if ((unsigned char)copy[i] >= 0x80 || copy[i] == '\0') copy[i] = '?';
    }
  }
  return kept < length ? arena_format(a, "%s…", copy) : copy;
}

/* Lua writes "chunk:12: message", the chunk shortened; takes the line where none is known and returns the message. */
static const char *without_place(const char *message, int *line) {
  for (const char *at = strchr(message, ':'); at; at = strchr(at + 1, ':')) {
    const char *digit = at + 1;
    int number = 0;
    while (*digit >= '0' && *digit <= '9' && number < 100000000) number = number * 10 + (*digit++ - '0');
    if (digit > at + 1 && digit[0] == ':' && digit[1] == ' ') {
      if (*line == 0) *line = number;
      return digit + 2;
    }
    if (at - message > LUA_IDSIZE) break;
  }
  return message;
}

place box_place(arena *a, const char *at) {
  char *file = arena_text(a, at), *colon = strrchr(file, ':');
  if (!colon) return (place){.file = file};
  *colon = '\0';
  long line = strtol(colon + 1, NULL, 10);
  return (place){.file = file, .line = line > 0 && line < INT_MAX ? (int)line : 0};
}

/* A text of the error object on top; NULL where there is none. */
static char *problem_text(box *b, arena *a, int which) {
  lua_rawgeti(b->lua, -1, which);
  char *text = NULL;
  if (lua_type(b->lua, -1) == LUA_TSTRING) {
    size_t length;
    const char *bytes = lua_tolstring(b->lua, -1, &length);
    text = plain_message(a, bytes, length);
  }
  lua_pop(b->lua, 1);
  return text;
}

/* An error in both languages. False, adding nothing, where a script has spoilt it. */
static bool report_problem(box *b, place where, faults *problems) {
  arena *a = problems->memory;
  char *texts[5];
  for (int i = 0; i < 5; i++) texts[i] = problem_text(b, a, i + 1);
  if (!texts[0] || !texts[1]) return false;
  if (texts[4]) where = box_place(a, texts[4]); /* the maker of the error knew the place better */
  fault_add(problems, where, "%s%.0s", "%.0s%s", texts[0], texts[1]);
  if (texts[2] && texts[3]) fault_next(problems, "%s%.0s", "%.0s%s", texts[2], texts[3]);
  return true;
}

static bool report_error(box *b, int status, faults *problems) {
  lua_State *lua = b->lua;
  arena *a = problems->memory;
  place where = b->problem_place;
  if (!where.file) where.file = b->chunk;
  if (status == LUA_ERRMEM || b->exhausted) {
    b->exhausted = true;
    unsigned long long mebibytes = (unsigned long long)(b->limits.memory >> 20);
    fault_add(problems, where, "the script needs more than %llu MiB of memory", "脚本使用的内存超过 %llu MiB",
              mebibytes);
    return fault_next(problems, "look for a table or text that keeps growing", "请检查是否有不断增大的表或文本");
  }
  if (b->killed) {
    fault_add(problems, where, "the script was stopped after %u seconds of computing", "脚本运算超过 %u 秒，已被停止",
              b->limits.seconds);
    return fault_next(problems, "look for a loop that does not end or a pattern that tries too much",
                      "请检查是否有不会结束的循环或过于复杂的匹配模式");
  }
  if (box_is_problem(lua, -1) && report_problem(b, where, problems)) return false;
  if (lua_type(lua, -1) == LUA_TSTRING) {
    size_t length;
    const char *text = lua_tolstring(lua, -1, &length);
    const char *message = without_place(plain_message(a, text, length), &where.line);
    return fault_add(problems, where, "the script failed: %s", "脚本出错：%s", message);
  }
  const char *type = lua_typename(lua, lua_type(lua, -1));
  return fault_add(problems, where, "the script failed with an error that is a %s, not a text",
                   "脚本出错，错误值的类型是 %s，不是文本", type);
}

/* ---- running ---- */

typedef struct run_order {
  const char *chunk;
  const char *pieces[2]; /* read one after the other */
  size_t lengths[2];
  int next;
} run_order;

/* `return rule { … }` would be a tail call, which forgets the line it stands on. Lua makes none where a variable is to
 * be closed, and a nil needs no closing. */
static const char no_tail_calls[] = "local _ <close> = nil ";

static const char *read_piece(lua_State *lua, void *context, size_t *size) {
  (void)lua;
  run_order *order = context;
  if (order->next > 1) return NULL;
  *size = order->lengths[order->next];
  return order->pieces[order->next++];
}

static int load_chunk(lua_State *lua) {
  run_order *order = lua_touserdata(lua, 1);
  lua_pushfstring(lua, "@%s", order->chunk);
  if (lua_load(lua, read_piece, order, lua_tostring(lua, -1), "t") != LUA_OK) return lua_error(lua);
  lua_getfield(lua, LUA_REGISTRYINDEX, "environment");
  lua_setupvalue(lua, -2, 1);
  return 1;
}

/* Calls what is on the stack; on failure the stack is as it was below the function. */
static bool protected_call(box *b, int arguments, int results, const char *chunk, faults *problems) {
  lua_State *lua = b->lua;
  int base = lua_gettop(lua) - arguments; /* of the function */
  const char *outer = b->chunk;
  b->problem_place = NOWHERE;
  b->chunk = chunk;
  int status = LUA_ERRMEM;
  if (!box_lost(b) && lua_checkstack(lua, 8)) {
    lua_pushcfunction(lua, box_handler);
    lua_insert(lua, base);
    b->running++;
    status = lua_pcall(lua, arguments, results, base);
    b->running--;
    lua_remove(lua, base);
  }
  bool good = status == LUA_OK && !box_lost(b);
  if (!good) {
    report_error(b, status, problems);
    lua_settop(lua, base - 1);
  }
  b->chunk = outer;
  return good;
}

static bool load(box *b, const char *chunk, const char *text, size_t length, faults *problems) {
  run_order order = {.chunk = chunk, .pieces = {no_tail_calls, text}, .lengths = {sizeof no_tail_calls - 1, length}};
  if (!lua_checkstack(b->lua, 8)) {
    b->exhausted = true;
    return report_error(b, LUA_ERRMEM, problems);
  }
  lua_pushcfunction(b->lua, load_chunk);
  lua_pushlightuserdata(b->lua, &order);
  return protected_call(b, 1, 1, chunk, problems);
}

bool box_run(box *b, const char *chunk, const char *text, size_t length, int *results, faults *problems) {
  int top = lua_gettop(b->lua);
  *results = 0;
  if (!load(b, chunk, text, length, problems)) return false;
  if (!protected_call(b, 0, LUA_MULTRET, chunk, problems)) return false;
  *results = lua_gettop(b->lua) - top;
  return true;
}

bool box_call(box *b, int arguments, int results, const char *doing, faults *problems) {
  return protected_call(b, arguments, results, doing, problems);
}

bool box_prelude(box *b, const char *chunk, const char *text, size_t length, const json_t *given, faults *problems) {
  if (!load(b, chunk, text, length, problems)) return false;
  lua_getfield(b->lua, LUA_REGISTRYINDEX, "makers"); /* both names exist since box_new: nothing is allocated */
  box_push_json(b, given);
  return protected_call(b, 2, 1, chunk, problems);
}

static int set_global(lua_State *lua) {
  lua_getfield(lua, LUA_REGISTRYINDEX, "names");
  lua_insert(lua, 1);
  lua_rawset(lua, 1);
  return 0;
}

static int global_name(lua_State *lua) {
  lua_pushstring(lua, lua_touserdata(lua, 1));
  lua_insert(lua, 2);
  lua_remove(lua, 1);
  return set_global(lua);
}

void box_global(box *b, const char *name) {
  lua_State *lua = b->lua;
  char *kept = arena_text(b->memory, name);
  if (!lua_checkstack(lua, 8)) {
    b->exhausted = true;
    return;
  }
  lua_pushcfunction(lua, global_name);
  lua_pushlightuserdata(lua, kept);
  lua_pushvalue(lua, -3);
  if (lua_pcall(lua, 2, 0, 0) != LUA_OK) {
    b->exhausted = true;
    lua_pop(lua, 1);
  }
  lua_pop(lua, 1);
}
