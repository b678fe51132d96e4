#include "pack/match.h"

#include <string.h>

truth truth_and(truth a, truth b) {
  if (a == TRUTH_NO || b == TRUTH_NO) return TRUTH_NO;
  return a == TRUTH_YES && b == TRUTH_YES ? TRUTH_YES : TRUTH_UNKNOWN;
}

truth truth_or(truth a, truth b) {
  if (a == TRUTH_YES || b == TRUTH_YES) return TRUTH_YES;
  return a == TRUTH_NO && b == TRUTH_NO ? TRUTH_NO : TRUTH_UNKNOWN;
}

truth truth_not(truth a) {
  return a == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : a == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

const char *comparison_text(comparison c) {
  static const char *const texts[] = {">=", ">", "<=", "<", "="};
  return texts[c];
}

bool comparison_holds(comparison c, int order) {
  switch (c) {
  case AT_LEAST:
    return order >= 0;
  case MORE_THAN:
    return order > 0;
  case AT_MOST:
    return order <= 0;
  case LESS_THAN:
    return order < 0;
  case EQUAL:
    return order == 0;
  }
  return false;
}

/* ---- reading ---- */

bool limit_compile(making *m, const spot *declared, limit *out) {
  *out = (limit){.number = FRACTION_ZERO, .day = DAY_NONE};
  if (!spot_there(declared))
    return spot_fault(declared, "a number, a day or a parameter is missing here", "此处缺少数字、日期或参数");
  const char *tag = spot_tag(declared);
  if (tag && !strcmp(tag, "parameter")) {
    spot args = spot_member(declared, "args"), first = spot_element(&args, 0);
    const char *id = spot_text(&first, "");
    out->parameter = parameters_find(m->parameters, id);
    if (out->parameter && out->parameter->form == PARAMETER_BY_WORD) {
      spot_fault(declared, "parameter \"%s\" has a value for each word of \"%s\", one number is expected here",
                 "参数“%s”按“%s”的词分别取值，此处应为一个数字", id, out->parameter->by ? out->parameter->by : "?");
      return fault_next(m->to->problems, "write P.%s:by \"%s\" in an expression, or declare a parameter with one value",
                        "请在表达式中写 P.%s:by \"%s\"，或另行声明只有一个取值的参数", id,
                        out->parameter->by ? out->parameter->by : "level");
    }
    if (out->parameter) return true;
    spot_fault(declared, "no parameter is named \"%s\"", "没有名为“%s”的参数", id);
    const char *near = parameters_nearest(m->parameters, m->to->memory, id);
    if (near) fault_next(m->to->problems, "did you mean P.%s?", "是否应为 P.%s？", near);
    return false;
  }
  const char *text = json_string_value(declared->value);
  if (text && day_read(text, &out->day)) return true;
  return spot_fraction(declared, &out->number);
}

/* By the last name of the path; what a dated fact says, "fact.stage.value", is a word of the scale of its kind. */
static const declared_scale *scale_of(const making *m, const path *p) {
  if (p->count > 1 && p->steps[p->count - 2].form == STEP_FACT && p->steps[p->count - 1].form == STEP_ATTRIBUTE &&
      strcmp(m->book->items[p->steps[p->count - 1].word], "value") == 0)
    return kinds_scale(m->kinds, m->book->items[p->steps[p->count - 2].word]);
  const char *dot = strrchr(p->text, '.');
  return kinds_scale(m->kinds, dot ? dot + 1 : p->text);
}

/* level = at_least "county" is one of the words from there on: what follows knows words only. */
static bool words_of_scale(making *m, const spot *declared, const declared_scale *scale, comparison compare,
                           const char *word, condition *out) {
  int position = scale_position(scale, word);
  if (position < 0) {
    const char **names = arena_array(m->to->memory, scale->count, sizeof *names);
    for (size_t i = 0; i < scale->count; i++) names[i] = scale->words[i].word;
    spot_fault(declared, "\"%s\" is no word of scale \"%s\"", "“%s”不是序列“%s”中的词", word, scale->name);
    const char *near = text_nearest(word, names, scale->count);
    buffer list = {0};
    for (size_t i = 0; i < scale->count; i++) buffer_format(&list, "%s%s", i ? ", " : "", names[i]);
    if (near)
      fault_next(m->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    else
      fault_next(m->to->problems, "its words are: %s", "其中的词有：%s", list.at);
    buffer_free(&list);
    return false;
  }
  uint32_t *words = arena_array(m->to->memory, scale->count, sizeof *words);
  size_t count = 0;
  for (size_t i = 0; i < scale->count; i++)
    if (comparison_holds(compare, (int)i - position)) words[count++] = wordbook_add(m->book, scale->words[i].word);
  out->form = TEST_WORDS;
  out->words = words;
  out->words_count = count;
  return true;
}

static bool compile_comparison(making *m, const spot *declared, const char *tag, condition *out) {
  static const struct {
    const char *name;
    comparison compare;
    bool date;
  } tests[] = {{"at_least", AT_LEAST, false},   {"more_than", MORE_THAN, false}, {"at_most", AT_MOST, false},
               {"less_than", LESS_THAN, false}, {"after", MORE_THAN, true},      {"not_before", AT_LEAST, true},
               {"before", LESS_THAN, true},     {"not_after", AT_MOST, true},    {"between", AT_LEAST, false}};
  enum { TESTS = sizeof tests / sizeof *tests };
  spot args = spot_member(declared, "args"), first = spot_element(&args, 0), second = spot_element(&args, 1);
  for (size_t i = 0; i < TESTS; i++) {
    if (strcmp(tests[i].name, tag)) continue;
    out->compare = tests[i].compare;
    const declared_scale *scale = scale_of(m, &out->what);
    const char *word = json_string_value(first.value);
    fraction number;
    day written;
    if (word && !day_read(word, &written) && !fraction_read(word, &number)) {
      if (scale) return words_of_scale(m, declared, scale, out->compare, word, out);
      spot_fault(declared, "\"%s\" has no scale, so that %s \"%s\" says nothing", "“%s”没有序列，%s “%s”无从比较",
                 out->what.text, tag, word);
      return fault_next(m->to->problems, "declare scales { %s = { … } }, or compare with a number",
                        "请声明 scales { %s = { … } }，或与数字比较", out->what.text);
    }
    if (!limit_compile(m, &first, &out->limit)) return false;
    bool is_date = out->limit.day != DAY_NONE || (out->limit.parameter && out->limit.parameter->form == PARAMETER_DAY);
    if (tests[i].date && !is_date)
      return spot_fault(declared, "%s compares with a day such as \"2025-03-01\"", "%s 应与日期（如“2025-03-01”）比较",
                        tag);
    out->form = is_date ? TEST_DATE : TEST_NUMBER;
    if (!strcmp(tag, "between")) {
      out->two = true;
      return limit_compile(m, &second, &out->other);
    }
    return true;
  }
  const char *names[TESTS];
  for (size_t i = 0; i < TESTS; i++) names[i] = tests[i].name;
  spot_fault(declared, "\"%s\" is no test of a value", "“%s”不是对取值的检验", tag);
  const char *near = text_nearest(tag, names, TESTS);
  if (near) fault_next(m->to->problems, "did you mean %s(…)?", "是否应为 %s(…)？", near);
  return false;
}

static bool check_kind_words(making *m, const spot *declared, const condition *c) {
  if (strcmp(c->what.text, "kind")) return true;
  bool good = true;
  for (size_t i = 0; i < c->words_count; i++) {
    const char *word = m->book->items[c->words[i]];
    if (kinds_named(m->kinds, word)) continue;
    good = kinds_unknown(m->kinds, declared, word);
  }
  return good;
}

/* Where every kind with an attribute says which words it may have, others are mistakes. */
static bool check_attribute_words(making *m, const spot *declared, const condition *c) {
  const path_step *last = &c->what.steps[c->what.count - 1];
  if (last->form != STEP_ATTRIBUTE) return true;
  const char *name = m->book->items[last->word], **allowed = NULL;
  size_t count = 0, capacity = 0;
  for (size_t i = 0; i < m->kinds->count; i++) {
    const declared_attribute *attribute = kind_attribute(&m->kinds->items[i], name);
    if (attribute && !attribute->words_count) return true;
    for (size_t w = 0; attribute && w < attribute->words_count; w++)
      *ARENA_PUSH(m->to->memory, allowed, count, capacity) = attribute->words[w];
  }
  for (size_t i = 0; count && i < c->words_count; i++) {
    bool known = false;
    for (size_t w = 0; w < count && !known; w++) known = !strcmp(allowed[w], m->book->items[c->words[i]]);
    if (known) continue;
    spot_fault(declared, "\"%s\" is no word of attribute \"%s\"", "“%s”不是属性“%s”中的词", m->book->items[c->words[i]],
               name);
    const char *near = text_nearest(m->book->items[c->words[i]], allowed, count);
    if (near) fault_next(m->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
    return false;
  }
  return true;
}

static bool compile_words(making *m, const spot *declared, condition *out) {
  out->form = TEST_WORDS;
  size_t count = json_is_array(declared->value) ? json_array_size(declared->value) : 1;
  uint32_t *words = arena_array(m->to->memory, count, sizeof *words);
  for (size_t i = 0; i < count; i++) {
    spot element = spot_element(declared, i);
    const spot *one = json_is_array(declared->value) ? &element : declared;
    const char *word = json_string_value(one->value);
    if (!word) return spot_fault(one, "a word in quotes is expected", "此处应为带引号的词");
    words[i] = wordbook_add(m->book, word);
  }
  out->words = words;
  out->words_count = count;
  const declared_scale *scale = scale_of(m, &out->what);
  for (size_t i = 0; scale && i < count; i++) {
    condition unused = *out;
    if (!words_of_scale(m, declared, scale, EQUAL, m->book->items[words[i]], &unused)) return false;
  }
  return check_attribute_words(m, declared, out) && check_kind_words(m, declared, out);
}

static bool compile_condition(making *m, const spot *declared, const char *key, condition *out) {
  *out = (condition){0};
  if (!path_compile(declared, key, m->attributes, m->attributes_count, m->book, &out->what)) return false;
  const char *tag = spot_tag(declared);
  const json_t *x = declared->value;
  if (tag && !strcmp(tag, "none"))
    out->form = TEST_NONE;
  else if (tag && !strcmp(tag, "any"))
    out->form = TEST_ANY;
  else if (tag && strcmp(tag, "decimal") && strcmp(tag, "parameter"))
    return compile_comparison(m, declared, tag, out);
  else if (json_is_boolean(x)) {
    out->form = TEST_TRUTH;
    out->truth = json_is_true(x);
  } else if (json_is_string(x) || json_is_array(x)) {
    day written;
    if (json_is_string(x) && out->what.count && out->what.steps[out->what.count - 1].form == STEP_COLUMN &&
        (out->what.steps[out->what.count - 1].column == COLUMN_SINCE ||
         out->what.steps[out->what.count - 1].column == COLUMN_UNTIL) &&
        day_read(json_string_value(x), &written)) {
      out->form = TEST_DATE;
      out->compare = EQUAL;
      out->limit.day = written;
      return true;
    }
    return compile_words(m, declared, out);
  } else {
    out->form = TEST_NUMBER;
    out->compare = EQUAL;
    if (!limit_compile(m, declared, &out->limit)) return false;
    if (out->limit.parameter && out->limit.parameter->form == PARAMETER_DAY) out->form = TEST_DATE;
  }
  return true;
}

/* all_of { {…}, {…}, any_of { … } }: one match with the conditions of all. */
static bool compile_all(making *m, const spot *declared, match *out) {
  arena *a = m->to->memory;
  spot args = spot_member(declared, "args"), list = spot_element(&args, 0);
  size_t count = spot_count(&list), capacity = 0;
  condition *conditions = NULL;
  bool good =
      count > 0 || spot_fault(declared, "all_of { … } needs at least one table", "all_of { … } 中至少要有一个表");
  for (size_t i = 0; i < count; i++) {
    spot one = spot_item(&list, i);
    match part;
    if (!match_compile(m, &one, &part)) {
      good = false;
      continue;
    }
    for (size_t k = 0; k < part.conditions_count; k++)
      *ARENA_PUSH(a, conditions, out->conditions_count, capacity) = part.conditions[k];
    if (part.any_count && out->any_count)
      good = spot_fault(&one, "all_of { … } takes one any_of here", "此处的 all_of { … } 中只能有一个 any_of");
    if (part.any_count) out->any = part.any, out->any_count = part.any_count;
  }
  out->conditions = conditions;
  return good;
}

bool match_compile(making *m, const spot *declared, match *out) {
  arena *a = m->to->memory;
  *out = (match){.where = spot_place(declared)};
  if (!spot_there(declared)) return true;
  const char *tag = spot_tag(declared);
  if (tag && !strcmp(tag, "any_of")) {
    spot args = spot_member(declared, "args"), list = spot_element(&args, 0);
    size_t count = spot_count(&list);
    match *any = arena_array(a, count, sizeof *any);
    bool good = count > 0;
    if (!count) spot_fault(declared, "any_of { … } needs at least one table", "any_of { … } 中至少要有一个表");
    for (size_t i = 0; i < count; i++) {
      spot one = spot_item(&list, i);
      good = match_compile(m, &one, &any[i]) && good;
    }
    out->any = any;
    out->any_count = count;
    return good;
  }
  if (tag && !strcmp(tag, "all_of")) return compile_all(m, declared, out);
  if (tag || !(json_is_object(declared->value) || json_is_array(declared->value))) {
    spot_fault(declared, "a table such as { kind = \"training\" } is expected",
               "此处应为表，如 { kind = \"training\" }");
    return fault_next(m->to->problems, "several tables are joined by any_of { … } or all_of { … }",
                      "几个表用 any_of { … } 或 all_of { … } 连接");
  }
  if (json_is_array(declared->value)) {
    if (!json_array_size(declared->value)) return true;
    return spot_fault(declared, "keys with values are expected, such as kind = \"training\"",
                      "此处应为键和值，如 kind = \"training\"");
  }
  condition *conditions = arena_array(a, json_object_size(declared->value), sizeof *conditions);
  size_t count = 0;
  bool good = true;
  const char *key;
  json_t *unused;
  json_object_foreach((json_t *)declared->value, key, unused) {
    spot member = spot_member(declared, key);
    if (compile_condition(m, &member, key, &conditions[count]))
      count++;
    else
      good = false;
  }
  out->conditions = conditions;
  out->conditions_count = count;
  return good;
}

/* ---- answering ---- */

static bool limit_read(const view *v, const limit *l, day on, fraction *number, day *with) {
  *number = l->number;
  *with = l->day;
  if (!l->parameter) return true;
  day next;
  const parameter_entry *e = parameter_on(l->parameter, on, &next);
  if (on == v->on) view_until(v, next);
  if (!e) return false;
  *number = e->number;
  *with = e->day;
  return true;
}

static truth compare_number(const value *x, comparison compare, fraction number) {
  fraction known;
  if (!fraction_make(x->number, AMOUNT_ONE, &known)) return TRUTH_UNKNOWN;
  int order = fraction_compare(known, number);
  truth exact = comparison_holds(compare, order) ? TRUTH_YES : TRUTH_NO;
  switch (x->bound) {
  case BOUND_EXACT:
    return exact;
  case BOUND_AT_LEAST: /* the true value is the known one or more */
    if (order > 0) return exact;
    return (compare == AT_LEAST && order == 0)    ? TRUTH_YES
           : (compare == LESS_THAN && order == 0) ? TRUTH_NO
                                                  : TRUTH_UNKNOWN;
  case BOUND_AT_MOST:
    if (order < 0) return exact;
    return (compare == AT_MOST && order == 0)     ? TRUTH_YES
           : (compare == MORE_THAN && order == 0) ? TRUTH_NO
                                                  : TRUTH_UNKNOWN;
  default:
    return TRUTH_UNKNOWN;
  }
}

static truth compare_date(date d, comparison compare, day with) {
  bool first = comparison_holds(compare, (date_first(d) > with) - (date_first(d) < with));
  bool last = comparison_holds(compare, (date_last(d) > with) - (date_last(d) < with));
  if (compare == EQUAL) {
    if (date_first(d) == date_last(d)) return first ? TRUTH_YES : TRUTH_NO;
    return date_first(d) <= with && with <= date_last(d) ? TRUTH_UNKNOWN : TRUTH_NO;
  }
  return first == last ? (first ? TRUTH_YES : TRUTH_NO) : TRUTH_UNKNOWN;
}

static truth test_value(const view *v, const condition *c, const value *x, day on) {
  fraction number;
  day with;
  switch (c->form) {
  case TEST_WORDS: {
    uint32_t code = 0;
    if (x->form == VALUE_WORD)
      code = (uint32_t)x->number;
    else if (x->form == VALUE_ROW) { /* a row is named by its code or its name */
      const fact_columns *t = &v->s->of[x->type];
      for (size_t i = 0; i < c->words_count; i++) {
        uint32_t word = v->codes[c->words[i]];
        if (word && (t->code[x->number] == word || t->name[x->number] == word)) return TRUTH_YES;
      }
      return TRUTH_NO;
    }
    for (size_t i = 0; code && i < c->words_count; i++)
      if (v->codes[c->words[i]] == code) return TRUTH_YES;
    return TRUTH_NO;
  }
  case TEST_NUMBER: {
    if (x->form != VALUE_AMOUNT || !limit_read(v, &c->limit, on, &number, &with)) return TRUTH_NO;
    truth first = compare_number(x, c->compare, number);
    if (!c->two) return first;
    if (!limit_read(v, &c->other, on, &number, &with)) return TRUTH_NO;
    return truth_and(first, compare_number(x, AT_MOST, number));
  }
  case TEST_DATE: {
    if (x->form != VALUE_DATE || !limit_read(v, &c->limit, on, &number, &with) || with == DAY_NONE) return TRUTH_NO;
    truth first = compare_date((date)x->number, c->compare, with);
    if (!c->two) return first;
    if (!limit_read(v, &c->other, on, &number, &with)) return TRUTH_NO;
    return truth_and(first, compare_date((date)x->number, AT_MOST, with));
  }
  case TEST_TRUTH:
    if (x->form == VALUE_TRUTH && x->bound == BOUND_UNKNOWN) return TRUTH_UNKNOWN;
    return x->form == VALUE_TRUTH && (x->number != 0) == c->truth ? TRUTH_YES : TRUTH_NO;
  case TEST_NONE:
    return x->form == VALUE_NONE ? TRUTH_YES : TRUTH_NO;
  case TEST_ANY:
    return x->form != VALUE_NONE ? TRUTH_YES : TRUTH_NO;
  }
  return TRUTH_NO;
}

static truth test_row(const view *v, const condition *c, fact_type type, uint32_t row, day on) {
  value found[16];
  size_t count = path_values(v, &c->what, type, row, found, 16);
  if (!count) return test_value(v, c, &(value){0}, on);
  truth answer = TRUTH_NO;
  for (size_t i = 0; i < count; i++) answer = truth_or(answer, test_value(v, c, &found[i], on));
  return answer;
}

truth match_row(const view *v, const match *what, fact_type type, uint32_t row, day parameters_on) {
  truth answer = TRUTH_YES;
  for (size_t i = 0; i < what->conditions_count && answer != TRUTH_NO; i++)
    answer = truth_and(answer, test_row(v, &what->conditions[i], type, row, parameters_on));
  if (!what->any_count || answer == TRUTH_NO) return answer;
  truth one = TRUTH_NO;
  for (size_t i = 0; i < what->any_count && one != TRUTH_YES; i++)
    one = truth_or(one, match_row(v, &what->any[i], type, row, parameters_on));
  return truth_and(answer, one);
}

/* ---- reasoning about matches ---- */

static bool words_apart(const condition *a, const condition *b) {
  for (size_t i = 0; i < a->words_count; i++)
    for (size_t k = 0; k < b->words_count; k++)
      if (a->words[i] == b->words[k]) return false;
  return true;
}

bool match_apart(const match *a, const match *b) {
  for (size_t i = 0; i < a->conditions_count; i++)
    for (size_t k = 0; k < b->conditions_count; k++) {
      const condition *x = &a->conditions[i], *y = &b->conditions[k];
      if (strcmp(x->what.text, y->what.text)) continue;
      /* an attribute may hold several texts; a column holds one */
      bool single = x->what.steps[x->what.count - 1].form != STEP_ATTRIBUTE;
      if (single && x->form == TEST_WORDS && y->form == TEST_WORDS && words_apart(x, y)) return true;
      if (x->form == TEST_TRUTH && y->form == TEST_TRUTH && x->truth != y->truth) return true;
      if ((x->form == TEST_NONE) != (y->form == TEST_NONE)) return true;
    }
  if (a->any_count) {
    bool all = true;
    for (size_t i = 0; i < a->any_count; i++) all = all && match_apart(&a->any[i], b);
    if (all) return true;
  }
  if (b->any_count) {
    bool all = true;
    for (size_t i = 0; i < b->any_count; i++) all = all && match_apart(a, &b->any[i]);
    if (all) return true;
  }
  return false;
}

static bool same_limit(const limit *a, const limit *b) {
  return a->parameter == b->parameter && a->day == b->day && a->number.above == b->number.above &&
         a->number.below == b->number.below;
}

static bool same_condition(const condition *a, const condition *b) {
  if (strcmp(a->what.text, b->what.text) || a->form != b->form || a->words_count != b->words_count) return false;
  for (size_t i = 0; i < a->words_count; i++)
    if (a->words[i] != b->words[i]) return false;
  return a->compare == b->compare && a->two == b->two && a->truth == b->truth && same_limit(&a->limit, &b->limit) &&
         same_limit(&a->other, &b->other);
}

bool match_same(const match *a, const match *b) {
  if (a == b) return true;
  if (!a || !b || a->conditions_count != b->conditions_count || a->any_count != b->any_count) return false;
  for (size_t i = 0; i < a->conditions_count; i++) /* keys are sorted in the image */
    if (!same_condition(&a->conditions[i], &b->conditions[i])) return false;
  for (size_t i = 0; i < a->any_count; i++)
    if (!match_same(&a->any[i], &b->any[i])) return false;
  return true;
}

static bool words_within(const condition *a, const condition *b) {
  for (size_t i = 0; i < a->words_count; i++) {
    bool in = false;
    for (size_t k = 0; k < b->words_count && !in; k++) in = a->words[i] == b->words[k];
    if (!in) return false;
  }
  return true;
}

static bool condition_within(const condition *a, const condition *b) {
  if (a->form != TEST_WORDS || b->form != TEST_WORDS) return same_condition(a, b);
  return !strcmp(a->what.text, b->what.text) && words_within(a, b);
}

bool match_within(const match *a, const match *b) {
  bool each = a->any_count > 0; /* whichever of them it is that matches */
  for (size_t i = 0; i < a->any_count && each; i++) each = match_within(&a->any[i], b);
  if (each) return true;
  for (size_t k = 0; k < b->conditions_count; k++) {
    bool held = false;
    for (size_t i = 0; i < a->conditions_count && !held; i++)
      held = condition_within(&a->conditions[i], &b->conditions[k]);
    if (!held) return false;
  }
  for (size_t k = 0; k < b->any_count; k++)
    if (match_within(a, &b->any[k])) return true;
  for (size_t i = 0; b->any_count && i < a->any_count; i++) {
    bool held = false;
    for (size_t k = 0; k < b->any_count && !held; k++) held = match_within(&a->any[i], &b->any[k]);
    if (!held) return false;
  }
  return !b->any_count || a->any_count;
}

const char *match_kind(const match *what, const wordbook *book) {
  for (size_t i = 0; i < what->conditions_count; i++) {
    const condition *c = &what->conditions[i];
    if (!strcmp(c->what.text, "kind") && c->form == TEST_WORDS && c->words_count == 1) return book->items[c->words[0]];
  }
  return NULL;
}

bool match_allows_kind(const match *what, const wordbook *book, const char *kind) {
  for (size_t i = 0; i < what->conditions_count; i++) {
    const condition *c = &what->conditions[i];
    if (strcmp(c->what.text, "kind") || c->form != TEST_WORDS) continue;
    bool found = false;
    for (size_t w = 0; w < c->words_count; w++) found = found || !strcmp(book->items[c->words[w]], kind);
    if (!found) return false;
  }
  for (size_t i = 0; i < what->any_count; i++)
    if (match_allows_kind(&what->any[i], book, kind)) return true;
  return !what->any_count;
}

bool match_reads(const match *m, const parameter *p) {
  for (size_t i = 0; m && i < m->conditions_count; i++)
    if (m->conditions[i].limit.parameter == p || m->conditions[i].other.parameter == p) return true;
  for (size_t i = 0; m && i < m->any_count; i++)
    if (match_reads(&m->any[i], p)) return true;
  return false;
}
