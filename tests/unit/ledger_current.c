/* The facts that are open now, found in places of a subject file that is whole, of an earlier state, or damaged. */
#include "unit/ledger_support.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "ledger/current.h"

enum { PEOPLE = 400, SCHOOLS = 7 };

typedef struct world {
  bench b;
  int64_t school[SCHOOLS], person[PEOPLE], record[PEOPLE], post[PEOPLE], fact[PEOPLE];
} world;

static char *code_of(bench *b, int k) {
  return arena_format(b->memory, "T%04d", k);
}

static int64_t key_of(bench *b, const char *what, int k) {
  return digest_key(digest_named(arena_format(b->memory, "%s %d", what, k)));
}

static void make_world(world *w) {
  *w = (world){.b = bench_new()};
  bench *b = &w->b;
  importing *i = bench_begin(b, "world.csv");
  for (int k = 0; k < SCHOOLS; k++) {
    fact school =
        organization_of(w->school[k] = ledger_new_entity(i), k + 1, "school", arena_format(b->memory, "S%d", k));
    school.attributes = arena_format(b->memory, "{\"aliases\":[\"school %d\",\"the %dth\"]}", k, k);
    bench_put(b, i, school);
  }
  for (int k = 0; k < PEOPLE; k++) {
    fact person = person_of(w->person[k] = ledger_new_entity(i), k + 10, code_of(b, k));
    person.name = arena_format(b->memory, "Name %d", k % 50);
    person.has_id = true;
    person.id_hash = digest_named(person.code);
    person.id_tail = "001X";
    w->fact[k] = bench_put(b, i, person);
    fact post = fact_of(FACT_POST, k + 10);
    post.subject = w->person[k];
    post.object = w->school[k % SCHOOLS];
    post.key = key_of(b, "post", k);
    post.cover = key_of(b, "school", k % SCHOOLS);
    w->post[k] = bench_put(b, i, post);
    fact record = record_of(w->person[k], k + 10, "training", day_of(2025, 1, 1 + k % 28), k);
    record.key = key_of(b, "record", k);
    w->record[k] = bench_put(b, i, record);
  }
  bench_commit(b, i);
}

static void note(void *context, const current_hit *hit) {
  buffer_format(context, " %s %lld/%lld/%lld", fact_type_name(hit->type), (long long)hit->fact, (long long)hit->entity,
                (long long)hit->object);
}

/* Every answer that the world gives, as text. */
static char *answers(world *w) {
  bench *b = &w->b;
  current *c = current_open(b->ledger, b->problems);
  assert_non_null(c);
  buffer out = {0};
  for (int k = 0; k < PEOPLE; k += 3) {
    arena *a = arena_new();
    const char *code = text_key(a, code_of(b, k)), *name = text_key(a, arena_format(a, "NAME %d", k % 50));
    int64_t id = digest_key(digest_named(code_of(b, k)));
    buffer_format(&out, "\n%d: %lld %lld", k, (long long)current_by_key(c, FACT_RECORD, key_of(b, "record", k)),
                  (long long)current_by_key(c, FACT_POST, key_of(b, "record", k)));
    current_named(c, NAMED_CODE, FACT_PERSON, code, strlen(code), note, &out);
    current_named(c, NAMED_NAME, FACT_PERSON, name, strlen(name), note, &out);
    current_named(c, NAMED_ID, FACT_PERSON, &id, sizeof id, note, &out);
    current_describing(c, FACT_PERSON, w->person[k], note, &out);
    current_listed(c, FACT_POST, FACT_PERSON, w->person[k], note, &out);
    current_listed(c, FACT_RECORD, FACT_PERSON, w->person[k], note, &out);
    arena_free(a);
  }
  for (int k = 0; k < SCHOOLS; k++) {
    char *alias = text_key(b->memory, arena_format(b->memory, "THE %dTH", k));
    buffer_format(&out, "\nschool %d:", k);
    current_named(c, NAMED_NAME, FACT_ORGANIZATION, alias, strlen(alias), note, &out);
    current_by_cover(c, key_of(b, "school", k), note, &out);
    current_listed(c, FACT_POST, FACT_ORGANIZATION, w->school[k], note, &out);
  }
  current_close(c);
  char *text = arena_text(b->memory, out.at);
  buffer_free(&out);
  return text;
}

static void all_is_found_by_what_it_is_called(void **state) {
  (void)state;
  world w;
  make_world(&w);
  bench *b = &w.b;
  current *c = current_open(b->ledger, b->problems);
  for (int k = 0; k < PEOPLE; k++) {
    assert_int_equal(current_by_key(c, FACT_RECORD, key_of(b, "record", k)), w.record[k]);
    assert_int_equal(current_by_key(c, FACT_POST, key_of(b, "post", k)), w.post[k]);
    buffer out = {0};
    char *code = text_key(b->memory, code_of(b, k));
    current_named(c, NAMED_CODE, FACT_PERSON, code, strlen(code), note, &out);
    assert_string_equal(out.at,
                        arena_format(b->memory, " person %lld/%lld/0", (long long)w.fact[k], (long long)w.person[k]));
    buffer_free(&out);
    current_listed(c, FACT_POST, FACT_PERSON, w.person[k], note, &out);
    assert_string_equal(
        out.at, arena_format(b->memory, " post %lld/0/%lld", (long long)w.post[k], (long long)w.school[k % SCHOOLS]));
    buffer_free(&out);
  }
  assert_int_equal(current_by_key(c, FACT_RECORD, 12345), 0);
  assert_int_equal(current_by_key(c, FACT_RECORD, INT64_MAX), 0);
  buffer out = {0};
  buffer_text(&out, "");
  current_describing(c, FACT_COHORT, w.person[0], note, &out); /* another type */
  current_describing(c, FACT_PERSON, 1000000, note, &out);
  current_named(c, NAMED_CODE, FACT_PERSON, "nobody", 6, note, &out);
  current_listed(c, FACT_ENROLLMENT, FACT_PERSON, w.person[0], note, &out);
  assert_string_equal(out.at, "");
  buffer_free(&out);
  current_leave_out(c, w.record[5]);
  assert_int_equal(current_by_key(c, FACT_RECORD, key_of(b, "record", 5)), 0);
  assert_int_equal(current_by_key(c, FACT_RECORD, key_of(b, "record", 6)), w.record[6]);
  current_close(c);
  bench_end(b);
}

static void what_was_closed_since_is_left_out(void **state) {
  (void)state;
  world w;
  make_world(&w);
  bench *b = &w.b;
  assert_non_null(answers(&w)); /* the file is there now */
  importing *i = bench_begin(b, "later.csv");
  assert_true(ledger_close_fact(i, w.record[3], b->problems));
  assert_true(ledger_close_fact(i, w.fact[6], b->problems));
  bench_put(b, i, record_of(w.person[3], 2, "award", day_of(2025, 2, 1), 1));
  bench_commit(b, i);
  current *c = current_open(b->ledger, b->problems);
  assert_int_equal(current_since(c), 1);
  assert_int_equal(current_by_key(c, FACT_RECORD, key_of(b, "record", 3)), 0);
  buffer out = {0};
  buffer_text(&out, "");
  current_describing(c, FACT_PERSON, w.person[6], note, &out);
  current_listed(c, FACT_RECORD, FACT_PERSON, w.person[3], note, &out);
  assert_string_equal(out.at, "");
  buffer_free(&out);
  current_close(c);
  /* Once much has changed the file is made anew. */
  i = bench_begin(b, "much.csv");
  for (int k = 0; k < PEOPLE; k++) bench_put(b, i, record_of(w.person[k], k + 1, "award", day_of(2025, 3, 1), 1));
  bench_commit(b, i);
  c = current_open(b->ledger, b->problems);
  assert_int_equal(current_since(c), 3);
  current_close(c);
  bench_end(b);
}

static void taking_a_merge_back_makes_the_file_anew(void **state) {
  (void)state;
  world w;
  make_world(&w);
  bench *b = &w.b;
  importing *i = bench_begin(b, "merge");
  fact merge = fact_of(FACT_MERGE, 1);
  merge.subject = w.person[1];
  merge.object = w.person[0];
  int64_t merged = bench_put(b, i, merge);
  bench_commit(b, i);
  subjects_close(subjects_open(b->ledger, b->problems));
  current *c = current_open(b->ledger, b->problems);
  buffer out = {0};
  current_describing(c, FACT_PERSON, w.person[1], note, &out); /* both facts tell of one person */
  assert_string_equal(out.at, arena_format(b->memory, " person %lld/%lld/0 person %lld/%lld/0", (long long)w.fact[0],
                                           (long long)w.person[0], (long long)w.fact[1], (long long)w.person[0]));
  buffer_free(&out);
  current_close(c);
  i = bench_begin(b, "not merged");
  assert_true(ledger_close_fact(i, merged, b->problems));
  bench_commit(b, i);
  c = current_open(b->ledger, b->problems);
  assert_int_equal(current_since(c), 3);
  current_describing(c, FACT_PERSON, w.person[1], note, &out);
  assert_string_equal(out.at,
                      arena_format(b->memory, " person %lld/%lld/0", (long long)w.fact[1], (long long)w.person[1]));
  buffer_free(&out);
  current_close(c);
  bench_end(b);
}

static void flip(const char *path, off_t at) {
  int descriptor = open(path, O_RDWR);
  unsigned char byte;
  assert_int_equal(pread(descriptor, &byte, 1, at), 1);
  byte ^= 0x10;
  assert_int_equal(pwrite(descriptor, &byte, 1, at), 1);
  close(descriptor);
}

static void damage_anywhere_changes_no_answer(void **state) {
  (void)state;
  world w;
  make_world(&w);
  bench *b = &w.b;
  char *path = bench_path(b, ".subjects");
  const char *expected = answers(&w);
  struct stat about;
  assert_int_equal(stat(path, &about), 0);
  size_t warned = 0;
  for (off_t at = 16; at < about.st_size; at += SUBJECTS_BLOCK / 4 + 13) { /* every block several times */
    flip(path, at);
    bench_forgive(b);
    assert_string_equal(answers(&w), expected);
    assert_int_equal(b->problems->errors, 0);
    warned += b->problems->count;
    assert_int_equal(stat(path, &about), 0);
    subjects_close(subjects_open(b->ledger, b->problems)); /* what was not read is still damaged */
  }
  assert_true(warned > 3);
  bench_forgive(b);
  flip(path, SUBJECTS_HEADER + 100);
  for (off_t at = SUBJECTS_HEADER; at < about.st_size; at += SUBJECTS_BLOCK) flip(path, at + 7);
  assert_string_equal(answers(&w), expected);
  assert_string_equal(
      bench_fault(b, LANGUAGE_EN),
      arena_format(b->memory, "warning: the subject file \"%s\" was damaged and is made anew from the ledger", path));
  assert_string_equal(bench_fault(b, LANGUAGE_ZH),
                      arena_format(b->memory, "警告：主体文件“%s”已损坏，现由台账重新生成", path));
  assert_string_equal(answers(&w), expected);
  bench_end(b);
}

static void an_import_under_way_goes_on_over_a_damaged_file(void **state) {
  (void)state;
  world w;
  make_world(&w);
  bench *b = &w.b;
  answers(&w);
  char *path = bench_path(b, ".subjects");
  struct stat about;
  assert_int_equal(stat(path, &about), 0);
  for (off_t at = SUBJECTS_HEADER; at < about.st_size - 4096; at += SUBJECTS_BLOCK / 2) flip(path, at + 9);
  current *c = current_open(b->ledger, b->problems);
  importing *i = bench_begin(b, "later.csv");
  bench_put(b, i, record_of(w.person[3], 2, "award", day_of(2025, 2, 1), 1));
  assert_true(ledger_close_fact(i, w.record[8], b->problems));
  for (int k = 0; k < PEOPLE; k++)
    assert_int_equal(current_by_key(c, FACT_RECORD, key_of(b, "record", k)), w.record[k]);
  bench_commit(b, i);
  current_close(c);
  c = current_open(b->ledger, b->problems);
  assert_int_equal(current_since(c), 1);
  assert_int_equal(current_by_key(c, FACT_RECORD, key_of(b, "record", 8)), 0);
  current_close(c);
  bench_end(b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_is_found_by_what_it_is_called),
      cmocka_unit_test(what_was_closed_since_is_left_out),
      cmocka_unit_test(taking_a_merge_back_makes_the_file_anew),
      cmocka_unit_test(damage_anywhere_changes_no_answer),
      cmocka_unit_test(an_import_under_way_goes_on_over_a_damaged_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
