#include "ledger/standing.h"

#include "base/scratch.h"
#include "ledger/sealed.h"
#include "ledger/standing_entries.h"

#include <stdlib.h>
#include <string.h>

enum { PARTS_MOST = 24 }; /* of those decided again, before they are folded into one of everyone */

/* Where a row stands, and what came before it: of a part, the checksum of the row before it of the same rule. */
typedef struct standing_place {
  int64_t id, before;
} standing_place;

static uint32_t standing_sum(const standing *s, standing_place at, int64_t rule, int64_t all, int64_t entries_sum) {
  buffer b = {0};
  seal_number(&b, at.id);
  seal_number(&b, all ? 0 : at.before);
  const int64_t numbers[] = {rule,           s->of,          s->on,          s->known_after,
                             s->last_entity, s->subjects,    s->outcomes[0], s->outcomes[1],
                             s->outcomes[2], s->outcomes[3], s->first_due,   all};
  for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) seal_number(&b, numbers[k]);
  seal_digest(&b, &s->basis);
  seal_number(&b, entries_sum);
  uint32_t sum = (uint32_t)checksum_of(b.at, b.length);
  buffer_free(&b);
  return sum;
}

#define STANDING                                                                                                       \
  "SELECT rule, of_type, basis, on_day, known_after, last_entity, subjects, unmet, met, unknown, not_applicable,"      \
  " first_due, everyone, entries_sum, checksum, id, entries FROM standing"

static standing standing_of_row(sqlite3_stmt *s) {
  int64_t of = sqlite3_column_int64(s, 1);
  standing out = {.of = of > FACT_NONE && of < FACT_TYPES ? (fact_type)of : FACT_NONE,
                  .basis = store_digest(s, 2),
                  .on = sqlite3_column_int(s, 3),
                  .known_after = sqlite3_column_int64(s, 4),
                  .last_entity = sqlite3_column_int64(s, 5),
                  .subjects = sqlite3_column_int64(s, 6),
                  .first_due = sqlite3_column_int(s, 11)};
  for (int k = 0; k < STANDING_OUTCOMES; k++) out.outcomes[k] = sqlite3_column_int64(s, 7 + k);
  return out;
}

/* What the row says of itself; its entries are another matter, which most do not need. */
static bool sum_holds(sqlite3_stmt *s, const standing *row, int64_t before) {
  const standing_place at = {sqlite3_column_int64(s, 15), before};
  return standing_sum(row, at, sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 12), sqlite3_column_int64(s, 13)) ==
         (uint32_t)sqlite3_column_int64(s, 14);
}

static bool entries_hold(sqlite3_stmt *s) {
  const void *entries = sqlite3_column_blob(s, 16);
  return checksum_of(entries, (size_t)sqlite3_column_bytes(s, 16)) == (uint64_t)sqlite3_column_int64(s, 13);
}

/* Of the row of a rule that comes before one; 0 where none does. */
static int64_t checksum_before(ledger *l, int64_t rule, int64_t id) {
  bool failed = false;
  int64_t found = 0;
  faults *unsaid = faults_new(l->memory);
  sqlite3_stmt *s =
      store_prepare(l, "SELECT checksum FROM standing WHERE rule = ? AND id < ? ORDER BY id DESC LIMIT 1", unsaid);
  if (s == NULL) return 0;
  sqlite3_bind_int64(s, 1, rule);
  sqlite3_bind_int64(s, 2, id);
  if (store_step(l, s, &failed, unsaid)) found = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  return found;
}

bool standing_read(ledger *l, const char *of_rule, arena *a, standing *out, faults *problems) {
  sqlite3_stmt *s = store_prepare(
      l, STANDING " WHERE rule = (SELECT id FROM word WHERE text = ?) ORDER BY id DESC LIMIT 1", problems);
  if (s == NULL) return false;
  bool failed = false;
  int64_t before;
  store_bind_text(s, 1, of_rule);
  bool found = store_step(l, s, &failed, problems);
  if (found) {
    *out = standing_of_row(s);
    out->rule = arena_text(a, of_rule);
    before = checksum_before(l, sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 15));
    found = out->of != FACT_NONE && sum_holds(s, out, before);
  }
  sqlite3_finalize(s);
  return found && !failed;
}

static int by_subject(const void *a, const void *b) {
  const standing_entry *x = a, *y = b;
  return (x->subject > y->subject) - (x->subject < y->subject);
}

static const standing_entry *find_in(const standing_entry *items, size_t count, int64_t subject) {
  standing_entry wanted = {.subject = subject};
  return count ? bsearch(&wanted, items, count, sizeof wanted, by_subject) : NULL;
}

const standing_entry *standing_find(const standing *s, int64_t subject) {
  const standing_entry *found = find_in(s->more, s->more_count, subject);
  return found ? found : standing_entries_find(s->entries, subject);
}

static bool is_due(const standing_entry *e, day on) {
  return e->valid_until <= on && e->outcome != STANDING_GONE;
}

void standing_due(const standing *s, day on, standing_visit *visit, void *context) {
  size_t m = 0;
  for (size_t g = 0; g < s->entries->group_count; g++) {
    if (s->entries->groups[g].first_due > on) continue;
    size_t count;
    const standing_entry *items = standing_entries_group(s->entries, g, &count);
    for (size_t k = 0; k < count; k++) {
      if (!is_due(&items[k], on)) continue;
      for (; m < s->more_count && s->more[m].subject < items[k].subject; m++)
        if (is_due(&s->more[m], on)) visit(context, &s->more[m]);
      if (m == s->more_count || s->more[m].subject != items[k].subject) visit(context, &items[k]);
    }
  }
  for (; m < s->more_count; m++)
    if (is_due(&s->more[m], on)) visit(context, &s->more[m]);
}

day standing_first_due(const standing *s, const standing_entry *but, size_t but_count) {
  day first = DAY_EVER;
  for (size_t m = 0; m < s->more_count; m++)
    if (is_due(&s->more[m], first) && !find_in(but, but_count, s->more[m].subject)) first = s->more[m].valid_until;
  for (size_t g = 0; g < s->entries->group_count; g++) {
    if (s->entries->groups[g].first_due >= first) continue;
    size_t count;
    const standing_entry *items = standing_entries_group(s->entries, g, &count);
    for (size_t k = 0; k < count; k++)
      if (items[k].valid_until < first && is_due(&items[k], first) &&
          !find_in(s->more, s->more_count, items[k].subject) && !find_in(but, but_count, items[k].subject))
        first = items[k].valid_until;
  }
  return first;
}

/* Those of a part take the place of what was there. */
static void take_part(standing *s, arena *a, const standing_entry *items, size_t count) {
  size_t added = s->more_count;
  for (size_t k = 0; k < count; k++) {
    standing_entry *old = (standing_entry *)find_in(s->more, added, items[k].subject);
    if (old)
      *old = items[k];
    else
      *ARENA_PUSH(a, s->more, s->more_count, s->more_capacity) = items[k];
  }
  if (s->more_count > added) qsort(s->more, s->more_count, sizeof *s->more, by_subject);
}

static bool take_row(standing *s, ledger *l, arena *a, const void *bytes, size_t size, bool everyone) {
  standing_entries *e = arena_take(a, sizeof *e);
  if (!standing_entries_open(e, arena_copy(a, bytes, size), size, l->folder, a)) return false;
  if (everyone) {
    s->entries = e;
    s->more = NULL;
    s->more_count = s->more_capacity = s->parts = 0;
    return true;
  }
  if (!s->entries) return false;
  s->parts++;
  for (size_t g = 0; g < e->group_count; g++) {
    size_t count;
    const standing_entry *items = standing_entries_group(e, g, &count);
    if (!count) return false;
    take_part(s, a, items, count);
  }
  return true;
}

bool standing_load(ledger *l, standing *s, arena *a, faults *problems) {
  sqlite3_stmt *rows = store_prepare(l,
                                     STANDING " WHERE rule = (SELECT id FROM word WHERE text = ?1) AND id >= (SELECT"
                                              " max(id) FROM standing WHERE everyone = 1 AND rule ="
                                              " (SELECT id FROM word WHERE text = ?1)) ORDER BY id",
                                     problems);
  if (rows == NULL) return false;
  bool failed = false, good = true;
  int64_t before = 0;
  store_bind_text(rows, 1, s->rule);
  while (good && store_step(l, rows, &failed, problems)) {
    standing row = standing_of_row(rows);
    good = sum_holds(rows, &row, before) && entries_hold(rows) &&
           take_row(s, l, a, sqlite3_column_blob(rows, 16), (size_t)sqlite3_column_bytes(rows, 16),
                    sqlite3_column_int(rows, 12) != 0);
    before = sqlite3_column_int64(rows, 14);
  }
  sqlite3_finalize(rows);
  if (!good || failed) s->entries = NULL;
  return s->entries != NULL;
}

/* Everyone again, in order: what changed since takes its place, who is gone is left out. It lies in a file without a
 * name: large_free. */
static standing_entry *folded(const standing *s, size_t *count) {
  standing_entry *all = large_take(s->entries->folder, (s->entries->count + s->more_count + 1) * sizeof *all);
  size_t m = 0;
  *count = 0;
  for (size_t g = 0; g < s->entries->group_count; g++) {
    size_t some;
    const standing_entry *items = standing_entries_group(s->entries, g, &some);
    for (size_t k = 0; k < some; k++) {
      for (; m < s->more_count && s->more[m].subject < items[k].subject; m++)
        if (s->more[m].outcome != STANDING_GONE) all[(*count)++] = s->more[m];
      if ((m == s->more_count || s->more[m].subject != items[k].subject) && items[k].outcome != STANDING_GONE)
        all[(*count)++] = items[k];
    }
  }
  for (; m < s->more_count; m++)
    if (s->more[m].outcome != STANDING_GONE) all[(*count)++] = s->more[m];
  return all;
}

static bool insert(decision_writer *w, const standing *s, const standing_entry *entries, size_t count, bool everyone,
                   faults *problems) {
  ledger *l = decision_ledger(w);
  int64_t rule = store_word_id(l, s->rule, problems);
  bool failed = rule <= 0;
  sqlite3_stmt *drop = failed || !everyone ? NULL : store_prepare(l, "DELETE FROM standing WHERE rule = ?", problems);
  failed = failed || (everyone && !drop);
  if (drop) {
    sqlite3_bind_int64(drop, 1, rule);
    store_step(l, drop, &failed, problems);
    sqlite3_finalize(drop);
  }
  sqlite3_stmt *put = failed ? NULL
                             : store_prepare(l,
                                             "INSERT INTO standing (rule, of_type, basis, on_day, known_after,"
                                             " last_entity, subjects, unmet, met, unknown, not_applicable, first_due,"
                                             " everyone, entries_sum, checksum, id, entries)"
                                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                             problems);
  if (put == NULL) return false;
  buffer packed = {0};
  standing_entries_pack(entries, count, &packed);
  const int64_t id = store_number(l, "SELECT coalesce(max(id), 0) + 1 FROM standing", 0, 1),
                entries_sum = (int64_t)checksum_of(packed.at, packed.length);
  const standing_place at = {id, everyone ? 0 : checksum_before(l, rule, id)};
  const int64_t numbers[] = {s->on,
                             s->known_after,
                             s->last_entity,
                             s->subjects,
                             s->outcomes[0],
                             s->outcomes[1],
                             s->outcomes[2],
                             s->outcomes[3],
                             s->first_due,
                             everyone,
                             entries_sum,
                             standing_sum(s, at, rule, everyone, entries_sum),
                             id};
  sqlite3_bind_int64(put, 1, rule);
  sqlite3_bind_int64(put, 2, s->of);
  sqlite3_bind_blob(put, 3, s->basis.bytes, sizeof s->basis.bytes, SQLITE_STATIC);
  for (int k = 0; k < 13; k++) sqlite3_bind_int64(put, 4 + k, numbers[k]);
  sqlite3_bind_blob64(put, 17, packed.at, packed.length, SQLITE_STATIC);
  store_step(l, put, &failed, problems);
  sqlite3_finalize(put);
  buffer_free(&packed);
  return !failed;
}

bool standing_write(decision_writer *w, standing *s, const standing_entry *changed, size_t count, bool everyone,
                    faults *problems) {
  if (everyone) return insert(w, s, changed, count, true, problems);
  arena *a = arena_new();
  s->parts++;
  take_part(s, a, changed, count);
  bool fold = s->parts > PARTS_MOST || s->more_count > s->entries->count / 8 + 64, good;
  if (fold) {
    size_t all;
    standing_entry *entries = folded(s, &all);
    good = insert(w, s, entries, all, true, problems);
    large_free(entries);
  } else {
    good = insert(w, s, changed, count, false, problems);
  }
  arena_free(a);
  s->more = NULL; /* it may have lain in that arena: what stands is read again */
  s->more_count = s->more_capacity = 0;
  s->entries = NULL;
  return good;
}

int64_t ledger_last_entity(ledger *l, int64_t known_after) {
  return store_number(l, "SELECT last_entity FROM import WHERE id <= ? ORDER BY id DESC LIMIT 1", known_after, 0);
}

bool standing_verify(ledger *l, faults *problems) {
  bool failed = false;
  int64_t before = 0, rule_before = 0;
  sqlite3_stmt *s = store_prepare(l, STANDING " ORDER BY rule, id", problems);
  while (s != NULL && store_step(l, s, &failed, problems)) {
    standing row = standing_of_row(s);
    const char *rule = store_word(l, sqlite3_column_int64(s, 0));
    if (sqlite3_column_int64(s, 0) != rule_before) before = 0;
    if (row.of == FACT_NONE || !sum_holds(s, &row, before) || !entries_hold(s))
      fault_add(problems, NOWHERE, "what stands of the decisions of rule \"%s\" was changed",
                "规则“%s”现行判定的汇总被改动", rule == NULL ? "?" : rule);
    before = sqlite3_column_int64(s, 14);
    rule_before = sqlite3_column_int64(s, 0);
  }
  sqlite3_finalize(s);
  return !failed;
}
