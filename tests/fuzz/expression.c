/* An expression as JSON, as the need of a rule: checked, and, where it is sound, computed and explained for a few
 * people. Deciding and explaining agree. */
#include "json_change.h"
#include "world.h"

#include "pack/decision.h"

static arena *memory;
static json_t *image; /* of tests/packs/words; each input has its own rules in it */
static pack_text text;
static subjects *people;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  json_prepare();
  memory = arena_new();
  image = world_image(memory, "tests/packs/words", &text);
  people = world_subjects(memory);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned int seed) {
  return json_change(bytes, size, most, seed);
}

/* The image with one rule instead of its rules: "present", which others read, stays. */
static json_t *with_rule(json_t *declared) {
  json_t *kept = json_array(), *one;
  size_t i;
  json_array_foreach(json_object_get(image, "declarations"), i, one) {
    const char *tag = json_member_text(one, "@"), *id = json_member_text(one, "id");
    if (tag && !strcmp(tag, "case")) continue;
    if (!tag || strcmp(tag, "rule") != 0 || (id && !strcmp(id, "present"))) json_array_append(kept, one);
  }
  json_array_append(kept, declared);
  json_t *all = json_copy(image);
  json_object_set_new(all, "declarations", kept);
  return all;
}

static void compute(const pack *p, arena *a, faults *problems) {
  evaluation *e = evaluation_new(p, people, day_of(2021, 6, 30), problems);
  for (int32_t rule = 0; rule < (int32_t)p->rules_count; rule++) {
    if (p->rules[rule].way != RULE_NEEDS) continue;
    for (uint32_t subject = 0; subject < people->of[p->rules[rule].of].count; subject++) {
      decision d;
      explanation x;
      bool decided = evaluation_decide(e, rule, subject, a, &d),
           explained = evaluation_explain(e, rule, subject, a, &x);
      fuzz_promise(decided == explained);
      fuzz_promise(decided || problems->errors > 0);
      if (!decided) continue;
      fuzz_promise(d.outcome == x.decision.outcome && d.valid_until == x.decision.valid_until &&
                   d.needs_count == x.decision.needs_count);
      buffer packed = {0};
      decision back = {.rule = rule};
      decision_needs_pack(&d, &packed);
      fuzz_promise(decision_needs_unpack(p, packed.at, packed.length, a, &back));
      buffer_free(&packed);
    }
  }
  evaluation_free(e);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  arena *a = arena_new();
  faults *problems = faults_new(a);
  json_t *declared = json_kept(a, json_loadb((const char *)bytes, size, JSON_REJECT_DUPLICATES, NULL));
  if (json_is_object(declared)) {
    const pack *p = pack_compile(a, &text, json_kept(a, with_rule(declared)), problems);
    fuzz_promise(p ? problems->errors == 0 : problems->errors > 0);
    if (p) compute(p, a, problems);
  }
  arena_free(a);
  return 0;
}
