#include "pack/recognise.h"

__extension__ typedef __int128 wide;

/* amount (millionths) times rate, in parts of the run's scale. */
static bool scaled_product(run *r, int64_t millionths, fraction rate, int64_t *out) {
  if (millionths == SCALED_INFINITE) {
    *out = rate.above == 0 ? 0 : SCALED_INFINITE;
    return true;
  }
  fraction product, amount_of;
  if (!fraction_make(millionths, AMOUNT_ONE, &amount_of) || !fraction_multiply(amount_of, rate, &product)) {
    r->frame.overflow = r->failed = true;
    return false;
  }
  if (scale_fraction(&r->frame, product, out)) return true;
  r->failed = true;
  return false;
}

static truth line_matches(run *r, const recognition *rec, const recognition_line *line, uint32_t record, day on) {
  truth t = match_row(r->frame.view, &line->when, FACT_RECORD, record, on);
  if (t == TRUTH_NO || line->provided < 0) return t;
  return truth_and(t, run_record_truth(r, &rec->program, line->provided, record));
}

static bool line_amount(run *r, const recognition *rec, const recognition_line *line, item *i, bool *known) {
  *known = true;
  if (line->amount >= 0) {
    number fixed = run_record_number(r, &rec->program, line->amount, i->row);
    *known = fixed.known;
    if (!fixed.known) return true;
    if (!scale_fraction(&r->frame, fixed.least, &i->least)) r->failed = true;
    i->most = i->least;
    return !r->failed;
  }
  number rate = {true, {1, 1}, {1, 1}};
  if (line->rate >= 0) rate = run_record_number(r, &rec->program, line->rate, i->row);
  *known = rate.known;
  if (!rate.known) return true;
  const fact_columns *t = &r->frame.view->s->of[FACT_RECORD];
  int64_t least = t->amount[i->row], most = least;
  switch ((bound)t->bound[i->row]) {
  case BOUND_EXACT:
    break;
  case BOUND_AT_LEAST:
    most = SCALED_INFINITE;
    break;
  case BOUND_AT_MOST:
    least = 0;
    break;
  default:
    least = 0, most = SCALED_INFINITE;
    break;
  }
  if (!scaled_product(r, least, rate.least, &i->least) || !scaled_product(r, most, rate.most, &i->most)) return false;
  if (i->least != i->most) {
    r->frame.uncertain = true;
    r->frame.uncertain_count++;
    if (r->frame.extreme == EXTREME_OUT) i->most = i->least;
    if (r->frame.extreme == EXTREME_IN) i->least = i->most;
  }
  return true;
}

static void note_unrecognised(run *r, const recognition *rec, uint32_t record) {
  explanation *x = r->explain;
  /* facts without an amount, such as a date of hiring, were never meant to be recognised */
  if (!x || r->frame.view->s->of[FACT_RECORD].bound[record] == BOUND_NONE) return;
  for (size_t i = 0; i < x->unrecognised_count; i++)
    if (x->unrecognised[i].row == record) return;
  left *l = ARENA_PUSH(r->frame.trail->memory, x->unrecognised, x->unrecognised_count, x->unrecognised_capacity);
  *l = (left){
      .node = (int32_t)(rec - r->pack->recognitions), .type = FACT_RECORD, .row = record, .reason = LEFT_UNRECOGNISED};
}

static void recognise_one(run *r, const recognition *rec, recognised_list *list, item base) {
  const fact_columns *t = &r->frame.view->s->of[FACT_RECORD];
  date last = t->until[base.row] != DATE_NONE ? t->until[base.row] : t->since[base.row];
  day on = last == DATE_NONE ? r->frame.on : date_last(last);
  bool found = false;
  for (size_t l = 0; l < rec->lines_count && !r->failed; l++) {
    const recognition_line *line = &rec->lines[l];
    truth t_line = line_matches(r, rec, line, base.row, on);
    if (t_line == TRUTH_NO) continue;
    item i = base;
    bool known;
    if (!line_amount(r, rec, line, &i, &known)) return;
    if (!known) continue;
    found = true;
    if (t_line == TRUTH_UNKNOWN) {
      r->frame.uncertain = true;
      r->frame.uncertain_count++;
      if (r->frame.extreme == EXTREME_OUT) continue;
      if (r->frame.extreme == EXTREME_BOUND) {
        i.sure = false;
        i.least = 0;
      }
    }
    *ARENA_PUSH(r->frame.scratch, list->items, list->count, list->capacity) = (recognised_entry){i, line->class, false};
    if (t_line == TRUTH_YES) break;
  }
  if (!found) note_unrecognised(r, rec, base.row);
}

/* Records of others that credit this person, through the relation that a line names: its other end, on the record's
 * day. */
static void credited_from_others(run *r, const recognition *rec, recognised_list *list) {
  const view *v = r->frame.view;
  const fact_columns *relations = &v->s->of[FACT_RELATION], *records = &v->s->of[FACT_RECORD];
  if (r->of != FACT_PERSON || !v->s->relations[FACT_PERSON].offset) return;
  uint32_t position = r->rows.count;
  for (size_t l = 0; l < rec->lines_count; l++) {
    if (!rec->lines[l].credited) continue;
    uint32_t kind = v->codes[rec->lines[l].credited_word];
    const subject_index *index = &v->s->relations[FACT_PERSON];
    for (uint32_t k = index->offset[r->subject]; kind && k < index->offset[r->subject + 1]; k++) {
      uint32_t relation = index->rows[k];
      if (relations->kind[relation] != kind || relations->object_type[relation] != FACT_PERSON ||
          relations->object[relation] != (int32_t)r->subject || relations->subject_type[relation] != FACT_PERSON)
        continue;
      uint32_t other = (uint32_t)relations->subject[relation];
      const subject_index *theirs = &v->s->records[FACT_PERSON];
      for (uint32_t m = theirs->offset[other]; m < theirs->offset[other + 1]; m++) {
        uint32_t record = theirs->rows[m];
        date since = records->since[record];
        if (since != DATE_NONE && relations->since[relation] != DATE_NONE &&
            date_last(since) < date_first(relations->since[relation]))
          continue;
        if (since != DATE_NONE && relations->until[relation] != DATE_NONE &&
            date_first(since) > date_last(relations->until[relation]))
          continue;
        item base = run_item(r, FACT_RECORD, record, position++);
        size_t before = list->count;
        recognise_one(r, rec, list, base);
        /* only the class of the line that credits both */
        while (list->count > before && list->items[list->count - 1].class != rec->lines[l].class) list->count--;
      }
    }
  }
}

const recognised_list *run_recognised(run *r, int32_t recognition_index) {
  recognised_list *list = &r->recognised[recognition_index];
  if (list->done || r->failed) return list;
  const recognition *rec = &r->pack->recognitions[recognition_index];
  for (uint32_t i = 0; i < r->rows.count && !r->failed; i++)
    recognise_one(r, rec, list, run_item(r, FACT_RECORD, r->rows.rows[i], i));
  credited_from_others(r, rec, list);
  list->done = true;
  return list;
}
