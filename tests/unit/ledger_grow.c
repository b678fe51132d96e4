/* The subject file and other processes: several at once, one that is killed, one that may write nothing. */
#include "unit/ledger_dump.h"

#include "ledger/subjects_format.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { ROUNDS = 6, TOGETHER = 4 };

static void bring(bench *b, const char *file, int first, int count) {
  importing *i = bench_begin(b, file);
  for (int k = first; k < first + count; k++) {
    int64_t person = ledger_new_entity(i);
    bench_put(b, i, person_of(person, k, arena_format(b->memory, "T%05d", k)));
    for (int n = 0; n < 3; n++)
      bench_put(b, i, record_of(person, k * 10 + n, "training", day_of(2025, 1 + n, 1 + k % 28), k));
  }
  bench_commit(b, i);
}

/* What a process of its own sees of the ledger, as a digest in the exit file; ends the process. */
static void look_and_end(const char *path, const digest *expected) {
  bench b = {.memory = arena_new(), .path = (char *)(uintptr_t)path};
  b.problems = faults_new(b.memory);
  b.ledger = ledger_open(path, LEDGER_READ, b.problems);
  if (b.ledger == NULL) _exit(2);
  subjects *s = subjects_open(b.ledger, b.problems);
  if (s == NULL) _exit(3);
  const char *text = dump_text(&b, s);
  digest found = digest_of(text, strlen(text));
  _exit(digest_same(found, *expected) ? 0 : 1);
}

static digest seen_now(bench *b) {
  const char *text = dump_now(b);
  return digest_of(text, strlen(text));
}

static char *bytes_of(bench *b, const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char *bytes = arena_take(b->memory, *size + 1);
  assert_int_equal(fread(bytes, 1, *size, file), *size);
  fclose(file);
  return bytes;
}

/* The file of an earlier state, from which the next is made. */
typedef struct earlier_file {
  char *bytes;
  size_t size;
} earlier_file;

/* Leaves the file of this state behind by a few corrections, a person and a merge. */
static earlier_file fall_behind(bench *b) {
  earlier_file out;
  const char *path = bench_path(b, ".subjects");
  seen_now(b);
  out.bytes = bytes_of(b, path, &out.size);
  importing *i = bench_begin(b, "later.csv");
  for (int64_t old = 2; old < 60; old += 11) assert_true(ledger_close_fact(i, old, b->problems));
  int64_t person = ledger_new_entity(i);
  bench_put(b, i, person_of(person, 90001, "A-first"));
  for (int n = 0; n < 5; n++) bench_put(b, i, record_of(1 + n * 3, 90010 + n, "award", day_of(2025, 2, 1 + n), n));
  fact merge = fact_of(FACT_MERGE, 90002);
  merge.subject_type = merge.object_type = FACT_PERSON;
  merge.subject = 7;
  merge.object = person;
  bench_put(b, i, merge);
  bench_commit(b, i);
  return out;
}

static void put_back(bench *b, const earlier_file *file, size_t size) {
  FILE *out = fopen(bench_path(b, ".subjects"), "wb");
  assert_non_null(out);
  assert_int_equal(fwrite(file->bytes, 1, size, out), size);
  assert_int_equal(fclose(out), 0);
}

static void several_make_one_file(bool behind) {
  bench b = bench_new();
  bring(&b, "a.csv", 1, 300);
  earlier_file earlier = {NULL, 0};
  if (behind) earlier = fall_behind(&b);
  digest expected = seen_now(&b);
  char *path = bench_path(&b, ".subjects"), *coming = bench_path(&b, ".subjects.new");
  ledger_close(b.ledger); /* a child must not inherit what SQLite knows of its locks */
  b.ledger = NULL;
  for (int round = 0; round < ROUNDS; round++) {
    pid_t started[TOGETHER];
    unlink(path);
    if (behind) put_back(&b, &earlier, earlier.size);
    for (int k = 0; k < TOGETHER; k++) {
      started[k] = fork();
      assert_true(started[k] >= 0);
      if (started[k] == 0) look_and_end(b.path, &expected);
    }
    for (int k = 0; k < TOGETHER; k++) {
      int status;
      assert_int_equal(waitpid(started[k], &status, 0), started[k]);
      assert_true(WIFEXITED(status));
      assert_int_equal(WEXITSTATUS(status), 0);
    }
    assert_int_equal(access(path, F_OK), 0);
    assert_int_equal(access(coming, F_OK), -1);
  }
  bench_end(&b);
}

static void several_at_once_make_one_file(void **state) {
  (void)state;
  several_make_one_file(false);
}

static void several_at_once_renew_one_file(void **state) {
  (void)state;
  several_make_one_file(true);
}

static void killed_again_and_again(bool behind) {
  bench b = bench_new();
  bring(&b, "a.csv", 1, 2000);
  earlier_file earlier = {NULL, 0};
  if (behind) earlier = fall_behind(&b);
  digest expected = seen_now(&b);
  char *path = bench_path(&b, ".subjects");
  for (int round = 0; round < 20; round++) {
    unlink(path);
    if (behind) put_back(&b, &earlier, earlier.size);
    ledger_close(b.ledger);
    b.ledger = NULL;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) look_and_end(b.path, &expected);
    usleep((useconds_t)(round * (behind ? 250 : 700)));
    kill(child, SIGKILL);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    bench_again(&b, LEDGER_WRITE);
    digest found = seen_now(&b);
    assert_true(digest_same(found, expected));
    assert_int_equal(access(bench_path(&b, ".subjects.new"), F_OK), -1);
  }
  bench_end(&b);
}

static void who_is_killed_leaves_nothing_that_matters(void **state) {
  (void)state;
  killed_again_and_again(false);
}

static void who_is_killed_while_it_renews_leaves_nothing_that_matters(void **state) {
  (void)state;
  killed_again_and_again(true);
}

/* As another user, to whom the folder is open for reading only. */
static void who_may_write_nothing_sees_the_same(void **state) {
  (void)state;
  if (geteuid() != 0) skip(); /* nobody else to become */
  bench b = bench_new();
  bring(&b, "a.csv", 1, 100);
  earlier_file earlier = fall_behind(&b);
  digest expected = seen_now(&b);
  char *path = bench_path(&b, ".subjects");
  ledger_close(b.ledger); /* its log is gone with it */
  b.ledger = NULL;
  assert_int_equal(chmod(b.folder, 0755), 0);
  assert_int_equal(chmod(b.path, 0644), 0);
  for (int with_file = 2; with_file >= 0; with_file--) {
    if (with_file < 2) unlink(path);
    if (with_file == 1) put_back(&b, &earlier, earlier.size);
    if (with_file > 0) assert_int_equal(chmod(path, 0644), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      if (setgid(65534) != 0 || setuid(65534) != 0) _exit(4);
      look_and_end(b.path, &expected);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
  }
  assert_int_equal(access(path, F_OK), -1);
  bench_end(&b);
}

/* The file is there, of this state, and has the bytes that it has when it is made from the ledger. */
static void is_as_made_anew(bench *b) {
  char *path = bench_path(b, ".subjects");
  size_t grown_size, size;
  const char *grown = bytes_of(b, path, &grown_size);
  assert_int_equal(unlink(path), 0);
  subjects *s = subjects_open(b->ledger, b->problems);
  if (s == NULL) bench_show(b);
  assert_non_null(s);
  subjects_close(s);
  const char *made = bytes_of(b, path, &size);
  assert_int_equal(size, grown_size);
  assert_memory_equal(made, grown, size);
}

static void large_imports_grow_the_file_that_would_be_made(void **state) {
  (void)state;
  bench b = bench_new();
  char *path = bench_path(&b, ".subjects");
  bring(&b, "small.csv", 1, 10);
  assert_int_equal(access(path, F_OK), -1); /* nobody asked for it yet */
  bring(&b, "a.csv", 11, 500);
  is_as_made_anew(&b);
  importing *i = bench_begin(&b, "b.csv"); /* closes what the others opened, and refers to their people */
  for (int64_t old = 30; old < 700; old += 7) assert_true(ledger_close_fact(i, old, b.problems));
  for (int k = 1; k < 2000; k++) {
    fact f = record_of(1 + k % 500, 90000 + k, k % 3 == 0 ? "award" : "visit", day_of(2024, 1 + k % 12, 1 + k % 28), k);
    f.attributes = k % 5 == 0 ? "{\"theme\": \"阅读\"}" : k % 7 == 0 ? "{\"theme\": \"评价\", \"best\": true}" : NULL;
    bench_put(&b, i, f);
  }
  bench_commit(&b, i);
  is_as_made_anew(&b);
  digest before = seen_now(&b);
  arena *a = arena_new();
  int64_t *undone;
  size_t count;
  assert_true(ledger_undo(b.ledger, 3, false, "who", "2025-01-01T00:00:00Z", false, a, &undone, &count, b.problems));
  assert_false(digest_same(before, seen_now(&b)));
  is_as_made_anew(&b);
  arena_free(a);
  bench_end(&b);
}

/* The file is begun when an import is sealed; it stands once the import is committed, and goes with it otherwise. */
static void what_is_sealed_grows_the_file_when_it_is_committed(void **state) {
  (void)state;
  bench b = bench_new();
  const char *coming = bench_path(&b, ".subjects.new");
  bring(&b, "a.csv", 1, 700);
  digest before = seen_now(&b);
  for (int kept = 0; kept < 2; kept++) {
    importing *i = bench_begin(&b, "b.csv");
    for (int k = 1; k < 2000; k++)
      bench_put(&b, i, record_of(1 + k % 500, 90000 + k, "visit", day_of(2024, 1 + k % 12, 1 + k % 28), k));
    assert_true(ledger_seal(i, b.problems));
    fact more = record_of(1, 99999, "visit", day_of(2024, 1, 1), 1);
    assert_int_equal(kept ? 0 : ledger_put(i, &more, b.problems), 0);
    if (!kept)
      assert_string_equal(
          bench_fault(&b, LANGUAGE_EN),
          arena_format(b.memory, "error: an import into ledger \"%s\" is sealed, nothing more goes into it", b.path));
    if (kept)
      bench_commit(&b, i);
    else
      ledger_abandon(i);
    bench_forgive(&b);
    assert_int_equal(access(coming, F_OK), -1);
    assert_int_equal(digest_same(before, seen_now(&b)), !kept);
  }
  is_as_made_anew(&b);
  bench_end(&b);
}

static size_t warnings(bench *b) {
  return b->problems->count - b->problems->errors;
}

/* An earlier file that is whole is taken; one that is damaged or cut off anywhere is said to be, and made anew. */
static void an_earlier_file_is_believed_in_nothing(void **state) {
  (void)state;
  bench b = bench_new();
  bring(&b, "a.csv", 1, 60);
  earlier_file earlier = fall_behind(&b);
  digest expected = seen_now(&b);
  put_back(&b, &earlier, earlier.size);
  assert_true(digest_same(seen_now(&b), expected));
  assert_int_equal(warnings(&b), 0);
  is_as_made_anew(&b);
  for (size_t at = 0; at < earlier.size; at += 499) {
    earlier.bytes[at] ^= 0x10;
    put_back(&b, &earlier, earlier.size);
    earlier.bytes[at] ^= 0x10;
    bench_forgive(&b);
    assert_true(digest_same(seen_now(&b), expected));
    if (at >= SUBJECTS_HEADER) assert_int_equal(warnings(&b), 1);
  }
  for (size_t size = 0; size < earlier.size; size += 1009) {
    put_back(&b, &earlier, size);
    bench_forgive(&b);
    assert_true(digest_same(seen_now(&b), expected));
  }
  bench other = bench_new(); /* an earlier state, but of another ledger */
  bring(&other, "a.csv", 1, 61);
  fall_behind(&other);
  bring(&other, "b.csv", 100, 10);
  digest others = seen_now(&other);
  put_back(&other, &earlier, earlier.size);
  assert_true(digest_same(seen_now(&other), others));
  is_as_made_anew(&other);
  bench_end(&other);
  bench_end(&b);
}

/* Enough facts that two threads read them. */
static void two_hands_make_what_one_makes(void **state) {
  (void)state;
  bench b = bench_new();
  bring(&b, "a.csv", 1, 17000);
  is_as_made_anew(&b);
  bench_end(&b);
}

/* So many facts that those before them are read meanwhile; what the import closes of them is not told of. */
static void what_was_there_before_is_read_meanwhile(void **state) {
  (void)state;
  bench b = bench_new();
  bring(&b, "a.csv", 1, 2500);
  for (int closes = 0; closes < 2; closes++) {
    importing *i = bench_begin(&b, closes ? "c.csv" : "b.csv");
    for (int k = 1; k <= 70000; k++)
      bench_put(&b, i, record_of(1 + k % 2500, 90000 + k, "visit", day_of(2024, 1 + k % 12, 1 + k % 28), k));
    for (int64_t old = 2; closes && old < 3000; old += 97) assert_true(ledger_close_fact(i, old, b.problems));
    bench_commit(&b, i);
    is_as_made_anew(&b);
  }
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(large_imports_grow_the_file_that_would_be_made),
      cmocka_unit_test(what_is_sealed_grows_the_file_when_it_is_committed),
      cmocka_unit_test(what_was_there_before_is_read_meanwhile),
      cmocka_unit_test(two_hands_make_what_one_makes),
      cmocka_unit_test(an_earlier_file_is_believed_in_nothing),
      cmocka_unit_test(several_at_once_make_one_file),
      cmocka_unit_test(several_at_once_renew_one_file),
      cmocka_unit_test(who_is_killed_leaves_nothing_that_matters),
      cmocka_unit_test(who_is_killed_while_it_renews_leaves_nothing_that_matters),
      cmocka_unit_test(who_may_write_nothing_sees_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
