#include "cli/cli.h"
#include "base/system.h"

#include "cli/help.h"
#include "cli/print.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WAIT_USUAL = 10, WAIT_MOST = 86400 };

const option_row common_options[] = {
    {"--ledger",
     "FILE",
     {{"台账文件（默认 HONGZHU_LEDGER，否则 ./hongzhu.db）", "the ledger (else HONGZHU_LEDGER, else ./hongzhu.db)"}},
     false},
    {"--wait",
     "SECONDS",
     {{"另一个程序正在写台账时最多等几秒（默认 10）", "how long to wait while another program writes the ledger (10)"}},
     false},
    {"--json", NULL, {{"以JSON输出", "print JSON"}}, false},
    {"--lang", "zh|en", {{"所用语言（默认取自系统区域设置）", "the language (by default that of the locale)"}}, false},
    {"--help", NULL, {{"显示帮助", "show this help"}}, false},
};
const size_t common_options_count = sizeof common_options / sizeof *common_options;

/* ---- the command ---- */

static size_t words_in(const char *name) {
  size_t count = 1;
  for (const char *at = name; *at; at++) count += *at == ' ';
  return count;
}

/* Whether the first words of the line are the command's name. */
static bool names_command(const command *c, char **words, int count) {
  const char *at = c->name;
  for (int i = 0; i < count; i++) {
    size_t length = strcspn(at, " ");
    if (strlen(words[i]) != length || strncmp(words[i], at, length) != 0) return false;
    if (at[length] == '\0') return true;
    at += length + 1;
  }
  return false;
}

/* Whether the word begins the names of a group, as "pack" does. */
static bool names_group(const char *word) {
  size_t length = strlen(word);
  for (size_t i = 0; i < commands_count; i++) {
    if (strncmp(commands[i]->name, word, length) == 0 && commands[i]->name[length] == ' ') return true;
  }
  return false;
}

static int unknown_command(call *c, char **words, int count) {
  bool group = names_group(words[0]);
  const char *given =
      group && count > 1 && words[1][0] != '-' ? arena_format(c->memory, "%s %s", words[0], words[1]) : words[0];
  const char **names = arena_array(c->memory, commands_count, sizeof *names);
  for (size_t i = 0; i < commands_count; i++) names[i] = commands[i]->name;
  if (group && given == words[0]) {
    fault_add(c->problems, NOWHERE, "\"%s\" needs one more word", "“%s”之后还需要一个词", given);
    fault_next(c->problems, "see which with: hongzhu %s --help", "查看有哪些：hongzhu %s --help", given);
    return EXIT_USAGE;
  }
  fault_add(c->problems, NOWHERE, "there is no command \"%s\"", "没有命令“%s”", given);
  const char *near = text_nearest(given, names, commands_count);
  if (near)
    fault_next(c->problems, "did you mean \"hongzhu %s\"?", "是不是“hongzhu %s”？", near);
  else
    fault_next(c->problems, "see all commands with: hongzhu --help", "查看全部命令：hongzhu --help");
  return EXIT_USAGE;
}

/* ---- options ---- */

static const option_row *find_option(const command *c, const char *name, size_t length) {
  for (size_t i = 0; c && i < c->options_count; i++) {
    if (strlen(c->options[i].name) == length && strncmp(c->options[i].name, name, length) == 0) return &c->options[i];
  }
  for (size_t i = 0; i < common_options_count; i++) {
    if (strlen(common_options[i].name) == length && strncmp(common_options[i].name, name, length) == 0)
      return &common_options[i];
  }
  return NULL;
}

static bool unknown_option(call *c, const char *name) {
  size_t count = c->command->options_count;
  const char **names = arena_array(c->memory, count + common_options_count, sizeof *names);
  for (size_t i = 0; i < count; i++) names[i] = c->command->options[i].name;
  for (size_t i = 0; i < common_options_count; i++) names[count + i] = common_options[i].name;
  fault_add(c->problems, NOWHERE, "\"hongzhu %s\" has no option \"%s\"", "“hongzhu %s”没有选项“%s”", c->command->name,
            name);
  const char *near = text_nearest(name, names, count + common_options_count);
  if (near) return fault_next(c->problems, "did you mean \"%s\"?", "是不是“%s”？", near);
  return fault_next(c->problems, "see its options with: hongzhu %s --help", "查看其选项：hongzhu %s --help",
                    c->command->name);
}

typedef struct parsing {
  const char **arguments;
  size_t arguments_count;
  given_option *options;
  size_t options_count;
} parsing;

/* One option at words[*at], with its value; *at is then that of the last word taken. */
static bool parse_option(call *c, parsing *p, char **words, int count, int *at) {
  const char *word = words[*at], *equals = strchr(word, '=');
  size_t length = equals ? (size_t)(equals - word) : strlen(word);
  const char *name = arena_text_of(c->memory, word, length);
  const option_row *row = find_option(c->command, word, length);
  if (!row) return unknown_option(c, name);
  const char *value = NULL;
  if (!row->argument && equals)
    return fault_add(c->problems, NOWHERE, "option \"%s\" takes no value", "选项“%s”不带值", name);
  if (row->argument && equals) value = equals + 1;
  if (row->argument && !equals) {
    if (*at + 1 >= count)
      return fault_add(c->problems, NOWHERE, "option \"%s\" needs a value: %s", "选项“%s”需要一个值：%s", name,
                       row->argument);
    value = words[++*at];
  }
  for (size_t i = 0; i < p->options_count && !row->repeats; i++) {
    if (p->options[i].row == row)
      return fault_add(c->problems, NOWHERE, "option \"%s\" is given twice", "选项“%s”重复", name);
  }
  p->options[p->options_count++] = (given_option){row, value};
  return true;
}

static bool parse(call *c, char **words, int count) {
  parsing p = {.arguments = arena_array(c->memory, (size_t)count + 1, sizeof *p.arguments),
               .options = arena_array(c->memory, (size_t)count + 1, sizeof *p.options)};
  bool good = true, options_over = false;
  for (int i = 0; i < count; i++) {
    if (!text_is_utf8(words[i], strlen(words[i])))
      good = fault_add(c->problems, NOWHERE, "argument %d is no UTF-8", "第 %d 个参数不是UTF-8", i + 1);
    else if (!options_over && strcmp(words[i], "--") == 0)
      options_over = true;
    else if (!options_over && words[i][0] == '-' && words[i][1] != '\0')
      good = parse_option(c, &p, words, count, &i) && good;
    else
      p.arguments[p.arguments_count++] = words[i];
  }
  c->arguments = p.arguments;
  c->arguments_count = p.arguments_count;
  c->options = p.options;
  c->options_count = p.options_count;
  return good;
}

static bool check_arguments(call *c) {
  const command *m = c->command;
  if (c->arguments_count < m->least)
    fault_add(c->problems, NOWHERE, "\"hongzhu %s\" needs more: %s", "“hongzhu %s”缺少参数：%s", m->name, m->usage);
  else if (c->arguments_count > m->most)
    fault_add(c->problems, NOWHERE, "\"hongzhu %s\" cannot take \"%s\"", "“hongzhu %s”不接受“%s”", m->name,
              c->arguments[m->most]);
  else
    return true;
  return fault_next(c->problems, "see how it is used with: hongzhu %s --help", "查看用法：hongzhu %s --help", m->name);
}

/* ---- what a command asks ---- */

bool call_has(const call *c, const char *option) {
  for (size_t i = 0; i < c->options_count; i++) {
    if (strcmp(c->options[i].row->name, option) == 0) return true;
  }
  return false;
}

const char *call_value(const call *c, const char *option) {
  for (size_t i = c->options_count; i > 0; i--) {
    if (strcmp(c->options[i - 1].row->name, option) == 0) return c->options[i - 1].value;
  }
  return NULL;
}

const char *const *call_values(const call *c, const char *option, size_t *count) {
  const char **values = arena_array(c->memory, c->options_count + 1, sizeof *values);
  *count = 0;
  for (size_t i = 0; i < c->options_count; i++) {
    if (strcmp(c->options[i].row->name, option) == 0) values[(*count)++] = c->options[i].value;
  }
  return values;
}

static day today(void) {
  time_t now = time(NULL);
  struct tm parts;
  localtime_r(&now, &parts);
  return day_of(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

bool call_day(call *c, const char *option, day *out) {
  const char *value = call_value(c, option);
  if (!value) {
    *out = today();
    return true;
  }
  if (day_read(value, out)) return true;
  fault_add(c->problems, NOWHERE, "option \"%s\": \"%s\" is no day", "选项“%s”：“%s”不是日期", option, value);
  return fault_next(c->problems, "write it as YYYY-MM-DD", "请写成 YYYY-MM-DD");
}

bool call_whole(call *c, const char *option, int64_t least, int64_t most, int64_t otherwise, int64_t *out) {
  const char *value = call_value(c, option);
  *out = otherwise;
  if (!value) return true;
  char *end;
  long long number = strtoll(value, &end, 10);
  if (*value && *end == '\0' && strlen(value) <= 18 && number >= least && number <= most) {
    *out = number;
    return true;
  }
  return fault_add(c->problems, NOWHERE, "option \"%s\": \"%s\" is no whole number from %lld to %lld",
                   "选项“%s”：“%s”不是 %lld 到 %lld 之间的整数", option, value, (long long)least, (long long)most);
}

bool call_word(call *c, const char *option, const char *const *words, size_t count, size_t otherwise, size_t *out) {
  const char *value = call_value(c, option);
  *out = otherwise;
  return !value || call_one_of(c, option, value, words, count, out);
}

bool call_one_of(call *c, const char *option, const char *value, const char *const *words, size_t count, size_t *out) {
  buffer known = {0};
  for (size_t i = 0; i < count; i++) {
    if (strcmp(words[i], value) == 0) {
      *out = i;
      buffer_free(&known);
      return true;
    }
    buffer_format(&known, "%s%s", i ? ", " : "", words[i]);
  }
  fault_add(c->problems, NOWHERE, "option \"%s\": \"%s\" is none of %s", "选项“%s”：“%s”不是以下之一：%s", option,
            value, known.at);
  buffer_free(&known);
  const char *near = text_nearest(value, words, count);
  if (near) fault_next(c->problems, "did you mean \"%s\"?", "是不是“%s”？", near);
  return false;
}

int call_exit(const call *c) {
  int code = c->problems->errors > 0 ? EXIT_INPUT : EXIT_DONE;
  for (size_t i = 0; i < c->problems->count; i++) {
    const fault *f = &c->problems->items[i];
    if (f->warning) continue;
    if (f->kind == FAULT_LEDGER) return EXIT_LEDGER;
    if (f->kind == FAULT_FOREIGN) code = EXIT_FOREIGN;
  }
  return code;
}

/* ---- the whole ---- */

static bool language_of(const char *text, language *out) {
  if (text && strcmp(text, "zh") == 0)
    *out = LANGUAGE_ZH;
  else if (text && strcmp(text, "en") == 0)
    *out = LANGUAGE_EN;
  else
    return false;
  return true;
}

static language language_of_line(char **words, int count) {
  language in = language_from_environment();
  language_of(getenv("HONGZHU_LANG"), &in);
  for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
    if (strncmp(words[i], "--lang=", 7) == 0)
      language_of(words[i] + 7, &in);
    else if (strcmp(words[i], "--lang") == 0 && i + 1 < count)
      language_of(words[i + 1], &in);
  }
  return in;
}

static bool wants(char **words, int count, const char *option) {
  for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
    if (strcmp(words[i], option) == 0) return true;
  }
  return false;
}

/* Words before the command that are options of all commands: `hongzhu --lang en log`. How many there are. */
static int leading_options(char **words, int count) {
  int at = 0;
  while (at < count && words[at][0] == '-') {
    const option_row *row = find_option(NULL, words[at], strcspn(words[at], "="));
    if (!row) break;
    at += row->argument && !strchr(words[at], '=') ? 2 : 1;
  }
  return at < count ? at : count;
}

static int run_command(call *c, char **words, int count, int leading) {
  size_t named = words_in(c->command->name);
  char **rest = arena_array(c->memory, (size_t)count + 1, sizeof *rest);
  int rest_count = 0;
  for (int i = 0; i < count; i++) {
    if (i < leading || i >= leading + (int)named) rest[rest_count++] = words[i];
  }
  if (!parse(c, rest, rest_count)) return EXIT_USAGE;
  language given;
  const char *value = call_value(c, "--lang");
  if (value && !language_of(value, &given)) {
    fault_add(c->problems, NOWHERE, "option \"--lang\": \"%s\" is none of zh, en", "选项“--lang”：“%s”不是 zh 或 en",
              value);
    return EXIT_USAGE;
  }
  if (call_has(c, "--help")) {
    c->json = false; /* help is for people, whoever asks */
    help_command(c);
    return EXIT_DONE;
  }
  if (!check_arguments(c)) return EXIT_USAGE;
  value = call_value(c, "--ledger");
  if (value && !value[0]) {
    fault_add(c->problems, NOWHERE, "option \"--ledger\": the name is empty", "选项“--ledger”：文件名是空的");
    fault_next(c->problems, "name a file, or leave the option out for HONGZHU_LEDGER or ./hongzhu.db",
               "请写明文件，或不写此选项：默认 HONGZHU_LEDGER，否则 ./hongzhu.db");
    return EXIT_USAGE;
  }
  if (!value) value = getenv("HONGZHU_LEDGER");
  c->ledger = value && value[0] ? value : "hongzhu.db";
  if (!call_whole(c, "--wait", 0, WAIT_MOST, WAIT_USUAL, &c->wait)) return EXIT_USAGE;
  return c->command->run(c);
}

static int run(call *c, char **words, int count);

/* "help compare" is "compare --help". */
static int run_help(call *c, char **words, int count, int leading) {
  char **asked = arena_array(c->memory, (size_t)count + 1, sizeof *asked);
  int asked_count = 0;
  for (int i = 0; i < count; i++)
    if (i != leading) asked[asked_count++] = words[i];
  asked[asked_count++] = arena_text(c->memory, "--help");
  return run(c, asked, asked_count);
}

static int run(call *c, char **words, int count) {
  int leading = leading_options(words, count);
  if (leading + 1 < count && strcmp(words[leading], "help") == 0 && words[leading + 1][0] != '-')
    return run_help(c, words, count, leading);
  for (size_t i = 0; i < commands_count && !c->command; i++) {
    if (names_command(commands[i], words + leading, count - leading)) c->command = commands[i];
  }
  if (c->command) return run_command(c, words, count, leading);
  if (leading < count && strcmp(words[leading], "--version") == 0) {
    if (c->json) {
      json_t *value = json_pack("{s:s}", "version", HONGZHU_VERSION);
      print_json(c, value);
      json_decref(value);
    }
    print_line(c, "hongzhu %s", "hongzhu %s", HONGZHU_VERSION);
    return EXIT_DONE;
  }
  bool word = leading < count && words[leading][0] != '-';
  bool asked = wants(words, count, "--help") || (leading < count && strcmp(words[leading], "help") == 0);
  if (leading < count && word && !(asked && names_group(words[leading])) && strcmp(words[leading], "help") != 0)
    return unknown_command(c, words + leading, count - leading);
  if (leading < count && !word) {
    fault_add(c->problems, NOWHERE, "there is no option \"%s\"", "没有选项“%s”", words[leading]);
    fault_next(c->problems, "see all commands with: hongzhu --help", "查看全部命令：hongzhu --help");
    return EXIT_USAGE;
  }
  c->json = false;
  help_all(c, word && strcmp(words[leading], "help") != 0 ? words[leading] : NULL);
  return asked ? EXIT_DONE : EXIT_USAGE;
}

int cli_run(int argc, char **argv, FILE *out, FILE *err) {
  arena *memory = arena_new();
  call c = {.memory = memory, .problems = faults_new(memory), .arguments = NULL, .out = out, .err = err};
  c.progress = arena_take(memory, sizeof *c.progress);
  char **words = argv + (argc > 0);
  int count = argc > 0 ? argc - 1 : 0;
  c.in = language_of_line(words, count);
  c.json = wants(words, count, "--json");
  int code = run(&c, words, count);
  errno = 0;
  bool written = fflush(out) == 0 && !ferror(out);
  if (code == EXIT_DONE && !written) { /* what could not be written was not said */
    fault_add(c.problems, NOWHERE, "the answer cannot be written: %s%.0s", "无法写出结果：%.0s%s",
              SYSTEM_WORDS(errno != 0 ? errno : EIO));
    fault_next(c.problems, "the command did its work; only what it says is lost: see where its output goes",
               "命令已经完成，只是结果没有显示出来：请检查输出到哪里");
  }
  print_faults(&c);
  arena_free(memory);
  return code == EXIT_DONE && !written ? EXIT_INTERNAL : code;
}

int cli_main(int argc, char **argv) {
  return cli_run(argc, argv, stdout, stderr);
}
