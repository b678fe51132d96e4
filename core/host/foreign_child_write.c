/* The worker's side of a writer: events in, bytes out. */
#include "base/system.h"
#include "host/foreign_wire.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct child_writing {
  foreign_child f;
  const hongzhu_writer *writer;
  arena *event_memory; /* of the event that is borrowed */
  hongzhu_event event;
  int64_t number; /* of events given */
  bool ended;     /* the END event was given */
  bool broken;
  bool said_failed;
  said failed;
  buffer bytes;
} child_writing;

static int broke(child_writing *w, const char *en, const char *zh) {
  if (w->broken) return HONGZHU_FAILED;
  w->broken = true;
  fault_add(w->f.problems, NOWHERE, "writer \"%s\" %s%.0s", "输出器“%s”%.0s%s", w->writer->name, en, zh);
  fault_mark(w->f.problems, FAULT_FOREIGN);
  return HONGZHU_FAILED;
}

static hongzhu_text writing_option(void *host, const char *name) {
  child_writing *w = host;
  return foreign_child_option(&w->f, w->writer->options, w->writer->options_count, name);
}

static int writing_next(void *host, const hongzhu_event **event) {
  child_writing *w = host;
  *event = NULL;
  if (w->ended) return broke(w, "asked for more than the document has", "在文档结束后仍请求内容");
  arena_reset(w->event_memory);
  w->bytes.length = 0;
  frame f;
  do {
    if (!worker_child_receive(w->f.worker, &f) || (f.type != FRAME_PART && f.type != FRAME_EVENT))
      return broke(w, "was not given the whole document", "没有收到完整的文档");
    buffer_bytes(&w->bytes, f.bytes, f.length);
  } while (f.type == FRAME_PART);
  if (!event_decode(w->event_memory, (const uint8_t *)w->bytes.at, w->bytes.length, &w->event))
    return broke(w, "was given a document that cannot be read", "收到了无法解读的文档");
  w->ended = w->event.kind == HONGZHU_EVENT_END;
  worker_child_status(w->f.worker, "block", ++w->number);
  *event = &w->event;
  return HONGZHU_OK;
}

static int writing_put(void *host, const void *bytes, size_t length) {
  child_writing *w = host;
  const char *at = bytes;
  while (length > 0) {
    size_t part = length > PART_BYTES ? PART_BYTES : length;
    worker_child_send(w->f.worker, FRAME_BYTES, at, part);
    at += part;
    length -= part;
  }
  return HONGZHU_OK;
}

static int writing_fail(void *host, hongzhu_text zh, hongzhu_text en) {
  child_writing *w = host;
  if (!zh.at) zh = en;
  if (!en.at) en = zh;
  if (!zh.at || !plugin_piece_good(zh, 4096) || !plugin_piece_good(en, 4096))
    return broke(w, "failed with a message that is no UTF-8, or with none", "失败，但其说明不是UTF-8或没有说明");
  w->said_failed = true;
  w->failed.in[LANGUAGE_ZH] = arena_text_of(w->f.memory, zh.at, zh.length);
  w->failed.in[LANGUAGE_EN] = arena_text_of(w->f.memory, en.at, en.length);
  return HONGZHU_OK;
}

int foreign_child_write(worker_child *c, int argc, char **argv) {
  if (argc < 4) return EXIT_FAILURE;
  child_writing w = {.f = {.options = argv + 4, .options_count = argc - 4}, .event_memory = arena_new()};
  if (!foreign_child_open(&w.f, c, argv[0])) return foreign_child_failed(&w.f);
  w.writer = plugin_writer(w.f.plugin, argv[1], w.f.problems);
  if (!w.writer) return foreign_child_failed(&w.f);
  if (!worker_child_seal(c)) {
    fault_add(w.f.problems, NOWHERE, "foreign code was not run: its second confinement failed: %s%.0s",
              "外来代码没有运行：第二层隔离失败：%.0s%s", SYSTEM_WORDS(errno));
    return foreign_child_failed(&w.f);
  }
  hongzhu_write io = {.size = sizeof io,
                      .host = &w,
                      .language = {argv[2], strlen(argv[2])},
                      .day = {argv[3], strlen(argv[3])},
                      .option = writing_option,
                      .next = writing_next,
                      .put = writing_put,
                      .fail = writing_fail,
                      .folder = worker_child_folder(c)};
  int result = w.writer->write(w.writer->context, &io);
  if (result == HONGZHU_OK && !w.broken && !w.ended)
    broke(&w, "ended before the document did", "在文档结束之前就结束了");
  if (result == HONGZHU_OK && !w.broken) {
    worker_child_end(c);
    return EXIT_SUCCESS;
  }
  if (!w.broken && w.said_failed)
    fault_add(w.f.problems, NOWHERE, "writer \"%s\": %s%.0s", "输出器“%s”：%.0s%s", w.writer->name,
              w.failed.in[LANGUAGE_EN], w.failed.in[LANGUAGE_ZH]);
  else
    broke(&w, "failed and did not say why", "失败，但没有说明原因");
  return foreign_child_failed(&w.f);
}
