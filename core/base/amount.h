/* amount: quantities of facts, as integers in millionths of their unit, exact or a bound.
 *
 * 余 多 (and "over", ">=") make a lower bound, 近 ("nearly", "<=") an upper one; 多名 and other words without a number
 * are an amount that is there but unknown. Absent, zero and unknown are three things.
 */
#ifndef HONGZHU_BASE_AMOUNT_H
#define HONGZHU_BASE_AMOUNT_H

#include "base/fraction.h"

#define AMOUNT_ONE INT64_C(1000000)

typedef enum bound {
  BOUND_NONE, /* not applicable: the fact has no amount */
  BOUND_EXACT,
  BOUND_AT_LEAST, /* the true value is >= the number */
  BOUND_AT_MOST,  /* the true value is <= the number and >= 0 */
  BOUND_UNKNOWN   /* there is an amount and nobody knows it: >= 0 */
} bound;

typedef struct amount {
  int64_t millionths;
  bound bound;
} amount;

typedef enum amount_problem {
  AMOUNT_GOOD,
  AMOUNT_NOT_A_NUMBER,
  AMOUNT_TOO_PRECISE, /* more decimals than the unit declares */
  AMOUNT_TOO_LARGE
} amount_problem;

/* Reads "12", "12.5", "1,234", "200余", "近70", "10万余", "多名", full-width digits, each followed by `unit` or not
 * (unit may be NULL). `decimals` is 0 to 6. An empty text is BOUND_NONE. */
amount_problem amount_read(const char *text, int decimals, const char *unit, amount *out);
char *amount_text(arena *a, amount value,
                  language in); /* "12.5", "200余" / "200+", "近70" / "nearly 70", "多" / "unknown" */

/* How a computed figure is printed. Exactly, or as bureaux publish: floor to two leading digits with a grain of at
 * least 10 (or to `grain`), then `word` if something was left; `scale` counts in ten thousands (万). */
typedef struct published {
  bool exact;
  int64_t grain;    /* 0: two leading digits, at least 10 */
  const char *word; /* 余 where NULL; 至少 stands before the number; 近 rounds up to the grain */
  int64_t scale;    /* 1 or 10000 */
} published;

char *amount_published(arena *a, amount value, published style, language in);

#endif
