/* Many at once against one after the other: random people, records, posts and placements of whatever kinds a pack
 * declares, some of them uncertain, under every pack there is and under one made to have every step and condition. Of
 * whomever a batch decides, outcome, day and packed needs are those of `evaluation_decide`, byte for byte; and those
 * who have nothing uncertain are decided by the batch. The seed is fixed: what fails once fails again. */
#include "pack_tried.h"

#include "pack/batch.h"
#include "pack/load.h"

enum { PEOPLE = 220 };

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

static void same_decision(trial *t, batch *b, int32_t at, uint32_t subject, uint32_t in_batch, const batch_verdict *v,
                          tally *all) {
  arena *a = arena_new();
  decision d;
  const rule *r = &t->pack->rules[at];
  all->subjects++;
  bool good = evaluation_decide(t->evaluation, at, subject, a, &d);
  if (v->decided) {
    buffer mine = {0}, theirs = {0};
    all->decided++;
    if (!good) fail_msg("rule %s, subject %u: decided, though a number became too large", r->id, subject);
    if (v->outcome != d.outcome || v->valid_until != d.valid_until || v->needs_count != d.needs_count)
      fail_msg("rule %s, subject %u: outcome %d until %d with %u needs, expected %d until %d with %zu", r->id, subject,
               v->outcome, v->valid_until, v->needs_count, d.outcome, d.valid_until, d.needs_count);
    for (uint32_t k = 0; k < v->needs_count; k++) {
      assert_string_equal(batch_needs(b)[k].need->id, d.needs[k].need->id);
      if (batch_need_outcome(b, in_batch, k) != d.needs[k].outcome)
        fail_msg("rule %s, subject %u, need %s: %d, expected %d", r->id, subject, d.needs[k].need->id,
                 batch_need_outcome(b, in_batch, k), d.needs[k].outcome);
    }
    batch_pack(b, in_batch, v, &mine);
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

static void decide_all(trial *t, const char *on, tally *all, tally *rules) {
  trial_on(t, trial_day(on));
  batch *b = batch_new(t->evaluation);
  for (size_t r = 0; r < t->pack->rules_count; r++) {
    tally own = {0};
    uint32_t count = t->subjects->of[t->pack->rules[r].of].count, asked[PEOPLE];
    if (count > PEOPLE) count = PEOPLE;
    for (uint32_t i = 0; i < count; i++) asked[i] = i;
    for (uint32_t done = 0; done < count;) {
      batch_verdict verdicts[PEOPLE];
      uint32_t some = batch_decide(b, (int32_t)r, asked + done, count - done, verdicts);
      assert_true(some > 0 && some <= count - done);
      for (uint32_t i = 0; i < some; i++) same_decision(t, b, (int32_t)r, asked[done + i], i, &verdicts[i], &own);
      done += some;
    }
    if (on[3] == '2') print_message("  %-12s %4zu of %4zu\n", t->pack->rules[r].id, own.decided, own.subjects);
    rules[r].decided += own.decided;
    all->subjects += own.subjects;
    all->decided += own.decided;
    for (int i = 0; i < OUTCOMES; i++) all->outcomes[i] += own.outcomes[i];
  }
  batch_free(b);
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

static void decide_on_days(trial *t, const char *name) {
  static const char *const days[] = {"2022-06-15", "2023-02-28", "2024-12-31", "2020-02-29", "2026-01-01"};
  tally all = {0}, rules[64] = {{0}};
  assert_true(t->pack->rules_count <= 64);
  print_message("%s\n", name);
  for (uint64_t round = 0; round < 3; round++) {
    make_people(t, 20260101 + round);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) decide_all(t, days[i], &all, rules);
    trial_forget(t);
  }
  print_message("  %zu of %zu: met %zu, unmet %zu, unknown %zu, not applicable %zu\n", all.decided, all.subjects,
                all.outcomes[OUTCOME_MET], all.outcomes[OUTCOME_UNMET], all.outcomes[OUTCOME_UNKNOWN],
                all.outcomes[OUTCOME_NOT_APPLICABLE]);
  assert_some(t, rules);
}

static void packs_alike(void **state) {
  (void)state;
  static const char *const folders[] = {"tests/packs/steps",          "tests/packs/hard/papers",
                                        "tests/packs/hard/reference", "tests/packs/twice",
                                        "tests/bench/pack",           "scripts/regions/beijing",
                                        "scripts/regions/changzhou",  "scripts/regions/ganzhou",
                                        "scripts/regions/national",   "scripts/regions/pennsylvania",
                                        "scripts/regions/shaanxi",    "scripts/regions/shaoxing",
                                        "scripts/regions/statistics", "scripts/regions/zhejiang"};
  const char *tree = getenv("HONGZHU_SOURCE");
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    trial t = {.memory = arena_new()};
    t.problems = faults_new(t.memory);
    t.pack = pack_from_folder(t.memory, arena_format(t.memory, "%s/%s", tree ? tree : ".", folders[i]), t.problems);
    for (size_t k = 0; k < t.problems->count; k++)
      print_message("%s\n", fault_text(t.memory, &t.problems->items[k], LANGUAGE_EN));
    assert_non_null(t.pack);
    decide_on_days(&t, folders[i]);
    trial_forget(&t);
    arena_free(t.memory);
  }
}

int main(int argc, char **argv) {
  int code;
  if (trial_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(packs_alike)};
  return cmocka_run_group_tests_name("pack_batch", tests, NULL, NULL);
}
