#include "task/matching.h"

#include "base/json.h"
#include "task/resident.h"

#include <string.h>

int64_t match_entity_key(arena *a, const adapter *of, fact_type type, int64_t entity) {
  digest_stream *stream = digest_begin(a);
  digest_add_text(stream, of->id);
  digest_add_text(stream, fact_type_name(type));
  digest_add_integer(stream, entity);
  return digest_key(digest_end(stream));
}

static const said type_words[FACT_TYPES] = {
    [FACT_PERSON] = {{"人员", "person"}},       [FACT_ORGANIZATION] = {{"单位", "organization"}},
    [FACT_PROGRAMME] = {{"项目", "programme"}}, [FACT_COHORT] = {{"批次", "cohort"}},
    [FACT_ACTIVITY] = {{"活动", "activity"}},   [FACT_ENROLLMENT] = {{"参训", "enrollment"}}};

static bool same_key(arena *a, const char *x, const char *y) {
  return x != NULL && y != NULL && strcmp(text_key(a, x), text_key(a, y)) == 0;
}

/* ---- ID numbers ---- */

bool match_id(matching *m, const row_reading *r, const adapter_part *part, fact *f) {
  const char *column, *text = cell_text(r, &part->id, &column);
  char number[RESIDENT_SIZE];
  if (text == NULL) return true;
  resident_problem problem = resident_read(r->memory, text, number);
  if (problem != RESIDENT_GOOD) {
    said words = resident_words(problem), next = resident_next(problem);
    const char *shown = resident_masked(r->memory, text);
    fault_add(r->problems, cell_place(r, column), "the ID number \"%s\" %s%.0s", "身份证号“%s”%.0s%s", shown,
              words.in[LANGUAGE_EN], words.in[LANGUAGE_ZH]);
    return fault_next(r->problems, "%s%.0s", "%.0s%s", next.in[LANGUAGE_EN], next.in[LANGUAGE_ZH]);
  }
  if (m->id_key == NULL) m->id_key = ledger_id_key(m->ledger, r->problems);
  if (m->id_key == NULL) return false;
  f->has_id = true;
  f->id_hash = resident_hash(m->id_key, number);
  f->id_tail = arena_text(r->memory, number + 14);
  return true;
}

/* ---- candidates ---- */

static bool fact_at(const matching *m, const row_reading *r, fact_type type, int64_t entity, fact *out) {
  return known_fact(m->known, type, entity, r->memory, out, r->problems);
}

static const char *shown_name(const row_reading *r, const fact *f) {
  if (f->code != NULL && f->name != NULL && f->type != FACT_PERSON)
    return arena_format(r->memory, "%s %s", f->code, f->name);
  if (f->code != NULL) return f->code;
  if (f->type == FACT_PERSON && f->id_tail != NULL) return arena_format(r->memory, "…%s", f->id_tail);
  return f->name == NULL ? "?" : f->name;
}

static const char *listed(const matching *m, const row_reading *r, fact_type type, const found_entities *found) {
  const char *list = "";
  for (size_t i = 0; i < found->count; i++) {
    fact f;
    if (!fact_at(m, r, type, found->entity[i], &f)) continue;
    list = arena_format(r->memory, "%s%s%s", list, i == 0 ? "" : "; ", shown_name(r, &f));
  }
  return list;
}

static void keep_only(found_entities *found, int64_t entity) {
  found->entity[0] = entity;
  found->count = 1;
}

/* Of several candidates, those that fit the rest of what the row says, if any does. */
typedef bool fits_row(const fact *candidate, const made_part *made);

static void narrow(const matching *m, const row_reading *r, const made_part *made, found_entities *found,
                   fits_row *fits) {
  found_entities kept = {.count = 0};
  if (found->count < 2) return;
  for (size_t i = 0; i < found->count; i++) {
    fact f;
    if (fact_at(m, r, made->fact.type, found->entity[i], &f) && fits(&f, made))
      kept.entity[kept.count++] = found->entity[i];
  }
  if (kept.count > 0) *found = kept;
}

static bool fits_kind(const fact *candidate, const made_part *made) {
  return made->fact.kind != NULL && text_same(candidate->kind, made->fact.kind);
}

static bool fits_above(const fact *candidate, const made_part *made) {
  return made->fact.object != 0 && candidate->object == made->fact.object;
}

static bool fits_group(const fact *candidate, const made_part *made) {
  return made->fact.subject == 0 || candidate->subject == made->fact.subject;
}

static bool fits_since(const fact *candidate, const made_part *made) {
  return made->fact.since != DATE_NONE && candidate->since == made->fact.since;
}

/* ---- what is unknown or ambiguous ---- */

static bool gather(void *context, const fact *f) {
  matching *m = context;
  if (f->name != NULL)
    *ARENA_PUSH(m->memory, m->organizations, m->organizations_count, m->organizations_capacity) =
        arena_text(m->memory, f->name);
  return m->organizations_count < 20000;
}

static const char *nearest_organization(matching *m, const char *name, faults *problems) {
  if (!m->gathered) {
    m->gathered = true;
    if (!ledger_facts(m->ledger, FACT_ORGANIZATION, ledger_last(m->ledger), gather, m, problems)) return NULL;
  }
  return text_nearest(name, m->organizations, m->organizations_count);
}

static review_ask ask_of(const adapter_part *part, const made_part *parts, const made_part *made) {
  review_ask ask = {
      .type = made->fact.type, .code = made->fact.code, .name = made->fact.name, .tail = made->fact.id_tail};
  if (part->type == FACT_PERSON && part->place >= 0 && parts[part->place].there) {
    const fact *school = &parts[part->place].fact;
    ask.school = school->name != NULL ? school->name : school->code;
  }
  return ask;
}

static place place_of(const row_reading *r, const adapter_part *part, const made_part *made) {
  const char *column = NULL;
  if (made->fact.has_id)
    (void)cell_text(r, &part->id, &column);
  else
    (void)cell_text(r, &part->texts[made->fact.code != NULL ? TEXT_CODE : TEXT_NAME], &column);
  return cell_place(r, column);
}

static const char *asked_name(const row_reading *r, const review_ask *ask) {
  if (ask->code != NULL) return ask->code;
  if (ask->name != NULL)
    return ask->school == NULL ? ask->name : arena_format(r->memory, "%s（%s）", ask->name, ask->school);
  return ask->tail == NULL ? "?" : arena_format(r->memory, "…%s", ask->tail);
}

static bool unknown(matching *m, const row_reading *r, const adapter_part *part, const review_ask *ask,
                    const made_part *made) {
  said word = type_words[made->fact.type];
  const char *name = asked_name(r, ask);
  const char *near = made->fact.type == FACT_ORGANIZATION ? nearest_organization(m, name, r->problems) : NULL;
  review_ask asked = *ask;
  if (near != NULL) asked.candidates = near;
  review_add(m->review, &asked, r->row->row);
  arena *a = r->memory;
  char *en = arena_format(a, "the %s \"%s\" is not in the ledger", word.in[LANGUAGE_EN], name);
  char *zh = arena_format(a, "台账中没有%s“%s”", word.in[LANGUAGE_ZH], name);
  if (near != NULL) {
    en = arena_format(a, "%s; nearest is \"%s\"", en, near);
    zh = arena_format(a, "%s，最接近的是“%s”", zh, near);
  }
  cell_fault(r, place_of(r, part, made), (said){{zh, en}});
  return fault_next(r->problems,
                    "correct the cell, import the file that brings it in first, or decide in a table: --review FILE",
                    "请改正该单元格，或先导入登记它的文件，或用 --review 文件 写出复核表来决定");
}

static bool ambiguous(matching *m, const row_reading *r, const adapter_part *part, review_ask *ask,
                      const made_part *made, const found_entities *found) {
  said word = type_words[made->fact.type];
  ask->candidates = listed(m, r, made->fact.type, found);
  review_add(m->review, ask, r->row->row);
  const char *name = asked_name(r, ask);
  char *en = arena_format(r->memory, "the %s \"%s\" could be any of: %s", word.in[LANGUAGE_EN], name, ask->candidates);
  char *zh = arena_format(r->memory, "%s“%s”可能是其中任何一个：%s", word.in[LANGUAGE_ZH], name, ask->candidates);
  cell_fault(r, place_of(r, part, made), (said){{zh, en}});
  return fault_next(r->problems, "give a code in the file, or decide in a table: --review FILE",
                    "请在文件中写明代码，或用 --review 文件 写出复核表来决定");
}

/* The entity that a decision names: by code, among the candidates by tail or name, else by name. */
static bool follow(matching *m, const row_reading *r, const adapter_part *part, const made_part *made,
                   const char *means, found_entities *found) {
  arena *a = r->memory;
  fact_type type = made->fact.type;
  const char *key = text_key(a, means);
  found_entities by_code;
  known_by_code(m->known, type, key, &by_code);
  if (by_code.count == 1) {
    *found = by_code;
    return true;
  }
  for (size_t i = 0; i < found->count; i++) {
    fact f;
    if (!fact_at(m, r, type, found->entity[i], &f)) continue;
    const char *tail = strncmp(means, "…", strlen("…")) == 0 ? means + strlen("…") : means;
    if (!same_key(a, f.name, means) && !same_key(a, f.id_tail, tail)) continue;
    keep_only(found, found->entity[i]);
    return true;
  }
  if (type != FACT_PERSON) {
    found_entities by_name;
    known_by_name(m->known, type, key, &by_name);
    if (by_name.count == 1) {
      *found = by_name;
      return true;
    }
  }
  fault_add(r->problems, place_of(r, part, made), "the review says \"%s\", and the ledger has no such code",
            "复核表写的是“%s”，台账中没有这个代码", means);
  return fault_next(r->problems, "correct the decision in the review file", "请改正复核表中的决定");
}

/* A name without its numerals: 第一小学 and 第二小学 are two schools, 大成学校 and 大城学校 may be one misspelt. */
static char *unnumbered(arena *a, const char *name) {
  static const char *const numerals[] = {"〇", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
  char *key = text_key(a, name), *end = key;
  for (const char *at = key; *at;) {
    size_t skip = *at >= '0' && *at <= '9';
    for (size_t i = 0; i < sizeof numerals / sizeof *numerals && !skip; i++)
      if (!strncmp(at, numerals[i], strlen(numerals[i]))) skip = strlen(numerals[i]);
    if (skip)
      at += skip;
    else
      *end++ = *at++;
  }
  *end = '\0';
  return key;
}

/* An organization that the file brings in and that is called nearly as one the ledger has. */
static void warn_of_near(matching *m, const row_reading *r, const adapter_part *part, const made_part *made) {
  const char *name = made->fact.name, *near = name ? nearest_organization(m, name, r->problems) : NULL;
  if (!near || !strcmp(unnumbered(r->memory, name), unnumbered(r->memory, near))) return;
  fault_warn(r->problems, place_of(r, part, made), "organization \"%s\" is new, and the ledger has \"%s\"",
             "单位“%s”是新的，而台账中有“%s”", name, near);
  fault_next(r->problems, "if they are one, undo this import and correct the file, or give the other name as an alias",
             "如为同一单位，请撤销本次导入并更正文件，或登记为别名");
}

/* A bare name says too little to bring somebody in by. */
static bool may_introduce(const adapter_part *part, const review_ask *ask) {
  return part->introduces &&
         (part->type != FACT_PERSON || ask->code != NULL || ask->tail != NULL || ask->school != NULL);
}

/* What to do with the candidates: one is found, none is brought in or unknown, several are ambiguous. */
static bool settle(matching *m, const row_reading *r, const adapter_part *part, const made_part *parts, made_part *made,
                   found_entities *found) {
  review_ask ask = ask_of(part, parts, made);
  const char *means;
  review_decision decision = review_of(m->review, &ask, &means);
  if (decision == REVIEW_SKIP) {
    made->skip = true;
    return true;
  }
  made->decided = decision == REVIEW_MEANS;
  if (decision == REVIEW_MEANS && !follow(m, r, part, made, means, found)) return false;
  if (decision == REVIEW_NEW) found->count = 0;
  if (found->count > 1) return ambiguous(m, r, part, &ask, made, found);
  if (found->count == 0 && !may_introduce(part, &ask) && decision != REVIEW_NEW) return unknown(m, r, part, &ask, made);
  made->found = found->count == 1;
  made->fact.entity = made->found ? found->entity[0] : 0;
  made->states = !made->found;
  if (!made->found && made->fact.type == FACT_ORGANIZATION && decision != REVIEW_NEW) warn_of_near(m, r, part, made);
  if (!made->found || !part->introduces || decision == REVIEW_MEANS) return true;
  int64_t key = match_entity_key(r->memory, r->sheet->adapter, made->fact.type, made->fact.entity);
  fact probe = {.type = made->fact.type, .key = key};
  made->states =
      staging_stated(m->staging, &probe) != STAGED_NEW || staging_owns(m->staging, made->fact.type, key, r->problems);
  return true;
}

/* ---- by type ---- */

static bool has_alias(const fact *f, const char *name, arena *a) {
  json_t *attributes = f->attributes == NULL ? NULL : json_loads(f->attributes, 0, NULL);
  json_t *aliases = json_object_get(attributes, "aliases");
  bool found = json_is_string(aliases) && same_key(a, json_string_value(aliases), name);
  size_t i;
  json_t *alias;
  json_array_foreach(aliases, i, alias) found = found || same_key(a, json_string_value(alias), name);
  json_decref(attributes);
  return found;
}

/* Found by its number or code, but called otherwise: a file may correct what it brought in itself, nothing else. */
static bool name_agrees(matching *m, const row_reading *r, const adapter_part *part, made_part *made) {
  fact known_as;
  if (!made->found || made->states || made->skip || made->decided || made->fact.name == NULL) return true;
  if (made->fact.code == NULL && !made->fact.has_id) return true;
  if (!fact_at(m, r, made->fact.type, made->fact.entity, &known_as)) return true;
  if (known_as.name == NULL || same_key(r->memory, known_as.name, made->fact.name) ||
      has_alias(&known_as, made->fact.name, r->memory))
    return true;
  if (made->fact.code != NULL && !made->fact.has_id && !same_key(r->memory, known_as.code, made->fact.code))
    return true;
  const char *column;
  const char *called = made->fact.code != NULL ? made->fact.code : arena_format(r->memory, "…%s", made->fact.id_tail);
  (void)cell_text(r, &part->texts[TEXT_NAME], &column);
  fault_add(r->problems, cell_place(r, column), "\"%s\" has another name in the ledger than \"%s\"",
            "“%s”在台账中的名称不是“%s”", called, made->fact.name);
  return fault_next(r->problems, "correct the code or the name, or send a correction of the file that brought it in",
                    "请核对代码和名称，或重新报送当初登记它的文件的更正件");
}

static bool match_organization(matching *m, const row_reading *r, const adapter_part *part, const made_part *parts,
                               made_part *made) {
  arena *a = r->memory;
  found_entities found = {.count = 0};
  const char *code = made->fact.code, *name = made->fact.name;
  if (code != NULL) known_by_code(m->known, FACT_ORGANIZATION, text_key(a, code), &found);
  if (found.count == 0 && code == NULL && name != NULL)
    known_by_code(m->known, FACT_ORGANIZATION, text_key(a, name), &found);
  if (found.count == 0 && name != NULL) known_by_name(m->known, FACT_ORGANIZATION, text_key(a, name), &found);
  narrow(m, r, made, &found, fits_above);
  narrow(m, r, made, &found, fits_kind);
  return settle(m, r, part, parts, made, &found) && name_agrees(m, r, part, made);
}

static bool match_group(matching *m, const row_reading *r, const adapter_part *part, const made_part *parts,
                        made_part *made) {
  arena *a = r->memory;
  found_entities found = {.count = 0};
  fact_type type = part->type;
  if (made->fact.code != NULL) known_by_code(m->known, type, text_key(a, made->fact.code), &found);
  if (made->fact.code == NULL && made->fact.name != NULL)
    known_by_name(m->known, type, text_key(a, made->fact.name), &found);
  narrow(m, r, made, &found, fits_group);
  narrow(m, r, made, &found, fits_since);
  if (found.count == 1 && type == FACT_ACTIVITY && made->fact.code == NULL && made->fact.since != DATE_NONE) {
    fact f; /* a name is borne by many activities: another day is another one */
    if (fact_at(m, r, type, found.entity[0], &f) && f.since != made->fact.since) found.count = 0;
  }
  return settle(m, r, part, parts, made, &found) && name_agrees(m, r, part, made);
}

static bool two_people(const row_reading *r, const adapter_part *part, const made_part *made) {
  const char *column;
  (void)cell_text(r, &part->id, &column);
  fault_add(r->problems, cell_place(r, column),
            "the ID number (…%s) and the code \"%s\" belong to two different people",
            "身份证号（尾号 %s）与代码“%s”属于两个不同的人", made->fact.id_tail, made->fact.code);
  return fault_next(r->problems, "correct one of the two; if they are one person: hongzhu person merge",
                    "请改正其中之一；如确是同一人，请用 hongzhu person merge 合并");
}

static bool other_number(const row_reading *r, const adapter_part *part, const made_part *made, const fact *known_as) {
  const char *column;
  (void)cell_text(r, &part->id, &column);
  fault_add(r->problems, cell_place(r, column), "\"%s\" has another ID number in the ledger (…%s) than here (…%s)",
            "“%s”在台账中的身份证号（尾号 %s）与此处（尾号 %s）不同",
            made->fact.code == NULL ? made->fact.name : made->fact.code, known_as->id_tail, made->fact.id_tail);
  return fault_next(r->problems,
                    "correct the code or the number; if the ledger is wrong, undo the import that brought it in",
                    "请核对代码或号码；如台账有误，请撤销当初登记它的导入");
}

static void by_school(const matching *m, const adapter_part *part, const made_part *parts, const char *name_key,
                      found_entities *found) {
  const made_part *school = part->place < 0 ? NULL : &parts[part->place];
  if (school != NULL && school->there) {
    if (school->found) known_by_school(m->known, name_key, school->fact.entity, found);
    return;
  }
  known_by_name(m->known, FACT_PERSON, name_key, found);
}

static bool match_person(matching *m, const row_reading *r, const adapter_part *part, const made_part *parts,
                         made_part *made) {
  arena *a = r->memory;
  found_entities found = {.count = 0}, coded = {.count = 0};
  const fact *f = &made->fact;
  if (f->has_id) known_by_id(m->known, &f->id_hash, &found);
  bool met = f->code != NULL && r->coded == part && r->turn == 0 && known_by_code_hash(m->known, r->code_hash, &coded);
  if (f->code != NULL && !met) known_by_code(m->known, FACT_PERSON, text_key(a, f->code), &coded);
  if (found.count == 1 && coded.count == 1 && found.entity[0] != coded.entity[0]) return two_people(r, part, made);
  if (found.count == 0) found = coded;
  if (found.count == 0 && f->code == NULL && f->name != NULL) {
    by_school(m, part, parts, text_key(a, f->name), &found);
    if (f->has_id && found.count == 1) { /* a namesake with a number of its own is another person */
      fact namesake;
      if (fact_at(m, r, FACT_PERSON, found.entity[0], &namesake) && namesake.has_id) found.count = 0;
    }
  }
  fact known_as;
  if (f->has_id && found.count == 1 && fact_at(m, r, FACT_PERSON, found.entity[0], &known_as) && known_as.has_id &&
      !digest_same(known_as.id_hash, f->id_hash))
    return other_number(r, part, made, &known_as);
  return settle(m, r, part, parts, made, &found) && name_agrees(m, r, part, made);
}

static bool match_enrollment(matching *m, const row_reading *r, const adapter_part *part, const made_part *parts,
                             made_part *made) {
  found_entities found = {.count = 0};
  const made_part *person = &parts[part->subject];
  const made_part *cohort = part->object < 0 ? NULL : &parts[part->object];
  if (!person->found && !person->states) return false; /* that there is no such person was said already */
  bool cohort_new = cohort != NULL && cohort->there && !cohort->found;
  if (person->found && !cohort_new)
    known_enrollments(m->known, person->fact.entity, cohort != NULL && cohort->there ? cohort->fact.entity : 0, &found);
  narrow(m, r, made, &found, fits_kind);
  if (r->sheet->adapter->key_has_since) narrow(m, r, made, &found, fits_since);
  if (found.count == 1 && r->sheet->adapter->key_has_since && made->fact.since != DATE_NONE && part->introduces) {
    fact f;
    if (fact_at(m, r, FACT_ENROLLMENT, found.entity[0], &f) && f.since != made->fact.since) found.count = 0;
  }
  if (found.count == 1 || (found.count == 0 && part->introduces)) return settle(m, r, part, parts, made, &found);
  const char *who = person->fact.code != NULL ? person->fact.code : person->fact.name != NULL ? person->fact.name : "?";
  const char *where = cohort == NULL || !cohort->there ? ""
                      : cohort->fact.code != NULL      ? cohort->fact.code
                                                       : cohort->fact.name;
  place at = place_of(r, &r->sheet->adapter->parts[part->subject], person);
  if (found.count == 0)
    fault_add(r->problems, at, "\"%s\" is not enrolled in \"%s\"", "“%s”没有参加“%s”", who, where);
  else
    fault_add(r->problems, at, "\"%s\" is enrolled in \"%s\" more than once", "“%s”在“%s”中有不止一次参训", who, where);
  return fault_next(r->problems, "correct the cell, or import the roster first", "请改正该单元格，或先导入名单");
}

bool match_part(matching *m, const row_reading *r, const adapter_part *part, const made_part *parts, made_part *made) {
  switch (part->type) {
  case FACT_ORGANIZATION:
    return match_organization(m, r, part, parts, made);
  case FACT_PROGRAMME:
  case FACT_COHORT:
  case FACT_ACTIVITY:
    return match_group(m, r, part, parts, made);
  case FACT_PERSON:
    return match_person(m, r, part, parts, made);
  case FACT_ENROLLMENT:
    return match_enrollment(m, r, part, parts, made);
  default:
    made->states = true;
    return true;
  }
}
