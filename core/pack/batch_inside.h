/* batch_inside: the parts of a batch. Inside core/pack only. */
#ifndef HONGZHU_PACK_BATCH_INSIDE_H
#define HONGZHU_PACK_BATCH_INSIDE_H

#include "pack/batch.h"
#include "pack/evaluate_inside.h"

enum {
  BATCH_PEOPLE = 64,  /* at most so many subjects at once */
  BATCH_ROWS = 2048,  /* with so many rows in all: columns of intermediate amounts stay near the processor */
  BATCH_YEARS = 64,   /* spans of a year that may be told apart */
  TAGS_MOST = 1 << 17 /* combinations of words that are told apart, in each stretch without a new parameter */
};
#define BATCH_PARTS_MOST (INT64_C(1) << 50) /* of one amount: sums of all rows stay far below 64 bits */

/* ---- tags: what a record's words are to the declarations, as one small number (batch_tags.c) ---- */

enum { TAG_COLUMNS = 5 };

typedef struct tag_column {
  const uint32_t *words; /* of the records */
  uint8_t *small;        /* of each word: 0 where no declaration names it */
  uint32_t dimension;
} tag_column;

/* What a match says of a tag: found out once, from the first record that has it. */
typedef enum tag_truth { TAG_NOT_ASKED, TAG_NO, TAG_YES, TAG_ASK /* words alone do not say */ } tag_truth;

typedef struct batch_match {
  const match *what; /* NULL: everything matches */
  bool always;       /* what it reads may read otherwise on a later day: the row itself is always asked */
  uint8_t *truths;   /* of each tag */
} batch_match;

/* ---- rows of the subjects at hand (batch_rows.c) ---- */

typedef struct batch_days { /* by which records belong to windows and spans: their end, or where a period says so their
                               start */
  bool made;
  bool vague;      /* some are not known to the day */
  day least, most; /* of those that have a day: none is earlier, or later */
  day *earliest, *latest;
} batch_days;

typedef struct batch_rows {
  fact_type of;
  uint32_t people, count;
  uint32_t serial; /* another one for each loading */
  uint32_t subjects[BATCH_PEOPLE];
  uint32_t first[BATCH_PEOPLE + 1]; /* of each subject its first row; the end */
  uint32_t *row;                    /* in the table of records */
  bool together;                    /* one stands behind the other in the table */
  uint32_t *gathered;               /* a column of those that do not */
  date *dates;                      /* while days are made of them */
  uint32_t *tag;
  uint8_t *who; /* whose it is */
  bool *theirs; /* the person's own, in a rule of enrollments */
  bool some_theirs;
  int64_t *amount; /* millionths */
  uint8_t *bound;
  batch_days days[2];
} batch_rows;

/* ---- what batches beside each other share ---- */

struct batch_plan;

struct batch_ground {
  arena *memory;
  const subjects *subjects;
  bool supported;
  int64_t scale; /* of all their evaluations: what one computes another can take as it is */
  tag_column columns[TAG_COLUMNS];
  uint32_t tags;
  batch_rows rows;
  struct batch_plan **plans; /* as they were made: what a later one computes, an earlier one may have computed */
  size_t plans_count, plans_capacity;
};

/* ---- recognition (batch_recognise.c) ---- */

typedef struct line_amount {
  bool known, fixed;
  int64_t above, below; /* parts of an amount in millionths; fixed: above are the parts */
  int64_t most;         /* what an amount may be so that nothing becomes too large */
} line_amount;

typedef struct tag_entry { /* what a recognition makes of records with one tag, of one stretch without a new parameter
                            */
  int32_t line;            /* the one that takes them; -1: none; LINE_ASK, LINE_ODD */
  uint8_t *truths;         /* of each line */
  line_amount *amounts;
} tag_entry;

/* The same where that is all: an exact amount below the limit, or any or none, is of one class with these parts. */
typedef struct tag_simple {
  int64_t rate, fixed;
  uint64_t limit; /* 0: nothing is simple */
  int16_t class;
  bool any; /* also an amount that is none or a bound; the rate is 0 */
} tag_simple;

typedef struct batch_recognition {
  bool supported;
  batch_match *lines;
  day *epochs; /* from which another parameter is in force */
  size_t epochs_count;
  bool changes;        /* a parameter that it reads changes after the day of the decision */
  tag_entry **entries; /* by tag and epoch */
  tag_simple *simple;  /* likewise */
  uint32_t *place;     /* of each row: where it stands in these */
  uint16_t *asked;     /* rows that are not simple */
  uint32_t serial;     /* of the rows for which the rest is */
  int16_t *class;      /* -1: none */
  int64_t *parts;      /* of the evaluation's scale; 0 where there is no class */
  bool odd[BATCH_PEOPLE];
} batch_recognition;

/* ---- a rule ---- */

typedef enum node_way {
  NODE_UNUSED,
  NODE_CONSTANT, /* the same for all subjects: asked of the run once */
  NODE_ASK,      /* asked of the run, for each subject */
  NODE_LANES,    /* computed here, for all subjects at once */
  NODE_STEP      /* a step of a selection, taken by the run for each subject */
} node_way;

typedef struct node_lanes { /* what a node is worth for the subjects at hand */
  uint16_t *at;             /* selections: the rows that are there, ascending */
  uint32_t count;
  const int64_t *parts; /* of each row that is there, by row: for how much; mostly those of the step before */
  int64_t *own_parts;
  struct node_lanes *one, *other; /* a union that nobody has asked for its rows yet; NULL */
  bool same;                      /* numbers: one for all */
  fraction one_number;
  bool whole;      /* numbers: in parts of the scale */
  int64_t *scaled; /* of each subject; or */
  fraction *each;
  uint8_t *yes;   /* conditions, of each subject */
  bool has_until; /* something that was read reads otherwise on a later day */
  day *until;
} node_lanes;

typedef struct kept_fraction { /* a number of parts in lowest terms: the same few come again and again */
  int64_t parts, scale;        /* scale 0: none yet */
  fraction lowest;
} kept_fraction;

typedef struct batch_loan { /* what another plan computes alike (batch_share.c) */
  struct batch_plan *from;  /* NULL: nobody does */
  int32_t at;               /* its node, or its need */
  bool whole;               /* needs: the outcome too, not only what is had */
} batch_loan;

typedef struct batch_plan {
  bool supported;
  const rule *rule;
  const evaluation *of;
  batch_loan *node_loans, *need_loans; /* by node; by need of the rule */
  uint32_t ran;                        /* the rows for which it was last computed; 0: none, or not to the end */
  bool odd_ran[BATCH_PEOPLE];          /* who was odd then */
  bool rows_placed;                    /* batch_people has been */
  int64_t scale, factor;               /* the evaluation's scale, times a factor */
  node_way *ways;
  bool *blocks;         /* by node: items may be joined ranges */
  bool ever;            /* some records count that lie outside the period */
  bool *sure;           /* by node: whoever has the rule asks for it */
  batch_match *matches; /* by node */
  node_lanes *lanes;    /* by node: its own, or those of another plan */
  node_lanes *own_lanes;
  node_value *values; /* of the run */
  bool *seen;         /* by node: for marking what one subject asks for */
  bool stands_known;  /* no fact says when a period starts: the same for all */
  decision stands;
  bool stood, rest_known;
  window window; /* for which the rest is */
  plan needs;
  arena *needs_memory;
  bool *needs_stand;  /* by need of the plan */
  day needs_until;    /* when that changes */
  uint8_t **outcomes; /* by need of the plan, of each subject */
  node_lanes *had;    /* likewise, of needs that are repeated */
  int64_t **own_had;
  uint8_t *inside;
  uint16_t *year; /* of each row its subject and its year, as a place in a table */
  int32_t year_first;
  uint32_t years;   /* 0: not made */
  int64_t *used;    /* such a table: what of a span's limit is used up; sums by year */
  uint16_t **split; /* by recognition and class: rows that the window holds */
  uint32_t **split_count;
  bool *split_made;
  uint16_t *odd; /* rows that a window neither holds nor leaves out for good */
  uint32_t odd_count;
  const batch_days *days;
  int64_t *own; /* own amounts in parts; */
  bool *own_odd;
  bool own_made;
  kept_fraction fractions[256];
} batch_plan;

struct batch {
  evaluation *e;
  batch_ground *ground;
  arena *memory, *scratch;
  int64_t scale;
  batch_rows *rows; /* of the ground */
  batch_recognition *recognitions;
  batch_plan **plans; /* by rule */
  batch_plan *last;
  bool credits; /* records of others may count for a person */
  const char *year_words[256];
  uint32_t missing_kind[256]; /* kind (its word) + 1 … */
  bool missing[256];          /* … whether an amount should be there */
};

typedef struct batch_turn { /* one rule about the subjects at hand */
  batch *b;
  batch_plan *p;
  run run;                /* asked about one subject after the other */
  bool odd[BATCH_PEOPLE]; /* to be decided one by one */
  int64_t again;          /* above 1: by how much the scale was too coarse */
} batch_turn;

/* ---- tags (batch_tags.c) ---- */

bool batch_tags_make(batch_ground *g, evaluation *const *all, size_t count);
void batch_match_make(batch *b, batch_match *out, const match *what);
truth batch_tag_says(batch *b, const batch_match *m, uint32_t at); /* TRUTH_UNKNOWN: the row itself is to be asked */
/* TRUTH_UNKNOWN for what cannot be known; *until: the day on which it may read otherwise. */
truth batch_matches(batch *b, const batch_match *m, uint32_t at, day parameters_on, day *until);
bool batch_path_may_change(const path *p);
bool batch_path_is_column(const path *p, path_column *column);

/* ---- rows (batch_rows.c) ---- */

void batch_rows_begin(batch_ground *g);
/* The first few subjects, as many as have room; false where already the first one has too many rows. */
bool batch_rows_load(batch *b, fact_type of, const uint32_t *asked, uint32_t count);
const batch_days *batch_rows_days(batch *b, bool by_start);
bool batch_amount_missing(batch *b, run *r, uint32_t row);

void batch_recognitions_make(batch *b);
const batch_recognition *batch_recognised(batch_turn *t, int32_t index);

/* ---- rules ---- */

batch_plan *batch_plan_make(batch *b, int32_t rule_at);
void batch_plan_window(batch *b, batch_plan *p, run *r); /* for another window than the last one */

void batch_selection(batch_turn *t, int32_t node);
void batch_number(batch_turn *t, int32_t node);
void batch_truth(batch_turn *t, int32_t node);
void batch_note(batch_turn *t, int32_t node, uint32_t at, day until);
void batch_ask(batch_turn *t, uint32_t at);                 /* points the run at a subject, with nothing known of it */
void batch_asked(batch_turn *t, int32_t node, uint32_t at); /* takes what it met on the way */
selection batch_items(batch_turn *t, int32_t node, uint32_t at); /* as the run has them */
const node_lanes *batch_list(batch_turn *t, int32_t node);       /* with its rows, also of a union */
bool batch_years(batch_turn *t);                      /* makes the year of each row; false: there are too many */
void batch_across_years(batch_turn *t, int32_t node); /* rows of which the year is not known: asked alone */
/* Adds up, for each subject, what a node holds; by year where out is a table of years. */
void batch_sum(const batch_turn *t, const node_lanes *l, bool by_year, int64_t *out);
fraction batch_lane(const batch_turn *t, const node_lanes *l, uint32_t at);
int batch_compare(const batch_turn *t, const node_lanes *a, const node_lanes *b, uint32_t at);
void batch_people(batch_turn *t); /* windows of rows; once in a turn */

/* ---- what another plan has computed (batch_share.c) ---- */

void batch_loans_make(batch *b, batch_plan *p);
void batch_borrow_all(batch_turn *t); /* who was odd where something is borrowed from is odd here */
bool batch_borrow(batch_turn *t, int32_t node);
/* What is had for a need of the plan, and its outcomes; false: they are to be computed. */
bool batch_borrow_had(batch_turn *t, uint32_t need);
bool batch_borrow_outcomes(batch_turn *t, uint32_t need);

#endif
