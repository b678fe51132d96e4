/* print: what a command says. Text is made safe for a terminal here; callers give it as it is.
 *
 * Tables align by terminal width (a Chinese character takes two columns). With --json nothing but print_json writes to
 * call.out: the functions for text then do nothing, so that a command may call them without asking.
 */
#ifndef HONGZHU_CLI_PRINT_H
#define HONGZHU_CLI_PRINT_H

#include "base/json.h"
#include "cli/cli.h"

/* One line, in the language of the call; a newline is added. */
void print_line(const call *c, const char *en, const char *zh, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
/* Text of several lines as it is, each line made safe; a final newline is added where there is none. */
void print_text(const call *c, const char *text);
void print_json(const call *c, const json_t *value); /* only with --json; pretty, a newline behind it; borrows */

typedef struct table_column {
  said title;
  bool right; /* numbers */
} table_column;

typedef struct table {
  const table_column *columns; /* borrowed */
  size_t columns_count;
  const char **cells; /* row by row */
  size_t cells_count, cells_capacity;
} table;

table *table_new(const call *c, const table_column *columns, size_t columns_count);
/* A row: as many cells as columns; NULL is an empty cell. Texts are copied. */
void table_row(const call *c, table *t, const char *const *cells);
/* With a line of titles and a rule below; trailing blanks are left out. Nothing at all if there are no rows. */
void print_table(const call *c, const table *t);
void print_table_indented(const call *c, const table *t, size_t blanks, bool titles);

/* Adds one more to a list of texts, which begins empty: the next one after a comma, as the language writes it. */
void print_listed(const call *c, buffer *list, const char *text);

/* Progress on standard error, if that is a terminal and --json was not given: how much of how much (total 0 where it is
 * not known), how much a second and how long it still takes. At most ten times a second, whoever calls it how often. */
void print_progress(const call *c, const char *en, const char *zh, uint64_t done, uint64_t total);
/* Its words: `more` was done in so many milliseconds; 0: no rate is known yet. */
char *print_progress_text(arena *a, language in, said what, uint64_t done, uint64_t total, uint64_t more,
                          int64_t milliseconds);
/* The same of what nobody can count before it is done: the share done and the time left are those of another measure,
 * such as the bytes of a file whose rows are read. whole 0: it is not known. */
void print_progress_part(const call *c, const char *en, const char *zh, uint64_t done, uint64_t part, uint64_t whole);
char *print_progress_part_text(arena *a, language in, said what, uint64_t done, uint64_t more, uint64_t part,
                               uint64_t whole, uint64_t more_part, int64_t milliseconds);
/* What follows has no measure: these words alone. Nothing where no progress was shown before. */
void print_progress_then(const call *c, const char *en, const char *zh);
void print_progress_end(const call *c); /* clears the line; what comes next begins anew */

/* The faults of the call to call.err, which cli_main does at the end; as JSON, one object a line, with --json. */
void print_faults(const call *c);

/* Numbers as people read them: 1,234,567. */
char *print_count(arena *a, int64_t number);

#endif
