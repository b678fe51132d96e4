/* mutate_places: where the numbers and days of a pack stand in its image. Inside core/pack only. */
#ifndef HONGZHU_PACK_MUTATE_PLACES_H
#define HONGZHU_PACK_MUTATE_PLACES_H

#include "pack/pack.h"

typedef enum movable_form { MOVES_NUMBER, MOVES_DAY, MOVES_MONTH_DAY, MOVES_WORD } movable_form;

typedef struct copy_of_value { /* one of the places in the image */
  json_t *holder;
  const char *key; /* NULL: an element */
  size_t index;
} copy_of_value;

typedef struct movable { /* a number or day of the text, with its copies in the image */
  const char *name;
  const char *same; /* equal for copies of one place of the text */
  place where;
  movable_form form;
  const char *was;
  const declared_scale *scale; /* MOVES_WORD */
  const char *parameter;       /* the parameter whose value or first day it is; NULL */
  const char *declared, *id;   /* "rule", "cycle" */
  const char *need, *section;  /* in a rule: the need, or "applies" …; NULL */
  const char *word;            /* the expression it stands in: "cap"; NULL */
  bool from;                   /* the first day of a parameter's value */
  copy_of_value *copies;
  size_t copies_count, copies_capacity;
} movable;

typedef struct movables {
  movable *items;
  size_t count, capacity;
} movables;

/* Of what the pack itself declares; `image` may be changed through the copies. */
void movables_find(arena *a, const pack *p, json_t *image, movables *out);
/* The value one step up or down (+1, -1), as JSON (a new reference) and as text; NULL where there is none. */
json_t *movable_step(arena *a, const movable *m, int step, const char **text);

#endif
