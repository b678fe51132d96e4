/* Declarations read key by key: what an author is told, in both languages, with the line of the key. */
#include "check.h"

#include "pack/declare.h"

#include <stdlib.h>
#include <string.h>

static const char source[] = "return rule {\n"         /* 1 */
                             "  id = 'r',\n"           /* 2 */
                             "  title = {\n"           /* 3 */
                             "    zh = '题',\n"        /* 4 */
                             "  },\n"                  /* 5 */
                             "  needs = {\n"           /* 6 */
                             "    { 'one',\n"          /* 7 */
                             "      whenn = 1 },\n"    /* 8 */
                             "    { records {\n"       /* 9 */
                             "        kind = 5 } },\n" /* 10 */
                             "  },\n"                  /* 11 */
                             "}\n";

static const char image[] =
    "{\"@\":\"rule\",\"at\":\"p/r.lua:1\",\"id\":\"r\",\"title\":{\"zh\":\"题\"},\"needs\":["
    "{\"1\":\"one\",\"whenn\":1},"
    "[{\"@\":\"records\",\"at\":\"p/r.lua:9\",\"args\":[{\"kind\":5}]}]],"
    "\"count\":{\"@\":\"decimal\",\"value\":\"3\"},\"half\":{\"@\":\"decimal\",\"value\":\"0.5\"},\"third\":\"1/3\","
    "\"yes\":true,\"from\":\"2018-01-01\",\"never\":\"2018-02-30\",\"list\":[\"a\",\"b\"],\"mixed\":[\"a\",1],"
    "\"absent\":null}";

typedef struct trial {
  arena *memory;
  pack_text text;
  json_t *data;
  declaring to;
  spot root;
} trial;

static trial *open_trial(void) {
  arena *a = arena_new();
  trial *t = arena_take(a, sizeof *t);
  t->memory = a;
  t->text = (pack_text){.files = json_pack("{s:s}", "p/r.lua", source), .order = json_pack("[s]", "p")};
  t->data = json_loads(image, 0, NULL);
  assert_non_null(t->data);
  t->to = (declaring){.memory = a, .problems = faults_new(a), .text = &t->text};
  t->root = spot_root(&t->to, t->data);
  return t;
}

static void close_trial(trial *t) {
  json_decref(t->text.files);
  json_decref(t->text.order);
  json_decref(t->data);
  arena_free(t->memory);
}

/* The one fault there is, as a user reads it; then it is forgotten. */
static void told(trial *t, const char *en, const char *zh) {
  assert_int_equal(t->to.problems->count, 1);
  assert_string_equal(fault_text(t->memory, &t->to.problems->items[0], LANGUAGE_EN), en);
  assert_string_equal(fault_text(t->memory, &t->to.problems->items[0], LANGUAGE_ZH), zh);
  t->to.problems->count = t->to.problems->errors = 0;
}

static void values_are_read(void **state) {
  (void)state;
  trial *t = open_trial();
  spot id = spot_member(&t->root, "id"), count = spot_member(&t->root, "count"), half = spot_member(&t->root, "half");
  spot third = spot_member(&t->root, "third"), yes = spot_member(&t->root, "yes"), from = spot_member(&t->root, "from");
  spot list = spot_member(&t->root, "list"), absent = spot_member(&t->root, "absent"),
       title = spot_member(&t->root, "title");
  assert_string_equal(spot_text(&id, NULL), "r");
  assert_int_equal(spot_integer(&count, 0), 3);
  fraction f;
  assert_true(spot_fraction(&half, &f) && f.above == 1 && f.below == 2);
  assert_true(spot_fraction(&third, &f) && f.above == 1 && f.below == 3);
  assert_true(spot_truth(&yes, false));
  assert_int_equal(spot_day(&from, DAY_NONE), day_of(2018, 1, 1));
  const char **texts;
  assert_int_equal(spot_texts(&list, &texts), 2);
  assert_string_equal(texts[1], "b");
  assert_int_equal(spot_texts(&id, &texts), 1);
  assert_false(spot_there(&absent));
  assert_string_equal(spot_text(&absent, "otherwise"), "otherwise");
  assert_int_equal(spot_integer(&absent, -7), -7);
  assert_int_equal(spot_day(&absent, DAY_EVER), DAY_EVER);
  assert_false(spot_fraction(&absent, &f));
  assert_int_equal(spot_texts(&absent, &texts), 0);
  said words = spot_said(&title, true);
  assert_string_equal(words.in[LANGUAGE_EN], "题");
  assert_string_equal(spot_tag(&t->root), "rule");
  assert_null(spot_tag(&title));
  assert_int_equal(t->to.problems->count, 0);
  close_trial(t);
}

static void wrong_forms_are_told(void **state) {
  (void)state;
  trial *t = open_trial();
  spot id = spot_member(&t->root, "id"), half = spot_member(&t->root, "half"), never = spot_member(&t->root, "never");
  spot title = spot_member(&t->root, "title"), mixed = spot_member(&t->root, "mixed"),
       yes = spot_member(&t->root, "yes");
  fraction f;
  assert_int_equal(spot_integer(&id, 4), 4);
  told(t, "error: p/r.lua:2: \"id\" must be a whole number, not the text \"r\"",
       "错误：p/r.lua:2：“id”应为整数，而不是文本“r”");
  spot_integer(&half, 0);
  told(t, "error: p/r.lua:1: \"half\" must be a whole number, not the number 0.5",
       "错误：p/r.lua:1：“half”应为整数，而不是数 0.5");
  assert_false(spot_fraction(&id, &f));
  told(t, "error: p/r.lua:2: \"id\" must be a number such as 30, \"0.5\" or \"1/3\", not the text \"r\"",
       "错误：p/r.lua:2：“id”应为数，例如 30、\"0.5\" 或 \"1/3\"，而不是文本“r”");
  assert_int_equal(spot_day(&never, 1), 1);
  told(t, "error: p/r.lua:1: \"never\" must be a day such as \"2025-03-01\", not the text \"2018-02-30\"",
       "错误：p/r.lua:1：“never”应为日期，例如 \"2025-03-01\"，而不是文本“2018-02-30”");
  spot_text(&title, NULL);
  told(t, "error: p/r.lua:3: \"title\" must be a text, not a table with names",
       "错误：p/r.lua:3：“title”应为文本，而不是带名称的表");
  spot_truth(&id, false);
  told(t, "error: p/r.lua:2: \"id\" must be true or false, not the text \"r\"",
       "错误：p/r.lua:2：“id”应为 true 或 false，而不是文本“r”");
  const char **texts;
  assert_int_equal(spot_texts(&mixed, &texts), 1);
  told(t, "error: p/r.lua:1: \"mixed[2]\" must be a text, not the number 1",
       "错误：p/r.lua:1：“mixed[2]”应为文本，而不是数 1");
  spot_said(&yes, true);
  told(t, "error: p/r.lua:1: \"yes\" must be words such as { zh = \"…\", en = \"…\" }, not true",
       "错误：p/r.lua:1：“yes”应为文字，例如 { zh = \"…\", en = \"…\" }，而不是true");
  spot missing = spot_member(&t->root, "heading");
  spot_said(&missing, true);
  told(t, "error: p/r.lua:1: \"heading\" is missing\n  write heading = { zh = \"…\", en = \"…\" }",
       "错误：p/r.lua:1：缺少“heading”\n  请写 heading = { zh = \"…\", en = \"…\" }");
  close_trial(t);
}

static void keys_are_checked(void **state) {
  (void)state;
  trial *t = open_trial();
  static const key_row keys[] = {{"when", false}, {"unless", true}};
  spot needs = spot_member(&t->root, "needs"), first = spot_item(&needs, 0);
  assert_int_equal(spot_count(&needs), 2);
  assert_int_equal(spot_count(&first), 1);
  assert_false(spot_keys(&first, keys, 2, true, "a need", "要求"));
  assert_int_equal(t->to.problems->count, 2);
  assert_string_equal(fault_text(t->memory, &t->to.problems->items[0], LANGUAGE_EN),
                      "error: p/r.lua:8: unknown key \"whenn\" in a need\n  did you mean \"when\"?");
  assert_string_equal(fault_text(t->memory, &t->to.problems->items[0], LANGUAGE_ZH),
                      "错误：p/r.lua:8：要求中没有键“whenn”\n  是否想写“when”？");
  assert_string_equal(fault_text(t->memory, &t->to.problems->items[1], LANGUAGE_EN),
                      "error: p/r.lua:7: a need lacks \"unless\"");
  assert_string_equal(fault_text(t->memory, &t->to.problems->items[1], LANGUAGE_ZH),
                      "错误：p/r.lua:7：要求缺少“unless”");
  t->to.problems->count = 0;
  static const key_row others[] = {{"whenn", false}};
  assert_false(spot_keys(&first, others, 1, false, "a need", "要求"));
  told(t, "error: p/r.lua:7: a need takes only named keys; value 1 has no name",
       "错误：p/r.lua:7：要求只接受带名称的键；第 1 个值没有名称");
  static const key_row far[] = {{"alpha", false}, {"beta", false}};
  assert_false(spot_keys(&first, far, 2, true, "a need", "要求"));
  told(t, "error: p/r.lua:8: unknown key \"whenn\" in a need\n  known keys are: alpha, beta",
       "错误：p/r.lua:8：要求中没有键“whenn”\n  可用的键：alpha, beta");
  spot id = spot_member(&t->root, "id");
  assert_false(spot_keys(&id, keys, 2, false, "a need", "要求"));
  told(t, "error: p/r.lua:2: a need must be a table with names, not the text \"r\"",
       "错误：p/r.lua:2：要求应为带名称的表，而不是文本“r”");
  close_trial(t);
}

static void words_are_checked(void **state) {
  (void)state;
  trial *t = open_trial();
  static const char *const words[] = {"count", "distinct"};
  spot third = spot_member(&t->root, "third"), absent = spot_member(&t->root, "absent"),
       id = spot_member(&t->root, "id");
  static const char *const ids[] = {"q", "r"};
  assert_int_equal(spot_word(&id, ids, 2, 0), 1);
  assert_int_equal(spot_word(&absent, words, 2, 1), 1);
  assert_int_equal(spot_word(&third, words, 2, 0), -1);
  told(t, "error: p/r.lua:1: \"third\" cannot be \"1/3\"\n  it can be: count, distinct",
       "错误：p/r.lua:1：“third”不能是“1/3”\n  可以是：count, distinct");
  close_trial(t);
}

static void arguments_have_lines(void **state) {
  (void)state;
  trial *t = open_trial();
  spot needs = spot_member(&t->root, "needs"), second = spot_item(&needs, 1), call = spot_item(&second, 0);
  spot arguments = spot_member(&call, "args"), first = spot_element(&arguments, 0), kind = spot_member(&first, "kind");
  place where = spot_place(&kind);
  assert_string_equal(where.file, "p/r.lua");
  assert_int_equal(where.line, 10);
  where = spot_place(&second);
  assert_int_equal(where.line, 9);
  spot_warn(&kind, "kind %d", "种类 %d", 5);
  assert_true(t->to.problems->items[0].warning);
  assert_string_equal(t->to.problems->items[0].what.in[LANGUAGE_ZH], "种类 5");
  spot_fault(&kind, "50%% of %s%c", "%s 的 50%%%c", "x", '!');
  assert_string_equal(t->to.problems->items[1].what.in[LANGUAGE_EN], "50% of x!");
  assert_string_equal(t->to.problems->items[1].what.in[LANGUAGE_ZH], "x 的 50%!");
  /* without the text the line of the call remains */
  t->to.text = NULL;
  where = spot_place(&kind);
  assert_int_equal(where.line, 9);
  close_trial(t);
}

int main(void) {
  json_prepare();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_are_read),   cmocka_unit_test(wrong_forms_are_told), cmocka_unit_test(keys_are_checked),
      cmocka_unit_test(words_are_checked), cmocka_unit_test(arguments_have_lines),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
