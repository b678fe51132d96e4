/* rule: the reference rule decided about everyone, by the library or by hand: bench_rule WAY LEDGER [MORE] >VERDICTS
 *
 *   library         evaluation_decide for one person after the other; nothing is stored
 *   together [THREADS]   population_decide: everyone at once, outcomes alone; nothing is stored
 *   bare [HOURS]    bare.c over the same subject file; nothing is stored; HOURS: needed in all, 360 if not given
 *   store FILE      bare.c, and the outcomes into a new SQLite FILE
 *   stored          what `hongzhu evaluate` has stored
 *   records         no decisions: of each person how many records there are and their hours
 *   compare HOURS HOURS   bare.c twice, once for each number of hours needed in all: how many people, how many gain
 *                   and how many lose, on one line
 *
 * But for the last, a line per person goes out, and to standard error how long the deciding alone took, in nanoseconds,
 * by the clock and of the processor: to open the subject file, compile the pack and print is left out, and the same in
 * both.
 */
#include "base/json.h"
#include "pack/decision.h"
#include "pack/population.h"
#include "verdict.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct trial {
  arena *memory;
  faults *problems;
  ledger *ledger;
  pack *pack;
  subjects *subjects;
  day on;
  int32_t rule;
  verdict *verdicts;
} trial;

static void stop(const trial *t, const char *what) {
  fprintf(stderr, "bench_rule: %s\n", what);
  for (size_t i = 0; t && i < t->problems->count; i++)
    fprintf(stderr, "%s\n", fault_text(t->memory, &t->problems->items[i], LANGUAGE_EN));
  exit(1);
}

static int64_t now(clockid_t clock) {
  struct timespec at;
  clock_gettime(clock, &at);
  return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

static int64_t millionths(fraction f) {
  return f.above * AMOUNT_ONE / f.below;
}

static void verdict_of(const decision *d, verdict *out) {
  *out = (verdict){.outcome = d->outcome, .novice = true};
  for (size_t i = 0; i < d->needs_count; i++) {
    const need_result *n = &d->needs[i];
    if (n->outcome == OUTCOME_NOT_APPLICABLE) continue;
    int32_t year = n->each_year ? n->each_year : n->each ? (int32_t)strtol(n->each, NULL, 10) : 0;
    if (!strcmp(n->need->id, "total")) {
      out->total = millionths(n->had);
      out->needed = millionths(n->needed);
    } else if (!strcmp(n->need->id, "practice")) {
      out->novice = false;
      out->practice = millionths(n->had);
    } else if (year >= CYCLE_FIRST && year < CYCLE_FIRST + CYCLE_YEARS) {
      out->year[year - CYCLE_FIRST] = millionths(n->had);
    }
  }
}

static void decide_by_library(trial *t) {
  evaluation *e = evaluation_new(t->pack, t->subjects, t->on, t->problems);
  arena *scratch = arena_new();
  for (uint32_t person = 0; person < t->subjects->of[FACT_PERSON].count; person++) {
    decision d;
    if (!evaluation_decide(e, t->rule, person, scratch, &d)) stop(t, "a person cannot be decided");
    verdict_of(&d, &t->verdicts[person]);
    arena_reset(scratch);
  }
  arena_free(scratch);
  evaluation_free(e);
}

/* Outcomes alone are taken while the time is measured, as the author of a rule wants them who tries it. */
static bool take_outcomes(void *context, const population_range *range, faults *problems) {
  (void)problems;
  trial *t = context;
  for (uint32_t i = 0; i < range->count; i++) t->verdicts[range->subjects[i]].outcome = range->answers[0][i].outcome;
  return true;
}

static bool take_verdicts(void *context, const population_range *range, faults *problems) {
  (void)problems;
  trial *t = context;
  arena *a = arena_new();
  for (uint32_t i = 0; i < range->count; i++) {
    const population_answer *answer = &range->answers[0][i];
    decision d = {.rule = t->rule, .outcome = answer->outcome};
    if (!decision_needs_unpack(t->pack, answer->packed, answer->packed_size, a, &d))
      stop(t, "a decision cannot be read");
    verdict_of(&d, &t->verdicts[range->subjects[i]]);
  }
  arena_free(a);
  return true;
}

static void decide_together(trial *t, int threads, population_take *take) {
  const population_question question = {t->pack, t->rule, t->on};
  const population_request request = {.subjects = t->subjects,
                                      .questions = &question,
                                      .questions_count = 1,
                                      .workers = threads,
                                      .packed = take == take_verdicts,
                                      .take = take,
                                      .context = t};
  if (!population_decide(&request, t->problems)) stop(t, "a person cannot be decided");
}

static void read_stored(trial *t) {
  decision_row *rows;
  size_t count = ledger_decisions(t->ledger, t->memory, &rows, t->problems);
  const fact_columns *people = &t->subjects->of[FACT_PERSON];
  int64_t most = 0;
  for (uint32_t person = 0; person < people->count; person++)
    if (people->entity[person] > most) most = people->entity[person];
  uint32_t *at = arena_array(t->memory, (size_t)most + 1, sizeof *at); /* position + 1 */
  for (uint32_t person = 0; person < people->count; person++) at[people->entity[person]] = person + 1;
  for (size_t i = 0; i < count; i++) {
    decision d = {.rule = t->rule, .outcome = (outcome)rows[i].outcome};
    if (rows[i].subject > most || !at[rows[i].subject]) stop(t, "a decision about nobody");
    if (!decision_needs_unpack(t->pack, rows[i].needs, rows[i].needs_size, t->memory, &d))
      stop(t, "a decision cannot be read");
    verdict_of(&d, &t->verdicts[at[rows[i].subject] - 1]);
  }
}

static void store_outcomes(const trial *t, const char *file) {
  sqlite3 *db = NULL;
  sqlite3_stmt *put = NULL;
  bool good = sqlite3_open(file, &db) == SQLITE_OK &&
              sqlite3_exec(db, "create table outcome(person integer primary key, outcome integer); begin", NULL, NULL,
                           NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(db, "insert into outcome values(?, ?)", -1, &put, NULL) == SQLITE_OK;
  for (uint32_t person = 0; good && person < t->subjects->of[FACT_PERSON].count; person++) {
    sqlite3_bind_int64(put, 1, t->subjects->of[FACT_PERSON].entity[person]);
    sqlite3_bind_int(put, 2, (int)t->verdicts[person].outcome);
    good = sqlite3_step(put) == SQLITE_DONE && sqlite3_reset(put) == SQLITE_OK;
  }
  sqlite3_finalize(put);
  good = good && sqlite3_exec(db, "commit", NULL, NULL, NULL) == SQLITE_OK;
  if (!good) stop(t, sqlite3_errmsg(db));
  sqlite3_close(db);
}

static void print_hours(const char *name, int64_t hours) {
  printf(" %s=%" PRId64, name, hours);
}

static void print_verdicts(const trial *t) {
  const fact_columns *people = &t->subjects->of[FACT_PERSON];
  for (uint32_t person = 0; person < people->count; person++) {
    const verdict *v = &t->verdicts[person];
    printf("%s %s", t->subjects->words[people->code[person]], outcome_name(v->outcome));
    print_hours("total", v->total);
    print_hours("needed", v->needed);
    for (int year = 0; !v->novice && year < CYCLE_YEARS; year++) print_hours("year", v->year[year]);
    if (!v->novice) print_hours("practice", v->practice);
    putchar('\n');
  }
}

static void print_records(const trial *t) {
  const fact_columns *people = &t->subjects->of[FACT_PERSON], *records = &t->subjects->of[FACT_RECORD];
  const subject_index *own = &t->subjects->records[FACT_PERSON];
  uint32_t hired = subjects_word(t->subjects, "hired");
  for (uint32_t person = 0; person < people->count; person++) {
    int64_t count = 0, hours = 0;
    for (uint32_t i = own->offset[person]; i < own->offset[person + 1]; i++) {
      if (records->kind[own->rows[i]] == hired) continue;
      count++;
      hours += records->amount[own->rows[i]];
    }
    printf("%s|%" PRId64 "|%" PRId64 "\n", t->subjects->words[people->code[person]], count, hours);
  }
}

static void compare(const trial *t, const char *before, const char *after) {
  uint32_t count = t->subjects->of[FACT_PERSON].count, gained = 0, lost = 0;
  uint8_t *was = arena_array(t->memory, count, 1), *is = arena_array(t->memory, count, 1);
  bare_outcomes(t->subjects, HOURS(strtoll(before, NULL, 10)), was);
  bare_outcomes(t->subjects, HOURS(strtoll(after, NULL, 10)), is);
  for (uint32_t person = 0; person < count; person++) {
    gained += is[person] > was[person];
    lost += is[person] < was[person];
  }
  printf("%u %u %u\n", count, gained, lost);
}

static void open_trial(trial *t, const char *file) {
  t->memory = arena_new();
  t->problems = faults_new(t->memory);
  t->on = day_of(CYCLE_FIRST + CYCLE_YEARS - 1, 12, 31);
  t->ledger = ledger_open(file, LEDGER_READ, t->problems);
  if (t->ledger) t->pack = pack_ruling(t->memory, t->ledger, t->on, t->problems);
  if (t->pack) t->subjects = subjects_open(t->ledger, t->problems);
  if (!t->subjects || t->problems->errors) stop(t, "the ledger cannot be used");
  t->verdicts = arena_array(t->memory, t->subjects->of[FACT_PERSON].count, sizeof *t->verdicts);
  memset(t->verdicts, 0xff, t->subjects->of[FACT_PERSON].count * sizeof *t->verdicts); /* its pages are there */
}

int main(int count, char **arguments) {
  if (count < 3) {
    fputs("usage: bench_rule library|together|bare|store|stored|records|compare LEDGER [MORE]\n", stderr);
    return 2;
  }
  const char *way = arguments[1];
  json_prepare();
  trial t = {0};
  open_trial(&t, arguments[2]);
  t.rule = pack_rule(t.pack, "cycle");
  int64_t began = now(CLOCK_MONOTONIC), began_working = now(CLOCK_PROCESS_CPUTIME_ID);
  if (!strcmp(way, "library")) decide_by_library(&t);
  if (!strcmp(way, "together"))
    decide_together(&t, count == 4 ? (int)strtol(arguments[3], NULL, 10) : 1, take_outcomes);
  int64_t required = HOURS(!strcmp(way, "bare") && count == 4 ? strtoll(arguments[3], NULL, 10) : 360);
  if (!strcmp(way, "bare") || !strcmp(way, "store")) bare_decide(t.subjects, required, t.verdicts);
  if (!strcmp(way, "compare") && count == 5) compare(&t, arguments[3], arguments[4]);
  if (!strcmp(way, "stored")) read_stored(&t);
  if (!strcmp(way, "store") && count == 4) store_outcomes(&t, arguments[3]);
  int64_t took = now(CLOCK_MONOTONIC) - began, worked = now(CLOCK_PROCESS_CPUTIME_ID) - began_working;
  fprintf(stderr, "%" PRId64 " %" PRId64 "\n", took, worked);
  if (!strcmp(way, "together")) decide_together(&t, 1, take_verdicts);
  if (!strcmp(way, "records"))
    print_records(&t);
  else if (strcmp(way, "compare") != 0)
    print_verdicts(&t);
  subjects_close(t.subjects);
  ledger_close(t.ledger);
  arena_free(t.memory);
  return fflush(stdout) ? 1 : 0;
}
