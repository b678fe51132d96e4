#include "task/who.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { ENTRY_ROOM = 4096 };

/* The users of this machine first, and only for others the services that the system asks for names: short of memory,
 * those end the process by a signal (glibc 2.36, nss_database.c). */
static const char *user_of_machine(arena *a, uid_t user) {
  struct passwd entry = {0}, *found = NULL;
  char room[ENTRY_ROOM];
  const char *name = NULL;
  errno = 0;
  FILE *users = fopen("/etc/passwd", "re");
  if (users == NULL && errno == ENOMEM) memory_exhausted();
  while (users != NULL && name == NULL && fgetpwent_r(users, &entry, room, sizeof room, &found) == 0)
    if (entry.pw_uid == user) name = arena_text(a, entry.pw_name);
  if (users != NULL) fclose(users);
  return name;
}

char *who_user(arena *a) {
  struct passwd entry, *found = NULL;
  char room[ENTRY_ROOM];
  uid_t user = getuid();
  const char *name = user_of_machine(a, user);
  if (name != NULL) return arena_text(a, name);
  if (getpwuid_r(user, &entry, room, sizeof room, &found) == 0 && found != NULL) return arena_text(a, found->pw_name);
  return arena_format(a, "user %ld", (long)user);
}

char *who_now(arena *a) {
  time_t now = time(NULL);
  struct tm parts;
  char text[32];
  gmtime_r(&now, &parts);
  strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return arena_text(a, text);
}
