/* A reader that does what its option "deed" says: what no reader may do. Built against the SDK alone. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "deeds.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT(literal) ((hongzhu_text){(literal), sizeof(literal) - 1})

static const hongzhu_read *io;

static int give(uint64_t number, hongzhu_text cell) {
  hongzhu_row row = {.size = sizeof row, .row = number, .count = 1, .cells = &cell};
  return io->row(io->host, &row);
}

/* ---- dying ---- */

static int crash_in_row(void) {
  give(1, TEXT("a"));
  give(7, TEXT("b"));
  return crash();
}

static int spins_in_row(void) {
  give(3, TEXT("a"));
  return spins();
}

static int leak(void) {
  for (;;) {
    char *memory = malloc(1 << 20);
    if (!memory) return HONGZHU_FAILED; /* without a word */
    memset(memory, 1, 1 << 20);
  }
}

static int shared_leak(void) {
  void *memory = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED && errno == EPERM ? give(1, TEXT("refused")) : HONGZHU_FAILED;
}

/* ---- speaking ---- */

static int falling(void) {
  give(5, TEXT("a"));
  return give(4, TEXT("b"));
}

static int no_text(void) {
  return give(1, TEXT("\xC3\x28"));
}

static int wide(void) {
  static hongzhu_text cells[20000];
  hongzhu_row row = {.size = sizeof row, .row = 1, .count = 20000, .cells = cells};
  return io->row(io->host, &row);
}

static int sheetless(void) {
  hongzhu_row row = {.size = sizeof row, .sheet = 2, .row = 1};
  return io->row(io->host, &row);
}

static int sizeless(void) {
  hongzhu_row row = {.row = 1};
  return io->row(io->host, &row);
}

static int silent(void) {
  return HONGZHU_FAILED;
}

static int fails(void) {
  io->fail(io->host, 0, 2, TEXT("不对"), TEXT("not this"));
  io->fail(io->host, 0, 9, TEXT("第九行坏了"), TEXT("line nine is broken"));
  return HONGZHU_FAILED;
}

static int escapes(void) {
  io->fail(io->host, 0, 0, TEXT("\033[2J清屏"), TEXT("\033[2Jclears the screen"));
  return HONGZHU_FAILED;
}

static int fails_badly(void) {
  io->fail(io->host, 0, 0, TEXT("\xFF"), TEXT("\xFF"));
  return HONGZHU_FAILED;
}

static int long_frame(void) {
  say("\x13\0\0\0\xFF\xFF\xFF\x7F", 8);
  return HONGZHU_OK;
}

static int no_frame(void) {
  say("\0\0\0\0\0\0\0\0", 8);
  return HONGZHU_OK;
}

static int other_frame(void) {
  say("\x63\0\0\0\x02\0\0\0ab", 10);
  return HONGZHU_OK;
}

/* A row that promises more cells than there are bytes. */
static int short_row(void) {
  say("\x13\0\0\0\x10\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\x09\0\0\0", 24);
  return HONGZHU_OK;
}

static int bad_fault(void) {
  say("\x02\0\0\0\x02\0\0\0{}", 10);
  return HONGZHU_OK;
}

/* Right but for the number, which it was not told. */
static int guessed_end(void) {
  say("\x01\0\0\0\x18\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 32);
  exit(0);
}

static int long_end(void) {
  say("\x01\0\0\0\x19\0\0\0", 8);
  exit(0);
}

/* A row past the doors: well made, but nobody counted it. */
static int slipped_row(void) {
  say("\x13\0\0\0\x10\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 24);
  return HONGZHU_OK;
}

static int closes(void) {
  close(4);
  return sleeps();
}

static int flood(void) {
  for (uint64_t row = 1;; row++) {
    static char cell[65536];
    memset(cell, 'x', sizeof cell);
    int result = give(row, (hongzhu_text){cell, sizeof cell});
    if (result != HONGZHU_OK) return result;
  }
}

/* ---- reaching out ---- */

static int reads_files(void) {
  int file = open("/etc/passwd", O_RDONLY);
  if (file >= 0) return HONGZHU_OK;
  io->fail(io->host, 0, 0, TEXT("打不开"), errno == EACCES ? TEXT("refused") : TEXT("something else"));
  return HONGZHU_FAILED;
}

static int writes_files(void) {
  return open("/tmp/hongzhu-was-here", O_WRONLY | O_CREAT, 0600) >= 0 ? HONGZHU_OK : 1;
}
static int executes(void) {
  return execl("/bin/true", "true", (char *)NULL);
}
static int whispers(void) {
  return socket(AF_UNIX, SOCK_DGRAM, 0) >= 0 ? HONGZHU_OK : HONGZHU_FAILED;
}
static int kills(void) {
  return kill(getppid(), SIGTERM) == 0 ? HONGZHU_OK : HONGZHU_FAILED;
}
static int traces(void) {
  return ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0 ? HONGZHU_OK : HONGZHU_FAILED;
}
static int shares(void) {
  return shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) >= 0 ? HONGZHU_OK : HONGZHU_FAILED;
}
static int memory_file(void) {
  return memfd_create("x", 0) >= 0 ? HONGZHU_OK : HONGZHU_FAILED;
}
static int removes(void) {
  return unlink("/tmp/hongzhu-stays") == 0 ? HONGZHU_OK : HONGZHU_FAILED;
}
static int opens_rights(void) {
  return chmod("/tmp/hongzhu-stays", 0777) == 0 ? HONGZHU_OK : HONGZHU_FAILED;
}

static void survive(int signal) {
  (void)signal;
}

/* Taking the signal of refusals for itself, it goes on, and still has no socket. */
static int survives(void) {
  struct sigaction action = {.sa_handler = survive};
  if (sigaction(SIGSYS, &action, NULL) == 0) return HONGZHU_OK;
  return connects();
}

static int lifts_limits(void) {
  struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
  if (setrlimit(RLIMIT_DATA, &all) == 0) return HONGZHU_OK;
  io->fail(io->host, 0, 0, TEXT("不许"), errno == EPERM ? TEXT("refused") : TEXT("something else"));
  return HONGZHU_FAILED;
}

static int runs_code(void) {
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED && mprotect(memory, 4096, PROT_READ | PROT_EXEC) == 0) return HONGZHU_OK;
  io->fail(io->host, 0, 0, TEXT("不许"), errno == EACCES ? TEXT("refused") : TEXT("something else"));
  return HONGZHU_FAILED;
}

static void *thread_gives(void *context) {
  *(int *)context = 42;
  return NULL;
}

/* Libraries may have threads: this one is no attack. */
static int threads(void) {
  pthread_t thread;
  int result = 0;
  if (pthread_create(&thread, NULL, thread_gives, &result) != 0) return HONGZHU_FAILED;
  pthread_join(thread, NULL);
  return result == 42 ? give(1, TEXT("42")) : HONGZHU_FAILED;
}

static int prints(void) {
  printf("on standard output\n");
  fprintf(stderr, "on standard error\n");
  fflush(stdout);
  char byte;
  return read(0, &byte, 1) == 0 ? give(1, TEXT("nothing to read")) : HONGZHU_FAILED;
}

static int environment(void) {
  return getenv("HOME") || getenv("HONGZHU_LEDGER") ? HONGZHU_FAILED : give(1, TEXT("nothing"));
}

/* Descriptors beyond those that it was given. */
static int descriptors(void) {
  for (int i = 7; i < 200; i++) {
    if (fcntl(i, F_GETFD) >= 0) return HONGZHU_FAILED;
  }
  return fcntl(6, F_GETFD) >= 0 && fcntl(5, F_GETFD) < 0 ? give(1, TEXT("none")) : HONGZHU_FAILED;
}

static const struct deed deeds[] = {
    {"crash", crash_in_row},
    {"hang", spins_in_row},
    {"sleep", sleeps},
    {"exit", exits},
    {"exit_badly", exits_at_once},
    {"abort", aborts},
    {"stack", stack},
    {"leak", leak},
    {"shared_leak", shared_leak},
    {"falling", falling},
    {"no_text", no_text},
    {"wide", wide},
    {"sheetless", sheetless},
    {"sizeless", sizeless},
    {"silent", silent},
    {"fail", fails},
    {"escapes", escapes},
    {"fail_badly", fails_badly},
    {"long_frame", long_frame},
    {"no_frame", no_frame},
    {"other_frame", other_frame},
    {"short_row", short_row},
    {"bad_fault", bad_fault},
    {"forged_end", forged_end},
    {"guessed_end", guessed_end},
    {"long_end", long_end},
    {"slipped_row", slipped_row},
    {"close", closes},
    {"flood", flood},

    {"read_files", reads_files},
    {"write_files", writes_files},
    {"fork", forks},
    {"exec", executes},
    {"connect", connects},
    {"whisper", whispers},
    {"kill", kills},
    {"trace", traces},
    {"share", shares},
    {"memory_file", memory_file},
    {"remove", removes},
    {"rights", opens_rights},
    {"survive", survives},
    {"limits", lifts_limits},
    {"code", runs_code},
    {"threads", threads},
    {"print", prints},
    {"environment", environment},
    {"descriptors", descriptors},
};

static int probe(void *context, const hongzhu_input *input) {
  (void)context;
  if (input->length >= 5 && memcmp(input->bytes, "crash", 5) == 0) return crash();
  return input->length >= 4 && memcmp(input->bytes, "sure", 4) == 0 ? 1000 : 0;
}

static int read_deed(void *context, const hongzhu_read *with) {
  (void)context;
  io = with;
  hongzhu_text name = io->option(io->host, "deed");
  int result = deed_named(deeds, sizeof deeds / sizeof *deeds, name.at, name.length);
  return result < 0 ? HONGZHU_FAILED : result;
}

static const hongzhu_option options[] = {{sizeof(hongzhu_option), "deed", "text", "silent", "做什么", "what to do"}};

static const hongzhu_reader reader = {.size = sizeof reader,
                                      .name = "hostile",
                                      .title_zh = "恶意读取器",
                                      .title_en = "a hostile reader",
                                      .extensions = "bad",
                                      .options = options,
                                      .options_count = 1,
                                      .probe = probe,
                                      .read = read_deed};

static const hongzhu_reader *const readers[] = {&reader};

static const hongzhu_plugin plugin = {.size = sizeof plugin,
                                      .abi_minor = HONGZHU_ABI_MINOR,
                                      .name = "hostile",
                                      .version = "1",
                                      .license = "MIT",
                                      .title_zh = "测试",
                                      .title_en = "a test",
                                      .readers = readers,
                                      .readers_count = 1};

const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *host) {
  (void)host;
  return &plugin;
}
