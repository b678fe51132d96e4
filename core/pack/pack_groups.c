#include "pack/pack_rules.h"

#include <string.h>

static bool read_path_of(reading_pack *rp, const spot *declared, path *out) {
  const char *text = spot_text(declared, NULL);
  if (!text) return spot_fault(declared, "the name of a column or attribute is expected", "此处应为列名或属性名");
  return path_compile(declared, text, rp->making->attributes, rp->making->attributes_count, rp->making->book, out);
}

/* ---- groups ---- */

static void read_order(reading_pack *rp, const spot *declared, declared_group *out) {
  out->order_count = spot_count(declared);
  out->order = arena_array(rp->making->to->memory, out->order_count + 1, sizeof *out->order);
  for (size_t i = 0; i < out->order_count; i++) {
    spot one = spot_item(declared, i), name = one, way;
    if (json_is_array(one.value)) {
      name = spot_element(&one, 0);
      way = spot_element(&one, 1);
      static const char *const ways[] = {"ascending", "descending"};
      out->order[i].descending = spot_word(&way, ways, 2, 0) == 1;
    }
    read_path_of(rp, &name, &out->order[i].what);
  }
}

static void read_group_limit(reading_pack *rp, const spot *declared, group_limit *out) {
  static const key_row keys[] = {{"id", false},  {"zh", false},          {"en", false},
                                 {"per", false}, {"overlapping", false}, {"at_most", true}};
  spot_keys(declared, keys, sizeof keys / sizeof *keys, true, "a limit", "限额");
  spot first = spot_item(declared, 0), id = spot_member(declared, "id"), per = spot_member(declared, "per");
  spot overlapping = spot_member(declared, "overlapping"), most = spot_member(declared, "at_most");
  *out = (group_limit){.id = spot_there(&first) ? spot_text(&first, "") : spot_text(&id, "")};
  out->title = spot_said_keys(declared, false);
  if (!out->title.in[LANGUAGE_ZH]) out->title = (said){{out->id, out->id}};
  out->overlapping = spot_truth(&overlapping, false);
  limit_compile(rp->making, &most, &out->at_most);
  const char *tag = spot_tag(&per);
  if (tag && !strcmp(tag, "related")) {
    spot args = spot_member(&per, "args"), name = spot_element(&args, 0);
    out->related = spot_text(&name, "");
    out->related_word = wordbook_add(rp->making->book, out->related);
    if (!kinds_named(rp->making->kinds, out->related))
      spot_fault(&per, "no kind is named \"%s\"", "没有名为“%s”的种类", out->related);
  } else if (spot_there(&per)) {
    read_path_of(rp, &per, &out->per);
  }
}

static int32_t read_among(reading_pack *rp, const spot *among) {
  const char *tag = spot_tag(among);
  if (!tag || strcmp(tag, "met") != 0) {
    if (spot_there(among)) spot_fault(among, "among says met \"rule\"", "among 应写 met \"规则 id\"");
    return -1;
  }
  spot args = spot_member(among, "args"), name = spot_element(&args, 0);
  int32_t found = pack_rule(rp->pack, spot_text(&name, ""));
  if (found < 0) spot_fault(among, "no rule is named \"%s\"", "没有名为“%s”的规则", spot_text(&name, ""));
  return found;
}

/* Steps: { { "raised", zh = …, en = …, actor = "教师" }, … } */
static void read_sequence(reading_pack *rp, const spot *declaration, declared_group *out) {
  static const key_row keys[] = {{"zh", false}, {"en", false}, {"actor", false}};
  spot each = spot_member(declaration, "by"), step = spot_member(declaration, "step"),
       actor = spot_member(declaration, "actor"), steps = spot_member(declaration, "steps");
  read_path_of(rp, &each, &out->each);
  read_path_of(rp, &step, &out->step);
  if (spot_there(&actor)) read_path_of(rp, &actor, &out->actor);
  out->steps_count = spot_count(&steps);
  out->steps = arena_array(rp->making->to->memory, out->steps_count + 1, sizeof *out->steps);
  if (out->steps_count < 2)
    spot_fault(&steps, "a sequence has at least two steps: steps = { { \"first\", zh=, en= }, … }",
               "步骤至少有两步：steps = { { \"first\", zh=, en= }, … }");
  for (size_t i = 0; i < out->steps_count; i++) {
    spot one = spot_item(&steps, i), word = spot_item(&one, 0), by = spot_member(&one, "actor");
    spot_keys(&one, keys, 3, true, "a step", "步骤");
    out->steps[i] = (sequence_step){spot_text(&word, ""), spot_said_keys(&one, false), spot_text(&by, NULL)};
    if (!out->steps[i].title.in[LANGUAGE_ZH]) out->steps[i].title = (said){{out->steps[i].word, out->steps[i].word}};
    if (out->steps[i].actor && !spot_there(&actor))
      spot_fault(&by, "a step names its actor, but the sequence does not say where a record does: actor = \"…\"",
                 "步骤写明了办理者，但未写明记录中办理者所在的属性：actor = \"…\"");
  }
}

static void read_coverage(reading_pack *rp, const spot *declaration, declared_group *out) {
  spot relation = spot_member(declaration, "relation"), by = spot_member(declaration, "by");
  out->by_records = spot_there(&by);
  if (spot_there(&by) == spot_there(&relation))
    spot_fault(declaration, "a coverage is by a relation or by records: relation = \"…\" or by = { kind = \"…\" }",
               "覆盖由关系或记录判断，二者取一：relation = \"…\" 或 by = { kind = \"…\" }");
  if (spot_there(&by)) match_compile(rp->making, &by, &out->by);
  if (!spot_there(&relation)) return;
  out->relation = spot_text(&relation, "");
  out->relation_word = wordbook_add(rp->making->book, out->relation);
  if (!kinds_named(rp->making->kinds, out->relation))
    spot_fault(&relation, "no kind is named \"%s\"", "没有名为“%s”的种类", out->relation);
}

void group_compile(reading_pack *rp, const spot *declaration, group_form form, declared_group *out) {
  static const key_row selection_keys[] = {{"id", true},     {"title", false}, {"of", true},    {"per", false},
                                           {"among", false}, {"order", true},  {"limits", true}};
  static const key_row coverage_keys[] = {{"id", true},     {"title", false},    {"of", true},
                                          {"where", false}, {"relation", false}, {"by", false}};
  static const key_row series_keys[] = {{"id", true},    {"title", false}, {"of", true},    {"where", true},
                                        {"every", true}, {"from", false},  {"till", false}, {"until", false}};
  static const key_row sequence_keys[] = {{"id", true}, {"title", false}, {"of", true},     {"where", true},
                                          {"by", true}, {"step", true},   {"actor", false}, {"steps", true}};
  static const key_row every_keys[] = {{"days", false}, {"weeks", false}, {"months", false}};
  out->form = form;
  out->where_declared = spot_place(declaration);
  out->among = -1;
  if (form == GROUP_SELECTION) spot_keys(declaration, selection_keys, 7, false, "a selection", "遴选");
  if (form == GROUP_COVERAGE) spot_keys(declaration, coverage_keys, 6, false, "a coverage", "覆盖");
  if (form == GROUP_SERIES) spot_keys(declaration, series_keys, 8, false, "a series", "系列");
  if (form == GROUP_SEQUENCE) spot_keys(declaration, sequence_keys, 8, false, "a sequence", "步骤");
  spot of = spot_member(declaration, "of"), title = spot_member(declaration, "title"),
       where = spot_member(declaration, "where");
  out->of = read_subject_type(&of, FACT_PROGRAMME);
  out->title = spot_there(&title) ? spot_said(&title, false) : (said){{out->id, out->id}};
  match_compile(rp->making, &where, &out->where);
  if (form == GROUP_SELECTION) {
    spot per = spot_member(declaration, "per"), among = spot_member(declaration, "among"),
         order = spot_member(declaration, "order");
    spot limits = spot_member(declaration, "limits");
    static const char *const years[] = {"year"};
    out->yearly = spot_there(&per) && spot_word(&per, years, 1, 0) == 0;
    out->among = read_among(rp, &among);
    read_order(rp, &order, out);
    out->limits_count = spot_count(&limits);
    out->limits = arena_array(rp->making->to->memory, out->limits_count + 1, sizeof *out->limits);
    for (size_t i = 0; i < out->limits_count; i++) {
      spot one = spot_item(&limits, i);
      read_group_limit(rp, &one, &out->limits[i]);
    }
  } else if (form == GROUP_COVERAGE) {
    read_coverage(rp, declaration, out);
  } else if (form == GROUP_SEQUENCE) {
    read_sequence(rp, declaration, out);
  } else {
    spot every = spot_member(declaration, "every"), from = spot_member(declaration, "from"),
         till = spot_till(declaration);
    spot_keys(&every, every_keys, 3, false, "the interval of a series", "系列的间隔");
    spot days = spot_member(&every, "days"), weeks = spot_member(&every, "weeks"),
         months = spot_member(&every, "months");
    out->days = (int)spot_integer(&days, 0);
    out->weeks = (int)spot_integer(&weeks, 0);
    out->months = (int)spot_integer(&months, 0);
    out->from = spot_day(&from, DAY_NONE);
    out->until = spot_day(&till, DAY_NONE);
    if (out->days + out->weeks + out->months <= 0)
      spot_fault(&every, "a series has an interval of at least a day", "系列的间隔至少为一天");
  }
}

/* Limits are its needs; a coverage has one, a series one. */
void group_rule(reading_pack *rp, const declared_group *g, rule *out) {
  static const said words[] = {[GROUP_COVERAGE] = {{"覆盖", "covered"}},
                               [GROUP_SERIES] = {{"间断", "gaps"}},
                               [GROUP_SEQUENCE] = {{"不合顺序", "out of order"}}};
  static const char *const ids[] = {[GROUP_COVERAGE] = "covered", [GROUP_SERIES] = "gaps", [GROUP_SEQUENCE] = "slips"};
  out->title = g->title;
  out->where = g->where_declared;
  out->needs_count = g->form == GROUP_SELECTION ? g->limits_count : 1;
  out->needs = arena_array(rp->making->to->memory, out->needs_count + 1, sizeof *out->needs);
  for (size_t i = 0; i < out->needs_count; i++) {
    out->needs[i] = (need){.when = -1, .unless = -1, .where = g->where_declared};
    out->needs[i].form = (need_form){.had = -1, .needed = -1, .condition = -1, .compare = AT_MOST};
    if (g->form == GROUP_COVERAGE) out->needs[i].form.compare = AT_LEAST;
    out->needs[i].id = g->form == GROUP_SELECTION ? g->limits[i].id : ids[g->form];
    out->needs[i].title = g->form == GROUP_SELECTION ? g->limits[i].title : words[g->form];
    if (g->form == GROUP_COVERAGE && g->relation) {
      const declared_kind *kind = kinds_named(rp->making->kinds, g->relation);
      if (kind) out->needs[i].title = kind->title;
    }
  }
  if (g->form == GROUP_SELECTION && g->among >= 0) out->uses[g->among] = true;
}

/* ---- registers ---- */

static bool allows_status(const making *m, const declared_kind *kind, const char *status) {
  const char **words;
  size_t count = kind_words(m->to->memory, m->kinds, kind, KIND_STATUS, &words);
  bool found = count == 0;
  for (size_t i = 0; i < count; i++) found = found || !strcmp(words[i], status);
  return found;
}

static void check_register_kind(const reading_pack *rp, const spot *declared, const declared_register *r) {
  const declared_kind *kind = kinds_named(rp->making->kinds, r->kind);
  if (!kind || kind->type != FACT_RECORD || !kind->of[FACT_ENROLLMENT]) {
    spot_fault(declared, "\"%s\" is no kind of record about enrollments", "“%s”不是关于参训的记录种类", r->kind);
    fault_next(rp->making->to->problems,
               "declare it: kinds { %s = { of = \"enrollment\", attributes = { number = \"text\" } } }",
               "请声明：kinds { %s = { of = \"enrollment\", attributes = { number = \"text\" } } }", r->kind);
    return;
  }
  const declared_attribute *number = kind_attribute(kind, "number");
  if (!number || number->form != FORM_TEXT)
    spot_fault(declared, "kind \"%s\" has no text attribute \"number\"", "种类“%s”没有文本属性“number”", r->kind);
  if (!allows_status(rp->making, kind, "in_force") || !allows_status(rp->making, kind, "revoked"))
    spot_fault(declared, "kind \"%s\" must allow the statuses \"in_force\" and \"revoked\"",
               "种类“%s”须允许状态“in_force”与“revoked”", r->kind);
}

void register_compile(reading_pack *rp, const spot *declaration, declared_register *out) {
  static const key_row keys[] = {{"id", true},     {"title", true},   {"among", true}, {"kind", true},
                                 {"number", true}, {"region", false}, {"check", false}};
  spot_keys(declaration, keys, sizeof keys / sizeof *keys, false, "a register", "编号登记");
  spot title = spot_member(declaration, "title"), among = spot_member(declaration, "among"),
       kind = spot_member(declaration, "kind"), number = spot_member(declaration, "number"),
       region = spot_member(declaration, "region"), check = spot_member(declaration, "check");
  out->where = spot_place(declaration);
  out->title = spot_said(&title, true);
  out->among = read_among(rp, &among);
  if (out->among >= 0 && rp->pack->rules[out->among].of != FACT_ENROLLMENT)
    spot_fault(&among, "rule \"%s\" is not about enrollments: numbers are given to enrollments",
               "规则“%s”不是关于参训的：编号发给参训", rp->pack->rules[out->among].id);
  out->kind = spot_text(&kind, "");
  if (spot_there(&kind)) check_register_kind(rp, &kind, out);
  out->region = spot_text(&region, NULL);
  out->number = spot_text(&number, "");
  int system = spot_word(&check, check_system_names, CHECK_SYSTEMS, -1);
  out->checks = system >= 0;
  if (system >= 0) out->check = (check_system)system;
  if (spot_there(&number)) register_template(&number, out);
}

/* ---- figures ---- */

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

static void read_measure(reading_pack *rp, const spot *declared, figure *out) {
  static const key_row keys[] = {{"distinct", false}, {"sum", false},      {"min", false},       {"max", false},
                                 {"mean", false},     {"share", false},    {"of", false},        {"value", false},
                                 {"source", false},   {"bound", false},    {"plus", false},      {"round", false},
                                 {"band", false},     {"at_least", false}, {"more_than", false}, {"at_most", false},
                                 {"less_than", false}};
  static const struct {
    const char *name;
    measure_form form;
  } forms[] = {{"distinct", MEASURE_DISTINCT},
               {"sum", MEASURE_SUM},
               {"min", MEASURE_MIN},
               {"max", MEASURE_MAX},
               {"mean", MEASURE_MEAN}};
  out->measure = MEASURE_COUNT;
  out->part = out->whole = -1;
  out->step = (fraction){1, 1000};
  out->way = ROUND_HALF;
  if (json_is_string(declared->value)) {
    const char *name = json_string_value(declared->value);
    if (!strcmp(name, "count")) return;
    for (size_t i = 1; i < 5; i++)
      if (!strcmp(forms[i].name, name)) {
        out->measure = forms[i].form;
        out->paths = arena_take(rp->making->to->memory, sizeof *out->paths);
        out->paths_count = path_compile(declared, "amount", rp->making->attributes, rp->making->attributes_count,
                                        rp->making->book, out->paths);
        return;
      }
    spot_fault(declared, "\"%s\" is no measure", "“%s”不是一种度量", name);
    return;
  }
  if (!spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "a measure", "度量")) return;
  spot round = spot_member(declared, "round");
  if (spot_there(&round)) {
    static const key_row round_keys[] = {{"way", false}, {"step", true}};
    static const char *const ways[] = {"down", "up", "half"};
    spot_keys(&round, round_keys, 2, false, "a rounding", "取舍");
    spot way = spot_member(&round, "way"), step = spot_member(&round, "step");
    int which = spot_word(&way, ways, 3, ROUND_HALF);
    out->way = which < 0 ? ROUND_HALF : (rounding)which;
    spot_fraction(&step, &out->step);
  }
  for (size_t i = 0; i < 5; i++) {
    spot what = spot_member(declared, forms[i].name);
    if (!spot_there(&what)) continue;
    out->measure = forms[i].form;
    read_paths(rp, &what, out);
    return;
  }
  spot band = spot_member(declared, "band");
  if (spot_there(&band)) {
    read_band(rp, declared, &band, out);
    return;
  }
  spot share = spot_member(declared, "share"), of = spot_member(declared, "of"),
       stated = spot_member(declared, "value");
  spot said_in = spot_member(declared, "source"), bound_of = spot_member(declared, "bound"),
       plus = spot_member(declared, "plus");
  if (spot_there(&share)) {
    out->measure = MEASURE_SHARE;
    out->part = read_figure_name(rp, &share);
    out->whole = read_figure_name(rp, &of);
  } else if (spot_there(&stated)) {
    static const char *const bounds[] = {"exact", "at_least", "at_most", "unknown"};
    static const bound values[] = {BOUND_EXACT, BOUND_AT_LEAST, BOUND_AT_MOST, BOUND_UNKNOWN};
    fraction f = FRACTION_ZERO;
    out->measure = MEASURE_VALUE;
    int which = spot_word(&bound_of, bounds, 4, 0);
    if (spot_fraction(&stated, &f) && AMOUNT_ONE % f.below == 0)
      out->value = (amount){f.above * (AMOUNT_ONE / f.below), values[which < 0 ? 0 : which]};
    out->source = spot_text(&said_in, NULL);
    if (!out->source) {
      spot_fault(declared, "figure \"%s\" states a value without a source", "指标“%s”直接给出数值，却没有出处",
                 out->id);
      fault_next(rp->making->to->problems, "add source = \"document, page\", or count it from records",
                 "请补充 source = “文件名、页码”，或改为由记录计算");
    }
  } else if (spot_there(&plus)) {
    out->measure = MEASURE_PLUS;
    size_t count = spot_count(&plus);
    out->plus = arena_array(rp->making->to->memory, count + 1, sizeof *out->plus);
    for (size_t i = 0; i < count; i++) {
      spot one = spot_item(&plus, i);
      int32_t which = read_figure_name(rp, &one);
      if (which >= 0) out->plus[out->plus_count++] = which;
    }
    for (size_t i = 1; i < out->plus_count; i++) {
      const char *a = rp->pack->figures[out->plus[0]].unit, *b = rp->pack->figures[out->plus[i]].unit;
      if (text_same(a, b)) continue;
      spot_fault(&plus, "figures \"%s\" (%s) and \"%s\" (%s) have different units and cannot be added",
                 "指标“%s”（%s）与“%s”（%s）单位不同，不能相加", rp->pack->figures[out->plus[0]].id, a ? a : "-",
                 rp->pack->figures[out->plus[i]].id, b ? b : "-");
      fault_next(rp->making->to->problems,
                 "people and person-times, for instance, are counted differently: report them side by side",
                 "例如人数与人次口径不同，请分别列出");
    }
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
  if (spot_there(&from)) {
    const char *names[sizeof tables / sizeof *tables];
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) names[i] = tables[i].name;
    int which = spot_word(&from, names, sizeof tables / sizeof *tables, -1);
    if (which >= 0) {
      out->rows = tables[which].type;
      out->from = out->rows == FACT_NONE ? FROM_DECISIONS : FROM_ROWS;
    }
  } else {
    out->from = FROM_NOTHING;
  }
  if (out->from == FROM_DECISIONS) {
    /* rule and outcome are no columns of a table: the rest of `where` is about the subject decided on */
    spot name = spot_member(&where, "rule"), outcome_of = spot_member(&where, "outcome");
    out->rule = pack_rule(rp->pack, spot_text(&name, ""));
    if (out->rule < 0)
      spot_fault(&where, "where says of which rule: rule = \"…\" (no rule is named \"%s\")",
                 "where 应写明规则：rule = \"…\"（没有名为“%s”的规则）", spot_text(&name, ""));
    else
      out->rows = rp->pack->rules[out->rule].of;
    static const char *const outcomes[] = {"unmet", "met", "unknown", "not_applicable"};
    if (spot_there(&outcome_of)) out->outcome = spot_word(&outcome_of, outcomes, 4, -1);
    json_t *rest = json_copy((json_t *)where.value);
    json_object_del(rest, "rule");
    json_object_del(rest, "outcome");
    spot others = where;
    others.value = rest; /* lives as long as the image: the pack keeps nothing of it but words */
    match_compile(rp->making, &others, &out->where);
    json_decref(rest);
  } else {
    match_compile(rp->making, &where, &out->where);
  }
  read_measure(rp, &measure, out);
  check_figure_unit(rp, declared, out);
  if (out->from == FROM_NOTHING && out->measure != MEASURE_VALUE && out->measure != MEASURE_SHARE &&
      out->measure != MEASURE_PLUS)
    spot_fault(declared, "figure \"%s\" does not say from what it is counted", "指标“%s”没有写明由什么计算（from）",
               out->id);
  read_style(&style, out);
}
