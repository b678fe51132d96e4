#include "task/evaluating.h"

static bool asks_plugins(const pack *p) {
  for (size_t i = 0; i < p->rules_count; i++)
    if (p->rules[i].way == RULE_NATIVE) return true;
  return false;
}

/* What comes when pack and subjects are there. */
static bool begin(evaluating *e, faults *problems) {
  if (asks_plugins(e->pack)) { /* plugins are looked for only where a rule needs one */
    e->offers = arena_take(e->memory, sizeof *e->offers);
    if (!offers_find(e->memory, e->offers, problems)) return false;
  }
  e->evaluation = evaluation_new(e->pack, e->subjects, e->on, problems);
  e->worker = decide_worker_new(e->memory, e->pack, e->subjects, e->on, e->offers);
  evaluation_elsewhere(e->evaluation, decide_worker_ask, e->worker);
  return true;
}

bool evaluating_open(arena *a, ledger *l, evaluating_state state, evaluating *out, faults *problems) {
  int64_t last = ledger_last(l);
  *out = (evaluating){
      .memory = a, .ledger = l, .on = state.on, .known_after = state.known_after < 0 ? last : state.known_after};
  out->pack = state.image ? pack_of_image(a, l, *state.image, problems) : pack_ruling(a, l, state.on, problems);
  if (!out->pack) return false;
  out->subjects =
      out->known_after == last ? subjects_open(l, problems) : subjects_open_after(l, out->known_after, problems);
  if (!out->subjects) return false;
  return begin(out, problems);
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
