#include "guess_kind.h"

#include <string.h>
#include <strings.h>

typedef struct mark_row {
  const char *bytes;
  size_t length;
  guess_kind kind;
} mark_row;

static const mark_row marks[] = {
    {"PK\x03\x04", 4, {"Excel 工作簿（.xlsx）或其他压缩包", "an Excel workbook (.xlsx) or another archive"}},
    {"PK\x05\x06", 4, {"空的 zip 压缩包", "an empty zip archive"}},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
     8,
     {"旧版 Excel 工作簿（.xls）或加密的工作簿", "an old Excel workbook (.xls) or an encrypted one"}},
    {"%PDF-", 5, {"PDF 文件", "a PDF"}},
    {"\x1F\x8B", 2, {"gzip 压缩文件", "a file compressed by gzip"}},
    {"Rar!\x1A\x07", 6, {"RAR 压缩包", "a RAR archive"}},
    {"7z\xBC\xAF\x27\x1C", 6, {"7z 压缩包", "a 7z archive"}},
    {"\x89PNG\r\n\x1A\n", 8, {"PNG 图片", "a PNG picture"}},
    {"\xFF\xD8\xFF", 3, {"JPEG 图片", "a JPEG picture"}},
    {"SQLite format 3", 16, {"SQLite 数据库", "an SQLite database"}},
    {"\x7F"
     "ELF",
     4,
     {"可执行程序", "a program"}},
};

static const guess_kind page = {"网页（HTML）", "a web page (HTML)"};
static const guess_kind xml = {"XML 文件", "an XML file"};

static int begins(const char *at, size_t length, const char *word) {
  size_t size = strlen(word);
  return length >= size && strncasecmp(at, word, size) == 0;
}

const guess_kind *guess_kind_of(const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (length >= marks[i].length && memcmp(bytes, marks[i].bytes, marks[i].length) == 0) return &marks[i].kind;
  const char *at = (const char *)bytes;
  if (length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) at += 3, length -= 3;
  while (length > 0 && strchr(" \t\r\n", *at) && *at) at++, length--;
  if (begins(at, length, "<!doctype html") || begins(at, length, "<html") || begins(at, length, "<head") ||
      begins(at, length, "<table") || begins(at, length, "<meta"))
    return &page;
  if (begins(at, length, "<?xml")) return &xml;
  return NULL;
}
