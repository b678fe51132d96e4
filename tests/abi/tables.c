/* What plugins say that they offer: whole, older, newer, wrong. */
#include "abi.h"

static void plugins_are_found_with_all_that_they_offer(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  offers all = offers_of(a, "good", problems);
  assert_string_equal(told(a, problems, LANGUAGE_EN), "");
  assert_int_equal(all.count, 3);
  const offer *lines = offers_named(&all, OFFER_READER, "lines", problems);
  assert_non_null(lines);
  assert_string_equal(lines->title.in[LANGUAGE_ZH], "文本行");
  assert_string_equal(lines->extensions, "lines txt");
  assert_string_equal(lines->plugin, "lines");
  assert_string_equal(lines->plugin_version, "1.0");
  assert_string_equal(lines->license, "MIT");
  assert_string_equal(lines->contact, "plugins@example.org");
  assert_int_equal(lines->options_count, 3);
  assert_string_equal(lines->options[0].otherwise, " ");
  assert_null(lines->options[1].otherwise);
  assert_string_equal(lines->options[2].type, "up|down");
  assert_string_equal(lines->options[2].help.in[LANGUAGE_EN], "the order of lines");
  /* By kind and name, whatever the order of files. */
  assert_string_equal(all.items[1].name, "foldered");
  assert_int_equal(all.items[1].needs, HONGZHU_NEEDS_FOLDER);
  assert_string_equal(all.items[2].name, "scribe");
  assert_string_equal(all.items[2].mime, "text/plain");
  assert_null(offers_named(&all, OFFER_WRITER, "scrib", problems));
  assert_null(offers_named(&all, OFFER_RULE, "lines", problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN), "error: no plugin offers a writer \"scrib\"\n"
                                                      "  did you mean \"scribe\"?\n"
                                                      "error: no plugin offers a rule \"lines\"\n"
                                                      "  see what there is with: hongzhu plugin list\n");
  assert_string_equal(told(a, problems, LANGUAGE_ZH), "错误：没有插件提供输出器“scrib”\n"
                                                      "  是不是“scribe”？\n"
                                                      "错误：没有插件提供规则“lines”\n"
                                                      "  查看已有的插件：hongzhu plugin list\n");
}

/* Cases of plugins/tables.c and what is said of them. */
static const struct {
  int number;
  const char *zh, *en; /* without "error: plugin \"table_N.so\"" */
} wrong_tables[] = {
    {1, "没有入口“hongzhu_plugin_1”\n  它可能是其他用途的库，或入口没有导出（HONGZHU_EXPORT）\n",
     " has no entry point \"hongzhu_plugin_1\"\n"
     "  it is another kind of library, or the entry point is not exported (HONGZHU_EXPORT)\n"},
    {2, "是为接口第 7 主版本制作的，本程序为第 1 主版本\n  请取得与本程序版本相应的插件\n",
     " is made for major version 7 of the interface, this program has 1\n  get the plugin for this program's "
     "version\n"},
    {3, "：入口没有返回内容：它不能用于 hongzhu " HONGZHU_VERSION "（接口 1.2）\n",
     ": its entry point returned nothing: it does not work with hongzhu " HONGZHU_VERSION ", interface 1.2\n"},
    {4, "自行中止（abort）（当时正在加载插件）\n  没有改动任何数据；请告知其作者\n",
     " gave itself up (abort) while the plugin was being loaded\n  nothing was changed; tell whoever made it\n"},
    {5, "自行中止（abort）（当时正在加载插件）\n  没有改动任何数据；请告知其作者\n",
     " gave itself up (abort) while the plugin was being loaded\n  nothing was changed; tell whoever made it\n"},
    {6, "没有完成就退出了（当时正在加载插件）\n  没有改动任何数据；请告知其作者\n",
     " ended before it had finished while the plugin was being loaded\n  nothing was changed; tell whoever made it\n"},
    {7, "的第 1 个读取器：其大小 0 小于 1.0 版的大小（80）：没有写明大小，或版本过旧\n",
     ", reader 1: its size 0 is smaller than that of version 1.0 (80): it does not say its size, or is older than "
     "any\n"},
    {8, "：没有名称\n错误：插件“table_8.so”的第 1 个读取器：没有名称\n",
     ": it has no name\nerror: plugin \"table_8.so\", reader 1: it has no name\n"},
    {9,
     "的第 1 个读取器：名称“Bad Name”不合规定：应以小写字母开头，其后为小写字母、数字或下划线，最多 64 个字符\n"
     "错误：插件“table_9.so”的第 2 个读取器：名称“?”不合规定：应以小写字母开头，其后为小写字母、数字或下划线，最多 64 "
     "个字符\n错误：插件“table_9.so”的输出器“table”：扩展名“../x”应为一个由小写字母和数字组成的词\n",
     ", reader 1: its name \"Bad Name\" is no name: a lower-case letter, then letters, digits and _, at most 64\n"
     "error: plugin \"table_9.so\", reader 2: its name \"?\" is no name: a lower-case letter, then letters, digits and "
     "_, at most 64\n"
     "error: plugin \"table_9.so\", writer \"table\": its extension \"../x\" is not one word of lower-case letters and "
     "digits\n"},
    {11, "的读取器“table”：名称已被同一列表中的第 1 项使用\n",
     ", reader \"table\": its name is taken by number 1 of the same list\n"},
    {12,
     "的读取器“table”：缺少回调“read”\n错误：插件“table_12.so”的第 2 个读取器：列表中缺少该项（空指针）\n"
     "错误：插件“table_12.so”：缺少输出器列表（空指针）\n",
     ", reader \"table\": its callback \"read\" is missing\n"
     "error: plugin \"table_12.so\", reader 2: it is missing from its list (a null pointer)\n"
     "error: plugin \"table_12.so\": its list of writers is missing (a null pointer)\n"},
    {13, "：声称有 4000000000 个读取器，超过 64 个\n", ": it says that it has 4000000000 readers, more than 64\n"},
    {14, "：没有提供任何读取器、输出器或规则\n", ": it offers nothing: no reader, no writer, no rule\n"},
    {16, "的输出器“table”：需要本程序没有的支持（needs 0x80）：请换用较新的程序\n",
     ", writer \"table\": it needs what this program does not have (needs 0x80): a newer program may\n"},
};

static void a_wrong_table_is_refused_with_all_that_is_wrong(void **state) {
  arena *a = *state;
  for (size_t i = 0; i < sizeof wrong_tables / sizeof *wrong_tables; i++) {
    faults *problems = faults_new(a);
    offers none;
    const char *name = arena_format(a, "table_%d.so", wrong_tables[i].number);
    assert_false(offers_check(a, found_file(a, arena_format(a, "tables/%s", name)), &none, problems));
    assert_string_equal(told(a, problems, LANGUAGE_EN),
                        arena_format(a, "error: plugin \"%s\"%s", name, wrong_tables[i].en));
    assert_string_equal(told(a, problems, LANGUAGE_ZH), arena_format(a, "错误：插件“%s”%s", name, wrong_tables[i].zh));
  }
}

static void wrong_texts_and_options_are_each_named(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  offers none;
  assert_false(offers_check(a, found_file(a, "tables/table_10.so"), &none, problems));
  assert_false(offers_check(a, found_file(a, "tables/table_15.so"), &none, problems));
#define NO_TEXT "missing or is no text (UTF-8, at most 1024 bytes, no control characters)\n"
  assert_string_equal(
      told(a, problems, LANGUAGE_EN),
      "error: plugin \"table_10.so\": its version is " NO_TEXT
      "error: plugin \"table_10.so\", reader \"table\": its title_zh is " NO_TEXT
      "error: plugin \"table_10.so\", reader \"second\": its title_en is " NO_TEXT
      "error: plugin \"table_15.so\", reader \"table\", option 1: its type \"number\" is none of text, whole, truth, "
      "a|b|c\n"
      "error: plugin \"table_15.so\", reader \"table\", option 2: its default \"ten\" is not of type whole\n"
      "error: plugin \"table_15.so\", reader \"table\", option 3: its help_en is " NO_TEXT
      "error: plugin \"table_15.so\", reader \"table\", option 3: the name \"a\" is taken by option 1\n"
      "error: plugin \"table_15.so\", reader \"second\": its options are missing (a null pointer)\n");
}

static void older_and_newer_plugins_work(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  offers older, newer;
  assert_true(offers_check(a, found_file(a, "tables/table_17.so"), &older, problems));
  assert_true(offers_check(a, found_file(a, "tables/table_18.so"), &newer, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN), "");
  assert_int_equal(older.count, 3);
  assert_null(older.items[0].contact); /* what follows a smaller struct is not read */
  assert_int_equal(newer.count, 3);
  assert_string_equal(newer.items[0].name, "newer");
  assert_int_equal(newer.items[0].options_count, 2);
  assert_string_equal(newer.items[0].options[1].name, "two");
  assert_string_equal(newer.items[0].options[1].otherwise, "b");
}

static void a_broken_plugin_does_not_hide_the_others(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  setenv("HONGZHU_PLUGINS",
         arena_format(a, "%s:/no/such/folder:%s:%s", found_file(a, "good"), found_file(a, "example_rule"),
                      found_file(a, "good/../good")),
         1);
  offers all;
  assert_true(offers_find(a, &all, problems));
  assert_int_equal(all.count, 4);
  assert_int_equal(problems->errors, 0);
  assert_string_equal(told(a, problems, LANGUAGE_EN),
                      "warning: /no/such/folder: cannot be searched for plugins: No such file or directory\n"
                      "  correct HONGZHU_PLUGINS\n");
}

static void a_name_offered_twice_names_both_files(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  setenv("HONGZHU_PLUGINS", arena_format(a, "%s:%s", found_file(a, "good"), found_file(a, "again")), 1);
  offers all;
  assert_false(offers_find(a, &all, problems));
  assert_int_equal(problems->errors, 1);
  const char *file = found_file(a, "again/lines_again.so"), *other = found_file(a, "good/lines.so");
  assert_string_equal(problems->items[0].what.in[LANGUAGE_EN],
                      arena_format(a, "reader \"lines\" is offered twice: by \"%s\" and by \"%s\"", file, other));
  assert_string_equal(problems->items[0].what.in[LANGUAGE_ZH],
                      arena_format(a, "读取器“lines”有两个：“%s”和“%s”都提供", file, other));
}

static void the_template_is_sound(void **state) {
  arena *a = *state;
  static const char *const files[] = {"example_reader/example_reader.so", "example_writer/example_writer.so",
                                      "example_rule/example_rule.so"};
  for (size_t i = 0; i < 3; i++) {
    faults *problems = faults_new(a);
    offers all;
    assert_true(offers_check(a, found_file(a, files[i]), &all, problems));
    assert_string_equal(told(a, problems, LANGUAGE_EN), "");
    assert_int_equal(all.count, 1);
    assert_int_equal(all.items[0].kind, (offer_kind)i);
  }
}

static void checking_finds_what_a_table_does_not_show(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  offers all;
  /* Its reader fails without a word, which the table does not show. */
  assert_false(offers_check(a, found_file(a, "hostile/hostile.so"), &all, problems));
  assert_string_equal(problems->items[0].what.in[LANGUAGE_EN], "reader \"hostile\" failed and did not say why");
  problems = faults_new(a);
  assert_false(offers_check(a, "/no/such/file.so", &all, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN),
                      "error: /no/such/file.so: cannot be opened: No such file or directory\n");
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--worker") == 0) return worker_child_main(foreign_roles, argc, argv);
  const struct CMUnitTest tests[] = {
      ABI_TEST(plugins_are_found_with_all_that_they_offer),
      ABI_TEST(a_wrong_table_is_refused_with_all_that_is_wrong),
      ABI_TEST(wrong_texts_and_options_are_each_named),
      ABI_TEST(older_and_newer_plugins_work),
      ABI_TEST(a_broken_plugin_does_not_hide_the_others),
      ABI_TEST(a_name_offered_twice_names_both_files),
      ABI_TEST(the_template_is_sound),
      ABI_TEST(checking_finds_what_a_table_does_not_show),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
