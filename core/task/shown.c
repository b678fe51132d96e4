#include "task/shown.h"

#include <stdlib.h>
#include <string.h>

const char *const detail_names[DETAILS] = {"none", "masked", "full"};

const char *shown_unknown(language in) {
  return in == LANGUAGE_ZH ? "未知" : "unknown";
}

char *mask_name(arena *a, const char *name) {
  if (text_points(name) == 1) return arena_text(a, "*"); /* its first character would be all of it */
  size_t first = 1;
  while (name[0] && ((unsigned char)name[first] & 0xc0) == 0x80) first++;
  return name[0] ? arena_format(a, "%.*s**", (int)first, name) : arena_text(a, "");
}

/* Which table a path ends in: the row's own for a path of one step. FACT_NONE where it leads nowhere. */
static fact_type path_end(const view *v, const path *p, fact_type type, uint32_t row) {
  if (p->count < 2) return type;
  path before = {p->text, p->steps, p->count - 1};
  value end = path_value(v, &before, type, row);
  return end.form == VALUE_ROW ? end.type : FACT_NONE;
}

/* ---- titles ---- */

static const char *in_scale(const pack *p, const char *scale, const char *word, language in) {
  const declared_scale *of = kinds_scale(&p->kinds, scale);
  int at = of ? scale_position(of, word) : -1;
  return at < 0 ? NULL : of->words[at].title.in[in];
}

/* "fact.stage.value": what a dated fact says is a word of the scale named like its kind. NULL for other paths. */
static const char *dated_kind(const pack *p, const path *of) {
  if (of->count < 2 || of->steps[of->count - 2].form != STEP_FACT || of->steps[of->count - 1].form != STEP_ATTRIBUTE)
    return NULL;
  return strcmp(p->book.items[of->steps[of->count - 1].word], "value") ? NULL
                                                                       : p->book.items[of->steps[of->count - 2].word];
}

static const char *word_title(const pack *p, const path *of, const char *word, language in) {
  const path_step *last = of && of->count ? &of->steps[of->count - 1] : NULL;
  const char *title = NULL;
  if (!last) return NULL;
  if (dated_kind(p, of)) return in_scale(p, dated_kind(p, of), word, in);
  if (last->form == STEP_ATTRIBUTE) return in_scale(p, p->book.items[last->word], word, in);
  if (last->form != STEP_COLUMN) return NULL;
  switch (last->column) {
  case COLUMN_KIND: {
    const declared_kind *kind = kinds_named(&p->kinds, word);
    title = kind ? kind->title.in[in] : NULL;
    break;
  }
  case COLUMN_LEVEL:
    title = in_scale(p, "level", word, in);
    break;
  case COLUMN_MODE:
    title = in_scale(p, "mode", word, in);
    break;
  case COLUMN_STATUS:
    title = in_scale(p, "status", word, in);
    break;
  case COLUMN_OUTCOME:
    for (int o = 0; o < OUTCOMES; o++)
      if (text_same(word, outcome_name((outcome)o))) title = outcome_said((outcome)o).in[in];
    break;
  case COLUMN_RULE: {
    int32_t named = pack_rule(p, word);
    title = named < 0 ? NULL : p->rules[named].title.in[in];
    break;
  }
  default:
    break;
  }
  return title;
}

static const declared_attribute *attribute_named(const pack *p, const char *name) {
  for (size_t i = 0; i < p->kinds.count; i++) {
    const declared_attribute *found = kind_attribute(&p->kinds.items[i], name);
    if (found) return found;
  }
  return NULL;
}

const char *shown_title(const pack *p, const path *of, language in) {
  static const said columns[] = {{{"种类", "kind"}},   {{"编号", "code"}},      {{"名称", "name"}},
                                 {{"级别", "level"}},  {{"方式", "mode"}},      {{"状态", "status"}},
                                 {{"单位", "unit"}},   {{"开始日期", "since"}}, {{"结束日期", "until"}},
                                 {{"数量", "amount"}}, {{"天数", "days"}},      {{"是否有效", "in force"}},
                                 {{"规则", "rule"}},   {{"认定", "outcome"}}};
  static const said tables[FACT_TYPES] = {
      [FACT_PERSON] = {{"人员", "person"}},       [FACT_ORGANIZATION] = {{"机构", "organization"}},
      [FACT_PROGRAMME] = {{"项目", "programme"}}, [FACT_COHORT] = {{"批次", "cohort"}},
      [FACT_ACTIVITY] = {{"活动", "activity"}},   [FACT_ENROLLMENT] = {{"参训", "enrollment"}}};
  const path_step *last = &of->steps[of->count - 1];
  if (of->count > 1 && last->form == STEP_COLUMN && last->column == COLUMN_NAME) last--; /* the name of a province */
  const declared_attribute *attribute;
  const declared_kind *kind = dated_kind(p, of) ? kinds_named(&p->kinds, dated_kind(p, of)) : NULL;
  if (kind) return kind->title.in[in];
  switch (last->form) {
  case STEP_COLUMN:
    return columns[last->column].in[in];
  case STEP_ATTRIBUTE:
    attribute = attribute_named(p, p->book.items[last->word]);
    return attribute && attribute->title.in[in] ? attribute->title.in[in] : p->book.items[last->word];
  case STEP_ROW:
    return tables[last->type].in[in] ? tables[last->type].in[in] : of->text;
  case STEP_HOST:
    return in == LANGUAGE_ZH ? "接收单位" : "host";
  case STEP_SCHOOL:
    return in == LANGUAGE_ZH ? "学校" : "school";
  case STEP_PARENT:
    return in == LANGUAGE_ZH ? "上级机构" : "organization above";
  case STEP_WITHIN:
  case STEP_FACT:
    kind = kinds_named(&p->kinds, p->book.items[last->word]);
    return kind ? kind->title.in[in] : p->book.items[last->word];
  default:
    return of->text;
  }
}

/* Where a value stands in the order that the pack declares for its word; -1 where it declares none. */
static int position_of(const showing *s, const path *p, value x) {
  static const outcome outcomes[] = {OUTCOME_MET, OUTCOME_UNMET, OUTCOME_UNKNOWN, OUTCOME_NOT_APPLICABLE};
  const path_step *last = &p->steps[p->count - 1];
  for (int i = 0; x.form == VALUE_TEXT && i < OUTCOMES; i++)
    if (text_same(x.text, outcome_name(outcomes[i]))) return i;
  const char *word = x.form == VALUE_WORD ? s->view->s->words[x.number] : NULL;
  const char *scale = NULL;
  if (!word) return -1;
  if (dated_kind(s->pack, p)) {
    scale = dated_kind(s->pack, p);
  } else if (last->form == STEP_ATTRIBUTE) {
    const declared_attribute *of = attribute_named(s->pack, s->pack->book.items[last->word]);
    for (size_t i = 0; of && i < of->words_count; i++)
      if (!strcmp(of->words[i], word)) return (int)i;
    scale = s->pack->book.items[last->word];
  } else if (last->form == STEP_COLUMN) {
    scale = last->column == COLUMN_LEVEL    ? "level"
            : last->column == COLUMN_MODE   ? "mode"
            : last->column == COLUMN_STATUS ? "status"
                                            : NULL;
  }
  const declared_scale *of = scale ? kinds_scale(&s->pack->kinds, scale) : NULL;
  return of ? scale_position(of, word) : -1;
}

typedef struct placed_value {
  value is;
  int position;
  size_t found;
} placed_value;

static int by_position(const void *a, const void *b) {
  const placed_value *x = a, *y = b;
  bool x_none = x->is.form == VALUE_NONE, y_none = y->is.form == VALUE_NONE;
  if (x_none != y_none) return x_none ? 1 : -1;
  int x_at = x->position < 0 ? INT32_MAX : x->position, y_at = y->position < 0 ? INT32_MAX : y->position;
  if (x_at != y_at) return x_at < y_at ? -1 : 1;
  return x->found < y->found ? -1 : x->found > y->found;
}

void shown_order(const showing *s, const path *p, value *groups, size_t count) {
  placed_value *placed = arena_array(s->memory, count + 1, sizeof *placed);
  for (size_t i = 0; i < count; i++) placed[i] = (placed_value){groups[i], position_of(s, p, groups[i]), i};
  qsort(placed, count, sizeof *placed, by_position);
  for (size_t i = 0; i < count; i++) groups[i] = placed[i].is;
}

const char *shown_written(const showing *s, value x) {
  if (x.form == VALUE_NONE) return shown_unknown(s->in);
  if (x.form == VALUE_WORD) return s->view->s->words[x.number];
  if (x.form == VALUE_TEXT) return x.text;
  if (x.form == VALUE_DATE) {
    char iso[11];
    date_write((date)x.number, iso);
    return arena_text(s->memory, iso);
  }
  if (x.form == VALUE_ROW && x.type != FACT_RECORD) {
    fact_type type = x.type;
    int32_t row = (int32_t)x.number;
    if (type == FACT_ENROLLMENT && s->view->s->of[type].subject[row] >= 0) {
      row = s->view->s->of[type].subject[row];
      type = FACT_PERSON;
    }
    const char *code = s->view->s->words[s->view->s->of[type].code[row]];
    return code[0] ? code : shown_row(s, type, (uint32_t)row);
  }
  return value_text(s->memory, s->view, x, s->in);
}

/* ---- rows and values ---- */

const char *shown_row(const showing *s, fact_type type, uint32_t row) {
  const fact_columns *t = &s->view->s->of[type];
  const char *const *words = s->view->s->words;
  int32_t person = type == FACT_PERSON ? (int32_t)row : type == FACT_ENROLLMENT ? t->subject[row] : -1;
  if (person < 0) return value_text(s->memory, s->view, (value){.form = VALUE_ROW, .type = type, .number = row}, s->in);
  const fact_columns *people = &s->view->s->of[FACT_PERSON];
  const char *code = words[people->code[person]], *name = words[people->name[person]];
  if (s->detail != DETAIL_FULL) return code[0] ? code : mask_name(s->memory, name);
  return code[0] && name[0] ? arena_format(s->memory, "%s %s", code, name) : code[0] ? code : name;
}

const char *shown_value(const showing *s, const path *p, fact_type type, value x) {
  const char *title = NULL;
  (void)type;
  if (x.form == VALUE_NONE) return shown_unknown(s->in);
  if (x.form == VALUE_ROW && x.type != FACT_RECORD) return shown_row(s, x.type, (uint32_t)x.number);
  if (x.form == VALUE_ROW) {
    /* a dated fact stands for what it says, and that may be a word of a ladder of its name */
    const char *text = value_text(s->memory, s->view, x, s->in);
    const path_step *last = p->count ? &p->steps[p->count - 1] : NULL;
    if (text && last && last->form == STEP_FACT)
      title = in_scale(s->pack, s->pack->book.items[last->word], text, s->in);
    return title ? title : text ? text : shown_unknown(s->in);
  }
  const char *word = x.form == VALUE_WORD ? s->view->s->words[x.number] : x.form == VALUE_TEXT ? x.text : NULL;
  if (word) title = word_title(s->pack, p, word, s->in);
  return title ? title : value_text(s->memory, s->view, x, s->in);
}

static bool is_name(const path *p) {
  const path_step *last = &p->steps[p->count - 1];
  return last->form == STEP_COLUMN && last->column == COLUMN_NAME;
}

/* A host that is not there is not known; a remark that is not there was not made. */
static bool leads_elsewhere(const path *p) {
  const path_step *last = &p->steps[p->count - 1];
  return last->form != STEP_ATTRIBUTE && !(last->form == STEP_COLUMN && p->count == 1);
}

const char *shown_cell(const showing *s, const path *p, fact_type type, uint32_t row) {
  value found[16];
  size_t count = path_values(s->view, p, type, row, found, 16);
  if (!count) return leads_elsewhere(p) ? shown_unknown(s->in) : "—";
  bool masked = s->detail != DETAIL_FULL && is_name(p) && path_end(s->view, p, type, row) == FACT_PERSON;
  buffer joined = {0};
  for (size_t i = 0; i < count; i++) {
    const char *text = shown_value(s, p, type, found[i]);
    buffer_format(&joined, "%s%s",
                  i == 0                 ? ""
                  : s->in == LANGUAGE_ZH ? "、"
                                         : ", ",
                  masked ? mask_name(s->memory, text) : text);
  }
  const char *cell = arena_text(s->memory, joined.at ? joined.at : "");
  buffer_free(&joined);
  return cell;
}

bool shown_means(const showing *s, const path *p, fact_type type, value x, const char *written) {
  arena *a = s->memory;
  const char *key = text_key(a, written);
  if (x.form == VALUE_NONE) {
    for (language in = 0; in < LANGUAGES; in++)
      if (text_same(key, text_key(a, shown_unknown(in)))) return true;
    return false;
  }
  if (x.form == VALUE_ROW) {
    const fact_columns *t = &s->view->s->of[x.type];
    if (x.type == FACT_ENROLLMENT && t->subject[x.number] >= 0) {
      x = (value){.form = VALUE_ROW, .type = FACT_PERSON, .number = t->subject[x.number]};
      t = &s->view->s->of[FACT_PERSON];
    }
    const char *code = s->view->s->words[t->code[x.number]], *name = s->view->s->words[t->name[x.number]];
    if ((code[0] && text_same(key, text_key(a, code))) || (name[0] && text_same(key, text_key(a, name)))) return true;
  }
  if (x.form == VALUE_DATE) {
    char iso[11];
    date_write((date)x.number, iso);
    if (text_same(key, iso)) return true;
  }
  const char *plain = value_text(a, s->view, x, s->in);
  if (plain && text_same(key, text_key(a, plain))) return true;
  for (language in = 0; in < LANGUAGES; in++) {
    showing other = *s;
    other.in = in;
    if (text_same(key, text_key(a, shown_value(&other, p, type, x)))) return true;
  }
  return false;
}
