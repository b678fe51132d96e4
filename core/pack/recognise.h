/* recognise: what each record of a subject counts as, and for how much: before any rule. */
#ifndef HONGZHU_PACK_RECOGNISE_H
#define HONGZHU_PACK_RECOGNISE_H

#include "pack/run.h"
#include "pack/select_inside.h"

typedef struct recognised_entry {
  item item;
  int32_t class; /* -1: nothing */
  bool review;
} recognised_entry;

typedef struct recognised_list {
  recognised_entry *items;
  size_t count, capacity;
  bool done;
} recognised_list;

/* Over the rows of the run, in their order; kept in the run. */
const recognised_list *run_recognised(run *r, int32_t recognition);

/* Whether a line can take a record in that unit: what it makes of it must be the recognition's unit. */
bool recognise_unit_fits(const view *v, const recognition *rec, const recognition_line *line, uint32_t record);

#endif
