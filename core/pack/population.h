/* population: rules decided about many subjects at once, on several threads.
 *
 * Subjects are taken in ranges, ascending; each thread has evaluations of its own and takes the next range that is
 * left. What was decided is handed over range by range in the order of the subjects, in the thread that asked: so the
 * number of threads changes nothing that is seen. Memory stays bounded whatever the population: threads wait where what
 * they have decided has not been taken.
 *
 * Several questions may be asked of each subject at once (two rule sets, two days): their rules must all be about
 * subjects of one type. Foreign rules (`decide` in Lua, native ones) ask workers, which each thread starts for itself.
 */
#ifndef HONGZHU_PACK_POPULATION_H
#define HONGZHU_PACK_POPULATION_H

#include "host/foreign.h"
#include "pack/evaluate.h"

typedef struct population_question {
  const pack *pack;
  int32_t rule;
  day on;
} population_question;

typedef struct population_need {
  const need *need; /* of the rule; NULL where a foreign rule says one that its declaration does not have */
  const char *each; /* the year or word of a need per declared value; NULL */
  outcome outcome;
} population_need;

typedef struct population_answer {
  outcome outcome;
  day valid_until;
  const population_need *needs; /* as decision.needs */
  uint32_t needs_count;
  uint32_t packed_size, packed_alike; /* bytes; the first ones, which many have alike */
  const void *packed;                 /* decision_needs_pack; NULL unless it was asked for */
} population_answer;

typedef struct population_range {
  const uint32_t *subjects; /* ascending */
  uint32_t count;
  const population_answer *const *answers; /* [question][position in subjects]; they live until the call returns */
} population_range;

/* Takes what was decided about a range. False, with a fault, ends the work. */
typedef bool population_take(void *context, const population_range *range, faults *problems);

typedef struct population_request {
  const subjects *subjects;
  const population_question *questions;
  size_t questions_count;
  const uint32_t *only; /* ascending; NULL: all subjects of the type that the rules are about */
  size_t only_count;
  int workers; /* threads; 0: as many as there are processors */
  bool packed;
  const offers *natives; /* for native rules; NULL: there are none */
  population_take *take;
  void *context;
} population_request;

/* Whether a rule is about a group or reads the outcome of one: one thread decides it. */
bool population_groups(const pack *p, int32_t rule);

/* False with the faults of the first range that could not be decided or taken. */
bool population_decide(const population_request *request, faults *problems);

#endif
