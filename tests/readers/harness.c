/* harness: runs a reader of a plugin without the program around it.
 *
 *     harness PLUGIN.so FILE [OPTION=VALUE…]      rows as JSON lines, then {"end": result}
 *     harness PLUGIN.so FILE --probe              {"probe": how sure}
 *
 * A row is {"sheet": n, "row": n, "cells": ["text", null, …]}, a sheet {"sheet": n, "name": "…"}, an error
 * {"fail": {"sheet": n, "row": n, "zh": "…", "en": "…"}}. What the plugin breaks in the contract of hongzhu/plugin.h is
 * {"broken": "…"}. Bytes that are not ASCII come as they are. --quiet prints only the end and errors. */
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
  bool quiet;
  uint64_t rows, cells, last_row;
  uint32_t last_sheet;
  bool said;
  uint64_t stop_after; /* rows; 0: never */
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

static bool is_utf8(hongzhu_text t) {
  const unsigned char *at = (const unsigned char *)t.at, *end = at + t.length;
  while (at < end) {
    int more = *at < 0x80                  ? 0
               : *at >= 0xC2 && *at < 0xE0 ? 1
               : *at >= 0xE0 && *at < 0xF0 ? 2
               : *at >= 0xF0 && *at < 0xF5 ? 3
                                           : -1;
    if (more < 0 || end - at <= more) return false;
    if (more > 1 && ((*at == 0xE0 && at[1] < 0xA0) || (*at == 0xED && at[1] > 0x9F) || (*at == 0xF0 && at[1] < 0x90) ||
                     (*at == 0xF4 && at[1] > 0x8F)))
      return false;
    for (int i = 1; i <= more; i++)
      if ((at[i] & 0xC0) != 0x80) return false;
    at += more + 1;
  }
  return true;
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
  printf("{\"fail\": {\"sheet\": %u, \"row\": %llu, \"zh\": ", sheet, (unsigned long long)row);
  print_text(zh);
  fputs(", \"en\": ", stdout);
  print_text(en);
  puts("}}");
  return HONGZHU_FAILED;
}

static int complain(const char *what, const char *subject) {
  fprintf(stderr, "harness: %s: %s\n", what, subject);
  return 2;
}

int main(int argc, char **argv) {
  if (argc < 3) return complain("usage", "harness PLUGIN.so FILE [--probe] [--quiet] [--stop-after=N] [OPTION=VALUE…]");
  void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (!library) return complain("cannot load", dlerror());
  hongzhu_entry *entry;
  void *symbol = dlsym(library, HONGZHU_ENTRY_NAME);
  if (!symbol) return complain("no entry point", argv[1]);
  memcpy(&entry, &symbol, sizeof entry);
  hongzhu_host host = {sizeof host, HONGZHU_ABI_MINOR, "harness"};
  const hongzhu_plugin *plugin = entry(&host);
  if (!plugin || plugin->readers_count != 1) return complain("not one reader", argv[1]);

  run r = {.reader = plugin->readers[0]};
  bool probe = false;
  r.options = argv + 3;
  for (int i = 3; i < argc; i++) {
    if (strcmp(argv[i], "--probe") == 0)
      probe = true;
    else if (strcmp(argv[i], "--quiet") == 0)
      r.quiet = true;
    else if (strncmp(argv[i], "--stop-after=", 13) == 0)
      r.stop_after = strtoull(argv[i] + 13, NULL, 10);
    r.options_count++;
  }

  int file = open(argv[2], O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0) return complain("cannot open", argv[2]);
  /* A copy with nothing behind it, so that the sanitizer sees a read beyond the end. */
  size_t length = (size_t)status.st_size;
  uint8_t *bytes = malloc(length ? length : 1);
  size_t have = 0;
  while (bytes && have < length) {
    ssize_t got = read(file, bytes + have, length - have);
    if (got <= 0) return complain("cannot read", argv[2]);
    have += (size_t)got;
  }
  close(file);
  const char *slash = strrchr(argv[2], '/');
  const char *name = slash ? slash + 1 : argv[2];
  hongzhu_input input = {sizeof input, bytes, length, {name, strlen(name)}};
  if (probe) {
    printf("{\"probe\": %d}\n", r.reader->probe(r.reader->context, &input));
    free(bytes);
    return 0;
  }
  hongzhu_read io = {sizeof io, &r, &input, give_option, take_sheet, take_row, take_failure};
  int result = r.reader->read(r.reader->context, &io);
  if (result == HONGZHU_FAILED && !r.said) broken("it failed and did not say why");
  if (result == HONGZHU_OK && r.said) broken("it said what is wrong and did not fail");
  printf("{\"end\": %d, \"rows\": %llu, \"values\": %llu}\n", result, (unsigned long long)r.rows,
         (unsigned long long)r.cells);
  free(bytes);
  return 0;
}
