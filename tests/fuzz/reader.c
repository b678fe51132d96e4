/* A reader of a plugin, as hongzhu/plugin.h has it. The first byte of an input chooses options, the rest is the file;
 * for the target "workbook" the rest is a list of parts (workbook.c). */
#include "fuzz.h"

#include <hongzhu/plugin.h>

#include "utf8.h"
#include "workbook.h"

typedef struct run {
  const hongzhu_reader *reader;
  uint8_t choice;
  uint32_t sheet;
  uint64_t row;
  bool said;
} run;

typedef struct chosen {
  const char *name, *value;
} chosen;

/* By the bits of the first byte; a reader asks only for those that it declares. */
static const chosen choices[] = {{"encoding", "gb18030"}, {"separator", ";"},    {"comment", "#"},
                                 {"hidden", "true"},      {"quote", "'"},        {"encoding", "utf-16le"},
                                 {"encoding", "big5"},    {"encoding", "latin1"}};

static hongzhu_text option(void *host, const char *name) {
  const run *r = host;
  for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
    if (r->choice & (1U << i) && strcmp(choices[i].name, name) == 0)
      return (hongzhu_text){choices[i].value, strlen(choices[i].value)};
  for (uint32_t i = 0; i < r->reader->options_count; i++) {
    const hongzhu_option *o = &r->reader->options[i];
    if (strcmp(o->name, name) == 0)
      return o->otherwise ? (hongzhu_text){o->otherwise, strlen(o->otherwise)} : (hongzhu_text){NULL, 0};
  }
  fuzz_promise(false && name); /* it asks for an option that it does not declare */
  return (hongzhu_text){NULL, 0};
}

static int take_sheet(void *host, uint32_t number, hongzhu_text name) {
  run *r = host;
  fuzz_promise(number > r->sheet);
  fuzz_promise(!name.at || is_utf8(name));
  r->sheet = number;
  r->row = 0;
  return HONGZHU_OK;
}

static int take_row(void *host, const hongzhu_row *row) {
  run *r = host;
  fuzz_promise(row->size >= sizeof *row && row->sheet == r->sheet && row->row > r->row);
  r->row = row->row;
  bool something = false;
  for (uint32_t i = 0; i < row->count; i++) {
    if (!row->cells[i].at) continue;
    fuzz_promise(is_utf8(row->cells[i]));
    something = something || row->cells[i].length > 0;
  }
  fuzz_promise(something);
  return HONGZHU_OK;
}

static int take_failure(void *host, uint32_t sheet, uint64_t row, hongzhu_text zh, hongzhu_text en) {
  run *r = host;
  (void)sheet;
  (void)row;
  r->said = true;
  fuzz_promise(zh.at && en.at && zh.length > 0 && en.length > 0 && is_utf8(zh) && is_utf8(en));
  return HONGZHU_FAILED;
}

static void read_file(run *r, uint8_t *file, size_t size) {
  const hongzhu_input input = {sizeof input, file, size, {"file", 4}};
  int sure = r->reader->probe(r->reader->context, &input);
  fuzz_promise(sure >= 0 && sure <= 100);
  const hongzhu_read io = {sizeof io, r, &input, option, take_sheet, take_row, take_failure, NULL};
  int result = r->reader->read(r->reader->context, &io);
  fuzz_promise(result == (r->said ? HONGZHU_FAILED : HONGZHU_OK));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  const hongzhu_host host = {sizeof host, HONGZHU_ABI_MINOR, "fuzz"};
  run r = {.reader = hongzhu_plugin_1(&host)->readers[0]};
  fuzz_bytes input = {bytes, size};
  r.choice = fuzz_byte(&input);
#ifdef FUZZ_WORKBOOK
  size_t length;
  uint8_t *file = workbook_archive(&input, &length);
#else
  size_t length = input.left;
  uint8_t *file = fuzz_copy(&input, length);
#endif
  read_file(&r, file, length);
  free(file);
  return 0;
}
