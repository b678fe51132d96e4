/* Each deed of plugins/hostile.c costs one error message and nothing else. */
#include "abi.h"

#include "left.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

#define DEED_EN       "error: reader \"hostile\" on \"roster.bad\" "
#define DEED_ZH       "错误：读取器“hostile”读取“roster.bad”时"
#define NEXT_EN       "\n  nothing was changed; tell whoever made it\n"
#define NEXT_ZH       "\n  没有改动任何数据；请告知其作者\n"
#define DIED(en)      DEED_EN en NEXT_EN
#define SAID(en)      "error: roster.bad: " en "\n"
#define BROKE(en)     SAID("reader \"hostile\" " en)
#define REFUSED(call) DIED("tried what foreign code may not do (system call \"" call "\") and was stopped")

static const struct {
  const char *deed, *told;
  fault_kind kind;
} deeds[] = {
    {"crash", DIED("crashed (segmentation fault), last seen at row 7"), FAULT_FOREIGN},
    {"exit", DIED("ended before it had finished"), FAULT_FOREIGN},
    {"exit_badly", DIED("ended before it had finished (exit status 3)"), FAULT_FOREIGN},
    {"abort", DIED("gave itself up (abort)"), FAULT_FOREIGN},
    {"stack", DIED("crashed (segmentation fault)"), FAULT_FOREIGN},
    {"falling", "error: roster.bad, row 4: reader \"hostile\" gave rows whose numbers do not rise\n", FAULT_FOREIGN},
    {"no_text", "error: roster.bad, row 1: reader \"hostile\" gave a cell that is no UTF-8\n", FAULT_FOREIGN},
    {"wide", "error: roster.bad, row 1: reader \"hostile\" gave a row of more than 16384 cells\n", FAULT_FOREIGN},
    {"sheetless", "error: roster.bad, row 1: reader \"hostile\" gave a row of a sheet it had not begun\n",
     FAULT_FOREIGN},
    {"sizeless", BROKE("gave a row that does not say its size"), FAULT_FOREIGN},
    {"silent", BROKE("failed and did not say why"), FAULT_FOREIGN},
    {"fail", "error: roster.bad, row 9: line nine is broken\n", FAULT_INPUT},
    {"escapes", SAID("\\x1b[2Jclears the screen"), FAULT_INPUT},
    {"fail_badly", BROKE("failed with a message that is no UTF-8, or with none"), FAULT_FOREIGN},
    {"long_frame", DIED("sent what is no answer (type 19, 2147483647 bytes) and was stopped"), FAULT_FOREIGN},
    {"no_frame", DIED("sent what is no answer (type 0, 0 bytes) and was stopped"), FAULT_FOREIGN},
    {"other_frame", DIED("gave what is no answer: what is neither sheet nor row"), FAULT_FOREIGN},
    {"short_row", DIED("gave what is no answer: a row whose lengths do not add up"), FAULT_FOREIGN},
    {"bad_fault", DIED("sent what is no answer (type 2, 2 bytes) and was stopped"), FAULT_FOREIGN},
    {"forged_end", DIED("sent an end that does not fit what it sent before, and was stopped"), FAULT_FOREIGN},
    {"guessed_end", DIED("sent an end that does not fit what it sent before, and was stopped"), FAULT_FOREIGN},
    {"slipped_row", DIED("sent an end that does not fit what it sent before, and was stopped"), FAULT_FOREIGN},
    {"long_end", DIED("sent what is no answer (type 1, 25 bytes) and was stopped"), FAULT_FOREIGN},
    {"read_files", SAID("refused"), FAULT_INPUT},
    {"write_files", REFUSED("openat"), FAULT_FOREIGN},
    {"fork", REFUSED("clone"), FAULT_FOREIGN},
    {"exec", REFUSED("execve"), FAULT_FOREIGN},
    {"connect", REFUSED("socket"), FAULT_FOREIGN},
    {"whisper", REFUSED("socket"), FAULT_FOREIGN},
    {"kill", REFUSED("kill"), FAULT_FOREIGN},
    {"trace", REFUSED("ptrace"), FAULT_FOREIGN},
    {"share", REFUSED("shmget"), FAULT_FOREIGN},
    {"memory_file", REFUSED("memfd_create"), FAULT_FOREIGN},
    {"remove", REFUSED("unlink"), FAULT_FOREIGN},
    {"rights", REFUSED("chmod"), FAULT_FOREIGN},
    {"survive", REFUSED("socket"), FAULT_FOREIGN},
    {"limits", SAID("refused"), FAULT_INPUT},
    {"code", SAID("refused"), FAULT_INPUT},
};

/* What is no attack, and goes through. */
static const struct {
  const char *deed, *cell;
} harmless[] = {
    {"shared_leak", "refused"}, {"threads", "42"},       {"print", "nothing to read"},
    {"environment", "nothing"}, {"descriptors", "none"},
};

typedef struct kept {
  arena *memory;
  const char *first;
  int64_t rows;
} kept;

static bool keep(void *context, const cell_row *row) {
  kept *k = context;
  if (k->rows++ == 0 && row->count > 0) k->first = arena_text(k->memory, row->cells[0]);
  return true;
}

/* With `asked`, by the worker that was asked how sure it is before. */
static bool do_deed_after(arena *a, bool asked, const char *deed, kept *rows, faults *problems) {
  offers all = offers_of(a, "hostile", problems);
  const offer *reader = offers_named(&all, OFFER_READER, "hostile", problems);
  assert_non_null(reader);
  const option_value option = {"deed", deed};
  const reading to = {.context = rows, .row = keep};
  int file = file_of("x", 1);
  offers one = {(offer *)reader, 1, 0};
  foreign_asked *before = asked ? foreign_ask(&one, file, "roster.bad") : NULL;
  int sure[1] = {-1};
  if (asked) foreign_answers(before, sure);
  if (asked) assert_int_equal(sure[0], 0);
  bool good = foreign_read_asked(before, reader, file, "roster.bad", &option, 1, &to, problems);
  foreign_asked_end(before);
  close(file);
  return good;
}

static bool do_deed(arena *a, const char *deed, kept *rows, faults *problems) {
  return do_deed_after(a, false, deed, rows, problems);
}

static void each_deed_costs_one_message(void **state) {
  arena *a = *state;
  int stays = open("/tmp/hongzhu-stays", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  assert_true(stays >= 0 && fchmod(stays, 0600) == 0);
  const size_t count = sizeof deeds / sizeof *deeds;
  for (size_t k = 0; k < 2 * count; k++) {
    const size_t i = k % count;
    faults *problems = faults_new(a);
    kept rows = {a, NULL, 0};
    assert_false(do_deed_after(a, k >= count, deeds[i].deed, &rows, problems));
    assert_string_equal(told(a, problems, LANGUAGE_EN), deeds[i].told);
    assert_int_equal(problems->items[0].kind, deeds[i].kind);
  }
  struct stat about;
  assert_int_equal(stat("/tmp/hongzhu-stays", &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
  assert_int_not_equal(stat("/tmp/hongzhu-was-here", &about), 0);
  close(stays);
  unlink("/tmp/hongzhu-stays");
  count_attacks("abi_hostile", "deeds of a reader", sizeof deeds / sizeof *deeds, sizeof deeds / sizeof *deeds);
}

static void messages_are_chinese_as_well(void **state) {
  arena *a = *state;
  static const char *const told_zh[][2] = {
      {"crash", DEED_ZH "崩溃（段错误），最后停在第 7 行" NEXT_ZH},
      {"exit_badly", DEED_ZH "没有完成就退出了（退出状态 3）" NEXT_ZH},
      {"fork", DEED_ZH "试图进行不允许的操作（系统调用“clone”），已被停止" NEXT_ZH},
      {"short_row", DEED_ZH "给出了无法识别的内容：长度对不上的行" NEXT_ZH},
      {"fail", "错误：roster.bad，第 9 行：第九行坏了\n"},
      {"silent", "错误：roster.bad：读取器“hostile”失败，但没有说明原因\n"},
  };
  for (size_t i = 0; i < sizeof told_zh / sizeof *told_zh; i++) {
    faults *problems = faults_new(a);
    kept rows = {a, NULL, 0};
    assert_false(do_deed(a, told_zh[i][0], &rows, problems));
    assert_string_equal(told(a, problems, LANGUAGE_ZH), told_zh[i][1]);
  }
}

static void what_is_no_attack_goes_through(void **state) {
  arena *a = *state;
  setenv("HONGZHU_LEDGER", "secret.db", 1);
  for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
    faults *problems = faults_new(a);
    kept rows = {a, NULL, 0};
    assert_true(do_deed(a, harmless[i].deed, &rows, problems));
    assert_string_equal(told(a, problems, LANGUAGE_EN), "");
    assert_string_equal(rows.first, harmless[i].cell);
  }
  unsetenv("HONGZHU_LEDGER");
}

/* The role of reading, with a short patience or little memory. */
static char *order_deed(arena *a, const char *deed, uint64_t memory) {
  faults *problems = faults_new(a);
  const char *file = found_file(a, "hostile/hostile.so");
  const char *const arguments[] = {file, "hostile", "roster.bad", arena_format(a, "deed=%s", deed), NULL};
  const char *const libraries[] = {file, NULL};
  int input = file_of("x", 1);
  worker_order order = {.role = "read",
                        .doing = {{"它", "it"}},
                        .arguments = arguments,
                        .descriptors = &input,
                        .descriptors_count = 1,
                        .libraries = libraries,
                        .memory = memory,
                        .seconds = 1};
  worker *w = worker_start(&order, problems);
  assert_non_null(w);
  frame f;
  bool good = true;
  while (worker_receive(w, &f, &good, problems)) {}
  assert_false(good);
  assert_false(worker_finish(w, problems));
  close(input);
  assert_int_equal(problems->errors, 1);
  return told(a, problems, LANGUAGE_EN);
}

static void who_makes_no_progress_is_stopped(void **state) {
  arena *a = *state;
  assert_string_equal(order_deed(a, "hang", 0),
                      "error: it made no progress for 1 seconds and was stopped, last seen at row 3" NEXT_EN);
  assert_string_equal(order_deed(a, "sleep", 0), "error: it made no progress for 1 seconds and was stopped" NEXT_EN);
  assert_string_equal(order_deed(a, "close", 0), "error: it made no progress for 1 seconds and was stopped" NEXT_EN);
}

static void memory_has_a_limit(void **state) {
  arena *a = *state;
  char *text = order_deed(a, "leak", UINT64_C(64) << 20);
  assert_string_equal(text, BROKE("failed and did not say why"));
}

static void a_reader_that_dies_while_asked_costs_a_warning(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  setenv("HONGZHU_PLUGINS", arena_format(a, "%s:%s", found_file(a, "hostile"), found_file(a, "good")), 1);
  offers all;
  assert_true(offers_find(a, &all, problems));
  int sure[2];
  int file = file_of("crash", 5);
  assert_false(foreign_probe(&all, file, "roster.bad", sure, problems));
  close(file);
  assert_int_equal(problems->errors, 0);
  assert_string_equal(told(a, problems, LANGUAGE_EN),
                      "warning: plugin \"hostile\" on \"roster.bad\" crashed (segmentation fault) while it was asked "
                      "whether the file is its own\n  nothing was changed; tell whoever made it\n");
  assert_int_equal(sure[0], 0);
  problems = faults_new(a);
  file = file_of("sure", 4);
  assert_false(foreign_probe(&all, file, "roster.bad", sure, problems));
  close(file);
  assert_string_equal(told(a, problems, LANGUAGE_ZH),
                      "警告：插件“hostile”判断“roster.bad”时给出了无法识别的内容：不在0到"
                      "100之间的把握程度\n  没有改动任何数据；请告知其作者\n");
  problems = faults_new(a);
  file = file_of("lines\n", 6);
  assert_true(foreign_probe(&all, file, "x", sure, problems));
  close(file);
  assert_int_equal(sure[0], 0);
  assert_int_equal(sure[1], 90);
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--worker") == 0) return worker_child_main(foreign_roles, argc, argv);
  const struct CMUnitTest tests[] = {
      ABI_TEST(each_deed_costs_one_message),
      ABI_TEST(messages_are_chinese_as_well),
      ABI_TEST(what_is_no_attack_goes_through),
      ABI_TEST(who_makes_no_progress_is_stopped),
      ABI_TEST(memory_has_a_limit),
      ABI_TEST(a_reader_that_dies_while_asked_costs_a_warning),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
