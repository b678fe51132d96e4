/* Recognition in a batch: what a line makes of records is found out once for all that have the same tag. */
#include "pack/batch_inside.h"

#include <string.h>

enum { LINE_NONE = -1, LINE_ASK = -2, LINE_ODD = -3 };

/* ---- what can be told from tags ---- */

static bool number_of_tag(const program *p, int32_t node) {
  if (node < 0) return true;
  const expr_node *n = &p->nodes[node];
  path_column column;
  switch (n->op) {
  case OP_CONSTANT:
    return true;
  case OP_PARAMETER:
    return (n->reading == READ_DEFAULT || n->reading == READ_RECORD) &&
           (!n->path.count || batch_path_is_column(&n->path, &column));
  case OP_ADD:
  case OP_SUBTRACT:
  case OP_MULTIPLY:
  case OP_DIVIDE:
  case OP_HIGHEST_OF:
  case OP_LOWEST_OF:
  case OP_SUM_OF:
    for (size_t i = 0; i < n->args_count; i++)
      if (!number_of_tag(p, n->args[i])) return false;
    return true;
  default:
    return false;
  }
}

static bool steady(const match *what) {
  for (size_t i = 0; i < what->conditions_count; i++)
    if (batch_path_may_change(&what->conditions[i].what)) return false;
  for (size_t i = 0; i < what->any_count; i++)
    if (!steady(&what->any[i])) return false;
  return true;
}

static void add_epochs(batch *b, batch_recognition *out, const parameter *p, size_t *capacity) {
  if (!p) return;
  for (size_t i = 0; i < p->entries_count; i++) {
    day from = p->entries[i].from;
    if (from > b->e->on) out->changes = true;
    bool seen = false;
    for (size_t k = 0; k < out->epochs_count; k++) seen = seen || out->epochs[k] == from;
    if (!seen) *ARENA_PUSH(b->memory, out->epochs, out->epochs_count, *capacity) = from;
  }
}

static void add_match_epochs(batch *b, batch_recognition *out, const match *what, size_t *capacity) {
  for (size_t i = 0; i < what->conditions_count; i++) {
    add_epochs(b, out, what->conditions[i].limit.parameter, capacity);
    add_epochs(b, out, what->conditions[i].other.parameter, capacity);
  }
  for (size_t i = 0; i < what->any_count; i++) add_match_epochs(b, out, &what->any[i], capacity);
}

void batch_recognitions_make(batch *b) {
  const pack *p = b->e->pack;
  b->recognitions = arena_array(b->memory, p->recognitions_count + 1, sizeof *b->recognitions);
  for (size_t i = 0; i < p->recognitions_count; i++) {
    const recognition *r = &p->recognitions[i];
    batch_recognition *out = &b->recognitions[i];
    size_t capacity = 0;
    out->supported = true;
    out->lines = arena_array(b->memory, r->lines_count + 1, sizeof *out->lines);
    for (size_t k = 0; k < r->lines_count; k++) {
      const recognition_line *line = &r->lines[k];
      b->credits = b->credits || line->credited;
      out->supported = out->supported && steady(&line->when) && number_of_tag(&r->program, line->rate) &&
                       number_of_tag(&r->program, line->amount);
      batch_match_make(b, &out->lines[k], &line->when);
      out->lines[k].always = false; /* days of records on which that would matter are odd: see changes */
      add_match_epochs(b, out, &line->when, &capacity);
    }
    for (size_t n = 0; n < r->program.count; n++) add_epochs(b, out, r->program.nodes[n].limit.parameter, &capacity);
    uint64_t entries = (uint64_t)b->ground->tags * (out->epochs_count + 1);
    if (entries > TAGS_MOST) out->supported = false;
    if (!out->supported) continue;
    out->entries = arena_array(b->memory, (size_t)entries, sizeof(tag_entry *));
    out->simple = arena_array(b->memory, (size_t)entries, sizeof *out->simple);
    out->place = arena_array(b->memory, BATCH_ROWS, sizeof *out->place);
    out->asked = arena_array(b->memory, BATCH_ROWS, sizeof *out->asked);
    out->class = arena_array(b->memory, BATCH_ROWS, sizeof *out->class);
    out->parts = arena_array(b->memory, BATCH_ROWS, sizeof *out->parts);
  }
}

/* ---- one tag ---- */

static line_amount amount_of_line(batch_turn *t, const recognition *rec, const recognition_line *line, uint32_t row,
                                  day on) {
  line_amount out = {.known = false, .fixed = line->amount >= 0};
  number n = {true, {1, 1}, {1, 1}};
  int32_t node = out.fixed ? line->amount : line->rate;
  if (node >= 0) n = run_record_number(&t->run, &rec->program, node, row, on);
  bool sure = n.known && !t->run.failed && !t->run.truths && !fraction_compare(n.least, n.most) && n.least.above >= 0;
  t->run.failed = false;
  t->run.truths = 0;
  fraction parts;
  if (!sure || !fraction_make(t->b->scale, out.fixed ? 1 : AMOUNT_ONE, &parts) ||
      !fraction_multiply(parts, n.least, &parts))
    return out;
  out.above = parts.above;
  out.below = parts.below;
  out.most = BATCH_PARTS_MOST / (out.above ? out.above : 1);
  out.known = out.fixed ? out.below == 1 && out.above <= BATCH_PARTS_MOST : out.most > 0;
  return out;
}

static void make_simple(tag_simple *out, const recognition_line *line, const line_amount *amount_of) {
  if (!amount_of->known || amount_of->below != 1) return;
  int16_t class = line->others_only ? -1 : (int16_t)line->class;
  *out = (tag_simple){.class = class, .any = amount_of->fixed, .limit = (uint64_t)amount_of->most + 1};
  if (class < 0) return;
  *(amount_of->fixed ? &out->fixed : &out->rate) = amount_of->above;
}

static tag_entry *entry_make(batch_turn *t, int32_t index, uint32_t at, day on, tag_simple *simple) {
  batch *b = t->b;
  const recognition *rec = &b->e->pack->recognitions[index];
  batch_recognition *own = &b->recognitions[index];
  uint32_t row = b->rows->row[at];
  tag_entry *out = arena_take(b->memory, sizeof *out);
  out->truths = arena_take(b->memory, rec->lines_count + 1);
  out->amounts = arena_array(b->memory, rec->lines_count + 1, sizeof *out->amounts);
  bool asks = false;
  for (size_t l = 0; l < rec->lines_count; l++) {
    const recognition_line *line = &rec->lines[l];
    truth says = batch_tag_says(b, &own->lines[l], at);
    if (says != TRUTH_NO && !recognise_unit_fits(b->e->view, rec, line, row)) says = TRUTH_NO;
    out->truths[l] = (uint8_t)says;
    if (says == TRUTH_NO) continue;
    if (line->provided >= 0) { /* the outcome of another rule: asked one by one */
      out->line = LINE_ODD;
      return out;
    }
    out->amounts[l] = amount_of_line(t, rec, line, row, on);
    asks = asks || says == TRUTH_UNKNOWN;
    if (says == TRUTH_YES) {
      out->line = asks ? LINE_ASK : (int32_t)l;
      if (!asks) make_simple(simple, line, &out->amounts[l]);
      return out;
    }
  }
  out->line = asks ? LINE_ASK : LINE_NONE;
  if (!asks) *simple = (tag_simple){.class = -1, .any = true};
  return out;
}

/* ---- records ---- */

static size_t epoch_of(const batch_recognition *own, day on) {
  size_t epoch = 0; /* how many have come: that tells one stretch from another */
  for (size_t i = 0; i < own->epochs_count; i++) epoch += own->epochs[i] <= on;
  return epoch;
}

static int32_t line_asked(const batch *b, const recognition *rec, const tag_entry *entry, uint32_t row, day on) {
  for (size_t l = 0; l < rec->lines_count; l++) {
    truth says = (truth)entry->truths[l];
    if (says == TRUTH_UNKNOWN) says = match_row(b->e->view, &rec->lines[l].when, FACT_RECORD, row, on);
    if (says == TRUTH_UNKNOWN) return LINE_ODD;
    if (says == TRUTH_YES) return (int32_t)l;
  }
  return LINE_NONE;
}

static bool parts_of(batch_turn *t, const line_amount *a, uint32_t at, int64_t *out) {
  const batch_rows *r = t->b->rows;
  if (!a->known) return false;
  if (a->fixed) {
    *out = a->above;
    return true;
  }
  if (r->bound[at] == BOUND_NONE) {
    *out = 0;
    return !batch_amount_missing(t->b, &t->run, r->row[at]);
  }
  int64_t millionths = r->amount[at];
  if (r->bound[at] != BOUND_EXACT || millionths < 0 || millionths > a->most) return false;
  *out = millionths * a->above;
  if (a->below == 1) return true;
  bool whole = *out % a->below == 0;
  *out /= a->below;
  return whole;
}

static void recognise_row(batch_turn *t, int32_t index, const batch_days *days, uint32_t at, size_t epoch_of_all) {
  const batch *b = t->b;
  const recognition *rec = &b->e->pack->recognitions[index];
  batch_recognition *own = &b->recognitions[index];
  day earliest = days->earliest[at], latest = days->latest[at];
  if (earliest == DAY_NONE) earliest = latest = b->e->on;
  size_t epoch = epoch_of_all != SIZE_MAX ? epoch_of_all : epoch_of(own, latest);
  size_t place_of = b->rows->tag[at] * (own->epochs_count + 1) + epoch;
  tag_entry **entry = &own->entries[place_of];
  if (!*entry) *entry = entry_make(t, index, at, latest, &own->simple[place_of]);
  int32_t line = (*entry)->line;
  own->class[at] = -1;
  own->parts[at] = 0;
  bool odd = own->changes && (earliest == b->e->on || latest == b->e->on);
  if (earliest != latest && line != LINE_NONE) odd = odd || line == LINE_ASK || epoch_of(own, earliest) != epoch;
  if (line == LINE_ASK && !odd) line = line_asked(b, rec, *entry, b->rows->row[at], latest);
  if (line >= 0 && !odd) {
    odd = !parts_of(t, &(*entry)->amounts[line], at, &own->parts[at]);
    own->class[at] = rec->lines[line].others_only ? -1 : (int16_t)rec->lines[line].class;
    if (own->class[at] < 0) own->parts[at] = 0;
  }
  if (odd || line == LINE_ODD) own->odd[b->rows->who[at]] = true;
}

/* The stretch of parameters that all rows lie in, those without a day on that of the decision; SIZE_MAX where they lie
 * in several. */
static size_t epoch_of_rows(const batch *b, const batch_recognition *own, const batch_days *days) {
  if (!own->epochs_count) return 0;
  day on = b->e->on, least = days->least < on ? days->least : on, most = days->most > on ? days->most : on;
  size_t epoch = epoch_of(own, least);
  return epoch == epoch_of(own, most) ? epoch : SIZE_MAX;
}

/* Where in the tables a row stands: by its tag, and by the stretch that it lies in. */
static void find_places(const batch_rows *rows, const batch_days *days, batch_recognition *own, size_t epoch) {
  uint32_t epochs = (uint32_t)own->epochs_count + 1, of_all = epoch != SIZE_MAX ? (uint32_t)epoch : 0;
  uint32_t count = rows->count, *place_of = own->place;
  for (uint32_t i = 0; i < count; i++) place_of[i] = rows->tag[i] * epochs + of_all;
  for (size_t k = 0; epoch == SIZE_MAX && k < own->epochs_count; k++) {
    day from = own->epochs[k];
    for (uint32_t i = 0; i < count; i++) place_of[i] += days->latest[i] >= from;
  }
}

/* Nearly all: a day, one line that is decided by words, a rate and an exact amount. Who is not is listed; returns how
 * many. No branch hangs on a record. */
static uint32_t recognise_simple(const batch *b, const batch_days *days, batch_recognition *own) {
  const batch_rows *rows = b->rows;
  day changes = own->changes ? b->e->on : DAY_NONE;
  uint32_t asked = 0, count = rows->count;
  for (uint32_t i = 0; i < count; i++) {
    const tag_simple *s = &own->simple[own->place[i]];
    uint64_t amount_of = (uint64_t)rows->amount[i];
    bool fine = s->any | ((rows->bound[i] == BOUND_EXACT) & (amount_of < s->limit));
    fine &= (days->earliest[i] == days->latest[i]) & (days->latest[i] != changes);
    own->class[i] = s->class;
    own->parts[i] = s->fixed + (int64_t)(amount_of * (uint64_t)s->rate);
    own->asked[asked] = (uint16_t)i;
    asked += !fine;
  }
  return asked;
}

const batch_recognition *batch_recognised(batch_turn *t, int32_t index) {
  batch *b = t->b;
  batch_recognition *own = &b->recognitions[index];
  if (own->serial == b->rows->serial) return own;
  own->serial = b->rows->serial;
  memset(own->odd, 0, sizeof own->odd);
  const batch_days *days = batch_rows_days(b, false);
  size_t epoch = epoch_of_rows(b, own, days);
  find_places(b->rows, days, own, epoch);
  uint32_t asked = recognise_simple(b, days, own);
  for (uint32_t k = 0; k < asked; k++) recognise_row(t, index, days, own->asked[k], epoch);
  return own;
}
