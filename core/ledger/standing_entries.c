#include "ledger/standing_entries.h"

#include "base/compact.h"
#include "base/scratch.h"

#include <stdlib.h>

enum {
  GROUP = 128,       /* that are written: who looks for one reads all of them */
  GROUP_MOST = 1024, /* as was usual before */
  FOUND_MOST = 512   /* so many are looked for before what was read is kept */
};

enum {                    /* what follows of an entry, and what does not */
       ENTRY_OUTCOME = 3, /* two bits */
       ENTRY_GONE = 4,
       ENTRY_NEXT = 8,           /* its subject is one more than that of the entry before */
       ENTRY_NEXT_DECISION = 16, /* likewise its decision */
       ENTRY_SAME_UNTIL = 32,    /* it holds as long as the entry before */
       ENTRY_OWN = 64,           /* it belongs to itself */
       ENTRY_NOBODYS = 128       /* it belongs to nobody */
};

enum { ENTRY_MOST = 1 + 4 * COMPACT_MOST };

/* ---- packing ---- */

static unsigned char *entry_put(unsigned char *to, const standing_entry *e, const standing_entry *before) {
  const bool gone = e->outcome == STANDING_GONE, next = compact_step(before->subject, e->subject) == compact_sign(1),
             decision = compact_step(before->decision, e->decision) == compact_sign(1),
             until = e->valid_until == before->valid_until, own = e->owner == e->subject,
             nobodys = !own && e->owner == 0;
  *to++ = (unsigned char)((gone ? ENTRY_GONE : e->outcome & ENTRY_OUTCOME) | (next ? ENTRY_NEXT : 0) |
                          (decision ? ENTRY_NEXT_DECISION : 0) | (until ? ENTRY_SAME_UNTIL : 0) |
                          (own ? ENTRY_OWN : 0) | (nobodys ? ENTRY_NOBODYS : 0));
  if (!next) to = compact_put(to, compact_step(before->subject, e->subject));
  if (!decision) to = compact_put(to, compact_step(before->decision, e->decision));
  if (!until) to = compact_put(to, compact_step(before->valid_until, e->valid_until));
  if (!own && !nobodys) to = compact_put(to, compact_step(before->owner, e->owner));
  return to;
}

static day first_due_of(const standing_entry *items, size_t count) {
  day first = DAY_EVER;
  for (size_t k = 0; k < count; k++)
    if (items[k].outcome != STANDING_GONE && items[k].valid_until < first) first = items[k].valid_until;
  return first;
}

static void put_number(buffer *out, uint64_t number) {
  unsigned char bytes[COMPACT_MOST];
  buffer_bytes(out, bytes, (size_t)(compact_put(bytes, number) - bytes));
}

void standing_entries_pack(const standing_entry *items, size_t count, buffer *out) {
  buffer entries = {0};
  int64_t subject = 0, due = 0;
  put_number(out, (count + GROUP - 1) / GROUP);
  for (size_t first = 0; first < count; first += GROUP) {
    const size_t some = count - first < GROUP ? count - first : GROUP, begun = entries.length;
    const day first_due = first_due_of(items + first, some);
    standing_entry before = {0};
    for (size_t k = first; k < first + some; k++) {
      unsigned char bytes[ENTRY_MOST];
      buffer_bytes(&entries, bytes, (size_t)(entry_put(bytes, &items[k], &before) - bytes));
      before = items[k];
    }
    put_number(out, some);
    put_number(out, compact_step(subject, items[first].subject));
    put_number(out, compact_step(due, first_due));
    put_number(out, entries.length - begun);
    subject = items[first].subject;
    due = first_due;
  }
  if (entries.length) buffer_bytes(out, entries.at, entries.length);
  buffer_free(&entries);
}

/* ---- reading ---- */

bool standing_entries_open(standing_entries *e, const void *bytes, size_t size, const char *folder, arena *a) {
  compact_source s = {bytes, size, true};
  uint64_t groups = compact_take(&s);
  if (!s.good || groups > s.left) return false;
  *e = (standing_entries){.group_count = (size_t)groups, .folder = folder, .memory = a};
  e->groups = arena_array(a, e->group_count + 1, sizeof *e->groups);
  int64_t subject = 0, due = 0;
  for (size_t k = 0; k < e->group_count; k++) {
    standing_group *g = &e->groups[k];
    uint64_t count = compact_take(&s);
    subject = compact_further(&s, subject);
    due = compact_further(&s, due);
    *g = (standing_group){.first = e->count, .count = (size_t)count, .subject = subject, .first_due = (day)due};
    g->size = (size_t)compact_take(&s);
    if (!s.good || !count || count > GROUP_MOST || count > g->size || due != (day)due ||
        (k > 0 && subject <= g[-1].subject))
      return false;
    e->count += g->count;
    if (g->count > e->largest) e->largest = g->count;
  }
  for (size_t k = 0; k < e->group_count; k++) e->groups[k].bytes = compact_bytes(&s, e->groups[k].size);
  return s.good && !s.left;
}

static bool entry_take(compact_source *s, standing_entry *e, const standing_entry *before) {
  const int there = compact_byte(s);
  *e = (standing_entry){.outcome = there & ENTRY_GONE ? STANDING_GONE : there & ENTRY_OUTCOME};
  e->subject = there & ENTRY_NEXT ? (int64_t)((uint64_t)before->subject + 1) : compact_further(s, before->subject);
  e->decision =
      there & ENTRY_NEXT_DECISION ? (int64_t)((uint64_t)before->decision + 1) : compact_further(s, before->decision);
  int64_t until = there & ENTRY_SAME_UNTIL ? before->valid_until : compact_further(s, before->valid_until);
  e->valid_until = (day)until;
  e->owner = there & ENTRY_OWN ? e->subject : there & ENTRY_NOBODYS ? 0 : compact_further(s, before->owner);
  return s->good && until == e->valid_until && e->subject > before->subject;
}

static bool group_read(const standing_entries *e, const standing_group *g, standing_entry *items) {
  compact_source s = {g->bytes, g->size, true};
  standing_entry before = {0};
  for (size_t k = 0; k < g->count; k++) {
    if (!entry_take(&s, &items[k], &before)) return false;
    before = items[k];
  }
  const bool last = g == &e->groups[e->group_count - 1];
  return !s.left && items[0].subject == g->subject && (last || before.subject < g[1].subject);
}

const standing_entry *standing_entries_group(standing_entries *e, size_t group, size_t *count) {
  standing_group *g = &e->groups[group];
  const standing_entry *items = g->read ? e->items + g->first : e->near;
  if (!g->read && !g->bad && e->near_group != group + 1) {
    if (!e->near) items = e->near = arena_array(e->memory, e->largest, sizeof *e->near);
    g->bad = !group_read(e, g, e->near);
    e->near_group = group + 1;
  }
  *count = g->bad ? 0 : g->count;
  return items;
}

/* The same, kept for whoever looks for many: everyone's are too many for memory of one's own. */
static const standing_entry *group_kept(standing_entries *e, size_t group, size_t *count) {
  standing_group *g = &e->groups[group];
  if (!e->items) {
    e->items = large_take(e->folder, (e->count + 1) * sizeof *e->items);
    arena_defer(e->memory, large_free, e->items);
  }
  if (!g->read && !g->bad) g->bad = !group_read(e, g, e->items + g->first);
  g->read = !g->bad;
  *count = g->bad ? 0 : g->count;
  return e->items + g->first;
}

static int by_subject(const void *a, const void *b) {
  const standing_entry *x = a, *y = b;
  return (x->subject > y->subject) - (x->subject < y->subject);
}

const standing_entry *standing_entries_find(standing_entries *e, int64_t subject) {
  size_t low = 0, high = e->group_count; /* the last group that begins at or before it */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (e->groups[middle].subject <= subject)
      low = middle + 1;
    else
      high = middle;
  }
  if (!low) return NULL;
  size_t count;
  const standing_entry *items = ++e->found <= FOUND_MOST ? standing_entries_group(e, low - 1, &count)
                                                         : group_kept(e, low - 1, &count),
                       wanted = {.subject = subject};
  return count ? bsearch(&wanted, items, count, sizeof wanted, by_subject) : NULL;
}
