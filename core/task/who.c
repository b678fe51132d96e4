#include "task/who.h"

#include <pwd.h>
#include <time.h>
#include <unistd.h>

char *who_user(arena *a) {
  struct passwd entry, *found = NULL;
  char buffer[4096];
  if (getpwuid_r(getuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != NULL)
    return arena_text(a, found->pw_name);
  return arena_format(a, "user %ld", (long)getuid());
}

char *who_now(arena *a) {
  time_t now = time(NULL);
  struct tm parts;
  char text[32];
  gmtime_r(&now, &parts);
  strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return arena_text(a, text);
}
