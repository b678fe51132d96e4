/* current: the facts that are open now, found one at a time, without reading all of the subject file.
 *
 * What an import or a question about one person needs is found in places of the file: by key, by cover, by what files
 * call an entity, by what an entity is listed under. A block of the file is checked before anything in it is read;
 * where one is damaged the file is made anew, with a warning, and the answer is the same. The file may tell of an
 * earlier state: then it is asked all the same and what was closed since is left out; what was opened since is not
 * found here (current_since, and ledger_changes from there on). Once that is much, current_open makes the file anew: at
 * worst every eighth fact is read twice. Ownership: current_close. One thread.
 */
#ifndef HONGZHU_LEDGER_CURRENT_H
#define HONGZHU_LEDGER_CURRENT_H

#include "ledger/subjects_format.h"

typedef struct current current;

current *current_open(ledger *l, faults *problems); /* NULL with a fault */
void current_close(current *c);                     /* NULL is allowed */
int64_t current_since(const current *c);            /* the import after which the file tells of the facts */
/* From now on this fact is found no more. */
void current_leave_out(current *c, int64_t fact);

typedef struct current_hit {
  int64_t fact;
  int64_t entity; /* of the row that tells of it: of merged persons the one they became; 0 for types that are none */
  int64_t object; /* of a post the organization, of an enrollment the cohort; 0 */
  fact_type type;
  int64_t row;   /* of the file, where it tells of this fact alone; -1 */
  uint32_t made; /* of which file: it may be made anew meanwhile */
} current_hit;

/* Called for each hit, by number of fact unless said otherwise. */
typedef void current_visit(void *context, const current_hit *hit);

/* What a hit says, read from the file and not from the ledger: key and cover are left out, and where references led
 * nowhere when the file was made they lead nowhere. False where it does not stand there whole, with all its texts. */
bool current_fact(current *c, const current_hit *hit, arena *a, fact *out);

/* The fact of a type and key; 0 where there is none, or with a fault where nothing can be found any more. */
int64_t current_by_key(current *c, fact_type type, int64_t key);
/* Facts of a cover, by table and row. */
void current_by_cover(current *c, int64_t cover, current_visit *visit, void *context);
/* Facts that call an entity so: see subjects_name. */
void current_named(current *c, subjects_naming how, fact_type type, const void *bytes, size_t size,
                   current_visit *visit, void *context);
/* Facts that describe an entity, and of a merged person those of the others too. */
void current_describing(current *c, fact_type type, int64_t entity, current_visit *visit, void *context);
/* Facts of a table (FACT_POST, FACT_ENROLLMENT, FACT_RECORD, FACT_RELATION, FACT_ORGANIZATION: children) that are
 * listed under an entity, in the order of the list. */
void current_listed(current *c, fact_type table, fact_type type, int64_t entity, current_visit *visit, void *context);

#endif
