/* Reports over facts in memory: every block, every kind of figure, masks, groups, the same document for the same facts,
 * and what the checker says of reports with mistakes. */
#include "check.h"

#include "pack/roles.h"
#include "task/document_json.h"
#include "task/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- facts ---- */

enum { PEOPLE = 4, FACTS = 40 };

static fact fact_at(fact_type type, int64_t entity, int64_t row, const char *kind) {
  return (fact){.type = type,
                .import = 1,
                .row = row,
                .part = 1,
                .entity = entity,
                .kind = kind,
                .since = DATE_NONE,
                .until = DATE_NONE};
}

/* `first` is where entity numbers begin: they must not matter. */
static size_t make_facts(fact *out, int64_t first, bool backwards) {
  static const char *const codes[PEOPLE] = {"P1", "P2", "P3", NULL}, *const names[PEOPLE] = {"赵一", "钱二", "孙三",
                                                                                             "李四四"};
  static const char *const themes[PEOPLE] = {"算", "写", "写", NULL};
  int64_t programme = first, cohort = first + 1, school = first + 2, person = first + 10, enrollment = first + 20;
  size_t n = 0;
  out[n] = fact_at(FACT_PROGRAMME, programme, 1, "class");
  out[n].code = "C";
  out[n++].name = "培训";
  out[n] = fact_at(FACT_COHORT, cohort, 2, "run");
  out[n].code = "C-1";
  out[n].name = "第一期";
  out[n].subject_type = FACT_PROGRAMME;
  out[n++].subject = programme;
  out[n] = fact_at(FACT_ORGANIZATION, school, 3, "school");
  out[n].code = "S1";
  out[n++].name = "一小";
  for (int i = 0; i < PEOPLE; i++) {
    out[n] = fact_at(FACT_PERSON, person + i, 10 + i, NULL);
    out[n].code = codes[i];
    out[n++].name = names[i];
    out[n] = fact_at(FACT_ENROLLMENT, enrollment + i, 20 + i, "place");
    out[n].subject_type = FACT_PERSON;
    out[n].subject = person + i;
    out[n].object_type = FACT_COHORT;
    out[n].object = cohort;
    if (themes[i])
      out[n].attributes =
          strcmp(themes[i], "算") == 0 ? "{\"theme\":\"算\"}" : "{\"remark\":\"迟到\",\"theme\":\"写\"}";
    n++;
    if (i < 2) {
      out[n] = fact_at(FACT_POST, 0, 30 + i, "teaching");
      out[n].subject_type = FACT_PERSON;
      out[n].subject = person + i;
      out[n].object_type = FACT_ORGANIZATION;
      out[n++].object = school;
    }
  }
  for (int i = 0; i < 12; i++) { /* P1: 11 lessons of 1.5 hours, P2: one of "at least 4" */
    out[n] = fact_at(FACT_RECORD, 0, 100 + i, "hours");
    out[n].subject_type = FACT_ENROLLMENT;
    out[n].subject = enrollment + (i < 11 ? 0 : 1);
    out[n].since = out[n].until = date_of(2025, 3, i + 1);
    out[n].amount = i < 11 ? (amount){1500000, BOUND_EXACT} : (amount){4000000, BOUND_AT_LEAST};
    out[n].unit = "学时";
    out[n].level = "county";
    out[n++].attributes = i < 3 ? "{\"quality\":\"high\"}" : i < 5 ? "{\"quality\":\"low\"}" : NULL;
  }
  for (size_t i = 0; backwards && i < n / 2; i++) {
    fact other = out[i];
    out[i] = out[n - 1 - i];
    out[n - 1 - i] = other;
  }
  return n;
}

/* ---- a bench ---- */

typedef struct bench {
  arena *memory;
  faults *problems;
  pack *pack;
  subjects *subjects;
} bench;

static char *source_path(arena *a, const char *name) {
  const char *tree = getenv("HONGZHU_SOURCE");
  return arena_format(a, "%s/%s", tree ? tree : ".", name);
}

static void show_faults(const bench *b) {
  for (size_t i = 0; i < b->problems->count; i++)
    print_message("%s\n", fault_text(b->memory, &b->problems->items[i], LANGUAGE_EN));
}

static bench bench_new(int64_t first, bool backwards) {
  bench b = {.memory = arena_new()};
  fact facts[FACTS];
  b.problems = faults_new(b.memory);
  b.pack = pack_from_folder(b.memory, source_path(b.memory, "tests/packs/report"), b.problems);
  show_faults(&b);
  assert_non_null(b.pack);
  b.subjects = subjects_of_facts(facts, make_facts(facts, first, backwards), b.problems);
  assert_non_null(b.subjects);
  return b;
}

static void bench_end(bench *b) {
  subjects_close(b->subjects);
  arena_free(b->memory);
}

static document make(bench *b, report_request request) {
  document d;
  request.on = day_of(2025, 12, 31);
  if (!request.report) request.report = "all";
  bool good = report_make(NULL, b->pack, b->subjects, &request, b->memory, &d, b->problems);
  if (!good) show_faults(b);
  assert_true(good);
  return d;
}

static const char *text_of(arena *a, hongzhu_text text) {
  return text.at ? arena_text_of(a, text.at, text.length) : "(absent)";
}

static char *spans_text(bench *b, const hongzhu_event *e) {
  char *out = arena_text(b->memory, "");
  for (uint32_t i = 0; i < e->spans_count; i++)
    out = arena_format(b->memory, "%s%s", out, text_of(b->memory, e->spans[i].text));
  return out;
}

/* The n-th event of a kind, from 0. */
static const hongzhu_event *event_of(const document *d, hongzhu_event_kind kind, size_t n) {
  for (size_t i = 0; i < d->count; i++)
    if (d->events[i].kind == (uint32_t)kind && n-- == 0) return &d->events[i];
  fail_msg("there is no such event");
  return NULL;
}

/* A table as lines: "title: a|b / c|d". */
static char *table_text(bench *b, const hongzhu_event *e) {
  char *out = arena_format(b->memory, "%s:", text_of(b->memory, e->text));
  for (uint32_t i = 0; i < e->columns_count; i++)
    out = arena_format(b->memory, "%s%s%s%s", out, i ? "|" : " ", text_of(b->memory, e->columns[i].title),
                       e->columns[i].align == 1 ? ">" : "");
  for (uint32_t r = 0; r < e->rows_count; r++)
    for (uint32_t i = 0; i < e->columns_count; i++)
      out = arena_format(b->memory, "%s%s%s", out, i ? "|" : " / ",
                         text_of(b->memory, e->cells[r * e->columns_count + i].text));
  return out;
}

/* ---- tests ---- */

static void says_text(void **state) {
  (void)state;
  bench b = bench_new(1, false);
  document d = make(&b, (report_request){.in = LANGUAGE_ZH, .detail = DETAIL_MASKED});
  assert_string_equal(d.language, "zh");
  assert_string_equal(d.day, "2025-12-31");
  assert_string_equal(text_of(b.memory, d.events[0].text), "全部");
  assert_string_equal(text_of(b.memory, d.events[0].note), "培训　第一期");
  assert_int_equal(d.events[1].kind, HONGZHU_EVENT_HEADING);
  assert_int_equal(d.events[1].level, 2);
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_PARAGRAPH, 0)), "4人，4，10余节，1节，0，{花括号}。");
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_NOTE, 0)), "300余人、多名、无、25%、5人。");
  d = make(&b, (report_request){.in = LANGUAGE_EN, .detail = DETAIL_MASKED, .exact = true});
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_PARAGRAPH, 0)), "4, 4, 12, 1, 0, {braces}.");
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_NOTE, 0)), "300+, unknown, none, 25%, 5.");
  bench_end(&b);
}

static void says_figures(void **state) {
  (void)state;
  bench b = bench_new(1, false);
  document d = make(&b, (report_request){.in = LANGUAGE_ZH, .detail = DETAIL_MASKED});
  const hongzhu_event *e = event_of(&d, HONGZHU_EVENT_FIGURES, 0);
  const hongzhu_figure *people = &e->figures[0], *lessons = &e->figures[1], *rate = &e->figures[2];
  assert_int_equal(e->figures_count, 3);
  assert_string_equal(text_of(b.memory, people->value), "4");
  assert_string_equal(text_of(b.memory, people->unit), "人");
  assert_string_equal(text_of(b.memory, people->marker), "(absent)");
  assert_string_equal(text_of(b.memory, people->definition), "一人只计一次");
  assert_string_equal(text_of(b.memory, people->trace), "hongzhu trace people --cohort C-1 --on 2025-12-31");
  assert_int_equal(people->origins_total, 4);
  assert_int_equal(people->origins[0].row, 20);
  assert_string_equal(text_of(b.memory, lessons->value), "10余");
  assert_string_equal(text_of(b.memory, lessons->marker), "按公布口径取整");
  assert_string_equal(text_of(b.memory, lessons->definition), "记录（种类为学时）的条数；精确数为12");
  assert_int_equal(lessons->origins_total, 12);
  assert_string_equal(text_of(b.memory, rate->value), "25%");
  assert_string_equal(text_of(b.memory, rate->definition), "完成 ÷ 学员");
  assert_int_equal(rate->origins_total, 4); /* the rows of both parts, each once */
  const hongzhu_event *note = event_of(&d, HONGZHU_EVENT_NOTE, 0);
  assert_string_equal(text_of(b.memory, note->spans[0].figure->marker), "直接引自公开文件");
  assert_string_equal(text_of(b.memory, note->spans[0].figure->definition), "直接引用，出处：公报，第2版");
  bench_end(&b);
}

static void says_tables(void **state) {
  (void)state;
  bench b = bench_new(1, false);
  document d = make(&b, (report_request){.in = LANGUAGE_ZH, .detail = DETAIL_MASKED});
  static const char people[] = "名单: 编号|姓名|学校|主题|备注 / P1|赵**|一小|算|— / P2|钱**|一小|写|迟到 / "
                               "P3|孙**|未知|写|迟到 / 未知|李**|未知|—|—";
  static const char *const zh[] = {
      "按主题: 主题|学员（人）>|课（节）>|学时（学时）> / 写|2|1|4余 / 算|1|11|16.5 / 未知|1|0|0 / 合计|4|12|20.5余",
      "质量: 质量|课（节）> / 一般|2 / 优秀|3 / 未知|7",
      "按人: 人员|课（节）> / P1|10余 / P2|1 / 合计|10余",
      "按结果: 认定|判定（人）> / 达到|1 / 未达到|2 / 无法判定|1 / 不适用|0",
      people,
  };
  for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
    assert_string_equal(table_text(&b, event_of(&d, HONGZHU_EVENT_TABLE, i)), zh[i]);
  assert_non_null(strstr(table_text(&b, event_of(&d, HONGZHU_EVENT_TABLE, 5)),
                         "学时: 日期|级别|质量|学时> / 2025年3月1日|县级|优秀|1.5 / "));
  assert_string_equal(table_text(&b, event_of(&d, HONGZHU_EVENT_TABLE, 6)),
                      "认定: 编号|结果 / P1|达到 / P2|无法判定 / P3|未达到 / 未知|未达到");
  d = make(&b, (report_request){.in = LANGUAGE_EN, .detail = DETAIL_FULL});
  assert_string_equal(table_text(&b, event_of(&d, HONGZHU_EVENT_TABLE, 0)),
                      "by theme: theme|people (人)>|lessons (节)>|hours (学时)> / 写|2|1|4+ / 算|1|11|16.5 / "
                      "unknown|1|0|0 / total|4|12|20.5+");
  assert_string_equal(table_text(&b, event_of(&d, HONGZHU_EVENT_TABLE, 1)),
                      "quality: quality|lessons (节)> / fair|2 / excellent|3 / unknown|7");
  assert_string_equal(table_text(&b, event_of(&d, HONGZHU_EVENT_TABLE, 2)),
                      "by person: person|lessons (节)> / P1 赵一|10+ / P2 钱二|1 / total|10+");
  assert_string_equal(table_text(&b, event_of(&d, HONGZHU_EVENT_TABLE, 4)),
                      "list: code|name|school|theme|remark / P1|赵一|一小|算|— / P2|钱二|一小|写|迟到 / "
                      "P3|孙三|unknown|写|迟到 / unknown|李四四|unknown|—|—");
  bench_end(&b);
}

static void groups_are_figures(void **state) {
  (void)state;
  bench b = bench_new(1, false);
  document d = make(&b, (report_request){.in = LANGUAGE_ZH, .detail = DETAIL_MASKED});
  const hongzhu_event *e = event_of(&d, HONGZHU_EVENT_TABLE, 0);
  const hongzhu_figure *first = e->cells[1].figure, *unknown = e->cells[2 * 4 + 1].figure,
                       *total = e->cells[3 * 4 + 2].figure;
  assert_string_equal(text_of(b.memory, first->id), "people-enrollment.theme-1");
  assert_string_equal(text_of(b.memory, first->title), "学员：写");
  assert_string_equal(text_of(b.memory, first->trace),
                      "hongzhu trace people --cohort C-1 --by enrollment.theme --group 写 --on 2025-12-31");
  assert_int_equal(first->origins_total, 2);
  assert_string_equal(text_of(b.memory, unknown->trace),
                      "hongzhu trace people --cohort C-1 --by enrollment.theme --group 未知 --on 2025-12-31");
  assert_string_equal(text_of(b.memory, total->value), "10余"); /* the whole is one figure wherever it stands */
  assert_string_equal(text_of(b.memory, total->id), "lessons");
  const hongzhu_event *chart = event_of(&d, HONGZHU_EVENT_CHART, 0);
  assert_string_equal(text_of(b.memory, chart->chart), "column");
  assert_string_equal(table_text(&b, chart), "图: 主题|学员（人）>|完成（人）> / 写|2|0 / 算|1|1 / 未知|1|0");
  assert_non_null(strstr(text_of(b.memory, chart->svg), "<svg"));
  assert_ptr_equal(chart->cells[1].figure, first);
  bench_end(&b);
}

static void says_what_it_rests_on(void **state) {
  (void)state;
  bench b = bench_new(1, false);
  document d = make(&b, (report_request){.in = LANGUAGE_ZH, .detail = DETAIL_MASKED});
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_NOTE, 1)),
                      "本报告按2025年12月31日的情况编制，依据规则包 report（报告测试，版本 "
                      "3）。文中数字按公布口径取整：去尾后加“余”，表示实际不少于所列数；"
                      "分组的数字和图中的数字为精确数，每个取整数字的精确数写在它的口径里。");
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_NOTE, 2)),
                      "认定所用的以下参数为假定值，没有公布的依据：最低学时 10学时（尚未公布）。");
  d = make(&b, (report_request){.in = LANGUAGE_EN, .detail = DETAIL_MASKED, .exact = true});
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_NOTE, 1)),
                      "As of 31 Dec 2025, under the pack report (report tests, version 3). Numbers are exact.");
  bench_end(&b);
}

static void leaves_people_out(void **state) {
  (void)state;
  bench b = bench_new(1, false);
  document d = make(&b, (report_request){.in = LANGUAGE_ZH, .detail = DETAIL_NONE});
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_NOTE, 1)), "按要求不列出个人明细：“按人”。");
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_NOTE, 2)), "按要求不列出个人明细：“名单”。");
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_NOTE, 3)), "按要求不列出个人明细：“认定”。");
  for (size_t i = 0; i < d.count; i++)
    for (uint32_t k = 0; k < d.events[i].rows_count * d.events[i].columns_count; k++)
      assert_null(strstr(text_of(b.memory, d.events[i].cells[k].text), "P1"));
  bench_end(&b);
}

static void body_makes_blocks(void **state) {
  (void)state;
  bench b = bench_new(1, false);
  document d = make(&b, (report_request){.report = "made", .in = LANGUAGE_ZH, .detail = DETAIL_MASKED});
  assert_string_equal(text_of(b.memory, event_of(&d, HONGZHU_EVENT_HEADING, 0)->text), "第一期：4人");
  assert_string_equal(spans_text(&b, event_of(&d, HONGZHU_EVENT_PARAGRAPH, 0)), "截至2025-12-31，4人。");
  assert_int_equal(event_of(&d, HONGZHU_EVENT_FIGURES, 0)->figures_count, 1);
  bench_end(&b);
}

static char *whole(bench *b) {
  document d = make(b, (report_request){.in = LANGUAGE_ZH, .detail = DETAIL_FULL});
  json_t *all = document_json(&d);
  char *text = json_canonical(b->memory, all);
  json_decref(all);
  return text;
}

/* Neither the numbers of entities nor the order in which facts came reach the document. */
static void same_facts_same_document(void **state) {
  (void)state;
  bench a = bench_new(1, false), b = bench_new(7000, true);
  assert_string_equal(whole(&a), whole(&b));
  bench_end(&a);
  bench_end(&b);
}

static void wants_a_scope(void **state) {
  (void)state;
  static const struct {
    report_request request;
    const char *zh, *en;
  } cases[] = {
      {{.report = "al"},
       "错误：规则包“report”没有报告“al”\n  是否应为“all”？",
       "error: the pack \"report\" has no report \"al\"\n  did you mean \"all\"?"},
      {{.report = NULL},
       "错误：规则包“report”声明了多份报告\n  请指定其中一份：all, made",
       "error: the pack \"report\" declares several reports\n  name one of: all, made"},
      {{.report = "all", .code = "C-2"},
       "错误：台账中没有批次“C-2”\n  是否应为“C-1”？",
       "error: the ledger has no cohort \"C-2\"\n  did you mean \"C-1\"?"},
      {{.report = "all", .code = "P1", .of = FACT_PERSON},
       "错误：报告“all”的范围是 cohort，而不是 person\n  请用 --cohort 编号 指定范围",
       "error: report \"all\" is of one cohort, not of one person\n  give its scope with --cohort CODE"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bench b = bench_new(1, false);
    document d;
    report_request request = cases[i].request;
    request.on = day_of(2025, 12, 31);
    assert_false(report_make(NULL, b.pack, b.subjects, &request, b.memory, &d, b.problems));
    assert_int_equal(b.problems->count, 1);
    assert_string_equal(fault_text(b.memory, &b.problems->items[0], LANGUAGE_ZH), cases[i].zh);
    assert_string_equal(fault_text(b.memory, &b.problems->items[0], LANGUAGE_EN), cases[i].en);
    bench_end(&b);
  }
}

/* ---- mistakes ---- */

static void checker_names_mistakes(void **state) {
  (void)state;
  static const char *const en[] = {
      "error: report_wrong/report.lua:2: the level of a heading is 1 to 4, not 7",
      "error: report_wrong/report.lua:3: unknown key \"levels\" in a heading\n  did you mean \"level\"?",
      "error: report_wrong/report.lua:4: no figure is named \"peple\"\n  did you mean \"people\"?",
      "error: report_wrong/report.lua:4: \"{people:text}\": after the colon only \"value\" can stand\n  write "
      "{people:value} for the number without its unit",
      "error: report_wrong/report.lua:4: a brace is opened and never closed: \"{people.\"",
      "error: report_wrong/report.lua:5: \"{people@theme}\" does not say which group is meant\n  write "
      "{people@PATH=VALUE}, such as {people@theme=…}",
      "error: report_wrong/report.lua:5: \"{two words}\" names no figure\n  write {figure}, or {{ for a brace",
      "error: report_wrong/report.lua:6: figure \"schools\" is of one organization, and here it would be of one "
      "cohort\n  use a figure with of = \"cohort\"",
      "error: report_wrong/report.lua:6: no figure is named \"poeple\"\n  did you mean \"people\"?",
      "error: report_wrong/report.lua:7: nothing is named \"them\": no column, and no kind has such an attribute\n  "
      "did you mean \"theme\"?",
      "error: report_wrong/report.lua:8: unknown key \"totals\" in a table by group\n  did you mean \"total\"?",
      "error: report_wrong/report.lua:9: a table is either of figures by a path or of rows from somewhere\n  write by "
      "= \"PATH\", figures = { … } or from = \"record\", columns = { … }",
      "error: report_wrong/report.lua:10: \"from\" cannot be \"enrolment\"\n  did you mean \"enrollment\"?",
      "error: report_wrong/report.lua:11: a table of rows lacks \"columns\"",
      "error: report_wrong/report.lua:12: \"outcome\" is there only in a table of decisions\n  write from = "
      "\"decision\", where = { rule = \"…\" }",
      "error: report_wrong/report.lua:13: no rule is named \"done\"",
      "error: report_wrong/report.lua:14: \"kind\" cannot be \"pie\"\n  it can be: bar, column, line, share",
      "error: report_wrong/report.lua:15: figures \"people\" (人) and \"places\" (个) have different units and cannot "
      "share one chart\n  give each a chart of its own",
      "error: report_wrong/report.lua:16: \"at_least\" is no block of a report\n  blocks are heading, paragraph, "
      "key_figures, table, chart, checks, decisions, note, page",
  };
  arena *a = arena_new();
  faults *problems = faults_new(a);
  pack *p = pack_from_folder(a, source_path(a, "tests/packs/report_wrong"), problems);
  assert_non_null(p);
  assert_false(report_check(p, problems));
  for (size_t i = 0; i < problems->count || i < sizeof en / sizeof *en; i++) {
    if (i >= problems->count) fail_msg("missing: %s", en[i]);
    const char *text = fault_text(a, &problems->items[i], LANGUAGE_EN);
    if (i >= sizeof en / sizeof *en) fail_msg("not expected: %s", text);
    assert_string_equal(text, en[i]);
  }
  arena_free(a);
}

static void checker_passes_the_good(void **state) {
  (void)state;
  bench b = bench_new(1, false);
  assert_true(report_check(b.pack, b.problems));
  bench_end(&b);
}

int main(int argc, char **argv) {
  json_prepare();
  if (argc > 1 && !strcmp(argv[1], "--worker")) return worker_child_main(pack_roles, argc, argv);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(says_text),
      cmocka_unit_test(says_figures),
      cmocka_unit_test(says_tables),
      cmocka_unit_test(groups_are_figures),
      cmocka_unit_test(says_what_it_rests_on),
      cmocka_unit_test(leaves_people_out),
      cmocka_unit_test(body_makes_blocks),
      cmocka_unit_test(same_facts_same_document),
      cmocka_unit_test(wants_a_scope),
      cmocka_unit_test(checker_names_mistakes),
      cmocka_unit_test(checker_passes_the_good),
  };
  return cmocka_run_group_tests_name("task_report", tests, NULL, NULL);
}
