#include "pack/parameter.h"

#include <string.h>

static bool read_value(const spot *value, parameter *p, parameter_entry *e) {
  declaring *to = value->to;
  if (!spot_there(value)) return spot_fault(value, "the value is missing", "缺少 value（取值）");
  const char *text = json_string_value(value->value);
  if (text && day_read(text, &e->day)) {
    p->form = PARAMETER_DAY;
    return true;
  }
  if (!json_is_object(value->value) || spot_tag(value)) {
    p->form = PARAMETER_NUMBER;
    return spot_fraction(value, &e->number);
  }
  p->form = PARAMETER_BY_WORD;
  size_t count = json_object_size(value->value), at = 0;
  parameter_word *words = arena_array(to->memory, count, sizeof *words);
  const char *key;
  json_t *unused;
  bool good = true;
  json_object_foreach((json_t *)value->value, key, unused) {
    spot one = spot_member(value, key);
    words[at].word = arena_text(to->memory, key);
    good = spot_fraction(&one, &words[at].value) && good;
    at++;
  }
  e->words = words;
  e->words_count = count;
  return good;
}

static bool read_entry(const spot *item, parameter *p, parameter_entry *e) {
  static const key_row keys[] = {{"from", true}, {"value", true}, {"source", false}, {"assumed", false}};
  bool good = spot_keys(item, keys, sizeof keys / sizeof *keys, false, "a dated value", "一个带日期的取值");
  spot from = spot_member(item, "from"), value = spot_member(item, "value");
  spot source = spot_member(item, "source"), assumed = spot_member(item, "assumed");
  e->where = spot_place(item);
  e->from = spot_day(&from, DAY_NONE);
  e->source = spot_text(&source, NULL);
  if (json_is_string(assumed.value)) {
    const char *why = json_string_value(assumed.value);
    e->assumed = (said){{why, why}};
  } else if (spot_there(&assumed)) {
    e->assumed = spot_said(&assumed, true);
  }
  if (!e->source && !e->assumed.in[LANGUAGE_ZH]) {
    good = spot_fault(item, "parameter \"%s\" has a value without a source", "参数“%s”的取值没有出处", p->id);
    fault_next(item->to->problems,
               "add source = \"issuing body, document number\", or assumed = \"why\" where nothing is published",
               "请补充 source = “发文机关、文号”；没有公开依据的，写 assumed = “理由”");
  }
  return read_value(&value, p, e) && good;
}

static void read_parameter(const spot *declared, const char *id, parameter *p) {
  static const key_row keys[] = {{"title", false}, {"unit", false}, {"by", false}};
  declaring *to = declared->to;
  *p = (parameter){.id = arena_text(to->memory, id), .where = spot_place(declared)};
  spot_keys(declared, keys, sizeof keys / sizeof *keys, true, "a parameter", "参数");
  spot title = spot_member(declared, "title"), unit = spot_member(declared, "unit"), by = spot_member(declared, "by");
  p->title = spot_there(&title) ? spot_said(&title, false) : (said){{p->id, p->id}};
  p->unit = spot_text(&unit, NULL);
  p->by = spot_text(&by, NULL);
  size_t count = spot_count(declared);
  if (!count) {
    spot_fault(declared, "parameter \"%s\" has no dated value", "参数“%s”没有任何带日期的取值", id);
    fault_next(to->problems, "add { from = \"2018-01-01\", value = …, source = \"…\" }",
               "请写 { from = \"2018-01-01\", value = …, source = \"…\" }");
    return;
  }
  parameter_entry *entries = arena_array(to->memory, count, sizeof *entries);
  for (size_t i = 0; i < count; i++) {
    spot item = spot_item(declared, i);
    parameter_form before = p->form;
    read_entry(&item, p, &entries[i]);
    if (i && p->form != before) {
      spot_fault(&item, "parameter \"%s\" has values of different forms", "参数“%s”前后取值的形式不一致", id);
      fault_next(to->problems, "write all of them as numbers, as days or as tables by word",
                 "请全部写成数、日期，或按词的表");
    }
    if (i && entries[i].from <= entries[i - 1].from) {
      spot_fault(&item, "the values of parameter \"%s\" are not in order of their dates",
                 "参数“%s”的取值没有按日期先后排列", id);
      fault_next(to->problems, "write the earliest first, each from a day of its own",
                 "请从最早的写起，每个取值各有起始日期");
    }
  }
  if (p->form == PARAMETER_BY_WORD && !p->by) {
    spot_fault(declared, "parameter \"%s\" has values by word but does not say by which scale",
               "参数“%s”按词取值，却没有说明按哪个序列", id);
    fault_next(to->problems, "add by = \"level\" (or the id of another scale)",
               "请写 by = \"level\"（或其他序列的名称）");
  }
  p->entries = entries;
  p->entries_count = count;
}

void parameters_add(parameters *all, const spot *declaration) {
  const char *key;
  json_t *unused;
  json_object_foreach((json_t *)declaration->value, key, unused) {
    if (!strcmp(key, "@") || !strcmp(key, "at")) continue;
    spot declared = spot_member(declaration, key);
    parameter *old = (parameter *)parameters_find(all, key);
    if (!old) old = ARENA_PUSH(declaration->to->memory, all->items, all->count, all->capacity);
    read_parameter(&declared, key, old);
  }
}

static size_t words_by(arena *a, const kinds *k, const char *name, const char ***out) {
  const declared_scale *scale = kinds_scale(k, name);
  if (scale) {
    *out = arena_array(a, scale->count, sizeof **out);
    for (size_t i = 0; i < scale->count; i++) (*out)[i] = scale->words[i].word;
    return scale->count;
  }
  size_t count = 0, capacity = 0;
  *out = NULL;
  for (size_t i = 0; i < k->count; i++) {
    const declared_attribute *attribute = kind_attribute(&k->items[i], name);
    for (size_t w = 0; attribute && w < attribute->words_count; w++)
      *ARENA_PUSH(a, *out, count, capacity) = attribute->words[w];
  }
  return count;
}

static void check_words(const parameter *p, const parameter_entry *e, const char **words, size_t count, declaring *to) {
  for (size_t i = 0; i < e->words_count; i++) {
    bool known = false;
    for (size_t w = 0; w < count && !known; w++) known = !strcmp(words[w], e->words[i].word);
    if (known) continue;
    fault_add(to->problems, e->where, "\"%s\" is no word of scale \"%s\"", "“%s”不是序列“%s”中的词", e->words[i].word,
              p->by);
    const char *near = text_nearest(e->words[i].word, words, count);
    if (near) fault_next(to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  }
}

void parameters_check(const parameters *all, const kinds *k, declaring *to) {
  for (size_t i = 0; i < all->count; i++) {
    const parameter *p = &all->items[i];
    if (p->form != PARAMETER_BY_WORD || !p->by) continue;
    const char **words;
    size_t count = words_by(to->memory, k, p->by, &words);
    if (!count) {
      fault_add(to->problems, p->where, "parameter \"%s\" has values by \"%s\", which is no scale",
                "参数“%s”按“%s”取值，但没有这个序列", p->id, p->by);
      fault_next(to->problems, "declare scales { %s = { … } }, or words = { … } on an attribute of that name",
                 "请声明 scales { %s = { … } }，或在同名属性上写 words = { … }", p->by);
      continue;
    }
    for (size_t e = 0; e < p->entries_count; e++) check_words(p, &p->entries[e], words, count, to);
  }
}

const parameter *parameters_find(const parameters *all, const char *id) {
  for (size_t i = 0; i < all->count; i++)
    if (!strcmp(all->items[i].id, id)) return &all->items[i];
  return NULL;
}

const char *parameters_nearest(const parameters *all, arena *a, const char *id) {
  const char **names = arena_array(a, all->count, sizeof *names);
  for (size_t i = 0; i < all->count; i++) names[i] = all->items[i].id;
  return text_nearest(id, names, all->count);
}

const parameter_entry *parameter_on(const parameter *p, day on, day *next) {
  const parameter_entry *found = NULL;
  *next = DAY_EVER;
  for (size_t i = 0; i < p->entries_count; i++) {
    if (p->entries[i].from > on) {
      *next = p->entries[i].from;
      break;
    }
    found = &p->entries[i];
  }
  return found;
}

bool parameter_value(const parameter_entry *e, const char *word, fraction *out) {
  if (!word) {
    *out = e->number;
    return e->words_count == 0;
  }
  for (size_t i = 0; i < e->words_count; i++)
    if (!strcmp(e->words[i].word, word)) {
      *out = e->words[i].value;
      return true;
    }
  return false;
}
