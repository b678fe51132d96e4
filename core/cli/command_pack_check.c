/* pack check: whether a pack is sound. */
#include "cli/pack_take.h"
#include "cli/print.h"
#include "pack/entry.h"
#include "task/report.h"

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

static int check(call *c) {
  pack *p;
  int code = pack_take(c, &p);
  if (!p) {
    if (code == EXIT_NO && c->json) {
      json_t *answer = json_pack("{s:b, s:I}", "good", 0, "errors", (json_int_t)c->problems->errors);
      print_json(c, answer);
      json_decref(answer);
    }
    return code;
  }
  size_t assumed = count_assumed(p);
  print_line(c, "pack \"%s\" %s is sound", "规则包“%s” %s 没有问题", p->id, p->version);
  print_line(c, "  parameters %zu (assumed %zu), rules %zu, figures %zu, reports %zu, adapters %zu, cases %zu",
             "  参数 %zu 个（其中假定 %zu 个），规则 %zu 条，数字 %zu 个，报告 %zu 份，导入方式 %zu 种，案例 %zu 个",
             p->parameters.count, assumed, p->rules_count, p->figures_count, p->reports_count, p->adapters_count,
             p->cases_count);
  json_t *answer = json_pack("{s:b, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "good", 1, "pack", p->id, "version",
                             p->version, "parameters", (json_int_t)p->parameters.count, "assumed", (json_int_t)assumed,
                             "rules", (json_int_t)p->rules_count, "figures", (json_int_t)p->figures_count, "reports",
                             (json_int_t)p->reports_count, "adapters", (json_int_t)p->adapters_count, "cases",
                             (json_int_t)p->cases_count);
  print_json(c, answer);
  json_decref(answer);
  return EXIT_DONE;
}

const command command_pack_check = {
    .name = "pack check",
    .usage = "FOLDER|ID",
    .help = {{"检查规则包：名称、类型、单位、日期、出处", "check a pack: names, types, units, dates, sources"}},
    .examples = {{"hongzhu pack check mydistrict", "hongzhu pack check mydistrict"}},
    .least = 1,
    .most = 1,
    .run = check,
};
