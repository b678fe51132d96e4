/* sheet: the rows of one sheet, given to the host as they are read. */
#ifndef XLSX_SHEET_H
#define XLSX_SHEET_H

#include "merges.h"
#include "number.h"
#include "strings.h"
#include "styles.h"

#define SHEET_ROW_BYTES_MOST ((size_t)8 << 20)
#define SHEET_CELLS_MOST     UINT64_C(100000000) /* of one workbook, filled and absent ones included */

typedef struct sheet_source {
  package *package;
  const char *part;
  const strings *strings;
  const styles *styles;
  bool system_1904;
  uint64_t *cells_done; /* of the whole workbook */
} sheet_source;

bool sheet_read(const sheet_source *from, problem *p);

#endif
