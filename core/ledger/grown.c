#include "ledger/grown.h"

#include "ledger/import.h"
#include "ledger/subjects_build.h"

#include <pthread.h>
#include <stdlib.h>

enum {
  LEAST = 1024,     /* facts that are worth a file */
  SHARE = 32,       /* of all: fewer are put into the earlier file by whoever needs it (subjects_renew.h) */
  BESIDE = 1 << 16, /* that are worth a thread which reads those before them */
  ALL_READ = 1 << 12
};

struct grown {
  ledger *of;
  subject_builder *to;
  int64_t import_id, last_fact, count;
  bool failed;

  bool reads; /* a thread reads the facts before */
  pthread_t reader;
  subject_builder *earlier; /* what it read, when it ended; NULL: it could not */

import head; /* of its import; from grown_make on */
  subjects_coming coming;
  bool making, beside; /* the file is being made; by a thread */
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  bool rests; /* the connection is not needed any more, under the lock */
};

/* What its sources are is filled in when all is there: until then they are numbers. */
grown *grown_begin(ledger *l, int64_t import_id, int64_t last_fact) {
  grown *g = memory_take(sizeof *g);
  *g = (grown){.of = l, .to = builder_new((digest){{0}}, l->folder), .import_id = import_id, .last_fact = last_fact};
  pthread_mutex_init(&g->lock, NULL);
  pthread_cond_init(&g->changed, NULL);
  for (int64_t k = 1; k <= import_id; k++) builder_source(g->to, k, (digest){{0}}, NULL, NULL);
  return g;
}

void grown_free(grown *g) {
  if (g == NULL) return;
  grown_end(g, false);
  if (g->reads) pthread_join(g->reader, NULL);
  builder_free(g->earlier);
  builder_free(g->to);
  pthread_cond_destroy(&g->changed);
  pthread_mutex_destroy(&g->lock);
  free(g);
}

static bool is_worth_it(const grown *g) {
  return g->count >= LEAST && g->count >= (g->last_fact + g->count) / SHARE;
}

/* The state before the import, which others see until it is committed. */
static void *read_before(void *context) {
  grown *g = context;
  arena *a = arena_new();
  faults *unsaid = faults_new(a);
  ledger *other = ledger_new(g->of->path, LEDGER_READ);
  other->folder = g->of->folder; /* what is read outlives the connection */
  if (store_open_once(other, unsaid) && ledger_last(other) == g->import_id - 1)
    g->earlier = subjects_read(other, g->import_id - 1, unsaid);
  ledger_close(other);
  arena_free(a);
  return NULL;
}

void grown_add(grown *g, const fact *f, const fact_words *words) {
  if (g == NULL || g->failed) return;
  g->failed = !builder_add_normal(g->to, f, words);
  if (++g->count % BESIDE == 0 && !g->reads && g->last_fact > ALL_READ && is_worth_it(g))
    g->reads = pthread_create(&g->reader, NULL, read_before, g) == 0;
}

/* The import itself is not in the ledger yet. */
static bool sources(grown *g, arena *a, faults *unsaid) {
  import *imports;
  size_t count = ledger_imports(g->of, a, &imports, unsaid) + 1;
  if (count != g->to->source_count) return false;
  for (size_t k = 0; k < count; k++) {
    const import *from = k + 1 < count ? &imports[k] : &g->head;
    build_source *to = &g->to->sources[k];
    if (from->id != to->import) return false;
    to->file = from->file;
    to->name = arena_text(g->to->memory, from->file_name == NULL ? "" : from->file_name);
    to->adapter = arena_text(g->to->memory, from->adapter == NULL ? "" : from->adapter);
  }
  return true;
}

static bool add_earlier(void *context, const fact *f, const fact_words *words, uint32_t checksum) {
  (void)checksum;
  grown *g = context;
  g->failed = !builder_add(g->to, f, words);
  return !g->failed;
}

/* What the reading thread found holds where the import closed nothing of it. The fewer facts join the others. */
static bool join_earlier(grown *g) {
  if (!g->reads) return false;
  pthread_join(g->reader, NULL);
  g->reads = false;
  if (g->earlier == NULL || g->head.closed > 0) return false;
  builder_source(g->earlier, g->import_id, (digest){{0}}, NULL, NULL);
  if (g->last_fact > g->count) {
    subject_builder *more = g->to;
    g->to = g->earlier;
    g->earlier = more;
  }
  g->failed = !builder_join(g->to, g->earlier);
  builder_free(g->earlier);
  g->earlier = NULL;
  return true;
}

static bool read_earlier(grown *g) {
  arena *a = arena_new();
  faults *unsaid = faults_new(a);
  const bool joined = join_earlier(g);
  bool good = sources(g, a, unsaid) && !g->failed;
  const fact_range earlier = {0, g->last_fact, g->import_id};
  for (fact_type type = FACT_PERSON; good && !joined && type < FACT_TYPES; type++)
    good = store_facts_between(g->of, type, earlier, FACTS_KNOWN, add_earlier, g, unsaid) && !g->failed;
  g->to->secret = g->import_id == 1 ? g->head.chain : ledger_chain(g->of, 1);
  arena_free(a);
  return good;
}

static void *make(void *context) {
  grown *g = context;
  bool good = read_earlier(g);
  pthread_mutex_lock(&g->lock);
  g->rests = true;
  pthread_cond_signal(&g->changed);
  pthread_mutex_unlock(&g->lock);
  good = good && coming_begin(&g->coming, g->of);
  if (good) builder_order(g->to);
  g->failed = !good || !builder_write(g->to, g->coming.descriptor, g->head.chain, g->import_id);
  builder_free(g->to); /* all that it took is given back while the other thread waits for the disk */
  g->to = NULL;
  return NULL;
}

void grown_make(grown *g, const import *head) {
  if (g == NULL || g->failed || !is_worth_it(g)) return;
  if (store_number(g->of, "SELECT count(*) FROM closing WHERE fact > ?", g->last_fact, 1) > 0) return;
  g->head = *head;
  g->coming.descriptor = -1;
  g->making = true;
  g->beside = pthread_create(&g->thread, NULL, make, g) == 0;
  if (!g->beside) make(g);
}

void grown_rest(grown *g) {
  if (g == NULL || !g->making) return;
  pthread_mutex_lock(&g->lock);
  while (!g->rests) pthread_cond_wait(&g->changed, &g->lock);
  pthread_mutex_unlock(&g->lock);
}

void grown_end(grown *g, bool committed) {
  if (g == NULL || !g->making) return;
  if (g->beside) pthread_join(g->thread, NULL);
  g->making = false;
  coming_end(&g->coming, committed && !g->failed);
}
