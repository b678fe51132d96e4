/* The worker's side of plugins: what they offer, how sure readers are of a file, its rows. */
#include "base/system.h"
#include "host/foreign_wire.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what the roles share ---- */

bool foreign_child_open(foreign_child *f, worker_child *c, const char *file) {
  f->worker = c;
  f->memory = arena_new();
  f->problems = faults_new(f->memory);
  f->plugin = arena_take(f->memory, sizeof *f->plugin);
  worker_child_status(c, "load", 0);
  if (!plugin_load(f->memory, file, f->plugin, f->problems)) return false;
  worker_child_status(c, "begin", 0);
  return true;
}

int foreign_child_failed(foreign_child *f) {
  for (size_t i = 0; i < f->problems->count; i++) worker_child_fault(f->worker, &f->problems->items[i]);
  return EXIT_FAILURE;
}

static bool seal(foreign_child *f) {
  if (worker_child_seal(f->worker)) return true;
  return fault_add(f->problems, NOWHERE, "foreign code was not run: its second confinement failed: %s%.0s",
                   "外来代码没有运行：第二层隔离失败：%.0s%s", SYSTEM_WORDS(errno));
}

hongzhu_text foreign_child_option(const foreign_child *f, const hongzhu_option *rows, uint32_t count,
                                  const char *name) {
  size_t length = strlen(name);
  for (int i = f->options_count - 1; i >= 0; i--) {
    if (strncmp(f->options[i], name, length) == 0 && f->options[i][length] == '=') {
      const char *value = f->options[i] + length + 1;
      return (hongzhu_text){value, strlen(value)};
    }
  }
  for (uint32_t i = 0; i < count; i++) {
    if (strcmp(rows[i].name, name) == 0 && rows[i].otherwise)
      return (hongzhu_text){rows[i].otherwise, strlen(rows[i].otherwise)};
  }
  return (hongzhu_text){NULL, 0};
}

/* ---- offers ---- */

static json_t *options_json(const hongzhu_option *rows, uint32_t count) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < count; i++) {
    json_t *row = json_object();
    json_object_set_new(row, "name", json_string(rows[i].name));
    json_object_set_new(row, "type", json_string(rows[i].type));
    if (rows[i].otherwise) json_object_set_new(row, "otherwise", json_string(rows[i].otherwise));
    json_object_set_new(row, "help", json_words((said){{rows[i].help_zh, rows[i].help_en}}));
    json_array_append_new(list, row);
  }
  return list;
}

static json_t *offer_json(const char *kind, const char *name, const char *zh, const char *en) {
  json_t *value = json_object();
  json_object_set_new(value, "kind", json_string(kind));
  json_object_set_new(value, "name", json_string(name));
  json_object_set_new(value, "title", json_words((said){{zh, en}}));
  return value;
}

static json_t *plugin_json(const plugin *p) {
  json_t *table = offer_json("plugin", p->about.name, p->about.title_zh, p->about.title_en);
  json_object_set_new(table, "version", json_string(p->about.version));
  json_object_set_new(table, "license", json_string(p->about.license));
  if (p->about.contact) json_object_set_new(table, "contact", json_string(p->about.contact));
  json_t *offered = json_array();
  for (uint32_t i = 0; i < p->about.readers_count; i++) {
    const hongzhu_reader *r = &p->readers[i];
    json_t *value = offer_json("reader", r->name, r->title_zh, r->title_en);
    json_object_set_new(value, "extensions", json_string(r->extensions));
    json_object_set_new(value, "options", options_json(r->options, r->options_count));
    json_array_append_new(offered, value);
  }
  for (uint32_t i = 0; i < p->about.writers_count; i++) {
    const hongzhu_writer *w = &p->writers[i];
    json_t *value = offer_json("writer", w->name, w->title_zh, w->title_en);
    json_object_set_new(value, "extensions", json_string(w->extension));
    json_object_set_new(value, "mime", json_string(w->mime));
    json_object_set_new(value, "needs", json_integer(w->needs));
    json_object_set_new(value, "options", options_json(w->options, w->options_count));
    json_array_append_new(offered, value);
  }
  for (uint32_t i = 0; i < p->about.rules_count; i++) {
    const hongzhu_rule *r = &p->rules[i];
    json_array_append_new(offered, offer_json("rule", r->name, r->title_zh, r->title_en));
  }
  json_object_set_new(table, "offers", offered);
  return table;
}

static int child_offers(worker_child *c, int argc, char **argv) {
  if (argc != 1) return EXIT_FAILURE;
  foreign_child f = {0};
  if (!foreign_child_open(&f, c, argv[0])) return foreign_child_failed(&f);
  worker_child_status(c, "table", 0);
  json_t *table = plugin_json(f.plugin);
  char *text = json_canonical(f.memory, table);
  worker_child_send(c, FRAME_OFFERS, text, strlen(text));
  worker_child_end(c);
  return EXIT_SUCCESS;
}

/* ---- the file that is read ---- */

/* A file is mapped, anything else is read. */
static bool input_take(worker_child *c, const char *name, hongzhu_input *out, faults *problems) {
  int descriptor = worker_child_descriptor(c, 0);
  const char *base = strrchr(name, '/');
  base = base ? base + 1 : name;
  *out = (hongzhu_input){.size = sizeof *out, .bytes = (const uint8_t *)"", .name = {base, strlen(base)}};
  struct stat about;
  if (descriptor < 0 || fstat(descriptor, &about) != 0)
    return fault_add(problems, (place){.file = name}, "cannot be read: %s%.0s", "无法读取：%.0s%s",
                     SYSTEM_WORDS(errno));
  if (S_ISREG(about.st_mode)) {
    if (about.st_size == 0) return true;
    void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED)
      return fault_add(problems, (place){.file = name}, "cannot be read: %s%.0s", "无法读取：%.0s%s",
                       SYSTEM_WORDS(errno));
    out->bytes = bytes;
    out->length = (uint64_t)about.st_size;
    return true;
  }
  enum { SIZE = 1 << 16 };
  buffer all = {0};
  char *block = memory_resize(NULL, SIZE);
  for (;;) {
    ssize_t got = read(descriptor, block, SIZE);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return fault_add(problems, (place){.file = name}, "cannot be read: %s%.0s", "无法读取：%.0s%s",
                       SYSTEM_WORDS(errno));
    if (got == 0) break;
    buffer_bytes(&all, block, (size_t)got);
  }
  free(block);
  if (all.length > 0) out->bytes = (const uint8_t *)all.at;
  out->length = all.length;
  return true;
}

/* glibc loads the tables of an encoding from files when it is first used, which after the seal is too late. Kept open.
 */
static void load_encodings(void) {
  static const char *const names[] = {"GB18030", "GBK", "BIG5", "UTF-16LE", "UTF-16BE", "UTF-32LE"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    iconv_t kept = iconv_open("UTF-8", names[i]);
    (void)kept;
  }
}

/* ---- reading ---- */

typedef struct child_reading {
  foreign_child f;
  const hongzhu_reader *reader;
  const char *file;
  const char *sheet_name;
  char status[32];
  uint32_t sheet; /* the one begun last; 0: none */
  uint64_t row;   /* the last one given in it */
  bool broken;    /* the reader broke the interface: what it says itself no longer counts */
  bool said_failed;
  place where;
  said failed;
  buffer out;
  uint8_t *rows; /* that wait to be sent together */
  size_t rows_length, rows_room;
} child_reading;

#define ROWS_BLOCK ((size_t)32 << 10)

/* The reader broke its promises. */
static int broke(child_reading *r, uint64_t row, const char *en, const char *zh) {
  if (r->broken) return HONGZHU_FAILED;
  r->broken = true;
  place where = {.file = r->file, .sheet = r->sheet_name, .row = row < INT64_MAX ? (int64_t)row : 0};
  fault_add(r->f.problems, where, "reader \"%s\" %s%.0s", "读取器“%s”%.0s%s", r->reader->name, en, zh);
  fault_mark(r->f.problems, FAULT_FOREIGN);
  return HONGZHU_FAILED;
}

static hongzhu_text reading_option(void *host, const char *name) {
  child_reading *r = host;
  return foreign_child_option(&r->f, r->reader->options, r->reader->options_count, name);
}

static void send_rows(child_reading *r) {
  if (r->rows_length > 0) worker_child_send(r->f.worker, FRAME_ROWS, r->rows, r->rows_length);
  r->rows_length = 0;
}

static int reading_sheet(void *host, uint32_t number, hongzhu_text name) {
  child_reading *r = host;
  if (number <= r->sheet || number > SHEETS_MOST)
    return broke(r, 0, "began sheets whose numbers do not rise, or go beyond 10000",
                 "所给工作表的编号没有递增，或超过10000");
  if (!plugin_piece_good(name, PLUGIN_TEXT_MOST))
    return broke(r, 0, "named a sheet with what is no UTF-8 or is too long", "所给工作表名称不是UTF-8或过长");
  r->sheet = number;
  r->row = 0;
  r->sheet_name = name.at ? arena_text_of(r->f.memory, name.at, name.length) : NULL;
  snprintf(r->status, sizeof r->status, "sheet %u", number);
  send_rows(r);
  r->out.length = 0;
  buffer_bytes(&r->out, &number, sizeof number);
  buffer_bytes(&r->out, name.at ? name.at : "", name.at ? name.length : 0);
  worker_child_send(r->f.worker, FRAME_SHEET, r->out.at, r->out.length);
  return HONGZHU_OK;
}

static void add_row(child_reading *r, const row_head *head, const hongzhu_text *cells, size_t size) {
  if (r->rows_length + size > ROWS_BLOCK) send_rows(r);
  if (r->rows_length + size > r->rows_room) {
    r->rows_room = size > ROWS_BLOCK ? size : ROWS_BLOCK;
    r->rows = memory_resize(r->rows, r->rows_room);
  }
  uint8_t *to = r->rows + r->rows_length;
  r->rows_length += size;
  memcpy(to, head, sizeof *head);
  to += sizeof *head;
  for (uint32_t i = 0; i < head->count; i++, to += sizeof(uint32_t)) {
    uint32_t length = cells[i].at ? (uint32_t)cells[i].length : ABSENT;
    memcpy(to, &length, sizeof length);
  }
  for (uint32_t i = 0; i < head->count; i++) {
    if (!cells[i].at) continue;
    memcpy(to, cells[i].at, cells[i].length);
    to += cells[i].length;
    *to++ = 0;
  }
}

static int reading_row(void *host, const hongzhu_row *row) {
  child_reading *r = host;
  if (row->size < offsetof(hongzhu_row, cells) + sizeof row->cells)
    return broke(r, 0, "gave a row that does not say its size", "所给的行没有写明大小");
  if (row->sheet != r->sheet)
    return broke(r, row->row, "gave a row of a sheet it had not begun", "给出了尚未开始的工作表的行");
  if (row->row <= r->row || row->row > INT64_MAX)
    return broke(r, row->row, "gave rows whose numbers do not rise", "所给各行的行号没有递增");
  if (row->count > CELLS_MOST)
    return broke(r, row->row, "gave a row of more than 16384 cells", "所给的行超过16384个单元格");
  if (row->count > 0 && !row->cells) return broke(r, row->row, "gave a row without cells", "所给的行没有单元格");
  row_head head = {row->row, row->sheet, row->count};
  r->row = row->row;
  worker_child_status(r->f.worker, r->status, (int64_t)row->row);
  size_t size = sizeof head + row->count * sizeof(uint32_t), most = FRAME_MOST - 4 * (size_t)CELLS_MOST;
  for (uint32_t i = 0; i < row->count; i++) {
    const hongzhu_text *cell = &row->cells[i];
    if (!cell->at) continue;
    if (cell->length >= most - size) return broke(r, row->row, "gave a row of more than 16 MiB", "所给的行超过16 MiB");
    if (!text_is_utf8(cell->at, cell->length))
      return broke(r, row->row, "gave a cell that is no UTF-8", "所给的单元格不是UTF-8");
    size += cell->length + 1;
  }
  add_row(r, &head, row->cells, size);
  return HONGZHU_OK;
}

static int reading_fail(void *host, uint32_t sheet, uint64_t row, hongzhu_text zh, hongzhu_text en) {
  child_reading *r = host;
  if (!zh.at) zh = en;
  if (!en.at) en = zh;
  if (!zh.at || !plugin_piece_good(zh, 4096) || !plugin_piece_good(en, 4096))
    return broke(r, row, "failed with a message that is no UTF-8, or with none", "失败，但其说明不是UTF-8或没有说明");
  r->said_failed = true;
  r->failed.in[LANGUAGE_ZH] = arena_text_of(r->f.memory, zh.at, zh.length);
  r->failed.in[LANGUAGE_EN] = arena_text_of(r->f.memory, en.at, en.length);
  const char *name = sheet == r->sheet ? r->sheet_name : NULL;
  if (!name && sheet > 0) name = arena_format(r->f.memory, "%u", sheet);
  r->where = (place){.file = r->file, .sheet = name, .row = row <= INT64_MAX ? (int64_t)row : 0};
  return HONGZHU_OK;
}

static void reading_used(void *host, uint64_t bytes) {
  const child_reading *r = host;
  worker_child_used(r->f.worker, bytes);
}

/* All of the file, when everything stands ready. */
static int read_input(child_reading *r, const hongzhu_input *input) {
  hongzhu_read io = {.size = sizeof io,
                     .host = r,
                     .input = input,
                     .option = reading_option,
                     .sheet = reading_sheet,
                     .row = reading_row,
                     .fail = reading_fail,
                     .used = reading_used};
  int result = r->reader->read(r->reader->context, &io);
  send_rows(r);
  if (result == HONGZHU_OK && !r->broken) {
    worker_child_end(r->f.worker);
    return EXIT_SUCCESS;
  }
  if (!r->broken && r->said_failed)
    fault_add(r->f.problems, r->where, "%s%.0s", "%.0s%s", r->failed.in[LANGUAGE_EN], r->failed.in[LANGUAGE_ZH]);
  else
    broke(r, r->row, "failed and did not say why", "失败，但没有说明原因");
  return foreign_child_failed(&r->f);
}

static int child_read(worker_child *c, int argc, char **argv) {
  if (argc < 3) return EXIT_FAILURE;
  child_reading r = {.file = argv[2], .f = {.options = argv + 3, .options_count = argc - 3}, .status = "row"};
  hongzhu_input input;
  load_encodings();
  if (!foreign_child_open(&r.f, c, argv[0])) return foreign_child_failed(&r.f);
  r.reader = plugin_reader(r.f.plugin, argv[1], r.f.problems);
  if (!r.reader || !input_take(c, argv[2], &input, r.f.problems) || !seal(&r.f)) return foreign_child_failed(&r.f);
  return read_input(&r, &input);
}

/* ---- asking, and reading then ---- */

/* What an order to read says: the reader, and the options. */
static bool take_order(child_reading *r, const frame *order) {
  if (order->type != FRAME_READ || order->length == 0 || order->bytes[order->length - 1] != '\0') return false;
  char *text = arena_copy(r->f.memory, order->bytes, order->length);
  size_t count = 0, capacity = 0;
  r->reader = plugin_reader(r->f.plugin, text, r->f.problems);
  for (char *at = text + strlen(text) + 1; at < text + order->length; at += strlen(at) + 1)
    *ARENA_PUSH(r->f.memory, r->f.options, count, capacity) = at;
  r->f.options_count = (int)count;
  return r->reader != NULL;
}

static int child_probe(worker_child *c, int argc, char **argv) {
  if (argc != 2) return EXIT_FAILURE;
  child_reading r = {.file = argv[1], .status = "row"};
  hongzhu_input input;
  load_encodings();
  if (!foreign_child_open(&r.f, c, argv[0]) || !input_take(c, argv[1], &input, r.f.problems) || !seal(&r.f))
    return foreign_child_failed(&r.f);
  for (uint32_t i = 0; i < r.f.plugin->about.readers_count; i++) {
    const hongzhu_reader *one = &r.f.plugin->readers[i];
    worker_child_status(c, "probe", 0);
    int32_t sure = one->probe(one->context, &input);
    buffer out = {0};
    buffer_bytes(&out, &sure, sizeof sure);
    buffer_text(&out, one->name);
    worker_child_send(c, FRAME_SURE, out.at, out.length);
    buffer_free(&out);
  }
  worker_child_send(c, FRAME_ASKED, "", 0);
  frame order;
  if (!worker_child_receive(c, &order)) { /* that was all */
    worker_child_end(c);
    return EXIT_SUCCESS;
  }
  if (!take_order(&r, &order)) return foreign_child_failed(&r.f);
  worker_child_status(c, "begin", 0);
  return read_input(&r, &input);
}

const worker_role_row foreign_roles[] = {{"offers", child_offers},
                                         {"probe", child_probe},
                                         {"read", child_read},
                                         {"write", foreign_child_write},
                                         {NULL, NULL}};
