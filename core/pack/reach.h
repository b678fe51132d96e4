/* reach: whose facts a rule reads. */
#ifndef HONGZHU_PACK_REACH_H
#define HONGZHU_PACK_REACH_H

#include "pack/pack.h"

/* Whether a rule about a person or an enrollment is decided by that person's facts and what they rest on, as
 * subjects_open_of gives them: by needs that are computed, reading outcomes of such rules only. What is chosen among
 * many, what a function decides and what is decided about groups may read anybody's facts. */
bool reach_is_person(const pack *p, int32_t rule);
/* All rules about persons and enrollments are such. */
bool reach_all_persons(const pack *p);

#endif
