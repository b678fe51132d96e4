/* remedy: what would make an unmet need be met: the least that is missing, in the units in which a person earns it, and
 * which activities in the ledger would give it before the period ends.
 *
 * Recognition is read backwards: for each line that leads to the need and each level it pays for, the amount is what is
 * missing over the rate in force on the day, rounded up to what a record can say. Caps leave a way only as much as
 * there is room for; where a step cannot be read backwards exactly (rounding, a minimum of a group, what was carried
 * over), that way is not offered rather than guessed.
 */
#ifndef HONGZHU_TASK_REMEDY_H
#define HONGZHU_TASK_REMEDY_H

#include "task/explain.h"

typedef struct remedy_way {
  said title;      /* 省级集中培训, face-to-face training, province */
  said conditions; /* what else such a record must be; "" */
  fraction amount; /* of `unit`; or so many records where `unit` is NULL */
  const char *unit;
  fraction room; /* what this way can give before the period ends, in the need's unit; infinite: no cap */
  bool enough;
} remedy_way;

typedef struct remedy_offer {
  uint32_t activity;
  said title; /* of the line that would take it */
  fraction gives;
  bool enough;
} remedy_offer;

typedef struct remedy {
  fraction missing;
  const char *unit;
  day until; /* the last day on which it still counts; DAY_EVER */
  bool late; /* the year of the need has passed */
  remedy_way *ways;
  size_t ways_count, ways_capacity;
  remedy_offer *offers;
  size_t offers_count, offers_capacity;
} remedy;

/* False where nothing can be said: the need is met, or is one that more would not meet. */
bool remedy_find(arena *a, const evaluating *e, const explanation *x, size_t need_at, remedy *out);
/* The lines of an explanation, and its JSON (a new reference). */
void remedy_text(arena *a, const evaluating *e, const need_result *n, const char *title, const remedy *r, language in,
                 buffer *text);
json_t *remedy_json(arena *a, const evaluating *e, const remedy *r);

#endif
