#include "ledger/putting.h"

#include "ledger/inserting.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
  BATCH = 1024, /* facts */
  BATCHES = 4,  /* one is filled, the others are written or wait for it */
  HASHED = 65536,
  WORDS_MET = 64
};

typedef struct put_batch {
  arena *memory; /* of its texts */
  put_item *items;
  size_t count;
} put_batch;

typedef struct type_stream {
  inserting *table;      /* NULL: no fact of this type */
  digest_stream *stream; /* until its end */
  buffer bytes;          /* not yet hashed */
  size_t count;          /* of the facts of this type in the batch at hand */
  const put_item *items[BATCH];
} type_stream;

typedef struct met_word { /* the text may be gone, or another one */
  const char *text;
  uint32_t id;
} met_word;

struct putting {
  ledger *to;
  met_word met[WORDS_MET];
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

static bool write_type(putting *p, fact_type type) {
  type_stream *of = &p->of[type];
  bool good = of->count == 0 || inserting_rows(of->table, of->items, of->count);
  of->count = 0;
  if (of->bytes.length < HASHED) return good;
  digest_add(of->stream, of->bytes.at, of->bytes.length);
  of->bytes.length = 0;
  return good;
}

static void note(putting *p, put_item *item) {
  const fact *f = &item->fact;
  type_stream *of = &p->of[f->type];
  if (of->table == NULL) of->table = inserting_new(p->to, f->type);
  if (of->stream == NULL) of->stream = digest_begin(p->memory);
  size_t before = of->bytes.length;
  fact_bytes(&of->bytes, f, true);
  item->checksum = (uint32_t)checksum_of(of->bytes.at + before, of->bytes.length - before);
  of->items[of->count++] = item;
}

/* Empties the batch, whether it could be written or not: after a failure the import cannot be kept. */
static void write_batch(putting *p, put_batch *b) {
  bool good = !p->failed;
  for (uint32_t i = 0; good && i < b->count; i++) note(p, &b->items[i]);
  for (fact_type type = FACT_PERSON; good && type < FACT_TYPES; type++) good = write_type(p, type);
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
    inserting_free(p->of[type].table);
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

/* Mostly it stands where it stood before: words of a pack have their places, those of a file come from the same cells.
 */
static bool find_word(putting *p, const char *text, uint32_t *out, faults *problems) {
  if (text == NULL) return true;
  met_word *met = &p->met[((uintptr_t)text >> 3 ^ (uintptr_t)text >> 9) % WORDS_MET];
  if (met->text != text || strcmp(store_word(p->to, met->id), text) != 0) {
    int64_t id = store_word_id(p->to, text, problems);
    if (id <= 0) return false;
    *met = (met_word){text, (uint32_t)id};
  }
  *out = met->id;
  return true;
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

bool putting_add(putting *p, const fact *f, int64_t id, int64_t import_id, faults *problems) {
  fact_words words = {0};
  if (!find_words(p, f, &words, problems)) return false;
  if (p->filling->items == NULL) p->filling->items = memory_take(BATCH * sizeof *p->filling->items);
  put_item *item = &p->filling->items[p->filling->count++];
  item->fact = *f;
  item->fact.id = id;
  item->fact.import = import_id;
  if (f->source == 0) item->fact.source = import_id;
  fact_make_normal(&item->fact);
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
