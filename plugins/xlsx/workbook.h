/* workbook: which part of a package is what: its sheets in the order of their tabs, shared texts, styles, date system.
 *
 * Parts are found through relationships only, never by their usual names. Sheets without cells (charts, dialogs,
 * macros) are not among them. */
#ifndef XLSX_WORKBOOK_H
#define XLSX_WORKBOOK_H

#include "package.h"

#define WORKBOOK_SHEETS_MOST 4096
#define WORKBOOK_LINKS_MOST  65536
#define WORKBOOK_NAME_ROOM   1024

typedef struct workbook_sheet {
  char *name;
  char *link;  /* id of its relationship */
  char *part;  /* NULL: not a sheet of cells */
  bool linked; /* its relationship was found */
  bool hidden;
} workbook_sheet;

typedef struct workbook {
  char part[WORKBOOK_NAME_ROOM];
  char strings[WORKBOOK_NAME_ROOM], styles[WORKBOOK_NAME_ROOM]; /* empty: none */
  bool system_1904;
  workbook_sheet *sheets;
  uint32_t count, room;
} workbook;

bool workbook_read(workbook *w, package *k, problem *p);
void workbook_free(workbook *w);

#endif
