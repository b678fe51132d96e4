/* What may happen to a ledger in a history by chance: the steps, and what they are made of. */
#ifndef HONGZHU_TESTS_TASK_HISTORY_H
#define HONGZHU_TESTS_TASK_HISTORY_H

#include "unit/ledger_support.h"

enum { PEOPLE_FIRST = 12, PEOPLE_MOST = 40, SCHOOLS = 3, COUNTIES = 2, COHORTS = 2, VARIANTS = 6 };

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

static inline uint64_t draw(uint64_t *state, uint64_t below) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (*state >> 33) % below;
}

/* ---- what is there ---- */

typedef struct facts_there {
  arena *memory;
  fact *items;
  size_t count, capacity;
} facts_there;

static inline bool take_fact(void *context, const fact *f) {
  facts_there *t = context;
  fact *one = ARENA_PUSH(t->memory, t->items, t->count, t->capacity);
  *one = *f;
  const char **texts[] = {&one->kind,   &one->code, &one->name,       &one->level,  &one->mode,
                          &one->status, &one->unit, &one->attributes, &one->id_tail};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = arena_text(t->memory, *texts[i]);
  return true;
}

static inline facts_there there(history *h, fact_type type) {
  facts_there t = {.memory = h->b.memory};
  assert_true(ledger_facts(h->b.ledger, type, ledger_last(h->b.ledger), take_fact, &t, h->b.problems));
  return t;
}

static inline int64_t one_of(history *h, const facts_there *t) {
  return t->count ? t->items[draw(&h->chance, t->count)].entity : 0;
}

/* ---- facts by chance ---- */

static inline date some_date(history *h) {
  int year = 2019 + (int)draw(&h->chance, 6), month = 1 + (int)draw(&h->chance, 12);
  uint64_t known = draw(&h->chance, 10);
  return date_of(year, known == 0 ? 0 : month, known <= 1 ? 0 : 1 + (int)draw(&h->chance, 28));
}

static inline fact filled(history *h, fact_type type, const char *kind) {
  fact f = fact_of(type, ++h->row);
  f.kind = kind;
  f.key = digest_key(digest_named(arena_format(h->b.memory, "%lld", (long long)h->row)));
  return f;
}

static inline fact some_record(history *h) {
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

static inline importing *begin(history *h) {
  return bench_begin(&h->b, arena_format(h->b.memory, "file-%d.csv", ++h->imports));
}

static inline void put_records(history *h, importing *i, uint64_t most) {
  for (uint64_t k = 1 + draw(&h->chance, most); k > 0; k--) {
    fact f = some_record(h);
    if (f.subject) bench_put(&h->b, i, f);
  }
}

static inline int64_t put_person(history *h, importing *i) {
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

static inline int64_t school_of(history *h) {
  facts_there all = there(h, FACT_ORGANIZATION);
  size_t schools = 0;
  for (size_t k = 0; k < all.count; k++)
    if (strcmp(all.items[k].kind, "county") != 0) all.items[schools++] = all.items[k];
  all.count = schools;
  return one_of(h, &all);
}

static inline void put_post(history *h, importing *i, int64_t person, int64_t school) {
  fact f = filled(h, FACT_POST, "teaching");
  f.subject_type = FACT_PERSON;
  f.subject = person;
  f.object_type = FACT_ORGANIZATION;
  f.object = school;
  if (draw(&h->chance, 2)) f.since = date_of_day(day_of(2019 + (int)draw(&h->chance, 5), 9, 1));
  bench_put(&h->b, i, f);
}

/* ---- the beginning ---- */

static inline void put_world(history *h) {
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

static inline void bind(history *h, size_t variant) {
  binding b = {.image = h->variants->rows[variant].id, .from = day_of(2015, 1, 1), .who = "clerk", .at = "2025-01-01"};
  assert_true(ledger_bind(h->b.ledger, &b, h->b.problems));
}

/* ---- steps ---- */

static inline void correct(history *h, importing *i, fact_type type) {
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

static inline void withdraw(history *h, importing *i) {
  static const fact_type types[] = {FACT_RECORD, FACT_RECORD, FACT_RECORD, FACT_POST, FACT_RELATION};
  facts_there all = there(h, types[draw(&h->chance, 5)]);
  for (uint64_t k = 1 + draw(&h->chance, 3); k > 0 && all.count > 0; k--) {
    size_t at = draw(&h->chance, all.count);
    assert_true(ledger_close_fact(i, all.items[at].id, h->b.problems));
    all.items[at] = all.items[--all.count];
  }
}

static inline void undo(history *h) {
  int64_t last = ledger_last(h->b.ledger), back = (int64_t)draw(&h->chance, 5), *undone;
  size_t count;
  if (last - back <= 2) return;
  faults *unheard = faults_new(h->b.memory); /* one that is undone already is refused */
  ledger_undo(h->b.ledger, last - back, true, "clerk", "2025-01-01T00:00:00Z", false, h->b.memory, &undone, &count,
              unheard);
}

static inline void merge(history *h) {
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

static inline void move(history *h, importing *i) {
  facts_there posts = there(h, FACT_POST), people = there(h, FACT_PERSON);
  if (posts.count && draw(&h->chance, 3)) {
    const fact *f = &posts.items[draw(&h->chance, posts.count)];
    assert_true(ledger_close_fact(i, f->id, h->b.problems));
    put_post(h, i, f->subject, school_of(h));
  } else if (people.count) {
    put_post(h, i, one_of(h, &people), school_of(h));
  }
}

static inline void relate(history *h, importing *i) {
  facts_there people = there(h, FACT_PERSON);
  fact f = filled(h, FACT_RELATION, "mentor");
  f.subject_type = f.object_type = FACT_PERSON;
  f.subject = one_of(h, &people);
  f.object = one_of(h, &people);
  f.since = date_of_day(day_of(2019 + (int)draw(&h->chance, 4), 1, 1));
  if (draw(&h->chance, 2)) f.until = date_of_day(day_of(2023 + (int)draw(&h->chance, 2), 6, 30));
  if (f.subject && f.subject != f.object) bench_put(&h->b, i, f);
}

static inline void enroll(history *h, importing *i) {
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

static inline void take_step(history *h, const step *s) {
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

#endif
