#include "task/plain_page.h"

#include <string.h>

const char *const page_form_names[PAGE_FORMS] = {"text", "html", "markdown"};

static void put(plain_page *p, const char *text) {
  for (const char *c = text ? text : ""; *c; c++) {
    char one[2] = {*c, 0};
    if ((unsigned char)*c < 0x20 || *c == 0x7f) {
      buffer_text(&p->out, " ");
    } else if (p->form == PAGE_HTML && strchr("<>&\"'", *c)) {
      buffer_format(&p->out, "&#%d;", *c);
    } else {
      if (p->form == PAGE_MARKDOWN && strchr("\\`*_<>|[]#", *c)) buffer_text(&p->out, "\\");
      buffer_text(&p->out, one);
    }
  }
}

void page_begin(plain_page *p, arena *a, page_form form, language in, const char *title) {
  *p = (plain_page){.memory = a, .form = form, .in = in};
  if (form == PAGE_HTML) {
    buffer_format(
        &p->out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
        in == LANGUAGE_ZH ? "zh" : "en");
    put(p, title);
    buffer_text(
        &p->out,
        "</title>\n<style>\n"
        "body{max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.6;color:#222;"
        "font-family:\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"Microsoft YaHei\",sans-serif}\n"
        "h1{border-bottom:2px solid "
        "#a33;padding-bottom:.3rem}\nh2{margin-top:2.2rem;color:#a33}\nh3{margin-top:1.6rem}\n"
        "table{border-collapse:collapse;width:100%;margin:.6rem 0}\n"
        ".day{white-space:nowrap}.assumed{background:#fff7d6}\n"
        "th,td{border:1px solid #ccc;padding:.35rem .6rem;text-align:left;vertical-align:top}\nth{background:#f6efef}\n"
        "th,td:first-child{min-width:5em}\n"
        "@media print{body{margin:0;max-width:none}h2,h3{break-after:avoid}tr{break-inside:avoid}}\n"
        "</style>\n</head>\n<body>\n<h1>");
    put(p, title);
    buffer_text(&p->out, "</h1>\n");
    return;
  }
  if (form == PAGE_MARKDOWN) buffer_text(&p->out, "# ");
  put(p, title);
  buffer_text(&p->out, "\n");
}

void page_heading(plain_page *p, int level, const char *text) {
  if (p->form == PAGE_HTML) {
    buffer_format(&p->out, "<h%d>", level);
    put(p, text);
    buffer_format(&p->out, "</h%d>\n", level);
    return;
  }
  buffer_text(&p->out, "\n");
  if (p->form == PAGE_MARKDOWN) buffer_text(&p->out, level == 2 ? "## " : "### ");
  put(p, text);
  buffer_text(&p->out, "\n");
}

void page_paragraph(plain_page *p, const char *text) {
  buffer_text(&p->out, p->form == PAGE_HTML ? "<p>" : p->form == PAGE_MARKDOWN ? "\n" : "  ");
  put(p, text);
  buffer_text(&p->out, p->form == PAGE_HTML ? "</p>\n" : "\n");
}

void page_item(plain_page *p, const char *text) {
  static const char list_end[] = "</ul>\n";
  const size_t end = sizeof list_end - 1;
  if (p->form == PAGE_HTML && p->out.length >= end && !strcmp(p->out.at + p->out.length - end, list_end))
    p->out.at[p->out.length -= end] = 0; /* it goes on */
  else if (p->form == PAGE_HTML)
    buffer_text(&p->out, "<ul>\n");
  if (p->form == PAGE_HTML) buffer_text(&p->out, "<li>");
  if (p->form == PAGE_TEXT) buffer_text(&p->out, "  - ");
  if (p->form == PAGE_MARKDOWN)
    buffer_text(&p->out, p->out.length > 1 && p->out.at[p->out.length - 1] == '\n' ? "- " : "\n- ");
  put(p, text);
  buffer_text(&p->out, p->form == PAGE_HTML ? "</li>\n</ul>\n" : "\n");
}

void page_table(plain_page *p, const char *const *titles, size_t columns) {
  p->columns = columns;
  p->cells_count = 0;
  page_row(p, titles);
}

void page_row(plain_page *p, const char *const *cells) {
  for (size_t i = 0; i < p->columns; i++)
    *ARENA_PUSH(p->memory, p->cells, p->cells_count, p->cells_capacity) = cells[i] ? cells[i] : "";
}

static void text_table(plain_page *p, size_t rows) {
  size_t *width = arena_array(p->memory, p->columns + 1, sizeof *width);
  for (size_t i = 0; i < p->cells_count; i++)
    if (text_width(p->cells[i]) > width[i % p->columns]) width[i % p->columns] = text_width(p->cells[i]);
  for (size_t r = 0; r < rows; r++) {
    buffer_text(&p->out, "  ");
    for (size_t c = 0; c < p->columns; c++) {
      const char *cell = p->cells[r * p->columns + c];
      put(p, cell);
      bool more = false; /* no blanks at the end of a line */
      for (size_t k = c + 1; k < p->columns; k++) more = more || *p->cells[r * p->columns + k];
      if (more) buffer_format(&p->out, "%*s", (int)(width[c] - text_width(cell) + 2), "");
    }
    buffer_text(&p->out, "\n");
  }
}

/* A last column in which nothing stands but its title is left out. */
static void drop_empty(plain_page *p, size_t rows) {
  bool any = rows < 2 || p->columns < 2;
  for (size_t r = 1; r < rows && !any; r++) any = *p->cells[r * p->columns + p->columns - 1];
  if (any) return;
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c + 1 < p->columns; c++) p->cells[r * (p->columns - 1) + c] = p->cells[r * p->columns + c];
  p->columns--;
  p->cells_count = rows * p->columns;
}

void page_table_end(plain_page *p) {
  size_t rows = p->cells_count / p->columns;
  drop_empty(p, rows);
  if (p->form == PAGE_TEXT) {
    text_table(p, rows);
    return;
  }
  buffer_text(&p->out, p->form == PAGE_HTML ? "<table>\n" : "\n");
  for (size_t r = 0; r < rows; r++) {
    const char *tag = r ? "td" : "th";
    buffer_text(&p->out, p->form == PAGE_HTML ? "<tr>" : "|");
    for (size_t c = 0; c < p->columns; c++) {
      const char *cell = p->cells[r * p->columns + c];
      bool is_day = strlen(cell) == 10 && cell[4] == '-' && cell[7] == '-';
      bool assumed = !strncmp(cell, "假定：", sizeof "假定：" - 1) || !strncmp(cell, "assumed: ", 9);
      if (p->form == PAGE_HTML)
        buffer_format(&p->out, "<%s%s>", tag, is_day ? " class=\"day\"" : assumed ? " class=\"assumed\"" : "");
      if (p->form == PAGE_MARKDOWN) buffer_text(&p->out, " ");
      put(p, cell);
      if (p->form == PAGE_HTML) buffer_format(&p->out, "</%s>", tag);
      if (p->form == PAGE_MARKDOWN) buffer_text(&p->out, " |");
    }
    buffer_text(&p->out, p->form == PAGE_HTML ? "</tr>\n" : "\n");
    if (r || p->form == PAGE_HTML) continue;
    buffer_text(&p->out, "|");
    for (size_t c = 0; c < p->columns; c++) buffer_text(&p->out, " --- |");
    buffer_text(&p->out, "\n");
  }
  buffer_text(&p->out, p->form == PAGE_HTML ? "</table>\n" : "\n");
}

char *page_end(plain_page *p) {
  if (p->form == PAGE_HTML) buffer_text(&p->out, "</body>\n</html>\n");
  char *text = arena_text(p->memory, p->out.at);
  buffer_free(&p->out);
  return text;
}
