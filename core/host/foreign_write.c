/* Writers in workers: a document goes in while its bytes come out. */
#include "base/system.h"
#include "host/foreign_wire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

typedef struct writing {
  worker *worker;
  int descriptor;
  uint64_t written;
  said doing;
  faults *problems;
} writing;

static bool write_out(writing *to, const frame *f) {
  const uint8_t *at = f->bytes;
  size_t left = f->length;
  while (left > 0) {
    ssize_t written = write(to->descriptor, at, left);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      fault_add(to->problems, NOWHERE, "what was written cannot be stored: %s%.0s", "输出的内容无法保存：%.0s%s",
                SYSTEM_WORDS(errno));
      return fault_next(to->problems, "see whether the disk is full", "请检查磁盘空间是否已满");
    }
    at += written;
    left -= (size_t)written;
  }
  return true;
}

/* False if the worker was ended and to->worker is NULL. */
static bool take_bytes(writing *to, const frame *f) {
  to->written += f->length;
  if (f->type != FRAME_BYTES || to->written > WRITTEN_MOST) {
    foreign_garbage(to->worker, to->doing, f->type != FRAME_BYTES ? "what is no output" : "output without end",
                    f->type != FRAME_BYTES ? "不是输出的内容" : "没完没了的输出", to->problems);
    to->worker = NULL;
    return false;
  }
  if (write_out(to, f)) return true;
  worker_stop(to->worker);
  to->worker = NULL;
  return false;
}

/* What has come in while the worker was being fed. */
static bool take_kept(writing *to) {
  frame f;
  while (worker_receive_kept(to->worker, &f)) {
    if (!take_bytes(to, &f)) return false;
  }
  return true;
}

static bool send_event(writing *to, const hongzhu_event *event, buffer *bytes) {
  bytes->length = 0;
  event_encode(bytes, event);
  size_t at = 0;
  for (; bytes->length - at > PART_BYTES; at += PART_BYTES) {
    if (!worker_send(to->worker, FRAME_PART, bytes->at + at, PART_BYTES, to->problems)) return false;
    if (!take_kept(to)) return false;
  }
  return worker_send(to->worker, FRAME_EVENT, bytes->at + at, bytes->length - at, to->problems) && take_kept(to);
}

bool foreign_write(const offer *writer, const document *d, const option_value *options, size_t options_count,
                   int descriptor, faults *problems) {
  arena *a = arena_new();
  const char *const fixed[] = {writer->file, writer->name, d->language, d->day, NULL};
  const char *const libraries[] = {writer->file, NULL};
  const char *const *arguments = foreign_arguments(a, writer, fixed, options, options_count, problems);
  worker_order order = {.role = "write",
                        .doing = foreign_doing(a, writer, NULL),
                        .arguments = arguments,
                        .libraries = libraries,
                        .folder = (writer->needs & HONGZHU_NEEDS_FOLDER) != 0,
                        .fonts = (writer->needs & HONGZHU_NEEDS_FONTS) != 0};
  writing to = {NULL, descriptor, 0, order.doing, problems};
  to.worker = arguments ? worker_start(&order, problems) : NULL;
  buffer bytes = {0};
  bool good = to.worker != NULL;
  for (size_t i = 0; good && i < d->count; i++) good = send_event(&to, &d->events[i], &bytes);
  const hongzhu_event end = {.size = sizeof end, .kind = HONGZHU_EVENT_END};
  good = good && send_event(&to, &end, &bytes) && worker_send_end(to.worker, problems);
  frame f;
  while (good && worker_receive(to.worker, &f, &good, problems)) good = take_bytes(&to, &f);
  if (to.worker) good = worker_finish(to.worker, problems) && good;
  buffer_free(&bytes);
  arena_free(a);
  return good;
}
