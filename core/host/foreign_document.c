/* Events of a document as bytes of a frame, and back; what comes back is believed in nothing. */
#include "host/foreign_wire.h"

#include <string.h>

/* ---- into bytes ---- */

static void put_number(buffer *out, uint32_t number) {
  buffer_bytes(out, &number, sizeof number);
}

static void put_long(buffer *out, uint64_t number) {
  buffer_bytes(out, &number, sizeof number);
}

static void put_text(buffer *out, hongzhu_text text) {
  put_number(out, text.at ? (uint32_t)text.length : ABSENT);
  if (text.at) buffer_bytes(out, text.at, text.length);
}

static void put_figure(buffer *out, const hongzhu_figure *f) {
  const hongzhu_text texts[] = {f->id, f->title, f->value, f->unit, f->marker, f->definition, f->trace};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) put_text(out, texts[i]);
  put_long(out, f->origins_total);
  put_number(out, f->origins_count);
  for (uint32_t i = 0; i < f->origins_count; i++) {
    const hongzhu_origin *o = &f->origins[i];
    put_text(out, o->file);
    put_text(out, o->sheet);
    put_text(out, o->row_text);
    put_long(out, o->row);
  }
}

static void put_spans(buffer *out, const hongzhu_span *spans, size_t count) {
  for (size_t i = 0; i < count; i++) {
    put_text(out, spans[i].text);
    put_number(out, spans[i].figure != NULL);
    if (spans[i].figure) put_figure(out, spans[i].figure);
  }
}

void event_encode(buffer *out, const hongzhu_event *e) {
  put_number(out, e->kind);
  put_number(out, e->level);
  put_text(out, e->text);
  put_text(out, e->note);
  put_text(out, e->svg);
  put_text(out, e->chart);
  put_number(out, e->spans_count);
  put_spans(out, e->spans, e->spans_count);
  put_number(out, e->figures_count);
  for (uint32_t i = 0; i < e->figures_count; i++) put_figure(out, &e->figures[i]);
  put_number(out, e->columns_count);
  for (uint32_t i = 0; i < e->columns_count; i++) {
    put_text(out, e->columns[i].title);
    put_number(out, e->columns[i].align);
  }
  put_number(out, e->rows_count);
  put_spans(out, e->cells, (size_t)e->rows_count * e->columns_count);
}

/* ---- out of bytes ---- */

typedef struct source {
  arena *memory;
  const uint8_t *at;
  size_t left;
  bool good; /* once false, everything taken is zero */
} source;

static void take(source *s, void *to, size_t size) {
  if (!s->good || size > s->left) {
    s->good = false;
    memset(to, 0, size);
    return;
  }
  memcpy(to, s->at, size);
  s->at += size;
  s->left -= size;
}

static uint32_t take_number(source *s) {
  uint32_t number;
  take(s, &number, sizeof number);
  return number;
}

static uint64_t take_long(source *s) {
  uint64_t number;
  take(s, &number, sizeof number);
  return number;
}

static hongzhu_text take_text(source *s) {
  uint32_t length = take_number(s);
  if (!s->good || length == ABSENT) return (hongzhu_text){NULL, 0};
  if (length > s->left) {
    s->good = false;
    return (hongzhu_text){NULL, 0};
  }
  hongzhu_text text = {(const char *)s->at, length};
  s->at += length;
  s->left -= length;
  return text;
}

/* Room for so many things, each of which takes at least `least` bytes of what is left. */
static void *take_room(source *s, size_t count, size_t least, size_t size) {
  if (!s->good || count > s->left / least) {
    s->good = count == 0 && s->good;
    return NULL;
  }
  return arena_array(s->memory, count, size);
}

static void take_figure(source *s, hongzhu_figure *f) {
  f->size = sizeof *f;
  hongzhu_text *const texts[] = {&f->id, &f->title, &f->value, &f->unit, &f->marker, &f->definition, &f->trace};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = take_text(s);
  f->origins_total = take_long(s);
  uint32_t count = take_number(s);
  hongzhu_origin *origins = take_room(s, count, 20, sizeof *origins);
  for (uint32_t i = 0; s->good && i < count; i++) {
    origins[i].size = sizeof origins[i];
    origins[i].file = take_text(s);
    origins[i].sheet = take_text(s);
    origins[i].row_text = take_text(s);
    origins[i].row = take_long(s);
  }
  f->origins = origins;
  f->origins_count = s->good ? count : 0;
}

static const hongzhu_span *take_spans(source *s, size_t count) {
  hongzhu_span *spans = take_room(s, count, 8, sizeof *spans);
  for (size_t i = 0; s->good && i < count; i++) {
    spans[i].size = sizeof spans[i];
    spans[i].text = take_text(s);
    if (!take_number(s)) continue;
    hongzhu_figure *figure = arena_take(s->memory, sizeof *figure);
    take_figure(s, figure);
    spans[i].figure = figure;
  }
  return spans;
}

bool event_decode(arena *a, const uint8_t *bytes, size_t length, hongzhu_event *out) {
  source s = {a, bytes, length, true};
  *out = (hongzhu_event){.size = sizeof *out};
  out->kind = take_number(&s);
  out->level = take_number(&s);
  out->text = take_text(&s);
  out->note = take_text(&s);
  out->svg = take_text(&s);
  out->chart = take_text(&s);
  out->spans_count = take_number(&s);
  out->spans = take_spans(&s, out->spans_count);
  out->figures_count = take_number(&s);
  hongzhu_figure *figures = take_room(&s, out->figures_count, 40, sizeof *figures);
  for (uint32_t i = 0; s.good && i < out->figures_count; i++) take_figure(&s, &figures[i]);
  out->figures = figures;
  out->columns_count = take_number(&s);
  hongzhu_column *columns = take_room(&s, out->columns_count, 8, sizeof *columns);
  for (uint32_t i = 0; s.good && i < out->columns_count; i++) {
    columns[i].size = sizeof columns[i];
    columns[i].title = take_text(&s);
    columns[i].align = take_number(&s);
  }
  out->columns = columns;
  out->rows_count = take_number(&s);
  out->cells = take_spans(&s, (size_t)out->rows_count * out->columns_count);
  return s.good && s.left == 0;
}
