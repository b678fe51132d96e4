#include "check.h"

#include "host/foreign_wire.h"

#include <stdlib.h>
#include <string.h>

#define TEXT(literal)                                                                                                  \
  { (literal), sizeof(literal) - 1 }

static const hongzhu_origin origins[] = {{sizeof(hongzhu_origin), TEXT("名单.xlsx"), TEXT("表一"), TEXT("T01"), 3},
                                         {sizeof(hongzhu_origin), TEXT("b.csv"), {NULL, 0}, TEXT(""), INT64_MAX}};
static const hongzhu_figure figures[] = {
    {sizeof(hongzhu_figure), TEXT("f1"), TEXT("人数"), TEXT("200余"), TEXT("人"), TEXT("至少"), TEXT("说明"),
     TEXT("hongzhu trace f1"), origins, 2, 205},
    {sizeof(hongzhu_figure), {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL, 0, 0}};
static const hongzhu_span spans[] = {{sizeof(hongzhu_span), TEXT("共"), NULL},
                                     {sizeof(hongzhu_span), {NULL, 0}, &figures[0]},
                                     {sizeof(hongzhu_span), TEXT(""), &figures[1]},
                                     {sizeof(hongzhu_span), {NULL, 0}, NULL}};
static const hongzhu_column columns[] = {{sizeof(hongzhu_column), TEXT("校"), 0},
                                         {sizeof(hongzhu_column), {NULL, 0}, 2}};
static const hongzhu_event full = {.size = sizeof full,
                                   .kind = 77,
                                   .level = 3,
                                   .text = TEXT("标题"),
                                   .note = TEXT(""),
                                   .spans = spans,
                                   .spans_count = 4,
                                   .figures = figures,
                                   .figures_count = 2,
                                   .columns = columns,
                                   .columns_count = 2,
                                   .cells = spans,
                                   .rows_count = 2,
                                   .svg = TEXT("<svg/>"),
                                   .chart = TEXT("bar")};
static const hongzhu_event empty = {.size = sizeof empty, .kind = HONGZHU_EVENT_END};

static void same_text(hongzhu_text a, hongzhu_text b) {
  assert_int_equal(a.at == NULL, b.at == NULL); /* absent is not empty */
  if (!a.at) return;
  assert_int_equal(a.length, b.length);
  assert_memory_equal(a.at, b.at, a.length);
}

static void same_figure(const hongzhu_figure *a, const hongzhu_figure *b) {
  assert_int_equal(b->size, sizeof *b);
  same_text(a->id, b->id);
  same_text(a->title, b->title);
  same_text(a->value, b->value);
  same_text(a->unit, b->unit);
  same_text(a->marker, b->marker);
  same_text(a->definition, b->definition);
  same_text(a->trace, b->trace);
  assert_int_equal(a->origins_total, b->origins_total);
  assert_int_equal(a->origins_count, b->origins_count);
  for (uint32_t i = 0; i < a->origins_count; i++) {
    assert_int_equal(b->origins[i].size, sizeof *b->origins);
    same_text(a->origins[i].file, b->origins[i].file);
    same_text(a->origins[i].sheet, b->origins[i].sheet);
    same_text(a->origins[i].row_text, b->origins[i].row_text);
    assert_int_equal(a->origins[i].row, b->origins[i].row);
  }
}

static void same_spans(const hongzhu_span *a, const hongzhu_span *b, size_t count) {
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(b[i].size, sizeof *b);
    same_text(a[i].text, b[i].text);
    assert_int_equal(a[i].figure == NULL, b[i].figure == NULL);
    if (a[i].figure) same_figure(a[i].figure, b[i].figure);
  }
}

static void an_event_comes_back_whole(void **state) {
  (void)state;
  arena *a = arena_new();
  buffer bytes = {0};
  hongzhu_event back;
  event_encode(&bytes, &full);
  assert_true(event_decode(a, (const uint8_t *)bytes.at, bytes.length, &back));
  assert_int_equal(back.size, sizeof back);
  assert_int_equal(back.kind, 77);
  assert_int_equal(back.level, 3);
  same_text(full.text, back.text);
  same_text(full.note, back.note);
  same_text(full.svg, back.svg);
  same_text(full.chart, back.chart);
  assert_int_equal(back.spans_count, 4);
  same_spans(full.spans, back.spans, 4);
  assert_int_equal(back.figures_count, 2);
  for (uint32_t i = 0; i < 2; i++) same_figure(&full.figures[i], &back.figures[i]);
  assert_int_equal(back.columns_count, 2);
  for (uint32_t i = 0; i < 2; i++) {
    same_text(full.columns[i].title, back.columns[i].title);
    assert_int_equal(full.columns[i].align, back.columns[i].align);
  }
  assert_int_equal(back.rows_count, 2);
  same_spans(full.cells, back.cells, 4);
  bytes.length = 0;
  event_encode(&bytes, &empty);
  assert_true(event_decode(a, (const uint8_t *)bytes.at, bytes.length, &back));
  assert_int_equal(back.kind, HONGZHU_EVENT_END);
  assert_null(back.text.at);
  buffer_free(&bytes);
  arena_free(a);
}

/* Cut anywhere, longer, or with any byte changed, it is refused or is another event; never read beyond its end. */
static void what_is_no_event_is_refused(void **state) {
  (void)state;
  arena *a = arena_new();
  buffer bytes = {0};
  hongzhu_event back;
  event_encode(&bytes, &full);
  for (size_t length = 0; length < bytes.length; length++) {
    uint8_t *exact = memory_take(length + 1);
    memcpy(exact, bytes.at, length);
    assert_false(event_decode(a, exact, length, &back));
    free(exact);
    arena_reset(a);
  }
  for (size_t at = 0; at < bytes.length; at++) {
    static const uint8_t values[] = {0x00, 0x01, 0x7F, 0xFF};
    for (size_t i = 0; i < sizeof values; i++) {
      uint8_t *exact = memory_take(bytes.length);
      memcpy(exact, bytes.at, bytes.length);
      exact[at] = values[i];
      event_decode(a, exact, bytes.length, &back);
      free(exact);
      arena_reset(a);
    }
  }
  buffer_bytes(&bytes, "x", 1);
  assert_false(event_decode(a, (const uint8_t *)bytes.at, bytes.length, &back));
  buffer_free(&bytes);
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_event_comes_back_whole),
      cmocka_unit_test(what_is_no_event_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
