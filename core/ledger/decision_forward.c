/* Decisions of ledgers that were written when each had a row of its own, brought into blocks. They are derived: one
 * that was damaged is left behind and made anew, as are all that stand. */
#include "ledger/sealed.h"

#include <string.h>

static uint32_t row_sum(buffer *b, const decision_row *row, int64_t image) {
  b->length = 0;
  const int64_t numbers[] = {row->id, row->of,          row->subject,     row->outcome,
                             row->on, row->valid_until, row->known_after, image};
  for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) seal_number(b, numbers[k]);
  seal_text(b, row->rule);
  seal_number(b, row->needs == NULL ? -1 : (int64_t)row->needs_size);
  if (row->needs != NULL) buffer_bytes(b, row->needs, row->needs_size);
  return (uint32_t)checksum_of(b->at, b->length);
}

static decision_row row_read(ledger *l, sqlite3_stmt *s) {
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

static bool write_rows(void *context, decision_writer *w, faults *problems) {
  ledger *l = context;
  bool failed = false, good = true;
  buffer bytes = {0};
  sqlite3_stmt *s = store_prepare(l,
                                  "SELECT d.id, d.rule, d.of_type, d.subject, d.outcome, d.on_day, d.valid_until,"
                                  " d.known_after, i.digest, d.needs, d.checksum, d.image FROM decision_before d"
                                  " LEFT JOIN image i ON i.id = d.image ORDER BY d.id",
                                  problems);
  while (good && s != NULL && store_step(l, s, &failed, problems)) {
    const decision_row row = row_read(l, s);
    if (row.rule != NULL && !digest_none(&row.image) &&
        row_sum(&bytes, &row, sqlite3_column_int64(s, 11)) == (uint32_t)sqlite3_column_int64(s, 10))
      good = decision_write(w, &row, problems);
    else
      fault_warn(problems, NOWHERE, "decision %lld of rule \"%s\" was changed and is left behind",
                 "第 %lld 项判定（规则“%s”）被改动，升级时不予保留", (long long)row.id,
                 row.rule == NULL ? "?" : row.rule);
  }
  sqlite3_finalize(s);
  buffer_free(&bytes);
  return s != NULL && good && !failed;
}

bool decision_forward(ledger *l, faults *problems) {
  const bool together = l->together;
  l->together = true; /* the step forward is one transaction */
  bool good = ledger_write_decisions(l, write_rows, l, problems);
  l->together = together;
  return good;
}
