/* explain_group: a selection, coverage or series in words: who was taken and why others were not, who is not covered,
 * which intervals are empty. */
#ifndef HONGZHU_TASK_EXPLAIN_GROUP_H
#define HONGZHU_TASK_EXPLAIN_GROUP_H

#include "pack/group.h"
#include "task/explain.h"

/* Position of the group of that id in the pack; -1 if there is none. */
int32_t explain_group_named(const pack *p, const char *id);
/* Appends the whole group to `text`; *json gets a new reference. False with faults. */
bool task_explain_group(evaluating *e, int32_t group, detail detail_of, language in, buffer *text, json_t **json,
                        faults *problems);

#endif
