/* subjects: the subject file, the current facts as columns. Evaluation reads this and nothing else.
 *
 * It is derived and never the truth: bound to the hash chain, made from the facts when missing, foreign or (with a
 * warning) damaged; from the file of an earlier state and what changed since when few facts did. Both have the same
 * bytes. Rows stand in an order that depends on what the facts say only, never on ids: entities by kind, code, name,
 * then source; all else by subject, first day, kind, source (file digest, sheet, row, part). So an import undone and
 * repeated gives the same rows in the same places.
 *
 * A row is named by its position (0-based) in its table; -1 is no row. Words are numbered 1… in byte order of their
 * UTF-8; 0 is the absent word. Merged persons are already one row; their facts are all under it. Where several facts
 * are open about one entity, the first by source tells of it and the others fill in what it leaves out. Imports of the
 * same bytes under the same name by the same adapter are one source.
 * Ownership: everything is read-only memory of the mapping and lives until subjects_close. Any number of threads and
 * processes may read. A worker gets the descriptor and maps the same file (subjects_map).
 */
#ifndef HONGZHU_LEDGER_SUBJECTS_H
#define HONGZHU_LEDGER_SUBJECTS_H

#include "ledger/ledger.h"

typedef struct fact_columns {
  uint32_t count;
  const int64_t *fact;    /* ledger id: for the ledger only, never printed */
  const int64_t *entity;  /* likewise */
  const uint32_t *source; /* position in sources */
  const int32_t *sheet;
  const int64_t *row;
  const int32_t *part;
  const uint32_t *kind, *code, *name, *level, *mode, *status, *unit; /* words; person: status is the ID's tail */
  const uint8_t *subject_type, *object_type;                         /* fact_type */
  const int32_t *subject, *object, *place;                           /* positions in the tables of those types */
  const date *since, *until;
  const int64_t *amount; /* millionths */
  const uint8_t *bound;
  const uint32_t *attribute; /* count + 1 offsets into attributes */
} fact_columns;

typedef enum attribute_type {
  ATTRIBUTE_TEXT,   /* value is a word */
  ATTRIBUTE_AMOUNT, /* millionths, with bound */
  ATTRIBUTE_DATE,
  ATTRIBUTE_TRUTH /* 0 or 1 */
} attribute_type;

typedef struct attribute_columns { /* an array of texts is one entry per text, in order */
  uint32_t count;
  const uint32_t *name; /* word; entries of one fact are sorted by name */
  const uint8_t *type, *bound;
  const int64_t *value;
} attribute_columns;

/* Which rows belong to a subject: rows[offset[s]] … rows[offset[s + 1] - 1], in table order. */
typedef struct subject_index {
  const uint32_t *offset; /* count of the subject's table + 1 */
  const uint32_t *rows;
} subject_index;

typedef struct source_row {
  digest file;
  const char *file_name;
  int64_t import; /* for the ledger only */
} source_row;

typedef struct subjects {
  fact_columns of[FACT_TYPES]; /* by fact_type; FACT_MERGE is empty */
  attribute_columns attributes;
  uint32_t word_count;      /* words are 1 … word_count */
  const char *const *words; /* words[0] is "" */
  uint32_t source_count;
  const source_row *sources;

  /* Of each record, in the order of the table: the entities it is about, -1 where none. A record of an enrollment is
   * also one of its person, cohort, programme; a record of an activity also of its cohort. */
  const int32_t *record_of[FACT_TYPES]; /* PERSON, ENROLLMENT, COHORT, PROGRAMME, ORGANIZATION; others NULL */

  subject_index records[FACT_TYPES];     /* by the same five: the records of a subject, by first day, kind, source */
  subject_index posts;                   /* of a person */
  subject_index staff;                   /* posts in an organization */
  subject_index enrollments[FACT_TYPES]; /* of a PERSON, a COHORT, a PROGRAMME; hosted by an ORGANIZATION */
  subject_index relations[FACT_TYPES];   /* in which an entity of the type is a or b */
  subject_index children;                /* organizations below an organization */

  digest chain; /* of the ledger after that import */
  int64_t known_after;
} subjects;

/* The subjects of the ledger's current state, from NAME.subjects if that is whole and fits; else it is made so. */
subjects *subjects_open(ledger *l, faults *problems);
/* Begins to map and check NAME.subjects, beside whatever is done until subjects_open, which takes what became of it. */
void subjects_soon(ledger *l);
/* Whether NAME.subjects says that it is of the current state: then subjects_open costs no more than checking it. */
bool subjects_stand(ledger *l);
/* Those known after an earlier import, in an unnamed temporary file. */
subjects *subjects_open_after(ledger *l, int64_t known_after, faults *problems);
/* Of the current state these persons (by entity) and what they rest on: all that is said of them and of the persons at
 * the other ends of their relations, and every entity that this refers to, upward; nobody else. What is asked of them
 * alone has the same answer as in subjects_open; rows have other positions. It costs what is said of them and what came
 * since the subject file was made, whatever the population: the file is not made for it unless it is missing, damaged
 * or far behind. */
subjects *subjects_open_of(ledger *l, const int64_t *persons, size_t count, faults *problems);
/* The same for the person whom the ledger knows by a code (compared by text_key); NULL without a fault where that is
 * nobody or not one person. */
subjects *subjects_open_coded(ledger *l, const char *code, faults *problems);
/* For tests and cases: from facts in memory, whose entities are any positive numbers; a source for each import number.
 */
subjects *subjects_of_facts(const fact *facts, size_t count, faults *problems);
subjects *subjects_map(int descriptor, faults *problems); /* checks everything it will rely on: it may be damaged */
/* The same by several threads (0: as many as there are processors; a worker may have none but its own); what is looked
 * up by key is checked when somebody does. */
subjects *subjects_map_facts(int descriptor, int threads, faults *problems);
int subjects_descriptor(const subjects *s); /* to give to a worker */
void subjects_close(subjects *s);           /* NULL is allowed */

typedef struct subject_key {
  int64_t hash;
  uint8_t type; /* fact_type */
  uint8_t unused[3];
  int32_t row; /* position in its table; for a merge, -1 */
  int64_t fact;
} subject_key;

/* Who walks through everyone has passed these subjects, and their records with them: what is mapped of a large file
 * goes with him. It changes nothing that is read. */
void subjects_passed(const subjects *s, fact_type of, uint32_t from, uint32_t to);

uint32_t subjects_word(const subjects *s, const char *text); /* 0 where no fact uses it */
/* Facts by key hash, in order of fact id; returns how many. */
size_t subjects_by_key(const subjects *s, int64_t key, const subject_key **out);
/* Facts by cover hash. */
size_t subjects_by_cover(const subjects *s, int64_t cover, const subject_key **out);

#endif
