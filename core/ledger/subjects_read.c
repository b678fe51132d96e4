/* The facts of a ledger into a builder: many by two threads, each with half of them and a connection of its own. */
#include "ledger/import.h"
#include "ledger/subjects_build.h"

#include <pthread.h>

enum { BY_TWO = 1 << 16 }; /* facts that are worth a second thread */

typedef struct half {
  ledger *of;
  fact_range range;
  subject_builder *to; /* NULL where it failed */
  faults *problems;
  bool full;
} half;

bool subjects_sources(ledger *l, subject_builder *b, faults *problems) {
  arena *a = arena_new();
  import *imports;
  size_t before = problems->errors;
  size_t count = ledger_imports(l, a, &imports, problems);
  for (size_t k = 0; k < count; k++)
    builder_source(b, imports[k].id, imports[k].file, imports[k].file_name, imports[k].adapter);
  arena_free(a);
  return problems->errors == before;
}

static bool add(void *context, const fact *f, const fact_words *words, uint32_t checksum) {
  (void)checksum;
  half *h = context;
  h->full = !builder_add(h->to, f, words);
  return !h->full;
}

static bool too_many(const ledger *l, faults *problems) {
  return fault_add(problems, NOWHERE, "ledger \"%s\" has more facts of one type than can be evaluated",
                   "台账“%s”中同一类型的事实太多，无法计算", l->path);
}

static void read_half(half *h) {
  h->to = builder_new(ledger_chain(h->of, 1), h->of->folder);
  bool good = subjects_sources(h->of, h->to, h->problems);
  for (fact_type type = FACT_PERSON; good && type < FACT_TYPES; type++) {
    good = store_facts_between(h->of, type, h->range, FACTS_KNOWN, add, h, h->problems);
    if (h->full) good = too_many(h->of, h->problems);
  }
  if (good) return;
  builder_free(h->to);
  h->to = NULL;
}

static void *read_beside(void *context) {
  read_half(context);
  return NULL;
}

/* Another view of the same state of the ledger; NULL where there is none: then everything is read through the first. */
static ledger *open_beside(ledger *l, int64_t known_after, faults *unsaid) {
  if (sqlite3_txn_state(l->base, NULL) == SQLITE_TXN_WRITE) return NULL; /* what only this connection sees */
  ledger *other = ledger_new(l->path, LEDGER_READ);
  if (store_open_once(other, unsaid) && digest_same(ledger_chain(other, known_after), ledger_chain(l, known_after)))
    return other;
  ledger_close(other);
  return NULL;
}

/* Facts are append-only: what was known after an import can be read while others write. */
subject_builder *subjects_read(ledger *l, int64_t known_after, faults *problems) {
  arena *a = arena_new();
  int64_t last = store_number(l, "SELECT last_fact FROM import WHERE id <= ? ORDER BY id DESC LIMIT 1", known_after, 0);
  half first = {.of = l, .range = {0, last, known_after}, .problems = problems};
  half second = {.range = {last / 2, last, known_after}, .problems = faults_new(a)};
  pthread_t thread;
  second.of = last < BY_TWO ? NULL : open_beside(l, known_after, second.problems);
  bool two = second.of != NULL && pthread_create(&thread, NULL, read_beside, &second) == 0;
  if (two) first.range.last = second.range.first;
  read_half(&first);
  if (two) pthread_join(thread, NULL);
  if (two && second.to == NULL && first.to != NULL) { /* the second half is asked for again, by whom it concerns */
    builder_free(first.to);
    first.range.last = last;
    read_half(&first);
  } else if (two && first.to != NULL && !builder_join(first.to, second.to)) {
    builder_free(first.to);
    first.to = NULL;
    too_many(l, problems);
  }
  builder_free(second.to);
  ledger_close(second.of);
  arena_free(a);
  return first.to;
}
