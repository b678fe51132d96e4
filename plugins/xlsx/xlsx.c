#include "seems.h"
#include "sheet.h"
#include "workbook.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const hongzhu_option options[] = {
    {sizeof(hongzhu_option), "hidden", "truth", "false", "隐藏的工作表是否也读", "whether hidden sheets are read too"},
};

static bool asks_for_hidden(const hongzhu_read *io) {
  hongzhu_text t = io->option(io->host, "hidden");
  return t.at && t.length == 4 && memcmp(t.at, "true", 4) == 0;
}

static bool say_seems(const seems *kind, problem *p) {
  char zh[512], en[512];
  snprintf(zh, sizeof zh, "这不是 Excel 工作簿（.xlsx），似乎是%s：%s", kind->zh, kind->advice_zh);
  snprintf(en, sizeof en, "this is no Excel workbook (.xlsx), it seems to be %s: %s", kind->en, kind->advice_en);
  return problem_say_texts(p, zh, en);
}

static bool read_sheets(package *k, const workbook *w, problem *p) {
  strings shared = {0};
  styles formats = {0};
  uint64_t cells_done = 0;
  uint32_t number = 0;
  bool hidden = asks_for_hidden(p->io);
  bool good = (!*w->strings || strings_read(&shared, k, w->strings, p)) &&
              (!*w->styles || styles_read(&formats, k, w->styles, p));
  for (uint32_t i = 0; good && i < w->count; i++) {
    const workbook_sheet *s = &w->sheets[i];
    if (s->hidden && !hidden) continue;
    if (!s->linked)
      good = problem_say(
          p, "工作表“%.200s”在文件里没有内容：文件已损坏，请用 Excel 或 WPS 打开后重新保存",
          "the sheet \"%.200s\" has no content in the file: it is damaged, open it in Excel or WPS and save it again",
          s->name);
    if (!good || !s->part) continue;
    p->sheet = ++number;
    sheet_source from = {k, s->part, &shared, &formats, w->system_1904, &cells_done};
    good = problem_keep(p, p->io->sheet(p->io->host, number, (hongzhu_text){s->name, strlen(s->name)})) &&
           sheet_read(&from, p);
    p->sheet = 0;
  }
  strings_free(&shared);
  styles_free(&formats);
  return good;
}

static bool read_package(const hongzhu_input *input, problem *p) {
  const seems *kind = seems_by_bytes(input->bytes, input->length);
  if (kind) return say_seems(kind, p);
  package *k = package_open(input->bytes, input->length, p);
  if (!k) return false;
  kind = seems_by_parts(k);
  bool good = !kind || say_seems(kind, p);
  workbook w = {0};
  good = good && workbook_read(&w, k, p) && read_sheets(k, &w, p);
  workbook_free(&w);
  package_close(k);
  return good;
}

static int read_xlsx(void *context, const hongzhu_read *io) {
  (void)context;
  problem p = {.io = io};
  /* Numbers are read and written with a point whatever the locale of the program is. */
  locale_t plain = newlocale(LC_ALL_MASK, "C", NULL);
  locale_t before = plain ? uselocale(plain) : NULL;
  if (!plain)
    problem_memory(&p);
  else
    read_package(io->input, &p);
  if (plain) {
    uselocale(before);
    freelocale(plain);
  }
  return p.result;
}

/* An archive that names a workbook: 95; another that may be one: 40. What was renamed to .xlsx or .xls gets 1, so that
 * the reader is asked at all and can say what the file really seems to be. */
static int probe_xlsx(void *context, const hongzhu_input *input) {
  (void)context;
  static const char *const endings[] = {".xlsx", ".xlsm", ".xltx", ".xls", ".et"};
  const uint8_t *bytes = input->bytes;
  size_t length = (size_t)input->length;
  if (length >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0) {
    size_t directory = length < (UINT32_C(1) << 20) ? length : UINT32_C(1) << 20;
    if (memmem(bytes + length - directory, directory, "workbook.xml", 12)) return 95;
    return memmem(bytes + length - directory, directory, "[Content_Types].xml", 19) ? 40 : 5;
  }
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
    size_t size = strlen(endings[i]);
    if (input->name.at && input->name.length > size &&
        strncasecmp(input->name.at + input->name.length - size, endings[i], size) == 0)
      return 1;
  }
  return 0;
}

static const hongzhu_reader xlsx_reader = {
    sizeof(hongzhu_reader),
    "xlsx",
    "Excel 工作簿",
    "Excel workbooks",
    "xlsx xlsm xltx",
    options,
    sizeof options / sizeof options[0],
    NULL,
    probe_xlsx,
    read_xlsx,
};

static const hongzhu_reader *const readers[] = {&xlsx_reader};

static const hongzhu_plugin plugin = {
    .size = sizeof(hongzhu_plugin),
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "xlsx",
    .version = HONGZHU_VERSION,
    .license = "Apache-2.0",
    .title_zh = "Excel 读取",
    .title_en = "reading Excel",
    .readers = readers,
    .readers_count = 1,
};

HONGZHU_EXPORT const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
