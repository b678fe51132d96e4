#include "pack/recognise.h"

#include <string.h>

/* amount (millionths) times rate, in parts of the run's scale. */
static bool scaled_product(run *r, int64_t millionths, fraction rate, int64_t *out) {
  if (millionths == SCALED_INFINITE || is_infinite(rate)) {
    *out = rate.above == 0 || millionths == 0 ? 0 : SCALED_INFINITE;
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

bool recognise_unit_fits(const view *v, const recognition *rec, const recognition_line *line, uint32_t record) {
  uint32_t word = v->s->of[FACT_RECORD].unit[record];
  if (line->amount >= 0 || !rec->unit || !word) return true;
  const char *unit = v->s->words[word];
  if (!strcmp(unit, rec->unit)) return true; /* a rate within the unit itself, or none */
  const char *rate = line->rate >= 0 ? rec->program.nodes[line->rate].unit : NULL;
  const char *slash = rate ? strchr(rate, '/') : NULL;
  if (slash) return !strcmp(slash + 1, unit);
  for (size_t i = 0; i < rec->from_count; i++)
    if (!strcmp(rec->from[i], unit)) return line->rate >= 0;
  return false;
}

/* What a line compares with, where it is about records of this kind, is among what was read. */
static void note_when(run *r, const recognition_line *line, uint32_t record, day on) {
  const view *v = r->frame.view;
  day before = r->parameters_on;
  if (!r->explain) return;
  if (!match_allows_kind(&line->when, &r->pack->book, v->s->words[v->s->of[FACT_RECORD].kind[record]])) return;
  r->parameters_on = on;
  run_note_match(r, &line->when);
  r->parameters_on = before;
}

static truth line_matches(run *r, const recognition *rec, const recognition_line *line, uint32_t record, day on) {
  note_when(r, line, record, on);
  truth t = match_row(r->frame.view, &line->when, FACT_RECORD, record, on);
  if (t != TRUTH_NO && !recognise_unit_fits(r->frame.view, rec, line, record)) return TRUTH_NO;
  if (t == TRUTH_NO || line->provided < 0) return t;
  return truth_and(t, run_record_truth(r, &rec->program, line->provided, record, on));
}

/* What a line makes of a record, at least and at most. A rate that has no value there leaves it open. */
static bool line_amount(run *r, const recognition *rec, const recognition_line *line, item *i, day on) {
  if (line->amount >= 0) {
    number fixed = run_record_number(r, &rec->program, line->amount, i->row, on);
    i->least = 0, i->most = SCALED_INFINITE;
    if (!fixed.known || r->failed) return !r->failed;
    if (!scale_fraction(&r->frame, fixed.least, &i->least) || !scale_fraction(&r->frame, fixed.most, &i->most))
      r->failed = true;
    return !r->failed;
  }
  number rate = {true, {1, 1}, {1, 1}};
  if (line->rate >= 0) rate = run_record_number(r, &rec->program, line->rate, i->row, on);
  if (!rate.known) rate = (number){true, FRACTION_ZERO, number_infinite()};
  if (r->failed) return false;
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
  case BOUND_NONE:
    least = 0, most = run_amount_missing(r, i->row) ? SCALED_INFINITE : 0;
    break;
  default:
    least = 0, most = SCALED_INFINITE;
    break;
  }
  return scaled_product(r, least, rate.least, &i->least) && scaled_product(r, most, rate.most, &i->most);
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

/* Whether a record could be meant for this recognition. A date of hiring, a leave or a share of post that rules read by
 * its kind, and that no line names or unit fits, is no trial of `otherwise`. */
static bool is_entry(const run *r, const recognition *rec, uint32_t record) {
  const fact_columns *t = &r->frame.view->s->of[FACT_RECORD];
  const char *unit = t->unit[record] ? r->frame.view->s->words[t->unit[record]] : NULL;
  if (unit && text_same(unit, rec->unit)) return true;
  for (size_t i = 0; unit && i < rec->from_count; i++)
    if (text_same(unit, rec->from[i])) return true;
  const char *kind = r->frame.view->s->words[t->kind[record]];
  for (size_t i = 0; i < rec->lines_count; i++)
    if (text_same(match_kind(&rec->lines[i].when, &r->pack->book), kind)) return true;
  for (size_t i = 0; i < r->pack->rules_count; i++) {
    const program *p = &r->pack->rules[i].program;
    for (size_t k = 0; k < p->count; k++) {
      const expr_node *n = &p->nodes[k];
      if (n->op == OP_RECORDS ? text_same(match_kind(n->match, &r->pack->book), kind) : text_same(n->name, kind))
        return false;
    }
  }
  return true;
}

static void note_branch(run *r, const recognition *rec, int32_t line) {
  explanation *x = r->explain;
  const branch b = {(int32_t)(rec - r->pack->recognitions), line};
  if (!x) return;
  for (size_t i = 0; i < x->branches_count; i++)
    if (x->branches[i].recognition == b.recognition && x->branches[i].line == b.line) return;
  *ARENA_PUSH(r->frame.trail->memory, x->branches, x->branches_count, x->branches_capacity) = b;
}

/* ---- what a record may be recognised as ---- */

typedef struct chance { /* one line that may be the one */
  int32_t line, class;
  int64_t least, most;
} chance;

typedef struct chances {
  chance *items;
  size_t count, capacity;
  bool settled; /* the last one matches for certain: it is one of these */
} chances;

static bool lines_for(run *r, const recognition *rec, item base, day on, chances *out) {
  out->settled = false;
  for (size_t l = 0; l < rec->lines_count && !out->settled; l++) {
    truth t = line_matches(r, rec, &rec->lines[l], base.row, on);
    if (t == TRUTH_NO) continue;
    item i = base;
    if (!line_amount(r, rec, &rec->lines[l], &i, on)) return false;
    *ARENA_PUSH(r->frame.scratch, out->items, out->count, out->capacity) =
        (chance){(int32_t)l, rec->lines[l].class, i.least, i.most};
    out->settled = t == TRUTH_YES;
  }
  return !r->failed;
}

static bool credits(const run *r, const recognition *rec, const chance *c, uint32_t position) {
  const recognition_line *line = &rec->lines[c->line];
  uint32_t by = r->rows.credited_by ? r->rows.credited_by[position] : 0;
  if (!by) return !line->others_only;
  return line->credited && r->frame.view->codes[line->credited_word] == by;
}

/* The record in each class that it may be of: at least and at most what the lines of that class make of it. */
static void take_class(run *r, recognised_list *list, item base, const chances *all, const bool *credited, size_t at,
                       bool sure) {
  item i = base;
  int32_t class = all->items[at].class;
  i.least = all->items[at].least, i.most = all->items[at].most;
  for (size_t k = at + 1; k < all->count; k++) {
    if (all->items[k].class != class || !credited[k]) continue;
    if (all->items[k].least < i.least) i.least = all->items[k].least;
    if (all->items[k].most > i.most) i.most = all->items[k].most;
  }
  if (!sure && !select_uncertain(&r->frame, &i)) return;
  if (i.least != i.most && r->frame.extreme != EXTREME_BOUND) {
    if (r->frame.extreme == EXTREME_OUT) i.most = i.least;
    if (r->frame.extreme == EXTREME_IN) i.least = i.most;
    r->frame.uncertain = true;
    r->frame.uncertain_count++;
  }
  *ARENA_PUSH(r->frame.scratch, list->items, list->count, list->capacity) = (recognised_entry){i, class, false};
}

static void recognise_one(run *r, const recognition *rec, recognised_list *list, uint32_t position) {
  item base = run_item(r, FACT_RECORD, r->rows.rows[position], position);
  const fact_columns *t = &r->frame.view->s->of[FACT_RECORD];
  date last = t->until[base.row] != DATE_NONE ? t->until[base.row] : t->since[base.row];
  chance few[8]; /* mostly one line decides: nothing is taken from the arena */
  chances all = {.items = few, .capacity = 8};
  if (!lines_for(r, rec, base, last == DATE_NONE ? r->frame.on : date_last(last), &all)) return;
  bool settled = all.settled;
  if (last != DATE_NONE && date_first(last) != date_last(last)) { /* parameters may have changed within the month */
    if (!lines_for(r, rec, base, date_first(last), &all)) return;
    settled = settled && all.settled;
  }
  for (size_t i = 0; i < all.count; i++) note_branch(r, rec, all.items[i].line);
  if (!all.count) {
    if (!r->explain || !is_entry(r, rec, base.row)) return;
    note_branch(r, rec, -1);
    note_unrecognised(r, rec, base.row);
    return;
  }
  if (all.count == 1 && settled) {
    const bool own = true;
    if (credits(r, rec, &all.items[0], position)) take_class(r, list, base, &all, &own, 0, true);
    return;
  }
  bool *credited = arena_array(r->frame.scratch, all.count, sizeof *credited);
  bool sure = settled; /* in one class only, whichever line it is */
  for (size_t i = 0; i < all.count; i++) {
    credited[i] = credits(r, rec, &all.items[i], position);
    sure = sure && credited[i] && all.items[i].class == all.items[0].class;
  }
  for (size_t i = 0; i < all.count; i++) {
    bool first = credited[i];
    for (size_t k = 0; k < i && first; k++) first = !credited[k] || all.items[k].class != all.items[i].class;
    if (first) take_class(r, list, base, &all, credited, i, sure);
  }
}

const recognised_list *run_recognised(run *r, int32_t recognition_index) {
  recognised_list *list = &r->recognised[recognition_index];
  if (list->done || r->failed) return list;
  const recognition *rec = &r->pack->recognitions[recognition_index];
  fact_type outer = r->frame.type;
  r->frame.type = FACT_RECORD;
  for (uint32_t i = 0; i < r->rows.count && !r->failed; i++) recognise_one(r, rec, list, i);
  r->frame.type = outer;
  list->done = true;
  return list;
}
