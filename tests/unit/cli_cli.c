#include "check.h"

#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

/* The grammar, tried on the commands that need neither ledger nor plugins to answer. */

typedef struct answer {
  char out[65536], err[65536];
  int code;
} answer;

static answer last;

static size_t all_of(FILE *file, char *to, size_t size) {
  rewind(file);
  size_t length = fread(to, 1, size - 1, file);
  to[length] = '\0';
  fclose(file);
  return length;
}

/* A line of words with single blanks between them. */
static int ask(const char *line) {
  char copy[512];
  snprintf(copy, sizeof copy, "%s", line);
  char *argv[32];
  int argc = 0;
  char *at = copy;
  for (char *word; argc < 31 && (word = strsep(&at, " "));) argv[argc++] = word;
  argv[argc] = NULL;
  FILE *out = tmpfile(), *err = tmpfile();
  last.code = cli_run(argc, argv, out, err);
  all_of(out, last.out, sizeof last.out);
  all_of(err, last.err, sizeof last.err);
  return last.code;
}

static void asked(const char *line, int code, const char *err) {
  assert_int_equal(ask(line), code);
  assert_string_equal(last.err, err);
}

static void wrong_lines_are_answered_with_the_nearest(void **state) {
  (void)state;
  asked("hongzhu plugin shwo x --lang en", EXIT_USAGE,
        "error: there is no command \"plugin shwo\"\n  did you mean \"hongzhu plugin show\"?\n");
  asked("hongzhu imprt --lang zh", EXIT_USAGE, "错误：没有命令“imprt”\n  是不是“hongzhu import”？\n");
  asked("hongzhu qqqqqqq --lang en", EXIT_USAGE,
        "error: there is no command \"qqqqqqq\"\n  see all commands with: hongzhu --help\n");
  asked("hongzhu --lang en plugin", EXIT_USAGE,
        "error: \"plugin\" needs one more word\n  see which with: hongzhu plugin --help\n");
  asked("hongzhu plugin new x --kinf reader --lang en", EXIT_USAGE,
        "error: \"hongzhu plugin new\" has no option \"--kinf\"\n  did you mean \"--kind\"?\n");
  asked("hongzhu plugin list --zzzzz --lang zh", EXIT_USAGE,
        "错误：“hongzhu plugin list”没有选项“--zzzzz”\n  查看其选项：hongzhu plugin list --help\n");
  asked("hongzhu plugin show --lang en", EXIT_USAGE,
        "error: \"hongzhu plugin show\" needs more: NAME\n  see how it is used with: hongzhu plugin show --help\n");
  asked("hongzhu plugin show a b --lang en", EXIT_USAGE,
        "error: \"hongzhu plugin show\" cannot take \"b\"\n  see how it is used with: hongzhu plugin show --help\n");
  asked("hongzhu --verison --lang en", EXIT_USAGE,
        "error: there is no option \"--verison\"\n  see all commands with: hongzhu --help\n");
}

static void options_are_checked(void **state) {
  (void)state;
  asked("hongzhu plugin new x --lang en --kind", EXIT_USAGE,
        "error: option \"--kind\" needs a value: reader|writer|rule\n");
  asked("hongzhu plugin new x --lang en --kind=reader --kind reader", EXIT_USAGE,
        "error: option \"--kind\" is given twice\n");
  asked("hongzhu plugin new x --lang en --kind=painter", EXIT_USAGE,
        "error: option \"--kind\": \"painter\" is none of reader, writer, rule\n");
  asked("hongzhu plugin list --json=1 --lang en", EXIT_USAGE, "error: option \"--json\" takes no value\n");
  assert_int_equal(ask("hongzhu plugin list --lang fr"), EXIT_USAGE);
  assert_true(strstr(last.err, "\"fr\" is none of zh, en") || strstr(last.err, "“fr”不是 zh 或 en"));
}

static void help_says_how(void **state) {
  (void)state;
  assert_int_equal(ask("hongzhu --help --lang en"), EXIT_DONE);
  assert_non_null(strstr(last.out, "usage: hongzhu COMMAND [OPTIONS] [ARGUMENTS]"));
  for (size_t i = 0; i < commands_count; i++) assert_non_null(strstr(last.out, commands[i]->help.in[LANGUAGE_EN]));
  assert_int_equal(ask("hongzhu --lang zh"), EXIT_USAGE); /* nothing was asked */
  for (size_t i = 0; i < commands_count; i++) assert_non_null(strstr(last.out, commands[i]->help.in[LANGUAGE_ZH]));
  assert_int_equal(ask("hongzhu plugin --help --lang en"), EXIT_DONE);
  assert_non_null(strstr(last.out, "plugin check"));
  assert_null(strstr(last.out, "import"));
  assert_int_equal(ask("hongzhu plugin new --help --lang en"), EXIT_DONE);
  assert_string_equal(last.out,
                      "begin a plugin that builds at once\n"
                      "\n"
                      "usage: hongzhu plugin new FOLDER\n"
                      "\n"
                      "options:\n"
                      "  --kind reader|writer|rule  what it is to offer (default reader)\n"
                      "  --ledger FILE              the ledger (else HONGZHU_LEDGER, else ./hongzhu.db)\n"
                      "  --wait SECONDS             how long to wait while another program writes the ledger (10)\n"
                      "  --json                     print JSON\n"
                      "  --lang zh|en               the language (by default that of the locale)\n"
                      "  --help                     show this help\n"
                      "\n"
                      "examples:\n"
                      "  hongzhu plugin new results\n"
                      "  hongzhu plugin new outline --kind writer\n");
}

static void help_before_a_command_is_that_of_the_command(void **state) {
  (void)state;
  static char expected[sizeof last.out];
  assert_int_equal(ask("hongzhu plugin new --help --lang zh"), EXIT_DONE);
  memcpy(expected, last.out, sizeof expected);
  assert_int_equal(ask("hongzhu help plugin new --lang zh"), EXIT_DONE);
  assert_string_equal(last.out, expected);
  assert_int_equal(ask("hongzhu --lang zh help plugin new"), EXIT_DONE);
  assert_string_equal(last.out, expected);
  assert_int_equal(ask("hongzhu help plugin --lang en"), EXIT_DONE);
  assert_non_null(strstr(last.out, "plugin check"));
  assert_null(strstr(last.out, "import"));
  assert_int_equal(ask("hongzhu help --lang en"), EXIT_DONE);
  assert_non_null(strstr(last.out, "usage: hongzhu COMMAND [OPTIONS] [ARGUMENTS]"));
  asked("hongzhu help qqqqqqq --lang en", EXIT_USAGE,
        "error: there is no command \"qqqqqqq\"\n  see all commands with: hongzhu --help\n");
}

static void the_version_is_told(void **state) {
  (void)state;
  assert_int_equal(ask("hongzhu --version"), EXIT_DONE);
  assert_string_equal(last.out, "hongzhu " HONGZHU_VERSION "\n");
  assert_int_equal(ask("hongzhu --version --json"), EXIT_DONE);
  assert_string_equal(last.out, "{\n  \"version\": \"" HONGZHU_VERSION "\"\n}\n");
}

/* Every command can be explained, in both languages, and its rows are sound. */
static void every_command_is_whole(void **state) {
  (void)state;
  for (size_t i = 0; i < commands_count; i++) {
    const command *c = commands[i];
    assert_non_null(c->run);
    assert_true(c->least <= c->most);
    for (int in = 0; in < LANGUAGES; in++) {
      assert_true(c->help.in[in] && c->help.in[in][0]);
      assert_null(strpbrk(c->help.in[in], "\n"));
      for (size_t j = 0; j < c->options_count; j++) {
        assert_true(strncmp(c->options[j].name, "--", 2) == 0);
        assert_true(c->options[j].help.in[in] && c->options[j].help.in[in][0]);
      }
    }
    for (size_t j = 0; j < i; j++) assert_string_not_equal(commands[j]->name, c->name);
    char line[128];
    snprintf(line, sizeof line, "hongzhu %s --help --lang zh", c->name);
    assert_int_equal(ask(line), EXIT_DONE);
    assert_string_equal(last.err, "");
  }
}

/* ---- what a command asks of its call ---- */

static const option_row rows[] = {
    {"--on", "DAY", {{"", ""}}, false}, {"--add", "X", {{"", ""}}, true}, {"--all", NULL, {{"", ""}}, false}};

static void values_are_found(void **state) {
  (void)state;
  arena *a = arena_new();
  const given_option given[] = {{&rows[1], "a"}, {&rows[2], NULL}, {&rows[1], "b"}, {&rows[0], "2025-02-30"}};
  call c = {.memory = a, .problems = faults_new(a), .options = given, .options_count = 4};
  size_t count;
  const char *const *values = call_values(&c, "--add", &count);
  assert_int_equal(count, 2);
  assert_string_equal(values[0], "a");
  assert_string_equal(call_value(&c, "--add"), "b");
  assert_true(call_has(&c, "--all"));
  assert_false(call_has(&c, "--none"));
  assert_null(call_value(&c, "--none"));
  day on;
  assert_false(call_day(&c, "--on", &on));
  assert_string_equal(fault_text(a, &c.problems->items[0], LANGUAGE_EN),
                      "error: option \"--on\": \"2025-02-30\" is no day\n  write it as YYYY-MM-DD");
  assert_true(call_day(&c, "--other", &on)); /* today */
  assert_true(on > day_of(2025, 1, 1));
  int64_t number;
  assert_true(call_whole(&c, "--none", 1, 9, 4, &number));
  assert_int_equal(number, 4);
  assert_false(call_whole(&c, "--add", 1, 9, 4, &number));
  assert_string_equal(fault_text(a, &c.problems->items[1], LANGUAGE_ZH),
                      "错误：选项“--add”：“b”不是 1 到 9 之间的整数");
  arena_free(a);
}

static void exit_codes_follow_the_faults(void **state) {
  (void)state;
  arena *a = arena_new();
  call c = {.memory = a, .problems = faults_new(a)};
  assert_int_equal(call_exit(&c), EXIT_DONE);
  fault_warn(c.problems, NOWHERE, "w", "w");
  assert_int_equal(call_exit(&c), EXIT_DONE);
  fault_add(c.problems, NOWHERE, "e", "e");
  assert_int_equal(call_exit(&c), EXIT_INPUT);
  fault_mark(c.problems, FAULT_FOREIGN);
  assert_int_equal(call_exit(&c), EXIT_FOREIGN);
  fault_add(c.problems, NOWHERE, "l", "l");
  fault_mark(c.problems, FAULT_LEDGER);
  assert_int_equal(call_exit(&c), EXIT_LEDGER);
  arena_free(a);
}

static void what_could_not_be_written_is_an_error(void **state) {
  (void)state;
  char *argv[] = {"hongzhu", "--version", NULL};
  char line[200] = "";
  FILE *full = fopen("/dev/full", "w"), *err = tmpfile();
  assert_int_equal(cli_run(2, argv, full, err), EXIT_INTERNAL);
  rewind(err);
  assert_non_null(fgets(line, sizeof line, err));
  assert_string_equal(line, "error: the answer cannot be written: No space left on device\n");
  fclose(full);
  fclose(err);
}

int main(void) {
  unsetenv("HONGZHU_LANG");
  setenv("LC_ALL", "C.UTF-8", 1);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(wrong_lines_are_answered_with_the_nearest),
      cmocka_unit_test(options_are_checked),
      cmocka_unit_test(help_says_how),
      cmocka_unit_test(help_before_a_command_is_that_of_the_command),
      cmocka_unit_test(the_version_is_told),
      cmocka_unit_test(every_command_is_whole),
      cmocka_unit_test(values_are_found),
      cmocka_unit_test(exit_codes_follow_the_faults),
      cmocka_unit_test(what_could_not_be_written_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
