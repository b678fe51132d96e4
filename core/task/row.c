#include "task/row.h"

#include <string.h>

/* ---- making the fact of a part ---- */

static const char *kept_text(const row_reading *r, const source *from, bool plain) {
  const char *text = from->form == SOURCE_NONE ? NULL : cell_text(r, from, NULL);
  return text == NULL || !plain || text_is_plain(text) ? text : text_plain(r->memory, text);
}

static bool empty_part(const row_reading *r, const adapter_part *part, const char *en, const char *zh) {
  const char *column = NULL;
  const source *sources[] = {&part->id, &part->texts[TEXT_CODE], &part->texts[TEXT_NAME]};
  for (size_t i = 0; i < sizeof sources / sizeof *sources && column == NULL; i++)
    if (sources[i]->form != SOURCE_NONE) (void)cell_text(r, sources[i], &column);
  cell_fault(r, cell_place(r, column), (said){{zh, en}});
  return fault_next(r->problems, "fill in the cell, or leave the row out", "请填写该单元格，或删去该行");
}

static bool words_of(const row_reading *r, const adapter_part *part, const declared_kind *kind, fact *f) {
  bool good = true;
  if (kind == NULL || kind->has_level) good = cell_word(r, &part->texts[TEXT_LEVEL], kind, KIND_LEVEL, &f->level);
  good = cell_word(r, &part->texts[TEXT_MODE], kind, KIND_MODE, &f->mode) && good;
  return cell_word(r, &part->texts[TEXT_STATUS], kind, KIND_STATUS, &f->status) && good;
}

static bool amount_of(const row_reading *r, const adapter_part *part, const declared_kind *kind, fact *f) {
  if (kind != NULL && kind->amount == AMOUNT_NONE) return true;
  int decimals = kind == NULL ? 6 : kind->decimals;
  if (!cell_amount(r, &part->amount, decimals, kind == NULL ? NULL : kind->unit, &f->amount)) return false;
  if (f->amount.bound == BOUND_NONE && kind != NULL && kind->amount == AMOUNT_REQUIRED) {
    const char *column;
    (void)cell_text(r, &part->amount, &column);
    char *en = arena_format(r->memory, "the amount is empty, and every \"%s\" has one", kind->title.in[LANGUAGE_EN]);
    char *zh = arena_format(r->memory, "数量为空，而每条“%s”都必须有数量", kind->title.in[LANGUAGE_ZH]);
    cell_fault(r, cell_place(r, column), (said){{zh, en}});
    return fault_next(r->problems, "fill in the cell; an unknown number is written as 多",
                      "请填写该单元格；数目不详时写“多”");
  }
  /* The file has a column for it and says nothing: there is an amount, and nobody knows it. */
  if (f->amount.bound == BOUND_NONE && part->amount.form != SOURCE_NONE) f->amount.bound = BOUND_UNKNOWN;
  if (f->amount.bound != BOUND_NONE && kind != NULL) f->unit = kind->unit;
  return true;
}

static void refer(const made_part *parts, int at, int64_t *entity, fact_type *type) {
  if (at < 0 || !parts[at].there) return;
  *entity = parts[at].fact.entity;
  if (type != NULL) *type = parts[at].fact.type;
}

/* The entities that a part refers to, as far as they are known. A person's place is only where the name is looked up.
 */
static void refer_all(const adapter_part *part, const made_part *parts, fact *f) {
  refer(parts, part->subject, &f->subject, &f->subject_type);
  refer(parts, part->object, &f->object, &f->object_type);
  if (part->type != FACT_PERSON) refer(parts, part->place, &f->place, NULL);
}

static bool only_if(const row_reading *r, const adapter_part *part) {
  return part->only_if.form == SOURCE_NONE || cell_text(r, &part->only_if, NULL) != NULL;
}

static bool is_there(const made_part *parts, int at) {
  return at >= 0 && parts[at].there;
}

/* Does the row say anything of this part? A fault where it has to and does not. */
static bool part_there(const row_reading *r, size_t position, const made_part *parts, made_part *made) {
  const adapter *of = r->sheet->adapter;
  const adapter_part *part = &of->parts[position];
  switch (part->type) {
  case FACT_PERSON:
    made->there = made->fact.code != NULL || made->fact.name != NULL || made->fact.has_id;
    if (!made->there) return empty_part(r, part, "the row names no person", "该行没有写明人员");
    return true;
  case FACT_POST:
    made->there = is_there(parts, part->subject) && is_there(parts, part->object);
    return true;
  case FACT_ENROLLMENT:
    made->there = is_there(parts, part->subject);
    if (part->introduces && part->object >= 0 && !is_there(parts, part->object))
      return empty_part(r, &of->parts[part->object], "the row names no cohort", "该行没有写明批次");
    return true;
  case FACT_RECORD:
    made->there = is_there(parts, part->subject);
    if (!made->there && of->parts[part->subject].type != FACT_PERSON)
      return empty_part(r, &of->parts[part->subject], "the row does not say what the record is about",
                        "该行没有写明记录的对象");
    return true;
  case FACT_RELATION:
    made->there = is_there(parts, part->subject) && is_there(parts, part->object);
    for (int end = 0; end < 2; end++) {
      int at = end == 0 ? part->subject : part->object;
      if (is_there(parts, at)) continue;
      if (of->parts[at].type == FACT_PERSON) return false; /* that it names no person was said already */
      return empty_part(r, &of->parts[at], "one end of the relation is empty", "关系的一端为空");
    }
    return true;
  default:
    made->there = made->fact.code != NULL || made->fact.name != NULL;
    return true;
  }
}

static bool about_allowed(const row_reading *r, const declared_kind *kind, const fact *f) {
  if (f->type != FACT_RECORD || kind == NULL || kind->of[f->subject_type]) return true;
  cell_fault(
      r, cell_place(r, NULL),
      (said){{arena_format(r->memory, "类别“%s”的记录不能以 %s 为对象", kind->name, fact_type_name(f->subject_type)),
              arena_format(r->memory, "records of the kind \"%s\" are not about a %s", kind->name,
                           fact_type_name(f->subject_type))}});
  return fault_next(r->problems, "correct the kind", "请改正类别");
}

static bool make_part(matching *m, const row_reading *r, size_t position, made_part *parts) {
  const adapter_part *part = &r->sheet->adapter->parts[position];
  made_part *made = &parts[position];
  fact *f = &made->fact;
  const declared_kind *kind = NULL;
  *made = (made_part){.fact = {.type = part->type, .since = DATE_NONE, .until = DATE_NONE}};
  if (!only_if(r, part)) return true;
  f->sheet = r->row->sheet;
  f->row = r->row->row;
  f->part = (int32_t)position + 1;
  f->code = kept_text(r, &part->texts[TEXT_CODE], true);
  f->name = kept_text(r, &part->texts[TEXT_NAME], false);
  if (part->type == FACT_PERSON && !match_id(m, r, part, f)) return false;
  if (!part_there(r, position, parts, made)) return false;
  if (!made->there) return true;
  bool good = cell_kind(r, part, &kind);
  if (!good) return false;
  f->kind = kind == NULL ? NULL : kind->name;
  good = words_of(r, part, kind, f);
  good = cell_dates(r, part, &f->since, &f->until) && good;
  good = amount_of(r, part, kind, f) && good;
  good = cell_attributes(r, part, kind, &f->attributes) && good;
  refer_all(part, parts, f);
  good = about_allowed(r, kind, f) && good;
  for (int end = 0; end < 2; end++) { /* what a skipped entity would be part of is left out with it */
    int at = end == 0 ? part->subject : part->object;
    if (at >= 0 && parts[at].skip) made->skip = true;
  }
  return good && match_part(m, r, part, parts, made);
}

/* ---- keys ---- */

static void add_item(const row_reading *r, const key_item *item, const adapter_part *part, const made_part *parts,
                     const fact *f, digest_stream *to) {
  const char *texts[PART_TEXTS] = {f->kind, f->code, f->name, f->level, f->mode, f->status};
  const source *from = &item->from;
  switch (item->form) {
  case KEY_PART:
    digest_add_integer(to, item->part >= 0 ? parts[item->part].fact.entity : 0);
    return;
  case KEY_TEXT:
    digest_add_text(to, texts[item->text]);
    return;
  case KEY_SINCE:
    digest_add_integer(to, f->since);
    return;
  case KEY_UNTIL:
    digest_add_integer(to, f->until);
    return;
  case KEY_AMOUNT:
    digest_add_integer(to, f->amount.millionths);
    return;
  case KEY_ATTRIBUTE:
    from = NULL;
    for (size_t i = 0; i < part->attributes_count; i++)
      if (strcmp(part->attributes[i].name, item->attribute) == 0) from = &part->attributes[i].from;
    break;
  default:
    break;
  }
  const char *text = from == NULL ? NULL : cell_text(r, from, NULL);
  digest_add_text(to, text == NULL ? NULL : text_key(r->memory, text));
}

static digest_stream *begin_key(const row_reading *r, const char *role) {
  digest_stream *stream = digest_begin(r->memory);
  digest_add_text(stream, r->sheet->adapter->id);
  digest_add_text(stream, role);
  return stream;
}

static int64_t row_key(const row_reading *r, const adapter_part *part, const made_part *parts, const fact *f) {
  const adapter *of = r->sheet->adapter;
  digest_stream *stream = begin_key(r, part->stable);
  for (size_t i = 0; i < of->key_count; i++) add_item(r, &of->key[i], part, parts, f, stream);
  if (of->key_count > 0) return digest_key(digest_end(stream));
  fact says = *f; /* without a key a fact is what it says: in another order or form it is the same */
  says.key = says.cover = 0;
  digest content = fact_content(r->memory, &says);
  digest_add(stream, content.bytes, sizeof content.bytes);
  return digest_key(digest_end(stream));
}

static int64_t post_key(const row_reading *r, const fact *f) {
  digest_stream *stream = begin_key(r, "post");
  digest_add_integer(stream, f->subject);
  digest_add_integer(stream, f->object);
  digest_add_text(stream, f->kind);
  if (r->sheet->adapter->key_has_since) digest_add_integer(stream, f->since);
  return digest_key(digest_end(stream));
}

static int64_t cover_of(const row_reading *r, const adapter_part *part, const made_part *parts, const fact *f) {
  const adapter *of = r->sheet->adapter;
  bool covered = part->type == FACT_POST || part->type == FACT_ENROLLMENT || part->type == FACT_RECORD ||
                 part->type == FACT_RELATION;
  if (of->covers_count == 0 || !covered) return 0;
  digest_stream *stream = begin_key(r, "cover");
  for (size_t i = 0; i < of->covers_count; i++) add_item(r, &of->covers[i], part, parts, f, stream);
  return digest_key(digest_end(stream));
}

/* References, key and cover, once the entities they name are known. */
static void address(const row_reading *r, const adapter_part *part, const made_part *parts, fact *f) {
  refer_all(part, parts, f);
  if (fact_is_entity(part->type))
    f->key = match_entity_key(r->memory, r->sheet->adapter, part->type, f->entity);
  else if (part->type == FACT_POST)
    f->key = post_key(r, f);
  else
    f->key = row_key(r, part, parts, f);
  f->cover = cover_of(r, part, parts, f);
}

/* ---- a row as a whole ---- */

static made_part *make_row(matching *m, const row_reading *r, row_fate *fate) {
  const adapter *of = r->sheet->adapter;
  made_part *parts = arena_array(r->memory, of->parts_count + 1, sizeof *parts);
  bool good = true;
  *fate = ROW_GOOD;
  for (size_t i = 0; i < of->parts_count; i++) {
    good = make_part(m, r, i, parts) && good;
    if (parts[i].skip) *fate = ROW_SKIPPED;
  }
  if (!good) *fate = ROW_FAULTY;
  return parts;
}

/* Does an earlier row of the file say something else about the same thing? */
static bool agrees(const matching *m, const row_reading *r, const made_part *parts) {
  const adapter *of = r->sheet->adapter;
  bool good = true;
  for (size_t i = 0; i < of->parts_count; i++) {
    const adapter_part *part = &of->parts[i];
    bool stated = part->type == FACT_POST || (fact_is_entity(part->type) && parts[i].found);
    if (!parts[i].there || !parts[i].states || !stated) continue;
    fact f = parts[i].fact;
    address(r, part, parts, &f);
    if (staging_stated(m->staging, &f) != STAGED_CONFLICT) continue;
    const char *name = f.code != NULL ? f.code : f.name != NULL ? f.name : "";
    const fact *person = part->subject >= 0 ? &parts[part->subject].fact : NULL;
    if (name[0] == '\0' && person != NULL)
      name = person->code != NULL ? person->code : person->name != NULL ? person->name : "";
    fault_add(r->problems, cell_place(r, NULL),
              "this row says something else about \"%s\" than an earlier row of the file",
              "该行关于“%s”的内容与本文件前面的行不一致", name);
    good = fault_next(r->problems, "make the rows say the same, or leave one out", "请使各行一致，或删去其中一行");
  }
  return good;
}

row_fate row_check(matching *m, row_reading *r, made_part **first) {
  bool good;
  size_t turns = cell_turns(r, r->sheet->adapter, &good);
  if (!good) return ROW_FAULTY;
  row_fate worst = ROW_GOOD;
  for (r->turn = 0; r->turn < turns; r->turn++) {
    row_fate fate;
    made_part *parts = make_row(m, r, &fate);
    if (r->turn == 0) *first = parts;
    if (fate == ROW_GOOD && !agrees(m, r, parts)) fate = ROW_FAULTY;
    if (fate == ROW_FAULTY || (fate == ROW_SKIPPED && worst == ROW_GOOD)) worst = fate;
  }
  r->turn = 0;
  return worst;
}

typedef struct putting {
  matching *matching;
  const row_reading *row;
  staging *staging;
  int64_t *introduced;
  bool brought[FACT_TYPES]; /* types of which this row brought in an entity */
} putting;

static bool put_part(putting *p, size_t position, made_part *parts) {
  const row_reading *r = p->row;
  const adapter_part *part = &r->sheet->adapter->parts[position];
  made_part *made = &parts[position];
  fact *f = &made->fact;
  bool entity = fact_is_entity(part->type);
  refer_all(part, parts, f);
  if (entity && !made->found && p->brought[part->type]) { /* the same thing named twice in one row */
    if (!match_part(p->matching, r, part, parts, made)) return false;
    if (made->found) made->states = false;
  }
  if (!made->states) return true;
  if (entity && !made->found) {
    f->entity = staging_new_entity(p->staging);
    if (!staging_take_up(p->staging, f, r->problems)) return false;
    p->brought[part->type] = true;
    p->introduced[part->type]++;
  }
  address(r, part, parts, f);
  if (part->type == FACT_POST) {
    fact probe = *f;
    bool mine =
        staging_stated(p->staging, &probe) != STAGED_NEW || staging_owns(p->staging, FACT_POST, f->key, r->problems);
    if (!mine && known_has_post(p->matching->known, f->subject, f->object, f->kind)) return true;
  } else if (!entity) {
    return staging_put_soon(p->staging, f, r->problems);
  }
  return staging_state(p->staging, f, r->problems) != STAGED_FAILED;
}

bool row_put(matching *m, row_reading *r, made_part *first, staging *s, int64_t introduced[FACT_TYPES]) {
  bool good;
  const adapter *of = r->sheet->adapter;
  size_t turns = cell_turns(r, of, &good);
  for (r->turn = 0; good && r->turn < turns; r->turn++) {
    row_fate fate = ROW_GOOD; /* later turns are made again: an earlier one may have brought in what they name */
    made_part *parts = r->turn == 0 ? first : make_row(m, r, &fate);
    putting p = {.matching = m, .row = r, .staging = s, .introduced = introduced};
    for (size_t i = 0; good && fate == ROW_GOOD && i < of->parts_count; i++)
      if (parts[i].there) good = put_part(&p, i, parts);
  }
  r->turn = 0;
  return good;
}
