/* fact: what one row of one file says, in the form in which the ledger keeps it.
 *
 * There are ten types of fact, each a table. They share one struct, because imports, undo, hashing, verification and
 * the subject file treat them alike; columns.c says which members a type uses and under which column name. Setting
 * another one is a fault, because it would be lost; every type but merge has attributes.
 *
 *   type          entity  subject       object                place  also
 *   person        yes     -             -                     -      code name id_hash id_tail
 *   organization  yes     -             parent organization   -      kind code name since until, attributes.aliases
 *   programme     yes     -             organization          -      kind code name level since until
 *   cohort        yes     programme     organization          -      kind code name since until
 *   activity      yes     (1)           organization          -      kind code name mode since until amount unit
 *   post          -       person        organization          -      kind since until amount (share, unit NULL)
 *   enrollment    yes     person        cohort                host   kind status since until
 *   record        -       (2)           activity or -         yes    kind level mode status since until amount unit
 *   relation      -       a             b                     -      kind since until; a and b are any entities
 *   merge         -       person, from  person, into          -      -
 *
 *   (1) cohort or programme   (2) person, enrollment, cohort, programme or organization   place: an organization
 *
 * An entity has a number that stays when the fact that describes it is replaced by a corrected one; subject, object
 * and place are entity numbers. Texts are borrowed while a call lasts.
 */
#ifndef HONGZHU_LEDGER_FACT_H
#define HONGZHU_LEDGER_FACT_H

#include "base/amount.h"
#include "base/date.h"
#include "base/digest.h"

typedef enum fact_type {
  FACT_NONE,
  FACT_PERSON,
  FACT_ORGANIZATION,
  FACT_PROGRAMME,
  FACT_COHORT,
  FACT_ACTIVITY,
  FACT_POST,
  FACT_ENROLLMENT,
  FACT_RECORD,
  FACT_RELATION,
  FACT_MERGE,
  FACT_TYPES
} fact_type;

typedef struct fact {
  fact_type type;
  int64_t id;     /* of this fact, unique over all types; given by the ledger */
  int64_t import; /* the import that opened it */
  int64_t source; /* the import whose file it was read from: another one only for what an undo opened again */
  int32_t sheet;  /* 1-based; 0 where the file has no sheets or there is no file */
  int64_t row;    /* 1-based */
  int32_t part;   /* which of the facts of that row, 1-based, in the adapter's order */
  int64_t key;    /* digest_key of adapter, part and the values the adapter names as key, numbered when identical */
  int64_t cover;  /* digest_key of adapter and the values it covers; 0 where it covers nothing */
  int64_t entity; /* 0 for types that are no entity */
  const char *kind, *code, *name, *level, *mode, *status;
  fact_type subject_type, object_type;
  int64_t subject, object, place; /* entities; 0 is none */
  date since, until;              /* DATE_NONE is none; a single day has both equal */
  amount amount;
  const char *unit;
  const char *attributes; /* canonical JSON object, see below; NULL for none */
  bool has_id;
  digest id_hash;      /* person: keyed hash of the ID number */
  const char *id_tail; /* person: its last four characters */
} fact;

/* attributes: {"name": value}, value a text; {"amount": "12.5"} with "bound" "at_least", "at_most" or "unknown" where
 * it is not exact; {"date": "2025-08"}; true, false; or an array of texts. */

bool fact_is_entity(fact_type type);
const char *fact_type_name(fact_type type);  /* "person" … as in schemas and packs */
fact_type fact_type_named(const char *name); /* FACT_NONE if there is none */
/* Whether both say the same, as fact_content would tell; and a sum of it that is good for tables of one import. */
bool fact_says_same(const fact *a, const fact *b);
uint64_t fact_sum(const fact *f);
digest fact_content(arena *a, const fact *f); /* of everything but id, import, source, sheet, row, part, entity */

#endif
