/* A subject file that somebody changed, with checksums that fit. */
#ifndef HONGZHU_TESTS_LEDGER_FORGE_H
#define HONGZHU_TESTS_LEDGER_FORGE_H

#include "ledger/columns.h"
#include "ledger/subjects_format.h"

#include <string.h>

/* Checksums made to fit again, as nobody does by accident. */
static inline void sum_again(unsigned char *bytes) {
  subjects_header header;
  memcpy(&header, bytes, sizeof header);
  size_t tail = header.size - header.data_end, sections = header.sections * sizeof(subjects_section);
  for (uint64_t k = 0; k < header.block_count; k++) {
    uint64_t at = SUBJECTS_HEADER + k * SUBJECTS_BLOCK, left = header.data_end - at;
    uint64_t sum = checksum_of(bytes + at, left < SUBJECTS_BLOCK ? left : SUBJECTS_BLOCK);
    memcpy(bytes + header.data_end + sections + k * sizeof sum, &sum, sizeof sum);
  }
  header.tail_sum = checksum_of(bytes + header.data_end, tail);
  header.header_sum = 0;
  memcpy(bytes, &header, sizeof header);
  header.header_sum = checksum_of(bytes, SUBJECTS_HEADER);
  memcpy(bytes, &header, sizeof header);
}

#endif
