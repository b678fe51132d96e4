/* Against a model that knows nothing of ours: plain loops over fractions. Random people with uncertain records; every
 * subset of the uncertain ones is tried. What the evaluator calls met or unmet holds in all of them; what it calls
 * unknown of a rule that goes one way differs between two of them. The seed is fixed. */
#include "pack_tried.h"

enum { MOST_RECORDS = 9, ROUNDS = 700 };

typedef struct plain { /* a record as the model sees it */
  int year, class;     /* class: 0 face, 1 online, 2 school */
  day on;
  size_t made;
  fraction amount;
  bool uncertain;
} plain;

static const char *const text =
    "local a = { zh = 'x', en = 'x' }\n"
    "return {\n"
    "kinds { training = { unit = '学时', decimals = 2, level = true } },\n"
    "scales { level = { 'school', 'county', 'city' }, mode = { 'face', 'online' } },\n"
    "parameters { rate = { unit = '学分/学时', by = 'level', { from = '2000-01-01', assumed = a,\n"
    "    value = { school = '0.2', county = '1/3', city = '3/7' } } },\n"
    "  face = { unit = '学分', { from = '2000-01-01', assumed = a, value = 7 } },\n"
    "  online = { unit = '学分', { from = '2000-01-01', assumed = a, value = 9 } },\n"
    "  year_most = { unit = '学分', { from = '2000-01-01', assumed = a, value = '7/2' } },\n"
    "  cycle_most = { unit = '学分', { from = '2000-01-01', assumed = a, value = 8 } },\n"
    "  total = { unit = '学分', { from = '2000-01-01', assumed = a, value = 15 } },\n"
    "  yearly = { unit = '学分', { from = '2000-01-01', assumed = a, value = 4 } } },\n"
    "period { id = 'cycle', starts = '2020-01-01', lasts = { years = 3 } },\n"
    "recognition { id = 'credits', unit = '学分', from = '学时', {\n"
    "  { as = 'face', when = { mode = 'face', level = at_least 'county', days = at_least(2) }, rate = P.rate:by "
    "'level' },\n"
    "  { as = 'online', when = { mode = 'online', level = at_least 'county', days = at_least(2) }, rate = P.rate:by "
    "'level' },\n"
    "  { as = 'school', when = { level = 'school', days = at_least(2) }, rate = P.rate:by 'level' } } },\n"
    "rule { id = 'total', of = 'person', per = 'cycle', needs = {\n"
    "  { 'total', (credits 'face' + credits 'online' + credits 'school':cap(P.year_most, 'year'):cap(P.cycle_most, "
    "'cycle')):at_least(P.total) } } },\n"
    "rule { id = 'most', of = 'person', per = 'cycle', needs = {\n"
    "  { 'total', (credits 'face' + credits 'school':cap(P.year_most, 'year'):cap(P.cycle_most, "
    "'cycle')):at_most(P.cycle_most) } } },\n"
    "rule { id = 'offset', of = 'person', per = 'cycle', needs = {\n"
    "  { 'face', (credits 'face'):at_least(P.face) },\n"
    "  { 'online', (credits 'online' + credits 'face':over(P.face)):at_least(P.online) } } },\n"
    "rule { id = 'narrow', of = 'person', per = 'cycle', needs = {\n"
    "  { 'year', (credits:cap(P.total)):each 'year':at_least(P.yearly) } } },\n"
    "rule { id = 'first', of = 'person', per = 'cycle', needs = {\n"
    "  { 'first', (credits:first(2, 'year')):at_least(P.online) } } },\n"
    "rule { id = 'share', of = 'person', per = 'cycle', needs = {\n"
    "  { 'share', (credits 'online'):at_most(credits * '1/2') } } },\n"
    "}";

static fraction plus(fraction a, fraction b) {
  fraction out;
  assert_true(fraction_add(a, b, &out));
  return out;
}
static fraction minus(fraction a, fraction b) {
  fraction out;
  assert_true(fraction_subtract(a, b, &out));
  return out;
}
static fraction least(fraction a, fraction b) {
  return fraction_compare(a, b) <= 0 ? a : b;
}

static const fraction face_least = {7, 1}, online_least = {9, 1}, year_most = {7, 2}, cycle_most = {8, 1},
                      total_least = {15, 1}, yearly = {4, 1};

typedef struct taken {
  const plain *records;
  size_t count;
  uint32_t subset; /* of the uncertain ones, by position */
} taken;

static bool there(const taken *t, size_t i) {
  return !t->records[i].uncertain || (t->subset >> i & 1);
}

static fraction class_sum(const taken *t, int class) {
  fraction sum = FRACTION_ZERO;
  for (size_t i = 0; i < t->count; i++)
    if (there(t, i) && t->records[i].class == class) sum = plus(sum, t->records[i].amount);
  return sum;
}

static fraction capped_school(const taken *t) {
  fraction cycle = FRACTION_ZERO;
  for (int year = 2020; year <= 2022; year++) {
    fraction sum = FRACTION_ZERO;
    for (size_t i = 0; i < t->count; i++)
      if (there(t, i) && t->records[i].class == 2 && t->records[i].year == year) sum = plus(sum, t->records[i].amount);
    cycle = plus(cycle, least(sum, year_most));
  }
  return least(cycle, cycle_most);
}

static bool model_total(const taken *t) {
  fraction sum = plus(plus(class_sum(t, 0), class_sum(t, 1)), capped_school(t));
  return fraction_compare(sum, total_least) >= 0;
}
static bool model_most(const taken *t) {
  return fraction_compare(plus(class_sum(t, 0), capped_school(t)), cycle_most) <= 0;
}
static bool model_offset(const taken *t) {
  fraction face = class_sum(t, 0), online = class_sum(t, 1);
  if (fraction_compare(face, face_least) > 0) online = plus(online, minus(face, face_least));
  return fraction_compare(face, face_least) >= 0 && fraction_compare(online, online_least) >= 0;
}
static bool model_narrow(const taken *t) { /* records stand in order of day */
  fraction room = total_least, years[3] = {{0, 1}, {0, 1}, {0, 1}};
  for (size_t i = 0; i < t->count; i++) {
    if (!there(t, i)) continue;
    fraction kept = least(room, t->records[i].amount);
    room = minus(room, kept);
    years[t->records[i].year - 2020] = plus(years[t->records[i].year - 2020], kept);
  }
  for (int y = 0; y < 3; y++)
    if (fraction_compare(years[y], yearly) < 0) return false;
  return true;
}
static bool model_first(const taken *t) {
  fraction sum = FRACTION_ZERO;
  int seen[3] = {0};
  for (size_t i = 0; i < t->count; i++)
    if (there(t, i) && seen[t->records[i].year - 2020]++ < 2) sum = plus(sum, t->records[i].amount);
  return fraction_compare(sum, online_least) >= 0;
}
static bool model_share(const taken *t) {
  fraction all = plus(plus(class_sum(t, 0), class_sum(t, 1)), class_sum(t, 2)), half;
  assert_true(fraction_multiply(all, (fraction){1, 2}, &half));
  return fraction_compare(class_sum(t, 1), half) <= 0;
}

static const struct {
  const char *rule;
  bool (*model)(const taken *t);
  bool one_way; /* then unknown must be justified */
} tried[] = {{"total", model_total, true},    {"most", model_most, true},    {"offset", model_offset, true},
             {"narrow", model_narrow, false}, {"first", model_first, false}, {"share", model_share, false}};
enum { TRIED = sizeof tried / sizeof *tried };

static int by_day(const void *a, const void *b) {
  const plain *x = a, *y = b;
  if (x->on != y->on) return x->on < y->on ? -1 : 1;
  return x->made < y->made ? -1 : x->made > y->made;
}

/* Two days count, one does not: of a record known to its month only it is not known whether it counts. */
static size_t make_person(trial *t, uint64_t *seed, int64_t person, plain *out) {
  static const fraction rates[] = {{1, 5}, {1, 3}, {3, 7}};
  static const char *const levels[] = {"school", "county", "city"}, *const modes[] = {"face", "online"};
  size_t count = trial_random(seed) % (MOST_RECORDS + 1);
  bool plain_person = trial_random(seed) % 3 == 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t level = trial_random(seed) % 3, mode = trial_random(seed) % 2, hundredths = trial_random(seed) % 2400;
    int year = 2020 + (int)(trial_random(seed) % 3), month = 1 + (int)(trial_random(seed) % 12);
    plain *p = &out[i];
    *p = (plain){.year = year, .class = level == 0 ? 2 : (int)mode, .made = i};
    p->uncertain = !plain_person && trial_random(seed) % 2 == 0;
    p->on = day_of(year, month, p->uncertain ? 1 : 2 + (int)i);
    fraction hours;
    assert_true(fraction_make((int64_t)hundredths, 100, &hours) && fraction_multiply(hours, rates[level], &p->amount));
    fact *f = trial_fact(t, FACT_RECORD);
    f->kind = "training", f->unit = "学时", f->level = levels[level], f->mode = modes[mode];
    f->subject_type = FACT_PERSON, f->subject = person;
    f->amount = (amount){(int64_t)hundredths * 10000, BOUND_EXACT};
    f->since = p->uncertain ? date_of(year, month, 0) : date_of_day(p->on);
    f->until = p->uncertain ? f->since : date_of_day(p->on + 1);
  }
  if (count) qsort(out, count, sizeof *out, by_day);
  return count;
}

static void all_subsets(void **state) {
  (void)state;
  trial t;
  trial_compiles(&t, text);
  uint64_t seed = 20260101;
  size_t seen[TRIED][OUTCOMES] = {{0}}, settled_in_doubt = 0;
  static plain records[ROUNDS][MOST_RECORDS];
  size_t counts[ROUNDS];
  for (int i = 0; i < ROUNDS; i++) {
    char code[16];
    snprintf(code, sizeof code, "T%04d", i);
    counts[i] = make_person(&t, &seed, trial_person(&t, code), records[i]);
  }
  trial_on(&t, day_of(2022, 12, 31));
  for (int i = 0; i < ROUNDS; i++)
    for (int k = 0; k < TRIED; k++) {
      arena *a = arena_new();
      decision d = trial_decide(&t, tried[k].rule, (uint32_t)i, a);
      taken all = {records[i], counts[i], 0};
      bool met = false, unmet = false, doubt = false;
      for (all.subset = 0; all.subset < 1u << counts[i]; all.subset++) {
        bool twice = false; /* a subset differs by uncertain records only */
        for (size_t r = 0; r < counts[i]; r++) {
          doubt = doubt || records[i][r].uncertain;
          twice = twice || (!records[i][r].uncertain && (all.subset >> r & 1));
        }
        if (twice) continue;
        if (tried[k].model(&all))
          met = true;
        else
          unmet = true;
      }
      seen[k][d.outcome]++;
      settled_in_doubt += doubt && d.outcome != OUTCOME_UNKNOWN;
      if (d.outcome == OUTCOME_MET && unmet) fail_msg("%s, person %d: met, yet a subset is unmet", tried[k].rule, i);
      if (d.outcome == OUTCOME_UNMET && met) fail_msg("%s, person %d: unmet, yet a subset is met", tried[k].rule, i);
      if (d.outcome == OUTCOME_UNKNOWN && !doubt) fail_msg("%s, person %d: unknown without doubt", tried[k].rule, i);
      if (d.outcome == OUTCOME_UNKNOWN && tried[k].one_way && met != unmet)
        fail_msg("%s, person %d: unknown, yet every subset is %s", tried[k].rule, i, met ? "met" : "unmet");
      arena_free(a);
    }
  for (int k = 0; k < TRIED; k++) {
    print_message("%s: met %zu, unmet %zu, unknown %zu\n", tried[k].rule, seen[k][OUTCOME_MET], seen[k][OUTCOME_UNMET],
                  seen[k][OUTCOME_UNKNOWN]);
    assert_true(seen[k][OUTCOME_MET] && seen[k][OUTCOME_UNMET] && seen[k][OUTCOME_UNKNOWN]);
  }
  assert_true(settled_in_doubt > 100); /* doubt that changes nothing does not make everything unknown */
  trial_close(&t);
}

/* Records known to the year only, where the region's year begins in February: each lies in one of two years. Every way
 * in which they may lie is tried. */
static const char *const vague_text =
    "local a = { zh = 'x', en = 'x' }\n"
    "local talks = records { kind = 'talk' }\n"
    "local function see(id, need) return rule { id = id, of = 'person', per = 'cycle', needs = { { 'n', need } } } "
    "end\n"
    "return { kinds { talk = { unit = '学时', decimals = 0 } },\n"
    "period { id = 'cycle', starts = '2020-02-01', lasts = { years = 4 }, year_starts = '02-01' },\n"
    "see('cap', talks:cap(5, 'year'):at_least(12)), see('over', talks:over(5, 'year'):at_least(4)),\n"
    "see('first', talks:first(2, 'year'):at_least(14)), see('year', talks:each 'year':at_most(9)) }";

enum { TALKS = 7, YEARS = 4 };

typedef struct talk {
  int year, hours; /* of the region */
  bool vague;      /* that year or the one before */
  day on;
} talk;

static int by_talk_day(const void *a, const void *b) {
  const talk *x = a, *y = b;
  return x->on < y->on ? -1 : x->on > y->on;
}

static bool talk_model(int which, const talk *talks, size_t count, uint32_t earlier) {
  int sums[YEARS] = {0}, firsts[YEARS] = {0}, seen[YEARS] = {0}, kept = 0, over = 0, first = 0;
  bool most = true;
  for (size_t i = 0; i < count; i++) {
    int year = talks[i].year - 2020 - (int)(talks[i].vague && (earlier >> i & 1));
    sums[year] += talks[i].hours;
    if (seen[year]++ < 2) firsts[year] += talks[i].hours;
  }
  for (int y = 0; y < YEARS; y++) {
    kept += sums[y] < 5 ? sums[y] : 5;
    over += sums[y] > 5 ? sums[y] - 5 : 0;
    first += firsts[y];
    most = most && sums[y] <= 9;
  }
  return which == 0 ? kept >= 12 : which == 1 ? over >= 4 : which == 2 ? first >= 14 : most;
}

static void every_year_it_may_lie_in(void **state) {
  (void)state;
  trial t;
  trial_compiles(&t, vague_text);
  static talk talks[ROUNDS][TALKS];
  size_t counts[ROUNDS], seen[4][OUTCOMES] = {{0}};
  uint64_t seed = 99;
  for (int i = 0; i < ROUNDS; i++) {
    char code[16];
    snprintf(code, sizeof code, "T%04d", i);
    int64_t person = trial_person(&t, code);
    counts[i] = trial_random(&seed) % (TALKS + 1);
    for (size_t k = 0; k < counts[i]; k++) {
      talk *x = &talks[i][k];
      *x = (talk){.hours = 1 + (int)(trial_random(&seed) % 8), .vague = i % 3 && trial_random(&seed) % 3 == 0};
      x->year = 2020 + (x->vague ? 1 + (int)(trial_random(&seed) % 3) : (int)(trial_random(&seed) % 4));
      x->on = x->vague ? day_of(x->year, 1, 1) : day_of(x->year, 3, 1) + (day)k;
    }
    for (size_t k = 1; k < counts[i]; k++) /* one a year, so that the order is settled */
      for (size_t m = 0; m < k; m++)
        if (talks[i][m].vague && talks[i][k].vague && talks[i][m].year == talks[i][k].year)
          talks[i][k].vague = false, talks[i][k].on = day_of(talks[i][k].year, 3, 1) + (day)k;
    qsort(talks[i], counts[i], sizeof(talk), by_talk_day);
    for (size_t k = 0; k < counts[i]; k++) {
      fact *f = trial_fact(&t, FACT_RECORD);
      f->kind = "talk", f->unit = "学时", f->subject_type = FACT_PERSON, f->subject = person;
      f->amount = (amount){talks[i][k].hours * (int64_t)AMOUNT_ONE, BOUND_EXACT};
      f->since = f->until = talks[i][k].vague ? date_of(talks[i][k].year, 0, 0) : date_of_day(talks[i][k].on);
    }
  }
  trial_on(&t, day_of(2024, 1, 31));
  static const char *const rules[] = {"cap", "over", "first", "year"};
  for (int i = 0; i < ROUNDS; i++)
    for (int which = 0; which < 4; which++) {
      arena *a = arena_new();
      decision d = trial_decide(&t, rules[which], (uint32_t)i, a);
      bool met = false, unmet = false;
      for (uint32_t earlier = 0; earlier < 1u << counts[i]; earlier++) {
        bool is = talk_model(which, talks[i], counts[i], earlier);
        met = met || is;
        unmet = unmet || !is;
      }
      seen[which][d.outcome]++;
      if (d.outcome == OUTCOME_MET && unmet) fail_msg("%s, person %d: met, yet not in every way", rules[which], i);
      if (d.outcome == OUTCOME_UNMET && met) fail_msg("%s, person %d: unmet, yet met in a way", rules[which], i);
      arena_free(a);
    }
  for (int which = 0; which < 4; which++) {
    print_message("%s: met %zu, unmet %zu, unknown %zu\n", rules[which], seen[which][OUTCOME_MET],
                  seen[which][OUTCOME_UNMET], seen[which][OUTCOME_UNKNOWN]);
    assert_true(seen[which][OUTCOME_MET] && seen[which][OUTCOME_UNMET] && seen[which][OUTCOME_UNKNOWN]);
  }
  trial_close(&t);
}

int main(int argc, char **argv) {
  int code;
  if (trial_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(all_subsets), cmocka_unit_test(every_year_it_may_lie_in)};
  return cmocka_run_group_tests_name("pack_bracket", tests, NULL, NULL);
}
