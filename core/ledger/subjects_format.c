#include "ledger/subjects_format.h"

#include <stddef.h>
#include <string.h>

#define COLUMN(column, type)                                                                                           \
  { offsetof(fact_columns, column), sizeof(type) }

const fact_column_row fact_column_rows[SECTION_FACT_COLUMNS] = {
    [SECTION_FACT] = COLUMN(fact, int64_t),
    [SECTION_ENTITY] = COLUMN(entity, int64_t),
    [SECTION_SOURCE] = COLUMN(source, uint32_t),
    [SECTION_SHEET] = COLUMN(sheet, int32_t),
    [SECTION_ROW] = COLUMN(row, int64_t),
    [SECTION_PART] = COLUMN(part, int32_t),
    [SECTION_KIND] = COLUMN(kind, uint32_t),
    [SECTION_CODE] = COLUMN(code, uint32_t),
    [SECTION_NAME] = COLUMN(name, uint32_t),
    [SECTION_LEVEL] = COLUMN(level, uint32_t),
    [SECTION_MODE] = COLUMN(mode, uint32_t),
    [SECTION_STATUS] = COLUMN(status, uint32_t),
    [SECTION_UNIT] = COLUMN(unit, uint32_t),
    [SECTION_SUBJECT_TYPE] = COLUMN(subject_type, uint8_t),
    [SECTION_OBJECT_TYPE] = COLUMN(object_type, uint8_t),
    [SECTION_SUBJECT] = COLUMN(subject, int32_t),
    [SECTION_OBJECT] = COLUMN(object, int32_t),
    [SECTION_PLACE] = COLUMN(place, int32_t),
    [SECTION_SINCE] = COLUMN(since, date),
    [SECTION_UNTIL] = COLUMN(until, date),
    [SECTION_AMOUNT] = COLUMN(amount, int64_t),
    [SECTION_BOUND] = COLUMN(bound, uint8_t),
    [SECTION_ATTRIBUTE] = COLUMN(attribute, uint32_t),
};

bool subjects_records_of(fact_type type) {
  return type == FACT_PERSON || type == FACT_ENROLLMENT || type == FACT_COHORT || type == FACT_PROGRAMME ||
         type == FACT_ORGANIZATION;
}

subject_index *subjects_index_at(subjects *s, section_column column, fact_type type, fact_type *of) {
  switch (column) {
  case SECTION_RECORDS:
    *of = FACT_RECORD;
    return subjects_records_of(type) ? &s->records[type] : NULL;
  case SECTION_POSTS:
    *of = FACT_POST;
    return type == FACT_PERSON ? &s->posts : NULL;
  case SECTION_STAFF:
    *of = FACT_POST;
    return type == FACT_ORGANIZATION ? &s->staff : NULL;
  case SECTION_ENROLLMENTS:
    *of = FACT_ENROLLMENT;
    return subjects_records_of(type) && type != FACT_ENROLLMENT ? &s->enrollments[type] : NULL;
  case SECTION_RELATIONS:
    *of = FACT_RELATION;
    return fact_is_entity(type) ? &s->relations[type] : NULL;
  case SECTION_CHILDREN:
    *of = FACT_ORGANIZATION;
    return type == FACT_ORGANIZATION ? &s->children : NULL;
  default:
    return NULL;
  }
}

int64_t subjects_name(const digest *secret, subjects_naming how, fact_type type, const void *bytes, size_t size) {
  unsigned char all[256] = {(unsigned char)how, (unsigned char)type};
  digest whole;
  if (size > sizeof all - 2) { /* a long text goes in as its digest */
    whole = digest_of(bytes, size);
    bytes = whole.bytes;
    size = sizeof whole.bytes;
  }
  if (size > 0) memcpy(all + 2, bytes, size);
  return (int64_t)(digest_short(secret, all, size + 2) & INT64_MAX);
}

int64_t subjects_row_hash(fact_type type, int32_t row) {
  return (int64_t)type << 32 | (uint32_t)(row + 1);
}
