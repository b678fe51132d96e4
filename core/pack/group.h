/* group: what is decided about many at once: who is selected, who is covered, whether a series has gaps. */
#ifndef HONGZHU_PACK_GROUP_H
#define HONGZHU_PACK_GROUP_H

#include "pack/figure.h"

typedef struct group_need { /* a limit, for one candidate: a need like any other */
  const group_limit *limit;
  outcome outcome;
  int64_t had;     /* places taken before, in this limit */
  fraction needed; /* at most so many */
} group_need;

typedef struct group_member {
  fact_type type;
  uint32_t row;    /* selection: the enrollment; coverage: the organization or person */
  outcome outcome; /* taken, covered: met; passed over, uncovered: unmet; not eligible: not_applicable */
  int32_t rank;    /* selection: 1 for the first in order; 0: not among the candidates */
  uint32_t scope;  /* selection: the programme or cohort */
  int32_t year;    /* selection per year */
  group_need *needs;
  size_t needs_count;
} group_member;

typedef struct group_gap { /* series: an interval in which nothing took place */
  day first, last;
} group_gap;

typedef enum slip_form {
  SLIP_SKIPPED, /* a step before it is missing */
  SLIP_BACK,    /* it was taken already, or a later one was */
  SLIP_ACTOR,   /* taken by another than the one whose it is */
  SLIP_WORD     /* no step of the sequence */
} slip_form;

typedef struct group_slip { /* sequence: a record that does not fit */
  slip_form form;
  size_t of; /* position in cases */
  uint32_t row;
  int32_t before, step; /* steps, -1: none */
} group_slip;

typedef struct group_case { /* sequence: a matter under way */
  value is;
  int32_t step; /* the furthest step taken in order; -1 */
  uint32_t row; /* the record that says so */
} group_case;

typedef struct group_result {
  int32_t group;
  group_member *members; /* selection: in order of rank within scope and year */
  size_t members_count;
  group_gap *gaps;
  size_t gaps_count;
  group_case *cases; /* sequence: by name */
  size_t cases_count;
  group_slip *slips;
  size_t slips_count;
  uint32_t *rows; /* series, sequence: the records */
  size_t rows_count;
} group_result;

/* One pass in order; an unsettled tie between candidates is a fault that names them. */
bool group_evaluate(evaluation *e, int32_t group, figure_scope scope, arena *a, group_result *out, faults *problems);

/* The part of group_evaluate that is about sequences (group_sequence.c). */
void group_sequence(evaluation *e, const declared_group *g, figure_scope within, arena *a, group_result *out);

#endif
