#include "base/scratch.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LEAST (1 << 16)

static int unnamed(const char *folder) {
  int descriptor = folder == NULL ? -1 : open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  return descriptor >= 0 ? descriptor : memfd_create("scratch", MFD_CLOEXEC);
}

/* Room is asked for before it is touched: a full disk is seen here, not as a signal later. */
static bool has_room(int descriptor, size_t from, size_t to) {
  return posix_fallocate(descriptor, (off_t)from, (off_t)(to - from)) == 0;
}

void *scratch_grow(scratch *s, size_t size) {
  if (size <= s->size) return s->at;
  size_t wanted = s->size == 0 ? LEAST : s->size;
  while (wanted < size) wanted *= 2;
  if (s->size == 0) s->descriptor = unnamed(s->folder);
  if (s->descriptor < 0) memory_exhausted();
  if (!has_room(s->descriptor, s->size, wanted)) { /* the disk is full: what there is moves into memory */
    int other = unnamed(NULL);
    if (other < 0 || !has_room(other, 0, wanted)) memory_exhausted();
    void *moved = mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_SHARED, other, 0);
    if (moved == MAP_FAILED) memory_exhausted();
    if (s->size > 0) memcpy(moved, s->at, s->size);
    scratch_free(s);
    s->descriptor = other;
    s->at = moved;
  } else {
    void *at = s->size == 0 ? mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_SHARED, s->descriptor, 0)
                            : mremap(s->at, s->size, wanted, MREMAP_MAYMOVE);
    if (at == MAP_FAILED) memory_exhausted();
    s->at = at;
  }
  s->size = wanted;
  return s->at;
}

void scratch_free(scratch *s) {
  if (s->size == 0) return;
  munmap(s->at, s->size);
  close(s->descriptor);
  s->at = NULL;
  s->size = 0;
}
