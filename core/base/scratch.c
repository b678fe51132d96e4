#include "base/scratch.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LEAST ((size_t)1 << 16)

static int unnamed(const char *folder) {
  int descriptor = folder == NULL ? -1 : open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  return descriptor >= 0 ? descriptor : memfd_create("scratch", MFD_CLOEXEC);
}

/* Room is asked for before it is touched: a full disk is seen here, not as a signal later. */
static bool has_room(int descriptor, size_t from, size_t to) {
  return posix_fallocate(descriptor, (off_t)from, (off_t)(to - from)) == 0;
}

static void *private_room(size_t size) {
  void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) memory_exhausted();
  madvise(at, size, MADV_HUGEPAGE); /* a kindness only */
  return at;
}

/* Private memory, or a file in its place. */
static void *scratch_move(scratch *s, size_t size) {
  scratch to = {.folder = s->folder, .private_most = s->private_most, .descriptor = -1};
  if (size <= s->private_most) {
    to.size = (size + LEAST - 1) / LEAST * LEAST;
    to.at = private_room(to.size);
  } else {
    to.private_most = 0;
    scratch_grow(&to, size);
  }
  if (s->size > 0) memcpy(to.at, s->at, s->size);
  scratch_free(s);
  *s = to;
  return s->at;
}

/* Elsewhere, if need be. ThreadSanitizer does not see that memory moves: what another thread had there would be taken
 * for ours. */
static void *longer(const scratch *s, size_t wanted) {
#ifdef __SANITIZE_THREAD__
  munmap(s->at, s->size);
  return mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_SHARED, s->descriptor, 0);
#else
  return mremap(s->at, s->size, wanted, MREMAP_MAYMOVE);
#endif
}

void *scratch_grow(scratch *s, size_t size) {
  if (size <= s->size) return s->at;
  if (s->private_most > 0) return scratch_move(s, size);
  size_t wanted = s->size + s->size / 2 + LEAST;
  wanted = ((wanted > size ? wanted : size) + LEAST - 1) / LEAST * LEAST;
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
    void *at =
        s->size == 0 ? mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_SHARED, s->descriptor, 0) : longer(s, wanted);
    if (at == MAP_FAILED) memory_exhausted();
    s->at = at;
  }
  s->size = wanted;
  return s->at;
}

void scratch_free(scratch *s) {
  if (s->size == 0) return;
  munmap(s->at, s->size);
  if (s->descriptor >= 0) close(s->descriptor);
  s->at = NULL;
  s->size = 0;
}

/* ---- as memory ---- */

#define SMALL ((size_t)1 << 20)

typedef struct large { /* in front of what is handed out */
  scratch room;        /* size 0: of malloc */
  size_t size;
  char unused[64 - sizeof(scratch) - sizeof(size_t)];
} large;

_Static_assert(sizeof(large) == 64, "what is handed out is aligned for anything");

static large *large_of(void *at) {
  return (large *)at - 1;
}

void *large_take(const char *folder, size_t size) {
  if (size > SIZE_MAX / 2) memory_exhausted();
  size_t all = size + sizeof(large);
  scratch room = {.folder = folder};
  large *l = size < SMALL ? memory_take(all) : scratch_grow(&room, all);
  l->room = room;
  l->size = size;
  return l + 1;
}

void *large_resize(void *at, size_t size) {
  large *l = large_of(at);
  if (size <= l->size) return at;
  if (l->room.size == 0) {
    void *other = large_take(l->room.folder, size);
    memcpy(other, at, l->size);
    free(l);
    return other;
  }
  if (size > SIZE_MAX / 2) memory_exhausted();
  scratch room = l->room;
  l = scratch_grow(&room, size + sizeof(large));
  l->room = room;
  l->size = size;
  return l + 1;
}

void large_free(void *at) {
  if (at == NULL) return;
  scratch room = large_of(at)->room;
  if (room.size == 0)
    free(large_of(at));
  else
    scratch_free(&room);
}
