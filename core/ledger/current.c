#include "ledger/current.h"

#include "base/scratch.h"
#include "ledger/store.h"
#include "ledger/subjects_inside.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of a column, the block that was read last. */
typedef struct near_block {
  uint64_t block; /* counted from 1; 0: none */
  unsigned char *bytes;
} near_block;

struct current {
  ledger *of;
  faults *problems;
  mapped *file;  /* NULL: nothing can be found any more */
  uint32_t made; /* how often it was made anew */
  scratch room;
  int64_t *left_out; /* open addressing; 0 is free */
  size_t slots, used;
  near_block near[FACT_TYPES][SECTION_COLUMNS];
  size_t reads; /* blocks that were read so */
};

/* ---- what is left out ---- */

#define PRIVATE_MOST ((size_t)1 << 20)

static size_t slot_of(const current *c, int64_t fact_id) {
  size_t at = (size_t)(((uint64_t)fact_id * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (c->slots - 1);
  while (c->left_out[at] != 0 && c->left_out[at] != fact_id) at = (at + 1) & (c->slots - 1);
  return at;
}

void current_leave_out(current *c, int64_t fact_id) {
  if (2 * (c->used + 1) > c->slots) {
    scratch old = c->room;
    const int64_t *before = c->left_out;
    size_t count = c->slots;
    c->slots = count == 0 ? 256 : 2 * count;
    c->room = (scratch){.folder = old.folder, .private_most = old.private_most};
    c->left_out = scratch_grow(&c->room, c->slots * sizeof *c->left_out);
    for (size_t i = 0; i < count; i++)
      if (before[i] != 0) c->left_out[slot_of(c, before[i])] = before[i];
    scratch_free(&old);
  }
  size_t at = slot_of(c, fact_id);
  c->used += c->left_out[at] == 0;
  c->left_out[at] = fact_id;
}

static bool is_left_out(const current *c, int64_t fact_id) {
  return c->used > 0 && c->left_out[slot_of(c, fact_id)] != 0;
}

/* ---- the file ---- */

static mapped *map_stored(ledger *l) {
  arena *a = arena_new();
  int descriptor = open(store_beside(l, a, ".subjects"), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  arena_free(a);
  if (descriptor < 0) return NULL;
  const char *reason;
  mapped *m = mapped_open(descriptor, &reason);
  close(descriptor);
  if (reason == NULL) return m;
  mapped_close(m);
  return NULL;
}

/* Whether the file tells of a state of this ledger from which the way to the present one is short. */
static bool is_near(ledger *l, const mapped *m) {
  int64_t known_after = m->header.known_after, last = ledger_last(l);
  if (known_after < 1 || known_after > last || !digest_same(m->header.chain, ledger_chain(l, known_after)) ||
      !digest_same(m->header.secret, ledger_chain(l, 1)))
    return false;
  if (known_after == last) return true;
  int64_t all = store_number(l, "SELECT last_fact FROM import WHERE id = ?", last, 0);
  int64_t then = store_number(l, "SELECT last_fact FROM import WHERE id = ?", known_after, 0);
  int64_t closed = store_number(l, "SELECT sum(closed) FROM import WHERE id > ?", known_after, 0);
  return all - then + closed <= all / 32;
}

/* The file of the present state, whatever was there before; unnamed where the folder takes none. */
static mapped *map_anew(ledger *l, faults *problems) {
  subjects *s = subjects_open(l, problems);
  if (s == NULL) return NULL;
  const char *reason;
  mapped *m = mapped_open(subjects_descriptor(s), &reason);
  subjects_close(s);
  if (reason == NULL) return m;
  mapped_close(m);
  fault_add(problems, NOWHERE, "the subject file cannot be used: \"%s\" is wrong", "主体文件无法使用：“%s”有误",
            reason);
  return NULL;
}

typedef struct leaving {
  current *of;
  bool merge; /* a merge was taken back: who was one row is two again */
} leaving;

static bool leave_out(void *context, const fact *f, bool opened) {
  leaving *l = context;
  if (opened) return false; /* closed ones come first */
  l->merge = l->merge || f->type == FACT_MERGE;
  current_leave_out(l->of, f->id);
  return !l->merge;
}

current *current_open(ledger *l, faults *problems) {
  mapped *m = map_stored(l);
  if (m != NULL && !is_near(l, m)) {
    mapped_close(m);
    m = NULL;
  }
  current *c = memory_take(sizeof *c);
  *c = (current){
      .of = l, .problems = problems, .file = m, .room = {.folder = ledger_folder(l), .private_most = PRIVATE_MOST}};
  leaving out = {.of = c};
  bool good = m == NULL || ledger_changes(l, m->header.known_after, leave_out, &out, problems);
  if (good && (m == NULL || out.merge)) {
    mapped_close(m);
    c->file = map_anew(l, problems);
    good = c->file != NULL;
  }
  if (good) return c;
  current_close(c);
  return NULL;
}

static void forget_near(current *c) {
  for (fact_type type = FACT_NONE; type < FACT_TYPES; type++)
    for (section_column column = 0; column < SECTION_COLUMNS; column++) {
      free(c->near[type][column].bytes);
      c->near[type][column] = (near_block){0, NULL};
    }
}

void current_close(current *c) {
  if (c == NULL) return;
  forget_near(c);
  mapped_close(c->file);
  scratch_free(&c->room);
  free(c);
}

int64_t current_since(const current *c) {
  return c->file == NULL ? 0 : c->file->header.known_after;
}

/* A damaged block: the file is made anew. What was asked of it has to be asked again. */
static void mend(current *c) {
  arena *a = arena_new();
  const char *path = store_beside(c->of, a, ".subjects");
  subjects_say_damaged(path, c->problems);
  unlink(path);
  arena_free(a);
  forget_near(c);
  mapped_close(c->file);
  c->file = map_anew(c->of, c->problems);
  c->made++;
}

/* ---- reading ---- */

/* An element of a section; NULL where it is damaged or not there. */
static const void *element(current *c, fact_type table, section_column column, uint64_t at, size_t width) {
  mapped *m = c->file;
  const unsigned char *from = m->found[table][column];
  if (from == NULL || at >= m->counts[table][column] || !mapped_touch(m, from + at * width, width)) return NULL;
  return from + at * width;
}

/* A number of a column. Of a few places the blocks are read, which is quicker than to have their pages mapped; of many
 * some will be wanted again. False where it is damaged or not there. */
static bool number_of(current *c, fact_type table, section_column column, uint64_t at, size_t width, void *out) {
  enum { READS_MOST = 4096 };
  mapped *m = c->file;
  const unsigned char *from = m->found[table][column];
  if (from == NULL || at >= m->counts[table][column]) return false;
  from += at * width; /* never in two blocks: columns are aligned, and so are blocks */
  const uint64_t offset = (uint64_t)(from - m->bytes) - SUBJECTS_HEADER, block = offset / SUBJECTS_BLOCK;
  if (m->checked[block] || c->reads == READS_MOST) {
    if (!mapped_touch(m, from, width)) return false;
  } else {
    near_block *near = &c->near[table][column];
    if (near->block != block + 1) {
      if (near->bytes == NULL) near->bytes = memory_resize(NULL, SUBJECTS_BLOCK);
      near->block = 0;
      c->reads++;
      if (!mapped_read(m, block, near->bytes)) return false;
      near->block = block + 1;
    }
    from = near->bytes + offset % SUBJECTS_BLOCK;
  }
  memcpy(out, from, width);
  return true;
}

static const subject_key *key_at(current *c, section_column column, uint64_t at) {
  return element(c, FACT_NONE, column, at, sizeof(subject_key));
}

/* Hashes are spread evenly: where one stands can be guessed. A few guesses, then halving. */
static uint64_t guess(uint64_t low, uint64_t high, int64_t from, int64_t to, int64_t wanted) {
  if (wanted <= from) return low;
  if (wanted >= to) return high - 1;
  uint64_t part = (uint64_t)wanted - (uint64_t)from, whole = (uint64_t)to - (uint64_t)from;
  for (; whole > INT32_MAX; whole >>= 1) part >>= 1;
  uint64_t at = low + part * (high - low) / whole; /* there are fewer than 2^32 keys */
  return at >= high ? high - 1 : at;
}

/* The first key of at least that hash; false where the file is damaged. */
static bool first_of(current *c, section_column column, int64_t hash, uint64_t *out) {
  uint64_t low = 0, high = c->file->counts[FACT_NONE][column];
  *out = 0;
  if (high == 0) return true;
  const subject_key *first = key_at(c, column, 0), *last = key_at(c, column, high - 1);
  if (first == NULL || last == NULL) return false;
  int64_t from = first->hash, to = last->hash;
  for (int step = 0; low < high; step++) {
    uint64_t middle = step < 6 && from < to ? guess(low, high, from, to, hash) : low + (high - low) / 2;
    const subject_key *here = key_at(c, column, middle);
    if (here == NULL) return false;
    if (here->hash < hash) {
      low = middle + 1;
      from = here->hash;
    } else {
      high = middle;
      to = here->hash;
    }
  }
  *out = low;
  return true;
}

/* How many keys have that hash; false where the file is damaged. */
static bool range_of(current *c, section_column column, int64_t hash, uint64_t *first, uint64_t *count) {
  *count = 0;
  if (!first_of(c, column, hash, first)) return false;
  while (*first + *count < c->file->counts[FACT_NONE][column]) {
    const subject_key *here = key_at(c, column, *first + *count);
    if (here == NULL) return false;
    if (here->hash != hash) break;
    ++*count;
  }
  return true;
}

static uint64_t rows_of(const mapped *m, fact_type type) {
  uint64_t offsets = type > FACT_NONE && type < FACT_MERGE ? m->counts[type][SECTION_ATTRIBUTE] : 0;
  return offsets == 0 ? 0 : offsets - 1;
}

/* What the row at a position is; false where the file is damaged. A column that is left out is of zeros. */
static bool number_at(current *c, fact_type type, section_column column, uint64_t row, int64_t *out) {
  *out = 0;
  if (row >= rows_of(c->file, type)) return false;
  if (c->file->found[type][column] == NULL) return true;
  return number_of(c, type, column, row, sizeof *out, out);
}

static bool object_at(current *c, fact_type type, uint64_t row, int64_t *out) {
  fact_type of = type == FACT_POST ? FACT_ORGANIZATION : type == FACT_ENROLLMENT ? FACT_COHORT : FACT_NONE;
  *out = 0;
  if (of == FACT_NONE) return true;
  int32_t at = 0; /* a column that is left out is of zeros: all in the first row */
  if (c->file->found[type][SECTION_OBJECT] != NULL && !number_of(c, type, SECTION_OBJECT, row, sizeof at, &at))
    return false;
  return at < 0 || number_at(c, of, SECTION_ENTITY, (uint64_t)at, out);
}

static bool hit_of_row(current *c, fact_type type, uint64_t row, current_hit *out) {
  *out = (current_hit){.type = type, .row = (int64_t)row, .made = c->made};
  return number_at(c, type, SECTION_FACT, row, &out->fact) && object_at(c, type, row, &out->object) &&
         (!fact_is_entity(type) || number_at(c, type, SECTION_ENTITY, row, &out->entity));
}

static bool hit_of_key(current *c, const subject_key *key, current_hit *out) {
  *out = (current_hit){.fact = key->fact, .type = (fact_type)key->type, .row = -1};
  if (key->type == FACT_NONE || key->type >= FACT_TYPES) return false;
  if (!fact_is_entity(out->type)) return true;
  return key->row >= 0 && number_at(c, out->type, SECTION_ENTITY, (uint64_t)key->row, &out->entity);
}

/* Hits are gathered first and visited when all were found whole. */
typedef struct gathering {
  current_hit few[16]; /* mostly enough */
  current_hit *more;   /* all of them, where it is not */
  size_t count, capacity;
} gathering;

static void gather(const current *c, gathering *to, const current_hit *hit) {
  const size_t few = sizeof to->few / sizeof *to->few;
  if (is_left_out(c, hit->fact)) return;
  if (to->count == (to->more == NULL ? few : to->capacity)) {
    to->capacity = 4 * to->count;
    current_hit *more = memory_resize(to->more, to->capacity * sizeof *more);
    if (to->more == NULL) memcpy(more, to->few, sizeof to->few);
    to->more = more;
  }
  (to->more == NULL ? to->few : to->more)[to->count++] = *hit;
}

static bool gather_keys(current *c, section_column column, int64_t hash, gathering *to) {
  uint64_t first, count;
  if (!range_of(c, column, hash, &first, &count)) return false;
  for (uint64_t k = 0; k < count; k++) {
    current_hit hit;
    if (!hit_of_key(c, key_at(c, column, first + k), &hit)) return false;
    gather(c, to, &hit);
  }
  return true;
}

/* The row of an entity; -1 where there is none, also where the number is that of another type. */
static bool row_of(current *c, fact_type type, int64_t entity, int32_t *out) {
  uint64_t first, count;
  *out = -1;
  if (!range_of(c, SECTION_ENTITIES, entity, &first, &count)) return false;
  const subject_key *key = count == 0 ? NULL : key_at(c, SECTION_ENTITIES, first);
  if (key != NULL && key->type == type) *out = key->row;
  return true;
}

static bool gather_describing(current *c, fact_type type, int64_t entity, gathering *to) {
  int32_t row;
  if (!row_of(c, type, entity, &row)) return false;
  if (row < 0) return true;
  current_hit hit;
  if (!hit_of_row(c, type, (uint64_t)row, &hit)) return false;
  gather(c, to, &hit);
  return gather_keys(c, SECTION_FOLDED, subjects_row_hash(type, row), to);
}

/* Where lists under a type stand, for the table whose rows are listed. */
static section_column list_column(fact_type table, fact_type type) {
  subjects unused;
  for (section_column column = SECTION_RECORDS; column < SECTION_ATTRIBUTE_NAME; column += 2) {
    fact_type listed = FACT_NONE;
    if (subjects_index_at(&unused, column, type, &listed) != NULL && listed == table) return column;
  }
  return SECTION_COLUMNS;
}

static bool gather_listed(current *c, fact_type table, fact_type type, int64_t entity, gathering *to) {
  int32_t row;
  section_column column = list_column(table, type);
  if (!row_of(c, type, entity, &row)) return false;
  if (row < 0 || column == SECTION_COLUMNS) return true;
  uint32_t from, end, at;
  if (!number_of(c, type, column, (uint64_t)row, sizeof from, &from) ||
      !number_of(c, type, column, (uint64_t)row + 1, sizeof end, &end) || from > end)
    return false;
  for (uint32_t k = from; k < end; k++) {
    current_hit hit;
    if (!number_of(c, type, column + 1, k, sizeof at, &at) || !hit_of_row(c, table, at, &hit)) return false;
    gather(c, to, &hit);
    if (!gather_keys(c, SECTION_FOLDED, subjects_row_hash(table, (int32_t)at), to)) return false;
  }
  return true;
}

/* ---- a fact as the file has it ---- */

typedef struct row_reading {
  current *of;
  fact_type type;
  uint64_t row;
  arena *texts;
  bool good;
} row_reading;

/* A column that is left out is of zeros. */
static int64_t value_of(row_reading *r, section_column column) {
  int64_t eight = 0;
  int32_t four = 0;
  uint8_t one = 0;
  if (!r->good || r->of->file->found[r->type][column] == NULL) return 0;
  switch (fact_column_rows[column].width) {
  case sizeof eight:
    r->good = number_of(r->of, r->type, column, r->row, sizeof eight, &eight);
    return eight;
  case sizeof four:
    r->good = number_of(r->of, r->type, column, r->row, sizeof four, &four);
    return four;
  default:
    r->good = number_of(r->of, r->type, column, r->row, sizeof one, &one);
    return one;
  }
}

static const char *word_of(row_reading *r, section_column column) {
  const uint64_t word = (uint32_t)value_of(r, column);
  if (!r->good || word == 0) return NULL;
  const mapped *m = r->of->file;
  const uint64_t *from = element(r->of, FACT_NONE, SECTION_WORD_AT, word, sizeof *from);
  const uint64_t *end = element(r->of, FACT_NONE, SECTION_WORD_AT, word + 1, sizeof *end);
  const uint64_t all = m->counts[FACT_NONE][SECTION_WORD_BYTES];
  const char *bytes = (const char *)m->found[FACT_NONE][SECTION_WORD_BYTES];
  r->good = from != NULL && end != NULL && bytes != NULL && *from < *end && *end <= all &&
            mapped_touch(r->of->file, bytes + *from, (size_t)(*end - *from)) && bytes[*end - 1] == '\0';
  return r->good ? arena_text(r->texts, bytes + *from) : NULL;
}

static int64_t entity_of(row_reading *r, section_column column, fact_type type) {
  const int32_t position = (int32_t)value_of(r, column);
  int64_t entity = 0;
  if (r->good && type != FACT_NONE && position >= 0)
    r->good = number_at(r->of, type, SECTION_ENTITY, (uint64_t)position, &entity);
  return entity;
}

static fact_type type_of(row_reading *r, section_column column) {
  const int64_t type = value_of(r, column);
  r->good = r->good && type >= FACT_NONE && type < FACT_TYPES;
  return r->good ? (fact_type)type : FACT_NONE;
}

/* The file tells of attributes in another form. */
static bool has_attributes(row_reading *r) {
  uint32_t from, end;
  return !number_of(r->of, r->type, SECTION_ATTRIBUTE, r->row, sizeof from, &from) ||
         !number_of(r->of, r->type, SECTION_ATTRIBUTE, r->row + 1, sizeof end, &end) || from != end;
}

static int64_t import_of(row_reading *r) {
  const uint64_t number = (uint32_t)value_of(r, SECTION_SOURCE);
  const stored_source *from = element(r->of, FACT_NONE, SECTION_SOURCES, number, sizeof *from);
  r->good = r->good && from != NULL && from->import > 0;
  return r->good ? from->import : 0;
}

bool current_fact(current *c, const current_hit *hit, arena *a, fact *out) {
  row_reading r = {c, hit->type, (uint64_t)hit->row, a, true};
  if (c->file == NULL || hit->row < 0 || hit->made != c->made || fact_is_entity(hit->type) || has_attributes(&r))
    return false;
  *out = (fact){.type = hit->type,
                .id = hit->fact,
                .source = import_of(&r),
                .sheet = (int32_t)value_of(&r, SECTION_SHEET),
                .row = value_of(&r, SECTION_ROW),
                .part = (int32_t)value_of(&r, SECTION_PART),
                .kind = word_of(&r, SECTION_KIND),
                .level = word_of(&r, SECTION_LEVEL),
                .mode = word_of(&r, SECTION_MODE),
                .status = word_of(&r, SECTION_STATUS),
                .unit = word_of(&r, SECTION_UNIT),
                .subject_type = type_of(&r, SECTION_SUBJECT_TYPE),
                .object_type = type_of(&r, SECTION_OBJECT_TYPE),
                .since = (date)value_of(&r, SECTION_SINCE),
                .until = (date)value_of(&r, SECTION_UNTIL)};
  out->import = out->source;
  out->subject = entity_of(&r, SECTION_SUBJECT, out->subject_type);
  out->object = entity_of(&r, SECTION_OBJECT, out->object_type);
  out->place = entity_of(&r, SECTION_PLACE, FACT_ORGANIZATION);
  const int64_t how = value_of(&r, SECTION_BOUND);
  out->amount = (amount){value_of(&r, SECTION_AMOUNT), (bound)how};
  return r.good && how >= BOUND_NONE && how <= BOUND_UNKNOWN;
}

/* ---- asking ---- */

int64_t current_by_key(current *c, fact_type type, int64_t key) {
  while (c->file != NULL) {
    uint64_t first, count;
    if (!range_of(c, SECTION_KEYS, key, &first, &count)) {
      mend(c);
      continue;
    }
    for (uint64_t k = 0; k < count; k++) {
      const subject_key *here = key_at(c, SECTION_KEYS, first + k);
      if (here != NULL && here->type == type && !is_left_out(c, here->fact)) return here->fact;
    }
    return 0;
  }
  return 0;
}

static void visit_all(gathering *g, current_visit *visit, void *context) {
  const current_hit *all = g->more == NULL ? g->few : g->more;
  for (size_t k = 0; k < g->count; k++) visit(context, &all[k]);
  free(g->more);
}

void current_by_cover(current *c, int64_t cover, current_visit *visit, void *context) {
  gathering g = {.count = 0};
  while (c->file != NULL && !gather_keys(c, SECTION_COVERS, cover, &g)) {
    mend(c);
    g.count = 0;
  }
  visit_all(&g, visit, context);
}

void current_named(current *c, subjects_naming how, fact_type type, const void *bytes, size_t size,
                   current_visit *visit, void *context) {
  gathering g = {.count = 0};
  while (c->file != NULL &&
         !gather_keys(c, SECTION_NAMES, subjects_name(&c->file->header.secret, how, type, bytes, size), &g)) {
    mend(c);
    g.count = 0;
  }
  visit_all(&g, visit, context);
}

void current_describing(current *c, fact_type type, int64_t entity, current_visit *visit, void *context) {
  gathering g = {.count = 0};
  while (c->file != NULL && !gather_describing(c, type, entity, &g)) {
    mend(c);
    g.count = 0;
  }
  visit_all(&g, visit, context);
}

void current_listed(current *c, fact_type table, fact_type type, int64_t entity, current_visit *visit, void *context) {
  gathering g = {.count = 0};
  while (c->file != NULL && !gather_listed(c, table, type, entity, &g)) {
    mend(c);
    g.count = 0;
  }
  visit_all(&g, visit, context);
}
