#include "pack/doors.h"

#include "pack/evaluate_inside.h"

#include <stdlib.h>
#include <string.h>

static int32_t add(doors *d, expr_node node) {
  run *r = d->run;
  *ARENA_PUSH(d->memory, d->program.nodes, d->program.count, d->program.capacity) = node;
  if (d->program.count > d->values_capacity) {
    size_t more = d->values_capacity ? d->values_capacity * 2 : 32;
    node_value *values = arena_array(d->memory, more, sizeof *values);
    if (d->values_capacity) memcpy(values, r->values, d->values_capacity * sizeof *values);
    r->values = values;
    d->values_capacity = more;
  }
  r->program = &d->program;
  return (int32_t)d->program.count - 1;
}

static expr_node step(const doors *d, expr_op op, int32_t of) {
  expr_node n = {.op = op,
                 .type = EXPR_SELECTION,
                 .rows = FACT_RECORD,
                 .of = of,
                 .period = -1,
                 .index = -1,
                 .as = -1,
                 .outcome = -1,
                 .where = d->run->rule->where,
                 .limit = {.day = DAY_NONE},
                 .other = {.day = DAY_NONE}};
  if (of >= 0) n.unit = d->program.nodes[of].unit;
  return n;
}

static bool known(doors *d, int32_t of) {
  if (of >= 0 && (size_t)of < d->program.count && d->program.nodes[of].type == EXPR_SELECTION) return true;
  return fault_add(d->problems, d->run->rule->where, "rule \"%s\" uses a selection that is none of this case's",
                   "规则“%s”使用了不属于当前对象的选取结果", d->run->rule->id);
}

static bool good(const doors *d) {
  return !d->run->failed;
}

static int32_t done(doors *d, expr_node n) {
  int32_t at = add(d, n);
  run_selection(d->run, at);
  return good(d) ? at : -1;
}

/* Words that no declaration used are known to the view from here on. */
static void know_words(doors *d) {
  evaluation *e = d->run->evaluation;
  if (e->view->codes_count < d->making->book->count) {
    view *v = view_new(e->memory, d->making->book, e->subjects, e->on);
    v->until = e->view->until;
    e->view = v;
  }
  d->run->frame.view = e->view;
}

enum { MATCHES_KEPT = 256 };

static bool table_kept(const evaluation *e, const json_t *table) {
  for (size_t i = 0; i < e->tables_count; i++)
    if (e->tables[i] == table) return true;
  return false;
}

/* The same table comes with every case: it is compiled once, and found again by its text. */
static const match *compile_where(doors *d, const json_t *where) {
  static const match all = {0};
  if (!where) return &all;
  evaluation *e = d->run->evaluation;
  for (size_t i = 0; i < e->matches_count; i++)
    if (e->matches[i].table == where) { /* kept ones alone are there: no other has its address */
      know_words(d);
      return e->matches[i].match;
    }
  char *text = json_dumps(where, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
  if (!text) memory_exhausted();
  const match *found = NULL;
  for (size_t i = 0; i < e->matches_count && !found; i++)
    if (!strcmp(e->matches[i].text, text)) found = e->matches[i].match;
  if (!found) {
    bool keep = e->matches_count < MATCHES_KEPT;
    arena *a = keep ? e->memory : d->memory;
    declaring to = {.memory = a, .problems = d->problems};
    making m = *d->making;
    m.to = &to;
    match *fresh = arena_take(a, sizeof *fresh);
    spot root = spot_root(&to, json_kept(a, json_deep_copy(where)));
    if (match_compile(&m, &root, fresh)) found = fresh;
    if (found && keep)
      *ARENA_PUSH(a, e->matches, e->matches_count, e->matches_capacity) =
          (kept_match){arena_text(a, text), table_kept(e, where) ? where : NULL, found};
  }
  free(text);
  if (found) know_words(d);
  return found;
}

int32_t doors_records(doors *d, const json_t *where) {
  expr_node n = step(d, OP_RECORDS, -1);
  n.match = compile_where(d, where);
  if (!n.match) return -1;
  const char *name = match_kind(n.match, d->making->book);
  const declared_kind *kind = name ? kinds_named(&d->run->pack->kinds, name) : NULL;
  if (kind) {
    n.unit = kind->unit;
    n.from_person = d->run->of == FACT_ENROLLMENT && !kind->of[FACT_ENROLLMENT] && kind->of[FACT_PERSON];
  }
  return done(d, n);
}

int32_t doors_recognised(doors *d, const char *id, const char *as) {
  expr_node n = step(d, OP_RECOGNISED, -1);
  n.index = pack_recognition(d->run->pack, id);
  if (n.index < 0) {
    fault_add(d->problems, d->run->rule->where, "no recognition is named \"%s\"", "没有名为“%s”的认定", id);
    return -1;
  }
  const recognition *r = &d->run->pack->recognitions[n.index];
  n.unit = r->unit;
  for (size_t i = 0; as && i < r->classes_count; i++)
    if (!strcmp(r->classes[i], as)) n.as = (int32_t)i;
  if (as && n.as < 0) {
    fault_add(d->problems, d->run->rule->where, "recognition \"%s\" has no class \"%s\"", "认定“%s”中没有类别“%s”", id,
              as);
    const char *near = text_nearest(as, r->classes, r->classes_count);
    if (near) fault_next(d->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    return -1;
  }
  return done(d, n);
}

int32_t doors_where(doors *d, int32_t of, const json_t *where) {
  if (!known(d, of)) return -1;
  expr_node n = step(d, OP_WHERE, of);
  n.match = compile_where(d, where);
  return n.match ? done(d, n) : -1;
}

int32_t doors_during(doors *d, int32_t of, day first, day last) {
  if (!known(d, of)) return -1;
  expr_node n = step(d, OP_DURING, of);
  n.limit.day = first;
  n.other.day = last;
  return done(d, n);
}

static bool span_named(doors *d, const char *name, expr_node *n) {
  static const char *const names[] = {"session", "item", "day", "year", "ever"};
  static const span_form forms[] = {SPAN_SESSION, SPAN_ITEM, SPAN_DAY, SPAN_YEAR, SPAN_EVER};
  n->span = SPAN_EVER;
  if (!name) return true;
  for (size_t i = 0; i < 5; i++)
    if (!strcmp(name, names[i])) {
      n->span = forms[i];
      return true;
    }
  n->period = pack_period(d->run->pack, name);
  n->span = SPAN_PERIOD;
  if (n->period >= 0) return true;
  return fault_add(d->problems, d->run->rule->where, "no span is named \"%s\"", "没有名为“%s”的时段", name);
}

static int32_t constant(doors *d, fraction number_of) {
  expr_node n = step(d, OP_CONSTANT, -1);
  n.type = EXPR_NUMBER;
  n.limit.number = number_of;
  return add(d, n);
}

int32_t doors_cap(doors *d, int32_t of, fraction most, const char *span, bool over) {
  if (!known(d, of)) return -1;
  expr_node n = step(d, over ? OP_OVER : OP_CAP, of);
  if (!span_named(d, span, &n)) return -1;
  int32_t *args = arena_take(d->memory, sizeof *args);
  *args = constant(d, most);
  n.args = args;
  n.args_count = 1;
  return done(d, n);
}

int32_t doors_first(doors *d, int32_t of, int64_t count, const char *span) {
  if (!known(d, of)) return -1;
  expr_node n = step(d, OP_FIRST, of);
  if (!span_named(d, span, &n)) return -1;
  int32_t *args = arena_take(d->memory, sizeof *args);
  *args = constant(d, (fraction){count, 1});
  n.args = args;
  n.args_count = 1;
  return done(d, n);
}

int32_t doors_greatest(doors *d, int32_t of) {
  return known(d, of) ? done(d, step(d, OP_GREATEST, of)) : -1;
}

int32_t doors_year(doors *d, int32_t of, int32_t year) {
  if (!known(d, of)) return -1;
  /* not a step of the program: what lies in other years is not left out of the need, it belongs to another one */
  int32_t at = add(d, step(d, OP_WHERE, of));
  run *r = d->run;
  r->frame.type = FACT_RECORD;
  selection s = select_year(&r->frame, run_selection(r, of), year);
  r->values[at] = (node_value){.done = true, .selection = s};
  return at;
}

int32_t doors_union(doors *d, int32_t a, int32_t b) {
  if (!known(d, a) || !known(d, b)) return -1;
  expr_node n = step(d, OP_UNION, -1);
  int32_t *args = arena_array(d->memory, 2, sizeof *args);
  args[0] = a;
  args[1] = b;
  n.args = args;
  n.args_count = 2;
  n.unit = d->program.nodes[a].unit ? d->program.nodes[a].unit : d->program.nodes[b].unit;
  return done(d, n);
}

selection doors_selection(doors *d, int32_t of) {
  return known(d, of) ? run_selection(d->run, of) : (selection){0};
}

bool doors_sum(doors *d, int32_t of, fraction *out) {
  int64_t least, most;
  if (!known(d, of)) return false;
  selection_sum(&d->run->frame, run_selection(d->run, of), &least, &most);
  *out = scaled_number(&d->run->frame, least);
  if (d->run->frame.overflow) d->run->failed = true;
  return good(d);
}

bool doors_count(doors *d, int32_t of, int64_t *out) {
  int64_t most;
  if (!known(d, of)) return false;
  selection_count(run_selection(d->run, of), out, &most);
  return true;
}

bool doors_parameter(doors *d, const char *name, const char *word, fraction *out) {
  run *r = d->run;
  limit l = {.parameter = parameters_find(&r->pack->parameters, name)};
  if (!l.parameter) {
    fault_add(d->problems, r->rule->where, "no parameter is named \"%s\"", "没有名为“%s”的参数", name);
    const char *near = parameters_nearest(&r->pack->parameters, d->memory, name);
    if (near) fault_next(d->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    return false;
  }
  bool there;
  *out = parameter_number(r, &l, NULL, READ_DEFAULT, &there);
  if (there && word) {
    day next;
    const parameter_entry *e = parameter_on(l.parameter, r->parameters_on, &next);
    there = e && parameter_value(e, word, out);
  }
  if (there) return true;
  return fault_add(d->problems, r->rule->where, "parameter \"%s\" has no value here", "参数“%s”在此没有取值", name);
}

bool doors_fact(doors *d, const char *kind, date *out) {
  const view *v = d->run->frame.view;
  *out = DATE_NONE;
  if (!kinds_named(&d->run->pack->kinds, kind))
    return fault_add(d->problems, d->run->rule->where, "no kind is named \"%s\"", "没有名为“%s”的种类", kind);
  int32_t record = d->run->person < 0 ? -1 : row_fact(v, (uint32_t)d->run->person, subjects_word(v->s, kind));
  if (record >= 0) *out = v->s->of[FACT_RECORD].since[record];
  return true;
}

static bool say(doors *d, const char *id, const char *each, int32_t node, number had, comparison compare,
                fraction needed) {
  const rule *r = d->run->rule;
  const need *declared = NULL;
  for (size_t i = 0; i < r->needs_count; i++)
    if (!strcmp(r->needs[i].id, id)) declared = &r->needs[i];
  if (!declared) {
    fault_add(d->problems, r->where, "rule \"%s\" declares no need \"%s\"", "规则“%s”没有声明要求“%s”", r->id, id);
    return fault_next(d->problems, "add { \"%s\", zh = …, en = … } to its needs",
                      "请在 needs 中加入 { \"%s\", zh = …, en = … }", id);
  }
  if (d->needs_count == d->needs_capacity) {
    size_t more = d->needs_capacity ? d->needs_capacity * 2 : 16;
    need_result *needs = arena_array(d->memory, more, sizeof *needs);
    outcome *outcomes = arena_array(d->memory, more, sizeof *outcomes);
    number *hads = arena_array(d->memory, more, sizeof *hads), *neededs = arena_array(d->memory, more, sizeof *neededs);
    if (d->needs_count) {
      memcpy(needs, d->needs, d->needs_count * sizeof *needs);
      memcpy(outcomes, d->outcomes, d->needs_count * sizeof *outcomes);
      memcpy(hads, d->had, d->needs_count * sizeof *hads);
      memcpy(neededs, d->needed, d->needs_count * sizeof *neededs);
    }
    d->needs = needs, d->outcomes = outcomes, d->had = hads, d->needed = neededs;
    d->needs_capacity = more;
  }
  need *own = arena_copy(d->memory, declared, sizeof *declared);
  /* -2: a number that the rule made itself, with nothing to list behind it */
  own->form = (need_form){.had = node < 0 ? -2 : node, .needed = -1, .condition = -1, .compare = compare};
  size_t at = d->needs_count++;
  d->needs[at] = (need_result){.need = own, .each = each ? arena_text(d->memory, each) : NULL};
  d->had[at] = had;
  d->needed[at] = (number){true, needed, needed};
  truth t = number_compare(compare, had, d->needed[at]);
  d->outcomes[at] = t == TRUTH_UNKNOWN ? OUTCOME_UNKNOWN : t == TRUTH_YES ? OUTCOME_MET : OUTCOME_UNMET;
  return true;
}

bool doors_need(doors *d, const char *id, const char *each, int32_t had, comparison compare, fraction needed) {
  int64_t least, most;
  if (!known(d, had)) return false;
  selection_sum(&d->run->frame, run_selection(d->run, had), &least, &most);
  number n = {true, scaled_number(&d->run->frame, least), scaled_number(&d->run->frame, most)};
  return say(d, id, each, had, n, compare, needed);
}

bool doors_need_number(doors *d, const char *id, const char *each, fraction had, comparison compare, fraction needed) {
  return say(d, id, each, -1, (number){true, had, had}, compare, needed);
}

void doors_not_applicable(doors *d, said why) {
  d->not_applicable = true;
  for (int l = 0; l < LANGUAGES; l++) d->said.in[l] = arena_text(d->memory, why.in[l]);
}
