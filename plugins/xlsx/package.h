/* package: the zip archive that a workbook is, and its parts.
 *
 * Part names are compared as the format asks: without regard to case, with slashes, without a leading one. An archive
 * with entries that lead out of it, that stand twice, or that are said to hold more than the archive can, is refused as
 * a whole. A part is inflated in pieces, and not beyond what an honest one would need. */
#ifndef XLSX_PACKAGE_H
#define XLSX_PACKAGE_H

#include "problem.h"

#define PACKAGE_ENTRIES_MOST 65536
#define PACKAGE_TOTAL_MOST   (UINT64_C(4) << 30) /* bytes inflated from one workbook */
#define PACKAGE_RATIO_MOST   250                 /* inflated to stored bytes, asked of parts beyond … */
#define PACKAGE_RATIO_FROM   (UINT64_C(32) << 20)
#define PACKAGE_PIECE        ((size_t)64 << 10)

typedef struct package package;
typedef struct package_part package_part;

package *package_open(const uint8_t *bytes, uint64_t length, problem *p);
void package_close(package *k);

bool package_has(const package *k, const char *name);

package_part *package_part_open(package *k, const char *name, problem *p);
/* Fills up to PACKAGE_PIECE bytes; *length 0 at the end, which was then checked against size and checksum. */
bool package_part_read(package_part *part, uint8_t *piece, size_t *length, problem *p);
/* Tells the host how much of the file was read: all of the parts told of before, and of this one as much as of its
 * inflated bytes, each once. What is not told of, such as pictures, is missing from it. */
void package_part_used(const package_part *part, const problem *p);
void package_part_close(package_part *part);

/* The part that `target` names, seen from the part `from`; false if it leads out of the archive. */
bool package_resolve(const char *from, const char *target, char *out, size_t room);

#endif
