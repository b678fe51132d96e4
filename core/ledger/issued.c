/* Issued reports: what was asked for and known then, and the digest of the bytes, which are kept beside the ledger. */
#include "ledger/sealed.h"

static void issue_bytes(buffer *b, const issued *row) {
  seal_text(b, row->report);
  seal_text(b, row->scope);
  seal_text(b, row->format);
  seal_number(b, row->on);
  seal_number(b, row->known_after);
  seal_digest(b, &row->image);
  seal_digest(b, &row->content);
  seal_text(b, row->who);
  seal_text(b, row->at);
}

static bool issue_insert(ledger *l, void *context, faults *problems) {
  issued *row = context;
  buffer bytes = {0};
  issue_bytes(&bytes, row);
  digest seal;
  bool good = sealed_next(l, SEALED_ISSUE, &bytes, &seal, problems);
  buffer_free(&bytes);
  sqlite3_stmt *s =
      !good ? NULL
            : store_prepare(
                  l,
                  "INSERT INTO issue (report, scope, format, on_day, known_after, image, content, who, at, seal)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  problems);
  if (s == NULL) return false;
  store_bind_text(s, 1, row->report);
  store_bind_text(s, 2, row->scope);
  store_bind_text(s, 3, row->format);
  sqlite3_bind_int64(s, 4, row->on);
  sqlite3_bind_int64(s, 5, row->known_after);
  store_bind_digest(s, 6, &row->image);
  store_bind_digest(s, 7, &row->content);
  store_bind_text(s, 8, row->who);
  store_bind_text(s, 9, row->at);
  store_bind_digest(s, 10, &seal);
  int code = sqlite3_step(s);
  bool failed = code != SQLITE_DONE;
  if ((code & 0xff) == SQLITE_CONSTRAINT) {
    fault_add(problems, NOWHERE, "report \"%s\" cannot be issued: its pack image or its content is not in the ledger",
              "报告“%s”无法发布：台账中没有它的规则包映像或内容", row->report);
  } else if (failed) {
    store_fault(l, problems);
  }
  sqlite3_finalize(s);
  row->id = failed ? 0 : sqlite3_last_insert_rowid(l->base);
  return !failed;
}

bool ledger_put_issued(ledger *l, issued *report, faults *problems) {
  return store_transaction(l, issue_insert, report, problems);
}

size_t ledger_issued(ledger *l, arena *a, issued **out, faults *problems) {
  size_t count = 0, capacity = 0;
  *out = NULL;
  bool failed = false;
  sqlite3_stmt *s = store_prepare(l,
                                  "SELECT id, report, scope, format, on_day, known_after, image, content, who, at"
                                  " FROM issue ORDER BY id",
                                  problems);
  while (s != NULL && store_step(l, s, &failed, problems)) {
    issued row = {.id = sqlite3_column_int64(s, 0),
                  .report = store_text(s, 1, a),
                  .scope = store_text(s, 2, a),
                  .format = store_text(s, 3, a),
                  .on = sqlite3_column_int(s, 4),
                  .known_after = sqlite3_column_int64(s, 5),
                  .image = store_digest(s, 6),
                  .content = store_digest(s, 7),
                  .who = store_text(s, 8, a),
                  .at = store_text(s, 9, a)};
    *ARENA_PUSH(a, *out, count, capacity) = row;
  }
  sqlite3_finalize(s);
  return failed ? 0 : count;
}

bool issue_verify(ledger *l, faults *problems) {
  arena *a = arena_new();
  issued *rows;
  size_t before = problems->errors + problems->dropped;
  size_t count = ledger_issued(l, a, &rows, problems);
  bool good = problems->errors + problems->dropped == before;
  sealed_check check = sealed_begin(l, SEALED_ISSUE, problems);
  for (size_t k = 0; k < count; k++) {
    buffer bytes = {0};
    issue_bytes(&bytes, &rows[k]);
    sealed_row(&check, &bytes);
    buffer_free(&bytes);
  }
  sealed_end(&check);
  arena_free(a);
  return good;
}
