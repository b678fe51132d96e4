/* What the plugins of a folder offer, written down beside them: a file whose digest stands there need not be asked. */
#include "base/digest.h"
#include "base/system.h"
#include "host/foreign_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOTE_NAME "offers.json"
#define NOTE_MOST (1 << 20)

static bool digest_of_path(const char *path, char out[DIGEST_TEXT]) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  digest bytes;
  bool good = descriptor >= 0 && digest_of_file(descriptor, &bytes);
  if (descriptor >= 0) close(descriptor);
  if (good) digest_text(bytes, out);
  return good;
}

static const char *name_in(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/* Of the folder that a file is in; NULL where nothing is written down there. */
static const json_t *note_of(offers_notes *n, const char *file) {
  int length = (int)(name_in(file) - file);
  if (n->folder && (int)strlen(n->folder) == length && strncmp(n->folder, file, (size_t)length) == 0) return n->note;
  n->folder = arena_text_of(n->memory, file, (size_t)length);
  n->note = NULL;
  int descriptor = open(arena_format(n->memory, "%s" NOTE_NAME, n->folder), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat about;
  if (descriptor < 0) return NULL;
  if (fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0 && about.st_size <= NOTE_MOST) {
    char *bytes = arena_take(n->memory, (size_t)about.st_size);
    ssize_t got = read(descriptor, bytes, (size_t)about.st_size);
    if (got > 0) n->note = json_kept(n->memory, json_loadb(bytes, (size_t)got, JSON_REJECT_DUPLICATES, NULL));
  }
  close(descriptor);
  return n->note;
}

const json_t *offers_noted(offers_notes *n, const char *file) {
  char is[DIGEST_TEXT];
  const json_t *row = json_object_get(note_of(n, file), name_in(file));
  const char *was = json_member_text(row, "digest");
  return was && digest_of_path(file, is) && strcmp(was, is) == 0 ? json_object_get(row, "table") : NULL;
}

static bool cannot_write(const char *path, faults *problems) {
  return fault_add(problems, (place){.file = path}, "cannot be written: %s%.0s", "无法写入：%.0s%s",
                   SYSTEM_WORDS(errno));
}

bool offers_note(arena *a, const char *folder, const offers_table *tables, size_t count, faults *problems) {
  json_t *all = json_object();
  for (size_t i = 0; i < count; i++) {
    char is[DIGEST_TEXT];
    if (!digest_of_path(tables[i].file, is)) continue;
    json_t *row = json_object();
    json_object_set_new(row, "digest", json_string(is));
    json_object_set_new(row, "table", json_deep_copy(tables[i].table));
    json_object_set_new(all, name_in(tables[i].file), row);
  }
  const char *path = arena_format(a, "%s/" NOTE_NAME, folder), *coming = arena_format(a, "%s.new", path);
  char *text = json_pretty(a, all);
  json_decref(all);
  int descriptor = open(coming, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644); /* nowhere else */
  FILE *to = descriptor < 0 ? NULL : fdopen(descriptor, "w");
  if (!to) return cannot_write(coming, problems);
  bool good = fputs(text, to) >= 0 && fputc('\n', to) >= 0;
  good = fclose(to) == 0 && good;
  good = good && rename(coming, path) == 0;
  if (good) return true;
  cannot_write(path, problems);
  unlink(coming);
  return false;
}
