/* confine: what a worker may not do, in two layers that cannot be taken off again.
 *
 * confine_limits    data, CPU time, files, processes, core, size of files
 * confine_world     before foreign code: Landlock lets libraries (fonts, the private folder) be read and nothing else
 * be touched, seccomp lets through what a computation needs. Hostile calls are trapped, so that the report can name
 * them; others answer EPERM; clone3 answers ENOSYS, for glibc to use clone
 *
 * confine_seal      before foreign code is called: nothing more can be opened, loaded or made executable
 *
 * A kernel or container without Landlock or seccomp is no error: what is missing is in `confinement`, and in words in
 * host/protection.h, which `doctor` shows.
 */
#ifndef HONGZHU_HOST_CONFINE_H
#define HONGZHU_HOST_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct confinement {
  int landlock; /* its version; 0: the kernel has none */
  bool seccomp;
  int landlock_reason, seccomp_reason; /* errno, where it is not there */
} confinement;

typedef struct confine_order {
  uint64_t memory;              /* bytes of private data beyond what the process has now */
  uint32_t seconds;             /* of CPU time */
  size_t descriptors;           /* the highest that may be open, plus one */
  const char *const *libraries; /* files that may be read, NULL-terminated; may be NULL */
  const char *folder;           /* may be written; NULL: none */
  bool fonts;
} confine_order;

/* Called in the child only. False with errno if a protection that the kernel has could not be put on. */
bool confine_limits(const confine_order *order, bool seccomp);
bool confine_world(const confine_order *order, confinement *out);
bool confine_seal(const confine_order *order);

/* What the kernel offers, asked without putting anything on. */
confinement confine_offered(void);
/* The name of a system call of this machine, or NULL; lives in `name`. */
const char *confine_call_name(int number, char name[32]);

#endif
