/* expr_words: what a rule asks, in words: "集中培训，加超过 30 学分的部分，每年至多计 10 学分". */
#ifndef HONGZHU_TASK_EXPR_WORDS_H
#define HONGZHU_TASK_EXPR_WORDS_H

#include "task/match_words.h"

/* A selection, number or condition of a rule's program; parameters as they are on the day. */
char *words_of_expression(arena *a, const pack *p, const program *g, int32_t node, day on, language in);
char *words_of_need(arena *a, const pack *p, const rule *r, const need *n, day on, language in);

#endif
