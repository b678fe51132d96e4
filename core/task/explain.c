#include "task/explain.h"

#include "task/explain_words.h"
#include "task/remedy.h"

#include <string.h>

enum { SHOWN_MOST = 10 };

typedef struct explaining {
  arena *memory;
  evaluating *e;
  explain_order order;
  const rule *rule;
  explanation x;
  showing how;
  buffer *text;
} explaining;

static const char *pick(const explaining *s, const char *zh, const char *en) {
  return s->order.in == LANGUAGE_ZH ? zh : en;
}

/* Does a placement of this kind have a host at all? A class has none, and nothing is missing there. */
static bool kind_has_hosts(const subjects *s, uint32_t row) {
  const fact_columns *t = &s->of[FACT_ENROLLMENT];
  for (uint32_t i = 0; i < t->count; i++)
    if (t->kind[i] == t->kind[row] && t->place[i] >= 0) return true;
  return false;
}

char *explain_subject(arena *a, const evaluating *e, fact_type type, uint32_t row, detail detail_of, language in) {
  const view *v = evaluation_view(e->evaluation);
  showing how = {.memory = a, .pack = e->pack, .view = v, .in = in, .detail = detail_of};
  if (type != FACT_ENROLLMENT && type != FACT_PERSON) return arena_text(a, shown_row(&how, type, row));
  int32_t person = row_to(v, type, row, FACT_PERSON);
  int32_t school = person < 0 ? -1 : row_school(v, (uint32_t)person);
  const char *who = person < 0 ? "?" : shown_row(&how, FACT_PERSON, (uint32_t)person);
  char *out = school < 0 ? arena_text(a, who)
                         : arena_format(a, "%s · %s", who, shown_row(&how, FACT_ORGANIZATION, (uint32_t)school));
  if (type != FACT_ENROLLMENT) return out;
  int32_t host = v->s->of[FACT_ENROLLMENT].place[row];
  if (host >= 0) return arena_format(a, "%s → %s", out, shown_row(&how, FACT_ORGANIZATION, (uint32_t)host));
  if (!kind_has_hosts(v->s, row)) return out;
  return arena_format(a, "%s → %s", out, in == LANGUAGE_ZH ? "接收单位不详" : "host not known");
}

/* ---- the table of needs ---- */

static char *padded(arena *a, const char *text, size_t width) {
  size_t own = text_width(text);
  return arena_format(a, "%s%*s", text, own < width ? (int)(width - own) : 0, "");
}

static const char *need_title(const explaining *s, const need_result *n) {
  const char *title = n->need->title.in[s->order.in];
  if (!n->each) return title;
  const declared_scale *scale =
      kinds_scale(&s->e->pack->kinds, n->need->form.each_path.text ? n->need->form.each_path.text : "");
  int at = scale ? scale_position(scale, n->each) : -1;
  return arena_format(s->memory, "%s · %s", title, at >= 0 ? scale->words[at].title.in[s->order.in] : n->each);
}

static void needs_table(explaining *s) {
  enum { COLUMNS = 5 };
  const char *titles[COLUMNS] = {pick(s, "要求", "need"), pick(s, "需要", "needed"), pick(s, "已有", "had"),
                                 pick(s, "还差", "missing"), pick(s, "结果", "outcome")};
  const decision *d = &s->x.decision;
  const char **cells = arena_array(s->memory, (d->needs_count + 1) * COLUMNS, sizeof *cells);
  size_t width[COLUMNS] = {0};
  memcpy(cells, titles, sizeof titles);
  for (size_t i = 0; i < d->needs_count; i++) {
    const need_result *n = &d->needs[i];
    const char **row = &cells[(i + 1) * COLUMNS];
    row[0] = need_title(s, n);
    row[1] = n->numbers ? words_of_comparison(s->memory, s->e->pack, n, s->order.in) : pick(s, "符合", "to hold");
    row[2] = n->numbers ? words_of_number(s->memory, s->e->pack, n->had, n->had_most, n->need->unit, s->order.in) : "-";
    row[3] = n->numbers && n->missing.above
                 ? words_of_number(s->memory, s->e->pack, n->missing, n->missing, n->need->unit, s->order.in)
                 : "-";
    if (n->outcome == OUTCOME_UNKNOWN && n->numbers && n->missing.above) /* more may be there than is known */
      row[3] = arena_format(s->memory, pick(s, "至多 %s", "at most %s"), row[3]);
    row[4] = outcome_said(n->outcome).in[s->order.in];
  }
  for (size_t i = 0; i < (d->needs_count + 1) * COLUMNS; i++)
    if (text_width(cells[i]) > width[i % COLUMNS]) width[i % COLUMNS] = text_width(cells[i]);
  for (size_t i = 0; i <= d->needs_count; i++) {
    buffer_text(s->text, "  ");
    for (size_t k = 0; k < COLUMNS; k++)
      buffer_text(s->text,
                  k + 1 < COLUMNS ? padded(s->memory, cells[i * COLUMNS + k], width[k] + 2) : cells[i * COLUMNS + k]);
    buffer_text(s->text, "\n");
  }
}

/* ---- records ---- */

static void counted_lines(explaining *s, const need_result *n, const need_reasons *r) {
  size_t shown = s->order.all || r->counted_count <= SHOWN_MOST ? r->counted_count : SHOWN_MOST;
  if (!r->counted_count) return;
  buffer_format(s->text, pick(s, "    计入 %zu 条：\n", "    counted, %zu:\n"), r->counted_count);
  for (size_t i = 0; i < shown; i++) {
    const counted *c = &r->counted[i];
    buffer_format(s->text, "      %s", words_of_record(s->memory, &s->how, c->type, c->row));
    if (words_weigh(s->rule, n) && c->amount_most.above != 0)
      buffer_format(s->text, pick(s, "  计 %s", "  counts %s"),
                    words_of_number(s->memory, s->e->pack, c->amount, c->amount_most, n->need->unit, s->order.in));
    if (c->carried) buffer_text(s->text, pick(s, "  上期结转", "  carried over"));
    buffer_format(s->text, "  [%s]\n", words_of_place(s->memory, s->e, c->type, c->row, s->order.in));
  }
  if (shown < r->counted_count)
    buffer_format(s->text,
                  pick(s, "      …… 另有 %zu 条，加 --all 全部列出\n", "      … and %zu more; --all lists them\n"),
                  r->counted_count - shown);
}

static void left_lines(explaining *s, const left *items, size_t count, const expr_node *nodes, const char *unit) {
  size_t shown = s->order.all || count <= SHOWN_MOST ? count : SHOWN_MOST;
  for (size_t i = 0; i < shown; i++) {
    const left *l = &items[i];
    buffer_format(s->text, "      %s", words_of_record(s->memory, &s->how, l->type, l->row));
    if (l->amount_known && l->amount.above && unit)
      buffer_format(s->text, pick(s, "  不计 %s", "  without %s"),
                    words_of_number(s->memory, s->e->pack, l->amount, l->amount, unit, s->order.in));
    buffer_format(s->text, pick(s, "  原因：%s", "  because: %s"),
                  words_of_left(s->memory, s->e, &s->x, l, nodes, s->order.in));
    buffer_format(s->text, "  [%s]\n", words_of_place(s->memory, s->e, l->type, l->row, s->order.in));
  }
  if (shown < count)
    buffer_format(s->text,
                  pick(s, "      …… 另有 %zu 条，加 --all 全部列出\n", "      … and %zu more; --all lists them\n"),
                  count - shown);
}

static void need_lines(explaining *s, size_t at) {
  const need_result *n = &s->x.decision.needs[at];
  const need_reasons *r = &s->x.needs[at];
  if (!r->counted_count && !r->left_count) return;
  buffer_format(s->text, "\n  %s\n", need_title(s, n));
  counted_lines(s, n, r);
  if (r->left_count) {
    buffer_format(s->text, pick(s, "    未计入 %zu 条：\n", "    not counted, %zu:\n"), r->left_count);
    left_lines(s, r->left, r->left_count, r->nodes, words_weigh(s->rule, n) ? n->need->unit : NULL);
  }
}

/* What would make it pass. A case given by an author has no offers and no deadline worth telling. */
static void remedy_lines(explaining *s) {
  bool titled = false;
  for (size_t i = 0; s->x.needs && s->e->ledger && i < s->x.decision.needs_count; i++) {
    const need_result *n = &s->x.decision.needs[i];
    remedy r;
    if (!remedy_find(s->memory, s->e, &s->x, i, &r)) continue;
    if (!titled) buffer_text(s->text, pick(s, "\n  还需：\n", "\n  what would make it pass:\n"));
    titled = true;
    remedy_text(s->memory, s->e, n, need_title(s, n), &r, s->order.in, s->text);
  }
}

/* ---- the whole ---- */

static void heading(explaining *s) {
  const decision *d = &s->x.decision;
  char on[11], first[11], last[11], until[11];
  day_write(d->on, on);
  buffer_format(s->text, "%s — %s\n", s->rule->title.in[s->order.in], outcome_said(d->outcome).in[s->order.in]);
  buffer_format(s->text, pick(s, "  对象：%s\n", "  about: %s\n"),
                explain_subject(s->memory, s->e, s->rule->of, d->subject, s->order.detail, s->order.in));
  buffer_format(s->text, pick(s, "  判定日：%s", "  on: %s"), on);
  if (d->has_window) {
    day_write(d->window.first, first);
    day_write(d->window.last, last);
    buffer_format(s->text, pick(s, "；周期：%s 至 %s", "; period: %s to %s"), first, last);
  }
  if (d->valid_until != DAY_EVER && d->valid_until != DAY_NONE) {
    day_write(d->valid_until - 1, until);
    buffer_format(s->text, pick(s, "；记录不变时有效至 %s", "; stands until %s if no record changes"), until);
  }
  buffer_text(s->text, "\n");
  buffer_format(s->text, pick(s, "  规则：%s，见 %s\n", "  rule: %s, in %s\n"), s->rule->id,
                place_text(s->memory, s->rule->where, s->order.in));
  char *why = words_of_why(s->memory, s->e, d, s->order.in);
  if (why) buffer_format(s->text, pick(s, "  原因：%s\n", "  because: %s\n"), why);
}

static void write_text(explaining *s) {
  const decision *d = &s->x.decision;
  heading(s);
  if (d->needs_count) {
    buffer_text(s->text, "\n");
    needs_table(s);
  }
  for (size_t i = 0; s->x.needs && i < d->needs_count; i++) need_lines(s, i);
  remedy_lines(s);
  if (s->x.unrecognised_count) {
    buffer_format(s->text, pick(s, "\n  未获认定的记录 %zu 条：\n", "\n  records that were not recognised, %zu:\n"),
                  s->x.unrecognised_count);
    left_lines(s, s->x.unrecognised, s->x.unrecognised_count, NULL, NULL);
  }
  if (s->x.parameters_count) buffer_text(s->text, pick(s, "\n  所用参数：\n", "\n  parameters read:\n"));
  for (size_t i = 0; i < s->x.parameters_count; i++)
    buffer_format(s->text, "    %s\n", words_of_parameter(s->memory, s->e->pack, &s->x.parameters[i], s->order.in));
}

/* ---- JSON ---- */

static json_t *number_json(arena *a, fraction f) {
  return is_infinite(f) ? json_null() : json_string(fraction_text(a, f));
}

static json_t *place_json(explaining *s, fact_type type, uint32_t row) {
  const fact_columns *t = &s->e->subjects->of[type];
  if (!s->e->ledger) return json_pack("{s:s}", "record", words_of_record(s->memory, &s->how, type, row));
  const source_row *source_of = &s->e->subjects->sources[t->source[row]];
  json_t *out = json_object();
  char *sheet = t->sheet[row] ? ledger_sheet_name(s->e->ledger, source_of->import, t->sheet[row], s->memory) : NULL;
  char hex[DIGEST_TEXT];
  digest_text(source_of->file, hex);
  json_object_set_new(out, "file", source_of->file_name ? json_string(source_of->file_name) : json_null());
  json_object_set_new(out, "digest", json_string(hex));
  if (sheet) json_object_set_new(out, "sheet", json_string(sheet));
  json_object_set_new(out, "row", json_integer(t->row[row]));
  json_object_set_new(out, "record", json_string(words_of_record(s->memory, &s->how, type, row)));
  return out;
}

static json_t *left_json(explaining *s, const left *l, const expr_node *nodes) {
  json_t *one = place_json(s, l->type, l->row);
  if (l->amount_known) json_object_set_new(one, "amount", number_json(s->memory, l->amount));
  json_object_set_new(one, "because",
                      json_words((said){{words_of_left(s->memory, s->e, &s->x, l, nodes, LANGUAGE_ZH),
                                         words_of_left(s->memory, s->e, &s->x, l, nodes, LANGUAGE_EN)}}));
  return one;
}

static json_t *need_json(explaining *s, size_t at) {
  const need_result *n = &s->x.decision.needs[at];
  json_t *out = json_object();
  json_object_set_new(out, "need", json_string(n->need->id));
  if (n->each) json_object_set_new(out, "each", json_string(n->each));
  json_object_set_new(out, "title", json_words(n->need->title));
  json_object_set_new(out, "outcome", json_string(outcome_name(n->outcome)));
  if (n->numbers) {
    json_object_set_new(out, "compare", json_string(comparison_text(n->need->form.compare)));
    json_object_set_new(out, "needed", number_json(s->memory, n->needed));
    json_object_set_new(out, "had", number_json(s->memory, n->had));
    if (fraction_compare(n->had, n->had_most))
      json_object_set_new(out, "had_most", number_json(s->memory, n->had_most));
    json_object_set_new(out, "missing", number_json(s->memory, n->missing));
    if (n->need->unit) json_object_set_new(out, "unit", json_string(n->need->unit));
  }
  if (!s->x.needs) return out;
  json_t *counts = json_array(), *lefts = json_array();
  const need_reasons *r = &s->x.needs[at];
  for (size_t i = 0; i < r->counted_count; i++) {
    json_t *one = place_json(s, r->counted[i].type, r->counted[i].row);
    json_object_set_new(one, "amount", number_json(s->memory, r->counted[i].amount));
    json_array_append_new(counts, one);
  }
  for (size_t i = 0; i < r->left_count; i++) json_array_append_new(lefts, left_json(s, &r->left[i], r->nodes));
  remedy would;
  if (s->e->ledger && remedy_find(s->memory, s->e, &s->x, at, &would))
    json_object_set_new(out, "would_pass", remedy_json(s->memory, s->e, &would));
  json_object_set_new(out, "counted", counts);
  json_object_set_new(out, "left_out", lefts);
  return out;
}

static json_t *write_json(explaining *s) {
  const decision *d = &s->x.decision;
  char on[11], until[11];
  json_t *out = json_object(), *needs = json_array(), *read = json_array(), *unrecognised = json_array();
  day_write(d->on, on);
  json_object_set_new(out, "rule", json_string(s->rule->id));
  json_object_set_new(out, "title", json_words(s->rule->title));
  json_object_set_new(out, "declared", json_string(place_text(s->memory, s->rule->where, LANGUAGE_EN)));
  json_object_set_new(
      out, "subject",
      json_string(explain_subject(s->memory, s->e, s->rule->of, d->subject, s->order.detail, s->order.in)));
  json_object_set_new(out, "outcome", json_string(outcome_name(d->outcome)));
  json_object_set_new(out, "on", json_string(on));
  if (d->valid_until != DAY_EVER && d->valid_until != DAY_NONE) {
    day_write(d->valid_until, until);
    json_object_set_new(out, "valid_until", json_string(until));
  }
  char *why = words_of_why(s->memory, s->e, d, LANGUAGE_ZH);
  if (why)
    json_object_set_new(out, "because", json_words((said){{why, words_of_why(s->memory, s->e, d, LANGUAGE_EN)}}));
  for (size_t i = 0; i < d->needs_count; i++) json_array_append_new(needs, need_json(s, i));
  for (size_t i = 0; i < s->x.unrecognised_count; i++)
    json_array_append_new(unrecognised, left_json(s, &s->x.unrecognised[i], NULL));
  for (size_t i = 0; i < s->x.parameters_count; i++)
    json_array_append_new(
        read, json_words((said){{words_of_parameter(s->memory, s->e->pack, &s->x.parameters[i], LANGUAGE_ZH),
                                 words_of_parameter(s->memory, s->e->pack, &s->x.parameters[i], LANGUAGE_EN)}}));
  json_object_set_new(out, "needs", needs);
  json_object_set_new(out, "not_recognised", unrecognised);
  json_object_set_new(out, "parameters", read);
  return out;
}

bool task_explain(evaluating *e, explain_order order, buffer *text, json_t **json, faults *problems) {
  explaining s = {.memory = e->memory, .e = e, .order = order, .rule = &e->pack->rules[order.rule], .text = text};
  s.how = (showing){.memory = e->memory,
                    .pack = e->pack,
                    .view = evaluation_view(e->evaluation),
                    .in = order.in,
                    .detail = order.detail};
  (void)problems; /* the evaluation was given the same list */
  if (!evaluation_explain(e->evaluation, order.rule, order.subject, e->memory, &s.x)) return false;
  write_text(&s);
  *json = write_json(&s);
  return true;
}
