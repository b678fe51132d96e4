#include "task/explain_words.h"

#include "task/expr_words.h"

#include <string.h>

#define SAID_WIDTH 60 /* of what a record says in words */

static const char *pick(language in, const char *zh, const char *en) {
  return in == LANGUAGE_ZH ? zh : en;
}

static char *unit_words(arena *a, const pack *p, const char *unit, language in) {
  const char *shown = pack_unit(p, unit, in);
  return shown && *shown ? arena_format(a, " %s", shown) : arena_text(a, "");
}

char *words_of_number(arena *a, const pack *p, fraction least, fraction most, const char *unit, language in) {
  const char *shown = pack_unit_of(p, unit, is_infinite(most) ? least : most, in);
  const char *behind = shown && *shown ? arena_format(a, " %s", shown) : "";
  if (is_infinite(least)) return arena_format(a, "%s%s", pick(in, "不详", "not known"), "");
  if (is_infinite(most))
    return arena_format(a, pick(in, "至少 %s%s", "at least %s%s"), fraction_text(a, least), behind);
  if (fraction_compare(least, most))
    return arena_format(a, pick(in, "%s 至 %s%s", "%s to %s%s"), fraction_text(a, least), fraction_text(a, most),
                        behind);
  return arena_format(a, "%s%s", fraction_text(a, least), behind);
}

char *words_of_comparison(arena *a, const pack *p, const need_result *n, language in) {
  static const char *const signs[] = {"≥", ">", "≤", "<", "="};
  return arena_format(a, "%s %s", signs[n->need->form.compare],
                      words_of_number(a, p, n->needed, n->needed_most, n->need->unit, in));
}

/* ---- why something did not count ---- */

static const char *span_words(const pack *p, const expr_node *n, language in) {
  switch (n->span) {
  case SPAN_SESSION:
    return pick(in, "每场", "a session");
  case SPAN_ITEM:
    return pick(in, "每项", "an item");
  case SPAN_DAY:
    return pick(in, "每天", "a day");
  case SPAN_YEAR:
    return pick(in, "每年", "a year");
  case SPAN_PERIOD:
    return n->period >= 0 && (size_t)n->period < p->periods_count ? p->periods[n->period].title.in[in] : "";
  default:
    return "";
  }
}

/* The limit of a step: written, or the parameter that the rule read. */
static bool step_limit(const evaluating *e, const explanation *x, const expr_node *nodes, const expr_node *n,
                       fraction *out) {
  if (!n->args_count) return false;
  const expr_node *most = &nodes[n->args[0]];
  if (most->op == OP_CONSTANT) {
    *out = most->limit.number;
    return true;
  }
  if (most->op != OP_PARAMETER || !most->limit.parameter || most->path.count) return false;
  day next, on = x->decision.has_window ? x->decision.window.first : e->on;
  const parameter_entry *entry = parameter_on(most->limit.parameter, on, &next);
  if (!entry) return false;
  *out = entry->number;
  return true;
}

static char *window_words(arena *a, const decision *d, language in) {
  char first[11], last[11];
  if (!d->has_window) return arena_text(a, pick(in, "不在计算的时间范围内", "outside the time that counts"));
  day_write(d->window.first, first);
  day_write(d->window.last, last);
  return arena_format(a, pick(in, "不在周期 %s 至 %s 之内", "outside the period %s to %s"), first, last);
}

static char *cap_words(arena *a, const evaluating *e, const explanation *x, const expr_node *nodes, const expr_node *n,
                       language in) {
  fraction most;
  const char *span = span_words(e->pack, n, in);
  if (n->span == SPAN_PERIOD && in == LANGUAGE_EN) span = "for the period";
  if (n->span == SPAN_PERIOD && in == LANGUAGE_ZH) span = arena_format(a, "“%s”内的", span);
  if (!step_limit(e, x, nodes, n, &most)) return arena_format(a, pick(in, "超过%s上限", "over the cap %s"), span);
  return arena_format(a, pick(in, "超过%s上限 %s%s", "over the cap %s of %s%s"), span, fraction_text(a, most),
                      unit_words(a, e->pack, n->unit, in));
}

char *words_of_left(arena *a, const evaluating *e, const explanation *x, const left *l, const expr_node *nodes,
                    language in) {
  const expr_node *n = nodes && l->node >= 0 ? &nodes[l->node] : NULL;
  char on[11];
  fraction most;
  day_write(e->on, on);
  switch (l->reason) {
  case LEFT_WINDOW:
    return window_words(a, &x->decision, in);
  case LEFT_LATER:
    return arena_format(a, pick(in, "晚于判定日 %s", "after the day of the decision, %s"), on);
  case LEFT_WHERE:
    return arena_text(a, pick(in, "不符合此项要求限定的条件", "does not match what this need asks for"));
  case LEFT_CAP:
    return n ? cap_words(a, e, x, nodes, n, in) : arena_text(a, pick(in, "超过上限", "over the cap"));
  case LEFT_UNDER_CAP:
    return arena_text(a, pick(in, "未超过上限的部分，不计作盈余", "below the cap, so no surplus"));
  case LEFT_FIRST:
    if (n && step_limit(e, x, nodes, n, &most))
      return arena_format(a, pick(in, "%s只计前 %s 项", "only the first of %s: %s count"), span_words(e->pack, n, in),
                          fraction_text(a, most));
    return arena_text(a, pick(in, "超过可计的项数", "more than may count"));
  case LEFT_ONCE:
    return arena_text(a, pick(in, "同一成果只计最高的一项", "the same work counts once, at its highest"));
  case LEFT_NOT_GREATEST:
    return arena_text(a, pick(in, "只计最大的一项", "only the largest one counts"));
  case LEFT_MINIMUM:
    return arena_text(a, pick(in, "未达到起计数量", "below the minimum from which any of it counts"));
  case LEFT_ROUNDING:
    return arena_text(a, pick(in, "按规定取整舍去", "dropped by rounding"));
  case LEFT_UNCERTAIN:
    return arena_text(
        a, pick(in, "日期或数量不详，能否计入无法确定", "its date or amount is not known well enough to count it"));
  case LEFT_UNRECOGNISED:
    if (l->node >= 0 && (size_t)l->node < e->pack->recognitions_count) {
      const recognition *r = &e->pack->recognitions[l->node];
      return arena_format(a, r->review ? pick(in, "%s（需人工复核）", "%s (to be reviewed)") : "%s",
                          r->otherwise.in[in]);
    }
    return arena_text(a, pick(in, "未获认定", "not recognised"));
  }
  return arena_text(a, "");
}

/* A reason with the condition that it rests on, as the rule says it. */
static char *condition_why(arena *a, const evaluating *e, const decision *d, int32_t node, const char *why,
                           const char *where, language in) {
  const rule *r = &e->pack->rules[d->rule];
  const char *told =
      node >= 0 && r->way == RULE_NEEDS ? words_of_expression(a, e->pack, &r->program, node, d->on, in) : "";
  if (!*told) return arena_text(a, why);
  return arena_format(a, pick(in, "%s（%s：%s）", "%s (%s: %s)"), why, where, told);
}

char *words_of_why(arena *a, const evaluating *e, const decision *d, language in) {
  const rule *r = &e->pack->rules[d->rule];
  switch (d->why) {
  case WHY_NEEDS:
    return NULL;
  case WHY_APPLIES:
    return condition_why(a, e, d, r->applies,
                         pick(in, "不属于本规则的适用对象", "the rule does not apply to this case"),
                         pick(in, "适用条件", "it applies where"), in);
  case WHY_EXEMPT:
    return condition_why(a, e, d, r->exempt, pick(in, "按规则免予要求", "exempt under the rule"),
                         pick(in, "免除条件", "exempt where"), in);
  case WHY_SUSPENDED:
    return arena_format(a, pick(in, "该要求在此期间暂停执行%s%s", "suspended for this time%s%s"),
                        r->suspended.source ? pick(in, "，依据：", ", source: ") : "",
                        r->suspended.source ? r->suspended.source : "");
  case WHY_NOT_IN_FORCE:
    return arena_text(a, pick(in, "本规则在此时不生效", "the rule is not in force at this time"));
  case WHY_NO_PERIOD:
    return arena_text(a, pick(in, "判定日不在任何周期之内", "the day lies in no period"));
  case WHY_NO_START:
    return arena_format(
        a, pick(in, "周期从“%s”起算，而该日期不详", "the period starts with \"%s\", and that day is not known"),
        e->pack->periods[r->period].starts_fact);
  case WHY_APPLIES_UNKNOWN: {
    const expr_node *n = r->applies >= 0 ? &r->program.nodes[r->applies] : NULL;
    if (n && n->op == OP_KNOWN) {
      static const struct {
        const char *path, *zh, *en;
      } known[] = {{"host", "接收单位不详，因此无法判定", "the host is not known, so nothing can be decided"},
                   {"school", "所在学校不详，因此无法判定", "the school is not known, so nothing can be decided"}};
      for (size_t i = 0; i < 2; i++)
        if (!strcmp(known[i].path, n->path.text)) return arena_text(a, pick(in, known[i].zh, known[i].en));
      return arena_format(a, pick(in, "“%s”不详，因此无法判定", "\"%s\" is not known, so nothing can be decided"),
                          n->path.text);
    }
    return arena_text(a, pick(in, "是否适用本规则无法确定", "whether the rule applies cannot be known"));
  }
  case WHY_SAID:
    return arena_text(a, d->said.in[in]);
  }
  return NULL;
}

/* ---- parameters, places, records ---- */

char *words_of_parameter(arena *a, const pack *p, const parameter_read *one, language in) {
  const parameter *of = one->parameter;
  char from[11];
  if (!one->entry)
    return arena_format(a, pick(in, "%s（%s）：此时尚无取值", "%s (%s): no value yet"), of->title.in[in], of->id);
  buffer text = {0};
  if (of->form == PARAMETER_DAY) {
    char written[11];
    day_write(one->entry->day, written);
    buffer_text(&text, written);
  } else if (of->form == PARAMETER_BY_WORD) {
    const declared_scale *scale = kinds_scale(&p->kinds, of->by);
    size_t steps = scale ? scale->count : 0, count = 0;
    for (size_t step = 0; step <= steps; step++) /* in the scale's order, words that are none of its last */
      for (size_t i = 0; i < one->entry->words_count; i++) {
        const parameter_word *w = &one->entry->words[i];
        int at = scale ? scale_position(scale, w->word) : -1;
        if ((at < 0 ? steps : (size_t)at) != step) continue;
        buffer_format(&text, "%s%s %s", count++ ? pick(in, "，", ", ") : "",
                      at >= 0 ? scale->words[at].title.in[in] : w->word, fraction_text(a, w->value));
      }
  } else {
    buffer_text(&text, fraction_text(a, one->entry->number));
  }
  buffer_text(&text, unit_words(a, p, of->unit, in));
  day_write(one->entry->from, from);
  char *out;
  if (one->entry->source)
    out = arena_format(a, pick(in, "%s（%s）= %s，自 %s 起；出处：%s", "%s (%s) = %s, from %s; source: %s"),
                       of->title.in[in], of->id, text.at, from, one->entry->source);
  else
    out = arena_format(a, pick(in, "%s（%s）= %s，自 %s 起；假定值：%s", "%s (%s) = %s, from %s; assumed: %s"),
                       of->title.in[in], of->id, text.at, from,
                       one->entry->assumed.in[in] ? one->entry->assumed.in[in] : "");
  buffer_free(&text);
  return out;
}

char *words_of_place(arena *a, const evaluating *e, fact_type type, uint32_t row, language in) {
  const fact_columns *t = &e->subjects->of[type];
  if (!e->ledger) return arena_text(a, pick(in, "案例给定", "given by the case"));
  const source_row *s = &e->subjects->sources[t->source[row]];
  const char *sheet = t->sheet[row] ? ledger_sheet_name(e->ledger, s->import, t->sheet[row], a) : NULL;
  if (sheet)
    return arena_format(a, pick(in, "%s，工作表“%s”，第 %lld 行", "%s, sheet \"%s\", row %lld"), s->file_name, sheet,
                        (long long)t->row[row]);
  return arena_format(a, pick(in, "%s，第 %lld 行", "%s, row %lld"), s->file_name ? s->file_name : "-",
                      (long long)t->row[row]);
}

char *words_of_record(arena *a, const showing *how, fact_type type, uint32_t row) {
  const subjects *s = how->view->s;
  const fact_columns *t = &s->of[type];
  const pack *p = how->pack;
  buffer text = {0};
  char first[11], last[11];
  if (t->since[row] != DATE_NONE) {
    date_write(t->since[row], first);
    buffer_text(&text, first);
    if (t->until[row] != DATE_NONE && t->until[row] != t->since[row]) {
      date_write(t->until[row], last);
      buffer_format(&text, pick(how->in, " 至 %s", " to %s"), last);
    }
  } else {
    buffer_text(&text, pick(how->in, "日期不详", "no date"));
  }
  const declared_kind *kind = kinds_named(&p->kinds, s->words[t->kind[row]]);
  buffer_format(&text, "  %s", kind ? kind->title.in[how->in] : s->words[t->kind[row]]);
  static const struct {
    const char *scale;
    size_t offset;
  } columns[] = {{"level", offsetof(fact_columns, level)},
                 {"mode", offsetof(fact_columns, mode)},
                 {"status", offsetof(fact_columns, status)}};
  for (size_t i = 0; i < 3; i++) {
    const uint32_t *words = *(const uint32_t *const *)(const void *)((const char *)t + columns[i].offset);
    if (!words[row]) continue;
    const declared_scale *scale = kinds_scale(&p->kinds, columns[i].scale);
    int at = scale ? scale_position(scale, s->words[words[row]]) : -1;
    buffer_format(&text, " %s", at >= 0 ? scale->words[at].title.in[how->in] : s->words[words[row]]);
  }
  if (t->bound[row] == BOUND_UNKNOWN)
    buffer_text(&text, pick(how->in, "  数量不详", "  amount not known"));
  else if (t->bound[row] != BOUND_NONE)
    buffer_format(&text, "  %s%s", amount_text(a, (amount){t->amount[row], (bound)t->bound[row]}, how->in),
                  unit_words(a, p, s->words[t->unit[row]], how->in));
  size_t shown = 0; /* what it says in words tells records of one day apart */
  for (uint32_t i = t->attribute[row]; i < t->attribute[row + 1] && shown < 2; i++) {
    if (s->attributes.type[i] != ATTRIBUTE_TEXT) continue;
    const char *word = s->words[s->attributes.value[i]], *name = s->words[s->attributes.name[i]];
    const declared_scale *scale = kinds_scale(&p->kinds, kind && !strcmp(name, "value") ? kind->name : name);
    int at = scale ? scale_position(scale, word) : -1;
    if (at >= 0) word = scale->words[at].title.in[how->in];
    buffer_format(&text, pick(how->in, "  “%s”", "  \"%s\""), text_shortened(a, word, SAID_WIDTH));
    shown++;
  }
  char *out = arena_text(a, text.at);
  buffer_free(&text);
  return out;
}

bool words_weigh(const rule *r, const need_result *n) {
  const need_form *form = &n->need->form;
  if (!n->need->unit || form->count) return false;
  if (r->way != RULE_NEEDS) return true;
  for (int32_t node = form->had; node >= 0; node = r->program.nodes[node].of) {
    const expr_node *at = &r->program.nodes[node];
    if (at->type == EXPR_SELECTION || at->op == OP_SUM) return true;
    if (at->type == EXPR_NUMBER) return false;
  }
  return false;
}
