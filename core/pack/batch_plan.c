/* How a batch computes each node of a rule: at once, or asked of the run for each subject. */
#include "pack/batch_inside.h"

#include <string.h>

/* ---- how each node is computed ---- */

static bool lanes_span(const expr_node *n, const rule *r) {
  switch (n->span) {
  case SPAN_ITEM:
  case SPAN_YEAR:
  case SPAN_EVER:
  case SPAN_NONE:
    return true;
  case SPAN_PERIOD:
    return n->period < 0 || n->period == r->period;
  default:
    return false;
  }
}

static bool lanes_during(const expr_node *n, const rule *r) {
  if (r->period < 0 || n->limit.parameter || n->other.parameter) return false;
  return n->span != SPAN_PERIOD || n->period == r->period;
}

static node_way way_of_selection(batch *b, batch_plan *p, const expr_node *n) {
  const rule *r = p->rule;
  if (n->rows != FACT_RECORD || (n->of >= 0 && p->ways[n->of] == NODE_ASK)) return NODE_ASK;
  switch (n->op) {
  case OP_PREVIOUS:
    p->supported = false;
    return NODE_UNUSED;
  case OP_RECOGNISED:
    if (!b->recognitions[n->index].supported) p->supported = false;
    return NODE_LANES;
  case OP_CAP:
  case OP_OVER:
  case OP_FIRST:
    return lanes_span(n, r) ? NODE_LANES : NODE_STEP;
  case OP_DURING:
    return lanes_during(n, r) ? NODE_LANES : NODE_STEP;
  case OP_RECORDS:
  case OP_WHERE:
  case OP_UNION:
  case OP_GREATEST:
    return NODE_LANES;
  default:
    return NODE_STEP;
  }
}

static bool all_constant(const batch_plan *p, const expr_node *n) {
  for (size_t i = 0; i < n->args_count; i++)
    if (p->ways[n->args[i]] != NODE_CONSTANT) return false;
  return true;
}

static node_way way_of_number(batch_plan *p, const expr_node *n) {
  switch (n->op) {
  case OP_CONSTANT:
    return NODE_CONSTANT;
  case OP_PARAMETER:
    return n->path.count ? NODE_ASK : NODE_CONSTANT;
  case OP_ADD:
  case OP_SUBTRACT:
  case OP_MULTIPLY:
  case OP_DIVIDE:
  case OP_HIGHEST_OF:
  case OP_LOWEST_OF:
  case OP_SUM_OF:
    return all_constant(p, n) ? NODE_CONSTANT : NODE_LANES;
  case OP_CHOOSE:
  case OP_ALL:
  case OP_ANY:
  case OP_NOT:
  case OP_COMPARE:
    return NODE_LANES;
  case OP_SUM:
  case OP_COUNT:
  case OP_DAYS:
  case OP_DISTINCT:
  case OP_EXISTS:
    return p->ways[n->of] == NODE_ASK ? NODE_ASK : NODE_LANES;
  case OP_PREVIOUS_NUMBER:
    p->supported = false;
    return NODE_UNUSED;
  default:
    return NODE_ASK;
  }
}

/* Joined ranges lie on more days than the row that stands for them: what asks for days then asks one by one. */
static bool joined(batch_plan *p, const expr_node *n) {
  bool below = n->of >= 0 && p->blocks[n->of];
  if (n->op == OP_UNION) below = p->blocks[n->args[0]] || p->blocks[n->args[1]];
  bool days = n->op == OP_DURING || n->span == SPAN_YEAR || n->span == SPAN_DAY || n->span == SPAN_SESSION;
  if (below && n->type == EXPR_SELECTION && (days || p->ways[n - p->rule->program.nodes] == NODE_STEP))
    p->supported = false;
  return n->type == EXPR_SELECTION && (below || n->op == OP_BLOCKS);
}

/* ---- what whoever has the rule asks for ---- */

static void mark_sure(batch_plan *p, int32_t node) {
  if (node < 0 || p->sure[node]) return;
  const expr_node *n = &p->rule->program.nodes[node];
  p->sure[node] = true;
  mark_sure(p, n->of);
  for (size_t i = 0; i < n->args_count; i++) {
    mark_sure(p, n->args[i]);
    if (n->op == OP_CHOOSE) return; /* the first condition; the rest depends on it */
  }
}

static void mark_used(batch_plan *p, int32_t node) {
  if (node < 0 || p->seen[node]) return;
  const expr_node *n = &p->rule->program.nodes[node];
  p->seen[node] = true;
  if (p->ways[node] == NODE_ASK || p->ways[node] == NODE_CONSTANT) return; /* the run asks for what it needs */
  mark_used(p, n->of);
  for (size_t i = 0; i < n->args_count; i++) mark_used(p, n->args[i]);
}

static void mark_roots(batch_plan *p, void (*mark)(batch_plan *, int32_t), bool conditional) {
  const rule *r = p->rule;
  mark(p, r->applies);
  mark(p, r->exempt);
  for (size_t i = 0; i < r->gives_count; i++) mark(p, r->gives[i].node);
  for (size_t i = 0; i < r->needs_count; i++) {
    const need *n = &r->needs[i];
    bool dated = n->suspended.there || n->in_force.there;
    if (dated && !conditional) continue;
    mark(p, n->when);
    mark(p, n->unless);
    if (!conditional && (n->when >= 0 || n->unless >= 0)) continue;
    mark(p, n->form.condition);
    mark(p, n->form.had);
    mark(p, n->form.needed);
  }
}

/* ---- the plan ---- */

static void lanes_make(batch *b, const expr_node *n, node_lanes *l) {
  arena *a = b->memory;
  l->until = arena_array(a, BATCH_PEOPLE, sizeof *l->until);
  if (n->type == EXPR_SELECTION) {
    l->at = arena_array(a, BATCH_ROWS, sizeof *l->at);
    l->own_parts = arena_array(a, BATCH_ROWS, sizeof *l->own_parts);
  }
  l->scaled = arena_array(a, BATCH_PEOPLE, sizeof *l->scaled);
  l->each = arena_array(a, BATCH_PEOPLE, sizeof *l->each);
  l->yes = arena_array(a, BATCH_PEOPLE, sizeof *l->yes);
}

static void split_make(batch *b, batch_plan *p) {
  const pack *all = b->e->pack;
  arena *a = b->memory;
  p->split = arena_array(a, all->recognitions_count + 1, sizeof *p->split);
  p->split_count = arena_array(a, all->recognitions_count + 1, sizeof *p->split_count);
  p->split_made = arena_array(a, all->recognitions_count + 1, sizeof *p->split_made);
  for (size_t i = 0; i < p->rule->program.count; i++) {
    const expr_node *n = &p->rule->program.nodes[i];
    if (p->ways[i] != NODE_LANES || n->op != OP_RECOGNISED || p->split[n->index]) continue;
    size_t classes = all->recognitions[n->index].classes_count + 1; /* the last one: all of them */
    p->split[n->index] = arena_array(a, classes * BATCH_ROWS, sizeof(uint16_t));
    p->split_count[n->index] = arena_array(a, classes, sizeof(uint32_t));
  }
}

batch_plan *batch_plan_make(batch *b, int32_t rule_at) {
  const pack *all = b->e->pack;
  const rule *r = &all->rules[rule_at];
  arena *a = b->memory;
  batch_plan *p = arena_take(a, sizeof *p);
  size_t count = r->program.count + 1;
  p->rule = r;
  p->of = b->e;
  p->scale = b->scale;
  p->factor = 1;
  p->supported = b->ground->supported && r->way == RULE_NEEDS &&
                 (r->period < 0 || all->periods[r->period].spanning != SPANNING_SPLIT) &&
                 (r->of == FACT_PERSON || r->of == FACT_ENROLLMENT);
  if (!p->supported) return p;
  p->ways = arena_array(a, count, sizeof *p->ways);
  p->blocks = arena_array(a, count, sizeof *p->blocks);
  p->sure = arena_array(a, count, sizeof *p->sure);
  p->seen = arena_array(a, count, sizeof *p->seen);
  p->matches = arena_array(a, count, sizeof *p->matches);
  p->lanes = arena_array(a, count, sizeof *p->lanes);
  p->own_lanes = arena_array(a, count, sizeof *p->own_lanes);
  p->values = arena_array(a, count, sizeof *p->values);
  for (size_t i = 0; i < r->program.count; i++) {
    const expr_node *n = &r->program.nodes[i];
    p->ways[i] = n->type == EXPR_SELECTION ? way_of_selection(b, p, n) : way_of_number(p, n);
    p->blocks[i] = joined(p, n);
  }
  for (size_t i = 0; i < r->needs_count; i++) {
    const need_form *f = &r->needs[i].form;
    if (f->had >= 0 && r->program.nodes[f->had].type == EXPR_SELECTION &&
        (p->ways[f->had] == NODE_ASK || (f->each != SPAN_NONE && p->blocks[f->had])))
      p->supported = false;
  }
  for (size_t i = 0; i < r->gives_count; i++)
    if (r->program.nodes[r->gives[i].node].type == EXPR_SELECTION && p->ways[r->gives[i].node] == NODE_ASK)
      p->supported = false;
  if (!p->supported) return p;
  mark_roots(p, mark_sure, false);
  mark_roots(p, mark_used, true);
  for (size_t i = 0; i < r->program.count; i++) {
    const expr_node *n = &r->program.nodes[i];
    if (!p->seen[i]) p->ways[i] = NODE_UNUSED;
    if (p->ways[i] == NODE_UNUSED) continue;
    p->ever = p->ever || n->ever;
    lanes_make(b, n, &p->own_lanes[i]);
    p->lanes[i] = p->own_lanes[i];
    batch_match_make(b, &p->matches[i], n->match);
  }
  p->needs_memory = arena_new();
  arena_defer(a, (void (*)(void *))arena_free, p->needs_memory);
  split_make(b, p);
  p->used = arena_array(a, (size_t)BATCH_PEOPLE * BATCH_YEARS, sizeof *p->used);
  p->inside = arena_array(a, BATCH_ROWS, sizeof *p->inside);
  p->year = arena_array(a, BATCH_ROWS, sizeof *p->year);
  p->odd = arena_array(a, BATCH_ROWS, sizeof *p->odd);
  p->own = arena_array(a, BATCH_ROWS, sizeof *p->own);
  p->own_odd = arena_array(a, BATCH_ROWS, sizeof *p->own_odd);
  batch_loans_make(b, p);
  return p;
}

/* The years of needs, written once: what is said of subjects may outlive the window. */
static const char *year_word(batch *b, const need_result *n) {
  if (!n->each || n->need->form.each != SPAN_YEAR) return n->each;
  const char **word = &b->year_words[(uint32_t)n->each_year % 256];
  if (!*word || strcmp(*word, n->each)) *word = arena_text(b->memory, n->each);
  return *word;
}

void batch_plan_window(batch *b, batch_plan *p, run *r) {
  arena *a = p->needs_memory;
  arena_reset(a);
  p->needs = evaluate_plan(b->e, p->rule, r->has_window ? &r->frame.window : NULL, a);
  p->needs_stand = arena_array(a, p->needs.count + 1, sizeof *p->needs_stand);
  p->outcomes = arena_array(a, p->needs.count + 1, sizeof *p->outcomes);
  p->had = arena_array(a, p->needs.count + 1, sizeof *p->had);
  p->own_had = arena_array(a, p->needs.count + 1, sizeof *p->own_had);
  b->e->until = DAY_EVER;
  for (size_t i = 0; i < p->needs.count; i++) {
    const need *n = p->needs.needs[i].need;
    p->needs.needs[i].each = year_word(b, &p->needs.needs[i]);
    p->needs_stand[i] = evaluate_need_stands(r, n);
    p->outcomes[i] = arena_array(a, BATCH_PEOPLE, sizeof **p->outcomes);
    p->had[i].scaled = p->own_had[i] = arena_array(a, BATCH_PEOPLE, sizeof(int64_t));
  }
  p->needs_until = b->e->until;
  p->window = r->frame.window;
  p->rest_known = true;
}
