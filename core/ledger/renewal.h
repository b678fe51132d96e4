/* renewal: the inside of subjects_renew.h, for its own files only.
 *
 *   subjects_renew.c    whether, and one step after the other
 *   renewal_gather.c    what changed, and what it drags along, as two builders: what was said of it and what is
 *   renewal_words.c     words and sources of the new file
 *   renewal_rows.c      which rows go and which come, and where each stands now
 *   renewal_write.c     the new file, section by section
 *   renewal_records.c   what records are about, and their indexes
 *   renewal_lists.c     the lists by which facts are found
 *
 * A row of the old file stays, or it goes: then it may come again, made from facts (of builder `now`) or, where only
 * its place changes, as it was. Positions of the old file become those of the new by renewed_position.
 */
#ifndef HONGZHU_LEDGER_RENEWAL_H
#define HONGZHU_LEDGER_RENEWAL_H

#include "ledger/subjects_build.h"
#include "ledger/subjects_renew.h"
#include "ledger/subjects_stream.h"

#include <string.h>

typedef struct renewed_row { /* of the old file, or of builder `now` */
  uint32_t row;
  bool old;
} renewed_row;

typedef struct renewed_put { /* a row that comes */
  renewed_row from;
  uint32_t before; /* so many rows that stay stand in front of it */
  int32_t at;      /* its position */
} renewed_put;

typedef struct renewed_segment { /* of the new table: rows of the old one that stay, or rows that come */
  uint32_t first, count;         /* in the old table, or among those that come */
  uint32_t at;                   /* position of the first */
  bool put;
} renewed_segment;

enum { MOVED_BITS = 8, MOVED_ROWS = 1 << MOVED_BITS };

typedef struct moved_block {
  int32_t shift;  /* by so much all its rows move */
  uint32_t exact; /* or the number of its rows among the exact ones, counted from 1 */
} moved_block;

typedef struct renewed_table {
  uint32_t *gone; /* rows that do not stay, ascending */
  size_t gone_count, gone_capacity;
  int32_t *gone_to; /* where what they were about stands now; -1 */
  renewed_put *put; /* in order */
  size_t put_count, put_capacity;
  renewed_segment *segments;
  size_t segment_count, segment_capacity;
  moved_block *moved; /* by blocks of rows of the old table */
  int32_t *exact;     /* of those that are moved by no one number: position by position */
  int32_t *now_at;    /* by rows of the builder that tell: their positions */
  uint32_t count;     /* of the new table */
} renewed_table;

typedef struct renewed_entity { /* one that is told of anew */
  int64_t entity;
  fact_type type;
  int32_t was;  /* position in the old file; -1 */
  bool several; /* a person in a merge, before or now */
} renewed_entity;

typedef struct held_fact { /* a fact that was known then, is known now, or both */
  fact of;
  bool was, is;
} held_fact;

typedef struct renewal {
  ledger *of;
  arena *memory;
  faults *unsaid;
  const mapped *file;
  const subjects *old;
  int64_t known_after;
  int64_t last_fact; /* of the old file's state */
  subject_builder *was, *now;
  size_t most; /* changed facts that are worth it */
  bool anew;   /* it is to be made from the facts */
  held_fact *held;
  size_t held_count, held_capacity;
  int64_t *closed; /* facts, by number */
  size_t closed_count, closed_capacity;
  renewed_entity *entities;
  size_t entity_count, entity_capacity;
  uint32_t *slots; /* of entities by number: open addressing, counted from 1 */
  size_t slot_count;
  renewed_table tables[FACT_TYPES];
  uint32_t *words; /* by word of the old file: the new one; 0: nobody says it any more */
  bool same_words; /* all are as they were */
  uint32_t word_count;
  uint32_t *now_words;     /* by number of `now`: the new word */
  uint32_t *words_come;    /* numbers of `now` that are new, in the order of their bytes */
  size_t words_come_count; /* the new word of each is now_words[…] */
  uint32_t *sources;       /* by source of the old file */
  uint32_t *now_sources;   /* by source of `now` */
  uint32_t *source_order;  /* of the new file: numbers of `now` */
  uint32_t source_count;
  bool astray; /* an entity stands in another order than before, or is gone: what refers to it may, too */
} renewal;

static inline bool renewal_anew(renewal *r) {
  r->anew = true;
  return false;
}

/* Each step: false where the file is to be made from the facts. */
bool renewal_gather(renewal *r);
bool renewal_words(renewal *r);
bool renewal_sources(renewal *r);
bool renewal_rows(renewal *r);
bool renewal_write(renewal *r, int descriptor);

/* NULL for one that is not told of anew. */
const renewed_entity *renewal_entity(const renewal *r, int64_t entity);
/* The keys of a hash in a list of the old file. */
size_t renewal_keys(const renewal *r, section_column column, int64_t hash, const subject_key **out);

static inline const void *renewal_column(const renewal *r, fact_type type, unsigned column) {
  const void *at;
  memcpy(&at, (const char *)&r->old->of[type] + fact_column_rows[column].offset, sizeof at);
  return at;
}

/* What a row of the old file says there. */
int64_t renewal_old(const renewal *r, fact_type type, unsigned column, uint32_t row);
/* What a row says in the new file. References only once the tables that they lead to have their rows. */
int64_t renewal_value(const renewal *r, fact_type type, renewed_row from, unsigned column);
/* The row at a position of the new table. */
renewed_row renewal_at(const renewal *r, fact_type type, uint32_t position);
void renewal_sort_gone(renewed_table *t); /* each once */
bool renewal_is_gone(const renewed_table *t, uint32_t row);
/* The position of what a row of `now` says, told by itself or by another; -1 for a merge. */
int32_t renewal_now_at(const renewal *r, fact_type type, uint32_t row);
/* By first day, kind, source, place: how records of a subject are listed. Under `anew` the order cannot be told. */
int renewal_in_time(renewal *r, fact_type type, renewed_row left, renewed_row right);

/* Where a row of the old table stands now; -1 where it is gone, and for -1. */
static inline int32_t renewed_position(const renewed_table *t, int32_t row) {
  if (row < 0) return -1;
  const moved_block *block = &t->moved[row >> MOVED_BITS];
  if (block->exact == 0) return row + block->shift;
  return t->exact[(size_t)(block->exact - 1) * MOVED_ROWS + (size_t)(row & (MOVED_ROWS - 1))];
}

/* The same as renewal_is_gone once rows have their places: most stand where none goes. */
static inline bool renewal_goes(const renewed_table *t, uint32_t row) {
  return t->moved[row >> MOVED_BITS].exact != 0 && renewal_is_gone(t, row);
}

void renewal_records_write(renewal *r, subject_stream *to);
void renewal_lists_write(renewal *r, subject_stream *to);

#endif
