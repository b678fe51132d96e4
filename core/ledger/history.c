/* The list of imports: what is shown by `log`, and what others ask about it. */
#include "ledger/import.h"

void closing_bytes(buffer *b, int64_t closed) {
  seal_number(b, closed);
}

void copy_bytes(buffer *b, int64_t opened, int64_t origin) {
  seal_number(b, opened);
  seal_number(b, origin);
}

void sheet_bytes(buffer *b, int64_t number, const char *name) {
  seal_number(b, number);
  seal_text(b, name);
}

digest import_content(const import_parts *parts) {
  buffer b = {0};
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) seal_digest(&b, &parts->of[type]);
  seal_digest(&b, &parts->closings);
  seal_digest(&b, &parts->copies);
  seal_digest(&b, &parts->sheets);
  digest content = digest_of(b.at, b.length);
  buffer_free(&b);
  return content;
}

digest import_chain(const import *i, int64_t last_fact, int64_t last_entity, const digest *before) {
  buffer b = {0};
  const int64_t numbers[] = {i->id,   i->kind,     i->undoes, i->opened,  i->closed,
                             i->same, i->rejected, last_fact, last_entity};
  for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) seal_number(&b, numbers[k]);
  const char *const texts[] = {i->file_name, i->adapter, i->who, i->at, i->note};
  for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) seal_text(&b, texts[k]);
  seal_digest(&b, &i->file);
  seal_digest(&b, &i->image);
  seal_digest(&b, &i->content);
  digest chain = store_seal(before, &b);
  buffer_free(&b);
  return chain;
}

#define ROW                                                                                                            \
  "SELECT id, kind, file_name, file, adapter, image, who, at, note, undoes, opened, closed, same, rejected,"           \
  " last_fact, last_entity, content, chain FROM import"

static import_row row_read(sqlite3_stmt *s, arena *a) {
  int64_t kind = sqlite3_column_int64(s, 1);
  return (import_row){.head = {.id = sqlite3_column_int64(s, 0),
                               .kind = kind >= IMPORT_FILE && kind <= IMPORT_REGISTER ? (import_kind)kind : IMPORT_FILE,
                               .file_name = store_text(s, 2, a),
                               .file = store_digest(s, 3),
                               .adapter = store_text(s, 4, a),
                               .image = store_digest(s, 5),
                               .who = store_text(s, 6, a),
                               .at = store_text(s, 7, a),
                               .note = store_text(s, 8, a),
                               .undoes = sqlite3_column_int64(s, 9),
                               .opened = sqlite3_column_int64(s, 10),
                               .closed = sqlite3_column_int64(s, 11),
                               .same = sqlite3_column_int64(s, 12),
                               .rejected = sqlite3_column_int64(s, 13),
                               .content = store_digest(s, 16),
                               .chain = store_digest(s, 17)},
                      .last_fact = sqlite3_column_int64(s, 14),
                      .last_entity = sqlite3_column_int64(s, 15)};
}

size_t import_rows(ledger *l, arena *a, import_row **out, faults *problems) {
  size_t count = 0, capacity = 0;
  *out = NULL;
  sqlite3_stmt *s = store_prepare(l, ROW " ORDER BY id", problems);
  bool failed = false;
  while (s != NULL && store_step(l, s, &failed, problems)) {
    import_row row = row_read(s, a);
    *ARENA_PUSH(a, *out, count, capacity) = row;
  }
  sqlite3_finalize(s);
  /* From the newest to the oldest: an undo that was undone counts no more. */
  for (size_t k = count; k-- > 0;) {
    const import_row *row = &(*out)[k];
    if (row->head.undoes < 1 || row->head.undoes > (int64_t)k || row->undone_by != 0) continue;
    import_row *undone = &(*out)[row->head.undoes - 1];
    if (undone->undone_by == 0) undone->undone_by = row->head.id;
  }
  return failed ? 0 : count;
}

size_t ledger_imports(ledger *l, arena *a, import **out, faults *problems) {
  import_row *rows;
  size_t count = import_rows(l, a, &rows, problems);
  *out = arena_array(a, count, sizeof **out);
  for (size_t k = 0; k < count; k++) (*out)[k] = rows[k].head;
  return count;
}

bool ledger_import(ledger *l, int64_t id, arena *a, import *out, faults *problems) {
  sqlite3_stmt *s = store_prepare(l, ROW " WHERE id = ?", problems);
  if (s == NULL) return false;
  sqlite3_bind_int64(s, 1, id);
  bool failed = false;
  bool found = store_step(l, s, &failed, problems);
  if (found) *out = row_read(s, a).head;
  sqlite3_finalize(s);
  if (!found && !failed) {
    fault_add(problems, NOWHERE, "ledger \"%s\" has no import %lld", "台账“%s”中没有第 %lld 次导入", l->path,
              (long long)id);
    fault_next(problems, "see: hongzhu log", "请运行 hongzhu log 查看");
  }
  return found;
}

int64_t ledger_last(ledger *l) {
  return store_number(l, "SELECT max(id) FROM import", 0, 0);
}

digest ledger_chain(ledger *l, int64_t known_after) {
  digest chain = {{0}};
  sqlite3_stmt *s = store_ask(l, "SELECT chain FROM import WHERE id = ?");
  sqlite3_bind_int64(s, 1, known_after);
  if (store_answer(l, s)) chain = store_digest(s, 0);
  sqlite3_finalize(s);
  return chain;
}

/* What it opened is open: nobody has closed any of it, by correcting, withdrawing or undoing. */
int64_t ledger_same_file(ledger *l, digest file, const char *adapter) {
  const char *sql = "SELECT i.id FROM import i WHERE i.file = ? AND i.adapter IS ? AND i.kind = 0"
                    " AND NOT EXISTS (SELECT 1 FROM import u WHERE u.undoes = i.id)"
                    " AND NOT EXISTS (SELECT 1 FROM closing c WHERE c.fact <= i.last_fact"
                    " AND c.fact > ifnull((SELECT last_fact FROM import b WHERE b.id = i.id - 1), 0))"
                    " ORDER BY i.id DESC LIMIT 1";
  sqlite3_stmt *s = store_ask(l, sql);
  store_bind_digest(s, 1, &file);
  store_bind_text(s, 2, adapter);
  int64_t id = store_answer(l, s) ? sqlite3_column_int64(s, 0) : 0;
  sqlite3_finalize(s);
  return id;
}

bool ledger_knows_adapter(ledger *l, const char *adapter) {
  sqlite3_stmt *s = store_ask(l, "SELECT 1 FROM import WHERE adapter = ? LIMIT 1");
  store_bind_text(s, 1, adapter);
  bool known = store_answer(l, s);
  sqlite3_finalize(s);
  return known;
}

char *ledger_sheet_name(ledger *l, int64_t of, int32_t number, arena *a) {
  sqlite3_stmt *s = store_ask(l, "SELECT name FROM sheet WHERE import = ? AND number = ?");
  sqlite3_bind_int64(s, 1, of);
  sqlite3_bind_int64(s, 2, number);
  char *name = store_answer(l, s) ? store_text(s, 0, a) : NULL;
  sqlite3_finalize(s);
  return name;
}
