/* What a writer must bear: a host that stops it anywhere, structs longer than those it was built with, events it does
 * not know, and documents with nothing in them.
 *
 *     writers_faults PLUGIN.so WRITER
 */
#include "document.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGER = 24 }; /* what a later version might have added to a struct */

typedef struct run {
  const hongzhu_writer *writer;
  const hongzhu_event *const *events;
  size_t next, stop_next, stop_put, puts; /* stop_…: the call that is answered with HONGZHU_STOP */
  buffer out;
  unsigned failures; /* times that `fail` was called */
} run;

static unsigned wrong;

static void expect(bool good, const char *what, size_t where) {
  if (good) return;
  wrong++;
  fprintf(stderr, "%s (%zu)\n", what, where);
}

static hongzhu_text text_of(const char *text) {
  return (hongzhu_text){text, text == NULL ? 0 : strlen(text)};
}

static hongzhu_text option(void *host, const char *name) {
  const run *r = host;
  for (uint32_t i = 0; i < r->writer->options_count; i++) {
    const hongzhu_option *row = HONGZHU_AT(r->writer->options, i);
    if (strcmp(row->name, name) == 0) return text_of(row->otherwise);
  }
  return text_of(NULL);
}

static int next(void *host, const hongzhu_event **event) {
  run *r = host;
  if (r->next == r->stop_next) return HONGZHU_STOP;
  *event = r->events[r->next++];
  return HONGZHU_OK;
}

static int put(void *host, const void *bytes, size_t length) {
  run *r = host;
  if (r->puts++ == r->stop_put) return HONGZHU_STOP;
  buffer_bytes(&r->out, bytes, length);
  return HONGZHU_OK;
}

static int fail(void *host, hongzhu_text zh, hongzhu_text en) {
  run *r = host;
  r->failures++;
  return zh.length > 0 && en.length > 0 ? HONGZHU_OK : HONGZHU_STOP;
}

static int write_with(run *r) {
  const hongzhu_write io = {.size = sizeof io,
                            .host = r,
                            .language = text_of("zh"),
                            .day = text_of("2025-08-31"),
                            .option = option,
                            .next = next,
                            .put = put,
                            .fail = fail};
  buffer_free(&r->out);
  r->out = (buffer){0};
  r->next = r->puts = 0;
  r->failures = 0;
  return r->writer->write(r->writer->context, &io);
}

/* ---- the same document in longer structs ---- */

static void *longer(arena *a, const void *items, uint32_t count, size_t size) {
  char *made = arena_array(a, count + 1, size + LONGER);
  for (uint32_t i = 0; i < count; i++) {
    char *at = made + i * (size + LONGER);
    uint32_t whole = (uint32_t)(size + LONGER);
    memcpy(at, (const char *)items + i * size, size);
    memcpy(at, &whole, sizeof whole);
    memset(at + size, 0xa5, LONGER);
  }
  return made;
}

static hongzhu_figure *longer_figures(arena *a, const hongzhu_figure *figures, uint32_t count) {
  hongzhu_figure *made = longer(a, figures, count, sizeof *made);
  for (uint32_t i = 0; i < count; i++) {
    hongzhu_figure *figure = HONGZHU_AT(made, i);
    figure->origins = longer(a, figure->origins, figure->origins_count, sizeof *figure->origins);
  }
  return made;
}

static hongzhu_span *longer_spans(arena *a, const hongzhu_span *spans, uint32_t count) {
  hongzhu_span *made = longer(a, spans, count, sizeof *made);
  for (uint32_t i = 0; i < count; i++) {
    hongzhu_span *span = HONGZHU_AT(made, i);
    if (span->figure != NULL) span->figure = longer_figures(a, span->figure, 1);
  }
  return made;
}

static const hongzhu_event *longer_event(arena *a, const hongzhu_event *event) {
  hongzhu_event *made = longer(a, event, 1, sizeof *made);
  made->spans = longer_spans(a, event->spans, event->spans_count);
  made->figures = longer_figures(a, event->figures, event->figures_count);
  made->columns = longer(a, event->columns, event->columns_count, sizeof *event->columns);
  made->cells = longer_spans(a, event->cells, event->rows_count * event->columns_count);
  return made;
}

/* ---- the trials ---- */

static void stopped_anywhere(run *r, size_t events) {
  for (size_t i = 0; i < events; i++) {
    r->stop_next = i;
    expect(write_with(r) == HONGZHU_STOP, "goes on though the host gave no more events", i);
  }
  r->stop_next = SIZE_MAX;
  expect(write_with(r) == HONGZHU_OK, "does not write the sample", 0);
  size_t puts = r->puts;
  expect(puts > 0, "puts nothing", 0);
  for (size_t i = 0; i < puts; i++) {
    r->stop_put = i;
    expect(write_with(r) == HONGZHU_STOP, "goes on though the host took no more bytes", i);
    expect(r->puts == i + 1, "puts again after it was refused", i);
  }
  r->stop_put = SIZE_MAX;
}

static void same_in_longer_structs(run *r, const sample *s) {
  const hongzhu_event **plain = arena_array(s->memory, s->count, sizeof(void *));
  const hongzhu_event **grown = arena_array(s->memory, s->count, sizeof(void *));
  for (size_t i = 0; i < s->count; i++) {
    plain[i] = &s->events[i];
    grown[i] = longer_event(s->memory, &s->events[i]);
  }
  r->events = plain;
  write_with(r);
  buffer expected = r->out;
  r->out = (buffer){0};
  r->events = grown;
  expect(write_with(r) == HONGZHU_OK, "fails with longer structs", 0);
  expect(r->out.length == expected.length && memcmp(r->out.at, expected.at, expected.length) == 0,
         "writes other bytes with longer structs", 0);
  buffer_free(&expected);
  r->events = plain;
}

static void nothing_in_it(run *r) {
  hongzhu_figure figure = {.size = sizeof figure};
  hongzhu_span spans[] = {{.size = sizeof *spans}, {.size = sizeof *spans, .figure = &figure}};
  hongzhu_column column = {.size = sizeof column, .align = 77};
  hongzhu_event odd[64];
  const hongzhu_event *events[65];
  size_t count = 0;
  for (uint32_t kind = 1; kind <= 12; kind++)
    for (uint32_t with = 0; with < 4; with++) {
      hongzhu_event *event = &odd[count];
      *event = (hongzhu_event){.size = sizeof *event, .kind = kind, .level = with * 9};
      if (with & 1) {
        event->spans = event->cells = spans;
        event->spans_count = event->rows_count = 2;
        event->columns = &column;
        event->columns_count = 1;
      }
      if (with & 2) {
        event->figures = &figure;
        event->figures_count = 1;
      }
      events[count++] = event;
    }
  hongzhu_event end = {.size = sizeof end, .kind = HONGZHU_EVENT_END};
  events[count] = &end;
  r->events = events;
  expect(write_with(r) == HONGZHU_OK, "fails on empty events", 0);
  expect(r->failures == 0, "complains about empty events", 0);
  r->events = &events[count];
  expect(write_with(r) == HONGZHU_OK, "fails on a document without events", 0);
}

int main(int count, char **words) {
  if (count != 3) {
    fputs("usage: writers_faults PLUGIN.so WRITER\n", stderr);
    return 2;
  }
  void *library = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  hongzhu_entry *entry = NULL;
  if (library != NULL) *(void **)&entry = dlsym(library, HONGZHU_ENTRY_NAME);
  if (entry == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  static const hongzhu_host host = {sizeof host, HONGZHU_ABI_MINOR, "0"};
  const hongzhu_plugin *plugin = entry(&host);
  run r = {.stop_next = SIZE_MAX, .stop_put = SIZE_MAX};
  for (uint32_t i = 0; i < plugin->writers_count; i++)
    if (strcmp(plugin->writers[i]->name, words[2]) == 0) r.writer = plugin->writers[i];
  expect(r.writer != NULL, "there is no such writer", 0);
  if (r.writer == NULL) return 1;
  sample s;
  arena *memory = arena_new();
  sample_make(&s, memory, LANGUAGE_ZH);
  same_in_longer_structs(&r, &s);
  stopped_anywhere(&r, s.count);
  nothing_in_it(&r);
  buffer_free(&r.out);
  arena_free(memory);
  return wrong == 0 ? 0 : 1;
}
