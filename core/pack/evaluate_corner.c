/* One run of a rule at one extreme of what is uncertain, and which needs it has to look at. */
#include "pack/evaluate_inside.h"

#include <string.h>

/* ---- one run ---- */

void evaluate_frame(evaluation *e, const rule *r, uint32_t subject, day on, const window *w, int64_t scale,
                    arena *scratch, extreme x, bool truth_high, run *out) {
  *out = (run){.evaluation = e,
               .pack = e->pack,
               .rule = r,
               .program = &r->program,
               .of = r->of,
               .subject = subject,
               .truth_high = truth_high,
               .record = -1};
  const period *p = r->period >= 0 ? &e->pack->periods[r->period] : NULL;
  out->frame = (frame_of_rows){.scratch = scratch,
                               .view = e->view,
                               .type = FACT_RECORD,
                               .period = p,
                               .on = on,
                               .scale = scale,
                               .rescale = 1,
                               .until = DAY_EVER,
                               .extreme = x,
                               .node = -1};
  out->has_window = w != NULL;
  if (w)
    out->frame.window = *w;
  else
    out->frame.window.first = DAY_NONE;
  out->person = row_to(e->view, r->of, subject, FACT_PERSON);
  out->parameters_on = w ? w->first : on;
}

static void start(evaluation *e, const rule *r, uint32_t subject, day on, const window *w, int64_t scale,
                  arena *scratch, extreme x, bool truth_high, run *out) {
  evaluate_frame(e, r, subject, on, w, scale, scratch, x, truth_high, out);
  out->values = arena_array(scratch, r->program.count + 1, sizeof(node_value));
  out->recognised = arena_array(scratch, e->pack->recognitions_count + 1, sizeof(recognised_list));
  run_rows(out);
}

static bool uses_previous(const rule *r) {
  for (size_t i = 0; i < r->program.count; i++)
    if (r->program.nodes[i].op == OP_PREVIOUS || r->program.nodes[i].op == OP_PREVIOUS_NUMBER) return true;
  return false;
}

static void no_outputs(run *r) {
  size_t count = r->rule->gives_count;
  r->given = arena_array(r->frame.scratch, count, sizeof *r->given);
  r->given_numbers = arena_array(r->frame.scratch, count, sizeof *r->given_numbers);
  for (size_t i = 0; i < count; i++)
    r->given_numbers[i] = (number){true, r->rule->gives[i].first, r->rule->gives[i].first};
}

/* What one period gives to the next. */
static void hand_on(run *from, run *to) {
  const rule *rule_of = from->rule;
  no_outputs(to);
  for (size_t i = 0; i < rule_of->gives_count && !from->failed; i++) {
    int32_t node = rule_of->gives[i].node;
    if (rule_of->program.nodes[node].type == EXPR_NUMBER) {
      to->given_numbers[i] = run_number(from, node);
      continue;
    }
    selection s = run_selection(from, node);
    to->given[i] = (selection){arena_copy(to->frame.scratch, s.items, s.count * sizeof *s.items), s.count};
    for (uint32_t k = 0; k < s.count; k++) to->given[i].items[k].carried = true;
  }
  to->failed = to->failed || from->failed;
  to->saw_truth = to->saw_truth || from->saw_truth;
  to->truths += from->truths;
  to->frame.overflow = to->frame.overflow || from->frame.overflow;
  if (from->frame.rescale > 1) to->frame.rescale = from->frame.rescale;
  to->frame.uncertain = to->frame.uncertain || from->frame.uncertain;
  to->frame.doubtful = to->frame.doubtful || from->frame.doubtful;
  to->frame.uncertain_count += from->frame.uncertain_count;
}

/* The outputs of the period before, which are never a circle: each period has those of the one before it, from the
 * first period on. */
static void previous_outputs(evaluation *e, run *r) {
  const rule *rule_of = r->rule;
  if (!r->has_window || !rule_of->gives_count || !uses_previous(rule_of)) return;
  const period *p = &e->pack->periods[rule_of->period];
  day starts = evaluate_period_start(e, p, rule_of->of, r->subject);
  run *before = NULL;
  for (int32_t turn = 0; turn < r->frame.window.number; turn++) {
    run *next = arena_take(r->frame.scratch, sizeof *next);
    window w = period_number(p, starts, turn);
    start(e, rule_of, r->subject, w.last, &w, r->frame.scale, r->frame.scratch, r->frame.extreme, r->truth_high, next);
    if (before)
      hand_on(before, next);
    else
      no_outputs(next);
    before = next;
    if (next->failed) break;
  }
  if (before)
    hand_on(before, r);
  else
    no_outputs(r);
}

static outcome settle(comparison compare, number had, number needed) {
  truth t = number_compare(compare, had, needed);
  return t == TRUTH_UNKNOWN ? OUTCOME_UNKNOWN : t == TRUTH_YES ? OUTCOME_MET : OUTCOME_UNMET;
}

static bool window_holds(const dated_window *w, const run *r) {
  bool by_start = w->by_period_start && r->has_window;
  day on = by_start ? r->frame.window.first : r->frame.on;
  if (!by_start) view_until(r->frame.view, w->from);
  if (!by_start && w->until != DAY_EVER) view_until(r->frame.view, w->until + 1);
  return on >= w->from && on <= w->until;
}

bool evaluate_need_stands(run *r, const need *n) {
  if (n->suspended.there && window_holds(&n->suspended, r)) return false;
  return !n->in_force.there || window_holds(&n->in_force, r);
}

static bool need_applies(run *r, const need *n, truth *maybe) {
  *maybe = TRUTH_YES;
  if (!evaluate_need_stands(r, n)) return false;
  if (n->when >= 0) *maybe = truth_and(*maybe, run_truth(r, n->when));
  if (n->unless >= 0) *maybe = truth_and(*maybe, truth_not(run_truth(r, n->unless)));
  return *maybe != TRUTH_NO;
}

selection evaluate_each_part(run *r, const need_result *result, selection s) {
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
      selection s = evaluate_each_part(r, result, run_selection(r, form->had));
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
  declaring to = {.memory = a, .problems = e->problems};
  making m = {&to,
              &e->pack->kinds,
              &e->pack->parameters,
              (wordbook *)&e->pack->book,
              e->pack->attributes,
              e->pack->attributes_count};
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
    fault_add(e->problems, r->rule->where,
              "rule \"%s\" says other needs when uncertain records are counted than when they are not",
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

void evaluate_run_corner(evaluation *e, run *r, plan *p, corner *out, arena *kept) {
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

plan evaluate_plan(evaluation *e, const rule *r, const window *w, arena *a) {
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

/* Runs one corner, with a finer scale as often as an amount asks for one. */
bool evaluate_corner(evaluation *e, const rule *r, decision *d, plan *p, extreme x, bool high, arena *scratch,
                     run *done, corner *out, trail *t, explanation *explain, arena *kept) {
  int64_t scale = e->scale;
  for (int tries = 0; tries < 16; tries++) {
    start(e, r, d->subject, d->on, d->has_window ? &d->window : NULL, scale, scratch, x, high, done);
    done->frame.trail = t;
    done->explain = explain;
    evaluate_run_corner(e, done, p, out, kept);
    if (!done->failed) return true;
    if (done->refused) return false;
    if (t) t->count = 0;
    if (done->frame.rescale > 1 && !done->frame.overflow && !__builtin_mul_overflow(scale, done->frame.rescale, &scale))
      continue;
    break;
  }
  fault_add(e->problems, r->where, "rule \"%s\": a number became too large to be exact",
            "规则“%s”：数值过大，无法精确计算", r->id);
  return fault_next(e->problems, "check the amounts of this subject's records and the rates of the pack",
                    "请检查该对象各记录的数量以及规则包中的折算比例");
}

day evaluate_period_start(evaluation *e, const period *p, fact_type of, uint32_t subject) {
  if (!p->starts_fact) return p->starts;
  int32_t person = row_to(e->view, of, subject, FACT_PERSON);
  int32_t record = person < 0 ? -1 : row_fact(e->view, (uint32_t)person, e->view->codes[p->starts_word]);
  date since = record < 0 ? DATE_NONE : e->subjects->of[FACT_RECORD].since[record];
  return since == DATE_NONE || date_first(since) != date_last(since) ? DAY_NONE : date_first(since);
}

/* Period, suspension and force: what can be said without looking at a record. True if the needs are to be computed. */
bool evaluate_stands(evaluation *e, const rule *r, decision *d) {
  if (r->period >= 0) {
    day starts = evaluate_period_start(e, &e->pack->periods[r->period], r->of, d->subject);
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
