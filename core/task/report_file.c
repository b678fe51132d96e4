#include "task/report_file.h"
#include "base/system.h"
#include "task/document_json.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- which writer ---- */

static const offer *by_extension(const offers *all, const char *extension) {
  for (size_t i = 0; i < all->count; i++) {
    const offer *one = &all->items[i];
    if (one->kind == OFFER_WRITER && one->extensions && strcasecmp(one->extensions, extension) == 0) return one;
  }
  return NULL;
}

/* The document as it is, for programs: no foreign code writes it. */
static const offer json_writer = {
    .kind = OFFER_WRITER, .name = "json", .extensions = "json", .title = {{"供程序读取的 JSON", "JSON for programs"}}};

const offer *report_writer(const offers *all, const char *format, const char *output, faults *problems) {
  if (format && !strcmp(format, json_writer.name)) return &json_writer;
  if (format) return offers_named(all, OFFER_WRITER, format, problems);
  if (!output) return offers_named(all, OFFER_WRITER, "text", problems);
  const char *slash = strrchr(output, '/'), *name = slash ? slash + 1 : output, *dot = strrchr(name, '.');
  const offer *found = dot && dot > name ? by_extension(all, dot + 1) : NULL;
  if (!found && dot && !strcasecmp(dot, ".json")) return &json_writer;
  if (found) return found;
  if (dot && dot > name)
    fault_add(problems, NOWHERE, "no writer makes files that end in \"%s\"", "没有输出器能写出扩展名为“%s”的文件", dot);
  else
    fault_add(problems, NOWHERE, "the format of \"%s\" is not known: it has no extension",
              "无法得知“%s”的格式：没有扩展名", name);
  fault_next(problems, "name the format with --format (hongzhu plugin list shows the writers)",
             "请用 --format 指定格式（hongzhu plugin list 可列出输出器）");
  offers_missing(all, problems);
  return NULL;
}

bool report_option(const offer *writer, const char *given, arena *a, option_value *out, faults *problems) {
  const char *equals = strchr(given, '=');
  if (!equals || equals == given) {
    fault_add(problems, NOWHERE, "option \"--option\": \"%s\" is not name=value", "选项“--option”：“%s”不是“名称=值”",
              given);
    return fault_next(problems, "write it as in --option width=120", "请写成 --option width=120 的形式");
  }
  *out = (option_value){arena_text_of(a, given, (size_t)(equals - given)), arena_text(a, equals + 1)};
  const char **names = arena_array(a, writer->options_count + 1, sizeof *names);
  char *known = arena_text(a, "");
  for (size_t i = 0; i < writer->options_count; i++) {
    names[i] = writer->options[i].name;
    if (strcmp(names[i], out->name) == 0) return true;
    known = arena_format(a, "%s%s%s", known, i ? ", " : "", names[i]);
  }
  fault_add(problems, NOWHERE, "writer \"%s\" has no option \"%s\"", "输出器“%s”没有选项“%s”", writer->name, out->name);
  const char *near = text_nearest(out->name, names, writer->options_count);
  if (near) return fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  if (*known) return fault_next(problems, "its options are: %s", "可用的选项：%s", known);
  return fault_next(problems, "it has none", "它没有任何选项");
}

/* ---- bytes ---- */

static bool no_room(faults *problems) {
  fault_add(problems, NOWHERE, "the report cannot be stored for a moment: %s%.0s", "报告无法暂存：%.0s%s",
            SYSTEM_WORDS(errno));
  return fault_next(problems, "see whether memory is full", "请检查内存是否已满");
}

static bool write_json(const document *d, int to) {
  arena *a = arena_new();
  json_t *whole = document_json(d);
  char *text = arena_format(a, "%s\n", json_pretty(a, whole));
  json_decref(whole);
  bool good = system_write(to, text, strlen(text));
  arena_free(a);
  return good;
}

int report_bytes(const offer *writer, const document *d, const option_value *options, size_t options_count,
                 faults *problems) {
  int bytes = memfd_create("report", MFD_CLOEXEC);
  if (bytes < 0) {
    no_room(problems);
    return -1;
  }
  if (writer == &json_writer) {
    if (write_json(d, bytes)) return bytes;
    no_room(problems);
    close(bytes);
    return -1;
  }
  if (foreign_write(writer, d, options, options_count, bytes, problems)) return bytes;
  close(bytes);
  return -1;
}

enum { BLOCK = 1 << 13 };

static bool copy_bytes(int from, int to) {
  char block[BLOCK];
  ssize_t count;
  for (off_t at = 0; (count = system_read(from, block, sizeof block, at)) > 0; at += count)
    if (!system_write(to, block, (size_t)count)) return false;
  return count == 0;
}

bool report_pour(int bytes, FILE *to, faults *problems) {
  char block[BLOCK];
  ssize_t count;
  for (off_t at = 0; (count = system_read(bytes, block, sizeof block, at)) > 0; at += count)
    if (fwrite(block, 1, (size_t)count, to) != (size_t)count)
      return fault_add(problems, NOWHERE, "the report cannot be written: %s%.0s", "无法写出报告：%.0s%s",
                       SYSTEM_WORDS(errno));
  return count == 0 || no_room(problems);
}

static bool cannot_write(const char *output, faults *problems) {
  fault_add(problems, (place){.file = output}, "the report cannot be written here: %s%.0s", "报告无法写到这里：%.0s%s",
            SYSTEM_WORDS(errno));
  return fault_next(problems, "check the folder and its permissions, or name another file",
                    "请检查文件夹及其权限，或换一个文件名");
}

static mode_t usual_mode(void) {
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/* A file without a name until it is whole: nothing of it stays where the process is ended. */
static bool give_name(int descriptor, const char *name) {
  char way[32];
  snprintf(way, sizeof way, "/proc/self/fd/%d", descriptor);
  return linkat(AT_FDCWD, way, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

/* Without a name, or beside its place where the file system knows no such files. */
static int begin(const char *folder, const char *beside, bool *unnamed) {
  int to = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  *unnamed = true;
  if (to >= 0) return to;
  *unnamed = false;
  return open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* What waits to take the place of an older file has a name for a moment. Whoever was ended in it holds its lock no
 * more: the next report in the folder removes what it left. */
#define PART ".hz-part"

static bool is_part(const char *name) {
  const size_t length = strlen(name), ending = strlen(PART);
  return name[0] == '.' && length > ending && strcmp(name + length - ending, PART) == 0;
}

/* Under its lock, and only while the name is still that file's. */
static void remove_left_over(int folder, const char *name) {
  int found = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat about, named;
  if (found >= 0 && fstat(found, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid() &&
      flock(found, LOCK_EX | LOCK_NB) == 0 && fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
      named.st_ino == about.st_ino && named.st_dev == about.st_dev)
    unlinkat(folder, name, 0);
  if (found >= 0) close(found);
}

static void sweep(const char *folder) {
  DIR *all = opendir(folder);
  for (const struct dirent *one; all && (one = readdir(all)) != NULL;)
    if (is_part(one->d_name)) remove_left_over(dirfd(all), one->d_name);
  if (all) closedir(all);
}

bool report_place(int bytes, const char *output, faults *problems) {
  struct stat there;
  if (lstat(output, &there) == 0 && !S_ISREG(there.st_mode)) {
    fault_add(problems, (place){.file = output}, "the report is not written over this: it is no regular file",
              "报告不会覆盖它：这不是普通文件");
    return fault_next(problems,
                      S_ISLNK(there.st_mode) ? "it is a symbolic link: name the file itself" : "name another file",
                      S_ISLNK(there.st_mode) ? "这是符号链接：请写明文件本身" : "请换一个文件名");
  }
  size_t size = strlen(output) + sizeof PART + 8;
  char *beside = memory_take(size);
  const char *slash = strrchr(output, '/');
  int folder = slash ? (int)(slash - output) + 1 : 0;
  char *within = memory_take(size);
  snprintf(within, size, "%.*s.", folder, output);
  snprintf(beside, size, "%.*s.%s" PART, folder, output, output + folder);
  sweep(within);
  bool unnamed;
  int to = begin(within, beside, &unnamed);
  bool good = to >= 0;
  if (good) {
    flock(to, LOCK_EX | LOCK_NB); /* where there are no locks, nothing is swept away either */
    good = copy_bytes(bytes, to) && fchmod(to, usual_mode()) == 0 && fsync(to) == 0;
    /* At once under its name where nothing has it, so that an end in between leaves nothing beside it. */
    bool placed = good && unnamed && give_name(to, output), ours = !unnamed;
    if (good && unnamed && !placed) good = ours = errno == EEXIST && give_name(to, beside);
    good = good && (placed || rename(beside, output) == 0);
    good = close(to) == 0 && good;
    if (!good && !placed && ours) {
      int why = errno;
      unlink(beside);
      errno = why;
    }
  }
  if (!good) cannot_write(output, problems);
  free(within);
  free(beside);
  return good;
}

int64_t report_difference(int a, int b, faults *problems) {
  char left[BLOCK], right[BLOCK];
  for (off_t at = 0;; at += (off_t)sizeof left) {
    ssize_t x = system_read(a, left, sizeof left, at), y = system_read(b, right, sizeof right, at);
    if (x < 0 || y < 0) {
      no_room(problems);
      return -1;
    }
    for (ssize_t i = 0; i < x && i < y; i++)
      if (left[i] != right[i]) return at + i + 1;
    if (x != y) return at + (x < y ? x : y) + 1;
    if (x < (ssize_t)sizeof left) return 0;
  }
}
