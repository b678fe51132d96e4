#include "task/doctor.h"

#include "base/json.h"
#include "base/program.h"
#include "host/foreign.h"
#include "host/protection.h"
#include "host/versions.h"
#include "ledger/health.h"
#include "pack/pack.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <utf8proc.h>

/* ---- findings ---- */

finding *finding_add(findings *to, finding_state state, const char *id, said what, const char *en, const char *zh,
                     ...) {
  va_list arguments;
  finding *f = ARENA_PUSH(to->memory, to->items, to->count, to->capacity);
  *f = (finding){.state = state, .id = id, .what = what};
  va_start(arguments, zh);
  f->found = said_format_list(to->memory, en, zh, arguments);
  va_end(arguments);
  to->problems += state == FINDING_PROBLEM;
  return f;
}

void finding_next(findings *to, finding *of, const char *en, const char *zh, ...) {
  va_list arguments;
  va_start(arguments, zh);
  of->next = said_format_list(to->memory, en, zh, arguments);
  va_end(arguments);
}

size_t finding_faults(findings *to, const char *id, said what, finding_state state, const faults *found) {
  for (size_t i = 0; i < found->count; i++) {
    const fault *f = &found->items[i];
    const char *en = place_text(to->memory, f->where, LANGUAGE_EN), *zh = place_text(to->memory, f->where, LANGUAGE_ZH);
    finding *one = finding_add(to, f->warning && state == FINDING_PROBLEM ? FINDING_NOTICE : state, id, what,
                               "%s%s%s%.0s%.0s%.0s", "%.0s%.0s%.0s%s%s%s", en, en[0] ? ": " : "",
                               f->what.in[LANGUAGE_EN], zh, zh[0] ? "：" : "", f->what.in[LANGUAGE_ZH]);
    if (f->next.in[LANGUAGE_EN])
      finding_next(to, one, "%s%.0s", "%.0s%s", f->next.in[LANGUAGE_EN], f->next.in[LANGUAGE_ZH]);
  }
  return found->count;
}

/* ---- program ---- */

static void versions(findings *to) {
  struct utsname kernel;
  const char *release = uname(&kernel) == 0 ? kernel.release : "?";
  finding_add(to, FINDING_FINE, "program", (said){{"程序", "program"}},
              "hongzhu %s, plugin interface %d.%d, ledger format %d", "红烛 %s，插件接口 %d.%d，台账格式 %d",
              HONGZHU_VERSION, HONGZHU_ABI_MAJOR, HONGZHU_ABI_MINOR, health_format());
  finding_add(to, FINDING_FINE, "libraries", (said){{"所用的库", "libraries"}},
              "SQLite %s, Lua %s, libsodium %s, jansson %s, utf8proc %s, libseccomp %s; Linux %s",
              "SQLite %s，Lua %s，libsodium %s，jansson %s，utf8proc %s，libseccomp %s；Linux %s", health_sqlite(),
              version_lua(), sodium_version_string(), jansson_version_str(), utf8proc_version(),
              version_seccomp(to->memory), release);
}

static void place_of_program(findings *to) {
  static const said what = {{"程序位置", "where it is"}};
  const char *file = program_file(to->memory);
  if (file != NULL) {
    finding_add(to, FINDING_FINE, "place", what, "%s", "%s", file);
    return;
  }
  finding *f = finding_add(to, FINDING_PROBLEM, "place", what,
                           "the program cannot find itself: /proc cannot be read, so no plugin and no pack can be run",
                           "程序找不到自身：无法读取 /proc，因此不能运行插件和规则包");
  finding_next(to, f, "mount /proc in the container", "请在容器中挂载 /proc");
}

static bool utf8_named(const char *name) {
  return name != NULL && (strcasestr(name, "utf-8") != NULL || strcasestr(name, "utf8") != NULL);
}

static void locale_of(findings *to) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  static const said what = {{"区域设置", "locale"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *given = getenv(names[i]);
    if (given == NULL || given[0] == '\0') continue;
    if (utf8_named(given)) {
      finding_add(to, FINDING_FINE, "locale", what, "%s=%s", "%s=%s", names[i], given);
    } else {
      finding *f =
          finding_add(to, FINDING_NOTICE, "locale", what, "%s=%s is not UTF-8: Chinese may not be readable here",
                      "%s=%s 不是UTF-8：此处可能无法正常显示中文", names[i], given);
      finding_next(to, f, "set LANG=zh_CN.UTF-8 or LANG=C.UTF-8; --lang chooses the language of messages",
                   "请设置 LANG=zh_CN.UTF-8 或 LANG=C.UTF-8；用 --lang 选择语言");
    }
    return;
  }
  finding *f = finding_add(to, FINDING_NOTICE, "locale", what, "none is set: Chinese may not be readable here",
                           "没有设置：此处可能无法正常显示中文");
  finding_next(to, f, "set LANG=zh_CN.UTF-8 or LANG=C.UTF-8", "请设置 LANG=zh_CN.UTF-8 或 LANG=C.UTF-8");
}

static void memory_file(findings *to) {
  static const said what = {{"内存文件", "memory files"}};
  int descriptor = memfd_create("doctor", MFD_CLOEXEC);
  if (descriptor >= 0) {
    close(descriptor);
    return;
  }
  finding *f = finding_add(to, FINDING_PROBLEM, "memory_file", what,
                           "the system gives none (memfd_create): no report can be made",
                           "系统不提供（memfd_create）：无法编制报告");
  finding_next(to, f, "let the container through to memfd_create", "请在容器中放行 memfd_create");
}

static void protections(findings *to) {
  protection all[PROTECTIONS];
  protections_offered(to->memory, all);
  for (size_t i = 0; i < PROTECTIONS; i++) {
    const protection *p = &all[i];
    bool plain = p->present && (p->because.in[LANGUAGE_EN] == NULL || p->because.in[LANGUAGE_EN][0] == '\0');
    finding *f =
        finding_add(to, p->present ? FINDING_FINE : FINDING_NOTICE, p->id, p->name, "%s%.0s", "%.0s%s",
                    plain ? "in effect" : p->because.in[LANGUAGE_EN], plain ? "有效" : p->because.in[LANGUAGE_ZH]);
    if (p->next.in[LANGUAGE_EN] != NULL && p->next.in[LANGUAGE_EN][0] != '\0')
      finding_next(to, f, "%s%.0s", "%.0s%s", p->next.in[LANGUAGE_EN], p->next.in[LANGUAGE_ZH]);
  }
}

/* ---- plugins and packs ---- */

static bool of_kind(const offers *all, offer_kind kind) {
  for (size_t i = 0; i < all->count; i++)
    if (all->items[i].kind == kind) return true;
  return false;
}

/* Each was asked in a worker: that it is listed says that it answered. */
static void plugins(findings *to) {
  static const said what = {{"插件", "plugin"}}, whats = {{"插件", "plugins"}};
  faults *said_of = faults_new(to->memory);
  offers all = {0};
  offers_ask(to->memory, &all, said_of);
  for (size_t i = 0; i < all.count; i++) {
    const offer *o = &all.items[i];
    bool named = false;
    for (size_t k = 0; k < i; k++) named = named || text_same(all.items[k].file, o->file);
    if (!named)
      finding_add(to, FINDING_FINE, "plugin", what, "%s %s answers: %s", "%s %s 应答：%s", o->plugin, o->plugin_version,
                  o->file);
  }
  finding_faults(to, "plugin", what, FINDING_PROBLEM, said_of);
  for (size_t i = 0; i < said_of->count; i++) { /* one that cannot be loaded is only warned about elsewhere */
    finding *f = &to->items[to->count - 1 - i];
    if (f->state == FINDING_NOTICE) to->problems++;
    f->state = FINDING_PROBLEM;
  }
  if (of_kind(&all, OFFER_READER) && of_kind(&all, OFFER_WRITER)) return;
  finding *f = finding_add(to, FINDING_PROBLEM, "plugins", whats,
                           of_kind(&all, OFFER_READER) ? "there is no writer: no report can be made"
                                                       : "there is no reader: no file can be imported",
                           of_kind(&all, OFFER_READER) ? "没有输出器：无法编制报告" : "没有读取器：无法导入文件");
  finding_next(to, f, "install the program anew, or let HONGZHU_PLUGINS name their folder",
               "请重新安装，或用 HONGZHU_PLUGINS 指明插件所在文件夹");
}

static void packs(findings *to) {
  static const said what = {{"规则包", "packs"}};
  const char **ids, **folders;
  size_t count = pack_folders(to->memory, &ids, &folders);
  const char *names = "";
  for (size_t i = 0; i < count; i++) names = arena_format(to->memory, "%s%s%s", names, i ? ", " : "", ids[i]);
  if (count > 0) {
    finding_add(to, FINDING_FINE, "packs", what, "%zu in folders: %s", "文件夹中有 %zu 个：%s", count, names);
    return;
  }
  finding *f = finding_add(to, FINDING_NOTICE, "packs", what, "none were found in folders", "没有在文件夹中找到");
  finding_next(to, f, "let HONGZHU_PACKS name their folder, or give the folder itself: hongzhu pack use FOLDER",
               "请用 HONGZHU_PACKS 指明所在文件夹，或直接写文件夹：hongzhu pack use 文件夹");
}

void doctor_examine(const doctor_request *request, findings *out) {
  versions(out);
  place_of_program(out);
  locale_of(out);
  memory_file(out);
  protections(out);
  plugins(out);
  packs(out);
  doctor_ledger(request, out);
}
