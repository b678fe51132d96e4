/* split: decoded text -> rows of cells.
 *
 * Text comes in blocks that may end anywhere, also inside a quoted field or between CR and LF; a row is handed on as
 * soon as its end was seen. Nothing is guessed here: the separator, quote and comment characters are given, and what
 * breaks the format ends the work with a split_problem, never with a changed cell.
 *
 * A field is quoted if the quote is its first character; a doubled quote inside stands for one; blanks after the
 * closing quote are dropped. A row ends with CR LF, LF or CR; inside quotes line ends are part of the cell, as they
 * are. A field with nothing in it is absent; a quoted one with nothing in it is empty. Rows whose cells are all absent
 * or empty are left out. Lines are counted as an editor does, so a row's number is the line on which it begins.
 */
#ifndef CSV_SPLIT_H
#define CSV_SPLIT_H

#include <hongzhu/plugin.h>

#include <stdbool.h>

#define SPLIT_COLUMNS_MOST UINT32_C(16384) /* what the widest spreadsheets hold */
#define SPLIT_ROW_MOST     (UINT32_C(8) << 20)

typedef struct split_format {
  char separator;
  char quote;   /* 0: none */
  char comment; /* 0: none; a line that begins with it is passed over */
} split_format;

typedef enum split_problem {
  SPLIT_FINE,
  SPLIT_STOPPED,  /* the taker of rows returned something else than HONGZHU_OK */
  SPLIT_NUL,      /* a NUL character */
  SPLIT_AFTER,    /* something stands between a closing quote and the separator */
  SPLIT_OPEN,     /* the text ends inside quotes */
  SPLIT_TOO_WIDE, /* more than SPLIT_COLUMNS_MOST cells */
  SPLIT_TOO_LONG, /* more than SPLIT_ROW_MOST bytes */
  SPLIT_MEMORY
} split_problem;

typedef int split_taker(void *context, uint64_t line, const hongzhu_text *cells, uint32_t count);

typedef struct splitter splitter;

splitter *split_new(const split_format *format, split_taker *take, void *context);
void split_free(splitter *s);
split_problem split_text(splitter *s, const char *text, size_t length);
split_problem split_end(splitter *s); /* after the last block */

/* Where it stands: the line on which the row began, the present line, the column (1 first). */
uint64_t split_row_line(const splitter *s);
uint64_t split_line(const splitter *s);
uint32_t split_column(const splitter *s);
bool split_in_quotes(const splitter *s);
int split_stopped_with(const splitter *s); /* what the taker returned */

/* The separator of a file by its beginning: of comma, tab, semicolon and bar the one that gives most rows the same
 * number of cells, then the one that gives more cells; a comma if there is none. `whole`: nothing follows. */
char split_guess(const char *text, size_t length, bool whole, char quote, char comment);

#endif
