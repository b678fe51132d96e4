#include "host/private_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *private_folder_make(arena *a) {
  const char *base = getenv("TMPDIR");
  char *folder = arena_format(a, "%s/hongzhu-XXXXXX", base && base[0] == '/' ? base : "/tmp");
  return mkdtemp(folder);
}

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

bool private_folder_remove(const char *folder) {
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
