#include "ledger/health.h"

#include "ledger/store.h"
#include "ledger/subjects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

const char *health_sqlite(void) {
  return sqlite3_libversion();
}

int64_t health_format_of(ledger *l) {
  return store_number(l, "PRAGMA user_version", 0, -1);
}

bool health_quick_check(ledger *l, faults *problems) {
  bool failed = false, good = true;
  sqlite3_stmt *s = store_prepare(l, "PRAGMA quick_check(20)", problems);
  while (s != NULL && store_step(l, s, &failed, problems)) {
    const char *found = (const char *)sqlite3_column_text(s, 0);
    if (found == NULL || strcmp(found, "ok") == 0) continue;
    good = fault_add(problems, NOWHERE, "the database is damaged: %s", "数据库已损坏：“%s”", found);
    fault_mark(problems, FAULT_LEDGER);
  }
  sqlite3_finalize(s);
  return s != NULL && good && !failed;
}

bool health_schema(ledger *l, faults *problems) {
  ledger fresh = {.mode = LEDGER_WRITE, .path = l->path};
  size_t before = problems->errors + problems->dropped;
  if (sqlite3_open(":memory:", &fresh.base) != SQLITE_OK) memory_exhausted(); /* there is no other reason */
  if (!schema_create(&fresh, problems)) {
    sqlite3_close(fresh.base);
    return false;
  }
  static const char names[] = "SELECT name, sql FROM sqlite_schema ORDER BY name";
  sqlite3_stmt *expected = store_prepare(&fresh, names, problems);
  sqlite3_stmt *found = store_prepare(l, names, problems);
  bool failed = expected == NULL || found == NULL;
  bool left = !failed && store_step(&fresh, expected, &failed, problems);
  bool right = !failed && store_step(l, found, &failed, problems);
  while ((left || right) && !failed) {
    const char *made = left ? (const char *)sqlite3_column_text(expected, 0) : NULL;
    const char *r = right ? (const char *)sqlite3_column_text(found, 0) : NULL;
    int order = !left || made == NULL ? 1 : !right || r == NULL ? -1 : strcmp(made, r);
    if (order < 0)
      fault_add(problems, NOWHERE, "\"%s\" is missing from the ledger's schema", "台账结构中缺少“%s”", made);
    if (order > 0)
      fault_add(problems, NOWHERE, "\"%s\" does not belong to a ledger's schema", "台账结构中不应有“%s”",
                r == NULL ? "" : r);
    if (order == 0 &&
        !text_same((const char *)sqlite3_column_text(expected, 1), (const char *)sqlite3_column_text(found, 1)))
      fault_add(problems, NOWHERE, "\"%s\" in the ledger's schema was changed", "台账结构中的“%s”被改动", made);
    if (order <= 0) left = store_step(&fresh, expected, &failed, problems);
    if (order >= 0) right = store_step(l, found, &failed, problems);
  }
  sqlite3_finalize(expected);
  sqlite3_finalize(found);
  sqlite3_close(fresh.base);
  if (!failed && problems->errors + problems->dropped > before)
    fault_next(problems, "another program changed it; what is foreign does nothing, but go back to the last backup",
               "有其他程序改动过；外来之物不起作用，但请恢复最近的备份");
  return !failed;
}

subjects_state health_subjects(ledger *l) {
  arena *a = arena_new();
  subjects_state state = SUBJECTS_DAMAGED;
  int descriptor = open(store_beside(l, a, ".subjects"), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  subjects *s = descriptor < 0 ? NULL : subjects_map(descriptor, faults_new(a));
  int64_t last = ledger_last(l);
  if (descriptor < 0 && errno == ENOENT) state = SUBJECTS_NONE;
  if (s != NULL) {
    bool fits = s->known_after == last && digest_same(s->chain, ledger_chain(l, last));
    state = fits ? SUBJECTS_FIT : SUBJECTS_STALE;
  }
  subjects_close(s);
  if (descriptor >= 0) close(descriptor);
  arena_free(a);
  return state;
}

bool health_being_written(ledger *l) {
  arena *a = arena_new();
  int folder = open(store_beside(l, a, ".files"), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  bool held = folder >= 0 && flock(folder, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  if (folder >= 0) close(folder);
  arena_free(a);
  return held;
}

static bool is_missing(const char *folder, const digest *file) {
  char digits[DIGEST_TEXT];
  struct stat about;
  if (digest_none(file)) return false;
  digest_text(*file, digits);
  buffer path = {0};
  buffer_format(&path, "%s/%s", folder, digits);
  bool missing = lstat(path.at, &about) != 0 || !S_ISREG(about.st_mode);
  buffer_free(&path);
  return missing;
}

size_t health_kept_missing(ledger *l, size_t *named, faults *problems) {
  arena *a = arena_new();
  const char *folder = store_beside(l, a, ".files");
  size_t missing = 0;
  import *imports;
  issued *reports;
  size_t imports_count = ledger_imports(l, a, &imports, problems);
  size_t reports_count = ledger_issued(l, a, &reports, problems);
  *named = 0;
  for (size_t i = 0; i < imports_count; i++) {
    *named += !digest_none(&imports[i].file);
    missing += is_missing(folder, &imports[i].file);
  }
  for (size_t i = 0; i < reports_count; i++) {
    *named += !digest_none(&reports[i].content);
    missing += is_missing(folder, &reports[i].content);
  }
  arena_free(a);
  return missing;
}
