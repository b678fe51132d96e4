#include "base/system.h"
#include "host/private_folder.h"
#include "host/worker_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BLOCK             65536
#define KEPT_MOST         (UINT64_C(256) << 20)
#define MEMORY_USUAL      (UINT64_C(512) << 20)
#define SECONDS_USUAL     30
#define SECONDS_IN_ALL    20   /* times the seconds without progress */
#define FAULTS_MOST       1000 /* that it may send; more is a flood */
#define DESCRIPTORS_MOST  16
#define DESCRIPTORS_HIGH  100 /* sources are moved above all targets first */
#define DESCRIPTORS_SPARE 16  /* what a worker may open beyond those it is given */

typedef struct pending {
  uint8_t *at;
  size_t start, length, capacity; /* the bytes [start, start + length) */
} pending;

struct worker {
  pid_t pid;
  int feed;   /* written to; -1: closed */
  int listen; /* read from; -1: at its end */
  private_folder folder;
  worker_page *page;
  pending out, in;
  worker_death death;
  bool ended;  /* its end frame came */
  bool faulty; /* it sent an error */
  size_t faults;
  bool reported; /* how it died has been said */
  bool reaped;
  worker_ending ending; /* what its end frame must hold when it comes now */
  uint64_t progress_seen;
  int64_t waited; /* milliseconds in all */
  arena *memory;
};

static int64_t milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- bytes waiting to be sent or read ---- */

static uint8_t *pending_room(pending *p, size_t size) {
  if (p->start > 0 && (p->length == 0 || p->start + p->length + size > p->capacity)) {
    memmove(p->at, p->at + p->start, p->length);
    p->start = 0;
  }
  if (p->length + size > p->capacity) {
    size_t capacity = p->capacity ? p->capacity * 2 : 2 * BLOCK;
    while (capacity < p->length + size) capacity *= 2;
    p->at = memory_resize(p->at, capacity);
    p->capacity = capacity;
  }
  return p->at + p->start + p->length;
}

static void pending_add(pending *p, const void *bytes, size_t size) {
  if (size == 0) return;
  memcpy(pending_room(p, size), bytes, size);
  p->length += size;
}

static void pending_drop(pending *p, size_t size) {
  p->start += size;
  p->length -= size;
  if (p->length == 0) p->start = 0;
}

/* ---- starting ---- */

typedef struct spawning {
  int feed[2], listen[2], page;
  int high[DESCRIPTORS_MOST + 3];
  size_t high_count;
} spawning;

static void close_if_open(int *descriptor) {
  if (*descriptor >= 0) close(*descriptor);
  *descriptor = -1;
}

static void spawning_close(spawning *s) {
  close_if_open(&s->feed[0]);
  close_if_open(&s->listen[1]);
  close_if_open(&s->page);
  for (size_t i = 0; i < s->high_count; i++) close(s->high[i]);
  s->high_count = 0;
}

static bool spawning_raise(spawning *s, int descriptor) {
  int high = fcntl(descriptor, F_DUPFD_CLOEXEC, DESCRIPTORS_HIGH);
  if (high < 0) return false;
  s->high[s->high_count++] = high;
  return true;
}

static bool spawning_open(spawning *s, worker *w, const worker_order *order) {
  if (order->descriptors_count > DESCRIPTORS_MOST) {
    errno = EINVAL;
    return false;
  }
  if (pipe2(s->feed, O_CLOEXEC) != 0 || pipe2(s->listen, O_CLOEXEC) != 0) return false;
  /* Sealed, for a child that could shorten it would end its parent by SIGBUS. */
  s->page = memfd_create("status", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (s->page < 0 || ftruncate(s->page, sizeof(worker_page)) != 0 ||
      fcntl(s->page, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return false;
  void *page = mmap(NULL, sizeof(worker_page), PROT_READ | PROT_WRITE, MAP_SHARED, s->page, 0);
  if (page == MAP_FAILED) return false;
  w->page = page;
  if (getrandom(&w->ending.nonce, sizeof w->ending.nonce, 0) != sizeof w->ending.nonce) return false;
  w->page->nonce = w->ending.nonce;
  if (!spawning_raise(s, s->feed[0]) || !spawning_raise(s, s->listen[1]) || !spawning_raise(s, s->page)) return false;
  for (size_t i = 0; i < order->descriptors_count; i++) {
    if (!spawning_raise(s, order->descriptors[i])) return false;
  }
  return fcntl(s->feed[1], F_SETFL, O_NONBLOCK) == 0 && fcntl(s->listen[0], F_SETFL, O_NONBLOCK) == 0;
}

static char **child_arguments(const worker *w, const worker_order *order) {
  size_t libraries = 0, arguments = 0;
  while (order->libraries && order->libraries[libraries]) libraries++;
  while (order->arguments && order->arguments[arguments]) arguments++;
  char **argv = arena_array(w->memory, WORKER_ARGUMENTS_FIXED + libraries + arguments + 1, sizeof *argv);
  argv[0] = "hongzhu";
  argv[1] = "--worker";
  argv[2] = arena_text(w->memory, order->role);
  argv[3] = arena_format(w->memory, "%llu:%u:%zu:%ld:%zu:%d", (unsigned long long)w->death.memory,
                         w->death.seconds_in_all, order->descriptors_count, (long)getpid(), libraries, order->fonts);
  argv[4] = w->folder.path ? w->folder.path : "";
  for (size_t i = 0; i < libraries; i++) argv[WORKER_ARGUMENTS_FIXED + i] = arena_text(w->memory, order->libraries[i]);
  for (size_t i = 0; i < arguments; i++)
    argv[WORKER_ARGUMENTS_FIXED + libraries + i] = arena_text(w->memory, order->arguments[i]);
  return argv;
}

/* Nothing of the user's environment: it could load libraries or reveal what does not concern foreign code. */
static char *child_environment[] = {
    "LANG=C.UTF-8", "HONGZHU_INSIDE_WORKER=1",
#if defined(__SANITIZE_ADDRESS__)
    /* Crashes are to be signals as without a sanitizer; looking for leaks needs calls that are refused. */
    "ASAN_OPTIONS=detect_leaks=0:handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigill=0:handle_sigfpe=0:"
    "abort_on_error=1:allocator_may_return_null=1:quarantine_size_mb=16",
    "UBSAN_OPTIONS=abort_on_error=1",
#endif
    NULL};

static int spawn(worker *w, const spawning *s, char **argv) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, 0, 1);
  posix_spawn_file_actions_adddup2(&actions, 0, 2);
  for (size_t i = 0; i < s->high_count; i++) posix_spawn_file_actions_adddup2(&actions, s->high[i], WORKER_IN + (int)i);
  posix_spawn_file_actions_addclosefrom_np(&actions, WORKER_IN + (int)s->high_count);
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  int failed = posix_spawn(&w->pid, "/proc/self/exe", &actions, &attributes, argv, child_environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failed;
}

/* Gives everything back; the child is dead or was never there. */
static void worker_release(worker *w) {
  close_if_open(&w->feed);
  close_if_open(&w->listen);
  if (w->page) munmap(w->page, sizeof(worker_page));
  private_folder_remove(&w->folder);
  free(w->in.at);
  free(w->out.at);
  arena_free(w->memory);
}

/* A worker is this program run again. A program that links this floor and does not know the part it is given would
 * start a worker of its own, and so on until nothing is left. */
static bool may_start(const worker_order *order, faults *problems) {
  if (getenv("HONGZHU_INSIDE_WORKER") == NULL) return true;
  fault_add(problems, NOWHERE, "%s%.0s cannot be run: a worker may start no worker",
            "%.0s%s无法运行：工作进程不得再启动工作进程", order->doing.in[LANGUAGE_EN], order->doing.in[LANGUAGE_ZH]);
  fault_next(problems, "the program calls worker_main first; unset HONGZHU_INSIDE_WORKER where it is none",
             "程序应首先调用 worker_main；若并非工作进程，请取消环境变量 HONGZHU_INSIDE_WORKER");
  return fault_mark(problems, FAULT_FOREIGN);
}

worker *worker_start(const worker_order *order, faults *problems) {
  if (!may_start(order, problems)) return NULL;
  arena *memory = arena_new();
  worker *w = arena_take(memory, sizeof *w);
  w->memory = memory;
  w->feed = w->listen = w->folder.lock = -1;
  for (int in = 0; in < LANGUAGES; in++) w->death.doing.in[in] = arena_text(memory, order->doing.in[in]);
  w->death.memory = order->memory ? order->memory : MEMORY_USUAL;
  w->death.seconds = order->seconds ? order->seconds : SECONDS_USUAL;
  w->death.seconds_in_all = order->seconds_in_all ? order->seconds_in_all : w->death.seconds * SECONDS_IN_ALL;

  spawning s = {{-1, -1}, {-1, -1}, -1, {0}, 0};
  if (order->folder) w->folder = private_folder_make(w->memory);
  bool good = (!order->folder || w->folder.path) && spawning_open(&s, w, order);
  w->feed = s.feed[1];
  w->listen = s.listen[0];
  int reason = good ? spawn(w, &s, child_arguments(w, order)) : errno;
  spawning_close(&s);
  if (reason == 0) return w;
  fault_add(problems, NOWHERE, "%s%.0s cannot be run: no worker process could be started: %s%.0s",
            "%.0s%s无法运行：工作进程启动失败：%.0s%s", order->doing.in[LANGUAGE_EN], order->doing.in[LANGUAGE_ZH],
            SYSTEM_WORDS(reason));
  fault_next(problems, "look at the limits for processes and open files (ulimit -a) and try again",
             "请检查进程数与打开文件数的限制（ulimit -a）后重试");
  fault_mark(problems, FAULT_FOREIGN);
  worker_release(w);
  return NULL;
}

/* ---- ending ---- */

static void worker_kill(worker *w, worker_end why) {
  if (w->death.end == WORKER_ENDED_ITSELF) w->death.end = why;
  if (!w->reaped) kill(w->pid, SIGKILL);
}

/* True if it is dead. What it may have started, where nothing could stop it from that, is in its group and dies too:
 * before its number is given back, for the next to have it is none of ours. */
static bool reap(worker *w, int options) {
  if (w->reaped) return true;
  siginfo_t gone = {0};
  int failed = waitid(P_PID, (id_t)w->pid, &gone, WEXITED | WNOWAIT | options);
  if (failed ? errno == EINTR : gone.si_pid == 0) return false;
  kill(-w->pid, SIGKILL);
  struct rusage used;
  pid_t got = wait4(w->pid, &w->death.status, 0, &used);
  if (got == w->pid) w->death.resident = (uint64_t)used.ru_maxrss * 1024;
  w->reaped = got == w->pid || errno != EINTR;
  return w->reaped;
}

static void worker_reap(worker *w) {
  while (!reap(w, 0)) {}
}

static bool worker_good(const worker *w) {
  return w->ended && !w->faulty && w->death.end == WORKER_ENDED_ITSELF && WIFEXITED(w->death.status) &&
         WEXITSTATUS(w->death.status) == 0;
}

/* Says how it died, once; an error that it sent itself is enough. */
static void worker_conclude(worker *w, faults *problems) {
  worker_reap(w);
  if (w->reported || w->faulty || worker_good(w)) return;
  memcpy(&w->death.page, w->page, sizeof w->death.page);
  w->death.end_frame = w->ended;
  worker_report(&w->death, problems);
  w->reported = true;
}

/* ---- moving bytes ---- */

/* A worker that is gone must not end this process by SIGPIPE. */
static ssize_t write_quietly(int descriptor, const void *bytes, size_t size) {
  sigset_t pipes, before;
  sigemptyset(&pipes);
  sigaddset(&pipes, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipes, &before);
  ssize_t written = write(descriptor, bytes, size);
  int reason = errno;
  if (written < 0 && reason == EPIPE && !sigismember(&before, SIGPIPE)) {
    const struct timespec now = {0, 0};
    while (sigtimedwait(&pipes, NULL, &now) < 0 && errno == EINTR) {}
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = reason;
  return written;
}

/* True if bytes were written. */
static bool feed_some(worker *w) {
  ssize_t written = write_quietly(w->feed, w->out.at + w->out.start, w->out.length);
  if (written > 0) {
    pending_drop(&w->out, (size_t)written);
    return true;
  }
  if (written < 0 && errno != EAGAIN && errno != EINTR) close_if_open(&w->feed); /* it reads no more */
  return false;
}

static void listen_some(worker *w) {
  uint8_t *room = pending_room(&w->in, BLOCK);
  ssize_t got = read(w->listen, room, BLOCK);
  if (got > 0)
    w->in.length += (size_t)got;
  else if (got == 0 || (errno != EAGAIN && errno != EINTR))
    close_if_open(&w->listen);
}

static uint32_t little_endian(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Whether a whole frame is there. Kills a worker that sends what is none. */
static bool frame_here(worker *w) {
  if (w->in.length < 8 || w->death.end == WORKER_ENDED_GARBAGE) return false;
  const uint8_t *at = w->in.at + w->in.start;
  uint32_t type = little_endian(at), length = little_endian(at + 4);
  if (type == 0 || length > FRAME_MOST || (type == FRAME_END && length > sizeof(worker_ending)) || w->ended) {
    w->death.type = type;
    w->death.length = length;
    worker_kill(w, WORKER_ENDED_GARBAGE);
    return false;
  }
  return w->in.length >= 8 + (size_t)length;
}

static frame frame_take(worker *w) {
  const uint8_t *at = w->in.at + w->in.start;
  frame out = {little_endian(at), little_endian(at + 4), at + 8};
  pending_drop(&w->in, 8 + (size_t)out.length);
  if (out.type != FRAME_END) {
    w->ending.frames++;
    w->ending.bytes += out.length;
  }
  return out;
}

/* Moves bytes in both directions until something has moved forward: a whole frame or the end came in, or (with
 * `feeding`) bytes went out. False if the worker was killed: for silence, slowness, a flood or garbage. */
static bool move(worker *w, bool feeding) {
  int64_t began = milliseconds(), deadline = began + (int64_t)w->death.seconds * 1000;
  int64_t last = began + (int64_t)w->death.seconds_in_all * 1000 - w->waited;
  for (;;) {
    if (frame_here(w) && !feeding) return true;
    if (w->death.end != WORKER_ENDED_ITSELF) return false;
    if (w->listen < 0) {
      close_if_open(&w->feed); /* a worker that can say nothing more needs nothing more */
      return true;
    }
    if (w->in.length > KEPT_MOST) {
      worker_kill(w, WORKER_ENDED_FLOOD);
      return false;
    }
    struct pollfd ready[2] = {{w->listen, POLLIN, 0}, {w->out.length > 0 ? w->feed : -1, POLLOUT, 0}};
    int64_t now = milliseconds();
    int64_t left = (deadline < last ? deadline : last) - now;
    int wait = left > 500 ? 500 : left > 0 ? (int)left : 0;
    int count = poll(ready, 2, wait);
    int64_t after = milliseconds();
    w->waited += after - now;
    if (count > 0) {
      if (ready[0].revents) listen_some(w);
      if (ready[1].revents && feed_some(w)) {
        if (feeding) return true;
        deadline = after + (int64_t)w->death.seconds * 1000;
      }
      if (feeding && w->feed < 0) return true;
    }
    uint64_t progress = __atomic_load_n(&w->page->progress, __ATOMIC_RELAXED);
    if (progress != w->progress_seen) deadline = after + (int64_t)w->death.seconds * 1000;
    w->progress_seen = progress;
    if (after >= deadline || after >= last) {
      if (frame_here(w) && !feeding) return true;
      worker_kill(w, after >= last ? WORKER_ENDED_SLOW : WORKER_ENDED_SILENT);
      return false;
    }
  }
}

/* ---- frames ---- */

/* Takes note of an end or fault frame; false if the frame is neither. A fault that is none kills the worker. */
static bool frame_noted(worker *w, const frame *f, faults *problems) {
  if (f->type == FRAME_END) {
    w->ended = f->length == sizeof w->ending && memcmp(f->bytes, &w->ending, sizeof w->ending) == 0;
    if (!w->ended) worker_kill(w, WORKER_ENDED_FORGED);
    return true;
  }
  if (f->type != FRAME_FAULT) return false;
  bool warning = false;
  if (!worker_fault_read(f, problems, &warning)) {
    w->death.type = f->type;
    w->death.length = f->length;
    worker_kill(w, WORKER_ENDED_GARBAGE);
  } else if (!warning) {
    w->faulty = true;
  }
  if (++w->faults > FAULTS_MOST) worker_kill(w, WORKER_ENDED_FLOOD);
  return true;
}

/* Reads to the end what nobody wants any more, for the faults in it; then the worker is dead. */
static void drain(worker *w, faults *problems) {
  uint64_t dropped = 0;
  for (;;) {
    while (w->death.end == WORKER_ENDED_ITSELF && frame_here(w)) {
      frame f = frame_take(w);
      dropped += 8 + (uint64_t)f.length;
      frame_noted(w, &f, problems);
    }
    if (dropped > KEPT_MOST) worker_kill(w, WORKER_ENDED_FLOOD);
    if (w->listen < 0 || w->death.end != WORKER_ENDED_ITSELF || !move(w, false)) break;
  }
  if (w->in.length > 0 && w->ended) worker_kill(w, WORKER_ENDED_GARBAGE);
  int64_t deadline = milliseconds() + (int64_t)w->death.seconds * 1000;
  while (w->death.end == WORKER_ENDED_ITSELF && !reap(w, WNOHANG)) {
    if (milliseconds() >= deadline) worker_kill(w, WORKER_ENDED_SILENT);
    nanosleep(&(struct timespec){0, 200000}, NULL);
  }
  worker_conclude(w, problems);
}

/* The worker reads no more while it is being fed. */
static bool worker_gone(worker *w, faults *problems) {
  drain(w, problems);
  if (w->reported || w->faulty) return false;
  w->reported = true;
  fault_add(problems, NOWHERE, "%s%.0s ended before it had taken all that it was given",
            "%.0s%s没有收完交给它的内容就结束了", w->death.doing.in[LANGUAGE_EN], w->death.doing.in[LANGUAGE_ZH]);
  return fault_mark(problems, FAULT_FOREIGN);
}

bool worker_send(worker *w, uint32_t type, const void *bytes, size_t length, faults *problems) {
  if (length > FRAME_MOST) {
    return fault_add(problems, NOWHERE, "what is to be given to a worker is too large: %zu bytes, at most %u",
                     "交给工作进程的内容过大：%zu 字节，最多 %u 字节", length, (unsigned)FRAME_MOST);
  }
  uint8_t head[8];
  for (int i = 0; i < 4; i++) {
    head[i] = (uint8_t)(type >> (8 * i));
    head[4 + i] = (uint8_t)((uint32_t)length >> (8 * i));
  }
  pending_add(&w->out, head, sizeof head);
  pending_add(&w->out, bytes, length);
  while (w->out.length >= BLOCK && w->feed >= 0) {
    if (!move(w, true)) return worker_gone(w, problems);
  }
  return w->feed >= 0 || worker_gone(w, problems);
}

bool worker_send_end(worker *w, faults *problems) {
  while (w->out.length > 0 && w->feed >= 0) {
    if (!move(w, true)) return worker_gone(w, problems);
  }
  if (w->out.length > 0) return worker_gone(w, problems);
  close_if_open(&w->feed);
  return true;
}

bool worker_receive(worker *w, frame *out, bool *good, faults *problems) {
  *good = false;
  for (;;) {
    if (w->ended) {
      *good = !w->faulty;
      return false;
    }
    if (!frame_here(w)) {
      bool alive = w->listen >= 0 && move(w, false);
      if (!alive || (w->listen < 0 && !frame_here(w))) {
        drain(w, problems);
        return false;
      }
      continue;
    }
    frame f = frame_take(w);
    if (!frame_noted(w, &f, problems)) {
      *out = f;
      return true;
    }
    if (w->death.end != WORKER_ENDED_ITSELF) {
      drain(w, problems);
      return false;
    }
  }
}

bool worker_receive_kept(worker *w, frame *out) {
  if (w->ended || !frame_here(w)) return false;
  uint32_t type = little_endian(w->in.at + w->in.start);
  if (type == FRAME_END || type == FRAME_FAULT) return false;
  *out = frame_take(w);
  return true;
}

void worker_turn(worker *w, said doing) {
  for (int in = 0; in < LANGUAGES; in++) w->death.doing.in[in] = arena_text(w->memory, doing.in[in]);
  w->waited = 0;
}

uint64_t worker_used(const worker *w) {
  return __atomic_load_n(&w->page->used, __ATOMIC_RELAXED);
}

bool worker_finish(worker *w, faults *problems) {
  if (!w->reaped) worker_send_end(w, problems);
  if (!w->reaped) drain(w, problems);
  bool good = worker_good(w) && !w->reported;
  worker_release(w);
  return good;
}

void worker_stop(worker *w) {
  if (!w) return;
  if (!w->reaped) kill(w->pid, SIGKILL);
  worker_reap(w);
  worker_release(w);
}
