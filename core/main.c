/* The program: a command, or, run by itself again, a worker for foreign code. */
#include "base/digest.h"
#include "base/json.h"
#include "cli/cli.h"
#include "host/foreign.h"
#include "pack/roles.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

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

/* Ctrl-C ends the program where it stands: what is under way is in a transaction, or in a file that has no name yet.
 * Its parent is told that it was a signal, which a shell shows as 130. */
static void stopped(int signal_number) {
  static const char words[] = "\nstopped: what was not finished is not kept / 已停止：未完成的操作不会保留\n";
  bool on_terminal = isatty(STDERR_FILENO) == 1; /* where a line of progress may stand */
  ssize_t written = write(STDERR_FILENO, words + !on_terminal, sizeof words - 1 - (size_t)!on_terminal);
  (void)written;
  raise(signal_number); /* by now it ends the program (SA_RESETHAND) */
}

/* A shell may allow a small stack. What is allowed beyond is taken; threads have no less than they need. */
static void stack_prepare(void) {
  enum { LEAST = 1 << 20, USUAL = 8 << 20 };
  struct rlimit now;
  if (getrlimit(RLIMIT_STACK, &now) != 0 || now.rlim_cur >= LEAST) return;
  now.rlim_cur = now.rlim_max < USUAL ? now.rlim_max : USUAL;
  setrlimit(RLIMIT_STACK, &now); /* a kindness only */
  pthread_attr_t thread;
  if (pthread_getattr_default_np(&thread) != 0) return;
  if (pthread_attr_setstacksize(&thread, LEAST) == 0) pthread_setattr_default_np(&thread);
  pthread_attr_destroy(&thread);
}

int main(int argc, char **argv) {
  json_prepare();
  stack_prepare();
  if (argc > 1 && strcmp(argv[1], "--worker") == 0) return worker_main(argc, argv);
  /* Whoever started this program may have had children of its own ignored: those of workers are waited for. */
  signal(SIGCHLD, SIG_DFL);
  digest_prepare();
  signal(SIGXFSZ, SIG_IGN); /* a file beyond the limit is a write that fails, and is said */
  struct sigaction action = {.sa_flags = (int)(SA_RESETHAND | SA_NODEFER)};
  action.sa_handler = stopped;
  struct sigaction before;
  if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(SIGINT, &action, NULL);
  return cli_main(argc, argv);
}
