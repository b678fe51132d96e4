/* The plugin "example": a writer of plain outlines.
 *
 * What a writer does: ask for the events of a document one by one (next) and give bytes (put). The same document must
 * give the same bytes: no clock, no random; the only date is io->day. An event is borrowed until the next call; kinds
 * that it does not know it passes over. include/hongzhu/plugin.h is the whole manual. */
#include <hongzhu/plugin.h>

static int put(const hongzhu_write *io, hongzhu_text text) {
  return text.at ? io->put(io->host, text.at, text.length) : HONGZHU_OK;
}

static int put_plain(const hongzhu_write *io, const char *text) {
  size_t length = 0;
  while (text[length]) length++;
  return io->put(io->host, text, length);
}

static void put_figure(const hongzhu_write *io, const hongzhu_figure *figure) {
  put(io, figure->value); /* with its marker, such as "at least" */
  put(io, figure->unit);
}

static void put_spans(const hongzhu_write *io, const hongzhu_span *spans, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (spans[i].figure)
      put_figure(io, spans[i].figure);
    else
      put(io, spans[i].text);
  }
}

static void put_table(const hongzhu_write *io, const hongzhu_event *event) {
  put(io, event->text);
  put_plain(io, "\n");
  for (uint32_t row = 0; row < event->rows_count; row++) {
    for (uint32_t column = 0; column < event->columns_count; column++) {
      if (column > 0) put_plain(io, " | ");
      put_spans(io, &event->cells[(size_t)row * event->columns_count + column], 1);
    }
    put_plain(io, "\n");
  }
}

static int write_outline(void *context, const hongzhu_write *io) {
  (void)context;
  hongzhu_text mark = io->option(io->host, "mark"); /* checked by the host, or its default */
  for (;;) {
    const hongzhu_event *event;
    int result = io->next(io->host, &event);
    if (result != HONGZHU_OK) return result; /* the host asks to stop */
    switch (event->kind) {
    case HONGZHU_EVENT_DOCUMENT:
    case HONGZHU_EVENT_HEADING:
      for (uint32_t i = 0; i <= event->level; i++) put(io, mark);
      put_plain(io, " ");
      put(io, event->text);
      put_plain(io, "\n");
      break;
    case HONGZHU_EVENT_PARAGRAPH:
    case HONGZHU_EVENT_NOTE:
      put_spans(io, event->spans, event->spans_count);
      put_plain(io, "\n");
      break;
    case HONGZHU_EVENT_FIGURES:
      for (uint32_t i = 0; i < event->figures_count; i++) {
        put(io, event->figures[i].title);
        put_plain(io, " ");
        put_figure(io, &event->figures[i]);
        put_plain(io, "\n");
      }
      break;
    case HONGZHU_EVENT_TABLE:
    case HONGZHU_EVENT_CHART: /* a chart has the table that it shows; event->svg is its drawing */
      put_table(io, event);
      break;
    case HONGZHU_EVENT_END:
      return HONGZHU_OK;
    default:
      break;
    }
  }
}

static const hongzhu_option options[] = {
    {.size = sizeof(hongzhu_option),
     .name = "mark",
     .type = "text",
     .otherwise = "#",
     .help_zh = "标题前的记号",
     .help_en = "the sign before headings"},
};

static const hongzhu_writer writer = {
    .size = sizeof writer,
    .name = "example",
    .title_zh = "提纲",
    .title_en = "an outline",
    .extension = "txt",
    .mime = "text/plain; charset=utf-8",
    .options = options,
    .options_count = sizeof options / sizeof *options,
    .write = write_outline,
};

static const hongzhu_writer *const writers[] = {&writer};

static const hongzhu_plugin plugin = {
    .size = sizeof plugin,
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "example",
    .version = "0.1",
    .license = "unlicensed", /* say under which licence you give it to others */
    .title_zh = "输出器",
    .title_en = "a writer",
    .writers = writers,
    .writers_count = 1,
};

/* A plugin that needs a newer program returns NULL here. */
const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
