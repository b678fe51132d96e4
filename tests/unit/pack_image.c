/* From a pack's folder to its image: files, words, operators, and the errors that an author meets, with their lines. */
#include "check.h"

#include "pack/image.h"
#include "pack/roles.h"
#include "pack/source_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "return pack { id = 'p', title = { en = 'p' }, version = '1', api = 1 }"

typedef struct trial {
  arena *memory;
  faults *problems;
  pack_text text;
  json_t *image;
} trial;

/* A pack of pack.lua and one more file. */
static trial run(const char *name, const char *text) {
  trial t = {.memory = arena_new()};
  t.problems = faults_new(t.memory);
  t.text.order = json_pack("[s]", "p");
  t.text.files = json_pack("{s:s}", "p/pack.lua", HEAD);
  if (name) json_object_set_new(t.text.files, name, json_string(text));
  t.image = image_make(t.memory, &t.text, t.problems);
  return t;
}

static void done(trial *t) {
  json_decref(t->image);
  json_decref(t->text.files);
  json_decref(t->text.order);
  arena_free(t->memory);
}

/* What an expression becomes: `text` is the value of `needs` in a rule on line 1. */
static void becomes(const char *text, const char *expected) {
  arena *a = arena_new();
  trial t = run("p/rules/r.lua", arena_format(a, "return rule { id = 'r', needs = %s }", text));
  if (!t.image) fail_msg("%s: %s", text, fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN));
  json_t *rule = json_array_get(json_object_get(t.image, "declarations"), 1);
  char *found = json_dumps(json_object_get(rule, "needs"), JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
  assert_string_equal(found, expected);
  free(found);
  done(&t);
  arena_free(a);
}

static void fails(const char *name, const char *text, const char *en, const char *zh) {
  trial t = run(name, text);
  if (t.image) fail_msg("it did not fail: %s", text);
  assert_int_equal(t.problems->count, 1);
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN), en);
  if (zh) assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_ZH), zh);
  done(&t);
}

static void a_pack_alone_has_an_image(void **state) {
  (void)state;
  trial t = run(NULL, NULL);
  assert_non_null(t.image);
  assert_string_equal(
      json_canonical(t.memory, t.image),
      "{\"api\":1,\"declarations\":[{\"@\":\"pack\",\"api\":1,\"at\":\"p/pack.lua:1\",\"id\":\"p\","
      "\"title\":{\"en\":\"p\"},\"version\":\"1\"}],\"extends\":[],\"id\":\"p\",\"title\":{\"en\":\"p\"},"
      "\"version\":\"1\"}");
  done(&t);
}

static void words_become_nodes(void **state) {
  (void)state;
#define AT "\"at\":\"p/rules/r.lua:1\""
  becomes("records { kind = 'x' }", "{\"@\":\"records\",\"args\":[{\"kind\":\"x\"}]," AT "}");
  becomes("last(2, 'year')", "{\"@\":\"last\",\"args\":[2,\"year\"]," AT "}");
  becomes("records { }:cap(P.a, nil, { mode = 'm' })",
          "{\"@\":\"cap\",\"args\":[{\"@\":\"parameter\",\"args\":[\"a\"]," AT "},null,{\"mode\":\"m\"}]," AT
          ",\"of\":{\"@\":\"records\",\"args\":[[]]," AT "}}");
  becomes("P.a * P.b", "{\"@\":\"multiply\",\"args\":[{\"@\":\"parameter\",\"args\":[\"a\"]," AT
                       "},{\"@\":\"parameter\",\"args\":[\"b\"]," AT "}]," AT "}");
  becomes("1 + P.a", "{\"@\":\"add\",\"args\":[1,{\"@\":\"parameter\",\"args\":[\"a\"]," AT "}]," AT "}");
  becomes("P.a - 0.5", "{\"@\":\"subtract\",\"args\":[{\"@\":\"parameter\",\"args\":[\"a\"]," AT
                       "},{\"@\":\"decimal\",\"value\":\"0.5\"}]," AT "}");
  becomes("{ level = none, mode = any }",
          "{\"level\":{\"@\":\"none\",\"args\":[]," AT "},\"mode\":{\"@\":\"any\",\"args\":[]," AT "}}");
  becomes("page()", "{\"@\":\"page\",\"args\":[]," AT "}");
  becomes("table { title = 't' }", "{\"@\":\"table\",\"args\":[{\"title\":\"t\"}]," AT "}");
  becomes("table.concat({ 'a', 'b' })", "\"ab\"");
  becomes("function() end", "{\"@\":\"function\",\"at\":\"p/rules/r.lua:1\"}");
  becomes("column '姓名':before '(':or_else(column { 'a', 'b' })",
          "{\"@\":\"or_else\",\"args\":[{\"@\":\"column\",\"args\":[[\"a\",\"b\"]]," AT "}]," AT
          ",\"of\":{\"@\":\"before\",\"args\":[\"(\"]," AT ",\"of\":{\"@\":\"column\",\"args\":[\"姓名\"]," AT "}}}");
  becomes("{ since = 1, till = 2 }", "{\"since\":1,\"until\":2}");
#undef AT
}

static void recognitions_become_names(void **state) {
  (void)state;
  trial t = run("p/recognition.lua", "return recognition { id = 'credits', unit = 'u' }");
  json_object_set_new(t.text.files, "p/rules/r.lua",
                      json_string("return rule { id = 'r',\n  needs = { credits, credits 'online' } }"));
  json_decref(t.image);
  t.image = image_make(t.memory, &t.text, t.problems);
  json_t *rule = json_array_get(json_object_get(t.image, "declarations"), 2);
  assert_string_equal(json_canonical(t.memory, json_object_get(rule, "needs")),
                      "[{\"@\":\"recognised\",\"args\":[\"credits\"],\"at\":\"p/rules/r.lua:2\"},"
                      "{\"@\":\"recognised\",\"args\":[\"credits\",\"online\"],\"at\":\"p/rules/r.lua:2\"}]");
  done(&t);
}

static void files_run_in_their_order(void **state) {
  (void)state;
  trial t = run(NULL, NULL);
  static const char *const names[] = {"p/a.lua",     "p/tests/t.lua",     "p/scales.lua", "p/recognition/b.lua",
                                      "p/kinds.lua", "p/parameters/x.lua"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    json_object_set_new(t.text.files, names[i], json_string("return kinds { }"));
  }
  json_decref(t.image);
  t.image = image_make(t.memory, &t.text, t.problems);
  buffer found = {0};
  size_t at;
  json_t *declaration;
  json_array_foreach(json_object_get(t.image, "declarations"), at, declaration) {
    buffer_format(&found, "%s ", json_member_text(declaration, "at"));
  }
  assert_string_equal(found.at, "p/pack.lua:1 p/parameters/x.lua:1 p/kinds.lua:1 p/scales.lua:1 p/recognition/b.lua:1 "
                                "p/a.lua:1 p/tests/t.lua:1 ");
  buffer_free(&found);
  done(&t);
}

static void mistakes_are_named(void **state) {
  (void)state;
  const char *file = "p/r.lua";
  fails(file, "return rul { }", "error: p/r.lua:1: unknown name \"rul\"\n  did you mean \"rule\"?",
        "错误：p/r.lua:1：未知名称“rul”\n  是否想写“rule”？");
  fails(file, "\nreturn rule { needs = records { }:capp(1) }",
        "error: p/r.lua:2: unknown method \"capp\"\n  did you mean \"cap\"?",
        "错误：p/r.lua:2：未知方法“capp”\n  是否想写“cap”？");
  fails(file, "return rule { needs = records { }.cap(1) }",
        "error: p/r.lua:1: the method \"cap\" is called with a dot\n  write a colon before it: x:cap(…)", NULL);
  fails(
      file, "return rule { needs = records { } > 3 }",
      "error: p/r.lua:1: expressions cannot be combined with <\n  write :at_least, :at_most, :more_than or :less_than",
      NULL);
  fails(file, "return rule { needs = #records { } }",
        "error: p/r.lua:1: expressions cannot be combined with #\n  write :count()", NULL);
  fails(file, "return rule { needs = records }",
        "error: p/r.lua:1: a word of the language stands alone where data is expected; it was not called\n"
        "  write its arguments after it, as in `records { … }`",
        NULL);
  fails(file, "return rule { needs = P }", "error: p/r.lua:1: \"P\" stands alone; a name must follow it, as in P.name",
        "错误：p/r.lua:1：“P”后面缺少名称，应写作 P.名称");
  fails(file, "return rule { needs = P() }",
        "error: p/r.lua:1: the expression \"P\" is no function\n  a method is called with a colon, as in x:cap(…)",
        NULL);
  fails(file, "return rule 'x'", "error: p/r.lua:1: rule takes one table\n  write rule { … }", NULL);
  fails(file, "return rule { at = 1 }",
        "error: p/r.lua:1: the key \"at\" is kept for the program and cannot be declared", NULL);
  fails(file, "rule { id = 'x' }",
        "error: p/r.lua:1: this \"rule\" is declared but not returned\n"
        "  write return before it, or put it into the returned list",
        "错误：p/r.lua:1：声明了“rule”但没有返回\n  请在其前写 return，或放入返回的列表");
  fails(file, "return { 1 }",
        "error: p/r.lua: the file returns number at position 1, which is no declaration\n"
        "  return declarations such as rule { … }, or a list of them",
        NULL);
  fails(file, "return records { }",
        "error: p/r.lua: the file returns \"records\", which is no declaration\n"
        "  return declarations such as rule { … }, or a list of them",
        NULL);
  fails(file, "return kinds { }, kinds { }",
        "error: p/r.lua: the file returns more than one value\n  return a list: return { rule { … }, rule { … } }",
        NULL);
  fails("p/recognition.lua", "return recognition { id = 'records' }",
        "error: p/recognition.lua:1: a recognition cannot be called \"records\", which is a word of the language\n  "
        "choose another id",
        NULL);
  fails(file, "return pack { id = 'p', api = 1 }",
        "error: p/r.lua:1: a pack declares itself once; this is one `pack` too many", NULL);
  fails("p/pack.lua", "return pack { id = 'q', api = 1 }",
        "error: p/pack.lua:1: the pack's id must be written as the text \"p\"", NULL);
  fails("p/pack.lua", "return pack { id = 'p', api = 2 }",
        "error: p/pack.lua:1: pack \"p\" is written for api 2, this program knows api 1\n"
        "  write api = 1, or use a program of the pack's time",
        "错误：p/pack.lua:1：规则包“p”适用于 api 2，本程序支持 api 1\n  请写 api = 1，或使用与该规则包相应的程序");
  fails("p/pack.lua", "return kinds { }",
        "error: pack \"p\" does not declare itself\n"
        "  write return pack { id = …, title = …, version = …, api = 1 } in pack.lua",
        NULL);
}

static void mistakes_of_several_files_are_shown_together(void **state) {
  (void)state;
  trial t = run("p/a.lua", "return rul { }");
  json_object_set_new(t.text.files, "p/b.lua", json_string("return figurs { }"));
  t.problems->count = t.problems->errors = 0;
  assert_null(image_make(t.memory, &t.text, t.problems));
  assert_int_equal(t.problems->count, 2);
  assert_string_equal(t.problems->items[1].where.file, "p/b.lua");
  done(&t);
}

static void a_loop_is_stopped(void **state) {
  (void)state;
  trial t = run("p/a.lua", "local function f() while true do end end while true do pcall(f) end");
  assert_null(t.image);
  assert_string_equal(fault_text(t.memory, &t.problems->items[0], LANGUAGE_EN),
                      "error: p/a.lua:1: the script was stopped after 5 seconds of computing\n"
                      "  look for a loop that does not end or a pattern that tries too much");
  done(&t);
}

static void memory_is_stopped(void **state) {
  (void)state;
  trial t = run("p/a.lua", "local t = {} while true do t[#t + 1] = ('x'):rep(1000000) .. #t end");
  assert_null(t.image);
  assert_string_equal(t.problems->items[0].what.in[LANGUAGE_EN], "the script needs more than 256 MiB of memory");
  done(&t);
}

static void the_same_text_gives_the_same_image(void **state) {
  (void)state;
  const char *text = "local t = {} for i = 1, 200 do t['k' .. i] = i end return figures(t)";
  trial first = run("p/f.lua", text), second = run("p/f.lua", text);
  char *one = json_dumps(first.image, 0), *two = json_dumps(second.image, 0); /* in the order of insertion */
  assert_string_equal(one, two);
  free(one);
  free(two);
  done(&first);
  done(&second);
}

static void text_is_kept_and_read_back(void **state) {
  (void)state;
  trial t = run("p/f.lua", "return kinds { }");
  char *canonical = pack_text_canonical(t.memory, &t.text);
  pack_text back;
  assert_true(pack_text_from(t.memory, canonical, &back, t.problems));
  assert_true(json_equal(back.files, t.text.files) && json_equal(back.order, t.text.order));
  json_decref(back.files);
  json_decref(back.order);
  assert_false(pack_text_from(t.memory, "{\"files\":{\"a\":1},\"order\":[\"p\"]}", &back, t.problems));
  assert_false(pack_text_from(t.memory, "[", &back, t.problems));
  done(&t);
}

/* ---- folders ---- */

static void put_file(const char *folder, const char *name, const char *text) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  for (char *slash = strchr(path + strlen(folder) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    mkdir(path, 0700);
    *slash = '/';
  }
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
}

static void folders_are_read_with_what_they_extend(void **state) {
  (void)state;
  char folder[] = "/tmp/pack_image_XXXXXX";
  assert_non_null(mkdtemp(folder));
  put_file(folder, "base/pack.lua", "-- pack { id = 'no' }\nreturn pack { id = 'base', version = '1', api = 1 }");
  put_file(folder, "base/rules/r.lua", "\xEF\xBB\xBFreturn rule { id = 'r' }");
  put_file(folder, "top/pack.lua", "return pack { id = \"top\", version = \"2\", extends = { [[base]] }, api = 1 }");
  put_file(folder, "top/.hidden.lua", "not lua");
  put_file(folder, "top/notes.txt", "not lua");
  put_file(folder, "wild/pack.lua", "return pack { id = 'wild', extends = 'nowhere', api = 1 }");
  put_file(folder, "sly/pack.lua", "local id = 'sly' return pack { id = id, api = 1 }");
  put_file(folder, "circle/pack.lua", "return pack { id = 'circle', extends = 'round', api = 1 }");
  put_file(folder, "round/pack.lua", "return pack { id = 'round', extends = 'circle', api = 1 }");
  put_file(folder, "latin/pack.lua", "return pack { id = 'latin', title = '\xE9', api = 1 }");
  arena *a = arena_new();
  faults *problems = faults_new(a);
  pack_text text;
  assert_true(pack_text_read(a, arena_format(a, "%s/top", folder), &text, problems));
  assert_string_equal(
      pack_text_canonical(a, &text),
      "{\"files\":{\"base/pack.lua\":\"-- pack { id = 'no' }\\nreturn pack { id = 'base', version = '1', api = 1 }\","
      "\"base/rules/r.lua\":\"return rule { id = 'r' }\","
      "\"top/pack.lua\":\"return pack { id = \\\"top\\\", version = \\\"2\\\", extends = { [[base]] }, api = 1 }\"},"
      "\"order\":[\"base\",\"top\"]}");
  json_t *image = image_make(a, &text, problems);
  assert_non_null(image);
  assert_string_equal(json_canonical(a, json_object_get(image, "extends")), "[\"base\"]");
  assert_string_equal(json_member_text(image, "id"), "top");
  json_decref(image);
  json_decref(text.files);
  json_decref(text.order);

  const struct {
    const char *name, *en;
  } wrong[] = {
      {"wild", "error: wild/pack.lua: pack \"nowhere\", which it extends, is not found\n"
               "  put it beside this pack's folder, or name its parent folder in HONGZHU_PACKS"},
      {"sly",
       "error: FOLDER/sly/pack.lua:1: the pack's id is missing or not written as a plain text of lower-case letters, "
       "digits and _\n  write id = \"my_region\" in pack { … }"},
      {"circle", "error: FOLDER/circle: pack \"circle\" extends itself by way of others"},
      {"latin", "error: FOLDER/latin/pack.lua: the file is not UTF-8 text\n  save it as UTF-8 in your editor"},
      {"none",
       "error: FOLDER/none: cannot be read: No such file or directory\n  name the folder that has the pack's pack.lua"},
      {"base/rules", "error: FOLDER/base/rules: the folder has no pack.lua\n"
                     "  name the folder of a pack, or make one with hongzhu pack new"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    problems->count = problems->errors = 0;
    assert_false(pack_text_read(a, arena_format(a, "%s/%s", folder, wrong[i].name), &text, problems));
    assert_int_equal(problems->count, 1);
    char *found = fault_text(a, &problems->items[0], LANGUAGE_EN);
    char *place_at = strstr(found, folder);
    if (place_at) found = arena_format(a, "%.*sFOLDER%s", (int)(place_at - found), found, place_at + strlen(folder));
    assert_string_equal(found, wrong[i].en);
  }
  arena_free(a);
  char command[64];
  snprintf(command, sizeof command, "rm -r %s", folder);
  assert_int_equal(system(command), 0);
}

/* ---- lines ---- */

static void keys_are_found_in_the_text(void **state) {
  (void)state;
  static const char text[] = "local x = other { needs = 1 }\n"                                  /* 1 */
                             "return rule { id = 'a', -- needs = {\n"                           /* 2 */
                             "  title = { zh = [[needs = { ]],\n"                               /* 3 */
                             "    en = 'y' },\n"                                                /* 4 */
                             "  needs = {\n"                                                    /* 5 */
                             "    { 'one', f(a, { b = 1 }), zh = 'z' },\n"                      /* 6 */
                             "    [\"odd\"] = function() if x then return { q = 1 } end end,\n" /* 7 */
                             "    { 'two',\n"                                                   /* 8 */
                             "      zh = 'w' },\n"                                              /* 9 */
                             "  },\n"                                                           /* 10 */
                             "  suspended = { from = 'x',\n"                                    /* 11 */
                             "    till = 'y' },\n"                                              /* 12 */
                             "}\n";
  const struct {
    int at;
    const char *keys[4];
    int line;
  } expected[] = {
      {2, {"id"}, 2},
      {2, {"title", "en"}, 4},
      {2, {"needs", "1", "zh"}, 6},
      {2, {"needs", "2", "zh"}, 9},
      {2, {"needs", "2"}, 8},
      {2, {"needs", "odd"}, 7},
      {2, {"suspended", "until"}, 12},
      {2, {"nothing"}, 2},
      {2, {"needs", "9"}, 5},
      {1, {"needs"}, 1},
      {6, {"b"}, 6},
      {2, {NULL}, 2},
  };
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    size_t count = 0;
    while (count < 4 && expected[i].keys[count]) count++;
    assert_int_equal(source_line(text, expected[i].at, expected[i].keys, count), expected[i].line);
  }
  assert_int_equal(source_line("x = {", 1, (const char *[]){"a"}, 1), 1);
  assert_int_equal(source_line("x = { a = [==[", 1, (const char *[]){"a", "b"}, 2), 1);
  assert_int_equal(source_line("", 5, (const char *[]){"a"}, 1), 5);
}

static void long_lists_are_read_once(void **state) {
  (void)state;
  buffer text = {0};
  buffer_text(&text, "-- {\nreturn organizations {\n");
  for (int i = 0; i < 500; i++) {
    buffer_format(&text, "  { code = 'S-%d',%s name = 'x' },%s\n", i, i % 3 ? "" : "\n   ",
                  i == 10 ? " [7] = f { 1 }, named = 2," : "");
  }
  buffer_text(&text, "}\n");
  arena *a = arena_new();
  const source_index *index = source_index_new(a, text.at, 2);
  for (int i = 0; i < 500; i++) {
    char position[16];
    snprintf(position, sizeof position, "%d", i + 1);
    const char *const keys[] = {position, "name"};
    for (size_t count = 1; count <= 2; count++) {
      assert_int_equal(source_index_line(index, keys, count), source_line(text.at, 2, keys, count));
    }
  }
  assert_int_equal(source_index_line(index, (const char *[]){"501"}, 1), 0);
  assert_int_equal(source_index_line(index, (const char *[]){"named"}, 1), 0);
  assert_int_equal(source_index_line(source_index_new(a, "", 3), (const char *[]){"1"}, 1), 0);
  buffer_free(&text);
  arena_free(a);
}

int main(int argc, char **argv) {
  json_prepare();
  if (argc > 1 && strcmp(argv[1], "--worker") == 0) return worker_child_main(pack_roles, argc, argv);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_pack_alone_has_an_image),
      cmocka_unit_test(words_become_nodes),
      cmocka_unit_test(recognitions_become_names),
      cmocka_unit_test(files_run_in_their_order),
      cmocka_unit_test(mistakes_are_named),
      cmocka_unit_test(mistakes_of_several_files_are_shown_together),
      cmocka_unit_test(a_loop_is_stopped),
      cmocka_unit_test(memory_is_stopped),
      cmocka_unit_test(the_same_text_gives_the_same_image),
      cmocka_unit_test(text_is_kept_and_read_back),
      cmocka_unit_test(folders_are_read_with_what_they_extend),
      cmocka_unit_test(keys_are_found_in_the_text),
      cmocka_unit_test(long_lists_are_read_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
