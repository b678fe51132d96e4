#include "base/program.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Ways from the folder of the installed executable, and in a build folder the way from there to the scripts. */
#ifndef HONGZHU_PLUGINS_FROM_PROGRAM
#define HONGZHU_PLUGINS_FROM_PROGRAM "../lib/hongzhu/plugins"
#endif
#ifndef HONGZHU_SCRIPTS_FROM_PROGRAM
#define HONGZHU_SCRIPTS_FROM_PROGRAM "../share/hongzhu/scripts"
#endif

static char *link_target(arena *a, const char *link) {
  char target[PATH_MAX];
  ssize_t length = readlink(link, target, sizeof target);
  if (length <= 0 || (size_t)length >= sizeof target) return NULL;
  return arena_text_of(a, target, (size_t)length);
}

static bool is_folder(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

char *program_file(arena *a) {
  return link_target(a, "/proc/self/exe");
}

static char *folder_of(arena *a, const char *file) {
  const char *slash = file ? strrchr(file, '/') : NULL;
  if (!slash) return NULL;
  return slash == file ? arena_text(a, "/") : arena_text_of(a, file, (size_t)(slash - file));
}

char *program_folder(arena *a) {
  return folder_of(a, program_file(a));
}

/* Test programs stand in a folder below the one with the program, hence the second try, and no third. */
static char *build_folder(arena *a) {
  char *folder = program_folder(a);
  for (int tries = 0; folder && tries < 2; tries++, folder = folder_of(a, folder))
    if (access(arena_format(a, "%s/CMakeCache.txt", folder), F_OK) == 0) return folder;
  return NULL;
}

static char *installed(arena *a, const char *way) {
  const char *folder = program_folder(a);
  if (!folder) return NULL;
  char found[PATH_MAX];
  if (!realpath(arena_format(a, "%s/%s", folder, way), found) || !is_folder(found)) return NULL;
  return arena_text(a, found);
}

char *program_plugins(arena *a) {
  const char *build = build_folder(a);
  if (build) {
    char *beside = arena_format(a, "%s/plugins", build);
    if (is_folder(beside)) return beside;
  }
  return installed(a, HONGZHU_PLUGINS_FROM_PROGRAM);
}

char *program_scripts(arena *a) {
  /* The build leaves a link to the source tree's scripts beside the program. */
  const char *build = build_folder(a);
  if (build) {
    char found[PATH_MAX];
    if (realpath(arena_format(a, "%s/scripts", build), found) && is_folder(found)) return arena_text(a, found);
  }
  return installed(a, HONGZHU_SCRIPTS_FROM_PROGRAM);
}
