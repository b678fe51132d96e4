#include "rows.h"

#include <hongzhu/plugin.h>

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS_MOST 16384
#define CELLS_MOST   UINT64_C(100000000) /* of one document, those that a row leaves empty included */
#define ROW_MOST     ((size_t)8 << 20)   /* bytes of text */
#define SHEETS_MOST  4096
#define NAME_MOST    1000 /* bytes of a sheet's name */

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
  json_t *columns; /* an object: a column's name and its number, in the order in which they first occur */
  uint64_t *cells; /* given so far, of the whole document */
} table;

static size_t columns_of(const table *t) {
  return json_object_size(t->columns);
}

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
  if (json_object_get(t->columns, name)) return true;
  if (columns_of(t) == COLUMNS_MOST) return false;
  return json_object_set_new(t->columns, name, json_integer((json_int_t)columns_of(t))) == 0;
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

/* A row in which nothing stands is left out, as in every other format. */
static bool give(void *context, table *t, size_t at, const cells *c) {
  giving *g = context;
  size_t columns = columns_of(t), size = 0;
  bool something = false;
  for (size_t i = 0; i < c->count; i++) {
    size += strlen(c->texts[i]);
    something = something || *c->texts[i];
  }
  *t->cells += columns;
  if (*t->cells > CELLS_MOST)
    g->outcome = say(g->io, g->lines[at], "文档的单元格超过 %llu 个：请拆成几个文件",
                     "the document has more than %llu cells: split it", (unsigned long long)CELLS_MOST);
  else if (size > ROW_MOST)
    g->outcome = say(g->io, g->lines[at], "这一行的文字超过 8 MB：请检查是否贴入了整篇文档",
                     "the row holds more than 8 MB of text: see whether a whole document was pasted into it");
  if (g->outcome != HONGZHU_OK || !something) return g->outcome == HONGZHU_OK;
  memset(g->texts, 0, columns * sizeof *g->texts);
  for (size_t i = 0; i < c->count; i++)
    g->texts[json_integer_value(json_object_get(t->columns, c->names[i]))] = words(c->texts[i]);
  const hongzhu_row row = {sizeof row, t->sheet, g->lines[at], (uint32_t)columns, g->texts};
  g->outcome = g->io->row(g->io->host, &row);
  return g->outcome == HONGZHU_OK;
}

static int give_header(giving *g, const table *t, uint64_t line) {
  const char *name;
  json_t *number;
  size_t size = 0;
  bool something = false;
  json_object_foreach(t->columns, name, number) {
    g->texts[json_integer_value(number)] = words(name);
    size += strlen(name);
    something = something || *name;
  }
  if (size > ROW_MOST)
    return say(g->io, line, "各列的名称加起来超过 8 MB：文件可能不是表格",
               "the names of the columns are longer than 8 MB: the file may be no table");
  const hongzhu_row first = {sizeof first, t->sheet, line, (uint32_t)columns_of(t), g->texts};
  return something ? g->io->row(g->io->host, &first) : HONGZHU_OK;
}

static int give_rows(const hongzhu_read *io, table *t) {
  uint64_t header = 1, *lines = calloc(t->count + 1, sizeof *lines);
  giving g = {.io = io, .lines = lines, .outcome = HONGZHU_FAILED};
  if (lines &&
      !rows_lines((const char *)io->input->bytes, (size_t)io->input->length, t->member, &header, lines, t->count)) {
    header = 1;
    for (size_t i = 0; i < t->count; i++) lines[i] = i + 2;
  }
  bool good = lines && t->columns && each_row(t, gather_columns, NULL);
  if (good) g.texts = calloc(columns_of(t) + 1, sizeof *g.texts);
  if (!good || !g.texts) {
    g.outcome = columns_of(t) == COLUMNS_MOST ? say(io, 0, "列数超过 %d：文件可能不是表格",
                                                    "more than %d columns: the file may be no table", COLUMNS_MOST)
                                              : say(io, 0, "内存不够：请拆成几个文件", "out of memory: split the file");
  } else {
    g.outcome = give_header(&g, t, header);
    if (g.outcome == HONGZHU_OK && !each_row(t, give, &g) && g.outcome == HONGZHU_OK)
      g.outcome = say(io, 0, "内存不够：请拆成几个文件", "out of memory: split the file");
  }
  free(g.texts);
  free(lines);
  return g.outcome;
}

static int give_table(const hongzhu_read *io, table t) {
  t.count = json_is_array(t.rows) ? json_array_size(t.rows) : json_object_size(t.rows);
  t.columns = json_object();
  int outcome = give_rows(io, &t);
  json_decref(t.columns);
  return outcome;
}

static int say_none(const hongzhu_read *io) {
  return say(io, 1, "没有可作为行的列表：应有由对象组成的列表，或由对象组成的对象",
             "nothing in it is a list of rows: it needs a list of objects, or an object of objects");
}

/* Each member that holds rows is a sheet. */
static int give_members(const hongzhu_read *io, const json_t *document) {
  uint32_t sheets = 0;
  uint64_t given = 0;
  const char *name;
  json_t *value;
  int outcome = HONGZHU_OK;
  json_object_foreach((json_t *)document, name, value) {
    if (outcome != HONGZHU_OK || !of_objects(value)) continue;
    if (++sheets > SHEETS_MOST)
      outcome =
          say(io, 0, "表超过 %d 个：请拆成几个文件", "there are more than %d tables: split the file", SHEETS_MOST);
    else if (strlen(name) > NAME_MOST)
      outcome = say(io, 0, "第 %u 个表的名称太长：请改短", "the name of table %u is too long: shorten it", sheets);
    else
      outcome = io->sheet(io->host, sheets, words(name));
    if (outcome != HONGZHU_OK) break;
    const table one = {.document = document, .rows = value, .member = name, .sheet = sheets, .cells = &given};
    outcome = give_table(io, one);
  }
  return sheets ? outcome : say_none(io);
}

/* What jansson found, as an office reads it. */
static int say_unsound(const hongzhu_read *io, const json_error_t *error) {
  uint64_t line = error->line > 0 ? (uint64_t)error->line : 0;
  switch (json_error_code(error)) {
  case json_error_premature_end_of_input:
    return say(io, line, "JSON 没有写完：文件被截断，请重新导出或传送",
               "the JSON ends too early: the file was cut off, export or send it again");
  case json_error_duplicate_key:
    return say(io, line, "第 %d 列：同一对象里有两个同名的成员，请改名或删去一个",
               "column %d: an object has two members of one name, rename or delete one", error->column);
  case json_error_numeric_overflow:
    return say(io, line, "第 %d 列：这个数太大，请改正；不作计算的号码应写成文字",
               "column %d: the number is too large, correct it; a code that nobody computes with is a text",
               error->column);
  case json_error_invalid_utf8:
    return say(io, line, "第 %d 列：不是 UTF-8 文字，请以 UTF-8 编码重新导出",
               "column %d: this is no UTF-8, export it again in UTF-8", error->column);
  case json_error_null_character:
  case json_error_null_byte_in_key:
    return say(io, line, "第 %d 列：文字中有 NUL 字符，请删去", "column %d: a text holds a NUL character, delete it",
               error->column);
  case json_error_stack_overflow:
    return say(io, line, "第 %d 列：列表或对象套得太深，不可能是表格",
               "column %d: lists or objects are nested too deeply for a table", error->column);
  case json_error_out_of_memory:
    return say(io, line, "内存不够：请拆成几个文件", "out of memory: split the file");
  default:
    return say(io, line, "第 %d 列：不是合格的 JSON，请用导出它的程序重新导出",
               "column %d: this is no sound JSON, export it again with the program that made it", error->column);
  }
}

static int read_json(void *context, const hongzhu_read *io) {
  (void)context;
  json_error_t error;
  uint64_t given = 0;
  const char *text = (const char *)io->input->bytes;
  size_t length = (size_t)io->input->length, mark = length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3) ? 3 : 0;
  if (memchr(text, '\0', length)) /* jansson passes over some of them */
    return say(io, 0, "文件中有 NUL 字节：不是 JSON，或以 UTF-16 编码，请以 UTF-8 编码重新导出",
               "the file holds NUL bytes: it is no JSON, or in UTF-16; export it again in UTF-8");
  json_t *document = json_loadb(text + mark, length - mark, JSON_REJECT_DUPLICATES, &error);
  if (!document) return say_unsound(io, &error);
  int outcome = json_is_array(document)
                    ? of_objects(document)
                          ? give_table(io, (table){.document = document, .rows = document, .cells = &given})
                          : say_none(io)
                    : give_members(io, document);
  json_decref(document);
  return outcome;
}

/* ---- being sure ---- */

static bool is_blank(uint8_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What begins and ends as an object or a list: 85, and 10 more under a name that says so; what only begins so may be
 * cut off, and then its name decides. */
static int probe_json(void *context, const hongzhu_input *input) {
  (void)context;
  const uint8_t *at = input->bytes, *end = at + input->length;
  bool named = input->name.at && input->name.length > 5 && !memcmp(input->name.at + input->name.length - 5, ".json", 5);
  if (end - at >= 3 && !memcmp(at, "\xEF\xBB\xBF", 3)) at += 3;
  while (at < end && is_blank(*at)) at++;
  while (end > at && is_blank(end[-1])) end--;
  if (end - at < 2) return 0;
  bool object = *at == '{' && end[-1] == '}', list = *at == '[' && end[-1] == ']';
  bool begins = *at == '{' || *at == '[';
  return object || list ? (named ? 95 : 85) : named ? (begins ? 80 : 10) : 0;
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
