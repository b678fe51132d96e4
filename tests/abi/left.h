/* What an attack could leave behind in the process that started it, or on the machine: taken before and after. Others
 * may be at work on the machine, so files and shared memory count only where their names or owner say whose they are.
 */
#ifndef HONGZHU_TESTS_ABI_LEFT_H
#define HONGZHU_TESTS_ABI_LEFT_H

#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct left_state {
  size_t descriptors, files, shared;
  struct rlimit limits[RLIM_NLIMITS];
  char folder[64]; /* TMPDIR of the workers */
} left_state;

static inline size_t entries_in(const char *folder) {
  DIR *all = opendir(folder);
  size_t count = 0;
  while (all && readdir(all)) count++;
  if (all) closedir(all);
  return count;
}

static inline left_state left_before(void) {
  left_state now = {.folder = "/tmp/outlaw-XXXXXX"};
  assert_non_null(mkdtemp(now.folder));
  assert_int_equal(setenv("TMPDIR", now.folder, 1), 0);
  now.descriptors = entries_in("/proc/self/fd");
  now.files = entries_in(now.folder);
  for (int i = 0; i < RLIM_NLIMITS; i++) assert_int_equal(getrlimit((__rlimit_resource_t)i, &now.limits[i]), 0);
  return now;
}

static inline void left_nothing(const left_state *before, const char *attack) {
  struct stat about;
  if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD) fail_msg("%s left a process", attack);
  if (entries_in("/proc/self/fd") != before->descriptors) fail_msg("%s left a descriptor", attack);
  if (entries_in(before->folder) != before->files) fail_msg("%s left a file in %s", attack, before->folder);
  if (stat("/tmp/hongzhu-was-here", &about) == 0) fail_msg("%s made a file", attack);
  for (int i = 0; i < RLIM_NLIMITS; i++) {
    struct rlimit now;
    assert_int_equal(getrlimit((__rlimit_resource_t)i, &now), 0);
    if (now.rlim_cur != before->limits[i].rlim_cur || now.rlim_max != before->limits[i].rlim_max)
      fail_msg("%s changed limit %d of the one who started it", attack, i);
  }
}

static inline void left_after(const left_state *before) {
  unsetenv("TMPDIR");
  assert_int_equal(rmdir(before->folder), 0);
}

/* A line of counts, and with HONGZHU_COUNTS=FOLDER the same for the table of tests/README.md. */
static inline void count_attacks(const char *test, const char *group, size_t tried, size_t contained) {
  print_message("%s: %s: %zu tried, %zu contained\n", test, group, tried, contained);
  const char *folder = getenv("HONGZHU_COUNTS");
  if (!folder || !folder[0]) return;
  char name[512];
  snprintf(name, sizeof name, "%s/%s", folder, test);
  FILE *to = fopen(name, "a");
  if (!to) return;
  fprintf(to, "plugins: %s\t%zu\t%zu\n", group, tried, contained);
  fclose(to);
}

#endif
