#include "xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define BREAK '\n' /* between namespace and name; expat refuses namespaces that hold it */

static const char *const known[] = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/package/2006/content-types",
};
static const char *const links[] = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
};
static const char choice[] = "http://schemas.openxmlformats.org/markup-compatibility/2006\nChoice";

typedef struct reading {
  XML_Parser parser;
  const xml_taker *taker;
  const char *part;
  problem *p;
  unsigned depth, skipped_from; /* skipped_from: the depth of the alternative being passed over; 0: none */
} reading;

static bool in_namespace(const char *name, const char *const *spaces, size_t count, const char **local) {
  const char *end = strchr(name, BREAK);
  *local = end ? end + 1 : name;
  if (!end) return true;
  for (size_t i = 0; i < count; i++)
    if (strlen(spaces[i]) == (size_t)(end - name) && memcmp(spaces[i], name, (size_t)(end - name)) == 0) return true;
  return false;
}

/* Nearly all elements of a sheet are of its one namespace. */
static const char *element_name(const char *name) {
  const char *local;
  static const char usual[] = "http://schemas.openxmlformats.org/spreadsheetml/2006/main\n";
  if (strncmp(name, usual, sizeof usual - 1) == 0) return name + sizeof usual - 1;
  return in_namespace(name, known, sizeof known / sizeof known[0], &local) ? local : "";
}

static void stop(reading *r) {
  XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL begin(void *data, const char *name, const char **attributes) {
  reading *r = data;
  if (++r->depth > XML_DEPTH_MOST) {
    problem_say(r->p, "部件“%.200s”的元素嵌套超过 %d 层：文件已损坏或是恶意的",
                "the elements of \"%.200s\" are nested more than %d deep: the file is damaged or hostile", r->part,
                XML_DEPTH_MOST);
    stop(r);
    return;
  }
  if (r->skipped_from) return;
  const char *local = element_name(name);
  if (*local == '\0' && strcmp(name, choice) == 0) {
    r->skipped_from = r->depth;
    return;
  }
  if (!r->taker->begin(r->taker->context, local, attributes)) stop(r);
}

static void XMLCALL end(void *data, const char *name) {
  reading *r = data;
  unsigned depth = r->depth--;
  if (r->skipped_from) {
    if (r->skipped_from == depth) r->skipped_from = 0;
    return;
  }
  if (!r->taker->end(r->taker->context, element_name(name))) stop(r);
}

static void XMLCALL text(void *data, const char *at, int length) {
  reading *r = data;
  if (r->skipped_from || !r->taker->text) return;
  if (!r->taker->text(r->taker->context, at, (size_t)length)) stop(r);
}

static void XMLCALL doctype(void *data, const char *name, const char *system, const char *public, int internal) {
  (void)name, (void)system, (void)public, (void)internal;
  reading *r = data;
  problem_say(r->p, "部件“%.200s”带有文档类型声明（实体）：工作簿里不该有，文件可能是恶意的，不予读取",
              "the part \"%.200s\" declares a document type (entities): no workbook does, the file may be hostile and "
              "is not read",
              r->part);
  stop(r);
}

static bool feed(reading *r, package_part *part) {
  uint8_t *piece = malloc(PACKAGE_PIECE);
  if (!piece) return problem_memory(r->p);
  int64_t fed = 0;
  bool good = true, last = false;
  while (good && !last) {
    size_t length;
    good = package_part_read(part, piece, &length, r->p);
    if (!good) break;
    if (r->taker->counts) package_part_used(part, r->p);
    last = length == 0;
    fed += (int64_t)length;
    good = XML_Parse(r->parser, (const char *)piece, (int)length, last) != XML_STATUS_ERROR;
    if (!good && r->p->result == HONGZHU_OK)
      problem_say(
          r->p, "部件“%.200s”第 %lu 行第 %lu 列不是正确的 XML（“%s”）：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
          "the part \"%.200s\" is no well-formed XML at line %lu, column %lu (%s): "
          "the file is damaged, open it in Excel or WPS and save it again",
          r->part, (unsigned long)XML_GetCurrentLineNumber(r->parser),
          (unsigned long)XML_GetCurrentColumnNumber(r->parser) + 1, XML_ErrorString(XML_GetErrorCode(r->parser)));
    if (good && fed - XML_GetCurrentByteIndex(r->parser) > XML_TOKEN_MOST + (int64_t)PACKAGE_PIECE)
      good = problem_say(r->p, "部件“%.200s”里有超过 1 MB 的标记或注释：文件已损坏或是恶意的",
                         "the part \"%.200s\" has a tag or comment of more than 1 MB: the file is damaged or hostile",
                         r->part);
  }
  free(piece);
  return good;
}

bool xml_read(package *k, const char *part, const xml_taker *taker, problem *p) {
  package_part *opened = package_part_open(k, part, p);
  if (!opened) return false;
  reading r = {.parser = XML_ParserCreateNS(NULL, BREAK), .taker = taker, .part = part, .p = p};
  bool good = r.parser != NULL;
  if (good) {
    /* A worker has no source of random numbers; names made to collide cost it its own time limit, no more. */
    XML_SetHashSalt(r.parser, 0x68F6A3C1);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, begin, end);
    XML_SetCharacterDataHandler(r.parser, text);
    XML_SetStartDoctypeDeclHandler(r.parser, doctype);
    good = feed(&r, opened);
    XML_ParserFree(r.parser);
  } else {
    problem_memory(p);
  }
  package_part_close(opened);
  return good;
}

const char *xml_attribute(const char **attributes, const char *name) {
  bool link = strncmp(name, "r:", 2) == 0;
  for (; attributes[0]; attributes += 2) {
    const char *local;
    bool spaced = strchr(attributes[0], BREAK) != NULL;
    if (spaced != link) continue;
    if (link && !in_namespace(attributes[0], links, sizeof links / sizeof links[0], &local)) continue;
    if (strcmp(link ? local : attributes[0], link ? name + 2 : name) == 0) return attributes[1];
  }
  return NULL;
}

bool xml_keeps_space(const char **attributes) {
  for (; attributes[0]; attributes += 2)
    if (strcmp(attributes[0], "http://www.w3.org/XML/1998/namespace\nspace") == 0)
      return strcmp(attributes[1], "preserve") == 0;
  return false;
}

bool xml_truth(const char *value) {
  return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

bool xml_whole(const char *value, uint32_t *out) {
  uint64_t n = 0;
  if (!value || !*value) return false;
  for (; *value; value++) {
    if (*value < '0' || *value > '9') return false;
    n = n * 10 + (uint64_t)(*value - '0');
    if (n > UINT32_MAX) return false;
  }
  *out = (uint32_t)n;
  return true;
}
