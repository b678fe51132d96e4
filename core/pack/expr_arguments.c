/* Nodes, units and arguments, for all kinds of expressions. */
#include "pack/expr_inside.h"

#include <string.h>

/* ---- nodes ---- */

static void strip(json_t *tree) {
  json_t *child;
  const char *key;
  void *next;
  size_t index;
  if (json_is_object(tree)) {
    json_object_del(tree, "at");
    json_object_foreach_safe(tree, next, key, child) strip(child);
  } else if (json_is_array(tree)) {
    json_array_foreach(tree, index, child) strip(child);
  }
}

/* The expression without its places: what is written twice is one node. */
const char *expr_same_text(expr_scope *s, const spot *declared, const char *more) {
  arena *a = s->making->to->memory;
  json_t *copy = json_deep_copy(declared->value);
  strip(copy);
  char *text = json_canonical(a, copy);
  json_decref(copy);
  return arena_format(a, "%s%s", text, more);
}

int32_t expr_find(const expr_scope *s, const char *text) {
  for (size_t i = 0; i < s->program->count; i++)
    if (!strcmp(s->program->texts[i], text)) return (int32_t)i;
  return -1;
}

int32_t expr_add(expr_scope *s, const char *text, expr_node node) {
  program *p = s->program;
  arena *a = s->making->to->memory;
  size_t before = p->capacity;
  *ARENA_PUSH(a, p->nodes, p->count, p->capacity) = node;
  if (p->capacity != before) {
    const char **texts = arena_array(a, p->capacity, sizeof *texts);
    if (p->count > 1) memcpy(texts, p->texts, (p->count - 1) * sizeof *texts);
    p->texts = texts;
  }
  p->texts[p->count - 1] = text;
  return (int32_t)(p->count - 1);
}

expr_node expr_blank(const spot *declared, expr_op op, expr_type type) {
  return (expr_node){.op = op,
                     .type = type,
                     .rows = FACT_RECORD,
                     .of = -1,
                     .period = -1,
                     .index = -1,
                     .as = -1,
                     .outcome = -1,
                     .where = spot_place(declared)};
}

expr_node *expr_at(const expr_scope *s, int32_t n) {
  return &s->program->nodes[n];
}

int32_t expr_sum_of(expr_scope *s, const spot *declared, int32_t selection) {
  const char *text = arena_format(s->making->to->memory, "sum %d", selection);
  int32_t known = expr_find(s, text);
  if (known >= 0) return known;
  if (!expr_one_unit(s, declared, selection)) return -1;
  expr_node n = expr_blank(declared, OP_SUM, EXPR_NUMBER);
  n.of = selection;
  n.unit = expr_at(s, selection)->unit;
  return expr_add(s, text, n);
}

bool expr_number_expected(const spot *declared) {
  return spot_fault(declared, "a number is expected here", "此处应为数字");
}

/* ---- units ---- */

const char *unit_over(arena *a, const char *unit, const char *below) {
  if (!unit || !below) return unit ? unit : below;
  const char *slash = strchr(unit, '/');
  if (slash && !strcmp(slash + 1, below)) return arena_text_of(a, unit, (size_t)(slash - unit));
  return NULL;
}

/* Two units that may be added or compared; counts ("") fit any, and so does what has none. */
bool expr_units_fit(expr_scope *s, const spot *declared, const char *a, const char *b) {
  if (!a || !b || !*a || !*b || !strcmp(a, b)) return true;
  spot_fault(declared, "units do not fit: \"%s\" and \"%s\"", "计量单位不一致：“%s”与“%s”", a, b);
  return fault_next(s->making->to->problems,
                    "convert one of them in a recognition, or use a parameter in the same unit",
                    "请在认定中折算，或改用同一单位的参数");
}

static bool chain_allows(const expr_scope *s, const int32_t *chain, size_t count, const char *kind) {
  for (size_t i = 0; i < count; i++) {
    const expr_node *n = expr_at(s, chain[i]);
    bool narrows = n->op == OP_RECORDS || n->op == OP_WHERE;
    if (narrows && !match_allows_kind(n->match, s->making->book, kind)) return false;
  }
  return true;
}

enum { CHAIN_MOST = 64 };

static bool units_below(expr_scope *s, const spot *declared, int32_t node, int32_t *chain, size_t count) {
  for (; count < CHAIN_MOST; node = expr_at(s, node)->of) {
    const expr_node *n = expr_at(s, node);
    chain[count++] = node;
    if (n->op == OP_UNION)
      return units_below(s, declared, n->args[0], chain, count) && units_below(s, declared, n->args[1], chain, count);
    if (n->of >= 0) continue;
    if (n->op != OP_RECORDS || n->rows != FACT_RECORD) return true;
    break;
  }
  const char *unit = NULL;
  const kinds *all = s->making->kinds;
  for (size_t i = 0; i < all->count; i++) {
    const declared_kind *kind = &all->items[i];
    if (kind->type != FACT_RECORD || !kind->unit || !chain_allows(s, chain, count, kind->name)) continue;
    if (!unit) unit = kind->unit;
    if (!strcmp(unit, kind->unit)) continue;
    spot_fault(declared, "records of different units cannot be added: \"%s\" and \"%s\"",
               "计量单位不同的记录不能相加：“%s”与“%s”", unit, kind->unit);
    return fault_next(s->making->to->problems,
                      "name the kinds, as in records { kind = … }, or convert in a recognition",
                      "请指明种类，如 records { kind = … }，或在认定中折算");
  }
  return true;
}

bool expr_one_unit(expr_scope *s, const spot *declared, int32_t selection) {
  int32_t chain[CHAIN_MOST];
  return units_below(s, declared, selection, chain, 0);
}

bool expr_allows_kind(const expr_scope *s, int32_t selection, const char *kind) {
  for (int32_t node = selection; node >= 0; node = expr_at(s, node)->of) {
    const expr_node *n = expr_at(s, node);
    bool narrows = n->op == OP_RECORDS || n->op == OP_WHERE;
    if (narrows && !match_allows_kind(n->match, s->making->book, kind)) return false;
    if (n->op == OP_UNION) return expr_allows_kind(s, n->args[0], kind) || expr_allows_kind(s, n->args[1], kind);
  }
  return true;
}

/* ---- arguments ---- */

void expr_take_apart(const spot *declared, expr_call *c) {
  c->of = spot_member(declared, "of");
  c->args = spot_member(declared, "args");
  for (size_t i = 0; i < 4; i++) c->arg[i] = spot_element(&c->args, i);
}

bool expr_read_span(expr_scope *s, const spot *declared, expr_node *n) {
  static const char *const names[] = {"session", "item", "day", "year", "ever"};
  static const span_form forms[] = {SPAN_SESSION, SPAN_ITEM, SPAN_DAY, SPAN_YEAR, SPAN_EVER};
  if (!spot_there(declared)) {
    n->span = SPAN_EVER;
    return true;
  }
  const char *name = spot_text(declared, NULL);
  if (!name) return false;
  for (size_t i = 0; i < 5; i++)
    if (!strcmp(name, names[i])) {
      n->span = forms[i];
      return true;
    }
  n->period = pack_period(s->pack, name);
  n->span = SPAN_PERIOD;
  if (n->period >= 0) return true;
  const char **known = arena_array(s->making->to->memory, s->pack->periods_count + 5, sizeof *known);
  for (size_t i = 0; i < 5; i++) known[i] = names[i];
  for (size_t i = 0; i < s->pack->periods_count; i++) known[5 + i] = s->pack->periods[i].id;
  spot_fault(declared, "no span is named \"%s\"", "没有名为“%s”的时段", name);
  const char *near = text_nearest(name, known, s->pack->periods_count + 5);
  if (near) return fault_next(s->making->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  const making *m = s->making;
  for (size_t i = 0; i < m->attributes_count; i++)
    if (!strcmp(m->attributes[i], name))
      return fault_next(m->to->problems,
                        "spans are stretches of time; a cap for each %s is written word by word: :cap(P.most, "
                        "\"cycle\", { %s = \"…\" })",
                        "时段是一段时间；按%s分别封顶请逐词写：:cap(P.most, \"cycle\", { %s = \"…\" })", name, name);
  buffer spans = {0};
  for (size_t i = 0; i < s->pack->periods_count + 5; i++) buffer_format(&spans, "%s%s", i ? ", " : "", known[i]);
  fault_next(s->making->to->problems, "spans are: %s; the rule's own period is meant by its id",
             "可用的时段：%s；规则自身的周期用其 id 表示", spans.at ? spans.at : "");
  buffer_free(&spans);
  return false;
}

bool expr_read_path(expr_scope *s, const spot *declared, path *out) {
  const char *text = spot_text(declared, NULL);
  if (!text) return spot_fault(declared, "the name of a column or attribute is expected", "此处应为列名或属性名");
  return path_compile(declared, text, s->making->attributes, s->making->attributes_count, s->making->book, out);
}

bool expr_read_kind(expr_scope *s, const spot *declared, expr_node *n) {
  const char *name = spot_text(declared, NULL);
  if (!name) return spot_fault(declared, "the name of a kind is expected", "此处应为种类名称");
  n->name = name;
  n->word = wordbook_add(s->making->book, name);
  if (kinds_named(s->making->kinds, name)) return true;
  return kinds_unknown(s->making->kinds, declared, name);
}

const match *expr_read_match(expr_scope *s, const spot *declared) {
  match *m = arena_take(s->making->to->memory, sizeof *m);
  return match_compile(s->making, declared, m) ? m : NULL;
}

int32_t expr_read_rule(expr_scope *s, const spot *declared) {
  const char *id = spot_text(declared, "");
  int32_t found = pack_rule(s->pack, id);
  if (found < 0) {
    const char **names = arena_array(s->making->to->memory, s->pack->rules_count, sizeof *names);
    for (size_t i = 0; i < s->pack->rules_count; i++) names[i] = s->pack->rules[i].id;
    spot_fault(declared, "no rule is named \"%s\"", "没有名为“%s”的规则", id);
    const char *near = text_nearest(id, names, s->pack->rules_count);
    if (near) fault_next(s->making->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    return -1;
  }
  if (s->rule) s->rule->uses[found] = true;
  return found;
}

bool expr_read_list(expr_scope *s, const spot *list, int32_t (*compile)(expr_scope *, const spot *), expr_node *n) {
  size_t count = spot_count(list);
  int32_t *args = arena_array(s->making->to->memory, count + 1, sizeof *args);
  for (size_t i = 0; i < count; i++) {
    spot one = spot_item(list, i);
    args[i] = compile(s, &one);
    if (args[i] < 0) return false;
  }
  n->args = args;
  n->args_count = count;
  return count > 0 || spot_fault(list, "at least one is needed", "至少要有一项");
}

bool expr_take_args(expr_scope *s, expr_node *n, const int32_t *args, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (args[i] < 0) return false;
  n->args = arena_copy(s->making->to->memory, args, count * sizeof *args);
  n->args_count = count;
  return true;
}
