/* staging: the facts of one file against those the ledger already has from it: new, the same, changed, withdrawn.
 *
 * A fact is recognised by its key: what its maker says identifies it, numbered where it occurs several times. A fact
 * with a known key and the same content changes nothing; with another content the old one is closed and the new one
 * opened, keeping its entity. What is missing from a file is withdrawn only within the covers it names. All of it is
 * one import, that is, one transaction: nothing is stored before staging_commit, and nothing at all if nothing changed.
 * Memory is 24 to 32 bytes for each fact of the file (task/seen.h).
 */
#ifndef HONGZHU_TASK_STAGING_H
#define HONGZHU_TASK_STAGING_H

#include "ledger/subjects.h"
#include "task/known.h"

typedef struct staging staging;

typedef struct staging_counts {
  int64_t opened, changed, withdrawn, same; /* changed: closed and opened again */
  int64_t alike;     /* facts with the key of an earlier one that say something else: the key tells too little */
  int64_t alike_row; /* the first of them */
  int64_t repeated;  /* rows with a fact that an earlier one says in the same words: both stand, and both count */
  int64_t repeated_row, repeated_last;
} staging_counts;

/* Begins the import described by `head`; `entities` is kept up to date. NULL with a fault. */
staging *staging_begin(ledger *l, const import *head, known *entities, faults *problems);

typedef enum staged { STAGED_NEW, STAGED_SAME, STAGED_CHANGED, STAGED_CONFLICT, STAGED_FAILED } staged;

/* A fact of the file. f->key is the digest_key of what identifies it; identical keys are numbered. Sets f->key. An
 * entity has its number already: its own, or a new one. */
staged staging_put(staging *s, fact *f, faults *problems);
/* The same for facts by the million: what is known of their keys is brought nearer while other rows are read, and they
 * are put, in their order, by staging_settle, before anything else is stated and at the latest when STAGING_MOST wait.
 * Until staging_waits says that none does, they and their texts stay where they are. */
#define STAGING_MOST 16
bool staging_put_soon(staging *s, fact *f, faults *problems);
bool staging_settle(staging *s, faults *problems);
size_t staging_waits(const staging *s);
/* The same for a fact that several rows may state: stated again it has to say the same, else STAGED_CONFLICT. */
staged staging_state(staging *s, fact *f, faults *problems);
/* What staging_state would answer to a fact stated before in this file; STAGED_NEW where it was not stated. */
staged staging_stated(const staging *s, const fact *f);
/* Does the ledger have an open fact of that key? */
bool staging_owns(const staging *s, fact_type type, int64_t key, faults *problems);
int64_t staging_new_entity(staging *s);
/* An entity that comes in again after an undo is the one that its numbers were given to: f->entity becomes that one,
 * before a key is made of it. */
bool staging_take_up(staging *s, fact *f, faults *problems);

/* Closes the facts under the covers of this file that it does not state. Facts that other files rest on stay, with a
 * fault that names them. */
bool staging_withdraw(staging *s, faults *problems);

bool staging_sheet(staging *s, int32_t number, const char *name, faults *problems);
/* That what came so far was in so many bytes of a file of `size`: room for the rest may be made at once. */
void staging_expect(staging *s, uint64_t used, uint64_t size);
staging_counts staging_count(const staging *s); /* of what was put */
/* All was put and withdrawn: what is made of it is begun (ledger_seal). Left out where nothing is to be kept. */
bool staging_seal(staging *s, int64_t rejected, faults *problems);
/* Seals and commits; where nothing changed, nothing is stored and done->id is 0. Frees the staging in every case. */
bool staging_commit(staging *s, int64_t rejected, bool keep_nothing, import *done, faults *problems);
void staging_abandon(staging *s); /* NULL is allowed */

#endif
