/* The subject file made from an earlier one: it has the bytes that it has when it is made from the facts, after any
 * history of imports, corrections, withdrawals, undos, merges and moves.
 *
 * A history is a list of steps, each with a seed of its own, so that a step can be left out. One that fails is shrunk
 * to few steps and printed. HONGZHU_HISTORY_SEED and HONGZHU_HISTORY_STEPS ask for another or a longer one.
 */
#include "unit/renew_history.h"

#ifdef __SANITIZE_ADDRESS__ /* where each step takes five times as long */
enum { STEPS = 400 };
#else
enum { STEPS = 800 };
#endif
enum { SHRINK_RUNS = 300, OLD_MOST = 3 };

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
  put_more_world(&h);
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

/* ---- what is made from the facts all the same ---- */

/* Without a place in a file: only by what it says it is told from others. */
static fact placeless(int64_t person, int64_t whole) {
  fact f = record_of(person, 0, "lesson", day_of(2024, 5, 6), whole);
  f.sheet = f.part = 0;
  return f;
}

static mapped *file_now(bench *b) {
  int file = made_anew(b);
  mapped *m = map(file);
  close(file);
  return m;
}

/* Whether it was renewed; then it has the bytes that it should have. */
static bool renews(bench *b, const mapped *old) {
  tally t = {0};
  int file = made_anew(b);
  assert_true(same_bytes(b, old, file, &t, true));
  close(file);
  return t.renewed == 1;
}

static void what_cannot_be_told_is_made_anew(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "a.csv");
  for (int k = 1; k <= 5; k++) {
    int64_t person = ledger_new_entity(i);
    bench_put(&b, i, person_of(person, k, arena_format(b.memory, "T%02d", k)));
    bench_put(&b, i, placeless(person, 1));
    bench_put(&b, i, placeless(person, 3));
  }
  bench_commit(&b, i);
  mapped *old = file_now(&b);

  i = bench_begin(&b, "b.csv"); /* between two that differ in nothing but their amounts */
  fact f = placeless(2, 2);
  f.source = 1;
  bench_put(&b, i, f);
  assert_false(subjects_renew(b.ledger, old, ledger_last(b.ledger), -1)); /* it is not all there */
  bench_commit(&b, i);
  assert_true(renews(&b, old));
  mapped_close(old);

  old = file_now(&b); /* one that differs in its key alone */
  i = bench_begin(&b, "c.csv");
  f.key = 77;
  bench_put(&b, i, f);
  bench_commit(&b, i);
  assert_false(renews(&b, old));
  mapped_close(old);

  old = file_now(&b); /* another order of persons, which might decide between those without a place */
  i = bench_begin(&b, "d.csv");
  assert_true(ledger_close_fact(i, 1, b.problems));
  bench_put(&b, i, person_of(1, 1, "T99"));
  bench_commit(&b, i);
  assert_false(renews(&b, old));
  mapped_close(old);

  old = file_now(&b); /* too much */
  i = bench_begin(&b, "e.csv");
  for (int k = 1; k <= 1100; k++) bench_put(&b, i, record_of(3, k, "visit", day_of(2024, 1, 1 + k % 28), k));
  bench_commit(&b, i);
  assert_false(renews(&b, old));
  mapped_close(old);
  old = file_now(&b); /* nothing has changed */
  assert_false(renews(&b, old));
  mapped_close(old);
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(renewed_is_made_anew),
                                     cmocka_unit_test(what_cannot_be_told_is_made_anew)};
  return cmocka_run_group_tests_name("ledger_renew", tests, NULL, NULL);
}
