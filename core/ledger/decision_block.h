/* decision_block: decisions of one rule, day, import and image that were stored one after the other, as one row of the
 * ledger. Within the ledger floor only.
 *
 * The bytes of a block, numbers as base/compact.h has them: how many different beginnings its needs have, and each of
 * them (its size, its bytes); then of each decision
 *   which beginning its needs have, counted from 1 (0: it has no needs), and its outcome
 *   its subject and its valid_until, each less that of the decision before
 *   with needs: the size of the rest of them, and the rest
 * So what everyone has alike is there once for a hundred, and storing a decision costs its own bytes.
 *
 * Ownership: a block that is being written belongs to its writer (block_free). What a reader hands out points into its
 * buffer until the next decision is read. Bytes that are no block are bad, and lead nowhere.
 */
#ifndef HONGZHU_LEDGER_DECISION_BLOCK_H
#define HONGZHU_LEDGER_DECISION_BLOCK_H

#include "base/compact.h"
#include "ledger/store.h"

/* Few enough that most blocks fit a page of the ledger, for one decision is looked for more often than all are read. */
enum {
  BLOCK_DECISIONS = 128,
  BLOCK_DECISIONS_MOST = 1024 /* as was usual before */
};

typedef struct block_writing { /* zero-initialise */
  size_t count;
  buffer beginnings, rows, whole;
  size_t *at, *size; /* of each beginning, in `beginnings` */
  size_t different, room;
  int64_t subject, valid_until; /* of the decision before */
} block_writing;

/* False where it is full: then it is to be stored and emptied first. */
bool block_add(block_writing *b, const decision_row *row);
const buffer *block_bytes(block_writing *b); /* borrowed until the next call */
void block_empty(block_writing *b);
void block_free(block_writing *b);

typedef struct block_reading {
  compact_source source;
  decision_row head; /* what all of them have in common; its id is that of the first */
  int64_t count, read;
  const unsigned char **beginnings; /* malloc */
  size_t *sizes;
  size_t different;
  int64_t subject, valid_until;
  buffer needs;
} block_reading;

/* Bytes are borrowed until block_end; `head` says how many decisions there must be. Opened again, what it held is given
 * back. */
bool block_open(block_reading *b, const decision_row *head, int64_t count, const void *bytes, size_t size);
bool block_next(block_reading *b, decision_row *out); /* false: there are no more, or the bytes are bad: block_good */
bool block_good(const block_reading *b);              /* after the last: every decision was there, and nothing else */
void block_end(block_reading *b);

#endif
