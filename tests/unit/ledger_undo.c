/* Undo over random histories of files that introduce the same people, correct and withdraw rows. */
#include "unit/ledger_dump.h"

typedef struct chance {
  uint64_t state;
} chance;

static uint32_t draw(chance *c, uint32_t below) {
  c->state ^= c->state << 13;
  c->state ^= c->state >> 7;
  c->state ^= c->state << 17;
  return (uint32_t)((c->state * UINT64_C(0x9E3779B97F4A7C15)) >> 33) % below;
}

static chance chance_of(uint64_t seed) {
  chance c = {seed * UINT64_C(0x9E3779B97F4A7C15) + UINT64_C(88172645463325252)};
  draw(&c, 2);
  return c;
}

/* A small import as the program does it: what has a key and is there is compared, what differs is closed and opened,
 * what a file covers and no longer has is withdrawn. */
typedef struct bringing {
  bench *b;
  importing *into;
  const subjects *before;
  int file;
  int64_t people[16], school, same;
  int64_t seen[512];
  size_t seen_count;
} bringing;

static int64_t key_for(bringing *g, const char *what) {
  return digest_key(digest_named(arena_format(g->b->memory, "%d %s", g->file, what)));
}

static void bring(bringing *g, fact f) {
  const subject_key *keys;
  size_t count = subjects_by_key(g->before, f.key, &keys);
  g->seen[g->seen_count++] = f.key;
  for (size_t k = 0; k < count; k++) {
    if (keys[k].type != f.type) continue;
    fact old;
    assert_true(ledger_fact(g->b->ledger, f.type, keys[k].fact, g->b->memory, &old, g->b->problems));
    if (fact_is_entity(f.type)) assert_int_equal(f.entity, old.entity);
    if (digest_same(fact_content(g->b->memory, &f), fact_content(g->b->memory, &old))) {
      g->same++;
      return;
    }
    assert_true(ledger_close_fact(g->into, keys[k].fact, g->b->problems));
  }
  bench_put(g->b, g->into, f);
}

/* The entity that has a code, or a new one. */
static int64_t entity_of(bringing *g, fact_type type, const char *code) {
  uint32_t word = subjects_word(g->before, code);
  for (uint32_t k = 0; word != 0 && k < g->before->of[type].count; k++) {
    if (g->before->of[type].code[k] == word) return g->before->of[type].entity[k];
  }
  return ledger_new_entity(g->into);
}

static void bring_person(bringing *g, chance *c, int who, int64_t *row) {
  char *code = arena_format(g->b->memory, "T%02d", who);
  fact person = person_of(entity_of(g, FACT_PERSON, code), ++*row, code);
  person.name = draw(c, 3) == 0 ? NULL : arena_format(g->b->memory, "name %u", draw(c, 3));
  person.attributes = draw(c, 3) == 0 ? "{\"note\":\"x\"}" : NULL;
  person.key = key_for(g, code);
  bring(g, person);
  fact post = fact_of(FACT_POST, *row);
  post.part = 2;
  post.subject = person.entity;
  post.object = g->school;
  post.key = key_for(g, arena_format(g->b->memory, "%s post", code));
  bring(g, post);
  for (int n = (int)draw(c, 4); n > 0; n--) {
    static const char *const kinds[] = {"training", "lecture", "award"};
    fact record = record_of(person.entity, ++*row, kinds[draw(c, 3)],
                            day_of(2025, 1 + (int)draw(c, 6), 1 + (int)draw(c, 9)), draw(c, 9));
    record.place = g->school;
    record.key = key_for(g, arena_format(g->b->memory, "%s record %d", code, n));
    record.cover = key_for(g, "all");
    bring(g, record);
  }
}

static void withdraw(bringing *g) {
  const subject_key *keys;
  size_t count = subjects_by_cover(g->before, key_for(g, "all"), &keys);
  for (size_t k = 0; k < count; k++) {
    fact old;
    assert_true(ledger_fact(g->b->ledger, (fact_type)keys[k].type, keys[k].fact, g->b->memory, &old, g->b->problems));
    bool seen = false;
    for (size_t n = 0; n < g->seen_count && !seen; n++) seen = g->seen[n] == old.key;
    if (!seen) assert_true(ledger_close_fact(g->into, keys[k].fact, g->b->problems));
  }
}

static int64_t bring_file(bench *b, int file, int version) {
  bringing g = {.b = b, .file = file};
  char *name = arena_format(b->memory, "file %d, version %d", file, version),
       *adapter = arena_format(b->memory, "a%d", file);
import head = {.kind = IMPORT_FILE, .file_name = name, .file = digest_named(name), .adapter = adapter };
  subjects *before = subjects_open(b->ledger, b->problems);
  assert_non_null(before);
  g.before = before;
  g.into = ledger_begin(b->ledger, &head, b->problems);
  assert_non_null(g.into);
  chance c = chance_of((uint64_t)file * 1000 + (uint64_t)version);
  int64_t row = 1;
  char *school = arena_format(b->memory, "S%u", draw(&c, 3));
  g.school = entity_of(&g, FACT_ORGANIZATION, school);
  fact organization = organization_of(g.school, 1, "school", school);
  organization.code = school;
  organization.key = key_for(&g, arena_format(b->memory, "organization %s", school));
  bring(&g, organization);
  chance who = chance_of((uint64_t)file);
  for (int p = 0; p < 12; p++) {
    bool usually = draw(&who, 2) == 0, now = draw(&c, 4) == 0;
    if (usually != now) bring_person(&g, &c, p, &row);
  }
  withdraw(&g);
  ledger_counts(g.into, g.same, 0);
  int64_t id = bench_commit(b, g.into).id;
  subjects_close(before);
  return id;
}

static void nothing_dangles(bench *b) {
  subjects *s = subjects_open(b->ledger, b->problems);
  assert_non_null(s);
  for (uint32_t k = 0; k < s->of[FACT_RECORD].count; k++) {
    assert_true(s->of[FACT_RECORD].subject[k] >= 0);
    assert_true(s->of[FACT_RECORD].place[k] >= 0);
  }
  for (uint32_t k = 0; k < s->of[FACT_POST].count; k++) {
    assert_true(s->of[FACT_POST].subject[k] >= 0);
    assert_true(s->of[FACT_POST].object[k] >= 0);
    const subject_key *keys;
    fact post;
    assert_true(ledger_fact(b->ledger, FACT_POST, s->of[FACT_POST].fact[k], b->memory, &post, b->problems));
    assert_int_equal(subjects_by_key(s, post.key, &keys), 1);
  }
  subjects_close(s);
}

static size_t undo(bench *b, int64_t target, bool with_later, int64_t **undone) {
  size_t count = 0;
  bool good = ledger_undo(b->ledger, target, with_later, "clerk", "2025-09-02T08:00:00Z", false, b->memory, undone,
                          &count, b->problems);
  return good ? count : 0;
}

static void verified(bench *b) {
  /* Kept files are not part of these histories. */
  faults *found = faults_new(b->memory);
  ledger_verify(b->ledger, NULL, NULL, found);
  for (size_t k = 0; k < found->count; k++) {
    if (strncmp(found->items[k].what.in[LANGUAGE_EN], "the kept file", 13) != 0)
      fail_msg("%s", found->items[k].what.in[LANGUAGE_EN]);
  }
}

static void random_histories_come_back(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 12; seed++) {
    bench b = bench_new();
    chance c = chance_of(seed * 7919);
    const char *after[64] = {dump_after(&b, 0)};
    for (int step = 0; step < 14; step++) {
      int64_t last = ledger_last(b.ledger), target = last == 0 ? 0 : 1 + draw(&c, (uint32_t)last), *undone;
      if (last > 2 && draw(&c, 3) == 0 && undo(&b, target, true, &undone) > 0) {
        /* An undo is taken back by undoing it. */
        if (ledger_last(b.ledger) == last + 1 && draw(&c, 2) == 0) {
          assert_int_equal(undo(&b, last + 1, false, &undone), 1);
          assert_string_equal(dump_now(&b), after[last]);
        }
      } else {
        bench_forgive(&b);
        int file = (int)draw(&c, 4), version = (int)draw(&c, 3);
        int64_t id = bring_file(&b, file, version);
        const char *with = dump_now(&b);
        if (draw(&c, 3) == 0) {
          assert_int_equal(undo(&b, id, false, &undone), 1);
          assert_string_equal(dump_now(&b), after[last]);
          assert_int_equal(undo(&b, id + 1, false, &undone), 1);
          assert_string_equal(dump_now(&b), with);
        }
      }
      nothing_dangles(&b);
      int64_t reached = ledger_last(b.ledger);
      for (int64_t id = last + 1; id <= reached && id < 64; id++) after[id] = dump_after(&b, id);
      if (reached > 40) break;
    }
    for (int64_t id = 0; id <= ledger_last(b.ledger); id++) assert_string_equal(dump_after(&b, id), after[id]);
    verified(&b);
    bench_end(&b);
  }
}

static void undone_and_repeated_is_as_before(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 30; seed++) {
    bench b = bench_new();
    chance c = chance_of(seed * 104729);
    int files[64] = {0}, versions[64] = {0};
    for (int step = 0; step < 7; step++) {
      int file = (int)draw(&c, 4), version = (int)draw(&c, 3);
      int64_t id = bring_file(&b, file, version);
      files[id] = file;
      versions[id] = version;
    }
    const char *before = dump_now(&b);
    int64_t target, *undone;
import chosen;
    do {
      target = 1 + draw(&c, 7);
      assert_true(ledger_import(b.ledger, target, b.memory, &chosen, b.problems));
    } while (chosen.opened + chosen.closed == 0);
    size_t count = undo(&b, target, true, &undone);
    if (count == 0) bench_show(&b);
    assert_true(count >= 1);
    assert_int_equal(undone[count - 1], target);
    nothing_dangles(&b);
    for (size_t k = count; k-- > 0;) bring_file(&b, files[undone[k]], versions[undone[k]]);
    assert_string_equal(dump_now(&b), before);
    verified(&b);
    bench_end(&b);
  }
}

static void expect(bench *b, const char *en, const char *zh) {
  assert_string_equal(bench_fault(b, LANGUAGE_EN), en);
  assert_string_equal(bench_fault(b, LANGUAGE_ZH), zh);
  bench_forgive(b);
}

static void what_rests_on_an_import_is_named(void **state) {
  (void)state;
  bench b = bench_new();
  const char *empty = dump_now(&b);
  /* 1 brings a person; 2 a record of the person; 3 nothing of the kind; 4 corrects the record of 2. */
  importing *i = bench_begin(&b, "people.csv");
  int64_t person = ledger_new_entity(i);
  bench_put(&b, i, person_of(person, 1, "T01"));
  bench_commit(&b, i);
  i = bench_begin(&b, "records.csv");
  int64_t wrong = bench_put(&b, i, record_of(person, 1, "training", day_of(2025, 1, 1), 8));
  bench_commit(&b, i);
  i = bench_begin(&b, "other.csv");
  bench_put(&b, i, organization_of(ledger_new_entity(i), 1, "school", "S"));
  bench_commit(&b, i);
  i = bench_begin(&b, "corrected.csv");
  assert_true(ledger_close_fact(i, wrong, b.problems));
  bench_put(&b, i, record_of(person, 1, "training", day_of(2025, 1, 1), 6));
  bench_commit(&b, i);
  const char *full = dump_now(&b);

  int64_t *undone = NULL;
  assert_int_equal(undo(&b, 1, false, &undone), 0);
  assert_int_equal(undone[0], 2);
  assert_int_equal(undone[1], 4);
  expect(&b,
         "error: import 1 cannot be undone alone: imports resting on it: 2, 4\n"
         "  undo them too, with: hongzhu undo 1 --with-later",
         "错误：第 1 次导入不能单独撤销：依赖它的导入有 2, 4\n  如需一并撤销，请运行 hongzhu undo 1 --with-later");
  assert_int_equal(ledger_last(b.ledger), 4);
  assert_string_equal(dump_now(&b), full);
  assert_int_equal(undo(&b, 2, false, &undone), 0);
  bench_forgive(&b);

  /* Dry: the same list, nothing kept. */
  size_t count = 0;
  assert_true(ledger_undo(b.ledger, 1, true, "clerk", "", true, b.memory, &undone, &count, b.problems));
  assert_int_equal(count, 3);
  assert_int_equal(ledger_last(b.ledger), 4);
  assert_string_equal(dump_now(&b), full);

  assert_int_equal(undo(&b, 1, true, &undone), 3);
  assert_int_equal(undone[0], 4);
  assert_int_equal(undone[1], 2);
  assert_int_equal(undone[2], 1);
  assert_int_equal(ledger_last(b.ledger), 7);
  subjects *s = subjects_open(b.ledger, b.problems);
  assert_int_equal(s->of[FACT_PERSON].count + s->of[FACT_RECORD].count, 0);
  assert_int_equal(s->of[FACT_ORGANIZATION].count, 1);
  subjects_close(s);

  assert_int_equal(undo(&b, 2, false, &undone), 0);
  expect(&b, "error: import 2 is undone already, by import 6\n  to have it back, undo import 6",
         "错误：第 2 次导入已被第 6 次导入撤销\n  如需恢复，请撤销第 6 次导入");
  assert_int_equal(undo(&b, 9, false, &undone), 0);
  expect(&b, arena_format(b.memory, "error: ledger \"%s\" has no import 9\n  see: hongzhu log", b.path),
         arena_format(b.memory, "错误：台账“%s”中没有第 9 次导入\n  请运行 hongzhu log 查看", b.path));

  /* Back again, one by one; what is brought back keeps its place in its file. */
  for (int64_t id = 7; id >= 5; id--) assert_int_equal(undo(&b, id, false, &undone), 1);
  assert_string_equal(dump_now(&b), full);
  assert_int_equal(undo(&b, 3, false, &undone), 1);
  assert_int_equal(undo(&b, 1, true, &undone), 3);
  assert_string_equal(dump_now(&b), empty);
  bench_forgive(&b);
  verified(&b);
  bench_end(&b);
}

static void a_copy_keeps_its_entity_and_place(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "people.csv");
  fact person = person_of(ledger_new_entity(i), 12, "T01");
  person.sheet = 3;
  person.part = 2;
  person.cover = 77;
  person.has_id = true;
  person.id_hash = digest_named("id");
  person.id_tail = "123X";
  person.attributes = "{}";
  int64_t first = bench_put(&b, i, person);
  bench_commit(&b, i);
  i = bench_begin(&b, "corrected.csv");
  assert_true(ledger_close_fact(i, first, b.problems));
  bench_commit(&b, i);
  int64_t *undone;
  assert_int_equal(undo(&b, 2, false, &undone), 1);
  fact copy;
  assert_true(ledger_fact(b.ledger, FACT_PERSON, first + 1, b.memory, &copy, b.problems));
  assert_int_equal(copy.import, 3);
  assert_int_equal(copy.source, 1);
  assert_int_equal(copy.entity, person.entity);
  assert_int_equal(copy.sheet, 3);
  assert_int_equal(copy.row, 12);
  assert_int_equal(copy.part, 2);
  assert_int_equal(copy.cover, 77);
  assert_true(digest_same(fact_content(b.memory, &copy), fact_content(b.memory, &person)));
  /* The copy belongs to the import whose file it was read from. */
  assert_int_equal(undo(&b, 1, false, &undone), 1);
  subjects *s = subjects_open(b.ledger, b.problems);
  assert_int_equal(s->of[FACT_PERSON].count, 0);
  subjects_close(s);
  bench_end(&b);
}

static void what_was_undone_comes_back_in_order(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "records.csv");
  fact record = record_of(0, 1, "training", day_of(2025, 1, 1), 8);
  record.key = 5;
  int64_t wrong = bench_put(&b, i, record);
  bench_commit(&b, i);
  i = bench_begin(&b, "corrected.csv");
  record.amount.millionths = 6 * AMOUNT_ONE;
  assert_true(ledger_close_fact(i, wrong, b.problems));
  bench_put(&b, i, record);
  bench_commit(&b, i);
  const char *corrected = dump_now(&b);
  int64_t *undone;
  assert_int_equal(undo(&b, 1, true, &undone), 2);
  assert_int_equal(undo(&b, 3, false, &undone), 0);
  expect(&b,
         "error: import 3 cannot be undone now: what it would bring back rests on import 1, which is undone\n"
         "  undo import 4 first",
         "错误：现在不能撤销第 3 次导入：它要恢复的内容依赖已被撤销的第 1 次导入\n  请先撤销第 4 次导入");
  assert_int_equal(undo(&b, 4, false, &undone), 1);
  assert_int_equal(undo(&b, 3, false, &undone), 1);
  assert_string_equal(dump_now(&b), corrected);
  /* The same row came in again meanwhile: it goes when the old one is brought back. */
  assert_int_equal(undo(&b, 1, true, &undone), 2);
  i = bench_begin(&b, "again.csv");
  bench_put(&b, i, record);
  bench_commit(&b, i);
  int64_t first = ledger_last(b.ledger) - 1;
  assert_int_equal(undo(&b, first, false, &undone), 0);
  expect(&b,
         arena_format(b.memory,
                      "error: import %lld cannot be undone alone: imports resting on it: %lld\n"
                      "  undo them too, with: hongzhu undo %lld --with-later",
                      (long long)first, (long long)first + 1, (long long)first),
         arena_format(b.memory,
                      "错误：第 %lld 次导入不能单独撤销：依赖它的导入有 %lld\n"
                      "  如需一并撤销，请运行 hongzhu undo %lld --with-later",
                      (long long)first, (long long)first + 1, (long long)first));
  assert_int_equal(undo(&b, first, true, &undone), 2);
  verified(&b);
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_rests_on_an_import_is_named),    cmocka_unit_test(a_copy_keeps_its_entity_and_place),
      cmocka_unit_test(what_was_undone_comes_back_in_order), cmocka_unit_test(undone_and_repeated_is_as_before),
      cmocka_unit_test(random_histories_come_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
