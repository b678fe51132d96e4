/* The rows of the subjects at hand, gathered as run_rows gathers them. */
#include "pack/batch_inside.h"

#include <string.h>

void batch_rows_begin(batch_ground *g) {
  batch_rows *r = &g->rows;
  r->row = arena_array(g->memory, BATCH_ROWS, sizeof *r->row);
  r->gathered = arena_array(g->memory, BATCH_ROWS, sizeof *r->gathered);
  r->dates = arena_array(g->memory, BATCH_ROWS, sizeof *r->dates);
  r->tag = arena_array(g->memory, BATCH_ROWS, sizeof *r->tag);
  r->who = arena_array(g->memory, BATCH_ROWS, sizeof *r->who);
  r->theirs = arena_array(g->memory, BATCH_ROWS, sizeof *r->theirs);
  r->amount = arena_array(g->memory, BATCH_ROWS, sizeof *r->amount);
  r->bound = arena_array(g->memory, BATCH_ROWS, sizeof *r->bound);
  for (int i = 0; i < 2; i++) {
    r->days[i].earliest = arena_array(g->memory, BATCH_ROWS, sizeof(day));
    r->days[i].latest = arena_array(g->memory, BATCH_ROWS, sizeof(day));
  }
}

/* The rows of one subject, as run_rows gathers them; false where there is no room for them. */
static bool take_rows(batch *b, uint32_t subject, uint32_t person_at) {
  batch_rows *r = b->rows;
  const subjects *s = b->e->subjects;
  const subject_index *own = &s->records[r->of], *all = &s->records[FACT_PERSON];
  uint32_t from = own->offset ? own->offset[subject] : 0, to = own->offset ? own->offset[subject + 1] : 0;
  if (to - from > BATCH_ROWS - r->count) return false;
  uint32_t at = r->count + (to - from);
  if (to > from) memcpy(r->row + r->count, own->rows + from, (to - from) * sizeof *r->row);
  memset(r->who + r->count, (int)person_at, to - from);
  if (r->of == FACT_ENROLLMENT) memset(r->theirs + r->count, 0, to - from);
  int32_t person = r->of == FACT_ENROLLMENT ? s->of[FACT_ENROLLMENT].subject[subject] : -1;
  if (person >= 0 && all->offset)
    for (uint32_t i = all->offset[person]; i < all->offset[person + 1]; i++) {
      if (s->record_of[FACT_ENROLLMENT][all->rows[i]] >= 0) continue;
      if (at == BATCH_ROWS) return false;
      r->row[at] = all->rows[i];
      r->who[at] = (uint8_t)person_at;
      r->theirs[at++] = true;
    }
  r->count = at;
  return true;
}

static bool all_together(const batch_rows *r) {
  uint32_t apart = 0, count = r->count;
  for (uint32_t i = 0; i < count; i++) apart |= r->row[i] ^ (r->row[0] + i);
  return !apart;
}

/* A column of the rows: the table's own where they stand together, else until another one is gathered. */
static const uint32_t *column_of(batch_rows *r, const uint32_t *column) {
  if (!r->count) return column;
  if (r->together) return column + r->row[0];
  uint32_t count = r->count;
  for (uint32_t i = 0; i < count; i++) r->gathered[i] = column[r->row[i]];
  return r->gathered;
}

static bool all_alike(const uint32_t *words, uint32_t count) {
  uint32_t other = 0;
  for (uint32_t i = 0; i < count; i++) other |= words[i] ^ words[0];
  return !other;
}

static void take_tags(batch *b) {
  batch_rows *r = b->rows;
  uint32_t count = r->count, *tag = r->tag;
  memset(tag, 0, count * sizeof *tag);
  for (int c = 0; c < TAG_COLUMNS && count; c++) {
    const tag_column *column = &b->ground->columns[c];
    const uint8_t *small = column->small;
    uint32_t dimension = column->dimension;
    if (dimension < 2) continue;
    const uint32_t *words = column_of(r, column->words);
    uint32_t first = small[words[0]];
    if (all_alike(words, count))
      for (uint32_t i = 0; i < count; i++) tag[i] = tag[i] * dimension + first;
    else
      for (uint32_t i = 0; i < count; i++) tag[i] = tag[i] * dimension + small[words[i]];
  }
}

static void take_amounts(batch *b) {
  batch_rows *r = b->rows;
  const fact_columns *t = &b->e->subjects->of[FACT_RECORD];
  if (r->together && r->count) {
    memcpy(r->amount, t->amount + r->row[0], r->count * sizeof *r->amount);
    memcpy(r->bound, t->bound + r->row[0], r->count * sizeof *r->bound);
    return;
  }
  for (uint32_t i = 0; i < r->count; i++) {
    r->amount[i] = t->amount[r->row[i]];
    r->bound[i] = t->bound[r->row[i]];
  }
}

static bool loaded_already(const batch_rows *r, fact_type of, const uint32_t *asked, uint32_t count) {
  return r->people && r->of == of && r->people <= count && !memcmp(r->subjects, asked, r->people * sizeof *asked);
}

bool batch_rows_load(batch *b, fact_type of, const uint32_t *asked, uint32_t count) {
  batch_rows *r = b->rows;
  if (count > BATCH_PEOPLE) count = BATCH_PEOPLE;
  if (loaded_already(r, of, asked, count)) return true;
  r->of = of;
  r->people = r->count = 0;
  r->serial++;
  r->days[0].made = r->days[1].made = false;
  if (of != FACT_ENROLLMENT && r->some_theirs) memset(r->theirs, 0, BATCH_ROWS * sizeof *r->theirs);
  r->some_theirs = of == FACT_ENROLLMENT;
  while (r->people < count && take_rows(b, asked[r->people], r->people)) {
    r->subjects[r->people] = asked[r->people];
    r->first[++r->people] = r->count;
  }
  r->together = all_together(r);
  take_tags(b);
  take_amounts(b);
  return r->people > 0;
}

/* Dates known to the month or the year: their last days, and what is the least and the most then. */
static void take_vague(batch_rows *r, batch_days *d, const date *by) {
  for (uint32_t i = 0; i < r->count; i++) {
    if (by[i] == DATE_NONE || date_precision(by[i]) == PRECISION_DAY) continue;
    d->latest[i] = date_last(by[i]);
    if (d->latest[i] > d->most) d->most = d->latest[i];
  }
}

const batch_days *batch_rows_days(batch *b, bool by_start) {
  batch_rows *r = b->rows;
  batch_days *d = &r->days[by_start];
  if (d->made) return d;
  const fact_columns *t = &b->e->subjects->of[FACT_RECORD];
  date *by = r->dates;
  memcpy(by, column_of(r, (const uint32_t *)(by_start ? t->since : t->until)), r->count * sizeof *by);
  const date *since = by_start ? by : (const date *)column_of(r, (const uint32_t *)t->since);
  day least = DAY_EVER, most = DAY_NONE;
  uint32_t vague = 0, count = r->count;
  day *earliest = d->earliest, *latest = d->latest;
  for (uint32_t i = 0; i < count; i++) {
    date own = by[i] == DATE_NONE ? since[i] : by[i];
    bool there = own != DATE_NONE;
    day first = own >> 2, or_later = there ? first : DAY_EVER, or_earlier = there ? first : DAY_NONE;
    by[i] = own;
    vague |= (uint32_t)own & 3u; /* the precision */
    earliest[i] = or_earlier;
    latest[i] = or_later;
    least = or_later < least ? or_later : least;
    most = or_earlier > most ? or_earlier : most;
  }
  d->vague = vague != 0;
  d->least = least;
  d->most = most;
  if (d->vague) take_vague(r, d, by);
  d->made = true;
  return d;
}

bool batch_amount_missing(batch *b, run *r, uint32_t row) {
  uint32_t kind = b->e->subjects->of[FACT_RECORD].kind[row], at = kind % 256;
  if (b->missing_kind[at] != kind + 1) {
    b->missing_kind[at] = kind + 1;
    b->missing[at] = run_amount_missing(r, row); /* of a record without an amount its kind alone decides */
  }
  return b->missing[at];
}
