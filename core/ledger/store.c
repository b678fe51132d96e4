#include "ledger/putting.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *store_beside(const ledger *l, arena *a, const char *ending) {
  return arena_format(a, "%s%s", l->path, ending);
}

/* What SQLite says is English; its usual words have Chinese ones here, others stand as they are. */
static const char *reason_zh(int code, const char *reason) {
  switch (code) {
  case SQLITE_CANTOPEN:
    return "无法打开数据库文件";
  case SQLITE_IOERR:
    return "磁盘读写出错";
  case SQLITE_CORRUPT:
    return "数据库文件的内容不合格式";
  case SQLITE_READONLY:
    return "数据库是只读的";
  case SQLITE_PERM:
  case SQLITE_AUTH:
    return "没有权限";
  case SQLITE_TOOBIG:
    return "内容过大";
  case SQLITE_PROTOCOL:
    return "锁文件与日志不一致";
  default:
    return reason;
  }
}

/* SQLite's want of memory, whatever it was doing, is the program's. */
static int failure_of(const ledger *l) {
  int code = sqlite3_extended_errcode(l->base);
  if (code == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) memory_exhausted();
  return code & 0xff;
}

static bool say_fault(ledger *l, faults *problems) {
  int code = failure_of(l);
  const char *reason = sqlite3_errmsg(l->base), *zh = reason_zh(code, reason);
  switch (code) {
  case SQLITE_NOTADB:
    fault_add(problems, NOWHERE, "\"%s\" is no ledger: it is not a database", "“%s”不是台账：它不是数据库文件",
              l->path);
    return fault_next(problems, "name the ledger with --ledger, or make one with: hongzhu init",
                      "请用 --ledger 指定台账，或用 hongzhu init 新建");
  case SQLITE_CORRUPT:
    fault_add(problems, NOWHERE, "ledger \"%s\" is damaged: %s%.0s", "台账“%s”已损坏：%.0s%s", l->path, reason, zh);
    return fault_next(problems, "run: hongzhu verify; then go back to the last backup",
                      "请运行 hongzhu verify 查明损坏之处，然后恢复最近的备份");
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    fault_add(problems, NOWHERE, "ledger \"%s\" is being written by another program", "台账“%s”正被另一个程序写入",
              l->path);
    return fault_next(problems, "wait until it is done and try again", "请等它完成后再试");
  case SQLITE_FULL:
    fault_add(problems, NOWHERE, "ledger \"%s\" cannot grow: the disk is full", "台账“%s”无法写入：磁盘已满", l->path);
    return fault_next(problems, "make room and try again; nothing was changed", "请腾出空间后再试；台账没有任何改动");
  case SQLITE_IOERR:
    fault_add(problems, NOWHERE, "ledger \"%s\" cannot be used: %s%.0s", "台账“%s”无法使用：%.0s%s", l->path, reason,
              zh);
    return fault_next(problems, "see whether the disk is full or files may not grow (ulimit -f); then: hongzhu verify",
                      "请检查磁盘是否已满、文件大小是否受限（ulimit -f），再运行 hongzhu verify");
  case SQLITE_READONLY:
    fault_add(problems, NOWHERE, "ledger \"%s\" cannot be written: %s%.0s", "台账“%s”不可写：%.0s%s", l->path, reason,
              zh);
    return fault_next(problems, "check who owns the file and its folder", "请检查文件及其所在文件夹的权限");
  default:
    fault_add(problems, NOWHERE, "ledger \"%s\" cannot be used: %s%.0s", "台账“%s”无法使用：%.0s%s", l->path, reason,
              zh);
    return fault_next(problems, "look it over with: hongzhu doctor; if it cannot be mended, go back to the last backup",
                      "请运行 hongzhu doctor 查看；若无法修复，请恢复最近的备份");
  }
}

bool store_fault(ledger *l, faults *problems) {
  size_t before = problems->count;
  say_fault(l, problems);
  /* Who was called and who called it meet the same failure: it is said once. */
  if (before > 0 && problems->count == before + 1 && !problems->items[before - 1].warning &&
      text_same(problems->items[before].what.in[LANGUAGE_EN], problems->items[before - 1].what.in[LANGUAGE_EN])) {
    problems->count--;
    problems->errors--;
  }
  return fault_mark(problems, FAULT_LEDGER);
}

bool store_can_write(ledger *l, faults *problems) {
  if (l->mode == LEDGER_WRITE) return true;
  return fault_add(problems, NOWHERE, "ledger \"%s\" was opened for reading and cannot be changed",
                   "台账“%s”是以只读方式打开的，不能修改", l->path);
}

bool store_settle(ledger *l, faults *problems) {
  return l->putting == NULL || putting_settle(l->putting, problems);
}

bool store_run(ledger *l, const char *sql, faults *problems) {
  if (!store_settle(l, problems)) return false;
  return sqlite3_exec(l->base, sql, NULL, NULL, NULL) == SQLITE_OK || store_fault(l, problems);
}

sqlite3_stmt *store_prepare(ledger *l, const char *sql, faults *problems) {
  sqlite3_stmt *statement = NULL;
  if (!store_settle(l, problems)) return NULL;
  if (sqlite3_prepare_v2(l->base, sql, -1, &statement, NULL) != SQLITE_OK) store_fault(l, problems);
  return statement;
}

bool store_step(ledger *l, sqlite3_stmt *statement, bool *failed, faults *problems) {
  if (!store_settle(l, problems)) {
    *failed = true;
    return false;
  }
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    *failed = true;
    store_fault(l, problems);
  }
  return false;
}

/* Verification goes on where the file is damaged, and has said so. */
static void must_answer(ledger *l) {
  int code = failure_of(l);
  if (l->verified && (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)) return;
  arena *a = arena_new();
  faults *problems = faults_new(a);
  say_fault(l, problems);
  for (language in = LANGUAGE_ZH; in < LANGUAGES; in++) fprintf(stderr, "%s\n", fault_text(a, &problems->items[0], in));
  fflush(stderr);
  _exit(4);
}

sqlite3_stmt *store_ask(ledger *l, const char *sql) {
  sqlite3_stmt *statement = NULL;
  store_settle(l, NULL); /* what could not be put is said by whoever has faults to say it in */
  if (sqlite3_prepare_v2(l->base, sql, -1, &statement, NULL) != SQLITE_OK) must_answer(l);
  return statement;
}

bool store_answer(ledger *l, sqlite3_stmt *statement) {
  store_settle(l, NULL);
  int code = statement == NULL ? SQLITE_DONE : sqlite3_step(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) must_answer(l);
  return code == SQLITE_ROW;
}

int64_t store_number(ledger *l, const char *sql, int64_t parameter, int64_t otherwise) {
  sqlite3_stmt *statement = store_ask(l, sql);
  if (sqlite3_bind_parameter_count(statement) > 0) sqlite3_bind_int64(statement, 1, parameter);
  int64_t number = otherwise;
  if (store_answer(l, statement) && sqlite3_column_type(statement, 0) == SQLITE_INTEGER)
    number = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return number;
}

bool store_transaction(ledger *l, bool (*work)(ledger *l, void *context, faults *problems), void *context,
                       faults *problems) {
  if (!store_can_write(l, problems)) return false;
  if (l->together) return work(l, context, problems);
  if (!store_run(l, "BEGIN IMMEDIATE", problems)) return false;
  bool good = work(l, context, problems) && store_run(l, "COMMIT", problems);
  if (!good && sqlite3_get_autocommit(l->base) == 0) sqlite3_exec(l->base, "ROLLBACK", NULL, NULL, NULL);
  return good;
}

bool ledger_together(ledger *l, bool (*work)(ledger *l, void *context, faults *problems), void *context,
                     faults *problems) {
  if (!store_can_write(l, problems) || !store_run(l, "BEGIN IMMEDIATE", problems)) return false;
  store_words_ready(l);
  size_t words = l->word_count, errors = problems->errors;
  l->together = true;
  bool good = work(l, context, problems) && problems->errors == errors;
  l->together = false;
  good = good && store_run(l, "COMMIT", problems);
  if (sqlite3_get_autocommit(l->base) == 0) sqlite3_exec(l->base, "ROLLBACK", NULL, NULL, NULL);
  if (!good) store_words_forget(l, words);
  return good;
}

bool store_view(ledger *l) {
  return sqlite3_get_autocommit(l->base) != 0 && sqlite3_exec(l->base, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
}

void store_view_end(ledger *l, bool began) {
  if (began && sqlite3_get_autocommit(l->base) == 0) sqlite3_exec(l->base, "COMMIT", NULL, NULL, NULL);
}

bool digest_none(const digest *d) {
  static const digest none;
  return memcmp(d, &none, sizeof none) == 0;
}

void store_bind_digest(sqlite3_stmt *s, int at, const digest *d) {
  if (digest_none(d)) {
    sqlite3_bind_null(s, at);
  } else {
    sqlite3_bind_blob(s, at, d->bytes, DIGEST_SIZE, SQLITE_TRANSIENT);
  }
}

void store_bind_text(sqlite3_stmt *s, int at, const char *text) {
  sqlite3_bind_text(s, at, text, -1, SQLITE_STATIC);
}

digest store_digest(sqlite3_stmt *s, int column) {
  digest d = {{0}};
  const void *bytes = sqlite3_column_blob(s, column);
  if (bytes != NULL && sqlite3_column_bytes(s, column) == DIGEST_SIZE) memcpy(d.bytes, bytes, DIGEST_SIZE);
  return d;
}

char *store_text(sqlite3_stmt *s, int column, arena *a) {
  const char *text = (const char *)sqlite3_column_text(s, column);
  if (text == NULL || !text_is_utf8(text, strlen(text))) return NULL;
  return arena_text(a, text);
}

/* ---- words ---- */

static size_t word_slot(const ledger *l, const char *text) {
  size_t at = (size_t)checksum_of(text, strlen(text)) & (l->word_slot_count - 1);
  while (l->word_slots[at] != 0 && strcmp(l->words[l->word_slots[at]], text) != 0)
    at = (at + 1) & (l->word_slot_count - 1);
  return at;
}

static void word_keep(ledger *l, int64_t id, const char *text) {
  while ((int64_t)l->word_count <= id) *ARENA_PUSH(l->memory, l->words, l->word_count, l->word_capacity) = NULL;
  l->words[id] = arena_text(l->memory, text);
}

static void words_slot(ledger *l) {
  size_t wanted = 256;
  while (wanted < 2 * l->word_count + 2) wanted *= 2;
  if (wanted != l->word_slot_count) l->word_slots = memory_resize(l->word_slots, wanted * sizeof *l->word_slots);
  l->word_slot_count = wanted;
  memset(l->word_slots, 0, wanted * sizeof *l->word_slots);
  for (size_t id = 1; id < l->word_count; id++) {
    if (l->words[id] != NULL) l->word_slots[word_slot(l, l->words[id])] = (uint32_t)id;
  }
}

/* Numbers are given without gaps; one far above all others is damage and not worth an array of that size. */
static void words_read(ledger *l) {
  sqlite3_stmt *s = store_ask(l, "SELECT id, text FROM word WHERE id >= ? ORDER BY id");
  size_t known = l->word_count == 0 ? 1 : l->word_count;
  sqlite3_bind_int64(s, 1, (int64_t)known);
  while (store_answer(l, s)) {
    int64_t id = sqlite3_column_int64(s, 0);
    const char *text = (const char *)sqlite3_column_text(s, 1);
    if (id < 1 || id > (int64_t)l->word_count + 65536 || text == NULL || !text_is_utf8(text, strlen(text))) continue;
    word_keep(l, id, text);
  }
  sqlite3_finalize(s);
  words_slot(l);
}

const char *store_word(ledger *l, int64_t id) {
  if (id <= 0) return NULL;
  if (id >= (int64_t)l->word_count) words_read(l);
  return id < (int64_t)l->word_count ? l->words[id] : NULL;
}

void store_words_ready(ledger *l) {
  if (l->word_slots == NULL) words_read(l);
}

int64_t store_word_id(ledger *l, const char *text, faults *problems) {
  if (text == NULL) return 0;
  store_words_ready(l);
  uint32_t known = l->word_slots[word_slot(l, text)];
  if (known != 0) return known;
  sqlite3_stmt *s = store_prepare(l, "INSERT INTO word (id, text, checksum) VALUES (?, ?, ?)", problems);
  if (s == NULL) return -1;
  int64_t id = l->word_count == 0 ? 1 : (int64_t)l->word_count;
  sqlite3_bind_int64(s, 1, id);
  store_bind_text(s, 2, text);
  sqlite3_bind_int64(s, 3, (uint32_t)checksum_of(text, strlen(text)));
  bool failed = false;
  store_step(l, s, &failed, problems);
  sqlite3_finalize(s);
  if (failed) return -1;
  word_keep(l, id, text);
  if (2 * l->word_count > l->word_slot_count) {
    words_slot(l);
  } else {
    l->word_slots[word_slot(l, text)] = (uint32_t)id;
  }
  return id;
}

void store_words_forget(ledger *l, size_t count) {
  if (l->word_slots == NULL || l->word_count <= count) return;
  l->word_count = count;
  words_slot(l);
}

/* ---- seals ---- */

void seal_number(buffer *b, int64_t value) {
  uint8_t bytes[8];
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
  buffer_bytes(b, bytes, sizeof bytes);
}

void seal_text(buffer *b, const char *text) {
  seal_number(b, text == NULL ? -1 : (int64_t)strlen(text));
  if (text != NULL) buffer_text(b, text);
}

void seal_digest(buffer *b, const digest *d) {
  buffer_bytes(b, d->bytes, DIGEST_SIZE);
}

digest store_seal(const digest *before, const buffer *row) {
  buffer all = {0};
  seal_digest(&all, before);
  buffer_bytes(&all, row->at, row->length);
  digest seal = digest_of(all.at, all.length);
  buffer_free(&all);
  return seal;
}
