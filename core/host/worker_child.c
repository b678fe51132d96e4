/* The child's side of a worker: confinement, frames, and the page that says what is being done. */
#include "host/confine.h"
#include "host/worker_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BLOCK             65536
#define DESCRIPTORS_SPARE 26 /* what libraries may open beyond what the worker is given */
#define SIGNAL_STACK      65536

struct worker_child {
  worker_page *page;
  confine_order confined;
  size_t descriptors;
  uint8_t *in; /* read but not yet taken: [start, start + length) */
  size_t in_start, in_length, in_capacity;
  worker_ending ending; /* as of now */
  size_t out_length;
  uint8_t out[BLOCK];
};

/* A signal handler is given nothing, so the page of this process stands here: set once, before foreign code runs. */
static worker_page *page_of_process;

static void refused(int signal, siginfo_t *about, void *context) {
  (void)signal;
  (void)context;
  page_of_process->refused = about->si_syscall;
  /* Not by _exit, before which a sanitizer would look for the bounds of this stack in files that are closed to it. */
  syscall(SYS_exit_group, WORKER_REFUSED);
}

/* On a stack of its own, for the call may have come from a full one. */
static bool watch_refusals(void) {
  stack_t stack = {.ss_sp = memory_take(SIGNAL_STACK), .ss_size = SIGNAL_STACK};
  struct sigaction action = {.sa_sigaction = refused, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  return sigaltstack(&stack, NULL) == 0 && sigaction(SIGSYS, &action, NULL) == 0;
}

/* The kernel, short of memory, is to take the worker and not the one who holds the ledger. */
static void offer_to_reaper(void) {
  int at = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (at < 0) return;
  ssize_t written = write(at, "1000", 4);
  (void)written; /* a kindness only */
  close(at);
}

typedef struct settings {
  unsigned long long memory;
  unsigned seconds;
  size_t descriptors;
  long parent;
  size_t libraries;
  int fonts;
} settings;

static bool settings_read(const char *text, settings *out) {
  int used = 0;
  int count = sscanf(text, "%20llu:%9u:%3zu:%12ld:%6zu:%1d%n", &out->memory, &out->seconds, &out->descriptors,
                     &out->parent, &out->libraries, &out->fonts, &used);
  return count == 6 && text[used] == '\0';
}

/* False with errno. */
static bool confine(worker_child *c, const settings *s) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return false;
  if (getppid() != (pid_t)s->parent) _exit(EXIT_FAILURE); /* it died before the line above: nobody waits */
  offer_to_reaper();
  confinement got;
  return watch_refusals() && confine_limits(&c->confined, confine_offered().seccomp) &&
         confine_world(&c->confined, &got);
}

int worker_child_main(const worker_role_row *roles, int argc, char **argv) {
  settings s;
  if (argc < WORKER_ARGUMENTS_FIXED || !settings_read(argv[3], &s) ||
      (size_t)argc < WORKER_ARGUMENTS_FIXED + s.libraries) {
    fputs("hongzhu: --worker is how the program calls itself, not an option\n", stderr);
    return 2;
  }
  worker_child *c = memory_take(sizeof *c);
  void *page = mmap(NULL, sizeof(worker_page), PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_PAGE, 0);
  if (page == MAP_FAILED) return WORKER_UNCONFINED;
  close(WORKER_PAGE);
  page_of_process = c->page = page;
  c->ending.nonce = c->page->nonce;
  c->page->nonce = 0;
  c->descriptors = s.descriptors;

  const char **libraries = memory_take((s.libraries + 1) * sizeof *libraries);
  for (size_t i = 0; i < s.libraries; i++) libraries[i] = argv[WORKER_ARGUMENTS_FIXED + i];
  c->confined = (confine_order){.memory = s.memory,
                                .seconds = s.seconds,
                                .descriptors = WORKER_FIRST_DESCRIPTOR + s.descriptors + DESCRIPTORS_SPARE,
                                .libraries = libraries,
                                .folder = argv[4][0] ? argv[4] : NULL,
                                .fonts = s.fonts != 0};
  worker_role *run = NULL;
  for (const worker_role_row *row = roles; row->name; row++) {
    if (strcmp(row->name, argv[2]) == 0) run = row->run;
  }
  if (!run) return WORKER_NO_ROLE;
  if (!confine(c, &s)) {
    c->page->reason = errno;
    return WORKER_UNCONFINED;
  }
  int first = WORKER_ARGUMENTS_FIXED + (int)s.libraries;
  int status = run(c, argc - first, argv + first);
  worker_child_flush(c);
  /* No exit handlers: foreign code may have left some. */
  _exit(status);
}

/* ---- frames ---- */

/* False at the end of what the parent sends. */
static bool fill(worker_child *c, size_t size) {
  if (c->in_start + size > c->in_capacity) {
    if (c->in_length > 0) memmove(c->in, c->in + c->in_start, c->in_length);
    c->in_start = 0;
    if (size > c->in_capacity) {
      c->in_capacity = size < BLOCK ? BLOCK : size;
      c->in = memory_resize(c->in, c->in_capacity);
    }
  }
  while (c->in_length < size) {
    size_t end = c->in_start + c->in_length;
    ssize_t got = read(WORKER_IN, c->in + end, c->in_capacity - end);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    c->in_length += (size_t)got;
  }
  return true;
}

static uint32_t little_endian(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

bool worker_child_receive(worker_child *c, frame *out) {
  worker_child_flush(c);
  if (!fill(c, 8)) return false;
  uint32_t type = little_endian(c->in + c->in_start), length = little_endian(c->in + c->in_start + 4);
  if (type == 0 || length > FRAME_MOST || !fill(c, 8 + (size_t)length)) return false;
  *out = (frame){type, length, c->in + c->in_start + 8};
  c->in_start += 8 + (size_t)length;
  c->in_length -= 8 + (size_t)length;
  return true;
}

static void write_all(const uint8_t *bytes, size_t size) {
  while (size > 0) {
    ssize_t written = write(WORKER_OUT, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) _exit(EXIT_FAILURE); /* nobody listens any more */
    bytes += written;
    size -= (size_t)written;
  }
}

void worker_child_flush(worker_child *c) {
  write_all(c->out, c->out_length);
  c->out_length = 0;
}

static void put(worker_child *c, const void *bytes, size_t size) {
  if (size == 0) return;
  if (c->out_length + size > BLOCK) worker_child_flush(c);
  if (size > BLOCK) {
    write_all(bytes, size);
    return;
  }
  memcpy(c->out + c->out_length, bytes, size);
  c->out_length += size;
}

void worker_child_send(worker_child *c, uint32_t type, const void *bytes, size_t length) {
  /* More than a frame holds is refused by the parent, which says so. */
  uint32_t size = length > FRAME_MOST ? UINT32_MAX : (uint32_t)length;
  uint8_t head[8];
  for (int i = 0; i < 4; i++) {
    head[i] = (uint8_t)(type >> (8 * i));
    head[4 + i] = (uint8_t)(size >> (8 * i));
  }
  c->ending.frames++;
  c->ending.bytes += length;
  put(c, head, sizeof head);
  if (size != UINT32_MAX) put(c, bytes, length);
}

void worker_child_fault(worker_child *c, const fault *f) {
  arena *a = arena_new();
  char *text = worker_fault_text(a, f);
  worker_child_send(c, FRAME_FAULT, text, strlen(text));
  worker_child_flush(c);
  arena_free(a);
}

void worker_child_end(worker_child *c) {
  worker_ending ending = c->ending; /* without this frame */
  worker_child_send(c, FRAME_END, &ending, sizeof ending);
  worker_child_flush(c);
}

void worker_child_status(worker_child *c, const char *what, int64_t number) {
  worker_page *page = c->page;
  if (strncmp(page->says, what, sizeof page->says - 1) != 0) {
    size_t length = strlen(what);
    if (length >= sizeof page->says) {
      length = sizeof page->says - 1;
      while (length > 0 && ((unsigned char)what[length] & 0xC0) == 0x80) length--; /* no half character */
    }
    memcpy(page->says, what, length);
    memset(page->says + length, 0, sizeof page->says - length);
  }
  page->number = number;
  __atomic_fetch_add(&page->progress, 1, __ATOMIC_RELAXED);
}

void worker_child_used(worker_child *c, uint64_t bytes) {
  __atomic_store_n(&c->page->used, bytes, __ATOMIC_RELAXED);
}

int worker_child_descriptor(worker_child *c, size_t which) {
  return which < c->descriptors ? WORKER_FIRST_DESCRIPTOR + (int)which : -1;
}

const char *worker_child_folder(worker_child *c) {
  return c->confined.folder;
}

bool worker_child_seal(worker_child *c) {
  return confine_seal(&c->confined);
}
