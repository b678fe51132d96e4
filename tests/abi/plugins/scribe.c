/* A writer built against the SDK alone: one line for each event with all that is in it, so that a test sees what came
 * through. With the option "folder" it writes by way of a temporary file, as some libraries do. */
#include <hongzhu/plugin.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(const hongzhu_write *io, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(const hongzhu_write *io, const char *format, ...) {
  char line[4096];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  io->put(io->host, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

static void put_text(const hongzhu_write *io, const char *name, hongzhu_text text) {
  if (text.at) put(io, " %s=[%.*s]", name, (int)(text.length > 2000 ? 2000 : text.length), text.at);
}

static void put_figure(const hongzhu_write *io, const hongzhu_figure *f) {
  put(io, " figure{");
  put_text(io, "id", f->id);
  put_text(io, "title", f->title);
  put_text(io, "value", f->value);
  put_text(io, "unit", f->unit);
  put_text(io, "marker", f->marker);
  put_text(io, "definition", f->definition);
  put_text(io, "trace", f->trace);
  for (uint32_t i = 0; i < f->origins_count; i++) {
    put(io, " origin{");
    put_text(io, "file", f->origins[i].file);
    put_text(io, "sheet", f->origins[i].sheet);
    put_text(io, "text", f->origins[i].row_text);
    put(io, " row=%llu}", (unsigned long long)f->origins[i].row);
  }
  put(io, " of %llu}", (unsigned long long)f->origins_total);
}

static void put_spans(const hongzhu_write *io, const hongzhu_span *spans, size_t count) {
  for (size_t i = 0; i < count; i++) {
    put(io, " span");
    put_text(io, "text", spans[i].text);
    if (spans[i].figure) put_figure(io, spans[i].figure);
  }
}

static void put_event(const hongzhu_write *io, const hongzhu_event *e) {
  put(io, "%u level=%u", e->kind, e->level);
  put_text(io, "text", e->text);
  put_text(io, "note", e->note);
  put_text(io, "svg", e->svg);
  put_text(io, "chart", e->chart);
  put_spans(io, e->spans, e->spans_count);
  for (uint32_t i = 0; i < e->figures_count; i++) put_figure(io, &e->figures[i]);
  for (uint32_t i = 0; i < e->columns_count; i++) {
    put(io, " column align=%u", e->columns[i].align);
    put_text(io, "title", e->columns[i].title);
  }
  put(io, " rows=%u", e->rows_count);
  put_spans(io, e->cells, (size_t)e->rows_count * e->columns_count);
  put(io, "\n");
}

static int through_folder(const hongzhu_write *io) {
  char path[512], back[64] = "";
  if (!io->folder)
    return io->fail(io->host, (hongzhu_text){"没有文件夹", 15}, (hongzhu_text){"no folder", 9}), HONGZHU_FAILED;
  snprintf(path, sizeof path, "%s/part.tmp", io->folder);
  FILE *file = fopen(path, "w+");
  if (!file) return HONGZHU_FAILED;
  fputs("by way of a file", file);
  rewind(file);
  size_t length = fread(back, 1, sizeof back - 1, file);
  fclose(file);
  snprintf(path, sizeof path, "%s/../hongzhu-scribe-was-here", io->folder);
  file = fopen(path, "w");
  put(io, "folder: %.*s, beside it: %s\n", (int)length, back, file ? "open" : "refused");
  if (file) fclose(file);
  return HONGZHU_OK;
}

static int write_all(void *context, const hongzhu_write *io) {
  (void)context;
  hongzhu_text deed = io->option(io->host, "deed");
  put(io, "language %.*s day %.*s\n", (int)io->language.length, io->language.at, (int)io->day.length, io->day.at);
  if (deed.at[0] == 'e') return HONGZHU_OK; /* early */
  if (deed.at[0] == 'f') {
    int result = through_folder(io);
    if (result != HONGZHU_OK) return result;
  }
  for (int count = 0;; count++) {
    const hongzhu_event *event;
    int result = io->next(io->host, &event);
    if (result != HONGZHU_OK) return result;
    if (event->kind == HONGZHU_EVENT_END) break;
    put_event(io, event);
    if (deed.at[0] == 'c' && count == 2) return *(volatile int *)NULL;
    if (deed.at[0] == 'g' && count == 1) {
      io->fail(io->host, (hongzhu_text){"不会写", 9}, (hongzhu_text){"cannot write this", 17});
      return HONGZHU_FAILED;
    }
  }
  const hongzhu_event *event;
  if (deed.at[0] == 'm') return io->next(io->host, &event);   /* more */
  if (deed.at[0] == 'r') put(io, "%p", (const void *)&event); /* random: an address */
  return HONGZHU_OK;
}

static const hongzhu_option options[] = {{sizeof(hongzhu_option), "deed",
                                          "plain|early|folder|crash|give_up|more|random", "plain", "怎样输出",
                                          "how to write"}};

#define WRITER(called, what)                                                                                           \
  {                                                                                                                    \
    .size = sizeof(hongzhu_writer), .name = (called), .title_zh = "测试", .title_en = "a test", .extension = "txt",    \
    .mime = "text/plain", .options = options, .options_count = 1, .needs = (what), .write = write_all                  \
  }

static const hongzhu_writer scribe = WRITER("scribe", 0), foldered = WRITER("foldered", HONGZHU_NEEDS_FOLDER);
static const hongzhu_writer *const writers[] = {&scribe, &foldered};

static const hongzhu_plugin plugin = {.size = sizeof plugin,
                                      .abi_minor = HONGZHU_ABI_MINOR,
                                      .name = "scribe",
                                      .version = "1",
                                      .license = "MIT",
                                      .title_zh = "测试",
                                      .title_en = "a test",
                                      .writers = writers,
                                      .writers_count = 2};

const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
