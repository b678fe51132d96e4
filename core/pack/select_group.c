/* Steps of a selection that look at a value: once, blocks, the greatest, a minimum; its days and distinct values. */
#include "pack/select_inside.h"

#include <stdlib.h>

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

static bool same_value(const view *v, value a, value b) {
  if (a.form == VALUE_NONE || b.form == VALUE_NONE) return a.form == b.form;
  return !value_compare(v, a, b);
}

/* Whether an item is the one that stays for certain: it is there, and no other can be better. */
static bool settled(const item *best, const path *keep) {
  return best->sure && (keep->count || best->least == best->most);
}

selection select_once(frame_of_rows *f, selection s, const path *by, const path *keep, const uint32_t *words,
                      size_t words_count) {
  selection out = select_room(f, s.count);
  value *values = arena_array(f->scratch, s.count + 1, sizeof *values);
  uint8_t *stays = arena_array(f->scratch, s.count + 1, sizeof *stays); /* 1: for certain, 2: perhaps */
  bool *asked = arena_array(f->scratch, s.count + 1, sizeof *asked);
  for (uint32_t k = 0; k < s.count; k++) values[k] = path_value(f->view, by, f->type, s.items[k].row);
  for (uint32_t k = 0; k < s.count; k++) {
    if (values[k].form == VALUE_NONE) stays[k] = 1; /* which does not say which work it is stands for itself */
    if (values[k].form == VALUE_NONE || asked[k]) continue;
    uint32_t alike = 0;
    for (uint32_t m = k; m < s.count; m++) alike += same_value(f->view, values[k], values[m]);
    if (alike == 1) {
      stays[k] = 1;
      continue;
    }
    for (bool perhaps = false, more = true; more;) { /* the best one; in doubt also those that may take its place */
      uint32_t best = s.count;
      for (uint32_t m = k; m < s.count; m++) {
        if (stays[m] || !same_value(f->view, values[k], values[m])) continue;
        asked[m] = true;
        if (best == s.count || better(f, &s.items[m], &s.items[best], keep, words, words_count)) best = m;
      }
      if (best == s.count) break;
      more = !settled(&s.items[best], keep);
      stays[best] = perhaps || more ? 2 : 1;
      perhaps = perhaps || more;
    }
  }
  for (uint32_t k = 0; k < s.count; k++) {
    item i = s.items[k];
    if (!stays[k]) {
      leave(f, &i, LEFT_ONCE, i.most);
      continue;
    }
    if (stays[k] == 2) {
      i.sure = false;
      i.least = 0;
    }
    out.items[out.count++] = i;
  }
  return out;
}

selection select_blocks(frame_of_rows *f, selection s, int32_t gap_days) {
  selection out = select_room(f, s.count);
  const fact_columns *t = &f->view->s->of[f->type];
  bool starts = f->period && f->period->spanning == SPANNING_STARTS;
  day reach = DAY_NONE;
  for (uint32_t k = 0; k < s.count; k++) {
    const item *i = &s.items[k];
    date since = t->since[i->row], until = t->until[i->row] != DATE_NONE ? t->until[i->row] : since;
    /* whether days touch that are known to the month only cannot be known */
    bool vague = since == DATE_NONE || date_precision(since) != PRECISION_DAY || date_precision(until) != PRECISION_DAY;
    if (vague && s.count > 1) {
      f->uncertain = true;
      f->uncertain_count++;
    }
    bool apart = since == DATE_NONE || (vague && f->extreme == EXTREME_OUT);
    bool touches =
        out.count && !apart && reach != DAY_NONE && (int64_t)date_first(since) <= (int64_t)reach + 1 + gap_days;
    if (!touches) {
      item block = *i;
      block.parts = i;
      block.parts_count = 1;
      out.items[out.count++] = block;
      reach = apart ? DAY_NONE : date_last(until);
      continue;
    }
    item *block = &out.items[out.count - 1];
    block->parts_count++; /* items of a block stand beside each other in s */
    block->least = scaled_add(f, block->least, i->least);
    block->most = scaled_add(f, block->most, i->most);
    block->sure = block->sure && i->sure;
    if (date_last(until) > reach) reach = date_last(until);
    if (!starts && i->latest > block->latest) block->earliest = i->earliest, block->latest = i->latest;
  }
  return out;
}

selection select_greatest(frame_of_rows *f, selection s) {
  selection out = select_room(f, 1);
  if (!s.count) return out;
  uint32_t best = 0;
  int64_t least = 0;
  bool any = false;
  for (uint32_t k = 0; k < s.count; k++) {
    if (s.items[k].most > s.items[best].most) best = k;
    if (s.items[k].least > least) least = s.items[k].least;
    any = any || s.items[k].sure;
  }
  for (uint32_t k = 0; k < s.count; k++)
    if (k != best) leave(f, &s.items[k], LEFT_NOT_GREATEST, s.items[k].most);
  out.items[0] = s.items[best];
  out.items[0].least = least;
  out.items[0].sure = any;
  out.count = 1;
  return out;
}

selection select_from_minimum(frame_of_rows *f, selection s, scaled minimum, const path *by) {
  selection out = select_room(f, s.count);
  value *values = arena_array(f->scratch, s.count + 1, sizeof *values);
  for (uint32_t k = 0; k < s.count; k++) values[k] = path_value(f->view, by, f->type, s.items[k].row);
  for (uint32_t k = 0; k < s.count; k++) {
    int64_t least = 0, most = 0;
    for (uint32_t m = 0; m < s.count; m++) {
      if (!same_value(f->view, values[k], values[m])) continue;
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

/* ---- numbers of a selection that are no sums ---- */

typedef struct stretch {
  day first, last;
} stretch;

static int by_first(const void *a, const void *b) {
  const stretch *x = a, *y = b;
  return x->first < y->first ? -1 : x->first > y->first;
}

static int64_t covered(stretch *list, uint32_t count) {
  if (count) qsort(list, count, sizeof *list, by_first);
  int64_t days = 0;
  day reach = DAY_NONE;
  for (uint32_t k = 0; k < count; k++) {
    day from = reach != DAY_NONE && list[k].first <= reach ? reach + 1 : list[k].first;
    if (list[k].last >= from) days += (int64_t)list[k].last - from + 1;
    if (reach == DAY_NONE || list[k].last > reach) reach = list[k].last;
  }
  return days;
}

/* Of a date known to the month, at least one day and at most its days: between them the number is not known. */
void selection_days(frame_of_rows *f, selection s, int64_t *least, int64_t *most) {
  const fact_columns *t = &f->view->s->of[f->type];
  stretch *sure = arena_array(f->scratch, s.count + 1, sizeof *sure);
  stretch *possible = arena_array(f->scratch, s.count + 1, sizeof *possible);
  uint32_t sure_count = 0, possible_count = 0;
  int64_t one = 0; /* days that there are for certain, though it is not known which */
  for (uint32_t k = 0; k < s.count; k++) {
    uint32_t row = s.items[k].row;
    date since = t->since[row], until = t->until[row] == DATE_NONE ? since : t->until[row];
    if (since == DATE_NONE) continue;
    possible[possible_count++] = (stretch){date_first(since), date_last(until)};
    if (!s.items[k].sure) continue;
    if (date_last(since) <= date_first(until))
      sure[sure_count++] = (stretch){date_last(since), date_first(until)};
    else
      one = 1;
  }
  *most = covered(possible, possible_count);
  *least = covered(sure, sure_count);
  if (*least < one) *least = one;
  if (*least == *most) return;
  f->uncertain = true;
  f->uncertain_count++;
  if (f->extreme == EXTREME_OUT) *most = *least;
  if (f->extreme == EXTREME_IN) *least = *most;
}

void selection_distinct(frame_of_rows *f, selection s, const path *by, int64_t *least, int64_t *most) {
  enum { MANY = 16 };
  value *values = arena_array(f->scratch, (size_t)s.count * MANY + 1, sizeof *values);
  bool *sure = arena_array(f->scratch, (size_t)s.count * MANY + 1, sizeof *sure);
  size_t count = 0;
  *least = 0;
  for (uint32_t k = 0; k < s.count; k++) {
    value found[MANY];
    size_t many = path_values(f->view, by, f->type, s.items[k].row, found, MANY);
    for (size_t i = 0; i < many; i++) {
      size_t at = 0;
      while (at < count && value_compare(f->view, values[at], found[i])) at++;
      if (at == count) values[count++] = found[i];
      *least += s.items[k].sure && !sure[at];
      sure[at] = sure[at] || s.items[k].sure;
    }
  }
  *most = (int64_t)count;
}
