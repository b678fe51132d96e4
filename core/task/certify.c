#include "task/certify.h"

#include "base/json.h"
#include "task/find.h"
#include "task/kept_text.h"
#include "task/who.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const number_state_names[NUMBER_STATES] = {"in_force", "suspended", "revoked"};

said number_state_said(number_state s) {
  static const said words[NUMBER_STATES] = {{{"有效", "in force"}}, {{"暂停", "suspended"}}, {{"已注销", "revoked"}}};
  return words[s];
}

/* The register of the pack; NULL with a fault where it has none of that name. */
static const declared_register *register_named(const pack *p, const char *id, faults *problems) {
  const char **ids = arena_array(p->memory, p->registers_count + 1, sizeof *ids);
  for (size_t i = 0; i < p->registers_count; i++) {
    ids[i] = p->registers[i].id;
    if (!strcmp(ids[i], id)) return &p->registers[i];
  }
  fault_add(problems, NOWHERE, "pack \"%s\" has no register \"%s\"", "规则包“%s”没有编号登记“%s”", p->id, id);
  const char *near = text_nearest(id, ids, p->registers_count);
  if (near)
    fault_next(problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  else
    fault_next(problems, "a pack declares one with: register { id = \"…\", among = met \"…\", … }",
               "规则包用 register { id = \"…\", among = met \"…\", … } 声明");
  return NULL;
}

/* ---- what was given out ---- */

typedef struct gathering {
  arena *memory;
  numbered *items;
  size_t count, capacity;
} gathering;

static day first_of(date d) {
  return d == DATE_NONE ? DAY_NONE : date_first(d);
}

static bool gather(void *context, const fact *f) {
  gathering *g = context;
  arena *a = g->memory;
  json_t *attributes = json_kept(a, json_loads(f->attributes ? f->attributes : "{}", 0, NULL));
  numbered n = {.register_id = json_member_text(attributes, "register"),
                .number = json_member_text(attributes, "number"),
                .person = json_member_text(attributes, "holder"),
                .cohort = json_member_text(attributes, "holder_cohort"),
                .programme = json_member_text(attributes, "holder_programme"),
                .reason = json_member_text(attributes, "reason"),
                .on = first_of(f->since),
                .revoked = DAY_NONE,
                .fact = *f};
  if (!n.register_id || !n.number) return true;
  n.state = text_same(f->status, "revoked") ? NUMBER_REVOKED : NUMBER_IN_FORCE;
  if (n.state == NUMBER_REVOKED) n.revoked = first_of(f->until);
  n.fact.kind = arena_text(a, f->kind);
  n.fact.status = arena_text(a, f->status);
  n.fact.attributes = arena_text(a, f->attributes);
  n.fact.level = n.fact.mode = n.fact.unit = NULL;
  *ARENA_PUSH(a, g->items, g->count, g->capacity) = n;
  return true;
}

static int by_number(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int by_register(const void *a, const void *b) {
  const numbered *x = a, *y = b;
  int order = strcmp(x->register_id, y->register_id);
  if (order == 0 && x->on != y->on) return x->on < y->on ? -1 : 1;
  return order ? order : strcmp(x->number, y->number);
}

size_t certify_numbers(ledger *l, const subjects *s, arena *a, numbered **out, faults *problems) {
  gathering g = {.memory = a};
  bool good = ledger_numbered(l, gather, &g, problems);
  const fact_columns *t = &s->of[FACT_ENROLLMENT];
  int64_t *known = memory_take((t->count + (size_t)1) * sizeof *known);
  for (uint32_t i = 0; i < t->count; i++) known[i] = t->entity[i];
  if (t->count) qsort(known, t->count, sizeof *known, by_number);
  for (size_t i = 0; i < g.count; i++) {
    bool there = t->count && bsearch(&g.items[i].fact.subject, known, t->count, sizeof *known, by_number);
    if (!there && g.items[i].state == NUMBER_IN_FORCE) g.items[i].state = NUMBER_SUSPENDED;
  }
  free(known);
  if (g.count) qsort(g.items, g.count, sizeof *g.items, by_register);
  *out = g.items;
  return good ? g.count : 0;
}

/* ---- the table of what is given ---- */

static void csv_cell(buffer *out, const char *text, const char *end) {
  bool quoted = text[strcspn(text, ",\"\r\n")] != '\0';
  if (quoted) buffer_text(out, "\"");
  for (; *text; text++) {
    if (*text == '"') buffer_text(out, "\"");
    buffer_bytes(out, text, 1);
  }
  if (quoted) buffer_text(out, "\"");
  buffer_text(out, end);
}

static void csv_line(buffer *out, const numbered *n) {
  char on[11];
  day_write(n->state == NUMBER_REVOKED ? n->revoked : n->on, on);
  csv_cell(out, n->number, ",");
  csv_cell(out, n->person, ",");
  csv_cell(out, n->cohort, ",");
  csv_cell(out, n->programme ? n->programme : "", ",");
  csv_cell(out, on, ",");
  csv_cell(out, number_state_names[n->state], ",");
  csv_cell(out, n->reason ? n->reason : "", "\n");
}

/* One import: the table is kept, each line a record; a number that is revoked takes the place of what it was. */
static bool store(ledger *l, arena *a, const char *name, digest image, numbered *rows, size_t count, bool dry_run,
                  const char *note, import *done, faults *problems) {
  buffer text = {0};
  buffer_text(&text, "number,person,cohort,programme,date,status,reason\n");
  for (size_t i = 0; i < count; i++) csv_line(&text, &rows[i]);
import head = {.kind = IMPORT_REGISTER, .file_name = name, .image = image, .who = who_user(a), .at = who_now(a), .note = note };
  int descriptor = kept_text(name, text.at, text.length, &head.file, problems);
  buffer_free(&text);
  if (descriptor < 0) return false;
  digest kept;
  importing *i = ledger_begin(l, &head, problems);
  bool good = i != NULL && (dry_run || ledger_keep(l, descriptor, &kept, problems));
  close(descriptor);
  for (size_t k = 0; k < count && good; k++) {
    fact *f = &rows[k].fact;
    if (rows[k].state == NUMBER_REVOKED) good = ledger_close_fact(i, f->id, problems);
    f->row = (int64_t)k + 2;
    f->source = f->id = 0;
    good = good && ledger_put(i, f, problems) != 0;
  }
  if (good) return ledger_commit(i, dry_run, done, problems);
  if (i) ledger_abandon(i);
  return false;
}

static const char *attributes_of(arena *a, const numbered *n) {
  json_t *all = json_pack("{s:s, s:s, s:s, s:s, s:s*, s:s*}", "number", n->number, "register", n->register_id, "holder",
                          n->person, "holder_cohort", n->cohort, "holder_programme", n->programme, "reason", n->reason);
  return json_canonical(a, json_kept(a, all));
}

static int64_t key_of(const numbered *n) {
  arena *a = arena_new();
  digest_stream *stream = digest_begin(a);
  digest_add_text(stream, "register");
  digest_add_text(stream, n->register_id);
  digest_add_text(stream, n->number);
  int64_t key = digest_key(digest_end(stream));
  arena_free(a);
  return key;
}

/* ---- issuing ---- */

typedef struct issuing {
  evaluating *e;
  arena *memory;
  const declared_register *of;
  number_words words;
  numbered *before; /* of all registers */
  size_t before_count;
  bool again;
  certify_outcome *out;
  size_t given_capacity, others_capacity;
} issuing;

static const char *code_of(const subjects *s, fact_type type, int32_t row) {
  return row < 0 || !s->of[type].code[row] ? NULL : s->words[s->of[type].code[row]];
}

typedef struct candidate {
  const char *person;
  uint32_t row;
} candidate;

static int by_person(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  int order = strcmp(x->person ? x->person : "", y->person ? y->person : "");
  return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

/* The number of this register that the holder of an enrollment has in its cohort: the newest. */
static const numbered *number_of(const issuing *i, const char *person) {
  const numbered *found = NULL;
  for (size_t k = 0; k < i->before_count; k++) {
    const numbered *n = &i->before[k];
    if (!strcmp(n->register_id, i->of->id) && text_same(n->person, person) && text_same(n->cohort, i->words.cohort))
      found = n;
  }
  return found;
}

static int64_t last_serial(const issuing *i) {
  int64_t last = 0;
  for (size_t k = 0; k < i->before_count; k++) {
    int64_t serial = strcmp(i->before[k].register_id, i->of->id) != 0
                         ? 0
                         : register_serial(i->memory, i->of, i->words, i->before[k].number);
    if (serial > last) last = serial;
  }
  return last;
}

static void pass_over(issuing *i, const char *person, outcome o, const numbered *has) {
  certify_outcome *out = i->out;
  *ARENA_PUSH(i->memory, out->others, out->others_count, i->others_capacity) =
      (passed_over){person, o, has ? has->number : NULL, has && has->state == NUMBER_REVOKED};
}

static bool consider(issuing *i, const candidate *c, const candidate *previous, int64_t *serial, faults *problems) {
  const subjects *s = i->e->subjects;
  outcome o = evaluation_outcome(i->e->evaluation, i->of->among, c->row);
  const numbered *has = c->person ? number_of(i, c->person) : NULL;
  bool twice = previous && c->person && i->out->given_count > 0 &&
               text_same(i->out->given[i->out->given_count - 1].person, c->person);
  if (o != OUTCOME_MET || twice || (has && (has->state != NUMBER_REVOKED || !i->again))) {
    if (!twice) pass_over(i, c->person ? c->person : "?", o, has);
    return true;
  }
  if (!c->person) {
    const fact_columns *t = &s->of[FACT_ENROLLMENT];
    fault_add(problems, (place){.file = s->sources[t->source[c->row]].file_name, .sheet = NULL, .row = t->row[c->row]},
              "a person without a code has met rule \"%s\": a number names its holder by code",
              "一名没有代码的人员已达到规则“%s”：编号须以代码注明持有人", i->e->pack->rules[i->of->among].id);
    return fault_next(problems, "add codes to the file and import it again", "请在文件中补充代码后重新导入");
  }
  if (++*serial > register_most(i->of)) {
    fault_add(problems, i->of->where, "register \"%s\" is full: \"%s\" has room for %lld numbers",
              "编号登记“%s”已满：“%s”最多容纳 %lld 个编号", i->of->id, i->of->number, (long long)register_most(i->of));
    return fault_next(problems, "give {serial:N} more digits in a new register", "请在新的登记中加宽 {serial:N}");
  }
  char *made = register_number(i->memory, i->of, i->words, *serial, problems);
  if (!made) return false;
  numbered one = {.register_id = i->of->id,
                  .number = made,
                  .person = c->person,
                  .cohort = i->words.cohort,
                  .programme = i->words.programme,
                  .on = i->e->on,
                  .revoked = DAY_NONE,
                  .state = NUMBER_IN_FORCE};
  one.fact = (fact){.type = FACT_RECORD,
                    .kind = i->of->kind,
                    .status = "in_force",
                    .subject_type = FACT_ENROLLMENT,
                    .subject = s->of[FACT_ENROLLMENT].entity[c->row],
                    .part = 1,
                    .since = date_of_day(i->e->on),
                    .until = date_of_day(i->e->on),
                    .attributes = attributes_of(i->memory, &one)};
  one.fact.key = key_of(&one);
  *ARENA_PUSH(i->memory, i->out->given, i->out->given_count, i->given_capacity) = one;
  return true;
}

/* Numbers are unique over all registers of one template too: two registers that make the same one are a fault. */
static bool all_new(const issuing *i, faults *problems) {
  for (size_t k = 0; k < i->out->given_count; k++)
    for (size_t b = 0; b < i->before_count; b++)
      if (!strcmp(i->before[b].number, i->out->given[k].number)) {
        fault_add(problems, i->of->where, "number \"%s\" was given out by register \"%s\"", "编号“%s”已由登记“%s”发出",
                  i->before[b].number, i->before[b].register_id);
        return fault_next(problems, "tell the templates of the two registers apart", "请使两个登记的编号模板有所区别");
      }
  return true;
}

static bool fill_words(issuing *i, uint32_t cohort, faults *problems) {
  const subjects *s = i->e->subjects;
  int year, month, month_day;
  i->words.cohort = code_of(s, FACT_COHORT, (int32_t)cohort);
  i->words.programme = code_of(s, FACT_PROGRAMME, s->of[FACT_COHORT].subject[cohort]);
  day_parts(i->e->on, &year, &month, &month_day);
  i->words.year = year;
  if (i->words.cohort) return true;
  fault_add(problems, NOWHERE, "cohort \"%s\" has no code: a number is given in a cohort by its code",
            "批次“%s”没有代码：编号按批次代码发出", s->words[s->of[FACT_COHORT].name[cohort]]);
  return fault_next(problems, "give the cohort a code in the pack or its file", "请在规则包或文件中为批次补充代码");
}

bool certify_issue(evaluating *e, certify_request request, certify_outcome *out, faults *problems) {
  *out = (certify_outcome){.cohort = request.cohort};
  issuing i = {.e = e, .memory = e->memory, .again = request.again, .out = out};
  uint32_t cohort = 0;
  i.of = out->of = register_named(e->pack, request.register_id, problems);
  if (!i.of) return false;
  found_one found = find_row(e->subjects, FACT_COHORT, request.cohort, &cohort, problems);
  if (found == FOUND_NONE) {
    fault_add(problems, NOWHERE, "no cohort has the code or name \"%s\"", "没有代码或名称为“%s”的批次", request.cohort);
    return fault_next(problems, "hongzhu status shows what the ledger holds", "用 hongzhu status 查看台账内容");
  }
  if (found != FOUND_ONE || !fill_words(&i, cohort, problems)) return false;
  out->cohort = i.words.cohort;
  size_t before = problems->errors;
  i.before_count = certify_numbers(e->ledger, e->subjects, i.memory, &i.before, problems);
  uint32_t *rows;
  size_t count = rows_under(evaluation_view(e->evaluation), FACT_COHORT, cohort, FACT_ENROLLMENT, i.memory, &rows);
  candidate *candidates = arena_array(i.memory, count + 1, sizeof *candidates);
  for (size_t k = 0; k < count; k++)
    candidates[k] =
        (candidate){code_of(e->subjects, FACT_PERSON, e->subjects->of[FACT_ENROLLMENT].subject[rows[k]]), rows[k]};
  if (count) qsort(candidates, count, sizeof *candidates, by_person);
  int64_t serial = last_serial(&i);
  for (size_t k = 0; k < count && problems->errors == before; k++)
    consider(&i, &candidates[k], k ? &candidates[k - 1] : NULL, &serial, problems);
  if (problems->errors > before || !all_new(&i, problems)) return false;
  if (!out->given_count) return true;
  char on[11];
  day_write(e->on, on);
  const char *name = arena_format(i.memory, "%s-%s-%s.csv", i.of->id, i.words.cohort, on);
  return store(e->ledger, i.memory, name, e->pack->image, out->given, out->given_count, request.dry_run, request.note,
               &out->done, problems);
}

/* ---- revoking ---- */

bool certify_revoke(ledger *l, const subjects *s, const char *wanted, const char *reason, day on, bool dry_run,
                    arena *a, import *done, numbered *out, faults *problems) {
  numbered *all;
  size_t before = problems->errors, count = certify_numbers(l, s, a, &all, problems), at = 0;
  if (problems->errors > before) return false;
  while (at < count && strcmp(all[at].number, wanted) != 0) at++;
  if (at == count) {
    fault_add(problems, NOWHERE, "no number \"%s\" was given out", "没有发出过编号“%s”", wanted);
    return fault_next(problems, "hongzhu certificate list shows them", "用 hongzhu certificate list 查看");
  }
  numbered *n = &all[at];
  char when[11];
  if (n->state == NUMBER_REVOKED) {
    day_write(n->revoked, when);
    return fault_add(problems, NOWHERE, "number \"%s\" was revoked on %s already: %s", "编号“%s”已于 %s 注销：%s",
                     wanted, when, n->reason ? n->reason : "-");
  }
  if (on < n->on) {
    day_write(n->on, when);
    return fault_add(problems, NOWHERE, "number \"%s\" was given out on %s: it cannot be revoked before",
                     "编号“%s”于 %s 发出，不能在此前注销", wanted, when);
  }
  n->state = NUMBER_REVOKED;
  n->revoked = on;
  n->reason = reason;
  n->fact.status = "revoked";
  n->fact.until = date_of_day(on);
  n->fact.attributes = attributes_of(a, n);
  *out = *n;
  char *name = arena_format(a, "%s-revoked-%s.csv", n->register_id, wanted);
  for (char *c = name; *c; c++)
    if (*c == '/') *c = '-';
  return store(l, a, name, (digest){{0}}, n, 1, dry_run, NULL, done, problems);
}
