/* pack check: whether a pack is sound. */
#include "cli/pack_take.h"
#include "cli/print.h"
#include "pack/entry.h"
#include "pack/lint.h"
#include "task/report.h"

#include <string.h>

/* ---- pack check ---- */

static size_t count_assumed(const pack *p) {
  size_t count = 0;
  for (size_t i = 0; i < p->parameters.count; i++) {
    bool assumed = false;
    for (size_t j = 0; j < p->parameters.items[i].entries_count; j++) {
      assumed = assumed || !p->parameters.items[i].entries[j].source;
    }
    count += assumed;
  }
  return count;
}

/* What only an import of its entries, or a report, would meet. */
static bool whole(call *c, const pack *p) {
  declaring to = {.memory = c->memory, .problems = c->problems, .text = &p->text};
  entry *entries;
  size_t count;
  bool good = entries_compile(&to, json_object_get(p->data, "declarations"), &p->kinds, &entries, &count);
  return report_check(p, c->problems) && good;
}

int pack_take(call *c, pack **out) {
  *out = NULL;
  const char *folder = pack_folder_find(c->memory, c->arguments[0], c->problems);
  if (!folder) return call_exit(c);
  *out = pack_from_folder(c->memory, folder, c->problems);
  if (*out && whole(c, *out)) return EXIT_DONE;
  *out = NULL;
  int code = call_exit(c);
  return code == EXIT_INPUT ? EXIT_NO : code;
}

/* ---- findings for machines ---- */

/* The code of a fault: what the compiler says has none of its own. */
static const char *code_of(const call *c, const lint *found, size_t at) {
  size_t first = c->problems->count - found->count;
  if (at >= first && found->count <= c->problems->count) return lint_names[found->codes[at - first]];
  return c->problems->items[at].warning ? "declaration-warning" : "declaration";
}

/* A file of the pack as the caller would open it: "mydistrict/rules/x.lua" for the folder that was named. */
static const char *file_of(const call *c, const pack *p, const fault *f) {
  const char *slash = f->where.file ? strchr(f->where.file, '/') : NULL;
  size_t own = p && p->id ? strlen(p->id) : 0;
  if (!slash || !p || !p->text.folder || (size_t)(slash - f->where.file) != own ||
      strncmp(f->where.file, p->id, own) != 0)
    return f->where.file ? f->where.file : "";
  return arena_format(c->memory, "%s%s", p->text.folder, slash);
}

static json_t *findings_json(const call *c, const pack *p, const lint *found) {
  json_t *list = json_array();
  for (size_t i = 0; i < c->problems->count; i++) {
    const fault *f = &c->problems->items[i];
    json_t *one =
        json_pack("{s:s, s:s, s:s, s:i, s:o}", "code", code_of(c, found, i), "level", f->warning ? "warning" : "error",
                  "file", file_of(c, p, f), "line", f->where.line, "what", json_words(f->what));
    if (f->next.in[LANGUAGE_EN]) json_object_set_new(one, "next", json_words(f->next));
    json_array_append_new(list, one);
  }
  return list;
}

static json_t *sarif_rules(void) {
  json_t *rules = json_array();
  json_array_append_new(rules, json_pack("{s:s, s:{s:s}}", "id", "declaration", "shortDescription", "text",
                                         "a declaration that cannot be used"));
  json_array_append_new(rules, json_pack("{s:s, s:{s:s}}", "id", "declaration-warning", "shortDescription", "text",
                                         "a declaration that is doubtful"));
  for (size_t i = 0; i < LINT_CODES; i++)
    json_array_append_new(rules, json_pack("{s:s, s:{s:s}}", "id", lint_names[i], "shortDescription", "text",
                                           lint_words[i].in[LANGUAGE_EN]));
  return rules;
}

/* SARIF 2.1.0 (OASIS), which code-review sites and editors read. Messages are in the language of the call. */
static void print_sarif(const call *c, const pack *p, const lint *found) {
  json_t *results = json_array();
  for (size_t i = 0; i < c->problems->count; i++) {
    const fault *f = &c->problems->items[i];
    const char *next = f->next.in[c->in];
    char *message = next ? arena_format(c->memory, c->in == LANGUAGE_ZH ? "%s；%s" : "%s; %s", f->what.in[c->in], next)
                         : arena_text(c->memory, f->what.in[c->in]);
    json_t *one = json_pack("{s:s, s:s, s:{s:s}}", "ruleId", code_of(c, found, i), "level",
                            f->warning ? "warning" : "error", "message", "text", message);
    if (f->where.file)
      json_object_set_new(one, "locations",
                          json_pack("[{s:{s:{s:s}, s:{s:i}}}]", "physicalLocation", "artifactLocation", "uri",
                                    file_of(c, p, f), "region", "startLine", f->where.line ? f->where.line : 1));
    json_array_append_new(results, one);
  }
  json_t *driver = json_pack("{s:s, s:s, s:o}", "name", "hongzhu", "version", HONGZHU_VERSION, "rules", sarif_rules());
  json_t *log = json_pack("{s:s, s:s, s:[{s:{s:o}, s:o}]}", "$schema", "https://json.schemastore.org/sarif-2.1.0.json",
                          "version", "2.1.0", "runs", "tool", "driver", driver, "results", results);
  json_dumpf(log, c->out, JSON_INDENT(2));
  fputc('\n', c->out);
  json_decref(log);
}

static void say_sound(const call *c, const pack *p) {
  print_line(c, "pack \"%s\" %s is sound", "规则包“%s” %s 没有问题", p->id, p->version);
  print_line(c, "  parameters %zu (assumed %zu), rules %zu, figures %zu, reports %zu, adapters %zu, cases %zu",
             "  参数 %zu 个（其中假定 %zu 个），规则 %zu 条，数字 %zu 个，报告 %zu 份，导入方式 %zu 种，案例 %zu 个",
             p->parameters.count, count_assumed(p), p->rules_count, p->figures_count, p->reports_count,
             p->adapters_count, p->cases_count);
}

static int check(call *c) {
  pack *p;
  lint found = {0};
  int code = pack_take(c, &p);
  if (!p && code != EXIT_NO) return code;
  if (p) pack_lint(p, c->memory, &found, c->problems);
  bool good = p && !found.count;
  if (call_has(c, "--sarif")) {
    print_sarif(c, p, &found);
    return good ? EXIT_DONE : EXIT_NO;
  }
  if (good) say_sound(c, p);
  json_t *answer =
      json_pack("{s:b, s:I, s:I, s:o}", "good", good, "errors", (json_int_t)c->problems->errors, "warnings",
                (json_int_t)(c->problems->count - c->problems->errors), "findings", findings_json(c, p, &found));
  if (p) {
    json_t *counts = json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "pack", p->id, "version", p->version,
                               "parameters", (json_int_t)p->parameters.count, "assumed", (json_int_t)count_assumed(p),
                               "rules", (json_int_t)p->rules_count, "figures", (json_int_t)p->figures_count, "reports",
                               (json_int_t)p->reports_count, "adapters", (json_int_t)p->adapters_count, "cases",
                               (json_int_t)p->cases_count);
    json_object_update(answer, counts);
    json_decref(counts);
  }
  print_json(c, answer);
  json_decref(answer);
  return good ? EXIT_DONE : EXIT_NO;
}

static const option_row check_options[] = {
    {"--sarif",
     NULL,
     {{"以 SARIF 2.1.0 输出，供代码审查网站和编辑器读取", "as SARIF 2.1.0, for code review and editors"}},
     false},
};

const command command_pack_check = {
    .name = "pack check",
    .usage = "FOLDER|ID [--sarif]",
    .help = {{"检查规则包：名称、类型、单位、日期、出处，以及从不读取、无从认定、无法达到的",
              "check a pack: names, types, units, dates, sources; what is never read, matched or met"}},
    .examples = {{"hongzhu pack check mydistrict\nhongzhu pack check mydistrict --sarif > findings.sarif",
                  "hongzhu pack check mydistrict\nhongzhu pack check mydistrict --sarif > findings.sarif"}},
    OPTIONS(check_options),
    .least = 1,
    .most = 1,
    .run = check,
};
