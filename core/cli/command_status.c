/* status: what a ledger holds, and which packs rule it. */
#include "cli/open.h"
#include "cli/print.h"
#include "ledger/subjects.h"
#include "task/ruling.h"

static const option_row options[] = {
    {"--on", "DAY", {{"看这一天生效的规则包，默认今天", "the pack in force on this day; today by default"}}, false},
};

static const said type_words[FACT_TYPES] = {
    [FACT_PERSON] = {{"人员", "people"}},          [FACT_ORGANIZATION] = {{"单位", "organizations"}},
    [FACT_PROGRAMME] = {{"项目", "programmes"}},   [FACT_COHORT] = {{"批次", "cohorts"}},
    [FACT_ACTIVITY] = {{"活动", "activities"}},    [FACT_POST] = {{"任职", "posts"}},
    [FACT_ENROLLMENT] = {{"参训", "enrollments"}}, [FACT_RECORD] = {{"记录", "records"}},
    [FACT_RELATION] = {{"关系", "relations"}}};

static void show_pack(const call *c, const ruling *r, const image_row *image, const char *on) {
  if (r->organization == NULL)
    print_line(c, "pack on %s: \"%s\", version %s", "%s 生效的规则包：“%s”，版本 %s", on, image->pack, image->version);
  else
    print_line(c, "pack on %s for %s: \"%s\", version %s", "%s 对 %s 生效的规则包：“%s”，版本 %s", on, r->organization,
               image->pack, image->version);
}

/* Whether a pack has come into force by then: that none has is an answer here, no error. */
static bool is_ruled(const call *c, ledger *l, day on) {
  binding *all;
  size_t count = ledger_bindings(l, c->memory, &all, c->problems);
  for (size_t i = 0; i < count; i++)
    if (all[i].from <= on) return true;
  return false;
}

static void show_packs(const call *c, ledger *l, day on, json_t *answer) {
  char written[11];
  ruling *all = NULL;
  const bool ruled = is_ruled(c, l, on);
  const size_t count = ruled ? rulings_on(l, on, c->memory, &all, c->problems) : 0;
  json_t *packs = json_array();
  day_write(on, written);
  for (size_t i = 0; i < count; i++) {
    image_row image;
    if (!ledger_image(l, all[i].image, c->memory, &image, c->problems)) break;
    show_pack(c, &all[i], &image, written);
    json_array_append_new(packs, json_pack("{s:s, s:s, s:s?}", "pack", image.pack, "version", image.version,
                                           "organization", all[i].organization));
  }
  if (!ruled && c->problems->errors == 0)
    print_line(c, "no pack rules on %s; next: hongzhu pack use FOLDER",
               "%s 没有生效的规则包；下一步：hongzhu pack use 文件夹", written);
  json_object_set_new(answer, "packs", packs);
  json_object_set_new(answer, "on", json_string(written));
}

static void show_facts(const call *c, const subjects *s, json_t *answer) {
  static const table_column columns[] = {{{{"内容", "what"}}, false}, {{{"数目", "how many"}}, true}};
  table *t = table_new(c, columns, 2);
  json_t *facts = json_object();
  for (int type = 0; type < FACT_TYPES; type++) {
    if (type_words[type].in[LANGUAGE_EN] == NULL) continue;
    const char *const cells[] = {type_words[type].in[c->in], print_count(c->memory, s->of[type].count)};
    table_row(c, t, cells);
    json_object_set_new(facts, fact_type_name((fact_type)type), json_integer(s->of[type].count));
  }
  print_table(c, t);
  json_object_set_new(answer, "facts", facts);
}

static int status(call *c) {
  day on;
  if (!call_day(c, "--on", &on)) return EXIT_USAGE;
  ledger *l = open_ledger(c, LEDGER_READ);
  if (l == NULL) return EXIT_LEDGER;
  json_t *answer = json_object();
  int64_t last = ledger_last(l);
import newest = {0 };
  print_line(c, "ledger \"%s\"", "台账“%s”", c->ledger);
  json_object_set_new(answer, "ledger", json_string(c->ledger));
  json_object_set_new(answer, "imports", json_integer(last));
  show_packs(c, l, on, answer);
  if (last == 0) {
    print_line(c, "nothing was imported yet; next: hongzhu import FILE", "还没有任何导入；下一步：hongzhu import 文件");
  } else if (ledger_import(l, last, c->memory, &newest, c->problems)) {
    print_line(c, "imports: %s, the newest at %s by %s", "导入 %s 次，最近一次在 %s，操作人 %s",
               print_count(c->memory, last), newest.at == NULL ? "?" : newest.at,
               newest.who == NULL ? "?" : newest.who);
    subjects *s = subjects_open(l, c->problems);
    if (s != NULL) show_facts(c, s, answer);
    subjects_close(s);
  }
  ledger_close(l);
  print_json(c, answer);
  json_decref(answer);
  return call_exit(c);
}

const command command_status = {
    .name = "status",
    .usage = "",
    .help = {{"台账里有什么，由哪个规则包管理", "what the ledger holds and which pack rules it"}},
    .examples = {{"hongzhu status\nhongzhu status --on 2025-12-31", "hongzhu status\nhongzhu status --on 2025-12-31"}},
    OPTIONS(options),
    .run = status,
};
