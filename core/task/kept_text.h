/* kept_text: a text of the program's own making as the file of an import, so that its facts have rows to walk back to.
 */
#ifndef HONGZHU_TASK_KEPT_TEXT_H
#define HONGZHU_TASK_KEPT_TEXT_H

#include "base/digest.h"
#include "base/fault.h"

/* A file in memory with the text in it, and its digest: to be given to ledger_keep and closed. -1 with a fault. */
int kept_text(const char *name, const char *text, size_t length, digest *out, faults *problems);

#endif
