/* What changed since the old file was made, and what it drags along: all facts about entities of whose facts one
 * changed, persons that were or are merged with them, and what referred to somebody of whom it cannot be told from the
 * old file who that was. */
#include "ledger/renewal.h"

#include <stdlib.h>
#include <string.h>

/* ---- facts and entities held ---- */

static void hold(renewal *r, const fact *f, bool was, bool is) {
  held_fact *to = ARENA_PUSH(r->memory, r->held, r->held_count, r->held_capacity);
  *to = (held_fact){*f, was, is};
  const char **texts[] = {&to->of.kind,   &to->of.code, &to->of.name,       &to->of.level,  &to->of.mode,
                          &to->of.status, &to->of.unit, &to->of.attributes, &to->of.id_tail};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = arena_text(r->memory, *texts[i]);
}

static int by_number(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static bool is_closed(const renewal *r, int64_t id) {
  return r->closed_count > 0 && bsearch(&id, r->closed, r->closed_count, sizeof id, by_number) != NULL;
}

/* A fact of the old file that is still known. */
static bool hold_known(renewal *r, fact_type type, int64_t id) {
  if (is_closed(r, id)) return true;
  fact f;
  bool failed;
  if (r->held_count >= 2 * r->most || !store_fact(r->of, type, id, r->memory, &f, &failed, r->unsaid))
    return renewal_anew(r);
  *ARENA_PUSH(r->memory, r->held, r->held_count, r->held_capacity) = (held_fact){f, true, true};
  return true;
}

static size_t slot_of(const renewal *r, int64_t entity) {
  size_t at = (size_t)(((uint64_t)entity * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (r->slot_count - 1);
  while (r->slots[at] != 0 && r->entities[r->slots[at] - 1].entity != entity) at = (at + 1) & (r->slot_count - 1);
  return at;
}

static void slots_grow(renewal *r) {
  r->slot_count = r->slot_count == 0 ? 256 : 2 * r->slot_count;
  r->slots = arena_array(r->memory, r->slot_count, sizeof *r->slots);
  for (size_t i = 0; i < r->entity_count; i++) r->slots[slot_of(r, r->entities[i].entity)] = (uint32_t)i + 1;
}

const renewed_entity *renewal_entity(const renewal *r, int64_t entity) {
  if (r->slot_count == 0) return NULL;
  uint32_t number = r->slots[slot_of(r, entity)];
  return number == 0 ? NULL : &r->entities[number - 1];
}

static bool tell_anew(renewal *r, fact_type type, int64_t entity) {
  if (entity <= 0) return true;
  if (2 * (r->entity_count + 1) > r->slot_count) slots_grow(r);
  size_t at = slot_of(r, entity);
  if (r->slots[at] != 0) return r->entities[r->slots[at] - 1].type == type || renewal_anew(r);
  *ARENA_PUSH(r->memory, r->entities, r->entity_count, r->entity_capacity) =
      (renewed_entity){.entity = entity, .type = type, .was = -1};
  r->slots[at] = (uint32_t)r->entity_count;
  return true;
}

static void row_goes(renewal *r, fact_type type, uint32_t row) {
  renewed_table *t = &r->tables[type];
  *ARENA_PUSH(r->memory, t->gone, t->gone_count, t->gone_capacity) = row;
}

/* ---- what changed ---- */

static bool take_change(void *context, const fact *f, bool opened) {
  renewal *r = context;
  if (r->held_count >= r->most) return renewal_anew(r);
  hold(r, f, !opened, opened);
  if (!opened) *ARENA_PUSH(r->memory, r->closed, r->closed_count, r->closed_capacity) = f->id;
  if (fact_is_entity(f->type) && !tell_anew(r, f->type, f->entity)) return false;
  if (f->type == FACT_MERGE) return tell_anew(r, FACT_PERSON, f->subject) && tell_anew(r, FACT_PERSON, f->object);
  return true;
}

static bool take_merge(void *context, const fact *f) {
  renewal *r = context;
  if (f->id > r->last_fact) return true; /* one that changed */
  if (r->held_count >= 2 * r->most) return renewal_anew(r);
  hold(r, f, true, true);
  return true;
}

/* Who was or is merged with somebody who is told of anew is, too; merges of others are let go again. */
static bool merged_persons(renewal *r) {
  bool person = false;
  for (size_t i = 0; i < r->entity_count && !person; i++) person = r->entities[i].type == FACT_PERSON;
  if (!person) return true;
  const size_t first = r->held_count;
  if (!ledger_facts(r->of, FACT_MERGE, r->known_after, take_merge, r, r->unsaid) || r->anew) return renewal_anew(r);
  for (size_t before = SIZE_MAX; before != r->entity_count;) {
    before = r->entity_count;
    for (size_t i = 0; i < r->held_count; i++) {
      const fact *f = &r->held[i].of;
      if (f->type != FACT_MERGE || (renewal_entity(r, f->subject) == NULL && renewal_entity(r, f->object) == NULL))
        continue;
      if (!tell_anew(r, FACT_PERSON, f->subject) || !tell_anew(r, FACT_PERSON, f->object)) return false;
    }
  }
  size_t kept = first;
  for (size_t i = 0; i < r->held_count; i++) {
    const fact *f = &r->held[i].of;
    bool ours = f->type == FACT_MERGE && renewal_entity(r, f->subject) != NULL;
    if (ours) r->entities[renewal_entity(r, f->subject) - r->entities].several = true;
    if (ours && renewal_entity(r, f->object) != NULL)
      r->entities[renewal_entity(r, f->object) - r->entities].several = true;
    if (i >= first && ours) r->held[kept++] = r->held[i];
  }
  r->held_count = kept > first ? kept : first;
  return true;
}

/* ---- what it drags along ---- */

size_t renewal_keys(const renewal *r, section_column column, int64_t hash, const subject_key **out) {
  const subject_key *keys = (const void *)r->file->found[FACT_NONE][column];
  size_t low = 0, high = (size_t)r->file->counts[FACT_NONE][column];
  const size_t count = high;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (keys[middle].hash < hash)
      low = middle + 1;
    else
      high = middle;
  }
  while (high < count && keys[high].hash == hash) high++;
  *out = keys + low;
  return high - low;
}

/* A row is made anew from its fact or, of an entity, from all facts about it. */
static bool read_again(renewal *r, fact_type type, int32_t row) {
  if (type == FACT_NONE || type >= FACT_MERGE || row < 0) return renewal_anew(r);
  const fact_columns *c = &r->old->of[type];
  if (fact_is_entity(type)) return tell_anew(r, type, c->entity[row]);
  if (is_closed(r, c->fact[row])) return true;
  row_goes(r, type, (uint32_t)row);
  return hold_known(r, type, c->fact[row]);
}

static bool read_listed(renewal *r, const subject_index *index, fact_type listed, fact_type of, int32_t subject) {
  const fact_columns *c = &r->old->of[listed];
  for (uint32_t k = index->offset[subject]; k < index->offset[subject + 1]; k++) {
    uint32_t row = index->rows[k];
    bool directly = (c->subject_type[row] == of && c->subject[row] == subject) ||
                    (c->object_type[row] == of && c->object[row] == subject);
    if (directly && !read_again(r, listed, (int32_t)row)) return false;
  }
  return true;
}

/* Who of those merged a row was about is not to be seen in the old file. */
static bool read_about_person(renewal *r, int32_t row) {
  const subjects *s = r->old;
  return read_listed(r, &s->posts, FACT_POST, FACT_PERSON, row) &&
         read_listed(r, &s->enrollments[FACT_PERSON], FACT_ENROLLMENT, FACT_PERSON, row) &&
         read_listed(r, &s->records[FACT_PERSON], FACT_RECORD, FACT_PERSON, row) &&
         read_listed(r, &s->relations[FACT_PERSON], FACT_RELATION, FACT_PERSON, row);
}

static bool described_so_far(renewal *r, const renewed_entity *e) {
  const subject_key *keys;
  int64_t teller = r->old->of[e->type].entity[e->was]; /* of those merged into one row one is asked */
  if (teller != e->entity) return tell_anew(r, e->type, teller);
  size_t count = renewal_keys(r, SECTION_FOLDED, subjects_row_hash(e->type, e->was), &keys);
  row_goes(r, e->type, (uint32_t)e->was);
  bool good = hold_known(r, e->type, r->old->of[e->type].fact[e->was]);
  for (size_t k = 0; k < count && good; k++) good = hold_known(r, e->type, keys[k].fact);
  return good && (!e->several || read_about_person(r, e->was));
}

/* It is there again: what referred to it all the time leads somewhere now. */
static bool referred_so_far(renewal *r, int64_t entity) {
  const subject_key *keys;
  size_t count = renewal_keys(r, SECTION_LOOSE, entity, &keys);
  bool good = true;
  for (size_t k = 0; k < count && good; k++) good = read_again(r, (fact_type)keys[k].type, keys[k].row);
  return good;
}

static bool drag_along(renewal *r) {
  for (size_t i = 0; i < r->entity_count; i++) {
    renewed_entity e = r->entities[i]; /* the list grows */
    const subject_key *key;
    size_t count = renewal_keys(r, SECTION_ENTITIES, e.entity, &key);
    if (count > 1 || (count == 1 && ((fact_type)key->type != e.type || key->row < 0))) return renewal_anew(r);
    e.was = r->entities[i].was = count == 0 ? -1 : key->row;
    if (e.was >= 0 ? !described_so_far(r, &e) : !referred_so_far(r, e.entity)) return false;
  }
  return true;
}

/* Rows of closed facts that are no entities: their columns of numbers are looked through. */
#define MARKS_MOST (UINT64_C(1) << 33) /* facts; a bit each */

static void closed_rows(renewal *r) {
  static const fact_type types[] = {FACT_POST, FACT_RECORD, FACT_RELATION};
  if (r->closed_count == 0) return;
  const size_t highest = (size_t)r->closed[r->closed_count - 1];
  if (highest / MARKS_MOST > 0) { /* no ledger counts so far: nothing is taken for it */
    renewal_anew(r);
    return;
  }
  uint8_t *marks = large_take(r->of->folder, highest / 8 + 1);
  for (size_t i = 0; i < r->closed_count; i++)
    if (r->closed[i] > 0) marks[r->closed[i] / 8] |= (uint8_t)(1 << r->closed[i] % 8);
  for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
    const fact_columns *c = &r->old->of[types[t]];
    for (uint32_t row = 0; row < c->count; row++) {
      uint64_t id = (uint64_t)c->fact[row];
      if (id <= highest && (marks[id / 8] >> id % 8 & 1)) row_goes(r, types[t], row);
    }
  }
  large_free(marks);
}

/* ---- two builders ---- */

static int by_fact(const void *a, const void *b) {
  const held_fact *left = a, *right = b;
  if (left->of.type != right->of.type) return left->of.type < right->of.type ? -1 : 1;
  return (left->of.id > right->of.id) - (left->of.id < right->of.id);
}

static subject_builder *builder_of(renewal *r, bool was) {
  subject_builder *b = builder_new(r->file->header.secret, r->of->folder);
  bool good = subjects_sources(r->of, b, r->unsaid);
  for (size_t i = 0; i < r->held_count && good; i++) {
    const held_fact *h = &r->held[i];
    if ((was ? h->was : h->is) && (i == 0 || h->of.id != h[-1].of.id)) good = builder_add(b, &h->of, NULL);
  }
  if (!good) renewal_anew(r);
  builder_fold(b);
  return b;
}

bool renewal_gather(renewal *r) {
  if (!ledger_changes(r->of, r->file->header.known_after, take_change, r, r->unsaid) || r->anew) return false;
  if (r->closed_count > 0) qsort(r->closed, r->closed_count, sizeof *r->closed, by_number);
  if (!merged_persons(r) || !drag_along(r)) return false;
  closed_rows(r);
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) renewal_sort_gone(&r->tables[type]);
  if (r->held_count > 0) qsort(r->held, r->held_count, sizeof *r->held, by_fact);
  r->was = builder_of(r, true);
  r->now = builder_of(r, false);
  return !r->anew;
}
