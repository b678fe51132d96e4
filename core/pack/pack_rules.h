/* pack_rules: reading the declarations that decide: recognition, rules, groups, figures. Inside core/pack only. */
#ifndef HONGZHU_PACK_PACK_RULES_H
#define HONGZHU_PACK_PACK_RULES_H

#include "pack/pack.h"

/* What all of them are read with; `pack` is under way: ids of rules, recognitions, periods and figures are in place. */
typedef struct reading_pack {
  making *making;
  pack *pack;
} reading_pack;

void recognition_compile(reading_pack *rp, const spot *declaration, recognition *out);
void rule_compile(reading_pack *rp, const spot *declaration, rule *out);
void group_compile(reading_pack *rp, const spot *declaration, group_form form, declared_group *out);
/* What a group says as a rule of its own. */
void group_rule(reading_pack *rp, const declared_group *g, rule *out);
void register_compile(reading_pack *rp, const spot *declaration, declared_register *out);
void figure_compile(reading_pack *rp, const spot *declared, figure *out);

/* "person", "enrollment", "cohort", "programme", "organization"; a fault with the nearest otherwise. */
fact_type read_subject_type(const spot *declared, fact_type otherwise);
/* A column or attribute by its name; false with a fault. */
bool read_path_of(reading_pack *rp, const spot *declared, path *out);
/* The key `till`, which Lua can write without quotes, or `until`. */
spot spot_till(const spot *of);

#endif
