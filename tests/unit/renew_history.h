/* What may happen to a ledger between two subject files: the steps of task_history.h, and some that are seldom: several
 * facts about one entity, circles of merges, entities that go and come back, other codes, activities, covers. */
#ifndef HONGZHU_TESTS_RENEW_HISTORY_H
#define HONGZHU_TESTS_RENEW_HISTORY_H

#include "unit/ledger_dump.h"
#include "unit/task_history.h"

#include "ledger/subjects_build.h"
#include "ledger/subjects_renew.h"

#include <sys/mman.h>

static inline int made_anew(bench *b) {
  int64_t last = ledger_last(b->ledger);
  int descriptor = memfd_create("anew", MFD_CLOEXEC);
  assert_true(descriptor >= 0);
  subject_builder *of = subjects_read(b->ledger, last, b->problems);
  if (of == NULL) bench_show(b);
  assert_non_null(of);
  builder_order(of);
  assert_true(builder_write(of, descriptor, ledger_chain(b->ledger, last), last));
  builder_free(of);
  return descriptor;
}

static inline mapped *map(int descriptor) {
  const char *reason;
  mapped *m = mapped_open(descriptor, &reason);
  if (reason == NULL) reason = mapped_fit(m, true, 1);
  if (reason != NULL) fail_msg("%s is wrong", reason);
  return m;
}

/* ---- steps of their own ---- */

typedef enum own_step {
  OWN_MIXED = STEP_KINDS,
  OWN_PEOPLE,
  OWN_GROUP,
  OWN_GONE,
  OWN_RECODE,
  OWN_ATTRIBUTES,
  OWN_END
} own_step;

static const char *const own_names[] = {"mixed", "people", "group", "gone", "recode", "attributes"};

static inline int64_t cover_of(history *h, uint64_t among) {
  return digest_key(digest_named(arena_format(h->b.memory, "cover %d", (int)draw(&h->chance, among))));
}

/* The same entity told of by another file: attributes and names that the first does not have. */
static inline void describe_again(history *h, importing *i) {
  static const fact_type types[] = {FACT_PERSON, FACT_PERSON, FACT_ORGANIZATION, FACT_ENROLLMENT, FACT_COHORT};
  facts_there all = there(h, types[draw(&h->chance, 5)]);
  if (all.count == 0) return;
  fact f = all.items[draw(&h->chance, all.count)];
  f.id = f.source = 0;
  f.row = ++h->row;
  f.cover = cover_of(h, 3);
  f.key = digest_key(digest_named(arena_format(h->b.memory, "%lld", (long long)h->row)));
  if (f.type != FACT_ENROLLMENT && draw(&h->chance, 2))
    f.name = arena_format(h->b.memory, "name %d", (int)draw(&h->chance, 9));
  f.attributes = draw(&h->chance, 2) ? "{\"aliases\":[\"name 1\",\"other\"]}" : "{\"theme\":\"阅读\"}";
  if (f.type == FACT_PERSON && draw(&h->chance, 2)) f.attributes = NULL;
  bench_put(&h->b, i, f);
}

static inline void put_activity(history *h, importing *i) {
  facts_there cohorts = there(h, FACT_COHORT), programmes = there(h, FACT_PROGRAMME), people = there(h, FACT_PERSON);
  fact f = filled(h, FACT_ACTIVITY, "session");
  f.entity = ledger_new_entity(i);
  f.code = arena_format(h->b.memory, "A%d", (int)draw(&h->chance, 6));
  bool cohort = draw(&h->chance, 3);
  f.subject_type = cohort ? FACT_COHORT : FACT_PROGRAMME;
  f.subject = one_of(h, cohort ? &cohorts : &programmes);
  if (f.subject == 0) return;
  bench_put(&h->b, i, f);
  for (uint64_t k = draw(&h->chance, 4); k > 0; k--) {
    fact r = filled(h, FACT_RECORD, "present");
    r.subject_type = FACT_PERSON;
    r.subject = one_of(h, &people);
    r.object_type = FACT_ACTIVITY;
    r.object = f.entity;
    r.since = r.until = some_date(h);
    r.cover = cover_of(h, 3);
    if (r.subject) bench_put(&h->b, i, r);
  }
}

static inline void put_mixed(history *h, importing *i) {
  static const char *const attributes[] = {NULL, "{\"theme\":\"阅读\",\"best\":true}",
                                           "{\"hours\":{\"amount\":\"1.5\"},\"themes\":[\"b\",\"a\"]}",
                                           "{\"day\":{\"date\":\"2024-03\"}}"};
  for (uint64_t k = 1 + draw(&h->chance, 5); k > 0; k--) {
    fact f = some_record(h);
    f.attributes = attributes[draw(&h->chance, 4)];
    f.cover = draw(&h->chance, 3) ? cover_of(h, 4) : 0;
    f.place = draw(&h->chance, 4) ? 0 : school_of(h);
    f.mode = draw(&h->chance, 5) ? NULL : arena_format(h->b.memory, "mode %d", (int)draw(&h->chance, 30));
    if (f.subject) bench_put(&h->b, i, f);
  }
}

/* Facts that tell of entities are closed, though others refer to them: what did so leads nowhere, until an undo. */
static inline void close_entity(history *h, importing *i) {
  static const fact_type types[] = {FACT_PERSON,   FACT_PERSON,    FACT_ENROLLMENT, FACT_ORGANIZATION,
                                    FACT_ACTIVITY, FACT_PROGRAMME, FACT_COHORT,     FACT_MERGE};
  facts_there all = there(h, types[draw(&h->chance, 8)]);
  if (all.count > 1) assert_true(ledger_close_fact(i, all.items[draw(&h->chance, all.count)].id, h->b.problems));
}

/* Another code or kind: it stands elsewhere in the order, and all that is listed by it. */
static inline void recode(history *h, importing *i) {
  static const fact_type types[] = {FACT_PERSON, FACT_PERSON,     FACT_ORGANIZATION, FACT_ACTIVITY,
                                    FACT_COHORT, FACT_ENROLLMENT, FACT_PROGRAMME};
  facts_there all = there(h, types[draw(&h->chance, 7)]);
  if (all.count == 0) return;
  fact f = all.items[draw(&h->chance, all.count)];
  assert_true(ledger_close_fact(i, f.id, h->b.problems));
  f.id = f.source = 0;
  f.row = ++h->row;
  if (f.type != FACT_ENROLLMENT)
    f.code = arena_format(h->b.memory, "%c%d", (int)('A' + draw(&h->chance, 26)), (int)draw(&h->chance, 99));
  if (f.type != FACT_PERSON && draw(&h->chance, 2))
    f.kind = arena_format(h->b.memory, "kind %d", (int)draw(&h->chance, 3));
  if (f.type == FACT_COHORT && draw(&h->chance, 2)) {
    facts_there programmes = there(h, FACT_PROGRAMME);
    f.subject = one_of(h, &programmes);
  }
  if (f.type == FACT_ENROLLMENT && draw(&h->chance, 2)) {
    facts_there people = there(h, FACT_PERSON), cohorts = there(h, FACT_COHORT);
    f.subject = one_of(h, &people);
    f.object = one_of(h, &cohorts);
  }
  bench_put(&h->b, i, f);
}

static inline void merge_more(history *h) {
  facts_there people = there(h, FACT_PERSON), merges = there(h, FACT_MERGE);
  if (people.count < 3) return;
  /* also chains, two merges of one person, circles, and persons who are gone */
  int64_t from = one_of(h, &people), into = one_of(h, &people);
  if (merges.count > 0 && draw(&h->chance, 2)) from = merges.items[draw(&h->chance, merges.count)].object;
  if (merges.count > 0 && draw(&h->chance, 3) == 0) into = merges.items[draw(&h->chance, merges.count)].subject;
  if (from == into) return;
  importing *i = begin(h);
  fact f = filled(h, FACT_MERGE, NULL);
  f.subject_type = f.object_type = FACT_PERSON;
  f.subject = from;
  f.object = into;
  bench_put(&h->b, i, f);
  bench_commit(&h->b, i);
}

static inline void take_own_step(history *h, const step *s) {
  if ((int)s->kind < STEP_KINDS) {
    take_step(h, s);
    return;
  }
  h->chance = s->seed;
  if ((int)s->kind == OWN_GROUP) {
    merge_more(h);
    return;
  }
  importing *i = begin(h);
  switch ((int)s->kind) {
  case OWN_MIXED:
    put_mixed(h, i);
    if (draw(&h->chance, 2)) put_activity(h, i);
    break;
  case OWN_PEOPLE:
    put_post(h, i, put_person(h, i), school_of(h));
    break;
  case OWN_GONE:
    close_entity(h, i);
    break;
  case OWN_RECODE:
    recode(h, i);
    break;
  default:
    describe_again(h, i);
  }
  bench_commit(&h->b, i);
}

static inline step some_step(uint64_t *chance) {
  static const int kinds[] = {STEP_RECORDS, STEP_CORRECT, STEP_CORRECT,   STEP_WITHDRAW, STEP_UNDO,   STEP_UNDO,
                              STEP_MERGE,   STEP_MOVE,    STEP_ENTITY,    STEP_RELATION, STEP_ENROLL, STEP_PERSON,
                              OWN_MIXED,    OWN_MIXED,    OWN_PEOPLE,     OWN_GROUP,     OWN_GONE,    OWN_GONE,
                              OWN_RECODE,   OWN_RECODE,   OWN_ATTRIBUTES, OWN_ATTRIBUTES};
  int kind = kinds[draw(chance, sizeof kinds / sizeof *kinds)];
  uint64_t seed = draw(chance, UINT32_MAX) << 16 ^ draw(chance, UINT32_MAX);
  return (step){(step_kind)kind, seed};
}

/* What the histories begin with: enough that a step is a small part. */
static inline void put_more_world(history *h) {
  put_world(h);
  for (int k = 0; k < 12; k++) {
    importing *i = begin(h);
    for (int n = 0; n < 6; n++) put_mixed(h, i);
    bench_commit(&h->b, i);
  }
}

#endif
