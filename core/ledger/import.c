/* An import under way: one transaction, sealed by a hash of everything it opened and closed.
 *
 * The content is hashed as one stream for each type of fact (as they lie in their tables) and one for closings, copies
 * and sheets, so that verification reads each table once. */
#include "ledger/import.h"
#include "ledger/grown.h"
#include "ledger/putting.h"
#include "ledger/sealed.h"

#include <stdlib.h>
#include <string.h>

struct importing {
  ledger *to;
  arena *memory;
import head;
  bool inner; /* within a transaction of the caller */
  bool failed;
  bool sealed; /* nothing more is put */
  int64_t last_fact, last_entity;
  digest chain;                 /* of the import before */
  uint32_t allowed[FACT_TYPES]; /* members that a type may have (fact_set); 0: not asked yet */
  sqlite3_stmt *close, *copy, *sheet;
  int64_t *closings;
  size_t closing_count, closing_capacity;
  buffer copies, sheets;
  size_t words_before;
  grown *grown; /* what was put, for the subject file; NULL */
};

static void stop_putting(ledger *l) {
  putting_free(l->putting);
  l->putting = NULL;
}

static void importing_free(importing *i) {
  stop_putting(i->to);
  grown_free(i->grown);
  if (!i->inner) sqlite3_exec(i->to->base, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
  sqlite3_finalize(i->close);
  sqlite3_finalize(i->copy);
  sqlite3_finalize(i->sheet);
  free(i->closings);
  buffer_free(&i->copies);
  buffer_free(&i->sheets);
  i->to->under_way = NULL;
  arena_free(i->memory);
}

static bool begin_after(importing *i, faults *problems) {
  sqlite3_stmt *s =
      store_prepare(i->to, "SELECT id, last_fact, last_entity, chain FROM import ORDER BY id DESC LIMIT 1", problems);
  if (s == NULL) return false;
  bool failed = false;
  if (store_step(i->to, s, &failed, problems)) {
    i->head.id = sqlite3_column_int64(s, 0);
    i->last_fact = sqlite3_column_int64(s, 1);
    i->last_entity = sqlite3_column_int64(s, 2);
    i->chain = store_digest(s, 3);
  }
  i->head.id++;
  sqlite3_finalize(s);
  return !failed;
}

importing *import_begin(ledger *l, const import *head, bool inner, faults *problems) {
  if (!store_can_write(l, problems)) return NULL;
  if (l->under_way != NULL) {
    fault_add(problems, NOWHERE, "an import into ledger \"%s\" is under way already", "台账“%s”已有一次导入正在进行",
              l->path);
    return NULL;
  }
  /* Facts refer to words and imports that this connection makes itself; looking each of them up again would take a
   * quarter of an import. Verification checks them all. */
  if (!inner && !store_run(l, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE", problems)) return NULL;
  arena *memory = arena_new();
  importing *i = arena_take(memory, sizeof *i);
  i->to = l;
  i->memory = memory;
  i->inner = inner;
  store_words_ready(l);
  i->words_before = l->word_count;
  i->head = (import){.kind = head->kind,
                     .file_name = arena_text(l->memory, head->file_name),
                     .file = head->file,
                     .adapter = arena_text(l->memory, head->adapter),
                     .image = head->image,
                     .who = arena_text(l->memory, head->who),
                     .at = arena_text(l->memory, head->at),
                     .note = arena_text(l->memory, head->note),
                     .undoes = head->undoes};
  l->under_way = i;
  l->putting = putting_begin(l, head->kind == IMPORT_FILE && !inner);
  if (begin_after(i, problems)) {
    if (head->kind == IMPORT_FILE && !inner) i->grown = grown_begin(l, i->head.id, i->last_fact);
    putting_show(l->putting, i->grown);
    return i;
  }
  ledger_abandon(i);
  return NULL;
}

importing *ledger_begin(ledger *l, const import *head, faults *problems) {
  return import_begin(l, head, l->together, problems);
}

int64_t ledger_new_entity(importing *i) {
  return ++i->last_entity;
}

static bool put_allowed(importing *i, const fact *f, faults *problems) {
  const char *type = fact_type_name(f->type);
  if (f->type <= FACT_NONE || f->type >= FACT_TYPES)
    return fault_add(problems, NOWHERE, "a fact has no type", "有一条事实没有类型");
  if (i->sealed)
    return fault_add(problems, NOWHERE, "an import into ledger \"%s\" is sealed, nothing more goes into it",
                     "台账“%s”的一次导入已经封存，不能再写入", i->to->path);
  if (i->allowed[f->type] == 0) i->allowed[f->type] = fact_allowed(f->type);
  const char *misfit = (fact_set(f) & ~i->allowed[f->type]) == 0 ? NULL : fact_misfit(f);
  if (misfit != NULL)
    return fault_add(problems, NOWHERE, "a %s cannot have \"%s\"", "类型为 %s 的事实不能有“%s”", type, misfit);
  const int64_t entities[] = {f->entity, f->subject, f->object, f->place};
  for (size_t k = 0; k < sizeof entities / sizeof *entities; k++) {
    if (entities[k] < 0 || entities[k] > i->last_entity)
      return fault_add(problems, NOWHERE, "a %s refers to something that the ledger does not have",
                       "类型为 %s 的事实引用了台账中不存在的对象", type);
  }
  if (fact_is_entity(f->type) && f->entity == 0)
    return fault_add(problems, NOWHERE, "a %s has no number of its own", "类型为 %s 的事实没有自己的编号", type);
  return true;
}

int64_t ledger_put(importing *i, const fact *given, faults *problems) {
  if (!put_allowed(i, given, problems)) {
    i->failed = true;
    return 0;
  }
  if (!putting_add(i->to->putting, given, i->last_fact + 1, i->head.id, problems)) {
    i->failed = true;
    return 0;
  }
  i->head.opened++;
  return ++i->last_fact;
}

bool ledger_close_fact(importing *i, int64_t id, faults *problems) {
  if (i->close == NULL) {
    i->close = store_prepare(i->to, "INSERT INTO closing (fact, import) VALUES (?, ?)", problems);
    if (i->close == NULL) return false;
  }
  if (!store_settle(i->to, problems)) {
    i->failed = true;
    return false;
  }
  bool good = id > 0 && id <= i->last_fact;
  if (good) {
    sqlite3_bind_int64(i->close, 1, id);
    sqlite3_bind_int64(i->close, 2, i->head.id);
    int code = sqlite3_step(i->close);
    sqlite3_reset(i->close);
    good = code == SQLITE_DONE;
    if (!good && (code & 0xff) != SQLITE_CONSTRAINT) store_fault(i->to, problems);
    if (!good && (code & 0xff) == SQLITE_CONSTRAINT)
      fault_add(problems, NOWHERE, "fact %lld is closed already, by import %lld", "事实 %lld 已由第 %lld 次导入关闭",
                (long long)id, (long long)store_number(i->to, "SELECT import FROM closing WHERE fact = ?", id, 0));
  } else {
    fault_add(problems, NOWHERE, "fact %lld cannot be closed: the ledger has none of that number",
              "无法关闭事实 %lld：台账中没有这个编号", (long long)id);
  }
  if (!good) {
    i->failed = true;
    return false;
  }
  if (i->closing_count == i->closing_capacity) {
    i->closing_capacity = i->closing_capacity == 0 ? 256 : 2 * i->closing_capacity;
    i->closings = memory_resize(i->closings, i->closing_capacity * sizeof *i->closings);
  }
  i->closings[i->closing_count++] = id;
  i->head.closed++;
  return true;
}

bool import_copy(importing *i, int64_t id, int64_t origin, faults *problems) {
  if (i->copy == NULL) {
    i->copy = store_prepare(i->to, "INSERT INTO copy (fact, origin) VALUES (?, ?)", problems);
    if (i->copy == NULL) return false;
  }
  if (!store_settle(i->to, problems)) {
    i->failed = true;
    return false;
  }
  sqlite3_bind_int64(i->copy, 1, id);
  sqlite3_bind_int64(i->copy, 2, origin);
  bool failed = false;
  store_step(i->to, i->copy, &failed, problems);
  sqlite3_reset(i->copy);
  copy_bytes(&i->copies, id, origin);
  if (failed) i->failed = true;
  return !failed;
}

/* A sheet may be named again. */
bool ledger_sheet(importing *i, int32_t number, const char *name, faults *problems) {
  if (i->sheet == NULL) {
    i->sheet = store_prepare(i->to, "INSERT OR IGNORE INTO sheet (import, number, name) VALUES (?, ?, ?)", problems);
    if (i->sheet == NULL) return false;
  }
  if (!store_settle(i->to, problems)) {
    i->failed = true;
    return false;
  }
  sqlite3_bind_int64(i->sheet, 1, i->head.id);
  sqlite3_bind_int64(i->sheet, 2, number);
  store_bind_text(i->sheet, 3, name);
  bool failed = false;
  store_step(i->to, i->sheet, &failed, problems);
  sqlite3_reset(i->sheet);
  if (failed) i->failed = true;
  return !failed;
}

void ledger_counts(importing *i, int64_t same, int64_t rejected) {
  i->head.same = same;
  i->head.rejected = rejected;
}

/* Read back in the order of their numbers, in which verification meets them. */
static bool sheets_read(importing *i, faults *problems) {
  if (i->sheet == NULL) return true;
  sqlite3_stmt *s = store_prepare(i->to, "SELECT number, name FROM sheet WHERE import = ? ORDER BY number", problems);
  if (s == NULL) return false;
  sqlite3_bind_int64(s, 1, i->head.id);
  bool failed = false;
  while (store_step(i->to, s, &failed, problems))
    sheet_bytes(&i->sheets, sqlite3_column_int64(s, 0), (const char *)sqlite3_column_text(s, 1));
  sqlite3_finalize(s);
  return !failed;
}

static int by_number(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static bool seal(importing *i, faults *problems) {
  import_parts parts = {0};
  if (!putting_end(i->to->putting, parts.of, problems)) return false;
  if (i->closing_count > 0) {
    qsort(i->closings, i->closing_count, sizeof *i->closings, by_number);
    buffer bytes = {0};
    for (size_t k = 0; k < i->closing_count; k++) closing_bytes(&bytes, i->closings[k]);
    parts.closings = digest_of(bytes.at, bytes.length);
    buffer_free(&bytes);
  }
  if (i->copies.length > 0) parts.copies = digest_of(i->copies.at, i->copies.length);
  if (i->sheets.length > 0) parts.sheets = digest_of(i->sheets.at, i->sheets.length);
  i->head.content = import_content(&parts);
  i->head.chain = import_chain(&i->head, i->last_fact, i->last_entity, &i->chain);
  return true;
}

/* Whether it could be sealed; `beside`: what is made of it is begun. */
static bool seal_once(importing *i, bool beside, faults *problems) {
  if (i->sealed && !i->failed) return true;
  if (i->failed)
    return fault_add(problems, NOWHERE, "an import into ledger \"%s\" failed earlier and cannot be kept",
                     "台账“%s”的一次导入先前已经失败，无法保存", i->to->path);
  i->sealed = sheets_read(i, problems) && seal(i, problems);
  i->failed = !i->sealed;
  if (i->sealed && beside) grown_make(i->grown, &i->head);
  return i->sealed;
}

bool ledger_seal(importing *i, faults *problems) {
  return seal_once(i, true, problems);
}

static bool insert(importing *i, faults *problems) {
  sqlite3_stmt *s =
      store_prepare(i->to,
                    "INSERT INTO import (id, kind, file_name, file, adapter, image, who, at, note, undoes,"
                    " opened, closed, same, rejected, last_fact, last_entity, content, chain)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    problems);
  if (s == NULL) return false;
  const import *h = &i->head;
  sqlite3_bind_int64(s, 1, h->id);
  sqlite3_bind_int64(s, 2, h->kind);
  store_bind_text(s, 3, h->file_name);
  store_bind_digest(s, 4, &h->file);
  store_bind_text(s, 5, h->adapter);
  store_bind_digest(s, 6, &h->image);
  store_bind_text(s, 7, h->who);
  store_bind_text(s, 8, h->at);
  store_bind_text(s, 9, h->note);
  if (h->undoes != 0) sqlite3_bind_int64(s, 10, h->undoes);
  const int64_t counts[] = {h->opened, h->closed, h->same, h->rejected, i->last_fact, i->last_entity};
  for (int k = 0; k < 6; k++) sqlite3_bind_int64(s, 11 + k, counts[k]);
  store_bind_digest(s, 17, &h->content);
  store_bind_digest(s, 18, &h->chain);
  bool failed =
      (!digest_none(&h->image) && store_image_number(i->to, h->image) == 0) || h->undoes < 0 || h->undoes >= h->id;
  int code = failed ? SQLITE_CONSTRAINT : sqlite3_step(s);
  if ((code & 0xff) == SQLITE_CONSTRAINT) {
    failed = true;
    fault_add(problems, NOWHERE,
              "an import into ledger \"%s\" names a pack image or an import that the ledger does not have",
              "台账“%s”的一次导入引用了台账中没有的规则包映像或导入", i->to->path);
  } else if (code != SQLITE_DONE) {
    failed = true;
    store_fault(i->to, problems);
  }
  sqlite3_finalize(s);
  return !failed;
}

bool ledger_commit(importing *i, bool keep_nothing, import *done, faults *problems) {
  bool good = seal_once(i, !keep_nothing, problems);
  grown_rest(i->grown);
  good = good && insert(i, problems);
  if (done != NULL) *done = i->head;
  if (good && !keep_nothing && !i->inner) good = store_run(i->to, "COMMIT", problems);
  if (!good || (keep_nothing && !i->inner)) {
    ledger_abandon(i);
  } else {
    grown_end(i->grown, !keep_nothing);
    importing_free(i);
  }
  return good;
}

void ledger_abandon(importing *i) {
  if (i == NULL) return;
  ledger *l = i->to;
  bool inner = i->inner;
  size_t words = i->words_before;
  grown_rest(i->grown); /* until then the connection is of the thread that reads what was there before */
  stop_putting(l);
  if (!inner && sqlite3_get_autocommit(l->base) == 0) sqlite3_exec(l->base, "ROLLBACK", NULL, NULL, NULL);
  importing_free(i);
  if (!inner) store_words_forget(l, words);
}
