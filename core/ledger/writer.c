#include "ledger/writer.h"

#include "base/json.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POLL = 20, SAY_AFTER = 1000, NOTE_MOST = 1 << 16, SHOWN_MOST = 200 };

static char *note_path(const ledger *l, arena *a) {
  return store_beside(l, a, ".files/writer");
}

/* The note as a text; NULL where there is none that could be one. */
static char *note_read(const ledger *l, arena *a) {
  int descriptor = open(note_path(l, a), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return NULL;
  struct stat about;
  char *text = NULL;
  if (fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode)) {
    text = arena_take(a, NOTE_MOST);
    ssize_t got = pread(descriptor, text, NOTE_MOST - 1, 0);
    if (got < 0) text = NULL;
  }
  close(descriptor);
  return text;
}

/* ---- who it is ---- */

typedef struct holder {
  long long pid; /* 0: not known */
  const char *who, *doing, *since;
} holder;

static const char *shown(arena *a, const json_t *note, const char *key) {
  const char *text = json_member_text(note, key);
  if (text == NULL) return NULL;
  size_t length = strlen(text);
  if (length <= SHOWN_MOST) return arena_text(a, text);
  length = SHOWN_MOST;
  while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) length--;
  return arena_format(a, "%.*s…", (int)length, text);
}

/* Whoever wrote the note may be gone, its number may be another's by now: what is not there is not named. */
static holder holder_read(const ledger *l, arena *a) {
  holder h = {0};
  const char *text = note_read(l, a);
  if (text == NULL) return h;
  json_t *note = json_loadb(text, strcspn(text, "\n"), 0, NULL);
  int64_t pid = json_member_integer(note, "pid", 0);
  if (pid > 0 && pid <= INT32_MAX && (kill((pid_t)pid, 0) == 0 || errno == EPERM))
    h = (holder){pid, shown(a, note, "who"), shown(a, note, "doing"), shown(a, note, "since")};
  json_decref(note);
  if (h.who == NULL || h.doing == NULL || h.since == NULL) h.pid = 0;
  return h;
}

static void say_waiting(const ledger *l, const ledger_user *by) {
  arena *a = arena_new();
  holder h = holder_read(l, a);
  said words = {{arena_format(a, "正在等待：台账“%s”正被另一个程序写入", l->path),
                 arena_format(a, "waiting: ledger \"%s\" is being written by another program", l->path)}};
  if (h.pid > 0) {
    words.in[LANGUAGE_ZH] = arena_format(a, "正在等待：台账“%s”正由进程 %lld 写入（“%s”，用户“%s”，自 %s 起）", l->path,
                                         h.pid, h.doing, h.who, h.since);
    words.in[LANGUAGE_EN] =
        arena_format(a, "waiting: ledger \"%s\" is being written by process %lld (\"%s\", user \"%s\", since %s)",
                     l->path, h.pid, h.doing, h.who, h.since);
  }
  by->waiting(by->context, words);
  arena_free(a);
}

static bool held_fault(const ledger *l, int milliseconds, faults *problems) {
  arena *a = arena_new();
  holder h = holder_read(l, a);
  if (h.pid > 0)
    fault_add(problems, NOWHERE,
              "ledger \"%s\" is being written by process %lld (\"%s\", user \"%s\", since %s), waited %d seconds",
              "台账“%s”正由进程 %lld 写入（“%s”，用户“%s”，自 %s 起），已等待 %d 秒", l->path, h.pid, h.doing, h.who,
              h.since, milliseconds / 1000);
  else
    fault_add(problems, NOWHERE, "ledger \"%s\" is being written by another program, waited %d seconds",
              "台账“%s”正被另一个程序写入，已等待 %d 秒", l->path, milliseconds / 1000);
  arena_free(a);
  fault_mark(problems, FAULT_LEDGER);
  return fault_next(problems, "wait until it is done and try again, or wait longer with --wait SECONDS",
                    "请等它完成后再试，或用 --wait 秒数 等待更久");
}

/* ---- the lock ---- */

bool writer_lock(ledger *l, const ledger_user *by, faults *problems) {
  char *files = store_beside(l, l->memory, ".files");
  l->lock = open(files, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (l->lock < 0) {
    fault_add(problems, NOWHERE, "\"%s\" cannot be opened: %s%.0s", "“%s”无法打开：%.0s%s", files, SYSTEM_WORDS(errno));
    return fault_next(problems, "the folder of kept files belongs beside the ledger: bring it back from the backup",
                      "存放原始文件的文件夹应在台账旁边，请从备份中恢复");
  }
  bool said_it = false;
  for (int waited = 0; flock(l->lock, LOCK_EX | LOCK_NB) != 0; waited += POLL) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      return fault_add(problems, NOWHERE, "\"%s\" cannot be locked: %s%.0s", "“%s”无法锁定：%.0s%s", files,
                       SYSTEM_WORDS(errno));
    if (waited >= by->milliseconds) return held_fault(l, by->milliseconds, problems);
    if (waited >= SAY_AFTER && by->waiting != NULL && !said_it) {
      say_waiting(l, by);
      said_it = true;
    }
    const struct timespec nap = {0, POLL * 1000000L};
    nanosleep(&nap, NULL);
  }
  return true;
}

/* ---- files put there in vain ---- */

/* Whether nothing in the ledger refers to it; false too where that cannot be told now. */
static bool is_in_vain(ledger *l, const digest *file) {
  sqlite3_stmt *s = NULL;
  const char *sql = "SELECT 1 FROM import WHERE file = ?1 UNION ALL SELECT 1 FROM issue WHERE content = ?1 LIMIT 1";
  if (sqlite3_prepare_v2(l->base, sql, -1, &s, NULL) != SQLITE_OK) return false;
  store_bind_digest(s, 1, file);
  bool in_vain = sqlite3_step(s) == SQLITE_DONE;
  sqlite3_finalize(s);
  return in_vain;
}

static void drop(ledger *l, arena *a, const digest *file) {
  char digits[DIGEST_TEXT];
  digest_text(*file, digits);
  if (is_in_vain(l, file)) unlink(arena_format(a, "%s.files/%s", l->path, digits));
}

static void clear_up(ledger *l) {
  arena *a = arena_new();
  char *text = note_read(l, a);
  for (char *line = text == NULL ? NULL : strchr(text, '\n'); line != NULL; line = strchr(line + 1, '\n')) {
    digest file;
    char digits[DIGEST_TEXT] = {0};
    memcpy(digits, line + 1, strnlen(line + 1, DIGEST_TEXT - 1));
    if (digest_from_text(digits, &file)) drop(l, a, &file);
  }
  if (text != NULL) unlink(store_beside(l, a, ".files/coming"));
  arena_free(a);
}

/* ---- the note ---- */

static bool append(int descriptor, const char *text) {
  return system_write(descriptor, text, strlen(text));
}

void writer_begin(ledger *l, const ledger_user *by) {
  clear_up(l);
  arena *a = arena_new();
  char *path = note_path(l, a);
  unlink(path);
  l->note = open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  json_t *note = json_pack("{s:I, s:s*, s:s*, s:s*}", "pid", (json_int_t)getpid(), "who", by->who, "doing", by->doing,
                           "since", by->since);
  /* A kindness to those who wait: that it cannot be written stops nobody. */
  if (l->note >= 0) append(l->note, arena_format(a, "%s\n", json_canonical(a, note)));
  json_decref(note);
  arena_free(a);
}

void writer_keeps(ledger *l, digest file) {
  char line[DIGEST_TEXT + 1] = {0};
  *ARENA_PUSH(l->memory, l->kept, l->kept_count, l->kept_capacity) = file;
  digest_text(file, line);
  line[DIGEST_TEXT - 1] = '\n';
  if (l->note >= 0) append(l->note, line);
}

void writer_noted(ledger *l) {
  if (l->note >= 0) fdatasync(l->note);
}

void writer_end(ledger *l) {
  arena *a = arena_new();
  if (l->base != NULL && sqlite3_get_autocommit(l->base) == 0) sqlite3_exec(l->base, "ROLLBACK", NULL, NULL, NULL);
  for (size_t k = 0; k < l->kept_count; k++) drop(l, a, &l->kept[k]);
  if (l->note >= 0) {
    unlink(note_path(l, a));
    close(l->note);
  }
  l->note = -1;
  arena_free(a);
}
