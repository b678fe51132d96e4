/* Many at once against one after the other: random people, records, posts and placements of whatever kinds a pack
 * declares, some of them uncertain, under every pack there is and under one made to have every step and condition. Of
 * whomever a batch decides, outcome, day and packed needs are those of `evaluation_decide`, byte for byte; and those
 * who have nothing uncertain are decided by the batch. All rules are asked about the same few people in turn, those of
 * the pack, of the same pack with other values of two parameters, and of another day: so that what one has computed
 * another may take, and may not where it would be otherwise. The seed is fixed: what fails once fails again. */
#include "pack_tried.h"

#include "pack/batch_inside.h"
#include "pack/load.h"
#include "pack/pack_set.h"

enum { PEOPLE = 220, SIDES = 3 };

typedef struct maker {
  trial *t;
  uint64_t seed;
  const declared_kind *records[64];
  size_t records_count;
  int64_t schools[3];
  int64_t cohort;
} maker;

static uint64_t below(maker *m, uint64_t limit_of) {
  return trial_random(&m->seed) % limit_of;
}

static date some_date(maker *m, bool sure) {
  int year = 2019 + (int)below(m, 7), month = 1 + (int)below(m, 12), in = 1 + (int)below(m, 28);
  uint64_t known = sure ? 9 : below(m, 12);
  if (known == 8 && year == 2020) return date_of(2020, 2, 29);
  return date_of(year, known == 0 ? 0 : month, known <= 1 ? 0 : in);
}

static const char *some_word(maker *m, const declared_kind *kind, kind_word which) {
  const char **words;
  size_t count = kind_words(m->t->memory, &m->t->pack->kinds, kind, which, &words);
  uint64_t at = below(m, count + 1);
  if (!count) return below(m, 2) ? "face_to_face" : "online";
  return at < count ? words[at] : NULL;
}

static amount some_amount(maker *m, bool sure) {
  static const bound bounds[] = {BOUND_EXACT,    BOUND_EXACT,   BOUND_EXACT,   BOUND_EXACT, BOUND_EXACT,
                                 BOUND_AT_LEAST, BOUND_AT_MOST, BOUND_UNKNOWN, BOUND_NONE};
  static const int64_t steps[] = {1000000, 500000, 100000, 333333};
  int64_t millionths = (int64_t)below(m, 40) * steps[below(m, 4)];
  if (below(m, 400) == 0) millionths = INT64_C(4000000000000000);
  return (amount){millionths, sure ? BOUND_EXACT : bounds[below(m, 9)]};
}

static void some_attributes(maker *m, fact *f, const declared_kind *kind, bool sure) {
  static const char *const amounts[] = {"0", "2", "5", "5.5", "7"};
  static const char *const words[] = {"a", "b", "c", "senior", "w1", "w2", "w3"};
  json_t *all = json_object();
  for (size_t i = 0; i < kind->attributes_count; i++) {
    const declared_attribute *one = &kind->attributes[i];
    if (below(m, 4) == 0) continue;
    char text[11];
    switch (one->form) {
    case FORM_TEXT: {
      const char *word = one->words_count ? one->words[below(m, one->words_count)] : words[below(m, 7)];
      json_object_set_new(all, one->name,
                          below(m, 5) ? json_string(word) : json_pack("[s,s]", word, words[below(m, 7)]));
      break;
    }
    case FORM_DATE:
      date_write(some_date(m, sure), text);
      json_object_set_new(all, one->name, json_pack("{s:s}", "date", text));
      break;
    case FORM_TRUTH:
      json_object_set_new(all, one->name, json_boolean(below(m, 2)));
      break;
    default:
      json_object_set_new(all, one->name, json_pack("{s:s}", "amount", amounts[below(m, 5)]));
    }
  }
  if (json_object_size(all)) f->attributes = json_canonical(m->t->memory, all);
  json_decref(all);
}

static void some_record(maker *m, int64_t person, int64_t enrollment, bool sure) {
  const declared_kind *kind = m->records[below(m, m->records_count)];
  bool placed = enrollment && (kind->of[FACT_ENROLLMENT] || below(m, 4) == 0);
  if (!placed && !kind->of[FACT_PERSON]) return;
  fact *f = trial_fact(m->t, FACT_RECORD);
  f->kind = kind->name;
  f->subject_type = placed ? FACT_ENROLLMENT : FACT_PERSON;
  f->subject = placed ? enrollment : person;
  f->since = some_date(m, sure);
  f->until = below(m, 3) ? f->since : date_of_day(date_last(f->since) + (day)below(m, 60));
  if (below(m, 4) == 0) f->until = DATE_NONE;
  if (!sure && below(m, 40) == 0) f->since = f->until = DATE_NONE;
  f->level = some_word(m, kind, KIND_LEVEL);
  f->mode = some_word(m, kind, KIND_MODE);
  f->status = some_word(m, kind, KIND_STATUS);
  f->unit = kind->unit;
  if (kind->unit) f->amount = some_amount(m, sure);
  some_attributes(m, f, kind, sure);
}

static void some_person(maker *m, int at) {
  trial *t = m->t;
  bool sure = at % 4 != 0;
  int64_t person = trial_person(t, arena_format(t->memory, "T%04d", at)), enrollment = 0;
  if (below(m, 8)) {
    fact *hired = kinds_named(&t->pack->kinds, "hired") ? trial_fact(t, FACT_RECORD) : NULL;
    if (hired) hired->kind = "hired", hired->subject_type = FACT_PERSON, hired->subject = person;
    if (hired) hired->since = hired->until = some_date(m, sure);
  }
  for (uint64_t k = below(m, 3); k > 0; k--) {
    fact *post = trial_fact(t, FACT_POST);
    post->kind = "teaching";
    post->subject_type = FACT_PERSON, post->subject = person;
    post->object_type = FACT_ORGANIZATION, post->object = m->schools[below(m, 3)];
    post->since = some_date(m, sure);
    post->until = below(m, 2) ? DATE_NONE : date_of_day(date_last(post->since) + (day)below(m, 900));
  }
  if (below(m, 2)) {
    fact *placed = trial_fact(t, FACT_ENROLLMENT);
    placed->kind = "trainee";
    enrollment = placed->entity;
    placed->subject_type = FACT_PERSON, placed->subject = person;
    placed->object_type = FACT_COHORT, placed->object = m->cohort;
    placed->since = some_date(m, true);
    placed->place = below(m, 3) ? m->schools[below(m, 3)] : 0;
  }
  uint64_t records = at % 97 == 5 ? 2100 : at % 11 == 3 ? 0 : below(m, 30);
  for (uint64_t k = 0; k < records; k++) some_record(m, person, enrollment, sure);
}

static void make_people(trial *t, uint64_t seed) {
  maker m = {.t = t, .seed = seed};
  for (size_t i = 0; i < t->pack->kinds.count && m.records_count < 64; i++)
    if (t->pack->kinds.items[i].type == FACT_RECORD) m.records[m.records_count++] = &t->pack->kinds.items[i];
  for (int i = 0; i < 3; i++) {
    fact *school = trial_fact(t, FACT_ORGANIZATION);
    school->kind = "school", school->code = school->name = i == 0 ? "A" : i == 1 ? "B" : "C";
    m.schools[i] = school->entity;
  }
  fact *programme = trial_fact(t, FACT_PROGRAMME);
  programme->kind = "course", programme->code = "P1";
  int64_t of = programme->entity;
  fact *cohort = trial_fact(t, FACT_COHORT);
  cohort->kind = "class", cohort->code = "P1-1", cohort->subject_type = FACT_PROGRAMME, cohort->subject = of;
  m.cohort = cohort->entity;
  for (int i = 0; i < PEOPLE; i++) some_person(&m, i);
}

typedef struct tally {
  size_t subjects, decided, outcomes[OUTCOMES];
} tally;

typedef struct side { /* a pack and a day */
  const pack *pack;
  evaluation *evaluation;
  batch *batch;
} side;

static void same_decision(trial *t, const side *s, int32_t at, uint32_t subject, uint32_t in_batch,
                          const batch_verdict *v, tally *all) {
  arena *a = arena_new();
  decision d;
  const rule *r = &s->pack->rules[at];
  all->subjects++;
  bool good = evaluation_decide(s->evaluation, at, subject, a, &d);
  if (v->decided) {
    buffer mine = {0}, theirs = {0};
    all->decided++;
    if (!good) fail_msg("rule %s, subject %u: decided, though a number became too large", r->id, subject);
    if (v->outcome != d.outcome || v->valid_until != d.valid_until || v->needs_count != d.needs_count)
      fail_msg("rule %s, subject %u: outcome %d until %d with %u needs, expected %d until %d with %zu", r->id, subject,
               v->outcome, v->valid_until, v->needs_count, d.outcome, d.valid_until, d.needs_count);
    for (uint32_t k = 0; k < v->needs_count; k++) {
      assert_string_equal(batch_needs(s->batch)[k].need->id, d.needs[k].need->id);
      if (batch_need_outcome(s->batch, in_batch, k) != d.needs[k].outcome)
        fail_msg("rule %s, subject %u, need %s: %d, expected %d", r->id, subject, d.needs[k].need->id,
                 batch_need_outcome(s->batch, in_batch, k), d.needs[k].outcome);
    }
    batch_pack(s->batch, in_batch, v, &mine);
    decision_needs_pack(&d, &theirs);
    if (mine.length != theirs.length || memcmp(mine.at, theirs.at, mine.length))
      fail_msg("rule %s, subject %u: the needs are packed otherwise", r->id, subject);
    all->outcomes[d.outcome]++;
    buffer_free(&mine);
    buffer_free(&theirs);
  }
  t->problems->count = t->problems->errors = 0;
  arena_free(a);
}

/* From the first of these on; returns how many. */
static uint32_t decide_some(trial *t, const side *s, int32_t rule_at, uint32_t first, uint32_t count, tally *own) {
  uint32_t asked[PEOPLE];
  batch_verdict verdicts[PEOPLE];
  for (uint32_t i = 0; i < count; i++) asked[i] = first + i;
  uint32_t some = batch_decide(s->batch, rule_at, asked, count, verdicts);
  assert_true(some > 0 && some <= count);
  for (uint32_t i = 0; i < some; i++) same_decision(t, s, rule_at, asked[i], i, &verdicts[i], own);
  return some;
}

/* Every rule about subjects of a type, a few of them at a time: as many as the first rule takes. */
static void decide_type(trial *t, const side *sides, fact_type of, tally *rules) {
  uint32_t count = t->subjects->of[of].count < PEOPLE ? t->subjects->of[of].count : PEOPLE;
  for (uint32_t done = 0, end; done < count; done = end ? end : count) {
    end = 0;
    for (int k = 0; k < SIDES; k++)
      for (size_t r = 0; sides[k].pack && r < sides[k].pack->rules_count; r++) {
        if (sides[k].pack->rules[r].of != of) continue;
        for (uint32_t at = done, some; !end || at < end; at += some) {
          some = decide_some(t, &sides[k], (int32_t)r, at, (end ? end : count) - at, &rules[k ? 64 : r]);
          if (!end) end = at + some;
        }
      }
  }
}

static size_t loans_of(const batch_ground *g) {
  size_t loans = 0;
  for (size_t i = 0; i < g->plans_count; i++)
    for (size_t n = 0; n < g->plans[i]->rule->program.count; n++) loans += g->plans[i]->node_loans[n].from != NULL;
  return loans;
}

static size_t decide_all(trial *t, const pack *other, const char *on, tally *rules) {
  trial_on(t, trial_day(on));
  side sides[SIDES] = {{.pack = t->pack, .evaluation = t->evaluation}, {.pack = other}, {.pack = t->pack}};
  evaluation *all[SIDES];
  size_t count = 0;
  for (int k = 0; k < SIDES; k++) {
    if (!sides[k].pack) continue;
    day in = trial_day(on) + (k == 2 ? 100 : 0);
    if (k) sides[k].evaluation = evaluation_new(sides[k].pack, t->subjects, in, t->problems);
    all[count++] = sides[k].evaluation;
  }
  batch_ground *g = batch_ground_new(all, count);
  for (int k = 0; k < SIDES; k++)
    if (sides[k].pack) sides[k].batch = batch_new(g, sides[k].evaluation);
  for (fact_type of = FACT_PERSON; of < FACT_TYPES; of++) decide_type(t, sides, of, rules);
  size_t loans = loans_of(g);
  for (int k = 0; k < SIDES; k++) batch_free(sides[k].batch);
  batch_ground_free(g);
  for (int k = 1; k < SIDES; k++) evaluation_free(sides[k].evaluation);
  return loans;
}

/* Another value for one or two of its parameters; NULL where it has none, or the values do not go together. */
static pack *other_values(trial *t, uint64_t seed) {
  static const char *const values[] = {"0", "1", "7", "30", "2.5", "1/3", "1000"};
  const parameters *all = &t->pack->parameters;
  const char *given[2];
  for (size_t i = 0; i < 2 && all->count; i++) {
    const parameter *p = &all->items[trial_random(&seed) % all->count];
    const char *text = p->form == PARAMETER_DAY ? "2022-06-01" : values[trial_random(&seed) % 7];
    const parameter_entry *last = &p->entries[p->entries_count - 1];
    given[i] = p->form == PARAMETER_BY_WORD ? arena_format(t->memory, "%s.%s=%s", p->id, last->words[0].word, text)
                                            : arena_format(t->memory, "%s=%s", p->id, text);
  }
  pack *out = all->count ? pack_set(t->memory, t->pack, given, 2, t->problems) : NULL;
  if (out) print_message("  with %s, %s\n", given[0], given[1]);
  t->problems->count = t->problems->errors = 0;
  return out;
}

/* Where a rule may be decided by a batch at all, some are: else the comparison would prove nothing. */
static void assert_some(const trial *t, const tally *rules) {
  static const char *const alone[] = {"carries", "split", "written"};
  for (size_t r = 0; r < t->pack->rules_count; r++) {
    bool expected = t->pack->rules[r].of == FACT_PERSON && t->pack->rules[r].way == RULE_NEEDS;
    for (size_t i = 0; i < 3; i++) expected = expected && strcmp(t->pack->rules[r].id, alone[i]) != 0;
    if (expected && strcmp(t->pack->id, "pennsylvania") != 0 && !rules[r].decided)
      fail_msg("rule %s: nobody is decided by a batch", t->pack->rules[r].id);
  }
}

static size_t decide_on_days(trial *t, const char *name) {
  static const char *const days[] = {"2022-06-15", "2023-02-28", "2024-12-31", "2020-02-29", "2026-01-01"};
  tally all = {0}, rules[65] = {{0}};
  size_t loans = 0;
  assert_true(t->pack->rules_count <= 64);
  print_message("%s\n", name);
  for (uint64_t round = 0; round < 3; round++) {
    const pack *other = other_values(t, 20260201 + round * 7919 + strlen(name) * 104729);
    make_people(t, 20260101 + round);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) loans += decide_all(t, other, days[i], rules);
    trial_forget(t);
  }
  for (size_t r = 0; r < 65; r++) {
    all.subjects += rules[r].subjects;
    all.decided += rules[r].decided;
    for (int i = 0; i < OUTCOMES; i++) all.outcomes[i] += rules[r].outcomes[i];
    if (r < t->pack->rules_count)
      print_message("  %-12s %4zu of %4zu\n", t->pack->rules[r].id, rules[r].decided, rules[r].subjects);
  }
  print_message("  %zu of %zu: met %zu, unmet %zu, unknown %zu, not applicable %zu\n", all.decided, all.subjects,
                all.outcomes[OUTCOME_MET], all.outcomes[OUTCOME_UNMET], all.outcomes[OUTCOME_UNKNOWN],
                all.outcomes[OUTCOME_NOT_APPLICABLE]);
  assert_some(t, rules);
  return loans;
}

static void packs_alike(void **state) {
  (void)state;
  static const char *const folders[] = {"tests/packs/steps",
                                        "tests/packs/hard/papers",
                                        "tests/packs/hard/reference",
                                        "tests/packs/twice",
                                        "tests/packs/terms",
                                        "tests/bench/pack",
                                        "scripts/regions/beijing",
                                        "scripts/regions/changzhou",
                                        "scripts/regions/ganzhou",
                                        "scripts/regions/national",
                                        "scripts/regions/pennsylvania",
                                        "scripts/regions/shaanxi",
                                        "scripts/regions/shaoxing",
                                        "scripts/regions/statistics",
                                        "scripts/regions/zhejiang"};
  const char *tree = getenv("HONGZHU_SOURCE");
  size_t loans = 0;
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    trial t = {.memory = arena_new()};
    t.problems = faults_new(t.memory);
    t.pack = pack_from_folder(t.memory, arena_format(t.memory, "%s/%s", tree ? tree : ".", folders[i]), t.problems);
    for (size_t k = 0; k < t.problems->count; k++)
      print_message("%s\n", fault_text(t.memory, &t.problems->items[k], LANGUAGE_EN));
    assert_non_null(t.pack);
    loans += decide_on_days(&t, folders[i]);
    trial_forget(&t);
    arena_free(t.memory);
  }
  print_message("%zu nodes may be taken from another rule\n", loans);
  assert_true(loans > 0); /* else nothing was tried of them */
}

int main(int argc, char **argv) {
  int code;
  if (trial_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(packs_alike)};
  return cmocka_run_group_tests_name("pack_batch", tests, NULL, NULL);
}
