/* What evaluation will rely on in a subject file: every reference of every column leads to something. A column is one
 * piece of work, which any thread may do. */
#include "ledger/columns.h"
#include "ledger/subjects_inside.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A column of nothing but zeros that is not in the file. */
static bool left_out(const mapped *m, const void *values) {
  const unsigned char *at = values, *zeros = m->zeros;
  return at >= zeros && at < zeros + m->zeros_size;
}

/* Loops without branches, a part at a time, each while the checksum has it in the cache: they run at the speed of
 * memory. */
#define PART 4096 /* values */

static bool up_to(mapped *m, const uint32_t *values, uint64_t count, uint32_t most) {
  if (left_out(m, values)) return true;
  uint32_t greatest = 0;
  for (uint64_t at = 0; at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, values + at, (size_t)(end - at) * sizeof *values)) return false;
    for (uint64_t i = at; i < end; i++) greatest = values[i] > greatest ? values[i] : greatest;
    mapped_passed(m, values + at, values + end);
  }
  return greatest <= most;
}

static bool small_up_to(mapped *m, const uint8_t *values, uint64_t count, uint8_t most) {
  if (left_out(m, values)) return true;
  uint8_t greatest = 0;
  for (uint64_t at = 0; at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, values + at, (size_t)(end - at))) return false;
    for (uint64_t i = at; i < end; i++) greatest = values[i] > greatest ? values[i] : greatest;
    mapped_passed(m, values + at, values + end);
  }
  return greatest <= most;
}

static bool positions_good(mapped *m, const int32_t *values, uint64_t count, uint32_t rows) {
  if (left_out(m, values)) return rows > 0 || !count;
  uint32_t greatest = 0;
  for (uint64_t at = 0; at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, values + at, (size_t)(end - at) * sizeof *values)) return false;
    for (uint64_t i = at; i < end; i++) {
      uint32_t shifted = (uint32_t)values[i] + 1; /* -1 becomes 0, anything below is huge */
      greatest = shifted > greatest ? shifted : greatest;
    }
    mapped_passed(m, values + at, values + end);
  }
  return greatest <= rows;
}

/* A table whose rows are all about one type says no other; elsewhere it is one that something can be about. */
static bool types_good(mapped *m, const uint8_t *types, uint32_t count, fact_type fixed) {
  if (!small_up_to(m, types, count, (uint8_t)(fixed == FACT_NONE ? FACT_ENROLLMENT : fixed))) return false;
  bool good = true;
  for (uint32_t i = 0; fixed != FACT_NONE && i < count; i++) good &= types[i] == fixed;
  return good;
}

/* The types were found good before. */
static bool typed_positions_good(mapped *m, const uint8_t *types, const int32_t *values, uint32_t count) {
  bool good = true;
  for (uint32_t at = 0; at < count; at += PART) {
    uint32_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, values + at, (size_t)(end - at) * sizeof *values)) return false;
    for (uint32_t i = at; i < end; i++) good &= (uint32_t)values[i] + 1 <= m->public.of[types[i]].count;
    mapped_passed(m, values + at, values + end);
  }
  return good;
}

static bool ascending(mapped *m, const uint32_t *offsets, uint64_t count, uint32_t last) {
  bool good = true;
  uint32_t before = 0;
  for (uint64_t at = 0; at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, offsets + at, (size_t)(end - at) * sizeof *offsets)) return false;
    for (uint64_t i = at; i < end; i++) {
      good &= before <= offsets[i];
      before = offsets[i];
    }
    mapped_passed(m, offsets + at, offsets + end);
  }
  return good && before == last;
}

static bool anything(mapped *m, const char *bytes, size_t size) {
  const size_t part = PART * sizeof(int64_t);
  for (size_t at = 0; at < size; at += part) {
    size_t end = size - at < part ? size : at + part;
    if (!mapped_touch(m, bytes + at, end - at)) return false;
    mapped_passed(m, bytes + at, bytes + end);
  }
  return true;
}

/* ---- one column ---- */

static const void *column_at(const mapped *m, fact_type type, section_column column) {
  const void *values;
  memcpy(&values, (const char *)&m->public.of[type] + fact_column_rows[column].offset, sizeof values);
  return values;
}

static bool column_good(mapped *m, fact_type type, section_column column) {
  const fact_columns *c = &m->public.of[type];
  const void *values = column_at(m, type, column);
  switch (column) {
  case SECTION_KIND:
  case SECTION_CODE:
  case SECTION_NAME:
  case SECTION_LEVEL:
  case SECTION_MODE:
  case SECTION_STATUS:
  case SECTION_UNIT:
    return up_to(m, values, c->count, m->public.word_count);
  case SECTION_SOURCE:
    return !c->count || (m->public.source_count > 0 && up_to(m, values, c->count, m->public.source_count - 1));
  case SECTION_SUBJECT: /* with its types */
    return types_good(m, c->subject_type, c->count, fact_type_columns(type)->subject_type) &&
           typed_positions_good(m, c->subject_type, c->subject, c->count);
  case SECTION_OBJECT:
    return types_good(m, c->object_type, c->count, fact_type_columns(type)->object_type) &&
           typed_positions_good(m, c->object_type, c->object, c->count);
  case SECTION_BOUND:
    return small_up_to(m, values, c->count, BOUND_UNKNOWN);
  case SECTION_ATTRIBUTE:
    return ascending(m, values, (uint64_t)c->count + 1, c->attribute[c->count]);
  default: /* it may be anything */
    return anything(m, values, (size_t)c->count * fact_column_rows[column].width);
  }
}

/* The attributes of one table begin where those of the table before end. */
static bool attributes_follow(mapped *m) {
  uint32_t before = 0;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const fact_columns *c = &m->public.of[type];
    if (!mapped_touch(m, c->attribute, sizeof *c->attribute) ||
        !mapped_touch(m, c->attribute + c->count, sizeof *c->attribute) || c->attribute[0] != before)
      return false;
    before = c->attribute[c->count];
  }
  return before == m->public.attributes.count;
}

static bool attributes_good(mapped *m) {
  attribute_columns *a = &m->public.attributes;
  const uint64_t count = m->counts[FACT_NONE][SECTION_ATTRIBUTE_NAME];
  if (count > UINT32_MAX || m->counts[FACT_NONE][SECTION_ATTRIBUTE_TYPE] != count ||
      m->counts[FACT_NONE][SECTION_ATTRIBUTE_BOUND] != count || m->counts[FACT_NONE][SECTION_ATTRIBUTE_VALUE] != count)
    return false;
  a->count = (uint32_t)count;
  a->name = (const void *)m->found[FACT_NONE][SECTION_ATTRIBUTE_NAME];
  a->type = m->found[FACT_NONE][SECTION_ATTRIBUTE_TYPE];
  a->bound = m->found[FACT_NONE][SECTION_ATTRIBUTE_BOUND];
  a->value = (const void *)m->found[FACT_NONE][SECTION_ATTRIBUTE_VALUE];
  if (!up_to(m, a->name, count, m->public.word_count) || !small_up_to(m, a->type, count, ATTRIBUTE_TRUTH) ||
      !small_up_to(m, a->bound, count, BOUND_UNKNOWN))
    return false;
  bool good = mapped_touch(m, a->value, (size_t)count * sizeof *a->value);
  for (uint64_t i = 0; i < count && good; i++) {
    good &= a->type[i] != ATTRIBUTE_TEXT || (a->value[i] >= 0 && a->value[i] <= (int64_t)m->public.word_count);
    good &= a->type[i] != ATTRIBUTE_DATE || (a->value[i] >= INT32_MIN && a->value[i] <= INT32_MAX);
  }
  return good;
}

static bool records_point(mapped *m) {
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    if (!subjects_records_of(type)) continue;
    const int32_t *of = (const void *)m->found[type][SECTION_RECORD_OF];
    if (of == NULL || m->counts[type][SECTION_RECORD_OF] != m->public.of[FACT_RECORD].count) return false;
    m->public.record_of[type] = of;
  }
  return true;
}

static bool indexes_point(mapped *m) {
  for (section_column column = SECTION_RECORDS; column < SECTION_ATTRIBUTE_NAME; column += 2) {
    for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
      fact_type listed = FACT_NONE;
      subject_index *index = subjects_index_at(&m->public, column, type, &listed);
      if (index == NULL) continue;
      index->offset = (const void *)m->found[type][column];
      index->rows = (const void *)m->found[type][column + 1];
      if (index->offset == NULL || index->rows == NULL || m->counts[type][column + 1] > UINT32_MAX ||
          m->counts[type][column] != (uint64_t)m->public.of[type].count + 1)
        return false;
    }
  }
  return true;
}

static bool index_good(mapped *m, fact_type type, section_column column) {
  fact_type listed = FACT_NONE;
  const subject_index *index = subjects_index_at(&m->public, column, type, &listed);
  uint64_t rows = m->counts[type][column + 1], offsets = m->counts[type][column];
  return mapped_touch(m, index->offset, sizeof *index->offset) && index->offset[0] == 0 &&
         ascending(m, index->offset, offsets, (uint32_t)rows) &&
         (!rows || (m->public.of[listed].count > 0 && up_to(m, index->rows, rows, m->public.of[listed].count - 1)));
}

static bool keys_good(mapped *m, fact_type table, section_column column) {
  (void)table;
  const subject_key *keys = (const void *)m->found[FACT_NONE][column];
  uint64_t count = m->counts[FACT_NONE][column];
  int64_t before = INT64_MIN;
  bool good = keys != NULL;
  for (uint64_t at = 0; good && at < count; at += PART) {
    uint64_t end = count - at < PART ? count : at + PART;
    if (!mapped_touch(m, keys + at, (size_t)(end - at) * sizeof *keys)) return false;
    for (uint64_t i = at; i < end; i++) {
      good &= keys[i].type < FACT_TYPES && (uint32_t)keys[i].row + 1 <= m->public.of[keys[i].type % FACT_TYPES].count;
      good &= before <= keys[i].hash;
      before = keys[i].hash;
    }
    mapped_passed(m, keys + at, keys + end);
  }
  return good;
}

/* ---- all of them ---- */

enum { TASKS_MOST = FACT_TYPES * SECTION_COLUMNS, THREADS_MOST = 8, BLOCKS_FEW = 64 };

typedef struct check_task {
  bool (*good)(mapped *m, fact_type table, section_column column);
  fact_type table;
  section_column column;
  const char *wrong; /* said where it is not good */
  /* without `good`: positions in a table of so many rows. Columns that say "none" of every row are one: it is looked at
   * once, as a column of the smallest of their tables. */
  const int32_t *positions;
  uint64_t count;
  uint32_t rows;
} check_task;

typedef struct check {
  mapped *m;
  check_task tasks[TASKS_MOST];
  bool good[TASKS_MOST];
  size_t count;
  atomic_size_t next;
} check;

static void add(check *c, bool (*good)(mapped *m, fact_type table, section_column column), fact_type table,
                section_column column, const char *wrong) {
  c->tasks[c->count++] = (check_task){.good = good, .table = table, .column = column, .wrong = wrong};
}

static void add_positions(check *c, const int32_t *positions, uint64_t count, uint32_t rows, const char *wrong) {
  for (size_t i = 0; i < c->count; i++) {
    check_task *t = &c->tasks[i];
    if (t->positions != positions || left_out(c->m, positions)) continue;
    if (t->rows > rows) t->rows = rows;
    if (t->count < count) t->count = count;
    return;
  }
  c->tasks[c->count++] = (check_task){.wrong = wrong, .positions = positions, .count = count, .rows = rows};
}

static void add_all(check *c, bool keys_too) {
  subjects *s = &c->m->public;
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++)
    for (section_column column = SECTION_FACT; column < SECTION_FACT_COLUMNS; column++)
      if (column == SECTION_PLACE)
        add_positions(c, s->of[type].place, s->of[type].count, s->of[FACT_ORGANIZATION].count, "references");
      else
        add(c, column_good, type, column, "references");
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++)
    if (subjects_records_of(type))
      add_positions(c, s->record_of[type], s->of[FACT_RECORD].count, s->of[type].count, "indexes");
  for (section_column column = SECTION_RECORDS; column < SECTION_ATTRIBUTE_NAME; column += 2)
    for (fact_type type = FACT_PERSON, listed; type < FACT_TYPES; type++)
      if (subjects_index_at(s, column, type, &listed)) add(c, index_good, type, column, "indexes");
  for (section_column column = SECTION_KEYS; keys_too && column < SECTION_COLUMNS; column++)
    add(c, keys_good, FACT_NONE, column, "keys");
}

static void *run_tasks(void *context) {
  check *c = context;
  for (size_t at; (at = atomic_fetch_add(&c->next, 1)) < c->count;) {
    const check_task *t = &c->tasks[at];
    c->good[at] =
        t->positions ? positions_good(c->m, t->positions, t->count, t->rows) : t->good(c->m, t->table, t->column);
  }
  return NULL;
}

static void run_on(check *c, int threads) {
  pthread_t started[THREADS_MOST];
  int count = 0;
  while (count + 1 < threads && !pthread_create(&started[count], NULL, run_tasks, c)) count++;
  run_tasks(c);
  for (int i = 0; i < count; i++) pthread_join(started[i], NULL);
}

/* A small file is checked before another thread has begun. */
static int worth(const mapped *m) {
  if (m->header.block_count < BLOCKS_FEW) return 1;
  long there = sysconf(_SC_NPROCESSORS_ONLN);
  return there < 1 ? 1 : there > THREADS_MOST ? THREADS_MOST : (int)there;
}

const char *mapped_check(mapped *m, bool keys_too, int threads) {
  if (!attributes_good(m)) return "attributes";
  if (!attributes_follow(m)) return "references";
  if (!records_point(m) || !indexes_point(m)) return "indexes";
  check *c = memory_take(sizeof *c); /* large for a stack */
  const char *wrong = NULL;
  c->m = m;
  add_all(c, keys_too);
  run_on(c, threads > 0 && threads < THREADS_MOST ? threads : worth(m));
  for (size_t i = 0; i < c->count && wrong == NULL; i++)
    if (!c->good[i]) wrong = c->tasks[i].wrong;
  free(c);
  return wrong;
}

bool mapped_check_keys(mapped *m) {
  for (section_column column = SECTION_KEYS; column < SECTION_COLUMNS; column++)
    if (!keys_good(m, FACT_NONE, column)) return false;
  return true;
}
