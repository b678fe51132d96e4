#include "check.h"
#include "told.h"

#include "host/confine.h"
#include "host/worker_wire.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int begin(void **state) {
  *state = arena_new();
  return 0;
}

static int end(void **state) {
  arena_free(*state);
  return 0;
}

enum { FRAME_ECHO = FRAME_FIRST_OF_ROLE, FRAME_MORE };

/* ---- roles ---- */

static int role_echo(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  frame f;
  while (worker_child_receive(c, &f)) worker_child_send(c, f.type, f.bytes, f.length);
  worker_child_end(c);
  return 0;
}

/* Answers each frame with sixteen of the same: the parent is written to while it feeds. */
static int role_louder(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  frame f;
  while (worker_child_receive(c, &f)) {
    for (int i = 0; i < 16; i++) worker_child_send(c, f.type, f.bytes, f.length);
  }
  worker_child_end(c);
  return 0;
}

static int role_arguments(worker_child *c, int argc, char **argv) {
  for (int i = 0; i < argc; i++) worker_child_send(c, FRAME_ECHO, argv[i], strlen(argv[i]));
  char byte = '?';
  int file = worker_child_descriptor(c, 1);
  if (pread(file, &byte, 1, 0) == 1) worker_child_send(c, FRAME_MORE, &byte, 1);
  if (worker_child_descriptor(c, 2) != -1 || worker_child_folder(c)) return 1;
  worker_child_end(c);
  return 0;
}

static int role_faults(worker_child *c, int argc, char **argv) {
  (void)argv;
  arena *a = arena_new();
  faults *list = faults_new(a);
  place where = {.file = "a.lua", .sheet = "表", .row = 4, .column = "编号", .line = 9};
  fault_warn(list, where, "a warning with \"%s\"", "带“%s”的警告", "quotes");
  fault_next(list, "do this", "这样做");
  if (argc > 0) fault_add(list, NOWHERE, "an error", "一个错误");
  for (size_t i = 0; i < list->count; i++) worker_child_fault(c, &list->items[i]);
  arena_free(a);
  worker_child_end(c);
  return 0;
}

static int role_status(worker_child *c, int argc, char **argv) {
  if (argc == 2) worker_child_status(c, argv[0], strtol(argv[1], NULL, 10));
  raise(SIGKILL);
  return 0;
}

/* Alive for longer than its patience, and saying so. */
static int role_slow(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  for (int i = 0; i < 18; i++) {
    usleep(100000);
    worker_child_status(c, "step", i);
  }
  worker_child_end(c);
  return 0;
}

static int role_forges_progress(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  for (int64_t i = 0;; i++) worker_child_status(c, "step", i);
  return 0;
}

static int role_floods(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  static char block[1 << 20];
  for (;;) worker_child_send(c, FRAME_ECHO, block, sizeof block);
  return 0;
}

static int role_complains(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  const fault f = {.what = {{"警告", "a warning"}}, .warning = true};
  for (;;) worker_child_fault(c, &f);
  return 0;
}

static int role_exhausted(worker_child *c, int argc, char **argv) {
  (void)c;
  (void)argc;
  (void)argv;
  for (size_t i = 0; i < 1000; i++) memset(memory_take(1 << 20), 1, 1 << 20);
  return 0;
}

static int role_unreadable(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  worker_child_status(c, "\xFF\xFE", 3);
  abort();
}

static int role_deaf(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  worker_child_end(c);
  return 0;
}

static const worker_role_row roles[] = {
    {"echo", role_echo},
    {"louder", role_louder},
    {"arguments", role_arguments},
    {"faults", role_faults},
    {"status", role_status},
    {"slow", role_slow},
    {"forges", role_forges_progress},
    {"floods", role_floods},
    {"exhausted", role_exhausted},
    {"unreadable", role_unreadable},
    {"deaf", role_deaf},
    {"complains", role_complains},
    {NULL, NULL},
};

/* ---- tests ---- */

static worker *started(const char *role, const char *const *arguments, faults *problems) {
  worker_order order = {
      .role = role, .doing = {{"试验", "the trial"}}, .arguments = arguments, .seconds = 1, .seconds_in_all = 3};
  worker *w = worker_start(&order, problems);
  assert_non_null(w);
  return w;
}

/* Runs a role that dies; what is said of it. */
static char *death(arena *a, const char *role, const char *const *arguments, language in) {
  faults *problems = faults_new(a);
  worker *w = started(role, arguments, problems);
  frame f;
  bool good = true;
  while (worker_receive(w, &f, &good, problems)) {}
  assert_false(good);
  assert_false(worker_finish(w, problems));
  for (size_t i = 0; i < problems->count; i++) assert_int_equal(problems->items[i].kind, FAULT_FOREIGN);
  return told(a, problems, in);
}

static void frames_go_there_and_back(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  worker *w = started("echo", NULL, problems);
  static const size_t lengths[] = {0, 1, 7, 65528, 65536, 1 << 20, FRAME_MOST, 3};
  uint8_t *bytes = memory_take(FRAME_MOST);
  for (size_t i = 0; i < FRAME_MOST; i++) bytes[i] = (uint8_t)(i * 31 + (i >> 8));
  const size_t count = sizeof lengths / sizeof *lengths;
  for (size_t i = 0; i < count; i++)
    assert_true(worker_send(w, (uint32_t)(FRAME_ECHO + i), bytes + i, lengths[i] > i ? lengths[i] - i : 0, problems));
  assert_true(worker_send_end(w, problems));
  frame f;
  bool good;
  for (size_t i = 0; i < count; i++) {
    assert_true(worker_receive(w, &f, &good, problems));
    assert_int_equal(f.type, FRAME_ECHO + i);
    assert_int_equal(f.length, lengths[i] > i ? lengths[i] - i : 0);
    if (f.length > 0) assert_memory_equal(f.bytes, bytes + i, f.length);
  }
  assert_false(worker_receive(w, &f, &good, problems));
  assert_true(good);
  assert_true(worker_finish(w, problems));
  assert_int_equal(problems->count, 0);
  assert_false(worker_send(NULL, FRAME_ECHO, bytes, (size_t)FRAME_MOST + 1, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN),
                      "error: what is to be given to a worker is too large: 16777217 bytes, at most 16777216\n");
  free(bytes);
}

static void both_may_write_at_once(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  worker *w = started("louder", NULL, problems);
  static uint8_t block[100000];
  uint64_t received = 0;
  frame f;
  bool good;
  for (int i = 0; i < 100; i++) {
    assert_true(worker_send(w, FRAME_ECHO, block, sizeof block, problems));
    while (worker_receive_kept(w, &f)) received += f.length;
  }
  assert_true(worker_send_end(w, problems));
  while (worker_receive(w, &f, &good, problems)) received += f.length;
  assert_true(good);
  assert_true(worker_finish(w, problems));
  assert_int_equal(received, 16 * 100 * sizeof block);
}

static void a_worker_gets_what_it_is_given(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  int files[2] = {memfd_create("a", MFD_CLOEXEC), memfd_create("b", MFD_CLOEXEC)};
  assert_int_equal(write(files[1], "z", 1), 1);
  const char *const arguments[] = {"one", "", "三", NULL};
  worker_order order = {.role = "arguments",
                        .doing = {{"试验", "the trial"}},
                        .arguments = arguments,
                        .descriptors = files,
                        .descriptors_count = 2};
  worker *w = worker_start(&order, problems);
  frame f;
  bool good;
  for (int i = 0; i < 3; i++) {
    assert_true(worker_receive(w, &f, &good, problems));
    assert_int_equal(f.length, strlen(arguments[i]));
    assert_memory_equal(f.bytes, arguments[i], f.length);
  }
  assert_true(worker_receive(w, &f, &good, problems));
  assert_int_equal(f.type, FRAME_MORE);
  assert_int_equal(f.bytes[0], 'z');
  assert_true(worker_finish(w, problems));
  close(files[0]);
  close(files[1]);
}

static void faults_arrive_as_they_were_sent(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  const char *const some[] = {"error", NULL};
  frame f;
  bool good;
  worker *w = started("faults", NULL, problems);
  assert_false(worker_receive(w, &f, &good, problems));
  assert_true(good); /* a warning is no failure */
  assert_true(worker_finish(w, problems));
  w = started("faults", some, problems);
  assert_false(worker_receive(w, &f, &good, problems));
  assert_false(good);
  assert_false(worker_finish(w, problems));
  assert_int_equal(problems->count, 3);
  assert_int_equal(problems->errors, 1);
  assert_string_equal(problems->items[0].where.file, "a.lua");
  assert_string_equal(problems->items[0].where.sheet, "表");
  assert_string_equal(problems->items[0].where.column, "编号");
  assert_int_equal(problems->items[0].where.row, 4);
  assert_int_equal(problems->items[0].where.line, 9);
  assert_string_equal(problems->items[0].what.in[LANGUAGE_EN], "a warning with \"quotes\"");
  assert_string_equal(problems->items[0].what.in[LANGUAGE_ZH], "带“quotes”的警告");
  assert_string_equal(problems->items[0].next.in[LANGUAGE_ZH], "这样做");
  assert_true(problems->items[0].warning);
  assert_string_equal(problems->items[2].what.in[LANGUAGE_EN], "an error");
}

#define KILLED_EN "error: the trial was killed, by the system for want of memory or by somebody"
#define KILLED_ZH "错误：试验被强行结束（系统内存不足，或有人将其结束）"
#define NEXT_EN   "\n  nothing was changed; tell whoever made it\n"
#define NEXT_ZH   "\n  没有改动任何数据；请告知其作者\n"

static void the_status_page_is_worded(void **state) {
  arena *a = *state;
  static const char *const cases[][4] = {
      {"row", "12", ", last seen at row 12", "，最后停在第 12 行"},
      {"sheet 2", "12", ", last seen at sheet 2, row 12", "，最后停在第 2 个工作表第 12 行"},
      {"rule cycle, person T-00412", "0", ", last seen at \"rule cycle, person T-00412\"",
       "，最后停在“rule cycle, person T-00412”"},
      {"chunk", "3", ", last seen at \"chunk 3\"", "，最后停在“chunk 3”"},
      {"\033[2J", "0", ", last seen at \"\\x1b[2J\"", "，最后停在“\\x1b[2J”"},
      {"load", "0", " while the plugin was being loaded", "（当时正在加载插件）"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *const arguments[] = {cases[i][0], cases[i][1], NULL};
    assert_string_equal(death(a, "status", arguments, LANGUAGE_EN),
                        arena_format(a, KILLED_EN "%s" NEXT_EN, cases[i][2]));
    assert_string_equal(death(a, "status", arguments, LANGUAGE_ZH),
                        arena_format(a, KILLED_ZH "%s" NEXT_ZH, cases[i][3]));
  }
  assert_string_equal(death(a, "status", NULL, LANGUAGE_EN), KILLED_EN NEXT_EN);
  assert_string_equal(death(a, "unreadable", NULL, LANGUAGE_EN), "error: the trial gave itself up (abort)" NEXT_EN);
}

static void a_long_status_keeps_whole_characters(void **state) {
  arena *a = *state;
  buffer name = {0};
  for (int i = 0; i < 100; i++) buffer_text(&name, "汉");
  const char *const arguments[] = {name.at, "0", NULL};
  char *text = death(a, "status", arguments, LANGUAGE_EN);
  char *at = strstr(text, "last seen at \"");
  assert_non_null(at);
  assert_int_equal(strcspn(at + 14, "\""), 255); /* 85 characters of three bytes */
  buffer_free(&name);
}

static void progress_and_not_speech_keeps_it_alive(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  worker *w = started("slow", NULL, problems); /* 1.8 seconds with a patience of one */
  frame f;
  bool good;
  assert_false(worker_receive(w, &f, &good, problems));
  assert_true(good);
  assert_true(worker_finish(w, problems));
}

static void forged_progress_ends_as_well(void **state) {
  arena *a = *state;
  char *text = death(a, "forges", NULL, LANGUAGE_EN);
  /* Its processor time or the whole time, whichever is noticed first. */
  assert_true(strstr(text, "for more than 3 seconds") || strstr(text, "within 3 seconds"));
}

static void a_flood_is_stopped(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  worker *w = started("floods", NULL, problems);
  assert_false(worker_finish(w, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN), "error: the trial sent without end and was stopped" NEXT_EN);
}

static void complaints_without_end_are_stopped(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  worker *w = started("complains", NULL, problems);
  frame f;
  bool good;
  assert_false(worker_receive(w, &f, &good, problems));
  assert_false(worker_finish(w, problems));
  assert_int_equal(problems->errors, 1);
  assert_true(problems->count + problems->dropped < 1010);
}

static void want_of_memory_is_said(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  worker_order order = {.role = "exhausted", .doing = {{"试验", "the trial"}}, .memory = UINT64_C(64) << 20};
  worker *w = worker_start(&order, problems);
  assert_false(worker_finish(w, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN),
                      "error: the trial needed more memory than the 64 MiB that it may have" NEXT_EN);
  assert_string_equal(told(a, problems, LANGUAGE_ZH), "错误：试验所需内存超过允许的 64 MiB" NEXT_ZH);
}

static void an_unknown_role_is_said(void **state) {
  arena *a = *state;
  assert_string_equal(death(a, "nobody", NULL, LANGUAGE_EN),
                      "error: the trial was not run: the worker does not know its task" NEXT_EN);
}

static void who_does_not_listen_is_no_reason_to_die(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  worker *w = started("deaf", NULL, problems);
  static uint8_t block[1 << 20];
  bool sent = true;
  for (int i = 0; i < 4 && sent; i++) sent = worker_send(w, FRAME_ECHO, block, sizeof block, problems);
  assert_false(sent);
  assert_false(worker_finish(w, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN),
                      "error: the trial ended before it had taken all that it was given\n");
}

static void a_worker_can_be_stopped(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  worker_stop(started("floods", NULL, problems));
  worker_stop(NULL);
  assert_int_equal(problems->count, 0);
}

static void no_descriptor_is_left_open(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  int before = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(before);
  for (int i = 0; i < 3; i++) {
    worker *w = started("deaf", NULL, problems);
    assert_true(worker_finish(w, problems));
  }
  int after = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(after);
  assert_int_equal(before, after);
}

static void a_fault_that_is_none_is_refused(void **state) {
  arena *a = *state;
  static const char *const texts[] = {"",
                                      "{}",
                                      "[]",
                                      "{\"what\":{\"zh\":\"x\"}}",
                                      "{\"what\":{\"zh\":1,\"en\":2}}",
                                      "{\"what\":{\"zh\":\"x\",\"en\":\"\xFF\"}}",
                                      "nonsense"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    faults *problems = faults_new(a);
    bool warning;
    frame f = {FRAME_FAULT, (uint32_t)strlen(texts[i]), (const uint8_t *)texts[i]};
    assert_false(worker_fault_read(&f, problems, &warning));
    assert_int_equal(problems->count, 0);
  }
}

static void what_the_kernel_offers_is_known(void **state) {
  (void)state;
  confinement offered = confine_offered();
  assert_true(offered.landlock >= 0);
  char name[32];
  assert_string_equal(confine_call_name(0, name), "read"); /* of x86_64 */
  assert_null(confine_call_name(123456, name));
}

/* A program that does not know the part it is given would otherwise start itself without end. */
static void a_worker_starts_none(void **state) {
  (void)state;
  arena *a = arena_new();
  faults *problems = faults_new(a);
  const worker_order order = {.role = "echo", .doing = {{"测试", "the test"}}};
  setenv("HONGZHU_INSIDE_WORKER", "1", 1);
  assert_null(worker_start(&order, problems));
  unsetenv("HONGZHU_INSIDE_WORKER");
  assert_int_equal(problems->errors, 1);
  assert_string_equal(fault_text(a, &problems->items[0], LANGUAGE_EN),
                      "error: the test cannot be run: a worker may start no worker\n  the program calls worker_main "
                      "first; unset HONGZHU_INSIDE_WORKER where it is none");
  arena_free(a);
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--worker") == 0) return worker_child_main(roles, argc, argv);
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
  const struct CMUnitTest tests[] = {
      TEST(frames_go_there_and_back),
      TEST(both_may_write_at_once),
      TEST(a_worker_gets_what_it_is_given),
      TEST(faults_arrive_as_they_were_sent),
      TEST(the_status_page_is_worded),
      TEST(a_long_status_keeps_whole_characters),
      TEST(progress_and_not_speech_keeps_it_alive),
      TEST(forged_progress_ends_as_well),
      TEST(a_flood_is_stopped),
      TEST(complaints_without_end_are_stopped),
      TEST(want_of_memory_is_said),
      TEST(an_unknown_role_is_said),
      TEST(who_does_not_listen_is_no_reason_to_die),
      TEST(a_worker_can_be_stopped),
      TEST(no_descriptor_is_left_open),
      TEST(a_fault_that_is_none_is_refused),
      TEST(what_the_kernel_offers_is_known),
      TEST(a_worker_starts_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
