#include "ledger/subjects_build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct writer {
  const subject_builder *of;
  int descriptor;
  bool failed;
  uint64_t at;          /* where the next byte goes */
  unsigned char *block; /* the block under way: SUBJECTS_BLOCK bytes */
  size_t filled;
  uint64_t *sums;
  size_t sum_count, sum_capacity;
  subjects_section *sections;
  size_t section_count, section_capacity;
  unsigned char *column; /* room for a column of the longest table, eight bytes wide */
} writer;

static void write_whole(writer *w, const void *bytes, size_t size, uint64_t at) {
  const char *from = bytes;
  while (size > 0 && !w->failed) {
    ssize_t done = pwrite(w->descriptor, from, size, (off_t)at);
    if (done < 0 && errno == EINTR) continue;
    if (done == 0) errno = ENOSPC;
    if (done <= 0) {
      w->failed = true;
      return;
    }
    from += done;
    size -= (size_t)done;
    at += (uint64_t)done;
  }
}

static void block_end(writer *w) {
  if (w->filled == 0) return;
  write_whole(w, w->block, w->filled, w->at - w->filled);
  if (w->sum_count == w->sum_capacity) {
    w->sum_capacity = w->sum_capacity == 0 ? 256 : 2 * w->sum_capacity;
    w->sums = memory_resize(w->sums, w->sum_capacity * sizeof *w->sums);
  }
  w->sums[w->sum_count++] = checksum_of(w->block, w->filled);
  w->filled = 0;
}

static void data_bytes(writer *w, const void *bytes, size_t size) {
  const unsigned char *from = bytes;
  while (size > 0) {
    size_t room = SUBJECTS_BLOCK - w->filled, part = size < room ? size : room;
    memcpy(w->block + w->filled, from, part);
    w->filled += part;
    w->at += part;
    from += part;
    size -= part;
    if (w->filled == SUBJECTS_BLOCK) block_end(w);
  }
}

static bool all_zero(const unsigned char *bytes, size_t size) {
  return size == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, size - 1) == 0);
}

static void section(writer *w, fact_type table, section_column column, uint32_t width, const void *bytes,
                    size_t count) {
  static const unsigned char padding[SUBJECTS_ALIGN];
  data_bytes(w, padding, (SUBJECTS_ALIGN - w->at % SUBJECTS_ALIGN) % SUBJECTS_ALIGN);
  if (w->section_count == w->section_capacity) {
    w->section_capacity = w->section_capacity == 0 ? 256 : 2 * w->section_capacity;
    w->sections = memory_resize(w->sections, w->section_capacity * sizeof *w->sections);
  }
  w->sections[w->section_count++] = (subjects_section){
      .table = (uint16_t)table, .column = (uint16_t)column, .width = width, .count = count, .offset = w->at};
  data_bytes(w, bytes, count * width);
}

/* ---- columns of facts ---- */

#define GATHER(type, value)                                                                                            \
  do {                                                                                                                 \
    type *to = (type *)(void *)w->column;                                                                              \
    for (uint32_t k = 0; k < t->ordered; k++) {                                                                        \
      const build_row *r = &t->rows[t->order[k]];                                                                      \
      to[k] = (type)(value);                                                                                           \
    }                                                                                                                  \
  } while (0)

static void gather(writer *w, const build_table *t, section_column column) {
  switch (column) {
  case SECTION_FACT:
    GATHER(int64_t, r->fact);
    break;
  case SECTION_ENTITY:
    GATHER(int64_t, r->entity);
    break;
  case SECTION_SOURCE:
    GATHER(uint32_t, r->source);
    break;
  case SECTION_SHEET:
    GATHER(int32_t, r->sheet);
    break;
  case SECTION_ROW:
    GATHER(int64_t, r->row);
    break;
  case SECTION_PART:
    GATHER(int32_t, r->part);
    break;
  case SECTION_KIND:
    GATHER(uint32_t, r->kind);
    break;
  case SECTION_CODE:
    GATHER(uint32_t, r->code);
    break;
  case SECTION_NAME:
    GATHER(uint32_t, r->name);
    break;
  case SECTION_LEVEL:
    GATHER(uint32_t, r->level);
    break;
  case SECTION_MODE:
    GATHER(uint32_t, r->mode);
    break;
  case SECTION_STATUS:
    GATHER(uint32_t, r->status);
    break;
  case SECTION_UNIT:
    GATHER(uint32_t, r->unit);
    break;
  case SECTION_SUBJECT_TYPE:
    GATHER(uint8_t, r->subject_type);
    break;
  case SECTION_OBJECT_TYPE:
    GATHER(uint8_t, r->object_type);
    break;
  case SECTION_SUBJECT:
    GATHER(int32_t, r->subject);
    break;
  case SECTION_OBJECT:
    GATHER(int32_t, r->object);
    break;
  case SECTION_PLACE:
    GATHER(int32_t, r->place);
    break;
  case SECTION_SINCE:
    GATHER(date, r->since);
    break;
  case SECTION_UNTIL:
    GATHER(date, r->until);
    break;
  case SECTION_AMOUNT:
    GATHER(int64_t, r->millionths);
    break;
  case SECTION_BOUND:
    GATHER(uint8_t, r->bound);
    break;
  default:
    break;
  }
}

static uint32_t table_columns(writer *w, fact_type type, uint32_t attributes) {
  const subject_builder *b = w->of;
  const build_table *t = &b->of[type];
  for (section_column column = SECTION_FACT; column < SECTION_ATTRIBUTE; column++) {
    uint32_t width = fact_column_rows[column].width;
    gather(w, t, column);
    if (!all_zero(w->column, (size_t)t->ordered * width)) section(w, type, column, width, w->column, t->ordered);
  }
  uint32_t *offsets = (uint32_t *)(void *)w->column;
  for (uint32_t k = 0; k < t->ordered; k++) {
    offsets[k] = attributes;
    attributes += b->list[t->rows[t->order[k]].attributes].count;
  }
  offsets[t->ordered] = attributes;
  /* Always there, whatever it holds: its length is the number of rows, and one more. */
  section(w, type, SECTION_ATTRIBUTE, sizeof *offsets, offsets, (size_t)t->ordered + 1);
  return attributes;
}

static void attribute_columns_write(writer *w, uint32_t count) {
  const subject_builder *b = w->of;
  size_t room = (size_t)count + 1;
  uint32_t *name = memory_take(room * sizeof *name);
  uint8_t *type = memory_take(room), *how = memory_take(room);
  int64_t *value = memory_take(room * sizeof *value);
  size_t at = 0;
  for (fact_type table = FACT_PERSON; table < FACT_MERGE; table++) {
    const build_table *t = &b->of[table];
    for (uint32_t k = 0; k < t->ordered; k++) {
      build_list list = b->list[t->rows[t->order[k]].attributes];
      for (uint32_t i = 0; i < list.count; i++, at++) {
        const build_attribute *from = &b->attributes[list.first + i];
        name[at] = from->name;
        type[at] = from->type;
        how[at] = from->bound;
        value[at] = from->value;
      }
    }
  }
  section(w, FACT_NONE, SECTION_ATTRIBUTE_NAME, sizeof *name, name, at);
  section(w, FACT_NONE, SECTION_ATTRIBUTE_TYPE, 1, type, at);
  section(w, FACT_NONE, SECTION_ATTRIBUTE_BOUND, 1, how, at);
  section(w, FACT_NONE, SECTION_ATTRIBUTE_VALUE, sizeof *value, value, at);
  free(name);
  free(type);
  free(how);
  free(value);
}

/* ---- what records are about, and indexes ---- */

static const build_row *row_at(const subject_builder *b, fact_type type, int64_t position) {
  const build_table *t = &b->of[type];
  return position < 0 ? NULL : &t->rows[t->order[position]];
}

static void records_about(const subject_builder *b, int32_t *about[FACT_TYPES]) {
  const build_table *t = &b->of[FACT_RECORD];
  for (uint32_t k = 0; k < t->ordered; k++) {
    const build_row *r = &t->rows[t->order[k]];
    int64_t of[FACT_TYPES];
    for (fact_type type = FACT_NONE; type < FACT_TYPES; type++) of[type] = -1;
    of[r->subject_type] = r->subject;
    const build_row *enrollment = row_at(b, FACT_ENROLLMENT, of[FACT_ENROLLMENT]);
    if (enrollment != NULL) {
      of[FACT_PERSON] = enrollment->subject;
      of[FACT_COHORT] = enrollment->object;
    }
    const build_row *activity = r->object_type == FACT_ACTIVITY ? row_at(b, FACT_ACTIVITY, r->object) : NULL;
    if (activity != NULL && activity->subject_type == FACT_COHORT && of[FACT_COHORT] < 0)
      of[FACT_COHORT] = activity->subject;
    const build_row *cohort = row_at(b, FACT_COHORT, of[FACT_COHORT]);
    if (cohort != NULL) of[FACT_PROGRAMME] = cohort->subject;
    if (activity != NULL && activity->subject_type == FACT_PROGRAMME && of[FACT_PROGRAMME] < 0)
      of[FACT_PROGRAMME] = activity->subject;
    for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
      if (about[type] != NULL) about[type][k] = (int32_t)of[type];
    }
  }
}

/* Subjects of the rows of a table, up to two for each row: an index is counted and filled from them in one order. */
typedef struct listing {
  const int32_t *first, *second; /* by position; second may be NULL */
  const uint32_t *order;         /* positions in the order in which they are listed; NULL: as they stand */
  uint32_t count;
} listing;

static void index_write(writer *w, section_column column, fact_type type, const listing *from) {
  uint32_t subjects_count = w->of->of[type].ordered;
  uint32_t *offset = memory_take(((size_t)subjects_count + 2) * sizeof *offset);
  for (uint32_t k = 0; k < from->count; k++) {
    int32_t first = from->first[k], second = from->second == NULL ? -1 : from->second[k];
    if (first >= 0) offset[first + 2]++;
    if (second >= 0 && second != first) offset[second + 2]++;
  }
  for (uint32_t s = 2; s < subjects_count + 2; s++) offset[s] += offset[s - 1];
  uint32_t total = offset[subjects_count + 1];
  uint32_t *rows = memory_take(((size_t)total + 1) * sizeof *rows);
  for (uint32_t n = 0; n < from->count; n++) {
    uint32_t k = from->order == NULL ? n : from->order[n];
    int32_t first = from->first[k], second = from->second == NULL ? -1 : from->second[k];
    if (first >= 0) rows[offset[first + 1]++] = k;
    if (second >= 0 && second != first) rows[offset[second + 1]++] = k;
  }
  section(w, type, column, sizeof *offset, offset, (size_t)subjects_count + 1);
  section(w, type, column + 1, sizeof *rows, rows, total);
  free(offset);
  free(rows);
}

static void records_write(writer *w) {
  const subject_builder *b = w->of;
  const build_table *t = &b->of[FACT_RECORD];
  int32_t *about[FACT_TYPES] = {NULL};
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (subjects_records_of(type)) about[type] = memory_take(((size_t)t->ordered + 1) * sizeof **about);
  }
  records_about(b, about);
  uint32_t *by_time = memory_take(((size_t)t->ordered + 1) * sizeof *by_time);
  for (uint32_t n = 0; n < t->ordered; n++) by_time[n] = (uint32_t)t->position[b->by_time[n]];
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (about[type] == NULL) continue;
    section(w, type, SECTION_RECORD_OF, sizeof **about, about[type], t->ordered);
    index_write(w, SECTION_RECORDS, type, &(listing){about[type], NULL, by_time, t->ordered});
    free(about[type]);
  }
  free(by_time);
}

typedef enum side { SIDE_SUBJECT, SIDE_OBJECT, SIDE_PLACE } side;

static int32_t *side_of(const subject_builder *b, fact_type table, side which, fact_type wanted) {
  const build_table *t = &b->of[table];
  int32_t *out = memory_take(((size_t)t->ordered + 1) * sizeof *out);
  for (uint32_t k = 0; k < t->ordered; k++) {
    const build_row *r = &t->rows[t->order[k]];
    fact_type type = which == SIDE_SUBJECT  ? r->subject_type
                     : which == SIDE_OBJECT ? r->object_type
                                            : FACT_ORGANIZATION;
    int64_t position = which == SIDE_SUBJECT ? r->subject : which == SIDE_OBJECT ? r->object : r->place;
    out[k] = type == wanted ? (int32_t)position : -1;
  }
  return out;
}

static void index_of(writer *w, section_column column, fact_type type, fact_type table, side which) {
  int32_t *subject = side_of(w->of, table, which, type);
  index_write(w, column, type, &(listing){subject, NULL, NULL, w->of->of[table].ordered});
  free(subject);
}

static void indexes_write(writer *w) {
  const subject_builder *b = w->of;
  index_of(w, SECTION_POSTS, FACT_PERSON, FACT_POST, SIDE_SUBJECT);
  index_of(w, SECTION_STAFF, FACT_ORGANIZATION, FACT_POST, SIDE_OBJECT);
  index_of(w, SECTION_ENROLLMENTS, FACT_PERSON, FACT_ENROLLMENT, SIDE_SUBJECT);
  index_of(w, SECTION_ENROLLMENTS, FACT_COHORT, FACT_ENROLLMENT, SIDE_OBJECT);
  index_of(w, SECTION_ENROLLMENTS, FACT_ORGANIZATION, FACT_ENROLLMENT, SIDE_PLACE);
  index_of(w, SECTION_CHILDREN, FACT_ORGANIZATION, FACT_ORGANIZATION, SIDE_OBJECT);
  int32_t *programme = side_of(b, FACT_ENROLLMENT, SIDE_OBJECT, FACT_COHORT);
  for (uint32_t k = 0; k < b->of[FACT_ENROLLMENT].ordered; k++) {
    const build_row *cohort = row_at(b, FACT_COHORT, programme[k]);
    programme[k] = cohort == NULL ? -1 : (int32_t)cohort->subject;
  }
  index_write(w, SECTION_ENROLLMENTS, FACT_PROGRAMME,
              &(listing){programme, NULL, NULL, b->of[FACT_ENROLLMENT].ordered});
  free(programme);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (!fact_is_entity(type)) continue;
    int32_t *a = side_of(b, FACT_RELATION, SIDE_SUBJECT, type), *other = side_of(b, FACT_RELATION, SIDE_OBJECT, type);
    index_write(w, SECTION_RELATIONS, type, &(listing){a, other, NULL, b->of[FACT_RELATION].ordered});
    free(a);
    free(other);
  }
}

/* ---- words, sources, keys ---- */

static void words_write(writer *w) {
  const subject_builder *b = w->of;
  const word_pool *p = &b->words;
  uint64_t *at = memory_take(((size_t)p->count + 2) * sizeof *at);
  buffer bytes = {0};
  for (uint32_t k = 0; k <= p->count; k++) {
    const char *text = k == 0 ? "" : words_text(p, b->by_rank[k]);
    at[k] = bytes.length;
    buffer_bytes(&bytes, text, strlen(text) + 1);
  }
  at[p->count + 1] = bytes.length;
  section(w, FACT_NONE, SECTION_WORD_AT, sizeof *at, at, (size_t)p->count + 2);
  section(w, FACT_NONE, SECTION_WORD_BYTES, 1, bytes.at, bytes.length);
  free(at);
  buffer_free(&bytes);
}

static void sources_write(writer *w) {
  const subject_builder *b = w->of;
  stored_source *rows = memory_take(((size_t)b->sources_used + 1) * sizeof *rows);
  buffer bytes = {0};
  for (uint32_t k = 0; k < b->sources_used; k++) {
    const build_source *from = &b->sources[b->source_order[k]];
    rows[k] = (stored_source){.file = from->file, .import = from->import, .name = bytes.length};
    buffer_bytes(&bytes, from->name, strlen(from->name) + 1);
  }
  section(w, FACT_NONE, SECTION_SOURCES, sizeof *rows, rows, b->sources_used);
  section(w, FACT_NONE, SECTION_SOURCE_BYTES, 1, bytes.at, bytes.length);
  free(rows);
  buffer_free(&bytes);
}

/* Keys are listed by hash, then fact; covers by hash, then table and row. */
static void keys_write(writer *w, section_column column) {
  const subject_builder *b = w->of;
  size_t count = 0;
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    for (uint32_t i = 0; i < b->of[type].count; i++)
      count += (column == SECTION_KEYS ? b->of[type].rows[i].key : b->of[type].rows[i].cover) != 0;
  }
  subject_key *keys = memory_take((count + 1) * sizeof *keys);
  sort_item *items = memory_take((count + 1) * 2 * sizeof *items);
  size_t at = 0;
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    const build_table *t = &b->of[type];
    for (uint32_t i = 0; i < t->count; i++) {
      int64_t hash = column == SECTION_KEYS ? t->rows[i].key : t->rows[i].cover;
      if (hash == 0) continue;
      keys[at++] = (subject_key){.hash = hash,
                                 .type = (uint8_t)type,
                                 .row = t->position == NULL ? -1 : t->position[i],
                                 .fact = t->rows[i].fact};
    }
  }
  for (size_t i = 0; i < count; i++) {
    uint64_t at_row = (uint64_t)keys[i].type << 32 | (uint32_t)(keys[i].row + 1);
    items[i] = (sort_item){column == SECTION_KEYS ? (uint64_t)keys[i].fact : at_row, (uint32_t)i};
  }
  sort_items(items, items + count, count);
  for (size_t i = 0; i < count; i++) items[i].key = (uint64_t)keys[items[i].row].hash ^ UINT64_C(1) << 63;
  sort_items(items, items + count, count);
  subject_key *sorted = memory_take((count + 1) * sizeof *sorted);
  for (size_t i = 0; i < count; i++) sorted[i] = keys[items[i].row];
  section(w, FACT_NONE, column, sizeof *sorted, sorted, count);
  free(keys);
  free(items);
  free(sorted);
}

/* ---- the file ---- */

static void tail_write(writer *w, digest chain, int64_t known_after) {
  uint64_t data_end = w->at;
  block_end(w);
  buffer tail = {0};
  buffer_bytes(&tail, w->sections, w->section_count * sizeof *w->sections);
  buffer_bytes(&tail, w->sums, w->sum_count * sizeof *w->sums);
  write_whole(w, tail.at, tail.length, data_end);
  unsigned char page[SUBJECTS_HEADER] = {0};
  subjects_header header = {.version = SUBJECTS_VERSION,
                            .order = SUBJECTS_ORDER,
                            .size = data_end + tail.length,
                            .chain = chain,
                            .known_after = known_after,
                            .segments = 1,
                            .sections = (uint32_t)w->section_count,
                            .data_end = data_end,
                            .block_count = w->sum_count,
                            .tail_sum = checksum_of(tail.at, tail.length)};
  memcpy(header.magic, SUBJECTS_MAGIC, sizeof header.magic);
  memcpy(page, &header, sizeof header);
  header.header_sum = checksum_of(page, sizeof page);
  memcpy(page, &header, sizeof header);
  write_whole(w, page, sizeof page, 0);
  buffer_free(&tail);
}

bool builder_write(subject_builder *b, int descriptor, digest chain, int64_t known_after) {
  uint32_t longest = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    if (b->of[type].ordered > longest) longest = b->of[type].ordered;
  }
  writer w = {.of = b,
              .descriptor = descriptor,
              .at = SUBJECTS_HEADER,
              .block = memory_take(SUBJECTS_BLOCK),
              .column = memory_take(((size_t)longest + 1) * sizeof(int64_t))};
  uint32_t attributes = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) attributes = table_columns(&w, type, attributes);
  attribute_columns_write(&w, attributes);
  records_write(&w);
  indexes_write(&w);
  words_write(&w);
  sources_write(&w);
  keys_write(&w, SECTION_KEYS);
  keys_write(&w, SECTION_COVERS);
  tail_write(&w, chain, known_after);
  free(w.block);
  free(w.sums);
  free(w.sections);
  free(w.column);
  return !w.failed;
}
