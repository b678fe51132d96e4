#include "ledger/archive.h"

#include "base/system.h"
#include "ledger/zip_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FORMAT        "hongzhu backup"
#define VERSION       1
#define MANIFEST_MOST (64 << 20)

struct archive {
  arena *memory;
  const char *path;
  zip_calls calls;
  zip_t *zip;
  json_t *manifest;
  archive_entry *entries;
  size_t count, capacity;
  int64_t bytes; /* of all entries */
};

/* ---- faults ---- */

static bool refused(faults *problems, const char *path, const char *en, const char *zh) {
  fault_add(problems, (place){.file = path}, "this backup cannot be used: %s%.0s", "这份备份无法使用：%.0s%s", en, zh);
  return fault_next(problems, "take another backup; this one was changed, cut off or is none of Hongzhu",
                    "请换一份备份；这一份被改动、不完整，或不是红烛的备份");
}

static bool entry_refused(faults *problems, const archive *r, const char *name, const char *en, const char *zh) {
  fault_add(problems, (place){.file = r->path}, "this backup cannot be used: \"%s\" in it %s%.0s",
            "这份备份无法使用：其中的“%s”%.0s%s", name, en, zh);
  return fault_next(problems, "take another backup; this one was changed or cut off",
                    "请换一份备份；这一份被改动或不完整");
}

/* ---- writing ---- */

static bool write_fault(const zip_calls *calls, faults *problems, const char *path, zip_error_t *error) {
  if (calls->error_system_type(error) == ZIP_ET_SYS)
    fault_add(problems, (place){.file = path}, "the backup cannot be written: %s%.0s", "备份无法写入：%.0s%s",
              SYSTEM_WORDS(calls->error_code_system(error)));
  else
    fault_add(problems, (place){.file = path}, "the backup cannot be written: %s", "备份无法写入：“%s”",
              calls->error_strerror(error));
  return fault_next(problems, "check the room on the disk and the folder", "请检查磁盘空间和文件夹");
}

static json_t *files_of(const archive_entry *entries, size_t count) {
  json_t *files = json_object();
  for (size_t i = 0; i < count; i++) {
    char digits[DIGEST_TEXT];
    digest_text(entries[i].bytes, digits);
    json_object_set_new(files, entries[i].name,
                        json_pack("{s:I, s:s}", "size", (json_int_t)entries[i].size, "digest", digits));
  }
  return files;
}

static bool put(const zip_calls *calls, zip_t *zip, const char *name, zip_source_t *source) {
  if (source == NULL) return false;
  zip_int64_t at = calls->file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
  if (at < 0) {
    calls->source_free(source);
    return false;
  }
  calls->file_set_external_attributes(zip, (zip_uint64_t)at, 0, ZIP_OPSYS_UNIX, (zip_uint32_t)0100600 << 16);
  return calls->set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_DEFLATE, 1) == 0;
}

static bool sync_file(const char *path) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  bool good = descriptor >= 0 && fchmod(descriptor, 0600) == 0 && fsync(descriptor) == 0;
  if (descriptor >= 0) close(descriptor);
  return good;
}

typedef struct writing {
  archive_progress progress;
  const archive_entry *entries; /* behind the manifest */
  size_t count;
  int64_t bytes; /* of all entries */
} writing;

/* libzip writes all at its close and tells how much in entries, each as long as another: here in bytes. */
static void written(zip_t *zip, double part, void *context) {
  const writing *w = context;
  double entries = part * (double)(w->count + 1) - 1;
  size_t whole = entries > 0 ? (size_t)entries : 0;
  int64_t done = 0;
  (void)zip;
  for (size_t i = 0; i < whole && i < w->count; i++) done += w->entries[i].size;
  if (entries > 0 && whole < w->count) done += (int64_t)((entries - (double)whole) * (double)w->entries[whole].size);
  w->progress.step(w->progress.context, ARCHIVE_WRITTEN, done, w->bytes);
}

bool archive_write(const char *path, json_t *manifest, const archive_entry *entries, const char *const *sources,
                   size_t count, archive_progress progress, faults *problems) {
  zip_calls loaded;
  const zip_calls *calls = &loaded;
  if (!zip_calls_load(&loaded, problems)) return false;
  arena *a = arena_new();
  zip_error_t error;
  int code = 0;
  calls->error_init(&error);
  mode_t mask = umask(0077);
  zip_t *zip = calls->open(path, ZIP_CREATE | ZIP_EXCL, &code);
  bool good = zip != NULL;
  if (!good) calls->error_init_with_code(&error, code);
  json_object_set_new(manifest, "format", json_string(FORMAT));
  json_object_set_new(manifest, "version", json_integer(VERSION));
  json_object_set_new(manifest, "files", files_of(entries, count));
  const char *text = json_pretty(a, manifest);
  good = good && put(calls, zip, ARCHIVE_MANIFEST, calls->source_buffer(zip, text, strlen(text), 0));
  for (size_t i = 0; good && i < count; i++) /* what a file gains meanwhile is not part of it */
    good = put(calls, zip, entries[i].name,
               calls->source_file(zip, sources[i], 0, entries[i].size == 0 ? 0 : entries[i].size));
  writing w = {.progress = progress, .entries = entries, .count = count};
  for (size_t i = 0; i < count; i++) w.bytes += entries[i].size;
  if (good && progress.step != NULL) calls->register_progress_callback_with_state(zip, 0.001, written, NULL, &w);
  if (good && calls->close(zip) == 0)
    zip = NULL;
  else
    good = false;
  if (!good && zip != NULL)
    calls->error_set(&error, calls->error_code_zip(calls->get_error(zip)),
                     calls->error_code_system(calls->get_error(zip)));
  if (!good) write_fault(calls, problems, path, &error);
  if (zip != NULL) calls->discard(zip);
  umask(mask);
  if (good && !sync_file(path)) {
    calls->error_set(&error, ZIP_ER_WRITE, errno);
    good = write_fault(calls, problems, path, &error);
  }
  calls->error_fini(&error);
  arena_free(a);
  return good;
}

/* ---- reading ---- */

/* One entry's whole text, at most `most` bytes. */
static char *read_small(archive *r, const char *name, size_t most, size_t *length) {
  zip_stat_t about;
  zip_file_t *file = r->calls.stat(r->zip, name, 0, &about) == 0 ? r->calls.fopen(r->zip, name, 0) : NULL;
  char *text = NULL;
  if (file != NULL && (about.valid & ZIP_STAT_SIZE) && about.size <= most) {
    text = arena_take(r->memory, (size_t)about.size + 1);
    *length = (size_t)about.size;
    char after;
    if (r->calls.fread(file, text, about.size) != (zip_int64_t)about.size || r->calls.fread(file, &after, 1) != 0)
      text = NULL;
  }
  if (file != NULL) r->calls.fclose(file);
  return text;
}

static bool name_good(const char *name) {
  digest found;
  if (!strcmp(name, ARCHIVE_LEDGER) || !strcmp(name, ARCHIVE_KEY) || !strcmp(name, ARCHIVE_ACCESS)) return true;
  size_t prefix = strlen(ARCHIVE_FILES);
  return strncmp(name, ARCHIVE_FILES, prefix) == 0 && strlen(name) == prefix + DIGEST_TEXT - 1 &&
         digest_from_text(name + prefix, &found);
}

static bool take_entry(archive *r, const char *name, const json_t *about, faults *problems) {
  archive_entry e = {.name = name, .size = json_member_integer(about, "size", -1)};
  const char *digits = json_member_text(about, "digest");
  if (!name_good(name) || e.size < 0 || e.size > INT64_MAX / 4 - r->bytes || digits == NULL ||
      !digest_from_text(digits, &e.bytes))
    return entry_refused(problems, r, name, "does not belong into a backup", "不应出现在备份里");
  char written[DIGEST_TEXT];
  digest_text(e.bytes, written);
  if (strncmp(name, ARCHIVE_FILES, strlen(ARCHIVE_FILES)) == 0 && strcmp(name + strlen(ARCHIVE_FILES), written) != 0)
    return entry_refused(problems, r, name, "is not what its name says", "与其名称不符");
  if (r->calls.name_locate(r->zip, name, 0) < 0) return entry_refused(problems, r, name, "is missing", "缺失");
  r->bytes += e.size;
  *ARENA_PUSH(r->memory, r->entries, r->count, r->capacity) = e;
  return true;
}

static bool take_manifest(archive *r, faults *problems) {
  size_t length;
  char *text = read_small(r, ARCHIVE_MANIFEST, MANIFEST_MOST, &length);
  if (text == NULL) return entry_refused(problems, r, ARCHIVE_MANIFEST, "cannot be read", "无法读取");
  r->manifest = json_kept(r->memory, json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL));
  json_t *files = json_object_get(r->manifest, "files"), *about;
  if (!text_same(json_member_text(r->manifest, "format"), FORMAT) || !json_is_object(files))
    return entry_refused(problems, r, ARCHIVE_MANIFEST, "is not that of a backup", "不是备份的清单");
  if (json_member_integer(r->manifest, "version", 0) != VERSION)
    return entry_refused(problems, r, ARCHIVE_MANIFEST, "is of a newer version of Hongzhu", "属于更新版本的红烛");
  const char *name;
  json_object_foreach(files, name, about) if (!take_entry(r, name, about, problems)) return false;
  if (json_object_get(files, ARCHIVE_LEDGER) == NULL)
    return entry_refused(problems, r, ARCHIVE_LEDGER, "is missing", "缺失");
  if (r->calls.get_num_entries(r->zip, 0) != (zip_int64_t)r->count + 1)
    return refused(problems, r->path, "it holds more than its manifest names", "其中有清单之外的内容");
  return true;
}

archive *archive_open(const char *path, faults *problems) {
  struct stat about;
  arena *memory = arena_new();
  archive *r = arena_take(memory, sizeof *r);
  *r = (archive){.memory = memory, .path = arena_text(memory, path)};
  int code = 0;
  if (stat(path, &about) != 0) {
    fault_add(problems, (place){.file = path}, "the backup cannot be opened: %s%.0s", "无法打开备份：%.0s%s",
              SYSTEM_WORDS(errno));
  } else if (!S_ISREG(about.st_mode)) {
    refused(problems, path, "it is no file", "它不是文件");
  } else if (zip_calls_load(&r->calls, problems)) {
    r->zip = r->calls.open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (r->zip != NULL && take_manifest(r, problems)) return r;
    if (r->zip == NULL && (code == ZIP_ER_OPEN || code == ZIP_ER_READ))
      refused(problems, path, "it cannot be read", "无法读取");
    else if (r->zip == NULL)
      refused(problems, path, "it is no whole zip file", "它不是完整的zip文件");
  }
  archive_close(r);
  return NULL;
}

void archive_close(archive *r) {
  if (r == NULL) return;
  if (r->zip != NULL) r->calls.discard(r->zip);
  arena_free(r->memory);
}

const json_t *archive_manifest(const archive *r) {
  return r->manifest;
}

size_t archive_entries(const archive *r, const archive_entry **out) {
  *out = r->entries;
  return r->count;
}

/* Copies one entry to a descriptor (-1: nowhere), hashing it. False with errno 0 where it is not what it should be. */
static bool pour(archive *r, const archive_entry *e, int to, int64_t *done, archive_progress progress) {
  enum { SIZE = 1 << 18 };
  arena *a = arena_new();
  char *bytes = arena_take(a, SIZE);
  digest_stream *stream = digest_begin(a);
  zip_file_t *file = r->calls.fopen(r->zip, e->name, 0);
  int64_t left = e->size;
  zip_int64_t got = file == NULL ? -1 : 0;
  bool good = true;
  errno = 0;
  while (good && file != NULL && (got = r->calls.fread(file, bytes, SIZE)) > 0) {
    good = got <= left;
    left -= got;
    digest_add(stream, bytes, (size_t)got);
    if (good && to >= 0 && !system_write(to, bytes, (size_t)got)) break;
    *done += got;
    if (progress.step != NULL) progress.step(progress.context, ARCHIVE_READ, *done, r->bytes);
    errno = 0;
  }
  int reason = errno;
  good = good && got == 0 && left == 0 && digest_same(digest_end(stream), e->bytes);
  if (file != NULL) r->calls.fclose(file);
  arena_free(a);
  errno = reason;
  return good;
}

static char *target(arena *a, const char *folder, const char *name) {
  if (strcmp(name, ARCHIVE_LEDGER) == 0) return arena_format(a, "%s/" ARCHIVE_LEDGER, folder);
  if (strncmp(name, ARCHIVE_FILES, strlen(ARCHIVE_FILES)) == 0)
    return arena_format(a, "%s/" ARCHIVE_LEDGER ".%s", folder, name);
  return arena_format(a, "%s/" ARCHIVE_LEDGER ".%s", folder, name);
}

bool archive_read(archive *r, const char *folder, archive_progress progress, faults *problems) {
  arena *a = arena_new();
  bool good = true;
  int64_t done = 0;
  if (folder != NULL && mkdir(arena_format(a, "%s/" ARCHIVE_LEDGER ".files", folder), 0700) != 0)
    good = fault_add(problems, (place){.file = folder}, "nothing can be made in this folder: %s%.0s",
                     "无法在此文件夹中新建：%.0s%s", SYSTEM_WORDS(errno));
  for (size_t i = 0; good && i < r->count; i++) {
    const archive_entry *e = &r->entries[i];
    const char *path = folder == NULL ? NULL : target(a, folder, e->name);
    int to = path == NULL ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool opened = path == NULL || to >= 0;
    good = opened && pour(r, e, to, &done, progress) && (to < 0 || fsync(to) == 0);
    int reason = errno;
    if (to >= 0 && close(to) != 0 && good) good = false;
    if (!good && (reason == 0 || (opened && reason == EINVAL)))
      entry_refused(problems, r, e->name, "is not what was written", "与写入时不符");
    else if (!good)
      fault_add(problems, (place){.file = path}, "cannot be written: %s%.0s", "无法写入：%.0s%s", SYSTEM_WORDS(reason));
  }
  arena_free(a);
  return good;
}
