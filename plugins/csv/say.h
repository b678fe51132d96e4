/* say: what is wrong, in both languages from the same values. */
#ifndef CSV_SAY_H
#define CSV_SAY_H

#include <hongzhu/plugin.h>

/* The values after `en` stand in the order in which both formats take them. What is no UTF-8 in them is left out.
 * Returns HONGZHU_FAILED. */
__attribute__((format(printf, 3, 5), format(printf, 4, 5))) int say(const hongzhu_read *io, uint64_t row,
                                                                    const char *zh, const char *en, ...);
int say_texts(const hongzhu_read *io, uint64_t row, const char *zh, const char *en);

#endif
