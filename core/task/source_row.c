#include "task/source_row.h"
#include "base/system.h"

#include "task/import_choose.h"
#include "task/resident.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- which rows, in which order ---- */

row_wanted row_of_fact(const view *v, fact_type type, uint32_t row, size_t given) {
  const fact_columns *t = &v->s->of[type];
  return (row_wanted){t->source[row], t->sheet[row], t->row[row], row_to(v, type, row, FACT_PERSON), given};
}

int row_wanted_order(const subjects *s, const row_wanted *a, const row_wanted *b) {
  if (a->source != b->source) {
    const source_row *x = &s->sources[a->source], *y = &s->sources[b->source];
    int order = strcmp(x->file_name ? x->file_name : "", y->file_name ? y->file_name : "");
    if (!order) order = memcmp(x->file.bytes, y->file.bytes, DIGEST_SIZE);
    if (order) return order;
  }
  if (a->sheet != b->sheet) return a->sheet < b->sheet ? -1 : 1;
  if (a->row != b->row) return a->row < b->row ? -1 : 1;
  return a->given < b->given ? -1 : a->given > b->given;
}

typedef struct sorted_row {
  const subjects *s;
  row_wanted row;
} sorted_row;

static int by_order(const void *a, const void *b) {
  const sorted_row *x = a, *y = b;
  return row_wanted_order(x->s, &x->row, &y->row);
}

void row_wanted_sort(const subjects *s, row_wanted *rows, size_t count) {
  sorted_row *all = memory_take((count + 1) * sizeof *all);
  for (size_t i = 0; i < count; i++) all[i] = (sorted_row){s, rows[i]};
  qsort(all, count, sizeof *all, by_order);
  for (size_t i = 0; i < count; i++) rows[i] = all[i].row;
  free(all);
}

/* ---- reading again ---- */

typedef struct kept_pack { /* packs whose adapters read files, each compiled once in a call */
  digest image;
  const pack *pack; /* NULL: it cannot be used any more */
  struct kept_pack *next;
} kept_pack;

typedef struct rereading {
  ledger *ledger;
  const showing *how;
  row_visit *visit;
  void *context;
  faults *problems;
  arena *memory;
  kept_pack *packs;
  offers offers;
  bool offers_found;
  /* the file at hand */
  const char *name;
  const adapter *adapter; /* NULL: lines of text */
  row_wanted *rows;
  size_t count, at;
  const char *sheet_name;
  int32_t sheet_number;
  sheet *sheet;
  bool *mask; /* by column of the file's row; NULL: not known yet */
  uint32_t mask_count;
  arena *row_memory;
  bool stopped;
} rereading;

static const pack *pack_of(rereading *r, digest image) {
  const pack *here = r->how->pack;
  if (digest_same(image, here->image)) return here;
  for (const kept_pack *k = r->packs; k; k = k->next)
    if (digest_same(k->image, image)) return k->pack;
  kept_pack *made = arena_take(r->memory, sizeof *made);
  *made = (kept_pack){image, pack_of_image(r->memory, r->ledger, image, r->problems), r->packs};
  r->packs = made;
  return made->pack;
}

/* ---- masking ---- */

static void mask_source(rereading *r, const source *from) {
  for (; from; from = from->otherwise) {
    if (from->form != SOURCE_COLUMN) continue;
    uint32_t at = r->sheet->at[from->column];
    if (at < r->mask_count) r->mask[at] = true;
  }
}

static void find_masks(rereading *r) {
  r->mask_count = r->sheet->titles_count;
  r->mask = arena_array(r->memory, r->mask_count + 1, sizeof *r->mask);
  for (size_t i = 0; i < r->adapter->parts_count; i++) {
    const adapter_part *part = &r->adapter->parts[i];
    if (part->type != FACT_PERSON) continue;
    mask_source(r, &part->texts[TEXT_NAME]);
    mask_source(r, &part->id);
  }
}

static bool is_telephone(const char *text) {
  return strlen(text) == 11 && strspn(text, "0123456789") == 11 && text[0] == '1' && text[1] >= '3';
}

static char *without_name(arena *a, const char *text, const char *name) {
  buffer out = {0};
  const char *found;
  while ((found = strstr(text, name))) {
    buffer_bytes(&out, text, (size_t)(found - text));
    buffer_text(&out, mask_name(a, name));
    text = found + strlen(name);
  }
  buffer_text(&out, text);
  char *masked = arena_text(a, out.at);
  buffer_free(&out);
  return masked;
}

static const char *mask_cell(rereading *r, const row_wanted *wanted, const char *cell, uint32_t column) {
  arena *a = r->row_memory;
  const char *plain = text_plain(a, cell);
  if (r->mask && column < r->mask_count && r->mask[column] && strspn(plain, "0123456789Xx") < 15)
    return mask_name(a, plain);
  if (is_telephone(plain)) return arena_format(a, "%.3s****%s", plain, plain + 7);
  if (strlen(plain) >= 15 && strspn(plain, "0123456789Xx") == strlen(plain)) return resident_masked(a, plain);
  const subjects *s = r->how->view->s;
  const char *name = wanted->person < 0 ? "" : s->words[s->of[FACT_PERSON].name[wanted->person]];
  return text_points(name) >= 2 && strstr(cell, name) ? without_name(a, cell, name) : cell;
}

/* ---- a row ---- */

static const char *in_one_line(arena *a, const char *const *cells, uint32_t count) {
  while (count > 0 && (!cells[count - 1] || !cells[count - 1][0])) count--;
  buffer line = {0};
  for (uint32_t i = 0; i < count; i++) {
    const char *text = cells[i] ? text_trim(a, cells[i]) : "";
    if (i > 0) buffer_text(&line, text[0] ? " | " : " |");
    for (; *text; text++) buffer_bytes(&line, *text == '\n' || *text == '\r' || *text == '\t' ? " " : text, 1);
  }
  char *out = arena_text(a, line.at ? line.at : "");
  buffer_free(&line);
  return out;
}

static bool give(rereading *r, const char *const *cells, uint32_t count) {
  for (int64_t row = r->rows[r->at].row; r->at < r->count && r->rows[r->at].row == row; r->at++) {
    const row_wanted *wanted = &r->rows[r->at];
    if (wanted->sheet != r->sheet_number) break;
    row_found found = {.sheet = r->sheet_name};
    /* Masked by an adapter whose columns are not known, or that puts its rows together itself, a text could say more
     * than it should. */
    bool show = r->how->detail == DETAIL_FULL || !r->adapter || (r->how->detail == DETAIL_MASKED && r->mask);
    if (show) {
      const char **masked = arena_array(r->row_memory, count + 1, sizeof *masked);
      for (uint32_t i = 0; i < count; i++)
        masked[i] =
            r->how->detail == DETAIL_FULL || !r->adapter || !cells[i] ? cells[i] : mask_cell(r, wanted, cells[i], i);
      found.cells = masked;
      found.count = count;
      found.text = in_one_line(r->row_memory, masked, count);
    }
    r->stopped = !r->visit(r->context, wanted, &found);
    arena_reset(r->row_memory);
    if (r->stopped) return false;
  }
  return r->at < r->count;
}

static bool on_sheet(void *context, int32_t number, const char *name) {
  rereading *r = context;
  r->sheet_number = number;
  r->sheet_name = name && name[0] ? arena_text(r->memory, name) : NULL;
  r->sheet = NULL;
  r->mask = NULL;
  return true;
}

static bool on_row(void *context, const cell_row *row) {
  rereading *r = context;
  if (row->sheet != r->rows[r->at].sheet) {
    if (row->sheet < r->rows[r->at].sheet) return true;
    r->at = r->count + 1; /* not there: said by the caller */
    return false;
  }
  if (!r->mask) {
    if (!r->sheet) r->sheet = sheet_new(r->memory, r->adapter, row->sheet, r->sheet_name);
    if (sheet_try_header(r->sheet, row)) find_masks(r);
  }
  if (row->row < r->rows[r->at].row) return true;
  if (row->row > r->rows[r->at].row) {
    r->at = r->count + 1;
    return false;
  }
  return give(r, row->cells, row->count);
}

/* ---- a file ---- */

static bool read_lines(rereading *r, int descriptor) {
  FILE *file = fdopen(descriptor, "r");
  char *line = NULL;
  size_t capacity = 0;
  if (!file)
    return fault_add(r->problems, NOWHERE, "\"%s\" cannot be read: %s%.0s", "无法读取“%s”：%.0s%s", r->name,
                     SYSTEM_WORDS(errno));
  for (int64_t number = 1; r->at < r->count && getline(&line, &capacity, file) >= 0; number++) {
    if (number < r->rows[r->at].row) continue;
    const char *text = text_trim(r->memory, line); /* several facts may stand in it */
    if (!text_is_utf8(text, strlen(text))) text = "";
    if (!give(r, &text, 1)) break;
  }
  free(line);
  fclose(file);
  return true;
}

static bool read_table(rereading *r, int descriptor, digest file) {
  if (!r->offers_found) offers_find(r->memory, &r->offers, r->problems);
  r->offers_found = true;
  import_input input = {.descriptor = descriptor, .path = r->name, .name = r->name, .bytes = file};
  const char *named = r->adapter->readers_count == 1 ? r->adapter->readers[0] : NULL;
  const offer *reader = import_reader(r->memory, &r->offers, &input, named, r->problems);
  option_value *options;
  size_t count = reader ? import_options(r->memory, r->adapter, reader, &options) : 0;
  bool good = reader && foreign_read_asked(input.asked, reader, descriptor, r->name, options, count,
                                           &(reading){.context = r, .sheet = on_sheet, .row = on_row}, r->problems);
  foreign_asked_end(input.asked);
  return good;
}

static bool read_file(rereading *r, row_wanted *rows, size_t count, const char *adapter_id, digest image) {
  const source_row *from = &r->how->view->s->sources[rows[0].source];
  r->name = from->file_name ? from->file_name : "";
  r->adapter = NULL;
  r->rows = rows;
  r->count = count;
  r->at = 0;
  r->sheet_number = 0;
  r->sheet_name = NULL;
  r->sheet = NULL;
  r->mask = NULL;
  if (adapter_id) {
    const pack *p = pack_of(r, image);
    if (p) r->adapter = adapters_named(p->adapters, p->adapters_count, adapter_id);
    if (!r->adapter)
      return fault_add(r->problems, NOWHERE, "\"%s\" cannot be read again: its pack has no adapter \"%s\"",
                       "无法再次读取“%s”：其规则包中没有适配器“%s”", r->name, adapter_id);
  }
  if (digest_same(from->file, (digest){{0}})) { /* said without a file */
    for (; r->at < count && !r->stopped; r->at++)
      r->stopped = !r->visit(r->context, &rows[r->at], &(row_found){.sheet = NULL});
    return true;
  }
  int descriptor = ledger_kept(r->ledger, from->file, r->problems);
  if (descriptor < 0) return false;
  bool good = adapter_id ? read_table(r, descriptor, from->file) : read_lines(r, descriptor);
  if (adapter_id) close(descriptor);
  if (!good || r->stopped || r->at == r->count) return good;
  fault_add(r->problems, (place){.file = r->name}, "a row that was read from this file is not found in it again",
            "从该文件读取过的一行，现在找不到了");
  return fault_next(r->problems, "see what is damaged with: hongzhu verify", "用 hongzhu verify 查看哪里损坏");
}

/* ---- the whole ---- */

typedef struct known_source { /* how a source was read: asked of the ledger once */
  bool known;
  const char *adapter;
  digest image;
} known_source;

static const known_source *source_known(rereading *r, known_source *all, uint32_t at) {
  known_source *k = &all[at];
  if (k->known) return k;
import head;
  if (!ledger_import(r->ledger, r->how->view->s->sources[at].import, r->memory, &head, r->problems)) return NULL;
  *k = (known_source){true, head.adapter, head.image};
  return k;
}

bool source_rows(ledger *l, const showing *how, row_wanted *rows, size_t count, row_visit *visit, void *context,
                 faults *problems) {
  const subjects *s = how->view->s;
  rereading r = {.ledger = l, .how = how, .visit = visit, .context = context, .problems = problems};
  r.memory = arena_new();
  r.row_memory = arena_new();
  known_source *known = arena_array(r.memory, s->source_count + 1, sizeof *known);
  bool good = true;
  for (size_t from = 0, to; from < count && good && !r.stopped; from = to) {
    const known_source *first = source_known(&r, known, rows[from].source);
    good = first != NULL;
    for (to = from + 1; good && to < count; to++) {
      if (rows[to].source == rows[from].source) continue;
      if (!digest_same(s->sources[rows[to].source].file, s->sources[rows[from].source].file)) break;
      const known_source *next = source_known(&r, known, rows[to].source);
      if (!next || !text_same(next->adapter, first->adapter)) break;
    }
    good = good && read_file(&r, rows + from, to - from, first->adapter, first->image);
  }
  arena_free(r.row_memory);
  arena_free(r.memory);
  return good;
}
