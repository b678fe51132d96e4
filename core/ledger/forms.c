#include "ledger/forms.h"

#include <string.h>

static bool is_null(sqlite3_stmt *s, int column) {
  return sqlite3_column_type(s, column) == SQLITE_NULL;
}

static bool within(sqlite3_stmt *s, int column, int64_t least, int64_t most) {
  int64_t value = sqlite3_column_int64(s, column);
  return value >= least && value <= most;
}

static bool small(sqlite3_stmt *s, int column) {
  return within(s, column, INT32_MIN, INT32_MAX);
}

/* UTF-8 with nothing behind a NUL, for it is read up to there. */
static bool text_whole(sqlite3_stmt *s, int column) {
  const char *text = (const char *)sqlite3_column_text(s, column);
  if (text == NULL) return false;
  size_t length = (size_t)sqlite3_column_bytes(s, column);
  return memchr(text, '\0', length) == NULL && text_is_utf8(text, length);
}

static bool amount_usual(sqlite3_stmt *s, int column) {
  bool some = !is_null(s, column), bounded = !is_null(s, column + 1);
  return some == bounded && (!bounded || within(s, column + 1, BOUND_EXACT, BOUND_UNKNOWN));
}

static bool member_usual(sqlite3_stmt *s, int column, member_form form) {
  switch (form) {
  case MEMBER_INTEGER:
  case MEMBER_WORD:
    return is_null(s, column) || sqlite3_column_int64(s, column) != 0;
  case MEMBER_SMALL:
    return !is_null(s, column) && small(s, column);
  case MEMBER_DATE:
    return is_null(s, column) || (small(s, column) && sqlite3_column_int64(s, column) != DATE_NONE);
  case MEMBER_TYPE:
    return !is_null(s, column) && within(s, column, FACT_NONE, FACT_TYPES - 1);
  case MEMBER_TEXT:
    return is_null(s, column) || text_whole(s, column);
  case MEMBER_AMOUNT:
    return amount_usual(s, column);
  case MEMBER_DIGEST:
    return is_null(s, column) || sqlite3_column_bytes(s, column) == DIGEST_SIZE;
  }
  return false;
}

bool forms_fact(sqlite3_stmt *s, fact_type type) {
  const fact_table *table = fact_type_columns(type);
  int column = 1;
  for (size_t i = 0; i < table->count; i++, column++) {
    if (!member_usual(s, column, table->members[i].form)) return false;
    if (table->members[i].form == MEMBER_AMOUNT) column++;
  }
  return within(s, column, 0, UINT32_MAX);
}

/* ---- the other tables ---- */

/* Columns that are read into 32 bits. */
static bool is_small(const char *column) {
  static const char *const names[] = {"kind", "number", "of_type", "on_day", "from_day", "first_due"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(names[i], column) == 0) return true;
  }
  return false;
}

static bool column_usual(sqlite3_stmt *s, int column) {
  const char *name = sqlite3_column_name(s, column);
  switch (sqlite3_column_type(s, column)) {
  case SQLITE_TEXT:
    return text_whole(s, column);
  case SQLITE_BLOB:
    return strcmp(name, "decisions") == 0 || strcmp(name, "entries") == 0 ||
           sqlite3_column_bytes(s, column) == DIGEST_SIZE;
  case SQLITE_INTEGER:
    if (strcmp(name, "checksum") == 0) return within(s, column, 0, UINT32_MAX);
    return !is_small(name) || small(s, column);
  default:
    return true;
  }
}

static bool table_verify(ledger *l, const char *table, faults *problems) {
  buffer sql = {0};
  buffer_format(&sql, "SELECT * FROM \"%s\"", table);
  bool failed = false;
  sqlite3_stmt *s = store_prepare(l, sql.at, problems);
  buffer_free(&sql);
  while (s != NULL && store_step(l, s, &failed, problems)) {
    int column = 0, count = sqlite3_column_count(s);
    while (column < count && column_usual(s, column)) column++;
    if (column < count)
      fault_add(problems, NOWHERE, "row %lld of table \"%s\" holds in \"%s\" what this program never writes there",
                "第 %lld 行（表“%s”）的“%s”中有本程序不会写入的内容", (long long)sqlite3_column_int64(s, 0), table,
                sqlite3_column_name(s, column));
  }
  sqlite3_finalize(s);
  return s != NULL && !failed;
}

static bool is_fact_table(const char *table) {
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (strcmp(fact_type_columns(type)->name, table) == 0) return true;
  }
  return false;
}

/* The secret's check is one row; that another is there SQLite does not tell on a read-only connection. */
static void identity_verify(ledger *l, faults *problems) {
  if (store_number(l, "SELECT count(*) FROM identity", 0, 0) == 1 &&
      store_number(l, "SELECT number FROM identity", 0, 0) == 1)
    return;
  fault_add(problems, NOWHERE, "table \"identity\" was changed: it holds one row, number 1, and nothing else",
            "表“identity”被改动：其中应只有编号为 1 的一行");
}

bool forms_verify(ledger *l, faults *problems) {
  bool failed = false;
  identity_verify(l, problems);
  sqlite3_stmt *tables = store_prepare(
      l, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", problems);
  bool good = tables != NULL;
  while (good && store_step(l, tables, &failed, problems)) {
    const char *table = (const char *)sqlite3_column_text(tables, 0);
    if (table != NULL && !is_fact_table(table)) good = table_verify(l, table, problems);
  }
  sqlite3_finalize(tables);
  return good && !failed;
}
