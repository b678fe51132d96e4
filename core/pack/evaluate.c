#include "pack/evaluate_inside.h"

#include <string.h>

/* ---- outcomes by name ---- */

const char *outcome_name(outcome o) {
  static const char *const names[] = {"unmet", "met", "unknown", "not_applicable"};
  return names[o];
}

said outcome_said(outcome o) {
  static const said words[] = {
      {{"未达到", "unmet"}}, {{"达到", "met"}}, {{"无法判定", "unknown"}}, {{"不适用", "not applicable"}}};
  return words[o];
}

/* ---- set-up ---- */

static int64_t greatest_common(int64_t a, int64_t b) {
  while (b) {
    int64_t t = a % b;
    a = b;
    b = t;
  }
  return a;
}

/* Every rate's denominator divides the scale where that stays small; the rest is met by beginning again (rescale). */
static int64_t common_scale(const pack *p) {
  int64_t common = 1;
  for (size_t i = 0; i < p->parameters.count; i++) {
    const parameter *one = &p->parameters.items[i];
    for (size_t k = 0; k < one->entries_count; k++) {
      const parameter_entry *e = &one->entries[k];
      for (size_t w = 0; w <= e->words_count; w++) {
        int64_t below = w < e->words_count ? e->words[w].value.below : e->number.below;
        if (below <= 0) continue;
        int64_t next = common / greatest_common(common, below) * below;
        if (next <= 100000) common = next;
      }
    }
  }
  return common * AMOUNT_ONE;
}

evaluation *evaluation_new(const pack *p, const subjects *s, day on, faults *problems) {
  arena *a = arena_new();
  evaluation *e = arena_take(a, sizeof *e);
  *e = (evaluation){.memory = a, .scratch = arena_new(), .pack = p, .subjects = s, .on = on, .problems = problems};
  e->view = view_new(a, &p->book, s, on);
  e->view->until = &e->until;
  e->until = DAY_EVER;
  e->outcomes = arena_array(a, p->rules_count + 1, sizeof *e->outcomes);
  e->groups = arena_array(a, p->groups_count + 1, sizeof(kept_group *));
  e->scale = common_scale(p);
  return e;
}

void evaluation_free(evaluation *e) {
  if (!e) return;
  arena_free(e->scratch);
  arena_free(e->memory);
}

const view *evaluation_view(const evaluation *e) {
  return e->view;
}
const pack *evaluation_pack(const evaluation *e) {
  return e->pack;
}

void evaluation_elsewhere(evaluation *e, decide_elsewhere *ask, void *context) {
  e->ask = ask;
  e->ask_context = context;
}

void evaluation_doors(evaluation *e, doors_case *run_of_case, void *context) {
  e->doors = run_of_case;
  e->doors_context = context;
}

static size_t take_index(const subject_index *index, uint32_t row, arena *a, uint32_t **out) {
  if (!index->offset) return 0;
  size_t count = index->offset[row + 1] - index->offset[row];
  *out = arena_copy(a, index->rows + index->offset[row], count * sizeof **out);
  return count;
}

size_t rows_under(const view *v, fact_type type, uint32_t row, fact_type wanted, arena *a, uint32_t **out) {
  const subjects *s = v->s;
  *out = NULL;
  if (wanted == FACT_ENROLLMENT) return take_index(&s->enrollments[type], row, a, out);
  if (wanted == FACT_RECORD) return take_index(&s->records[type], row, a, out);
  if (wanted == FACT_PERSON && type == FACT_ORGANIZATION) {
    uint32_t *posts = NULL;
    size_t count = take_index(&s->staff, row, a, &posts), kept = 0;
    for (size_t i = 0; i < count; i++) {
      int32_t person = s->of[FACT_POST].subject[posts[i]];
      if (person >= 0 && row_school(v, (uint32_t)person) == (int32_t)row) posts[kept++] = (uint32_t)person;
    }
    size_t distinct = 0; /* two posts in one school are one person */
    for (size_t i = 0; i < kept; i++) {
      bool seen = false;
      for (size_t k = 0; k < distinct && !seen; k++) seen = posts[k] == posts[i];
      if (!seen) posts[distinct++] = posts[i];
    }
    *out = posts;
    return distinct;
  }
  if (wanted == FACT_PERSON) {
    uint32_t *enrollments = NULL;
    size_t count = take_index(&s->enrollments[type], row, a, &enrollments), kept = 0;
    for (size_t i = 0; i < count; i++) {
      int32_t person = s->of[FACT_ENROLLMENT].subject[enrollments[i]];
      bool seen = person < 0;
      for (size_t k = 0; k < kept && !seen; k++) seen = enrollments[k] == (uint32_t)person;
      if (!seen) enrollments[kept++] = (uint32_t)person;
    }
    *out = enrollments;
    return kept;
  }
  if (wanted == FACT_ORGANIZATION && type == FACT_ORGANIZATION) return take_index(&s->children, row, a, out);
  if (wanted == FACT_COHORT && type == FACT_PROGRAMME) {
    const fact_columns *t = &s->of[FACT_COHORT];
    uint32_t *rows = arena_array(a, t->count + 1, sizeof *rows);
    size_t count = 0;
    for (uint32_t i = 0; i < t->count; i++)
      if (t->subject[i] == (int32_t)row) rows[count++] = i;
    *out = rows;
    return count;
  }
  return 0;
}

/* ---- the decision ---- */

static bool compute(evaluation *e, const rule *r, arena *scratch, arena *a, decision *d, explanation *x) {
  plan p = {0};
  if (r->way == RULE_NEEDS) p = evaluate_plan(e, r, d->has_window ? &d->window : NULL, a);
  static const struct {
    extreme x;
    bool high;
  } order[] = {{EXTREME_OUT, false}, {EXTREME_OUT, true},    {EXTREME_IN, false},
               {EXTREME_IN, true},   {EXTREME_BOUND, false}, {EXTREME_BOUND, true}};
  corner corners[6];
  size_t count = 0;
  bool uncertain = false, saw_truth = false, bound_asked = false;
  for (size_t k = 0; k < 6; k++) {
    if (order[k].high && !saw_truth) continue;
    if (order[k].x == EXTREME_IN && !uncertain) continue;
    if (order[k].x == EXTREME_BOUND && !bound_asked) continue;
    run one;
    if (!evaluate_corner(e, r, d, &p, order[k].x, order[k].high, scratch, &one, &corners[count], NULL, NULL, a))
      return false;
    count++;
    uncertain = uncertain || one.frame.uncertain;
    saw_truth = saw_truth || one.saw_truth;
    if (one.truths > 1) bound_asked = true;
    if (!bound_asked && (one.frame.uncertain_count > 1 || one.frame.doubtful))
      bound_asked = evaluate_needs_bound(r, one.program, scratch);
    if (one.frame.until < d->valid_until) d->valid_until = one.frame.until;
  }
  d->needs = p.needs;
  d->needs_count = p.count;
  evaluate_join(d, corners, count);
  if (d->why == WHY_APPLIES && corners[0].said.in[LANGUAGE_ZH]) {
    d->why = WHY_SAID;
    d->said = corners[0].said;
  }
  if (r->gives_count && r->way == RULE_NEEDS)
    d->gives = arena_copy(a, corners[0].gives, r->gives_count * sizeof *d->gives);
  if (!x) return true;
  /* The reasoning is shown with what is certain out of doubt: uncertain records are listed, not hidden. */
  trail t = {.memory = a};
  run shown;
  corner unused;
  x->parameters_count = x->unrecognised_count = x->branches_count = 0;
  if (!evaluate_corner(e, r, d, &p, EXTREME_OUT, false, scratch, &shown, &unused, &t, x, a)) return false;
  evaluate_explain_needs(&shown, d, &t, a, x);
  return true;
}

static bool decide_itself(evaluation *e, int32_t rule_index, uint32_t subject, arena *a, decision *d, explanation *x) {
  const rule *r = &e->pack->rules[rule_index];
  if (!evaluate_stands(e, r, d)) return true;
  if (r->way == RULE_GROUP) return evaluate_group(e, r, subject, a, d);
  if (r->way != RULE_NEEDS && !e->doors) {
    explanation own = {0}, *asked = x ? x : &own;
    asked->decision = *d; /* what is known already: rule, subject, day, period */
    if (!e->ask)
      return fault_add(e->problems, r->where, "rule \"%s\" is computed by foreign code, which is not available here",
                       "规则“%s”由外部代码计算，此处无法运行", r->id);
    if (!e->ask(e->ask_context, rule_index, subject, x != NULL, a, asked, e->problems)) return false;
    *d = asked->decision;
    return true;
  }
  if (e->depth > 64)
    return fault_add(e->problems, r->where, "rule \"%s\": outcomes depend on each other too deeply",
                     "规则“%s”：结果之间的依赖层次过深", r->id);
  e->depth++;
  arena *scratch = e->depth == 1 ? e->scratch : arena_new();
  bool good = compute(e, r, scratch, a, d, x);
  e->depth--;
  if (e->depth == 0)
    arena_reset(e->scratch);
  else
    arena_free(scratch);
  return good;
}

static bool decide(evaluation *e, int32_t rule_index, uint32_t subject, arena *a, decision *d, explanation *x) {
  *d = (decision){.rule = rule_index, .subject = subject, .on = e->on, .valid_until = DAY_EVER};
  day outer = e->until; /* of the decision that asks for this one */
  e->until = DAY_EVER;
  bool good = decide_itself(e, rule_index, subject, a, d, x);
  if (e->until < d->valid_until) d->valid_until = e->until;
  if (x) x->decision.valid_until = d->valid_until;
  e->until = outer;
  return good;
}

bool evaluation_decide(evaluation *e, int32_t rule_index, uint32_t subject, arena *a, decision *out) {
  return decide(e, rule_index, subject, a, out, NULL);
}

bool evaluation_stands(evaluation *e, int32_t rule_index, uint32_t subject) {
  decision d = {.rule = rule_index, .subject = subject, .on = e->on, .valid_until = DAY_EVER};
  return evaluate_stands(e, &e->pack->rules[rule_index], &d);
}

bool evaluation_explain(evaluation *e, int32_t rule_index, uint32_t subject, arena *a, explanation *out) {
  *out = (explanation){0};
  decision d;
  if (!decide(e, rule_index, subject, a, &d, out)) return false;
  out->decision = d;
  return true;
}

outcome evaluation_outcome_until(evaluation *e, int32_t rule_index, uint32_t subject, day *until) {
  const rule *r = &e->pack->rules[rule_index];
  if (!e->outcomes[rule_index])
    e->outcomes[rule_index] = arena_array(e->memory, e->subjects->of[r->of].count + 1, sizeof(kept_outcome));
  kept_outcome *kept = &e->outcomes[rule_index][subject];
  if (!kept->known) {
    arena *a = arena_new();
    decision d;
    outcome o = decide(e, rule_index, subject, a, &d, NULL) ? d.outcome : OUTCOME_UNKNOWN;
    *kept = (kept_outcome){(uint8_t)(o + 1), d.valid_until};
    arena_free(a);
  }
  *until = kept->until;
  return (outcome)(kept->known - 1);
}

outcome evaluation_outcome(evaluation *e, int32_t rule_index, uint32_t subject) {
  day until;
  return evaluation_outcome_until(e, rule_index, subject, &until);
}
