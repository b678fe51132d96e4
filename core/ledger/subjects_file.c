/* A subject file as memory. It is believed in nothing: checksums first, then every offset, reference and text that
 * evaluation will rely on, so that a damaged or made-up file can neither crash a reader nor lead it out of the mapping.
 */
#include "ledger/subjects_format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/columns.h"

typedef struct mapped {
  subjects public; /* first: what is handed out is this struct */
  int descriptor;
  const unsigned char *bytes;
  size_t size;
  void *zeros;
  size_t zeros_size;
  const char **words;
  source_row *sources;
  const subject_key *keys, *covers;
  size_t key_count, cover_count;
  subjects_header header;
  const unsigned char *found[FACT_TYPES][SECTION_COLUMNS];
  uint64_t counts[FACT_TYPES][SECTION_COLUMNS];
} mapped;

/* ---- the file's own words ---- */

static bool header_good(mapped *m) {
  if (m->size < SUBJECTS_HEADER) return false;
  unsigned char page[SUBJECTS_HEADER];
  memcpy(page, m->bytes, sizeof page);
  memcpy(&m->header, page, sizeof m->header);
  subjects_header *h = &m->header;
  uint64_t sum = h->header_sum;
  subjects_header unsummed = *h;
  unsummed.header_sum = 0;
  memcpy(page, &unsummed, sizeof unsummed);
  return memcmp(h->magic, SUBJECTS_MAGIC, sizeof h->magic) == 0 && h->version == SUBJECTS_VERSION &&
         h->order == SUBJECTS_ORDER && h->segments == 1 && sum == checksum_of(page, sizeof page) && h->size == m->size;
}

static bool blocks_good(const mapped *m) {
  const subjects_header *h = &m->header;
  if (h->data_end < SUBJECTS_HEADER || h->data_end > m->size) return false;
  uint64_t data = h->data_end - SUBJECTS_HEADER, tail = m->size - h->data_end;
  uint64_t sections = (uint64_t)h->sections * sizeof(subjects_section);
  if (h->block_count != (data + SUBJECTS_BLOCK - 1) / SUBJECTS_BLOCK || sections > tail ||
      tail - sections != h->block_count * sizeof(uint64_t))
    return false;
  if (checksum_of(m->bytes + h->data_end, tail) != h->tail_sum) return false;
  for (uint64_t block = 0; block < h->block_count; block++) {
    uint64_t at = SUBJECTS_HEADER + block * SUBJECTS_BLOCK, left = h->data_end - at, sum;
    memcpy(&sum, m->bytes + h->data_end + sections + block * sizeof sum, sizeof sum);
    if (checksum_of(m->bytes + at, left < SUBJECTS_BLOCK ? left : SUBJECTS_BLOCK) != sum) return false;
  }
  return true;
}

static uint32_t width_of(section_column column) {
  if (column < SECTION_FACT_COLUMNS) return fact_column_rows[column].width;
  switch (column) {
  case SECTION_ATTRIBUTE_TYPE:
  case SECTION_ATTRIBUTE_BOUND:
  case SECTION_WORD_BYTES:
  case SECTION_SOURCE_BYTES:
    return 1;
  case SECTION_ATTRIBUTE_VALUE:
  case SECTION_WORD_AT:
    return 8;
  case SECTION_SOURCES:
    return sizeof(stored_source);
  case SECTION_KEYS:
  case SECTION_COVERS:
    return sizeof(subject_key);
  default:
    return 4;
  }
}

static bool sections_good(mapped *m) {
  for (uint32_t i = 0; i < m->header.sections; i++) {
    subjects_section s;
    memcpy(&s, m->bytes + m->header.data_end + (uint64_t)i * sizeof s, sizeof s);
    if (s.segment != 0 || s.table >= FACT_TYPES || s.column >= SECTION_COLUMNS || s.width != width_of(s.column) ||
        s.offset < SUBJECTS_HEADER || s.offset > m->header.data_end || s.offset % SUBJECTS_ALIGN != 0 ||
        s.count > (m->header.data_end - s.offset) / s.width || m->found[s.table][s.column] != NULL)
      return false;
    m->found[s.table][s.column] = m->bytes + s.offset;
    m->counts[s.table][s.column] = s.count;
  }
  return true;
}

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

/* Loops without branches: they run at the speed of memory. */
static bool up_to(const uint32_t *values, uint64_t count, uint32_t most) {
  uint32_t greatest = 0;
  for (uint64_t i = 0; i < count; i++) greatest = values[i] > greatest ? values[i] : greatest;
  return greatest <= most;
}

static bool small_up_to(const uint8_t *values, uint64_t count, uint8_t most) {
  uint8_t greatest = 0;
  for (uint64_t i = 0; i < count; i++) greatest = values[i] > greatest ? values[i] : greatest;
  return greatest <= most;
}

static bool positions_good(const int32_t *values, uint64_t count, uint32_t rows) {
  uint32_t greatest = 0;
  for (uint64_t i = 0; i < count; i++) {
    uint32_t shifted = (uint32_t)values[i] + 1; /* -1 becomes 0, anything below is huge */
    greatest = shifted > greatest ? shifted : greatest;
  }
  return greatest <= rows;
}

static bool typed_positions_good(const mapped *m, const uint8_t *types, const int32_t *values, uint32_t count) {
  bool good = true;
  for (uint32_t i = 0; i < count; i++) good &= (uint32_t)values[i] + 1 <= m->public.of[types[i]].count;
  return good;
}

static bool ascending(const uint32_t *offsets, uint64_t count, uint32_t last) {
  bool good = offsets[count - 1] == last;
  for (uint64_t i = 1; i < count; i++) good &= offsets[i - 1] <= offsets[i];
  return good;
}

static bool tables_good(const mapped *m) {
  uint32_t attributes_before = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const fact_columns *c = &m->public.of[type];
    const uint32_t *const words[] = {c->kind, c->code, c->name, c->level, c->mode, c->status, c->unit};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
      if (!up_to(words[i], c->count, m->public.word_count)) return false;
    }
    if (c->count > 0 && (m->public.source_count == 0 || !up_to(c->source, c->count, m->public.source_count - 1)))
      return false;
    if (!small_up_to(c->subject_type, c->count, FACT_TYPES - 1) ||
        !small_up_to(c->object_type, c->count, FACT_TYPES - 1) || !small_up_to(c->bound, c->count, BOUND_UNKNOWN) ||
        !typed_positions_good(m, c->subject_type, c->subject, c->count) ||
        !typed_positions_good(m, c->object_type, c->object, c->count) ||
        !positions_good(c->place, c->count, m->public.of[FACT_ORGANIZATION].count))
      return false;
    if (c->attribute[0] != attributes_before) return false;
    attributes_before = c->attribute[c->count];
    if (!ascending(c->attribute, (uint64_t)c->count + 1, attributes_before)) return false;
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
  if (!up_to(a->name, count, m->public.word_count) || !small_up_to(a->type, count, ATTRIBUTE_TRUTH) ||
      !small_up_to(a->bound, count, BOUND_UNKNOWN))
    return false;
  bool good = true;
  for (uint64_t i = 0; i < count; i++) {
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
        !positions_good(of, records, m->public.of[type].count))
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
          offsets != (uint64_t)m->public.of[type].count + 1 || index->offset[0] != 0 ||
          !ascending(index->offset, offsets, (uint32_t)rows))
        return false;
      if (rows > 0 && (m->public.of[listed].count == 0 || !up_to(index->rows, rows, m->public.of[listed].count - 1)))
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
  if (at == NULL || bytes == NULL || offsets < 2 || offsets > UINT32_MAX || at[0] != 0 || at[offsets - 1] != size)
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
  if (rows == NULL || bytes == NULL || count > INT32_MAX || (size > 0 && bytes[size - 1] != '\0')) return false;
  m->sources = memory_take(((size_t)count + 1) * sizeof *m->sources);
  for (uint64_t k = 0; k < count; k++) {
    if (rows[k].name >= size) return false;
    m->sources[k] = (source_row){rows[k].file, bytes + rows[k].name, rows[k].import};
  }
  m->public.source_count = (uint32_t)count;
  m->public.sources = m->sources;
  return true;
}

static bool keys_good(const mapped *m, section_column column, const subject_key **out, size_t *count) {
  const subject_key *keys = (const void *)m->found[FACT_NONE][column];
  if (keys == NULL) return false;
  *out = keys;
  *count = (size_t)m->counts[FACT_NONE][column];
  bool good = true;
  for (size_t i = 0; i < *count; i++) {
    good &= keys[i].type < FACT_TYPES && (uint32_t)keys[i].row + 1 <= m->public.of[keys[i].type % FACT_TYPES].count;
    good &= i == 0 || keys[i - 1].hash <= keys[i].hash;
  }
  return good;
}

/* ---- open and close ---- */

static const char *unfit(mapped *m) {
  if (!header_good(m)) return "header";
  if (!blocks_good(m)) return "checksum";
  if (!sections_good(m)) return "directory";
  if (!columns_point(m)) return "columns";
  if (!words_good(m)) return "words";
  if (!sources_good(m)) return "sources";
  if (!attributes_good(m)) return "attributes";
  if (!tables_good(m)) return "references";
  if (!records_good(m) || !indexes_good(m)) return "indexes";
  if (!keys_good(m, SECTION_KEYS, &m->keys, &m->key_count) ||
      !keys_good(m, SECTION_COVERS, &m->covers, &m->cover_count))
    return "keys";
  m->public.chain = m->header.chain;
  m->public.known_after = m->header.known_after;
  return NULL;
}

subjects *subjects_map(int descriptor, faults *problems) {
  mapped *m = memory_take(sizeof *m);
  m->descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  struct stat about;
  const char *reason = NULL;
  if (m->descriptor < 0 || fstat(m->descriptor, &about) != 0) {
    reason = strerror(errno);
  } else if (!S_ISREG(about.st_mode) || about.st_size < SUBJECTS_HEADER) {
    reason = "size";
  } else {
    void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, m->descriptor, 0);
    if (bytes == MAP_FAILED) {
      reason = strerror(errno);
    } else {
      m->bytes = bytes;
      m->size = (size_t)about.st_size;
      reason = unfit(m);
    }
  }
  if (reason == NULL) return &m->public;
  subjects_close(&m->public);
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
  if (s == NULL) return;
  mapped *m = (mapped *)s;
  if (m->bytes != NULL) munmap((void *)(uintptr_t)m->bytes, m->size);
  if (m->zeros != NULL) munmap(m->zeros, m->zeros_size);
  if (m->descriptor >= 0) close(m->descriptor);
  free(m->words);
  free(m->sources);
  free(m);
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
