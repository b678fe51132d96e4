/* Histories by chance: after every import, correction, withdrawal, undo, merge, move of a person, change of an
 * organization, change of the rule set and move in time, what is stored is what would be decided from nothing.
 *
 * A history is a list of steps, each with a seed of its own, so that a step can be left out. One that fails is shrunk
 * to few steps and printed. HONGZHU_HISTORY_SEED and HONGZHU_HISTORY_STEPS ask for another or a longer one.
 */
#include "unit/task_history.h"

#include "pack/decision.h"
#include "pack/pack_set.h"
#include "pack/roles.h"
#include "task/evaluate.h"

#include <time.h>

#ifdef __SANITIZE_ADDRESS__ /* where each step takes five times as long */
enum { STEPS = 150 };
#else
enum { STEPS = 1000 };
#endif
enum { SHRINK_RUNS = 400, SHRINK_SECONDS = 120 };

/* ---- whether what is stored is what would be decided from nothing ---- */

static int by_rule_and_subject(const void *a, const void *b) {
  const decision_row *x = a, *y = b;
  int order = strcmp(x->rule, y->rule);
  if (order) return order;
  return x->subject < y->subject ? -1 : x->subject > y->subject;
}

static bool differs(const char *what, const char *id, const char *code, int64_t stored, int64_t fresh) {
  print_message("  rule %s about %s: %s stored %lld, decided from nothing %lld\n", id, code, what, (long long)stored,
                (long long)fresh);
  return false;
}

static bool same_as_fresh(const evaluating *e, int32_t rule_at, uint32_t subject, const decision_row *rows,
                          size_t count, arena *a, size_t *outcomes) {
  const rule *r = &e->pack->rules[rule_at];
  const char *code = e->subjects->words[e->subjects->of[r->of].code[subject]];
  decision d;
  assert_true(evaluation_decide(e->evaluation, rule_at, subject, a, &d));
  outcomes[d.outcome]++;
  decision_row key = {.rule = r->id, .subject = e->subjects->of[r->of].entity[subject]};
  const decision_row *stored = bsearch(&key, rows, count, sizeof key, by_rule_and_subject);
  if (!stored) return differs("nothing", r->id, code, -1, d.outcome);
  if (stored->outcome != (int)d.outcome) return differs("outcome", r->id, code, stored->outcome, d.outcome);
  if (stored->valid_until != d.valid_until)
    return differs("valid until", r->id, code, stored->valid_until, d.valid_until);
  buffer needs = {0};
  decision_needs_pack(&d, &needs);
  bool same = needs.length == stored->needs_size && !memcmp(needs.at, stored->needs, needs.length);
  if (!same) differs("needs of size", r->id, code, (int64_t)stored->needs_size, (int64_t)needs.length);
  buffer_free(&needs);
  return same;
}

static bool all_as_fresh(history *h, const evaluate_counts *counts, size_t counts_count) {
  evaluating e;
  arena *a = arena_new(), *each = arena_new();
  decision_row *rows;
  bool good = evaluating_open(a, h->b.ledger, (evaluating_state){h->on, -1, NULL, NULL, NULL}, &e, h->b.problems);
  assert_true(good);
  size_t count = ledger_decisions(h->b.ledger, a, &rows, h->b.problems);
  qsort(rows, count, sizeof *rows, by_rule_and_subject);
  for (size_t i = 0; i < counts_count && good; i++) {
    size_t outcomes[OUTCOMES] = {0};
    const char *id = counts[i].rule->id;
    fact_type of = e.pack->rules[i].of;
    assert_string_equal(e.pack->rules[i].id, id);
    for (uint32_t s = 0; s < e.subjects->of[of].count && good; s++) {
      good = same_as_fresh(&e, (int32_t)i, s, rows, count, each, outcomes);
      arena_reset(each);
    }
    for (int o = 0; o < OUTCOMES && good; o++)
      if (outcomes[o] != counts[i].outcomes[o])
        good = differs("count of an outcome", id, outcome_name((outcome)o), (int64_t)counts[i].outcomes[o],
                       (int64_t)outcomes[o]);
    if (good && counts[i].subjects != e.subjects->of[of].count)
      good = differs("subjects", id, "-", (int64_t)counts[i].subjects, e.subjects->of[of].count);
  }
  assert_true(evaluating_close(&e, h->b.problems));
  arena_free(each);
  arena_free(a);
  return good;
}

static bool evaluated(history *h, const step *s) {
  evaluating e;
  arena *a = arena_new();
  evaluate_counts *counts = NULL;
  size_t count = 0;
  uint64_t way = s ? s->seed >> 7 : 0; /* with one worker or eight, with everyone's facts open or only those needed */
  evaluating_state state = {h->on, -1, NULL, NULL, NULL};
  evaluate_order order = {.store = true, .workers = way & 1 ? 8 : 1};
  bool good = (way & 2 ? evaluating_open : evaluating_open_pack)(a, h->b.ledger, state, &e, h->b.problems) &&
              task_evaluate(&e, order, &counts, &count, h->b.problems);
  if (!good) bench_show(&h->b);
  assert_true(good);
  good = all_as_fresh(h, counts, count);
  for (size_t i = 0; i < count; i++) {
    h->decided += counts[i].decided;
    h->asked += counts[i].subjects;
    if (good && s && s->kind == STEP_SAME && counts[i].decided)
      good = differs("nothing changed, yet decided", counts[i].rule->id, "-", (int64_t)counts[i].decided, 0);
  }
  assert_true(evaluating_close(&e, h->b.problems));
  arena_free(a);
  return good;
}

/* ---- histories ---- */

/* The number of the first step after which something is wrong; `count` if all is well. */
static size_t run_history(const variants *v, const step *steps, size_t count) {
  history h = {.b = bench_new(), .variants = v, .on = day_of(2022, 3, 1), .chance = 1};
  for (size_t k = 0; k < VARIANTS; k++) {
    image_row row = v->rows[k];
    assert_true(ledger_put_image(h.b.ledger, &row, h.b.problems));
  }
  bind(&h, 0);
  put_world(&h);
  assert_true(evaluated(&h, NULL));
  arena *whole = h.b.memory;
  faults *heard = h.b.problems;
  size_t at = 0;
  for (; at < count; at++) {
    h.b.memory = arena_new(); /* what a step needs */
    h.b.problems = faults_new(h.b.memory);
    take_step(&h, &steps[at]);
    bool good = evaluated(&h, &steps[at]);
    arena_free(h.b.memory);
    h.b.memory = whole;
    h.b.problems = heard;
    if (!good) break;
  }
  if (at == count && count >= STEPS) print_message("decided again: %zu of %zu\n", h.decided, h.asked);
  bench_end(&h.b);
  return at;
}

static size_t shrink(const variants *v, step *steps, size_t count) {
  time_t began = time(NULL);
  step *fewer = memory_take((count + 1) * sizeof *fewer);
  int runs = 0;
  for (size_t piece = count / 2; piece > 0 && count > 1; piece = piece > 1 ? piece / 2 : 0) {
    for (size_t from = 0; from + 1 < count && runs < SHRINK_RUNS && time(NULL) - began < SHRINK_SECONDS;) {
      size_t left_out = from + piece < count - 1 ? piece : count - 1 - from; /* the last step stays */
      memcpy(fewer, steps, from * sizeof *fewer);
      memcpy(fewer + from, steps + from + left_out, (count - from - left_out) * sizeof *fewer);
      size_t failed = run_history(v, fewer, count - left_out);
      runs++;
      if (failed < count - left_out) {
        count = failed + 1;
        memcpy(steps, fewer, count * sizeof *steps);
      } else {
        from += left_out;
      }
    }
  }
  free(fewer);
  return count;
}

static int64_t asked(const char *name, int64_t otherwise) {
  const char *text = getenv(name);
  return text ? strtoll(text, NULL, 10) : otherwise;
}

static step some_step(uint64_t *chance) {
  int all = 0, at = 0;
  for (int k = 0; k < STEP_KINDS; k++) all += step_weights[k];
  int64_t drawn = (int64_t)draw(chance, (uint64_t)all);
  while (drawn >= step_weights[at]) drawn -= step_weights[at++];
  uint64_t seed = draw(chance, UINT32_MAX) << 16 ^ draw(chance, UINT32_MAX);
  return (step){(step_kind)at, seed};
}

static void stored_is_what_would_be_decided(void **state) {
  variants *v = *state;
  uint64_t seed = (uint64_t)asked("HONGZHU_HISTORY_SEED", 2025), chance = seed;
  size_t count = (size_t)asked("HONGZHU_HISTORY_STEPS", STEPS);
  step *steps = memory_take(count * sizeof *steps);
  for (size_t k = 0; k < count; k++) steps[k] = some_step(&chance);
  size_t failed = run_history(v, steps, count);
  if (failed < count) {
    size_t few = shrink(v, steps, failed + 1);
    print_message("seed %llu, step %zu; these steps alone do it:\n", (unsigned long long)seed, failed + 1);
    for (size_t k = 0; k < few; k++)
      print_message("  %s %llu\n", step_names[steps[k].kind], (unsigned long long)steps[k].seed);
    run_history(v, steps, few); /* says what is wrong */
  } else {
    print_message("%zu steps: what is stored is what would be decided from nothing after each\n", count);
  }
  free(steps);
  assert_int_equal(failed, count);
}

/* ---- the rule sets ---- */

static image_row row_of(variants *v, const pack *p) {
  return (image_row){.pack = p->id,
                     .version = p->version,
                     .data = json_canonical(v->memory, p->data),
                     .text = pack_text_canonical(v->memory, &p->text)};
}

/* The pack with a text in one of its files replaced. */
static pack *edited(variants *v, const pack *of, const char *file, const char *old, const char *new) {
  pack_text *text = arena_take(v->memory, sizeof *text);
  *text = of->text;
  text->files = json_kept(v->memory, json_copy(of->text.files));
  const char *whole = json_member_text(text->files, file), *at = strstr(whole, old);
  assert_non_null(at);
  json_object_set_new(
      text->files, file,
      json_string(arena_format(v->memory, "%.*s%s%s", (int)(at - whole), whole, new, at + strlen(old))));
  json_t *image = json_kept(v->memory, image_make(v->memory, text, v->problems));
  return image ? pack_compile(v->memory, text, image, v->problems) : NULL;
}

static int open_variants(void **state) {
  variants *v = memory_take(sizeof *v);
  v->memory = arena_new();
  v->problems = faults_new(v->memory);
  const char *tree = getenv("HONGZHU_SOURCE");
  const pack *base =
      pack_from_folder(v->memory, arena_format(v->memory, "%s/tests/packs/moving", tree ? tree : "."), v->problems);
  static const char *const needed[] = {"needed=24"}, *const weight[] = {"weight.school=1", "lessons@2023-01-01=20"};
  const pack *all[VARIANTS] = {base};
  if (base) {
    all[1] = pack_set(v->memory, base, needed, 1, v->problems);
    all[2] = pack_set(v->memory, base, weight, 2, v->problems);
    all[3] = edited(v, base, "moving/rules.lua", "at_most(1)", "at_most(0)");
    all[4] = edited(v, base, "moving/rules.lua", "-- what", "-- nothing but a remark\n  -- what");
    all[5] = edited(v, base, "moving/recognition.lua", "at_least \"county\"", "at_least \"school\"");
  }
  for (size_t k = 0; k < VARIANTS; k++) {
    if (all[k] == NULL) {
      for (size_t i = 0; i < v->problems->count; i++)
        print_message("%s\n", fault_text(v->memory, &v->problems->items[i], LANGUAGE_EN));
      return -1;
    }
    v->rows[k] = row_of(v, all[k]);
    arena *a = arena_new(); /* the digest, as the ledger makes it */
    bench b = bench_new();
    assert_true(ledger_put_image(b.ledger, &v->rows[k], b.problems));
    bench_end(&b);
    arena_free(a);
  }
  *state = v;
  return 0;
}

static int close_variants(void **state) {
  variants *v = *state;
  arena_free(v->memory);
  free(v);
  return 0;
}

int main(int argc, char **argv) {
  json_prepare();
  if (argc > 1 && !strcmp(argv[1], "--worker")) return worker_child_main(pack_roles, argc, argv);
  const struct CMUnitTest tests[] = {cmocka_unit_test(stored_is_what_would_be_decided)};
  return cmocka_run_group_tests_name("task_history", tests, open_variants, close_variants);
}
