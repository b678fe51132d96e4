#include "task/report_block.h"

#include <string.h>

typedef struct reading_block {
  plan_making *making;
  const report_declaration *report;
  block *out;
} reading_block;

void plan_making_new(arena *a, const pack *p, faults *problems, plan_making *out) {
  pack *own = arena_copy(a, p, sizeof *p);
  own->memory = a;
  own->book = (wordbook){a, NULL, 0, 0};
  for (size_t i = 0; i < p->book.count; i++)
    *ARENA_PUSH(a, own->book.items, own->book.count, own->book.capacity) = p->book.items[i];
  out->pack = own;
  out->to = (declaring){.memory = a, .problems = problems, .text = &own->text};
  out->making = (making){&out->to, &own->kinds, &own->parameters, &own->book, own->attributes, own->attributes_count};
}

static bool read_path(reading_block *r, const spot *declared, path *out) {
  making *m = &r->making->making;
  const char *text = spot_text(declared, NULL);
  if (!text) {
    if (!spot_there(declared))
      spot_fault(declared, "the name of a column or attribute is expected", "此处应为列名或属性名");
    return false;
  }
  return path_compile(declared, text, m->attributes, m->attributes_count, m->book, out);
}

/* ---- figures ---- */

int32_t plan_figure(const spot *at, const pack *p, fact_type of, const char *id) {
  int32_t found = pack_figure(p, id);
  if (found < 0) {
    const char **names = arena_array(at->to->memory, p->figures_count + 1, sizeof *names);
    for (size_t i = 0; i < p->figures_count; i++) names[i] = p->figures[i].id;
    spot_fault(at, "no figure is named \"%s\"", "没有名为“%s”的指标", id);
    const char *near = text_nearest(id, names, p->figures_count);
    if (near)
      fault_next(at->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    else
      fault_next(at->to->problems, "hongzhu pack show lists the figures; a new one is declared in figures { … }",
                 "用 hongzhu pack show 查看已有指标；新指标在 figures { … } 中声明");
    return -1;
  }
  fact_type scope = p->figures[found].scope;
  if (scope != FACT_NONE && of != FACT_NONE && scope != of) {
    spot_fault(at, "figure \"%s\" is of one %s, and here it would be of one %s",
               "指标“%s”的范围是 %s，而此处的范围是 %s", id, fact_type_name(scope), fact_type_name(of));
    fault_next(at->to->problems, "use a figure with of = \"%s\"", "请使用 of = \"%s\" 的指标", fact_type_name(of));
    return -1;
  }
  return found;
}

static void read_figures(reading_block *r, const spot *declared) {
  block *b = r->out;
  arena *a = r->making->to.memory;
  bool one = json_is_string(declared->value);
  size_t count = one ? 1 : spot_count(declared);
  b->figures = arena_array(a, count + 1, sizeof *b->figures);
  for (size_t i = 0; i < count; i++) {
    spot element = one ? *declared : spot_item(declared, i);
    const char *id = spot_text(&element, NULL);
    int32_t found = id ? plan_figure(&element, r->making->pack, r->report->of, id) : -1;
    if (found >= 0) b->figures[b->figures_count++] = found;
  }
  if (!count) spot_fault(declared, "no figure is named here", "此处没有写明任何指标");
}

/* ---- text with figures in braces ---- */

static bool good_name(const char *name) {
  size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
  return length > 0 && name[length] == '\0';
}

/* trainees, trainees:value, trainees@theme=课堂, trainees:value@theme=课堂 */
static bool read_reference(reading_block *r, const spot *at, const char *inside, block_piece *piece) {
  arena *a = r->making->to.memory;
  char *name = text_trim(a, inside);
  char *group = strchr(name, '@');
  if (group) *group++ = '\0';
  char *colon = strchr(name, ':');
  if (colon) {
    *colon++ = '\0';
    if (strcmp(colon, "value") != 0) {
      spot_fault(at, "\"{%s}\": after the colon only \"value\" can stand", "“{%s}”：冒号后只能写 value", inside);
      return fault_next(r->making->to.problems, "write {%s:value} for the number without its unit",
                        "只要数值、不要单位时写 {%s:value}", name);
    }
    piece->value_only = true;
  }
  if (!good_name(name)) {
    spot_fault(at, "\"{%s}\" names no figure", "“{%s}”不是指标名", inside);
    return fault_next(r->making->to.problems, "write {figure}, or {{ for a brace",
                      "请写 {指标名}；要写花括号本身请写 {{");
  }
  piece->figure = plan_figure(at, r->making->pack, r->report->of, name);
  if (piece->figure < 0) return false;
  if (!group) return true;
  char *equals = strchr(group, '=');
  if (!equals || equals == group || equals[1] == '\0') {
    spot_fault(at, "\"{%s}\" does not say which group is meant", "“{%s}”没有写明是哪一组", inside);
    return fault_next(r->making->to.problems, "write {%s@PATH=VALUE}, such as {%s@theme=…}",
                      "请写 {%s@路径=取值}，如 {%s@theme=…}", name, name);
  }
  *equals = '\0';
  path *by = arena_take(a, sizeof *by);
  making *m = &r->making->making;
  if (!path_compile(at, text_trim(a, group), m->attributes, m->attributes_count, m->book, by)) return false;
  piece->by = by;
  piece->group = text_trim(a, equals + 1);
  return true;
}

static bool read_pieces(reading_block *r, const spot *at, language in, const char *text) {
  block *b = r->out;
  arena *a = r->making->to.memory;
  size_t capacity = 0;
  bool good = true;
  buffer plain = {0};
  for (const char *c = text;; c++) {
    if (c[0] == '{' && c[1] == '{') {
      buffer_text(&plain, "{");
      c++;
    } else if (c[0] == '}' && c[1] == '}') {
      buffer_text(&plain, "}");
      c++;
    } else if (*c == '{' || *c == '\0') {
      block_piece piece = {.text = arena_text(a, plain.at ? plain.at : ""), .figure = -1};
      plain.length = 0;
      buffer_text(&plain, "");
      if (*c == '{') {
        size_t length = strcspn(c, "}");
        if (c[length] == '\0') {
          good = spot_fault(at, "a brace is opened and never closed: \"%s\"", "花括号没有闭合：“%s”", c);
          break;
        }
        good = read_reference(r, at, arena_text_of(a, c + 1, length - 1), &piece) && good;
        c += length;
      }
      if (piece.text[0] || piece.figure >= 0) *ARENA_PUSH(a, b->pieces[in], b->pieces_count[in], capacity) = piece;
      if (*c == '\0') break;
    } else {
      buffer_bytes(&plain, c, 1);
    }
  }
  buffer_free(&plain);
  return good;
}

static void read_text(reading_block *r, const spot *declared, block_form form) {
  static const key_row keys[] = {{"zh", false}, {"en", false}};
  spot_keys(declared, keys, 2, false, form == BLOCK_NOTE ? "a note" : "a paragraph",
            form == BLOCK_NOTE ? "注释" : "段落");
  r->out->form = form;
  said words = spot_said_keys(declared, true);
  spot parts[LANGUAGES] = {spot_member(declared, "zh"), spot_member(declared, "en")};
  for (language in = 0; in < LANGUAGES; in++) {
    language from = spot_there(&parts[in]) ? in : (language)(LANGUAGES - 1 - in);
    if (!words.in[in]) continue;
    if (from == in || !spot_there(&parts[in])) read_pieces(r, &parts[from], in, words.in[in]);
  }
}

/* ---- tables ---- */

static const struct {
  const char *name;
  fact_type type;
} row_tables[] = {{"record", FACT_RECORD},       {"enrollment", FACT_ENROLLMENT},
                  {"person", FACT_PERSON},       {"organization", FACT_ORGANIZATION},
                  {"relation", FACT_RELATION},   {"post", FACT_POST},
                  {"activity", FACT_ACTIVITY},   {"cohort", FACT_COHORT},
                  {"programme", FACT_PROGRAMME}, {"decision", FACT_NONE}};
enum { ROW_TABLES = sizeof row_tables / sizeof *row_tables };

static bool leads_to_person(const path *p) {
  for (size_t i = 0; i < p->count; i++)
    if (p->steps[i].form == STEP_ROW && p->steps[i].type == FACT_PERSON) return true;
  return false;
}

static bool is_outcome(const path *p) {
  return p->count == 1 && p->steps[0].form == STEP_COLUMN && p->steps[0].column == COLUMN_OUTCOME;
}

/* What is text in one kind stands as text, though another kind has a number of that name. */
static bool is_number(const kinds *all, const path *p, const wordbook *book) {
  const path_step *last = &p->steps[p->count - 1];
  if (last->form == STEP_COLUMN) return last->column == COLUMN_AMOUNT || last->column == COLUMN_DAYS;
  if (last->form != STEP_ATTRIBUTE) return false;
  bool number = false;
  for (size_t i = 0; i < all->count; i++) {
    const declared_attribute *one = kind_attribute(&all->items[i], book->items[last->word]);
    if (one && one->form != FORM_AMOUNT && one->form != FORM_WHOLE) return false;
    number = number || one;
  }
  return number;
}

/* What a row of a table of decisions has to show: the outcome, and what the rule is of. */
static void decision_paths(reading_block *r) {
  const pack *p = r->making->pack;
  bool person = p->rules[r->out->rule].of == FACT_PERSON;
  fault_next(
      r->making->to.problems,
      "a decision has \"outcome\" and \"missing\", and what its subject has: %s; needs with what is had are told by "
      "decisions { rules = … } in a report of one person",
      "判定可用 \"outcome\"、\"missing\" 以及其对象的各项：%s；各项要求的已有，在按人的报告中用 decisions { rules = … "
      "} 列出",
      person ? "person.code, school, fact.KIND" : "code, name, kind, since, parent");
}

static void read_columns(reading_block *r, const spot *declared) {
  static const key_row keys[] = {{"title", true}, {"value", true}};
  block *b = r->out;
  size_t count = spot_count(declared);
  if (!count) {
    spot_fault(declared->value ? declared : declared->up, "a table of rows needs columns", "逐行列出的表需要 columns");
    fault_next(r->making->to.problems, "write columns = { { title = { zh = \"…\", en = \"…\" }, value = \"PATH\" } }",
               "请写 columns = { { title = { zh = \"…\", en = \"…\" }, value = \"路径\" } }");
  }
  b->columns = arena_array(r->making->to.memory, count + 1, sizeof *b->columns);
  for (size_t i = 0; i < count; i++) {
    spot one = spot_item(declared, i), title = spot_member(&one, "title"), value_of = spot_member(&one, "value");
    block_column *c = &b->columns[b->columns_count];
    if (!spot_keys(&one, keys, 2, false, "a column", "列")) continue;
    c->title = spot_said(&title, true);
    c->missing = b->decisions && text_same(spot_text(&value_of, ""), "missing");
    if (c->missing) {
      b->columns_count++;
      continue;
    }
    size_t said_before = r->making->to.problems->count;
    if (!read_path(r, &value_of, &c->what)) {
      faults *problems = r->making->to.problems;
      if (b->decisions && problems->count > said_before && !problems->items[problems->count - 1].next.in[LANGUAGE_EN])
        decision_paths(r);
      continue;
    }
    c->outcome = is_outcome(&c->what);
    if (c->outcome && !b->decisions) {
      spot_fault(&value_of, "\"outcome\" is there only in a table of decisions", "只有认定结果表中才有 outcome");
      fault_next(r->making->to.problems, "write from = \"decision\", where = { rule = \"…\" }",
                 "请写 from = \"decision\", where = { rule = \"…\" }");
      continue;
    }
    c->right = is_number(&r->making->pack->kinds, &c->what, &r->making->pack->book);
    b->of_people = b->of_people || leads_to_person(&c->what);
    b->columns_count++;
  }
}

static void read_order(reading_block *r, const spot *declared) {
  static const char *const ways[] = {"ascending", "descending"};
  block *b = r->out;
  bool single = json_is_string(declared->value);
  size_t count = single ? 1 : spot_count(declared);
  b->order = arena_array(r->making->to.memory, count + 1, sizeof *b->order);
  for (size_t i = 0; i < count; i++) {
    spot one = single ? *declared : spot_item(declared, i), name = one, way;
    order_key *key = &b->order[b->order_count];
    if (json_is_array(one.value)) {
      name = spot_element(&one, 0);
      way = spot_element(&one, 1);
      key->descending = spot_word(&way, ways, 2, 0) == 1;
    }
    if (!read_path(r, &name, &key->what)) continue;
    if (is_outcome(&key->what)) {
      spot_fault(&name, "rows cannot be ordered by their outcome", "不能按认定结果排序");
      continue;
    }
    b->order_count++;
  }
}

/* rule and outcome are no columns of a table: the rest of `where` is about the subject decided on. */
static void read_decisions(reading_block *r, const spot *where) {
  static const char *const outcomes[] = {"unmet", "met", "unknown", "not_applicable"};
  const pack *p = r->making->pack;
  block *b = r->out;
  spot name = spot_member(where, "rule"), outcome_of = spot_member(where, "outcome");
  const char *id = spot_text(&name, "");
  b->decisions = true;
  b->rule = pack_rule(p, id);
  if (b->rule < 0) {
    const char **names = arena_array(r->making->to.memory, p->rules_count + 1, sizeof *names);
    for (size_t i = 0; i < p->rules_count; i++) names[i] = p->rules[i].id;
    if (spot_there(&name))
      spot_fault(&name, "no rule is named \"%s\"", "没有名为“%s”的规则", id);
    else
      spot_fault(where, "a table of decisions says of which rule: where = { rule = \"…\" }",
                 "认定结果表应写明规则：where = { rule = \"…\" }");
    const char *near = text_nearest(id, names, p->rules_count);
    if (near) fault_next(r->making->to.problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    return;
  }
  b->rows = p->rules[b->rule].of;
  if (spot_there(&outcome_of)) b->outcome = spot_word(&outcome_of, outcomes, 4, -1);
  json_t *rest = json_kept(r->making->to.memory, json_copy((json_t *)(uintptr_t)where->value));
  json_object_del(rest, "rule");
  json_object_del(rest, "outcome");
  spot others = *where;
  others.value = rest;
  match_compile(&r->making->making, &others, &b->where);
}

static void read_rows(reading_block *r, const spot *declared) {
  block *b = r->out;
  const char *names[ROW_TABLES];
  for (size_t i = 0; i < ROW_TABLES; i++) names[i] = row_tables[i].name;
  spot from = spot_member(declared, "from"), where = spot_member(declared, "where");
  spot columns = spot_member(declared, "columns"), order = spot_member(declared, "order");
  b->form = BLOCK_ROWS;
  int which = spot_word(&from, names, ROW_TABLES, -1);
  if (which < 0) return;
  b->rows = row_tables[which].type;
  if (b->rows == FACT_NONE) {
    read_decisions(r, &where);
    if (b->rule < 0) return;
  } else {
    match_compile(&r->making->making, &where, &b->where);
  }
  b->of_people = b->rows == FACT_PERSON || b->rows == FACT_ENROLLMENT || b->rows == FACT_POST;
  read_columns(r, &columns);
  read_order(r, &order);
}

static void read_groups(reading_block *r, const spot *declared) {
  static const char *const styles[] = {"published", "exact"};
  block *b = r->out;
  spot style = spot_member(declared, "style"), by = spot_member(declared, "by"),
       figures = spot_member(declared, "figures");
  spot one = spot_member(declared, "figure"), total = spot_member(declared, "total"),
       by_title = spot_member(declared, "by_title");
  b->by_title = spot_said(&by_title, false);
  if (read_path(r, &by, &b->by)) {
    const path_step *last = &b->by.steps[b->by.count - 1];
    b->of_people = last->form == STEP_ROW && (last->type == FACT_PERSON || last->type == FACT_ENROLLMENT);
    b->of_people = b->of_people || leads_to_person(&b->by);
  }
  read_figures(r, spot_there(&figures) ? &figures : &one);
  b->total = spot_truth(&total, false);
  b->published = spot_word(&style, styles, 2, 1) == 0;
}

static void read_table(reading_block *r, const spot *declared) {
  static const key_row by_keys[] = {{"title", false},  {"by", true},     {"by_title", false},
                                    {"figures", true}, {"total", false}, {"style", false}};
  static const key_row from_keys[] = {
      {"title", false}, {"from", true}, {"where", false}, {"order", false}, {"columns", true}};
  spot title = spot_member(declared, "title"), by = spot_member(declared, "by"), from = spot_member(declared, "from");
  r->out->title = spot_said(&title, false);
  r->out->form = BLOCK_GROUPS;
  if (spot_there(&by) == spot_there(&from)) {
    spot_fault(declared, "a table is either of figures by a path or of rows from somewhere",
               "表要么按路径分组列出指标，要么逐行列出");
    fault_next(r->making->to.problems, "write by = \"PATH\", figures = { … } or from = \"record\", columns = { … }",
               "请写 by = \"路径\", figures = { … }，或 from = \"record\", columns = { … }");
    return;
  }
  if (spot_there(&by)) {
    if (spot_keys(declared, by_keys, 6, false, "a table by group", "分组表")) read_groups(r, declared);
  } else if (spot_keys(declared, from_keys, 5, false, "a table of rows", "逐行列出的表")) {
    read_rows(r, declared);
  }
}

static void read_chart(reading_block *r, const spot *declared) {
  static const key_row keys[] = {{"kind", false},   {"title", false},   {"by", true},    {"by_title", false},
                                 {"figure", false}, {"figures", false}, {"style", false}};
  static const char *const words[] = {"bar", "column", "line", "share"};
  block *b = r->out;
  b->form = BLOCK_CHART;
  if (!spot_keys(declared, keys, 7, false, "a chart", "图")) return;
  spot title = spot_member(declared, "title"), kind = spot_member(declared, "kind");
  b->title = spot_said(&title, false);
  int which = spot_word(&kind, words, 4, 0);
  if (which >= 0) chart_kind_named(words[which], &b->chart);
  read_groups(r, declared);
  const pack *p = r->making->pack;
  for (size_t i = 1; i < b->figures_count; i++) {
    const figure *x = &p->figures[b->figures[0]], *y = &p->figures[b->figures[i]];
    if (text_same(x->unit, y->unit)) continue;
    spot_fault(declared, "figures \"%s\" (%s) and \"%s\" (%s) have different units and cannot share one chart",
               "指标“%s”（%s）与“%s”（%s）单位不同，不能画在一张图里", x->id, x->unit ? x->unit : "-", y->id,
               y->unit ? y->unit : "-");
    fault_next(r->making->to.problems, "give each a chart of its own", "请分别画图");
  }
}

/* ---- the whole ---- */

static void read_heading(reading_block *r, const spot *declared) {
  static const key_row keys[] = {{"level", false}, {"zh", false}, {"en", false}};
  block *b = r->out;
  b->form = BLOCK_HEADING;
  spot_keys(declared, keys, 3, false, "a heading", "标题");
  spot level = spot_member(declared, "level");
  int64_t asked = spot_integer(&level, 1);
  if (asked < 1 || asked > 4)
    spot_fault(&level, "the level of a heading is 1 to 4, not %lld", "标题级别应为 1 至 4，而不是 %lld",
               (long long)asked);
  b->level = asked < 1 ? 1 : asked > 4 ? 4 : (int)asked;
  b->title = spot_said_keys(declared, true);
}

static void read_decided(reading_block *r, const spot *declared) {
  static const key_row keys[] = {{"rules", false}, {"level", false}};
  block *b = r->out;
  const pack *p = r->making->pack;
  b->form = BLOCK_DECISIONS;
  b->of_people = true;
  spot_keys(declared, keys, 2, false, "decisions", "判定");
  spot named = spot_member(declared, "rules"), level = spot_member(declared, "level");
  b->level = (int)spot_integer(&level, 2);
  if (b->level < 1 || b->level > 4)
    spot_fault(&level, "the level of a heading is 1 to 4, not %d", "标题级别应为 1 至 4，而不是 %d", b->level);
  if (r->report->of == FACT_NONE)
    spot_fault(declared, "decisions are told of one subject: the report says of = \"person\", for instance",
               "判定针对一个对象列出：报告须写明 of，例如 of = \"person\"");
  const char **ids;
  size_t count = spot_texts(&named, &ids);
  b->rules = arena_array(r->making->to.memory, count + 1, sizeof *b->rules);
  for (size_t i = 0; i < count; i++) {
    int32_t found = pack_rule(p, ids[i]);
    if (found >= 0) {
      b->rules[b->rules_count++] = found;
      continue;
    }
    const char **names = arena_array(r->making->to.memory, p->rules_count + 1, sizeof *names);
    for (size_t k = 0; k < p->rules_count; k++) names[k] = p->rules[k].id;
    spot_fault(&named, "no rule is named \"%s\"", "没有名为“%s”的规则", ids[i]);
    const char *near = text_nearest(ids[i], names, p->rules_count);
    if (near) fault_next(r->making->to.problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  }
}

/* One unit, or they cannot be held against each other. */
static void check_units(reading_block *r, const spot *at, int32_t one, int32_t other) {
  const figure *x = &r->making->pack->figures[one], *y = &r->making->pack->figures[other];
  if (text_same(x->unit, y->unit)) return;
  spot_fault(at, "figures \"%s\" (%s) and \"%s\" (%s) have different units and cannot be held against each other",
             "指标“%s”（%s）与“%s”（%s）单位不同，无法核对", x->id, x->unit ? x->unit : "-", y->id,
             y->unit ? y->unit : "-");
}

/* checks { { "row_01", equals = { "row_02", "row_03" } }, { "row_06", at_most = "row_01" } } */
static void read_checks(reading_block *r, const spot *declared) {
  static const key_row keys[] = {{"title", false}}, one_keys[] = {{"equals", false}, {"at_most", false}};
  block *b = r->out;
  arena *a = r->making->to.memory;
  size_t count = spot_count(declared);
  b->form = BLOCK_CHECKS;
  spot_keys(declared, keys, 1, true, "checks", "核对");
  spot title = spot_member(declared, "title");
  b->title = spot_said(&title, false);
  b->checks = arena_array(a, count + 1, sizeof *b->checks);
  if (!count) spot_fault(declared, "no check is named here", "此处没有写明任何核对");
  for (size_t i = 0; i < count; i++) {
    spot one = spot_item(declared, i), first = spot_item(&one, 0), equals = spot_member(&one, "equals"),
         most = spot_member(&one, "at_most");
    block_check *c = &b->checks[b->checks_count];
    spot_keys(&one, one_keys, 2, true, "a check", "核对");
    const char *id = spot_text(&first, NULL);
    if (!id || spot_there(&equals) == spot_there(&most)) {
      spot_fault(&one, "a check holds a figure against others", "核对是把一个指标与其他指标相比");
      fault_next(r->making->to.problems,
                 "write { \"FIGURE\", equals = { \"FIGURE\", … } } or { \"FIGURE\", at_most = \"FIGURE\" }",
                 "请写 { \"指标\", equals = { \"指标\", … } } 或 { \"指标\", at_most = \"指标\" }");
      continue;
    }
    const spot *right = spot_there(&equals) ? &equals : &most;
    c->compare = spot_there(&equals) ? EQUAL : AT_MOST;
    c->left = plan_figure(&first, r->making->pack, r->report->of, id);
    read_figures(r, right);
    c->right = b->figures, c->right_count = b->figures_count;
    b->figures = NULL, b->figures_count = 0;
    if (c->left < 0 || !c->right_count) continue;
    for (size_t k = 0; k < c->right_count; k++) check_units(r, right, c->left, c->right[k]);
    b->checks_count++;
  }
}

static void read_block(reading_block *r, const spot *declared) {
  static const char *const names[] = {"heading", "paragraph", "key_figures", "table", "chart",
                                      "checks",  "decisions", "note",        "page"};
  enum { NAMES = sizeof names / sizeof *names };
  const char *tag = spot_tag(declared);
  r->out->declared = spot_place(declared);
  r->out->rule = r->out->outcome = -1;
  spot args = spot_member(declared, "args"), given = spot_element(&args, 0);
  const spot *inside = spot_there(&given) ? &given : declared;
  if (text_same(tag, "heading")) {
    read_heading(r, inside);
  } else if (text_same(tag, "paragraph") || text_same(tag, "note")) {
    read_text(r, inside, tag[0] == 'n' ? BLOCK_NOTE : BLOCK_PARAGRAPH);
  } else if (text_same(tag, "key_figures")) {
    r->out->form = BLOCK_FIGURES;
    read_figures(r, inside);
  } else if (text_same(tag, "table")) {
    read_table(r, inside);
  } else if (text_same(tag, "chart")) {
    read_chart(r, inside);
  } else if (text_same(tag, "checks")) {
    read_checks(r, inside);
  } else if (text_same(tag, "decisions")) {
    read_decided(r, inside);
  } else if (text_same(tag, "page")) {
    r->out->form = BLOCK_PAGE;
  } else {
    spot_fault(declared, "\"%s\" is no block of a report", "“%s”不是报告的组成部分", tag ? tag : "?");
    const char *near = tag ? text_nearest(tag, names, NAMES) : NULL;
    if (near)
      fault_next(r->making->to.problems, "did you mean %s { … }?", "是否应为 %s { … }？", near);
    else
      fault_next(r->making->to.problems,
                 "blocks are heading, paragraph, key_figures, table, chart, checks, decisions, note, page",
                 "可用的有 heading、paragraph、key_figures、table、chart、checks、decisions、note、page");
  }
}

bool report_plan_make(arena *a, const pack *p, const report_declaration *report, const json_t *blocks, report_plan *out,
                      faults *problems) {
  size_t before = problems->errors + problems->dropped;
  plan_making *m = arena_take(a, sizeof *m);
  plan_making_new(a, p, problems, m);
  spot root = spot_root(&m->to, blocks ? blocks : report->declaration);
  spot list = blocks ? root : spot_member(&root, "blocks");
  size_t count = spot_count(&list);
  *out = (report_plan){.report = report, .pack = m->pack, .blocks = arena_array(a, count + 1, sizeof *out->blocks)};
  for (size_t i = 0; i < count; i++) {
    spot one = spot_item(&list, i);
    reading_block r = {m, report, &out->blocks[out->count++]};
    read_block(&r, &one);
  }
  return problems->errors + problems->dropped == before;
}
