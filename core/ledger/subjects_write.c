/* What was put in order becomes sections of the file, in the order in which they stand there. Which columns are written
 * depends on what rows say, not on what was taken in: subjects_renew.c makes the same file in another way. */
#include "ledger/subjects_build.h"
#include "ledger/subjects_stream.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define RUN 1024 /* values that are made at a time */

enum { BESIDE = 1 << 16 }; /* records that are worth a second thread */

typedef struct writer {
  subject_stream to;
  const subject_builder *of;
} writer;

/* ---- columns of facts ---- */

static bool is_word(unsigned column) {
  return column >= SECTION_KIND && column <= SECTION_UNIT;
}

/* In which order, and as what, words and sources are written: NULL for what stands as it is. */
static const uint32_t *ranks_of(const writer *w, unsigned column, const uint32_t *sources) {
  return is_word(column) ? w->of->rank : column == SECTION_SOURCE ? sources : NULL;
}

static void put_same(writer *w, unsigned width, uint32_t count, int64_t value) {
  unsigned char run[RUN * sizeof(int64_t)];
  for (size_t k = 0; k < RUN; k++) memcpy(run + k * width, &value, width); /* the low bytes come first */
  for (uint32_t done = 0; done < count; done += RUN)
    stream_put(&w->to, run, (size_t)(count - done < RUN ? count - done : RUN) * width);
}

#define GATHER(type, value)                                                                                            \
  do {                                                                                                                 \
    const type *from = c->at;                                                                                          \
    type *to = (type *)(void *)run;                                                                                    \
    for (uint32_t k = 0; k < some; k++) {                                                                              \
      type here = from[order[k]];                                                                                      \
      to[k] = (type)(value);                                                                                           \
    }                                                                                                                  \
  } while (0)

static void put_column(writer *w, const build_table *t, const build_column *c, const uint32_t *ranks) {
  int64_t run[RUN];
  for (uint32_t first = 0; first < t->ordered; first += RUN) {
    const uint32_t *order = t->order + first;
    const uint32_t some = t->ordered - first < RUN ? t->ordered - first : RUN;
    if (c->width == 8)
      GATHER(int64_t, here);
    else if (c->width == 1)
      GATHER(uint8_t, here);
    else if (ranks != NULL)
      GATHER(uint32_t, ranks[here]);
    else
      GATHER(uint32_t, here);
    stream_put(&w->to, run, (size_t)some * c->width);
  }
}

/* Whether every row that is written says the same, which is found in *same. */
static bool is_same(const build_table *t, unsigned column, const uint32_t *ranks, int64_t *same) {
  int64_t first = build_value(t, column, t->order[0]);
  *same = ranks != NULL ? ranks[first] : first;
  if (t->columns[column].at == NULL) return true;
  for (uint32_t k = 1; k < t->ordered; k++) {
    int64_t here = build_value(t, column, t->order[k]);
    if ((ranks != NULL ? ranks[here] : here) != *same) return false;
  }
  return true;
}

/* Columns in which every value is zero are not written. */
static void column_write(writer *w, fact_type type, unsigned column, const uint32_t *ranks) {
  const build_table *t = &w->of->of[type];
  const build_column *c = &t->columns[column];
  int64_t same = 0;
  bool all = t->ordered == 0 || is_same(t, column, ranks, &same);
  if (all && same == 0) return;
  if (all && same == -1 && c->width == sizeof(int32_t)) {
    stream_none(&w->to, type, column, t->ordered);
    return;
  }
  stream_section(&w->to, type, column, c->width, t->ordered);
  if (c->at == NULL)
    put_same(w, c->width, t->ordered, same);
  else
    put_column(w, t, c, ranks);
}

/* Always there, whatever it holds: its length is the number of rows, and one more. */
static uint32_t offsets_write(writer *w, fact_type type, uint32_t before) {
  const build_table *t = &w->of->of[type];
  const bool none = t->columns[BUILD_LIST].at == NULL && t->columns[BUILD_LIST].same == 0;
  uint32_t run[RUN], count = 0;
  stream_section(&w->to, type, SECTION_ATTRIBUTE, sizeof *run, (uint64_t)t->ordered + 1);
  for (uint32_t k = 0; k < t->ordered; k++) {
    run[count++] = before;
    if (!none) before += w->of->list[build_value(t, BUILD_LIST, t->order[k])].count;
    if (count == RUN) {
      stream_put(&w->to, run, sizeof run);
      count = 0;
    }
  }
  stream_put(&w->to, run, count * sizeof *run);
  stream_put(&w->to, &before, sizeof before);
  return before;
}

static uint64_t attributes_count(const subject_builder *b) {
  uint64_t count = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const build_table *t = &b->of[type];
    const build_column *c = &t->columns[BUILD_LIST];
    if (c->at == NULL && c->same == 0) continue;
    for (uint32_t k = 0; k < t->ordered; k++) count += b->list[build_value(t, BUILD_LIST, t->order[k])].count;
  }
  return count;
}

static void put_attribute(writer *w, section_column column, const build_attribute *from) {
  if (column == SECTION_ATTRIBUTE_NAME) stream_put(&w->to, &from->name, sizeof from->name);
  if (column == SECTION_ATTRIBUTE_TYPE) stream_put(&w->to, &from->type, sizeof from->type);
  if (column == SECTION_ATTRIBUTE_BOUND) stream_put(&w->to, &from->bound, sizeof from->bound);
  if (column == SECTION_ATTRIBUTE_VALUE) stream_put(&w->to, &from->value, sizeof from->value);
}

static void attributes_write(writer *w, section_column column, uint32_t width, uint64_t count) {
  const subject_builder *b = w->of;
  stream_section(&w->to, FACT_NONE, column, width, count);
  for (fact_type type = FACT_PERSON; type < FACT_MERGE && count > 0; type++) {
    const build_table *t = &b->of[type];
    const build_column *c = &t->columns[BUILD_LIST];
    if (c->at == NULL && c->same == 0) continue;
    for (uint32_t k = 0; k < t->ordered; k++) {
      const build_list *list = &b->list[build_value(t, BUILD_LIST, t->order[k])];
      for (uint32_t i = 0; i < list->count; i++) put_attribute(w, column, &b->attributes[list->first + i]);
    }
  }
}

static bool facts_write(writer *w) {
  const subject_builder *b = w->of;
  uint64_t count = attributes_count(b);
  if (count > UINT32_MAX) return stream_fail(&w->to, EFBIG);
  attributes_write(w, SECTION_ATTRIBUTE_NAME, sizeof(uint32_t), count);
  attributes_write(w, SECTION_ATTRIBUTE_TYPE, sizeof(uint8_t), count);
  attributes_write(w, SECTION_ATTRIBUTE_BOUND, sizeof(uint8_t), count);
  attributes_write(w, SECTION_ATTRIBUTE_VALUE, sizeof(int64_t), count);
  uint32_t *sources = memory_take((b->source_count + 1) * sizeof *sources), before = 0;
  for (size_t i = 0; i < b->source_count; i++) sources[i] = b->sources[i].rank;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE && !w->to.failed; type++) {
    for (unsigned column = SECTION_FACT; column < SECTION_ATTRIBUTE; column++)
      column_write(w, type, column, ranks_of(w, column, sources));
    before = offsets_write(w, type, before);
  }
  free(sources);
  return !w->to.failed;
}

/* ---- what records are about, and indexes ---- */

/* What the row at a position says; -1 of none. */
static int64_t value_at(const subject_builder *b, fact_type type, int64_t position, unsigned column) {
  const build_table *t = &b->of[type];
  return position < 0 ? -1 : build_value(t, column, t->order[position]);
}

typedef struct records_about {
  int32_t *of[FACT_TYPES]; /* by position; NULL where no record is about one of the type */
  bool through;            /* some are about somebody through an enrollment or an activity */
} records_about;

static void about_put(const subject_builder *b, records_about *to, fact_type type, uint32_t k, int64_t position) {
  if (position < 0 || !subjects_records_of(type)) return;
  uint32_t count = b->of[FACT_RECORD].ordered;
  if (to->of[type] == NULL) {
    to->of[type] = large_take(b->folder, ((size_t)count + 1) * sizeof(int32_t));
    memset(to->of[type], 0xff, (size_t)count * sizeof(int32_t));
  }
  to->of[type][k] = (int32_t)position;
}

static void about_read(const subject_builder *b, records_about *to) {
  const build_table *t = &b->of[FACT_RECORD];
  for (uint32_t k = 0; k < t->ordered; k++) {
    uint32_t row = t->order[k];
    fact_type subject = (fact_type)build_value(t, SECTION_SUBJECT_TYPE, row);
    int64_t about = build_value(t, SECTION_SUBJECT, row), cohort = subject == FACT_COHORT ? about : -1;
    int64_t programme = subject == FACT_PROGRAMME ? about : -1;
    if (subject != FACT_COHORT && subject != FACT_PROGRAMME) about_put(b, to, subject, k, about);
    bool object = build_value(t, SECTION_OBJECT_TYPE, row) == FACT_ACTIVITY;
    int64_t activity = object ? build_value(t, SECTION_OBJECT, row) : -1;
    if (subject == FACT_PERSON && activity < 0) continue;
    to->through = true;
    if (subject == FACT_ENROLLMENT) {
      about_put(b, to, FACT_PERSON, k, value_at(b, FACT_ENROLLMENT, about, SECTION_SUBJECT));
      cohort = value_at(b, FACT_ENROLLMENT, about, SECTION_OBJECT);
    }
    int64_t within = value_at(b, FACT_ACTIVITY, activity, SECTION_SUBJECT_TYPE);
    int64_t of = value_at(b, FACT_ACTIVITY, activity, SECTION_SUBJECT);
    if (within == FACT_COHORT && cohort < 0) cohort = of;
    if (cohort >= 0) programme = value_at(b, FACT_COHORT, cohort, SECTION_SUBJECT);
    if (within == FACT_PROGRAMME && programme < 0) programme = of;
    about_put(b, to, FACT_COHORT, k, cohort);
    about_put(b, to, FACT_PROGRAMME, k, programme);
  }
}

/* Records stand by subject, and those of one by time: only where some are about another as well is their order in time
 * one of its own. */
static void records_write(writer *w) {
  const subject_builder *b = w->of;
  const build_table *t = &b->of[FACT_RECORD];
  records_about about = {.through = false};
  about_read(b, &about);
  uint32_t *by_time = NULL;
  if (about.through) by_time = large_take(b->folder, ((size_t)t->ordered + 1) * sizeof *by_time);
  for (uint32_t n = 0; about.through && n < t->ordered; n++) by_time[n] = (uint32_t)t->position[b->by_time[n]];
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (!subjects_records_of(type)) continue;
    if (about.of[type] == NULL)
      stream_none(&w->to, type, SECTION_RECORD_OF, t->ordered);
    else
      stream_whole(&w->to, type, SECTION_RECORD_OF, sizeof(int32_t), about.of[type], t->ordered);
    stream_index(&w->to, SECTION_RECORDS, type, w->of->of[type].ordered,
                 &(listing){about.of[type], NULL, by_time, t->ordered});
    large_free(about.of[type]);
  }
  large_free(by_time);
}

typedef enum side { SIDE_SUBJECT, SIDE_OBJECT, SIDE_PLACE } side;

static int32_t *side_of(const subject_builder *b, fact_type table, side which, fact_type wanted) {
  static const unsigned columns[] = {SECTION_SUBJECT, SECTION_OBJECT, SECTION_PLACE};
  static const unsigned types[] = {SECTION_SUBJECT_TYPE, SECTION_OBJECT_TYPE};
  const build_table *t = &b->of[table];
  int32_t *out = large_take(b->folder, ((size_t)t->ordered + 1) * sizeof *out);
  for (uint32_t k = 0; k < t->ordered; k++) {
    uint32_t row = t->order[k];
    fact_type type = which == SIDE_PLACE ? FACT_ORGANIZATION : (fact_type)build_value(t, types[which], row);
    out[k] = type == wanted ? (int32_t)build_value(t, columns[which], row) : -1;
  }
  return out;
}

static void index_of(writer *w, section_column column, fact_type type, fact_type table, side which) {
  int32_t *subject = side_of(w->of, table, which, type);
  stream_index(&w->to, column, type, w->of->of[type].ordered,
               &(listing){subject, NULL, NULL, w->of->of[table].ordered});
  large_free(subject);
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
  for (uint32_t k = 0; k < b->of[FACT_ENROLLMENT].ordered; k++)
    programme[k] = (int32_t)value_at(b, FACT_COHORT, programme[k], SECTION_SUBJECT);
  stream_index(&w->to, SECTION_ENROLLMENTS, FACT_PROGRAMME, w->of->of[FACT_PROGRAMME].ordered,
               &(listing){programme, NULL, NULL, b->of[FACT_ENROLLMENT].ordered});
  large_free(programme);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (!fact_is_entity(type)) continue;
    int32_t *a = side_of(b, FACT_RELATION, SIDE_SUBJECT, type), *other = side_of(b, FACT_RELATION, SIDE_OBJECT, type);
    stream_index(&w->to, SECTION_RELATIONS, type, w->of->of[type].ordered,
                 &(listing){a, other, NULL, b->of[FACT_RELATION].ordered});
    large_free(a);
    large_free(other);
  }
}

/* ---- words and sources ---- */

static void words_write(writer *w) {
  const subject_builder *b = w->of;
  const word_pool *p = &b->words;
  uint64_t *at = large_take(b->folder, ((size_t)b->ranked + 2) * sizeof *at);
  uint64_t size = 0;
  for (uint32_t k = 0; k <= b->ranked; k++) {
    at[k] = size;
    size += strlen(k == 0 ? "" : words_text(p, b->by_rank[k])) + 1;
  }
  at[b->ranked + 1] = size;
  stream_whole(&w->to, FACT_NONE, SECTION_WORD_AT, sizeof *at, at, (size_t)b->ranked + 2);
  stream_section(&w->to, FACT_NONE, SECTION_WORD_BYTES, 1, size);
  for (uint32_t k = 0; k <= b->ranked && !w->to.failed; k++)
    stream_put(&w->to, k == 0 ? "" : words_text(p, b->by_rank[k]), (size_t)(at[k + 1] - at[k]));
  large_free(at);
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
  stream_whole(&w->to, FACT_NONE, SECTION_SOURCES, sizeof *rows, rows, b->sources_used);
  stream_whole(&w->to, FACT_NONE, SECTION_SOURCE_BYTES, 1, bytes.at, bytes.length);
  free(rows);
  buffer_free(&bytes);
}

/* ---- the file ---- */

/* The list that is longest by far, put in order by a thread while the columns are written. */
typedef struct keys_beside {
  const subject_builder *of;
  subject_key *keys;
  size_t count;
  pthread_t thread;
  bool started;
} keys_beside;

static void *order_keys(void *context) {
  keys_beside *k = context;
  k->keys = builder_keys(k->of, SECTION_KEYS, &k->count);
  return NULL;
}

static void keys_begin(keys_beside *k) {
  k->started = k->of->of[FACT_RECORD].count >= BESIDE && pthread_create(&k->thread, NULL, order_keys, k) == 0;
}

static void keys_ready(keys_beside *k) {
  if (k->started)
    pthread_join(k->thread, NULL);
  else
    order_keys(k);
}

bool builder_write(subject_builder *b, int descriptor, digest chain, int64_t known_after) {
  keys_beside beside = {.of = b};
  keys_begin(&beside);
  writer w = {.to = stream_begin(b->folder, descriptor), .of = b};
  bool good = facts_write(&w);
  if (good) {
    records_write(&w);
    indexes_write(&w);
    words_write(&w);
    sources_write(&w);
  }
  keys_ready(&beside);
  if (good) {
    stream_whole(&w.to, FACT_NONE, SECTION_KEYS, sizeof *beside.keys, beside.keys, beside.count);
    for (section_column column = SECTION_KEYS + 1; column < SECTION_COLUMNS; column++) {
      size_t count;
      subject_key *keys = builder_keys(b, column, &count);
      stream_whole(&w.to, FACT_NONE, column, sizeof *keys, keys, count);
      large_free(keys);
    }
  }
  good = good && stream_end(&w.to, &(stream_state){chain, b->secret, known_after});
  large_free(beside.keys);
  stream_free(&w.to);
  errno = w.to.reason;
  return good;
}
