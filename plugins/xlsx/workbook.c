#include "workbook.h"

#include "xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text), size = strlen(end);
  return length >= size && strcmp(text + length - size, end) == 0;
}

static bool nothing_at_end(void *context, const char *name) {
  (void)context, (void)name;
  return true;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = (char)(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The part that a relationship leads to. Names may be written with %20 for a blank. */
static bool lead(package *k, const char *from, const char *target, char out[WORKBOOK_NAME_ROOM]) {
  if (!package_resolve(from, target, out, WORKBOOK_NAME_ROOM)) return false;
  if (package_has(k, out)) return true;
  char *to = out;
  for (const char *at = out; *at; to++) {
    int high = *at == '%' ? hex_digit(at[1]) : -1, low = high >= 2 ? hex_digit(at[2]) : -1;
    *to = *at;
    if (low >= 0) *to = (char)(high * 16 + low);
    at += low >= 0 ? 3 : 1;
  }
  *to = '\0';
  return true;
}

/* ---- relationships ---- */

typedef struct linking {
  workbook *w; /* NULL: looks for the workbook itself */
  package *k;
  const char *from;
  char *found; /* the workbook's part */
  uint32_t count;
  problem *p;
} linking;

static bool begin_root_link(void *context, const char *name, const char **attributes) {
  linking *l = context;
  const char *type = xml_attribute(attributes, "Type"), *target = xml_attribute(attributes, "Target");
  if (strcmp(name, "Relationship") == 0 && type && target && !*l->found &&
      ends_with(type, "/relationships/officeDocument") && !lead(l->k, "", target, l->found))
    *l->found = '\0';
  return true;
}

static bool begin_link(void *context, const char *name, const char **attributes) {
  linking *l = context;
  workbook *w = l->w;
  const char *type = xml_attribute(attributes, "Type"), *target = xml_attribute(attributes, "Target");
  const char *id = xml_attribute(attributes, "Id"), *mode = xml_attribute(attributes, "TargetMode");
  if (strcmp(name, "Relationship") != 0 || !type || !target || !id || (mode && strcmp(mode, "External") == 0))
    return true;
  if (++l->count > WORKBOOK_LINKS_MOST)
    return problem_say(l->p, "工作簿的部件超过 %d 个：文件已损坏或是恶意的",
                       "the workbook has more than %d parts: the file is damaged or hostile", WORKBOOK_LINKS_MOST);
  for (uint32_t i = 0; i < w->count; i++)
    if (strcmp(w->sheets[i].link, id) == 0) w->sheets[i].linked = true;
  char part[WORKBOOK_NAME_ROOM];
  bool wanted = ends_with(type, "/worksheet") || ends_with(type, "/sharedStrings") || ends_with(type, "/styles");
  if (!wanted) return true;
  if (!lead(l->k, w->part, target, part))
    return problem_say(l->p, "工作簿的部件“%.200s”指向文件之外：文件可能是恶意的，不予读取",
                       "the part \"%.200s\" of the workbook leads out of the file: it may be hostile and is not read",
                       target);
  if (ends_with(type, "/sharedStrings")) memcpy(w->strings, part, sizeof part);
  if (ends_with(type, "/styles")) memcpy(w->styles, part, sizeof part);
  for (uint32_t i = 0; i < w->count; i++)
    if (strcmp(w->sheets[i].link, id) == 0 && ends_with(type, "/worksheet") && !w->sheets[i].part) {
      w->sheets[i].part = strdup(part);
      if (!w->sheets[i].part) return problem_memory(l->p);
    }
  return true;
}

/* ---- the workbook's own part ---- */

typedef struct book_reading {
  workbook *w;
  bool root_seen, is_workbook;
  problem *p;
} book_reading;

/* Other programs allow longer names than Excel; what is longer than this no host takes for a name. */
enum { NAME_MOST = 1000 };

static bool add_sheet(book_reading *r, const char **attributes) {
  workbook *w = r->w;
  const char *name = xml_attribute(attributes, "name"), *link = xml_attribute(attributes, "r:id");
  const char *state = xml_attribute(attributes, "state");
  if (name && strlen(name) > NAME_MOST)
    return problem_say(r->p, "第 %u 个工作表的名称太长：Excel 最多 31 个字，请改短后重新保存",
                       "the name of sheet %u is too long: Excel allows 31 characters, shorten it and save it again",
                       w->count + 1);
  if (w->count == w->room) {
    if (w->room >= WORKBOOK_SHEETS_MOST)
      return problem_say(r->p, "工作表超过 %d 个：请拆成几个文件", "there are more than %d sheets: split the file",
                         WORKBOOK_SHEETS_MOST);
    w->room = w->room ? w->room * 2 : 16;
    workbook_sheet *grown = realloc(w->sheets, w->room * sizeof *grown);
    if (!grown) return problem_memory(r->p);
    w->sheets = grown;
  }
  workbook_sheet *s = &w->sheets[w->count++];
  *s = (workbook_sheet){.name = strdup(name ? name : ""),
                        .link = strdup(link ? link : ""),
                        .hidden = state && strcmp(state, "visible") != 0};
  return (s->name && s->link) || problem_memory(r->p);
}

static bool begin_book(void *context, const char *name, const char **attributes) {
  book_reading *r = context;
  if (!r->root_seen) r->is_workbook = strcmp(name, "workbook") == 0;
  r->root_seen = true;
  if (strcmp(name, "workbookPr") == 0) r->w->system_1904 = xml_truth(xml_attribute(attributes, "date1904"));
  return strcmp(name, "sheet") != 0 || add_sheet(r, attributes);
}

/* FOLDER/_rels/NAME.rels beside a part. */
static bool links_of(const char *part, char out[WORKBOOK_NAME_ROOM]) {
  const char *slash = strrchr(part, '/');
  int folder = slash ? (int)(slash - part) + 1 : 0;
  int needed = snprintf(out, WORKBOOK_NAME_ROOM, "%.*s_rels/%s.rels", folder, part, part + folder);
  return needed > 0 && needed < WORKBOOK_NAME_ROOM;
}

static bool no_workbook(problem *p) {
  return problem_say_texts(p, "压缩包里没有工作簿：这不是 Excel 文件，请确认拿到的是哪个文件",
                           "the archive holds no workbook: this is no Excel file, make sure that it is the right one");
}

/* No program writes two sheets into one part: their rows would count twice. */
static bool parts_apart(const workbook *w, problem *p) {
  for (uint32_t i = 0; i < w->count; i++)
    for (uint32_t k = 0; w->sheets[i].part && k < i; k++)
      if (w->sheets[k].part && strcmp(w->sheets[k].part, w->sheets[i].part) == 0)
        return problem_say(
            p, "工作表“%.100s”和“%.100s”是文件里的同一个部件：文件已损坏或有恶意，不予读取",
            "the sheets \"%.100s\" and \"%.100s\" are one part of the file: it is damaged or hostile and is not read",
            w->sheets[k].name, w->sheets[i].name);
  return true;
}

bool workbook_read(workbook *w, package *k, problem *p) {
  *w = (workbook){0};
  if (!package_has(k, "_rels/.rels")) return no_workbook(p);
  linking root = {.k = k, .found = w->part, .p = p};
  if (!xml_read(k, "_rels/.rels", &(xml_taker){&root, begin_root_link, nothing_at_end, NULL, false}, p)) return false;
  if (!*w->part) return no_workbook(p);

  book_reading book = {.w = w, .p = p};
  if (!xml_read(k, w->part, &(xml_taker){&book, begin_book, nothing_at_end, NULL, false}, p)) return false;
  if (!book.is_workbook) return no_workbook(p);

  char links[WORKBOOK_NAME_ROOM];
  linking own = {.w = w, .k = k, .p = p};
  if (links_of(w->part, links) && package_has(k, links) &&
      !xml_read(k, links, &(xml_taker){&own, begin_link, nothing_at_end, NULL, false}, p))
    return false;
  return parts_apart(w, p);
}

void workbook_free(workbook *w) {
  for (uint32_t i = 0; i < w->count; i++) {
    free(w->sheets[i].name);
    free(w->sheets[i].link);
    free(w->sheets[i].part);
  }
  free(w->sheets);
  w->sheets = NULL;
}
