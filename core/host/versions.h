/* versions: of the libraries that only this floor sees, for `doctor`. */
#ifndef HONGZHU_HOST_VERSIONS_H
#define HONGZHU_HOST_VERSIONS_H

#include "base/arena.h"

const char *version_lua(void);
const char *version_seccomp(arena *a);

#endif
