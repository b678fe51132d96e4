#include "ledger/subjects_renew.h"

#include "ledger/renewal.h"

/* Changed facts are held in memory, and read one by one what they drag along: beyond so many, or beyond this part of
 * all, it is quicker to read all facts in their order. */
enum { LEAST = 1 << 10, MOST = 1 << 16, SHARE = 8 };

static size_t worth(const subjects *s) {
  uint64_t all = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) all += s->of[type].count;
  return all / SHARE < LEAST ? LEAST : all / SHARE < MOST ? (size_t)(all / SHARE) : MOST;
}

/* At most so many facts were opened or closed since. */
static bool is_worth_it(const renewal *r) {
  ledger *l = r->of;
  int64_t last = store_number(l, "SELECT last_fact FROM import WHERE id = ?", r->known_after, 0);
  int64_t closed = store_number(l, "SELECT sum(closed) FROM import WHERE id > ?", r->file->header.known_after, 0);
  return last - r->last_fact + closed <= (int64_t)r->most;
}

static bool renew(renewal *r, int descriptor) {
  return ledger_last(r->of) == r->known_after && is_worth_it(r) && renewal_gather(r) && renewal_words(r) &&
         renewal_sources(r) && renewal_rows(r) && renewal_write(r, descriptor);
}

bool subjects_renew(ledger *l, const mapped *old, int64_t known_after, int descriptor) {
  if (l->under_way != NULL || l->together || old->header.known_after < 1 || old->header.known_after >= known_after)
    return false;
  renewal r = {.of = l,
               .memory = arena_new(),
               .file = old,
               .old = &old->public,
               .known_after = known_after,
               .most = worth(&old->public)};
  r.unsaid = faults_new(r.memory);
  const bool began = store_view(l);
  r.last_fact = store_number(l, "SELECT last_fact FROM import WHERE id = ?", old->header.known_after, 0);
  bool good = renew(&r, descriptor) && !r.anew;
  store_view_end(l, began);
  builder_free(r.was);
  builder_free(r.now);
  large_free(r.words);
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++) {
    large_free(r.tables[type].moved);
    large_free(r.tables[type].exact);
  }
  arena_free(r.memory);
  return good;
}
