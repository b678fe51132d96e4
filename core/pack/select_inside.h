/* select_inside: what the files of selections share. Inside core/pack only. */
#ifndef HONGZHU_PACK_SELECT_INSIDE_H
#define HONGZHU_PACK_SELECT_INSIDE_H

#include "pack/select.h"

selection select_room(frame_of_rows *f, uint32_t count); /* empty, with room for so many */
/* An item of which it is not known whether it is there: false where it is left out; in the bound it may be either. */
bool select_uncertain(frame_of_rows *f, item *i);

#endif
