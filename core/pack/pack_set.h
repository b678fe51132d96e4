/* pack_set: the same pack with parameters at other values, to be tried before anything is published.
 *
 * The pack's text gets one file more, which declares the parameters again, and is run and checked like any other: so
 * rules in Lua, native rules and explanations read the values tried. Nothing is stored; its image has no digest.
 */
#ifndef HONGZHU_PACK_PACK_SET_H
#define HONGZHU_PACK_PACK_SET_H

#include "pack/pack.h"

/* Each is PARAMETER=VALUE, PARAMETER.WORD=VALUE where it has a value per word, and with @YYYY-MM-DD before the "=" a
 * value from that day on, until the pack's next one; without a day the value is that of all days. NULL with faults. */
pack *pack_set(arena *a, const pack *of, const char *const *given, size_t count, faults *problems);

#endif
