/* The ledger as files: NAME, NAME.key, NAME.files; opening, locking, closing.
 *
 * Writers exclude each other by flock on the folder NAME.files, never by a second descriptor of NAME: closing one would
 * drop the locks that SQLite holds on the file. */
#include "base/system.h"
#include "ledger/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAIT_FOR_WRITER 10000
#define POLL            20
static const char key_words[] = "hongzhu: the key of ID numbers";

static bool there(const char *path) {
  struct stat about;
  return lstat(path, &about) == 0;
}

static bool make_fault(faults *problems, const char *path) {
  return fault_add(problems, NOWHERE, "\"%s\" cannot be made: %s%.0s", "“%s”无法创建：%.0s%s", path,
                   SYSTEM_WORDS(errno));
}

static bool write_whole(int descriptor, const void *bytes, size_t size) {
  const char *at = bytes;
  while (size > 0) {
    ssize_t done = write(descriptor, at, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    at += done;
    size -= (size_t)done;
  }
  return fsync(descriptor) == 0;
}

/* Sixty-four hexadecimal digits and a line break: a key that can be copied by hand. */
static bool key_write(const char *path, const digest *key) {
  char text[DIGEST_TEXT];
  digest_text(*key, text);
  text[DIGEST_TEXT - 1] = '\n';
  int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return false;
  bool good = write_whole(descriptor, text, sizeof text);
  int reason = errno;
  if (close(descriptor) != 0) good = false;
  if (!good) errno = reason;
  return good;
}

static ledger *ledger_new(const char *path, ledger_mode mode) {
  arena *memory = arena_new();
  ledger *l = arena_take(memory, sizeof *l);
  l->memory = memory;
  l->path = arena_text(memory, path);
  const char *slash = strrchr(path, '/');
  l->folder = slash == NULL   ? arena_text(memory, ".")
              : slash == path ? arena_text(memory, "/")
                              : arena_text_of(memory, path, (size_t)(slash - path));
  l->mode = mode;
  l->lock = -1;
  *ARENA_PUSH(memory, l->words, l->word_count, l->word_capacity) = NULL;
  return l;
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

static bool base_open(ledger *l, int flags, faults *problems) {
  bool still = stands_still(l);
  const char *name = still ? still_name(l) : l->path;
  if (still) flags |= SQLITE_OPEN_URI;
  if (sqlite3_open_v2(name, &l->base, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK) {
    if (l->base == NULL) memory_exhausted();
    return store_fault(l, problems);
  }
  sqlite3_busy_timeout(l->base, WAIT_FOR_WRITER);
  sqlite3_db_config(l->base, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(l->base, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return store_run(l,
                   "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
                   "PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 16777216;",
                   problems);
}

static bool create_work(ledger *l, void *context, faults *problems) {
  const digest *key = context;
  if (!schema_create(l, problems)) return false;
  digest check = digest_keyed(key, key_words, sizeof key_words);
  sqlite3_stmt *s = store_prepare(l, "INSERT INTO identity (number, key_check) VALUES (1, ?)", problems);
  if (s == NULL) return false;
  store_bind_digest(s, 1, &check);
  bool failed = false;
  store_step(l, s, &failed, problems);
  sqlite3_finalize(s);
  return !failed;
}

bool ledger_create(const char *path, faults *problems) {
  if (sodium_init() < 0) return fault_add(problems, NOWHERE, "libsodium cannot be used", "libsodium 无法使用");
  ledger *l = ledger_new(path, LEDGER_WRITE);
  char *key = store_beside(l, l->memory, ".key"), *files = store_beside(l, l->memory, ".files");
  const char *const taken[] = {path, key, files};
  bool good = true, made_key = false, made_files = false, made = false;
  for (size_t i = 0; i < sizeof taken / sizeof *taken && good; i++) {
    if (!there(taken[i])) continue;
    good =
        fault_add(problems, NOWHERE, "\"%s\" is there already and was left alone", "“%s”已经存在，未作改动", taken[i]);
    fault_next(problems, "choose another name for the new ledger, or go on with the one there",
               "请为新台账另取名称，或继续使用已有的台账");
  }
  digest secret;
  randombytes_buf(secret.bytes, sizeof secret.bytes);
  if (good) {
    made_key = key_write(key, &secret);
    good = made_key || make_fault(problems, key);
  }
  if (good) {
    made_files = mkdir(files, 0700) == 0;
    good = made_files || make_fault(problems, files);
  }
  if (good) {
    mode_t mask = umask(0077);
    made = true;
    good = base_open(l, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, problems) &&
           store_run(l, "PRAGMA journal_mode = WAL", problems) && store_transaction(l, create_work, &secret, problems);
    umask(mask);
  }
  sodium_memzero(&secret, sizeof secret);
  if (!good) {
    sqlite3_close(l->base);
    l->base = NULL;
    if (made) unlink(path);
    if (made_files) rmdir(files);
    if (made_key) unlink(key);
  }
  ledger_close(l);
  return good;
}

static bool wait_for_writer(ledger *l, int milliseconds, faults *problems) {
  char *files = store_beside(l, l->memory, ".files");
  l->lock = open(files, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (l->lock < 0) {
    fault_add(problems, NOWHERE, "\"%s\" cannot be opened: %s%.0s", "“%s”无法打开：%.0s%s", files, SYSTEM_WORDS(errno));
    return fault_next(problems, "the folder of kept files belongs beside the ledger: bring it back from the backup",
                      "存放原始文件的文件夹应在台账旁边，请从备份中恢复");
  }
  for (int waited = 0; flock(l->lock, LOCK_EX | LOCK_NB) != 0; waited += POLL) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      return fault_add(problems, NOWHERE, "\"%s\" cannot be locked: %s%.0s", "“%s”无法锁定：%.0s%s", files,
                       SYSTEM_WORDS(errno));
    if (waited >= milliseconds) {
      fault_add(problems, NOWHERE, "ledger \"%s\" is being written by another program, waited %d seconds",
                "台账“%s”正被另一个程序写入，已等待 %d 秒", l->path, milliseconds / 1000);
      return fault_next(problems, "wait until it is done and try again", "请等它完成后再试");
    }
    const struct timespec nap = {0, POLL * 1000000L};
    nanosleep(&nap, NULL);
  }
  return true;
}

ledger *ledger_open_within(const char *path, ledger_mode mode, int milliseconds, faults *problems) {
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
  ledger *l = ledger_new(path, mode);
  int flags = mode == LEDGER_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (base_open(l, flags, problems) && (mode == LEDGER_READ || wait_for_writer(l, milliseconds, problems)) &&
      schema_check(l, problems))
    return l;
  ledger_close(l);
  return NULL;
}

ledger *ledger_open(const char *path, ledger_mode mode, faults *problems) {
  return ledger_open_within(path, mode, WAIT_FOR_WRITER, problems);
}

void ledger_close(ledger *l) {
  if (l == NULL) return;
  if (l->under_way != NULL) ledger_abandon(l->under_way);
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++) sqlite3_finalize(l->fact_by_id[type]);
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
  ssize_t got = read(descriptor, text, sizeof text);
  close(descriptor);
  text[DIGEST_TEXT - 1] = '\0';
  digest key;
  bool good = got >= DIGEST_TEXT - 1 && digest_from_text(text, &key);
  sqlite3_stmt *s = store_prepare(l, "SELECT key_check FROM identity WHERE number = 1", problems);
  if (s == NULL) return false;
  bool failed = false;
  if (good) {
    digest check = digest_keyed(&key, key_words, sizeof key_words);
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
