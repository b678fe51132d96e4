/* The subject file: order, references, merges, indexes; and that damage never changes a result. */
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "ledger/columns.h"
#include "ledger/subjects_inside.h"
#include "unit/ledger_dump.h"
#include "unit/ledger_forge.h"

/* ---- facts in memory ---- */

enum { SCHOOL = 11, BUREAU, PROGRAMME, COHORT, ACTIVITY, ANNA, BERT, PLACE };

static size_t a_small_world(fact *f) {
  size_t n = 0;
  f[n++] = organization_of(SCHOOL, 1, "school", "大成学校");
  f[n - 1].object = BUREAU;
  f[n++] = organization_of(BUREAU, 2, "bureau", "教育局");
  f[n] = fact_of(FACT_PROGRAMME, 3);
  f[n].entity = PROGRAMME;
  f[n++].code = "P";
  f[n] = fact_of(FACT_COHORT, 4);
  f[n].entity = COHORT;
  f[n++].subject = PROGRAMME;
  f[n] = fact_of(FACT_ACTIVITY, 5);
  f[n].entity = ACTIVITY;
  f[n].subject_type = FACT_COHORT;
  f[n++].subject = COHORT;
  f[n++] = person_of(BERT, 6, "T02");
  f[n++] = person_of(ANNA, 7, "T01");
  f[n] = fact_of(FACT_ENROLLMENT, 8);
  f[n].entity = PLACE;
  f[n].subject = BERT;
  f[n].object = COHORT;
  f[n++].place = SCHOOL;
  f[n] = record_of(0, 9, "lecture", day_of(2025, 5, 1), 1);
  f[n].subject_type = FACT_ENROLLMENT;
  f[n++].subject = PLACE;
  f[n++] = record_of(BERT, 10, "training", day_of(2025, 6, 1), 2);
  f[n++] = record_of(BERT, 11, "training", day_of(2025, 4, 1), 3);
  f[n] = record_of(ANNA, 12, "meeting", day_of(2025, 4, 1), 4);
  f[n].object_type = FACT_ACTIVITY;
  f[n].object = ACTIVITY;
  f[n++].place = BUREAU;
  f[n] = record_of(0, 13, "report", day_of(2025, 7, 1), 4);
  f[n].subject_type = FACT_ORGANIZATION;
  f[n++].subject = SCHOOL;
  f[n] = fact_of(FACT_RELATION, 14);
  f[n].kind = "mentor";
  f[n].subject_type = f[n].object_type = FACT_PERSON;
  f[n].subject = ANNA;
  f[n++].object = BERT;
  f[n] = fact_of(FACT_POST, 15);
  f[n].subject = ANNA;
  f[n++].object = SCHOOL;
  for (size_t k = 0; k < n; k++) f[k].id = (int64_t)k + 1;
  return n;
}

static subjects *subjects_from(bench *b, const fact *f, size_t count) {
  subjects *s = subjects_of_facts(f, count, b->problems);
  if (s == NULL) bench_show(b);
  assert_non_null(s);
  return s;
}

static bench memory_bench(void) {
  bench b = {.memory = arena_new()};
  b.problems = faults_new(b.memory);
  return b;
}

static void records_belong_to_all_they_are_about(void **state) {
  (void)state;
  bench b = memory_bench();
  fact f[32];
  subjects *s = subjects_from(&b, f, a_small_world(f));
  /* Persons by code: T01, T02. Records of persons come first, by person and day; then of the school, the enrollment. */
  assert_int_equal(s->of[FACT_RECORD].count, 5);
  const int64_t rows[] = {12, 11, 10, 13, 9};
  for (int k = 0; k < 5; k++) assert_int_equal(s->of[FACT_RECORD].row[k], rows[k]);
  const int32_t person[] = {0, 1, 1, -1, 1}, cohort[] = {0, -1, -1, -1, 0}, school[] = {-1, -1, -1, 1, -1};
  for (int k = 0; k < 5; k++) {
    assert_int_equal(s->record_of[FACT_PERSON][k], person[k]);
    assert_int_equal(s->record_of[FACT_COHORT][k], cohort[k]);
    assert_int_equal(s->record_of[FACT_PROGRAMME][k], cohort[k]);
    assert_int_equal(s->record_of[FACT_ORGANIZATION][k], school[k]);
  }
  assert_null(s->record_of[FACT_ACTIVITY]);
  /* Of one person by first day, whatever they are about: 1 April, 1 May (of the enrollment), 1 June. */
  const uint32_t *bert = s->records[FACT_PERSON].rows + s->records[FACT_PERSON].offset[1];
  assert_int_equal(s->records[FACT_PERSON].offset[2] - s->records[FACT_PERSON].offset[1], 3);
  assert_int_equal(bert[0], 1);
  assert_int_equal(bert[1], 4);
  assert_int_equal(bert[2], 2);
  assert_int_equal(s->records[FACT_COHORT].offset[1], 2);
  assert_string_equal(s->words[s->of[FACT_ORGANIZATION].kind[0]], "bureau");
  assert_int_equal(s->of[FACT_ORGANIZATION].object[1], 0);
  assert_int_equal(s->children.offset[1], 1);
  assert_int_equal(s->children.rows[0], 1);
  assert_int_equal(s->enrollments[FACT_PERSON].offset[2] - s->enrollments[FACT_PERSON].offset[1], 1);
  assert_int_equal(s->enrollments[FACT_COHORT].offset[1], 1);
  assert_int_equal(s->enrollments[FACT_PROGRAMME].offset[1], 1);
  assert_int_equal(s->enrollments[FACT_ORGANIZATION].offset[2], 1);
  assert_int_equal(s->relations[FACT_PERSON].offset[2], 2);
  assert_int_equal(s->posts.offset[1], 1);
  assert_int_equal(s->staff.offset[2], 1);
  subjects_close(s);
  arena_free(b.memory);
}

static void shuffle(fact *f, size_t count, uint64_t *state) {
  for (size_t k = count; k > 1; k--) {
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    size_t other = (size_t)(*state >> 33) % k;
    fact swap = f[k - 1];
    f[k - 1] = f[other];
    f[other] = swap;
  }
}

static void the_order_of_facts_and_their_numbers_do_not_matter(void **state) {
  (void)state;
  bench b = memory_bench();
  fact f[32];
  size_t count = a_small_world(f);
  subjects *s = subjects_from(&b, f, count);
  const char *expected = dump_text(&b, s);
  subjects_close(s);
  uint64_t chance = 42;
  for (int n = 0; n < 50; n++) {
    shuffle(f, count, &chance);
    for (size_t k = 0; k < count; k++) {
      f[k].id = (int64_t)k + 100;
      f[k].entity = f[k].entity == 0 ? 0 : f[k].entity + 1;
      f[k].subject = f[k].subject == 0 ? 0 : f[k].subject + 1;
      f[k].object = f[k].object == 0 ? 0 : f[k].object + 1;
      f[k].place = f[k].place == 0 ? 0 : f[k].place + 1;
    }
    s = subjects_from(&b, f, count);
    assert_string_equal(dump_text(&b, s), expected);
    subjects_close(s);
  }
  arena_free(b.memory);
}

static fact merge_of(int64_t row, int64_t from, int64_t into) {
  fact f = fact_of(FACT_MERGE, row);
  f.subject = from;
  f.object = into;
  return f;
}

static void merged_persons_are_one_row(void **state) {
  (void)state;
  bench b = memory_bench();
  fact f[16];
  size_t n = 0;
  const int64_t far = INT64_MAX - 5; /* entities may be any positive number */
  f[n++] = person_of(far, 1, "T03");
  f[n] = person_of(2, 2, "T01");
  f[n++].attributes = "{\"a\":\"of T01\",\"b\":\"only T01\"}";
  f[n] = person_of(3, 3, "T02");
  f[n].name = "name of T02";
  f[n++].attributes = "{\"a\":\"of T02\",\"c\":\"only T02\"}";
  f[n++] = merge_of(4, far, 2);
  f[n++] = merge_of(5, 2, 3); /* a chain: T03 into T01 into T02 */
  f[n++] = record_of(far, 6, "training", day_of(2025, 1, 3), 1);
  f[n++] = record_of(2, 7, "training", day_of(2025, 1, 2), 1);
  f[n++] = record_of(3, 8, "training", day_of(2025, 1, 1), 1);
  for (size_t k = 0; k < n; k++) f[k].id = (int64_t)k + 1;
  subjects *s = subjects_from(&b, f, n);
  const fact_columns *people = &s->of[FACT_PERSON];
  assert_int_equal(people->count, 1);
  assert_string_equal(s->words[people->code[0]], "T02");
  assert_string_equal(s->words[people->name[0]], "name of T02");
  assert_int_equal(people->fact[0], 3);
  assert_int_equal(people->attribute[1] - people->attribute[0], 3);
  assert_string_equal(s->words[s->attributes.value[0]], "of T02");
  assert_string_equal(s->words[s->attributes.value[1]], "only T01");
  assert_string_equal(s->words[s->attributes.value[2]], "only T02");
  assert_int_equal(s->records[FACT_PERSON].offset[1], 3);
  assert_int_equal(s->of[FACT_MERGE].count, 0);
  const subject_key *keys;
  assert_int_equal(subjects_by_key(s, digest_key(digest_named("T01")), &keys), 1);
  assert_int_equal(keys->row, 0);
  assert_int_equal(keys->fact, 2);
  subjects_close(s);

  /* A circle merges nobody; a merge into somebody unknown neither. */
  f[n++] = merge_of(9, 3, far);
  s = subjects_from(&b, f, n);
  assert_int_equal(s->of[FACT_PERSON].count, 3);
  subjects_close(s);
  f[n - 1] = merge_of(9, 3, 77);
  s = subjects_from(&b, f, n);
  assert_int_equal(s->of[FACT_PERSON].count, 3);
  subjects_close(s);
  arena_free(b.memory);
}

static void what_is_missing_or_of_another_type_is_no_row(void **state) {
  (void)state;
  bench b = memory_bench();
  fact f[8];
  f[0] = organization_of(1, 1, "school", "S");
  f[1] = record_of(9, 2, "training", DATE_NONE, 1);
  f[1].since = f[1].until = DATE_NONE;
  f[2] = record_of(1, 3, "training", day_of(2025, 1, 1), 1); /* says person, is an organization */
  f[3] = fact_of(FACT_RECORD, 4);
  f[3].attributes = "not json";
  subjects *s = subjects_from(&b, f, 4);
  for (int k = 0; k < 3; k++) {
    assert_int_equal(s->of[FACT_RECORD].subject[k], -1);
    assert_int_equal(s->record_of[FACT_PERSON][k], -1);
  }
  assert_int_equal(s->attributes.count, 0);
  subjects_close(s);
  s = subjects_from(&b, NULL, 0);
  assert_int_equal(s->of[FACT_RECORD].count, 0);
  assert_int_equal(s->word_count, 0);
  assert_int_equal(s->records[FACT_PERSON].offset[0], 0);
  assert_int_equal(subjects_word(s, "x"), 0);
  subjects_close(s);
  arena_free(b.memory);
}

static void words_are_in_the_order_of_their_bytes(void **state) {
  (void)state;
  bench b = memory_bench();
  fact f[6];
  const char *const codes[] = {"二", "abcdefghij", "abcdefghi", "", "一二三四", "一二三"};
  for (int k = 0; k < 6; k++) f[k] = person_of(k + 1, k + 1, codes[k]);
  subjects *s = subjects_from(&b, f, 6);
  assert_int_equal(s->word_count, 6);
  for (uint32_t w = 2; w <= s->word_count; w++) assert_true(strcmp(s->words[w - 1], s->words[w]) < 0);
  for (int k = 0; k < 6; k++) assert_string_equal(s->words[subjects_word(s, codes[k])], codes[k]);
  assert_string_equal(s->words[0], "");
  assert_int_equal(subjects_word(s, NULL), 0);
  subjects_close(s);
  arena_free(b.memory);
}

/* ---- the file beside the ledger ---- */

static void bring(bench *b, const char *file, int first, int count) {
  importing *i = bench_begin(b, file);
  for (int k = first; k < first + count; k++) {
    int64_t person = ledger_new_entity(i);
    bench_put(b, i, person_of(person, k, arena_format(b->memory, "T%05d", k)));
    fact record = record_of(person, k, "training", day_of(2025, 1 + k % 12, 1), k);
    record.attributes = k % 2 == 0 ? "{\"theme\":\"课堂\",\"value\":{\"amount\":\"2\"}}" : NULL;
    bench_put(b, i, record);
  }
  bench_commit(b, i);
}

static void flip(const char *path, off_t at, unsigned char with) {
  int descriptor = open(path, O_RDWR);
  unsigned char byte;
  assert_int_equal(pread(descriptor, &byte, 1, at), 1);
  byte ^= with;
  assert_int_equal(pwrite(descriptor, &byte, 1, at), 1);
  close(descriptor);
}

static off_t size_of(const char *path) {
  struct stat about;
  assert_int_equal(stat(path, &about), 0);
  return about.st_size;
}

static void damage_never_changes_a_result(void **state) {
  (void)state;
  bench b = bench_new();
  bring(&b, "a.csv", 1, 30);
  char *path = bench_path(&b, ".subjects"), *coming = bench_path(&b, ".subjects.new");
  const char *expected = dump_now(&b);
  assert_int_equal(size_of(path) > 4096, 1);
  struct stat about;
  assert_int_equal(stat(path, &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
  for (off_t at = 0; at < size_of(path); at += at < 200 ? 1 : 61) {
    flip(path, at, (unsigned char)(1 << at % 8));
    assert_string_equal(dump_now(&b), expected);
  }
  for (off_t size = 0; size < size_of(path); size += 509) {
    assert_int_equal(truncate(path, size), 0);
    assert_string_equal(dump_now(&b), expected);
  }
  unlink(path);
  bench_forgive(&b);
  assert_string_equal(dump_now(&b), expected);
  assert_int_equal(b.problems->count, 0); /* that there is none yet is nothing to say */
  flip(path, 5000, 4);
  assert_string_equal(dump_now(&b), expected);
  assert_int_equal(b.problems->errors, 0);
  assert_string_equal(
      bench_fault(&b, LANGUAGE_EN),
      arena_format(b.memory, "warning: the subject file \"%s\" was damaged and is made anew from the ledger", path));
  /* A folder or a link in its place is not followed and not removed. */
  unlink(path);
  assert_int_equal(symlink("/etc/passwd", path), 0);
  assert_string_equal(dump_now(&b), expected);
  unlink(path);
  assert_int_equal(symlink("/etc/passwd", coming), 0);
  assert_string_equal(dump_now(&b), expected);
  unlink(coming);
  /* What a killed process left is used up. */
  FILE *left = fopen(coming, "w");
  fputs("half a file", left);
  fclose(left);
  assert_string_equal(dump_now(&b), expected);
  assert_int_equal(access(coming, F_OK), -1);
  bench_end(&b);
}

/* Opened beforehand, whatever becomes of the ledger or the file in between, or nobody asking for it. */
static void what_is_opened_early_is_not_believed_more(void **state) {
  (void)state;
  bench b = bench_new();
  bring(&b, "a.csv", 1, 30);
  char *path = bench_path(&b, ".subjects");
  const char *before = dump_now(&b);
  subjects_soon(b.ledger);
  subjects_soon(b.ledger);
  assert_string_equal(dump_now(&b), before);
  assert_string_equal(dump_now(&b), before);
  subjects_soon(b.ledger);
  bring(&b, "b.csv", 40, 3);
  const char *later = dump_now(&b);
  assert_string_not_equal(later, before);
  flip(path, 5000, 4);
  bench_forgive(&b);
  subjects_soon(b.ledger);
  assert_string_equal(dump_now(&b), later);
  assert_int_equal(b.problems->count, 1); /* that it was damaged */
  unlink(path);
  subjects_soon(b.ledger);
  assert_string_equal(dump_now(&b), later);
  subjects_soon(b.ledger);
  bench_end(&b);
}

static long mapped_pages(void) {
  long size = 0, all = 0, mapped_ones = 0;
  FILE *status = fopen("/proc/self/statm", "r");
  assert_int_equal(fscanf(status, "%ld %ld %ld", &size, &all, &mapped_ones), 3);
  fclose(status);
  return mapped_ones;
}

/* Of a large file what was passed is let go, whole windows of it, and found again as it was; of a small one nothing. */
static void what_was_passed_is_let_go(void **state) {
  (void)state;
  enum { MEGABYTE = 1 << 20, SIZE = 300 * MEGABYTE, PAGE = 4096 };
  int descriptor = memfd_create("large", MFD_CLOEXEC);
  assert_int_equal(ftruncate(descriptor, SIZE), 0);
  unsigned char *bytes = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  assert_true(bytes != MAP_FAILED);
  for (size_t at = 0; at < 64 * MEGABYTE; at += PAGE) bytes[at] = (unsigned char)(at / PAGE % 251);
  mapped m = {.bytes = bytes, .size = 100 * MEGABYTE};
  long before = mapped_pages();
  mapped_passed(&m, bytes, bytes + 64 * MEGABYTE);
  assert_in_range(mapped_pages(), before - 64, before + 64);
  m.size = SIZE;
  mapped_passed(&m, bytes + MEGABYTE, bytes + 2 * MEGABYTE);      /* no window ends there */
  mapped_passed(&m, bytes - PAGE, bytes + 64 * MEGABYTE);         /* no part of it */
  mapped_passed(&m, bytes + 299 * MEGABYTE, bytes + SIZE + PAGE); /* nor this */
  assert_in_range(mapped_pages(), before - 64, before + 64);
  mapped_passed(&m, bytes + MEGABYTE, bytes + 33 * MEGABYTE);
  assert_in_range(mapped_pages(), before - 32 * MEGABYTE / PAGE - 64, before - 32 * MEGABYTE / PAGE + 64);
  for (size_t at = 0; at < 64 * MEGABYTE; at += PAGE) assert_int_equal(bytes[at], at / PAGE % 251);
  munmap(bytes, SIZE);
  close(descriptor);
}

/* An import that was stopped while it made the file: readers go on, and write none. */
static void who_makes_the_file_is_not_waited_for_without_end(void **state) {
  (void)state;
  bench b = bench_new();
  bring(&b, "a.csv", 1, 30);
  char *path = bench_path(&b, ".subjects"), *coming = bench_path(&b, ".subjects.new");
  const char *expected = dump_now(&b);
  unlink(path);
  int held = open(coming, O_RDWR | O_CREAT, 0600);
  assert_int_equal(flock(held, LOCK_EX), 0);
  assert_string_equal(dump_now(&b), expected);
  assert_int_equal(access(path, F_OK), -1);
  close(held);
  assert_string_equal(dump_now(&b), expected);
  assert_int_equal(access(path, F_OK), 0);
  bench_end(&b);
}

static void a_stale_or_foreign_file_is_not_believed(void **state) {
  (void)state;
  bench a = bench_new(), b = bench_new();
  bring(&a, "a.csv", 1, 5);
  bring(&b, "b.csv", 3, 5);
  const char *of_a = dump_now(&a), *of_b = dump_now(&b);
  assert_string_not_equal(of_a, of_b);
  assert_int_equal(system(arena_format(a.memory, "cp '%s.subjects' '%s.subjects'", b.path, a.path)), 0);
  assert_string_equal(dump_now(&a), of_a);
  bring(&a, "c.csv", 50, 2);
  const char *later = dump_now(&a);
  assert_string_not_equal(later, of_a);
  assert_string_equal(dump_after(&a, 1), of_a);
  assert_string_equal(dump_now(&a), later);
  assert_null(subjects_open_after(a.ledger, 3, a.problems));
  assert_string_equal(bench_fault(&a, LANGUAGE_EN),
                      arena_format(a.memory, "error: ledger \"%s\" has no import 3\n  see: hongzhu log", a.path));
  bench_end(&a);
  bench_end(&b);
}

static int copy_of(const subjects *s, off_t *size) {
  struct stat about;
  assert_int_equal(fstat(subjects_descriptor(s), &about), 0);
  *size = about.st_size;
  int copy = memfd_create("copy", MFD_CLOEXEC);
  char *bytes = malloc((size_t)about.st_size);
  assert_int_equal(pread(subjects_descriptor(s), bytes, (size_t)about.st_size, 0), about.st_size);
  assert_int_equal(pwrite(copy, bytes, (size_t)about.st_size, 0), about.st_size);
  free(bytes);
  return copy;
}

static void a_mapped_file_is_checked(void **state) {
  (void)state;
  bench b = memory_bench();
  fact f[32];
  subjects *s = subjects_from(&b, f, a_small_world(f));
  off_t size;
  int copy = copy_of(s, &size);
  subjects *again = subjects_map(copy, b.problems);
  assert_non_null(again);
  assert_string_equal(dump_text(&b, again), dump_text(&b, s));
  subjects_close(again);
  unsigned char byte = 0xff;
  assert_int_equal(pwrite(copy, &byte, 1, size - 1), 1);
  assert_null(subjects_map(copy, b.problems));
  assert_string_equal(bench_fault(&b, LANGUAGE_EN), "error: the subject file cannot be used: \"checksum\" is wrong\n"
                                                    "  it is made again from the ledger when the command is repeated");
  assert_string_equal(bench_fault(&b, LANGUAGE_ZH),
                      "错误：主体文件无法使用：“checksum”有误\n  重新运行命令时会由台账自动重建");
  close(copy);
  /* A worker's descriptor cannot write. */
  assert_int_equal(pwrite(subjects_descriptor(s), &byte, 1, 0), -1);
  subjects_close(s);
  arena_free(b.memory);
}

static void a_forged_file_leads_nobody_astray(void **state) {
  (void)state;
  bench b = memory_bench();
  fact f[32];
  size_t count = a_small_world(f);
  f[8].attributes = "{\"a\":\"text\",\"b\":{\"amount\":\"1\"},\"c\":{\"date\":\"2025\"}}";
  subjects *s = subjects_from(&b, f, count);
  off_t size;
  int copy = copy_of(s, &size);
  subjects_close(s);
  unsigned char *bytes = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, copy, 0);
  unsigned char *whole = malloc((size_t)size);
  memcpy(whole, bytes, (size_t)size);
  int refused = 0, accepted = 0;
  static const unsigned char values[] = {0xff, 0x01};
  for (off_t at = SUBJECTS_HEADER; at < size; at++) {
    for (size_t v = 0; v < sizeof values; v++) {
      memcpy(bytes, whole, (size_t)size);
      bytes[at] = (unsigned char)(bytes[at] ^ values[v]);
      sum_again(bytes);
      bench_forgive(&b);
      s = subjects_map(copy, b.problems);
      refused += s == NULL;
      accepted += s != NULL;
      if (s != NULL) dump_text(&b, s); /* reads everything: the sanitizer watches */
      subjects_close(s);
    }
    if (at % 64 == 0) {
      arena_free(b.memory);
      b = memory_bench();
    }
  }
  assert_true(refused > 1000);
  assert_true(accepted > 1000);
  munmap(bytes, (size_t)size);
  free(whole);
  close(copy);
  arena_free(b.memory);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(records_belong_to_all_they_are_about),
      cmocka_unit_test(the_order_of_facts_and_their_numbers_do_not_matter),
      cmocka_unit_test(merged_persons_are_one_row),
      cmocka_unit_test(what_is_missing_or_of_another_type_is_no_row),
      cmocka_unit_test(words_are_in_the_order_of_their_bytes),
      cmocka_unit_test(damage_never_changes_a_result),
      cmocka_unit_test(what_is_opened_early_is_not_believed_more),
      cmocka_unit_test(what_was_passed_is_let_go),
      cmocka_unit_test(who_makes_the_file_is_not_waited_for_without_end),
      cmocka_unit_test(a_stale_or_foreign_file_is_not_believed),
      cmocka_unit_test(a_mapped_file_is_checked),
      cmocka_unit_test(a_forged_file_leads_nobody_astray),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
