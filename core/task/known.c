#include "task/known.h"

#include "base/json.h"
#include "base/scratch.h"

#include <stdlib.h>
#include <string.h>

#define NOBODY INT64_C(-1) /* a slot whose entry went away */

typedef struct slot {
  uint64_t hash; /* 0: empty */
  int64_t entity;
  int64_t fact;
} slot;

/* What an entry is found by. */
typedef enum found_by {
  ROLE_MERGE,
  ROLE_FACT,
  ROLE_CODE,
  ROLE_NAME,
  ROLE_CALLED,
  ROLE_SCHOOL,
  ROLE_POST,
  ROLE_ENROLLED,
  ROLE_ID
} found_by;

struct known {
  ledger *ledger;
  arena *memory; /* for one fact at a time */
  digest secret; /* of the hashes: what a file calls its entities cannot be chosen to meet others */
  scratch room;  /* of the slots */
  slot *slots;
  size_t size, used; /* size is a power of two */
  bool merges;       /* is anybody merged */
};

uint64_t known_mix(const char *role, int64_t a, int64_t b, const char *text) {
  uint8_t bytes[256];
  size_t length = strlen(role), text_length = text == NULL ? 0 : strlen(text);
  memcpy(bytes, role, length);
  bytes[length++] = text == NULL ? 0 : 1;
  memcpy(bytes + length, &a, sizeof a);
  length += sizeof a;
  memcpy(bytes + length, &b, sizeof b);
  length += sizeof b;
  if (text_length > sizeof bytes - length) { /* a long text goes in as its digest */
    digest whole = digest_of(text, text_length);
    memcpy(bytes + length, whole.bytes, DIGEST_SIZE);
    length += DIGEST_SIZE;
  } else if (text_length > 0) {
    memcpy(bytes + length, text, text_length);
    length += text_length;
  }
  uint64_t hash = (uint64_t)digest_key(digest_of(bytes, length));
  return hash == 0 ? 1 : hash;
}

/* The same in numbers, for this table alone. */
static uint64_t mix(const known *k, found_by as, int64_t a, int64_t b, const char *text) {
  uint8_t bytes[256] = {(uint8_t)as, text != NULL};
  const size_t before = 2 + sizeof a + sizeof b;
  size_t length = text == NULL ? 0 : strlen(text);
  memcpy(bytes + 2, &a, sizeof a);
  memcpy(bytes + 2 + sizeof a, &b, sizeof b);
  if (length > sizeof bytes - before) { /* a long text goes in as its digest */
    digest whole = digest_of(text, length);
    length = sizeof whole.bytes;
    memcpy(bytes + before, whole.bytes, length);
  } else if (length > 0) {
    memcpy(bytes + before, text, length);
  }
  uint64_t hash = digest_short(&k->secret, bytes, before + length) & INT64_MAX;
  return hash == 0 ? 1 : hash;
}

/* ---- the table ---- */

static void place_slot(known *k, slot entry) {
  size_t at = (size_t)entry.hash & (k->size - 1);
  while (k->slots[at].hash != 0) at = (at + 1) & (k->size - 1);
  k->slots[at] = entry;
  k->used++;
}

static void grow(known *k) {
  const slot *old = k->slots;
  scratch old_room = k->room;
  size_t old_size = k->size;
  k->size = old_size == 0 ? 1024 : old_size * 2;
  k->room = (scratch){.folder = old_room.folder};
  k->slots = scratch_grow(&k->room, k->size * sizeof *k->slots);
  k->used = 0;
  size_t first = 0; /* behind a gap, so that entries of one hash stay in the order in which they came */
  while (first < old_size && old[first].hash != 0) first++;
  for (size_t i = 0; i < old_size; i++) {
    const slot *s = &old[(first + i) & (old_size - 1)];
    if (s->hash != 0 && s->entity != NOBODY) place_slot(k, *s);
  }
  scratch_free(&old_room);
}

static void add(known *k, uint64_t hash, int64_t entity, int64_t fact_id) {
  if ((k->used + 1) * 3 > k->size * 2) grow(k);
  place_slot(k, (slot){hash, entity, fact_id});
}

/* The next slot of a hash at or after *at; NULL when there are no more. */
static slot *next_slot(const known *k, uint64_t hash, size_t *at) {
  if (k->size == 0) return NULL;
  for (;; *at = (*at + 1) & (k->size - 1)) {
    slot *s = &k->slots[*at & (k->size - 1)];
    if (s->hash == 0) return NULL;
    if (s->hash != hash || s->entity == NOBODY) continue;
    *at = (*at + 1) & (k->size - 1);
    return s;
  }
}

static slot *first_slot(const known *k, uint64_t hash) {
  size_t at = (size_t)hash;
  return next_slot(k, hash, &at);
}

static void drop(known *k, uint64_t hash, int64_t fact_id) {
  size_t at = (size_t)hash;
  for (slot *s = next_slot(k, hash, &at); s != NULL; s = next_slot(k, hash, &at))
    if (s->fact == fact_id) s->entity = NOBODY;
}

int64_t known_current(const known *k, int64_t person) {
  if (!k->merges) return person;
  for (int steps = 0; steps < 64; steps++) {
    slot *s = first_slot(k, mix(k, ROLE_MERGE, person, 0, NULL));
    if (s == NULL) break;
    person = s->entity;
  }
  return person;
}

/* ---- what a fact is found by ---- */

typedef void each_hash(known *k, uint64_t hash, int64_t entity, int64_t fact_id);

static void add_each(known *k, uint64_t hash, int64_t entity, int64_t fact_id) {
  add(k, hash, entity, fact_id);
}
static void drop_each(known *k, uint64_t hash, int64_t entity, int64_t fact_id) {
  (void)entity;
  drop(k, hash, fact_id);
}

static void name_hashes(known *k, const fact *f, const char *name, int64_t id, each_hash *each) {
  if (name != NULL && name[0] != '\0') each(k, mix(k, ROLE_NAME, f->type, 0, text_key(k->memory, name)), f->entity, id);
}

static void alias_hashes(known *k, const fact *f, int64_t id, each_hash *each) {
  json_t *attributes = f->attributes == NULL ? NULL : json_loads(f->attributes, 0, NULL);
  json_t *aliases = json_object_get(attributes, "aliases");
  if (json_is_string(aliases)) name_hashes(k, f, json_string_value(aliases), id, each);
  size_t i;
  json_t *alias;
  json_array_foreach(aliases, i, alias) name_hashes(k, f, json_string_value(alias), id, each);
  json_decref(attributes);
}

static void post_hashes(known *k, const fact *f, int64_t id, each_hash *each) {
  int64_t person = known_current(k, f->subject);
  slot *called = first_slot(k, mix(k, ROLE_CALLED, f->subject, 0, NULL));
  if (called != NULL) each(k, mix(k, ROLE_SCHOOL, called->entity, f->object, NULL), f->subject, id);
  each(k, mix(k, ROLE_POST, person, f->object, f->kind), person, id);
}

static void each_of(known *k, const fact *f, int64_t id, each_hash *each) {
  if (f->type == FACT_POST) {
    post_hashes(k, f, id, each);
  } else if (f->type == FACT_MERGE) {
    k->merges = true;
    each(k, mix(k, ROLE_MERGE, f->subject, 0, NULL), f->object, id);
  } else if (fact_is_entity(f->type)) {
    each(k, mix(k, ROLE_FACT, f->type, f->entity, NULL), f->entity, id);
    if (f->type == FACT_ENROLLMENT) {
      int64_t person = known_current(k, f->subject);
      each(k, mix(k, ROLE_ENROLLED, person, 0, NULL), f->entity, id);
      if (f->object != 0) each(k, mix(k, ROLE_ENROLLED, person, f->object, NULL), f->entity, id);
    }
    if (f->code != NULL) each(k, mix(k, ROLE_CODE, f->type, 0, text_key(k->memory, f->code)), f->entity, id);
    name_hashes(k, f, f->name, id, each);
    if (f->type == FACT_ORGANIZATION) alias_hashes(k, f, id, each);
    if (f->type == FACT_PERSON && f->has_id) each(k, mix(k, ROLE_ID, digest_key(f->id_hash), 0, NULL), f->entity, id);
    if (f->type == FACT_PERSON && f->name != NULL)
      each(k, mix(k, ROLE_CALLED, f->entity, 0, NULL),
           (int64_t)mix(k, ROLE_NAME, FACT_PERSON, 0, text_key(k->memory, f->name)), id);
  }
  arena_reset(k->memory);
}

void known_add(known *k, const fact *f, int64_t id) {
  each_of(k, f, id, add_each);
}

void known_remove(known *k, const fact *f) {
  each_of(k, f, f->id, drop_each);
}

static bool visit(void *context, const fact *f) {
  known_add(context, f, f->id);
  return true;
}

known *known_open(ledger *l, faults *problems) {
  static const fact_type order[] = {FACT_MERGE,  FACT_PERSON,   FACT_ORGANIZATION, FACT_PROGRAMME,
                                    FACT_COHORT, FACT_ACTIVITY, FACT_ENROLLMENT,   FACT_POST};
  known *k = memory_take(sizeof *k);
  k->ledger = l;
  k->memory = arena_new();
  k->secret = ledger_chain(l, 1);
  k->room.folder = ledger_folder(l);
  int64_t last = ledger_last(l);
  for (size_t i = 0; last > 0 && i < sizeof order / sizeof *order; i++)
    if (!ledger_facts(l, order[i], last, visit, k, problems)) {
      known_close(k);
      return NULL;
    }
  return k;
}

void known_close(known *k) {
  if (k == NULL) return;
  arena_free(k->memory);
  scratch_free(&k->room);
  free(k);
}

/* ---- lookups ---- */

/* In the order of their facts, each entity once; of merged persons, whom they were merged into. */
static void collect(const known *k, uint64_t hash, bool persons, found_entities *out) {
  int64_t facts[KNOWN_MOST];
  size_t at = (size_t)hash;
  for (slot *s = next_slot(k, hash, &at); s != NULL; s = next_slot(k, hash, &at)) {
    int64_t entity = persons ? known_current(k, s->entity) : s->entity;
    bool there = false;
    for (size_t i = 0; i < out->count; i++) there = there || out->entity[i] == entity;
    if (there || out->count == KNOWN_MOST) continue;
    size_t to = out->count++;
    for (; to > 0 && facts[to - 1] > s->fact; to--) {
      facts[to] = facts[to - 1];
      out->entity[to] = out->entity[to - 1];
    }
    facts[to] = s->fact;
    out->entity[to] = entity;
  }
}

void known_by_id(const known *k, const digest *id_hash, found_entities *out) {
  out->count = 0;
  collect(k, mix(k, ROLE_ID, digest_key(*id_hash), 0, NULL), true, out);
}

void known_by_code(const known *k, fact_type type, const char *code_key, found_entities *out) {
  out->count = 0;
  collect(k, mix(k, ROLE_CODE, type, 0, code_key), type == FACT_PERSON, out);
}

void known_by_name(const known *k, fact_type type, const char *name_key, found_entities *out) {
  out->count = 0;
  collect(k, mix(k, ROLE_NAME, type, 0, name_key), type == FACT_PERSON, out);
}

void known_by_school(const known *k, const char *name_key, int64_t organization, found_entities *out) {
  int64_t name = (int64_t)mix(k, ROLE_NAME, FACT_PERSON, 0, name_key);
  out->count = 0;
  collect(k, mix(k, ROLE_SCHOOL, name, organization, NULL), true, out);
}

void known_enrollments(const known *k, int64_t person, int64_t cohort, found_entities *out) {
  out->count = 0;
  collect(k, mix(k, ROLE_ENROLLED, person, cohort, NULL), false, out);
}

bool known_has_post(const known *k, int64_t person, int64_t organization, const char *kind) {
  return first_slot(k, mix(k, ROLE_POST, person, organization, kind)) != NULL;
}

bool known_fact(const known *k, fact_type type, int64_t entity, arena *a, fact *out, faults *problems) {
  slot *s = first_slot(k, mix(k, ROLE_FACT, type, entity, NULL));
  return s != NULL && ledger_fact(k->ledger, type, s->fact, a, out, problems);
}
