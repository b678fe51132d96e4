#include "pack/expr_inside.h"
#include "pack/vocabulary.h"

#include <string.h>

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

/* ---- one expression ---- */

static int32_t compile_union(expr_scope *s, const spot *declared, const char *text, int32_t a, int32_t b) {
  expr_node n = expr_blank(declared, OP_UNION, EXPR_SELECTION);
  n.rows = expr_at(s, a)->rows;
  n.unit = expr_at(s, a)->unit ? expr_at(s, a)->unit : expr_at(s, b)->unit;
  if (!expr_units_fit(s, declared, expr_at(s, a)->unit, expr_at(s, b)->unit)) return -1;
  if (n.rows != expr_at(s, b)->rows) {
    spot_fault(declared, "records cannot be joined with rows of another table", "记录不能与另一张表的行合并");
    return -1;
  }
  if (!expr_refuse_twice(s, declared, a, b)) return -1;
  int32_t args[2] = {a, b};
  expr_take_args(s, &n, args, 2);
  return expr_add(s, text, n);
}

static int32_t compile_previous(expr_scope *s, const spot *declared, const char *text, expr_call *c) {
  const char *name = spot_text(&c->arg[0], "");
  for (size_t i = 0; s->rule && i < s->rule->gives_count; i++) {
    if (strcmp(s->rule->gives[i].name, name)) continue;
    if (s->period < 0) {
      spot_fault(declared, "previous \"%s\" needs a rule with per = a period",
                 "previous “%s” 只能用于带 per（周期）的规则", name);
      return -1;
    }
    if (!s->rule->gives[i].has_first) {
      spot_fault(declared, "previous \"%s\" does not say with what the first period begins",
                 "previous “%s” 没有说明首个周期从多少开始", name);
      fault_next(s->making->to->problems, "add first = { %s = 0 } to the rule", "请在规则中写 first = { %s = 0 }",
                 name);
      return -1;
    }
    /* what it is stands in the declaration of gives, which may itself use previous: asked of its words only */
    bool number = s->rule->gives[i].node == -2;
    expr_node n =
        expr_blank(declared, number ? OP_PREVIOUS_NUMBER : OP_PREVIOUS, number ? EXPR_NUMBER : EXPR_SELECTION);
    n.index = (int32_t)i;
    n.name = s->rule->gives[i].name;
    return expr_add(s, text, n);
  }
  spot_fault(declared, "the rule gives nothing named \"%s\"", "本规则的 gives 中没有“%s”", name);
  fault_next(s->making->to->problems, "add gives = { %s = … } to the rule", "请在规则中写 gives = { %s = … }", name);
  return -1;
}

/* A fact is a day, and may carry a value: what to write for either. */
static void fact_in_place_of_number(expr_scope *s, expr_call *c) {
  const char *kind = json_is_string(c->arg[0].value) ? json_string_value(c->arg[0].value) : "…";
  fault_next(s->making->to->problems,
             "a fact is a day: write fact \"%s\":before(\"2025-09-01\") or years_since(fact \"%s\", \"period_start\"); "
             "its value is asked by records { kind = \"%s\", value = at_least(P.x) }:exists()",
             "事实是一个日期：请写 fact \"%s\":before(\"2025-09-01\") 或 years_since(fact \"%s\", \"period_start\")；"
             "其值用 records { kind = \"%s\", value = at_least(P.x) }:exists() 判断",
             kind, kind, kind);
}

/* As many as the vocabulary says, at the most: one too many would be passed over without a word. */
static bool arguments_fit(const spot *declared, const char *tag) {
  spot of = spot_member(declared, "of"), args = spot_member(declared, "args");
  const word_form form = spot_there(&of) ? WORD_METHOD : WORD_FUNCTION;
  const word_row *word = NULL;
  for (size_t i = 0; i < vocabulary_count && !word; i++)
    if (vocabulary[i].form == form && !strcmp(vocabulary[i].name, tag)) word = &vocabulary[i];
  /* none and any are written without a call, and have no signature: what they stand in says that they do not fit */
  if (!word || word->signature[0] != '(' || !strncmp(word->signature, "(...", 4)) return true;
  size_t length = strcspn(word->signature, ")"), most = word->signature[1] != ')';
  for (size_t i = 0; i < length; i++) most += word->signature[i] == ',';
  if (!json_is_array(args.value) || json_array_size(args.value) <= most) return true;
  spot_fault(declared, "%s is given more arguments than it takes: at most %zu, not %zu",
             "%s 的参数过多：至多 %zu 个，而不是 %zu 个", tag, most, json_array_size(args.value));
  return fault_next(declared->to->problems, "it is written %s%.*s)", "应写作 %s%.*s)", tag, (int)length,
                    word->signature);
}

static int32_t compile_one(expr_scope *s, const spot *declared) {
  const char *tag = spot_tag(declared);
  const char *text = spot_there(declared) ? expr_same_text(s, declared, "") : "";
  int32_t known = expr_find(s, text);
  if (known >= 0) return known;
  if (!tag) {
    if (json_is_integer(declared->value) || json_is_string(declared->value)) {
      expr_node n = expr_blank(declared, OP_CONSTANT, EXPR_NUMBER);
      if (!spot_fraction(declared, &n.limit.number)) return -1;
      n.limit.day = DAY_NONE;
      return expr_add(s, text, n);
    }
    if (json_is_object(declared->value)) {
      expr_node n = expr_blank(declared, OP_SUBJECT, EXPR_TRUTH);
      n.match = expr_read_match(s, declared);
      return n.match ? expr_add(s, text, n) : -1;
    }
    spot_fault(declared, "an expression is expected", "此处应为表达式");
    return -1;
  }
  if (!arguments_fit(declared, tag)) return -1;
  expr_call c;
  expr_take_apart(declared, &c);
  if (!strcmp(tag, "previous")) return compile_previous(s, declared, text, &c);
  if (!strcmp(tag, "by") || !strcmp(tag, "on")) {
    expr_node n = expr_blank(declared, OP_PARAMETER, EXPR_NUMBER);
    bool good = *tag == 'b' ? expr_read_by(s, declared, &c, &n) : expr_read_on(s, declared, &c, &n);
    return good ? expr_add(s, text, n) : -1;
  }
  if (!strcmp(tag, "decimal")) {
    expr_node n = expr_blank(declared, OP_CONSTANT, EXPR_NUMBER);
    n.limit.day = DAY_NONE;
    return spot_fraction(declared, &n.limit.number) ? expr_add(s, text, n) : -1;
  }
  if (!strcmp(tag, "any_of")) {
    /* tables are matches of the subject, expressions are conditions: both are alternatives */
    expr_node n = expr_blank(declared, OP_ANY, EXPR_TRUTH);
    return expr_read_condition(s, declared, tag, &c, &n) ? expr_add(s, text, n) : -1;
  }
  if (!strcmp(tag, "add")) {
    /* s + t is a union where both are selections, else arithmetic */
    int32_t a = expr_compile(s, &c.arg[0]), b = expr_compile(s, &c.arg[1]);
    if (a < 0 || b < 0) return -1;
    if (expr_at(s, a)->type == EXPR_SELECTION && expr_at(s, b)->type == EXPR_SELECTION)
      return compile_union(s, declared, text, a, b);
  }
  for (size_t i = 0; i < OPS; i++) {
    if (strcmp(ops[i].name, tag)) continue;
    expr_node n = expr_blank(declared, ops[i].op, ops[i].type);
    if (ops[i].rows) n.rows = ops[i].rows;
    bool good;
    if (n.op == OP_RECORDS)
      good = expr_leaf_records(s, &c, &n);
    else if (n.op == OP_RECOGNISED)
      good = expr_leaf_recognised(s, declared, &c, &n);
    else if (n.type == EXPR_SELECTION)
      good = expr_method_selection(s, declared, tag, &c, &n);
    else if (n.type == EXPR_NUMBER)
      good = expr_read_number(s, declared, &c, &n);
    else
      good = expr_read_condition(s, declared, tag, &c, &n);
    return good ? expr_add(s, text, n) : -1;
  }
  spot_fault(declared, "\"%s\" has no meaning in an expression", "“%s”不能用在表达式中", tag);
  if (!strcmp(tag, "fact")) fact_in_place_of_number(s, &c);
  return -1;
}

int32_t expr_compile(expr_scope *s, const spot *declared) {
  size_t errors = s->making->to->problems->errors;
  int32_t n = compile_one(s, declared);
  /* What is no node was said to be wrong: a rule that goes on without would read what is not there. */
  if (n < 0 && s->making->to->problems->errors == errors)
    spot_fault(declared, "this expression cannot be read", "无法读懂这个表达式");
  return n;
}

int32_t expr_number(expr_scope *s, const spot *declared) {
  int32_t n = expr_compile(s, declared);
  if (n < 0) return -1;
  if (expr_at(s, n)->type == EXPR_SELECTION) return expr_sum_of(s, declared, n);
  if (expr_at(s, n)->type == EXPR_NUMBER) return n;
  expr_number_expected(declared);
  return -1;
}

int32_t expr_selection(expr_scope *s, const spot *declared) {
  int32_t n = expr_compile(s, declared);
  if (n < 0 || expr_at(s, n)->type == EXPR_SELECTION) return n;
  spot_fault(declared, "a selection of records is expected here", "此处应为对记录的选取");
  return -1;
}

int32_t expr_condition(expr_scope *s, const spot *declared) {
  if (json_is_array(declared->value)) {
    expr_node n = expr_blank(declared, OP_ALL, EXPR_TRUTH);
    const char *text = expr_same_text(s, declared, " all");
    return expr_read_list(s, declared, expr_condition, &n) ? expr_add(s, text, n) : -1;
  }
  int32_t n = expr_compile(s, declared);
  if (n < 0 || expr_at(s, n)->type == EXPR_TRUTH) return n;
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
    const char **ordered = arena_array(s->making->to->memory, scale->count, sizeof *ordered);
    for (size_t i = 0; i < scale->count; i++) ordered[i] = scale->words[i].word;
    out->each_words = ordered;
    out->each_count = scale->count;
    return true;
  }
  const char **words = NULL; /* of all kinds that may be among the records, in the order declared */
  size_t count = 0, capacity = 0;
  for (size_t i = 0; i < s->making->kinds->count; i++) {
    const declared_kind *kind = &s->making->kinds->items[i];
    const declared_attribute *attribute = kind_attribute(kind, name);
    if (!attribute || !expr_allows_kind(s, out->had, kind->name)) continue;
    for (size_t w = 0; w < attribute->words_count; w++) {
      bool seen = false;
      for (size_t k = 0; k < count && !seen; k++) seen = !strcmp(words[k], attribute->words[w]);
      if (!seen) *ARENA_PUSH(s->making->to->memory, words, count, capacity) = attribute->words[w];
    }
  }
  out->each_words = words;
  out->each_count = count;
  if (count) return true;
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
  if (!arguments_fit(declared, tag)) return false;
  out->compare = expr_comparison_of(tag);
  expr_call c, inner;
  expr_take_apart(declared, &c);
  const spot *of = &c.of; /* the spots that it points to must stay: others know them as what they are in */
  const char *of_tag = spot_tag(of);
  if (of_tag && !strcmp(of_tag, "count")) {
    expr_take_apart(of, &inner);
    const char *counted = spot_tag(&inner.of);
    if (counted && !strcmp(counted, "each")) {
      out->count = true;
      of = &inner.of;
      of_tag = counted;
    }
  }
  expr_call each;
  if (of_tag && !strcmp(of_tag, "each")) {
    expr_take_apart(of, &each);
    const char *name = spot_text(&each.arg[0], "");
    if (!strcmp(name, "year") && s->period < 0)
      return spot_fault(&each.arg[0], "each \"year\" needs a rule with per = a period",
                        "each “year” 只能用于带 per（周期）的规则");
    if (!strcmp(name, "year")) out->each = SPAN_YEAR;
    out->had = expr_selection(s, &each.of);
    if (out->had < 0 || (out->each != SPAN_YEAR && !each_words(s, &each.arg[0], name, out))) return false;
  } else {
    out->had = expr_compile(s, of);
    if (out->had >= 0 && expr_at(s, out->had)->type == EXPR_TRUTH) return expr_number_expected(of);
  }
  out->needed = expr_number(s, &c.arg[0]);
  if (out->had < 0 || out->needed < 0) return false;
  if (!out->count && expr_at(s, out->had)->type == EXPR_SELECTION && !expr_one_unit(s, declared, out->had))
    return false;
  return expr_units_fit(s, declared, out->count ? "" : expr_at(s, out->had)->unit, expr_at(s, out->needed)->unit);
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
