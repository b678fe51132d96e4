/* A document on its way to a writer: what is read is what was written, and nothing else is read. */
#include "fuzz.h"

#include "host/foreign_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  arena *a = arena_new();
  hongzhu_event event;
  fuzz_bytes input = {bytes, size};
  uint8_t *copy = fuzz_copy(&input, size);
  if (event_decode(a, copy, size, &event)) {
    buffer once = {0}, twice = {0};
    hongzhu_event again;
    event_encode(&once, &event);
    fuzz_promise(event_decode(a, (const uint8_t *)once.at, once.length, &again));
    event_encode(&twice, &again);
    fuzz_promise(once.length == twice.length && memcmp(once.at, twice.at, once.length) == 0);
    buffer_free(&once);
    buffer_free(&twice);
  }
  free(copy);
  arena_free(a);
  return 0;
}
