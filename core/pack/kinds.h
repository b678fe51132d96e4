/* kinds: what a pack's `kinds`, `scales` and `ladder` declare, checked and compiled.
 *
 * A kind says which type of fact it names, what its records are about, their unit, words and attributes. A scale is an
 * ordered list of words; `at_least` compares positions. A ladder is a scale under its own id.
 * A pack that extends another replaces a kind or a scale of the same name as a whole; twice in one pack is a fault.
 * Ownership: everything lives in the arena of the declaring given to kinds_compile. Nothing changes after it.
 */
#ifndef HONGZHU_PACK_KINDS_H
#define HONGZHU_PACK_KINDS_H

#include "ledger/fact.h"
#include "pack/declare.h"

typedef struct scale_word {
  const char *word;
  said title;
  const char **aliases; /* other ways in which files write it, titles not included */
  size_t aliases_count;
} scale_word;

typedef struct declared_scale {
  const char *name;
  said title; /* both NULL where the scale has none */
  bool ladder;
  const scale_word *words; /* ascending */
  size_t count;
  place where;
} declared_scale;

typedef enum attribute_form { FORM_TEXT, FORM_AMOUNT, FORM_WHOLE, FORM_DATE, FORM_TRUTH, FORMS } attribute_form;

typedef struct declared_attribute {
  const char *name;
  said title; /* its name where none is declared */
  attribute_form form;
  const char *unit;   /* amounts: NULL where none is declared */
  int decimals;       /* amounts: 0 to 6; 0 for whole numbers */
  const char **words; /* texts: the only ones allowed; NULL: any */
  size_t words_count;
} declared_attribute;

typedef enum amount_need { AMOUNT_OPTIONAL, AMOUNT_REQUIRED, AMOUNT_NONE } amount_need;

typedef enum kind_word { KIND_LEVEL, KIND_MODE, KIND_STATUS, KIND_WORDS } kind_word;

typedef struct declared_kind {
  const char *name;
  said title;
  fact_type type;
  bool of[FACT_TYPES]; /* records: what they may be about */
  fact_type of_first;  /* records: what they are about where nothing is said: person if allowed, else the first named */
  const char *unit;    /* NULL: none */
  int decimals;
  amount_need amount;
  bool has_level;
  const char *
      *words[KIND_WORDS]; /* allowed; NULL: those of the scale "level", "mode", "status", or any if there is none */
  size_t words_count[KIND_WORDS];
  const declared_attribute *attributes; /* by name */
  size_t attributes_count;
  place where;
  place lost; /* where an inherited pack says of this kind what is no longer said; no file: nothing is lost */
} declared_kind;

typedef struct kinds {
  const declared_kind *items; /* by name */
  size_t count;
  const declared_scale *scales; /* by name, ladders among them */
  size_t scales_count;
} kinds;

/* Reads the declarations of an image (its "declarations": an array), passing over all but the three words above.
 * True if nothing was wrong; `out` is usable in either case, without what was wrong. */
bool kinds_compile(declaring *to, const json_t *declarations, kinds *out);

const declared_kind *kinds_named(const kinds *all, const char *name);   /* NULL if there is none */
bool kinds_unknown(const kinds *all, const spot *at, const char *name); /* the fault, with the nearest; false */
const declared_scale *kinds_scale(const kinds *all, const char *name);  /* NULL if there is none */
const declared_attribute *kind_attribute(const declared_kind *of, const char *name); /* NULL if there is none */

int scale_position(const declared_scale *of, const char *word); /* 0-based; -1 if it is none of its words */
/* The word that a text of a file means: the word itself, a title or an alias, compared by text_key; NULL if none. */
const char *scale_meant(arena *a, const declared_scale *of, const char *text);

/* The words that a kind allows as level, mode or status, for checks and suggestions; 0 and NULL where any is allowed.
 */
size_t kind_words(arena *a, const kinds *all, const declared_kind *of, kind_word which, const char ***out);

/* Names for fault suggestions: all kinds of a type (FACT_NONE: of every type), all attributes of a kind. */
size_t kinds_names(arena *a, const kinds *all, fact_type type, const char ***out);
size_t kind_attribute_names(arena *a, const declared_kind *of, const char ***out);

/* The pack that a declaration came from: the first folder of its place, "county/kinds.lua:3". */
const char *declared_in(arena *a, const json_t *declaration);

const char *attribute_form_name(attribute_form form); /* "text", "amount", "whole", "date", "truth" */

#endif
