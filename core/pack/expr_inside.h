/* expr_inside: what the parts of the expression compiler share. Inside core/pack only. */
#ifndef HONGZHU_PACK_EXPR_INSIDE_H
#define HONGZHU_PACK_EXPR_INSIDE_H

#include "pack/pack.h"

typedef struct expr_call { /* a tagged value taken apart; the spots stand in the caller's frame */
  spot of, args;
  spot arg[4];
} expr_call;

/* ---- nodes and arguments (expr_arguments.c) ---- */

const char *expr_same_text(expr_scope *s, const spot *declared, const char *more);
int32_t expr_find(const expr_scope *s, const char *text);
int32_t expr_add(expr_scope *s, const char *text, expr_node node);
expr_node expr_blank(const spot *declared, expr_op op, expr_type type);
expr_node *expr_at(const expr_scope *s, int32_t n);
int32_t expr_sum_of(expr_scope *s, const spot *declared, int32_t selection);
bool expr_number_expected(const spot *declared);
/* Whether records of a kind may be in a selection. */
bool expr_allows_kind(const expr_scope *s, int32_t selection, const char *kind);
/* The amounts of a selection are added: all the kinds in it must be in one unit. */
bool expr_one_unit(expr_scope *s, const spot *declared, int32_t selection);
bool expr_units_fit(expr_scope *s, const spot *declared, const char *a, const char *b);
void expr_take_apart(const spot *declared, expr_call *c);
bool expr_read_span(expr_scope *s, const spot *declared, expr_node *n);
bool expr_read_path(expr_scope *s, const spot *declared, path *out);
bool expr_read_kind(expr_scope *s, const spot *declared, expr_node *n);
const match *expr_read_match(expr_scope *s, const spot *declared);
int32_t expr_read_rule(expr_scope *s, const spot *declared);
bool expr_read_list(expr_scope *s, const spot *list, int32_t (*compile)(expr_scope *, const spot *), expr_node *n);
bool expr_take_args(expr_scope *s, expr_node *n, const int32_t *args, size_t count);

/* ---- selections (expr_selection.c) ---- */

bool expr_leaf_records(expr_scope *s, expr_call *c, expr_node *n);
bool expr_leaf_recognised(expr_scope *s, const spot *declared, expr_call *c, expr_node *n);
bool expr_method_selection(expr_scope *s, const spot *declared, const char *tag, expr_call *c, expr_node *n);
bool expr_refuse_twice(expr_scope *s, const spot *declared, int32_t a, int32_t b);

/* ---- numbers and conditions (expr_number.c) ---- */

comparison expr_comparison_of(const char *tag);
bool expr_read_by(expr_scope *s, const spot *declared, expr_call *c, expr_node *n);
bool expr_read_on(expr_scope *s, const spot *declared, expr_call *c, expr_node *n);
bool expr_read_number(expr_scope *s, const spot *declared, expr_call *c, expr_node *n);
bool expr_read_condition(expr_scope *s, const spot *declared, const char *tag, expr_call *c, expr_node *n);

#endif
