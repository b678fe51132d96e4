#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_FIRST = 4096, BLOCK_MOST = 1 << 20, ALIGNMENT = alignof(max_align_t) };

typedef struct block {
  struct block *before;
  size_t size; /* of the bytes behind this header */
  size_t used;
  alignas(max_align_t) unsigned char bytes[];
} block;

typedef struct deferred {
  struct deferred *before;
  void (*done)(void *what);
  void *what;
} deferred;

struct arena {
  block *last; /* the one being filled; never NULL */
  deferred *deferred;
};

void memory_exhausted(void) {
  /* No formatted output here: it might need memory itself. */
  static const char words[] = "error: out of memory: the program ends, nothing half-done is kept; close other programs "
                              "or work on fewer files at once\n"
                              "错误：内存不足：程序结束，未完成的操作不会保留；请关闭其他程序，或减少一次处理的文件\n";
  ssize_t written = write(STDERR_FILENO, words, sizeof words - 1);
  (void)written;
  _exit(70);
}

void *memory_take(size_t size) {
  void *memory = calloc(1, size ? size : 1);
  if (!memory) memory_exhausted();
  return memory;
}

void *memory_resize(void *memory, size_t size) {
  void *moved = realloc(memory, size ? size : 1);
  if (!moved) memory_exhausted();
  return moved;
}

static block *block_new(size_t size, block *before) {
  if (size > SIZE_MAX - sizeof(block)) memory_exhausted();
  block *b = malloc(sizeof(block) + size);
  if (!b) memory_exhausted();
  b->before = before;
  b->size = size;
  b->used = 0;
  return b;
}

arena *arena_new(void) {
  arena *a = memory_take(sizeof *a);
  a->last = block_new(BLOCK_FIRST, NULL);
  return a;
}

static void blocks_free(block *b) {
  while (b) {
    block *before = b->before;
    free(b);
    b = before;
  }
}

void arena_defer(arena *a, void (*done)(void *what), void *what) {
  deferred *d = memory_take(sizeof *d);
  *d = (deferred){a->deferred, done, what};
  a->deferred = d;
}

static void do_deferred(arena *a) {
  while (a->deferred) {
    deferred *d = a->deferred;
    a->deferred = d->before;
    d->done(d->what);
    free(d);
  }
}

void arena_free(arena *a) {
  if (!a) return;
  do_deferred(a);
  blocks_free(a->last);
  free(a);
}

void arena_reset(arena *a) {
  do_deferred(a);
  block *largest = a->last;
  for (block *b = largest->before; b; b = b->before)
    if (b->size > largest->size) largest = b;
  block *b = a->last;
  while (b) {
    block *before = b->before;
    if (b != largest) free(b);
    b = before;
  }
  largest->before = NULL;
  largest->used = 0;
  a->last = largest;
}

void *arena_room(arena *a, size_t size) {
  if (size > SIZE_MAX - ALIGNMENT) memory_exhausted();
  size_t rounded = size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
  block *b = a->last;
  if (b->size - b->used < rounded) {
    size_t next = b->size < BLOCK_MOST ? b->size * 2 : BLOCK_MOST;
    if (rounded > next / 4 && b->size - b->used > next / 4) {
      /* Something large gets a block of its own behind the one being filled, whose rest is still good for small things.
       */
      b->before = block_new(rounded, b->before);
      b->before->used = rounded;
      return b->before->bytes;
    }
    b = a->last = block_new(rounded > next ? rounded : next, b);
  }
  void *taken = b->bytes + b->used;
  b->used += rounded;
  return taken;
}

void *arena_take(arena *a, size_t size) {
  void *taken = arena_room(a, size);
  memset(taken, 0, size ? size : 1);
  return taken;
}

void *arena_array(arena *a, size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) memory_exhausted();
  return arena_take(a, count * size);
}

void *arena_copy(arena *a, const void *bytes, size_t size) {
  void *taken = arena_room(a, size);
  if (size) memcpy(taken, bytes, size);
  return taken;
}

char *arena_text(arena *a, const char *text) {
  return text ? arena_copy(a, text, strlen(text) + 1) : NULL;
}

char *arena_text_of(arena *a, const char *bytes, size_t size) {
  if (size == SIZE_MAX) memory_exhausted();
  char *taken = arena_room(a, size + 1);
  if (size) memcpy(taken, bytes, size);
  taken[size] = '\0';
  return taken;
}

char *arena_format_list(arena *a, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, again);
  va_end(again);
  if (length < 0) memory_exhausted(); /* formats are our own, so only memory can be short */
  char *taken = arena_room(a, (size_t)length + 1);
  vsnprintf(taken, (size_t)length + 1, format, arguments);
  return taken;
}

char *arena_format(arena *a, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *taken = arena_format_list(a, format, arguments);
  va_end(arguments);
  return taken;
}

void *arena_grow(arena *a, void *items, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return items;
  size_t larger = *capacity ? *capacity * 2 : 8;
  if (larger <= *capacity || (size && larger > SIZE_MAX / size)) memory_exhausted();
  void *moved = arena_take(a, larger * size);
  if (count) memcpy(moved, items, count * size);
  *capacity = larger;
  return moved;
}
