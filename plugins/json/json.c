#include "rows.h"

#include <hongzhu/plugin.h>

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS_MOST 16384

static hongzhu_text words(const char *text) {
  return (hongzhu_text){text, strlen(text)};
}

static int say(const hongzhu_read *io, uint64_t line, const char *zh, const char *en, ...) {
  char texts[2][512];
  const char *formats[2] = {zh, en};
  for (int i = 0; i < 2; i++) {
    va_list values;
    va_start(values, en);
    vsnprintf(texts[i], sizeof texts[i], formats[i], values);
    va_end(values);
  }
  io->fail(io->host, 0, line, words(texts[0]), words(texts[1]));
  return HONGZHU_FAILED;
}

/* ---- cells ---- */

typedef struct cells { /* of one row; texts are its own */
  char **names, **texts;
  size_t count, capacity;
  bool failed;
} cells;

static void put(cells *c, const char *outer, const char *name, const char *text) {
  if (c->failed || !text) return;
  if (c->count == c->capacity) {
    size_t more = c->capacity ? c->capacity * 2 : 16;
    char **names = realloc(c->names, more * sizeof *names);
    if (names) c->names = names;
    char **texts = realloc(c->texts, more * sizeof *texts);
    if (texts) c->texts = texts;
    c->failed = !names || !texts;
    if (c->failed) return;
    c->capacity = more;
  }
  size_t size = strlen(outer) + strlen(name) + 2;
  char *whole = malloc(size);
  if (whole) snprintf(whole, size, "%s%s%s", outer, *outer ? "." : "", name);
  c->names[c->count] = whole;
  c->texts[c->count] = strdup(text);
  c->failed = !whole || !c->texts[c->count];
  c->count++;
}

static void clear(cells *c) {
  for (size_t i = 0; i < c->count; i++) {
    free(c->names[i]);
    free(c->texts[i]);
  }
  c->count = 0;
}

static void release(cells *c) {
  clear(c);
  free(c->names);
  free(c->texts);
}

/* A plain value as text; NULL for null and for what holds others. */
static const char *plain(const json_t *value, char room[64]) {
  if (json_is_string(value)) return json_string_value(value);
  if (json_is_integer(value)) snprintf(room, 64, "%lld", (long long)json_integer_value(value));
  if (json_is_real(value)) snprintf(room, 64, "%.15g", json_real_value(value));
  if (json_is_boolean(value)) return json_is_true(value) ? "true" : "false";
  return json_is_number(value) ? room : NULL;
}

static void put_list(cells *c, const char *outer, const char *name, const json_t *list) {
  char room[64];
  size_t index, size = 1;
  const json_t *one;
  json_array_foreach((json_t *)list, index, one) {
    const char *text = plain(one, room);
    if (!text) return; /* rows in rows are another table */
    size += strlen(text) + 2;
  }
  char *joined = calloc(size, 1), *end = joined;
  c->failed = c->failed || !joined;
  if (!joined) return;
  json_array_foreach((json_t *)list, index, one) {
    if (index) end = mempcpy(end, "; ", 2);
    const char *text = plain(one, room);
    end = mempcpy(end, text, strlen(text));
  }
  put(c, outer, name, joined);
  free(joined);
}

static void put_value(cells *c, const char *outer, const char *name, const json_t *value) {
  char room[64];
  if (json_is_array(value))
    put_list(c, outer, name, value);
  else
    put(c, outer, name, plain(value, room));
}

static void put_object(cells *c, const json_t *object) {
  const char *name, *inner;
  json_t *value, *held;
  json_object_foreach((json_t *)object, name, value) {
    if (json_is_object(value)) {
      json_object_foreach(value, inner, held) put_value(c, name, inner, held);
    } else {
      put_value(c, "", name, value);
    }
  }
}

/* ---- rows ---- */

typedef struct table {
  const json_t *document, *rows;
  const char *member; /* NULL: the document itself */
  uint32_t sheet;     /* 0: the document itself */
  size_t count;
  char **columns;
  size_t columns_count;
} table;

static bool of_objects(const json_t *value) {
  const char *name;
  size_t index;
  const json_t *one;
  json_t *held;
  json_array_foreach((json_t *)value, index, one) if (!json_is_object(one)) return false;
  if (json_is_array(value)) return true;
  if (!json_is_object(value) || !json_object_size(value)) return false;
  json_object_foreach((json_t *)value, name, held) if (!json_is_object(held)) return false;
  return true;
}

static bool add_column(table *t, const char *name) {
  for (size_t i = 0; i < t->columns_count; i++)
    if (!strcmp(t->columns[i], name)) return true;
  if (t->columns_count == COLUMNS_MOST) return false;
  char **more = realloc(t->columns, (t->columns_count + 1) * sizeof *more);
  if (!more) return false;
  t->columns = more;
  return (t->columns[t->columns_count] = strdup(name)) && ++t->columns_count;
}

static void fill(const table *t, const char *key, const json_t *row, cells *c) {
  clear(c);
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)t->document, name, value) {
    if (!json_is_array(value) && !json_is_object(value)) put_value(c, "", name, value);
  }
  if (key) put(c, "", "key", key);
  put_object(c, row);
}

typedef bool row_step(void *context, table *t, size_t at, const cells *c);

static bool each_row(table *t, row_step *visit, void *context) {
  cells c = {0};
  size_t at = 0;
  bool good = true;
  const char *key;
  json_t *value;
  if (json_is_array(t->rows))
    for (; at < t->count && good; at++) {
      fill(t, NULL, json_array_get(t->rows, at), &c);
      good = !c.failed && visit(context, t, at, &c);
    }
  else
    json_object_foreach((json_t *)t->rows, key, value) {
      if (!good) break;
      fill(t, key, value, &c);
      good = !c.failed && visit(context, t, at++, &c);
    }
  release(&c);
  return good;
}

static bool gather_columns(void *context, table *t, size_t at, const cells *c) {
  (void)context;
  (void)at;
  for (size_t i = 0; i < c->count; i++)
    if (!add_column(t, c->names[i])) return false;
  return true;
}

typedef struct giving {
  const hongzhu_read *io;
  const uint64_t *lines;
  hongzhu_text *texts;
  int outcome;
} giving;

static bool give(void *context, table *t, size_t at, const cells *c) {
  giving *g = context;
  for (size_t k = 0; k < t->columns_count; k++) {
    g->texts[k] = (hongzhu_text){NULL, 0};
    for (size_t i = 0; i < c->count; i++)
      if (!strcmp(t->columns[k], c->names[i])) g->texts[k] = words(c->texts[i]);
  }
  const hongzhu_row row = {sizeof row, t->sheet, g->lines[at], (uint32_t)t->columns_count, g->texts};
  g->outcome = g->io->row(g->io->host, &row);
  return g->outcome == HONGZHU_OK;
}

static int give_rows(const hongzhu_read *io, table *t) {
  uint64_t header = 1, *lines = calloc(t->count + 1, sizeof *lines);
  giving g = {.io = io, .lines = lines, .outcome = HONGZHU_FAILED};
  if (lines &&
      !rows_lines((const char *)io->input->bytes, (size_t)io->input->length, t->member, &header, lines, t->count)) {
    header = 1;
    for (size_t i = 0; i < t->count; i++) lines[i] = i + 2;
  }
  bool good = lines && each_row(t, gather_columns, NULL);
  if (good) g.texts = calloc(t->columns_count + 1, sizeof *g.texts);
  if (!good || !g.texts) {
    g.outcome = t->columns_count == COLUMNS_MOST ? say(io, 0, "列数超过 %d", "more than %d columns", COLUMNS_MOST)
                                                 : say(io, 0, "内存不够", "out of memory");
  } else {
    for (size_t k = 0; k < t->columns_count; k++) g.texts[k] = words(t->columns[k]);
    const hongzhu_row first = {sizeof first, t->sheet, header, (uint32_t)t->columns_count, g.texts};
    g.outcome = t->columns_count ? io->row(io->host, &first) : HONGZHU_OK;
    if (g.outcome == HONGZHU_OK && !each_row(t, give, &g) && g.outcome == HONGZHU_OK)
      g.outcome = say(io, 0, "内存不够", "out of memory");
  }
  free(g.texts);
  free(lines);
  return g.outcome;
}

static int give_table(const hongzhu_read *io, table t) {
  t.count = json_is_array(t.rows) ? json_array_size(t.rows) : json_object_size(t.rows);
  int outcome = give_rows(io, &t);
  for (size_t i = 0; i < t.columns_count; i++) free(t.columns[i]);
  free(t.columns);
  return outcome;
}

static int say_none(const hongzhu_read *io) {
  return say(io, 1, "没有可作为行的列表：应有由对象组成的列表，或由对象组成的对象",
             "nothing in it is a list of rows: it needs a list of objects, or an object of objects");
}

/* Each member that holds rows is a sheet. */
static int give_members(const hongzhu_read *io, const json_t *document) {
  uint32_t sheets = 0;
  const char *name;
  json_t *value;
  int outcome = HONGZHU_OK;
  json_object_foreach((json_t *)document, name, value) {
    if (outcome != HONGZHU_OK || !of_objects(value)) continue;
    outcome = io->sheet(io->host, ++sheets, words(name));
    if (outcome != HONGZHU_OK) break;
    outcome = give_table(io, (table){.document = document, .rows = value, .member = name, .sheet = sheets});
  }
  return sheets ? outcome : say_none(io);
}

static int read_json(void *context, const hongzhu_read *io) {
  (void)context;
  json_error_t error;
  const char *text = (const char *)io->input->bytes;
  size_t length = (size_t)io->input->length, mark = length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3) ? 3 : 0;
  json_t *document = json_loadb(text + mark, length - mark, JSON_REJECT_DUPLICATES, &error);
  if (!document)
    return say(io, error.line > 0 ? (uint64_t)error.line : 0, "不是合格的 JSON（第 %d 列）：“%s”",
               "this is no sound JSON (column %d): \"%s\"", error.column, error.text);
  int outcome =
      json_is_array(document)
          ? of_objects(document) ? give_table(io, (table){.document = document, .rows = document}) : say_none(io)
          : give_members(io, document);
  json_decref(document);
  return outcome;
}

/* ---- being sure ---- */

static bool is_blank(uint8_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What begins and ends as an object or a list: 85, and 10 more under a name that says so. */
static int probe_json(void *context, const hongzhu_input *input) {
  (void)context;
  const uint8_t *at = input->bytes, *end = at + input->length;
  bool named = input->name.at && input->name.length > 5 && !memcmp(input->name.at + input->name.length - 5, ".json", 5);
  if (end - at >= 3 && !memcmp(at, "\xEF\xBB\xBF", 3)) at += 3;
  while (at < end && is_blank(*at)) at++;
  while (end > at && is_blank(end[-1])) end--;
  if (end - at < 2) return 0;
  bool object = *at == '{' && end[-1] == '}', list = *at == '[' && end[-1] == ']';
  return (object || list ? 85 : 0) + (named ? 10 : 0);
}

static const hongzhu_reader json_reader = {
    sizeof(hongzhu_reader),
    "json",
    "JSON 文档中的表",
    "tables in JSON documents",
    "json",
    NULL,
    0,
    NULL,
    probe_json,
    read_json,
};

static const hongzhu_reader *const readers[] = {&json_reader};

static const hongzhu_plugin plugin = {
    .size = sizeof(hongzhu_plugin),
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "json",
    .version = HONGZHU_VERSION,
    .license = "Apache-2.0",
    .title_zh = "JSON 读取",
    .title_en = "reading JSON",
    .readers = readers,
    .readers_count = 1,
};

HONGZHU_EXPORT const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
