/* cover: what of a pack its cases reach: rules, each need met and unmet, branches of recognition, dated values, groups.
 *
 * Only what the pack itself declares is counted, not what it takes from those that it extends.
 */
#ifndef HONGZHU_PACK_COVER_H
#define HONGZHU_PACK_COVER_H

#include "pack/case.h"

typedef enum cover_form {
  COVER_RULE,
  COVER_NEED_MET,
  COVER_NEED_UNMET,
  COVER_LINE,
  COVER_OTHERWISE,
  COVER_VALUE,
  COVER_GROUP,
  COVER_FORMS
} cover_form;

typedef struct cover_item {
  cover_form form;
  const char *name; /* "cycle", "cycle.face", "credits.online", "face_to_face.2018-01-01" */
  place where;
  bool reached;
} cover_item;

typedef struct cover {
  arena *memory;
  const pack *pack;
  cover_item *items;
  size_t count, capacity;
} cover;

void cover_begin(cover *c, arena *a, const pack *p);
void cover_case(cover *c, const case_result *r, arena *brief); /* before case_done */
size_t cover_reached(const cover *c, cover_form form, size_t *of);
int cover_percent(const cover *c); /* rounded down; 100 where there is nothing to reach */
said cover_said(cover_form form);  /* "needs met" */

#endif
