/* The people who change outcome, as a table: who, where, under which rule, from what to what, by which needs. */
#include "task/compare.h"
#include "task/rows_out.h"

#include <string.h>

enum { COLUMNS_MOST = 16 };

static const said why_said[COMPARE_WHYS] = {
    {{"事实有变", "facts"}}, {{"日期推移", "the day"}}, {{"规则有变", "rules"}}};

/* "hours: met → unmet; practice: unknown → met" */
static const char *needs_changed(arena *a, const compare_rule *r, uint32_t subject, language in) {
  buffer text = {0};
  for (size_t i = 0; i < r->needs_count; i++) {
    const compare_need *n = &r->needs[i];
    if (!n->before || !n->after) continue;
    uint8_t from = r->cells[0][subject * r->width[0] + (size_t)(n->before - r->before->needs) + 1];
    uint8_t to = r->cells[1][subject * r->width[1] + (size_t)(n->after - r->after->needs) + 1];
    if (from == to || from == COMPARE_NONE || to == COMPARE_NONE) continue;
    buffer_format(&text, in == LANGUAGE_ZH ? "%s%s：%s → %s" : "%s%s: %s → %s",
                  !text.length        ? ""
                  : in == LANGUAGE_ZH ? "；"
                                      : "; ",
                  n->after->title.in[in], outcome_said((outcome)from).in[in], outcome_said((outcome)to).in[in]);
  }
  const char *out = arena_text(a, text.at ? text.at : "");
  buffer_free(&text);
  return out;
}

static const char *code_of(const subjects *s, fact_type type, int32_t row) {
  return row < 0 ? NULL : s->words[s->of[type].code[row]];
}

static void write_rule(comparing *c, const compare_rule *r, rows_out *w, detail how, language in, size_t *rows) {
  const subjects *s = c->after.subjects;
  const view *v = evaluation_view(c->after.evaluation);
  arena *a = arena_new();
  showing show = {.memory = a, .pack = c->after.pack, .view = v, .in = in, .detail = how};
  for (size_t i = 0; i < r->changed_count; i++) {
    const compare_changed *one = &r->changed[i];
    int32_t person = r->of == FACT_ORGANIZATION ? -1 : row_to(v, r->of, one->subject, FACT_PERSON);
    int32_t organization = compare_organization(c, r->of, one->subject);
    const char *cells[COLUMNS_MOST];
    size_t count = 0;
    cells[count++] = person >= 0 ? code_of(s, FACT_PERSON, person) : code_of(s, r->of, (int32_t)one->subject);
    if (!cells[0][0] && person >= 0) cells[0] = shown_row(&show, FACT_PERSON, (uint32_t)person);
    if (how == DETAIL_FULL)
      cells[count++] = s->words[person >= 0 ? s->of[FACT_PERSON].name[person] : s->of[r->of].name[one->subject]];
    cells[count++] = organization >= 0 ? shown_row(&show, FACT_ORGANIZATION, (uint32_t)organization) : NULL;
    for (size_t k = 0; k < r->by_count; k++) {
      const declared_scale *ladder = r->by[k].ladder;
      int32_t at = ladder ? compare_stage(c, ladder, r->of, one->subject) : -1;
      if (ladder) cells[count++] = at < 0 ? NULL : ladder->words[at].title.in[in];
      if (count > COLUMNS_MOST - 6) break;
    }
    cells[count++] = r->after->id;
    cells[count++] = outcome_said(one->before).in[in];
    cells[count++] = outcome_said(one->after).in[in];
    cells[count++] = needs_changed(a, r, one->subject, in);
    if (c->order.stored) cells[count++] = why_said[one->why].in[in];
    rows_out_row(w, cells, count);
    ++*rows;
    arena_reset(a);
  }
  arena_free(a);
}

static void write_titles(const comparing *c, rows_out *w, detail how, language in) {
  static const said fixed[] = {{{"编号", "code"}},
                               {{"姓名", "name"}},
                               {{"单位", "organization"}},
                               {{"规则", "rule"}},
                               {{"变动前", "before"}},
                               {{"变动后", "after"}},
                               {{"变动的要求", "needs that change"}},
                               {{"原因", "because of"}}};
  const kinds *k = &c->after.pack->kinds;
  const char *cells[COLUMNS_MOST];
  size_t count = 0;
  cells[count++] = fixed[0].in[in];
  if (how == DETAIL_FULL) cells[count++] = fixed[1].in[in];
  cells[count++] = fixed[2].in[in];
  for (size_t i = 0; i < k->scales_count && count <= COLUMNS_MOST - 6; i++) {
    const declared_scale *ladder = &k->scales[i];
    if (ladder->ladder && kinds_named(k, ladder->name))
      cells[count++] = ladder->title.in[in] ? ladder->title.in[in] : ladder->name;
  }
  for (size_t i = 3; i < 7; i++) cells[count++] = fixed[i].in[in];
  if (c->order.stored) cells[count++] = fixed[7].in[in];
  rows_out_row(w, cells, count);
}

bool compare_people(comparing *c, const compare_rule *rules, size_t count, const char *table, detail how, language in,
                    size_t *rows, faults *problems) {
  *rows = 0;
  if (!ledger_spares(c->before.ledger, table, problems)) return false;
  rows_out *w = rows_out_begin(table, problems);
  if (!w) return false;
  write_titles(c, w, how, in);
  for (size_t i = 0; i < count; i++)
    if (rules[i].before && rules[i].after) write_rule(c, &rules[i], w, how, in, rows);
  return rows_out_end(w, problems);
}
