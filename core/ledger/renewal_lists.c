/* The lists by which facts are found: what was said of what is told of anew is taken out, what is said now put in, and
 * all else copied with the rows as they stand now. */
#include "ledger/renewal.h"

#include <stdlib.h>
#include <string.h>

#define RUN 4096 /* keys that are copied at a time */

typedef struct key_list {
  subject_key *items;
  size_t count, capacity;
} key_list;

typedef struct renewed_list {
  renewal *of;
  section_column column;
  arena *memory;
  const subject_key *old;
  size_t old_count;
  key_list out, in; /* taken out, put in */
} renewed_list;

static void push(renewed_list *w, key_list *to, int64_t hash, fact_type type, int32_t row, int64_t id) {
  *ARENA_PUSH(w->memory, to->items, to->count, to->capacity) =
      (subject_key){.hash = hash, .type = (uint8_t)type, .row = row, .fact = id};
}

/* ---- what is taken out and put in ---- */

static int64_t fact_of(const subject_builder *b, fact_type type, uint32_t row) {
  return build_value(&b->of[type], SECTION_FACT, row);
}

static void list_columns(renewed_list *w, const subject_builder *b, unsigned by, key_list *to) {
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    for (uint32_t row = 0; row < b->of[type].count; row++) {
      int64_t hash = build_value(&b->of[type], by, row);
      int32_t at = to == &w->in ? renewal_now_at(w->of, type, row) : -1;
      if (hash != 0) push(w, to, hash, type, at, fact_of(b, type, row));
    }
  }
}

static void list_names(renewed_list *w, const subject_builder *b, key_list *to) {
  for (size_t i = 0; i < b->names.count; i++) {
    const build_name *n = &b->names.items[i];
    int32_t at = to == &w->in ? renewal_now_at(w->of, n->type, n->row) : -1;
    push(w, to, n->hash, n->type, at, fact_of(b, n->type, n->row));
  }
}

static void list_entities(renewed_list *w) {
  const renewal *r = w->of;
  for (size_t i = 0; i < r->entity_count; i++) {
    const renewed_entity *e = &r->entities[i];
    uint32_t row = builder_row_of(r->now, e->type, e->entity);
    if (row != NO_ROW)
      push(w, &w->in, e->entity, e->type, renewal_now_at(r, e->type, row), fact_of(r->now, e->type, row));
    const subject_key *old;
    if (renewal_keys(r, SECTION_ENTITIES, e->entity, &old) > 0) push(w, &w->out, e->entity, e->type, -1, old->fact);
  }
}

static void list_folded(renewed_list *w) {
  const renewal *r = w->of;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const build_table *now = &r->now->of[type];
    for (uint32_t row = 0; row < now->count; row++) {
      if (build_value(now, BUILD_TOLD_BY, row) == 0) continue;
      int32_t at = renewal_now_at(r, type, row);
      push(w, &w->in, subjects_row_hash(type, at), type, at, fact_of(r->now, type, row));
    }
  }
}

/* Rows that only move are as they were in every list but that by rows. */
static bool only_moves(const renewal *r, fact_type type, uint32_t row) {
  const renewed_table *t = &r->tables[type];
  return !fact_is_entity(type) && renewal_goes(t, row) && renewed_position(t, (int32_t)row) >= 0;
}

static void list_moving(renewed_list *w) {
  const renewal *r = w->of;
  bool any = false;
  for (fact_type type = FACT_POST; type < FACT_MERGE; type++)
    for (size_t i = 0; i < r->tables[type].put_count && !any; i++) any = r->tables[type].put[i].from.old;
  for (size_t k = 0; any && k < w->old_count; k++) {
    const subject_key *key = &w->old[k];
    if (key->row < 0 || !only_moves(r, (fact_type)key->type, (uint32_t)key->row)) continue;
    push(w, &w->out, key->hash, (fact_type)key->type, -1, key->fact);
    push(w, &w->in, key->hash, (fact_type)key->type, renewed_position(&r->tables[key->type], key->row), key->fact);
  }
}

static const unsigned references[] = {SECTION_SUBJECT, SECTION_OBJECT, SECTION_PLACE};
enum { REFERENCES = 3 };

/* References of a row that was made from facts that lead nowhere. */
static void list_loose_now(renewed_list *w, fact_type type, const renewed_put *put) {
  const renewal *r = w->of;
  for (int i = 0; i < REFERENCES; i++) {
    int64_t entity = build_value(&r->now->of[type], references[i], put->from.row);
    if (entity > 0 && renewal_value(r, type, put->from, references[i]) < 0)
      push(w, &w->in, entity, type, put->at, fact_of(r->now, type, put->from.row));
  }
}

/* What stays and refers to somebody who is gone. */
static void list_left_alone(renewed_list *w, fact_type type) {
  const renewal *r = w->of;
  const fact_columns *c = &r->old->of[type];
  const int32_t *const columns[REFERENCES] = {c->subject, c->object, c->place};
  const uint8_t *const types[REFERENCES] = {c->subject_type, c->object_type, NULL};
  const renewed_table *t = &r->tables[type];
  for (int i = 0; i < REFERENCES; i++) {
    for (uint32_t row = 0; row < c->count; row++) {
      fact_type of = types[i] == NULL ? FACT_ORGANIZATION : (fact_type)types[i][row];
      int32_t to = columns[i][row];
      if (to < 0 || of == FACT_NONE || renewed_position(&r->tables[of], to) >= 0) continue;
      if (!renewal_goes(t, row) || only_moves(r, type, row))
        push(w, &w->in, r->old->of[of].entity[to], type, renewed_position(t, (int32_t)row), c->fact[row]);
    }
  }
}

static void list_loose(renewed_list *w) {
  const renewal *r = w->of;
  bool gone = false;
  for (size_t i = 0; i < r->entity_count && !gone; i++)
    gone = r->entities[i].was >= 0 && renewed_position(&r->tables[r->entities[i].type], r->entities[i].was) < 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const renewed_table *t = &r->tables[type];
    for (size_t i = 0; i < t->put_count; i++)
      if (!t->put[i].from.old) list_loose_now(w, type, &t->put[i]);
    if (gone) list_left_alone(w, type);
  }
}

/* ---- order ---- */

static int by_fact(const void *a, const void *b) {
  const subject_key *left = a, *right = b;
  if (left->hash != right->hash) return left->hash < right->hash ? -1 : 1;
  return (left->fact > right->fact) - (left->fact < right->fact);
}

static int by_row(const void *a, const void *b) {
  const subject_key *left = a, *right = b;
  if (left->hash != right->hash) return left->hash < right->hash ? -1 : 1;
  if (left->type != right->type) return left->type < right->type ? -1 : 1;
  if (left->row != right->row) return left->row < right->row ? -1 : 1;
  return (left->fact > right->fact) - (left->fact < right->fact);
}

static subject_key renewed_key(const renewed_list *w, const subject_key *old) {
  subject_key key = *old;
  key.row = renewed_position(&w->of->tables[old->type], old->row);
  if (w->column == SECTION_FOLDED) key.hash = subjects_row_hash((fact_type)key.type, key.row);
  return key;
}

/* Keys that stay, each where it stood among the others. */
static void copy_keys(const renewed_list *w, subject_stream *to, size_t first, size_t end) {
  subject_key run[RUN / 16];
  for (size_t some; first < end; first += some) {
    some = end - first < RUN / 16 ? end - first : RUN / 16;
    for (size_t k = 0; k < some; k++) run[k] = renewed_key(w, &w->old[first + k]);
    stream_put(to, run, some * sizeof *run);
  }
}

/* The first of the old keys from `from` on with at least that hash. */
static size_t first_of(const renewed_list *w, size_t from, int64_t hash) {
  size_t low = from, high = w->old_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (w->old[middle].hash < hash)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static size_t one_hash(const key_list *list, size_t from, int64_t hash) {
  while (from < list->count && list->items[from].hash == hash) from++;
  return from;
}

static bool taken_out(const key_list *list, size_t first, size_t end, int64_t id, size_t *taken) {
  subject_key wanted = {.fact = id};
  if (first == end) return false;
  wanted.hash = list->items[first].hash;
  bool found = bsearch(&wanted, list->items + first, end - first, sizeof wanted, by_fact) != NULL;
  *taken += found;
  return found;
}

/* Between the old keys of one hash those that come. */
static void merge_by_hash(renewed_list *w, subject_stream *to) {
  int (*const order)(const void *a, const void *b) = w->column == SECTION_COVERS ? by_row : by_fact;
  size_t out = 0, in = 0, next = 0, taken = 0;
  while (out < w->out.count || in < w->in.count) {
    int64_t hash = out == w->out.count                             ? w->in.items[in].hash
                   : in == w->in.count                             ? w->out.items[out].hash
                   : w->out.items[out].hash < w->in.items[in].hash ? w->out.items[out].hash
                                                                   : w->in.items[in].hash;
    size_t from = first_of(w, next, hash), out_end = one_hash(&w->out, out, hash), in_end = one_hash(&w->in, in, hash);
    copy_keys(w, to, next, from);
    for (next = from; next < w->old_count && w->old[next].hash == hash; next++) {
      if (taken_out(&w->out, out, out_end, w->old[next].fact, &taken)) continue;
      subject_key key = renewed_key(w, &w->old[next]);
      for (; in < in_end && order(&w->in.items[in], &key) < 0; in++)
        stream_put(to, &w->in.items[in], sizeof *w->in.items);
      stream_put(to, &key, sizeof key);
    }
    for (; in < in_end; in++) stream_put(to, &w->in.items[in], sizeof *w->in.items);
    out = out_end;
  }
  copy_keys(w, to, next, w->old_count);
  if (taken != w->out.count) renewal_anew(w->of);
}

/* Lists of rows: a key stays where its row does. */
static bool key_stays(const renewed_list *w, const subject_key *key) {
  if (key->row < 0 || key->type >= FACT_MERGE) return false; /* there are none */
  return !renewal_goes(&w->of->tables[key->type], (uint32_t)key->row) ||
         only_moves(w->of, (fact_type)key->type, (uint32_t)key->row);
}

static void merge_by_row(renewed_list *w, subject_stream *to) {
  size_t in = 0;
  for (size_t k = 0; k < w->old_count; k++) {
    if (!key_stays(w, &w->old[k])) continue;
    subject_key key = renewed_key(w, &w->old[k]);
    for (; in < w->in.count && by_fact(&w->in.items[in], &key) < 0; in++) stream_put(to, &w->in.items[in], sizeof key);
    stream_put(to, &key, sizeof key);
  }
  stream_put(to, w->in.items + in, (w->in.count - in) * sizeof *w->in.items);
}

static void list_write(renewal *r, subject_stream *to, section_column column) {
  renewed_list w = {.of = r, .column = column, .memory = arena_new()};
  w.old = (const void *)r->file->found[FACT_NONE][column];
  w.old_count = (size_t)r->file->counts[FACT_NONE][column];
  if (column == SECTION_KEYS || column == SECTION_COVERS) {
    list_columns(&w, r->was, column == SECTION_KEYS ? BUILD_KEY : BUILD_COVER, &w.out);
    list_columns(&w, r->now, column == SECTION_KEYS ? BUILD_KEY : BUILD_COVER, &w.in);
  }
  if (column == SECTION_COVERS) list_moving(&w);
  if (column == SECTION_NAMES) {
    list_names(&w, r->was, &w.out);
    list_names(&w, r->now, &w.in);
  }
  if (column == SECTION_ENTITIES) list_entities(&w);
  if (column == SECTION_FOLDED) list_folded(&w);
  if (column == SECTION_LOOSE) list_loose(&w);
  bool by_rows = column == SECTION_FOLDED || column == SECTION_LOOSE;
  size_t gone = w.out.count;
  for (size_t k = 0; by_rows && k < w.old_count; k++) gone += !key_stays(&w, &w.old[k]);
  if (gone > w.old_count) {
    renewal_anew(r);
  } else {
    if (w.out.count > 0) qsort(w.out.items, w.out.count, sizeof *w.out.items, by_fact);
    if (w.in.count > 0) qsort(w.in.items, w.in.count, sizeof *w.in.items, column == SECTION_COVERS ? by_row : by_fact);
    stream_section(to, FACT_NONE, column, sizeof(subject_key), w.old_count - gone + w.in.count);
    (by_rows ? merge_by_row : merge_by_hash)(&w, to);
  }
  arena_free(w.memory);
}

void renewal_lists_write(renewal *r, subject_stream *to) {
  for (section_column column = SECTION_KEYS; column < SECTION_COLUMNS && !r->anew; column++) list_write(r, to, column);
}
