/* harness: runs a reader of a plugin without the program around it.
 *
 *     harness PLUGIN.so FILE [OPTION=VALUE…]      rows as JSON lines, then {"end": result}
 *     harness PLUGIN.so FILE --probe              {"probe": how sure}
 *     harness PLUGIN.so FILE --damage=N           reads it N times, damaged otherwise each time; {"damaged": N, …}
 *
 * A row is {"sheet": n, "row": n, "cells": ["text", null, …]}, a sheet {"sheet": n, "name": "…"}, an error
 * {"fail": {"sheet": n, "row": n, "zh": "…", "en": "…"}}. What the plugin breaks in the contract of hongzhu/plugin.h is
 * {"broken": "…"}. Bytes that are not ASCII come as they are. --quiet prints only the end and errors. */
#include "utf8.h"

#include <hongzhu/plugin.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct run {
  const hongzhu_reader *reader;
  char **options;
  int options_count;
  bool quiet, silent; /* prints no rows; nor errors */
  uint64_t rows, cells, last_row;
  uint32_t last_sheet;
  bool said;
  uint64_t stop_after; /* rows; 0: never */
  uint64_t used, length;
} run;

static void print_text(hongzhu_text t) {
  if (!t.at) {
    fputs("null", stdout);
    return;
  }
  putchar('"');
  for (size_t i = 0; i < t.length; i++) {
    unsigned char c = (unsigned char)t.at[i];
    if (c == '"' || c == '\\')
      printf("\\%c", c);
    else if (c < 0x20 || c == 0x7F)
      printf("\\u%04x", c);
    else
      putchar(c);
  }
  putchar('"');
}

static void broken(const char *what) {
  printf("{\"broken\": \"%s\"}\n", what);
}

static hongzhu_text give_option(void *host, const char *name) {
  const run *r = host;
  size_t length = strlen(name);
  for (int i = 0; i < r->options_count; i++)
    if (strncmp(r->options[i], name, length) == 0 && r->options[i][length] == '=')
      return (hongzhu_text){r->options[i] + length + 1, strlen(r->options[i] + length + 1)};
  for (uint32_t i = 0; i < r->reader->options_count; i++) {
    const hongzhu_option *o = &r->reader->options[i];
    if (strcmp(o->name, name) == 0)
      return o->otherwise ? (hongzhu_text){o->otherwise, strlen(o->otherwise)} : (hongzhu_text){NULL, 0};
  }
  broken("it asks for an option that it does not declare");
  return (hongzhu_text){NULL, 0};
}

static int take_sheet(void *host, uint32_t number, hongzhu_text name) {
  run *r = host;
  if (number <= r->last_sheet) broken("sheet numbers do not rise");
  r->last_sheet = number;
  r->last_row = 0;
  if (!is_utf8(name)) broken("a sheet's name is not UTF-8");
  if (r->quiet) return HONGZHU_OK;
  printf("{\"sheet\": %u, \"name\": ", number);
  print_text(name);
  puts("}");
  return HONGZHU_OK;
}

static int take_row(void *host, const hongzhu_row *row) {
  run *r = host;
  if (row->size < sizeof *row) broken("a row's size is too small");
  if (row->sheet != r->last_sheet) broken("a row of a sheet that was not begun");
  if (row->row <= r->last_row) broken("row numbers do not rise");
  r->last_row = row->row;
  r->rows++;
  r->cells += row->count;
  bool something = false;
  for (uint32_t i = 0; i < row->count; i++) {
    if (row->cells[i].at && !is_utf8(row->cells[i])) broken("a cell is not UTF-8");
    if (row->cells[i].at && row->cells[i].length > 0) something = true;
  }
  if (!something) broken("an empty row was given");
  if (!r->quiet) {
    printf("{\"sheet\": %u, \"row\": %llu, \"cells\": [", row->sheet, (unsigned long long)row->row);
    for (uint32_t i = 0; i < row->count; i++) {
      if (i) fputs(", ", stdout);
      print_text(row->cells[i]);
    }
    puts("]}");
  }
  return r->stop_after && r->rows >= r->stop_after ? HONGZHU_STOP : HONGZHU_OK;
}

static int take_failure(void *host, uint32_t sheet, uint64_t row, hongzhu_text zh, hongzhu_text en) {
  run *r = host;
  r->said = true;
  if (!is_utf8(zh) || !is_utf8(en)) broken("an error's text is not UTF-8");
  if (r->silent) return HONGZHU_FAILED;
  printf("{\"fail\": {\"sheet\": %u, \"row\": %llu, \"zh\": ", sheet, (unsigned long long)row);
  print_text(zh);
  fputs(", \"en\": ", stdout);
  print_text(en);
  puts("}}");
  return HONGZHU_FAILED;
}

static void take_used(void *host, uint64_t bytes) {
  run *r = host;
  if (bytes < r->used || bytes > r->length)
    broken("what it says it has used of the file falls, or is more than there is");
  r->used = bytes;
}

static int complain(const char *what, const char *subject) {
  fprintf(stderr, "harness: %s: %s\n", what, subject);
  return 2;
}

/* A copy with nothing behind it, so that the sanitizer sees a read beyond the end. */
static uint8_t *load_file(const char *path, size_t *length) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0) return NULL;
  *length = (size_t)status.st_size;
  uint8_t *bytes = malloc(*length ? *length : 1);
  size_t have = 0;
  while (bytes && have < *length) {
    ssize_t got = read(file, bytes + have, *length - have);
    if (got <= 0) break;
    have += (size_t)got;
  }
  close(file);
  if (bytes && have == *length) return bytes;
  free(bytes);
  return NULL;
}

/* Nothing is ever unloaded: the handle is not kept. */
static const hongzhu_reader *load_reader(const char *path) {
  const void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  void *symbol = library ? dlsym((void *)(uintptr_t)library, HONGZHU_ENTRY_NAME) : NULL;
  if (!symbol) {
    fprintf(stderr, "harness: %s\n", dlerror());
    return NULL; // cppcheck-suppress resourceLeak
  }
  hongzhu_entry *entry;
  memcpy(&entry, &symbol, sizeof entry);
  const hongzhu_host host = {sizeof host, HONGZHU_ABI_MINOR, "harness"};
  const hongzhu_plugin *plugin = entry(&host);
  return plugin && plugin->readers_count == 1 ? plugin->readers[0] : NULL; // cppcheck-suppress resourceLeak
}

static int read_once(run *r, const hongzhu_input *input) {
  r->rows = r->cells = r->last_row = 0;
  r->last_sheet = 0;
  r->said = false;
  r->used = 0;
  r->length = input->length;
  hongzhu_read io = {sizeof io, r, input, give_option, take_sheet, take_row, take_failure, take_used};
  int result = r->reader->read(r->reader->context, &io);
  if (result == HONGZHU_FAILED && !r->said) broken("it failed and did not say why");
  if (result == HONGZHU_OK && r->said) broken("it said what is wrong and did not fail");
  if (result != HONGZHU_OK && result != HONGZHU_FAILED && result != HONGZHU_STOP)
    broken("it returned what is no result");
  return result;
}

/* The numbers of a linear congruence: the same damage in every run. */
static uint32_t next_number(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*state >> 33);
}

/* One damage: a byte changed, a stretch written over another, left out, or the end cut off. */
static size_t damage(uint8_t *bytes, size_t length, uint64_t *state) {
  if (length == 0) return 0;
  size_t at = next_number(state) % length, from = next_number(state) % length;
  size_t most = length - (at > from ? at : from);
  size_t count = 1 + next_number(state) % (most < 32 ? most : 32);
  switch (next_number(state) % 8) {
  case 0:
    memmove(bytes + at, bytes + from, count);
    return length;
  case 1:
    memmove(bytes + at, bytes + at + count, length - at - count);
    return length - count;
  case 2:
    return at;
  case 3:
    bytes[at] = (uint8_t) "\0\"<>,\n&\xFF"[next_number(state) % 8];
    return length;
  case 4:
    bytes[at] = (uint8_t)('0' + next_number(state) % 10);
    return length;
  default:
    bytes[at] ^= (uint8_t)(1U << next_number(state) % 8);
    return length;
  }
}

static void read_damaged(run *r, const uint8_t *bytes, size_t length, hongzhu_text name, unsigned times) {
  unsigned results[3] = {0};
  for (unsigned i = 0; i < times; i++) {
    uint64_t state = i;
    uint8_t *copy = malloc(length ? length : 1);
    if (!copy) return;
    memcpy(copy, bytes, length);
    size_t left = length;
    for (unsigned n = 1 + i % 4; n > 0; n--) left = damage(copy, left, &state);
    uint8_t *exact = malloc(left ? left : 1);
    if (exact) {
      memcpy(exact, copy, left);
      const hongzhu_input input = {sizeof input, exact, left, name};
      int sure = r->reader->probe(r->reader->context, &input);
      if (sure < 0 || sure > 100) broken("it is surer than certain");
      int result = read_once(r, &input);
      if (result >= 0 && result < 3) results[result]++;
    }
    free(exact);
    free(copy);
  }
  printf("{\"damaged\": %u, \"read\": %u, \"refused\": %u}\n", times, results[HONGZHU_OK], results[HONGZHU_FAILED]);
}

int main(int argc, char **argv) {
  if (argc < 3)
    return complain("usage",
                    "harness PLUGIN.so FILE [--probe | --damage=N] [--quiet] [--stop-after=N] [OPTION=VALUE…]");
  run r = {.reader = load_reader(argv[1]), .options = argv + 3, .options_count = argc - 3};
  if (!r.reader) return complain("cannot load", argv[1]);
  bool probe = false;
  unsigned damages = 0;
  for (int i = 3; i < argc; i++) {
    if (strcmp(argv[i], "--probe") == 0)
      probe = true;
    else if (strcmp(argv[i], "--quiet") == 0)
      r.quiet = true;
    else if (strncmp(argv[i], "--stop-after=", 13) == 0)
      r.stop_after = strtoull(argv[i] + 13, NULL, 10);
    else if (strncmp(argv[i], "--damage=", 9) == 0)
      damages = (unsigned)strtoul(argv[i] + 9, NULL, 10);
  }
  size_t length;
  uint8_t *bytes = load_file(argv[2], &length);
  if (!bytes) return complain("cannot read", argv[2]);
  const char *slash = strrchr(argv[2], '/');
  const char *name = slash ? slash + 1 : argv[2];
  const hongzhu_input input = {sizeof input, bytes, length, {name, strlen(name)}};
  if (probe) {
    printf("{\"probe\": %d}\n", r.reader->probe(r.reader->context, &input));
  } else if (damages) {
    r.quiet = r.silent = true;
    read_damaged(&r, bytes, length, input.name, damages);
  } else {
    int result = read_once(&r, &input);
    printf("{\"end\": %d, \"rows\": %llu, \"values\": %llu, \"used\": %llu}\n", result, (unsigned long long)r.rows,
           (unsigned long long)r.cells, (unsigned long long)r.used);
  }
  free(bytes);
  return 0;
}
