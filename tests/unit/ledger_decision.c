/* Decisions in blocks and what stands of them: what comes back is what went in, by number and by subject; bytes that
 * were damaged never harm; a ledger of the form before is brought forward. */
#include "ledger_support.h"

#include "ledger/decision_block.h"
#include "ledger/standing_entries.h"

enum { MANY = 3000 };

static digest put_image(bench *b) {
  image_row image = {.pack = "trial", .version = "1", .data = "{}", .text = "return {}"};
  assert_true(ledger_put_image(b->ledger, &image, b->problems));
  return image.id;
}

/* Needs that begin alike for each of five; some without needs, some with nothing but the beginning. */
static decision_row row_of(arena *a, digest image, int64_t number) {
  decision_row row = {.rule = number % 1500 < 1400 ? "cycle" : "other",
                      .of = FACT_PERSON,
                      .subject = 7 * ((number * 37) % MANY) + 1,
                      .outcome = (int)(number % 4),
                      .on = day_of(2025, 12, 31),
                      .valid_until = number % 3 ? DAY_EVER : day_of(2026, 1, 1) + (day)(number % 11),
                      .known_after = 3,
                      .image = image};
  if (number % 10 == 9) return row;
  const char *alike = arena_format(a, "beginning %lld", (long long)number % 5);
  row.needs = number % 10 == 8 ? alike : arena_format(a, "%s, and %lld", alike, (long long)number);
  row.needs_size = strlen(row.needs);
  row.needs_alike = strlen(alike);
  return row;
}

static void same_row(const decision_row *x, const decision_row *y) {
  assert_string_equal(x->rule, y->rule);
  assert_int_equal(x->of, y->of);
  assert_int_equal(x->subject, y->subject);
  assert_int_equal(x->outcome, y->outcome);
  assert_int_equal(x->on, y->on);
  assert_int_equal(x->valid_until, y->valid_until);
  assert_int_equal(x->known_after, y->known_after);
  assert_true(digest_same(x->image, y->image));
  assert_int_equal(x->needs == NULL, y->needs == NULL);
  assert_int_equal(x->needs_size, y->needs_size);
  assert_int_equal(x->needs_alike, y->needs_alike);
  if (x->needs) assert_memory_equal(x->needs, y->needs, x->needs_size);
}

typedef struct following {
  arena *memory;
  digest image;
  int64_t number;
} following;

static bool follows(void *context, const decision_row *row) {
  following *f = context;
  decision_row wanted = row_of(f->memory, f->image, f->number++);
  assert_int_equal(row->id, f->number);
  same_row(row, &wanted);
  return true;
}

static int64_t rows_in(bench *b, const char *sql) {
  sqlite3 *base = NULL;
  sqlite3_stmt *s = NULL;
  assert_int_equal(sqlite3_open(b->path, &base), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(base, sql, -1, &s, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(s), SQLITE_ROW);
  int64_t number = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  sqlite3_close(base);
  return number;
}

static void decisions_come_back(void **state) {
  (void)state;
  bench b = bench_new();
  digest image = put_image(&b);
  decision_row *rows = arena_array(b.memory, MANY, sizeof *rows);
  for (int64_t k = 0; k < MANY; k++) rows[k] = row_of(b.memory, image, k);
  assert_true(ledger_put_decisions(b.ledger, rows, MANY / 2, b.problems));
  assert_true(ledger_put_decisions(b.ledger, rows + MANY / 2, MANY - MANY / 2, b.problems));
  bench_again(&b, LEDGER_WRITE);
  following f = {b.memory, image, 0};
  assert_true(ledger_decisions_under(b.ledger, image, follows, &f, b.problems));
  assert_int_equal(f.number, MANY);
  assert_true(rows_in(&b, "SELECT count(*) FROM decision") < MANY / 100);
  assert_int_equal(rows_in(&b, "SELECT sum(count) FROM decision"), MANY);

  decision_finder *finder = decision_finder_new(b.ledger);
  decision_row found;
  for (int64_t k = 0; k < MANY; k++) { /* in order, then far from each other */
    assert_true(decision_find(finder, k + 1, &found, b.problems));
    same_row(&found, &rows[k]);
  }
  for (int64_t k = 0; k < MANY; k += 7) {
    int64_t at = k * 1201 % MANY;
    assert_true(decision_find(finder, at + 1, &found, b.problems));
    assert_int_equal(found.id, at + 1);
    same_row(&found, &rows[at]);
  }
  assert_false(decision_find(finder, 0, &found, b.problems));
  assert_false(decision_find(finder, MANY + 1, &found, b.problems));
  assert_true(decision_find(finder, MANY, &found, b.problems));
  decision_finder_free(finder);
  assert_int_equal(b.problems->errors, 0);
  bench_end(&b);
}

static void damaged_blocks_lead_nowhere(void **state) {
  (void)state;
  arena *a = arena_new();
  block_writing w = {0};
  const decision_row head = {.id = 5, .rule = "cycle", .of = FACT_PERSON};
  enum { FEW = 12 };
  for (int64_t k = 0; k < FEW; k++) {
    decision_row row = row_of(a, (digest){{0}}, k);
    assert_true(block_add(&w, &row));
  }
  const buffer *bytes = block_bytes(&w);
  block_reading r = {0};
  decision_row row;
  assert_true(block_open(&r, &head, FEW, bytes->at, bytes->length));
  while (block_next(&r, &row)) continue;
  assert_true(block_good(&r));
  size_t refused = 0;
  for (size_t at = 0; at < bytes->length; at++)
    for (int bit = 0; bit < 8; bit++) {
      char *damaged = memcpy(malloc(bytes->length), bytes->at, bytes->length); /* for the tools that watch its ends */
      damaged[at] = (char)(damaged[at] ^ (1 << bit));
      bool good = block_open(&r, &head, FEW, damaged, bytes->length);
      while (good && block_next(&r, &row)) continue;
      refused += !good || !block_good(&r);
      free(damaged);
    }
  assert_true(refused > bytes->length / 4);
  for (size_t length = 0; length < bytes->length; length++) {
    char *cut = memcpy(malloc(length + 1), bytes->at, length);
    bool good = block_open(&r, &head, FEW, cut, length);
    while (good && block_next(&r, &row)) continue;
    assert_false(good && block_good(&r));
    free(cut);
  }
  block_end(&r);
  block_free(&w);
  arena_free(a);
}

static standing_entry entry_of(int64_t number) {
  return (standing_entry){.subject = number * 3 + number % 2,
                          .owner = number % 5 == 0   ? 0
                                   : number % 5 == 1 ? number / 2
                                                     : number * 3 + number % 2,
                          .decision = number % 7 ? 5000 - number : number,
                          .valid_until = number % 4 ? DAY_EVER : day_of(2026, 1, 1) + (day)(number % 90),
                          .outcome = number % 31 == 30 ? STANDING_GONE : (int32_t)(number % 4)};
}

static void who_stands_is_found(void **state) {
  (void)state;
  arena *a = arena_new();
  standing_entry *all = arena_array(a, MANY, sizeof *all);
  for (int64_t k = 0; k < MANY; k++) all[k] = entry_of(k + 1);
  buffer bytes = {0};
  standing_entries_pack(all, MANY, &bytes);
  standing_entries e;
  assert_true(standing_entries_open(&e, bytes.at, bytes.length, NULL, a));
  assert_int_equal(e.count, MANY);
  for (int64_t k = MANY; k > 0; k--) {
    const standing_entry *found = standing_entries_find(&e, all[k - 1].subject), wanted = all[k - 1];
    assert_non_null(found);
    assert_int_equal(found->owner, wanted.owner);
    assert_int_equal(found->decision, wanted.decision);
    assert_int_equal(found->valid_until, wanted.valid_until);
    assert_int_equal(found->outcome, wanted.outcome);
  }
  assert_null(standing_entries_find(&e, 0));
  assert_null(standing_entries_find(&e, all[MANY - 1].subject + 1));
  assert_null(standing_entries_find(&e, all[10].subject + 1));
  for (size_t at = 0; at < bytes.length; at += at < 64 ? 1 : 13) { /* whatever stands there harms nobody */
    arena *inner = arena_new();
    char *damaged = arena_copy(inner, bytes.at, bytes.length);
    damaged[at] = (char)(damaged[at] ^ (1 << at % 8));
    standing_entries other;
    if (standing_entries_open(&other, damaged, bytes.length, NULL, inner))
      for (int64_t k = 0; k < MANY; k += 100) (void)standing_entries_find(&other, all[k].subject);
    arena_free(inner);
  }
  for (size_t length = 0; length < 200; length++) assert_false(standing_entries_open(&e, bytes.at, length, NULL, a));
  bytes.length = 0;
  standing_entries_pack(NULL, 0, &bytes);
  assert_true(standing_entries_open(&e, bytes.at, bytes.length, NULL, a));
  assert_null(standing_entries_find(&e, 1));
  buffer_free(&bytes);
  arena_free(a);
}

/* Everyone, then two parts; against the same kept in a plain array. */
typedef struct plain {
  standing_entry by_subject[64];
  digest image;
} plain;

static bool write_everyone(void *context, decision_writer *w, faults *problems) {
  plain *p = context;
  standing s = {.rule = "cycle", .of = FACT_PERSON, .basis = p->image, .subjects = 40, .first_due = DAY_EVER};
  return standing_write(w, &s, p->by_subject, 40, true, problems);
}

static bool write_part(void *context, decision_writer *w, faults *problems) {
  plain *p = context;
  standing s;
  arena *a = arena_new();
  bool good =
      standing_read(decision_ledger(w), "cycle", a, &s, problems) && standing_load(decision_ledger(w), &s, a, problems);
  standing_entry changed[] = {p->by_subject[3], p->by_subject[20], p->by_subject[50]};
  good = good && standing_write(w, &s, changed, 3, false, problems);
  arena_free(a);
  return good;
}

static void note_due(void *context, const standing_entry *e) {
  buffer_format(context, "%lld ", (long long)e->subject);
}

static void parts_take_the_place_of_what_stood(void **state) {
  (void)state;
  bench b = bench_new();
  plain p = {.image = put_image(&b)};
  const day first = day_of(2026, 1, 1);
  for (int k = 0; k < 64; k++) p.by_subject[k] = (standing_entry){k + 1, k + 1, k + 1, first + k, k % 4};
  assert_true(ledger_write_decisions(b.ledger, write_everyone, &p, b.problems));
  p.by_subject[3].valid_until = DAY_EVER;
  p.by_subject[20].outcome = STANDING_GONE;
  p.by_subject[50].valid_until = first;
  for (int turn = 0; turn < 30; turn++) { /* more parts than are kept: they are folded in between */
    assert_true(ledger_write_decisions(b.ledger, write_part, &p, b.problems));
    standing s;
    assert_true(standing_read(b.ledger, "cycle", b.memory, &s, b.problems));
    assert_true(standing_load(b.ledger, &s, b.memory, b.problems));
    for (int k = 0; k < 64; k++) {
      const standing_entry *found = standing_find(&s, k + 1), *wanted = &p.by_subject[k];
      bool gone = k == 20 && found && found->outcome == STANDING_GONE;
      assert_int_equal(found != NULL && !gone, k != 20 && (k < 40 || k == 50));
      if (!found || gone) continue;
      assert_int_equal(found->valid_until, wanted->valid_until);
      assert_int_equal(found->outcome, wanted->outcome);
    }
    buffer due = {0};
    standing_due(&s, first + 5, note_due, &due);
    assert_string_equal(due.at, "1 2 3 5 6 51 ");
    assert_int_equal(standing_first_due(&s, NULL, 0), first);
    standing_entry but[] = {p.by_subject[0], p.by_subject[1], p.by_subject[50]};
    assert_int_equal(standing_first_due(&s, but, 3), first + 2);
    buffer_free(&due);
  }
  assert_true(rows_in(&b, "SELECT count(*) FROM standing") < 26);
  assert_true(ledger_verify(b.ledger, NULL, NULL, b.problems));
  bench_raw(&b, "UPDATE standing SET entries = zeroblob(9) WHERE id = (SELECT max(id) FROM standing)");
  standing s;
  assert_true(standing_read(b.ledger, "cycle", b.memory, &s, b.problems)); /* what it says of itself is right */
  assert_false(standing_load(b.ledger, &s, b.memory, b.problems));
  assert_false(ledger_verify(b.ledger, NULL, NULL, b.problems));
  bench_end(&b);
}

/* As ledgers were before: a row for each decision, and what stood of them. */
#define TABLE_BEFORE                                                                                                   \
  "CREATE TABLE decision (id INTEGER PRIMARY KEY, rule INTEGER NOT NULL REFERENCES word (id),"                         \
  " of_type INTEGER NOT NULL, subject INTEGER NOT NULL, outcome INTEGER NOT NULL, on_day INTEGER NOT NULL,"            \
  " valid_until INTEGER NOT NULL, known_after INTEGER NOT NULL, image INTEGER NOT NULL REFERENCES image (id),"         \
  " needs BLOB, checksum INTEGER NOT NULL) STRICT"
static const char *const before[] = {
    "CREATE TABLE standing (id INTEGER PRIMARY KEY, entries BLOB) STRICT",
    "INSERT INTO standing VALUES (1, x'00')",
    "INSERT INTO decision SELECT 1, id, 1, 41, 2, 20453, 20454, 3, 1, x'0102', 0 FROM word WHERE text = 'cycle'",
    "INSERT INTO decision SELECT 2, id, 1, 42, 1, 20453, 20454, 3, 1, NULL, 77 FROM word WHERE text = 'cycle'",
    "INSERT INTO decision SELECT 3, id, 1, 43, 3, 20453, 20454, 3, 1, x'', 0 FROM word WHERE text = 'cycle'",
};

static uint32_t sum_before(const decision_row *row) {
  buffer b = {0};
  const int64_t numbers[] = {row->id, row->of,          row->subject,     row->outcome,
                             row->on, row->valid_until, row->known_after, 1};
  for (int k = 0; k < 8; k++) seal_number(&b, numbers[k]);
  seal_text(&b, row->rule);
  seal_number(&b, row->needs ? (int64_t)row->needs_size : -1);
  if (row->needs) buffer_bytes(&b, row->needs, row->needs_size);
  uint32_t sum = (uint32_t)checksum_of(b.at, b.length);
  buffer_free(&b);
  return sum;
}

static void an_older_ledger_is_brought_forward(void **state) {
  (void)state;
  bench b = bench_new();
  digest image = put_image(&b);
  decision_row row = {.rule = "cycle", .of = FACT_PERSON, .image = image};
  assert_true(ledger_put_decisions(b.ledger, &row, 1, b.problems)); /* for the word */
  decision_row rows[] = {{1, "cycle", FACT_PERSON, 41, 2, 20453, 20454, 3, image, "\1\2", 2, 0},
                         {3, "cycle", FACT_PERSON, 43, 3, 20453, 20454, 3, image, "", 0, 0}};
  ledger_close(b.ledger);
  b.ledger = NULL;
  bench_raw(&b, "DROP TABLE decision; DROP TABLE standing");
  bench_raw(&b, TABLE_BEFORE);
  for (size_t k = 0; k < sizeof before / sizeof *before; k++) bench_raw(&b, before[k]);
  for (int k = 0; k < 2; k++)
    bench_raw(&b, arena_format(b.memory, "UPDATE decision SET checksum = %u WHERE id = %d", sum_before(&rows[k]),
                               (int)rows[k].id));
  bench_raw(&b, "PRAGMA user_version = 2");
  assert_null(ledger_open(b.path, LEDGER_READ, b.problems));
  b.problems = faults_new(b.memory);
  b.ledger = ledger_open(b.path, LEDGER_WRITE, b.problems);
  assert_non_null(b.ledger);
  assert_int_equal(b.problems->count, 1); /* the second had another checksum */
  assert_string_equal(fault_text(b.memory, &b.problems->items[0], LANGUAGE_EN),
                      "warning: decision 2 of rule \"cycle\" was changed and is left behind");
  assert_string_equal(fault_text(b.memory, &b.problems->items[0], LANGUAGE_ZH),
                      "警告：第 2 项判定（规则“cycle”）被改动，升级时不予保留");
  decision_row *all;
  assert_int_equal(ledger_decisions(b.ledger, b.memory, &all, b.problems), 2);
  for (int k = 0; k < 2; k++) same_row(&all[k], &rows[k]);
  standing s;
  assert_false(standing_read(b.ledger, "cycle", b.memory, &s, b.problems));
  assert_true(ledger_verify(b.ledger, NULL, NULL, b.problems));
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(decisions_come_back),
      cmocka_unit_test(damaged_blocks_lead_nowhere),
      cmocka_unit_test(who_stands_is_found),
      cmocka_unit_test(parts_take_the_place_of_what_stood),
      cmocka_unit_test(an_older_ledger_is_brought_forward),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
