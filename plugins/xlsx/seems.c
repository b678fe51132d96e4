#include "seems.h"

#include <string.h>
#include <strings.h>

#define SAVE_ZH  "请用 Excel 或 WPS 打开，另存为 .xlsx"
#define SAVE_EN  "open it in Excel or WPS and save it as .xlsx"
#define WHICH_ZH "请确认拿到的是哪个文件"
#define WHICH_EN "make sure that it is the right one"

static const seems old_excel = {"旧版 Excel 工作簿（.xls）", "an old Excel workbook (.xls)", SAVE_ZH, SAVE_EN};
static const seems encrypted = {"有密码的工作簿", "a workbook with a password",
                                "请用 Excel 或 WPS 打开，去掉密码后重新保存",
                                "open it in Excel or WPS and save it without the password"};
static const seems old_office = {"旧版 Office 文件，但不是工作簿", "an old Office file, but no workbook", WHICH_ZH,
                                 WHICH_EN};
static const seems page = {"网页（HTML），只是改名成了工作簿", "a web page (HTML) that was renamed", SAVE_ZH, SAVE_EN};
static const seems xml_table = {"Excel 2003 的 XML 表格", "an XML spreadsheet of Excel 2003", SAVE_ZH, SAVE_EN};
static const seems plain_text = {"文本文件（如 CSV），只是改名成了工作簿", "a text file (such as CSV) that was renamed",
                                 "请改用读取器 csv，或者用 Excel 或 WPS 打开后另存为 .xlsx",
                                 "use the reader csv, or " SAVE_EN};
static const seems empty = {"空文件", "an empty file", "请重新导出或传送", "export or send it again"};
static const seems unknown = {"未知类型的文件", "a file of an unknown kind", WHICH_ZH, WHICH_EN};
static const seems zeros = {"一片空字节：传送或存盘时已损坏",
                            "nothing but zero bytes: it was damaged when sent or saved", "请重新导出或传送",
                            "export or send it again"};

typedef struct mark_row {
  const char *bytes;
  size_t length;
  seems kind;
} mark_row;

static const mark_row marks[] = {
    {"%PDF-", 5, {"PDF 文件", "a PDF", WHICH_ZH, WHICH_EN}},
    {"\x1F\x8B", 2, {"gzip 压缩文件", "a file compressed by gzip", "请先解压", "decompress it first"}},
    {"Rar!\x1A\x07", 6, {"RAR 压缩包", "a RAR archive", "请先解压", "unpack it first"}},
    {"7z\xBC\xAF\x27\x1C", 6, {"7z 压缩包", "a 7z archive", "请先解压", "unpack it first"}},
    {"\x89PNG\r\n\x1A\n", 8, {"PNG 图片", "a PNG picture", WHICH_ZH, WHICH_EN}},
    {"\xFF\xD8\xFF", 3, {"JPEG 图片", "a JPEG picture", WHICH_ZH, WHICH_EN}},
    {"SQLite format 3", 16, {"SQLite 数据库", "an SQLite database", WHICH_ZH, WHICH_EN}},
};

static bool begins(const uint8_t *at, size_t length, const char *word) {
  size_t size = strlen(word);
  return length >= size && strncasecmp((const char *)at, word, size) == 0;
}

/* Names in the directory of an OLE file are UTF-16. */
static bool holds_wide(const uint8_t *bytes, size_t length, const char *word) {
  char wide[64];
  size_t size = strlen(word) * 2;
  for (size_t i = 0; i < size; i++) wide[i] = i % 2 ? '\0' : word[i / 2];
  return memmem(bytes, length, wide, size) != NULL;
}

static bool is_text(const uint8_t *at, size_t length) {
  if (length >= 2 && ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF))) return true;
  for (size_t i = 0; i < length && i < 4096; i++)
    if (at[i] == 0x7F || (at[i] < 0x20 && !strchr("\t\r\n\f", at[i])) || at[i] == 0) return false;
  return true;
}

const seems *seems_by_bytes(const uint8_t *bytes, uint64_t size) {
  size_t length = (size_t)size;
  if (length == 0) return &empty;
  if (length >= 4 && (memcmp(bytes, "PK\x03\x04", 4) == 0 || memcmp(bytes, "PK\x05\x06", 4) == 0)) return NULL;
  if (length >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0) {
    if (holds_wide(bytes, length, "EncryptedPackage")) return &encrypted;
    return holds_wide(bytes, length, "Workbook") || holds_wide(bytes, length, "Book") ? &old_excel : &old_office;
  }
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (length >= marks[i].length && memcmp(bytes, marks[i].bytes, marks[i].length) == 0) return &marks[i].kind;
  if (length >= 4 && (memcmp(bytes, "\x09\x08\x10\x00", 4) == 0 || memcmp(bytes, "\x09\x08\x08\x00", 4) == 0))
    return &old_excel;
  const uint8_t *at = bytes;
  if (length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) at += 3, length -= 3;
  while (length > 0 && *at && strchr(" \t\r\n", *at)) at++, length--;
  static const char *const pages[] = {"<!doctype html", "<html", "<head", "<table", "<meta", "<style", "<body"};
  for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
    if (begins(at, length, pages[i])) return &page;
  if (begins(at, length, "<?xml")) {
    size_t beginning = length < 4096 ? length : 4096;
    if (memmem(at, beginning, "urn:schemas-microsoft-com:office:spreadsheet", 44)) return &xml_table;
    if (memmem(at, beginning, "<html", 5)) return &page;
  }
  size_t nothing = 0;
  while (nothing < size && bytes[nothing] == 0) nothing++;
  if (nothing == size) return &zeros;
  return is_text(bytes, (size_t)size) ? &plain_text : &unknown;
}

const seems *seems_by_parts(const package *k) {
  static const struct {
    const char *part;
    seems kind;
  } parts[] = {
      {"xl/workbook.bin", {"二进制的 Excel 工作簿（.xlsb）", "a binary Excel workbook (.xlsb)", SAVE_ZH, SAVE_EN}},
      {"word/document.xml", {"Word 文档", "a Word document", WHICH_ZH, WHICH_EN}},
      {"ppt/presentation.xml", {"PowerPoint 演示文稿", "a PowerPoint presentation", WHICH_ZH, WHICH_EN}},
      {"index/document.iwa",
       {"苹果 iWork 文件", "a file of Apple's iWork", "请在 Numbers 中导出为 .xlsx", "export it as .xlsx"}},
      {"content.xml", {"OpenDocument 文件（如 .ods）", "an OpenDocument file (such as .ods)", SAVE_ZH, SAVE_EN}},
  };
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
    if (package_has(k, parts[i].part)) return &parts[i].kind;
  return NULL;
}
