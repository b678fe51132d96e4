/* What the tests of plugins share. Each is a program of its own, for a worker is the program run again. */
#ifndef HONGZHU_TESTS_ABI_H
#define HONGZHU_TESTS_ABI_H

#include "check.h"
#include "told.h"

#include "host/foreign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int begin(void **state) {
  *state = arena_new();
  return 0;
}

static int end(void **state) {
  arena_free(*state);
  return 0;
}

#define ABI_TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

static inline int file_of(const void *bytes, size_t size) {
  int file = memfd_create("input", MFD_CLOEXEC);
  assert_true(file >= 0 && write(file, bytes, size) == (ssize_t)size);
  return file;
}

static inline const char *found_file(arena *a, const char *name) {
  return arena_format(a, ABI_PLUGINS "/%s", name);
}

/* The offers of one folder of test plugins. */
static inline offers offers_of(arena *a, const char *folder, faults *problems) {
  offers all;
  setenv("HONGZHU_PLUGINS", found_file(a, folder), 1);
  offers_find(a, &all, problems);
  return all;
}

#endif
