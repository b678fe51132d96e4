#include "pack/batch_inside.h"
#include "pack/decision.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 8, FACTOR_MOST = 16 };
#define SCALE_MOST (INT64_C(100000) * AMOUNT_ONE) /* as of one evaluation */

/* ---- the ground ---- */

static int64_t common_scale(evaluation *const *all, size_t count) {
  int64_t common = AMOUNT_ONE;
  for (size_t i = 0; i < count; i++) {
    int64_t a = common, b = all[i]->scale;
    while (b) {
      int64_t rest = a % b;
      a = b;
      b = rest;
    }
    if (a > 0) common = common / a * all[i]->scale;
    if (common > SCALE_MOST) return 0;
  }
  return common;
}

batch_ground *batch_ground_new(evaluation *const *all, size_t count) {
  arena *a = arena_new();
  batch_ground *g = arena_take(a, sizeof *g);
  *g = (batch_ground){.memory = a, .subjects = all[0]->subjects, .scale = common_scale(all, count)};
  g->supported = batch_tags_make(g, all, count);
  if (g->supported) batch_rows_begin(g);
  return g;
}

void batch_ground_free(batch_ground *g) {
  if (!g) return;
  for (int i = 0; i < TAG_COLUMNS; i++) free(g->columns[i].small);
  arena_free(g->memory);
}

batch *batch_new(batch_ground *g, evaluation *e) {
  arena *a = arena_new();
  batch *b = arena_take(a, sizeof *b);
  *b = (batch){.e = e, .ground = g, .memory = a, .scratch = arena_new(), .rows = &g->rows};
  b->scale = g->scale ? g->scale : e->scale;
  arena_defer(a, (void (*)(void *))arena_free, b->scratch);
  b->plans = arena_array(a, e->pack->rules_count + 1, sizeof(batch_plan *));
  if (g->supported) batch_recognitions_make(b);
  return b;
}

void batch_free(batch *b) {
  if (b) arena_free(b->memory);
}

/* ---- when a rule stands ---- */

static bool stands(batch *b, batch_plan *p, uint32_t subject, decision *d) {
  evaluation *e = b->e;
  const rule *r = p->rule;
  bool fixed = r->period < 0 || !e->pack->periods[r->period].starts_fact;
  if (fixed && p->stands_known) {
    *d = p->stands;
    return p->stood;
  }
  *d = (decision){.subject = subject, .on = e->on, .valid_until = DAY_EVER};
  e->until = DAY_EVER;
  bool good = evaluate_stands(e, r, d);
  if (e->until < d->valid_until) d->valid_until = e->until;
  p->stands = *d;
  p->stood = good;
  p->stands_known = fixed;
  return good;
}

static bool same_window(const decision *a, const decision *b) {
  return a->has_window == b->has_window &&
         (!a->has_window || (a->window.first == b->window.first && a->window.last == b->window.last &&
                             a->window.number == b->window.number));
}

/* ---- needs ---- */

static const node_lanes *had_of(const batch_plan *p, uint32_t need_at) {
  const need_form *f = &p->needs.needs[need_at].need->form;
  bool own = f->each != SPAN_NONE || p->rule->program.nodes[f->had].type == EXPR_SELECTION;
  return own ? &p->had[need_at] : &p->lanes[f->had];
}

static void sum_word(batch_turn *t, const need_result *n, node_lanes *had) {
  const need_form *f = &n->need->form;
  for (uint32_t who = 0; who < t->b->rows->people; who++) {
    had->scaled[who] = 0;
    if (t->odd[who]) continue;
    batch_ask(t, who);
    selection s = evaluate_each_part(&t->run, n, batch_items(t, f->had, who));
    int64_t least = 0, most = 0;
    if (f->count)
      selection_count(s, &least, &most);
    else
      selection_sum(&t->run.frame, s, &least, &most);
    batch_asked(t, f->had, who);
    if (least != most) t->odd[who] = true;
    had->scaled[who] = least;
  }
}

/* Sums of all years at once, into the table that the needs of each year read. */
static bool sum_years(batch_turn *t, int32_t node, bool count) {
  batch_plan *p = t->p;
  batch_across_years(t, node);
  if (!batch_years(t)) {
    memset(t->odd, 1, sizeof t->odd);
    return false;
  }
  memset(p->used, 0, (size_t)t->b->rows->people * p->years * sizeof *p->used);
  if (!count) {
    batch_sum(t, &p->lanes[node], true, p->used);
    return true;
  }
  const node_lanes *l = batch_list(t, node);
  for (uint32_t k = 0; k < l->count; k++) p->used[p->year[l->at[k]]]++;
  return true;
}

static void sum_need(batch_turn *t, uint32_t at) {
  batch_plan *p = t->p;
  const batch_rows *rows = t->b->rows;
  const need_result *n = &p->needs.needs[at];
  const need_form *f = &n->need->form;
  node_lanes *had = &p->had[at];
  had->same = false;
  had->whole = true;
  memset(had->scaled, 0, BATCH_PEOPLE * sizeof *had->scaled);
  if (f->each == SPAN_YEAR) {
    bool begun = at > 0 && p->needs.needs[at - 1].need == n->need;
    if (!begun && !sum_years(t, f->had, f->count)) return;
    int32_t year = n->each_year - p->year_first;
    for (uint32_t who = 0; p->years && year >= 0 && (uint32_t)year < p->years && who < rows->people; who++)
      had->scaled[who] = p->used[who * p->years + (uint32_t)year];
  } else if (f->each != SPAN_NONE) {
    sum_word(t, n, had);
  } else {
    batch_sum(t, &p->lanes[f->had], false, had->scaled);
  }
  if (!f->count) return;
  for (uint32_t who = 0; who < rows->people; who++) had->scaled[who] *= p->scale; /* so many ones, in parts */
}

static void run_need(batch_turn *t, uint32_t at) {
  batch_plan *p = t->p;
  const need *n = p->needs.needs[at].need;
  const need_form *f = &n->form;
  uint8_t *out = p->outcomes[at];
  if (!p->needs_stand[at]) {
    memset(out, OUTCOME_NOT_APPLICABLE, BATCH_PEOPLE);
    return;
  }
  if (f->had >= 0 && had_of(p, at) == &p->had[at] && !batch_borrow_had(t, at)) sum_need(t, at);
  if (batch_borrow_outcomes(t, at)) return;
  for (uint32_t who = 0; who < t->b->rows->people; who++) {
    bool asked = (n->when < 0 || p->lanes[n->when].yes[who]) && (n->unless < 0 || !p->lanes[n->unless].yes[who]);
    bool met = f->had < 0 ? p->lanes[f->condition].yes[who]
                          : comparison_holds(f->compare, batch_compare(t, had_of(p, at), &p->lanes[f->needed], who));
    out[who] = (uint8_t)(!asked ? OUTCOME_NOT_APPLICABLE : met ? OUTCOME_MET : OUTCOME_UNMET);
  }
}

/* ---- what one subject asks for ---- */

static void ask_for(batch_turn *t, int32_t node, uint32_t who, day *until) {
  batch_plan *p = t->p;
  if (node < 0 || p->seen[node]) return;
  const expr_node *n = &p->rule->program.nodes[node];
  p->seen[node] = true;
  if (p->lanes[node].has_until && p->lanes[node].until[who] < *until) *until = p->lanes[node].until[who];
  if (p->ways[node] == NODE_ASK || p->ways[node] == NODE_CONSTANT) return;
  ask_for(t, n->of, who, until);
  for (size_t i = 0; i < n->args_count; i++) {
    ask_for(t, n->args[i], who, until);
    if (n->op != OP_CHOOSE || i + 1 == n->args_count) continue;
    if (!p->lanes[n->args[i]].yes[who]) {
      i++; /* what it would take is passed over */
      continue;
    }
    ask_for(t, n->args[i + 1], who, until);
    return;
  }
}

static day until_of(batch_turn *t, uint32_t who, day until) {
  batch_plan *p = t->p;
  const rule *r = p->rule;
  memset(p->seen, 0, r->program.count * sizeof *p->seen);
  ask_for(t, r->applies, who, &until);
  ask_for(t, r->exempt, who, &until);
  for (size_t i = 0; i < r->gives_count; i++) ask_for(t, r->gives[i].node, who, &until);
  for (uint32_t k = 0; k < p->needs.count; k++) {
    const need *n = p->needs.needs[k].need;
    if (!p->needs_stand[k]) continue;
    ask_for(t, n->when, who, &until);
    ask_for(t, n->unless, who, &until);
    if (p->outcomes[k][who] == OUTCOME_NOT_APPLICABLE) continue;
    ask_for(t, n->form.condition, who, &until);
    ask_for(t, n->form.needed, who, &until);
    ask_for(t, n->form.had, who, &until);
  }
  return until;
}

/* Nodes that everyone asks for come first; who else might read something otherwise even earlier is followed alone. */
static void read_untils(batch_turn *t, day base, day *out) {
  batch_plan *p = t->p;
  for (uint32_t who = 0; who < t->b->rows->people; who++) out[who] = base;
  for (int turn = 0; turn < 2; turn++)
    for (size_t i = 0; i < p->rule->program.count; i++) {
      const node_lanes *l = &p->lanes[i];
      if (p->ways[i] == NODE_UNUSED || !l->has_until || p->sure[i] == (turn == 1)) continue;
      for (uint32_t who = 0; who < t->b->rows->people; who++)
        if (l->until[who] < out[who]) out[who] = turn == 0 ? l->until[who] : until_of(t, who, base);
    }
}

/* ---- a rule about the subjects at hand ---- */

static outcome joined_outcome(const batch_plan *p, uint32_t who) {
  bool any = false;
  for (uint32_t k = 0; k < p->needs.count; k++) {
    if (p->outcomes[k][who] == OUTCOME_UNMET) return OUTCOME_UNMET;
    any = any || p->outcomes[k][who] != OUTCOME_NOT_APPLICABLE;
  }
  return any ? OUTCOME_MET : OUTCOME_NOT_APPLICABLE;
}

static void run_nodes(batch_turn *t) {
  batch_plan *p = t->p;
  batch_borrow_all(t);
  for (size_t i = 0; i < p->rule->program.count; i++) {
    const expr_node *n = &p->rule->program.nodes[i];
    if (p->ways[i] == NODE_UNUSED || batch_borrow(t, (int32_t)i)) continue;
    p->lanes[i].has_until = false;
    if (n->type == EXPR_SELECTION) {
      if (p->ways[i] != NODE_ASK) batch_selection(t, (int32_t)i);
    } else if (n->type == EXPR_NUMBER) {
      batch_number(t, (int32_t)i);
    } else {
      batch_truth(t, (int32_t)i);
    }
  }
  for (uint32_t k = 0; k < p->needs.count; k++) run_need(t, k);
}

static void begin(batch_turn *t, const decision *d) {
  batch *b = t->b;
  batch_plan *p = t->p;
  memset(t->odd, 0, sizeof t->odd);
  t->again = 1;
  evaluate_frame(b->e, p->rule, b->rows->subjects[0], d->on, d->has_window ? &d->window : NULL, p->scale, b->scratch,
                 EXTREME_OUT, false, &t->run);
  t->run.values = p->values;
  if (!p->rest_known || memcmp(&p->window, &t->run.frame.window, sizeof p->window)) batch_plan_window(b, p, &t->run);
  p->rows_placed = false;
  p->years = 0;
}

static bool relations_credit(const batch *b, uint32_t subject) {
  const subject_index *index = &b->e->subjects->relations[FACT_PERSON];
  return b->credits && index->offset && index->offset[subject + 1] > index->offset[subject];
}

static void run_turn(batch *b, batch_plan *p, const decision *d, batch_verdict *out) {
  batch_turn t = {.b = b, .p = p};
  p->ran = 0;
  for (int tries = 0; tries < TRIES; tries++) {
    begin(&t, d);
    run_nodes(&t);
    if (t.again == 1) break;
    if (t.again > FACTOR_MOST / p->factor) { /* finer than what is quick here */
      p->supported = false;
      for (uint32_t who = 0; who < b->rows->people; who++) out[who] = (batch_verdict){0};
      return;
    }
    p->factor *= t.again;
    p->scale *= t.again;
  }
  if (t.again == 1) p->ran = b->rows->serial;
  memcpy(p->odd_ran, t.odd, sizeof p->odd_ran);
  day base = d->valid_until < p->needs_until ? d->valid_until : p->needs_until, untils[BATCH_PEOPLE];
  read_untils(&t, base, untils);
  const rule *r = p->rule;
  for (uint32_t who = 0; who < b->rows->people; who++) {
    bool aside =
        (r->applies >= 0 && !p->lanes[r->applies].yes[who]) || (r->exempt >= 0 && p->lanes[r->exempt].yes[who]);
    out[who] = (batch_verdict){.decided = !t.odd[who] && t.again == 1,
                               .outcome = aside ? OUTCOME_NOT_APPLICABLE : joined_outcome(p, who),
                               .valid_until = untils[who],
                               .needs_count = aside ? 0 : (uint32_t)p->needs.count};
    if (r->of == FACT_PERSON && relations_credit(b, b->rows->subjects[who])) out[who].decided = false;
  }
}

uint32_t batch_decide(batch *b, int32_t rule_at, const uint32_t *asked, uint32_t count, batch_verdict *out) {
  if (!b->plans[rule_at]) b->plans[rule_at] = batch_plan_make(b, rule_at);
  batch_plan *p = b->last = b->plans[rule_at];
  if (count > BATCH_PEOPLE) count = BATCH_PEOPLE;
  if (!p->supported) {
    for (uint32_t i = 0; i < count; i++) out[i] = (batch_verdict){0};
    return count;
  }
  decision d, next;
  uint32_t aside = 0, alike = 1;
  if (!stands(b, p, asked[0], &d)) {
    do out[aside++] = (batch_verdict){true, d.outcome, d.valid_until, 0};
    while (aside < count && !stands(b, p, asked[aside], &d));
    return aside;
  }
  while (alike < count && stands(b, p, asked[alike], &next) && same_window(&d, &next) &&
         next.valid_until == d.valid_until)
    alike++;
  arena_reset(b->scratch);
  if (!batch_rows_load(b, p->rule->of, asked, alike)) {
    out[0] = (batch_verdict){0};
    return 1;
  }
  run_turn(b, p, &d, out);
  return b->rows->people;
}

/* ---- what it said ---- */

const need_result *batch_needs(const batch *b) {
  return b->last->needs.needs;
}

outcome batch_need_outcome(const batch *b, uint32_t at, uint32_t need_at) {
  return (outcome)b->last->outcomes[need_at][at];
}

size_t batch_pack(batch *b, uint32_t at, const batch_verdict *verdict, buffer *out) {
  const batch_plan *p = b->last;
  const batch_turn t = {.b = b, .p = b->last};
  need_result *needs = p->needs.needs;
  for (uint32_t k = 0; k < verdict->needs_count; k++) {
    need_result *n = &needs[k];
    const need_form *f = &n->need->form;
    n->outcome = (outcome)p->outcomes[k][at];
    n->numbers = f->had >= 0 && n->outcome != OUTCOME_NOT_APPLICABLE;
    n->had = n->had_most = n->needed = n->needed_most = n->missing = FRACTION_ZERO;
    if (!n->numbers) continue;
    n->had = n->had_most = batch_lane(&t, had_of(p, k), at);
    n->needed = n->needed_most = batch_lane(&t, &p->lanes[f->needed], at);
    evaluate_missing(n);
  }
  const decision d = {
      .rule = (int32_t)(p->rule - b->e->pack->rules), .needs = needs, .needs_count = verdict->needs_count};
  return decision_needs_pack(&d, out);
}
