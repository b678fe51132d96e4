#include "cli/manual.h"

#include "cli/exits.h"
#include "cli/help.h"

#include <string.h>

typedef struct page {
  buffer *to;
  language in;
} page;

typedef struct named {
  const char *name;
  said meaning;
} named;

static const named variables[] = {
    {"HONGZHU_LEDGER", {{"没有 --ledger 时所用的台账", "the ledger where --ledger is not given"}}},
    {"HONGZHU_LANG", {{"zh 或 en：没有 --lang 时所用的语言", "zh or en: the language where --lang is not given"}}},
    {"LC_ALL, LC_MESSAGES, LANG",
     {{"以上都没有时：以 zh 开头为中文，否则为英文", "where neither is: Chinese if it begins with zh, else English"}}},
    {"HONGZHU_PLUGINS",
     {{"查找插件的文件夹，以冒号分隔；空的一段表示程序自带的插件",
       "folders searched for plugins, colons between them; an empty one stands for the program's own"}}},
    {"HONGZHU_PACKS", {{"查找规则包的文件夹，以冒号分隔", "folders searched for packs, colons between them"}}},
    {"TMPDIR",
     {{"输出器需要临时文件时所用的位置，默认 /tmp",
       "where a writer that needs temporary files gets a private folder; /tmp"}}},
};

static const named files[] = {
    {"hongzhu.db", {{"台账，一个SQLite文件", "the ledger, a SQLite file"}}},
    {"hongzhu.db.files",
     {{"导入过的文件和发布过的报告，按内容命名", "imported files and issued reports, named by their content"}}},
    {"hongzhu.db.key",
     {{"身份证号的密钥（0600）：另行备份，不与台账放在一起",
       "the key of ID numbers (0600): back it up apart from the ledger"}}},
    {"hongzhu.db.access",
     {{"谁在何时查看过谁的未遮蔽内容（0600）；写不进去就不显示",
       "who read whose data unmasked, and when (0600); where it cannot be written nothing unmasked is shown"}}},
    {"hongzhu.db.subjects", {{"由台账生成的索引，可随时删除", "made from the ledger; may be deleted at any time"}}},
};

/* ---- roff ---- */

static bool wide_at(const char *text) {
  return (unsigned char)text[0] >= 0xe3;
}

/* Between two Chinese characters a line may end, but not before a mark that closes. */
static bool may_break(const char *next) {
  static const char *const closing[] = {"，", "。", "；", "：", "、", "）", "”", "！", "？"};
  for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
    if (strncmp(next, closing[i], strlen(closing[i])) == 0) return false;
  return wide_at(next);
}

/* Text of one line, so that nothing of it is taken for a request or an escape. */
static void put_text(page *p, const char *text) {
  if (*text == '.' || *text == '\'') buffer_text(p->to, "\\&");
  for (; *text; text++) {
    switch (*text) {
    case '\\':
      buffer_text(p->to, "\\e");
      break;
    case '-':
      buffer_text(p->to, "\\-");
      break;
    case '\n':
      buffer_text(p->to, " ");
      break;
    case '~':
      buffer_text(p->to, "\\(ti");
      break;
    case '^':
      buffer_text(p->to, "\\(ha");
      break;
    case '`':
      buffer_text(p->to, "\\(ga");
      break;
    case '\'':
      buffer_text(p->to, "\\(aq");
      break;
    default:
      if (wide_at(text) && text[1] && text[2]) {
        buffer_bytes(p->to, text, 3);
        text += 2;
        if (may_break(text + 1)) buffer_text(p->to, "\\:");
      } else {
        buffer_bytes(p->to, text, 1);
      }
    }
  }
}

static void put_font(page *p, const char *font, const char *text) {
  buffer_format(p->to, "\\f%s", font);
  put_text(p, text);
  buffer_text(p->to, "\\fR");
}

static void put_line(page *p, const char *text) {
  put_text(p, text);
  buffer_text(p->to, "\n");
}

static void section(page *p, const char *en, const char *zh) {
  buffer_format(p->to, ".SH %s\n", p->in == LANGUAGE_ZH ? zh : en);
}

static void items(page *p, const named *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    buffer_text(p->to, ".TP\n");
    put_font(p, "B", rows[i].name);
    buffer_text(p->to, "\n");
    put_line(p, rows[i].meaning.in[p->in]);
  }
}

static void options_of(page *p, const option_row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    buffer_text(p->to, ".TP\n");
    put_font(p, "B", rows[i].name);
    if (rows[i].argument) {
      buffer_text(p->to, " ");
      put_font(p, "I", rows[i].argument);
    }
    buffer_text(p->to, "\n");
    put_line(p, rows[i].help.in[p->in]);
  }
}

static void examples(page *p, const char *lines) {
  if (!lines || !lines[0]) return;
  section(p, "EXAMPLES", "示例");
  while (*lines) {
    size_t length = strcspn(lines, "\n"), end = length;
    const char *remark = memmem(lines, length, " # ", 3);
    if (remark) end = (size_t)(remark - lines);
    while (end > 0 && lines[end - 1] == ' ') end--;
    buffer whole = {0};
    buffer_bytes(&whole, lines, end);
    buffer_text(p->to, ".TP\n");
    put_font(p, "B", whole.at);
    buffer_text(p->to, "\n");
    whole.length = 0;
    if (remark) buffer_bytes(&whole, remark + 3, length - (size_t)(remark - lines) - 3);
    if (whole.length)
      put_line(p, whole.at);
    else
      buffer_text(p->to, "\\&\n");
    buffer_free(&whole);
    lines += length + (lines[length] == '\n');
  }
}

static void exit_codes(page *p) {
  section(p, "EXIT STATUS", "退出状态");
  for (size_t i = 0; i < EXIT_ROWS; i++) {
    buffer_format(p->to, ".TP\n.B %d\n", exit_rows[i].code);
    put_line(p, exit_rows[i].meaning.in[p->in]);
  }
}

static void head(page *p, const char *name, const char *help) {
  buffer_text(p->to, ".\\\" made by: hongzhu manual\n.TH ");
  for (const char *at = name; *at; at++) {
    char letter = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    if (letter == '-') buffer_text(p->to, "\\");
    buffer_bytes(p->to, &letter, 1);
  }
  buffer_format(p->to, " 1 \"\" \"hongzhu %s\" \"%s\"\n", HONGZHU_VERSION, p->in == LANGUAGE_ZH ? "红烛" : "Hongzhu");
  /* Lines of Chinese are not stretched to the margin, and no word is cut. */
  buffer_text(p->to, ".nh\n.ad l\n");
  section(p, "NAME", "名称");
  put_text(p, name);
  buffer_format(p->to, " \\- %s\n", help); /* as it is: man -k reads it */
}

char *manual_name(arena *a, const command *of) {
  char *name = of ? arena_format(a, "hongzhu-%s", of->name) : arena_text(a, "hongzhu");
  for (char *at = name; *at; at++)
    if (*at == ' ') *at = '-';
  return name;
}

static void page_of_command(page *p, arena *a, const command *of) {
  head(p, manual_name(a, of), of->help.in[p->in]);
  section(p, "SYNOPSIS", "用法");
  put_font(p, "B", arena_format(a, "hongzhu %s", of->name));
  if (of->usage && of->usage[0]) {
    buffer_text(p->to, "\n");
    put_font(p, "I", of->usage);
  }
  buffer_text(p->to, "\n");
  section(p, "OPTIONS", "选项");
  options_of(p, of->options, of->options_count);
  options_of(p, common_options, common_options_count);
  examples(p, of->examples.in[p->in]);
  exit_codes(p);
  section(p, "SEE ALSO", "参见");
  buffer_text(p->to, ".BR hongzhu (1)\n");
}

static void page_of_program(page *p, arena *a) {
  static const said help = {{"一个地区的教师发展台账", "the ledger of a region's teacher development"}};
  static const said about[] = {
      {{"红烛记录谁参加了什么培训、有什么依据，按各地自己编写的规则判定，编制报告。",
        "Hongzhu keeps who was trained, in what, with what evidence; decides by the rules that a region writes; and "
        "makes "
        "its reports."}},
      {{"每个数都可以追溯到原始文件的那一行；导入的都可以撤销；发布过的报告可以逐字节重新算出。",
        "Every figure can be walked back to the row of the file it came from; whatever is imported can be undone; a "
        "report "
        "that was issued can be computed again byte for byte."}}};
  head(p, "hongzhu", help.in[p->in]);
  section(p, "SYNOPSIS", "用法");
  buffer_text(p->to, p->in == LANGUAGE_ZH ? ".B hongzhu\n\\fI命令\\fR [\\fI选项\\fR] [\\fI参数\\fR]\n"
                                          : ".B hongzhu\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]\n");
  section(p, "DESCRIPTION", "说明");
  for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
    if (i) buffer_text(p->to, ".PP\n");
    put_line(p, about[i].in[p->in]);
  }
  section(p, "COMMANDS", "命令");
  for (size_t i = 0; i < commands_count; i++) {
    buffer_text(p->to, ".TP\n.BR ");
    put_text(p, manual_name(a, commands[i]));
    buffer_text(p->to, " (1)\n");
    put_line(p, commands[i]->help.in[p->in]);
  }
  section(p, "OPTIONS OF ALL COMMANDS", "各命令共有的选项");
  options_of(p, common_options, common_options_count);
  exit_codes(p);
  section(p, "ENVIRONMENT", "环境变量");
  items(p, variables, sizeof variables / sizeof *variables);
  section(p, "FILES", "文件");
  items(p, files, sizeof files / sizeof *files);
}

void manual_page(buffer *to, const command *of, language in) {
  page p = {to, in};
  arena *a = arena_new();
  if (of)
    page_of_command(&p, a, of);
  else
    page_of_program(&p, a);
  arena_free(a);
}
