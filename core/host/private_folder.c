#include "host/private_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(int at, const char *name) {
  struct stat about;
  return fstatat(at, name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(about.st_mode);
}

/* Opens a folder that its maker may have shut. */
static DIR *open_folder(int at, const char *name) {
  fchmodat(at, name, 0700, 0);
  int opened = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *entries = opened < 0 ? NULL : fdopendir(opened);
  if (!entries && opened >= 0) close(opened);
  return entries;
}

/* The next entry that is one; NULL at the end. */
static const char *next_name(DIR *entries) {
  for (struct dirent *entry; (entry = readdir(entries));) {
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) return entry->d_name;
  }
  return NULL;
}

/* Empties a folder that lies in `top`: files are removed, folders brought up into `top`, so that no path is ever too
 * long and no more than two folders are ever open. */
static void empty_into(int top, const char *name, uint64_t *number) {
  DIR *entries = open_folder(top, name);
  if (!entries) return;
  int at = dirfd(entries);
  for (const char *entry; (entry = next_name(entries));) {
    if (!is_folder(at, entry)) {
      unlinkat(at, entry, 0);
      continue;
    }
    char moved[40];
    fchmodat(at, entry, 0700, 0);
    do {
      snprintf(moved, sizeof moved, "moved-%llu", (unsigned long long)(*number)++);
    } while (faccessat(top, moved, F_OK, AT_SYMLINK_NOFOLLOW) == 0);
    renameat(at, entry, top, moved);
  }
  closedir(entries);
}

static bool remove_all(const char *folder) {
  uint64_t number = 0;
  for (bool moved = true; moved;) {
    DIR *entries = open_folder(AT_FDCWD, folder);
    if (!entries) return false;
    moved = false;
    int top = dirfd(entries);
    for (const char *entry; (entry = next_name(entries));) {
      if (!is_folder(top, entry)) {
        unlinkat(top, entry, 0);
        continue;
      }
      uint64_t before = number;
      empty_into(top, entry, &number);
      unlinkat(top, entry, AT_REMOVEDIR);
      if (number != before) moved = true; /* this walk may not see what was brought up */
    }
    closedir(entries);
  }
  return rmdir(folder) == 0;
}

/* ---- whose it is ---- */

#define BEGINS "hongzhu-worker-"

/* True where nobody holds the folder, and from now on this process does: `lock` is to be closed. */
static bool held_by_nobody(const char *folder, int *lock) {
  struct stat about;
  *lock = -1;
  if (lstat(folder, &about) != 0 || !S_ISDIR(about.st_mode) || about.st_uid != geteuid()) return false;
  fchmodat(AT_FDCWD, folder, 0700, 0); /* its worker may have shut it */
  *lock = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (*lock >= 0 && flock(*lock, LOCK_EX | LOCK_NB) == 0) return true;
  if (*lock >= 0) close(*lock);
  *lock = -1;
  return false;
}

/* What processes that were ended left; another user's is none of ours. */
static void sweep(arena *a, const char *base) {
  int lock, at = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *entries = at < 0 ? NULL : fdopendir(at);
  if (!entries && at >= 0) close(at);
  if (!entries) return;
  for (const char *name; (name = next_name(entries));) {
    if (strncmp(name, BEGINS, strlen(BEGINS)) != 0) continue;
    char *folder = arena_format(a, "%s/%s", base, name);
    if (!held_by_nobody(folder, &lock)) continue;
    remove_all(folder);
    close(lock);
  }
  closedir(entries);
}

private_folder private_folder_make(arena *a) {
  enum { TRIES = 16 };
  const char *given = getenv("TMPDIR");
  const char *base = given && given[0] == '/' ? given : "/tmp";
  private_folder made = {NULL, -1};
  sweep(a, base);
  for (int i = 0; i < TRIES && !made.path; i++) {
    struct stat about;
    char *folder = mkdtemp(arena_format(a, "%s/" BEGINS "XXXXXX", base));
    if (!folder) break;
    /* Whoever sweeps may have been faster than this lock. */
    if (held_by_nobody(folder, &made.lock) && fstat(made.lock, &about) == 0 && about.st_nlink > 0) {
      made.path = folder;
      break;
    }
    int why = errno;
    if (made.lock >= 0) close(made.lock);
    made.lock = -1;
    rmdir(folder);
    errno = why;
  }
  return made;
}

bool private_folder_remove(private_folder *folder) {
  bool gone = !folder->path || remove_all(folder->path);
  if (folder->lock >= 0) close(folder->lock);
  *folder = (private_folder){NULL, -1};
  return gone;
}
