#include "pack/expr.h"

#include "pack/pack.h"

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
static const char *same_text(expr_scope *s, const spot *declared, const char *more) {
  arena *a = s->making->to->memory;
  json_t *copy = json_deep_copy(declared->value);
  strip(copy);
  char *text = json_canonical(a, copy);
  json_decref(copy);
  return arena_format(a, "%s%s", text, more);
}

static int32_t find_node(const expr_scope *s, const char *text) {
  for (size_t i = 0; i < s->program->count; i++)
    if (!strcmp(s->program->texts[i], text)) return (int32_t)i;
  return -1;
}

static int32_t add_node(expr_scope *s, const char *text, expr_node node) {
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

static expr_node blank(const spot *declared, expr_op op, expr_type type) {
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

static expr_node *node_at(const expr_scope *s, int32_t n) {
  return &s->program->nodes[n];
}

static int32_t sum_of_selection(expr_scope *s, const spot *declared, int32_t selection) {
  const char *text = arena_format(s->making->to->memory, "sum %d", selection);
  int32_t known = find_node(s, text);
  if (known >= 0) return known;
  expr_node n = blank(declared, OP_SUM, EXPR_NUMBER);
  n.of = selection;
  n.unit = node_at(s, selection)->unit;
  return add_node(s, text, n);
}

static bool number_expected(const spot *declared) {
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
static bool units_fit(expr_scope *s, const spot *declared, const char *a, const char *b) {
  if (!a || !b || !*a || !*b || !strcmp(a, b)) return true;
  spot_fault(declared, "units do not fit: \"%s\" and \"%s\"", "计量单位不一致：“%s”与“%s”", a, b);
  return fault_next(s->making->to->problems,
                    "convert one of them in a recognition, or use a parameter in the same unit",
                    "请在认定中折算，或改用同一单位的参数");
}

/* ---- arguments ---- */

typedef struct call_spots { /* a tagged value taken apart; the spots stand in the caller's frame */
  spot of, args;
  spot arg[4];
} call_spots;

static void take_apart(const spot *declared, call_spots *c) {
  c->of = spot_member(declared, "of");
  c->args = spot_member(declared, "args");
  for (size_t i = 0; i < 4; i++) c->arg[i] = spot_element(&c->args, i);
}

static bool read_span(expr_scope *s, const spot *declared, expr_node *n) {
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
  if (near) fault_next(s->making->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return false;
}

static bool read_path(expr_scope *s, const spot *declared, path *out) {
  const char *text = spot_text(declared, NULL);
  if (!text) return spot_fault(declared, "the name of a column or attribute is expected", "此处应为列名或属性名");
  return path_compile(declared, text, s->making->attributes, s->making->attributes_count, s->making->book, out);
}

static bool read_kind(expr_scope *s, const spot *declared, expr_node *n) {
  const char *name = spot_text(declared, NULL);
  if (!name) return spot_fault(declared, "the name of a kind is expected", "此处应为种类名称");
  n->name = name;
  n->word = wordbook_add(s->making->book, name);
  if (kinds_named(s->making->kinds, name)) return true;
  const char **names;
  size_t count = kinds_names(s->making->to->memory, s->making->kinds, FACT_NONE, &names);
  spot_fault(declared, "no kind is named \"%s\"", "没有名为“%s”的种类", name);
  const char *near = text_nearest(name, names, count);
  if (near) fault_next(s->making->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return false;
}

static const match *read_match(expr_scope *s, const spot *declared) {
  match *m = arena_take(s->making->to->memory, sizeof *m);
  return match_compile(s->making, declared, m) ? m : NULL;
}

static int32_t read_rule(expr_scope *s, const spot *declared) {
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

static bool read_list(expr_scope *s, const spot *list, int32_t (*compile)(expr_scope *, const spot *), expr_node *n) {
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

static bool take_args(expr_scope *s, expr_node *n, const int32_t *args, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (args[i] < 0) return false;
  n->args = arena_copy(s->making->to->memory, args, count * sizeof *args);
  n->args_count = count;
  return true;
}

/* ---- selections ---- */

static bool leaf_records(expr_scope *s, call_spots *c, expr_node *n) {
  n->match = read_match(s, &c->arg[0]);
  if (!n->match) return false;
  if (n->rows != FACT_RECORD) {
    n->unit = "";
    return true;
  }
  const char *name = match_kind(n->match, s->making->book);
  const declared_kind *kind = name ? kinds_named(s->making->kinds, name) : NULL;
  if (!kind) return true;
  n->unit = kind->unit;
  n->from_person = s->of == FACT_ENROLLMENT && !kind->of[FACT_ENROLLMENT] && kind->of[FACT_PERSON];
  return true;
}

static bool leaf_recognised(expr_scope *s, const spot *declared, call_spots *c, expr_node *n) {
  const char *id = spot_text(&c->arg[0], ""), *as = spot_text(&c->arg[1], NULL);
  n->index = pack_recognition(s->pack, id);
  if (n->index < 0) return spot_fault(declared, "no recognition is named \"%s\"", "没有名为“%s”的认定", id);
  const recognition *r = &s->pack->recognitions[n->index];
  n->unit = r->unit;
  if (!as) return true;
  for (size_t i = 0; i < r->classes_count; i++)
    if (!strcmp(r->classes[i], as)) {
      n->as = (int32_t)i;
      return true;
    }
  spot_fault(declared, "recognition \"%s\" has no class \"%s\"", "认定“%s”中没有类别“%s”", id, as);
  const char *near = text_nearest(as, r->classes, r->classes_count);
  if (near) fault_next(s->making->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return false;
}

static bool read_window(expr_scope *s, const spot *declared, expr_node *n) {
  const char *tag = spot_tag(declared);
  call_spots c;
  take_apart(declared, &c);
  if (tag && !strcmp(tag, "last")) {
    int64_t many = spot_integer(&c.arg[0], 1);
    const char *unit = spot_text(&c.arg[1], "year");
    if (!strcmp(unit, "year"))
      n->years = (int32_t)many;
    else if (!strcmp(unit, "month"))
      n->months = (int32_t)many;
    else if (!strcmp(unit, "day"))
      n->days = (int32_t)many;
    else
      return spot_fault(&c.arg[1], "last counts in \"year\", \"month\" or \"day\", not \"%s\"",
                        "last 只能按 \"year\"、\"month\"、\"day\" 计，不能按“%s”", unit);
    return many > 0 || spot_fault(&c.arg[0], "at least one is needed", "至少为一");
  }
  if (tag && !strcmp(tag, "between")) {
    n->limit = (limit){.day = DAY_NONE};
    return limit_compile(s->making, &c.arg[0], &n->limit) && limit_compile(s->making, &c.arg[1], &n->other);
  }
  if (json_is_string(declared->value)) {
    const char *name = spot_text(declared, "");
    n->period = pack_period(s->pack, name);
    if (n->period >= 0) {
      n->span = SPAN_PERIOD;
      return true;
    }
  }
  return spot_fault(declared,
                    "a window is expected: last(2, \"year\"), between(\"2024-01-01\", \"2024-12-31\") or a period's id",
                    "此处应为时间窗：last(2, \"year\")、between(\"2024-01-01\", \"2024-12-31\") 或周期的 id");
}

static bool read_once(expr_scope *s, const spot *options, expr_node *n) {
  static const key_row keys[] = {{"by", true}, {"keep", false}};
  if (!spot_keys(options, keys, 2, false, "once", "once")) return false;
  spot by = spot_member(options, "by"), keep = spot_member(options, "keep");
  if (!read_path(s, &by, &n->path)) return false;
  if (!spot_there(&keep)) return true;
  const char *tag = spot_tag(&keep);
  spot args = spot_member(&keep, "args"), name = spot_element(&args, 0);
  if (!tag || strcmp(tag, "highest"))
    return spot_fault(&keep, "keep says highest \"level\" or another column", "keep 应写 highest \"level\" 或其他列");
  if (!strcmp(spot_text(&name, ""), "amount")) return true;
  if (!read_path(s, &name, &n->keep)) return false;
  const declared_scale *scale = kinds_scale(s->making->kinds, spot_text(&name, ""));
  if (!scale) return true;
  uint32_t *words = arena_array(s->making->to->memory, scale->count, sizeof *words);
  for (size_t i = 0; i < scale->count; i++) words[i] = wordbook_add(s->making->book, scale->words[i].word);
  n->keep_words = words;
  n->keep_words_count = scale->count;
  return true;
}

static bool method_selection(expr_scope *s, const spot *declared, const char *tag, call_spots *c, expr_node *n) {
  n->of = expr_selection(s, &c->of);
  if (n->of < 0) return false;
  n->unit = node_at(s, n->of)->unit;
  n->rows = node_at(s, n->of)->rows;
  int32_t limit_node;
  switch (n->op) {
  case OP_GREATEST: return true;
  case OP_WHERE:
    return (n->match = read_match(s, &c->arg[0])) != NULL;
  case OP_DURING:
    return read_window(s, &c->arg[0], n);
  case OP_CAP:
  case OP_OVER:
    limit_node = expr_number(s, &c->arg[0]);
    if (!take_args(s, n, &limit_node, 1) || !read_span(s, &c->arg[1], n)) return false;
    if (!units_fit(s, &c->arg[0], n->unit, node_at(s, limit_node)->unit)) return false;
    return !spot_there(&c->arg[2]) || (n->match = read_match(s, &c->arg[2])) != NULL;
  case OP_FIRST:
    limit_node = expr_number(s, &c->arg[0]);
    return take_args(s, n, &limit_node, 1) && read_span(s, &c->arg[1], n);
  case OP_ONCE:
    return read_once(s, &c->arg[0], n);
  case OP_BLOCKS: {
    static const key_row keys[] = {{"gap_days", false}};
    if (spot_there(&c->arg[0]) && !spot_keys(&c->arg[0], keys, 1, false, "blocks", "blocks")) return false;
    spot gap = spot_member(&c->arg[0], "gap_days");
    n->days = (int32_t)spot_integer(&gap, 0);
    return true;
  }
  case OP_FROM_MINIMUM:
    limit_node = expr_number(s, &c->arg[0]);
    return take_args(s, n, &limit_node, 1) && read_path(s, &c->arg[1], &n->path);
  case OP_ROUND: {
    static const char *const ways[] = {"down", "up", "half"};
    int way = spot_word(&c->arg[0], ways, 3, ROUND_DOWN);
    n->way = way < 0 ? ROUND_DOWN : (rounding)way;
    limit_node = expr_number(s, &c->arg[1]);
    return way >= 0 && take_args(s, n, &limit_node, 1) && read_span(s, &c->arg[2], n);
  }
  default:
    return spot_fault(declared, "\"%s\" cannot be asked of a selection", "选取结果不支持“%s”", tag);
  }
}

static bool refuse_twice(expr_scope *s, const spot *declared, int32_t a, int32_t b) {
  if (s->overlap || program_apart(s->program, a, b)) return true;
  spot_fault(declared, "a record may count in both parts of this sum", "同一条记录可能在这个合计的两部分中重复计入");
  return fault_next(
      s->making->to->problems,
      "make the parts exclude each other (classes of one recognition, cap and over of the same selection, other words "
      "of the same column), or say overlap = true on the rule",
      "请让两部分互斥（同一认定的不同类别、同一选取的 cap 与 over、同一列的不同词），或在规则上写 overlap = true");
}

/* ---- the table of words ---- */

typedef struct op_row {
  const char *name;
  expr_op op;
  expr_type type;
  bool method;
  fact_type rows;
} op_row;

static const op_row ops[] = {
    {"records", OP_RECORDS, EXPR_SELECTION, false, FACT_RECORD},
    {"enrollments", OP_RECORDS, EXPR_SELECTION, false, FACT_ENROLLMENT},
    {"recognised", OP_RECOGNISED, EXPR_SELECTION, false, FACT_RECORD},
    {"where", OP_WHERE, EXPR_SELECTION, true, 0},
    {"during", OP_DURING, EXPR_SELECTION, true, 0},
    {"cap", OP_CAP, EXPR_SELECTION, true, 0},
    {"over", OP_OVER, EXPR_SELECTION, true, 0},
    {"first", OP_FIRST, EXPR_SELECTION, true, 0},
    {"once", OP_ONCE, EXPR_SELECTION, true, 0},
    {"blocks", OP_BLOCKS, EXPR_SELECTION, true, 0},
    {"greatest", OP_GREATEST, EXPR_SELECTION, true, 0},
    {"from_minimum", OP_FROM_MINIMUM, EXPR_SELECTION, true, 0},
    {"round", OP_ROUND, EXPR_SELECTION, true, 0},
    {"sum", OP_SUM, EXPR_NUMBER, true, 0},
    {"count", OP_COUNT, EXPR_NUMBER, true, 0},
    {"days", OP_DAYS, EXPR_NUMBER, true, 0},
    {"distinct", OP_DISTINCT, EXPR_NUMBER, true, 0},
    {"exists", OP_EXISTS, EXPR_TRUTH, true, 0},
    {"decimal", OP_CONSTANT, EXPR_NUMBER, false, 0},
    {"parameter", OP_PARAMETER, EXPR_NUMBER, false, 0},
    {"add", OP_ADD, EXPR_NUMBER, false, 0},
    {"subtract", OP_SUBTRACT, EXPR_NUMBER, false, 0},
    {"multiply", OP_MULTIPLY, EXPR_NUMBER, false, 0},
    {"divide", OP_DIVIDE, EXPR_NUMBER, false, 0},
    {"highest_of", OP_HIGHEST_OF, EXPR_NUMBER, false, 0},
    {"lowest_of", OP_LOWEST_OF, EXPR_NUMBER, false, 0},
    {"sum_of", OP_SUM_OF, EXPR_NUMBER, false, 0},
    {"choose", OP_CHOOSE, EXPR_NUMBER, false, 0},
    {"portion", OP_PORTION, EXPR_NUMBER, false, 0},
    {"years_since", OP_YEARS_SINCE, EXPR_NUMBER, false, 0},
    {"value", OP_VALUE, EXPR_NUMBER, false, 0},
    {"outcomes", OP_OUTCOMES, EXPR_NUMBER, false, 0},
    {"members", OP_MEMBERS, EXPR_NUMBER, false, 0},
    {"known", OP_KNOWN, EXPR_TRUTH, false, 0},
    {"outcome", OP_OUTCOME, EXPR_TRUTH, false, 0},
    {"met", OP_OUTCOME, EXPR_TRUTH, false, 0},
    {"after", OP_FACT_DATE, EXPR_TRUTH, true, 0},
    {"not_before", OP_FACT_DATE, EXPR_TRUTH, true, 0},
    {"before", OP_FACT_DATE, EXPR_TRUTH, true, 0},
    {"not_after", OP_FACT_DATE, EXPR_TRUTH, true, 0},
    {"all_of", OP_ALL, EXPR_TRUTH, false, 0},
    {"none_of", OP_NOT, EXPR_TRUTH, false, 0},
    {"at_least", OP_COMPARE, EXPR_TRUTH, true, 0},
    {"more_than", OP_COMPARE, EXPR_TRUTH, true, 0},
    {"at_most", OP_COMPARE, EXPR_TRUTH, true, 0},
    {"less_than", OP_COMPARE, EXPR_TRUTH, true, 0},
};

enum { OPS = sizeof ops / sizeof *ops };

static comparison comparison_of(const char *tag) {
  if (!strcmp(tag, "at_least") || !strcmp(tag, "not_before")) return AT_LEAST;
  if (!strcmp(tag, "more_than") || !strcmp(tag, "after")) return MORE_THAN;
  if (!strcmp(tag, "at_most") || !strcmp(tag, "not_after")) return AT_MOST;
  return LESS_THAN;
}

/* ---- numbers ---- */

static bool read_parameter(expr_scope *s, const spot *declared, expr_node *n) {
  if (!limit_compile(s->making, declared, &n->limit)) return false;
  const parameter *p = n->limit.parameter;
  if (p->form == PARAMETER_DAY)
    return spot_fault(declared, "parameter \"%s\" is a day, a number is expected here", "参数“%s”是日期，此处应为数字",
                      p->id);
  n->unit = p->unit;
  return true;
}

static bool read_by(expr_scope *s, const spot *declared, call_spots *c, expr_node *n) {
  const char *tag = spot_tag(&c->of);
  if (!tag || strcmp(tag, "parameter"))
    return spot_fault(declared, "by is asked of a parameter: P.rate:by \"level\"",
                      "by 只能用于参数：P.rate:by \"level\"");
  if (!read_parameter(s, &c->of, n)) return false;
  const parameter *p = n->limit.parameter;
  if (p->form != PARAMETER_BY_WORD)
    return spot_fault(declared, "parameter \"%s\" has one value, not one by word", "参数“%s”只有一个取值，不按词区分",
                      p->id);
  return read_path(s, &c->arg[0], &n->path);
}

static bool read_on(expr_scope *s, const spot *declared, call_spots *c, expr_node *n) {
  static const char *const days[] = {"period_start", "period_end", "decision", "record"};
  int which = spot_word(&c->arg[0], days, 4, 0);
  if (which < 0) return false;
  const char *tag = spot_tag(&c->of);
  call_spots inner;
  take_apart(&c->of, &inner);
  if (tag && !strcmp(tag, "by")) {
    if (!read_by(s, &c->of, &inner, n)) return false;
  } else if (tag && !strcmp(tag, "parameter")) {
    if (!read_parameter(s, &c->of, n)) return false;
  } else {
    return spot_fault(declared, "on is asked of a parameter: P.total:on \"period_end\"",
                      "on 只能用于参数：P.total:on \"period_end\"");
  }
  n->reading = (reading_day)which;
  return true;
}

static bool read_arithmetic(expr_scope *s, const spot *declared, call_spots *c, expr_node *n) {
  int32_t args[2] = {expr_number(s, &c->arg[0]), expr_number(s, &c->arg[1])};
  if (!take_args(s, n, args, 2)) return false;
  const char *a = node_at(s, args[0])->unit, *b = node_at(s, args[1])->unit;
  bool a_plain = node_at(s, args[0])->op == OP_CONSTANT, b_plain = node_at(s, args[1])->op == OP_CONSTANT;
  if (n->op == OP_MULTIPLY) {
    n->unit = !a || a_plain ? b : !b || b_plain ? a : unit_over(s->making->to->memory, a, b);
    if (a && b && *a && *b && !a_plain && !b_plain && !n->unit) n->unit = unit_over(s->making->to->memory, b, a);
    return true;
  }
  if (n->op == OP_DIVIDE) {
    n->unit = b && a && !strcmp(a, b) ? NULL : a;
    return true;
  }
  n->unit = a_plain || !a ? b : a;
  return units_fit(s, declared, a_plain ? NULL : a, b_plain ? NULL : b);
}

static bool read_numbers(expr_scope *s, const spot *declared, call_spots *c, expr_node *n) {
  if (!read_list(s, &c->arg[0], expr_number, n)) return false;
  for (size_t i = 0; i < n->args_count; i++) {
    const char *unit = node_at(s, n->args[i])->unit;
    if (!units_fit(s, declared, n->unit, unit)) return false;
    if (!n->unit || !*n->unit) n->unit = unit;
  }
  return true;
}

static bool read_choose(expr_scope *s, call_spots *c, expr_node *n) {
  static const key_row keys[] = {{"when", true}, {"take", true}};
  const spot *list = &c->arg[0];
  size_t count = spot_count(list);
  int32_t *args = arena_array(s->making->to->memory, count * 2 + 1, sizeof *args);
  for (size_t i = 0; i < count; i++) {
    spot one = spot_item(list, i);
    if (!spot_keys(&one, keys, 2, false, "a branch of choose", "choose 的分支")) return false;
    spot when = spot_member(&one, "when"), take = spot_member(&one, "take");
    args[2 * i] = expr_condition(s, &when);
    args[2 * i + 1] = expr_number(s, &take);
    if (args[2 * i] < 0 || args[2 * i + 1] < 0) return false;
    if (!n->unit) n->unit = node_at(s, args[2 * i + 1])->unit;
  }
  spot otherwise = spot_member(list, "otherwise");
  if (!spot_there(&otherwise))
    return spot_fault(list, "choose { … } does not say what otherwise", "choose { … } 没有写 otherwise");
  args[2 * count] = expr_number(s, &otherwise);
  n->args = args;
  n->args_count = 2 * count + 1;
  if (args[2 * count] < 0) return false;
  if (!n->unit) n->unit = node_at(s, args[2 * count])->unit;
  return units_fit(s, list, n->unit, node_at(s, args[2 * count])->unit);
}

/* fact "hired", and what may be asked of it. */
static bool read_fact(expr_scope *s, const spot *declared, expr_node *n) {
  const char *tag = spot_tag(declared);
  if (!tag || strcmp(tag, "fact"))
    return spot_fault(declared, "a dated fact is expected, such as fact \"hired\"",
                      "此处应为带日期的事实，如 fact \"hired\"");
  spot args = spot_member(declared, "args"), kind = spot_element(&args, 0);
  return read_kind(s, &kind, n);
}

static bool read_years_since(expr_scope *s, call_spots *c, expr_node *n) {
  static const char *const days[] = {"decision", "period_start", "period_end", "start"};
  if (!read_fact(s, &c->arg[0], n)) return false;
  int which = spot_word(&c->arg[1], days, 4, 0);
  n->reading = (reading_day)(which < 0 ? 0 : which);
  n->unit = "年";
  return which >= 0;
}

static bool read_number(expr_scope *s, const spot *declared, call_spots *c, expr_node *n) {
  switch (n->op) {
  case OP_PARAMETER:
    return read_parameter(s, declared, n);
  case OP_ADD:
  case OP_SUBTRACT:
  case OP_MULTIPLY:
  case OP_DIVIDE:
    return read_arithmetic(s, declared, c, n);
  case OP_HIGHEST_OF:
  case OP_LOWEST_OF:
  case OP_SUM_OF:
    return read_numbers(s, declared, c, n);
  case OP_CHOOSE:
    return read_choose(s, c, n);
  case OP_YEARS_SINCE:
    return read_years_since(s, c, n);
  case OP_PORTION: {
    const char *name = spot_text(&c->arg[0], "");
    if (!strcmp(name, "post")) {
      n->name = "post";
      return true;
    }
    return read_kind(s, &c->arg[0], n);
  }
  case OP_VALUE:
    n->unit = "";
    return read_path(s, &c->arg[0], &n->path);
  case OP_OUTCOMES: {
    static const char *const names[] = {"unmet", "met", "unknown", "not_applicable"};
    n->index = read_rule(s, &c->arg[0]);
    n->outcome = spot_word(&c->arg[1], names, 4, OUTCOME_MET);
    n->unit = "";
    return n->index >= 0 && n->outcome >= 0;
  }
  case OP_MEMBERS:
    n->index = read_rule(s, &c->arg[0]);
    n->unit = "";
    return n->index >= 0;
  default: /* SUM COUNT DAYS DISTINCT */
    n->of = expr_selection(s, &c->of);
    if (n->of < 0) return false;
    n->unit = n->op == OP_SUM ? node_at(s, n->of)->unit : n->op == OP_DAYS ? "天" : "";
    return n->op != OP_DISTINCT || read_path(s, &c->arg[0], &n->path);
  }
}

/* ---- conditions ---- */

static bool read_condition(expr_scope *s, const spot *declared, const char *tag, call_spots *c, expr_node *n) {
  switch (n->op) {
  case OP_EXISTS: {
    const char *of = spot_tag(&c->of);
    if (of && !strcmp(of, "fact")) { /* fact "hired":exists() */
      n->op = OP_FACT_DATE;
      n->limit.day = DAY_NONE;
      return read_fact(s, &c->of, n);
    }
    n->of = expr_selection(s, &c->of);
    return n->of >= 0;
  }
  case OP_KNOWN:
    return read_path(s, &c->arg[0], &n->path);
  case OP_OUTCOME: {
    static const char *const names[] = {"unmet", "met", "unknown", "not_applicable"};
    n->index = read_rule(s, &c->arg[0]);
    n->outcome = spot_word(&c->arg[1], names, 4, OUTCOME_MET);
    return n->index >= 0 && n->outcome >= 0;
  }
  case OP_FACT_DATE: {
    n->compare = comparison_of(tag);
    if (!read_fact(s, &c->of, n) || !limit_compile(s->making, &c->arg[0], &n->limit)) return false;
    if (n->limit.parameter ? n->limit.parameter->form == PARAMETER_DAY : n->limit.day != DAY_NONE) return true;
    return spot_fault(&c->arg[0], "%s compares with a day such as \"2025-03-01\"", "%s 应与日期（如“2025-03-01”）比较",
                      tag);
  }
  case OP_ALL:
  case OP_ANY:
  case OP_NOT:
    return read_list(s, &c->arg[0], expr_condition, n);
  default: { /* COMPARE */
    n->compare = comparison_of(tag);
    int32_t args[2] = {expr_number(s, &c->of), expr_number(s, &c->arg[0])};
    if (!take_args(s, n, args, 2)) return false;
    const char *a = node_at(s, args[0])->unit, *b = node_at(s, args[1])->unit;
    return units_fit(s, declared, a, b);
  }
  }
}

/* ---- one expression ---- */

static int32_t compile_union(expr_scope *s, const spot *declared, const char *text, int32_t a, int32_t b) {
  expr_node n = blank(declared, OP_UNION, EXPR_SELECTION);
  n.rows = node_at(s, a)->rows;
  n.unit = node_at(s, a)->unit ? node_at(s, a)->unit : node_at(s, b)->unit;
  if (!units_fit(s, declared, node_at(s, a)->unit, node_at(s, b)->unit)) return -1;
  if (n.rows != node_at(s, b)->rows) {
    spot_fault(declared, "records cannot be joined with rows of another table", "记录不能与另一张表的行合并");
    return -1;
  }
  if (!refuse_twice(s, declared, a, b)) return -1;
  int32_t args[2] = {a, b};
  take_args(s, &n, args, 2);
  return add_node(s, text, n);
}

static int32_t compile_previous(expr_scope *s, const spot *declared, const char *text, call_spots *c) {
  const char *name = spot_text(&c->arg[0], "");
  for (size_t i = 0; s->rule && i < s->rule->gives_count; i++) {
    if (strcmp(s->rule->gives[i].name, name)) continue;
    if (s->period < 0) {
      spot_fault(declared, "previous \"%s\" needs a rule with per = a period",
                 "previous “%s” 只能用于带 per（周期）的规则", name);
      return -1;
    }
    /* what it is stands in the declaration of gives, which may itself use previous: asked of its words only */
    bool number = s->rule->gives[i].node == -2;
    expr_node n = blank(declared, number ? OP_PREVIOUS_NUMBER : OP_PREVIOUS, number ? EXPR_NUMBER : EXPR_SELECTION);
    n.index = (int32_t)i;
    n.name = s->rule->gives[i].name;
    return add_node(s, text, n);
  }
  spot_fault(declared, "the rule gives nothing named \"%s\"", "本规则的 gives 中没有“%s”", name);
  fault_next(s->making->to->problems, "add gives = { %s = … } to the rule", "请在规则中写 gives = { %s = … }", name);
  return -1;
}

int32_t expr_compile(expr_scope *s, const spot *declared) {
  const char *tag = spot_tag(declared);
  const char *text = spot_there(declared) ? same_text(s, declared, "") : "";
  int32_t known = find_node(s, text);
  if (known >= 0) return known;
  if (!tag) {
    if (json_is_integer(declared->value) || json_is_string(declared->value)) {
      expr_node n = blank(declared, OP_CONSTANT, EXPR_NUMBER);
      if (!spot_fraction(declared, &n.limit.number)) return -1;
      n.limit.day = DAY_NONE;
      return add_node(s, text, n);
    }
    if (json_is_object(declared->value)) {
      expr_node n = blank(declared, OP_SUBJECT, EXPR_TRUTH);
      n.match = read_match(s, declared);
      return n.match ? add_node(s, text, n) : -1;
    }
    spot_fault(declared, "an expression is expected", "此处应为表达式");
    return -1;
  }
  call_spots c;
  take_apart(declared, &c);
  if (!strcmp(tag, "previous")) return compile_previous(s, declared, text, &c);
  if (!strcmp(tag, "by") || !strcmp(tag, "on")) {
    expr_node n = blank(declared, OP_PARAMETER, EXPR_NUMBER);
    bool good = *tag == 'b' ? read_by(s, declared, &c, &n) : read_on(s, declared, &c, &n);
    return good ? add_node(s, text, n) : -1;
  }
  if (!strcmp(tag, "decimal")) {
    expr_node n = blank(declared, OP_CONSTANT, EXPR_NUMBER);
    n.limit.day = DAY_NONE;
    return spot_fraction(declared, &n.limit.number) ? add_node(s, text, n) : -1;
  }
  if (!strcmp(tag, "any_of")) {
    /* tables are matches of the subject, expressions are conditions: both are alternatives */
    expr_node n = blank(declared, OP_ANY, EXPR_TRUTH);
    return read_condition(s, declared, tag, &c, &n) ? add_node(s, text, n) : -1;
  }
  if (!strcmp(tag, "add")) {
    /* s + t is a union where both are selections, else arithmetic */
    int32_t a = expr_compile(s, &c.arg[0]), b = expr_compile(s, &c.arg[1]);
    if (a < 0 || b < 0) return -1;
    if (node_at(s, a)->type == EXPR_SELECTION && node_at(s, b)->type == EXPR_SELECTION)
      return compile_union(s, declared, text, a, b);
  }
  for (size_t i = 0; i < OPS; i++) {
    if (strcmp(ops[i].name, tag)) continue;
    expr_node n = blank(declared, ops[i].op, ops[i].type);
    if (ops[i].rows) n.rows = ops[i].rows;
    bool good;
    if (n.op == OP_RECORDS)
      good = leaf_records(s, &c, &n);
    else if (n.op == OP_RECOGNISED)
      good = leaf_recognised(s, declared, &c, &n);
    else if (n.type == EXPR_SELECTION)
      good = method_selection(s, declared, tag, &c, &n);
    else if (n.type == EXPR_NUMBER)
      good = read_number(s, declared, &c, &n);
    else
      good = read_condition(s, declared, tag, &c, &n);
    return good ? add_node(s, text, n) : -1;
  }
  spot_fault(declared, "\"%s\" has no meaning in an expression", "“%s”不能用在表达式中", tag);
  return -1;
}

int32_t expr_number(expr_scope *s, const spot *declared) {
  int32_t n = expr_compile(s, declared);
  if (n < 0) return -1;
  if (node_at(s, n)->type == EXPR_SELECTION) return sum_of_selection(s, declared, n);
  if (node_at(s, n)->type == EXPR_NUMBER) return n;
  number_expected(declared);
  return -1;
}

int32_t expr_selection(expr_scope *s, const spot *declared) {
  int32_t n = expr_compile(s, declared);
  if (n < 0 || node_at(s, n)->type == EXPR_SELECTION) return n;
  spot_fault(declared, "a selection of records is expected here", "此处应为对记录的选取");
  return -1;
}

int32_t expr_condition(expr_scope *s, const spot *declared) {
  if (json_is_array(declared->value)) {
    expr_node n = blank(declared, OP_ALL, EXPR_TRUTH);
    const char *text = same_text(s, declared, " all");
    return read_list(s, declared, expr_condition, &n) ? add_node(s, text, n) : -1;
  }
  int32_t n = expr_compile(s, declared);
  if (n < 0 || node_at(s, n)->type == EXPR_TRUTH) return n;
  spot_fault(declared, "a condition is expected here", "此处应为条件");
  return -1;
}

/* ---- needs ---- */

static bool each_words(expr_scope *s, const spot *declared, const char *name, need_form *out) {
  if (!path_compile(declared, name, s->making->attributes, s->making->attributes_count, s->making->book,
                    &out->each_path))
    return false;
  out->each = SPAN_ITEM;
  const declared_scale *scale = kinds_scale(s->making->kinds, name);
  if (scale) {
    const char **words = arena_array(s->making->to->memory, scale->count, sizeof *words);
    for (size_t i = 0; i < scale->count; i++) words[i] = scale->words[i].word;
    out->each_words = words;
    out->each_count = scale->count;
    return true;
  }
  for (size_t i = 0; i < s->making->kinds->count; i++) {
    const declared_attribute *attribute = kind_attribute(&s->making->kinds->items[i], name);
    if (!attribute || !attribute->words_count) continue;
    out->each_words = attribute->words;
    out->each_count = attribute->words_count;
    return true;
  }
  spot_fault(declared, "each \"%s\" needs the words that there can be", "each “%s” 需要事先声明有哪些词", name);
  return fault_next(s->making->to->problems, "declare scales { %s = { … } }, or words = { … } on the attribute",
                    "请声明 scales { %s = { … } }，或在属性上写 words = { … }", name);
}

bool expr_need(expr_scope *s, const spot *declared, need_form *out) {
  *out = (need_form){.had = -1, .needed = -1, .condition = -1};
  const char *tag = spot_tag(declared);
  bool compares = tag && (!strcmp(tag, "at_least") || !strcmp(tag, "at_most") || !strcmp(tag, "more_than") ||
                          !strcmp(tag, "less_than"));
  if (!compares) {
    out->condition = expr_condition(s, declared);
    return out->condition >= 0;
  }
  out->compare = comparison_of(tag);
  call_spots c, inner;
  take_apart(declared, &c);
  spot of = c.of, each_of;
  const char *of_tag = spot_tag(&of);
  if (of_tag && !strcmp(of_tag, "count")) {
    take_apart(&of, &inner);
    const char *counted = spot_tag(&inner.of);
    if (counted && !strcmp(counted, "each")) {
      out->count = true;
      each_of = inner.of;
      of = each_of;
      of_tag = counted;
    }
  }
  call_spots each;
  if (of_tag && !strcmp(of_tag, "each")) {
    take_apart(&of, &each);
    const char *name = spot_text(&each.arg[0], "");
    if (!strcmp(name, "year"))
      out->each = SPAN_YEAR;
    else if (!each_words(s, &each.arg[0], name, out))
      return false;
    out->had = expr_selection(s, &each.of);
  } else {
    out->had = expr_compile(s, &of);
    if (out->had >= 0 && node_at(s, out->had)->type == EXPR_TRUTH) return number_expected(&of);
  }
  out->needed = expr_number(s, &c.arg[0]);
  if (out->had < 0 || out->needed < 0) return false;
  return units_fit(s, declared, out->count ? "" : node_at(s, out->had)->unit, node_at(s, out->needed)->unit);
}

bool expr_is_number(const spot *declared) {
  const char *tag = spot_tag(declared);
  if (!tag) return !json_is_object(declared->value);
  if (!strcmp(tag, "add")) {
    spot args = spot_member(declared, "args"), a = spot_element(&args, 0), b = spot_element(&args, 1);
    return expr_is_number(&a) || expr_is_number(&b);
  }
  if (!strcmp(tag, "by") || !strcmp(tag, "on")) return true;
  for (size_t i = 0; i < OPS; i++)
    if (!strcmp(ops[i].name, tag)) return ops[i].type == EXPR_NUMBER;
  return false;
}

/* ---- proof that a union counts nothing twice ---- */

static int32_t chain_end(const program *p, int32_t n) {
  while (p->nodes[n].of >= 0) n = p->nodes[n].of;
  return n;
}

static bool same_step(const expr_node *a, const expr_node *b) {
  if (a->of != b->of || a->span != b->span || a->period != b->period || a->match != b->match) return false;
  return a->args_count == b->args_count && !memcmp(a->args, b->args, a->args_count * sizeof *a->args);
}

static bool complements(const program *p, int32_t a, int32_t b) {
  for (int32_t x = a; x >= 0; x = p->nodes[x].of)
    for (int32_t y = b; y >= 0; y = p->nodes[y].of) {
      expr_op first = p->nodes[x].op, second = p->nodes[y].op;
      bool pair = (first == OP_CAP && second == OP_OVER) || (first == OP_OVER && second == OP_CAP);
      if (pair && same_step(&p->nodes[x], &p->nodes[y])) return true;
    }
  return false;
}

static bool matches_apart(const program *p, int32_t a, int32_t b) {
  for (int32_t x = a; x >= 0; x = p->nodes[x].of)
    for (int32_t y = b; y >= 0; y = p->nodes[y].of) {
      const expr_node *first = &p->nodes[x], *second = &p->nodes[y];
      bool limits =
          (first->op == OP_RECORDS || first->op == OP_WHERE) && (second->op == OP_RECORDS || second->op == OP_WHERE);
      if (limits && match_apart(first->match, second->match)) return true;
    }
  return false;
}

bool program_apart(const program *p, int32_t a, int32_t b) {
  if (complements(p, a, b) || matches_apart(p, a, b)) return true;
  const expr_node *end_a = &p->nodes[chain_end(p, a)], *end_b = &p->nodes[chain_end(p, b)];
  if (end_a->op == OP_UNION) return program_apart(p, end_a->args[0], b) && program_apart(p, end_a->args[1], b);
  if (end_b->op == OP_UNION) return program_apart(p, a, end_b->args[0]) && program_apart(p, a, end_b->args[1]);
  /* what is carried over lies in an earlier period */
  if ((end_a->op == OP_PREVIOUS) != (end_b->op == OP_PREVIOUS)) return true;
  if (end_a->op == OP_RECOGNISED && end_b->op == OP_RECOGNISED && end_a->index == end_b->index)
    return end_a->as >= 0 && end_b->as >= 0 && end_a->as != end_b->as;
  return false;
}
