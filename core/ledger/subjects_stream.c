#include "ledger/subjects_stream.h"

#include "base/scratch.h"
#include "ledger/columns.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE (1 << 18) /* bytes that are written together; a multiple of SUBJECTS_BLOCK */
#define RUN   1024      /* values that are made at a time */

subject_stream stream_begin(const char *folder, int descriptor) {
  return (subject_stream){
      .folder = folder, .descriptor = descriptor, .at = SUBJECTS_HEADER, .piece = memory_take(PIECE)};
}

bool stream_fail(subject_stream *w, int reason) {
  w->failed = true;
  w->reason = reason;
  return false;
}

void stream_free(subject_stream *w) {
  free(w->piece);
  large_free(w->sums);
  free(w->sections);
}

/* ---- bytes ---- */

static bool write_at(subject_stream *w, uint64_t at, const void *bytes, size_t size) {
  const char *from = bytes;
  while (size > 0 && !w->failed) {
    ssize_t written = pwrite(w->descriptor, from, size, (off_t)at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return stream_fail(w, written == 0 ? ENOSPC : errno);
    from += written;
    at += (uint64_t)written;
    size -= (size_t)written;
  }
  return !w->failed;
}

/* Sums up and writes what is there; all but the last piece are whole. */
static void piece_end(subject_stream *w) {
  for (size_t at = 0, blocks; at < w->filled; at += blocks * SUBJECTS_BLOCK) {
    size_t left = w->filled - at;
    if (w->sum_count + 2 > w->sum_capacity) {
      w->sum_capacity = w->sum_capacity == 0 ? 1024 : 2 * w->sum_capacity;
      w->sums = w->sums == NULL ? large_take(w->folder, w->sum_capacity * sizeof *w->sums)
                                : large_resize(w->sums, w->sum_capacity * sizeof *w->sums);
    }
    blocks = left >= 2 * SUBJECTS_BLOCK ? 2 : 1;
    if (blocks == 2)
      checksums_of_two(w->piece + at, SUBJECTS_BLOCK, &w->sums[w->sum_count]);
    else
      w->sums[w->sum_count] = checksum_of(w->piece + at, left < SUBJECTS_BLOCK ? left : SUBJECTS_BLOCK);
    w->sum_count += blocks;
  }
  write_at(w, w->at - w->filled, w->piece, w->filled);
  w->filled = 0;
}

void stream_put(subject_stream *w, const void *bytes, size_t size) {
  const char *from = bytes;
  while (size > 0) {
    size_t some = PIECE - w->filled < size ? PIECE - w->filled : size;
    memcpy(w->piece + w->filled, from, some);
    from += some;
    size -= some;
    w->at += some;
    w->filled += some;
    if (w->filled == PIECE) piece_end(w);
  }
}

/* ---- sections ---- */

size_t stream_section(subject_stream *w, fact_type table, section_column column, uint32_t width, uint64_t count) {
  static const char zeros[SUBJECTS_ALIGN];
  stream_put(w, zeros, (size_t)((SUBJECTS_ALIGN - w->at % SUBJECTS_ALIGN) % SUBJECTS_ALIGN));
  if (w->section_count == w->section_capacity) {
    w->section_capacity = w->section_capacity == 0 ? 256 : 2 * w->section_capacity;
    w->sections = memory_resize(w->sections, w->section_capacity * sizeof *w->sections);
  }
  w->sections[w->section_count] = (subjects_section){
      .table = (uint16_t)table, .column = (uint16_t)column, .width = width, .count = count, .offset = w->at};
  return w->section_count++;
}

void stream_whole(subject_stream *w, fact_type table, section_column column, uint32_t width, const void *bytes,
                  uint64_t count) {
  stream_section(w, table, column, width, count);
  stream_put(w, bytes, count * width);
}

void stream_none(subject_stream *w, fact_type table, section_column column, uint64_t count) {
  if (w->none != 0 && w->sections[w->none - 1].count >= count) {
    size_t number = stream_section(w, table, column, sizeof(int32_t), count);
    w->sections[number].offset = w->sections[w->none - 1].offset;
    return;
  }
  int32_t run[RUN];
  memset(run, 0xff, sizeof run);
  w->none = stream_section(w, table, column, sizeof(int32_t), count) + 1;
  for (uint64_t done = 0; done < count; done += RUN)
    stream_put(w, run, (count - done < RUN ? (size_t)(count - done) : RUN) * sizeof *run);
}

void stream_index(subject_stream *w, section_column column, fact_type type, uint32_t subjects_count,
                  const listing *from) {
  uint32_t *offset = large_take(w->folder, ((size_t)subjects_count + 2) * sizeof *offset);
  const uint32_t count = from->first == NULL ? 0 : from->count;
  for (uint32_t k = 0; k < count; k++) {
    int32_t first = from->first[k], second = from->second == NULL ? -1 : from->second[k];
    if (first >= 0) offset[first + 2]++;
    if (second >= 0 && second != first) offset[second + 2]++;
  }
  for (uint32_t s = 2; s < subjects_count + 2; s++) offset[s] += offset[s - 1];
  uint32_t total = offset[subjects_count + 1];
  uint32_t *rows = large_take(w->folder, ((size_t)total + 1) * sizeof *rows);
  for (uint32_t n = 0; n < count; n++) {
    uint32_t k = from->order == NULL ? n : from->order[n];
    int32_t first = from->first[k], second = from->second == NULL ? -1 : from->second[k];
    if (first >= 0) rows[offset[first + 1]++] = k;
    if (second >= 0 && second != first) rows[offset[second + 1]++] = k;
  }
  stream_whole(w, type, column, sizeof *offset, offset, (size_t)subjects_count + 1);
  stream_whole(w, type, column + 1, sizeof *rows, rows, total);
  large_free(offset);
  large_free(rows);
}

/* ---- the end ---- */

bool stream_end(subject_stream *w, const stream_state *of) {
  if (w->filled > 0) piece_end(w);
  if (w->failed) return false;
  uint64_t data_end = w->at;
  size_t sections = w->section_count * sizeof *w->sections, tail = sections + w->sum_count * sizeof *w->sums;
  unsigned char *bytes = large_take(w->folder, tail + 1);
  memcpy(bytes, w->sections, sections);
  if (w->sum_count > 0) memcpy(bytes + sections, w->sums, w->sum_count * sizeof *w->sums);
  subjects_header header = {.version = SUBJECTS_VERSION,
                            .order = SUBJECTS_ORDER,
                            .size = data_end + tail,
                            .chain = of->chain,
                            .secret = of->secret,
                            .known_after = of->known_after,
                            .sections = (uint32_t)w->section_count,
                            .data_end = data_end,
                            .block_count = w->sum_count,
                            .tail_sum = checksum_of(bytes, tail)};
  unsigned char page[SUBJECTS_HEADER] = {0};
  memcpy(header.magic, SUBJECTS_MAGIC, sizeof header.magic);
  memcpy(page, &header, sizeof header);
  header.header_sum = checksum_of(page, sizeof page);
  memcpy(page, &header, sizeof header);
  if (write_at(w, data_end, bytes, tail)) write_at(w, 0, page, sizeof page);
  large_free(bytes);
  return !w->failed;
}
