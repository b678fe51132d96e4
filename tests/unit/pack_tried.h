/* What the tests of the evaluator share: a pack of one file, whole; facts made one by one; decisions about them. */
#ifndef HONGZHU_TESTS_PACK_TRIED_H
#define HONGZHU_TESTS_PACK_TRIED_H

#include "check.h"

#include "pack/decision.h"
#include "pack/figure.h"
#include "pack/group.h"
#include "pack/roles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct trial {
  arena *memory;
  faults *problems;
  pack_text text;
  json_t *image;
  pack *pack; /* NULL where something was wrong */
  fact *facts;
  size_t count, capacity;
  int64_t entities;
  subjects *subjects;
  evaluation *evaluation;
} trial;

/* `text` is the file p/all.lua, which returns a list of declarations. */
static inline void trial_open(trial *t, const char *text) {
  *t = (trial){.memory = arena_new()};
  t->problems = faults_new(t->memory);
  t->text.order = json_pack("[s]", "p");
  t->text.files =
      json_pack("{s:s, s:s}", "p/pack.lua", "return pack { id = 'p', title = { en = 'p' }, version = '1', api = 1 }",
                "p/all.lua", text);
  t->image = image_make(t->memory, &t->text, t->problems);
  if (t->image) t->pack = pack_compile(t->memory, &t->text, t->image, t->problems);
}

static inline void trial_compiles(trial *t, const char *text) {
  trial_open(t, text);
  for (size_t i = 0; i < t->problems->count; i++)
    print_message("%s\n", fault_text(t->memory, &t->problems->items[i], LANGUAGE_EN));
  assert_non_null(t->pack);
}

static inline void trial_forget(trial *t) { /* the facts, not the pack */
  evaluation_free(t->evaluation);
  subjects_close(t->subjects);
  t->evaluation = NULL;
  t->subjects = NULL;
  t->count = 0;
  t->entities = 0;
}

static inline void trial_close(trial *t) {
  trial_forget(t);
  json_decref(t->image);
  json_decref(t->text.files);
  json_decref(t->text.order);
  arena_free(t->memory);
}

static inline fact *trial_fact(trial *t, fact_type type) {
  fact *f = ARENA_PUSH(t->memory, t->facts, t->count, t->capacity);
  *f = (fact){.type = type,
              .id = (int64_t)t->count,
              .import = 1,
              .source = 1,
              .row = (int64_t)t->count,
              .part = 1,
              .since = DATE_NONE,
              .until = DATE_NONE,
              .key = (int64_t)t->count};
  if (fact_is_entity(type)) f->entity = ++t->entities;
  return f;
}

static inline int64_t trial_person(trial *t, const char *code) {
  fact *f = trial_fact(t, FACT_PERSON);
  f->code = arena_text(t->memory, code);
  return f->entity;
}

static inline date trial_date(const char *text) {
  date d = DATE_NONE;
  if (text) assert_true(date_read(text, &d));
  return d;
}

static inline day trial_day(const char *text) {
  day d = DAY_NONE;
  assert_true(day_read(text, &d));
  return d;
}

/* A record of a person; `amount` as a text: "12", "≥5" is written "5+", at most "5-", unknown "?", none NULL. */
static inline fact *trial_record(trial *t, int64_t person, const char *kind, const char *since, const char *until,
                                 const char *unit, const char *number) {
  fact *f = trial_fact(t, FACT_RECORD);
  f->kind = kind;
  f->subject_type = FACT_PERSON;
  f->subject = person;
  f->since = trial_date(since);
  f->until = until ? trial_date(until) : f->since;
  f->unit = unit;
  if (!number) return f;
  size_t length = strlen(number);
  char last = number[length - 1];
  f->amount.bound = last == '+'   ? BOUND_AT_LEAST
                    : last == '-' ? BOUND_AT_MOST
                    : last == '?' ? BOUND_UNKNOWN
                                  : BOUND_EXACT;
  if (last == '?') return f;
  char digits[32];
  snprintf(digits, sizeof digits, "%.*s", (int)(f->amount.bound == BOUND_EXACT ? length : length - 1), number);
  fraction known;
  assert_true(fraction_read(digits, &known));
  f->amount.millionths = known.above * (AMOUNT_ONE / known.below);
  return f;
}

static inline void trial_on(trial *t, day on) {
  evaluation_free(t->evaluation);
  if (!t->subjects) t->subjects = subjects_of_facts(t->facts, t->count, t->problems);
  assert_non_null(t->subjects);
  t->evaluation = evaluation_new(t->pack, t->subjects, on, t->problems);
}

static inline decision trial_decide(trial *t, const char *rule_id, uint32_t subject, arena *a) {
  decision d;
  int32_t at = pack_rule(t->pack, rule_id);
  assert_true(at >= 0);
  if (!evaluation_decide(t->evaluation, at, subject, a, &d))
    fail_msg("%s", fault_text(t->memory, &t->problems->items[t->problems->count - 1], LANGUAGE_EN));
  return d;
}

static inline const need_result *trial_need(const decision *d, const char *id, const char *each) {
  for (size_t i = 0; i < d->needs_count; i++)
    if (!strcmp(d->needs[i].need->id, id) && text_same(d->needs[i].each, each)) return &d->needs[i];
  fail_msg("there is no need %s %s", id, each ? each : "");
  return NULL;
}

static inline void trial_is(arena *a, fraction f, const char *text) {
  assert_string_equal(is_infinite(f) ? "inf" : fraction_text(a, f), text);
}

static inline uint64_t trial_random(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return *state >> 33;
}

/* The worker that runs a pack's text is this test again. */
static inline bool trial_worker(int argc, char **argv, int *code) {
  json_prepare();
  if (argc < 2 || strcmp(argv[1], "--worker") != 0) return false;
  *code = worker_child_main(pack_roles, argc, argv);
  return true;
}

#endif
