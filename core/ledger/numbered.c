/* Numbers that registers gave out, and the entities they hold on to while nothing describes them. */
#include "ledger/import.h"

#include <stdlib.h>

bool ledger_numbered(ledger *l, fact_visit *visit, void *context, faults *problems) {
  arena *a = arena_new();
  import_row *imports;
  size_t before = problems->errors, count = import_rows(l, a, &imports, problems);
  bool good = problems->errors == before, more = true;
  for (size_t k = 0; k < count && good && more; k++) {
    if (imports[k].head.kind != IMPORT_REGISTER) continue;
    int64_t id = k == 0 ? 1 : imports[k - 1].last_fact + 1;
    for (; id <= imports[k].last_fact && good && more; id++) {
      if (store_number(l, "SELECT fact FROM closing WHERE fact = ?", id, 0) != 0) continue;
      arena *one = arena_new();
      fact f;
      good = ledger_fact(l, FACT_RECORD, id, one, &f, problems);
      more = good && visit(context, &f);
      arena_free(one);
    }
  }
  arena_free(a);
  return good;
}

typedef struct holding {
  arena *memory;
  int64_t *wanted; /* entities, ascending */
  size_t count, capacity;
  bool *open;   /* of each: something describes it now */
  fact *newest; /* of each; type FACT_NONE where nothing ever did */
  bool open_only;
} holding;

static int by_number(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static void want(holding *h, int64_t entity) {
  if (entity != 0) *ARENA_PUSH(h->memory, h->wanted, h->count, h->capacity) = entity;
}

static bool want_subject(void *context, const fact *f) {
  want(context, f->subject);
  return true;
}

static void settle(holding *h) {
  size_t kept = 0;
  if (h->count > 0) qsort(h->wanted, h->count, sizeof *h->wanted, by_number);
  for (size_t i = 0; i < h->count; i++)
    if (kept == 0 || h->wanted[kept - 1] != h->wanted[i]) h->wanted[kept++] = h->wanted[i];
  h->count = kept;
  h->open = arena_array(h->memory, kept + 1, sizeof *h->open);
  h->newest = arena_array(h->memory, kept + 1, sizeof *h->newest);
}

static bool look(void *context, const fact *f, const fact_words *words, uint32_t checksum) {
  (void)words;
  (void)checksum;
  holding *h = context;
  const int64_t *found = bsearch(&f->entity, h->wanted, h->count, sizeof *h->wanted, by_number);
  if (found == NULL) return true;
  size_t at = (size_t)(found - h->wanted);
  if (h->open_only) {
    h->open[at] = true;
    return true;
  }
  fact kept = *f;
  const char **texts[] = {&kept.kind,   &kept.code, &kept.name,       &kept.level,  &kept.mode,
                          &kept.status, &kept.unit, &kept.attributes, &kept.id_tail};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = arena_text(h->memory, *texts[i]);
  h->newest[at] = kept;
  return true;
}

/* Only what is not described is read from all facts ever opened, which takes longer. */
static bool describe(ledger *l, holding *h, fact_type type, faults *problems) {
  int64_t last = ledger_last(l);
  h->open_only = true;
  if (!store_facts(l, type, last, FACTS_KNOWN, look, h, problems)) return false;
  bool all = true;
  for (size_t i = 0; i < h->count; i++) all = all && h->open[i];
  h->open_only = false;
  return all || store_facts(l, type, last, FACTS_ALL, look, h, problems);
}

static void put_missing(const holding *h, arena *a, fact **out, size_t *count, size_t *capacity) {
  for (size_t i = 0; i < h->count; i++)
    if (!h->open[i] && h->newest[i].type != FACT_NONE) *ARENA_PUSH(a, *out, *count, *capacity) = h->newest[i];
}

size_t ledger_suspended(ledger *l, arena *a, fact **out, faults *problems) {
  holding enrolled = {.memory = a}, people = {.memory = a}, cohorts = {.memory = a};
  size_t count = 0, capacity = 0;
  *out = NULL;
  if (!ledger_numbered(l, want_subject, &enrolled, problems) || enrolled.count == 0) return 0;
  settle(&enrolled);
  if (!describe(l, &enrolled, FACT_ENROLLMENT, problems)) return 0;
  for (size_t i = 0; i < enrolled.count; i++) {
    if (enrolled.open[i] || enrolled.newest[i].type == FACT_NONE) continue;
    want(&people, enrolled.newest[i].subject);
    want(&cohorts, enrolled.newest[i].object);
  }
  settle(&people);
  settle(&cohorts);
  if (people.count > 0 && !describe(l, &people, FACT_PERSON, problems)) return 0;
  if (cohorts.count > 0 && !describe(l, &cohorts, FACT_COHORT, problems)) return 0;
  put_missing(&people, a, out, &count, &capacity);
  put_missing(&cohorts, a, out, &count, &capacity);
  put_missing(&enrolled, a, out, &count, &capacity);
  return count;
}
