/* The box: what is in it, what is not, and that nothing in it survives its limits. */
#include "host/box.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <lauxlib.h>

typedef struct trial {
  arena *memory;
  faults *problems;
  box *box;
} trial;

static trial open_trial(box_limits limits) {
  trial t = {.memory = arena_new()};
  t.problems = faults_new(t.memory);
  t.box = box_new(t.memory, limits);
  return t;
}

static void close_trial(trial *t) {
  box_free(t->box);
  arena_free(t->memory);
}

/* Runs a chunk that must succeed and gives its first result as JSON text. */
static void gives(const char *text, const char *expected) {
  trial t = open_trial((box_limits){0});
  int results = 0;
  if (!box_run(t.box, "try.lua", text, strlen(text), &results, t.problems)) {
    fail_msg("%s: %s", text, fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN));
  }
  json_t *value = results > 0 ? box_json(t.box, -results, t.problems) : json_null();
  if (!value) fail_msg("%s: %s", text, fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN));
  char *found = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
  assert_string_equal(found, expected);
  free(found);
  json_decref(value);
  close_trial(&t);
}

/* Runs a chunk that must fail, with these words. */
static void fails_within(box_limits limits, const char *text, const char *en, const char *zh) {
  trial t = open_trial(limits);
  int results = 0;
  if (box_run(t.box, "try.lua", text, strlen(text), &results, t.problems)) {
    json_t *value = results > 0 ? box_json(t.box, -results, t.problems) : NULL;
    if (value) {
      json_decref(value);
      fail_msg("it did not fail: %s", text);
    }
  }
  assert_int_equal(t.problems->count, 1);
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN), en);
  if (zh) assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_ZH), zh);
  close_trial(&t);
}

static void fails(const char *text, const char *en, const char *zh) {
  fails_within((box_limits){0}, text, en, zh);
}

static void values_become_json(void **state) {
  (void)state;
  gives("return { 1, 'two', true, { } }", "[1,\"two\",true,[]]");
  gives("return { b = 1, a = { 'x', y = 2 } }", "{\"a\":{\"1\":\"x\",\"y\":2},\"b\":1}");
  gives("return { [2] = 'b', [10] = 'j', [1] = 'a' }", "{\"1\":\"a\",\"2\":\"b\",\"10\":\"j\"}");
  gives("return { since = 1, till = 2 }", "{\"since\":1,\"until\":2}");
  gives("return 0.1 + 0.5", "{\"@\":\"decimal\",\"value\":\"0.6\"}");
  gives("return 1e6 / 2", "{\"@\":\"decimal\",\"value\":\"500000\"}");
  gives("return -0.000001", "{\"@\":\"decimal\",\"value\":\"-0.000001\"}");
  gives("return 0.0", "{\"@\":\"decimal\",\"value\":\"0\"}");
  gives("return 12.5", "{\"@\":\"decimal\",\"value\":\"12.5\"}");
  gives("return math.mininteger", "-9223372036854775808");
  gives("\nreturn function() end", "{\"@\":\"function\",\"at\":\"try.lua:2\"}");
}

static void what_is_no_data_is_refused(void **state) {
  (void)state;
  fails("return 1 / 3",
        "error: the number 0.33333333333333331 has more than six decimal places or is too large\n"
        "  write it as a text such as \"1/3\", or with fewer decimals",
        "错误：数 0.33333333333333331 的小数超过六位或数值过大\n  请写成文本，例如 \"1/3\"，或减少小数位数");
  fails("return 0 / 0", "error: the result of a computation is no number\n  look for a division by zero",
        "错误：计算结果不是数\n  请检查是否除以零");
  fails("return { [true] = 1 }", "error: a key of a table is a boolean; only names and positions can be keys", NULL);
  fails("return { [{}] = 1 }", "error: a key of a table is a table; only names and positions can be keys", NULL);
  fails("return { [1.5] = 1 }", "error: a key of a table is a number; only names and positions can be keys", NULL);
  fails("return { [1] = 1, [3] = 2, ['3'] = 4 }",
        "error: the key \"3\" stands there twice, as a position and as a text",
        "错误：键“3”出现了两次，一次是位置，一次是文本");
  fails("return '\\xff'", "error: a text is not valid UTF-8 or longer than 1048576 bytes", NULL);
  fails("return string.rep", "error: a built-in function stands where data is expected; it was not called", NULL);
  fails("local t = {} t.t = t return t", "error: tables or expressions stand more than 64 deep in each other", NULL);
  fails("local t = { 1 } for _ = 1, 40 do t = { t, t } end return t",
        "error: more than 500000 values are declared\n  look for an expression that repeats itself", NULL);
}

static void order_is_sorted(void **state) {
  (void)state;
  gives("local s = '' for k, v in pairs { c = 3, [3] = 'z', a = 1, [-1.5] = 'y', b = 2, [true] = 0 } do s = s .. "
        "tostring(k) end return s",
        "\"-1.53abctrue\"");
  gives("local t = { a = 1, b = 2, c = 3 } local s = '' for k in pairs(t) do t.b = nil s = s .. k end return s",
        "\"ac\"");
  fails(
      "for _ in pairs { [{}] = 1 } do end",
      "error: try.lua:1: pairs cannot order a table whose keys are tables or functions\n  use texts or numbers as keys",
      "错误：try.lua:1：pairs 无法为以表或函数作键的表排序\n  请用文本或数字作键");
  gives("local t = { { 1, 'a' }, { 0, 'b' }, { 1, 'c' }, { 0, 'd' }, { 1, 'e' } } "
        "table.sort(t, function(x, y) return x[1] < y[1] end) local s = '' for _, v in ipairs(t) do s = s .. v[2] end "
        "return s",
        "\"bdace\"");
  gives("local t = {} for i = 1, 1000 do t[i] = (i * 7919) % 1009 end table.sort(t) "
        "for i = 2, 1000 do if t[i] < t[i - 1] then return false end end return true",
        "true");
}

static void only_what_is_offered_is_there(void **state) {
  (void)state;
  static const char *const absent[] = {"os",      "io",     "load",         "loadstring",     "dofile", "require",
                                       "package", "debug",  "coroutine",    "collectgarbage", "_G",     "next",
                                       "rawget",  "rawset", "setmetatable", "getmetatable",   "xpcall", "warn"};
  for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
    trial t = open_trial((box_limits){0});
    int results = 0;
    char *text = arena_format(t.memory, "return %s == nil", absent[i]);
    assert_true(box_run(t.box, "try.lua", text, strlen(text), &results, t.problems));
    assert_true(lua_toboolean(box_state(t.box), -1));
    close_trial(&t);
  }
  gives("return { string.dump == nil, ('').dump == nil, string.pack == nil, math.random == nil, table.move == nil, "
        "math.randomseed == nil }",
        "[true,true,true,true,true,true]");
  gives("local e = _ENV; local n = 0; for _ in pairs(e) do n = n + 1 end return n", "0");
  gives("return { tostring({}), tostring(print), tostring(nil), tostring(1.5), string.format('%s %s', {}, print) }",
        "[\"table\",\"function\",\"nil\",\"1.5\",\"table function\"]");
  fails("return string.format('%p', {})", "error: try.lua:1: the script failed: invalid conversion '%p' to 'format'",
        NULL);
  fails("return string.format('%-10p', {})", "error: try.lua:1: the script failed: invalid conversion '%p' to 'format'",
        NULL);
  fails("return '1' + 1",
        "error: try.lua:1: the script failed: attempt to perform arithmetic on a string value (constant '1')", NULL);
}

static void errors_have_a_place(void **state) {
  (void)state;
  fails("x = 1", "error: try.lua:1: the name \"x\" is not declared as local\n  write `local` before its first use",
        "错误：try.lua:1：名称“x”没有声明为 local\n  请在第一次使用时写上 local");
  fails("\n\nlocal t = nil\nreturn t.x",
        "error: try.lua:4: the script failed: attempt to index a nil value (local 't')",
        "错误：try.lua:4：脚本出错：attempt to index a nil value (local 't')");
  fails("return {", "error: try.lua:1: the script failed: unexpected symbol near <eof>", NULL);
  fails("error({})", "error: try.lua:1: the script failed with an error that is a table, not a text",
        "错误：try.lua:1：脚本出错，错误值的类型是 table，不是文本");
  fails("error(nil)", "error: try.lua:1: the script failed with an error that is a nil, not a text", NULL);
  fails("error('bad\\xffbytes')", "error: try.lua:1: the script failed: bad?bytes", NULL);
  fails("\033Lua", "error: try.lua:1: the script failed: unexpected symbol near '<\\27>'", NULL);
}

static void a_long_error_text_is_cut(void **state) {
  (void)state;
  trial t = open_trial((box_limits){0});
  int results = 0;
  const char *text = "error(('长'):rep(100000))";
  assert_false(box_run(t.box, "try.lua", text, strlen(text), &results, t.problems));
  const char *shown = t.problems->items[0].what.in[LANGUAGE_EN];
  assert_true(strlen(shown) < 700);
  assert_true(text_is_utf8(shown, strlen(shown)));
  close_trial(&t);
}

static void a_file_of_a_long_name_is_named_in_full(void **state) {
  (void)state;
  trial t = open_trial((box_limits){0});
  int results = 0;
  const char *name = "ganzhou/adapters/a_very_long_folder_name/and_a_very_long_file_name_in_it_too_long_for_lua.lua";
  const char *wrong = "local a = {}\na.b.c = 1", *cut = "local a =\n\n{";
  assert_false(box_run(t.box, name, wrong, strlen(wrong), &results, t.problems));
  assert_string_equal(t.problems->items[0].where.file, name);
  assert_int_equal(t.problems->items[0].where.line, 2);
  assert_string_equal(t.problems->items[0].what.in[LANGUAGE_EN],
                      "the script failed: attempt to index a nil value (field 'b')");
  assert_false(box_run(t.box, name, cut, strlen(cut), &results, t.problems));
  assert_string_equal(t.problems->items[1].where.file, name);
  assert_int_equal(t.problems->items[1].where.line, 3);
  close_trial(&t);
}

static void memory_is_limited(void **state) {
  (void)state;
  box_limits small = {.memory = UINT64_C(8) << 20};
  const char *en =
      "error: try.lua: the script needs more than 8 MiB of memory\n  look for a table or text that keeps growing";
  fails_within(small, "local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end", en,
               "错误：try.lua：脚本使用的内存超过 8 MiB\n  请检查是否有不断增大的表或文本");
  fails_within(small, "local s = 'x' while true do s = s .. s end", en, NULL);
  fails_within(
      small, "local function f() local t = {} while true do t[#t + 1] = {} end end while true do pcall(f) end",
      "error: try.lua:1: the script needs more than 8 MiB of memory\n  look for a table or text that keeps growing",
      NULL);
  fails_within(small, "return ('x'):rep(1e9)", "error: try.lua:1: the script failed: resulting string too large", NULL);
  gives("return (''):rep(1e15)", "\"\"");
}

/* Whatever a script does, it ends soon after its time: here, or with the process. */
static int ended(const char *text) {
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) {
    alarm(90); /* of real time, on a machine that may be busy */
    trial t = open_trial((box_limits){.seconds = 1});
    int results = 0;
    bool good = box_run(t.box, "try.lua", text, strlen(text), &results, t.problems);
    bool told = t.problems->count == 1 && strcmp(t.problems->items[0].what.in[LANGUAGE_EN],
                                                 "the script was stopped after 1 seconds of computing") == 0;
    _exit(good ? 1 : !told ? 2 : box_lost(t.box) ? 0 : 3);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void time_is_limited(void **state) {
  (void)state;
  assert_int_equal(ended("while true do end"), 0);
  assert_int_equal(ended("while true do pcall(function() while true do end end) end"), 0);
  assert_int_equal(ended("local function f() return pcall(f) end while true do f() end"), 0);
  assert_int_equal(ended("return ('a'):rep(10000):find '.-.-.-.-b$'"), 0);
  assert_int_equal(ended("return ('a'):rep(30000):match '(.-)(.-)(.-)b'"), 0);
  assert_int_equal(ended("return (('x'):rep(100000):gsub('x-x-x-y', ''))"), 0);
  assert_int_equal(ended("local t = {} for i = 1, 60 do t[1 << i] = 1 end t[1] = 1 t[3] = 1 while true do table.sort({ "
                         "3, 2, 1 }) end"),
                   0);
  assert_int_equal(ended("table.sort({ 1, 2, 3 }, function() while true do end end)"), 0);
  assert_int_equal(ended("return ('x'):gsub('x', function() while true do end end)"), 0);
}

/* What is too deep for Lua is an error like any other. */
static void depth_is_limited(void **state) {
  (void)state;
  arena *a = arena_new();
  static const char *const openings[] = {"{",  "(",     "function() return ", "not ", "- ", "x.", "if true then ",
                                         "a[", "{ a = "};
  for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
    buffer text = {0};
    buffer_text(&text, "return ");
    for (int j = 0; j < 100000; j++) buffer_text(&text, openings[i]);
    trial t = open_trial((box_limits){0});
    int results = 0;
    assert_false(box_run(t.box, "deep.lua", text.at, text.length, &results, t.problems));
    assert_int_equal(t.problems->count, 1);
    assert_true(strlen(t.problems->items[0].what.in[LANGUAGE_EN]) < 700);
    buffer_free(&text);
    close_trial(&t);
  }
  arena_free(a);
  fails("local function f() return f() + 1 end return f()", "error: try.lua:1: the script failed: stack overflow",
        NULL);
  fails("local t = {} t = tostring(t) return error(('%s'):rep(10):format(t, t, t, t, t, t, t, t, t, t))",
        "error: try.lua:1: the script failed: tabletabletabletabletabletabletabletabletabletable", NULL);
  gives("return pcall(string.rep, 'x', -1)", "true");
  gives("local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return f(10000)", "10000");
}

/* Errors that a script makes up cannot reach the terminal or end the reader. */
static void made_up_errors_are_plain(void **state) {
  (void)state;
  trial t = open_trial((box_limits){0});
  int results = 0;
  const char *text = "local ok, e = pcall(function() x = 1 end) e[1] = '\27[2J\xff' e[5] = '\xff:x' error(e)";
  assert_false(box_run(t.box, "try.lua", text, strlen(text), &results, t.problems));
  const char *shown = fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN);
  assert_null(strchr(shown, '\033'));
  assert_true(text_is_utf8(shown, strlen(shown)));
  assert_true(text_is_utf8(t.problems->items[0].where.file, strlen(t.problems->items[0].where.file)));
  const char *nothing = "local ok, e = pcall(function() x = 1 end) e[1] = nil e[2] = nil e[3] = {} error(e)";
  assert_false(box_run(t.box, "try.lua", nothing, strlen(nothing), &results, t.problems));
  assert_string_equal(t.problems->items[1].what.in[LANGUAGE_EN],
                      "the script failed with an error that is a table, not a text");
  close_trial(&t);
}

/* A few members make Lua believe in a table as long as the largest number. */
static void claimed_lengths_are_not_believed(void **state) {
  (void)state;
  const char *sparse = "local t = {} for i = 0, 62 do t[1 << i] = 1 t[(1 << i) + 1] = 1 end";
  trial t = open_trial((box_limits){.seconds = 2});
  int results = 0;
  static const char *const uses[] = {"table.insert(t, 1, 0)", "table.remove(t, 1)", "table.sort(t)", "table.concat(t)",
                                     "table.unpack(t)"};
  char *length = arena_format(t.memory, "%s return #t > 1e18", sparse);
  assert_true(box_run(t.box, "try.lua", length, strlen(length), &results, t.problems));
  assert_true(lua_toboolean(box_state(t.box), -1));
  for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
    char *text = arena_format(t.memory, "%s return pcall(function() %s end)", sparse, uses[i]);
    assert_true(box_run(t.box, "try.lua", text, strlen(text), &results, t.problems));
    assert_int_equal(results, 2);
    assert_false(lua_toboolean(box_state(t.box), -2));
  }
  close_trial(&t);
}

static void patterns_match_as_in_lua(void **state) {
  (void)state;
  gives("return { ('key = value'):match '^(%w+)%s*=%s*(%w+)$' }", "[\"key\",\"value\"]");
  gives("return { ('  x '):find '^%s*(.-)%s*$' }", "[1,4,\"x\"]");
  gives("return ('hello world'):gsub('o', '0', 1)", "\"hell0 world\"");
  gives("return (('a,b,,c'):gsub('%w', { a = 'A', b = false }))", "\"A,b,,c\"");
  gives("return (('abc'):gsub('%w', '%0%0'))", "\"aabbcc\"");
  gives("return (('abc'):gsub('', '-'))", "\"-a-b-c-\"");
  gives("return { (('z\\0'):find '%z'), (('\\0z'):find '%Z') }", "[2,2]");
  gives("local s = '' for k, v in ('a=1, b=2'):gmatch '(%w+)=(%w+)' do s = s .. k .. v end return s", "\"a1b2\"");
  gives("local n = 0 for _ in ('abc'):gmatch '' do n = n + 1 end return n", "4");
  gives("return { ('f(a(b)c)d'):match '%b()', ('THE (quick) fox'):find '%f[%a]%a+%f[%A]' }", "[\"(a(b)c)\",1,3]");
  gives("return { ('x=“引”'):match '“(.-)”', ('2025-08-15'):match '(%d+)-(%d+)-(%d+)' }",
        "[\"引\",\"2025\",\"08\",\"15\"]");
  gives("return { ('abab'):match '(ab)%1', ('a.b'):find('.', 1, true), ('a]b'):find '[]]', ('a-b'):match '[a%-]+' }",
        "[\"ab\",2,2,\"a-\"]");
  gives("return ('é'):upper() == 'é' and ('x'):match '%a' == 'x' and ('é'):match '%a' == nil", "true");
  gives("return { ('abc'):match '()b()' }", "[2,3]");
  fails("return ('x'):match '[a'", "error: try.lua:1: the script failed: malformed pattern (missing ']')", NULL);
  fails("return ('x'):match '%'", "error: try.lua:1: the script failed: malformed pattern (ends with '%')", NULL);
  fails("return ('x'):match '(x'", "error: try.lua:1: the script failed: unfinished capture", NULL);
  fails("return ('x'):match 'x)'", "error: try.lua:1: the script failed: invalid pattern capture", NULL);
  fails("return ('x'):rep(40):match(('(x'):rep(40))", "error: try.lua:1: the script failed: too many captures", NULL);
  fails("return ('x'):rep(300):match(('x?'):rep(300) .. 'y')",
        "error: try.lua:1: the script failed: pattern too complex", NULL);
}

static int shout(lua_State *lua) {
  luaL_checkinteger(lua, 1);
  return box_error(lua, (said){{"做不到", "it cannot be done"}}, (said){{"算了", "leave it"}});
}

static void callers_add_names_and_errors(void **state) {
  (void)state;
  trial t = open_trial((box_limits){0});
  lua_pushcfunction(box_state(t.box), shout);
  box_global(t.box, "shout");
  int results = 0;
  assert_false(box_run(t.box, "try.lua", "\nshout(1)", 9, &results, t.problems));
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN),
                      "error: try.lua:2: it cannot be done\n  leave it");
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_ZH), "错误：try.lua:2：做不到\n  算了");
  assert_false(box_run(t.box, "try.lua", "shout = 1", 9, &results, t.problems));
  assert_true(box_run(t.box, "try.lua", "return select(2, pcall(shout, 'x'))", 35, &results, t.problems));
  close_trial(&t);
}

static void closed_values_know_their_names(void **state) {
  (void)state;
  trial t = open_trial((box_limits){0});
  json_t *given = json_pack("{s:i, s:n, s:{s:s}}", "trainees", 10, "hosts", "inner", "x", "y");
  box_push_closed(t.box, given, "the report", "报告");
  json_decref(given);
  box_global(t.box, "r");
  int results = 0;
  const char *good = "return r.trainees == 10 and r.hosts == nil and r.inner.x == 'y'";
  assert_true(box_run(t.box, "try.lua", good, strlen(good), &results, t.problems));
  assert_true(lua_toboolean(box_state(t.box), -1));
  assert_false(box_run(t.box, "try.lua", "return r.trainee", 16, &results, t.problems));
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN),
                      "error: try.lua:1: unknown name \"trainee\" of the report\n  did you mean \"trainees\"?");
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_ZH),
                      "错误：try.lua:1：报告没有名称“trainee”\n  是否想写“trainees”？");
  close_trial(&t);
}

int main(void) {
  json_prepare();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_become_json),
      cmocka_unit_test(what_is_no_data_is_refused),
      cmocka_unit_test(order_is_sorted),
      cmocka_unit_test(only_what_is_offered_is_there),
      cmocka_unit_test(errors_have_a_place),
      cmocka_unit_test(a_long_error_text_is_cut),
      cmocka_unit_test(a_file_of_a_long_name_is_named_in_full),
      cmocka_unit_test(memory_is_limited),
      cmocka_unit_test(time_is_limited),
      cmocka_unit_test(depth_is_limited),
      cmocka_unit_test(made_up_errors_are_plain),
      cmocka_unit_test(claimed_lengths_are_not_believed),
      cmocka_unit_test(patterns_match_as_in_lua),
      cmocka_unit_test(callers_add_names_and_errors),
      cmocka_unit_test(closed_values_know_their_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
