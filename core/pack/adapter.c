#include "pack/adapter.h"

#include "pack/adapter_parts.h"

#include <stdlib.h>
#include <string.h>

const char *const part_text_names[PART_TEXTS] = {"kind", "code", "name", "level", "mode", "status"};

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const char **keys_of(arena *a, const char *const *texts, size_t count) {
  const char **keys = arena_array(a, count + 1, sizeof *keys);
  for (size_t i = 0; i < count; i++) keys[i] = text_key(a, texts[i]);
  return keys;
}

/* A text, a whole number or a truth as a text; NULL with a fault for anything else. */
static const char *constant_text(const spot *of) {
  if (json_is_boolean(of->value)) return json_is_true(of->value) ? "true" : "false";
  if (json_is_integer(of->value)) return arena_format(of->to->memory, "%lld", (long long)json_integer_value(of->value));
  return spot_text(of, NULL);
}

/* ---- the head: reader, options, sheet, header, totals ---- */

static void read_options(building *b, const spot *of) {
  if (!spot_there(of) || !json_is_object(of->value)) {
    if (spot_there(of) && spot_count(of) > 0)
      spot_fault(of, "\"options\" is not a table of names and texts", "“options”应为名称与文本的表");
    return;
  }
  adapter_option *items = arena_array(b->memory, json_object_size(of->value), sizeof *items);
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)of->value, name, value) {
    spot one = spot_member(of, name);
    adapter_option option = {.name = arena_text(b->memory, name), .value = constant_text(&one)};
    if (option.value != NULL) items[b->made->options_count++] = option;
  }
  b->made->options = items;
}

static void read_sheet(building *b, const spot *of) {
  if (!spot_there(of)) return;
  if (json_is_string(of->value)) {
    b->made->sheet_name = spot_text(of, NULL);
    return;
  }
  int64_t number = spot_integer(of, 0);
  if (number < 1 || number > 10000)
    spot_fault(of, "\"sheet\" is neither the name of a sheet nor its number from 1",
               "“sheet”应为工作表的名称，或从 1 起的序号");
  else
    b->made->sheet_number = (int32_t)number;
}

static void read_head(building *b, const spot *root) {
  adapter *made = b->made;
  spot id = spot_member(root, "id"), title = spot_member(root, "title"), reader = spot_member(root, "reader");
  spot options = spot_member(root, "options"), sheet = spot_member(root, "sheet"), header = spot_member(root, "header");
  spot totals = spot_member(root, "totals"), ends = spot_member(root, "ends"), adds = spot_member(root, "adds");
  made->id = spot_text(&id, NULL);
  made->title = spot_there(&title) ? spot_said(&title, false) : (said){{made->id, made->id}};
  made->readers_count = spot_texts(&reader, &made->readers);
  read_options(b, &options);
  read_sheet(b, &sheet);
  made->header = spot_integer(&header, 0);
  if (made->header < 0 || (spot_there(&header) && made->header == 0))
    spot_fault(&header, "\"header\" is the number of a row, from 1", "“header”应为行号，从 1 起");
  const char **texts;
  size_t count = spot_texts(&totals, &texts);
  made->totals = keys_of(b->memory, texts, count);
  made->totals_count = count;
  made->ends_count = spot_texts(&ends, &texts);
  made->ends = keys_of(b->memory, texts, made->ends_count);
  made->adds_count = spot_texts(&adds, &made->adds);
}

/* ---- introduces ---- */

static void read_introduces(building *b, const spot *of) {
  static const char *const words[] = {"person", "organization", "enrollment", "cohort", "programme", "activity"};
  static const fact_type types[] = {FACT_PERSON, FACT_ORGANIZATION, FACT_ENROLLMENT,
                                    FACT_COHORT, FACT_PROGRAMME,    FACT_ACTIVITY};
  const char **texts;
  size_t count = spot_texts(of, &texts);
  for (size_t i = 0; i < count; i++) {
    size_t at = 0;
    while (at < COUNT(words) && strcmp(words[at], texts[i]) != 0) at++;
    if (at < COUNT(words)) {
      b->introduces[types[at]] = true;
      continue;
    }
    const char *near = text_nearest(texts[i], words, COUNT(words));
    spot_fault(of, "an adapter cannot introduce \"%s\"; nearest is \"%s\"", "适配器不能引入“%s”，最接近的是“%s”",
               texts[i], near == NULL ? words[0] : near);
  }
}

/* ---- keys and covers ---- */

static bool attribute_known(const building *b, const char *name) {
  for (size_t i = 0; i < b->parts_count; i++)
    for (size_t k = 0; k < b->parts[i].attributes_count; k++)
      if (strcmp(b->parts[i].attributes[k].name, name) == 0) return true;
  return false;
}

static bool part_item(const building *b, const char *word, key_item *out) {
  static const char *const words[] = {"person", "organization", "programme", "cohort", "activity", "enrollment"};
  static const fact_type types[] = {FACT_PERSON, FACT_ORGANIZATION, FACT_PROGRAMME,
                                    FACT_COHORT, FACT_ACTIVITY,     FACT_ENROLLMENT};
  out->form = KEY_PART;
  for (size_t i = 0; i < COUNT(words); i++)
    if (strcmp(words[i], word) == 0) {
      out->part = b->made->row_part[types[i]];
      return true;
    }
  if (strcmp(word, "host") != 0) return false;
  int enrollment = b->made->row_part[FACT_ENROLLMENT];
  out->part = enrollment < 0 ? -1 : b->parts[enrollment].place;
  return true;
}

static void read_key_item(building *b, const spot *of, const char *what, key_item *out) {
  *out = (key_item){.part = -1};
  if (spot_tag(of) != NULL) {
    out->form = KEY_SOURCE;
    source_read(of, READ_TEXT, &b->made->columns, &out->from);
    return;
  }
  const char *word = spot_text(of, NULL);
  if (word == NULL) return;
  if (part_item(b, word, out)) {
    if (out->part < 0)
      spot_fault(of, "\"%s\" names \"%s\", which the adapter does not have", "“%s”写了“%s”，而适配器没有它", what,
                 word);
    return;
  }
  for (int text = 0; text < PART_TEXTS; text++)
    if (strcmp(part_text_names[text], word) == 0) {
      out->form = KEY_TEXT;
      out->text = (part_text)text;
      return;
    }
  out->attribute = word;
  if (strcmp(word, "since") == 0)
    out->form = KEY_SINCE;
  else if (strcmp(word, "until") == 0)
    out->form = KEY_UNTIL;
  else if (strcmp(word, "amount") == 0)
    out->form = KEY_AMOUNT;
  else if (attribute_known(b, word))
    out->form = KEY_ATTRIBUTE;
  else {
    static const char *const words[] = {"person",     "organization", "host",  "programme", "cohort", "activity",
                                        "enrollment", "kind",         "code",  "name",      "level",  "mode",
                                        "status",     "since",        "until", "amount"};
    const char *near = text_nearest(word, words, COUNT(words));
    if (near != NULL)
      spot_fault(of, "\"%s\" names \"%s\", which is no member of a fact; nearest is \"%s\"",
                 "“%s”写了“%s”，它不是事实的成员，最接近的是“%s”", what, word, near);
    else
      spot_fault(of, "\"%s\" names \"%s\", which is no member of a fact; a column is written as column \"%s\"",
                 "“%s”写了“%s”，它不是事实的成员；列应写作 column \"%s\"", what, word, word);
  }
}

static size_t read_keys(building *b, const spot *of, const char *what, const key_item **out) {
  *out = NULL;
  if (!spot_there(of)) return 0;
  bool single = json_is_string(of->value) || spot_tag(of) != NULL;
  size_t count = single ? 1 : spot_count(of);
  if (count == 0) {
    spot_fault(of, "\"%s\" is empty", "“%s”为空", what);
    return 0;
  }
  key_item *items = arena_array(b->memory, count, sizeof *items);
  for (size_t i = 0; i < count; i++) {
    spot item = single ? *of : spot_item(of, i);
    read_key_item(b, &item, what, &items[i]);
  }
  *out = items;
  return count;
}

/* ---- values, only ---- */

static bool member_known(const building *b, const char *name) {
  for (int text = 0; text < PART_TEXTS; text++)
    if (strcmp(part_text_names[text], name) == 0) return true;
  return attribute_known(b, name);
}

static void read_values(building *b, const spot *of) {
  if (!spot_there(of)) return;
  if (!json_is_object(of->value) || spot_tag(of) != NULL) {
    spot_fault(of, "\"values\" is not a table such as { level = { [\"国家级\"] = \"national\" } }",
               "“values”应为表，例如 { level = { [\"国家级\"] = \"national\" } }");
    return;
  }
  value_map *maps = arena_array(b->memory, json_object_size(of->value), sizeof *maps);
  const char *member;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)of->value, member, value) {
    spot one = spot_member(of, member);
    if (!member_known(b, member)) {
      spot_fault(&one, "\"values\" names \"%s\", which is no member or attribute of this adapter",
                 "“values”写了“%s”，它不是本适配器的成员或属性", member);
      continue;
    }
    if (!json_is_object(value)) {
      spot_fault(&one, "the values of \"%s\" are not a table of texts", "“%s”的对应值应为文本的表", member);
      continue;
    }
    value_pair *pairs = arena_array(b->memory, json_object_size(value), sizeof *pairs);
    value_map *map = &maps[b->made->values_count++];
    *map = (value_map){.member = arena_text(b->memory, member), .pairs = pairs};
    const char *found;
    json_t *word;
    json_object_foreach(value, found, word) {
      spot pair = spot_member(&one, found);
      const char *text = constant_text(&pair);
      if (text != NULL) pairs[map->count++] = (value_pair){text_key(b->memory, found), text};
    }
  }
  b->made->values = maps;
}

static void read_only(building *b, const spot *of) {
  if (!spot_there(of)) return;
  if (!json_is_object(of->value) || spot_tag(of) != NULL) {
    spot_fault(of, "\"only\" is not a table such as { [\"状态\"] = \"正常\" }",
               "“only”应为表，例如 { [\"状态\"] = \"正常\" }");
    return;
  }
  only_row *items = arena_array(b->memory, json_object_size(of->value), sizeof *items);
  const char *column;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)of->value, column, value) {
    spot one = spot_member(of, column);
    const char **texts;
    size_t count = spot_texts(&one, &texts);
    if (count == 0) continue;
    only_row *row = &items[b->made->only_count++];
    source_column(&one, column, &b->made->columns, &row->from);
    row->keys = keys_of(b->memory, texts, count);
    row->count = count;
  }
  b->made->only = items;
}

/* ---- the whole ---- */

static const key_row adapter_keys[] = {
    {"id", true},          {"title", false},        {"reader", true},      {"options", false}, {"sheet", false},
    {"header", false},     {"totals", false},       {"ends", false},       {"covers", false},  {"key", false},
    {"introduces", false}, {"organization", false}, {"person", false},     {"post", false},    {"programme", false},
    {"cohort", false},     {"activity", false},     {"enrollment", false}, {"record", false},  {"records", false},
    {"relation", false},   {"relations", false},    {"values", false},     {"only", false},    {"each", false},
    {"adds", false}};

/* One or several: `record = {…}` or `records = { {…}, … }`. */
static void read_several(building *b, const spot *root, const char *one, const char *many,
                         void (*reader)(building *, const spot *)) {
  spot single = spot_member(root, one), several = spot_member(root, many);
  if (spot_there(&single)) reader(b, &single);
  if (!spot_there(&several)) return;
  size_t count = spot_count(&several);
  if (count == 0) spot_fault(&several, "\"%s\" is no list of tables", "“%s”应为表的列表", many);
  for (size_t i = 0; i < count; i++) {
    spot *item = arena_take(b->memory, sizeof *item);
    *item = spot_item(&several, i);
    reader(b, item);
  }
}

static void read_parts(building *b, const spot *root) {
  adapter *made = b->made;
  spot organization = spot_member(root, "organization"), programme = spot_member(root, "programme");
  spot cohort = spot_member(root, "cohort"), activity = spot_member(root, "activity"),
       person = spot_member(root, "person");
  spot post = spot_member(root, "post"), enrollment = spot_member(root, "enrollment");
  made->row_part[FACT_ORGANIZATION] = parts_organization(b, &organization, NULL);
  made->row_part[FACT_PROGRAMME] = parts_group(b, &programme, FACT_PROGRAMME);
  made->row_part[FACT_COHORT] = parts_group(b, &cohort, FACT_COHORT);
  made->row_part[FACT_ACTIVITY] = parts_group(b, &activity, FACT_ACTIVITY);
  made->row_part[FACT_PERSON] = parts_person(b, &person, NULL);
  parts_post(b, &post);
  parts_enrollment(b, &enrollment);
  read_several(b, root, "record", "records", parts_record);
  read_several(b, root, "relation", "relations", parts_relation);
}

/* What groups belong to, and names of their own for parts of the same type and kind. */
static void finish_parts(building *b) {
  const int *row = b->made->row_part;
  for (size_t i = 0; i < b->parts_count; i++) {
    adapter_part *part = &b->parts[i];
    if (part->type == FACT_COHORT) part->subject = row[FACT_PROGRAMME];
    if (part->type == FACT_ACTIVITY) part->subject = row[FACT_COHORT] >= 0 ? row[FACT_COHORT] : row[FACT_PROGRAMME];
    size_t same = 1;
    const char *base = part->stable;
    for (size_t k = 0; k < i; k++)
      if (strncmp(b->parts[k].stable, base, strlen(base)) == 0 &&
          (b->parts[k].stable[strlen(base)] == '\0' || b->parts[k].stable[strlen(base)] == '#'))
        same++;
    if (same > 1) part->stable = arena_format(b->memory, "%s#%zu", base, same);
  }
}

static bool makes_something(const building *b) {
  for (size_t i = 0; i < b->parts_count; i++)
    if (b->parts[i].introduces) return true;
  return false;
}

static void read_adapter(declaring *to, const json_t *declaration, const kinds *all, adapter *out) {
  size_t before = to->problems->errors;
  building b = {.to = to, .memory = to->memory, .kinds = all, .made = out};
  spot *root = arena_take(to->memory, sizeof *root);
  *root = spot_root(to, declaration);
  *out = (adapter){.where = spot_place(root)};
  for (int i = 0; i < FACT_TYPES; i++) out->row_part[i] = -1;
  spot_keys(root, adapter_keys, COUNT(adapter_keys), false, "an adapter", "适配器（adapter）");
  read_head(&b, root);
  spot introduces = spot_member(root, "introduces"), key = spot_member(root, "key"),
       covers = spot_member(root, "covers");
  spot values = spot_member(root, "values"), only = spot_member(root, "only"), each = spot_member(root, "each");
  read_introduces(&b, &introduces);
  read_parts(&b, root);
  finish_parts(&b);
  out->key_count = read_keys(&b, &key, "key", &out->key);
  for (size_t i = 0; i < out->key_count; i++) out->key_has_since = out->key_has_since || out->key[i].form == KEY_SINCE;
  out->covers_count = read_keys(&b, &covers, "covers", &out->covers);
  read_values(&b, &values);
  read_only(&b, &only);
  if (spot_there(&each)) {
    const char *tag = spot_tag(&each);
    if (tag == NULL || strcmp(tag, "function") != 0)
      spot_fault(&each, "\"each\" is no function(row, put)", "“each”应为 function(row, put)");
    else
      out->each = json_member_text(each.value, "at");
  }
  if (to->problems->errors == before && !makes_something(&b))
    spot_fault(root, "the adapter makes no fact: it has no record, post or relation and introduces nothing",
               "该适配器不产生任何事实：既没有 record、post、relation，也没有 introduces");
  out->parts = b.parts;
  out->parts_count = b.parts_count;
}

/* ---- all adapters of a pack ---- */

typedef struct found_adapter {
  adapter adapter;
  const char *pack;
} found_adapter;

static int by_id(const void *a, const void *b) {
  return strcmp(((const adapter *)a)->id, ((const adapter *)b)->id);
}

bool adapters_compile(declaring *to, const json_t *declarations, const kinds *all, adapter **out, size_t *count) {
  arena *a = to->memory;
  size_t before = to->problems->errors, found_count = 0, found_capacity = 0, i;
  found_adapter *found = NULL;
  json_t *declaration;
  json_array_foreach((json_t *)(uintptr_t)declarations, i, declaration) {
    const char *tag = json_member_text(declaration, "@");
    if (tag == NULL || strcmp(tag, "adapter") != 0) continue;
    found_adapter one = {.pack = declared_in(a, declaration)};
    read_adapter(to, declaration, all, &one.adapter);
    if (one.adapter.id == NULL) continue;
    size_t k = 0;
    while (k < found_count && strcmp(found[k].adapter.id, one.adapter.id) != 0) k++;
    if (k == found_count) {
      *ARENA_PUSH(a, found, found_count, found_capacity) = one;
      continue;
    }
    if (strcmp(found[k].pack, one.pack) == 0) {
      spot root = spot_root(to, declaration);
      spot_fault(&root, "the adapter \"%s\" is declared twice in this pack", "适配器“%s”在本规则包中声明了两次",
                 one.adapter.id);
    }
    found[k] = one;
  }
  adapter *items = arena_array(a, found_count + 1, sizeof *items);
  for (size_t k = 0; k < found_count; k++) items[k] = found[k].adapter;
  qsort(items, found_count, sizeof *items, by_id);
  *out = items;
  *count = found_count;
  return to->problems->errors == before;
}

const adapter *adapters_named(const adapter *all, size_t count, const char *id) {
  for (size_t i = 0; i < count; i++)
    if (text_same(all[i].id, id)) return &all[i];
  return NULL;
}
