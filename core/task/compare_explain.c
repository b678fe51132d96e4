/* One subject under one rule, side by side: what is needed and had, which parameters and records tell the sides apart.
 */
#include "task/compare.h"
#include "task/explain_words.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_MOST = 10, SIDES = 2, WIDE = 60 /* columns: beyond that the sides stand one below the other */ };

typedef struct side {
  evaluating *e;
  const rule *rule; /* NULL: this side does not have it */
  explanation x;
  showing how;
} side;

typedef struct side_row {
  const char *what, *on[SIDES];
} side_row;

typedef struct kept { /* what is stored of the subject under the image asked for */
  const char *rule;
  int64_t subject;
  bool there;
  int outcome;
  day on;
} kept;

typedef struct sides {
  arena *memory;
  side of[SIDES];
  const kept *stored; /* NULL: nothing stored is asked for */
  language in;
  bool all;
  buffer *text;
  side_row *rows;
  size_t rows_count, rows_capacity;
} sides;

static const char *pick(const sides *s, const char *zh, const char *en) {
  return s->in == LANGUAGE_ZH ? zh : en;
}

static void add_row(sides *s, const char *what, const char *before, const char *after) {
  *ARENA_PUSH(s->memory, s->rows, s->rows_count, s->rows_capacity) = (side_row){what, {before, after}};
}

static void add_padded(buffer *b, const char *text, size_t width) {
  buffer_text(b, text);
  for (size_t own = text_width(text); own < width; own++) buffer_text(b, " ");
}

static bool is_wide(const side_row *r) {
  return text_width(r->on[0]) > WIDE;
}

/* What differs between the sides has a mark before it. */
static void write_rows(sides *s) {
  size_t width = 0, what = 0;
  for (size_t i = 0; i < s->rows_count; i++) {
    const side_row *r = &s->rows[i];
    if (text_width(r->what) > what) what = text_width(r->what);
    if (!is_wide(r) && text_width(r->on[0]) > width) width = text_width(r->on[0]);
  }
  for (size_t i = 0; i < s->rows_count; i++) {
    const side_row *r = &s->rows[i];
    const bool same = strcmp(r->on[0], r->on[1]) == 0;
    buffer_text(s->text, i && !same ? "≠ " : "  ");
    if (!is_wide(r)) {
      add_padded(s->text, r->what, what + 2);
      add_padded(s->text, r->on[0], width + 2);
      buffer_format(s->text, "%s\n", r->on[1]);
    } else if (same) {
      add_padded(s->text, r->what, what + 2);
      buffer_format(s->text, "%s\n", r->on[0]);
    } else {
      buffer_format(s->text,
                    pick(s, "%s\n      变动前  %s\n      变动后  %s\n", "%s\n      before  %s\n      after   %s\n"),
                    r->what, r->on[0], r->on[1]);
    }
  }
}

/* ---- needs ---- */

static const char *need_title(const sides *s, const side *of, const need_result *n) {
  const char *title = n->need->title.in[s->in];
  if (!n->each) return title;
  const path *each = &n->need->form.each_path;
  const declared_scale *scale = each->text ? kinds_scale(&of->e->pack->kinds, each->text) : NULL;
  int at = scale ? scale_position(scale, n->each) : -1;
  return arena_format(s->memory, "%s · %s", title, at >= 0 ? scale->words[at].title.in[s->in] : n->each);
}

static const need_result *need_like(const side *of, const need_result *n, size_t *at) {
  for (size_t i = 0; of->rule && i < of->x.decision.needs_count; i++) {
    const need_result *other = &of->x.decision.needs[i];
    if (strcmp(other->need->id, n->need->id) != 0 || !text_same(other->each, n->each)) continue;
    *at = i;
    return other;
  }
  return NULL;
}

/* "372 hours (≥ 360 hours) met" */
static const char *need_words(const sides *s, const side *of, const need_result *n) {
  if (!n) return "—";
  const char *outcome_word = outcome_said(n->outcome).in[s->in];
  if (!n->numbers) return outcome_word;
  return arena_format(s->memory, pick(s, "%s（%s）%s", "%s (%s) %s"),
                      words_of_number(s->memory, of->e->pack, n->had, n->had_most, n->need->unit, s->in),
                      words_of_comparison(s->memory, of->e->pack, n, s->in), outcome_word);
}

static void add_needs(sides *s) {
  const side *before = &s->of[0], *after = &s->of[1];
  size_t at;
  for (size_t i = 0; after->rule && i < after->x.decision.needs_count; i++) {
    const need_result *n = &after->x.decision.needs[i];
    add_row(s, need_title(s, after, n), need_words(s, before, need_like(before, n, &at)), need_words(s, after, n));
  }
  for (size_t i = 0; before->rule && i < before->x.decision.needs_count; i++) {
    const need_result *n = &before->x.decision.needs[i];
    if (!need_like(after, n, &at)) add_row(s, need_title(s, before, n), need_words(s, before, n), "—");
  }
}

/* ---- parameters ---- */

static const char *parameter_words(const sides *s, const side *of, size_t i) {
  return words_of_parameter(s->memory, of->e->pack, &of->x.parameters[i], s->in);
}

static void parameters_of(sides *s, const side *of, const side *other, bool *begun) {
  for (size_t i = 0; of->rule && i < of->x.parameters_count; i++) {
    const char *own = parameter_words(s, of, i);
    bool same = false;
    for (size_t k = 0; other->rule && k < other->x.parameters_count && !same; k++)
      same = !strcmp(own, parameter_words(s, other, k));
    if (same) continue;
    if (!*begun) buffer_text(s->text, pick(s, "\n  不同的参数：\n", "\n  parameters that differ:\n"));
    *begun = true;
    buffer_format(s->text, "    %s%s\n",
                  of == &s->of[0] ? pick(s, "变动前  ", "before  ") : pick(s, "变动后  ", "after   "), own);
  }
}

/* ---- records ---- */

typedef struct used_row {
  fact_type type;
  uint32_t row;
} used_row;

static int by_row(const void *a, const void *b) {
  const used_row *x = a, *y = b;
  if (x->type != y->type) return x->type < y->type ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static void add_used(const need_reasons *r, used_row *rows, size_t *count) {
  for (size_t i = 0; i < r->counted_count; i++) rows[(*count)++] = (used_row){r->counted[i].type, r->counted[i].row};
  for (size_t i = 0; i < r->left_count; i++) rows[(*count)++] = (used_row){r->left[i].type, r->left[i].row};
}

/* "counts 5 hours; not counted: over the cap" */
static const char *use_words(const sides *s, const side *of, const need_result *n, const need_reasons *r,
                             used_row row) {
  const char *unit = n->need->unit;
  buffer text = {0};
  for (size_t i = 0; i < r->counted_count; i++) {
    const counted *c = &r->counted[i];
    if (c->type != row.type || c->row != row.row) continue;
    buffer_format(&text, "%s%s", text.length ? pick(s, "；", "; ") : "", pick(s, "计入", "counts"));
    if (c->amount_most.above && words_weigh(of->rule, n))
      buffer_format(&text, " %s", words_of_number(s->memory, of->e->pack, c->amount, c->amount_most, unit, s->in));
  }
  for (size_t i = 0; i < r->left_count; i++) {
    const left *l = &r->left[i];
    if (l->type != row.type || l->row != row.row) continue;
    buffer_format(&text, pick(s, "%s不计入", "%snot counted"), text.length ? pick(s, "；", "; ") : "");
    if (l->amount_known && l->amount.above && words_weigh(of->rule, n))
      buffer_format(&text, " %s", words_of_number(s->memory, of->e->pack, l->amount, l->amount, unit, s->in));
    buffer_format(&text, pick(s, "（%s）", " (%s)"), words_of_left(s->memory, of->e, &of->x, l, r->nodes, s->in));
  }
  const char *out = text.at ? arena_text(s->memory, text.at) : pick(s, "不涉及", "no part of it");
  buffer_free(&text);
  return out;
}

static void records_of(sides *s, size_t need_at) {
  side *before = &s->of[0], *after = &s->of[1];
  size_t other_at = 0, count = 0, shown = 0, differ = 0;
  const need_result *n = &after->x.decision.needs[need_at], *was = need_like(before, n, &other_at);
  if (!was || !after->x.needs || !before->x.needs) return;
  const need_reasons *now = &after->x.needs[need_at], *then = &before->x.needs[other_at];
  used_row *rows = arena_array(
      s->memory, now->counted_count + now->left_count + then->counted_count + then->left_count + 1, sizeof *rows);
  add_used(now, rows, &count);
  add_used(then, rows, &count);
  qsort(rows, count, sizeof *rows, by_row);
  for (size_t i = 0; i < count; i++) {
    if (i && !by_row(&rows[i - 1], &rows[i])) continue;
    const char *one = use_words(s, before, was, then, rows[i]), *two = use_words(s, after, n, now, rows[i]);
    if (!strcmp(one, two)) continue;
    if (!differ++)
      buffer_format(s->text, pick(s, "\n  %s：计入情况不同的记录\n", "\n  %s: records that count otherwise\n"),
                    need_title(s, after, n));
    if (!s->all && shown == SHOWN_MOST) continue;
    shown++;
    buffer_format(s->text, "    %s  [%s]\n", words_of_record(s->memory, &after->how, rows[i].type, rows[i].row),
                  words_of_place(s->memory, after->e, rows[i].type, rows[i].row, s->in));
    buffer_format(s->text, pick(s, "      变动前  %s\n      变动后  %s\n", "      before  %s\n      after   %s\n"), one,
                  two);
  }
  if (shown < differ)
    buffer_format(s->text, pick(s, "    …… 另有 %zu 条，加 --all 全部列出\n", "    … and %zu more; --all lists them\n"),
                  differ - shown);
}

/* ---- the whole ---- */

static const char *why_words(const sides *s, const side *of) {
  char *why = of->rule ? words_of_why(s->memory, of->e, &of->x.decision, s->in) : NULL;
  return why ? why : "—";
}

static bool take_kept(void *context, const decision_row *row) {
  kept *k = context;
  if (row->subject != k->subject || strcmp(row->rule, k->rule) != 0) return true;
  k->there = row->outcome >= 0 && row->outcome < OUTCOMES;
  k->outcome = row->outcome;
  k->on = row->on;
  return true;
}

/* The sides are both computed of the facts as they are now; what was stored may have rested on others. */
static void write_kept(sides *s) {
  char on[11];
  if (!s->stored->there) {
    buffer_text(s->text, pick(s, "  按该映像保存的判定：无\n", "  stored under that image: nothing\n"));
    return;
  }
  day_write(s->stored->on, on);
  buffer_format(s->text, pick(s, "  按该映像保存的判定：%s，判定日 %s\n", "  stored under that image: %s, on %s\n"),
                outcome_said((outcome)s->stored->outcome).in[s->in], on);
}

static json_t *kept_json(const kept *k) {
  char on[11];
  if (!k->there) return json_null();
  day_write(k->on, on);
  return json_pack("{s:s, s:s}", "outcome", outcome_name((outcome)k->outcome), "on", on);
}

static void write_sides(sides *s, uint32_t subject, detail how) {
  side *before = &s->of[0], *after = &s->of[1];
  const side *named = after->rule ? after : before;
  const char *outcomes[SIDES], *windows[SIDES];
  char on[SIDES][11];
  bool begun = false;
  for (int i = 0; i < SIDES; i++) {
    const side *one = &s->of[i];
    const decision *d = &one->x.decision;
    day_write(one->e->on, on[i]);
    outcomes[i] = one->rule ? outcome_said(d->outcome).in[s->in] : pick(s, "没有此规则", "has no such rule");
    windows[i] = "—";
    if (!one->rule || !d->has_window) continue;
    char first[11], last[11];
    day_write(d->window.first, first);
    day_write(d->window.last, last);
    windows[i] = arena_format(s->memory, pick(s, "%s 至 %s", "%s to %s"), first, last);
  }
  buffer_format(s->text, "%s (%s)\n", named->rule->title.in[s->in], named->rule->id);
  buffer_format(s->text, pick(s, "  对象：%s\n", "  about: %s\n"),
                explain_subject(s->memory, named->e, named->rule->of, subject, how, s->in));
  if (s->stored && before->rule) write_kept(s);
  add_row(s, "", pick(s, "变动前", "before"), pick(s, "变动后", "after"));
  add_row(s, pick(s, "结果", "outcome"), outcomes[0], outcomes[1]);
  add_row(s, pick(s, "判定日", "on"), on[0], on[1]);
  if (strcmp(windows[0], "—") != 0 || strcmp(windows[1], "—") != 0)
    add_row(s, pick(s, "周期", "period"), windows[0], windows[1]);
  const char *whys[SIDES] = {why_words(s, before), why_words(s, after)};
  if (strcmp(whys[0], "—") != 0 || strcmp(whys[1], "—") != 0) add_row(s, pick(s, "原因", "because"), whys[0], whys[1]);
  add_needs(s);
  write_rows(s);
  parameters_of(s, before, after, &begun);
  parameters_of(s, after, before, &begun);
  for (size_t i = 0; after->rule && before->rule && i < after->x.decision.needs_count; i++) records_of(s, i);
}

static json_t *side_json(const side *of, const compare_subject *order, faults *problems) {
  buffer unused = {0};
  json_t *out = NULL;
  explain_order as = {.rule = (int32_t)(of->rule ? of->rule - of->e->pack->rules : 0),
                      .subject = order->subject,
                      .all = true,
                      .detail = order->detail,
                      .in = order->in};
  if (of->rule) task_explain(of->e, as, &unused, &out, problems);
  buffer_free(&unused);
  return out ? out : json_null();
}

bool task_compare_explain(comparing *c, compare_subject order, buffer *text, json_t **json, faults *problems) {
  sides s = {.memory = c->memory, .in = order.in, .all = order.all, .text = text};
  evaluating *both[SIDES] = {&c->before, &c->after};
  for (int i = 0; i < SIDES; i++) {
    side *one = &s.of[i];
    int32_t at = pack_rule(both[i]->pack, order.rule);
    *one = (side){.e = both[i], .rule = at < 0 ? NULL : &both[i]->pack->rules[at]};
    one->how = (showing){.memory = c->memory,
                         .pack = both[i]->pack,
                         .view = evaluation_view(both[i]->evaluation),
                         .in = order.in,
                         .detail = order.detail};
    if (one->rule && !evaluation_explain(both[i]->evaluation, at, order.subject, c->memory, &one->x)) return false;
  }
  kept k = {.rule = order.rule};
  const rule *named = s.of[0].rule ? s.of[0].rule : s.of[1].rule;
  k.subject = c->before.subjects->of[named->of].entity[order.subject];
  if (c->order.stored) {
    s.stored = &k;
    if (!ledger_decisions_under(c->before.ledger, c->image, take_kept, &k, problems)) return false;
  }
  write_sides(&s, order.subject, order.detail);
  *json = json_object();
  if (c->order.stored) json_object_set_new(*json, "stored", kept_json(&k));
  json_object_set_new(*json, "before", side_json(&s.of[0], &order, problems));
  json_object_set_new(*json, "after", side_json(&s.of[1], &order, problems));
  return true;
}
