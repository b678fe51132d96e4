#include "task/compare.h"

#include "pack/decision.h"
#include "pack/pack_set.h"
#include "pack/population.h"
#include "task/ruling.h"

#include <stdlib.h>
#include <string.h>

enum { PREFIX_LEAST = 4 };

/* ---- which two ---- */

static bool no_image(ledger *l, arena *a, const char *given, const char *several, faults *problems) {
  image_row *all;
  size_t count = ledger_images(l, a, &all, problems);
  if (several)
    fault_add(problems, NOWHERE, "several pack images begin with \"%s\": %s", "有多个规则包映像以“%s”开头：%s", given,
              several);
  else if (strlen(given) < PREFIX_LEAST)
    fault_add(problems, NOWHERE, "\"%s\" is too short for an image: give %d digits of it at least",
              "“%s”太短，不足以指明映像：至少写出前 %d 位", given, PREFIX_LEAST);
  else
    fault_add(problems, NOWHERE, "the ledger has no pack image \"%s\"", "台账中没有规则包映像“%s”", given);
  buffer known = {0};
  for (size_t i = 0; i < count; i++) {
    char digits[DIGEST_TEXT];
    digest_text(all[i].id, digits);
    buffer_format(&known, "%s%.12s (%s %s)", i ? ", " : "", digits, all[i].pack, all[i].version);
  }
  if (count)
    fault_next(problems, "it has: %s", "现有：%s", known.at);
  else
    fault_next(problems, "put a pack into force with: hongzhu pack use", "请先用 hongzhu pack use 使规则包生效");
  buffer_free(&known);
  return false;
}

static bool find_image(ledger *l, arena *a, const char *given, digest *out, faults *problems) {
  image_row *all;
  size_t count = ledger_images(l, a, &all, problems), length = strlen(given), found = 0;
  buffer several = {0};
  for (size_t i = 0; i < count && length >= PREFIX_LEAST; i++) {
    char digits[DIGEST_TEXT];
    digest_text(all[i].id, digits);
    if (strncasecmp(digits, given, length) != 0) continue;
    *out = all[i].id;
    buffer_format(&several, "%s%.12s", found++ ? ", " : "", digits);
  }
  bool good = found == 1 || no_image(l, a, given, found ? several.at : NULL, problems);
  buffer_free(&several);
  return good;
}

/* Whose rules are tried. Where several districts have packs in force it must be said, or follow from whom it is about.
 */
static const ruling *whose(comparing *c, ledger *l, faults *problems) {
  const compare_order *o = &c->order;
  arena *a = c->memory;
  ruling *all;
  size_t count = rulings_on(l, o->before, a, &all, problems), with = 0;
  for (size_t i = 0; i < count; i++) with += all[i].organization != NULL;
  if (o->of || with <= 1) return ruling_meant(all, count, l, o->of, NULL, problems);
  const ruling *found = o->about ? ruling_meant(all, count, l, NULL, o->about, faults_new(a)) : NULL;
  if (found) return found;
  buffer names = {0};
  for (size_t i = 0; i < count; i++) buffer_format(&names, "%s%s", i ? ", " : "", all[i].pack);
  fault_add(problems, NOWHERE, "several packs are in force here: %s", "此台账中有多个规则包生效：%s", names.at);
  fault_next(problems, "say whose people are meant: --of PACK", "请用 --of 规则包 指明比较哪一个的人员");
  buffer_free(&names);
  return NULL;
}

/* Each district's rules are about its own people: the others are neither decided nor counted. */
static void leave_others(const comparing *c, compare_rule *r) {
  const subjects *s = c->before.subjects;
  if (c->within < 0) return;
  arena *a = arena_new();
  const bool *own = ruling_marks(s, r->of, (uint32_t)c->within, a);
  for (uint32_t i = 0; i < s->of[r->of].count; i++)
    for (int side = 0; side < 2; side++)
      if (!own[i] && r->cells[side]) memset(r->cells[side] + i * r->width[side], COMPARE_NONE, r->width[side]);
  arena_free(a);
}

static pack *after_pack(comparing *c, ledger *l, faults *problems) {
  const compare_order *o = &c->order;
  const pack *same = o->after == o->before && !o->stored ? c->before.pack : NULL;
  pack *p = NULL;
  if (o->pack) {
    const char *folder = pack_folder_find(c->memory, o->pack, problems);
    p = folder ? pack_from_folder(c->memory, folder, problems) : NULL;
  } else {
    const char *named = c->within >= 0 ? c->before.pack->id : o->of;
    p = same ? c->before.pack : ruling_pack(c->memory, l, o->after, named, NULL, problems);
  }
  return p && o->set_count ? pack_set(c->memory, p, o->set, o->set_count, problems) : p;
}

bool compare_open(arena *a, ledger *l, const compare_order *order, comparing *out, faults *problems) {
  *out = (comparing){.memory = a, .order = *order, .within = -1};
  evaluating_state state = {order->before, -1, NULL, NULL, NULL};
  if (order->stored) {
    if (!find_image(l, a, order->stored, &out->image, problems)) return false;
    state.image = &out->image;
  }
  bool several = rulings_several(l, a, problems);
  const ruling *of = order->stored && !several ? NULL : whose(out, l, problems);
  if (!of && (several || !order->stored)) return false;
  if (!state.image) state.image = &of->image;
  subjects_soon(l);
  if (!evaluating_open_pack(a, l, state, &out->before, problems)) return false;
  pack *p =
      several ? NULL : after_pack(out, l, problems); /* a program that is run anew: in the meantime the facts come */
  if ((!several && !p) || !evaluating_everyone(&out->before, problems)) return false;
  if (several && of && of->organization) out->within = ruling_organization(out->before.subjects, of->organization);
  if (several) p = after_pack(out, l, problems);
  if (!p || !evaluating_beside(&out->before, p, order->after, &out->after, problems)) return false;
  if (!order->rule || pack_rule(p, order->rule) >= 0 || pack_rule(out->before.pack, order->rule) >= 0) return true;
  return evaluate_no_rule(p, order->rule, problems);
}

bool compare_close(comparing *c, faults *problems) {
  bool good = !c->after.evaluation || evaluating_close(&c->after, problems);
  return evaluating_close(&c->before, problems) && good;
}

/* ---- deciding both sides ---- */

typedef struct side_work {
  evaluate_progress progress;
  uint64_t done, all;
} side_work;

/* A need that is asked for each year or word has the outcome of its worst. */
static uint8_t worse(uint8_t one, outcome other) {
  static const uint8_t ranks[OUTCOMES] = {
      [OUTCOME_NOT_APPLICABLE] = 0, [OUTCOME_MET] = 1, [OUTCOME_UNKNOWN] = 2, [OUTCOME_UNMET] = 3};
  return one == COMPARE_NONE || ranks[other] > ranks[one] ? (uint8_t)other : one;
}

static void keep_decision(const rule *r, const decision *d, uint8_t *cells) {
  cells[0] = (uint8_t)d->outcome;
  for (size_t i = 0; i < d->needs_count; i++) {
    uint8_t *cell = &cells[1 + (d->needs[i].need - r->needs)];
    *cell = worse(*cell, d->needs[i].outcome);
  }
}

static void keep_answer(const rule *r, const population_answer *answer, uint8_t *cells) {
  cells[0] = (uint8_t)answer->outcome;
  for (size_t i = 0; i < answer->needs_count; i++) {
    if (!answer->needs[i].need) continue;
    uint8_t *cell = &cells[1 + (answer->needs[i].need - r->needs)];
    *cell = worse(*cell, answer->needs[i].outcome);
  }
}

static uint8_t *cells_of(arena *a, const subjects *s, const rule *r, size_t *width) {
  size_t size = s->of[r->of].count * (*width = 1 + r->needs_count);
  uint8_t *cells = arena_array(a, size + 1, 1);
  memset(cells, COMPARE_NONE, size);
  return cells;
}

enum { TOGETHER = 8 }; /* rules that are decided at once, on both sides */

typedef struct side_taking {
  struct {
    compare_rule *rule;
    int side;
  } of[2 * TOGETHER]; /* each question */
  population_question questions[2 * TOGETHER];
  size_t count;
  side_work *work;
} side_taking;

static bool take_range(void *context, const population_range *range, faults *problems) {
  side_taking *t = context;
  (void)problems;
  for (size_t q = 0; q < t->count; q++) {
    compare_rule *rule_of = t->of[q].rule;
    int side = t->of[q].side;
    const rule *r = side ? rule_of->after : rule_of->before;
    for (uint32_t i = 0; i < range->count; i++)
      keep_answer(r, &range->answers[q][i], rule_of->cells[side] + range->subjects[i] * rule_of->width[side]);
  }
  t->work->done += range->count * t->count;
  if (t->work->progress.step) t->work->progress.step(t->work->progress.context, t->work->done, t->work->all);
  return true;
}

static bool reads_groups(const comparing *c, const compare_rule *r) {
  return (r->before && population_groups(c->before.pack, (int32_t)(r->before - c->before.pack->rules))) ||
         (r->after && population_groups(c->after.pack, (int32_t)(r->after - c->after.pack->rules)));
}

static void ask_about(side_taking *t, compare_rule *r, int side, const evaluating *e) {
  const rule *of = side ? r->after : r->before;
  t->of[t->count].rule = r;
  t->of[t->count].side = side;
  t->questions[t->count++] = (population_question){e->pack, (int32_t)(of - e->pack->rules), e->on};
}

/* The first of these rules, and more about subjects of the same type, on both sides where both are computed: what is
 * read of a subject is read once, and so is computed what they have in common. */
static bool decide_some(comparing *c, compare_rule *rules, size_t count, side_work *w, faults *problems) {
  side_taking t = {.work = w};
  size_t taken = 0;
  for (size_t i = 0; i < count && taken < TOGETHER; i++) {
    compare_rule *r = &rules[i];
    bool alone = i > 0 && (reads_groups(c, rules) || reads_groups(c, r));
    if (r->decided || r->of != rules->of || alone) continue;
    if (r->before && !c->order.stored) ask_about(&t, r, 0, &c->before);
    if (r->after) ask_about(&t, r, 1, &c->after);
    r->decided = true;
    taken++;
  }
  population_request request = {.subjects = c->after.subjects,
                                .questions = t.questions,
                                .questions_count = t.count,
                                .workers = c->order.workers,
                                .natives = c->after.offers ? c->after.offers : c->before.offers,
                                .take = take_range,
                                .context = &t};
  return !t.count || population_decide(&request, problems);
}

/* ---- what was stored under an image ---- */

typedef struct stored_side {
  comparing *c;
  compare_rule *rules;
  size_t count;
  uint32_t *rows[FACT_TYPES]; /* of an entity: its row + 1 */
  int64_t most[FACT_TYPES];
  day **on; /* by rule, subject: the day of the decision stored */
  arena *scratch;
} stored_side;

static uint32_t *rows_of(arena *a, const fact_columns *t, int64_t *most) {
  for (uint32_t i = 0; i < t->count; i++)
    if (t->entity[i] > *most) *most = t->entity[i];
  uint32_t *rows = arena_array(a, (size_t)*most + 1, sizeof *rows);
  for (uint32_t i = 0; i < t->count; i++) rows[t->entity[i]] = i + 1;
  return rows;
}

static bool take_stored(void *context, const decision_row *row) {
  stored_side *s = context;
  for (size_t i = 0; i < s->count; i++) {
    compare_rule *r = &s->rules[i];
    if (!r->before || strcmp(r->before->id, row->rule) != 0) continue;
    if (row->of != r->of || row->subject < 0 || row->subject > s->most[r->of]) break;
    uint32_t at = s->rows[r->of][row->subject];
    if (!at--) break; /* merged into another, or gone */
    const pack *p = s->c->before.pack;
    decision d = {.rule = (int32_t)(r->before - p->rules), .subject = at, .outcome = (outcome)row->outcome};
    uint8_t *cells = r->cells[0] + at * r->width[0];
    memset(cells, COMPARE_NONE, r->width[0]);
    if (row->outcome >= 0 && row->outcome < OUTCOMES && row->needs &&
        decision_needs_unpack(p, row->needs, row->needs_size, s->scratch, &d)) {
      keep_decision(r->before, &d, cells);
      s->on[i][at] = row->on;
    }
    arena_reset(s->scratch);
    break;
  }
  return true;
}

static bool read_stored(comparing *c, compare_rule *rules, size_t count, day **on, faults *problems) {
  stored_side s = {.c = c, .rules = rules, .count = count, .on = on, .scratch = arena_new()};
  const subjects *all = c->before.subjects;
  for (size_t i = 0; i < count; i++) {
    fact_type of = rules[i].of;
    on[i] = arena_array(c->memory, all->of[of].count + 1, sizeof **on);
    if (!s.rows[of]) s.rows[of] = rows_of(c->memory, &all->of[of], &s.most[of]);
  }
  bool good = ledger_decisions_under(c->before.ledger, c->image, take_stored, &s, problems);
  arena_free(s.scratch);
  return good;
}

/* The old rules about today's facts on the day of the decision stored, then on the day asked for: the first step that
 * gives another outcome is the reason. */
static bool find_whys(comparing *c, compare_rule *r, const day *on, faults *problems) {
  int32_t at = (int32_t)(r->before - c->before.pack->rules);
  arena *a = arena_new();
  evaluating then = {0};
  bool good = true;
  for (size_t i = 0; i < r->changed_count && good; i++) {
    compare_changed *one = &r->changed[i];
    if (!then.evaluation || then.on != on[one->subject]) {
      if (then.evaluation) good = evaluating_close(&then, problems);
      good = good && evaluating_beside(&c->before, c->before.pack, on[one->subject], &then, problems);
    }
    decision first, second;
    good = good && evaluation_decide(then.evaluation, at, one->subject, a, &first) &&
           evaluation_decide(c->before.evaluation, at, one->subject, a, &second);
    if (good)
      one->why = first.outcome != one->before    ? COMPARE_FACTS
                 : second.outcome != one->before ? COMPARE_DAY
                                                 : COMPARE_RULES;
    if (good) r->whys[one->why]++;
    arena_reset(a);
  }
  if (then.evaluation) good = evaluating_close(&then, problems) && good;
  arena_free(a);
  return good;
}

/* ---- where a subject belongs ---- */

int32_t compare_organization(const comparing *c, fact_type of, uint32_t subject) {
  const view *v = evaluation_view(c->after.evaluation);
  int32_t person = of == FACT_ORGANIZATION ? -1 : row_to(v, of, subject, FACT_PERSON);
  if (of == FACT_ORGANIZATION) return (int32_t)subject;
  return person >= 0 ? row_school(v, (uint32_t)person) : row_to(v, of, subject, FACT_ORGANIZATION);
}

int32_t compare_stage(const comparing *c, const declared_scale *ladder, fact_type of, uint32_t subject) {
  const view *v = evaluation_view(c->after.evaluation);
  int32_t person = row_to(v, of, subject, FACT_PERSON);
  int32_t row = person < 0 ? -1 : row_fact(v, (uint32_t)person, subjects_word(v->s, ladder->name));
  value x;
  if (row < 0 || !row_attribute(v, FACT_RECORD, (uint32_t)row, subjects_word(v->s, "value"), &x)) return -1;
  if (x.form != VALUE_WORD) return -1;
  int at = scale_position(ladder, v->s->words[x.number]);
  if (at >= 0) return at;
  arena *a = arena_new(); /* as a person wrote it */
  const char *word = scale_meant(a, ladder, v->s->words[x.number]);
  at = word ? scale_position(ladder, word) : -1;
  arena_free(a);
  return at;
}

/* ---- holding them against each other ---- */

static void count_group(compare_group *g, uint8_t from, uint8_t to) {
  g->subjects++;
  g->moves[from][to]++;
  g->changed += from != to;
}

static void count_by(comparing *c, compare_rule *r, compare_by *by, const declared_scale *ladder) {
  size_t most = ladder ? ladder->count : c->after.subjects->of[FACT_ORGANIZATION].count, kept = 0;
  by->ladder = ladder;
  by->groups = arena_array(c->memory, most + 1, sizeof *by->groups); /* the last is of those that belong nowhere */
  for (size_t i = 0; i <= most; i++) by->groups[i].at = i < most ? (int32_t)i : -1;
  for (uint32_t s = 0; s < c->after.subjects->of[r->of].count; s++) {
    uint8_t from = r->cells[0][s * r->width[0]], to = r->cells[1][s * r->width[1]];
    if (from == COMPARE_NONE || to == COMPARE_NONE) continue;
    int32_t at = ladder ? compare_stage(c, ladder, r->of, s) : compare_organization(c, r->of, s);
    count_group(&by->groups[at < 0 ? most : (size_t)at], from, to);
  }
  for (size_t i = 0; i <= most; i++)
    if (by->groups[i].subjects) by->groups[kept++] = by->groups[i];
  by->count = kept;
}

static const need *need_named(const rule *r, const char *id) {
  for (size_t i = 0; i < r->needs_count; i++)
    if (!strcmp(r->needs[i].id, id)) return &r->needs[i];
  return NULL;
}

static void count_need(const comparing *c, const compare_rule *r, compare_need *n) {
  size_t first = (size_t)(n->before - r->before->needs) + 1, second = (size_t)(n->after - r->after->needs) + 1;
  for (uint32_t s = 0; s < c->after.subjects->of[r->of].count; s++) {
    uint8_t from = r->cells[0][s * r->width[0] + first], to = r->cells[1][s * r->width[1] + second];
    if (from == COMPARE_NONE || to == COMPARE_NONE) continue;
    n->moves[from][to]++;
    n->changed += from != to;
  }
}

static void count_need_alone(const comparing *c, const compare_rule *r, compare_need *n) {
  int side = n->after != NULL;
  size_t at = (size_t)(side ? n->after - r->after->needs : n->before - r->before->needs) + 1;
  for (uint32_t s = 0; s < c->after.subjects->of[r->of].count; s++) {
    uint8_t cell = r->cells[side][s * r->width[side] + at];
    if (cell < OUTCOMES) n->alone[cell]++;
  }
}

static void count_needs(comparing *c, compare_rule *r) {
  r->needs = arena_array(c->memory, r->before->needs_count + r->after->needs_count + 1, sizeof *r->needs);
  for (size_t i = 0; i < r->after->needs_count; i++) {
    const need *after = &r->after->needs[i];
    compare_need *n = &r->needs[r->needs_count++];
    *n = (compare_need){.before = need_named(r->before, after->id), .after = after};
    if (n->before)
      count_need(c, r, n);
    else
      count_need_alone(c, r, n);
  }
  for (size_t i = 0; i < r->before->needs_count; i++) {
    if (need_named(r->after, r->before->needs[i].id)) continue;
    compare_need *n = &r->needs[r->needs_count++];
    *n = (compare_need){.before = &r->before->needs[i]};
    count_need_alone(c, r, n);
  }
}

static void hold_against(comparing *c, compare_rule *r) {
  size_t capacity = 0;
  for (uint32_t s = 0; s < c->after.subjects->of[r->of].count; s++) {
    uint8_t from = r->cells[0][s * r->width[0]], to = r->cells[1][s * r->width[1]];
    r->missing += from == COMPARE_NONE;
    if (from == COMPARE_NONE || to == COMPARE_NONE) continue;
    r->subjects++;
    r->moves[from][to]++;
    if (from != to)
      *ARENA_PUSH(c->memory, r->changed, r->changed_count, capacity) =
          (compare_changed){s, (outcome)from, (outcome)to, COMPARE_RULES};
  }
  const kinds *k = &c->after.pack->kinds;
  r->by = arena_array(c->memory, k->scales_count + 1, sizeof *r->by);
  if (r->changed_count) {
    count_by(c, r, &r->by[r->by_count++], NULL);
    for (size_t i = 0; i < k->scales_count; i++)
      if (k->scales[i].ladder && kinds_named(k, k->scales[i].name))
        count_by(c, r, &r->by[r->by_count++], &k->scales[i]);
  }
  count_needs(c, r);
}

/* ---- the whole ---- */

static size_t pair_rules(comparing *c, compare_rule **out) {
  const pack *before = c->before.pack, *after = c->after.pack;
  size_t count = 0;
  *out = arena_array(c->memory, before->rules_count + after->rules_count + 1, sizeof **out);
  for (size_t i = 0; i < after->rules_count; i++) {
    const rule *r = &after->rules[i];
    if (c->order.rule && strcmp(r->id, c->order.rule) != 0) continue;
    int32_t at = pack_rule(before, r->id);
    bool pair = at >= 0 && before->rules[at].of == r->of;
    (*out)[count++] = (compare_rule){.before = pair ? &before->rules[at] : NULL, .after = r, .of = r->of};
  }
  for (size_t i = 0; i < before->rules_count; i++) {
    const rule *r = &before->rules[i];
    if (c->order.rule && strcmp(r->id, c->order.rule) != 0) continue;
    int32_t at = pack_rule(after, r->id);
    if (at < 0 || after->rules[at].of != r->of) (*out)[count++] = (compare_rule){.before = r, .of = r->of};
  }
  return count;
}

static void count_alone(const comparing *c, compare_rule *r) {
  int side = r->after != NULL;
  for (uint32_t s = 0; s < c->after.subjects->of[r->of].count; s++) {
    uint8_t cell = r->cells[side][s * r->width[side]];
    if (cell < OUTCOMES) r->alone[cell]++;
  }
}

bool task_compare(comparing *c, evaluate_progress progress, compare_rule **out, size_t *count, faults *problems) {
  compare_rule *rules;
  const subjects *s = c->before.subjects;
  side_work work = {.progress = progress};
  bool good = true;
  *count = pair_rules(c, &rules);
  *out = rules;
  day **on = arena_array(c->memory, *count + 1, sizeof *on);
  for (size_t i = 0; i < *count; i++) {
    compare_rule *r = &rules[i];
    if (r->before) r->cells[0] = cells_of(c->memory, s, r->before, &r->width[0]);
    if (r->after) r->cells[1] = cells_of(c->memory, s, r->after, &r->width[1]);
    work.all += s->of[r->of].count * (uint64_t)((r->before && !c->order.stored) + (r->after != NULL));
  }
  if (c->order.stored) good = read_stored(c, rules, *count, on, problems);
  for (size_t i = 0; i < *count && good; i++)
    good = rules[i].decided || decide_some(c, rules + i, *count - i, &work, problems);
  for (size_t i = 0; i < *count && good; i++) {
    compare_rule *r = &rules[i];
    leave_others(c, r);
    if (!r->before || !r->after) {
      count_alone(c, r);
      continue;
    }
    hold_against(c, r);
    if (c->order.stored) good = find_whys(c, r, on[i], problems);
  }
  return good;
}
