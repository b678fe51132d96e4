/* Plugins whose tables or entry points are wrong, one for each value of CASE; and those that are merely of another
 * version and must work. Built against the SDK alone. */
#include <hongzhu/plugin.h>

#include <stdlib.h>

#define TEXT(literal) ((hongzhu_text){(literal), sizeof(literal) - 1})

enum {
  NO_ENTRY = 1,
  OTHER_MAJOR,
  ENTRY_NULL,
  ENTRY_CRASHES,
  CONSTRUCTOR_CRASHES,
  CONSTRUCTOR_EXITS,
  SIZE_ZERO,
  NO_NAME,
  BAD_NAMES,
  BAD_TEXTS,
  TWICE,
  NULLS,
  TOO_MANY,
  NOTHING,
  BAD_OPTIONS,
  UNKNOWN_NEEDS,
  OLDER,
  NEWER,
  ENTRY_HANGS
};

static int probe(void *context, const hongzhu_input *input) {
  (void)context;
  return input->length > 0;
}

static int read_none(void *context, const hongzhu_read *io) {
  hongzhu_text cell = context ? TEXT("context") : TEXT("none");
  hongzhu_row row = {.size = sizeof row, .row = 1, .count = 1, .cells = &cell};
  return io->row(io->host, &row);
}

static int write_none(void *context, const hongzhu_write *io) {
  (void)context;
  const hongzhu_event *event;
  do {
    int result = io->next(io->host, &event);
    if (result != HONGZHU_OK) return result;
  } while (event->kind != HONGZHU_EVENT_END);
  return io->put(io->host, "x", 1);
}

static const hongzhu_option bad_options[] = {
    {sizeof(hongzhu_option), "a", "number", NULL, "甲", "one"},
    {sizeof(hongzhu_option), "b", "whole", "ten", "乙", "two"},
    {sizeof(hongzhu_option), "a", "text", NULL, "丙", NULL},
};

static hongzhu_reader first = {.size = sizeof first,
                               .name = "table",
                               .title_zh = "表",
                               .title_en = "table",
                               .extensions = "tbl",
                               .probe = probe,
                               .read = read_none};
static hongzhu_reader second = {.size = sizeof second,
                                .name = "second",
                                .title_zh = "表",
                                .title_en = "table",
                                .extensions = "tbl",
                                .probe = probe,
                                .read = read_none};
static hongzhu_writer writer = {.size = sizeof writer,
                                .name = "table",
                                .title_zh = "表",
                                .title_en = "table",
                                .extension = "tbl",
                                .mime = "text/plain",
                                .write = write_none};

static const hongzhu_reader *readers[] = {&first, &second};
static const hongzhu_writer *writers[] = {&writer};

/* A struct of a future version has members that this program has never heard of. */
static struct {
  hongzhu_plugin known;
  const char *future[8];
} plugin = {.known = {.size = sizeof(hongzhu_plugin),
                      .abi_minor = HONGZHU_ABI_MINOR,
                      .name = "tables",
                      .version = "1",
                      .license = "MIT",
                      .title_zh = "表",
                      .title_en = "tables",
                      .readers = readers,
                      .readers_count = 2,
                      .writers = writers,
                      .writers_count = 1}};

static struct {
  hongzhu_reader known;
  const char *future[4];
} newer = {.known = {.name = "newer",
                     .title_zh = "新",
                     .title_en = "newer",
                     .extensions = "new",
                     .context = &newer,
                     .probe = probe,
                     .read = read_none},
           .future = {"a", "b", "c", "d"}};

/* Rows of options are as wide as they say. */
static struct {
  hongzhu_option known;
  const char *future;
} newer_options[] = {
    {{sizeof newer_options[0], "one", "whole", "1", "一", "one"}, "x"},
    {{sizeof newer_options[0], "two", "a|b", "b", "二", "two"}, "y"},
};

static void prepare(int which) {
  switch (which) {
  case SIZE_ZERO:
    first.size = 0;
    break;
  case NO_NAME:
    first.name = NULL;
    plugin.known.name = NULL;
    break;
  case BAD_NAMES:
    first.name = "Bad Name";
    second.name = "\033[31m\xFF";
    writer.extension = "../x";
    break;
  case BAD_TEXTS:
    first.title_zh = "\xC3\x28";
    second.title_en = "a\nb";
    plugin.known.version = "";
    break;
  case TWICE:
    second.name = "table";
    break;
  case NULLS:
    first.read = NULL;
    readers[1] = NULL;
    plugin.known.writers = NULL;
    break;
  case TOO_MANY:
    plugin.known.readers_count = 4000000000u;
    break;
  case NOTHING:
    plugin.known.readers_count = plugin.known.writers_count = 0;
    break;
  case BAD_OPTIONS:
    first.options = bad_options;
    first.options_count = 3;
    second.options_count = 1;
    break;
  case UNKNOWN_NEEDS:
    writer.needs = 0x80;
    break;
  case OLDER:
    /* Built with the header of version 1.0, when the struct ended here; what follows in memory is not its own. */
    plugin.known.size = (uint32_t)offsetof(hongzhu_plugin, contact);
    plugin.known.abi_minor = 0;
    plugin.known.contact = (const char *)1;
    break;
  case NEWER:
    plugin.known.size = sizeof plugin;
    plugin.known.abi_minor = 99;
    newer.known.size = sizeof newer;
    newer.known.options = &newer_options[0].known;
    newer.known.options_count = 2;
    readers[0] = &newer.known;
    break;
  default:
    break;
  }
}

#if CASE == 5 || CASE == 6
__attribute__((constructor)) static void begin(void) {
  if (CASE == CONSTRUCTOR_EXITS) exit(0);
  abort();
}
#endif

#if CASE == 1
HONGZHU_EXPORT int hongzhu_entry_of_another_kind;
#elif CASE == 2
HONGZHU_EXPORT const void *hongzhu_plugin_7(const void *host);
const void *hongzhu_plugin_7(const void *host) {
  return host;
}
#else
const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  if (host->size < sizeof *host || !HONGZHU_HAS(host, version)) return NULL;
  if (CASE == ENTRY_CRASHES) abort();
  for (volatile int hangs = CASE == ENTRY_HANGS; hangs;) {}
  prepare(CASE);
  return CASE == ENTRY_NULL ? NULL : &plugin.known;
}
#endif

/* Not every case uses everything. */
HONGZHU_EXPORT void (*hongzhu_used)(int) = prepare;
