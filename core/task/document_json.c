#include "task/document_json.h"

#include <stdlib.h>
#include <string.h>

static void set_text(json_t *to, const char *key, hongzhu_text text) {
  if (text.at && text.length) json_object_set_new(to, key, json_stringn(text.at, text.length));
}

static json_t *figure_json(const hongzhu_figure *f) {
  json_t *out = json_object(), *origins = json_array();
  set_text(out, "id", f->id);
  set_text(out, "title", f->title);
  set_text(out, "value", f->value);
  set_text(out, "unit", f->unit);
  set_text(out, "marker", f->marker);
  set_text(out, "definition", f->definition);
  set_text(out, "trace", f->trace);
  json_object_set_new(out, "rows", json_integer((json_int_t)f->origins_total));
  for (uint32_t i = 0; i < f->origins_count; i++) {
    json_t *one = json_object();
    set_text(one, "file", f->origins[i].file);
    set_text(one, "sheet", f->origins[i].sheet);
    json_object_set_new(one, "row", json_integer((json_int_t)f->origins[i].row));
    set_text(one, "text", f->origins[i].row_text);
    json_array_append_new(origins, one);
  }
  if (f->origins_count)
    json_object_set_new(out, "origins", origins);
  else
    json_decref(origins);
  return out;
}

/* In running text and cells a figure is named by its id and listed once, at the end. */
static json_t *span_json(const hongzhu_span *s, json_t *figures) {
  json_t *out = json_object();
  json_object_set_new(out, "text", json_stringn(s->text.at ? s->text.at : "", s->text.length));
  if (!s->figure) return out;
  set_text(out, "figure", s->figure->id);
  const char *id = json_string_value(json_object_get(out, "figure"));
  if (id && !json_object_get(figures, id)) json_object_set_new(figures, id, figure_json(s->figure));
  return out;
}

static json_t *event_json(const hongzhu_event *e, json_t *figures) {
  static const char *const names[] = {"",      "document", "heading", "paragraph", "figures",
                                      "table", "chart",    "page",    "note"};
  json_t *out = json_object();
  json_object_set_new(out, "block", json_string(e->kind < sizeof names / sizeof *names ? names[e->kind] : "?"));
  if (e->level) json_object_set_new(out, "level", json_integer((json_int_t)e->level));
  set_text(out, e->kind == HONGZHU_EVENT_DOCUMENT ? "title" : "text", e->text);
  set_text(out, "subtitle", e->note);
  set_text(out, "chart", e->chart);
  if (e->spans_count) {
    json_t *spans = json_array();
    for (uint32_t i = 0; i < e->spans_count; i++) json_array_append_new(spans, span_json(&e->spans[i], figures));
    json_object_set_new(out, "spans", spans);
  }
  if (e->figures_count) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < e->figures_count; i++) {
      const hongzhu_span span = {sizeof span, e->figures[i].value, &e->figures[i]};
      json_array_append_new(list, span_json(&span, figures));
    }
    json_object_set_new(out, "figures", list);
  }
  if (e->columns_count) {
    json_t *columns = json_array(), *rows = json_array();
    for (uint32_t i = 0; i < e->columns_count; i++)
      json_array_append_new(
          columns, json_stringn(e->columns[i].title.at ? e->columns[i].title.at : "", e->columns[i].title.length));
    for (uint32_t r = 0; r < e->rows_count; r++) {
      json_t *row = json_array();
      for (uint32_t i = 0; i < e->columns_count; i++)
        json_array_append_new(row, span_json(&e->cells[r * e->columns_count + i], figures));
      json_array_append_new(rows, row);
    }
    json_object_set_new(out, "columns", columns);
    json_object_set_new(out, "rows", rows);
  }
  return out;
}

static void set_words(json_t *to, const char *key, const char *text) {
  if (text) json_object_set_new(to, key, json_string(text));
}

static void set_number(json_t *figures, const document_number *n) {
  char *id = strndup(n->id.at, n->id.length);
  json_t *to = id ? json_object_get(figures, id) : NULL;
  free(id);
  if (!to) return; /* computed, but nowhere in the document */
  set_words(to, "figure", n->figure);
  set_words(to, "by", n->by);
  set_words(to, "group", n->group);
  set_words(to, "number", n->number);
  set_words(to, "bound", n->bound);
  set_words(to, "unit_id", n->unit);
}

json_t *document_json(const document *d) {
  json_t *out = json_object(), *blocks = json_array(), *figures = json_object();
  set_words(out, "report", d->report);
  set_words(out, "of", d->of);
  set_words(out, "scope", d->scope);
  set_words(out, "pack", d->pack);
  set_words(out, "version", d->version);
  json_object_set_new(out, "language", json_string(d->language));
  json_object_set_new(out, "on", json_string(d->day));
  for (size_t i = 0; i < d->count; i++) json_array_append_new(blocks, event_json(&d->events[i], figures));
  for (size_t i = 0; i < d->numbers_count; i++) set_number(figures, &d->numbers[i]);
  json_object_set_new(out, "blocks", blocks);
  json_object_set_new(out, "figures", figures);
  return out;
}
