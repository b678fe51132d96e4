/* report: a report declaration made into a document: figures, tables and charts, each number with the rows behind it.
 *
 * A document depends on pack, subjects and request alone. No import number, entity, address or hash order reaches it:
 * rows are named by file, sheet and row. The ledger is asked for nothing but the text of those rows.
 */
#ifndef HONGZHU_TASK_REPORT_H
#define HONGZHU_TASK_REPORT_H

#include "host/foreign.h"
#include "pack/figure.h"
#include "task/shown.h"

typedef struct report_request {
  const char *report; /* its id */
  fact_type of;       /* of the scope; FACT_NONE: the report's */
  const char *code;   /* of the scope; NULL: the only row of that type */
  day on;
  language in;
  bool exact; /* whatever the report declares */
  detail detail;
  const char *pack; /* of several in force, the one meant; NULL: the one that rules the scope */
} report_request;

/* The report named; with NULL the only one. A fault with the nearest name otherwise. */
const report_declaration *report_named(const pack *p, const char *id, faults *problems);

/* The row of a type with that code or name; with NULL the only one. `option` names the option to give in a fault. */
bool report_scope(const subjects *s, fact_type of, const char *code, figure_scope *out, faults *problems);
const char *scope_option_name(fact_type of); /* "--cohort" */
/* " --cohort HZZG-2": how a scope is written in a command; "" for everything. A person without a code is masked. */
char *scope_option(arena *a, const subjects *s, figure_scope scope, detail shown);
/* A word for the shell: quoted where it has to be. */
char *shell_word(arena *a, const char *text);

/* The events live in the arena. `l` may be NULL: then rows are named but their text is not shown. */
bool report_make(ledger *l, const pack *p, const subjects *s, const report_request *request, arena *a, document *out,
                 faults *problems);

/* Everything about the pack's reports that can be checked without records. True if nothing is wrong. */
bool report_check(const pack *p, faults *problems);

#endif
