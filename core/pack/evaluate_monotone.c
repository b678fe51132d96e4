/* Whether two extremes are enough. */
#include "pack/evaluate_inside.h"

/* Whether the two extremes, all uncertain records out and all in, bracket whatever lies between them.
 *
 * A number goes one way if every further record moves it, if at all, in that direction. A selection does so at a grain:
 * the finest spans whose sums never fall when a record is added. A cap shifts what counts between the items of its
 * span, so that sums are safe over its span or a wider one only; what then narrows further must ask the bound. */

typedef enum way { WAY_FIXED, WAY_UP, WAY_DOWN, WAY_MIXED } way;
typedef enum grain { GRAIN_ITEM, GRAIN_SESSION, GRAIN_DAY, GRAIN_YEAR, GRAIN_ALL, GRAIN_NONE } grain;

typedef struct course {
  way way;     /* numbers and conditions */
  grain grain; /* selections */
  bool blocks; /* joined ranges: only their sum and the greatest are safe */
} course;

static way both(way a, way b) {
  if (a == WAY_FIXED) return b;
  return b == WAY_FIXED || a == b ? a : WAY_MIXED;
}
static way turned(way a) {
  return a == WAY_UP ? WAY_DOWN : a == WAY_DOWN ? WAY_UP : a;
}

static grain grain_of_span(span_form span) {
  switch (span) {
  case SPAN_ITEM:
    return GRAIN_ITEM;
  case SPAN_SESSION:
    return GRAIN_SESSION;
  case SPAN_DAY:
    return GRAIN_DAY;
  case SPAN_YEAR:
    return GRAIN_YEAR;
  default:
    return GRAIN_ALL;
  }
}

/* A session may last several days: neither divides the other. */
static bool within(grain finer, grain coarser) {
  if (finer == GRAIN_SESSION && (coarser == GRAIN_DAY || coarser == GRAIN_YEAR)) return false;
  return finer <= coarser && finer != GRAIN_NONE;
}

/* What the steps below a capped table do must concern the same table, or nothing that it takes. */
static bool fits_below(const program *p, const expr_node *n) {
  for (int32_t below = n->of; below >= 0; below = p->nodes[below].of) {
    const expr_node *b = &p->nodes[below];
    if (b->op != OP_CAP) continue;
    if (!n->match != !b->match) return !n->match;
    if (n->match && !match_same(n->match, b->match) && !match_apart(n->match, b->match)) return false;
  }
  return true;
}

static grain limited(const program *p, const course *c, const expr_node *n) {
  grain below = c[n->of].grain, own = grain_of_span(n->span);
  way most = n->args_count ? c[n->args[0]].way : WAY_FIXED;
  if (c[n->of].blocks) return GRAIN_NONE;
  if (n->op == OP_CAP) {
    bool safe = (most == WAY_FIXED || most == WAY_UP) && within(below, own) && fits_below(p, n);
    return safe ? own : GRAIN_NONE;
  }
  if (n->op == OP_OVER) {
    bool safe = (most == WAY_FIXED || most == WAY_DOWN) && within(below, own) && (!n->match || below == GRAIN_ITEM);
    return !safe ? GRAIN_NONE : below == GRAIN_ITEM ? GRAIN_ITEM : own;
  }
  return most == WAY_FIXED && within(below, own) ? own : GRAIN_NONE; /* round */
}

static course of_selection(const program *p, const course *c, const expr_node *n) {
  course below = n->of >= 0 ? c[n->of] : (course){0};
  course out = {WAY_UP, GRAIN_NONE, false};
  bool plain = below.grain == GRAIN_ITEM && !below.blocks;
  switch (n->op) {
  case OP_RECORDS:
  case OP_RECOGNISED:
    out.grain = GRAIN_ITEM;
    break;
  case OP_PREVIOUS:
    out.grain = GRAIN_ALL; /* if what is handed on goes that way: asked of gives */
    break;
  case OP_WHERE:
  case OP_DURING:
    if (plain) out.grain = GRAIN_ITEM;
    break;
  case OP_FROM_MINIMUM:
    if (plain && c[n->args[0]].way == WAY_FIXED) out.grain = GRAIN_ITEM;
    break;
  case OP_CAP:
  case OP_OVER:
  case OP_ROUND:
    out.grain = limited(p, c, n);
    break;
  case OP_ONCE:
    if (plain && !n->keep.count) out.grain = GRAIN_ALL;
    break;
  case OP_BLOCKS:
    if (plain) out.grain = GRAIN_ALL, out.blocks = true;
    break;
  case OP_GREATEST:
    if (plain || below.blocks) out.grain = GRAIN_ALL;
    break;
  case OP_UNION: {
    const course *a = &c[n->args[0]], *b = &c[n->args[1]];
    bool nested = within(a->grain, b->grain) || within(b->grain, a->grain);
    bool none = a->grain == GRAIN_NONE || b->grain == GRAIN_NONE || a->blocks || b->blocks;
    if (!none) out.grain = !nested ? GRAIN_ALL : a->grain > b->grain ? a->grain : b->grain;
    break;
  }
  default: /* first: one that comes earlier takes the place of a greater one */
    break;
  }
  return out;
}

static way all_of(const course *c, const expr_node *n) {
  way out = WAY_FIXED;
  for (size_t i = 0; i < n->args_count; i++) out = both(out, c[n->args[i]].way);
  return out;
}

static way of_number(const course *c, const expr_node *n) {
  bool plain = n->of >= 0 && c[n->of].grain == GRAIN_ITEM && !c[n->of].blocks;
  switch (n->op) {
  case OP_SUM:
    return c[n->of].grain == GRAIN_NONE ? WAY_MIXED : WAY_UP;
  case OP_COUNT:
  case OP_DAYS:
  case OP_DISTINCT:
  case OP_EXISTS:
    return plain ? WAY_UP : WAY_MIXED;
  case OP_CONSTANT:
    return n->limit.number.above < 0 ? WAY_MIXED : WAY_FIXED; /* a factor below zero would turn the way */
  case OP_ADD:
  case OP_SUM_OF:
  case OP_HIGHEST_OF:
  case OP_LOWEST_OF:
  case OP_MULTIPLY:
  case OP_ALL:
  case OP_ANY:
    return all_of(c, n);
  case OP_NOT:
    return turned(all_of(c, n));
  case OP_SUBTRACT:
  case OP_DIVIDE:
    return both(c[n->args[0]].way, turned(c[n->args[1]].way));
  case OP_CHOOSE:
    for (size_t i = 0; i + 1 < n->args_count; i += 2)
      if (c[n->args[i]].way != WAY_FIXED) return WAY_MIXED;
    return all_of(c, n);
  case OP_COMPARE: {
    way w = both(c[n->args[0]].way, turned(c[n->args[1]].way));
    return n->compare == AT_LEAST || n->compare == MORE_THAN ? w : n->compare == EQUAL ? WAY_MIXED : turned(w);
  }
  case OP_PREVIOUS_NUMBER:
    return WAY_UP;
  default:
    return WAY_FIXED;
  }
}

static bool need_safe(const program *p, const course *c, const need_form *f) {
  if (f->had < 0) return f->condition < 0 || c[f->condition].way != WAY_MIXED;
  way had = c[f->had].way, needed = f->needed >= 0 ? c[f->needed].way : WAY_FIXED;
  if (p->nodes[f->had].type == EXPR_SELECTION) {
    grain g = c[f->had].grain;
    if (c[f->had].blocks && f->each != SPAN_NONE) return false;
    bool wide = f->each == SPAN_NONE ? g != GRAIN_NONE : f->each == SPAN_YEAR ? within(g, GRAIN_YEAR) : g == GRAIN_ITEM;
    if (!wide || (f->count && g != GRAIN_ITEM)) return false;
    had = WAY_UP;
  }
  return both(had, turned(needed)) != WAY_MIXED && f->compare != EQUAL;
}

bool evaluate_needs_bound(const rule *r, const program *p, arena *a) {
  course *c = arena_array(a, p->count + 1, sizeof *c);
  for (size_t i = 0; i < p->count; i++) { /* each node stands behind what it needs */
    const expr_node *n = &p->nodes[i];
    c[i] = n->type == EXPR_SELECTION ? of_selection(p, c, n) : (course){of_number(c, n), GRAIN_NONE, false};
  }
  if (r->way != RULE_NEEDS) { /* what a foreign rule does with what it is handed is not known */
    for (size_t i = 0; i < p->count; i++)
      if (p->nodes[i].type == EXPR_SELECTION && c[i].grain == GRAIN_NONE) return true;
    bool narrows = false, limits = false;
    for (size_t i = 0; i < p->count; i++) {
      narrows = narrows || p->nodes[i].op == OP_WHERE || p->nodes[i].op == OP_DURING;
      limits = limits || (c[i].grain != GRAIN_ITEM && p->nodes[i].type == EXPR_SELECTION);
    }
    return narrows && limits;
  }
  bool carries = false;
  for (size_t i = 0; i < p->count; i++)
    carries = carries || p->nodes[i].op == OP_PREVIOUS || p->nodes[i].op == OP_PREVIOUS_NUMBER;
  for (size_t i = 0; carries && i < r->gives_count; i++) {
    const expr_node *n = &p->nodes[r->gives[i].node];
    const course *given = &c[r->gives[i].node];
    if (n->type == EXPR_SELECTION ? given->grain == GRAIN_NONE : given->way != WAY_FIXED && given->way != WAY_UP)
      return true;
  }
  const int32_t conditions[] = {r->applies, r->exempt};
  for (size_t i = 0; i < 2; i++)
    if (conditions[i] >= 0 && c[conditions[i]].way == WAY_MIXED) return true;
  for (size_t i = 0; i < r->needs_count; i++) {
    const need *n = &r->needs[i];
    if (!need_safe(p, c, &n->form)) return true;
    if (n->when >= 0 && c[n->when].way == WAY_MIXED) return true;
    if (n->unless >= 0 && c[n->unless].way == WAY_MIXED) return true;
  }
  return false;
}
