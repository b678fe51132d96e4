/* An earlier subject file whose checksums fit is believed in nothing else: what is made of it may be wrong, or refused,
 * and leads nobody out of memory. */
#include "unit/ledger_forge.h"
#include "unit/renew_history.h"

enum { TRIES = 2500, LATER = 10 };

/* Some bytes: any, or a small number where there may have been a position, a word or a count. */
static void forge(unsigned char *bytes, uint64_t size, uint64_t *chance) {
  static const uint64_t widths[] = {1, 4, 4, 8};
  for (uint64_t edits = 1 + draw(chance, 3); edits > 0; edits--) {
    const uint64_t width = widths[draw(chance, 4)];
    const uint64_t at = (SUBJECTS_HEADER + draw(chance, size - SUBJECTS_HEADER - 8)) / width * width;
    const uint64_t value =
        draw(chance, 3) ? draw(chance, 40) : draw(chance, UINT32_MAX) << 32 | draw(chance, UINT32_MAX);
    memcpy(bytes + at, &value, width);
  }
}

typedef struct met {
  size_t refused, anew, renewed, refused_then;
} met;

static void take_forged(bench *b, const unsigned char *bytes, size_t size, met *m) {
  int file = memfd_create("forged", MFD_CLOEXEC), made = memfd_create("renewed", MFD_CLOEXEC);
  const char *reason;
  assert_int_equal(write(file, bytes, size), size);
  mapped *old = mapped_open(file, &reason);
  if (reason == NULL) reason = mapped_fit(old, true, 1);
  if (reason != NULL) {
    m->refused++;
  } else if (!subjects_renew(b->ledger, old, ledger_last(b->ledger), made)) {
    m->anew++;
  } else {
    subjects *s = subjects_map(made, b->problems);
    m->renewed += s != NULL;
    m->refused_then += s == NULL;
    if (s != NULL) dump_text(b, s); /* reads everything: the sanitizer watches */
    subjects_close(s);
  }
  mapped_close(old);
  close(file);
  close(made);
}

static void a_forged_earlier_file_leads_nobody_astray(void **state) {
  (void)state;
  history h = {.b = bench_new(), .chance = 1};
  uint64_t chance = 7;
  put_more_world(&h);
  for (int k = 0; k < 60; k++) {
    step s = some_step(&chance);
    take_own_step(&h, &s);
  }
  int file = made_anew(&h.b);
  mapped *old = map(file);
  const size_t size = old->size;
  unsigned char *whole = arena_copy(h.b.memory, old->bytes, size), *bytes = arena_take(h.b.memory, size);
  mapped_close(old);
  close(file);
  for (int k = 0; k < LATER; k++) {
    step s = some_step(&chance);
    take_own_step(&h, &s);
  }
  bench of = h.b;
  met m = {0};
  for (int k = 0; k < TRIES; k++) {
    of.memory = arena_new();
    of.problems = faults_new(of.memory);
    memcpy(bytes, whole, size);
    forge(bytes, size, &chance);
    sum_again(bytes);
    take_forged(&of, bytes, size, &m);
    arena_free(of.memory);
  }
  print_message("refused %zu, made anew %zu, renewed %zu, and refused then %zu\n", m.refused, m.anew, m.renewed,
                m.refused_then);
  assert_true(m.refused > TRIES / 50);
  assert_true(m.renewed > TRIES / 50);
  bench_end(&h.b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_forged_earlier_file_leads_nobody_astray)};
  return cmocka_run_group_tests_name("ledger_forged", tests, NULL, NULL);
}
