/* The deeds of plugins/outlaw.c in every callback but that of rules (tests/abi/rules.c): each costs one message, and
 * leaves neither process nor file nor descriptor. README.md says which attack is which. */
#include "abi.h"

#include "host/foreign_wire.h"
#include "left.h"

#include <fcntl.h>
#include <seccomp.h>

#define NEXT  "\n  nothing was changed; tell whoever made it\n"
#define COUNT "abi_outlaw"

typedef enum callback { LOADING, ENTERING, ASKING, READING, WRITING, CALLBACKS } callback;

static const char *const callback_names[CALLBACKS] = {"load", "entry", "probe", "read", "write"};
static const char *const wheres[CALLBACKS] = {
    " while the plugin was being loaded", " while the plugin was being loaded",
    " while it was asked whether the file is its own", ", last seen at row 12", ", last seen at \"block 1\""};

static char *own_folder; /* of the copies of the plugin, each named after its deed */

static const char *copy_named(arena *a, const char *word, const char *deed) {
  const char *to = arena_format(a, "%s/%s_%s.so", own_folder, word, deed);
  int in = open(found_file(a, "outlaw/outlaw.so"), O_RDONLY | O_CLOEXEC);
  int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
  assert_true(in >= 0 && out >= 0);
  char block[65536];
  for (ssize_t got; (got = read(in, block, sizeof block)) > 0;) assert_int_equal(write(out, block, (size_t)got), got);
  close(in);
  close(out);
  return to;
}

/* The one thing that is written: a page break, and the end. */
static bool feed_document(worker *w, faults *problems) {
  const hongzhu_event events[] = {{.size = sizeof events[0], .kind = HONGZHU_EVENT_PAGE},
                                  {.size = sizeof events[0], .kind = HONGZHU_EVENT_END}};
  buffer bytes = {0};
  bool good = true;
  for (size_t i = 0; i < 2 && good; i++) {
    bytes.length = 0;
    event_encode(&bytes, &events[i]);
    good = worker_send(w, FRAME_EVENT, bytes.at, bytes.length, problems);
  }
  buffer_free(&bytes);
  return good && worker_send_end(w, problems);
}

/* What is told of a deed in a callback, by a worker with little patience. */
static char *deed_in(arena *a, callback in, const char *deed, uint64_t memory) {
  faults *problems = faults_new(a);
  const char *option = arena_format(a, "deed=%s", deed);
  const char *file = in <= ENTERING ? copy_named(a, callback_names[in], deed) : found_file(a, "outlaw/outlaw.so");
  const char *const arguments[CALLBACKS][6] = {{file, NULL},
                                               {file, NULL},
                                               {file, "roster.bad", NULL},
                                               {file, "outlaw", "roster.bad", option, NULL},
                                               {file, "outlaw", "zh", "2025-08-15", option, NULL}};
  static const char *const roles[CALLBACKS] = {"offers", "offers", "probe", "read", "write"};
  const char *const libraries[] = {file, NULL};
  int input = file_of(deed, strlen(deed));
  worker_order order = {.role = roles[in],
                        .doing = {{"它", "it"}},
                        .arguments = arguments[in],
                        .descriptors = &input,
                        .descriptors_count = 1,
                        .libraries = libraries,
                        .memory = memory,
                        .seconds = 1,
                        .seconds_in_all = 10,
                        .folder = in == WRITING};
  worker *w = worker_start(&order, problems);
  assert_non_null(w);
  bool good = in != WRITING || feed_document(w, problems);
  frame f;
  while (good && worker_receive(w, &f, &good, problems)) {}
  worker_finish(w, problems);
  close(input);
  if (in <= ENTERING) unlink(file);
  assert_true(problems->count <= 1);
  return told(a, problems, LANGUAGE_EN);
}

/* ---- the same in each callback ---- */

static const struct {
  const char *deed, *told;
  bool where; /* it is told where it was last seen */
} everywhere[] = {
    {"crash", "crashed (segmentation fault)", true},
    {"hang", "made no progress for 1 seconds and was stopped", true},
    {"exit", "ended before it had finished", true},
    {"exit_at_once", "ended before it had finished (exit status 3)", true},
    {"abort", "gave itself up (abort)", true},
    {"stack", "crashed (segmentation fault)", true},
    {"divide", "crashed (arithmetic error)", true},
    {"forged_end", "sent an end that does not fit what it sent before, and was stopped", true},
    {"huge_frame", "sent what is no answer (type 19, 2147483647 bytes) and was stopped", true},
    {"negative_frame", "sent what is no answer (type 19, 4294967295 bytes) and was stopped", true},
    {"overlapping_frames", "sent what is no answer (type 1643250176, 98 bytes) and was stopped", true},
    {"garbage", "sent what is no answer (type 4022250974, 4294967295 bytes) and was stopped", true},
    {"socket", "tried what foreign code may not do (system call \"socket\") and was stopped", true},
    {"fork", "tried what foreign code may not do (system call \"clone\") and was stopped", true},
    {"kill", "tried what foreign code may not do (system call \"kill\") and was stopped", true},
    {"timer", "ended by signal 14", true},
};

static void every_callback_may_fail(void **state) {
  (void)state;
  left_state before = left_before();
  size_t tried = 0;
  for (int in = 0; in < CALLBACKS; in++) {
    for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++) {
      arena *a = arena_new();
      const char *deed = everywhere[i].deed;
      char *said_of = deed_in(a, (callback)in, deed, 0);
      /* Frames that overlap are read as they come: the second begins where the first says that it ends. */
      if (strcmp(deed, "overlapping_frames") == 0)
        assert_non_null(strstr(said_of, "made no progress for 1 seconds and was stopped"));
      else
        assert_string_equal(said_of, arena_format(a, "error: it %s%s" NEXT, everywhere[i].told, wheres[in]));
      left_nothing(&before, arena_format(a, "%s in %s", deed, callback_names[in]));
      tried++;
      arena_free(a);
    }
  }
  left_after(&before);
  count_attacks(COUNT, "deeds in every callback", tried, tried);
}

static void memory_ends_in_every_callback(void **state) {
  (void)state;
  left_state before = left_before();
  for (int in = 0; in < CALLBACKS; in++) {
    arena *a = arena_new();
    char *said_of = deed_in(a, (callback)in, "leak", UINT64_C(64) << 20);
    if (strncmp(said_of, "error: it crashed (segmentation fault), having used ", 52) != 0)
      fail_msg("%s: %s", callback_names[in], said_of);
    left_nothing(&before, callback_names[in]);
    arena_free(a);
  }
  left_after(&before);
  count_attacks(COUNT, "memory in every callback", CALLBACKS, CALLBACKS);
}

/* Who opens a file for writing is stopped; who has a private folder is only refused outside it. */
static void files_are_made_in_no_callback(void **state) {
  (void)state;
  left_state before = left_before();
  for (int in = 0; in < CALLBACKS; in++) {
    arena *a = arena_new();
    char *said_of = deed_in(a, (callback)in, "create", 0);
    const char *what = in == WRITING ? "error: writer \"outlaw\" failed and did not say why\n"
                                     : "error: it tried what foreign code may not do (system call \"openat\")";
    if (!strstr(said_of, what)) fail_msg("%s: %s", callback_names[in], said_of);
    left_nothing(&before, callback_names[in]);
    arena_free(a);
  }
  left_after(&before);
  count_attacks(COUNT, "files in every callback", CALLBACKS, CALLBACKS);
}

/* ---- what meddles with its own process, while reading ---- */

#define SEEN ", last seen at row 12" NEXT

static const struct {
  const char *deed, *told;
} meddling[] = {
    {"close_all", "error: it ended before it had finished (exit status 1), last seen at row 13" NEXT},
    {"close_report", "error: it ended before it had finished (exit status 1), last seen at row 13" NEXT},
    {"spin", "error: it made no progress for 1 seconds and was stopped" SEEN},
    {"handle_crashes", "error: it made no progress for 1 seconds and was stopped" SEEN},
    {"unmap", "error: it crashed (segmentation fault)" SEEN},
    {"page_escapes", "error: it crashed (segmentation fault), last seen at \"\\x1b[2J\\x1b]0;x\\x07 12\"" NEXT},
    {"page_garbage", "error: it crashed (segmentation fault)" NEXT},
    {"page_everything", "error: it crashed (segmentation fault)" NEXT},
    {"pretend_refusal",
     "error: it tried what foreign code may not do (system call \"?\") and was stopped, last seen at \"row\"" NEXT},
    {"pretend_no_confinement", "error: it was not run: it could not be confined (Success)" SEEN},
    /* These harm nobody: what they change goes with their process. */
    {"world", ""},
    {"threads", ""},
    {"block", ""},
    {"descriptors", ""},
    {"handler", ""},
};

static void its_own_process_is_all_it_can_harm(void **state) {
  (void)state;
  left_state before = left_before();
  size_t count = sizeof meddling / sizeof *meddling;
  for (size_t i = 0; i < count; i++) {
    arena *a = arena_new();
    assert_string_equal(deed_in(a, READING, meddling[i].deed, 0), meddling[i].told);
    left_nothing(&before, meddling[i].deed);
    arena_free(a);
  }
  arena *a = arena_new();
  /* A page without an end is shown as far as it goes; a jump to a frame that is gone may do anything. */
  assert_non_null(strstr(deed_in(a, READING, "page_endless", 0), "last seen at \"xxxx"));
  deed_in(a, READING, "jump", 0);
  deed_in(a, ENTERING, "jump", 0);
  left_nothing(&before, "jump");
  arena_free(a);
  left_after(&before);
  count_attacks(COUNT, "its own process", count + 3, count + 3);
}

/* ---- the private folder of a writer ---- */

static const struct {
  const char *deed, *told;
} folders[] = {
    {"many_files", ""},
    {"deep_folders", ""},
    {"locked_folder", ""},
    {"links", "error: it tried what foreign code may not do (system call \"symlink\") and was stopped, last seen at "
              "\"block 1\"" NEXT},
    {"large_file", "error: it wrote more to a file than is allowed and was stopped, last seen at \"block 1\"" NEXT},
};

static void a_private_folder_is_gone_whatever_is_in_it(void **state) {
  (void)state;
  left_state before = left_before();
  size_t count = sizeof folders / sizeof *folders;
  for (size_t i = 0; i < count; i++) {
    arena *a = arena_new();
    assert_string_equal(deed_in(a, WRITING, folders[i].deed, 0), folders[i].told);
    left_nothing(&before, folders[i].deed);
    arena_free(a);
  }
  left_after(&before);
  count_attacks(COUNT, "private folders", count, count);
}

/* ---- system calls ---- */

/* Trapped calls are named in the message; others answer EPERM, and the plugin lives to say so. */
static const struct {
  const char *call, *arguments;
  bool trapped;
} system_calls[] = {
    {"fork", "", true},
    {"vfork", "", true},
    {"clone", "17 0", true},         /* SIGCHLD alone: a process */
    {"clone", "0x10000011 0", true}, /* in a user namespace */
    {"execve", "/bin/true room room", true},
    {"execveat", "-100 /bin/true room room 0", true},
    {"kill", "parent 9", true},
    {"kill", "0 9", true},
    {"kill", "-1 9", true},
    {"tgkill", "parent parent 9", true},
    {"tkill", "parent 9", true},
    {"rt_sigqueueinfo", "parent 9 room", true},
    {"rt_tgsigqueueinfo", "parent parent 9 room", true},
    {"pidfd_open", "parent 0", true},
    {"pidfd_send_signal", "0 9 0 0", true},
    {"pidfd_getfd", "0 0 0", true},
    {"ptrace", "16 parent 0 0", true},
    {"ptrace", "0 0 0 0", true},
    {"process_vm_readv", "parent room 1 room 1 0", true},
    {"process_vm_writev", "parent room 1 room 1 0", true},
    {"process_madvise", "0 room 1 0 0", true},
    {"kcmp", "parent self 0 0 0", true},
    {"prlimit64", "parent 7 room 0", false},
    {"prlimit64", "parent 7 0 room", false},
    {"prlimit64", "0 7 room 0", false},
    {"setrlimit", "7 room", false},
    {"setpriority", "0 parent 19", false},
    {"sched_setscheduler", "parent 0 room", false},
    {"sched_setaffinity", "parent 8 room", false},
    {"ioprio_set", "1 parent 0", false},
    {"move_pages", "parent 1 room 0 room 0", false},
    {"migrate_pages", "parent 1 room room", false},
    {"openat", "-100 /tmp/hongzhu-was-here 0x41 0600", true},
    {"open", "/tmp/hongzhu-was-here 0x41 0600", true},
    {"creat", "/tmp/hongzhu-was-here 0600", true},
    {"openat2", "-100 /etc/passwd room 24", false},
    {"mkdir", "/tmp/hongzhu-was-here 0700", true},
    {"mknod", "/tmp/hongzhu-was-here 0600 0", true},
    {"symlink", "/etc/passwd /tmp/hongzhu-was-here", true},
    {"link", "/etc/passwd /tmp/hongzhu-was-here", true},
    {"rename", "/tmp/outlaw /tmp/hongzhu-was-here", true},
    {"renameat2", "-100 /tmp/outlaw -100 /tmp/hongzhu-was-here 0", true},
    {"truncate", "/tmp/outlaw 0", true},
    {"unlink", "/tmp/outlaw", true},
    {"rmdir", "/tmp/outlaw", true},
    {"chmod", "/tmp/outlaw 0777", true},
    {"chown", "/tmp/outlaw 0 0", true},
    {"utimensat", "-100 /tmp/outlaw 0 0", true},
    {"setxattr", "/tmp/outlaw room room 0 0", true},
    {"name_to_handle_at", "-100 /etc/passwd room room 0", true},
    {"open_by_handle_at", "0 room 0", true},
    {"shmget", "0 4096 0x380", true},
    {"shmat", "0 0 0", true},
    {"shmctl", "0 0 room", true},
    {"semget", "0 1 0x380", true},
    {"msgget", "0 0x380", true},
    {"mq_open", "room 0x41 0600 0", true},
    {"memfd_create", "room 0", true},
    {"memfd_secret", "0", true},
    {"io_uring_setup", "8 room", true},
    {"io_uring_enter", "0 1 1 0 0 0", true},
    {"io_uring_register", "0 0 0 0", true},
    {"userfaultfd", "0", true},
    {"keyctl", "0 -3", true},
    {"add_key", "room room room 1 -3", true},
    {"request_key", "room room 0 -3", true},
    {"bpf", "0 room 64", true},
    {"perf_event_open", "room parent -1 -1 0", true},
    {"mount", "room /tmp room 0 0", true},
    {"umount2", "/tmp 0", true},
    {"pivot_root", "/tmp /tmp", true},
    {"chroot", "/tmp", true},
    {"chdir", "/tmp", false},
    {"unshare", "0x10000000", true},
    {"unshare", "0x40000000", true},
    {"setns", "0 0", true},
    {"setuid", "0", true},
    {"setgid", "0", true},
    {"setreuid", "0 0", true},
    {"setresuid", "0 0 0", true},
    {"setgroups", "0 0", true},
    {"capset", "room room", true},
    {"setsid", "", true},
    {"setpgid", "0 0", true},
    {"personality", "0x40000", true},
    {"init_module", "room 1 room", true},
    {"finit_module", "0 room 0", true},
    {"delete_module", "room 0", true},
    {"kexec_load", "0 0 0 0", true},
    {"reboot", "0 0 0 0", true},
    {"swapon", "/tmp 0", true},
    {"sethostname", "room 0", true},
    {"settimeofday", "room 0", true},
    {"clock_settime", "0 room", true},
    {"fanotify_init", "0 0", true},
    {"inotify_init1", "0", true},
    {"acct", "/tmp", false},
    {"syslog", "3 room 100", false},
    {"quotactl", "0 0 0 0", false},
    {"iopl", "3", false},
    {"ioperm", "0 1 1", false},
    {"modify_ldt", "0 room 16", false},
    {"prctl", "1 0", false},           /* the signal that comes when the parent dies */
    {"prctl", "4 1", false},           /* may be dumped and traced */
    {"prctl", "23 0", false},          /* capabilities */
    {"ioctl", "0 0x5412 room", false}, /* types into a terminal */
    {"fcntl", "0 8 self", false},      /* signals by files */
    {"fcntl", "4 4 0x800", false},     /* the report no longer waits */
    {"fcntl", "4 1031 1048576", false},
    {"eventfd2", "0 0", false},
    {"timerfd_create", "0 0", false},
    {"signalfd4", "-1 room 8 0", false},
    {"epoll_create1", "0", false},
    {"mlock", "room 4096", false},
    {"mlockall", "1", false},
    {"mbind", "room 4096 0 0 0 0", false},
    {"splice", "0 0 0 0 1 0", false},
    {"sendfile", "4 6 0 1", false},
    {"copy_file_range", "6 0 4 0 1 0", false},
    {"rt_sigaction", "31 0 0 8", false},
    {"mmap", "0 4096 3 0x21 -1 0", false}, /* shared memory without a file */
    {"clone3", "room 64", false},
    {"landlock_create_ruleset", "0 0 1", false},
};

/* ENOSYS for the two that glibc and we ask for; the kernel's own numbers for the others. */
static bool lives(const char *call, const char *said_of) {
  if (strcmp(call, "clone3") == 0) return strcmp(said_of, "error: roster.bad: errno 38\n") == 0;
  if (strcmp(call, "landlock_create_ruleset") == 0) return true; /* it can only tighten */
  return strcmp(said_of, "error: roster.bad: errno 1\n") == 0;
}

/* What the kernel refuses does not depend on how the plugin's starter was built: once is enough. */
static void once_is_enough(void) {
#if defined(__SANITIZE_ADDRESS__)
  print_message("tried in the builds without sanitizers\n");
  skip();
#endif
}

static void each_call_out_is_refused(void **state) {
  (void)state;
  once_is_enough();
  left_state before = left_before();
  size_t tried = 0;
  for (size_t i = 0; i < sizeof system_calls / sizeof *system_calls; i++) {
    const char *call = system_calls[i].call;
    int number = seccomp_syscall_resolve_name(call);
    if (number < 0) continue; /* this machine has none */
    arena *a = arena_new();
    char *said_of = deed_in(a, READING, arena_format(a, "call %d %s", number, system_calls[i].arguments), 0);
    const char *trapped =
        arena_format(a, "error: it tried what foreign code may not do (system call \"%s\") and was stopped" NEXT, call);
    if (system_calls[i].trapped ? strcmp(said_of, trapped) != 0 : !lives(call, said_of))
      fail_msg("%s %s: %s", call, system_calls[i].arguments, said_of);
    left_nothing(&before, call);
    arena_free(a);
    tried++;
  }
  left_after(&before);
  count_attacks(COUNT, "system calls", tried, tried);
}

static void no_family_of_sockets_is_open(void **state) {
  (void)state;
  once_is_enough();
  left_state before = left_before();
  enum { FAMILIES = 46 };
  for (int family = 0; family < FAMILIES; family++) {
    arena *a = arena_new();
    const char *deed = arena_format(a, "call %d %d 3 0", seccomp_syscall_resolve_name("socket"), family);
    assert_string_equal(deed_in(a, READING, deed, 0),
                        "error: it tried what foreign code may not do (system call \"socket\") and was stopped" NEXT);
    arena_free(a);
  }
  left_nothing(&before, "socket");
  left_after(&before);
  count_attacks(COUNT, "families of sockets", FAMILIES, FAMILIES);
}

/* Files that it would like to read: other people's, its starter's, the system's, devices. None opens. */
static void nothing_can_be_read(void **state) {
  (void)state;
  once_is_enough();
  left_state before = left_before();
  const char *home = getenv("HOME");
  static const char *const paths[] = {
      "/etc/passwd",     "/etc/shadow",    "/etc/hostname",   "/root",    "/home",    "/tmp",      "/",
      "/proc/self/maps", "/proc/self/mem", "/proc/1/environ", "/dev/mem", "/dev/shm", "/dev/kmsg", "/dev/tty",
      "/sys/kernel",     "/run",           "/var/log"};
  size_t tried = 0, count = sizeof paths / sizeof *paths;
  int number = seccomp_syscall_resolve_name("openat");
  for (size_t i = 0; i < count + 5; i++) {
    arena *a = arena_new();
    long parent = (long)getpid();
    const char *const own[] = {home ? home : "/root", arena_format(a, "/proc/%ld/mem", parent),
                               arena_format(a, "/proc/%ld/environ", parent), arena_format(a, "/proc/%ld/fd/0", parent),
                               arena_format(a, "/proc/%ld/cmdline", parent)};
    const char *path = i < count ? paths[i] : own[i - count];
    char *said_of = deed_in(a, READING, arena_format(a, "call %d -100 %s 0", number, path), 0);
    if (strcmp(said_of, "error: roster.bad: errno 13\n") != 0) fail_msg("%s: %s", path, said_of);
    arena_free(a);
    tried++;
  }
  left_nothing(&before, "reading");
  left_after(&before);
  count_attacks(COUNT, "files read", tried, tried);
}

/* ---- without an end, through the doors ---- */

static bool keep_none(void *context, const cell_row *row) {
  (void)row;
  ++*(int64_t *)context;
  return true;
}

static void output_without_end_is_stopped(void **state) {
  arena *a = *state;
  once_is_enough();
  left_state before = left_before();
  faults *problems = faults_new(a);
  offers all = offers_of(a, "hostile", problems);
  const option_value flood = {"deed", "flood"}, endless = {"deed", "endless_output"};
  int64_t rows = 0;
  const reading to = {.context = &rows, .row = keep_none};
  int file = file_of("x", 1), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  assert_false(
      foreign_read(offers_named(&all, OFFER_READER, "hostile", problems), file, "x", &flood, 1, &to, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN),
                      "error: reader \"hostile\" on \"x\" gave what is no answer: more rows than any file has" NEXT);
  problems = faults_new(a);
  all = offers_of(a, "outlaw", problems);
  hongzhu_event event = {.size = sizeof event, .kind = HONGZHU_EVENT_DOCUMENT};
  const document d = {.language = "zh", .day = "2025-08-15", .events = &event, .count = 1, .capacity = 1};
  assert_false(foreign_write(offers_named(&all, OFFER_WRITER, "outlaw", problems), &d, &endless, 1, nowhere, problems));
  assert_string_equal(told(a, problems, LANGUAGE_EN),
                      "error: writer \"outlaw\" gave what is no answer: output without end" NEXT);
  close(file);
  close(nowhere);
  left_nothing(&before, "output without end");
  left_after(&before);
  count_attacks(COUNT, "output without end", 2, 2);
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--worker") == 0) return worker_child_main(foreign_roles, argc, argv);
  char folder[] = "/tmp/outlaw-plugins-XXXXXX";
  own_folder = mkdtemp(folder);
  if (!own_folder) return 1;
  const struct CMUnitTest tests[] = {
      ABI_TEST(every_callback_may_fail),
      ABI_TEST(memory_ends_in_every_callback),
      ABI_TEST(files_are_made_in_no_callback),
      ABI_TEST(its_own_process_is_all_it_can_harm),
      ABI_TEST(a_private_folder_is_gone_whatever_is_in_it),
      ABI_TEST(each_call_out_is_refused),
      ABI_TEST(no_family_of_sockets_is_open),
      ABI_TEST(nothing_can_be_read),
      ABI_TEST(output_without_end_is_stopped),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  rmdir(folder);
  return failed;
}
