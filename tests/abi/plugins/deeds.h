/* Deeds of hostile plugins that can be done in any callback, and how one is found by its name. */
#ifndef ABI_DEEDS_H
#define ABI_DEEDS_H

#include <hongzhu/plugin.h>

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REPORT 4 /* the descriptor of what a worker says */

struct deed {
  const char *name;
  int (*run)(void);
};

/* What the deed of that name returns; -1: there is none. */
static int deed_named(const struct deed *deeds, size_t count, const char *name, size_t length) {
  for (size_t i = 0; i < count; i++) {
    if (strlen(deeds[i].name) == length && memcmp(deeds[i].name, name, length) == 0) return deeds[i].run();
  }
  return -1;
}

static void say(const void *bytes, size_t length) {
  ssize_t written = write(REPORT, bytes, length);
  (void)written;
}

static int crash(void) {
  volatile int *nothing = NULL;
  return *nothing;
}

static int sleeps(void) {
  while (pause() < 0) {}
  return HONGZHU_OK;
}

static int spins(void) {
  for (volatile int i = 0; i == 0;) {}
  return HONGZHU_OK;
}

static int exits(void) {
  exit(0);
}

static int exits_at_once(void) {
  _exit(3);
}

static int aborts(void) {
  abort();
}

static int (*volatile deeper)(int);

static int fall(int depth) {
  volatile char room[4096];
  memset((char *)room, depth & 1, sizeof room);
  return deeper(depth + 1) + room[0];
}

static int stack(void) {
  deeper = fall;
  return fall(0);
}

static int forged_end(void) {
  say("\x01\0\0\0\0\0\0\0", 8);
  exit(0);
}

static int connects(void) {
  return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? HONGZHU_OK : HONGZHU_FAILED;
}

static int forks(void) {
  return fork() >= 0 ? HONGZHU_OK : HONGZHU_FAILED;
}

#endif
