/* A new ledger: made whole, or not at all.
 *
 * The database is made as NAME.init, which is there before anything else and takes its own name last, in one step.
 * Where NAME.init lies about without NAME, the making of a ledger was cut off: the next takes up what is there, holding
 * a lock on the key meanwhile. A key or a folder without NAME.init is somebody's, and left alone. */
#include "base/system.h"
#include "ledger/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct making {
  ledger *of;
  const char *path, *coming, *key_path, *files;
  int key;                                /* locked; -1 */
  bool made_coming, made_key, made_files; /* or taken up */
  digest secret;
  faults *problems;
} making;

static bool make_fault(const making *m, const char *path) {
  return fault_add(m->problems, NOWHERE, "\"%s\" cannot be made: %s%.0s", "“%s”无法创建：%.0s%s", path,
                   SYSTEM_WORDS(errno));
}

static bool taken_fault(const making *m, const char *path) {
  fault_add(m->problems, NOWHERE, "\"%s\" is there already and was left alone", "“%s”已经存在，未作改动", path);
  return fault_next(m->problems, "choose another name for the new ledger, or go on with the one there",
                    "请为新台账另取名称，或继续使用已有的台账");
}

static bool there(const char *path, struct stat *about) {
  return lstat(path, about) == 0;
}

/* What a making that was cut off left is empty, or has a key beside it. */
static bool may_make(making *m, bool *cut_off) {
  struct stat about, key;
  if (there(m->path, &about)) return taken_fault(m, m->path);
  bool has_key = there(m->key_path, &key);
  *cut_off = there(m->coming, &about) && S_ISREG(about.st_mode) && (about.st_size == 0 || has_key);
  if (*cut_off) return true;
  if (there(m->coming, &about)) return taken_fault(m, m->coming);
  if (has_key) return taken_fault(m, m->key_path);
  return !there(m->files, &about) || taken_fault(m, m->files);
}

static bool mark(making *m) {
  int descriptor = open(m->coming, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return make_fault(m, m->path);
  close(descriptor);
  return m->made_coming = true;
}

/* Sixty-four hexadecimal digits and a line break: a key that can be copied by hand. */
static bool key_make(making *m, bool cut_off) {
  char text[DIGEST_TEXT] = {0};
  int how = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (cut_off ? 0 : O_EXCL);
  m->key = open(m->key_path, how, 0600);
  if (m->key < 0) return errno == EEXIST ? taken_fault(m, m->key_path) : make_fault(m, m->key_path);
  if (flock(m->key, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return make_fault(m, m->key_path);
    fault_add(m->problems, NOWHERE, "ledger \"%s\" is being made by another program", "台账“%s”正由另一个程序新建",
              m->path);
    return fault_next(m->problems, "wait until it is done", "请等它完成");
  }
  struct stat about;
  if (there(m->path, &about)) return taken_fault(m, m->path); /* by somebody who was faster */
  m->made_key = true;
  if (pread(m->key, text, sizeof text, 0) == DIGEST_TEXT) {
    text[DIGEST_TEXT - 1] = '\0';
    if (digest_from_text(text, &m->secret)) return true;
  }
  randombytes_buf(m->secret.bytes, sizeof m->secret.bytes);
  digest_text(m->secret, text);
  text[DIGEST_TEXT - 1] = '\n';
  bool good = ftruncate(m->key, 0) == 0 && system_write(m->key, text, sizeof text) && fsync(m->key) == 0;
  sodium_memzero(text, sizeof text);
  return good || make_fault(m, m->key_path);
}

static bool files_make(making *m, bool cut_off) {
  if (cut_off) rmdir(m->files); /* only what is empty */
  m->made_files = mkdir(m->files, 0700) == 0;
  return m->made_files || make_fault(m, m->files);
}

static void drop_beside(const making *m) {
  static const char *const endings[] = {"-journal", "-wal", "-shm"};
  arena *a = arena_new();
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) unlink(arena_format(a, "%s%s", m->coming, endings[i]));
  arena_free(a);
}

static bool create_work(ledger *l, void *context, faults *problems) {
  const digest *key = context;
  if (!schema_create(l, problems)) return false;
  digest check = ledger_key_check(key);
  sqlite3_stmt *s = store_prepare(l, "INSERT INTO identity (number, key_check) VALUES (1, ?)", problems);
  if (s == NULL) return false;
  store_bind_digest(s, 1, &check);
  bool failed = false;
  store_step(l, s, &failed, problems);
  sqlite3_finalize(s);
  return !failed;
}

static bool base_make(making *m) {
  drop_beside(m);
  if (truncate(m->coming, 0) != 0) return make_fault(m, m->path);
  mode_t mask = umask(0077);
  ledger *l = m->of;
  bool good = store_open(l, m->coming, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, m->problems) &&
              store_run(l, "PRAGMA journal_mode = MEMORY", m->problems) &&
              store_transaction(l, create_work, &m->secret, m->problems) &&
              store_run(l, "PRAGMA journal_mode = WAL", m->problems);
  umask(mask);
  if (sqlite3_close(l->base) != SQLITE_OK && good) good = store_fault(l, m->problems);
  l->base = NULL;
  drop_beside(m);
  return good;
}

static bool name_it(making *m) {
  if (renameat2(AT_FDCWD, m->coming, AT_FDCWD, m->path, RENAME_NOREPLACE) != 0) {
    struct stat about;
    if (errno != EINVAL && errno != ENOSYS) return errno == EEXIST ? taken_fault(m, m->path) : make_fault(m, m->path);
    if (there(m->path, &about)) return taken_fault(m, m->path);
    if (rename(m->coming, m->path) != 0) return make_fault(m, m->path);
  }
  m->made_coming = false;
  int folder = open(m->of->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return true;
  fsync(folder); /* it has its name: what the disk says of it now undoes nothing */
  close(folder);
  return true;
}

bool ledger_create(const char *path, faults *problems) {
  if (sodium_init() < 0) return fault_add(problems, NOWHERE, "libsodium cannot be used", "libsodium 无法使用");
  ledger *l = ledger_new(path, LEDGER_WRITE);
  making m = {.of = l,
              .path = l->path,
              .coming = store_beside(l, l->memory, ".init"),
              .key_path = store_beside(l, l->memory, ".key"),
              .files = store_beside(l, l->memory, ".files"),
              .key = -1,
              .problems = problems};
  bool cut_off = false;
  bool good = may_make(&m, &cut_off) && mark(&m) && key_make(&m, cut_off) && files_make(&m, cut_off) && base_make(&m) &&
              name_it(&m);
  sodium_memzero(&m.secret, sizeof m.secret);
  if (!good) { /* the mark last, so that whoever is cut off here is known too */
    if (m.made_files) rmdir(m.files);
    if (m.made_key) unlink(m.key_path);
    if (m.made_coming && (m.made_key || m.key < 0)) unlink(m.coming);
  }
  if (m.key >= 0) close(m.key);
  ledger_close(l);
  return good;
}
