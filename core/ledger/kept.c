/* Kept files: the bytes that were imported or issued, each under its digest, never written twice. */
#include "base/system.h"
#include "ledger/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool keep_fault(faults *problems, const char *path) {
  fault_add(problems, NOWHERE, "a copy of the file cannot be kept as \"%s\": %s%.0s",
            "无法将文件副本保存为“%s”：%.0s%s", path, SYSTEM_WORDS(errno));
  return fault_next(problems, "check the room on the disk and who owns the folder", "请检查磁盘空间和文件夹权限");
}

/* Hashed while it is copied: what is kept is what the digest names, even if the file is being written meanwhile. It is
 * not on the disk yet. */
static bool copy(arena *a, int from, int to, digest *out) {
  enum { SIZE = 1 << 18 };
  digest_stream *stream = digest_begin(a);
  char *bytes = arena_take(a, SIZE);
  off_t at = 0;
  for (;;) {
    ssize_t got = pread(from, bytes, SIZE, at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) break;
    digest_add(stream, bytes, (size_t)got);
    if (!system_write(to, bytes, (size_t)got)) return false;
    at += got;
  }
  *out = digest_end(stream);
  return true;
}

static bool is_whole(const char *path, digest expected) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return false;
  digest found;
  bool good = digest_of_file(descriptor, &found) && digest_same(found, expected);
  close(descriptor);
  return good;
}

/* The one writer copies to one name: what a killed process left there is written over. */
bool ledger_keep(ledger *l, int descriptor, digest *out, faults *problems) {
  if (!store_can_write(l, problems)) return false;
  arena *a = arena_new();
  char *folder = store_beside(l, a, ".files");
  char *coming = arena_format(a, "%s/coming", folder);
  unlink(coming);
  int to = open(coming, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  bool good = to >= 0 && copy(a, descriptor, to, out);
  if (good) {
    char digits[DIGEST_TEXT];
    digest_text(*out, digits);
    char *path = arena_format(a, "%s/%s", folder, digits);
    const bool there = is_whole(path, *out);
    if (!there) writer_keeps(l, *out); /* goes to the disk with the file: mostly one wait for both */
    good = there || fsync(to) == 0 || keep_fault(problems, coming);
    if (good && !there) {
      writer_noted(l);
      good = rename(coming, path) == 0 || keep_fault(problems, path);
    }
    if (good && l->lock >= 0) fsync(l->lock);
  } else {
    keep_fault(problems, coming);
  }
  if (to >= 0 && close(to) != 0 && good) good = keep_fault(problems, coming);
  unlink(coming);
  arena_free(a);
  return good;
}

int ledger_kept(ledger *l, digest file, faults *problems) {
  arena *a = arena_new();
  char digits[DIGEST_TEXT];
  digest_text(file, digits);
  char *path = arena_format(a, "%s.files/%s", l->path, digits);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) {
    fault_add(problems, NOWHERE, "the kept file \"%s\" cannot be read: %s%.0s", "保存的文件“%s”无法读取：%.0s%s", path,
              SYSTEM_WORDS(errno));
    fault_next(problems, "bring it back from the backup", "请从备份中恢复");
  }
  arena_free(a);
  return descriptor;
}
