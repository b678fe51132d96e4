/* arena: memory that is given back all at once.
 *
 * Ownership: what an arena hands out lives until arena_free (or arena_reset) of that arena; nothing taken
 * from it is freed on its own. Errors: none are returned. A program that cannot get memory prints one line
 * and ends with exit code 70 (memory_exhausted): an open transaction is rolled back by the ledger when it
 * is next opened. Threads: an arena belongs to one thread.
 */
#ifndef HONGZHU_BASE_ARENA_H
#define HONGZHU_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

typedef struct arena arena;

arena *arena_new(void);
void arena_free(arena *a);  /* NULL is allowed */
void arena_reset(arena *a); /* forgets all, keeps the largest block for the next use */

/* What a library owns and an arena's values point to: done with it when the arena is freed or reset, last one first. */
void arena_defer(arena *a, void (*done)(void *what), void *what);

void *arena_take(arena *a, size_t size);                /* zeroed, aligned for any type, never NULL */
void *arena_room(arena *a, size_t size);                /* the same, not zeroed, for what is filled at once */
void *arena_array(arena *a, size_t count, size_t size); /* the same for count elements; overflow ends the program */
void *arena_copy(arena *a, const void *bytes, size_t size);
char *arena_text(arena *a, const char *text);                  /* a copy; NULL stays NULL */
char *arena_text_of(arena *a, const char *bytes, size_t size); /* a copy with a NUL behind it */
char *arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_format_list(arena *a, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

/* A growing array in an arena: items, count and capacity stand in the caller's struct. */
void *arena_grow(arena *a, void *items, size_t count, size_t *capacity, size_t size);
#define ARENA_PUSH(a, items, count, capacity)                                                                          \
  ((items) = arena_grow((a), (items), (count), &(capacity), sizeof *(items)), &(items)[(count)++])

/* For what outlives a scope or is given to libraries: malloc that does not return NULL. */
void *memory_take(size_t size); /* zeroed */
void *memory_resize(void *memory, size_t size);
void memory_exhausted(void) __attribute__((noreturn));

#endif
