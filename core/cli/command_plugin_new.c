/* plugin new: a folder with a plugin that builds at once. */
#include "base/system.h"
#include "cli/plugin_template.h"
#include "cli/print.h"
#include "host/plugin.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const kinds[] = {"reader", "writer", "rule"};

/* The template calls itself "example". */
static char *renamed(arena *a, const char *text, const char *name) {
  static const char word[] = "example";
  buffer out = {0};
  for (const char *at; (at = strstr(text, word)); text = at + sizeof word - 1) {
    buffer_bytes(&out, text, (size_t)(at - text));
    buffer_text(&out, name);
  }
  buffer_text(&out, text);
  char *copy = arena_text(a, out.at);
  buffer_free(&out);
  return copy;
}

static bool make_folder(call *c, const char *path) {
  if (mkdir(path, 0777) == 0 || errno == EEXIST) return true;
  return fault_add(c->problems, (place){.file = path}, "this folder cannot be made: %s%.0s", "无法建立文件夹：%.0s%s",
                   SYSTEM_WORDS(errno));
}

/* Never over a file that is there. */
static bool make_file(call *c, const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0 && errno == EEXIST) {
    fault_add(c->problems, (place){.file = path}, "is there already", "已经存在");
    return fault_next(c->problems, "choose another folder", "请换一个文件夹");
  }
  size_t length = strlen(text);
  bool good = file >= 0 && write(file, text, length) == (ssize_t)length;
  int reason = errno;
  if (file >= 0 && close(file) != 0) good = false;
  if (good) {
    print_line(c, "  %s", "  %s", path);
    return true;
  }
  return fault_add(c->problems, (place){.file = path}, "cannot be written: %s%.0s", "无法写入：%.0s%s",
                   SYSTEM_WORDS(reason));
}

static const char *template_text(const char *name) {
  for (const plugin_template_text *t = plugin_template; t->name; t++) {
    if (strcmp(t->name, name) == 0) return t->text;
  }
  return "";
}

static bool make_plugin(call *c, const char *folder, const char *name, const char *kind) {
  arena *a = c->memory;
  const char *include = arena_format(a, "%s/include", folder), *sdk = arena_format(a, "%s/hongzhu", include);
  return make_folder(c, folder) &&
         make_file(c, arena_format(a, "%s/%s.c", folder, name),
                   renamed(a, template_text(arena_format(a, "%s.c", kind)), name)) &&
         make_file(c, arena_format(a, "%s/Makefile", folder), renamed(a, template_text("Makefile"), name)) &&
         make_folder(c, include) && make_folder(c, sdk) &&
         make_file(c, arena_format(a, "%s/plugin.h", sdk), template_text("plugin.h"));
}

static int new_plugin(call *c) {
  char *folder = arena_text(c->memory, c->arguments[0]);
  size_t length = strlen(folder), kind;
  while (length > 1 && folder[length - 1] == '/') folder[--length] = '\0';
  const char *base = strrchr(folder, '/');
  base = base ? base + 1 : folder;
  if (!call_word(c, "--kind", kinds, 3, 0, &kind)) return EXIT_USAGE;
  if (!plugin_name_good(base)) {
    fault_add(c->problems, NOWHERE, "\"%s\" is no name for a plugin", "“%s”不能作为插件名称", base);
    fault_next(c->problems, "take a lower-case letter, then letters, digits and _",
               "请以小写字母开头，其后为小写字母、数字或下划线");
    return EXIT_USAGE;
  }
  if (!make_plugin(c, folder, base, kinds[kind])) return EXIT_INPUT;
  print_line(c, "build and check it with: make -C %s check", "编译并检查：make -C %s check", folder);
  if (c->json) {
    json_t *value = json_object();
    json_object_set_new(value, "folder", json_string(folder));
    json_object_set_new(value, "name", json_string(base));
    json_object_set_new(value, "kind", json_string(kinds[kind]));
    print_json(c, value);
    json_decref(value);
  }
  return EXIT_DONE;
}

static const option_row options[] = {
    {"--kind", "reader|writer|rule", {{"做什么（默认 reader）", "what it is to offer (default reader)"}}, false},
};

const command command_plugin_new = {
    .name = "plugin new",
    .usage = "FOLDER",
    .help = {{"新建一个可以立即编译的插件", "begin a plugin that builds at once"}},
    .examples = {{"hongzhu plugin new results\nhongzhu plugin new outline --kind writer",
                  "hongzhu plugin new results\nhongzhu plugin new outline --kind writer"}},
    OPTIONS(options),
    .least = 1,
    .most = 1,
    .run = new_plugin,
};
