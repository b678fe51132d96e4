/* valid_until, the first day on which a decision may differ: over three years and random people, deciding on every day
 * from the day asked to the day before gives the same; so every change of outcome lies at or behind such a day. */
#include "pack_tried.h"

static const char *const text =
    "local a = { zh = 'x', en = 'x' }\n"
    "return {\n"
    "kinds { training = { unit = '学时', decimals = 1, level = true }, hired = {}, leave = {}, title = { attributes = "
    "{ value = 'text' } },\n"
    "  school = { type = 'organization' }, bureau = { type = 'organization' } },\n"
    "scales { mode = { 'face', 'online' } },\n"
    "parameters { least = { unit = '学时', { from = '2000-01-01', assumed = a, value = 10 }, { from = '2021-03-10', "
    "assumed = a, value = 25 },\n"
    "    { from = '2021-11-05', assumed = a, value = 15 } },\n"
    "  years = { unit = '年', { from = '2000-01-01', assumed = a, value = 2 } },\n"
    "  turn = { { from = '2000-01-01', assumed = a, value = '2020-06-01' }, { from = '2021-05-05', assumed = a, value "
    "= '2021-01-01' } } },\n"
    "period { id = 'cycle', starts = '2020-02-01', lasts = { years = 1 }, year_starts = '02-01' },\n"
    "period { id = 'own', starts = fact 'hired', lasts = { months = 7 } },\n"
    "period { id = 'split', starts = '2020-01-01', lasts = { months = 9 }, spanning = 'split', year_starts = '06-15' "
    "},\n"
    "rule { id = 'open', of = 'person', needs = { { 'sum', records { kind = 'training' }:at_least(P.least) } } },\n"
    "rule { id = 'window', of = 'person', per = 'cycle', needs = { { 'sum', records { kind = 'training' }:cap(20, "
    "'year'):at_least(P.least:on 'decision') } } },\n"
    "rule { id = 'own', of = 'person', per = 'own', needs = { { 'sum', records { kind = 'training' }:at_least(8) } } "
    "},\n"
    "rule { id = 'split', of = 'person', per = 'split', needs = { { 'sum', records { kind = 'training' }:at_least(8) } "
    "} },\n"
    "rule { id = 'slides', of = 'person', needs = { { 'sum', records { kind = 'training' }:during(last(1, "
    "'year')):at_least(9) } } },\n"
    "rule { id = 'months', of = 'person', needs = { { 'sum', records { kind = 'training' }:during(last(5, "
    "'month')):at_least(9) } } },\n"
    "rule { id = 'within', of = 'person', needs = { { 'sum', records { kind = 'training' }:during('own'):at_least(6) } "
    "} },\n"
    "rule { id = 'years', of = 'person', needs = { { 'years', years_since(fact 'hired'):at_least(P.years) } } },\n"
    "rule { id = 'turn', of = 'person', needs = { { 'hired', fact 'hired':not_before(P.turn) } } },\n"
    "rule { id = 'is', of = 'person', needs = { { 'is', fact 'leave':exists() } } },\n"
    "rule { id = 'title', of = 'person', needs = { { 'title', { ['fact.title.value'] = 'senior' } } } },\n"
    "rule { id = 'school', of = 'person', needs = { { 'school', { ['school.name'] = 'A' } } } },\n"
    "rule { id = 'stands', of = 'person', suspended = { from = '2021-02-03', till = '2021-04-05', source = 's' }, "
    "needs = {\n"
    "  { 'a', records { kind = 'training' }:at_least(3), suspended = { from = '2021-06-01', till = '2021-06-20', "
    "source = 's' } },\n"
    "  { 'b', records { kind = 'training' }:at_least(5), in_force = { from = '2021-08-08', by = 'decision' } } } },\n"
    "rule { id = 'outcome', of = 'person', needs = { { 'both', any_of { outcome 'slides', outcome 'school' } } } },\n"
    "rule { id = 'staff', of = 'organization', needs = { { 'all', outcomes('years', 'met'):at_least(1) } } },\n"
    "}";

enum { PEOPLE = 60, DAYS = 800 };

static date some_date(uint64_t *seed) {
  int year = 2019 + (int)(trial_random(seed) % 4), month = 1 + (int)(trial_random(seed) % 12),
      in = 1 + (int)(trial_random(seed) % 28);
  uint64_t known = trial_random(seed) % 10;
  if (known == 9 && year == 2020) return date_of(2020, 2, 29);
  return date_of(year, known == 0 ? 0 : month, known <= 1 ? 0 : in);
}

static void some_record(trial *t, uint64_t *seed, int64_t person, const char *kind) {
  fact *f = trial_fact(t, FACT_RECORD);
  f->kind = kind, f->subject_type = FACT_PERSON, f->subject = person;
  f->since = f->until = some_date(seed);
  if (strcmp(kind, "training")) return;
  f->unit = "学时";
  f->amount = (amount){(int64_t)(trial_random(seed) % 12) * AMOUNT_ONE, BOUND_EXACT};
  if (date_precision(f->since) == PRECISION_DAY && trial_random(seed) % 3 == 0)
    f->until = date_of_day(date_first(f->since) + (day)(trial_random(seed) % 90));
}

static void make_people(trial *t) {
  uint64_t seed = 4711;
  int64_t schools[2];
  for (int i = 0; i < 2; i++) {
    fact *f = trial_fact(t, FACT_ORGANIZATION);
    f->kind = "school", f->name = f->code = i ? "B" : "A";
    schools[i] = f->entity;
  }
  for (int i = 0; i < PEOPLE; i++) {
    char code[16];
    snprintf(code, sizeof code, "T%03d", i);
    int64_t person = trial_person(t, code);
    for (uint64_t k = trial_random(&seed) % 9; k > 0; k--) some_record(t, &seed, person, "training");
    for (uint64_t k = trial_random(&seed) % 3; k > 0; k--) some_record(t, &seed, person, "hired");
    if (trial_random(&seed) % 2) some_record(t, &seed, person, "leave");
    for (uint64_t k = trial_random(&seed) % 3; k > 0; k--) {
      some_record(t, &seed, person, "title");
      t->facts[t->count - 1].attributes = k % 2 ? "{\"value\":\"senior\"}" : "{\"value\":\"junior\"}";
    }
    for (uint64_t k = trial_random(&seed) % 3; k > 0; k--) {
      fact *f = trial_fact(t, FACT_POST);
      f->subject_type = FACT_PERSON, f->subject = person;
      f->object_type = FACT_ORGANIZATION, f->object = schools[trial_random(&seed) % 2];
      f->since = date_of_day(date_first(some_date(&seed)));
      if (trial_random(&seed) % 2) f->until = date_of_day(date_first(f->since) + 200);
    }
  }
}

static void nothing_changes_before_its_day(void **state) {
  (void)state;
  trial t;
  trial_compiles(&t, text);
  make_people(&t);
  day from = day_of(2020, 3, 1);
  size_t changes = 0, seen[OUTCOMES] = {0}, kept = 0;
  size_t rules = t.pack->rules_count;
  decision *before = arena_array(t.memory, rules * PEOPLE, sizeof *before);
  for (day on = from; on < from + DAYS; on++) {
    trial_on(&t, on);
    for (size_t r = 0; r < rules; r++) {
      uint32_t subjects_of = t.subjects->of[t.pack->rules[r].of].count;
      for (uint32_t s = 0; s < subjects_of && s < PEOPLE; s++) {
        arena *a = arena_new();
        decision d = trial_decide(&t, t.pack->rules[r].id, s, a), *old = &before[r * PEOPLE + s];
        if (d.valid_until <= on) fail_msg("%s: valid until a day that has come", t.pack->rules[r].id);
        if (on > from && on < old->valid_until) {
          kept++;
          if (d.outcome != old->outcome || d.why != old->why) {
            char at[11], until[11];
            day_write(on, at);
            day_write(old->valid_until, until);
            fail_msg("%s of subject %u: %s becomes %s on %s, valid until %s", t.pack->rules[r].id, s,
                     outcome_name(old->outcome), outcome_name(d.outcome), at, until);
          }
        }
        changes += on > from && d.outcome != old->outcome;
        /* what was said first holds until its day: a later day may only say more */
        if (on == from || on >= old->valid_until) *old = d;
        seen[d.outcome]++;
        arena_free(a);
      }
    }
  }
  print_message("%zu changes, %zu days on which nothing changed\n", changes, kept);
  assert_true(changes > 200 && kept > 10000);
  assert_true(seen[OUTCOME_MET] && seen[OUTCOME_UNMET] && seen[OUTCOME_UNKNOWN] && seen[OUTCOME_NOT_APPLICABLE]);
  trial_close(&t);
}

/* Asking others first, or the same again, changes nothing. */
static void order_does_not_matter(void **state) {
  (void)state;
  trial t;
  trial_compiles(&t, text);
  make_people(&t);
  arena *a = arena_new();
  size_t rules = t.pack->rules_count;
  decision *first = arena_array(a, rules * PEOPLE, sizeof *first);
  trial_on(&t, day_of(2021, 7, 1));
  for (size_t r = 0; r < rules; r++)
    for (uint32_t s = 0; s < t.subjects->of[t.pack->rules[r].of].count; s++)
      first[r * PEOPLE + s] = trial_decide(&t, t.pack->rules[r].id, s, a);
  trial_on(&t, day_of(2021, 7, 1));
  for (size_t r = rules; r-- > 0;)
    for (uint32_t s = t.subjects->of[t.pack->rules[r].of].count; s-- > 0;) {
      explanation x;
      assert_true(evaluation_explain(t.evaluation, (int32_t)r, s, a, &x));
      const decision *d = &first[r * PEOPLE + s];
      assert_int_equal(x.decision.outcome, d->outcome);
      assert_int_equal(x.decision.valid_until, d->valid_until);
      assert_int_equal(x.decision.needs_count, d->needs_count);
      for (size_t n = 0; n < d->needs_count; n++) {
        assert_int_equal(x.decision.needs[n].outcome, d->needs[n].outcome);
        assert_int_equal(fraction_compare(x.decision.needs[n].missing, d->needs[n].missing), 0);
      }
    }
  arena_free(a);
  trial_close(&t);
}

int main(int argc, char **argv) {
  int code;
  if (trial_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_changes_before_its_day),
                                     cmocka_unit_test(order_does_not_matter)};
  return cmocka_run_group_tests_name("pack_until", tests, NULL, NULL);
}
