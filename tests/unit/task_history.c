/* Histories by chance: after every import, correction, withdrawal, undo, merge, move of a person, change of an
 * organization, change of the rule set and move in time, what is stored is what would be decided from nothing.
 *
 * A history is a list of steps, each with a seed of its own, so that a step can be left out. One that fails is shrunk
 * to few steps and printed. HONGZHU_HISTORY_SEED and HONGZHU_HISTORY_STEPS ask for another or a longer one.
 */
#include "unit/ledger_support.h"

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
enum { PEOPLE_FIRST = 12, PEOPLE_MOST = 40, SCHOOLS = 3, COUNTIES = 2, COHORTS = 2, VARIANTS = 6 };
enum { SHRINK_RUNS = 400, SHRINK_SECONDS = 120 };

typedef enum step_kind {
  STEP_RECORDS,
  STEP_CORRECT,
  STEP_WITHDRAW,
  STEP_UNDO,
  STEP_MERGE,
  STEP_MOVE,
  STEP_ENTITY,
  STEP_RELATION,
  STEP_ENROLL,
  STEP_PERSON,
  STEP_RULES,
  STEP_TOMORROW,
  STEP_LATER,
  STEP_EARLIER,
  STEP_SAME,
  STEP_KINDS
} step_kind;

static const char *const step_names[STEP_KINDS] = {"records", "correct",  "withdraw", "undo",    "merge",
                                                   "move",    "entity",   "relation", "enroll",  "person",
                                                   "rules",   "tomorrow", "later",    "earlier", "same"};
static const int step_weights[STEP_KINDS] = {26, 12, 8, 6, 2, 6, 3, 5, 5, 3, 6, 8, 3, 2, 5};

typedef struct step {
  step_kind kind;
  uint64_t seed;
} step;

typedef struct variants { /* of the pack: compiled once, bound again and again */
  arena *memory;
  faults *problems;
  image_row rows[VARIANTS];
} variants;

typedef struct history {
  bench b;
  const variants *variants;
  day on;
  uint64_t chance;
  int64_t row; /* of the made-up files */
  int imports;
  size_t decided, asked; /* subjects decided again, and subjects there were, over all steps and rules */
} history;

static uint64_t draw(uint64_t *state, uint64_t below) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (*state >> 33) % below;
}

/* ---- what is there ---- */

typedef struct facts_there {
  arena *memory;
  fact *items;
  size_t count, capacity;
} facts_there;

static bool take_fact(void *context, const fact *f) {
  facts_there *t = context;
  fact *one = ARENA_PUSH(t->memory, t->items, t->count, t->capacity);
  *one = *f;
  const char **texts[] = {&one->kind,   &one->code, &one->name,       &one->level,  &one->mode,
                          &one->status, &one->unit, &one->attributes, &one->id_tail};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = arena_text(t->memory, *texts[i]);
  return true;
}

static facts_there there(history *h, fact_type type) {
  facts_there t = {.memory = h->b.memory};
  assert_true(ledger_facts(h->b.ledger, type, ledger_last(h->b.ledger), take_fact, &t, h->b.problems));
  return t;
}

static int64_t one_of(history *h, const facts_there *t) {
  return t->count ? t->items[draw(&h->chance, t->count)].entity : 0;
}

/* ---- facts by chance ---- */

static date some_date(history *h) {
  int year = 2019 + (int)draw(&h->chance, 6), month = 1 + (int)draw(&h->chance, 12);
  uint64_t known = draw(&h->chance, 10);
  return date_of(year, known == 0 ? 0 : month, known <= 1 ? 0 : 1 + (int)draw(&h->chance, 28));
}

static fact filled(history *h, fact_type type, const char *kind) {
  fact f = fact_of(type, ++h->row);
  f.kind = kind;
  f.key = digest_key(digest_named(arena_format(h->b.memory, "%lld", (long long)h->row)));
  return f;
}

static fact some_record(history *h) {
  static const char *const levels[] = {"school", "county", "city"};
  static const bound bounds[] = {BOUND_EXACT, BOUND_EXACT, BOUND_EXACT, BOUND_AT_LEAST, BOUND_UNKNOWN};
  uint64_t about = draw(&h->chance, 12);
  fact_type type = about < 8    ? FACT_PERSON
                   : about < 10 ? FACT_ENROLLMENT
                   : about < 11 ? FACT_ORGANIZATION
                                : FACT_COHORT;
  facts_there all = there(h, type);
  fact f = filled(h, FACT_RECORD, "training");
  f.subject_type = type;
  f.subject = one_of(h, &all);
  f.since = f.until = some_date(h);
  if (type == FACT_ORGANIZATION || type == FACT_COHORT || (type == FACT_ENROLLMENT && draw(&h->chance, 2))) {
    f.kind = type == FACT_ENROLLMENT ? "absence" : "plan";
    return f;
  }
  if (type == FACT_PERSON && draw(&h->chance, 4) == 0) f.kind = "lesson";
  if (type == FACT_PERSON && draw(&h->chance, 20) == 0) {
    f.kind = "hired";
    return f;
  }
  f.unit = "学时";
  f.amount = (amount){(int64_t)(1 + draw(&h->chance, 30)) * 500000, bounds[draw(&h->chance, 5)]};
  if (strcmp(f.kind, "training") == 0) f.level = levels[draw(&h->chance, 3)];
  return f;
}

static importing *begin(history *h) {
  return bench_begin(&h->b, arena_format(h->b.memory, "file-%d.csv", ++h->imports));
}

static void put_records(history *h, importing *i, uint64_t most) {
  for (uint64_t k = 1 + draw(&h->chance, most); k > 0; k--) {
    fact f = some_record(h);
    if (f.subject) bench_put(&h->b, i, f);
  }
}

static int64_t put_person(history *h, importing *i) {
  fact f = filled(h, FACT_PERSON, NULL);
  f.entity = ledger_new_entity(i);
  f.code = arena_format(h->b.memory, "T%lld", (long long)f.entity);
  bench_put(&h->b, i, f);
  if (draw(&h->chance, 4)) {
    fact hired = filled(h, FACT_RECORD, "hired");
    hired.subject_type = FACT_PERSON;
    hired.subject = f.entity;
    hired.since = hired.until = some_date(h);
    bench_put(&h->b, i, hired);
  }
  return f.entity;
}

static int64_t school_of(history *h) {
  facts_there all = there(h, FACT_ORGANIZATION);
  size_t schools = 0;
  for (size_t k = 0; k < all.count; k++)
    if (strcmp(all.items[k].kind, "county") != 0) all.items[schools++] = all.items[k];
  all.count = schools;
  return one_of(h, &all);
}

static void put_post(history *h, importing *i, int64_t person, int64_t school) {
  fact f = filled(h, FACT_POST, "teaching");
  f.subject_type = FACT_PERSON;
  f.subject = person;
  f.object_type = FACT_ORGANIZATION;
  f.object = school;
  if (draw(&h->chance, 2)) f.since = date_of_day(day_of(2019 + (int)draw(&h->chance, 5), 9, 1));
  bench_put(&h->b, i, f);
}

/* ---- the beginning ---- */

static void put_world(history *h) {
  importing *i = begin(h);
  int64_t counties[COUNTIES], schools[SCHOOLS], programme;
  for (int k = 0; k < COUNTIES; k++) {
    fact f = filled(h, FACT_ORGANIZATION, "county");
    f.entity = counties[k] = ledger_new_entity(i);
    f.code = k ? "S" : "N";
    bench_put(&h->b, i, f);
  }
  for (int k = 0; k < SCHOOLS; k++) {
    fact f = filled(h, FACT_ORGANIZATION, "school");
    f.entity = schools[k] = ledger_new_entity(i);
    f.code = arena_format(h->b.memory, "S%d", k);
    f.object_type = FACT_ORGANIZATION;
    f.object = counties[k % COUNTIES];
    bench_put(&h->b, i, f);
  }
  fact p = filled(h, FACT_PROGRAMME, "programme");
  p.entity = programme = ledger_new_entity(i);
  p.code = "P";
  bench_put(&h->b, i, p);
  for (int k = 0; k < COHORTS; k++) {
    fact f = filled(h, FACT_COHORT, "class");
    f.entity = ledger_new_entity(i);
    f.code = arena_format(h->b.memory, "P-%d", k);
    f.subject_type = FACT_PROGRAMME;
    f.subject = programme;
    bench_put(&h->b, i, f);
  }
  for (int k = 0; k < PEOPLE_FIRST; k++) put_post(h, i, put_person(h, i), schools[k % SCHOOLS]);
  bench_commit(&h->b, i);
  i = begin(h);
  put_records(h, i, 60);
  bench_commit(&h->b, i);
}

static void bind(history *h, size_t variant) {
  binding b = {.image = h->variants->rows[variant].id, .from = day_of(2015, 1, 1), .who = "clerk", .at = "2025-01-01"};
  assert_true(ledger_bind(h->b.ledger, &b, h->b.problems));
}

/* ---- steps ---- */

static void correct(history *h, importing *i, fact_type type) {
  facts_there all = there(h, type);
  if (!all.count) return;
  fact f = all.items[draw(&h->chance, all.count)];
  assert_true(ledger_close_fact(i, f.id, h->b.problems));
  fact other = f;
  other.id = other.source = 0;
  other.row = ++h->row;
  if (type == FACT_RECORD) {
    if (f.amount.bound != BOUND_NONE) other.amount.millionths += (int64_t)(1 + draw(&h->chance, 9)) * 500000;
    if (draw(&h->chance, 2)) other.since = other.until = some_date(h);
  } else if (type == FACT_ORGANIZATION) {
    facts_there counties = there(h, type);
    size_t count = 0;
    for (size_t k = 0; k < counties.count; k++)
      if (!strcmp(counties.items[k].kind, "county")) counties.items[count++] = counties.items[k];
    counties.count = count;
    if (!strcmp(f.kind, "county"))
      other.code = draw(&h->chance, 2) ? "N" : "S";
    else if (draw(&h->chance, 3))
      other.object = one_of(h, &counties);
    else
      other.kind = strcmp(f.kind, "school") ? "school" : "bureau";
  } else if (type == FACT_ENROLLMENT) {
    other.place = draw(&h->chance, 3) ? school_of(h) : 0;
  }
  bench_put(&h->b, i, other);
}

static void withdraw(history *h, importing *i) {
  static const fact_type types[] = {FACT_RECORD, FACT_RECORD, FACT_RECORD, FACT_POST, FACT_RELATION};
  facts_there all = there(h, types[draw(&h->chance, 5)]);
  for (uint64_t k = 1 + draw(&h->chance, 3); k > 0 && all.count > 0; k--) {
    size_t at = draw(&h->chance, all.count);
    assert_true(ledger_close_fact(i, all.items[at].id, h->b.problems));
    all.items[at] = all.items[--all.count];
  }
}

static void undo(history *h) {
  int64_t last = ledger_last(h->b.ledger), back = (int64_t)draw(&h->chance, 5), *undone;
  size_t count;
  if (last - back <= 2) return;
  faults *unheard = faults_new(h->b.memory); /* one that is undone already is refused */
  ledger_undo(h->b.ledger, last - back, true, "clerk", "2025-01-01T00:00:00Z", false, h->b.memory, &undone, &count,
              unheard);
}

static void merge(history *h) {
  facts_there people = there(h, FACT_PERSON), merges = there(h, FACT_MERGE);
  int64_t from = one_of(h, &people), into = one_of(h, &people);
  if (from == into || people.count < PEOPLE_FIRST / 2) return;
  for (size_t k = 0; k < merges.count; k++)
    if (merges.items[k].subject == from || merges.items[k].subject == into) return;
import head = {.kind = IMPORT_MERGE, .who = "clerk", .at = "2025-01-01T00:00:00Z" };
  importing *i = ledger_begin(h->b.ledger, &head, h->b.problems);
  assert_non_null(i);
  fact f = filled(h, FACT_MERGE, NULL);
  f.subject_type = f.object_type = FACT_PERSON;
  f.subject = from;
  f.object = into;
  bench_put(&h->b, i, f);
  bench_commit(&h->b, i);
}

static void move(history *h, importing *i) {
  facts_there posts = there(h, FACT_POST), people = there(h, FACT_PERSON);
  if (posts.count && draw(&h->chance, 3)) {
    const fact *f = &posts.items[draw(&h->chance, posts.count)];
    assert_true(ledger_close_fact(i, f->id, h->b.problems));
    put_post(h, i, f->subject, school_of(h));
  } else if (people.count) {
    put_post(h, i, one_of(h, &people), school_of(h));
  }
}

static void relate(history *h, importing *i) {
  facts_there people = there(h, FACT_PERSON);
  fact f = filled(h, FACT_RELATION, "mentor");
  f.subject_type = f.object_type = FACT_PERSON;
  f.subject = one_of(h, &people);
  f.object = one_of(h, &people);
  f.since = date_of_day(day_of(2019 + (int)draw(&h->chance, 4), 1, 1));
  if (draw(&h->chance, 2)) f.until = date_of_day(day_of(2023 + (int)draw(&h->chance, 2), 6, 30));
  if (f.subject && f.subject != f.object) bench_put(&h->b, i, f);
}

static void enroll(history *h, importing *i) {
  facts_there people = there(h, FACT_PERSON), cohorts = there(h, FACT_COHORT);
  fact f = filled(h, FACT_ENROLLMENT, "placement");
  f.entity = ledger_new_entity(i);
  f.subject_type = FACT_PERSON;
  f.subject = one_of(h, &people);
  f.object_type = FACT_COHORT;
  f.object = one_of(h, &cohorts);
  if (draw(&h->chance, 3)) f.place = school_of(h);
  if (f.subject) bench_put(&h->b, i, f);
}

static void take_step(history *h, const step *s) {
  static const fact_type described[] = {FACT_ORGANIZATION, FACT_ORGANIZATION, FACT_COHORT, FACT_PERSON,
                                        FACT_ENROLLMENT};
  h->chance = s->seed;
  if (s->kind >= STEP_RULES) {
    if (s->kind == STEP_RULES) bind(h, draw(&h->chance, VARIANTS));
    if (s->kind == STEP_TOMORROW) h->on++;
    if (s->kind == STEP_LATER) h->on += (day)draw(&h->chance, 200);
    if (s->kind == STEP_EARLIER) h->on -= (day)draw(&h->chance, 100);
    return;
  }
  if (s->kind == STEP_UNDO || s->kind == STEP_MERGE) {
    s->kind == STEP_UNDO ? undo(h) : merge(h);
    return;
  }
  importing *i = begin(h);
  facts_there people = there(h, FACT_PERSON);
  switch (s->kind) {
  case STEP_RECORDS:
    put_records(h, i, 4);
    break;
  case STEP_CORRECT:
    correct(h, i, FACT_RECORD);
    break;
  case STEP_WITHDRAW:
    withdraw(h, i);
    break;
  case STEP_MOVE:
    move(h, i);
    break;
  case STEP_ENTITY:
    correct(h, i, described[draw(&h->chance, 5)]);
    break;
  case STEP_RELATION:
    relate(h, i);
    break;
  case STEP_ENROLL:
    enroll(h, i);
    break;
  default:
    if (people.count < PEOPLE_MOST) put_post(h, i, put_person(h, i), school_of(h));
  }
  bench_commit(&h->b, i);
}

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
