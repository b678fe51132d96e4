/* The plugin "example": a reader of text files with one value a line, "name = value".
 *
 * What a reader does: look at the bytes and say how sure it is that they are its own (probe), and give each row as
 * texts (read). It opens no file, for the bytes are there; whatever it allocates it may free itself or leave to the
 * end of its process. include/hongzhu/plugin.h is the whole manual. */
#include <hongzhu/plugin.h>

#include <string.h>

#define TEXT(literal) ((hongzhu_text){(literal), sizeof(literal) - 1})

/* From 0 (not mine) to 100 (certain). Judge by bytes; another reader may know the same ending of names. */
static int probe(void *context, const hongzhu_input *input) {
  (void)context;
  static const char mark[] = "# example\n";
  return input->length >= sizeof mark - 1 && memcmp(input->bytes, mark, sizeof mark - 1) == 0 ? 90 : 0;
}

static hongzhu_text trimmed(const char *from, const char *to) {
  while (from < to && *from == ' ') from++;
  while (from < to && to[-1] == ' ') to--;
  return (hongzhu_text){from, (size_t)(to - from)};
}

static int read_lines(void *context, const hongzhu_read *io) {
  (void)context;
  const char *at = (const char *)io->input->bytes, *end = at + io->input->length;
  hongzhu_text sign = io->option(io->host, "sign"); /* checked by the host, or its default */
  uint64_t number = 0;
  while (at < end) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) stop = end;
    number++;
    if (stop > at && *at != '#') { /* empty lines and remarks are left out, and still counted */
      const char *middle = memchr(at, sign.at[0], (size_t)(stop - at));
      if (!middle) {
        io->fail(io->host, 0, number, TEXT("这一行没有分隔符"), TEXT("the line has no sign between name and value"));
        return HONGZHU_FAILED;
      }
      hongzhu_text cells[] = {trimmed(at, middle), trimmed(middle + 1, stop)};
      hongzhu_row row = {.size = sizeof row, .row = number, .count = 2, .cells = cells};
      int result = io->row(io->host, &row);
      if (result != HONGZHU_OK) return result; /* the host asks to stop */
    }
    at = stop < end ? stop + 1 : end;
  }
  return HONGZHU_OK;
}

static const hongzhu_option options[] = {
    {.size = sizeof(hongzhu_option),
     .name = "sign",
     .type = "=|:",
     .otherwise = "=",
     .help_zh = "名称与取值之间的分隔符",
     .help_en = "the sign between name and value"},
};

static const hongzhu_reader reader = {
    .size = sizeof reader,
    .name = "example",
    .title_zh = "每行一项",
    .title_en = "one value a line",
    .extensions = "txt",
    .options = options,
    .options_count = sizeof options / sizeof *options,
    .probe = probe,
    .read = read_lines,
};

static const hongzhu_reader *const readers[] = {&reader};

static const hongzhu_plugin plugin = {
    .size = sizeof plugin,
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "example",
    .version = "0.1",
    .license = "unlicensed", /* say under which licence you give it to others */
    .title_zh = "读取器",
    .title_en = "a reader",
    .readers = readers,
    .readers_count = 1,
};

/* A plugin that needs a newer program returns NULL here. */
const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
