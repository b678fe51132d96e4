/* What changed facts are about. Ids grow with imports over all types, so facts opened after an import are the ends of
 * their tables; closings are looked through only where some import after it closed anything. */
#include "ledger/store.h"

#include <stdlib.h>

typedef struct changing {
  ledger *of;
  int64_t since, last_fact; /* of the import `since` */
  fact_change *visit;
  void *context;
  int64_t *closed; /* facts closed after it, by number */
  size_t closed_count, closed_capacity;
  bool stopped;
  arena *memory;
  faults *problems;
} changing;

static int by_number(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static bool closings_read(changing *c) {
  if (store_number(c->of, "SELECT sum(closed) FROM import WHERE id > ?", c->since, 0) == 0) return true;
  sqlite3_stmt *s = store_prepare(c->of, "SELECT fact FROM closing WHERE import > ? ORDER BY fact", c->problems);
  if (s == NULL) return false;
  bool failed = false;
  sqlite3_bind_int64(s, 1, c->since);
  while (store_step(c->of, s, &failed, c->problems))
    *ARENA_PUSH(c->memory, c->closed, c->closed_count, c->closed_capacity) = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  return !failed;
}

/* A number is that of one fact of one type. */
static bool closed_visit(changing *c, int64_t id) {
  static const fact_type likely[] = {FACT_RECORD,       FACT_ENROLLMENT, FACT_POST,      FACT_PERSON, FACT_RELATION,
                                     FACT_ORGANIZATION, FACT_ACTIVITY,   FACT_PROGRAMME, FACT_COHORT, FACT_MERGE};
  arena *a = arena_new();
  bool good = true;
  for (size_t k = 0; k < sizeof likely / sizeof *likely && good; k++) {
    fact f;
    bool failed;
    if (store_fact(c->of, likely[k], id, a, &f, &failed, c->problems)) {
      c->stopped = !c->visit(c->context, &f, false);
      break;
    }
    good = !failed;
  }
  arena_free(a);
  return good;
}

static bool opened_visit(changing *c, fact_type type) {
  buffer sql = {0};
  buffer_text(&sql, "SELECT ");
  fact_columns_sql(&sql, type);
  buffer_format(&sql, " FROM \"%s\" WHERE id > ? ORDER BY id", fact_type_name(type));
  sqlite3_stmt *s = store_prepare(c->of, sql.at, c->problems);
  buffer_free(&sql);
  if (s == NULL) return false;
  bool failed = false;
  sqlite3_bind_int64(s, 1, c->last_fact);
  while (!c->stopped && store_step(c->of, s, &failed, c->problems)) {
    int64_t id = sqlite3_column_int64(s, 0);
    if (c->closed_count > 0 && bsearch(&id, c->closed, c->closed_count, sizeof id, by_number) != NULL) continue;
    fact f;
    fact_words words;
    uint32_t checksum;
    fact_from_row(c->of, s, type, &f, &words, &checksum);
    c->stopped = !c->visit(c->context, &f, true);
  }
  sqlite3_finalize(s);
  return !failed;
}

static bool changes_read(ledger *l, int64_t since, fact_change *visit, void *context, faults *problems) {
  changing c = {
      .of = l, .since = since, .visit = visit, .context = context, .memory = arena_new(), .problems = problems};
  const bool viewing = store_view(l); /* one for all of them, and its locks are asked for once */
  c.last_fact = store_number(l, "SELECT last_fact FROM import WHERE id <= ? ORDER BY id DESC LIMIT 1", since, 0);
  bool good = closings_read(&c);
  for (size_t k = 0; k < c.closed_count && good && !c.stopped; k++)
    if (c.closed[k] <= c.last_fact) good = closed_visit(&c, c.closed[k]);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES && good && !c.stopped; type++) good = opened_visit(&c, type);
  store_view_end(l, viewing);
  arena_free(c.memory);
  return good;
}

/* ---- few changes are kept: one command asks for the same several times ---- */

enum { KEPT_MOST = 4096 };

struct kept_changes {
  arena *memory;
  int64_t since, last;
  fact *items;
  bool *opened;
  size_t count, capacity, opened_capacity;
  bool whole; /* all of them */
};

void kept_changes_free(kept_changes *k) {
  if (k != NULL) arena_free(k->memory);
}

typedef struct keeping {
  kept_changes *to;
  fact_change *visit;
  void *context;
  bool stopped;
} keeping;

static void keep(kept_changes *k, const fact *f, bool opened) {
  size_t flags = k->count;
  fact *kept = ARENA_PUSH(k->memory, k->items, k->count, k->capacity);
  *kept = *f;
  const char **texts[] = {&kept->kind,   &kept->code, &kept->name,       &kept->level,  &kept->mode,
                          &kept->status, &kept->unit, &kept->attributes, &kept->id_tail};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = arena_text(k->memory, *texts[i]);
  *ARENA_PUSH(k->memory, k->opened, flags, k->opened_capacity) = opened;
}

static bool visit_and_keep(void *context, const fact *f, bool opened) {
  keeping *k = context;
  if (k->to->count < KEPT_MOST)
    keep(k->to, f, opened);
  else
    k->to->whole = false;
  k->stopped = !k->visit(k->context, f, opened);
  if (k->stopped) k->to->whole = false;
  return !k->stopped;
}

static bool visit_kept(const kept_changes *k, fact_change *visit, void *context) {
  for (size_t i = 0; i < k->count; i++)
    if (!visit(context, &k->items[i], k->opened[i])) break;
  return true;
}

bool ledger_changes(ledger *l, int64_t since, fact_change *visit, void *context, faults *problems) {
  const int64_t last = ledger_last(l);
  if (since >= last) return true;
  if (l->under_way != NULL || l->together) return changes_read(l, since, visit, context, problems);
  if (l->changes != NULL && l->changes->whole && l->changes->since == since && l->changes->last == last)
    return visit_kept(l->changes, visit, context);
  arena *memory = arena_new();
  kept_changes *kept = arena_take(memory, sizeof *kept);
  *kept = (kept_changes){.memory = memory, .since = since, .last = last, .whole = true};
  keeping k = {kept, visit, context, false};
  bool good = changes_read(l, since, visit_and_keep, &k, problems);
  if (good && kept->whole) {
    kept_changes_free(l->changes);
    l->changes = kept;
  } else {
    kept_changes_free(kept);
  }
  return good;
}

/* ---- whom they are about ---- */

typedef struct touched_entity {
  fact_type type;
  int64_t entity;
} touched_entity;

typedef struct touching {
  ledger *of;
  arena *memory;
  touched_entity *items;
  size_t count, capacity;
  size_t sorted; /* the first so many are in order, each once */
} touching;

static int by_entity(const void *a, const void *b) {
  const touched_entity *left = a, *right = b;
  if (left->type != right->type) return left->type < right->type ? -1 : 1;
  return (left->entity > right->entity) - (left->entity < right->entity);
}

static void touch(touching *t, fact_type type, int64_t entity) {
  if (entity > 0 && type != FACT_NONE)
    *ARENA_PUSH(t->memory, t->items, t->count, t->capacity) = (touched_entity){type, entity};
}

static void touch_named(touching *t, const fact *f) {
  if (fact_is_entity(f->type)) touch(t, f->type, f->entity);
  touch(t, f->subject_type, f->subject);
  touch(t, f->object_type, f->object);
  touch(t, FACT_ORGANIZATION, f->place);
}

static bool touch_change(void *context, const fact *f, bool opened) {
  (void)opened;
  touch_named(context, f);
  return true;
}

static void sort_out(touching *t) {
  size_t count = 0;
  if (t->count > 0) qsort(t->items, t->count, sizeof *t->items, by_entity);
  for (size_t k = 0; k < t->count; k++)
    if (count == 0 || by_entity(&t->items[count - 1], &t->items[k]) != 0) t->items[count++] = t->items[k];
  t->count = t->sorted = count;
}

static bool is_touched(const touching *t, fact_type type, int64_t entity) {
  touched_entity wanted = {type, entity};
  return t->sorted > 0 && bsearch(&wanted, t->items, t->sorted, sizeof wanted, by_entity) != NULL;
}

static bool touches_any(const touching *t, fact_type type) {
  for (size_t k = 0; k < t->sorted; k++)
    if (t->items[k].type == type) return true;
  return false;
}

static bool touch_onward(void *context, const fact *f) {
  touching *t = context;
  if (is_touched(t, f->type, f->entity)) touch_named(t, f);
  return true;
}

static bool touch_merged(void *context, const fact *f) {
  touching *t = context;
  if (is_touched(t, FACT_PERSON, f->subject)) touch(t, FACT_PERSON, f->object);
  return true;
}

/* A record of an enrollment is one of its person and cohort too, one of an activity is one of its cohort, one of a
 * cohort is one of its programme; what is said of a merged person is said of the one they became. */
static bool touch_above(touching *t, int64_t known_after, faults *problems) {
  static const fact_type onward[] = {FACT_ENROLLMENT, FACT_ACTIVITY, FACT_COHORT};
  for (size_t k = 0; k < sizeof onward / sizeof *onward; k++) {
    if (!touches_any(t, onward[k])) continue;
    if (!ledger_facts(t->of, onward[k], known_after, touch_onward, t, problems)) return false;
    sort_out(t);
  }
  for (size_t before = 0; before != t->count;) { /* merges lead on */
    before = t->count;
    if (!ledger_facts(t->of, FACT_MERGE, known_after, touch_merged, t, problems)) return false;
    sort_out(t);
  }
  return true;
}

bool ledger_touched(ledger *l, int64_t since, touched_visit *visit, void *context, faults *problems) {
  touching t = {.of = l, .memory = arena_new()};
  bool good = ledger_changes(l, since, touch_change, &t, problems);
  sort_out(&t);
  good = good && (t.count == 0 || touch_above(&t, ledger_last(l), problems));
  for (size_t k = 0; k < t.count && good; k++)
    if (!visit(context, t.items[k].type, t.items[k].entity)) break;
  arena_free(t.memory);
  return good;
}
