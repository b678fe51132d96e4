#include "task/staging.h"

#include "task/seen.h"

#include <stdlib.h>
#include <string.h>

/* A table of whole numbers; key 0 is never used. */
typedef struct tally_slot {
  int64_t key, value;
} tally_slot;

typedef struct tally {
  scratch room;
  tally_slot *slots;
  size_t size, used;
} tally;

struct staging {
  ledger *ledger;
  importing *under_way;
  known *entities;
  bool first;    /* no import came by this adapter before: none of its keys can be there */
  arena *memory; /* for one call */
  seen seen;     /* key -> the sum of its content */
  tally repeats; /* key -> how many times it was put */
  tally covers;
  tally held; /* what identifies an entity that only numbers given out still hold -> that entity */
  bool held_read;
  struct waiting_fact {
    fact *fact;
    int64_t content;
  } waiting[STAGING_MOST];
  size_t waits;
  staging_counts counts;
};

static tally_slot *tally_at(tally *t, int64_t key) {
  size_t at = (size_t)((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15)) & (t->size - 1);
  while (t->slots[at].key != 0 && t->slots[at].key != key) at = (at + 1) & (t->size - 1);
  return &t->slots[at];
}

static tally_slot *tally_find(tally *t, int64_t key) {
  if (t->size == 0) return NULL;
  tally_slot *slot = tally_at(t, key);
  return slot->key == 0 ? NULL : slot;
}

static void tally_set(tally *t, int64_t key, int64_t value) {
  if ((t->used + 1) * 3 > t->size * 2) {
    tally old = *t;
    t->size = old.size == 0 ? 1024 : old.size * 2;
    t->room = (scratch){.folder = old.room.folder};
    t->slots = scratch_grow(&t->room, t->size * sizeof *t->slots);
    for (size_t i = 0; i < old.size; i++)
      if (old.slots[i].key != 0) *tally_at(t, old.slots[i].key) = old.slots[i];
    scratch_free(&old.room);
  }
  tally_slot *slot = tally_at(t, key);
  if (slot->key == 0) t->used++;
  *slot = (tally_slot){key, value};
}

static int64_t content_of(const fact *f) {
  return (int64_t)fact_sum(f);
}

/* ---- beginning and ending ---- */

staging *staging_begin(ledger *l, const import *head, known *entities, faults *problems) {
  if (!known_catch_up(entities, problems)) return NULL;
  importing *under_way = ledger_begin(l, head, problems);
  if (under_way == NULL) return NULL;
  staging *s = memory_take(sizeof *s);
  *s = (staging){.ledger = l, .under_way = under_way, .entities = entities, .memory = arena_new()};
  s->first = head->adapter != NULL && !ledger_knows_adapter(l, head->adapter);
  s->seen.folder = s->repeats.room.folder = s->covers.room.folder = s->held.room.folder = ledger_folder(l);
  return s;
}

static void let_go(staging *s) {
  arena_free(s->memory);
  seen_free(&s->seen);
  scratch_free(&s->repeats.room);
  scratch_free(&s->covers.room);
  scratch_free(&s->held.room);
  free(s);
}

void staging_abandon(staging *s) {
  if (s == NULL) return;
  ledger_abandon(s->under_way);
  let_go(s);
}

staging_counts staging_count(const staging *s) {
  return s->counts;
}

bool staging_sheet(staging *s, int32_t number, const char *name, faults *problems) {
  return ledger_sheet(s->under_way, number, name, problems);
}

void staging_expect(staging *s, uint64_t used, uint64_t size) {
  if (used == 0 || size < used || size / used > SIZE_MAX / UINT32_MAX) return;
  seen_expect(&s->seen, s->seen.count + s->seen.count * (size_t)((size - used) / used));
}

static bool changes_any(const staging *s) {
  return s->counts.opened + s->counts.changed + s->counts.withdrawn > 0;
}

bool staging_seal(staging *s, int64_t rejected, faults *problems) {
  if (!staging_settle(s, problems)) return false;
  if (!changes_any(s)) return true;
  ledger_counts(s->under_way, s->counts.same, rejected);
  return ledger_seal(s->under_way, problems);
}

bool staging_commit(staging *s, int64_t rejected, bool keep_nothing, import *done, faults *problems) {
  bool good = staging_settle(s, problems);
  *done = (import){0};
  if (good && changes_any(s)) {
    ledger_counts(s->under_way, s->counts.same, rejected);
    good = ledger_commit(s->under_way, keep_nothing, done, problems);
  } else {
    ledger_abandon(s->under_way);
  }
  let_go(s);
  return good;
}

/* ---- facts ---- */

/* The open fact of a key and type; false where there is none, *failed where it cannot be read. */
static bool old_fact(const staging *s, fact_type type, int64_t key, fact *out, bool *failed, faults *problems) {
  int64_t id = s->first ? 0 : known_by_key(s->entities, type, key);
  if (id == 0) return false;
  if (ledger_fact(s->ledger, type, id, s->memory, out, problems)) return true;
  *failed = true;
  return false;
}

bool staging_owns(const staging *s, fact_type type, int64_t key, faults *problems) {
  fact old;
  bool failed = false;
  return old_fact(s, type, key, &old, &failed, problems);
}

int64_t staging_new_entity(staging *s) {
  return ledger_new_entity(s->under_way);
}

static bool open_fact(staging *s, fact *f, faults *problems) {
  int64_t id = ledger_put(s->under_way, f, problems);
  if (id == 0) return false;
  known_add(s->entities, f, id);
  return true;
}

/* ---- entities that only numbers given out still hold ---- */

/* What tells such an entity: the key of its fact, its code, or of an enrollment who is in which cohort. */
static size_t held_names(staging *s, const fact *f, int64_t out[2]) {
  size_t count = 0;
  out[count++] = (int64_t)known_mix("held key", f->type, f->key, NULL);
  if (f->type == FACT_ENROLLMENT)
    out[count++] = (int64_t)known_mix("held enrollment", f->subject, f->object, f->kind);
  else if (f->code != NULL)
    out[count++] = (int64_t)known_mix("held code", f->type, 0, text_key(s->memory, f->code));
  return count;
}

static bool held_read(staging *s, faults *problems) {
  arena *a = arena_new();
  fact *all;
  size_t before = problems->errors, count = ledger_suspended(s->ledger, a, &all, problems);
  for (size_t i = 0; i < count; i++) {
    int64_t names[2];
    for (size_t n = held_names(s, &all[i], names); n-- > 0;) tally_set(&s->held, names[n], all[i].entity);
  }
  arena_free(a);
  s->held_read = true;
  return problems->errors == before;
}

bool staging_take_up(staging *s, fact *f, faults *problems) {
  if (!s->held_read && !held_read(s, problems)) return false;
  int64_t names[2];
  size_t count = s->held.used == 0 ? 0 : held_names(s, f, names);
  for (size_t n = 0; n < count; n++) {
    const tally_slot *slot = tally_find(&s->held, names[n]);
    if (slot == NULL) continue;
    f->entity = slot->value;
    break;
  }
  return true;
}

static staged put(staging *s, fact *f, int64_t content, faults *problems) {
  fact old;
  bool failed = false, there = old_fact(s, f->type, f->key, &old, &failed, problems);
  if (failed) return STAGED_FAILED;
  if (fact_is_entity(f->type) && there) f->entity = old.entity;
  if (fact_is_entity(f->type) && !there && !staging_take_up(s, f, problems)) return STAGED_FAILED;
  seen_set(&s->seen, f->key, content);
  if (f->cover != 0) tally_set(&s->covers, f->cover, 1);
  if (there && fact_says_same(f, &old)) {
    s->counts.same++;
    return STAGED_SAME;
  }
  if (there) {
    if (!ledger_close_fact(s->under_way, old.id, problems)) return STAGED_FAILED;
    known_remove(s->entities, &old);
  }
  if (!open_fact(s, f, problems)) return STAGED_FAILED;
  if (there)
    s->counts.changed++;
  else
    s->counts.opened++;
  return there ? STAGED_CHANGED : STAGED_NEW;
}

static staged put_one(staging *s, fact *f, int64_t content, faults *problems) {
  const seen_key *before = seen_find(&s->seen, f->key);
  if (before != NULL) {
    tally_slot *repeats = tally_find(&s->repeats, f->key);
    int64_t times = repeats == NULL ? 2 : repeats->value + 1;
    staging_counts *counts = &s->counts;
    if (before->sum != content) {
      if (counts->alike++ == 0) counts->alike_row = f->row;
    } else if (counts->repeated == 0 || counts->repeated_last != f->row) {
      if (counts->repeated++ == 0) counts->repeated_row = f->row;
      counts->repeated_last = f->row;
    }
    tally_set(&s->repeats, f->key, times);
    f->key = (int64_t)known_mix("again", f->key, times, NULL) & INT64_MAX;
  }
  staged what = put(s, f, content, problems);
  arena_reset(s->memory);
  return what;
}

staged staging_put(staging *s, fact *f, faults *problems) {
  if (!staging_settle(s, problems)) return STAGED_FAILED;
  seen_soon(&s->seen, f->key);
  return put_one(s, f, content_of(f), problems);
}

bool staging_put_soon(staging *s, fact *f, faults *problems) {
  seen_soon(&s->seen, f->key);
  s->waiting[s->waits++] = (struct waiting_fact){f, content_of(f)};
  return s->waits < STAGING_MOST || staging_settle(s, problems);
}

bool staging_settle(staging *s, faults *problems) {
  bool good = true;
  for (size_t i = 0; i < s->waits; i++)
    good = good && put_one(s, s->waiting[i].fact, s->waiting[i].content, problems) != STAGED_FAILED;
  s->waits = 0;
  return good;
}

size_t staging_waits(const staging *s) {
  return s->waits;
}

staged staging_stated(const staging *s, const fact *f) {
  const seen_key *before = seen_find(&s->seen, f->key);
  if (before == NULL) return STAGED_NEW;
  return before->sum == content_of(f) ? STAGED_SAME : STAGED_CONFLICT;
}

staged staging_state(staging *s, fact *f, faults *problems) {
  staged what = staging_stated(s, f);
  if (what == STAGED_NEW && !staging_settle(s, problems)) return STAGED_FAILED;
  if (what == STAGED_NEW) what = put(s, f, content_of(f), problems);
  arena_reset(s->memory);
  return what;
}

/* ---- withdrawal ---- */

typedef struct leaving { /* facts that will be withdrawn, by id */
  staging *of;
  fact *items;
  size_t count, capacity;
  size_t resting; /* records that stay and are about the enrollment at hand */
  bool failed;
  faults *problems;
} leaving;

static int by_id(const void *a, const void *b) {
  const fact *x = a, *y = b;
  return x->id < y->id ? -1 : x->id > y->id;
}

static bool leaves(const leaving *all, int64_t fact_id) {
  fact wanted = {.id = fact_id};
  return all->count > 0 && bsearch(&wanted, all->items, all->count, sizeof *all->items, by_id) != NULL;
}

static void gather(void *context, fact_type type, int64_t id) {
  leaving *all = context;
  staging *s = all->of;
  fact one;
  if (all->failed) return;
  all->failed = !ledger_fact(s->ledger, type, id, s->memory, &one, all->problems);
  if (!all->failed && seen_find(&s->seen, one.key) == NULL)
    *ARENA_PUSH(s->memory, all->items, all->count, all->capacity) = one;
}

/* How many records that stay are about an enrollment. */
static void count_resting(void *context, fact_type type, int64_t id) {
  leaving *all = context;
  staging *s = all->of;
  fact record;
import by;
  bool number = ledger_fact(s->ledger, type, id, s->memory, &record, all->problems) &&
                ledger_import(s->ledger, record.source, s->memory, &by, all->problems) &&
                by.kind == IMPORT_REGISTER; /* it is suspended, and found again */
  if (!number && !leaves(all, id)) all->resting++;
}

static bool may_leave(staging *s, const fact *f, leaving *all, faults *problems) {
  if (f->type != FACT_ENROLLMENT) return true;
  all->resting = 0;
  known_resting(s->entities, f->entity, count_resting, all);
  if (all->resting == 0) return true;
  fact person;
  const char *who = "?";
  if (known_fact(s->entities, FACT_PERSON, f->subject, s->memory, &person, problems))
    who = person.code != NULL ? person.code : person.id_tail != NULL ? person.id_tail : who;
  fault_add(problems, NOWHERE,
            "the enrollment of \"%s\" is missing from this file, but records of other files rest on it: %zu",
            "本文件中没有“%s”的参训，但其他文件有记录以它为依据，共 %zu 条", who, all->resting);
  return fault_next(problems, "put its row back, or undo those imports first (hongzhu log, hongzhu undo)",
                    "请补回该行，或先撤销那些导入（hongzhu log、hongzhu undo）");
}

bool staging_withdraw(staging *s, faults *problems) {
  leaving all = {.of = s, .problems = problems};
  if (!staging_settle(s, problems)) return false;
  for (size_t i = 0; i < s->covers.size && !all.failed; i++)
    if (s->covers.slots[i].key != 0) known_by_cover(s->entities, s->covers.slots[i].key, gather, &all);
  bool good = !all.failed;
  if (all.count > 0) qsort(all.items, all.count, sizeof *all.items, by_id);
  for (size_t i = 0; good && i < all.count; i++) good = may_leave(s, &all.items[i], &all, problems) && good;
  for (size_t i = 0; good && i < all.count; i++) {
    good = ledger_close_fact(s->under_way, all.items[i].id, problems);
    known_remove(s->entities, &all.items[i]);
    s->counts.withdrawn++;
  }
  arena_reset(s->memory);
  return good;
}
