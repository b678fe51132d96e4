#include "task/evaluating.h"

static bool asks_plugins(const pack *p) {
  for (size_t i = 0; i < p->rules_count; i++)
    if (p->rules[i].way == RULE_NATIVE) return true;
  return false;
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
  if (asks_plugins(out->pack)) { /* plugins are looked for only where a rule needs one */
    out->offers = arena_take(a, sizeof *out->offers);
    if (!offers_find(a, out->offers, problems)) return false;
  }
  out->evaluation = evaluation_new(out->pack, out->subjects, state.on, problems);
  out->worker = decide_worker_new(a, out->pack, out->subjects, state.on, out->offers);
  evaluation_elsewhere(out->evaluation, decide_worker_ask, out->worker);
  return true;
}

bool evaluating_close(evaluating *e, faults *problems) {
  bool good = !e->worker || decide_worker_free(e->worker, problems);
  evaluation_free(e->evaluation);
  subjects_close(e->subjects);
  *e = (evaluating){0};
  return good;
}
