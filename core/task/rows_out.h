/* rows_out: tables for office programs: CSV with a byte order mark, rows ended by CR LF, cells that no spreadsheet
 * takes for a formula. Written to a temporary name beside the path and renamed into place when it is whole; readable by
 * the owner only, because the rows name people. A path that is a symbolic link is replaced, never followed; a folder, a
 * device, a pipe, or a link to one, is refused.
 */
#ifndef HONGZHU_TASK_ROWS_OUT_H
#define HONGZHU_TASK_ROWS_OUT_H

#include "base/fault.h"

typedef struct rows_out rows_out;

rows_out *rows_out_begin(const char *path, faults *problems);           /* NULL with a fault */
void rows_out_row(rows_out *w, const char *const *cells, size_t count); /* NULL: an empty cell */
bool rows_out_end(rows_out *w, faults *problems);                       /* puts it in place; frees */
void rows_out_abandon(rows_out *w);                                     /* NULL is allowed */

#endif
