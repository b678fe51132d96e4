/* Steps of a selection that look at a span: cap, over, first, rounding, one year. */
#include "pack/select_inside.h"

/* ---- spans ---- */

/* Which spans an item may lie in. More than one only where its date is not known to the day; `anywhere` where it has no
 * date at all. */
typedef struct span_keys {
  int64_t first, last;
  bool anywhere;
} span_keys;

/* A key that no span has: an item without a date shares its span with none that is known. */
static span_keys own_key(const item *i) {
  return (span_keys){INT64_MIN + 1 + i->position, INT64_MIN + 1 + i->position, true};
}

static int64_t period_key(const frame_of_rows *f, const period *p, day d) {
  window w = {0};
  return period_on(p, f->span_starts, d, &w) ? w.number : -1;
}

static span_keys keys_of(const frame_of_rows *f, const item *i, span_form span, const period *p) {
  const fact_columns *t = &f->view->s->of[f->type];
  day earliest = i->earliest, latest = i->latest;
  switch (span) {
  case SPAN_ITEM:
    return (span_keys){i->position, i->position, false};
  case SPAN_SESSION:
    if (t->object_type[i->row] == FACT_ACTIVITY && t->object[i->row] >= 0)
      return (span_keys){t->object[i->row], t->object[i->row], false};
    return (span_keys){-(int64_t)i->position - 1, -(int64_t)i->position - 1, false};
  case SPAN_DAY:
    return earliest == DAY_NONE ? own_key(i) : (span_keys){earliest, latest, false};
  case SPAN_YEAR:
    if (earliest == DAY_NONE) return own_key(i);
    return (span_keys){period_year(f->period, earliest), period_year(f->period, latest), false};
  case SPAN_PERIOD:
    if (!p || p == f->period || f->span_starts == DAY_NONE) return (span_keys){0, 0, false};
    if (earliest == DAY_NONE) return own_key(i);
    return (span_keys){period_key(f, p, earliest), period_key(f, p, latest), false};
  default:
    return (span_keys){0, 0, false};
  }
}

typedef struct used {
  int64_t key;
  int64_t least, most;
} used;

typedef struct uses {
  used *items;
  size_t count, capacity;
  int64_t anywhere; /* what items without a date may have used up in any span */
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

static int64_t lesser(int64_t a, int64_t b) {
  return a < b ? a : b;
}
static int64_t greater(int64_t a, int64_t b) {
  return a > b ? a : b;
}

static int64_t without(int64_t a, int64_t b) {
  if (a == SCALED_INFINITE) return b == SCALED_INFINITE ? 0 : SCALED_INFINITE;
  return a > b ? a - b : 0;
}

/* It is not known in which span an item lies: with all out it is left out (false), in the bound it may be in any. */
static bool span_uncertain(frame_of_rows *f, item *i) {
  f->doubtful = true;
  return select_uncertain(f, i);
}

/* ---- cap and over ---- */

enum { DAYS_MOST = 4000 };

/* A day's limit holds for each day of a record that lasts several: how many, 1 where its days are not known. */
static int64_t days_of(const frame_of_rows *f, const item *i, span_form span) {
  const fact_columns *t = &f->view->s->of[f->type];
  date since = t->since[i->row], until = t->until[i->row];
  if (span != SPAN_DAY || since == DATE_NONE || until == DATE_NONE) return 1;
  if (date_precision(since) != PRECISION_DAY || date_precision(until) != PRECISION_DAY) return 1;
  int64_t days = (int64_t)date_first(until) - date_first(since) + 1;
  return days < 1 ? 1 : days > DAYS_MOST ? DAYS_MOST : days;
}

typedef struct kept {
  int64_t least, most;
} kept;

/* One record over several days: each day takes what it has room for, the first ones first. */
static kept keep_days(frame_of_rows *f, uses *u, const item *i, scaled ceiling, int64_t days) {
  kept k = {0, 0};
  int64_t first = (int64_t)date_last(f->view->s->of[f->type].until[i->row]) - days + 1;
  for (int64_t d = 0; d < days; d++) {
    used *spent = used_of(f, u, first + d);
    int64_t sure = room_left(ceiling.least, scaled_add(f, spent->most, u->anywhere));
    int64_t possible = room_left(ceiling.most, spent->least);
    int64_t least = lesser(without(i->least, k.least), sure), most = lesser(without(i->most, k.most), possible);
    k.least = scaled_add(f, k.least, least);
    k.most = scaled_add(f, k.most, most);
    if (f->extreme == EXTREME_BOUND) { /* on which of its days it lies is not known */
      spent->most = scaled_add(f, spent->most, i->most);
    } else {
      spent->least = scaled_add(f, spent->least, least);
      spent->most = scaled_add(f, spent->most, most);
    }
  }
  return k;
}

/* With all in, an item of which the span is not known counts for as much as it may: of a cap in the span with the most
 * room, which it takes from none; of what is over in the fullest one, which it takes up in all. */
static kept keep_somewhere(frame_of_rows *f, uses *u, const item *i, scaled ceiling, span_keys keys, bool keep_over) {
  kept k = {keep_over ? i->most : 0, 0};
  for (int64_t key = keys.first; key <= keys.last; key++) {
    used *spent = used_of(f, u, key);
    int64_t here = lesser(i->most, room_left(ceiling.most, spent->least));
    k.least = keep_over ? lesser(k.least, here) : greater(k.least, here);
    if (!keep_over) continue;
    spent->least = scaled_add(f, spent->least, i->most);
    spent->most = scaled_add(f, spent->most, i->most);
  }
  if (keys.anywhere && keep_over) k.least = 0;
  k.most = k.least;
  return k;
}

static kept keep_span(frame_of_rows *f, uses *u, const item *i, scaled ceiling, span_keys keys) {
  kept k = {i->least, 0};
  for (int64_t key = keys.first; key <= keys.last; key++) {
    used *spent = used_of(f, u, key);
    k.least = lesser(k.least, room_left(ceiling.least, scaled_add(f, spent->most, u->anywhere)));
    k.most = greater(k.most, lesser(i->most, room_left(ceiling.most, spent->least)));
    if (keys.first == keys.last && i->sure) spent->least = scaled_add(f, spent->least, i->least);
    spent->most = scaled_add(f, spent->most, i->most);
  }
  if (keys.anywhere && f->extreme == EXTREME_BOUND) {
    k.least = 0;
    u->anywhere = scaled_add(f, u->anywhere, i->most);
  }
  return k;
}

selection select_cap(frame_of_rows *f, selection s, scaled ceiling, span_form span, const period *p, const match *only,
                     day parameters_on, bool keep_over) {
  selection out = select_room(f, s.count);
  uses u = {0};
  for (uint32_t at = 0; at < s.count; at++) {
    item i = s.items[at];
    truth capped = only ? match_row(f->view, only, f->type, i.row, parameters_on) : TRUTH_YES;
    if (capped == TRUTH_NO) {
      if (!keep_over) out.items[out.count++] = i;
      continue;
    }
    span_keys keys = keys_of(f, &i, span, p);
    if (keys.first != keys.last && !span_uncertain(f, &i)) continue;
    if (capped == TRUTH_UNKNOWN && !span_uncertain(f, &i)) continue;
    int64_t days = keys.first == keys.last ? days_of(f, &i, span) : 1;
    item before = i;
    if (capped == TRUTH_UNKNOWN && f->extreme == EXTREME_BOUND) before.least = 0, before.sure = false;
    bool somewhere = f->extreme == EXTREME_IN && (keys.first != keys.last || keys.anywhere);
    kept k = {i.most, i.most};
    if (somewhere)
      k = keep_somewhere(f, &u, &before, ceiling, keys, keep_over);
    else if (capped == TRUTH_YES || f->extreme == EXTREME_BOUND || keep_over)
      k = days > 1 ? keep_days(f, &u, &before, ceiling, days) : keep_span(f, &u, &before, ceiling, keys);
    if (capped == TRUTH_UNKNOWN && !keep_over) k.most = i.most;
    if (capped == TRUTH_UNKNOWN && !keep_over && f->extreme == EXTREME_IN) k.least = i.most;
    int64_t over_least = without(i.least, k.most), over_most = without(i.most, k.least);
    if (keep_over) {
      if (k.most > 0) leave(f, &i, LEFT_UNDER_CAP, k.most);
      i.sure = i.sure && over_least > 0;
      i.least = over_least;
      i.most = over_most;
    } else {
      if (over_most > 0) leave(f, &i, LEFT_CAP, over_most);
      i.sure = i.sure && (k.least > 0 || i.least == 0);
      i.least = k.least;
      i.most = k.most;
    }
    if (i.most > 0 || (!keep_over && over_most == 0)) out.items[out.count++] = i;
  }
  return out;
}

/* ---- the first ones ---- */

selection select_first(frame_of_rows *f, selection s, int64_t count, span_form span, const period *p) {
  selection out = select_room(f, s.count);
  uses u = {0};
  for (uint32_t at = 0; at < s.count; at++) {
    item i = s.items[at];
    span_keys keys = keys_of(f, &i, span, p);
    bool one = keys.first == keys.last;
    if (!one && !span_uncertain(f, &i)) continue;
    if (!one && f->extreme != EXTREME_BOUND) keys.first = keys.last;
    bool possible = false, sure = true;
    for (int64_t key = keys.first; key <= keys.last; key++) {
      used *spent = used_of(f, &u, key);
      possible = possible || spent->least < count;
      sure = sure && spent->most + u.anywhere < count;
      if (keys.first == keys.last) spent->least += i.sure;
      spent->most += 1;
    }
    if (keys.anywhere && f->extreme == EXTREME_BOUND) u.anywhere++;
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

/* ---- rounding ---- */

static int64_t rounded(int64_t parts, rounding way, int64_t step) {
  if (parts == SCALED_INFINITE || step <= 0) return parts;
  int64_t over = parts % step, down = parts - over;
  if (!over || way == ROUND_DOWN) return down;
  if (way == ROUND_UP) return down + step;
  return over >= step - over ? down + step : down;
}

/* What rounding adds goes to the last one of the span; what it takes away is taken from the last ones. */
static void round_span(frame_of_rows *f, selection *out, const uint32_t *of, uint32_t count, rounding way,
                       int64_t step) {
  int64_t least = 0, most = 0;
  for (uint32_t k = 0; k < count; k++) {
    least = scaled_add(f, least, out->items[of[k]].least);
    most = scaled_add(f, most, out->items[of[k]].most);
  }
  int64_t least_off = least == SCALED_INFINITE ? 0 : rounded(least, way, step) - least;
  int64_t most_off = most == SCALED_INFINITE ? 0 : rounded(most, way, step) - most;
  item *last = &out->items[of[count - 1]];
  if (least_off > 0) last->least += least_off;
  if (most_off > 0) last->most += most_off;
  if (last->least > last->most) last->most = last->least;
  for (uint32_t k = count; k-- > 0 && (least_off < 0 || most_off < 0);) {
    item *i = &out->items[of[k]];
    int64_t from_least = least_off < 0 ? lesser(-least_off, i->least) : 0;
    int64_t from_most = most_off < 0 ? lesser(-most_off, i->most) : 0;
    if (from_most > 0) leave(f, i, LEFT_ROUNDING, from_most);
    i->least -= from_least;
    i->most -= from_most;
    least_off += from_least;
    most_off += from_most;
  }
}

selection select_round(frame_of_rows *f, selection s, rounding way, scaled step, span_form span, const period *p) {
  selection out = select_room(f, s.count);
  int64_t *keys = arena_array(f->scratch, s.count + 1, sizeof *keys);
  for (uint32_t at = 0; at < s.count; at++) {
    item i = s.items[at];
    span_keys own = keys_of(f, &i, span, p);
    if (own.first != own.last && !span_uncertain(f, &i)) continue;
    keys[out.count] = own.last;
    out.items[out.count++] = i;
  }
  uint32_t *of = arena_array(f->scratch, out.count + 1, sizeof *of);
  bool *done = arena_array(f->scratch, out.count + 1, sizeof *done);
  for (uint32_t k = 0; k < out.count; k++) {
    uint32_t count = 0;
    for (uint32_t m = k; m < out.count && !done[k]; m++)
      if (!done[m] && keys[m] == keys[k]) of[count++] = m;
    for (uint32_t m = 0; m < count; m++) done[of[m]] = true;
    if (count) round_span(f, &out, of, count, way, step.least);
  }
  return out;
}

/* ---- needs per year ---- */

selection select_year(frame_of_rows *f, selection s, int32_t year) {
  selection out = select_room(f, s.count);
  for (uint32_t k = 0; k < s.count; k++) {
    item i = s.items[k];
    span_keys keys = keys_of(f, &i, SPAN_YEAR, NULL);
    if (!keys.anywhere && (year < keys.first || year > keys.last)) continue;
    if ((keys.anywhere || keys.first != keys.last) && !select_uncertain(f, &i)) continue;
    out.items[out.count++] = i;
  }
  return out;
}
