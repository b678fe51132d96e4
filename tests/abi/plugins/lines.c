/* A reader built against the SDK alone: lines of words, one cell a word. */
#include <hongzhu/plugin.h>

#include <string.h>

#define TEXT(literal) ((hongzhu_text){(literal), sizeof(literal) - 1})

static int probe(void *context, const hongzhu_input *input) {
  (void)context;
  return input->length >= 6 && memcmp(input->bytes, "lines\n", 6) == 0 ? 90 : 0;
}

static int read_lines(void *context, const hongzhu_read *io) {
  (void)context;
  const char *at = (const char *)io->input->bytes, *end = at + io->input->length;
  hongzhu_text separator = io->option(io->host, "separator");
  hongzhu_text limit = io->option(io->host, "limit"); /* without a default */
  uint64_t row = 0;
  while (at < end) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) stop = end;
    hongzhu_text cells[8];
    uint32_t count = 0;
    for (const char *word = at; count < 8;) {
      const char *next = memchr(word, separator.at[0], (size_t)(stop - word));
      if (!next) next = stop;
      cells[count++] = next == word ? (hongzhu_text){NULL, 0} : (hongzhu_text){word, (size_t)(next - word)};
      if (next == stop) break;
      word = next + 1;
    }
    hongzhu_row line = {.size = sizeof line, .row = ++row, .count = count, .cells = cells};
    if (limit.at && row > (uint64_t)(limit.at[0] - '0')) {
      io->fail(io->host, 0, row, TEXT("行数超过限制"), TEXT("more lines than the limit"));
      return HONGZHU_FAILED;
    }
    int result = io->row(io->host, &line);
    if (result != HONGZHU_OK) return result;
    at = stop + (stop < end);
  }
  return HONGZHU_OK;
}

static const hongzhu_option options[] = {
    {sizeof(hongzhu_option), "separator", "text", " ", "单元格之间的字符", "the character between cells"},
    {sizeof(hongzhu_option), "limit", "whole", NULL, "最多多少行", "how many lines at most"},
    {sizeof(hongzhu_option), "order", "up|down", "up", "行的顺序", "the order of lines"},
};

static const hongzhu_reader reader = {
    .size = sizeof reader,
    .name = "lines",
    .title_zh = "文本行",
    .title_en = "lines of text",
    .extensions = "lines txt",
    .options = options,
    .options_count = sizeof options / sizeof *options,
    .probe = probe,
    .read = read_lines,
};

static const hongzhu_reader *const readers[] = {&reader};

static const hongzhu_plugin plugin = {
    .size = sizeof plugin,
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "lines",
    .version = "1.0",
    .license = "MIT",
    .title_zh = "测试用的读取器",
    .title_en = "a reader for tests",
    .readers = readers,
    .readers_count = 1,
    .contact = "plugins@example.org",
};

const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  return HONGZHU_HAS(host, version) && host->version ? &plugin : NULL;
}
