/* Readers in workers: how sure each is of a file, and the rows of one. */
#include "host/foreign_wire.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- how sure readers are ---- */

struct foreign_asked {
  arena *memory;
  const offers *all;
  const char *name;
  worker **workers; /* by offer, of the first reader of each plugin; NULL: ended, or never there */
  faults **found;   /* likewise */
};

/* The answers of one plugin's readers, which stand in `all` in any order. Its worker waits then. */
static bool take_answers(const foreign_asked *of, worker *w, const char *file, said doing, int *sure, bool *garbage,
                         faults *problems) {
  frame f;
  bool good;
  size_t answers = 0;
  while (worker_receive(w, &f, &good, problems)) {
    int32_t value = -1;
    if (f.type == FRAME_ASKED) return true;
    if (f.type == FRAME_SURE && f.length >= sizeof value && ++answers <= PLUGIN_OFFERS_MOST)
      memcpy(&value, f.bytes, sizeof value);
    *garbage = value < 0 || value > 100;
    if (*garbage)
      return foreign_garbage(w, doing, "a certainty that is not between 0 and 100", "不在0到100之间的把握程度",
                             problems);
    const char *name = (const char *)f.bytes + sizeof value;
    size_t length = f.length - sizeof value;
    for (size_t i = 0, reader = 0; i < of->all->count; i++) {
      const offer *o = &of->all->items[i];
      if (o->kind != OFFER_READER) continue;
      if (text_same(o->file, file) && strlen(o->name) == length && memcmp(o->name, name, length) == 0)
        sure[reader] = value;
      reader++;
    }
  }
  return false;
}

static said probing(arena *a, const offer *o, const char *name) {
  said out;
  out.in[LANGUAGE_EN] = arena_format(a, "plugin \"%s\" on \"%s\"", o->plugin, name);
  out.in[LANGUAGE_ZH] = arena_format(a, "插件“%s”判断“%s”时", o->plugin, name);
  return out;
}

/* Whether an earlier reader comes from the same file, which has been asked then. */
static bool asked_before(const offers *all, size_t which) {
  for (size_t i = 0; i < which; i++) {
    if (all->items[i].kind == OFFER_READER && text_same(all->items[i].file, all->items[which].file)) return true;
  }
  return false;
}

static uint64_t size_of(int descriptor) {
  struct stat about;
  return fstat(descriptor, &about) == 0 && about.st_size > 0 ? (uint64_t)about.st_size : 0;
}

foreign_asked *foreign_ask(const offers *all, int descriptor, const char *name) {
  arena *a = arena_new();
  foreign_asked *to = arena_take(a, sizeof *to);
  *to = (foreign_asked){.memory = a,
                        .all = all,
                        .name = name,
                        .workers = arena_array(a, all->count + 1, sizeof *to->workers),
                        .found = arena_array(a, all->count + 1, sizeof *to->found)};
  for (size_t i = 0; i < all->count; i++) {
    const offer *o = &all->items[i];
    if (o->kind != OFFER_READER || asked_before(all, i)) continue;
    to->found[i] = faults_new(a);
    const char *const arguments[] = {o->file, name, NULL}, *const libraries[] = {o->file, NULL};
    worker_order order = {.role = "probe",
                          .doing = probing(a, o, name),
                          .arguments = arguments,
                          .descriptors = &descriptor,
                          .descriptors_count = 1,
                          .libraries = libraries,
                          .seconds_in_all = foreign_reading_limits(size_of(descriptor)).seconds};
    to->workers[i] = worker_start(&order, to->found[i]);
  }
  return to;
}

void foreign_answers(foreign_asked *asked, int *sure) {
  size_t readers = 0;
  for (size_t i = 0; i < asked->all->count; i++)
    if (asked->all->items[i].kind == OFFER_READER) sure[readers++] = 0;
  for (size_t i = 0; i < asked->all->count; i++) {
    const offer *o = &asked->all->items[i];
    worker *w = asked->workers[i];
    bool garbage = false;
    if (!w || take_answers(asked, w, o->file, probing(asked->memory, o, asked->name), sure, &garbage, asked->found[i]))
      continue;
    if (!garbage) worker_finish(w, asked->found[i]);
    asked->workers[i] = NULL;
  }
}

void foreign_asked_end(foreign_asked *asked) {
  if (!asked) return;
  for (size_t i = 0; i < asked->all->count; i++) worker_stop(asked->workers[i]);
  arena_free(asked->memory);
}

bool foreign_probe(const offers *all, int descriptor, const char *name, int *sure, faults *problems) {
  foreign_asked *asked = foreign_ask(all, descriptor, name);
  foreign_answers(asked, sure);
  /* A plugin that fails here costs a warning: another may know the file. */
  bool good = true;
  for (size_t i = 0; i < all->count; i++) {
    if (!asked->found[i]) continue;
    if (!asked->workers[i] || !worker_finish(asked->workers[i], asked->found[i])) good = false;
    asked->workers[i] = NULL;
    foreign_warn(asked->found[i], problems);
  }
  foreign_asked_end(asked);
  return good;
}

/* ---- reading ---- */

#define ROWS_ANY    INT64_C(20000000) /* of any file, however small it was compressed */
#define BYTES_ANY   (UINT64_C(4) << 30)
#define BYTES_TIMES 16 /* of a text */
#define SECONDS_ANY 600
#define SECOND_OF   1000000 /* bytes of the file */

enum { ROWS_AT_ONCE = 128 };

reading_limits foreign_reading_limits(uint64_t size) {
  const uint64_t largest = UINT64_C(1) << 48; /* what comes of it fits where it is kept */
  if (size > largest) size = largest;
  reading_limits most = {ROWS_ANY, BYTES_ANY, SECONDS_ANY + (uint32_t)(size / SECOND_OF)};
  if ((int64_t)size / 2 > most.rows) most.rows = (int64_t)size / 2;
  if (size * BYTES_TIMES > most.bytes) most.bytes = size * BYTES_TIMES;
  return most;
}

typedef struct parent_reading {
  const reading *to;
  const char **cells;
  size_t cells_count, cells_capacity; /* of the rows at hand */
  int32_t sheet;
  int64_t row, rows;
  uint64_t bytes;
  reading_limits most;
  bool stopped;
  arena *names;
} parent_reading;

/* What is wrong with a frame, or NULL. */
typedef struct complaint {
  const char *en, *zh;
} complaint;

static complaint take_sheet(parent_reading *r, const frame *f) {
  uint32_t number;
  if (f->length < sizeof number) return (complaint){"a sheet without a number", "没有编号的工作表"};
  memcpy(&number, f->bytes, sizeof number);
  const char *name = (const char *)f->bytes + sizeof number;
  size_t length = f->length - sizeof number;
  if (number > SHEETS_MOST || (int32_t)number <= r->sheet)
    return (complaint){"sheets whose numbers do not rise", "编号没有递增的工作表"};
  if (length > PLUGIN_TEXT_MOST || !text_is_utf8(name, length))
    return (complaint){"a sheet's name that is no text", "不是文字的工作表名称"};
  r->sheet = (int32_t)number;
  r->row = 0;
  if (r->to->sheet && !r->to->sheet(r->to->context, r->sheet, arena_text_of(r->names, name, length))) r->stopped = true;
  return (complaint){NULL, NULL};
}

/* Whether so many bytes are ASCII with so many NULs among them. A sum of eight counters, of at most 255 each. */
static bool is_ascii(const char *at, size_t size, size_t nuls) {
  const uint64_t high = UINT64_C(0x8080808080808080);
  uint64_t eight, counters = 0;
  size_t others = 0, words = 0;
  for (size_t left = size; left > 0;) {
    size_t part = left < sizeof eight ? left : sizeof eight;
    eight = 0;
    memcpy(&eight, at, part);
    if ((eight & high) != 0) return false;
    counters += ((eight + ~high) & high) >> 7; /* what is no NUL is lifted above 0x7f */
    at += part;
    left -= part;
    if (++words % 255 != 0 && left > 0) continue;
    for (int i = 0; i < 8; i++) others += (counters >> 8 * i) & 0xff;
    counters = 0;
  }
  return others + nuls == size;
}

/* The texts of a row, each checked: lengths add up, a NUL stands behind each and nowhere else, all is UTF-8. Behind
 * them stands the next row. */
static complaint take_cells(parent_reading *r, const uint8_t *at, size_t left, uint32_t count, size_t *used) {
  const complaint wrong = {"a row whose lengths do not add up", "长度对不上的行"};
  size_t lengths = count * sizeof(uint32_t), present = 0;
  if (left < lengths) return wrong;
  if (r->cells_count + count > r->cells_capacity) {
    r->cells_capacity = 2 * (r->cells_count + count);
    r->cells = memory_resize(r->cells, r->cells_capacity * sizeof *r->cells);
  }
  const char *first = (const char *)at + lengths, *text = first;
  const char **cells = r->cells + r->cells_count;
  left -= lengths;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t length;
    memcpy(&length, at + i * sizeof length, sizeof length);
    cells[i] = NULL;
    if (length == ABSENT) continue;
    if (length >= left || text[length] != '\0') return wrong;
    cells[i] = text;
    text += length + 1;
    left -= (size_t)length + 1;
    present++;
  }
  if (!is_ascii(first, (size_t)(text - first), present)) {
    for (uint32_t i = 0; i < count; i++) {
      uint32_t length;
      memcpy(&length, at + i * sizeof length, sizeof length);
      if (cells[i] && !text_is_utf8(cells[i], length))
        return (complaint){"a cell that is no UTF-8", "不是UTF-8的单元格"};
    }
  }
  r->cells_count += count;
  *used = (size_t)(text - (const char *)at);
  return (complaint){NULL, NULL};
}

/* The next row of a frame; `used`: bytes of it. */
static complaint take_row(parent_reading *r, const uint8_t *at, size_t left, cell_row *out, size_t *used) {
  row_head head;
  if (left < sizeof head) return (complaint){"a row without a number", "没有行号的行"};
  memcpy(&head, at, sizeof head);
  if (head.count > CELLS_MOST) return (complaint){"a row with too many cells", "单元格过多的行"};
  if (head.row > INT64_MAX || (int64_t)head.row <= r->row)
    return (complaint){"rows whose numbers do not rise", "行号没有递增的行"};
  if (head.sheet != (uint32_t)r->sheet)
    return (complaint){"a row of a sheet that was not begun", "尚未开始的工作表的行"};
  complaint wrong = take_cells(r, at + sizeof head, left - sizeof head, head.count, used);
  if (wrong.en) return wrong;
  *used += sizeof head;
  if (++r->rows > r->most.rows || (r->bytes += *used) > r->most.bytes)
    return (complaint){"more rows than any file has", "多于任何文件的行"};
  r->row = (int64_t)head.row;
  *out = (cell_row){.sheet = r->sheet, .row = r->row, .count = head.count};
  return (complaint){NULL, NULL};
}

/* Some rows at a time: those before one that is wrong are given. */
static complaint take_rows(parent_reading *r, const frame *f) {
  complaint wrong = {NULL, NULL};
  for (size_t done = 0, used = 0; !wrong.en && !r->stopped && (done < f->length || used == 0);) {
    cell_row rows[ROWS_AT_ONCE];
    size_t count = 0;
    r->cells_count = 0;
    do {
      wrong = take_row(r, f->bytes + done, f->length - done, &rows[count], &used);
      if (wrong.en) break;
      done += used;
      count++;
    } while (count < ROWS_AT_ONCE && done < f->length);
    const char **cells = r->cells;
    for (size_t i = 0; i < count; cells += rows[i++].count) rows[i].cells = cells;
    if (count > 0 && r->to->soon) r->to->soon(r->to->context, rows, count);
    for (size_t i = 0; i < count && !r->stopped; i++) r->stopped = !r->to->row(r->to->context, &rows[i]);
  }
  return r->stopped ? (complaint){NULL, NULL} : wrong;
}

/* The worker of this reader's plugin that waits, told to go on; NULL where there is none. */
static worker *going_on(foreign_asked *asked, const offer *reader, const worker_order *order, faults *problems) {
  for (size_t i = 0; asked && i < asked->all->count; i++) {
    worker *w = asked->workers[i];
    if (!w || !text_same(asked->all->items[i].file, reader->file)) continue;
    asked->workers[i] = NULL;
    buffer all = {0}; /* all but the plugin and the name of the file, which it knows */
    buffer_bytes(&all, reader->name, strlen(reader->name) + 1);
    for (const char *const *at = order->arguments + 3; *at; at++) buffer_bytes(&all, *at, strlen(*at) + 1);
    worker_turn(w, order->doing);
    bool good = worker_send(w, FRAME_READ, all.at, all.length, problems) && worker_send_end(w, problems);
    buffer_free(&all);
    if (good) return w;
    worker_stop(w);
    return NULL;
  }
  return worker_start(order, problems);
}

bool foreign_read_asked(foreign_asked *asked, const offer *reader, int descriptor, const char *name,
                        const option_value *options, size_t options_count, const reading *to, faults *problems) {
  arena *a = arena_new();
  const char *const fixed[] = {reader->file, reader->name, name, NULL}, *const libraries[] = {reader->file, NULL};
  const char *const *arguments = foreign_arguments(a, reader, fixed, options, options_count, problems);
  uint64_t size = size_of(descriptor);
  parent_reading r = {.to = to, .names = a, .most = foreign_reading_limits(size)};
  worker_order order = {.role = "read",
                        .doing = foreign_doing(a, reader, name),
                        .arguments = arguments,
                        .descriptors = &descriptor,
                        .descriptors_count = 1,
                        .libraries = libraries,
                        .seconds_in_all = r.most.seconds};
  worker *w = arguments ? going_on(asked, reader, &order, problems) : NULL;
  bool good = false;
  frame f;
  while (w && worker_receive(w, &f, &good, problems)) {
    uint64_t used = to->used ? worker_used(w) : 0;
    if (used > 0) to->used(to->context, used < size ? used : size, size);
    complaint wrong = f.type == FRAME_ROWS    ? take_rows(&r, &f)
                      : f.type == FRAME_SHEET ? take_sheet(&r, &f)
                                              : (complaint){"what is neither sheet nor row", "既非工作表也非行的内容"};
    if (wrong.en) {
      foreign_garbage(w, order.doing, wrong.en, wrong.zh, problems);
      w = NULL;
      good = false;
    } else if (r.stopped) {
      worker_stop(w);
      w = NULL;
      good = true;
    }
    if (!w) break;
  }
  if (w) good = worker_finish(w, problems) && good;
  free(r.cells);
  arena_free(a);
  return good;
}

bool foreign_read(const offer *reader, int descriptor, const char *name, const option_value *options,
                  size_t options_count, const reading *to, faults *problems) {
  return foreign_read_asked(NULL, reader, descriptor, name, options, options_count, to, problems);
}
