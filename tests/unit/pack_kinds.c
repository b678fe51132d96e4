/* Kinds, scales and ladders: what compiles to what, what is refused and in which words. */
#include "pack_declared.h"

#define SCALES                                                                                                            \
  "scales { level = { { 'school', zh = '校级', en = 'school' }, { 'county', zh = '县级', en = 'county', aliases = { " \
  "'区级' } } },"                                                                                                       \
  " status = { 'planned', 'passed' } }"

static void compiled(void **state) {
  (void)state;
  declared_pack p =
      pack_declared("return { " SCALES ",\n"
                    "ladder { id = 'growth', title = { zh = '梯队' }, stages = { { 'new', zh = '新教师' }, { "
                    "'backbone', zh = '骨干教师' } } },\n"
                    "kinds { training = { unit = '学时', decimals = 1, level = true, mode = { 'online', 'offline' },\n"
                    "  attributes = { theme = { type = 'text', words = { '课堂', '管理' } }, credits = { type = "
                    "'amount', unit = '学分', decimals = 2 },\n"
                    "    held = 'date', paid = 'truth', rank = 'whole' } },\n"
                    " placement = { of = { 'enrollment', 'person' }, unit = '天', amount = 'required' },\n"
                    " visit = { of = 'enrollment' }, school = { type = 'organization', title = { zh = '学校' } }, plan "
                    "= { type = 'programme' } } }");
  pack_compiles(&p);
  assert_int_equal(p.kinds.count, 5);
  const declared_kind *training = kinds_named(&p.kinds, "training");
  assert_non_null(training);
  assert_int_equal(training->type, FACT_RECORD);
  assert_true(training->of[FACT_PERSON]);
  assert_false(training->of[FACT_ENROLLMENT]);
  assert_int_equal(training->of_first, FACT_PERSON);
  assert_string_equal(training->unit, "学时");
  assert_int_equal(training->decimals, 1);
  assert_int_equal(training->amount, AMOUNT_OPTIONAL);
  assert_true(training->has_level);
  assert_string_equal(training->title.in[LANGUAGE_ZH], "training");
  const declared_attribute *theme = kind_attribute(training, "theme");
  assert_int_equal(theme->words_count, 2);
  assert_string_equal(theme->words[1], "管理");
  const declared_attribute *credits = kind_attribute(training, "credits");
  assert_int_equal(credits->form, FORM_AMOUNT);
  assert_int_equal(credits->decimals, 2);
  assert_string_equal(credits->unit, "学分");
  assert_int_equal(kind_attribute(training, "rank")->form, FORM_WHOLE);
  assert_int_equal(kind_attribute(training, "held")->form, FORM_DATE);
  assert_int_equal(kind_attribute(training, "paid")->form, FORM_TRUTH);
  assert_null(kind_attribute(training, "themes"));

  const declared_kind *placement = kinds_named(&p.kinds, "placement");
  assert_int_equal(placement->amount, AMOUNT_REQUIRED);
  assert_int_equal(placement->of_first, FACT_PERSON); /* person, where it is allowed at all */
  const declared_kind *visit = kinds_named(&p.kinds, "visit");
  assert_int_equal(visit->of_first, FACT_ENROLLMENT);
  assert_int_equal(visit->amount, AMOUNT_NONE);
  assert_string_equal(kinds_named(&p.kinds, "school")->title.in[LANGUAGE_EN], "学校");
  assert_true(kinds_named(&p.kinds, "plan")->has_level);
  assert_null(kinds_named(&p.kinds, "trainings"));

  const char **words;
  assert_int_equal(kind_words(p.memory, &p.kinds, training, KIND_LEVEL, &words), 2);
  assert_string_equal(words[1], "county");
  assert_int_equal(kind_words(p.memory, &p.kinds, training, KIND_MODE, &words), 2);
  assert_string_equal(words[0], "online");
  assert_int_equal(kind_words(p.memory, &p.kinds, placement, KIND_MODE, &words),
                   0); /* no scale "mode": anything goes */
  assert_int_equal(kind_words(p.memory, &p.kinds, placement, KIND_STATUS, &words), 2);
  const char **names;
  assert_int_equal(kinds_names(p.memory, &p.kinds, FACT_RECORD, &names), 3);
  assert_string_equal(names[0], "placement");
  assert_int_equal(kind_attribute_names(p.memory, training, &names), 5);
  pack_done(&p);
}

static void scales(void **state) {
  (void)state;
  declared_pack p = pack_declared("return { " SCALES ", ladder { id = 'growth', stages = { 'new', 'backbone' } } }");
  pack_compiles(&p);
  const declared_scale *level = kinds_scale(&p.kinds, "level"), *growth = kinds_scale(&p.kinds, "growth");
  assert_int_equal(level->count, 2);
  assert_false(level->ladder);
  assert_true(growth->ladder);
  assert_int_equal(scale_position(level, "school"), 0);
  assert_int_equal(scale_position(level, "county"), 1);
  assert_int_equal(scale_position(level, "县级"), -1);
  assert_string_equal(scale_meant(p.memory, level, "县级"), "county");
  assert_string_equal(scale_meant(p.memory, level, " 区 级 "), "county");
  assert_string_equal(scale_meant(p.memory, level, "ＳＣＨＯＯＬ"), "school");
  assert_null(scale_meant(p.memory, level, "省级"));
  assert_null(kinds_scale(&p.kinds, "levels"));
  pack_done(&p);
}

static void refused(void **state) {
  (void)state;
  pack_fails("return kinds { training = { units = '学时' } }",
             "error: p/all.lua:1: unknown key \"units\" in a kind\n  did you mean \"unit\"?",
             "错误：p/all.lua:1：类别（kinds）中没有键“units”\n  是否想写“unit”？");
  pack_fails("return kinds {\n  training = { type = 'recrd' } }",
             "error: p/all.lua:2: \"type\" cannot be \"recrd\"\n  did you mean \"record\"?",
             "错误：p/all.lua:2：“type”不能是“recrd”\n  是否想写“record”？");
  pack_fails(
      "return kinds { Training = {} }",
      "error: p/all.lua:1: the name \"Training\" is not lower-case letters, digits and _, beginning with a letter",
      "错误：p/all.lua:1：名称“Training”只能由小写字母、数字和下划线组成，并以字母开头");
  pack_fails("return kinds { training = { unit = 'h', decimals = 7 } }",
             "error: p/all.lua:1: \"decimals\" is 7, it has to be 0 to 6",
             "错误：p/all.lua:1：“decimals”为 7，应为 0 到 6");
  pack_fails("return kinds { training = { amount = 'required' } }",
             "error: p/all.lua:1: the kind \"training\" has an amount but no unit",
             "错误：p/all.lua:1：类别“training”有数量，却没有单位");
  pack_fails("return kinds { school = { type = 'organization', of = 'person' } }",
             "error: p/all.lua:1: the kind \"school\" is no kind of records, so it cannot say \"of\"",
             "错误：p/all.lua:1：类别“school”不是记录的类别，不能写“of”");
  pack_fails("return kinds { training = { of = { 'persons' } } }",
             "error: p/all.lua:1: a record cannot be of \"persons\"; nearest is \"person\"",
             "错误：p/all.lua:1：记录的对象不能是“persons”，最接近的是“person”");
  pack_fails("return kinds { training = { attributes = {\n  unit = 'text' } } }",
             "error: p/all.lua:2: an attribute cannot be called \"unit\", because every fact has a member of that name",
             "错误：p/all.lua:2：属性不能叫“unit”，因为每条事实都有同名的成员");
  pack_fails("return kinds { training = { attributes = { theme = { type = 'text', unit = '学时' } } } }",
             "error: p/all.lua:1: the attribute \"theme\" of type \"text\" cannot have a unit",
             "错误：p/all.lua:1：属性“theme”的类型是“text”，不能有单位");
  pack_fails("return { kinds { training = {} }, kinds { training = {} } }",
             "error: p/all.lua:1: the kind \"training\" is declared twice in this pack",
             "错误：p/all.lua:1：类别“training”在本规则包中声明了两次");
  pack_fails("return scales { level = { 'school', 'school' } }",
             "error: p/all.lua:1: \"school\" stands twice in the scale \"level\"",
             "错误：p/all.lua:1：“school”在序列“level”中出现了两次");
  pack_fails("return scales { level = {} }", "error: p/all.lua:1: the scale \"level\" has no words",
             "错误：p/all.lua:1：序列“level”没有任何词");
  pack_fails("return ladder { id = 'growth' }", "error: p/all.lua:1: a ladder lacks \"stages\"",
             "错误：p/all.lua:1：梯队（ladder）缺少“stages”");
}

int main(int argc, char **argv) {
  int code;
  if (pack_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {cmocka_unit_test(compiled), cmocka_unit_test(scales), cmocka_unit_test(refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
