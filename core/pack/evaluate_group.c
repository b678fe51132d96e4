/* Selections, coverages and series as rules: what the group decides about one of its members. */
#include "pack/evaluate_inside.h"

#include <string.h>

/* Days on which the group would be another are noted in the view while it is computed. */
static kept_group *group_kept(evaluation *e, const rule *r) {
  kept_group *k = e->groups[r->group];
  if (k) return k;
  k = e->groups[r->group] = arena_take(e->memory, sizeof *k);
  *k = (kept_group){.until = DAY_EVER};
  day outer = e->until;
  e->until = DAY_EVER;
  k->good = group_evaluate(e, r->group, (figure_scope){0}, e->memory, &k->result, e->problems);
  k->until = e->until;
  e->until = outer;
  k->member = arena_array(e->memory, e->subjects->of[r->of].count + (size_t)1, sizeof *k->member);
  for (size_t i = 0; k->good && i < k->result.members_count; i++) k->member[k->result.members[i].row] = (uint32_t)i + 1;
  return k;
}

static need_result result_of(const need *n, outcome o, int64_t had, fraction needed) {
  need_result out = {.need = n, .outcome = o, .numbers = true, .needed = needed, .needed_most = needed};
  out.had = out.had_most = (fraction){had, 1};
  out.missing = FRACTION_ZERO;
  fraction more;
  bool over = n->form.compare == AT_MOST ? fraction_subtract(out.had, needed, &more)
                                         : fraction_subtract(needed, out.had, &more);
  if (over && more.above > 0) out.missing = more;
  return out;
}

/* What the column that decides the order is called: an attribute by its title. */
static const char *order_title(const evaluation *e, const path *by, language in) {
  const kinds *all = &e->pack->kinds;
  for (size_t i = 0; i < all->count; i++) {
    if (all->items[i].type != FACT_ENROLLMENT) continue;
    const declared_attribute *found = kind_attribute(&all->items[i], by->text);
    if (found && found->title.in[in]) return found->title.in[in];
  }
  return by->text;
}

/* The last one taken before this one, in the same programme and year. */
static const group_member *last_taken(const group_result *g, const group_member *m) {
  const group_member *found = NULL;
  for (size_t i = 0; i < g->members_count; i++) {
    const group_member *other = &g->members[i];
    if (other == m) break;
    if (other->scope == m->scope && other->year == m->year && other->outcome == OUTCOME_MET) found = other;
  }
  return found;
}

static said standing(const evaluation *e, const declared_group *g, const group_result *result, const group_member *m,
                     arena *a) {
  if (m->outcome == OUTCOME_NOT_APPLICABLE) return (said){{"不符合参加条件", "not eligible"}};
  said out = {{arena_format(a, "排名第 %d", (int)m->rank), arena_format(a, "ranked %d", (int)m->rank)}};
  for (size_t i = 0; i < m->needs_count && m->outcome != OUTCOME_MET; i++) {
    const group_need *n = &m->needs[i];
    if (n->outcome == OUTCOME_MET) continue;
    const char *places = fraction_text(a, n->needed);
    out.in[LANGUAGE_ZH] = arena_format(a, "%s；%s：至多 %s，此前已有 %lld", out.in[LANGUAGE_ZH],
                                       n->limit->title.in[LANGUAGE_ZH], places, (long long)n->had);
    out.in[LANGUAGE_EN] = arena_format(a, "%s; %s: at most %s, taken before: %lld", out.in[LANGUAGE_EN],
                                       n->limit->title.in[LANGUAGE_EN], places, (long long)n->had);
  }
  const group_member *last = m->outcome == OUTCOME_MET ? NULL : last_taken(result, m);
  if (!last || !g->order_count) return out;
  for (int in = 0; in < LANGUAGES; in++) {
    const path *by = &g->order[0].what;
    char *admitted = value_text(a, e->view, path_value(e->view, by, m->type, last->row), (language)in);
    char *own = value_text(a, e->view, path_value(e->view, by, m->type, m->row), (language)in);
    out.in[in] = arena_format(
        a, in == LANGUAGE_ZH ? "%s；最后入选者的 %s 为 %s，本人为 %s" : "%s; the last one taken had %s %s, this one %s",
        out.in[in], order_title(e, by, (language)in), admitted ? admitted : "-", own ? own : "-");
  }
  return out;
}

static void decide_selected(const evaluation *e, const rule *r, const kept_group *k, const group_member *m, arena *a,
                            decision *d) {
  d->outcome = m->outcome;
  d->why = WHY_SAID;
  d->said = standing(e, &e->pack->groups[r->group], &k->result, m, a);
  d->needs_count = m->needs_count;
  d->needs = arena_array(a, m->needs_count + 1, sizeof *d->needs);
  for (size_t i = 0; i < m->needs_count; i++) /* with this one among them */
    d->needs[i] = result_of(&r->needs[i], m->needs[i].outcome, m->needs[i].had + 1, m->needs[i].needed);
}

static void decide_covered(const rule *r, const group_member *m, arena *a, decision *d) {
  d->outcome = m->outcome;
  d->needs_count = 1;
  d->needs = arena_take(a, sizeof *d->needs);
  d->needs[0] = result_of(&r->needs[0], m->outcome, m->outcome == OUTCOME_MET ? 1 : 0, (fraction){1, 1});
}

/* A series or sequence is one of its programme's, cohort's or whatever it is of: computed for each alone. */
static bool decide_series(evaluation *e, const rule *r, uint32_t subject, arena *a, decision *d) {
  group_result result;
  if (!group_evaluate(e, r->group, (figure_scope){r->of, subject}, a, &result, e->problems)) return false;
  const declared_group *g = &e->pack->groups[r->group];
  if (!result.rows_count && (g->form == GROUP_SEQUENCE || g->from == DAY_NONE)) {
    d->outcome = OUTCOME_NOT_APPLICABLE;
    d->why = WHY_SAID;
    d->said = g->form == GROUP_SERIES ? (said){{"尚未举行过", "it was never held"}}
                                      : (said){{"尚无记录", "there is no record of it"}};
    return true;
  }
  if (g->form == GROUP_SEQUENCE) {
    d->outcome = result.slips_count ? OUTCOME_UNMET : OUTCOME_MET;
    d->needs_count = 1;
    d->needs = arena_take(a, sizeof *d->needs);
    d->needs[0] = result_of(&r->needs[0], d->outcome, (int64_t)result.slips_count, FRACTION_ZERO);
    return true;
  }
  d->outcome = result.gaps_count ? OUTCOME_UNMET : OUTCOME_MET;
  d->needs_count = 1;
  d->needs = arena_take(a, sizeof *d->needs);
  d->needs[0] = result_of(&r->needs[0], d->outcome, (int64_t)result.gaps_count, FRACTION_ZERO);
  if (!result.gaps_count) return true;
  char first[11], last[11];
  day_write(result.gaps[0].first, first);
  day_write(result.gaps[0].last, last);
  d->why = WHY_SAID;
  d->said = (said){{arena_format(a, "共 %zu 处间断，最早的是 %s 至 %s", result.gaps_count, first, last),
                    arena_format(a, "gaps: %zu, the first from %s to %s", result.gaps_count, first, last)}};
  return true;
}

bool evaluate_group(evaluation *e, const rule *r, uint32_t subject, arena *a, decision *d) {
  group_form form = e->pack->groups[r->group].form;
  if (form == GROUP_SERIES || form == GROUP_SEQUENCE) return decide_series(e, r, subject, a, d);
  const kept_group *k = group_kept(e, r);
  if (!k->good) return false;
  if (k->until < d->valid_until) d->valid_until = k->until;
  if (!k->member[subject]) {
    d->outcome = OUTCOME_NOT_APPLICABLE;
    d->why = WHY_APPLIES;
    return true;
  }
  const group_member *m = &k->result.members[k->member[subject] - 1];
  if (form == GROUP_SELECTION)
    decide_selected(e, r, k, m, a, d);
  else
    decide_covered(r, m, a, d);
  return true;
}
