/* Which rows go and which come, and where each stands now: table by table, as a table only refers to those before it.
 */
#include "ledger/renewal.h"

#include <stdlib.h>
#include <string.h>

/* ---- what rows say ---- */

static bool is_word(unsigned column) {
  return column >= SECTION_KIND && column <= SECTION_UNIT;
}

int64_t renewal_old(const renewal *r, fact_type type, unsigned column, uint32_t row) {
  const void *at = renewal_column(r, type, column);
  switch (fact_column_rows[column].width) {
  case 8:
    return ((const int64_t *)at)[row];
  case 4: /* words, sources and positions are below 2^31 */
    return ((const int32_t *)at)[row];
  default:
    return ((const uint8_t *)at)[row];
  }
}

/* Where an entity stands now. */
static int32_t entity_at(const renewal *r, fact_type type, int64_t entity) {
  if (entity <= 0 || r->tables[type].now_at == NULL) return -1; /* nobody, or of a table that does not come before */
  const renewed_entity *anew = renewal_entity(r, entity);
  if (anew != NULL) {
    uint32_t row = builder_row_of(r->now, type, entity);
    return row == NO_ROW ? -1 : renewal_now_at(r, type, row);
  }
  const subject_key *key;
  if (renewal_keys(r, SECTION_ENTITIES, entity, &key) != 1 || (fact_type)key->type != type) return -1;
  return renewed_position(&r->tables[type], key->row);
}

static fact_type type_of(const renewal *r, fact_type table, renewed_row from, unsigned column) {
  unsigned types = column == SECTION_SUBJECT ? SECTION_SUBJECT_TYPE : SECTION_OBJECT_TYPE;
  if (column == SECTION_PLACE) return FACT_ORGANIZATION;
  return (fact_type)(from.old ? renewal_old(r, table, types, from.row)
                              : build_value(&r->now->of[table], types, from.row));
}

int64_t renewal_value(const renewal *r, fact_type type, renewed_row from, unsigned column) {
  int64_t value = from.old ? renewal_old(r, type, column, from.row) : build_value(&r->now->of[type], column, from.row);
  if (is_word(column)) return from.old ? r->words[value] : r->now_words[value];
  if (column == SECTION_SOURCE) return from.old ? r->sources[value] : r->now_sources[value];
  if (column != SECTION_SUBJECT && column != SECTION_OBJECT && column != SECTION_PLACE) return value;
  fact_type of = type_of(r, type, from, column);
  if (!from.old) return entity_at(r, of, value);
  return value < 0 || of == FACT_NONE ? -1 : renewed_position(&r->tables[of], (int32_t)value);
}

int32_t renewal_now_at(const renewal *r, fact_type type, uint32_t row) {
  if (type >= FACT_MERGE) return -1;
  int64_t told_by = build_value(&r->now->of[type], BUILD_TOLD_BY, row);
  return r->tables[type].now_at[told_by == 0 ? row : (uint32_t)told_by - 1];
}

/* ---- order ---- */

#define COMPARE(one, other)                                                                                            \
  do {                                                                                                                 \
    const uint64_t one_ = (uint64_t)(one), other_ = (uint64_t)(other);                                                 \
    if (one_ != other_) return one_ < other_ ? -1 : 1;                                                                 \
  } while (0)

#define VALUE(side, column) renewal_value(r, type, side, column)

static int by_place(const renewal *r, fact_type type, renewed_row left, renewed_row right) {
  COMPARE(VALUE(left, SECTION_SOURCE), VALUE(right, SECTION_SOURCE));
  COMPARE(build_up_to(VALUE(left, SECTION_SHEET), 31), build_up_to(VALUE(right, SECTION_SHEET), 31));
  COMPARE(build_up_to(VALUE(left, SECTION_ROW), 40), build_up_to(VALUE(right, SECTION_ROW), 40));
  COMPARE(build_up_to(VALUE(left, SECTION_PART), 24), build_up_to(VALUE(right, SECTION_PART), 24));
  return 0;
}

/* Facts of one row and part of one file, or of none: by what they say, as far as both files tell. */
static int by_content(renewal *r, fact_type type, renewed_row left, renewed_row right) {
  static const unsigned columns[] = {
      SECTION_SHEET,  SECTION_ROW,   SECTION_PART,         SECTION_KIND,        SECTION_CODE,   SECTION_NAME,
      SECTION_SINCE,  SECTION_UNTIL, SECTION_LEVEL,        SECTION_MODE,        SECTION_STATUS, SECTION_UNIT,
      SECTION_AMOUNT, SECTION_BOUND, SECTION_SUBJECT_TYPE, SECTION_OBJECT_TYPE, SECTION_SUBJECT};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    int64_t one = VALUE(left, columns[i]), other = VALUE(right, columns[i]);
    if (one != other) return one < other ? -1 : 1;
  }
  if (type != FACT_ORGANIZATION) { /* of which the entities above count, not where they stand */
    int64_t one = VALUE(left, SECTION_OBJECT), other = VALUE(right, SECTION_OBJECT);
    if (one != other) return one < other ? -1 : 1;
  }
  renewal_anew(r);
  return 0;
}

int renewal_in_time(renewal *r, fact_type type, renewed_row left, renewed_row right) {
  COMPARE(build_first_day((date)VALUE(left, SECTION_SINCE)), build_first_day((date)VALUE(right, SECTION_SINCE)));
  COMPARE(VALUE(left, SECTION_KIND), VALUE(right, SECTION_KIND));
  int order = by_place(r, type, left, right);
  return order != 0 ? order : by_content(r, type, left, right);
}

static int in_table(renewal *r, fact_type type, renewed_row left, renewed_row right) {
  if (left.old == right.old && left.row == right.row) return 0;
  if (!fact_is_entity(type)) {
    COMPARE(VALUE(left, SECTION_SUBJECT_TYPE), VALUE(right, SECTION_SUBJECT_TYPE));
    COMPARE(VALUE(left, SECTION_SUBJECT) + 1, VALUE(right, SECTION_SUBJECT) + 1);
    return renewal_in_time(r, type, left, right);
  }
  COMPARE(VALUE(left, SECTION_KIND), VALUE(right, SECTION_KIND));
  COMPARE(VALUE(left, SECTION_CODE), VALUE(right, SECTION_CODE));
  COMPARE(VALUE(left, SECTION_NAME), VALUE(right, SECTION_NAME));
  int order = by_place(r, type, left, right);
  return order != 0 ? order : by_content(r, type, left, right);
}

typedef struct ordering {
  renewal *of;
  fact_type type;
} ordering;

static int by_order(const void *a, const void *b, void *context) {
  const ordering *o = context;
  return in_table(o->of, o->type, ((const renewed_put *)a)->from, ((const renewed_put *)b)->from);
}

/* ---- rows that stay ---- */

static int by_row(const void *a, const void *b) {
  uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
  return (left > right) - (left < right);
}

void renewal_sort_gone(renewed_table *t) {
  size_t count = 0;
  if (t->gone_count > 0) qsort(t->gone, t->gone_count, sizeof *t->gone, by_row);
  for (size_t i = 0; i < t->gone_count; i++)
    if (count == 0 || t->gone[count - 1] != t->gone[i]) t->gone[count++] = t->gone[i];
  t->gone_count = count;
}

/* How many rows before this one go. */
static size_t gone_before(const renewed_table *t, uint32_t row) {
  size_t low = 0, high = t->gone_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (t->gone[middle] < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool renewal_is_gone(const renewed_table *t, uint32_t row) {
  size_t at = gone_before(t, row);
  return at < t->gone_count && t->gone[at] == row;
}

/* The row of the old table that is the n-th of those that stay. */
static uint32_t staying(const renewed_table *t, uint32_t n) {
  size_t low = 0, high = t->gone_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (t->gone[middle] - middle <= n)
      low = middle + 1;
    else
      high = middle;
  }
  return n + (uint32_t)low;
}

static void place_put(renewal *r, fact_type type, renewed_put *put) {
  const renewed_table *t = &r->tables[type];
  uint32_t low = 0, high = r->old->of[type].count - (uint32_t)t->gone_count;
  while (low < high && !r->anew) {
    uint32_t middle = low + (high - low) / 2;
    if (in_table(r, type, (renewed_row){staying(t, middle), true}, put->from) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  put->before = low;
}

/* ---- where everything stands ---- */

static void add_segment(renewal *r, renewed_table *t, bool put, uint32_t first, uint32_t count) {
  if (count == 0) return;
  *ARENA_PUSH(r->memory, t->segments, t->segment_count, t->segment_capacity) =
      (renewed_segment){.first = first, .count = count, .at = t->count, .put = put};
  t->count += count;
}

static void lay_out(renewal *r, fact_type type) {
  renewed_table *t = &r->tables[type];
  const uint32_t rows = r->old->of[type].count;
  uint32_t row = 0, stayed = 0;
  size_t gone = 0, put = 0;
  while (row < rows || put < t->put_count) {
    size_t first = put;
    while (put < t->put_count && t->put[put].before <= stayed) {
      t->put[put].at = (int32_t)(t->count + (put - first));
      put++;
    }
    add_segment(r, t, true, (uint32_t)first, (uint32_t)(put - first));
    for (; gone < t->gone_count && t->gone[gone] == row; gone++) row++;
    uint32_t end = gone < t->gone_count ? t->gone[gone] : rows;
    if (put < t->put_count && end - row > t->put[put].before - stayed) end = row + (t->put[put].before - stayed);
    add_segment(r, t, false, row, end - row);
    stayed += end - row;
    row = end;
  }
}

/* Blocks in which rows go or between whose rows others come have a position for each row. */
static void move_blocks(renewal *r, fact_type type) {
  renewed_table *t = &r->tables[type];
  const uint32_t rows = r->old->of[type].count, blocks = (rows >> MOVED_BITS) + 1;
  uint32_t exact = 0;
  t->moved = large_take(r->of->folder, blocks * sizeof *t->moved);
  for (uint32_t block = 0; block < blocks; block++) t->moved[block].exact = 1;
  for (size_t s = 0; s < t->segment_count; s++) {
    const renewed_segment *one = &t->segments[s];
    if (one->put) continue;
    uint32_t first = (one->first + MOVED_ROWS - 1) >> MOVED_BITS, end = one->first + one->count;
    uint32_t last = end == rows ? blocks : end >> MOVED_BITS; /* nobody asks for rows after the last */
    for (uint32_t block = first; block < last; block++)
      t->moved[block] = (moved_block){.shift = (int32_t)one->at - (int32_t)one->first};
  }
  for (uint32_t block = 0; block < blocks; block++)
    if (t->moved[block].exact != 0) t->moved[block].exact = ++exact;
  t->exact = large_take(r->of->folder, ((size_t)exact + 1) * MOVED_ROWS * sizeof *t->exact);
}

static void set_exact(renewed_table *t, uint32_t row, int32_t to) {
  const moved_block *block = &t->moved[row >> MOVED_BITS];
  if (block->exact != 0) t->exact[(size_t)(block->exact - 1) * MOVED_ROWS + (row & (MOVED_ROWS - 1))] = to;
}

static void find_exact(renewal *r, fact_type type) {
  renewed_table *t = &r->tables[type];
  for (size_t s = 0; s < t->segment_count; s++) {
    const renewed_segment *one = &t->segments[s];
    const uint32_t end = one->first + one->count;
    for (uint32_t row = one->first; !one->put && row < end; row++) {
      if (t->moved[row >> MOVED_BITS].exact == 0)
        row |= MOVED_ROWS - 1; /* on to the next block */
      else
        set_exact(t, row, (int32_t)(row - one->first + one->at));
    }
  }
  for (size_t g = 0; g < t->gone_count; g++) set_exact(t, t->gone[g], t->gone_to[g]);
}

renewed_row renewal_at(const renewal *r, fact_type type, uint32_t position) {
  const renewed_table *t = &r->tables[type];
  size_t low = 0, high = t->segment_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (t->segments[middle].at <= position)
      low = middle;
    else
      high = middle;
  }
  const renewed_segment *s = &t->segments[low];
  if (s->put) return t->put[s->first + (position - s->at)].from;
  return (renewed_row){s->first + (position - s->at), true};
}

/* ---- a table ---- */

/* Rows that have to move because whom they are about stands elsewhere; its own order is the only thing that changes. */
static void moves(renewal *r, fact_type type, uint32_t row) {
  renewed_table *t = &r->tables[type];
  *ARENA_PUSH(r->memory, t->put, t->put_count, t->put_capacity) = (renewed_put){.from = {row, true}};
}

static void move_listed(renewal *r, fact_type table, const subject_index *index, fact_type of, uint32_t subject) {
  const fact_columns *c = &r->old->of[table];
  for (uint32_t k = index->offset[subject]; k < index->offset[subject + 1]; k++) {
    uint32_t row = index->rows[k];
    if ((fact_type)c->subject_type[row] == of && c->subject[row] == (int32_t)subject &&
        !renewal_is_gone(&r->tables[table], row))
      moves(r, table, row);
  }
}

/* Whether an entity that was told of anew stands in line with those that stay: else, or where it is gone, what stands
 * in the order of entities moves with it. Of persons in a merge everything is read again. */
static void find_astray(renewal *r, fact_type type, fact_type table) {
  const renewed_table *t = &r->tables[type];
  int32_t last = -1;
  for (size_t g = 0; g < t->gone_count; g++) {
    const renewed_entity *e = renewal_entity(r, r->old->of[type].entity[t->gone[g]]);
    int32_t to = t->gone_to[g];
    size_t before = t->gone[g] - g; /* so many that stay stood in front of it */
    bool in_line = to > last;
    if (in_line) {
      int32_t low = before == 0 ? -1 : renewed_position(t, (int32_t)staying(t, (uint32_t)before - 1));
      int32_t high = before == r->old->of[type].count - t->gone_count
                         ? (int32_t)t->count
                         : renewed_position(t, (int32_t)staying(t, (uint32_t)before));
      in_line = to > low && to < high;
    }
    if (in_line) {
      last = to;
      continue;
    }
    r->astray = true;
    if (e == NULL || e->several) continue;
    if (table == FACT_POST && type == FACT_PERSON) move_listed(r, table, &r->old->posts, type, t->gone[g]);
    if (table == FACT_RECORD && subjects_records_of(type))
      move_listed(r, table, &r->old->records[type], type, t->gone[g]);
    if (table == FACT_RELATION) move_listed(r, table, &r->old->relations[type], type, t->gone[g]);
  }
}

static void rows_move(renewal *r, fact_type table) {
  renewed_table *t = &r->tables[table];
  for (fact_type type = FACT_PERSON; type < table; type++) {
    if (fact_is_entity(type)) find_astray(r, type, table);
  }
  for (size_t i = 0; i < t->put_count; i++)
    *ARENA_PUSH(r->memory, t->gone, t->gone_count, t->gone_capacity) = t->put[i].from.row;
  renewal_sort_gone(t);
  if (t->put_count > 4 * r->most) renewal_anew(r);
}

static void rows_come(renewal *r, fact_type type) {
  renewed_table *t = &r->tables[type];
  const build_table *from = &r->now->of[type];
  for (uint32_t row = 0; row < from->count; row++) {
    if (build_value(from, BUILD_TOLD_BY, row) != 0) continue;
    *ARENA_PUSH(r->memory, t->put, t->put_count, t->put_capacity) = (renewed_put){.from = {row, false}};
  }
  ordering o = {r, type};
  if (t->put_count > 0) qsort_r(t->put, t->put_count, sizeof *t->put, by_order, &o);
  for (size_t i = 0; i < t->put_count && !r->anew; i++) place_put(r, type, &t->put[i]);
}

static void find_gone(renewal *r, fact_type type) {
  renewed_table *t = &r->tables[type];
  const fact_columns *c = &r->old->of[type];
  t->now_at = arena_array(r->memory, (size_t)r->now->of[type].count + 1, sizeof *t->now_at);
  for (size_t i = 0; i < t->put_count; i++)
    if (!t->put[i].from.old) t->now_at[t->put[i].from.row] = t->put[i].at;
  t->gone_to = arena_array(r->memory, t->gone_count + 1, sizeof *t->gone_to);
  for (size_t g = 0; g < t->gone_count; g++) {
    t->gone_to[g] = -1;
    if (fact_is_entity(type)) t->gone_to[g] = entity_at(r, type, c->entity[t->gone[g]]);
  }
  for (size_t i = 0; i < t->put_count; i++)
    if (t->put[i].from.old) t->gone_to[gone_before(t, t->put[i].from.row)] = t->put[i].at;
}

static bool same_order(const fact_columns *c, fact_type type, uint32_t left, uint32_t right) {
  if (c->row[left] != c->row[right] || c->part[left] != c->part[right] || c->sheet[left] != c->sheet[right] ||
      c->source[left] != c->source[right] || c->kind[left] != c->kind[right])
    return false;
  if (fact_is_entity(type)) return c->code[left] == c->code[right] && c->name[left] == c->name[right];
  return c->since[left] == c->since[right] && c->subject_type[left] == c->subject_type[right] &&
         c->subject[left] == c->subject[right];
}

/* Neighbours in whose order what they refer to counts: it may be another now. */
static bool has_ties(const renewal *r, fact_type type) {
  for (uint32_t row = 1; row < r->old->of[type].count; row++)
    if (same_order(&r->old->of[type], type, row - 1, row)) return true;
  return false;
}

bool renewal_rows(renewal *r) {
  for (fact_type type = FACT_PERSON; type < FACT_MERGE && !r->anew; type++) {
    if (!fact_is_entity(type)) rows_move(r, type);
    if (!r->anew) rows_come(r, type);
    if (r->anew) break;
    lay_out(r, type);
    move_blocks(r, type);
    find_gone(r, type);
    find_exact(r, type);
  }
  for (fact_type type = FACT_PERSON; type < FACT_MERGE && r->astray && !r->anew; type++)
    if (has_ties(r, type)) renewal_anew(r);
  return !r->anew;
}
