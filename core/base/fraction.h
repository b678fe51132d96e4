/* fraction: exact numbers of decisions. Numerator and denominator are 64-bit, the denominator positive, lowest terms.
 *
 * Every operation returns false on overflow (and on division by zero) and leaves *out alone: the caller reports a
 * fault, nothing is rounded. Comparison never overflows.
 */
#ifndef HONGZHU_BASE_FRACTION_H
#define HONGZHU_BASE_FRACTION_H

#include "base/text.h"

typedef struct fraction {
  int64_t above, below;
} fraction;

#define FRACTION_ZERO ((fraction){0, 1})

bool fraction_make(int64_t above, int64_t below, fraction *out);
bool fraction_add(fraction a, fraction b, fraction *out);
bool fraction_subtract(fraction a, fraction b, fraction *out);
bool fraction_multiply(fraction a, fraction b, fraction *out);
bool fraction_divide(fraction a, fraction b, fraction *out);
int fraction_compare(fraction a, fraction b); /* -1, 0, 1 */

/* Rounding to a multiple of `step` (> 0): down is toward minus infinity, half goes away from zero. */
typedef enum rounding { ROUND_DOWN, ROUND_UP, ROUND_HALF } rounding;
bool fraction_round(fraction a, rounding way, fraction step, fraction *out);

/* "12", "-0.25", "1/3"; at most six decimals; ASCII only. */
bool fraction_read(const char *text, fraction *out);
/* A decimal where six places suffice, else "1/3", "-2/3". */
char *fraction_text(arena *a, fraction f);

#endif
