/* Verification: everything that is stored, against what was sealed when it was stored.
 *
 * Facts carry a checksum each, so that the one that was changed can be named with its file, sheet and row; whether they
 * are all there and none was put in is told by the content hash of their import, and that by the chain. */
#include "base/system.h"
#include "ledger/forms.h"
#include "ledger/health.h"
#include "ledger/import.h"
#include "ledger/sealed.h"
#include "ledger/standing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct verifying {
  ledger *of;
  arena *memory;
  faults *problems;
  void (*progress)(void *context, int64_t done, int64_t all);
  void *context;
  int64_t done, all;
  import_row *imports;
  size_t import_count;
  import_parts *parts; /* as computed from what is stored */
  bool *named;         /* of each import: something in it was named as changed */
  /* of the type under way */
  size_t at; /* index of the import whose facts come */
  arena *scratch;
  digest_stream *stream;
  buffer bytes;
  fact_type type;
} verifying;

static void advance(verifying *v, int64_t steps) {
  v->done += steps;
  if (v->progress != NULL) v->progress(v->context, v->done, v->all);
}

static const char *file_of(const verifying *v, size_t k) {
  const char *name = v->imports[k].head.file_name;
  return name == NULL ? "-" : name;
}

/* ---- the database as such ---- */

static bool structure(verifying *v) {
  bool failed = false;
  sqlite3_stmt *s = store_prepare(v->of, "PRAGMA integrity_check(100)", v->problems);
  while (s != NULL && store_step(v->of, s, &failed, v->problems)) {
    const char *found = (const char *)sqlite3_column_text(s, 0);
    if (found != NULL && strcmp(found, "ok") != 0)
      fault_add(v->problems, NOWHERE, "the database is damaged: %s", "数据库已损坏：%s", found);
  }
  sqlite3_finalize(s);
  if (failed) return false;
  s = store_prepare(v->of, "PRAGMA foreign_key_check", v->problems);
  while (s != NULL && store_step(v->of, s, &failed, v->problems)) {
    const char *table = (const char *)sqlite3_column_text(s, 0), *parent = (const char *)sqlite3_column_text(s, 2);
    fault_add(v->problems, NOWHERE, "row %lld of table \"%s\" refers to a row of \"%s\" that is missing",
              "表中第 %lld 行（表“%s”）引用了“%s”中不存在的行", (long long)sqlite3_column_int64(s, 1),
              table == NULL ? "" : table, parent == NULL ? "" : parent);
  }
  sqlite3_finalize(s);
  return !failed;
}

static bool words(verifying *v) {
  bool failed = false;
  sqlite3_stmt *s = store_prepare(v->of, "SELECT id, text, checksum FROM word ORDER BY id", v->problems);
  while (s != NULL && store_step(v->of, s, &failed, v->problems)) {
    const char *text = (const char *)sqlite3_column_text(s, 1);
    if (text == NULL || (uint32_t)checksum_of(text, strlen(text)) != (uint32_t)sqlite3_column_int64(s, 2))
      fault_add(v->problems, NOWHERE, "word %lld was changed: it is now \"%s\"", "第 %lld 个词被改动，现为“%s”",
                (long long)sqlite3_column_int64(s, 0), text == NULL || !text_is_utf8(text, strlen(text)) ? "?" : text);
  }
  sqlite3_finalize(s);
  return !failed;
}

/* ---- facts ---- */

static void stream_end(verifying *v) {
  if (v->stream == NULL) return;
  digest_add(v->stream, v->bytes.at, v->bytes.length);
  v->parts[v->at].of[v->type] = digest_end(v->stream);
  v->bytes.length = 0;
  v->stream = NULL;
  arena_reset(v->scratch);
}

static bool check_fact(void *context, const fact *f, const fact_words *numbers, uint32_t checksum) {
  verifying *v = context;
  if (v->at < v->import_count && f->id > v->imports[v->at].last_fact) {
    stream_end(v);
    while (v->at < v->import_count && f->id > v->imports[v->at].last_fact) v->at++;
  }
  if (v->at == v->import_count) return false;
  if (v->stream == NULL) v->stream = digest_begin(v->scratch);
  size_t before = v->bytes.length;
  fact_bytes(&v->bytes, f, true);
  if ((uint32_t)checksum_of(v->bytes.at + before, v->bytes.length - before) != checksum || numbers->odd) {
    size_t source = f->source >= 1 && f->source <= (int64_t)v->import_count ? (size_t)f->source - 1 : v->at;
    place where = {.file = v->imports[source].head.file_name, .row = f->row > 0 ? f->row : 0};
    where.sheet = ledger_sheet_name(v->of, (int64_t)source + 1, f->sheet, v->memory);
    fault_add(v->problems, where, "%s %lld was changed after import %lld",
              "类型为 %s 的事实 %lld 在第 %lld 次导入之后被改动", fact_type_name(v->type), (long long)f->id,
              (long long)v->at + 1);
    v->named[v->at] = true;
  }
  if (v->bytes.length > 65536) {
    digest_add(v->stream, v->bytes.at, v->bytes.length);
    v->bytes.length = 0;
  }
  if (f->id % 65536 == 0) advance(v, 65536);
  return true;
}

static bool facts(verifying *v) {
  int64_t last = v->import_count == 0 ? 0 : v->imports[v->import_count - 1].last_fact;
  for (v->type = FACT_PERSON; v->type < FACT_TYPES; v->type++) {
    v->at = 0;
    bool good = store_facts(v->of, v->type, INT64_MAX, FACTS_CHECKED, check_fact, v, v->problems);
    stream_end(v);
    if (!good) return false;
    buffer sql = {0};
    buffer_format(&sql, "SELECT count(*) FROM \"%s\" WHERE id > ? OR id < 1", fact_type_name(v->type));
    int64_t stray = store_number(v->of, sql.at, last, 0);
    buffer_free(&sql);
    if (stray > 0)
      fault_add(v->problems, NOWHERE, "table \"%s\" has %lld rows that no import brought",
                "表“%s”中有 %lld 行不属于任何一次导入", fact_type_name(v->type), (long long)stray);
  }
  return true;
}

/* ---- closings, copies, sheets: one digest for each import, from rows in the order of imports ---- */

typedef struct part_rows {
  const char *sql; /* import, then what is hashed */
  void (*bytes)(buffer *b, sqlite3_stmt *row);
  size_t part; /* offset of its digest in import_parts */
  const char *table;
} part_rows;

static void closing_row(buffer *b, sqlite3_stmt *row) {
  closing_bytes(b, sqlite3_column_int64(row, 1));
}

static void copy_row(buffer *b, sqlite3_stmt *row) {
  copy_bytes(b, sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2));
}

static void sheet_row(buffer *b, sqlite3_stmt *row) {
  sheet_bytes(b, sqlite3_column_int64(row, 1), (const char *)sqlite3_column_text(row, 2));
}

static bool part(verifying *v, const part_rows *rows) {
  bool failed = false;
  buffer bytes = {0};
  int64_t of = 0;
  sqlite3_stmt *s = store_prepare(v->of, rows->sql, v->problems);
  bool more = s != NULL && store_step(v->of, s, &failed, v->problems);
  while (more) {
    of = sqlite3_column_int64(s, 0);
    bytes.length = 0;
    do {
      rows->bytes(&bytes, s);
      more = store_step(v->of, s, &failed, v->problems);
    } while (more && sqlite3_column_int64(s, 0) == of);
    if (of < 1 || of > (int64_t)v->import_count) {
      fault_add(v->problems, NOWHERE, "table \"%s\" has rows of import %lld, which is missing",
                "表“%s”中有第 %lld 次导入的行，但该次导入缺失", rows->table, (long long)of);
    } else {
      digest d = digest_of(bytes.at, bytes.length);
      memcpy((char *)&v->parts[of - 1] + rows->part, &d, sizeof d);
    }
  }
  buffer_free(&bytes);
  sqlite3_finalize(s);
  return s != NULL && !failed;
}

static bool parts(verifying *v) {
  static const part_rows all[] = {
      {"SELECT import, fact FROM closing ORDER BY import, fact", closing_row, offsetof(import_parts, closings),
       "closing"},
      {"SELECT ifnull((SELECT min(id) FROM import WHERE last_fact >= c.fact), -1) AS i, fact, origin FROM copy c"
       " ORDER BY i, fact",
       copy_row, offsetof(import_parts, copies), "copy"},
      {"SELECT import, number, name FROM sheet ORDER BY import, number", sheet_row, offsetof(import_parts, sheets),
       "sheet"},
  };
  for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
    if (!part(v, &all[k])) return false;
  }
  return true;
}

/* ---- imports ---- */

static void imports(verifying *v) {
  digest before = {{0}};
  for (size_t k = 0; k < v->import_count; k++) {
    const import_row *row = &v->imports[k];
    if (row->head.id != (int64_t)k + 1) {
      fault_add(v->problems, NOWHERE, "import %lld is missing", "第 %lld 次导入缺失", (long long)k + 1);
      return;
    }
    digest content = import_content(&v->parts[k]);
    if (!digest_same(content, row->head.content) && !v->named[k])
      fault_add(
          v->problems, NOWHERE,
          "import %lld (\"%s\") does not have the content it was sealed with: a fact, closing, copy or sheet name of "
          "it was changed, put in or is missing",
          "第 %lld 次导入（“%s”）的内容与封存时不符：其中有事实、关闭记录、副本或工作表名被改动、添加或缺失",
          (long long)k + 1, file_of(v, k));
    digest chain = import_chain(&row->head, row->last_fact, row->last_entity, &before);
    if (!digest_same(chain, row->head.chain))
      fault_add(v->problems, NOWHERE, "the entry of import %lld (\"%s\") was changed, or one before it",
                "第 %lld 次导入（“%s”）的登记被改动，或其前一条被改动", (long long)k + 1, file_of(v, k));
    before = row->head.chain;
  }
}

/* ---- kept files ---- */

static void kept(verifying *v, digest file, const char *name) {
  if (digest_none(&file)) return;
  int descriptor = ledger_kept(v->of, file, v->problems);
  if (descriptor < 0) return;
  digest found;
  if (!digest_of_file(descriptor, &found)) {
    fault_add(v->problems, NOWHERE, "the kept file \"%s\" cannot be read: %s%.0s", "保存的文件“%s”无法读取：%.0s%s",
              name == NULL ? "-" : name, SYSTEM_WORDS(errno));
    fault_next(v->problems, "look at the disk, then run it again", "请检查磁盘后重新运行");
  } else if (!digest_same(found, file)) {
    char digits[DIGEST_TEXT];
    digest_text(file, digits);
    fault_add(v->problems, NOWHERE, "the kept file \"%s\" (%.12s) was changed", "保存的文件“%s”（%.12s）被改动",
              name == NULL ? "-" : name, digits);
    fault_next(v->problems, "bring it back from the backup", "请从备份中恢复");
  }
  close(descriptor);
}

static void files(verifying *v) {
  for (size_t k = 0; k < v->import_count; k++) {
    kept(v, v->imports[k].head.file, v->imports[k].head.file_name);
    advance(v, 1);
  }
  issued *reports;
  size_t count = ledger_issued(v->of, v->memory, &reports, v->problems);
  for (size_t k = 0; k < count; k++) kept(v, reports[k].content, reports[k].report);
}

bool ledger_verify(ledger *l, void (*progress)(void *context, int64_t done, int64_t all), void *context,
                   faults *problems) {
  return ledger_verify_beside(l, VERIFY_WITH_ALL, progress, context, problems);
}

bool ledger_verify_beside(ledger *l, verify_beside with, void (*progress)(void *context, int64_t done, int64_t all),
                          void *context, faults *problems) {
  size_t before = problems->errors + problems->dropped;
  verifying v = {.of = l,
                 .memory = arena_new(),
                 .scratch = arena_new(),
                 .problems = problems,
                 .progress = progress,
                 .context = context};
  l->verified = true;
  /* One state of the ledger throughout, even while an import is being written. */
  bool snapshot = sqlite3_get_autocommit(l->base) != 0 && store_run(l, "BEGIN", problems);
  bool good = structure(&v) && health_schema(l, problems) && forms_verify(l, problems) && words(&v);
  if (good) {
    size_t errors = problems->errors;
    v.import_count = import_rows(l, v.memory, &v.imports, problems);
    good = problems->errors == errors;
    v.all = store_number(l, "SELECT max(last_fact) FROM import", 0, 0) + (int64_t)v.import_count;
    v.parts = arena_array(v.memory, v.import_count, sizeof *v.parts);
    v.named = arena_array(v.memory, v.import_count, sizeof *v.named);
    good = good && facts(&v) && parts(&v);
  }
  if (good) {
    imports(&v);
    good = image_verify(l, problems) && binding_verify(l, problems) && decision_verify(l, problems) &&
           standing_verify(l, problems) && issue_verify(l, problems);
  }
  if (good && with >= VERIFY_WITH_FILES) files(&v);
  if (good && with == VERIFY_WITH_ALL) ledger_id_key(l, problems);
  if (snapshot) sqlite3_exec(l->base, "COMMIT", NULL, NULL, NULL);
  if (progress != NULL) progress(context, v.all, v.all);
  buffer_free(&v.bytes);
  arena_free(v.scratch);
  arena_free(v.memory);
  bool whole = good && problems->errors + problems->dropped == before;
  if (!whole && problems->count > 0 && problems->items[problems->count - 1].next.in[LANGUAGE_EN] == NULL)
    fault_next(problems, "what is named above is not what was stored: go back to the last backup that holds it rightly",
               "以上所列与当初所存不符：请恢复到保存完好的最近一次备份");
  return whole;
}
