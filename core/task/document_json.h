/* document_json: a document as JSON, for programs: blocks in order, each figure with the rows behind it. */
#ifndef HONGZHU_TASK_DOCUMENT_JSON_H
#define HONGZHU_TASK_DOCUMENT_JSON_H

#include "base/json.h"
#include "host/foreign.h"

json_t *document_json(const document *d); /* a new reference */

#endif
