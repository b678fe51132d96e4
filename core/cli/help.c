#include "cli/help.h"

#include "cli/exits.h"
#include "cli/print.h"

#include <string.h>

static const table_column two_columns[] = {{{{"", ""}}, false}, {{{"", ""}}, false}};

static void print_exit_codes(const call *c) {
  print_line(c, "%s", "%s", "");
  print_line(c, "exit codes:", "退出码：");
  table *rows = table_new(c, two_columns, 2);
  for (size_t i = 0; i < EXIT_ROWS; i++) {
    const char *const cells[] = {arena_format(c->memory, "%d", exit_rows[i].code), exit_rows[i].meaning.in[c->in]};
    table_row(c, rows, cells);
  }
  print_table_indented(c, rows, 2, false);
}

void help_all(const call *c, const char *group) {
  print_line(c, "hongzhu %s: the ledger of a region's teacher development", "红烛 %s：一个地区的教师发展台账",
             HONGZHU_VERSION);
  print_line(c, "%s", "%s", "");
  print_line(c, "usage: hongzhu COMMAND [OPTIONS] [ARGUMENTS]", "用法：hongzhu 命令 [选项] [参数]");
  print_line(c, "%s", "%s", "");
  table *rows = table_new(c, two_columns, 2);
  for (size_t i = 0; i < commands_count; i++) {
    if (group && (strncmp(commands[i]->name, group, strlen(group)) != 0 || commands[i]->name[strlen(group)] != ' '))
      continue;
    const char *const cells[] = {commands[i]->name, commands[i]->help.in[c->in]};
    table_row(c, rows, cells);
  }
  print_table_indented(c, rows, 2, false);
  print_line(c, "%s", "%s", "");
  print_line(c, "more about one: hongzhu COMMAND --help", "查看某条命令：hongzhu 命令 --help");
  if (!group) print_exit_codes(c);
}

static void option_rows(const call *c, table *to, const option_row *options, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const option_row *o = &options[i];
    const char *name = o->argument ? arena_format(c->memory, "%s %s", o->name, o->argument) : o->name;
    const char *const cells[] = {name, o->help.in[c->in]};
    table_row(c, to, cells);
  }
}

/* Examples are lines "command # remark"; the remarks stand in a column of their own. */
static void print_examples(const call *c, const char *lines) {
  if (!lines || !lines[0]) return;
  print_line(c, "%s", "%s", "");
  print_line(c, "examples:", "示例：");
  table *rows = table_new(c, two_columns, 2);
  while (*lines) {
    size_t length = strcspn(lines, "\n");
    char *line = arena_text_of(c->memory, lines, length);
    char *remark = strstr(line, " # ");
    if (remark) *remark = '\0';
    const char *const cells[] = {line, remark ? remark + 1 : NULL};
    table_row(c, rows, cells);
    lines += length + (lines[length] == '\n');
  }
  print_table_indented(c, rows, 2, false);
}

void help_command(const call *c) {
  const command *m = c->command;
  print_line(c, "%s", "%s", m->help.in[c->in]);
  print_line(c, "%s", "%s", "");
  print_line(c, "usage: hongzhu %s %s", "用法：hongzhu %s %s", m->name, m->usage ? m->usage : "");
  print_line(c, "%s", "%s", "");
  print_line(c, "options:", "选项：");
  table *rows = table_new(c, two_columns, 2);
  option_rows(c, rows, m->options, m->options_count);
  option_rows(c, rows, common_options, common_options_count);
  print_table_indented(c, rows, 2, false);
  print_examples(c, m->examples.in[c->in]);
}
