#include "task/known.h"

#include "base/json.h"
#include "base/scratch.h"
#include "ledger/current.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_PRIVATE ((size_t)8 << 20) /* of more people than a city has, the rest of the table is in a file */
#define NOBODY        INT64_C(-1)       /* a slot whose entry went away */

typedef struct slot {
  uint64_t hash; /* 0: empty */
  int64_t entity;
  int64_t fact;
} slot;

/* What an entry is found by. */
typedef enum found_by {
  ROLE_FACT,
  ROLE_CODE,
  ROLE_NAME,
  ROLE_ID,
  ROLE_SCHOOL, /* a person's posts in an organization */
  ROLE_POST,   /* those of one kind */
  ROLE_ENROLLED,
  ROLE_KEY,
  ROLE_COVER,
  ROLE_RESTS, /* records about an enrollment */
  ROLE_PERSON /* a code that was looked up in the subject file, of one person: a roster names each again and again */
} found_by;

typedef struct merging {
  int64_t from, into;
} merging;

struct known {
  ledger *ledger;
  faults *problems;
  arena *memory;   /* for one fact at a time */
  current *before; /* what the subject file tells of; NULL: an empty ledger */
  int64_t upto;    /* the import up to which keys are known */
  digest secret;   /* of the hashes: what a file calls its entities cannot be chosen to meet others */
  scratch room;    /* of the slots */
  slot *slots;
  size_t size, used; /* size is a power of two */
  arena *kept;
  merging *merges; /* open ones, in order */
  size_t merge_count, merge_capacity;
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
  k->room = (scratch){.folder = old_room.folder, .private_most = SLOTS_PRIVATE};
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
  for (size_t steps = 0; steps <= k->merge_count; steps++) {
    size_t i = 0;
    while (i < k->merge_count && k->merges[i].from != person) i++;
    if (i == k->merge_count) break;
    person = k->merges[i].into;
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
  each(k, mix(k, ROLE_SCHOOL, person, f->object, NULL), person, id);
  each(k, mix(k, ROLE_POST, person, f->object, f->kind), person, id);
}

static void each_of(known *k, const fact *f, int64_t id, each_hash *each) {
  if (f->type == FACT_POST) {
    post_hashes(k, f, id, each);
  } else if (fact_is_entity(f->type)) {
    each(k, mix(k, ROLE_FACT, f->type, f->entity, NULL), f->entity, id);
    if (f->type == FACT_ENROLLMENT) {
      int64_t person = known_current(k, f->subject);
      each(k, mix(k, ROLE_ENROLLED, person, 0, NULL), f->entity, id);
      if (f->object != 0) each(k, mix(k, ROLE_ENROLLED, person, f->object, NULL), f->entity, id);
    }
    const char *code = f->code == NULL ? NULL : text_key(k->memory, f->code);
    if (code != NULL) each(k, mix(k, ROLE_CODE, f->type, 0, code), f->entity, id);
    if (code != NULL && f->type == FACT_PERSON) drop(k, mix(k, ROLE_PERSON, 0, 0, code), 0);
    name_hashes(k, f, f->name, id, each);
    if (f->type == FACT_ORGANIZATION) alias_hashes(k, f, id, each);
    if (f->type == FACT_PERSON && f->has_id) each(k, mix(k, ROLE_ID, digest_key(f->id_hash), 0, NULL), f->entity, id);
  } else if (f->type == FACT_RECORD && f->subject_type == FACT_ENROLLMENT && f->cover != 0) {
    each(k, mix(k, ROLE_RESTS, f->subject, 0, NULL), f->subject, id);
  }
  arena_reset(k->memory);
}

void known_add(known *k, const fact *f, int64_t id) {
  each_of(k, f, id, add_each);
}

void known_remove(known *k, const fact *f) {
  each_of(k, f, f->id, drop_each);
  drop(k, mix(k, ROLE_KEY, f->type, f->key, NULL), f->id);
  drop(k, mix(k, ROLE_COVER, f->cover, 0, NULL), f->id);
  drop(k, mix(k, ROLE_RESTS, f->subject, 0, NULL), f->id);
  if (k->before != NULL) current_leave_out(k->before, f->id);
}

/* ---- beginning ---- */

/* What came since the subject file was made; `type` of the fact stands in the place of the entity. */
static void add_keys(known *k, const fact *f) {
  if (f->key != 0) add(k, mix(k, ROLE_KEY, f->type, f->key, NULL), f->type, f->id);
  if (f->cover != 0) add(k, mix(k, ROLE_COVER, f->cover, 0, NULL), f->type, f->id);
  if (f->type == FACT_RECORD && f->subject_type == FACT_ENROLLMENT && f->cover == 0)
    add(k, mix(k, ROLE_RESTS, f->subject, 0, NULL), f->subject, f->id);
}

static bool take_newer(void *context, const fact *f, bool opened) {
  known *k = context;
  if (!opened) return true;
  known_add(k, f, f->id);
  add_keys(k, f);
  return true;
}

static bool take_keys(void *context, const fact *f, bool opened) {
  if (opened) add_keys(context, f);
  return true;
}

static bool take_merge(void *context, const fact *f) {
  known *k = context;
  *ARENA_PUSH(k->kept, k->merges, k->merge_count, k->merge_capacity) = (merging){f->subject, f->object};
  return true;
}

known *known_open(ledger *l, faults *problems) {
  known *k = memory_take(sizeof *k);
  k->ledger = l;
  k->problems = problems;
  k->memory = arena_new();
  k->kept = arena_new();
  k->secret = ledger_chain(l, 1);
  k->room.folder = ledger_folder(l);
  k->upto = ledger_last(l);
  bool good = true;
  if (k->upto > 0) {
    k->before = current_open(l, problems);
    good = k->before != NULL && ledger_facts(l, FACT_MERGE, k->upto, take_merge, k, problems) &&
           ledger_changes(l, current_since(k->before), take_newer, k, problems);
  }
  if (good) return k;
  known_close(k);
  return NULL;
}

bool known_catch_up(known *k, faults *problems) {
  int64_t since = k->upto;
  k->upto = ledger_last(k->ledger);
  return since == k->upto || ledger_changes(k->ledger, since, take_keys, k, problems);
}

void known_close(known *k) {
  if (k == NULL) return;
  current_close(k->before);
  arena_free(k->memory);
  arena_free(k->kept);
  scratch_free(&k->room);
  free(k);
}

/* ---- lookups ---- */

/* Entities under way: in the order of their facts, each once; of merged persons, whom they were merged into. */
typedef struct collecting {
  const known *of;
  found_entities *out;
  int64_t facts[KNOWN_MOST];
  bool persons;
  int64_t organization; /* only persons with a post there; 0: all */
  int64_t cohort;       /* only enrollments in it; 0: all */
} collecting;

static bool works_in(const known *k, int64_t person, int64_t organization);

static void collect_one(collecting *c, int64_t found, int64_t fact_id) {
  found_entities *out = c->out;
  int64_t entity = c->persons ? known_current(c->of, found) : found;
  for (size_t i = 0; i < out->count; i++)
    if (out->entity[i] == entity) return;
  if (out->count == KNOWN_MOST || (c->organization != 0 && !works_in(c->of, entity, c->organization))) return;
  size_t to = out->count++;
  for (; to > 0 && c->facts[to - 1] > fact_id; to--) {
    c->facts[to] = c->facts[to - 1];
    out->entity[to] = out->entity[to - 1];
  }
  c->facts[to] = fact_id;
  out->entity[to] = entity;
}

static void collect_hit(void *context, const current_hit *hit) {
  collecting *c = context;
  if (c->cohort == 0 || hit->object == c->cohort) collect_one(c, hit->entity, hit->fact);
}

static void collect_slots(collecting *c, uint64_t hash) {
  size_t at = (size_t)hash;
  for (slot *s = next_slot(c->of, hash, &at); s != NULL; s = next_slot(c->of, hash, &at))
    collect_one(c, s->entity, s->fact);
}

static void collect_named(collecting *c, subjects_naming how, fact_type type, const void *bytes, size_t size) {
  if (c->of->before != NULL) current_named(c->of->before, how, type, bytes, size, collect_hit, c);
}

void known_by_id(const known *k, const digest *id_hash, found_entities *out) {
  int64_t id = digest_key(*id_hash);
  collecting c = {.of = k, .out = out, .persons = true};
  out->count = 0;
  collect_named(&c, NAMED_ID, FACT_PERSON, &id, sizeof id);
  collect_slots(&c, mix(k, ROLE_ID, id, 0, NULL));
}

uint64_t known_code_hash(const known *k, const char *code_key) {
  uint64_t hash = mix(k, ROLE_PERSON, 0, 0, code_key);
  if (k->size == 0) return hash;
  const slot *first = &k->slots[hash & (k->size - 1)];
  __builtin_prefetch(first);
  __builtin_prefetch(first + 2); /* the next ones, too, are looked at more often than not */
  return hash;
}

bool known_by_code_hash(const known *k, uint64_t hash, found_entities *out) {
  const slot *met = first_slot(k, hash);
  if (met == NULL) return false;
  out->entity[0] = met->entity;
  out->count = 1;
  return true;
}

static void person_by_code(known *k, const char *code_key, found_entities *out) {
  uint64_t hash = mix(k, ROLE_PERSON, 0, 0, code_key);
  collecting c = {.of = k, .out = out, .persons = true};
  out->count = 0;
  if (known_by_code_hash(k, hash, out)) return;
  collect_named(&c, NAMED_CODE, FACT_PERSON, code_key, strlen(code_key));
  size_t before = out->count;
  collect_slots(&c, mix(k, ROLE_CODE, FACT_PERSON, 0, code_key));
  if (before == 1 && out->count == 1) add(k, hash, out->entity[0], 0);
}

void known_by_code(const known *k, fact_type type, const char *code_key, found_entities *out) {
  collecting c = {.of = k, .out = out};
  if (type == FACT_PERSON) {
    person_by_code((known *)(uintptr_t)k, code_key, out); /* what was found is kept, nothing else changes */
    return;
  }
  out->count = 0;
  collect_named(&c, NAMED_CODE, type, code_key, strlen(code_key));
  collect_slots(&c, mix(k, ROLE_CODE, type, 0, code_key));
}

void known_by_name(const known *k, fact_type type, const char *name_key, found_entities *out) {
  collecting c = {.of = k, .out = out, .persons = type == FACT_PERSON};
  out->count = 0;
  collect_named(&c, NAMED_NAME, type, name_key, strlen(name_key));
  collect_slots(&c, mix(k, ROLE_NAME, type, 0, name_key));
}

void known_by_school(const known *k, const char *name_key, int64_t organization, found_entities *out) {
  collecting c = {.of = k, .out = out, .persons = true, .organization = organization};
  out->count = 0;
  collect_named(&c, NAMED_NAME, FACT_PERSON, name_key, strlen(name_key));
  collect_slots(&c, mix(k, ROLE_NAME, FACT_PERSON, 0, name_key));
}

/* What the subject file lists under a person, and under those who were merged into them since. */
static void listed_under(const known *k, fact_type table, int64_t person, current_visit *visit, void *context) {
  if (k->before == NULL) return;
  current_listed(k->before, table, FACT_PERSON, person, visit, context);
  for (size_t i = 0; i < k->merge_count; i++)
    if (k->merges[i].from != person && known_current(k, k->merges[i].from) == person)
      current_listed(k->before, table, FACT_PERSON, k->merges[i].from, visit, context);
}

void known_enrollments(const known *k, int64_t person, int64_t cohort, found_entities *out) {
  collecting c = {.of = k, .out = out, .cohort = cohort};
  out->count = 0;
  listed_under(k, FACT_ENROLLMENT, person, collect_hit, &c);
  collect_slots(&c, mix(k, ROLE_ENROLLED, person, cohort, NULL));
}

typedef struct post_asked {
  const known *of;
  int64_t organization;
  bool any; /* of any kind */
  const char *kind;
  bool found;
} post_asked;

static void ask_post(void *context, const current_hit *hit) {
  post_asked *asked = context;
  if (hit->object != asked->organization || asked->found) return;
  fact f;
  asked->found =
      asked->any || (ledger_fact(asked->of->ledger, FACT_POST, hit->fact, asked->of->memory, &f, asked->of->problems) &&
                     text_same(f.kind, asked->kind));
  arena_reset(asked->of->memory);
}

static bool works_in(const known *k, int64_t person, int64_t organization) {
  if (first_slot(k, mix(k, ROLE_SCHOOL, person, organization, NULL)) != NULL) return true;
  post_asked asked = {.of = k, .organization = organization, .any = true};
  listed_under(k, FACT_POST, person, ask_post, &asked);
  return asked.found;
}

bool known_has_post(const known *k, int64_t person, int64_t organization, const char *kind) {
  if (first_slot(k, mix(k, ROLE_POST, person, organization, kind)) != NULL) return true;
  post_asked asked = {.of = k, .organization = organization, .kind = kind};
  listed_under(k, FACT_POST, person, ask_post, &asked);
  return asked.found;
}

/* Of several facts about an entity the one opened first. */
typedef struct fact_asked {
  const known *of;
  int64_t entity, first;
} fact_asked;

static void ask_fact(void *context, const current_hit *hit) {
  fact_asked *asked = context;
  fact f;
  if (asked->first != 0 && asked->first < hit->fact) return;
  if (ledger_fact(asked->of->ledger, hit->type, hit->fact, asked->of->memory, &f, asked->of->problems) &&
      f.entity == asked->entity)
    asked->first = hit->fact;
  arena_reset(asked->of->memory);
}

bool known_fact(const known *k, fact_type type, int64_t entity, arena *a, fact *out, faults *problems) {
  fact_asked asked = {.of = k, .entity = entity};
  if (k->before != NULL) current_describing(k->before, type, entity, ask_fact, &asked);
  if (asked.first != 0) return ledger_fact(k->ledger, type, asked.first, a, out, problems);
  slot *s = first_slot(k, mix(k, ROLE_FACT, type, entity, NULL));
  return s != NULL && ledger_fact(k->ledger, type, s->fact, a, out, problems);
}

int64_t known_by_key(const known *k, fact_type type, int64_t key) {
  int64_t found = k->before == NULL ? 0 : current_by_key(k->before, type, key);
  slot *s = found != 0 || k->used == 0 ? NULL : first_slot(k, mix(k, ROLE_KEY, type, key, NULL));
  return s == NULL ? found : s->fact;
}

typedef struct visiting {
  known_visit *visit;
  void *context;
} visiting;

static void visit_hit(void *context, const current_hit *hit) {
  const visiting *v = context;
  v->visit(v->context, hit->type, hit->fact);
}

void known_by_cover(const known *k, int64_t cover, known_visit *visit, void *context) {
  visiting v = {visit, context};
  uint64_t hash = mix(k, ROLE_COVER, cover, 0, NULL);
  size_t at = (size_t)hash;
  if (k->before != NULL) current_by_cover(k->before, cover, visit_hit, &v);
  for (slot *s = next_slot(k, hash, &at); s != NULL; s = next_slot(k, hash, &at))
    visit(context, (fact_type)s->entity, s->fact);
}

void known_resting(const known *k, int64_t enrollment, known_visit *visit, void *context) {
  visiting v = {visit, context};
  uint64_t hash = mix(k, ROLE_RESTS, enrollment, 0, NULL);
  size_t at = (size_t)hash;
  if (k->before != NULL) current_listed(k->before, FACT_RECORD, FACT_ENROLLMENT, enrollment, visit_hit, &v);
  for (slot *s = next_slot(k, hash, &at); s != NULL; s = next_slot(k, hash, &at)) visit(context, FACT_RECORD, s->fact);
}
