/* pack: a rule set, compiled from its image, ready to be applied to any subject file. Immutable. */
#ifndef HONGZHU_PACK_PACK_H
#define HONGZHU_PACK_PACK_H

#include "ledger/ledger.h"
#include "pack/adapter.h"
#include "pack/expr.h"
#include "pack/register.h"

/* ---- recognition: once per record, before any rule ---- */

typedef struct recognition_line {
  const char *as;
  said title;    /* its class where none is declared */
  int32_t class; /* position in classes */
  match when;
  int32_t provided;     /* a condition over the record's enrollment (in the recognition's program); -1 */
  int32_t rate;         /* a number; -1 */
  int32_t amount;       /* a fixed amount; -1 */
  const char *credited; /* a relation: its other end is credited too; NULL */
  uint32_t credited_word;
  bool others_only; /* credited names no "person": the record does not count for its own */
  place where;
} recognition_line;

typedef struct recognition {
  const char *id;
  said title;
  const char *unit;
  const char **from; /* the units of the records it takes; none: its own unit */
  size_t from_count;
  const char **classes;
  size_t classes_count;
  recognition_line *lines;
  size_t lines_count;
  program program;
  said otherwise;     /* why a record counts as nothing */
  bool review;        /* such records are to be looked at by a person */
  bool has_otherwise; /* the pack says what becomes of the others */
  place where;
} recognition;

/* ---- rules ---- */

typedef enum outcome { OUTCOME_UNMET, OUTCOME_MET, OUTCOME_UNKNOWN, OUTCOME_NOT_APPLICABLE, OUTCOMES } outcome;

const char *outcome_name(outcome o); /* "unmet" … */
said outcome_said(outcome o);

typedef struct dated_window { /* suspended, in_force */
  bool there;
  day from, until; /* DAY_NONE, DAY_EVER where open */
  bool by_period_start;
  const char *source;
} dated_window;

typedef struct need {
  const char *id;
  said title;
  need_form form;
  int32_t when, unless; /* conditions; -1 */
  dated_window suspended, in_force;
  const char *unit;
  bool implied;
  place where;
} need;

typedef struct rule_output {
  const char *name;
  int32_t node; /* a selection or a number */
  bool has_first;
  fraction first; /* of the period before the first */
} rule_output;

/* RULE_GROUP: each selection, coverage and series is a rule too, under its own id: who is taken, who is covered,
 * whether it has gaps. Such a decision depends on the records of others, so one that is stored never outlives a change.
 */
typedef enum rule_way { RULE_NEEDS, RULE_DECIDE, RULE_NATIVE, RULE_GROUP } rule_way;

typedef struct rule {
  const char *id;
  said title;
  fact_type of;
  int32_t period; /* -1: none */
  rule_way way;
  const char *native;
  int32_t group; /* RULE_GROUP: position in groups */
  need *needs;
  size_t needs_count;
  int32_t applies, exempt; /* conditions; -1 */
  dated_window suspended, in_force;
  rule_output *gives;
  size_t gives_count;
  program program;
  bool *uses; /* rules whose outcomes it reads, by position */
  place where;
} rule;

/* ---- groups ---- */

typedef struct order_key {
  path what;
  bool descending;
} order_key;

typedef struct group_limit {
  const char *id;
  said title;
  path per;            /* count 0: over all */
  const char *related; /* per the other end of this relation; NULL */
  uint32_t related_word;
  bool overlapping; /* only candidates whose dates overlap take room */
  limit at_most;
} group_limit;

typedef enum group_form { GROUP_SELECTION, GROUP_COVERAGE, GROUP_SERIES, GROUP_SEQUENCE } group_form;

typedef struct sequence_step {
  const char *word;
  said title;
  const char *actor; /* who takes it; NULL: anyone */
} sequence_step;

typedef struct declared_group {
  group_form form;
  const char *id;
  said title;
  fact_type of;  /* selection: candidates are the enrollments of each programme or cohort */
  bool yearly;   /* per = "year" */
  int32_t among; /* the rule that a candidate has met; -1: everyone */
  order_key *order;
  size_t order_count;
  group_limit *limits;
  size_t limits_count;
  match where;          /* coverage: who is to be covered; series: which records */
  const char *relation; /* coverage: by a relation of this kind in force on the day */
  uint32_t relation_word;
  bool by_records; /* coverage: by records that match `by` instead */
  match by;
  path each, step, actor; /* sequence: which case a record is of, which step it says, who took it (count 0: not said) */
  sequence_step *steps;
  size_t steps_count;
  int days, weeks, months; /* series: every */
  day from, until;
  place where_declared;
} declared_group;

/* ---- figures ---- */

typedef enum measure_form {
  MEASURE_COUNT,
  MEASURE_DISTINCT,
  MEASURE_SUM,
  MEASURE_MIN,
  MEASURE_MAX,
  MEASURE_MEAN,
  MEASURE_SHARE,
  MEASURE_VALUE,
  MEASURE_PLUS,
  MEASURE_BAND
} measure_form;

typedef enum figure_from { FROM_ROWS, FROM_DECISIONS, FROM_NOTHING } figure_from;

typedef struct band_end { /* at least 37, at most 72 */
  comparison compare;
  limit limit;
} band_end;

typedef struct figure {
  const char *id;
  said title, definition;
  fact_type scope; /* of */
  const char *unit;
  figure_from from;
  fact_type rows; /* FROM_ROWS */
  match where;
  int32_t rule;    /* FROM_DECISIONS */
  int32_t outcome; /* -1: any */
  measure_form measure;
  path *paths; /* DISTINCT (several: pairs), SUM, MIN, MAX, MEAN */
  size_t paths_count;
  rounding way;
  fraction step;       /* MEAN, SHARE; above 0: none */
  int32_t part, whole; /* SHARE */
  int32_t *plus;
  size_t plus_count;
  int32_t output;   /* BAND: which of what the rule gives */
  band_end ends[4]; /* BAND: what it must be to be counted */
  size_t ends_count;
  amount value; /* VALUE */
  const char *source;
  published style;
  bool several; /* style: what is said to be several (多名) stays so in the total, and is printed so */
  bool has_style;
  place where_declared;
} figure;

typedef struct report_declaration {
  const char *id;
  said title;
  fact_type of;
  const json_t *declaration; /* its blocks are read by task/report */
  bool has_body;
  bool exact;
  place where;
} report_declaration;

typedef struct pack {
  arena *memory;
  const char *id, *version;
  said title;
  digest image; /* zero before it is stored */
  pack_text text;
  const json_t *data; /* the image */
  kinds kinds;
  parameters parameters;
  wordbook book;
  const char **attributes; /* of all kinds, sorted */
  size_t attributes_count;
  period *periods;
  size_t periods_count;
  recognition *recognitions;
  size_t recognitions_count;
  rule *rules; /* in an order in which none reads the outcome of a later one */
  size_t rules_count;
  declared_group *groups;
  size_t groups_count;
  declared_register *registers;
  size_t registers_count;
  figure *figures;
  size_t figures_count;
  report_declaration *reports;
  size_t reports_count;
  adapter *adapters;
  size_t adapters_count;
  struct pack_unit_row *units; /* how units are written in each language, where a pack says so */
  size_t units_count, units_capacity;
  const json_t **cases;
  size_t cases_count;
} pack;

/* Compiles an image. Reports everything that is wrong; NULL if anything is an error. `image` must outlive the pack. */
pack *pack_compile(arena *a, const pack_text *text, const json_t *image, faults *problems);
/* From a folder: text, image, compile. */
pack *pack_from_folder(arena *a, const char *folder, faults *problems);
/* The pack that rules on a day in a ledger; and one by its image digest. */
pack *pack_ruling(arena *a, ledger *l, day on, faults *problems);
pack *pack_of_image(arena *a, ledger *l, digest image, faults *problems);

typedef struct pack_unit_row {
  const char *unit;
  said shown;
  const char *one; /* of exactly one, in English; NULL: as of several */
} pack_unit_row;

/* A unit in a language: units { ["节"] = { en = "lessons" } }, else as it is; NULL stays NULL. */
const char *pack_unit(const pack *p, const char *unit, language in);
const char *pack_unit_of(const pack *p, const char *unit, fraction number, language in); /* 1 lesson, 2 lessons */
int32_t pack_rule(const pack *p, const char *id);                                        /* -1 */
int32_t pack_recognition(const pack *p, const char *id);
int32_t pack_period(const pack *p, const char *id);
int32_t pack_figure(const pack *p, const char *id);
const report_declaration *pack_report(const pack *p, const char *id);

#endif
