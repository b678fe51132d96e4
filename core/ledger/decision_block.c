#include "ledger/decision_block.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 17, ALIKE = 16 /* beginnings that the next one is held against */ };

/* ---- writing ---- */

static bool is_beginning(const block_writing *b, size_t which, const void *bytes, size_t size) {
  return b->size[which] == size && (!size || !memcmp(b->beginnings.at + b->at[which], bytes, size));
}

/* Counted from 1; those that came last are looked at. */
static size_t beginning_of(block_writing *b, const void *bytes, size_t size) {
  for (size_t k = b->different; k > 0 && k + ALIKE > b->different; k--)
    if (is_beginning(b, k - 1, bytes, size)) return k;
  if (b->different == b->room) {
    b->room = b->room ? b->room * 2 : 16;
    b->at = memory_resize(b->at, b->room * sizeof *b->at);
    b->size = memory_resize(b->size, b->room * sizeof *b->size);
  }
  b->at[b->different] = b->beginnings.length;
  b->size[b->different] = size;
  if (size) buffer_bytes(&b->beginnings, bytes, size);
  return ++b->different;
}

bool block_add(block_writing *b, const decision_row *row) {
  if (b->count == BLOCK_DECISIONS || b->rows.length + b->beginnings.length > BLOCK_BYTES) return false;
  unsigned char bytes[5 * COMPACT_MOST], *to = bytes;
  const size_t alike = row->needs && row->needs_alike <= row->needs_size ? row->needs_alike : 0;
  to = compact_put(to, row->needs ? beginning_of(b, row->needs, alike) : 0);
  to = compact_put(to, compact_sign(row->outcome));
  to = compact_put(to, compact_step(b->subject, row->subject));
  to = compact_put(to, compact_step(b->valid_until, row->valid_until));
  if (row->needs) to = compact_put(to, row->needs_size - alike);
  buffer_bytes(&b->rows, bytes, (size_t)(to - bytes));
  if (row->needs && row->needs_size > alike)
    buffer_bytes(&b->rows, (const char *)row->needs + alike, row->needs_size - alike);
  b->subject = row->subject;
  b->valid_until = row->valid_until;
  b->count++;
  return true;
}

static void put_number(buffer *out, uint64_t number) {
  unsigned char bytes[COMPACT_MOST];
  buffer_bytes(out, bytes, (size_t)(compact_put(bytes, number) - bytes));
}

const buffer *block_bytes(block_writing *b) {
  b->whole.length = 0;
  put_number(&b->whole, b->different);
  for (size_t k = 0; k < b->different; k++) {
    put_number(&b->whole, b->size[k]);
    if (b->size[k]) buffer_bytes(&b->whole, b->beginnings.at + b->at[k], b->size[k]);
  }
  if (b->rows.length) buffer_bytes(&b->whole, b->rows.at, b->rows.length);
  return &b->whole;
}

void block_empty(block_writing *b) {
  b->count = b->different = b->beginnings.length = b->rows.length = 0;
  b->subject = b->valid_until = 0;
}

void block_free(block_writing *b) {
  buffer_free(&b->beginnings);
  buffer_free(&b->rows);
  buffer_free(&b->whole);
  free(b->at);
  free(b->size);
  *b = (block_writing){0};
}

/* ---- reading ---- */

bool block_open(block_reading *b, const decision_row *head, int64_t count, const void *bytes, size_t size) {
  free(b->beginnings);
  free(b->sizes);
  *b = (block_reading){.source = {bytes, size, true}, .head = *head, .count = count, .needs = b->needs};
  uint64_t different = compact_take(&b->source);
  if (!b->source.good || different > b->source.left || count < 0) return b->source.good = false;
  b->different = (size_t)different;
  b->beginnings = memory_take((b->different + 1) * sizeof *b->beginnings);
  b->sizes = memory_take((b->different + 1) * sizeof *b->sizes);
  for (size_t k = 0; k < b->different; k++) {
    uint64_t length = compact_take(&b->source);
    b->beginnings[k] = compact_bytes(&b->source, length);
    b->sizes[k] = (size_t)length;
  }
  return b->source.good;
}

bool block_next(block_reading *b, decision_row *out) {
  if (!b->source.good || b->read == b->count) return false;
  compact_source *s = &b->source;
  *out = b->head;
  out->id = (int64_t)((uint64_t)b->head.id + (uint64_t)b->read++);
  uint64_t beginning = compact_take(s);
  int64_t outcome = compact_signed(compact_take(s));
  out->subject = b->subject = compact_further(s, b->subject);
  int64_t until = b->valid_until = compact_further(s, b->valid_until);
  uint64_t rest = beginning ? compact_take(s) : 0;
  const unsigned char *bytes = compact_bytes(s, rest);
  if (!s->good || beginning > b->different || outcome != (int)outcome || until != (day)until) return s->good = false;
  out->outcome = (int)outcome;
  out->valid_until = (day)until;
  if (!beginning) return true;
  b->needs.length = 0;
  size_t alike = b->sizes[beginning - 1];
  buffer_bytes(&b->needs, b->beginnings[beginning - 1], alike);
  buffer_bytes(&b->needs, bytes, (size_t)rest);
  out->needs = b->needs.at;
  out->needs_size = b->needs.length;
  out->needs_alike = alike;
  return true;
}

bool block_good(const block_reading *b) {
  return b->source.good && b->read == b->count && !b->source.left;
}

void block_end(block_reading *b) {
  free(b->beginnings);
  free(b->sizes);
  buffer_free(&b->needs);
  *b = (block_reading){0};
}
