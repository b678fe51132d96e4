/* The writer "csv": the figures and tables of a report for a spreadsheet, UTF-8 with a byte order mark, RFC 4180.
 *
 * Each group of key figures, each table and each chart is a section: a line with its caption, a line of column titles,
 * its rows, an empty line. Figures that stand in sentences come last, in a section of their own. No cell is taken for a
 * formula: what begins like one gets an apostrophe, unless it is a number.
 */
#include "hongzhu/plugin.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct bytes {
  char *at;
  size_t length, capacity;
} bytes;

typedef struct output {
  const hongzhu_write *io;
  bytes now;      /* lines not put yet */
  bytes sentence; /* lines of figures in sentences, kept for the end */
  bytes *to;
  bool chinese, first_cell;
  unsigned tables, charts;
  int result;
} output;

static hongzhu_text literal(const char *text) {
  return (hongzhu_text){text, text == NULL ? 0 : strlen(text)};
}

static bool same(hongzhu_text text, const char *word) {
  return text.at != NULL && text.length == strlen(word) && memcmp(text.at, word, text.length) == 0;
}

static void raw(output *o, const char *at, size_t length) {
  bytes *b = o->to;
  if (o->result != HONGZHU_OK || length == 0) return;
  if (b->capacity - b->length < length) {
    size_t capacity = (b->length + length) * 2 + 1024;
    char *larger = realloc(b->at, capacity);
    if (larger == NULL) {
      o->io->fail(o->io->host, literal("没有足够的内存写出这份表格"),
                  literal("there is not enough memory to write these tables"));
      o->result = HONGZHU_FAILED;
      return;
    }
    b->at = larger;
    b->capacity = capacity;
  }
  memcpy(b->at + b->length, at, length);
  b->length += length;
}

static void put(output *o) {
  if (o->result == HONGZHU_OK && o->now.length > 0) o->result = o->io->put(o->io->host, o->now.at, o->now.length);
  o->now.length = 0;
}

/* ---- cells ---- */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* A number as a spreadsheet reads one: sign, digits, a point and digits, a percent sign. */
static bool is_number(hongzhu_text text) {
  size_t i = text.length > 0 && (text.at[0] == '-' || text.at[0] == '+') ? 1 : 0, digits = 0, decimals = 0;
  for (; i < text.length && is_digit(text.at[i]); i++) digits++;
  if (i < text.length && text.at[i] == '.')
    for (i++; i < text.length && is_digit(text.at[i]); i++) decimals++;
  if (i < text.length && text.at[i] == '%') i++;
  return digits > 0 && i == text.length && (decimals > 0 || text.at[text.length - 1] != '.');
}

static bool begins(hongzhu_text text, const char *with) {
  size_t length = strlen(with);
  return text.length >= length && memcmp(text.at, with, length) == 0;
}

static bool is_control(char c) {
  return ((unsigned char)c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
}

/* The full-width signs are formulas too in the Chinese editions of the usual programs. Control characters are left out
 * of cells, and blanks and quotes are passed over by some programs, so what follows them decides. */
static bool is_formula(hongzhu_text text) {
  static const char *const starts[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"}, *const before[] = {" ",
                                                                                                       "\"",
                                                                                                       "\xc2\xa0",
                                                                                                       "\xe3\x80\x80",
                                                                                                       "\xef\xbb\xbf",
                                                                                                       "\xe2\x80\x8b"};
  for (bool more = true; more && text.length > 0;) {
    if (*text.at == '\t' || *text.at == '\n') return true;
    size_t size = is_control(*text.at) ? 1 : 0;
    for (size_t i = 0; i < sizeof before / sizeof *before && size == 0; i++)
      if (begins(text, before[i])) size = strlen(before[i]);
    text = (hongzhu_text){text.at + size, text.length - size};
    more = size > 0;
  }
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (begins(text, starts[i])) return !is_number(text);
  return false;
}

static void cell(output *o, hongzhu_text text) {
  bool quoted = false;
  if (!o->first_cell) raw(o, ",", 1);
  o->first_cell = false;
  if (text.at == NULL || text.length == 0) return;
  for (size_t i = 0; i < text.length; i++)
    if (memchr("\",\n\r", text.at[i], 4) != NULL) quoted = true;
  if (text.at[0] == ' ' || text.at[text.length - 1] == ' ') quoted = true;
  if (quoted) raw(o, "\"", 1);
  if (is_formula(text)) raw(o, "'", 1);
  for (size_t i = 0; i < text.length; i++) {
    if (text.at[i] == '"') raw(o, "\"", 1);
    if (!is_control(text.at[i])) raw(o, text.at + i, 1);
  }
  if (quoted) raw(o, "\"", 1);
}

static void line_end(output *o) {
  raw(o, "\r\n", 2);
  o->first_cell = true;
}

static void line(output *o, hongzhu_text text) {
  cell(o, text);
  line_end(o);
}

static void say(output *o, const char *zh, const char *en) {
  cell(o, literal(o->chinese ? zh : en));
}

static void number(output *o, uint64_t value) {
  char digits[21];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + value % 10);
  while ((value /= 10) > 0);
  cell(o, (hongzhu_text){digits + at, sizeof digits - at});
}

static hongzhu_text printed(const hongzhu_span *span) {
  return span->text.at == NULL && span->figure != NULL ? span->figure->value : span->text;
}

/* ---- sections ---- */

static void figure_titles(output *o) {
  say(o, "指标", "figure");
  say(o, "数值", "value");
  say(o, "单位", "unit");
  say(o, "说明", "marker");
  say(o, "口径", "definition");
  say(o, "依据行数", "rows behind it");
  say(o, "追溯命令", "trace command");
  line_end(o);
}

static void figure(output *o, const hongzhu_figure *f) {
  cell(o, f->title);
  cell(o, f->value);
  cell(o, f->unit);
  cell(o, f->marker);
  cell(o, f->definition);
  number(o, f->origins_total);
  cell(o, f->trace);
  line_end(o);
}

static void key_figures(output *o, const hongzhu_event *event) {
  say(o, "关键数字", "key figures");
  line_end(o);
  figure_titles(o);
  for (size_t i = 0; i < event->figures_count; i++) figure(o, HONGZHU_AT(event->figures, i));
  line_end(o);
}

static void caption(output *o, const char *zh, const char *en, unsigned which, hongzhu_text text) {
  bytes *before = o->to, made = {0};
  char digits[12];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + which % 10);
  while ((which /= 10) > 0);
  o->to = &made;
  hongzhu_text kind = literal(o->chinese ? zh : en);
  raw(o, kind.at, kind.length);
  raw(o, digits + at, sizeof digits - at);
  hongzhu_text gap = literal(o->chinese ? "　" : ". ");
  if (text.length > 0) raw(o, gap.at, gap.length);
  raw(o, text.at, text.length);
  o->to = before;
  if (made.at != NULL) line(o, (hongzhu_text){made.at, made.length});
  free(made.at);
}

static void table(output *o, const hongzhu_event *event) {
  for (size_t i = 0; i < event->columns_count; i++) cell(o, HONGZHU_AT(event->columns, i)->title);
  if (event->columns_count > 0) line_end(o);
  for (size_t row = 0; row < event->rows_count; row++) {
    for (size_t i = 0; i < event->columns_count; i++)
      cell(o, printed(HONGZHU_AT(event->cells, row * event->columns_count + i)));
    line_end(o);
  }
  line_end(o);
}

static void sentence_figures(output *o, const hongzhu_event *event) {
  o->to = &o->sentence;
  for (size_t i = 0; i < event->spans_count; i++) {
    const hongzhu_span *span = HONGZHU_AT(event->spans, i);
    if (span->figure != NULL) figure(o, span->figure);
  }
  o->to = &o->now;
}

static void one_event(output *o, const hongzhu_event *event) {
  switch (event->kind) {
  case HONGZHU_EVENT_DOCUMENT:
    line(o, event->text);
    if (event->note.length > 0) line(o, event->note);
    line(o, o->io->day);
    line_end(o);
    break;
  case HONGZHU_EVENT_PARAGRAPH:
  case HONGZHU_EVENT_NOTE:
    sentence_figures(o, event);
    break;
  case HONGZHU_EVENT_FIGURES:
    key_figures(o, event);
    break;
  case HONGZHU_EVENT_TABLE:
    caption(o, "表", "Table ", ++o->tables, event->text);
    table(o, event);
    break;
  case HONGZHU_EVENT_CHART:
    caption(o, "图", "Chart ", ++o->charts, event->text);
    table(o, event);
    break;
  default:
    break;
  }
  put(o);
}

static int write_csv(void *context, const hongzhu_write *io) {
  (void)context;
  output o = {.io = io, .chinese = same(io->language, "zh"), .first_cell = true, .result = HONGZHU_OK};
  o.to = &o.now;
  if (!same(io->option(io->host, "bom"), "false")) raw(&o, "\xef\xbb\xbf", 3);
  while (o.result == HONGZHU_OK) {
    const hongzhu_event *event = NULL;
    o.result = io->next(io->host, &event);
    if (o.result != HONGZHU_OK || event->kind == HONGZHU_EVENT_END) break;
    one_event(&o, event);
  }
  if (o.result == HONGZHU_OK && o.sentence.length > 0) {
    say(&o, "正文中的数字", "figures in the text");
    line_end(&o);
    figure_titles(&o);
    raw(&o, o.sentence.at, o.sentence.length);
  }
  put(&o);
  free(o.now.at);
  free(o.sentence.at);
  return o.result;
}

static const hongzhu_option options[] = {
    {sizeof(hongzhu_option), "bom", "truth", "true", "文件以字节顺序标记开头，办公软件据此识别 UTF-8。",
     "Begins with a byte order mark, by which office programs recognise UTF-8."},
};

static const hongzhu_writer writer = {
    .size = sizeof(hongzhu_writer),
    .name = "csv",
    .title_zh = "逗号分隔的表格",
    .title_en = "comma-separated tables",
    .extension = "csv",
    .mime = "text/csv; charset=utf-8",
    .options = options,
    .options_count = sizeof options / sizeof *options,
    .write = write_csv,
};

static const hongzhu_writer *const writers[] = {&writer};

static const hongzhu_plugin plugin = {
    .size = sizeof(hongzhu_plugin),
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "table",
    .version = HONGZHU_VERSION,
    .license = "MIT",
    .title_zh = "表格报告",
    .title_en = "reports as tables",
    .writers = writers,
    .writers_count = 1,
};

const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
