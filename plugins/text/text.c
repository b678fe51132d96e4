/* The writer "text": a report for the terminal, in columns that stay straight with Chinese in them, without colours. */
#include "layout.h"
#include "table.h"

#include <string.h>

typedef struct counts {
  unsigned tables, charts;
} counts;

static void blank_line(page *p) {
  page_text(p, "\n");
}

/* The clean text of spans, figures printed as their values. */
static void add_spans(page *p, strip *s, const hongzhu_event *event) {
  for (size_t i = 0; i < event->spans_count; i++) strip_add(p, s, layout_span(HONGZHU_AT(event->spans, i)));
}

static void line_of_text(page *p, strip *s, hongzhu_text text) {
  strip_clear(s);
  strip_add(p, s, text);
  if (s->length > 0 && p->result == HONGZHU_OK) page_wrapped(p, s->at, s->length, 0, 0);
}

static void title(page *p, strip *s, const hongzhu_event *event) {
  line_of_text(p, s, event->text);
  size_t widest = s->length == 0 ? 0 : layout_width(s->at, s->length);
  line_of_text(p, s, event->note);
  line_of_text(p, s, p->io->day);
  if (widest < 20) widest = 20;
  page_repeat(p, "═", widest < p->width ? widest : p->width);
  blank_line(p);
}

static void heading(page *p, strip *s, const hongzhu_event *event) {
  line_of_text(p, s, event->text);
  if (event->level > 1 || s->length == 0) return;
  size_t width = layout_width(s->at, s->length);
  page_repeat(p, "─", width < p->width ? width : p->width);
  blank_line(p);
}

static void number_text(char out[16], unsigned number) {
  char digits[12];
  size_t count = 0, at = 0;
  do digits[count++] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  while (count > 0) out[at++] = digits[--count];
  out[at] = '\0';
}

static void caption(page *p, strip *s, const char *zh, const char *en, unsigned number, hongzhu_text text) {
  char digits[16];
  number_text(digits, number);
  strip_clear(s);
  strip_add(p, s, layout_text(p->chinese ? zh : en));
  strip_add(p, s, layout_text(digits));
  if (text.length > 0) {
    strip_add(p, s, layout_text(p->chinese ? "　" : ". "));
    strip_add(p, s, text);
  }
  if (p->result == HONGZHU_OK) page_wrapped(p, s->at, s->length, 0, 0);
}

static void paragraph(page *p, strip *s, const hongzhu_event *event, bool note) {
  strip_clear(s);
  if (note) strip_add(p, s, layout_text(p->chinese ? "注：" : "Note: "));
  add_spans(p, s, event);
  if (s->length == 0 || p->result != HONGZHU_OK) return;
  page_wrapped(p, s->at, s->length, note || !p->chinese ? 0 : 4, 0);
}

static void one_event(page *p, strip *s, const hongzhu_event *event, counts *numbers, bool trace) {
  if (event->kind == HONGZHU_EVENT_PAGE) return;
  if (event->kind != HONGZHU_EVENT_DOCUMENT) blank_line(p);
  switch (event->kind) {
  case HONGZHU_EVENT_DOCUMENT:
    title(p, s, event);
    break;
  case HONGZHU_EVENT_HEADING:
    heading(p, s, event);
    break;
  case HONGZHU_EVENT_PARAGRAPH:
    paragraph(p, s, event, false);
    break;
  case HONGZHU_EVENT_NOTE:
    paragraph(p, s, event, true);
    break;
  case HONGZHU_EVENT_FIGURES:
    table_figures(p, event, trace);
    break;
  case HONGZHU_EVENT_TABLE:
    caption(p, s, "表", "Table ", ++numbers->tables, event->text);
    table_rows(p, event);
    break;
  case HONGZHU_EVENT_CHART:
    caption(p, s, "图", "Chart ", ++numbers->charts, event->text);
    table_chart(p, event);
    break;
  default:
    break;
  }
}

static bool is_known(uint32_t kind) {
  return kind >= HONGZHU_EVENT_DOCUMENT && kind <= HONGZHU_EVENT_NOTE;
}

static size_t width_option(const hongzhu_write *io) {
  hongzhu_text text = io->option(io->host, "width");
  size_t width = 0;
  for (size_t i = 0; i < text.length && text.at[i] >= '0' && text.at[i] <= '9' && width < 10000; i++)
    width = width * 10 + (size_t)(text.at[i] - '0');
  return width < 40 ? 40 : width > 1000 ? 1000 : width;
}

static bool same(hongzhu_text text, const char *word) {
  return text.at != NULL && text.length == strlen(word) && memcmp(text.at, word, text.length) == 0;
}

static int write_text(void *context, const hongzhu_write *io) {
  (void)context;
  page p = {.io = io, .width = width_option(io), .chinese = same(io->language, "zh"), .result = HONGZHU_OK};
  bool trace = same(io->option(io->host, "trace"), "true");
  counts numbers = {0};
  strip s = {0};
  while (p.result == HONGZHU_OK) {
    const hongzhu_event *event = NULL;
    p.result = io->next(io->host, &event);
    if (p.result != HONGZHU_OK || event->kind == HONGZHU_EVENT_END) break;
    if (is_known(event->kind)) one_event(&p, &s, event, &numbers, trace);
  }
  page_flush(&p);
  strip_free(&s);
  strip_free(&p.out);
  return p.result;
}

static const hongzhu_option options[] = {
    {sizeof(hongzhu_option), "width", "whole", "80", "每行的列数，40 至 1000，一个汉字占两列。",
     "Columns in a line, 40 to 1000; a Chinese character takes two."},
    {sizeof(hongzhu_option), "trace", "truth", "false", "在每个关键数字下面写出列出其依据行的命令。",
     "Prints under each key figure the command that lists the rows behind it."},
};

static const hongzhu_writer writer = {
    .size = sizeof(hongzhu_writer),
    .name = "text",
    .title_zh = "终端文本",
    .title_en = "text for the terminal",
    .extension = "txt",
    .mime = "text/plain; charset=utf-8",
    .options = options,
    .options_count = sizeof options / sizeof *options,
    .write = write_text,
};

static const hongzhu_writer *const writers[] = {&writer};

static const hongzhu_plugin plugin = {
    .size = sizeof(hongzhu_plugin),
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "text",
    .version = HONGZHU_VERSION,
    .license = "MIT",
    .title_zh = "文本报告",
    .title_en = "text reports",
    .writers = writers,
    .writers_count = 1,
};

const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
