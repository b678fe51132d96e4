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

/* When each period begins, how long it lasts, where its years begin and where what spans two belongs. */
static void periods_page(book *b) {
  static const said spans[] = {
      [SPANNING_ENDS] = {{"跨期的算在结束的一期", "what spans two belongs to the one it ends in"}},
      [SPANNING_STARTS] = {{"跨期的算在开始的一期", "what spans two belongs to the one it starts in"}},
      [SPANNING_SPLIT] = {{"跨期的按天数分摊", "what spans two is shared by its days"}}};
  static const said names[] = {{{" 年", " years"}}, {{" 个月", " months"}}, {{" 天", " days"}}};
  for (size_t i = 0; i < b->pack->periods_count; i++) {
    const period *p = &b->pack->periods[i];
    const declared_kind *kind = p->starts_fact ? kinds_named(&b->pack->kinds, p->starts_fact) : NULL;
    char first[11] = "", *year = arena_text(b->memory, ""), *length = arena_text(b->memory, "");
    const int lasts[] = {p->years, p->months, p->days};
    for (size_t k = 0; k < 3; k++)
      if (lasts[k])
        length = arena_format(b->memory, "%s%s%d%s", length, *length ? " " : "", lasts[k], names[k].in[b->in]);
    if (p->starts != DAY_NONE) day_write(p->starts, first);
    const char *from = *first ? first : kind ? kind->title.in[b->in] : "";
    if (p->year_month != 1 || p->year_day != 1)
      year = arena_format(b->memory, pick(b, "，一年自 %02d-%02d 起", ", a year from %02d-%02d on"), p->year_month,
                          p->year_day);
    if (!i) page_heading(&b->page, 2, pick(b, "周期", "periods"));
    page_item(&b->page,
              arena_format(b->memory, pick(b, "%s：自 %s 起%s %s%s；%s", "%s: from %s, %s %s%s; %s"),
                           p->title.in[b->in], from, p->repeats ? pick(b, "，每", "each of") : pick(b, "，共", "once,"),
                           length, year, spans[p->spanning].in[b->in]));
  }
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

/* ": each mentor, in overlapping times" */
static const char *limit_note(const book *b, const declared_group *g, const group_limit *l) {
  const declared_kind *kind = l->related ? kinds_named(&b->pack->kinds, l->related) : NULL;
  const char *per = kind           ? kind->title.in[b->in]
                    : l->related   ? l->related
                    : l->per.count ? shown_title(b->pack, &l->per, b->in)
                                   : NULL;
  const char *each = per ? arena_format(b->memory, pick(b, "（每个%s", " (for each %s"), per) : "";
  if (l->overlapping)
    return arena_format(b->memory, pick(b, "%s%s同一时期）", "%s%sat the same time)"), each,
                        per ? pick(b, "，", ", ") : pick(b, "（", " ("));
  if (g->yearly)
    return arena_format(b->memory, pick(b, "%s%s每年）", "%s%sa year)"), each,
                        per ? pick(b, "，", ", ") : pick(b, "（", " ("));
  return per ? arena_format(b->memory, pick(b, "%s）", "%s)"), each) : "";
}

/* In which order a selection takes, whom a coverage is about, how often a series comes, which steps a sequence has. */
static void group_lines(book *b, const declared_group *g) {
  buffer out = {0};
  buffer_text(&out, "");
  for (size_t i = 0; i < g->order_count; i++)
    buffer_format(&out, "%s%s%s", i ? pick(b, "、", ", ") : "", shown_title(b->pack, &g->order[i].what, b->in),
                  g->order[i].descending ? pick(b, "（从大到小）", " (descending)") : "");
  if (g->order_count) said_line(b, "次序", "order", arena_text(b->memory, out.at));
  const char *whose = words_of_match(b->memory, b->pack, &g->where, NULL, b->on, b->in);
  if (*whose) said_line(b, "对象", "about", whose);
  const declared_kind *kind = g->relation ? kinds_named(&b->pack->kinds, g->relation) : NULL;
  if (g->relation) said_line(b, "应有", "each has", kind ? kind->title.in[b->in] : g->relation);
  if (g->by_records) said_line(b, "应有", "each has", words_of_match(b->memory, b->pack, &g->by, NULL, b->on, b->in));
  if (g->form == GROUP_SERIES) {
    static const said names[] = {{{"天", "days"}}, {{"周", "weeks"}}, {{"个月", "months"}}};
    const int every[] = {g->days, g->weeks, g->months};
    for (size_t i = 0; i < 3; i++)
      if (every[i]) said_line(b, "间隔", "every", arena_format(b->memory, "%d %s", every[i], names[i].in[b->in]));
  }
  buffer_free(&out);
  buffer steps = {0};
  buffer_text(&steps, "");
  for (size_t i = 0; i < g->steps_count; i++)
    buffer_format(&steps, "%s%s", i ? " → " : "", g->steps[i].title.in[b->in]);
  if (g->steps_count) said_line(b, "步骤", "steps", arena_text(b->memory, steps.at));
  buffer_free(&steps);
}

static void groups_page(book *b) {
  for (size_t i = 0; i < b->pack->groups_count; i++) {
    const declared_group *g = &b->pack->groups[i];
    titled(b, g->title.in[b->in], g->id);
    if (g->among >= 0)
      said_line(b, "范围", "among",
                arena_format(b->memory, pick(b, "“%s”达到者", "those for whom \"%s\" is met"),
                             b->pack->rules[g->among].title.in[b->in]));
    group_lines(b, g);
    for (size_t k = 0; k < g->limits_count; k++) {
      day next;
      const parameter *p = g->limits[k].at_most.parameter;
      const parameter_entry *e = p ? parameter_on(p, b->on, &next) : NULL;
      fraction most = e ? e->number : g->limits[k].at_most.number;
      const char *unit = p ? pack_unit(b->pack, p->unit, b->in) : NULL;
      page_item(&b->page, arena_format(b->memory, pick(b, "%s：至多 %s%s%s%s", "%s: at most %s%s%s%s"),
                                       g->limits[k].title.in[b->in], fraction_text(b->memory, most),
                                       unit && *unit ? " " : "", unit ? unit : "", limit_note(b, g, &g->limits[k])));
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
    const char *where = words_of_match(b->memory, b->pack, &line->when, NULL, b->on, b->in);
    if (line->provided >= 0)
      where = arena_format(b->memory, "%s%s%s", where, *where ? pick(b, "，且", ", and ") : "",
                           words_of_expression(b->memory, b->pack, &r->program, line->provided, b->on, b->in));
    const declared_kind *kind = line->credited ? kinds_named(&b->pack->kinds, line->credited) : NULL;
    if (line->credited)
      worth = arena_format(b->memory,
                           line->others_only ? pick(b, "%s，计给%s", "%s, to the %s")
                                             : pick(b, "%s，也计给%s", "%s, also to the %s"),
                           worth, kind ? kind->title.in[b->in] : line->credited);
    const char *const cells[] = {line->title.in[b->in], where, worth};
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

/* "学分/学时" is credits/hours. */
static const char *unit_words(const book *b, const char *unit) {
  const char *slash = unit ? strchr(unit, '/') : NULL, *shown = pack_unit(b->pack, unit, b->in);
  if (!slash || shown != unit) return shown;
  const char *above = arena_text_of(b->memory, unit, (size_t)(slash - unit));
  return arena_format(b->memory, "%s/%s", pack_unit(b->pack, above, b->in), pack_unit(b->pack, slash + 1, b->in));
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
      const char *const cells[] = {k ? NULL : p->id,     k ? NULL : p->title.in[b->in],     from,
                                   entry_words(b, p, e), k ? NULL : unit_words(b, p->unit), origin};
      page_row(&b->page, cells);
    }
  }
  page_table_end(&b->page);
}

/* ---- cases ---- */

static const char *json_number_words(const book *b, const json_t *number) {
  if (json_is_integer(number)) return arena_format(b->memory, "%lld", (long long)json_integer_value(number));
  return json_is_string(number) ? json_string_value(number) : json_member_text(number, "value");
}

/* "year 2020" of a rule: the need's title and which one it is; whether it is one of too much, not of too little. */
static const char *need_words(const book *b, const rule *of, const char *key, bool *ceiling) {
  const char *at = strchr(key, ' ');
  size_t length = at ? (size_t)(at - key) : strlen(key);
  *ceiling = !of;
  for (size_t i = 0; of && i < of->needs_count; i++)
    if (strlen(of->needs[i].id) == length && !strncmp(of->needs[i].id, key, length)) {
      *ceiling = of->needs[i].form.compare == AT_MOST || of->needs[i].form.compare == LESS_THAN;
      return at ? arena_format(b->memory, "%s%s ", of->needs[i].title.in[b->in], at) : of->needs[i].title.in[b->in];
    }
  for (size_t i = 0; i < b->pack->groups_count; i++)
    for (size_t k = 0; k < b->pack->groups[i].limits_count; k++)
      if (!strcmp(b->pack->groups[i].limits[k].id, key)) return b->pack->groups[i].limits[k].title.in[b->in];
  return key;
}

/* What is missing and what is unmet, as far as the case says it. */
static const char *because_words(const book *b, const json_t *expect) {
  const char *id = json_member_text(expect, "rule"), *key;
  int32_t at = id ? pack_rule(b->pack, id) : -1;
  const rule *of = at >= 0 ? &b->pack->rules[at] : NULL;
  const json_t *missing = json_object_get(expect, "short"), *unmet = json_object_get(expect, "unmet");
  json_t *one;
  size_t index;
  buffer out = {0};
  buffer_text(&out, "");
  json_object_foreach((json_t *)missing, key, one) {
    const char *number = json_number_words(b, one);
    if (!number || text_same(number, "0")) continue;
    bool ceiling;
    const char *title = need_words(b, of, key, &ceiling);
    if (out.length) buffer_text(&out, pick(b, "，", ", "));
    buffer_format(&out, ceiling ? pick(b, "%s超出 %s", "%s %s too many") : pick(b, "%s缺 %s", "%s short by %s"),
                  b->in == LANGUAGE_EN ? text_trimmed(b->memory, title) : title, number);
  }
  json_array_foreach(unmet, index, one) {
    bool ceiling;
    if (!json_is_string(one) || json_object_get(missing, json_string_value(one))) continue;
    buffer_format(&out, pick(b, "%s%s未达到", "%s%s unmet"), out.length ? pick(b, "，", ", ") : "",
                  need_words(b, of, json_string_value(one), &ceiling));
  }
  char *text = arena_text(b->memory, out.at);
  buffer_free(&out);
  return text;
}

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
                                pick(b, "结果", "outcome"), pick(b, "缘由", "because")};
  page_table(&b->page, titles, 5);
  for (size_t i = 0; i < b->pack->cases_count; i++) {
    const json_t *one = b->pack->cases[i], *expect = json_object_get(one, "expect");
    const char *title = json_member_text(one, "title"), *of = json_member_text(expect, "rule");
    if (!of) of = json_member_text(expect, "selection");
    const char *const cells[] = {title ? case_title(b, title) : NULL, of, json_member_text(one, "on"),
                                 expected_words(b, expect), because_words(b, expect)};
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
  periods_page(&b);
  if (p->recognitions_count) page_heading(&b.page, 2, pick(&b, "认定", "recognition"));
  for (size_t i = 0; i < p->recognitions_count; i++) recognition_page(&b, &p->recognitions[i]);
  parameters_page(&b);
  figures_page(&b);
  others_page(&b);
  cases_page(&b);
  return page_end(&b.page);
}
