/* Decisions, append-only: a newer one of the same rule about the same subject supersedes. */
#include "ledger/sealed.h"
#include "ledger/standing.h"

#include <stdlib.h>
#include <string.h>

static uint32_t decision_sum(buffer *b, const decision_row *row, const char *rule, int64_t image) {
  b->length = 0;
  const int64_t numbers[] = {row->id, row->of,          row->subject,     row->outcome,
                             row->on, row->valid_until, row->known_after, image};
  for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) seal_number(b, numbers[k]);
  seal_text(b, rule);
  seal_number(b, row->needs == NULL ? -1 : (int64_t)row->needs_size);
  if (row->needs != NULL) buffer_bytes(b, row->needs, row->needs_size);
  return (uint32_t)checksum_of(b->at, b->length);
}

struct decision_writer {
  ledger *ledger;
  sqlite3_stmt *insert;
  buffer bytes; /* what the checksum of a row is over */
  int64_t id;
  digest image; /* of the row before, and as the ledger numbers it */
  int64_t image_number;
  const char *rule;
  int64_t rule_number;
};

static bool writer_names(decision_writer *w, const decision_row *row, faults *problems) {
  if (!w->image_number || !digest_same(row->image, w->image)) {
    w->image = row->image;
    w->image_number = store_image_number(w->ledger, row->image);
  }
  if (!w->rule || strcmp(w->rule, row->rule) != 0) {
    w->rule = row->rule;
    w->rule_number = store_word_id(w->ledger, row->rule, problems);
  }
  if (w->image_number == 0)
    fault_add(problems, NOWHERE, "a decision of rule \"%s\" names a pack image that the ledger does not have",
              "规则“%s”的一项判定引用了台账中没有的规则包映像", row->rule);
  return w->image_number != 0 && w->rule_number > 0;
}

bool decision_write(decision_writer *w, const decision_row *given, faults *problems) {
  decision_row row = *given;
  if (!writer_names(w, &row, problems)) return false;
  row.id = ++w->id;
  const int64_t numbers[] = {row.id, w->rule_number,  row.of,          row.subject,    row.outcome,
                             row.on, row.valid_until, row.known_after, w->image_number};
  for (int n = 0; n < 9; n++) sqlite3_bind_int64(w->insert, n + 1, numbers[n]);
  if (row.needs == NULL)
    sqlite3_bind_null(w->insert, 10);
  else
    sqlite3_bind_blob64(w->insert, 10, row.needs, row.needs_size, SQLITE_STATIC);
  sqlite3_bind_int64(w->insert, 11, decision_sum(&w->bytes, &row, row.rule, w->image_number));
  bool failed = false;
  store_step(w->ledger, w->insert, &failed, problems);
  sqlite3_reset(w->insert);
  return !failed;
}

int64_t decision_written(const decision_writer *w) {
  return w->id;
}

ledger *decision_ledger(const decision_writer *w) {
  return w->ledger;
}

typedef struct deciding {
  decisions_work *work;
  void *context;
} deciding;

static bool decisions_insert(ledger *l, void *context, faults *problems) {
  const deciding *all = context;
  decision_writer w = {.ledger = l, .id = store_number(l, "SELECT max(id) FROM decision", 0, 0)};
  w.insert = store_prepare(l,
                           "INSERT INTO decision (id, rule, of_type, subject, outcome, on_day, valid_until,"
                           " known_after, image, needs, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           problems);
  bool good = w.insert != NULL && all->work(all->context, &w, problems);
  buffer_free(&w.bytes);
  sqlite3_finalize(w.insert);
  return good;
}

bool ledger_write_decisions(ledger *l, decisions_work *work, void *context, faults *problems) {
  deciding all = {work, context};
  store_words_ready(l);
  size_t words = l->word_count;
  bool good = store_transaction(l, decisions_insert, &all, problems);
  if (!good) store_words_forget(l, words);
  return good;
}

typedef struct decision_rows {
  const decision_row *rows;
  size_t count;
} decision_rows;

static bool write_rows(void *context, decision_writer *w, faults *problems) {
  const decision_rows *all = context;
  for (size_t k = 0; k < all->count; k++)
    if (!decision_write(w, &all->rows[k], problems)) return false;
  return true;
}

bool ledger_put_decisions(ledger *l, const decision_row *rows, size_t count, faults *problems) {
  decision_rows all = {rows, count};
  return ledger_write_decisions(l, write_rows, &all, problems);
}

#define DECISION                                                                                                       \
  "SELECT d.id, d.rule, d.of_type, d.subject, d.outcome, d.on_day, d.valid_until, d.known_after, i.digest, d.needs,"   \
  " d.checksum, d.image FROM decision d LEFT JOIN image i ON i.id = d.image"

static decision_row decision_read(ledger *l, sqlite3_stmt *s) {
  int64_t of = sqlite3_column_int64(s, 2);
  const void *needs = sqlite3_column_blob(s, 9);
  return (decision_row){.id = sqlite3_column_int64(s, 0),
                        .rule = store_word(l, sqlite3_column_int64(s, 1)),
                        .of = of > FACT_NONE && of < FACT_TYPES ? (fact_type)of : FACT_NONE,
                        .subject = sqlite3_column_int64(s, 3),
                        .outcome = sqlite3_column_int(s, 4),
                        .on = sqlite3_column_int(s, 5),
                        .valid_until = sqlite3_column_int(s, 6),
                        .known_after = sqlite3_column_int64(s, 7),
                        .image = store_digest(s, 8),
                        .needs = sqlite3_column_type(s, 9) == SQLITE_NULL ? NULL
                                 : needs == NULL                          ? ""
                                                                          : needs,
                        .needs_size = (size_t)sqlite3_column_bytes(s, 9)};
}

/* By rule, type and subject; the newest first, so that the others can be dropped. */
static int by_subject(const void *a, const void *b) {
  const decision_row *left = a, *right = b;
  int order = strcmp(left->rule, right->rule);
  if (order != 0) return order;
  if (left->of != right->of) return left->of < right->of ? -1 : 1;
  if (left->subject != right->subject) return left->subject < right->subject ? -1 : 1;
  return (left->id < right->id) - (left->id > right->id);
}

size_t ledger_decisions(ledger *l, arena *a, decision_row **out, faults *problems) {
  size_t count = 0, capacity = 0, kept = 0;
  *out = NULL;
  bool failed = false;
  sqlite3_stmt *s = store_prepare(
      l, DECISION " WHERE d.id IN (SELECT max(id) FROM decision GROUP BY rule, of_type, subject)", problems);
  while (s != NULL && store_step(l, s, &failed, problems)) {
    decision_row row = decision_read(l, s);
    if (row.rule == NULL) continue; /* damaged: verification names it */
    if (row.needs != NULL) row.needs = arena_copy(a, row.needs, row.needs_size);
    *ARENA_PUSH(a, *out, count, capacity) = row;
  }
  sqlite3_finalize(s);
  if (failed) return 0;
  if (count > 0) qsort(*out, count, sizeof **out, by_subject);
  for (size_t k = 0; k < count; k++) {
    const decision_row *row = &(*out)[k], *last = kept == 0 ? NULL : &(*out)[kept - 1];
    if (last == NULL || strcmp(last->rule, row->rule) != 0 || last->of != row->of || last->subject != row->subject)
      (*out)[kept++] = *row;
  }
  return kept;
}

bool ledger_decisions_under(ledger *l, digest image, decision_visit *visit, void *context, faults *problems) {
  bool failed = false;
  sqlite3_stmt *s = store_prepare(l, DECISION " WHERE d.image = ? ORDER BY d.id", problems);
  if (s == NULL) return false;
  sqlite3_bind_int64(s, 1, store_image_number(l, image));
  while (store_step(l, s, &failed, problems)) {
    decision_row row = decision_read(l, s);
    if (row.rule != NULL && !visit(context, &row)) break; /* a rule without name is damaged: verification names it */
  }
  sqlite3_finalize(s);
  return !failed;
}

bool ledger_decision(ledger *l, int64_t id, arena *a, decision_row *out, faults *problems) {
  bool failed = false;
  if (l->decision_by_id == NULL) l->decision_by_id = store_prepare(l, DECISION " WHERE d.id = ?", problems);
  sqlite3_stmt *s = l->decision_by_id;
  if (s == NULL) return false;
  sqlite3_bind_int64(s, 1, id);
  bool found = store_step(l, s, &failed, problems);
  if (found) {
    *out = decision_read(l, s);
    if (out->needs) out->needs = arena_copy(a, out->needs, out->needs_size);
  }
  sqlite3_reset(s);
  return found && !failed;
}

bool decision_verify(ledger *l, faults *problems) {
  bool failed = false;
  buffer bytes = {0};
  sqlite3_stmt *s = store_prepare(l, DECISION " ORDER BY d.id", problems);
  int64_t expected = 1;
  while (s != NULL && store_step(l, s, &failed, problems)) {
    decision_row row = decision_read(l, s);
    if (row.id != expected)
      fault_add(problems, NOWHERE, "decision %lld is missing", "第 %lld 项判定缺失", (long long)expected);
    expected = row.id + 1;
    if (decision_sum(&bytes, &row, row.rule, sqlite3_column_int64(s, 11)) != (uint32_t)sqlite3_column_int64(s, 10))
      fault_add(problems, NOWHERE, "decision %lld of rule \"%s\" was changed", "第 %lld 项判定（规则“%s”）被改动",
                (long long)row.id, row.rule == NULL ? "?" : row.rule);
  }
  buffer_free(&bytes);
  sqlite3_finalize(s);
  return !failed;
}
