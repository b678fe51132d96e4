#include "decode.h"
#include "guess_kind.h"
#include "say.h"
#include "split.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const hongzhu_option options[] = {
    {sizeof(hongzhu_option), "encoding", "auto|utf-8|utf-16le|utf-16be|gbk|gb18030|big5|big5-hkscs|latin1", "auto",
     "文件的编码；auto 自动识别 UTF-8、UTF-16 和 GB18030（含 GBK）",
     "the file's encoding; auto finds UTF-8, UTF-16 and GB18030 (with GBK) by itself"},
    {sizeof(hongzhu_option), "separator", "text", "auto", "分隔符：auto、tab 或一个字符，如 , ; |",
     "the separator: auto, tab or one character such as , ; |"},
    {sizeof(hongzhu_option), "quote", "text", "\"", "引号：一个字符，或 none 表示没有引号",
     "the quote: one character, or none for no quotes at all"},
    {sizeof(hongzhu_option), "comment", "text", "none", "以此字符开头的行不读；none 表示没有这样的行",
     "lines that begin with this character are passed over; none for no such lines"},
};

/* ---- options ---- */

static bool is_word(hongzhu_text t, const char *word) {
  return t.at && t.length == strlen(word) && memcmp(t.at, word, t.length) == 0;
}

/* A character that can structure a file: printed ASCII that is no part of a word, or a tab. */
static bool is_mark(hongzhu_text t) {
  return t.at && t.length == 1 && (t.at[0] == '\t' || (t.at[0] > ' ' && t.at[0] < 0x7F)) &&
         !strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", t.at[0]);
}

static int bad_option(const hongzhu_read *io, const char *name, hongzhu_text t) {
  return say(
      io, 0, "选项 %s 不能是“%.*s”：应为一个标点字符，或 hongzhu plugin show csv 列出的词",
      "the option %s cannot be \"%.*s\": give one punctuation character, or a word that hongzhu plugin show csv lists",
      name, (int)(t.length < 64 ? t.length : 64), t.at ? t.at : "");
}

typedef struct wishes {
  bool any_encoding, any_separator;
  decode_encoding encoding;
  split_format format;
} wishes;

static int read_options(const hongzhu_read *io, wishes *w) {
  *w = (wishes){.any_separator = true, .format = {',', '"', 0}};
  hongzhu_text t = io->option(io->host, "encoding");
  w->any_encoding = !t.at || is_word(t, "auto");
  if (!w->any_encoding && !decode_named(t.at, t.length, &w->encoding)) return bad_option(io, "encoding", t);

  t = io->option(io->host, "separator");
  if (t.at && !is_word(t, "auto")) {
    w->any_separator = false;
    if (is_word(t, "tab"))
      w->format.separator = '\t';
    else if (is_mark(t))
      w->format.separator = t.at[0];
    else
      return bad_option(io, "separator", t);
  }
  t = io->option(io->host, "quote");
  if (t.at && is_word(t, "none"))
    w->format.quote = 0;
  else if (t.at && is_mark(t))
    w->format.quote = t.at[0];
  else if (t.at)
    return bad_option(io, "quote", t);
  t = io->option(io->host, "comment");
  if (t.at && is_mark(t))
    w->format.comment = t.at[0];
  else if (t.at && !is_word(t, "none"))
    return bad_option(io, "comment", t);

  if (!w->any_separator && w->format.separator == w->format.quote)
    return say(io, 0, "选项 separator 和 quote 是同一个字符“%c”：请改其中一个",
               "the options separator and quote are the same character \"%c\": change one of them", w->format.quote);
  return HONGZHU_OK;
}

/* ---- the encoding ---- */

/* The line of a byte in a file whose line ends are ASCII bytes. */
static uint64_t line_of(const uint8_t *bytes, size_t offset) {
  uint64_t line = 1;
  for (size_t i = 0; i < offset; i++) line += bytes[i] == '\n' ? i == 0 || bytes[i - 1] != '\r' : bytes[i] == '\r';
  return line;
}

/* A few bytes as a person can search for them: "FF FE". */
static const char *in_hex(char out[16], const uint8_t *at, const uint8_t *end) {
  size_t used = 0;
  for (int i = 0; i < 4 && at + i < end; i++)
    used += (size_t)snprintf(out + used, 16 - used, i ? " %02X" : "%02X", (unsigned)at[i]);
  return out;
}

static int find_encoding(const hongzhu_read *io, const wishes *w, decode_encoding *encoding, size_t *mark) {
  const uint8_t *bytes = io->input->bytes;
  size_t length = (size_t)io->input->length;
  char hex[16];
  *mark = 0;
  if (!w->any_encoding) {
    *encoding = w->encoding;
    decode_encoding marked;
    if (!decode_mark(bytes, length, &marked, mark) || marked == w->encoding) return HONGZHU_OK;
    if (*mark == 2 && w->encoding != DECODE_UTF_8 && w->encoding != DECODE_UTF_16LE && w->encoding != DECODE_UTF_16BE) {
      *mark = 0; /* FF FE and FE FF can be letters in other encodings */
      return HONGZHU_OK;
    }
    return say(io, 1, "文件开头的标记说明它是 %s，而选项 encoding 是 %s：请去掉这个选项",
               "the file begins with the mark of %s, but the option encoding is %s: leave the option out",
               decode_name(marked), decode_name(w->encoding));
  }
  decode_finding found = decode_find(bytes, length);
  *encoding = found.encoding;
  *mark = found.mark;
  uint64_t line = found.certainty >= DECODE_EITHER ? line_of(bytes, found.offset) : 0;
  if (found.certainty == DECODE_UNCLEAR)
    return say(io, line,
               "认不出文件的编码：不是 UTF-8（字节 %s），按 GB18030 读又不像中文；"
               "请用选项 encoding 指明，如 big5、latin1、gb18030",
               "the encoding cannot be told: it is not UTF-8 (bytes %s), and as GB18030 it does not read like Chinese; "
               "name it with the option encoding, such as big5, latin1, gb18030",
               in_hex(hex, bytes + found.offset, bytes + length));
  if (found.certainty == DECODE_EITHER)
    return say(io, line,
               "认不出文件的编码：字节 %s 按 UTF-8 和 GB18030 都读得通；请用选项 encoding 指明，或另存为带标记的 UTF-8",
               "the encoding cannot be told: the bytes %s can be UTF-8 and GB18030 alike; "
               "name it with the option encoding, or save the file as UTF-8 with a mark",
               in_hex(hex, bytes + found.offset, bytes + length));
  if (found.certainty == DECODE_NONE)
    return say(io, line,
               "认不出文件的编码：字节 %s 既不是 UTF-8，也不是 GB18030；请用选项 encoding 指明，或另存为 UTF-8",
               "the encoding cannot be told: the bytes %s are neither UTF-8 nor GB18030; "
               "name it with the option encoding, or save the file as UTF-8",
               in_hex(hex, bytes + found.offset, bytes + length));
  return HONGZHU_OK;
}

/* ---- reading ---- */

static int give_row(void *context, uint64_t line, const hongzhu_text *cells, uint32_t count) {
  const hongzhu_read *io = context;
  hongzhu_row row = {sizeof row, 0, line, count, cells};
  return io->row(io->host, &row);
}

static int say_problem(const hongzhu_read *io, const splitter *s, split_problem problem) {
  uint64_t row = split_row_line(s);
  unsigned column = split_column(s);
  switch (problem) {
  case SPLIT_FINE:
    return HONGZHU_OK;
  case SPLIT_STOPPED:
    return split_stopped_with(s);
  case SPLIT_NUL:
    return say(io, row, "第 %llu 行第 %u 列有空字符（NUL）：文件已损坏或不是文本，请重新导出",
               "there is a NUL character in line %llu, column %u: the file is damaged or no text, export it again",
               (unsigned long long)split_line(s), column);
  case SPLIT_AFTER:
    return say(io, row, "第 %u 列的引号结束之后还有文字：引号里的引号应写两遍",
               "there is text after the closing quote in column %u: a quote that is meant must be written twice",
               column);
  case SPLIT_OPEN:
    return say(
        io, row, "第 %u 列的引号没有结束：请补上引号，或用选项 quote=none 把引号当作普通字符",
        "the quote in column %u is never closed: close it, or take quotes as they are with the option quote=none",
        column);
  case SPLIT_TOO_WIDE:
    return say(io, row, "这一行超过 %u 列：分隔符可能不对，请用选项 separator 指明",
               "the row has more than %u columns: the separator may be another, name it with the option separator",
               SPLIT_COLUMNS_MOST);
  case SPLIT_TOO_LONG:
    return split_in_quotes(s)
               ? say(io, row, "第 %u 列的引号过了 8 MB 还没有结束：请补上引号，或用选项 quote=none",
                     "the quote in column %u is not closed within 8 MB: close it, or use the option quote=none", column)
               : say(io, row, "这一行超过 8 MB（第 %u 列）：文件可能不是表格",
                     "the row is longer than 8 MB (column %u): the file may not be a table", column);
  case SPLIT_MEMORY:
    break;
  }
  return say(io, row, "读到第 %u 列时内存不够", "out of memory at column %u", column);
}

static int say_wrong_bytes(const hongzhu_read *io, const decoder *d, const splitter *s, decode_result result) {
  char hex[16];
  if (result == DECODE_MISSING)
    return say(io, 0, "这台机器的 C 库不能转换编码 %s：请安装它的转换表，或把文件另存为 UTF-8",
               "the C library of this machine cannot convert %s: install its converters, or save the file as UTF-8",
               decode_name(d->encoding));
  if (result == DECODE_CUT)
    return say(io, split_line(s), "文件在一个字符中间结束（字节 %s，编码 %s）：文件不完整，请重新导出或传送",
               "the file ends inside a character (bytes %s, encoding %s): it is incomplete, export or send it again",
               in_hex(hex, d->at, d->end), decode_name(d->encoding));
  return say(io, split_line(s),
             "字节 %s 不是 %s 编码（第 %u 列）：文件已损坏或混用了编码，请改正或用选项 encoding 指明",
             "the bytes %s are not %s (column %u): the file is damaged or mixes encodings, "
             "correct it or name another with the option encoding",
             in_hex(hex, d->at, d->end), decode_name(d->encoding), split_column(s));
}

/* Excel's own first line: "sep=;". True if it is there; `skip` is its length. */
static bool excel_line(const char *text, size_t length, char *separator, size_t *skip) {
  if (length < 5 || strncasecmp(text, "sep=", 4) != 0) return false;
  if (length > 5 && text[5] != '\r' && text[5] != '\n') return false;
  if (!is_mark((hongzhu_text){text + 4, 1})) return false;
  *separator = text[4];
  *skip = 5;
  return true;
}

static int read_decoded(const hongzhu_read *io, const wishes *w, decoder *d) {
  const char *text = "";
  size_t length = 0;
  decode_result result = decode_next(d, &text, &length);
  if (result != DECODE_BLOCK) length = 0;
  split_format format = w->format;
  size_t skip = 0;
  char named = 0;
  bool has_line = excel_line(text, length, &named, &skip);
  if (w->any_separator)
    format.separator = has_line ? named : split_guess(text, length, d->at == d->end, format.quote, format.comment);
  splitter *s = split_new(&format, give_row, (void *)(uintptr_t)io);
  if (!s) return say(io, 0, "内存不够", "out of memory");
  split_problem problem = SPLIT_FINE;
  while (result == DECODE_BLOCK && problem == SPLIT_FINE) {
    if (HONGZHU_HAS(io, used) && io->used) io->used(io->host, (uint64_t)(d->at - io->input->bytes));
    problem = split_text(s, text + skip, length - skip);
    skip = 0;
    if (problem == SPLIT_FINE) result = decode_next(d, &text, &length);
  }
  int outcome = HONGZHU_OK;
  if (problem == SPLIT_FINE && result != DECODE_END) {
    outcome = say_wrong_bytes(io, d, s, result);
  } else {
    if (problem == SPLIT_FINE) problem = split_end(s);
    outcome = say_problem(io, s, problem);
  }
  split_free(s);
  return outcome;
}

static int read_csv(void *context, const hongzhu_read *io) {
  (void)context;
  wishes w;
  if (read_options(io, &w) != HONGZHU_OK) return HONGZHU_FAILED;
  if (io->input->length == 0) return HONGZHU_OK;
  const guess_kind *kind = guess_kind_of(io->input->bytes, (size_t)io->input->length);
  if (kind) {
    const char *zh = kind->zh, *en = kind->en;
    char zh_text[256], en_text[256];
    snprintf(zh_text, sizeof zh_text, "这不是 CSV，似乎是%s：请用它自己的程序另存为 CSV，或换用相应的读取器", zh);
    snprintf(en_text, sizeof en_text, "this is not CSV, it seems to be %s: save it as CSV, or use the reader for it",
             en);
    return say_texts(io, 0, zh_text, en_text);
  }
  decode_encoding encoding;
  size_t mark;
  if (find_encoding(io, &w, &encoding, &mark) != HONGZHU_OK) return HONGZHU_FAILED;
  decoder d;
  if (!decode_open(&d, encoding, io->input->bytes + mark, (size_t)io->input->length - mark))
    return say(io, 0, "内存不够", "out of memory");
  int outcome = read_decoded(io, &w, &d);
  decode_close(&d);
  return outcome;
}

/* ---- being sure ---- */

static bool named_as_table(hongzhu_text name) {
  static const char *const endings[] = {".csv", ".tsv", ".txt", ".tab"};
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
    if (name.at && name.length >= 4 && strncasecmp(name.at + name.length - 4, endings[i], 4) == 0) return true;
  return false;
}

#define PROBE_MOST ((size_t)64 << 10)

/* Text that decodes: 40, with a separator in it 60, and 30 more under a name that says so. */
static int probe_csv(void *context, const hongzhu_input *input) {
  (void)context;
  size_t length = (size_t)input->length;
  int named = named_as_table(input->name) ? 30 : 0;
  if (length == 0) return named;
  if (guess_kind_of(input->bytes, length)) return 0;
  if (length > PROBE_MOST) {
    /* Not within a character: up to a line's end, if there is one. */
    const uint8_t *line_end = memrchr(input->bytes, '\n', PROBE_MOST);
    length = line_end ? (size_t)(line_end - input->bytes) : PROBE_MOST;
    if (length == 0) length = 1;
  }
  decode_finding found = decode_find(input->bytes, length);
  if (found.certainty >= DECODE_EITHER) return named / 3;
  decoder d;
  if (!decode_open(&d, found.encoding, input->bytes + found.mark, length - found.mark)) return 0;
  const char *text = "";
  size_t decoded = 0;
  int sure = 0;
  if (decode_next(&d, &text, &decoded) == DECODE_BLOCK && !memchr(text, 0, decoded)) {
    bool separated = false;
    for (size_t i = 0; i < decoded && !separated; i++) separated = strchr(",\t;|", text[i]) != NULL;
    sure = (separated ? 60 : 40) + named;
  }
  decode_close(&d);
  return sure;
}

static const hongzhu_reader csv_reader = {
    sizeof(hongzhu_reader),
    "csv",
    "CSV 文本表格",
    "CSV text tables",
    "csv tsv txt tab",
    options,
    sizeof options / sizeof options[0],
    NULL,
    probe_csv,
    read_csv,
};

static const hongzhu_reader *const readers[] = {&csv_reader};

static const hongzhu_plugin plugin = {
    .size = sizeof(hongzhu_plugin),
    .abi_minor = HONGZHU_ABI_MINOR,
    .name = "csv",
    .version = HONGZHU_VERSION,
    .license = "Apache-2.0",
    .title_zh = "CSV 读取",
    .title_en = "reading CSV",
    .readers = readers,
    .readers_count = 1,
};

HONGZHU_EXPORT const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
