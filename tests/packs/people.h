/* Random people with uncertain records, for tests that decide one rule in two ways. The seed is fixed. */
#ifndef HONGZHU_TESTS_PACKS_PEOPLE_H
#define HONGZHU_TESTS_PACKS_PEOPLE_H

#include "check.h"

#include "pack/decide_role.h"
#include "pack/roles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 1000 };

typedef struct world {
  arena *memory;
  faults *problems;
  pack *pack;
  subjects *subjects;
  evaluation *evaluation;
  decide_worker *worker;
} world;

static uint64_t next_random(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return *state >> 33;
}

static date random_date(uint64_t *state) {
  int year = 2019 + (int)(next_random(state) % 5), month = 1 + (int)(next_random(state) % 12),
      day_in = 1 + (int)(next_random(state) % 28);
  uint64_t known = next_random(state) % 12;
  return date_of(year, known == 0 ? 0 : month, known <= 1 ? 0 : day_in);
}

static fact random_record(uint64_t *state, int64_t id, int64_t person) {
  static const char *const levels[] = {"school", "county", "city", NULL}, *const modes[] = {"face", "online"};
  static const bound bounds[] = {BOUND_EXACT, BOUND_EXACT,    BOUND_EXACT,   BOUND_EXACT,
                                 BOUND_EXACT, BOUND_AT_LEAST, BOUND_AT_MOST, BOUND_UNKNOWN};
  uint64_t level = next_random(state) % 13;
  fact f = {.type = FACT_RECORD,
            .id = id,
            .import = 1,
            .source = 1,
            .row = id,
            .part = 1,
            .key = id,
            .kind = "training",
            .unit = "学时",
            .subject_type = FACT_PERSON,
            .subject = person,
            .level = levels[level == 12 ? 3 : level % 3],
            .mode = modes[next_random(state) % 2]};
  f.since = random_date(state);
  f.until = f.since;
  /* some people have nothing uncertain, so that certain outcomes are tried too */
  bool plain = person % 3 == 0;
  if (plain) f.since = f.until = date_of_day(date_first(f.since));
  f.amount =
      (amount){(int64_t)(next_random(state) % 400) * 100000, plain ? BOUND_EXACT : bounds[next_random(state) % 8]};
  return f;
}

static void print_problems(const world *w) {
  for (size_t i = 0; i < w->problems->count; i++)
    print_message("%s\n", fault_text(w->memory, &w->problems->items[i], LANGUAGE_EN));
}

/* The world of a pack under tests/packs; not 0 after printing what is wrong. */
static int open_pack(void **state, const char *name) {
  arena *a = arena_new();
  world *w = arena_take(a, sizeof *w);
  *w = (world){.memory = a, .problems = faults_new(a)};
  const char *tree = getenv("HONGZHU_SOURCE");
  w->pack = pack_from_folder(a, arena_format(a, "%s/tests/packs/%s", tree ? tree : ".", name), w->problems);
  print_problems(w);
  if (!w->pack) return -1;
  uint64_t seed = 20251231;
  fact *facts = NULL;
  size_t count = 0, capacity = 0;
  int64_t id = 0;
  for (int64_t person = 1; person <= PEOPLE; person++) {
    id++;
    *ARENA_PUSH(a, facts, count, capacity) = (fact){.type = FACT_PERSON,
                                                    .id = id,
                                                    .import = 1,
                                                    .source = 1,
                                                    .row = id,
                                                    .part = 1,
                                                    .key = id,
                                                    .entity = person,
                                                    .code = arena_format(a, "T%04d", (int)person),
                                                    .since = DATE_NONE,
                                                    .until = DATE_NONE};
    for (uint64_t k = next_random(&seed) % 24; k > 0; k--) {
      id++;
      *ARENA_PUSH(a, facts, count, capacity) = random_record(&seed, id, person);
    }
  }
  w->subjects = subjects_of_facts(facts, count, w->problems);
  if (!w->subjects) return -1;
  day on;
  day_read("2023-01-31", &on);
  w->evaluation = evaluation_new(w->pack, w->subjects, on, w->problems);
  w->worker = decide_worker_new(a, w->pack, w->subjects, on, NULL);
  evaluation_elsewhere(w->evaluation, decide_worker_ask, w->worker);
  *state = w;
  return 0;
}

static int close_world(void **state) {
  world *w = *state;
  bool good = decide_worker_free(w->worker, w->problems);
  evaluation_free(w->evaluation);
  subjects_close(w->subjects);
  arena_free(w->memory);
  return good ? 0 : -1;
}

static inline void same_fraction(fraction a, fraction b) {
  assert_int_equal(a.above, b.above);
  assert_int_equal(a.below, b.below);
}

static inline void same_need(const need_result *a, const need_result *b) {
  assert_string_equal(a->need->id, b->need->id);
  assert_string_equal(a->need->title.in[LANGUAGE_EN], b->need->title.in[LANGUAGE_EN]);
  assert_true(text_same(a->need->unit, b->need->unit));
  assert_true(text_same(a->each, b->each));
  assert_int_equal(a->outcome, b->outcome);
  assert_int_equal(a->numbers, b->numbers);
  if (!a->numbers) return;
  same_fraction(a->had, b->had);
  same_fraction(a->had_most, b->had_most);
  same_fraction(a->needed, b->needed);
  same_fraction(a->missing, b->missing);
}

static inline void same_reasons(const need_reasons *a, const need_reasons *b) {
  assert_int_equal(a->counted_count, b->counted_count);
  for (size_t i = 0; i < a->counted_count; i++) {
    assert_int_equal(a->counted[i].row, b->counted[i].row);
    assert_int_equal(a->counted[i].sure, b->counted[i].sure);
    same_fraction(a->counted[i].amount, b->counted[i].amount);
  }
  assert_int_equal(a->left_count, b->left_count);
  for (size_t i = 0; i < a->left_count; i++) {
    assert_int_equal(a->left[i].row, b->left[i].row);
    assert_int_equal(a->left[i].reason, b->left[i].reason);
    assert_int_equal(a->left[i].amount_known, b->left[i].amount_known);
    if (a->left[i].amount_known) same_fraction(a->left[i].amount, b->left[i].amount);
  }
}

/* The same needs with the same records counted and left out; `b` is of the rule `written`. */
static inline void same_explanation(const explanation *a, const explanation *b, int32_t written) {
  assert_int_equal(b->decision.rule, written);
  assert_int_equal(b->decision.on, a->decision.on);
  assert_int_equal(b->decision.window.last, a->decision.window.last);
  assert_int_equal(a->decision.needs_count, b->decision.needs_count);
  for (size_t i = 0; i < a->decision.needs_count; i++) {
    same_need(&a->decision.needs[i], &b->decision.needs[i]);
    same_reasons(&a->needs[i], &b->needs[i]);
  }
}

#endif
