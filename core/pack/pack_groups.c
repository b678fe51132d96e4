/* Groups and registers: selections, coverages, series, and the numbers given to those who met a rule. */
#include "pack/pack_rules.h"

#include <string.h>

bool read_path_of(reading_pack *rp, const spot *declared, path *out) {
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
    if (!kinds_named(rp->making->kinds, out->related)) kinds_unknown(rp->making->kinds, &per, out->related);
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
  if (!kinds_named(rp->making->kinds, out->relation)) kinds_unknown(rp->making->kinds, &relation, out->relation);
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
