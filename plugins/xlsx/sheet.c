#include "sheet.h"

#include <stdlib.h>
#include <string.h>

typedef enum cell_type {
  CELL_NUMBER,
  CELL_SHARED,
  CELL_INLINE,
  CELL_FORMULA_TEXT,
  CELL_TRUTH,
  CELL_ERROR,
  CELL_DAY
} cell_type;

typedef struct sheet_reading {
  const sheet_source *from;
  problem *p;
  merges merges;
  bool in_data, in_row; /* inside <sheetData>, inside a <row> of it */
  uint32_t row;
  cell *cells; /* of the row, SHEET_COLUMNS_MOST */
  uint32_t count;
  buffer text; /* of the row's cells that are not shared */
  hongzhu_text *given;

  bool in_cell, in_value, in_inline, has_formula, has_value;
  place at;
  cell_type type;
  uint32_t style;
  size_t start; /* of the cell's text in `text` */
  runs runs;
} sheet_reading;

/* ---- rows ---- */

static bool begin_row(sheet_reading *r, const char **attributes) {
  const char *number = xml_attribute(attributes, "r");
  uint32_t row = r->row + 1;
  if ((number && !xml_whole(number, &row)) || row <= r->row || row > SHEET_ROWS_MOST)
    return problem_say(
        r->p, "第 %u 行之后是第“%.32s”行：行号应当递增且不超过 %u，请用 Excel 或 WPS 打开后重新保存",
        "row %u is followed by row \"%.32s\": rows rise and end at %u, open the file in Excel or WPS and save it again",
        r->row, number ? number : "", SHEET_ROWS_MOST);
  r->row = row;
  r->in_row = true;
  r->p->row = row;
  r->count = 0;
  r->at = (place){row, 0};
  r->text.length = 0;
  return true;
}

static bool end_row(sheet_reading *r) {
  bool own = false;
  r->in_row = false;
  if (!merges_fill(&r->merges, r->row, r->cells, &r->count, &r->text, &own, r->p)) return false;
  *r->from->cells_done += r->count + r->merges.active_count;
  if (*r->from->cells_done > SHEET_CELLS_MOST)
    return problem_say(r->p, "工作簿的单元格超过 %llu 个：请删去多余的行列，或拆成几个文件",
                       "the workbook has more than %llu cells: delete needless rows and columns, or split it",
                       (unsigned long long)SHEET_CELLS_MOST);
  if (!own) return true;
  while (r->count > 0 && !r->cells[r->count - 1].present) r->count--;
  size_t bytes = 0;
  for (uint32_t i = 0; i < r->count; i++) {
    const cell *c = &r->cells[i];
    const char *at = c->fixed ? c->fixed : r->text.at + c->start;
    r->given[i] = c->present ? (hongzhu_text){at, c->length} : (hongzhu_text){NULL, 0};
    bytes += c->present ? c->length : 0;
  }
  if (bytes > SHEET_ROW_BYTES_MOST)
    return problem_say_texts(r->p, "这一行的文字超过 8 MB：请检查是否贴入了整篇文档",
                             "the row holds more than 8 MB of text: see whether a whole document was pasted into it");
  hongzhu_row row = {sizeof row, r->p->sheet, r->row, r->count, r->given};
  return problem_keep(r->p, r->p->io->row(r->p->io->host, &row));
}

/* ---- cells ---- */

static bool read_type(const char *word, cell_type *out) {
  static const struct {
    const char *word;
    cell_type type;
  } types[] = {
      {"n", CELL_NUMBER}, {"s", CELL_SHARED}, {"inlineStr", CELL_INLINE}, {"str", CELL_FORMULA_TEXT}, {"b", CELL_TRUTH},
      {"e", CELL_ERROR},  {"d", CELL_DAY}};
  *out = CELL_NUMBER;
  if (!word || !*word) return true;
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
    if (strcmp(types[i].word, word) == 0) {
      *out = types[i].type;
      return true;
    }
  return false;
}

static bool begin_cell(sheet_reading *r, const char **attributes) {
  const char *reference = xml_attribute(attributes, "r"), *rest = "";
  place at = {r->row, r->at.column + 1};
  char where[24];
  if (reference && *reference && (!place_read(reference, &at, &rest) || *rest || at.row != r->row))
    return problem_say(r->p, "第 %u 行里有单元格“%.32s”：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
                       "row %u holds a cell \"%.32s\": the file is damaged, open it in Excel or WPS and save it again",
                       r->row, reference);
  if (at.column > SHEET_COLUMNS_MOST)
    return problem_say(r->p, "第 %u 行超过 %u 列：文件已损坏或是恶意的",
                       "row %u has more than %u columns: the file is damaged or hostile", r->row, SHEET_COLUMNS_MOST);
  r->at = at;
  r->in_cell = true;
  r->has_formula = r->has_value = r->in_value = r->in_inline = false;
  r->style = 0;
  xml_whole(xml_attribute(attributes, "s"), &r->style);
  r->start = r->text.length;
  if (!read_type(xml_attribute(attributes, "t"), &r->type))
    return problem_say(
        r->p, "单元格 %s 的类型不认识：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
        "the cell %s has a type that is not known: the file is damaged, open it in Excel or WPS and save it again",
        place_show(at, where));
  for (; r->count < at.column; r->count++) r->cells[r->count] = (cell){0};
  if (r->cells[at.column - 1].present)
    return problem_say(r->p, "单元格 %s 出现了两次：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
                       "the cell %s stands twice: the file is damaged, open it in Excel or WPS and save it again",
                       place_show(at, where));
  return true;
}

/* Puts a text of its own in the place of what was read of the cell. */
static bool put_text(sheet_reading *r, const char *text) {
  r->text.length = r->start;
  return buffer_add(&r->text, text, strlen(text)) || problem_memory(r->p);
}

static bool put_number(sheet_reading *r, const char *value) {
  char shown[NUMBER_ROOM], where[24];
  double number;
  style_kind kind = styles_at(r->from->styles, r->style);
  if (kind == STYLE_NUMBER && number_is_shown(value)) return true;
  if (!number_read(value, &number))
    return problem_say(r->p, "单元格 %s 的值“%.64s”不是数：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
                       "the value of the cell %s, \"%.64s\", is no number: the file is damaged, open it in Excel or "
                       "WPS and save it again",
                       place_show(r->at, where), value);
  number_show_as(number, kind, r->from->system_1904, shown);
  return put_text(r, shown);
}

static bool put_shared(sheet_reading *r, const char *value, hongzhu_text *shared) {
  uint32_t index;
  char where[24];
  if (xml_whole(value, &index)) *shared = strings_at(r->from->strings, index);
  return shared->at ||
         problem_say(r->p, "单元格 %s 引用的第“%.32s”条共享文字不存在：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
                     "the cell %s refers to shared text \"%.32s\", which does not exist: "
                     "the file is damaged, open it in Excel or WPS and save it again",
                     place_show(r->at, where), value);
}

static bool end_cell(sheet_reading *r) {
  r->in_cell = false;
  char where[24];
  if (!r->has_value) {
    /* An empty cell that reads as nothing would be a silent loss: the formula's result is not in the file. */
    if (r->has_formula)
      return problem_say(
          r->p, "单元格 %s 只有公式，没有算出的值：请用 Excel 或 WPS 打开后保存，再导入",
          "the cell %s has a formula but no computed value: open the file in Excel or WPS, save it, and import that",
          place_show(r->at, where));
    return true;
  }
  if (!buffer_add(&r->text, "", 0)) return problem_memory(r->p);
  const char *value = r->text.at + r->start;
  size_t length = r->text.length - r->start;
  hongzhu_text shared = {NULL, 0};
  char day[NUMBER_ROOM];
  switch (r->type) {
  case CELL_NUMBER:
    if (length == 0) return true;
    if (!put_number(r, value)) return false;
    break;
  case CELL_SHARED:
    if (length == 0) return true;
    if (!put_shared(r, value, &shared)) return false;
    break;
  case CELL_TRUTH:
    if (!put_text(r, xml_truth(value) ? "TRUE" : "FALSE")) return false;
    break;
  case CELL_DAY:
    if (!number_show_iso(value, styles_at(r->from->styles, r->style), day))
      return problem_say(r->p, "单元格 %s 的值“%.64s”不是日期：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
                         "the value of the cell %s, \"%.64s\", is no date: the file is damaged, open it in Excel or "
                         "WPS and save it again",
                         place_show(r->at, where), value);
    if (!put_text(r, day)) return false;
    break;
  case CELL_FORMULA_TEXT:
  case CELL_INLINE:
    if (!r->runs.to) strings_unescape(&r->text, r->start);
    break;
  case CELL_ERROR:
    break;
  }
  cell *c = &r->cells[r->at.column - 1];
  *c = (cell){shared.at, r->start, shared.at ? shared.length : r->text.length - r->start, true};
  if (shared.at) r->text.length = r->start;
  return true;
}

/* ---- elements ---- */

static bool begin_in_cell(sheet_reading *r, const char *name, const char **attributes) {
  if (r->in_inline) {
    runs_begin(&r->runs, name, attributes);
  } else if (strcmp(name, "v") == 0 && !r->has_value) {
    r->in_value = r->has_value = true;
    r->runs.to = NULL;
  } else if (strcmp(name, "is") == 0 && !r->has_value) {
    r->in_inline = r->has_value = true;
    r->runs = (runs){.to = &r->text};
  } else if (strcmp(name, "f") == 0) {
    r->has_formula = true;
  }
  return true;
}

static bool begin(void *context, const char *name, const char **attributes) {
  sheet_reading *r = context;
  if (r->in_cell) return begin_in_cell(r, name, attributes);
  if (strcmp(name, "sheetData") == 0) r->in_data = true;
  if (r->in_data && strcmp(name, "row") == 0) return begin_row(r, attributes);
  if (r->in_row && strcmp(name, "c") == 0) return begin_cell(r, attributes);
  return true;
}

static bool text(void *context, const char *at, size_t length) {
  sheet_reading *r = context;
  if (!r->in_value && !r->in_inline) return true;
  if (r->text.length + length > SHEET_ROW_BYTES_MOST)
    return problem_say_texts(r->p, "这一行的文字超过 8 MB：请检查是否贴入了整篇文档",
                             "the row holds more than 8 MB of text: see whether a whole document was pasted into it");
  bool good = r->in_inline ? runs_text(&r->runs, at, length) : buffer_add(&r->text, at, length);
  return good || problem_memory(r->p);
}

static bool end(void *context, const char *name) {
  sheet_reading *r = context;
  if (r->in_inline) {
    runs_end(&r->runs, name);
    if (strcmp(name, "is") == 0) r->in_inline = false;
    return true;
  }
  if (strcmp(name, "v") == 0) r->in_value = false;
  if (!r->in_data) return true;
  if (strcmp(name, "c") == 0) return !r->in_cell || end_cell(r);
  if (strcmp(name, "row") == 0) return !r->in_row || end_row(r);
  if (strcmp(name, "sheetData") == 0) r->in_data = false;
  return true;
}

bool sheet_read(const sheet_source *from, problem *p) {
  sheet_reading r = {.from = from, .p = p};
  p->row = 0;
  bool good = merges_read(&r.merges, from->package, from->part, p);
  if (good) {
    r.cells = calloc(SHEET_COLUMNS_MOST, sizeof *r.cells);
    r.given = calloc(SHEET_COLUMNS_MOST, sizeof *r.given);
    good = (r.cells && r.given) || problem_memory(p);
  }
  good = good && xml_read(from->package, from->part, &(xml_taker){&r, begin, end, text, true}, p);
  p->row = 0;
  free(r.cells);
  free(r.given);
  buffer_free(&r.text);
  merges_free(&r.merges);
  return good;
}
