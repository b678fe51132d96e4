#include "task/evaluate.h"

#include "base/scratch.h"
#include "ledger/standing.h"
#include "pack/basis.h"
#include "pack/population.h"
#include "pack/reach.h"
#include "task/evaluate_touched.h"
#include "task/ruling.h"

#include <stdlib.h>
#include <string.h>

enum {
  FEW = 1024,      /* persons whose facts are put together for themselves, rather than opening those of everyone */
  FEW_ALWAYS = 16, /* even where these are ready, and it costs as much as opening those of */
  FEW_OF = 200,    /* so many for each of them */
  MANY_OF = 4      /* where the day of one in so many has come, all are decided again */
};

typedef enum work_form { WORK_NOTHING, WORK_SOME, WORK_EVERYONE } work_form;

typedef struct rule_work {
  int32_t rule;
  work_form form;
  standing stands; /* what stood before */
  bool stood;      /* it does still, but for what came since and whose day has come */
  bool readable;   /* its entries are there, made by the same rule: a decision like the old one is not stored again */
  bool missed;     /* something came since then */
  entity_list due; /* subjects whose day has come */
  entity_list due_owner; /* the persons that they belong to */
  uint32_t *only;        /* WORK_SOME: the rows to decide about */
  size_t count;
  standing_entry *changed; /* may be as many as there are subjects: large_free */
  size_t changed_count, changed_capacity;
  evaluate_counts *counts;
} rule_work;

typedef struct evaluation_task {
  evaluating *e;
  touched touched;
  rule_work *work;
  size_t work_count;
  rule_work *at;            /* the one at hand */
  const char *organization; /* whose people are decided about, NULL: everyone */
  int32_t within;           /* its row; -1 */
  decision_writer *writer;  /* NULL: nothing is stored */
  decision_finder *finder;  /* of those that are stored */
  int workers;
  evaluate_progress progress;
  size_t due;         /* subjects whose day has come, of all rules */
  int64_t population; /* subjects of the rule that has most */
  uint64_t done, all;
} evaluation_task;

/* ---- what has to be decided again ---- */

/* What stands of a rule where an organization has its own pack stands for itself. */
static const char *standing_key(const evaluation_task *t, const char *id) {
  return t->within < 0 ? id : arena_format(t->e->memory, "%s @%s", id, t->organization);
}

static bool is_local(const evaluation_task *t, const rule_work *w) {
  return reach_is_person(t->e->pack, w->rule);
}

static work_form form_of(const evaluation_task *t, const rule_work *w) {
  const rule *r = &t->e->pack->rules[w->rule];
  bool due = w->stands.first_due <= t->e->on;
  if (t->within >= 0) /* who belongs to an organization changes with facts and days of its own */
    return w->stood && !w->missed && !due && w->stands.on == t->e->on ? WORK_NOTHING : WORK_EVERYONE;
  if (!w->stood || (w->missed && t->touched.any && (t->touched.wide || !is_local(t, w)))) return WORK_EVERYONE;
  if (due && r->way != RULE_NEEDS) return WORK_EVERYONE;
  return due || (w->missed && t->touched.persons.count) ? WORK_SOME : WORK_NOTHING;
}

typedef struct due_task {
  arena *memory;
  rule_work *work;
} due_task;

static void count_due(void *context, const standing_entry *e) {
  (void)e;
  ++*(size_t *)context;
}

static void add_due(void *context, const standing_entry *e) {
  due_task *t = context;
  entity_list_add(t->memory, &t->work->due, e->subject);
  entity_list_add(t->memory, &t->work->due_owner, e->owner);
}

static void find_due(evaluation_task *t, rule_work *w) {
  size_t count = 0;
  standing_due(&w->stands, t->e->on, count_due, &count);
  if (count > FEW && count > (size_t)w->stands.subjects / MANY_OF) {
    w->form = WORK_EVERYONE;
    return;
  }
  standing_due(&w->stands, t->e->on, add_due, &(due_task){t->e->memory, w});
  entity_list_sort(&w->due);
  t->due += count;
  if (w->stands.subjects > t->population) t->population = w->stands.subjects;
}

static bool plan_rules(evaluation_task *t, const char *only, faults *problems) {
  evaluating *e = t->e;
  size_t errors = problems->errors;
  int64_t since = e->known_after;
  for (size_t i = 0; i < e->pack->rules_count; i++) {
    if (only && strcmp(e->pack->rules[i].id, only)) continue;
    rule_work *w = &t->work[t->work_count++];
    digest basis = basis_of_rule(e->pack, (int32_t)i, e->offers);
    w->rule = (int32_t)i;
    const char *key = standing_key(t, e->pack->rules[i].id);
    bool found = standing_read(e->ledger, key, e->memory, &w->stands, problems);
    w->readable = found && w->stands.of == e->pack->rules[i].of && digest_same(w->stands.basis, basis);
    w->stood = w->readable && e->on >= w->stands.on && w->stands.known_after <= e->known_after;
    w->stands.rule = key;
    w->stands.basis = basis;
    w->missed = w->stood && w->stands.known_after < e->known_after;
    if (w->missed && w->stands.known_after < since) since = w->stands.known_after;
  }
  if (since < e->known_after &&
      !touched_since(e->ledger, since, ledger_last_entity(e->ledger, since), e->memory, &t->touched, problems))
    return false;
  for (size_t i = 0; i < t->work_count; i++) {
    rule_work *w = &t->work[i];
    w->form = form_of(t, w);
    if (w->form == WORK_NOTHING) continue;
    w->readable = w->readable && standing_load(e->ledger, &w->stands, e->memory, problems);
    if (!w->readable) w->form = WORK_EVERYONE; /* what cannot be read is made anew */
    if (w->form == WORK_SOME) find_due(t, w);
  }
  return problems->errors == errors;
}

/* ---- whose facts are needed ---- */

static size_t few_of(const evaluation_task *t) {
  const size_t some = (size_t)t->population / FEW_OF;
  return some >= FEW || !subjects_stand(t->e->ledger) ? FEW : some > FEW_ALWAYS ? some : FEW_ALWAYS;
}

static bool open_few(evaluation_task *t, size_t few, faults *problems) {
  arena *a = t->e->memory;
  entity_list persons = {0};
  for (int again = 0; again < 2; again++) {
    persons.count = 0;
    for (size_t k = 0; k < t->touched.persons.count; k++) entity_list_add(a, &persons, t->touched.persons.items[k]);
    for (size_t i = 0; i < t->work_count; i++)
      for (size_t k = 0; k < t->work[i].due_owner.count; k++)
        entity_list_add(a, &persons, t->work[i].due_owner.items[k]);
    entity_list_sort(&persons);
    if (persons.count > few)
      return evaluating_everyone(t->e, problems) && (touched_related(&t->touched, t->e->subjects), true);
    if (!evaluating_of(t->e, persons.items, persons.count, problems)) return false;
    if (again || !touched_related(&t->touched, t->e->subjects)) break;
  }
  return true;
}

static bool open_facts(evaluation_task *t, faults *problems) {
  bool everyone = t->e->subjects != NULL && !t->e->alone, some = false;
  for (size_t i = 0; i < t->work_count; i++) {
    const rule_work *w = &t->work[i];
    everyone = everyone || w->form == WORK_EVERYONE || (w->form == WORK_SOME && !is_local(t, w));
    some = some || w->form != WORK_NOTHING;
  }
  if (!some) return true;
  const size_t few = everyone ? 0 : few_of(t);
  if (!everyone && t->touched.persons.count + t->due <= 2 * few) return open_few(t, few, problems);
  if (!evaluating_everyone(t->e, problems)) return false;
  touched_related(&t->touched, t->e->subjects);
  return true;
}

/* ---- whom exactly ---- */

static int64_t owner_of(const subjects *s, fact_type of, uint32_t row) {
  if (of == FACT_PERSON) return s->of[of].entity[row];
  int32_t person = of == FACT_ENROLLMENT ? s->of[of].subject[row] : -1;
  return person < 0 ? 0 : s->of[FACT_PERSON].entity[person];
}

static standing_entry *push_changed(const evaluation_task *t, rule_work *w) {
  if (w->changed_count == w->changed_capacity) {
    w->changed_capacity = w->changed_capacity ? w->changed_capacity * 2 : w->count + 256;
    const size_t size = w->changed_capacity * sizeof *w->changed;
    w->changed = w->changed ? large_resize(w->changed, size) : large_take(ledger_folder(t->e->ledger), size);
  }
  return &w->changed[w->changed_count++];
}

/* Who stood and is not there any more. */
static void note_gone(const evaluation_task *t, rule_work *w, const entity_list *asked, const entity_list *there) {
  for (size_t k = 0; k < asked->count; k++) {
    const standing_entry *old = standing_find(&w->stands, asked->items[k]);
    if (!old || old->outcome == STANDING_GONE || entity_list_has(there, old->subject)) continue;
    w->counts->outcomes[old->outcome]--;
    w->counts->subjects--;
    *push_changed(t, w) = (standing_entry){old->subject, old->owner, 0, DAY_EVER, STANDING_GONE};
  }
}

static void find_some(evaluation_task *t, rule_work *w) {
  const subjects *s = t->e->subjects;
  fact_type of = t->e->pack->rules[w->rule].of;
  const fact_columns *table = &s->of[of];
  entity_list there = {0}, asked = {0};
  arena *a = t->e->memory;
  for (int o = 0; o < OUTCOMES; o++) w->counts->outcomes[o] = (size_t)w->stands.outcomes[o];
  w->counts->subjects = (size_t)w->stands.subjects;
  w->only = arena_array(a, (size_t)table->count + 1, sizeof *w->only);
  for (uint32_t row = 0; row < table->count; row++) {
    bool touched_too = w->missed && entity_list_has(&t->touched.persons, owner_of(s, of, row));
    if (!touched_too && !entity_list_has(&w->due, table->entity[row])) continue;
    w->only[w->count++] = row;
    entity_list_add(a, &there, table->entity[row]);
  }
  entity_list_sort(&there);
  const entity_list *touched_here = of == FACT_PERSON ? &t->touched.persons : &t->touched.enrollments;
  for (size_t k = 0; k < w->due.count; k++) entity_list_add(a, &asked, w->due.items[k]);
  for (size_t k = 0; w->missed && k < touched_here->count && (of == FACT_PERSON || of == FACT_ENROLLMENT); k++)
    entity_list_add(a, &asked, touched_here->items[k]);
  entity_list_sort(&asked);
  note_gone(t, w, &asked, &there);
}

static void find_everyone(evaluation_task *t, rule_work *w) {
  fact_type of = t->e->pack->rules[w->rule].of;
  uint32_t count = t->e->subjects->of[of].count;
  w->count = count;
  if (t->within >= 0) {
    const bool *own = ruling_marks(t->e->subjects, of, (uint32_t)t->within, t->e->memory);
    w->only = arena_array(t->e->memory, (size_t)count + 1, sizeof *w->only);
    w->count = 0;
    for (uint32_t row = 0; row < count; row++)
      if (own[row]) w->only[w->count++] = row;
  }
  w->counts->subjects = w->count;
}

static void find_subjects(evaluation_task *t) {
  for (size_t i = 0; i < t->work_count; i++) {
    rule_work *w = &t->work[i];
    evaluate_counts *n = w->counts;
    if (w->form == WORK_EVERYONE) {
      find_everyone(t, w);
    } else if (w->form == WORK_SOME) {
      find_some(t, w);
    } else {
      for (int o = 0; o < OUTCOMES; o++) n->outcomes[o] = (size_t)w->stands.outcomes[o];
      n->subjects = (size_t)w->stands.subjects;
    }
    t->all += w->count;
  }
}

/* ---- deciding ---- */

/* Does the ledger hold the very same decision? */
static bool held(const evaluation_task *t, const standing_entry *old, const decision_row *row, faults *problems) {
  if (!old || old->outcome != row->outcome || old->valid_until != row->valid_until) return false;
  decision_row before;
  return decision_find(t->finder, old->decision, &before, problems) && before.needs_size == row->needs_size &&
         !memcmp(before.needs, row->needs, row->needs_size);
}

static bool take_answer(evaluation_task *t, uint32_t subject, const population_answer *answer, faults *problems) {
  const evaluating *e = t->e;
  rule_work *w = t->at;
  const rule *r = w->counts->rule;
  const decision_row row = {.rule = r->id,
                            .of = r->of,
                            .subject = e->subjects->of[r->of].entity[subject],
                            .outcome = (int)answer->outcome,
                            .on = e->on,
                            .valid_until = answer->valid_until,
                            .known_after = e->known_after,
                            .image = e->pack->image,
                            .needs = answer->packed,
                            .needs_size = answer->packed_size,
                            .needs_alike = answer->packed_alike};
  const standing_entry *old = w->readable ? standing_find(&w->stands, row.subject) : NULL;
  bool some = w->form == WORK_SOME;
  if (old && old->outcome == STANDING_GONE) old = NULL;
  if (some && old) w->counts->outcomes[old->outcome]--;
  if (some && !old) w->counts->subjects++;
  w->counts->outcomes[answer->outcome]++;
  w->counts->decided++;
  if (held(t, old, &row, problems)) {
    if (!some) *push_changed(t, w) = *old; /* the list is of everyone */
    return true;
  }
  w->counts->changed++;
  if (!t->writer) return true;
  if (!decision_write(t->writer, &row, problems)) return false;
  *push_changed(t, w) = (standing_entry){row.subject, owner_of(e->subjects, r->of, subject),
                                         decision_written(t->writer), row.valid_until, row.outcome};
  return true;
}

static bool take_range(void *context, const population_range *range, faults *problems) {
  evaluation_task *t = context;
  for (uint32_t i = 0; i < range->count; i++)
    if (!take_answer(t, range->subjects[i], &range->answers[0][i], problems)) return false;
  t->done += range->count;
  if (t->progress.step) t->progress.step(t->progress.context, t->done, t->all);
  return true;
}

static int by_subject(const void *a, const void *b) {
  const standing_entry *x = a, *y = b;
  return x->subject < y->subject ? -1 : x->subject > y->subject;
}

static void sort_changed(rule_work *w) {
  for (size_t k = 1; k < w->changed_count; k++) {
    if (w->changed[k - 1].subject < w->changed[k].subject) continue;
    qsort(w->changed, w->changed_count, sizeof *w->changed, by_subject);
    return;
  }
}

static bool write_standing(evaluation_task *t, rule_work *w, faults *problems) {
  standing *s = &w->stands;
  const evaluating *e = t->e;
  sort_changed(w);
  day first = w->form == WORK_SOME ? standing_first_due(s, w->changed, w->changed_count) : DAY_EVER;
  for (size_t k = 0; k < w->changed_count; k++)
    if (w->changed[k].outcome != STANDING_GONE && w->changed[k].valid_until < first) first = w->changed[k].valid_until;
  s->of = w->counts->rule->of;
  s->on = e->on;
  s->known_after = e->known_after;
  s->last_entity = ledger_last_entity(e->ledger, e->known_after);
  s->subjects = (int64_t)w->counts->subjects;
  s->first_due = first;
  for (int o = 0; o < OUTCOMES; o++) s->outcomes[o] = (int64_t)w->counts->outcomes[o];
  return standing_write(t->writer, s, w->changed, w->changed_count, w->form == WORK_EVERYONE, problems);
}

static bool decide_rule(evaluation_task *t, rule_work *w, faults *problems) {
  evaluating *e = t->e;
  const population_question question = {e->pack, w->rule, e->on};
  population_request request = {.subjects = e->subjects,
                                .questions = &question,
                                .questions_count = 1,
                                .only = w->only,
                                .only_count = w->count,
                                .workers = t->workers,
                                .packed = true,
                                .natives = e->offers,
                                .take = take_range,
                                .context = t};
  t->at = w;
  return (!w->count || population_decide(&request, problems)) && (!t->writer || write_standing(t, w, problems));
}

static bool decide_rules(void *context, decision_writer *w, faults *problems) {
  evaluation_task *t = context;
  t->writer = w;
  for (size_t i = 0; i < t->work_count; i++)
    if (t->work[i].form != WORK_NOTHING && !decide_rule(t, &t->work[i], problems)) return false;
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

static bool evaluate_all(evaluation_task *t, bool store, faults *problems) {
  bool some = false;
  if (!open_facts(t, problems)) return false;
  find_subjects(t);
  for (size_t i = 0; i < t->work_count; i++) some = some || t->work[i].form != WORK_NOTHING;
  if (!some) return true;
  return store ? ledger_write_decisions(t->e->ledger, decide_rules, t, problems) : decide_rules(t, NULL, problems);
}

bool task_evaluate(evaluating *e, evaluate_order order, evaluate_counts **counts, size_t *count, faults *problems) {
  evaluation_task t = {.e = e,
                       .touched = {.memory = e->memory},
                       .within = -1,
                       .organization = order.organization,
                       .progress = order.progress,
                       .workers = order.workers};
  if (order.rule && pack_rule(e->pack, order.rule) < 0) return evaluate_no_rule(e->pack, order.rule, problems);
  t.work = arena_array(e->memory, e->pack->rules_count + 1, sizeof *t.work);
  if (order.organization) {
    if (!evaluating_everyone(e, problems)) return false;
    t.within = ruling_organization(e->subjects, order.organization);
  }
  if (!plan_rules(&t, order.rule, problems)) return false;
  *counts = arena_array(e->memory, t.work_count + 1, sizeof **counts);
  *count = t.work_count;
  for (size_t i = 0; i < t.work_count; i++) {
    t.work[i].counts = &(*counts)[i];
    (*counts)[i].rule = &e->pack->rules[t.work[i].rule];
  }
  t.finder = decision_finder_new(e->ledger);
  bool good = evaluate_all(&t, order.store, problems);
  decision_finder_free(t.finder);
  for (size_t i = 0; i < t.work_count; i++) {
    (*counts)[i].kept = (*counts)[i].subjects - (*counts)[i].changed;
    large_free(t.work[i].changed);
  }
  return good;
}
