#include "pack/script.h"

#include "pack/roles.h"

#include <stdlib.h>
#include <string.h>

#define PIECE_MOST ((size_t)1 << 20)
/* Seconds without progress: the box stops a script by its computing time, long before this, unless the machine is busy.
 */
#define SILENCE_MOST 120
#define ANSWER_MOST  ((size_t)64 << 20) /* bytes of JSON that a worker may send */

/* ---- in the parent ---- */

static bool send_text(worker *w, const pack_text *text, faults *problems) {
  for (size_t i = 0; i < json_array_size(text->order); i++) {
    const char *id = json_string_value(json_array_get(text->order, i));
    if (!worker_send(w, SCRIPT_FRAME_PACK, id, strlen(id), problems)) return false;
  }
  buffer bytes = {0};
  bool good = true;
  const char *name;
  json_t *file;
  json_object_foreach(text->files, name, file) {
    bytes.length = 0;
    buffer_bytes(&bytes, name, strlen(name) + 1);
    buffer_text(&bytes, json_string_value(file));
    good = worker_send(w, SCRIPT_FRAME_FILE, bytes.at, bytes.length, problems);
    if (!good) break;
  }
  buffer_free(&bytes);
  return good;
}

worker *script_start(const pack_text *text, const script_order *order, faults *problems) {
  worker_order how = {.role = order->role,
                      .doing = order->doing,
                      .seconds = order->seconds ? order->seconds : SILENCE_MOST,
                      .descriptors = order->descriptors,
                      .descriptors_count = order->descriptors_count};
  worker *w = worker_start(&how, problems);
  if (!w) return NULL;
  json_t *wanted = order->word ? json_pack("{s:s, s:s, s:s}", "word", order->word, "id", order->id, "key", order->key)
                               : json_object();
  char *bytes = json_dumps(wanted, JSON_COMPACT);
  json_decref(wanted);
  bool good = send_text(w, text, problems) && worker_send(w, SCRIPT_FRAME_OPEN, bytes, strlen(bytes), problems);
  free(bytes);
  if (good) return w;
  worker_finish(w, problems);
  return NULL;
}

/* All that comes until the end, as one JSON value; NULL without a fault of its own where nothing came. */
static json_t *receive_json(worker *w, faults *problems) {
  buffer bytes = {0};
  frame f;
  bool good = true, fits = true;
  while (worker_receive(w, &f, &good, problems)) {
    if (f.type != SCRIPT_FRAME_JSON || bytes.length + f.length > ANSWER_MOST) fits = false;
    if (fits) buffer_bytes(&bytes, f.bytes, f.length);
  }
  json_t *value = NULL;
  if (fits && bytes.length > 0)
    value = json_loadb(bytes.at, bytes.length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
  if (good && (!fits || (bytes.length > 0 && !value))) {
    fault_add(problems, NOWHERE, "what the pack's worker sent cannot be read or is too large",
              "规则包工作进程送来的内容无法读取或过大");
  }
  buffer_free(&bytes);
  return value;
}

/* Ends a session whose answer is one JSON value. */
static json_t *finish_json(worker *w, faults *problems) {
  json_t *value = NULL;
  size_t errors = problems->errors;
  if (worker_send_end(w, problems)) value = receive_json(w, problems);
  if (worker_finish(w, problems) && value && problems->errors == errors) return value;
  json_decref(value);
  if (problems->errors == errors)
    fault_add(problems, NOWHERE, "the pack's worker ended without an answer", "规则包工作进程没有给出结果就结束了");
  return NULL;
}

json_t *image_make(arena *a, const pack_text *text, faults *problems) {
  const char *id = json_string_value(json_array_get(text->order, json_array_size(text->order) - 1));
  script_order order = {.role = "pack",
                        .doing = {{arena_format(a, "运行规则包“%s”", id), arena_format(a, "running pack \"%s\"", id)}}};
  worker *w = script_start(text, &order, problems);
  json_t *image = w ? finish_json(w, problems) : NULL;
  if (!image || (json_is_object(image) && json_is_array(json_object_get(image, "declarations")))) return image;
  json_decref(image);
  fault_add(problems, NOWHERE, "pack \"%s\" did not yield an image", "规则包“%s”没有产生映像", id);
  return NULL;
}

json_t *script_body(arena *a, const pack_text *text, const char *report, const json_t *given, faults *problems) {
  script_order order = {.role = "body",
                        .doing = {{arena_format(a, "报告“%s”的 body 函数", report),
                                   arena_format(a, "the function body of report \"%s\"", report)}},
                        .word = "report",
                        .id = report,
                        .key = "body"};
  worker *w = script_start(text, &order, problems);
  if (!w) return NULL;
  char *bytes = json_dumps(given, JSON_COMPACT);
  size_t length = strlen(bytes);
  bool good = true;
  for (size_t sent = 0; good && sent < length; sent += PIECE_MOST) {
    size_t size = length - sent < PIECE_MOST ? length - sent : PIECE_MOST;
    good = worker_send(w, SCRIPT_FRAME_JSON, bytes + sent, size, problems);
  }
  free(bytes);
  json_t *blocks = NULL;
  if (good) {
    blocks = finish_json(w, problems);
  } else {
    worker_finish(w, problems);
  }
  if (!blocks || json_is_array(blocks)) return blocks;
  json_decref(blocks);
  fault_add(problems, NOWHERE, "body of report \"%s\" returned no list of blocks", "报告“%s”的 body 没有返回内容块列表",
            report);
  fault_next(problems, "return { heading { … }, paragraph { … } }", "请写 return { heading { … }, paragraph { … } }");
  return NULL;
}

/* ---- in the child ---- */

/* In pieces, which the parent puts together. */
static void send_json(worker_child *c, const json_t *value) {
  char *bytes = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
  size_t length = bytes ? strlen(bytes) : 0;
  for (size_t sent = 0; sent < length; sent += PIECE_MOST) {
    size_t size = length - sent < PIECE_MOST ? length - sent : PIECE_MOST;
    worker_child_send(c, SCRIPT_FRAME_JSON, bytes + sent, size);
  }
  free(bytes);
}

typedef struct taken {
  json_t *files, *order, *wanted;
} taken;

static void take_frame(const frame *f, taken *t) {
  const char *bytes = (const char *)f->bytes;
  const char *end = f->type == SCRIPT_FRAME_FILE ? memchr(bytes, 0, f->length) : NULL;
  if (f->type == SCRIPT_FRAME_PACK) {
    json_array_append_new(t->order, json_stringn(bytes, f->length));
  } else if (f->type == SCRIPT_FRAME_OPEN) {
    t->wanted = json_loadb(bytes, f->length, 0, NULL);
  } else if (end) {
    size_t name_length = (size_t)(end - bytes) + 1;
    json_object_set_new(t->files, bytes, json_stringn(bytes + name_length, f->length - name_length));
  }
}

static bool open_text(worker_child *c, arena *a, loaded *out, faults *problems) {
  *out = (loaded){0};
  taken t = {.files = json_object(), .order = json_array()};
  frame f;
  while (!t.wanted && worker_child_receive(c, &f)) take_frame(&f, &t);
  if (!t.wanted) return fault_add(problems, NOWHERE, "the worker was given no text", "工作进程没有收到文本");
  if (!worker_child_seal(c)) return fault_add(problems, NOWHERE, "the worker cannot be sealed", "无法封闭工作进程");
  worker_child_status(c, "begin", 0);
  const char *word = json_member_text(t.wanted, "word");
  bool good = load_text(a, t.files, t.order, out, problems);
  if (good && word) {
    good = load_function(out, word, json_member_text(t.wanted, "id"), json_member_text(t.wanted, "key"), problems);
  }
  json_decref(t.wanted);
  return good;
}

int script_run(worker_child *c, script_work *work) {
  arena *a = arena_new();
  faults *problems = faults_new(a);
  loaded l;
  if (open_text(c, a, &l, problems)) work(c, &l, a, problems);
  for (size_t k = 0; k < problems->count; k++) worker_child_fault(c, &problems->items[k]);
  worker_child_end(c);
  if (l.box) load_free(&l);
  json_decref(l.files);
  json_decref(l.order);
  arena_free(a);
  return 0;
}

static void send_image(worker_child *c, loaded *l, arena *a, faults *problems) {
  (void)a;
  json_t *image = load_image(l, problems);
  if (image) send_json(c, image);
  json_decref(image);
}

int role_pack(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  return script_run(c, send_image);
}

/* The pieces of JSON that the parent sends until its end. */
static json_t *take_json(worker_child *c) {
  buffer bytes = {0};
  frame f;
  while (worker_child_receive(c, &f)) {
    if (f.type == SCRIPT_FRAME_JSON) buffer_bytes(&bytes, f.bytes, f.length);
  }
  json_t *value = json_loadb(bytes.at ? bytes.at : "", bytes.length, 0, NULL);
  buffer_free(&bytes);
  return value;
}

static void send_blocks(worker_child *c, loaded *l, arena *a, faults *problems) {
  (void)a;
  json_t *given = take_json(c);
  box_push_closed(l->box, given, "the report", "报告");
  json_decref(given);
  box_progress(l->box);
  if (!box_call(l->box, 1, 1, "body", problems)) return;
  json_t *blocks = box_json(l->box, -1, problems);
  if (blocks) send_json(c, blocks);
  json_decref(blocks);
}

int role_body(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  return script_run(c, send_blocks);
}
