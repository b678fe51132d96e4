#include "pack/path.h"

#include <string.h>

uint32_t wordbook_add(wordbook *book, const char *word) {
  for (size_t i = 0; i < book->count; i++)
    if (!strcmp(book->items[i], word)) return (uint32_t)i;
  *ARENA_PUSH(book->memory, book->items, book->count, book->capacity) = arena_text(book->memory, word);
  return (uint32_t)(book->count - 1);
}

view *view_new(arena *a, const wordbook *book, const subjects *s, day on) {
  view *v = arena_take(a, sizeof *v);
  uint32_t *codes = arena_array(a, book->count + 1, sizeof *codes);
  for (size_t i = 0; i < book->count; i++) codes[i] = subjects_word(s, book->items[i]);
  *v = (view){s, codes, book->count, on, NULL};
  return v;
}

void view_until(const view *v, day d) {
  if (v->until && d > v->on && d < *v->until) *v->until = d;
}

/* ---- reading ---- */

static const struct {
  const char *name;
  path_step step;
} steps_known[] = {
    {"kind", {STEP_COLUMN, COLUMN_KIND, 0, 0}},
    {"code", {STEP_COLUMN, COLUMN_CODE, 0, 0}},
    {"name", {STEP_COLUMN, COLUMN_NAME, 0, 0}},
    {"level", {STEP_COLUMN, COLUMN_LEVEL, 0, 0}},
    {"mode", {STEP_COLUMN, COLUMN_MODE, 0, 0}},
    {"status", {STEP_COLUMN, COLUMN_STATUS, 0, 0}},
    {"unit", {STEP_COLUMN, COLUMN_UNIT, 0, 0}},
    {"since", {STEP_COLUMN, COLUMN_SINCE, 0, 0}},
    {"until", {STEP_COLUMN, COLUMN_UNTIL, 0, 0}},
    {"amount", {STEP_COLUMN, COLUMN_AMOUNT, 0, 0}},
    {"days", {STEP_COLUMN, COLUMN_DAYS, 0, 0}},
    {"in_force", {STEP_COLUMN, COLUMN_IN_FORCE, 0, 0}},
    {"rule", {STEP_COLUMN, COLUMN_RULE, 0, 0}},
    {"outcome", {STEP_COLUMN, COLUMN_OUTCOME, 0, 0}},
    {"person", {STEP_ROW, 0, FACT_PERSON, 0}},
    {"enrollment", {STEP_ROW, 0, FACT_ENROLLMENT, 0}},
    {"cohort", {STEP_ROW, 0, FACT_COHORT, 0}},
    {"programme", {STEP_ROW, 0, FACT_PROGRAMME, 0}},
    {"activity", {STEP_ROW, 0, FACT_ACTIVITY, 0}},
    {"organization", {STEP_ROW, 0, FACT_ORGANIZATION, 0}},
    {"host", {STEP_HOST, 0, 0, 0}},
    {"school", {STEP_SCHOOL, 0, 0, 0}},
    {"parent", {STEP_PARENT, 0, 0, 0}},
    {"within", {STEP_WITHIN, 0, 0, 0}},
    {"subject", {STEP_SUBJECT, 0, 0, 0}},
    {"object", {STEP_OBJECT, 0, 0, 0}},
    {"a", {STEP_SUBJECT, 0, 0, 0}},
    {"b", {STEP_OBJECT, 0, 0, 0}},
    {"fact", {STEP_FACT, 0, 0, 0}},
};

enum { STEPS_KNOWN = sizeof steps_known / sizeof *steps_known };

static bool read_step(const spot *where, const char *name, const char *const *attributes, size_t attributes_count,
                      wordbook *book, path_step *out) {
  /* An attribute that a kind declares under a name of ours wins only where it cannot be confused with a column. */
  for (size_t i = 0; i < attributes_count; i++)
    if (!strcmp(attributes[i], name)) {
      bool column = false;
      for (size_t k = 0; k < STEPS_KNOWN; k++)
        column = column || (!strcmp(steps_known[k].name, name) && steps_known[k].step.form == STEP_COLUMN);
      if (column) break;
      *out = (path_step){.form = STEP_ATTRIBUTE, .word = wordbook_add(book, name)};
      return true;
    }
  for (size_t i = 0; i < STEPS_KNOWN; i++)
    if (!strcmp(steps_known[i].name, name)) {
      *out = steps_known[i].step;
      return true;
    }
  if (!attributes) {
    *out = (path_step){.form = STEP_ATTRIBUTE, .word = wordbook_add(book, name)};
    return true;
  }
  arena *a = where->to->memory;
  const char **names = arena_array(a, attributes_count + STEPS_KNOWN, sizeof *names);
  for (size_t i = 0; i < STEPS_KNOWN; i++) names[i] = steps_known[i].name;
  for (size_t i = 0; i < attributes_count; i++) names[STEPS_KNOWN + i] = attributes[i];
  spot_fault(where, "nothing is named \"%s\": no column, and no kind has such an attribute",
             "没有“%s”：既不是列名，也没有哪个 kind 声明过这一属性", name);
  const char *near = text_nearest(name, names, attributes_count + STEPS_KNOWN);
  if (near) fault_next(where->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return false;
}

bool path_compile(const spot *where, const char *text, const char *const *attributes, size_t attributes_count,
                  wordbook *book, path *out) {
  arena *a = where->to->memory;
  size_t most = 1;
  for (const char *c = text; *c; c++) most += *c == '.';
  path_step *steps = arena_array(a, most, sizeof *steps);
  size_t count = 0;
  for (const char *at = text;;) {
    size_t length = strcspn(at, ".");
    const char *name = arena_text_of(a, at, length);
    path_step *last = count ? &steps[count - 1] : NULL;
    if (last && (last->form == STEP_WITHIN || last->form == STEP_FACT) && last->column == 0) {
      last->word = wordbook_add(book, name);
      last->column = COLUMN_OUTCOME; /* the word is there */
    } else {
      if (last && (last->form == STEP_COLUMN || last->form == STEP_ATTRIBUTE))
        return spot_fault(where, "path \"%s\" goes on after a value that is no row", "路径“%s”在取到值之后不能再继续",
                          text);
      if (!read_step(where, name, attributes, attributes_count, book, &steps[count])) return false;
      count++;
    }
    if (!at[length]) break;
    at += length + 1;
  }
  path_step *last = &steps[count - 1];
  if ((last->form == STEP_WITHIN || last->form == STEP_FACT) && last->column == 0)
    return spot_fault(where, "path \"%s\" ends where a kind is expected", "路径“%s”末尾缺少种类（kind）", text);
  *out = (path){arena_text(a, text), steps, count};
  return true;
}

/* ---- walking ---- */

int32_t row_to(const view *v, fact_type type, uint32_t row, fact_type wanted) {
  const fact_columns *t = &v->s->of[type];
  if (type == wanted) return (int32_t)row;
  switch (type) {
  case FACT_RECORD:
    if (wanted == FACT_ACTIVITY) return t->object_type[row] == FACT_ACTIVITY ? t->object[row] : -1;
    if (wanted == FACT_ORGANIZATION && t->place[row] >= 0) return t->place[row];
    if (wanted == FACT_ORGANIZATION && t->subject[row] >= 0 &&
        (t->subject_type[row] == FACT_COHORT || t->subject_type[row] == FACT_PROGRAMME))
      return row_to(v, (fact_type)t->subject_type[row], (uint32_t)t->subject[row], wanted);
    return v->s->record_of[wanted] ? v->s->record_of[wanted][row] : -1;
  case FACT_ENROLLMENT:
    if (wanted == FACT_PERSON) return t->subject[row];
    if (wanted == FACT_COHORT) return t->object[row];
    if (wanted == FACT_ORGANIZATION) return t->place[row];
    return t->object[row] >= 0 ? row_to(v, FACT_COHORT, (uint32_t)t->object[row], wanted) : -1;
  case FACT_POST:
    if (wanted == FACT_PERSON) return t->subject[row];
    return wanted == FACT_ORGANIZATION ? t->object[row] : -1;
  case FACT_COHORT:
    if (wanted == FACT_PROGRAMME) return t->subject[row];
    return wanted == FACT_ORGANIZATION ? t->object[row] : -1;
  case FACT_ACTIVITY:
    if (t->subject[row] >= 0 && t->subject_type[row] == wanted) return t->subject[row];
    if (wanted == FACT_PROGRAMME && t->subject_type[row] == FACT_COHORT && t->subject[row] >= 0)
      return row_to(v, FACT_COHORT, (uint32_t)t->subject[row], wanted);
    return wanted == FACT_ORGANIZATION ? t->object[row] : -1;
  case FACT_PROGRAMME:
    return wanted == FACT_ORGANIZATION ? t->object[row] : -1;
  case FACT_RELATION:
    if (t->subject_type[row] == wanted) return t->subject[row];
    return t->object_type[row] == wanted ? t->object[row] : -1;
  case FACT_PERSON:
    return wanted == FACT_ORGANIZATION ? row_school(v, row) : -1;
  default:
    return -1;
  }
}

int32_t row_school(const view *v, uint32_t person) {
  const subject_index *index = &v->s->posts;
  const fact_columns *posts = &v->s->of[FACT_POST];
  int32_t found = -1;
  if (!index->offset) return -1;
  for (uint32_t i = index->offset[person]; i < index->offset[person + 1]; i++) {
    uint32_t post = index->rows[i];
    date since = posts->since[post], until = posts->until[post];
    if (since != DATE_NONE) view_until(v, date_first(since));
    if (until != DATE_NONE) view_until(v, date_last(until) + 1);
    if (since != DATE_NONE && date_first(since) > v->on) continue;
    if (until != DATE_NONE && date_last(until) < v->on) continue;
    /* the post with the larger share; of equal ones the one begun later */
    int64_t share = posts->bound[post] == BOUND_NONE ? AMOUNT_ONE : posts->amount[post];
    if (found < 0 || share >= (posts->bound[found] == BOUND_NONE ? AMOUNT_ONE : posts->amount[found]))
      found = (int32_t)post;
  }
  return found < 0 ? -1 : posts->object[found];
}

int32_t row_fact(const view *v, uint32_t person, uint32_t kind) {
  const subject_index *index = &v->s->records[FACT_PERSON];
  const fact_columns *records = &v->s->of[FACT_RECORD];
  if (!kind || !index->offset) return -1;
  int32_t found = -1;
  for (uint32_t i = index->offset[person]; i < index->offset[person + 1]; i++) {
    uint32_t row = index->rows[i];
    if (records->kind[row] != kind) continue;
    if (records->since[row] != DATE_NONE) view_until(v, date_first(records->since[row]));
    if (records->since[row] != DATE_NONE && date_first(records->since[row]) > v->on) continue;
    found = (int32_t)row;
  }
  return found;
}

static value attribute_value(const view *v, uint32_t entry) {
  const attribute_columns *all = &v->s->attributes;
  static const value_form forms[] = {VALUE_WORD, VALUE_AMOUNT, VALUE_DATE, VALUE_TRUTH};
  return (value){.form = forms[all->type[entry]], .bound = (bound)all->bound[entry], .number = all->value[entry]};
}

bool row_attribute(const view *v, fact_type type, uint32_t row, uint32_t name, value *out) {
  const fact_columns *t = &v->s->of[type];
  for (uint32_t i = t->attribute[row]; name && i < t->attribute[row + 1]; i++)
    if (v->s->attributes.name[i] == name) {
      *out = attribute_value(v, i);
      return true;
    }
  *out = (value){0};
  return false;
}

static value word_value(uint32_t code) {
  return code ? (value){.form = VALUE_WORD, .number = code} : (value){0};
}

static value date_value(date d) {
  return d == DATE_NONE ? (value){0} : (value){.form = VALUE_DATE, .number = d};
}

static value days_value(date since, date until) {
  if (since == DATE_NONE) return (value){0};
  if (until == DATE_NONE) until = since;
  int64_t least = (int64_t)date_first(until) - date_last(since) + 1,
          most = (int64_t)date_last(until) - date_first(since) + 1;
  if (least < 1) least = 1;
  return (value){
      .form = VALUE_AMOUNT, .bound = least == most ? BOUND_EXACT : BOUND_AT_LEAST, .number = least * AMOUNT_ONE};
}

/* Whether the day asked lies within; a date known to its month only may leave it open. */
static value in_force_value(const view *v, date since, date until) {
  bool sure = true;
  if (since != DATE_NONE) {
    view_until(v, date_first(since));
    view_until(v, date_last(since));
    if (date_first(since) > v->on) return (value){.form = VALUE_TRUTH};
    sure = date_last(since) <= v->on;
  }
  if (until != DATE_NONE) {
    view_until(v, date_first(until) + 1);
    view_until(v, date_last(until) + 1);
    if (date_last(until) < v->on) return (value){.form = VALUE_TRUTH};
    sure = sure && date_first(until) >= v->on;
  }
  return (value){.form = VALUE_TRUTH, .bound = sure ? BOUND_EXACT : BOUND_UNKNOWN, .number = sure};
}

static value column_value(const view *v, path_column column, fact_type type, uint32_t row) {
  const fact_columns *t = &v->s->of[type];
  switch (column) {
  case COLUMN_KIND:
    return word_value(t->kind[row]);
  case COLUMN_CODE:
    return word_value(t->code[row]);
  case COLUMN_NAME:
    return word_value(t->name[row]);
  case COLUMN_LEVEL:
    return word_value(t->level[row]);
  case COLUMN_MODE:
    return word_value(t->mode[row]);
  case COLUMN_STATUS:
    return word_value(t->status[row]);
  case COLUMN_UNIT:
    return word_value(t->unit[row]);
  case COLUMN_SINCE:
    return date_value(t->since[row]);
  case COLUMN_UNTIL:
    return date_value(t->until[row]);
  case COLUMN_AMOUNT:
    return t->bound[row] == BOUND_NONE
               ? (value){0}
               : (value){.form = VALUE_AMOUNT, .bound = (bound)t->bound[row], .number = t->amount[row]};
  case COLUMN_DAYS:
    return days_value(t->since[row], t->until[row]);
  case COLUMN_IN_FORCE:
    return in_force_value(v, t->since[row], t->until[row]);
  default:
    return (value){0};
  }
}

/* Follows the steps that lead to rows; false where one leads nowhere. What is left is at most one last step. */
static bool walk(const view *v, const path *p, fact_type *type, uint32_t *row, const path_step **last) {
  *last = NULL;
  for (size_t i = 0; i < p->count; i++) {
    const path_step *step = &p->steps[i];
    const fact_columns *t = &v->s->of[*type];
    int32_t to = -1;
    fact_type to_type = FACT_ORGANIZATION;
    switch (step->form) {
    case STEP_COLUMN:
    case STEP_ATTRIBUTE:
      *last = step;
      return true;
    case STEP_ROW:
      to = row_to(v, *type, *row, to_type = step->type);
      break;
    case STEP_HOST: {
      int32_t enrollment = row_to(v, *type, *row, FACT_ENROLLMENT);
      if (enrollment >= 0) to = v->s->of[FACT_ENROLLMENT].place[enrollment];
      break;
    }
    case STEP_SCHOOL: {
      int32_t person = row_to(v, *type, *row, FACT_PERSON);
      if (person >= 0) to = row_school(v, (uint32_t)person);
      break;
    }
    case STEP_PARENT:
    case STEP_WITHIN: {
      int32_t organization = row_to(v, *type, *row, FACT_ORGANIZATION);
      const fact_columns *organizations = &v->s->of[FACT_ORGANIZATION];
      if (organization < 0) return false;
      if (step->form == STEP_PARENT)
        to = organizations->object[organization];
      else {
        uint32_t kind = v->codes[step->word];
        for (uint32_t climbed = 0; organization >= 0 && climbed <= organizations->count; climbed++) {
          if (kind && organizations->kind[organization] == kind) break;
          organization = organizations->object[organization];
        }
        to = organization;
      }
      break;
    }
    case STEP_SUBJECT:
      to = t->subject[*row], to_type = (fact_type)t->subject_type[*row];
      break;
    case STEP_OBJECT:
      to = t->object[*row], to_type = (fact_type)t->object_type[*row];
      break;
    case STEP_FACT: {
      int32_t person = row_to(v, *type, *row, FACT_PERSON);
      if (person >= 0) to = row_fact(v, (uint32_t)person, v->codes[step->word]);
      to_type = FACT_RECORD;
      break;
    }
    }
    if (to < 0) return false;
    *type = to_type;
    *row = (uint32_t)to;
  }
  return true;
}

size_t path_values(const view *v, const path *p, fact_type type, uint32_t row, value *out, size_t most) {
  const path_step *last;
  if (!most || !walk(v, p, &type, &row, &last)) return 0;
  if (!last) {
    out[0] = (value){.form = VALUE_ROW, .type = type, .number = row};
    return 1;
  }
  if (last->form == STEP_COLUMN) {
    out[0] = column_value(v, last->column, type, row);
    return out[0].form != VALUE_NONE;
  }
  const fact_columns *t = &v->s->of[type];
  uint32_t name = v->codes[last->word];
  size_t count = 0;
  for (uint32_t i = t->attribute[row]; name && i < t->attribute[row + 1] && count < most; i++)
    if (v->s->attributes.name[i] == name) out[count++] = attribute_value(v, i);
  return count;
}

value path_value(const view *v, const path *p, fact_type type, uint32_t row) {
  value found = {0};
  return path_values(v, p, type, row, &found, 1) ? found : (value){0};
}

/* ---- showing and ordering ---- */

static const char *row_text(const view *v, fact_type type, uint32_t row) {
  const fact_columns *t = &v->s->of[type];
  uint32_t word = 0;
  if (type == FACT_PERSON)
    word = t->code[row] ? t->code[row] : t->name[row];
  else if (type == FACT_ENROLLMENT && t->subject[row] >= 0)
    return row_text(v, FACT_PERSON, (uint32_t)t->subject[row]);
  else
    word = t->name[row] ? t->name[row] : t->code[row];
  return v->s->words[word];
}

char *value_text(arena *a, const view *v, value x, language in) {
  value inner;
  switch (x.form) {
  case VALUE_WORD:
    return arena_text(a, v->s->words[x.number]);
  case VALUE_AMOUNT:
    return amount_text(a, (amount){x.number, x.bound}, in);
  case VALUE_DATE:
    return date_text(a, (date)x.number, in);
  case VALUE_TRUTH:
    return arena_text(a, in == LANGUAGE_ZH ? (x.number ? "是" : "否") : (x.number ? "yes" : "no"));
  case VALUE_TEXT:
    return arena_text(a, x.text);
  case VALUE_ROW:
    /* a dated fact stands for what it says */
    if (x.type == FACT_RECORD) {
      uint32_t row = (uint32_t)x.number;
      if (row_attribute(v, FACT_RECORD, row, subjects_word(v->s, "value"), &inner)) return value_text(a, v, inner, in);
      return value_text(a, v, date_value(v->s->of[FACT_RECORD].since[row]), in);
    }
    return arena_text(a, row_text(v, x.type, (uint32_t)x.number));
  case VALUE_NONE:
    return NULL;
  }
  return NULL;
}

int value_compare(const view *v, value x, value y) {
  if (x.form == VALUE_NONE || y.form == VALUE_NONE) return (x.form == VALUE_NONE) - (y.form == VALUE_NONE);
  if (x.form != y.form) return x.form < y.form ? -1 : 1;
  if (x.form == VALUE_TEXT) return strcmp(x.text, y.text);
  (void)v; /* words are numbered, and rows stand, in the order of their bytes */
  if (x.form == VALUE_ROW && x.type != y.type) return x.type < y.type ? -1 : 1;
  return x.number < y.number ? -1 : x.number > y.number;
}
