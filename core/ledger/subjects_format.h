/* subjects_format: how the subject file lies on disk. Within the ledger floor only.
 *
 *   header       one page: what it is, the state of the ledger it belongs to, where the tail lies, checksum of itself
 *   data         sections, each aligned to 64 bytes; checksummed in blocks of 4 KB from the header's end
 *   tail         directory of sections, then the checksums of the blocks; its own checksum is in the header
 *
 * A section is one column of one table. Columns of nothing but zeros are left out, and all columns that say "none" of
 * every row are one. Words are those that rows say. The file tells of one state of the ledger, and its bytes depend on
 * nothing but that; what came later is read from the ends of the fact tables (current.h). A file of another version or
 * byte order is built anew.
 */
#ifndef HONGZHU_LEDGER_SUBJECTS_FORMAT_H
#define HONGZHU_LEDGER_SUBJECTS_FORMAT_H

#include "ledger/subjects.h"

#define SUBJECTS_MAGIC   "hongzhu subjects"
#define SUBJECTS_VERSION 4
#define SUBJECTS_ORDER   UINT32_C(0x01020304)
#define SUBJECTS_HEADER  4096
#define SUBJECTS_BLOCK   (1 << 12)
#define SUBJECTS_ALIGN   64

typedef struct subjects_header {
  char magic[16];
  uint32_t version, order;
  uint64_t size; /* of the file */
  digest chain;
  digest secret; /* of the hashes of names */
  int64_t known_after;
  uint32_t sections, unused;
  uint64_t data_end, block_count;
  uint64_t tail_sum, header_sum; /* header_sum: of the header with this member zero */
} subjects_header;

/* The columns of fact_columns first, in the order of fact_column_rows. */
typedef enum section_column {
  SECTION_FACT,
  SECTION_ENTITY,
  SECTION_SOURCE,
  SECTION_SHEET,
  SECTION_ROW,
  SECTION_PART,
  SECTION_KIND,
  SECTION_CODE,
  SECTION_NAME,
  SECTION_LEVEL,
  SECTION_MODE,
  SECTION_STATUS,
  SECTION_UNIT,
  SECTION_SUBJECT_TYPE,
  SECTION_OBJECT_TYPE,
  SECTION_SUBJECT,
  SECTION_OBJECT,
  SECTION_PLACE,
  SECTION_SINCE,
  SECTION_UNTIL,
  SECTION_AMOUNT,
  SECTION_BOUND,
  SECTION_ATTRIBUTE,
  SECTION_FACT_COLUMNS,
  SECTION_RECORD_OF = SECTION_FACT_COLUMNS,
  SECTION_RECORDS, /* of an index: the offsets; the rows are the next section number */
  SECTION_RECORDS_ROWS,
  SECTION_POSTS,
  SECTION_POSTS_ROWS,
  SECTION_STAFF,
  SECTION_STAFF_ROWS,
  SECTION_ENROLLMENTS,
  SECTION_ENROLLMENTS_ROWS,
  SECTION_RELATIONS,
  SECTION_RELATIONS_ROWS,
  SECTION_CHILDREN,
  SECTION_CHILDREN_ROWS,
  SECTION_ATTRIBUTE_NAME,
  SECTION_ATTRIBUTE_TYPE,
  SECTION_ATTRIBUTE_BOUND,
  SECTION_ATTRIBUTE_VALUE,
  SECTION_WORD_AT, /* word_count + 2 offsets into the bytes; word 0 is "" */
  SECTION_WORD_BYTES,
  SECTION_SOURCES,
  SECTION_SOURCE_BYTES,
  SECTION_KEYS,   /* subject_key, by hash and fact: every fact that has a key */
  SECTION_COVERS, /* by hash, table and row: every fact that has a cover */
  SECTION_NAMES,  /* by hash and fact: what files call an entity, see subjects_name; facts that are told by another too
                   */
  SECTION_ENTITIES, /* by entity, which is the hash: where it stands; merged persons where those stand they became */
  SECTION_FOLDED,   /* by row (subjects_row_hash) and fact: facts that the row's own fact tells of */
  SECTION_LOOSE,    /* by entity, which is the hash, and fact: rows that refer to an entity of which no fact tells */
  SECTION_COLUMNS
} section_column;

typedef struct subjects_section {
  uint16_t table; /* fact_type, 0 for what belongs to none */
  uint16_t column;
  uint32_t width; /* bytes of an element */
  uint64_t count, offset;
} subjects_section;

typedef struct stored_source {
  digest file;
  int64_t import;
  uint64_t name; /* offset into SECTION_SOURCE_BYTES */
} stored_source;

/* One row for each column of fact_columns: where its pointer stands and how wide an element is. */
typedef struct fact_column_row {
  size_t offset;
  uint32_t width;
} fact_column_row;
extern const fact_column_row fact_column_rows[SECTION_FACT_COLUMNS];

/* Where an index of `subjects` stands; NULL for a combination that there is none of. `of` gets the table whose rows
 * are listed. */
subject_index *subjects_index_at(subjects *s, section_column column, fact_type type, fact_type *of);
bool subjects_records_of(fact_type type); /* the five types that records are about */

/* By what files call an entity: a code or a name as text_key, aliases of organizations as names, a person's ID number
 * as its digest_key in eight bytes. */
typedef enum subjects_naming { NAMED_CODE, NAMED_NAME, NAMED_ID } subjects_naming;
int64_t subjects_name(const digest *secret, subjects_naming how, fact_type type, const void *bytes, size_t size);
int64_t subjects_row_hash(fact_type type, int32_t row);

#endif
