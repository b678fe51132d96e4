/* compare: two rule sets, or two days, over everyone in one state of the facts. Nothing is stored.
 *
 * One side is "before", the other "after". Before is the pack that rules on its day, or, with an image, what was stored
 * under it; after is the same with other parameter values, another pack, another day, or several of these at once.
 * Both sides are decided as `evaluate` decides. Everything lives in the arena given to compare_open.
 */
#ifndef HONGZHU_TASK_COMPARE_H
#define HONGZHU_TASK_COMPARE_H

#include "task/evaluate.h"
#include "task/shown.h"

typedef struct compare_order {
  const char *const *set; /* "PARAMETER=VALUE": pack_set.h */
  size_t set_count;
  const char *pack;   /* a folder or an id; NULL: the one that rules */
  const char *stored; /* the beginning of an image's digest; NULL: before is computed */
  day before, after;  /* the days */
  const char *rule;   /* this one only; NULL: all */
  const char *of;     /* where several districts have packs in force: the one whose people are meant; NULL */
  const char *about;  /* else the one that rules what this code means; NULL */
  int workers;        /* threads; 0: as many as there are processors */
} compare_order;

typedef struct comparing {
  arena *memory;
  compare_order order;
  evaluating before, after; /* with `stored`, before is the pack of that image, as it would decide now */
  digest image;             /* of `stored` */
  int32_t within;           /* of several districts: the organization whose people are compared; -1: everyone */
} comparing;

/* False with faults; compare_close is to be called in either case. */
bool compare_open(arena *a, ledger *l, const compare_order *order, comparing *out, faults *problems);
bool compare_close(comparing *c, faults *problems);

typedef size_t compare_moves[OUTCOMES][OUTCOMES]; /* from, to: how many */

typedef struct compare_group {
  int32_t at; /* an organization's row, a word's position in the ladder; -1: none is known */
  size_t subjects, changed;
  compare_moves moves;
} compare_group;

typedef struct compare_by {
  const declared_scale *ladder; /* NULL: by organization */
  compare_group *groups;        /* those with subjects */
  size_t count;
} compare_by;

typedef struct compare_need {
  const need *before, *after; /* one is NULL where the other side alone has it */
  compare_moves moves;        /* of subjects whose need has an outcome on both sides */
  size_t changed;
  size_t alone[OUTCOMES]; /* where one side has it: its outcomes there */
} compare_need;

/* Why a stored decision is another now: the first of these that by itself changes the outcome. */
typedef enum compare_why { COMPARE_FACTS, COMPARE_DAY, COMPARE_RULES, COMPARE_WHYS } compare_why;

typedef struct compare_changed {
  uint32_t subject;
  outcome before, after;
  compare_why why; /* with `stored` */
} compare_changed;

typedef struct compare_rule {
  const rule *before, *after; /* one is NULL where the other side alone has it; then there is `alone` and no more */
  fact_type of;
  bool decided; /* of use to task_compare alone */
  size_t alone[OUTCOMES];
  size_t subjects; /* decided on both sides */
  size_t missing;  /* with `stored`: subjects without a decision under that image */
  compare_moves moves;
  compare_changed *changed; /* in the order of the subjects */
  size_t changed_count;
  size_t whys[COMPARE_WHYS];
  compare_by *by; /* by organization, then by each ladder that facts of its name speak of */
  size_t by_count;
  compare_need *needs;
  size_t needs_count;
  uint8_t *cells[2]; /* before, after: a subject's outcome, then that of each need; COMPARE_NONE: there is none */
  size_t width[2];
} compare_rule;

#define COMPARE_NONE 0xff

/* In the order of the after side's rules, behind them those that only the before side has. */
bool task_compare(comparing *c, evaluate_progress progress, compare_rule **out, size_t *count, faults *problems);

/* A subject as a table shows it, and where it belongs: the school of a person, itself of an organization; -1. */
int32_t compare_organization(const comparing *c, fact_type of, uint32_t subject);
int32_t compare_stage(const comparing *c, const declared_scale *ladder, fact_type of, uint32_t subject);

/* The people who change, as a table (rows_out.h): masked as asked for. *count gets how many rows. */
bool compare_people(comparing *c, const compare_rule *rules, size_t count, const char *table, detail how, language in,
                    size_t *rows, faults *problems);

/* One subject under one rule, side by side. Appends to `text`; *json gets a new reference: both explanations. */
typedef struct compare_subject {
  const char *rule;
  uint32_t subject;
  bool all; /* every record that counts otherwise; else at most ten a need */
  detail detail;
  language in;
} compare_subject;
bool task_compare_explain(comparing *c, compare_subject order, buffer *text, json_t **json, faults *problems);

#endif
