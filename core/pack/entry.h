/* entry: the organizations, programmes with their cohorts, and relations that a pack declares, checked and compiled.
 *
 * `pack use` brings them into the ledger. An entry is known by its code; one that a pack extending another declares
 * again replaces the earlier one. What an entry refers to stands above it, or is in the ledger already.
 */
#ifndef HONGZHU_PACK_ENTRY_H
#define HONGZHU_PACK_ENTRY_H

#include "pack/kinds.h"

typedef struct entry {
  fact fact;        /* type, kind, code, name, level, since, until, attributes; its row is the line */
  const char *file; /* in the pack's text: "county/organizations.lua" */
  fact_type a_type, b_type;
  const char *a, *b; /* codes: subject and object; NULL for none */
  place where;
} entry;

/* In the order of the declarations, the cohorts of a programme behind it. True if nothing was wrong. */
bool entries_compile(declaring *to, const json_t *declarations, const kinds *all, entry **out, size_t *count);

#endif
