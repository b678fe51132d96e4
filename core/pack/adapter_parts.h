/* adapter_parts: the parts of an adapter, one reader for each of its keys. Used by adapter.c only. */
#ifndef HONGZHU_PACK_ADAPTER_PARTS_H
#define HONGZHU_PACK_ADAPTER_PARTS_H

#include "pack/adapter.h"

/* An adapter while it is being read. */
typedef struct building {
  declaring *to;
  arena *memory;
  const kinds *kinds;
  adapter *made;
  adapter_part *parts;
  size_t parts_count, parts_capacity;
  bool introduces[FACT_TYPES];
} building;

/* Each reads one value of the adapter, absent or not, and adds its parts. In this order, because a part refers to
 * earlier ones: organization, programme, cohort, activity, person, post, enrollment, records, relations. */
int parts_organization(building *b, const spot *of, const char *role); /* the part's position, -1 for none */
int parts_group(building *b, const spot *of, fact_type type);          /* programme, cohort, activity */
int parts_person(building *b, const spot *of, const char *role);
void parts_post(building *b, const spot *of);
void parts_enrollment(building *b, const spot *of);
void parts_record(building *b, const spot *of);
void parts_relation(building *b, const spot *of);

#endif
