/* Whatever is changed behind the ledger's back is found and named. */
#include <fcntl.h>
#include <sys/stat.h>

#include "unit/ledger_dump.h"

static int64_t put_entity(bench *b, importing *i, fact_type type, const char *code, fact also) {
  fact f = also;
  f.type = type;
  f.entity = ledger_new_entity(i);
  f.code = type == FACT_ENROLLMENT ? NULL : code;
  f.since = f.until = DATE_NONE;
  f.sheet = 1;
  f.row = 7;
  f.part = 1;
  bench_put(b, i, f);
  return f.entity;
}

static digest keep_text(bench *b, const char *text) {
  char *path = arena_format(b->memory, "%s/given", b->folder);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
  int descriptor = open(path, O_RDONLY);
  digest kept;
  assert_true(ledger_keep(b->ledger, descriptor, &kept, b->problems));
  close(descriptor);
  assert_true(digest_same(kept, digest_named(text)));
  return kept;
}

/* A ledger in which every table has a row. */
static bench full_ledger(void) {
  bench b = bench_new();
  image_row image = {.pack = "ganzhou", .version = "1", .data = "{\"a\":1}", .text = "{\"pack.lua\":\"\"}"};
  assert_true(ledger_put_image(b.ledger, &image, b.problems));
  binding rules = {.image = image.id, .from = day_of(2025, 1, 1), .who = "clerk"};
  assert_true(ledger_bind(b.ledger, &rules, b.problems));

import head = {.kind = IMPORT_FILE, .file_name = "名册.xlsx", .file = keep_text(& b, "rows"), .adapter = "roster", .image = image.id };
  importing *i = ledger_begin(b.ledger, &head, b.problems);
  assert_non_null(i);
  assert_true(ledger_sheet(i, 1, "名单", b.problems));
  fact none = {.kind = NULL};
  int64_t organization = put_entity(&b, i, FACT_ORGANIZATION, "S1", (fact){.kind = "school", .name = "大成学校"});
  int64_t person = put_entity(&b, i, FACT_PERSON, "T01",
                              (fact){.has_id = true, .id_hash = digest_named("id"), .id_tail = "123X", .key = 5});
  int64_t other = put_entity(&b, i, FACT_PERSON, "T02", none);
  int64_t programme = put_entity(&b, i, FACT_PROGRAMME, "P", (fact){.kind = "talent", .level = "county"});
  int64_t cohort = put_entity(&b, i, FACT_COHORT, "C", (fact){.kind = "batch", .subject = programme});
  int64_t activity =
      put_entity(&b, i, FACT_ACTIVITY, "A",
                 (fact){.kind = "session", .mode = "offline", .subject_type = FACT_COHORT, .subject = cohort});
  int64_t enrollment = put_entity(
      &b, i, FACT_ENROLLMENT, NULL,
      (fact){.kind = "placement", .status = "done", .subject = person, .object = cohort, .place = organization});
  fact post = fact_of(FACT_POST, 8);
  post.subject = person;
  post.object = organization;
  bench_put(&b, i, post);
  fact record = record_of(0, 9, "lecture", day_of(2025, 3, 1), 2);
  record.subject_type = FACT_ENROLLMENT;
  record.subject = enrollment;
  record.object_type = FACT_ACTIVITY;
  record.object = activity;
  record.attributes = "{\"theme\":\"课堂\"}";
  int64_t lecture = bench_put(&b, i, record);
  fact relation = fact_of(FACT_RELATION, 10);
  relation.kind = "mentor";
  relation.subject_type = relation.object_type = FACT_PERSON;
  relation.subject = person;
  relation.object = other;
  bench_put(&b, i, relation);
  fact merge = fact_of(FACT_MERGE, 11);
  merge.subject = other;
  merge.object = person;
  bench_put(&b, i, merge);
  bench_commit(&b, i);

  head = (import){.kind = IMPORT_ENTRY, .who = "clerk"};
  i = ledger_begin(b.ledger, &head, b.problems);
  assert_true(ledger_close_fact(i, lecture, b.problems));
  bench_commit(&b, i);
  int64_t *undone;
  size_t count;
  assert_true(ledger_undo(b.ledger, 2, false, "clerk", "2025-09-02", false, b.memory, &undone, &count, b.problems));

  decision_row decision = {.rule = "cycle",
                           .of = FACT_PERSON,
                           .subject = person,
                           .outcome = 1,
                           .on = day_of(2025, 12, 31),
                           .valid_until = DAY_EVER,
                           .known_after = 3,
                           .image = image.id,
                           .needs = "needs",
                           .needs_size = 5};
  assert_true(ledger_put_decisions(b.ledger, &decision, 1, b.problems));
  issued report = {.report = "summary",
                   .scope = "{}",
                   .format = "html",
                   .on = day_of(2025, 12, 31),
                   .known_after = 3,
                   .image = image.id,
                   .content = keep_text(&b, "report"),
                   .who = "clerk"};
  assert_true(ledger_put_issued(b.ledger, &report, b.problems));
  assert_int_equal(report.id, 1);
  return b;
}

static bool verifies(bench *b, ledger *l) {
  bench_forgive(b);
  return ledger_verify(l, NULL, NULL, b->problems);
}

static void expect_words(bench *b, language in, const char *words, const char *of) {
  for (size_t k = 0; k < b->problems->count; k++) {
    if (strstr(fault_text(b->memory, &b->problems->items[k], in), words) != NULL) return;
  }
  for (size_t k = 0; k < b->problems->count; k++)
    fprintf(stderr, "%s\n", fault_text(b->memory, &b->problems->items[k], in));
  fail_msg("%s: nothing says \"%s\"", of, words);
}

static void copy_file(bench *b, const char *from, const char *to) {
  assert_int_equal(system(arena_format(b->memory, "cp '%s' '%s'", from, to)), 0);
}

static void a_whole_ledger_verifies(void **state) {
  (void)state;
  bench b = full_ledger();
  bool good = verifies(&b, b.ledger);
  bench_show(&b);
  assert_true(good);
  bench_again(&b, LEDGER_READ);
  assert_true(verifies(&b, b.ledger));
  bench_end(&b);
}

static void every_change_is_found_and_named(void **state) {
  (void)state;
  static const struct {
    const char *sql, *words;
  } changes[] = {
      {"UPDATE person SET name = 'x' WHERE id = 2", "名册.xlsx, sheet \"名单\", row 7: person 2 was changed"},
      {"UPDATE person SET id_tail = '1234' WHERE id = 2", "person 2 was changed"},
      {"UPDATE person SET id_hash = zeroblob(32) WHERE id = 2", "person 2 was changed"},
      {"UPDATE person SET entity = 9 WHERE id = 2", "person 2 was changed"},
      {"UPDATE organization SET name = name || '.' WHERE id = 1", "organization 1 was changed"},
      {"UPDATE programme SET key = 9", "programme 4 was changed"},
      {"UPDATE cohort SET subject = 1", "cohort 5 was changed"},
      {"UPDATE activity SET since = 4", "activity 6 was changed"},
      {"UPDATE enrollment SET place = NULL", "enrollment 7 was changed"},
      {"UPDATE post SET row = 9", "row 9: post 8 was changed"},
      {"UPDATE record SET amount = amount + 1 WHERE id = 9", "row 9: record 9 was changed"},
      {"UPDATE record SET bound = 2 WHERE id = 9", "record 9 was changed"},
      {"UPDATE record SET source = 2 WHERE id = 12", "record 12 was changed"},
      {"UPDATE record SET kind = level", "record 9 was changed"},
      {"UPDATE record SET checksum = 0 WHERE id = 9", "record 9 was changed"},
      {"UPDATE relation SET object = 1", "relation 10 was changed"},
      {"UPDATE merge SET object = 1", "merge 11 was changed"},
      {"DELETE FROM relation", "import 1 (\"名册.xlsx\") does not have the content it was sealed with"},
      {"INSERT INTO merge SELECT 99, import, source, sheet, row, part, key, cover, subject, object, checksum FROM "
       "merge",
       "table \"merge\" has 1 rows that no import brought"},
      {"UPDATE closing SET fact = 8 WHERE fact = 9", "import 2 (\"-\") does not have the content it was sealed with"},
      {"DELETE FROM closing", "import 2 (\"-\") does not have the content"},
      {"UPDATE closing SET import = 77", "table \"closing\" has rows of import 77, which is missing"},
      {"UPDATE copy SET origin = 8", "import 3 (\"-\") does not have the content"},
      {"UPDATE sheet SET name = '名单2'", "import 1 (\"名册.xlsx\") does not have the content"},
      {"UPDATE import SET file_name = 'other' WHERE id = 1", "the entry of import 1 (\"other\") was changed"},
      {"UPDATE import SET same = 3 WHERE id = 2", "the entry of import 2 (\"-\") was changed"},
      {"UPDATE import SET chain = zeroblob(32) WHERE id = 2", "the entry of import 2 (\"-\") was changed"},
      {"UPDATE import SET content = zeroblob(32) WHERE id = 3", "import 3 (\"-\") does not have the content"},
      {"DELETE FROM import WHERE id = 2", "import 2 is missing"},
      {"UPDATE word SET text = 'lekture' WHERE text = 'lecture'", "was changed: it is now \"lekture\""},
      {"UPDATE image SET data = '{}'", "was changed: its text does not give its digest"},
      {"UPDATE image SET version = '2'", "the entry of pack image 1 was changed"},
      {"UPDATE binding SET from_day = 0", "binding 1 was changed"},
      {"UPDATE decision SET on_day = 0", "decision 1 of rule \"cycle\" was changed"},
      {"UPDATE decision SET decisions = x'4E65656473'", "decision 1 of rule \"cycle\" was changed"},
      {"UPDATE decision SET count = 3", "decisions 1 to 3 of rule \"cycle\" were changed"},
      {"UPDATE decision SET id = 2", "decision 1 is missing"},
      {"UPDATE issue SET scope = '{\"a\":1}'", "the entry of issued report 1 was changed"},
      {"UPDATE identity SET key_check = zeroblob(32)", "is not the key of this ledger"},
      {"CREATE TRIGGER spy AFTER INSERT ON record BEGIN DELETE FROM closing; END",
       "\"spy\" does not belong to a ledger's schema"},
      {"DROP VIEW people", "\"people\" is missing from the ledger's schema"},
      {"DROP VIEW people; CREATE VIEW people AS SELECT 1", "\"people\" in the ledger's schema was changed"},
      {"UPDATE record SET unit = 55 WHERE id = 9", "refers to a row of \"word\" that is missing"},
  };
  bench b = full_ledger();
  ledger_close(b.ledger);
  b.ledger = NULL;
  char *backup = bench_path(&b, ".whole");
  copy_file(&b, b.path, backup);
  for (size_t k = 0; k < sizeof changes / sizeof *changes; k++) {
    copy_file(&b, backup, b.path);
    bench_raw(&b, changes[k].sql);
    b.ledger = ledger_open(b.path, LEDGER_READ, b.problems);
    assert_non_null(b.ledger);
    if (verifies(&b, b.ledger)) fail_msg("not found: %s", changes[k].sql);
    expect_words(&b, LANGUAGE_EN, changes[k].words, changes[k].sql);
    ledger_close(b.ledger);
    b.ledger = NULL;
  }
  bench_end(&b);
}

static void it_is_said_in_chinese_too(void **state) {
  (void)state;
  bench b = full_ledger();
  bench_raw(&b, "UPDATE record SET amount = 1 WHERE id = 9; UPDATE sheet SET name = 'x'");
  assert_false(verifies(&b, b.ledger));
  expect_words(&b, LANGUAGE_ZH, "类型为 record 的事实 9 在第 1 次导入之后被改动", "record");
  bench_end(&b);
}

static void kept_files_are_read_again(void **state) {
  (void)state;
  bench b = full_ledger();
  char digits[DIGEST_TEXT];
  digest_text(digest_named("rows"), digits);
  char *path = arena_format(b.memory, "%s.files/%s", b.path, digits);
  struct stat about;
  assert_int_equal(stat(path, &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
  FILE *file = fopen(path, "w");
  fputs("rowz", file);
  fclose(file);
  assert_false(verifies(&b, b.ledger));
  expect_words(&b, LANGUAGE_EN, "the kept file \"名册.xlsx\" (", "kept");
  expect_words(&b, LANGUAGE_ZH, "保存的文件“名册.xlsx”（", "kept");
  unlink(path);
  assert_false(verifies(&b, b.ledger));
  expect_words(&b, LANGUAGE_EN, "cannot be read: No such file or directory", "kept");
  /* What is kept again is whole again. */
  keep_text(&b, "rows");
  assert_true(verifies(&b, b.ledger));
  bench_end(&b);
}

/* Bytes that nothing uses may differ; whatever is used is either found or makes no difference. */
static void a_flipped_byte_never_changes_a_result_unseen(void **state) {
  (void)state;
  bench b = full_ledger();
  const char *whole = dump_now(&b);
  char *backup = bench_path(&b, ".whole"), *stored = bench_path(&b, ".subjects");
  ledger_close(b.ledger);
  copy_file(&b, b.path, backup);
  struct stat about;
  assert_int_equal(stat(b.path, &about), 0);
  int found = 0;
  for (off_t at = 5; at < about.st_size; at += 997) {
    copy_file(&b, backup, b.path);
    unlink(stored);
    int descriptor = open(b.path, O_RDWR);
    unsigned char byte;
    assert_int_equal(pread(descriptor, &byte, 1, at), 1);
    byte ^= (unsigned char)(1u << (at % 8));
    assert_int_equal(pwrite(descriptor, &byte, 1, at), 1);
    close(descriptor);
    bench_forgive(&b);
    b.ledger = ledger_open(b.path, LEDGER_READ, b.problems);
    if (b.ledger != NULL && verifies(&b, b.ledger)) {
      assert_string_equal(dump_now(&b), whole);
    } else {
      found++;
      subjects_close(b.ledger == NULL ? NULL : subjects_open(b.ledger, b.problems));
    }
    ledger_close(b.ledger);
    b.ledger = NULL;
  }
  assert_true(found > 8);
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_whole_ledger_verifies),
      cmocka_unit_test(every_change_is_found_and_named),
      cmocka_unit_test(it_is_said_in_chinese_too),
      cmocka_unit_test(kept_files_are_read_again),
      cmocka_unit_test(a_flipped_byte_never_changes_a_result_unseen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
