#include "frame_worker.h"

#include "host/worker_wire.h"

struct worker {
  uint8_t *bytes; /* of the last frame */
  bool good;
};

static volatile uint8_t read_all; /* of what is sent, so that each byte is read */
static fuzz_bytes script;         /* of the input at hand */

void frames_from(fuzz_bytes input) {
  script = input;
}

worker *worker_start(const worker_order *order, faults *problems) {
  (void)order;
  (void)problems;
  worker *w = calloc(1, sizeof *w);
  if (!w) abort();
  w->good = true;
  return w;
}

bool worker_send(worker *w, uint32_t type, const void *bytes, size_t length, faults *problems) {
  (void)w;
  (void)problems;
  (void)type;
  for (size_t i = 0; i < length; i++) read_all ^= ((const uint8_t *)bytes)[i];
  return true;
}

bool worker_send_end(worker *w, faults *problems) {
  (void)w;
  (void)problems;
  return true;
}

bool worker_receive(worker *w, frame *out, bool *good, faults *problems) {
  *good = w->good;
  while (script.left >= 3) {
    uint32_t type = fuzz_byte(&script), length = fuzz_byte(&script);
    length |= (uint32_t)fuzz_byte(&script) << 8;
    if (length > script.left) length = (uint32_t)script.left;
    free(w->bytes);
    w->bytes = fuzz_copy(&script, length);
    *out = (frame){type == 255 ? (uint32_t)FRAME_FAULT : FRAME_FIRST_OF_ROLE + type, length, w->bytes};
    if (type != 255) return true;
    bool warning = false;
    if (!worker_fault_read(out, problems, &warning) || !warning) w->good = false;
    if (!w->good && problems->errors == 0) fault_add(problems, NOWHERE, "it died", "它中断了");
    if (!w->good) break;
  }
  *good = w->good;
  return false;
}

bool worker_receive_kept(worker *w, frame *out) {
  if (script.left < 3 || script.at[0] == 255 || script.at[0] % 2) return false;
  bool good;
  return worker_receive(w, out, &good, NULL);
}

void worker_turn(worker *w, said doing) {
  (void)w;
  (void)doing;
}

uint64_t worker_used(const worker *w) {
  (void)w;
  return script.left ? script.at[0] * UINT64_C(0x0101010101010101) : 0; /* anything, as a plugin may say */
}

void worker_stop(worker *w) {
  if (w) free(w->bytes);
  free(w);
}

bool worker_finish(worker *w, faults *problems) {
  bool good = w->good;
  if (!good && problems->errors == 0) fault_add(problems, NOWHERE, "it died", "它中断了");
  worker_stop(w);
  return good;
}
