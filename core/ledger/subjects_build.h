/* subjects_build: facts in, a subject file out. Within the ledger floor only.
 *
 *   subjects_build.c   takes facts in as columns of numbers
 *   subjects_read.c    the facts of a ledger
 *   subjects_ranks.c   words and sources by their ranks
 *   subjects_order.c   makes one row of each entity, resolves references, puts rows in order
 *   subjects_records.c puts records of people in order
 *   subjects_write.c   writes columns and indexes
 *   subjects_keys.c    the lists by which facts are found
 *   subjects_stream.c  the file as a stream of sections
 *
 * Nothing is allocated per fact, and what grows with their number lies in unnamed files. Errors of the file are in
 * errno.
 */
#ifndef HONGZHU_LEDGER_SUBJECTS_BUILD_H
#define HONGZHU_LEDGER_SUBJECTS_BUILD_H

#include "base/scratch.h"
#include "ledger/store.h"
#include "ledger/subjects_format.h"
#include "ledger/subjects_sort.h"
#include "ledger/subjects_words.h"

#define NO_ROW UINT32_MAX /* of a source that is not there */

/* The columns of a table under way: those of the file by their numbers, and some more. */
typedef enum build_member {
  BUILD_LIST = SECTION_ATTRIBUTE, /* number of a build_list; 0 for none */
  BUILD_KEY = SECTION_FACT_COLUMNS,
  BUILD_COVER,
  BUILD_ID,      /* person: digest_key of the ID number; 0 */
  BUILD_TOLD_BY, /* the row that tells of the entity, counted from 1; 0: itself */
  BUILD_COLUMNS
} build_member;

/* One value a row: words are numbers of the pool, sources numbers of a build_source, subject, object and place entities
 * until they are resolved, then positions or -1. As long as all rows say the same there is no array. */
typedef struct build_column {
  void *at;     /* NULL: every row says `same` */
  int64_t same; /* while there are rows */
  uint8_t width;
} build_column;

typedef struct build_table {
  build_column columns[BUILD_COLUMNS];
  uint32_t count;
  size_t capacity;
  uint32_t *order; /* order[position] is the row; count_ordered of them */
  uint32_t ordered;
  int32_t *position; /* position[row] */
} build_table;

typedef struct build_attribute {
  uint32_t name; /* word, then rank */
  uint8_t type, bound;
  int64_t value;
} build_attribute;

typedef struct build_list { /* the attributes of one or more facts that have the same */
  uint32_t first, count;
} build_list;

typedef struct build_source {
  int64_t import;
  digest file;
  char *name, *adapter;
  bool used;
  uint32_t rank;
} build_source;

typedef struct entity_slot {
  int64_t entity; /* 0: free */
  uint32_t row;
  uint8_t type;
} entity_slot;

typedef struct build_name { /* what a fact calls its entity, before others tell of it too */
  int64_t hash;
  uint32_t row;
  fact_type type;
} build_name;

typedef struct build_names {
  build_name *items;
  size_t count, capacity;
} build_names;

typedef struct subject_builder {
  arena *memory;
  const char *folder; /* everything that grows with the number of facts is large (scratch.h) */
  build_table of[FACT_TYPES];
  word_pool words;
  uint32_t *rank, *by_rank; /* of words, when all are there; in the end of those alone that rows say */
  uint32_t ranked;          /* how many */
  uint32_t *known;          /* by number of the ledger's word: number in the pool */
  size_t known_count;
  word_pool lists; /* the texts of attributes seen: text n has list n */
  build_list *list;
  size_t list_count, list_capacity;
  build_attribute *attributes;
  size_t attribute_count, attribute_capacity;
  build_source *sources;
  size_t source_count, source_capacity;
  uint32_t *source_order; /* ranks to numbers, used ones only */
  uint32_t sources_used;
  entity_slot *entities;
  size_t entity_slots;
  digest secret; /* of the hashes of names */
  build_names names;
  build_names loose; /* references that lead nowhere: the entity in place of a hash */
  uint32_t *by_time; /* records by first day, kind, source: order of the indexes; NULL if all are of people alone */
} subject_builder;

static inline int64_t build_value(const build_table *t, unsigned column, uint32_t row) {
  const build_column *c = &t->columns[column];
  if (c->at == NULL) return c->same;
  if (c->width == 4) return ((const int32_t *)c->at)[row];
  return c->width == 8 ? ((const int64_t *)c->at)[row] : ((const uint8_t *)c->at)[row];
}

/* Of two rows by all that they say, their ids last. */
typedef int build_comparison(const subject_builder *b, const build_table *t, uint32_t left, uint32_t right);

/* A first day as a number of 32 bits that sorts; none is the least. */
uint64_t build_first_day(date since);
/* Whether all records are about people alone, through no enrollment or activity; then their order by subject, first
 * day, kind and whatever else they say, which is that of the rest too. References are resolved. */
bool records_of_people(const build_table *t);
void records_order(const subject_builder *b, build_table *t, build_comparison *compare);

/* Changes what a row says. */
void build_put(const subject_builder *b, build_table *t, unsigned column, uint32_t row, int64_t value);

/* `folder`: where large temporary files belong; NULL: in memory. */
subject_builder *builder_new(digest secret, const char *folder);
void builder_free(subject_builder *b); /* NULL is allowed */
void builder_source(subject_builder *b, int64_t import, digest file, const char *name, const char *adapter);
/* All imports of the ledger. */
bool subjects_sources(ledger *l, subject_builder *b, faults *problems);
/* All facts known after an import, with their sources; NULL with a fault. */
subject_builder *subjects_read(ledger *l, int64_t known_after, faults *problems);
/* All facts of another builder, which was given the same sources. False where they are too many. */
bool builder_join(subject_builder *b, const subject_builder *other);
/* False where there are more facts than a row number can count. */
bool builder_add(subject_builder *b, const fact *f, const fact_words *words);
bool builder_add_normal(subject_builder *b, const fact *f, const fact_words *words); /* of what fact_normal gave */
void builder_order(subject_builder *b);
/* The first half of it: one row tells of each entity, references are still entities and rows as they came. */
void builder_fold(subject_builder *b);
/* Within it: words and sources get their ranks, and attributes of each list their order. */
void builder_rank(subject_builder *b);
/* At its end: facts of which another tells may say words that no row says. Those are left out. */
void builder_drop_words(subject_builder *b);
/* As what numbers and days are put in order. */
uint64_t build_up_to(int64_t value, unsigned bits);
/* Imports of the same bytes under the same name by the same adapter are one source: which of them told a fact first is
 * not to be seen. 0 for those. */
int build_source_compare(const build_source *a, const build_source *b);
/* After builder_fold: the row that tells of an entity; NO_ROW. */
uint32_t builder_row_of(const subject_builder *b, fact_type type, int64_t entity);
bool builder_write(subject_builder *b, int descriptor, digest chain, int64_t known_after);
/* A subject file on its way, under a name of its own; nobody else makes one meanwhile. Within one ledger's life. */
typedef struct subjects_coming {
  int descriptor; /* empty, to be written; -1: there is none */
  arena *memory;
  char *path, *coming;
} subjects_coming;

bool coming_begin(subjects_coming *c, const ledger *l); /* false where there cannot be one now */
/* It becomes the subject file, or goes. False where it could not. Nothing where none was begun. */
bool coming_end(subjects_coming *c, bool good);
/* The list of a section, SECTION_KEYS or later, in its order, for large_free. */
subject_key *builder_keys(const subject_builder *b, section_column column, size_t *count);

#endif
