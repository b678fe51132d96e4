#include "pack/pack_rules.h"

#include <string.h>

spot spot_till(const spot *of) {
  spot till = spot_member(of, "till");
  return spot_there(&till) ? till : spot_member(of, "until");
}

fact_type read_subject_type(const spot *declared, fact_type otherwise) {
  static const char *const names[] = {"person", "enrollment", "cohort", "programme", "organization"};
  static const fact_type types[] = {FACT_PERSON, FACT_ENROLLMENT, FACT_COHORT, FACT_PROGRAMME, FACT_ORGANIZATION};
  if (!spot_there(declared)) return otherwise;
  int which = spot_word(declared, names, 5, -1);
  return which < 0 ? otherwise : types[which];
}

static dated_window read_window_of(const spot *declared) {
  static const key_row keys[] = {{"from", false}, {"till", false}, {"until", false}, {"source", false}, {"by", false}};
  static const char *const ways[] = {"decision", "period_start"};
  dated_window w = {.from = DAY_NONE, .until = DAY_EVER};
  if (!spot_there(declared)) return w;
  spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "a window of dates", "日期窗口");
  spot from = spot_member(declared, "from"), till = spot_till(declared), from_text = spot_member(declared, "source");
  spot by = spot_member(declared, "by");
  w.there = true;
  w.from = spot_day(&from, DAY_NONE);
  w.until = spot_day(&till, DAY_EVER);
  w.source = spot_text(&from_text, NULL);
  w.by_period_start = spot_word(&by, ways, 2, 0) == 1;
  if (w.from != DAY_NONE && w.until < w.from)
    spot_fault(declared, "the window ends before it begins", "窗口的结束日期早于开始日期");
  return w;
}

/* ---- recognition ---- */

static int32_t class_of(const reading_pack *rp, recognition *r, const char *as, size_t *capacity) {
  for (size_t i = 0; i < r->classes_count; i++)
    if (!strcmp(r->classes[i], as)) return (int32_t)i;
  *ARENA_PUSH(rp->making->to->memory, r->classes, r->classes_count, *capacity) = as;
  return (int32_t)r->classes_count - 1;
}

/* A line without a rate takes the amount as it is: the kind it names must be in the recognition's unit. */
static void check_plain_unit(reading_pack *rp, const spot *declared, const recognition *r,
                             const recognition_line *line) {
  const char *name = match_kind(&line->when, rp->making->book);
  const declared_kind *kind = name ? kinds_named(rp->making->kinds, name) : NULL;
  if (line->rate >= 0 || line->amount >= 0 || !r->unit || !kind || !kind->unit || !strcmp(kind->unit, r->unit)) return;
  spot_fault(declared, "line \"%s\" takes \"%s\" for \"%s\" without a rate",
             "条目“%s”把“%s”直接计作“%s”，没有写明折算比例", line->as, kind->unit, r->unit);
  fault_next(rp->making->to->problems, "add rate = …, or amount = … where it is fixed",
             "请写 rate = …；固定数量的，写 amount = …");
}

static void check_rate_unit(reading_pack *rp, const spot *declared, const recognition *r,
                            const recognition_line *line) {
  if (line->rate < 0 || !r->unit) return;
  const char *unit = r->program.nodes[line->rate].unit, *first = r->from_count ? r->from[0] : r->unit;
  if (!unit) {
    if (strcmp(first, r->unit) && r->program.nodes[line->rate].op == OP_PARAMETER)
      spot_warn(declared, "the rate has no unit; \"%s/%s\" is meant", "折算比例没有写单位，应为“%s/%s”", r->unit,
                first);
    return;
  }
  for (size_t i = 0; i <= r->from_count; i++) { /* a rate within the unit itself is always allowed */
    const char *made = unit_over(rp->making->to->memory, unit, i < r->from_count ? r->from[i] : r->unit);
    if (made && !strcmp(made, r->unit)) return;
  }
  spot_fault(declared, "units do not fit: a rate in \"%s\" makes no \"%s\" of \"%s\"",
             "计量单位不一致：比例“%s”不能得出“%s”（来自“%s”）", unit, r->unit, first);
  fault_next(rp->making->to->problems, "a rate from \"%s\" to \"%s\" has the unit \"%s/%s\"",
             "由“%s”折算为“%s”的比例，单位应为“%s/%s”", first, r->unit, r->unit, first);
}

static void read_credited(reading_pack *rp, const spot *declared, recognition_line *line) {
  bool person = false;
  for (size_t i = 0; i < spot_count(declared); i++) {
    spot one = spot_item(declared, i);
    const char *tag = spot_tag(&one);
    if (!tag) { /* the record's own */
      static const char *const own[] = {"person"};
      person = spot_word(&one, own, 1, -1) == 0 || person;
      continue;
    }
    if (strcmp(tag, "related")) {
      spot_fault(&one, "credited says \"person\" or related \"kind\"",
                 "credited 只能写 \"person\" 或 related \"种类\"");
      continue;
    }
    spot args = spot_member(&one, "args"), name = spot_element(&args, 0);
    line->credited = spot_text(&name, "");
    line->credited_word = wordbook_add(rp->making->book, line->credited);
    if (!kinds_named(rp->making->kinds, line->credited)) kinds_unknown(rp->making->kinds, &one, line->credited);
  }
  line->others_only = line->credited && !person;
}

static void read_line(reading_pack *rp, const spot *declared, recognition *r, size_t *class_capacity,
                      recognition_line *line) {
  static const key_row keys[] = {{"as", true},        {"when", false},     {"rate", false}, {"amount", false},
                                 {"credited", false}, {"provided", false}, {"zh", false},   {"en", false}};
  spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "a line of a recognition", "认定条目");
  spot as = spot_member(declared, "as"), when = spot_member(declared, "when"), rate = spot_member(declared, "rate");
  spot fixed = spot_member(declared, "amount"), credited = spot_member(declared, "credited"),
       provided = spot_member(declared, "provided");
  *line = (recognition_line){
      .as = spot_text(&as, ""), .rate = -1, .amount = -1, .provided = -1, .where = spot_place(declared)};
  line->class = class_of(rp, r, line->as, class_capacity);
  line->title = spot_said_keys(declared, false);
  if (!line->title.in[LANGUAGE_ZH]) line->title = (said){{line->as, line->as}};
  match_compile(rp->making, &when, &line->when);
  expr_scope s = {rp->making, &r->program, rp->pack, NULL, FACT_RECORD, -1, false};
  if (spot_there(&rate)) line->rate = expr_number(&s, &rate);
  if (spot_there(&fixed)) line->amount = expr_number(&s, &fixed);
  if (spot_there(&provided)) line->provided = expr_condition(&s, &provided);
  if (spot_there(&rate) && spot_there(&fixed))
    spot_fault(declared, "a line has a rate or a fixed amount, not both",
               "一个条目要么有折算比例，要么有固定数量，不能兼有");
  check_plain_unit(rp, declared, r, line);
  check_rate_unit(rp, &rate, r, line);
  if (spot_there(&credited)) read_credited(rp, &credited, line);
}

void recognition_compile(reading_pack *rp, const spot *declaration, recognition *out) {
  static const key_row keys[] = {
      {"id", true}, {"unit", false}, {"from", false}, {"title", false}, {"otherwise", false}};
  bool flat = spot_count(declaration) != 1 || !json_is_array(json_object_get(declaration->value, "1"));
  spot_keys(declaration, keys, sizeof keys / sizeof *keys, true, "a recognition", "认定");
  spot unit = spot_member(declaration, "unit"), from = spot_member(declaration, "from"),
       title = spot_member(declaration, "title");
  spot otherwise = spot_member(declaration, "otherwise");
  out->where = spot_place(declaration);
  out->unit = spot_text(&unit, NULL);
  out->from_count = spot_texts(&from, &out->from);
  out->title = spot_there(&title) ? spot_said(&title, false) : (said){{out->id, out->id}};
  spot first = spot_item(declaration, 0);
  const spot *list = flat ? declaration : &first; /* lines stand in a table of their own, or directly */
  out->lines_count = spot_count(list);
  out->lines = arena_array(rp->making->to->memory, out->lines_count + 1, sizeof *out->lines);
  size_t class_capacity = 0;
  for (size_t i = 0; i < out->lines_count; i++) {
    spot one = spot_item(list, i);
    read_line(rp, &one, out, &class_capacity, &out->lines[i]);
  }
  if (!out->lines_count) spot_fault(declaration, "recognition \"%s\" has no line", "认定“%s”没有任何条目", out->id);
  out->otherwise = (said){{"不符合任何认定条件", "meets no condition of recognition"}};
  const char *tag = spot_tag(&otherwise);
  if (!spot_there(&otherwise)) return;
  if (!tag || (strcmp(tag, "review") && strcmp(tag, "ignore"))) {
    spot_fault(&otherwise, "otherwise says review { zh = …, en = … } or ignore { … }",
               "otherwise 应写 review { zh = …, en = … } 或 ignore { … }");
    return;
  }
  out->has_otherwise = true;
  out->review = !strcmp(tag, "review");
  spot args = spot_member(&otherwise, "args"), words = spot_element(&args, 0);
  if (spot_there(&words)) out->otherwise = spot_said(&words, false);
}

/* ---- rules ---- */

static void read_need(const spot *declared, expr_scope *s, rule *r, need *n) {
  static const key_row keys[] = {{"zh", false},      {"en", false},        {"when", false},
                                 {"unless", false},  {"suspended", false}, {"in_force", false},
                                 {"implied", false}, {"unit", false},      {"source", false}};
  spot_keys(declared, keys, sizeof keys / sizeof *keys, true, "a need", "要求");
  spot id = spot_item(declared, 0), body = spot_item(declared, 1), when = spot_member(declared, "when"),
       unless = spot_member(declared, "unless");
  spot suspended = spot_member(declared, "suspended"), in_force = spot_member(declared, "in_force"),
       implied = spot_member(declared, "implied");
  spot unit = spot_member(declared, "unit");
  *n = (need){.id = spot_text(&id, ""), .when = -1, .unless = -1, .where = spot_place(declared)};
  n->form = (need_form){.had = -1, .needed = -1, .condition = -1};
  n->title = spot_said_keys(declared, false);
  if (!n->title.in[LANGUAGE_ZH]) n->title = (said){{n->id, n->id}};
  n->suspended = read_window_of(&suspended);
  n->in_force = read_window_of(&in_force);
  n->implied = spot_truth(&implied, false);
  n->unit = spot_text(&unit, NULL);
  if (!*n->id)
    spot_fault(declared, "a need begins with its id, such as { \"total\", … }",
               "要求应以 id 开头，如 { \"total\", … }");
  if (spot_there(&when)) n->when = expr_condition(s, &when);
  if (spot_there(&unless)) n->unless = expr_condition(s, &unless);
  if (r->way != RULE_NEEDS) return;
  if (!spot_there(&body)) {
    spot_fault(declared, "need \"%s\" does not say what is needed", "要求“%s”没有写明条件", n->id);
    return;
  }
  size_t errors = declared->to->problems->errors;
  if (!expr_need(s, &body, &n->form)) {
    if (declared->to->problems->errors == errors) spot_fault(&body, "this need cannot be read", "无法读懂这项要求");
    return;
  }
  if (!n->unit && n->form.needed >= 0) {
    const char *needed = r->program.nodes[n->form.needed].unit, *had = r->program.nodes[n->form.had].unit;
    n->unit = needed && *needed ? needed : had && *had && !n->form.count ? had : NULL;
  }
}

/* The ids of what a rule gives must be known before its expressions: `previous` names them. */
static void read_gives(const reading_pack *rp, const spot *gives, const spot *first, rule *r) {
  r->gives_count = json_is_object(gives->value) ? json_object_size(gives->value) : 0;
  const char *named;
  json_t *beginning;
  if (json_is_object(first->value)) json_object_foreach((json_t *)first->value, named, beginning) {
      spot one = spot_member(first, named);
      if (!json_object_get(gives->value, named))
        spot_fault(&one, "the rule gives nothing named \"%s\"", "本规则的 gives 中没有“%s”", named);
    }
  r->gives = arena_array(rp->making->to->memory, r->gives_count + 1, sizeof *r->gives);
  size_t i = 0;
  const char *key;
  json_t *unused;
  json_object_foreach((json_t *)gives->value, key, unused) {
    spot one = spot_member(gives, key), start = spot_member(first, key);
    rule_output *o = &r->gives[i++];
    *o = (rule_output){.name = arena_text(rp->making->to->memory, key),
                       .node = expr_is_number(&one) ? -2 : -1,
                       .first = FRACTION_ZERO};
    if (spot_there(&start)) o->has_first = spot_fraction(&start, &o->first);
    if (o->node == -1 && o->first.above != 0)
      spot_fault(&start,
                 "\"%s\" is a selection of records: before the first period there are none, so that it starts with 0",
                 "“%s”是对记录的选取，首个周期之前没有记录，只能从 0 开始", key);
  }
}

static void check_need_ids(const spot *list, const rule *r) {
  for (size_t i = 0; i < r->needs_count; i++)
    for (size_t k = 0; k < i; k++)
      if (!strcmp(r->needs[i].id, r->needs[k].id)) {
        spot one = spot_item(list, i);
        spot_fault(&one, "need \"%s\" stands twice in rule \"%s\"", "要求“%s”在规则“%s”中出现了两次", r->needs[i].id,
                   r->id);
        fault_next(list->to->problems, "give each need an id of its own", "请给每项要求各取一个 id");
      }
}

void rule_compile(reading_pack *rp, const spot *declaration, rule *out) {
  static const key_row keys[] = {{"id", true},        {"of", true},       {"per", false},    {"title", false},
                                 {"needs", true},     {"applies", false}, {"exempt", false}, {"suspended", false},
                                 {"in_force", false}, {"gives", false},   {"first", false},  {"overlap", false},
                                 {"decide", false},   {"native", false},  {"source", false}};
  arena *a = rp->making->to->memory;
  spot_keys(declaration, keys, sizeof keys / sizeof *keys, false, "a rule", "规则");
  spot of = spot_member(declaration, "of"), per = spot_member(declaration, "per"),
       title = spot_member(declaration, "title");
  spot needs = spot_member(declaration, "needs"), applies = spot_member(declaration, "applies"),
       exempt = spot_member(declaration, "exempt");
  spot suspended = spot_member(declaration, "suspended"), in_force = spot_member(declaration, "in_force");
  spot gives = spot_member(declaration, "gives"), first = spot_member(declaration, "first"),
       overlap = spot_member(declaration, "overlap");
  spot decide = spot_member(declaration, "decide"), native = spot_member(declaration, "native");
  out->where = spot_place(declaration);
  out->of = read_subject_type(&of, FACT_PERSON);
  out->title = spot_there(&title) ? spot_said(&title, false) : (said){{out->id, out->id}};
  out->period = out->applies = out->exempt = -1;
  out->suspended = read_window_of(&suspended);
  out->in_force = read_window_of(&in_force);
  out->way = spot_there(&decide) ? RULE_DECIDE : spot_there(&native) ? RULE_NATIVE : RULE_NEEDS;
  out->native = spot_text(&native, NULL);
  if (spot_there(&decide) && (!spot_tag(&decide) || strcmp(spot_tag(&decide), "function")))
    spot_fault(&decide, "decide is a function: decide = function(case) … end",
               "decide 应为函数：decide = function(case) … end");
  if (spot_there(&per)) {
    const char *name = spot_text(&per, "");
    out->period = pack_period(rp->pack, name);
    if (out->period < 0) {
      const char **names = arena_array(a, rp->pack->periods_count + 1, sizeof *names);
      for (size_t i = 0; i < rp->pack->periods_count; i++) names[i] = rp->pack->periods[i].id;
      spot_fault(&per, "no period is named \"%s\"", "没有名为“%s”的周期", name);
      const char *near = text_nearest(name, names, rp->pack->periods_count);
      if (near) fault_next(rp->making->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    }
  }
  expr_scope s = {rp->making, &out->program, rp->pack, out, out->of, out->period, spot_truth(&overlap, false)};
  if (spot_there(&gives)) read_gives(rp, &gives, &first, out);
  if (spot_there(&applies)) out->applies = expr_condition(&s, &applies);
  if (spot_there(&exempt)) out->exempt = expr_condition(&s, &exempt);
  if (spot_there(&needs) && !json_is_array(needs.value))
    spot_fault(&needs, "needs is a list: { { \"total\", …:at_least(…) }, … }",
               "needs 应为列表：{ { \"total\", …:at_least(…) }, … }");
  out->needs_count = spot_count(&needs);
  out->needs = arena_array(a, out->needs_count + 1, sizeof *out->needs);
  for (size_t i = 0; i < out->needs_count; i++) {
    spot one = spot_item(&needs, i);
    read_need(&one, &s, out, &out->needs[i]);
  }
  check_need_ids(&needs, out);
  for (size_t i = 0; i < out->gives_count; i++) {
    spot one = spot_member(&gives, out->gives[i].name);
    out->gives[i].node = expr_compile(&s, &one);
    if (out->gives[i].node < 0) out->gives[i].node = 0; /* the fault has been said; the pack will not be used */
  }
  if (!out->needs_count && !out->gives_count && (!spot_there(&needs) || json_is_array(needs.value)))
    spot_fault(declaration, "rule \"%s\" has neither needs nor outputs", "规则“%s”既没有要求，也没有输出", out->id);
}
