/* `plugin check`: the table, then each offer made to work on what it will meet sooner or later. */
#include "base/digest.h"
#include "base/system.h"
#include "host/foreign_wire.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- readers ---- */

#define NOISE_BYTES 65536

typedef struct bad_input {
  const char *name;
  const char *text; /* NULL: noise */
} bad_input;

static const bad_input bad_inputs[] = {
    {"empty", ""},
    {"text", "this file is of no format\nthat anybody knows\n"},
    {"quotes", "\"\"\"\",\"\n\r\r\n\"\t,,,,\"\xEF\xBB\xBF\xFF\xFE"},
    {"archive", "PK\x03\x04\x14\x00\x00\x00\x08\x00"},
    {"noise", NULL},
};

/* The same bytes each time: a plugin that passed passes again. */
static void noise(uint8_t *to, size_t size) {
  uint32_t state = 12345;
  for (size_t i = 0; i < size; i++) {
    state = state * 1664525u + 1013904223u;
    to[i] = (uint8_t)(state >> 24);
  }
}

static int input_file(const bad_input *input) {
  int file = memfd_create("input", MFD_CLOEXEC);
  if (file < 0) return -1;
  size_t size = input->text ? strlen(input->text) : NOISE_BYTES;
  uint8_t *bytes = memory_take(size);
  if (input->text)
    memcpy(bytes, input->text, size);
  else
    noise(bytes, size);
  bool good = size == 0 || write(file, bytes, size) == (ssize_t)size;
  free(bytes);
  if (good) return file;
  close(file);
  return -1;
}

static bool any_row(void *context, const cell_row *row) {
  (void)context;
  (void)row;
  return true;
}

/* Refusing such a file is right; dying on it is not. */
static void keep_foreign(const faults *from, faults *to) {
  for (size_t i = 0; i < from->count; i++) {
    const fault *f = &from->items[i];
    if (f->kind != FAULT_FOREIGN) continue;
    fault_add(to, f->where, "%s%.0s", "%.0s%s", f->what.in[LANGUAGE_EN], f->what.in[LANGUAGE_ZH]);
    fault_mark(to, FAULT_FOREIGN);
  }
}

static bool no_memory_file(faults *problems) {
  return fault_add(problems, NOWHERE, "no file could be made to check with: %s%.0s", "无法建立用于检查的文件：%.0s%s",
                   SYSTEM_WORDS(errno));
}

static void check_reader(arena *a, const offer *o, faults *problems) {
  const offers one = {(offer *)o, 1, 0};
  for (size_t i = 0; i < sizeof bad_inputs / sizeof *bad_inputs; i++) {
    int file = input_file(&bad_inputs[i]);
    if (file < 0) {
      no_memory_file(problems);
      return;
    }
    faults *found = faults_new(a);
    int sure = 0;
    if (!foreign_probe(&one, file, bad_inputs[i].name, &sure, found)) {
      for (size_t j = 0; j < found->count; j++) found->items[j].kind = FAULT_FOREIGN; /* warnings by now */
    }
    const reading to = {.row = any_row};
    foreign_read(o, file, bad_inputs[i].name, NULL, 0, &to, found);
    keep_foreign(found, problems);
    close(file);
  }
}

/* ---- writers ---- */

#define TEXT(literal)                                                                                                  \
  { literal, sizeof literal - 1 }

static const hongzhu_origin sample_origins[] = {
    {sizeof(hongzhu_origin), TEXT("名单.xlsx"), TEXT("名单"), TEXT("T01 | <b>&\"' | =1+1"), 3},
    {sizeof(hongzhu_origin), TEXT("notes.csv"), {NULL, 0}, TEXT("T02"), 17},
};
static const hongzhu_figure sample_figures[] = {
    {sizeof(hongzhu_figure),
     TEXT("f1"),
     TEXT("参训人数 <trainees>"),
     TEXT("10"),
     TEXT("人"),
     {NULL, 0},
     TEXT("名单中不同人员的数目"),
     TEXT("hongzhu trace f1"),
     sample_origins,
     2,
     250},
    {sizeof(hongzhu_figure),
     TEXT("f2"),
     TEXT("observations"),
     TEXT("200余"),
     TEXT("节"),
     TEXT("至少"),
     {NULL, 0},
     {NULL, 0},
     NULL,
     0,
     0},
};
static const hongzhu_span sample_spans[] = {
    {sizeof(hongzhu_span), TEXT("共 "), NULL},
    {sizeof(hongzhu_span), {NULL, 0}, &sample_figures[0]},
    {sizeof(hongzhu_span), TEXT(" & <script>alert(1)</script>\n=1+1"), NULL},
};
static const hongzhu_column sample_columns[] = {{sizeof(hongzhu_column), TEXT("学校"), 0},
                                                {sizeof(hongzhu_column), TEXT("人数"), 1}};
static const hongzhu_span sample_cells[] = {
    {sizeof(hongzhu_span), TEXT("第一中学"), NULL},
    {sizeof(hongzhu_span), {NULL, 0}, &sample_figures[0]},
    {sizeof(hongzhu_span), {NULL, 0}, NULL},
    {sizeof(hongzhu_span), {NULL, 0}, &sample_figures[1]},
};

/* A document with every kind of event, absent texts, empty tables and one kind of a newer version. */
static const hongzhu_event sample_events[] = {
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_DOCUMENT, .text = TEXT("检查 <check>"), .note = TEXT("样例")},
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_HEADING, .level = 1, .text = TEXT("1 总体")},
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_PARAGRAPH, .spans = sample_spans, .spans_count = 3},
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_FIGURES, .figures = sample_figures, .figures_count = 2},
    {.size = sizeof(hongzhu_event),
     .kind = HONGZHU_EVENT_TABLE,
     .text = TEXT("各校"),
     .columns = sample_columns,
     .columns_count = 2,
     .cells = sample_cells,
     .rows_count = 2},
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_TABLE, .columns = sample_columns, .columns_count = 2},
    {.size = sizeof(hongzhu_event),
     .kind = HONGZHU_EVENT_CHART,
     .text = TEXT("各校"),
     .columns = sample_columns,
     .columns_count = 2,
     .cells = sample_cells,
     .rows_count = 2,
     .chart = TEXT("bar"),
     .svg = TEXT("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"></svg>")},
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_PAGE},
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_NOTE, .spans = sample_spans, .spans_count = 1},
    {.size = sizeof(hongzhu_event), .kind = 999},
};

static bool write_sample(const offer *o, const char *in, digest *out, off_t *size, faults *problems) {
  const document d = {.language = in,
                      .day = "2025-08-15",
                      .events = (hongzhu_event *)sample_events,
                      .count = sizeof sample_events / sizeof *sample_events};
  int file = memfd_create("output", MFD_CLOEXEC);
  if (file < 0) return no_memory_file(problems);
  bool good = foreign_write(o, &d, NULL, 0, file, problems) && digest_of_file(file, out);
  *size = lseek(file, 0, SEEK_END);
  close(file);
  return good;
}

static void check_writer(const offer *o, faults *problems) {
  digest first, again;
  off_t size = 0;
  if (!write_sample(o, "en", &first, &size, problems) || !write_sample(o, "zh", &first, &size, problems) ||
      !write_sample(o, "zh", &again, &size, problems))
    return;
  if (size == 0) fault_add(problems, NOWHERE, "writer \"%s\" wrote nothing", "输出器“%s”没有输出任何内容", o->name);
  if (digest_same(first, again)) return;
  fault_add(problems, NOWHERE, "writer \"%s\" gave other bytes for the same document",
            "输出器“%s”对同一文档两次输出不一致", o->name);
  fault_next(problems, "leave out clock, random values and addresses; io->day is the only date",
             "不要使用时钟、随机值和地址；唯一的日期是 io->day");
}

bool offers_check(arena *a, const char *file, offers *out, faults *problems) {
  size_t before = problems->errors;
  if (!offers_check_table(a, file, out, problems)) return false;
  for (size_t i = 0; i < out->count; i++) {
    const offer *o = &out->items[i];
    if (o->kind == OFFER_READER) check_reader(a, o, problems);
    if (o->kind == OFFER_WRITER) check_writer(o, problems);
  }
  return problems->errors == before;
}
