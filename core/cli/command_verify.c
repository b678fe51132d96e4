/* verify: everything stored against its hashes, and every issued report computed again. */
#include "cli/open.h"
#include "cli/print.h"
#include "ledger/head.h"
#include "task/report_issue.h"

#include <unistd.h>

static const option_row options[] = {
    {"--stored-only",
     NULL,
     {{"只核对所存内容，不重新计算已发布的报告", "only what is stored; issued reports are not computed again"}},
     false},
    {"--head",
     "HEAD",
     {{"另核对：记下此链头时所有的内容都还在", "also: all that was there when this head was noted is there"}},
     false},
};

static void step(void *context, int64_t done, int64_t all) {
  print_progress(context, "checked", "已核对", (uint64_t)done, (uint64_t)all);
}

typedef struct verified {
  size_t same, different, failed;
  json_t *list;
} verified;

static void compute_again(call *c, ledger *l, const issued *row, const offers *all, verified *v) {
  arena *memory = arena_new();
  report_again_result result;
  char on[11];
  day_write(row->on, on);
  const char *outcome_word = "same";
  if (!report_again(l, row, all, memory, &result, c->problems)) {
    outcome_word = "failed";
    v->failed++;
    fault_add(c->problems, NOWHERE, "issued report %lld (\"%s\", as of %s) cannot be computed again",
              "已发布的报告 %lld（“%s”，%s）无法重新计算", (long long)row->id, row->report, on);
    fault_next(c->problems, "the reason stands above", "原因见上");
  } else {
    close(result.bytes);
    if (result.difference == 0) {
      v->same++;
    } else {
      outcome_word = "different";
      v->different++;
      fault_add(c->problems, NOWHERE,
                "issued report %lld (\"%s\", as of %s) differs from byte %lld on when computed again",
                "已发布的报告 %lld（“%s”，%s）重新计算后从第 %lld 字节起不同", (long long)row->id, row->report, on,
                (long long)result.difference);
      fault_next(c->problems, "compare them: hongzhu report --again %lld --output FILE",
                 "可对照两份：hongzhu report --again %lld --output 文件", (long long)row->id);
    }
  }
  json_array_append_new(v->list, json_pack("{s:I,s:s,s:s,s:s}", "number", (json_int_t)row->id, "report", row->report,
                                           "on", on, "computed_again", outcome_word));
  arena_free(memory);
}

static void compute_all(call *c, ledger *l, verified *v) {
  issued *rows;
  offers all;
  size_t count = ledger_issued(l, c->memory, &rows, c->problems);
  if (!count) return;
  offers_find(c->memory, &all, c->problems);
  for (size_t i = 0; i < count; i++) {
    print_progress(c, "issued reports computed again", "已重新计算的报告", i, count);
    compute_again(c, l, &rows[i], &all, v);
  }
  print_progress_end(c);
}

static int verify(call *c) {
  ledger *l = open_ledger(c, LEDGER_READ);
  if (!l) return EXIT_LEDGER;
  verified v = {.list = json_array()};
  import *imports;
  bool whole = ledger_verify(l, step, c, c->problems);
  print_progress_end(c);
  size_t count = ledger_imports(l, c->memory, &imports, c->problems);
  char chain[DIGEST_TEXT] = "";
  if (whole) digest_text(ledger_chain(l, ledger_last(l)), chain);
  if (whole)
    print_line(c, "everything stored is as it was: imports %s, chain %.16s", "所存内容完好：导入 %s 次，链 %.16s",
               print_count(c->memory, (int64_t)count), chain);
  const char *noted = call_value(c, "--head");
  bool same_head = !noted || ledger_head_holds(l, noted, c->problems);
  char *head = whole ? ledger_head(l, c->memory, c->problems) : NULL;
  if (noted && same_head) print_line(c, "all that was there when the head was noted is there", "记下链头时的内容都在");
  if (head)
    print_line(c, "head %s: noted elsewhere, it shows later that nothing was cut off (verify --head)",
               "链头 %s：记在别处，日后可用 verify --head 查明有无截去", head);
  if (whole && !call_has(c, "--stored-only")) {
    compute_all(c, l, &v);
    if (v.same && !v.different && !v.failed)
      print_line(c, "issued reports computed again, the same byte for byte: %zu",
                 "已发布的报告重新计算，逐字节相同：%zu 份", v.same);
    else if (v.different || v.failed)
      print_line(c, "issued reports computed again: %zu the same, %zu different, %zu could not be computed",
                 "已发布的报告重新计算：%zu 份相同，%zu 份不同，%zu 份无法计算", v.same, v.different, v.failed);
    else
      print_line(c, "no report has been issued", "尚未发布任何报告");
  }
  json_t *answer =
      json_pack("{s:b,s:I,s:s*,s:o}", "whole", whole, "imports", (json_int_t)count, "head", head, "issued", v.list);
  if (noted) json_object_set_new(answer, "head_holds", json_boolean(same_head));
  print_json(c, answer);
  json_decref(answer);
  ledger_close(l);
  return whole && same_head && !v.different && !v.failed ? call_exit(c) : EXIT_NO;
}

const command command_verify = {
    .name = "verify",
    .usage = "[--stored-only] [--head HEAD]",
    .help =
        {{"核对台账：所存一切与其散列值相符，已发布的报告重新计算后逐字节相同",
          "check the ledger: everything stored against its hashes, and issued reports computed again byte for byte"}},
    .examples = {{"hongzhu verify                  # 全部核对\n"
                  "hongzhu verify --stored-only    # 不重新计算报告\n"
                  "hongzhu verify --head 13.1.1.2-5f0c…   # 并核对先前记下的链头",
                  "hongzhu verify                  # everything\n"
                  "hongzhu verify --stored-only    # without computing reports again\n"
                  "hongzhu verify --head 13.1.1.2-5f0c…   # and against a head noted before"}},
    OPTIONS(options),
    .least = 0,
    .most = 0,
    .run = verify,
};
