/* Sheets and cells: headers, totals, cuts, dates, amounts, durations, words, attributes; and what is said of bad ones.
 */
#include "pack_declared.h"

#include "task/cells.h"

#define PACK(rest)                                                                                                         \
  "return { kinds { training = { unit = '学时', decimals = 1, level = true, attributes = { theme = { type = 'text', "    \
  "words = { '课堂', '管理' } },"                                                                                      \
  " marks = 'text', held = 'date', paid = 'truth', rank = 'whole', cost = { type = 'amount', unit = '元', decimals = "    \
  "2 } } },"                                                                                                               \
  " visit = { unit = '分钟', decimals = 2, title = { zh = '观摩', en = 'visit' } } },"                                 \
  " scales { level = { { 'school', zh = '校级', en = 'school' }, { 'county', zh = '县级', en = 'county', aliases = { " \
  "'区级' } } } },\n"                                                                                                    \
  "adapter { id = 'x', reader = 'csv', person = { code = column { '编号', '工号' } }, " rest " } }"

typedef struct table {
  declared_pack pack;
  arena *row;
  sheet *sheet;
  faults *problems;
  cell_row cells;
} table;

#define CELLS(t, number, ...)                                                                                          \
  (t)->cells = (cell_row) {                                                                                            \
    .sheet = 1, .row = (number), .count = sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *),                      \
    .cells = (const char *[]) {                                                                                        \
      __VA_ARGS__                                                                                                      \
    }                                                                                                                  \
  }

static table table_of(const char *text) {
  table t = {.pack = pack_declared(text), .row = arena_new()};
  pack_compiles(&t.pack);
  t.sheet = sheet_new(t.pack.memory, &t.pack.adapters[0], 1, "名单");
  return t;
}

static void table_done(table *t) {
  pack_done(&t->pack);
  arena_free(t->row);
}

static row_reading reading_of(table *t) {
  t->problems = faults_new(t->row);
  return (row_reading){.memory = t->row,
                       .kinds = &t->pack.kinds,
                       .sheet = t->sheet,
                       .row = &t->cells,
                       .file = "f.csv",
                       .problems = t->problems};
}

static const adapter_part *record_of_pack(const table *t) {
  const adapter *a = &t->pack.adapters[0];
  return &a->parts[a->parts_count - 1];
}

static void says(table *t, const char *en, const char *zh) {
  assert_true(t->problems->count > 0);
  assert_string_equal(fault_text(t->row, &t->problems->items[0], LANGUAGE_EN), en);
  assert_string_equal(fault_text(t->row, &t->problems->items[0], LANGUAGE_ZH), zh);
}

static void headers_are_found(void **state) {
  (void)state;
  table t = table_of(
      PACK("record = { kind = 'training', amount = amount '学时', on = day(above '日期') }, ends = { '说明' }"));
  CELLS(&t, 1, "培训名单", "培训名单", "培训名单");
  assert_false(sheet_try_header(t.sheet, &t.cells));
  CELLS(&t, 2, "日期：", NULL, "2025年3月1日");
  assert_false(sheet_try_header(t.sheet, &t.cells));
  CELLS(&t, 4, " 学 时 ", NULL, "工号", "备注");
  assert_true(sheet_try_header(t.sheet, &t.cells));
  assert_int_equal(t.sheet->header, 4);
  assert_int_equal(t.sheet->above_count, 2);
  assert_false(t.sheet->rejected);

  CELLS(&t, 5, "3", NULL, "T01", NULL);
  assert_int_equal(sheet_sort(t.row, t.sheet, &t.cells), ROW_DATA);
  row_reading r = reading_of(&t);
  date on;
  assert_true(cell_date(&r, &record_of_pack(&t)->since, &on));
  assert_int_equal(on, date_of(2025, 3, 1));
  CELLS(&t, 6, NULL, "  ", "", NULL);
  assert_int_equal(sheet_sort(t.row, t.sheet, &t.cells), ROW_EMPTY);
  CELLS(&t, 7, "合 计", NULL, "12", NULL);
  assert_int_equal(sheet_sort(t.row, t.sheet, &t.cells), ROW_TOTALS);
  CELLS(&t, 7, "总计：12人", NULL, NULL, NULL);
  assert_int_equal(sheet_sort(t.row, t.sheet, &t.cells), ROW_TOTALS);
  CELLS(&t, 8, "学 时", NULL, "工号", "备注");
  assert_int_equal(sheet_sort(t.row, t.sheet, &t.cells), ROW_HEADER_AGAIN);
  CELLS(&t, 9, "说明：本表由学校填写", NULL, NULL, NULL);
  assert_int_equal(sheet_sort(t.row, t.sheet, &t.cells), ROW_END);
  table_done(&t);
}

static void a_header_row_may_be_named(void **state) {
  (void)state;
  table t = table_of(PACK("record = { kind = 'training', amount = amount '学时' }, header = 3"));
  CELLS(&t, 1, "学时", "编号");
  assert_false(sheet_try_header(t.sheet, &t.cells));
  CELLS(&t, 3, "学时", "编号");
  assert_true(sheet_try_header(t.sheet, &t.cells));
  t.sheet = sheet_new(t.pack.memory, &t.pack.adapters[0], 0, NULL);
  CELLS(&t, 1, "学时", "编号", "退回原因"); /* rejected rows, sent again */
  assert_true(sheet_try_header(t.sheet, &t.cells));
  assert_true(t.sheet->rejected);
  table_done(&t);
}

static void dates_and_amounts(void **state) {
  (void)state;
  table t = table_of(PACK("record = { kind = 'training', amount = amount '学时', since = day '起', till = day '止' }"));
  CELLS(&t, 1, "编号", "学时", "起", "止");
  assert_true(sheet_try_header(t.sheet, &t.cells));
  const adapter_part *record = record_of_pack(&t);
  date since, until;
  amount value;

  CELLS(&t, 2, "T01", "２.５学时", "2025.3.1", "２０２５年３月");
  row_reading r = reading_of(&t);
  assert_true(cell_dates(&r, record, &since, &until));
  assert_int_equal(since, date_of(2025, 3, 1));
  assert_int_equal(until, date_of(2025, 3, 0));
  assert_true(cell_amount(&r, &record->amount, 1, "学时", &value));
  assert_int_equal(value.millionths, 2500000);

  CELLS(&t, 2, "T01", "—", "/", NULL);
  r = reading_of(&t);
  assert_true(cell_dates(&r, record, &since, &until));
  assert_int_equal(since, DATE_NONE);
  assert_true(cell_amount(&r, &record->amount, 1, "学时", &value));
  assert_int_equal(value.bound, BOUND_NONE);

  CELLS(&t, 3, "T01", "2.55", "2025-03-02", "2025-03-01");
  r = reading_of(&t);
  assert_false(cell_dates(&r, record, &since, &until));
  says(&t,
       "error: f.csv, sheet \"名单\", row 3, column \"止\": the last day \"2025-03-01\" is before the first day "
       "\"2025-03-02\"\n  correct one of the two",
       "错误：f.csv，工作表“名单”，第 3 行，“止”列：结束日期“2025-03-01”早于开始日期“2025-03-02”\n  请改正其中之一");
  r = reading_of(&t);
  assert_false(cell_amount(&r, &record->amount, 1, "学时", &value));
  says(&t,
       "error: f.csv, sheet \"名单\", row 3, column \"学时\": \"2.55\" has more decimals than the 1 declared\n  "
       "correct the number, or let the pack "
       "declare more decimals",
       "错误：f.csv，工作表“名单”，第 3 行，“学时”列：“2.55”的小数位数多于声明的 1 位\n  "
       "请改正数值，或在规则包中声明更多小数位");

  CELLS(&t, 4, "T01", "三学时", "45123", NULL);
  r = reading_of(&t);
  assert_false(cell_dates(&r, record, &since, &until));
  says(&t,
       "error: f.csv, sheet \"名单\", row 4, column \"起\": \"45123\" is no date\n  it looks like a spreadsheet's "
       "number for a day: format the column "
       "as a date and save again",
       "错误：f.csv，工作表“名单”，第 4 行，“起”列：“45123”不是日期\n  "
       "它像是表格软件里日期的序号：请把该列设为日期格式后重新保存");
  r = reading_of(&t);
  assert_false(cell_amount(&r, &record->amount, 1, "学时", &value));
  says(&t,
       "error: f.csv, sheet \"名单\", row 4, column \"学时\": \"三学时\" is no amount of 学时\n  expected is a number "
       "such as 12, 12.5, 200余 or 近70",
       "错误：f.csv，工作表“名单”，第 4 行，“学时”列：“三学时”不是数量（单位：学时）\n  应为数值，例如 12、12.5、200余 "
       "或 近70");
  table_done(&t);
}

static void durations(void **state) {
  (void)state;
  table t = table_of(PACK("record = { kind = 'visit', amount = duration '时长', on = day '日期' }"));
  CELLS(&t, 1, "编号", "时长", "日期");
  assert_true(sheet_try_header(t.sheet, &t.cells));
  const struct {
    const char *text;
    int64_t millionths; /* of a minute, two decimals; -1: refused */
  } cases[] = {{"0:30:00", 30000000},
               {"1:05", 65000000},
               {"01:30:20", 90330000},
               {"45分钟", 45000000},
               {"1小时30分", 90000000},
               {"90", 90000000},
               {"１小时", 60000000},
               {"20秒", 330000},
               {"1:60:00", -1},
               {"三刻", -1},
               {"1:2:3:4", -1},
               {"-5", -1},
               {"5 天", -1},
               {"9999999999999999999", -1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    CELLS(&t, 2, "T01", cases[i].text, "2025-03-01");
    row_reading r = reading_of(&t);
    amount value;
    bool good = cell_amount(&r, &record_of_pack(&t)->amount, 2, "分钟", &value);
    if (good != (cases[i].millionths >= 0)) fail_msg("%s", cases[i].text);
    if (good && value.millionths != cases[i].millionths)
      fail_msg("%s: %lld", cases[i].text, (long long)value.millionths);
  }
  table_done(&t);
}

static void words_and_attributes(void **state) {
  (void)state;
  table t = table_of(PACK("record = { kind = column '类别', amount = amount '学时', level = column '级别',\n"
                          " attributes = { theme = column '主题', marks = column '标记':split '┋', held = day '补办', "
                          "paid = column '收费',\n"
                          "   rank = column '名次', cost = column '费用' } }, values = { level = { ['县'] = 'county' "
                          "}, theme = { ['1'] = '课堂' } }"));
  CELLS(&t, 1, "编号", "类别", "学时", "级别", "主题", "标记", "补办", "收费", "名次", "费用");
  assert_true(sheet_try_header(t.sheet, &t.cells));
  const adapter_part *record = record_of_pack(&t);
  const declared_kind *kind;
  const char *level, *attributes;

  CELLS(&t, 2, "T01", "training", "3", "区级", "1", "甲┋ 乙 ┋", "2025.8", "√", "３", "12.50元");
  row_reading r = reading_of(&t);
  assert_true(cell_kind(&r, record, &kind));
  assert_string_equal(kind->name, "training");
  assert_true(cell_word(&r, &record->texts[TEXT_LEVEL], kind, KIND_LEVEL, &level));
  assert_string_equal(level, "county");
  assert_true(cell_attributes(&r, record, kind, &attributes));
  assert_string_equal(
      attributes,
      "{\"cost\":{\"amount\":\"12.5\"},\"held\":{\"date\":\"2025-08\"},\"marks\":[\"甲\",\"乙\"],\"paid\":true,"
      "\"rank\":{\"amount\":\"3\"},\"theme\":\"课堂\"}");

  CELLS(&t, 3, "T01", "观摩", "3", "县", NULL, NULL, NULL, NULL, NULL, NULL);
  r = reading_of(&t);
  assert_true(cell_kind(&r, record, &kind));
  assert_string_equal(kind->name, "visit");
  assert_true(cell_attributes(&r, record, kind, &attributes));
  assert_null(attributes);

  CELLS(&t, 4, "T01", "trainin", "3", "省级", "课外", NULL, NULL, "也许", NULL, "近12");
  r = reading_of(&t);
  assert_false(cell_kind(&r, record, &kind));
  says(&t,
       "error: f.csv, sheet \"名单\", row 4, column \"类别\": \"trainin\" is no word for a kind; nearest is "
       "\"training\"\n  expected is one of: "
       "training, visit; other ways to write them are declared in the adapter's values",
       "错误：f.csv，工作表“名单”，第 4 行，“类别”列：“trainin”不是“类别”可用的词，最接近的是“training”\n  "
       "应为下列之一：training、visit；其他写法可在适配器的 values 中声明");
  kind = kinds_named(&t.pack.kinds, "training");
  r = reading_of(&t);
  assert_false(cell_word(&r, &record->texts[TEXT_LEVEL], kind, KIND_LEVEL, &level));
  says(&t,
       "error: f.csv, sheet \"名单\", row 4, column \"级别\": \"省级\" is no word for a level\n  expected is one of: "
       "school, county; other ways to write "
       "them are declared in the adapter's values",
       "错误：f.csv，工作表“名单”，第 4 行，“级别”列：“省级”不是“级别”可用的词\n  "
       "应为下列之一：校级、县级；其他写法可在适配器的 values 中声明");
  r = reading_of(&t);
  assert_false(cell_attributes(&r, record, kind, &attributes));
  assert_int_equal(t.problems->count, 2); /* theme and paid */
  table_done(&t);
}

static void splits_turn_one_row_into_several(void **state) {
  (void)state;
  table t =
      table_of("return { kinds { training = { unit = '学时' } }, adapter { id = 'x', reader = 'csv',\n"
               " person = { code = column '编号':split { '&', '＆' }:before '(', name = column '姓名':split '&' }, "
               "record = { kind = 'training', amount = 1 } } }");
  CELLS(&t, 1, "编号", "姓名");
  assert_true(sheet_try_header(t.sheet, &t.cells));
  CELLS(&t, 2, "T01(甲)＆T02(乙)", "甲&乙");
  row_reading r = reading_of(&t);
  bool good;
  assert_int_equal(cell_turns(&r, t.sheet->adapter, &good), 2);
  assert_true(good);
  const source *code = &t.sheet->adapter->parts[0].texts[TEXT_CODE];
  r.turn = 1;
  assert_string_equal(cell_text(&r, code, NULL), "T02");
  CELLS(&t, 3, "T01&T02", "甲&乙&丙");
  r = reading_of(&t);
  cell_turns(&r, t.sheet->adapter, &good);
  assert_false(good);
  says(&t,
       "error: f.csv, sheet \"名单\", row 3, column \"姓名\": this cell splits into 3 values, another one of the row "
       "into 2\n  make them as many, or write "
       "one row for each",
       "错误：f.csv，工作表“名单”，第 3 行，“姓名”列：该单元格拆成 3 个值，而同一行的另一个单元格拆成 2 个\n  "
       "请使个数一致，或分行填写");
  table_done(&t);
}

int main(int argc, char **argv) {
  int code;
  if (pack_worker(argc, argv, &code)) return code;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(headers_are_found),    cmocka_unit_test(a_header_row_may_be_named),
      cmocka_unit_test(dates_and_amounts),    cmocka_unit_test(durations),
      cmocka_unit_test(words_and_attributes), cmocka_unit_test(splits_turn_one_row_into_several)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
