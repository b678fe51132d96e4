#include "task/expr_words.h"

#include <string.h>

typedef struct wording {
  arena *memory;
  const pack *pack;
  const program *program;
  day on;
  language in;
  bool bare; /* numbers without a unit stand without their title: a limit is read as "at most 2 × 3 hours" */
} wording;

static const char *pick(const wording *w, const char *zh, const char *en) {
  return w->in == LANGUAGE_ZH ? zh : en;
}

static char *words(const wording *w, int32_t node);

static const char *with_unit(const wording *w, fraction number, const char *unit) {
  const char *shown = pack_unit(w->pack, unit, w->in);
  return shown && *shown ? arena_format(w->memory, "%s %s", fraction_text(w->memory, number), shown)
                         : fraction_text(w->memory, number);
}

static const char *parameter_words(const wording *w, const expr_node *n) {
  const parameter *p = n->limit.parameter;
  day next;
  const parameter_entry *e = p ? parameter_on(p, w->on, &next) : NULL;
  if (!p) return n->text ? n->text : "";
  if (p->form == PARAMETER_DAY && e) {
    char written[11];
    day_write(e->day, written);
    return arena_text(w->memory, written);
  }
  if (p->form == PARAMETER_NUMBER && e && !p->unit && !w->bare &&
      !text_same(p->title.in[w->in], p->id)) /* a bare number says little */
    return arena_format(w->memory, pick(w, "%s（%s）", "%s (%s)"), p->title.in[w->in],
                        fraction_text(w->memory, e->number));
  if (p->form == PARAMETER_NUMBER && e) return with_unit(w, e->number, p->unit);
  return p->title.in[w->in];
}

static const char *span(const wording *w, const expr_node *n) {
  static const said spans[] = {[SPAN_NONE] = {{"", ""}},
                               [SPAN_SESSION] = {{"每场", " a session"}},
                               [SPAN_ITEM] = {{"每项", " an item"}},
                               [SPAN_DAY] = {{"每天", " a day"}},
                               [SPAN_YEAR] = {{"每年", " a year"}},
                               [SPAN_EVER] = {{"", ""}}};
  if (n->span != SPAN_PERIOD) return spans[n->span].in[w->in];
  return pick(w, "每周期", " a period");
}

static const char *line_title(const wording *w, const expr_node *n) {
  const recognition *r = &w->pack->recognitions[n->index];
  if (n->as < 0) return r->title.in[w->in];
  for (size_t i = 0; i < r->lines_count; i++)
    if (r->lines[i].class == n->as) return r->lines[i].title.in[w->in];
  return r->classes[n->as];
}

static const char *records_words(const wording *w, const expr_node *n) {
  const char *kind = n->match ? match_kind(n->match, &w->pack->book) : NULL;
  const char *more = words_of_match(w->memory, w->pack, n->match, kind ? "kind" : NULL, w->on, w->in);
  const declared_kind *of = kind ? kinds_named(&w->pack->kinds, kind) : NULL;
  const char *what = of ? of->title.in[w->in] : pick(w, "记录", "records");
  return *more ? arena_format(w->memory, pick(w, "%s（%s）", "%s (%s)"), what, more) : what;
}

static char *joined(const wording *w, const expr_node *n, const char *zh, const char *en) {
  buffer out = {0};
  for (size_t i = 0; i < n->args_count; i++)
    buffer_format(&out, "%s%s", i ? pick(w, zh, en) : "", words(w, n->args[i]));
  char *text = arena_text(w->memory, out.at ? out.at : "");
  buffer_free(&out);
  return text;
}

static char *step(const wording *w, const expr_node *n, const char *zh, const char *en) {
  return arena_format(w->memory, pick(w, zh, en), words(w, n->of));
}

static char *cap_words(const wording *w, const expr_node *n) {
  wording bare = *w;
  bare.bare = n->args_count && w->program->nodes[n->args[0]].op != OP_PARAMETER;
  const char *limit_of = n->args_count ? words(&bare, n->args[0]) : "";
  const char *only = n->match ? words_of_match(w->memory, w->pack, n->match, NULL, w->on, w->in) : NULL;
  if (n->op == OP_OVER && w->in == LANGUAGE_EN)
    return arena_format(w->memory, "what of %s exceeds %s%s", words(w, n->of), limit_of, span(w, n));
  if (n->op == OP_OVER) return arena_format(w->memory, "%s中%s超过 %s 的部分", words(w, n->of), span(w, n), limit_of);
  if (only && w->in == LANGUAGE_EN)
    return arena_format(w->memory, "%s; where %s, at most %s%s", words(w, n->of), only, limit_of, span(w, n));
  if (only) return arena_format(w->memory, "%s；其中%s的，%s至多计 %s", words(w, n->of), only, span(w, n), limit_of);
  if (w->in == LANGUAGE_EN) return arena_format(w->memory, "%s (at most %s%s)", words(w, n->of), limit_of, span(w, n));
  return arena_format(w->memory, "%s（%s至多计 %s）", words(w, n->of), span(w, n), limit_of);
}

/* 20 hours if …, else 40 hours */
static char *choose_words(const wording *w, const expr_node *n) {
  buffer out = {0};
  for (size_t i = 0; i + 1 < n->args_count; i += 2) {
    const char *when = words(w, n->args[i]), *take = words(w, n->args[i + 1]);
    buffer_text(&out, i ? pick(w, "，", ", ") : "");
    buffer_format(&out, pick(w, "%s时 %s", "%s if %s"), pick(w, when, take), pick(w, take, when));
  }
  buffer_format(&out, pick(w, "，否则 %s", ", else %s"), words(w, n->args[n->args_count - 1]));
  char *text = arena_text(w->memory, out.at);
  buffer_free(&out);
  return text;
}

static char *where_words(const wording *w, const expr_node *n) {
  char *of = words(w, n->of), *only = words_of_match(w->memory, w->pack, n->match, NULL, w->on, w->in);
  return *only ? arena_format(w->memory, pick(w, "%s，限%s", "%s, only where %s"), of, only) : of;
}

static char *fact_words(const wording *w, const expr_node *n) {
  static const said compares[] = {[AT_LEAST] = {{"不早于", "not before"}},
                                  [MORE_THAN] = {{"晚于", "after"}},
                                  [AT_MOST] = {{"不晚于", "not after"}},
                                  [LESS_THAN] = {{"早于", "before"}},
                                  [EQUAL] = {{"为", "on"}}};
  const declared_kind *kind = n->name ? kinds_named(&w->pack->kinds, n->name) : NULL;
  char written[11];
  const char *limit_of = n->limit.parameter ? parameter_words(w, n) : written;
  if (!n->limit.parameter) day_write(n->limit.day, written);
  return arena_format(w->memory, "%s %s %s", kind ? kind->title.in[w->in] : n->name, compares[n->compare].in[w->in],
                      limit_of);
}

static char *compared(const wording *w, comparison compare, const char *had, const char *needed) {
  static const said names[] = {[AT_LEAST] = {{"不少于", "at least"}},
                               [MORE_THAN] = {{"超过", "more than"}},
                               [AT_MOST] = {{"不超过", "at most"}},
                               [LESS_THAN] = {{"少于", "less than"}},
                               [EQUAL] = {{"等于", "equal to"}}};
  return arena_format(w->memory, "%s %s %s", had, names[compare].in[w->in], needed);
}

static char *words(const wording *w, int32_t node) {
  if (node < 0) return arena_text(w->memory, "");
  const expr_node *n = &w->program->nodes[node];
  switch (n->op) {
  case OP_RECORDS:
    return arena_text(w->memory, records_words(w, n));
  case OP_RECOGNISED:
    return arena_text(w->memory, line_title(w, n));
  case OP_PREVIOUS:
  case OP_PREVIOUS_NUMBER:
    return arena_format(w->memory, pick(w, "上期结转（%s）", "carried over (%s)"), n->name);
  case OP_UNION:
  case OP_ADD:
  case OP_SUM_OF:
    return joined(w, n, " + ", " + ");
  case OP_SUBTRACT:
    return joined(w, n, " − ", " − ");
  case OP_MULTIPLY:
    return joined(w, n, " × ", " × ");
  case OP_DIVIDE:
    return joined(w, n, " ÷ ", " ÷ ");
  case OP_HIGHEST_OF:
    return arena_format(w->memory, pick(w, "以下最高者：%s", "the highest of %s"), joined(w, n, "、", ", "));
  case OP_LOWEST_OF:
    return arena_format(w->memory, pick(w, "以下最低者：%s", "the lowest of %s"), joined(w, n, "、", ", "));
  case OP_CAP:
  case OP_OVER:
    return cap_words(w, n);
  case OP_WHERE:
    return where_words(w, n);
  case OP_FIRST:
    return arena_format(w->memory, pick(w, "%s（%s前 %s 项）", "%s (the first%s %s)"), words(w, n->of), span(w, n),
                        n->args_count ? words(w, n->args[0]) : "");
  case OP_ONCE:
    return step(w, n, "%s（同一项只计一次）", "%s (the same once)");
  case OP_BLOCKS:
    return step(w, n, "%s的不间断时段", "uninterrupted blocks of %s");
  case OP_GREATEST:
    return step(w, n, "%s中最大的一项", "the largest of %s");
  case OP_FROM_MINIMUM:
    return arena_format(w->memory, pick(w, "%s（满 %s 起计）", "%s (from %s on)"), words(w, n->of),
                        n->args_count ? words(w, n->args[0]) : "");
  case OP_ROUND:
    return step(w, n, "%s（取整）", "%s (rounded)");
  case OP_DURING:
    if (n->years)
      return arena_format(w->memory, pick(w, "%s（限周期最后 %d 年）", "%s (of the period's last %d years)"),
                          words(w, n->of), (int)n->years);
    return step(w, n, "%s（限定时段）", "%s (within a window)");
  case OP_SUM:
    return words(w, n->of);
  case OP_COUNT:
    return step(w, n, "%s次数", "number of %s");
  case OP_DAYS:
    return step(w, n, "%s天数", "days of %s");
  case OP_DISTINCT:
    return arena_format(w->memory, pick(w, "%s：不同的%s", "%s: different values of %s"), words(w, n->of),
                        shown_title(w->pack, &n->path, w->in));
  case OP_EXISTS:
    return step(w, n, "有%s", "there are %s");
  case OP_CONSTANT:
    return arena_text(w->memory, with_unit(w, n->limit.number, n->unit && *n->unit ? n->unit : NULL));
  case OP_PARAMETER:
    return arena_text(w->memory, parameter_words(w, n));
  case OP_FACT_DATE:
    return fact_words(w, n);
  case OP_YEARS_SINCE: {
    const declared_kind *kind = n->name ? kinds_named(&w->pack->kinds, n->name) : NULL;
    return arena_format(w->memory, pick(w, "%s至今的整年数", "full years since %s"),
                        kind ? kind->title.in[w->in] : n->name);
  }
  case OP_OUTCOME:
    return n->index >= 0
               ? arena_format(w->memory, pick(w, "“%s”达到", "\"%s\" met"), w->pack->rules[n->index].title.in[w->in])
               : arena_text(w->memory, "");
  case OP_ALL:
    return joined(w, n, "，且", ", and ");
  case OP_ANY:
    return joined(w, n, "，或", ", or ");
  case OP_NOT:
    return arena_format(w->memory, pick(w, "以下都不成立：%s", "none of: %s"), joined(w, n, "、", ", "));
  case OP_COMPARE:
    if (n->of < 0 && n->args_count == 2) return compared(w, n->compare, words(w, n->args[0]), words(w, n->args[1]));
    return compared(w, n->compare, words(w, n->of), n->args_count ? words(w, n->args[0]) : "");
  case OP_SUBJECT:
    return words_of_match(w->memory, w->pack, n->match, NULL, w->on, w->in);
  case OP_KNOWN:
    return arena_format(w->memory, pick(w, "%s已知", "%s known"), shown_title(w->pack, &n->path, w->in));
  case OP_CHOOSE:
    return choose_words(w, n);
  case OP_PORTION:
    return arena_format(w->memory, pick(w, "按%s折算的比例", "the part of the period by %s"), n->name ? n->name : "");
  default:
    return arena_text(w->memory, n->text ? n->text : "");
  }
}

char *words_of_expression(arena *a, const pack *p, const program *g, int32_t node, day on, language in) {
  const wording w = {a, p, g, on, in, false};
  return words(&w, node);
}

char *words_of_need(arena *a, const pack *p, const rule *r, const need *n, day on, language in) {
  const wording w = {a, p, &r->program, on, in, false};
  if (r->way != RULE_NEEDS) return arena_text(a, "");
  if (n->form.had < 0) return words(&w, n->form.condition);
  char *had = words(&w, n->form.had);
  if (n->form.count) had = arena_format(a, pick(&w, "%s次数", "number of %s"), had);
  if (n->form.each == SPAN_YEAR) had = arena_format(a, pick(&w, "每年：%s", "each year: %s"), had);
  if (n->form.each == SPAN_ITEM)
    had = arena_format(a, pick(&w, "每个%s：%s", "each %s: %s"), shown_title(p, &n->form.each_path, in), had);
  return compared(&w, n->form.compare, had, words(&w, n->form.needed));
}
