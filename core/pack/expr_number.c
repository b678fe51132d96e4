/* Compiling numbers and conditions. */
#include "pack/expr_inside.h"

#include <string.h>

/* ---- numbers ---- */

comparison expr_comparison_of(const char *tag) {
  if (!strcmp(tag, "at_least") || !strcmp(tag, "not_before")) return AT_LEAST;
  if (!strcmp(tag, "more_than") || !strcmp(tag, "after")) return MORE_THAN;
  if (!strcmp(tag, "at_most") || !strcmp(tag, "not_after")) return AT_MOST;
  return LESS_THAN;
}

/* A parameter with one value: limit_compile refuses those by word, which are read here by their name alone. */
static bool read_parameter(expr_scope *s, const spot *declared, bool by_word, expr_node *n) {
  spot args = spot_member(declared, "args"), name = spot_element(&args, 0);
  const parameter *p = parameters_find(s->making->parameters, spot_text(&name, ""));
  if (by_word && p && p->form == PARAMETER_BY_WORD)
    n->limit = (limit){.parameter = p, .day = DAY_NONE};
  else if (!limit_compile(s->making, declared, &n->limit))
    return false;
  p = n->limit.parameter;
  if (p->form == PARAMETER_DAY)
    return spot_fault(declared, "parameter \"%s\" is a day, a number is expected here", "参数“%s”是日期，此处应为数字",
                      p->id);
  n->unit = p->unit;
  return true;
}

bool expr_read_by(expr_scope *s, const spot *declared, expr_call *c, expr_node *n) {
  const char *tag = spot_tag(&c->of);
  if (!tag || strcmp(tag, "parameter"))
    return spot_fault(declared, "by is asked of a parameter: P.rate:by \"level\"",
                      "by 只能用于参数：P.rate:by \"level\"");
  if (!read_parameter(s, &c->of, true, n)) return false;
  const parameter *p = n->limit.parameter;
  if (p->form != PARAMETER_BY_WORD)
    return spot_fault(declared, "parameter \"%s\" has one value, not one by word", "参数“%s”只有一个取值，不按词区分",
                      p->id);
  return expr_read_path(s, &c->arg[0], &n->path);
}

bool expr_read_on(expr_scope *s, const spot *declared, expr_call *c, expr_node *n) {
  static const char *const days[] = {"period_start", "period_end", "decision", "record"};
  int which = spot_word(&c->arg[0], days, 4, 0);
  if (which < 0) return false;
  const char *tag = spot_tag(&c->of);
  expr_call inner;
  expr_take_apart(&c->of, &inner);
  if (tag && !strcmp(tag, "by")) {
    if (!expr_read_by(s, &c->of, &inner, n)) return false;
  } else if (tag && !strcmp(tag, "parameter")) {
    if (!read_parameter(s, &c->of, false, n)) return false;
  } else {
    return spot_fault(declared, "on is asked of a parameter: P.total:on \"period_end\"",
                      "on 只能用于参数：P.total:on \"period_end\"");
  }
  static const reading_day readings[] = {READ_PERIOD_START, READ_PERIOD_END, READ_DECISION, READ_RECORD};
  n->reading = readings[which];
  if (n->reading == READ_RECORD && s->rule)
    return spot_fault(declared, "a rule is about no single record, so that on \"record\" says nothing",
                      "规则并不针对某一条记录，on “record” 无从读取");
  return true;
}

static bool read_arithmetic(expr_scope *s, const spot *declared, expr_call *c, expr_node *n) {
  int32_t args[2] = {expr_number(s, &c->arg[0]), expr_number(s, &c->arg[1])};
  if (!expr_take_args(s, n, args, 2)) return false;
  const char *a = expr_at(s, args[0])->unit, *b = expr_at(s, args[1])->unit;
  bool a_plain = expr_at(s, args[0])->op == OP_CONSTANT, b_plain = expr_at(s, args[1])->op == OP_CONSTANT;
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
  return expr_units_fit(s, declared, a_plain ? NULL : a, b_plain ? NULL : b);
}

static bool read_numbers(expr_scope *s, const spot *declared, expr_call *c, expr_node *n) {
  if (!expr_read_list(s, &c->arg[0], expr_number, n)) return false;
  for (size_t i = 0; i < n->args_count; i++) {
    const char *unit = expr_at(s, n->args[i])->unit;
    if (!expr_units_fit(s, declared, n->unit, unit)) return false;
    if (!n->unit || !*n->unit) n->unit = unit;
  }
  return true;
}

/* The whole form, as whoever left a part of it out has it before his eyes. */
static bool choose_form(expr_scope *s) {
  return fault_next(
      s->making->to->problems,
      "write choose { { when = CONDITION, take = P.a }, otherwise = P.b }: the first condition that holds "
      "takes its number",
      "应写作 choose { { when = 条件, take = P.a }, otherwise = P.b }：取第一个成立的条件所给的数");
}

static bool read_choose(expr_scope *s, expr_call *c, expr_node *n) {
  static const key_row keys[] = {{"when", true}, {"take", true}};
  const spot *list = &c->arg[0];
  size_t count = spot_count(list);
  int32_t *args = arena_array(s->making->to->memory, count * 2 + 1, sizeof *args);
  for (size_t i = 0; i < count; i++) {
    spot one = spot_item(list, i);
    spot when = spot_member(&one, "when"), take = spot_member(&one, "take");
    if (!spot_keys(&one, keys, 2, false, "a branch of choose", "choose 的分支"))
      return spot_there(&when) && spot_there(&take) ? false : choose_form(s);
    args[2 * i] = expr_condition(s, &when);
    args[2 * i + 1] = expr_number(s, &take);
    if (args[2 * i] < 0 || args[2 * i + 1] < 0) return false;
    if (!expr_units_fit(s, &take, n->unit, expr_at(s, args[2 * i + 1])->unit)) return false;
    if (!n->unit || !*n->unit) n->unit = expr_at(s, args[2 * i + 1])->unit;
  }
  spot otherwise = spot_member(list, "otherwise");
  if (!spot_there(&otherwise)) {
    spot_fault(list, "choose { … } does not say what otherwise", "choose { … } 没有写 otherwise");
    return choose_form(s);
  }
  args[2 * count] = expr_number(s, &otherwise);
  n->args = args;
  n->args_count = 2 * count + 1;
  if (args[2 * count] < 0) return false;
  if (!expr_units_fit(s, &otherwise, n->unit, expr_at(s, args[2 * count])->unit)) return false;
  if (!n->unit || !*n->unit) n->unit = expr_at(s, args[2 * count])->unit;
  return true;
}

/* fact "hired", and what may be asked of it. */
static bool read_fact(expr_scope *s, const spot *declared, expr_node *n) {
  const char *tag = spot_tag(declared);
  if (!tag || strcmp(tag, "fact"))
    return spot_fault(declared, "a dated fact is expected, such as fact \"hired\"",
                      "此处应为带日期的事实，如 fact \"hired\"");
  spot args = spot_member(declared, "args"), kind = spot_element(&args, 0);
  return expr_read_kind(s, &kind, n);
}

static bool read_years_since(expr_scope *s, expr_call *c, expr_node *n) {
  static const char *const days[] = {"decision", "period_start", "period_end", "start"};
  static const reading_day readings[] = {READ_DECISION, READ_PERIOD_START, READ_PERIOD_END, READ_SUBJECT_START};
  if (!read_fact(s, &c->arg[0], n)) return false;
  int which = spot_word(&c->arg[1], days, 4, 0);
  n->reading = readings[which < 0 ? 0 : which];
  n->unit = "年";
  return which >= 0;
}

bool expr_read_number(expr_scope *s, const spot *declared, expr_call *c, expr_node *n) {
  switch (n->op) {
  case OP_PARAMETER:
    return read_parameter(s, declared, false, n);
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
    if (s->period < 0)
      return spot_fault(declared, "portion is a part of the period: it needs a rule with per = a period",
                        "portion 是周期中的一部分，只能用于带 per（周期）的规则");
    if (!strcmp(name, "post")) {
      n->name = "post";
      return true;
    }
    return expr_read_kind(s, &c->arg[0], n);
  }
  case OP_VALUE:
    n->unit = "";
    return expr_read_path(s, &c->arg[0], &n->path);
  case OP_OUTCOMES: {
    static const char *const names[] = {"unmet", "met", "unknown", "not_applicable"};
    n->index = expr_read_rule(s, &c->arg[0]);
    n->outcome = spot_word(&c->arg[1], names, 4, OUTCOME_MET);
    n->unit = "";
    return n->index >= 0 && n->outcome >= 0;
  }
  case OP_MEMBERS:
    n->index = expr_read_rule(s, &c->arg[0]);
    n->unit = "";
    return n->index >= 0;
  default: /* SUM COUNT DAYS DISTINCT */
    n->of = expr_selection(s, &c->of);
    if (n->of < 0) return false;
    if (n->op == OP_SUM && !expr_one_unit(s, declared, n->of)) return false;
    n->unit = n->op == OP_SUM ? expr_at(s, n->of)->unit : n->op == OP_DAYS ? "天" : "";
    return n->op != OP_DISTINCT || expr_read_path(s, &c->arg[0], &n->path);
  }
}

/* ---- conditions ---- */

bool expr_read_condition(expr_scope *s, const spot *declared, const char *tag, expr_call *c, expr_node *n) {
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
    return expr_read_path(s, &c->arg[0], &n->path);
  case OP_OUTCOME: {
    static const char *const names[] = {"unmet", "met", "unknown", "not_applicable"};
    n->index = expr_read_rule(s, &c->arg[0]);
    n->outcome = spot_word(&c->arg[1], names, 4, OUTCOME_MET);
    return n->index >= 0 && n->outcome >= 0;
  }
  case OP_FACT_DATE: {
    n->compare = expr_comparison_of(tag);
    if (!read_fact(s, &c->of, n) || !limit_compile(s->making, &c->arg[0], &n->limit)) return false;
    if (n->limit.parameter ? n->limit.parameter->form == PARAMETER_DAY : n->limit.day != DAY_NONE) return true;
    return spot_fault(&c->arg[0], "%s compares with a day such as \"2025-03-01\"", "%s 应与日期（如“2025-03-01”）比较",
                      tag);
  }
  case OP_ALL:
  case OP_ANY:
  case OP_NOT:
    return expr_read_list(s, &c->arg[0], expr_condition, n);
  default: { /* COMPARE */
    n->compare = expr_comparison_of(tag);
    int32_t args[2] = {expr_number(s, &c->of), expr_number(s, &c->arg[0])};
    if (!expr_take_args(s, n, args, 2)) return false;
    const char *a = expr_at(s, args[0])->unit, *b = expr_at(s, args[1])->unit;
    return expr_units_fit(s, declared, a, b);
  }
  }
}
