/* Organizations, programmes and relations that a pack declares: what they become, and what is refused. */
#include "pack_declared.h"

#include "pack/entry.h"

#define KINDS                                                                                                          \
  "kinds { school = { type = 'organization', attributes = { size = 'whole' } }, bureau = { type = 'organization' },"   \
  " plan = { type = 'programme' }, batch = { type = 'cohort', attributes = { opened = 'date' } }, pair = { type = "    \
  "'relation' } },"                                                                                                    \
  " scales { level = { 'county', 'city' } },\n"

typedef struct entered {
  declared_pack pack;
  entry *items;
  size_t count;
  bool good;
} entered;

static entered enter(const char *text) {
  entered e = {.pack = pack_declared(text)};
  pack_compiles(&e.pack);
  declaring to = {.memory = e.pack.memory, .problems = e.pack.problems, .text = &e.pack.text};
  e.good = entries_compile(&to, json_object_get(e.pack.image, "declarations"), &e.pack.kinds, &e.items, &e.count);
  return e;
}

static void compiled(void **state) {
  (void)state;
  entered e = enter("return { " KINDS "organizations {\n"
                    "  { code = 'B', name = '教育局', kind = 'bureau' },\n"
                    "  { code = 'S1', name = '一小', kind = 'school', parent = 'B', aliases = { '第一小学' }, since = "
                    "'2001-09', attributes = { size = 40 } } },\n"
                    "programmes { { code = 'P', name = '项目', kind = 'plan', level = 'city', organization = 'B',\n"
                    "  cohorts = { { code = 'P-1', name = '第一批', since = '2025-03-01', till = '2025-12-31', "
                    "attributes = { opened = '2025-03' } } } } },\n"
                    "relations { { kind = 'pair', a = { organization = 'S1' }, b = { organization = 'B' }, since = "
                    "'2018-12', source = '协议' } } }");
  if (!e.good) fail_msg("%s", fault_text(e.pack.memory, &e.pack.problems->items[0], LANGUAGE_EN));
  assert_int_equal(e.count, 5);
  const entry *school = &e.items[1], *programme = &e.items[2], *cohort = &e.items[3], *relation = &e.items[4];
  assert_string_equal(school->fact.name, "一小");
  assert_string_equal(school->b, "B");
  assert_string_equal(school->file, "p/all.lua");
  assert_int_equal(school->fact.row, 4); /* the line of the entry */
  assert_string_equal(school->fact.attributes, "{\"aliases\":[\"第一小学\"],\"size\":{\"amount\":\"40\"}}");
  assert_int_equal(school->fact.since, date_of(2001, 9, 0));
  assert_int_equal(programme->fact.type, FACT_PROGRAMME);
  assert_string_equal(programme->fact.level, "city");
  assert_int_equal(cohort->fact.type, FACT_COHORT);
  assert_string_equal(cohort->a, "P");
  assert_string_equal(cohort->fact.kind, "batch"); /* the only kind of cohorts */
  assert_int_equal(cohort->fact.until, date_of(2025, 12, 31));
  assert_string_equal(cohort->fact.attributes, "{\"opened\":{\"date\":\"2025-03\"}}");
  assert_int_equal(relation->a_type, FACT_ORGANIZATION);
  assert_string_equal(relation->fact.attributes, "{\"source\":\"协议\"}");
  pack_done(&e.pack);
}

static void refused(const char *text, const char *en, const char *zh) {
  entered e = enter(text);
  assert_false(e.good);
  assert_string_equal(fault_text(e.pack.memory, &e.pack.problems->items[0], LANGUAGE_EN), en);
  assert_string_equal(fault_text(e.pack.memory, &e.pack.problems->items[0], LANGUAGE_ZH), zh);
  pack_done(&e.pack);
}

static void mistakes_are_named(void **state) {
  (void)state;
  refused("return { " KINDS "organizations {\n  { code = 'S1', name = '一小', kind = 'shool' } } }",
          "error: p/all.lua:3: there is no kind \"shool\" of type \"organization\"; nearest is \"school\"",
          "错误：p/all.lua:3：没有名为“shool”、类型为“organization”的类别，最接近的是“school”");
  refused("return { " KINDS "organizations { { name = '一小', kind = 'school' } } }",
          "error: p/all.lua:2: an organization lacks \"code\"", "错误：p/all.lua:2：单位（organizations）缺少“code”");
  refused("return { " KINDS "organizations { { code = 'S', name = '一小', kind = 'school' },\n{ code = 'S', name = "
          "'二小', kind = 'school' } } }",
          "error: p/all.lua:3: the code \"S\" is declared twice", "错误：p/all.lua:3：代码“S”声明了两次");
  refused("return { " KINDS "organizations { { code = 'S', name = '一小', kind = 'school', since = 'im Herbst' } } }",
          "error: p/all.lua:2: \"im Herbst\" is no date such as 2025-03-01",
          "错误：p/all.lua:2：“im Herbst”不是日期，例如 2025-03-01");
  refused("return { " KINDS
          "organizations { { code = 'S', name = '一小', kind = 'school', attributes = { size = 'gross' } } } }",
          "error: p/all.lua:2: \"gross\" does not fit the attribute \"size\" of type \"whole\"",
          "错误：p/all.lua:2：“gross”不符合属性“size”的类型“whole”");
  refused("return { " KINDS "programmes { { code = 'P', name = '项目', level = 'county2' } } }",
          "error: p/all.lua:2: \"county2\" is no word of the scale \"level\"",
          "错误：p/all.lua:2：“county2”不是序列“level”中的词");
  refused("return { " KINDS "relations { { kind = 'pair', a = {}, b = { organization = 'B' } } } }",
          "error: p/all.lua:2: an end of a relation is written as { organization = \"CODE\" }",
          "错误：p/all.lua:2：关系的一端应写作 { organization = \"代码\" }");
  refused("return { " KINDS "organizations {} }", "error: p/all.lua:2: \"organizations\" lists nothing",
          "错误：p/all.lua:2：“organizations”没有列出任何内容");
}

int main(int argc, char **argv) {
  int code;
  if (pack_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(compiled), cmocka_unit_test(mistakes_are_named)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
