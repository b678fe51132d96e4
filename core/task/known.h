/* known: the entities of a ledger by what files call them: ID number, code, name, alias, name and school.
 *
 * What the subject file tells of is looked up there, what came since and what an import adds and replaces in a table of
 * hashes and numbers; what an entity is called is read from its fact when a message needs it. So beginning an import
 * costs what changed since the subject file was made, whatever the population.
 * Texts are compared by text_key. Merged persons are found as the person they were merged into.
 * Ownership: known_close frees it. Lookups return entities in the order in which their facts were opened.
 */
#ifndef HONGZHU_TASK_KNOWN_H
#define HONGZHU_TASK_KNOWN_H

#include "ledger/ledger.h"

typedef struct known known;

#define KNOWN_MOST 8 /* a lookup gives at most so many; more are as ambiguous as that */

typedef struct found_entities {
  int64_t entity[KNOWN_MOST];
  size_t count;
} found_entities;

known *known_open(ledger *l, faults *problems);
void known_close(known *k); /* NULL is allowed */

/* An open fact is there from now on, or no more. `id` is the fact's. */
void known_add(known *k, const fact *f, int64_t id);
void known_remove(known *k, const fact *f);

void known_by_id(const known *k, const digest *id_hash, found_entities *out);
void known_by_code(const known *k, fact_type type, const char *code_key, found_entities *out);
/* The same for a person whose code was looked up before: by a hash of its key, which brings nearer where it stands.
 * False: ask known_by_code. */
uint64_t known_code_hash(const known *k, const char *code_key);
bool known_by_code_hash(const known *k, uint64_t hash, found_entities *out);
void known_by_name(const known *k, fact_type type, const char *name_key, found_entities *out);
/* Persons of that name with a post in that organization. */
void known_by_school(const known *k, const char *name_key, int64_t organization, found_entities *out);
/* Enrollments of a person, in a cohort if that is not 0. */
void known_enrollments(const known *k, int64_t person, int64_t cohort, found_entities *out);
bool known_has_post(const known *k, int64_t person, int64_t organization, const char *kind);

int64_t known_current(const known *k, int64_t person); /* itself, or whom it was merged into */
/* The open fact that describes an entity. */
bool known_fact(const known *k, fact_type type, int64_t entity, arena *a, fact *out, faults *problems);

/* The open fact of a type and key; 0 where there is none. What was added here is found after known_catch_up, when its
 * import was committed. */
int64_t known_by_key(const known *k, fact_type type, int64_t key);
bool known_catch_up(known *k, faults *problems);
typedef void known_visit(void *context, fact_type type, int64_t fact);
void known_by_cover(const known *k, int64_t cover, known_visit *visit, void *context);
/* The open records about an enrollment. */
void known_resting(const known *k, int64_t enrollment, known_visit *visit, void *context);

/* A hash of two numbers and a text (NULL allowed) in the role named, for tables such as this one; never 0. */
uint64_t known_mix(const char *role, int64_t a, int64_t b, const char *text);

#endif
