/* A reader, a writer and a rule built against the SDK alone do their work. */
#include "abi.h"

#include "host/plugin.h"

#include <dirent.h>
#include <sys/stat.h>

/* ---- a reader ---- */

static const char lines_file[] = "lines\na b c\n\nd  e\n";

typedef struct rows_kept {
  buffer text;
  int64_t stop_after;
} rows_kept;

static bool keep_row(void *context, const cell_row *row) {
  rows_kept *k = context;
  buffer_format(&k->text, "%d/%lld:", row->sheet, (long long)row->row);
  for (uint32_t i = 0; i < row->count; i++) buffer_format(&k->text, "[%s]", row->cells[i] ? row->cells[i] : "absent");
  return row->row != k->stop_after;
}

static bool read_lines(arena *a, const option_value *options, size_t count, rows_kept *rows, faults *problems) {
  offers all = offers_of(a, "good", problems);
  const offer *reader = offers_named(&all, OFFER_READER, "lines", problems);
  int file = file_of(lines_file, sizeof lines_file - 1);
  const reading to = {.context = rows, .row = keep_row};
  bool good = foreign_read(reader, file, "folder/a.lines", options, count, &to, problems);
  close(file);
  return good;
}

static void a_reader_gives_its_rows(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  rows_kept rows = {{0}, 0};
  assert_true(read_lines(a, NULL, 0, &rows, problems));
  assert_string_equal(rows.text.at, "0/1:[lines]0/2:[a][b][c]0/3:[absent]0/4:[d][absent][e]");
  assert_int_equal(problems->count, 0);
  buffer_free(&rows.text);
}

static void options_are_checked_and_reach_it(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  rows_kept rows = {{0}, 0};
  const option_value good[] = {{"separator", "i"}, {"order", "down"}};
  assert_true(read_lines(a, good, 2, &rows, problems));
  assert_string_equal(rows.text.at, "0/1:[l][nes]0/2:[a b c]0/3:[absent]0/4:[d  e]");
  const option_value limited[] = {{"limit", "2"}};
  assert_false(read_lines(a, limited, 1, &rows, problems));
  const option_value bad[] = {{"seperator", "x"}, {"limit", "two"}, {"order", "left"}};
  assert_false(read_lines(a, bad, 3, &rows, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN),
                      "error: folder/a.lines, row 3: more lines than the limit\n"
                      "error: reader \"lines\" has no option \"seperator\"\n"
                      "  did you mean \"separator\"?\n"
                      "error: option \"limit\" of reader \"lines\" must be a whole number, not \"two\"\n"
                      "error: option \"order\" of reader \"lines\" must be up|down, not \"left\"\n");
  assert_string_equal(told(a, problems, LANGUAGE_ZH), "错误：folder/a.lines，第 3 行：行数超过限制\n"
                                                      "错误：读取器“lines”没有选项“seperator”\n"
                                                      "  是不是“separator”？\n"
                                                      "错误：选项“limit”（读取器“lines”）应为整数，而不是“two”\n"
                                                      "错误：选项“order”（读取器“lines”）应为up|down，而不是“left”\n");
  buffer_free(&rows.text);
}

static void reading_can_be_stopped(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  rows_kept rows = {{0}, 2};
  assert_true(read_lines(a, NULL, 0, &rows, problems));
  assert_string_equal(rows.text.at, "0/1:[lines]0/2:[a][b][c]");
  assert_int_equal(problems->count, 0);
  buffer_free(&rows.text);
}

/* ---- a writer ---- */

#define TEXT(literal)                                                                                                  \
  { literal, sizeof literal - 1 }

static const hongzhu_origin origins[] = {{sizeof(hongzhu_origin), TEXT("名单.xlsx"), TEXT("表一"), TEXT("T01 | x"), 3},
                                         {sizeof(hongzhu_origin), TEXT("b.csv"), {NULL, 0}, TEXT(""), 9}};
static const hongzhu_figure figures[] = {{sizeof(hongzhu_figure), TEXT("f1"), TEXT("人数"), TEXT("200余"), TEXT("人"),
                                          TEXT("至少"), TEXT("说明"), TEXT("hongzhu trace f1"), origins, 2, 205}};
static const hongzhu_span spans[] = {{sizeof(hongzhu_span), TEXT("共"), NULL},
                                     {sizeof(hongzhu_span), {NULL, 0}, &figures[0]}};
static const hongzhu_column columns[] = {{sizeof(hongzhu_column), TEXT("校"), 0},
                                         {sizeof(hongzhu_column), TEXT("数"), 1}};
static const hongzhu_span cells[] = {{sizeof(hongzhu_span), TEXT("甲"), NULL},
                                     {sizeof(hongzhu_span), {NULL, 0}, &figures[0]}};
static hongzhu_event events[] = {
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_DOCUMENT, .text = TEXT("报告"), .note = TEXT("副题")},
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_PARAGRAPH, .level = 2, .spans = spans, .spans_count = 2},
    {.size = sizeof(hongzhu_event), .kind = HONGZHU_EVENT_FIGURES, .figures = figures, .figures_count = 1},
    {.size = sizeof(hongzhu_event),
     .kind = HONGZHU_EVENT_CHART,
     .columns = columns,
     .columns_count = 2,
     .cells = cells,
     .rows_count = 1,
     .chart = TEXT("bar"),
     .svg = TEXT("<svg/>")},
};

#define FIGURE                                                                                                             \
  " figure{ id=[f1] title=[人数] value=[200余] unit=[人] marker=[至少] definition=[说明] trace=[hongzhu trace f1]" \
  " origin{ file=[名单.xlsx] sheet=[表一] text=[T01 | x] row=3} origin{ file=[b.csv] text=[] row=9} of 205}"

static char *write_document(arena *a, const char *name, const char *deed, bool *good, faults *problems) {
  offers all = offers_of(a, "good", problems);
  const offer *writer = offers_named(&all, OFFER_WRITER, name, problems);
  assert_non_null(writer);
  const document d = {.language = "zh", .day = "2025-08-15", .events = events, .count = sizeof events / sizeof *events};
  const option_value option = {"deed", deed};
  int file = file_of("", 0);
  *good = foreign_write(writer, &d, &option, 1, file, problems);
  off_t size = lseek(file, 0, SEEK_END);
  char *text = arena_take(a, (size_t)size + 1);
  assert_int_equal(pread(file, text, (size_t)size, 0), size);
  close(file);
  return text;
}

static void a_writer_gets_the_whole_document(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  bool good;
  char *text = write_document(a, "scribe", "plain", &good, problems);
  assert_true(good);
  assert_string_equal(text, "language zh day 2025-08-15\n"
                            "1 level=0 text=[报告] note=[副题] rows=0\n"
                            "3 level=2 span text=[共] span" FIGURE " rows=0\n"
                            "4 level=0" FIGURE " rows=0\n"
                            "6 level=0 svg=[<svg/>] chart=[bar] column align=0 title=[校] column align=1 title=[数] "
                            "rows=1 span text=[甲] span" FIGURE "\n");
  assert_int_equal(problems->count, 0);
}

static void a_writer_that_goes_wrong_says_or_is_said(void **state) {
  arena *a = *state;
  static const char *const cases[][2] = {
      {"early", "error: writer \"scribe\" ended before the document did\n"},
      {"give_up", "error: writer \"scribe\": cannot write this\n"},
      {"more", "error: writer \"scribe\" asked for more than the document has\n"},
      {"crash", "error: writer \"scribe\" crashed (segmentation fault), last seen at \"block 3\"\n"
                "  nothing was changed; tell whoever made it\n"},
      {"folder", "error: writer \"scribe\": no folder\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    faults *problems = faults_new(a);
    bool good;
    write_document(a, "scribe", cases[i][0], &good, problems);
    assert_false(good);
    assert_string_equal(told(a, problems, LANGUAGE_EN), cases[i][1]);
  }
}

static size_t entries_of(const char *folder) {
  DIR *d = opendir(folder);
  assert_non_null(d);
  size_t count = 0;
  while (readdir(d)) count++;
  closedir(d);
  return count;
}

static void a_private_folder_is_there_and_gone(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  char folder[] = "/tmp/abi-XXXXXX";
  assert_non_null(mkdtemp(folder));
  setenv("TMPDIR", folder, 1);
  bool good;
  char *text = write_document(a, "foldered", "folder", &good, problems);
  unsetenv("TMPDIR");
  assert_string_equal(told(a, problems, LANGUAGE_EN), "");
  assert_true(good);
  text[strcspn(strchr(text, '\n') + 1, "\n") + (size_t)(strchr(text, '\n') + 1 - text)] = '\0';
  assert_string_equal(strchr(text, '\n') + 1, "folder: by way of a file, beside it: refused");
  assert_int_equal(entries_of(folder), 2); /* . and .. */
  assert_int_equal(rmdir(folder), 0);
}

static void equal_documents_give_equal_bytes(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  bool good;
  char *once = write_document(a, "scribe", "plain", &good, problems);
  char *again = write_document(a, "scribe", "plain", &good, problems);
  assert_string_equal(once, again);
}

/* A document larger than the pipes and a frame goes through while output comes back. */
static void a_large_document_does_not_block(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  offers all = offers_of(a, "good", problems);
  const offer *writer = offers_named(&all, OFFER_WRITER, "scribe", problems);
  const uint32_t rows = 300000;
  hongzhu_span *many = arena_array(a, (size_t)rows * 2, sizeof *many);
  for (size_t i = 0; i < (size_t)rows * 2; i++)
    many[i] = (hongzhu_span){.size = sizeof *many, .text = TEXT("一些文字，一些文字，一些文字，一些文字")};
  hongzhu_event large[] = {events[0],
                           {.size = sizeof *large,
                            .kind = HONGZHU_EVENT_TABLE,
                            .columns = columns,
                            .columns_count = 2,
                            .cells = many,
                            .rows_count = rows},
                           events[1]};
  const document d = {.language = "en", .day = "2025-08-15", .events = large, .count = 3};
  int file = file_of("", 0);
  assert_true(foreign_write(writer, &d, NULL, 0, file, problems));
  assert_true(lseek(file, 0, SEEK_END) > 40000000);
  close(file);
  assert_int_equal(problems->count, 0);
}

/* ---- a rule ---- */

/* Doors of a case with 12 of what is asked for, where "enough" is 10. */
static hongzhu_selection door_records(void *host, hongzhu_text where) {
  (void)host;
  return where.length == 20 ? 1 : 0;
}

static int door_parameter(void *host, const char *name, const char *word, hongzhu_number *out) {
  (void)host;
  if (strcmp(name, "enough") != 0 || word) return HONGZHU_STOP;
  *out = (hongzhu_number){10, 1};
  return HONGZHU_OK;
}

static int door_need(void *host, const char *id, hongzhu_selection had, const char *compare, hongzhu_number needed) {
  char line[64];
  snprintf(line, sizeof line, "%s: %u %s %lld", id, had, compare, (long long)needed.above);
  worker_child_send(host, FRAME_FIRST_OF_ROLE, line, strlen(line));
  return HONGZHU_OK;
}

static int role_rule(worker_child *c, int argc, char **argv) {
  arena *a = arena_new();
  faults *problems = faults_new(a);
  plugin p;
  const hongzhu_rule *rule =
      argc == 2 && plugin_load(a, argv[0], &p, problems) ? plugin_rule(&p, argv[1], problems) : NULL;
  if (!rule || !worker_child_seal(c)) {
    for (size_t i = 0; i < problems->count; i++) worker_child_fault(c, &problems->items[i]);
    return EXIT_FAILURE;
  }
  const hongzhu_case doors = {
      .size = sizeof doors, .host = c, .records = door_records, .parameter = door_parameter, .need = door_need};
  if (rule->decide(rule->context, &doors) != HONGZHU_OK) return EXIT_FAILURE;
  worker_child_end(c);
  return EXIT_SUCCESS;
}

static worker *ask_rule(arena *a, const char *name, faults *problems) {
  const char *const arguments[] = {found_file(a, "example_rule/example_rule.so"), name, NULL};
  const char *const libraries[] = {arguments[0], NULL};
  worker_order order = {
      .role = "try_rule", .doing = {{"规则", "rule"}}, .arguments = arguments, .libraries = libraries, .seconds = 5};
  return worker_start(&order, problems);
}

static void a_rule_decides_through_its_doors(void **state) {
  arena *a = *state;
  faults *problems = faults_new(a);
  worker *w = ask_rule(a, "example", problems);
  frame f;
  bool good;
  assert_true(worker_receive(w, &f, &good, problems));
  assert_memory_equal(f.bytes, "enough: 1 >= 10", f.length);
  assert_false(worker_receive(w, &f, &good, problems));
  assert_true(good);
  assert_true(worker_finish(w, problems));
  w = ask_rule(a, "exampel", problems);
  assert_false(worker_receive(w, &f, &good, problems));
  assert_false(good);
  assert_false(worker_finish(w, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN), "error: plugin \"example_rule.so\" offers no rule \"exampel\"\n"
                                                      "  did you mean \"example\"?\n");
}

int main(int argc, char **argv) {
  static const worker_role_row roles[] = {{"try_rule", role_rule}, {NULL, NULL}};
  if (argc > 2 && strcmp(argv[1], "--worker") == 0)
    return worker_child_main(strcmp(argv[2], "try_rule") == 0 ? roles : foreign_roles, argc, argv);
  const struct CMUnitTest tests[] = {
      ABI_TEST(a_reader_gives_its_rows),
      ABI_TEST(options_are_checked_and_reach_it),
      ABI_TEST(reading_can_be_stopped),
      ABI_TEST(a_writer_gets_the_whole_document),
      ABI_TEST(a_writer_that_goes_wrong_says_or_is_said),
      ABI_TEST(a_private_folder_is_there_and_gone),
      ABI_TEST(equal_documents_give_equal_bytes),
      ABI_TEST(a_large_document_does_not_block),
      ABI_TEST(a_rule_decides_through_its_doors),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
