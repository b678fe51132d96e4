#include "ledger/workplace.h"

#include "base/system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ATTEMPTS = 16, DEEP = 3 };

static void empty(int folder, int depth) {
  int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *all = again < 0 ? NULL : fdopendir(again);
  if (all == NULL && again >= 0) close(again);
  for (struct dirent *one; all != NULL && (one = readdir(all)) != NULL;) {
    if (strcmp(one->d_name, ".") == 0 || strcmp(one->d_name, "..") == 0) continue;
    if (unlinkat(folder, one->d_name, 0) == 0 || depth == DEEP) continue;
    int within = openat(folder, one->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (within < 0) continue;
    empty(within, depth + 1);
    close(within);
    unlinkat(folder, one->d_name, AT_REMOVEDIR);
  }
  if (all != NULL) closedir(all);
}

/* Ours by name, owner and the lock that nobody holds. */
static void sweep(const char *folder, const char *kind) {
  DIR *all = opendir(folder);
  size_t length = strlen(kind);
  for (struct dirent *one; all != NULL && (one = readdir(all)) != NULL;) {
    const char *name = one->d_name;
    if (name[0] != '.' || strncmp(name + 1, kind, length) != 0 || name[1 + length] != '-' || strlen(name) != length + 8)
      continue;
    int found = openat(dirfd(all), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat about;
    if (found >= 0 && fstat(found, &about) == 0 && about.st_uid == geteuid() && flock(found, LOCK_EX | LOCK_NB) == 0) {
      empty(found, 0);
      unlinkat(dirfd(all), name, AT_REMOVEDIR);
    }
    if (found >= 0) close(found);
  }
  if (all != NULL) closedir(all);
}

/* Between being made and being locked it may be swept away by another: then it is made again. */
static bool make(workplace *w, arena *a, const char *kind) {
  for (int i = 0; i < ATTEMPTS; i++) {
    char *path = arena_format(a, "%s/.%s-XXXXXX", w->folder, kind);
    struct stat held, named;
    if (mkdtemp(path) == NULL) return false;
    w->lock = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    w->path = path;
    if (w->lock >= 0 && flock(w->lock, LOCK_EX | LOCK_NB) == 0 && fstat(w->lock, &held) == 0 &&
        lstat(path, &named) == 0 && held.st_ino == named.st_ino && held.st_nlink > 0)
      return true;
    if (w->lock >= 0) close(w->lock);
    w->lock = -1;
  }
  errno = EAGAIN;
  return false;
}

bool workplace_make(workplace *out, arena *a, const char *path, const char *kind, faults *problems) {
  const char *slash = strrchr(path, '/');
  *out = (workplace){.lock = -1};
  out->folder = slash == NULL ? "." : slash == path ? "/" : arena_text_of(a, path, (size_t)(slash - path));
  sweep(out->folder, kind);
  if (make(out, a, kind)) return true;
  fault_add(problems, (place){.file = out->folder}, "nothing can be made in this folder: %s%.0s",
            "无法在此文件夹中新建：%.0s%s", SYSTEM_WORDS(errno));
  return fault_next(problems, "check that it is there and may be written, or name another",
                    "请确认该文件夹存在且可写，或换一个");
}

void workplace_remove(workplace *w) {
  if (w->lock < 0) return;
  empty(w->lock, 0);
  rmdir(w->path);
  close(w->lock);
  w->lock = -1;
}

bool workplace_place(const workplace *w, const char *from, const char *to) {
  struct stat about;
  bool good = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0;
  if (!good && (errno == EINVAL || errno == ENOSYS)) { /* a file system that cannot tell */
    good = lstat(to, &about) != 0 && errno == ENOENT;
    if (!good) errno = EEXIST;
    good = good && rename(from, to) == 0;
  }
  if (!good) return false;
  int folder = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) fsync(folder);
  if (folder >= 0) close(folder);
  return true;
}
