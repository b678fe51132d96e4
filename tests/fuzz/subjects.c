/* The subject file: an input is a file whose header and checksums are made to fit, so that what lies behind them is
 * reached. All that evaluation relies on is then followed. */
#include "fuzz.h"

#include "ledger/columns.h"
#include "ledger/subjects_format.h"

#include <sys/mman.h>
#include <unistd.h>

static volatile uint64_t kept; /* so that nothing read is left out */

static void make_fit(uint8_t *file, size_t size) {
  subjects_header h;
  if (size < SUBJECTS_HEADER) return;
  memcpy(&h, file, sizeof h);
  memcpy(h.magic, SUBJECTS_MAGIC, sizeof h.magic);
  h.version = SUBJECTS_VERSION;
  h.order = SUBJECTS_ORDER;
  h.size = size;
  if (h.data_end >= SUBJECTS_HEADER && h.data_end <= size) {
    uint64_t tail = size - h.data_end, sections = (uint64_t)h.sections * sizeof(subjects_section);
    if (sections <= tail) {
      for (uint64_t block = 0; block < (tail - sections) / sizeof(uint64_t); block++) {
        uint64_t at = SUBJECTS_HEADER + block * SUBJECTS_BLOCK;
        if (at >= h.data_end) break;
        uint64_t left = h.data_end - at;
        uint64_t sum = checksum_of(file + at, left < SUBJECTS_BLOCK ? left : SUBJECTS_BLOCK);
        memcpy(file + h.data_end + sections + block * sizeof sum, &sum, sizeof sum);
      }
    }
    h.tail_sum = checksum_of(file + h.data_end, tail);
  }
  h.header_sum = 0;
  memcpy(file, &h, sizeof h);
  h.header_sum = checksum_of(file, SUBJECTS_HEADER);
  memcpy(file, &h, sizeof h);
}

static void follow_index(const subject_index *index, uint32_t count, const fact_columns *listed) {
  if (!index->offset) return;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = index->offset[i]; k < index->offset[i + 1]; k++) kept += (uint64_t)listed->since[index->rows[k]];
}

static void follow(const subjects *s) {
  for (int type = FACT_PERSON; type < FACT_MERGE; type++) {
    const fact_columns *c = &s->of[type];
    for (uint32_t i = 0; i < c->count; i++) {
      const uint32_t words[] = {c->kind[i], c->code[i], c->name[i], c->level[i], c->mode[i], c->status[i], c->unit[i]};
      for (size_t w = 0; w < sizeof words / sizeof *words; w++) kept += strlen(s->words[words[w]]);
      kept += strlen(s->sources[c->source[i]].file_name);
      if (c->subject[i] >= 0) kept += s->of[c->subject_type[i]].source[c->subject[i]];
      if (c->object[i] >= 0) kept += s->of[c->object_type[i]].source[c->object[i]];
      if (c->place[i] >= 0) kept += s->of[FACT_ORGANIZATION].source[c->place[i]];
      for (uint32_t k = c->attribute[i]; k < c->attribute[i + 1]; k++) {
        kept += strlen(s->words[s->attributes.name[k]]);
        if (s->attributes.type[k] == ATTRIBUTE_TEXT) kept += strlen(s->words[s->attributes.value[k]]);
      }
      subject_key const *keys;
      kept += subjects_by_key(s, c->fact[i], &keys) + subjects_by_cover(s, c->fact[i], &keys);
    }
    if (s->record_of[type])
      for (uint32_t i = 0; i < s->of[FACT_RECORD].count; i++)
        if (s->record_of[type][i] >= 0) kept += c->source[s->record_of[type][i]];
    follow_index(&s->records[type], c->count, &s->of[FACT_RECORD]);
    follow_index(&s->enrollments[type], c->count, &s->of[FACT_ENROLLMENT]);
    follow_index(&s->relations[type], c->count, &s->of[FACT_RELATION]);
  }
  follow_index(&s->posts, s->of[FACT_PERSON].count, &s->of[FACT_POST]);
  follow_index(&s->staff, s->of[FACT_ORGANIZATION].count, &s->of[FACT_POST]);
  follow_index(&s->children, s->of[FACT_ORGANIZATION].count, &s->of[FACT_ORGANIZATION]);
  kept += subjects_word(s, "training");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz_bytes input = {bytes, size};
  uint8_t *file = fuzz_copy(&input, size);
  make_fit(file, size);
  int descriptor = memfd_create("subjects", MFD_CLOEXEC);
  if (descriptor < 0 || write(descriptor, file, size) != (ssize_t)size) abort();
  free(file);
  arena *a = arena_new();
  subjects *s = subjects_map(descriptor, faults_new(a));
  close(descriptor);
  if (s) follow(s);
  subjects_close(s);
  arena_free(a);
  return 0;
}
