/* report: a report of the pack, printed, written to a file, issued, or issued again and compared. */
#include "cli/open.h"
#include "cli/print.h"
#include "cli/scope_options.h"
#include "cli/unmasked.h"
#include "ledger/head.h"
#include "task/document_json.h"
#include "task/evaluating.h"
#include "task/report_file.h"
#include "task/report_issue.h"
#include "task/ruling.h"

#include <unistd.h>

static const option_row options[] = {
    SCOPE_OPTION_ROWS,
    {"--format",
     "WRITER",
     {{"输出格式：text、html、csv 等；默认按文件扩展名，终端上为 text",
       "the format: text, html, csv or another writer's; by the output's extension, text on the terminal"}},
     false},
    {"--output", "FILE", {{"写到这个文件", "write it to this file"}}, false},
    {"--option",
     "NAME=VALUE",
     {{"输出器的选项（hongzhu plugin show）", "an option of the writer (hongzhu plugin show)"}},
     true},
    {"--issue",
     NULL,
     {{"发布：保存内容和依据，以后可重新计算核对", "issue it: keep the bytes and what they rest on"}},
     false},
    {"--list", NULL, {{"列出规则包的报告和已发布的报告", "list the pack's reports and those issued"}}, false},
    {"--again",
     "N",
     {{"重新计算已发布的报告 N，并与当时的内容逐字节比较",
       "compute issued report N again and compare it byte for byte"}},
     false},
};

/* ---- --list ---- */

static void list_declared(call *c, const pack *p, json_t *all) {
  static const table_column columns[] = {
      {{{"报告", "report"}}, false}, {{{"名称", "title"}}, false}, {{{"范围", "of"}}, false}};
  table *t = table_new(c, columns, 3);
  json_t *list = json_array();
  for (size_t i = 0; i < p->reports_count; i++) {
    const report_declaration *r = &p->reports[i];
    const char *of = r->of == FACT_NONE ? "" : fact_type_name(r->of);
    table_row(c, t, (const char *const[]){r->id, r->title.in[c->in], of});
    json_t *one = json_pack("{s:s,s:s}", "id", r->id, "of", of);
    json_object_set_new(one, "title", json_words(r->title));
    json_array_append_new(list, one);
  }
  print_table(c, t);
  if (!p->reports_count) print_line(c, "the pack \"%s\" declares no report", "规则包“%s”没有声明报告", p->id);
  json_object_set_new(all, "reports", list);
}

static void list_issued(call *c, ledger *l, json_t *all) {
  static const table_column columns[] = {{{{"编号", "number"}}, true},  {{{"报告", "report"}}, false},
                                         {{{"范围", "scope"}}, false},  {{{"日期", "on"}}, false},
                                         {{{"格式", "format"}}, false}, {{{"导入截至", "known after"}}, true},
                                         {{{"发布者", "by"}}, false},   {{{"发布时间", "at"}}, false}};
  issued *rows;
  size_t count = ledger_issued(l, c->memory, &rows, c->problems);
  table *t = table_new(c, columns, 8);
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++) {
    const issued *r = &rows[i];
    char on[11], content[DIGEST_TEXT];
    day_write(r->on, on);
    digest_text(r->content, content);
    json_t *scope = json_loads(r->scope, 0, NULL);
    const char *code = json_member_text(scope, "code");
    table_row(c, t,
              (const char *const[]){arena_format(c->memory, "%lld", (long long)r->id), r->report, code, on, r->format,
                                    arena_format(c->memory, "%lld", (long long)r->known_after), r->who, r->at});
    json_t *one = json_pack("{s:I,s:s,s:s,s:s,s:I,s:s,s:s,s:s}", "number", (json_int_t)r->id, "report", r->report, "on",
                            on, "format", r->format, "known_after", (json_int_t)r->known_after, "content", content,
                            "who", r->who, "at", r->at);
    json_object_set_new(one, "scope", scope ? scope : json_null());
    json_array_append_new(list, one);
  }
  if (count) print_line(c, "%s", "%s", "");
  if (count)
    print_line(c, "issued", "已发布");
  else
    print_line(c, "no report has been issued", "尚未发布任何报告");
  print_table(c, t);
  json_object_set_new(all, "issued", list);
}

static int list_reports(call *c, ledger *l, day on) {
  const pack *p = ruling_pack(c->memory, l, on, call_value(c, "--pack"), NULL, c->problems);
  json_t *all = json_object();
  if (p) list_declared(c, p, all);
  list_issued(c, l, all);
  print_json(c, all);
  json_decref(all);
  return call_exit(c);
}

/* ---- --again ---- */

/* What is computed again without --output is compared and not shown. */
static bool again_noted(call *c, const ledger *l, const issued *row) {
  report_order order;
  if (!report_order_of(c->memory, row, &order, c->problems)) return false;
  return order.request.detail != DETAIL_FULL ||
         unmasked_noted(c, l, row->report, arena_format(c->memory, "issued report %lld", (long long)row->id));
}

static int again(call *c, ledger *l, const offers *all) {
  int64_t which;
  issued row;
  report_again_result result;
  const char *output = call_value(c, "--output");
  if (!call_whole(c, "--again", 1, INT64_MAX / 2, 0, &which)) return EXIT_USAGE;
  if (output && !ledger_spares(l, output, c->problems)) return call_exit(c);
  if (!report_issued(l, which, c->memory, &row, c->problems) || (output && !again_noted(c, l, &row)) ||
      !report_again(l, &row, all, c->memory, &result, c->problems))
    return call_exit(c);
  char on[11], content[DIGEST_TEXT];
  day_write(row.on, on);
  digest_text(row.content, content);
  if (result.difference == 0) {
    print_line(c, "report %lld (\"%s\", as of %s) was computed again and is the same, byte for byte",
               "报告 %lld（“%s”，%s）已重新计算，与发布时逐字节相同", (long long)which, row.report, on);
  } else if (result.kept_changed) {
    fault_add(c->problems, NOWHERE, "the kept copy of report %lld (\"%s\", as of %s) was changed after it was issued",
              "已发布报告 %lld（“%s”，%s）的保存件在发布后被改动", (long long)which, row.report, on);
    fault_next(c->problems, "bring the kept file back from the backup; hongzhu verify names it",
               "请从备份恢复该文件；hongzhu verify 会指出是哪个文件");
  } else {
    fault_add(c->problems, NOWHERE, "report %lld (\"%s\", as of %s) was computed again and differs from byte %lld on",
              "报告 %lld（“%s”，%s）重新计算后与发布时不同，从第 %lld 字节起", (long long)which, row.report, on,
              (long long)result.difference);
    fault_next(c->problems,
               "keep what was computed with --output FILE and compare; a newer writer may print differently",
               "可用 --output 文件 保存新算的一份以便对照；输出器更新后也可能有差异");
  }
  json_t *said_of = json_pack("{s:I,s:s,s:s,s:s,s:b}", "number", (json_int_t)which, "report", row.report, "on", on,
                              "content", content, "same", result.difference == 0);
  print_json(c, said_of);
  json_decref(said_of);
  bool placed = !output || report_place(result.bytes, output, c->problems);
  close(result.bytes);
  return !placed ? EXIT_INPUT : result.difference == 0 ? EXIT_DONE : EXIT_NO;
}

/* ---- a report ---- */

/* NULL with a fault: a writer that is not there is bad input, one that is not used well is wrong usage. */
static const offer *choose_writer(call *c, const offers *all, report_order *order, int *code) {
  size_t count;
  const char *const *given = call_values(c, "--option", &count);
  const offer *writer = report_writer(all, call_value(c, "--format"), call_value(c, "--output"), c->problems);
  *code = call_has(c, "--format") ? EXIT_INPUT : EXIT_USAGE;
  if (!writer) return NULL;
  *code = EXIT_USAGE;
  order->format = writer->name;
  order->options = arena_array(c->memory, count + 1, sizeof *order->options);
  for (size_t i = 0; i < count; i++)
    if (!report_option(writer, given[i], c->memory, &order->options[order->options_count++], c->problems)) return NULL;
  if (call_has(c, "--output") || c->json || text_same(writer->name, "text") || text_same(writer->name, "csv") ||
      text_same(writer->name, "json") || !isatty(fileno(c->out)))
    return writer;
  fault_add(c->problems, NOWHERE, "a report in the format \"%s\" is not for the terminal",
            "“%s”格式的报告不适合显示在终端上", writer->name);
  fault_next(c->problems, "write it to a file with --output FILE.%s", "请用 --output 文件.%s 写到文件",
             writer->extensions ? writer->extensions : writer->name);
  return NULL;
}

/* Names report and scope as an issued report keeps them, whether the call gave them or not. What is shown unmasked is
 * written down. */
static bool name_all(call *c, const ledger *l, report_order *order, const evaluating *e) {
  faults *problems = c->problems;
  report_request *r = &order->request;
  const report_declaration *of = report_named(e->pack, r->report, problems);
  figure_scope scope;
  if (!of) return false;
  r->report = of->id;
  if (r->of != FACT_NONE && r->of != of->of) return true; /* said by report_make */
  r->of = of->of;
  if (!report_scope(e->subjects, of->of, r->code, &scope, problems)) return false;
  if (r->detail == DETAIL_FULL &&
      !unmasked_noted(c, l, r->report, unmasked_subject(c->memory, e->subjects, scope.type, scope.row)))
    return false;
  if (scope.type == FACT_NONE) return true;
  const fact_columns *t = &e->subjects->of[scope.type];
  uint32_t word = t->code[scope.row] ? t->code[scope.row] : t->name[scope.row];
  r->code = e->subjects->words[word];
  return true;
}

static void show_outcome(call *c, ledger *l, const report_order *order, const issued *row, const char *output) {
  char on[11], content[DIGEST_TEXT];
  day_write(order->request.on, on);
  json_t *said_of = json_pack("{s:s,s:s,s:s}", "report", order->request.report, "on", on, "format", order->format);
  if (order->request.code) json_object_set_new(said_of, "scope", json_string(order->request.code));
  if (output) json_object_set_new(said_of, "output", json_string(output));
  char *head = row ? ledger_head(l, c->memory, c->problems) : NULL;
  if (row) {
    digest_text(row->content, content);
    json_object_set_new(said_of, "issued", json_integer((json_int_t)row->id));
    json_object_set_new(said_of, "content", json_string(content));
    if (head) json_object_set_new(said_of, "head", json_string(head));
  }
  print_json(c, said_of);
  json_decref(said_of);
  if (output)
    print_line(c, "report \"%s\" as of %s was written to %s", "报告“%s”（%s）已写入 %s", order->request.report, on,
               output);
  if (row && output)
    print_line(c, "issued under the number %lld; compute it again with: hongzhu report --again %lld",
               "已发布，编号 %lld；重新计算并核对：hongzhu report --again %lld", (long long)row->id,
               (long long)row->id);
  if (head && output)
    print_line(c, "head of the ledger, to be noted with the report: %s", "台账链头，可与报告一并记下：%s", head);
}

static int deliver(call *c, ledger *l, const evaluating *e, const report_order *order, const offer *writer,
                   const document *d) {
  const char *output = call_value(c, "--output");
  bool issue = call_has(c, "--issue");
  issued row = {.id = 0};
  if (output && !ledger_spares(l, output, c->problems)) return call_exit(c);
  if (c->json && !output && !issue) {
    json_t *whole = document_json(d);
    print_json(c, whole);
    json_decref(whole);
    return call_exit(c);
  }
  int bytes = report_bytes(writer, d, order->options, order->options_count, c->problems);
  if (bytes < 0) return call_exit(c);
  bool good = !issue || report_issue(l, order, e->pack->image, e->known_after, bytes, &row, c->problems);
  bool kept = good && issue;
  if (good && output)
    good = report_place(bytes, output, c->problems);
  else if (good && !c->json)
    good = report_pour(bytes, c->out, c->problems);
  close(bytes);
  if (kept && !good)
    fault_next(c->problems,
               "it is issued, under the number %lld: get its bytes with hongzhu report --again %lld --output FILE",
               "报告已发布，编号为 %lld：可用 hongzhu report --again %lld --output 文件 取得内容", (long long)row.id,
               (long long)row.id);
  if (good) show_outcome(c, l, order, issue ? &row : NULL, output);
  return call_exit(c);
}

static int report_of(call *c, ledger *l, report_order *order, int64_t known_after, const offers *all) {
  evaluating e = {0};
  document d;
  int code = EXIT_USAGE;
  const offer *writer = choose_writer(c, all, order, &code);
  if (!writer) return call_exit(c) == EXIT_FOREIGN ? EXIT_FOREIGN : code;
  if (evaluating_open(
          c->memory, l,
          (evaluating_state){order->request.on, known_after, NULL, order->request.pack, order->request.code}, &e,
          c->problems) &&
      name_all(c, l, order, &e) && report_make(l, e.pack, e.subjects, &order->request, c->memory, &d, c->problems))
    code = deliver(c, l, &e, order, writer, &d);
  else
    code = call_exit(c);
  evaluating_close(&e, c->problems);
  return code;
}

static int run_report(call *c) {
  report_order order = {.format = NULL};
  int64_t known_after;
  offers all;
  if (!scope_options(c, &order.request, &known_after)) return EXIT_USAGE;
  order.request.report = c->arguments_count ? c->arguments[0] : NULL;
  ledger *l = open_ledger(c, call_has(c, "--issue") ? LEDGER_WRITE : LEDGER_READ);
  if (!l) return EXIT_LEDGER;
  int code;
  if (call_has(c, "--list"))
    code = list_reports(c, l, order.request.on);
  else if (!offers_find(c->memory, &all, c->problems) && c->problems->errors)
    code = call_exit(c);
  else if (call_has(c, "--again"))
    code = again(c, l, &all);
  else
    code = report_of(c, l, &order, known_after, &all);
  ledger_close(l);
  return code;
}

const command command_report = {
    .name = "report",
    .usage = "[REPORT [CODE]] [--on DAY] [--format WRITER] [--output FILE] [--issue]",
    .help = {{"编制报告：显示、写入文件、发布，或重新计算已发布的报告",
              "make a report: print it, write it, issue it, or compute an issued one again"}},
    .examples = {{"hongzhu report annual HZZG-2 --on 2025-12-31                  # 显示\n"
                  "hongzhu report annual --on 2025-12-31 --output annual.html    # 写成网页\n"
                  "hongzhu report annual --on 2025-12-31 --issue --output a.html # 发布\n"
                  "hongzhu report --again 1                                      # 重新计算并核对\n"
                  "hongzhu report --list                                         # 有哪些报告",
                  "hongzhu report annual HZZG-2 --on 2025-12-31                  # print it\n"
                  "hongzhu report annual --on 2025-12-31 --output annual.html    # as a page\n"
                  "hongzhu report annual --on 2025-12-31 --issue --output a.html # issue it\n"
                  "hongzhu report --again 1                                      # compute it again and compare\n"
                  "hongzhu report --list                                         # what there is"}},
    OPTIONS(options),
    .least = 0,
    .most = 2,
    .run = run_report,
};
