/* A plugin that does the same deed in whichever callback it is told to: loading (the deed is in its file's name:
 * load_DEED.so in the constructor, entry_DEED.so in the entry point), asking (the deed is the file), reading, writing
 * (option "deed") and deciding (the rule's name). "call NUMBER ARGUMENT…" makes that system call. Built against the SDK
 * alone. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "deeds.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

static jmp_buf gone; /* of a frame that is no more */
static void *host;   /* of the callback under way */

/* ---- what can be done anywhere ---- */

static int divides(void) {
  volatile int nothing = 0;
  return 7 / nothing;
}

static int jumps(void) {
  longjmp(gone, 1);
}

static int huge_frame(void) {
  say("\x13\0\0\0\xFF\xFF\xFF\x7F", 8);
  return sleeps();
}

static int negative_frame(void) {
  say("\x13\0\0\0\xFF\xFF\xFF\xFF", 8);
  return sleeps();
}

/* The second begins inside the first. */
static int overlapping_frames(void) {
  say("\x63\0\0\0\x0A\0\0\0\x63\0\0\0\x02\0\0\0ab", 18);
  return sleeps();
}

static int garbage(void) {
  say("\xDE\xAD\xBE\xEF\xFF\xFF\xFF\xFF\x1B[2J", 12);
  return sleeps();
}

static int leaks(void) {
  for (;;) {
    char *memory = malloc(1 << 20);
    if (!memory) return crash();
    memset(memory, 1, 1 << 20);
  }
}

static int kills(void) {
  return kill(getppid(), SIGKILL) == 0 ? HONGZHU_OK : HONGZHU_FAILED;
}

static int creates(void) {
  return open("/tmp/hongzhu-was-here", O_WRONLY | O_CREAT, 0600) >= 0 ? HONGZHU_OK : HONGZHU_FAILED;
}

/* ---- what meddles with its own process ---- */

static void again(int signal) {
  (void)signal;
}

/* Returning to what crashed crashes again, for ever. */
static int handles_crashes(void) {
  struct sigaction action = {.sa_handler = again};
  sigaction(SIGSEGV, &action, NULL);
  return crash();
}

static int closes_all(void) {
  for (int i = 0; i < 256; i++) close(i);
  return HONGZHU_OK;
}

static int closes_report(void) {
  close(REPORT);
  return HONGZHU_OK;
}

/* The private structures of the host are at hand in the same process: child_reading, its worker, its page. */
static void *page(void) {
  void *worker, *at;
  memcpy(&worker, host, sizeof worker);
  memcpy(&at, worker, sizeof at);
  return (char *)at - (size_t)at % 4096;
}

static int unmaps(void) {
  munmap(page(), 4096);
  return HONGZHU_OK;
}

/* Words of its own on the page, which has room for 256 bytes of them at its end. */
static int forges_page(const char *says, size_t length) {
  char *at = page();
  memset(at + 32, 0, 256);
  memcpy(at + 32, says, length);
  return crash();
}

static int page_escapes(void) {
  return forges_page("\033[2J\033]0;x\007", 11);
}

static int page_garbage(void) {
  return forges_page("\xFF\xFE\x80", 3);
}

static int page_endless(void) {
  char full[256];
  memset(full, 'x', sizeof full);
  return forges_page(full, sizeof full);
}

static int page_everything(void) {
  memset(page(), 0xFF, 512);
  return crash();
}

static int pretends_refusal(void) {
  memset(page(), 0xFF, 32);
  _exit(91);
}

static int pretends_no_confinement(void) {
  memset((char *)page() + 20, 0x7F, 4);
  _exit(92);
}

static int changes_world(void) {
  setlocale(LC_ALL, "");
  setenv("LC_ALL", "de_DE.UTF-8", 1);
  setenv("TMPDIR", "/etc", 1);
  fesetround(FE_UPWARD);
  umask(0);
  return HONGZHU_OK;
}

static void *for_ever(void *context) {
  volatile int *run = context;
  while (*run) {}
  return NULL;
}

/* They end with their process. */
static int leaves_threads(void) {
  static volatile int run = 1;
  pthread_t thread;
  for (int i = 0; i < 4; i++) {
    if (pthread_create(&thread, NULL, for_ever, (void *)&run) != 0) return HONGZHU_FAILED;
  }
  return HONGZHU_OK;
}

static int blocks_signals(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  return HONGZHU_OK;
}

/* Room for as many descriptors as it can get. */
static int leaks_descriptors(void) {
  while (dup(0) >= 0) {}
  return errno == EMFILE ? HONGZHU_OK : HONGZHU_FAILED;
}

static int sets_timer(void) {
  const struct itimerval soon = {{0, 1000}, {0, 1000}};
  setitimer(ITIMER_REAL, &soon, NULL);
  for (volatile int i = 0; i == 0;) {}
  return HONGZHU_OK;
}

static void last_words(void) {
  creates();
}

static int leaves_handler(void) {
  return atexit(last_words) == 0 ? HONGZHU_OK : HONGZHU_FAILED;
}

static const struct deed deeds[] = {
    {"crash", crash},
    {"hang", sleeps},
    {"spin", spins},
    {"exit", exits},
    {"exit_at_once", exits_at_once},
    {"abort", aborts},
    {"stack", stack},
    {"divide", divides},
    {"jump", jumps},
    {"forged_end", forged_end},
    {"huge_frame", huge_frame},
    {"negative_frame", negative_frame},
    {"overlapping_frames", overlapping_frames},
    {"garbage", garbage},
    {"leak", leaks},
    {"socket", connects},
    {"fork", forks},
    {"kill", kills},
    {"create", creates},
    {"handle_crashes", handles_crashes},
    {"close_all", closes_all},
    {"close_report", closes_report},
    {"unmap", unmaps},
    {"page_escapes", page_escapes},
    {"page_garbage", page_garbage},
    {"page_endless", page_endless},
    {"page_everything", page_everything},
    {"pretend_refusal", pretends_refusal},
    {"pretend_no_confinement", pretends_no_confinement},
    {"world", changes_world},
    {"threads", leaves_threads},
    {"block", blocks_signals},
    {"descriptors", leaks_descriptors},
    {"timer", sets_timer},
    {"handler", leaves_handler},
};

static int do_deed(const char *name, size_t length) {
  return deed_named(deeds, sizeof deeds / sizeof *deeds, name, length);
}

/* The deed in the file's name behind a word. */
static void deed_of_file(const char *word) {
  Dl_info about;
  if (!dladdr(&host, &about) || !about.dli_fname) return;
  const char *base = strrchr(about.dli_fname, '/');
  base = base ? base + 1 : about.dli_fname;
  size_t length = strlen(word);
  if (strncmp(base, word, length) == 0) do_deed(base + length, strcspn(base + length, "."));
}

__attribute__((constructor)) static void while_loading(void) {
  if (setjmp(gone) == 0) deed_of_file("load_");
}

/* ---- any system call ---- */

/* A number, or: parent, self, room (64 KiB of zeros), /a/path. */
static long argument(char *text) {
  static char room[65536];
  if (text[0] == '/') return (long)text;
  if (strcmp(text, "room") == 0) return (long)room;
  if (strcmp(text, "parent") == 0) return getppid();
  if (strcmp(text, "self") == 0) return getpid();
  return strtol(text, NULL, 0);
}

static int calls(const hongzhu_read *io, const char *text, size_t length) {
  char copy[256], *left = NULL, said[64];
  long given[7] = {0};
  snprintf(copy, sizeof copy, "%.*s", (int)length, text);
  int count = 0;
  for (char *word = strtok_r(copy, " ", &left); word && count < 7; word = strtok_r(NULL, " ", &left))
    given[count++] = argument(word);
  long result = syscall(given[0], given[1], given[2], given[3], given[4], given[5], given[6]);
  int used = snprintf(said, sizeof said, result < 0 ? "errno %d" : "done", errno);
  hongzhu_text answer = {said, (size_t)used};
  io->fail(io->host, 0, 0, answer, answer);
  return HONGZHU_FAILED;
}

/* ---- the callbacks ---- */

static int probe(void *context, const hongzhu_input *input) {
  (void)context;
  if (input->length > 64) return 0;
  int result = do_deed((const char *)input->bytes, input->length);
  return result < 0 ? 0 : 50;
}

static int read_deed(void *context, const hongzhu_read *io) {
  (void)context;
  host = io->host;
  hongzhu_text deed = io->option(io->host, "deed"), cell = {"a", 1};
  hongzhu_row row = {.size = sizeof row, .row = 12, .count = 1, .cells = &cell};
  if (deed.length > 5 && memcmp(deed.at, "call ", 5) == 0) return calls(io, deed.at + 5, deed.length - 5);
  int result = io->row(io->host, &row);
  if (result == HONGZHU_OK) result = do_deed(deed.at, deed.length);
  row.row = 13;
  return result == HONGZHU_OK ? io->row(io->host, &row) : result;
}

/* ---- files in the private folder ---- */

static int named_file(const hongzhu_write *io, const char *name) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", io->folder, name);
  int file = open(path, O_WRONLY | O_CREAT, 0600);
  if (file < 0) return HONGZHU_FAILED;
  close(file);
  return HONGZHU_OK;
}

static int many_files(const hongzhu_write *io) {
  char name[32];
  for (int i = 0; i < 500; i++) {
    snprintf(name, sizeof name, "%d", i);
    if (named_file(io, name) != HONGZHU_OK) return HONGZHU_FAILED;
  }
  return HONGZHU_OK;
}

/* Folders in folders, until no path is long enough to name the last of them. */
static int deep_folders(const hongzhu_write *io) {
  char name[128];
  memset(name, 'd', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  int at = open(io->folder, O_RDONLY | O_DIRECTORY);
  for (int i = 0; i < 100; i++) {
    int next = mkdirat(at, name, 0700) == 0 ? openat(at, name, O_RDONLY | O_DIRECTORY) : -1;
    close(at);
    if (next < 0) return HONGZHU_FAILED;
    at = next;
  }
  close(at);
  return HONGZHU_OK;
}

/* One that its owner may not enter. */
static int locked_folder(const hongzhu_write *io) {
  char path[512];
  snprintf(path, sizeof path, "%s/locked", io->folder);
  if (mkdir(path, 0700) != 0) return HONGZHU_FAILED;
  if (named_file(io, "locked/file") != HONGZHU_OK) return HONGZHU_FAILED;
  snprintf(path, sizeof path, "%s/shut", io->folder);
  return mkdir(path, 0) == 0 ? HONGZHU_OK : HONGZHU_FAILED;
}

static int links(const hongzhu_write *io) {
  char path[512];
  snprintf(path, sizeof path, "%s/link", io->folder);
  return symlink("/etc", path) == 0 ? HONGZHU_OK : HONGZHU_FAILED;
}

static int large_file(const hongzhu_write *io) {
  char path[512];
  snprintf(path, sizeof path, "%s/large", io->folder);
  int file = open(path, O_WRONLY | O_CREAT, 0600);
  return ftruncate(file, (off_t)2 << 30) == 0 ? HONGZHU_OK : HONGZHU_FAILED;
}

static int endless_output(const hongzhu_write *io) {
  static char block[1 << 20];
  int result;
  do { result = io->put(io->host, block, sizeof block); } while (result == HONGZHU_OK);
  return result;
}

static const struct {
  const char *name;
  int (*run)(const hongzhu_write *io);
} writings[] = {{"many_files", many_files}, {"deep_folders", deep_folders}, {"locked_folder", locked_folder},
                {"links", links},           {"large_file", large_file},     {"endless_output", endless_output}};

static int write_deed(void *context, const hongzhu_write *io) {
  (void)context;
  host = io->host;
  hongzhu_text deed = io->option(io->host, "deed");
  const hongzhu_event *event;
  int result = io->next(io->host, &event);
  if (result != HONGZHU_OK) return result;
  int done = -1;
  for (size_t i = 0; i < sizeof writings / sizeof *writings && done < 0; i++) {
    if (strlen(writings[i].name) == deed.length && memcmp(writings[i].name, deed.at, deed.length) == 0)
      done = writings[i].run(io);
  }
  if (done < 0) done = do_deed(deed.at, deed.length);
  if (done > 0) return done;
  while (event->kind != HONGZHU_EVENT_END) {
    result = io->next(io->host, &event);
    if (result != HONGZHU_OK) return result;
  }
  return io->put(io->host, "written\n", 8);
}

static int decide(void *context, const hongzhu_case *doors) {
  const char *deed = context;
  host = doors->host;
  int result = do_deed(deed, strlen(deed));
  if (result != HONGZHU_OK) return result;
  hongzhu_number one = {1, 1};
  return doors->need_number(doors->host, "done", one, ">=", one);
}

/* ---- what it offers ---- */

static const hongzhu_option options[] = {{sizeof(hongzhu_option), "deed", "text", "crash", "做什么", "what to do"}};

static const hongzhu_reader reader = {.size = sizeof reader,
                                      .name = "outlaw",
                                      .title_zh = "恶意读取器",
                                      .title_en = "a hostile reader",
                                      .extensions = "bad",
                                      .options = options,
                                      .options_count = 1,
                                      .probe = probe,
                                      .read = read_deed};
static const hongzhu_writer writer = {.size = sizeof writer,
                                      .name = "outlaw",
                                      .title_zh = "恶意输出器",
                                      .title_en = "a hostile writer",
                                      .extension = "txt",
                                      .mime = "text/plain",
                                      .options = options,
                                      .options_count = 1,
                                      .needs = HONGZHU_NEEDS_FOLDER,
                                      .write = write_deed};

#define RULE(deed)                                                                                                     \
  {                                                                                                                    \
    .size = sizeof(hongzhu_rule), .name = "outlaw_" deed, .title_zh = "测试", .title_en = "a test",                    \
    .context = (void *)(deed), .decide = decide                                                                        \
  }

static const hongzhu_rule rules_of[] = {RULE("crash"),      RULE("exit"),   RULE("exit_at_once"), RULE("abort"),
                                        RULE("stack"),      RULE("divide"), RULE("forged_end"),   RULE("garbage"),
                                        RULE("huge_frame"), RULE("leak"),   RULE("socket"),       RULE("fork"),
                                        RULE("kill"),       RULE("create"), RULE("world"),        RULE("hang")};

#define RULES (sizeof rules_of / sizeof *rules_of)

static const hongzhu_reader *const readers[] = {&reader};
static const hongzhu_writer *const writers[] = {&writer};
static const hongzhu_rule *rules[RULES];

static const hongzhu_plugin plugin = {.size = sizeof plugin,
                                      .abi_minor = HONGZHU_ABI_MINOR,
                                      .name = "outlaw",
                                      .version = "1",
                                      .license = "MIT",
                                      .title_zh = "测试",
                                      .title_en = "a test",
                                      .readers = readers,
                                      .readers_count = 1,
                                      .writers = writers,
                                      .writers_count = 1,
                                      .rules = rules,
                                      .rules_count = RULES};

const hongzhu_plugin *hongzhu_plugin_1(const hongzhu_host *given) {
  (void)given;
  deed_of_file("entry_");
  for (size_t i = 0; i < RULES; i++) rules[i] = &rules_of[i];
  return &plugin;
}
