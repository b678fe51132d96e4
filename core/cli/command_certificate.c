/* certificate: numbers given to those who met a rule: issued, listed, checked, revoked. */
#include "cli/print.h"
#include "task/certify.h"

#include <string.h>

static const char *day_shown(const call *c, day d) {
  char text[11];
  if (d == DAY_NONE) return NULL;
  day_write(d, text);
  return arena_text(c->memory, text);
}

static const char *state_shown(const call *c, const numbered *n) {
  const char *word = number_state_said(n->state).in[c->in];
  if (n->state != NUMBER_REVOKED) return word;
  return arena_format(c->memory, c->in == LANGUAGE_ZH ? "%s（%s，%s）" : "%s (%s, %s)", word, day_shown(c, n->revoked),
                      n->reason ? n->reason : "-");
}

static json_t *number_json(const call *c, const numbered *n) {
  json_t *one = json_pack("{s:s, s:s, s:s*, s:s*, s:s*, s:s*, s:s}", "number", n->number, "register", n->register_id,
                          "person", n->person, "cohort", n->cohort, "programme", n->programme, "issued",
                          day_shown(c, n->on), "state", number_state_names[n->state]);
  if (n->state == NUMBER_REVOKED) {
    json_object_set_new(one, "revoked", json_string(day_shown(c, n->revoked)));
    json_object_set_new(one, "reason", json_string(n->reason ? n->reason : ""));
  }
  return one;
}

static void show_numbers(call *c, const numbered *rows, size_t count, json_t *list) {
  static const table_column columns[] = {{{{"编号", "number"}}, false},   {{{"登记", "register"}}, false},
                                         {{{"持有人", "holder"}}, false}, {{{"批次", "cohort"}}, false},
                                         {{{"日期", "issued"}}, false},   {{{"状态", "state"}}, false}};
  table *t = table_new(c, columns, 6);
  for (size_t i = 0; i < count; i++) {
    const numbered *n = &rows[i];
    table_row(
        c, t,
        (const char *const[]){n->number, n->register_id, n->person, n->cohort, day_shown(c, n->on), state_shown(c, n)});
    json_array_append_new(list, number_json(c, n));
  }
  print_table(c, t);
}

/* ---- issue ---- */

static void show_others(call *c, const certify_outcome *out, json_t *list) {
  static const table_column columns[] = {{{{"人员", "person"}}, false},
                                         {{{"未编号的原因", "not numbered because"}}, false}};
  table *t = table_new(c, columns, 2);
  for (size_t i = 0; i < out->others_count; i++) {
    const passed_over *p = &out->others[i];
    const char *why = outcome_said(p->outcome).in[c->in];
    if (p->number)
      why = arena_format(c->memory,
                         p->revoked ? (c->in == LANGUAGE_ZH ? "%s 已注销（--again 重新编号）"
                                                            : "%s was revoked (--again gives another)")
                                    : (c->in == LANGUAGE_ZH ? "已有 %s" : "has %s"),
                         p->number);
    table_row(c, t, (const char *const[]){p->person, why});
    json_t *one =
        json_pack("{s:s, s:s, s:s*}", "person", p->person, "outcome", outcome_name(p->outcome), "number", p->number);
    json_array_append_new(list, one);
  }
  print_table(c, t);
}

static void show_issue(call *c, const certify_outcome *out, bool dry) {
  json_t *given = json_array(), *others = json_array(), *all = json_object();
  const char *title = out->of->title.in[c->in];
  if (!out->given_count)
    print_line(c, "%s: nobody in cohort \"%s\" is to be given a number now", "%s：批次“%s”目前没有应编号的人员", title,
               out->cohort);
  else if (dry)
    print_line(c, "%s: numbers that would be given: %zu, in cohort \"%s\"; nothing was stored",
               "%s：将发出 %zu 个编号（批次“%s”）；本次未存入任何内容", title, out->given_count, out->cohort);
  else
    print_line(c, "%s: numbers given: %zu, in cohort \"%s\" (import %lld)",
               "%s：已发出 %zu 个编号（批次“%s”，第 %lld 次导入）", title, out->given_count, out->cohort,
               (long long)out->done.id);
  show_numbers(c, out->given, out->given_count, given);
  if (out->given_count && out->others_count) print_line(c, "%s", "%s", "");
  show_others(c, out, others);
  json_object_set_new(all, "register", json_string(out->of->id));
  json_object_set_new(all, "cohort", json_string(out->cohort));
  json_object_set_new(all, "given", given);
  json_object_set_new(all, "others", others);
  json_object_set_new(all, "stored", json_boolean(!dry && out->given_count > 0));
  print_json(c, all);
  json_decref(all);
}

static const option_row issue_options[] = {
    {"--pack",
     "PACK",
     {{"有多个规则包生效时，指明按哪一个", "whose rules are meant where several packs are in force"}},
     false},
    {"--on", "DAY", {{"判定和发证的日期，默认今天", "the day of the decision and of issue; today by default"}}, false},
    {"--again", NULL, {{"编号已注销的人员也重新编号", "give another number to those whose number was revoked"}}, false},
    {"--note", "TEXT", {{"写入日志的说明", "a remark for the log"}}, false},
    {"--dry-run", NULL, {{"照常检查，但不存入", "do everything and store nothing"}}, false},
};

static int issue(call *c) {
  day on;
  if (!call_day(c, "--on", &on)) return EXIT_USAGE;
  bool dry = call_has(c, "--dry-run");
  ledger *l = ledger_open(c->ledger, LEDGER_WRITE, c->problems);
  if (!l) return EXIT_LEDGER;
  evaluating e = {0};
  certify_outcome out;
  const certify_request request = {c->arguments[0], c->arguments[1], call_has(c, "--again"), dry,
                                   call_value(c, "--note")};
  bool good = evaluating_open(c->memory, l, (evaluating_state){on, -1, NULL, call_value(c, "--pack"), c->arguments[1]},
                              &e, c->problems) &&
              certify_issue(&e, request, &out, c->problems);
  if (good) show_issue(c, &out, dry);
  evaluating_close(&e, c->problems);
  ledger_close(l);
  int code = call_exit(c);
  return code == EXIT_DONE && good && !out.given_count ? EXIT_NO : code;
}

const command command_certificate_issue = {
    .name = "certificate issue",
    .usage = "REGISTER COHORT",
    .help = {{"给批次中已达到规则的人员发编号，编号唯一，不可撤回",
              "give numbers to those in a cohort who met the rule; unique, and never taken back"}},
    .examples = {{"hongzhu certificate issue completion HX-2025 --on 2025-10-17 --dry-run # 先看看\n"
                  "hongzhu certificate issue completion HX-2025 --on 2025-10-17",
                  "hongzhu certificate issue completion HX-2025 --on 2025-10-17 --dry-run # a look first\n"
                  "hongzhu certificate issue completion HX-2025 --on 2025-10-17"}},
    OPTIONS(issue_options),
    .least = 2,
    .most = 2,
    .run = issue,
};

/* ---- list and check ---- */

static const option_row list_options[] = {
    {"--register", "REGISTER", {{"只列这个登记", "this register only"}}, false},
    {"--cohort", "CODE", {{"只列这个批次", "this cohort only"}}, false},
};

static size_t read_numbers(call *c, ledger *l, numbered **rows) {
  subjects *s = subjects_open(l, c->problems);
  size_t count = s ? certify_numbers(l, s, c->memory, rows, c->problems) : 0;
  subjects_close(s);
  return count;
}

static int list(call *c) {
  const char *of = call_value(c, "--register"), *cohort = call_value(c, "--cohort");
  ledger *l = ledger_open(c->ledger, LEDGER_READ, c->problems);
  if (!l) return EXIT_LEDGER;
  numbered *rows = NULL;
  size_t count = read_numbers(c, l, &rows), kept = 0;
  for (size_t i = 0; i < count; i++)
    if ((!of || !strcmp(of, rows[i].register_id)) && (!cohort || text_same(cohort, rows[i].cohort)))
      rows[kept++] = rows[i];
  json_t *all = json_array();
  show_numbers(c, rows, kept, all);
  if (!kept && !c->problems->errors) print_line(c, "no number has been given out", "尚未发出任何编号");
  print_json(c, all);
  json_decref(all);
  ledger_close(l);
  return call_exit(c);
}

const command command_certificate_list = {
    .name = "certificate list",
    .usage = "",
    .help = {{"发出的编号及其状态：有效、暂停、已注销", "numbers that were given out: in force, suspended, revoked"}},
    .examples = {{"hongzhu certificate list --cohort HX-2025", "hongzhu certificate list --cohort HX-2025"}},
    OPTIONS(list_options),
    .least = 0,
    .most = 0,
    .run = list,
};

static int check(call *c) {
  ledger *l = ledger_open(c->ledger, LEDGER_READ, c->problems);
  if (!l) return EXIT_LEDGER;
  numbered *rows = NULL;
  size_t count = read_numbers(c, l, &rows), at = 0;
  const char *wanted = text_trim(c->memory, c->arguments[0]);
  while (at < count && strcmp(rows[at].number, wanted) != 0) at++;
  json_t *all = json_array();
  if (at < count)
    show_numbers(c, &rows[at], 1, all);
  else if (!c->problems->errors) {
    const char **known = arena_array(c->memory, count + 1, sizeof *known);
    for (size_t i = 0; i < count; i++) known[i] = rows[i].number;
    const char *near = text_nearest(wanted, known, count);
    fault_add(c->problems, NOWHERE, "no number \"%s\" was given out", "没有发出过编号“%s”", wanted);
    if (near)
      fault_next(c->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    else
      fault_next(c->problems, "hongzhu certificate list shows them", "用 hongzhu certificate list 查看");
  }
  print_json(c, all);
  json_decref(all);
  ledger_close(l);
  int code = call_exit(c);
  if (code == EXIT_INPUT) return EXIT_NO;
  return code == EXIT_DONE && rows[at].state != NUMBER_IN_FORCE ? EXIT_NO : code;
}

const command command_certificate_check = {
    .name = "certificate check",
    .usage = "NUMBER",
    .help = {{"核对一个编号：是否发出、发给谁、是否有效",
              "whether a number was given out, to whom, and whether it holds"}},
    .examples = {{"hongzhu certificate check 632800202500017 # 有效则退出码为 0",
                  "hongzhu certificate check 632800202500017 # exit code 0 if it is in force"}},
    .least = 1,
    .most = 1,
    .run = check,
};

/* ---- revoke ---- */

static const option_row revoke_options[] = {
    {"--reason", "TEXT", {{"注销的原因，必填", "why; required"}}, false},
    {"--on", "DAY", {{"注销的日期，默认今天", "the day of revocation; today by default"}}, false},
    {"--dry-run", NULL, {{"照常检查，但不存入", "do everything and store nothing"}}, false},
};

static int revoke(call *c) {
  day on;
  const char *reason = call_value(c, "--reason");
  if (!call_day(c, "--on", &on)) return EXIT_USAGE;
  if (!reason || !text_trim(c->memory, reason)[0]) {
    fault_add(c->problems, NOWHERE, "a number is revoked for a reason", "注销编号须写明原因");
    fault_next(c->problems, "say it: --reason TEXT", "请用 --reason 写明");
    return EXIT_USAGE;
  }
  ledger *l = ledger_open(c->ledger, LEDGER_WRITE, c->problems);
  if (!l) return EXIT_LEDGER;
  subjects *s = subjects_open(l, c->problems);
  bool dry = call_has(c, "--dry-run");
import done = {0 };
  numbered out;
  bool good = s && certify_revoke(l, s, text_trim(c->memory, c->arguments[0]), reason, on, dry, c->memory, &done, &out,
                                  c->problems);
  subjects_close(s);
  if (good && dry)
    print_line(c, "number \"%s\" of \"%s\" would be revoked; nothing was stored",
               "编号“%s”（%s）可以注销；本次未存入任何内容", out.number, out.person);
  else if (good)
    print_line(c, "number \"%s\" of \"%s\" is revoked (import %lld)", "编号“%s”（%s）已注销（第 %lld 次导入）",
               out.number, out.person, (long long)done.id);
  json_t *all = good ? number_json(c, &out) : json_object();
  print_json(c, all);
  json_decref(all);
  ledger_close(l);
  int code = call_exit(c);
  return code == EXIT_INPUT ? EXIT_NO : code;
}

const command command_certificate_revoke = {
    .name = "certificate revoke",
    .usage = "NUMBER --reason TEXT",
    .help = {{"注销一个编号；编号保留，不再发给别人", "revoke a number; it stays and is never given again"}},
    .examples = {{"hongzhu certificate revoke 632800202500017 --reason 考核成绩更正",
                  "hongzhu certificate revoke 632800202500017 --reason \"the assessment was corrected\""}},
    OPTIONS(revoke_options),
    .least = 1,
    .most = 1,
    .run = revoke,
};
