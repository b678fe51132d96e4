/* document: a report made by hand, with everything that a writer may meet: figures in cards, sentences and cells,
 * stated, bounded and unknown ones, one with more rows than are shown, every kind of chart, and texts that try to break
 * out. */
#ifndef WRITERS_DOCUMENT_H
#define WRITERS_DOCUMENT_H

#include "base/text.h"
#include "hongzhu/plugin.h"

typedef struct sample {
  arena *memory;
  language in;
  hongzhu_event *events; /* ends with HONGZHU_EVENT_END */
  size_t count, capacity;
} sample;

void sample_make(sample *s, arena *memory, language language_of);

#endif
