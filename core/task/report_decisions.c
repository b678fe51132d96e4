/* What was decided about one subject, in full: needs, what counted, what did not and why. A person's transcript. */
#include "task/explain_words.h"
#include "task/report_inside.h"

#include <string.h>

typedef struct telling {
  reporting *r;
  evaluating e; /* what the words of explanations ask for */
  const rule *rule;
  explanation x;
} telling;

static hongzhu_span cell(const char *text) {
  return (hongzhu_span){sizeof(hongzhu_span), plain_text(text), NULL};
}

static hongzhu_event *table_event(const telling *t, const char *caption, const char *const *titles, size_t width,
                                  const hongzhu_span *cells, size_t rows) {
  hongzhu_column *columns = arena_array(t->r->memory, width, sizeof *columns);
  for (size_t i = 0; i < width; i++) columns[i] = (hongzhu_column){sizeof(hongzhu_column), plain_text(titles[i]), 0};
  hongzhu_event *event = report_event(t->r, HONGZHU_EVENT_TABLE);
  event->text = plain_text(caption);
  event->columns = columns;
  event->columns_count = (uint32_t)width;
  event->cells = cells;
  event->rows_count = (uint32_t)rows;
  return event;
}

static void remark(reporting *r, const char *text) {
  hongzhu_span *span = arena_take(r->memory, sizeof *span);
  *span = cell(text);
  hongzhu_event *event = report_event(r, HONGZHU_EVENT_PARAGRAPH);
  event->spans = span;
  event->spans_count = 1;
}

/* ---- needs ---- */

static const char *need_title(const telling *t, const need_result *n) {
  language in = t->r->showing.in;
  if (!n->each) return n->need->title.in[in];
  const char *named = n->need->form.each_path.text ? n->need->form.each_path.text : "";
  const declared_scale *scale = kinds_scale(&t->r->pack->kinds, named);
  int at = scale ? scale_position(scale, n->each) : -1;
  return arena_format(t->r->memory, "%s · %s", n->need->title.in[in],
                      at >= 0 ? scale->words[at].title.in[in] : n->each);
}

static void needs_table(const telling *t) {
  enum { WIDTH = 5 };
  reporting *r = t->r;
  const decision *d = &t->x.decision;
  language in = r->showing.in;
  const char *titles[WIDTH] = {say(r, "要求", "need"), say(r, "需要", "needed"), say(r, "已有", "had"),
                               say(r, "还差", "missing"), say(r, "结果", "outcome")};
  hongzhu_span *cells = arena_array(r->memory, WIDTH * d->needs_count + 1, sizeof *cells);
  for (size_t i = 0; i < d->needs_count; i++) {
    const need_result *n = &d->needs[i];
    const char *unit = n->need->unit;
    hongzhu_span *row = &cells[i * WIDTH];
    row[0] = cell(need_title(t, n));
    row[1] = cell(n->numbers ? words_of_comparison(r->memory, r->pack, n, in) : say(r, "符合", "to hold"));
    row[2] = cell(n->numbers ? words_of_number(r->memory, r->pack, n->had, n->had_most, unit, in) : "—");
    row[3] = cell(n->numbers && n->missing.above ? words_of_number(r->memory, r->pack, n->missing, n->missing, unit, in)
                                                 : "—");
    row[4] = cell(outcome_said(n->outcome).in[in]);
  }
  table_event(t, say(r, "各项要求", "needs"), titles, WIDTH, cells, d->needs_count);
}

/* ---- records ---- */

static void counted_table(const telling *t, size_t at) {
  enum { WIDTH = 3 };
  reporting *r = t->r;
  const need_result *n = &t->x.decision.needs[at];
  const need_reasons *reasons = &t->x.needs[at];
  language in = r->showing.in;
  const char *titles[WIDTH] = {say(r, "计入的记录", "what counted"), say(r, "计", "counts"), say(r, "来源", "from")};
  if (!reasons->counted_count) return;
  hongzhu_span *cells = arena_array(r->memory, WIDTH * reasons->counted_count, sizeof *cells);
  for (size_t i = 0; i < reasons->counted_count; i++) {
    const counted *c = &reasons->counted[i];
    bool weighed = words_weigh(t->rule, n) && c->amount_most.above != 0;
    const char *unit = n->need->unit;
    hongzhu_span *row = &cells[i * WIDTH];
    row[0] = cell(words_of_record(r->memory, &r->showing, c->type, c->row));
    row[1] = cell(weighed ? words_of_number(r->memory, r->pack, c->amount, c->amount_most, unit, in) : "—");
    row[2] = cell(words_of_place(r->memory, &t->e, c->type, c->row, in));
  }
  table_event(t, need_title(t, n), titles, WIDTH, cells, reasons->counted_count);
}

static void left_table(const telling *t, const char *caption, const left *items, size_t count, const expr_node *nodes) {
  enum { WIDTH = 3 };
  reporting *r = t->r;
  language in = r->showing.in;
  const char *titles[WIDTH] = {say(r, "未计入的记录", "what did not count"), say(r, "原因", "because"),
                               say(r, "来源", "from")};
  if (!count) return;
  hongzhu_span *cells = arena_array(r->memory, WIDTH * count, sizeof *cells);
  for (size_t i = 0; i < count; i++) {
    hongzhu_span *row = &cells[i * WIDTH];
    row[0] = cell(words_of_record(r->memory, &r->showing, items[i].type, items[i].row));
    row[1] = cell(words_of_left(r->memory, &t->e, &t->x, &items[i], nodes, in));
    row[2] = cell(words_of_place(r->memory, &t->e, items[i].type, items[i].row, in));
  }
  table_event(t, caption, titles, WIDTH, cells, count);
}

/* ---- one decision ---- */

static void heading(const telling *t, int level) {
  reporting *r = t->r;
  const decision *d = &t->x.decision;
  language in = r->showing.in;
  char first[11], last[11];
  hongzhu_event *event = report_event(r, HONGZHU_EVENT_HEADING);
  event->level = (uint32_t)level;
  event->text = plain_text(
      arena_format(r->memory, say(r, "%s：%s", "%s: %s"), t->rule->title.in[in], outcome_said(d->outcome).in[in]));
  const char *about = t->rule->of == r->scope.type
                          ? ""
                          : explain_subject(r->memory, &t->e, t->rule->of, d->subject, r->showing.detail, in);
  const char *within = "";
  if (d->has_window) {
    day_write(d->window.first, first);
    day_write(d->window.last, last);
    within = arena_format(r->memory, say(r, "周期 %s 至 %s", "period %s to %s"), first, last);
  }
  const char *why = words_of_why(r->memory, &t->e, d, in), *between = say(r, "；", "; ");
  const char *parts[] = {about, within, why ? why : ""};
  const char *text = "";
  for (size_t i = 0; i < 3; i++)
    if (*parts[i]) text = arena_format(r->memory, "%s%s%s", text, *text ? between : "", parts[i]);
  if (*text) remark(r, text);
}

static evaluating of_report(reporting *r) {
  return (evaluating){.memory = r->memory,
                      .ledger = r->ledger,
                      .pack = (pack *)(uintptr_t)r->pack, /* only read */
                      .subjects = (subjects *)(uintptr_t)r->showing.view->s,
                      .evaluation = r->evaluation,
                      .on = r->request->on};
}

const char *report_missing(reporting *r, int32_t rule_at, uint32_t subject) {
  telling t = {.r = r, .rule = &r->pack->rules[rule_at], .e = of_report(r)};
  decision *d = &t.x.decision;
  language in = r->showing.in;
  if (!evaluation_decide(r->evaluation, rule_at, subject, r->memory, d)) return NULL;
  const char *why = words_of_why(r->memory, &t.e, d, in), *missing = NULL;
  for (size_t i = 0; !why && i < d->needs_count; i++) {
    const need_result *n = &d->needs[i];
    if (n->outcome != OUTCOME_UNMET && n->outcome != OUTCOME_UNKNOWN) continue;
    const char *short_of = n->numbers && n->missing.above
                               ? words_of_number(r->memory, r->pack, n->missing, n->missing, n->need->unit, in)
                               : NULL;
    const char *one = short_of ? arena_format(r->memory, say(r, "%s差 %s", "%s: %s"), need_title(&t, n), short_of)
                               : need_title(&t, n);
    missing = missing ? arena_format(r->memory, say(r, "%s；%s", "%s; %s"), missing, one) : one;
  }
  return why ? why : missing ? missing : "—";
}

static bool one_decision(reporting *r, const block *b, int32_t rule_at, uint32_t subject) {
  telling t = {.r = r, .rule = &r->pack->rules[rule_at]};
  t.e = of_report(r);
  if (!evaluation_explain(r->evaluation, rule_at, subject, r->memory, &t.x)) return false;
  const decision *d = &t.x.decision;
  r->rules[rule_at] = true;
  if (d->outcome == OUTCOME_NOT_APPLICABLE && d->why == WHY_APPLIES) return true; /* it is not about this one */
  heading(&t, b->level);
  if (d->needs_count) needs_table(&t);
  for (size_t i = 0; t.x.needs && i < d->needs_count; i++) {
    counted_table(&t, i);
    left_table(&t, need_title(&t, &d->needs[i]), t.x.needs[i].left, t.x.needs[i].left_count, t.x.needs[i].nodes);
  }
  left_table(&t, say(r, "未获认定的记录", "records that were not recognised"), t.x.unrecognised, t.x.unrecognised_count,
             NULL);
  return true;
}

bool report_decisions(reporting *r, const block *b) {
  for (size_t i = 0; i < r->pack->rules_count; i++) {
    const rule *of = &r->pack->rules[i];
    bool asked = b->rules_count == 0;
    for (size_t k = 0; k < b->rules_count; k++) asked = asked || b->rules[k] == (int32_t)i;
    if (!asked) continue;
    if (of->of == r->scope.type) {
      if (!one_decision(r, b, (int32_t)i, r->scope.row)) return false;
    } else if (of->of == FACT_ENROLLMENT) {
      uint32_t *rows;
      size_t count = rows_under(r->showing.view, r->scope.type, r->scope.row, FACT_ENROLLMENT, r->memory, &rows);
      for (size_t k = 0; k < count; k++)
        if (!one_decision(r, b, (int32_t)i, rows[k])) return false;
    }
  }
  return true;
}
