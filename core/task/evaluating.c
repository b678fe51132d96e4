#include "task/evaluating.h"

#include "pack/reach.h"
#include "task/ruling.h"

static bool asks_plugins(const pack *p) {
  for (size_t i = 0; i < p->rules_count; i++)
    if (p->rules[i].way == RULE_NATIVE) return true;
  return false;
}

/* Plugins are looked for only where a rule needs one. */
static bool find_plugins(evaluating *e, faults *problems) {
  if (e->offers || !asks_plugins(e->pack)) return true;
  e->offers = arena_take(e->memory, sizeof *e->offers);
  return offers_find(e->memory, e->offers, problems);
}

/* What comes when pack and subjects are there. */
static bool begin(evaluating *e, faults *problems) {
  if (!find_plugins(e, problems)) return false;
  e->evaluation = evaluation_new(e->pack, e->subjects, e->on, problems);
  e->worker = decide_worker_new(e->memory, e->pack, e->subjects, e->on, e->offers);
  evaluation_elsewhere(e->evaluation, decide_worker_ask, e->worker);
  return true;
}

static bool pack_open(arena *a, ledger *l, evaluating_state state, evaluating *out, faults *problems) {
  *out = (evaluating){.memory = a,
                      .ledger = l,
                      .on = state.on,
                      .known_after = state.known_after < 0 ? ledger_last(l) : state.known_after};
  out->pack = state.image ? pack_of_image(a, l, *state.image, problems)
                          : ruling_pack(a, l, state.on, state.pack, state.about, problems);
  return out->pack != NULL;
}

static bool all_open(evaluating *out, faults *problems) {
  ledger *l = out->ledger;
  out->subjects = out->known_after == ledger_last(l) ? subjects_open(l, problems)
                                                     : subjects_open_after(l, out->known_after, problems);
  return out->subjects && begin(out, problems);
}

bool evaluating_open_pack(arena *a, ledger *l, evaluating_state state, evaluating *out, faults *problems) {
  return pack_open(a, l, state, out, problems) && find_plugins(out, problems);
}

static bool without_facts(evaluating *e, faults *problems) {
  bool good = !e->worker || decide_worker_free(e->worker, problems);
  evaluation_free(e->evaluation);
  subjects_close(e->subjects);
  e->worker = NULL;
  e->evaluation = NULL;
  e->subjects = NULL;
  e->alone = false;
  return good;
}

bool evaluating_everyone(evaluating *e, faults *problems) {
  if (e->subjects && !e->alone) return true;
  return without_facts(e, problems) && all_open(e, problems);
}

bool evaluating_of(evaluating *e, const int64_t *persons, size_t count, faults *problems) {
  if (!without_facts(e, problems)) return false;
  e->subjects = subjects_open_of(e->ledger, persons, count, problems);
  e->alone = e->subjects != NULL;
  return e->alone && begin(e, problems);
}

bool evaluating_open(arena *a, ledger *l, evaluating_state state, evaluating *out, faults *problems) {
  return pack_open(a, l, state, out, problems) && all_open(out, problems);
}

bool evaluating_open_coded(arena *a, ledger *l, evaluating_state state, const char *code, evaluating *out,
                           faults *problems) {
  if (!state.about) state.about = code;
  if (!pack_open(a, l, state, out, problems)) return false;
  if (out->known_after != ledger_last(l) || !reach_all_persons(out->pack)) return all_open(out, problems);
  size_t before = problems->errors;
  out->subjects = subjects_open_coded(l, code, problems);
  out->alone = out->subjects != NULL;
  if (out->alone) return begin(out, problems);
  return problems->errors == before && all_open(out, problems);
}

bool evaluating_beside(const evaluating *of, pack *p, day on, evaluating *out, faults *problems) {
  *out = (evaluating){.memory = of->memory,
                      .ledger = of->ledger,
                      .pack = p,
                      .subjects = of->subjects,
                      .on = on,
                      .known_after = of->known_after,
                      .beside = true};
  return begin(out, problems);
}

bool evaluating_close(evaluating *e, faults *problems) {
  bool good = !e->worker || decide_worker_free(e->worker, problems);
  evaluation_free(e->evaluation);
  if (!e->beside) subjects_close(e->subjects);
  *e = (evaluating){0};
  return good;
}
