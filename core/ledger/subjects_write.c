#include "ledger/subjects_build.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The file is mapped and filled in place: its pages belong to the system, not to this process. Room is asked for before
 * it is touched, so that a full disk is an error here and not a signal later. */
typedef struct writer {
  const subject_builder *of;
  int descriptor;
  bool failed;
  uint64_t at; /* where the next section may begin */
  unsigned char *map;
  size_t mapped;
  subjects_section *sections;
  size_t section_count, section_capacity;
} writer;

static bool fail(writer *w, int reason) {
  w->failed = true;
  errno = reason;
  return false;
}

static bool room(writer *w, uint64_t from, uint64_t size) {
  if (w->failed) return false;
  if (from + size > w->mapped) {
    size_t wanted = w->mapped == 0 ? (size_t)1 << 24 : w->mapped;
    while (wanted < from + size) wanted *= 2;
    void *map = w->map == NULL ? mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_SHARED, w->descriptor, 0)
                               : mremap(w->map, w->mapped, wanted, MREMAP_MAYMOVE);
    if (map == MAP_FAILED) return fail(w, errno);
    w->map = map;
    w->mapped = wanted;
  }
  int reason = size == 0 ? 0 : posix_fallocate(w->descriptor, (off_t)from, (off_t)size);
  return reason == 0 || fail(w, reason);
}

/* A section to be filled; its number, so that it can be found when the mapping has moved. */
static size_t section(writer *w, fact_type table, section_column column, uint32_t width, uint64_t count) {
  uint64_t at = (w->at + SUBJECTS_ALIGN - 1) / SUBJECTS_ALIGN * SUBJECTS_ALIGN;
  if (room(w, w->at, at - w->at + count * width)) w->at = at + count * width;
  if (w->section_count == w->section_capacity) {
    w->section_capacity = w->section_capacity == 0 ? 256 : 2 * w->section_capacity;
    w->sections = memory_resize(w->sections, w->section_capacity * sizeof *w->sections);
  }
  w->sections[w->section_count] = (subjects_section){
      .table = (uint16_t)table, .column = (uint16_t)column, .width = width, .count = count, .offset = at};
  return w->section_count++;
}

static void *section_at(writer *w, size_t number) {
  return w->map + w->sections[number].offset;
}

static void section_of(writer *w, fact_type table, section_column column, uint32_t width, const void *bytes,
                       uint64_t count) {
  size_t number = section(w, table, column, width, count);
  if (!w->failed && count > 0) memcpy(section_at(w, number), bytes, count * width);
}

/* ---- columns of facts ---- */

#define CHUNK 512

#define EACH(type, value)                                                                                              \
  do {                                                                                                                 \
    type *to = (type *)column + first;                                                                                 \
    for (uint32_t k = 0; k < count; k++) to[k] = (type)(rows[k].value);                                                \
  } while (0)

static void spread(void *column, section_column which, const build_row *rows, uint32_t first, uint32_t count) {
  switch (which) {
  case SECTION_FACT:
    EACH(int64_t, fact);
    break;
  case SECTION_ENTITY:
    EACH(int64_t, entity);
    break;
  case SECTION_SOURCE:
    EACH(uint32_t, source);
    break;
  case SECTION_SHEET:
    EACH(int32_t, sheet);
    break;
  case SECTION_ROW:
    EACH(int64_t, row);
    break;
  case SECTION_PART:
    EACH(int32_t, part);
    break;
  case SECTION_KIND:
    EACH(uint32_t, kind);
    break;
  case SECTION_CODE:
    EACH(uint32_t, code);
    break;
  case SECTION_NAME:
    EACH(uint32_t, name);
    break;
  case SECTION_LEVEL:
    EACH(uint32_t, level);
    break;
  case SECTION_MODE:
    EACH(uint32_t, mode);
    break;
  case SECTION_STATUS:
    EACH(uint32_t, status);
    break;
  case SECTION_UNIT:
    EACH(uint32_t, unit);
    break;
  case SECTION_SUBJECT_TYPE:
    EACH(uint8_t, subject_type);
    break;
  case SECTION_OBJECT_TYPE:
    EACH(uint8_t, object_type);
    break;
  case SECTION_SUBJECT:
    EACH(int32_t, subject);
    break;
  case SECTION_OBJECT:
    EACH(int32_t, object);
    break;
  case SECTION_PLACE:
    EACH(int32_t, place);
    break;
  case SECTION_SINCE:
    EACH(date, since);
    break;
  case SECTION_UNTIL:
    EACH(date, until);
    break;
  case SECTION_AMOUNT:
    EACH(int64_t, millionths);
    break;
  case SECTION_BOUND:
    EACH(uint8_t, bound);
    break;
  default:
    break;
  }
}

/* Columns in which every value is zero are not written. */
static void used_columns(const build_table *t, bool used[SECTION_FACT_COLUMNS]) {
  build_row any = {0};
  for (uint32_t k = 0; k < t->count; k++) {
    const build_row *r = &t->rows[k];
    if (r->into != k) continue;
    any.fact |= r->fact, any.entity |= r->entity, any.source |= r->source, any.sheet |= r->sheet, any.row |= r->row;
    any.part |= r->part, any.kind |= r->kind, any.code |= r->code, any.name |= r->name, any.level |= r->level;
    any.mode |= r->mode, any.status |= r->status, any.unit |= r->unit, any.subject_type |= r->subject_type;
    any.object_type |= r->object_type, any.subject |= r->subject, any.object |= r->object, any.place |= r->place;
    any.since |= r->since, any.until |= r->until, any.millionths |= r->millionths, any.bound |= r->bound;
  }
  for (section_column column = SECTION_FACT; column < SECTION_ATTRIBUTE; column++) {
    uint64_t value = 0;
    spread(&value, column, &any, 0, 1);
    used[column] = value != 0;
  }
}

typedef struct attribute_sections {
  size_t name, type, bound, value;
  uint32_t count; /* written so far */
} attribute_sections;

static uint64_t attributes_count(const subject_builder *b) {
  uint64_t count = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const build_table *t = &b->of[type];
    for (uint32_t k = 0; k < t->count; k++) count += t->rows[k].into == k ? b->list[t->rows[k].attributes].count : 0;
  }
  return count;
}

static void attributes_of(writer *w, const build_row *row, attribute_sections *to) {
  const build_list *list = &w->of->list[row->attributes];
  for (uint32_t i = 0; i < list->count; i++, to->count++) {
    const build_attribute *from = &w->of->attributes[list->first + i];
    ((uint32_t *)section_at(w, to->name))[to->count] = from->name;
    ((uint8_t *)section_at(w, to->type))[to->count] = from->type;
    ((uint8_t *)section_at(w, to->bound))[to->count] = from->bound;
    ((int64_t *)section_at(w, to->value))[to->count] = from->value;
  }
}

/* Rows are fetched once, a chunk at a time in their order, and spread over the columns from there. */
static void table_write(writer *w, fact_type type, attribute_sections *attributes) {
  const build_table *t = &w->of->of[type];
  bool used[SECTION_FACT_COLUMNS];
  size_t sections[SECTION_FACT_COLUMNS];
  used_columns(t, used);
  for (section_column column = SECTION_FACT; column < SECTION_ATTRIBUTE; column++) {
    if (used[column]) sections[column] = section(w, type, column, fact_column_rows[column].width, t->ordered);
  }
  /* Always there, whatever it holds: its length is the number of rows, and one more. */
  size_t offsets = section(w, type, SECTION_ATTRIBUTE, sizeof(uint32_t), (uint64_t)t->ordered + 1);
  if (w->failed) return;
  uint32_t *offset = section_at(w, offsets);
  build_row *rows = memory_take(CHUNK * sizeof *rows);
  for (uint32_t first = 0; first < t->ordered; first += CHUNK) {
    uint32_t count = t->ordered - first < CHUNK ? t->ordered - first : CHUNK;
    for (uint32_t k = 0; k < count; k++) {
      rows[k] = t->rows[t->order[first + k]];
      offset[first + k] = attributes->count;
      attributes_of(w, &rows[k], attributes);
    }
    for (section_column column = SECTION_FACT; column < SECTION_ATTRIBUTE; column++) {
      if (used[column]) spread(section_at(w, sections[column]), column, rows, first, count);
    }
  }
  offset[t->ordered] = attributes->count;
  free(rows);
}

static bool facts_write(writer *w) {
  uint64_t count = attributes_count(w->of);
  if (count > UINT32_MAX) return fail(w, EFBIG);
  attribute_sections to = {.name = section(w, FACT_NONE, SECTION_ATTRIBUTE_NAME, sizeof(uint32_t), count),
                           .type = section(w, FACT_NONE, SECTION_ATTRIBUTE_TYPE, sizeof(uint8_t), count),
                           .bound = section(w, FACT_NONE, SECTION_ATTRIBUTE_BOUND, sizeof(uint8_t), count),
                           .value = section(w, FACT_NONE, SECTION_ATTRIBUTE_VALUE, sizeof(int64_t), count)};
  for (fact_type type = FACT_PERSON; type < FACT_MERGE && !w->failed; type++) table_write(w, type, &to);
  return !w->failed;
}

/* ---- what records are about, and indexes ---- */

static const build_row *row_at(const subject_builder *b, fact_type type, int64_t position) {
  const build_table *t = &b->of[type];
  return position < 0 ? NULL : &t->rows[t->order[position]];
}

static void records_about(const subject_builder *b, int32_t *about[FACT_TYPES]) {
  const build_table *t = &b->of[FACT_RECORD];
  for (uint32_t k = 0; k < t->count; k++) {
    const build_row *r = &t->rows[k];
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
      if (about[type] != NULL) about[type][t->position[k]] = (int32_t)of[type];
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
  uint32_t *offset = large_take(w->of->folder, ((size_t)subjects_count + 2) * sizeof *offset);
  for (uint32_t k = 0; k < from->count; k++) {
    int32_t first = from->first[k], second = from->second == NULL ? -1 : from->second[k];
    if (first >= 0) offset[first + 2]++;
    if (second >= 0 && second != first) offset[second + 2]++;
  }
  for (uint32_t s = 2; s < subjects_count + 2; s++) offset[s] += offset[s - 1];
  uint32_t total = offset[subjects_count + 1];
  uint32_t *rows = large_take(w->of->folder, ((size_t)total + 1) * sizeof *rows);
  for (uint32_t n = 0; n < from->count; n++) {
    uint32_t k = from->order == NULL ? n : from->order[n];
    int32_t first = from->first[k], second = from->second == NULL ? -1 : from->second[k];
    if (first >= 0) rows[offset[first + 1]++] = k;
    if (second >= 0 && second != first) rows[offset[second + 1]++] = k;
  }
  section_of(w, type, column, sizeof *offset, offset, (size_t)subjects_count + 1);
  section_of(w, type, column + 1, sizeof *rows, rows, total);
  large_free(offset);
  large_free(rows);
}

static void records_write(writer *w) {
  const subject_builder *b = w->of;
  const build_table *t = &b->of[FACT_RECORD];
  int32_t *about[FACT_TYPES] = {NULL};
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (subjects_records_of(type)) about[type] = large_take(b->folder, ((size_t)t->ordered + 1) * sizeof **about);
  }
  records_about(b, about);
  uint32_t *by_time = large_take(b->folder, ((size_t)t->ordered + 1) * sizeof *by_time);
  for (uint32_t n = 0; n < t->ordered; n++) by_time[n] = (uint32_t)t->position[b->by_time[n]];
  size_t none = 0; /* the section of the first type of which there are none, which the others of that kind share */
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (about[type] == NULL) continue;
    bool some = false;
    for (uint32_t k = 0; k < t->ordered && !some; k++) some = about[type][k] >= 0;
    bool any = some || none == 0;
    size_t number = section(w, type, SECTION_RECORD_OF, sizeof **about, any ? t->ordered : 0);
    if (any && !w->failed) memcpy(section_at(w, number), about[type], t->ordered * sizeof **about);
    if (!any) {
      w->sections[number].offset = w->sections[none].offset;
      w->sections[number].count = t->ordered;
    } else if (!some) {
      none = number;
    }
    index_write(w, SECTION_RECORDS, type, &(listing){about[type], NULL, by_time, t->ordered});
    large_free(about[type]);
  }
  large_free(by_time);
}

typedef enum side { SIDE_SUBJECT, SIDE_OBJECT, SIDE_PLACE } side;

static int32_t *side_of(const subject_builder *b, fact_type table, side which, fact_type wanted) {
  const build_table *t = &b->of[table];
  int32_t *out = large_take(b->folder, ((size_t)t->ordered + 1) * sizeof *out);
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
  for (uint32_t k = 0; k < b->of[FACT_ENROLLMENT].ordered; k++) {
    const build_row *cohort = row_at(b, FACT_COHORT, programme[k]);
    programme[k] = cohort == NULL ? -1 : (int32_t)cohort->subject;
  }
  index_write(w, SECTION_ENROLLMENTS, FACT_PROGRAMME,
              &(listing){programme, NULL, NULL, b->of[FACT_ENROLLMENT].ordered});
  large_free(programme);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (!fact_is_entity(type)) continue;
    int32_t *a = side_of(b, FACT_RELATION, SIDE_SUBJECT, type), *other = side_of(b, FACT_RELATION, SIDE_OBJECT, type);
    index_write(w, SECTION_RELATIONS, type, &(listing){a, other, NULL, b->of[FACT_RELATION].ordered});
    large_free(a);
    large_free(other);
  }
}

/* ---- words, sources, keys ---- */

static void words_write(writer *w) {
  const subject_builder *b = w->of;
  const word_pool *p = &b->words;
  uint64_t *at = large_take(b->folder, ((size_t)p->count + 2) * sizeof *at);
  uint64_t size = 0;
  for (uint32_t k = 0; k <= p->count; k++) {
    at[k] = size;
    size += strlen(k == 0 ? "" : words_text(p, b->by_rank[k])) + 1;
  }
  at[p->count + 1] = size;
  section_of(w, FACT_NONE, SECTION_WORD_AT, sizeof *at, at, (size_t)p->count + 2);
  size_t bytes = section(w, FACT_NONE, SECTION_WORD_BYTES, 1, size);
  for (uint32_t k = 0; k <= p->count && !w->failed; k++)
    memcpy((char *)section_at(w, bytes) + at[k], k == 0 ? "" : words_text(p, b->by_rank[k]),
           (size_t)(at[k + 1] - at[k]));
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
  section_of(w, FACT_NONE, SECTION_SOURCES, sizeof *rows, rows, b->sources_used);
  section_of(w, FACT_NONE, SECTION_SOURCE_BYTES, 1, bytes.at, bytes.length);
  free(rows);
  buffer_free(&bytes);
}

/* A list under way: subject_keys in any order. */
typedef struct key_list {
  subject_key *items;
  size_t count, capacity;
} key_list;

static void key_add(key_list *to, int64_t hash, fact_type type, int32_t row, int64_t id) {
  if (to->count == to->capacity) {
    to->capacity = 2 * to->capacity;
    to->items = large_resize(to->items, to->capacity * sizeof *to->items);
  }
  to->items[to->count++] = (subject_key){.hash = hash, .type = (uint8_t)type, .row = row, .fact = id};
}

static void entities_list(const subject_builder *b, key_list *to) {
  for (size_t i = 0; i < b->entity_slots; i++) {
    const entity_slot *slot = &b->entities[i];
    if (slot->entity == 0) continue;
    const build_table *t = &b->of[slot->type];
    int32_t position = t->position[slot->row];
    key_add(to, slot->entity, (fact_type)slot->type, position, t->rows[t->order[position]].fact);
  }
}

static void list_keys(const subject_builder *b, section_column column, key_list *to) {
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    const build_table *t = &b->of[type];
    for (uint32_t i = 0; i < t->count; i++) {
      const build_row *r = &t->rows[i];
      int32_t position = t->position == NULL ? -1 : t->position[i];
      if (column == SECTION_KEYS && r->key != 0) key_add(to, r->key, type, position, r->fact);
      if (column == SECTION_COVERS && r->cover != 0) key_add(to, r->cover, type, position, r->fact);
      if (column == SECTION_FOLDED && position >= 0 && r->into != i)
        key_add(to, subjects_row_hash(type, position), type, position, r->fact);
    }
  }
  for (size_t i = 0; column == SECTION_NAMES && i < b->name_count; i++) {
    const build_name *n = &b->names[i];
    key_add(to, n->hash, n->type, b->of[n->type].position[n->row], b->of[n->type].rows[n->row].fact);
  }
  if (column == SECTION_ENTITIES) entities_list(b, to);
}

/* Listed by hash, then fact; covers by hash, then table and row. */
static void keys_write(writer *w, section_column column) {
  key_list list = {.capacity = 256};
  list.items = large_take(w->of->folder, list.capacity * sizeof *list.items);
  list_keys(w->of, column, &list);
  size_t count = list.count;
  const subject_key *keys = list.items;
  sort_item *items = large_take(w->of->folder, (count + 1) * 2 * sizeof *items);
  for (size_t i = 0; i < count; i++) {
    uint64_t at_row = (uint64_t)keys[i].type << 32 | (uint32_t)(keys[i].row + 1);
    items[i] = (sort_item){column == SECTION_COVERS ? at_row : (uint64_t)keys[i].fact, (uint32_t)i};
  }
  sort_items(items, items + count, count);
  for (size_t i = 0; i < count; i++) items[i].key = (uint64_t)keys[items[i].row].hash ^ UINT64_C(1) << 63;
  sort_items(items, items + count, count);
  size_t number = section(w, FACT_NONE, column, sizeof(subject_key), count);
  subject_key *sorted = w->failed ? NULL : section_at(w, number);
  for (size_t i = 0; sorted != NULL && i < count; i++) sorted[i] = keys[items[i].row];
  large_free(items);
  large_free(list.items);
}

/* ---- the file ---- */

static void tail_write(writer *w, digest chain, int64_t known_after) {
  uint64_t data_end = w->at, blocks = (data_end - SUBJECTS_HEADER + SUBJECTS_BLOCK - 1) / SUBJECTS_BLOCK;
  size_t sections = w->section_count * sizeof *w->sections, tail = sections + blocks * sizeof(uint64_t);
  if (!room(w, data_end, tail)) return;
  memcpy(w->map + data_end, w->sections, sections);
  for (uint64_t k = 0; k < blocks; k++) {
    uint64_t at = SUBJECTS_HEADER + k * SUBJECTS_BLOCK, left = data_end - at;
    uint64_t sum = checksum_of(w->map + at, left < SUBJECTS_BLOCK ? left : SUBJECTS_BLOCK);
    memcpy(w->map + data_end + sections + k * sizeof sum, &sum, sizeof sum);
  }
  subjects_header header = {.version = SUBJECTS_VERSION,
                            .order = SUBJECTS_ORDER,
                            .size = data_end + tail,
                            .chain = chain,
                            .secret = w->of->secret,
                            .known_after = known_after,
                            .sections = (uint32_t)w->section_count,
                            .data_end = data_end,
                            .block_count = blocks,
                            .tail_sum = checksum_of(w->map + data_end, tail)};
  memcpy(header.magic, SUBJECTS_MAGIC, sizeof header.magic);
  memcpy(w->map, &header, sizeof header);
  header.header_sum = checksum_of(w->map, SUBJECTS_HEADER);
  memcpy(w->map, &header, sizeof header);
}

bool builder_write(subject_builder *b, int descriptor, digest chain, int64_t known_after) {
  writer w = {.of = b, .descriptor = descriptor, .at = SUBJECTS_HEADER};
  if (room(&w, 0, SUBJECTS_HEADER) && facts_write(&w)) {
    records_write(&w);
    indexes_write(&w);
    words_write(&w);
    sources_write(&w);
    for (section_column column = SECTION_KEYS; column < SECTION_COLUMNS; column++) keys_write(&w, column);
  }
  if (!w.failed) tail_write(&w, chain, known_after);
  int reason = errno;
  if (w.map != NULL) munmap(w.map, w.mapped);
  free(w.sections);
  errno = reason;
  return !w.failed;
}
