/* seems: what a file that was taken for a workbook really seems to be. */
#ifndef XLSX_SEEMS_H
#define XLSX_SEEMS_H

#include "package.h"

typedef struct seems {
  const char *zh, *en;               /* to follow 似乎是 and "seems to be" */
  const char *advice_zh, *advice_en; /* what to do */
} seems;

/* By the first bytes; NULL for an archive. Whatever is none of the kinds known here is a file of an unknown kind. */
const seems *seems_by_bytes(const uint8_t *bytes, uint64_t size);
/* By what an archive holds; NULL if it may be a workbook. */
const seems *seems_by_parts(const package *k);

#endif
