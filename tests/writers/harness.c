/* Opens a writer as an integrator's host would, knowing nothing of it but the SDK, and lets it write the sample
 * document.
 *
 *     writers_harness PLUGIN.so WRITER zh|en OUTPUT [option=value …]
 */
#include "document.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct run {
  const hongzhu_writer *writer;
  const sample *document;
  size_t next;
  FILE *to;
  char **chosen;
  int chosen_count;
  bool ended;
} run;

static hongzhu_text text_of(const char *text) {
  return (hongzhu_text){text, text == NULL ? 0 : strlen(text)};
}

static hongzhu_text option(void *host, const char *name) {
  const run *r = host;
  for (int i = 0; i < r->chosen_count; i++) {
    size_t length = strlen(name);
    if (strncmp(r->chosen[i], name, length) == 0 && r->chosen[i][length] == '=')
      return text_of(r->chosen[i] + length + 1);
  }
  for (uint32_t i = 0; i < r->writer->options_count; i++) {
    const hongzhu_option *row = HONGZHU_AT(r->writer->options, i);
    if (strcmp(row->name, name) == 0) return text_of(row->otherwise);
  }
  return text_of(NULL);
}

static int next(void *host, const hongzhu_event **event) {
  run *r = host;
  *event = &r->document->events[r->next++];
  if (r->ended) {
    fputs("the writer asked for an event after the last one\n", stderr);
    exit(1);
  }
  r->ended = (*event)->kind == HONGZHU_EVENT_END;
  return HONGZHU_OK;
}

static int put(void *host, const void *bytes, size_t length) {
  run *r = host;
  return fwrite(bytes, 1, length, r->to) == length ? HONGZHU_OK : HONGZHU_STOP;
}

static int fail(void *host, hongzhu_text zh, hongzhu_text en) {
  (void)host;
  fprintf(stderr, "%.*s\n%.*s\n", (int)zh.length, zh.at, (int)en.length, en.at);
  return HONGZHU_OK;
}

static const hongzhu_writer *writer_of(const char *file, const char *name) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return NULL;
  }
  hongzhu_entry *entry;
  *(void **)&entry = dlsym(library, HONGZHU_ENTRY_NAME);
  if (entry == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return NULL;
  }
  static const hongzhu_host host = {sizeof host, HONGZHU_ABI_MINOR, "0"};
  const hongzhu_plugin *plugin = entry(&host);
  for (uint32_t i = 0; plugin != NULL && i < plugin->writers_count; i++)
    if (strcmp(plugin->writers[i]->name, name) == 0) return plugin->writers[i];
  fprintf(stderr, "\"%s\" offers no writer \"%s\"\n", file, name);
  return NULL;
}

int main(int count, char **words) {
  if (count < 5) {
    fputs("usage: writers_harness PLUGIN.so WRITER zh|en OUTPUT [option=value ...]\n", stderr);
    return 2;
  }
  const hongzhu_writer *writer = writer_of(words[1], words[2]);
  if (writer == NULL) return 1;
  sample document;
  arena *memory = arena_new();
  sample_make(&document, memory, strcmp(words[3], "zh") == 0 ? LANGUAGE_ZH : LANGUAGE_EN);
  run r = {.writer = writer, .document = &document, .chosen = words + 5, .chosen_count = count - 5};
  r.to = fopen(words[4], "wb");
  if (r.to == NULL) {
    perror(words[4]);
    return 1;
  }
  const hongzhu_write io = {.size = sizeof io,
                            .host = &r,
                            .language = text_of(words[3]),
                            .day = text_of("2025-08-31"),
                            .option = option,
                            .next = next,
                            .put = put,
                            .fail = fail};
  int result = writer->write(writer->context, &io);
  if (fclose(r.to) != 0) result = HONGZHU_FAILED;
  arena_free(memory);
  return result == HONGZHU_OK && r.ended ? 0 : 1;
}
