/* What a worker sends, as bytes: the parent's decoder of frames, faults and the status page. The input is split where
 * its first byte says, so that frames come in pieces; the worker is dead already. */
#include "fuzz.h"

#include "../core/host/worker.c" // NOLINT: a worker without a process is made of its insides

static volatile uint8_t read_all; /* of all bytes, so that each is read */

static worker *dead_worker(int listen, const fuzz_bytes *page) {
  arena *memory = arena_new();
  worker *w = arena_take(memory, sizeof *w);
  w->memory = memory;
  w->feed = -1;
  w->listen = listen;
  w->pid = INT32_MAX; /* above every process there can be: to wait for it fails, to kill it too */
  w->death.doing = (said){{"读取器“csv”处理“f.csv”时", "reader \"csv\" on \"f.csv\""}};
  w->death.seconds = w->death.seconds_in_all = 5;
  w->page = mmap(NULL, sizeof(worker_page), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (w->page == MAP_FAILED) abort();
  memcpy(w->page, page->at, page->left < sizeof(worker_page) ? page->left : sizeof(worker_page));
  return w;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  fuzz_bytes input = {bytes, size < 32768 ? size : 32768};
  uint8_t status = fuzz_byte(&input);
  size_t forged = fuzz_byte(&input);
  fuzz_bytes page = {input.at, forged < input.left ? forged : input.left};
  input.at += page.left;
  input.left -= page.left;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0 || write(ends[1], input.at, input.left) != (ssize_t)input.left) abort();
  close(ends[1]);
  worker *w = dead_worker(ends[0], &page);
  w->death.status = status & 1 ? 0 : status; /* exited with 0, by a signal, or otherwise */
  arena *a = arena_new();
  faults *problems = faults_new(a);
  frame f;
  bool good;
  while (worker_receive(w, &f, &good, problems)) {
    fuzz_promise(f.type >= FRAME_FAULT && f.length <= FRAME_MOST);
    for (uint32_t i = 0; i < f.length; i++) read_all ^= f.bytes[i];
  }
  bool finished = worker_finish(w, problems);
  fuzz_promise(!finished || problems->errors == 0);
  fuzz_promise(finished || problems->errors > 0);
  for (size_t i = 0; i < problems->count && i < 20; i++)
    for (int in = 0; in < LANGUAGES; in++) fuzz_promise(fault_text(a, &problems->items[i], (language)in)[0]);
  arena_free(a);
  return 0;
}
