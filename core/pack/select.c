#include "pack/select_inside.h"

__extension__ typedef __int128 wide;

void frame_until(frame_of_rows *f, day d) {
  if (d > f->on && d < f->until) f->until = d;
}

bool scale_fraction(frame_of_rows *f, fraction number, int64_t *out) {
  if (number.above == SCALED_INFINITE && number.below == 1) {
    *out = SCALED_INFINITE;
    return true;
  }
  wide whole = (wide)number.above * f->scale;
  if (whole % number.below != 0) {
    /* the scale must become a multiple of this denominator */
    int64_t a = number.below, b = f->scale % number.below;
    while (b) {
      int64_t t = a % b;
      a = b;
      b = t;
    }
    f->rescale = number.below / a;
    return false;
  }
  whole /= number.below;
  if (whole >= INT64_MAX / 2 || whole <= -(INT64_MAX / 2)) {
    f->overflow = true;
    return false;
  }
  *out = (int64_t)whole;
  return true;
}

int64_t scaled_add(frame_of_rows *f, int64_t a, int64_t b) {
  if (a == SCALED_INFINITE || b == SCALED_INFINITE) return SCALED_INFINITE;
  int64_t sum;
  if (__builtin_add_overflow(a, b, &sum)) {
    f->overflow = true;
    return 0;
  }
  return sum;
}

fraction scaled_number(frame_of_rows *f, int64_t parts) {
  if (parts == SCALED_INFINITE) return (fraction){SCALED_INFINITE, 1};
  fraction out = FRACTION_ZERO;
  if (!fraction_make(parts, f->scale, &out)) f->overflow = true;
  return out;
}

void row_days(const frame_of_rows *f, uint32_t row, day *earliest, day *latest) {
  const fact_columns *t = &f->view->s->of[f->type];
  date since = t->since[row], until = t->until[row];
  bool starts = f->period && f->period->spanning == SPANNING_STARTS;
  date by = starts ? since : until != DATE_NONE ? until : since;
  if (by == DATE_NONE) {
    *earliest = DAY_NONE;
    *latest = DAY_EVER;
    return;
  }
  *earliest = date_first(by);
  *latest = date_last(by);
}

selection select_room(frame_of_rows *f, uint32_t count) {
  return (selection){arena_array(f->scratch, count + 1, sizeof(item)), 0};
}

void leave(frame_of_rows *f, const item *i, left_reason reason, int64_t parts) {
  if (!f->trail) return;
  for (uint32_t p = 0; p < i->parts_count; p++) leave(f, &i->parts[p], reason, i->parts[p].most);
  if (i->parts_count) return;
  left *l = ARENA_PUSH(f->trail->memory, f->trail->items, f->trail->count, f->trail->capacity);
  *l = (left){.node = f->node, .type = f->type, .row = i->row, .reason = reason};
  l->amount_known = parts != SCALED_INFINITE && fraction_make(parts, f->scale, &l->amount);
}

/* An item of which it is not known whether it is there: out, in, or both. */
bool select_uncertain(frame_of_rows *f, item *i) {
  f->uncertain = true;
  f->uncertain_count++;
  if (f->extreme == EXTREME_OUT) {
    leave(f, i, LEFT_UNCERTAIN, i->most);
    return false;
  }
  if (f->extreme == EXTREME_BOUND) {
    i->sure = false;
    i->least = 0;
  }
  return true;
}

selection select_window(frame_of_rows *f, selection s, day first, day last, left_reason outside) {
  selection out = select_room(f, s.count);
  for (uint32_t k = 0; k < s.count; k++) {
    item i = s.items[k];
    day earliest = i.earliest, latest = i.latest;
    bool undated = earliest == DAY_NONE;
    bool before = !undated && first != DAY_NONE && latest < first, after = !undated && earliest > last;
    if (before || after) {
      if (after && last >= f->on) frame_until(f, earliest);
      leave(f, &i, after && last >= f->on ? LEFT_LATER : outside, i.most);
      continue;
    }
    bool inside = !undated && (first == DAY_NONE || earliest >= first) && latest <= last;
    if (!inside) {
      if (!undated) frame_until(f, latest);
      if (!select_uncertain(f, &i)) continue;
    }
    out.items[out.count++] = i;
  }
  return out;
}

selection select_where(frame_of_rows *f, selection s, const match *what, day parameters_on) {
  selection out = select_room(f, s.count);
  for (uint32_t k = 0; k < s.count; k++) {
    item i = s.items[k];
    truth t = match_row(f->view, what, f->type, i.row, parameters_on);
    if (t == TRUTH_NO) {
      leave(f, &i, LEFT_WHERE, i.most);
      continue;
    }
    if (t == TRUTH_UNKNOWN && !select_uncertain(f, &i)) continue;
    out.items[out.count++] = i;
  }
  return out;
}

/* ---- unions ---- */

static int by_position(const void *a, const void *b) {
  const item *x = a, *y = b;
  if (x->carried != y->carried) return x->carried ? -1 : 1;
  if (x->position != y->position) return x->position < y->position ? -1 : 1;
  return x->latest < y->latest ? -1 : x->latest > y->latest; /* parts of a record that is split between periods */
}

selection select_union(frame_of_rows *f, selection a, selection b) {
  selection out = select_room(f, a.count + b.count);
  uint32_t i = 0, k = 0;
  while (i < a.count || k < b.count) {
    int order = i == a.count ? 1 : k == b.count ? -1 : by_position(&a.items[i], &b.items[k]);
    item taken = order <= 0 ? a.items[i++] : b.items[k++];
    if (order == 0) { /* two parts of one record's amount */
      const item *other = &b.items[k++];
      taken.least = scaled_add(f, taken.least, other->least);
      taken.most = scaled_add(f, taken.most, other->most);
      taken.sure = taken.sure || other->sure;
    }
    out.items[out.count++] = taken;
  }
  return out;
}

/* ---- declared words ---- */

selection select_word(frame_of_rows *f, selection s, const path *by, uint32_t code) {
  selection out = select_room(f, s.count);
  for (uint32_t k = 0; k < s.count; k++) {
    value found[16];
    size_t count = path_values(f->view, by, f->type, s.items[k].row, found, 16);
    for (size_t i = 0; i < count; i++)
      if (code && found[i].form == VALUE_WORD && (uint32_t)found[i].number == code) {
        out.items[out.count++] = s.items[k];
        break;
      }
  }
  return out;
}

/* ---- numbers ---- */

void selection_sum(frame_of_rows *f, selection s, int64_t *least, int64_t *most) {
  *least = *most = 0;
  for (uint32_t k = 0; k < s.count; k++) {
    *least = scaled_add(f, *least, s.items[k].least);
    *most = scaled_add(f, *most, s.items[k].most);
  }
}

void selection_count(selection s, int64_t *least, int64_t *most) {
  *least = *most = 0;
  for (uint32_t k = 0; k < s.count; k++) {
    *least += s.items[k].sure;
    *most += 1;
  }
}
