/* Facts as rows: writing a row's columns and reading them back. What comes out of the file is not trusted to be in
 * range. */
#include "ledger/forms.h"
#include "ledger/store.h"

#include <string.h>

void fact_columns_sql(buffer *sql, fact_type type) {
  const fact_table *table = fact_type_columns(type);
  buffer_text(sql, "id");
  for (size_t i = 0; i < table->count; i++) {
    buffer_format(sql, ", %s", table->members[i].column);
    if (table->members[i].form == MEMBER_AMOUNT) buffer_text(sql, ", bound");
  }
  buffer_text(sql, ", checksum");
}

static int32_t small(int64_t value) {
  return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

static fact_type type_of(int64_t value) {
  return value > FACT_NONE && value < FACT_TYPES ? (fact_type)value : FACT_NONE;
}

static const char *text_of(sqlite3_stmt *s, int column) {
  const char *text = (const char *)sqlite3_column_text(s, column);
  if (text == NULL) return NULL;
  return text_is_utf8(text, strlen(text)) ? text : "";
}

uint32_t *fact_word(fact_words *words, size_t offset) {
  if (offset == offsetof(fact, kind)) return &words->kind;
  if (offset == offsetof(fact, level)) return &words->level;
  if (offset == offsetof(fact, mode)) return &words->mode;
  if (offset == offsetof(fact, status)) return &words->status;
  return &words->unit;
}

void fact_from_row(ledger *l, sqlite3_stmt *s, fact_type type, fact *out, fact_words *words, uint32_t *checksum) {
  const fact_table *table = fact_type_columns(type);
  *out = (fact){.type = type,
                .id = sqlite3_column_int64(s, 0),
                .subject_type = table->subject_type,
                .object_type = table->object_type,
                .since = DATE_NONE,
                .until = DATE_NONE};
  *words = (fact_words){0};
  int column = 1;
  for (size_t i = 0; i < table->count; i++, column++) {
    const member *m = &table->members[i];
    void *at = (char *)out + m->offset;
    switch (m->form) {
    case MEMBER_INTEGER:
      *(int64_t *)at = sqlite3_column_int64(s, column);
      break;
    case MEMBER_SMALL:
      *(int32_t *)at = small(sqlite3_column_int64(s, column));
      break;
    case MEMBER_DATE:
      if (sqlite3_column_type(s, column) != SQLITE_NULL) *(date *)at = small(sqlite3_column_int64(s, column));
      break;
    case MEMBER_TYPE:
      *(fact_type *)at = type_of(sqlite3_column_int64(s, column));
      break;
    case MEMBER_WORD: {
      const char *word = store_word(l, sqlite3_column_int64(s, column));
      *(const char **)at = word;
      *fact_word(words, m->offset) = word == NULL ? 0 : (uint32_t)sqlite3_column_int64(s, column);
      break;
    }
    case MEMBER_TEXT:
      *(const char **)at = text_of(s, column);
      break;
    case MEMBER_AMOUNT:
      if (sqlite3_column_type(s, column + 1) != SQLITE_NULL) {
        int64_t how = sqlite3_column_int64(s, column + 1);
        out->amount.millionths = sqlite3_column_int64(s, column);
        out->amount.bound = how >= BOUND_EXACT && how <= BOUND_UNKNOWN ? (bound)how : BOUND_UNKNOWN;
      }
      column++;
      break;
    case MEMBER_DIGEST:
      out->has_id = sqlite3_column_type(s, column) == SQLITE_BLOB;
      *(digest *)at = store_digest(s, column);
      break;
    }
  }
  *checksum = (uint32_t)sqlite3_column_int64(s, column);
}

/* Ids grow with imports over all types, so what was known after an import ends at its last fact; closings are read
 * beside the facts in the same order. */
bool store_facts(ledger *l, fact_type type, int64_t known_after, facts_wanted wanted, stored_visit *visit,
                 void *context, faults *problems) {
  return store_facts_between(l, type, (fact_range){0, INT64_MAX, known_after}, wanted, visit, context, problems);
}

bool store_facts_between(ledger *l, fact_type type, fact_range range, facts_wanted wanted, stored_visit *visit,
                         void *context, faults *problems) {
  int64_t last =
      store_number(l, "SELECT last_fact FROM import WHERE id <= ? ORDER BY id DESC LIMIT 1", range.known_after, 0);
  if (last > range.last) last = range.last;
  buffer sql = {0};
  buffer_text(&sql, "SELECT ");
  fact_columns_sql(&sql, type);
  buffer_format(&sql, " FROM \"%s\" WHERE id <= ? AND id > ? ORDER BY id", fact_type_columns(type)->name);
  sqlite3_stmt *facts = store_prepare(l, sql.at, problems);
  buffer_free(&sql);
  sqlite3_stmt *closings =
      store_prepare(l, "SELECT fact FROM closing WHERE import <= ? AND fact > ? ORDER BY fact", problems);
  bool failed = facts == NULL || closings == NULL;
  if (!failed) {
    sqlite3_bind_int64(facts, 1, last);
    sqlite3_bind_int64(facts, 2, range.first);
    sqlite3_bind_int64(closings, 1, range.known_after);
    sqlite3_bind_int64(closings, 2, range.first);
    bool more = wanted == FACTS_KNOWN && store_step(l, closings, &failed, problems);
    while (!failed && store_step(l, facts, &failed, problems)) {
      int64_t id = sqlite3_column_int64(facts, 0);
      while (more && sqlite3_column_int64(closings, 0) < id) more = store_step(l, closings, &failed, problems);
      if (more && sqlite3_column_int64(closings, 0) == id) continue;
      fact f;
      fact_words words;
      uint32_t checksum;
      fact_from_row(l, facts, type, &f, &words, &checksum);
      words.odd = wanted == FACTS_CHECKED && !forms_fact(facts, type);
      if (!visit(context, &f, &words, checksum)) break;
    }
  }
  sqlite3_finalize(facts);
  sqlite3_finalize(closings);
  return !failed;
}

typedef struct visiting {
  fact_visit *visit;
  void *context;
} visiting;

static bool visit_fact(void *context, const fact *f, const fact_words *words, uint32_t checksum) {
  (void)words;
  (void)checksum;
  const visiting *v = context;
  return v->visit(v->context, f);
}

bool ledger_facts(ledger *l, fact_type type, int64_t known_after, fact_visit *visit, void *context, faults *problems) {
  visiting v = {visit, context};
  return store_facts(l, type, known_after, FACTS_KNOWN, visit_fact, &v, problems);
}

static sqlite3_stmt *fact_by_id(ledger *l, fact_type type, faults *problems) {
  if (l->fact_by_id[type] != NULL) return l->fact_by_id[type];
  buffer sql = {0};
  buffer_text(&sql, "SELECT ");
  fact_columns_sql(&sql, type);
  buffer_format(&sql, " FROM \"%s\" WHERE id = ?", fact_type_columns(type)->name);
  l->fact_by_id[type] = store_prepare(l, sql.at, problems);
  buffer_free(&sql);
  return l->fact_by_id[type];
}

bool store_fact(ledger *l, fact_type type, int64_t id, arena *a, fact *out, bool *failed, faults *problems) {
  sqlite3_stmt *s = fact_by_id(l, type, problems);
  *failed = s == NULL || !store_settle(l, problems);
  if (*failed) return false;
  sqlite3_bind_int64(s, 1, id);
  bool found = store_step(l, s, failed, problems);
  if (found) {
    fact_words words;
    uint32_t checksum;
    fact_from_row(l, s, type, out, &words, &checksum);
    const char **texts[] = {&out->kind,   &out->code, &out->name,       &out->level,  &out->mode,
                            &out->status, &out->unit, &out->attributes, &out->id_tail};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = arena_text(a, *texts[i]);
  }
  sqlite3_reset(s);
  return found;
}

bool ledger_fact(ledger *l, fact_type type, int64_t id, arena *a, fact *out, faults *problems) {
  bool failed;
  if (store_fact(l, type, id, a, out, &failed, problems)) return true;
  if (failed) return false;
  return fault_add(problems, NOWHERE, "ledger \"%s\" has no %s numbered %lld",
                   "台账“%s”中没有类型为 %s、编号为 %lld 的事实", l->path, fact_type_name(type), (long long)id);
}
