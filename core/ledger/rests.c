#include "ledger/rests.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static int by_fact(const void *key, const void *element) {
  int64_t wanted = *(const int64_t *)key, here = ((const fact_pair *)element)->fact;
  return (wanted > here) - (wanted < here);
}

static int by_number(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static int64_t other_of(const fact_pair *pairs, size_t count, int64_t id) {
  const fact_pair *found = count == 0 ? NULL : bsearch(&id, pairs, count, sizeof *pairs, by_fact);
  return found == NULL ? 0 : found->other;
}

static bool among(const int64_t *numbers, size_t count, int64_t wanted) {
  return count > 0 && bsearch(&wanted, numbers, count, sizeof *numbers, by_number) != NULL;
}

static size_t unique(int64_t *numbers, size_t count) {
  size_t kept = 0;
  if (count > 0) qsort(numbers, count, sizeof *numbers, by_number);
  for (size_t i = 0; i < count; i++) {
    if (kept == 0 || numbers[kept - 1] != numbers[i]) numbers[kept++] = numbers[i];
  }
  return kept;
}

static bool pairs_read(ledger *l, const char *sql, arena *a, fact_pair **out, size_t *count, faults *problems) {
  size_t capacity = 0;
  bool failed = false;
  *out = NULL;
  *count = 0;
  sqlite3_stmt *s = store_prepare(l, sql, problems);
  while (s != NULL && store_step(l, s, &failed, problems)) {
    fact_pair pair = {sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1)};
    *ARENA_PUSH(a, *out, *count, capacity) = pair;
  }
  sqlite3_finalize(s);
  return s != NULL && !failed;
}

static int by_pair(const void *a, const void *b) {
  const fact_pair *left = a, *right = b;
  if (left->fact != right->fact) return left->fact < right->fact ? -1 : 1;
  return (left->other > right->other) - (left->other < right->other);
}

static int64_t origin_of(const undoing *u, int64_t id) {
  int64_t origin = other_of(u->copies, u->copy_count, id);
  return origin == 0 ? id : origin;
}

static bool is_open(const undoing *u, int64_t id) {
  return other_of(u->closings, u->closing_count, id) == 0;
}

/* The open fact of an origin: itself or a copy; 0 where it is closed. */
static int64_t open_of(const undoing *u, int64_t origin) {
  return is_open(u, origin) ? origin : other_of(u->open_copies, u->open_copy_count, origin);
}

/* The import that opened a fact first. */
static int64_t opener_of(const undoing *u, int64_t origin) {
  size_t low = 0, high = u->import_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (u->imports[middle].last_fact < origin) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < u->import_count ? (int64_t)low + 1 : 0;
}

static size_t first_closed(const undoing *u, int64_t origin) {
  size_t low = 0, high = u->closed_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (u->closed[middle].fact < origin) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static bool open_after(const undoing *u, int64_t origin) {
  int64_t opener = opener_of(u, origin);
  if (opener == 0 || !u->after[opener - 1]) return false;
  for (size_t k = first_closed(u, origin); k < u->closed_count && u->closed[k].fact == origin; k++) {
    if (u->after[u->closed[k].other - 1]) return false;
  }
  return true;
}

/* A fact's table is not known from its number: the one where the last was found is tried first. */
static bool fact_by_id(ledger *l, int64_t id, fact_type *type, arena *a, fact *out, faults *problems) {
  bool failed = false;
  for (fact_type tried = FACT_NONE; tried < FACT_TYPES && !failed; tried++) {
    fact_type of = tried == FACT_NONE ? *type : tried;
    if (tried == *type || !store_fact(l, of, id, a, out, &failed, problems)) continue;
    *type = of;
    return true;
  }
  return !failed && fault_add(problems, NOWHERE, "fact %lld is missing from ledger \"%s\"",
                              "事实 %lld 在台账“%s”中缺失", (long long)id, l->path);
}

static int64_t base_of(const undoing *u, int64_t id) {
  while (u->imports[id - 1].head.undoes > 0 && u->imports[id - 1].head.undoes < id) id = u->imports[id - 1].head.undoes;
  return id;
}

/* From the newest to the oldest, with one undo more: an undo that is undone counts no more. */
static void effects(undoing *u) {
  u->after = arena_array(u->memory, u->import_count, sizeof *u->after);
  for (size_t k = 0; k < u->import_count; k++) u->after[k] = true;
  u->after[u->target - 1] = false;
  for (size_t k = u->import_count; k-- > 0;) {
    int64_t undoes = u->imports[k].head.undoes;
    if (u->after[k] && undoes > 0 && undoes <= (int64_t)k) u->after[undoes - 1] = false;
  }
}

static void pairs_derive(undoing *u) {
  size_t capacity = 0;
  for (size_t k = 0; k < u->copy_count; k++) {
    fact_pair pair = {u->copies[k].other, u->copies[k].fact};
    if (is_open(u, pair.other)) *ARENA_PUSH(u->memory, u->open_copies, u->open_copy_count, capacity) = pair;
  }
  if (u->open_copy_count > 0) qsort(u->open_copies, u->open_copy_count, sizeof *u->open_copies, by_pair);
  capacity = 0;
  for (size_t k = 0; k < u->closing_count; k++) {
    fact_pair pair = {origin_of(u, u->closings[k].fact), u->closings[k].other};
    if (pair.other >= 1 && pair.other <= (int64_t)u->import_count && u->imports[pair.other - 1].head.undoes == 0)
      *ARENA_PUSH(u->memory, u->closed, u->closed_count, capacity) = pair;
  }
  if (u->closed_count > 0) qsort(u->closed, u->closed_count, sizeof *u->closed, by_pair);
}

/* Only what the base opened or closed can change. */
static bool changes(undoing *u, faults *problems) {
  size_t count = 0, capacity = 0, close_capacity = 0, open_count = 0;
  int64_t *touched = NULL;
  int64_t first = u->base == 1 ? 1 : u->imports[u->base - 2].last_fact + 1;
  for (int64_t id = first; id <= u->imports[u->base - 1].last_fact; id++)
    *ARENA_PUSH(u->memory, touched, count, capacity) = id;
  for (size_t k = 0; k < u->closed_count; k++) {
    if (u->closed[k].other == u->base) *ARENA_PUSH(u->memory, touched, count, capacity) = u->closed[k].fact;
  }
  count = unique(touched, count);
  for (size_t k = 0; k < count; k++) {
    int64_t open = open_of(u, touched[k]);
    bool wanted = open_after(u, touched[k]);
    if (open != 0 && !wanted) *ARENA_PUSH(u->memory, u->to_close, u->to_close_count, close_capacity) = open;
    if (open == 0 && wanted) touched[open_count++] = touched[k];
  }
  u->to_close_count = unique(u->to_close, u->to_close_count);
  u->to_open = arena_array(u->memory, open_count, sizeof *u->to_open);
  fact_type type = FACT_RECORD;
  for (size_t k = 0; k < open_count; k++) {
    if (!fact_by_id(u->of, touched[k], &type, u->memory, &u->to_open[k], problems)) return false;
  }
  u->to_open_count = open_count;
  return true;
}

bool undoing_read(ledger *l, int64_t target, arena *a, undoing *out, faults *problems) {
  *out = (undoing){.of = l, .memory = a, .target = target};
  size_t before = problems->errors;
  out->import_count = import_rows(l, a, &out->imports, problems);
  if (problems->errors > before ||
      !pairs_read(l, "SELECT fact, import FROM closing ORDER BY fact", a, &out->closings, &out->closing_count,
                  problems) ||
      !pairs_read(l, "SELECT fact, origin FROM copy ORDER BY fact", a, &out->copies, &out->copy_count, problems))
    return false;
  out->base = base_of(out, target);
  effects(out);
  pairs_derive(out);
  return changes(out, problems);
}

/* ---- what rests on it ---- */

/* Whether it came after the target, is no undo, and is in effect now. Numbers that were given out rest on nothing: they
 * are suspended while their holder is not known, and found again. */
static bool is_later(const undoing *u, int64_t id) {
  return id > u->target && id != u->base && id <= (int64_t)u->import_count && u->imports[id - 1].undone_by == 0 &&
         u->imports[id - 1].head.undoes == 0 && u->imports[id - 1].head.kind != IMPORT_REGISTER;
}

static bool will_close(const undoing *u, int64_t id) {
  return among(u->to_close, u->to_close_count, id);
}

static void mark_owner(const undoing *u, const fact *f, const rest_marks *marks) {
  int64_t opener = opener_of(u, origin_of(u, f->id));
  if (is_later(u, opener)) marks->rests[opener - 1] = true;
}

/* Two that are the same: a later one rests, one that an undone import had closed waits for that, else they are rivals.
 */
static void mark_rival(const undoing *u, const fact *f, const rest_marks *marks) {
  int64_t origin = origin_of(u, f->id), opener = opener_of(u, origin);
  bool waits = false;
  if (opener == 0) return;
  if (is_later(u, opener)) {
    marks->rests[opener - 1] = true;
    return;
  }
  for (size_t k = first_closed(u, origin); k < u->closed_count && u->closed[k].fact == origin; k++) {
    waits = true;
    marks->missing[u->closed[k].other - 1] = true;
  }
  if (!waits) marks->rivals[opener - 1] = true;
}

typedef struct scanning {
  const undoing *u;
  const rest_marks *marks;
  int64_t *lost; /* described by facts of the target only */
  size_t lost_count, lost_capacity;
  bool *kept;      /* of each lost one: described otherwise after all */
  int64_t *wanted; /* referred to by what would be opened again */
  size_t wanted_count, wanted_capacity;
  bool *described; /* of each wanted one */
  int64_t *keys;   /* identities of what would be opened again */
  size_t key_count, key_capacity;
  int64_t *again; /* entities that would be described again: other facts about the same ones are no rivals */
  size_t again_count, again_capacity;
} scanning;

static void mark(const int64_t *numbers, size_t count, int64_t number, bool *marks) {
  const int64_t *found = count == 0 ? NULL : bsearch(&number, numbers, count, sizeof *numbers, by_number);
  if (found != NULL) marks[found - numbers] = true;
}

static bool unmarked(const int64_t *numbers, size_t count, int64_t number, const bool *marks) {
  const int64_t *found =
      count == 0 || number == 0 ? NULL : bsearch(&number, numbers, count, sizeof *numbers, by_number);
  return found != NULL && !marks[found - numbers];
}

static bool collect_lost(void *context, const fact *f) {
  scanning *s = context;
  if (will_close(s->u, f->id)) *ARENA_PUSH(s->u->memory, s->lost, s->lost_count, s->lost_capacity) = f->entity;
  return true;
}

static bool mark_described(void *context, const fact *f) {
  scanning *s = context;
  if (will_close(s->u, f->id)) return true;
  mark(s->lost, s->lost_count, f->entity, s->kept);
  mark(s->wanted, s->wanted_count, f->entity, s->described);
  return true;
}

/* What tells one fact or entity from another: its key, and of an entity the code, the ID number or, unless it is a
 * person, the name. None of two that are open together may be the same. Returns how many there are. */
static size_t identities(const fact *f, int64_t out[4]) {
  size_t count = 0;
  if (f->key != 0) out[count++] = f->key ^ f->type;
  if (!fact_is_entity(f->type)) return count;
  const char *const texts[] = {f->code, f->type == FACT_PERSON ? NULL : f->name};
  for (int n = 0; n < 2; n++) {
    if (texts[n] != NULL)
      out[count++] = (int64_t)(checksum_of(texts[n], strlen(texts[n])) >> 2) ^ (int64_t)f->type << 8 ^ (n + 1) << 16;
  }
  if (f->has_id) out[count++] = digest_key(f->id_hash) ^ (int64_t)f->type << 8;
  return count;
}

static bool is_told_again(const scanning *s, const fact *f) {
  int64_t told[4];
  size_t count = s->key_count == 0 ? 0 : identities(f, told);
  for (size_t k = 0; k < count; k++) {
    const int64_t *found = bsearch(&told[k], s->keys, s->key_count, sizeof *s->keys, by_number);
    if (found != NULL &&
        (f->entity == 0 || !among(s->again, s->again_count, f->entity) || told[k] == (f->key ^ f->type)))
      return true;
  }
  return false;
}

static bool mark_referring(void *context, const fact *f) {
  scanning *s = context;
  if (will_close(s->u, f->id)) return true;
  if (unmarked(s->lost, s->lost_count, f->subject, s->kept) || unmarked(s->lost, s->lost_count, f->object, s->kept) ||
      unmarked(s->lost, s->lost_count, f->place, s->kept))
    mark_owner(s->u, f, s->marks);
  if (is_told_again(s, f)) mark_rival(s->u, f, s->marks);
  return true;
}

static bool mark_withdrawing(void *context, const fact *f, const fact_words *words, uint32_t checksum) {
  (void)words;
  (void)checksum;
  scanning *s = context;
  if (!unmarked(s->wanted, s->wanted_count, f->entity, s->described)) return true;
  int64_t origin = origin_of(s->u, f->id);
  for (size_t k = first_closed(s->u, origin); k < s->u->closed_count && s->u->closed[k].fact == origin; k++) {
    if (is_later(s->u, s->u->closed[k].other)) s->marks->rests[s->u->closed[k].other - 1] = true;
  }
  int64_t opener = opener_of(s->u, origin);
  if (opener != 0 && !s->u->after[opener - 1]) s->marks->missing[opener - 1] = true;
  return true;
}

static bool all_marked(const bool *marks, size_t count) {
  for (size_t k = 0; k < count; k++) {
    if (!marks[k]) return false;
  }
  return true;
}

static bool scan(const undoing *u, scanning *s, bool entities_only, fact_visit *visit, faults *problems) {
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (entities_only && !fact_is_entity(type)) continue;
    if (!ledger_facts(u->of, type, (int64_t)u->import_count, visit, s, problems)) return false;
  }
  return true;
}

static void reopened(const undoing *u, scanning *s) {
  for (size_t k = 0; k < u->to_open_count; k++) {
    const fact *f = &u->to_open[k];
    const int64_t entities[] = {f->subject, f->object, f->place};
    for (int n = 0; n < 3; n++) {
      if (entities[n] != 0) *ARENA_PUSH(u->memory, s->wanted, s->wanted_count, s->wanted_capacity) = entities[n];
    }
    int64_t told[4];
    size_t count = identities(f, told);
    for (size_t n = 0; n < count; n++) *ARENA_PUSH(u->memory, s->keys, s->key_count, s->key_capacity) = told[n];
    if (f->entity != 0) *ARENA_PUSH(u->memory, s->again, s->again_count, s->again_capacity) = f->entity;
  }
  s->again_count = unique(s->again, s->again_count);
  s->key_count = unique(s->keys, s->key_count);
  s->wanted_count = unique(s->wanted, s->wanted_count);
}

static void rests_directly(const undoing *u, const rest_marks *marks) {
  for (size_t k = 0; k < u->closed_count && !u->after[u->base - 1]; k++) {
    if (is_later(u, u->closed[k].other) && opener_of(u, u->closed[k].fact) == u->base)
      marks->rests[u->closed[k].other - 1] = true;
  }
  for (size_t k = 0; k < u->closed_count && u->after[u->base - 1]; k++) {
    int64_t opener = opener_of(u, u->closed[k].fact);
    if (u->closed[k].other == u->base && opener != 0 && !u->after[opener - 1]) marks->missing[opener - 1] = true;
  }
  const import *base = &u->imports[u->base - 1].head;
  for (int64_t id = u->target + 1; id <= (int64_t)u->import_count; id++) {
    const import *later = &u->imports[id - 1].head;
    bool compared = (later->same > 0 && u->to_close_count > 0) || base->closed > 0;
    if (is_later(u, id) && compared && later->kind == IMPORT_FILE && base->kind == IMPORT_FILE &&
        text_same(later->adapter, base->adapter))
      marks->rests[id - 1] = true;
  }
}

bool undoing_rests(const undoing *u, rest_marks *out, faults *problems) {
  out->rests = arena_array(u->memory, u->import_count, sizeof *out->rests);
  out->missing = arena_array(u->memory, u->import_count, sizeof *out->missing);
  out->rivals = arena_array(u->memory, u->import_count, sizeof *out->rivals);
  scanning s = {.u = u, .marks = out};
  rests_directly(u, out);
  reopened(u, &s);
  if (u->to_close_count > 0 && !scan(u, &s, true, collect_lost, problems)) return false;
  s.lost_count = unique(s.lost, s.lost_count);
  s.kept = arena_array(u->memory, s.lost_count, sizeof *s.kept);
  s.described = arena_array(u->memory, s.wanted_count, sizeof *s.described);
  for (size_t k = 0; k < u->to_open_count; k++) {
    mark(s.lost, s.lost_count, u->to_open[k].entity, s.kept);
    mark(s.wanted, s.wanted_count, u->to_open[k].entity, s.described);
  }
  if ((s.lost_count > 0 || s.wanted_count > 0) && !scan(u, &s, true, mark_described, problems)) return false;
  if ((!all_marked(s.kept, s.lost_count) || s.key_count > 0) && !scan(u, &s, false, mark_referring, problems))
    return false;
  for (fact_type type = FACT_PERSON; type < FACT_TYPES && !all_marked(s.described, s.wanted_count); type++) {
    if (fact_is_entity(type) &&
        !store_facts(u->of, type, (int64_t)u->import_count, FACTS_ALL, mark_withdrawing, &s, problems))
      return false;
  }
  return true;
}
