/* The cases of the packs under tests/packs, of the hard declarations and of each word of the language: each is one test
 * under its name. */
#include "check.h"

#include "pack/case.h"
#include "pack/roles.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct tried {
  const pack *pack;
  const json_t *declaration;
} tried;

static void print_faults(arena *a, const faults *problems) {
  for (size_t i = 0; i < problems->count; i++) print_message("%s\n", fault_text(a, &problems->items[i], LANGUAGE_EN));
}

static void one_case(void **state) {
  const tried *t = *state;
  arena *a = arena_new();
  faults *problems = faults_new(a);
  case_result r;
  bool ran = case_run(t->pack, t->declaration, a, &r, problems);
  print_faults(a, problems);
  for (size_t i = 0; i < r.lines_count; i++) print_message("%s\n", r.lines[LANGUAGE_EN][i]);
  case_done(&r);
  bool passed = ran && r.passed;
  arena_free(a);
  assert_true(passed);
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t folders_of(arena *a, const char *above, char ***out) {
  DIR *d = opendir(above);
  struct dirent *entry;
  char **names = NULL;
  size_t count = 0, capacity = 0;
  while (d && (entry = readdir(d)))
    if (entry->d_name[0] != '.') {
      char *folder = arena_format(a, "%s/%s", above, entry->d_name);
      struct stat is;
      if (!stat(folder, &is) && S_ISDIR(is.st_mode)) *ARENA_PUSH(a, names, count, capacity) = folder;
    }
  if (d) closedir(d);
  if (count) qsort(names, count, sizeof *names, by_name);
  *out = names;
  return count;
}

int main(int argc, char **argv) {
  json_prepare();
  if (argc > 1 && !strcmp(argv[1], "--worker")) return worker_child_main(pack_roles, argc, argv);
  const char *tree = getenv("HONGZHU_SOURCE");
  arena *a = arena_new();
  faults *problems = faults_new(a);
  char **folders;
  size_t folders_count = folders_of(a, arena_format(a, "%s/tests/packs/hard", tree ? tree : "."), &folders);
  struct CMUnitTest *tests = NULL;
  size_t count = 0, capacity = 0;
  int broken = folders_count == 0;
  char **regions;
  size_t regions_count = folders_of(a, arena_format(a, "%s/scripts/regions", tree ? tree : "."), &regions);
  char **all = arena_array(a, folders_count + regions_count + 1, sizeof *all);
  if (folders_count) memcpy(all, folders, folders_count * sizeof *all);
  if (regions_count) memcpy(all + folders_count, regions, regions_count * sizeof *all);
  folders_count += regions_count;
  all[folders_count++] = arena_format(a, "%s/tests/packs/words", tree ? tree : ".");
  folders = all;
  for (size_t i = 0; i < folders_count; i++) {
    const char *only = argc > 1 ? argv[1] : "";
    if (!strstr(folders[i], only)) continue;
    pack *p = pack_from_folder(a, folders[i], problems);
    if (!p) {
      print_message("pack %s does not load\n", folders[i]);
      broken++;
      continue;
    }
    for (size_t k = 0; k < p->cases_count; k++) {
      tried *t = arena_take(a, sizeof *t);
      *t = (tried){p, p->cases[k]};
      *ARENA_PUSH(a, tests, count, capacity) = (struct CMUnitTest){
          arena_format(a, "%s: %s", p->id, json_member_text(p->cases[k], "title")), one_case, NULL, NULL, t};
    }
  }
  print_faults(a, problems);
  int failed = _cmocka_run_group_tests("pack_cases", tests, count, NULL, NULL);
  arena_free(a);
  return failed + broken > 0;
}
