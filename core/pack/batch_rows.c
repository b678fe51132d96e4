/* The rows of the subjects at hand, gathered as run_rows gathers them. */
#include "pack/batch_inside.h"

#include <string.h>

void batch_rows_begin(batch_ground *g) {
  batch_rows *r = &g->rows;
  r->row = arena_array(g->memory, BATCH_ROWS, sizeof *r->row);
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
  uint32_t at = r->count;
  for (uint32_t i = from; i < to; i++) {
    r->row[at] = own->rows[i];
    r->who[at++] = (uint8_t)person_at;
  }
  if (r->of == FACT_ENROLLMENT) memset(r->theirs + r->count, 0, at - r->count);
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

static void take_columns(batch *b) {
  batch_rows *r = b->rows;
  const fact_columns *t = &b->e->subjects->of[FACT_RECORD];
  memset(r->tag, 0, r->count * sizeof *r->tag);
  for (int c = 0; c < TAG_COLUMNS; c++) {
    const tag_column *column = &b->ground->columns[c];
    if (column->dimension < 2) continue;
    for (uint32_t i = 0; i < r->count; i++)
      r->tag[i] = r->tag[i] * column->dimension + column->small[column->words[r->row[i]]];
  }
  unsigned bounds = 0;
  for (uint32_t i = 0; i < r->count; i++) {
    r->amount[i] = t->amount[r->row[i]];
    r->bound[i] = t->bound[r->row[i]];
    bounds |= 1u << r->bound[i];
  }
  r->plain = !(bounds & ~((1u << BOUND_EXACT) | (1u << BOUND_NONE)));
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
  if (of != FACT_ENROLLMENT) memset(r->theirs, 0, BATCH_ROWS * sizeof *r->theirs);
  while (r->people < count && take_rows(b, asked[r->people], r->people)) {
    r->subjects[r->people] = asked[r->people];
    r->first[++r->people] = r->count;
  }
  take_columns(b);
  return r->people > 0;
}

const batch_days *batch_rows_days(batch *b, bool by_start) {
  batch_rows *r = b->rows;
  batch_days *d = &r->days[by_start];
  if (d->made) return d;
  const fact_columns *t = &b->e->subjects->of[FACT_RECORD];
  d->vague = false;
  for (uint32_t i = 0; i < r->count; i++) {
    date by = t->until[r->row[i]];
    if (by_start || by == DATE_NONE) by = t->since[r->row[i]];
    if (by == DATE_NONE) {
      d->earliest[i] = DAY_NONE;
      d->latest[i] = DAY_EVER;
    } else if (date_precision(by) == PRECISION_DAY) {
      d->earliest[i] = d->latest[i] = date_first(by);
    } else {
      d->earliest[i] = date_first(by);
      d->latest[i] = date_last(by);
      d->vague = true;
    }
  }
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
