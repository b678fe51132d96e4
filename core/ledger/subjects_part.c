/* Subjects of a few people: which facts they rest on is found in places of the subject file and among the facts that
 * came since; the facts themselves are read from the ledger. */
#include "ledger/current.h"
#include "ledger/subjects_build.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Numbers that were met: facts, entities. */
typedef struct met {
  int64_t *slots; /* 0 is free */
  size_t size, used;
} met;

/* Which newer facts speak of an entity: as itself, their subject, or the other end. */
typedef struct newer_about {
  int64_t entity;
  const fact *fact;
} newer_about;

typedef struct parting {
  ledger *of;
  current *before;
  arena *memory;
  faults *problems;
  fact *newer; /* opened since the subject file was made */
  size_t newer_count, newer_capacity;
  newer_about *about; /* by entity */
  size_t about_count, about_capacity;
  fact *merges;
  size_t merge_count, merge_capacity;
  const fact **facts; /* what is wanted so far */
  size_t count, capacity;
  met taken, described, listed; /* facts; entities; persons */
  bool failed, viewing;
  bool plain; /* no entity is described anew since the file was made: where it leads nowhere it does so still */
} parting;

static size_t met_slot(const met *m, int64_t number) {
  size_t at = (size_t)(((uint64_t)number * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (m->size - 1);
  while (m->slots[at] != 0 && m->slots[at] != number) at = (at + 1) & (m->size - 1);
  return at;
}

/* Whether it was met before; now it has been. */
static bool met_before(parting *p, met *m, int64_t number) {
  if (2 * (m->used + 1) > m->size) {
    const met old = *m;
    m->size = old.size == 0 ? 64 : 2 * old.size;
    m->slots = arena_array(p->memory, m->size, sizeof *m->slots);
    for (size_t k = 0; k < old.size; k++)
      if (old.slots[k] != 0) m->slots[met_slot(m, old.slots[k])] = old.slots[k];
  }
  size_t at = met_slot(m, number);
  if (m->slots[at] == number) return true;
  m->slots[at] = number;
  m->used++;
  return false;
}

static void take(parting *p, const fact *f) {
  if (met_before(p, &p->taken, f->id)) return;
  *ARENA_PUSH(p->memory, p->facts, p->count, p->capacity) = arena_copy(p->memory, f, sizeof *f);
}

static void take_hit(void *context, const current_hit *hit) {
  parting *p = context;
  fact f;
  if (p->failed) return;
  p->failed = !(p->plain && current_fact(p->before, hit, p->memory, &f)) &&
              !ledger_fact(p->of, hit->type, hit->fact, p->memory, &f, p->problems);
  if (!p->failed) take(p, &f);
}

static int by_entity(const void *a, const void *b) {
  const newer_about *left = a, *right = b;
  if (left->entity != right->entity) return left->entity < right->entity ? -1 : 1;
  return (left->fact->id > right->fact->id) - (left->fact->id < right->fact->id);
}

/* The first of the newer facts that speak of an entity; the end where there is none. */
static size_t first_about(const parting *p, int64_t entity) {
  size_t low = 0, high = p->about_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (p->about[middle].entity < entity)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void describe(parting *p, fact_type type, int64_t entity) {
  if (entity <= 0 || !fact_is_entity(type) || met_before(p, &p->described, entity)) return;
  current_describing(p->before, type, entity, take_hit, p);
  for (size_t k = first_about(p, entity); k < p->about_count && p->about[k].entity == entity; k++) {
    const fact *f = p->about[k].fact;
    if (f->type == type && f->entity == entity) take(p, f);
  }
}

/* What is listed under an entity: in the file, and among what came since. */
static void list(parting *p, fact_type table, fact_type type, int64_t entity) {
  current_listed(p->before, table, type, entity, take_hit, p);
  for (size_t k = first_about(p, entity); k < p->about_count && p->about[k].entity == entity; k++) {
    const fact *f = p->about[k].fact;
    if (f->type == table && ((f->subject_type == type && f->subject == entity) ||
                             (table == FACT_RELATION && f->object_type == type && f->object == entity)))
      take(p, f);
  }
}

static int64_t became(const parting *p, int64_t person) {
  for (size_t steps = 0; steps <= p->merge_count; steps++) {
    size_t k = 0;
    while (k < p->merge_count && p->merges[k].subject != person) k++;
    if (k == p->merge_count) break;
    person = p->merges[k].object;
  }
  return person;
}

static void list_person(parting *p, int64_t person, bool relations) {
  size_t first = p->count;
  describe(p, FACT_PERSON, person);
  list(p, FACT_POST, FACT_PERSON, person);
  list(p, FACT_ENROLLMENT, FACT_PERSON, person);
  list(p, FACT_RECORD, FACT_PERSON, person);
  if (relations) list(p, FACT_RELATION, FACT_PERSON, person);
  for (size_t k = first; k < p->count && !p->failed; k++)
    if (p->facts[k]->type == FACT_ENROLLMENT) list(p, FACT_RECORD, FACT_ENROLLMENT, p->facts[k]->entity);
}

/* All that is said of a person, whoever was merged into them. */
static void take_person(parting *p, int64_t person, bool relations) {
  int64_t entity = became(p, person);
  if (met_before(p, &p->listed, entity)) return;
  list_person(p, entity, relations);
  for (size_t k = 0; k < p->merge_count && !p->failed; k++)
    if (p->merges[k].subject != entity && became(p, p->merges[k].subject) == entity)
      list_person(p, p->merges[k].subject, relations);
}

static void refer(parting *p, const fact *f, fact_type type, int64_t entity) {
  if (type == FACT_PERSON && f->type == FACT_RELATION)
    take_person(p, entity, false); /* what the other end did may count for this one */
  else
    describe(p, type, entity);
}

static bool note_newer(void *context, const fact *f, bool opened) {
  parting *p = context;
  if (!opened) return true;
  p->plain = p->plain && !fact_is_entity(f->type);
  fact *kept = ARENA_PUSH(p->memory, p->newer, p->newer_count, p->newer_capacity);
  *kept = *f;
  const char **texts[] = {&kept->kind,   &kept->code, &kept->name,       &kept->level,  &kept->mode,
                          &kept->status, &kept->unit, &kept->attributes, &kept->id_tail};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = arena_text(p->memory, *texts[i]);
  return true;
}

static bool note_merge(void *context, const fact *f) {
  parting *p = context;
  *ARENA_PUSH(p->memory, p->merges, p->merge_count, p->merge_capacity) = *f;
  return true;
}

static void note_about(parting *p, int64_t entity, const fact *f) {
  if (entity > 0) *ARENA_PUSH(p->memory, p->about, p->about_count, p->about_capacity) = (newer_about){entity, f};
}

static bool sort_newer(parting *p) {
  for (size_t k = 0; k < p->newer_count; k++) {
    const fact *f = &p->newer[k];
    if (fact_is_entity(f->type)) note_about(p, f->entity, f);
    note_about(p, f->subject, f);
    if (f->type == FACT_RELATION) note_about(p, f->object, f);
  }
  if (p->about_count > 0) qsort(p->about, p->about_count, sizeof *p->about, by_entity);
  return true;
}

static bool part_open(parting *p, ledger *l, faults *problems) {
  *p = (parting){.of = l, .memory = arena_new(), .problems = problems, .viewing = store_view(l), .plain = true};
  p->before = current_open(l, problems);
  return p->before != NULL && ledger_facts(l, FACT_MERGE, ledger_last(l), note_merge, p, problems) &&
         ledger_changes(l, current_since(p->before), note_newer, p, problems) && sort_newer(p);
}

static void part_close(parting *p) {
  store_view_end(p->of, p->viewing);
  current_close(p->before);
  arena_free(p->memory);
}

static subjects *part_build(parting *p) {
  int64_t last = ledger_last(p->of);
  subject_builder *b = builder_new(ledger_chain(p->of, 1), NULL);
  bool good = subjects_sources(p->of, b, p->problems);
  for (size_t k = 0; k < p->count && good; k++) good = builder_add(b, p->facts[k], NULL);
  for (size_t k = 0; k < p->merge_count && good; k++) good = builder_add(b, &p->merges[k], NULL);
  int descriptor = good ? memfd_create("subjects", MFD_CLOEXEC) : -1;
  subjects *s = NULL;
  if (descriptor >= 0) {
    builder_order(b);
    if (builder_write(b, descriptor, ledger_chain(p->of, last), last)) s = subjects_map(descriptor, p->problems);
    close(descriptor);
  }
  if (s == NULL && p->problems->errors == 0)
    fault_add(p->problems, NOWHERE, "the facts of a few people cannot be put together", "无法汇总所需人员的事实");
  builder_free(b);
  return s;
}

static subjects *part_of(parting *p, const int64_t *persons, size_t count) {
  for (size_t k = 0; k < count && !p->failed; k++)
    if (persons[k] > 0) take_person(p, persons[k], true);
  for (size_t k = 0; k < p->count && !p->failed; k++) { /* the list grows as it is gone through */
    const fact *f = p->facts[k];
    refer(p, f, f->subject_type, f->subject);
    refer(p, f, f->object_type, f->object);
    refer(p, f, FACT_ORGANIZATION, f->place);
  }
  return p->failed || p->problems->errors > 0 ? NULL : part_build(p);
}

subjects *subjects_open_of(ledger *l, const int64_t *persons, size_t count, faults *problems) {
  parting p;
  subjects *s = part_open(&p, l, problems) ? part_of(&p, persons, count) : NULL;
  part_close(&p);
  return s;
}

typedef struct coding {
  const parting *of;
  int64_t person;
  bool several;
} coding;

static void note_coded(coding *c, int64_t person) {
  int64_t entity = became(c->of, person);
  if (c->person != 0 && c->person != entity) c->several = true;
  c->person = entity;
}

static void code_hit(void *context, const current_hit *hit) {
  note_coded(context, hit->entity);
}

subjects *subjects_open_coded(ledger *l, const char *code, faults *problems) {
  parting p;
  subjects *s = NULL;
  if (part_open(&p, l, problems)) {
    coding c = {.of = &p};
    const char *key = text_key(p.memory, code);
    current_named(p.before, NAMED_CODE, FACT_PERSON, key, strlen(key), code_hit, &c);
    for (size_t k = 0; k < p.newer_count; k++) {
      const fact *f = &p.newer[k];
      if (f->type == FACT_PERSON && f->code != NULL && strcmp(text_key(p.memory, f->code), key) == 0)
        note_coded(&c, f->entity);
    }
    if (c.person != 0 && !c.several) s = part_of(&p, &c.person, 1);
  }
  part_close(&p);
  return s;
}
