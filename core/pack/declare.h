/* declare: reading a declaration out of an image, key by key, with errors that a district's author can act on.
 *
 * A `spot` is a value of the image together with the way to it, so that a fault can name file, line and key. Spots are
 * small values; the image and the arena must outlive them. Every function that reports returns false or a default after
 * adding the fault, and a checker goes on, so that an author sees all mistakes at once.
 */
#ifndef HONGZHU_PACK_DECLARE_H
#define HONGZHU_PACK_DECLARE_H

#include "base/amount.h"
#include "base/date.h"
#include "pack/image.h"

typedef struct declaring {
  arena *memory;
  faults *problems;
  const pack_text *text;   /* for lines; may be NULL */
  struct long_list *lists; /* where the elements of long lists stand; kept by spot_place, NULL at first */
} declaring;

typedef struct spot {
  declaring *to;
  const json_t *value; /* NULL: absent */
  const struct spot *up;
  const char *key; /* in `up`; NULL for an element */
  size_t index;    /* of an element, 0-based */
} spot;

spot spot_root(declaring *to, const json_t *declaration);
spot spot_member(const spot *of, const char *key); /* `of` must outlive it */
spot spot_element(const spot *of, size_t index);
size_t
spot_count(const spot *of); /* elements of an array, or the last of the members "1", "2" …; 0 for anything else */
spot spot_item(const spot *of, size_t index); /* element or member "1", "2" … */
bool spot_there(const spot *of);
const char *spot_tag(const spot *of); /* "@" of a tagged value, else NULL */
place spot_place(const spot *of);

bool spot_fault(const spot *of, const char *en, const char *zh, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
bool spot_warn(const spot *of, const char *en, const char *zh, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* A declaration's keys. Unknown ones are faults with the nearest known name, missing required ones too; "@", "at" and,
 * where `positions`, "1", "2" … are passed over. */
typedef struct key_row {
  const char *name;
  bool required;
} key_row;
bool spot_keys(const spot *of, const key_row *keys, size_t count, bool positions, const char *what_en,
               const char *what_zh);

/* Readers of single values: a fault if it is there and of the wrong form; the default if it is absent. */
const char *spot_text(const spot *of, const char *otherwise);
int64_t spot_integer(const spot *of, int64_t otherwise);
bool spot_truth(const spot *of, bool otherwise);
bool spot_fraction(const spot *of, fraction *out);  /* integer, decimal, "0.3", "1/3"; false if absent or wrong */
day spot_day(const spot *of, day otherwise);        /* "2018-01-01" */
said spot_said(const spot *of, bool required);      /* {zh=, en=}; one missing takes the other */
said spot_said_keys(const spot *of, bool required); /* zh and en beside other keys */
/* One of the words; -1 and a fault with the nearest otherwise, `otherwise` where absent. */
int spot_word(const spot *of, const char *const *words, size_t count, int otherwise);
/* A text or a list of texts; the count, 0 where absent. */
size_t spot_texts(const spot *of, const char ***out);

#endif
