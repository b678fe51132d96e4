/* Which report is meant, and of whom: names, codes, and how a command writes them. */
#include "task/report.h"

#include <string.h>

/* The report meant where none is named: the only one, or the only one that the pack itself declares. */
static const report_declaration *only_own(const pack *p) {
  const report_declaration *found = NULL;
  size_t length = p->id ? strlen(p->id) : 0, own = 0;
  for (size_t i = 0; i < p->reports_count; i++) {
    const char *file = p->reports[i].where.file;
    if (!file || strncmp(file, p->id, length) != 0 || file[length] != '/') continue;
    found = &p->reports[i];
    own++;
  }
  if (own == 1) return found;
  return p->reports_count == 1 ? &p->reports[0] : NULL;
}

const report_declaration *report_named(const pack *p, const char *id, faults *problems) {
  const char **names = arena_array(p->memory, p->reports_count + 1, sizeof *names);
  char *known = arena_text(p->memory, "");
  for (size_t i = 0; i < p->reports_count; i++) {
    names[i] = p->reports[i].id;
    known = arena_format(p->memory, "%s%s%s", known, i ? ", " : "", names[i]);
  }
  if (!id && only_own(p)) return only_own(p);
  const report_declaration *found = id ? pack_report(p, id) : NULL;
  if (found) return found;
  if (!p->reports_count) {
    fault_add(problems, NOWHERE, "the pack \"%s\" declares no report", "规则包“%s”没有声明报告", p->id);
    fault_next(problems, "declare one: report { id = …, of = …, blocks = { … } }",
               "请声明：report { id = …, of = …, blocks = { … } }");
    return NULL;
  }
  if (!id) {
    fault_add(problems, NOWHERE, "the pack \"%s\" declares several reports", "规则包“%s”声明了多份报告", p->id);
    fault_next(problems, "name one of: %s", "请指定其中一份：%s", known);
    return NULL;
  }
  fault_add(problems, NOWHERE, "the pack \"%s\" has no report \"%s\"", "规则包“%s”没有报告“%s”", p->id, id);
  const char *near = text_nearest(id, names, p->reports_count);
  if (near)
    fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  else
    fault_next(problems, "its reports are: %s", "可用的报告：%s", known);
  return NULL;
}

static const char *const scope_options[FACT_TYPES] = {[FACT_COHORT] = "--cohort",
                                                      [FACT_PROGRAMME] = "--programme",
                                                      [FACT_ORGANIZATION] = "--organization",
                                                      [FACT_PERSON] = "--person"};

const char *scope_option_name(fact_type of) {
  return scope_options[of] ? scope_options[of] : "--cohort";
}

static const said type_words[FACT_TYPES] = {[FACT_PERSON] = {{"人员", "person"}},
                                            [FACT_ORGANIZATION] = {{"机构", "organization"}},
                                            [FACT_PROGRAMME] = {{"项目", "programme"}},
                                            [FACT_COHORT] = {{"批次", "cohort"}},
                                            [FACT_ENROLLMENT] = {{"参训", "enrollment"}}};

static bool type_fault(faults *problems, fact_type of, const char *en, const char *zh, const char *code) {
  char *english = arena_format(problems->memory, en, type_words[of].in[LANGUAGE_EN], code);
  char *chinese = arena_format(problems->memory, zh, type_words[of].in[LANGUAGE_ZH], code);
  return fault_add(problems, NOWHERE, "%s%.0s", "%.0s%s", english, chinese);
}

bool report_scope(const subjects *s, fact_type of, const char *code, figure_scope *out, faults *problems) {
  const fact_columns *t = &s->of[of];
  *out = (figure_scope){of, 0};
  if (of == FACT_NONE) return true;
  if (!code) {
    if (t->count == 1) return true;
    if (t->count == 0) return type_fault(problems, of, "there is no %s in the ledger%.0s", "台账中没有%s%.0s", "");
    type_fault(problems, of, "the ledger has several of the type %s, and it is not said which%.0s",
               "台账中有多个%s，没有指定是哪一个%.0s", "");
    return fault_next(problems, "name it with %s CODE", "请用 %s 编号 指定", scope_option_name(of));
  }
  uint32_t word = subjects_word(s, code), found = 0;
  for (uint32_t i = 0; word && i < t->count; i++)
    if (t->code[i] == word) {
      out->row = i;
      return true;
    }
  for (uint32_t i = 0; word && i < t->count; i++)
    if (t->name[i] == word) {
      out->row = i;
      found++;
    }
  if (found == 1) return true;
  if (found > 1) {
    type_fault(problems, of, "several of the type %s are named \"%s\"", "有多个%s名为“%s”", code);
    return fault_next(problems, "name it by its code", "请用编号指定");
  }
  type_fault(problems, of, "the ledger has no %s \"%s\"", "台账中没有%s“%s”", code);
  const char **names = arena_array(problems->memory, (size_t)t->count * 2 + 1, sizeof *names);
  size_t count = 0;
  for (uint32_t i = 0; i < t->count && i < 10000; i++) {
    if (t->code[i]) names[count++] = s->words[t->code[i]];
    if (t->name[i]) names[count++] = s->words[t->name[i]];
  }
  const char *near = text_nearest(code, names, count);
  if (near) return fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return fault_next(problems, "see what there is with: hongzhu status", "用 hongzhu status 查看已有内容");
}

char *scope_option(arena *a, const subjects *s, figure_scope scope, detail shown) {
  if (scope.type == FACT_NONE || !scope_options[scope.type]) return arena_text(a, "");
  const fact_columns *t = &s->of[scope.type];
  const char *code = s->words[t->code[scope.row]], *name = s->words[t->name[scope.row]];
  if (!code[0] && scope.type == FACT_PERSON && shown != DETAIL_FULL) name = mask_name(a, name);
  return arena_format(a, " %s %s", scope_options[scope.type], shell_word(a, code[0] ? code : name));
}

char *shell_word(arena *a, const char *text) {
  bool simple = text[0] != '\0';
  for (const char *c = text; *c && simple; c++)
    simple = (unsigned char)*c >= 0x80 || strchr("_-.:/=+,@%", *c) || (*c >= '0' && *c <= '9') ||
             (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z');
  if (simple) return arena_text(a, text);
  buffer quoted = {0};
  buffer_text(&quoted, "'");
  for (const char *c = text; *c; c++)
    if (*c == '\'')
      buffer_text(&quoted, "'\\''");
    else
      buffer_bytes(&quoted, c, 1);
  buffer_text(&quoted, "'");
  char *out = arena_text(a, quoted.at);
  buffer_free(&quoted);
  return out;
}
