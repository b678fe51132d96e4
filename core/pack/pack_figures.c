/* Figures: from what they are counted, how they are measured, and the style in which they are published. */
#include "pack/pack_rules.h"

#include <string.h>

static const struct {
  const char *name;
  fact_type type;
} tables[] = {{"record", FACT_RECORD},       {"enrollment", FACT_ENROLLMENT},
              {"person", FACT_PERSON},       {"organization", FACT_ORGANIZATION},
              {"relation", FACT_RELATION},   {"post", FACT_POST},
              {"activity", FACT_ACTIVITY},   {"cohort", FACT_COHORT},
              {"programme", FACT_PROGRAMME}, {"decision", FACT_NONE}};

static void read_style(const spot *declared, figure *out) {
  static const key_row keys[] = {
      {"exact", false}, {"grain", false}, {"word", false}, {"scale", false}, {"several", false}};
  out->style = (published){.scale = 1};
  if (!spot_there(declared)) return;
  spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "a style", "样式");
  spot exact = spot_member(declared, "exact"), grain = spot_member(declared, "grain"),
       word = spot_member(declared, "word");
  spot scale = spot_member(declared, "scale"), several = spot_member(declared, "several");
  out->several = spot_truth(&several, false);
  out->has_style = true;
  out->style.exact = spot_truth(&exact, false);
  out->style.grain = spot_integer(&grain, 0);
  out->style.word = spot_text(&word, NULL);
  const char *word_of_scale = json_string_value(scale.value);
  out->style.scale = word_of_scale && !strcmp(word_of_scale, "万") ? 10000 : spot_integer(&scale, 1);
}

static int32_t read_figure_name(reading_pack *rp, const spot *declared) {
  const char *id = spot_text(declared, "");
  int32_t found = pack_figure(rp->pack, id);
  if (found >= 0) return found;
  const char **names = arena_array(rp->making->to->memory, rp->pack->figures_count + 1, sizeof *names);
  for (size_t i = 0; i < rp->pack->figures_count; i++) names[i] = rp->pack->figures[i].id;
  spot_fault(declared, "no figure is named \"%s\"", "没有名为“%s”的指标", id);
  const char *near = text_nearest(id, names, rp->pack->figures_count);
  if (near) fault_next(rp->making->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return -1;
}

static void read_paths(reading_pack *rp, const spot *declared, figure *out) {
  size_t count = json_is_array(declared->value) ? json_array_size(declared->value) : 1;
  out->paths = arena_array(rp->making->to->memory, count, sizeof *out->paths);
  for (size_t i = 0; i < count; i++) {
    spot one = json_is_array(declared->value) ? spot_element(declared, i) : *declared;
    if (read_path_of(rp, &one, &out->paths[out->paths_count])) out->paths_count++;
  }
}

/* measure = { band = "hours", at_least = 37, at_most = 72 }: the decisions whose rule gives so much. */
static void read_band(reading_pack *rp, const spot *declared, const spot *name, figure *out) {
  static const char *const ends[] = {"at_least", "more_than", "at_most", "less_than"};
  static const comparison compares[] = {AT_LEAST, MORE_THAN, AT_MOST, LESS_THAN};
  const char *id = spot_text(name, "");
  out->measure = MEASURE_BAND;
  out->output = -1;
  if (out->from != FROM_DECISIONS || out->rule < 0) {
    spot_fault(declared, "a band is counted from decisions: from = \"decision\", where = { rule = … }",
               "分段由判定结果计数：from = “decision”，where = { rule = … }");
    return;
  }
  const rule *of = &rp->pack->rules[out->rule];
  for (size_t i = 0; i < of->gives_count; i++)
    if (!strcmp(of->gives[i].name, id)) out->output = (int32_t)i;
  if (out->output < 0)
    spot_fault(name, "rule \"%s\" gives nothing named \"%s\"", "规则“%s”的 gives 中没有“%s”", of->id, id);
  for (size_t i = 0; i < 4; i++) {
    spot end = spot_member(declared, ends[i]);
    if (!spot_there(&end)) continue;
    out->ends[out->ends_count].compare = compares[i];
    if (limit_compile(rp->making, &end, &out->ends[out->ends_count].limit)) out->ends_count++;
  }
  if (!out->ends_count)
    spot_fault(declared, "a band has an end: at_least, more_than, at_most or less_than",
               "分段至少要有一端：at_least、more_than、at_most 或 less_than");
}

static const struct {
  const char *name;
  measure_form form;
} column_measures[] = {{"distinct", MEASURE_DISTINCT},
                       {"sum", MEASURE_SUM},
                       {"min", MEASURE_MIN},
                       {"max", MEASURE_MAX},
                       {"mean", MEASURE_MEAN}};

/* measure = "count", or "sum" and the like of the amounts. */
static void read_measure_name(reading_pack *rp, const spot *declared, figure *out) {
  const char *name = json_string_value(declared->value);
  if (!strcmp(name, "count")) return;
  for (size_t i = 1; i < sizeof column_measures / sizeof *column_measures; i++)
    if (!strcmp(column_measures[i].name, name)) {
      out->measure = column_measures[i].form;
      out->paths = arena_take(rp->making->to->memory, sizeof *out->paths);
      out->paths_count = path_compile(declared, "amount", rp->making->attributes, rp->making->attributes_count,
                                      rp->making->book, out->paths);
      return;
    }
  spot_fault(declared, "\"%s\" is no measure", "“%s”不是一种度量", name);
}

static void read_round(const spot *declared, figure *out) {
  static const key_row keys[] = {{"way", false}, {"step", true}};
  static const char *const ways[] = {"down", "up", "half"};
  if (!spot_there(declared)) return;
  spot_keys(declared, keys, 2, false, "a rounding", "取舍");
  spot way = spot_member(declared, "way"), step = spot_member(declared, "step");
  int which = spot_word(&way, ways, 3, ROUND_HALF);
  out->way = which < 0 ? ROUND_HALF : (rounding)which;
  spot_fraction(&step, &out->step);
}

/* measure = { value = 300, bound = "at_least", source = "…" } */
static void read_stated(reading_pack *rp, const spot *declared, const spot *stated, figure *out) {
  static const char *const bounds[] = {"exact", "at_least", "at_most", "unknown"};
  static const bound values[] = {BOUND_EXACT, BOUND_AT_LEAST, BOUND_AT_MOST, BOUND_UNKNOWN};
  spot said_in = spot_member(declared, "source"), bound_of = spot_member(declared, "bound");
  fraction f = FRACTION_ZERO;
  out->measure = MEASURE_VALUE;
  int which = spot_word(&bound_of, bounds, 4, 0);
  if (spot_fraction(stated, &f) && AMOUNT_ONE % f.below == 0)
    out->value = (amount){f.above * (AMOUNT_ONE / f.below), values[which < 0 ? 0 : which]};
  out->source = spot_text(&said_in, NULL);
  if (out->source) return;
  spot_fault(declared, "figure \"%s\" states a value without a source", "指标“%s”直接给出数值，却没有出处", out->id);
  fault_next(rp->making->to->problems, "add source = \"document, page\", or count it from records",
             "请补充 source = “文件名、页码”，或改为由记录计算");
}

/* measure = { plus = { "pairs", "triples" } }, all in one unit */
static void read_plus(reading_pack *rp, const spot *plus, figure *out) {
  out->measure = MEASURE_PLUS;
  size_t count = spot_count(plus);
  out->plus = arena_array(rp->making->to->memory, count + 1, sizeof *out->plus);
  for (size_t i = 0; i < count; i++) {
    spot one = spot_item(plus, i);
    int32_t which = read_figure_name(rp, &one);
    if (which >= 0) out->plus[out->plus_count++] = which;
  }
  for (size_t i = 1; i < out->plus_count; i++) {
    const figure *a = &rp->pack->figures[out->plus[0]], *b = &rp->pack->figures[out->plus[i]];
    if (text_same(a->unit, b->unit)) continue;
    spot_fault(plus, "figures \"%s\" (%s) and \"%s\" (%s) have different units and cannot be added",
               "指标“%s”（%s）与“%s”（%s）单位不同，不能相加", a->id, a->unit ? a->unit : "-", b->id,
               b->unit ? b->unit : "-");
    fault_next(rp->making->to->problems,
               "people and person-times, for instance, are counted differently: report them side by side",
               "例如人数与人次口径不同，请分别列出");
  }
}

static void read_measure(reading_pack *rp, const spot *declared, figure *out) {
  static const key_row keys[] = {{"distinct", false}, {"sum", false},      {"min", false},       {"max", false},
                                 {"mean", false},     {"share", false},    {"of", false},        {"value", false},
                                 {"source", false},   {"bound", false},    {"plus", false},      {"round", false},
                                 {"band", false},     {"at_least", false}, {"more_than", false}, {"at_most", false},
                                 {"less_than", false}};
  out->measure = MEASURE_COUNT;
  out->part = out->whole = -1;
  out->step = (fraction){1, 1000};
  out->way = ROUND_HALF;
  if (json_is_string(declared->value)) {
    read_measure_name(rp, declared, out);
    return;
  }
  if (!spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "a measure", "度量")) return;
  spot round = spot_member(declared, "round");
  read_round(&round, out);
  for (size_t i = 0; i < sizeof column_measures / sizeof *column_measures; i++) {
    spot what = spot_member(declared, column_measures[i].name);
    if (!spot_there(&what)) continue;
    out->measure = column_measures[i].form;
    read_paths(rp, &what, out);
    return;
  }
  spot band = spot_member(declared, "band"), share = spot_member(declared, "share"),
       stated = spot_member(declared, "value"), plus = spot_member(declared, "plus");
  if (spot_there(&band)) {
    read_band(rp, declared, &band, out);
  } else if (spot_there(&share)) {
    spot of = spot_member(declared, "of");
    out->measure = MEASURE_SHARE;
    out->part = read_figure_name(rp, &share);
    out->whole = read_figure_name(rp, &of);
  } else if (spot_there(&stated)) {
    read_stated(rp, declared, &stated, out);
  } else if (spot_there(&plus)) {
    read_plus(rp, &plus, out);
  }
}

/* What is added is in one unit, the figure's. */
static void check_figure_unit(const reading_pack *rp, const spot *declared, const figure *f) {
  bool adds =
      f->measure == MEASURE_SUM || f->measure == MEASURE_MEAN || f->measure == MEASURE_MIN || f->measure == MEASURE_MAX;
  if (!adds || f->from != FROM_ROWS || f->rows != FACT_RECORD || !f->paths_count || strcmp(f->paths[0].text, "amount"))
    return;
  const kinds *all = rp->making->kinds;
  const char *unit = f->unit;
  for (size_t i = 0; i < all->count; i++) {
    const declared_kind *kind = &all->items[i];
    if (kind->type != FACT_RECORD || !kind->unit || !match_allows_kind(&f->where, rp->making->book, kind->name))
      continue;
    if (!unit) unit = kind->unit;
    if (!strcmp(unit, kind->unit)) continue;
    spot_fault(declared, "figure \"%s\" would add \"%s\" and \"%s\"", "指标“%s”会把“%s”与“%s”相加", f->id, unit,
               kind->unit);
    fault_next(rp->making->to->problems, "name the kinds in where = { kind = … }, all in the unit of the figure",
               "请在 where = { kind = … } 中指明种类，且与指标的单位一致");
    return;
  }
}

static void read_from(const spot *from, figure *out) {
  out->from = FROM_NOTHING;
  if (!spot_there(from)) return;
  out->from = FROM_ROWS;
  const char *names[sizeof tables / sizeof *tables];
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) names[i] = tables[i].name;
  int which = spot_word(from, names, sizeof tables / sizeof *tables, -1);
  if (which < 0) return;
  out->rows = tables[which].type;
  if (out->rows == FACT_NONE) out->from = FROM_DECISIONS;
}

/* Rule and outcome are no columns of a table: the rest of `where` is about the subject decided on. */
static void read_decided(reading_pack *rp, const spot *where, figure *out) {
  static const char *const outcomes[] = {"unmet", "met", "unknown", "not_applicable"};
  spot name = spot_member(where, "rule"), outcome_of = spot_member(where, "outcome");
  out->rule = pack_rule(rp->pack, spot_text(&name, ""));
  if (out->rule < 0)
    spot_fault(where, "where says of which rule: rule = \"…\" (no rule is named \"%s\")",
               "where 应写明规则：rule = \"…\"（没有名为“%s”的规则）", spot_text(&name, ""));
  else
    out->rows = rp->pack->rules[out->rule].of;
  if (spot_there(&outcome_of)) out->outcome = spot_word(&outcome_of, outcomes, 4, -1);
  json_t *rest = json_copy((json_t *)where->value);
  json_object_del(rest, "rule");
  json_object_del(rest, "outcome");
  spot others = *where;
  others.value = rest; /* lives as long as the image: the pack keeps nothing of it but words */
  match_compile(rp->making, &others, &out->where);
  json_decref(rest);
}

void figure_compile(reading_pack *rp, const spot *declared, figure *out) {
  static const key_row keys[] = {{"of", false},    {"title", true},       {"unit", false},
                                 {"from", false},  {"where", false},      {"measure", false},
                                 {"style", false}, {"definition", false}, {"source", false}};
  spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "a figure", "指标");
  spot of = spot_member(declared, "of"), title = spot_member(declared, "title"), from = spot_member(declared, "from");
  spot where = spot_member(declared, "where"), measure = spot_member(declared, "measure"),
       style = spot_member(declared, "style");
  spot definition = spot_member(declared, "definition");
  out->where_declared = spot_place(declared);
  out->scope = read_subject_type(&of, FACT_NONE);
  out->title = spot_said(&title, true);
  if (spot_there(&definition)) out->definition = spot_said(&definition, false);
  out->rule = out->outcome = -1;
  read_from(&from, out);
  if (out->from == FROM_DECISIONS)
    read_decided(rp, &where, out);
  else
    match_compile(rp->making, &where, &out->where);
  read_measure(rp, &measure, out);
  check_figure_unit(rp, declared, out);
  if (out->from == FROM_NOTHING && out->measure != MEASURE_VALUE && out->measure != MEASURE_SHARE &&
      out->measure != MEASURE_PLUS)
    spot_fault(declared, "figure \"%s\" does not say from what it is counted", "指标“%s”没有写明由什么计算（from）",
               out->id);
  read_style(&style, out);
}
