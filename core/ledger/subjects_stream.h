/* subjects_stream: a subject file written from its beginning to its end, once. Within the ledger floor only.
 *
 * What is put is summed up in blocks while it is in the cache and handed to the system in pieces. Sections are begun in
 * the order in which they are to stand; who gives the same values in the same order gets the same bytes. An error stays
 * until the end, `reason` being its errno; what is put after it goes nowhere. Ownership: stream_free.
 */
#ifndef HONGZHU_LEDGER_SUBJECTS_STREAM_H
#define HONGZHU_LEDGER_SUBJECTS_STREAM_H

#include "ledger/subjects_format.h"

typedef struct subject_stream {
  const char *folder; /* for what is large (scratch.h) */
  int descriptor;
  bool failed;
  int reason;  /* why */
  uint64_t at; /* where the next byte of data belongs */
  unsigned char *piece;
  size_t filled;
  uint64_t *sums; /* of the blocks that are written */
  size_t sum_count, sum_capacity;
  subjects_section *sections;
  size_t section_count, section_capacity;
  size_t none; /* a section that says "none" of many rows, which others share; its number and one more, 0: no such */
} subject_stream;

typedef struct stream_state { /* of the ledger that the file tells of */
  digest chain, secret;
  int64_t known_after;
} stream_state;

subject_stream stream_begin(const char *folder, int descriptor);
bool stream_fail(subject_stream *w, int reason); /* false */
/* Begins a section: its values follow. Returns its number. */
size_t stream_section(subject_stream *w, fact_type table, section_column column, uint32_t width, uint64_t count);
void stream_put(subject_stream *w, const void *bytes, size_t size);
void stream_whole(subject_stream *w, fact_type table, section_column column, uint32_t width, const void *bytes,
                  uint64_t count);
/* "None" of each of so many rows: written once, for as many as the first has. */
void stream_none(subject_stream *w, fact_type table, section_column column, uint64_t count);
/* Tail and header: then it is a subject file. */
bool stream_end(subject_stream *w, const stream_state *of);
void stream_free(subject_stream *w);

/* Subjects of the rows of a table, up to two for each row: an index is counted and filled from them in one order. */
typedef struct listing {
  const int32_t *first, *second; /* by position; NULL: none */
  const uint32_t *order;         /* positions in the order in which they are listed; NULL: as they stand */
  uint32_t count;
} listing;

/* Both sections of an index; `subjects_count`: of the type that it is by. */
void stream_index(subject_stream *w, section_column column, fact_type type, uint32_t subjects_count,
                  const listing *from);

#endif
