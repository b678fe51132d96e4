/* select: the steps of a selection, on the rows of one subject. The doors of Lua and native rules use the same steps.
 *
 * Amounts are integers in a common denominator (scale parts of a unit), so that the inner loops add integers. Every
 * item has a lowest and a highest amount and says whether it is surely there; in the two extremes ("all uncertain
 * records out", "all in") both are equal, in the bound they are not. A step that leaves something out tells the trail
 * why.
 */
#ifndef HONGZHU_PACK_SELECT_H
#define HONGZHU_PACK_SELECT_H

#include "pack/pack.h"

#define SCALED_INFINITE INT64_MAX

typedef struct item {
  uint32_t row;      /* in its table */
  uint32_t position; /* among the subject's rows: the fixed order; carried items stand before all others */
  bool carried, sure;
  int64_t least, most;
  day earliest, latest;     /* the day by which it belongs to a window or span, as far as it is known */
  const struct item *parts; /* of a block: what it joins */
  uint32_t parts_count;
} item;

typedef struct selection {
  item *items;
  uint32_t count;
} selection;

typedef enum left_reason {
  LEFT_WINDOW, /* outside the period or window */
  LEFT_LATER,  /* after the day of the decision */
  LEFT_WHERE,  /* does not match a condition put on what was selected */
  LEFT_CAP,
  LEFT_UNDER_CAP,
  LEFT_FIRST,
  LEFT_ONCE,
  LEFT_NOT_GREATEST,
  LEFT_MINIMUM,
  LEFT_ROUNDING,
  LEFT_UNCERTAIN, /* whether it counts cannot be known */
  LEFT_UNRECOGNISED
} left_reason;

typedef struct left {
  int32_t node; /* of the program; -1 in doors */
  fact_type type;
  uint32_t row;
  left_reason reason;
  bool amount_known;
  fraction amount; /* what was left out */
  const char *detail;
} left;

typedef struct trail { /* what an explanation wants to know; NULL where nobody asks */
  arena *memory;
  left *items;
  size_t count, capacity;
} trail;

typedef enum extreme { EXTREME_OUT, EXTREME_IN, EXTREME_BOUND } extreme;

/* Where a selection stands in time and among its rows. */
typedef struct frame_of_rows {
  arena *scratch;
  const view *view;
  fact_type type;
  const period *period; /* of the rule; NULL */
  window window;        /* first day DAY_NONE: open */
  day span_starts;      /* of a span that is a period: where its first one starts, for this subject */
  day on;
  int64_t scale;
  int64_t rescale; /* set above 1 where a number is no multiple of 1/scale: begin again with scale * rescale */
  bool overflow;
  bool uncertain; /* something uncertain was met */
  int uncertain_count;
  bool doubtful; /* something may be in more than the two ways of the extremes: a rule that does not go one way asks the
                    bound */
  day until;     /* first day on which a comparison made would turn out otherwise */
  extreme extreme;
  trail *trail;
  int32_t node;
} frame_of_rows;

typedef struct scaled { /* a limit */
  int64_t least, most;
} scaled;

void frame_until(frame_of_rows *f, day d);                            /* a comparison would change on that day */
bool scale_fraction(frame_of_rows *f, fraction number, int64_t *out); /* false: overflow or rescale is set */
int64_t scaled_add(frame_of_rows *f, int64_t a, int64_t b);
fraction scaled_number(frame_of_rows *f, int64_t parts);

/* The days by which a row belongs to a window or span: from the earliest to the latest possible. */
void row_days(const frame_of_rows *f, uint32_t row, day *earliest, day *latest);

void leave(frame_of_rows *f, const item *i, left_reason reason, int64_t parts);

selection select_window(frame_of_rows *f, selection s, day first, day last, left_reason outside);
selection select_where(frame_of_rows *f, selection s, const match *what, day parameters_on);
/* keep_over: what cap leaves out instead of what it keeps. `only` may be NULL. */
selection select_cap(frame_of_rows *f, selection s, scaled ceiling, span_form span, const period *p, const match *only,
                     day parameters_on, bool keep_over);
selection select_first(frame_of_rows *f, selection s, int64_t count, span_form span, const period *p);
selection select_once(frame_of_rows *f, selection s, const path *by, const path *keep, const uint32_t *words,
                      size_t words_count);
selection select_blocks(frame_of_rows *f, selection s, int32_t gap_days);
selection select_greatest(frame_of_rows *f, selection s);
selection select_from_minimum(frame_of_rows *f, selection s, scaled minimum, const path *by);
selection select_round(frame_of_rows *f, selection s, rounding way, scaled step, span_form span, const period *p);
selection select_union(frame_of_rows *f, selection a, selection b);
/* Those of one year, or with one word of a path, for needs per declared value. */
selection select_year(frame_of_rows *f, selection s, int32_t year);
selection select_word(frame_of_rows *f, selection s, const path *by, uint32_t code);

void selection_sum(frame_of_rows *f, selection s, int64_t *least, int64_t *most);
void selection_count(selection s, int64_t *least, int64_t *most);
void selection_days(frame_of_rows *f, selection s, int64_t *least, int64_t *most);
void selection_distinct(frame_of_rows *f, selection s, const path *by, int64_t *least, int64_t *most);

#endif
