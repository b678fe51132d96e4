/* What records are about, and the records of each subject. A record may be about somebody through its enrollment or its
 * activity: where those change, so does what it is about, though it stays where it is. */
#include "ledger/renewal.h"

#include <stdlib.h>
#include <string.h>

#define RUN 1024 /* values that are made at a time */

typedef struct about { /* positions in the new file, -1 */
  int32_t of[FACT_TYPES];
} about;

typedef struct added { /* to the records of a subject */
  uint32_t subject;
  renewed_row record;
} added;

typedef struct changed_list { /* the records of a subject that are not those it had */
  uint32_t subject;
  size_t first, count; /* in renewed_records.rows */
} changed_list;

typedef struct renewed_records {
  renewal *of;
  arena *memory;
  uint8_t *through[FACT_TYPES]; /* by old position: enrollments, activities, cohorts that changed; NULL: none */
  uint32_t *other;              /* old rows that stay, but are about others, ascending */
  size_t other_count, other_capacity;
  about *other_about, *put_about;
  added *added; /* of the type under way */
  size_t added_count, added_capacity;
  uint32_t *changed; /* its subjects, by new position */
  size_t changed_count, changed_capacity;
  changed_list *lists;
  size_t list_count, list_capacity;
  uint32_t *rows; /* positions in the new table; large */
  size_t row_count, row_capacity;
} renewed_records;

/* ---- what a record is about ---- */

static int64_t at_position(const renewal *r, fact_type type, int64_t position, unsigned column) {
  return position < 0 ? -1 : renewal_value(r, type, renewal_at(r, type, (uint32_t)position), column);
}

static void about_put(about *to, fact_type type, int64_t position) {
  if (position >= 0 && subjects_records_of(type)) to->of[type] = (int32_t)position;
}

/* As about_read of subjects_write.c has it. */
static about about_of(const renewal *r, renewed_row record) {
  about out;
  memset(&out, 0xff, sizeof out);
  fact_type subject = (fact_type)renewal_value(r, FACT_RECORD, record, SECTION_SUBJECT_TYPE);
  int64_t position = renewal_value(r, FACT_RECORD, record, SECTION_SUBJECT);
  int64_t cohort = subject == FACT_COHORT ? position : -1, programme = subject == FACT_PROGRAMME ? position : -1;
  if (subject != FACT_COHORT && subject != FACT_PROGRAMME) about_put(&out, subject, position);
  bool object = renewal_value(r, FACT_RECORD, record, SECTION_OBJECT_TYPE) == FACT_ACTIVITY;
  int64_t activity = object ? renewal_value(r, FACT_RECORD, record, SECTION_OBJECT) : -1;
  if (subject == FACT_PERSON && activity < 0) return out;
  if (subject == FACT_ENROLLMENT) {
    about_put(&out, FACT_PERSON, at_position(r, FACT_ENROLLMENT, position, SECTION_SUBJECT));
    cohort = at_position(r, FACT_ENROLLMENT, position, SECTION_OBJECT);
  }
  int64_t within = at_position(r, FACT_ACTIVITY, activity, SECTION_SUBJECT_TYPE);
  int64_t of = at_position(r, FACT_ACTIVITY, activity, SECTION_SUBJECT);
  if (within == FACT_COHORT && cohort < 0) cohort = of;
  if (cohort >= 0) programme = at_position(r, FACT_COHORT, cohort, SECTION_SUBJECT);
  if (within == FACT_PROGRAMME && programme < 0) programme = of;
  about_put(&out, FACT_COHORT, cohort);
  about_put(&out, FACT_PROGRAMME, programme);
  return out;
}

static void mark(renewed_records *w, fact_type type, uint32_t row) {
  const renewal *r = w->of;
  if (w->through[type] == NULL) w->through[type] = large_take(r->of->folder, (size_t)r->old->of[type].count + 1);
  w->through[type][row] = 1;
}

static bool marked(const renewed_records *w, fact_type type, int32_t row) {
  return row >= 0 && w->through[type] != NULL && w->through[type][row];
}

/* Enrollments, activities and cohorts that were told of anew, and those that lead on through one. */
static void mark_through(renewed_records *w) {
  static const fact_type types[] = {FACT_COHORT, FACT_ENROLLMENT, FACT_ACTIVITY};
  const renewal *r = w->of;
  bool programme_gone = false;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    const renewed_table *t = &r->tables[types[i]];
    for (size_t g = 0; g < t->gone_count; g++) mark(w, types[i], t->gone[g]);
  }
  const renewed_table *programmes = &r->tables[FACT_PROGRAMME];
  for (size_t g = 0; g < programmes->gone_count; g++) programme_gone = programme_gone || programmes->gone_to[g] < 0;
  const fact_columns *c = &r->old->of[FACT_COHORT];
  for (uint32_t row = 0; programme_gone && row < c->count; row++)
    if (c->subject[row] >= 0 && renewed_position(programmes, c->subject[row]) < 0) mark(w, FACT_COHORT, row);
  if (w->through[FACT_COHORT] == NULL) return;
  c = &r->old->of[FACT_ENROLLMENT];
  for (uint32_t row = 0; row < c->count; row++)
    if ((fact_type)c->object_type[row] == FACT_COHORT && marked(w, FACT_COHORT, c->object[row]))
      mark(w, FACT_ENROLLMENT, row);
  c = &r->old->of[FACT_ACTIVITY];
  for (uint32_t row = 0; row < c->count; row++)
    if ((fact_type)c->subject_type[row] == FACT_COHORT && marked(w, FACT_COHORT, c->subject[row]))
      mark(w, FACT_ACTIVITY, row);
}

static void find_others(renewed_records *w) {
  const renewal *r = w->of;
  const fact_columns *c = &r->old->of[FACT_RECORD];
  mark_through(w);
  if (w->through[FACT_COHORT] == NULL && w->through[FACT_ENROLLMENT] == NULL && w->through[FACT_ACTIVITY] == NULL)
    return;
  for (uint32_t row = 0; row < c->count; row++) {
    fact_type subject = (fact_type)c->subject_type[row];
    bool other = ((subject == FACT_ENROLLMENT || subject == FACT_COHORT) && marked(w, subject, c->subject[row])) ||
                 ((fact_type)c->object_type[row] == FACT_ACTIVITY && marked(w, FACT_ACTIVITY, c->object[row]));
    if (other && !renewal_goes(&r->tables[FACT_RECORD], row))
      *ARENA_PUSH(w->memory, w->other, w->other_count, w->other_capacity) = row;
  }
}

static void find_about(renewed_records *w) {
  const renewal *r = w->of;
  const renewed_table *t = &r->tables[FACT_RECORD];
  w->other_about = arena_array(w->memory, w->other_count + 1, sizeof *w->other_about);
  w->put_about = arena_array(w->memory, t->put_count + 1, sizeof *w->put_about);
  for (size_t i = 0; i < w->other_count; i++) w->other_about[i] = about_of(r, (renewed_row){w->other[i], true});
  for (size_t i = 0; i < t->put_count; i++) w->put_about[i] = about_of(r, t->put[i].from);
}

/* ---- the lists that change ---- */

static int by_row(const void *a, const void *b) {
  uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
  return (left > right) - (left < right);
}

static bool is_other(const renewed_records *w, uint32_t row) {
  return w->other_count > 0 && bsearch(&row, w->other, w->other_count, sizeof row, by_row) != NULL;
}

static int by_subject(const void *a, const void *b, void *context) {
  const added *left = a, *right = b;
  if (left->subject != right->subject) return left->subject < right->subject ? -1 : 1;
  if (left->record.old == right->record.old && left->record.row == right->record.row) return 0;
  return renewal_in_time(context, FACT_RECORD, left->record, right->record);
}

static void change(renewed_records *w, int32_t subject) {
  if (subject >= 0) *ARENA_PUSH(w->memory, w->changed, w->changed_count, w->changed_capacity) = (uint32_t)subject;
}

static void add(renewed_records *w, int32_t subject, renewed_row record) {
  if (subject < 0) return;
  *ARENA_PUSH(w->memory, w->added, w->added_count, w->added_capacity) = (added){(uint32_t)subject, record};
  change(w, subject);
}

static void find_changed(renewed_records *w, fact_type type) {
  const renewal *r = w->of;
  const renewed_table *records = &r->tables[FACT_RECORD], *t = &r->tables[type];
  const int32_t *was = r->old->record_of[type];
  w->added_count = w->changed_count = w->list_count = w->row_count = 0;
  for (size_t i = 0; i < records->put_count; i++) add(w, w->put_about[i].of[type], records->put[i].from);
  for (size_t i = 0; i < w->other_count; i++) {
    add(w, w->other_about[i].of[type], (renewed_row){w->other[i], true});
    change(w, renewed_position(t, was[w->other[i]]));
  }
  for (size_t g = 0; g < records->gone_count; g++) change(w, renewed_position(t, was[records->gone[g]]));
  for (size_t i = 0; i < t->put_count; i++) change(w, t->put[i].at);
  if (w->added_count > 0) qsort_r(w->added, w->added_count, sizeof *w->added, by_subject, w->of);
  if (w->changed_count > 0) qsort(w->changed, w->changed_count, sizeof *w->changed, by_row);
}

/* Where the records of a subject stood in the old file: its position there, or -1. */
static int32_t was_at(const renewal *r, fact_type type, uint32_t position) {
  renewed_row from = renewal_at(r, type, position);
  if (from.old) return (int32_t)from.row;
  const renewed_entity *e = renewal_entity(r, build_value(&r->now->of[type], SECTION_ENTITY, from.row));
  return e == NULL ? -1 : e->was;
}

static uint32_t position_of(const renewal *r, renewed_row record) {
  if (!record.old) return (uint32_t)renewal_now_at(r, FACT_RECORD, record.row);
  return (uint32_t)renewed_position(&r->tables[FACT_RECORD], (int32_t)record.row);
}

static void list_push(renewed_records *w, renewed_row record) {
  if (w->row_count == w->row_capacity) {
    w->row_capacity *= 2;
    w->rows = large_resize(w->rows, w->row_capacity * sizeof *w->rows);
  }
  w->rows[w->row_count++] = position_of(w->of, record);
}

/* The first day of the next that was added to a subject; beyond all days where none is left. */
static uint64_t next_day(const renewed_records *w, size_t next, uint32_t subject) {
  if (next == w->added_count || w->added[next].subject != subject) return UINT64_MAX;
  return build_first_day((date)renewal_value(w->of, FACT_RECORD, w->added[next].record, SECTION_SINCE));
}

/* What is left of the old list, in its order, and between it what was added: a list may be long, so days come first. */
static void make_list(renewed_records *w, fact_type type, uint32_t subject, size_t *next) {
  renewal *r = w->of;
  const subject_index *index = &r->old->records[type];
  const date *since = r->old->of[FACT_RECORD].since;
  const int32_t was = was_at(r, type, subject);
  changed_list *list = ARENA_PUSH(w->memory, w->lists, w->list_count, w->list_capacity);
  *list = (changed_list){subject, w->row_count, 0};
  uint64_t day_next = next_day(w, *next, subject);
  for (uint32_t k = was < 0 ? 0 : index->offset[was]; was >= 0 && k < index->offset[was + 1]; k++) {
    renewed_row record = {index->rows[k], true};
    if (renewal_goes(&r->tables[FACT_RECORD], record.row) || is_other(w, record.row)) continue;
    while (build_first_day(since[record.row]) >= day_next &&
           renewal_in_time(r, FACT_RECORD, w->added[*next].record, record) < 0) {
      list_push(w, w->added[(*next)++].record);
      day_next = next_day(w, *next, subject);
    }
    list_push(w, record);
  }
  for (; *next < w->added_count && w->added[*next].subject == subject; ++*next) list_push(w, w->added[*next].record);
  list->count = w->row_count - list->first;
}

static void make_lists(renewed_records *w, fact_type type) {
  size_t next = 0;
  find_changed(w, type);
  for (size_t i = 0; i < w->changed_count; i++)
    if (i == 0 || w->changed[i] != w->changed[i - 1]) make_list(w, type, w->changed[i], &next);
}

/* ---- sections ---- */

static uint32_t *offsets_of(const renewed_records *w, fact_type type) {
  const renewal *r = w->of;
  const renewed_table *t = &r->tables[type];
  const uint32_t *old = r->old->records[type].offset;
  uint32_t *out = large_take(r->of->folder, ((size_t)t->count + 1) * sizeof *out), total = 0;
  size_t list = 0;
  for (size_t s = 0; s < t->segment_count; s++) {
    const renewed_segment *one = &t->segments[s];
    for (uint32_t k = 0; k < one->count; k++) {
      out[one->at + k] = total;
      if (list < w->list_count && w->lists[list].subject == one->at + k)
        total += (uint32_t)w->lists[list++].count;
      else if (!one->put)
        total += old[one->first + k + 1] - old[one->first + k];
    }
  }
  out[t->count] = total;
  return out;
}

static void put_old_rows(const renewal *r, subject_stream *to, const uint32_t *from, size_t count) {
  const renewed_table *records = &r->tables[FACT_RECORD];
  int32_t run[RUN];
  for (size_t done = 0, some; done < count; done += some) {
    some = count - done < RUN ? count - done : RUN;
    for (size_t k = 0; k < some; k++) run[k] = renewed_position(records, (int32_t)from[done + k]);
    stream_put(to, run, some * sizeof *run);
  }
}

/* Lists that changed, and what lies between two of them at once. */
static void rows_write(const renewed_records *w, subject_stream *to, fact_type type) {
  const renewal *r = w->of;
  const renewed_table *t = &r->tables[type];
  const subject_index *index = &r->old->records[type];
  size_t list = 0;
  for (size_t s = 0; s < t->segment_count; s++) {
    const renewed_segment *one = &t->segments[s];
    const uint32_t *offset = index->offset + one->first;
    for (uint32_t k = 0, end; k < one->count; k = end) {
      if (list < w->list_count && w->lists[list].subject == one->at + k) {
        stream_put(to, w->rows + w->lists[list].first, w->lists[list].count * sizeof *w->rows);
        list++;
        end = k + 1;
        continue;
      }
      end = list < w->list_count && w->lists[list].subject < one->at + one->count ? w->lists[list].subject - one->at
                                                                                  : one->count;
      if (!one->put) put_old_rows(r, to, index->rows + offset[k], offset[end] - offset[k]);
    }
  }
}

static void record_of_write(const renewed_records *w, subject_stream *to, fact_type type) {
  const renewal *r = w->of;
  const renewed_table *records = &r->tables[FACT_RECORD], *t = &r->tables[type];
  const int32_t *was = r->old->record_of[type];
  int32_t run[RUN];
  size_t other = 0;
  stream_section(to, type, SECTION_RECORD_OF, sizeof *run, records->count);
  for (size_t s = 0; s < records->segment_count; s++) {
    const renewed_segment *one = &records->segments[s];
    for (uint32_t k = 0; one->put && k < one->count; k++)
      stream_put(to, &w->put_about[one->first + k].of[type], sizeof(int32_t));
    for (uint32_t done = 0, some; !one->put && done < one->count; done += some) {
      const uint32_t first = one->first + done;
      some = one->count - done < RUN ? one->count - done : RUN;
      for (uint32_t k = 0; k < some; k++) run[k] = renewed_position(t, was[first + k]);
      for (; other < w->other_count && w->other[other] < first + some; other++)
        if (w->other[other] >= first) run[w->other[other] - first] = w->other_about[other].of[type];
      stream_put(to, run, some * sizeof *run);
    }
  }
}

void renewal_records_write(renewal *r, subject_stream *to) {
  renewed_records w = {.of = r, .memory = arena_new(), .row_capacity = 1024};
  w.rows = large_take(r->of->folder, w.row_capacity * sizeof *w.rows);
  find_others(&w);
  find_about(&w);
  for (fact_type type = FACT_PERSON; type < FACT_TYPES && !r->anew; type++) {
    if (!subjects_records_of(type)) continue;
    make_lists(&w, type);
    uint32_t *offset = offsets_of(&w, type);
    const uint32_t subjects_count = r->tables[type].count, total = offset[subjects_count];
    if (total == 0)
      stream_none(to, type, SECTION_RECORD_OF, r->tables[FACT_RECORD].count);
    else
      record_of_write(&w, to, type);
    stream_whole(to, type, SECTION_RECORDS, sizeof *offset, offset, (uint64_t)subjects_count + 1);
    stream_section(to, type, SECTION_RECORDS_ROWS, sizeof *offset, total);
    rows_write(&w, to, type);
    large_free(offset);
  }
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++) large_free(w.through[type]);
  large_free(w.rows);
  arena_free(w.memory);
}
