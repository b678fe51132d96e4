#include "task/entries.h"

#include "pack/entry.h"
#include "task/kept_text.h"
#include "task/staging.h"

#include <string.h>
#include <unistd.h>

typedef struct bringing {
  arena *memory, *row;
  ledger *ledger;
  const pack *pack;
  entry *items;
  size_t count;
  known *known;
  faults *problems;
  entries_outcome *outcome;
} bringing;

/* ---- checks before anything is stored ---- */

static bool stands_above(const bringing *b, fact_type type, const char *code, size_t before) {
  found_entities found;
  for (size_t i = 0; i < before; i++)
    if (b->items[i].fact.type == type && text_same(b->items[i].fact.code, code)) return true;
  known_by_code(b->known, type, text_key(b->row, code), &found);
  return found.count == 1;
}

static bool check_end(const bringing *b, size_t at, fact_type type, const char *code) {
  if (code == NULL || stands_above(b, type, code, at)) return true;
  const char **codes = arena_array(b->row, b->count + 1, sizeof *codes);
  size_t count = 0;
  bool below = false;
  for (size_t i = 0; i < b->count; i++) {
    if (b->items[i].fact.type != type || b->items[i].fact.code == NULL) continue;
    codes[count++] = b->items[i].fact.code;
    below = below || strcmp(b->items[i].fact.code, code) == 0;
  }
  const char *near = text_nearest(code, codes, count);
  if (below)
    fault_add(b->problems, b->items[at].where, "\"%s\" stands below the entry that names it",
              "“%s”写在引用它的条目之后", code);
  else if (near != NULL)
    fault_add(b->problems, b->items[at].where, "the pack has no %s \"%s\"; nearest is \"%s\"",
              "规则包中没有 %s“%s”，最接近的是“%s”", fact_type_name(type), code, near);
  else
    fault_add(b->problems, b->items[at].where, "the pack has no %s \"%s\"", "规则包中没有 %s“%s”", fact_type_name(type),
              code);
  if (below) return fault_next(b->problems, "put it above the entry that names it", "请将其写在引用它的条目之前");
  return fault_next(b->problems, "correct the code, or declare it above this entry",
                    "请改正代码，或在该条目之前声明它");
}

static bool check_all(const bringing *b) {
  bool good = true;
  for (size_t i = 0; i < b->count; i++) {
    good = check_end(b, i, b->items[i].a_type, b->items[i].a) && good;
    good = check_end(b, i, b->items[i].b_type, b->items[i].b) && good;
    arena_reset(b->row);
  }
  return good;
}

/* ---- one file ---- */

static int64_t entity_of(const bringing *b, fact_type type, const char *code) {
  found_entities found;
  if (code == NULL) return 0;
  known_by_code(b->known, type, text_key(b->row, code), &found);
  return found.count == 1 ? found.entity[0] : 0;
}

static int64_t key_of(const bringing *b, const entry *e, const fact *f) {
  digest_stream *stream = digest_begin(b->row);
  digest_add_text(stream, "entry");
  digest_add_text(stream, fact_type_name(f->type));
  if (f->code != NULL) digest_add_text(stream, text_key(b->row, f->code));
  if (f->type == FACT_RELATION) {
    digest_add_text(stream, f->kind);
    digest_add_text(stream, e->a);
    digest_add_text(stream, e->b);
    digest_add_integer(stream, f->since);
  }
  return digest_key(digest_end(stream));
}

static bool put_entry(const bringing *b, staging *s, const entry *e) {
  fact f = e->fact;
  f.part = 1;
  f.subject = entity_of(b, e->a_type, e->a);
  f.subject_type = f.subject == 0 ? FACT_NONE : e->a_type;
  f.object = entity_of(b, e->b_type, e->b);
  f.object_type = f.object == 0 ? FACT_NONE : e->b_type;
  f.key = key_of(b, e, &f);
  staged what;
  if (f.type == FACT_RELATION) {
    digest cover = digest_of(e->file, strlen(e->file));
    f.cover = digest_key(cover);
    what = staging_put(s, &f, b->problems);
  } else {
    f.entity = entity_of(b, f.type, f.code);
    if (f.entity != 0 && !staging_owns(s, f.type, f.key, b->problems)) return true; /* a file brought it in before */
    if (f.entity == 0) f.entity = staging_new_entity(s);
    what = staging_state(s, &f, b->problems);
  }
  return what != STAGED_FAILED;
}

/* The file as it stands in the pack, for keeping. */
static int file_of(const bringing *b, const char *name, digest *out) {
  const char *text = json_member_text(b->pack->text.files, name);
  return kept_text(name, text == NULL ? "" : text, text == NULL ? 0 : strlen(text), out, b->problems);
}

static bool bring_file(const bringing *b, const char *name, const char *who, const char *at, bool keep_nothing) {
import head = {.kind = IMPORT_ENTRY, .file_name = name, .image = b->pack->image, .who = who, .at = at };
  int descriptor = file_of(b, name, &head.file);
  if (descriptor < 0) return false;
  staging *s = staging_begin(b->ledger, &head, b->known, b->problems);
  bool good = s != NULL;
  for (size_t i = 0; good && i < b->count; i++)
    if (strcmp(b->items[i].file, name) == 0) {
      good = put_entry(b, s, &b->items[i]);
      arena_reset(b->row);
    }
  good = good && staging_withdraw(s, b->problems);
  staging_counts counts = s == NULL ? (staging_counts){0} : staging_count(s);
  bool changed = counts.opened + counts.changed + counts.withdrawn > 0;
  digest kept;
  if (good && changed && !keep_nothing) good = ledger_keep(b->ledger, descriptor, &kept, b->problems);
  close(descriptor);
  if (!good) {
    staging_abandon(s);
    return false;
  }
import done;
  b->outcome->opened += counts.opened;
  b->outcome->changed += counts.changed;
  b->outcome->withdrawn += counts.withdrawn;
  b->outcome->same += counts.same;
  b->outcome->imports += changed ? 1 : 0;
  return staging_commit(s, 0, keep_nothing, &done, b->problems);
}

bool entries_bring(ledger *l, const pack *p, arena *a, const char *who, const char *at, bool keep_nothing,
                   entries_outcome *out, faults *problems) {
  bringing b = {.memory = a, .row = arena_new(), .ledger = l, .pack = p, .problems = problems, .outcome = out};
  declaring to = {.memory = a, .problems = problems, .text = &p->text};
  *out = (entries_outcome){0};
  bool good = entries_compile(&to, json_object_get(p->data, "declarations"), &p->kinds, &b.items, &b.count);
  b.known = good ? known_open(l, problems) : NULL;
  good = good && b.known != NULL && check_all(&b);
  for (size_t i = 0; good && i < b.count; i++) {
    bool first = true;
    for (size_t k = 0; k < i; k++) first = first && strcmp(b.items[k].file, b.items[i].file) != 0;
    if (first) good = bring_file(&b, b.items[i].file, who, at, keep_nothing);
  }
  known_close(b.known);
  arena_free(b.row);
  return good;
}
