/* ledger: one SQLite file and the folder of kept files beside it; all SQL of the program lives on this floor.
 *
 * NAME                 the ledger            NAME.files/DIGEST   imported files and issued reports, mode 0600
 * NAME.key             the key of ID numbers (0600, outside the ledger)   NAME.subjects  the subject file
 * NAME.access          who read unmasked data (access.h)
 *
 * One process writes: ledger_open for writing waits up to 10 s for the lock and then says so. Facts are append-only:
 * nothing here updates or deletes one. Errors go to the faults given and the call returns false or NULL.
 * Ownership: what is returned lives in the arena given, or until ledger_close. A ledger belongs to one thread.
 */
#ifndef HONGZHU_LEDGER_LEDGER_H
#define HONGZHU_LEDGER_LEDGER_H

#include "base/fault.h"
#include "ledger/fact.h"

typedef struct ledger ledger;

typedef enum ledger_mode { LEDGER_READ, LEDGER_WRITE } ledger_mode;

bool ledger_create(const char *path, faults *problems); /* refuses a path where something is */
ledger *ledger_open(const char *path, ledger_mode mode, faults *problems);

/* Who writes, for those who wait meanwhile, and how long it waits itself. */
typedef struct ledger_user {
  const char *who, *doing, *since;                 /* user, command, moment; NULL: not said */
  int milliseconds;                                /* to wait for another who writes */
  void (*waiting)(void *context, said who_writes); /* called once after a second; NULL: nobody is told */
  void *context;
} ledger_user;

ledger *ledger_open_by(const char *path, ledger_mode mode, const ledger_user *by, faults *problems);
void ledger_close(ledger *l); /* NULL is allowed */
const char *ledger_path(const ledger *l);
const char *ledger_folder(const ledger *l); /* in which it lies: where large temporary files belong */
/* False, with a fault, where something written to `path` would replace a file of the ledger: itself, its key, its kept
 * files, its subject file, or what SQLite keeps beside it. */
bool ledger_spares(const ledger *l, const char *path, faults *problems);
const digest *ledger_id_key(ledger *l,
                            faults *problems); /* NULL and a fault where the key file is missing or foreign */

/* Runs `work`, several things that are kept all or not at all: in it images are put and bound and imports made as
 * usual, and committed at its end. Rolled back where it returns false or has added an error. */
bool ledger_together(ledger *l, bool (*work)(ledger *l, void *context, faults *problems), void *context,
                     faults *problems);

/* ---- imports: all or nothing ---- */

typedef enum import_kind { IMPORT_FILE, IMPORT_UNDO, IMPORT_MERGE, IMPORT_ENTRY, IMPORT_REGISTER } import_kind;

typedef struct import {
  int64_t id; /* 1-based, in order */
  import_kind kind;
  const char *file_name; /* as given, without its folder */
  digest file;           /* of its bytes; all zero where there is no file */
  const char *adapter;   /* NULL where none */
  digest image;          /* of the pack image whose adapter read it; all zero where none */
  const char *who;       /* who did it, as the system knows them */
  const char *at;        /* when, ISO 8601 in UTC: for `log` only, it reaches no result */
  const char *note;
  int64_t undoes; /* the import an undo undoes; 0 */
  int64_t opened, closed, same, rejected;
  digest content; /* of its facts and closings, in order */
  digest chain;   /* of content, header and the chain of the import before */
} import;

typedef struct importing importing; /* an import under way: one transaction */

/* Begins an import. In `head` the caller sets kind, file_name, file, adapter, image, who, at, note, undoes. */
importing *ledger_begin(ledger *l, const import *head, faults *problems);
int64_t ledger_new_entity(importing *i);
/* Opens a fact: import, id and (where 0) source are set by the call, which returns the id, or 0 with a fault. */
int64_t ledger_put(importing *i, const fact *given, faults *problems);
bool ledger_close_fact(importing *i, int64_t fact, faults *problems);
/* Names a sheet of the file, for places in messages and traces. */
bool ledger_sheet(importing *i, int32_t number, const char *name, faults *problems);
void ledger_counts(importing *i, int64_t same, int64_t rejected);
/* Everything was put: the content and chain hash of the import, and for a large one the beginning of its subject file,
 * which goes on while the caller sees to what else belongs to the import, such as its file. After it come only
 * ledger_keep and ledger_commit or ledger_abandon; where nothing is to be kept it is left out. */
bool ledger_seal(importing *i, faults *problems);
/* Seals the import if it is not yet: content and chain hash, commit. With keep_nothing (--dry-run) it does the same and
 * rolls back. Whether it succeeds or not, the import under way is gone; where anything of it failed before, nothing is
 * kept. */
bool ledger_commit(importing *i, bool keep_nothing, import *done, faults *problems);
void ledger_abandon(importing *i); /* rolls back; after it nothing of the import is left */

/* Undo of `target` as an import: closes what it opened and opens copies of what it closed (same source, sheet, row,
 * part, key, cover, entity). An undo can be undone like any import; an import that is undone cannot be undone again.
 * Where later imports rest on it (rests.h says when), `undone` gets their ids in order and the call fails with a fault
 * naming them, unless with_later: then each of them is undone too, the newest first, each by an import of its own, all
 * in one transaction, and `undone` gets the ids of all that were undone, in that order, the target last. Refused too
 * where what would come back rests on an import that is undone itself. */
bool ledger_undo(ledger *l, int64_t target, bool with_later, const char *who, const char *at, bool keep_nothing,
                 arena *a, int64_t **undone, size_t *undone_count, faults *problems);

size_t ledger_imports(ledger *l, arena *a, import **out, faults *problems); /* all, in order */
bool ledger_import(ledger *l, int64_t id, arena *a, import *out, faults *problems);
int64_t ledger_last(ledger *l);                      /* the newest import's id, 0 for none */
digest ledger_chain(ledger *l, int64_t known_after); /* the chain hash after that import; zero for import 0 */
/* The newest import of exactly these bytes by this adapter of whose facts none is closed; 0 for none. */
int64_t ledger_same_file(ledger *l, digest file, const char *adapter);
bool ledger_knows_adapter(ledger *l, const char *adapter);                /* did any import come by it */
char *ledger_sheet_name(ledger *l, int64_t of, int32_t number, arena *a); /* NULL where it has none */

/* ---- facts ---- */

/* Visits the facts of a type known after an import, by id; stops when `visit` returns false. */
typedef bool fact_visit(void *context, const fact *f);
bool ledger_facts(ledger *l, fact_type type, int64_t known_after, fact_visit *visit, void *context, faults *problems);
bool ledger_fact(ledger *l, fact_type type, int64_t id, arena *a, fact *out, faults *problems);

/* ---- what changed ---- */

/* Visits the facts opened (and still open) or closed after an import, closed ones first; stops when `visit` returns
 * false. What was opened and closed again since is not among them. The cost is in proportion to these facts, as long as
 * nothing was closed; else closings are looked through once. */
typedef bool fact_change(void *context, const fact *f, bool opened);
bool ledger_changes(ledger *l, int64_t since, fact_change *visit, void *context, faults *problems);
/* Visits every entity that these facts describe or under which the subject file lists them, each once, by type and
 * number: of a record the person, enrollment, cohort, programme or organization that it is about, of a post the person
 * and the organization, of a relation or a merge both ends, of merged persons also the one they became. An entity whose
 * own description changed is among them too; whoever rests on it (the people of a school that moved, say) is not. */
typedef bool touched_visit(void *context, fact_type type, int64_t entity);
bool ledger_touched(ledger *l, int64_t since, touched_visit *visit, void *context, faults *problems);

/* The open facts that registers (imports of kind IMPORT_REGISTER) opened: numbers that were given out, in order. */
bool ledger_numbered(ledger *l, fact_visit *visit, void *context, faults *problems);
/* Entities that such facts are about, directly or through their enrollment, and that no open fact describes now: the
 * newest description of each, in order of entities. Who brings one of them in again keeps its entity. */
size_t ledger_suspended(ledger *l, arena *a, fact **out, faults *problems);

/* ---- kept files ---- */

/* Copies the file behind a descriptor into NAME.files under its digest (0600, fsynced, renamed into place). */
bool ledger_keep(ledger *l, int descriptor, digest *out, faults *problems);
int ledger_kept(ledger *l, digest file, faults *problems); /* opened read-only; -1 with a fault */

/* ---- images and bindings ---- */

typedef struct image_row {
  digest id;        /* of data and text together */
  const char *pack; /* the pack's id */
  const char *version;
  const char *data; /* the image: canonical JSON */
  const char *text; /* the pack's text: canonical JSON object of file name -> content */
} image_row;

bool ledger_put_image(ledger *l, image_row *image, faults *problems); /* sets id; the same image again is no error */
bool ledger_image(ledger *l, digest id, arena *a, image_row *out, faults *problems);
/* All of them in order of storing, without data and text. */
size_t ledger_images(ledger *l, arena *a, image_row **out, faults *problems);

typedef struct binding {
  int64_t id;
  digest image;
  const char *organization; /* code or name of the organization it rules; NULL: everything */
  day from;
  const char *who, *at;
} binding;

bool ledger_bind(ledger *l, const binding *b, faults *problems);
size_t ledger_bindings(ledger *l, arena *a, binding **out, faults *problems); /* in order of making */
/* The image that rules on a day: of the bindings whose day has come that with the latest day, of several the one made
 * last. False with a fault where none has. */
bool ledger_ruling(ledger *l, day on, arena *a, image_row *out, faults *problems);

/* ---- decisions and issued reports ---- */

typedef struct decision_row {
  int64_t id;
  const char *rule;
  fact_type of;
  int64_t subject; /* entity */
  int outcome;
  day on, valid_until;
  int64_t known_after;
  digest image;
  const void *needs; /* packed by pack/decision.h; NULL: none */
  size_t needs_size;
  size_t needs_alike; /* the first so many of these bytes are alike for many, and stored once for them */
} decision_row;

bool ledger_put_decisions(ledger *l, const decision_row *rows, size_t count, faults *problems); /* one transaction */
/* The same for as many as come: `work` writes one after the other, all in one transaction, undone where it says false.
 */
typedef struct decision_writer decision_writer;
typedef bool decisions_work(void *context, decision_writer *w, faults *problems);
bool ledger_write_decisions(ledger *l, decisions_work *work, void *context, faults *problems);
/* Sets the id itself. Rows of one rule, day and image that come one after the other are stored together. */
bool decision_write(decision_writer *w, const decision_row *row, faults *problems);
/* The newest decision of each rule and subject, by rule, type and subject. */
size_t ledger_decisions(ledger *l, arena *a, decision_row **out, faults *problems);

/* Visits the decisions stored under an image in order of storing: of several of a rule and subject the last one counts.
 * What is pointed to is borrowed until the visit returns; false stops. */
typedef bool decision_visit(void *context, const decision_row *row);
bool ledger_decisions_under(ledger *l, digest image, decision_visit *visit, void *context, faults *problems);

typedef struct issued {
  int64_t id;
  const char *report, *scope; /* scope: canonical JSON of everything the call gave: scope, format, language, detail … */
  const char *format;
  day on;
  int64_t known_after;
  digest image, content; /* content: of the bytes, kept in NAME.files */
  const char *who, *at;
} issued;

bool ledger_put_issued(ledger *l, issued *report, faults *problems); /* sets id */
size_t ledger_issued(ledger *l, arena *a, issued **out, faults *problems);

/* ---- verification ---- */

/* Checks everything that is stored against its hashes: file, schema, foreign keys, contents of imports, the chain,
 * closings, images, kept files. One fault for each thing that is wrong, naming it. True if nothing is. */
bool ledger_verify(ledger *l, void (*progress)(void *context, int64_t done, int64_t all), void *context,
                   faults *problems);
/* The same of the file NAME alone, for a copy beside which kept files or the key do not lie. */
typedef enum verify_beside { VERIFY_ALONE, VERIFY_WITH_FILES, VERIFY_WITH_ALL } verify_beside;
bool ledger_verify_beside(ledger *l, verify_beside with, void (*progress)(void *context, int64_t done, int64_t all),
                          void *context, faults *problems);

#endif
