/* What the tests of native rules share: the world of packs/people.h, decided by plugins too. */
#ifndef HONGZHU_TESTS_NATIVES_H
#define HONGZHU_TESTS_NATIVES_H

#include "packs/people.h"

/* From now on the rules that are native are those of `natives`. */
static void decide_with(world *w, const offers *natives) {
  day on;
  day_read("2023-01-31", &on);
  w->worker = decide_worker_new(w->memory, w->pack, w->subjects, on, natives);
  evaluation_elsewhere(w->evaluation, decide_worker_ask, w->worker);
}

static bool is_worker(int argc, char **argv) {
  return argc > 1 && strcmp(argv[1], "--worker") == 0;
}

/* A worker of these tests opens plugins and runs packs. */
static int worker_main(int argc, char **argv) {
  worker_role_row roles[64];
  size_t count = 0;
  for (const worker_role_row *r = foreign_roles; r->name; r++) roles[count++] = *r;
  for (const worker_role_row *r = pack_roles; r->name; r++) roles[count++] = *r;
  roles[count] = (worker_role_row){NULL, NULL};
  return worker_child_main(roles, argc, argv);
}

#endif
