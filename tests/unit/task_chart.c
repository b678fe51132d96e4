#include "check.h"

#include "task/chart.h"

#include <stdlib.h>
#include <string.h>

static const chart_kind kinds[] = {CHART_BAR, CHART_COLUMN, CHART_LINE, CHART_SHARE};
enum { KINDS = sizeof kinds / sizeof *kinds };

static int set_up(void **state) {
  *state = arena_new();
  return 0;
}

static int tear_down(void **state) {
  arena_free(*state);
  return 0;
}

static size_t count_of(const char *text, const char *part) {
  size_t count = 0;
  for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part)) count++;
  return count;
}

/* Every element is closed, in order, and every attribute is quoted: what a strict reader of XML asks for. */
static void assert_well_formed(const char *svg) {
  char open[16][16];
  size_t depth = 0;
  for (const char *at = svg; *at != '\0';) {
    if (*at == '&') {
      const char *end = strchr(at, ';');
      assert_non_null(end);
      assert_true(end - at <= 5);
    }
    if (*at++ != '<') continue;
    const char *end = at;
    bool quoted = false;
    for (; quoted || *end != '>'; end++) {
      assert_true(*end != '\0');
      assert_true(*end != '<');
      if (*end == '"') quoted = !quoted;
    }
    bool closes = *at == '/';
    const char *name = closes ? at + 1 : at;
    size_t length = strcspn(name, " />\n");
    assert_true(length > 0 && length < sizeof *open);
    if (closes) {
      assert_true(depth > 0);
      depth--;
      assert_int_equal(strlen(open[depth]), length);
      assert_memory_equal(open[depth], name, length);
    } else if (end[-1] != '/') {
      assert_true(depth < sizeof open / sizeof *open);
      memcpy(open[depth], name, length);
      open[depth++][length] = '\0';
    }
    at = end + 1;
  }
  assert_int_equal(depth, 0);
}

/* No bar leaves the picture. */
static void assert_inside(const char *svg) {
  const char *box = strstr(svg, "viewBox=\"0 0 ");
  char *end;
  assert_non_null(box);
  double width = strtod(box + strlen("viewBox=\"0 0 "), &end), height = strtod(end, NULL);
  for (const char *at = svg; (at = strstr(at, "<rect x=\"")) != NULL; at++) {
    double x = strtod(at + strlen("<rect x=\""), &end);
    double y = strtod(end + strlen("\" y=\""), &end);
    double across = strtod(end + strlen("\" width=\""), &end), down = strtod(end + strlen("\" height=\""), NULL);
    assert_true(x >= 0 && y >= 0 && across > 0 && down > 0);
    assert_true(x + across <= width && y + down <= height);
  }
}

static const char *const places[] = {"北京", "广东", "不详"};
static const char *const heads[] = {"人数"};

static chart small(chart_kind kind, language in, const chart_value *values) {
  return (chart){.kind = kind,
                 .in = in,
                 .title = "跟岗地",
                 .unit = "人",
                 .categories = places,
                 .categories_count = 3,
                 .series = heads,
                 .series_count = 1,
                 .values = values};
}

static void test_kinds(void **state) {
  (void)state;
  static const char *const names[] = {"bar", "column", "line", "share"};
  for (size_t i = 0; i < KINDS; i++) {
    chart_kind kind = CHART_SHARE;
    assert_true(chart_kind_named(names[i], &kind));
    assert_int_equal(kind, kinds[i]);
  }
  chart_kind kind = CHART_LINE;
  assert_false(chart_kind_named("pie", &kind));
  assert_false(chart_kind_named(NULL, &kind));
  assert_int_equal(kind, CHART_LINE);
}

static void test_bar_is_pinned(void **state) {
  const chart_value values[] = {{true, 3000000, NULL}, {true, 1500000, NULL}, {false, 0, NULL}};
  const chart c = small(CHART_BAR, LANGUAGE_ZH, values);
  assert_string_equal(
      chart_svg(*state, &c),
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 520 126\" width=\"520\" height=\"126\" "
      "font-size=\"14\" font-family=\"PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans, Helvetica, Arial, "
      "sans-serif\">\n"
      "<title>跟岗地</title>\n"
      "<desc>北京: 3; 广东: 1.5; 不详: 不详</desc>\n"
      "<text x=\"516\" y=\"18\" text-anchor=\"end\" fill=\"#6b645c\">单位：人</text>\n"
      "<text x=\"32.56\" y=\"43\" text-anchor=\"end\" fill=\"#2b2724\">北京</text>\n"
      "<rect x=\"42.56\" y=\"28\" width=\"434.88\" height=\"20\" fill=\"#a3211b\"/>\n"
      "<text x=\"483.44\" y=\"43\" text-anchor=\"start\" fill=\"#2b2724\">3</text>\n"
      "<text x=\"32.56\" y=\"77\" text-anchor=\"end\" fill=\"#2b2724\">广东</text>\n"
      "<rect x=\"42.56\" y=\"62\" width=\"217.44\" height=\"20\" fill=\"#a3211b\"/>\n"
      "<text x=\"266\" y=\"77\" text-anchor=\"start\" fill=\"#2b2724\">1.5</text>\n"
      "<text x=\"32.56\" y=\"111\" text-anchor=\"end\" fill=\"#2b2724\">不详</text>\n"
      "<text x=\"48.56\" y=\"111\" text-anchor=\"start\" fill=\"#6b645c\">不详</text>\n"
      "<path d=\"M42.56 22L42.56 122\" stroke=\"#6b645c\" fill=\"none\"/>\n"
      "</svg>\n");
}

static void test_every_value_is_printed(void **state) {
  const chart_value values[] = {{true, 200000000, "200余"}, {true, 12500000, NULL}, {false, 0, NULL}};
  for (size_t i = 0; i < KINDS; i++) {
    const chart zh = small(kinds[i], LANGUAGE_ZH, values), en = small(kinds[i], LANGUAGE_EN, values);
    const char *svg = chart_svg(*state, &zh);
    assert_well_formed(svg);
    assert_inside(svg);
    assert_non_null(strstr(svg, "200余</text>"));
    assert_non_null(strstr(svg, "12.5</text>"));
    assert_non_null(strstr(svg, "不详</text>"));
    assert_non_null(strstr(svg, "单位：人</text>"));
    svg = chart_svg(*state, &en);
    assert_non_null(strstr(svg, "unknown</text>"));
    assert_non_null(strstr(svg, "unit: 人</text>"));
  }
}

static void test_numbers_are_exact(void **state) {
  const chart_value values[] = {{true, 1, NULL}, {true, -2500000, NULL}, {true, INT64_MAX, NULL}};
  const chart c = small(CHART_BAR, LANGUAGE_EN, values);
  const char *svg = chart_svg(*state, &c);
  assert_non_null(strstr(svg, ">0.000001</text>"));
  assert_non_null(strstr(svg, ">-2.5</text>"));
  assert_non_null(strstr(svg, ">9223372036854.775807</text>"));
}

static void test_extremes_fit(void **state) {
  static const int64_t extremes[] = {INT64_MAX, INT64_MIN, 0, 1, -1, INT64_MAX - 1, INT64_MIN + 1};
  enum { COUNT = sizeof extremes / sizeof *extremes };
  for (size_t i = 0; i < KINDS; i++)
    for (size_t one = 0; one < COUNT; one++)
      for (size_t other = 0; other < COUNT; other++) {
        const chart_value values[] = {{true, extremes[one], "a"}, {true, extremes[other], "b"}, {true, INT64_MAX, "c"}};
        const chart c = small(kinds[i], LANGUAGE_EN, values);
        const char *svg = chart_svg(*state, &c);
        assert_well_formed(svg);
        assert_inside(svg);
      }
}

static void test_many_large_shares(void **state) {
  const char *categories[300];
  chart_value values[300];
  for (size_t i = 0; i < 300; i++) {
    categories[i] = arena_format(*state, "%zu", i);
    values[i] = (chart_value){true, INT64_MAX, NULL};
  }
  chart c = small(CHART_SHARE, LANGUAGE_EN, values);
  c.categories = categories;
  c.categories_count = 300;
  const char *svg = chart_svg(*state, &c);
  assert_well_formed(svg);
  assert_non_null(strstr(svg, ">299 9223372036854.775807</text>"));
}

static void test_texts_are_escaped(void **state) {
  static const char *const hostile[] = {"<script>alert(1)</script>", "\" onload=\"x", "a & b"};
  const chart_value values[] = {{true, 1000000, "<b>"}, {true, 2000000, NULL}, {true, 3000000, NULL}};
  for (size_t i = 0; i < KINDS; i++) {
    chart c = small(kinds[i], LANGUAGE_EN, values);
    c.categories = hostile;
    c.title = "</title><script>";
    c.unit = "<i>";
    const char *svg = chart_svg(*state, &c);
    assert_well_formed(svg);
    assert_null(strstr(svg, "<script"));
    assert_null(strstr(svg, "<b>"));
    assert_null(strstr(svg, "\" onload"));
    assert_non_null(strstr(svg, "&lt;script&gt;"));
  }
}

static void test_stands_in_any_page(void **state) {
  const chart_value values[] = {{true, 1000000, NULL}, {true, 2000000, NULL}, {true, 3000000, NULL}};
  static const char *const refused[] = {" id=", "style", "href", "url(", "<script", "@", "http://www.w3.org/1999"};
  for (size_t i = 0; i < KINDS; i++) {
    const chart c = small(kinds[i], LANGUAGE_ZH, values);
    const char *svg = chart_svg(*state, &c);
    for (size_t r = 0; r < sizeof refused / sizeof *refused; r++) assert_null(strstr(svg, refused[r]));
    assert_string_equal(svg, chart_svg(*state, &c));
  }
}

static void test_several_series_are_named_and_told_apart(void **state) {
  static const char *const series[] = {"听课", "教研", "报告"};
  const chart_value values[] = {{true, 5000000, NULL}, {true, 5000000, NULL}, {true, 5000000, NULL},
                                {true, 6000000, NULL}, {true, 2000000, NULL}, {true, 1000000, NULL},
                                {true, 7000000, NULL}, {false, 0, NULL},      {true, 1000000, NULL}};
  chart c = small(CHART_LINE, LANGUAGE_ZH, values);
  c.series = series;
  c.series_count = 3;
  const char *svg = chart_svg(*state, &c);
  for (size_t i = 0; i < 3; i++) assert_non_null(strstr(svg, series[i]));
  assert_int_equal(count_of(svg, "stroke-dasharray=\"7 4\""), 2); /* the line and its mark in the legend */
  assert_int_equal(count_of(svg, "stroke-dasharray=\"2 4\""), 2);
  assert_int_equal(count_of(svg, "<circle"), 4); /* three points and the legend; the others have other shapes */
  /* Three equal values on one spot: their labels stand one below the other. */
  const char *first = strstr(svg, ">5</text>");
  assert_non_null(first);
  assert_int_equal(count_of(svg, ">5</text>"), 3);
  double bases[3];
  const char *at = svg;
  for (size_t i = 0; i < 3; i++) {
    at = strstr(at, ">5</text>") + 1;
    const char *y = at;
    while (strncmp(y, " y=\"", 4) != 0) y--;
    bases[i] = strtod(y + 4, NULL);
  }
  assert_true(bases[1] - bases[0] > 14.9);
  assert_true(bases[2] - bases[1] > 14.9);
  c.kind = CHART_SHARE;
  svg = chart_svg(*state, &c);
  assert_well_formed(svg);
  for (size_t i = 0; i < 3; i++) assert_non_null(strstr(svg, series[i]));
}

/* Columns with names too long to stand below them are drawn as bars, which have room. */
static void test_columns_give_way_to_bars(void **state) {
  static const char *const names[] = {"首都师范大学附属中学朝阳学校、南通市启秀市北初级中学、杭州安吉路实验学校联合体",
                                      "b", "c"};
  const chart_value values[] = {{true, 1000000, NULL}, {true, 2000000, NULL}, {true, 3000000, NULL}};
  chart column = small(CHART_COLUMN, LANGUAGE_ZH, values), bar = small(CHART_BAR, LANGUAGE_ZH, values);
  assert_string_not_equal(chart_svg(*state, &column), chart_svg(*state, &bar));
  column.categories = bar.categories = names;
  assert_string_equal(chart_svg(*state, &column), chart_svg(*state, &bar));
}

static void test_negative_values_point_the_other_way(void **state) {
  const chart_value values[] = {{true, -2000000, NULL}, {true, 2000000, NULL}, {true, 0, NULL}};
  for (size_t i = 0; i < KINDS; i++) {
    const chart c = small(kinds[i], LANGUAGE_ZH, values);
    const char *svg = chart_svg(*state, &c);
    assert_inside(svg);
    assert_non_null(strstr(svg, "-2</text>"));
  }
}

static void test_nothing(void **state) {
  for (size_t i = 0; i < KINDS; i++) {
    chart c = small(kinds[i], LANGUAGE_ZH, NULL);
    c.categories_count = 0;
    assert_non_null(strstr(chart_svg(*state, &c), ">没有数据</text>"));
    c.in = LANGUAGE_EN;
    c.title = NULL;
    c.unit = NULL;
    assert_non_null(strstr(chart_svg(*state, &c), ">no data</text>"));
  }
  const chart_value zeros[] = {{true, 0, NULL}, {true, 0, NULL}, {false, 0, NULL}};
  for (size_t i = 0; i < KINDS; i++) {
    const chart c = small(kinds[i], LANGUAGE_ZH, zeros);
    assert_well_formed(chart_svg(*state, &c));
    assert_inside(chart_svg(*state, &c));
  }
}

static void test_many_points(void **state) {
  const char *categories[120];
  chart_value values[120];
  for (size_t i = 0; i < 120; i++) {
    categories[i] = arena_format(*state, "%zu月", i + 1);
    values[i] = (chart_value){true, (int64_t)(i * i % 97) * 1000000, NULL};
  }
  for (size_t i = 0; i < KINDS; i++) {
    chart c = small(kinds[i], LANGUAGE_ZH, values);
    c.categories = categories;
    c.categories_count = 120;
    const char *svg = chart_svg(*state, &c);
    assert_well_formed(svg);
    assert_inside(svg);
  }
}

/* A label in two lines breaks between the numbers of a day, not inside one. */
static void test_days_break_between_numbers(void **state) {
  static const char *const days[] = {"2025年10月13日", "2025年10月14日", "2025年10月15日", "2025年10月16日",
                                     "2025年10月17日", "2025年10月18日", "2025年10月19日", "2025年10月20日"};
  chart_value values[8];
  for (size_t i = 0; i < 8; i++) values[i] = (chart_value){true, (int64_t)i * 1000000, NULL};
  const chart c = {.kind = CHART_COLUMN,
                   .in = LANGUAGE_ZH,
                   .title = "每日签到",
                   .categories = days,
                   .categories_count = 8,
                   .series_count = 1,
                   .values = values};
  const char *svg = chart_svg(*state, &c);
  assert_int_equal(8, count_of(svg, ">2025年</text>"));
  assert_int_equal(1, count_of(svg, ">10月13日</text>"));
}

static void test_words_break_at_a_hyphen(void **state) {
  static const char *const stages[] = {"new teacher", "qualified teacher", "distinguished teacher", "teacher-educator",
                                       "principal"};
  chart_value values[5];
  for (size_t i = 0; i < 5; i++) values[i] = (chart_value){true, (int64_t)i * 1000000, NULL};
  const chart c = {.kind = CHART_COLUMN,
                   .in = LANGUAGE_EN,
                   .title = "teachers",
                   .categories = stages,
                   .categories_count = 5,
                   .series_count = 1,
                   .values = values};
  const char *svg = chart_svg(*state, &c);
  assert_int_equal(1, count_of(svg, ">teacher-</text>"));
  assert_int_equal(1, count_of(svg, ">educator</text>"));
  assert_int_equal(1, count_of(svg, ">distinguis-</text>"));
  assert_int_equal(1, count_of(svg, ">hed teacher</text>"));
  assert_int_equal(1, count_of(svg, ">qualified</text>"));
  assert_int_equal(1, count_of(svg, ">principal</text>"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_kinds, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_bar_is_pinned, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_every_value_is_printed, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_numbers_are_exact, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_extremes_fit, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_many_large_shares, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_texts_are_escaped, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_stands_in_any_page, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_several_series_are_named_and_told_apart, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_columns_give_way_to_bars, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_negative_values_point_the_other_way, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_nothing, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_many_points, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_days_break_between_numbers, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_words_break_at_a_hyphen, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
