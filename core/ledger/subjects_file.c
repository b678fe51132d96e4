/* A subject file as memory, all of it checked before it is handed out: checksums, then every offset, reference and text
 * that evaluation will rely on, so that a damaged or made-up file can neither crash a reader nor lead it out of the
 * mapping. */
#include "ledger/subjects_inside.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

/* ---- columns ---- */

static bool columns_point(mapped *m) {
  uint64_t longest = 0;
  for (fact_type type = FACT_NONE; type < FACT_MERGE; type++) {
    uint64_t count = m->counts[type][SECTION_ATTRIBUTE];
    if (type != FACT_NONE && (count == 0 || count > INT32_MAX)) return false;
    if (count > longest) longest = count;
  }
  m->zeros_size = (size_t)(longest + 1) * sizeof(int64_t);
  m->zeros = mmap(NULL, m->zeros_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (m->zeros == MAP_FAILED) {
    m->zeros = NULL;
    return false;
  }
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++) {
    fact_columns *columns = &m->public.of[type];
    bool empty = type == FACT_NONE || type == FACT_MERGE;
    columns->count = empty ? 0 : (uint32_t)m->counts[type][SECTION_ATTRIBUTE] - 1;
    for (section_column column = SECTION_FACT; column < SECTION_FACT_COLUMNS; column++) {
      const unsigned char *at = m->found[type][column];
      uint64_t expected = (uint64_t)columns->count + (column == SECTION_ATTRIBUTE);
      if (at != NULL && (empty || m->counts[type][column] != expected)) return false;
      const void *pointer = at == NULL ? m->zeros : (const void *)at;
      memcpy((char *)columns + fact_column_rows[column].offset, &pointer, sizeof pointer);
    }
  }
  return true;
}

/* Loops without branches, a part at a time, each while the checksum has it in the cache: they run at the speed of
 * memory. */
#define PART 4096 /* values */

static bool up_to(mapped *m, const uint32_t *values, uint64_t count, uint32_t most) {
  uint32_t greatest = 0;
  for (uint64_t at = 0; at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, values + at, (size_t)(end - at) * sizeof *values)) return false;
    for (uint64_t i = at; i < end; i++) greatest = values[i] > greatest ? values[i] : greatest;
  }
  return greatest <= most;
}

static bool small_up_to(mapped *m, const uint8_t *values, uint64_t count, uint8_t most) {
  uint8_t greatest = 0;
  for (uint64_t at = 0; at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, values + at, (size_t)(end - at))) return false;
    for (uint64_t i = at; i < end; i++) greatest = values[i] > greatest ? values[i] : greatest;
  }
  return greatest <= most;
}

static bool positions_good(mapped *m, const int32_t *values, uint64_t count, uint32_t rows) {
  uint32_t greatest = 0;
  for (uint64_t at = 0; at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, values + at, (size_t)(end - at) * sizeof *values)) return false;
    for (uint64_t i = at; i < end; i++) {
      uint32_t shifted = (uint32_t)values[i] + 1; /* -1 becomes 0, anything below is huge */
      greatest = shifted > greatest ? shifted : greatest;
    }
  }
  return greatest <= rows;
}

/* The types were found good before. */
static bool typed_positions_good(mapped *m, const uint8_t *types, const int32_t *values, uint32_t count) {
  bool good = true;
  for (uint32_t at = 0; at < count; at += PART) {
    uint32_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, values + at, (size_t)(end - at) * sizeof *values)) return false;
    for (uint32_t i = at; i < end; i++) good &= (uint32_t)values[i] + 1 <= m->public.of[types[i]].count;
  }
  return good;
}

static bool ascending(mapped *m, const uint32_t *offsets, uint64_t count, uint32_t last) {
  bool good = true;
  uint32_t before = 0;
  for (uint64_t at = 0; at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, offsets + at, (size_t)(end - at) * sizeof *offsets)) return false;
    for (uint64_t i = at; i < end; i++) {
      good &= before <= offsets[i];
      before = offsets[i];
    }
  }
  return good && before == last;
}

static bool touch_column(mapped *m, const void *values, uint64_t count, size_t width) {
  return mapped_touch(m, values, (size_t)count * width);
}

static bool tables_good(mapped *m) {
  uint32_t attributes_before = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const fact_columns *c = &m->public.of[type];
    const uint32_t *const words[] = {c->kind, c->code, c->name, c->level, c->mode, c->status, c->unit};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
      if (!up_to(m, words[i], c->count, m->public.word_count)) return false;
    }
    if (c->count > 0 && (m->public.source_count == 0 || !up_to(m, c->source, c->count, m->public.source_count - 1)))
      return false;
    if (!small_up_to(m, c->subject_type, c->count, FACT_TYPES - 1) ||
        !small_up_to(m, c->object_type, c->count, FACT_TYPES - 1) ||
        !small_up_to(m, c->bound, c->count, BOUND_UNKNOWN) ||
        !typed_positions_good(m, c->subject_type, c->subject, c->count) ||
        !typed_positions_good(m, c->object_type, c->object, c->count) ||
        !positions_good(m, c->place, c->count, m->public.of[FACT_ORGANIZATION].count))
      return false;
    for (section_column column = SECTION_FACT; column < SECTION_ATTRIBUTE; column++) { /* what may be anything */
      const void *values;
      memcpy(&values, (const char *)c + fact_column_rows[column].offset, sizeof values);
      if (!touch_column(m, values, c->count, fact_column_rows[column].width)) return false;
    }
    if (!mapped_touch(m, c->attribute, sizeof *c->attribute) ||
        !mapped_touch(m, c->attribute + c->count, sizeof *c->attribute) || c->attribute[0] != attributes_before)
      return false;
    attributes_before = c->attribute[c->count];
    if (!ascending(m, c->attribute, (uint64_t)c->count + 1, attributes_before)) return false;
  }
  return attributes_before == m->public.attributes.count;
}

static bool attributes_good(mapped *m) {
  attribute_columns *a = &m->public.attributes;
  const uint64_t count = m->counts[FACT_NONE][SECTION_ATTRIBUTE_NAME];
  if (count > UINT32_MAX || m->counts[FACT_NONE][SECTION_ATTRIBUTE_TYPE] != count ||
      m->counts[FACT_NONE][SECTION_ATTRIBUTE_BOUND] != count || m->counts[FACT_NONE][SECTION_ATTRIBUTE_VALUE] != count)
    return false;
  a->count = (uint32_t)count;
  a->name = (const void *)m->found[FACT_NONE][SECTION_ATTRIBUTE_NAME];
  a->type = m->found[FACT_NONE][SECTION_ATTRIBUTE_TYPE];
  a->bound = m->found[FACT_NONE][SECTION_ATTRIBUTE_BOUND];
  a->value = (const void *)m->found[FACT_NONE][SECTION_ATTRIBUTE_VALUE];
  if (!up_to(m, a->name, count, m->public.word_count) || !small_up_to(m, a->type, count, ATTRIBUTE_TRUTH) ||
      !small_up_to(m, a->bound, count, BOUND_UNKNOWN))
    return false;
  bool good = touch_column(m, a->value, count, sizeof *a->value);
  for (uint64_t i = 0; i < count && good; i++) {
    good &= a->type[i] != ATTRIBUTE_TEXT || (a->value[i] >= 0 && a->value[i] <= (int64_t)m->public.word_count);
    good &= a->type[i] != ATTRIBUTE_DATE || (a->value[i] >= INT32_MIN && a->value[i] <= INT32_MAX);
  }
  return good;
}

static bool records_good(mapped *m) {
  uint32_t records = m->public.of[FACT_RECORD].count;
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (!subjects_records_of(type)) continue;
    const int32_t *of = (const void *)m->found[type][SECTION_RECORD_OF];
    if (of == NULL || m->counts[type][SECTION_RECORD_OF] != records ||
        !positions_good(m, of, records, m->public.of[type].count))
      return false;
    m->public.record_of[type] = of;
  }
  return true;
}

static bool indexes_good(mapped *m) {
  for (section_column column = SECTION_RECORDS; column < SECTION_ATTRIBUTE_NAME; column += 2) {
    for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
      fact_type listed = FACT_NONE;
      subject_index *index = subjects_index_at(&m->public, column, type, &listed);
      if (index == NULL) continue;
      index->offset = (const void *)m->found[type][column];
      index->rows = (const void *)m->found[type][column + 1];
      uint64_t rows = m->counts[type][column + 1], offsets = m->counts[type][column];
      if (index->offset == NULL || index->rows == NULL || rows > UINT32_MAX ||
          offsets != (uint64_t)m->public.of[type].count + 1 || !mapped_touch(m, index->offset, sizeof *index->offset) ||
          index->offset[0] != 0 || !ascending(m, index->offset, offsets, (uint32_t)rows))
        return false;
      if (rows > 0 && (m->public.of[listed].count == 0 || !up_to(m, index->rows, rows, m->public.of[listed].count - 1)))
        return false;
    }
  }
  return true;
}

/* ---- texts ---- */

static bool words_good(mapped *m) {
  const uint64_t *at = (const void *)m->found[FACT_NONE][SECTION_WORD_AT];
  const char *bytes = (const void *)m->found[FACT_NONE][SECTION_WORD_BYTES];
  uint64_t offsets = m->counts[FACT_NONE][SECTION_WORD_AT], size = m->counts[FACT_NONE][SECTION_WORD_BYTES];
  if (at == NULL || bytes == NULL || offsets < 2 || offsets > UINT32_MAX || !touch_column(m, at, offsets, sizeof *at) ||
      !mapped_touch(m, bytes, (size_t)size) || at[0] != 0 || at[offsets - 1] != size)
    return false;
  m->public.word_count = (uint32_t)offsets - 2;
  m->words = memory_take((size_t)offsets * sizeof *m->words);
  for (uint64_t k = 0; k + 1 < offsets; k++) {
    if (at[k + 1] <= at[k] || at[k + 1] > size || bytes[at[k + 1] - 1] != '\0') return false;
    m->words[k] = bytes + at[k];
  }
  m->public.words = m->words;
  return m->words[0][0] == '\0';
}

static bool sources_good(mapped *m) {
  const stored_source *rows = (const void *)m->found[FACT_NONE][SECTION_SOURCES];
  const char *bytes = (const void *)m->found[FACT_NONE][SECTION_SOURCE_BYTES];
  uint64_t count = m->counts[FACT_NONE][SECTION_SOURCES], size = m->counts[FACT_NONE][SECTION_SOURCE_BYTES];
  if (rows == NULL || bytes == NULL || count > INT32_MAX || !touch_column(m, rows, count, sizeof *rows) ||
      !mapped_touch(m, bytes, (size_t)size) || (size > 0 && bytes[size - 1] != '\0'))
    return false;
  m->sources = memory_take(((size_t)count + 1) * sizeof *m->sources);
  for (uint64_t k = 0; k < count; k++) {
    if (rows[k].name >= size) return false;
    m->sources[k] = (source_row){rows[k].file, bytes + rows[k].name, rows[k].import};
  }
  m->public.source_count = (uint32_t)count;
  m->public.sources = m->sources;
  return true;
}

static bool keys_good(mapped *m, section_column column) {
  const subject_key *keys = (const void *)m->found[FACT_NONE][column];
  uint64_t count = m->counts[FACT_NONE][column];
  int64_t before = INT64_MIN;
  bool good = keys != NULL;
  for (uint64_t at = 0; good && at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, keys + at, (size_t)(end - at) * sizeof *keys)) return false;
    for (uint64_t i = at; i < end; i++) {
      good &= keys[i].type < FACT_TYPES && (uint32_t)keys[i].row + 1 <= m->public.of[keys[i].type % FACT_TYPES].count;
      good &= before <= keys[i].hash;
      before = keys[i].hash;
    }
  }
  return good;
}

static void keys_point(mapped *m) {
  m->keys = (const void *)m->found[FACT_NONE][SECTION_KEYS];
  m->key_count = (size_t)m->counts[FACT_NONE][SECTION_KEYS];
  m->covers = (const void *)m->found[FACT_NONE][SECTION_COVERS];
  m->cover_count = (size_t)m->counts[FACT_NONE][SECTION_COVERS];
}

/* What lies between the sections is read by nobody, and nobody changes it by intent: damage is damage. */
static bool all_touched(mapped *m) {
  return mapped_touch(m, m->bytes + SUBJECTS_HEADER, (size_t)(m->header.data_end - SUBJECTS_HEADER));
}

/* ---- open and close ---- */

static const char *unfit(mapped *m) {
  if (!columns_point(m)) return "columns";
  if (!words_good(m)) return "words";
  if (!sources_good(m)) return "sources";
  if (!attributes_good(m)) return "attributes";
  if (!tables_good(m)) return "references";
  if (!records_good(m) || !indexes_good(m)) return "indexes";
  for (section_column column = SECTION_KEYS; column < SECTION_COLUMNS; column++)
    if (!keys_good(m, column)) return "keys";
  keys_point(m);
  return all_touched(m) ? NULL : "checksum";
}

subjects *subjects_map(int descriptor, faults *problems) {
  const char *reason;
  mapped *m = mapped_open(descriptor, &reason);
  if (reason == NULL) reason = unfit(m);
  if (reason == NULL) return &m->public;
  mapped_close(m);
  fault_add(problems, NOWHERE, "the subject file cannot be used: \"%s\" is wrong", "主体文件无法使用：“%s”有误",
            reason);
  fault_next(problems, "it is made again from the ledger when the command is repeated",
             "重新运行命令时会由台账自动重建");
  return NULL;
}

int subjects_descriptor(const subjects *s) {
  return ((const mapped *)s)->descriptor;
}

void subjects_close(subjects *s) {
  mapped_close((mapped *)s);
}

uint32_t subjects_word(const subjects *s, const char *text) {
  uint32_t low = 1, high = s->word_count + 1;
  if (text == NULL) return 0;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int order = strcmp(s->words[middle], text);
    if (order == 0) return middle;
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return 0;
}

static size_t by_hash(const subject_key *keys, size_t count, int64_t hash, const subject_key **out) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (keys[middle].hash < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  size_t end = low;
  while (end < count && keys[end].hash == hash) end++;
  *out = keys + low;
  return end - low;
}

size_t subjects_by_key(const subjects *s, int64_t key, const subject_key **out) {
  const mapped *m = (const mapped *)s;
  return by_hash(m->keys, m->key_count, key, out);
}

size_t subjects_by_cover(const subjects *s, int64_t cover, const subject_key **out) {
  const mapped *m = (const mapped *)s;
  return by_hash(m->covers, m->cover_count, cover, out);
}
