#include "task/evaluate.h"

#include "pack/decision.h"

#include <stdlib.h>
#include <string.h>

typedef struct evaluation_task {
  evaluating *e;
  decision_row *before; /* the newest decision of each rule and subject, by rule and subject */
  size_t before_count;
  decision_row *fresh;
  size_t fresh_count, fresh_capacity;
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

static bool decide_one(evaluation_task *t, int32_t rule_at, uint32_t subject, arena *a, evaluate_counts *counts) {
  evaluating *e = t->e;
  const rule *r = &e->pack->rules[rule_at];
  int64_t entity = e->subjects->of[r->of].entity[subject];
  const decision_row *before = decided_before(t, r, entity);
  counts->subjects++;
  if (before && still_valid(t, before)) {
    counts->kept++;
    counts->outcomes[before->outcome]++;
    return true;
  }
  decision d;
  if (!evaluation_decide(e->evaluation, rule_at, subject, a, &d)) return false;
  counts->outcomes[d.outcome]++;
  buffer needs = {0};
  decision_needs_pack(&d, &needs);
  decision_row row = {.rule = r->id,
                      .of = r->of,
                      .subject = entity,
                      .outcome = (int)d.outcome,
                      .on = e->on,
                      .valid_until = d.valid_until,
                      .known_after = e->known_after,
                      .image = e->pack->image,
                      .needs = arena_copy(e->memory, needs.at, needs.length),
                      .needs_size = needs.length};
  buffer_free(&needs);
  if (before && same_decision(before, &row)) {
    counts->kept++;
    return true;
  }
  counts->changed++;
  *ARENA_PUSH(e->memory, t->fresh, t->fresh_count, t->fresh_capacity) = row;
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

bool task_evaluate(evaluating *e, const char *only, bool store, evaluate_progress progress, evaluate_counts **counts,
                   size_t *count, faults *problems) {
  evaluation_task t = {.e = e};
  if (only && pack_rule(e->pack, only) < 0) return evaluate_no_rule(e->pack, only, problems);
  t.before_count = ledger_decisions(e->ledger, e->memory, &t.before, problems);
  if (t.before_count) qsort(t.before, t.before_count, sizeof *t.before, by_subject);
  *counts = arena_array(e->memory, e->pack->rules_count + 1, sizeof **counts);
  *count = 0;
  for (size_t i = 0; i < e->pack->rules_count; i++)
    if (!only || !strcmp(e->pack->rules[i].id, only)) t.all += e->subjects->of[e->pack->rules[i].of].count;
  arena *a = arena_new();
  bool good = true;
  for (size_t i = 0; i < e->pack->rules_count && good; i++) {
    const rule *r = &e->pack->rules[i];
    if (only && strcmp(r->id, only)) continue;
    evaluate_counts *own = &(*counts)[(*count)++];
    *own = (evaluate_counts){.rule = r};
    for (uint32_t s = 0; s < e->subjects->of[r->of].count && good; s++) {
      good = decide_one(&t, (int32_t)i, s, a, own);
      arena_reset(a);
      if (progress.step && (++t.done & 255) == 0) progress.step(progress.context, t.done, t.all);
    }
  }
  arena_free(a);
  if (good && store && t.fresh_count) good = ledger_put_decisions(e->ledger, t.fresh, t.fresh_count, problems);
  return good;
}
