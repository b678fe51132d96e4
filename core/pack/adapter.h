/* adapter: what an `adapter { … }` declares, checked and compiled to a list of parts.
 *
 * A part makes at most one fact of a row. Parts stand in an order in which each refers only to earlier ones. The number
 * of a part in that order, from 1, is the fact's `part`; its `stable` name does not change when a later version of the
 * pack adds parts of other types and kinds, so that keys made of it stay what they were. An entity's part finds it in
 * the ledger and, where the adapter introduces its type, brings it in.
 *
 * A key names what identifies the facts of a row, from: person organization host programme cohort activity enrollment
 * kind code name level mode status since until amount, an attribute, or a source such as column "编号". Without one it
 * is what the fact says. `covers` names in the same words what a file is complete for.
 * Ownership: in the arena of the declaring; kinds are borrowed.
 */
#ifndef HONGZHU_PACK_ADAPTER_H
#define HONGZHU_PACK_ADAPTER_H

#include "pack/kinds.h"
#include "pack/source.h"

typedef enum part_text { TEXT_KIND, TEXT_CODE, TEXT_NAME, TEXT_LEVEL, TEXT_MODE, TEXT_STATUS, PART_TEXTS } part_text;

extern const char *const part_text_names[PART_TEXTS]; /* "kind" … "status": the words of keys and value maps */

typedef struct attribute_source {
  const char *name;
  const declared_attribute *attribute; /* of the part's kind; NULL where the kind is read from the row */
  source from;
} attribute_source;

typedef struct adapter_part {
  fact_type type;
  const char *stable;        /* "record lesson_observation", "record lesson_observation 2", "organization host" */
  const declared_kind *kind; /* NULL: none, or read from the row */
  source texts[PART_TEXTS];
  source id, aliases; /* person; organization */
  source since, until;
  bool single_day; /* `on`: until is since */
  source amount, only_if;
  const attribute_source *attributes;
  size_t attributes_count;
  int subject, object, place; /* earlier parts, -1: none; person: place is the school by which a name is looked up */
  bool introduces;
  place where;
} adapter_part;

typedef enum key_form { KEY_PART, KEY_TEXT, KEY_SINCE, KEY_UNTIL, KEY_AMOUNT, KEY_ATTRIBUTE, KEY_SOURCE } key_form;

typedef struct key_item {
  key_form form;
  int part;              /* KEY_PART */
  part_text text;        /* KEY_TEXT */
  const char *attribute; /* KEY_ATTRIBUTE */
  source from;           /* KEY_SOURCE */
} key_item;

typedef struct value_pair {
  const char *key; /* text_key of what the file writes */
  const char *word;
} value_pair;

typedef struct value_map { /* how files write the words of a member or attribute */
  const char *member;
  const value_pair *pairs;
  size_t count;
} value_map;

typedef struct only_row { /* rows are taken only where the column has one of these texts */
  source from;
  const char **keys;
  size_t count;
} only_row;

typedef struct adapter_option {
  const char *name, *value;
} adapter_option;

typedef struct adapter {
  const char *id;
  said title;
  const char **readers; /* the names allowed; at least one */
  size_t readers_count;
  const adapter_option *options;
  size_t options_count;
  const char *sheet_name;      /* NULL: any, or by number */
  int32_t sheet_number;        /* 0: any, or by name */
  int64_t header;              /* 0: the first row that has all required columns */
  const char **totals, **ends; /* as text_key */
  size_t totals_count, ends_count;
  sheaf columns;
  const adapter_part *parts;
  size_t parts_count;
  int row_part[FACT_TYPES]; /* the row's own organization, person … : position in parts, -1 for none */
  const key_item *key, *covers;
  size_t key_count, covers_count;
  bool key_has_since;
  const value_map *values;
  size_t values_count;
  const only_row *only;
  size_t only_count;
  const char *each;  /* where the function stands, "county/adapters/log.lua:12"; NULL: none */
  const char **adds; /* columns that `each` makes */
  size_t adds_count;
  place where;
} adapter;

/* Compiles every adapter of an image's declarations, by id. A pack that extends another replaces an adapter of the same
 * id; twice in one pack is a fault. True if nothing was wrong. */
bool adapters_compile(declaring *to, const json_t *declarations, const kinds *all, adapter **out, size_t *count);

const adapter *adapters_named(const adapter *all, size_t count, const char *id); /* NULL if there is none */

#endif
