/* who: who does something and when, for the ledger's log only. Neither reaches a result. */
#ifndef HONGZHU_TASK_WHO_H
#define HONGZHU_TASK_WHO_H

#include "base/arena.h"

char *who_user(arena *a); /* the user's name as the system knows it, else its number */
char *who_now(arena *a);  /* 2025-08-15T06:30:00Z */

#endif
