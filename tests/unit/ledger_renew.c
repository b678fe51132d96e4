/* The subject file made from an earlier one: it has the bytes that it has when it is made from the facts, after any
 * history of imports, corrections, withdrawals, undos, merges and moves.
 *
 * A history is a list of steps, each with a seed of its own, so that a step can be left out. One that fails is shrunk
 * to few steps and printed. HONGZHU_HISTORY_SEED and HONGZHU_HISTORY_STEPS ask for another or a longer one.
 */
#include "unit/ledger_dump.h"
#include "unit/task_history.h"

#include "ledger/subjects_build.h"
#include "ledger/subjects_renew.h"

#include <sys/mman.h>
#include <sys/stat.h>

#ifdef __SANITIZE_ADDRESS__ /* where each step takes five times as long */
enum { STEPS = 400 };
#else
enum { STEPS = 800 };
#endif
enum { SHRINK_RUNS = 300, OLD_MOST = 3 };

/* ---- files ---- */

static int made_anew(bench *b) {
  int64_t last = ledger_last(b->ledger);
  int descriptor = memfd_create("anew", MFD_CLOEXEC);
  assert_true(descriptor >= 0);
  subject_builder *of = subjects_read(b->ledger, last, b->problems);
  if (of == NULL) bench_show(b);
  assert_non_null(of);
  builder_order(of);
  assert_true(builder_write(of, descriptor, ledger_chain(b->ledger, last), last));
  builder_free(of);
  return descriptor;
}

static mapped *map(int descriptor) {
  const char *reason;
  mapped *m = mapped_open(descriptor, &reason);
  if (reason == NULL) reason = mapped_fit(m, true, 1);
  if (reason != NULL) fail_msg("%s is wrong", reason);
  return m;
}

static char *said_by(bench *b, mapped *m) {
  return dump_text(b, &m->public);
}

static uint64_t width_of(const mapped *m, fact_type type, int column) {
  subjects_section s;
  for (uint32_t i = 0; i < m->header.sections; i++) {
    memcpy(&s, m->bytes + m->header.data_end + (uint64_t)i * sizeof s, sizeof s);
    if ((fact_type)s.table == type && s.column == column) return s.width;
  }
  return 0;
}

/* Where two files differ, in words. */
static void show_difference(bench *b, mapped *renewed, mapped *anew) {
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++) {
    for (int column = 0; column < SECTION_COLUMNS; column++) {
      const unsigned char *one = renewed->found[type][column], *other = anew->found[type][column];
      if ((one == NULL) != (other == NULL))
        print_message("  table %d column %d: renewed %d, anew %d\n", type, column, one != NULL, other != NULL);
      else if (renewed->counts[type][column] != anew->counts[type][column])
        print_message("  table %d column %d: renewed %llu, anew %llu\n", type, column,
                      (unsigned long long)renewed->counts[type][column],
                      (unsigned long long)anew->counts[type][column]);
      else if (one != NULL &&
               memcmp(one, other, (size_t)(anew->counts[type][column] * width_of(anew, type, column))) != 0)
        print_message("  table %d column %d: other values\n", type, column);
    }
  }
  uint32_t x = 1, y = 1;
  for (const subjects *p = &renewed->public, *q = &anew->public; x <= p->word_count || y <= q->word_count;) {
    int order = x > p->word_count ? 1 : y > q->word_count ? -1 : strcmp(p->words[x], q->words[y]);
    if (order != 0)
      print_message("  only %s: \"%s\"\n", order < 0 ? "renewed" : "anew", order < 0 ? p->words[x] : q->words[y]);
    x += order <= 0;
    y += order >= 0;
  }
  const char *one = said_by(b, renewed), *other = said_by(b, anew);
  size_t at = 0, line = 0;
  for (; one[at] != '\0' && one[at] == other[at]; at++)
    if (one[at] == '\n') line = at + 1;
  if (one[at] != other[at])
    print_message("  renewed %.*s\n  anew    %.*s\n", (int)strcspn(one + line, "\n"), one + line,
                  (int)strcspn(other + line, "\n"), other + line);
}

/* ---- steps of their own ---- */

typedef enum own_step {
  OWN_MIXED = STEP_KINDS,
  OWN_PEOPLE,
  OWN_GROUP,
  OWN_GONE,
  OWN_RECODE,
  OWN_ATTRIBUTES,
  OWN_END
} own_step;

static const char *const own_names[] = {"mixed", "people", "group", "gone", "recode", "attributes"};

static int64_t cover_of(history *h, uint64_t among) {
  return digest_key(digest_named(arena_format(h->b.memory, "cover %d", (int)draw(&h->chance, among))));
}

/* The same entity told of by another file: attributes and names that the first does not have. */
static void describe_again(history *h, importing *i) {
  static const fact_type types[] = {FACT_PERSON, FACT_PERSON, FACT_ORGANIZATION, FACT_ENROLLMENT, FACT_COHORT};
  facts_there all = there(h, types[draw(&h->chance, 5)]);
  if (all.count == 0) return;
  fact f = all.items[draw(&h->chance, all.count)];
  f.id = f.source = 0;
  f.row = ++h->row;
  f.cover = cover_of(h, 3);
  f.key = digest_key(digest_named(arena_format(h->b.memory, "%lld", (long long)h->row)));
  if (f.type != FACT_ENROLLMENT && draw(&h->chance, 2))
    f.name = arena_format(h->b.memory, "name %d", (int)draw(&h->chance, 9));
  f.attributes = draw(&h->chance, 2) ? "{\"aliases\":[\"name 1\",\"other\"]}" : "{\"theme\":\"阅读\"}";
  if (f.type == FACT_PERSON && draw(&h->chance, 2)) f.attributes = NULL;
  bench_put(&h->b, i, f);
}

static void put_activity(history *h, importing *i) {
  facts_there cohorts = there(h, FACT_COHORT), programmes = there(h, FACT_PROGRAMME), people = there(h, FACT_PERSON);
  fact f = filled(h, FACT_ACTIVITY, "session");
  f.entity = ledger_new_entity(i);
  f.code = arena_format(h->b.memory, "A%d", (int)draw(&h->chance, 6));
  bool cohort = draw(&h->chance, 3);
  f.subject_type = cohort ? FACT_COHORT : FACT_PROGRAMME;
  f.subject = one_of(h, cohort ? &cohorts : &programmes);
  if (f.subject == 0) return;
  bench_put(&h->b, i, f);
  for (uint64_t k = draw(&h->chance, 4); k > 0; k--) {
    fact r = filled(h, FACT_RECORD, "present");
    r.subject_type = FACT_PERSON;
    r.subject = one_of(h, &people);
    r.object_type = FACT_ACTIVITY;
    r.object = f.entity;
    r.since = r.until = some_date(h);
    r.cover = cover_of(h, 3);
    if (r.subject) bench_put(&h->b, i, r);
  }
}

static void put_mixed(history *h, importing *i) {
  static const char *const attributes[] = {NULL, "{\"theme\":\"阅读\",\"best\":true}",
                                           "{\"hours\":{\"amount\":\"1.5\"},\"themes\":[\"b\",\"a\"]}",
                                           "{\"day\":{\"date\":\"2024-03\"}}"};
  for (uint64_t k = 1 + draw(&h->chance, 5); k > 0; k--) {
    fact f = some_record(h);
    f.attributes = attributes[draw(&h->chance, 4)];
    f.cover = draw(&h->chance, 3) ? cover_of(h, 4) : 0;
    f.place = draw(&h->chance, 4) ? 0 : school_of(h);
    f.mode = draw(&h->chance, 5) ? NULL : arena_format(h->b.memory, "mode %d", (int)draw(&h->chance, 30));
    if (f.subject) bench_put(&h->b, i, f);
  }
}

/* Facts that tell of entities are closed, though others refer to them: what did so leads nowhere, until an undo. */
static void close_entity(history *h, importing *i) {
  static const fact_type types[] = {FACT_PERSON,   FACT_PERSON,    FACT_ENROLLMENT, FACT_ORGANIZATION,
                                    FACT_ACTIVITY, FACT_PROGRAMME, FACT_COHORT,     FACT_MERGE};
  facts_there all = there(h, types[draw(&h->chance, 8)]);
  if (all.count > 1) assert_true(ledger_close_fact(i, all.items[draw(&h->chance, all.count)].id, h->b.problems));
}

/* Another code or kind: it stands elsewhere in the order, and all that is listed by it. */
static void recode(history *h, importing *i) {
  static const fact_type types[] = {FACT_PERSON, FACT_PERSON,     FACT_ORGANIZATION, FACT_ACTIVITY,
                                    FACT_COHORT, FACT_ENROLLMENT, FACT_PROGRAMME};
  facts_there all = there(h, types[draw(&h->chance, 7)]);
  if (all.count == 0) return;
  fact f = all.items[draw(&h->chance, all.count)];
  assert_true(ledger_close_fact(i, f.id, h->b.problems));
  f.id = f.source = 0;
  f.row = ++h->row;
  if (f.type != FACT_ENROLLMENT)
    f.code = arena_format(h->b.memory, "%c%d", (int)('A' + draw(&h->chance, 26)), (int)draw(&h->chance, 99));
  if (f.type != FACT_PERSON && draw(&h->chance, 2))
    f.kind = arena_format(h->b.memory, "kind %d", (int)draw(&h->chance, 3));
  if (f.type == FACT_COHORT && draw(&h->chance, 2)) {
    facts_there programmes = there(h, FACT_PROGRAMME);
    f.subject = one_of(h, &programmes);
  }
  if (f.type == FACT_ENROLLMENT && draw(&h->chance, 2)) {
    facts_there people = there(h, FACT_PERSON), cohorts = there(h, FACT_COHORT);
    f.subject = one_of(h, &people);
    f.object = one_of(h, &cohorts);
  }
  bench_put(&h->b, i, f);
}

static void merge_more(history *h) {
  facts_there people = there(h, FACT_PERSON), merges = there(h, FACT_MERGE);
  if (people.count < 3) return;
  /* also chains, two merges of one person, circles, and persons who are gone */
  int64_t from = one_of(h, &people), into = one_of(h, &people);
  if (merges.count > 0 && draw(&h->chance, 2)) from = merges.items[draw(&h->chance, merges.count)].object;
  if (merges.count > 0 && draw(&h->chance, 3) == 0) into = merges.items[draw(&h->chance, merges.count)].subject;
  if (from == into) return;
  importing *i = begin(h);
  fact f = filled(h, FACT_MERGE, NULL);
  f.subject_type = f.object_type = FACT_PERSON;
  f.subject = from;
  f.object = into;
  bench_put(&h->b, i, f);
  bench_commit(&h->b, i);
}

static void take_own_step(history *h, const step *s) {
  if ((int)s->kind < STEP_KINDS) {
    take_step(h, s);
    return;
  }
  h->chance = s->seed;
  if ((int)s->kind == OWN_GROUP) {
    merge_more(h);
    return;
  }
  importing *i = begin(h);
  switch ((int)s->kind) {
  case OWN_MIXED:
    put_mixed(h, i);
    if (draw(&h->chance, 2)) put_activity(h, i);
    break;
  case OWN_PEOPLE:
    put_post(h, i, put_person(h, i), school_of(h));
    break;
  case OWN_GONE:
    close_entity(h, i);
    break;
  case OWN_RECODE:
    recode(h, i);
    break;
  default:
    describe_again(h, i);
  }
  bench_commit(&h->b, i);
}

/* ---- histories ---- */

typedef struct tally {
  size_t renewed, anew, share; /* share: of steps after which too much had changed */
} tally;

/* False where a renewed file has other bytes than one made anew. */
static bool same_bytes(bench *b, const mapped *old, int anew, tally *t, bool say) {
  int descriptor = memfd_create("renewed", MFD_CLOEXEC);
  int64_t last = ledger_last(b->ledger);
  bool good = true;
  if (subjects_renew(b->ledger, old, last, descriptor)) {
    t->renewed++;
    mapped *one = map(descriptor), *other = map(anew);
    good = one->size == other->size && memcmp(one->bytes, other->bytes, one->size) == 0;
    if (!good && say) show_difference(b, one, other);
    mapped_close(one);
    mapped_close(other);
  } else {
    t->anew++;
  }
  close(descriptor);
  return good;
}

/* The number of the first step after which something is wrong; `count` if all is well. */
static size_t run_history(const step *steps, size_t count, tally *t, bool say) {
  history h = {.b = bench_new(), .chance = 1};
  put_world(&h);
  for (int k = 0; k < 12; k++) { /* enough that a step is a small part */
    importing *i = begin(&h);
    for (int n = 0; n < 6; n++) put_mixed(&h, i);
    bench_commit(&h.b, i);
  }
  arena *whole = h.b.memory;
  faults *heard = h.b.problems;
  int file = made_anew(&h.b);
  mapped *old = map(file);
  size_t at = 0;
  close(file);
  for (; at < count; at++) {
    h.b.memory = arena_new(); /* what a step needs */
    h.b.problems = faults_new(h.b.memory);
    take_own_step(&h, &steps[at]);
    file = made_anew(&h.b);
    bool good = old->header.known_after == ledger_last(h.b.ledger) || same_bytes(&h.b, old, file, t, say);
    if (good && (steps[at].seed >> 9) % OLD_MOST == 0) {
      mapped_close(old);
      old = map(file);
    }
    close(file);
    arena_free(h.b.memory);
    h.b.memory = whole;
    h.b.problems = heard;
    if (!good) break;
  }
  mapped_close(old);
  bench_end(&h.b);
  return at;
}

static size_t shrink(step *steps, size_t count) {
  step *fewer = memory_take((count + 1) * sizeof *fewer);
  tally unused = {0};
  int runs = 0;
  for (size_t piece = count / 2; piece > 0 && count > 1; piece = piece > 1 ? piece / 2 : 0) {
    for (size_t from = 0; from + 1 < count && runs < SHRINK_RUNS; runs++) {
      size_t left_out = from + piece < count - 1 ? piece : count - 1 - from; /* the last step stays */
      memcpy(fewer, steps, from * sizeof *fewer);
      memcpy(fewer + from, steps + from + left_out, (count - from - left_out) * sizeof *fewer);
      size_t failed = run_history(fewer, count - left_out, &unused, false);
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
  static const int kinds[] = {STEP_RECORDS, STEP_CORRECT, STEP_CORRECT,   STEP_WITHDRAW, STEP_UNDO,   STEP_UNDO,
                              STEP_MERGE,   STEP_MOVE,    STEP_ENTITY,    STEP_RELATION, STEP_ENROLL, STEP_PERSON,
                              OWN_MIXED,    OWN_MIXED,    OWN_PEOPLE,     OWN_GROUP,     OWN_GONE,    OWN_GONE,
                              OWN_RECODE,   OWN_RECODE,   OWN_ATTRIBUTES, OWN_ATTRIBUTES};
  int kind = kinds[draw(chance, sizeof kinds / sizeof *kinds)];
  uint64_t seed = draw(chance, UINT32_MAX) << 16 ^ draw(chance, UINT32_MAX);
  return (step){(step_kind)kind, seed};
}

static void renewed_is_made_anew(void **state) {
  (void)state;
  uint64_t seed = (uint64_t)asked("HONGZHU_HISTORY_SEED", 2025), chance = seed;
  size_t count = (size_t)asked("HONGZHU_HISTORY_STEPS", STEPS);
  step *steps = memory_take(count * sizeof *steps);
  tally t = {0};
  for (size_t k = 0; k < count; k++) steps[k] = some_step(&chance);
  size_t failed = run_history(steps, count, &t, false);
  if (failed < count) {
    size_t few = shrink(steps, failed + 1);
    print_message("seed %llu, step %zu; these steps alone do it:\n", (unsigned long long)seed, failed + 1);
    for (size_t k = 0; k < few; k++)
      print_message("  %s %llu\n",
                    (int)steps[k].kind < STEP_KINDS ? step_names[steps[k].kind]
                                                    : own_names[(int)steps[k].kind - STEP_KINDS],
                    (unsigned long long)steps[k].seed);
    run_history(steps, few, &t, true);
  } else {
    print_message("%zu steps: %zu files renewed, %zu made anew\n", count, t.renewed, t.anew);
    assert_true(t.renewed > 2 * t.anew);
  }
  free(steps);
  assert_int_equal(failed, count);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(renewed_is_made_anew)};
  return cmocka_run_group_tests_name("ledger_renew", tests, NULL, NULL);
}
