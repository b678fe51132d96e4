/* store: what the modules of the ledger share: the connection, prepared statements, words, faults. Within this floor
 * only.
 *
 * A statement from store_prepare is finalised by the module that asked for it. Faults about the file itself (locked,
 * full, damaged) are worded here once: store_fault.
 */
#ifndef HONGZHU_LEDGER_STORE_H
#define HONGZHU_LEDGER_STORE_H

#include "ledger/columns.h"
#include "ledger/ledger.h"

#include <sqlite3.h>

typedef struct putting putting;

typedef struct kept_changes kept_changes; /* touched.c: what ledger_changes found last */
void kept_changes_free(kept_changes *k);

typedef struct subjects_early subjects_early; /* subjects_open.c: the subject file, while somebody else is at work */

struct ledger {
  sqlite3 *base;
  char *path, *folder;
  ledger_mode mode;
  arena *memory; /* what lives until ledger_close */
  int lock;      /* of NAME.files, held while writing; -1 */
  int note;      /* that says who holds it; -1 */
  digest *kept;  /* files put into NAME.files since then */
  size_t kept_count, kept_capacity;
  digest id_key;
  bool has_id_key;
  const char **words; /* words[id]; words[0] is NULL */
  size_t word_count, word_capacity;
  uint32_t *word_slots; /* open addressing over ids, for writing */
  size_t word_slot_count;
  importing *under_way;
  putting *putting;      /* facts of it that are on their way into their tables (ledger/putting.h); NULL */
  kept_changes *changes; /* NULL: none */
  subjects_early *early;
  sqlite3_stmt *fact_by_id[FACT_TYPES]; /* prepared when first asked for */
  bool together;                        /* within ledger_together: what else would be a transaction is a part of it */
  bool verified;                        /* verification has begun: what is damaged is named, not died of */
};

ledger *ledger_open_within(const char *path, ledger_mode mode, int milliseconds, faults *problems);

void subjects_early_end(ledger *l); /* nobody came for them */

ledger *ledger_new(const char *path, ledger_mode mode); /* nothing opened yet */
bool store_open(ledger *l, const char *file, int flags, faults *problems);
/* The same for reading everything once: next to nothing of it is kept. */
bool store_open_once(ledger *l, faults *problems);
digest ledger_key_check(const digest *key);
char *store_folder(const ledger *l, arena *a);                     /* the one that NAME is in */
char *store_beside(const ledger *l, arena *a, const char *ending); /* NAME with an ending */
/* Before the connection is used in any other way than by what stands below: what was put is in its tables. */
bool store_settle(ledger *l, faults *problems);
bool store_run(ledger *l, const char *sql, faults *problems);
sqlite3_stmt *store_prepare(ledger *l, const char *sql, faults *problems); /* NULL with a fault */
/* A row: true; the end: false; an error: false with a fault, *failed set. */
bool store_step(ledger *l, sqlite3_stmt *statement, bool *failed, faults *problems);
/* For questions whose asker takes an answer for granted. Where SQLite cannot read the ledger, no answer is better than
 * a wrong one: the process ends with exit code 4 and a fault in both languages, as it does without memory. */
sqlite3_stmt *store_ask(ledger *l, const char *sql);
bool store_answer(ledger *l, sqlite3_stmt *statement); /* a row: true; the end: false */
/* One whole number from a query with one optional parameter; `otherwise` if there is none. Answers, or ends. */
int64_t store_number(ledger *l, const char *sql, int64_t parameter, int64_t otherwise);
bool store_fault(ledger *l, faults *problems); /* what SQLite said last */
bool store_can_write(ledger *l, faults *problems);
/* Runs `work` in a transaction of its own: committed if it returns true. */
bool store_transaction(ledger *l, bool (*work)(ledger *l, void *context, faults *problems), void *context,
                       faults *problems);

/* Many questions in one view of the ledger, which asks the system for locks once and not for each. Returns whether it
 * began one, which store_view_end wants to know: within a transaction there is one already. */
bool store_view(ledger *l);
void store_view_end(ledger *l, bool began);

void store_bind_digest(sqlite3_stmt *s, int at, const digest *d); /* all zero is NULL */
void store_bind_text(sqlite3_stmt *s, int at, const char *text);  /* borrowed until the next step */
digest store_digest(sqlite3_stmt *s, int column);
char *store_text(sqlite3_stmt *s, int column, arena *a); /* NULL stays NULL; not UTF-8: NULL */
bool digest_none(const digest *d);

/* Words by number, read when first asked for; NULL where there is none. */
const char *store_word(ledger *l, int64_t id);
int64_t store_word_id(ledger *l, const char *text, faults *problems); /* made if new; 0 for NULL; -1 with a fault */
void store_words_ready(ledger *l);
void store_words_forget(ledger *l, size_t count); /* those after the first `count`, rolled back */

/* Facts with the numbers of their words beside their texts. */
typedef struct fact_words {
  uint32_t kind, level, mode, status, unit;
  bool odd; /* with FACTS_CHECKED: a column holds what this program never writes there (ledger/forms.h) */
} fact_words;
uint32_t *fact_word(fact_words *words, size_t offset); /* of a member that is a word, by its offset in struct fact */
typedef bool stored_visit(void *context, const fact *f, const fact_words *words, uint32_t checksum);
/* known after an import; all opened until then; the same, with their form checked */
typedef enum facts_wanted { FACTS_KNOWN, FACTS_ALL, FACTS_CHECKED } facts_wanted;
bool store_facts(ledger *l, fact_type type, int64_t known_after, facts_wanted wanted, stored_visit *visit,
                 void *context, faults *problems);
/* The same of those numbered first + 1 … last. */
typedef struct fact_range {
  int64_t first, last, known_after;
} fact_range;
bool store_facts_between(ledger *l, fact_type type, fact_range range, facts_wanted wanted, stored_visit *visit,
                         void *context, faults *problems);
/* A fact by its number; false where there is none, *failed with a fault where it cannot be read. */
bool store_fact(ledger *l, fact_type type, int64_t id, arena *a, fact *out, bool *failed, faults *problems);
void fact_columns_sql(buffer *sql, fact_type type); /* "id, import, …, checksum" */
void fact_from_row(ledger *l, sqlite3_stmt *s, fact_type type, fact *out, fact_words *words, uint32_t *checksum);

/* Seals of the small tables: each row's covers the one before, so that neither a change nor a gap goes unnoticed. */
digest store_seal(const digest *before, const buffer *row);
void seal_text(buffer *b, const char *text);
void seal_number(buffer *b, int64_t value);
void seal_digest(buffer *b, const digest *d);

bool schema_create(ledger *l, faults *problems);
/* Application, version, forward migrations. */
bool schema_check(ledger *l, faults *problems);

#endif
