/* protection: what of the walls around foreign code this kernel, container and user have, in words; for `doctor`.
 *
 * Asked without putting anything on. None of them being there is no error: work goes on with those that are left.
 */
#ifndef HONGZHU_HOST_PROTECTION_H
#define HONGZHU_HOST_PROTECTION_H

#include "base/fault.h"

typedef struct protection {
  const char *id; /* "landlock", "seccomp" …: for a program that reads it */
  said name;
  bool present;
  said because; /* present: which version, or ""; absent: why, and what holds in its place */
  said next;    /* absent: what to do; present: "" */
} protection;

#define PROTECTIONS 5

/* All of them, in an order that does not change. */
void protections_offered(arena *a, protection out[PROTECTIONS]);

#endif
