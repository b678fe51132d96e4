/* log: who imported, undid, merged, entered, put packs to use and issued what; with --access, who read what unmasked.
 */
#include "cli/open.h"
#include "cli/print.h"
#include "ledger/access.h"

#include <string.h>

typedef enum event_kind {
  EVENT_IMPORT,
  EVENT_UNDO,
  EVENT_MERGE,
  EVENT_ENTRY,
  EVENT_USE,
  EVENT_ISSUE,
  EVENT_REGISTER,
  EVENTS
} event_kind;

static const said kind_words[EVENTS] = {
    [EVENT_IMPORT] = {{"导入", "import"}},    [EVENT_UNDO] = {{"撤销", "undo"}}, [EVENT_MERGE] = {{"合并", "merge"}},
    [EVENT_ENTRY] = {{"声明", "entry"}},      [EVENT_USE] = {{"启用", "use"}},   [EVENT_ISSUE] = {{"发布", "issue"}},
    [EVENT_REGISTER] = {{"编号", "register"}}};
static const char *const kind_names[EVENTS] = {"import", "undo", "merge", "entry", "use", "issue", "register"};
static const event_kind kind_of[] = {[IMPORT_FILE] = EVENT_IMPORT,
                                     [IMPORT_UNDO] = EVENT_UNDO,
                                     [IMPORT_MERGE] = EVENT_MERGE,
                                     [IMPORT_ENTRY] = EVENT_ENTRY,
                                     [IMPORT_REGISTER] = EVENT_REGISTER};

static const option_row options[] = {
    {"--last", "N", {{"只列最后 N 次", "only the last N"}}, false},
    {"--kind",
     "import|undo|merge|entry|use|issue|register",
     {{"只列这一类操作，可多次给出", "only what was done in this way; may be given again for another"}},
     true},
    {"--of",
     "TEXT",
     {{"只列文件、报告、适配器或规则包含有此文字的", "only where file, report, adapter or pack has this in it"}},
     false},
    {"--by", "USER", {{"只列此人所做的", "only what this user did"}}, false},
    {"--since", "DAY", {{"只列这一天（UTC）及以后的", "only from this day (UTC) on"}}, false},
    {"--access", NULL, {{"列出谁查看过未遮蔽的内容", "who read unmasked data"}}, false},
};

typedef struct event {
  event_kind kind;
  int64_t number; /* of the import, binding or issue */
  const char *at, *who, *adapter, *pack, *note;
  const char *of;         /* as shown */
  const import *imported; /* NULL for the others */
  json_t *value;
} event;

typedef struct events {
  call *call;
  ledger *ledger;
  event *items;
  size_t count, capacity;
  digest *images; /* looked up already */
  const char **packs;
  size_t images_count, images_capacity, packs_count, packs_capacity;
} events;

static const char *pack_of(events *e, digest image) {
  static const digest none;
  image_row row;
  arena *a = e->call->memory;
  if (digest_same(image, none)) return NULL;
  for (size_t i = 0; i < e->images_count; i++)
    if (digest_same(e->images[i], image)) return e->packs[i];
  bool known = ledger_image(e->ledger, image, a, &row, e->call->problems);
  *ARENA_PUSH(a, e->images, e->images_count, e->images_capacity) = image;
  *ARENA_PUSH(a, e->packs, e->packs_count, e->packs_capacity) =
      known ? arena_format(a, "%s %s", row.pack, row.version) : NULL;
  return e->packs[e->packs_count - 1];
}

static void put(json_t *value, const char *name, const char *text) {
  if (text != NULL) json_object_set_new(value, name, json_string(text));
}

static event *add(events *e, event_kind kind, int64_t number, const char *who, const char *at) {
  event *one = ARENA_PUSH(e->call->memory, e->items, e->count, e->capacity);
  *one = (event){.kind = kind, .number = number, .who = who, .at = at == NULL ? "" : at};
  one->value = json_kept(e->call->memory, json_object());
  return one;
}

static void add_import(events *e, const import *i) {
  char digits[DIGEST_TEXT];
  const call *c = e->call;
  event *one = add(e, kind_of[i->kind], i->id, i->who, i->at);
  json_t *value = one->value;
  one->imported = i;
  one->adapter = i->adapter;
  one->pack = pack_of(e, i->image);
  one->note = i->note;
  one->of = i->file_name;
  if (i->undoes != 0)
    one->of = arena_format(c->memory, c->in == LANGUAGE_ZH ? "第 %lld 次" : "import %lld", (long long)i->undoes);
  json_object_set_new(value, "import", json_integer(i->id));
  put(value, "kind", kind_names[one->kind]);
  put(value, "file", i->file_name);
  digest_text(i->file, digits);
  if (i->file_name != NULL) put(value, "digest", digits);
  put(value, "adapter", i->adapter);
  put(value, "pack", one->pack);
  if (i->undoes != 0) json_object_set_new(value, "undoes", json_integer(i->undoes));
  put(value, "who", i->who);
  put(value, "at", i->at);
  put(value, "note", i->note);
  json_object_set_new(value, "opened", json_integer(i->opened));
  json_object_set_new(value, "closed", json_integer(i->closed));
  json_object_set_new(value, "same", json_integer(i->same));
  json_object_set_new(value, "rejected", json_integer(i->rejected));
  digest_text(i->chain, digits);
  put(value, "chain", digits);
}

static void add_use(events *e, const binding *b) {
  char from[11];
  event *one = add(e, EVENT_USE, b->id, b->who, b->at);
  day_write(b->from, from);
  one->pack = pack_of(e, b->image);
  one->of = arena_format(e->call->memory, e->call->in == LANGUAGE_ZH ? "自 %s 起%s%s" : "from %s on%s%s", from,
                         b->organization == NULL ? "" : " · ", b->organization == NULL ? "" : b->organization);
  put(one->value, "kind", kind_names[EVENT_USE]);
  put(one->value, "pack", one->pack);
  put(one->value, "from", from);
  put(one->value, "organization", b->organization);
  put(one->value, "who", b->who);
  put(one->value, "at", b->at);
}

static void add_issue(events *e, const issued *i) {
  char on[11];
  event *one = add(e, EVENT_ISSUE, i->id, i->who, i->at);
  json_t *scope = json_kept(e->call->memory, json_loads(i->scope == NULL ? "" : i->scope, 0, NULL));
  const char *code = json_member_text(scope, "code");
  day_write(i->on, on);
  one->pack = pack_of(e, i->image);
  one->of = arena_format(e->call->memory,
                         e->call->in == LANGUAGE_ZH ? "报告 %lld：%s%s%s，%s，%s" : "report %lld: %s%s%s, %s, %s",
                         (long long)i->id, i->report, code == NULL ? "" : " ", code == NULL ? "" : code, on, i->format);
  put(one->value, "kind", kind_names[EVENT_ISSUE]);
  json_object_set_new(one->value, "number", json_integer(i->id));
  put(one->value, "report", i->report);
  put(one->value, "scope", code);
  put(one->value, "on", on);
  put(one->value, "format", i->format);
  json_object_set_new(one->value, "known_after", json_integer(i->known_after));
  put(one->value, "pack", one->pack);
  put(one->value, "who", i->who);
  put(one->value, "at", i->at);
}

/* Imports keep their order whatever the clock said; the others stand among them by their time, of one second a pack
 * put to use before the imports and a report after them. */
static void add_all(events *e) {
  call *c = e->call;
  import *imports;
  binding *uses;
  issued *reports;
  size_t imports_count = ledger_imports(e->ledger, c->memory, &imports, c->problems);
  size_t uses_count = ledger_bindings(e->ledger, c->memory, &uses, c->problems);
  size_t reports_count = ledger_issued(e->ledger, c->memory, &reports, c->problems);
  size_t i = 0, u = 0, r = 0;
  while (i < imports_count || u < uses_count || r < reports_count) {
    const char *at = i < imports_count ? imports[i].at : NULL;
    const char *used = u < uses_count ? uses[u].at : NULL, *issued_at = r < reports_count ? reports[r].at : NULL;
    bool use_first =
        u < uses_count && (r == reports_count || strcmp(used ? used : "", issued_at ? issued_at : "") <= 0);
    const char *other = use_first ? used : issued_at;
    int order = u == uses_count && r == reports_count ? -1 : strcmp(at ? at : "", other ? other : "");
    if (i < imports_count && (order < 0 || (order == 0 && !use_first)))
      add_import(e, &imports[i++]);
    else if (use_first)
      add_use(e, &uses[u++]);
    else
      add_issue(e, &reports[r++]);
  }
}

/* ---- which are wanted ---- */

typedef struct wanted {
  bool kind[EVENTS];
  const char *of, *by;
  const char *since; /* "": always */
} wanted;

static bool has(const char *text, const char *part) {
  return text != NULL && strstr(text, part) != NULL;
}

static bool is_wanted(const event *e, const wanted *w) {
  if (!w->kind[e->kind]) return false;
  if (w->by != NULL && !text_same(e->who, w->by)) return false;
  if (strcmp(e->at, w->since) < 0) return false;
  return w->of == NULL || has(e->of, w->of) || has(e->adapter, w->of) || has(e->pack, w->of) || has(e->note, w->of);
}

static bool read_wanted(call *c, wanted *out, int64_t *last) {
  day from;
  *out = (wanted){.of = call_value(c, "--of"), .by = call_value(c, "--by"), .since = ""};
  size_t given, which;
  const char *const *kinds = call_values(c, "--kind", &given);
  if (!call_whole(c, "--last", 1, INT64_MAX, INT64_MAX, last) || !call_day(c, "--since", &from)) return false;
  for (size_t k = 0; k < EVENTS; k++) out->kind[k] = given == 0;
  for (size_t k = 0; k < given; k++) {
    if (!call_one_of(c, "--kind", kinds[k], kind_names, EVENTS, &which)) return false;
    out->kind[which] = true;
  }
  if (call_has(c, "--since")) {
    char *since = arena_take(c->memory, 11);
    day_write(from, since);
    out->since = since;
  }
  return true;
}

/* ---- what is shown ---- */

static const char *count_of(const call *c, const event *e, int64_t number) {
  return e->imported == NULL ? NULL : print_count(c->memory, number);
}

static void show_events(call *c, ledger *l, const wanted *w, int64_t last) {
  static const table_column columns[] = {{{{"序号", "no."}}, true},        {{{"时间（UTC）", "when (UTC)"}}, false},
                                         {{{"操作", "what"}}, false},      {{{"对象", "of"}}, false},
                                         {{{"适配器", "adapter"}}, false}, {{{"规则包", "pack"}}, false},
                                         {{{"操作人", "who"}}, false},     {{{"新增", "opened"}}, true},
                                         {{{"关闭", "closed"}}, true},     {{{"不变", "same"}}, true},
                                         {{{"退回", "rejected"}}, true},   {{{"说明", "note"}}, false}};
  events all = {.call = c, .ledger = l};
  add_all(&all);
  table *t = table_new(c, columns, sizeof columns / sizeof *columns);
  json_t *list = json_array();
  size_t kept = 0;
  for (size_t k = 0; k < all.count; k++)
    if (is_wanted(&all.items[k], w)) all.items[kept++] = all.items[k];
  for (size_t k = (uint64_t)last < kept ? kept - (size_t)last : 0; k < kept; k++) {
    const event *e = &all.items[k];
    const import *i = e->imported;
    const char *const cells[] = {count_of(c, e, e->number),
                                 e->at,
                                 kind_words[e->kind].in[c->in],
                                 e->of,
                                 e->adapter,
                                 e->pack,
                                 e->who,
                                 count_of(c, e, i == NULL ? 0 : i->opened),
                                 count_of(c, e, i == NULL ? 0 : i->closed),
                                 count_of(c, e, i == NULL ? 0 : i->same),
                                 count_of(c, e, i == NULL ? 0 : i->rejected),
                                 e->note};
    table_row(c, t, cells);
    json_array_append(list, e->value);
  }
  print_table(c, t);
  if (all.count == 0)
    print_line(c, "nothing was imported yet", "还没有任何导入");
  else if (kept == 0)
    print_line(c, "nothing in the log is as asked for", "日志中没有符合条件的操作");
  json_t *value = json_object();
  json_object_set_new(value, "log", list);
  print_json(c, value);
  json_decref(value);
}

static void show_access(call *c, const ledger *l, const wanted *w, int64_t last) {
  static const table_column columns[] = {{{{"时间（UTC）", "when (UTC)"}}, false},
                                         {{{"操作人", "who"}}, false},
                                         {{{"命令", "command"}}, false},
                                         {{{"查看的是", "of"}}, false}};
  access_entry *entries;
  size_t foreign, kept = 0, count = ledger_access_read(l, c->memory, &entries, &foreign, c->problems);
  table *t = table_new(c, columns, 4);
  json_t *list = json_array();
  for (size_t k = 0; k < count; k++) {
    const access_entry *e = &entries[k];
    bool of_it = w->of == NULL || has(e->of, w->of) || has(e->command, w->of);
    if (of_it && (w->by == NULL || text_same(e->who, w->by)) && strcmp(e->at, w->since) >= 0) entries[kept++] = *e;
  }
  for (size_t k = (uint64_t)last < kept ? kept - (size_t)last : 0; k < kept; k++) {
    const access_entry *e = &entries[k];
    table_row(c, t, (const char *const[]){e->at, e->who, e->command, e->of});
    json_array_append_new(
        list, json_pack("{s:s, s:s, s:s, s:s}", "at", e->at, "who", e->who, "command", e->command, "of", e->of));
  }
  print_table(c, t);
  if (kept == 0) print_line(c, "no reading of unmasked data is written down", "没有查看未遮蔽内容的登记");
  if (foreign > 0)
    fault_warn(c->problems, NOWHERE, "\"%s.access\": %zu lines were not written by this program and are left out",
               "“%s.access”：%zu 行不是本程序写的，未列出", ledger_path(l), foreign);
  json_t *value = json_object();
  json_object_set_new(value, "access", list);
  print_json(c, value);
  json_decref(value);
}

static int show_log(call *c) {
  int64_t last;
  wanted w;
  if (!read_wanted(c, &w, &last)) return EXIT_USAGE;
  ledger *l = open_ledger(c, LEDGER_READ);
  if (l == NULL) return EXIT_LEDGER;
  if (call_has(c, "--access"))
    show_access(c, l, &w, last);
  else
    show_events(c, l, &w, last);
  ledger_close(l);
  return call_exit(c);
}

const command command_log = {
    .name = "log",
    .usage = "[--last N] [--kind KIND] [--of TEXT] [--by USER] [--since DAY] [--access]",
    .help = {{"列出谁在何时导入、撤销、合并、声明、启用和发布了什么",
              "list who imported, undid, merged, entered, put to use and issued what, and when"}},
    .examples =
        {{"hongzhu log\nhongzhu log --last 5\nhongzhu log --kind issue # 发布过的报告\n"
          "hongzhu log --of 选派名单 --since 2025-03-01\nhongzhu log --access # 谁查看过未遮蔽的姓名和证件",
          "hongzhu log\nhongzhu log --last 5\nhongzhu log --kind issue # the reports that were issued\n"
          "hongzhu log --of roster --since 2025-03-01\nhongzhu log --access # who read names and numbers in full"}},
    OPTIONS(options),
    .run = show_log,
};
