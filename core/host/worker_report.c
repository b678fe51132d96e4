/* How a worker died and where it was last seen, in words; faults as frames. */
#include "base/system.h"
#include "host/box.h"
#include "host/confine.h"
#include "host/worker_wire.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

/* ---- where it was last seen ---- */

typedef struct page_word {
  const char *says;
  said words;
} page_word;

static const page_word page_words[] = {
    {"load", {{"（当时正在加载插件）", " while the plugin was being loaded"}}},
    {"table", {{"（当时正在检查插件提供的内容）", " while what the plugin offers was being checked"}}},
    {"probe", {{"（当时正在判断文件格式）", " while it was asked whether the file is its own"}}},
    {"begin", {{"", ""}}},
};

/* The words of a status page, which may be forged: anything that is no text is left out. */
static said page_where(arena *a, const worker_page *page) {
  char says[WORKER_SAYS_MOST];
  memcpy(says, page->says, sizeof says);
  says[sizeof says - 1] = '\0';
  size_t length = strlen(says);
  if (length == 0 || !text_is_utf8(says, length)) return (said){{"", ""}};
  for (size_t i = 0; i < sizeof page_words / sizeof *page_words; i++) {
    if (strcmp(says, page_words[i].says) == 0) return page_words[i].words;
  }
  long long number = page->number > 0 ? page->number : 0; /* none is negative */
  int sheet = 0, used = 0;
  said out;
  if (strcmp(says, "row") == 0 && number > 0) {
    out.in[LANGUAGE_EN] = arena_format(a, ", last seen at row %lld", number);
    out.in[LANGUAGE_ZH] = arena_format(a, "，最后停在第 %lld 行", number);
  } else if (sscanf(says, "sheet %9d%n", &sheet, &used) == 1 && says[used] == '\0') {
    out.in[LANGUAGE_EN] = arena_format(a, ", last seen at sheet %d, row %lld", sheet, number);
    out.in[LANGUAGE_ZH] = arena_format(a, "，最后停在第 %d 个工作表第 %lld 行", sheet, number);
  } else if (number != 0) {
    out.in[LANGUAGE_EN] = arena_format(a, ", last seen at \"%s %lld\"", says, number);
    out.in[LANGUAGE_ZH] = arena_format(a, "，最后停在“%s %lld”", says, number);
  } else {
    out.in[LANGUAGE_EN] = arena_format(a, ", last seen at \"%s\"", says);
    out.in[LANGUAGE_ZH] = arena_format(a, "，最后停在“%s”", says);
  }
  return out;
}

/* ---- how it died ---- */

static said died_by_signal(arena *a, const worker_death *d) {
  int signal = WTERMSIG(d->status);
  switch (signal) {
  case SIGSEGV:
    return said_format(a, "crashed (segmentation fault)", "崩溃（段错误）");
  case SIGBUS:
    return said_format(a, "crashed (bus error: memory or a file that is not there)",
                       "崩溃（总线错误：访问了不存在的内存或文件内容）");
  case SIGFPE:
    return said_format(a, "crashed (arithmetic error)", "崩溃（算术错误）");
  case SIGILL:
  case SIGTRAP:
    return said_format(a, "crashed (illegal instruction)", "崩溃（非法指令）");
  case SIGABRT:
    return said_format(a, "gave itself up (abort)", "自行中止（abort）");
  case SIGXCPU:
    return said_format(a, "computed for more than %u seconds and was stopped", "计算超过 %u 秒，已被停止",
                       d->seconds_in_all);
  case SIGXFSZ:
    return said_format(a, "wrote more to a file than is allowed and was stopped", "写入文件的内容超过限制，已被停止");
  case SIGSYS:
    return said_format(a, "tried what foreign code may not do and was stopped", "试图进行不允许的操作，已被停止");
  case SIGKILL:
    return said_format(a, "was killed, by the system for want of memory or by somebody",
                       "被强行结束（系统内存不足，或有人将其结束）");
  default:
    return said_format(a, "ended by signal %d", "因信号 %d 结束", signal);
  }
}

static said died_by_status(arena *a, const worker_death *d) {
  int status = WEXITSTATUS(d->status);
  char name[32];
  switch (status) {
  case WORKER_REFUSED: {
    const char *call = confine_call_name(d->page.refused, name);
    if (!call) call = "?";
    return said_format(a, "tried what foreign code may not do (system call \"%s\") and was stopped",
                       "试图进行不允许的操作（系统调用“%s”），已被停止", call);
  }
  case WORKER_OUT_OF_MEMORY:
    return said_format(a, "needed more memory than the %llu MiB that it may have", "所需内存超过允许的 %llu MiB",
                       (unsigned long long)(d->memory >> 20));
  case BOX_EXIT_TIME:
    return said_format(a, "was still computing after it had been told to stop, and was ended",
                       "被要求停止后仍在运算，已被结束");
  case WORKER_UNCONFINED:
    return said_format(a, "was not run: it could not be confined (%s%.0s)", "没有运行：无法为其设置隔离（%.0s%s）",
                       SYSTEM_WORDS(d->page.reason > 0 && d->page.reason < 200 ? d->page.reason : 0));
  case WORKER_NO_ROLE:
    return said_format(a, "was not run: the worker does not know its task", "没有运行：工作进程不认识这项任务");
  case 0:
    if (!d->end_frame) return said_format(a, "ended before it had finished", "没有完成就退出了");
    return said_format(a, "sent more after its end", "结束之后又送来内容");
  default:
    if (d->end_frame) return said_format(a, "ended badly (exit status %d)", "没有正常结束（退出状态 %d）", status);
    return said_format(a, "ended before it had finished (exit status %d)", "没有完成就退出了（退出状态 %d）", status);
  }
}

static said died(arena *a, const worker_death *d) {
  switch (d->end) {
  case WORKER_ENDED_SILENT:
    return said_format(a, "made no progress for %u seconds and was stopped", "%u 秒内没有进展，已被停止", d->seconds);
  case WORKER_ENDED_SLOW:
    return said_format(a, "did not finish within %u seconds and was stopped", "%u 秒内没有完成，已被停止",
                       d->seconds_in_all);
  case WORKER_ENDED_GARBAGE:
    return said_format(a, "sent what is no answer (type %u, %u bytes) and was stopped",
                       "送来无法识别的内容（类型 %u，%u 字节），已被停止", d->type, d->length);
  case WORKER_ENDED_FORGED:
    return said_format(a, "sent an end that does not fit what it sent before, and was stopped",
                       "送出的结束标记与此前送出的内容不符，已被停止");
  case WORKER_ENDED_FLOOD:
    return said_format(a, "sent without end and was stopped", "不停地送出内容，已被停止");
  case WORKER_ENDED_ITSELF:
    break;
  }
  return WIFSIGNALED(d->status) ? died_by_signal(a, d) : died_by_status(a, d);
}

/* A crash is often the answer to memory that was refused. */
static said died_near_limit(arena *a, const worker_death *d, said how) {
  if (!WIFSIGNALED(d->status) || d->end != WORKER_ENDED_ITSELF || d->resident < d->memory / 4 * 3) return how;
  return said_format(a, "%s%.0s, having used %llu of the %llu MiB that it may have",
                     "%.0s%s，此前已占用内存 %llu MiB，上限为 %llu MiB", how.in[LANGUAGE_EN], how.in[LANGUAGE_ZH],
                     (unsigned long long)(d->resident >> 20), (unsigned long long)(d->memory >> 20));
}

void worker_report(const worker_death *death, faults *problems) {
  arena *a = arena_new();
  said how = died_near_limit(a, death, died(a, death)), where = page_where(a, &death->page);
  /* Each language passes over the words of the other: %.0s prints nothing. */
  fault_add(problems, NOWHERE, "%s%.0s %s%.0s%s%.0s", "%.0s%s%.0s%s%.0s%s", death->doing.in[LANGUAGE_EN],
            death->doing.in[LANGUAGE_ZH], how.in[LANGUAGE_EN], how.in[LANGUAGE_ZH], where.in[LANGUAGE_EN],
            where.in[LANGUAGE_ZH]);
  fault_next(problems, "nothing was changed; tell whoever made it", "没有改动任何数据；请告知其作者");
  fault_mark(problems, FAULT_FOREIGN);
  arena_free(a);
}

/* ---- faults on their way ---- */

char *worker_fault_text(arena *a, const fault *f) {
  json_t *value = json_object();
  const place *p = &f->where;
  if (p->file) json_object_set_new(value, "file", json_string(p->file));
  if (p->sheet) json_object_set_new(value, "sheet", json_string(p->sheet));
  if (p->column) json_object_set_new(value, "column", json_string(p->column));
  json_object_set_new(value, "row", json_integer(p->row));
  json_object_set_new(value, "line", json_integer(p->line));
  json_object_set_new(value, "what", json_words(f->what));
  if (f->next.in[LANGUAGE_EN]) json_object_set_new(value, "next", json_words(f->next));
  json_object_set_new(value, "warning", json_boolean(f->warning));
  json_object_set_new(value, "foreign", json_boolean(f->kind == FAULT_FOREIGN));
  char *text = json_canonical(a, value);
  json_decref(value);
  return text;
}

#define SAID_MOST 4096

static const char *said_member(const json_t *object, const char *key, language in) {
  const char *text = json_member_text(json_object_get(object, key), in == LANGUAGE_ZH ? "zh" : "en");
  return text && strlen(text) <= SAID_MOST ? text : NULL;
}

static const char *place_member(const json_t *object, const char *key) {
  const char *text = json_member_text(object, key);
  return text && strlen(text) <= SAID_MOST ? text : NULL;
}

bool worker_fault_read(const frame *f, faults *problems, bool *warning) {
  json_t *value = json_loadb((const char *)f->bytes, f->length, 0, NULL);
  const char *zh = said_member(value, "what", LANGUAGE_ZH), *en = said_member(value, "what", LANGUAGE_EN);
  if (!zh || !en) {
    json_decref(value);
    return false;
  }
  int64_t line = json_member_integer(value, "line", 0), row = json_member_integer(value, "row", 0);
  place where = {place_member(value, "file"), place_member(value, "sheet"), row > 0 ? row : 0,
                 place_member(value, "column"), line > 0 && line < INT32_MAX ? (int)line : 0};
  *warning = json_is_true(json_object_get(value, "warning"));
  if (*warning)
    fault_warn(problems, where, "%s%.0s", "%.0s%s", en, zh);
  else
    fault_add(problems, where, "%s%.0s", "%.0s%s", en, zh);
  zh = said_member(value, "next", LANGUAGE_ZH);
  en = said_member(value, "next", LANGUAGE_EN);
  if (zh && en) fault_next(problems, "%s%.0s", "%.0s%s", en, zh);
  if (json_is_true(json_object_get(value, "foreign"))) fault_mark(problems, FAULT_FOREIGN);
  json_decref(value);
  return true;
}
