#include "check.h"

#include "base/fault.h"

#include <string.h>

static const char roster[] = "roster.xlsx";

static int begin(void **state) {
  *state = arena_new();
  return 0;
}

static int end(void **state) {
  arena_free(*state);
  return 0;
}

static void a_fault_says_where_what_and_what_next(void **state) {
  arena *a = *state;
  faults *list = faults_new(a);
  place where = {.file = roster, .sheet = "名单", .row = 12, .column = "编号"};
  assert_false(fault_add(list, where, "\"%s\" is no code of a person", "“%s”不是人员编号", "T 1"));
  assert_false(fault_next(list, "correct the cell and send the file again", "请更正该单元格后重新发送文件"));
  assert_int_equal(list->count, 1);
  assert_int_equal(list->errors, 1);
  assert_string_equal(fault_text(a, &list->items[0], LANGUAGE_EN),
                      "error: roster.xlsx, sheet \"名单\", row 12, column \"编号\": \"T 1\" is no code of a person\n"
                      "  correct the cell and send the file again");
  assert_string_equal(fault_text(a, &list->items[0], LANGUAGE_ZH),
                      "错误：roster.xlsx，工作表“名单”，第 12 行，“编号”列：“T 1”不是人员编号\n"
                      "  请更正该单元格后重新发送文件");
}

static void places_are_named(void **state) {
  arena *a = *state;
  static const struct {
    place where;
    const char *zh, *en;
  } rows[] = {
      {{0}, "", ""},
      {{.file = "rules/cycle.lua", .line = 7}, "rules/cycle.lua:7", "rules/cycle.lua:7"},
      {{.file = roster}, roster, roster},
      {{.file = "log.csv", .row = 3}, "log.csv，第 3 行", "log.csv, row 3"},
      {{.row = 3, .column = "C"}, "第 3 行，“C”列", "row 3, column \"C\""},
      {{.line = 2}, "第 2 行", "line 2"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_string_equal(place_text(a, rows[i].where, LANGUAGE_ZH), rows[i].zh);
    assert_string_equal(place_text(a, rows[i].where, LANGUAGE_EN), rows[i].en);
  }
}

static void a_warning_is_no_error(void **state) {
  arena *a = *state;
  faults *list = faults_new(a);
  assert_false(fault_warn(list, NOWHERE, "nothing to do", "无事可做"));
  assert_int_equal(list->errors, 0);
  assert_string_equal(fault_text(a, &list->items[0], LANGUAGE_EN), "warning: nothing to do");
  assert_string_equal(fault_text(a, &list->items[0], LANGUAGE_ZH), "警告：无事可做");
}

static void what_is_handed_in_is_copied(void **state) {
  arena *a = *state;
  faults *list = faults_new(a);
  char file[] = "a.csv", word[] = "x";
  fault_add(list, (place){.file = file}, "bad %s", "坏 %s", word);
  file[0] = word[0] = '!';
  assert_string_equal(fault_text(a, &list->items[0], LANGUAGE_EN), "error: a.csv: bad x");
}

static void a_fault_cannot_move_the_terminal(void **state) {
  arena *a = *state;
  faults *list = faults_new(a);
  fault_add(list, (place){.file = "a\x1b[2J.csv"}, "%s", "%s", "x\ny");
  assert_string_equal(fault_text(a, &list->items[0], LANGUAGE_EN), "error: a\\x1b[2J.csv: x\\ny");
}

static void past_a_thousand_faults_are_only_counted(void **state) {
  faults *list = faults_new(*state);
  for (int i = 0; i < 1005; i++) fault_add(list, (place){.row = i + 1}, "row %d", "第 %d 行", i + 1);
  fault_next(list, "never said of the fault before it", "不应出现");
  assert_int_equal(list->count, 1000);
  assert_int_equal(list->dropped, 5);
  assert_int_equal(list->errors, 1005);
  assert_int_equal(list->items[999].where.row, 1000);
  assert_null(list->items[999].next.in[LANGUAGE_EN]);
}

static void one_list_takes_those_of_another(void **state) {
  arena *a = *state, *shorter = arena_new();
  faults *list = faults_new(a), *other = faults_new(shorter);
  fault_add(other, (place){.file = roster, .row = 3}, "first", "其一");
  fault_next(other, "look", "请查看");
  fault_warn(other, NOWHERE, "second", "其二");
  faults_take(list, other);
  assert_int_equal(other->count, 0);
  assert_int_equal(other->errors, 0);
  for (int i = 0; i < 999; i++) fault_add(other, NOWHERE, "more", "更多");
  faults_take(list, other);
  arena_free(shorter);
  assert_int_equal(list->count, 1000);
  assert_int_equal(list->errors, 1000);
  assert_int_equal(list->dropped, 1);
  assert_string_equal(fault_text(a, &list->items[0], LANGUAGE_EN), "error: roster.xlsx, row 3: first\n  look");
  assert_true(list->items[1].warning);
}

static void a_fault_knows_whose_it_is(void **state) {
  faults *list = faults_new(*state);
  assert_false(fault_mark(list, FAULT_LEDGER)); /* of nothing */
  fault_add(list, NOWHERE, "one", "一");
  fault_add(list, NOWHERE, "two", "二");
  assert_false(fault_mark(list, FAULT_LEDGER));
  assert_int_equal(list->items[0].kind, FAULT_INPUT);
  assert_int_equal(list->items[1].kind, FAULT_LEDGER);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_fault_says_where_what_and_what_next, begin, end),
      cmocka_unit_test_setup_teardown(places_are_named, begin, end),
      cmocka_unit_test_setup_teardown(a_warning_is_no_error, begin, end),
      cmocka_unit_test_setup_teardown(what_is_handed_in_is_copied, begin, end),
      cmocka_unit_test_setup_teardown(a_fault_cannot_move_the_terminal, begin, end),
      cmocka_unit_test_setup_teardown(a_fault_knows_whose_it_is, begin, end),
      cmocka_unit_test_setup_teardown(one_list_takes_those_of_another, begin, end),
      cmocka_unit_test_setup_teardown(past_a_thousand_faults_are_only_counted, begin, end),
  };
  return cmocka_run_group_tests_name("base_fault", tests, NULL, NULL);
}
