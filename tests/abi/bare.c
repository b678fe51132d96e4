/* Where the kernel has no Landlock, no seccomp, or neither, work goes on with what is left. The kernel is made to look
 * so by a filter on this process and all that it starts. */
#include "abi.h"

#include "host/confine.h"
#include "host/protection.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static void without(bool landlock, bool seccomp, int reason) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  assert_non_null(filter);
  if (landlock)
    assert_int_equal(seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint16_t)reason), SCMP_SYS(landlock_create_ruleset), 0),
                     0);
  if (seccomp) {
    assert_int_equal(seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint16_t)reason), SCMP_SYS(seccomp), 0), 0);
    /* The older way to the same. */
    assert_int_equal(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                                      SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)PR_SET_SECCOMP)),
                     0);
  }
  assert_int_equal(seccomp_load(filter), 0);
  seccomp_release(filter);
}

static bool keep(void *context, const cell_row *row) {
  *(int64_t *)context = row->row;
  return true;
}

/* What a reader does with a deed of plugins/hostile.c, on such a kernel. */
static char *deed(arena *a, const char *name) {
  faults *problems = faults_new(a);
  offers all = offers_of(a, "hostile", problems);
  const offer *reader = offers_named(&all, OFFER_READER, "hostile", problems);
  assert_non_null(reader);
  const option_value option = {"deed", name};
  int64_t rows = 0;
  const reading to = {.context = &rows, .row = keep};
  int file = file_of("x", 1);
  foreign_read(reader, file, "roster.bad", &option, 1, &to, problems);
  close(file);
  return told(a, problems, LANGUAGE_EN);
}

static void read_and_write(arena *a) {
  faults *problems = faults_new(a);
  offers all = offers_of(a, "good", problems);
  assert_int_equal(all.count, 3);
  int64_t rows = 0;
  const reading to = {.context = &rows, .row = keep};
  int file = file_of("a\nb\n", 4), output = file_of("", 0);
  assert_true(foreign_read(offers_named(&all, OFFER_READER, "lines", problems), file, "x", NULL, 0, &to, problems));
  assert_int_equal(rows, 2);
  hongzhu_event event = {.size = sizeof event, .kind = HONGZHU_EVENT_DOCUMENT};
  const document d = {.language = "zh", .day = "2025-08-15", .events = &event, .count = 1, .capacity = 1};
  const option_value option = {"deed", "folder"};
  assert_true(foreign_write(offers_named(&all, OFFER_WRITER, "foldered", problems), &d, &option, 1, output, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN), "");
  close(file);
  close(output);
}

/* The protections that are missing, with their reasons. */
static char *missing(arena *a, language in) {
  protection all[PROTECTIONS];
  protections_offered(a, all);
  buffer out = {0};
  buffer_text(&out, "");
  for (size_t i = 0; i < PROTECTIONS; i++) {
    assert_true(all[i].name.in[LANGUAGE_ZH][0] && all[i].name.in[LANGUAGE_EN][0]);
    assert_true(all[i].present == (all[i].next.in[in][0] == '\0'));
    if (!all[i].present && strcmp(all[i].id, "user") != 0)
      buffer_format(&out, "%s: %s\n", all[i].id, all[i].because.in[in]);
  }
  char *text = arena_text(a, out.at);
  buffer_free(&out);
  return text;
}

#define NO_LANDLOCK                                                                                                    \
  "the kernel has none (it is older than 5.13, or built without), or the container hides it; files are guarded by "    \
  "seccomp and the rights of the user alone\n"

static void no_landlock(arena *a) {
  without(true, false, ENOSYS);
  assert_int_equal(confine_offered().landlock, 0);
  assert_true(confine_offered().seccomp);
  assert_string_equal(missing(a, LANGUAGE_EN),
                      "landlock: " NO_LANDLOCK
                      "landlock_network: it needs version 6 of Landlock; seccomp alone stops both\n");
  read_and_write(a);
  /* Seccomp alone still stops these. */
  assert_non_null(strstr(deed(a, "connect"), "system call \"socket\""));
  assert_string_equal(deed(a, "read_files"), "error: roster.bad: refused\n");
}

static void no_seccomp(arena *a) {
  int landlock = confine_offered().landlock;
  without(false, true, ENOSYS);
  assert_false(confine_offered().seccomp);
  assert_non_null(strstr(missing(a, LANGUAGE_EN), "seccomp: the kernel has none, or the container hides it; sockets"));
  read_and_write(a);
  /* Landlock alone still stops this, if the kernel has it. */
  if (landlock > 0) assert_string_equal(deed(a, "read_files"), "error: roster.bad: refused\n");
}

static void neither(arena *a) {
  without(true, true, ENOSYS);
  read_and_write(a);
  assert_non_null(strstr(deed(a, "crash"), "crashed (segmentation fault)"));
}

/* As some containers do. */
static void refused_by_a_container(arena *a) {
  without(true, true, EPERM);
  char *told_en = missing(a, LANGUAGE_EN);
  assert_non_null(strstr(told_en, "landlock: the container or a setting of the system refuses it; files"));
  assert_non_null(strstr(told_en, "seccomp: the container or a setting of the system refuses it; sockets"));
  assert_non_null(strstr(told_en, "landlock_network: it needs version 6 of Landlock; nothing stands in its place\n"));
  assert_non_null(strstr(missing(a, LANGUAGE_ZH), "seccomp: 所在的容器或系统设置不允许使用；因此无法用它阻止"));
  read_and_write(a);
  assert_non_null(strstr(deed(a, "crash"), "crashed (segmentation fault)"));
}

/* A filter cannot be taken off again: each kernel is a process of its own. */
static void on_kernel(void (*test)(arena *)) {
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    arena *a = arena_new();
    test(a);
    _exit(0);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void work_goes_on_without_landlock(void **state) {
  (void)state;
  on_kernel(no_landlock);
}

static void work_goes_on_without_seccomp(void **state) {
  (void)state;
  on_kernel(no_seccomp);
}

static void work_goes_on_with_neither(void **state) {
  (void)state;
  on_kernel(neither);
}

static void work_goes_on_where_a_container_refuses_both(void **state) {
  (void)state;
  on_kernel(refused_by_a_container);
}

/* --without landlock|seccomp|both PROGRAM ARGUMENTS…: runs it on such a kernel; guest.py lets a user without rights. */
static int run_on(int argc, char **argv) {
  if (argc < 4) return 2;
  bool both = strcmp(argv[2], "both") == 0;
  without(both || strcmp(argv[2], "landlock") == 0, both || strcmp(argv[2], "seccomp") == 0, EPERM);
  execv(argv[3], argv + 3);
  return 127;
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--without") == 0) return run_on(argc, argv);
  if (argc > 1 && strcmp(argv[1], "--worker") == 0) return worker_child_main(foreign_roles, argc, argv);
  unlink("/tmp/hongzhu-scribe-was-here");
  const struct CMUnitTest tests[] = {
      ABI_TEST(work_goes_on_without_landlock),
      ABI_TEST(work_goes_on_without_seccomp),
      ABI_TEST(work_goes_on_with_neither),
      ABI_TEST(work_goes_on_where_a_container_refuses_both),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  unlink("/tmp/hongzhu-scribe-was-here"); /* without Landlock a folder's neighbours can be written */
  return failed;
}
