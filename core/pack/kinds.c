#include "pack/kinds.h"

#include <stdlib.h>
#include <string.h>

/* While compiling: what is found, with the pack that said it, so that a later pack may replace it and the same may not.
 */
typedef struct found_kind {
  declared_kind kind;
  const char *pack;
} found_kind;

typedef struct found_scale {
  declared_scale scale;
  const char *pack;
} found_scale;

typedef struct finding {
  declaring *to;
  found_kind *kinds;
  size_t kinds_count, kinds_capacity;
  found_scale *scales;
  size_t scales_count, scales_capacity;
} finding;

static const char *const form_names[FORMS] = {"text", "amount", "whole", "date", "truth"};

const char *attribute_form_name(attribute_form form) {
  return form_names[form];
}

static bool starts_with_mark(const char *key) {
  return strcmp(key, "@") == 0 || strcmp(key, "at") == 0;
}

const char *declared_in(arena *a, const json_t *declaration) {
  const char *at = json_member_text(declaration, "at");
  if (at == NULL) return "";
  const char *slash = strchr(at, '/');
  return slash == NULL ? "" : arena_text_of(a, at, (size_t)(slash - at));
}

static bool good_name(const char *name) {
  if (name[0] < 'a' || name[0] > 'z') return false;
  for (const char *p = name; *p != '\0'; p++)
    if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '_')) return false;
  return true;
}

static bool check_name(const spot *of, const char *name) {
  if (good_name(name)) return true;
  return spot_fault(of, "the name \"%s\" is not lower-case letters, digits and _, beginning with a letter",
                    "名称“%s”只能由小写字母、数字和下划线组成，并以字母开头", name);
}

/* ---- scales ---- */

static bool words_differ(const spot *of, const declared_scale *scale, size_t count, const char *word) {
  for (size_t i = 0; i < count; i++)
    if (text_same(scale->words[i].word, word))
      return spot_fault(of, "\"%s\" stands twice in the scale \"%s\"", "“%s”在序列“%s”中出现了两次", word, scale->name);
  return true;
}

static bool read_scale_word(const spot *of, scale_word *out) {
  if (json_is_string(of->value)) {
    out->word = spot_text(of, NULL);
    out->title = (said){{out->word, out->word}};
    return true;
  }
  static const key_row keys[] = {{"zh", false}, {"en", false}, {"aliases", false}};
  if (!spot_keys(of, keys, sizeof keys / sizeof *keys, true, "a word of a scale", "序列中的词")) return false;
  spot word = spot_member(of, "1");
  out->word = spot_text(&word, NULL);
  if (out->word == NULL) {
    if (!spot_there(&word))
      spot_fault(of, "a word of a scale is missing: it is written as { \"county\", zh = \"…\", en = \"…\" }",
                 "序列中缺少词，应写作 { \"county\", zh = \"…\", en = \"…\" }");
    return false;
  }
  out->title = spot_said_keys(of, false);
  for (int i = 0; i < LANGUAGES; i++)
    if (out->title.in[i] == NULL) out->title.in[i] = out->word;
  spot aliases = spot_member(of, "aliases");
  out->aliases_count = spot_texts(&aliases, &out->aliases);
  return true;
}

static void add_scale(finding *f, const spot *words, const json_t *declaration, const char *name, said title,
                      bool ladder) {
  arena *a = f->to->memory;
  const char *pack = declared_in(a, declaration);
  size_t count = spot_count(words);
  if (count == 0) {
    spot_fault(words, "the scale \"%s\" has no words", "序列“%s”没有任何词", name);
    return;
  }
  scale_word *items = arena_array(a, count, sizeof *items);
  declared_scale scale = {.name = name, .title = title, .ladder = ladder, .words = items, .where = spot_place(words)};
  for (size_t i = 0; i < count; i++) {
    spot word = spot_item(words, i);
    if (read_scale_word(&word, &items[scale.count]) &&
        words_differ(&word, &scale, scale.count, items[scale.count].word))
      scale.count++;
  }
  for (size_t i = 0; i < f->scales_count; i++) {
    if (!text_same(f->scales[i].scale.name, name)) continue;
    if (text_same(f->scales[i].pack, pack))
      spot_fault(words, "the scale \"%s\" is declared twice in this pack", "序列“%s”在本规则包中声明了两次", name);
    f->scales[i] = (found_scale){scale, pack};
    return;
  }
  *ARENA_PUSH(a, f->scales, f->scales_count, f->scales_capacity) = (found_scale){scale, pack};
}

static void read_scales(finding *f, const json_t *declaration) {
  spot root = spot_root(f->to, declaration);
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)declaration, name, value) {
    if (starts_with_mark(name)) continue;
    spot words = spot_member(&root, name);
    if (check_name(&words, name)) add_scale(f, &words, declaration, name, (said){{NULL, NULL}}, false);
  }
}

static void read_ladder(finding *f, const json_t *declaration) {
  static const key_row keys[] = {{"id", true}, {"title", false}, {"stages", true}};
  spot root = spot_root(f->to, declaration);
  if (!spot_keys(&root, keys, sizeof keys / sizeof *keys, false, "a ladder", "梯队（ladder）")) return;
  spot id = spot_member(&root, "id"), title = spot_member(&root, "title"), stages = spot_member(&root, "stages");
  const char *name = spot_text(&id, NULL);
  if (name == NULL || !check_name(&id, name)) return;
  add_scale(f, &stages, declaration, name, spot_said(&title, false), true);
}

/* ---- kinds ---- */

static int read_decimals(const spot *of) {
  int64_t decimals = spot_integer(of, 0);
  if (decimals >= 0 && decimals <= 6) return (int)decimals;
  spot_fault(of, "\"decimals\" is %lld, it has to be 0 to 6", "“decimals”为 %lld，应为 0 到 6", (long long)decimals);
  return 0;
}

static bool read_attribute(const spot *of, const char *name, declared_attribute *out) {
  *out = (declared_attribute){.name = name, .title = {{name, name}}};
  if (json_is_string(of->value)) {
    int form = spot_word(of, form_names, FORMS, -1);
    if (form < 0) return false;
    out->form = (attribute_form)form;
    return true;
  }
  static const key_row keys[] = {
      {"type", true}, {"title", false}, {"unit", false}, {"decimals", false}, {"words", false}};
  if (!json_is_object(of->value))
    return spot_fault(
        of, "the attribute \"%s\" is neither a type (\"text\", \"amount\", \"whole\", \"date\", \"truth\") nor a table",
        "属性“%s”既不是类型（\"text\"、\"amount\"、\"whole\"、\"date\"、\"truth\"），也不是表", name);
  bool good = spot_keys(of, keys, sizeof keys / sizeof *keys, false, "an attribute", "属性");
  spot type = spot_member(of, "type"), title = spot_member(of, "title"), unit = spot_member(of, "unit");
  spot decimals = spot_member(of, "decimals"), words = spot_member(of, "words");
  int form = spot_word(&type, form_names, FORMS, -1);
  if (form < 0) return false;
  out->form = (attribute_form)form;
  if (spot_there(&title)) out->title = spot_said(&title, false);
  out->unit = spot_text(&unit, NULL);
  out->decimals = read_decimals(&decimals);
  out->words_count = spot_texts(&words, &out->words);
  if (out->form != FORM_AMOUNT && out->form != FORM_WHOLE && spot_there(&unit))
    good = spot_fault(&unit, "the attribute \"%s\" of type \"%s\" cannot have a unit",
                      "属性“%s”的类型是“%s”，不能有单位", name, form_names[form]);
  if (out->form != FORM_AMOUNT && spot_there(&decimals))
    good = spot_fault(&decimals, "the attribute \"%s\" of type \"%s\" cannot have decimals",
                      "属性“%s”的类型是“%s”，不能有小数位数", name, form_names[form]);
  if (out->form != FORM_TEXT && spot_there(&words))
    good = spot_fault(&words, "the attribute \"%s\" of type \"%s\" cannot have words",
                      "属性“%s”的类型是“%s”，不能列出词", name, form_names[form]);
  return good;
}

/* Members that every fact has: an attribute of the same name could never be named in a path. */
static const char *const taken[] = {"kind",   "code",      "name",     "level",   "mode",   "status",
                                    "since",  "until",     "amount",   "unit",    "person", "enrollment",
                                    "cohort", "programme", "activity", "subject", "object", "organization",
                                    "host",   "school",    "parent",   "days",    "fact",   "within",
                                    "rule",   "outcome",   "a",        "b"};

static void read_attributes(const spot *of, declared_kind *out) {
  if (!spot_there(of)) return;
  if (json_is_array(of->value) && json_array_size(of->value) == 0) return;
  if (!json_is_object(of->value)) {
    spot_fault(of, "\"attributes\" is not a table of names and types", "“attributes”应为名称与类型的表");
    return;
  }
  declared_attribute *items = arena_array(of->to->memory, json_object_size(of->value), sizeof *items);
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)of->value, name, value) {
    spot one = spot_member(of, name);
    if (!check_name(&one, name)) continue;
    bool free = true;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
      if (strcmp(taken[i], name) == 0)
        free = spot_fault(&one, "an attribute cannot be called \"%s\", because every fact has a member of that name",
                          "属性不能叫“%s”，因为每条事实都有同名的成员", name);
    if (free && read_attribute(&one, name, &items[out->attributes_count])) out->attributes_count++;
  }
  out->attributes = items;
}

static const char *const type_words[] = {"record",   "organization", "programme",  "cohort",
                                         "activity", "post",         "enrollment", "relation"};
static const fact_type types[] = {FACT_RECORD,   FACT_ORGANIZATION, FACT_PROGRAMME,  FACT_COHORT,
                                  FACT_ACTIVITY, FACT_POST,         FACT_ENROLLMENT, FACT_RELATION};
static const char *const of_words[] = {"person", "enrollment", "cohort", "programme", "organization"};
static const fact_type of_types[] = {FACT_PERSON, FACT_ENROLLMENT, FACT_COHORT, FACT_PROGRAMME, FACT_ORGANIZATION};

static int word_at(const char *word, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(words[i], word) == 0) return (int)i;
  return -1;
}

static void read_of(const spot *of, declared_kind *out) {
  size_t most = sizeof of_words / sizeof *of_words;
  const char **words;
  size_t count = spot_texts(of, &words);
  if (out->type != FACT_RECORD) {
    if (spot_there(of))
      spot_fault(of, "the kind \"%s\" is no kind of records, so it cannot say \"of\"",
                 "类别“%s”不是记录的类别，不能写“of”", out->name);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    int at = word_at(words[i], of_words, most);
    if (at < 0) {
      const char *near = text_nearest(words[i], of_words, most);
      if (near == NULL) near = of_words[0];
      spot_fault(of, "a record cannot be of \"%s\"; nearest is \"%s\"", "记录的对象不能是“%s”，最接近的是“%s”",
                 words[i], near);
      continue;
    }
    out->of[of_types[at]] = true;
    if (out->of_first == FACT_NONE) out->of_first = of_types[at];
  }
  if (out->of[FACT_PERSON] || out->of_first == FACT_NONE) out->of_first = FACT_PERSON;
  out->of[out->of_first] = true;
}

static void read_amount_need(const spot *of, declared_kind *out) {
  static const char *const words[] = {"optional", "required", "none"};
  bool may = out->type == FACT_RECORD || out->type == FACT_ACTIVITY || out->type == FACT_POST;
  amount_need otherwise = out->unit != NULL || out->type == FACT_POST ? AMOUNT_OPTIONAL : AMOUNT_NONE;
  out->amount = (amount_need)spot_word(of, words, 3, otherwise);
  if ((int)out->amount < 0) out->amount = otherwise;
  if (out->amount != AMOUNT_NONE && out->type != FACT_POST && out->unit == NULL && spot_there(of))
    spot_fault(of, "the kind \"%s\" has an amount but no unit", "类别“%s”有数量，却没有单位", out->name);
  if (out->amount != AMOUNT_NONE && !may) {
    spot_fault(of, "the kind \"%s\" cannot have an amount: only records, activities and posts have one",
               "类别“%s”不能有数量，只有记录、活动和任职才有", out->name);
    out->amount = AMOUNT_NONE;
  }
}

static bool read_kind(const spot *of, const char *name, declared_kind *out) {
  static const key_row keys[] = {{"title", false},    {"type", false},      {"of", false},   {"unit", false},
                                 {"decimals", false}, {"amount", false},    {"mode", false}, {"status", false},
                                 {"level", false},    {"attributes", false}};
  *out = (declared_kind){.name = name, .title = {{name, name}}, .where = spot_place(of)};
  spot_keys(of, keys, sizeof keys / sizeof *keys, false, "a kind", "类别（kinds）");
  spot title = spot_member(of, "title"), type = spot_member(of, "type"), about = spot_member(of, "of");
  spot unit = spot_member(of, "unit"), decimals = spot_member(of, "decimals"), amount_spot = spot_member(of, "amount");
  spot mode = spot_member(of, "mode"), status = spot_member(of, "status"), level = spot_member(of, "level");
  spot attributes = spot_member(of, "attributes");
  if (spot_there(&title)) out->title = spot_said(&title, false);
  int at = spot_word(&type, type_words, sizeof types / sizeof *types, 0);
  if (at < 0) return false;
  out->type = types[at];
  read_of(&about, out);
  out->unit = spot_text(&unit, NULL);
  out->decimals = out->type == FACT_POST && !spot_there(&decimals) ? 6 : read_decimals(&decimals);
  read_amount_need(&amount_spot, out);
  out->words_count[KIND_MODE] = spot_texts(&mode, &out->words[KIND_MODE]);
  out->words_count[KIND_STATUS] = spot_texts(&status, &out->words[KIND_STATUS]);
  out->has_level = spot_truth(&level, out->type == FACT_PROGRAMME);
  read_attributes(&attributes, out);
  return true;
}

/* Whether something that is said of the earlier is not said of the later, which takes its place as a whole. */
static bool loses(const declared_kind *later, const declared_kind *earlier) {
  bool lost = later->type != earlier->type || !text_same(later->unit, earlier->unit);
  for (size_t i = 0; i < earlier->attributes_count && !lost; i++) {
    const declared_attribute *was = &earlier->attributes[i], *is = kind_attribute(later, was->name);
    lost = !is || is->form != was->form;
    for (size_t w = 0; !lost && is->words_count && w < was->words_count; w++)
      lost = word_at(was->words[w], is->words, is->words_count) < 0;
  }
  return lost;
}

static void read_kinds(finding *f, const json_t *declaration) {
  arena *a = f->to->memory;
  const char *pack = declared_in(a, declaration);
  spot *root = arena_take(a, sizeof *root);
  *root = spot_root(f->to, declaration);
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)declaration, name, value) {
    if (starts_with_mark(name)) continue;
    spot one = spot_member(root, name);
    if (!check_name(&one, name)) continue;
    declared_kind kind;
    if (!read_kind(&one, name, &kind)) continue;
    size_t i = 0;
    while (i < f->kinds_count && !text_same(f->kinds[i].kind.name, name)) i++;
    if (i < f->kinds_count) {
      if (text_same(f->kinds[i].pack, pack))
        spot_fault(&one, "the kind \"%s\" is declared twice in this pack", "类别“%s”在本规则包中声明了两次", name);
      else if (loses(&kind, &f->kinds[i].kind))
        kind.lost = f->kinds[i].kind.where;
      f->kinds[i] = (found_kind){kind, pack};
    } else {
      *ARENA_PUSH(a, f->kinds, f->kinds_count, f->kinds_capacity) = (found_kind){kind, pack};
    }
  }
}

static int by_kind_name(const void *a, const void *b) {
  return strcmp(((const declared_kind *)a)->name, ((const declared_kind *)b)->name);
}

static int by_scale_name(const void *a, const void *b) {
  return strcmp(((const declared_scale *)a)->name, ((const declared_scale *)b)->name);
}

bool kinds_compile(declaring *to, const json_t *declarations, kinds *out) {
  size_t before = to->problems->errors;
  finding f = {.to = to};
  size_t i;
  json_t *declaration;
  json_array_foreach((json_t *)(uintptr_t)declarations, i, declaration) {
    const char *tag = json_member_text(declaration, "@");
    if (tag == NULL) continue;
    if (strcmp(tag, "scales") == 0) read_scales(&f, declaration);
    if (strcmp(tag, "ladder") == 0) read_ladder(&f, declaration);
    if (strcmp(tag, "kinds") == 0) read_kinds(&f, declaration);
  }
  declared_kind *items = arena_array(to->memory, f.kinds_count + 1, sizeof *items);
  for (size_t k = 0; k < f.kinds_count; k++) items[k] = f.kinds[k].kind;
  declared_scale *scales = arena_array(to->memory, f.scales_count + 1, sizeof *scales);
  for (size_t k = 0; k < f.scales_count; k++) scales[k] = f.scales[k].scale;
  qsort(items, f.kinds_count, sizeof *items, by_kind_name);
  qsort(scales, f.scales_count, sizeof *scales, by_scale_name);
  *out = (kinds){.items = items, .count = f.kinds_count, .scales = scales, .scales_count = f.scales_count};
  return to->problems->errors == before;
}

/* ---- looking things up ---- */

const declared_kind *kinds_named(const kinds *all, const char *name) {
  if (name == NULL || all->count == 0) return NULL;
  declared_kind wanted = {.name = name};
  return bsearch(&wanted, all->items, all->count, sizeof *all->items, by_kind_name);
}

const declared_scale *kinds_scale(const kinds *all, const char *name) {
  if (name == NULL || all->scales_count == 0) return NULL;
  declared_scale wanted = {.name = name};
  return bsearch(&wanted, all->scales, all->scales_count, sizeof *all->scales, by_scale_name);
}

const declared_attribute *kind_attribute(const declared_kind *of, const char *name) {
  for (size_t i = 0; i < of->attributes_count; i++)
    if (text_same(of->attributes[i].name, name)) return &of->attributes[i];
  return NULL;
}

int scale_position(const declared_scale *of, const char *word) {
  for (size_t i = 0; i < of->count; i++)
    if (text_same(of->words[i].word, word)) return (int)i;
  return -1;
}

static bool same_key(arena *a, const char *key, const char *text) {
  return text != NULL && strcmp(key, text_key(a, text)) == 0;
}

const char *scale_meant(arena *a, const declared_scale *of, const char *text) {
  int at = scale_position(of, text);
  if (at >= 0) return of->words[at].word;
  const char *key = text_key(a, text);
  for (size_t i = 0; i < of->count; i++) {
    const scale_word *w = &of->words[i];
    if (same_key(a, key, w->word) || same_key(a, key, w->title.in[LANGUAGE_ZH]) ||
        same_key(a, key, w->title.in[LANGUAGE_EN]))
      return w->word;
    for (size_t k = 0; k < w->aliases_count; k++)
      if (same_key(a, key, w->aliases[k])) return w->word;
  }
  return NULL;
}

size_t kind_words(arena *a, const kinds *all, const declared_kind *of, kind_word which, const char ***out) {
  static const char *const scales[KIND_WORDS] = {"level", "mode", "status"};
  *out = NULL;
  if (which != KIND_LEVEL && of->words_count[which] > 0) {
    *out = of->words[which];
    return of->words_count[which];
  }
  const declared_scale *scale = kinds_scale(all, scales[which]);
  if (scale == NULL) return 0;
  const char **words = arena_array(a, scale->count, sizeof *words);
  for (size_t i = 0; i < scale->count; i++) words[i] = scale->words[i].word;
  *out = words;
  return scale->count;
}

size_t kinds_names(arena *a, const kinds *all, fact_type type, const char ***out) {
  const char **names = arena_array(a, all->count + 1, sizeof *names);
  size_t count = 0;
  for (size_t i = 0; i < all->count; i++)
    if (type == FACT_NONE || all->items[i].type == type) names[count++] = all->items[i].name;
  *out = names;
  return count;
}

size_t kind_attribute_names(arena *a, const declared_kind *of, const char ***out) {
  const char **names = arena_array(a, of->attributes_count + 1, sizeof *names);
  for (size_t i = 0; i < of->attributes_count; i++) names[i] = of->attributes[i].name;
  *out = names;
  return of->attributes_count;
}

bool kinds_unknown(const kinds *all, const spot *at, const char *name) {
  const char **names;
  size_t count = kinds_names(at->to->memory, all, FACT_NONE, &names);
  spot_fault(at, "no kind is named \"%s\"", "没有名为“%s”的种类", name);
  const char *near = text_nearest(name, names, count);
  if (near) return fault_next(at->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
  return fault_next(at->to->problems, "a new one is declared in kinds { … }", "新的种类在 kinds { … } 中声明");
}
