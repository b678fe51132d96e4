/* Words and sources of the new file: those of the old one without what nobody says any more, and what is new. */
#include "ledger/renewal.h"

#include <stdlib.h>
#include <string.h>

/* ---- words that may be said no more ---- */

typedef struct losing {
  const renewal *of;
  uint8_t *maybe; /* by word of the old file */
  size_t left;
} losing;

static void lose(losing *l, uint32_t word) {
  l->left += word != 0 && l->maybe[word] == 0;
  if (word != 0) l->maybe[word] = 1;
}

static void spoken(losing *l, uint32_t word) {
  l->left -= l->maybe[word];
  l->maybe[word] = 0;
}

static void lose_row(losing *l, const fact_columns *c, uint32_t row) {
  const uint32_t *const columns[] = {c->kind, c->code, c->name, c->level, c->mode, c->status, c->unit};
  const attribute_columns *a = &l->of->old->attributes;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) lose(l, columns[i][row]);
  for (uint32_t k = c->attribute[row]; k < c->attribute[row + 1]; k++) {
    lose(l, a->name[k]);
    if (a->type[k] == ATTRIBUTE_TEXT) lose(l, (uint32_t)a->value[k]);
  }
}

static void words_stay(losing *l, const uint32_t *words, uint32_t count) {
  for (uint32_t i = 0; i < count && l->left > 0; i++)
    if (l->maybe[words[i]]) spoken(l, words[i]);
}

/* The rows of a table that stay, from one that goes to the next. */
static void rows_stay(losing *l, const fact_columns *c, uint32_t first, uint32_t end) {
  const uint32_t *const columns[] = {c->kind, c->code, c->name, c->level, c->mode, c->status, c->unit};
  const attribute_columns *a = &l->of->old->attributes;
  if (first >= end) return;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) words_stay(l, columns[i] + first, end - first);
  for (uint32_t k = c->attribute[first]; k < c->attribute[end] && l->left > 0; k++) {
    spoken(l, a->name[k]);
    if (a->type[k] == ATTRIBUTE_TEXT) spoken(l, (uint32_t)a->value[k]);
  }
}

static void who_stays_speaks(losing *l) {
  for (fact_type type = FACT_PERSON; type < FACT_MERGE && l->left > 0; type++) {
    const renewed_table *t = &l->of->tables[type];
    const fact_columns *c = &l->of->old->of[type];
    uint32_t first = 0;
    for (size_t g = 0; g <= t->gone_count && l->left > 0; g++) {
      uint32_t end = g == t->gone_count ? c->count : t->gone[g];
      rows_stay(l, c, first, end);
      first = end + 1;
    }
  }
}

/* ---- words that are said now ---- */

static void say(const renewal *r, uint8_t *said_now, uint32_t rank) {
  said_now[r->now->by_rank[rank]] = 1;
}

/* By number of `now`: which its rows say. */
static uint8_t *words_of_now(const renewal *r) {
  const subject_builder *b = r->now;
  uint8_t *out = memory_take((size_t)b->words.count + 1);
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const build_table *t = &b->of[type];
    for (uint32_t row = 0; row < t->count; row++) {
      if (build_value(t, BUILD_TOLD_BY, row) != 0) continue;
      for (unsigned column = SECTION_KIND; column <= SECTION_UNIT; column++) out[build_value(t, column, row)] = 1;
      const build_list *list = &b->list[build_value(t, BUILD_LIST, row)];
      for (uint32_t k = 0; k < list->count; k++) {
        const build_attribute *one = &b->attributes[list->first + k];
        say(r, out, one->name);
        if (one->type == ATTRIBUTE_TEXT) say(r, out, (uint32_t)one->value);
      }
    }
  }
  out[0] = 0;
  return out;
}

/* How many words of the old file stand before a text. */
static uint32_t words_before(const subjects *s, const char *text) {
  uint32_t low = 1, high = s->word_count + 1;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (strcmp(s->words[middle], text) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low - 1;
}

/* Old words in their order, and between them those that come. */
static void number_words(renewal *r, const losing *l) {
  const uint32_t count = r->old->word_count;
  uint32_t word = 1;
  r->words = large_take(r->of->folder, ((size_t)count + 1) * sizeof *r->words);
  for (size_t next = 0; next <= r->words_come_count; next++) {
    bool end = next == r->words_come_count;
    uint32_t before = end ? count : words_before(r->old, words_text(&r->now->words, r->words_come[next]));
    for (; word <= before; word++)
      if (!l->maybe[word]) r->words[word] = ++r->word_count;
    if (!end) r->now_words[r->words_come[next]] = ++r->word_count;
  }
}

bool renewal_words(renewal *r) {
  const subject_builder *b = r->now;
  losing l = {.of = r, .maybe = large_take(r->of->folder, (size_t)r->old->word_count + 1)};
  uint8_t *now = words_of_now(r);
  uint32_t *old = memory_take(((size_t)b->words.count + 1) * sizeof *old);
  for (fact_type type = FACT_PERSON; type < FACT_MERGE; type++) {
    const renewed_table *t = &r->tables[type];
    for (size_t g = 0; g < t->gone_count; g++) lose_row(&l, &r->old->of[type], t->gone[g]);
  }
  r->now_words = arena_array(r->memory, (size_t)b->words.count + 1, sizeof *r->now_words);
  r->words_come = arena_array(r->memory, (size_t)b->words.count + 1, sizeof *r->words_come);
  for (uint32_t rank = 1; rank <= b->words.count; rank++) { /* in the order of their bytes */
    uint32_t word = b->by_rank[rank];
    if (!now[word]) continue;
    old[word] = subjects_word(r->old, words_text(&b->words, word));
    if (old[word] != 0)
      spoken(&l, old[word]);
    else
      r->words_come[r->words_come_count++] = word;
  }
  who_stays_speaks(&l);
  r->same_words = l.left == 0 && r->words_come_count == 0;
  number_words(r, &l);
  for (uint32_t word = 1; word <= b->words.count; word++)
    if (old[word] != 0) r->now_words[word] = r->words[old[word]];
  free(now);
  free(old);
  large_free(l.maybe);
  return true;
}

/* ---- sources ---- */

static bool counts(renewal *r, const char *sql, int64_t after, int64_t until, int64_t *out) {
  sqlite3_stmt *s = store_prepare(r->of, sql, r->unsaid);
  if (s == NULL) return renewal_anew(r);
  bool failed = false;
  sqlite3_bind_int64(s, 1, after);
  sqlite3_bind_int64(s, 2, until);
  sqlite3_bind_int64(s, 3, r->known_after);
  *out = store_step(r->of, s, &failed, r->unsaid) ? sqlite3_column_int64(s, 0) : 0;
  sqlite3_finalize(s);
  return !failed || renewal_anew(r);
}

/* Whether a fact is known that was read from the file of an import: one that it opened itself, or a copy of one. What
 * an undo opens are copies of others. */
static bool is_source(renewal *r, int64_t import_id, bool *out) {
  *out = false;
  int64_t after =
      store_number(r->of, "SELECT last_fact FROM import WHERE id < ? ORDER BY id DESC LIMIT 1", import_id, 0);
  int64_t until = store_number(r->of, "SELECT last_fact FROM import WHERE id = ?", import_id, 0);
  int64_t kind = store_number(r->of, "SELECT kind FROM import WHERE id = ?", import_id, IMPORT_UNDO);
  int64_t closed, copies;
  if (kind == IMPORT_UNDO || until <= after) return true;
  if (!counts(r, "SELECT count(*) FROM closing WHERE fact > ? AND fact <= ? AND import <= ?", after, until, &closed))
    return false;
  if (closed < until - after) {
    *out = true;
    return true;
  }
  bool good = counts(r,
                     "SELECT EXISTS (SELECT 1 FROM copy c WHERE c.origin > ?1 AND c.origin <= ?2 AND NOT EXISTS"
                     " (SELECT 1 FROM closing k WHERE k.fact = c.fact AND k.import <= ?3))",
                     after, until, &copies);
  *out = good && copies != 0;
  return good;
}

static size_t number_of(const renewal *r, int64_t import_id) {
  const subject_builder *b = r->now;
  size_t low = 0, high = b->source_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (b->sources[middle].import < import_id)
      low = middle + 1;
    else
      high = middle;
  }
  return low < b->source_count && b->sources[low].import == import_id ? low : SIZE_MAX;
}

/* Of the imports that are one source with this one the first of which a fact is known; SIZE_MAX: none. */
static bool first_known(renewal *r, const build_source *like, size_t *out) {
  const subject_builder *b = r->now;
  *out = SIZE_MAX;
  for (size_t i = 0; i < b->source_count && *out == SIZE_MAX; i++) {
    bool known = false;
    if (build_source_compare(&b->sources[i], like) != 0) continue;
    if (!is_source(r, b->sources[i].import, &known)) return false;
    if (known) *out = i;
  }
  return true;
}

static int by_source(const void *a, const void *b, void *context) {
  const subject_builder *of = context;
  return build_source_compare(&of->sources[*(const uint32_t *)a], &of->sources[*(const uint32_t *)b]);
}

/* The number of the source in the new file; UINT32_MAX. */
static uint32_t rank_of(const renewal *r, const build_source *wanted) {
  uint32_t low = 0, high = r->source_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int order = build_source_compare(&r->now->sources[r->source_order[middle]], wanted);
    if (order == 0) return middle;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return UINT32_MAX;
}

/* Of old sources of which a fact was closed it has to be asked who is left; a fact that was opened may come from an
 * earlier import than its source was known by. */
bool renewal_sources(renewal *r) {
  const subject_builder *b = r->now;
  const uint32_t old_count = r->old->source_count;
  uint8_t *doubtful = arena_array(r->memory, b->source_count + 1, 1);
  r->sources = arena_array(r->memory, (size_t)old_count + 1, sizeof *r->sources);
  r->now_sources = arena_array(r->memory, b->source_count + 1, sizeof *r->now_sources);
  r->source_order = arena_array(r->memory, (size_t)old_count + b->source_count + 1, sizeof *r->source_order);
  for (size_t i = 0; i < r->held_count; i++) {
    const held_fact *h = &r->held[i];
    size_t number = number_of(r, h->of.source == 0 ? h->of.import : h->of.source);
    if (number != SIZE_MAX && h->was != h->is) doubtful[number] = 1;
  }
  for (uint32_t k = 0; k < old_count; k++) {
    size_t number = number_of(r, r->old->sources[k].import);
    if (number == SIZE_MAX) return renewal_anew(r);
    r->sources[k] = (uint32_t)number; /* for now */
  }
  for (size_t i = 0; i < b->source_count; i++) {
    size_t first;
    if (!doubtful[i]) continue;
    if (!first_known(r, &b->sources[i], &first)) return false;
    for (size_t other = i; other < b->source_count; other++) /* asked once for all that are one */
      if (build_source_compare(&b->sources[other], &b->sources[i]) == 0) doubtful[other] = 0;
    if (first != SIZE_MAX) r->source_order[r->source_count++] = (uint32_t)first;
    for (uint32_t k = 0; k < old_count; k++)
      if (r->sources[k] != UINT32_MAX && build_source_compare(&b->sources[r->sources[k]], &b->sources[i]) == 0)
        r->sources[k] = UINT32_MAX;
  }
  for (uint32_t k = 0; k < old_count; k++)
    if (r->sources[k] != UINT32_MAX) r->source_order[r->source_count++] = r->sources[k];
  qsort_r(r->source_order, r->source_count, sizeof *r->source_order, by_source, r->now);
  for (uint32_t k = 0; k < old_count; k++) {
    uint32_t rank = rank_of(r, &b->sources[number_of(r, r->old->sources[k].import)]);
    r->sources[k] = rank == UINT32_MAX ? 0 : rank; /* no row that stays is of one that is gone */
  }
  for (size_t i = 0; i < b->source_count; i++) {
    uint32_t rank = b->sources[i].used ? rank_of(r, &b->sources[i]) : 0;
    if (rank == UINT32_MAX) return renewal_anew(r);
    r->now_sources[i] = rank;
  }
  return true;
}
