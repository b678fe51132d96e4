/* subjects_inside: a mapped subject file, as the modules that read it see it. Within the ledger floor only.
 *
 *   subjects_map.c    the mapping: header and tail are checked when it is opened, a block when it is first touched
 *   subjects_file.c   all of it checked, as `struct subjects`
 *   subjects_check.c  how it is checked
 *   current.c          read in places
 */
#ifndef HONGZHU_LEDGER_SUBJECTS_INSIDE_H
#define HONGZHU_LEDGER_SUBJECTS_INSIDE_H

#include "ledger/subjects_format.h"

typedef struct mapped {
  subjects public; /* first: what is handed out is this struct */
  int descriptor;
  const unsigned char *bytes;
  size_t size;
  void *zeros; /* the columns that are left out */
  size_t zeros_size;
  const char **words;
  source_row *sources;
  const subject_key *keys, *covers;
  size_t key_count, cover_count;
  subjects_header header;
  bool keys_checked;
  _Atomic unsigned char *checked; /* by block: has its checksum been found right; any thread may say so */
  const unsigned char *found[FACT_TYPES][SECTION_COLUMNS];
  uint64_t counts[FACT_TYPES][SECTION_COLUMNS];
} mapped;

/* Maps what the descriptor names; what is wrong goes to *reason, which is NULL if nothing is. Never NULL: let it go
 * with mapped_close. */
mapped *mapped_open(int descriptor, const char **reason);
void mapped_close(mapped *m);
/* Whether these bytes of the mapping are as they were written; what is no part of it is. */
bool mapped_touch(mapped *m, const void *at, size_t size);
/* Makes it `struct subjects`, all of it checked, with or without keys: NULL, or what is wrong. Threads as
 * subjects_map_facts says. */
const char *mapped_fit(mapped *m, bool keys_too, int threads);
/* These bytes of the mapping have been passed by who reads on: in a large file their pages are let go, a window at a
 * time. Whoever reads them again finds the same. */
void mapped_passed(const mapped *m, const void *from, const void *to);
/* A block into memory of the caller's, which holds SUBJECTS_BLOCK bytes, checked, without a look at the mapping:
 * quicker where nothing else of it is wanted. */
bool mapped_read(mapped *m, uint64_t block, unsigned char *to);
/* Every column and index, when words and sources are there: NULL, or what is wrong. Keys too, or not; threads
 * as subjects_map_facts says. */
const char *mapped_check(mapped *m, bool keys_too, int threads);
bool mapped_check_keys(mapped *m);

void subjects_say_damaged(const char *path, faults *problems); /* a warning */

#endif
