#include "pack/lint_bounds.h"

#include <string.h>

/* ---- days ---- */

static void add_day(arena *a, day **list, size_t *count, size_t *capacity, day d) {
  for (size_t i = 0; i < *count; i++)
    if ((*list)[i] == d) return;
  *list = arena_grow(a, *list, *count, capacity, sizeof **list);
  (*list)[(*count)++] = d;
}

size_t lint_days(const pack *p, const rule *r, arena *a, day **out) {
  const period *per = r->period >= 0 ? &p->periods[r->period] : NULL;
  bool fixed = per && per->starts != DAY_NONE;
  size_t count = 0, capacity = 0;
  *out = NULL;
  for (size_t n = 0; n < r->program.count; n++) {
    const parameter *of = r->program.nodes[n].limit.parameter;
    for (size_t i = 0; of && i < of->entries_count; i++) {
      day d = of->entries[i].from;
      window w;
      if (fixed && d < per->starts) d = per->starts;
      if (fixed && !period_on(per, per->starts, d, &w)) continue;
      if (fixed && w.first < d) w = period_number(per, per->starts, w.number + 1);
      add_day(a, out, &count, &capacity, fixed ? w.first : d);
    }
  }
  if (!count) add_day(a, out, &count, &capacity, fixed ? per->starts : 0);
  return count;
}

/* ---- bounds ---- */

static bool value_on(const expr_node *n, day on, fraction *out) {
  if (n->op == OP_CONSTANT) {
    *out = n->limit.number;
    return true;
  }
  if (n->op != OP_PARAMETER || n->path.count || !n->limit.parameter || n->reading != READ_DEFAULT) return false;
  day next;
  const parameter_entry *e = parameter_on(n->limit.parameter, on, &next);
  if (!e || n->limit.parameter->form != PARAMETER_NUMBER) return false;
  *out = e->number;
  return true;
}

typedef bool bound_of(const pack *p, const rule *r, int32_t node, day on, bool year, fraction *out);

static bool combined(const pack *p, const rule *r, const expr_node *n, day on, bool year, bound_of *ask,
                     fraction *out) {
  for (size_t i = 0; i < n->args_count; i++) {
    fraction one;
    if (!ask(p, r, n->args[i], on, year, &one)) return false;
    if (i == 0)
      *out = one;
    else if (n->op == OP_ADD || n->op == OP_SUM_OF || n->op == OP_UNION) {
      if (!fraction_add(*out, one, out)) return false;
    } else if (n->op == OP_MULTIPLY) {
      if (!fraction_multiply(*out, one, out)) return false;
    } else {
      bool greater = fraction_compare(one, *out) > 0;
      if (greater == (n->op == OP_HIGHEST_OF)) *out = one;
    }
  }
  return n->args_count > 0;
}

static bool adds_up(expr_op op) {
  return op == OP_ADD || op == OP_SUM_OF || op == OP_UNION || op == OP_MULTIPLY || op == OP_HIGHEST_OF ||
         op == OP_LOWEST_OF;
}

/* How many of a span there are in the period: 0 where that is not fixed. */
static int64_t spans_in(const pack *p, const rule *r, const expr_node *n, bool year) {
  const period *per = r->period >= 0 ? &p->periods[r->period] : NULL;
  if (n->span == SPAN_NONE || n->span == SPAN_EVER) return 1;
  if (n->span == SPAN_PERIOD) return n->period < 0 || n->period == r->period ? 1 : 0;
  if (n->span != SPAN_YEAR || !per) return 0;
  if (year) return 1;
  if (per->months || per->days || !per->years || per->starts == DAY_NONE) return 0;
  int y, month, month_day;
  day_parts(per->starts, &y, &month, &month_day);
  bool whole = month == (per->year_month ? per->year_month : 1) && month_day == (per->year_day ? per->year_day : 1);
  return whole ? per->years : per->years + 1;
}

bool lint_least(const rule *r, int32_t node, day on, fraction *out) {
  return node >= 0 && value_on(&r->program.nodes[node], on, out);
}

bool lint_most(const pack *p, const rule *r, int32_t node, day on, bool year, fraction *out) {
  if (node < 0) return false;
  const expr_node *n = &r->program.nodes[node];
  if (value_on(n, on, out)) return true;
  if (adds_up(n->op)) return combined(p, r, n, on, year, lint_most, out);
  fraction inside, ceiling;
  switch (n->op) {
  case OP_SUM:
  case OP_WHERE:
  case OP_DURING:
  case OP_OVER:
  case OP_ONCE:
  case OP_GREATEST:
  case OP_FROM_MINIMUM:
    return lint_most(p, r, n->of, on, year, out);
  case OP_CAP: {
    int64_t spans = spans_in(p, r, n, year);
    bool inner = lint_most(p, r, n->of, on, year, &inside);
    bool capped = !n->match && spans > 0 && n->args_count && value_on(&r->program.nodes[n->args[0]], on, &ceiling) &&
                  fraction_multiply(ceiling, (fraction){spans, 1}, &ceiling);
    if (!inner && !capped) return false;
    *out = !inner || (capped && fraction_compare(ceiling, inside) < 0) ? ceiling : inside;
    return true;
  }
  default:
    return false;
  }
}

/* ---- implied ---- */

/* What a sum is made of: the selections that are joined. */
static void parts_of(const program *p, int32_t node, arena *a, int32_t **list, size_t *count, size_t *capacity) {
  const expr_node *n = &p->nodes[node];
  if (n->op == OP_UNION) {
    for (size_t i = 0; i < n->args_count; i++) parts_of(p, n->args[i], a, list, count, capacity);
    return;
  }
  if (n->op == OP_SUM) {
    parts_of(p, n->of, a, list, count, capacity);
    return;
  }
  *list = arena_grow(a, *list, *count, capacity, sizeof **list);
  (*list)[(*count)++] = node;
}

static bool always_asked(const need *n) {
  return n->when < 0 && n->unless < 0 && !n->suspended.there && !n->in_force.there;
}

static bool asks_least(const need *n) {
  return n->form.had >= 0 && n->form.compare == AT_LEAST && !n->form.count &&
         (n->form.each == SPAN_NONE || n->form.each == SPAN_YEAR);
}

/* What meeting a need brings on a day. A need for each year brings that of all years. */
static bool brings(const pack *p, const rule *r, const need *n, day on, fraction *out) {
  if (!lint_least(r, n->form.needed, on, out)) return false;
  if (n->form.each == SPAN_NONE) return true;
  const expr_node a_year = {.span = SPAN_YEAR};
  int64_t years = spans_in(p, r, &a_year, false);
  return years > 0 && fraction_multiply(*out, (fraction){years, 1}, out);
}

static bool all_within(const int32_t *parts, size_t count, const int32_t *of, size_t of_count, bool *taken) {
  for (size_t i = 0; i < count; i++) {
    bool found = false;
    for (size_t k = 0; k < of_count && !found; k++) found = of[k] == parts[i] && !taken[k];
    if (!found) return false;
  }
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < of_count; k++)
      if (of[k] == parts[i]) taken[k] = true;
  return true;
}

/* Whether `among` brings as much as the need asks, on every day. */
static bool enough(const pack *p, const rule *r, const need *n, const bool *among, arena *a) {
  day *days;
  size_t count = lint_days(p, r, a, &days);
  for (size_t d = 0; d < count; d++) {
    fraction sum = FRACTION_ZERO, one, wanted;
    if (!lint_least(r, n->form.needed, days[d], &wanted)) return false;
    for (size_t i = 0; i < r->needs_count; i++)
      if (among[i] && (!brings(p, r, &r->needs[i], days[d], &one) || !fraction_add(sum, one, &sum))) return false;
    if (fraction_compare(sum, wanted) < 0) return false;
  }
  return true;
}

int32_t lint_implied_by(const pack *p, const rule *r, size_t need_at, arena *a, bool *several) {
  const need *n = &r->needs[need_at];
  *several = false;
  if (!asks_least(n) || n->form.each != SPAN_NONE) return -1;
  int32_t *parts = NULL, first = -1;
  size_t parts_count = 0, capacity = 0;
  parts_of(&r->program, n->form.had, a, &parts, &parts_count, &capacity);
  bool *taken = arena_array(a, parts_count + 1, sizeof *taken), *among = arena_array(a, r->needs_count, sizeof *among);
  for (size_t i = 0; i < r->needs_count; i++) {
    const need *other = &r->needs[i];
    int32_t *own = NULL;
    size_t own_count = 0, own_capacity = 0;
    if (i == need_at || !asks_least(other) || !always_asked(other) || other->implied) continue;
    parts_of(&r->program, other->form.had, a, &own, &own_count, &own_capacity);
    if (!all_within(own, own_count, parts, parts_count, taken)) continue;
    among[i] = true;
    *several = first >= 0;
    if (first < 0) first = (int32_t)i;
  }
  return first >= 0 && enough(p, r, n, among, a) ? first : -1;
}

/* ---- against each other ---- */

static bool excludes(const pack *p, const rule *r, const need *ceiling, const need *least, arena *a) {
  day *days;
  size_t count = lint_days(p, r, a, &days);
  bool strict = ceiling->form.compare == LESS_THAN || least->form.compare == MORE_THAN;
  for (size_t d = 0; d < count; d++) {
    fraction top, bottom;
    if (!lint_least(r, ceiling->form.needed, days[d], &top) || !lint_least(r, least->form.needed, days[d], &bottom))
      return false;
    int order = fraction_compare(bottom, top);
    if (strict ? order < 0 : order <= 0) return false;
  }
  return count > 0;
}

int32_t lint_against(const pack *p, const rule *r, size_t need_at, arena *a) {
  const need *n = &r->needs[need_at];
  bool ceiling = n->form.compare == AT_MOST || n->form.compare == LESS_THAN;
  if (!ceiling || n->form.had < 0 || n->form.each != SPAN_NONE || !always_asked(n)) return -1;
  for (size_t i = 0; i < r->needs_count; i++) {
    const need *other = &r->needs[i];
    bool least = other->form.compare == AT_LEAST || other->form.compare == MORE_THAN;
    if (!least || other->form.had != n->form.had || other->form.each != SPAN_NONE || !always_asked(other)) continue;
    if (other->form.count == n->form.count && excludes(p, r, n, other, a)) return (int32_t)i;
  }
  return -1;
}
