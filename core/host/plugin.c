#include "host/plugin.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define END_OF(type, member) (offsetof(type, member) + sizeof(((type *)NULL)->member))

/* ---- texts ---- */

bool plugin_name_good(const char *text) {
  if (!text || text[0] < 'a' || text[0] > 'z') return false;
  size_t length = strnlen(text, PLUGIN_NAME_MOST + 1);
  if (length > PLUGIN_NAME_MOST) return false;
  for (size_t i = 0; i < length; i++) {
    bool good = (text[i] >= 'a' && text[i] <= 'z') || (text[i] >= '0' && text[i] <= '9') || text[i] == '_';
    if (!good) return false;
  }
  return true;
}

bool plugin_text_good(const char *text) {
  if (!text || !text[0]) return false;
  size_t length = strnlen(text, PLUGIN_TEXT_MOST + 1);
  if (length > PLUGIN_TEXT_MOST || !text_is_utf8(text, length)) return false;
  for (size_t i = 0; i < length; i++) {
    if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F) return false;
  }
  return true;
}

bool plugin_extensions_good(const char *text, bool several) {
  if (!plugin_text_good(text)) return false;
  char before = ' ';
  for (const char *at = text; *at; before = *at++) {
    bool letter = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9');
    if (!letter && !(several && *at == ' ' && before != ' ')) return false;
  }
  return before != ' ';
}

static const char *const simple_types[] = {"text", "whole", "truth"};

bool plugin_option_type_good(const char *type) {
  if (!plugin_text_good(type)) return false;
  for (size_t i = 0; i < 3; i++) {
    if (strcmp(type, simple_types[i]) == 0) return true;
  }
  /* a|b|c: at least two words */
  bool bar = false;
  char before = '|';
  for (const char *at = type; *at; before = *at++) {
    if (*at == '|' && before == '|') return false;
    if (*at == '|')
      bar = true;
    else if (*at == ' ')
      return false;
  }
  return bar && before != '|';
}

bool plugin_option_value_good(const char *type, const char *value) {
  if (strcmp(type, "text") == 0) return text_is_utf8(value, strlen(value));
  if (strcmp(type, "truth") == 0) return strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
  if (strcmp(type, "whole") == 0) {
    size_t digits = strspn(value + (value[0] == '-'), "0123456789");
    return digits > 0 && digits <= 18 && value[digits + (value[0] == '-')] == '\0';
  }
  size_t length = strcspn(value, "|");
  if (value[length] != '\0') return false;
  for (const char *at = type; length > 0; at++) {
    if (strncmp(at, value, length) == 0 && (at[length] == '|' || at[length] == '\0')) return true;
    at = strchr(at, '|');
    if (!at) return false;
  }
  return false;
}

bool plugin_piece_good(hongzhu_text text, size_t most) {
  return !text.at || (text.length <= most && text_is_utf8(text.at, text.length));
}

/* ---- checking a table ---- */

typedef struct check {
  arena *memory;
  faults *problems;
  const char *file;
  said subject; /* the part of the table being checked, with a blank before it in English; "" for the whole */
} check;

static bool wrong(check *c, const char *en, const char *zh, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

static bool wrong(check *c, const char *en, const char *zh, ...) {
  va_list arguments;
  va_start(arguments, zh);
  said what = said_format_list(c->memory, en, zh, arguments);
  va_end(arguments);
  /* Each language passes over the words of the other: %.0s prints nothing. */
  return fault_add(c->problems, NOWHERE, "plugin \"%s\"%s%.0s: %s%.0s", "插件“%s”%.0s%s：%.0s%s", c->file,
                   c->subject.in[LANGUAGE_EN], c->subject.in[LANGUAGE_ZH], what.in[LANGUAGE_EN], what.in[LANGUAGE_ZH]);
}

/* A text of the plugin as it may be shown. */
static const char *shown(check *c, const char *text) {
  if (!text) return "";
  size_t length = strnlen(text, 40);
  return text_is_utf8(text, length) ? arena_text_of(c->memory, text, length) : "?";
}

static void check_name(check *c, const char *name) {
  if (!name)
    wrong(c, "it has no name", "没有名称");
  else if (!plugin_name_good(name))
    wrong(c, "its name \"%s\" is no name: a lower-case letter, then letters, digits and _, at most %d",
          "名称“%s”不合规定：应以小写字母开头，其后为小写字母、数字或下划线，最多 %d 个字符", shown(c, name),
          PLUGIN_NAME_MOST);
}

static void check_text(check *c, const char *text, const char *what) {
  if (!plugin_text_good(text))
    wrong(c, "its %s is missing or is no text (UTF-8, at most %d bytes, no control characters)",
          "其 %s 缺失，或不是合格的文字（UTF-8，最多 %d 字节，不含控制字符）", what, PLUGIN_TEXT_MOST);
}

/* Copies a struct as far as its size reaches; false if it does not reach the last field of version 1.0. */
static bool take(check *c, const void *from, size_t least, void *to, size_t size) {
  if (!from) return wrong(c, "it is missing from its list (a null pointer)", "列表中缺少该项（空指针）");
  uint32_t given;
  memcpy(&given, from, sizeof given);
  if (given < least)
    return wrong(
        c, "its size %u is smaller than that of version 1.0 (%zu): it does not say its size, or is older than any",
        "其大小 %u 小于 1.0 版的大小（%zu）：没有写明大小，或版本过旧", given, least);
  memset(to, 0, size);
  memcpy(to, from, given < size ? given : size);
  return true;
}

static void at_item(check *c, const char *en, const char *zh, uint32_t position, const char *name) {
  if (plugin_name_good(name)) {
    c->subject.in[LANGUAGE_EN] = arena_format(c->memory, ", %s \"%s\"", en, name);
    c->subject.in[LANGUAGE_ZH] = arena_format(c->memory, "的%s“%s”", zh, name);
  } else {
    c->subject.in[LANGUAGE_EN] = arena_format(c->memory, ", %s %u", en, position + 1);
    c->subject.in[LANGUAGE_ZH] = arena_format(c->memory, "的第 %u 个%s", position + 1, zh);
  }
}

static const hongzhu_option *check_options(check *c, const hongzhu_option *options, uint32_t count) {
  said subject = c->subject;
  if (count > PLUGIN_OPTIONS_MOST) {
    wrong(c, "it has %u options, more than %d", "有 %u 个选项，超过 %d 个", count, PLUGIN_OPTIONS_MOST);
    return NULL;
  }
  if (count > 0 && !options) {
    wrong(c, "its options are missing (a null pointer)", "缺少选项列表（空指针）");
    return NULL;
  }
  hongzhu_option *copies = arena_array(c->memory, count, sizeof *copies);
  const char *at = (const char *)options;
  for (uint32_t i = 0; i < count; i++) {
    hongzhu_option *o = &copies[i];
    c->subject.in[LANGUAGE_EN] = arena_format(c->memory, "%s, option %u", subject.in[LANGUAGE_EN], i + 1);
    c->subject.in[LANGUAGE_ZH] = arena_format(c->memory, "%s第 %u 个选项", subject.in[LANGUAGE_ZH], i + 1);
    if (!take(c, at, END_OF(hongzhu_option, help_en), o, sizeof *o)) break;
    at += o->size; /* rows of a newer or older struct are as wide as they say */
    check_name(c, o->name);
    check_text(c, o->help_zh, "help_zh");
    check_text(c, o->help_en, "help_en");
    if (!plugin_option_type_good(o->type))
      wrong(c, "its type \"%s\" is none of text, whole, truth, a|b|c", "类型“%s”不是 text、whole、truth 或 a|b|c 之一",
            shown(c, o->type));
    else if (o->otherwise && !plugin_option_value_good(o->type, o->otherwise))
      wrong(c, "its default \"%s\" is not of type %s", "默认值“%s”不符合类型 %s", shown(c, o->otherwise), o->type);
    for (uint32_t j = 0; j < i; j++) {
      if (plugin_name_good(o->name) && text_same(copies[j].name, o->name))
        wrong(c, "the name \"%s\" is taken by option %u", "名称“%s”已被第 %u 个选项使用", o->name, j + 1);
    }
  }
  c->subject = subject;
  return copies;
}

static void check_reader(check *c, hongzhu_reader *r) {
  check_name(c, r->name);
  check_text(c, r->title_zh, "title_zh");
  check_text(c, r->title_en, "title_en");
  if (!plugin_extensions_good(r->extensions, true))
    wrong(c, "its extensions \"%s\" are not words of lower-case letters and digits, one blank between them",
          "扩展名“%s”应为小写字母和数字组成的词，以一个空格分隔", shown(c, r->extensions));
  r->options = check_options(c, r->options, r->options_count);
  if (!r->probe) wrong(c, "its callback \"probe\" is missing", "缺少回调“probe”");
  if (!r->read) wrong(c, "its callback \"read\" is missing", "缺少回调“read”");
}

static void check_writer(check *c, hongzhu_writer *w) {
  check_name(c, w->name);
  check_text(c, w->title_zh, "title_zh");
  check_text(c, w->title_en, "title_en");
  check_text(c, w->mime, "mime");
  if (!plugin_extensions_good(w->extension, false))
    wrong(c, "its extension \"%s\" is not one word of lower-case letters and digits",
          "扩展名“%s”应为一个由小写字母和数字组成的词", shown(c, w->extension));
  w->options = check_options(c, w->options, w->options_count);
  uint32_t unknown = w->needs & ~(uint32_t)(HONGZHU_NEEDS_FOLDER | HONGZHU_NEEDS_FONTS);
  if (unknown)
    wrong(c, "it needs what this program does not have (needs 0x%x): a newer program may",
          "需要本程序没有的支持（needs 0x%x）：请换用较新的程序", unknown);
  if (!w->write) wrong(c, "its callback \"write\" is missing", "缺少回调“write”");
}

static void check_rule(check *c, hongzhu_rule *r) {
  check_name(c, r->name);
  check_text(c, r->title_zh, "title_zh");
  check_text(c, r->title_en, "title_en");
  if (!r->decide) wrong(c, "its callback \"decide\" is missing", "缺少回调“decide”");
}

static bool check_list(check *c, const void *list, uint32_t count, const char *en, const char *zh) {
  if (count > PLUGIN_OFFERS_MOST)
    return wrong(c, "it says that it has %u %ss%.0s, more than %d", "声称有 %u 个%.0s%s，超过 %d 个", count, en, zh,
                 PLUGIN_OFFERS_MOST);
  if (count > 0 && !list)
    return wrong(c, "its list of %ss%.0s is missing (a null pointer)", "缺少%.0s%s列表（空指针）", en, zh);
  return true;
}

static void check_taken(check *c, const char *name, const char *other, uint32_t position) {
  if (plugin_name_good(name) && text_same(name, other))
    wrong(c, "its name is taken by number %u of the same list", "名称已被同一列表中的第 %u 项使用", position + 1);
}

/* The three lists differ in nothing but types. */
#define CHECK_LIST(c, p, list, count, en, zh, kind, last, check_one)                                                   \
  do {                                                                                                                 \
    if (!check_list((c), (p)->about.list, (p)->about.count, (en), (zh))) break;                                        \
    (p)->list = arena_array((c)->memory, (p)->about.count, sizeof(kind));                                              \
    for (uint32_t i = 0; i < (p)->about.count; i++) {                                                                  \
      at_item((c), (en), (zh), i, NULL);                                                                               \
      if (!take((c), (p)->about.list[i], END_OF(kind, last), &(p)->list[i], sizeof(kind))) continue;                   \
      at_item((c), (en), (zh), i, (p)->list[i].name);                                                                  \
      check_one((c), &(p)->list[i]);                                                                                   \
      for (uint32_t j = 0; j < i; j++) check_taken((c), (p)->list[i].name, (p)->list[j].name, j);                      \
    }                                                                                                                  \
    (c)->subject = (said){{"", ""}};                                                                                   \
  } while (0)

static void check_table(check *c, plugin *p) {
  hongzhu_plugin *about = &p->about;
  check_name(c, about->name);
  check_text(c, about->version, "version");
  check_text(c, about->license, "license");
  check_text(c, about->title_zh, "title_zh");
  check_text(c, about->title_en, "title_en");
  if (about->contact) check_text(c, about->contact, "contact");
  if (about->readers_count == 0 && about->writers_count == 0 && about->rules_count == 0)
    wrong(c, "it offers nothing: no reader, no writer, no rule", "没有提供任何读取器、输出器或规则");
  CHECK_LIST(c, p, readers, readers_count, "reader", "读取器", hongzhu_reader, read, check_reader);
  CHECK_LIST(c, p, writers, writers_count, "writer", "输出器", hongzhu_writer, write, check_writer);
  CHECK_LIST(c, p, rules, rules_count, "rule", "规则", hongzhu_rule, decide, check_rule);
}

/* ---- loading ---- */

static const hongzhu_host host_table = {
    .size = sizeof(hongzhu_host), .abi_minor = HONGZHU_ABI_MINOR, .version = HONGZHU_VERSION};

/* The entry point of another major version, if there is one: 0 if not. */
static int other_major(void *library) {
  for (int major = 1; major < 100; major++) {
    char name[32];
    snprintf(name, sizeof name, "hongzhu_plugin_%d", major);
    if (major != HONGZHU_ABI_MAJOR && dlsym(library, name)) return major;
  }
  return 0;
}

bool plugin_load(arena *a, const char *file, plugin *out, faults *problems) {
  const char *base = strrchr(file, '/');
  *out = (plugin){.file = base ? base + 1 : file};
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *reason = dlerror();
    fault_add(problems, NOWHERE, "plugin \"%s\" cannot be loaded: %s", "插件“%s”无法加载：“%s”", out->file,
              reason && text_is_utf8(reason, strlen(reason)) ? reason : "?");
    return fault_next(problems, "a library that it links to may be missing, or it is no shared object for this machine",
                      "可能缺少它所链接的库，或它不是适用于本机的共享库");
  }
  union { /* ISO C converts no object pointer to a function pointer */
    void *symbol;
    hongzhu_entry *call;
  } entry = {dlsym(library, HONGZHU_ENTRY_NAME)};
  if (!entry.symbol) {
    int major = other_major(library);
    if (major) {
      fault_add(problems, NOWHERE, "plugin \"%s\" is made for major version %d of the interface, this program has %d",
                "插件“%s”是为接口第 %d 主版本制作的，本程序为第 %d 主版本", out->file, major, HONGZHU_ABI_MAJOR);
      return fault_next(problems, "get the plugin for this program's version", "请取得与本程序版本相应的插件");
    }
    fault_add(problems, NOWHERE, "plugin \"%s\" has no entry point \"%s\"", "插件“%s”没有入口“%s”", out->file,
              HONGZHU_ENTRY_NAME);
    return fault_next(problems, "it is another kind of library, or the entry point is not exported (HONGZHU_EXPORT)",
                      "它可能是其他用途的库，或入口没有导出（HONGZHU_EXPORT）");
  }
  const hongzhu_plugin *table = entry.call(&host_table);
  check c = {a, problems, out->file, {{"", ""}}};
  if (!table)
    return wrong(&c, "its entry point returned nothing: it does not work with hongzhu %s, interface %d.%d",
                 "入口没有返回内容：它不能用于 hongzhu %s（接口 %d.%d）", HONGZHU_VERSION, HONGZHU_ABI_MAJOR,
                 HONGZHU_ABI_MINOR);
  size_t before = problems->errors;
  if (take(&c, table, END_OF(hongzhu_plugin, rules_count), &out->about, sizeof out->about)) check_table(&c, out);
  return problems->errors == before;
}

/* ---- finding ---- */

static const void *named(const plugin *p, const void *items, size_t size, size_t offset, uint32_t count,
                         const char *name, const char *en, const char *zh, faults *problems) {
  const char *names[PLUGIN_OFFERS_MOST];
  for (uint32_t i = 0; i < count; i++) {
    memcpy(&names[i], (const char *)items + i * size + offset, sizeof names[i]);
    if (text_same(names[i], name)) return (const char *)items + i * size;
  }
  fault_add(problems, NOWHERE, "plugin \"%s\" offers no %s%.0s \"%s\"", "插件“%s”没有提供%.0s%s“%s”", p->file, en, zh,
            name);
  const char *near = text_nearest(name, names, count);
  if (near) fault_next(problems, "did you mean \"%s\"?", "是不是“%s”？", near);
  return NULL;
}

const hongzhu_reader *plugin_reader(const plugin *p, const char *name, faults *problems) {
  return named(p, p->readers, sizeof(hongzhu_reader), offsetof(hongzhu_reader, name), p->about.readers_count, name,
               "reader", "读取器", problems);
}

const hongzhu_writer *plugin_writer(const plugin *p, const char *name, faults *problems) {
  return named(p, p->writers, sizeof(hongzhu_writer), offsetof(hongzhu_writer, name), p->about.writers_count, name,
               "writer", "输出器", problems);
}

const hongzhu_rule *plugin_rule(const plugin *p, const char *name, faults *problems) {
  return named(p, p->rules, sizeof(hongzhu_rule), offsetof(hongzhu_rule, name), p->about.rules_count, name, "rule",
               "规则", problems);
}
