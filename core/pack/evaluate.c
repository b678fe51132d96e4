#include "pack/evaluate.h"

#include "pack/doors.h"
#include "pack/recognise.h"
#include "pack/run.h"

#include <string.h>

typedef struct kept_outcome {
  uint8_t known; /* 0: not asked yet; else outcome + 1 */
  day until;
} kept_outcome;

struct evaluation {
  arena *memory;   /* as long as the evaluation */
  arena *scratch;  /* as long as one decision that nothing encloses */
  const pack *pack;
  const subjects *subjects;
  view *view;
  day on;
  faults *problems;
  kept_outcome **outcomes; /* by rule, then subject */
  int depth;
  int64_t scale; /* a common denominator of the pack's rates, times a million */
  decide_elsewhere *ask;
  void *ask_context;
  doors_case *doors; /* in a worker: foreign rules run here */
  void *doors_context;
};

/* ---- outcomes by name ---- */

const char *outcome_name(outcome o) {
  static const char *const names[] = {"unmet", "met", "unknown", "not_applicable"};
  return names[o];
}

said outcome_said(outcome o) {
  static const said words[] = {{{"未达到", "unmet"}}, {{"达到", "met"}}, {{"无法判定", "unknown"}}, {{"不适用", "not applicable"}}};
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
  e->outcomes = arena_array(a, p->rules_count + 1, sizeof *e->outcomes);
  e->scale = common_scale(p);
  return e;
}

void evaluation_free(evaluation *e) {
  if (!e) return;
  arena_free(e->scratch);
  arena_free(e->memory);
}

const view *evaluation_view(const evaluation *e) { return e->view; }
const pack *evaluation_pack(const evaluation *e) { return e->pack; }

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

/* ---- one run ---- */

typedef struct corner { /* what one run says */
  truth applies, exempt;
  outcome *needs; /* one per need and declared value */
  number *had, *needed;
  fraction *gives;
  said said; /* why a foreign rule says that it does not apply */
} corner;

typedef struct plan { /* the needs of a rule for one subject, each repeated for its declared values */
  need_result *needs;
  size_t count;
} plan;

static bool start_run(evaluation *e, const rule *r, uint32_t subject, day on, const window *w, int64_t scale, arena *scratch,
                      extreme x, bool truth_high, run *out) {
  *out = (run){.evaluation = e, .pack = e->pack, .rule = r, .program = &r->program, .of = r->of, .subject = subject,
               .truth_high = truth_high, .record = -1};
  const period *p = r->period >= 0 ? &e->pack->periods[r->period] : NULL;
  out->frame = (frame_of_rows){.scratch = scratch, .view = e->view, .type = FACT_RECORD, .period = p, .on = on, .scale = scale,
                               .rescale = 1, .until = DAY_EVER, .extreme = x, .node = -1};
  out->has_window = w != NULL;
  if (w) out->frame.window = *w;
  else out->frame.window.first = DAY_NONE;
  out->person = row_to(e->view, r->of, subject, FACT_PERSON);
  out->parameters_on = w ? w->first : on;
  out->values = arena_array(scratch, r->program.count + 1, sizeof(node_value));
  out->recognised = arena_array(scratch, e->pack->recognitions_count + 1, sizeof(recognised_list));
  run_rows(out);
  return true;
}

static bool uses_previous(const rule *r) {
  for (size_t i = 0; i < r->program.count; i++)
    if (r->program.nodes[i].op == OP_PREVIOUS || r->program.nodes[i].op == OP_PREVIOUS_NUMBER) return true;
  return false;
}

static day period_start(evaluation *e, const rule *r, uint32_t subject);

/* The outputs of the period before, which are never a circle: each period asks the one before it. */
static void previous_outputs(evaluation *e, run *r) {
  const rule *rule_of = r->rule;
  if (!r->has_window || !rule_of->gives_count || !uses_previous(rule_of)) return;
  r->given = arena_array(r->frame.scratch, rule_of->gives_count, sizeof *r->given);
  r->given_numbers = arena_array(r->frame.scratch, rule_of->gives_count, sizeof *r->given_numbers);
  if (r->frame.window.number == 0) {
    for (size_t i = 0; i < rule_of->gives_count; i++)
      r->given_numbers[i] = (number){true, rule_of->gives[i].first, rule_of->gives[i].first};
    return;
  }
  window before = period_number(&e->pack->periods[rule_of->period], period_start(e, rule_of, r->subject), r->frame.window.number - 1);
  run earlier;
  start_run(e, rule_of, r->subject, before.last, &before, r->frame.scale, r->frame.scratch, r->frame.extreme, r->truth_high, &earlier);
  previous_outputs(e, &earlier);
  for (size_t i = 0; i < rule_of->gives_count && !earlier.failed; i++) {
    int32_t node = rule_of->gives[i].node;
    if (rule_of->program.nodes[node].type == EXPR_NUMBER) {
      r->given_numbers[i] = run_number(&earlier, node);
      continue;
    }
    selection s = run_selection(&earlier, node);
    r->given[i] = (selection){arena_copy(r->frame.scratch, s.items, s.count * sizeof *s.items), s.count};
    for (uint32_t k = 0; k < s.count; k++) r->given[i].items[k].carried = true;
  }
  r->failed = r->failed || earlier.failed;
  r->saw_truth = r->saw_truth || earlier.saw_truth;
  r->frame.overflow = r->frame.overflow || earlier.frame.overflow;
  if (earlier.frame.rescale > 1) r->frame.rescale = earlier.frame.rescale;
  r->frame.uncertain = r->frame.uncertain || earlier.frame.uncertain;
  r->frame.uncertain_count += earlier.frame.uncertain_count;
}

static outcome settle(comparison compare, number had, number needed) {
  if (!had.known || !needed.known) return OUTCOME_UNKNOWN;
  bool first = comparison_holds(compare, fraction_compare(had.least, needed.most));
  bool last = comparison_holds(compare, fraction_compare(had.most, needed.least));
  return first == last ? (first ? OUTCOME_MET : OUTCOME_UNMET) : OUTCOME_UNKNOWN;
}

static bool window_holds(const dated_window *w, const run *r) {
  day on = w->by_period_start && r->has_window ? r->frame.window.first : r->frame.on;
  return on >= w->from && on <= w->until;
}

static bool need_applies(run *r, const need *n, truth *maybe) {
  *maybe = TRUTH_YES;
  if (n->suspended.there && window_holds(&n->suspended, r)) return false;
  if (n->in_force.there && !window_holds(&n->in_force, r)) return false;
  if (n->when >= 0) *maybe = truth_and(*maybe, run_truth(r, n->when));
  if (n->unless >= 0) *maybe = truth_and(*maybe, truth_not(run_truth(r, n->unless)));
  return *maybe != TRUTH_NO;
}

static selection each_part(run *r, const need_result *result, selection s) {
  const need_form *form = &result->need->form;
  r->frame.type = r->program->nodes[form->had].rows;
  if (form->each == SPAN_YEAR) return select_year(&r->frame, s, result->each_year);
  return select_word(&r->frame, s, &form->each_path, subjects_word(r->frame.view->s, result->each));
}

static void run_need(run *r, const need_result *result, outcome *o, number *had, number *needed) {
  const need *n = result->need;
  const need_form *form = &n->form;
  truth maybe;
  *had = *needed = (number){false, FRACTION_ZERO, FRACTION_ZERO};
  if (!need_applies(r, n, &maybe)) {
    *o = OUTCOME_NOT_APPLICABLE;
    return;
  }
  if (form->had < 0) {
    truth t = run_truth(r, form->condition);
    *o = t == TRUTH_YES ? OUTCOME_MET : t == TRUTH_NO ? OUTCOME_UNMET : OUTCOME_UNKNOWN;
  } else {
    *needed = run_number(r, form->needed);
    if (form->each != SPAN_NONE) {
      selection s = each_part(r, result, run_selection(r, form->had));
      int64_t least, most;
      if (form->count) {
        selection_count(s, &least, &most);
        *had = (number){true, {least, 1}, {most, 1}};
      } else {
        selection_sum(&r->frame, s, &least, &most);
        *had = (number){true, scaled_number(&r->frame, least), scaled_number(&r->frame, most)};
      }
    } else if (r->program->nodes[form->had].type == EXPR_SELECTION) {
      int64_t least, most;
      selection_sum(&r->frame, run_selection(r, form->had), &least, &most);
      *had = (number){true, scaled_number(&r->frame, least), scaled_number(&r->frame, most)};
    } else {
      *had = run_number(r, form->had);
    }
    *o = settle(form->compare, *had, *needed);
  }
  if (maybe == TRUTH_UNKNOWN && *o != OUTCOME_MET) *o = OUTCOME_UNKNOWN;
  if (r->frame.overflow || r->frame.rescale > 1) r->failed = true;
}

/* A foreign rule's needs, as it says them; the first run makes the plan, later ones must say the same needs. */
static void run_foreign(evaluation *e, run *r, plan *p, corner *out, arena *a) {
  doors d = {.memory = a, .problems = e->problems, .run = r};
  declaring to = {a, e->problems, NULL};
  making m = {&to, &e->pack->kinds, &e->pack->parameters, (wordbook *)&e->pack->book, e->pack->attributes, e->pack->attributes_count};
  d.making = &m;
  r->program = &d.program;
  r->values = NULL;
  if (!e->doors(e->doors_context, r->rule, &d)) {
    r->failed = true;
    if (r->frame.rescale <= 1 && !r->frame.overflow) r->refused = true;
    return;
  }
  program *kept = arena_copy(a, &d.program, sizeof d.program); /* the run outlives the doors */
  r->program = kept;
  if (d.not_applicable) {
    out->applies = TRUTH_NO;
    out->said = d.said;
  }
  if (!p->needs) {
    p->needs = d.needs;
    p->count = d.needs_count;
  }
  bool same = p->count == d.needs_count;
  for (size_t i = 0; same && i < p->count; i++)
    same = !strcmp(p->needs[i].need->id, d.needs[i].need->id) && text_same(p->needs[i].each, d.needs[i].each);
  if (!same && !d.not_applicable) {
    fault_add(e->problems, r->rule->where, "rule \"%s\" says other needs when uncertain records are counted than when they are not",
              "规则“%s”在计入与不计入不确定记录时给出的要求不一致", r->rule->id);
    fault_next(e->problems, "say every need in every case", "请在任何情况下都列出全部要求");
    r->failed = r->refused = true;
    return;
  }
  out->needs = d.outcomes, out->had = d.had, out->needed = d.needed;
  if (d.not_applicable) {
    out->needs = arena_array(a, p->count + 1, sizeof *out->needs);
    out->had = arena_array(a, p->count + 1, sizeof *out->had);
    out->needed = arena_array(a, p->count + 1, sizeof *out->needed);
  }
  /* the shown run lists what its own nodes counted */
  for (size_t i = 0; r->explain && same && i < p->count; i++) p->needs[i].need = d.needs[i].need;
}

static void run_corner(evaluation *e, run *r, plan *p, corner *out, arena *kept) {
  const rule *rule_of = r->rule;
  arena *a = r->frame.scratch;
  out->applies = rule_of->applies < 0 ? TRUTH_YES : run_truth(r, rule_of->applies);
  out->exempt = rule_of->exempt < 0 ? TRUTH_NO : run_truth(r, rule_of->exempt);
  out->said = (said){{NULL, NULL}};
  if (rule_of->way != RULE_NEEDS) {
    run_foreign(e, r, p, out, kept);
    return;
  }
  out->needs = arena_array(a, p->count + 1, sizeof *out->needs);
  out->had = arena_array(a, p->count + 1, sizeof *out->had);
  out->needed = arena_array(a, p->count + 1, sizeof *out->needed);
  previous_outputs(e, r);
  for (size_t i = 0; i < p->count && !r->failed; i++)
    run_need(r, &p->needs[i], &out->needs[i], &out->had[i], &out->needed[i]);
  out->gives = arena_array(a, rule_of->gives_count + 1, sizeof *out->gives);
  for (size_t i = 0; i < rule_of->gives_count && !r->failed; i++) {
    int32_t node = rule_of->gives[i].node;
    int64_t least = 0, most = 0;
    if (rule_of->program.nodes[node].type == EXPR_NUMBER) {
      out->gives[i] = run_number(r, node).least;
      continue;
    }
    selection_sum(&r->frame, run_selection(r, node), &least, &most);
    out->gives[i] = scaled_number(&r->frame, least);
  }
}

/* ---- the plan of needs ---- */

static plan make_plan(evaluation *e, const rule *r, const window *w, arena *a) {
  plan p = {0};
  size_t capacity = 0;
  const period *period_of = r->period >= 0 ? &e->pack->periods[r->period] : NULL;
  for (size_t i = 0; i < r->needs_count; i++) {
    const need *n = &r->needs[i];
    if (n->form.each == SPAN_NONE || (n->form.each == SPAN_YEAR && !w)) {
      *ARENA_PUSH(a, p.needs, p.count, capacity) = (need_result){.need = n};
    } else if (n->form.each == SPAN_YEAR) {
      for (int32_t y = period_year(period_of, w->first); y <= period_year(period_of, w->last); y++)
        *ARENA_PUSH(a, p.needs, p.count, capacity) =
            (need_result){.need = n, .each = arena_format(a, "%d", (int)y), .each_year = y};
    } else {
      for (size_t k = 0; k < n->form.each_count; k++)
        *ARENA_PUSH(a, p.needs, p.count, capacity) = (need_result){.need = n, .each = n->form.each_words[k]};
    }
  }
  return p;
}

/* ---- putting the corners together ---- */

static fraction lesser(fraction a, fraction b) { return fraction_compare(a, b) <= 0 ? a : b; }
static fraction greater(fraction a, fraction b) { return fraction_compare(a, b) >= 0 ? a : b; }

static void missing_of(need_result *n) {
  comparison compare = n->need->form.compare;
  n->missing = FRACTION_ZERO;
  if (n->outcome == OUTCOME_MET || n->outcome == OUTCOME_NOT_APPLICABLE || !n->numbers) return;
  fraction gap = FRACTION_ZERO;
  bool least = compare == AT_LEAST || compare == MORE_THAN;
  if (least && !is_infinite(n->had) && !is_infinite(n->needed_most)) (void)fraction_subtract(n->needed_most, n->had, &gap);
  if (!least && !is_infinite(n->had_most) && !is_infinite(n->needed)) (void)fraction_subtract(n->had_most, n->needed, &gap);
  if (fraction_compare(gap, FRACTION_ZERO) > 0) n->missing = gap;
}

static void join_need(need_result *n, const corner *corners, size_t count, size_t i) {
  n->outcome = corners[0].needs[i];
  n->numbers = false;
  for (size_t c = 0; c < count; c++) {
    const number *had = &corners[c].had[i], *needed = &corners[c].needed[i];
    if (corners[c].needs[i] != n->outcome) n->outcome = OUTCOME_UNKNOWN;
    if (!had->known || !needed->known) continue;
    if (!n->numbers) {
      n->had = had->least, n->had_most = had->most;
      n->needed = needed->least, n->needed_most = needed->most;
    }
    n->had = lesser(n->had, had->least);
    n->had_most = greater(n->had_most, had->most);
    n->needed = lesser(n->needed, needed->least);
    n->needed_most = greater(n->needed_most, needed->most);
    n->numbers = true;
  }
  if (n->need->form.had == -1) n->numbers = false;
  missing_of(n);
}

static outcome outcome_of_needs(const need_result *needs, size_t count) {
  bool any = false, open = false;
  for (size_t i = 0; i < count; i++) {
    if (needs[i].outcome == OUTCOME_UNMET) return OUTCOME_UNMET;
    open = open || needs[i].outcome == OUTCOME_UNKNOWN;
    any = any || needs[i].outcome != OUTCOME_NOT_APPLICABLE;
  }
  return !any ? OUTCOME_NOT_APPLICABLE : open ? OUTCOME_UNKNOWN : OUTCOME_MET;
}

static void join_corners(decision *d, const corner *corners, size_t count) {
  bool applies = true, stands_aside = true, exempt = false, maybe_exempt = false;
  for (size_t c = 0; c < count; c++) {
    applies = applies && corners[c].applies == TRUTH_YES;
    stands_aside = stands_aside && corners[c].applies == TRUTH_NO;
    maybe_exempt = maybe_exempt || corners[c].exempt != TRUTH_NO;
  }
  exempt = maybe_exempt;
  for (size_t c = 0; c < count; c++) exempt = exempt && corners[c].exempt == TRUTH_YES;
  for (size_t i = 0; i < d->needs_count; i++) join_need(&d->needs[i], corners, count, i);
  d->why = WHY_NEEDS;
  if (stands_aside || exempt) {
    d->outcome = OUTCOME_NOT_APPLICABLE;
    d->why = stands_aside ? WHY_APPLIES : WHY_EXEMPT;
    d->needs_count = 0;
  } else if (!applies || maybe_exempt) {
    d->outcome = OUTCOME_UNKNOWN;
    d->why = WHY_APPLIES_UNKNOWN;
  } else {
    d->outcome = outcome_of_needs(d->needs, d->needs_count);
  }
}

/* A cap, or another step that depends on what stood before, below a narrower window: inclusion is not monotone there. */
static bool needs_bound(const rule *r) {
  bool limits = false, narrows = false;
  for (size_t i = 0; i < r->program.count; i++) {
    expr_op op = r->program.nodes[i].op;
    limits = limits || op == OP_CAP || op == OP_OVER || op == OP_FIRST || op == OP_PREVIOUS;
    narrows = narrows || op == OP_DURING || op == OP_WHERE;
  }
  for (size_t i = 0; i < r->needs_count; i++) narrows = narrows || r->needs[i].form.each != SPAN_NONE;
  return limits && narrows;
}

/* Runs one corner, with a finer scale as often as an amount asks for one. */
static bool corner_of(evaluation *e, const rule *r, decision *d, plan *p, extreme x, bool high, arena *scratch, run *done,
                      corner *out, trail *t, explanation *explain, arena *kept) {
  int64_t scale = e->scale;
  for (int tries = 0; tries < 16; tries++) {
    start_run(e, r, d->subject, d->on, d->has_window ? &d->window : NULL, scale, scratch, x, high, done);
    done->frame.trail = t;
    done->explain = explain;
    run_corner(e, done, p, out, kept);
    if (!done->failed) return true;
    if (done->refused) return false;
    if (t) t->count = 0;
    if (done->frame.rescale > 1 && !done->frame.overflow && !__builtin_mul_overflow(scale, done->frame.rescale, &scale)) continue;
    break;
  }
  fault_add(e->problems, r->where, "rule \"%s\": a number became too large to be exact", "规则“%s”：数值过大，无法精确计算", r->id);
  return fault_next(e->problems, "check the amounts of this subject's records and the rates of the pack",
                    "请检查该对象各记录的数量以及规则包中的折算比例");
}

static day period_start(evaluation *e, const rule *r, uint32_t subject) {
  const period *p = &e->pack->periods[r->period];
  if (!p->starts_fact) return p->starts;
  int32_t person = row_to(e->view, r->of, subject, FACT_PERSON);
  int32_t record = person < 0 ? -1 : row_fact(e->view, (uint32_t)person, e->view->codes[p->starts_word]);
  date since = record < 0 ? DATE_NONE : e->subjects->of[FACT_RECORD].since[record];
  return since == DATE_NONE || date_first(since) != date_last(since) ? DAY_NONE : date_first(since);
}

/* Period, suspension and force: what can be said without looking at a record. True if the needs are to be computed. */
static bool stands(evaluation *e, const rule *r, decision *d) {
  if (r->period >= 0) {
    day starts = period_start(e, r, d->subject);
    if (starts == DAY_NONE) {
      d->outcome = OUTCOME_UNKNOWN;
      d->why = WHY_NO_START;
      return false;
    }
    if (!period_on(&e->pack->periods[r->period], starts, d->on, &d->window)) {
      d->outcome = OUTCOME_NOT_APPLICABLE;
      d->why = WHY_NO_PERIOD;
      if (d->on < starts) d->valid_until = starts;
      return false;
    }
    d->has_window = true;
    d->valid_until = d->window.last + 1;
  }
  const dated_window *windows[] = {&r->suspended, &r->in_force};
  for (size_t i = 0; i < 2; i++) {
    const dated_window *w = windows[i];
    if (!w->there) continue;
    day on = w->by_period_start && d->has_window ? d->window.first : d->on;
    bool inside = on >= w->from && on <= w->until;
    if (!w->by_period_start || !d->has_window) {
      if (d->on < w->from && w->from < d->valid_until) d->valid_until = w->from;
      if (d->on <= w->until && w->until != DAY_EVER && w->until + 1 < d->valid_until) d->valid_until = w->until + 1;
    }
    if (inside == (i == 0)) {
      d->outcome = OUTCOME_NOT_APPLICABLE;
      d->why = i == 0 ? WHY_SUSPENDED : WHY_NOT_IN_FORCE;
      return false;
    }
  }
  return true;
}

/* ---- explanation ---- */

static void take_counted(run *r, const need_result *n, arena *a, need_reasons *out) {
  const need_form *form = &n->need->form;
  int32_t node = form->had;
  if (r->rule->way != RULE_NEEDS && node < 0) return; /* a number that the rule made itself */
  if (node < 0 && form->condition >= 0) node = r->program->nodes[form->condition].of;
  if (node < 0) return;
  while (node >= 0 && r->program->nodes[node].type != EXPR_SELECTION) node = r->program->nodes[node].of;
  if (node < 0) return;
  selection s = run_selection(r, node);
  if (form->each != SPAN_NONE) s = each_part(r, n, s);
  for (uint32_t i = 0; i < s.count; i++) {
    const item *whole = &s.items[i];
    for (uint32_t k = 0; k < (whole->parts_count ? whole->parts_count : 1); k++) {
      const item *one = whole->parts_count ? &whole->parts[k] : whole;
      counted *c = ARENA_PUSH(a, out->counted, out->counted_count, out->counted_capacity);
      *c = (counted){.type = r->program->nodes[node].rows, .row = one->row, .sure = one->sure, .carried = one->carried};
      c->amount = scaled_number(&r->frame, one->least);
      c->amount_most = scaled_number(&r->frame, one->most);
    }
  }
}

static bool node_below(const program *p, int32_t top, int32_t sought) {
  if (top < 0) return false;
  if (top == sought) return true;
  const expr_node *n = &p->nodes[top];
  if (node_below(p, n->of, sought)) return true;
  for (size_t i = 0; i < n->args_count; i++)
    if (node_below(p, n->args[i], sought)) return true;
  return false;
}

/* What was left out on the way to this need. A record left out by one step may count elsewhere in the same need (what a
 * cap leaves, `over` takes): then it is not listed as left out. */
static void take_left(run *r, const need_result *n, const trail *t, arena *a, need_reasons *out) {
  if (r->rule->way != RULE_NEEDS && n->need->form.had < 0) return;
  int32_t top = n->need->form.had >= 0 ? n->need->form.had : n->need->form.condition;
  size_t capacity = 0;
  for (size_t i = 0; i < t->count; i++) {
    const left *l = &t->items[i];
    if (!node_below(r->program, top, l->node)) continue;
    bool twice = l->reason == LEFT_UNDER_CAP;
    for (size_t k = 0; k < out->left_count && !twice; k++)
      twice = out->left[k].row == l->row && out->left[k].node == l->node && out->left[k].reason == l->reason;
    for (size_t k = 0; k < out->counted_count && !twice && !l->amount_known; k++) twice = out->counted[k].row == l->row;
    if (!twice) *ARENA_PUSH(a, out->left, out->left_count, capacity) = *l;
  }
  out->nodes = r->program->nodes;
}

static void explain_needs(run *r, const decision *d, trail *t, arena *a, explanation *x) {
  x->needs = arena_array(a, d->needs_count + 1, sizeof *x->needs);
  for (size_t i = 0; i < d->needs_count; i++) {
    if (d->needs[i].outcome == OUTCOME_NOT_APPLICABLE) continue;
    take_counted(r, &d->needs[i], a, &x->needs[i]);
    take_left(r, &d->needs[i], t, a, &x->needs[i]);
  }
}

/* ---- the decision ---- */

static bool compute(evaluation *e, const rule *r, arena *scratch, arena *a, decision *d, explanation *x) {
  plan p = {0};
  if (r->way == RULE_NEEDS) p = make_plan(e, r, d->has_window ? &d->window : NULL, a);
  static const struct {
    extreme x;
    bool high;
  } order[] = {{EXTREME_OUT, false}, {EXTREME_OUT, true}, {EXTREME_IN, false}, {EXTREME_IN, true},
               {EXTREME_BOUND, false}, {EXTREME_BOUND, true}};
  corner corners[6];
  size_t count = 0;
  bool uncertain = false, saw_truth = false, bound_asked = false;
  for (size_t k = 0; k < 6; k++) {
    if (order[k].high && !saw_truth) continue;
    if (order[k].x == EXTREME_IN && !uncertain) continue;
    if (order[k].x == EXTREME_BOUND && !bound_asked) continue;
    run one;
    if (!corner_of(e, r, d, &p, order[k].x, order[k].high, scratch, &one, &corners[count], NULL, NULL, a)) return false;
    count++;
    uncertain = uncertain || one.frame.uncertain;
    saw_truth = saw_truth || one.saw_truth;
    bound_asked = bound_asked || (one.frame.uncertain_count > 1 && (r->way != RULE_NEEDS || needs_bound(r)));
    if (one.frame.until < d->valid_until) d->valid_until = one.frame.until;
  }
  d->needs = p.needs;
  d->needs_count = p.count;
  join_corners(d, corners, count);
  if (d->why == WHY_APPLIES && corners[0].said.in[LANGUAGE_ZH]) {
    d->why = WHY_SAID;
    d->said = corners[0].said;
  }
  if (r->gives_count && r->way == RULE_NEEDS) d->gives = arena_copy(a, corners[0].gives, r->gives_count * sizeof *d->gives);
  if (!x) return true;
  /* The reasoning is shown with what is certain out of doubt: uncertain records are listed, not hidden. */
  trail t = {.memory = a};
  run shown;
  corner unused;
  x->parameters_count = x->unrecognised_count = 0;
  if (!corner_of(e, r, d, &p, EXTREME_OUT, false, scratch, &shown, &unused, &t, x, a)) return false;
  explain_needs(&shown, d, &t, a, x);
  return true;
}

static bool decide(evaluation *e, int32_t rule_index, uint32_t subject, arena *a, decision *d, explanation *x) {
  const rule *r = &e->pack->rules[rule_index];
  *d = (decision){.rule = rule_index, .subject = subject, .on = e->on, .valid_until = DAY_EVER};
  if (!stands(e, r, d)) return true;
  if (r->way != RULE_NEEDS && !e->doors) {
    explanation own = {.decision = *d};
    if (!e->ask)
      return fault_add(e->problems, r->where, "rule \"%s\" is computed by foreign code, which is not available here",
                       "规则“%s”由外部代码计算，此处无法运行", r->id);
    if (!e->ask(e->ask_context, rule_index, subject, x != NULL, a, x ? x : &own, e->problems)) return false;
    *d = x ? x->decision : own.decision;
    return true;
  }
  if (e->depth > 64)
    return fault_add(e->problems, r->where, "rule \"%s\": outcomes depend on each other too deeply", "规则“%s”：结果之间的依赖层次过深", r->id);
  e->depth++;
  arena *scratch = e->depth == 1 ? e->scratch : arena_new();
  bool good = compute(e, r, scratch, a, d, x);
  e->depth--;
  if (e->depth == 0) arena_reset(e->scratch);
  else arena_free(scratch);
  return good;
}

bool evaluation_decide(evaluation *e, int32_t rule_index, uint32_t subject, arena *a, decision *out) {
  return decide(e, rule_index, subject, a, out, NULL);
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
