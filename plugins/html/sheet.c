#include "sheet.h"

#include <stdlib.h>
#include <string.h>

hongzhu_text sheet_literal(const char *text) {
  return (hongzhu_text){text, text == NULL ? 0 : strlen(text)};
}

bool sheet_same(hongzhu_text a, hongzhu_text b) {
  return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

const char *sheet_say(const sheet *s, const char *zh, const char *en) {
  return s->chinese ? zh : en;
}

static void grow(sheet *s, bytes *b, size_t length) {
  if (s->result != HONGZHU_OK || b->capacity - b->length >= length) return;
  size_t capacity = (b->length + length) * 2 + 4096;
  char *larger = realloc(b->at, capacity);
  if (larger == NULL) {
    s->io->fail(s->io->host, sheet_literal("没有足够的内存编排这份网页报告"),
                sheet_literal("there is not enough memory to make this page"));
    s->result = HONGZHU_FAILED;
    return;
  }
  b->at = larger;
  b->capacity = capacity;
}

static void append(sheet *s, bytes *b, const char *at, size_t length) {
  if (length == 0) return;
  grow(s, b, length);
  if (s->result != HONGZHU_OK) return;
  memcpy(b->at + b->length, at, length);
  b->length += length;
}

void sheet_bytes(sheet *s, const char *at, size_t length) {
  append(s, s->to, at, length);
}
void sheet_raw(sheet *s, const char *text) {
  append(s, s->to, text, strlen(text));
}

/* Control characters have no place in HTML, and direction marks would turn the text around them: a sign stands for
 * them. */
static size_t forbidden(const unsigned char *at, size_t left) {
  if ((at[0] < 0x20 && at[0] != '\t' && at[0] != '\n') || at[0] == 0x7f) return 1;
  if (at[0] == 0xc2 && left > 1 && at[1] < 0xa0) return 2;
  if (at[0] == 0xe2 && left > 2 && at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae) return 3;
  if (at[0] == 0xe2 && left > 2 && at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9) return 3;
  return 0;
}

void sheet_text(sheet *s, hongzhu_text text) {
  const unsigned char *at = (const unsigned char *)text.at;
  size_t done = 0;
  for (size_t i = 0; at != NULL && i < text.length;) {
    const char *instead = NULL;
    size_t size = forbidden(at + i, text.length - i);
    if (size > 0)
      instead = "\xef\xbf\xbd";
    else if (at[i] == '&')
      instead = "&amp;";
    else if (at[i] == '<')
      instead = "&lt;";
    else if (at[i] == '>')
      instead = "&gt;";
    else if (at[i] == '"')
      instead = "&quot;";
    else if (at[i] == '\'')
      instead = "&#39;";
    if (size == 0) size = 1;
    if (instead != NULL) {
      sheet_bytes(s, text.at + done, i - done);
      sheet_raw(s, instead);
      done = i + size;
    }
    i += size;
  }
  if (at != NULL) sheet_bytes(s, text.at + done, text.length - done);
}

void sheet_number(sheet *s, uint64_t number) {
  char digits[21];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  sheet_bytes(s, digits + at, sizeof digits - at);
}

bool sheet_new_id(sheet *s, hongzhu_text id) {
  if (id.length == 0) return false;
  for (size_t i = 0; i < id.length; i++)
    if ((unsigned char)id.at[i] <= ' ') return false;
  for (size_t from = 0, end; from < s->ids.length; from = end + 1) {
    const char *stop = memchr(s->ids.at + from, '\n', s->ids.length - from);
    end = (size_t)(stop - s->ids.at);
    if (end - from == id.length && memcmp(s->ids.at + from, id.at, id.length) == 0) return false;
  }
  append(s, &s->ids, id.at, id.length);
  append(s, &s->ids, "\n", 1);
  return s->result == HONGZHU_OK;
}

static bool is_day(hongzhu_text day) {
  if (day.length != 10 || day.at[4] != '-' || day.at[7] != '-') return false;
  for (size_t i = 0; i < 10; i++)
    if (i != 4 && i != 7 && (day.at[i] < '0' || day.at[i] > '9')) return false;
  int month = (day.at[5] - '0') * 10 + day.at[6] - '0';
  return month >= 1 && month <= 12;
}

void sheet_day(sheet *s, hongzhu_text day) {
  static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  if (!is_day(day)) {
    sheet_text(s, day);
    return;
  }
  uint64_t month = (uint64_t)((day.at[5] - '0') * 10 + day.at[6] - '0');
  uint64_t month_day = (uint64_t)((day.at[8] - '0') * 10 + day.at[9] - '0');
  if (s->chinese) {
    sheet_bytes(s, day.at, 4);
    sheet_raw(s, "年");
    sheet_number(s, month);
    sheet_raw(s, "月");
    sheet_number(s, month_day);
    sheet_raw(s, "日");
  } else {
    sheet_number(s, month_day);
    sheet_raw(s, " ");
    sheet_raw(s, months[month - 1]);
    sheet_raw(s, " ");
    sheet_bytes(s, day.at, 4);
  }
}

void sheet_put(sheet *s, const bytes *what) {
  const size_t at_once = 1 << 16;
  for (size_t from = 0; from < what->length && s->result == HONGZHU_OK; from += at_once) {
    size_t length = what->length - from < at_once ? what->length - from : at_once;
    s->result = s->io->put(s->io->host, what->at + from, length);
  }
}

void sheet_free_bytes(bytes *b) {
  free(b->at);
  *b = (bytes){0};
}

void sheet_free(sheet *s) {
  sheet_free_bytes(&s->masthead);
  sheet_free_bytes(&s->body);
  sheet_free_bytes(&s->contents);
  sheet_free_bytes(&s->sources);
  sheet_free_bytes(&s->ids);
}
