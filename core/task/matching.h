/* matching: which entity of the ledger a row means.
 *
 * People are found by ID number, then code, then name and school (name alone where the row has no school and one person
 * bears it); organizations by code, name, alias; programmes, cohorts and activities by code, then name; enrollments by
 * person and cohort. What contradicts itself is a fault; what is unknown or ambiguous is a fault too, and a question in
 * the review, whose decision is followed where there is one.
 */
#ifndef HONGZHU_TASK_MATCHING_H
#define HONGZHU_TASK_MATCHING_H

#include "task/cells.h"
#include "task/review.h"
#include "task/staging.h"

typedef struct matching {
  arena *memory; /* of the import */
  ledger *ledger;
  const known *known;
  const staging *staging;
  review *review;             /* NULL: none */
  const digest *id_key;       /* NULL until an ID number is met */
  const char **organizations; /* names, for suggestions; gathered when first needed */
  size_t organizations_count, organizations_capacity;
  bool gathered;
} matching;

/* A part of the adapter on one row. */
typedef struct made_part {
  bool there;   /* the row says something of it */
  bool found;   /* the entity is in the ledger, or was brought in by an earlier row */
  bool states;  /* its fact is put or stated */
  bool decided; /* the review said whom it means, whatever the row calls them */
  bool skip;    /* the review decided to leave the row out */
  fact fact;    /* entity, subject, object, place: 0 where they are not known yet */
} made_part;

/* Finds the entity of a part whose fact is filled in (texts, dates, references). Sets found, states, skip and the
 * fact's entity. False with faults. `parts` are those made so far. */
bool match_part(matching *m, const row_reading *r, const adapter_part *part, const made_part *parts, made_part *made);

/* The keyed hash and tail of a person's ID number, from the row. False with a fault. */
bool match_id(matching *m, const row_reading *r, const adapter_part *part, fact *f);

/* The key of an entity's fact as this adapter states it. */
int64_t match_entity_key(arena *a, const adapter *of, fact_type type, int64_t entity);

#endif
