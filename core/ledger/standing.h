/* standing: which decisions stand, so that the next evaluation looks only at whom something has happened to.
 *
 * Of each rule: on which day and after which import every subject had a decision, under which basis (pack/basis.h), how
 * many have which outcome, and of each subject the number of its newest decision, its outcome and how long it holds.
 * That is written with the decisions themselves, in their transaction: first of everyone, then of those who were
 * decided again, until these are so many that they are folded in. It is derived and never the truth: where it is
 * missing or damaged everyone is decided again.
 */
#ifndef HONGZHU_LEDGER_STANDING_H
#define HONGZHU_LEDGER_STANDING_H

#include "ledger/ledger.h"

#define STANDING_OUTCOMES 4
#define STANDING_GONE     0xff /* an outcome: the subject is there no more */

typedef struct standing_entry {
  int64_t subject;  /* entity */
  int64_t owner;    /* the person that it belongs to, itself for a person; 0 for others */
  int64_t decision; /* 0: gone */
  int32_t valid_until;
  int32_t outcome;
} standing_entry;

typedef struct standing_entries standing_entries; /* ledger/standing_entries.h */

typedef struct standing {
  const char *rule;
  fact_type of;
  digest basis;
  day on;
  int64_t known_after;
  int64_t last_entity; /* of that import: whoever has a higher number came later */
  int64_t subjects, outcomes[STANDING_OUTCOMES];
  day first_due;             /* the first day on which somebody's decision no longer holds; DAY_EVER */
  standing_entries *entries; /* as of the last part that was of everyone; NULL until standing_load */
  standing_entry *more;      /* by subject: who has come since, or was decided again */
  size_t more_count, more_capacity;
  size_t parts; /* since that one */
} standing;

/* What stands of a rule, without entries; false without a fault where nothing does. */
bool standing_read(ledger *l, const char *of_rule, arena *a, standing *out, faults *problems);
/* Its entries; false where they are damaged. */
bool standing_load(ledger *l, standing *s, arena *a, faults *problems);
/* Gone ones too; borrowed until another is looked for; NULL. */
const standing_entry *standing_find(const standing *s, int64_t subject);
/* Who stands until that day at the latest, by subject. */
typedef void standing_visit(void *context, const standing_entry *e);
void standing_due(const standing *s, day on, standing_visit *visit, void *context);
/* The first day due of those who are not among `but`, which is by subject. */
day standing_first_due(const standing *s, const standing_entry *but, size_t count);
/* Within ledger_write_decisions. `changed`: entries by subject; everyone: they are all that stands from now on, else
 * `s` must be loaded, and is not any more after the call. */
bool standing_write(decision_writer *w, standing *s, const standing_entry *changed, size_t count, bool everyone,
                    faults *problems);
int64_t decision_written(const decision_writer *w); /* the number that the decision written last was given */
ledger *decision_ledger(const decision_writer *w);
bool standing_verify(ledger *l, faults *problems);
/* Decisions by number, for holding a new one against; quickly one after the other. What was found is borrowed until the
 * next one is asked for. False where it is not there; where it cannot be read, with a fault. */
typedef struct decision_finder decision_finder;
decision_finder *decision_finder_new(ledger *l);
bool decision_find(decision_finder *f, int64_t id, decision_row *out, faults *problems);
void decision_finder_free(decision_finder *f); /* NULL is allowed */
int64_t ledger_last_entity(ledger *l, int64_t known_after);

#endif
