/* import: one file into the ledger, whole or not at all.
 *
 *   file -> reader in a worker -> sheets and rows -> mapping -> matching -> check -> staging -> one transaction
 *
 * Reader and adapter are found by the file's bytes and header where they are not named. By default one rejected row
 * rejects the file; with accept_good the others are taken, and the rejected ones written, with reasons, to a table in
 * the file's own columns that can be corrected and sent again. The same file again changes nothing and makes no import.
 */
#ifndef HONGZHU_TASK_IMPORT_H
#define HONGZHU_TASK_IMPORT_H

#include "pack/pack.h"

/* What needs no ledger: the file is opened, and the readers that claim it by its name are asked, while the ledger is
 * being opened. Said is nothing before import_run takes it, once. */
typedef struct import_started import_started;

typedef struct import_request {
  const char *file;        /* its path */
  import_started *started; /* of this file and reader; NULL, or taken already: it is done then */
  const char *adapter;     /* NULL: found by the header */
  const char *reader;      /* NULL: found by the bytes */
  const char *review;      /* the review table, read if it is there, written if something is open; NULL: none */
  const char *rejected;    /* where rejected rows go; NULL: beside the file, NAME.rejected.csv */
  const char *note;
  bool dry_run, accept_good;
  language in; /* of the tables written */
  /* Rows so far, and how much of the file was read for them; size 0: not known. May be NULL. */
  void (*progress)(void *context, int64_t rows, uint64_t used, uint64_t size);
  void (*storing)(void *context, int64_t rows); /* all rows are read and go in. May be NULL */
  void *progress_context;
} import_request;

typedef struct import_outcome {
import done;         /* id 0: nothing was stored */
  const char *adapter; /* NULL: it did not get so far */
  said adapter_title;
  const char *reader;
  int64_t already; /* an earlier import of the same bytes by the same adapter; 0 */
  int64_t rows;    /* rows of data */
  int64_t opened, changed, withdrawn, same;
  int64_t rejected, totals, passed_over, skipped; /* rows */
  int64_t introduced[FACT_TYPES];
  size_t review_open;        /* questions written to the review table */
  const char *rejected_file; /* NULL: none was written */
  bool complete;             /* the file was read to its end and its good rows would go in */
} import_outcome;

import_started *import_start(arena *a, const char *file, const char *reader); /* strings borrowed */
void import_started_end(import_started *b);                                   /* NULL is allowed, and what was taken */

/* True if the file went in, or would have with dry_run, or was in already. Rejected rows are faults in any case. */
bool import_run(ledger *l, const pack *rules, const import_request *request, arena *a, import_outcome *out,
                faults *problems);

#endif
