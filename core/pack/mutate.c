#include "pack/mutate.h"

#include "pack/mutate_hint.h"
#include "pack/mutate_places.h"
#include "pack/pack_rules.h"

#include <fnmatch.h>
#include <string.h>

typedef struct trying {
  const pack *pack;
  arena *memory; /* as long as the mutation */
  arena *brief;  /* as long as one mutant */
  json_t *image; /* a copy that is changed and changed back */
  case_seen *seen;
  size_t last; /* the case that caught the mutant before: likely to catch this one */
} trying;

/* ---- what the pack leaves open ---- */

typedef struct open_names {
  const char **patterns;
  said *why;
  place *where;
  bool *used;
  size_t count;
} open_names;

static open_names read_open(trying *t, faults *problems) {
  declaring *to = arena_take(t->memory, sizeof *to);
  *to = (declaring){.memory = t->memory, .problems = problems, .text = &t->pack->text};
  open_names out = {0};
  size_t capacity[4] = {0}, counts[4] = {0}, index;
  json_t *one;
  json_array_foreach(json_object_get(t->image, "declarations"), index, one) {
    if (!text_same(json_member_text(one, "@"), "leaves_open")) continue;
    if (strcmp(declared_in(t->memory, one), t->pack->id) != 0) continue;
    spot root = spot_root(to, one);
    said why = spot_said_keys(&root, true);
    for (size_t i = 0; i < spot_count(&root); i++) {
      spot name = spot_item(&root, i);
      *ARENA_PUSH(t->memory, out.patterns, counts[0], capacity[0]) = spot_text(&name, "");
      *ARENA_PUSH(t->memory, out.why, counts[1], capacity[1]) = why;
      *ARENA_PUSH(t->memory, out.where, counts[2], capacity[2]) = spot_place(&name);
      *ARENA_PUSH(t->memory, out.used, counts[3], capacity[3]) = false;
    }
  }
  out.count = counts[0];
  return out;
}

static bool left_open(const open_names *open, mutant *m) {
  for (size_t i = 0; i < open->count; i++) {
    if (fnmatch(open->patterns[i], m->name, 0) != 0) continue;
    open->used[i] = true;
    m->why = open->why[i];
    return true;
  }
  return false;
}

/* ---- days on which a parameter is read ---- */

static bool limit_reads(const limit *l, const parameter *p) {
  return l->parameter == p;
}

static bool node_reads(const expr_node *n, const parameter *p) {
  return limit_reads(&n->limit, p) || limit_reads(&n->other, p) || match_reads(n->match, p);
}

static bool recognition_reads(const recognition *r, const parameter *of) {
  for (size_t n = 0; n < r->program.count; n++)
    if (node_reads(&r->program.nodes[n], of)) return true;
  for (size_t l = 0; l < r->lines_count; l++)
    if (match_reads(&r->lines[l].when, of)) return true;
  return false;
}

/* A recognition reads on the last day of a record: before the first period of a rule nothing counts in it. */
static bool rule_may_read_on(const pack *p, const rule *r, const parameter *of, day d) {
  const period *per = r->period >= 0 ? &p->periods[r->period] : NULL;
  bool fixed = per && per->starts != DAY_NONE;
  day first = fixed ? per->starts : DAY_NONE;
  if (fixed && r->in_force.by_period_start && r->in_force.from > first && !r->gives_count) first = r->in_force.from;
  for (size_t n = 0; n < r->program.count; n++) {
    const expr_node *node = &r->program.nodes[n];
    window w;
    if (node->op == OP_RECOGNISED && (!fixed || d >= first) && recognition_reads(&p->recognitions[node->index], of))
      return true;
    if (!node_reads(node, of)) continue;
    if (!fixed || (node->reading != READ_DEFAULT && node->reading != READ_PERIOD_START)) return true;
    if (period_on(per, per->starts, d, &w) && w.first == d) return true;
  }
  return r->way != RULE_NEEDS && r->way != RULE_GROUP;
}

/* Whether something reads a parameter on that day: rules of a period that starts on fixed days read it on those days
 * only, everything else may read it on any. */
static bool may_be_read_on(const pack *p, const parameter *of, day d) {
  for (size_t i = 0; i < p->groups_count; i++)
    for (size_t k = 0; k < p->groups[i].limits_count; k++)
      if (limit_reads(&p->groups[i].limits[k].at_most, of)) return true;
  for (size_t i = 0; i < p->rules_count; i++)
    if (rule_may_read_on(p, &p->rules[i], of, d)) return true;
  return false;
}

/* in_force by the period's first day: nothing changes where no period begins on the day between. */
static bool window_changes_nothing(const pack *p, const movable *m, day was_day, day is_day) {
  int32_t at = text_same(m->declared, "rule") ? pack_rule(p, m->id) : -1;
  if (at < 0 || !text_same(m->section, "in_force")) return false;
  const rule *r = &p->rules[at];
  const period *per = r->period >= 0 ? &p->periods[r->period] : NULL;
  if (!per || per->starts == DAY_NONE || !r->in_force.by_period_start) return false;
  day least = was_day < is_day ? was_day : is_day, between_them = text_same(m->word, "from") ? least : least + 1;
  window w;
  return !period_on(per, per->starts, between_them, &w) || w.first != between_them;
}

/* A first day moved by one: nothing changes where nothing is read on the day between. */
static bool changes_nothing(const trying *t, const movable *m, const char *is) {
  day was_day, is_day;
  if (m->form == MOVES_DAY && day_read(m->was, &was_day) && day_read(is, &is_day) &&
      window_changes_nothing(t->pack, m, was_day, is_day))
    return true;
  const parameter *of = m->parameter ? parameters_find(&t->pack->parameters, m->parameter) : NULL;
  if (!m->from || !of || !day_read(m->was, &was_day) || !day_read(is, &is_day)) return false;
  return !may_be_read_on(t->pack, of, was_day < is_day ? was_day : is_day);
}

/* ---- one mutant ---- */

static void put(const movable *m, json_t *with) {
  for (size_t i = 0; i < m->copies_count; i++) {
    const copy_of_value *c = &m->copies[i];
    if (c->key)
      json_object_set(c->holder, c->key, with);
    else
      json_array_set(c->holder, c->index, with);
  }
}

static bool caught_by(trying *t, const pack *changed, size_t at, faults *unsaid) {
  case_result r;
  case_run(changed, t->pack->cases[at], t->brief, &r, unsaid);
  bool caught = r.broken || !r.passed;
  if (!caught) mutate_compare(t->memory, &t->seen[at], &r);
  case_done(&r);
  return caught;
}

static fate try_one(trying *t, const movable *m, mutant *out) {
  faults *unsaid = faults_new(t->brief);
  for (size_t i = 0; i < t->pack->cases_count; i++) t->seen[i].differs = NULL;
  const pack *changed = pack_compile(t->brief, &t->pack->text, t->image, unsaid);
  if (!changed) return FATE_REFUSED;
  for (size_t i = 0; i < t->pack->cases_count; i++) {
    size_t at = (t->last + i) % t->pack->cases_count;
    if (!caught_by(t, changed, at, unsaid)) continue;
    t->last = at;
    return FATE_CAUGHT;
  }
  out->hint = mutate_hint(t->memory, t->pack, m, out->is, t->seen);
  return FATE_SURVIVES;
}

static void move(trying *t, const movable *m, int step, const open_names *open, mutation *out) {
  const char *is;
  json_t *moved = movable_step(t->memory, m, step, &is);
  if (!moved) return;
  mutant *one = ARENA_PUSH(t->memory, out->mutants, out->count, out->capacity);
  *one = (mutant){.name = m->name, .where = m->where, .was = m->was, .is = is};
  if (changes_nothing(t, m, is)) {
    one->fate = FATE_NO_CHANGE;
  } else {
    const copy_of_value *first = &m->copies[0];
    json_t *was = json_incref(first->key ? json_object_get(first->holder, first->key)
                                         : json_array_get(first->holder, first->index));
    put(m, moved);
    one->fate = try_one(t, m, one);
    put(m, was);
    json_decref(was);
    arena_reset(t->brief);
  }
  json_decref(moved);
  if (one->fate == FATE_SURVIVES && left_open(open, one)) one->fate = FATE_OPEN;
  out->fates[one->fate]++;
}

bool pack_mutate(const pack *p, arena *a, mutation *out, void (*told)(void *, size_t, size_t), void *context,
                 faults *problems) {
  trying t = {.pack = p, .memory = a, .brief = arena_new(), .image = json_deep_copy(p->data)};
  json_kept(a, t.image);
  size_t errors = problems->errors;
  *out = (mutation){0};
  open_names open = read_open(&t, problems);
  t.seen = arena_array(a, p->cases_count + 1, sizeof *t.seen);
  for (size_t i = 0; i < p->cases_count; i++) mutate_see(a, t.brief, p, p->cases[i], &t.seen[i]);
  arena_reset(t.brief);
  movables places = {0};
  movables_find(a, p, t.image, &places);
  for (size_t i = 0; i < places.count; i++) {
    if (told) told(context, i, places.count);
    move(&t, &places.items[i], -1, &open, out);
    move(&t, &places.items[i], +1, &open, out);
  }
  arena_free(t.brief);
  for (size_t i = 0; i < open.count; i++) {
    if (open.used[i]) continue;
    fault_add(problems, open.where[i], "nothing named \"%s\" survives, so there is nothing to leave open",
              "没有未被发现的改动名为“%s”，不必再说明", open.patterns[i]);
    fault_next(problems, "take it out of leaves_open", "请从 leaves_open 中删去");
  }
  return problems->errors == errors;
}
