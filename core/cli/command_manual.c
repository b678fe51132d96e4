/* manual: the pages of man, shown as source or written to a folder. */
#include "base/system.h"
#include "cli/manual.h"
#include "cli/print.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const option_row options[] = {
    {"--write",
     "FOLDER",
     {{"把全部命令的手册页（中英文）写入此文件夹的 man1 和 zh_CN/man1",
       "write the pages of all commands, in both languages, into man1 and zh_CN/man1 of this folder"}},
     false},
};

static bool write_page(call *c, const char *folder, const command *of, language in) {
  const char *path = arena_format(c->memory, "%s/%s.1", folder, manual_name(c->memory, of));
  buffer text = {0};
  manual_page(&text, of, in);
  FILE *file = fopen(path, "w");
  bool good = file != NULL && fwrite(text.at, 1, text.length, file) == text.length;
  if (file != NULL && fclose(file) != 0) good = false;
  if (!good)
    fault_add(c->problems, (place){.file = path}, "cannot be written: %s%.0s", "无法写入：%.0s%s", SYSTEM_WORDS(errno));
  buffer_free(&text);
  return good;
}

static bool make_folder(call *c, const char *path) {
  if (mkdir(path, 0777) == 0 || errno == EEXIST) return true;
  return fault_add(c->problems, (place){.file = path}, "this folder cannot be made: %s%.0s", "无法建立文件夹：%.0s%s",
                   SYSTEM_WORDS(errno));
}

static bool write_all(call *c, const char *folder) {
  static const char *const languages[LANGUAGES] = {[LANGUAGE_ZH] = "zh_CN/", [LANGUAGE_EN] = ""};
  bool good = make_folder(c, folder) && make_folder(c, arena_format(c->memory, "%s/zh_CN", folder));
  for (int in = 0; in < LANGUAGES && good; in++) {
    const char *target = arena_format(c->memory, "%s/%sman1", folder, languages[in]);
    good = make_folder(c, target) && write_page(c, target, NULL, (language)in);
    for (size_t i = 0; i < commands_count && good; i++) good = write_page(c, target, commands[i], (language)in);
  }
  return good;
}

static const command *named(call *c) {
  const char *wanted = "";
  for (size_t i = 0; i < c->arguments_count; i++)
    wanted = arena_format(c->memory, "%s%s%s", wanted, i ? " " : "", c->arguments[i]);
  const char **names = arena_array(c->memory, commands_count, sizeof *names);
  for (size_t i = 0; i < commands_count; i++) {
    names[i] = commands[i]->name;
    if (strcmp(names[i], wanted) == 0) return commands[i];
  }
  fault_add(c->problems, NOWHERE, "there is no command \"%s\"", "没有命令“%s”", wanted);
  const char *near = text_nearest(wanted, names, commands_count);
  if (near) fault_next(c->problems, "did you mean \"%s\"?", "是不是“%s”？", near);
  return NULL;
}

static int manual(call *c) {
  const char *folder = call_value(c, "--write");
  if (folder) {
    json_t *value = json_pack("{s:s}", "folder", folder);
    bool good = write_all(c, folder);
    if (good) print_line(c, "written to \"%s\": %zu pages", "已写入“%s”：%zu 页", folder, 2 * (commands_count + 1));
    if (good) print_json(c, value);
    json_decref(value);
    return call_exit(c);
  }
  const command *of = c->arguments_count ? named(c) : NULL;
  if (c->arguments_count && !of) return EXIT_USAGE;
  buffer text = {0};
  manual_page(&text, of, c->in);
  json_t *value = json_pack("{s:s}", "page", text.at);
  if (!c->json) fputs(text.at, c->out); /* the program's own words only: nothing in it has to be made safe */
  print_json(c, value);
  json_decref(value);
  buffer_free(&text);
  return EXIT_DONE;
}

const command command_manual = {
    .name = "manual",
    .usage = "[COMMAND]",
    .help = {{"输出手册页（man 的源文本）", "print a page of the manual, as man reads it"}},
    .examples = {{"hongzhu manual import | man -l - # 在终端上阅读\nhongzhu manual --write man       # 写出全部手册页",
                  "hongzhu manual import | man -l - # read it on the terminal\nhongzhu manual --write man       # "
                  "write all pages"}},
    OPTIONS(options),
    .least = 0,
    .most = 2,
    .run = manual,
};
