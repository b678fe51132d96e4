/* lint_bounds: how much a need can at most have, and which needs are met whenever others are. Inside core/pack only. */
#ifndef HONGZHU_PACK_LINT_BOUNDS_H
#define HONGZHU_PACK_LINT_BOUNDS_H

#include "pack/pack.h"

/* The days on which a rule may read its parameters differently: the first day of a period, or of a value. */
size_t lint_days(const pack *p, const rule *r, arena *a, day **out);
/* What an expression is at least and at most on such a day; false where nothing is known. `year`: in one year. */
bool lint_least(const rule *r, int32_t node, day on, fraction *out);
bool lint_most(const pack *p, const rule *r, int32_t node, day on, bool year, fraction *out);
/* The need (or, *several, the needs together) whose being met includes `need_at`; -1. */
int32_t lint_implied_by(const pack *p, const rule *r, size_t need_at, arena *a, bool *several);
/* The need that asks for more of the same than `need_at` allows, on every day: both cannot be met; -1. */
int32_t lint_against(const pack *p, const rule *r, size_t need_at, arena *a);

#endif
