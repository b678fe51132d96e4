/* The program: a command, or, run by itself again, a worker for foreign code. */
#include "base/json.h"
#include "cli/cli.h"
#include "host/foreign.h"
#include "pack/roles.h"

#include <signal.h>
#include <string.h>

enum { ROLES_MOST = 32 };

/* One table of what each floor lets a worker do. */
static int worker_main(int argc, char **argv) {
  const worker_role_row *const floors[] = {foreign_roles, pack_roles};
  worker_role_row all[ROLES_MOST + 1] = {{NULL, NULL}};
  size_t count = 0;
  for (size_t i = 0; i < sizeof floors / sizeof *floors; i++) {
    for (const worker_role_row *row = floors[i]; row->name && count < ROLES_MOST; row++) all[count++] = *row;
  }
  return worker_child_main(all, argc, argv);
}

int main(int argc, char **argv) {
  json_prepare();
  if (argc > 1 && strcmp(argv[1], "--worker") == 0) return worker_main(argc, argv);
  /* Whoever started this program may have had children of its own ignored: those of workers are waited for. */
  signal(SIGCHLD, SIG_DFL);
  return cli_main(argc, argv);
}
