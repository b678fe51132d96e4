/* pack new: a folder with a pack that checks, tests and reports at once. */
#include "base/program.h"
#include "base/system.h"
#include "cli/print.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MOST 6
#define FILE_MOST  ((size_t)1 << 20)

/* What the template calls itself; the new pack's id takes its place. */
static const char template_id[] = "template_pack";

static bool good_id(const char *id) {
  if (!(id[0] >= 'a' && id[0] <= 'z') || strlen(id) > 64) return false;
  return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(id);
}

static bool system_fault(call *c, const char *path, const char *en, const char *zh) {
  int why = errno;
  return fault_add(c->problems, (place){.file = path}, "%s%.0s: %s%.0s", "%.0s%s：%.0s%s", en, zh, SYSTEM_WORDS(why));
}

static char *read_file(call *c, const char *path, size_t *length) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0 || status.st_size > (off_t)FILE_MOST) {
    if (file >= 0) close(file);
    system_fault(c, path, "cannot be read", "无法读取");
    return NULL;
  }
  char *text = arena_take(c->memory, (size_t)status.st_size + 1);
  ssize_t got = 0;
  *length = 0;
  while (*length < (size_t)status.st_size && (got = read(file, text + *length, (size_t)status.st_size - *length)) > 0) {
    *length += (size_t)got;
  }
  close(file);
  return text;
}

/* Never over a file that is there. */
static bool write_file(call *c, const char *path, const char *bytes, size_t length) {
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0) return system_fault(c, path, "cannot be made", "无法新建");
  bool good = true;
  for (size_t done = 0; good && done < length;) {
    ssize_t written = write(file, bytes + done, length - done);
    good = written > 0;
    if (good) done += (size_t)written;
  }
  if (close(file) != 0) good = false;
  return good || system_fault(c, path, "cannot be written", "无法写入");
}

/* A text with the template's id replaced. */
static char *renamed(arena *a, const char *text, size_t *length, const char *id) {
  buffer out = {0};
  for (const char *at; (at = strstr(text, template_id)); text = at + sizeof template_id - 1) {
    buffer_bytes(&out, text, (size_t)(at - text));
    buffer_text(&out, id);
  }
  buffer_text(&out, text);
  *length = out.length;
  char *copy = arena_text_of(a, out.at ? out.at : "", out.length);
  buffer_free(&out);
  return copy;
}

static bool copy_folder(call *c, const char *from, const char *to, const char *id, int depth) {
  if (mkdir(to, 0777) != 0) {
    bool taken = errno == EEXIST, no_parent = errno == ENOENT;
    system_fault(c, to, "cannot be made", "无法新建");
    if (taken) return fault_next(c->problems, "choose a name that is not taken", "请换一个未被占用的名称");
    return no_parent && fault_next(c->problems, "make the folder above it first", "请先建立上级文件夹");
  }
  DIR *listing = opendir(from);
  if (!listing) return system_fault(c, from, "cannot be read", "无法读取");
  bool good = true;
  struct dirent *entry;
  while (good && (entry = readdir(listing)) != NULL) {
    if (entry->d_name[0] == '.') continue;
    const char *source = arena_format(c->memory, "%s/%s", from, entry->d_name);
    const char *target = arena_format(c->memory, "%s/%s", to, entry->d_name);
    struct stat status;
    if (stat(source, &status) != 0) continue;
    if (S_ISDIR(status.st_mode)) {
      good = depth < DEPTH_MOST && copy_folder(c, source, target, id, depth + 1);
      continue;
    }
    size_t length = 0;
    char *text = read_file(c, source, &length);
    if (text && strlen(text) == length) text = renamed(c->memory, text, &length, id);
    good = text && write_file(c, target, text, length);
  }
  closedir(listing);
  return good;
}

/* What lua-language-server needs to complete and explain the words of packs: the stubs that come with the program. */
static bool write_editor_settings(call *c, const char *scripts, const char *folder) {
  json_t *settings =
      json_pack("{s:s, s:[s], s:[s, s, s, s], s:{s:s, s:s, s:s, s:s, s:s}, s:b}", "runtime.version", "Lua 5.4",
                "workspace.library", arena_format(c->memory, "%s/types", scripts), "diagnostics.globals", "credits",
                "hours", "none", "any", "runtime.builtin", "io", "disable", "os", "disable", "debug", "disable",
                "package", "disable", "coroutine", "disable", "workspace.checkThirdParty", 0);
  char *text = json_dumps(settings, JSON_INDENT(2));
  json_decref(settings);
  char *lines = arena_format(c->memory, "%s\n", text);
  free(text);
  return write_file(c, arena_format(c->memory, "%s/.luarc.json", folder), lines, strlen(lines));
}

static int new_pack(call *c) {
  char *folder = arena_text(c->memory, c->arguments[0]);
  size_t length = strlen(folder);
  while (length > 1 && folder[length - 1] == '/') folder[--length] = '\0';
  const char *slash = strrchr(folder, '/'), *id = slash ? slash + 1 : folder;
  if (!good_id(id)) {
    fault_add(c->problems, NOWHERE, "\"%s\" is no id for a pack", "“%s”不能作为规则包的 id", id);
    fault_next(c->problems, "take a lower-case letter, then letters, digits, _ and -",
               "请以小写字母开头，其后为小写字母、数字、下划线或连字符");
    return EXIT_USAGE;
  }
  const char *scripts = program_scripts(c->memory);
  if (!scripts) {
    fault_add(c->problems, NOWHERE, "the scripts that come with the program are not found", "找不到随程序提供的脚本");
    fault_next(c->problems, "install the program again", "请重新安装程序");
    return EXIT_INPUT;
  }
  if (!copy_folder(c, arena_format(c->memory, "%s/template", scripts), folder, id, 0)) return EXIT_INPUT;
  if (!write_editor_settings(c, scripts, folder)) return EXIT_INPUT;
  print_line(c, "pack \"%s\" is in %s; try it with:", "规则包“%s”已建在 %s 中，可以这样试用：", id, folder);
  print_line(c, "  hongzhu pack check %s", "  hongzhu pack check %s", folder);
  print_line(c, "  hongzhu pack test %s", "  hongzhu pack test %s", folder);
  print_line(c, "  sh %s/try.sh", "  sh %s/try.sh", folder);
  json_t *answer = json_pack("{s:s, s:s}", "pack", id, "folder", folder);
  print_json(c, answer);
  json_decref(answer);
  return EXIT_DONE;
}

const command command_pack_new = {
    .name = "pack new",
    .usage = "FOLDER",
    .help = {{"新建一个可以立即检查、试验和出报告的规则包", "begin a pack that checks, tests and reports at once"}},
    .examples = {{"hongzhu pack new mydistrict", "hongzhu pack new mydistrict"}},
    .least = 1,
    .most = 1,
    .run = new_pack,
};
