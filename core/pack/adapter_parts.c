#include "pack/adapter_parts.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static int new_part(building *b, fact_type type, const char *role, const spot *of) {
  adapter_part part = {.type = type, .subject = -1, .object = -1, .place = -1, .introduces = b->introduces[type]};
  part.where = spot_place(of);
  part.stable = role == NULL ? fact_type_name(type) : arena_format(b->memory, "%s %s", fact_type_name(type), role);
  *ARENA_PUSH(b->memory, b->parts, b->parts_count, b->parts_capacity) = part;
  return (int)b->parts_count - 1;
}

static bool read_source(building *b, const spot *of, const char *key, source_reading wanted, source *out) {
  spot *member = arena_take(b->memory, sizeof *member);
  *member = spot_member(of, key);
  return source_read(member, wanted, &b->made->columns, out);
}

/* ---- kinds, words, attributes ---- */

static void unknown_kind(building *b, const spot *of, fact_type type, const char *name) {
  const char **names;
  size_t count = kinds_names(b->memory, b->kinds, type, &names);
  const char *near = text_nearest(name, names, count);
  const char *word = fact_type_name(type);
  if (near != NULL)
    spot_fault(of, "there is no kind \"%s\" of type \"%s\"; nearest is \"%s\"",
               "没有名为“%s”、类型为“%s”的类别，最接近的是“%s”", name, word, near);
  else
    spot_fault(of, "there is no kind \"%s\" of type \"%s\"", "没有名为“%s”、类型为“%s”的类别", name, word);
}

static void read_kind_of(building *b, const spot *of, adapter_part *part, bool required) {
  source *from = &part->texts[TEXT_KIND];
  spot at = spot_member(of, "kind");
  if (!source_read(&at, READ_TEXT, &b->made->columns, from)) return;
  if (from->form == SOURCE_CONSTANT) {
    part->kind = kinds_named(b->kinds, from->constant);
    if (part->kind != NULL && part->kind->type != part->type) part->kind = NULL;
    if (part->kind == NULL) unknown_kind(b, &at, part->type, from->constant);
    return;
  }
  if (from->form != SOURCE_NONE) return;
  const char **names;
  size_t count = kinds_names(b->memory, b->kinds, part->type, &names);
  if (count == 1) {
    part->kind = kinds_named(b->kinds, names[0]);
    *from = (source){.form = SOURCE_CONSTANT, .constant = names[0], .where = part->where};
  } else if (required || (count > 1 && part->introduces)) {
    spot_fault(of, "\"kind\" is missing", "缺少“kind”");
  }
}

static void check_word(building *b, const spot *of, const adapter_part *part, part_text text, kind_word which) {
  const source *from = &part->texts[text];
  if (from->form == SOURCE_NONE || part->kind == NULL) return;
  spot at = spot_member(of, part_text_names[text]);
  if (which == KIND_LEVEL && !part->kind->has_level) {
    spot_fault(&at, "the kind \"%s\" has no level; it says so with level = true",
               "类别“%s”没有级别，需要时写 level = true", part->kind->name);
    return;
  }
  if (from->form != SOURCE_CONSTANT || from->constant == NULL) return;
  const char **words;
  size_t count = kind_words(b->memory, b->kinds, part->kind, which, &words);
  for (size_t i = 0; i < count; i++)
    if (strcmp(words[i], from->constant) == 0) return;
  if (count == 0) return;
  const char *near = text_nearest(from->constant, words, count);
  if (near == NULL) near = words[0];
  spot_fault(&at, "\"%s\" is no %s of the kind \"%s\"; nearest is \"%s\"",
             "“%s”不是 %s（类别“%s”）可用的词，最接近的是“%s”", from->constant, part_text_names[text], part->kind->name,
             near);
}

static source_reading reading_of(attribute_form form) {
  switch (form) {
  case FORM_AMOUNT:
    return READ_AMOUNT;
  case FORM_WHOLE:
    return READ_WHOLE;
  case FORM_DATE:
    return READ_DAY;
  case FORM_TRUTH:
    return READ_TRUTH;
  default:
    return READ_TEXT;
  }
}

/* The attribute of the part's kind, or of any kind of its type where the kind is read from the row. */
static const declared_attribute *attribute_for(building *b, const adapter_part *part, const char *name) {
  if (part->kind != NULL) return kind_attribute(part->kind, name);
  for (size_t i = 0; i < b->kinds->count; i++) {
    const declared_kind *kind = &b->kinds->items[i];
    const declared_attribute *found = kind->type == part->type ? kind_attribute(kind, name) : NULL;
    if (found != NULL) return found;
  }
  return NULL;
}

static void unknown_attribute(building *b, const spot *of, const adapter_part *part, const char *name) {
  const char **names;
  size_t count = part->kind == NULL ? 0 : kind_attribute_names(b->memory, part->kind, &names);
  const char *near = count == 0 ? NULL : text_nearest(name, names, count);
  const char *kind = part->kind == NULL ? fact_type_name(part->type) : part->kind->name;
  if (near != NULL)
    spot_fault(of, "the kind \"%s\" has no attribute \"%s\"; nearest is \"%s\"", "类别“%s”没有属性“%s”，最接近的是“%s”",
               kind, name, near);
  else
    spot_fault(of, "the kind \"%s\" has no attribute \"%s\"; it is declared in kinds",
               "类别“%s”没有属性“%s”，请在 kinds 中声明", kind, name);
}

static void read_attributes(building *b, const spot *of, adapter_part *part) {
  spot *all = arena_take(b->memory, sizeof *all);
  *all = spot_member(of, "attributes");
  if (!spot_there(all) || (json_is_array(all->value) && json_array_size(all->value) == 0)) return;
  if (!json_is_object(all->value) || spot_tag(all) != NULL) {
    spot_fault(all, "\"attributes\" is not a table of names and sources", "“attributes”应为名称与来源的表");
    return;
  }
  attribute_source *items = arena_array(b->memory, json_object_size(all->value), sizeof *items);
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)all->value, name, value) {
    spot one = spot_member(all, name);
    const declared_attribute *known = attribute_for(b, part, name);
    if (known == NULL) {
      unknown_attribute(b, &one, part, name);
      continue;
    }
    attribute_source *item = &items[part->attributes_count];
    *item = (attribute_source){.name = known->name, .attribute = part->kind == NULL ? NULL : known};
    if (source_read(&one, reading_of(known->form), &b->made->columns, &item->from)) part->attributes_count++;
    if (item->from.split && known->form != FORM_TEXT) spot_fault(&one, "only texts can be split", "只有文本才能拆分");
  }
  part->attributes = items;
}

/* The one of several words for the same that is written; the first where none is. Two at once are a fault. */
static const char *written(const spot *of, const char *const *words, size_t count) {
  const char *found = NULL;
  for (size_t i = 0; i < count; i++) {
    spot one = spot_member(of, words[i]);
    if (!spot_there(&one)) continue;
    if (found != NULL)
      spot_fault(&one, "\"%s\" and \"%s\" say the same; one is enough", "“%s”与“%s”含义相同，只写一个", found,
                 words[i]);
    else
      found = words[i];
  }
  return found == NULL ? words[0] : found;
}

/* since (from), until (till: `until` is a word of Lua), or `on` for a single day. */
static void read_dates(building *b, const spot *of, adapter_part *part) {
  static const char *const first[] = {"since", "from"}, *const last[] = {"till", "until"};
  spot on = spot_member(of, "on");
  read_source(b, of, written(of, first, COUNT(first)), READ_DAY, &part->since);
  read_source(b, of, written(of, last, COUNT(last)), READ_DAY, &part->until);
  if (!spot_there(&on)) return;
  if (part->since.form != SOURCE_NONE || part->until.form != SOURCE_NONE)
    spot_fault(&on, "\"on\" is a single day; it cannot stand beside since or till",
               "“on”表示单独一天，不能与 since 或 till 并用");
  read_source(b, of, "on", READ_DAY, &part->since);
  part->single_day = true;
}

/* ---- entities ---- */

static const key_row organization_keys[] = {
    {"kind", false}, {"code", false}, {"name", false}, {"parent", false}, {"aliases", false},   {"since", false},
    {"from", false}, {"on", false},   {"till", false}, {"until", false},  {"attributes", false}};

/* An organization named in place: a source (its code, name or an alias) or a table. -1 where absent or wrong. */
int parts_organization(building *b, const spot *of, const char *role) {
  if (!spot_there(of)) return -1;
  if (json_is_true(of->value)) {
    int row = b->made->row_part[FACT_ORGANIZATION];
    if (row < 0)
      spot_fault(of, "the adapter has no organization of its row", "适配器没有声明该行的单位（organization）");
    return row;
  }
  if (source_is(of)) {
    source from;
    if (!source_read(of, READ_TEXT, &b->made->columns, &from)) return -1;
    int at = new_part(b, FACT_ORGANIZATION, role, of);
    b->parts[at].texts[TEXT_NAME] = from;
    read_kind_of(b, of, &b->parts[at], false);
    return at;
  }
  spot_keys(of, organization_keys, COUNT(organization_keys), false, "an organization", "单位（organization）");
  spot parent = spot_member(of, "parent");
  char *above_role = role == NULL ? arena_text(b->memory, "parent") : arena_format(b->memory, "%s parent", role);
  int above = parts_organization(b, &parent, above_role);
  int at = new_part(b, FACT_ORGANIZATION, role, of);
  adapter_part *part = &b->parts[at];
  part->object = above;
  read_kind_of(b, of, part, false);
  read_source(b, of, "code", READ_TEXT, &part->texts[TEXT_CODE]);
  read_source(b, of, "name", READ_TEXT, &part->texts[TEXT_NAME]);
  read_source(b, of, "aliases", READ_TEXT, &part->aliases);
  read_dates(b, of, part);
  read_attributes(b, of, part);
  if (part->texts[TEXT_CODE].form == SOURCE_NONE && part->texts[TEXT_NAME].form == SOURCE_NONE)
    spot_fault(of, "an organization needs a code or a name", "单位需要 code 或 name");
  return at;
}

#define GROUP_KEYS                                                                                                     \
  {"kind", false}, {"code", false}, {"name", false}, {"organization", false}, {"attributes", false}, {"since", false}, \
      {"from", false}, {"on", false}, {"till", false}, {                                                               \
    "until", false                                                                                                     \
  }
static const key_row programme_keys[] = {GROUP_KEYS, {"level", false}};
static const key_row cohort_keys[] = {GROUP_KEYS};
static const key_row activity_keys[] = {GROUP_KEYS, {"mode", false}, {"amount", false}};

static void check_group_keys(const spot *of, fact_type type) {
  if (type == FACT_PROGRAMME)
    spot_keys(of, programme_keys, COUNT(programme_keys), false, "a programme", "项目（programme）");
  if (type == FACT_COHORT) spot_keys(of, cohort_keys, COUNT(cohort_keys), false, "a cohort", "批次（cohort）");
  if (type == FACT_ACTIVITY)
    spot_keys(of, activity_keys, COUNT(activity_keys), false, "an activity", "活动（activity）");
}

/* Programmes, cohorts and activities: a source (the code) or a table. */
int parts_group(building *b, const spot *of, fact_type type) {
  if (!spot_there(of)) return -1;
  if (source_is(of)) {
    source from;
    if (!source_read(of, READ_TEXT, &b->made->columns, &from)) return -1;
    int at = new_part(b, type, NULL, of);
    b->parts[at].texts[TEXT_CODE] = from;
    read_kind_of(b, of, &b->parts[at], false);
    return at;
  }
  check_group_keys(of, type);
  spot owner = spot_member(of, "organization");
  int organization = parts_organization(b, &owner, fact_type_name(type));
  int at = new_part(b, type, NULL, of);
  adapter_part *part = &b->parts[at];
  part->object = organization;
  read_kind_of(b, of, part, false);
  for (int text = TEXT_CODE; text < PART_TEXTS; text++)
    read_source(b, of, part_text_names[text], READ_TEXT, &part->texts[text]);
  check_word(b, of, part, TEXT_LEVEL, KIND_LEVEL);
  check_word(b, of, part, TEXT_MODE, KIND_MODE);
  read_dates(b, of, part);
  read_source(b, of, "amount", READ_AMOUNT, &part->amount);
  read_attributes(b, of, part);
  if (part->texts[TEXT_CODE].form == SOURCE_NONE && part->texts[TEXT_NAME].form == SOURCE_NONE)
    spot_fault(of, "it needs a code or a name to be found by", "需要 code 或 name 才能找到");
  return at;
}

int parts_person(building *b, const spot *of, const char *role) {
  static const key_row keys[] = {{"code", false}, {"name", false}, {"id", false}, {"school", false}};
  if (!spot_there(of)) return -1;
  if (source_is(of)) {
    source from;
    if (!source_read(of, READ_TEXT, &b->made->columns, &from)) return -1;
    int at = new_part(b, FACT_PERSON, role, of);
    b->parts[at].texts[TEXT_CODE] = from;
    return at;
  }
  spot_keys(of, keys, COUNT(keys), false, "a person", "人员（person）");
  spot school = spot_member(of, "school");
  int place_part = spot_there(&school) ? parts_organization(b, &school, "school") : -1;
  if (!spot_there(&school) && role == NULL) place_part = b->made->row_part[FACT_ORGANIZATION];
  int at = new_part(b, FACT_PERSON, role, of);
  adapter_part *part = &b->parts[at];
  part->place = place_part;
  read_source(b, of, "code", READ_TEXT, &part->texts[TEXT_CODE]);
  read_source(b, of, "name", READ_TEXT, &part->texts[TEXT_NAME]);
  read_source(b, of, "id", READ_TEXT, &part->id);
  if (part->texts[TEXT_CODE].form == SOURCE_NONE && part->texts[TEXT_NAME].form == SOURCE_NONE &&
      part->id.form == SOURCE_NONE)
    spot_fault(of, "a person needs an id, a code or a name", "人员需要 id、code 或 name 之一");
  return at;
}

/* ---- what joins entities ---- */

static bool needs_row(building *b, const spot *of, fact_type type) {
  if (b->made->row_part[type] >= 0) return true;
  return spot_fault(of, "it is about %s, and the adapter has no \"%s\"", "它与 %s 有关，而适配器没有“%s”",
                    fact_type_name(type), fact_type_name(type));
}

void parts_post(building *b, const spot *of) {
  static const key_row keys[] = {{"organization", false}, {"share", false}, {"kind", false},
                                 {"attributes", false},   {"since", false}, {"from", false},
                                 {"on", false},           {"till", false},  {"until", false}};
  if (!spot_there(of) || !spot_keys(of, keys, COUNT(keys), false, "a post", "任职（post）")) return;
  spot at_spot = spot_member(of, "organization");
  int organization =
      spot_there(&at_spot) ? parts_organization(b, &at_spot, "post") : b->made->row_part[FACT_ORGANIZATION];
  if (!needs_row(b, of, FACT_PERSON)) return;
  if (organization < 0) {
    if (!spot_there(&at_spot)) needs_row(b, of, FACT_ORGANIZATION);
    return;
  }
  int at = new_part(b, FACT_POST, NULL, of);
  adapter_part *part = &b->parts[at];
  part->introduces = true;
  part->subject = b->made->row_part[FACT_PERSON];
  part->object = organization;
  b->made->row_part[FACT_POST] = at;
  read_kind_of(b, of, part, false);
  read_dates(b, of, part);
  read_source(b, of, "share", READ_AMOUNT, &part->amount);
  read_attributes(b, of, part);
}

void parts_enrollment(building *b, const spot *of) {
  static const key_row keys[] = {{"kind", false},       {"host", false},  {"status", false},
                                 {"attributes", false}, {"since", false}, {"from", false},
                                 {"on", false},         {"till", false},  {"until", false}};
  if (!spot_there(of) || !spot_keys(of, keys, COUNT(keys), false, "an enrollment", "参训（enrollment）")) return;
  spot host = spot_member(of, "host");
  int place_part = parts_organization(b, &host, "host");
  if (!needs_row(b, of, FACT_PERSON)) return;
  int at = new_part(b, FACT_ENROLLMENT, NULL, of);
  adapter_part *part = &b->parts[at];
  part->subject = b->made->row_part[FACT_PERSON];
  part->object = b->made->row_part[FACT_COHORT];
  part->place = place_part;
  b->made->row_part[FACT_ENROLLMENT] = at;
  if (part->introduces) needs_row(b, of, FACT_COHORT);
  read_kind_of(b, of, part, false);
  read_dates(b, of, part);
  read_source(b, of, "status", READ_TEXT, &part->texts[TEXT_STATUS]);
  check_word(b, of, part, TEXT_STATUS, KIND_STATUS);
  read_attributes(b, of, part);
}

/* A record of an enrollment that the adapter does not name: the one of the row's person (in the row's cohort). */
static void imply_enrollment(building *b, const spot *of) {
  if (b->made->row_part[FACT_ENROLLMENT] >= 0 || b->made->row_part[FACT_PERSON] < 0) return;
  int at = new_part(b, FACT_ENROLLMENT, NULL, of);
  b->parts[at].introduces = false;
  b->parts[at].subject = b->made->row_part[FACT_PERSON];
  b->parts[at].object = b->made->row_part[FACT_COHORT];
  b->made->row_part[FACT_ENROLLMENT] = at;
}

static const char *const about_words[] = {"person", "enrollment", "cohort", "programme", "organization"};
static const fact_type about_types[] = {FACT_PERSON, FACT_ENROLLMENT, FACT_COHORT, FACT_PROGRAMME, FACT_ORGANIZATION};

static fact_type read_about(const spot *of, const declared_kind *kind) {
  spot about = spot_member(of, "of");
  int at = spot_word(&about, about_words, COUNT(about_words), -1);
  if (at < 0) return kind == NULL ? FACT_PERSON : kind->of_first;
  if (kind != NULL && !kind->of[about_types[at]])
    spot_fault(&about, "records of the kind \"%s\" are not about a %s; its \"of\" says what they are about",
               "类别“%s”的记录不能以 %s 为对象，可用对象见其“of”", kind->name, about_words[at]);
  return about_types[at];
}

static void check_amount(const spot *of, const adapter_part *part) {
  if (part->kind == NULL) return;
  spot at = spot_member(of, "amount");
  if (part->kind->amount == AMOUNT_NONE && part->amount.form != SOURCE_NONE)
    spot_fault(&at, "the kind \"%s\" has no amount", "类别“%s”没有数量", part->kind->name);
  if (part->kind->amount == AMOUNT_REQUIRED && part->amount.form == SOURCE_NONE)
    spot_fault(of, "the kind \"%s\" needs an amount", "类别“%s”必须有数量", part->kind->name);
  if (part->amount.unit != NULL && part->kind->unit != NULL && strcmp(part->amount.unit, part->kind->unit) != 0)
    spot_fault(&at, "the amount is in \"%s\", but the kind \"%s\" counts in \"%s\"",
               "数量的单位是“%s”，而类别“%s”的单位是“%s”", part->amount.unit, part->kind->name, part->kind->unit);
}

void parts_record(building *b, const spot *of) {
  static const key_row keys[] = {{"kind", true},     {"of", false},     {"amount", false},       {"level", false},
                                 {"mode", false},    {"status", false}, {"organization", false}, {"attributes", false},
                                 {"only_if", false}, {"since", false},  {"from", false},         {"on", false},
                                 {"till", false},    {"until", false}};
  if (!spot_keys(of, keys, COUNT(keys), false, "a record", "记录（record）")) return;
  spot place_spot = spot_member(of, "organization");
  int place_part = parts_organization(b, &place_spot, "record");
  adapter_part probe = {.type = FACT_RECORD, .where = spot_place(of)};
  read_kind_of(b, of, &probe, true);
  fact_type about = read_about(of, probe.kind);
  if (about == FACT_ENROLLMENT) imply_enrollment(b, of);
  if (!needs_row(b, of, about)) return;
  int at = new_part(b, FACT_RECORD, probe.kind == NULL ? NULL : probe.kind->name, of);
  adapter_part *part = &b->parts[at];
  part->introduces = true;
  part->kind = probe.kind;
  part->texts[TEXT_KIND] = probe.texts[TEXT_KIND];
  part->subject = b->made->row_part[about];
  part->object = b->made->row_part[FACT_ACTIVITY];
  part->place = place_part;
  for (int text = TEXT_LEVEL; text < PART_TEXTS; text++)
    read_source(b, of, part_text_names[text], READ_TEXT, &part->texts[text]);
  check_word(b, of, part, TEXT_LEVEL, KIND_LEVEL);
  check_word(b, of, part, TEXT_MODE, KIND_MODE);
  check_word(b, of, part, TEXT_STATUS, KIND_STATUS);
  read_dates(b, of, part);
  read_source(b, of, "amount", READ_AMOUNT, &part->amount);
  check_amount(of, part);
  read_source(b, of, "only_if", READ_TEXT, &part->only_if);
  read_attributes(b, of, part);
}

/* An end of a relation: "person" (the row's own), or a table with one key: { person = … }, { organization = … }. */
static int read_end(building *b, const spot *of, const char *role) {
  static const char *const words[] = {"person", "organization", "programme", "cohort", "activity", "enrollment"};
  static const fact_type types[] = {FACT_PERSON, FACT_ORGANIZATION, FACT_PROGRAMME,
                                    FACT_COHORT, FACT_ACTIVITY,     FACT_ENROLLMENT};
  static const key_row keys[] = {{"person", false}, {"organization", false}, {"programme", false}, {"cohort", false}};
  if (json_is_string(of->value)) {
    int word = spot_word(of, words, COUNT(words), -1);
    if (word < 0 || !needs_row(b, of, types[word])) return -1;
    return b->made->row_part[types[word]];
  }
  if (!spot_keys(of, keys, COUNT(keys), false, "an end of a relation", "关系的一端")) return -1;
  spot person = spot_member(of, "person"), organization = spot_member(of, "organization");
  spot programme = spot_member(of, "programme"), cohort = spot_member(of, "cohort");
  if (spot_there(&person)) return parts_person(b, &person, role);
  if (spot_there(&organization)) return parts_organization(b, &organization, role);
  if (spot_there(&programme)) return parts_group(b, &programme, FACT_PROGRAMME);
  if (spot_there(&cohort)) return parts_group(b, &cohort, FACT_COHORT);
  spot_fault(of, "an end of a relation is a person, an organization, a programme or a cohort",
             "关系的一端应为 person、organization、programme 或 cohort");
  return -1;
}

void parts_relation(building *b, const spot *of) {
  static const key_row keys[] = {{"kind", true},     {"a", true},      {"b", true},     {"attributes", false},
                                 {"only_if", false}, {"since", false}, {"from", false}, {"on", false},
                                 {"till", false},    {"until", false}};
  if (!spot_there(of) || !spot_keys(of, keys, COUNT(keys), false, "a relation", "关系（relation）")) return;
  spot a = spot_member(of, "a"), other = spot_member(of, "b");
  int subject = read_end(b, &a, "a"), object = read_end(b, &other, "b");
  if (subject < 0 || object < 0) return;
  int at = new_part(b, FACT_RELATION, NULL, of);
  adapter_part *part = &b->parts[at];
  part->introduces = true;
  part->subject = subject;
  part->object = object;
  read_kind_of(b, of, part, true);
  if (part->kind != NULL) part->stable = arena_format(b->memory, "relation %s", part->kind->name);
  read_dates(b, of, part);
  read_source(b, of, "only_if", READ_TEXT, &part->only_if);
  read_attributes(b, of, part);
}
