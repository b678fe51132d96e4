/* Decisions as bytes: needs as the ledger keeps them, explanations as workers send them. The first byte chooses the
 * rule and the form; what is believed can be packed again, and is the same then. */
#include "world.h"

#include "pack/decision.h"

static arena *memory;
static pack *rules;
static subjects *people;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  json_prepare();
  memory = arena_new();
  rules = world_pack(memory, "tests/packs/words");
  people = world_subjects(memory);
  return 0;
}

static void needs(arena *a, int32_t rule, const uint8_t *bytes, size_t size) {
  decision d = {.rule = rule}, again = {.rule = rule};
  if (!decision_needs_unpack(rules, bytes, size, a, &d)) return;
  buffer once = {0}, twice = {0};
  decision_needs_pack(&d, &once);
  fuzz_promise(decision_needs_unpack(rules, once.at, once.length, a, &again));
  decision_needs_pack(&again, &twice);
  fuzz_promise(once.length == twice.length && memcmp(once.at, twice.at, once.length) == 0);
  buffer_free(&once);
  buffer_free(&twice);
}

static void reasons(arena *a, int32_t rule, const uint8_t *bytes, size_t size) {
  explanation x = {.decision = {.rule = rule}}, again = x;
  if (!explanation_unpack(rules, people, bytes, size, a, &x)) return;
  for (size_t i = 0; i < x.decision.needs_count; i++) {
    fuzz_promise(x.decision.needs[i].need);
    for (size_t k = 0; k < x.needs[i].counted_count; k++)
      fuzz_promise(x.needs[i].counted[k].row < people->of[x.needs[i].counted[k].type].count);
  }
  buffer once = {0};
  explanation_pack(&x, rules, &once);
  fuzz_promise(explanation_unpack(rules, people, once.at, once.length, a, &again));
  buffer_free(&once);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  arena *a = arena_new();
  fuzz_bytes input = {bytes, size};
  uint8_t choice = fuzz_byte(&input);
  size_t left = input.left;
  uint8_t *copy = fuzz_copy(&input, left);
  int32_t rule = (int32_t)(choice / 2U % rules->rules_count);
  if (choice % 2)
    reasons(a, rule, copy, left);
  else
    needs(a, rule, copy, left);
  free(copy);
  arena_free(a);
  return 0;
}
