/* Pack images, what rules on a day, decisions, issued reports. */
#include "unit/ledger_support.h"

static void expect(bench *b, const char *en, const char *zh) {
  assert_string_equal(bench_fault(b, LANGUAGE_EN), en);
  assert_string_equal(bench_fault(b, LANGUAGE_ZH), zh);
  bench_forgive(b);
}

static digest put_image(bench *b, const char *pack, const char *data) {
  image_row image = {.pack = pack, .version = "1", .data = data, .text = "{}"};
  assert_true(ledger_put_image(b->ledger, &image, b->problems));
  return image.id;
}

static void images_stand_under_their_digest(void **state) {
  (void)state;
  bench b = bench_new();
  digest first = put_image(&b, "a", "{\"x\":1}"), second = put_image(&b, "a", "{\"x\":2}");
  assert_false(digest_same(first, second));
  assert_true(digest_same(first, put_image(&b, "a", "{\"x\":1}")));
  /* Data and text cannot be exchanged for each other. */
  image_row moved = {.pack = "a", .version = "1", .data = "{}", .text = "{\"x\":1}"};
  assert_true(ledger_put_image(b.ledger, &moved, b.problems));
  assert_false(digest_same(first, moved.id));
  bench_again(&b, LEDGER_READ);
  image_row read;
  assert_true(ledger_image(b.ledger, first, b.memory, &read, b.problems));
  assert_string_equal(read.data, "{\"x\":1}");
  assert_string_equal(read.pack, "a");
  assert_false(ledger_image(b.ledger, digest_named("none"), b.memory, &read, b.problems));
  char digits[DIGEST_TEXT];
  digest_text(digest_named("none"), digits);
  expect(&b, arena_format(b.memory, "error: ledger \"%s\" has no pack image \"%.12s\"", b.path, digits),
         arena_format(b.memory, "错误：台账“%s”中没有规则包映像“%.12s”", b.path, digits));
  bench_raw(&b, "UPDATE image SET data = '{\"x\":3}' WHERE id = 1");
  assert_false(ledger_image(b.ledger, first, b.memory, &read, b.problems));
  digest_text(first, digits);
  expect(&b,
         arena_format(b.memory,
                      "error: pack image \"%.12s\" in ledger \"%s\" is damaged: its text does not give its digest\n"
                      "  run: hongzhu verify; then go back to the last backup",
                      digits, b.path),
         arena_format(b.memory,
                      "错误：规则包映像“%.12s”（台账“%s”）已损坏：内容与其摘要不符\n"
                      "  请运行 hongzhu verify 查明损坏之处，然后恢复最近的备份",
                      digits, b.path));
  bench_end(&b);
}

static const char *ruling(bench *b, day on) {
  image_row image;
  return ledger_ruling(b->ledger, on, b->memory, &image, b->problems) ? image.pack : NULL;
}

static void the_newest_whose_day_has_come_rules(void **state) {
  (void)state;
  bench b = bench_new();
  assert_null(ruling(&b, day_of(2025, 1, 1)));
  expect(&b,
         arena_format(b.memory,
                      "error: no pack rules ledger \"%s\" on 2025-01-01\n"
                      "  put one into force with: hongzhu pack use PACK --from DAY",
                      b.path),
         arena_format(b.memory,
                      "错误：台账“%s”在 2025-01-01 没有规则包生效\n"
                      "  请用 hongzhu pack use 规则包 --from 日期 使其生效",
                      b.path));
  const struct {
    const char *pack;
    day from;
  } made[] = {{"old", day_of(2020, 1, 1)},
              {"new", day_of(2025, 1, 1)},
              {"between", day_of(2022, 1, 1)}, /* made later about an earlier time: it rules that time only */
              {"corrected", day_of(2025, 1, 1)}};
  for (size_t k = 0; k < 4; k++) {
    digest image = put_image(&b, made[k].pack, arena_format(b.memory, "{\"k\":%zu}", k));
    binding rule = {.image = image, .from = made[k].from, .who = "clerk", .organization = k == 1 ? "S1" : NULL};
    assert_true(ledger_bind(b.ledger, &rule, b.problems));
  }
  assert_string_equal(ruling(&b, day_of(2021, 12, 31)), "old");
  assert_string_equal(ruling(&b, day_of(2024, 12, 31)), "between");
  assert_string_equal(ruling(&b, day_of(2025, 1, 1)), "corrected");
  assert_null(ruling(&b, day_of(2019, 1, 1)));
  bench_forgive(&b);
  binding *all;
  assert_int_equal(ledger_bindings(b.ledger, b.memory, &all, b.problems), 4);
  assert_string_equal(all[1].organization, "S1");
  assert_int_equal(all[2].from, day_of(2022, 1, 1));
  binding foreign = {.image = digest_named("none")};
  assert_false(ledger_bind(b.ledger, &foreign, b.problems));
  bench_end(&b);
}

static void newer_decisions_supersede(void **state) {
  (void)state;
  bench b = bench_new();
  digest image = put_image(&b, "a", "{}");
  decision_row rows[6] = {
      {.rule = "cycle", .of = FACT_PERSON, .subject = 2, .outcome = 1, .needs = "one", .needs_size = 3},
      {.rule = "cycle", .of = FACT_PERSON, .subject = 1, .outcome = 1},
      {.rule = "action", .of = FACT_PERSON, .subject = 2, .outcome = 1},
      {.rule = "cycle", .of = FACT_COHORT, .subject = 2, .outcome = 1},
      {.rule = "cycle", .of = FACT_PERSON, .subject = 2, .outcome = 2, .needs = "", .needs_size = 0},
      {.rule = "cycle", .of = FACT_PERSON, .subject = 1, .outcome = 3, .needs = "a\0b", .needs_size = 3},
  };
  for (int k = 0; k < 6; k++) {
    rows[k].image = image;
    rows[k].on = day_of(2025, 12, 31);
    rows[k].valid_until = DAY_EVER;
  }
  assert_true(ledger_put_decisions(b.ledger, rows, 5, b.problems));
  assert_true(ledger_put_decisions(b.ledger, rows + 5, 1, b.problems));
  bench_again(&b, LEDGER_READ);
  decision_row *all;
  assert_int_equal(ledger_decisions(b.ledger, b.memory, &all, b.problems), 4);
  assert_string_equal(all[0].rule, "action");
  assert_int_equal(all[1].subject, 1);
  assert_int_equal(all[1].outcome, 3);
  assert_int_equal(all[1].needs_size, 3);
  assert_memory_equal(all[1].needs, "a\0b", 3);
  assert_int_equal(all[2].subject, 2);
  assert_int_equal(all[2].outcome, 2);
  assert_int_equal(all[2].needs_size, 0);
  assert_non_null(all[2].needs);
  assert_int_equal(all[2].valid_until, DAY_EVER);
  assert_true(digest_same(all[2].image, image));
  assert_int_equal(all[3].of, FACT_COHORT);
  assert_null(all[3].needs);
  bench_again(&b, LEDGER_WRITE);
  rows[0].image = digest_named("none");
  assert_false(ledger_put_decisions(b.ledger, rows, 1, b.problems));
  expect(&b, "error: a decision of rule \"cycle\" names a pack image that the ledger does not have",
         "错误：规则“cycle”的一项判定引用了台账中没有的规则包映像");
  assert_int_equal(ledger_decisions(b.ledger, b.memory, &all, b.problems), 4);
  bench_end(&b);
}

static void issued_reports_are_listed(void **state) {
  (void)state;
  bench b = bench_new();
  issued report = {.report = "summary",
                   .scope = "{\"cohort\":\"C\"}",
                   .format = "html",
                   .on = day_of(2025, 9, 1),
                   .known_after = 4,
                   .image = put_image(&b, "a", "{}"),
                   .content = digest_named("bytes"),
                   .who = "clerk"};
  assert_true(ledger_put_issued(b.ledger, &report, b.problems));
  assert_int_equal(report.id, 1);
  assert_true(ledger_put_issued(b.ledger, &report, b.problems));
  assert_int_equal(report.id, 2);
  issued *all;
  assert_int_equal(ledger_issued(b.ledger, b.memory, &all, b.problems), 2);
  assert_string_equal(all[1].scope, "{\"cohort\":\"C\"}");
  assert_int_equal(all[1].known_after, 4);
  assert_true(digest_same(all[1].content, digest_named("bytes")));
  report.image = digest_named("none");
  assert_false(ledger_put_issued(b.ledger, &report, b.problems));
  expect(&b, "error: report \"summary\" cannot be issued: its pack image or its content is not in the ledger",
         "错误：报告“summary”无法发布：台账中没有它的规则包映像或内容");
  bench_end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(images_stand_under_their_digest),
      cmocka_unit_test(the_newest_whose_day_has_come_rules),
      cmocka_unit_test(newer_decisions_supersede),
      cmocka_unit_test(issued_reports_are_listed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
