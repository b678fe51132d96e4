/* Adapters: parts in their order, sources and their cuts, keys, and every mistake in the words an author reads. */
#include "pack_declared.h"

#define KINDS                                                                                                          \
  "kinds { school = { type = 'organization' }, class = { type = 'cohort' }, seminar = { type = 'activity' },"          \
  " teaching = { type = 'post' }, trainee = { type = 'enrollment', attributes = { plan = 'text' } }, pair = { type = " \
  "'relation' },"                                                                                                      \
  " training = { unit = '学时', of = { 'person', 'enrollment' }, amount = 'required', level = true, mode = { "       \
  "'online' },"                                                                                                        \
  " attributes = { theme = 'text', held = 'date' } }, visit = { of = 'enrollment' } },"                                \
  " scales { level = { 'school', 'county' } },\n"

static void parts_stand_in_their_order(void **state) {
  (void)state;
  declared_pack p = pack_declared(
      "return { " KINDS
      "adapter { id = 'roster', reader = { 'xlsx', 'csv' }, sheet = '名单', header = 3, key = { 'person', 'since' },\n"
      " covers = 'cohort', introduces = { 'person', 'enrollment' }, options = { encoding = 'gbk', first = 2, strict = "
      "true },\n"
      " totals = { '共 计' }, ends = { '说明' },\n"
      " organization = { name = column '学校', kind = 'school', parent = { code = 'GZ' } }, cohort = 'C1',\n"
      " activity = { name = column '会议', kind = 'seminar', since = day '日期' },\n"
      " person = { code = column '编号', name = column { '姓名', '教师姓名' } }, post = { kind = 'teaching', since = "
      "day '到校' },\n"
      " enrollment = { kind = 'trainee', host = column '接收学校', attributes = { plan = optional '方案' } },\n"
      " records = { { kind = 'training', on = day '日期', amount = amount('学时', '学时'), level = 'county', mode = "
      "'online' },\n"
      "   { kind = 'visit', on = day '日期' }, { kind = 'visit', on = day '返校' } } } }");
  pack_compiles(&p);
  assert_int_equal(p.adapters_count, 1);
  const adapter *a = adapters_named(p.adapters, 1, "roster");
  assert_non_null(a);
  assert_null(adapters_named(p.adapters, 1, "rosters"));
  static const char *const stable[] = {
      "organization parent", "organization", "cohort",          "activity",     "person",        "post",
      "organization host",   "enrollment",   "record training", "record visit", "record visit#2"};
  assert_int_equal(a->parts_count, sizeof stable / sizeof *stable);
  for (size_t i = 0; i < a->parts_count; i++) {
    assert_string_equal(a->parts[i].stable, stable[i]);
    assert_true(a->parts[i].subject < (int)i && a->parts[i].object < (int)i && a->parts[i].place < (int)i);
  }
  assert_int_equal(a->parts[1].object, 0);  /* the school's parent */
  assert_int_equal(a->parts[3].subject, 2); /* the activity is of the cohort */
  assert_int_equal(a->parts[4].place, 1);   /* the person's school is the row's */
  assert_int_equal(a->parts[5].object, 1);  /* the post too */
  assert_int_equal(a->parts[7].object, 2);
  assert_int_equal(a->parts[7].place, 6);
  assert_int_equal(a->parts[8].subject, 4); /* person, where the kind allows it */
  assert_int_equal(a->parts[9].subject, 7); /* only enrollment is allowed */
  assert_int_equal(a->parts[8].object, 3);
  assert_true(a->parts[9].single_day);
  assert_false(a->parts[1].introduces);
  assert_true(a->parts[4].introduces && a->parts[7].introduces && a->parts[5].introduces);
  assert_int_equal(a->row_part[FACT_PERSON], 4);
  assert_int_equal(a->row_part[FACT_PROGRAMME], -1);
  assert_string_equal(a->sheet_name, "名单");
  assert_int_equal(a->header, 3);
  assert_int_equal(a->readers_count, 2);
  assert_int_equal(a->options_count, 3);
  assert_int_equal(a->totals_count, 1);
  assert_string_equal(a->totals[0], "共计");
  assert_int_equal(a->key_count, 2);
  assert_true(a->key_has_since);
  assert_int_equal(a->covers_count, 1);
  assert_int_equal(a->covers[0].part, 2);
  pack_done(&p);
}

static void sources_are_cut(void **state) {
  (void)state;
  declared_pack p = pack_declared(
      "return { " KINDS "adapter { id = 'meeting', reader = 'xlsx', introduces = { 'activity' }, cohort = 'C1',\n"
      " activity = { code = above '会议号', name = above '会议主题', kind = 'seminar', since = day(above '开始时间') "
      "},\n"
      " person = { name = column '昵称':split { '&', '＆' }:before '(', code = (optional(column "
      "'编号')):or_else(column '工号') },\n"
      " record = { kind = 'training', on = day(column '时间':before ' '), amount = duration '时长' } } }");
  pack_compiles(&p);
  const adapter *a = &p.adapters[0];
  const adapter_part *activity = &a->parts[1], *person = &a->parts[2], *record = &a->parts[3];
  assert_int_equal(activity->texts[TEXT_CODE].form, SOURCE_ABOVE);
  assert_string_equal(activity->texts[TEXT_CODE].label, "会议号");
  assert_int_equal(activity->since.form, SOURCE_ABOVE);
  assert_int_equal(activity->since.reading, READ_DAY);
  const source *name = &person->texts[TEXT_NAME], *code = &person->texts[TEXT_CODE];
  assert_true(name->split);
  assert_int_equal(name->cuts_count, 2);
  assert_int_equal(name->cuts[0].form, CUT_SPLIT);
  assert_int_equal(name->cuts[0].count, 2);
  assert_int_equal(name->cuts[1].form, CUT_BEFORE);
  assert_non_null(code->otherwise);
  assert_false(a->columns.items[code->column].required);
  assert_true(a->columns.items[code->otherwise->column].required);
  assert_int_equal(record->since.reading, READ_DAY);
  assert_int_equal(record->since.cuts_count, 1);
  assert_int_equal(record->amount.reading, READ_DURATION);
  assert_int_equal(a->totals_count, 3); /* the usual words, from scripts/std */
  assert_int_equal(a->key_count, 0);
  pack_done(&p);
}

static void values_and_only(void **state) {
  (void)state;
  declared_pack p =
      pack_declared("return { " KINDS "adapter { id = 'list', reader = 'csv', person = { code = column '编号' }, only "
                    "= { ['状态'] = { '有效', '已核' } },\n"
                    " key = { column '编号', 'theme' }, adds = { '年份' }, each = function(row, put) put(row) end,\n"
                    " record = { kind = column '类别', level = column '级别', amount = 2, on = '2025-03', attributes = "
                    "{ theme = column '主题' } },\n"
                    " values = { level = { ['国家级'] = 'county', [' 区 级 '] = 'county' }, theme = { ['1'] = '课堂' "
                    "}, kind = { A = 'training' } } } }");
  pack_compiles(&p);
  const adapter *a = &p.adapters[0];
  assert_int_equal(a->only_count, 1);
  assert_int_equal(a->only[0].count, 2);
  assert_int_equal(a->values_count, 3);
  for (size_t i = 0; i < a->values_count; i++)
    if (strcmp(a->values[i].member, "level") == 0) {
      assert_int_equal(a->values[i].count, 2);
      assert_string_equal(a->values[i].pairs[0].key, "区级");
    }
  assert_int_equal(a->key[0].form, KEY_SOURCE);
  assert_int_equal(a->key[1].form, KEY_ATTRIBUTE);
  assert_string_equal(a->each, "p/all.lua:3");
  assert_int_equal(a->adds_count, 1);
  assert_null(a->parts[1].kind);
  assert_string_equal(a->parts[1].amount.constant, "2");
  pack_done(&p);
}

#define ADAPTER(rest)                                                                                                  \
  "return { " KINDS "adapter { id = 'x', reader = 'csv', person = { code = column '编号' },\n" rest " } }"

static void refused(void **state) {
  (void)state;
  pack_fails(ADAPTER("record = { kind = 'trainning', amount = amount '学时' }"),
             "error: p/all.lua:3: there is no kind \"trainning\" of type \"record\"; nearest is \"training\"",
             "错误：p/all.lua:3：没有名为“trainning”、类型为“record”的类别，最接近的是“training”");
  pack_fails(ADAPTER("record = { kind = 'training' }"), "error: p/all.lua:3: the kind \"training\" needs an amount",
             "错误：p/all.lua:3：类别“training”必须有数量");
  pack_fails(ADAPTER("cohort = 'C', record = { kind = 'visit', amount = amount '学时' }"),
             "error: p/all.lua:3: the kind \"visit\" has no amount", "错误：p/all.lua:3：类别“visit”没有数量");
  pack_fails(ADAPTER("record = { kind = 'training', amount = amount('学时', '分钟') }"),
             "error: p/all.lua:3: the amount is in \"分钟\", but the kind \"training\" counts in \"学时\"",
             "错误：p/all.lua:3：数量的单位是“分钟”，而类别“training”的单位是“学时”");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1, level = 'conty' }"),
             "error: p/all.lua:3: \"conty\" is no level of the kind \"training\"; nearest is \"county\"",
             "错误：p/all.lua:3：“conty”不是 level（类别“training”）可用的词，最接近的是“county”");
  pack_fails(ADAPTER("cohort = 'C', record = { kind = 'visit', level = column '级别' }"),
             "error: p/all.lua:3: the kind \"visit\" has no level; it says so with level = true",
             "错误：p/all.lua:3：类别“visit”没有级别，需要时写 level = true");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1, attributes = { themes = column '主题' } }"),
             "error: p/all.lua:3: the kind \"training\" has no attribute \"themes\"; nearest is \"theme\"",
             "错误：p/all.lua:3：类别“training”没有属性“themes”，最接近的是“theme”");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1, attributes = { theme = day '日期' } }"),
             "error: p/all.lua:3: \"theme\" takes a text, but this source gives a date",
             "错误：p/all.lua:3：“theme”要的是文本，而这个来源给的是日期");
  pack_fails(
      ADAPTER("record = { kind = 'training', amount = 1, on = 'gestern' }"),
      "error: p/all.lua:3: \"gestern\" is no date; it is written as \"2025-03-01\", and a column as day \"日期\"",
      "错误：p/all.lua:3：“gestern”不是日期，应写作 \"2025-03-01\"，列应写作 day \"日期\"");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1, on = day '日期', since = day '日期' }"),
             "error: p/all.lua:3: \"on\" is a single day; it cannot stand beside since or till",
             "错误：p/all.lua:3：“on”表示单独一天，不能与 since 或 till 并用");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1, since = day '日期', from = day '日期' }"),
             "error: p/all.lua:3: \"since\" and \"from\" say the same; one is enough",
             "错误：p/all.lua:3：“since”与“from”含义相同，只写一个");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1, of = 'cohort' }, cohort = 'C'"),
             "error: p/all.lua:3: records of the kind \"training\" are not about a cohort; its \"of\" says what they "
             "are about",
             "错误：p/all.lua:3：类别“training”的记录不能以 cohort 为对象，可用对象见其“of”");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1 }, key = { 'cohort' }"),
             "error: p/all.lua:3: \"key\" names \"cohort\", which the adapter does not have",
             "错误：p/all.lua:3：“key”写了“cohort”，而适配器没有它");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1 }, key = { 'persn' }"),
             "error: p/all.lua:3: \"key\" names \"persn\", which is no member of a fact; nearest is \"person\"",
             "错误：p/all.lua:3：“key”写了“persn”，它不是事实的成员，最接近的是“person”");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1 }, introduces = { 'persons' }"),
             "error: p/all.lua:3: an adapter cannot introduce \"persons\"; nearest is \"person\"",
             "错误：p/all.lua:3：适配器不能引入“persons”，最接近的是“person”");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1 }, values = { levl = { A = 'county' } }"),
             "error: p/all.lua:3: \"values\" names \"levl\", which is no member or attribute of this adapter",
             "错误：p/all.lua:3：“values”写了“levl”，它不是本适配器的成员或属性");
  pack_fails(ADAPTER("recrod = {}, record = { kind = 'training', amount = 1 }"),
             "error: p/all.lua:3: unknown key \"recrod\" in an adapter\n  did you mean \"record\"?",
             "错误：p/all.lua:3：适配器（adapter）中没有键“recrod”\n  是否想写“record”？");
  pack_fails(ADAPTER("post = {}"),
             "error: p/all.lua:3: it is about organization, and the adapter has no \"organization\"",
             "错误：p/all.lua:3：它与 organization 有关，而适配器没有“organization”");
  pack_fails("return { " KINDS
             "adapter { id = 'x', reader = 'csv', person = {}, record = { kind = 'training', amount = 1 } } }",
             "error: p/all.lua:2: a person needs an id, a code or a name",
             "错误：p/all.lua:2：人员需要 id、code 或 name 之一");
  pack_fails("return { " KINDS "adapter { id = 'x', reader = 'csv', person = column '编号' } }",
             "error: p/all.lua:2: the adapter makes no fact: it has no record, post or relation and introduces nothing",
             "错误：p/all.lua:2：该适配器不产生任何事实：既没有 record、post、relation，也没有 introduces");
  pack_fails(ADAPTER("record = { kind = 'training', amount = 1, on = day(column('日期'):split {}) }"),
             "error: p/all.lua:3: \"split\" needs the text at which to cut, as in column \"姓名\":split \"(\"",
             "错误：p/all.lua:3：“split”需要给出切分处的文字，例如 column \"姓名\":split \"(\"");
  pack_fails("return { " KINDS
             "adapter { id = 'x', reader = 'csv', person = 'T', record = { kind = 'training', amount = 1 } },\n"
             "adapter { id = 'x', reader = 'csv', person = 'T', record = { kind = 'training', amount = 1 } } }",
             "error: p/all.lua:3: the adapter \"x\" is declared twice in this pack",
             "错误：p/all.lua:3：适配器“x”在本规则包中声明了两次");
}

int main(int argc, char **argv) {
  int code;
  if (pack_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(parts_stand_in_their_order), cmocka_unit_test(sources_are_cut),
                                     cmocka_unit_test(values_and_only), cmocka_unit_test(refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
