/* The mapping of a subject file. It is believed in nothing: the header, the directory and the checksums are checked
 * when it is opened, a block before anything in it is read. */
#include "ledger/subjects_inside.h"

#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/columns.h"

/* Pages are let go in windows of this size, of a file of 256 MB or more: it costs a twelfth of the time, which smaller
 * ones are not worth. */
#define WINDOW (1 << 22)
#define LARGE  (64 * WINDOW)

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
         h->order == SUBJECTS_ORDER && sum == checksum_of(page, sizeof page) && h->size == m->size;
}

static bool tail_good(mapped *m) {
  const subjects_header *h = &m->header;
  if (h->data_end < SUBJECTS_HEADER || h->data_end > m->size) return false;
  uint64_t data = h->data_end - SUBJECTS_HEADER, tail = m->size - h->data_end;
  uint64_t sections = (uint64_t)h->sections * sizeof(subjects_section);
  if (h->block_count != (data + SUBJECTS_BLOCK - 1) / SUBJECTS_BLOCK || sections > tail ||
      tail - sections != h->block_count * sizeof(uint64_t))
    return false;
  m->checked = memory_take(((size_t)h->block_count + 1) * sizeof *m->checked);
  return checksum_of(m->bytes + h->data_end, tail) == h->tail_sum;
}

static uint64_t sum_noted(const mapped *m, uint64_t block) {
  const subjects_header *h = &m->header;
  uint64_t sums = h->data_end + (uint64_t)h->sections * sizeof(subjects_section), sum;
  memcpy(&sum, m->bytes + sums + block * sizeof sum, sizeof sum);
  return sum;
}

static bool block_good(mapped *m, uint64_t block) {
  uint64_t at = SUBJECTS_HEADER + block * SUBJECTS_BLOCK, left = m->header.data_end - at;
  if (checksum_of(m->bytes + at, left < SUBJECTS_BLOCK ? left : SUBJECTS_BLOCK) != sum_noted(m, block)) return false;
  m->checked[block] = 1;
  return true;
}

static bool two_blocks_good(mapped *m, uint64_t block) {
  uint64_t sums[2];
  checksums_of_two(m->bytes + SUBJECTS_HEADER + block * SUBJECTS_BLOCK, SUBJECTS_BLOCK, sums);
  if (sums[0] != sum_noted(m, block) || sums[1] != sum_noted(m, block + 1)) return false;
  m->checked[block] = m->checked[block + 1] = 1;
  return true;
}

bool mapped_read(mapped *m, uint64_t block, unsigned char *to) {
  const uint64_t at = SUBJECTS_HEADER + block * SUBJECTS_BLOCK, left = m->header.data_end - at;
  const size_t size = left < SUBJECTS_BLOCK ? (size_t)left : SUBJECTS_BLOCK;
  return system_read(m->descriptor, to, size, (off_t)at) == (ssize_t)size &&
         checksum_of(to, size) == sum_noted(m, block);
}

bool mapped_touch(mapped *m, const void *bytes, size_t size) {
  if (size == 0 || (const unsigned char *)bytes < m->bytes || (const unsigned char *)bytes >= m->bytes + m->size)
    return true;
  uint64_t from = (uint64_t)((const unsigned char *)bytes - m->bytes) - SUBJECTS_HEADER, to = from + size - 1;
  uint64_t last = to / SUBJECTS_BLOCK, whole = (m->header.data_end - SUBJECTS_HEADER) / SUBJECTS_BLOCK;
  for (uint64_t block = from / SUBJECTS_BLOCK; block <= last; block++) {
    if (m->checked[block]) continue;
    bool two = block < last && block + 1 < whole && !m->checked[block + 1];
    if (two ? !two_blocks_good(m, block) : !block_good(m, block)) return false;
  }
  return true;
}

/* ---- what was passed ---- */

void mapped_passed(const mapped *m, const void *from, const void *to) {
  const unsigned char *first = from, *last = to;
  if (m->size < LARGE || first < m->bytes || last > m->bytes + m->size || last < first) return;
  size_t at = (size_t)(first - m->bytes) / WINDOW * WINDOW, end = (size_t)(last - m->bytes) / WINDOW * WINDOW;
  if (end > at) madvise((void *)(uintptr_t)(m->bytes + at), end - at, MADV_DONTNEED);
}

static void rows_passed(const mapped *m, fact_type type, uint32_t from, uint32_t to) {
  const fact_columns *c = &m->public.of[type];
  for (section_column column = SECTION_FACT; column < SECTION_FACT_COLUMNS; column++) {
    const char *values;
    memcpy(&values, (const char *)c + fact_column_rows[column].offset, sizeof values);
    size_t width = fact_column_rows[column].width;
    mapped_passed(m, values + from * width, values + to * width);
  }
  for (fact_type of = FACT_PERSON; type == FACT_RECORD && of < FACT_TYPES; of++)
    if (m->public.record_of[of]) mapped_passed(m, m->public.record_of[of] + from, m->public.record_of[of] + to);
}

void subjects_passed(const subjects *s, fact_type of, uint32_t from, uint32_t to) {
  const mapped *m = (const mapped *)s;
  const subject_index *records = &s->records[of];
  rows_passed(m, of, from, to);
  if (!records->offset || records->offset[from] == records->offset[to]) return;
  const uint32_t *first = records->rows + records->offset[from], *last = records->rows + records->offset[to] - 1;
  if (*last > *first) rows_passed(m, FACT_RECORD, *first, *last);
  mapped_passed(m, first, last);
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
  case SECTION_NAMES:
  case SECTION_ENTITIES:
  case SECTION_FOLDED:
  case SECTION_LOOSE:
    return sizeof(subject_key);
  default:
    return 4;
  }
}

static bool sections_good(mapped *m) {
  for (uint32_t i = 0; i < m->header.sections; i++) {
    subjects_section s;
    memcpy(&s, m->bytes + m->header.data_end + (uint64_t)i * sizeof s, sizeof s);
    if (s.table >= FACT_TYPES || s.column >= SECTION_COLUMNS || s.width != width_of(s.column) ||
        s.offset < SUBJECTS_HEADER || s.offset > m->header.data_end || s.offset % SUBJECTS_ALIGN != 0 ||
        s.count > (m->header.data_end - s.offset) / s.width || m->found[s.table][s.column] != NULL)
      return false;
    m->found[s.table][s.column] = m->bytes + s.offset;
    m->counts[s.table][s.column] = s.count;
  }
  return true;
}

/* ---- open and close ---- */

mapped *mapped_open(int descriptor, const char **reason) {
  mapped *m = memory_take(sizeof *m);
  m->descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  struct stat about;
  *reason = NULL;
  if (m->descriptor < 0 || fstat(m->descriptor, &about) != 0) {
    *reason = strerror(errno);
  } else if (!S_ISREG(about.st_mode) || about.st_size < SUBJECTS_HEADER) {
    *reason = "size";
  } else {
    void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, m->descriptor, 0);
    if (bytes == MAP_FAILED) {
      *reason = strerror(errno);
      return m;
    }
    m->bytes = bytes;
    m->size = (size_t)about.st_size;
    if (!header_good(m))
      *reason = "header";
    else if (!tail_good(m))
      *reason = "checksum";
    else if (!sections_good(m))
      *reason = "directory";
    m->public.chain = m->header.chain;
    m->public.known_after = m->header.known_after;
  }
  return m;
}

void mapped_close(mapped *m) {
  if (m == NULL) return;
  if (m->bytes != NULL) munmap((void *)(uintptr_t)m->bytes, m->size);
  if (m->zeros != NULL) munmap(m->zeros, m->zeros_size);
  if (m->descriptor >= 0) close(m->descriptor);
  free(m->words);
  free(m->sources);
  free((void *)m->checked);
  free(m);
}
