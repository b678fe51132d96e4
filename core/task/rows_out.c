#include "task/rows_out.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct rows_out {
  arena *memory; /* of one row */
  char *path, *temporary;
  FILE *file;
  bool unnamed; /* until it is whole: nothing is left of it where the program is stopped */
};

static bool failed(const char *path, int error, faults *problems) {
  fault_add(problems, (place){.file = path}, "the table cannot be written: %s%.0s", "无法写入表格：%.0s%s",
            SYSTEM_WORDS(error));
  return fault_next(problems, "choose another place, or make room", "请换一个位置，或腾出空间");
}

/* Renaming would put a file in the place of a device as well, where who runs this may do so. A link is replaced. */
static bool may_replace(const char *path, faults *problems) {
  struct stat there, meant;
  if (lstat(path, &there) != 0 || S_ISREG(there.st_mode)) return true;
  if (S_ISLNK(there.st_mode) && (stat(path, &meant) != 0 || S_ISREG(meant.st_mode))) return true;
  fault_add(problems, (place){.file = path}, "the table is not written over this: it is no regular file",
            "表格不会覆盖它：这不是普通文件");
  return fault_next(problems, "name another file", "请换一个文件名");
}

/* In the folder of the path; -1 where its file system has no such files. */
static int open_unnamed(arena *a, const char *path) {
  const char *slash = strrchr(path, '/');
  const char *folder = slash == NULL ? "." : slash == path ? "/" : arena_text_of(a, path, (size_t)(slash - path));
  return open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

/* Under its temporary name, from which it is renamed: a link takes the place of nothing. */
static bool named(const rows_out *w) {
  char of[64];
  snprintf(of, sizeof of, "/proc/self/fd/%d", fileno(w->file));
  return !w->unnamed || linkat(AT_FDCWD, of, AT_FDCWD, w->temporary, AT_SYMLINK_FOLLOW) == 0;
}

rows_out *rows_out_begin(const char *path, faults *problems) {
  if (!may_replace(path, problems)) return NULL;
  rows_out *w = memory_take(sizeof *w);
  size_t size = strlen(path) + 32;
  w->memory = arena_new();
  w->path = memory_take(size);
  w->temporary = memory_take(size);
  memcpy(w->path, path, strlen(path));
  snprintf(w->temporary, size, "%s.part", path);
  unlink(w->temporary);
  int descriptor = open_unnamed(w->memory, path);
  w->unnamed = descriptor >= 0;
  if (!w->unnamed) descriptor = open(w->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  w->file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
  if (w->file == NULL) {
    failed(path, errno, problems);
    if (descriptor >= 0) close(descriptor);
    rows_out_abandon(w);
    return NULL;
  }
  fputs("\xEF\xBB\xBF", w->file);
  return w;
}

/* A long number would lose its last digits when an office program opens the table. */
static bool is_long_number(const char *text) {
  size_t digits = strspn(text, "0123456789");
  return digits >= 12 &&
         (text[digits] == '\0' || ((text[digits] == 'X' || text[digits] == 'x') && text[digits + 1] == '\0'));
}

void rows_out_row(rows_out *w, const char *const *cells, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i > 0) fputc(',', w->file);
    if (cells[i] == NULL) continue;
    const char *text =
        is_long_number(cells[i]) ? arena_format(w->memory, "'%s", cells[i]) : text_for_cell(w->memory, cells[i]);
    if (strpbrk(text, ",\"\r\n;\t") == NULL) {
      fputs(text, w->file);
      continue;
    }
    fputc('"', w->file);
    for (const char *p = text; *p != '\0'; p++) {
      if (*p == '"') fputc('"', w->file);
      fputc(*p, w->file);
    }
    fputc('"', w->file);
  }
  fputs("\r\n", w->file);
  arena_reset(w->memory);
}

bool rows_out_end(rows_out *w, faults *problems) {
  bool good = !ferror(w->file) && fflush(w->file) == 0 && fsync(fileno(w->file)) == 0 && named(w);
  int error = errno;
  if (fclose(w->file) != 0 && good) {
    error = errno;
    good = false;
  }
  w->file = NULL;
  if (good && rename(w->temporary, w->path) != 0) {
    error = errno;
    good = false;
  }
  if (!good) failed(w->path, error, problems);
  rows_out_abandon(w);
  return good;
}

void rows_out_abandon(rows_out *w) {
  if (w == NULL) return;
  if (w->file != NULL) fclose(w->file);
  unlink(w->temporary);
  arena_free(w->memory);
  free(w->path);
  free(w->temporary);
  free(w);
}
