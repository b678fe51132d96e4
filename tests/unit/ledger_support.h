/* What the ledger's tests share: a ledger in a folder of its own, facts in short form, raw access to the file. */
#ifndef HONGZHU_TESTS_LEDGER_SUPPORT_H
#define HONGZHU_TESTS_LEDGER_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "ledger/subjects.h"

typedef struct bench {
  arena *memory;
  faults *problems;
  char *folder, *path;
  ledger *ledger;
} bench;

static inline char *bench_path(bench *b, const char *ending) {
  return arena_format(b->memory, "%s%s", b->path, ending);
}

static inline void bench_show(bench *b) {
  for (size_t i = 0; i < b->problems->count; i++)
    fprintf(stderr, "%s\n", fault_text(b->memory, &b->problems->items[i], LANGUAGE_EN));
}

static inline bench bench_new(void) {
  bench b = {.memory = arena_new()};
  b.problems = faults_new(b.memory);
  const char *base = getenv("TMPDIR");
  b.folder = arena_format(b.memory, "%s/hongzhu-ledger-XXXXXX", base == NULL ? "/tmp" : base);
  assert_non_null(mkdtemp(b.folder));
  b.path = arena_format(b.memory, "%s/t.db", b.folder);
  bool good = ledger_create(b.path, b.problems);
  b.ledger = good ? ledger_open(b.path, LEDGER_WRITE, b.problems) : NULL;
  if (b.ledger == NULL) bench_show(&b);
  assert_non_null(b.ledger);
  return b;
}

static inline void bench_end(bench *b) {
  ledger_close(b->ledger);
  char *command = arena_format(b->memory, "rm -rf '%s'", b->folder);
  assert_int_equal(system(command), 0);
  arena_free(b->memory);
}

static inline void bench_again(bench *b, ledger_mode mode) {
  ledger_close(b->ledger);
  b->ledger = ledger_open(b->path, mode, b->problems);
  if (b->ledger == NULL) bench_show(b);
  assert_non_null(b->ledger);
}

/* Changes the file behind the ledger's back. */
static inline void bench_raw(bench *b, const char *sql) {
  sqlite3 *base;
  assert_int_equal(sqlite3_open(b->path, &base), SQLITE_OK);
  char *error = NULL;
  if (sqlite3_exec(base, sql, NULL, NULL, &error) != SQLITE_OK) fail_msg("%s: %s", sql, error);
  sqlite3_close(base);
}

static inline const char *bench_fault(bench *b, language in) {
  assert_true(b->problems->count > 0);
  return fault_text(b->memory, &b->problems->items[b->problems->count - 1], in);
}

static inline void bench_forgive(bench *b) {
  b->problems = faults_new(b->memory);
}

static inline digest digest_named(const char *text) {
  return digest_of(text, strlen(text));
}

static inline importing *bench_begin(bench *b, const char *file) {
import head = {.kind = IMPORT_FILE, .file_name = file, .file = digest_named(file), .adapter = "roster", .who = "clerk", .at = "2025-09-01T08:00:00Z" };
  importing *i = ledger_begin(b->ledger, &head, b->problems);
  if (i == NULL) bench_show(b);
  assert_non_null(i);
  return i;
}

static inline int64_t bench_put(bench *b, importing *i, fact f) {
  int64_t id = ledger_put(i, &f, b->problems);
  if (id == 0) bench_show(b);
  assert_int_not_equal(id, 0);
  return id;
}

static inline import bench_commit(bench *b, importing *i) {
import done;
  bool good = ledger_commit(i, false, &done, b->problems);
  if (!good) bench_show(b);
  assert_true(good);
  return done;
}

static inline fact fact_of(fact_type type, int64_t row) {
  return (fact){.type = type, .sheet = 1, .row = row, .part = 1, .since = DATE_NONE, .until = DATE_NONE};
}

static inline fact person_of(int64_t entity, int64_t row, const char *code) {
  fact f = fact_of(FACT_PERSON, row);
  f.entity = entity;
  f.code = code;
  f.key = digest_key(digest_named(code));
  return f;
}

static inline fact organization_of(int64_t entity, int64_t row, const char *kind, const char *name) {
  fact f = fact_of(FACT_ORGANIZATION, row);
  f.entity = entity;
  f.kind = kind;
  f.name = name;
  return f;
}

static inline fact record_of(int64_t person, int64_t row, const char *kind, day on, int64_t whole) {
  fact f = fact_of(FACT_RECORD, row);
  f.subject_type = FACT_PERSON;
  f.subject = person;
  f.kind = kind;
  f.since = f.until = date_of_day(on);
  f.amount = (amount){whole * AMOUNT_ONE, BOUND_EXACT};
  f.unit = "学时";
  return f;
}

#endif
