/* Compiling selections. */
#include "pack/expr_inside.h"

#include <string.h>

/* ---- selections ---- */

bool expr_leaf_records(expr_scope *s, expr_call *c, expr_node *n) {
  n->match = expr_read_match(s, &c->arg[0]);
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

bool expr_leaf_recognised(expr_scope *s, const spot *declared, expr_call *c, expr_node *n) {
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

static bool is_day(const limit *l) {
  return l->parameter ? l->parameter->form == PARAMETER_DAY : l->day != DAY_NONE;
}

static bool read_window(expr_scope *s, const spot *declared, expr_node *n) {
  const char *tag = spot_tag(declared);
  expr_call c;
  expr_take_apart(declared, &c);
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
    if (!limit_compile(s->making, &c.arg[0], &n->limit) || !limit_compile(s->making, &c.arg[1], &n->other))
      return false;
    if (is_day(&n->limit) && is_day(&n->other)) return true;
    return spot_fault(declared, "a window lies between two days such as \"2025-03-01\"",
                      "时间窗应介于两个日期（如“2025-03-01”）之间");
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

/* :during "ever" says of records themselves that they need not lie in the period. */
static bool take_ever(expr_scope *s, const spot *declared, expr_node *n) {
  const expr_node *of = expr_at(s, n->of);
  if (of->op != OP_RECORDS && of->op != OP_RECOGNISED)
    return spot_fault(declared, "during \"ever\" can only be said of records or what they are recognised as",
                      "during “ever” 只能用于 records 或认定的结果");
  *n = *of;
  n->ever = true;
  return true;
}

static bool read_once(expr_scope *s, const spot *options, expr_node *n) {
  static const key_row keys[] = {{"by", true}, {"keep", false}};
  if (!spot_keys(options, keys, 2, false, "once", "once")) return false;
  spot by = spot_member(options, "by"), keep = spot_member(options, "keep");
  if (!expr_read_path(s, &by, &n->path)) return false;
  if (!spot_there(&keep)) return true;
  const char *tag = spot_tag(&keep);
  spot args = spot_member(&keep, "args"), name = spot_element(&args, 0);
  if (!tag || strcmp(tag, "highest"))
    return spot_fault(&keep, "keep says highest \"level\" or another column", "keep 应写 highest \"level\" 或其他列");
  if (!strcmp(spot_text(&name, ""), "amount")) return true;
  if (!expr_read_path(s, &name, &n->keep)) return false;
  const declared_scale *scale = kinds_scale(s->making->kinds, spot_text(&name, ""));
  if (!scale) return true;
  uint32_t *words = arena_array(s->making->to->memory, scale->count, sizeof *words);
  for (size_t i = 0; i < scale->count; i++) words[i] = wordbook_add(s->making->book, scale->words[i].word);
  n->keep_words = words;
  n->keep_words_count = scale->count;
  return true;
}

bool expr_method_selection(expr_scope *s, const spot *declared, const char *tag, expr_call *c, expr_node *n) {
  n->of = expr_selection(s, &c->of);
  if (n->of < 0) return false;
  n->unit = expr_at(s, n->of)->unit;
  n->rows = expr_at(s, n->of)->rows;
  int32_t limit_node;
  bool measured = n->op == OP_CAP || n->op == OP_OVER || n->op == OP_FROM_MINIMUM || n->op == OP_ROUND;
  if (measured && !expr_one_unit(s, declared, n->of)) return false;
  switch (n->op) {
  case OP_GREATEST:
    return true;
  case OP_WHERE:
    return (n->match = expr_read_match(s, &c->arg[0])) != NULL;
  case OP_DURING:
    if (text_same(json_string_value(c->arg[0].value), "ever")) return take_ever(s, declared, n);
    return read_window(s, &c->arg[0], n);
  case OP_CAP:
  case OP_OVER:
    limit_node = expr_number(s, &c->arg[0]);
    if (!expr_take_args(s, n, &limit_node, 1) || !expr_read_span(s, &c->arg[1], n)) return false;
    if (!expr_units_fit(s, &c->arg[0], n->unit, expr_at(s, limit_node)->unit)) return false;
    return !spot_there(&c->arg[2]) || (n->match = expr_read_match(s, &c->arg[2])) != NULL;
  case OP_FIRST:
    limit_node = expr_number(s, &c->arg[0]);
    return expr_take_args(s, n, &limit_node, 1) && expr_read_span(s, &c->arg[1], n);
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
    return expr_take_args(s, n, &limit_node, 1) &&
           expr_units_fit(s, &c->arg[0], n->unit, expr_at(s, limit_node)->unit) &&
           expr_read_path(s, &c->arg[1], &n->path);
  case OP_ROUND: {
    static const char *const ways[] = {"down", "up", "half"};
    int way = spot_word(&c->arg[0], ways, 3, ROUND_DOWN);
    n->way = way < 0 ? ROUND_DOWN : (rounding)way;
    limit_node = expr_number(s, &c->arg[1]);
    return way >= 0 && expr_take_args(s, n, &limit_node, 1) &&
           expr_units_fit(s, &c->arg[1], n->unit, expr_at(s, limit_node)->unit) && expr_read_span(s, &c->arg[2], n);
  }
  default:
    return spot_fault(declared, "\"%s\" cannot be asked of a selection", "选取结果不支持“%s”", tag);
  }
}

bool expr_refuse_twice(expr_scope *s, const spot *declared, int32_t a, int32_t b) {
  if (s->overlap || program_apart(s->program, a, b)) return true;
  spot_fault(declared, "a record may count in both parts of this sum", "同一条记录可能在这个合计的两部分中重复计入");
  return fault_next(
      s->making->to->problems,
      "make the parts exclude each other (classes of one recognition, cap and over of the same selection, other words "
      "of the same column), or say overlap = true on the rule",
      "请让两部分互斥（同一认定的不同类别、同一选取的 cap 与 over、同一列的不同词），或在规则上写 overlap = true");
}
