#include "ledger/backup.h"

#include "base/system.h"
#include "ledger/store.h"
#include "ledger/workplace.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct packing {
  ledger *of;
  const backup_order *order;
  arena *memory;
  faults *problems;
  const char *copy; /* the copied database */
  archive_entry *entries;
  const char **sources;
  size_t count, capacity, sources_count, sources_capacity;
} packing;

/* ---- the database ---- */

/* One read transaction of the source from the first page to the last: writers go on and the copy is of one moment. */
static bool copy_pages(ledger *l, sqlite3 *to, archive_progress progress, faults *problems) {
  sqlite3_backup *b = sqlite3_backup_init(to, "main", l->base, "main");
  int code = b == NULL ? sqlite3_errcode(to) : SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(b, 1024);
    int64_t all = sqlite3_backup_pagecount(b);
    if (progress.step != NULL) progress.step(progress.context, ARCHIVE_COPIED, all - sqlite3_backup_remaining(b), all);
  }
  if (b != NULL) sqlite3_backup_finish(b);
  if (code == SQLITE_DONE) return true;
  fault_add(problems, NOWHERE, "ledger \"%s\" cannot be copied: %s", "台账“%s”无法复制：“%s”", l->path,
            sqlite3_errstr(code));
  fault_mark(problems, FAULT_LEDGER);
  return fault_next(problems, "check the room on the disk; then: hongzhu doctor",
                    "请检查磁盘空间，再运行 hongzhu doctor");
}

static bool copy_database(packing *p) {
  sqlite3 *to = NULL;
  ledger *l = p->of;
  int code = sqlite3_open_v2(p->copy, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  bool good = code == SQLITE_OK && store_run(l, "BEGIN; SELECT count(*) FROM import", p->problems);
  if (code != SQLITE_OK)
    fault_add(p->problems, (place){.file = p->copy}, "cannot be written: %s", "无法写入：“%s”", sqlite3_errstr(code));
  good = good && copy_pages(l, to, p->order->progress, p->problems);
  if (sqlite3_get_autocommit(l->base) == 0) sqlite3_exec(l->base, "COMMIT", NULL, NULL, NULL);
  good = good && sqlite3_exec(to, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK;
  return sqlite3_close(to) == SQLITE_OK && good;
}

/* ---- what goes in ---- */

static bool file_fault(packing *p, const char *path) {
  fault_add(p->problems, NOWHERE, "\"%s\" cannot be read: %s%.0s", "“%s”无法读取：%.0s%s", path, SYSTEM_WORDS(errno));
  return fault_mark(p->problems, FAULT_LEDGER);
}

/* `expected`: what its bytes must be; NULL where any will do. */
static bool add(packing *p, const char *name, const char *path, const digest *expected) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat about;
  archive_entry e = {.name = name};
  bool good = descriptor >= 0 && fstat(descriptor, &about) == 0 && digest_of_file(descriptor, &e.bytes);
  if (!good) file_fault(p, path);
  if (descriptor >= 0) close(descriptor);
  if (!good) return false;
  e.size = about.st_size;
  if (expected != NULL && !digest_same(*expected, e.bytes)) {
    fault_add(p->problems, NOWHERE, "the kept file \"%s\" was changed", "保存的文件“%s”被改动", path);
    fault_mark(p->problems, FAULT_LEDGER);
    return fault_next(p->problems, "hongzhu verify says more; bring it back from an earlier backup",
                      "hongzhu verify 会说明详情；请从较早的备份中取回");
  }
  *ARENA_PUSH(p->memory, p->entries, p->count, p->capacity) = e;
  *ARENA_PUSH(p->memory, p->sources, p->sources_count, p->sources_capacity) = path;
  return true;
}

/* Each file once, though several imports may have brought it. */
static bool add_kept(packing *p, json_t *taken, digest file) {
  char digits[DIGEST_TEXT];
  if (digest_none(&file)) return true;
  digest_text(file, digits);
  if (json_object_get(taken, digits) != NULL) return true;
  json_object_set_new(taken, digits, json_true());
  return add(p, arena_format(p->memory, ARCHIVE_FILES "%s", digits),
             arena_format(p->memory, "%s.files/%s", p->of->path, digits), &file);
}

/* Those that the copy names: what was imported after it is not part of this backup. */
static bool add_all_kept(packing *p, ledger *copy) {
  import *imports;
  issued *reports;
  size_t errors = p->problems->errors;
  size_t imports_count = ledger_imports(copy, p->memory, &imports, p->problems);
  size_t reports_count = ledger_issued(copy, p->memory, &reports, p->problems);
  json_t *taken = json_object();
  bool good = p->problems->errors == errors;
  for (size_t i = 0; i < imports_count && good; i++) good = add_kept(p, taken, imports[i].file);
  for (size_t i = 0; i < reports_count && good; i++) good = add_kept(p, taken, reports[i].content);
  json_decref(taken);
  return good;
}

/* An access log is appended to while it is read: as much of it as was there when it was hashed goes in. */
static bool add_access(packing *p, const workplace *w) {
  const char *path = store_beside(p->of, p->memory, ".access");
  const char *still = arena_format(p->memory, "%s/access", w->path);
  int from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (from < 0) return errno == ENOENT || file_fault(p, path);
  int to = open(still, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  enum { SIZE = 1 << 16 };
  char *block = arena_room(p->memory, SIZE);
  ssize_t got = 0;
  bool good = to >= 0;
  while (good && (got = read(from, block, SIZE)) > 0) good = write(to, block, (size_t)got) == got;
  if (!good || got < 0) file_fault(p, path);
  close(from);
  if (to >= 0) close(to);
  return good && got == 0 && add(p, ARCHIVE_ACCESS, still, NULL);
}

/* ---- the whole ---- */

static void checked(void *context, int64_t done, int64_t all) {
  const archive_progress *p = context;
  if (p->step != NULL) p->step(p->context, ARCHIVE_CHECKED, done, all);
}

bool backup_check(ledger *l, verify_beside with, archive_progress progress, faults *problems) {
  return ledger_verify_beside(l, with, checked, &progress, problems);
}

static json_t *manifest_of(packing *p, ledger *copy, backup_done *out) {
  char chain[DIGEST_TEXT];
  const char *slash = strrchr(p->of->path, '/'), *name = slash == NULL ? p->of->path : slash + 1;
  out->imports = ledger_last(copy);
  out->chain = ledger_chain(copy, out->imports);
  out->key = p->order->with_key;
  out->at = p->order->at;
  digest_text(out->chain, chain);
  return json_pack("{s:s, s:s, s:s, s:I, s:s}", "made", p->order->at, "by", p->order->who, "ledger",
                   text_is_utf8(name, strlen(name)) ? name : "?", "imports", (json_int_t)out->imports, "chain", chain);
}

static bool pack_all(packing *p, const workplace *w, const char *file, backup_done *out) {
  archive_progress progress = p->order->progress;
  if (!copy_database(p)) return false;
  ledger *copy = ledger_open(p->copy, LEDGER_READ, p->problems);
  bool good = copy != NULL;
  if (good && !backup_check(copy, VERIFY_ALONE, progress, p->problems)) {
    fault_add(p->problems, NOWHERE, "ledger \"%s\" is not backed up, as it is damaged", "台账“%s”已损坏，未作备份",
              p->of->path);
    fault_mark(p->problems, FAULT_LEDGER);
    good =
        fault_next(p->problems, "keep it as it is, and see: hongzhu verify", "请保持原样，并运行 hongzhu verify 查看");
  }
  good = good && add_all_kept(p, copy) && add_access(p, w);
  out->kept = p->count;
  for (size_t i = 0; i < p->count; i++) out->kept -= strcmp(p->entries[i].name, ARCHIVE_ACCESS) == 0;
  json_t *manifest = good ? manifest_of(p, copy, out) : NULL;
  ledger_close(copy); /* the last connection: nothing of it is left beside the copy */
  good = good && add(p, ARCHIVE_LEDGER, p->copy, NULL);
  if (good && p->order->with_key)
    good =
        ledger_id_key(p->of, p->problems) != NULL && add(p, ARCHIVE_KEY, store_beside(p->of, p->memory, ".key"), NULL);
  good = good && archive_write(file, manifest, p->entries, p->sources, p->count, progress, p->problems);
  json_decref(manifest);
  archive *written = good ? archive_open(file, p->problems) : NULL;
  good = written != NULL && archive_read(written, NULL, progress, p->problems);
  archive_close(written);
  return good;
}

static bool taken(const char *file, faults *problems) {
  struct stat about;
  if (lstat(file, &about) != 0) return false;
  fault_add(problems, (place){.file = file}, "this is there already and was left alone", "它已经存在，未作改动");
  fault_next(problems, "name another file for the backup", "请为备份另取文件名");
  return true;
}

bool ledger_backup(ledger *l, const backup_order *order, arena *a, backup_done *out, faults *problems) {
  workplace w;
  struct stat about;
  *out = (backup_done){0};
  if (taken(order->file, problems) || !ledger_spares(l, order->file, problems) ||
      !workplace_make(&w, a, order->file, "backup", problems))
    return false;
  packing p = {.of = l, .order = order, .memory = a, .problems = problems};
  p.copy = arena_format(a, "%s/" ARCHIVE_LEDGER, w.path);
  const char *made = arena_format(a, "%s/backup.zip", w.path);
  mode_t mask = umask(0077);
  bool good = pack_all(&p, &w, made, out);
  umask(mask);
  if (good && !workplace_place(&w, made, order->file)) {
    good = false;
    if (errno != EEXIST || !taken(order->file, problems))
      fault_add(problems, (place){.file = order->file}, "the backup cannot be put here: %s%.0s",
                "备份无法放到这里：%.0s%s", SYSTEM_WORDS(errno));
  }
  if (good && stat(order->file, &about) == 0) out->size = about.st_size;
  workplace_remove(&w);
  return good;
}
