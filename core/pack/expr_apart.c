/* Whether two selections can share a record. */
#include "pack/expr.h"

#include <string.h>

/* ---- proof that a union counts nothing twice ---- */

static int32_t chain_end(const program *p, int32_t n) {
  while (p->nodes[n].of >= 0) n = p->nodes[n].of;
  return n;
}

static bool same_step(const expr_node *a, const expr_node *b) {
  if (a->of != b->of || a->span != b->span || a->period != b->period || !match_same(a->match, b->match)) return false;
  return a->args_count == b->args_count && !memcmp(a->args, b->args, a->args_count * sizeof *a->args);
}

static bool complements(const program *p, int32_t a, int32_t b) {
  for (int32_t x = a; x >= 0; x = p->nodes[x].of)
    for (int32_t y = b; y >= 0; y = p->nodes[y].of) {
      expr_op first = p->nodes[x].op, second = p->nodes[y].op;
      bool pair = (first == OP_CAP && second == OP_OVER) || (first == OP_OVER && second == OP_CAP);
      if (pair && same_step(&p->nodes[x], &p->nodes[y])) return true;
    }
  return false;
}

static bool matches_apart(const program *p, int32_t a, int32_t b) {
  for (int32_t x = a; x >= 0; x = p->nodes[x].of)
    for (int32_t y = b; y >= 0; y = p->nodes[y].of) {
      const expr_node *first = &p->nodes[x], *second = &p->nodes[y];
      bool limits =
          (first->op == OP_RECORDS || first->op == OP_WHERE) && (second->op == OP_RECORDS || second->op == OP_WHERE);
      if (limits && match_apart(first->match, second->match)) return true;
    }
  return false;
}

bool program_apart(const program *p, int32_t a, int32_t b) {
  if (complements(p, a, b) || matches_apart(p, a, b)) return true;
  const expr_node *end_a = &p->nodes[chain_end(p, a)], *end_b = &p->nodes[chain_end(p, b)];
  if (end_a->op == OP_UNION) return program_apart(p, end_a->args[0], b) && program_apart(p, end_a->args[1], b);
  if (end_b->op == OP_UNION) return program_apart(p, a, end_b->args[0]) && program_apart(p, a, end_b->args[1]);
  /* what is carried over lies in an earlier period */
  if ((end_a->op == OP_PREVIOUS) != (end_b->op == OP_PREVIOUS)) return true;
  if (end_a->op == OP_RECOGNISED && end_b->op == OP_RECOGNISED && end_a->index == end_b->index)
    return end_a->as >= 0 && end_b->as >= 0 && end_a->as != end_b->as;
  return false;
}
