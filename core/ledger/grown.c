#include "ledger/grown.h"

#include "ledger/import.h"
#include "ledger/subjects_build.h"

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
};

/* What its sources are is filled in when all is there: until then they are numbers. */
grown *grown_begin(ledger *l, int64_t import_id, int64_t last_fact) {
  grown *g = memory_take(sizeof *g);
  *g = (grown){.of = l, .to = builder_new((digest){{0}}, l->folder), .import_id = import_id, .last_fact = last_fact};
  for (int64_t k = 1; k <= import_id; k++) builder_source(g->to, k, (digest){{0}}, NULL, NULL);
  return g;
}

void grown_free(grown *g) {
  if (g == NULL) return;
  builder_free(g->to);
  free(g);
}

void grown_add(grown *g, const fact *f, const fact_words *words) {
  if (g == NULL || g->failed) return;
  g->failed = !builder_add(g->to, f, words);
  g->count++;
}

static bool sources(grown *g, arena *a, faults *unsaid) {
  import *imports;
  size_t count = ledger_imports(g->of, a, &imports, unsaid);
  if (count != g->to->source_count) return false;
  for (size_t k = 0; k < count; k++) {
    build_source *to = &g->to->sources[k];
    if (imports[k].id != to->import) return false;
    to->file = imports[k].file;
    to->name = arena_text(g->to->memory, imports[k].file_name == NULL ? "" : imports[k].file_name);
    to->adapter = arena_text(g->to->memory, imports[k].adapter == NULL ? "" : imports[k].adapter);
  }
  return true;
}

static bool add_earlier(void *context, const fact *f, const fact_words *words, uint32_t checksum) {
  (void)checksum;
  grown *g = context;
  g->failed = !builder_add(g->to, f, words);
  return !g->failed;
}

void grown_end(grown *g) {
  if (g == NULL || g->failed || g->count < LEAST || g->count < (g->last_fact + g->count) / SHARE) return;
  if (ledger_last(g->of) != g->import_id ||
      store_number(g->of, "SELECT count(*) FROM closing WHERE fact > ?", g->last_fact, 1) > 0)
    return;
  arena *a = arena_new();
  faults *unsaid = faults_new(a);
  bool good = sources(g, a, unsaid);
  const fact_range earlier = {0, g->last_fact, g->import_id};
  for (fact_type type = FACT_PERSON; good && type < FACT_TYPES; type++)
    good = store_facts_between(g->of, type, earlier, FACTS_KNOWN, add_earlier, g, unsaid) && !g->failed;
  g->to->secret = ledger_chain(g->of, 1);
  if (good) subjects_put(g->of, g->to, g->import_id);
  arena_free(a);
}
