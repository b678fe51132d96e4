/* figure: a number that opens to what stands behind it, without a script. */
#ifndef HTML_FIGURE_H
#define HTML_FIGURE_H

#include "sheet.h"

void figure_card(sheet *s, const hongzhu_figure *figure); /* a key figure */
void figure_in_text(sheet *s, hongzhu_text printed,
                    const hongzhu_figure *figure); /* in a sentence: opens below its line */
/* In a cell: opens over the table; of the panels with one `group` only one is open at a time. */
void figure_in_cell(sheet *s, hongzhu_text printed, const hongzhu_figure *figure, unsigned group);
void figure_sources(sheet *s); /* the register at the end: for every figure how it is computed and where its rows are */

#endif
