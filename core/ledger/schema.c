/* The schema: fact tables are made from columns.c, the others stand here. A ledger of an older version is brought
 * forward step by step when it is opened for writing; nothing is ever brought backward. */
#include "ledger/health.h"
#include "ledger/sealed.h"

#define APPLICATION 1751611762 /* the letters "hgzr" */
#define VERSION     3

#define STANDING                                                                                                       \
  "CREATE TABLE standing (id INTEGER PRIMARY KEY, rule INTEGER NOT NULL REFERENCES word (id),"                         \
  " of_type INTEGER NOT NULL, basis BLOB NOT NULL, on_day INTEGER NOT NULL, known_after INTEGER NOT NULL,"             \
  " last_entity INTEGER NOT NULL, subjects INTEGER NOT NULL, unmet INTEGER NOT NULL, met INTEGER NOT NULL,"            \
  " unknown INTEGER NOT NULL, not_applicable INTEGER NOT NULL, first_due INTEGER NOT NULL,"                            \
  " everyone INTEGER NOT NULL, entries_sum INTEGER NOT NULL, checksum INTEGER NOT NULL,"                               \
  " entries BLOB NOT NULL) STRICT;"

#define DECISION                                                                                                       \
  "CREATE TABLE decision (id INTEGER PRIMARY KEY, count INTEGER NOT NULL, rule INTEGER NOT NULL REFERENCES word (id)," \
  " of_type INTEGER NOT NULL, on_day INTEGER NOT NULL, known_after INTEGER NOT NULL,"                                  \
  " image INTEGER NOT NULL REFERENCES image (id), checksum INTEGER NOT NULL, decisions BLOB NOT NULL) STRICT;"

static const char *const tables =
    "CREATE TABLE identity (number INTEGER PRIMARY KEY CHECK (number = 1), key_check BLOB NOT NULL) STRICT;"
    "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, checksum INTEGER NOT NULL) STRICT;"
    "CREATE TABLE image (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, pack TEXT NOT NULL,"
    " version TEXT NOT NULL, data TEXT NOT NULL, text TEXT NOT NULL, seal BLOB NOT NULL) STRICT;"
    "CREATE TABLE import (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, file_name TEXT, file BLOB, adapter TEXT,"
    " image BLOB REFERENCES image (digest), who TEXT, at TEXT, note TEXT, undoes INTEGER REFERENCES import (id),"
    " opened INTEGER NOT NULL, closed INTEGER NOT NULL, same INTEGER NOT NULL, rejected INTEGER NOT NULL,"
    " last_fact INTEGER NOT NULL, last_entity INTEGER NOT NULL, content BLOB NOT NULL, chain BLOB NOT NULL) STRICT;"
    "CREATE TABLE sheet (import INTEGER NOT NULL REFERENCES import (id) DEFERRABLE INITIALLY DEFERRED,"
    " number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (import, number)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE closing (fact INTEGER PRIMARY KEY,"
    " import INTEGER NOT NULL REFERENCES import (id) DEFERRABLE INITIALLY DEFERRED) STRICT;"
    "CREATE TABLE copy (fact INTEGER PRIMARY KEY, origin INTEGER NOT NULL) STRICT;"
    "CREATE TABLE binding (id INTEGER PRIMARY KEY, image BLOB NOT NULL REFERENCES image (digest), organization TEXT,"
    " from_day INTEGER NOT NULL, who TEXT, at TEXT, seal BLOB NOT NULL) STRICT;" DECISION STANDING
    "CREATE TABLE issue (id INTEGER PRIMARY KEY, report TEXT NOT NULL, scope TEXT, format TEXT,"
    " on_day INTEGER NOT NULL, known_after INTEGER NOT NULL, image BLOB REFERENCES image (digest),"
    " content BLOB NOT NULL, who TEXT, at TEXT, seal BLOB NOT NULL) STRICT;";

/* Forward steps: migrations[v] brings version v to v + 1. */
static bool decisions_in_blocks(ledger *l, faults *problems) {
  return store_run(l,
                   "DROP TABLE IF EXISTS standing; ALTER TABLE decision RENAME TO decision_before;" DECISION STANDING,
                   problems) &&
         decision_forward(l, problems) && store_run(l, "DROP TABLE decision_before;", problems);
}

typedef bool migration(ledger *l, faults *problems);
/* Version 2 brought what stands of decisions, which the step after it makes anew. */
static migration *const migrations[VERSION] = {[2] = decisions_in_blocks};

static void column_sql(buffer *sql, const member *m) {
  switch (m->form) {
  case MEMBER_INTEGER:
  case MEMBER_SMALL:
  case MEMBER_DATE:
  case MEMBER_TYPE:
    buffer_format(sql, ", %s INTEGER", m->column);
    break;
  case MEMBER_WORD:
    buffer_format(sql, ", %s INTEGER REFERENCES word (id)", m->column);
    break;
  case MEMBER_TEXT:
    buffer_format(sql, ", %s TEXT", m->column);
    break;
  case MEMBER_AMOUNT:
    buffer_format(sql, ", %s INTEGER, bound INTEGER", m->column);
    break;
  case MEMBER_DIGEST:
    buffer_format(sql, ", %s BLOB", m->column);
    break;
  }
}

static void table_sql(buffer *sql, fact_type type) {
  const fact_table *table = fact_type_columns(type);
  buffer_format(sql, "CREATE TABLE \"%s\" (id INTEGER PRIMARY KEY", table->name);
  for (size_t i = 0; i < table->count; i++) column_sql(sql, &table->members[i]);
  buffer_text(sql, ", checksum INTEGER NOT NULL) STRICT;");
}

static void type_sql(buffer *sql, const char *column) {
  buffer_format(sql, ", CASE f.%s", column);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    buffer_format(sql, " WHEN %d THEN '%s'", (int)type, fact_type_name(type));
  }
  buffer_format(sql, " END AS %s", column);
}

/* Views are for reading by people: dates as written, amounts in their unit, files instead of numbers of imports. */
static void view_sql(buffer *sql, fact_type type) {
  const fact_table *table = fact_type_columns(type);
  buffer_format(sql, "CREATE VIEW \"%s\" AS SELECT f.id, i.file_name AS file, s.name AS sheet, f.row, f.part",
                table->view);
  for (size_t i = 0; i < table->count; i++) {
    const member *m = &table->members[i];
    const char *name = m->column;
    if (m->provenance && m->form != MEMBER_INTEGER) continue;
    switch (m->form) {
    case MEMBER_INTEGER:
      if (!m->provenance || m->offset == offsetof(fact, entity)) {
        if (m->offset != offsetof(fact, key) && m->offset != offsetof(fact, cover)) buffer_format(sql, ", f.%s", name);
      }
      break;
    case MEMBER_SMALL:
    case MEMBER_TEXT:
      buffer_format(sql, ", f.%s", name);
      break;
    case MEMBER_DATE:
      buffer_format(sql,
                    ", strftime(CASE f.%s & 3 WHEN 0 THEN '%%Y-%%m-%%d' WHEN 1 THEN '%%Y-%%m' ELSE '%%Y' END,"
                    " (f.%s >> 2) * 86400, 'unixepoch') AS %s",
                    name, name, name);
      break;
    case MEMBER_TYPE:
      type_sql(sql, name);
      break;
    case MEMBER_WORD:
      buffer_format(sql, ", (SELECT text FROM word WHERE id = f.%s) AS %s", name, name);
      break;
    case MEMBER_AMOUNT:
      buffer_format(sql,
                    ", f.%s / 1000000.0 AS %s, CASE f.bound WHEN 1 THEN 'exact' WHEN 2 THEN 'at_least'"
                    " WHEN 3 THEN 'at_most' WHEN 4 THEN 'unknown' END AS bound",
                    name, name);
      break;
    case MEMBER_DIGEST:
      buffer_format(sql, ", f.%s IS NOT NULL AS has_id", name);
      break;
    }
  }
  buffer_format(sql,
                " FROM \"%s\" f LEFT JOIN import i ON i.id = f.source"
                " LEFT JOIN sheet s ON s.import = f.source AND s.number = f.sheet"
                " WHERE NOT EXISTS (SELECT 1 FROM closing c WHERE c.fact = f.id);",
                table->name);
}

int health_format(void) {
  return VERSION;
}

bool schema_create(ledger *l, faults *problems) {
  buffer sql = {0};
  buffer_format(&sql, "PRAGMA application_id = %d;", APPLICATION);
  buffer_format(&sql, "PRAGMA user_version = %d;", VERSION);
  buffer_text(&sql, tables);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) table_sql(&sql, type);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) view_sql(&sql, type);
  bool good = store_run(l, sql.at, problems);
  buffer_free(&sql);
  return good;
}

static bool migrate(ledger *l, void *context, faults *problems) {
  int64_t version = *(int64_t *)context;
  for (; version < VERSION; version++) {
    if (migrations[version] != NULL && !migrations[version](l, problems)) return false;
  }
  buffer sql = {0};
  buffer_format(&sql, "PRAGMA user_version = %d;", VERSION);
  bool good = store_run(l, sql.at, problems);
  buffer_free(&sql);
  return good;
}

/* The first that is read of a file, which may be none of ours. */
static bool pragma_number(ledger *l, const char *sql, int64_t *out, faults *problems) {
  bool failed = false;
  sqlite3_stmt *s = store_prepare(l, sql, problems);
  if (s == NULL) return false;
  bool found = store_step(l, s, &failed, problems);
  *out = found ? sqlite3_column_int64(s, 0) : -1;
  sqlite3_finalize(s);
  return !failed;
}

bool schema_check(ledger *l, faults *problems) {
  int64_t application, version;
  if (!pragma_number(l, "PRAGMA application_id", &application, problems) ||
      !pragma_number(l, "PRAGMA user_version", &version, problems))
    return false;
  if (application != APPLICATION) {
    fault_add(problems, NOWHERE, "\"%s\" is no ledger of Hongzhu: it is a database of another program",
              "“%s”不是红烛台账：它是其他程序的数据库", l->path);
    return fault_next(problems, "name the ledger with --ledger, or make one with: hongzhu init",
                      "请用 --ledger 指定台账，或用 hongzhu init 新建");
  }
  if (version < 1) {
    fault_add(problems, NOWHERE, "ledger \"%s\" is damaged: it has no format number", "台账“%s”已损坏：没有格式编号",
              l->path);
    return fault_next(problems, "go back to the last backup", "请恢复最近的备份");
  }
  if (version > VERSION) {
    fault_add(problems, NOWHERE,
              "ledger \"%s\" was written by a newer version of Hongzhu (its format is %d, known is %d)",
              "台账“%s”由更新版本的红烛写成（其格式为 %d，本程序支持到 %d）", l->path, (int)version, VERSION);
    return fault_next(problems, "install the newer version", "请安装较新的版本");
  }
  if (version == VERSION) return true;
  if (l->mode == LEDGER_READ) {
    fault_add(problems, NOWHERE, "ledger \"%s\" has the older format %d and must be brought to %d first",
              "台账“%s”是旧格式 %d，须先升级到 %d", l->path, (int)version, VERSION);
    return fault_next(problems, "open it once for writing, for example with: hongzhu evaluate",
                      "请先以写方式打开一次，例如运行 hongzhu evaluate");
  }
  return store_transaction(l, migrate, &version, problems);
}
