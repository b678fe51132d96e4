/* The ledger as files: made, opened, locked, closed; what is said when it cannot be. */
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "ledger/store.h"
#include "unit/ledger_support.h"

static void expect(bench *b, const char *en, const char *zh) {
  assert_string_equal(bench_fault(b, LANGUAGE_EN), en);
  assert_string_equal(bench_fault(b, LANGUAGE_ZH), zh);
  bench_forgive(b);
}

static void it_is_made_with_its_key_and_folder(void **state) {
  (void)state;
  bench b = bench_new();
  struct stat about;
  assert_int_equal(stat(b.path, &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
  assert_int_equal(stat(bench_path(&b, ".key"), &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
  assert_int_equal(stat(bench_path(&b, ".files"), &about), 0);
  assert_int_equal(about.st_mode & 0777, 0700);
  assert_string_equal(ledger_path(b.ledger), b.path);
  assert_int_equal(ledger_last(b.ledger), 0);
  digest none = {{0}};
  assert_true(digest_same(ledger_chain(b.ledger, 0), none));
  assert_false(ledger_create(b.path, b.problems));
  expect(&b,
         arena_format(b.memory,
                      "error: \"%s\" is there already and was left alone\n"
                      "  choose another name for the new ledger, or go on with the one there",
                      b.path),
         arena_format(b.memory, "错误：“%s”已经存在，未作改动\n  请为新台账另取名称，或继续使用已有的台账", b.path));
  bench_end(&b);
}

static void nothing_is_left_where_it_cannot_be_made(void **state) {
  (void)state;
  bench b = bench_new();
  char *other = arena_format(b.memory, "%s/other.db", b.folder);
  char *files = arena_format(b.memory, "%s.files", other);
  assert_int_equal(mkdir(files, 0700), 0);
  assert_false(ledger_create(other, b.problems));
  assert_int_equal(access(other, F_OK), -1);
  assert_int_equal(access(arena_format(b.memory, "%s.key", other), F_OK), -1);
  bench_forgive(&b);
  assert_false(ledger_create(arena_format(b.memory, "%s/no/such.db", b.folder), b.problems));
  expect(&b, arena_format(b.memory, "error: \"%s/no/such.db\" cannot be made: No such file or directory", b.folder),
         arena_format(b.memory, "错误：“%s/no/such.db”无法创建：没有这个文件或文件夹", b.folder));
  bench_end(&b);
}

static void what_is_no_ledger_is_refused(void **state) {
  (void)state;
  bench b = bench_new();
  char *path = arena_format(b.memory, "%s/none.db", b.folder);
  assert_null(ledger_open(path, LEDGER_READ, b.problems));
  expect(&b,
         arena_format(b.memory,
                      "error: there is no ledger \"%s\"\n"
                      "  make one with: hongzhu init; or name another with --ledger",
                      path),
         arena_format(b.memory, "错误：没有台账“%s”\n  请用 hongzhu init 新建，或用 --ledger 指定另一个台账", path));
  FILE *file = fopen(path, "w");
  for (int k = 0; k < 400; k++) fputs("this is a letter and no database at all\n", file);
  fclose(file);
  assert_null(ledger_open(path, LEDGER_READ, b.problems));
  expect(&b,
         arena_format(b.memory,
                      "error: \"%s\" is no ledger: it is not a database\n"
                      "  name the ledger with --ledger, or make one with: hongzhu init",
                      path),
         arena_format(b.memory,
                      "错误：“%s”不是台账：它不是数据库文件\n  请用 --ledger 指定台账，或用 hongzhu init 新建", path));
  unlink(path);
  sqlite3 *base;
  sqlite3_open(path, &base);
  sqlite3_exec(base, "CREATE TABLE t (a)", NULL, NULL, NULL);
  sqlite3_close(base);
  assert_null(ledger_open(path, LEDGER_READ, b.problems));
  expect(&b,
         arena_format(b.memory,
                      "error: \"%s\" is no ledger of Hongzhu: it is a database of another program\n"
                      "  name the ledger with --ledger, or make one with: hongzhu init",
                      path),
         arena_format(b.memory,
                      "错误：“%s”不是红烛台账：它是其他程序的数据库\n"
                      "  请用 --ledger 指定台账，或用 hongzhu init 新建",
                      path));
  bench_end(&b);
}

static void a_newer_ledger_is_left_alone(void **state) {
  (void)state;
  bench b = bench_new();
  ledger_close(b.ledger);
  bench_raw(&b, "PRAGMA user_version = 7");
  b.ledger = ledger_open(b.path, LEDGER_WRITE, b.problems);
  assert_null(b.ledger);
  expect(&b,
         arena_format(b.memory,
                      "error: ledger \"%s\" was written by a newer version of Hongzhu (its format is 7, known "
                      "is 3)\n  install the newer version",
                      b.path),
         arena_format(b.memory, "错误：台账“%s”由更新版本的红烛写成（其格式为 7，本程序支持到 3）\n  请安装较新的版本",
                      b.path));
  bench_raw(&b, "PRAGMA user_version = 0");
  assert_null(ledger_open(b.path, LEDGER_READ, b.problems));
  expect(&b,
         arena_format(b.memory,
                      "error: ledger \"%s\" is damaged: it has no format number\n  go back to the last backup", b.path),
         arena_format(b.memory, "错误：台账“%s”已损坏：没有格式编号\n  请恢复最近的备份", b.path));
  bench_end(&b);
}

static void one_writes_and_others_read(void **state) {
  (void)state;
  bench b = bench_new();
  assert_null(ledger_open_within(b.path, LEDGER_WRITE, 60, b.problems));
  expect(&b,
         arena_format(b.memory,
                      "error: ledger \"%s\" is being written by another program, waited 0 seconds\n"
                      "  wait until it is done and try again, or wait longer with --wait SECONDS",
                      b.path),
         arena_format(b.memory,
                      "错误：台账“%s”正被另一个程序写入，已等待 0 秒\n  请等它完成后再试，或用 --wait 秒数 等待更久",
                      b.path));
  importing *i = bench_begin(&b, "a.csv");
  bench_put(&b, i, person_of(ledger_new_entity(i), 1, "T01"));
  ledger *reader = ledger_open(b.path, LEDGER_READ, b.problems);
  assert_non_null(reader);
  assert_int_equal(ledger_last(reader), 0);
  bench_commit(&b, i);
  assert_int_equal(ledger_last(reader), 1);
import head = {.kind = IMPORT_FILE };
  assert_null(ledger_begin(reader, &head, b.problems));
  expect(&b, arena_format(b.memory, "error: ledger \"%s\" was opened for reading and cannot be changed", b.path),
         arena_format(b.memory, "错误：台账“%s”是以只读方式打开的，不能修改", b.path));
  ledger_close(reader);
  bench_end(&b);
}

static void the_key_is_its_own(void **state) {
  (void)state;
  bench a = bench_new(), b = bench_new();
  const digest *key = ledger_id_key(a.ledger, a.problems);
  assert_non_null(key);
  digest first = *key;
  bench_again(&a, LEDGER_READ);
  assert_true(digest_same(first, *ledger_id_key(a.ledger, a.problems)));
  assert_false(digest_same(first, *ledger_id_key(b.ledger, b.problems)));
  bench_again(&a, LEDGER_READ);
  assert_int_equal(system(arena_format(a.memory, "cp '%s.key' '%s.key'", b.path, a.path)), 0);
  assert_null(ledger_id_key(a.ledger, a.problems));
  expect(&a,
         arena_format(a.memory,
                      "error: \"%s.key\" is not the key of this ledger\n"
                      "  bring back the key that was made with the ledger",
                      a.path),
         arena_format(a.memory, "错误：“%s.key”不是本台账的密钥\n  请取回与本台账同时生成的密钥文件", a.path));
  FILE *file = fopen(bench_path(&a, ".key"), "w");
  fputs("short", file);
  fclose(file);
  assert_null(ledger_id_key(a.ledger, a.problems));
  bench_forgive(&a);
  unlink(bench_path(&a, ".key"));
  assert_null(ledger_id_key(a.ledger, a.problems));
  assert_non_null(strstr(bench_fault(&a, LANGUAGE_EN), ".key\" cannot be read: No such file or directory"));
  assert_non_null(strstr(bench_fault(&a, LANGUAGE_ZH), "证件号码的密钥应在台账旁边，请从保管处取回"));
  bench_end(&a);
  bench_end(&b);
}

static void without_its_folder_it_cannot_be_written(void **state) {
  (void)state;
  bench b = bench_new();
  ledger_close(b.ledger);
  assert_int_equal(rmdir(bench_path(&b, ".files")), 0);
  b.ledger = ledger_open(b.path, LEDGER_WRITE, b.problems);
  assert_null(b.ledger);
  assert_non_null(strstr(bench_fault(&b, LANGUAGE_EN), "the folder of kept files belongs beside the ledger"));
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(it_is_made_with_its_key_and_folder),
      cmocka_unit_test(nothing_is_left_where_it_cannot_be_made),
      cmocka_unit_test(what_is_no_ledger_is_refused),
      cmocka_unit_test(a_newer_ledger_is_left_alone),
      cmocka_unit_test(one_writes_and_others_read),
      cmocka_unit_test(the_key_is_its_own),
      cmocka_unit_test(without_its_folder_it_cannot_be_written),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
