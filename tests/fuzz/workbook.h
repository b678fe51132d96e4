/* workbook: an archive out of parts, so that what is changed is the XML and not the archive around it. */
#ifndef HONGZHU_TESTS_FUZZ_WORKBOOK_H
#define HONGZHU_TESTS_FUZZ_WORKBOOK_H

#include "fuzz.h"

/* The input is "NAME\nTEXT" for each part, parted by a byte 0x1E; its archive, nothing compressed, to be freed. */
uint8_t *workbook_archive(fuzz_bytes *input, size_t *length);

#endif
