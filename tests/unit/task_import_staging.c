/* A file's facts against those of the ledger: new, the same, changed, withdrawn; and the entities that files name. */
#include "ledger_support.h"

#include "task/rows_out.h"
#include "task/staging.h"

#include <sys/stat.h>

typedef struct stage {
  bench bench;
  known *known;
  staging *staging;
} stage;

static void begin(stage *s, const char *file) {
import head = {.kind = IMPORT_FILE, .file_name = file, .file = digest_named(file), .adapter = "roster", .who = "clerk", .at = "2025-09-01T08:00:00Z" };
  s->known = known_open(s->bench.ledger, s->bench.problems);
  assert_non_null(s->known);
  s->staging = staging_begin(s->bench.ledger, &head, s->known, s->bench.problems);
  if (s->staging == NULL) bench_show(&s->bench);
  assert_non_null(s->staging);
}

static import commit(stage *s) {
import done;
  bool good = staging_commit(s->staging, 0, false, &done, s->bench.problems);
  if (!good) bench_show(&s->bench);
  assert_true(good);
  known_close(s->known);
  return done;
}

static int64_t key(const char *text) {
  return digest_key(digest_named(text));
}

/* The person of a code as a roster states it; a new entity where the ledger has none. */
static staged state_person(stage *s, const char *code, const char *name, int64_t row, int64_t *entity) {
  found_entities found;
  known_by_code(s->known, FACT_PERSON, code, &found);
  fact f = person_of(found.count == 1 ? found.entity[0] : staging_new_entity(s->staging), row, code);
  f.name = name;
  staged what = staging_state(s->staging, &f, s->bench.problems);
  *entity = f.entity;
  return what;
}

static staged put_visit(stage *s, int64_t person, int64_t row, const char *what, const char *kind, int64_t cover) {
  fact f = record_of(person, row, kind, 20000, 3);
  f.key = key(what);
  f.cover = cover;
  return staging_put(s->staging, &f, s->bench.problems);
}

static void the_same_again_changes_nothing(void **state) {
  (void)state;
  stage s = {.bench = bench_new()};
  int64_t one, two;
  begin(&s, "a");
  assert_int_equal(state_person(&s, "t01", "甲", 2, &one), STAGED_NEW);
  assert_int_equal(state_person(&s, "t01", "甲", 3, &two), STAGED_SAME);
  assert_int_equal(one, two);
  assert_int_equal(state_person(&s, "t01", "乙", 4, &two), STAGED_CONFLICT);
  assert_int_equal(put_visit(&s, one, 2, "t01 1", "visit", 0), STAGED_NEW);
  assert_int_equal(put_visit(&s, one, 3, "t01 1", "visit", 0), STAGED_NEW); /* the same key twice: two facts */
import done = commit(& s);
  assert_int_equal(done.id, 1);
  assert_int_equal(done.opened, 3);

  begin(&s, "a");
  assert_int_equal(state_person(&s, "t01", "甲", 2, &two), STAGED_SAME);
  assert_int_equal(one, two);
  assert_int_equal(put_visit(&s, one, 8, "t01 1", "visit", 0), STAGED_SAME);
  assert_int_equal(put_visit(&s, one, 9, "t01 1", "visit", 0), STAGED_SAME);
  assert_int_equal(staging_count(s.staging).same, 3);
  done = commit(&s);
  assert_int_equal(done.id, 0); /* no import was made */
  assert_int_equal(ledger_last(s.bench.ledger), 1);
  bench_end(&s.bench);
}

static void a_correction_keeps_the_entity(void **state) {
  (void)state;
  stage s = {.bench = bench_new()};
  int64_t one, two;
  begin(&s, "a");
  state_person(&s, "t01", "甲", 2, &one);
  put_visit(&s, one, 2, "t01 1", "visit", 0);
  commit(&s);
  begin(&s, "b");
  assert_int_equal(state_person(&s, "t01", "乙", 2, &two), STAGED_CHANGED);
  assert_int_equal(one, two);
  found_entities found;
  known_by_name(s.known, FACT_PERSON, "甲", &found);
  assert_int_equal(found.count, 0);
  known_by_name(s.known, FACT_PERSON, "乙", &found);
  assert_int_equal(found.count, 1);
  assert_int_equal(put_visit(&s, one, 2, "t01 1", "lecture", 0), STAGED_CHANGED);
import done = commit(& s);
  assert_int_equal(done.opened, 2);
  assert_int_equal(done.closed, 2);
  bench_end(&s.bench);
}

static void only_covers_withdraw(void **state) {
  (void)state;
  stage s = {.bench = bench_new()};
  int64_t one;
  begin(&s, "a");
  state_person(&s, "t01", "甲", 2, &one);
  put_visit(&s, one, 2, "covered 1", "visit", key("school 1"));
  put_visit(&s, one, 3, "covered 2", "visit", key("school 1"));
  put_visit(&s, one, 4, "covered 3", "visit", key("school 2"));
  put_visit(&s, one, 5, "free", "visit", 0);
  commit(&s);
  begin(&s, "b");
  assert_int_equal(put_visit(&s, one, 2, "covered 1", "visit", key("school 1")), STAGED_SAME);
  assert_true(staging_withdraw(s.staging, s.bench.problems));
  assert_int_equal(staging_count(s.staging).withdrawn, 1); /* covered 2: the file does not speak for school 2 */
import done = commit(& s);
  assert_int_equal(done.closed, 1);
  bench_end(&s.bench);
}

static void what_others_rest_on_stays(void **state) {
  (void)state;
  stage s = {.bench = bench_new()};
  int64_t one;
  begin(&s, "a");
  state_person(&s, "t01", NULL, 2, &one);
  fact enrollment = fact_of(FACT_ENROLLMENT, 2);
  enrollment.entity = staging_new_entity(s.staging);
  enrollment.subject = one;
  enrollment.key = key("enrollment");
  enrollment.cover = key("cohort");
  fact other = enrollment;
  other.key = key("other");
  other.entity = staging_new_entity(s.staging);
  assert_int_equal(staging_state(s.staging, &enrollment, s.bench.problems), STAGED_NEW);
  assert_int_equal(staging_state(s.staging, &other, s.bench.problems), STAGED_NEW);
  commit(&s);
  begin(&s, "b");
  fact record = record_of(enrollment.entity, 2, "visit", 20000, 1);
  record.subject_type = FACT_ENROLLMENT;
  record.key = key("record");
  staging_put(s.staging, &record, s.bench.problems);
  commit(&s);
  begin(&s, "c");
  assert_int_equal(staging_state(s.staging, &other, s.bench.problems), STAGED_SAME);
  assert_false(staging_withdraw(s.staging, s.bench.problems));
  assert_string_equal(
      bench_fault(&s.bench, LANGUAGE_EN),
      "error: the enrollment of \"t01\" is missing from this file, but records of other files rest on it: 1\n"
      "  put its row back, or undo those imports first (hongzhu log, hongzhu undo)");
  assert_string_equal(bench_fault(&s.bench, LANGUAGE_ZH),
                      "错误：本文件中没有“t01”的参训，但其他文件有记录以它为依据，共 1 条\n"
                      "  请补回该行，或先撤销那些导入（hongzhu log、hongzhu undo）");
  staging_abandon(s.staging);
  known_close(s.known);
  assert_int_equal(ledger_last(s.bench.ledger), 2);
  bench_end(&s.bench);
}

static void a_dry_run_stores_nothing(void **state) {
  (void)state;
  stage s = {.bench = bench_new()};
  int64_t one;
  begin(&s, "a");
  state_person(&s, "t01", "甲", 2, &one);
import done;
  assert_true(staging_commit(s.staging, 0, true, &done, s.bench.problems));
  known_close(s.known);
  assert_int_equal(ledger_last(s.bench.ledger), 0);
  bench_end(&s.bench);
}

static void entities_are_found_by_what_files_call_them(void **state) {
  (void)state;
  stage s = {.bench = bench_new()};
  begin(&s, "a");
  int64_t one, two, three;
  state_person(&s, "t01", "甲·乙", 2, &one);
  state_person(&s, "t02", "甲·乙", 3, &two);
  state_person(&s, "t03", "丙", 4, &three);
  fact school = organization_of(staging_new_entity(s.staging), 2, "school", "第一小学");
  school.code = "S1";
  school.key = key("s1");
  school.attributes = "{\"aliases\":[\"一小\",\"实验 小学\"]}";
  staging_state(s.staging, &school, s.bench.problems);
  fact post = fact_of(FACT_POST, 3);
  post.subject = two;
  post.object = school.entity;
  post.kind = "teaching";
  post.key = key("post");
  staging_state(s.staging, &post, s.bench.problems);
  commit(&s);

  s.known = known_open(s.bench.ledger, s.bench.problems);
  found_entities found;
  known_by_name(s.known, FACT_PERSON, text_key(s.bench.memory, "甲•乙"), &found);
  assert_int_equal(found.count, 2);
  assert_int_equal(found.entity[0], one);
  assert_int_equal(found.entity[1], two);
  known_by_school(s.known, text_key(s.bench.memory, "甲・乙"), school.entity, &found);
  assert_int_equal(found.count, 1);
  assert_int_equal(found.entity[0], two);
  known_by_name(s.known, FACT_ORGANIZATION, text_key(s.bench.memory, "实验小学"), &found);
  assert_int_equal(found.count, 1);
  known_by_code(s.known, FACT_ORGANIZATION, text_key(s.bench.memory, "ｓ１"), &found);
  assert_int_equal(found.count, 1);
  known_by_code(s.known, FACT_PERSON, text_key(s.bench.memory, "S1"), &found);
  assert_int_equal(found.count, 0);
  assert_true(known_has_post(s.known, two, school.entity, "teaching"));
  assert_false(known_has_post(s.known, one, school.entity, "teaching"));
  fact f;
  assert_true(known_fact(s.known, FACT_PERSON, three, s.bench.memory, &f, s.bench.problems));
  assert_string_equal(f.name, "丙");
  known_close(s.known);

  /* merged, they are found as the one that stays */
  importing *i = ledger_begin(
      s.bench.ledger, &(import){.kind = IMPORT_MERGE, .who = "clerk", .at = "2025-09-02T08:00:00Z"}, s.bench.problems);
  fact merge = fact_of(FACT_MERGE, 0);
  merge.subject = two;
  merge.object = one;
  bench_put(&s.bench, i, merge);
  bench_commit(&s.bench, i);
  s.known = known_open(s.bench.ledger, s.bench.problems);
  known_by_name(s.known, FACT_PERSON, text_key(s.bench.memory, "甲·乙"), &found);
  assert_int_equal(found.count, 1);
  assert_int_equal(found.entity[0], one);
  known_by_code(s.known, FACT_PERSON, "t02", &found);
  assert_int_equal(found.entity[0], one);
  assert_true(known_has_post(s.known, one, school.entity, "teaching"));
  assert_int_equal(known_current(s.known, two), one);
  known_close(s.known);
  bench_end(&s.bench);
}

static void many_entities_are_all_found(void **state) {
  (void)state;
  stage s = {.bench = bench_new()};
  begin(&s, "a");
  for (int i = 0; i < 3000; i++) {
    int64_t entity;
    state_person(&s, arena_format(s.bench.memory, "p%04d", i), NULL, i + 2, &entity);
  }
  for (int i = 0; i < 3000; i++) {
    found_entities found;
    known_by_code(s.known, FACT_PERSON, arena_format(s.bench.memory, "p%04d", i), &found);
    assert_int_equal(found.count, 1);
  }
  commit(&s);
  bench_end(&s.bench);
}

static void tables_are_safe_to_open(void **state) {
  (void)state;
  bench b = bench_new();
  char *file = arena_format(b.memory, "%s/out.csv", b.folder);
  assert_int_equal(symlink("elsewhere", file), 0); /* replaced, never followed */
  rows_out *w = rows_out_begin(file, b.problems);
  assert_non_null(w);
  rows_out_row(w, (const char *[]){"名称", "a,b", "say \"x\"", NULL}, 4);
  rows_out_row(w, (const char *[]){"=1+1", "-5", "@x", "990101199203040013"}, 4);
  assert_true(rows_out_end(w, b.problems));
  struct stat about;
  assert_int_equal(lstat(file, &about), 0);
  assert_true(S_ISREG(about.st_mode));
  assert_int_equal(about.st_mode & 0777, 0600);
  char bytes[256] = {0};
  FILE *in = fopen(file, "r");
  assert_non_null(in);
  size_t length = fread(bytes, 1, sizeof bytes - 1, in);
  fclose(in);
  assert_true(length > 0);
  assert_string_equal(bytes, "\xEF\xBB\xBF名称,\"a,b\",\"say \"\"x\"\"\",\r\n'=1+1,-5,'@x,'990101199203040013\r\n");
  assert_null(rows_out_begin("/nowhere/at/all.csv", b.problems));
  assert_string_equal(bench_fault(&b, LANGUAGE_EN), "error: /nowhere/at/all.csv: the table cannot be written: No such "
                                                    "file or directory\n  choose another place, or make room");
  bench_end(&b);
}

/* Facts that wait are put in their order: before an entity that is stated, when as many wait as may, and when asked. */
static void what_waits_is_put_in_its_order(void **state) {
  (void)state;
  stage s = {.bench = bench_new()};
  int64_t one, two;
  fact visits[40];
  begin(&s, "a");
  state_person(&s, "t01", "甲", 2, &one);
  for (int k = 0; k < 3; k++) {
    visits[k] = record_of(one, 2 + k, "visit", 20000 + k / 2, 3);
    visits[k].key = key("t01 visit"); /* twice the same, then the key with something else */
    assert_true(staging_put_soon(s.staging, &visits[k], s.bench.problems));
  }
  assert_int_equal(staging_waits(s.staging), 3);
  assert_int_equal(staging_count(s.staging).opened, 1);
  assert_int_equal(state_person(&s, "t01", "甲", 5, &two), STAGED_SAME); /* opens nothing: they may go on waiting */
  assert_int_equal(staging_waits(s.staging), 3);
  state_person(&s, "t02", "乙", 6, &two);
  assert_int_equal(staging_waits(s.staging), 0);
  assert_int_equal(staging_count(s.staging).opened, 5);
  assert_int_equal(staging_count(s.staging).repeated, 1);
  assert_int_equal(staging_count(s.staging).alike, 1);
  assert_int_equal(staging_count(s.staging).alike_row, 4);
  for (int k = 3; k < 40; k++) {
    visits[k] = record_of(two, 10 + k, "visit", 20000, 3);
    visits[k].key = key(arena_format(s.bench.memory, "t02 %d", k));
    assert_true(staging_put_soon(s.staging, &visits[k], s.bench.problems));
    assert_true(staging_waits(s.staging) < STAGING_MOST);
  }
  assert_true(staging_waits(s.staging) > 0);
  assert_int_equal(put_visit(&s, two, 99, "t02 last", "visit", 0), STAGED_NEW);
  assert_int_equal(staging_waits(s.staging), 0);
import done = commit(& s);
  assert_int_equal(done.opened, 43);
  for (int64_t id = 2; id <= 43; id++) {
    fact found;
    if (id == 5) continue; /* the second person stands between the records of the first and its own */
    assert_true(ledger_fact(s.bench.ledger, FACT_RECORD, id, s.bench.memory, &found, s.bench.problems));
    assert_int_equal(found.row, id < 5 ? id : id < 43 ? id + 7 : 99);
    assert_int_equal(found.subject, id < 5 ? one : two);
  }
  bench_end(&s.bench);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_same_again_changes_nothing), cmocka_unit_test(a_correction_keeps_the_entity),
      cmocka_unit_test(only_covers_withdraw),           cmocka_unit_test(what_others_rest_on_stays),
      cmocka_unit_test(a_dry_run_stores_nothing),       cmocka_unit_test(entities_are_found_by_what_files_call_them),
      cmocka_unit_test(what_waits_is_put_in_its_order), cmocka_unit_test(many_entities_are_all_found),
      cmocka_unit_test(tables_are_safe_to_open),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
