#include "task/rulebook.h"

#include "task/expr_words.h"

#include <string.h>

typedef struct book {
  arena *memory;
  const pack *pack;
  plain_page page;
  day on;
  language in;
} book;

static const char *pick(const book *b, const char *zh, const char *en) {
  return b->in == LANGUAGE_ZH ? zh : en;
}

/* ---- rules ---- */

static const char *subject_words(const book *b, fact_type of) {
  switch (of) {
  case FACT_PERSON:
    return pick(b, "每个人", "each person");
  case FACT_ENROLLMENT:
    return pick(b, "每次参训", "each placement or enrollment");
  case FACT_COHORT:
    return pick(b, "每个批次", "each cohort");
  case FACT_PROGRAMME:
    return pick(b, "每个项目", "each programme");
  default:
    return pick(b, "每个单位", "each organization");
  }
}

static char *window_words(const book *b, const dated_window *w) {
  char from[11] = "", until[11] = "";
  if (w->from != DAY_NONE) day_write(w->from, from);
  if (w->until != DAY_EVER) day_write(w->until, until);
  const char *by = w->by_period_start ? pick(b, "（按周期首日）", " (by the period's first day)") : "";
  if (*from && *until) return arena_format(b->memory, pick(b, "%s 至 %s%s", "%s to %s%s"), from, until, by);
  if (*from) return arena_format(b->memory, pick(b, "自 %s 起%s", "from %s on%s"), from, by);
  return arena_format(b->memory, pick(b, "至 %s 止%s", "until %s%s"), until, by);
}

static void said_line(book *b, const char *zh, const char *en, const char *what) {
  page_paragraph(&b->page, arena_format(b->memory, pick(b, "%s：%s", "%s: %s"), pick(b, zh, en), what));
}

static char *condition_words(const book *b, const rule *r, int32_t node) {
  return words_of_expression(b->memory, b->pack, &r->program, node, b->on, b->in);
}

static char *need_note(const book *b, const rule *r, const need *n) {
  buffer out = {0};
  buffer_text(&out, "");
  if (n->when >= 0) buffer_format(&out, pick(b, "当：%s ", "when: %s "), condition_words(b, r, n->when));
  if (n->unless >= 0) buffer_format(&out, pick(b, "除外：%s ", "except: %s "), condition_words(b, r, n->unless));
  if (n->suspended.there) buffer_format(&out, pick(b, "暂停：%s ", "suspended: %s "), window_words(b, &n->suspended));
  if (n->in_force.there) buffer_format(&out, pick(b, "施行：%s ", "in force: %s "), window_words(b, &n->in_force));
  if (n->implied) buffer_text(&out, pick(b, "由其他要求推出 ", "follows from the others "));
  char *text = arena_text(b->memory, out.at);
  buffer_free(&out);
  size_t length = strlen(text);
  if (length) text[length - 1] = 0;
  return text;
}

static void titled(book *b, const char *title, const char *id) {
  page_heading(&b->page, 3,
               text_same(title, id) ? id : arena_format(b->memory, pick(b, "%s（%s）", "%s (%s)"), title, id));
}

static void rule_page(book *b, const rule *r) {
  titled(b, r->title.in[b->in], r->id);
  said_line(b, "对象", "about", subject_words(b, r->of));
  if (r->period >= 0) said_line(b, "周期", "period", b->pack->periods[r->period].title.in[b->in]);
  if (r->applies >= 0) said_line(b, "适用", "applies where", condition_words(b, r, r->applies));
  if (r->exempt >= 0) said_line(b, "免除", "exempt where", condition_words(b, r, r->exempt));
  if (r->in_force.there) said_line(b, "施行", "in force", window_words(b, &r->in_force));
  if (r->suspended.there) said_line(b, "暂停", "suspended", window_words(b, &r->suspended));
  if (r->way == RULE_DECIDE)
    said_line(b, "认定方式", "decided by", pick(b, "规则包中的函数", "a function of the pack"));
  if (r->way == RULE_NATIVE) said_line(b, "认定方式", "decided by", r->native);
  for (size_t i = 0; i < r->gives_count; i++)
    said_line(b, "输出", "gives",
              arena_format(b->memory, "%s = %s", r->gives[i].name, condition_words(b, r, r->gives[i].node)));
  if (!r->needs_count) return;
  const char *const titles[] = {pick(b, "要求", "need"), pick(b, "内容", "what is asked"), pick(b, "说明", "remark")};
  page_table(&b->page, titles, 3);
  for (size_t i = 0; i < r->needs_count; i++) {
    const need *n = &r->needs[i];
    const char *const cells[] = {n->title.in[b->in], words_of_need(b->memory, b->pack, r, n, b->on, b->in),
                                 need_note(b, r, n)};
    page_row(&b->page, cells);
  }
  page_table_end(&b->page);
}

static void groups_page(book *b) {
  for (size_t i = 0; i < b->pack->groups_count; i++) {
    const declared_group *g = &b->pack->groups[i];
    titled(b, g->title.in[b->in], g->id);
    if (g->among >= 0) said_line(b, "范围", "among", b->pack->rules[g->among].title.in[b->in]);
    for (size_t k = 0; k < g->limits_count; k++) {
      day next;
      const parameter *p = g->limits[k].at_most.parameter;
      const parameter_entry *e = p ? parameter_on(p, b->on, &next) : NULL;
      fraction most = e ? e->number : g->limits[k].at_most.number;
      page_item(&b->page, arena_format(b->memory, pick(b, "%s：至多 %s", "%s: at most %s"),
                                       g->limits[k].title.in[b->in], fraction_text(b->memory, most)));
    }
  }
}

/* ---- recognition ---- */

static void recognition_page(book *b, const recognition *r) {
  titled(b, r->title.in[b->in], r->id);
  const char *const titles[] = {pick(b, "认定为", "counts as"), pick(b, "条件", "where"), pick(b, "折算", "for")};
  page_table(&b->page, titles, 3);
  for (size_t i = 0; i < r->lines_count; i++) {
    const recognition_line *line = &r->lines[i];
    const expr_node *n = line->rate >= 0     ? &r->program.nodes[line->rate]
                         : line->amount >= 0 ? &r->program.nodes[line->amount]
                                             : NULL;
    const char *worth = pick(b, "按原数量", "its own amount");
    if (n && n->op == OP_PARAMETER && n->limit.parameter)
      worth = n->limit.parameter->title.in[b->in];
    else if (n)
      worth = words_of_expression(b->memory, b->pack, &r->program, line->rate >= 0 ? line->rate : line->amount, b->on,
                                  b->in);
    const char *const cells[] = {line->title.in[b->in],
                                 words_of_match(b->memory, b->pack, &line->when, NULL, b->on, b->in), worth};
    page_row(&b->page, cells);
  }
  page_table_end(&b->page);
  page_paragraph(&b->page, arena_format(b->memory, pick(b, "其余：%s%s", "otherwise: %s%s"), r->otherwise.in[b->in],
                                        r->review ? pick(b, "（需人工复核）", " (to be reviewed)") : ""));
}

/* ---- parameters ---- */

static char *entry_words(const book *b, const parameter *p, const parameter_entry *e) {
  if (p->form == PARAMETER_DAY) {
    char *text = arena_take(b->memory, 11);
    day_write(e->day, text);
    return text;
  }
  if (p->form == PARAMETER_NUMBER) return fraction_text(b->memory, e->number);
  buffer list = {0};
  for (size_t i = 0; i < e->words_count; i++)
    buffer_format(&list, "%s%s %s", i ? pick(b, "，", ", ") : "",
                  words_of_word(b->pack, p->by, e->words[i].word, b->in), fraction_text(b->memory, e->words[i].value));
  char *text = arena_text(b->memory, list.at ? list.at : "");
  buffer_free(&list);
  return text;
}

static void parameters_page(book *b) {
  const char *const titles[] = {pick(b, "参数", "parameter"), pick(b, "名称", "title"), pick(b, "起始日期", "from"),
                                pick(b, "取值", "value"),     pick(b, "单位", "unit"),  pick(b, "出处", "source")};
  if (!b->pack->parameters.count) return;
  page_heading(&b->page, 2, pick(b, "参数及其沿革", "parameters over time"));
  page_table(&b->page, titles, 6);
  for (size_t i = 0; i < b->pack->parameters.count; i++) {
    const parameter *p = &b->pack->parameters.items[i];
    for (size_t k = 0; k < p->entries_count; k++) {
      const parameter_entry *e = &p->entries[k];
      char *from = arena_take(b->memory, 11);
      day_write(e->from, from);
      const char *origin = e->source;
      if (!origin) origin = arena_format(b->memory, pick(b, "假定：%s", "assumed: %s"), e->assumed.in[b->in]);
      const char *const cells[] = {k ? NULL : p->id,
                                   k ? NULL : p->title.in[b->in],
                                   from,
                                   entry_words(b, p, e),
                                   k ? NULL : pack_unit(b->pack, p->unit, b->in),
                                   origin};
      page_row(&b->page, cells);
    }
  }
  page_table_end(&b->page);
}

/* ---- cases ---- */

static const char *expected_words(const book *b, const json_t *expect) {
  static const outcome all[] = {OUTCOME_UNMET, OUTCOME_MET, OUTCOME_UNKNOWN, OUTCOME_NOT_APPLICABLE};
  const char *name = json_member_text(expect, "outcome");
  for (size_t i = 0; name && i < 4; i++)
    if (!strcmp(name, outcome_name(all[i]))) return outcome_said(all[i]).in[b->in];
  return pick(b, "见案例", "see the case");
}

/* A title may say the same in both languages, "中文 / English". */
static const char *case_title(const book *b, const char *title) {
  const char *slash = strstr(title, " / ");
  if (!slash) return title;
  size_t code = strspn(title, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"); /* "S4: " stays with either */
  if (b->in == LANGUAGE_EN && code && title[code] == ':')
    return arena_format(b->memory, "%.*s: %s", (int)code, title, slash + 3);
  return b->in == LANGUAGE_ZH ? arena_text_of(b->memory, title, (size_t)(slash - title))
                              : arena_text(b->memory, slash + 3);
}

static void cases_page(book *b) {
  if (!b->pack->cases_count) return;
  page_heading(&b->page, 2, pick(b, "案例", "examples"));
  const char *const titles[] = {pick(b, "案例", "case"), pick(b, "规则", "rule"), pick(b, "判定日", "on"),
                                pick(b, "结果", "outcome")};
  page_table(&b->page, titles, 4);
  for (size_t i = 0; i < b->pack->cases_count; i++) {
    const json_t *one = b->pack->cases[i], *expect = json_object_get(one, "expect");
    const char *title = json_member_text(one, "title"), *of = json_member_text(expect, "rule");
    if (!of) of = json_member_text(expect, "selection");
    const char *const cells[] = {title ? case_title(b, title) : NULL, of, json_member_text(one, "on"),
                                 expected_words(b, expect)};
    page_row(&b->page, cells);
  }
  page_table_end(&b->page);
}

/* ---- figures ---- */

static void figures_page(book *b) {
  if (!b->pack->figures_count) return;
  page_heading(&b->page, 2, pick(b, "数字", "figures"));
  const char *const titles[] = {pick(b, "数字", "figure"), pick(b, "名称", "title"), pick(b, "单位", "unit"),
                                pick(b, "含义", "meaning")};
  page_table(&b->page, titles, 4);
  for (size_t i = 0; i < b->pack->figures_count; i++) {
    const figure *f = &b->pack->figures[i];
    const char *const cells[] = {f->id, f->title.in[b->in], pack_unit(b->pack, f->unit, b->in),
                                 f->definition.in[b->in]};
    page_row(&b->page, cells);
  }
  page_table_end(&b->page);
}

static void others_page(book *b) {
  for (size_t i = 0; i < b->pack->reports_count; i++) {
    if (!i) page_heading(&b->page, 2, pick(b, "报告", "reports"));
    page_item(&b->page, arena_format(b->memory, pick(b, "%s（%s）", "%s (%s)"), b->pack->reports[i].title.in[b->in],
                                     b->pack->reports[i].id));
  }
  for (size_t i = 0; i < b->pack->adapters_count; i++) {
    if (!i) page_heading(&b->page, 2, pick(b, "导入方式", "adapters"));
    page_item(&b->page, arena_format(b->memory, pick(b, "%s（%s）", "%s (%s)"), b->pack->adapters[i].title.in[b->in],
                                     b->pack->adapters[i].id));
  }
}

char *rulebook_write(arena *a, const pack *p, page_form form, day on, language in) {
  book b = {.memory = a, .pack = p, .on = on, .in = in};
  char today[11];
  day_write(on, today);
  page_begin(&b.page, a, form, in, p->title.in[in]);
  page_paragraph(&b.page, arena_format(a, pick(&b, "规则包 %s %s；取值按 %s", "pack %s %s; values as of %s"), p->id,
                                       p->version, today));
  bool any = false;
  for (size_t i = 0; i < p->rules_count; i++) {
    if (p->rules[i].way == RULE_GROUP) continue;
    if (!any) page_heading(&b.page, 2, pick(&b, "规则", "rules"));
    any = true;
    rule_page(&b, &p->rules[i]);
  }
  if (p->groups_count) page_heading(&b.page, 2, pick(&b, "遴选、覆盖、系列", "selections, coverages, series"));
  groups_page(&b);
  if (p->recognitions_count) page_heading(&b.page, 2, pick(&b, "认定", "recognition"));
  for (size_t i = 0; i < p->recognitions_count; i++) recognition_page(&b, &p->recognitions[i]);
  parameters_page(&b);
  figures_page(&b);
  others_page(&b);
  cases_page(&b);
  return page_end(&b.page);
}
