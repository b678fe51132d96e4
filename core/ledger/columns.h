/* columns: which members of struct fact a type uses, and in which column of its table each stands.
 *
 * One table drives the schema, writing, reading, hashing and verification, so that no type is forgotten in one of them.
 * Order matters: it is the order of the columns and of the bytes that are hashed. Within the ledger floor only.
 */
#ifndef HONGZHU_LEDGER_COLUMNS_H
#define HONGZHU_LEDGER_COLUMNS_H

#include "base/fault.h"
#include "ledger/fact.h"

#include <stddef.h>

typedef enum member_form {
  MEMBER_INTEGER, /* int64_t */
  MEMBER_SMALL,   /* int32_t, a date too */
  MEMBER_DATE,    /* NULL for DATE_NONE */
  MEMBER_TYPE,    /* fact_type */
  MEMBER_WORD,    /* text that many facts share: the number of a row of `word` */
  MEMBER_TEXT,
  MEMBER_AMOUNT, /* two columns: millionths and bound, both NULL where there is none */
  MEMBER_DIGEST  /* NULL unless has_id */
} member_form;

typedef struct member {
  const char *column;
  member_form form;
  size_t offset;   /* in struct fact */
  bool provenance; /* where the fact stands, not what it says: outside fact_content */
} member;

typedef struct fact_table {
  const char *name;                    /* of the table and the type */
  const char *view;                    /* what is open now, in words, for people who open the ledger with sqlite3 */
  fact_type subject_type, object_type; /* where a type allows only one; FACT_NONE: see `members` */
  const member *members;
  size_t count;
} fact_table;

const fact_table *fact_type_columns(fact_type type);

/* Fixed types filled in, absent amounts zeroed: two facts that say the same have the same bytes. */
fact fact_normal(const fact *f);
void fact_make_normal(fact *f); /* the same where it stands */
/* A member that the type has no column for, or NULL: such a fact would lose it. */
const char *fact_misfit(const fact *f);
/* The same in bits, for facts by the million: members that a fact has, and those that a type may have. */
uint32_t fact_set(const fact *f);
uint32_t fact_allowed(fact_type type);

/* The bytes that are hashed, appended; what the fact says, or with `whole` also its id and where it stands. */
void fact_bytes(buffer *out, const fact *f, bool whole);

/* 64 bits that notice damage (not malice): of facts, to name the one that was changed, and of blocks of the subject
 * file. */
uint64_t checksum_of(const void *bytes, size_t size);
/* Of two pieces of `size` bytes (a multiple of 32), one behind the other. One alone waits for its own multiplications;
 * two are as fast as memory. */
void checksums_of_two(const void *bytes, size_t size, uint64_t out[2]);

#endif
