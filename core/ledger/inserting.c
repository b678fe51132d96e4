#include "ledger/inserting.h"

#include <stdlib.h>
#include <string.h>

enum {
  AT_ONCE = 64, /* rows of one statement */
  COLUMNS_MOST = 32
};

typedef struct column {
  member_form form;
  bool whether; /* of the two columns of an amount the one that says how it is bounded */
  size_t offset;
} column;

/* A value as it is bound. Of texts and digests only whether there is one. */
typedef struct cell {
  int64_t number;
  bool is_null;
} cell;

typedef struct parameter { /* a bound value stays */
  bool is_bound;
  cell last;
} parameter;

typedef struct statement {
  sqlite3_stmt *prepared; /* NULL until it is needed */
  bool varies[COLUMNS_MOST];
  cell alike[COLUMNS_MOST]; /* what stands in it for a column that does not vary */
  size_t varying;
  parameter *parameters; /* counted from 1 */
} statement;

/* Columns: the number of the fact, its members, its checksum. */
struct inserting {
  ledger *to;
  fact_type type;
  arena *memory;
  column columns[COLUMNS_MOST];
  size_t count;
  statement one, many, numbered;
  bool begun, behind; /* no row of the table has a greater number than those that come */
  int64_t last;       /* number inserted last; 0 */
  cell cells[COLUMNS_MOST][AT_ONCE];
};

inserting *inserting_new(ledger *l, fact_type type) {
  const fact_table *table = fact_type_columns(type);
  inserting *i = memory_take(sizeof *i);
  i->to = l;
  i->type = type;
  i->memory = arena_new();
  i->count = 1;
  for (size_t m = 0; m < table->count; m++) {
    const member *from = &table->members[m];
    i->columns[i->count++] = (column){.form = from->form, .offset = from->offset};
    if (from->form == MEMBER_AMOUNT)
      i->columns[i->count++] = (column){.form = from->form, .offset = from->offset, .whether = true};
  }
  i->count++;
  return i;
}

void inserting_free(inserting *i) {
  if (i == NULL) return;
  sqlite3_finalize(i->one.prepared);
  sqlite3_finalize(i->many.prepared);
  sqlite3_finalize(i->numbered.prepared);
  arena_free(i->memory);
  free(i);
}

/* ---- values ---- */

static cell number_cell(int64_t number, bool is_null) {
  return (cell){is_null ? 0 : number, is_null};
}

static cell amount_cell(const amount *value, bool whether) {
  return number_cell(whether ? (int64_t)value->bound : value->millionths, value->bound == BOUND_NONE);
}

#define EACH_ROW(value)                                                                                                \
  do {                                                                                                                 \
    for (size_t row = 0; row < count; row++) {                                                                         \
      const void *at = (const char *)&rows[row]->fact + from->offset;                                                  \
      to[row] = (value);                                                                                               \
    }                                                                                                                  \
  } while (0)

/* Absent values are NULL, so that the columns read well and take no room. */
static void read_column(const column *from, const put_item *const *rows, size_t count, cell *to) {
  switch (from->form) {
  case MEMBER_INTEGER:
    EACH_ROW(number_cell(*(const int64_t *)at, *(const int64_t *)at == 0));
    break;
  case MEMBER_SMALL:
    EACH_ROW(number_cell(*(const int32_t *)at, false));
    break;
  case MEMBER_DATE:
    EACH_ROW(number_cell(*(const date *)at, *(const date *)at == DATE_NONE));
    break;
  case MEMBER_TYPE:
    EACH_ROW(number_cell(*(const fact_type *)at, false));
    break;
  case MEMBER_WORD:
    for (size_t row = 0; row < count; row++) {
      uint32_t word = *fact_word((fact_words *)(uintptr_t)&rows[row]->words, from->offset);
      to[row] = number_cell(word, word == 0);
    }
    break;
  case MEMBER_TEXT:
    EACH_ROW(number_cell(0, *(const char *const *)at == NULL));
    break;
  case MEMBER_AMOUNT:
    EACH_ROW(amount_cell(at, from->whether));
    break;
  case MEMBER_DIGEST:
    for (size_t row = 0; row < count; row++) to[row] = number_cell(0, !rows[row]->fact.has_id);
    break;
  }
}

static void read_columns(inserting *i, const put_item *const *rows, size_t count) {
  for (size_t row = 0; row < count; row++) {
    i->cells[0][row] = number_cell(rows[row]->fact.id, false);
    i->cells[i->count - 1][row] = number_cell(rows[row]->checksum, false);
  }
  for (size_t c = 1; c + 1 < i->count; c++) read_column(&i->columns[c], rows, count, i->cells[c]);
}

/* ---- statements ---- */

static bool is_number(const inserting *i, size_t c) {
  return c == 0 || c + 1 == i->count || (i->columns[c].form != MEMBER_TEXT && i->columns[c].form != MEMBER_DIGEST);
}

static bool same_cell(const cell *a, const cell *b) {
  return a->is_null == b->is_null && a->number == b->number;
}

/* Lets those columns vary in which these rows differ from what stands in the statement. True where it has to be
 * prepared, for the first time or again. */
static bool fit(const inserting *i, statement *s, size_t count) {
  bool anew = s->prepared == NULL;
  for (size_t c = 0; c < i->count; c++) {
    const cell *cells = i->cells[c];
    if (s->prepared == NULL) {
      s->alike[c] = cells[0];
      s->varies[c] = count == 1 || (!cells[0].is_null && !is_number(i, c));
    }
    size_t row = 0;
    while (!s->varies[c] && row < count && same_cell(&cells[row], &s->alike[c])) row++;
    if (s->varies[c] || row == count) continue;
    s->varies[c] = true;
    anew = true;
  }
  return anew;
}

/* `first`: 1 where the numbers of the facts are left out. */
static bool prepare(inserting *i, statement *s, size_t first, size_t count) {
  buffer sql = {0}, columns = {0};
  fact_columns_sql(&columns, i->type); /* "id, …" */
  buffer_format(&sql, "INSERT INTO \"%s\" (%s)", fact_type_name(i->type),
                columns.at + (first == 0 ? 0 : strlen("id, ")));
  s->varying = 0;
  for (size_t row = 0; row < count; row++) {
    buffer_text(&sql, row == 0 ? " VALUES " : ", ");
    for (size_t c = first; c < i->count; c++) {
      buffer_text(&sql, c == first ? "(" : ", ");
      if (s->varies[c])
        buffer_text(&sql, "?");
      else if (s->alike[c].is_null)
        buffer_text(&sql, "NULL");
      else
        buffer_format(&sql, "%lld", (long long)s->alike[c].number);
    }
    buffer_text(&sql, ")");
  }
  for (size_t c = first; c < i->count; c++) s->varying += s->varies[c];
  sqlite3_finalize(s->prepared);
  bool good = sqlite3_prepare_v3(i->to->base, sql.at, -1, SQLITE_PREPARE_PERSISTENT, &s->prepared, NULL) == SQLITE_OK;
  s->parameters = arena_array(i->memory, count * s->varying + 1, sizeof *s->parameters);
  buffer_free(&sql);
  buffer_free(&columns);
  return good;
}

static void bind(statement *s, int at, const cell *value) {
  parameter *to = &s->parameters[at];
  if (to->is_bound && same_cell(&to->last, value)) return;
  *to = (parameter){true, *value};
  if (value->is_null) {
    sqlite3_bind_null(s->prepared, at);
  } else {
    sqlite3_bind_int64(s->prepared, at, value->number);
  }
}

static void bind_text(statement *s, int at, const column *from, const fact *f, const cell *value) {
  if (value->is_null) {
    bind(s, at, value);
    return;
  }
  s->parameters[at].is_bound = false;
  if (from->form == MEMBER_TEXT)
    store_bind_text(s->prepared, at, *(const char *const *)(const void *)((const char *)f + from->offset));
  else
    sqlite3_bind_blob(s->prepared, at, f->id_hash.bytes, DIGEST_SIZE, SQLITE_STATIC);
}

static void bind_all(const inserting *i, statement *s, size_t first, const put_item *const *rows, size_t count) {
  int before = 1;
  for (size_t c = first; c < i->count; c++) {
    if (!s->varies[c]) continue;
    int at = before++;
    for (size_t row = 0; row < count; row++, at += (int)s->varying) {
      if (is_number(i, c))
        bind(s, at, &i->cells[c][row]);
      else
        bind_text(s, at, &i->columns[c], &rows[row]->fact, &i->cells[c][row]);
    }
  }
}

static bool step(statement *s) {
  bool good = sqlite3_step(s->prepared) == SQLITE_DONE;
  if (good) sqlite3_reset(s->prepared);
  return good;
}

static bool look_behind(inserting *i, int64_t first) {
  buffer sql = {0};
  sqlite3_stmt *s = NULL;
  buffer_format(&sql, "SELECT max(id) FROM \"%s\"", fact_type_name(i->type));
  bool good = sqlite3_prepare_v2(i->to->base, sql.at, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW;
  if (good) i->behind = sqlite3_column_int64(s, 0) < first;
  i->begun = good;
  sqlite3_finalize(s);
  buffer_free(&sql);
  return good;
}

static bool insert(inserting *i, const put_item *const *rows, size_t count) {
  const int64_t from = rows[0]->fact.id, to = rows[count - 1]->fact.id;
  if (!i->begun && !look_behind(i, from)) return false;
  const bool numbered = count > 1 && i->behind && i->last == from - 1 && i->last > 0 && to - from == (int64_t)count - 1;
  statement *s = count == 1 ? &i->one : numbered ? &i->numbered : &i->many;
  const size_t first = numbered ? 1 : 0;
  read_columns(i, rows, count);
  if (fit(i, s, count) && !prepare(i, s, first, count)) return false;
  bind_all(i, s, first, rows, count);
  i->last = to;
  return step(s) && sqlite3_last_insert_rowid(i->to->base) == to;
}

bool inserting_rows(inserting *i, const put_item *const *rows, size_t count) {
  bool good = true;
  for (size_t done = 0; good && done < count;) {
    size_t some = count - done >= AT_ONCE ? AT_ONCE : 1;
    good = insert(i, rows + done, some);
    done += some;
  }
  return good;
}
