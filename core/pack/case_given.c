#include "pack/case_given.h"

#include "pack/pack_rules.h"

#include <string.h>

typedef struct maker {
  const pack *pack;
  declaring *to;
  case_facts *facts;
  fact_type of; /* what the rule under test is about */
  int64_t entities;
  int64_t person, enrollment, organization, cohort; /* the ones at hand */
} maker;

static fact *new_fact(maker *m, fact_type type) {
  fact *f = ARENA_PUSH(m->to->memory, m->facts->items, m->facts->count, m->facts->capacity);
  *f = (fact){.type = type,
              .id = (int64_t)m->facts->count,
              .import = 1,
              .source = 1,
              .row = (int64_t)m->facts->count,
              .part = 1,
              .since = DATE_NONE,
              .until = DATE_NONE,
              .key = (int64_t)m->facts->count};
  if (fact_is_entity(type)) f->entity = ++m->entities;
  return f;
}

static date read_date(const spot *declared) {
  const char *text = spot_text(declared, NULL);
  date d;
  if (!text) return DATE_NONE;
  if (date_read(text, &d)) return d;
  spot_fault(declared, "\"%s\" is no date", "“%s”不是日期", text);
  return DATE_NONE;
}

static void read_dates(const spot *declared, fact *f) {
  spot since = spot_member(declared, "since"), till = spot_till(declared);
  f->since = read_date(&since);
  f->until = spot_there(&till) ? read_date(&till) : DATE_NONE;
}

/* As an import would refuse it: a word that is not among those declared. */
static void check_word(maker *m, const spot *declared, const char *const *words, size_t count) {
  const char *text = json_string_value(declared->value);
  if (!text || !count) return;
  for (size_t i = 0; i < count; i++)
    if (!strcmp(words[i], text)) return;
  buffer known = {0};
  for (size_t i = 0; i < count; i++) buffer_format(&known, "%s%s", i ? ", " : "", words[i]);
  spot_fault(declared, "\"%s\" is none of the words declared, an import would refuse it",
             "“%s”不是已声明的词，导入时会被拒绝", text);
  fault_next(m->to->problems, "words are: %s", "可用的词：%s", known.at ? known.at : "");
  buffer_free(&known);
}

static void check_kind_word(maker *m, const spot *declared, const declared_kind *kind, kind_word which) {
  const char **words;
  if (!kind || !spot_there(declared)) return;
  size_t count = kind_words(m->to->memory, &m->pack->kinds, kind, which, &words);
  check_word(m, declared, words, count);
}

/* More decimals than the kind or attribute has, which an import refuses too. */
static void check_decimals(const spot *declared, int decimals) {
  fraction f;
  int64_t parts = 1;
  if (!spot_there(declared) ||
      (!json_is_integer(declared->value) && !spot_tag(declared) && !json_is_string(declared->value)))
    return;
  amount unused;
  const char *text = json_string_value(declared->value);
  if (text && amount_read(text, decimals, NULL, &unused) == AMOUNT_GOOD) return;
  for (int i = 0; i < decimals; i++) parts *= 10;
  if (!spot_fraction(declared, &f) || parts % f.below == 0) return;
  spot_fault(declared, "%s has more than %d decimals, an import would refuse it", "%s 的小数超过 %d 位，导入时会被拒绝",
             fraction_text(declared->to->memory, f), decimals);
  fault_next(declared->to->problems, "declare decimals = … on the kind or attribute, or give fewer",
             "请在类别或属性上声明 decimals = …，或减少小数位数");
}

static amount read_amount(const spot *declared, int decimals) {
  amount out = {0};
  const char *text = json_string_value(declared->value);
  fraction f;
  if (!spot_there(declared)) return out;
  if (text && amount_read(text, decimals, NULL, &out) == AMOUNT_GOOD) return out;
  if (spot_fraction(declared, &f) && AMOUNT_ONE % f.below == 0)
    return (amount){f.above * (AMOUNT_ONE / f.below), BOUND_EXACT};
  spot_fault(declared, "an amount with at most six decimals is expected", "此处应为至多六位小数的数量");
  return out;
}

static char *written(maker *m, const spot *declared) { /* a number as attributes carry it */
  fraction f;
  return spot_fraction(declared, &f) ? fraction_text(m->to->memory, f) : arena_text(m->to->memory, "0");
}

static void read_attributes(maker *m, const spot *declared, const declared_kind *kind, fact *f) {
  spot attributes = spot_member(declared, "attributes");
  if (!json_is_object(attributes.value)) return;
  json_t *out = json_object();
  const char *key;
  json_t *unused;
  json_object_foreach((json_t *)attributes.value, key, unused) {
    spot one = spot_member(&attributes, key);
    const declared_attribute *attribute = kind ? kind_attribute(kind, key) : NULL;
    if (kind && !attribute) {
      const char **names;
      size_t count = kind_attribute_names(m->to->memory, kind, &names);
      spot_fault(&one, "kind \"%s\" has no attribute \"%s\"", "种类“%s”没有属性“%s”", kind->name, key);
      const char *near = text_nearest(key, names, count);
      if (near) fault_next(m->to->problems, "did you mean \"%s\"?", "是否应为“%s”？", near);
      continue;
    }
    if (attribute && attribute->form == FORM_TEXT) check_word(m, &one, attribute->words, attribute->words_count);
    if (attribute && (attribute->form == FORM_AMOUNT || attribute->form == FORM_WHOLE))
      check_decimals(&one, attribute->decimals);
    if (attribute && attribute->form == FORM_DATE)
      json_object_set_new(out, key, json_pack("{s:o?}", "date", json_incref((json_t *)one.value)));
    else if (attribute && (attribute->form == FORM_AMOUNT || attribute->form == FORM_WHOLE))
      json_object_set_new(out, key, json_pack("{s:s}", "amount", written(m, &one)));
    else if (json_is_integer(one.value))
      json_object_set_new(out, key, json_pack("{s:s}", "amount", written(m, &one)));
    else
      json_object_set(out, key, (json_t *)one.value);
  }
  f->attributes = json_canonical(m->to->memory, out);
  json_decref(out);
}

static int64_t named(maker *m, fact_type type, const char *code) {
  for (size_t i = 0; i < m->facts->count; i++) {
    const fact *f = &m->facts->items[i];
    if (f->type == type && (text_same(f->code, code) || text_same(f->name, code))) return f->entity;
  }
  fact *f = new_fact(m, type);
  f->code = f->name = arena_text(m->to->memory, code);
  return f->entity;
}

static const declared_kind *kind_of(maker *m, const spot *declared, const char **name) {
  spot kind_spot = spot_member(declared, "kind");
  *name = spot_text(&kind_spot, NULL);
  if (!*name) {
    spot_fault(declared, "the kind is missing", "缺少种类（kind）");
    return NULL;
  }
  const declared_kind *kind = kinds_named(&m->pack->kinds, *name);
  if (kind) return kind;
  kinds_unknown(&m->pack->kinds, &kind_spot, *name);
  return NULL;
}

static void read_record(maker *m, const spot *declared) {
  static const key_row keys[] = {{"kind", true},        {"of", false},       {"since", false},
                                 {"till", false},       {"until", false},    {"amount", false},
                                 {"level", false},      {"mode", false},     {"status", false},
                                 {"attributes", false}, {"activity", false}, {"organization", false}};
  spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "a record", "记录");
  const char *name;
  const declared_kind *kind = kind_of(m, declared, &name);
  if (!kind) return;
  spot of = spot_member(declared, "of"), many = spot_member(declared, "amount"), level = spot_member(declared, "level");
  spot mode = spot_member(declared, "mode"), status = spot_member(declared, "status"),
       activity = spot_member(declared, "activity");
  spot organization = spot_member(declared, "organization");
  fact_type about = spot_there(&of) ? read_subject_type(&of, FACT_PERSON)
                    : m->of == FACT_ORGANIZATION && kind->of[FACT_ORGANIZATION] && m->organization ? FACT_ORGANIZATION
                    : m->of == FACT_COHORT && kind->of[FACT_COHORT] && m->cohort                   ? FACT_COHORT
                    : m->of == FACT_ENROLLMENT && kind->of[FACT_ENROLLMENT] && m->enrollment       ? FACT_ENROLLMENT
                                                                                                   : FACT_PERSON;
  int64_t activity_entity = spot_there(&activity) ? named(m, FACT_ACTIVITY, spot_text(&activity, "")) : 0;
  int64_t place_entity = spot_there(&organization) ? named(m, FACT_ORGANIZATION, spot_text(&organization, "")) : 0;
  fact *f = new_fact(m, FACT_RECORD);
  f->kind = kind->name;
  f->subject_type = about;
  f->subject = about == FACT_ENROLLMENT     ? m->enrollment
               : about == FACT_ORGANIZATION ? m->organization
               : about == FACT_COHORT       ? m->cohort
                                            : m->person;
  f->object_type = activity_entity ? FACT_ACTIVITY : FACT_NONE;
  f->object = activity_entity;
  f->place = place_entity;
  f->level = spot_text(&level, NULL);
  f->mode = spot_text(&mode, NULL);
  f->status = spot_text(&status, NULL);
  read_dates(declared, f);
  if (f->until == DATE_NONE) f->until = f->since; /* a single day has both */
  check_kind_word(m, &level, kind, KIND_LEVEL);
  check_kind_word(m, &mode, kind, KIND_MODE);
  check_kind_word(m, &status, kind, KIND_STATUS);
  f->amount = read_amount(&many, 6);
  check_decimals(&many, kind->decimals);
  f->unit = kind->unit;
  read_attributes(m, declared, kind, f);
}

static void read_facts(maker *m, const spot *facts) {
  const char *key;
  json_t *unused;
  if (!json_is_object(facts->value)) return;
  json_object_foreach((json_t *)facts->value, key, unused) {
    spot one = spot_member(facts, key);
    const declared_kind *kind = kinds_named(&m->pack->kinds, key);
    if (!kind) {
      kinds_unknown(&m->pack->kinds, &one, key);
      continue;
    }
    fact *f = new_fact(m, FACT_RECORD);
    f->kind = kind->name;
    f->subject_type = FACT_PERSON;
    f->subject = m->person;
    date d;
    const char *text = json_string_value(one.value);
    if (text && date_read(text, &d))
      f->since = f->until = d;
    else if (text)
      f->attributes = json_canonical(m->to->memory, json_kept(m->to->memory, json_pack("{s:s}", "value", text)));
    else
      f->amount = read_amount(&one, 6);
  }
}

static int64_t programme_cohort(maker *m, const char *code) {
  int64_t programme = named(m, FACT_PROGRAMME, code);
  for (size_t i = 0; i < m->facts->count; i++)
    if (m->facts->items[i].type == FACT_COHORT && m->facts->items[i].subject == programme)
      return m->facts->items[i].entity;
  fact *f = new_fact(m, FACT_COHORT);
  f->code = f->name = arena_format(m->to->memory, "%s-1", code);
  f->subject_type = FACT_PROGRAMME;
  f->subject = programme;
  return f->entity;
}

static void read_enrollment(maker *m, const spot *declared) {
  static const key_row keys[] = {{"kind", true},       {"host", false},   {"cohort", false},
                                 {"programme", false}, {"since", false},  {"till", false},
                                 {"until", false},     {"status", false}, {"attributes", false}};
  spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "an enrollment", "参训");
  const char *name;
  const declared_kind *kind = kind_of(m, declared, &name);
  spot host = spot_member(declared, "host"), cohort = spot_member(declared, "cohort"),
       programme = spot_member(declared, "programme");
  spot status = spot_member(declared, "status");
  int64_t host_entity = spot_there(&host) ? named(m, FACT_ORGANIZATION, spot_text(&host, "")) : 0;
  int64_t cohort_entity = spot_there(&cohort)      ? named(m, FACT_COHORT, spot_text(&cohort, ""))
                          : spot_there(&programme) ? programme_cohort(m, spot_text(&programme, ""))
                                                   : 0;
  fact *f = new_fact(m, FACT_ENROLLMENT);
  f->kind = kind ? kind->name : NULL;
  f->subject_type = FACT_PERSON;
  f->subject = m->person;
  f->object_type = cohort_entity ? FACT_COHORT : FACT_NONE;
  f->object = cohort_entity;
  f->place = host_entity;
  f->status = spot_text(&status, NULL);
  check_kind_word(m, &status, kind, KIND_STATUS);
  read_dates(declared, f);
  read_attributes(m, declared, kind, f);
  if (!m->enrollment) m->enrollment = m->facts->items[m->facts->count - 1].entity;
}

static int64_t read_end(maker *m, const spot *declared, int64_t otherwise, fact_type *type) {
  *type = FACT_PERSON;
  if (!spot_there(declared)) return otherwise;
  const char *code = json_string_value(declared->value);
  if (code) return named(m, FACT_PERSON, code);
  static const fact_type types[] = {FACT_PERSON, FACT_ORGANIZATION, FACT_PROGRAMME, FACT_COHORT};
  for (size_t i = 0; i < 4; i++) {
    spot one = spot_member(declared, fact_type_name(types[i]));
    if (!spot_there(&one)) continue;
    *type = types[i];
    return named(m, types[i], spot_text(&one, ""));
  }
  spot_fault(declared, "an end of a relation is { person = \"T01\" } or { organization = … }",
             "关系的一端应写 { person = \"T01\" } 或 { organization = … }");
  return 0;
}

static void read_relation(maker *m, const spot *declared) {
  static const key_row keys[] = {{"kind", true},   {"a", false},    {"b", false},
                                 {"since", false}, {"till", false}, {"until", false}};
  spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "a relation", "关系");
  const char *name;
  const declared_kind *kind = kind_of(m, declared, &name);
  spot a = spot_member(declared, "a"), b = spot_member(declared, "b");
  fact_type a_type, b_type;
  int64_t a_entity = read_end(m, &a, m->person, &a_type), b_entity = read_end(m, &b, m->person, &b_type);
  fact *f = new_fact(m, FACT_RELATION);
  f->kind = kind ? kind->name : NULL;
  f->subject_type = a_type, f->subject = a_entity;
  f->object_type = b_type, f->object = b_entity;
  read_dates(declared, f);
}

static void read_post(maker *m, const spot *declared) {
  static const key_row keys[] = {{"organization", true}, {"since", false}, {"till", false},
                                 {"until", false},       {"share", false}, {"kind", false}};
  spot_keys(declared, keys, sizeof keys / sizeof *keys, false, "a post", "任职");
  spot organization = spot_member(declared, "organization"), share = spot_member(declared, "share");
  int64_t entity = named(m, FACT_ORGANIZATION, spot_text(&organization, ""));
  fact *f = new_fact(m, FACT_POST);
  f->subject_type = FACT_PERSON, f->subject = m->person;
  f->object_type = FACT_ORGANIZATION, f->object = entity;
  f->amount = read_amount(&share, 6);
  read_dates(declared, f);
}

static void read_all(maker *m, const spot *given, const char *key, void (*read)(maker *, const spot *)) {
  spot list = spot_member(given, key);
  for (size_t i = 0; i < spot_count(&list); i++) {
    spot one = spot_item(&list, i);
    read(m, &one);
  }
}

static void read_person(maker *m, const spot *given, const char *code) {
  m->person = named(m, FACT_PERSON, code);
  m->enrollment = 0;
  spot facts = spot_member(given, "facts");
  read_facts(m, &facts);
  read_all(m, given, "posts", read_post);
  read_all(m, given, "enrollments", read_enrollment);
  read_all(m, given, "records", read_record);
  read_all(m, given, "relations", read_relation);
}

/* "S1", or { code = "S1", kind = "school" } where a rule or coverage asks for the kind. 0: none is given. */
static int64_t read_entity(maker *m, const spot *given, const char *key, fact_type type) {
  static const key_row keys[] = {{"code", true}, {"kind", true}};
  spot declared = spot_member(given, key);
  if (!spot_there(&declared)) return 0;
  if (json_is_string(declared.value)) return named(m, type, spot_text(&declared, ""));
  spot_keys(&declared, keys, 2, false, "an organization or cohort of a case", "案例中的机构或批次");
  spot code = spot_member(&declared, "code");
  const char *kind;
  int64_t entity = named(m, type, spot_text(&code, ""));
  if (kind_of(m, &declared, &kind)) m->facts->items[m->facts->count - 1].kind = kind;
  return entity;
}

bool case_given_read(const pack *p, const spot *given, fact_type of, case_facts *out) {
  static const key_row keys[] = {{"person", false},     {"people", false},       {"programme", false},
                                 {"facts", false},      {"records", false},      {"enrollments", false},
                                 {"relations", false},  {"posts", false},        {"code", false},
                                 {"parameters", false}, {"organization", false}, {"cohort", false}};
  size_t errors = given->to->problems->errors;
  maker m = {p, given->to, out, of, 0, 0, 0, 0, 0};
  spot_keys(given, keys, sizeof keys / sizeof *keys, false, "what is given", "given");
  m.organization = read_entity(&m, given, "organization", FACT_ORGANIZATION);
  m.cohort = read_entity(&m, given, "cohort", FACT_COHORT);
  spot people = spot_member(given, "people"), programme = spot_member(given, "programme");
  if (spot_there(&programme)) {
    spot code = spot_member(&programme, "code"), kind = spot_member(&programme, "kind");
    named(&m, FACT_PROGRAMME,
          json_is_string(programme.value) ? spot_text(&programme, "") : spot_text(&code, "PROGRAMME"));
    out->items[out->count - 1].kind = spot_text(&kind, NULL);
  }
  for (size_t i = 0; i < spot_count(&people); i++) { /* all of them first: relations name each other */
    spot one = spot_item(&people, i), code = spot_member(&one, "code");
    named(&m, FACT_PERSON, spot_text(&code, ""));
  }
  for (size_t i = 0; i < spot_count(&people); i++) {
    spot one = spot_item(&people, i), code = spot_member(&one, "code");
    spot_keys(&one, keys, sizeof keys / sizeof *keys, false, "a person of a case", "案例中的人员");
    read_person(&m, &one, spot_text(&code, ""));
  }
  if (!spot_count(&people)) read_person(&m, given, "P");
  return given->to->problems->errors == errors;
}
