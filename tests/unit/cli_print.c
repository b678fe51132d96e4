#include "check.h"

#include "cli/print.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

typedef struct desk { /* a call that prints into memory */
  call c;
  char *out, *err;
  size_t out_size, err_size;
} desk;

static int begin(void **state) {
  desk *d = memory_take(sizeof *d);
  d->c.memory = arena_new();
  d->c.problems = faults_new(d->c.memory);
  d->c.in = LANGUAGE_EN;
  d->c.out = open_memstream(&d->out, &d->out_size);
  d->c.err = open_memstream(&d->err, &d->err_size);
  *state = d;
  return 0;
}

static int end(void **state) {
  desk *d = *state;
  fclose(d->c.out);
  fclose(d->c.err);
  free(d->out);
  free(d->err);
  arena_free(d->c.memory);
  free(d);
  return 0;
}

static const char *printed(desk *d) {
  fflush(d->c.out);
  return d->out;
}

static void lines_are_safe_and_in_one_language(void **state) {
  desk *d = *state;
  print_line(&d->c, "%d rows of \"%s\"", "%d 行，来自“%s”", 3, "a\033[2J\nb");
  d->c.in = LANGUAGE_ZH;
  print_line(&d->c, "%d rows of \"%s\"", "%d 行，来自“%s”", 3, "名单");
  print_text(&d->c, "一\n\n二  \n三");
  assert_string_equal(printed(d), "3 rows of \"a\\x1b[2J\\nb\"\n3 行，来自“名单”\n一\n\n二\n三\n");
}

static const table_column columns[] = {
    {{{"名称", "name"}}, false}, {{{"数", "count"}}, true}, {{{"备注", "note"}}, false}};

static table *sample(desk *d) {
  table *t = table_new(&d->c, columns, 3);
  const char *const rows[][3] = {{"第一中学", "12", NULL}, {"a", "1,234,567", "x\ty"}, {"é", NULL, "末"}};
  for (size_t i = 0; i < 3; i++) table_row(&d->c, t, rows[i]);
  return t;
}

static void tables_stay_straight_with_chinese(void **state) {
  desk *d = *state;
  table *t = sample(d);
  print_table(&d->c, t);
  assert_string_equal(printed(d), "name          count  note\n"
                                  "--------  ---------  ----\n"
                                  "第一中学         12\n"
                                  "a         1,234,567  x\\ty\n"
                                  "é                    末\n");
}

static void tables_can_stand_inside_text(void **state) {
  desk *d = *state;
  d->c.in = LANGUAGE_ZH;
  print_table_indented(&d->c, sample(d), 2, false);
  print_table(&d->c, table_new(&d->c, columns, 3)); /* no rows: nothing */
  assert_string_equal(printed(d), "  第一中学         12\n"
                                  "  a         1,234,567  x\\ty\n"
                                  "  é                    末\n");
}

static void with_json_only_json_is_printed(void **state) {
  desk *d = *state;
  json_t *value = json_pack("{s:i}", "rows", 3);
  print_json(&d->c, value); /* not asked for */
  d->c.json = true;
  print_line(&d->c, "text", "文字");
  print_table(&d->c, sample(d));
  print_json(&d->c, value);
  json_decref(value);
  assert_string_equal(printed(d), "{\n  \"rows\": 3\n}\n");
}

static void counts_have_commas(void **state) {
  desk *d = *state;
  static const struct {
    int64_t number;
    const char *text;
  } rows[] = {
      {0, "0"}, {999, "999"}, {1000, "1,000"}, {-1234567, "-1,234,567"}, {INT64_MIN, "-9,223,372,036,854,775,808"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_string_equal(print_count(d->c.memory, rows[i].number), rows[i].text);
}

static void faults_go_to_the_other_stream(void **state) {
  desk *d = *state;
  place where = {.file = "a.csv", .row = 3, .column = "编号"};
  fault_add(d->c.problems, where, "is \"%s\"", "是“%s”", "x");
  fault_next(d->c.problems, "do this", "这样做");
  print_faults(&d->c);
  d->c.json = true;
  print_faults(&d->c);
  fflush(d->c.err);
  assert_string_equal(
      d->err,
      "error: a.csv, row 3, column \"编号\": is \"x\"\n  do this\n"
      "{\"column\":\"编号\",\"file\":\"a.csv\",\"level\":\"error\",\"next\":{\"en\":\"do this\",\"zh\":\"这样做\"},"
      "\"place\":\"a.csv, row 3, column \\\"编号\\\"\",\"row\":3,\"what\":{\"en\":\"is "
      "\\\"x\\\"\",\"zh\":\"是“x”\"}}\n");
  assert_string_equal(printed(d), "");
}

static void progress_is_for_terminals(void **state) {
  desk *d = *state;
  print_progress(&d->c, "reading", "读取", 3, 10);
  print_progress_end(&d->c);
  fflush(d->c.err);
  assert_int_equal(d->err_size, 0);
}

/* What stands on a terminal since it was looked at last. */
static const char *shown(desk *d, int terminal) {
  char *text = arena_take(d->c.memory, 1024);
  fflush(d->c.err);
  ssize_t got = read(terminal, text, 1023);
  text[got > 0 ? got : 0] = '\0';
  return text;
}

static void progress_of_one_file_is_not_that_of_the_next(void **state) {
  desk *d = *state;
  progress p = {0};
  call at_first = d->c;
  int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  assert_true(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
  d->c.err = fopen(ptsname(terminal), "w");
  assert_non_null(d->c.err);
  d->c.progress = &p;
  print_progress_then(&d->c, "storing", "正在存入"); /* of a small file nothing was shown */
  assert_string_equal(shown(d, terminal), "");
  for (int file = 0; file < 2; file++) {
    print_progress(&d->c, "rows read", "已读行数", 1000, 0);
    assert_string_equal(shown(d, terminal), "\r\033[Krows read 1,000");
    p.began -= 10000; /* ten seconds ago */
    p.shown -= 10000;
    print_progress(&d->c, "rows read", "已读行数", 21000, 0);
    assert_non_null(strstr(shown(d, terminal), "\r\033[Krows read 21,000, "));
    print_progress_then(&d->c, "storing", "正在存入");
    assert_string_equal(shown(d, terminal), "\r\033[Kstoring");
    print_progress_end(&d->c);
    assert_string_equal(shown(d, terminal), "\r\033[K");
  }
  struct winsize narrow = {.ws_col = 20};
  assert_int_equal(ioctl(terminal, TIOCSWINSZ, &narrow), 0);
  print_progress(&d->c, "rows read", "已读行数", 123456789, 987654321);
  const char *line = shown(d, terminal);
  assert_non_null(strstr(line, "\r\033[Krows read 123,"));
  assert_true(text_width(line + strlen("\r\033[K")) < 20);
  d->c.json = true;
  print_progress(&d->c, "rows", "行数", 1000, 0);
  assert_string_equal(shown(d, terminal), "");
  fclose(d->c.err);
  close(terminal);
  d->c = at_first;
}

static void progress_says_how_fast_and_how_long(void **state) {
  (void)state;
  arena *a = arena_new();
  const said what = {{"判定", "deciding"}};
  assert_string_equal(print_progress_text(a, LANGUAGE_EN, what, 0, 1000, 0, 0), "deciding 0 / 1,000 (0%)");
  assert_string_equal(print_progress_text(a, LANGUAGE_EN, what, 250, 1000, 250, 499), "deciding 250 / 1,000 (25%)");
  assert_string_equal(print_progress_text(a, LANGUAGE_EN, what, 250, 1000, 250, 1000),
                      "deciding 250 / 1,000 (25%), 250 a second, about 4 s left");
  assert_string_equal(print_progress_text(a, LANGUAGE_ZH, what, 12000, 1200000, 12000, 1000),
                      "判定 12,000 / 1,200,000（1%），每秒 12,000，还需约 1 分 40 秒");
  assert_string_equal(print_progress_text(a, LANGUAGE_EN, what, 10, 100000, 10, 1000),
                      "deciding 10 / 100,000 (0%), 10 a second, about 2 h 46 min left");
  assert_string_equal(print_progress_text(a, LANGUAGE_EN, (said){{"已读行数", "rows read"}}, 5000, 0, 4000, 2000),
                      "rows read 5,000, 2,000 a second");
  assert_string_equal(print_progress_text(a, LANGUAGE_ZH, what, 1000, 1000, 1000, 2000),
                      "判定 1,000 / 1,000（100%），每秒 500");
  const said rows = {{"已读行数", "rows read"}}; /* of a file, by its bytes */
  assert_string_equal(print_progress_part_text(a, LANGUAGE_EN, rows, 5000, 4000, 25, 100, 20, 2000),
                      "rows read 5,000 (25%), 2,000 a second, about 8 s left");
  assert_string_equal(print_progress_part_text(a, LANGUAGE_ZH, rows, 5000, 4000, 25, 100, 20, 2000),
                      "已读行数 5,000（25%），每秒 2,000，还需约 8 秒");
  assert_string_equal(print_progress_part_text(a, LANGUAGE_EN, rows, 5000, 4000, 0, 0, 0, 2000),
                      "rows read 5,000, 2,000 a second");
  assert_string_equal(print_progress_part_text(a, LANGUAGE_EN, rows, 5000, 4000, 100, 100, 20, 2000),
                      "rows read 5,000 (100%), 2,000 a second");
  assert_string_equal(print_progress_part_text(a, LANGUAGE_EN, rows, 5000, 0, UINT64_MAX / 2, UINT64_MAX, 0, 0),
                      "rows read 5,000 (50%)");
  arena_free(a);
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
  const struct CMUnitTest tests[] = {
      TEST(lines_are_safe_and_in_one_language),
      TEST(tables_stay_straight_with_chinese),
      TEST(tables_can_stand_inside_text),
      TEST(with_json_only_json_is_printed),
      TEST(counts_have_commas),
      TEST(faults_go_to_the_other_stream),
      TEST(progress_is_for_terminals),
      TEST(progress_of_one_file_is_not_that_of_the_next),
      TEST(progress_says_how_fast_and_how_long),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
