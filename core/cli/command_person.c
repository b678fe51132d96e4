/* person show, person merge: what the ledger knows of someone; two entries that are one person. */
#include "cli/open.h"
#include "cli/print.h"
#include "cli/unmasked.h"
#include "ledger/subjects.h"
#include "pack/pack.h"
#include "task/find.h"
#include "task/known.h"
#include "task/resident.h"
#include "task/who.h"

#include <string.h>

/* ---- who is meant ---- */

/* The person of that code, else of that name if only one bears it, else of that end of the ID number; 0 with a fault.
 * Who was merged is found as the person they were merged into. */
static int64_t person_named(call *c, ledger *l, const known *k, const char *name) {
  found_entities found;
  const char *key = text_key(c->memory, name);
  known_by_code(k, FACT_PERSON, key, &found);
  if (found.count == 0) known_by_name(k, FACT_PERSON, key, &found);
  if (found.count == 1) return found.entity[0];
  subjects *s = subjects_open(l, c->problems);
  if (s == NULL) return 0;
  uint32_t row = 0;
  found_one which = find_row(s, FACT_PERSON, name, &row, c->problems);
  int64_t entity = which == FOUND_ONE ? known_current(k, s->of[FACT_PERSON].entity[row]) : 0;
  subjects_close(s);
  if (which != FOUND_NONE) return entity;
  fault_add(c->problems, NOWHERE, "the person \"%s\" is not in the ledger", "台账中没有人员“%s”", name);
  fault_next(c->problems, "give the code or the whole name as files write it", "请写代码，或文件中的完整姓名");
  return 0;
}

/* ---- masking ---- */

enum { DETAIL_NONE, DETAIL_MASKED, DETAIL_FULL };

static const char *name_shown(const call *c, const char *name, size_t detail) {
  if (name == NULL || name[0] == '\0' || detail == DETAIL_FULL) return name;
  if (detail == DETAIL_NONE) return NULL;
  if (text_points(name) == 1) return "*";
  size_t first = 1;
  while ((name[first] & 0xC0) == 0x80) first++;
  char *masked = arena_text_of(c->memory, name, first);
  for (size_t points = text_points(name); points > 1; points--) masked = arena_format(c->memory, "%s*", masked);
  return masked;
}

static const char *tail_shown(const call *c, const char *tail, size_t detail) {
  if (tail == NULL || tail[0] == '\0' || detail == DETAIL_NONE) return NULL;
  return detail == DETAIL_FULL ? arena_format(c->memory, "…%s", tail) : "…****";
}

/* ---- person show ---- */

typedef struct showing {
  call *call;
  ledger *ledger;
  const subjects *s;
  table *table;
  json_t *list;
  const pack *rules; /* for the titles of kinds; NULL where no pack rules */
  bool full;         /* nothing is masked */
} showing;

static const char *word(const showing *v, uint32_t id) {
  return id == 0 ? NULL : v->s->words[id];
}

static const char *name_at(const showing *v, int type, int32_t row) {
  if (row < 0) return NULL;
  const fact_columns *t = &v->s->of[type];
  const char *name = word(v, t->name[row]);
  return name != NULL ? name : word(v, t->code[row]);
}

static const char *sheet_of(const showing *v, const fact_columns *t, uint32_t row) {
  if (t->sheet[row] == 0) return NULL;
  return ledger_sheet_name(v->ledger, v->s->sources[t->source[row]].import, t->sheet[row], v->call->memory);
}

static const char *source_of(const showing *v, const fact_columns *t, uint32_t row) {
  place where = {.file = v->s->sources[t->source[row]].file_name, .sheet = sheet_of(v, t, row), .row = t->row[row]};
  return place_text(v->call->memory, where, v->call->in);
}

static void add_date(json_t *object, const char *name, date on) {
  char written[11];
  if (on == DATE_NONE) return;
  date_write(on, written);
  json_object_set_new(object, name, json_string(written));
}

/* A record without a last day is of its first one; a post or enrollment without one goes on. */
static const char *dates_of(const showing *v, int type, uint32_t row) {
  const fact_columns *t = &v->s->of[type];
  char since[11] = "", until[11] = "";
  if (t->since[row] != DATE_NONE) date_write(t->since[row], since);
  if (t->until[row] != DATE_NONE) date_write(t->until[row], until);
  bool single = strcmp(since, until) == 0 || (type == FACT_RECORD && until[0] == '\0');
  return single ? arena_text(v->call->memory, since) : arena_format(v->call->memory, "%s – %s", since, until);
}

static const char *kind_shown(const showing *v, const char *kind) {
  const declared_kind *known_kind = v->rules == NULL ? NULL : kinds_named(&v->rules->kinds, kind);
  return known_kind == NULL ? kind : known_kind->title.in[v->call->in];
}

#define SHOWN_WIDTH 60 /* of one attribute in the table; programs get all of it */

static const char *attribute_shown(const showing *v, const char *kind, const char *name) {
  const declared_kind *of = v->rules == NULL ? NULL : kinds_named(&v->rules->kinds, kind);
  for (size_t i = 0; of != NULL && i < of->attributes_count; i++)
    if (strcmp(of->attributes[i].name, name) == 0) return of->attributes[i].title.in[v->call->in];
  return name;
}

/* Level, mode and status in the pack's words, then what stands in the fact's attributes. */
static const char *says_of(const showing *v, int type, uint32_t row) {
  const fact_columns *t = &v->s->of[type];
  const attribute_columns *more = &v->s->attributes;
  const struct {
    const char *scale;
    const uint32_t *words;
  } columns[] = {{"level", t->level}, {"mode", t->mode}, {"status", t->status}};
  arena *a = v->call->memory;
  const char *between = v->call->in == LANGUAGE_ZH ? "，" : ", ";
  char *text = arena_text(a, "");
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    const char *said_there = columns[i].words == NULL ? NULL : word(v, columns[i].words[row]);
    if (said_there == NULL) continue;
    const declared_scale *scale = v->rules == NULL ? NULL : kinds_scale(&v->rules->kinds, columns[i].scale);
    int at = scale == NULL ? -1 : scale_position(scale, said_there);
    if (at >= 0) said_there = scale->words[at].title.in[v->call->in];
    text = arena_format(a, "%s%s%s", text, text[0] == '\0' ? "" : between, said_there);
  }
  for (uint32_t i = t->attribute[row]; i < t->attribute[row + 1]; i++) {
    char written[11];
    const char *shown = NULL, *called = attribute_shown(v, word(v, t->kind[row]), word(v, more->name[i]));
    if (more->type[i] == ATTRIBUTE_TEXT) shown = word(v, (uint32_t)more->value[i]);
    if (more->type[i] == ATTRIBUTE_TRUTH)
      shown = arena_format(a, "%s=%s", called, more->value[i] != 0 ? "true" : "false");
    if (more->type[i] == ATTRIBUTE_AMOUNT)
      shown = arena_format(a, "%s=%s", called,
                           amount_text(a, (amount){more->value[i], (bound)more->bound[i]}, v->call->in));
    if (more->type[i] == ATTRIBUTE_DATE) {
      date_write((date)more->value[i], written);
      shown = arena_format(a, "%s=%s", called, written);
    }
    if (shown == NULL) continue;
    if (!v->full) shown = resident_masked(a, shown);
    if (!v->call->json) shown = text_shortened(a, shown, SHOWN_WIDTH);
    text = arena_format(a, "%s%s%s", text, text[0] == '\0' ? "" : between, shown);
  }
  return text[0] == '\0' ? NULL : text;
}

static void show_fact(const showing *v, int type, uint32_t row, const char *what) {
  static const said words[FACT_TYPES] = {[FACT_POST] = {{"任职", "post"}},
                                         [FACT_ENROLLMENT] = {{"参训", "enrollment"}},
                                         [FACT_RECORD] = {{"记录", "record"}}};
  const fact_columns *t = &v->s->of[type];
  arena *a = v->call->memory;
  const char *amount_shown = NULL;
  if (t->amount != NULL && t->bound[row] != BOUND_NONE) {
    amount measured = {.millionths = t->amount[row], .bound = (bound)t->bound[row]};
    const char *unit = t->unit == NULL ? NULL : word(v, t->unit[row]);
    if (v->rules != NULL) unit = pack_unit(v->rules, unit, v->call->in);
    amount_shown = arena_format(a, "%s%s%s", amount_text(a, measured, v->call->in), unit == NULL ? "" : " ",
                                unit == NULL ? "" : unit);
  }
  const char *const cells[] = {words[type].in[v->call->in],
                               kind_shown(v, word(v, t->kind[row])),
                               what,
                               dates_of(v, type, row),
                               amount_shown,
                               says_of(v, type, row),
                               source_of(v, t, row)};
  table_row(v->call, v->table, cells);
  json_t *object = json_object();
  json_object_set_new(object, "type", json_string(fact_type_name((fact_type)type)));
  if (t->kind[row] != 0) json_object_set_new(object, "kind", json_string(word(v, t->kind[row])));
  if (what != NULL) json_object_set_new(object, "of", json_string(what));
  add_date(object, "since", t->since[row]);
  add_date(object, "until", t->until[row]);
  if (amount_shown != NULL) json_object_set_new(object, "amount", json_string(amount_shown));
  if (says_of(v, type, row) != NULL) json_object_set_new(object, "says", json_string(says_of(v, type, row)));
  json_object_set_new(object, "file", json_string(v->s->sources[t->source[row]].file_name));
  if (sheet_of(v, t, row) != NULL) json_object_set_new(object, "sheet", json_string(sheet_of(v, t, row)));
  json_object_set_new(object, "row", json_integer(t->row[row]));
  json_array_append_new(v->list, object);
}

static void show_facts(const showing *v, uint32_t person) {
  const subjects *s = v->s;
  for (uint32_t i = s->posts.offset[person]; i < s->posts.offset[person + 1]; i++) {
    uint32_t row = s->posts.rows[i];
    show_fact(v, FACT_POST, row, name_at(v, FACT_ORGANIZATION, s->of[FACT_POST].object[row]));
  }
  const subject_index *enrolled = &s->enrollments[FACT_PERSON], *records = &s->records[FACT_PERSON];
  for (uint32_t i = enrolled->offset[person]; i < enrolled->offset[person + 1]; i++) {
    uint32_t row = enrolled->rows[i];
    const char *cohort = name_at(v, FACT_COHORT, s->of[FACT_ENROLLMENT].object[row]);
    const char *host = name_at(v, FACT_ORGANIZATION, s->of[FACT_ENROLLMENT].place[row]);
    show_fact(v, FACT_ENROLLMENT, row,
              host == NULL ? cohort : arena_format(v->call->memory, "%s @ %s", cohort == NULL ? "" : cohort, host));
  }
  for (uint32_t i = records->offset[person]; i < records->offset[person + 1]; i++) {
    uint32_t row = records->rows[i];
    const fact_columns *t = &s->of[FACT_RECORD];
    show_fact(v, FACT_RECORD, row,
              t->object_type[row] == FACT_ACTIVITY ? name_at(v, FACT_ACTIVITY, t->object[row]) : NULL);
  }
}

static int show_person(call *c, ledger *l, int64_t entity, size_t detail, day on) {
  subjects *s = subjects_open(l, c->problems);
  if (s == NULL) return call_exit(c);
  const fact_columns *people = &s->of[FACT_PERSON];
  uint32_t row = 0;
  while (row < people->count && people->entity[row] != entity) row++;
  static const table_column columns[] = {{{{"类型", "type"}}, false},  {{{"类别", "kind"}}, false},
                                         {{{"对象", "of"}}, false},    {{{"日期", "dates"}}, false},
                                         {{{"数量", "amount"}}, true}, {{{"内容", "says"}}, false},
                                         {{{"来源", "from"}}, false}};
  showing v = {.call = c,
               .ledger = l,
               .s = s,
               .list = json_array(),
               .table = table_new(c, columns, 7),
               .full = detail == DETAIL_FULL};
  json_t *object = json_object();
  faults *unruled = faults_new(c->memory); /* without a pack kinds are shown by their names */
  v.rules = pack_ruling(c->memory, l, on, unruled);
  bool found = row < people->count;
  bool noted =
      detail != DETAIL_FULL || !found || unmasked_noted(c, l, "", unmasked_subject(c->memory, s, FACT_PERSON, row));
  if (found && noted) {
    const char *code = word(&v, people->code[row]), *name = name_shown(c, word(&v, people->name[row]), detail);
    const char *tail = tail_shown(c, word(&v, people->status[row]), detail);
    if (code != NULL) print_line(c, "code: %s", "代码：%s", code);
    if (name != NULL) print_line(c, "name: %s", "姓名：%s", name);
    if (tail != NULL) print_line(c, "ID number: %s", "身份证号：%s", tail);
    if (code != NULL) json_object_set_new(object, "code", json_string(code));
    if (name != NULL) json_object_set_new(object, "name", json_string(name));
    if (tail != NULL) json_object_set_new(object, "id", json_string(tail));
    show_facts(&v, row);
  }
  print_table(c, v.table);
  json_object_set_new(object, "facts", v.list);
  print_json(c, object);
  json_decref(object);
  subjects_close(s);
  return call_exit(c);
}

static const option_row show_options[] = {
    {"--detail",
     "none|masked|full",
     {{"姓名和证件显示到什么程度，默认 masked", "how much of names and numbers is shown; masked by default"}},
     false},
    {"--on",
     "DAY",
     {{"按这一天生效的规则包显示名称，默认今天", "titles of the pack in force on this day; today by default"}},
     false},
};

static int run_show(call *c) {
  static const char *const details[] = {"none", "masked", "full"};
  size_t detail;
  day on;
  if (!call_day(c, "--on", &on)) return EXIT_USAGE;
  if (!call_word(c, "--detail", details, 3, DETAIL_MASKED, &detail)) return EXIT_USAGE;
  ledger *l = open_ledger(c, LEDGER_READ);
  known *k = l == NULL ? NULL : known_open(l, c->problems);
  int code = EXIT_LEDGER;
  if (k != NULL) {
    int64_t entity = person_named(c, l, k, c->arguments[0]);
    code = entity == 0 ? call_exit(c) : show_person(c, l, entity, detail, on);
  }
  known_close(k);
  ledger_close(l);
  return code;
}

const command command_person_show = {
    .name = "person show",
    .usage = "CODE|NAME",
    .help = {{"台账里关于一个人的全部事实", "all that the ledger says of one person"}},
    .examples = {{"hongzhu person show T05 # 姓名默认遮蔽\nhongzhu person show T05 --detail full",
                  "hongzhu person show T05 # names are masked by default\nhongzhu person show T05 --detail full"}},
    OPTIONS(show_options),
    .least = 1,
    .most = 1,
    .run = run_show,
};

/* ---- person merge ---- */

static const option_row merge_options[] = {
    {"--note", "TEXT", {{"写入日志的说明", "a remark for the log"}}, false},
    {"--dry-run", NULL, {{"照常检查，但不存入", "do everything and store nothing"}}, false},
};

static bool merge(call *c, ledger *l, int64_t from, int64_t into, import *done) {
import head = {.kind = IMPORT_MERGE, .who = who_user(c->memory), .at = who_now(c->memory), .note = call_value(c, "--note") };
  importing *under_way = ledger_begin(l, &head, c->problems);
  if (under_way == NULL) return false;
  fact f = {.type = FACT_MERGE,
            .subject_type = FACT_PERSON,
            .subject = from,
            .object_type = FACT_PERSON,
            .object = into,
            .part = 1};
  f.since = f.until = DATE_NONE;
  f.key = (int64_t)(known_mix("merge", from, into, NULL) & INT64_MAX);
  if (ledger_put(under_way, &f, c->problems) == 0) {
    ledger_abandon(under_way);
    return false;
  }
  return ledger_commit(under_way, call_has(c, "--dry-run"), done, c->problems);
}

static int run_merge(call *c) {
  ledger *l = open_ledger(c, LEDGER_WRITE);
  known *k = l == NULL ? NULL : known_open(l, c->problems);
  int64_t from = k == NULL ? 0 : person_named(c, l, k, c->arguments[0]),
          into = from == 0 ? 0 : person_named(c, l, k, c->arguments[1]);
import done = {0 };
  bool good = from != 0 && into != 0;
  if (good && from == into) {
    fault_add(c->problems, NOWHERE, "\"%s\" and \"%s\" are one person already", "“%s”与“%s”已是同一人", c->arguments[0],
              c->arguments[1]);
    good = false;
  }
  good = good && merge(c, l, from, into, &done);
  if (good && call_has(c, "--dry-run"))
    print_line(c, "\"%s\" can be merged into \"%s\"; nothing was stored", "“%s”可以并入“%s”；本次未存入任何内容",
               c->arguments[0], c->arguments[1]);
  else if (good)
    print_line(c, "\"%s\" is one person with \"%s\" from now on (import %lld; hongzhu undo takes it back)",
               "“%s”已并入“%s”（第 %lld 次导入，可用 hongzhu undo 撤销）", c->arguments[0], c->arguments[1],
               (long long)done.id);
  json_t *object = json_object();
  json_object_set_new(object, "merged", json_boolean(good && !call_has(c, "--dry-run")));
  if (good && !call_has(c, "--dry-run")) json_object_set_new(object, "import", json_integer(done.id));
  print_json(c, object);
  json_decref(object);
  known_close(k);
  ledger_close(l);
  if (k == NULL) return EXIT_LEDGER;
  int code = call_exit(c);
  return code == EXIT_INPUT && from != 0 && into != 0 ? EXIT_NO : code; /* refused, though both are there */
}

const command command_person_merge = {
    .name = "person merge",
    .usage = "FROM INTO",
    .help = {{"把两条登记合并为一人，可撤销", "two entries that are one person; it can be undone"}},
    .examples = {{"hongzhu person merge T05-2 T05 # T05-2 的全部事实归入 T05",
                  "hongzhu person merge T05-2 T05 # all facts of T05-2 are those of T05"}},
    OPTIONS(merge_options),
    .least = 2,
    .most = 2,
    .run = run_merge,
};
