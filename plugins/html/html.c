/* The writer "html": one file that needs nothing else: no script, no network, its style sheet inside and named by its
 * digest in the content-security policy. Figures open to their rows with <details>; it prints on A4.
 */
#include "figure.h"
#include "sheet.h"
#include "style.h"

#include <string.h>

static hongzhu_text printed(const hongzhu_span *span) {
  return span->text.at == NULL && span->figure != NULL ? span->figure->value : span->text;
}

/* ---- headings and text ---- */

static void masthead(sheet *s, const hongzhu_event *event) {
  sheet_raw(s, "<header class=\"masthead\">\n<h1>");
  sheet_text(s, event->text);
  sheet_raw(s, "</h1>\n");
  if (event->note.length > 0) {
    sheet_raw(s, "<p class=\"subtitle\">");
    sheet_text(s, event->note);
    sheet_raw(s, "</p>\n");
  }
  sheet_raw(s, "<p class=\"day\"><time datetime=\"");
  sheet_text(s, s->io->day);
  sheet_raw(s, "\">");
  sheet_day(s, s->io->day);
  sheet_raw(s, "</time></p>\n</header>\n");
}

static void hint(sheet *s) {
  if (!s->opens) return;
  sheet_raw(s, "<p class=\"hint\">");
  sheet_raw(s, sheet_say(s, "带下划线的数字和卡片可以点开，查看口径和它依据的文件、工作表与行。",
                         "Underlined numbers and cards open to show how they are computed and the rows behind them."));
  sheet_raw(s, "</p>\n");
}

static void heading(sheet *s, const hongzhu_event *event) {
  uint32_t level = event->level < 1 ? 1 : event->level > 4 ? 4 : event->level;
  s->headings++;
  sheet_raw(s, "<h");
  sheet_number(s, level + 1);
  sheet_raw(s, " id=\"section-");
  sheet_number(s, s->headings);
  sheet_raw(s, "\">");
  sheet_text(s, event->text);
  sheet_raw(s, "</h");
  sheet_number(s, level + 1);
  sheet_raw(s, ">\n");
  if (level > 2) return;
  s->to = &s->contents;
  sheet_raw(s, level == 1 ? "<li><a href=\"#section-" : "<li class=\"below\"><a href=\"#section-");
  sheet_number(s, s->headings);
  sheet_raw(s, "\">");
  sheet_text(s, event->text);
  sheet_raw(s, "</a></li>\n");
  s->to = &s->body;
}

/* A paragraph with figures that open is a division: <details> may not stand in <p>. */
static void paragraph(sheet *s, const hongzhu_event *event, const char *class) {
  bool opens = false;
  for (size_t i = 0; i < event->spans_count; i++)
    if (HONGZHU_AT(event->spans, i)->figure != NULL) opens = true;
  sheet_raw(s, opens ? "<div role=\"paragraph\" class=\"" : "<p class=\"");
  sheet_raw(s, class);
  sheet_raw(s, "\">");
  if (strcmp(class, "note") == 0) {
    sheet_raw(s, "<span class=\"label\">");
    sheet_raw(s, sheet_say(s, "注", "Note"));
    sheet_raw(s, "</span>");
  }
  for (size_t i = 0; i < event->spans_count; i++) {
    const hongzhu_span *span = HONGZHU_AT(event->spans, i);
    if (span->figure != NULL)
      figure_in_text(s, printed(span), span->figure);
    else
      sheet_text(s, span->text);
  }
  sheet_raw(s, opens ? "</div>\n" : "</p>\n");
}

static void key_figures(sheet *s, const hongzhu_event *event) {
  sheet_raw(s, "<div class=\"cards\">\n");
  for (size_t i = 0; i < event->figures_count; i++) figure_card(s, HONGZHU_AT(event->figures, i));
  sheet_raw(s, "</div>\n");
}

/* ---- tables and charts ---- */

static const char *alignment(const hongzhu_column *column) {
  return column->align == 1 ? "right" : column->align == 2 ? "centre" : "left";
}

/* What may not be broken: codes, dates and numbers, and on a screen short words too. */
static const char *firmness(hongzhu_text text) {
  size_t count = 0;
  bool plain = true;
  for (size_t i = 0; i < text.length; i++) {
    if (((unsigned char)text.at[i] & 0xc0) != 0x80) count++;
    if (text.at[i] == ' ' || (unsigned char)text.at[i] >= 0x80) plain = false;
  }
  return plain && count <= 14 ? " code" : count <= 8 ? " short" : "";
}

static void table_cell(sheet *s, const hongzhu_event *event, const hongzhu_span *span, size_t column) {
  const char *align = alignment(HONGZHU_AT(event->columns, column));
  const char *tag = column == 0 ? "th" : "td";
  sheet_raw(s, "<");
  sheet_raw(s, tag);
  sheet_raw(s, column == 0 ? " scope=\"row\" class=\"" : " class=\"");
  sheet_raw(s, align);
  sheet_raw(s, firmness(printed(span)));
  sheet_raw(s, "\">");
  if (span->figure != NULL)
    figure_in_cell(s, printed(span), span->figure, s->tables + s->charts);
  else
    sheet_text(s, printed(span));
  sheet_raw(s, "</");
  sheet_raw(s, tag);
  sheet_raw(s, ">");
}

static void rows(sheet *s, const hongzhu_event *event) {
  sheet_raw(s, "<table><thead><tr>");
  for (size_t i = 0; i < event->columns_count; i++) {
    const hongzhu_column *column = HONGZHU_AT(event->columns, i);
    sheet_raw(s, "<th scope=\"col\" class=\"");
    sheet_raw(s, alignment(column));
    sheet_raw(s, "\">");
    sheet_text(s, column->title);
    sheet_raw(s, "</th>");
  }
  sheet_raw(s, "</tr></thead><tbody>\n");
  for (size_t row = 0; row < event->rows_count; row++) {
    sheet_raw(s, "<tr>");
    for (size_t i = 0; i < event->columns_count; i++)
      table_cell(s, event, HONGZHU_AT(event->cells, row * event->columns_count + i), i);
    sheet_raw(s, "</tr>\n");
  }
  sheet_raw(s, "</tbody></table>\n");
}

static void caption(sheet *s, const char *kind, const char *zh, const char *en, unsigned number, hongzhu_text text) {
  sheet_raw(s, "<figure class=\"");
  sheet_raw(s, kind);
  sheet_raw(s, "\" id=\"");
  sheet_raw(s, kind);
  sheet_raw(s, "-");
  sheet_number(s, number);
  sheet_raw(s, "\"><figcaption><span class=\"label\">");
  sheet_raw(s, sheet_say(s, zh, en));
  sheet_raw(s, " ");
  sheet_number(s, number);
  sheet_raw(s, "</span>");
  sheet_text(s, text);
  sheet_raw(s, "</figcaption>\n");
}

static void scroll(sheet *s, const char *breadth, hongzhu_text title) {
  sheet_raw(s, "<div class=\"scroll ");
  sheet_raw(s, breadth);
  sheet_raw(s, "\" role=\"region\" tabindex=\"0\" aria-label=\"");
  sheet_text(s, title);
  sheet_raw(s, "\">");
}

static void table(sheet *s, const hongzhu_event *event) {
  caption(s, "table", "表", "Table", ++s->tables, event->text);
  const char *breadth = event->columns_count > 9 ? "broad" : event->columns_count > 6 ? "wide" : "narrow";
  scroll(s, breadth, event->text);
  rows(s, event);
  sheet_raw(s, "</div></figure>\n");
}

static void chart(sheet *s, const hongzhu_event *event) {
  caption(s, "chart", "图", "Chart", ++s->charts, event->text);
  bool drawn = event->svg.length > 0;
  if (drawn) {
    sheet_raw(s, "<div class=\"picture\">");
    sheet_bytes(s, event->svg.at, event->svg.length);
    sheet_raw(s, "</div>\n");
  }
  if (event->columns_count > 0) {
    if (drawn) {
      sheet_raw(s, "<details class=\"data\"><summary>");
      sheet_raw(s, sheet_say(s, "图中数据", "the numbers in this chart"));
      sheet_raw(s, "</summary>");
    }
    scroll(s, "narrow", event->text);
    rows(s, event);
    sheet_raw(s, drawn ? "</div></details>\n" : "</div>\n");
  }
  sheet_raw(s, "</figure>\n");
}

/* ---- the page ---- */

static void base64(sheet *s, const unsigned char *at, size_t length) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < length; i += 3) {
    unsigned left = (unsigned)(length - i);
    unsigned three = (unsigned)at[i] << 16 | (left > 1 ? (unsigned)at[i + 1] << 8 : 0) | (left > 2 ? at[i + 2] : 0);
    const char four[] = {digits[three >> 18], digits[three >> 12 & 63], left > 1 ? digits[three >> 6 & 63] : '=',
                         left > 2 ? digits[three & 63] : '='};
    sheet_bytes(s, four, sizeof four);
  }
}

static void head(sheet *s, const bytes *title) {
  sheet_raw(s, s->chinese ? "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
                          : "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
  sheet_raw(s, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
  base64(s, style_digest, sizeof style_digest);
  sheet_raw(s, "'; base-uri 'none'; form-action 'none'\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  sheet_text(s, (hongzhu_text){title->at == NULL ? "" : title->at, title->length});
  sheet_raw(s, "</title>\n<style>");
  sheet_bytes(s, (const char *)style_sheet, style_length);
  sheet_raw(s, "</style>\n</head>\n<body>\n");
}

static void one_event(sheet *s, bytes *title, const hongzhu_event *event) {
  switch (event->kind) {
  case HONGZHU_EVENT_DOCUMENT:
    s->to = title;
    sheet_bytes(s, event->text.at, event->text.length);
    s->to = &s->masthead;
    masthead(s, event);
    s->to = &s->body;
    break;
  case HONGZHU_EVENT_HEADING:
    heading(s, event);
    break;
  case HONGZHU_EVENT_PARAGRAPH:
    paragraph(s, event, "text");
    break;
  case HONGZHU_EVENT_NOTE:
    paragraph(s, event, "note");
    break;
  case HONGZHU_EVENT_FIGURES:
    key_figures(s, event);
    break;
  case HONGZHU_EVENT_TABLE:
    table(s, event);
    break;
  case HONGZHU_EVENT_CHART:
    chart(s, event);
    break;
  case HONGZHU_EVENT_PAGE:
    sheet_raw(s, "<div class=\"page\"></div>\n");
    break;
  default:
    break;
  }
}

/* The table of contents and what there is to open lead the page, so the body waits for them. */
static void put_page(sheet *s, const bytes *title) {
  bytes start = {0};
  s->to = &start;
  head(s, title);
  if (s->headings > 1) {
    sheet_raw(s, "<nav class=\"contents\" aria-label=\"");
    sheet_raw(s, sheet_say(s, "目录", "Contents"));
    sheet_raw(s, "\"><ol>\n");
    sheet_bytes(s, s->contents.at, s->contents.length);
    if (s->sources.length > 0) {
      sheet_raw(s, "<li><a href=\"#sources\">");
      sheet_raw(s, sheet_say(s, "数据来源", "Sources of the figures"));
      sheet_raw(s, "</a></li>\n");
    }
    sheet_raw(s, "</ol></nav>\n");
  }
  sheet_raw(s, "<main>\n");
  sheet_bytes(s, s->masthead.at, s->masthead.length);
  hint(s);
  sheet_put(s, &start);
  s->to = &s->body;
  figure_sources(s);
  sheet_raw(s, "</main>\n</body>\n</html>\n");
  sheet_put(s, &s->body);
  sheet_free_bytes(&start);
}

static int write_html(void *context, const hongzhu_write *io) {
  (void)context;
  sheet s = {.io = io, .result = HONGZHU_OK, .chinese = sheet_same(io->language, sheet_literal("zh"))};
  bytes title = {0};
  s.to = &s.body;
  while (s.result == HONGZHU_OK) {
    const hongzhu_event *event = NULL;
    s.result = io->next(io->host, &event);
    if (s.result != HONGZHU_OK || event->kind == HONGZHU_EVENT_END) break;
    one_event(&s, &title, event);
  }
  if (s.result == HONGZHU_OK) put_page(&s, &title);
  sheet_free_bytes(&title);
  sheet_free(&s);
  return s.result;
}

static const hongzhu_writer writer = {
    .size = sizeof(hongzhu_writer),
    .name = "html",
    .title_zh = "网页报告",
    .title_en = "web page",
    .extension = "html",
    .mime = "text/html; charset=utf-8",
    .write = write_html,
};

static const hongzhu_writer *const writers[] = {&writer};

static const hongzhu_plugin plugin = {
    .size = sizeof(hongzhu_plugin),
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "html",
    .version = HONGZHU_VERSION,
    .license = "MIT",
    .title_zh = "网页报告",
    .title_en = "reports as web pages",
    .writers = writers,
    .writers_count = 1,
};

const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
