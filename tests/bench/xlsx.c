/* xlsx: a workbook of 9 columns, and what reading it takes by hand on the libraries that the plugin uses.
 *
 *     bench_xlsx make FILE ROWS          codes, words, numbers and days; made by libzip, the same on every machine
 *     bench_xlsx bare FILE               read with libzip and expat: shared texts, numbers, days; nothing is checked
 *     bench_xlsx plugin FILE PLUGIN.so   read by the plugin, opened as the program's worker opens it
 *
 * Reading prints how many rows and cells there were and a sum over all texts: both readers have to say the same.
 */
#include <dlfcn.h>
#include <expat.h>
#include <fcntl.h>
#include <hongzhu/plugin.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

enum { COLUMNS = 9, PIECE = 65536 };

static void give_up(const char *what) {
  fprintf(stderr, "error: %s\n", what);
  exit(1);
}

/* ---- what was read ---- */

typedef struct tally {
  uint64_t rows, cells, sum;
} tally;

static void tally_text(tally *t, const char *at, size_t length) {
  uint64_t sum = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < length; i++) sum = (sum ^ (unsigned char)at[i]) * UINT64_C(1099511628211);
  t->cells++;
  t->sum = t->sum * 31 + sum;
}

static void tally_print(const tally *t) {
  printf("%" PRIu64 " rows, %" PRIu64 " cells, sum %016" PRIx64 "\n", t->rows, t->cells, t->sum);
}

/* ---- making ---- */

typedef struct text {
  char *at;
  size_t length, room;
} text;

static void add(text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(text *t, const char *format, ...) {
  if (t->room - t->length < 512) {
    t->room = 2 * t->room + 65536;
    t->at = realloc(t->at, t->room);
    if (!t->at) give_up("no memory");
  }
  va_list arguments;
  va_start(arguments, format);
  t->length += (size_t)vsnprintf(t->at + t->length, 512, format, arguments);
  va_end(arguments);
}

static void put_part(zip_t *z, const char *name, const text *t) {
  zip_source_t *source = zip_source_buffer(z, t->at, t->length, 0);
  if (!source || zip_file_add(z, name, source, ZIP_FL_ENC_UTF_8) < 0) give_up(zip_strerror(z));
}

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
static const char sheets[] = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
static const char links[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
static const char package[] = "http://schemas.openxmlformats.org/package/2006";

static void make_rows(text *sheet, text *shared, uint32_t rows) {
  static const char *const words[] = {"课程", "工作坊", "跟岗", "校本研修", "获奖", "线上", "线下"};
  uint32_t count = 0;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++, count++) add(shared, "<si><t>%s</t></si>", words[i]);
  for (uint32_t i = 0; i < 500; i++, count++) add(shared, "<si><t>第%u学校</t></si>", i);
  for (uint32_t i = 0; i < COLUMNS; i++, count++) add(shared, "<si><t>列%u</t></si>", i + 1);
  add(sheet, "<row r=\"1\">");
  for (uint32_t i = 0; i < COLUMNS; i++) add(sheet, "<c r=\"%c1\" t=\"s\"><v>%u</v></c>", 'A' + (int)i, 507 + i);
  add(sheet, "</row>");
  for (uint32_t row = 2; row <= rows; row++, count++) {
    add(shared, "<si><t>T%07u</t></si>", row);
    add(sheet, "<row r=\"%u\"><c r=\"A%u\" t=\"s\"><v>%u</v></c><c r=\"B%u\" t=\"s\"><v>%u</v></c>", row, row, count,
        row, 7 + row * 7 % 500);
    add(sheet, "<c r=\"C%u\" t=\"s\"><v>%u</v></c><c r=\"D%u\" t=\"s\"><v>%u</v></c>", row, row % 5, row, 5 + row % 2);
    add(sheet, "<c r=\"E%u\" s=\"1\"><v>%u</v></c><c r=\"F%u\"><v>%u.5</v></c>", row, 44197 + row % 1800, row,
        row % 40);
    add(sheet, "<c r=\"G%u\"><v>%u</v></c><c r=\"H%u\"><v>0.%u</v></c><c r=\"I%u\"><v>%u</v></c></row>", row, row, row,
        row % 9 + 1, row, row * 13 % 1000);
  }
}

static int make(const char *path, uint32_t rows) {
  text types = {0}, root = {0}, book = {0}, book_links = {0}, styles = {0}, shared = {0}, sheet = {0};
  add(&types,
      "%s<Types xmlns=\"%s/content-types\"><Default Extension=\"rels\" ContentType="
      "\"application/vnd.openxmlformats-package.relationships+xml\"/>",
      head, package);
  add(&types, "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
              "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
  add(&root,
      "%s<Relationships xmlns=\"%s/relationships\"><Relationship Id=\"r1\" Type=\"%s/officeDocument\" "
      "Target=\"xl/workbook.xml\"/></Relationships>",
      head, package, links);
  add(&book,
      "%s<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
      "</workbook>",
      head, sheets, links);
  add(&book_links, "%s<Relationships xmlns=\"%s/relationships\">", head, package);
  add(&book_links, "<Relationship Id=\"r1\" Type=\"%s/worksheet\" Target=\"worksheets/sheet1.xml\"/>", links);
  add(&book_links, "<Relationship Id=\"r2\" Type=\"%s/styles\" Target=\"styles.xml\"/>", links);
  add(&book_links, "<Relationship Id=\"r3\" Type=\"%s/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
      links);
  add(&styles,
      "%s<styleSheet xmlns=\"%s\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" "
      "applyNumberFormat=\"1\"/></cellXfs></styleSheet>",
      head, sheets);
  add(&shared, "%s<sst xmlns=\"%s\">", head, sheets);
  add(&sheet, "%s<worksheet xmlns=\"%s\"><sheetData>", head, sheets);
  make_rows(&sheet, &shared, rows);
  add(&shared, "</sst>");
  add(&sheet, "</sheetData></worksheet>");
  int reason = 0;
  zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &reason);
  if (!z) give_up("the workbook cannot be made");
  put_part(z, "[Content_Types].xml", &types);
  put_part(z, "_rels/.rels", &root);
  put_part(z, "xl/workbook.xml", &book);
  put_part(z, "xl/_rels/workbook.xml.rels", &book_links);
  put_part(z, "xl/styles.xml", &styles);
  put_part(z, "xl/sharedStrings.xml", &shared);
  put_part(z, "xl/worksheets/sheet1.xml", &sheet);
  if (zip_close(z)) give_up(zip_strerror(z));
  text *const all[] = {&types, &root, &book, &book_links, &styles, &shared, &sheet};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]->at);
  return 0;
}

/* ---- by hand ---- */

typedef struct reading {
  text shared; /* all texts, one after the other */
  size_t *ends, count, room;
  bool in_text, in_value, is_shared, is_day;
  char value[64];
  size_t length;
  tally found;
} reading;

static void XMLCALL begin_shared(void *data, const char *name, const char **attributes) {
  (void)attributes;
  ((reading *)data)->in_text = name[0] == 't' && name[1] == '\0';
}

static void XMLCALL end_shared(void *data, const char *name) {
  reading *r = data;
  r->in_text = false;
  if (strcmp(name, "si") != 0) return;
  if (r->count == r->room) {
    r->room = 2 * r->room + 1024;
    r->ends = realloc(r->ends, r->room * sizeof *r->ends);
    if (!r->ends) give_up("no memory");
  }
  r->ends[r->count++] = r->shared.length;
}

static void XMLCALL text_shared(void *data, const char *at, int length) {
  reading *r = data;
  if (!r->in_text) return;
  while (r->shared.room - r->shared.length < (size_t)length) {
    r->shared.room = 2 * r->shared.room + PIECE;
    r->shared.at = realloc(r->shared.at, r->shared.room);
    if (!r->shared.at) give_up("no memory");
  }
  memcpy(r->shared.at + r->shared.length, at, (size_t)length);
  r->shared.length += (size_t)length;
}

static void XMLCALL begin_cell(void *data, const char *name, const char **attributes) {
  reading *r = data;
  if (name[0] == 'v' && name[1] == '\0') {
    r->in_value = true;
    r->length = 0;
    return;
  }
  if (strcmp(name, "row") == 0) r->found.rows++;
  if (name[0] != 'c' || name[1] != '\0') return;
  r->is_shared = r->is_day = false;
  for (; attributes[0]; attributes += 2) {
    if (strcmp(attributes[0], "t") == 0) r->is_shared = strcmp(attributes[1], "s") == 0;
    if (strcmp(attributes[0], "s") == 0) r->is_day = strcmp(attributes[1], "1") == 0;
  }
}

static void XMLCALL text_cell(void *data, const char *at, int length) {
  reading *r = data;
  if (!r->in_value || r->length + (size_t)length >= sizeof r->value) return;
  memcpy(r->value + r->length, at, (size_t)length);
  r->length += (size_t)length;
}

static void show_day(long serial, char *out, size_t room) {
  long day = serial + 693899, era = day / 146097, of_era = day % 146097;
  long of_years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  long of_year = of_era - (365 * of_years + of_years / 4 - of_years / 100), month = (5 * of_year + 2) / 153;
  snprintf(out, room, "%04ld-%02ld-%02ld", era * 400 + of_years + (month >= 10), month < 10 ? month + 3 : month - 9,
           of_year - (153 * month + 2) / 5 + 1);
}

static void XMLCALL end_cell(void *data, const char *name) {
  reading *r = data;
  if (name[0] != 'v' || name[1] != '\0') return;
  char shown[64];
  r->in_value = false;
  r->value[r->length] = '\0';
  if (r->is_shared) {
    size_t at = strtoul(r->value, NULL, 10), start = at ? r->ends[at - 1] : 0;
    tally_text(&r->found, r->shared.at + start, r->ends[at] - start);
    return;
  }
  if (r->is_day)
    show_day(strtol(r->value, NULL, 10), shown, sizeof shown);
  else
    snprintf(shown, sizeof shown, "%.15g", strtod(r->value, NULL));
  tally_text(&r->found, shown, strlen(shown));
}

static void parse(zip_t *z, const char *part, reading *r, XML_StartElementHandler begin, XML_EndElementHandler end,
                  XML_CharacterDataHandler taken) {
  zip_file_t *file = zip_fopen(z, part, 0);
  XML_Parser parser = XML_ParserCreate(NULL);
  static char piece[PIECE];
  zip_int64_t got = 0;
  if (!file || !parser) give_up(part);
  XML_SetUserData(parser, r);
  XML_SetElementHandler(parser, begin, end);
  XML_SetCharacterDataHandler(parser, taken);
  do {
    got = zip_fread(file, piece, sizeof piece);
    if (got < 0 || XML_Parse(parser, piece, (int)got, got == 0) == XML_STATUS_ERROR) give_up(part);
  } while (got > 0);
  XML_ParserFree(parser);
  zip_fclose(file);
}

static int bare(const char *path) {
  int reason = 0;
  zip_t *z = zip_open(path, ZIP_RDONLY, &reason);
  if (!z) give_up("the workbook cannot be opened");
  reading r = {0};
  parse(z, "xl/sharedStrings.xml", &r, begin_shared, end_shared, text_shared);
  parse(z, "xl/worksheets/sheet1.xml", &r, begin_cell, end_cell, text_cell);
  zip_close(z);
  tally_print(&r.found);
  free(r.shared.at);
  free(r.ends);
  return 0;
}

/* ---- by the plugin ---- */

static hongzhu_text no_option(void *host, const char *name) {
  (void)host;
  (void)name;
  return (hongzhu_text){NULL, 0};
}

static int take_sheet(void *host, uint32_t number, hongzhu_text name) {
  (void)host;
  (void)number;
  (void)name;
  return HONGZHU_OK;
}

static int take_row(void *host, const hongzhu_row *row) {
  tally *t = host;
  t->rows++;
  for (uint32_t i = 0; i < row->count; i++)
    if (row->cells[i].at) tally_text(t, row->cells[i].at, row->cells[i].length);
  return HONGZHU_OK;
}

static int take_failure(void *host, uint32_t sheet, uint64_t row, hongzhu_text zh, hongzhu_text en) {
  (void)host;
  (void)zh;
  fprintf(stderr, "error: sheet %u, row %" PRIu64 ": %.*s\n", sheet, row, (int)en.length, en.at);
  return HONGZHU_FAILED;
}

static int by_plugin(const char *path, const char *library) {
  void *opened = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  void *symbol = opened ? dlsym(opened, HONGZHU_ENTRY_NAME) : NULL;
  if (!symbol) give_up(dlerror());
  hongzhu_entry *entry;
  memcpy(&entry, &symbol, sizeof entry);
  const hongzhu_host host = {sizeof host, HONGZHU_ABI_MINOR, "bench"};
  const hongzhu_plugin *plugin = entry(&host);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat about;
  if (!plugin || plugin->readers_count != 1 || file < 0 || fstat(file, &about) != 0) give_up(path);
  void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED) give_up(path);
  const hongzhu_input input = {sizeof input, bytes, (uint64_t)about.st_size, {"bench.xlsx", 10}};
  tally found = {0};
  hongzhu_read io = {sizeof io, &found, &input, no_option, take_sheet, take_row, take_failure, NULL};
  const hongzhu_reader *reader = plugin->readers[0];
  if (reader->read(reader->context, &io) != HONGZHU_OK) return 1;
  tally_print(&found);
  return 0;
}

int main(int count, char **arguments) {
  if (count == 4 && strcmp(arguments[1], "make") == 0)
    return make(arguments[2], (uint32_t)strtoul(arguments[3], NULL, 10));
  if (count == 3 && strcmp(arguments[1], "bare") == 0) return bare(arguments[2]);
  if (count == 4 && strcmp(arguments[1], "plugin") == 0) return by_plugin(arguments[2], arguments[3]);
  fputs("usage: bench_xlsx make FILE ROWS | bare FILE | plugin FILE PLUGIN.so\n", stderr);
  return 2;
}
