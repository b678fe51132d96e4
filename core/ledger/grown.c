#include "ledger/grown.h"

#include "ledger/import.h"
#include "ledger/subjects_build.h"

#include <pthread.h>
#include <stdlib.h>

enum {
  LEAST = 1024, /* facts that are worth a file */
  SHARE = 32    /* of all: current.c would make the file anew */
};

struct grown {
  ledger *of;
  subject_builder *to;
  int64_t import_id, last_fact, count;
  bool failed;

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
  builder_free(g->to);
  pthread_cond_destroy(&g->changed);
  pthread_mutex_destroy(&g->lock);
  free(g);
}

void grown_add(grown *g, const fact *f, const fact_words *words) {
  if (g == NULL || g->failed) return;
  g->failed = !builder_add(g->to, f, words);
  g->count++;
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

static bool read_earlier(grown *g) {
  arena *a = arena_new();
  faults *unsaid = faults_new(a);
  bool good = sources(g, a, unsaid);
  const fact_range earlier = {0, g->last_fact, g->import_id};
  for (fact_type type = FACT_PERSON; good && type < FACT_TYPES; type++)
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
  if (g == NULL || g->failed || g->count < LEAST || g->count < (g->last_fact + g->count) / SHARE) return;
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
