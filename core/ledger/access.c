#include "ledger/access.h"

#include "base/json.h"
#include "base/system.h"
#include "ledger/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refused(faults *problems, const char *path, said why) {
  fault_add(problems, NOWHERE, "\"%s\" cannot be written, so nothing unmasked is shown: %s%.0s",
            "“%s”无法写入，因此不显示未遮蔽的内容：%.0s%s", path, why.in[LANGUAGE_EN], why.in[LANGUAGE_ZH]);
  fault_mark(problems, FAULT_LEDGER);
  return fault_next(problems, "each reading of unmasked data is first written down there; see: hongzhu doctor",
                    "每次查看未遮蔽的内容都先在此登记；可用 hongzhu doctor 检查");
}

/* A file of this user's own that nobody else may write and that has no second name. */
static bool fit(int descriptor, said *why) {
  struct stat about;
  if (fstat(descriptor, &about) != 0) {
    *why = system_words(errno);
    return false;
  }
  if (!S_ISREG(about.st_mode))
    *why = (said){{"这不是普通文件", "it is no regular file"}};
  else if (about.st_nlink != 1)
    *why = (said){{"它有另一个名称（硬链接）", "it has another name (a hard link)"}};
  else if (about.st_uid != geteuid() && geteuid() != 0)
    *why = (said){{"它属于另一个用户", "it belongs to another user"}};
  else if ((about.st_mode & 077) != 0 && fchmod(descriptor, 0600) != 0)
    *why = (said){{"其他用户可以读写它，且无法改为 0600", "others may use it, and it cannot be made 0600"}};
  else
    return true;
  return false;
}

static bool append(int descriptor, const char *line, size_t size) {
  ssize_t written;
  do written = write(descriptor, line, size);
  while (written < 0 && errno == EINTR);
  if (written < 0) return false;
  errno = ENOSPC; /* a part of a line: the disk filled up meanwhile */
  return written == (ssize_t)size && fdatasync(descriptor) == 0;
}

bool ledger_access_note(const ledger *l, const access_entry *entry, faults *problems) {
  arena *a = arena_new();
  const char *path = store_beside(l, a, ".access");
  json_t *value =
      json_pack("{s:s, s:s, s:s, s:s}", "at", entry->at, "command", entry->command, "of", entry->of, "who", entry->who);
  const char *line = arena_format(a, "%s\n", json_canonical(a, value));
  json_decref(value);
  int descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  said why = system_words(errno);
  bool good = descriptor >= 0 && fit(descriptor, &why);
  if (good && !append(descriptor, line, strlen(line))) {
    why = system_words(errno);
    good = false;
  }
  if (descriptor >= 0) close(descriptor);
  if (!good) refused(problems, path, why);
  arena_free(a);
  return good;
}

size_t ledger_access_read(const ledger *l, arena *a, access_entry **out, size_t *foreign, faults *problems) {
  size_t count = 0, capacity = 0, room = 0;
  char *line = NULL;
  *out = NULL;
  *foreign = 0;
  const char *path = store_beside(l, a, ".access");
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "r");
  if (file == NULL) {
    if (errno != ENOENT)
      fault_add(problems, NOWHERE, "\"%s\" cannot be read: %s%.0s", "“%s”无法读取：%.0s%s", path, SYSTEM_WORDS(errno));
    if (descriptor >= 0) close(descriptor);
    return 0;
  }
  for (ssize_t size; (size = getline(&line, &room, file)) > 0;) {
    json_t *value = json_kept(a, json_loadb(line, (size_t)size, 0, NULL));
    access_entry entry = {.at = json_member_text(value, "at"),
                          .who = json_member_text(value, "who"),
                          .command = json_member_text(value, "command"),
                          .of = json_member_text(value, "of")};
    if (entry.at && entry.who && entry.command && entry.of)
      *ARENA_PUSH(a, *out, count, capacity) = entry;
    else
      (*foreign)++;
  }
  free(line);
  fclose(file);
  return count;
}
