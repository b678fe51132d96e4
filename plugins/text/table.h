/* table: tables, key figures and charts in columns of a terminal. */
#ifndef TEXT_TABLE_H
#define TEXT_TABLE_H

#include "layout.h"

void table_rows(page *p, const hongzhu_event *event);                /* columns and cells */
void table_figures(page *p, const hongzhu_event *event, bool trace); /* key figures: title, value and unit, marker */
void table_chart(page *p, const hongzhu_event *event);               /* one series: bars; several: a table */

#endif
