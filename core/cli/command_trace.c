/* trace: a figure taken back to file, sheet, row and the row's text. */
#include "cli/open.h"
#include "cli/print.h"
#include "cli/scope_options.h"
#include "cli/unmasked.h"
#include "task/figure_said.h"
#include "task/trace.h"

#include <string.h>

static const option_row options[] = {
    SCOPE_OPTION_ROWS,
    {"--by",
     "PATH",
     {{"分组的路径，如 theme；不写 --group 时列出各组",
       "the path of a group, such as theme; without --group all groups are listed"}},
     false},
    {"--group",
     "VALUE",
     {{"只看这一组：取值、名称或编号；“未知”是没有取值的",
       "this group only: a word, name or code; \"unknown\" for those without a value"}},
     false},
};

/* ---- the figure ---- */

static const char *title_of(const trace *t, const figure_value *v) {
  const figure *f = &t->pack->figures[v->figure];
  return f->title.in[t->showing.in] ? f->title.in[t->showing.in] : f->id;
}

static const char *number_of(const trace *t, const figure_value *v) {
  const figure *f = &t->pack->figures[v->figure];
  bool bare =
      !f->unit || v->bound == BOUND_NONE || (v->bound == BOUND_UNKNOWN && f->measure != MEASURE_VALUE && !f->several);
  return bare ? trace_exact(t, v)
              : arena_format(
                    t->memory, "%s %s", trace_exact(t, v),
                    pack_unit_of(t->pack, f->unit, v->bound == BOUND_EXACT ? v->number : FRACTION_ZERO, t->showing.in));
}

static const char *place_of(const trace *t, const figure *f) {
  return place_text(t->memory, f->where_declared, t->showing.in);
}

static void show_head(call *c, const trace *t) {
  const figure_value *v = &t->value;
  const figure *f = &t->pack->figures[v->figure];
  char on[11];
  day_write(t->request->scope.on, on);
  const char *published_text = trace_published(t, v), *exact = trace_exact(t, v);
  const char *as =
      !t->request->group && strcmp(published_text, exact) != 0
          ? arena_format(c->memory, c->in == LANGUAGE_ZH ? "，公布为 %s" : ", published as %s", published_text)
          : "";
  said marker = figure_marker(v, t->pack);
  const char *kind =
      marker.in[c->in] ? arena_format(c->memory, c->in == LANGUAGE_ZH ? "〔%s〕" : " [%s]", marker.in[c->in]) : "";
  print_line(c, "%s (%s): %s%s%s", "%s（%s）：%s%s%s", title_of(t, v), f->id, number_of(t, v), as, kind);
  if (t->scope.type != FACT_NONE)
    print_line(c, "  of            %s (%s)", "  范围  %s（%s）", shown_row(&t->showing, t->scope.type, t->scope.row),
               scope_option(c->memory, t->base.subjects, t->scope, t->showing.detail) + 1);
  if (t->request->group)
    print_line(c, "  group         %s: %s", "  分组  %s：%s", shown_title(t->pack, t->by, c->in),
               shown_value(&t->showing, t->by, FACT_NONE, t->group));
  print_line(c, "  as of         %s, under the pack %s, version %s", "  日期  %s，依据规则包 %s 版本 %s", on,
             t->pack->id, t->pack->version ? t->pack->version : "-");
  if (f->definition.in[c->in]) print_line(c, "  definition    %s", "  口径  %s", f->definition.in[c->in]);
  print_line(c, "  computed as   %s", "  算法  %s", figure_said(c->memory, t->pack, v->figure, c->in));
  print_line(c, "  declared in   %s", "  声明  %s", place_of(t, f));
}

/* ---- the facts behind it, printed as they come ---- */

typedef struct listing {
  call *c;
  arena *line; /* of one fact */
  const char *file, *sheet;
  size_t width; /* of what facts contribute */
  bool begun, first;
} listing;

static void put_padded(buffer *to, const char *text, size_t width) {
  buffer_text(to, text);
  for (size_t at = text_width(text); at < width; at++) buffer_text(to, " ");
}

static bool print_fact(void *context, const trace_fact *f) {
  listing *l = context;
  call *c = l->c;
  bool zh = c->in == LANGUAGE_ZH;
  if (!l->begun || strcmp(l->file, f->file) != 0 || !text_same(l->sheet, f->sheet)) {
    l->file = arena_text(c->memory, f->file);
    l->sheet = arena_text(c->memory, f->sheet);
    l->begun = true;
    if (f->sheet)
      print_line(c, "%s, sheet \"%s\"", "%s，工作表“%s”", f->file, f->sheet);
    else
      print_line(c, "%s", "%s", f->file);
  }
  buffer line = {0};
  buffer_format(&line, zh ? "  第 %lld 行" : "  row %lld", (long long)f->row);
  do buffer_text(&line, " ");
  while (text_width(line.at) < 12);
  put_padded(&line, f->subject, 10);
  buffer_text(&line, " ");
  if (!f->contributes)
    put_padded(&line, zh ? "没有取值" : "no value", l->width);
  else if (strcmp(f->contributes, "1") != 0 && strcmp(f->contributes, f->subject) != 0)
    put_padded(&line, f->contributes, l->width);
  if (f->decided) put_padded(&line, outcome_said(f->outcome).in[c->in], 8);
  if (f->text) buffer_format(&line, " │ %s", f->text);
  fprintf(c->out, "%s\n", text_for_terminal(l->line, line.at));
  if (f->decided) fprintf(c->out, "            %s\n", text_for_terminal(l->line, f->explain));
  buffer_free(&line);
  arena_reset(l->line);
  return true;
}

/* What the reader's own count should give. */
static void show_check(call *c, const trace *t, const figure_value *v, trace_counts n) {
  const figure *f = &t->pack->figures[v->figure];
  const char *facts = print_count(c->memory, (int64_t)n.facts),
             *having = print_count(c->memory, (int64_t)(n.facts - n.without));
  const char *is = number_of(t, v);
  print_line(c, "  facts: %s, rows: %s, files: %s", "  共 %s 条事实，%s 行，%s 个文件", facts,
             print_count(c->memory, (int64_t)n.rows), print_count(c->memory, (int64_t)n.files));
  switch (f->measure) {
  case MEASURE_COUNT:
    print_line(c, "  check: facts counted, %s = %s", "  核对：%s 条事实 = %s", having, is);
    break;
  case MEASURE_DISTINCT:
    print_line(c, "  check: facts with a value: %s; different ones among them = %s",
               "  核对：有取值的事实 %s 条，其中不同的 = %s", having, is);
    break;
  case MEASURE_SUM:
    print_line(c, "  check: sum over %s facts = %s", "  核对：%s 条之和 = %s", having, is);
    break;
  case MEASURE_MIN:
    print_line(c, "  check: the least of %s facts = %s", "  核对：%s 条中最小的 = %s", having, is);
    break;
  case MEASURE_MAX:
    print_line(c, "  check: the greatest of %s facts = %s", "  核对：%s 条中最大的 = %s", having, is);
    break;
  default:
    print_line(c, "  check: the mean of %s facts = %s", "  核对：%s 条的平均值 = %s", having, is);
    break;
  }
  if (n.without)
    print_line(c, "  not counted: %s without a value, marked \"no value\" above",
               "  未计入：%s 条没有取值，已在上面标明“没有取值”", print_count(c->memory, (int64_t)n.without));
}

static bool show_part(call *c, trace *t, const figure_value *v, int depth);

static bool show_parts(call *c, trace *t, const figure_value *v, int depth) {
  const figure *f = &t->pack->figures[v->figure];
  bool share = f->measure == MEASURE_SHARE, good = true;
  char *sum = arena_text(c->memory, "");
  for (size_t i = 0; i < v->parts_count; i++)
    sum = arena_format(c->memory, "%s%s%s", sum, i == 0 ? "" : share ? " ÷ " : " + ", trace_exact(t, &v->parts[i]));
  print_line(c, "  check: %s = %s", "  核对：%s = %s", sum, number_of(t, v));
  for (size_t i = 0; i < v->parts_count && good; i++) {
    const figure_value *part = &v->parts[i];
    print_line(c, "%s", "%s", "");
    print_line(c, "part %zu of \"%s\": %s (%s): %s", "第 %zu 部分（属于“%s”）：%s（%s）：%s", i + 1, title_of(t, v),
               title_of(t, part), t->pack->figures[part->figure].id, number_of(t, part));
    print_line(c, "  computed as   %s", "  算法  %s", figure_said(c->memory, t->pack, part->figure, c->in));
    print_line(c, "  declared in   %s", "  声明  %s", place_of(t, &t->pack->figures[part->figure]));
    good = show_part(c, t, part, depth + 1);
  }
  return good;
}

static bool show_part(call *c, trace *t, const figure_value *v, int depth) {
  const figure *f = &t->pack->figures[v->figure];
  if (v->parts_count) return show_parts(c, t, v, depth);
  if (f->measure == MEASURE_VALUE) {
    print_line(c, "  the number is stated and not counted; its source: %s",
               "  这个数是直接引用的，不由记录算出，出处：%s", f->source ? f->source : "-");
    return true;
  }
  print_line(c, "%s", "%s", "");
  if (!v->rows_count) {
    print_line(c, "  nothing in the ledger counts here", "  台账中没有可计入的事实");
    return true;
  }
  trace_counts n = trace_count(t, v);
  listing l = {.c = c, .line = arena_new(), .width = n.widest};
  bool good = trace_facts(t, v, print_fact, &l, c->problems);
  arena_free(l.line);
  if (good) show_check(c, t, v, n);
  return good;
}

/* ---- groups ---- */

static bool show_groups(call *c, trace *t) {
  const table_column columns[] = {
      {{{shown_title(t->pack, t->by, LANGUAGE_ZH), shown_title(t->pack, t->by, LANGUAGE_EN)}}, false},
      {{{"数值", "value"}}, true},
      {{{"查看", "trace"}}, false}};
  trace_group *groups;
  size_t errors = c->problems->errors, count = trace_groups(t, &groups, c->problems);
  char on[11];
  day_write(t->request->scope.on, on);
  table *rows = table_new(c, columns, 3);
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++) {
    const char *written = shown_written(&t->showing, groups[i].is),
               *shown = shown_value(&t->showing, t->by, FACT_NONE, groups[i].is);
    const char *command_text =
        arena_format(c->memory, "hongzhu trace %s%s --by %s --group %s --on %s", t->pack->figures[t->figure].id,
                     scope_option(c->memory, t->base.subjects, t->scope, t->showing.detail), t->by->text,
                     shell_word(c->memory, written), on);
    table_row(c, rows, (const char *const[]){shown, number_of(t, &groups[i].value), command_text});
    json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:s}", "group", written, "title", shown, "value",
                                          trace_exact(t, &groups[i].value), "trace", command_text));
  }
  print_line(c, "%s", "%s", "");
  print_table(c, rows);
  json_t *whole = json_pack("{s:s,s:s,s:s,s:o}", "figure", t->pack->figures[t->figure].id, "value",
                            trace_exact(t, &t->value), "by", t->by->text, "groups", list);
  print_json(c, whole);
  json_decref(whole);
  return c->problems->errors == errors;
}

/* ---- as JSON, a fact a line ---- */

static void put_members(call *c, json_t *object) { /* without its braces */
  const char *text = text_for_json(c->memory, json_canonical(c->memory, object));
  fprintf(c->out, "%.*s", (int)strlen(text) - 2, text + 1);
  json_decref(object);
}

static bool put_fact(void *context, const trace_fact *f) {
  listing *l = context;
  char bytes[DIGEST_TEXT];
  digest_text(f->bytes, bytes);
  json_t *one = json_pack("{s:s,s:s,s:I,s:s}", "file", f->file, "digest", bytes, "row", (json_int_t)f->row, "subject",
                          f->subject);
  if (f->sheet) json_object_set_new(one, "sheet", json_string(f->sheet));
  if (f->sheet_number) json_object_set_new(one, "sheet_number", json_integer(f->sheet_number));
  if (f->text) json_object_set_new(one, "text", json_string(f->text));
  if (f->cells) {
    json_t *cells = json_array();
    for (uint32_t i = 0; i < f->cells_count; i++)
      json_array_append_new(cells, f->cells[i] ? json_string(f->cells[i]) : json_null());
    json_object_set_new(one, "cells", cells);
  }
  json_object_set_new(one, "counts", f->contributes ? json_string(f->contributes) : json_null());
  if (f->decided) {
    json_object_set_new(one, "outcome", json_string(outcome_name(f->outcome)));
    json_object_set_new(one, "explain", json_string(f->explain));
  }
  fprintf(l->c->out, "%s\n%s", l->first ? "" : ",", text_for_json(l->line, json_canonical(l->line, one)));
  json_decref(one);
  l->first = false;
  arena_reset(l->line);
  return true;
}

static bool put_figure(call *c, trace *t, const figure_value *v) {
  const figure *f = &t->pack->figures[v->figure];
  said marker = figure_marker(v, t->pack);
  json_t *head = json_object();
  char on[11];
  day_write(t->request->scope.on, on);
  json_object_set_new(head, "figure", json_string(f->id));
  json_object_set_new(head, "title", json_words(f->title));
  json_object_set_new(head, "value", json_string(trace_exact(t, v)));
  json_object_set_new(head, "published", json_string(trace_published(t, v)));
  json_object_set_new(head, "on", json_string(on));
  if (t->scope.type != FACT_NONE) {
    const fact_columns *rows = &t->base.subjects->of[t->scope.type];
    const char *code = t->base.subjects->words[rows->code[t->scope.row]];
    json_object_set_new(head, "scope", json_pack("{s:s,s:s}", "type", fact_type_name(t->scope.type), "code", code));
  }
  if (t->request->group)
    json_object_set_new(head, "group",
                        json_pack("{s:s,s:s}", "by", t->by->text, "value", shown_written(&t->showing, t->group)));
  if (f->unit) json_object_set_new(head, "unit", json_string(f->unit));
  if (marker.in[0]) json_object_set_new(head, "marker", json_words(marker));
  if (f->definition.in[0]) json_object_set_new(head, "definition", json_words(f->definition));
  json_object_set_new(head, "computed_as", json_string(figure_said(c->memory, t->pack, v->figure, c->in)));
  json_object_set_new(head, "declared", json_string(place_of(t, f)));
  if (f->measure == MEASURE_VALUE) json_object_set_new(head, "source", json_string(f->source ? f->source : ""));
  bool good = true;
  fputs("{", c->out);
  put_members(c, head);
  if (v->parts_count) {
    fputs(",\"parts\":[", c->out);
    for (size_t i = 0; i < v->parts_count && good; i++) {
      if (i) fputs(",", c->out);
      good = put_figure(c, t, &v->parts[i]);
    }
    fputs("]}", c->out);
    return good;
  }
  trace_counts n = trace_count(t, v);
  fprintf(c->out, ",\"facts\":%zu,\"rows\":%zu,\"files\":%zu,\"without_value\":%zu,\"list\":[", n.facts, n.rows,
          n.files, n.without);
  listing l = {.c = c, .line = arena_new(), .first = true};
  if (v->rows_count) good = trace_facts(t, v, put_fact, &l, c->problems);
  arena_free(l.line);
  fputs("]}", c->out);
  return good;
}

/* ---- the command ---- */

static bool show(call *c, trace *t) {
  if (t->by && !t->request->group) {
    show_head(c, t);
    return show_groups(c, t);
  }
  if (c->json) {
    bool good = put_figure(c, t, &t->value);
    fputs("\n", c->out);
    return good;
  }
  show_head(c, t);
  return show_part(c, t, &t->value, 0);
}

static bool noted(call *c, const ledger *l, const trace *t) {
  if (t->showing.detail != DETAIL_FULL) return true;
  const char *of = unmasked_subject(c->memory, t->base.subjects, t->scope.type, t->scope.row);
  return unmasked_noted(c, l, t->pack->figures[t->figure].id, of);
}

static int trace_figure(call *c) {
  trace_request request = {.figure = c->arguments[0]};
  trace t;
  if (!scope_options(c, &request.scope, &request.known_after)) return EXIT_USAGE;
  request.by = call_value(c, "--by");
  request.group = call_value(c, "--group");
  if (request.group && !request.by) {
    fault_add(c->problems, NOWHERE, "\"--group\" needs \"--by\": by which path is \"%s\" a group?",
              "“--group”需要与“--by”同用：“%s”是按什么路径分的组？", request.group);
    fault_next(c->problems, "give it as in --by theme --group VALUE", "请写成 --by theme --group 取值 的形式");
    return EXIT_USAGE;
  }
  ledger *l = open_ledger(c, LEDGER_READ);
  if (!l) return EXIT_LEDGER;
  if (trace_open(c->memory, l, &request, &t, c->problems) && noted(c, l, &t)) show(c, &t);
  trace_close(&t, c->problems);
  ledger_close(l);
  return call_exit(c);
}

const command command_trace = {
    .name = "trace",
    .usage = "FIGURE [CODE] [--by PATH [--group VALUE]] [--on DAY]",
    .help = {{"追溯指标：它依据的每一行，在哪个文件、工作表、第几行，写的是什么",
              "take a figure back to every row behind it: file, sheet, row and its text"}},
    .examples = {{"hongzhu trace observations HZZG-2 --on 2025-12-31              # 听课数从何而来\n"
                  "hongzhu trace placements --by theme                            # 各组的数\n"
                  "hongzhu trace observations --by person --group T01             # 一个人的\n"
                  "hongzhu trace completion --json                                # 供程序使用",
                  "hongzhu trace observations HZZG-2 --on 2025-12-31              # where a number comes from\n"
                  "hongzhu trace placements --by theme                            # the number of each group\n"
                  "hongzhu trace observations --by person --group T01             # one person's\n"
                  "hongzhu trace completion --json                                # for programs"}},
    OPTIONS(options),
    .least = 1,
    .most = 2,
    .run = trace_figure,
};
