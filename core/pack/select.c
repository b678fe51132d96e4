#include "pack/select.h"

#include <stdlib.h>
#include <string.h>

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

static selection room(frame_of_rows *f, uint32_t count) {
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
static bool take_uncertain(frame_of_rows *f, item *i) {
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
  selection out = room(f, s.count);
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
      if (!take_uncertain(f, &i)) continue;
    }
    out.items[out.count++] = i;
  }
  return out;
}

selection select_where(frame_of_rows *f, selection s, const match *what, day parameters_on) {
  selection out = room(f, s.count);
  for (uint32_t k = 0; k < s.count; k++) {
    item i = s.items[k];
    truth t = match_row(f->view, what, f->type, i.row, parameters_on);
    if (t == TRUTH_NO) {
      leave(f, &i, LEFT_WHERE, i.most);
      continue;
    }
    if (t == TRUTH_UNKNOWN && !take_uncertain(f, &i)) continue;
    out.items[out.count++] = i;
  }
  return out;
}

/* ---- spans ---- */

typedef struct span_keys { /* which spans an item may lie in; more than one only where its date is not known to the day
                            */
  int64_t first, last;
} span_keys;

static span_keys keys_of(const frame_of_rows *f, const item *i, span_form span, const period *p) {
  const fact_columns *t = &f->view->s->of[f->type];
  day earliest = i->earliest, latest = i->latest;
  switch (span) {
  case SPAN_ITEM:
    return (span_keys){i->position, i->position};
  case SPAN_SESSION:
    if (t->object_type[i->row] == FACT_ACTIVITY && t->object[i->row] >= 0)
      return (span_keys){t->object[i->row], t->object[i->row]};
    return (span_keys){-(int64_t)i->position - 1, -(int64_t)i->position - 1};
  case SPAN_DAY:
    return (span_keys){earliest, latest};
  case SPAN_YEAR:
    if (earliest == DAY_NONE) return (span_keys){0, 0};
    return (span_keys){period_year(f->period, earliest), period_year(f->period, latest)};
  case SPAN_PERIOD: {
    if (!p || p == f->period || earliest == DAY_NONE || p->starts == DAY_NONE) return (span_keys){0, 0};
    window a = {0}, b = {0};
    bool in_a = period_on(p, p->starts, earliest, &a), in_b = period_on(p, p->starts, latest, &b);
    return (span_keys){in_a ? a.number : -1, in_b ? b.number : -1};
  }
  default:
    return (span_keys){0, 0};
  }
}

typedef struct used {
  int64_t key;
  int64_t least, most;
} used;

typedef struct uses {
  used *items;
  size_t count, capacity;
} uses;

static used *used_of(frame_of_rows *f, uses *u, int64_t key) {
  for (size_t i = u->count; i-- > 0;) /* items come in order of day: the span sought is mostly the last */
    if (u->items[i].key == key) return &u->items[i];
  used *fresh = ARENA_PUSH(f->scratch, u->items, u->count, u->capacity);
  *fresh = (used){key, 0, 0};
  return fresh;
}

static int64_t room_left(int64_t ceiling, int64_t used_up) {
  if (ceiling == SCALED_INFINITE) return SCALED_INFINITE;
  return used_up >= ceiling ? 0 : ceiling - used_up;
}

static int64_t at_most(int64_t a, int64_t b) {
  return a < b ? a : b;
}

static int64_t without(int64_t a, int64_t b) {
  if (a == SCALED_INFINITE) return b == SCALED_INFINITE ? 0 : SCALED_INFINITE;
  return a > b ? a - b : 0;
}

/* A day's limit holds for each day of a record that lasts several. */
static scaled limit_for(frame_of_rows *f, const item *i, scaled ceiling, span_form span) {
  if (span != SPAN_DAY) return ceiling;
  const fact_columns *t = &f->view->s->of[f->type];
  if (t->since[i->row] == DATE_NONE || t->until[i->row] == DATE_NONE) return ceiling;
  int64_t days = (int64_t)date_last(t->until[i->row]) - date_first(t->since[i->row]) + 1;
  if (days <= 1 || ceiling.most >= INT64_MAX / 40000) return ceiling;
  return (scaled){ceiling.least * days, ceiling.most * days};
}

selection select_cap(frame_of_rows *f, selection s, scaled ceiling, span_form span, const period *p, const match *only,
                     day parameters_on, bool keep_over) {
  selection out = room(f, s.count);
  uses u = {0};
  if (span == SPAN_YEAR && !p) p = f->period;
  for (uint32_t k = 0; k < s.count; k++) {
    item i = s.items[k];
    if (only && match_row(f->view, only, f->type, i.row, parameters_on) == TRUTH_NO) {
      if (!keep_over) out.items[out.count++] = i;
      continue;
    }
    span_keys keys = keys_of(f, &i, span, p);
    scaled own = limit_for(f, &i, ceiling, span);
    used *spent = used_of(f, &u, keys.last);
    int64_t kept_least = at_most(i.least, room_left(own.least, spent->most));
    int64_t kept_most = at_most(i.most, room_left(own.most, spent->least));
    if (keys.first != keys.last) { /* in the bound it may use up room in either span */
      f->uncertain = true;
      f->uncertain_count++;
      if (f->extreme == EXTREME_OUT) {
        leave(f, &i, LEFT_UNCERTAIN, i.most);
        continue;
      }
      used *other = used_of(f, &u, keys.first);
      other->most = scaled_add(f, other->most, i.most);
      spent = used_of(f, &u, keys.last);
    }
    spent->least = scaled_add(f, spent->least, keys.first == keys.last && i.sure ? i.least : 0);
    spent->most = scaled_add(f, spent->most, i.most);
    int64_t over_least = without(i.least, kept_most), over_most = without(i.most, kept_least);
    if (keep_over) {
      if (kept_most > 0) leave(f, &i, LEFT_UNDER_CAP, kept_most);
      i.least = over_least;
      i.most = over_most;
    } else {
      if (over_most > 0) leave(f, &i, LEFT_CAP, over_most);
      i.least = kept_least;
      i.most = kept_most;
    }
    if (i.most > 0 || (i.most == 0 && !keep_over && over_most == 0)) out.items[out.count++] = i;
  }
  return out;
}

selection select_first(frame_of_rows *f, selection s, int64_t count, span_form span, const period *p) {
  selection out = room(f, s.count);
  uses u = {0};
  for (uint32_t k = 0; k < s.count; k++) {
    item i = s.items[k];
    span_keys keys = keys_of(f, &i, span, p);
    used *spent = used_of(f, &u, keys.last);
    bool possible = spent->least < count, sure = spent->most < count;
    spent->least += i.sure;
    spent->most += 1;
    if (!possible) {
      leave(f, &i, LEFT_FIRST, i.most);
      continue;
    }
    if (!sure) {
      i.sure = false;
      i.least = 0;
    }
    out.items[out.count++] = i;
  }
  return out;
}

/* ---- groups of items by a value ---- */

static int word_rank(const view *v, value x, const uint32_t *words, size_t count) {
  if (x.form != VALUE_WORD) return -1;
  for (size_t i = 0; i < count; i++)
    if (v->codes[words[i]] == (uint32_t)x.number) return (int)i;
  return -1;
}

static bool better(const frame_of_rows *f, const item *a, const item *b, const path *keep, const uint32_t *words,
                   size_t words_count) {
  if (keep->count) {
    value x = path_value(f->view, keep, f->type, a->row), y = path_value(f->view, keep, f->type, b->row);
    int order = words_count ? word_rank(f->view, x, words, words_count) - word_rank(f->view, y, words, words_count)
                : (x.form == VALUE_NONE || y.form == VALUE_NONE) ? (x.form != VALUE_NONE) - (y.form != VALUE_NONE)
                                                                 : value_compare(f->view, x, y);
    if (order) return order > 0;
  }
  return a->most > b->most; /* of equal ones the earlier stays */
}

selection select_once(frame_of_rows *f, selection s, const path *by, const path *keep, const uint32_t *words,
                      size_t words_count) {
  selection out = room(f, s.count);
  value *values = arena_array(f->scratch, s.count + 1, sizeof *values);
  for (uint32_t k = 0; k < s.count; k++) values[k] = path_value(f->view, by, f->type, s.items[k].row);
  for (uint32_t k = 0; k < s.count; k++) {
    uint32_t best = k;
    bool seen = false, doubtful = false;
    /* a record that does not say which work it is stands for itself */
    for (uint32_t m = 0; m < s.count && values[k].form != VALUE_NONE; m++) {
      if (values[m].form == VALUE_NONE || value_compare(f->view, values[k], values[m])) continue;
      if (m < k) seen = true;
      doubtful = doubtful || !s.items[m].sure;
      if (better(f, &s.items[m], &s.items[best], keep, words, words_count)) best = m;
    }
    if (seen) continue;
    for (uint32_t m = k; m < s.count && values[k].form != VALUE_NONE; m++)
      if (m != best && values[m].form != VALUE_NONE && !value_compare(f->view, values[k], values[m]))
        leave(f, &s.items[m], LEFT_ONCE, s.items[m].most);
    item i = s.items[best];
    if (doubtful) {
      i.sure = false;
      i.least = 0;
    }
    out.items[out.count++] = i;
  }
  return out;
}

static int by_position(const void *a, const void *b) {
  const item *x = a, *y = b;
  if (x->carried != y->carried) return x->carried ? -1 : 1;
  if (x->position != y->position) return x->position < y->position ? -1 : 1;
  return x->latest < y->latest ? -1 : x->latest > y->latest; /* parts of a record that is split between periods */
}

selection select_blocks(frame_of_rows *f, selection s, int32_t gap_days) {
  selection out = room(f, s.count);
  const fact_columns *t = &f->view->s->of[f->type];
  day reach = DAY_NONE;
  for (uint32_t k = 0; k < s.count; k++) {
    const item *i = &s.items[k];
    date since = t->since[i->row], until = t->until[i->row] != DATE_NONE ? t->until[i->row] : since;
    bool touches = out.count && since != DATE_NONE && reach != DAY_NONE && date_first(since) <= reach + 1 + gap_days;
    if (!touches) {
      item block = *i;
      block.parts = i;
      block.parts_count = 1;
      out.items[out.count++] = block;
      reach = until == DATE_NONE ? DAY_NONE : date_last(until);
      continue;
    }
    item *block = &out.items[out.count - 1];
    block->parts_count++; /* items of a block stand beside each other in s */
    block->least = scaled_add(f, block->least, i->least);
    block->most = scaled_add(f, block->most, i->most);
    block->sure = block->sure && i->sure;
    if (until != DATE_NONE && date_last(until) > reach) reach = date_last(until);
  }
  return out;
}

selection select_greatest(frame_of_rows *f, selection s) {
  selection out = room(f, 1);
  if (!s.count) return out;
  uint32_t best = 0;
  int64_t least = 0;
  for (uint32_t k = 0; k < s.count; k++) {
    if (s.items[k].most > s.items[best].most) best = k;
    if (s.items[k].least > least) least = s.items[k].least;
  }
  for (uint32_t k = 0; k < s.count; k++)
    if (k != best) leave(f, &s.items[k], LEFT_NOT_GREATEST, s.items[k].most);
  out.items[0] = s.items[best];
  if (!out.items[0].sure) out.items[0].least = least;
  out.count = 1;
  return out;
}

selection select_from_minimum(frame_of_rows *f, selection s, scaled minimum, const path *by) {
  selection out = room(f, s.count);
  value *values = arena_array(f->scratch, s.count + 1, sizeof *values);
  for (uint32_t k = 0; k < s.count; k++) values[k] = path_value(f->view, by, f->type, s.items[k].row);
  for (uint32_t k = 0; k < s.count; k++) {
    int64_t least = 0, most = 0;
    for (uint32_t m = 0; m < s.count; m++) {
      bool same = values[k].form == VALUE_NONE
                      ? values[m].form == VALUE_NONE
                      : values[m].form != VALUE_NONE && !value_compare(f->view, values[k], values[m]);
      if (!same) continue;
      least = scaled_add(f, least, s.items[m].least);
      most = scaled_add(f, most, s.items[m].most);
    }
    item i = s.items[k];
    if (most < minimum.least) {
      leave(f, &i, LEFT_MINIMUM, i.most);
      continue;
    }
    if (least < minimum.most) {
      i.sure = false;
      i.least = 0;
    }
    out.items[out.count++] = i;
  }
  return out;
}

static int64_t rounded(int64_t parts, rounding way, int64_t step) {
  if (parts == SCALED_INFINITE || step <= 0) return parts;
  int64_t over = parts % step, down = parts - over;
  if (!over || way == ROUND_DOWN) return down;
  if (way == ROUND_UP) return down + step;
  return over * 2 >= step ? down + step : down;
}

selection select_round(frame_of_rows *f, selection s, rounding way, scaled step, span_form span, const period *p) {
  selection out = room(f, s.count);
  for (uint32_t k = 0; k < s.count; k++) out.items[out.count++] = s.items[k];
  for (uint32_t k = 0; k < s.count; k++) {
    span_keys keys = keys_of(f, &s.items[k], span, p);
    int64_t least = 0, most = 0;
    uint32_t last = k;
    bool seen = false;
    for (uint32_t m = 0; m < s.count; m++) {
      if (keys_of(f, &s.items[m], span, p).last != keys.last) continue;
      seen = seen || m < k;
      last = m;
      least = scaled_add(f, least, s.items[m].least);
      most = scaled_add(f, most, s.items[m].most);
    }
    if (seen) continue;
    int64_t least_off = least == SCALED_INFINITE ? 0 : rounded(least, way, step.least) - least;
    int64_t most_off = most == SCALED_INFINITE ? 0 : rounded(most, way, step.least) - most;
    if (least_off > 0) out.items[last].least += least_off;
    if (most_off > 0) out.items[last].most += most_off;
    /* what rounding takes away is taken from the last ones of the span */
    for (uint32_t m = s.count; m-- > k && (least_off < 0 || most_off < 0);) {
      if (keys_of(f, &s.items[m], span, p).last != keys.last) continue;
      int64_t from_least = least_off < 0 ? at_most(-least_off, out.items[m].least) : 0;
      int64_t from_most = most_off < 0 ? at_most(-most_off, out.items[m].most) : 0;
      if (from_most > 0) leave(f, &out.items[m], LEFT_ROUNDING, from_most);
      out.items[m].least -= from_least;
      out.items[m].most -= from_most;
      least_off += from_least;
      most_off += from_most;
    }
  }
  return out;
}

selection select_union(frame_of_rows *f, selection a, selection b) {
  selection out = room(f, a.count + b.count);
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

selection select_year(frame_of_rows *f, selection s, int32_t year) {
  selection out = room(f, s.count);
  for (uint32_t k = 0; k < s.count; k++) {
    item i = s.items[k];
    span_keys keys = keys_of(f, &i, SPAN_YEAR, NULL);
    if (year < keys.first || year > keys.last) continue;
    if (keys.first != keys.last) {
      f->uncertain = true;
      f->uncertain_count++;
      if (f->extreme == EXTREME_OUT) continue;
      if (f->extreme == EXTREME_BOUND) {
        i.sure = false;
        i.least = 0;
      }
    }
    out.items[out.count++] = i;
  }
  return out;
}

selection select_word(frame_of_rows *f, selection s, const path *by, uint32_t code) {
  selection out = room(f, s.count);
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

static int by_day(const void *a, const void *b) {
  const day *x = a, *y = b;
  return x[0] < y[0] ? -1 : x[0] > y[0];
}

int64_t selection_days(const frame_of_rows *f, selection s) {
  const fact_columns *t = &f->view->s->of[f->type];
  day(*ranges)[2] = arena_array(f->scratch, s.count + 1, sizeof *ranges);
  uint32_t count = 0;
  for (uint32_t k = 0; k < s.count; k++) {
    uint32_t row = s.items[k].row;
    if (t->since[row] == DATE_NONE) continue;
    ranges[count][0] = date_first(t->since[row]);
    ranges[count][1] = date_last(t->until[row] == DATE_NONE ? t->since[row] : t->until[row]);
    count++;
  }
  qsort(ranges, count, sizeof *ranges, by_day);
  int64_t days = 0;
  day reach = DAY_NONE;
  for (uint32_t k = 0; k < count; k++) {
    day from = reach != DAY_NONE && ranges[k][0] <= reach ? reach + 1 : ranges[k][0];
    if (ranges[k][1] >= from) days += (int64_t)ranges[k][1] - from + 1;
    if (reach == DAY_NONE || ranges[k][1] > reach) reach = ranges[k][1];
  }
  return days;
}

int64_t selection_distinct(const frame_of_rows *f, selection s, const path *by) {
  value *values = arena_array(f->scratch, s.count + 1, sizeof *values);
  uint32_t count = 0;
  for (uint32_t k = 0; k < s.count; k++) {
    value x = path_value(f->view, by, f->type, s.items[k].row);
    if (x.form == VALUE_NONE) continue;
    bool seen = false;
    for (uint32_t m = 0; m < count && !seen; m++) seen = !value_compare(f->view, values[m], x);
    if (!seen) values[count++] = x;
  }
  return count;
}
