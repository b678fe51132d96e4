/* The private folder of a worker: what a process that was ended left goes with the next, what is held stays. */
#include "check.h"
#include "host/private_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char base[] = "/tmp/private-XXXXXX";

static void write_into(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  assert_true(file >= 0);
  close(file);
}

/* Makes one in a process that ends without removing it, shut as its worker may leave it. */
static void leave_one(arena *a) {
  pid_t child = fork();
  if (child == 0) {
    private_folder left = private_folder_make(a);
    if (!left.path) _exit(1);
    write_into(left.path, "part");
    _exit(chmod(left.path, 0) != 0);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
}

static void what_an_ended_process_left_goes(void **state) {
  (void)state;
  arena *a = arena_new();
  leave_one(a);
  leave_one(a);
  private_folder made = private_folder_make(a);
  assert_non_null(made.path);
  struct stat about;
  assert_int_equal(stat(made.path, &about), 0);
  assert_int_equal(about.st_mode & 0777, 0700);
  char path[sizeof base + 1];
  snprintf(path, sizeof path, "%s", base);
  assert_true(private_folder_remove(&made));
  assert_null(made.path);
  assert_int_equal(rmdir(path), 0); /* nothing else is there */
  assert_int_equal(mkdir(path, 0700), 0);
  arena_free(a);
}

static void what_is_held_stays(void **state) {
  (void)state;
  arena *a = arena_new();
  private_folder first = private_folder_make(a);
  assert_non_null(first.path);
  write_into(first.path, "part");
  leave_one(a); /* which sweeps before it makes its own */
  private_folder second = private_folder_make(a);
  assert_int_equal(access(first.path, F_OK), 0);
  assert_true(private_folder_remove(&second));
  assert_true(private_folder_remove(&first));
  arena_free(a);
}

/* A link under such a name leads nowhere, and other names are not looked at. */
static void nothing_else_is_touched(void **state) {
  (void)state;
  arena *a = arena_new();
  char other[128], name[256];
  snprintf(other, sizeof other, "%s/another", base);
  assert_int_equal(mkdir(other, 0700), 0);
  write_into(other, "kept");
  snprintf(name, sizeof name, "%s/hongzhu-worker-link", base);
  assert_int_equal(symlink(other, name), 0);
  private_folder made = private_folder_make(a);
  assert_true(private_folder_remove(&made));
  assert_int_equal(unlink(name), 0);
  snprintf(name, sizeof name, "%s/kept", other);
  assert_int_equal(unlink(name), 0);
  assert_int_equal(rmdir(other), 0);
  arena_free(a);
}

static void where_none_can_be_made_it_says_why(void **state) {
  (void)state;
  arena *a = arena_new();
  setenv("TMPDIR", "/tmp/there-is-no-such-folder", 1);
  private_folder made = private_folder_make(a);
  setenv("TMPDIR", base, 1);
  assert_null(made.path);
  assert_int_equal(errno, ENOENT);
  assert_true(private_folder_remove(&made));
  arena_free(a);
}

int main(void) {
  if (!mkdtemp(base)) return 1;
  setenv("TMPDIR", base, 1);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_an_ended_process_left_goes),
      cmocka_unit_test(what_is_held_stays),
      cmocka_unit_test(nothing_else_is_touched),
      cmocka_unit_test(where_none_can_be_made_it_says_why),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  rmdir(base);
  return failed;
}
