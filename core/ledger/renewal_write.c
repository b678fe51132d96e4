/* The new file, in the order of subjects_write.c: what stays in runs, what comes row by row. */
#include "ledger/renewal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define RUN 1024 /* values that are made at a time */

static bool is_word(unsigned column) {
  return column >= SECTION_KIND && column <= SECTION_UNIT;
}

static bool is_reference(unsigned column) {
  return column == SECTION_SUBJECT || column == SECTION_OBJECT || column == SECTION_PLACE;
}

/* ---- values of rows that stay ---- */

static void positions_of(const renewal *r, const uint8_t *types, const int32_t *from, uint32_t count, int32_t *out) {
  for (uint32_t i = 0; i < count; i++)
    out[i] = from[i] < 0 || types[i] == FACT_NONE ? -1 : renewed_position(&r->tables[types[i]], from[i]);
}

/* Of so many rows of the old table from the first on, as they are in the new file. */
static void staying_values(const renewal *r, fact_type type, unsigned column, uint32_t first, uint32_t count,
                           void *out) {
  const fact_columns *c = &r->old->of[type];
  const uint32_t width = fact_column_rows[column].width;
  const unsigned char *from = (const unsigned char *)renewal_column(r, type, column) + (size_t)first * width;
  uint32_t *to = out;
  if (column == SECTION_SUBJECT) {
    positions_of(r, c->subject_type + first, c->subject + first, count, out);
  } else if (column == SECTION_OBJECT) {
    positions_of(r, c->object_type + first, c->object + first, count, out);
  } else if (column == SECTION_PLACE) {
    for (uint32_t i = 0; i < count; i++)
      ((int32_t *)out)[i] = renewed_position(&r->tables[FACT_ORGANIZATION], c->place[first + i]);
  } else if (is_word(column) && !r->same_words) {
    for (uint32_t i = 0; i < count; i++) to[i] = r->words[((const uint32_t *)(const void *)from)[i]];
  } else if (column == SECTION_SOURCE) {
    for (uint32_t i = 0; i < count; i++) to[i] = r->sources[c->source[first + i]];
  } else {
    memcpy(out, from, (size_t)count * width);
  }
}

static bool left_out(const renewal *r, fact_type type, unsigned column) {
  return r->file->found[type][column] == NULL;
}

/* ---- columns ---- */

/* Whether all rows say this; mostly the first does not. */
static bool all_say(const renewal *r, fact_type type, unsigned column, int64_t value) {
  const renewed_table *t = &r->tables[type];
  const uint32_t width = fact_column_rows[column].width;
  int64_t run[RUN];
  for (size_t i = 0; i < t->put_count; i++)
    if (renewal_value(r, type, t->put[i].from, column) != value) return false;
  for (size_t s = 0; s < t->segment_count; s++) {
    const renewed_segment *one = &t->segments[s];
    if (one->put) continue;
    for (uint32_t done = 0, some = 16; done < one->count; done += some, some = RUN) {
      if (some > one->count - done) some = one->count - done;
      staying_values(r, type, column, one->first + done, some, run);
      /* The first is this value, and each is like the one before. */
      if (memcmp(run, &value, width) != 0 || memcmp(run, (const char *)run + width, (size_t)(some - 1) * width) != 0)
        return false;
    }
  }
  return true;
}

static bool is_zero(const renewal *r, fact_type type, unsigned column) {
  const bool plain = !is_reference(column) && column != SECTION_SOURCE;
  const renewed_table *t = &r->tables[type];
  if (t->count == 0) return true;
  if (!plain || !left_out(r, type, column)) return all_say(r, type, column, 0);
  for (size_t i = 0; i < t->put_count; i++)
    if (renewal_value(r, type, t->put[i].from, column) != 0) return false;
  return true;
}

static void column_write(const renewal *r, subject_stream *to, fact_type type, unsigned column) {
  const renewed_table *t = &r->tables[type];
  const uint32_t width = fact_column_rows[column].width;
  int64_t run[RUN];
  if (is_zero(r, type, column)) return;
  if (width == sizeof(int32_t) && all_say(r, type, column, -1)) {
    stream_none(to, type, column, t->count);
    return;
  }
  stream_section(to, type, column, width, t->count);
  for (size_t s = 0; s < t->segment_count; s++) {
    const renewed_segment *one = &t->segments[s];
    for (uint32_t done = 0, some; done < one->count; done += some) {
      some = one->put ? 1 : one->count - done < RUN ? one->count - done : RUN;
      if (one->put)
        run[0] = renewal_value(r, type, t->put[one->first + done].from, column); /* the low bytes come first */
      else
        staying_values(r, type, column, one->first + done, some, run);
      stream_put(to, run, (size_t)some * width);
    }
  }
}

/* ---- attributes ---- */

typedef struct attribute_range {
  uint32_t first, count;
} attribute_range;

/* Those of a row that comes: of the old file, or of builder `now`. */
static attribute_range attributes_of(const renewal *r, fact_type type, renewed_row from) {
  if (!from.old) {
    const build_list *list = &r->now->list[build_value(&r->now->of[type], BUILD_LIST, from.row)];
    return (attribute_range){list->first, list->count};
  }
  const uint32_t *offset = r->old->of[type].attribute;
  return (attribute_range){offset[from.row], offset[from.row + 1] - offset[from.row]};
}

static uint64_t attributes_count(const renewal *r) {
  uint64_t count = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const renewed_table *t = &r->tables[type];
    const uint32_t *offset = r->old->of[type].attribute;
    for (size_t s = 0; s < t->segment_count; s++) {
      const renewed_segment *one = &t->segments[s];
      if (!one->put) count += offset[one->first + one->count] - offset[one->first];
      for (uint32_t k = 0; one->put && k < one->count; k++)
        count += attributes_of(r, type, t->put[one->first + k].from).count;
    }
  }
  return count;
}

static void put_attribute(subject_stream *to, section_column column, const build_attribute *one) {
  if (column == SECTION_ATTRIBUTE_NAME) stream_put(to, &one->name, sizeof one->name);
  if (column == SECTION_ATTRIBUTE_TYPE) stream_put(to, &one->type, sizeof one->type);
  if (column == SECTION_ATTRIBUTE_BOUND) stream_put(to, &one->bound, sizeof one->bound);
  if (column == SECTION_ATTRIBUTE_VALUE) stream_put(to, &one->value, sizeof one->value);
}

static void put_old_attributes(const renewal *r, subject_stream *to, section_column column, attribute_range range) {
  const attribute_columns *a = &r->old->attributes;
  for (uint32_t k = range.first; k < range.first + range.count; k++) {
    build_attribute one = {r->words[a->name[k]], a->type[k], a->bound[k], a->value[k]};
    if (one.type == ATTRIBUTE_TEXT) one.value = r->words[one.value];
    put_attribute(to, column, &one);
  }
}

static void put_now_attributes(const renewal *r, subject_stream *to, section_column column, attribute_range range) {
  const subject_builder *b = r->now;
  for (uint32_t k = range.first; k < range.first + range.count; k++) {
    build_attribute one = b->attributes[k];
    one.name = r->now_words[b->by_rank[one.name]];
    if (one.type == ATTRIBUTE_TEXT) one.value = r->now_words[b->by_rank[one.value]];
    put_attribute(to, column, &one);
  }
}

static void attributes_write(const renewal *r, subject_stream *to, section_column column, uint32_t width,
                             uint64_t count) {
  stream_section(to, FACT_NONE, column, width, count);
  for (fact_type type = FACT_PERSON; type < FACT_MERGE && count > 0; type++) {
    const renewed_table *t = &r->tables[type];
    const uint32_t *offset = r->old->of[type].attribute;
    for (size_t s = 0; s < t->segment_count; s++) {
      const renewed_segment *one = &t->segments[s];
      if (!one->put) {
        uint32_t first = offset[one->first];
        put_old_attributes(r, to, column, (attribute_range){first, offset[one->first + one->count] - first});
      }
      for (uint32_t k = 0; one->put && k < one->count; k++) {
        renewed_row from = t->put[one->first + k].from;
        attribute_range range = attributes_of(r, type, from);
        (from.old ? put_old_attributes : put_now_attributes)(r, to, column, range);
      }
    }
  }
}

static uint32_t offsets_write(const renewal *r, subject_stream *to, fact_type type, uint32_t before) {
  const renewed_table *t = &r->tables[type];
  const uint32_t *offset = r->old->of[type].attribute;
  uint32_t run[RUN];
  stream_section(to, type, SECTION_ATTRIBUTE, sizeof *run, (uint64_t)t->count + 1);
  for (size_t s = 0; s < t->segment_count; s++) {
    const renewed_segment *one = &t->segments[s];
    for (uint32_t k = 0; one->put && k < one->count; k++) {
      stream_put(to, &before, sizeof before);
      before += attributes_of(r, type, t->put[one->first + k].from).count;
    }
    if (one->put) continue;
    const uint32_t *from = offset + one->first, start = from[0];
    for (uint32_t done = 0, some; done < one->count; done += some) {
      some = one->count - done < RUN ? one->count - done : RUN;
      for (uint32_t k = 0; k < some; k++) run[k] = before + (from[done + k] - start);
      stream_put(to, run, some * sizeof *run);
    }
    before += from[one->count] - start;
  }
  stream_put(to, &before, sizeof before);
  return before;
}

static bool facts_write(const renewal *r, subject_stream *to) {
  uint64_t count = attributes_count(r);
  if (count > UINT32_MAX) return stream_fail(to, EFBIG);
  attributes_write(r, to, SECTION_ATTRIBUTE_NAME, sizeof(uint32_t), count);
  attributes_write(r, to, SECTION_ATTRIBUTE_TYPE, sizeof(uint8_t), count);
  attributes_write(r, to, SECTION_ATTRIBUTE_BOUND, sizeof(uint8_t), count);
  attributes_write(r, to, SECTION_ATTRIBUTE_VALUE, sizeof(int64_t), count);
  uint32_t before = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE && !to->failed; type++) {
    for (unsigned column = SECTION_FACT; column < SECTION_ATTRIBUTE; column++) column_write(r, to, type, column);
    before = offsets_write(r, to, type, before);
  }
  return !to->failed;
}

/* ---- indexes but those of records: made from the new columns, which are short ---- */

typedef enum side { SIDE_SUBJECT, SIDE_OBJECT, SIDE_PLACE } side;

static void side_values(const renewal *r, fact_type table, unsigned column, const renewed_segment *one, uint32_t done,
                        uint32_t some, void *out) {
  if (one->put) {
    int64_t value = renewal_value(r, table, r->tables[table].put[one->first + done].from, column);
    memcpy(out, &value, fact_column_rows[column].width);
  } else {
    staying_values(r, table, column, one->first + done, some, out);
  }
}

static int32_t *side_of(const renewal *r, fact_type table, side which, fact_type wanted) {
  static const unsigned columns[] = {SECTION_SUBJECT, SECTION_OBJECT, SECTION_PLACE};
  static const unsigned types[] = {SECTION_SUBJECT_TYPE, SECTION_OBJECT_TYPE};
  const renewed_table *t = &r->tables[table];
  int32_t *out = large_take(r->of->folder, ((size_t)t->count + 1) * sizeof *out), *next = out;
  int64_t type_run[RUN / 8] = {0};
  const uint8_t *type = (const void *)type_run;
  for (size_t s = 0; s < t->segment_count; s++) {
    const renewed_segment *one = &t->segments[s];
    for (uint32_t done = 0, some; done < one->count; done += some, next += some) {
      some = one->put ? 1 : one->count - done < RUN ? one->count - done : RUN;
      side_values(r, table, columns[which], one, done, some, next);
      if (which != SIDE_PLACE) side_values(r, table, types[which], one, done, some, type_run);
      for (uint32_t k = 0; which != SIDE_PLACE && k < some; k++)
        if ((fact_type)type[k] != wanted) next[k] = -1;
    }
  }
  return out;
}

static void index_of(const renewal *r, subject_stream *to, section_column column, fact_type type, fact_type table,
                     side which) {
  int32_t *subject = side_of(r, table, which, type);
  stream_index(to, column, type, r->tables[type].count, &(listing){subject, NULL, NULL, r->tables[table].count});
  large_free(subject);
}

static void indexes_write(const renewal *r, subject_stream *to) {
  const uint32_t enrolled = r->tables[FACT_ENROLLMENT].count, related = r->tables[FACT_RELATION].count;
  index_of(r, to, SECTION_POSTS, FACT_PERSON, FACT_POST, SIDE_SUBJECT);
  index_of(r, to, SECTION_STAFF, FACT_ORGANIZATION, FACT_POST, SIDE_OBJECT);
  index_of(r, to, SECTION_ENROLLMENTS, FACT_PERSON, FACT_ENROLLMENT, SIDE_SUBJECT);
  index_of(r, to, SECTION_ENROLLMENTS, FACT_COHORT, FACT_ENROLLMENT, SIDE_OBJECT);
  index_of(r, to, SECTION_ENROLLMENTS, FACT_ORGANIZATION, FACT_ENROLLMENT, SIDE_PLACE);
  index_of(r, to, SECTION_CHILDREN, FACT_ORGANIZATION, FACT_ORGANIZATION, SIDE_OBJECT);
  int32_t *programme = side_of(r, FACT_ENROLLMENT, SIDE_OBJECT, FACT_COHORT);
  for (uint32_t k = 0; k < enrolled; k++) {
    if (programme[k] < 0) continue;
    renewed_row cohort = renewal_at(r, FACT_COHORT, (uint32_t)programme[k]);
    programme[k] = (int32_t)renewal_value(r, FACT_COHORT, cohort, SECTION_SUBJECT);
  }
  stream_index(to, SECTION_ENROLLMENTS, FACT_PROGRAMME, r->tables[FACT_PROGRAMME].count,
               &(listing){programme, NULL, NULL, enrolled});
  large_free(programme);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (!fact_is_entity(type)) continue;
    int32_t *a = side_of(r, FACT_RELATION, SIDE_SUBJECT, type), *other = side_of(r, FACT_RELATION, SIDE_OBJECT, type);
    stream_index(to, SECTION_RELATIONS, type, r->tables[type].count, &(listing){a, other, NULL, related});
    large_free(a);
    large_free(other);
  }
}

/* ---- words and sources ---- */

/* The texts of the new file, one after the other: old ones that are left, and between them those that come. */
typedef struct word_walk {
  const renewal *of;
  uint32_t word; /* of the old file, the next */
  size_t come;   /* likewise */
} word_walk;

static const char *next_word(word_walk *w, uint32_t number) {
  const renewal *r = w->of;
  if (number == 0) return "";
  if (w->come < r->words_come_count && r->now_words[r->words_come[w->come]] == number)
    return words_text(&r->now->words, r->words_come[w->come++]);
  while (w->word <= r->old->word_count && r->words[w->word] != number) w->word++;
  return r->old->words[w->word++];
}

static void words_write(const renewal *r, subject_stream *to) {
  uint64_t *at = large_take(r->of->folder, ((size_t)r->word_count + 2) * sizeof *at);
  uint64_t size = 0;
  word_walk walk = {r, 1, 0};
  for (uint32_t k = 0; k <= r->word_count; k++) {
    at[k] = size;
    size += strlen(next_word(&walk, k)) + 1;
  }
  at[r->word_count + 1] = size;
  stream_whole(to, FACT_NONE, SECTION_WORD_AT, sizeof *at, at, (size_t)r->word_count + 2);
  stream_section(to, FACT_NONE, SECTION_WORD_BYTES, 1, size);
  walk = (word_walk){r, 1, 0};
  for (uint32_t k = 0; k <= r->word_count; k++) stream_put(to, next_word(&walk, k), (size_t)(at[k + 1] - at[k]));
  large_free(at);
}

static void sources_write(const renewal *r, subject_stream *to) {
  stored_source *rows = memory_take(((size_t)r->source_count + 1) * sizeof *rows);
  buffer bytes = {0};
  for (uint32_t k = 0; k < r->source_count; k++) {
    const build_source *from = &r->now->sources[r->source_order[k]];
    rows[k] = (stored_source){.file = from->file, .import = from->import, .name = bytes.length};
    buffer_bytes(&bytes, from->name, strlen(from->name) + 1);
  }
  stream_whole(to, FACT_NONE, SECTION_SOURCES, sizeof *rows, rows, r->source_count);
  stream_whole(to, FACT_NONE, SECTION_SOURCE_BYTES, 1, bytes.at, bytes.length);
  free(rows);
  buffer_free(&bytes);
}

/* ---- all of it ---- */

bool renewal_write(renewal *r, int descriptor) {
  subject_stream to = stream_begin(r->of->folder, descriptor);
  bool good = facts_write(r, &to);
  if (good) {
    renewal_records_write(r, &to);
    indexes_write(r, &to);
    words_write(r, &to);
    sources_write(r, &to);
    renewal_lists_write(r, &to);
  }
  good = good && !r->anew &&
         stream_end(&to, &(stream_state){ledger_chain(r->of, r->known_after), r->file->header.secret, r->known_after});
  stream_free(&to);
  return good;
}
