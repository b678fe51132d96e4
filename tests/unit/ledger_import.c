#include "unit/ledger_dump.h"

static void a_file_becomes_facts_and_subjects(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "名册.xlsx");
  assert_true(ledger_sheet(i, 1, "名单", b.problems));
  assert_true(ledger_sheet(i, 1, "名单", b.problems));
  int64_t school = ledger_new_entity(i), second = ledger_new_entity(i), first = ledger_new_entity(i);
  bench_put(&b, i, organization_of(school, 1, "school", "大成学校"));
  bench_put(&b, i, person_of(second, 3, "T02"));
  bench_put(&b, i, person_of(first, 2, "T01"));
  fact post = fact_of(FACT_POST, 2);
  post.subject = first;
  post.object = school;
  bench_put(&b, i, post);
  bench_put(&b, i, record_of(first, 2, "training", day_of(2025, 3, 2), 8));
  bench_put(&b, i, record_of(first, 4, "training", day_of(2025, 3, 1), 6));
  fact with = record_of(second, 3, "lecture", day_of(2025, 3, 1), 2);
  with.attributes = "{\"award\":true,\"on\":{\"date\":\"2025-08\"},\"tags\":[\"b\",\"a\"],\"words\":{\"amount\":\"1."
                    "5\",\"bound\":\"at_least\"}}";
  bench_put(&b, i, with);
import done = bench_commit(& b, i);
  assert_int_equal(done.id, 1);
  assert_int_equal(done.opened, 7);
  assert_int_equal(ledger_last(b.ledger), 1);
  assert_true(digest_same(ledger_chain(b.ledger, 1), done.chain));
  assert_string_equal(ledger_sheet_name(b.ledger, 1, 1, b.memory), "名单");

  subjects *s = subjects_open(b.ledger, b.problems);
  if (s == NULL) bench_show(&b);
  assert_non_null(s);
  assert_int_equal(s->of[FACT_PERSON].count, 2);
  assert_string_equal(s->words[s->of[FACT_PERSON].code[0]], "T01");
  assert_string_equal(s->words[s->of[FACT_PERSON].code[1]], "T02");
  assert_int_equal(s->of[FACT_RECORD].count, 3);
  assert_int_equal(s->of[FACT_RECORD].row[0], 4);
  assert_int_equal(s->of[FACT_RECORD].row[1], 2);
  assert_int_equal(s->of[FACT_RECORD].subject[2], 1);
  assert_int_equal(s->of[FACT_RECORD].place[2], -1);
  assert_int_equal(s->of[FACT_RECORD].amount[0], 6 * AMOUNT_ONE);
  assert_int_equal(s->posts.offset[1], 1);
  assert_int_equal(s->staff.offset[1], 1);
  assert_int_equal(s->record_of[FACT_PERSON][2], 1);
  assert_int_equal(s->record_of[FACT_COHORT][2], -1);
  assert_string_equal(s->sources[s->of[FACT_RECORD].source[0]].file_name, "名册.xlsx");
  uint32_t from = s->of[FACT_RECORD].attribute[2], to = s->of[FACT_RECORD].attribute[3];
  assert_int_equal(to - from, 5);
  assert_string_equal(s->words[s->attributes.name[from]], "award");
  assert_int_equal(s->attributes.type[from], ATTRIBUTE_TRUTH);
  assert_int_equal(s->attributes.value[from + 1], date_of(2025, 8, 0));
  assert_string_equal(s->words[s->attributes.value[from + 2]], "b");
  assert_string_equal(s->words[s->attributes.value[from + 3]], "a");
  assert_int_equal(s->attributes.value[from + 4], 1500000);
  assert_int_equal(s->attributes.bound[from + 4], BOUND_AT_LEAST);
  assert_int_equal(subjects_word(s, "没有"), 0);
  const subject_key *keys;
  assert_int_equal(subjects_by_key(s, digest_key(digest_named("T02")), &keys), 1);
  assert_int_equal(keys->row, 1);
  assert_int_equal(keys->type, FACT_PERSON);
  subjects_close(s);
  bench_end(&b);
}

static void expect(bench *b, const char *en, const char *zh) {
  assert_string_equal(bench_fault(b, LANGUAGE_EN), en);
  assert_string_equal(bench_fault(b, LANGUAGE_ZH), zh);
  bench_forgive(b);
}

static void a_dry_run_and_an_abandoned_import_leave_nothing(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "a.csv");
  bench_put(&b, i, record_of(0, 1, "first", day_of(2025, 1, 1), 1));
  bench_commit(&b, i);
  const char *before = dump_now(&b);
  for (int dry = 0; dry < 2; dry++) {
    i = bench_begin(&b, "b.csv");
    int64_t entity = ledger_new_entity(i);
    assert_int_equal(entity, 1);
    bench_put(&b, i, person_of(entity, 1, "T01"));
    bench_put(&b, i, record_of(entity, 1, "a new word", day_of(2025, 1, 1), 1));
    assert_true(ledger_close_fact(i, 1, b.problems));
    assert_true(ledger_sheet(i, 1, "s", b.problems));
import done = {0 };
    if (dry) {
      assert_true(ledger_commit(i, true, &done, b.problems));
      assert_int_equal(done.id, 2);
      assert_int_equal(done.opened, 2);
      assert_int_equal(done.closed, 1);
    } else {
      ledger_abandon(i);
    }
    assert_int_equal(ledger_last(b.ledger), 1);
    assert_string_equal(dump_now(&b), before);
    assert_null(ledger_sheet_name(b.ledger, 2, 1, b.memory));
  }
  /* Words that were rolled back get their numbers again. */
  i = bench_begin(&b, "c.csv");
  bench_put(&b, i, record_of(0, 1, "another word", day_of(2025, 1, 1), 1));
  bench_commit(&b, i);
  bench_again(&b, LEDGER_WRITE);
  subjects *s = subjects_open(b.ledger, b.problems);
  assert_int_equal(subjects_word(s, "a new word"), 0);
  assert_int_not_equal(subjects_word(s, "another word"), 0);
  subjects_close(s);
  ledger_abandon(NULL);
  bench_end(&b);
}

static void closing_the_ledger_abandons_what_is_under_way(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "a.csv");
  bench_put(&b, i, record_of(0, 1, "first", day_of(2025, 1, 1), 1));
import head = {.kind = IMPORT_FILE };
  assert_null(ledger_begin(b.ledger, &head, b.problems));
  expect(&b, arena_format(b.memory, "error: an import into ledger \"%s\" is under way already", b.path),
         arena_format(b.memory, "错误：台账“%s”已有一次导入正在进行", b.path));
  bench_again(&b, LEDGER_WRITE);
  assert_int_equal(ledger_last(b.ledger), 0);
  assert_int_equal(dump_now(&b)[6], '0');
  bench_end(&b);
}

static void what_cannot_be_kept_fails_the_import(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "a.csv");
  fact f = record_of(0, 1, "first", day_of(2025, 1, 1), 1);
  f.name = "a record has no name";
  assert_int_equal(ledger_put(i, &f, b.problems), 0);
  expect(&b, "error: a record cannot have \"name\"", "错误：类型为 record 的事实不能有“name”");
  assert_false(ledger_commit(i, false, NULL, b.problems));
  expect(&b, arena_format(b.memory, "error: an import into ledger \"%s\" failed earlier and cannot be kept", b.path),
         arena_format(b.memory, "错误：台账“%s”的一次导入先前已经失败，无法保存", b.path));
  assert_int_equal(ledger_last(b.ledger), 0);

  i = bench_begin(&b, "a.csv");
  f = record_of(5, 1, "first", day_of(2025, 1, 1), 1);
  assert_int_equal(ledger_put(i, &f, b.problems), 0);
  expect(&b, "error: a record refers to something that the ledger does not have",
         "错误：类型为 record 的事实引用了台账中不存在的对象");
  f = person_of(0, 1, "T01");
  assert_int_equal(ledger_put(i, &f, b.problems), 0);
  expect(&b, "error: a person has no number of its own", "错误：类型为 person 的事实没有自己的编号");
  assert_false(ledger_close_fact(i, 1, b.problems));
  expect(&b, "error: fact 1 cannot be closed: the ledger has none of that number",
         "错误：无法关闭事实 1：台账中没有这个编号");
  ledger_abandon(i);

  i = bench_begin(&b, "a.csv");
  bench_put(&b, i, record_of(0, 1, "first", day_of(2025, 1, 1), 1));
  bench_commit(&b, i);
  for (int n = 0; n < 2; n++) {
    i = bench_begin(&b, "b.csv");
    bool good = ledger_close_fact(i, 1, b.problems);
    assert_int_equal(good, n == 0);
    if (good) bench_commit(&b, i);
    if (!good) ledger_abandon(i);
  }
  expect(&b, "error: fact 1 is closed already, by import 2", "错误：事实 1 已由第 2 次导入关闭");

import head = {.kind = IMPORT_FILE, .image = digest_named("nowhere") };
  i = ledger_begin(b.ledger, &head, b.problems);
  assert_false(ledger_commit(i, false, NULL, b.problems));
  assert_int_equal(ledger_last(b.ledger), 2);
  expect(&b,
         arena_format(b.memory,
                      "error: an import into ledger \"%s\" names a pack image or an import that the ledger does "
                      "not have",
                      b.path),
         arena_format(b.memory, "错误：台账“%s”的一次导入引用了台账中没有的规则包映像或导入", b.path));
  bench_end(&b);
}

static void the_same_file_is_known_while_what_it_said_is_open(void **state) {
  (void)state;
  bench b = bench_new();
  assert_int_equal(ledger_same_file(b.ledger, digest_named("a.csv"), "roster"), 0);
  importing *i = bench_begin(&b, "a.csv");
  int64_t id = bench_put(&b, i, record_of(0, 1, "first", day_of(2025, 1, 1), 1));
  bench_put(&b, i, record_of(0, 2, "first", day_of(2025, 1, 1), 1));
  bench_commit(&b, i);
  assert_int_equal(ledger_same_file(b.ledger, digest_named("a.csv"), "roster"), 1);
  assert_int_equal(ledger_same_file(b.ledger, digest_named("a.csv"), "other"), 0);
  assert_int_equal(ledger_same_file(b.ledger, digest_named("b.csv"), "roster"), 0);
  i = bench_begin(&b, "b.csv");
  assert_true(ledger_close_fact(i, id, b.problems));
  bench_commit(&b, i);
  assert_int_equal(ledger_same_file(b.ledger, digest_named("a.csv"), "roster"), 0);
  bench_end(&b);
}

static void imports_are_listed_as_they_were_made(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "a.csv");
  bench_put(&b, i, record_of(0, 1, "first", day_of(2025, 1, 1), 1));
  ledger_counts(i, 4, 2);
import done = bench_commit(& b, i), * all, one;
import head = {.kind = IMPORT_ENTRY, .who = "a clerk", .note = "备注" };
  i = ledger_begin(b.ledger, &head, b.problems);
  bench_commit(&b, i);
  assert_int_equal(ledger_imports(b.ledger, b.memory, &all, b.problems), 2);
  assert_string_equal(all[0].file_name, "a.csv");
  assert_string_equal(all[0].adapter, "roster");
  assert_string_equal(all[0].at, "2025-09-01T08:00:00Z");
  assert_int_equal(all[0].same, 4);
  assert_int_equal(all[0].rejected, 2);
  assert_true(digest_same(all[0].file, digest_named("a.csv")));
  assert_true(digest_same(all[0].chain, done.chain));
  assert_false(digest_same(all[0].chain, all[1].chain));
  assert_null(all[1].file_name);
  assert_int_equal(all[1].kind, IMPORT_ENTRY);
  assert_true(ledger_import(b.ledger, 2, b.memory, &one, b.problems));
  assert_string_equal(one.note, "备注");
  assert_false(ledger_import(b.ledger, 3, b.memory, &one, b.problems));
  expect(&b, arena_format(b.memory, "error: ledger \"%s\" has no import 3\n  see: hongzhu log", b.path),
         arena_format(b.memory, "错误：台账“%s”中没有第 3 次导入\n  请运行 hongzhu log 查看", b.path));
  bench_end(&b);
}

static bool count_facts(void *context, const fact *f) {
  (void)f;
  ++*(int *)context;
  return *(int *)context < 3;
}

static void facts_are_visited_as_known_after_an_import(void **state) {
  (void)state;
  bench b = bench_new();
  for (int n = 0; n < 3; n++) {
    importing *i = bench_begin(&b, "a.csv");
    bench_put(&b, i, record_of(0, 1, "first", day_of(2025, 1, 1), n));
    if (n == 2) assert_true(ledger_close_fact(i, 1, b.problems));
    bench_commit(&b, i);
  }
  const int known[] = {0, 1, 2, 2};
  for (int n = 0; n < 4; n++) {
    int count = 0;
    assert_true(ledger_facts(b.ledger, FACT_RECORD, n, count_facts, &count, b.problems));
    assert_int_equal(count, known[n]);
  }
  fact f;
  assert_true(ledger_fact(b.ledger, FACT_RECORD, 2, b.memory, &f, b.problems));
  assert_int_equal(f.amount.millionths, AMOUNT_ONE);
  assert_int_equal(f.import, 2);
  assert_int_equal(f.source, 2);
  assert_string_equal(f.kind, "first");
  assert_int_equal(f.until, date_of(2025, 1, 1));
  assert_false(ledger_fact(b.ledger, FACT_POST, 2, b.memory, &f, b.problems));
  expect(&b, arena_format(b.memory, "error: ledger \"%s\" has no post numbered 2", b.path),
         arena_format(b.memory, "错误：台账“%s”中没有类型为 post、编号为 2 的事实", b.path));
  bench_end(&b);
}

/* What a person sees who opens the ledger with sqlite3. */
static void views_read_well(void **state) {
  (void)state;
  bench b = bench_new();
  importing *i = bench_begin(&b, "名册.xlsx");
  assert_true(ledger_sheet(i, 1, "名单", b.problems));
  fact f = record_of(0, 7, "lecture", day_of(2025, 3, 1), 2);
  f.until = date_of(2025, 4, 0);
  f.amount = (amount){1500000, BOUND_AT_LEAST};
  bench_put(&b, i, f);
  f.since = f.until = date_of(1968, 0, 0);
  bench_put(&b, i, f);
  bench_commit(&b, i);
  sqlite3 *base;
  sqlite3_stmt *s;
  assert_int_equal(sqlite3_open_v2(b.path, &base, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  sqlite3_prepare_v2(base,
                     "SELECT group_concat(file || '|' || sheet || '|' || row || '|' || kind || '|' || since || '|' || "
                     "until || '|' || amount || '|' || bound || '|' || unit, ';') FROM records",
                     -1, &s, NULL);
  assert_int_equal(sqlite3_step(s), SQLITE_ROW);
  assert_string_equal((const char *)sqlite3_column_text(s, 0),
                      "名册.xlsx|名单|7|lecture|2025-03-01|2025-04|1.5|at_least|学时;"
                      "名册.xlsx|名单|7|lecture|1968|1968|1.5|at_least|学时");
  sqlite3_finalize(s);
  static const char *const views[] = {"people", "organizations", "programmes", "cohorts",   "activities",
                                      "posts",  "enrollments",   "records",    "relations", "merges"};
  for (size_t k = 0; k < sizeof views / sizeof *views; k++) {
    char *sql = arena_format(b.memory, "SELECT * FROM %s", views[k]);
    assert_int_equal(sqlite3_exec(base, sql, NULL, NULL, NULL), SQLITE_OK);
  }
  sqlite3_close(base);
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_becomes_facts_and_subjects),
      cmocka_unit_test(a_dry_run_and_an_abandoned_import_leave_nothing),
      cmocka_unit_test(closing_the_ledger_abandons_what_is_under_way),
      cmocka_unit_test(what_cannot_be_kept_fails_the_import),
      cmocka_unit_test(the_same_file_is_known_while_what_it_said_is_open),
      cmocka_unit_test(imports_are_listed_as_they_were_made),
      cmocka_unit_test(facts_are_visited_as_known_after_an_import),
      cmocka_unit_test(views_read_well),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
