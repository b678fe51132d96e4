/* The records of a subject that a run looks at, in their order. */
#include "pack/run.h"

#include <stdlib.h>

/* Records of others that credit this person, through a relation that some line of a recognition names: the other end of
 * the relation of the record's person, in force on the record's day. */

typedef struct placed {
  uint32_t row, credited_by;
  const fact_columns *records;
} placed;

static int by_order(const void *a, const void *b) { /* the fixed order: first day, kind, source key */
  const placed *x = a, *y = b;
  const fact_columns *t = x->records;
  if (t->since[x->row] != t->since[y->row]) return t->since[x->row] < t->since[y->row] ? -1 : 1;
  if (t->kind[x->row] != t->kind[y->row]) return t->kind[x->row] < t->kind[y->row] ? -1 : 1;
  if (t->source[x->row] != t->source[y->row]) return t->source[x->row] < t->source[y->row] ? -1 : 1;
  if (t->sheet[x->row] != t->sheet[y->row]) return t->sheet[x->row] < t->sheet[y->row] ? -1 : 1;
  if (t->row[x->row] != t->row[y->row]) return t->row[x->row] < t->row[y->row] ? -1 : 1;
  if (t->part[x->row] != t->part[y->row]) return t->part[x->row] < t->part[y->row] ? -1 : 1;
  return x->credited_by < y->credited_by ? -1 : x->credited_by > y->credited_by;
}

static bool in_force(const fact_columns *relations, uint32_t relation, date on) {
  date since = relations->since[relation], until = relations->until[relation];
  if (on == DATE_NONE) return true;
  if (since != DATE_NONE && date_last(on) < date_first(since)) return false;
  return until == DATE_NONE || date_first(on) <= date_last(until);
}

typedef struct gathering {
  run *r;
  placed *items;
  size_t count, capacity;
} gathering;

static void gather_from(gathering *g, uint32_t relation, uint32_t kind) {
  const subjects *s = g->r->frame.view->s;
  const fact_columns *relations = &s->of[FACT_RELATION], *records = &s->of[FACT_RECORD];
  const subject_index *theirs = &s->records[FACT_PERSON];
  uint32_t other = (uint32_t)relations->subject[relation];
  for (uint32_t i = theirs->offset[other]; i < theirs->offset[other + 1]; i++) {
    uint32_t row = theirs->rows[i];
    bool seen = !in_force(relations, relation, records->since[row]);
    for (size_t k = 0; k < g->count && !seen; k++) seen = g->items[k].row == row && g->items[k].credited_by == kind;
    if (!seen) *ARENA_PUSH(g->r->frame.scratch, g->items, g->count, g->capacity) = (placed){row, kind, records};
  }
}

static void gather_credited(gathering *g) {
  const run *r = g->r;
  const view *v = r->frame.view;
  const fact_columns *relations = &v->s->of[FACT_RELATION];
  const subject_index *index = &v->s->relations[FACT_PERSON];
  if (r->of != FACT_PERSON || !index->offset || !v->s->records[FACT_PERSON].offset) return;
  for (size_t i = 0; i < r->pack->recognitions_count; i++)
    for (size_t l = 0; l < r->pack->recognitions[i].lines_count; l++) {
      const recognition_line *line = &r->pack->recognitions[i].lines[l];
      uint32_t kind = line->credited ? v->codes[line->credited_word] : 0;
      for (uint32_t k = index->offset[r->subject]; kind && k < index->offset[r->subject + 1]; k++) {
        uint32_t relation = index->rows[k];
        if (relations->kind[relation] == kind && relations->object_type[relation] == FACT_PERSON &&
            relations->object[relation] == (int32_t)r->subject && relations->subject_type[relation] == FACT_PERSON &&
            relations->subject[relation] != (int32_t)r->subject)
          gather_from(g, relation, kind);
      }
    }
}

static void place_credited(run *r) {
  gathering g = {.r = r};
  gather_credited(&g);
  if (!g.count) return;
  const fact_columns *records = &r->frame.view->s->of[FACT_RECORD];
  for (uint32_t i = 0; i < r->rows.count; i++)
    *ARENA_PUSH(r->frame.scratch, g.items, g.count, g.capacity) = (placed){r->rows.rows[i], 0, records};
  qsort(g.items, g.count, sizeof *g.items, by_order);
  r->rows.count = (uint32_t)g.count;
  r->rows.rows = arena_array(r->frame.scratch, g.count, sizeof *r->rows.rows);
  r->rows.from_person = arena_array(r->frame.scratch, g.count, sizeof *r->rows.from_person);
  r->rows.credited_by = arena_array(r->frame.scratch, g.count, sizeof *r->rows.credited_by);
  for (size_t i = 0; i < g.count; i++) {
    r->rows.rows[i] = g.items[i].row;
    r->rows.credited_by[i] = g.items[i].credited_by;
  }
}

void run_rows(run *r) {
  const subjects *s = r->frame.view->s;
  const subject_index *own = &s->records[r->of], *theirs = &s->records[FACT_PERSON];
  uint32_t own_count = own->offset ? own->offset[r->subject + 1] - own->offset[r->subject] : 0;
  uint32_t their_count = 0;
  if (r->of == FACT_ENROLLMENT && r->person >= 0 && theirs->offset)
    their_count = theirs->offset[r->person + 1] - theirs->offset[r->person];
  r->rows.rows = arena_array(r->frame.scratch, own_count + their_count + 1, sizeof *r->rows.rows);
  r->rows.from_person = arena_array(r->frame.scratch, own_count + their_count + 1, sizeof *r->rows.from_person);
  for (uint32_t i = 0; i < own_count; i++) r->rows.rows[r->rows.count++] = own->rows[own->offset[r->subject] + i];
  /* behind the placement's own: those of the person that belong to no placement */
  for (uint32_t i = 0; i < their_count; i++) {
    uint32_t row = theirs->rows[theirs->offset[r->person] + i];
    if (s->record_of[FACT_ENROLLMENT][row] >= 0) continue;
    r->rows.from_person[r->rows.count] = true;
    r->rows.rows[r->rows.count++] = row;
  }
  place_credited(r);
}
