#include "task/report.h"

#include "pack/decide_role.h"
#include "pack/script.h"
#include "task/figure_said.h"
#include "task/report_inside.h"

#include <string.h>

/* ---- events ---- */

hongzhu_event *report_event(reporting *r, hongzhu_event_kind kind) {
  document *d = r->document;
  hongzhu_event *event = ARENA_PUSH(r->memory, d->events, d->count, d->capacity);
  *event = (hongzhu_event){.size = sizeof *event, .kind = (uint32_t)kind};
  return event;
}

static void simple_text(reporting *r, hongzhu_event_kind kind, const char *text) {
  hongzhu_span *span = arena_take(r->memory, sizeof *span);
  *span = (hongzhu_span){sizeof *span, plain_text(text), NULL};
  hongzhu_event *event = report_event(r, kind);
  event->spans = span;
  event->spans_count = 1;
}

/* The group that an author wrote; one that nothing belongs to has no value of the ledger's. */
static value written_group(reporting *r, const block_piece *piece, size_t *position) {
  value *groups;
  const block probe = {.figures = (int32_t[]){piece->figure}, .figures_count = 1, .by = *piece->by};
  size_t count = report_groups(r, &probe, &groups);
  for (size_t i = 0; i < count; i++) {
    *position = i + 1;
    if (shown_means(&r->showing, piece->by, FACT_NONE, groups[i], piece->group)) return groups[i];
  }
  *position = 0;
  return (value){.form = VALUE_TEXT, .text = piece->group};
}

static bool sentence(reporting *r, const block *b) {
  language in = r->showing.in;
  size_t count = 0;
  hongzhu_span *spans = arena_array(r->memory, b->pieces_count[in] * 2 + 1, sizeof *spans);
  for (size_t i = 0; i < b->pieces_count[in]; i++) {
    const block_piece *piece = &b->pieces[in][i];
    if (piece->text[0]) spans[count++] = (hongzhu_span){sizeof *spans, plain_text(piece->text), NULL};
    if (piece->figure < 0) continue;
    size_t position = 0;
    value group = piece->by ? written_group(r, piece, &position) : (value){0};
    const made_figure *f = report_figure(r, piece->figure, piece->by, group, position);
    if (!f) return false;
    spans[count++] = (hongzhu_span){sizeof *spans, plain_text(report_figure_text(r, f, piece->value_only)), &f->made};
  }
  hongzhu_event *event = report_event(r, b->form == BLOCK_NOTE ? HONGZHU_EVENT_NOTE : HONGZHU_EVENT_PARAGRAPH);
  event->spans = spans;
  event->spans_count = (uint32_t)count;
  return true;
}

static bool key_figures(reporting *r, const block *b) {
  hongzhu_figure *figures = arena_array(r->memory, b->figures_count + 1, sizeof *figures);
  for (size_t i = 0; i < b->figures_count; i++) {
    const made_figure *f = report_figure(r, b->figures[i], NULL, (value){0}, 0);
    if (!f) return false;
    figures[i] = f->made;
  }
  hongzhu_event *event = report_event(r, HONGZHU_EVENT_FIGURES);
  event->figures = figures;
  event->figures_count = (uint32_t)b->figures_count;
  return true;
}

static bool one_block(reporting *r, const block *b) {
  language in = r->showing.in;
  if (b->of_people && r->request->detail == DETAIL_NONE && b->form != BLOCK_PARAGRAPH) {
    const char *title = b->title.in[in] ? b->title.in[in] : "";
    simple_text(r, HONGZHU_EVENT_NOTE,
                arena_format(r->memory,
                             say(r, "按要求不列出个人明细%s%s%s。", "Details of single people are left out%s%s%s."),
                             *title ? say(r, "：“", ": “") : "", title, *title ? "”" : ""));
    return true;
  }
  hongzhu_event *event;
  switch (b->form) {
  case BLOCK_HEADING:
    event = report_event(r, HONGZHU_EVENT_HEADING);
    event->level = (uint32_t)b->level;
    event->text = plain_text(b->title.in[in]);
    return true;
  case BLOCK_PARAGRAPH:
  case BLOCK_NOTE:
    return sentence(r, b);
  case BLOCK_FIGURES:
    return key_figures(r, b);
  case BLOCK_GROUPS:
    return report_table(r, b);
  case BLOCK_ROWS:
    return report_rows(r, b);
  case BLOCK_CHART:
    return report_chart(r, b);
  case BLOCK_CHECKS:
    return report_checks(r, b);
  case BLOCK_DECISIONS:
    return report_decisions(r, b);
  case BLOCK_PAGE:
    report_event(r, HONGZHU_EVENT_PAGE);
    return true;
  }
  return true;
}

/* ---- what the report says of itself ---- */

static const char *scope_title(reporting *r) {
  const subjects *s = r->showing.view->s;
  figure_scope scope = r->scope;
  if (scope.type == FACT_NONE) return NULL;
  const char *own = shown_row(&r->showing, scope.type, scope.row);
  if (scope.type != FACT_COHORT) return own;
  int32_t programme = s->of[FACT_COHORT].subject[scope.row];
  if (programme < 0) return own;
  return arena_format(r->memory, "%s%s%s", shown_row(&r->showing, FACT_PROGRAMME, (uint32_t)programme),
                      say(r, "　", ", "), own);
}

static void title_event(reporting *r) {
  const report_declaration *of = r->plan->report;
  const json_t *subtitle = json_object_get(of->declaration, "subtitle");
  const char *words = json_is_string(subtitle) ? json_string_value(subtitle)
                                               : json_member_text(subtitle, r->showing.in == LANGUAGE_ZH ? "zh" : "en");
  hongzhu_event *event = report_event(r, HONGZHU_EVENT_DOCUMENT);
  event->text = plain_text(of->title.in[r->showing.in] ? of->title.in[r->showing.in] : of->id);
  event->note = plain_text(words ? words : scope_title(r));
}

static void about_event(reporting *r) {
  const pack *p = r->pack;
  language in = r->showing.in;
  char short_digest[13] = "", whole[DIGEST_TEXT];
  digest_text(p->image, whole);
  if (!digest_same(p->image, (digest){{0}})) memcpy(short_digest, whole, 12);
  const char *on = date_text(r->memory, date_of_day(r->request->on), in);
  const char *style =
      r->exact ? say(r, "数字均为精确数", "Numbers are exact")
      : r->rounded
          ? say(r,
                "文中数字按公布口径取整：去尾后加“余”，表示实际不少于所列数；分组的数字和图中的数字为精确数，每个取整数"
                "字的精确数写在它的口径里",
                "Numbers in the text are rounded as published: cut off, with a + where something was left. "
                "Parts by group and charts are exact, and each rounded number has the exact one in its definition")
          : say(r, "数字按公布口径列出，均为精确数", "Numbers are as published, all of them exact");
  const char *title = p->title.in[in] ? p->title.in[in] : p->id;
  const char *image = *short_digest ? arena_format(r->memory, say(r, "，映像 %s", ", image %s"), short_digest) : "";
  simple_text(r, HONGZHU_EVENT_NOTE,
              arena_format(r->memory,
                           say(r, "本报告按%s的情况编制，依据规则包 %s（%s，版本 %s%s）。%s。",
                               "As of %s, under the pack %s (%s, version %s%s). %s."),
                           on, p->id, title, p->version ? p->version : "-", image, style));
}

static void assumed_event(reporting *r) {
  const parameter **assumed;
  language in = r->showing.in;
  size_t count = assumed_parameters(r->memory, r->pack, r->rules, r->request->on, &assumed);
  if (!count) return;
  char *list = arena_text(r->memory, "");
  for (size_t i = 0; i < count; i++) {
    day next;
    const parameter *p = assumed[i];
    const parameter_entry *entry = parameter_on(p, r->request->on, &next);
    list = arena_format(r->memory, "%s%s%s%s%s%s%s%s", list, i ? say(r, "；", "; ") : "",
                        p->title.in[in] ? p->title.in[in] : p->id, say(r, " ", ": "),
                        parameter_said(r->memory, r->pack, p, entry, in), say(r, "（", " ("),
                        entry->assumed.in[in] ? entry->assumed.in[in] : "", say(r, "）", ")"));
  }
  simple_text(r, HONGZHU_EVENT_NOTE,
              arena_format(r->memory,
                           say(r, "认定所用的以下参数为假定值，没有公布的依据：%s。",
                               "Decisions rest on these parameters, which are assumed and not published: %s."),
                           list));
}

/* ---- body ---- */

static json_t *figure_json(reporting *r, int32_t figure_at) {
  figure_value v;
  const figure *f = &r->pack->figures[figure_at];
  if (!figure_compute(r->evaluation, figure_at, r->scope, (figure_group){0}, r->memory, &v, r->problems)) return NULL;
  json_t *made = json_object();
  bool known = v.bound != BOUND_NONE && v.bound != BOUND_UNKNOWN;
  json_object_set_new(made, "title", json_string(f->title.in[r->showing.in] ? f->title.in[r->showing.in] : f->id));
  json_object_set_new(
      made, "text", json_string(figure_text(r->memory, r->exact ? r->unscaled : r->pack, &v, r->exact, r->showing.in)));
  json_object_set_new(made, "unit", json_string(f->unit ? f->unit : ""));
  json_object_set_new(made, "known", json_boolean(known));
  if (known && v.number.below == 1) json_object_set_new(made, "number", json_integer(v.number.above));
  return made;
}

/* What `body` is given: the day, the language, the scope and every figure that fits it. */
static json_t *body_given(reporting *r) {
  char on[11];
  day_write(r->request->on, on);
  json_t *given = json_object(), *figures = json_object(), *scope = json_object();
  const subjects *s = r->showing.view->s;
  for (size_t i = 0; i < r->pack->figures_count; i++) {
    const figure *f = &r->pack->figures[i];
    if (f->scope != FACT_NONE && f->scope != r->plan->report->of) continue;
    json_t *one = figure_json(r, (int32_t)i);
    if (one) json_object_set_new(figures, f->id, one);
  }
  if (r->scope.type != FACT_NONE) {
    const fact_columns *t = &s->of[r->scope.type];
    json_object_set_new(scope, "code", json_string(s->words[t->code[r->scope.row]]));
    json_object_set_new(scope, "name",
                        json_string(r->scope.type == FACT_PERSON ? shown_row(&r->showing, FACT_PERSON, r->scope.row)
                                                                 : s->words[t->name[r->scope.row]]));
  }
  json_object_set_new(given, "on", json_string(on));
  json_object_set_new(given, "language", json_string(say(r, "zh", "en")));
  json_object_set_new(given, "scope", scope);
  json_object_set_new(given, "figures", figures);
  return given;
}

/* ---- the whole ---- */

typedef struct foreign_rules { /* what decides rules that are not expressions */
  decide_worker *worker;
} foreign_rules;

static bool asks_plugins(const pack *p) {
  for (size_t i = 0; i < p->rules_count; i++)
    if (p->rules[i].way == RULE_NATIVE) return true;
  return false;
}

static bool open_evaluation(reporting *r, const subjects *s, foreign_rules *foreign) {
  offers *natives = NULL;
  if (asks_plugins(r->pack)) {
    natives = arena_take(r->memory, sizeof *natives);
    if (!offers_find(r->memory, natives, r->problems)) return false;
  }
  pack *unscaled = arena_copy(r->memory, r->pack, sizeof *unscaled);
  unscaled->figures = arena_array(r->memory, r->pack->figures_count + 1, sizeof *unscaled->figures);
  for (size_t i = 0; i < r->pack->figures_count; i++) {
    unscaled->figures[i] = r->pack->figures[i];
    unscaled->figures[i].style.scale = 1;
  }
  r->unscaled = unscaled;
  r->evaluation = evaluation_new(r->pack, s, r->request->on, r->problems);
  foreign->worker = decide_worker_new(r->memory, r->pack, s, r->request->on, natives);
  evaluation_elsewhere(r->evaluation, decide_worker_ask, foreign->worker);
  r->showing.pack = r->pack;
  r->showing.view = evaluation_view(r->evaluation);
  return true;
}

static bool close_evaluation(reporting *r, foreign_rules *foreign) {
  bool good = !foreign->worker || decide_worker_free(foreign->worker, r->problems);
  evaluation_free(r->evaluation);
  r->evaluation = NULL;
  foreign->worker = NULL;
  return good;
}

static json_t *blocks_of_body(reporting *r, const subjects *s) {
  foreign_rules foreign = {NULL};
  json_t *blocks = NULL;
  if (open_evaluation(r, s, &foreign)) {
    json_t *given = body_given(r);
    if (!r->problems->errors) blocks = script_body(r->memory, &r->pack->text, r->plan->report->id, given, r->problems);
    json_decref(given);
  }
  close_evaluation(r, &foreign);
  return json_kept(r->memory, blocks);
}

static bool write_events(reporting *r) {
  title_event(r);
  for (size_t i = 0; i < r->plan->count; i++)
    if (!one_block(r, &r->plan->blocks[i])) return false;
  about_event(r);
  assumed_event(r);
  return report_origins(r);
}

bool report_make(ledger *l, const pack *p, const subjects *s, const report_request *request, arena *a, document *out,
                 faults *problems) {
  size_t errors = problems->errors;
  report_plan plan;
  const report_declaration *of = report_named(p, request->report, problems);
  if (!of) return false;
  if (request->code && request->of != FACT_NONE && request->of != of->of) {
    fault_add(problems, NOWHERE, "report \"%s\" is of one %s, not of one %s", "报告“%s”的范围是 %s，而不是 %s", of->id,
              fact_type_name(of->of), fact_type_name(request->of));
    return fault_next(problems, "give its scope with %s CODE", "请用 %s 编号 指定范围", scope_option_name(of->of));
  }
  if (!report_plan_make(a, p, of, NULL, &plan, problems)) return false;
  char *on = arena_take(a, 11);
  day_write(request->on, on);
  *out = (document){.language = request->in == LANGUAGE_ZH ? "zh" : "en", .day = on};
  reporting r = {.memory = a,
                 .ledger = l,
                 .pack = plan.pack,
                 .plan = &plan,
                 .request = request,
                 .document = out,
                 .problems = problems};
  r.exact = request->exact || of->exact;
  r.showing = (showing){.memory = a, .pack = plan.pack, .in = request->in, .detail = request->detail};
  r.rules = arena_array(a, p->rules_count + 1, sizeof *r.rules);
  if (!report_scope(s, of->of, request->code, &r.scope, problems)) return false;
  out->report = of->id;
  out->pack = p->id;
  out->version = p->version;
  if (r.scope.type != FACT_NONE) {
    uint32_t word = s->of[r.scope.type].code[r.scope.row];
    out->of = fact_type_name(r.scope.type);
    out->scope = word ? s->words[word] : request->code;
  }
  if (of->has_body) {
    json_t *blocks = blocks_of_body(&r, s);
    if (!blocks || problems->errors > errors || !report_plan_make(a, p, of, blocks, &plan, problems)) return false;
    r.pack = plan.pack;
  }
  foreign_rules foreign = {NULL};
  bool good = open_evaluation(&r, s, &foreign) && write_events(&r);
  good = close_evaluation(&r, &foreign) && good;
  return good && problems->errors == errors;
}

bool report_check(const pack *p, faults *problems) {
  size_t before = problems->errors + problems->dropped;
  for (size_t i = 0; i < p->reports_count; i++) {
    report_plan plan;
    if (!p->reports[i].has_body) report_plan_make(p->memory, p, &p->reports[i], NULL, &plan, problems);
  }
  return problems->errors + problems->dropped == before;
}
