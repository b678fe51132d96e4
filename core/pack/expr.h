/* expr: expressions as a compiler leaves them: nodes in an order in which each stands behind what it needs.
 *
 * A node is a selection (rows in a fixed order, each with the part of its amount that counts), a number, or a
 * condition. Equal expressions are one node, so that the complement of a cap is recognised as such.
 */
#ifndef HONGZHU_PACK_EXPR_H
#define HONGZHU_PACK_EXPR_H

#include "pack/period.h"

typedef enum expr_type { EXPR_SELECTION, EXPR_NUMBER, EXPR_TRUTH, EXPR_NEED } expr_type;

typedef enum expr_op {
  /* selections */
  OP_RECORDS,
  OP_RECOGNISED,
  OP_PREVIOUS,
  OP_WHERE,
  OP_DURING,
  OP_CAP,
  OP_OVER,
  OP_FIRST,
  OP_ONCE,
  OP_BLOCKS,
  OP_GREATEST,
  OP_FROM_MINIMUM,
  OP_ROUND,
  OP_UNION,
  /* numbers */
  OP_CONSTANT,
  OP_PARAMETER,
  OP_SUM,
  OP_COUNT,
  OP_DAYS,
  OP_DISTINCT,
  OP_ADD,
  OP_SUBTRACT,
  OP_MULTIPLY,
  OP_DIVIDE,
  OP_HIGHEST_OF,
  OP_LOWEST_OF,
  OP_SUM_OF,
  OP_CHOOSE,
  OP_PORTION,
  OP_YEARS_SINCE,
  OP_PREVIOUS_NUMBER,
  OP_VALUE,
  OP_OUTCOMES,
  OP_MEMBERS,
  /* conditions */
  OP_EXISTS,
  OP_KNOWN,
  OP_FACT_DATE,
  OP_OUTCOME,
  OP_SUBJECT,
  OP_ALL,
  OP_ANY,
  OP_NOT,
  OP_COMPARE
} expr_op;

typedef enum span_form { SPAN_NONE, SPAN_SESSION, SPAN_ITEM, SPAN_DAY, SPAN_YEAR, SPAN_PERIOD, SPAN_EVER } span_form;

/* On which day something is read: a parameter, the years since a fact. */
typedef enum reading_day {
  READ_DEFAULT,
  READ_PERIOD_START,
  READ_PERIOD_END,
  READ_DECISION,
  READ_RECORD,
  READ_SUBJECT_START /* the first day of the placement that is decided on */
} reading_day;

typedef struct expr_node {
  expr_op op;
  expr_type type;
  fact_type rows;      /* selections: of which table */
  int32_t of;          /* the node it works on; -1 */
  const int32_t *args; /* numbers and conditions it takes */
  size_t args_count;
  const match *match;         /* RECORDS, WHERE, SUBJECT; CAP OVER: who is capped (NULL: all) */
  path path;                  /* ONCE FROM_MINIMUM DISTINCT KNOWN VALUE; PARAMETER: by which word (count 0: by none) */
  path keep;                  /* ONCE: the greatest of this (count 0: the amount) */
  const uint32_t *keep_words; /* ONCE: the words of its scale, ascending, in the wordbook */
  size_t keep_words_count;
  span_form span;
  int32_t period;     /* SPAN_PERIOD, DURING of a named one; -1: the rule's own */
  int32_t index;      /* RECOGNISED: which recognition; OUTCOME OUTCOMES MEMBERS: which rule; PREVIOUS: which output */
  int32_t as;         /* RECOGNISED: which class; -1: all */
  int32_t outcome;    /* OUTCOME OUTCOMES */
  comparison compare; /* COMPARE FACT_DATE */
  limit limit;        /* CONSTANT PARAMETER FACT_DATE DURING */
  limit other;        /* DURING between */
  int32_t years, months, days; /* DURING last; BLOCKS gap in days */
  uint32_t word;               /* FACT_DATE YEARS_SINCE: the kind; PORTION: a kind, or none for posts */
  const char *name;            /* the same as text */
  reading_day reading;         /* PARAMETER; YEARS_SINCE: on which day */
  rounding way;
  bool ever;        /* RECORDS RECOGNISED: of all time up to the day, not of the period only */
  bool from_person; /* RECORDS in a rule of enrollments: the person's own records, not the placement's */
  const char *unit; /* NULL: none or not known; "" : counts, fits any */
  place where;
  const char *text; /* how it is written, for explanations: "cap(10, year)" */
} expr_node;

typedef struct program {
  expr_node *nodes;
  size_t count, capacity;
  const char **texts; /* of each node, its canonical JSON without places: equal nodes are one */
} program;

/* What a comparison says as a need: what is had, by which comparison, what is needed. */
typedef struct need_form {
  int32_t had;       /* a selection or a number; -1: the need is the condition */
  int32_t needed;    /* a number */
  int32_t condition; /* where had is -1 */
  comparison compare;
  span_form each; /* SPAN_NONE: one need; SPAN_YEAR: one per year; SPAN_ITEM with each_path: one per declared word */
  path each_path;
  const char *const *each_words;
  size_t each_count;
  bool count; /* each: counts rows instead of adding amounts */
} need_form;

/* What the compiler of an expression has around it. */
typedef struct expr_scope {
  making *making;
  program *program;
  const struct pack *pack; /* recognitions, rules (by id), periods */
  const struct rule *rule; /* NULL in a recognition */
  fact_type of;            /* the subject */
  int32_t period;          /* of the rule; -1 */
  bool overlap;            /* the rule says that unions may count twice */
} expr_scope;

/* Each returns a node, or -1 after a fault. */
int32_t expr_compile(expr_scope *s, const spot *declared);
int32_t expr_number(expr_scope *s, const spot *declared); /* a selection becomes its sum */
int32_t expr_selection(expr_scope *s, const spot *declared);
int32_t expr_condition(expr_scope *s,
                       const spot *declared); /* also a where table on the subject, and a list: all of them */
bool expr_need(expr_scope *s, const spot *declared, need_form *out);

bool expr_is_number(const spot *declared);                  /* from its words alone, before anything is compiled */
bool program_apart(const program *p, int32_t a, int32_t b); /* proven: no record counts in both */
const char *unit_over(arena *a, const char *unit, const char *below); /* "学分/学时" times "学时" */

#endif
