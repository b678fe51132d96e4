#include "host/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

/* ---- limits ---- */

/* Private data that the process has already: the shadow of a sanitizer alone is terabytes. */
static uint64_t data_now(void) {
  FILE *status = fopen("/proc/self/status", "re");
  if (!status) return 0;
  char line[256];
  uint64_t kilobytes = 0;
  while (fgets(line, sizeof line, status)) {
    if (strncmp(line, "VmData:", 7) == 0) kilobytes = strtoull(line + 7, NULL, 10);
  }
  fclose(status);
  return kilobytes * 1024;
}

static bool limit(__rlimit_resource_t what, uint64_t most) {
  struct rlimit now;
  if (getrlimit(what, &now) != 0) return false;
  rlim_t value = (rlim_t)most;
  if (now.rlim_max != RLIM_INFINITY && value > now.rlim_max) value = now.rlim_max;
  struct rlimit next = {value, value};
  return setrlimit(what, &next) == 0;
}

bool confine_limits(const confine_order *order, bool seccomp) {
  /* A sanitizer's allocator takes its red zones and its quarantine from the same account. */
  uint64_t memory = SANITIZED ? order->memory * 4 : order->memory;
  /* Where seccomp tells threads from processes it refuses the latter, and libraries may have threads; where it does
   * not, neither can be had (this does not hold root, for whom there is no such limit). */
  return limit(RLIMIT_DATA, data_now() + memory) && limit(RLIMIT_CPU, order->seconds) &&
         limit(RLIMIT_NOFILE, order->descriptors) && (seccomp || limit(RLIMIT_NPROC, 0)) && limit(RLIMIT_CORE, 0) &&
         limit(RLIMIT_FSIZE, order->folder ? UINT64_C(1) << 30 : 0);
}

/* ---- Landlock: constants of our own, headers lag behind kernels ---- */

enum {
  ACCESS_EXECUTE = 1 << 0,
  ACCESS_READ_FILE = 1 << 2,
  ACCESS_READ_FOLDER = 1 << 3,
  ACCESS_VERSION_1 = (1 << 13) - 1,
  ACCESS_REFER = 1 << 13,        /* since version 2 */
  ACCESS_TRUNCATE = 1 << 14,     /* since 3 */
  ACCESS_DEVICE = 1 << 15,       /* since 5 */
  ACCESS_NETWORK = (1 << 2) - 1, /* bind and connect of TCP, since 4 */
  SCOPES = (1 << 2) - 1,         /* abstract sockets and signals, since 6 */
  RULE_PATH_BENEATH = 1,
  CREATE_VERSION = 1
};

typedef struct landlock_ruleset {
  uint64_t files, network, scopes;
} landlock_ruleset;

typedef struct __attribute__((packed)) landlock_path {
  uint64_t allowed;
  int32_t parent;
} landlock_path;

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

static int landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_VERSION);
  return version > 0 ? (int)version : 0;
}

static uint64_t files_handled(int version) {
  uint64_t handled = ACCESS_VERSION_1;
  if (version >= 2) handled |= ACCESS_REFER;
  if (version >= 3) handled |= ACCESS_TRUNCATE;
  if (version >= 5) handled |= ACCESS_DEVICE;
  return handled;
}

/* A path that does not exist needs no rule. Rights for folders are refused on files, hence `file`. */
static bool allow_path(int ruleset, const char *path, uint64_t access) {
  int at = open(path, O_PATH | O_CLOEXEC);
  if (at < 0) return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
  landlock_path rule = {access, at};
  long failed = syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
  close(at);
  return failed == 0;
}

static bool allow_paths(int ruleset, const char *const *paths, uint64_t access) {
  for (size_t i = 0; paths && paths[i]; i++) {
    if (!allow_path(ruleset, paths[i], access)) return false;
  }
  return true;
}

static const char *const library_folders[] = {"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", NULL};
static const char *const library_files[] = {"/etc/ld.so.cache", NULL};
static const char *const font_folders[] = {"/usr/share/fonts",      "/usr/local/share/fonts", "/etc/fonts",
                                           "/usr/share/fontconfig", "/var/cache/fontconfig",  NULL};

/* The layer of Landlock; libraries only before the seal. */
static bool landlock_on(const confine_order *order, int version, bool libraries) {
  landlock_ruleset rules = {files_handled(version), version >= 4 ? ACCESS_NETWORK : 0, version >= 6 ? SCOPES : 0};
  size_t size = version >= 6 ? sizeof rules : version >= 4 ? offsetof(landlock_ruleset, scopes) : sizeof rules.files;
  int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0) return false;
  bool good = true;
  if (libraries) {
    good = allow_paths(ruleset, library_folders, ACCESS_EXECUTE | ACCESS_READ_FILE | ACCESS_READ_FOLDER) &&
           allow_paths(ruleset, library_files, ACCESS_READ_FILE) &&
           allow_paths(ruleset, order->libraries, ACCESS_EXECUTE | ACCESS_READ_FILE);
  }
  if (order->fonts) good = good && allow_paths(ruleset, font_folders, ACCESS_READ_FILE | ACCESS_READ_FOLDER);
  if (order->folder) {
    uint64_t all = files_handled(version) & ~(uint64_t)(ACCESS_EXECUTE | ACCESS_REFER | ACCESS_DEVICE);
    good = good && allow_path(ruleset, order->folder, all);
  }
  good = good && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  int reason = errno;
  close(ruleset);
  errno = reason;
  return good;
}

/* ---- seccomp ---- */

typedef struct filter {
  scmp_filter_ctx context;
  bool good;
} filter;

static void rule(filter *f, uint32_t action, int call, unsigned count, const struct scmp_arg_cmp *arguments) {
  int failed = seccomp_rule_add_array(f->context, action, call, count, arguments);
  /* -EDOM: this machine has no such call, so nobody can make it. */
  if (failed != 0 && failed != -EDOM) {
    f->good = false;
    errno = -failed;
  }
}

/* Names with blanks between them; one that the library does not know yet, it cannot filter and denies by default. */
static void rules(filter *f, uint32_t action, const char *names) {
  while (*names) {
    size_t length = strcspn(names, " ");
    char name[32];
    snprintf(name, sizeof name, "%.*s", (int)length, names);
    int call = seccomp_syscall_resolve_name(name);
    if (call != __NR_SCMP_ERROR) rule(f, action, call, 0, NULL);
    names += length + strspn(names + length, " ");
  }
}

#define RULE_IF(f, action, call, ...)                                                                                  \
  rule((f), (action), (call), sizeof((struct scmp_arg_cmp[]){__VA_ARGS__}) / sizeof(struct scmp_arg_cmp),              \
       (struct scmp_arg_cmp[]){__VA_ARGS__})

static const char computing[] =
    "read write readv writev pread64 lseek _llseek close dup poll ppoll fstat fstat64 newfstatat "
    "fstatat64 stat stat64 lstat lstat64 statx fstatfs access faccessat faccessat2 readlink readlinkat "
    "getcwd getdents64 munmap mprotect mremap madvise brk membarrier futex set_robust_list rseq "
    "sched_yield sched_getaffinity rt_sigprocmask rt_sigreturn sigreturn sigaltstack restart_syscall "
    "clock_gettime clock_gettime64 clock_getres gettimeofday time nanosleep clock_nanosleep getitimer "
    "setitimer alarm timer_create timer_settime timer_gettime timer_delete timer_getoverrun getpid gettid "
    "getppid getuid geteuid getgid getegid getrlimit getrusage times uname sysinfo getrandom arch_prctl "
    "seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self exit exit_group";

/* What no library does by accident: named in the report. */
static const char hostile[] =
    "socket socketpair connect bind listen accept accept4 sendto sendmsg sendmmsg recvfrom recvmsg fork "
    "vfork execve execveat tkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open pidfd_getfd "
    "pidfd_send_signal ptrace process_vm_readv process_vm_writev process_madvise kcmp shmget shmat shmctl "
    "semget semop semctl msgget msgsnd msgrcv mq_open mq_unlink memfd_create memfd_secret io_uring_setup "
    "io_uring_enter io_uring_register bpf perf_event_open userfaultfd add_key request_key keyctl mount "
    "umount2 pivot_root chroot unshare setns setuid setgid setreuid setregid setresuid setresgid "
    "setgroups capset setsid setpgid chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime "
    "utimes utimensat setxattr lsetxattr fsetxattr link linkat symlink symlinkat mknod mknodat "
    "name_to_handle_at open_by_handle_at inotify_init inotify_init1 fanotify_init init_module "
    "finit_module delete_module kexec_load reboot swapon swapoff settimeofday clock_settime sethostname "
    "personality";

/* What makes or changes files: allowed where there is a private folder, to which Landlock keeps it. */
static const char writing[] =
    "creat unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir truncate ftruncate ftruncate64 "
    "pwrite64 pwritev fallocate fsync fdatasync";

static void rules_of_opening(filter *f, const confine_order *order) {
  if (order->folder) {
    rules(f, SCMP_ACT_ALLOW, "open openat");
    rules(f, SCMP_ACT_ALLOW, writing);
    return;
  }
  /* Libraries of fonts try to write their caches and do without. */
  uint32_t refused = order->fonts ? SCMP_ACT_ERRNO(EACCES) : SCMP_ACT_TRAP;
  rules(f, refused, writing);
  const uint64_t all = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
  RULE_IF(f, SCMP_ACT_ALLOW, SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, all, 0));
  RULE_IF(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, all, 0));
  const uint64_t each[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
  for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
    RULE_IF(f, refused, SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, each[i], each[i]));
    RULE_IF(f, refused, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, each[i], each[i]));
  }
}

static void rules_of_processes(filter *f) {
  const uint64_t thread = CLONE_VM | CLONE_THREAD;
  const uint64_t spaces =
      CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
  RULE_IF(f, SCMP_ACT_ALLOW, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, thread | spaces, thread));
  RULE_IF(f, SCMP_ACT_TRAP, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  rule(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL);
  /* abort and raise signal the process itself. */
  uint32_t self = (uint32_t)getpid();
  const int signals[] = {SCMP_SYS(kill), SCMP_SYS(tgkill)};
  for (size_t i = 0; i < 2; i++) {
    RULE_IF(f, SCMP_ACT_ALLOW, signals[i], SCMP_A0_32(SCMP_CMP_EQ, self));
    RULE_IF(f, SCMP_ACT_TRAP, signals[i], SCMP_A0_32(SCMP_CMP_NE, self));
  }
  RULE_IF(f, SCMP_ACT_ALLOW, SCMP_SYS(rt_sigaction), SCMP_A0_32(SCMP_CMP_NE, SIGSYS));
  /* Its own limits may be read. */
  RULE_IF(f, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), SCMP_A0_32(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0));
  /* The second layer is put on through these and landlock_*, which can only tighten. */
  const uint64_t tighten[] = {PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_GET_SECCOMP};
  for (size_t i = 0; i < sizeof tighten / sizeof *tighten; i++)
    RULE_IF(f, SCMP_ACT_ALLOW, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, tighten[i]));
}

static void rules_of_memory(filter *f) {
  const uint64_t kind = MAP_SHARED | MAP_PRIVATE;
  const int calls[] = {SCMP_SYS(mmap), SCMP_SYS(mmap2)};
  for (size_t i = 0; i < 2; i++) {
    RULE_IF(f, SCMP_ACT_ALLOW, calls[i], SCMP_A3(SCMP_CMP_MASKED_EQ, kind, MAP_PRIVATE));
    /* Shared memory without a file is in nobody's account. */
    RULE_IF(f, SCMP_ACT_ALLOW, calls[i], SCMP_A3(SCMP_CMP_MASKED_EQ, kind | MAP_ANONYMOUS, MAP_SHARED));
  }
  const uint64_t commands[] = {F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC};
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    RULE_IF(f, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, commands[i]));
}

/* 0, or why there is no seccomp: a kernel that has it looks for the filter first, which is nowhere. A container may
 * refuse the call with EPERM. */
static int seccomp_missing(void) {
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) == 0 || errno == EFAULT) return 0;
  return errno;
}

/* Short of memory, libseccomp 2.5.4 computes for ever while it makes the filter. */
enum { LOADED_AFTER = 5 };

/* Loads the filter and gives it back, where there is seccomp. */
static bool filter_on(filter *f, bool *there) {
  *there = false;
  if (seccomp_missing()) {
    seccomp_release(f->context);
    return f->good;
  }
  seccomp_attr_set(f->context, SCMP_FLTATR_API_SYSRAWRC, 1); /* the kernel's own answer, not that there was one */
  alarm(LOADED_AFTER);
  int failed = f->good ? seccomp_load(f->context) : -errno;
  alarm(0);
  seccomp_release(f->context);
  *there = failed == 0;
  errno = -failed;
  return failed == 0;
}

bool confine_world(const confine_order *order, confinement *out) {
  *out = (confinement){0};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  int version = landlock_version();
  if (version > 0) {
    if (!landlock_on(order, version, true)) return false;
    out->landlock = version;
  }
  filter f = {seccomp_init(SCMP_ACT_ERRNO(EPERM)), true};
  if (!f.context) return false;
  rules(&f, SCMP_ACT_ALLOW, computing);
  rules(&f, SCMP_ACT_TRAP, hostile);
  rules_of_opening(&f, order);
  rules_of_processes(&f);
  rules_of_memory(&f);
  return filter_on(&f, &out->seccomp);
}

bool confine_seal(const confine_order *order) {
  int version = landlock_version();
  if (version > 0 && !landlock_on(order, version, false)) return false;
  filter f = {seccomp_init(SCMP_ACT_ALLOW), true};
  if (!f.context) return false;
  const uint32_t refused = SCMP_ACT_ERRNO(EACCES);
  if (!order->folder && !order->fonts) {
    rules(&f, refused, "open openat stat lstat access faccessat faccessat2 readlink readlinkat getcwd getdents64");
    /* What remains is asking about a descriptor, which glibc does through these. */
    RULE_IF(&f, refused, SCMP_SYS(newfstatat), SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, 0));
    RULE_IF(&f, refused, SCMP_SYS(statx), SCMP_A2(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, 0));
  }
  RULE_IF(&f, refused, SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
  RULE_IF(&f, refused, SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
  /* Threads that a library began while it was loaded are held as well. */
  seccomp_attr_set(f.context, SCMP_FLTATR_CTL_TSYNC, 1);
  bool there;
  return filter_on(&f, &there);
}

confinement confine_offered(void) {
  confinement out = {.landlock = landlock_version()};
  if (out.landlock == 0) out.landlock_reason = errno;
  out.seccomp_reason = seccomp_missing();
  out.seccomp = out.seccomp_reason == 0;
  return out;
}

const char *confine_call_name(int number, char name[32]) {
  char *known = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
  if (!known) return NULL;
  snprintf(name, 32, "%s", known);
  free(known);
  return name;
}
