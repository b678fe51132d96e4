/* report_block: the blocks of a report, checked and compiled: which figures, paths and words stand where.
 *
 * Blocks come from a report's declaration or from its `body`. Everything that can be wrong in them is found here, with
 * file and line, so that `pack check` says it before anyone issues the report.
 * Ownership: a plan lives in the arena given; pack and image must outlive it. The pack is not changed: words that only
 * the blocks use are numbered in a copy (plan.pack), which is the one to evaluate with.
 */
#ifndef HONGZHU_TASK_REPORT_BLOCK_H
#define HONGZHU_TASK_REPORT_BLOCK_H

#include "pack/figure.h"
#include "task/chart.h"

typedef enum block_form {
  BLOCK_HEADING,
  BLOCK_PARAGRAPH,
  BLOCK_NOTE,
  BLOCK_FIGURES,
  BLOCK_GROUPS, /* a table of figures by a path */
  BLOCK_ROWS,   /* a table of rows */
  BLOCK_CHART,
  BLOCK_CHECKS,    /* figures that have to agree */
  BLOCK_DECISIONS, /* everything decided about the one whom the report is about */
  BLOCK_PAGE
} block_form;

typedef struct block_piece { /* of a paragraph: some text, then a figure */
  const char *text;
  int32_t figure;    /* -1: none */
  bool value_only;   /* {figure:value}: without its unit */
  const path *by;    /* {figure@PATH=VALUE}: of one group; NULL */
  const char *group; /* its value as written: a word, its title, a code or a name */
} block_piece;

typedef struct block_column {
  said title;
  path what;
  bool outcome; /* of the decision at hand */
  bool missing; /* what the decision lacks; no path */
  bool right;   /* a number */
} block_column;

typedef struct block_check { /* a figure, and what it is equal to or at most: the sum of others */
  int32_t left;
  comparison compare; /* EQUAL AT_MOST */
  int32_t *right;
  size_t right_count;
} block_check;

typedef struct block {
  block_form form;
  int level;
  said title; /* of a table or chart; the text of a heading; both NULL where there is none */
  block_piece *pieces[LANGUAGES];
  size_t pieces_count[LANGUAGES];
  int32_t *figures; /* of key figures, tables by group, charts */
  size_t figures_count;
  path by;
  said by_title; /* of the column of groups; NULL where the path says it */
  bool total;
  bool published; /* parts are exact unless the block says style = "published" */
  chart_kind chart;
  bool decisions; /* BLOCK_ROWS: rows are the subjects of a rule */
  fact_type rows;
  int32_t rule, outcome; /* outcome -1: any */
  match where;
  order_key *order;
  size_t order_count;
  block_column *columns;
  size_t columns_count;
  block_check *checks;
  size_t checks_count;
  int32_t *rules; /* BLOCK_DECISIONS: these only; none: all */
  size_t rules_count;
  bool of_people; /* a row or group is one person: left out where no detail is wanted */
  place declared;
} block;

typedef struct report_plan {
  const report_declaration *report;
  const pack *pack;
  block *blocks;
  size_t count;
} report_plan;

/* A copy of the pack whose wordbook may grow, and what compiles declarations into it. */
typedef struct plan_making {
  pack *pack;
  declaring to;
  making making;
} plan_making;
void plan_making_new(arena *a, const pack *p, faults *problems, plan_making *out);

/* Compiles the blocks of the declaration, or those given by its body (NULL: the declaration's). */
bool report_plan_make(arena *a, const pack *p, const report_declaration *report, const json_t *blocks, report_plan *out,
                      faults *problems);

/* The figure of that name for a scope; -1 and a fault with the nearest otherwise. */
int32_t plan_figure(const spot *at, const pack *p, fact_type of, const char *id);

#endif
