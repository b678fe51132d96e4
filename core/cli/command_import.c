/* import: files into the ledger, each whole or not at all. */
#include "cli/open.h"
#include "cli/print.h"
#include "task/import.h"
#include "task/ruling.h"

static const option_row options[] = {
    {"--pack", "PACK", {{"只用这个规则包的适配器", "the adapters of this pack only"}}, false},
    {"--adapter",
     "ID",
     {{"按哪个适配器读取；不写则按表头判断", "the adapter to read it by; found by the header if not given"}},
     false},
    {"--reader",
     "NAME",
     {{"用哪个读取器；不写则按内容判断", "the reader to use; found by the bytes if not given"}},
     false},
    {"--accept-good",
     NULL,
     {{"接受合格的行，其余写入退回表", "take the good rows and write the others to a table"}},
     false},
    {"--rejected",
     "FILE",
     {{"退回表的位置，默认与原文件同处", "where the table of rejected rows goes; beside the file by default"}},
     false},
    {"--review",
     "FILE",
     {{"复核表：已填写则照办，有疑问则写出",
       "the review table: followed where filled in, written where something is open"}},
     false},
    {"--dry-run", NULL, {{"照常检查，但不存入", "do everything and store nothing"}}, false},
    {"--note", "TEXT", {{"写入日志的说明", "a remark for the log"}}, false},
    {"--on",
     "DAY",
     {{"使用这一天生效的规则包，默认今天", "use the pack in force on this day; today by default"}},
     false},
};

static const struct {
  fact_type type;
  said word;
} introduced_words[] = {
    {FACT_PERSON, {{"人员", "people"}}},        {FACT_ORGANIZATION, {{"单位", "organizations"}}},
    {FACT_PROGRAMME, {{"项目", "programmes"}}}, {FACT_COHORT, {{"批次", "cohorts"}}},
    {FACT_ACTIVITY, {{"活动", "activities"}}},  {FACT_ENROLLMENT, {{"参训", "enrollments"}}},
};

#define INTRODUCED (sizeof introduced_words / sizeof *introduced_words)

static void show_progress(void *context, int64_t rows, uint64_t used, uint64_t size) {
  print_progress_part(context, "rows read", "已读行数", (uint64_t)rows, used, size);
}

static void show_storing(void *context, int64_t rows) {
  const call *c = context;
  const char *count = print_count(c->memory, rows);
  print_progress_then(c, arena_format(c->memory, "rows read %s, storing", count),
                      arena_format(c->memory, "已读行数 %s，正在存入", count));
}

/* ---- what is said of one file ---- */

static const char *introduced(const call *c, const import_outcome *out) {
  char *text = arena_text(c->memory, "");
  for (size_t i = 0; i < INTRODUCED; i++) {
    int64_t count = out->introduced[introduced_words[i].type];
    if (count == 0) continue;
    const char *between = text[0] == '\0' ? "" : c->in == LANGUAGE_ZH ? "，" : ", ";
    const char *word = introduced_words[i].word.in[c->in], *number = print_count(c->memory, count);
    text = arena_format(c->memory, "%s%s%s %s", text, between, word, number);
  }
  return text[0] == '\0' ? NULL : text;
}

static void say_left_out(const call *c, const import_outcome *out) {
  if (out->totals > 0)
    print_line(c, "  rows of totals left out: %s", "  未导入的合计行：%s", print_count(c->memory, out->totals));
  if (out->passed_over > 0)
    print_line(c, "  rows that the adapter does not take: %s", "  适配器不取的行：%s",
               print_count(c->memory, out->passed_over));
  if (out->skipped > 0)
    print_line(c, "  rows skipped by the review: %s", "  复核决定跳过的行：%s", print_count(c->memory, out->skipped));
}

static void say_tables(const call *c, const import_request *request, const import_outcome *out) {
  if (out->rejected_file != NULL)
    print_line(c, "  rejected rows, with reasons, to be corrected and sent again: %s",
               "  退回的行及原因，改正后可重新报送：%s", out->rejected_file);
  if (request->review != NULL && out->review_open > 0)
    print_line(c, "  questions open: %zu; decide them in the last column of %s and import again",
               "  待决定的问题 %zu 个：请填写 %s 的最后一列后重新导入", out->review_open, request->review);
}

static void say(const call *c, const import_request *request, const import_outcome *out, bool good) {
  const char *file = request->file;
  arena *a = c->memory;
  if (!good && out->rejected > 0 && !request->accept_good) {
    print_line(c, "%s: nothing was imported, because rows are rejected: %s of %s",
               "%s：有行被退回，全部未导入：%s 行（共 %s 行）", file, print_count(a, out->rejected),
               print_count(a, out->rows));
    print_line(c, "  correct them and send the file again, or take the others with --accept-good",
               "  请改正后重新导入，或用 --accept-good 先导入其余各行");
  } else if (!good) {
    print_line(c, "%s: nothing was imported", "%s：未导入", file);
  } else if (out->opened + out->changed + out->withdrawn == 0) {
    if (out->rejected > 0)
      print_line(c, "%s: 0 changes, what its good rows say is in the ledger already",
                 "%s：0 处变化，合格各行的内容台账中都已有", file);
    else if (out->rows == 0)
      print_line(c, "%s: 0 changes, no row of it is for the ledger", "%s：0 处变化，其中没有可导入的行", file);
    else
      print_line(c, "%s: 0 changes, all that it says is in the ledger already", "%s：0 处变化，其内容台账中都已有",
                 file);
    if (out->already > 0)
      print_line(c, "  the same file came in with import %lld", "  同一文件已由第 %lld 次导入存入",
                 (long long)out->already);
  } else {
    if (request->dry_run)
      print_line(c, "%s: would go in by adapter \"%s\"; nothing was stored",
                 "%s：可按适配器“%s”导入；本次未存入任何内容", file, out->adapter);
    else
      print_line(c, "%s: import %lld, by adapter \"%s\"", "%s：第 %lld 次导入，适配器“%s”", file,
                 (long long)out->done.id, out->adapter);
    print_line(c, "  rows %s: facts new %s, changed %s, withdrawn %s, as they were %s",
               "  数据 %s 行：新增事实 %s，更改 %s，撤回 %s，不变 %s", print_count(a, out->rows),
               print_count(a, out->opened), print_count(a, out->changed), print_count(a, out->withdrawn),
               print_count(a, out->same));
    const char *brought = introduced(c, out);
    if (brought != NULL) print_line(c, "  brought in: %s", "  新登记：%s", brought);
  }
  if (good && out->rejected > 0) print_line(c, "  rows rejected: %s", "  退回 %s 行", print_count(a, out->rejected));
  say_left_out(c, out);
  say_tables(c, request, out);
}

static json_t *outcome_json(const import_request *request, const import_outcome *out, bool good) {
  json_t *object = json_object();
  json_object_set_new(object, "file", json_string(request->file));
  json_object_set_new(object, "imported", json_boolean(good && out->done.id != 0 && !request->dry_run));
  if (out->done.id != 0 && !request->dry_run) json_object_set_new(object, "import", json_integer(out->done.id));
  if (out->adapter != NULL) json_object_set_new(object, "adapter", json_string(out->adapter));
  if (out->reader != NULL) json_object_set_new(object, "reader", json_string(out->reader));
  if (out->already > 0) json_object_set_new(object, "already", json_integer(out->already));
  const struct {
    const char *name;
    int64_t count;
  } counts[] = {{"rows", out->rows},       {"opened", out->opened},
                {"changed", out->changed}, {"withdrawn", out->withdrawn},
                {"same", out->same},       {"rejected", out->rejected},
                {"totals", out->totals},   {"passed_over", out->passed_over},
                {"skipped", out->skipped}, {"open_questions", (int64_t)out->review_open}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    json_object_set_new(object, counts[i].name, json_integer(counts[i].count));
  json_t *brought = json_object();
  for (size_t i = 0; i < INTRODUCED; i++)
    if (out->introduced[introduced_words[i].type] > 0)
      json_object_set_new(brought, fact_type_name(introduced_words[i].type),
                          json_integer(out->introduced[introduced_words[i].type]));
  json_object_set_new(object, "introduced", brought);
  if (out->rejected_file != NULL) json_object_set_new(object, "rejected_file", json_string(out->rejected_file));
  return object;
}

/* ---- whose adapters ---- */

typedef struct ruling_packs {
  pack **items;
  size_t count;
} ruling_packs;

/* Those in force, or the one that is meant. */
static bool open_rules(call *c, ledger *l, day on, ruling_packs *out) {
  ruling *all;
  size_t count = rulings_on(l, on, c->memory, &all, c->problems), with = 0;
  const char *named = call_value(c, "--pack");
  for (size_t i = 0; i < count; i++) with += all[i].organization != NULL;
  const ruling *one = named || with <= 1 ? ruling_meant(all, count, l, named, NULL, c->problems) : NULL;
  out->items = arena_array(c->memory, count + 1, sizeof(pack *));
  for (size_t i = 0; i < count && !c->problems->errors; i++) {
    if (one && one != &all[i]) continue;
    out->items[out->count] = pack_of_image(c->memory, l, all[i].image, c->problems);
    out->count += out->items[out->count] != NULL;
  }
  return out->count > 0 && !c->problems->errors;
}

/* By the adapter that fits, whosesoever it is. What was said of packs whose adapters do not is forgotten when one does;
 * where none does, the first is what the user reads. */
static bool import_under(call *c, ledger *l, const ruling_packs *rules, const import_request *request,
                         import_outcome *out) {
  if (rules->count == 1) return import_run(l, rules->items[0], request, c->memory, out, c->problems);
  faults *first = NULL;
  for (size_t i = 0; i < rules->count; i++) {
    faults *own = faults_new(c->memory);
    bool good = import_run(l, rules->items[i], request, c->memory, out, own);
    if (good || out->adapter) {
      faults_take(c->problems, own);
      return good;
    }
    if (!first) first = own;
  }
  faults_take(c->problems, first);
  return false;
}

/* ---- the command ---- */

static int run_import(call *c) {
  day on;
  if (!call_day(c, "--on", &on)) return EXIT_USAGE;
  if (c->arguments_count > 1 && (call_has(c, "--review") || call_has(c, "--rejected"))) {
    fault_add(c->problems, NOWHERE, "--review and --rejected go with one file, %zu were given",
              "--review 和 --rejected 只能用于一个文件，而给出了 %zu 个", c->arguments_count);
    return EXIT_USAGE;
  }
  for (size_t i = 0; i < c->arguments_count; i++)
    if (c->arguments[i][0] == '\0') {
      fault_add(c->problems, NOWHERE, "the name of file %zu is empty", "第 %zu 个文件名为空", i + 1);
      return EXIT_USAGE;
    }
  import_started *started = import_start(c->memory, c->arguments[0], call_value(c, "--reader"));
  ledger *l = open_ledger(c, LEDGER_WRITE);
  if (l == NULL) {
    import_started_end(started);
    return EXIT_LEDGER;
  }
  ruling_packs rules = {0};
  json_t *list = json_array();
  bool good = open_rules(c, l, on, &rules), rejected = false;
  for (size_t i = 0; good && i < c->arguments_count; i++) {
    import_request request = {.file = c->arguments[i],
                              .started = i == 0 ? started : NULL,
                              .adapter = call_value(c, "--adapter"),
                              .reader = call_value(c, "--reader"),
                              .review = call_value(c, "--review"),
                              .rejected = call_value(c, "--rejected"),
                              .note = call_value(c, "--note"),
                              .dry_run = call_has(c, "--dry-run"),
                              .accept_good = call_has(c, "--accept-good"),
                              .in = c->in,
                              .progress = show_progress,
                              .storing = show_storing,
                              .progress_context = c};
    import_outcome out = {.adapter = NULL};
    good = import_under(c, l, &rules, &request, &out);
    print_progress_end(c);
    rejected = rejected || out.rejected > 0;
    say(c, &request, &out, good);
    json_array_append_new(list, outcome_json(&request, &out, good));
    for (size_t k = i + 1; !good && k < c->arguments_count; k++)
      print_line(c, "%s: not looked at", "%s：尚未处理", c->arguments[k]);
  }
  import_started_end(started);
  ledger_close(l);
  json_t *object = json_object();
  json_object_set_new(object, "imports", list);
  print_json(c, object);
  json_decref(object);
  int code = call_exit(c);
  return code == EXIT_INPUT && rejected ? EXIT_NO : code;
}

const command command_import = {
    .name = "import",
    .usage = "FILE…",
    .help = {{"把文件导入台账：要么全部存入，要么全不存入", "bring files into the ledger, each whole or not at all"}},
    .examples = {{"hongzhu import 选派名单.xlsx # 按表头自动选择适配器\n"
                  "hongzhu import 选派名单.xlsx --dry-run # 只检查，不存入\n"
                  "hongzhu import 培训记录.csv --accept-good # 退回的行写入 培训记录.rejected.csv\n"
                  "hongzhu import 签到.xlsx --review 复核.csv # 填好最后一列后再运行一次",
                  "hongzhu import roster.xlsx # the adapter is found by the header\n"
                  "hongzhu import roster.xlsx --dry-run # checks only\n"
                  "hongzhu import records.csv --accept-good # rejected rows go to records.rejected.csv\n"
                  "hongzhu import attendance.xlsx --review review.csv # fill in the last column and run it again"}},
    OPTIONS(options),
    .least = 1,
    .most = ARGUMENTS_ANY,
    .run = run_import,
};
