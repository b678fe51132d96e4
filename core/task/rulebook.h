/* rulebook: a rule set as its readers would want it: each rule with what it asks, recognition, parameters over time
 * with their sources, and the cases as examples. */
#ifndef HONGZHU_TASK_RULEBOOK_H
#define HONGZHU_TASK_RULEBOOK_H

#include "pack/pack.h"
#include "task/plain_page.h"

/* Values stand as they are on the day; the table of parameters has all of them. */
char *rulebook_write(arena *a, const pack *p, page_form form, day on, language in);

#endif
