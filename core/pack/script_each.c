/* `each` of adapters: rows go to the worker in batches, each batch is answered before the next one is sent, so that
 * neither side keeps more than one.
 *
 * Frames: SCRIPT_FRAME_JSON the columns, an array of texts; SCRIPT_FRAME_ROWS rows: sheet and row as little-endian 4
 * and 8 bytes, the number of fields as 4; to the worker a field is a text, its length in 4 bytes, UINT32_MAX for an
 * absent one; from the worker a name and a text. */
#include "pack/roles.h"
#include "pack/script.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_BYTES ((size_t)256 << 10)
#define FIELDS_MOST 10000 /* of one row that is put */
#define ROWS_MOST   10000 /* put for one row of the file */
#define ABSENT      UINT32_MAX

/* ---- fields ---- */

static void write_number(buffer *b, uint64_t number, int bytes) {
  uint8_t out[8];
  for (int i = 0; i < bytes; i++) out[i] = (uint8_t)(number >> (8 * i));
  buffer_bytes(b, out, (size_t)bytes);
}

static void write_text(buffer *b, const char *text) {
  if (!text) {
    write_number(b, ABSENT, 4);
    return;
  }
  size_t length = strlen(text);
  write_number(b, length, 4);
  buffer_bytes(b, text, length);
}

typedef struct wire { /* what is left of a frame; nothing in it is trusted */
  const uint8_t *at;
  size_t left;
} wire;

static bool read_number(wire *w, int bytes, uint64_t *out) {
  if (w->left < (size_t)bytes) return false;
  *out = 0;
  for (int i = 0; i < bytes; i++) *out |= (uint64_t)w->at[i] << (8 * i);
  w->at += bytes;
  w->left -= (size_t)bytes;
  return true;
}

/* A copy, NULL where absent. */
static bool read_text(wire *w, arena *a, const char **out) {
  uint64_t length;
  if (!read_number(w, 4, &length)) return false;
  *out = NULL;
  if (length == ABSENT) return true;
  if (length > w->left || !text_is_utf8((const char *)w->at, (size_t)length)) return false;
  *out = arena_text_of(a, (const char *)w->at, (size_t)length);
  w->at += length;
  w->left -= (size_t)length;
  return true;
}

/* ---- in the parent ---- */

struct script_each {
  worker *worker;
  arena *memory; /* of one batch of answers */
  script_taking to;
  size_t columns;
  buffer batch;
  bool failed;
};

script_each *script_each_start(arena *a, const pack_text *text, const char *adapter, const char *const *columns,
                               size_t count, script_taking to, faults *problems) {
  script_order order = {.role = "each",
                        .doing = {{arena_format(a, "导入方式“%s”的 each 函数", adapter),
                                   arena_format(a, "the function each of adapter \"%s\"", adapter)}},
                        .word = "adapter",
                        .id = adapter,
                        .key = "each"};
  worker *w = script_start(text, &order, problems);
  if (!w) return NULL;
  json_t *names = json_array();
  for (size_t i = 0; i < count; i++) json_array_append_new(names, json_string(columns[i]));
  char *bytes = json_dumps(names, JSON_COMPACT);
  json_decref(names);
  bool good = worker_send(w, SCRIPT_FRAME_JSON, bytes, strlen(bytes), problems);
  free(bytes);
  if (!good) {
    worker_finish(w, problems);
    return NULL;
  }
  script_each *s = arena_take(a, sizeof *s);
  s->worker = w;
  s->memory = arena_new();
  s->to = to;
  s->columns = count;
  return s;
}

static bool garbage(faults *problems) {
  return fault_add(problems, NOWHERE, "what the function each sent is no row", "each 函数送来的内容不是行");
}

static bool take_rows(script_each *s, const frame *f, faults *problems) {
  wire w = {f->bytes, f->length};
  while (w.left > 0) {
    arena_reset(s->memory);
    uint64_t sheet, row, count;
    if (!read_number(&w, 4, &sheet) || !read_number(&w, 8, &row) || !read_number(&w, 4, &count))
      return garbage(problems);
    if (count > FIELDS_MOST || sheet > INT32_MAX || row > INT64_MAX) return garbage(problems);
    const char **names = arena_array(s->memory, count + 1, sizeof *names);
    const char **texts = arena_array(s->memory, count + 1, sizeof *texts);
    for (size_t i = 0; i < count; i++) {
      if (!read_text(&w, s->memory, &names[i]) || !read_text(&w, s->memory, &texts[i])) return garbage(problems);
      if (!names[i] || !texts[i]) return garbage(problems);
    }
    script_row made = {(int32_t)sheet, (int64_t)row, (size_t)count, names, texts};
    if (!s->to.row(s->to.context, &made, problems)) return false;
  }
  return true;
}

/* Sends what was gathered and takes the answers to it. */
static bool exchange(script_each *s, faults *problems) {
  if (s->batch.length == 0) return true;
  bool good = worker_send(s->worker, SCRIPT_FRAME_ROWS, s->batch.at, s->batch.length, problems);
  s->batch.length = 0;
  frame f;
  while (good) {
    bool ended_well = false;
    if (!worker_receive(s->worker, &f, &ended_well, problems))
      return ended_well ? garbage(problems) : false; /* it ended without an answer; how it died the finish says */
    if (f.type == SCRIPT_FRAME_DONE) return true;
    good = f.type == SCRIPT_FRAME_ROWS ? take_rows(s, &f, problems) : garbage(problems);
  }
  return false;
}

bool script_each_row(script_each *s, int32_t sheet, int64_t row, const char *const *cells, faults *problems) {
  if (s->failed) return false;
  write_number(&s->batch, (uint64_t)(sheet < 0 ? 0 : sheet), 4);
  write_number(&s->batch, (uint64_t)(row < 0 ? 0 : row), 8);
  write_number(&s->batch, s->columns, 4);
  for (size_t i = 0; i < s->columns; i++) write_text(&s->batch, cells[i]);
  if (s->batch.length > BATCH_BYTES) s->failed = !exchange(s, problems);
  return !s->failed;
}

bool script_each_finish(script_each *s, faults *problems) {
  size_t errors = problems->errors;
  bool good = !s->failed && exchange(s, problems);
  if (good) good = worker_send_end(s->worker, problems);
  if (good) {
    frame f;
    bool ended_well = false;
    while (worker_receive(s->worker, &f, &ended_well, problems)) good = garbage(problems);
  }
  bool told = problems->errors > errors; /* a worker that is ended for its own fault need not be blamed again */
  if (!good && told) {
    worker_stop(s->worker);
  } else {
    good = worker_finish(s->worker, problems) && good;
  }
  arena_free(s->memory);
  buffer_free(&s->batch);
  return good && problems->errors == errors;
}

/* ---- in the child ---- */

typedef struct each_call {
  worker_child *child;
  arena *memory; /* of one row */
  json_t *columns;
  wire in;
  uint64_t sheet, row;
  buffer out;
  int put; /* rows made of this row */
} each_call;

static int put_field(lua_State *lua, each_call *e, const char *name) {
  const char *text = NULL;
  size_t length = 0;
  switch (lua_type(lua, -1)) {
  case LUA_TSTRING:
    text = lua_tolstring(lua, -1, &length);
    break;
  case LUA_TNUMBER:
    lua_pushvalue(lua, -1);
    text = lua_tolstring(lua, -1, &length);
    lua_remove(lua, -2);
    break;
  case LUA_TBOOLEAN:
    text = lua_toboolean(lua, -1) ? "true" : "false";
    length = strlen(text);
    break;
  default:
    break;
  }
  if (!text || !text_is_utf8(text, length)) {
    said what = {{arena_format(e->memory, "put 的“%s”不是文本或数", name),
                  arena_format(e->memory, "\"%s\" of put is no text and no number", name)}};
    return box_error(lua, what, (said){{NULL, NULL}});
  }
  write_text(&e->out, name);
  write_text(&e->out, text);
  return 0;
}

static int compare_texts(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* put { name = text, … }: one row for the mapping. */
static int put_row(lua_State *lua) {
  each_call *e = lua_touserdata(lua, lua_upvalueindex(1));
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_settop(lua, 1);
  size_t count = 0;
  for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) {
    size_t length = 0;
    const char *name = lua_type(lua, -2) == LUA_TSTRING ? lua_tolstring(lua, -2, &length) : NULL;
    if (!name || !text_is_utf8(name, length) || ++count > FIELDS_MOST) {
      return box_error(lua, (said){{"put 只接受以列名为键的表", "put takes a table whose keys are names of columns"}},
                       (said){{NULL, NULL}});
    }
  }
  if (++e->put > ROWS_MOST) {
    return box_error(lua, (said){{"each 由一行产生的行过多", "each makes too many rows of one"}},
                     (said){{"请检查是否有不会结束的循环", "look for a loop that does not end"}});
  }
  const char **names = lua_newuserdatauv(lua, (count + 1) * sizeof *names, 0);
  count = 0;
  for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) names[count++] = lua_tostring(lua, -2);
  qsort(names, count, sizeof *names, compare_texts);
  size_t start = e->out.length;
  write_number(&e->out, e->sheet, 4);
  write_number(&e->out, e->row, 8);
  write_number(&e->out, count, 4);
  for (size_t i = 0; i < count; i++) {
    lua_pushstring(lua, names[i]);
    lua_rawget(lua, 1);
    put_field(lua, e, names[i]);
    lua_pop(lua, 1);
  }
  if (e->out.length - start > FRAME_MOST / 2) {
    return box_error(lua, (said){{"put 的一行过大", "a row of put is too large"}}, (said){{NULL, NULL}});
  }
  if (e->out.length > BATCH_BYTES) {
    worker_child_send(e->child, SCRIPT_FRAME_ROWS, e->out.at, e->out.length);
    e->out.length = 0;
  }
  return 0;
}

/* Arguments: the call, the function, the metatable that closes rows. Calls function(row, put). */
static int call_function(lua_State *lua) {
  each_call *e = lua_touserdata(lua, 1);
  lua_pushvalue(lua, 2);
  size_t columns = json_array_size(e->columns);
  lua_createtable(lua, 0, (int)columns);
  for (size_t i = 0; i < columns; i++) {
    const char *text = NULL;
    if (!read_text(&e->in, e->memory, &text)) return luaL_error(lua, "a row is cut short");
    if (!text) continue;
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, json_string_value(json_array_get(e->columns, i)));
  }
  lua_pushvalue(lua, 3);
  lua_setmetatable(lua, -2);
  lua_pushlightuserdata(lua, e);
  lua_pushcclosure(lua, put_row, 1);
  lua_call(lua, 2, 0);
  return 0;
}

/* The fault of a script says in which row of the file it happened. */
static void name_row(faults *problems, const each_call *e) {
  if (problems->count == 0) return;
  fault *last = &problems->items[problems->count - 1];
  unsigned long long row = (unsigned long long)e->row;
  last->what.in[LANGUAGE_EN] =
      arena_format(problems->memory, "%s (at row %llu of the file)", last->what.in[LANGUAGE_EN], row);
  last->what.in[LANGUAGE_ZH] = arena_format(problems->memory, "%s（文件第%llu行）", last->what.in[LANGUAGE_ZH], row);
}

/* The function and the metatable are the two topmost values of the stack. */
static bool answer_rows(loaded *l, each_call *e, const frame *f, faults *problems) {
  wire *in = &e->in;
  lua_State *lua = box_state(l->box);
  *in = (wire){f->bytes, f->length};
  while (in->left > 0) {
    arena_reset(e->memory);
    uint64_t count;
    if (!read_number(in, 4, &e->sheet) || !read_number(in, 8, &e->row) || !read_number(in, 4, &count)) return false;
    e->put = 0;
    worker_child_status(e->child, "row", (int64_t)e->row);
    box_progress(l->box);
    lua_pushcfunction(lua, call_function);
    lua_pushlightuserdata(lua, e);
    lua_pushvalue(lua, -4);
    lua_pushvalue(lua, -4);
    if (!box_call(l->box, 3, 0, "each", problems)) {
      name_row(problems, e);
      return false;
    }
  }
  if (e->out.length > 0) worker_child_send(e->child, SCRIPT_FRAME_ROWS, e->out.at, e->out.length);
  e->out.length = 0;
  worker_child_send(e->child, SCRIPT_FRAME_DONE, NULL, 0);
  return true;
}

static bool take_columns(worker_child *c, loaded *l, each_call *e) {
  frame f;
  if (!worker_child_receive(c, &f) || f.type != SCRIPT_FRAME_JSON) return false;
  e->columns = json_loadb((const char *)f.bytes, f.length, 0, NULL);
  json_t *names = json_object();
  for (size_t i = 0; i < json_array_size(e->columns); i++) {
    json_object_set_new(names, json_string_value(json_array_get(e->columns, i)), json_null());
  }
  box_push_closed(l->box, names, "the row", "该行");
  json_decref(names);
  lua_State *lua = box_state(l->box);
  if (!lua_getmetatable(lua, -1)) return false;
  lua_remove(lua, -2);
  return true;
}

static void answer_each(worker_child *c, loaded *l, arena *a, faults *problems) {
  (void)a;
  each_call e = {.child = c, .memory = arena_new()};
  if (take_columns(c, l, &e)) {
    frame f;
    while (worker_child_receive(c, &f) && f.type == SCRIPT_FRAME_ROWS && answer_rows(l, &e, &f, problems)) continue;
  }
  json_decref(e.columns);
  buffer_free(&e.out);
  arena_free(e.memory);
}

int role_each(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  return script_run(c, answer_each);
}
