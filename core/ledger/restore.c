/* Restoring: all is unpacked and verified in a folder of its own first, then put into place, the ledger itself last.
 *
 * Until then nothing is there that is called a ledger, and all that was put into place before it may be there already
 * when it is done again: kept files are named by their content, and a key must be the same. */
#include "base/system.h"
#include "ledger/backup.h"
#include "ledger/store.h"
#include "ledger/workplace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool there(const char *path) {
  struct stat about;
  return lstat(path, &about) == 0;
}

static bool place_fault(faults *problems, const char *path) {
  if (errno == EEXIST) { /* somebody was faster */
    fault_add(problems, (place){.file = path}, "this is there already and was left alone", "它已经存在，未作改动");
    return fault_next(problems, "name another ledger with --ledger, or go on with the one there",
                      "请用 --ledger 另取台账名，或直接使用已有的台账");
  }
  fault_add(problems, (place){.file = path}, "cannot be put here: %s%.0s", "无法放到这里：%.0s%s", SYSTEM_WORDS(errno));
  return fault_next(problems, "see to it, and restore again: what is there already is no hindrance",
                    "请处理后重新恢复；已放好的部分不碍事");
}

/* A ledger is never replaced, and a log left of another would be taken for this one's. */
static bool is_free(const char *path, arena *a, faults *problems) {
  static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    const char *file = arena_format(a, "%s%s", path, endings[i]);
    if (!there(file)) continue;
    fault_add(problems, (place){.file = file}, "this is there already and was left alone", "它已经存在，未作改动");
    return fault_next(problems,
                      "name another ledger with --ledger, or move this one away first, with all that lies beside it",
                      "请用 --ledger 指定另一个名称，或先把它连同旁边的文件一起移走");
  }
  return true;
}

static bool same_bytes(const char *one, const char *other) {
  digest x, y;
  int left = open(one, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK),
      right = open(other, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  bool same = left >= 0 && right >= 0 && digest_of_file(left, &x) && digest_of_file(right, &y) && digest_same(x, y);
  if (left >= 0) close(left);
  if (right >= 0) close(right);
  return same;
}

/* ---- into place ---- */

static bool place_files(const char *from, const char *to, faults *problems) {
  if (mkdir(to, 0700) != 0 && errno != EEXIST) return place_fault(problems, to);
  int source = open(from, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  int target = open(to, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *all = source < 0 ? NULL : fdopendir(source);
  bool good = all != NULL && target >= 0;
  for (struct dirent *one; good && (one = readdir(all)) != NULL;)
    if (one->d_name[0] != '.') good = renameat(source, one->d_name, target, one->d_name) == 0;
  good = good && fsync(target) == 0;
  if (!good) place_fault(problems, to);
  if (all != NULL)
    closedir(all);
  else if (source >= 0)
    close(source);
  if (target >= 0) close(target);
  return good;
}

static bool place_once(const workplace *w, const char *from, const char *to, faults *problems) {
  if (!there(from) || there(to)) return true;
  return workplace_place(w, from, to) || place_fault(problems, to);
}

static bool place_all(const workplace *w, const char *path, arena *a, faults *problems) {
  const char *made = arena_format(a, "%s/" ARCHIVE_LEDGER, w->path);
  return place_files(arena_format(a, "%s.files", made), arena_format(a, "%s.files", path), problems) &&
         place_once(w, arena_format(a, "%s.key", made), arena_format(a, "%s.key", path), problems) &&
         place_once(w, arena_format(a, "%s.access", made), arena_format(a, "%s.access", path), problems) &&
         (workplace_place(w, made, path) || place_fault(problems, path));
}

/* ---- the whole ---- */

static bool key_fits(const char *made, const char *path, arena *a, faults *problems) {
  const char *key = arena_format(a, "%s.key", path);
  if (!there(key) || !there(arena_format(a, "%s.key", made)) || same_bytes(key, arena_format(a, "%s.key", made)))
    return true;
  fault_add(problems, (place){.file = key}, "another key is there already and was left alone",
            "已有另一个密钥，未作改动");
  return fault_next(problems, "move it away, or name another ledger with --ledger",
                    "请把它移走，或用 --ledger 指定另一个名称");
}

static bool check(const char *made, const archive *r, const backup_order *order, arena *a, backup_done *out,
                  faults *problems) {
  char chain[DIGEST_TEXT];
  ledger *l = ledger_open(made, LEDGER_READ, problems);
  verify_beside with = there(arena_format(a, "%s.key", made)) ? VERIFY_WITH_ALL : VERIFY_WITH_FILES;
  bool good = l != NULL && backup_check(l, with, order->progress, problems);
  if (good) {
    out->imports = ledger_last(l);
    out->chain = ledger_chain(l, out->imports);
    digest_text(out->chain, chain);
    if (!text_same(json_member_text(archive_manifest(r), "chain"), chain)) {
      good = fault_add(problems, (place){.file = order->file},
                       "the ledger in this backup is not the one its manifest names", "备份中的台账与其清单不符");
      fault_next(problems, "take another backup", "请换一份备份");
    }
  }
  ledger_close(l);
  return good;
}

bool ledger_restore(const char *path, const backup_order *order, arena *a, backup_done *out, faults *problems) {
  workplace w;
  const archive_entry *entries;
  *out = (backup_done){0};
  if (!is_free(path, a, problems)) return false;
  archive *r = archive_open(order->file, problems);
  if (r == NULL) return false;
  size_t count = archive_entries(r, &entries);
  for (size_t i = 0; i < count; i++) {
    out->kept += strncmp(entries[i].name, ARCHIVE_FILES, strlen(ARCHIVE_FILES)) == 0;
    out->key = out->key || strcmp(entries[i].name, ARCHIVE_KEY) == 0;
  }
  out->at = arena_text(a, json_member_text(archive_manifest(r), "made"));
  bool good = workplace_make(&w, a, path, "restore", problems);
  if (good) {
    const char *made = arena_format(a, "%s/" ARCHIVE_LEDGER, w.path);
    mode_t mask = umask(0077);
    good = archive_read(r, w.path, order->progress, problems) && check(made, r, order, a, out, problems) &&
           key_fits(made, path, a, problems) && place_all(&w, path, a, problems);
    umask(mask);
    workplace_remove(&w);
  }
  out->key_there = good && there(arena_format(a, "%s.key", path));
  archive_close(r);
  return good;
}
