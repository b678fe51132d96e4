#include "host/versions.h"

#include <lua.h>
#include <seccomp.h>

const char *version_lua(void) {
  return LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE;
}

const char *version_seccomp(arena *a) {
  const struct scmp_version *v = seccomp_version();
  return arena_format(a, "%u.%u.%u", v->major, v->minor, v->micro);
}
