#include "pack/entry.h"

#include <string.h>

typedef struct gathering {
  declaring *to;
  const kinds *kinds;
  const char *file; /* of the declaration at hand */
  entry *items;
  size_t count, capacity;
} gathering;

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define DATES                                                                                                          \
  {"since", false}, {"from", false}, {"till", false}, {                                                                \
    "until", false                                                                                                     \
  }

static const char *file_of(arena *a, const json_t *declaration) {
  const char *at = json_member_text(declaration, "at");
  const char *colon = at == NULL ? NULL : strrchr(at, ':');
  return colon == NULL ? "" : arena_text_of(a, at, (size_t)(colon - at));
}

static bool same_pack(const char *x, const char *y) {
  size_t length = strcspn(x, "/");
  return length == strcspn(y, "/") && strncmp(x, y, length) == 0;
}

static void add(gathering *g, const spot *of, entry made) {
  made.file = g->file;
  made.where = spot_place(of);
  made.fact.row = made.where.line;
  for (size_t i = 0; made.fact.code != NULL && i < g->count; i++) {
    entry *known = &g->items[i];
    if (known->fact.type != made.fact.type || !text_same(known->fact.code, made.fact.code)) continue;
    if (same_pack(known->file, made.file))
      spot_fault(of, "the code \"%s\" is declared twice", "代码“%s”声明了两次", made.fact.code);
    *known = made;
    return;
  }
  *ARENA_PUSH(g->to->memory, g->items, g->count, g->capacity) = made;
}

/* ---- members that entries share ---- */

static date read_date_at(const spot *of) {
  const char *text = spot_text(of, NULL);
  date on = DATE_NONE;
  if (text != NULL && !date_read(text, &on))
    spot_fault(of, "\"%s\" is no date such as 2025-03-01", "“%s”不是日期，例如 2025-03-01", text);
  return on;
}

static void read_dates(const spot *of, fact *f) {
  spot since = spot_member(of, "since"), from = spot_member(of, "from");
  spot till = spot_member(of, "till"), until = spot_member(of, "until");
  f->since = read_date_at(spot_there(&since) ? &since : &from);
  f->until = read_date_at(spot_there(&till) ? &till : &until);
  if (f->since != DATE_NONE && f->until != DATE_NONE && date_last(f->until) < date_first(f->since))
    spot_fault(of, "the last day is before the first", "结束日期早于开始日期");
}

static const declared_kind *read_kind(const gathering *g, const spot *of, fact *f) {
  spot at = spot_member(of, "kind");
  const char *name = spot_text(&at, NULL), **names;
  size_t count = kinds_names(g->to->memory, g->kinds, f->type, &names);
  if (name == NULL && count == 1) name = names[0];
  if (name == NULL) {
    if (count > 0) spot_fault(of, "\"kind\" is missing", "缺少“kind”");
    return NULL;
  }
  const declared_kind *kind = kinds_named(g->kinds, name);
  if (kind != NULL && kind->type == f->type) {
    f->kind = kind->name;
    return kind;
  }
  const char *near = text_nearest(name, names, count), *word = fact_type_name(f->type);
  if (near != NULL)
    spot_fault(&at, "there is no kind \"%s\" of type \"%s\"; nearest is \"%s\"",
               "没有名为“%s”、类型为“%s”的类别，最接近的是“%s”", name, word, near);
  else
    spot_fault(&at, "there is no kind \"%s\" of type \"%s\"", "没有名为“%s”、类型为“%s”的类别", name, word);
  return NULL;
}

static const char *constant(const spot *of) {
  fraction number;
  if (json_is_string(of->value)) return spot_text(of, "");
  if (json_is_boolean(of->value)) return json_is_true(of->value) ? "true" : "false";
  return spot_fraction(of, &number) ? fraction_text(of->to->memory, number) : NULL;
}

static json_t *attribute_value(const spot *of, const declared_attribute *known, const char *text) {
  amount number;
  date on;
  char written[11];
  bool allowed = known->words_count == 0;
  switch (known->form) {
  case FORM_AMOUNT:
  case FORM_WHOLE:
    if (amount_read(text, known->decimals, known->unit, &number) == AMOUNT_GOOD && number.bound == BOUND_EXACT)
      return json_pack("{s:s}", "amount", amount_text(of->to->memory, number, LANGUAGE_EN));
    break;
  case FORM_DATE:
    if (!date_read(text, &on)) break;
    date_write(on, written);
    return json_pack("{s:s}", "date", written);
  case FORM_TRUTH:
    if (json_is_boolean(of->value)) return json_boolean(json_is_true(of->value));
    break;
  default:
    for (size_t i = 0; i < known->words_count; i++) allowed = allowed || strcmp(known->words[i], text) == 0;
    if (allowed) return json_string(text);
  }
  spot_fault(of, "\"%s\" does not fit the attribute \"%s\" of type \"%s\"", "“%s”不符合属性“%s”的类型“%s”", text,
             known->name, attribute_form_name(known->form));
  return NULL;
}

static void read_attributes(const spot *of, const declared_kind *kind, json_t *into) {
  spot all = spot_member(of, "attributes");
  const char *name;
  json_t *value;
  if (!json_is_object(all.value) || kind == NULL) return;
  json_object_foreach((json_t *)(uintptr_t)all.value, name, value) {
    spot one = spot_member(&all, name);
    const declared_attribute *known = kind_attribute(kind, name);
    if (known == NULL) {
      const char **names;
      size_t count = kind_attribute_names(of->to->memory, kind, &names);
      const char *near = text_nearest(name, names, count);
      spot_fault(&one, "the kind \"%s\" has no attribute \"%s\"%s%s", "类别“%s”没有属性“%s”%s%s", kind->name, name,
                 near == NULL ? "" : " → ", near == NULL ? "" : near);
      continue;
    }
    const char *text = constant(&one);
    json_t *made = text == NULL ? NULL : attribute_value(&one, known, text);
    if (made != NULL) json_object_set_new(into, name, made);
  }
}

static void keep_attributes(const spot *of, json_t *object, fact *f) {
  if (json_object_size(object) > 0) f->attributes = json_canonical(of->to->memory, object);
  json_decref(object);
}

static const char *member_text(const spot *of, const char *key) {
  spot at = spot_member(of, key);
  return spot_text(&at, NULL);
}

/* ---- entries ---- */

static void read_organization(gathering *g, const spot *of) {
  static const key_row keys[] = {
      {"code", true},        {"name", true}, {"kind", false}, {"parent", false}, {"aliases", false},
      {"attributes", false}, DATES};
  if (!spot_keys(of, keys, COUNT(keys), false, "an organization", "单位（organizations）")) return;
  entry made = {.fact = {.type = FACT_ORGANIZATION, .code = member_text(of, "code"), .name = member_text(of, "name")}};
  if (made.fact.code == NULL || made.fact.name == NULL) return;
  const declared_kind *kind = read_kind(g, of, &made.fact);
  made.b = member_text(of, "parent");
  made.b_type = FACT_ORGANIZATION;
  read_dates(of, &made.fact);
  json_t *attributes = json_object();
  read_attributes(of, kind, attributes);
  spot aliases = spot_member(of, "aliases");
  const char **texts;
  size_t count = spot_texts(&aliases, &texts);
  if (count > 0) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, json_string(texts[i]));
    json_object_set_new(attributes, "aliases", list);
  }
  keep_attributes(of, attributes, &made.fact);
  add(g, of, made);
}

/* What an organization holds: with its dates and attributes. */
static void add_held(gathering *g, const spot *of, const declared_kind *kind, entry made) {
  made.b = member_text(of, "organization");
  made.b_type = FACT_ORGANIZATION;
  read_dates(of, &made.fact);
  json_t *attributes = json_object();
  read_attributes(of, kind, attributes);
  keep_attributes(of, attributes, &made.fact);
  add(g, of, made);
}

static void read_cohort(gathering *g, const spot *of, const char *programme) {
  static const key_row keys[] = {{"code", true},          {"name", true},        {"kind", false},
                                 {"organization", false}, {"attributes", false}, DATES};
  if (!spot_keys(of, keys, COUNT(keys), false, "a cohort", "批次（cohorts）")) return;
  entry made = {.fact = {.type = FACT_COHORT, .code = member_text(of, "code"), .name = member_text(of, "name")}};
  if (made.fact.code == NULL || made.fact.name == NULL) return;
  const declared_kind *kind = read_kind(g, of, &made.fact);
  made.a = programme;
  made.a_type = FACT_PROGRAMME;
  add_held(g, of, kind, made);
}

static void read_programme(gathering *g, const spot *of) {
  static const key_row keys[] = {{"code", true},          {"name", true},        {"kind", false},    {"level", false},
                                 {"organization", false}, {"attributes", false}, {"cohorts", false}, DATES};
  if (!spot_keys(of, keys, COUNT(keys), false, "a programme", "项目（programmes）")) return;
  entry made = {.fact = {.type = FACT_PROGRAMME, .code = member_text(of, "code"), .name = member_text(of, "name")}};
  if (made.fact.code == NULL || made.fact.name == NULL) return;
  const declared_kind *kind = read_kind(g, of, &made.fact);
  spot level = spot_member(of, "level");
  made.fact.level = spot_text(&level, NULL);
  const declared_scale *scale = kinds_scale(g->kinds, "level");
  if (made.fact.level != NULL && scale != NULL && scale_position(scale, made.fact.level) < 0)
    spot_fault(&level, "\"%s\" is no word of the scale \"level\"", "“%s”不是序列“level”中的词", made.fact.level);
  add_held(g, of, kind, made);
  spot cohorts = spot_member(of, "cohorts");
  for (size_t i = 0; i < spot_count(&cohorts); i++) {
    spot one = spot_item(&cohorts, i);
    read_cohort(g, &one, made.fact.code);
  }
}

static void read_end(const spot *of, const char **code, fact_type *type) {
  static const char *const words[] = {"organization", "programme", "cohort", "person"};
  static const fact_type types[] = {FACT_ORGANIZATION, FACT_PROGRAMME, FACT_COHORT, FACT_PERSON};
  static const key_row keys[] = {{"organization", false}, {"programme", false}, {"cohort", false}, {"person", false}};
  if (!spot_keys(of, keys, COUNT(keys), false, "an end of a relation", "关系的一端")) return;
  for (size_t i = 0; i < COUNT(words); i++) {
    spot one = spot_member(of, words[i]);
    if (!spot_there(&one)) continue;
    *code = spot_text(&one, NULL);
    *type = types[i];
    return;
  }
  spot_fault(of, "an end of a relation is written as { organization = \"CODE\" }",
             "关系的一端应写作 { organization = \"代码\" }");
}

static void read_relation(gathering *g, const spot *of) {
  static const key_row keys[] = {{"kind", true},    {"a", true},           {"b", true},
                                 {"source", false}, {"attributes", false}, DATES};
  if (!spot_keys(of, keys, COUNT(keys), false, "a relation", "关系（relations）")) return;
  entry made = {.fact = {.type = FACT_RELATION}};
  const declared_kind *kind = read_kind(g, of, &made.fact);
  spot a = spot_member(of, "a"), b = spot_member(of, "b");
  read_end(&a, &made.a, &made.a_type);
  read_end(&b, &made.b, &made.b_type);
  if (made.a == NULL || made.b == NULL) return;
  read_dates(of, &made.fact);
  json_t *attributes = json_object();
  read_attributes(of, kind, attributes);
  const char *source = member_text(of, "source");
  if (source != NULL) json_object_set_new(attributes, "source", json_string(source));
  keep_attributes(of, attributes, &made.fact);
  add(g, of, made);
}

bool entries_compile(declaring *to, const json_t *declarations, const kinds *all, entry **out, size_t *count) {
  static const struct {
    const char *tag;
    void (*read)(gathering *, const spot *);
  } readers[] = {{"organizations", read_organization}, {"programmes", read_programme}, {"relations", read_relation}};
  size_t before = to->problems->errors, index;
  gathering g = {.to = to, .kinds = all};
  json_t *declaration;
  json_array_foreach((json_t *)(uintptr_t)declarations, index, declaration) {
    const char *tag = json_member_text(declaration, "@");
    for (size_t r = 0; r < COUNT(readers); r++) {
      if (tag == NULL || strcmp(tag, readers[r].tag) != 0) continue;
      spot root = spot_root(to, declaration);
      g.file = file_of(to->memory, declaration);
      if (spot_count(&root) == 0) spot_fault(&root, "\"%s\" lists nothing", "“%s”没有列出任何内容", tag);
      for (size_t i = 0; i < spot_count(&root); i++) {
        spot one = spot_item(&root, i);
        readers[r].read(&g, &one);
      }
    }
  }
  *out = g.items;
  *count = g.count;
  return to->problems->errors == before;
}
