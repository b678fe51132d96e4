#include "ledger/columns.h"

#include <stddef.h>
#include <string.h>

#define AT(member) offsetof(fact, member)
#define PLACE(column, form)                                                                                            \
  { #column, form, AT(column), true }
#define SAYS(column, form)                                                                                             \
  { #column, form, AT(column), false }

#define PROVENANCE                                                                                                     \
  PLACE(import, MEMBER_INTEGER), PLACE(source, MEMBER_INTEGER), PLACE(sheet, MEMBER_SMALL),                            \
      PLACE(row, MEMBER_INTEGER), PLACE(part, MEMBER_SMALL), SAYS(key, MEMBER_INTEGER), SAYS(cover, MEMBER_INTEGER)
#define ENTITY      PLACE(entity, MEMBER_INTEGER)
#define DATES       SAYS(since, MEMBER_DATE), SAYS(until, MEMBER_DATE)
#define ANY_SUBJECT SAYS(subject_type, MEMBER_TYPE), SAYS(subject, MEMBER_INTEGER)
#define ANY_OBJECT  SAYS(object_type, MEMBER_TYPE), SAYS(object, MEMBER_INTEGER)
#define AMOUNT      SAYS(amount, MEMBER_AMOUNT), SAYS(unit, MEMBER_WORD)
#define ATTRIBUTES  SAYS(attributes, MEMBER_TEXT)

static const member person_members[] = {
    PROVENANCE,
    ENTITY,
    SAYS(code, MEMBER_TEXT),
    SAYS(name, MEMBER_TEXT),
    SAYS(id_hash, MEMBER_DIGEST),
    SAYS(id_tail, MEMBER_TEXT),
    ATTRIBUTES,
};
static const member organization_members[] = {
    PROVENANCE,
    ENTITY,
    SAYS(object, MEMBER_INTEGER),
    SAYS(kind, MEMBER_WORD),
    SAYS(code, MEMBER_TEXT),
    SAYS(name, MEMBER_TEXT),
    DATES,
    ATTRIBUTES,
};
static const member programme_members[] = {
    PROVENANCE,
    ENTITY,
    SAYS(object, MEMBER_INTEGER),
    SAYS(kind, MEMBER_WORD),
    SAYS(code, MEMBER_TEXT),
    SAYS(name, MEMBER_TEXT),
    SAYS(level, MEMBER_WORD),
    DATES,
    ATTRIBUTES,
};
static const member cohort_members[] = {
    PROVENANCE,
    ENTITY,
    SAYS(subject, MEMBER_INTEGER),
    SAYS(object, MEMBER_INTEGER),
    SAYS(kind, MEMBER_WORD),
    SAYS(code, MEMBER_TEXT),
    SAYS(name, MEMBER_TEXT),
    DATES,
    ATTRIBUTES,
};
static const member activity_members[] = {
    PROVENANCE,
    ENTITY,
    ANY_SUBJECT,
    SAYS(object, MEMBER_INTEGER),
    SAYS(kind, MEMBER_WORD),
    SAYS(code, MEMBER_TEXT),
    SAYS(name, MEMBER_TEXT),
    SAYS(mode, MEMBER_WORD),
    DATES,
    AMOUNT,
    ATTRIBUTES,
};
static const member post_members[] = {
    PROVENANCE, SAYS(subject, MEMBER_INTEGER), SAYS(object, MEMBER_INTEGER), SAYS(kind, MEMBER_WORD), DATES, AMOUNT,
    ATTRIBUTES,
};
static const member enrollment_members[] = {
    PROVENANCE,
    ENTITY,
    SAYS(subject, MEMBER_INTEGER),
    SAYS(object, MEMBER_INTEGER),
    SAYS(place, MEMBER_INTEGER),
    SAYS(kind, MEMBER_WORD),
    SAYS(status, MEMBER_WORD),
    DATES,
    ATTRIBUTES,
};
static const member record_members[] = {
    PROVENANCE,
    ANY_SUBJECT,
    ANY_OBJECT,
    SAYS(place, MEMBER_INTEGER),
    SAYS(kind, MEMBER_WORD),
    SAYS(level, MEMBER_WORD),
    SAYS(mode, MEMBER_WORD),
    SAYS(status, MEMBER_WORD),
    DATES,
    AMOUNT,
    ATTRIBUTES,
};
static const member relation_members[] = {
    PROVENANCE, ANY_SUBJECT, ANY_OBJECT, SAYS(kind, MEMBER_WORD), DATES, ATTRIBUTES,
};
static const member merge_members[] = {
    PROVENANCE,
    SAYS(subject, MEMBER_INTEGER),
    SAYS(object, MEMBER_INTEGER),
};

#define TABLE(type, name, view, subject, object)                                                                       \
  [type] = {#name, view, subject, object, name##_members, sizeof name##_members / sizeof *name##_members}

static const fact_table tables[FACT_TYPES] = {
    TABLE(FACT_PERSON, person, "people", FACT_NONE, FACT_NONE),
    TABLE(FACT_ORGANIZATION, organization, "organizations", FACT_NONE, FACT_ORGANIZATION),
    TABLE(FACT_PROGRAMME, programme, "programmes", FACT_NONE, FACT_ORGANIZATION),
    TABLE(FACT_COHORT, cohort, "cohorts", FACT_PROGRAMME, FACT_ORGANIZATION),
    TABLE(FACT_ACTIVITY, activity, "activities", FACT_NONE, FACT_ORGANIZATION),
    TABLE(FACT_POST, post, "posts", FACT_PERSON, FACT_ORGANIZATION),
    TABLE(FACT_ENROLLMENT, enrollment, "enrollments", FACT_PERSON, FACT_COHORT),
    TABLE(FACT_RECORD, record, "records", FACT_NONE, FACT_NONE),
    TABLE(FACT_RELATION, relation, "relations", FACT_NONE, FACT_NONE),
    TABLE(FACT_MERGE, merge, "merges", FACT_PERSON, FACT_PERSON),
};

const fact_table *fact_type_columns(fact_type type) {
  return &tables[type];
}

bool fact_is_entity(fact_type type) {
  return type == FACT_PERSON || type == FACT_ORGANIZATION || type == FACT_PROGRAMME || type == FACT_COHORT ||
         type == FACT_ACTIVITY || type == FACT_ENROLLMENT;
}

const char *fact_type_name(fact_type type) {
  return type > FACT_NONE && type < FACT_TYPES ? tables[type].name : "none";
}

fact_type fact_type_named(const char *name) {
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (strcmp(tables[type].name, name) == 0) return type;
  }
  return FACT_NONE;
}

void fact_make_normal(fact *f) {
  const fact_table *table = &tables[f->type];
  if (table->subject_type != FACT_NONE || f->subject == 0) f->subject_type = table->subject_type;
  if (table->object_type != FACT_NONE || f->object == 0) f->object_type = table->object_type;
  if (f->amount.bound == BOUND_NONE || f->amount.bound == BOUND_UNKNOWN) f->amount.millionths = 0;
  if (!f->has_id) {
    memset(&f->id_hash, 0, sizeof f->id_hash);
    f->id_tail = NULL;
  }
}

fact fact_normal(const fact *f) {
  fact normal = *f;
  fact_make_normal(&normal);
  return normal;
}

static bool uses(const fact_table *table, size_t offset) {
  for (size_t i = 0; i < table->count; i++) {
    if (table->members[i].offset == offset) return true;
  }
  return false;
}

/* In the order of the bits of fact_set. */
static const struct {
  const char *name;
  size_t offset;
} fit_members[] = {{"entity", AT(entity)},  {"kind", AT(kind)},       {"code", AT(code)},
                   {"name", AT(name)},      {"level", AT(level)},     {"mode", AT(mode)},
                   {"status", AT(status)},  {"subject", AT(subject)}, {"object", AT(object)},
                   {"place", AT(place)},    {"since", AT(since)},     {"until", AT(until)},
                   {"amount", AT(amount)},  {"unit", AT(unit)},       {"attributes", AT(attributes)},
                   {"id_hash", AT(id_hash)}};

uint32_t fact_set(const fact *f) {
  const bool set[] = {f->entity != 0,
                      f->kind != NULL,
                      f->code != NULL,
                      f->name != NULL,
                      f->level != NULL,
                      f->mode != NULL,
                      f->status != NULL,
                      f->subject != 0,
                      f->object != 0,
                      f->place != 0,
                      f->since != DATE_NONE,
                      f->until != DATE_NONE,
                      f->amount.bound != BOUND_NONE,
                      f->unit != NULL,
                      f->attributes != NULL,
                      f->has_id};
  _Static_assert(sizeof set / sizeof *set == sizeof fit_members / sizeof *fit_members, "a bit for each member");
  uint32_t bits = 0;
  for (size_t i = 0; i < sizeof set / sizeof *set; i++) bits |= (uint32_t)set[i] << i;
  return bits;
}

uint32_t fact_allowed(fact_type type) {
  uint32_t bits = 0;
  for (size_t i = 0; i < sizeof fit_members / sizeof *fit_members; i++)
    bits |= (uint32_t)uses(&tables[type], fit_members[i].offset) << i;
  return bits;
}

const char *fact_misfit(const fact *f) {
  uint32_t misfits = fact_set(f) & ~fact_allowed(f->type);
  return misfits == 0 ? NULL : fit_members[__builtin_ctz(misfits)].name;
}

/* Numbers are written with as many bytes as they need, texts with their length in front: no two facts share bytes. */
#define FACT_NUMBERS_MOST                                                                                              \
  512 /* more than the numbers, lengths and the digest of any type need: 10 bytes each at most */

static unsigned char *number_bytes(unsigned char *to, int64_t value) {
  uint64_t left = ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
  while (left >= 0x80) {
    *to++ = (unsigned char)(left | 0x80);
    left >>= 7;
  }
  *to++ = (unsigned char)left;
  return to;
}

/* A text may be long: there is room for the numbers of the whole fact, and for this text made here. */
static unsigned char *text_bytes(buffer *out, unsigned char *to, const char *text) {
  size_t size = text == NULL ? 0 : strlen(text);
  to = number_bytes(to, text == NULL ? -1 : (int64_t)size);
  out->length = (size_t)(to - (unsigned char *)out->at);
  if (size == 0) return to;
  if (out->capacity - out->length <= size + FACT_NUMBERS_MOST) {
    out->capacity = 2 * (out->capacity + size + FACT_NUMBERS_MOST);
    out->at = memory_resize(out->at, out->capacity);
  }
  memcpy(out->at + out->length, text, size);
  return (unsigned char *)out->at + out->length + size;
}

void fact_bytes(buffer *out, const fact *f, bool whole) {
  const fact_table *table = &tables[f->type];
  if (out->capacity - out->length <= FACT_NUMBERS_MOST) {
    out->capacity = 2 * (out->capacity + FACT_NUMBERS_MOST);
    out->at = memory_resize(out->at, out->capacity);
  }
  unsigned char *to = number_bytes((unsigned char *)out->at + out->length, f->type);
  if (whole) to = number_bytes(to, f->id);
  for (size_t i = 0; i < table->count; i++) {
    const member *m = &table->members[i];
    const void *at = (const char *)f + m->offset;
    if (m->provenance && !whole) continue;
    switch (m->form) {
    case MEMBER_INTEGER:
      to = number_bytes(to, *(const int64_t *)at);
      break;
    case MEMBER_SMALL:
    case MEMBER_DATE:
      to = number_bytes(to, *(const int32_t *)at);
      break;
    case MEMBER_TYPE:
      to = number_bytes(to, *(const fact_type *)at);
      break;
    case MEMBER_WORD:
    case MEMBER_TEXT:
      to = text_bytes(out, to, *(const char *const *)at);
      break;
    case MEMBER_AMOUNT:
      to = number_bytes(to, f->amount.bound);
      to = number_bytes(to, f->amount.millionths);
      break;
    case MEMBER_DIGEST:
      to = number_bytes(to, f->has_id);
      if (f->has_id) {
        memcpy(to, f->id_hash.bytes, DIGEST_SIZE);
        to += DIGEST_SIZE;
      }
      break;
    }
  }
  out->length = (size_t)(to - (unsigned char *)out->at);
  out->at[out->length] = '\0';
}

digest fact_content(arena *a, const fact *f) {
  (void)a;
  fact normal = fact_normal(f);
  buffer bytes = {0};
  fact_bytes(&bytes, &normal, false);
  digest content = digest_of(bytes.at, bytes.length);
  buffer_free(&bytes);
  return content;
}

bool fact_says_same(const fact *a, const fact *b) {
  fact one = fact_normal(a), other = fact_normal(b);
  buffer left = {0}, right = {0};
  fact_bytes(&left, &one, false);
  fact_bytes(&right, &other, false);
  bool same = left.length == right.length && memcmp(left.at, right.at, left.length) == 0;
  buffer_free(&left);
  buffer_free(&right);
  return same;
}

static uint64_t eight(const unsigned char *at) {
  uint64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

/* The last bytes, fewer than eight of them, as a number; no byte outside the whole is read. */
static uint64_t rest_of(const unsigned char *at, size_t left, size_t size) {
  uint64_t rest = 0;
  if (left > 0 && size >= 8) return eight(at + left - 8) >> (64 - 8 * left);
  for (size_t i = left; i-- > 0;) rest = rest << 8 | at[i];
  return rest;
}

static uint64_t mixed(uint64_t lane, uint64_t value) {
  lane = (lane ^ value) * UINT64_C(0x9E3779B97F4A7C15);
  return lane ^ (lane >> 29);
}

enum { LANES = 4 };

static void lanes_begin(uint64_t lane[LANES], size_t size) {
  lane[0] = size + 1;
  lane[1] = UINT64_C(0x243F6A8885A308D3);
  lane[2] = UINT64_C(0x13198A2E03707344);
  lane[3] = UINT64_C(0xA4093822299F31D0);
}

static uint64_t lanes_end(const uint64_t lane[LANES], uint64_t rest) {
  uint64_t sum = mixed(mixed(mixed(mixed(0, lane[0]), mixed(lane[1], rest)), lane[2]), lane[3]);
  return sum ^ (sum >> 32);
}

void checksums_of_two(const void *bytes, size_t size, uint64_t out[2]) {
  const unsigned char *one = bytes, *other = one + size;
  uint64_t first[LANES], second[LANES];
  lanes_begin(first, size);
  lanes_begin(second, size);
  for (size_t at = 0; at < size; at += sizeof first) {
    for (size_t i = 0; i < LANES; i++) first[i] = mixed(first[i], eight(one + at + 8 * i));
    for (size_t i = 0; i < LANES; i++) second[i] = mixed(second[i], eight(other + at + 8 * i));
  }
  out[0] = lanes_end(first, 0);
  out[1] = lanes_end(second, 0);
}

uint64_t checksum_of(const void *bytes, size_t size) {
  const unsigned char *at = bytes;
  uint64_t lane[LANES];
  lanes_begin(lane, size);
  size_t left = size;
  for (; left >= 32; left -= 32, at += 32) {
    for (size_t i = 0; i < LANES; i++) lane[i] = mixed(lane[i], eight(at + 8 * i));
  }
  for (; left >= 8; left -= 8, at += 8) lane[0] = mixed(lane[0], eight(at));
  return lanes_end(lane, rest_of(at, left, size));
}

/* What fact_normal would make of the members is seen to here, without a copy. */
uint64_t fact_sum(const fact *f) {
  const fact_table *table = &tables[f->type];
  uint64_t sum = (uint64_t)f->type + 1;
  for (size_t i = 0; i < table->count; i++) {
    const member *m = &table->members[i];
    const void *at = (const char *)f + m->offset;
    if (m->provenance) continue;
    switch (m->form) {
    case MEMBER_INTEGER:
      sum = mixed(sum, *(const uint64_t *)at);
      break;
    case MEMBER_SMALL:
    case MEMBER_DATE:
      sum = mixed(sum, (uint64_t) * (const int32_t *)at);
      break;
    case MEMBER_TYPE:
      if ((m->offset == offsetof(fact, subject_type) ? f->subject : f->object) != 0)
        sum = mixed(sum, (uint64_t) * (const fact_type *)at);
      break;
    case MEMBER_WORD:
    case MEMBER_TEXT: {
      const char *text = m->offset == offsetof(fact, id_tail) && !f->has_id ? NULL : *(const char *const *)at;
      sum = mixed(sum, text == NULL ? 0 : checksum_of(text, strlen(text)) | 1);
      break;
    }
    case MEMBER_AMOUNT:
      sum = mixed(sum, (uint64_t)f->amount.bound);
      if (f->amount.bound != BOUND_NONE && f->amount.bound != BOUND_UNKNOWN)
        sum = mixed(sum, (uint64_t)f->amount.millionths);
      break;
    case MEMBER_DIGEST:
      sum = mixed(sum, f->has_id ? checksum_of(f->id_hash.bytes, DIGEST_SIZE) | 1 : 0);
      break;
    }
  }
  return sum ^ (sum >> 32);
}
