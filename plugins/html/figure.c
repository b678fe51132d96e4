#include "figure.h"

#include <string.h>

static bool has_background(const hongzhu_figure *figure) {
  return figure->definition.length > 0 || figure->trace.length > 0 || figure->origins_total > 0 ||
         figure->marker.length > 0;
}

static void element(sheet *s, const char *tag, const char *class, hongzhu_text text) {
  sheet_raw(s, "<");
  sheet_raw(s, tag);
  if (class != NULL) {
    sheet_raw(s, " class=\"");
    sheet_raw(s, class);
    sheet_raw(s, "\"");
  }
  sheet_raw(s, ">");
  sheet_text(s, text);
  sheet_raw(s, "</");
  sheet_raw(s, tag);
  sheet_raw(s, ">");
}

/* ---- the rows ---- */

static bool same_place(const hongzhu_origin *a, const hongzhu_origin *b) {
  return sheet_same(a->file, b->file) && sheet_same(a->sheet, b->sheet);
}

static void place_row(sheet *s, const hongzhu_origin *origin) {
  sheet_raw(s, "<tr class=\"place\"><th scope=\"rowgroup\" colspan=\"2\">");
  sheet_text(s, origin->file);
  if (origin->sheet.length > 0) {
    sheet_raw(s, sheet_say(s, "，工作表“", ", sheet \""));
    sheet_text(s, origin->sheet);
    sheet_raw(s, sheet_say(s, "”", "\""));
  }
  sheet_raw(s, "</th></tr>\n");
}

/* The file and its sheet stand once, above their rows: a page repeats its rows at every figure that they are behind. */
static void origins(sheet *s, const hongzhu_figure *figure) {
  sheet_raw(s, "<table class=\"origins\"><thead><tr><th scope=\"col\" class=\"right\">");
  sheet_raw(s, sheet_say(s, "行", "row"));
  sheet_raw(s, "</th><th scope=\"col\">");
  sheet_raw(s, sheet_say(s, "该行内容", "what the row says"));
  sheet_raw(s, "</th></tr></thead>");
  for (size_t i = 0; i < figure->origins_count; i++) {
    const hongzhu_origin *origin = HONGZHU_AT(figure->origins, i);
    if (i == 0 || !same_place(HONGZHU_AT(figure->origins, i - 1), origin)) {
      sheet_raw(s, i == 0 ? "<tbody>\n" : "</tbody><tbody>\n");
      place_row(s, origin);
    }
    sheet_raw(s, "<tr><td>");
    sheet_number(s, origin->row);
    sheet_raw(s, "</td><td>");
    sheet_text(s, origin->row_text);
    sheet_raw(s, "</td></tr>\n");
  }
  sheet_raw(s, "</tbody></table>\n");
}

static void how_many(sheet *s, const hongzhu_figure *figure) {
  sheet_raw(s, "<p class=\"count\">");
  if (figure->origins_total == 0) {
    sheet_raw(s, sheet_say(s, "这个数字没有逐行依据。", "No rows stand behind this figure."));
  } else {
    sheet_raw(s, sheet_say(s, "依据共 ", ""));
    sheet_number(s, figure->origins_total);
    sheet_raw(s, sheet_say(s, " 行", figure->origins_total == 1 ? " row stands behind it" : " rows stand behind it"));
    if (figure->origins_total > figure->origins_count) {
      sheet_raw(s, sheet_say(s, "，这里列出前 ", "; the first "));
      sheet_number(s, figure->origins_count);
      sheet_raw(s, sheet_say(s, " 行，用下面的命令列出全部", " are listed here, the command below lists all"));
    }
    sheet_raw(s, sheet_say(s, "。", "."));
  }
  sheet_raw(s, "</p>\n");
}

static void panel(sheet *s, const hongzhu_figure *figure) {
  sheet_raw(s, "<div class=\"panel\"><p class=\"of\">");
  element(s, "span", "title", figure->title);
  sheet_raw(s, " ");
  element(s, "strong", NULL, figure->value);
  if (figure->unit.length > 0) {
    sheet_raw(s, " ");
    sheet_text(s, figure->unit);
  }
  if (figure->marker.length > 0) {
    sheet_raw(s, " ");
    element(s, "span", "marker", figure->marker);
  }
  sheet_raw(s, "</p>\n");
  if (figure->definition.length > 0) {
    sheet_raw(s, "<p class=\"definition\">");
    element(s, "span", "label", sheet_literal(sheet_say(s, "口径", "definition")));
    sheet_text(s, figure->definition);
    sheet_raw(s, "</p>\n");
  }
  how_many(s, figure);
  if (figure->origins_count > 0) origins(s, figure);
  if (figure->trace.length > 0) {
    sheet_raw(s, "<p class=\"trace\">");
    element(s, "span", "label", sheet_literal(sheet_say(s, "追溯", "trace")));
    element(s, "code", NULL, figure->trace);
    sheet_raw(s, "</p>\n");
  }
  sheet_raw(s, "</div>");
}

/* ---- the register ---- */

/* Files behind a figure with the rows shown of each, runs joined: 名单.xlsx · 名单 4–13. */
static void places(sheet *s, const hongzhu_figure *figure) {
  for (size_t i = 0; i < figure->origins_count;) {
    const hongzhu_origin *first = HONGZHU_AT(figure->origins, i);
    sheet_raw(s, i == 0 ? "" : sheet_say(s, "；", "; "));
    sheet_text(s, first->file);
    if (first->sheet.length > 0) {
      sheet_raw(s, sheet_say(s, "，", ", "));
      sheet_text(s, first->sheet);
    }
    sheet_raw(s, sheet_say(s, "，第", figure->origins_count > 1 ? ", rows " : ", row "));
    for (bool more = false; i < figure->origins_count && same_place(first, HONGZHU_AT(figure->origins, i));
         more = true) {
      uint64_t from = HONGZHU_AT(figure->origins, i)->row, to = from;
      for (i++; i < figure->origins_count; i++, to++) {
        const hongzhu_origin *next = HONGZHU_AT(figure->origins, i);
        if (next->row != to + 1 || !same_place(first, next)) break;
      }
      sheet_raw(s, more ? sheet_say(s, "、", ", ") : "");
      sheet_number(s, from);
      if (to > from) {
        sheet_raw(s, "–");
        sheet_number(s, to);
      }
    }
    sheet_raw(s, sheet_say(s, "行", ""));
  }
  if (figure->origins_total > figure->origins_count) {
    sheet_raw(s, sheet_say(s, "；共 ", "; "));
    sheet_number(s, figure->origins_total);
    sheet_raw(s, sheet_say(s, " 行", " rows in all"));
  }
  if (figure->origins_total == 0) sheet_raw(s, "—");
}

/* Enters a figure in the register, unless it says nothing that the register does not say yet. */
static void enter(sheet *s, const hongzhu_figure *figure) {
  bytes *before = s->to;
  size_t start = s->sources.length;
  s->to = &s->sources;
  sheet_raw(s, "<tr><th scope=\"row\">");
  sheet_text(s, figure->title);
  sheet_raw(s, "</th><td class=\"right\">");
  element(s, "span", "value", figure->value);
  if (figure->unit.length > 0) {
    sheet_raw(s, " ");
    sheet_text(s, figure->unit);
  }
  sheet_raw(s, "</td><td>");
  if (figure->marker.length > 0) {
    element(s, "span", "marker", figure->marker);
    sheet_raw(s, " ");
  }
  sheet_text(s, figure->definition);
  sheet_raw(s, "</td><td class=\"places\">");
  places(s, figure);
  sheet_raw(s, "</td></tr>\n");
  s->to = before;
  if (s->result == HONGZHU_OK && memmem(s->sources.at, start, s->sources.at + start, s->sources.length - start) != NULL)
    s->sources.length = start;
}

void figure_sources(sheet *s) {
  if (s->sources.length == 0) return;
  sheet_raw(s, "<section class=\"sources\"><h2 id=\"sources\">");
  sheet_raw(s, sheet_say(s, "数据来源", "Sources of the figures"));
  sheet_raw(
      s, "</h2>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"sources\"><table><thead><tr>");
  static const char *const zh[] = {"指标", "数值", "口径", "所在文件与行"};
  static const char *const en[] = {"figure", "value", "definition", "file and rows"};
  for (size_t i = 0; i < 4; i++) {
    sheet_raw(s, i == 1 ? "<th scope=\"col\" class=\"right\">" : "<th scope=\"col\">");
    sheet_raw(s, sheet_say(s, zh[i], en[i]));
    sheet_raw(s, "</th>");
  }
  sheet_raw(s, "</tr></thead><tbody>\n");
  sheet_bytes(s, s->sources.at, s->sources.length);
  sheet_raw(s, "</tbody></table></div></section>\n");
}

/* ---- where figures stand ---- */

/* Opens a <details> with the anchor of the figure, if the page does not have it yet. */
static void open_details(sheet *s, const char *class, const hongzhu_figure *figure, unsigned group, bool registered) {
  s->opens = true;
  sheet_raw(s, "<details class=\"");
  sheet_raw(s, class);
  sheet_raw(s, "\"");
  if (sheet_new_id(s, figure->id)) {
    sheet_raw(s, " id=\"figure-");
    sheet_text(s, figure->id);
    sheet_raw(s, "\"");
    if (registered) enter(s, figure);
  }
  if (group > 0) {
    sheet_raw(s, " name=\"group-");
    sheet_number(s, group);
    sheet_raw(s, "\"");
  }
  sheet_raw(s, "><summary>");
}

static bool has_digits(hongzhu_text text) {
  for (size_t i = 0; i < text.length; i++)
    if (text.at[i] >= '0' && text.at[i] <= '9') return true;
  return false;
}

static size_t points(hongzhu_text text) {
  size_t count = 0;
  for (size_t i = 0; i < text.length; i++)
    if (((unsigned char)text.at[i] & 0xc0) != 0x80) count++;
  return count;
}

void figure_card(sheet *s, const hongzhu_figure *figure) {
  bool opens = has_background(figure);
  if (opens)
    open_details(s, "card", figure, 0, true);
  else
    sheet_raw(s, "<div class=\"card\"><div class=\"summary\">");
  element(s, "span", "title", figure->title);
  sheet_raw(s, "<span class=\"number");
  sheet_raw(s, !has_digits(figure->value) ? " words\">" : points(figure->value) > 7 ? " long\">" : "\">");
  element(s, "span", "value", figure->value);
  if (figure->unit.length > 0) {
    sheet_raw(s, " ");
    element(s, "span", "unit", figure->unit);
  }
  sheet_raw(s, "</span>");
  if (figure->marker.length > 0) element(s, "span", "marker", figure->marker);
  sheet_raw(s, opens ? "</summary>\n" : "</div></div>\n");
  if (!opens) return;
  panel(s, figure);
  sheet_raw(s, "</details>\n");
}

void figure_in_text(sheet *s, hongzhu_text printed, const hongzhu_figure *figure) {
  if (!has_background(figure)) {
    element(s, "strong", "figure", printed);
    return;
  }
  open_details(s, "figure", figure, 0, true);
  sheet_text(s, printed);
  sheet_raw(s, "</summary>");
  panel(s, figure);
  sheet_raw(s, "</details>");
}

void figure_in_cell(sheet *s, hongzhu_text printed, const hongzhu_figure *figure, unsigned group) {
  if (!has_background(figure)) {
    sheet_text(s, printed);
    return;
  }
  open_details(s, "figure", figure, group, false);
  sheet_text(s, printed);
  sheet_raw(s, "</summary>");
  panel(s, figure);
  sheet_raw(s, "</details>");
}
