/* The ways out, through real workers: rows through `each`, blocks from `body`, and what goes wrong in them. */
#include "check.h"

#include "pack/roles.h"
#include "pack/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "return pack { id = 'p', title = { en = 'p' }, version = '1', api = 1 }"

typedef struct trial {
  arena *memory;
  faults *problems;
  pack_text text;
  buffer rows; /* what came back: "2:7 a=1 b=2;" a row */
  int stop_after;
} trial;

static trial open_trial(const char *text) {
  trial t = {.memory = arena_new(), .stop_after = -1};
  t.problems = faults_new(t.memory);
  t.text.order = json_pack("[s]", "p");
  t.text.files = json_pack("{s:s, s:s}", "p/pack.lua", HEAD, "p/a.lua", text);
  return t;
}

static void close_trial(trial *t) {
  json_decref(t->text.files);
  json_decref(t->text.order);
  buffer_free(&t->rows);
  arena_free(t->memory);
}

static bool take_row(void *context, const script_row *row, faults *problems) {
  trial *t = context;
  buffer_format(&t->rows, "%d:%lld", row->sheet, (long long)row->row);
  for (size_t i = 0; i < row->count; i++) buffer_format(&t->rows, " %s=%s", row->names[i], row->texts[i]);
  buffer_text(&t->rows, ";");
  if (t->stop_after >= 0 && t->stop_after-- == 0) return fault_add(problems, NOWHERE, "enough", "够了");
  return true;
}

static const char *const columns[] = {"编号", "姓名", "学时"};

/* Feeds rows of three cells through the function each; true if the session ended well. */
static bool feed(trial *t, const char *const (*rows)[3], size_t count) {
  script_each *s = script_each_start(t->memory, &t->text, "a", columns, 3, (script_taking){t, take_row}, t->problems);
  if (!s) return false;
  for (size_t i = 0; i < count; i++) {
    if (!script_each_row(s, 1, (int64_t)i + 2, rows[i], t->problems)) break;
  }
  return script_each_finish(s, t->problems);
}

static const char *const three[][3] = {{"T01", "甲", "8"}, {"T02", NULL, "4.5"}, {"T03", "丙", ""}};

static void rows_go_through(void **state) {
  (void)state;
  trial t = open_trial("return adapter { id = 'a', each = function(row, put)\n"
                       "  if row['姓名'] == nil then return end\n"
                       "  put { code = row['编号'], n = 3, half = 0.5, yes = true }\n"
                       "  for part in (row['编号'] .. '&' .. row['姓名']):gmatch('[^&]+') do put { part = part } end\n"
                       "end }");
  assert_true(feed(&t, three, 3));
  assert_int_equal(t.problems->count, 0);
  assert_string_equal(t.rows.at, "1:2 code=T01 half=0.5 n=3 yes=true;1:2 part=T01;1:2 part=甲;"
                                 "1:4 code=T03 half=0.5 n=3 yes=true;1:4 part=T03;1:4 part=丙;");
  close_trial(&t);
}

static void no_rows_are_no_error(void **state) {
  (void)state;
  trial t = open_trial("return adapter { id = 'a', each = function(row, put) put(row) end }");
  assert_true(feed(&t, NULL, 0));
  assert_null(t.rows.at);
  close_trial(&t);
}

static void many_rows_go_in_batches(void **state) {
  (void)state;
  trial t = open_trial("return adapter { id = 'a', each = function(row, put) put(row) put { n = '2' } end }");
  script_each *s = script_each_start(t.memory, &t.text, "a", columns, 3, (script_taking){&t, take_row}, t.problems);
  assert_non_null(s);
  for (int i = 0; i < 50000; i++) {
    const char *const cells[] = {"T01", "一个比较长的名字", NULL};
    assert_true(script_each_row(s, 0, i + 1, cells, t.problems));
  }
  assert_true(script_each_finish(s, t.problems));
  size_t count = 0;
  for (const char *at = t.rows.at; (at = strchr(at, ';')); at++) count++;
  assert_int_equal(count, 100000);
  assert_non_null(strstr(t.rows.at, ";0:50000 姓名=一个比较长的名字 编号=T01;0:50000 n=2;"));
  close_trial(&t);
}

static void each_fails(const char *body, const char *en, const char *zh) {
  arena *a = arena_new();
  trial t = open_trial(arena_format(a, "return adapter { id = 'a', each = function(row, put)\n%s\nend }", body));
  assert_false(feed(&t, three, 3));
  assert_int_equal(t.problems->count, 1);
  assert_string_equal(fault_text(a, &t.problems->items[0], LANGUAGE_EN), en);
  if (zh) assert_string_equal(fault_text(a, &t.problems->items[0], LANGUAGE_ZH), zh);
  close_trial(&t);
  arena_free(a);
}

static void what_each_does_wrong_is_told(void **state) {
  (void)state;
  each_fails("put { x = row['姓各'] }",
             "error: p/a.lua:2: unknown name \"姓各\" of the row (at row 2 of the file)\n  did you mean \"姓名\"?",
             "错误：p/a.lua:2：该行没有名称“姓各”（文件第2行）\n  是否想写“姓名”？");
  each_fails("put { x = {} }", "error: p/a.lua:2: \"x\" of put is no text and no number (at row 2 of the file)", NULL);
  each_fails("put { 1 }", "error: p/a.lua:2: put takes a table whose keys are names of columns (at row 2 of the file)",
             NULL);
  each_fails("if row['编号'] == 'T02' then error('no') end",
             "error: p/a.lua:2: the script failed: no (at row 3 of the file)", NULL);
  each_fails(
      "while true do put { x = 1 } end",
      "error: p/a.lua:2: each makes too many rows of one (at row 2 of the file)\n  look for a loop that does not end",
      NULL);
  each_fails("put('x')",
             "error: p/a.lua:2: the script failed: bad argument #1 to 'put' (table expected, got string) (at row 2 of "
             "the file)",
             NULL);
}

static void a_taker_can_stop(void **state) {
  (void)state;
  trial t = open_trial("return adapter { id = 'a', each = function(row, put) put(row) end }");
  t.stop_after = 1;
  assert_false(feed(&t, three, 3));
  assert_int_equal(t.problems->count, 1);
  assert_string_equal(t.problems->items[0].what.in[LANGUAGE_EN], "enough");
  close_trial(&t);
}

static void a_function_that_is_not_there_is_named(void **state) {
  (void)state;
  trial t = open_trial("return adapter { id = 'a' }");
  assert_false(feed(&t, three, 3));
  assert_int_equal(t.problems->count, 1);
  assert_string_equal(t.problems->items[0].what.in[LANGUAGE_EN], "adapter \"a\" has no function \"each\"");
  close_trial(&t);
}

static void body_makes_blocks(void **state) {
  (void)state;
  trial t = open_trial("return report { id = 'r', body = function(r)\n"
                       "  return { heading { level = 1, zh = '共' .. r.trainees .. '人' }, page() }\n"
                       "end }");
  json_t *given = json_pack("{s:i}", "trainees", 10);
  json_t *blocks = script_body(t.memory, &t.text, "r", given, t.problems);
  json_decref(given);
  assert_non_null(blocks);
  assert_string_equal(json_canonical(t.memory, blocks),
                      "[{\"@\":\"heading\",\"args\":[{\"level\":1,\"zh\":\"共10人\"}],\"at\":\"p/a.lua:2\"},"
                      "{\"@\":\"page\",\"args\":[],\"at\":\"p/a.lua:2\"}]");
  json_decref(blocks);
  close_trial(&t);
}

static void body_fails(const char *body, const char *en, const char *zh) {
  arena *a = arena_new();
  trial t = open_trial(arena_format(a, "return report { id = 'r', body = function(r)\n%s\nend }", body));
  json_t *given = json_pack("{s:i}", "trainees", 10);
  assert_null(script_body(a, &t.text, "r", given, t.problems));
  json_decref(given);
  assert_int_equal(t.problems->count, 1);
  assert_string_equal(fault_text(a, &t.problems->items[0], LANGUAGE_EN), en);
  if (zh) assert_string_equal(fault_text(a, &t.problems->items[0], LANGUAGE_ZH), zh);
  close_trial(&t);
  arena_free(a);
}

static void what_body_does_wrong_is_told(void **state) {
  (void)state;
  body_fails("return r.trainee",
             "error: p/a.lua:2: unknown name \"trainee\" of the report\n  did you mean \"trainees\"?", NULL);
  body_fails("return 1",
             "error: body of report \"r\" returned no list of blocks\n  return { heading { … }, paragraph { … } }",
             "错误：报告“r”的 body 没有返回内容块列表\n  请写 return { heading { … }, paragraph { … } }");
  body_fails("while true do pcall(function() while true do end end) end",
             "error: p/a.lua:2: the script was stopped after 5 seconds of computing\n"
             "  look for a loop that does not end or a pattern that tries too much",
             NULL);
}

/* In place of the real one: what it answers stands in the file p/a.lua; nothing at all where that is empty. */
static int role_forger(worker_child *c, int argc, char **argv) {
  (void)argc;
  (void)argv;
  frame f;
  char answer[64] = "";
  while (worker_child_receive(c, &f)) {
    const char *bytes = (const char *)f.bytes;
    if (f.type != SCRIPT_FRAME_FILE || strcmp(bytes, "p/a.lua") != 0) continue;
    snprintf(answer, sizeof answer, "%.*s", (int)(f.length - 8), bytes + 8);
  }
  if (!answer[0]) return 0;
  worker_child_send(c, SCRIPT_FRAME_JSON, answer, strlen(answer));
  worker_child_end(c);
  return 0;
}

static void forged(const char *answer, const char *en) {
  trial t = open_trial(answer);
  assert_null(image_make(t.memory, &t.text, t.problems));
  assert_int_equal(t.problems->count, 1);
  assert_string_equal(t.problems->items[0].what.in[LANGUAGE_EN], en);
  close_trial(&t);
}

static void forged_answers_are_refused(void **state) {
  (void)state;
  forged("{\"a\":", "what the pack's worker sent cannot be read or is too large");
  forged("{\"declarations\":[],\"declarations\":[]}", "what the pack's worker sent cannot be read or is too large");
  forged("[1]", "pack \"p\" did not yield an image");
  forged("{\"declarations\":{}}", "pack \"p\" did not yield an image");
  forged("", "running pack \"p\" ended before it had finished");
}

int main(int argc, char **argv) {
  json_prepare();
  if (argc > 1 && strcmp(argv[1], "--worker") == 0) {
    const worker_role_row roles[] = {{"pack", role_forger}, {"each", role_each}, {"body", role_body}, {NULL, NULL}};
    return worker_child_main(roles, argc, argv);
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_go_through),
      cmocka_unit_test(no_rows_are_no_error),
      cmocka_unit_test(many_rows_go_in_batches),
      cmocka_unit_test(what_each_does_wrong_is_told),
      cmocka_unit_test(a_taker_can_stop),
      cmocka_unit_test(a_function_that_is_not_there_is_named),
      cmocka_unit_test(body_makes_blocks),
      cmocka_unit_test(what_body_does_wrong_is_told),
      cmocka_unit_test(forged_answers_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
