/* explain_words: the sentences of explanations, in both languages. Inside core/task only. */
#ifndef HONGZHU_TASK_EXPLAIN_WORDS_H
#define HONGZHU_TASK_EXPLAIN_WORDS_H

#include "task/explain.h"

char *words_of_left(arena *a, const evaluating *e, const explanation *x, const left *l, const expr_node *nodes,
                    language in);
char *words_of_why(arena *a, const evaluating *e, const decision *d, language in); /* NULL where the needs say it */
char *words_of_number(arena *a, const pack *p, fraction least, fraction most, const char *unit, language in);
char *words_of_comparison(arena *a, const pack *p, const need_result *n, language in);
char *words_of_parameter(arena *a, const pack *p, const parameter_read *one, language in);
char *words_of_place(arena *a, const evaluating *e, fact_type type, uint32_t row, language in); /* file, sheet, row */
char *words_of_record(arena *a, const showing *how, fact_type type, uint32_t row); /* day, kind, level … */
/* A need that adds up amounts says for how much each record counts; one that counts records does not. */
bool words_weigh(const rule *r, const need_result *n);

#endif
