/* Where subjects come from: the file beside the ledger if it is whole and fits, else that file and what changed since
 * it was made, else the facts. */
#include "base/system.h"
#include "ledger/import.h"
#include "ledger/subjects_build.h"
#include "ledger/subjects_inside.h"
#include "ledger/subjects_renew.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POLL = 20, WAIT = 2000 }; /* milliseconds */

static bool write_fault(faults *problems) {
  int why = errno;
  fault_add(problems, NOWHERE, "the subject file cannot be written: %s%.0s", "主体文件无法写入：%.0s%s",
            SYSTEM_WORDS(why));
  fault_mark(problems, FAULT_LEDGER);
  if (why == EISDIR || why == ENOTEMPTY || why == EEXIST)
    return fault_next(problems, "move away what stands in its place, the ledger's name with .subjects behind it",
                      "请移走占用其位置的文件或文件夹（台账文件名加 .subjects）");
  return fault_next(problems, "make room on the disk and try again", "请腾出磁盘空间后再试");
}

/* Some systems write out what was cut off when it is closed: what is empty is not cut off. */
static bool make_empty(int descriptor) {
  struct stat about;
  return (fstat(descriptor, &about) == 0 && about.st_size == 0) || ftruncate(descriptor, 0) == 0;
}

static bool build(ledger *l, int64_t known_after, int descriptor, faults *problems) {
  if (!make_empty(descriptor)) return write_fault(problems);
  subject_builder *b = subjects_read(l, known_after, problems);
  if (b == NULL) return false;
  builder_order(b);
  bool good = builder_write(b, descriptor, ledger_chain(l, known_after), known_after) || write_fault(problems);
  builder_free(b);
  return good;
}

/* Workers get a descriptor that cannot write, whatever the file was made with. */
static subjects *map_read_only(int descriptor, faults *problems) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  int reading = open(path, O_RDONLY | O_CLOEXEC);
  subjects *s = subjects_map_facts(reading >= 0 ? reading : descriptor, 0, problems);
  if (reading >= 0) close(reading);
  return s;
}

/* Whether a file that cannot be used was once made by this version of the program: one of another version is none. */
static bool was_ours(int descriptor) {
  subjects_header header;
  return pread(descriptor, &header, sizeof header, 0) == (ssize_t)sizeof header &&
         memcmp(header.magic, SUBJECTS_MAGIC, sizeof header.magic) == 0 && header.version == SUBJECTS_VERSION &&
         header.order == SUBJECTS_ORDER;
}

bool subjects_stand(ledger *l) {
  arena *a = arena_new();
  int64_t last = ledger_last(l);
  subjects_header header;
  int descriptor = open(store_beside(l, a, ".subjects"), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  bool good = descriptor >= 0 && was_ours(descriptor) &&
              pread(descriptor, &header, sizeof header, 0) == (ssize_t)sizeof header && header.known_after == last &&
              digest_same(header.chain, ledger_chain(l, last));
  if (descriptor >= 0) close(descriptor);
  arena_free(a);
  return good;
}

/* What stands there, checked or not; NULL where that is nothing to be used. */
static mapped *open_file(const char *path, bool check, bool *damaged) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return NULL;
  const char *reason;
  mapped *m = mapped_open(descriptor, &reason);
  if (reason == NULL && check) reason = mapped_fit(m, false, 0);
  if (reason != NULL) {
    *damaged = was_ours(descriptor);
    mapped_close(m);
    m = NULL;
  }
  close(descriptor);
  return m;
}

struct subjects_early {
  pthread_t thread;
  const char *path;
  mapped *file; /* checked */
  bool damaged;
};

static void *open_early(void *context) {
  subjects_early *c = context;
  c->file = open_file(c->path, true, &c->damaged);
  return NULL;
}

void subjects_soon(ledger *l) {
  if (l->early != NULL) return;
  subjects_early *c = arena_take(l->memory, sizeof *c);
  c->path = store_beside(l, l->memory, ".subjects");
  if (pthread_create(&c->thread, NULL, open_early, c) == 0) l->early = c;
}

static mapped *take_early(ledger *l, bool *damaged) {
  subjects_early *c = l->early;
  l->early = NULL;
  pthread_join(c->thread, NULL);
  *damaged = c->damaged;
  return c->file;
}

void subjects_early_end(ledger *l) {
  bool damaged;
  if (l->early != NULL) mapped_close(take_early(l, &damaged));
}

typedef struct stored {
  subjects *fits;  /* of the present state */
  mapped *earlier; /* of an earlier one of this ledger */
  bool checked;    /* all of that but its keys */
  bool damaged;
} stored;

static void forget_earlier(stored *file) {
  mapped_close(file->earlier);
  file->earlier = NULL;
}

/* Looks at what stands there now, after what was found before. */
static void open_stored(ledger *l, const char *path, int64_t last, stored *out) {
  forget_earlier(out);
  out->checked = l->early != NULL;
  mapped *m = out->checked ? take_early(l, &out->damaged) : open_file(path, false, &out->damaged);
  if (m == NULL) return;
  const int64_t known_after = m->header.known_after;
  const bool ours =
      known_after >= 0 && known_after <= last && digest_same(m->header.chain, ledger_chain(l, known_after));
  if (ours && known_after < last) {
    out->earlier = m;
  } else if (ours && (out->checked || mapped_fit(m, false, 0) == NULL)) {
    out->fits = &m->public;
  } else {
    if (ours) out->damaged = true;
    mapped_close(m);
  }
}

void subjects_say_damaged(const char *path, faults *problems) {
  fault_warn(problems, NOWHERE, "the subject file \"%s\" was damaged and is made anew from the ledger",
             "主体文件“%s”已损坏，现由台账重新生成", path);
}

static int unnamed(const ledger *l) {
  arena *a = arena_new();
  char *folder = arena_text(a, l->path), *slash = strrchr(folder, '/');
  if (slash != NULL) slash[slash == folder] = '\0';
  int descriptor = open(slash == NULL ? "." : folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) descriptor = memfd_create("subjects", MFD_CLOEXEC);
  arena_free(a);
  return descriptor;
}

/* Made from the earlier file, if that is whole: else it is found damaged. NULL where it has to be made from the facts,
 * which say best what is in the way. */
static subjects *renewed(ledger *l, stored *file, int64_t last, int descriptor) {
  mapped *m = file->earlier;
  if (m == NULL || !digest_same(m->header.secret, ledger_chain(l, 1))) return NULL;
  if (file->checked ? !mapped_check_keys(m) : mapped_fit(m, true, 0) != NULL) {
    file->damaged = true;
    return NULL;
  }
  file->checked = true;
  arena *a = arena_new();
  subjects *s = subjects_renew(l, m, last, descriptor) ? map_read_only(descriptor, faults_new(a)) : NULL;
  arena_free(a);
  return s;
}

static subjects *build_unnamed(ledger *l, int64_t known_after, faults *problems) {
  int descriptor = unnamed(l);
  if (descriptor < 0) {
    write_fault(problems);
    return NULL;
  }
  subjects *s = build(l, known_after, descriptor, problems) ? map_read_only(descriptor, problems) : NULL;
  close(descriptor);
  return s;
}

/* Where the file under way is somebody else's. */
static subjects *renew_unnamed(ledger *l, stored *file, int64_t last, const char *path, faults *problems) {
  int descriptor = unnamed(l);
  subjects *s = descriptor >= 0 ? renewed(l, file, last, descriptor) : NULL;
  if (descriptor >= 0) close(descriptor);
  if (s != NULL) return s;
  if (file->damaged) subjects_say_damaged(path, problems);
  return build_unnamed(l, last, problems);
}

/* Whoever builds is waited for so long as building takes most often, and no longer: it may have been stopped. */
static bool lock_soon(int descriptor) {
  for (int waited = 0; flock(descriptor, LOCK_EX | LOCK_NB) != 0; waited += POLL) {
    if (waited >= WAIT) return false;
    const struct timespec nap = {0, POLL * 1000000L};
    nanosleep(&nap, NULL);
  }
  return true;
}

static bool same_inode(const struct stat *a, const struct stat *b) {
  return a->st_ino == b->st_ino && a->st_dev == b->st_dev;
}

/* The file under way has one name, so that a killed process leaves nothing that the next does not take away; who holds
 * the lock on it builds. Once renamed it is another file's name: then somebody else was faster. What has bytes is never
 * used again: it may be the file that stood before, which others read. -1: somebody holds it, and who needs one now
 * makes one without a name. */
static int take_coming(const char *coming) {
  for (int attempt = 0; attempt < 16; attempt++) {
    int descriptor = open(coming, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    struct stat ours, named;
    if (descriptor < 0) return -1;
    const bool locked = lock_soon(descriptor);
    if (locked && fstat(descriptor, &ours) == 0 && S_ISREG(ours.st_mode) && stat(coming, &named) == 0 &&
        same_inode(&ours, &named)) {
      if (ours.st_size == 0) return descriptor;
      unlink(coming);
    }
    close(descriptor);
    if (!locked) return -1;
  }
  return -1;
}

/* In the place of what stands there. Nothing is forced to the disk: what a failing machine leaves of it is found
 * damaged, and it is made anew. Some systems write out at once what is renamed onto another file, not what changes
 * names with one. Where somebody else took the name away, it serves whoever made it, without one. */
static bool put_in_place(int descriptor, const char *coming, const char *path) {
  struct stat ours, named, there;
  if (fstat(descriptor, &ours) != 0 || lstat(coming, &named) != 0 || !same_inode(&ours, &named)) return true;
  if (lstat(path, &there) != 0 || !S_ISREG(there.st_mode) ||
      renameat2(AT_FDCWD, coming, AT_FDCWD, path, RENAME_EXCHANGE) != 0)
    return rename(coming, path) == 0 || errno == ENOENT;
  if (lstat(coming, &named) == 0 && same_inode(&named, &there)) unlink(coming); /* what stood there */
  return true;
}

static bool put_coming(subject_builder *b, int64_t known_after, digest chain, int descriptor, const char *coming,
                       const char *path) {
  if (!make_empty(descriptor)) return false;
  builder_order(b);
  return builder_write(b, descriptor, chain, known_after) && put_in_place(descriptor, coming, path);
}

bool coming_begin(subjects_coming *c, const ledger *l) {
  *c = (subjects_coming){.memory = arena_new()};
  c->path = store_beside(l, c->memory, ".subjects");
  c->coming = store_beside(l, c->memory, ".subjects.new");
  c->descriptor = take_coming(c->coming);
  if (c->descriptor >= 0 && make_empty(c->descriptor)) return true;
  coming_end(c, false);
  return false;
}

bool coming_end(subjects_coming *c, bool good) {
  const bool stands = c->descriptor >= 0 && good && put_in_place(c->descriptor, c->coming, c->path);
  if (c->descriptor >= 0 && !stands) unlink(c->coming);
  if (c->descriptor >= 0) close(c->descriptor);
  c->descriptor = -1;
  arena_free(c->memory);
  c->memory = NULL;
  return stands;
}

/* Under the lock on the file under way. */
static subjects *make_coming(ledger *l, stored *file, int64_t last, int descriptor, const char *coming,
                             const char *path, faults *problems) {
  subjects *s = make_empty(descriptor) ? renewed(l, file, last, descriptor) : NULL;
  if (s != NULL && put_in_place(descriptor, coming, path)) return s;
  subjects_close(s);
  if (file->damaged) subjects_say_damaged(path, problems);
  subject_builder *b = subjects_read(l, last, problems);
  s = NULL;
  if (b != NULL && put_coming(b, last, ledger_chain(l, last), descriptor, coming, path))
    s = map_read_only(descriptor, problems);
  else if (b != NULL)
    write_fault(problems);
  builder_free(b);
  return s;
}

/* What was left by a process that was ended after the names were changed and before the old file was taken away. */
static void sweep_coming(const char *coming) {
  int descriptor = open(coming, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat ours, named;
  if (descriptor < 0) return;
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(descriptor, &ours) == 0 && S_ISREG(ours.st_mode) &&
      lstat(coming, &named) == 0 && same_inode(&ours, &named))
    unlink(coming);
  close(descriptor);
}

subjects *subjects_open(ledger *l, faults *problems) {
  arena *a = arena_new();
  char *path = store_beside(l, a, ".subjects"), *coming = store_beside(l, a, ".subjects.new");
  int64_t last = ledger_last(l);
  stored file = {NULL, NULL, false, false};
  open_stored(l, path, last, &file);
  if (file.fits != NULL) sweep_coming(coming);
  int descriptor = file.fits == NULL ? take_coming(coming) : -1;
  if (file.fits == NULL && descriptor >= 0) open_stored(l, path, last, &file);
  subjects *s = file.fits;
  if (s == NULL && descriptor >= 0) {
    s = make_coming(l, &file, last, descriptor, coming, path, problems);
    if (s == NULL) unlink(coming);
  } else if (s == NULL) {
    s = renew_unnamed(l, &file, last, path, problems);
  } else if (descriptor >= 0) {
    unlink(coming);
  }
  forget_earlier(&file);
  if (descriptor >= 0) close(descriptor);
  arena_free(a);
  return s;
}

subjects *subjects_open_after(ledger *l, int64_t known_after, faults *problems) {
  int64_t last = ledger_last(l);
  if (known_after == last) return subjects_open(l, problems);
  if (known_after < 0 || known_after > last) {
    fault_add(problems, NOWHERE, "ledger \"%s\" has no import %lld", "台账“%s”中没有第 %lld 次导入", l->path,
              (long long)known_after);
    fault_next(problems, "see: hongzhu log", "请运行 hongzhu log 查看");
    return NULL;
  }
  return build_unnamed(l, known_after, problems);
}

static int by_import(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

subjects *subjects_of_facts(const fact *facts, size_t count, faults *problems) {
  arena *a = arena_new();
  subject_builder *b = builder_new((digest){{0}}, NULL);
  int64_t *imports = arena_array(a, count + 1, sizeof *imports);
  for (size_t i = 0; i < count; i++) imports[i] = facts[i].source == 0 ? facts[i].import : facts[i].source;
  qsort(imports, count, sizeof *imports, by_import);
  for (size_t i = 0; i < count; i++) {
    /* Sources without a file are told apart by their number, written so that it sorts. */
    if (i == 0 || imports[i] != imports[i - 1])
      builder_source(b, imports[i], (digest){{0}}, NULL, arena_format(a, "%020lld", (long long)imports[i]));
  }
  bool good = true;
  for (size_t i = 0; i < count && good; i++) good = builder_add(b, &facts[i], NULL);
  subjects *s = NULL;
  int descriptor = memfd_create("subjects", MFD_CLOEXEC);
  if (descriptor < 0) good = write_fault(problems);
  if (good) {
    builder_order(b);
    if (builder_write(b, descriptor, (digest){{0}}, 0)) {
      s = map_read_only(descriptor, problems);
    } else {
      write_fault(problems);
    }
  }
  if (descriptor >= 0) close(descriptor);
  builder_free(b);
  arena_free(a);
  return s;
}
