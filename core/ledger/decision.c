/* Decisions, append-only: a newer one of the same rule about the same subject supersedes. They lie in blocks of those
 * that were stored together (decision_block.h); a block's row is numbered as the first of them. */
#include "ledger/decision_block.h"
#include "ledger/sealed.h"
#include "ledger/standing.h"

#include <stdlib.h>
#include <string.h>

typedef struct block_place { /* in the ledger's numbers */
  int64_t id, count, rule, image;
} block_place;

static uint32_t block_sum(buffer *b, const decision_row *head, const block_place *at, const void *bytes, size_t size) {
  b->length = 0;
  const int64_t numbers[] = {at->id, at->count, head->of, head->on, head->known_after, at->image, (int64_t)size};
  for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) seal_number(b, numbers[k]);
  seal_text(b, head->rule);
  seal_number(b, size ? (int64_t)checksum_of(bytes, size) : 0);
  return (uint32_t)checksum_of(b->at, b->length);
}

/* ---- writing ---- */

struct decision_writer {
  ledger *ledger;
  sqlite3_stmt *insert;
  buffer bytes; /* what the checksum of a row is over */
  block_writing block;
  decision_row head; /* of the block under way */
  block_place place;
  int64_t id; /* of the decision before */
};

static bool writer_names(decision_writer *w, const decision_row *row, faults *problems) {
  w->place.image = store_image_number(w->ledger, row->image);
  w->place.rule = store_word_id(w->ledger, row->rule, problems);
  if (w->place.image == 0)
    fault_add(problems, NOWHERE, "a decision of rule \"%s\" names a pack image that the ledger does not have",
              "规则“%s”的一项判定引用了台账中没有的规则包映像", row->rule);
  return w->place.image != 0 && w->place.rule > 0;
}

static bool writer_flush(decision_writer *w, faults *problems) {
  if (!w->block.count) return true;
  const buffer *bytes = block_bytes(&w->block);
  w->place.count = (int64_t)w->block.count;
  w->place.id = w->id - w->place.count + 1;
  const int64_t numbers[] = {w->place.id,    w->place.count,
                             w->place.rule,  w->head.of,
                             w->head.on,     w->head.known_after,
                             w->place.image, block_sum(&w->bytes, &w->head, &w->place, bytes->at, bytes->length)};
  for (int n = 0; n < 8; n++) sqlite3_bind_int64(w->insert, n + 1, numbers[n]);
  sqlite3_bind_blob64(w->insert, 9, bytes->at, bytes->length, SQLITE_STATIC);
  bool failed = false;
  store_step(w->ledger, w->insert, &failed, problems);
  sqlite3_reset(w->insert);
  block_empty(&w->block);
  return !failed;
}

static bool same_block(const decision_row *a, const decision_row *b) {
  return a->of == b->of && a->on == b->on && a->known_after == b->known_after &&
         !memcmp(&a->image, &b->image, sizeof a->image) && (a->rule == b->rule || !strcmp(a->rule, b->rule));
}

bool decision_write(decision_writer *w, const decision_row *row, faults *problems) {
  if (!w->block.count || !same_block(&w->head, row)) {
    if (!writer_flush(w, problems) || !writer_names(w, row, problems)) return false;
    w->head = *row;
  }
  if (!block_add(&w->block, row) && (!writer_flush(w, problems) || !block_add(&w->block, row))) return false;
  w->id++;
  return true;
}

int64_t decision_written(const decision_writer *w) {
  return w->id;
}

ledger *decision_ledger(const decision_writer *w) {
  return w->ledger;
}

typedef struct deciding {
  decisions_work *work;
  void *context;
} deciding;

static bool decisions_insert(ledger *l, void *context, faults *problems) {
  const deciding *all = context;
  decision_writer w = {.ledger = l,
                       .id = store_number(l, "SELECT id + count - 1 FROM decision ORDER BY id DESC LIMIT 1", 0, 0)};
  w.insert = store_prepare(l,
                           "INSERT INTO decision (id, count, rule, of_type, on_day, known_after, image, checksum,"
                           " decisions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           problems);
  bool good = w.insert != NULL && all->work(all->context, &w, problems) && writer_flush(&w, problems);
  block_free(&w.block);
  buffer_free(&w.bytes);
  sqlite3_finalize(w.insert);
  return good;
}

bool ledger_write_decisions(ledger *l, decisions_work *work, void *context, faults *problems) {
  deciding all = {work, context};
  store_words_ready(l);
  size_t words = l->word_count;
  bool good = store_transaction(l, decisions_insert, &all, problems);
  if (!good) store_words_forget(l, words);
  return good;
}

typedef struct decision_rows {
  const decision_row *rows;
  size_t count;
} decision_rows;

static bool write_rows(void *context, decision_writer *w, faults *problems) {
  const decision_rows *all = context;
  for (size_t k = 0; k < all->count; k++)
    if (!decision_write(w, &all->rows[k], problems)) return false;
  return true;
}

bool ledger_put_decisions(ledger *l, const decision_row *rows, size_t count, faults *problems) {
  decision_rows all = {rows, count};
  return ledger_write_decisions(l, write_rows, &all, problems);
}

/* ---- reading ---- */

#define BLOCK                                                                                                          \
  "SELECT d.id, d.count, d.rule, d.of_type, d.on_day, d.known_after, d.image, d.checksum, d.decisions, i.digest"       \
  " FROM decision d LEFT JOIN image i ON i.id = d.image"

static decision_row head_read(ledger *l, sqlite3_stmt *s, block_place *at) {
  int64_t of = sqlite3_column_int64(s, 3);
  *at = (block_place){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 2),
                      sqlite3_column_int64(s, 6)};
  return (decision_row){.id = at->id,
                        .rule = store_word(l, at->rule),
                        .of = of > FACT_NONE && of < FACT_TYPES ? (fact_type)of : FACT_NONE,
                        .on = sqlite3_column_int(s, 4),
                        .known_after = sqlite3_column_int64(s, 5),
                        .image = store_digest(s, 9)};
}

static bool block_of_row(ledger *l, sqlite3_stmt *s, block_reading *out) {
  block_place at;
  const decision_row head = head_read(l, s, &at);
  const void *bytes = sqlite3_column_blob(s, 8);
  return block_open(out, &head, at.count, bytes, (size_t)sqlite3_column_bytes(s, 8)) && head.rule != NULL;
}

/* Damaged blocks are passed over: verification names them. */
static bool visit_blocks(ledger *l, sqlite3_stmt *s, decision_visit *visit, void *context, faults *problems) {
  bool failed = false, more = true;
  block_reading block = {0};
  decision_row row;
  while (more && s != NULL && store_step(l, s, &failed, problems))
    if (block_of_row(l, s, &block))
      while (more && block_next(&block, &row)) more = visit(context, &row);
  block_end(&block);
  sqlite3_finalize(s);
  return s != NULL && !failed;
}

bool ledger_decisions_under(ledger *l, digest image, decision_visit *visit, void *context, faults *problems) {
  sqlite3_stmt *s = store_prepare(l, BLOCK " WHERE d.image = ? ORDER BY d.id", problems);
  if (s != NULL) sqlite3_bind_int64(s, 1, store_image_number(l, image));
  return visit_blocks(l, s, visit, context, problems);
}

typedef struct decision_list {
  arena *memory;
  decision_row *rows;
  size_t count, capacity;
} decision_list;

static bool list_decision(void *context, const decision_row *row) {
  decision_list *all = context;
  decision_row *kept = ARENA_PUSH(all->memory, all->rows, all->count, all->capacity);
  *kept = *row;
  if (row->needs != NULL) kept->needs = arena_copy(all->memory, row->needs, row->needs_size);
  return true;
}

/* By rule, type and subject; the newest first, so that the others can be dropped. */
static int by_subject(const void *a, const void *b) {
  const decision_row *left = a, *right = b;
  int order = strcmp(left->rule, right->rule);
  if (order != 0) return order;
  if (left->of != right->of) return left->of < right->of ? -1 : 1;
  if (left->subject != right->subject) return left->subject < right->subject ? -1 : 1;
  return (left->id < right->id) - (left->id > right->id);
}

size_t ledger_decisions(ledger *l, arena *a, decision_row **out, faults *problems) {
  decision_list all = {.memory = a};
  size_t kept = 0;
  *out = NULL;
  if (!visit_blocks(l, store_prepare(l, BLOCK " ORDER BY d.id", problems), list_decision, &all, problems)) return 0;
  if (all.count > 0) qsort(all.rows, all.count, sizeof *all.rows, by_subject);
  for (size_t k = 0; k < all.count; k++) {
    const decision_row *row = &all.rows[k], *last = kept == 0 ? NULL : &all.rows[kept - 1];
    if (last == NULL || strcmp(last->rule, row->rule) != 0 || last->of != row->of || last->subject != row->subject)
      all.rows[kept++] = *row;
  }
  *out = all.rows;
  return kept;
}

/* ---- one by number ---- */

struct decision_finder {
  ledger *ledger;
  sqlite3_stmt *statement;
  buffer bytes; /* of the block at hand */
  block_reading block;
};

decision_finder *decision_finder_new(ledger *l) {
  decision_finder *f = memory_take(sizeof *f);
  f->ledger = l;
  return f;
}

void decision_finder_free(decision_finder *f) {
  if (f == NULL) return;
  sqlite3_finalize(f->statement);
  block_end(&f->block);
  buffer_free(&f->bytes);
  free(f);
}

static bool finder_load(decision_finder *f, int64_t id, faults *problems) {
  bool failed = false;
  if (f->statement == NULL)
    f->statement = store_prepare(f->ledger, BLOCK " WHERE d.id <= ? ORDER BY d.id DESC LIMIT 1", problems);
  if (f->statement == NULL) return false;
  sqlite3_bind_int64(f->statement, 1, id);
  bool found = store_step(f->ledger, f->statement, &failed, problems);
  if (found) {
    block_place at;
    const decision_row head = head_read(f->ledger, f->statement, &at);
    f->bytes.length = 0;
    const void *bytes = sqlite3_column_blob(f->statement, 8);
    buffer_bytes(&f->bytes, bytes, (size_t)sqlite3_column_bytes(f->statement, 8));
    found = block_open(&f->block, &head, at.count, f->bytes.at, f->bytes.length) && head.rule != NULL;
  }
  sqlite3_reset(f->statement); /* what is written meanwhile is not held up */
  return found && !failed;
}

bool decision_find(decision_finder *f, int64_t id, decision_row *out, faults *problems) {
  int64_t first = f->block.head.id;
  bool here = first > 0 && id >= first + f->block.read && id < first + f->block.count && f->block.source.good;
  if (!here && !finder_load(f, id, problems)) return false;
  while (block_next(&f->block, out))
    if (out->id == id) return true;
  return false;
}

/* ---- verifying ---- */

static void say_numbers(faults *problems, const char *rule, int64_t first, int64_t count) {
  const char *name = rule == NULL ? "?" : rule;
  if (count == 1)
    fault_add(problems, NOWHERE, "decision %lld of rule \"%s\" was changed", "第 %lld 项判定（规则“%s”）被改动",
              (long long)first, name);
  else
    fault_add(problems, NOWHERE, "decisions %lld to %lld of rule \"%s\" were changed",
              "第 %lld 至 %lld 项判定（规则“%s”）被改动", (long long)first, (long long)(first + count - 1), name);
}

static bool block_whole(ledger *l, sqlite3_stmt *s, const decision_row *head, const block_place *at, buffer *bytes) {
  const void *stored = sqlite3_column_blob(s, 8);
  const size_t size = (size_t)sqlite3_column_bytes(s, 8);
  if (at->count < 1 || at->count > BLOCK_DECISIONS_MOST ||
      block_sum(bytes, head, at, stored, size) != (uint32_t)sqlite3_column_int64(s, 7))
    return false;
  block_reading block = {0};
  decision_row row;
  bool good = block_of_row(l, s, &block);
  while (good && block_next(&block, &row)) continue;
  good = good && block_good(&block);
  block_end(&block);
  return good;
}

bool decision_verify(ledger *l, faults *problems) {
  bool failed = false;
  buffer bytes = {0};
  sqlite3_stmt *s = store_prepare(l, BLOCK " ORDER BY d.id", problems);
  int64_t expected = 1;
  while (s != NULL && store_step(l, s, &failed, problems)) {
    block_place at;
    const decision_row head = head_read(l, s, &at);
    if (at.id != expected)
      fault_add(problems, NOWHERE, "decision %lld is missing", "第 %lld 项判定缺失", (long long)expected);
    const bool plausible = at.count >= 1 && at.count <= BLOCK_DECISIONS_MOST;
    expected = (int64_t)((uint64_t)at.id + (uint64_t)(plausible ? at.count : 1));
    if (!block_whole(l, s, &head, &at, &bytes)) say_numbers(problems, head.rule, at.id, plausible ? at.count : 1);
  }
  buffer_free(&bytes);
  sqlite3_finalize(s);
  return !failed;
}
