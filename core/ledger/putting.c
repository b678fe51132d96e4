#include "ledger/putting.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
  BATCH = 512,  /* facts */
  BATCHES = 4,  /* one is filled, the others are written or wait for it */
  AT_ONCE = 64, /* rows of one statement */
  HASHED = 65536
};

typedef struct put_item {
  fact fact;
  fact_words words;
} put_item;

typedef struct put_batch {
  arena *memory; /* of its texts */
  put_item *items;
  size_t count;
} put_batch;

/* What a parameter was bound to last: most columns say the same of row after row, and a bound value stays. */
typedef struct bound_number {
  bool is_bound, is_null;
  int64_t value;
} bound_number;

typedef struct insertion { /* of so many rows at once */
  sqlite3_stmt *statement; /* NULL until it is needed */
  bound_number *last;      /* by parameter, where it is a number */
} insertion;

typedef struct type_stream {
  insertion one, many;
  digest_stream *stream; /* NULL: no fact of this type */
  buffer bytes;          /* not yet hashed */
  size_t count;          /* of the facts of this type in the batch at hand */
  uint32_t items[BATCH], checksums[BATCH];
} type_stream;

struct putting {
  ledger *to;
  bool beside;
  put_batch batches[BATCHES];
  put_batch *filling;
  grown *grown; /* borrowed; NULL */
  bool rests;   /* nothing was put since all was settled */

  arena *memory; /* from here on of whoever writes */
  type_stream of[FACT_TYPES];
  bool failed;
  faults *problems; /* what failed, until it is said */

  bool started;
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  uint64_t given, written; /* batches, under the lock */
  bool gone_wrong, stop;
};

/* ---- writing a batch ---- */

static size_t columns_of(fact_type type) {
  const fact_table *table = fact_type_columns(type);
  size_t count = table->count + 2; /* number and checksum */
  for (size_t m = 0; m < table->count; m++) count += table->members[m].form == MEMBER_AMOUNT;
  return count;
}

static bool prepare(putting *p, fact_type type, insertion *of, size_t rows) {
  buffer sql = {0};
  size_t columns = columns_of(type);
  buffer_format(&sql, "INSERT INTO \"%s\" (", fact_type_name(type));
  fact_columns_sql(&sql, type);
  for (size_t row = 0; row < rows; row++) {
    buffer_text(&sql, row == 0 ? ") VALUES (?" : ", (?");
    for (size_t column = 1; column < columns; column++) buffer_text(&sql, ", ?");
    if (row + 1 < rows) buffer_text(&sql, ")");
  }
  buffer_text(&sql, ")");
  bool good = sqlite3_prepare_v2(p->to->base, sql.at, -1, &of->statement, NULL) == SQLITE_OK;
  of->last = arena_array(p->memory, rows * columns + 1, sizeof *of->last);
  buffer_free(&sql);
  return good;
}

static void put_number(insertion *to, int at, int64_t value, bool is_null) {
  bound_number *last = &to->last[at];
  if (last->is_bound && last->is_null == is_null && (is_null || last->value == value)) return;
  *last = (bound_number){true, is_null, value};
  if (is_null) {
    sqlite3_bind_null(to->statement, at);
  } else {
    sqlite3_bind_int64(to->statement, at, value);
  }
}

static void put_text(insertion *to, int at, const char *text) {
  if (text == NULL) {
    put_number(to, at, 0, true);
    return;
  }
  to->last[at].is_bound = false;
  store_bind_text(to->statement, at, text);
}

static void put_digest(insertion *to, int at, const fact *f) {
  if (!f->has_id) {
    put_number(to, at, 0, true);
    return;
  }
  to->last[at].is_bound = false;
  sqlite3_bind_blob(to->statement, at, f->id_hash.bytes, DIGEST_SIZE, SQLITE_STATIC);
}

/* Absent values are NULL, so that the columns read well and take no room. `at`: the row's first parameter. */
static void put_columns(insertion *to, int at, const put_item *item, uint32_t checksum) {
  const fact *f = &item->fact;
  const fact_table *table = fact_type_columns(f->type);
  put_number(to, at++, f->id, false);
  for (size_t m = 0; m < table->count; m++, at++) {
    const void *value = (const char *)f + table->members[m].offset;
    switch (table->members[m].form) {
    case MEMBER_INTEGER:
      put_number(to, at, *(const int64_t *)value, *(const int64_t *)value == 0);
      break;
    case MEMBER_SMALL:
      put_number(to, at, *(const int32_t *)value, false);
      break;
    case MEMBER_DATE:
      put_number(to, at, *(const date *)value, *(const date *)value == DATE_NONE);
      break;
    case MEMBER_TYPE:
      put_number(to, at, *(const fact_type *)value, false);
      break;
    case MEMBER_WORD: {
      uint32_t word = *fact_word((fact_words *)(uintptr_t)&item->words, table->members[m].offset);
      put_number(to, at, word, word == 0);
      break;
    }
    case MEMBER_TEXT:
      put_text(to, at, *(const char *const *)value);
      break;
    case MEMBER_AMOUNT:
      put_number(to, at++, f->amount.millionths, f->amount.bound == BOUND_NONE);
      put_number(to, at, f->amount.bound, f->amount.bound == BOUND_NONE);
      break;
    case MEMBER_DIGEST:
      put_digest(to, at, f);
      break;
    }
  }
  put_number(to, at, checksum, false);
}

static bool insert(putting *p, const put_batch *b, fact_type type, size_t first, size_t rows) {
  type_stream *of = &p->of[type];
  insertion *to = rows == 1 ? &of->one : &of->many;
  if (to->statement == NULL && !prepare(p, type, to, rows)) return false;
  int columns = (int)columns_of(type);
  for (size_t row = 0; row < rows; row++)
    put_columns(to, 1 + (int)row * columns, &b->items[of->items[first + row]], of->checksums[first + row]);
  int code = sqlite3_step(to->statement);
  if (code != SQLITE_DONE) return false;
  sqlite3_reset(to->statement);
  return true;
}

static bool write_type(putting *p, const put_batch *b, fact_type type) {
  type_stream *of = &p->of[type];
  bool good = true;
  for (size_t first = 0; good && first < of->count;) {
    size_t rows = of->count - first >= AT_ONCE ? AT_ONCE : 1;
    good = insert(p, b, type, first, rows);
    first += rows;
  }
  of->count = 0;
  if (of->bytes.length < HASHED) return good;
  digest_add(of->stream, of->bytes.at, of->bytes.length);
  of->bytes.length = 0;
  return good;
}

static void note(putting *p, const put_batch *b, uint32_t at) {
  const fact *f = &b->items[at].fact;
  type_stream *of = &p->of[f->type];
  if (of->stream == NULL) of->stream = digest_begin(p->memory);
  size_t before = of->bytes.length;
  fact_bytes(&of->bytes, f, true);
  of->items[of->count] = at;
  of->checksums[of->count++] = (uint32_t)checksum_of(of->bytes.at + before, of->bytes.length - before);
}

/* Empties the batch, whether it could be written or not: after a failure the import cannot be kept. */
static void write_batch(putting *p, put_batch *b) {
  bool good = !p->failed;
  for (uint32_t i = 0; good && i < b->count; i++) note(p, b, i);
  for (fact_type type = FACT_PERSON; good && type < FACT_TYPES; type++) good = write_type(p, b, type);
  for (uint32_t i = 0; good && i < b->count; i++) grown_add(p->grown, &b->items[i].fact, &b->items[i].words);
  if (!good && !p->failed) {
    store_fault(p->to, p->problems);
    p->failed = true;
  }
  arena_reset(b->memory);
  b->count = 0;
}

/* ---- the thread ---- */

static void *write_beside(void *context) {
  putting *p = context;
  pthread_mutex_lock(&p->lock);
  while (!p->stop) {
    if (p->written == p->given) {
      pthread_cond_wait(&p->changed, &p->lock);
      continue;
    }
    put_batch *next = &p->batches[p->written % BATCHES];
    pthread_mutex_unlock(&p->lock);
    write_batch(p, next);
    pthread_mutex_lock(&p->lock);
    p->written++;
    p->gone_wrong = p->failed;
    pthread_cond_signal(&p->changed);
  }
  pthread_mutex_unlock(&p->lock);
  return NULL;
}

/* Waits until no more than so many batches are left to be written; false where one could not be. */
static bool wait_for(putting *p, uint64_t most) {
  pthread_mutex_lock(&p->lock);
  while (p->given - p->written > most) pthread_cond_wait(&p->changed, &p->lock);
  bool good = !p->gone_wrong;
  pthread_mutex_unlock(&p->lock);
  return good;
}

/* Whether all went well; what did not is said. Only while the thread rests. */
static bool went_well(putting *p, faults *problems) {
  if (p->failed && problems != NULL) faults_take(problems, p->problems);
  return !p->failed;
}

static bool hand_over(putting *p, faults *problems) {
  if (p->beside && !p->started) p->started = pthread_create(&p->thread, NULL, write_beside, p) == 0;
  if (!p->started) {
    write_batch(p, p->filling);
    return went_well(p, problems);
  }
  pthread_mutex_lock(&p->lock);
  p->given++;
  pthread_cond_signal(&p->changed);
  pthread_mutex_unlock(&p->lock);
  p->filling = &p->batches[p->given % BATCHES];
  if (wait_for(p, BATCHES - 1)) return true;
  wait_for(p, 0);
  return went_well(p, problems);
}

/* ---- what the others call ---- */

putting *putting_begin(ledger *l, bool beside) {
  putting *p = memory_take(sizeof *p);
  p->to = l;
  p->beside = beside;
  p->rests = true;
  p->memory = arena_new();
  p->problems = faults_new(p->memory);
  for (size_t i = 0; i < BATCHES; i++) p->batches[i].memory = arena_new();
  p->filling = &p->batches[0];
  pthread_mutex_init(&p->lock, NULL);
  pthread_cond_init(&p->changed, NULL);
  return p;
}

void putting_show(putting *p, grown *to) {
  p->grown = to;
}

void putting_free(putting *p) {
  if (p == NULL) return;
  if (p->started) {
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    pthread_cond_signal(&p->changed);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
  }
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    sqlite3_finalize(p->of[type].one.statement);
    sqlite3_finalize(p->of[type].many.statement);
    buffer_free(&p->of[type].bytes);
  }
  for (size_t i = 0; i < BATCHES; i++) {
    arena_free(p->batches[i].memory);
    free(p->batches[i].items);
  }
  pthread_cond_destroy(&p->changed);
  pthread_mutex_destroy(&p->lock);
  arena_free(p->memory);
  free(p);
}

static bool find_word(putting *p, const char *text, uint32_t *out, faults *problems) {
  if (text == NULL) return true;
  int64_t id = store_word_id(p->to, text, problems);
  if (id > 0) *out = (uint32_t)id;
  return id > 0;
}

/* The numbers of its words. A new word settles all that was put before. Whatever is no word of its type is NULL. */
static bool find_words(putting *p, const fact *f, fact_words *out, faults *problems) {
  return find_word(p, f->kind, &out->kind, problems) && find_word(p, f->level, &out->level, problems) &&
         find_word(p, f->mode, &out->mode, problems) && find_word(p, f->status, &out->status, problems) &&
         find_word(p, f->unit, &out->unit, problems);
}

/* Words stay where the ledger keeps them. */
static void keep_texts(putting *p, put_item *item) {
  fact *f = &item->fact;
  const struct {
    const char **text;
    uint32_t word;
  } words[] = {{&f->kind, item->words.kind},
               {&f->level, item->words.level},
               {&f->mode, item->words.mode},
               {&f->status, item->words.status},
               {&f->unit, item->words.unit}};
  const char **texts[] = {&f->code, &f->name, &f->attributes, &f->id_tail};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (words[i].word != 0) *words[i].text = store_word(p->to, words[i].word);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (*texts[i] != NULL) *texts[i] = arena_text(p->filling->memory, *texts[i]);
}

bool putting_add(putting *p, const fact *f, faults *problems) {
  fact_words words = {0};
  if (!find_words(p, f, &words, problems)) return false;
  if (p->filling->items == NULL) p->filling->items = memory_take(BATCH * sizeof *p->filling->items);
  put_item *item = &p->filling->items[p->filling->count++];
  item->fact = *f;
  item->words = words;
  keep_texts(p, item);
  p->rests = false;
  return p->filling->count < BATCH || hand_over(p, problems);
}

bool putting_settle(putting *p, faults *problems) {
  if (!p->rests) {
    wait_for(p, 0);
    if (p->filling->count > 0) write_batch(p, p->filling);
    p->rests = true;
  }
  return went_well(p, problems);
}

bool putting_end(putting *p, digest of[FACT_TYPES], faults *problems) {
  if (!putting_settle(p, problems)) return false;
  for (fact_type type = FACT_PERSON; type < FACT_TYPES; type++) {
    type_stream *one = &p->of[type];
    if (one->stream == NULL) continue;
    digest_add(one->stream, one->bytes.at, one->bytes.length);
    of[type] = digest_end(one->stream);
    one->stream = NULL;
  }
  return true;
}
