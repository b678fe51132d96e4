/* Loaded before all other libraries (LD_PRELOAD), it lets the n-th call of a class fail, or ends the process there.
 *
 * HONGZHU_FAULT is `WHERE:HOW:CLASS:N`, HONGZHU_FAULT_COUNTS a file of at least COUNTS_SIZE bytes:
 *   WHERE  here: the program itself; worker: the processes that it starts, all of them counted as one
 *   HOW    count (nothing fails), fail, kill (SIGKILL before the call), tear (half of a write, then SIGKILL),
 *          short (half of a write or read), again (EINTR once), full (from N bytes on no file takes any more: ENOSPC)
 *   CLASS  the rows of `classes` below; "step" is every class but alloc
 *   N      1-based
 * The file is shared memory: what was counted can be read whatever way the process ended. time() stands still and
 * /dev/urandom gives zeros for SQLite, so that the same fault leaves the same bytes. What the C library calls inside
 * itself is not seen: standard output is one such thing. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, THE_TIME = 1767225600 };

typedef enum class { ALLOC, READ, WRITE, SYNC, RENAME, MAP, OPEN, TRUNCATE, SPAWN, MAKE, LOCK, STEP, CLASSES } class;
typedef enum how { COUNT, FAIL, KILL, TEAR, SHORT, AGAIN, FULL, HOWS } how;

static const struct {
  const char *name;
  int error;
} classes[CLASSES] = {{"alloc", ENOMEM}, {"read", EIO},    {"write", EIO},   {"sync", EIO},
                      {"rename", EIO},   {"map", ENOMEM},  {"open", EMFILE}, {"truncate", EIO},
                      {"spawn", EAGAIN}, {"make", EMFILE}, {"lock", ENOLCK}, {"step", EIO}};
static const char *const hows[HOWS] = {"count", "fail", "kill", "tear", "short", "again", "full"};

/* What the driver reads: how many calls of each class there were, whether the one asked for was reached, which it was.
 */
typedef struct counts {
  uint64_t calls[CLASSES];
  uint64_t bytes; /* written to files */
  uint64_t reached;
  char name[32];
} counts;

/* A preloaded library is given nothing by anybody: it must keep what it was told. */
static struct {
  counts *page;
  bool here;
  bool workers;
  bool ready;
  how how;
  class class;
  uint64_t at;
  char preload[PATH_ROOM], order[128], file[PATH_ROOM];
} injected;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

#define REAL(name)                                                                                                     \
  static __typeof__(name) *real;                                                                                       \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)

static bool order_read(const char *text) {
  char where[16], way[16], kind[16];
  unsigned long long at;
  if (sscanf(text, "%15[^:]:%15[^:]:%15[^:]:%20llu", where, way, kind, &at) != 4) return false;
  bool known_how = false, known_class = false;
  for (int i = 0; i < HOWS; i++) {
    if (strcmp(hows[i], way) != 0) continue;
    injected.how = (how)i;
    known_how = true;
  }
  for (int i = 0; i < CLASSES; i++) {
    if (strcmp(classes[i].name, kind) != 0) continue;
    injected.class = (class)i;
    known_class = true;
  }
  injected.at = at;
  injected.here = strcmp(where, "here") == 0;
  injected.workers = strcmp(where, "worker") == 0;
  return known_how && known_class && (injected.here || injected.workers);
}

__attribute__((constructor)) static void prepare(void) {
  const char *order = getenv("HONGZHU_FAULT"), *file = getenv("HONGZHU_FAULT_COUNTS"), *preload = getenv("LD_PRELOAD");
  injected.ready = true;
  if (!order || !file || !preload || !order_read(order)) return;
  snprintf(injected.preload, sizeof injected.preload, "LD_PRELOAD=%s", preload);
  snprintf(injected.order, sizeof injected.order, "HONGZHU_FAULT=here%s", strchr(order, ':'));
  snprintf(injected.file, sizeof injected.file, "HONGZHU_FAULT_COUNTS=%s", file);
  int descriptor = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return;
  void *page = (void *)syscall(SYS_mmap, NULL, sizeof(counts), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  syscall(SYS_close, descriptor);
  if (page != MAP_FAILED) injected.page = page;
}

static void end_here(void) {
  syscall(SYS_kill, (long)getpid(), SIGKILL);
  for (;;) pause();
}

__attribute__((noinline)) static void reached(const char *name) {
  injected.page->reached = 1;
  snprintf(injected.page->name, sizeof injected.page->name, "%s", name);
}

/* Counts the call; true where it is the one that shall be hit. A kill happens here. */
static bool hit(class of, const char *name) {
  if (!injected.page || !injected.here) return false;
  uint64_t own = __atomic_add_fetch(&injected.page->calls[of], 1, __ATOMIC_RELAXED), steps = 0;
  if (of != ALLOC) steps = __atomic_add_fetch(&injected.page->calls[STEP], 1, __ATOMIC_RELAXED);
  bool wanted =
      injected.class == of ? own == injected.at : injected.class == STEP && of != ALLOC && steps == injected.at;
  if (!wanted || injected.how == COUNT || injected.how == FULL) return false;
  reached(name);
  if (injected.how == KILL) end_here();
  return true;
}

/* Whether the call fails outright, errno set. */
static bool fails(class of, const char *name) {
  if (!hit(of, name)) return false;
  if (injected.how != FAIL) return false;
  errno = classes[of].error;
  return true;
}

/* ---- memory ---- */

void *malloc(size_t size) {
  return fails(ALLOC, "malloc") ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  return fails(ALLOC, "calloc") ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
  return fails(ALLOC, "realloc") ? NULL : __libc_realloc(memory, size);
}

void *reallocarray(void *memory, size_t count, size_t size) {
  size_t all;
  if (__builtin_mul_overflow(count, size, &all)) {
    errno = ENOMEM;
    return NULL;
  }
  return realloc(memory, all);
}

void *aligned_alloc(size_t alignment, size_t size) {
  return fails(ALLOC, "aligned_alloc") ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
  if (fails(ALLOC, "posix_memalign")) return ENOMEM;
  *out = __libc_memalign(alignment, size);
  return *out ? 0 : ENOMEM;
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  if (fails(MAP, "mmap")) return MAP_FAILED;
  return (void *)syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
}

void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off_t offset)
    __attribute__((alias("mmap")));

/* ---- bytes ---- */

/* How many bytes of `size` a call may move: SIZE_MAX is an error with errno. */
static size_t allowed(class of, const char *name, int descriptor, size_t size) {
  bool now = hit(of, name);
  if (now && injected.how == FAIL) {
    errno = classes[of].error;
    return SIZE_MAX;
  }
  if (now && injected.how == AGAIN) {
    errno = EINTR;
    return SIZE_MAX;
  }
  if (now && (injected.how == SHORT || injected.how == TEAR) && size > 1) return size / 2;
  struct stat about;
  if (of != WRITE || !injected.here || !injected.page || fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode))
    return size;
  uint64_t before = injected.page->bytes;
  injected.page->bytes += size;
  if (injected.how != FULL || before + size <= injected.at) return size;
  reached(name);
  if (before < injected.at) return (size_t)(injected.at - before);
  errno = ENOSPC;
  return SIZE_MAX;
}

static void after_bytes(class of) {
  if (injected.how == TEAR && of == WRITE && injected.page && injected.page->reached) end_here();
}

ssize_t read(int descriptor, void *to, size_t size) {
  size_t most = allowed(READ, "read", descriptor, size);
  return most == SIZE_MAX ? -1 : syscall(SYS_read, descriptor, to, most);
}

ssize_t pread(int descriptor, void *to, size_t size, off_t at) {
  size_t most = allowed(READ, "pread", descriptor, size);
  return most == SIZE_MAX ? -1 : syscall(SYS_pread64, descriptor, to, most, at);
}

ssize_t pread64(int descriptor, void *to, size_t size, off_t at) __attribute__((alias("pread")));

ssize_t write(int descriptor, const void *from, size_t size) {
  size_t most = allowed(WRITE, "write", descriptor, size);
  if (most == SIZE_MAX) return -1;
  ssize_t done = syscall(SYS_write, descriptor, from, most);
  after_bytes(WRITE);
  return done;
}

ssize_t pwrite(int descriptor, const void *from, size_t size, off_t at) {
  size_t most = allowed(WRITE, "pwrite", descriptor, size);
  if (most == SIZE_MAX) return -1;
  ssize_t done = syscall(SYS_pwrite64, descriptor, from, most, at);
  after_bytes(WRITE);
  return done;
}

ssize_t pwrite64(int descriptor, const void *from, size_t size, off_t at) __attribute__((alias("pwrite")));

int fsync(int descriptor) {
  return fails(SYNC, "fsync") ? -1 : (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
  return fails(SYNC, "fdatasync") ? -1 : (int)syscall(SYS_fdatasync, descriptor);
}

int ftruncate(int descriptor, off_t size) {
  return fails(TRUNCATE, "ftruncate") ? -1 : (int)syscall(SYS_ftruncate, descriptor, size);
}

int truncate(const char *path, off_t size) {
  return fails(TRUNCATE, "truncate") ? -1 : (int)syscall(SYS_truncate, path, size);
}

int ftruncate64(int descriptor, off_t size) __attribute__((alias("ftruncate")));

/* ---- names ---- */

int rename(const char *from, const char *to) {
  return fails(RENAME, "rename") ? -1 : (int)syscall(SYS_rename, from, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  return fails(RENAME, "renameat2") ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int link(const char *from, const char *to) {
  return fails(RENAME, "link") ? -1 : (int)syscall(SYS_link, from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  return fails(RENAME, "linkat") ? -1 : (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
}

int unlink(const char *path) {
  hit(RENAME, "unlink"); /* a place to be killed at; a file that cannot be removed is another matter */
  return (int)syscall(SYS_unlink, path);
}

int open(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  if (fails(OPEN, "open")) return -1;
  if (injected.page && strcmp(path, "/dev/urandom") == 0) path = "/dev/zero";
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) __attribute__((alias("open")));

DIR *opendir(const char *path) {
  REAL(opendir);
  return fails(OPEN, "opendir") ? NULL : real(path);
}

FILE *fopen(const char *path, const char *opened) {
  REAL(fopen);
  return fails(OPEN, "fopen") ? NULL : real(path, opened);
}

int scandir(const char *path, struct dirent ***out, int (*filter)(const struct dirent *),
            int (*order)(const struct dirent **, const struct dirent **)) {
  REAL(scandir);
  return fails(OPEN, "scandir") ? -1 : real(path, out, filter, order);
}

int mkostemp(char *name, int flags) {
  REAL(mkostemp);
  return fails(OPEN, "mkostemp") ? -1 : real(name, flags);
}

char *mkdtemp(char *name) {
  REAL(mkdtemp);
  return fails(MAKE, "mkdtemp") ? NULL : real(name);
}

int mkdir(const char *path, mode_t mode) {
  return fails(MAKE, "mkdir") ? -1 : (int)syscall(SYS_mkdir, path, mode);
}

int memfd_create(const char *name, unsigned flags) {
  return fails(MAKE, "memfd_create") ? -1 : (int)syscall(SYS_memfd_create, name, flags);
}

int pipe2(int both[2], int flags) {
  return fails(MAKE, "pipe2") ? -1 : (int)syscall(SYS_pipe2, both, flags);
}

int flock(int descriptor, int operation) {
  return fails(LOCK, "flock") ? -1 : (int)syscall(SYS_flock, descriptor, operation);
}

ssize_t getrandom(void *to, size_t size, unsigned flags) {
  hit(MAKE, "getrandom"); /* a place to be killed at: it does not fail once it has answered */
  return syscall(SYS_getrandom, to, size, flags);
}

/* ---- the clock, and workers ---- */

time_t time(time_t *out) {
  time_t now = injected.page ? THE_TIME : (time_t)syscall(SYS_time, NULL);
  if (out) *out = now;
  return now;
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]) {
  enum { MOST = 16 };
  char *own[MOST];
  size_t count = 0;
  REAL(posix_spawn);
  if (fails(SPAWN, "posix_spawn")) return EAGAIN;
  if (!injected.workers || !injected.page) return real(pid, path, actions, attributes, arguments, environment);
  while (environment[count] && count < MOST - 4) {
    own[count] = environment[count];
    count++;
  }
  own[count++] = injected.preload;
  own[count++] = injected.order;
  own[count++] = injected.file;
  own[count] = NULL;
  return real(pid, path, actions, attributes, arguments, own);
}
