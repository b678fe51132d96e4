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

/* ---- texts ---- */

static bool words_good(mapped *m) {
  const uint64_t *at = (const void *)m->found[FACT_NONE][SECTION_WORD_AT];
  const char *bytes = (const void *)m->found[FACT_NONE][SECTION_WORD_BYTES];
  uint64_t offsets = m->counts[FACT_NONE][SECTION_WORD_AT], size = m->counts[FACT_NONE][SECTION_WORD_BYTES];
  if (at == NULL || bytes == NULL || offsets < 2 || offsets > UINT32_MAX ||
      !mapped_touch(m, at, (size_t)offsets * sizeof *at) || !mapped_touch(m, bytes, (size_t)size) || at[0] != 0 ||
      at[offsets - 1] != size)
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
  if (rows == NULL || bytes == NULL || count > INT32_MAX || !mapped_touch(m, rows, (size_t)count * sizeof *rows) ||
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

const char *mapped_fit(mapped *m, bool keys_too, int threads) {
  if (!columns_point(m)) return "columns";
  if (!words_good(m)) return "words";
  if (!sources_good(m)) return "sources";
  const char *wrong = mapped_check(m, keys_too, threads);
  if (wrong != NULL) return wrong;
  m->keys_checked = keys_too;
  keys_point(m);
  return NULL;
}

static subjects *map(int descriptor, bool facts_alone, int threads, faults *problems) {
  const char *reason;
  mapped *m = mapped_open(descriptor, &reason);
  if (reason == NULL) reason = mapped_fit(m, !facts_alone, threads);
  if (reason == NULL && !facts_alone && !all_touched(m)) reason = "checksum";
  if (reason == NULL) return &m->public;
  mapped_close(m);
  fault_add(problems, NOWHERE, "the subject file cannot be used: \"%s\" is wrong", "主体文件无法使用：“%s”有误",
            reason);
  fault_next(problems, "it is made again from the ledger when the command is repeated",
             "重新运行命令时会由台账自动重建");
  return NULL;
}

subjects *subjects_map(int descriptor, faults *problems) {
  return map(descriptor, false, 1, problems);
}

subjects *subjects_map_facts(int descriptor, int threads, faults *problems) {
  return map(descriptor, true, threads, problems);
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

/* What few ask for is checked when it is asked for. */
static const mapped *keys_of(const subjects *s) {
  mapped *m = (mapped *)(uintptr_t)s;
  if (!m->keys_checked && !mapped_check_keys(m)) m->key_count = m->cover_count = 0;
  m->keys_checked = true;
  return m;
}

size_t subjects_by_key(const subjects *s, int64_t key, const subject_key **out) {
  const mapped *m = keys_of(s);
  return by_hash(m->keys, m->key_count, key, out);
}

size_t subjects_by_cover(const subjects *s, int64_t cover, const subject_key **out) {
  const mapped *m = keys_of(s);
  return by_hash(m->covers, m->cover_count, cover, out);
}
