/* The ledger as files: NAME, NAME.key, NAME.files; opening, locking, closing.
 *
 * Writers exclude each other by flock on the folder NAME.files, never by a second descriptor of NAME: closing one would
 * drop the locks that SQLite holds on the file. */
#include "base/system.h"
#include "ledger/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAIT_FOR_WRITER 10000
static const char key_words[] = "hongzhu: the key of ID numbers";

static bool there(const char *path) {
  struct stat about;
  return lstat(path, &about) == 0;
}

ledger *ledger_new(const char *path, ledger_mode mode) {
  arena *memory = arena_new();
  ledger *l = arena_take(memory, sizeof *l);
  l->memory = memory;
  l->path = arena_text(memory, path);
  const char *slash = strrchr(path, '/');
  l->folder = slash == NULL   ? arena_text(memory, ".")
              : slash == path ? arena_text(memory, "/")
                              : arena_text_of(memory, path, (size_t)(slash - path));
  l->mode = mode;
  l->lock = l->note = -1;
  *ARENA_PUSH(memory, l->words, l->word_count, l->word_capacity) = NULL;
  return l;
}

digest ledger_key_check(const digest *key) {
  return digest_keyed(key, key_words, sizeof key_words);
}

/* Where nothing can be written beside the ledger, as on a medium of backups or in an auditor's hands, SQLite cannot
 * make the index of its log: what lies there is then read as it stands, which is right as long as no log is left over.
 */
static bool stands_still(const ledger *l) {
  struct stat log;
  if (l->mode != LEDGER_READ) return false;
  arena *a = arena_new();
  bool writable = access(l->folder, W_OK) == 0 && access(l->path, W_OK) == 0;
  bool left_over = stat(store_beside(l, a, "-wal"), &log) == 0 && log.st_size > 0;
  arena_free(a);
  return !writable && !left_over;
}

/* The path as a URI: everything but plain letters, digits and / . _ - is escaped. */
static char *still_name(const ledger *l) {
  buffer name = {0};
  buffer_text(&name, l->path[0] == '/' ? "file://" : "file:");
  for (const unsigned char *c = (const unsigned char *)l->path; *c; c++) {
    bool plain =
        (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || strchr("/._-", *c) != NULL;
    if (plain)
      buffer_bytes(&name, c, 1);
    else
      buffer_format(&name, "%%%02X", *c);
  }
  buffer_text(&name, "?immutable=1");
  char *out = arena_text(l->memory, name.at);
  buffer_free(&name);
  return out;
}

bool store_open(ledger *l, const char *file, int flags, faults *problems) {
  bool still = stands_still(l);
  const char *name = still ? still_name(l) : file;
  if (still) flags |= SQLITE_OPEN_URI;
  if (sqlite3_open_v2(name, &l->base, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK) {
    if (l->base == NULL) memory_exhausted();
    return store_fault(l, problems);
  }
  sqlite3_busy_timeout(l->base, WAIT_FOR_WRITER);
  sqlite3_db_config(l->base, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(l->base, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  /* A ledger has no triggers, and its views are for people: what was put into the file does nothing here. */
  sqlite3_db_config(l->base, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config(l->base, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  return store_run(l,
                   "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
                   "PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 16777216;",
                   problems);
}

bool store_open_once(ledger *l, faults *problems) {
  return store_open(l, l->path, SQLITE_OPEN_READONLY, problems) && store_run(l, "PRAGMA cache_size = -1024", problems);
}

/* A ledger has a log (WAL) and never a journal: one that lies beside it is another database's, and SQLite would play it
 * back into this one. */
static bool no_journal(const ledger *l, faults *problems) {
  enum { WRITE_VERSION = 18, WITH_LOG = 2 };
  unsigned char version[2] = {0};
  struct stat about;
  arena *a = arena_new();
  const char *journal = store_beside(l, a, "-journal");
  bool good = lstat(journal, &about) != 0 || (S_ISREG(about.st_mode) && about.st_size == 0);
  int file = good ? -1 : open(l->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file >= 0) {
    good = pread(file, version, sizeof version, WRITE_VERSION) == (ssize_t)sizeof version &&
           (version[0] != WITH_LOG || version[1] != WITH_LOG); /* somebody made it a database with a journal by hand */
    close(file);
  }
  if (!good) {
    fault_add(problems, NOWHERE, "beside ledger \"%s\" lies \"%s\", the journal of another database",
              "台账“%s”旁有“%s”，那是另一个数据库的日志", l->path, journal);
    fault_mark(problems, FAULT_LEDGER);
    fault_next(problems, "move it away, as it would be written into the ledger; then: hongzhu verify",
               "请把它移走，否则它会被写进台账；再运行 hongzhu verify");
  }
  arena_free(a);
  return good;
}

/* SQLite opens for reading what it may not open for writing, and says so when much has been done. */
static bool may_write(ledger *l, faults *problems) {
  if (sqlite3_db_readonly(l->base, "main") <= 0) return true;
  fault_add(problems, NOWHERE, "ledger \"%s\" cannot be written: it may only be read", "台账“%s”不可写：只有读的权限",
            l->path);
  fault_mark(problems, FAULT_LEDGER);
  return fault_next(problems, "check who owns the file and its folder", "请检查文件及其所在文件夹的权限");
}

ledger *ledger_open_by(const char *path, ledger_mode mode, const ledger_user *by, faults *problems) {
  if (sodium_init() < 0) {
    fault_add(problems, NOWHERE, "libsodium cannot be used", "libsodium 无法使用");
    return NULL;
  }
  if (!there(path)) {
    fault_add(problems, NOWHERE, "there is no ledger \"%s\"", "没有台账“%s”", path);
    fault_next(problems, "make one with: hongzhu init; or name another with --ledger",
               "请用 hongzhu init 新建，或用 --ledger 指定另一个台账");
    return NULL;
  }
  struct stat about;
  if (stat(path, &about) == 0 && (!S_ISREG(about.st_mode) || about.st_size == 0)) {
    if (S_ISREG(about.st_mode))
      fault_add(problems, NOWHERE, "\"%s\" is an empty file, no ledger", "“%s”是空文件，不是台账", path);
    else
      fault_add(problems, NOWHERE, "\"%s\" is no file, so no ledger", "“%s”不是文件，也就不是台账", path);
    fault_mark(problems, FAULT_LEDGER);
    fault_next(problems, "name the ledger with --ledger, or make one with: hongzhu init",
               "请用 --ledger 指定台账，或用 hongzhu init 新建");
    return NULL;
  }
  if (access(path, R_OK) != 0) {
    fault_add(problems, NOWHERE, "ledger \"%s\" cannot be read: %s%.0s", "台账“%s”无法读取：%.0s%s", path,
              SYSTEM_WORDS(errno));
    fault_mark(problems, FAULT_LEDGER);
    fault_next(problems, "check who owns the file and its folder", "请检查文件及其所在文件夹的权限");
    return NULL;
  }
  ledger *l = ledger_new(path, mode);
  int flags = mode == LEDGER_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  bool writes = mode == LEDGER_WRITE;
  if (no_journal(l, problems) && store_open(l, l->path, flags, problems) && (!writes || may_write(l, problems)) &&
      (!writes || writer_lock(l, by, problems)) && schema_check(l, problems)) {
    if (writes) writer_begin(l, by);
    return l;
  }
  ledger_close(l);
  return NULL;
}

ledger *ledger_open_within(const char *path, ledger_mode mode, int milliseconds, faults *problems) {
  return ledger_open_by(path, mode, &(ledger_user){.milliseconds = milliseconds}, problems);
}

ledger *ledger_open(const char *path, ledger_mode mode, faults *problems) {
  return ledger_open_within(path, mode, WAIT_FOR_WRITER, problems);
}

void ledger_close(ledger *l) {
  if (l == NULL) return;
  if (l->under_way != NULL) ledger_abandon(l->under_way);
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++) sqlite3_finalize(l->fact_by_id[type]);
  kept_changes_free(l->changes);
  subjects_early_end(l);
  if (l->lock >= 0) writer_end(l);
  sqlite3_close(l->base);
  if (l->lock >= 0) close(l->lock);
  sodium_memzero(&l->id_key, sizeof l->id_key);
  free(l->word_slots);
  arena_free(l->memory);
}

const char *ledger_path(const ledger *l) {
  return l->path;
}

const char *ledger_folder(const ledger *l) {
  return l->folder;
}

static bool same_file(const char *a, const char *b) {
  struct stat x, y;
  return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool ledger_spares(const ledger *l, const char *path, faults *problems) {
  static const char *const endings[] = {"", ".key", ".files", ".subjects", ".access", "-wal", "-shm"};
  arena *a = arena_new();
  const char *slash = strrchr(path, '/');
  const char *folder = slash == NULL ? "." : slash == path ? "/" : arena_text_of(a, path, (size_t)(slash - path));
  bool its_own = same_file(folder, store_beside(l, a, ".files"));
  for (size_t i = 0; i < sizeof endings / sizeof *endings && !its_own; i++)
    its_own = same_file(path, store_beside(l, a, endings[i]));
  arena_free(a);
  if (!its_own) return true;
  fault_add(problems, (place){.file = path}, "this belongs to the ledger and is not written over",
            "这是台账的一部分，不能覆盖");
  return fault_next(problems, "name another file", "请换一个文件名");
}

static bool key_read(ledger *l, faults *problems) {
  char *path = store_beside(l, l->memory, ".key");
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) {
    fault_add(problems, NOWHERE, "\"%s\" cannot be read: %s%.0s", "“%s”无法读取：%.0s%s", path, SYSTEM_WORDS(errno));
    return fault_next(problems, "the key of ID numbers belongs beside the ledger: bring it back from where it is kept",
                      "证件号码的密钥应在台账旁边，请从保管处取回");
  }
  char text[DIGEST_TEXT] = {0};
  ssize_t got = 0, more = 1;
  while (got < (ssize_t)sizeof text && more != 0) {
    more = pread(descriptor, text + got, sizeof text - (size_t)got, got);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) break;
    got += more;
  }
  int reason = errno;
  close(descriptor);
  if (more < 0) {
    fault_add(problems, NOWHERE, "\"%s\" cannot be read: %s%.0s", "“%s”无法读取：%.0s%s", path, SYSTEM_WORDS(reason));
    return fault_next(problems, "look at the disk, then try again", "请检查磁盘后再试");
  }
  text[DIGEST_TEXT - 1] = '\0';
  digest key;
  bool good = got >= DIGEST_TEXT - 1 && digest_from_text(text, &key);
  sqlite3_stmt *s = store_prepare(l, "SELECT key_check FROM identity WHERE number = 1", problems);
  if (s == NULL) return false;
  bool failed = false;
  if (good) {
    digest check = ledger_key_check(&key);
    good = store_step(l, s, &failed, problems) && digest_same(check, store_digest(s, 0));
  }
  sqlite3_finalize(s);
  if (failed) return false;
  if (!good) {
    fault_add(problems, NOWHERE, "\"%s\" is not the key of this ledger", "“%s”不是本台账的密钥", path);
    return fault_next(problems, "bring back the key that was made with the ledger", "请取回与本台账同时生成的密钥文件");
  }
  l->id_key = key;
  l->has_id_key = true;
  sodium_memzero(&key, sizeof key);
  sodium_memzero(text, sizeof text);
  return true;
}

const digest *ledger_id_key(ledger *l, faults *problems) {
  if (!l->has_id_key && !key_read(l, problems)) return NULL;
  return &l->id_key;
}
