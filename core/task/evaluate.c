#include "task/evaluate.h"

#include "pack/population.h"
#include "task/ruling.h"

#include <stdlib.h>
#include <string.h>

typedef struct rule_work { /* whom a rule is to be decided about */
  uint32_t *only;          /* NULL: everyone */
  size_t count;
  evaluate_counts *counts;
} rule_work;

typedef struct evaluation_task {
  evaluating *e;
  decision_row *before; /* the newest decision of each rule and subject, by rule and subject */
  size_t before_count;
  rule_work *work;         /* by rule of the pack */
  evaluate_counts *counts; /* of the rule at hand */
  decision_writer *writer; /* NULL: nothing is stored */
  int32_t within;          /* the organization whose people are decided about; -1: everyone */
  int workers;
  evaluate_progress progress;
  uint64_t done, all;
} evaluation_task;

static int by_subject(const void *a, const void *b) {
  const decision_row *x = a, *y = b;
  int order = strcmp(x->rule, y->rule);
  if (order) return order;
  if (x->of != y->of) return x->of < y->of ? -1 : 1;
  return x->subject < y->subject ? -1 : x->subject > y->subject;
}

static const decision_row *decided_before(const evaluation_task *t, const rule *r, int64_t subject) {
  decision_row key = {.rule = r->id, .of = r->of, .subject = subject};
  return t->before_count ? bsearch(&key, t->before, t->before_count, sizeof key, by_subject) : NULL;
}

/* Nothing that the decision depends on is another: the facts, the text of the rules, the day within its bounds. A
 * native rule's text lies in a plugin that the image does not hold and that may have been replaced: where a pack has
 * one, every decision is computed again. */
static bool still_valid(const evaluation_task *t, const decision_row *row) {
  const evaluating *e = t->e;
  return e->offers == NULL && row->known_after == e->known_after && digest_same(row->image, e->pack->image) &&
         e->on >= row->on && e->on < row->valid_until;
}

static bool same_decision(const decision_row *a, const decision_row *b) {
  return a->outcome == b->outcome && a->valid_until == b->valid_until && a->needs_size == b->needs_size &&
         !memcmp(a->needs, b->needs, a->needs_size) && digest_same(a->image, b->image) &&
         a->known_after == b->known_after;
}

/* Whom a rule has to be decided about: those without a decision that still holds. */
static size_t to_decide(evaluation_task *t, int32_t rule_at, arena *a, uint32_t **out, evaluate_counts *counts) {
  const evaluating *e = t->e;
  const rule *r = &e->pack->rules[rule_at];
  const fact_columns *subjects_of = &e->subjects->of[r->of];
  counts->subjects = subjects_of->count;
  *out = NULL;
  bool *own = t->within >= 0 ? ruling_marks(e->subjects, r->of, (uint32_t)t->within, a) : NULL;
  if (own) counts->subjects = 0;
  if (!t->before_count && !own) return subjects_of->count;
  *out = arena_array(a, (size_t)subjects_of->count + 1, sizeof **out);
  size_t count = 0;
  for (uint32_t s = 0; s < subjects_of->count; s++) {
    if (own && !own[s]) continue;
    if (own) counts->subjects++;
    const decision_row *before = decided_before(t, r, subjects_of->entity[s]);
    if (before && still_valid(t, before)) {
      counts->kept++;
      counts->outcomes[before->outcome]++;
    } else {
      (*out)[count++] = s;
    }
  }
  return count;
}

static bool take_range(void *context, const population_range *range, faults *problems) {
  evaluation_task *t = context;
  const evaluating *e = t->e;
  const rule *r = t->counts->rule;
  for (uint32_t i = 0; i < range->count; i++) {
    const population_answer *answer = &range->answers[0][i];
    const decision_row row = {.rule = r->id,
                              .of = r->of,
                              .subject = e->subjects->of[r->of].entity[range->subjects[i]],
                              .outcome = (int)answer->outcome,
                              .on = e->on,
                              .valid_until = answer->valid_until,
                              .known_after = e->known_after,
                              .image = e->pack->image,
                              .needs = answer->packed,
                              .needs_size = answer->packed_size};
    const decision_row *before = decided_before(t, r, row.subject);
    t->counts->outcomes[answer->outcome]++;
    if (before && same_decision(before, &row)) {
      t->counts->kept++;
      continue;
    }
    t->counts->changed++;
    if (t->writer && !decision_write(t->writer, &row, problems)) return false;
  }
  t->done += range->count;
  if (t->progress.step) t->progress.step(t->progress.context, t->done, t->all);
  return true;
}

static bool decide_rule(evaluation_task *t, int32_t rule_at, faults *problems) {
  evaluating *e = t->e;
  const rule_work *work = &t->work[rule_at];
  const population_question question = {e->pack, rule_at, e->on};
  population_request request = {.subjects = e->subjects,
                                .questions = &question,
                                .questions_count = 1,
                                .only = work->only,
                                .only_count = work->count,
                                .workers = t->workers,
                                .packed = true,
                                .natives = e->offers,
                                .take = take_range,
                                .context = t};
  t->counts = work->counts;
  return population_decide(&request, problems);
}

static bool decide_rules(void *context, decision_writer *w, faults *problems) {
  evaluation_task *t = context;
  t->writer = w;
  for (size_t i = 0; i < t->e->pack->rules_count; i++)
    if (t->work[i].count && !decide_rule(t, (int32_t)i, problems)) return false;
  return true;
}

bool evaluate_no_rule(const pack *p, const char *id, faults *problems) {
  const char **names = arena_array(p->memory, p->rules_count + 1, sizeof *names);
  for (size_t i = 0; i < p->rules_count; i++) names[i] = p->rules[i].id;
  const char *near = text_nearest(id, names, p->rules_count);
  fault_add(problems, NOWHERE, "pack \"%s\" has no rule \"%s\"", "规则包“%s”没有规则“%s”", p->id, id);
  if (near) return fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return fault_next(problems, "hongzhu pack show lists the rules", "用 hongzhu pack show 查看有哪些规则");
}

bool task_evaluate(evaluating *e, evaluate_order order, evaluate_counts **counts, size_t *count, faults *problems) {
  evaluation_task t = {.e = e, .progress = order.progress, .workers = order.workers};
  t.within = ruling_organization(e->subjects, order.organization);
  const char *only = order.rule;
  if (only && pack_rule(e->pack, only) < 0) return evaluate_no_rule(e->pack, only, problems);
  size_t errors = problems->errors;
  t.before_count = ledger_decisions(e->ledger, e->memory, &t.before, problems);
  if (problems->errors > errors) return false;
  if (t.before_count) qsort(t.before, t.before_count, sizeof *t.before, by_subject);
  t.work = arena_array(e->memory, e->pack->rules_count + 1, sizeof *t.work);
  *counts = arena_array(e->memory, e->pack->rules_count + 1, sizeof **counts);
  *count = 0;
  for (size_t i = 0; i < e->pack->rules_count; i++) {
    if (only && strcmp(e->pack->rules[i].id, only)) continue;
    rule_work *work = &t.work[i];
    work->counts = &(*counts)[(*count)++];
    work->counts->rule = &e->pack->rules[i];
    work->count = to_decide(&t, (int32_t)i, e->memory, &work->only, work->counts);
    t.all += work->count;
  }
  if (!t.all) return true;
  return order.store ? ledger_write_decisions(e->ledger, decide_rules, &t, problems) : decide_rules(&t, NULL, problems);
}
