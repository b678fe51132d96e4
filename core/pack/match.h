/* match: what `where`, `when` and `records { … }` say of a row.
 *
 *   { kind = "placement", mode = { "online", "mixed" }, level = at_least "county", amount = at_least(2), theme = any }
 *
 * Every key must hold; any_of { {…}, {…} } where one of several may. A key is a path. The answer is yes, no or, where a
 * date is known to its month only or an amount is a bound, unknown.
 */
#ifndef HONGZHU_PACK_MATCH_H
#define HONGZHU_PACK_MATCH_H

#include "pack/kinds.h"
#include "pack/parameter.h"
#include "pack/path.h"

typedef enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN } truth;

truth truth_and(truth a, truth b);
truth truth_or(truth a, truth b);
truth truth_not(truth a);

/* What a compiler of declarations knows: names of the pack, and where words are numbered. */
typedef struct making {
  declaring *to;
  const kinds *kinds;
  const parameters *parameters;
  wordbook *book;
  const char *const *attributes; /* of all kinds */
  size_t attributes_count;
} making;

typedef enum test_form { TEST_WORDS, TEST_NUMBER, TEST_DATE, TEST_TRUTH, TEST_NONE, TEST_ANY } test_form;
typedef enum comparison { AT_LEAST, MORE_THAN, AT_MOST, LESS_THAN, EQUAL } comparison;

typedef struct limit { /* a number or a day, written or by parameter */
  fraction number;
  day day;
  const parameter *parameter;
} limit;

typedef struct condition {
  path what;
  test_form form;
  const uint32_t *words; /* TEST_WORDS: in the wordbook */
  size_t words_count;
  comparison compare; /* TEST_NUMBER, TEST_DATE */
  limit limit;
  bool two; /* between: at least `limit` and at most `other` */
  limit other;
  bool truth;
} condition;

typedef struct match {
  const condition *conditions;
  size_t conditions_count;
  const struct match *any; /* one of these must match, where there are some */
  size_t any_count;
  place where;
} match;

bool match_compile(making *m, const spot *declared, match *out);
/* `parameters_on`: the day on which parameters are read. */
truth match_row(const view *v, const match *what, fact_type type, uint32_t row, day parameters_on);
/* True if no row can match both: for the proof that a union counts nothing twice. */
bool match_apart(const match *a, const match *b);
/* True if both are written alike: a cap and an over with equal tables are one step. NULL is equal to NULL only. */
bool match_same(const match *a, const match *b);
/* True if whatever matches `a` is sure to match `b`: as far as their tables show it. */
bool match_within(const match *a, const match *b);
/* The one kind that every match has; NULL if it is not named or several are. */
const char *match_kind(const match *what, const wordbook *book);

/* Whether records of a kind may match. */
bool match_allows_kind(const match *what, const wordbook *book, const char *kind);

/* Whether one of its limits is that parameter. */
bool match_reads(const match *m, const parameter *p);

bool limit_compile(making *m, const spot *declared, limit *out);
const char *comparison_text(comparison c);      /* ">=" … */
bool comparison_holds(comparison c, int order); /* of the order of left and right */

#endif
