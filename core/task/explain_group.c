#include "task/explain_group.h"

#include "task/explain_words.h"

#include <string.h>

typedef struct telling {
  arena *memory;
  evaluating *e;
  const declared_group *group;
  group_result result;
  detail detail;
  language in;
  buffer *text;
  json_t *rows;
} telling;

static const char *pick(const telling *t, const char *zh, const char *en) {
  return t->in == LANGUAGE_ZH ? zh : en;
}

int32_t explain_group_named(const pack *p, const char *id) {
  for (size_t i = 0; i < p->groups_count; i++)
    if (!strcmp(p->groups[i].id, id)) return (int32_t)i;
  return -1;
}

typedef struct member_counts {
  size_t met, unmet, not_applicable;
} member_counts;

static member_counts members_counted(const group_result *r) {
  member_counts n = {0};
  for (size_t i = 0; i < r->members_count; i++) {
    outcome o = r->members[i].outcome;
    if (o == OUTCOME_MET)
      n.met++;
    else if (o == OUTCOME_UNMET)
      n.unmet++;
    else
      n.not_applicable++;
  }
  return n;
}

static char *limits_words(const telling *t, const group_member *m, language in) {
  buffer text = {0};
  for (size_t i = 0; i < m->needs_count; i++) {
    const group_need *n = &m->needs[i];
    if (n->outcome != OUTCOME_UNMET) continue;
    const char *most = fraction_text(t->memory, n->needed);
    if (text.length) buffer_text(&text, in == LANGUAGE_ZH ? "；" : "; ");
    if (in == LANGUAGE_ZH)
      buffer_format(&text, "%s：至多 %s，此前已有 %lld", n->limit->title.in[in], most, (long long)n->had);
    else
      buffer_format(&text, "%s: at most %s, taken before: %lld", n->limit->title.in[in], most, (long long)n->had);
  }
  char *out = arena_text(t->memory, text.at ? text.at : "");
  buffer_free(&text);
  return out;
}

static char *member_words(const telling *t, const group_member *m, language in) {
  bool zh = in == LANGUAGE_ZH;
  if (t->group->form == GROUP_COVERAGE)
    return arena_text(t->memory,
                      m->outcome == OUTCOME_MET ? (zh ? "已覆盖" : "covered") : (zh ? "未覆盖" : "not covered"));
  if (m->outcome == OUTCOME_NOT_APPLICABLE) return arena_text(t->memory, zh ? "不符合参加条件" : "not eligible");
  if (m->outcome == OUTCOME_MET)
    return arena_format(t->memory, zh ? "第 %d 名，入选" : "ranked %d, taken", (int)m->rank);
  return arena_format(t->memory, zh ? "第 %d 名，未入选（%s）" : "ranked %d, not taken (%s)", (int)m->rank,
                      limits_words(t, m, in));
}

static void tell_members(telling *t) {
  const group_member *before = NULL;
  for (size_t i = 0; i < t->result.members_count; i++) {
    const group_member *m = &t->result.members[i];
    bool selects = t->group->form == GROUP_SELECTION;
    if (selects && (!before || before->scope != m->scope || before->year != m->year)) {
      buffer_format(t->text, "  %s", explain_subject(t->memory, t->e, t->group->of, m->scope, t->detail, t->in));
      if (t->group->yearly) buffer_format(t->text, pick(t, " · %d 年", " · %d"), (int)m->year);
      buffer_text(t->text, "\n");
    }
    before = m;
    char *who = explain_subject(t->memory, t->e, m->type, m->row, t->detail, t->in);
    buffer_format(t->text, "    %s  %s\n", who, member_words(t, m, t->in));
    json_t *one = json_object();
    json_object_set_new(one, "subject", json_string(who));
    json_object_set_new(one, "outcome", json_string(outcome_name(m->outcome)));
    if (m->rank) json_object_set_new(one, "rank", json_integer(m->rank));
    json_object_set_new(one, "because",
                        json_words((said){{member_words(t, m, LANGUAGE_ZH), member_words(t, m, LANGUAGE_EN)}}));
    json_array_append_new(t->rows, one);
  }
}

static void tell_gaps(telling *t, const char *whose) {
  char first[11], last[11];
  buffer_format(t->text, pick(t, "  %s：共举行 %zu 次%s\n", "  %s: held %zu times%s\n"), whose, t->result.rows_count,
                t->result.gaps_count ? "" : pick(t, "，没有间断", ", without a gap"));
  for (size_t i = 0; i < t->result.gaps_count; i++) {
    day_write(t->result.gaps[i].first, first);
    day_write(t->result.gaps[i].last, last);
    buffer_format(t->text, pick(t, "    %s 至 %s 没有举行\n", "    nothing from %s to %s\n"), first, last);
    json_array_append_new(t->rows, json_pack("{s:s, s:s, s:s}", "subject", whose, "from", first, "till", last));
  }
}

/* ---- sequences ---- */

static const char *step_title(const telling *t, int32_t step, language in) {
  return step < 0 ? (in == LANGUAGE_ZH ? "（无）" : "(none)") : t->group->steps[step].title.in[in];
}

static const char *who_took(const telling *t, uint32_t row) {
  const view *v = evaluation_view(t->e->evaluation);
  static const fact_type types[] = {FACT_PERSON, FACT_ORGANIZATION};
  for (size_t i = 0; i < 2; i++) {
    int32_t who = row_to(v, FACT_RECORD, row, types[i]);
    if (who >= 0) return explain_subject(t->memory, t->e, types[i], (uint32_t)who, t->detail, t->in);
  }
  return "";
}

static const char *when_taken(const telling *t, uint32_t row) {
  char on[11];
  date since = evaluation_view(t->e->evaluation)->s->of[FACT_RECORD].since[row];
  if (since == DATE_NONE) return pick(t, "日期不详", "day not known");
  date_write(since, on);
  return arena_text(t->memory, on);
}

static char *slip_words(const telling *t, const group_slip *s, language in) {
  bool zh = in == LANGUAGE_ZH;
  const char *step = step_title(t, s->step, in), *before = step_title(t, s->before, in);
  switch (s->form) {
  case SLIP_SKIPPED:
    return arena_format(t->memory, zh ? "“%s”之前应先有“%s”" : "\"%s\" comes before its time: \"%s\" is next", step,
                        step_title(t, s->before + 1, in));
  case SLIP_BACK:
    return arena_format(t->memory, zh ? "“%s”不能在“%s”之后再办" : "\"%s\" cannot come after \"%s\"", step, before);
  case SLIP_ACTOR:
    return arena_format(t->memory, zh ? "“%s”应由“%s”办理" : "\"%s\" is for \"%s\" to do", step,
                        t->group->steps[s->step].actor);
  case SLIP_WORD:
    return arena_text(t->memory, zh ? "不是其中的步骤" : "no step of the sequence");
  }
  return NULL;
}

static void tell_cases(telling *t, const char *whose) {
  const group_result *r = &t->result;
  const view *v = evaluation_view(t->e->evaluation);
  buffer_format(t->text,
                pick(t, "  %s：共 %zu 件，不合顺序的记录 %zu 条\n", "  %s: matters %zu, records out of order %zu\n"),
                whose, r->cases_count, r->slips_count);
  for (size_t i = 0; i < r->cases_count; i++) {
    const group_case *c = &r->cases[i];
    char *name = value_text(t->memory, v, c->is, t->in);
    json_t *slips = json_array();
    buffer_format(t->text, "    %s  %s  %s  %s\n", name ? name : "-", step_title(t, c->step, t->in),
                  when_taken(t, c->row), who_took(t, c->row));
    for (size_t k = 0; k < r->slips_count; k++) {
      if (r->slips[k].of != i) continue;
      buffer_format(t->text, "      %s  %s  %s\n", when_taken(t, r->slips[k].row), who_took(t, r->slips[k].row),
                    slip_words(t, &r->slips[k], t->in));
      json_array_append_new(slips, json_words((said){{slip_words(t, &r->slips[k], LANGUAGE_ZH),
                                                      slip_words(t, &r->slips[k], LANGUAGE_EN)}}));
    }
    json_t *one = json_pack("{s:s, s:s, s:s, s:s, s:s}", "subject", whose, "case", name ? name : "-", "step",
                            c->step < 0 ? "" : t->group->steps[c->step].word, "since", when_taken(t, c->row), "by",
                            who_took(t, c->row));
    json_object_set_new(one, "out_of_order", slips);
    json_array_append_new(t->rows, one);
  }
}

/* A series or sequence is each one's own, as it is decided: two that take turns would hide each other's gaps. */
static bool tell_each(telling *t, int32_t group_at, faults *problems) {
  fact_type of = t->group->of;
  uint32_t count = evaluation_view(t->e->evaluation)->s->of[of].count;
  bool any = false;
  for (uint32_t i = 0; i < count; i++) {
    if (!group_evaluate(t->e->evaluation, group_at, (figure_scope){of, i}, t->e->memory, &t->result, problems))
      return false;
    if (!t->result.rows_count && (t->group->form == GROUP_SEQUENCE || t->group->from == DAY_NONE)) continue;
    const char *whose = explain_subject(t->memory, t->e, of, i, t->detail, t->in);
    any = true;
    if (t->group->form == GROUP_SERIES)
      tell_gaps(t, whose);
    else
      tell_cases(t, whose);
  }
  if (!any) buffer_text(t->text, pick(t, "  尚无记录\n", "  there is no record of it\n"));
  return true;
}

bool task_explain_group(evaluating *e, int32_t group_at, detail detail_of, language in, buffer *text, json_t **json,
                        faults *problems) {
  const declared_group *g = &e->pack->groups[group_at];
  telling t = {.memory = e->memory, .e = e, .group = g, .detail = detail_of, .in = in, .text = text};
  static const char *const forms[] = {"selection", "coverage", "series", "sequence"};
  bool alone = g->form == GROUP_SERIES || g->form == GROUP_SEQUENCE;
  if (!alone && !group_evaluate(e->evaluation, group_at, (figure_scope){0}, e->memory, &t.result, problems))
    return false;
  char on[11];
  day_write(e->on, on);
  member_counts n = members_counted(&t.result);
  t.rows = json_array();
  buffer_format(text, "%s\n", g->title.in[in]);
  if (g->form == GROUP_SELECTION)
    buffer_format(
        text, pick(&t, "  入选 %zu，未入选 %zu，不符合条件 %zu\n", "  taken %zu, passed over %zu, not eligible %zu\n"),
        n.met, n.unmet, n.not_applicable);
  if (g->form == GROUP_COVERAGE)
    buffer_format(text, pick(&t, "  已覆盖 %zu，未覆盖 %zu\n", "  covered %zu, not covered %zu\n"), n.met, n.unmet);
  buffer_format(text, pick(&t, "  判定日：%s；声明见 %s\n", "  on: %s; declared in %s\n"), on,
                place_text(e->memory, g->where_declared, in));
  if (!alone)
    tell_members(&t);
  else if (!tell_each(&t, group_at, problems)) {
    json_decref(t.rows);
    return false;
  }
  *json = json_object();
  json_object_set_new(*json, forms[g->form], json_string(g->id));
  json_object_set_new(*json, "title", json_words(g->title));
  json_object_set_new(*json, "on", json_string(on));
  json_object_set_new(*json,
                      g->form == GROUP_SERIES     ? "gaps"
                      : g->form == GROUP_SEQUENCE ? "cases"
                                                  : "members",
                      t.rows);
  return true;
}
