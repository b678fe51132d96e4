#include "task/expr_words.h"

#include <string.h>

typedef struct wording {
  arena *memory;
  const pack *pack;
  const program *program;
  day on;
  language in;
  const rule *rule; /* whose program it is; NULL: of a recognition */
  bool bare;        /* numbers without a unit stand without their title: a limit is read as "at most 2 × 3 hours" */
} wording;

static const char *pick(const wording *w, const char *zh, const char *en) {
  return w->in == LANGUAGE_ZH ? zh : en;
}

static char *words(const wording *w, int32_t node);

static const char *with_unit(const wording *w, fraction number, const char *unit) {
  const char *shown = pack_unit_of(w->pack, unit, number, w->in);
  return shown && *shown ? arena_format(w->memory, "%s %s", fraction_text(w->memory, number), shown)
                         : fraction_text(w->memory, number);
}

/* On which day a parameter is read, where it is not the usual one. */
static const char *reading_words(const wording *w, const expr_node *n) {
  if (n->op != OP_PARAMETER) return "";
  if (n->reading == READ_DECISION) return pick(w, "（按判定日取值）", " (as of the decision)");
  if (n->reading == READ_PERIOD_END) return pick(w, "（按周期末日取值）", " (as of the period's last day)");
  if (n->reading == READ_RECORD) return pick(w, "（按记录之日取值）", " (as of the record's day)");
  return "";
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
  if (p->form == PARAMETER_NUMBER && e)
    return arena_format(w->memory, "%s%s", with_unit(w, e->number, p->unit), reading_words(w, n));
  return arena_format(w->memory, "%s%s", p->title.in[w->in], reading_words(w, n));
}

static const char *span(const wording *w, const expr_node *n) {
  static const said spans[] = {[SPAN_NONE] = {{"", ""}},
                               [SPAN_SESSION] = {{"每场", " a session"}},
                               [SPAN_ITEM] = {{"每项", " an item"}},
                               [SPAN_DAY] = {{"每天", " a day"}},
                               [SPAN_YEAR] = {{"每年", " a year"}},
                               [SPAN_EVER] = {{"", ""}}};
  if (n->span != SPAN_PERIOD) return spans[n->span].in[w->in];
  if (n->period < 0 || (w->rule && n->period == w->rule->period)) return pick(w, "每周期", " a period");
  return arena_format(w->memory, pick(w, "每个“%s”", " in each \"%s\""), w->pack->periods[n->period].title.in[w->in]);
}

/* "of all time": said where a rule has a period, and this is not bound to it. */
static const char *ever(const wording *w, const expr_node *n) {
  return n->ever && w->rule && w->rule->period >= 0 ? pick(w, "（不限周期）", " (of all time)") : "";
}

static const char *kind_title(const wording *w, const char *name) {
  const declared_kind *kind = name ? kinds_named(&w->pack->kinds, name) : NULL;
  return kind ? kind->title.in[w->in] : name ? name : "";
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

/* In brackets where it is several things joined, so that what follows is not read as about the last one only. */
static char *whole(const wording *w, int32_t node) {
  char *of = words(w, node);
  expr_op op = node >= 0 ? w->program->nodes[node].op : OP_CONSTANT;
  bool several = op == OP_UNION || op == OP_ADD || op == OP_SUBTRACT || op == OP_SUM_OF;
  if (op == OP_SUM && w->program->nodes[w->program->nodes[node].of].op == OP_UNION) several = true;
  return several ? arena_format(w->memory, pick(w, "（%s）", "(%s)"), of) : of;
}

static char *factors(const wording *w, const expr_node *n, const char *sign) {
  buffer out = {0};
  for (size_t i = 0; i < n->args_count; i++) buffer_format(&out, "%s%s", i ? sign : "", whole(w, n->args[i]));
  char *text = arena_text(w->memory, out.at ? out.at : "");
  buffer_free(&out);
  return text;
}

/* The first as it is, what is taken away in brackets where it is several things. */
static char *difference(const wording *w, const expr_node *n) {
  return arena_format(w->memory, "%s − %s", words(w, n->args[0]), whole(w, n->args[1]));
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
  return arena_format(w->memory, pick(w, zh, en), whole(w, n->of));
}

static char *cap_words(const wording *w, const expr_node *n) {
  wording bare = *w;
  bare.bare = n->args_count && w->program->nodes[n->args[0]].op != OP_PARAMETER;
  const char *limit_of = n->args_count ? words(&bare, n->args[0]) : "";
  const char *only = n->match ? words_of_match(w->memory, w->pack, n->match, NULL, w->on, w->in) : NULL;
  if (n->op == OP_OVER && w->in == LANGUAGE_EN)
    return arena_format(w->memory, "what of %s exceeds %s%s", whole(w, n->of), limit_of, span(w, n));
  if (n->op == OP_OVER) return arena_format(w->memory, "%s中%s超过 %s 的部分", whole(w, n->of), span(w, n), limit_of);
  if (only && w->in == LANGUAGE_EN)
    return arena_format(w->memory, "%s; where %s, at most %s%s", whole(w, n->of), only, limit_of, span(w, n));
  if (only) return arena_format(w->memory, "%s；其中%s的，%s至多计 %s", whole(w, n->of), only, span(w, n), limit_of);
  if (w->in == LANGUAGE_EN) return arena_format(w->memory, "%s (at most %s%s)", whole(w, n->of), limit_of, span(w, n));
  return arena_format(w->memory, "%s（%s至多计 %s）", whole(w, n->of), span(w, n), limit_of);
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
  char *of = whole(w, n->of), *only = words_of_match(w->memory, w->pack, n->match, NULL, w->on, w->in);
  return *only ? arena_format(w->memory, pick(w, "%s，限%s", "%s, only where %s"), of, only) : of;
}

static char *fact_words(const wording *w, const expr_node *n) {
  static const said compares[] = {[AT_LEAST] = {{"不早于", "not before"}},
                                  [MORE_THAN] = {{"晚于", "after"}},
                                  [AT_MOST] = {{"不晚于", "not after"}},
                                  [LESS_THAN] = {{"早于", "before"}},
                                  [EQUAL] = {{"为", "on"}}};
  char written[11];
  if (!n->limit.parameter && n->limit.day == DAY_NONE)
    return arena_format(w->memory, pick(w, "有%s", "on record: %s"), kind_title(w, n->name));
  const char *limit_of = n->limit.parameter ? parameter_words(w, n) : written;
  if (!n->limit.parameter) day_write(n->limit.day, written);
  return arena_format(w->memory, "%s %s %s", kind_title(w, n->name), compares[n->compare].in[w->in], limit_of);
}

static const char *comparison_name(const wording *w, comparison compare) {
  static const said names[] = {[AT_LEAST] = {{"不少于", "at least"}},
                               [MORE_THAN] = {{"超过", "more than"}},
                               [AT_MOST] = {{"不超过", "at most"}},
                               [LESS_THAN] = {{"少于", "less than"}},
                               [EQUAL] = {{"等于", "equal to"}}};
  return names[compare].in[w->in];
}

static char *compared(const wording *w, comparison compare, const char *had, const char *needed) {
  return arena_format(w->memory, "%s %s %s", had, comparison_name(w, compare), needed);
}

/* A condition on a parameter: what it asks for first, and how it stands now. NULL where the left side is none. */
static char *compared_parameter(const wording *w, comparison compare, int32_t had, const char *needed) {
  const expr_node *n = had < 0 ? NULL : &w->program->nodes[had];
  const parameter *p = n && n->op == OP_PARAMETER ? n->limit.parameter : NULL;
  day next;
  const parameter_entry *e = p && p->form == PARAMETER_NUMBER ? parameter_on(p, w->on, &next) : NULL;
  if (!e) return NULL;
  return arena_format(w->memory, pick(w, "%s：%s %s（现为 %s%s）", "%s: %s %s (it is %s%s)"), p->title.in[w->in],
                      comparison_name(w, compare), needed, with_unit(w, e->number, p->unit), reading_words(w, n));
}

static char *comparison_words(const wording *w, const expr_node *n) {
  size_t right = n->of < 0 && n->args_count == 2; /* then the left side is an argument too */
  int32_t had = right ? n->args[0] : n->of;
  const char *needed = n->args_count ? words(w, n->args[right]) : "";
  char *of_parameter = compared_parameter(w, n->compare, had, needed);
  return of_parameter ? of_parameter : compared(w, n->compare, words(w, had), needed);
}

static char *window_words(const wording *w, const expr_node *n) {
  const char *of = whole(w, n->of);
  bool periodic = w->rule && w->rule->period >= 0;
  char ends[2][11];
  if (n->span == SPAN_PERIOD)
    return arena_format(w->memory, pick(w, "%s（限%s）", "%s (of the %s)"), of,
                        w->pack->periods[n->period].title.in[w->in]);
  int count = n->years ? n->years : n->months ? n->months : n->days;
  if (count) {
    static const said names[] = {{{"年", "years"}}, {{"个月", "months"}}, {{"天", "days"}}};
    const char *name = names[n->years ? 0 : n->months ? 1 : 2].in[w->in];
    return arena_format(w->memory,
                        periodic ? pick(w, "%s（限周期最后 %d %s）", "%s (of the period's last %d %s)")
                                 : pick(w, "%s（限判定日前 %d %s）", "%s (of the last %d %s)"),
                        of, count, name);
  }
  const limit *bounds[] = {&n->limit, &n->other};
  for (int k = 0; k < 2; k++) {
    day next;
    const parameter_entry *e = bounds[k]->parameter ? parameter_on(bounds[k]->parameter, w->on, &next) : NULL;
    day d = bounds[k]->parameter ? (e ? e->day : DAY_NONE) : bounds[k]->day;
    ends[k][0] = 0;
    if (d != DAY_NONE && d != DAY_EVER) day_write(d, ends[k]);
  }
  return arena_format(w->memory, pick(w, "%s（限 %s 至 %s）", "%s (from %s to %s)"), of, ends[0], ends[1]);
}

/* What a step of a selection does, with the numbers that it does it by. */
static char *step_words(const wording *w, const expr_node *n) {
  static const said ways[] = {[ROUND_DOWN] = {{"向下取整到", "rounded down to"}},
                              [ROUND_UP] = {{"向上取整到", "rounded up to"}},
                              [ROUND_HALF] = {{"四舍五入到", "rounded to"}}};
  const char *of = whole(w, n->of), *by = n->path.count ? shown_title(w->pack, &n->path, w->in) : "";
  const char *number = n->args_count ? words(w, n->args[0]) : "";
  switch (n->op) {
  case OP_FIRST:
    return w->in == LANGUAGE_EN ? arena_format(w->memory, "%s (the first %s%s)", of, number, span(w, n))
                                : arena_format(w->memory, "%s（%s前 %s 项）", of, span(w, n), number);
  case OP_ONCE:
    if (n->keep.count)
      return arena_format(w->memory,
                          pick(w, "%s（同一%s只计一次，取%s最高的）", "%s (each %s once, at its highest %s)"), of, by,
                          shown_title(w->pack, &n->keep, w->in));
    return arena_format(w->memory, pick(w, "%s（同一%s只计一次，取最多的）", "%s (each %s once, at its most)"), of, by);
  case OP_BLOCKS:
    if (n->days)
      return arena_format(w->memory,
                          pick(w, "%s的时段（间隔不超过 %d 天的合并）", "blocks of %s, gaps of up to %d days closed"),
                          of, n->days);
    return arena_format(w->memory, pick(w, "%s的不间断时段", "uninterrupted blocks of %s"), of);
  case OP_GREATEST:
    return arena_format(w->memory, pick(w, "%s中最大的一项", "the largest of %s"), of);
  case OP_FROM_MINIMUM:
    if (w->in == LANGUAGE_EN) return arena_format(w->memory, "%s (of each %s nothing below %s)", of, by, number);
    return arena_format(w->memory, "%s（每个%s满 %s 起计）", of, by, number);
  case OP_ROUND:
    if (w->in == LANGUAGE_EN)
      return arena_format(w->memory, "%s (%s %s%s)", of, ways[n->way].in[w->in], number, span(w, n));
    return arena_format(w->memory, "%s（%s%s %s）", of, span(w, n), ways[n->way].in[w->in], number);
  default:
    return window_words(w, n);
  }
}

/* Numbers about rules, facts and the subject itself. */
static char *quantity_words(const wording *w, const expr_node *n) {
  const char *title =
      n->index >= 0 && (n->op == OP_OUTCOMES || n->op == OP_MEMBERS) ? w->pack->rules[n->index].title.in[w->in] : "";
  switch (n->op) {
  case OP_YEARS_SINCE: {
    static const said until[] = {
        [READ_DEFAULT] = {{"%s至今的整年数", "full years since %s"}},
        [READ_DECISION] = {{"%s至今的整年数", "full years since %s"}},
        [READ_RECORD] = {{"%s至今的整年数", "full years since %s"}},
        [READ_PERIOD_START] = {{"%s至周期首日的整年数", "full years from %s to the period's first day"}},
        [READ_PERIOD_END] = {{"%s至周期末日的整年数", "full years from %s to the period's last day"}},
        [READ_SUBJECT_START] = {{"%s至参训首日的整年数", "full years from %s to the placement's first day"}}};
    const char *parts[2], *form = until[n->reading].in[w->in], *mark = strstr(form, "%s");
    parts[0] = arena_text_of(w->memory, form, (size_t)(mark - form));
    parts[1] = mark + 2;
    return arena_format(w->memory, "%s%s%s", parts[0], kind_title(w, n->name), parts[1]);
  }
  case OP_PORTION:
    if (text_same(n->name, "post"))
      return arena_text(w->memory, pick(w, "任职时间占周期的比例", "the part of the period in post"));
    return arena_format(w->memory, pick(w, "“%s”时间占周期的比例", "the part of the period that is \"%s\""),
                        kind_title(w, n->name));
  case OP_OUTCOMES:
    return arena_format(w->memory, pick(w, "“%s”%s的个数", "how many are \"%s\" %s"), title,
                        outcome_said((outcome)n->outcome).in[w->in]);
  case OP_MEMBERS:
    return arena_format(w->memory, pick(w, "“%s”所及的个数", "how many \"%s\" is about"), title);
  default:
    return arena_text(w->memory, shown_title(w->pack, &n->path, w->in));
  }
}

static char *words(const wording *w, int32_t node) {
  if (node < 0) return arena_text(w->memory, "");
  const expr_node *n = &w->program->nodes[node];
  switch (n->op) {
  case OP_RECORDS:
    return arena_format(w->memory, "%s%s", records_words(w, n), ever(w, n));
  case OP_RECOGNISED:
    return arena_format(w->memory, "%s%s", line_title(w, n), ever(w, n));
  case OP_PREVIOUS:
  case OP_PREVIOUS_NUMBER:
    return arena_format(w->memory, pick(w, "上期结转（%s）", "carried over (%s)"), n->name);
  case OP_UNION:
  case OP_ADD:
  case OP_SUM_OF:
    return joined(w, n, " + ", " + ");
  case OP_SUBTRACT:
    return difference(w, n);
  case OP_MULTIPLY:
    return factors(w, n, " × ");
  case OP_DIVIDE:
    return factors(w, n, " ÷ ");
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
  case OP_ONCE:
  case OP_BLOCKS:
  case OP_GREATEST:
  case OP_FROM_MINIMUM:
  case OP_ROUND:
  case OP_DURING:
    return step_words(w, n);
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
    return step(w, n, "有%s", "on record: %s");
  case OP_CONSTANT:
    return arena_text(w->memory, with_unit(w, n->limit.number, n->unit && *n->unit ? n->unit : NULL));
  case OP_PARAMETER:
    return arena_text(w->memory, parameter_words(w, n));
  case OP_FACT_DATE:
    return fact_words(w, n);
  case OP_OUTCOME:
    return n->index >= 0
               ? arena_format(w->memory, pick(w, "“%s”%s", "\"%s\" %s"), w->pack->rules[n->index].title.in[w->in],
                              outcome_said((outcome)n->outcome).in[w->in])
               : arena_text(w->memory, "");
  case OP_ALL:
    return joined(w, n, "，且", ", and ");
  case OP_ANY:
    return joined(w, n, "，或", ", or ");
  case OP_NOT:
    return arena_format(w->memory, pick(w, "以下都不成立：%s", "none of: %s"), joined(w, n, "、", ", "));
  case OP_COMPARE:
    return comparison_words(w, n);
  case OP_SUBJECT:
    return words_of_match(w->memory, w->pack, n->match, NULL, w->on, w->in);
  case OP_KNOWN:
    return arena_format(w->memory, pick(w, "%s已知", "%s known"), shown_title(w->pack, &n->path, w->in));
  case OP_CHOOSE:
    return choose_words(w, n);
  case OP_YEARS_SINCE:
  case OP_PORTION:
  case OP_OUTCOMES:
  case OP_MEMBERS:
  case OP_VALUE:
    return quantity_words(w, n);
  default:
    return arena_text(w->memory, n->text ? n->text : "");
  }
}

char *words_of_expression(arena *a, const pack *p, const program *g, int32_t node, day on, language in) {
  const rule *of = NULL;
  for (size_t i = 0; i < p->rules_count && !of; i++)
    if (&p->rules[i].program == g) of = &p->rules[i];
  const wording w = {a, p, g, on, in, of, false};
  return words(&w, node);
}

char *words_of_need(arena *a, const pack *p, const rule *r, const need *n, day on, language in) {
  const wording w = {a, p, &r->program, on, in, r, false};
  if (r->way != RULE_NEEDS) return arena_text(a, "");
  if (n->form.had < 0) return words(&w, n->form.condition);
  char *had = words(&w, n->form.had);
  if (n->form.count) had = arena_format(a, pick(&w, "%s次数", "number of %s"), had);
  if (n->form.each == SPAN_YEAR) had = arena_format(a, pick(&w, "每年：%s", "each year: %s"), had);
  if (n->form.each == SPAN_ITEM)
    had = arena_format(a, pick(&w, "每个%s：%s", "each %s: %s"), shown_title(p, &n->form.each_path, in), had);
  return compared(&w, n->form.compare, had, words(&w, n->form.needed));
}
